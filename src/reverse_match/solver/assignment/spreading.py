r"""Spreading: the best choice in which loads are as even as possible, and not below their least values.

The spread of a choice is a convex function of its loads, a sum over people: the l-th pair of somebody costs l
− 1 (:mod:`.pairs.loads`). So the choice with the lowest spread is a min-cost flow with an arc for each unit
of capacity that may stay unused (Ahuja, Magnanti and Orlin 1993, chapter 14).

**Why this is a fair share.** The loads of one side, over all choices with as many pairs as possible, are an
M-convex set (the bases of an integral polymatroid). Where a sum of squares is lowest on such a set, the most
elements are at least 1, and then at least 2, and so on (Frank and Murota 2022, "Decreasing minimization on
M-convex sets"). So few whole numbers do what weights of very different size would do. For both sides at once
it holds as well: rows of one such choice and columns of another fit together (Mendelsohn and Dulmage 1958).

**Stages.** First the lowest spread, then the highest total (or the other way round). After each stage, dual
values show the pairs and the units that all its best choices have, and those that none has. The rest is a
smaller question of the same form (as in :mod:`.even_tie_breaking`), the *face*. So no stage needs large
numbers, and tickets decide at the end.

**Proof.** Each stage k has dual values π over its face. With a weight large enough, π_k + weight · π_(k−1)
are dual values over all pairs: they prove that no choice as good in the stages before is better in this one.
For prices u, v of either sign, a dual value B of the number of pairs, and gains G of people,

    Σ w x + Σ G(load)  ≤  Σ max(0, w + B − u − v) + Σ max over l of (G(l) + u l)  −  B K,

where the second sum on the right is over people, and l is between the least and the largest load. Dual values
are the smallest that exist, so they do not depend on the candidates.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reverse_match.foundation.errors import SolverError
from reverse_match.solver.assignment.candidates import Estimate, likely_arcs
from reverse_match.solver.assignment.dual_values import DualValues, resting_prices
from reverse_match.solver.assignment.network_flow import Resting, best_rested_pairs
from reverse_match.solver.assignment.pricing import ONLY_IMPROVING, price_all_pairs
from reverse_match.solver.pairs.loads import most_of_load
from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.pairs.source import NO_PAIR, DerivedPairs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.foundation.progress import Watch
    from reverse_match.solver.assignment.pricing import PricingResult
    from reverse_match.solver.assignment.solve import Solution
    from reverse_match.solver.pairs.loads import LoadDemand
    from reverse_match.solver.pairs.problem import Problem
    from reverse_match.solver.pairs.tiles import Tiling
    from reverse_match.solver.tuning import Tuning

    Side = tuple[IntArray, IntArray]
    Steps = tuple[Resting, Resting]


@dataclass(frozen=True)
class Face:
    """The common part of the choices that are best so far, and the question that they leave open.

    Attributes
    ----------
    certain : Arcs
        Pairs that every such choice has.
    capacities : pair of int64 arrays
        Capacities of rows and columns that these pairs leave.
    may_rest : pair of int64 arrays
        Number of units that each row and each column may keep unused, as far as prices of people say. Certain
        pairs may hold some of them; those still count, since they limit the prices of their person.
    count : int or None
        Number of pairs left to choose; ``None`` where it is open.
    loads : pair of int64 arrays
        Number of pairs that rows and columns have already.
    """

    certain: Arcs
    capacities: Side
    may_rest: Side
    count: int | None
    loads: Side

    @classmethod
    def whole(cls, problem: Problem, demand: LoadDemand, count: int | None) -> Face:
        """Return the question that is open before any stage."""
        rows, columns = (
            np.maximum(capacity - left, 0)
            for capacity, left in zip(problem.capacities, demand.left, strict=True)
        )
        return cls(Arcs.union([]), problem.capacities, (rows, columns), count, demand.already)

    def free_steps(self) -> Steps:
        """Return the units that may stay unused, at no cost."""
        rows, columns = (Resting.free(may_rest > 0, may_rest) for may_rest in self.may_rest)
        return rows, columns

    def steps_needed(self, needed: Side) -> Steps:
        """Return all units as units that may stay unused; it costs 1 to be in fewer pairs than needed."""
        rows, columns = (
            _cheapest_first([(may - least, 0), (least, 1)])
            for may, least in zip(self.capacities, needed, strict=True)
        )
        return rows, columns

    def spread_steps(self, known: Arcs, spread: tuple[bool, bool]) -> tuple[Face, Steps]:
        """Return the units that may stay unused where the l-th pair of somebody costs l - 1.

        Units that no choice with a lower spread than a known one uses are left out, and the question is
        returned without them. Where loads are most even, the largest one is as small as it can be. So one
        unit more than the largest load of the known choice is enough for everybody.
        """
        capacities, may_rest, steps = list(self.capacities), list(self.may_rest), list(self.free_steps())
        for side, ends in enumerate((known.rows, known.columns)):
            if not spread[side]:
                continue
            load = self.loads[side]
            largest = int((load + np.bincount(ends, minlength=len(load))).max(initial=0))
            useless = np.clip(capacities[side] + load - largest - 1, 0, may_rest[side])
            capacities[side], may_rest[side] = capacities[side] - useless, may_rest[side] - useless
            people = np.repeat(np.arange(len(load)), may_rest[side])
            first = np.cumsum(may_rest[side]) - may_rest[side]
            numbers = (
                (load + capacities[side])[people] - np.arange(len(people)) + np.repeat(first, may_rest[side])
            )
            steps[side] = Resting(people, np.ones_like(people), 1 - numbers)
        face = replace(self, capacities=(capacities[0], capacities[1]), may_rest=(may_rest[0], may_rest[1]))
        return face, (steps[0], steps[1])

    def up_to_partners(self, shape: tuple[int, int]) -> Face:
        """Return the question without units that no partner can take, or that certain pairs hold."""
        capacities, may_rest = [], []
        for side, (capacity, may) in enumerate(zip(self.capacities, self.may_rest, strict=True)):
            useless = np.maximum(capacity - shape[1 - side], 0)
            capacities.append(capacity - useless)
            may_rest.append(np.minimum(may, capacity) - useless)
        return replace(self, capacities=(capacities[0], capacities[1]), may_rest=(may_rest[0], may_rest[1]))

    def usable(self, steps: Steps) -> Steps:
        """Return steps without the units that certain pairs hold."""
        rows, columns = (
            _up_to(resting, capacity) for resting, capacity in zip(steps, self.capacities, strict=True)
        )
        return rows, columns

    def narrowed(self, chosen: Arcs, steps: Steps, prices: DualValues) -> Face:
        """Return what is open after a stage, given one of its best choices and its dual values."""
        certain = chosen.where(prices.reduced_profits(chosen) > 0)
        capacities, may_rest, loads = [], [], []
        ends, values = (certain.rows, certain.columns), (prices.rows, prices.columns)
        for side, (capacity, load) in enumerate(zip(self.capacities, self.loads, strict=True)):
            gains = -steps[side].costs - values[side][steps[side].people]
            rests, may = (_units(steps[side], mask, len(capacity)) for mask in (gains > 0, gains == 0))
            taken = np.bincount(ends[side], minlength=len(capacity))
            capacities.append(capacity - rests - taken)
            may_rest.append(may)
            loads.append(load + taken)
        return Face(
            Arcs.union([self.certain, certain]),
            (capacities[0], capacities[1]),
            (may_rest[0], may_rest[1]),
            None if self.count is None else self.count - len(certain),
            (loads[0], loads[1]),
        )


def _up_to(steps: Resting, capacity: IntArray) -> Resting:
    """Return the first steps of each person, up to the person's capacity."""
    before = np.cumsum(steps.limits) - steps.limits
    before -= before[np.searchsorted(steps.people, steps.people)]
    limits = np.clip(capacity[steps.people] - before, 0, steps.limits)
    kept = limits > 0
    return Resting(steps.people[kept], limits[kept], steps.costs[kept])


