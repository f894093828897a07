"""Finds the parts of a policy that have no meaning for these people, and would still decide something.

A rule on an empty column forbids everything, or nothing. A quota on a department without people cannot be
reached. An id in a list that differs from somebody's by capitals names nobody. None of these is an error,
since another file may have such people, but each deserves a note.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reverse_match.foundation.names import LONGEST_SHOWN, id_key, name_key, near_name
from reverse_match.foundation.text_safety import shorten
from reverse_match.people.headings import FIELDS
from reverse_match.people.id_notes import ids_by_loose_key, near_id
from reverse_match.policy import CountQuota, EachQuota, NotMetBefore, Require, ShareQuota
from reverse_match.policy.conditions import OverlappingHours, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reverse_match.foundation.records import PlainData
    from reverse_match.people.cohort import Cohort
    from reverse_match.people.participant import Participant
    from reverse_match.policy import Policy

_AGE = ("age", "birth_year", "birth_date")


def policy_notes(policy: Policy, cohort: Cohort) -> list[str]:
    """Return a sentence for each part of a policy without a meaning for these people.

    Examples
    --------
    >>> import reverse_match as rm
    >>> people = [{"id": "m", "role": "mentor"}, {"id": "e", "role": "mentee", "department": "Finance"}]
    >>> policy = rm.Policy.from_data({
    ...     "rules": [{"kind": "different", "field": "gender"}],
    ...     "quotas": [{"kind": "count", "where": {"mentee.department": "Finanse"}, "at_most": 1}],
    ... })
    >>> for note in policy_notes(policy, rm.Cohort.from_records(people)):
    ...     print(note)
    rules[0]: nobody fills 'gender', so that no pair is known to keep the rule
    quotas[0]: nobody has 'Finanse' in mentee.department; did you mean 'Finance'?
    """
    return [
        *_notes_on_rules(policy, cohort),
        *_notes_on_quotas(policy, cohort),
        *_notes_on_past_duos(policy, cohort),
    ]


def _notes_on_rules(policy: Policy, cohort: Cohort) -> Iterator[str]:
    for index, rule in enumerate(policy.rules):
        for place, part in parts_of(rule, f"rules[{index}]"):
            yield from _notes_on_part(place, part, cohort, "no pair is known to keep the rule")


def _notes_on_quotas(policy: Policy, cohort: Cohort) -> Iterator[str]:
    for index, quota in enumerate(policy.quotas):
        if isinstance(quota, EachQuota):
            side, _, field = quota.by.partition(".")
            if not _is_filled(field, _side(cohort, side)):
                shown = shorten(field, LONGEST_SHOWN)
                yield f"quotas[{index}]: no {side} fills '{shown}', so that there are no groups to count"
        elif isinstance(quota, CountQuota | ShareQuota):
            for _, part in parts_of(quota.condition):
                yield from _notes_on_part(f"quotas[{index}]", part, cohort, "no duo counts")


def _notes_on_part(place: str, part: PlainData, cohort: Cohort, follows: str) -> Iterator[str]:
    """Yield notes on the empty fields of a condition, with the effect, and on values that nobody has."""
    for field in _fields_of(part):
        if not _is_filled(field, cohort.participants):
            yield f"{place}: nobody fills '{shorten(field, LONGEST_SHOWN)}', so that {follows}"
    if isinstance(part, Require):
        yield from _unknown_values(place, part, cohort)


def _notes_on_past_duos(policy: Policy, cohort: Cohort) -> Iterator[str]:
    listed = [
        name
        for rule in policy.rules
        for _, part in parts_of(rule)
        if isinstance(part, NotMetBefore)
        for duo in part.duos
        for name in (duo.mentor, duo.mentee)
        if id_key(name) not in cohort.position
    ]
    known = ids_by_loose_key(dict(enumerate(cohort.participants))) if listed else {}
    for name in dict.fromkeys(listed):
        if (near := near_id(name, known)) is not None:
            shown, meant = shorten(name, LONGEST_SHOWN), shorten(near, LONGEST_SHOWN)
            yield (
                f"a past duo names '{shown}', whom nobody is; did you mean '{meant}', from which it differs "
                "by capitals, spaces or characters that nobody sees?"
            )


def _fields_of(condition: PlainData) -> list[str]:
    if isinstance(condition, OverlappingHours):
        return ["timezone"]
    field = getattr(condition, "field", None)
    return [field] if isinstance(field, str) else []


def _side(cohort: Cohort, side: str) -> tuple[Participant, ...]:
    return cohort.mentors if side == "mentor" else cohort.mentees


def _values(field: str, people: Iterable[Participant]) -> list[Any]:
    """Return the values of people in a field, without missing ones."""
    if field in FIELDS:
        found = [getattr(person, field) for person in people]
    else:
        found = [person.attributes.get(field) for person in people]
    return [value for value in found if value is not None and value not in ((), {})]


def _is_filled(field: str, people: Iterable[Participant]) -> bool:
    people = list(people)
    return any(_values(one, people) for one in (_AGE if field == "age" else (field,)))


def _unknown_values(place: str, condition: Require, cohort: Cohort) -> Iterator[str]:
    """Yield a note for each required text that nobody has."""
    asked = [value for value in condition.equals or condition.under or () if isinstance(value, str)]
    if not asked:
        return
    people = cohort.participants if condition.of == "both" else _side(cohort, condition.of)
    texts = sorted({str(value) for value in _values(condition.field, people)})
    keys = {_parts(text, condition) for text in texts}
    tops = {parts[:length] for parts in keys for length in range(1, len(parts) + 1)}
    for value in asked if texts else ():
        if _parts(value, condition) not in (tops if condition.under else keys):
            near = near_name(value, _tops(texts) if condition.under else texts)
            hint = "" if near is None else f"; did you mean '{shorten(near, LONGEST_SHOWN)}'?"
            of = condition.field if condition.of == "both" else f"{condition.of}.{condition.field}"
            shown = shorten(value, LONGEST_SHOWN), shorten(of, LONGEST_SHOWN)
            yield f"{place}: nobody has '{shown[0]}' in {shown[1]}{hint}"


def _tops(paths: Iterable[str]) -> list[str]:
    """Return paths together with all of their leading parts."""
    split = [path.split("/") for path in paths]
    return ["/".join(parts[:length]) for parts in split for length in range(1, len(parts) + 1)]


def _parts(text: str, condition: Require) -> tuple[str, ...]:
    parts = text.split("/") if condition.splits_paths else [text]
    return tuple(filter(None, map(name_key, parts)))
