"""A change by hand as a person reads it on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.text import Text

from reverse_match.display import summary_lines, table_of
from reverse_match.plural import counted
from reverse_match.visible_text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from reverse_match.amendment import Amendment
    from reverse_match.matching import Matching


def amendment_view(matching: Matching) -> RenderableType:
    """Return the last amendment of a matching: which duos ended, which are new, and what it cost."""
    last = matching.log[-1]
    table = table_of(f"{counted(len(last.ended), 'duo')} ended, {len(last.new)} new")
    table.add_column("")
    table.add_column("mentor", overflow="fold")
    table.add_column("mentee", overflow="fold")
    table.add_column("score", justify="right", style="bold")
    for what, duos in (("ended", last.ended), ("new", last.new)):
        for duo in duos:
            table.add_row(what, Text(visible(duo.mentor)), Text(visible(duo.mentee)), f"{duo.score:.3f}")
    lines = [*cost_lines(last, len(matching.duos)), *summary_lines(matching)]
    return Group(table, Text(""), *(Text(visible(line)) for line in lines))


def verified_line(matching: Matching, *, with_policy: bool) -> str:
    """Return what was verified: the policy, if it was given, and what was added to it since.

    Examples
    --------
    >>> import reverse_match as rm
    >>> cohort = rm.read_cohort(rm.demo_path())
    >>> amended = rm.amend(rm.match(cohort), cohort, author="ada")
    >>> verified_line(amended, with_policy=True)
    'Verified: your policy, and 1 amendment by ada.'
    """
    parts = ["your policy"] if with_policy else []
    if matching.rotation is not None:
        parts.append(f"the passage to round {matching.rotation.round}")
    if matching.log:
        parts.append(_amendments(matching.log))
    if not with_policy or len(parts) == 1:
        return "Verified."
    return f"Verified: {', '.join(parts[:-1])}, and {parts[-1]}."


def _amendments(log: Sequence[Amendment]) -> str:
    number = f"{len(log)} amendment{'s' * (len(log) != 1)}"
    authors = sorted({visible(change.author) for change in log if change.author})
    if not authors:
        return number
    if not all(change.author for change in log):
        authors.append("somebody who is not named")
    return f"{number} by {' and '.join(filter(None, (', '.join(authors[:-1]), authors[-1])))}"


def cost_lines(last: Amendment, duos: int) -> list[str]:
    """Return in sentences how much has changed, and what it cost.

    Parameters
    ----------
    last : Amendment
        What was done.
    duos : int
        How many there are now.
    """
    changes = f"{last.changes} of those that ended did not have to"
    if last.at_most_changes is not None:
        changes += f" (at most {last.at_most_changes} allowed)"
    if last.charge is not None:
        changes += f" (charged {last.charge} points each)"
    verb = "Gained" if last.cost < 0 else "Cost"
    totals = f"{last.total_before:.6f} before, {last.total_after:.6f} now"
    cost = f"{verb} {abs(last.cost):.6f} points of the total: {totals}"
    if last.duos_lost:
        fewer = "fewer" if last.duos_lost > 0 else "more"
        cost += f"; {counted(abs(last.duos_lost), 'duo')} {fewer}"
    lines = [f"{counted(duos - len(last.new), 'duo')} kept; {changes}.", f"{cost}."]
    if last.lifted:
        pairs = ", ".join(f"'{visible(one)}' and '{visible(other)}'" for one, other in last.lifted)
        lines.append(f"May be a duo again: {pairs}.")
    if last.rescored:
        moved = f"the duos that stay score {last.rescored:+.6f}"
        lines.append(f"Neutral values are means over the people: {moved} by who left and joined.")
    if last.charge_gap:
        lines.append(f"The total less charges is at most {last.charge_gap:.2e} below the best.")
    return lines