def _cheapest_first(parts: list[tuple[IntArray, int]]) -> Resting:
    """Return steps of each person, given their limits with their costs in ascending order."""
    people = np.concatenate([np.arange(len(limits)) for limits, _ in parts])
    limits = np.concatenate([limits for limits, _ in parts])
    costs = np.concatenate([np.full(len(limits), cost) for limits, cost in parts])
    order = np.lexsort((costs, people))
    order = order[limits[order] > 0]
    return Resting(people[order], limits[order], costs[order])


def _units(steps: Resting, mask: BoolArray, number: int) -> IntArray:
    """Return the number of units of each person in the marked steps."""
    found = np.zeros(number, dtype=np.int64)
    np.add.at(found, steps.people[mask], steps.limits[mask])
    return found


@dataclass(frozen=True)
class StageOptimum:
    """The best choice of a stage on its face, with the proof over all pairs.

    Attributes
    ----------
    chosen : Arcs
        All chosen pairs.
    alone : DualValues
        Dual values of the stage on its face; prices have either sign.
    together : DualValues
        The same with a multiple of those of the stage before: dual values over all pairs.
    weight : int
        That multiple.
    face : Face
        What is open after the stage.
    pricing : PricingResult
        Result of pricing all pairs.
    arcs : Arcs
        The last candidates.
    proved : bool
        Whether the choice is proved to be the best.
    """

    chosen: Arcs
    alone: DualValues
    together: DualValues
    weight: int
    face: Face
    pricing: PricingResult
    arcs: Arcs
    proved: bool


