"""Under ``total``, of equal totals the most duos: against every choice there is, with quotas and without."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

import reverse_match as rm
from faulty_highs import install
from reverse_match.solver.side_constraints import cardinality_tie_breaking
from reverse_match.testing import invented_cohort

Pair = tuple[str, str]
EXCHANGES = [67, 117, 342, 413, 495, 578]
"""Seeds of :func:`tied` in which the first choice may have fewer duos than there could be.

Which of equally good choices comes first is for HiGHS to say, and differs between its versions."""
GOALS = {"kind": "overlap", "name": "goals", "field": "goals", "weight": 1}


def policy(quotas: Any, rules: Any = ()) -> rm.Policy:
    return rm.Policy.model_validate(
        {"criteria": [GOALS], "rules": list(rules), "quotas": quotas, "objective": "total"}
    )


def test_the_smallest_case() -> None:
    people = rm.Cohort.from_records(
        [
            {"id": "m0", "role": "mentor", "gender": "f", "goals": "y"},
            {"id": "m1", "role": "mentor", "gender": "m", "goals": "x"},
            {"id": "e0", "role": "mentee", "gender": "m", "goals": "x"},
        ]
    )
    asked = policy([{"kind": "share", "of": {"kind": "different", "field": "gender"}, "at_least": 1}])
    matching = rm.match(people, asked)
    assert [(duo.mentor, duo.mentee, duo.score) for duo in matching.duos] == [("m0", "e0", 0)]
    rm.verify(matching, people, asked)


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """People of whom many have nothing in common, so that duos are worth nothing and totals are equal."""
    people = [
        {
            "id": f"{role[-1]}{place}",
            "role": role,
            "goals": draw(st.sampled_from(["x", "y", "x;y"])),
            "gender": draw(st.sampled_from("fm")),
            "capacity": draw(st.sampled_from([1, 1, 2])),
        }
        for role, most in (("mentor", 3), ("mentee", 3))
        for place in range(draw(st.integers(1, most)))
    ]
    quotas = []
    for _ in range(draw(st.integers(0, 2))):
        kind = draw(st.sampled_from(["share", "count", "duos"]))
        quota: dict[str, Any] = {"kind": kind}
        if kind != "duos":
            quota["of"] = {"kind": draw(st.sampled_from(["different", "same"])), "field": "gender"}
        limit = draw(st.sampled_from(["at_least", "at_most"]))
        quota[limit] = draw(st.sampled_from(["1/3", 0.5, 1]) if kind == "share" else st.integers(0, 3))
        quotas.append(quota)
    return people, quotas


def keeps(quota: dict[str, Any], duos: tuple[Pair, ...], gender: dict[str, str]) -> bool:
    counted = [
        "of" not in quota or (gender[one] != gender[other]) == (quota["of"]["kind"] == "different")
        for one, other in duos
    ]
    whole = len(duos) if quota["kind"] == "share" else 1
    return sum(counted) >= Fraction(quota.get("at_least", 0)) * whole and (
        "at_most" not in quota or sum(counted) <= Fraction(quota["at_most"]) * whole
    )


@given(cases())
def test_no_choice_of_the_same_total_has_more_duos(case: Any) -> None:
    check_most(case, honest=True)


@pytest.mark.parametrize("fault", ["raises", "returns nothing", "returns the worst"])
def test_a_lie_does_not_hide_the_most_duos(fault: str) -> None:
    """Also where HiGHS's branch and bound is of no use, a tree of few nodes finds them."""

    @given(cases())
    def try_lies(case: Any) -> None:
        with pytest.MonkeyPatch.context() as patched:
            install(patched, "milp", fault)
            check_most(case, honest=False)

    try_lies()


@pytest.mark.parametrize("search", ["prove", "solve_whole"])
def test_either_search_alone_finds_the_most_duos(search: str) -> None:
    """Where a tree would be too large HiGHS finds them, and where HiGHS finds nothing a tree does."""

    @given(cases())
    def without_one(case: Any) -> None:
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(cardinality_tie_breaking, search, lambda *_: None)
            check_most(case, honest=True)

    without_one()


def tied(seed: int) -> tuple[rm.Cohort, rm.Policy]:
    """Draw people of whom many may not meet, so that more duos of the same total need an exchange."""
    random = Random(f"exchange {seed}")
    size = random.choice([3, 4, 5])
    people = [
        {
            "id": f"{role[-1]}{place}",
            "role": role,
            "goals": random.choice(["x", "y", "x;y", "z"]),
            "gender": random.choice("fm"),
            "department": random.choice("ab"),
            "capacity": random.choice([1, 1, 2]),
        }
        for role in ("mentor", "mentee")
        for place in range(size)
    ]
    apart = [
        (f"r{one}", f"e{other}") for one in range(size) for other in range(size) if random.random() < 0.4
    ]
    quotas = []
    for kind in random.choices(["share", "share", "count"], k=random.choice([1, 2])):
        of = {"kind": random.choice(["different", "same"]), "field": random.choice(["gender", "department"])}
        bound = random.choice(["1/3", "1/2", "2/3", 1]) if kind == "share" else random.randint(0, 3)
        quotas.append({"kind": kind, "of": of, random.choice(["at_least", "at_most"]): bound})
    rules = [{"kind": "forbid", "pairs": apart}] if apart else []
    return rm.Cohort.from_records(people), policy(quotas, rules)


