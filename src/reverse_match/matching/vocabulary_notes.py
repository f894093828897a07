"""Notes on the words of columns: values that are nearly the same, and words without a place on their scale.

A quota on ``Finance`` is proved without those who wrote ``Finances``, and a rule on departments takes the two
for different. Whether they are is not for the library to say, so both are left as they are, and a note names
them before anything is proved.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from reverse_match.foundation.errors import CohortError, Fault, PolicyError
from reverse_match.foundation.names import LONGEST_SHOWN, id_key, name_key
from reverse_match.foundation.text_safety import shorten
from reverse_match.people.headings import FIELDS
from reverse_match.people.near_values import near_values
from reverse_match.policy import EachQuota, Require
from reverse_match.policy.conditions import Among, ComparedTexts, parts_of
from reverse_match.policy.quotas import requirements_of
from reverse_match.scoring.columns import Columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reverse_match.people.cohort import Cohort
    from reverse_match.policy import Policy
    from reverse_match.policy.values import PolicyData

_MOST_OF_FIELD = 5
"""Near values that are told of one field."""

_NO_CHOICES = ("id", "manager_id", "timezone", "role")
"""Fields whose texts are names of something, and no choice among words."""


def notes_on_vocabulary(policy: Policy, cohort: Cohort) -> Iterator[Fault]:
    """Yield notes on near values of columns that rules and quotas compare, and on words beside a scale."""
    columns = Columns(cohort, policy, None)
    yield from _notes_on_scales(policy, cohort, columns)
    told: set[str] = set()
    for place, field in _compared_fields(policy):
        if field not in told and (field in FIELDS or field in cohort.attribute_names):
            told.add(field)
            yield from _near_values(place, field, columns)
    for place, condition in _compared_with_each_other(policy):
        yield from _near_values_of_both(place, condition, cohort, columns)


def _compared_fields(policy: Policy) -> Iterator[tuple[str, str]]:
    """Yield the fields of which quotas and rules compare texts, with the place of the quota or rule."""
    for index, quota in enumerate(policy.quotas):
        place = f"quotas[{index}]"
        if isinstance(quota, EachQuota):
            yield from ((place, path.partition(".")[2]) for path in quota.paths)
        for condition in requirements_of(quota):
            for field in _fields_of_texts(condition):
                yield place, field
    for index, rule in enumerate(policy.rules):
        for field in _fields_of_texts(rule):
            yield f"rules[{index}]", field


def _compared_with_each_other(policy: Policy) -> Iterator[tuple[str, Among]]:
    """Yield the conditions by which values of one field are looked up in another, with their places."""
    places = [(f"quotas[{index}]", requirements_of(quota)) for index, quota in enumerate(policy.quotas)]
    places += [(f"rules[{index}]", iter([rule])) for index, rule in enumerate(policy.rules)]
    for place, whole in places:
        for condition in whole:
            for _, part in parts_of(condition):
                if isinstance(part, Among):
                    yield place, part


def _near_values_of_both(place: str, condition: Among, cohort: Cohort, columns: Columns) -> Iterator[Fault]:
    """Yield a note for each listed text that is nearly one that somebody of the other side has."""
    try:
        both = [columns.one_or_several(field) for field in condition.fields]
    except (PolicyError, CohortError):  # no columns of texts, which the match refuses
        return
    sides = [(cohort.mentors if side == "mentor" else cohort.mentees) for side in condition.sides]
    position = cohort.position
    texts = [
        text
        for column, people in zip(both, sides, strict=True)
        for person in people
        for text in column[position[id_key(person.id)]]
    ]
    meant = columns.meant_in_both(condition.fields, set(texts))
    yield from _notes(place, condition.listed_in, [(name_key(meant[text]), text) for text in texts])


def _fields_of_texts(condition: PolicyData) -> Iterator[str]:
    for _, part in parts_of(condition):
        if isinstance(part, ComparedTexts) or (isinstance(part, Require) and _asks_for_text(part)):
            yield part.field


def _asks_for_text(condition: Require) -> bool:
    return any(isinstance(value, str) for value in condition.equals or condition.under or ())


def _near_values(place: str, field: str, columns: Columns) -> Iterator[Fault]:
    """Yield a note for each two values of a field that are nearly the same, the rarest first."""
    if field in _NO_CHOICES:
        return
    try:
        written, compared = columns.texts(field), columns.compared_texts(field)
    except (PolicyError, CohortError):  # no column of texts, which the match refuses
        return
    told = zip(compared, written, strict=True)
    keyed = [(name_key(word), text) for word, text in told if word is not None and text is not None]
    yield from _notes(place, field, keyed)


def _notes(place: str, field: str, keyed: Sequence[tuple[str, str]]) -> Iterator[Fault]:
    spelling: dict[str, str] = {}
    for key, text in keyed:
        spelling[key] = min(text, spelling.get(key, text))
    counts = Counter(key for key, _ in keyed if key)
    shown_field = shorten(field, LONGEST_SHOWN)
    for near in near_values(counts)[:_MOST_OF_FIELD]:
        rarer, other = (shorten(spelling[key], LONGEST_SHOWN) for key in (near.rarer, near.other))
        message = (
            f"'{rarer}' ({near.people[0]:,}) stands beside '{other}' ({near.people[1]:,}) in '{shown_field}' "
            "and counts as another value; if the two are one, say so in synonyms"
        )
        yield Fault(message, None, None, place, "several-words")


def _notes_on_scales(policy: Policy, cohort: Cohort, columns: Columns) -> Iterator[Fault]:
    """Yield a note on each scale of a field that there is not, or whose words it does not all name."""
    for field in policy.scales:
        place = f"scales.{shorten(field, LONGEST_SHOWN)}"
        if field not in FIELDS and field not in cohort.attribute_names:
            yield Fault("the people have no such column", None, None, place, "unknown-field")
            continue
        try:
            columns.numbers(field)
        except PolicyError as error:
            yield from (Fault(fault.message, None, None, place, fault.code) for fault in error.faults)
        except CohortError as error:
            number = len(error.faults)
            who = "1 person has" if number == 1 else f"{number:,} people have"
            message = f"{who} a word that is not on the scale; right would be synonyms, or a longer scale"
            yield Fault(message, None, None, place, "unknown-word")