class StageWork(NamedTuple):
    """The problem of a stage with the resources to use.

    No score exceeds ``highest`` in size. A pricing returns ``per_person`` pairs for each person at most.
    """

    problem: Problem
    highest: int
    per_person: int
    tiling: Tiling
    watch: Watch
    tuning: Tuning


def solve_stage(
    work: StageWork, face: Face, steps: Steps, arcs: Arcs, earlier: DualValues | None = None
) -> StageOptimum:
    """Return the best choice on a face: highest total of the problem minus the costs of unused capacity.

    Parameters
    ----------
    work : StageWork
        The problem, whose scores are those of the stage.
    face : Face
        The question that the stages before leave open.
    steps : pair of Resting
        Units of rows and columns that may stay unused, with their costs.
    arcs : Arcs
        Pairs among which a choice of the face exists; others are added as pricing finds them.
    earlier : DualValues, optional
        Dual values of the stage before, in which every pair was worth nothing. If not given, the problem has
        only pairs of the face.

    Raises
    ------
    SolverError
        If no choice of the face exists among the candidates.
    """
    guess, rounds = None, 0
    while True:
        open_arcs = _open(work.problem.rescore(arcs), face, earlier)
        work.watch.begin_round(len(open_arcs))
        picked = best_rested_pairs(open_arcs, face.capacities, face.usable(steps), face.count)
        work.watch.step("price")
        guess = resting_prices(
            open_arcs, picked, face.capacities, steps, guess=guess, open_count=face.count is None
        )
        alone = guess.of_loads
        weight = 0 if earlier is None else weight_of(alone, work.highest)
        together = alone if earlier is None else combine(alone, earlier, weight)
        work.watch.step("check all pairs")
        new_ones = open_arcs.where(picked)
        chosen = Arcs.union([work.problem.rescore(face.certain), new_ones])
        margin = _margin(together.reduced_profits(open_arcs.where(~picked)), work)
        pricing, new = _missing(work, together, arcs, chosen, margin)
        if not len(new) or work.watch.expired:
            after = face.narrowed(new_ones, steps, alone)
            return StageOptimum(chosen, alone, together, weight, after, pricing, arcs, proved=not len(new))
        arcs, rounds = Arcs.union([arcs, new]), rounds + 1
        if rounds > work.tuning.most_rounds:
            message = f"{rounds} rounds were not enough: pairs are missing that every round has"
            raise SolverError(message)


def _open(arcs: Arcs, face: Face, earlier: DualValues | None) -> Arcs:
    """Return the possible pairs that choices of the face can have, without those that all of them have."""
    possible = arcs.where((arcs.scores != NO_PAIR) & ~arcs.among(face.certain))
    if earlier is None:
        return possible
    worthless = replace(possible, scores=np.zeros_like(possible.scores))
    return possible.where(earlier.reduced_profits(worthless) == 0)


def _margin(reduced_profits: IntArray, work: StageWork) -> int:
    """Return how far below their prices pairs are looked for, so that later rounds miss few.

    Where all pairs are worth the same, too many are near.
    """
    near = work.tuning.near_per_person * sum(work.problem.shape)
    if len(reduced_profits) <= near or isinstance(work.problem.pairs, EquallyWorth):
        return ONLY_IMPROVING
    return max(ONLY_IMPROVING, -int(np.partition(reduced_profits, -near)[-near]))


