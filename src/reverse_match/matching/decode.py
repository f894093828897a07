"""Translates a solution back to people: duos, reasons for having none, quotas, and the certificate."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from reverse_match.constraints.rules import number_forbidden
from reverse_match.foundation.fixed_point import ONE, points, rounded_millionths
from reverse_match.foundation.version import __version__
from reverse_match.matching.common_times import times_in_common
from reverse_match.matching.own_say import own_weights_of
from reverse_match.matching.people_proof import people_proof, reached_by_people
from reverse_match.matching.placed_duos import NONE_PLACED, PlacedDuos
from reverse_match.matching.results.matching import (
    BestUnspread,
    Certificate,
    CriterionSummary,
    Digests,
    Duo,
    DuosProof,
    Matching,
    QuotaPrice,
    QuotaResult,
    SpreadProof,
)
from reverse_match.matching.results.proof_by_cases import CaseNode, CasePrice, CountedPairs, ProofByCases
from reverse_match.matching.why_unmatched import explain_unmatched
from reverse_match.policy import EachQuota, ShareQuota, Table
from reverse_match.policy.labels import table_label
from reverse_match.scoring.name_matches import NameMatch
from reverse_match.scoring.own_data import table_of
from reverse_match.solver.assignment.certificate import gap
from reverse_match.solver.pairs.quotas import PairQuota, quota_sums

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reverse_match.constraints.quotas import CompiledQuota
    from reverse_match.constraints.rules import Rules
    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.matching.common_times import TimesByPlace
    from reverse_match.matching.encode import Prepared, Side
    from reverse_match.policy import Criterion
    from reverse_match.scoring.model import ScoreModel
    from reverse_match.scoring.name_matches import SharedName
    from reverse_match.scoring.utility import Utility
    from reverse_match.solver.assignment.dual_values import DualValues
    from reverse_match.solver.assignment.solve import Solution
    from reverse_match.solver.objectives import Optimum, Worst
    from reverse_match.solver.side_constraints.charged_marks import FewestMarked
    from reverse_match.solver.side_constraints.lagrangian_bound import QuotaProof
    from reverse_match.solver.side_constraints.solve import QuotaProofs

    Place: TypeAlias = tuple[int, int]

    from reverse_match.solver.pairs.problem import Arcs
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
    known = zip(quotas, proof.quotas, proof.of_quotas.of_sums, strict=False)  # not that on lacking duos
    for quota, sums, prices in known:
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
    placed : PlacedDuos
        The duos with their rows and columns.
    same_scores : bool
        Whether all scores and credits are the same. Otherwise only the names in common are reused.
    """

    placed: PlacedDuos
    same_scores: bool


NO_DUOS = EarlierDuos(NONE_PLACED, same_scores=True)


