"""Invented people must be like real ones, and follow from their seed alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import reverse_match as rm
from reverse_match.people.write import people_csv
from reverse_match.testing import invented_cohort, invented_records

if TYPE_CHECKING:
    from pathlib import Path


def test_an_invented_cohort_depends_on_its_seed_alone() -> None:
    assert invented_records(200, seed=1) == invented_records(200, seed=1)
    assert invented_records(200, seed=1) != invented_records(200, seed=2)


def test_an_invented_cohort_is_like_a_real_one() -> None:
    cohort = invented_cohort(2_000)
    people = cohort.participants
    assert len(cohort.mentors) == len(cohort.mentees) == 1_000
    departments = [person.department for person in people if person.department]
    sizes = sorted((departments.count(name) for name in set(departments)), reverse=True)
    assert sizes[0] > 5 * sizes[-1]
    skills = [name for person in people for name in person.offers]
    often = sorted((skills.count(name) for name in set(skills)), reverse=True)
    assert often[0] > 20 * often[len(often) // 2]
    assert 0 < sum(person.age is None for person in people) < 1_000
    assert sum(person.manager_id is not None for person in people) > 1_900
    answers = [(tuple(sorted(person.seeks.items())), person.age, person.department) for person in people]
    assert len(set(answers)) < len(answers)


def test_invented_people_are_read_back_as_they_were(tmp_path: Path) -> None:
    cohort, file = invented_cohort(120), tmp_path / "people.csv"
    file.write_text(people_csv(cohort, file.name), encoding="utf-8")
    assert rm.read_cohort(file).participants == cohort.participants