def _missing(
    work: StageWork, prices: DualValues, arcs: Arcs, chosen: Arcs, margin: int
) -> tuple[PricingResult, Arcs]:
    """Return the pricing of all pairs, and unlisted pairs, if some are worth more than their prices.

    Those that are worth less by up to a margin come with them.
    """
    problem, most = work.problem, work.per_person * sum(work.problem.shape)
    expected = int(np.maximum(prices.reduced_profits(chosen), 0).sum())
    while True:
        work.watch.count_pairs(problem.shape[0] * problem.shape[1])
        pricing = price_all_pairs(problem, prices, problem.everybody, work.tiling, most, margin)
        if pricing.dual_infeasibility == expected:
            return pricing, Arcs.union([])
        new = pricing.found.where(~pricing.found.among(arcs))
        if (prices.reduced_profits(new) > 0).any():
            return pricing, new
        if pricing.complete:
            message = "a listed pair is worth more than its prices, but not chosen"
            raise SolverError(message)
        most *= 2


def weight_of(prices: DualValues, highest: int) -> int:
    """Return a multiple of the prices before at which a loss there outweighs every gain in this stage.

    Parameters
    ----------
    prices : DualValues
        Dual values of the stage.
    highest : int
        A number that neither a score of the stage nor the cost of a unit exceeds in size. A pair that all
        choices of the face have may be charged so much that it is worth far less than nothing.
    """
    largest = [int(np.abs(value).max(initial=0)) for value in (prices.rows, prices.columns)]
    return 1 + highest + abs(prices.cardinality_dual) + sum(largest)


def combine(prices: DualValues, before: DualValues, weight: int) -> DualValues:
    """Return prices with a multiple of those of the stage before."""
    return DualValues(
        prices.rows + weight * before.rows,
        prices.columns + weight * before.columns,
        prices.cardinality_dual + weight * before.cardinality_dual,
    )


@dataclass(frozen=True)
class EquallyWorth(DerivedPairs):
    """The pairs of a source, all worth the same; with prices, only those that are tight at these."""

    worth: int
    prices: DualValues | None = None

    def tile(self, scores: NDArray[np.int32], rows: slice, columns: slice) -> NDArray[np.int32]:
        """Return the worth of the pairs of a tile, ``NO_PAIR`` for others."""
        none = scores == NO_PAIR
        if self.prices is not None:
            reduced = self.prices.columns[columns] - self.prices.cardinality_dual
            none |= scores != self.prices.rows[rows, None] + reduced
        return np.where(none, np.int32(NO_PAIR), np.int32(self.worth))

    def at(self, rows: IntArray, columns: IntArray) -> IntArray:
        """Return the worth of listed pairs, ``NO_PAIR`` for others."""
        scores = self.pairs.at(rows, columns)
        none = scores == NO_PAIR
        if self.prices is not None:
            none |= self.prices.reduced_profits(Arcs(rows, columns, scores)) != 0
        return np.where(none, NO_PAIR, self.worth)

    def part(self, rows: IntArray, columns: IntArray) -> EquallyWorth:
        """Return the pairs of some rows and columns."""
        prices = None if self.prices is None else self.prices.part(rows, columns)
        return EquallyWorth(self.pairs.part(rows, columns), self.worth, prices)


@dataclass(frozen=True)
class SpreadProof:
    """The proof that no choice that is as good so far spreads its pairs more evenly.

    Attributes
    ----------
    reached, bound : int
        The spread of the choice, and a lower bound on it.
    prices : DualValues
        Dual values of the stage of the spread.
    weight : int
        The multiple of the prices of the earlier of the two stages, spread and total, in the later one.
    """

    reached: int
    bound: int
    prices: DualValues
    weight: int


