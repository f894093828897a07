"""How the sensitivity to weights is shown in a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.views.html.tables import tables_view

if TYPE_CHECKING:
    from reverse_match.study.sensitivity import Sensitivity


def notebook(sensitivity: Sensitivity) -> str:
    """Return the view in a notebook."""
    tables = {what: sensitivity.records(what) for what in ("weights", "duos")}
    return tables_view("How much duos depend on weights", [], tables)
