"""Translates a solution back to people: duos, reasons for having none, quotas, and the certificate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from reverse_match.foundation.fixed_point import ONE, points, rounded_millionths
from reverse_match.foundation.version import __version__
from reverse_match.matching.results.matching import (
    Certificate,
    CriterionSummary,
    Digests,
    Duo,
    DuosProof,
    Matching,
    QuotaPrice,
    QuotaResult,
)
from reverse_match.matching.results.proof_by_cases import CaseNode, CasePrice, CountedPairs, ProofByCases
from reverse_match.matching.why_unmatched import explain_unmatched
from reverse_match.policy import EachQuota, ShareQuota
from reverse_match.scoring.name_matches import NameMatch
from reverse_match.solver.assignment.certificate import gap
from reverse_match.solver.pairs.quotas import PairQuota, quota_sums

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reverse_match.constraints.quotas import CompiledQuota
    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.matching.encode import Prepared, Side
    from reverse_match.scoring.model import ScoreModel
    from reverse_match.scoring.utility import Utility
    from reverse_match.solver.assignment.solve import Solution
    from reverse_match.solver.objectives import Optimum, Worst
    from reverse_match.solver.side_constraints.lagrangian_bound import QuotaProof
    from reverse_match.solver.side_constraints.solve import QuotaProofs

    Place: TypeAlias = tuple[int, int]

    from reverse_match.solver.pairs.quotas import Quota
    from reverse_match.solver.side_constraints.proof_tree import (
        Disjunction,
        ProofTree,
        TreeDualValues,
        TreeNode,
    )


def quota_results(prepared: Prepared, rows: IntArray, columns: IntArray) -> tuple[QuotaResult, ...]:
    """Return how some duos meet each quota of the policy.

    Parameters
    ----------
    prepared : Prepared
        Matching problem with the quotas.
    rows, columns : int64 arrays
        Rows and columns of all duos.
    """
    return tuple(
        _result(prepared, place, [part for part in prepared.quotas if part.place == place], rows, columns)
        for place in range(len(prepared.policy.quotas))
    )


def _result(
    prepared: Prepared, place: int, parts: Sequence[CompiledQuota], rows: IntArray, columns: IntArray
) -> QuotaResult:
    quota, sums = prepared.policy.quotas[place], parts[0].sums
    if isinstance(quota, EachQuota):
        loads = quota_sums(sums, rows, columns)
        lowest = int(loads.min()) if len(loads) else 0
        return QuotaResult(name=parts[0].name, lowest=lowest, highest=int(loads.max(initial=0)))
    counted = sums.marks.among(rows, columns) if isinstance(sums, PairQuota) else np.ones(len(rows), bool)
    count = int(counted.sum())
    if not isinstance(quota, ShareQuota):
        return QuotaResult(name=parts[0].name, reached=count)
    share = points(rounded_millionths(count / len(rows))) if len(rows) else None
    return QuotaResult(name=parts[0].name, reached=share)


def quota_proof(prepared: Prepared, found: QuotaProofs, fixed_total: int) -> dict[str, Any]:
    """Return the parts of a certificate that depend on quotas.

    Parameters
    ----------
    prepared : Prepared
        Matching problem with the ids.
    found : QuotaProofs
        Proof that the choice is optimal.
    fixed_total : int
        Worth of the fixed duos.
    """
    utility = prepared.utility
    return {
        "quota_prices": _prices(prepared.quotas, found.total, utility.full),
        "relaxed_bound": utility.to_number(found.total.bound + fixed_total),
        **_search_proof(prepared, found.total),
        "duos_proof": None if found.count is None else duos_proof(prepared, found.count),
    }


def duos_proof(prepared: Prepared, proof: QuotaProof) -> DuosProof:
    """Return the prices that bound the number of duos, by id."""
    from reverse_match.solver.side_constraints.lagrangian_bound import PAIR  # only needed with quotas

    values = proof.prices.rows, proof.prices.columns
    prices = [
        {side.ids[place]: price[place] / PAIR for place in side.by_id.tolist() if len(price) and price[place]}
        for side, price in zip(prepared.people, values, strict=True)
    ]
    return DuosProof(
        bound=(proof.bound + PAIR * len(prepared.rules.fixed)) / PAIR,
        mentor_prices=prices[0],
        mentee_prices=prices[1],
        quota_prices=_prices(prepared.quotas, proof, PAIR),
        **_search_proof(prepared, proof),
    )


def _search_proof(prepared: Prepared, proof: QuotaProof) -> dict[str, Any]:
    tree = proof.proof_tree
    if tree is None:
        return {}
    return {
        "searched_pairs": tree.pairs,
        "cases": proof_by_cases(prepared, proof.quotas, tree),
    }


def _prices(quotas: Sequence[CompiledQuota], proof: QuotaProof, unit: int) -> tuple[QuotaPrice, ...]:
    """Return the payments of duos, merged for each quota or group: a share may have a bound on each side."""
    paid: dict[tuple[int, str | None], tuple[int, int]] = {}
    for quota, sums, prices in zip(quotas, proof.quotas, proof.of_quotas.of_sums, strict=True):
        inside, outside = sums.inside, sums.outside
        for index in np.flatnonzero(prices).tolist():
            price, name = int(prices[index]), (quota.place, quota.groups[index] if quota.groups else None)
            before = paid.get(name, (0, 0))
            paid[name] = before[0] + price * inside, before[1] + price * outside
    return tuple(
        QuotaPrice(quota=place, group=group, inside=inside / unit, outside=outside / unit)
        for (place, group), (inside, outside) in sorted(
            paid.items(), key=lambda item: (item[0][0], item[0][1] or "")
        )
    )


@dataclass(frozen=True)
class EarlierDuos:
    """Duos of an earlier matching of the same people, in which names have the same meanings.

    Attributes
    ----------
    by_place : mapping of (int, int) to Duo
        Duos by row and column.
    same_scores : bool
        Whether all scores and credits are the same. Otherwise only the names in common are reused.
    """

    by_place: Mapping[Place, Duo]
    same_scores: bool


NO_DUOS = EarlierDuos({}, same_scores=True)


def assemble(
    prepared: Prepared, optimum: Optimum, earlier: EarlierDuos = NO_DUOS
) -> tuple[Matching, dict[Place, Duo]]:
    """Return the matching of an optimum.

    Parameters
    ----------
    prepared : Prepared
        Matching problem, with the index of people to rows and columns, and the duos fixed before solving.
    optimum : Optimum
        The free duos, prices and bounds.
    earlier : EarlierDuos, optional
        Duos that can be reused.

    Returns
    -------
    matching : Matching
    duos : dict of (int, int) to Duo
        Duos of the matching, by row and column.
    """
    cohort, policy, solution = prepared.cohort, prepared.given, optimum.solution
    by_place = _duos(prepared, solution, earlier)
    duos = sorted(by_place.values(), key=lambda duo: (duo.mentor, duo.mentee))
    rows, columns = np.array(prepared.rules.fixed, dtype=np.int64).reshape(-1, 2).T
    fixed_scores = np.array(
        [round(by_place[place].score * ONE) for place in prepared.rules.fixed], dtype=np.int64
    )
    certificate = certificate_of(prepared, optimum, int(prepared.worth_of(rows, columns, fixed_scores).sum()))
    unmatched, shortages = explain_unmatched(prepared, optimum, by_place)
    matching = Matching(
        library_version=__version__,
        status="optimal" if certificate.proved else "feasible",
        duos=tuple(duos),
        unmatched=unmatched,
        shortages=shortages,
        total=points(sum(round(duo.score * ONE) for duo in duos)),
        quotas=quota_results(prepared, *np.array(list(by_place), dtype=np.int64).reshape(-1, 2).T),
        criteria=_summaries(prepared.model),
        certificate=certificate,
        policy=policy,
        added=prepared.added,
        as_of=prepared.day,
        digests=Digests(file=cohort.source.sha256, cohort=cohort.sha256, policy=policy.sha256),
    )
    return matching.with_changes(), by_place


def _duos(prepared: Prepared, solution: Solution, earlier: EarlierDuos) -> dict[Place, Duo]:
    known = earlier.by_place if earlier.same_scores else {}
    fixed = set(prepared.rules.fixed)
    chosen = zip(solution.chosen.rows.tolist(), solution.chosen.columns.tolist(), strict=True)
    places = [*chosen, *prepared.rules.fixed]
    new = [place for place in places if place not in known or known[place].fixed != (place in fixed)]
    rows, columns = np.array(new, dtype=np.int64).reshape(-1, 2).T
    mentors, mentees = (side.ids for side in prepared.people)
    scores, names = prepared.model.pairs(rows, columns), _name_matches(prepared, new, earlier)
    found = {
        place: Duo.of_checked(
            {
                "mentor": mentors[place[0]],
                "mentee": mentees[place[1]],
                "score": points(pair.score),
                "contributions": {name: points(whole) for name, whole in pair.contributions.items()},
                "missing": pair.missing,
                "name_matches": matches,
                "fixed": place in fixed,
                "credits": prepared.credits.of_pair(place),
            }
        )
        for place, pair, matches in zip(new, scores, names, strict=True)
    }
    return {place: found[place] if place in found else known[place] for place in places}


def _name_matches(
    prepared: Prepared, places: Sequence[Place], earlier: EarlierDuos
) -> Iterator[tuple[NameMatch, ...]]:
    """Yield the names in common of each duo: reused from earlier duos, or found now."""
    unknown = [place for place in places if place not in earlier.by_place]
    rows, columns = np.array(unknown, dtype=np.int64).reshape(-1, 2).T
    found = iter(prepared.model.name_matches(rows, columns))
    for place in places:
        if place in earlier.by_place:
            yield earlier.by_place[place].name_matches
        else:
            yield tuple(NameMatch.of_checked(match._asdict()) for match in next(found))


def _summaries(model: ScoreModel) -> tuple[CriterionSummary, ...]:
    return tuple(
        CriterionSummary(
            name=criterion.name,
            weight=points(criterion.blend.weight),
            neutral=points(criterion.blend.neutral) if criterion.known_pairs < model.pair_count else None,
            known_pairs=criterion.known_pairs,
        )
        for criterion in model.criteria
    )


def certificate_of(prepared: Prepared, optimum: Optimum, fixed_total: int) -> Certificate:
    """Return the proof, in scores, or in the units of the objective.

    Parameters
    ----------
    prepared : Prepared
        Matching problem, with the index of people to rows and columns.
    optimum : Optimum
        Prices and bounds.
    fixed_total : int
        Worth of the fixed duos.
    """
    solution, utility, fixed = optimum.solution, prepared.utility, len(prepared.rules.fixed)
    duos, total = len(solution.chosen) + fixed, int(solution.chosen.scores.sum()) + fixed_total
    most, highest = solution.bounds.count + fixed, solution.bounds.total + fixed_total
    missing = gap_of(optimum, fixed, fixed_total)
    of_quotas = {} if optimum.quotas is None else quota_proof(prepared, optimum.quotas, fixed_total)
    values = solution.prices.rows, solution.prices.columns
    prices = [
        _prices_by_id(side, capacity > 0, price, utility)
        for side, capacity, price in zip(prepared.people, prepared.problem.capacities, values, strict=True)
    ]
    limited_by_people = optimum.quotas is None or optimum.quotas.count is None
    scarce = _scarce_ids(prepared, solution.vertex_cover) if limited_by_people else ((), ())
    return Certificate(
        duos=duos,
        duos_bound=most,
        total=utility.to_number(total),
        bound=utility.to_number(highest),
        gap=missing,
        pairs_checked=solution.bounds.pairs,
        duo_price=utility.to_number(solution.prices.cardinality_dual),
        mentor_prices=prices[0],
        mentee_prices=prices[1],
        scarce_mentors=scarce[0],
        scarce_mentees=scarce[1],
        equal_optima=None if missing or of_quotas else solution.has_equal_optima,
        units=None if utility.full == ONE else utility.full,
        **({} if optimum.worst is None else _worst(prepared, optimum.worst)),
        **of_quotas,
    )


def gap_of(optimum: Optimum, fixed: int, fixed_total: int) -> float:
    """Return how far from the best a choice beside fixed duos can be, as a share of the bound."""
    solution = optimum.solution
    total = int(solution.chosen.scores.sum()) + fixed_total
    reached = [(total, solution.bounds.total + fixed_total)]
    if optimum.objective != "total":
        reached.insert(0, (len(solution.chosen) + fixed, solution.bounds.count + fixed))
    if optimum.worst is not None:
        reached.append((optimum.worst.score, optimum.worst.bound))
    return gap(*reached)


def _worst(prepared: Prepared, worst: Worst) -> dict[str, Any]:
    parts = {"worst": points(worst.score), "worst_bound": points(worst.bound)}
    if not isinstance(worst.proof, tuple):
        return {**parts, "worst_proof": duos_proof(prepared, worst.proof)}
    scarce = _scarce_ids(prepared, worst.proof)
    return {**parts, "worst_scarce_mentors": scarce[0], "worst_scarce_mentees": scarce[1]}


def _prices_by_id(side: Side, present: BoolArray, prices: IntArray, utility: Utility) -> dict[str, float]:
    places = side.by_id[present[side.by_id]]
    values = (prices[places] / utility.full).tolist()
    return dict(zip([side.ids[place] for place in places.tolist()], values, strict=True))


def _scarce_ids(
    prepared: Prepared, marks: tuple[BoolArray, BoolArray]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    mentors, mentees = (
        tuple(side.ids[place] for place in side.by_id[(scarce & (capacity > 0))[side.by_id]].tolist())
        for side, scarce, capacity in zip(prepared.people, marks, prepared.problem.capacities, strict=True)
    )
    return mentors, mentees


def proof_by_cases(prepared: Prepared, quotas: Sequence[Quota], tree: ProofTree) -> ProofByCases:
    """Return a proof tree, with ids in place of rows and columns.

    Parameters
    ----------
    prepared : Prepared
        Matching problem with the ids.
    quotas : sequence of Quota
        The quotas whose sums the tree counts; for a known number of pairs, shares are whole numbers.
    searched : ProofTree
        The proof tree.
    """
    names = _Names(prepared, quotas)
    nodes = [names.node(node) for node in tree.nodes]
    return ProofByCases(counted=tuple(names.counted), nodes=tuple(nodes))


class _Names:
    """The names of rows, columns, sums and counted pairs."""

    def __init__(self, prepared: Prepared, quotas: Sequence[Quota]) -> None:
        self._ids = tuple(side.ids for side in prepared.people)
        self._places = [compiled.place for compiled in prepared.quotas]
        self._sums = [
            (compiled.place, group, sums.inside, sums.outside)
            for compiled, sums in zip(prepared.quotas, quotas, strict=True)
            for group in _groups(compiled, sums)
        ]
        self.counted: dict[CountedPairs, int] = {}

    def node(self, node: TreeNode) -> CaseNode:
        """Return a node with ids in place of rows and columns."""
        change = node.change
        return CaseNode(
            counts=None if node.cases is None else self._place_of(node.cases),
            most=None if node.cases is None else node.cases.most,
            mentors=self._by_id(0, change.rows),
            mentees=self._by_id(1, change.columns),
            quotas=tuple(self._quota_prices(change)),
            duo=change.cardinality_dual,
            above=tuple((depth, int(change.cases[depth])) for depth in np.flatnonzero(change.cases).tolist()),
        )

    def _place_of(self, cases: Disjunction) -> int:
        mentors, mentees = (
            None if some is None else tuple(sorted(ids[place] for place in some.tolist()))
            for ids, some in zip(self._ids, (cases.rows, cases.columns), strict=True)
        )
        quota = None if cases.quota is None else self._places[cases.quota]
        counted = CountedPairs(mentors=mentors, mentees=mentees, quota=quota)
        return self.counted.setdefault(counted, len(self.counted))

    def _by_id(self, side: int, change: IntArray) -> dict[str, int]:
        ids = self._ids[side]
        return dict(sorted((ids[place], int(change[place])) for place in np.flatnonzero(change).tolist()))

    def _quota_prices(self, change: TreeDualValues) -> Iterator[CasePrice]:
        for place in np.flatnonzero(change.sums).tolist():
            quota, group, inside, outside = self._sums[place]
            more = int(change.sums[place])
            yield CasePrice(quota=quota, group=group, inside=more * inside, outside=more * outside)


def _groups(compiled: CompiledQuota, sums: Quota) -> Sequence[str | None]:
    return compiled.groups or [None] * len(sums.lower)
