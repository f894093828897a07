"""How a change by hand is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.views.html.blocks import block, facts, list_names, number
from reverse_match.views.html.pair import changes_table

if TYPE_CHECKING:
    from reverse_match.matching.results.amendment import Amendment


def notebook(change: Amendment) -> str:
    """Return the view of the change in a notebook."""
    known = [
        ("on", None if change.on is None else str(change.on)),
        ("by", change.author),
        ("because", change.reason),
        ("total before (points)", change.total_before),
        ("total now (points)", change.total_after),
        ("ended that did not have to (duos)", change.changes),
        ("allowed of these (duos)", change.at_most_changes),
        ("allowed again (pairs)", list_names(" and ".join(pair) for pair in change.lifted) or None),
        ("left (people)", list_names(change.left) or None),
        ("joined (people)", list_names(change.joined) or None),
    ]
    duos = [(what, duo) for what, duos in (("ended", change.ended), ("new", change.new)) for duo in duos]
    return block(
        [f"Duos ended: {len(change.ended):,}, new: {len(change.new):,} · cost {number(change.cost)} points"],
        facts(known),
        changes_table((what, duo.mentor, duo.mentee, duo.score) for what, duo in duos),
    )
