"""How a sweep over weights is shown in a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.foundation.plural import counted
from reverse_match.views.html.tables import tables_view

if TYPE_CHECKING:
    from reverse_match.study.sweep import Sweep


def notebook(sweep: Sweep) -> str:
    """Return the view in a notebook."""
    return tables_view(
        f"Weights of '{sweep.weight}'",
        [f"{counted(len(sweep.breakpoints), 'time')} the duos change in between."],
        {"weights": sweep.records()},
    )