def assemble(
    prepared: Prepared, optimum: Optimum, earlier: EarlierDuos = NO_DUOS
) -> tuple[Matching, PlacedDuos]:
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
    placed : PlacedDuos
        Duos of the matching, with their rows and columns.
    """
    cohort, policy = prepared.cohort, prepared.given
    placed = _place_duos(prepared, optimum.solution, earlier)
    places = placed.rows, placed.columns
    fixed = placed.fixed
    fixed_worth = prepared.worth_of(placed.rows[fixed], placed.columns[fixed], placed.scores[fixed])
    certificate = certificate_of(prepared, optimum, int(fixed_worth.sum()))
    unmatched, shortages = explain_unmatched(prepared, optimum, places)
    matching = Matching(
        library_version=__version__,
        status="optimal" if certificate.proved else "feasible",
        duos=(),
        unmatched=unmatched,
        shortages=shortages,
        total=points(int(placed.scores.sum())),
        quotas=quota_results(prepared, *places),
        criteria=summaries_of(prepared.model, prepared.rules),
        certificate=certificate,
        policy=policy,
        added=prepared.added,
        as_of=prepared.day,
        digests=Digests(file=cohort.source.sha256, cohort=cohort.sha256, policy=policy.sha256),
    )
    # The keys of these duos are in order, so nothing is to be looked for in thousands of them.
    return matching.model_copy(update={"duos": placed.duos}).with_changes(), placed


def _place_duos(prepared: Prepared, solution: Solution, earlier: EarlierDuos) -> PlacedDuos:
    """Return all duos, sorted by the ids of mentor and mentee; those that are the same are reused."""
    rows, columns, fixed = _sorted_places(prepared, solution)
    lacking = np.zeros(len(rows), dtype=bool)
    if prepared.lacking is not None:
        lacking = prepared.lacking.among(rows, columns)
    times = times_in_common(prepared, zip(rows.tolist(), columns.tolist(), strict=True))
    asked = PlacedDuos(rows, columns, rows, fixed, lacking, (), times is not None)  # not yet scored
    known = _reusable(asked, times, earlier)
    made = _new_duos(prepared, asked, np.flatnonzero(known < 0), times or {}, earlier)
    # The earlier duos with the new ones behind them.
    together = [*earlier.placed.duos, *made]
    scores = np.append(earlier.placed.scores, [round(duo.score * ONE) for duo in made]).astype(np.int64)
    known[known < 0] = len(earlier.placed.duos) + np.arange(len(made))
    return replace(asked, scores=scores[known], duos=tuple(map(together.__getitem__, known.tolist())))


def _sorted_places(prepared: Prepared, solution: Solution) -> tuple[IntArray, IntArray, BoolArray]:
    """Return rows and columns of all duos, sorted by the ids of mentor and mentee, and which are fixed."""
    fixed = np.array(prepared.rules.fixed, dtype=np.int64).reshape(-1, 2)
    rows = np.concatenate([solution.chosen.rows, fixed[:, 0]])
    columns = np.concatenate([solution.chosen.columns, fixed[:, 1]])
    mentors, mentees = prepared.people
    order = np.lexsort((mentees.place_by_id[columns], mentors.place_by_id[rows]))
    return rows[order], columns[order], order >= len(solution.chosen)


def _reusable(asked: PlacedDuos, times: TimesByPlace | None, earlier: EarlierDuos) -> IntArray:
    """Return for each duo the index of an earlier one that is the same, -1 without one."""
    before = earlier.placed
    if not earlier.same_scores:
        return np.full(len(asked.rows), -1)
    known = before.find(asked.rows, asked.columns)
    found = np.flatnonzero(known >= 0)
    then = known[found]
    same = (before.fixed[then] == asked.fixed[found]) & (before.lacking[then] == asked.lacking[found])
    if asked.timed or before.timed:
        stated = [() if times is None else times[place] for place in _listed(asked, found)]
        known_times = [before.duos[place].common_times for place in then.tolist()]
        same &= np.array([one == other for one, other in zip(stated, known_times, strict=True)], dtype=bool)
    known[found[~same]] = -1
    return known


def _listed(placed: PlacedDuos, indices: IntArray) -> list[Place]:
    """Return row and column of some duos."""
    return list(zip(placed.rows[indices].tolist(), placed.columns[indices].tolist(), strict=True))


def _new_duos(
    prepared: Prepared, asked: PlacedDuos, indices: IntArray, times: TimesByPlace, earlier: EarlierDuos
) -> list[Duo]:
    """Return the records of some of the duos."""
    rows, columns = asked.rows[indices], asked.columns[indices]
    mentors, mentees = (side.ids for side in prepared.people)
    found = zip(
        _listed(asked, indices),
        prepared.model.pairs(rows, columns),
        _name_matches(prepared, rows, columns, earlier.placed),
        asked.fixed[indices].tolist(),
        asked.lacking[indices].tolist(),
        strict=True,
    )
    return [
        Duo.of_checked(
            {
                "mentor": mentors[place[0]],
                "mentee": mentees[place[1]],
                "score": points(pair.score),
                "contributions": {name: points(whole) for name, whole in pair.contributions.items()},
                "missing": pair.missing,
                "name_matches": matches,
                "common_times": times.get(place, ()),
                **own_weights_of(prepared, place),
                "fixed": fixed,
                "credits": prepared.credits.of_pair(place),
                "lacking": lacking,
            }
        )
        for place, pair, matches, fixed, lacking in found
    ]


def _name_matches(
    prepared: Prepared, rows: IntArray, columns: IntArray, earlier: PlacedDuos
) -> Iterator[tuple[NameMatch, ...]]:
    """Yield the names in common of each duo: reused from earlier duos, or found now."""
    known = earlier.find(rows, columns)
    found = iter(prepared.model.name_matches(rows[known < 0], columns[known < 0]))
    record_of = cache(_name_match)  # many duos share the same few names
    for place in known.tolist():
        yield earlier.duos[place].name_matches if place >= 0 else tuple(map(record_of, next(found)))


def _name_match(shared: SharedName) -> NameMatch:
    return NameMatch.of_checked(shared._asdict())


def summaries_of(model: ScoreModel, rules: Rules) -> tuple[CriterionSummary, ...]:
    """Return weights and neutral values of all criteria; rules tell how many pairs tables forbid."""
    return tuple(
        CriterionSummary(
            name=criterion.name,
            weight=points(criterion.blend.weight),
            neutral=points(criterion.blend.neutral) if criterion.known_pairs < model.pair_count else None,
            known_pairs=criterion.known_pairs,
            **_of_table(criterion.criterion, model, rules),
        )
        for criterion in model.criteria
    )


def _of_table(criterion: Criterion, model: ScoreModel, rules: Rules) -> dict[str, Any]:
    """Return the scale of a table of scores, and how many pairs of different people it forbids, if any."""
    if not isinstance(criterion, Table):
        return {}
    said: dict[str, Any] = {"scale": table_of(criterion).scale}
    label = table_label(criterion.name)
    rule = next((rule for rule in rules.forbidding if rule.label == label), None)
    if rule is not None:
        said["forbidden_pairs"] = number_forbidden(rule, rules, model.shape)
    return said


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
    paid = charges_paid(prepared, optimum)
    duos, total = len(solution.chosen) + fixed, int(solution.chosen.scores.sum()) + fixed_total + paid
    most, highest = solution.bounds.count + fixed, solution.bounds.total + fixed_total + paid
    missing = gap_of(prepared, optimum, fixed_total + paid)
    of_quotas = {} if optimum.quotas is None else quota_proof(prepared, optimum.quotas, fixed_total + paid)
    values = solution.prices.rows, solution.prices.columns
    prices = [
        _prices_by_id(side, capacity > 0, price, utility)
        for side, capacity, price in zip(prepared.people, prepared.problem.capacities, values, strict=True)
    ]
    of_spread = {} if optimum.spread is None else {"spread": _spread_proof(prepared, optimum, fixed_total)}
    limited_by_people = optimum.quotas is None or optimum.quotas.count is None
    scarce = _scarce_ids(prepared, solution.vertex_cover) if limited_by_people else ((), ())
    certificate = Certificate(
        duos=duos,
        duos_bound=most,
        total=utility.to_number(total),
        bound=utility.to_number(highest),
        gap=missing,
        pairs_checked=solution.bounds.pairs,
        duo_price=utility.to_number(solution.prices.cardinality_dual),
        mentor_prices={},
        mentee_prices={},
        scarce_mentors=scarce[0],
        scarce_mentees=scarce[1],
        equal_optima=None if missing or of_quotas else solution.has_equal_optima,
        units=None if utility.full == ONE else utility.full,
        **({} if optimum.worst is None else _worst(prepared, optimum.worst)),
        **({} if prepared.lacking is None else _lacking(prepared, optimum)),
        **of_quotas,
        **of_spread,
        people=people_proof(prepared, optimum),
    )
    # Prices are numbers by id, sorted, so nothing is to be validated in thousands of them.
    return certificate.model_copy(update={"mentor_prices": prices[0], "mentee_prices": prices[1]})


def _spread_proof(prepared: Prepared, optimum: Optimum, fixed_total: int) -> SpreadProof | None:
    proof = optimum.spread
    if proof is None:  # for type checkers
        return None
    of_quotas = None
    if optimum.quotas is not None:
        from reverse_match.solver.side_constraints.spread_proof import SpreadProofUnderQuotas

        of_quotas = proof.under_quotas if isinstance(proof, SpreadProofUnderQuotas) else None
    if of_quotas is not None:
        return SpreadProof(
            shared=proof.reached,
            bound=proof.bound,
            duo_price=0,
            mentor_prices={},
            mentee_prices={},
            weight=proof.weight,
            under_quotas=_spread_under_quotas(prepared, optimum, of_quotas),
            unspread=_best_unspread(prepared, optimum, fixed_total),
        )
    mentors, mentees = (
        {name: round(price) for name, price in _priced(side, capacity > 0, price, 1).items()}
        for side, capacity, price in _of_sides(prepared, proof.prices)
    )
    return SpreadProof(
        shared=proof.reached,
        bound=proof.bound,
        duo_price=proof.prices.cardinality_dual,
        mentor_prices=mentors,
        mentee_prices=mentees,
        weight=proof.weight,
        unspread=_best_unspread(prepared, optimum, fixed_total),
    )


def _spread_under_quotas(prepared: Prepared, optimum: Optimum, proof: QuotaProof) -> DuosProof:
    """Return the proof of a spread under quotas; after the total it begins with the prices of the total."""
    if optimum.spreads_first:
        return _proof_of_count(prepared, proof, len(prepared.rules.fixed))
    return DuosProof(
        bound=proof.bound,
        mentor_prices={},
        mentee_prices={},
        quota_prices=(),
        **_search_proof(prepared, proof),
    )


def _best_unspread(prepared: Prepared, optimum: Optimum, fixed_total: int) -> BestUnspread | None:
    """Return the best matching if duos were not spread, as far as it differs; ``None`` where not proved."""
    other, demand = optimum.unspread, optimum.demand
    if other is None or demand is None or demand.after_total or not other.proved:
        return None
    full, chosen = prepared.utility.full, optimum.solution.chosen
    paid = _charges_of(prepared, other.chosen)
    free = np.stack([other.chosen.rows, other.chosen.columns], axis=1)
    places = np.concatenate([free, np.array(prepared.rules.fixed, dtype=np.int64).reshape(-1, 2)])
    mentors, mentees = (
        _priced(side, capacity > 0, price, full)
        for side, capacity, price in _of_sides(prepared, other.prices)
    )
    return BestUnspread(
        total=prepared.utility.to_number(int(other.chosen.scores.sum()) + fixed_total + paid),
        lacking=None if prepared.lacking is None else prepared.count_lacking(*places.T),
        duo_price=prepared.utility.to_number(other.prices.cardinality_dual),
        mentor_prices=mentors,
        mentee_prices=mentees,
        instead=_ids_of(prepared, other.chosen.where(~other.chosen.among(chosen))),
        instead_of=_ids_of(prepared, chosen.where(~chosen.among(other.chosen))),
        **_unspread_quotas(prepared, optimum.unspread_quotas, fixed_total),
    )


def _unspread_quotas(prepared: Prepared, found: QuotaProofs | None, fixed_total: int) -> dict[str, Any]:
    """Return the prices of quotas in the proof of the best matching without the spread, if there are any."""
    if found is None:
        return {}
    parts = quota_proof(prepared, found, fixed_total)
    del parts["duos_proof"]
    if len(found.total.quotas) > len(prepared.quotas):
        price = int(found.total.of_quotas.of_sums[-1][0])
        parts["lacking_price"] = prepared.utility.to_number(price)
    return parts


def _of_sides(prepared: Prepared, prices: DualValues) -> Iterator[tuple[Side, IntArray, IntArray]]:
    """Yield each side with its capacities beside fixed duos, and its prices."""
    values = prices.rows, prices.columns
    yield from zip(prepared.people, prepared.problem.capacities, values, strict=True)


def _priced(side: Side, present: BoolArray, prices: IntArray, unit: int) -> dict[str, float]:
    """Return the prices other than 0 of the people who are present, by id."""
    places = side.by_id[(present & (prices != 0))[side.by_id]]
    return {
        side.ids[place]: price / unit
        for place, price in zip(places.tolist(), prices[places].tolist(), strict=True)
    }


def _ids_of(prepared: Prepared, arcs: Arcs) -> tuple[tuple[str, str], ...]:
    mentors, mentees = (side.ids for side in prepared.people)
    pairs = zip(arcs.rows.tolist(), arcs.columns.tolist(), strict=True)
    return tuple(sorted((mentors[row], mentees[column]) for row, column in pairs))


def charges_paid(prepared: Prepared, optimum: Optimum) -> int:
    """Return what the free duos pay for lacking what is asked, which no total includes."""
    return _charges_of(prepared, optimum.solution.chosen)


def _charges_of(prepared: Prepared, chosen: Arcs) -> int:
    marked = prepared.problem.marked
    if marked is None:
        return 0
    return -marked.amount * marked.count(chosen.rows, chosen.columns)


def _lacking(prepared: Prepared, optimum: Optimum) -> dict[str, Any]:
    """Return how many duos lack what is asked as far as possible, and the proof that no fewer could."""
    rows, columns = np.array(prepared.rules.fixed, dtype=np.int64).reshape(-1, 2).T
    chosen, fixed = optimum.solution.chosen, prepared.count_lacking(rows, columns)
    stated = {"lacking": fixed + prepared.count_lacking(chosen.rows, chosen.columns)}
    marked, found = prepared.problem.marked, optimum.marked
    if prepared.problem.people is not None:  # one proof is of what people have and of lacking duos
        proved = optimum.people is None or optimum.people.proved
        return {**stated, "lacking_bound": stated["lacking"] if proved else fixed, "lacking_price": 0.0}
    if marked is None or found is None:
        return stated
    price = -marked.amount
    if optimum.quotas is not None and len(optimum.quotas.total.quotas) > len(prepared.quotas):
        price += int(optimum.quotas.total.of_quotas.of_sums[-1][0])
    return {
        **stated,
        "lacking_bound": found.bound + fixed,
        "lacking_price": prepared.utility.to_number(price),
        "lacking_proof": None if found.proof is None else _lacking_proof(prepared, found, fixed),
    }


def _lacking_proof(prepared: Prepared, found: FewestMarked, fixed_lacking: int) -> DuosProof | None:
    if found.proof is None:  # for type checkers
        return None
    proof = _proof_of_count(prepared, found.proof, fixed_lacking)
    return proof.model_copy(update={"spread_weight": found.weight})


def _proof_of_count(prepared: Prepared, proof: QuotaProof, not_counted: int) -> DuosProof:
    """Return prices where the number of all duos is given, and some fixed duos count as nothing."""
    from reverse_match.solver.side_constraints.lagrangian_bound import PAIR  # only needed with such proofs

    found = duos_proof(prepared, proof)
    update = {
        "bound": found.bound - not_counted,
        "duo_price": proof.of_quotas.cardinality_dual / PAIR,
    }
    return found.model_copy(update=update)


def gap_of(prepared: Prepared, optimum: Optimum, fixed_total: int) -> float:
    """Return how far from the best a choice beside fixed duos can be, as a share of the bound.

    Parameters
    ----------
    prepared : Prepared
        The problem, with the fixed duos.
    optimum : Optimum
        The choice and its bounds.
    fixed_total : int
        Worth of the fixed duos, with the charges that free ones pay.
    """
    solution, fixed = optimum.solution, len(prepared.rules.fixed)
    if optimum.people is not None:
        count = len(solution.chosen) + fixed, solution.bounds.count + fixed
        return gap(count, *reached_by_people(prepared, optimum, fixed_total))
    total = int(solution.chosen.scores.sum()) + fixed_total
    reached = [(total, solution.bounds.total + fixed_total)]
    if optimum.objective != "total":
        reached.insert(0, (len(solution.chosen) + fixed, solution.bounds.count + fixed))
    if optimum.worst is not None:
        reached.append((optimum.worst.score, optimum.worst.bound))
    if optimum.spread is not None:  # the lower, the better
        reached.append((optimum.spread.bound, optimum.spread.reached))
    if optimum.marked is not None:
        duos = len(solution.chosen) + fixed
        reached.append((duos - optimum.marked.count, duos - optimum.marked.bound))
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
    return dict(zip(side.sorted_ids(present), values, strict=True))


def _scarce_ids(
    prepared: Prepared, marks: tuple[BoolArray, BoolArray]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    mentors, mentees = (
        tuple(side.sorted_ids(scarce & (capacity > 0)))
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
            for compiled, sums in zip(prepared.quotas, quotas, strict=False)
            for group in _groups(compiled, sums)
        ]
        if len(quotas) > len(prepared.quotas):  # the last one bounds the number of lacking duos
            place = len(prepared.policy.quotas)
            self._places.append(place)
            self._sums.append((place, None, 1, 0))
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
