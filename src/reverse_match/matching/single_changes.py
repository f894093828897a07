"""Which single changes of somebody's data are tried: such as the policy asks about and they can decide on.

Skills and their levels come first, then what the policy compares in lists (goals, languages, a column of the
organisation's own), then times. Candidates are what most people of the other side say, so nobody's record is
told. Fields that hold one value, such as a department or an age, are never tried: nobody changes them for a
duo.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal

from reverse_match.foundation.names import name_key
from reverse_match.people import cells
from reverse_match.policy.conditions import HasCommonTime, Shared, Teaches
from reverse_match.policy.criteria import CommonTime, Overlap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reverse_match.people.cohort import Cohort
    from reverse_match.people.participant import Participant
    from reverse_match.policy import Policy

_HIGHEST_LEVEL, _HIGHEST_PRIORITY = cells.LEVELS[1], cells.PRIORITIES[1]
_PRIORITY_NOT_SAID = cells.DEFAULT_PRIORITY
MOST_TRIED = 20
"""Most single changes that are tried."""
MOST_OF_OTHERS, MOST_OF_A_LIST = 5, 3
"""Most of these that are skills which others seek or offer; and that are entries of one other list."""

_SKILLS = ("offers", "seeks")
_SCALES: dict[str, tuple[tuple[int, int], int, Literal["level", "priority"]]] = {
    "offers": (cells.LEVELS, cells.DEFAULT_LEVEL, "level"),
    "seeks": (cells.PRIORITIES, cells.DEFAULT_PRIORITY, "priority"),
}


def single_changes(people: Cohort, asking: Participant, policy: Policy) -> list[dict[str, str]]:
    """Return the changes that are tried: of skills, then of other lists, then of times."""
    others = _others(people, asking)
    tried = [*_changes_of_skills(people, asking, policy)]
    for name in _lists_compared(policy):
        if not _holds_list(asking, name):
            continue
        entries = (entry for one in others for entry in _names(one, name) if _reads_back(entry))
        known, counted = _names(asking, name), Counter(entries)
        tried += [{f"{name}+": entry} for entry in _most(counted, known, MOST_OF_A_LIST)]
    for name in _times_compared(policy):
        counted = Counter(entry for one in others for entry in getattr(one, name))
        tried += [{f"{name}+": entry} for entry in _most(counted, getattr(asking, name), MOST_OF_A_LIST)]
    return tried[:MOST_TRIED]


def _others(people: Cohort, asking: Participant) -> list[Participant]:
    """Return the people with whom somebody could have a duo."""
    sides = [people.mentees] if asking.role != "mentee" else []
    sides += [people.mentors] if asking.role != "mentor" else []
    return [one for side in sides for one in side if one is not asking]


def _changes_of_skills(people: Cohort, asking: Participant, policy: Policy) -> Iterator[dict[str, str]]:
    """Yield levels and priorities of the person's skills, then what others seek or offer."""
    asked = [one for one in policy.conditions if isinstance(one, Teaches)]
    if asking.role != "mentee":
        enough = max((one.at_level for one in asked if one.offered == "offers"), default=1)
        for name, level in asking.offers.items():
            higher = {level + 1, max(level + 1, enough)}
            yield from _added("offers", name, sorted(one for one in higher if one <= _HIGHEST_LEVEL))
        sought = Counter(name for one in people.mentees if one is not asking for name in one.seeks)
        for name in _most(sought, asking.offers, MOST_OF_OTHERS):
            yield from _added("offers", name, [max(3, enough)])
    if asking.role != "mentor":
        enough = max((one.at_priority for one in asked if one.wanted == "seeks"), default=1)
        for name, priority in asking.seeks.items():
            if priority < enough <= _HIGHEST_PRIORITY:
                yield from _added("seeks", name, [enough])
        offered = Counter(name for one in people.mentors if one is not asking for name in one.offers)
        for name in _most(offered, asking.seeks, MOST_OF_OTHERS):
            yield from _added("seeks", name, [max(_PRIORITY_NOT_SAID, enough)], new=True)


def _added(field: str, name: str, ratings: Iterable[int], *, new: bool = False) -> Iterator[dict[str, str]]:
    """Yield changes that add a skill, each in the shortest text that is read as this skill.

    A name may hold what separates skills, or look like one with a rating. A list or a mapping can hold any
    name, a text cannot.
    """
    bounds, default, word = _SCALES[field]
    for rating in ratings:
        texts = [name] if new and rating == default else []
        for text in (*texts, f"{name}:{rating}"):
            try:
                read = cells.rated_names(text, bounds, default, word)
            except cells.CellError:
                continue
            if read == {name: rating}:
                yield {f"{field}+": text}
                break


def _reads_back(entry: str) -> bool:
    """Say whether an entry of a list is this entry when it is read from a text."""
    try:
        return cells.names(entry) == (entry,)
    except cells.CellError:
        return False


def _lists_compared(policy: Policy) -> list[str]:
    """Return the fields of lists other than skills that count for duos, in the order of the policy."""
    scored = [one.field for one in policy.criteria if isinstance(one, Overlap) and one.weight]
    demanded = [one.field for one in policy.conditions if isinstance(one, Shared)]
    return [name for name in dict.fromkeys([*scored, *demanded]) if name not in _SKILLS]


def _times_compared(policy: Policy) -> list[str]:
    """Return which of the two fields of times count for duos."""
    asked: list[CommonTime | HasCommonTime] = [
        one for one in policy.criteria if isinstance(one, CommonTime) and one.weight
    ]
    asked += [one for one in policy.conditions if isinstance(one, HasCommonTime)]
    return list(dict.fromkeys("on_site" if one.on_site else "available" for one in asked))


def _holds_list(person: Participant, field: str) -> bool:
    """Say whether a person has a list in a field, or nothing: to a number nothing can be added."""
    value = person.attributes.get(field)
    return field in type(person).model_fields or value is None or isinstance(value, str | list | tuple)


def _names(person: Participant, field: str) -> Sequence[str]:
    if field in type(person).model_fields:
        value: Sequence[str] = getattr(person, field)
        return value
    listed = person.attributes.get(field)
    return cells.names(listed) if isinstance(listed, str | list | tuple) else ()


def _most(counted: Counter[str], known: Iterable[str] | Mapping[str, int], most: int) -> list[str]:
    """Return the most frequent names that a person does not have, spelled as most people do."""
    mine = {name_key(name) for name in known}
    spelled: dict[str, str] = {}
    numbers: Counter[str] = Counter()
    for name, number in sorted(counted.items(), key=lambda item: (-item[1], item[0])):
        spelled.setdefault(name_key(name), name)
        numbers[name_key(name)] += number
    ranked = sorted(numbers, key=lambda key: (-numbers[key], key))
    return [spelled[key] for key in ranked if key not in mine][:most]
