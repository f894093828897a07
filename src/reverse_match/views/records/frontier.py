"""How a frontier is shown in a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.views.html.tables import tables_view

if TYPE_CHECKING:
    from reverse_match.study.frontier import Frontier


def notebook(frontier: Frontier) -> str:
    """Return the view in a notebook."""
    return tables_view(
        f"{frontier.first} against {frontier.second}",
        ["Each point is the best with so many duos of the kind."],
        {"points": frontier.records()},
    )
