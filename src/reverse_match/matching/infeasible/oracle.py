"""A feasibility oracle: whether some of all demands can be kept together, by solving for them alone.

A demand that is left out leaves no mark. The pairs are those that the remaining rules allow; a capacity that
is left out is as large as there are partners; a bound that is left out is none; a fixed duo that is left out
is a pair like others. What a pair scores does not matter here.

Earlier answers save solving. Duos that were found for one question may keep what another one asks. A proof
holds for other bounds and other capacities, too: its prices bound every choice of the same pairs (weak
duality), so that only the sums of prices times bounds change.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from reverse_match.constraints.allowed_pairs import AllowedPairs
from reverse_match.constraints.condition import BlockedPairs
from reverse_match.constraints.demands import LIMITS
from reverse_match.constraints.rules import SAME_PERSON, Rules
from reverse_match.foundation.errors import UndecidedError
from reverse_match.solver.pairs.problem import Arcs, Problem
from reverse_match.solver.pairs.quotas import UNBOUNDED, PairQuota, SideQuota, reduce_quota, single
from reverse_match.solver.pairs.source import NO_PAIR
from reverse_match.solver.pairs.table import ScoreTable, score_all_pairs
from reverse_match.solver.pairs.tiles import slices
from reverse_match.solver.side_constraints.feasibility import (
    InfeasibilityProof,
    find_feasible_choice,
    likely_pairs,
)
from reverse_match.solver.side_constraints.lagrangian_pairs import holds

if TYPE_CHECKING:
    from reverse_match.constraints.demands import ConstraintSet
    from reverse_match.constraints.rules import PairRule
    from reverse_match.foundation.arrays import BoolArray, IntArray, KeyArray
    from reverse_match.foundation.progress import Watch
    from reverse_match.solver.assignment.dual_values import DualValues
    from reverse_match.solver.pairs.quotas import Quota
    from reverse_match.solver.pairs.source import PairSource
    from reverse_match.solver.pairs.tiles import Tiling
    from reverse_match.solver.side_constraints.lagrangian_pairs import QuotaDualValues
    from reverse_match.solver.tuning import Tuning


REMEMBERED = 30
"""So many of the last answers are looked at: more would take longer than they save."""


@dataclass(frozen=True)
class FeasibleDuos:
    """Duos that keep what was asked, fixed ones among them."""

    rows: IntArray
    columns: IntArray


@dataclass(frozen=True)
class Clash:
    """No duos keep what was asked; ``of`` marks demands that are enough to see it."""

    of: BoolArray


@dataclass
class KnownAnswers:
    """Remembers the answers to earlier questions.

    Attributes
    ----------
    duos : list of FeasibleDuos
        That were found.
    proofs : list of (FeasibilityQuestion, InfeasibilityProof)
        Why none could be.
    """

    duos: list[FeasibleDuos] = field(default_factory=list)
    proofs: list[tuple[FeasibilityQuestion, InfeasibilityProof]] = field(default_factory=list)

    def answer(self, question: FeasibilityQuestion) -> FeasibleDuos | InfeasibilityProof | None:
        """Return what is known about a question, ``None`` if nothing is."""
        for duos in reversed(self.duos[-REMEMBERED:]):
            if _keep(duos, question):
                return duos
        for asked, why in reversed(self.proofs[-REMEMBERED:]):
            bound = _bound(asked, why, question)
            if bound is not None and bound < 0:
                return InfeasibilityProof(bound, why.prices, why.of_quotas)
        return None

    def learn(self, question: FeasibilityQuestion, answer: FeasibleDuos | InfeasibilityProof) -> None:
        """Remember an answer."""
        if isinstance(answer, FeasibleDuos):
            self.duos.append(answer)
        elif answer.prices is not None:
            self.proofs.append((question, answer))


def _keep(duos: FeasibleDuos, question: FeasibilityQuestion) -> bool:
    """Say whether some duos keep everything that is asked."""
    constraints, (rows, columns) = question.constraints, question.fixed
    width = constraints.shape[1]
    formed = np.isin(duos.rows * width + duos.columns, rows * width + columns)
    if formed.sum() < len(rows):
        return False
    here, there = duos.rows[~formed], duos.columns[~formed]
    for ends, capacity in zip((here, there), question.capacities, strict=True):
        if (np.bincount(ends, minlength=len(capacity)) > capacity).any():
            return False
    scores = constraints.model.at(here, there)
    if any(rule.among(here, there, scores).any() for rule in question.rules):
        return False
    return holds(question.quotas, Arcs(here, there, scores))


def _bound(asked: FeasibilityQuestion, why: InfeasibilityProof, question: FeasibilityQuestion) -> int | None:
    """Return the bound that the prices of a proof give for another question; ``None`` if they give none."""
    if why.prices is None or why.of_quotas is None or not _same_pairs(asked, question):
        return None
    if not _has_priced_bounds(question, why.of_quotas):
        return None
    bound = why.bound + why.of_quotas.most(question.quotas) - why.of_quotas.most(asked.quotas)
    for price, now, then in zip(
        (why.prices.rows, why.prices.columns), question.capacities, asked.capacities, strict=True
    ):
        if ((now > 0) & (then == 0)).any():  # pairs of people who were in none
            return None
        bound += int((price * (now - then)).sum())
    return bound


def _same_pairs(asked: FeasibilityQuestion, question: FeasibilityQuestion) -> bool:
    """Say whether another question is about the same pairs, or fewer, that count in the same sums."""
    if asked.sources != question.sources:
        return False
    for one, other in zip(asked.quotas, question.quotas, strict=True):
        if _pair_coefficients(one) != _pair_coefficients(other):
            return False
    same_fixed = all(
        np.array_equal(one, other) for one, other in zip(asked.fixed, question.fixed, strict=True)
    )
    return same_fixed and {id(rule) for rule in asked.rules} <= {id(rule) for rule in question.rules}


def _pair_coefficients(quota: Quota) -> tuple[int, int]:
    """Return what pairs count in a quota."""
    return (quota.inside, quota.outside) if isinstance(quota, PairQuota) else (1, 0)


def _has_priced_bounds(question: FeasibilityQuestion, prices: QuotaDualValues) -> bool:
    """Say whether every bound with a price is there."""
    return not any(
        ((price > 0) & (quota.upper >= UNBOUNDED)).any() or ((price < 0) & (quota.lower <= -UNBOUNDED)).any()
        for price, quota in zip(prices.of_sums, question.quotas, strict=True)
    )


NOT_OF_POLICY = -1, False, False
"""The source of what no quota of the policy asks."""

NOISE = 100
"""A price so many times below the highest price of a quota comes from breaking ties between pairs."""


@dataclass(frozen=True)
class FeasibilityQuestion:
    """A question to the oracle: what is left to other duos beside the fixed ones that are kept.

    Attributes
    ----------
    constraints : ConstraintSet
        Everything.
    kept : bool array
        What is asked for.
    rules : list of PairRule
        Those that are kept.
    fixed : pair of int64 arrays
        Rows and columns of the fixed duos that are kept.
    capacities : pair of int64 arrays
        What they leave of capacities.
    quotas : list of Quota
        What they leave of bounds.
    sources : list of (int, bool, bool)
        Of each of these, the quota in the policy that it was made of, and whether it bounds from below and
        from above; neither where it is none of the policy's.
    """

    constraints: ConstraintSet
    kept: BoolArray
    rules: list[PairRule]
    fixed: tuple[IntArray, IntArray]
    capacities: tuple[IntArray, IntArray]
    quotas: list[Quota]
    sources: list[tuple[int, bool, bool]]

    @classmethod
    def of(cls, constraints: ConstraintSet, kept: BoolArray) -> FeasibilityQuestion:
        """Leave out what is not kept."""
        rules = [
            rule
            for rule, asked in zip(constraints.forbidding, kept[constraints.of_rules], strict=True)
            if asked
        ]
        duos = kept[constraints.of_fixed]
        rows, columns = constraints.fixed[0][duos], constraints.fixed[1][duos]
        whole = [
            np.where(
                kept[constraints.of_side(side)], constraints.capacities[side], constraints.shape[1 - side]
            )
            for side in (0, 1)
        ]
        most_duos = min(int(capacity.sum()) for capacity in whole)
        quotas: list[Quota] = []
        sources: list[tuple[int, bool, bool]] = []
        for place, quota in enumerate(constraints.quotas):
            low, high = (kept[constraints.of_quota(place, limit)] for limit in LIMITS)
            for sums, below, above in quota.bounded_sums(low, high, most_duos):
                quotas.append(reduce_quota(sums, rows, columns))
                sources.append((place, below, above))
        left = [
            capacity - np.bincount(ends, minlength=len(capacity))
            for capacity, ends in zip(whole, (rows, columns), strict=True)
        ]
        return cls(constraints, kept, rules, (rows, columns), (left[0], left[1]), quotas, sources)

    @property
    def holds_for_no_duos(self) -> bool:
        """Whether no duos at all keep everything that is asked for."""
        return not len(self.fixed[0]) and holds(self.quotas, Arcs.union([]))

    def demanding_one_duo(self) -> FeasibilityQuestion:
        """Ask for one duo at least, too: that is no demand, since nobody could waive it."""
        everybody = np.zeros(self.constraints.shape[0], dtype=np.int64)
        one = SideQuota(0, everybody, single(1), single(UNBOUNDED))
        return replace(self, quotas=[*self.quotas, one], sources=[*self.sources, NOT_OF_POLICY])

    def clashing_demands(self, why: InfeasibilityProof) -> BoolArray:
        """Return the demands that a proof uses; all that are kept, where a search has shown it."""
        if why.prices is None or why.of_quotas is None:
            return self.kept.copy()
        highest = max((int(np.abs(price).max(initial=0)) for price in why.of_quotas.of_sums), default=0)
        noise = highest // NOISE
        of = np.zeros_like(self.kept)
        of[self.constraints.of_rules] = True
        for side, price in enumerate((why.prices.rows, why.prices.columns)):
            of[self.constraints.of_side(side)] = price > noise
        self._mark_quotas(of, why)
        of[self.constraints.of_fixed] = self._priced_fixed_duos(why.prices, why.of_quotas, noise)
        return of & self.kept

    def _mark_quotas(self, of: BoolArray, why: InfeasibilityProof) -> None:
        """Mark bounds with a price, but for lower ones without which the proof still holds."""
        bound = why.bound
        prices = [] if why.of_quotas is None else why.of_quotas.of_sums
        for (place, below, above), quota, price in zip(self.sources, self.quotas, prices, strict=True):
            if above:
                of[self.constraints.of_quota(place, "at_most")] |= price > 0
            if not below:
                continue
            low = price < 0
            if isinstance(quota, SideQuota):
                # Without it, pairs of the group get nothing for being chosen, and no bound is to be reached.
                for group in np.flatnonzero(low)[::-1]:
                    lost = int(price[group] * quota.lower[group])
                    if bound - lost < 0:
                        bound -= lost
                        low[group] = False
            of[self.constraints.of_quota(place, "at_least")] |= low

    def _priced_fixed_duos(self, prices: DualValues, of_quotas: QuotaDualValues, noise: int) -> BoolArray:
        """Say which fixed duos take something that has a price."""
        rows, columns = self.constraints.fixed
        scores = np.zeros(len(rows), dtype=np.int64)
        paid = replace(of_quotas, cardinality_dual=0).paid(self.quotas, Arcs(rows, columns, scores))
        used: BoolArray = (prices.rows[rows] > noise) | (prices.columns[columns] > noise) | (paid != 0)
        return used


KEPT_PAIRS = 4_000_000
"""Tables of no more pairs than this are made once for each set of rules: 16 MB."""


Answer: TypeAlias = FeasibleDuos | Clash | Literal["undecided"]


@dataclass
class FeasibilityOracle:
    """Answers whether demands can be kept together, and counts how often it had to solve.

    Attributes
    ----------
    keys : pair of uint64 arrays
        Of rows and columns.
    tiling : Tiling
        How pairs may be cut up.
    watch : Watch
        Gets the progress.
    tuning : Tuning, optional
        Constants of the solver.
    questions : int
        How many times something had to be solved.
    """

    keys: tuple[KeyArray, KeyArray]
    tiling: Tiling
    watch: Watch
    tuning: Tuning | None = None
    questions: int = 0
    _likely: Arcs | None = field(default=None, repr=False)
    _known: KnownAnswers = field(default_factory=KnownAnswers, repr=False)
    _tables: dict[tuple[str, ...], ScoreTable] = field(default_factory=dict, repr=False)

    def ask(self, constraints: ConstraintSet, kept: BoolArray) -> Answer:
        """Return duos that keep some demands, or which of them clash.

        Parameters
        ----------
        constraints : ConstraintSet
            Everything.
        kept : bool array
            What is asked for.
        """
        direct = constraints.clash(kept)
        if direct is not None:
            of = np.zeros_like(kept)
            of[direct] = True
            return Clash(of)
        question = FeasibilityQuestion.of(constraints, kept)
        if not question.quotas and (constraints.empty_is_feasible or len(question.fixed[0])):
            return FeasibleDuos(*question.fixed)
        pairs = self._pairs(question)
        if question.holds_for_no_duos and not constraints.empty_is_feasible:
            some = self._find_possible_duo(question, pairs)
            if not len(some.rows) or not question.quotas:
                return some
            question = question.demanding_one_duo()
        known = self._known.answer(question)
        if known is None:
            known = self._solve(question, pairs)
            if known is None:
                return "undecided"
            self._known.learn(question, known)
        return Clash(question.clashing_demands(known)) if isinstance(known, InfeasibilityProof) else known

    def _find_possible_duo(self, question: FeasibilityQuestion, pairs: PairSource) -> FeasibleDuos:
        """Return a duo that could be, were it not for quotas; none if there is none."""
        free = [capacity > 0 for capacity in question.capacities]
        for there in slices(pairs.shape[1], self.tiling.columns):
            block = pairs.block(there)
            for here in slices(pairs.shape[0], self.tiling.rows):
                allowed = block.tile(here) != NO_PAIR
                rows, columns = np.nonzero(allowed & free[0][here, None] & free[1][None, there])
                if len(rows):
                    return FeasibleDuos(rows[:1] + here.start, columns[:1] + there.start)
        return FeasibleDuos(*question.fixed)

    def _solve(
        self, question: FeasibilityQuestion, pairs: PairSource
    ) -> FeasibleDuos | InfeasibilityProof | None:
        """Return duos, or why there are none; ``None`` if that is not decided."""
        self.questions += 1
        constraints = question.constraints
        if self._likely is None:
            of_people = Problem(pairs, *constraints.capacities, *self.keys)
            self._likely = likely_pairs(of_people, self.tiling, self.watch, self.tuning)
        problem = Problem(pairs, *question.capacities, *self.keys)
        try:
            found = find_feasible_choice(
                problem, question.quotas, self.tiling, self._likely, self.watch, self.tuning
            )
        except UndecidedError:
            return None
        if isinstance(found, InfeasibilityProof):
            return found
        rows, columns = question.fixed
        return FeasibleDuos(np.append(rows, found.rows), np.append(columns, found.columns))

    def _pairs(self, question: FeasibilityQuestion) -> PairSource:
        """Return the pairs that the kept rules allow, but for duos that are formed already."""
        constraints, (rows, columns) = question.constraints, question.fixed
        forbidding = [rule for rule in constraints.rules.forbidding if rule.label == SAME_PERSON]
        forbidding += question.rules
        if constraints.shape[0] * constraints.shape[1] > KEPT_PAIRS:
            forbidding.append(BlockedPairs.of("fix", (rows, columns)))
            return AllowedPairs(constraints.model, Rules(tuple(forbidding), ()))
        name = tuple(rule.label for rule in forbidding)
        if name not in self._tables:
            allowed = AllowedPairs(constraints.model, Rules(tuple(forbidding), ()))
            self._tables = {name: score_all_pairs(allowed, self.tiling)}
        table = self._tables[name].table.copy()
        table[rows, columns] = NO_PAIR
        return ScoreTable(table)
