"""Comparisons against plain loops over both matchings."""

from __future__ import annotations

import pytest

import reverse_match as rm
from reverse_match.study.compare import Comparison
from reverse_match.testing import invented_cohort


@pytest.fixture(scope="module")
def study() -> rm.Study:
    cohort = invented_cohort(60, mentors=20, mentor_capacity=3, seed=3)
    made = rm.Study(cohort)
    duo = made.base.matching.duos[0]
    made.scenario(
        "other",
        weights={"gender": 0.4},
        without=[duo.mentor],
        join=[{"id": "new", "role": "mentor", "department": "Elsewhere", "capacity": 2}],
    )
    return made


def whole(points: float) -> int:
    return round(points * 1_000_000)


def test_duos(study: rm.Study) -> None:
    found = study.compare("base", "other")
    then, now = (
        {(duo.mentor, duo.mentee): duo.score for duo in study[name].matching.duos}
        for name in ("base", "other")
    )
    expected = [
        (*pair, "same" if pair in then and pair in now else "lost" if pair in then else "gained",
         then.get(pair), now.get(pair))
        for pair in sorted({*then, *now})
    ]  # fmt: skip
    assert [tuple(row.values()) for row in found.records("duos")] == expected
    kinds = [row[2] for row in expected]
    assert (found.gained, found.lost, found.same) == tuple(map(kinds.count, ("gained", "lost", "same")))
    assert min(found.gained, found.lost, found.same) > 0
    assert found.change == pytest.approx(found.total_after - found.total_before)
    assert found.total_after == study["other"].matching.total


def test_people(study: rm.Study) -> None:
    found = study.compare("base", "other")
    told = {(row.id, row.role): row for row in found.people}
    people = {person.id for name in ("base", "other") for person in study[name].cohort.participants}
    for person in people:
        for role, partner in (("mentor", "mentee"), ("mentee", "mentor")):
            mine = [
                [duo for duo in study[name].matching.duos if getattr(duo, role) == person]
                for name in ("base", "other")
            ]
            partners = [tuple(sorted(getattr(duo, partner) for duo in duos)) for duos in mine]
            scores = [sum(whole(duo.score) for duo in duos) for duos in mine]
            row = told.pop((person, role), None)
            if row is None:
                assert partners[0] == partners[1]
                assert scores[0] == scores[1]
            else:
                assert [row.before, row.after] == partners
                assert [whole(row.score_before), whole(row.score_after)] == scores
                assert whole(row.change) == scores[1] - scores[0]
    assert not told
    assert any(row.id == "new" and not row.before for row in found.people)


def test_departments(study: rm.Study) -> None:
    found = study.compare("base", "other")
    for row in found.departments:
        means = []
        for name, count in (("base", row.duos_before), ("other", row.duos_after)):
            place = {person.id: person.department for person in study[name].cohort.participants}
            scores = [
                whole(duo.score)
                for duo in study[name].matching.duos
                if row.department in (place[duo.mentor], place[duo.mentee])
            ]
            assert len(scores) == count
            means.append(sum(scores) / count if count else None)
        for told, mean in zip((row.mean_before, row.mean_after), means, strict=True):
            assert (told is None) == (mean is None)
            assert told is None or abs(1e6 * told - mean) <= 0.5000001
    names = [row.department for row in found.departments]
    assert names == sorted(names, key=lambda name: (name is None, name))
    assert any(row.department == "Elsewhere" and row.change is None for row in found.departments)


def test_criteria(study: rm.Study) -> None:
    found = study.compare("base", "other")
    for row in found.criteria:
        for told, name in ((row.before, "base"), (row.after, "other")):
            duos = study[name].matching.duos
            assert whole(told or 0) == sum(whole(duo.contributions[row.criterion]) for duo in duos)
    assert sum(whole(row.change) for row in found.criteria) == whole(found.change)


def test_it_is_plain_data_and_symmetric(study: rm.Study) -> None:
    found = study.compare("base", "other")
    assert Comparison.model_validate_json(found.model_dump_json()) == found
    back = study.compare("other", "base")
    assert (back.gained, back.lost, back.same) == (found.lost, found.gained, found.same)
    nothing = study.compare("base", "base")
    assert (nothing.gained, nothing.lost, nothing.people) == (0, 0, ())
    assert str(nothing).endswith("total +0.000000")


def test_unknown_names_are_refused(study: rm.Study) -> None:
    with pytest.raises(rm.errors.StudyError, match="did you mean 'other'"):
        study.compare("base", "othr")
    with pytest.raises(rm.errors.StudyError, match="did you mean 'people'"):
        study.compare("base", "other").records("peple")