@dataclass(frozen=True)
class DemandedChoice:
    """The best choice under demands on loads.

    Attributes
    ----------
    chosen : Arcs
        The chosen pairs, sorted by row and column.
    prices : DualValues
        Dual values of the stage of the total; prices have either sign.
    bound : int
        Bound on the total of choices with as many pairs, and as good in the stages before.
    spread : SpreadProof or None
        Proof of the spread, if loads are spread.
    candidates : Arcs
        The last candidates.
    pairs : int
        Number of possible pairs that were checked.
    has_equal_optima : bool or None
        Whether another choice is as good; ``None`` if the choice is not proved optimal.
    """

    chosen: Arcs
    prices: DualValues
    bound: int
    spread: SpreadProof | None
    candidates: Arcs
    pairs: int
    has_equal_optima: bool | None


def solve_with_demand(
    problem: Problem, plain: Solution, tiling: Tiling, watch: Watch, tuning: Tuning
) -> DemandedChoice | None:
    """Return the best choice under the demands on loads; ``None`` if no choice keeps the least loads.

    Parameters
    ----------
    problem : Problem
        The problem, with its demands.
    plain : Solution
        The best choice without demands, whose number of pairs is chosen where that comes first.
    tiling, watch, tuning
        As for :func:`.solve.solve`.
    """
    demand = problem.demand
    if demand is None:
        message = "the problem has no demands on loads"
        raise SolverError(message)
    work = _Spreading(problem, demand, plain, tiling, watch, tuning)
    known = work.first_choice()
    if known is None:
        return None
    return work.total_first(*known) if demand.after_total else work.spread_first(*known)


