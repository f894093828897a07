"""What the engine promises whatever it does inside: the same bytes, honest gaps, nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

import reverse_match as rm
from reverse_match.people.write import people_csv
from reverse_match.testing import invented_cohort
from strategies import cohorts

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("nothing_asked")

MIB = 2**20


@pytest.mark.parametrize("people", [40, 700])
def test_threads_and_budgets_change_no_byte(people: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reverse_match.solver.pairs.tiles.LEAST_THREADED", 0)
    cohort = invented_cohort(people, seed=4)
    budgets = [20 * MIB, 2**30] if people > 100 else [3 * MIB, 2**30]
    texts = {
        rm.match(cohort, threads=threads, memory=memory).to_json() for threads in (1, 2) for memory in budgets
    }
    assert len(texts) == 1


def test_small_budgets_score_again_instead_of_keeping() -> None:
    """So that the test above compares different ways."""
    from reverse_match.solver.pairs.memory import plan_resources

    assert not plan_resources((350, 350), 20_000, 7 * MIB, 2).keeps_pairs
    assert plan_resources((350, 350), 20_000, 2**30, 2).keeps_pairs


def same_total_as_scipy(cohort: rm.Cohort, matching: rm.Matching) -> None:
    matrix = rm.score_matrix(cohort)
    rows = np.repeat(np.arange(len(matrix)), [person.capacity for person in cohort.mentors])
    columns = np.repeat(np.arange(matrix.shape[1]), [person.capacity for person in cohort.mentees])
    costs = np.where(np.isnan(matrix), -1000.0, matrix)[np.ix_(rows, columns)]
    chosen = linear_sum_assignment(costs, maximize=True)
    found = costs[chosen]
    assert len(matching.duos) == (found > -1000).sum()
    assert round(matching.total * 1e6) == np.rint(found[found > -1000] * 1e6).sum()


@pytest.mark.parametrize(
    ("people", "mentors", "capacity"), [(900, 10, 1), (900, 890, 1), (900, 300, 3), (1_000, None, 1)]
)
def test_lopsided_sides_and_capacities_against_scipy(people: int, mentors: int | None, capacity: int) -> None:
    cohort = invented_cohort(people, mentors=mentors, mentor_capacity=capacity)
    matching = rm.match(cohort)
    same_total_as_scipy(cohort, matching)
    assert matching.certificate.gap == 0
    rm.verify(matching, cohort)


@pytest.mark.parametrize("skill", ["Python", "nothing in common"])
def test_everybody_alike_and_nobody_fitting(skill: str) -> None:
    """All scores equal, or all zero: every pair is as good as every other, and the lottery decides."""
    sides = [("mentor", "offers", "Python"), ("mentee", "seeks", skill)]
    records = [
        {"id": f"{role}-{number}", "role": role, field: {name: 3}}
        for role, field, name in sides
        for number in range(260)
    ]
    cohort = rm.Cohort.from_records(records)
    policy = rm.Policy(criteria=[{"kind": "coverage", "name": "skills", "weight": 1, "reciprocity": 0}])
    matching = rm.match(cohort, policy)
    assert len(matching.duos) == 260
    assert len({duo.score for duo in matching.duos}) == 1
    assert matching.certificate.gap == 0
    assert matching.to_json() == rm.match(cohort, policy, threads=1, memory=15 * MIB).to_json()
    assert {duo.mentee for duo in matching.duos[:20]} != {f"mentee-{number}" for number in range(20)}


def changes() -> st.SearchStrategy[dict[str, Any]]:
    rules = st.lists(
        st.fixed_dictionaries({"kind": st.sampled_from(["forbid", "fix"]), "place": st.integers(0, 50)}),
        max_size=2,
    )
    return st.fixed_dictionaries(
        {
            "rules": rules,
            "minimum": st.sampled_from([None, None, None, 0.3]),
            "goals": st.sampled_from([0.25, 0.25, 0.25, 0, 0.7]),
            "missing": st.sampled_from([None, None, 0.1]),
            "seed": st.sampled_from([0, 0, 0, 1]),
        }
    )


def changed_policy(change: dict[str, Any], cohort: rm.Cohort) -> rm.Policy:
    rules: list[Any] = [{"kind": "not_in_reporting_line"}]
    for rule in change["rules"]:
        mentor = cohort.mentors[rule["place"] % len(cohort.mentors)]
        mentee = cohort.mentees[rule["place"] // 2 % len(cohort.mentees)]
        rules.append({"kind": rule["kind"], "pairs": [[mentor.id, mentee.id]]})
    if change["minimum"]:
        rules.append({"kind": "minimum_score", "at_least": change["minimum"]})
    described = rm.Policy(rules=rules, seed=change["seed"]).model_dump(mode="json")
    described["criteria"][0]["missing"] = change["missing"]
    described["criteria"][1]["weight"] = change["goals"]
    return rm.Policy.model_validate(described)


def outcome(cohort: rm.Cohort, policy: rm.Policy, warm: rm.WarmStart | None = None) -> str:
    try:
        return rm.match(cohort, policy, warm_start=warm).to_json()
    except rm.InfeasibleError as error:
        return str(error)


@given(cohorts(most=7), st.lists(changes(), min_size=2, max_size=5))
def test_a_warm_start_changes_no_byte(records: list[dict[str, Any]], chain: list[dict[str, Any]]) -> None:
    cohort, warm = rm.Cohort.from_records(records), rm.WarmStart()
    for change in chain:
        policy = changed_policy(change, cohort)
        assert outcome(cohort, policy, warm) == outcome(cohort, policy)


@given(cohorts(most=7), st.lists(changes(), min_size=2, max_size=5))
def test_what_a_cohort_keeps_changes_no_byte(
    records: list[dict[str, Any]], chain: list[dict[str, Any]]
) -> None:
    cohort = rm.Cohort.from_records(records)
    for change in chain:
        policy = changed_policy(change, cohort)
        assert outcome(cohort, policy) == outcome(rm.Cohort.from_records(records), policy)


@pytest.mark.parametrize(
    "different",
    [
        {"synonyms": {"skill": ["talent"]}},
        {"correct_typos": False},
        {"as_of": "2040-01-01"},
        {"criteria": [{"kind": "coverage", "name": "skills", "weight": 1, "reciprocity": 1}]},
        {"criteria": [{"kind": "gap", "name": "age", "weight": 1, "field": "age", "from": 5, "to": 50}]},
    ],
)
def test_a_cohort_keeps_nothing_for_a_policy_that_reads_otherwise(different: dict[str, Any]) -> None:
    records = [
        {"id": "m", "role": "mentor", "offers": "skill;negotiation", "seeks": "python", "birth_year": 2000},
        {"id": "n", "role": "mentor", "offers": "talent;negotiaton", "birth_year": 1995},
        {"id": "e", "role": "mentee", "offers": "python", "seeks": "talent;negotiation", "age": 45},
    ]
    cohort = rm.Cohort.from_records(records)
    policy = rm.Policy.model_validate({"as_of": "2026-01-01", **different})
    usual = rm.match(cohort, rm.Policy(as_of="2026-01-01"))
    expected = rm.match(rm.Cohort.from_records(records), policy)
    assert rm.match(cohort, policy) == expected
    assert [duo.contributions for duo in expected.duos] != [duo.contributions for duo in usual.duos]


def test_a_warm_start_of_a_larger_cohort_changes_no_byte() -> None:
    cohort, warm = invented_cohort(700, seed=2), rm.WarmStart()
    first = rm.match(cohort, warm_start=warm)
    pairs = [[duo.mentor, duo.mentee] for duo in first.duos]
    for rules, goals in (
        ([{"kind": "forbid", "pairs": pairs[:1]}], 0.25),
        ([{"kind": "fix", "pairs": [[pairs[3][0], pairs[8][1]]]}], 0.25),
        ([{"kind": "forbid", "pairs": pairs[2:200]}], 0.25),
        ([{"kind": "forbid", "pairs": pairs[2:200]}], 0.3),
        ([], 0.05),
        ([{"kind": "minimum_score", "at_least": 0.5}], 0.05),
        ([], 0.25),
    ):
        described = rm.Policy().model_dump(mode="json")
        described["criteria"][1]["weight"] = goals
        described["rules"] += rules
        policy = rm.Policy.model_validate(described)
        assert rm.match(cohort, policy, warm_start=warm).to_json() == rm.match(cohort, policy).to_json()


def test_a_warm_start_notices_another_function_under_the_same_name() -> None:
    cohort, warm = invented_cohort(30), rm.WarmStart()
    policy = rm.Policy(
        criteria=[{"kind": "custom", "name": "own", "weight": 1, "function": "changing function"}]
    )
    for level in (0.25, 0.75):
        rm.register_criterion(
            "changing function",
            lambda mentors, mentees, level=level: np.full((len(mentors), len(mentees)), level),
            replace=True,
        )
        assert rm.match(cohort, policy, warm_start=warm).duos[0].score == level


def test_a_match_that_fails_leaves_a_warm_start_usable() -> None:
    cohort, warm = invented_cohort(60), rm.WarmStart()
    first = rm.match(cohort, warm_start=warm)
    pair = [[first.duos[0].mentor, first.duos[0].mentee]]
    both = rm.Policy(rules=[{"kind": "fix", "pairs": pair}, {"kind": "forbid", "pairs": pair}])
    with pytest.raises(rm.InfeasibleError):
        rm.match(cohort, both, warm_start=warm)
    assert rm.match(cohort, warm_start=warm) == first


def test_when_time_is_over_the_gap_is_honest_and_verifies() -> None:
    cohort = invented_cohort(2_400, seed=5)
    best, hasty = rm.match(cohort), rm.match(cohort, time_limit=0)
    assert hasty.status == "feasible"
    assert len(hasty.duos) == len(best.duos)
    assert 0 < hasty.certificate.gap < 0.2
    assert hasty.total < best.total <= hasty.certificate.bound
    rm.verify(hasty, cohort)
    with pytest.raises(rm.VerificationError, match="status"):
        rm.verify(hasty.model_copy(update={"status": "optimal"}), cohort)


def test_a_callback_that_raises_stops_the_match() -> None:
    class Enough(Exception):  # noqa: N818 - ours
        pass

    def stop(progress: rm.Progress) -> None:
        if progress.rounds:
            raise Enough

    with pytest.raises(Enough):
        rm.match(invented_cohort(400), progress=stop)


@pytest.mark.skipif(sys.platform == "win32", reason="another way to interrupt")
@pytest.mark.long
def test_interrupting_the_command_line_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(people_csv(invented_cohort(9_000), "people.csv"), encoding="utf-8")
    command = [sys.executable, "-m", "reverse_match", "match", "people.csv", "--out", "duos.json"]
    command += ["--threads", "1"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        assert process.stderr.readline()  # it is at work, and has been for a second
        begin = time.monotonic()
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=20)
        taken = time.monotonic() - begin
    assert process.returncode == 130
    assert output == ""
    assert "Interrupted" in errors
    assert "Traceback" not in errors
    assert os.listdir(tmp_path) == ["people.csv"]  # noqa: PTH208 - hidden files, too
    assert taken < 5
