"""How the figures of a matching that can be compared are shown in a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.foundation.plural import counted
from reverse_match.views.html.blocks import block, facts

if TYPE_CHECKING:
    from reverse_match.matching.stability import Trade


def notebook(trade: Trade) -> str:
    """Return the view of these figures in a notebook."""
    known = [
        ("total (points)", trade.total),
        ("mean score (0 to 1)", trade.mean),
        ("worst score (0 to 1)", trade.worst),
        ("10th percentile (0 to 1)", trade.tenth_percentile),
        ("Gini coefficient (0: all the same)", trade.gini),
        ("blocking pairs (would both rather have each other)", trade.blocking_pairs),
    ]
    return block([counted(trade.duos, "duo")], facts(known))
