"""Finds what is probably a mistake in files of people, for whoever looks at them before matching.

A mistake is told with its place and with the spelling that others use; what the person has written is not
repeated. What is found here stops nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from reverse_match.foundation.errors import Fault
from reverse_match.foundation.names import LONGEST_SHOWN, name_key
from reverse_match.foundation.text_safety import shorten
from reverse_match.people.headings import FIELDS
from reverse_match.people.near_values import near_values
from reverse_match.people.reading.choices import RATED
from reverse_match.people.reading.values import parts_of
from reverse_match.people.skill_names import meanings_of
from reverse_match.people.vocabulary import gender_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reverse_match.people.reading.persons import Row

_MOST = 20
"""Mistakes of one kind that are told."""

_JOINING = (" and ", " et ", " und ", " y ", " & ", " + ", "/")
_LONGEST = 100
"""Characters of a name that is looked into."""

_CHOICES = ("gender", "department", "location")
"""Fields that hold a text of which several people have the same."""


def likely_mistakes(rows: Sequence[Row]) -> list[Fault]:
    """Return what is probably wrong in the lists of skills, and in columns of choices.

    Parameters
    ----------
    rows : sequence of Row
        People, each with the record that was read.
    """
    places = list(_names_with_places(rows))
    counts = Counter(name_key(name) for name, _, _ in places)
    return [
        *_misspelt(places, counts)[:_MOST],
        *_joined(places, counts)[:_MOST],
        *_nearly_equal(rows)[:_MOST],
        *_nothing_in_common(rows),
    ]


def _names_with_places(rows: Iterable[Row]) -> Iterable[tuple[str, Row, str]]:
    for row in rows:
        for field in RATED:
            for part in parts_of(row.record.get(field), field):
                name = part.rpartition(":")[0].strip() or part
                if name:
                    yield name, row, field


def _misspelt(places: Sequence[tuple[str, Row, str]], counts: Mapping[str, int]) -> list[Fault]:
    """Return names that differ by one letter from one that others use."""
    meanings = meanings_of([name for name, _, _ in places])
    usual: dict[str, str] = {}
    for name, _, _ in places:
        concept = meanings.concept(name)
        if counts[name_key(name)] > counts[name_key(usual.get(concept, ""))]:
            usual[concept] = name
    found = []
    for name, row, field in places:
        other = usual[meanings.concept(name)]
        if counts[name_key(other)] > counts[name_key(name)] and meanings.rung_between(name, other) == "typo":
            shown = shorten(other, LONGEST_SHOWN)
            message = f"one letter away from '{shown}', as which it is read; correct it if that is right"
            found.append(row.fault(message, field, "likely-mistake"))
    return found


def _joined(places: Sequence[tuple[str, Row, str]], counts: Mapping[str, int]) -> list[Fault]:
    """Return names that are two, which others write alone."""
    found = []
    for name, row, field in places:
        if len(name) > _LONGEST or counts[name_key(name)] > 1:
            continue
        halves = next((name.split(sign) for sign in _JOINING if sign in name), [])
        if len(halves) > 1 and all(counts[name_key(half)] for half in halves):
            message = "one name made of several that others write alone; are they several skills?"
            found.append(row.fault(message, field, "likely-mistake"))
    return found


def _nearly_equal(rows: Sequence[Row]) -> list[Fault]:
    """Return values of columns of choices that are nearly the same as one that several people have."""
    found = []
    for field in dict.fromkeys(name for row in rows for name in row.record):
        if field in FIELDS and field not in _CHOICES:
            continue
        rows_by_value: defaultdict[str, list[Row]] = defaultdict(list)
        written: dict[str, str] = {}
        for row in rows:
            value = row.record.get(field)
            if isinstance(value, str) and value.strip() and ";" not in value:
                key = name_key(gender_of(value) if field == "gender" else value)
                rows_by_value[key].append(row)
                written.setdefault(key, value.strip())
        for near in near_values({key: len(those) for key, those in rows_by_value.items()}):
            if near.people[1] > 1:
                shown = shorten(written[near.other], LONGEST_SHOWN)
                message = (
                    f"nearly the same as '{shown}', which {near.people[1]:,} people have; if it is the same, "
                    "correct it, or give the policy both as synonyms"
                )
                found += [row.fault(message, field, "likely-mistake") for row in rows_by_value[near.rarer]]
    return found


def _nothing_in_common(rows: Sequence[Row]) -> list[Fault]:
    """Return a fault if nobody teaches anything that somebody wants to learn."""
    said: dict[str, set[str]] = defaultdict(set)
    for name, _, field in _names_with_places(rows):
        said[field].add(name)
    if not said["offers"] or not said["seeks"]:
        return []
    meanings = meanings_of([*said["offers"], *said["seeks"]])
    if {*map(meanings.concept, said["offers"])} & {*map(meanings.concept, said["seeks"])}:
        return []
    message = (
        "no skill that somebody wants to learn is taught by anybody; are skills called alike on both sides, "
        "and are lists separated as shown above?"
    )
    return [Fault(message, code="likely-mistake")]