class _Spreading(NamedTuple):
    """The stages under demands on loads."""

    problem: Problem
    demand: LoadDemand
    plain: Solution
    tiling: Tiling
    watch: Watch
    tuning: Tuning

    @property
    def _whole(self) -> Face:
        count = len(self.plain.chosen) if self.problem.most_first else None
        return Face.whole(self.problem, self.demand, count)

    @property
    def _by_score(self) -> StageWork:
        most = self.tuning.arcs_per_person
        return StageWork(self.problem, self.demand.most_worth, most, self.tiling, self.watch, self.tuning)

    def _all_equal(self, worth: int = 0, tight: DualValues | None = None) -> StageWork:
        """Return the work in which every pair, or every pair tight at some prices, is worth the same."""
        pairs = EquallyWorth(self.problem, worth, tight)
        equal = replace(self.problem, pairs=pairs, credits=None, in_worst=None)
        few = self.tuning.wanted_for_count  # equally good pairs are many
        return StageWork(equal, worth, few, self.tiling, self.watch, self.tuning)

    def first_choice(self) -> tuple[Arcs, Arcs] | None:
        """Return candidates, and a choice of them that keeps the least loads; ``None`` if none does.

        If a choice keeps them, so does one with as many pairs as possible: augmenting paths leave nobody with
        fewer pairs (Mendelsohn and Dulmage 1958).
        """
        arcs, left = Arcs.union([self.plain.candidates, self.plain.chosen]), self.demand.left
        if not self.demand.bounds_below:
            return arcs, self.plain.chosen
        self.watch.begin_again("spread duos")
        rows, columns = self.problem.capacities
        if (left[0] > rows).any() or (left[1] > columns).any():
            return None
        face = Face.whole(self.problem, self.demand, len(self.plain.chosen))
        face = replace(face, may_rest=face.capacities)
        best = solve_stage(self._all_equal(), face, face.steps_needed(left), arcs)
        short = best.chosen.unused(left)
        if any(bool((missing > 0).any()) for missing in short):
            return None
        return best.arcs, best.chosen

    def spread_first(self, arcs: Arcs, known: Arcs) -> DemandedChoice:
        """Spread loads, if that is asked for, and then choose the highest total."""
        face, spread = self._whole, None
        if self.demand.spreads:
            self.watch.begin_again("spread duos")
            spread = self._spread(face, known, arcs)
            if not spread.proved:
                return self._cut_short(spread)
            face, arcs = spread.face, self._likely_arcs(arcs, spread)
        self.watch.begin_again("choose duos")
        earlier = None if spread is None else spread.together
        total = solve_stage(self._by_score, face, face.free_steps(), arcs, earlier)
        chosen, equals = self._draw(self.problem, total)
        proof = None if spread is None else self._proof(spread, chosen, total.weight)
        return self._choice(total, chosen, proof, equals)

    def _likely_arcs(self, arcs: Arcs, spread: StageOptimum) -> Arcs:
        """Return candidates for the highest total, of a large problem those that prices suggest."""
        chosen = self.problem.rescore(spread.chosen)
        if self.problem.shape[0] * self.problem.shape[1] > self.tuning.all_pairs:
            prices = self.plain.prices
            prices = combine(prices, spread.alone, weight_of(prices, self.demand.most_worth))
            tuning = replace(self.tuning, wanted=self.tuning.wanted_again)
            estimate = Estimate.of(prices, self.problem)
            chosen = Arcs.union([chosen, likely_arcs(self.problem, estimate, self.tiling, tuning)])
        return Arcs.union([arcs, chosen])

    def total_first(self, arcs: Arcs, known: Arcs) -> DemandedChoice:
        """Choose the highest total, and then spread loads among the choices that have it."""
        self.watch.begin_again("choose duos")
        whole = self._whole
        total = solve_stage(self._by_score, whole, whole.free_steps(), arcs)
        if not total.proved:
            return self._unspread(total)
        self.watch.begin_again("spread duos")
        face, known = self._with_most(total)
        spread = self._spread(face, known, total.arcs, total.together)
        chosen, equals = self._draw(self._all_equal(0, total.together).problem, spread)
        return self._choice(total, chosen, self._proof_after(spread, total, chosen), equals)

    def _spread(self, face: Face, known: Arcs, arcs: Arcs, tight: DualValues | None = None) -> StageOptimum:
        clipped, steps = face.spread_steps(known.where(~known.among(face.certain)), self.demand.spread)
        return solve_stage(self._all_equal(0, tight), clipped, steps, arcs)

    def _with_most(self, total: StageOptimum) -> tuple[Face, Arcs]:
        """Return the face with the most pairs of the highest total, and a choice of it."""
        if total.face.count is not None:
            return total.face, total.chosen
        work = self._all_equal(1, total.together)
        most = solve_stage(work, total.face, total.face.free_steps(), total.arcs)
        return replace(total.face, count=len(most.chosen) - len(total.face.certain)), most.chosen

    def _choice(
        self, total: StageOptimum, chosen: Arcs, proof: SpreadProof | None, equals: bool | None
    ) -> DemandedChoice:
        weight = total.weight if proof is not None else 0
        reached = 0 if proof is None else proof.reached
        bound = total.pricing.dual_infeasibility - total.together.cardinality_dual * len(chosen)
        bound += self._most_of_loads(total.together, weight) + weight * reached
        return DemandedChoice(chosen, total.alone, bound, proof, total.arcs, total.pricing.pairs, equals)

    def _most_of_loads(self, prices: DualValues, weight: int) -> int:
        """Return the sum over people of the largest worth of a load: its price, less its weighted cost."""
        return sum(
            most_of_load(capacity, left, have, price, weight * spread)
            for capacity, left, have, price, spread in zip(
                self.problem.capacities,
                self.demand.left,
                self.demand.already,
                (prices.rows, prices.columns),
                self.demand.spread,
                strict=True,
            )
        )

    def _proof(self, spread: StageOptimum, chosen: Arcs, weight: int) -> SpreadProof:
        """Return the proof of a spread before the total."""
        most = spread.pricing.dual_infeasibility - spread.alone.cardinality_dual * len(chosen)
        bound = -(most + self._most_of_loads(spread.alone, 1))
        return SpreadProof(self.demand.cost(chosen.rows, chosen.columns), bound, spread.alone, weight)

    def _proof_after(self, spread: StageOptimum, total: StageOptimum, chosen: Arcs) -> SpreadProof:
        """Return the proof of a spread among the choices with the highest total."""
        loads = [np.bincount(ends, minlength=1).max() for ends in (chosen.rows, chosen.columns) if len(ends)]
        already = [int(have.max(initial=0)) for have in self.demand.already]
        weight = weight_of(spread.alone, 1 + int(sum(loads)) + sum(already))
        together = combine(spread.alone, total.together, weight)
        certain = self.problem.rescore(total.face.certain)
        worth = replace(certain, scores=weight * certain.scores)
        most = spread.pricing.dual_infeasibility + int(together.reduced_profits(worth).sum())
        most += self._most_of_loads(together, 1) - together.cardinality_dual * len(chosen)
        bound = weight * int(chosen.scores.sum()) - most
        return SpreadProof(self.demand.cost(chosen.rows, chosen.columns), bound, spread.alone, weight)

    def _cut_short(self, spread: StageOptimum) -> DemandedChoice:
        """Return the choice at the end of the time: the prices without demands bound its total, too."""
        chosen = self.problem.rescore(spread.chosen)
        plain = self.plain
        return DemandedChoice(
            chosen,
            plain.prices,
            plain.bounds.total,
            self._better_of(self._proof(spread, chosen, 0), chosen),
            spread.arcs,
            spread.pricing.pairs,
            None,
        )

    def _unspread(self, total: StageOptimum) -> DemandedChoice:
        """Return the choice at the end of the time, where nothing is proved of its spread."""
        chosen = self.problem.rescore(total.chosen)
        return self._choice(total, chosen, self._without_prices(chosen), None)

    def _without_prices(self, chosen: Arcs) -> SpreadProof:
        """Return what is known of the spread without prices: the pairs outside the problem have theirs."""
        rows, columns = (np.zeros_like(have) for have in self.demand.already)
        nothing = DualValues(rows, columns, 0)
        bound = -self._most_of_loads(nothing, 1)
        return SpreadProof(self.demand.cost(chosen.rows, chosen.columns), bound, nothing, 0)

    def _better_of(self, proof: SpreadProof, chosen: Arcs) -> SpreadProof:
        """Return a proof, or the one without prices where that proves more."""
        other = self._without_prices(chosen)
        return proof if proof.bound > other.bound else other

    def _draw(self, problem: Problem, last: StageOptimum) -> tuple[Arcs, bool | None]:
        """Return the choice that tickets decide on, and whether it has equal optima."""
        if not last.proved:
            return self.problem.rescore(last.chosen), None
        face, most = last.face, self.tuning.arcs_per_person * sum(problem.shape)
        pricing = price_all_pairs(problem, last.together, problem.everybody, self.tiling, most)
        tight = pricing.found.where(last.together.reduced_profits(pricing.found) == 0)
        if not pricing.complete:
            return self._draw_by_pricing(problem, last)
        if face.count is None:
            each = replace(tight, scores=np.ones_like(tight.scores))
            steps = face.usable(face.free_steps())
            number = int(best_rested_pairs(each, face.capacities, steps, None).sum())
            face = replace(face, count=number)
        drawn = _heaviest(tight, problem.tickets(tight), face)
        others = _heaviest(tight, (~tight.among(drawn)).astype(np.int64), face)
        chosen = self.problem.rescore(Arcs.union([face.certain, drawn]))
        return chosen, not bool(others.among(drawn).all())

    def _draw_by_pricing(self, problem: Problem, last: StageOptimum) -> tuple[Arcs, bool]:
        """Decide in the same way, where tight pairs are too many to list."""
        from reverse_match.solver.assignment.even_tie_breaking import OpenTies, TieBreaker
        from reverse_match.solver.assignment.tie_breaking import TightPairs

        face, first = last.face, last.chosen.where(last.together.reduced_profits(last.chosen) == 0)
        if face.count is None:
            work = self._all_equal(1, last.together)
            first = solve_stage(work, face, face.free_steps(), first).chosen
            first = first.where(~first.among(face.certain))
            face = replace(face, count=len(first))
        few = face.up_to_partners(problem.shape)
        breaker = TieBreaker(problem, self.tiling, self.tuning.arcs_per_person * sum(problem.shape))

        def heaviest(pairs: TightPairs) -> Arcs:
            question = OpenTies(pairs, few.certain, few.capacities, few.may_rest, few.count or 0, few.loads)
            return breaker.heaviest(question, first)

        drawn = heaviest(TightPairs.of(problem, last.together))
        others = heaviest(TightPairs.of(problem, last.together, drawn))
        chosen = self.problem.rescore(Arcs.union([face.certain, drawn]))
        return chosen, bool((others.scores > 0).any())


def _heaviest(tight: Arcs, weights: IntArray, face: Face) -> Arcs:
    """Return the choice of a face with the highest sum of weights, without certain pairs."""
    weighed = replace(tight, scores=weights)
    steps = face.usable(face.free_steps())
    return tight.where(best_rested_pairs(weighed, face.capacities, steps, face.count))
