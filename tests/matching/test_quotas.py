"""Quotas: against every matching there is, HiGHS on some dozens of people, and tampering."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, Any

import highspy
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array

import reverse_match as rm
from oracle import default_scores, in_one_line
from reverse_match.testing import invented_cohort
from strategies import DEPARTMENTS, cohorts

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.usefixtures("nothing_asked")

Pair = tuple[str, str]


def millionths(points: float) -> int:
    return round(points * 1_000_000)


@st.composite
def quotas(draw: st.DrawFn, most: int = 3) -> list[dict[str, Any]]:
    made = []
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(["duos", "count", "share", "each"]))
        quota: dict[str, Any] = {"kind": kind}
        low = draw(st.one_of(st.none(), st.integers(0, most)))
        high = draw(
            st.one_of(st.none() if low is not None else st.integers(0, most), st.integers(low or 0, most))
        )
        if kind == "each":
            quota["by"] = draw(
                st.sampled_from(["mentee.department", "mentor.gender", "mentor.id", "mentee.id"])
            )
            if quota["by"] == "mentee.department" and draw(st.booleans()):
                quota["prefix"] = 1
        elif kind != "duos":
            if draw(st.booleans()):
                quota["of"] = {"kind": draw(st.sampled_from(["difference", "same"])), "field": "gender"}
            else:
                quota["where"] = {"mentee.department": draw(st.sampled_from(DEPARTMENTS[1:]))}
        if kind == "share":
            parts = draw(st.sampled_from([3, 4, 10, 1000]))
            low, high = (None if x is None else min(1, x / parts * 2) for x in (low, high))
        quota |= {} if low is None else {"at_least": low}
        quota |= {} if high is None else {"at_most": high}
        made.append(quota)
    return made


def counts(quota: dict[str, Any], mentor: Any, mentee: Any) -> bool:
    if "of" in quota:
        one, other = mentor["gender"], mentee["gender"]
        known = one is not None and other is not None
        return known and (one != other) == (quota["of"]["kind"] == "difference")
    if "where" in quota:
        path, wanted = (mentee["department"] or "").split("/"), quota["where"]["mentee.department"].split("/")
        return path[: len(wanted)] == wanted
    return True


def group(quota: dict[str, Any], mentor: Any, mentee: Any) -> str | None:
    side, _, field = quota["by"].partition(".")
    value: str | None = (mentor if side == "mentor" else mentee)[field]
    return value.split("/")[0] if value and "prefix" in quota else value


def keeps(quota: dict[str, Any], duos: list[Pair], people: dict[str, Any]) -> bool:
    low, high = quota.get("at_least"), quota.get("at_most")
    if quota["kind"] == "each":
        side = quota["by"].partition(".")[0]
        members = [p for p in people.values() if p["role"] in (side, "both")]
        groups = {group(quota, p, p) for p in members} - {None}
        sums = [sum(group(quota, people[a], people[b]) == name for a, b in duos) for name in groups]
        return all((low is None or n >= low) and (high is None or n <= high) for n in sums)
    number: Any = sum(counts(quota, people[a], people[b]) for a, b in duos)
    if quota["kind"] == "share":
        # 0.6666666666666666 is two thirds
        shares = (None if x is None else Fraction(repr(x)).limit_denominator(10**6) for x in (low, high))
        low, high = (None if share is None else share * len(duos) for share in shares)
    return (low is None or number >= low) and (high is None or number <= high)


def every_matching(allowed: dict[Pair, int], people: dict[str, Any]) -> Iterator[list[Pair]]:
    for picked in product([False, True], repeat=len(allowed)):
        duos = [pair for pair, chosen in zip(allowed, picked, strict=True) if chosen]
        loads = [("mentor", a) for a, _ in duos] + [("mentee", b) for _, b in duos]
        if all(loads.count((role, name)) <= people[name]["capacity"] for role, name in set(loads)):
            yield duos


def allowed_pairs(records: list[dict[str, Any]]) -> dict[Pair, int]:
    return {pair: score for pair, score in default_scores(records).items() if not in_one_line(records, *pair)}


@given(cohorts(most=6), quotas(), st.sampled_from(["coverage", "total", "max_min"]), st.data())
def test_no_matching_that_keeps_the_quotas_is_better(
    records: Any, asked: Any, objective: Any, data: st.DataObject
) -> None:
    people = {record["id"]: record for record in records}
    allowed = allowed_pairs(records)
    if len(allowed) > 9:
        return
    rules: list[dict[str, Any]] = [{"kind": "not_in_reporting_line"}]
    possible = [(a, b) for a, b in allowed if people[a]["capacity"] and people[b]["capacity"]]
    fixed = [data.draw(st.sampled_from(possible))] if possible and data.draw(st.booleans()) else []
    rules += [{"kind": "fix", "pairs": fixed}] if fixed else []
    kept = [
        duos
        for duos in every_matching(allowed, people)
        if set(fixed) <= set(duos) and all(keeps(quota, duos, people) for quota in asked)
    ]

    def value(duos: list[Pair]) -> tuple[int, int, int]:
        free = [allowed[pair] for pair in duos if pair not in fixed]
        worst = min(free, default=10**7) if objective == "max_min" else 0
        total = sum(allowed[pair] for pair in duos)
        return (total, 0, len(duos)) if objective == "total" else (len(duos), worst, total)

    values = [value(duos) for duos in kept]
    cohort = rm.Cohort.from_records(records)
    policy = rm.Policy(quotas=asked, objective=objective, rules=rules)
    if not any(kept) and (not kept or possible):  # no duos at all keep every share
        with pytest.raises(rm.InfeasibleError) as caught:
            rm.match(cohort, policy)
        assert caught.value.explanations
        return
    matching = rm.match(cohort, policy)
    found = [(duo.mentor, duo.mentee) for duo in matching.duos]
    assert all(keeps(quota, found, people) for quota in asked)
    assert value(found) == max(values)
    assert millionths(matching.total) == sum(allowed[pair] for pair in found)
    assert matching.certificate.gap == 0
    assert rm.Matching.from_json(matching.to_json()) == matching
    rm.verify(matching, cohort, policy)


THREE = [
    {"kind": "share", "of": {"kind": "difference", "field": "gender"}, "at_least": 0.85},
    {"kind": "count", "where": {"mentee.department": "Group/Division 1"}, "at_least": 1, "at_most": 3},
    {"kind": "each", "by": "mentee.department", "at_most": 5},
]


def second_opinion(cohort: rm.Cohort, policy: rm.Policy) -> tuple[int, int]:
    """Solve over all pairs at once by HiGHS, written from the people alone: most duos, then the total."""
    matrix = rm.score_matrix(cohort, policy)
    rows, columns = np.nonzero(~np.isnan(matrix))
    mentors, mentees = cohort.mentors, cohort.mentees
    lines: list[Any] = [rows == place for place in range(len(mentors))]
    lines += [columns == place for place in range(len(mentees))]
    lower = [-np.inf] * len(lines)
    upper: list[float] = [person.capacity for person in (*mentors, *mentees)]
    genders = [
        (mentors[row].gender, mentees[column].gender) for row, column in zip(rows, columns, strict=True)
    ]
    lines.append(np.array([bool(a and b and a.casefold() != b.casefold()) for a, b in genders]) - 0.85)
    lower.append(-1e-9)
    upper.append(np.inf)
    departments = np.array([(mentees[column].department or "") for column in columns])
    lines.append(np.array([f"{name}/".startswith("Group/Division 1/") for name in departments]))
    lower.append(1)
    upper.append(3)
    for name in sorted(set(departments) - {""}):
        lines.append(departments == name)
        lower.append(-np.inf)
        upper.append(5)
    rules = np.array(lines, dtype=float), np.array(lower), np.array(upper)
    count = highest(np.ones(len(rows)), *rules)
    rules = np.vstack([rules[0], np.ones(len(rows))]), np.append(rules[1], count), np.append(rules[2], count)
    return count, highest(np.rint(matrix[rows, columns] * 1e6), *rules)


def highest(value: Any, matrix: Any, lower: Any, upper: Any) -> int:
    """Return the highest value of a choice of pairs that keeps some rows, by HiGHS itself."""
    programme = highspy.HighsLp()
    programme.num_row_, programme.num_col_ = matrix.shape
    programme.col_cost_, programme.sense_ = value, highspy.ObjSense.kMaximize
    programme.col_lower_, programme.col_upper_ = np.zeros(len(value)), np.ones(len(value))
    programme.row_lower_, programme.row_upper_ = lower, upper
    sparse = csr_array(matrix)
    programme.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    programme.a_matrix_.start_, programme.a_matrix_.index_ = sparse.indptr, sparse.indices
    programme.a_matrix_.value_ = sparse.data
    programme.integrality_ = [highspy.HighsVarType.kInteger] * len(value)
    solver = highspy.Highs()
    solver.silent()
    solver.passModel(programme)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.run()
    assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return round(solver.getInfo().objective_function_value)


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.long) for seed in (2, 3))])
def test_dozens_of_people_against_a_second_opinion(seed: int) -> None:
    cohort, policy = invented_cohort(90, seed=seed), rm.Policy(quotas=THREE)
    matching = rm.match(cohort, policy)
    assert (len(matching.duos), millionths(matching.total)) == second_opinion(cohort, policy)
    assert matching.certificate.gap == 0
    rm.verify(matching, cohort, policy)


def test_shuffles_and_threads_change_nothing() -> None:
    cohort, policy = invented_cohort(120, seed=4), rm.Policy(quotas=THREE)
    records = [person.model_dump(mode="json") for person in cohort.participants]
    first = rm.match(rm.Cohort.from_records(records), policy, threads=1)
    again = rm.match(rm.Cohort.from_records(records[::-1]), policy, threads=2, memory=2**24)
    assert first.to_json() == again.to_json()


def test_a_what_if_starts_from_an_earlier_match_and_changes_nothing() -> None:
    cohort, warm = invented_cohort(300, seed=5), rm.WarmStart()
    rm.match(cohort, warm_start=warm)
    for asked in (THREE, THREE[:1], [{"kind": "duos", "at_most": 20}]):
        policy = rm.Policy(quotas=asked)
        assert rm.match(cohort, policy, warm_start=warm).to_json() == rm.match(cohort, policy).to_json()


def test_a_pilot_has_the_best_duos() -> None:
    cohort = invented_cohort(200, seed=6)
    policy = rm.Policy(quotas=[{"kind": "duos", "at_least": 10, "at_most": 20}])
    matching = rm.match(cohort, policy)
    assert (len(matching.duos), matching.certificate.gap) == (20, 0)
    assert matching.quotas[0].reached == 20
    assert matching.certificate.duos_proof is not None
    assert matching.certificate.duos_proof.bound == 20
    everybody = rm.match(cohort)
    assert matching.total / 20 > everybody.total / len(everybody.duos)
    rm.verify(matching, cohort, policy)


def test_the_worst_duo_is_the_best_that_quotas_allow() -> None:
    cohort = invented_cohort(60, seed=7)
    policy, plain = rm.Policy(objective="max_min", quotas=THREE[1:]), rm.Policy(quotas=THREE[1:])
    matching, other = rm.match(cohort, policy), rm.match(cohort, plain)
    assert len(matching.duos) == len(other.duos)
    assert matching.certificate.gap == 0
    worst = min(duo.score for duo in matching.duos)
    assert worst == matching.certificate.worst == matching.certificate.worst_bound
    assert worst > min(duo.score for duo in other.duos)
    rm.verify(matching, cohort, policy)
    higher = rm.Policy(
        quotas=THREE[1:],
        rules=[*policy.model_dump(mode="json")["rules"], {"kind": "minimum_score", "at_least": worst + 1e-6}],
    )
    assert len(rm.match(cohort, higher).duos) < len(matching.duos)
    with pytest.raises(rm.VerificationError):
        rm.verify(tampered(matching, worst_bound=worst - 0.001), cohort, policy)


def test_fair_worth_keeps_quotas_too() -> None:
    cohort = invented_cohort(60, seed=7)
    policy = rm.Policy(objective={"kind": "fair", "alpha": 1}, quotas=THREE[:2])
    matching = rm.match(cohort, policy)
    assert matching.certificate.gap == 0
    rm.verify(matching, cohort, policy)


def tampered(matching: rm.Matching, **changes: Any) -> rm.Matching:
    return matching.model_copy(update={"certificate": matching.certificate.model_copy(update=changes)})


@pytest.mark.parametrize("objective", ["coverage", "total"])
def test_tampering_is_found(objective: Any) -> None:
    """Under ``total`` prices leave something open, and a search has closed it."""
    cohort, policy = invented_cohort(90, seed=1), rm.Policy(quotas=THREE, objective=objective)
    matching = rm.match(cohort, policy)
    proof = matching.certificate
    assert proof.quota_prices
    assert proof.relaxed_bound is not None
    cheaper = proof.quota_prices[0].model_copy(update={"inside": proof.quota_prices[0].inside + 0.25})
    wrong = [
        tampered(matching, quota_prices=(cheaper, *proof.quota_prices[1:])),
        tampered(matching, relaxed_bound=proof.relaxed_bound - 0.01),
        tampered(matching, searched_pairs=(proof.searched_pairs or 0) + 1),
        tampered(matching, quota_prices=None),
        matching.model_copy(update={"quotas": ()}),
        matching.model_copy(update={"quotas": matching.quotas[::-1]}),
    ]
    if objective == "total":
        assert proof.searched_pairs
        wrong.append(tampered(matching, searched_pairs=None))
    for one in wrong:
        with pytest.raises(rm.VerificationError):
            rm.verify(one, cohort, policy)


def test_duos_that_break_a_quota_are_found() -> None:
    cohort = invented_cohort(90, seed=1)
    looser, policy = [*THREE[:2], {**THREE[2], "at_most": 9}], rm.Policy(quotas=THREE)
    matching = rm.match(cohort, rm.Policy(quotas=looser))
    digests = matching.digests.model_copy(update={"policy": policy.sha256})
    stricter = matching.model_copy(update={"policy": policy, "digests": digests})
    with pytest.raises(rm.VerificationError, match=r"the quota 'each mentee\.department' does not hold"):
        rm.verify(stricter, cohort)


@pytest.mark.parametrize(
    ("quota", "message"),
    [
        (
            {"kind": "each", "by": "mentee.departement", "at_most": 1},
            r"quotas\[0\]\.by: no field 'departement' in the people",
        ),
        ({"kind": "count", "where": {"mentee.dept": "x"}, "at_most": 1}, r"quotas\[0\]"),
    ],
)
def test_fields_that_are_not_there(quota: Any, message: str) -> None:
    with pytest.raises(rm.errors.PolicyError, match=message):
        rm.match(invented_cohort(20), rm.Policy(quotas=[quota]))
