"""Every objective, from people to proof, against every matching there is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp
from test_match import realistic

import reverse_match as rm
from oracle import default_scores, in_one_line, utility
from reverse_match.testing import invented_cohort
from strategies import cohorts

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.usefixtures("nothing_asked")

MILLION = 1_000_000
OBJECTIVES: list[Any] = [
    "coverage",
    "total",
    "max_min",
    {"kind": "fair", "alpha": 0},
    {"kind": "fair", "alpha": 0.5},
    {"kind": "fair", "alpha": 1},
    {"kind": "fair"},
    {"kind": "fair", "alpha": 2},
    {"kind": "fair", "alpha": 5},
]
Pair = tuple[str, str]


def every_choice(pairs: list[Pair], mentors: dict[str, int], mentees: dict[str, int]) -> Iterator[list[Pair]]:
    if not pairs:
        yield []
        return
    (mentor, mentee), rest = pairs[0], pairs[1:]
    yield from every_choice(rest, mentors, mentees)
    if mentors[mentor] and mentees[mentee]:
        fewer = {**mentors, mentor: mentors[mentor] - 1}, {**mentees, mentee: mentees[mentee] - 1}
        for choice in every_choice(rest, *fewer):
            yield [(mentor, mentee), *choice]


def rank(choice: list[Pair], worth: dict[Pair, int], objective: Any) -> tuple[int, ...]:
    """Return what is maximised, first things first."""
    total = sum(worth[pair] for pair in choice)
    if objective == "total":
        return total, len(choice)
    if objective == "max_min":
        return len(choice), min((worth[pair] for pair in choice), default=0), total
    return len(choice), total


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[dict[str, Any]], list[Any], dict[Pair, int], list[Pair]]:
    """Draw people, rules, the pairs that these allow beside the fixed ones, and the fixed ones."""
    records = draw(
        st.one_of(
            cohorts(most=6, roles=("mentor", "mentee")),
            cohorts(most=4),
            cohorts(most=7, roles=("mentor", "mentee")),
        )
    )
    ids = [record["id"] for record in records]
    forbidden = draw(st.lists(st.tuples(st.sampled_from(ids), st.sampled_from(ids)), max_size=3))
    least = draw(st.sampled_from([0, 0, 0, 0.3, 0.5]))
    apart = {frozenset(pair) for pair in forbidden}
    scores = {
        pair: score
        for pair, score in default_scores(records).items()
        if frozenset(pair) not in apart and not in_one_line(records, *pair) and score >= least * MILLION
    }
    capacity = {record["id"]: record["capacity"] for record in records}
    possible = sorted(pair for pair in scores if capacity[pair[0]] and capacity[pair[1]])
    fixed = draw(st.lists(st.sampled_from(possible), max_size=1)) if possible else []
    rules: list[Any] = [
        {"kind": "not_in_reporting_line"},
        {"kind": "forbid", "pairs": forbidden},
        {"kind": "minimum_score", "at_least": least},
        {"kind": "fix", "pairs": fixed},
    ]
    return records, rules, scores, fixed


@given(cases(), st.sampled_from(OBJECTIVES), st.integers(-3, 3))
def test_no_matching_is_better(case: Any, objective: Any, seed: int) -> None:
    records, rules, scores, fixed = case
    cohort, policy = rm.Cohort.from_records(records), rm.Policy(objective=objective, rules=rules, seed=seed)
    matching = rm.match(cohort, policy)
    worth = {pair: utility(score, objective) for pair, score in scores.items()}
    mentors = {record["id"]: record["capacity"] for record in records}
    mentees = dict(mentors)
    for mentor, mentee in fixed:
        mentors[mentor] -= 1
        mentees[mentee] -= 1
    free = [pair for pair in scores if pair not in fixed]
    ranks = [rank(choice, worth, objective) for choice in every_choice(free, mentors, mentees)]
    best = max(ranks)
    formed = [(duo.mentor, duo.mentee) for duo in matching.duos]
    chosen = [pair for pair in formed if pair not in fixed]
    assert set(fixed) <= set(formed)
    assert rank(chosen, worth, objective) == best
    assert round(matching.total * MILLION) == sum(scores[pair] for pair in formed)
    assert all(round(duo.score * MILLION) == scores[duo.mentor, duo.mentee] for duo in matching.duos)
    proof = matching.certificate
    assert (proof.gap, matching.status) == (0, "optimal")
    assert proof.total == proof.bound
    assert proof.equal_optima == (ranks.count(best) > 1)
    assert round(proof.total * (proof.units or MILLION)) == sum(worth[pair] for pair in formed)
    if objective == "max_min" and chosen:
        assert proof.worst == proof.worst_bound == best[1] / MILLION
    else:
        assert (proof.worst, proof.worst_bound, proof.worst_scarce_mentors) == (None, None, None)
    rm.verify(matching, cohort, policy)
    assert rm.Matching.from_json(matching.to_json()) == matching


def test_the_most_duos_stay_bounded_where_the_total_alone_counts() -> None:
    people = [
        {"id": "a", "role": "mentor", "level": 9},
        {"id": "b", "role": "mentor", "level": 6},
        {"id": "c", "role": "mentee", "level": 10},
        {"id": "d", "role": "mentee", "level": 19},
    ]
    near = {
        "kind": "gap",
        "name": "near",
        "weight": 1,
        "field": "level",
        "from": 0,
        "to": 1,
        "until": 1,
        "zero_from": 11,
    }
    rules = [{"kind": "forbid", "pairs": [["b", "d"]]}]
    cohort = rm.Cohort.from_records(people)
    found = {
        objective: rm.match(cohort, rm.Policy(criteria=[near], rules=rules, objective=objective))
        for objective in ("coverage", "total")
    }
    assert [len(matching.duos) for matching in found.values()] == [2, 1]
    assert found["total"].total == 1 > found["coverage"].total
    proof = found["total"].certificate
    assert (proof.duos, proof.duos_bound, proof.duo_price, proof.gap) == (1, 2, 0, 0)
    for matching in found.values():
        rm.verify(matching, cohort)


def test_alpha_0_is_coverage_to_the_last_byte() -> None:
    cohort = rm.Cohort.from_records(realistic(80, seed=5))
    texts = []
    for objective in ("coverage", {"kind": "fair", "alpha": 0}):
        data = json.loads(rm.match(cohort, rm.Policy(objective=objective)).to_json())
        del data["policy"], data["digests"]["policy"]
        texts.append(json.dumps(data))
    assert texts[0] == texts[1]


def test_the_certificate_of_other_objectives_says_no_more_than_before() -> None:
    cohort = rm.Cohort.from_records(realistic(30, seed=5))
    plain, fairest, fair = (
        set(json.loads(rm.match(cohort, rm.Policy(objective=objective)).to_json())["certificate"])
        for objective in ("coverage", "max_min", {"kind": "fair"})
    )
    assert fairest - plain == {"worst", "worst_bound", "worst_scarce_mentors", "worst_scarce_mentees"}
    assert fair - plain == {"units"}


def second_opinion(cohort: rm.Cohort, policy: rm.Policy, objective: Any) -> tuple[int, ...]:
    """Solve by HiGHS, one thing after the other."""
    matrix = rm.score_matrix(cohort, policy)
    allowed = np.argwhere(~np.isnan(matrix))
    scores = np.rint(matrix[tuple(allowed.T)] * MILLION)
    known = {int(score): utility(int(score), objective) for score in set(scores)}
    worth = np.array([known[int(score)] for score in scores], dtype=float)
    incidence = np.vstack(
        [allowed[:, 0] == row for row in range(matrix.shape[0])]
        + [allowed[:, 1] == column for column in range(matrix.shape[1])]
    ).astype(float)
    capacities = [person.capacity for person in (*cohort.mentors, *cohort.mentees)]
    fits, ones = LinearConstraint(incidence, -np.inf, capacities), np.ones(len(scores))

    def most(value: Any, rules: list[Any], usable: Any) -> int:
        rules, exact = [fits, *rules], {"mip_rel_gap": 0}
        found = milp(-value, constraints=rules, bounds=Bounds(0, usable), integrality=ones, options=exact)
        return round(-found.fun)

    if objective == "total":
        total = most(worth, [], ones)
        return total, most(ones, [LinearConstraint(worth[None, :], total - 0.5, np.inf)], ones)
    count = most(ones, [], ones)
    enough = LinearConstraint(ones[None, :], count, np.inf)
    if objective != "max_min":
        return count, most(worth, [enough], ones)
    levels = sorted(set(scores.tolist()))
    low, high = 0, len(levels)
    while high - low > 1:
        middle = (low + high) // 2
        reachable = most(ones, [], (scores >= levels[middle]).astype(float)) == count
        low, high = (middle, high) if reachable else (low, middle)
    usable = (scores >= levels[low]).astype(float)
    return count, int(levels[low]), most(worth, [enough], usable)


def thinned(cohort: rm.Cohort, share: float) -> list[Any]:
    """Return rules that forbid most pairs, so that more duos and a higher total exclude each other."""
    random = np.random.default_rng(1)
    pairs = [[mentor.id, mentee.id] for mentor in cohort.mentors for mentee in cohort.mentees]
    return [{"kind": "forbid", "pairs": [pair for pair in pairs if random.random() < share]}]


@pytest.mark.parametrize("objective", OBJECTIVES[:3] + OBJECTIVES[5:6] + OBJECTIVES[7:8])
@pytest.mark.parametrize("share", [0, 0.9])
def test_some_dozens_of_people_by_highs(objective: Any, share: float) -> None:
    cohort = rm.Cohort.from_records(realistic(44, seed=2))
    policy = rm.Policy(objective=objective, rules=thinned(cohort, share))
    matching = rm.match(cohort, policy)
    scores = [round(duo.score * MILLION) for duo in matching.duos]
    total = sum(utility(score, objective) for score in scores)
    reached = {"total": (total, len(scores)), "max_min": (len(scores), min(scores), total)}
    expected = second_opinion(cohort, policy, objective)
    assert reached.get(objective if isinstance(objective, str) else "", (len(scores), total)) == expected
    rm.verify(matching, cohort, policy)
    if objective == "total":
        assert (matching.certificate.duos < matching.certificate.duos_bound) == (share > 0)


@pytest.fixture(scope="module")
def thousand() -> rm.Cohort:
    return invented_cohort(1_000, seed=3, mentors=450)


@pytest.mark.parametrize("objective", ["total", "max_min", {"kind": "fair", "alpha": 1}])
def test_a_thousand_people(thousand: rm.Cohort, objective: Any) -> None:
    policy = rm.Policy(objective=objective)
    matching, plain = rm.match(thousand, policy), rm.match(thousand)
    rm.verify(matching, thousand, policy)
    assert matching.certificate.gap == 0
    assert matching.total <= plain.total
    assert matching.status == "optimal"
    if objective != "total":
        assert min(duo.score for duo in matching.duos) > min(duo.score for duo in plain.duos)
        assert matching == rm.match(thousand, policy, memory=20 * 2**20, threads=1)


@pytest.mark.parametrize(
    "objective", ["total", "max_min", pytest.param({"kind": "fair", "alpha": 1}, marks=pytest.mark.long)]
)
def test_when_time_is_over_the_gap_is_honest_and_verifies(objective: Any) -> None:
    cohort, policy = invented_cohort(2_000, seed=5), rm.Policy(objective=objective)
    best, hasty = rm.match(cohort, policy), rm.match(cohort, policy, time_limit=0)
    assert hasty.status == "feasible"
    assert hasty.certificate.equal_optima is None
    assert 0 < hasty.certificate.gap < 0.5
    rm.verify(hasty, cohort, policy)
    if objective == "max_min":
        assert hasty.certificate.worst is not None
        assert hasty.certificate.worst_bound is not None
        assert best.certificate.worst is not None
        assert hasty.certificate.worst <= best.certificate.worst <= hasty.certificate.worst_bound
    else:
        assert hasty.certificate.total < best.certificate.total <= hasty.certificate.bound


@given(
    cohorts(most=7), st.lists(st.tuples(st.sampled_from(OBJECTIVES), st.booleans()), min_size=2, max_size=3)
)
def test_a_warm_start_changes_no_byte(records: list[dict[str, Any]], chain: list[tuple[Any, bool]]) -> None:
    cohort, warm = rm.Cohort.from_records(records), rm.WarmStart()
    pair = [[cohort.mentors[0].id, cohort.mentees[-1].id]]
    for objective, forbids in chain:
        rules = [{"kind": "forbid", "pairs": pair}] if forbids else []
        policy = rm.Policy(objective=objective, rules=rules)
        assert rm.match(cohort, policy, warm_start=warm).to_json() == rm.match(cohort, policy).to_json()


def test_a_warm_start_of_a_larger_cohort_changes_no_byte(thousand: rm.Cohort) -> None:
    warm = rm.WarmStart()
    duo = rm.match(thousand, warm_start=warm).duos[7]
    for objective in (
        "max_min",
        {"kind": "fair"},
        {"kind": "fair"},
        {"kind": "fair", "alpha": 2},
        "total",
        "coverage",
    ):
        for rules in ([], [{"kind": "forbid", "pairs": [[duo.mentor, duo.mentee]]}]):
            policy = rm.Policy(objective=objective, rules=rules)
            assert (
                rm.match(thousand, policy, warm_start=warm).to_json() == rm.match(thousand, policy).to_json()
            )


@pytest.mark.parametrize("objective", ["total", "max_min", {"kind": "fair", "alpha": 1}])
def test_progress_ends_with_gap_0(objective: Any) -> None:
    told: list[rm.Progress] = []
    rm.match(
        rm.Cohort.from_records(realistic(60, seed=1)), rm.Policy(objective=objective), progress=told.append
    )
    assert (told[-1].step, told[-1].gap) == ("explain", 0)
    if objective == "max_min":
        assert "raise the worst" in {progress.step for progress in told}
