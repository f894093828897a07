"""How the cost of demands is shown in a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.views.html.tables import tables_view

if TYPE_CHECKING:
    from reverse_match.study.prices import Prices


def notebook(prices: Prices) -> str:
    """Return the view in a notebook."""
    return tables_view(
        "What demands cost",
        ["Each is found by matching once more without the demand, or with one more place."],
        {"demands, the dearest first": prices.records()},
    )
