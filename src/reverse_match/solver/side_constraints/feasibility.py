r"""Feasibility: whether any choice keeps the quotas, whatever its worth.

With every pair worth nothing, a choice that keeps the quotas has the total 0. So if prices prove that no such
choice reaches a total of 0 (:mod:`.lagrangian_pairs`), none exists. The prices show which bounds and which
people's capacities exclude each other (Farkas 1902), and the proof is a sum of whole numbers over all pairs.
Where cases are needed, a tree is the proof (:mod:`.branch_and_bound`). Where a choice exists, branch and
bound finds it (:mod:`.incumbent`), and it is checked against every bound.

Prices of quotas come from the restricted master, in which a bound can be missed at a penalty. Prices of
people come from :func:`.solve.solve`, on pairs with small, different costs. Equal costs would make so many
optima equal that it would take a hundred times as long.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.errors import UndecidedError
from reverse_match.foundation.progress import Watch
from reverse_match.solver.assignment.augmenting_paths import PrimalDual
from reverse_match.solver.assignment.candidates import all_arcs
from reverse_match.solver.assignment.certificate import tightest
from reverse_match.solver.assignment.dual_values import DualValues
from reverse_match.solver.assignment.pricing import ONLY_IMPROVING, price_all_pairs
from reverse_match.solver.assignment.solve import Start, solve
from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.pairs.quotas import SideQuota
from reverse_match.solver.pairs.source import NO_PAIR
from reverse_match.solver.side_constraints.branch_and_bound import prove
from reverse_match.solver.side_constraints.highs import seconds_of
from reverse_match.solver.side_constraints.incumbent import find_incumbent
from reverse_match.solver.side_constraints.lagrangian_pairs import (
    EqualPairs,
    LagrangianPairs,
    QuotaDualValues,
    holds,
)
from reverse_match.solver.side_constraints.people_alike import ClassesByMarks, PeopleAlike
from reverse_match.solver.side_constraints.proof_tree import CutoffProblem, ProofTree
from reverse_match.solver.side_constraints.restricted_master import (
    MISSED,
    POINT,
    RestrictedProblem,
    solve_restricted_master,
)
from reverse_match.solver.tuning import Tuning

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reverse_match.foundation.arrays import IntArray
    from reverse_match.solver.pairs.problem import Problem
    from reverse_match.solver.pairs.quotas import Quota
    from reverse_match.solver.pairs.tiles import Tiling

SECONDS_OF_GUESS = 10.0
"""Time limit of a guess by classes of people, which takes hundredths."""

COST = 1_000
"""Largest cost of a pair where prices of people are computed; its own score decides on its share of it."""


@dataclass(frozen=True)
class InfeasibilityProof:
    """The proof that no choice keeps the quotas.

    Attributes
    ----------
    bound : int
        Upper bound on the total of choices that keep the quotas; it is below 0, although each would have the
        total 0, if prices are the proof.
    prices : DualValues or None
        Prices of people; ``None`` where a tree over all pairs is the proof.
    of_quotas : QuotaDualValues or None
        Prices of quotas, which set the payments of pairs.
    """

    bound: int = 0
    prices: DualValues | None = None
    of_quotas: QuotaDualValues | None = None


def find_feasible_choice(
    problem: Problem,
    quotas: Sequence[Quota],
    tiling: Tiling,
    known: Arcs | KnownPairs | None = None,
    watch: Watch | None = None,
    tuning: Tuning | None = None,
) -> Arcs | InfeasibilityProof:
    """Return a choice that keeps capacities and quotas, or the proof that none exists.

    Parameters
    ----------
    problem : Problem
        Possible pairs and capacities; scores decide nothing.
    quotas : sequence of Quota
        The quotas to keep.
    tiling : Tiling
        Division of the table of pairs into tiles.
    known : Arcs or KnownPairs, optional
        Pairs to begin with, or what else earlier questions about the same people have left.
    watch, tuning : optional
        As for :func:`.solve.solve`.

    Raises
    ------
    UndecidedError
        If neither is found within the limits of the search.

    Examples
    --------
    >>> from reverse_match.solver.pairs.table import ScoreTable
    >>> from reverse_match.solver.pairs.quotas import SideQuota, UNBOUNDED, single
    >>> from reverse_match.solver.pairs.problem import Problem
    >>> from reverse_match.solver.pairs.tiles import Tiling
    >>> one, key = np.ones(2, dtype=np.int64), np.arange(2, dtype=np.uint64)
    >>> problem = Problem(ScoreTable(np.array([[9, 8], [8, 0]], dtype=np.int32)), one, one, key, key)
    >>> def at_least(number):
    ...     return SideQuota(0, np.zeros(2, dtype=np.int64), single(number), single(UNBOUNDED))
    >>> len(find_feasible_choice(problem, [at_least(2)], Tiling()))
    2
    >>> find_feasible_choice(problem, [at_least(3)], Tiling(), tuning=Tuning(few_pairs=0)).bound < 0
    True
    """
    nothing = Arcs.union([])
    if holds(quotas, nothing):
        return nothing
    problem = replace(problem.without_credits, most_first=False)
    tuning, watch = tuning or Tuning(), watch or Watch()
    if not isinstance(known, KnownPairs):
        known = KnownPairs.of(problem, tiling, watch, tuning, known)
    work = _FeasibilitySearch(problem, quotas, tiling, watch, tuning, known)
    if problem.shape[0] * problem.shape[1] <= tuning.few_pairs:
        return work.search_all_pairs()
    found = work.search_among_classes()
    if found is None:
        found = work.search_with_least_loads()
    return work.search_by_prices() if found is None else found


@dataclass(frozen=True)
class KnownPairs:
    """What several questions about the same people share, found when it is first needed.

    Attributes
    ----------
    arcs : callable
        Returns pairs to begin with.
    partners : callable
        Returns the number of possible partners of each row, and of each column.
    classes : ClassesByMarks
        Classes of people by the marks of quotas.
    """

    arcs: Callable[[], Arcs]
    partners: Callable[[], tuple[IntArray, IntArray]]
    classes: ClassesByMarks

    @classmethod
    def of(
        cls, problem: Problem, tiling: Tiling, watch: Watch, tuning: Tuning, arcs: Arcs | None = None
    ) -> KnownPairs:
        """Return what is known of a problem before the first question."""
        return cls(
            lambda: likely_pairs(problem, tiling, watch, tuning) if arcs is None else arcs,
            lambda: possible_partners(problem, tiling),
            ClassesByMarks(),
        )


def possible_partners(problem: Problem, tiling: Tiling) -> tuple[IntArray, IntArray]:
    """Return the number of possible pairs of each row, and of each column."""
    counts = np.zeros(problem.shape[0], dtype=np.int64), np.zeros(problem.shape[1], dtype=np.int64)

    def make(columns: slice) -> Callable[[slice], tuple[slice, slice, IntArray, IntArray]]:
        block = problem.pairs.block(columns)

        def count(rows: slice) -> tuple[slice, slice, IntArray, IntArray]:
            possible = block.tile(rows) != NO_PAIR
            return rows, columns, np.count_nonzero(possible, axis=1), np.count_nonzero(possible, axis=0)

        return count

    for rows, columns, of_rows, of_columns in tiling.map(make, problem.shape):
        counts[0][rows] += of_rows
        counts[1][columns] += of_columns
    return counts


def may_be_feasible(problem: Problem, quotas: Sequence[Quota], known: KnownPairs) -> bool | None:
    """Guess by classes of people whether quotas can be kept; ``None`` without classes. It proves nothing."""
    problem = replace(problem, pairs=EqualPairs(problem.pairs, 0))
    room = _room(problem, known)
    alike = PeopleAlike.under(problem, quotas, room, known.classes)
    return None if alike is None else alike.numbers(SECONDS_OF_GUESS) is not None


def _room(problem: Problem, known: KnownPairs) -> tuple[IntArray, IntArray]:
    """Return the largest number of pairs of each row and column, by capacity and by possible partners."""
    rows, columns = map(np.minimum, problem.capacities, known.partners())
    return rows, columns


@dataclass(frozen=True)
class _FeasibilitySearch:
    problem: Problem
    quotas: Sequence[Quota]
    tiling: Tiling
    watch: Watch
    tuning: Tuning
    known: KnownPairs

    def search_all_pairs(self) -> Arcs | InfeasibilityProof:
        """Search among all pairs."""
        everything = all_arcs(self.worth_nothing, self.tiling)
        answer = decide_feasibility(self.among(everything), self.watch, self.tuning)
        if answer is None:
            raise undecided_error()
        return InfeasibilityProof() if isinstance(answer, ProofTree) else answer

    def search_among_classes(self) -> Arcs | InfeasibilityProof | None:
        """Look for prices of classes of people, or for numbers of pairs between classes, that decide."""
        if self.problem.shape[0] * self.problem.shape[1] < self.tuning.alike_from:
            return None
        self.watch.step("look for conflicts")
        proof = self.prove_by_partners()
        if proof is not None:
            return proof
        room = _room(self.problem, self.known)
        alike = PeopleAlike.under(self.worth_nothing, self.quotas, room, self.known.classes)
        if alike is None:
            return None
        proof = self.prove_by_classes(alike)
        if proof is not None:
            return proof if proof.bound < 0 else None
        choice = alike.choice(seconds_of(self.watch.seconds_left))
        return choice if choice is not None and self.is_choice(choice) else None

    def prove_among_classes(self) -> InfeasibilityProof | None:
        """Return the proof that there is no choice, if prices of classes of people are one."""
        room = self.problem.capacities
        alike = PeopleAlike.under(self.worth_nothing, self.quotas, room, self.known.classes)
        proof = None if alike is None else self.prove_by_classes(alike)
        return proof if proof is not None and proof.bound < 0 else None

    def prove_by_classes(self, alike: PeopleAlike) -> InfeasibilityProof | None:
        """Return what prices of classes prove; ``None`` where classes could keep the quotas."""
        found = alike.impossible_prices(self.tuning.penalty, seconds_of(self.watch.seconds_left))
        return None if found is None else self.prove_by(*found)

    def prove_by_partners(self) -> InfeasibilityProof | None:
        """Return the proof that a group has fewer possible partners than a quota demands."""
        for place, quota in enumerate(self.quotas):
            if not isinstance(quota, SideQuota) or not (quota.lower > 0).any():
                continue
            capacity = self.problem.capacities[quota.side]
            partners = self.known.partners()[quota.side]
            grouped = quota.group >= 0
            members, least = quota.group[grouped], np.minimum(capacity, partners)[grouped]
            room = np.bincount(members, weights=least, minlength=len(quota.lower))
            short = np.flatnonzero(room < quota.lower)
            if not len(short):
                continue
            of_quotas = QuotaDualValues.none(self.quotas)
            of_quotas.of_sums[place][short[0]] = -POINT
            # Others of the group are limited by their partners: each of these pairs counts beyond its prices.
            full = (quota.group == short[0]) & (capacity <= partners)
            of_people = _free(self.problem.capacities)
            (of_people.rows, of_people.columns)[quota.side][full] = POINT
            proof = self.prove_by(of_people, of_quotas)
            if proof.bound < 0:
                return proof
        return None

    def search_with_least_loads(self) -> Arcs | None:
        """Return a choice in which single people have just the pairs that quotas ask for them.

        Where quotas ask for each person, there are as many classes as people, and the programme of equally
        good pairs takes HiGHS minutes. Such a choice is one of as many pairs as possible, which is found by
        network flow. It is ``None`` where quotas ask nothing of the kind, or something else is not kept.
        """
        least = self._least_loads()
        if least is None or self.problem.shape[0] * self.problem.shape[1] < self.tuning.alike_from:
            return None
        few = replace(self.problem, row_capacity=least[0], column_capacity=least[1], most_first=True)
        arcs = few.possible(self.known.arcs())
        start = Start(arcs, PrimalDual(Arcs.union([]), _free(least), least), same_scores=False)
        found = solve(_with_costs(few), self.tiling, self.watch, start, self.tuning, tie_breaking=False)
        chosen = replace(found.chosen, scores=np.zeros(len(found.chosen), dtype=np.int64))
        return chosen if self.is_choice(chosen) else None

    def _least_loads(self) -> tuple[IntArray, IntArray] | None:
        """Return capacities that leave people of a side the pairs that quotas on single people ask for."""
        least = list(self.problem.capacities)
        for side, capacity in enumerate(self.problem.capacities):
            asked = [loads for quota in self.quotas if (loads := _loads_of_each(quota, side)) is not None]
            if asked:
                least[side] = np.minimum(capacity, np.max(asked, axis=0))
        same = all(one is other for one, other in zip(least, self.problem.capacities, strict=True))
        return None if same else (least[0], least[1])

    def is_choice(self, chosen: Arcs) -> bool:
        """Say whether rules, capacities and quotas allow some pairs together."""
        allowed = self.problem.pairs.at(chosen.rows, chosen.columns) != NO_PAIR
        return bool(allowed.all()) and self.among(chosen).is_choice(chosen)

    def search_by_prices(self) -> Arcs | InfeasibilityProof:
        """Alternate between pricing quotas among candidates and pricing all pairs, until one is found."""
        arcs, guess = self.worth_nothing.possible(self.known.arcs()), _free(self.problem.capacities)
        for _ in range(self.tuning.most_quota_rounds):
            self.watch.step("look for conflicts")
            seconds, problem = seconds_of(self.watch.seconds_left), self.among(arcs)
            master = solve_restricted_master(problem, self.tuning.penalty, POINT, seconds)
            if master is None:
                break
            if master.missed <= MISSED:
                for some in (problem.where(master.used), problem):
                    found = find_incumbent(some, _no_prices(some), None, self.watch, self.tuning)
                    if found is not None:
                        return found
                break
            infeasibility, new, guess = self.price_quotas(master.prices, arcs, guess)
            if infeasibility.bound < 0:
                return infeasibility
            before, arcs = len(arcs), Arcs.union([arcs, new])
            if len(arcs) == before:
                break
        if self.problem.shape[0] * self.problem.shape[1] <= self.tuning.all_pairs:
            return self.search_all_pairs()
        raise undecided_error()

    def among(self, arcs: Arcs) -> RestrictedProblem:
        """Return the problem restricted to some pairs."""
        return RestrictedProblem(arcs, self.problem.capacities, self.quotas, None)

    @property
    def worth_nothing(self) -> Problem:
        """The same problem, with every pair worth nothing."""
        return replace(self.problem, pairs=EqualPairs(self.problem.pairs, 0))

    def price_quotas(
        self, of_quotas: QuotaDualValues, arcs: Arcs, guess: DualValues
    ) -> tuple[InfeasibilityProof, Arcs, DualValues]:
        """Return the bound of some prices of quotas, the pairs that matter at them, and prices of people."""
        priced = _with_costs(self.problem)
        priced = replace(priced, pairs=LagrangianPairs(priced.pairs, self.quotas, of_quotas))
        nobody = PrimalDual(Arcs.union([]), guess, self.problem.capacities)
        start = Start(arcs, nobody, same_scores=False)
        found = solve(priced, self.tiling, self.watch, start, self.tuning, tie_breaking=False)
        priced = replace(
            self.problem, pairs=LagrangianPairs(self.worth_nothing.pairs, self.quotas, of_quotas)
        )
        prices, value = self.tightest(priced, found.prices)
        if value + of_quotas.most(self.quotas) >= 0:
            higher = replace(found.prices, columns=found.prices.columns + COST + 1)
            prices, value = min((prices, value), self.tightest(priced, higher), key=lambda one: one[1])
        value += of_quotas.most(self.quotas)
        near = Arcs.union([found.candidates, found.chosen])
        near = replace(near, scores=np.zeros(len(near), dtype=np.int64))
        return InfeasibilityProof(value, prices, of_quotas), near, found.prices

    def prove_by(self, prices: DualValues, of_quotas: QuotaDualValues) -> InfeasibilityProof:
        """Return what some prices prove over all pairs: that there is no choice, if the bound is below 0."""
        payments = LagrangianPairs(self.worth_nothing.pairs, self.quotas, of_quotas)
        found, value = self.tightest(replace(self.problem, pairs=payments), prices)
        return InfeasibilityProof(value + of_quotas.most(self.quotas), found, of_quotas)

    def tightest(self, priced: Problem, prices: DualValues) -> tuple[DualValues, int]:
        """Return prices (as given or raised) and the bound that pricing all pairs proves for them.

        No pair has a cost here, so the worth of each may exceed its prices by the cost that it had before.
        """
        pricing = price_all_pairs(priced, prices, priced.everybody, self.tiling, 1, ONLY_IMPROVING)
        found, proved = tightest(priced, prices, priced.everybody, 0, pricing)
        return found, proved.total


def _loads_of_each(quota: Quota, side: int) -> IntArray | None:
    """Return the least number of pairs that a quota asks for each person; ``None`` if it asks for groups."""
    if not isinstance(quota, SideQuota) or quota.side != side or not (quota.lower > 0).any():
        return None
    if np.bincount(quota.group[quota.group >= 0]).max(initial=0) > 1:
        return None
    loads: IntArray = quota.shift(np.maximum(quota.lower, 0))
    return loads


def prove_impossible(
    problem: Problem, quotas: Sequence[Quota], tiling: Tiling, watch: Watch, tuning: Tuning
) -> InfeasibilityProof | None:
    """Return the proof that no choice keeps the quotas, if classes of people who are alike show it.

    Parameters
    ----------
    problem, quotas, tiling, watch, tuning
        As for :func:`find_feasible_choice`.
    """
    if problem.shape[0] * problem.shape[1] < tuning.alike_from:
        return None
    problem = replace(problem.without_credits, most_first=False)
    known = KnownPairs.of(problem, tiling, watch, tuning)
    return _FeasibilitySearch(problem, quotas, tiling, watch, tuning, known).prove_among_classes()


def decide_feasibility(problem: RestrictedProblem, watch: Watch, tuning: Tuning) -> Arcs | ProofTree | None:
    """Return a choice that keeps quotas, a tree that proves that none exists, or ``None``.

    Parameters
    ----------
    problem : RestrictedProblem
        Problem in which every pair is worth nothing.
    watch, tuning
        Limits on time, and on nodes.
    """
    cutoff = CutoffProblem.of(problem, _no_prices(problem), 0, POINT)
    most_nodes = tuning.nodes_for(len(problem.arcs))
    at_once = prove(cutoff, watch, min(tuning.first_nodes, most_nodes))
    if at_once is not None:
        return at_once
    found = find_incumbent(problem, _no_prices(problem), None, watch, tuning)
    return found if found is not None else prove(cutoff, watch, most_nodes)


def _no_prices(problem: RestrictedProblem) -> tuple[DualValues, QuotaDualValues]:
    return _free(problem.capacities), QuotaDualValues.none(problem.quotas)


def likely_pairs(
    problem: Problem, tiling: Tiling, watch: Watch | None = None, tuning: Tuning | None = None
) -> Arcs:
    """Return the candidates of a choice with as many pairs as possible, which suffice for most choices.

    Parameters
    ----------
    problem, tiling, watch, tuning
        As for :func:`find_feasible_choice`; with large capacities the choice has nearly all pairs.
    """
    most = replace(_with_costs(problem.without_credits), most_first=True)
    plain = solve(most, tiling, watch, None, tuning, tie_breaking=False)
    return Arcs.union([plain.candidates, plain.chosen])


def _with_costs(problem: Problem) -> Problem:
    """Return the same pairs with a small cost each, so that a pair is chosen only if quotas pay for it."""
    return replace(problem, pairs=EqualPairs(problem.pairs, -COST - 1, POINT // COST))


def _free(capacities: tuple[IntArray, IntArray]) -> DualValues:
    rows, columns = (np.zeros(len(capacity), dtype=np.int64) for capacity in capacities)
    return DualValues(rows, columns, 0)


def undecided_error() -> UndecidedError:
    """Return the error that says that neither side was proved."""
    return UndecidedError(
        "no duos that keep all quotas were found within the limits of the search, "
        "and it is not proved that there are none"
    )
