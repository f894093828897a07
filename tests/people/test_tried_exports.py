"""Files of the kinds that people have are read as a careful person reads them, or asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tried_exports import TRIED, Tried

import reverse_match as rm
from reverse_match.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path


def said_of(person: rm.Participant, name: str) -> Any:
    return getattr(person, name, person.attributes.get(name))


def check(cohort: rm.Cohort, tried: Tried) -> None:
    assert tried.expect is not None
    people = {person.id: person for person in cohort.participants}
    assert sorted(people) == sorted(tried.expect)
    for identity, expected in tried.expect.items():
        found = {name: said_of(people[identity], name) for name in expected}
        sets = {name for name, value in expected.items() if isinstance(value, set)}
        assert {name: set(found[name]) if name in sets else found[name] for name in expected} == expected


def answered(tried: Tried) -> dict[str, Any]:
    """Return the options with those that answer the question."""
    options = dict(tried.options)
    for name, value in (tried.after or {}).items():
        options[name] = {**options.get(name, {}), **value} if isinstance(value, dict) else value
    return options


@pytest.mark.parametrize("tried", TRIED, ids=lambda tried: tried.name)
def test_a_file_is_read_right_or_asked_about(tried: Tried, tmp_path: Path) -> None:
    named = tried.write(tmp_path)
    try:
        cohort = rm.read_cohort(named.pop("path", None), **named, **tried.options)
    except InputError:
        assert tried.asks != "never"
    else:
        assert tried.asks != "always"
        if tried.expect is not None:
            check(cohort, tried)


@pytest.mark.parametrize("tried", [tried for tried in TRIED if tried.after], ids=lambda tried: tried.name)
def test_what_is_asked_can_be_answered(tried: Tried, tmp_path: Path) -> None:
    named = tried.write(tmp_path)
    check(rm.read_cohort(named.pop("path", None), **named, **answered(tried)), tried)


@pytest.mark.parametrize("tried", TRIED, ids=lambda tried: tried.name)
def test_look_tells_the_same_and_its_reading_reads_the_same(tried: Tried, tmp_path: Path) -> None:
    named = tried.write(tmp_path)
    path = named.pop("path", None)
    seen = rm.look(path, **named, **answered(tried))
    if seen.faults:
        with pytest.raises(InputError):
            rm.read_cohort(path, **named, **answered(tried))
        return
    cohort = rm.read_cohort(path, **named, **answered(tried))
    assert seen.people == len(cohort.participants)
    again = rm.read_cohort(path, **named, reading=rm.Reading.from_toml(seen.reading.to_toml()))
    assert again.participants == cohort.participants
