"""Invented cohorts that look like real ones, of any size, from a seed.

They have the difficulties of real cohorts: a few skills that everybody names and a long tail of rare ones,
departments of unequal size, a hierarchy of managers, missing answers, and people with the same answers (so
that many scores are equal). Nobody in them exists.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from reverse_match.people.cohort import Cohort

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.foundation.arrays import FloatArray, IntArray

DIGITAL_SKILLS, LEADERSHIP_SKILLS, GOALS, DIVISIONS, TEAMS = 180, 120, 24, 9, 5

REPEATED_SHARE = 0.1
"""Share of the people who have the same answers as somebody else."""

SPAN_OF_CONTROL = 7
"""Number of people who report to one manager."""


@dataclass(frozen=True)
class _Answers:
    """Vocabulary and ranges of the answers of one side."""

    offers: Sequence[str]
    seeks: Sequence[str]
    ages: tuple[int, int]
    grades: tuple[int, int]


_DIGITAL = [f"digital skill {number}" for number in range(DIGITAL_SKILLS)]
_LEADERSHIP = [f"leadership skill {number}" for number in range(LEADERSHIP_SKILLS)]
_GOALS = [f"goal {number}" for number in range(GOALS)]
_DEPARTMENTS = [f"Group/Division {d}/Team {d}.{t}" for d in range(DIVISIONS) for t in range(TEAMS)]
_MENTORS = _Answers(_DIGITAL, _LEADERSHIP, (21, 36), (1, 4))
_MENTEES = _Answers(_LEADERSHIP, _DIGITAL, (37, 65), (5, 10))


def invented_records(
    people: int, seed: int = 0, *, mentors: int | None = None, mentor_capacity: int = 1
) -> list[dict[str, Any]]:
    """Return the records of an invented cohort.

    Parameters
    ----------
    people : int
        Number of people, 2 or more.
    seed : int
        Seed of the draws; another seed gives other people.
    mentors : int, optional
        Number of mentors among them; half if not given.
    mentor_capacity : int
        Largest capacity of a mentor; capacities are drawn from 1 to this number.

    Examples
    --------
    >>> [record["role"] for record in invented_records(4)]
    ['mentor', 'mentor', 'mentee', 'mentee']
    >>> invented_records(10, seed=3) == invented_records(10, seed=3)
    True
    """
    draw = np.random.default_rng([seed, people])
    juniors = people // 2 if mentors is None else mentors
    sides = [("mentor", _MENTORS, juniors), ("mentee", _MENTEES, people - juniors)]
    records: list[dict[str, Any]] = []
    for role, answers, size in sides:
        profiles = _profiles(draw, answers, size)
        repeated = draw.random(size) < REPEATED_SHARE
        source = np.where(repeated, draw.integers(0, size, size), np.arange(size))
        records += [{"role": role, **profiles[place]} for place in source.tolist()]
    for place, record in enumerate(records):
        record["id"] = f"person-{place}"
        record["capacity"] = int(draw.integers(1, mentor_capacity + 1)) if record["role"] == "mentor" else 1
    _give_managers(draw, records)
    return records


def invented_cohort(
    people: int, seed: int = 0, *, mentors: int | None = None, mentor_capacity: int = 1
) -> Cohort:
    """Return an invented cohort; see :func:`invented_records`."""
    return Cohort.from_records(
        invented_records(people, seed, mentors=mentors, mentor_capacity=mentor_capacity)
    )


def _profiles(draw: np.random.Generator, answers: _Answers, size: int) -> list[dict[str, Any]]:
    """Return the answers of each person; a missing answer has no key."""
    columns: dict[str, list[Any]] = {
        "offers": _rated(draw, answers.offers, size, (2, 7), 5),
        "seeks": _rated(draw, answers.seeks, size, (1, 5), 3),
        "goals": [sorted(set(chosen)) for chosen in _chosen(draw, _GOALS, size, (1, 4))],
        "age": np.rint(draw.triangular(*_skewed(answers.ages), size)).astype(int).tolist(),
        "grade": draw.integers(answers.grades[0], answers.grades[1] + 1, size).tolist(),
        "gender": draw.choice(["female", "male", "non-binary"], size, p=[0.43, 0.55, 0.02]).tolist(),
        "department": draw.choice(_DEPARTMENTS, size, p=_long_tail(len(_DEPARTMENTS))).tolist(),
        "location": draw.choice(["Paris", "Lyon", "London", "Montréal", "Berlin"], size).tolist(),
    }
    missing = {"offers": 0.08, "seeks": 0.12, "goals": 0.15, "age": 0.04, "gender": 0.1, "department": 0.02}
    absent = {name: draw.random(size) < share for name, share in missing.items()}
    return [
        {
            name: column[place]
            for name, column in columns.items()
            if not (name in absent and absent[name][place])
        }
        for place in range(size)
    ]


def _skewed(ages: tuple[int, int]) -> tuple[float, float, float]:
    return ages[0], ages[0] + (ages[1] - ages[0]) / 3, ages[1]


def _long_tail(size: int) -> FloatArray:
    """Return frequencies by Zipf's law: the second name is half as frequent as the first, and so on."""
    weight: FloatArray = 1.0 / np.arange(1, size + 1)
    shares: FloatArray = weight / weight.sum()
    return shares


def _chosen(
    draw: np.random.Generator, names: Sequence[str], size: int, between: tuple[int, int]
) -> list[list[str]]:
    """Return some names for each person; a name that is drawn twice counts once."""
    lengths = draw.integers(between[0], between[1] + 1, size)
    drawn: IntArray = draw.choice(len(names), int(lengths.sum()), p=_long_tail(len(names)))
    ends = np.cumsum(lengths).tolist()
    listed = [names[place] for place in drawn.tolist()]
    return [
        list(dict.fromkeys(listed[end - length : end]))
        for end, length in zip(ends, lengths.tolist(), strict=True)
    ]


def _rated(
    draw: np.random.Generator, names: Sequence[str], size: int, between: tuple[int, int], highest: int
) -> list[dict[str, int]]:
    return [
        dict(zip(chosen, draw.integers(1, highest + 1, len(chosen)).tolist(), strict=True))
        for chosen in _chosen(draw, names, size, between)
    ]


def _give_managers(draw: np.random.Generator, records: list[dict[str, Any]]) -> None:
    """Give everybody a manager in one tree: the higher the grade, the nearer to the top."""
    order = sorted(range(len(records)), key=lambda place: (-records[place]["grade"], draw.random()))
    for rank, place in enumerate(order[1:], start=1):
        records[place]["manager_id"] = records[order[(rank - 1) // SPAN_OF_CONTROL]]["id"]
