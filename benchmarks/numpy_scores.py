"""The default policy in plain numpy: all pairs at once, as somebody without this library would write it.

It is what other solvers need before they can start, so its time is added to theirs. It shares nothing with
the library's scoring, and agrees with it but for the rounding to millionths, which it leaves out. (It takes
names as they are written; invented cohorts have no aliases and no typos.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reverse_match.policy import Policy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from reverse_match.foundation.arrays import BoolArray, FloatArray
    from reverse_match.people.cohort import Cohort
    from reverse_match.people.participant import Participant

RECIPROCITY = 0.2


def numpy_scores(cohort: Cohort) -> FloatArray:
    """Return the score of every pair under the default policy, NaN within a reporting line.

    Examples
    --------
    >>> import reverse_match as rm
    >>> cohort = rm.testing.invented_cohort(40, seed=1)
    >>> bool(np.nanmax(abs(numpy_scores(cohort) - rm.score_matrix(cohort))) < 1e-5)
    True
    """
    weights = [criterion.weight for criterion in Policy().criteria]
    mentors, mentees = cohort.mentors, cohort.mentees
    same = np.array([person.id for person in mentors])[:, None] == np.array([person.id for person in mentees])
    total = np.zeros(same.shape)
    for weight, part in zip(weights, _parts(mentors, mentees), strict=True):
        part[same] = np.nan
        unknown = np.isnan(part)
        part[unknown] = 0.5 if unknown.all() else np.nanmean(part)
        part *= weight
        total += part
    total[same | _in_line(mentors, mentees)] = np.nan
    return total


def _parts(mentors: Sequence[Participant], mentees: Sequence[Participant]) -> Iterator[FloatArray]:
    """Yield the values of one criterion after the other, so that only one takes memory at a time."""
    yield _coverage(mentors, mentees)
    yield _jaccard(mentors, mentees)
    yield _gap(mentors, mentees)
    yield _different(
        [(person.gender or "").casefold() for person in mentors],
        [(person.gender or "").casefold() for person in mentees],
    )
    yield _different_paths(mentors, mentees)


def _columns(
    people: Sequence[Participant], of: Callable[[Participant], Mapping[str, int]], code: Mapping[str, int]
) -> FloatArray:
    matrix = np.zeros((len(people), len(code)))
    for row, person in enumerate(people):
        for name, rating in of(person).items():
            matrix[row, code[name.casefold()]] = rating
    return matrix


def _coverage(mentors: Sequence[Participant], mentees: Sequence[Participant]) -> FloatArray:
    names = {name.casefold() for person in (*mentors, *mentees) for name in (*person.offers, *person.seeks)}
    code = {name: place for place, name in enumerate(sorted(names))}

    def one_way(teachers: Sequence[Participant], learners: Sequence[Participant]) -> FloatArray:
        levels = _columns(teachers, lambda person: person.offers, code)
        priorities = _columns(learners, lambda person: person.seeks, code)
        full = np.where(priorities.sum(axis=1) > 0, 5 * priorities.sum(axis=1), np.nan)
        value: FloatArray = levels @ (priorities / full[:, None]).T
        value[levels.sum(axis=1) == 0] = np.nan
        return value

    forward, backward = one_way(mentors, mentees), one_way(mentees, mentors).T
    alone, backward_alone = np.isnan(backward), np.isnan(forward)
    value: FloatArray = (1 - RECIPROCITY) * forward + RECIPROCITY * backward
    value[alone] = forward[alone]
    value[backward_alone] = backward[backward_alone]
    return value


def _jaccard(mentors: Sequence[Participant], mentees: Sequence[Participant]) -> FloatArray:
    names = {name.casefold() for person in (*mentors, *mentees) for name in person.goals}
    code = {name: place for place, name in enumerate(sorted(names))}
    here = _columns(mentors, lambda person: dict.fromkeys(person.goals, 1), code)
    there = _columns(mentees, lambda person: dict.fromkeys(person.goals, 1), code)
    shared = here @ there.T
    union = here.sum(axis=1)[:, None] + there.sum(axis=1) - shared
    value: FloatArray = shared / np.where(union > 0, union, np.nan)
    value[here.sum(axis=1) == 0] = np.nan
    value[:, there.sum(axis=1) == 0] = np.nan
    return value


def _gap(mentors: Sequence[Participant], mentees: Sequence[Participant]) -> FloatArray:
    here = np.array([np.nan if person.age is None else person.age for person in mentors])
    there = np.array([np.nan if person.age is None else person.age for person in mentees])
    value: FloatArray = np.clip((there - here[:, None] - 5) / 15, 0, 1)
    return value


def _different(mentors: Sequence[str], mentees: Sequence[str]) -> FloatArray:
    here, there = np.array(mentors)[:, None], np.array(mentees)
    return np.where((here == "") | (there == ""), np.nan, (here != there).astype(float))


def _different_paths(mentors: Sequence[Participant], mentees: Sequence[Participant]) -> FloatArray:
    paths = [
        [(person.department or "").casefold().split("/") for person in side] for side in (mentors, mentees)
    ]
    depth = max(len(path) for side in paths for path in side)
    missing = [np.array([path == [""] for path in side]) for side in paths]
    lengths = [np.array([len(path) for path in side]) for side in paths]
    shared = np.zeros((len(mentors), len(mentees)))
    for level in range(1, depth + 1):
        here, there = (
            np.array(
                ["/".join(path[:level]) if len(path) >= level else f"none {side}" for path in paths[side]]
            )
            for side in (0, 1)
        )
        shared += here[:, None] == there
    value: FloatArray = 1 - shared / np.maximum(lengths[0][:, None], lengths[1])
    value[missing[0]] = np.nan
    value[:, missing[1]] = np.nan
    return value


def _in_line(mentors: Sequence[Participant], mentees: Sequence[Participant]) -> BoolArray:
    boss = {person.id: person.manager_id for person in (*mentors, *mentees)}
    row = {person.id: place for place, person in enumerate(mentors)}
    column = {person.id: place for place, person in enumerate(mentees)}
    marks = np.zeros((len(mentors), len(mentees)), dtype=bool)
    for person in boss:
        above = boss[person]
        while above is not None and above in boss:
            for one, other in ((person, above), (above, person)):
                if one in row and other in column:
                    marks[row[one], column[other]] = True
            above = boss[above]
    return marks
