"""What is told of a pair of people: points of criteria, names that match, duos that would end or be new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.views.html.blocks import TableColumn, number, table
from reverse_match.views.html.element import Element, element, name_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from reverse_match.scoring.name_matches import NameMatch

UNKNOWN = "~"
"""Before points of a criterion that is not known for a pair."""

FIXED = "*"
"""After the score of a duo that the policy demands."""

UNKNOWN_NOTE = f"{UNKNOWN} not known for this pair: the neutral value counts"


def pair_title(mentor: str, mentee: str, verb: str, score: float) -> list[Element | str]:
    """Return who the two are, and what they score."""
    return [name_of(mentor), f" {verb} ", name_of(mentee), f" · score {number(score)} of 1"]


def contributions_table(
    contributions: Mapping[str, float], missing: Collection[str], score: float
) -> Element | None:
    """Return the points of each criterion, and their sum."""
    rows = [[name, points_of(name, contributions, missing)] for name in contributions]
    total: list[Element | str | float] = [element("strong", "score"), score]
    return table([TableColumn("criterion"), TableColumn("points", 3)], [*rows, total])


def points_of(name: str, contributions: Mapping[str, float], missing: Collection[str]) -> str | float:
    """Return the points of a criterion, with a mark where it is not known.

    Examples
    --------
    >>> points_of("age", {"age": 0.1}, ["age"]), points_of("age", {"age": 0.1}, [])
    ('~0.100', 0.1)
    """
    points = contributions[name]
    return f"{UNKNOWN}{number(points)}" if name in missing else points


def names_table(matches: Sequence[tuple[str, str, str, str]]) -> Element | None:
    """Return names that match: criterion, as the mentor wrote it, as the mentee wrote it, and how."""
    columns = [
        TableColumn("criterion"),
        TableColumn("mentor wrote"),
        TableColumn("mentee wrote"),
        TableColumn("same by"),
    ]
    return table(columns, matches)


def changes_table(duos: Iterable[tuple[str, str, str, float]], caption: str = "") -> Element | None:
    """Return duos that end or are new: which of the two, mentor, mentee, score."""
    columns = [
        TableColumn(""),
        TableColumn("mentor"),
        TableColumn("mentee"),
        TableColumn("score (0 to 1)", 3),
    ]
    return table(columns, list(duos), caption)


def names_that_match(matches: Sequence[NameMatch]) -> Element | None:
    """Return names that match between two people, for a notebook."""
    return names_table([(match.criterion, match.mentor, match.mentee, match.rung) for match in matches])