def test_where_more_duos_need_an_exchange_either_search_finds_them() -> None:
    """Without both they are not found, so that each is tried on its own."""
    needed = []
    for seed in EXCHANGES:
        cohort, asked = tied(seed)
        found = {}
        for without_these in ((), ("prove",), ("solve_whole",), ("prove", "solve_whole")):
            with pytest.MonkeyPatch.context() as patched:
                for search in without_these:
                    patched.setattr(cardinality_tie_breaking, search, lambda *_: None)
                matching = rm.match(cohort, asked)
            found[without_these] = matching.total, len(matching.duos)
        fewer = found.pop(("prove", "solve_whole"))
        assert len(set(found.values())) == 1
        assert fewer <= found[()]
        needed.append(fewer < found[()])
    assert any(needed)


def check_most(case: Any, *, honest: bool) -> None:
    people, quotas = case
    capacity = {one["id"]: one["capacity"] for one in people}
    goals = {one["id"]: set(one["goals"].split(";")) for one in people}
    gender = {one["id"]: one["gender"] for one in people}
    mentors, mentees = ([one["id"] for one in people if one["role"] == role] for role in ("mentor", "mentee"))
    pairs = [(one, other) for one in mentors for other in mentees]
    score = {
        (one, other): Fraction(len(goals[one] & goals[other]), len(goals[one] | goals[other]))
        for one, other in pairs
    }
    choices = [
        duos
        for size in range(len(pairs) + 1)
        for duos in combinations(pairs, size)
        if all(sum(name in duo for duo in duos) <= most for name, most in capacity.items())
        and all(keeps(quota, duos, gender) for quota in quotas)
    ]
    cohort, asked = rm.Cohort.from_records(people), policy(quotas)
    if not any(choices):
        with pytest.raises(rm.InfeasibleError if honest else rm.ReverseMatchError):
            rm.match(cohort, asked)
        return
    try:
        matching = rm.match(cohort, asked)
    except (rm.errors.SolverError, rm.errors.UndecidedError):
        assert not honest
        return
    found = tuple((duo.mentor, duo.mentee) for duo in matching.duos)
    best = max((sum(score[duo] for duo in duos), len(duos)) for duos in choices)
    assert honest <= (matching.certificate.gap == 0)
    if matching.certificate.gap == 0:
        assert (sum(score[duo] for duo in found), len(found)) == best
    rm.verify(matching, cohort, asked)
    if not honest:
        return
    for left_out in found:  # a duo that costs nothing may not be dropped
        rest = tuple(duo for duo in found if duo != left_out)
        if score[left_out] == 0 and rest and all(keeps(quota, rest, gender) for quota in quotas):
            with pytest.raises(rm.VerificationError, match=r"one more duo could|could be a duo beside"):
                rm.verify(without(matching, left_out), cohort, asked)


def without(matching: rm.Matching, left_out: Pair) -> rm.Matching:
    kept = tuple(duo for duo in matching.duos if (duo.mentor, duo.mentee) != left_out)
    fewer = matching.certificate.model_copy(update={"duos": len(kept)})
    return matching.model_copy(update={"duos": kept, "certificate": fewer})


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.long)])
def test_dozens_of_people_against_a_second_opinion(seed: int) -> None:
    """The same by HiGHS over all pairs at once, in two stages."""
    cohort = invented_cohort(60, seed=seed)
    mixed = {"kind": "different", "field": "gender"}
    asked = policy([{"kind": "share", "of": mixed, "at_least": 0.85}])
    matrix = rm.score_matrix(cohort, asked)
    rows, columns = np.nonzero(~np.isnan(matrix))
    worth = np.rint(matrix[rows, columns] * 1e6)
    lines = [rows == place for place in range(len(cohort.mentors))]
    lines += [columns == place for place in range(len(cohort.mentees))]
    differ = [
        bool((a := cohort.mentors[row].gender) and (b := cohort.mentees[column].gender) and a != b)
        for row, column in zip(rows, columns, strict=True)
    ]
    rules = [
        LinearConstraint(
            np.array(lines, dtype=float), -np.inf, [p.capacity for p in (*cohort.mentors, *cohort.mentees)]
        ),
        LinearConstraint((20 * np.array(differ, dtype=float) - 17)[None, :], 0, np.inf),
    ]
    whole = {"integrality": np.ones(len(worth)), "bounds": Bounds(0, 1), "options": {"mip_rel_gap": 0.0}}
    total = round(-milp(-worth, constraints=rules, **whole).fun)
    rules.append(LinearConstraint(worth[None, :] / 1e6, (total - 0.5) / 1e6, np.inf))
    most = round(-milp(-np.ones(len(worth)), constraints=rules, **whole).fun)
    matching = rm.match(cohort, asked)
    assert (round(matching.total * 1e6), len(matching.duos)) == (total, most)
    rm.verify(matching, cohort, asked)
