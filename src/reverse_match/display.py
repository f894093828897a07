"""A matching as a person reads it on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table
from rich.text import Text

from reverse_match.names.normalise import id_key

if TYPE_CHECKING:
    from rich.console import RenderableType

    from reverse_match.cohort import Cohort
    from reverse_match.matching import Duo, Matching

_UNKNOWN_MARK = "~"


def matching_view(matching: Matching) -> RenderableType:
    """Return duos, people left out, and the proof, ready to print."""
    parts: list[RenderableType] = [_duo_table(matching)]
    if any(duo.missing for duo in matching.duos):
        parts.append(Text(f"{_UNKNOWN_MARK} not known for this pair: the neutral value counts", style="dim"))
    if matching.unmatched:
        parts += [Text(""), _unmatched_table(matching)]
    parts += [Text(""), *(Text(line) for line in summary_lines(matching))]
    return Group(*parts)


def summary_lines(matching: Matching) -> list[str]:
    """Return what was reached and how far it is proved, in sentences."""
    certificate = matching.certificate
    scores = [duo.score for duo in matching.duos]
    if not scores:
        return [f"No duo is possible: {certificate.pairs_checked} allowed pairs."]
    reached = (
        f"{len(scores)} duos, total {matching.total:.6f}, mean {matching.total / len(scores):.3f}, "
        f"worst {min(scores):.3f}, best {max(scores):.3f}."
    )
    if not certificate.proved:
        return [
            reached,
            f"Not proved optimal: at most {certificate.gap:.2e} below the best possible.",
        ]
    proof = (
        f"Proved optimal (gap 0): no matching of these people has more duos, and none of {len(scores)} duos "
        f"a higher total; checked against all {certificate.pairs_checked:,} allowed pairs."
    )
    return [reached, proof]


def notes(matching: Matching, cohort: Cohort) -> list[str]:
    """Return what a reader should know before relying on the result."""
    unknown = [
        f"criterion '{criterion.name}' is known for no pair and decides nothing: its data is missing"
        for criterion in matching.criteria
        if criterion.known_pairs == 0 and criterion.weight > 0
    ]
    managers = [id_key(person.manager_id) for person in cohort.participants if person.manager_id]
    if managers and not any(manager in cohort.position for manager in managers):
        unknown.append(
            "no manager_id is the id of anybody in the file: the reporting-line rule protects nobody; "
            "does the column hold names instead of ids?"
        )
    return unknown


def _table(title: str) -> Table:
    """Return a table without vertical lines: the demo fits a terminal of 80 columns."""
    return Table(
        title=title,
        title_justify="left",
        title_style="bold",
        header_style="underline",
        box=None,
        padding=(0, 1, 0, 0),
        pad_edge=False,
    )


def _duo_table(matching: Matching) -> Table:
    table = _table(f"{len(matching.duos)} duos")
    table.add_column("mentor", overflow="fold")
    table.add_column("mentee", overflow="fold")
    table.add_column("score", justify="right", style="bold")
    for criterion in matching.criteria:
        table.add_column(Text(criterion.name), justify="right")
    for duo in matching.duos:
        table.add_row(*_duo_cells(duo, [criterion.name for criterion in matching.criteria]))
    return table


def _duo_cells(duo: Duo, names: list[str]) -> list[Text]:
    points = [
        Text(f"{_UNKNOWN_MARK}{duo.contributions[name]:.3f}", style="dim")
        if name in duo.missing
        else Text(f"{duo.contributions[name]:.3f}")
        for name in names
    ]
    return [
        Text(duo.mentor),
        Text(duo.mentee),
        Text(f"{duo.score:.3f}{'*' if duo.fixed else ''}"),
        *points,
    ]


def _unmatched_table(matching: Matching) -> Table:
    table = _table(f"{len(matching.unmatched)} unmatched")
    table.add_column("who", overflow="fold")
    table.add_column("as")
    table.add_column("why", overflow="fold")
    for left in matching.unmatched:
        table.add_row(Text(left.id), Text(left.role), Text(str(left)))
    return table
