"""Tells what is left out of tables and vectors, what they leave unknown, and on which scale numbers count."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from reverse_match.foundation.errors import Fault
from reverse_match.foundation.names import LONGEST_SHOWN
from reverse_match.foundation.text_safety import shorten
from reverse_match.people.id_notes import ids_by_loose_key, near_id
from reverse_match.policy import OwnData, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reverse_match.matching.results.matching import Matching
    from reverse_match.people.cohort import Cohort

_MOST_NEAR = 5
"""Ids of a table that differ from somebody's by capitals, of which notes tell."""


def own_data_notes(matching: Matching, cohort: Cohort) -> Iterator[Fault]:
    """Yield notes on the tables and the vectors of a matching's policy."""
    for index, criterion in enumerate(matching.policy.criteria):
        if not isinstance(criterion, OwnData) or criterion.data is None:
            continue
        place = f"criteria[{index}]"
        shown = shorten(criterion.data_name, LONGEST_SHOWN)
        if isinstance(criterion, Table):
            notes = _notes_on_table(shown, criterion, cohort)
        else:
            notes = _notes_on_vectors(shown, criterion, cohort)
        yield from (Fault(message, None, None, place, code) for message, code in notes)
    yield from _notes_on_unknown_pairs(matching, cohort)


def _notes_on_table(shown: str, criterion: Table, cohort: Cohort) -> Iterator[tuple[str, str]]:
    from reverse_match.scoring.data_use import use_of_table  # few policies have tables

    table = criterion.data
    use = use_of_table(table, cohort)
    if use.of_others:
        count = f"{use.of_others:,} of {use.pairs:,}"
        message = (
            f"table '{shown}': {count} pairs name somebody who is not among these people, and do not count"
        )
        yield message, "unknown-id"
        yield from _near_ids(shown, [*table.mentors, *table.mentees], cohort)
    if use.in_other_roles:
        count = f"{use.in_other_roles:,} of {use.pairs:,}"
        message = (
            f"table '{shown}': {count} pairs name people in roles that they do not have, and do not count"
        )
        yield message, "other-role"
    if criterion.from_ is None and table.scale != (0, 1):
        message = (
            f"table '{shown}': its lowest value counts 0 and its highest counts 1, as no scale is stated"
        )
        yield message, "scale-guessed"
        apart = table.stands_apart()
        if apart is not None:
            message = (
                f"table '{shown}': {apart:g} stands apart from all other values, and sets the scale; if it "
                "means not known or forbidden, leave it out, or write null"
            )
            yield message, "likely-mistake"


def _near_ids(shown: str, names: Iterable[str], cohort: Cohort) -> Iterator[tuple[str, str]]:
    """Yield a note for the first ids in a table that nobody has, but for capitals or the like."""
    strangers = [name for name in dict.fromkeys(names) if name not in cohort.position]
    known = ids_by_loose_key(dict(enumerate(cohort.participants)))
    near = ((name, near_id(name, known)) for name in strangers)
    for name, meant in islice(((name, meant) for name, meant in near if meant is not None), _MOST_NEAR):
        said = shorten(name, LONGEST_SHOWN), shorten(meant, LONGEST_SHOWN)
        message = (
            f"table '{shown}' names '{said[0]}', whom nobody is; did you mean '{said[1]}', from which it "
            "differs by capitals, spaces or characters that nobody sees?"
        )
        yield message, "nearly-an-id"


def _notes_on_vectors(shown: str, criterion: OwnData, cohort: Cohort) -> Iterator[tuple[str, str]]:
    names = set(criterion.data.names)
    without = sum(name not in names for name in cohort.position)
    if without:
        yield f"vectors '{shown}': {without:,} of {len(cohort.position):,} people have none", "partly-empty"


def _notes_on_unknown_pairs(matching: Matching, cohort: Cohort) -> Iterator[Fault]:
    """Yield how many pairs a table or vectors say nothing of, and the value of these pairs."""
    given = {one.name: one for one in matching.policy.criteria if isinstance(one, OwnData)}
    both = sum(person.teaches and person.learns for person in cohort.participants)
    pairs = len(cohort.mentors) * len(cohort.mentees) - both
    for one in matching.criteria:
        if one.name in given and one.neutral is not None and one.known_pairs:
            known = f"{one.known_pairs:,} of {pairs:,}"
            stated = given[one.name].missing is not None
            others = (
                "every other pair counts what missing says" if stated else "every other pair counts the mean"
            )
            message = f"criterion '{one.name}' is known for {known} pairs; {others}"
            yield Fault(message, code="partly-known")
