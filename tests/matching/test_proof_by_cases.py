"""Proofs by cases: what they prove is true, whoever wrote them, and forged ones are found."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_quotas import THREE, allowed_pairs, every_matching, keeps, quotas

import reverse_match as rm
from reverse_match.matching.results.proof_by_cases import CaseNode, CasePrice, CountedPairs, ProofByCases
from reverse_match.testing import invented_cohort
from reverse_match.verification.cases import CandidatePairs, CaseWalk
from reverse_match.verification.demands import Demands
from reverse_match.verification.loads import LoadTerms
from reverse_match.verification.people import PeopleIndex
from reverse_match.verification.prices import PricedQuota, StagePrices
from reverse_match.verification.quotas import quotas_of
from strategies import cohorts

if TYPE_CHECKING:
    from collections.abc import Callable


def parity() -> tuple[rm.Cohort, rm.Policy]:
    """Two mixed duos of three: with everybody in a duo their number is odd, so there are two duos."""
    records: list[dict[str, Any]] = [
        {"id": f"{name}{place}", "role": role, "gender": gender, field: skill, "goals": ["x"]}
        for name, role, field, genders in (("m", "mentor", "offers", "mmf"), ("e", "mentee", "seeks", "mff"))
        for place, (gender, skill) in enumerate(zip(genders, (["a"], ["b"], ["c"]), strict=True))
    ]
    two = {"kind": "count", "of": {"kind": "difference", "field": "gender"}, "at_least": 2, "at_most": 2}
    return rm.Cohort.from_records(records), rm.Policy(quotas=[two])


@cache
def matched_parity() -> tuple[rm.Matching, rm.Cohort, rm.Policy]:
    cohort, policy = parity()
    return rm.match(cohort, policy), cohort, policy


def test_an_odd_number_is_proved_by_two_cases() -> None:
    cohort, policy = parity()
    matching = rm.match(cohort, policy)
    proof = matching.certificate.duos_proof
    assert len(matching.duos) == 2
    assert proof is not None
    assert proof.bound == 3
    assert proof.cases is not None
    assert len(proof.cases.nodes) == 3
    assert rm.Matching.from_json(matching.to_json()) == matching
    rm.verify(matching, cohort, policy)


def forged(matching: rm.Matching, of: str | None, change: Callable[[dict[str, Any]], object]) -> rm.Matching:
    data = matching.model_dump(mode="json")
    change(data["certificate"] if of is None else data["certificate"][of])
    return rm.Matching.model_validate(data)


def in_node(place: int, **changes: Any) -> Callable[[dict[str, Any]], object]:
    return lambda proof: proof["cases"]["nodes"][place].update(changes)


def in_counted(**changes: Any) -> Callable[[dict[str, Any]], object]:
    return lambda proof: proof["cases"]["counted"][0].update(changes)


FORGED: list[tuple[Callable[[dict[str, Any]], object], str]] = [
    (lambda proof: proof.pop("cases"), "without its proof by cases"),
    (lambda proof: proof.pop("searched_pairs"), "is of no search"),
    (lambda proof: proof["cases"]["nodes"].pop(), "a case is missing"),
    (lambda proof: proof["cases"].update(nodes=[]), "a case is missing"),
    (lambda proof: proof["cases"]["nodes"].append({}), "belong to none"),
    (lambda proof: proof["cases"]["nodes"].reverse(), "case"),
    (in_node(0, counts=None, most=None), "do not close"),
    (in_node(0, counts=9), "is none"),
    (in_node(0, counts=-1), "is none"),
    (in_node(0, most=None), "is none"),
    (in_node(0, most=-1), "is none"),
    (in_node(0, most=10**400), "is none"),
    (in_node(0, most=1), "do not close"),
    (in_node(1, mentors={}, mentees={}, quotas=[], above=[]), "do not close"),
    (in_node(1, mentors={"nobody": 1}), "'nobody'"),
    (in_node(1, mentees={"e0": -(10**13)}), "below 0"),
    (in_node(1, mentors={"m0": 10**300}), "too large"),
    (in_node(1, duo=-(10**300)), "too large"),
    (in_node(1, duo=10**300), "too large"),
    (in_node(1, above=[[1, 5]]), "not above"),
    (in_node(1, above=[[-1, 5]]), "not above"),
    (in_node(1, above=[[0, 10**300]]), "too large"),
    (in_node(2, above=[]), "do not close"),
    (in_node(1, quotas=[{"quota": 1, "inside": 5}]), "there is not"),
    (in_node(1, quotas=[{"quota": -1, "inside": 5}]), "there is not"),
    (in_node(1, quotas=[{"quota": 0, "group": "m", "inside": 5}]), "there is not"),
    (in_node(1, quotas=[{"quota": 0, "inside": 10**300}]), "too large"),
    (in_node(2, quotas=[{"quota": 0, "inside": 5, "outside": -(10**14)}]), "do not close"),
    (in_counted(mentors=["m0", "somebody"]), "'somebody'"),
    (in_counted(mentors=[]), "do not close"),
    (in_counted(mentors=None, mentees=None), "do not close"),
    (in_counted(quota=0), "do not close"),
    (in_counted(quota=3), "no pair counts by itself"),
    (lambda proof: proof["mentor_prices"].update(nobody=1.0), "'nobody'"),
    (lambda proof: proof["mentor_prices"].update(m0=1e300), "not a whole number of units"),
    (lambda proof: proof["mentor_prices"].update(m0=-1.0), "not a whole number of units"),
    (lambda proof: proof.update(bound=1e300), "too large"),
]


@pytest.mark.parametrize(("change", "message"), FORGED)
def test_forged_cases_are_found(change: Callable[[dict[str, Any]], object], message: str) -> None:
    matching, cohort, policy = matched_parity()
    wrong = forged(matching, "duos_proof", change)
    with pytest.raises(rm.VerificationError, match=message):
        rm.verify(wrong, cohort, policy)


@pytest.mark.parametrize("objective", ["coverage", "total", "max_min"])
def test_what_is_said_of_quotas_is_true(objective: Any) -> None:
    """Forge how quotas are met, what they are called, and what duos pay for them."""
    cohort, policy = invented_cohort(40, seed=1), rm.Policy(quotas=THREE, objective=objective)
    matching = rm.match(cohort, policy)
    rm.verify(matching, cohort, policy)
    share, number, each = matching.quotas
    assert share.reached is not None
    assert each.lowest is not None
    results = [
        [share.model_copy(update={"reached": share.reached + 1e-6}), number, each],
        [share.model_copy(update={"reached": None}), number, each],
        [share.model_copy(update={"lowest": 0}), number, each],
        [share.model_copy(update={"highest": 9}), number, each],
        [share.model_copy(update={"name": "fair"}), number, each],
        [share, number.model_copy(update={"reached": (number.reached or 0) + 1}), each],
        [share, number, each.model_copy(update={"lowest": each.lowest + 1})],
        [share, number, each.model_copy(update={"highest": 0})],
        [share, number, each.model_copy(update={"reached": 1.0})],
        [number, share, each],
    ]
    for wrong in results:
        with pytest.raises(rm.VerificationError, match="the quota '"):
            rm.verify(matching.model_copy(update={"quotas": tuple(wrong)}), cohort, policy)
    prices = matching.model_dump(mode="json")["certificate"]["quota_prices"]
    first = prices[0]
    for forgery, message in (
        ([*prices, first], "not each once"),
        ([*prices, {**first, "quota": 9}], "there is not"),
        ([{**first, "group": "x"}, *prices[1:]], "there is not"),
        ([{**first, "inside": 1e300}, *prices[1:]], "too large"),
        ([{**first, "quota": 1, "outside": 0.5}], "the quota is no share"),
    ):
        wrong_prices = forged(matching, None, lambda proof, made=forgery: proof.update(quota_prices=made))
        with pytest.raises(rm.VerificationError, match=message):
            rm.verify(wrong_prices, cohort, policy)


def test_nobody_is_scarce_where_quotas_limit_the_number_of_duos() -> None:
    cohort, policy = parity()
    matching = rm.match(cohort, policy)
    assert (matching.certificate.scarce_mentors, matching.certificate.scarce_mentees) == ((), ())
    wrong = forged(matching, None, lambda proof: proof.update(scarce_mentees=["e0"]))
    with pytest.raises(rm.VerificationError, match="nobody's capacity does"):
        rm.verify(wrong, cohort, policy)


class World:
    """People and quotas of which every matching is known, and the walk through cases of them."""

    def __init__(self, records: list[dict[str, Any]], asked: list[dict[str, Any]]) -> None:
        self.cohort = rm.Cohort.from_records(records)
        self.policy = rm.Policy(quotas=asked, objective="total", rules=[{"kind": "not_in_reporting_line"}])
        self.people = PeopleIndex(self.cohort)
        self.demands = Demands(self.people, self.policy, None)
        of = {record["id"]: record for record in records}
        self.allowed = {  # whoever sits out is in no pair
            (one, other): score
            for (one, other), score in allowed_pairs(records).items()
            if of[one]["capacity"] and of[other]["capacity"]
        }
        self.kept = [
            duos
            for duos in every_matching(self.allowed, of)
            if all(keeps(quota, duos, of) for quota in asked)
        ]

    def wrong(self, proof: ProofByCases, aim: int) -> str | None:
        from reverse_match.scoring.model import score_model
        from reverse_match.solver.pairs.tiles import Tiling
        from reverse_match.verification.statements import Tile

        model = score_model(self.cohort, self.policy, self.people.sides, None, Tiling(threads=1))
        asked = quotas_of(self.policy, self.demands.context, model)
        places = np.array([self.people.at(*pair) for pair in self.allowed], dtype=np.int64).reshape(-1, 2)
        marks = []
        for quota in asked:
            tile = quota.marks(Tile(slice(0, model.shape[0]), slice(0, model.shape[1]), self.scores(model)))
            marks.append(None if tile is None else tile[places[:, 0], places[:, 1]])
        worth = np.array(list(self.allowed.values()), dtype=np.int64)
        left = [int(np.maximum(left, 0).sum()) for left in self.demands.left.values()]
        nothing: Any = {role: np.zeros(len(some), dtype=np.int64) for role, some in self.people.of.items()}
        numbers = np.arange(min(left) + 1)
        priced = [PricedQuota(quota, (), numbers) for quota in asked]
        places_left = {role: np.maximum(left, 0) for role, left in self.demands.left.items()}
        prices = StagePrices(nothing, LoadTerms.of_capacities(places_left), 0, priced, numbers)
        walk = CaseWalk(CandidatePairs(places[:, 0], places[:, 1], worth, marks), prices, self.people)
        return walk.fault(proof, aim)

    def scores(self, model: Any) -> Any:
        return model.block(slice(0, model.shape[1])).tile(slice(0, model.shape[0])).astype(np.int64)

    def best(self) -> int | None:
        return max((sum(self.allowed[pair] for pair in duos) for duos in self.kept), default=None)


@st.composite
def proofs(draw: st.DrawFn, world: World) -> ProofByCases:
    """Draw any proof that is well made, whether or not it proves something."""
    mentors = [person.id for person in world.people.of["mentor"]]
    mentees = [person.id for person in world.people.of["mentee"]]
    parts = st.integers(-10_000, 10**6).map(lambda whole: whole * 10_000)

    def prices(names: list[str]) -> dict[str, int]:
        return draw(st.dictionaries(st.sampled_from(names), parts.map(abs), max_size=len(names)))

    def node(depth: int) -> list[CaseNode]:
        splits = depth < 2 and draw(st.booleans())
        paid = [
            CasePrice(quota=place, group=group, inside=draw(parts), outside=0)
            for place, quota in enumerate(world.policy.quotas)
            if quota.kind != "each" and draw(st.booleans())
            for group in [None]
        ]
        above = tuple((place, draw(parts)) for place in range(depth) if draw(st.booleans()))
        of_people = (prices(mentors), prices(mentees)) if depth == 2 or not splits else ({}, {})
        counts, most = (draw(st.integers(0, 2)), draw(st.integers(0, 2))) if splits else (None, None)
        made = CaseNode(
            counts=counts,
            most=most,
            mentors=of_people[0],
            mentees=of_people[1],
            quotas=tuple(paid),
            duo=draw(parts),
            above=above,
        )
        return [made, *(node(depth + 1) if splits else []), *(node(depth + 1) if splits else [])]

    some = st.one_of(st.none(), st.lists(st.sampled_from(mentors), max_size=2).map(tuple))
    others = st.one_of(st.none(), st.lists(st.sampled_from(mentees), max_size=2).map(tuple))
    counted = [CountedPairs(mentors=draw(some), mentees=draw(others)) for _ in range(3)]
    return ProofByCases(counted=tuple(counted), nodes=tuple(node(0)))


@given(cohorts(most=6, roles=("mentor", "mentee")), quotas(most=2), st.data())
def test_whatever_a_proof_proves_is_true(records: Any, asked: Any, data: st.DataObject) -> None:
    """No proof, however it was made, shows that no matching reaches what the best one reaches."""
    world = World(records, asked)
    if not 1 <= len(world.allowed) <= 8:
        return
    best = world.best()
    proof = data.draw(proofs(world))
    if best is not None:
        assert world.wrong(proof, best) is not None
        assert world.wrong(proof, 0) is not None


@given(cohorts(most=6, roles=("mentor", "mentee")), quotas(most=2), st.data())
def test_a_changed_proof_still_proves_nothing_false(records: Any, asked: Any, data: st.DataObject) -> None:
    """Take the proof that the solver makes, and change it: it holds one above the best, never at the best."""
    world = World(records, asked)
    best = world.best()
    if not 1 <= len(world.allowed) <= 8 or best is None:
        return
    proof = proved(world, best + 1)
    assert world.wrong(proof, best + 1) is None
    assert world.wrong(proof, best) is not None
    nodes = list(proof.nodes)
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(nodes) - 1))
        change = data.draw(st.integers(-3, 3)) * data.draw(st.sampled_from([1, 10**9, 10**10]))
        field = data.draw(st.sampled_from(["mentors", "mentees", "duo", "quotas", "most", "above", "gone"]))
        if field == "gone":
            del nodes[place : place + 1]
            nodes = nodes or list(proof.nodes)
            continue
        now: Any = getattr(nodes[place], field)
        if field == "duo":
            now = now + change
        elif field == "most":
            now = None if now is None else max(0, now + 1)
        elif field == "above":
            now = tuple((depth, price + change) for depth, price in now)
        elif field == "quotas":
            now = tuple(
                price.model_copy(update={"inside": price.inside + change, "outside": price.outside - change})
                for price in now
            )
        else:
            now = {name: price + change for name, price in now.items()}
        nodes[place] = nodes[place].model_copy(update={field: now})
    assert world.wrong(proof.model_copy(update={"nodes": tuple(nodes)}), best) is not None


def proved(world: World, aim: int) -> ProofByCases:
    """Return the solver's proof that no matching reaches an aim, begun from no prices at all."""
    from reverse_match.foundation.progress import Watch
    from reverse_match.matching.decode import proof_by_cases
    from reverse_match.matching.encode import prepare
    from reverse_match.matching.run_options import RunOptions
    from reverse_match.solver.assignment.candidates import all_arcs
    from reverse_match.solver.assignment.dual_values import DualValues
    from reverse_match.solver.side_constraints.branch_and_bound import prove
    from reverse_match.solver.side_constraints.lagrangian_pairs import QuotaDualValues
    from reverse_match.solver.side_constraints.proof_tree import CutoffProblem, ProofTree
    from reverse_match.solver.side_constraints.restricted_master import RestrictedProblem

    prepared = prepare(world.cohort, world.policy, RunOptions(threads=1))
    sums = tuple(quota.sums for quota in prepared.quotas)
    nothing = [np.zeros(len(some), dtype=np.int64) for some in prepared.problem.capacities]
    everything = all_arcs(prepared.problem, prepared.tiling)
    among = RestrictedProblem(everything, prepared.problem.capacities, sums, None)
    field = CutoffProblem.of(among, (DualValues(*nothing, 0), QuotaDualValues.none(sums)), aim, 1_000_000)
    found = prove(field, Watch(), 500)
    assert isinstance(found, ProofTree)
    return proof_by_cases(prepared, sums, found)


@pytest.mark.parametrize("prices", [(0, -(10**11)), (0, -(10**9)), (0, 10**11), (10**10, 0), (0, 0)])
@pytest.mark.parametrize("most", [0, 1])
def test_the_only_duo_is_in_one_of_the_cases(most: int, prices: tuple[int, int]) -> None:
    """Whatever pairs pay for being counted, no two cases rule out the one duo that there can be."""
    records = [
        {"id": "m", "role": "mentor", "offers": ["a"]},
        {"id": "e", "role": "mentee", "seeks": ["a"], "department": "x"},
    ]
    for record in records:
        record |= {"gender": None, "department": None, "capacity": 1, "manager_id": None} | record
        record |= {"offers": {"python": 3}, "seeks": {"python": 2}, "goals": [], "age": None}
    world = World(records, [])
    best = world.best()
    assert best
    nodes = (CaseNode(counts=0, most=most), *(CaseNode(above=((0, price),)) for price in prices))
    proof = ProofByCases(counted=(CountedPairs(),), nodes=nodes)
    assert world.wrong(proof, best) == "the prices of a case do not close it"
