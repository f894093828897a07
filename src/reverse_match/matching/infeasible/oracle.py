"""A feasibility oracle: answers whether some demands can be kept together, by solving for them alone.

Demands that are left out do not constrain the solution. Its pairs are those that the remaining rules allow. A
capacity that is left out is the number of all partners, a bound that is left out does not exist, and a fixed
duo that is left out is a pair like any other. Scores only matter for rules that depend on them.

Earlier answers save solving. Duos that were found for one question may also answer another. A proof of
infeasibility also holds for other bounds and capacities: by weak duality its prices bound every choice of the
same pairs, so that only the sums of prices times bounds change.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from reverse_match.constraints.allowed_pairs import AllowedPairs
from reverse_match.constraints.condition import BlockedPairs
from reverse_match.constraints.demands import LIMITS
from reverse_match.constraints.rules import Rules
from reverse_match.foundation.errors import UndecidedError
from reverse_match.policy.labels import SAME_PERSON
from reverse_match.solver.pairs.problem import Arcs, Problem
from reverse_match.solver.pairs.quotas import UNBOUNDED, PairQuota, SideQuota, reduce_quota, single
from reverse_match.solver.pairs.source import NO_PAIR
from reverse_match.solver.pairs.table import ScoreTable, score_all_pairs
from reverse_match.solver.pairs.tiles import slices
from reverse_match.solver.side_constraints.feasibility import (
    InfeasibilityProof,
    KnownPairs,
    find_feasible_choice,
    likely_pairs,
    may_be_feasible,
    possible_partners,
)
from reverse_match.solver.side_constraints.lagrangian_pairs import holds
from reverse_match.solver.side_constraints.people_alike import ClassesByMarks
from reverse_match.solver.tuning import Tuning

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


REMEMBERED = 30
"""Number of the last answers of each kind that are tried; trying more takes longer than it saves."""


@dataclass(frozen=True)
class FeasibleDuos:
    """The answer that demands can be kept: rows and columns of duos that keep them, fixed duos included."""

    rows: IntArray
    columns: IntArray


@dataclass(frozen=True)
class Clash:
    """The answer that demands cannot be kept: ``of`` marks demands that suffice for a proof."""

    of: BoolArray


@dataclass
class KnownAnswers:
    """Remembers the answers to earlier questions.

    Attributes
    ----------
    duos : list of FeasibleDuos
        Duos found for earlier questions.
    proofs : list of (FeasibilityQuestion, InfeasibilityProof)
        Earlier questions with proofs that no duos keep their demands.
    """

    duos: list[FeasibleDuos] = field(default_factory=list)
    proofs: list[tuple[FeasibilityQuestion, InfeasibilityProof]] = field(default_factory=list)

    def answer(self, question: FeasibilityQuestion) -> FeasibleDuos | InfeasibilityProof | None:
        """Return an answer that follows from an earlier one, or ``None``."""
        for duos in reversed(self.duos[-REMEMBERED:]):
            if _keep(duos, question):
                return duos
        for asked, why in reversed(self.proofs[-REMEMBERED:]):
            bound = _bound(asked, why, question)
            if bound is not None and bound < 0:
                return InfeasibilityProof(bound, why.prices, why.of_quotas)
        return None

    def learn(self, question: FeasibilityQuestion, answer: FeasibleDuos | InfeasibilityProof) -> None:
        """Remember the answer to a question; a proof without prices is of no use for others."""
        if isinstance(answer, FeasibleDuos):
            self.duos.append(answer)
        elif answer.prices is not None:
            self.proofs.append((question, answer))


def _keep(duos: FeasibleDuos, question: FeasibilityQuestion) -> bool:
    """Say whether some duos keep all demands of a question."""
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
        if ((now > 0) & (then == 0)).any():  # the proof did not look at pairs of people without capacity
            return None
        bound += int((price * (now - then)).sum())
    return bound


def _same_pairs(asked: FeasibilityQuestion, question: FeasibilityQuestion) -> bool:
    """Say whether a question has no pairs but those of an earlier one, with the same coefficients in sums."""
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
    """Return the coefficients of marked and of other pairs in a quota."""
    return (quota.inside, quota.outside) if isinstance(quota, PairQuota) else (1, 0)


def _has_priced_bounds(question: FeasibilityQuestion, prices: QuotaDualValues) -> bool:
    """Say whether the question has every bound that has a price."""
    return not any(
        ((price > 0) & (quota.upper >= UNBOUNDED)).any() or ((price < 0) & (quota.lower <= -UNBOUNDED)).any()
        for price, quota in zip(prices.of_sums, question.quotas, strict=True)
    )


NOT_OF_POLICY = -1, False, False
"""Source of a bound that does not come from a quota of the policy."""

NOISE = 100
"""Prices more than this factor below the highest price of a quota are ignored: they stem from breaking
ties."""


@dataclass(frozen=True)
class FeasibilityQuestion:
    """A question to the oracle: can the kept demands hold? Kept fixed duos count as formed already.

    Attributes
    ----------
    constraints : ConstraintSet
        All demands.
    kept : bool array
        For each demand, whether the question includes it.
    rules : list of PairRule
        The kept rules.
    fixed : pair of int64 arrays
        Rows and columns of the kept fixed duos.
    capacities : pair of int64 arrays
        Capacities of rows and of columns that the kept fixed duos leave.
    quotas : list of Quota
        Quotas with the bounds that the kept fixed duos leave.
    sources : list of (int, bool, bool)
        For each of these quotas: index of the quota in the policy, whether lower bounds, and whether upper
        bounds come from it. ``NOT_OF_POLICY`` if it does not come from the policy.
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
        """Return the question about the kept demands of a constraint set."""
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
        """Whether a matching without duos keeps all demands of the question."""
        return not len(self.fixed[0]) and holds(self.quotas, Arcs.union([]))

    def demanding_one_duo(self) -> FeasibilityQuestion:
        """Return the question with the bound of at least one duo, which is no demand of the policy."""
        everybody = np.zeros(self.constraints.shape[0], dtype=np.int64)
        one = SideQuota(0, everybody, single(1), single(UNBOUNDED))
        return replace(self, quotas=[*self.quotas, one], sources=[*self.sources, NOT_OF_POLICY])

    def clashing_demands(self, why: InfeasibilityProof) -> BoolArray:
        """Return a mask of the demands that a proof uses; all kept ones if the proof has no prices."""
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
        """Mark bounds with a price, except lower bounds without which the proof still holds."""
        bound = why.bound
        prices = [] if why.of_quotas is None else why.of_quotas.of_sums
        for (place, below, above), quota, price in zip(self.sources, self.quotas, prices, strict=True):
            if above:
                of[self.constraints.of_quota(place, "at_most")] |= price > 0
            if not below:
                continue
            low = price < 0
            if not isinstance(quota, PairQuota):
                # Without the lower bound its price is 0: pairs of the group lose a gain, which can only lower
                # the proved bound, and the term price * lower is no longer part of it.
                for group in np.flatnonzero(low)[::-1]:
                    lost = int(price[group] * quota.lower[group])
                    if bound - lost < 0:
                        bound -= lost
                        low[group] = False
            of[self.constraints.of_quota(place, "at_least")] |= low

    def _priced_fixed_duos(self, prices: DualValues, of_quotas: QuotaDualValues, noise: int) -> BoolArray:
        """Return a mask of the fixed duos that use a capacity or a quota with a price."""
        rows, columns = self.constraints.fixed
        scores = np.zeros(len(rows), dtype=np.int64)
        paid = replace(of_quotas, cardinality_dual=0).paid(self.quotas, Arcs(rows, columns, scores))
        used: BoolArray = (prices.rows[rows] > noise) | (prices.columns[columns] > noise) | (paid != 0)
        return used


KEPT_PAIRS = 4_000_000
"""Largest number of pairs for which a table of scores (16 MB) is kept for the last set of rules."""


Answer: TypeAlias = FeasibleDuos | Clash | Literal["undecided"]


@dataclass
class FeasibilityOracle:
    """Answers whether demands can be kept together, and counts the questions that it had to solve.

    Attributes
    ----------
    keys : pair of uint64 arrays
        Keys of rows and of columns, which decide between equally good pairs.
    tiling : Tiling
        Cuts the pairs into tiles.
    watch : Watch
        Receives the progress.
    tuning : Tuning, optional
        Constants of the solver.
    questions : int
        Number of questions that were solved.
    """

    keys: tuple[KeyArray, KeyArray]
    tiling: Tiling
    watch: Watch
    tuning: Tuning | None = None
    questions: int = 0
    _likely: Arcs | None = field(default=None, repr=False)
    _known: KnownAnswers = field(default_factory=KnownAnswers, repr=False)
    _tables: dict[tuple[str, ...], ScoreTable] = field(default_factory=dict, repr=False)
    _partners: dict[tuple[object, ...], tuple[IntArray, IntArray]] = field(default_factory=dict, repr=False)
    _classes: ClassesByMarks = field(default_factory=ClassesByMarks, repr=False)

    def ask(self, constraints: ConstraintSet, kept: BoolArray) -> Answer:
        """Return duos that keep some demands, or demands among them that clash, or ``"undecided"``.

        Parameters
        ----------
        constraints : ConstraintSet
            All demands.
        kept : bool array
            For each demand, whether the question includes it.
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
        """Return one pair that rules and capacities allow, whatever the quotas; no duos if there is none."""
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
        """Return duos, or a proof that there are none; ``None`` if the solver's limits leave it undecided."""
        self.questions += 1
        problem = Problem(pairs, *question.capacities, *self.keys)
        known = self._known_pairs(question, pairs)
        try:
            found = find_feasible_choice(
                problem, question.quotas, self.tiling, known, self.watch, self.tuning
            )
        except UndecidedError:
            return None
        if isinstance(found, InfeasibilityProof):
            return found
        rows, columns = question.fixed
        return FeasibleDuos(np.append(rows, found.rows), np.append(columns, found.columns))

    def guess(self, constraints: ConstraintSet, kept: BoolArray) -> bool | None:
        """Guess quickly whether some demands can be kept; ``None`` where a guess does not help.

        Parameters
        ----------
        constraints : ConstraintSet
            All demands.
        kept : bool array
            For each demand, whether the question includes it.
        """
        rows, columns = constraints.shape
        if rows * columns < (self.tuning or Tuning()).alike_from or constraints.clash(kept) is not None:
            return None
        question = FeasibilityQuestion.of(constraints, kept)
        if question.holds_for_no_duos and not constraints.empty_is_feasible:
            question = question.demanding_one_duo()
        pairs = self._pairs(question)
        problem = Problem(pairs, *question.capacities, *self.keys)
        return may_be_feasible(problem, question.quotas, self._known_pairs(question, pairs))

    def _known_pairs(self, question: FeasibilityQuestion, pairs: PairSource) -> KnownPairs:
        """Return what questions about the same people share."""
        name = tuple(rule.label for rule in question.rules), *(ends.tobytes() for ends in question.fixed)

        def likely() -> Arcs:
            if self._likely is None:
                of_people = Problem(pairs, *question.constraints.capacities, *self.keys)
                self._likely = likely_pairs(of_people, self.tiling, self.watch, self.tuning)
            return self._likely

        def partners() -> tuple[IntArray, IntArray]:
            if name not in self._partners:
                self._partners[name] = possible_partners(
                    Problem(pairs, *question.capacities, *self.keys), self.tiling
                )
            return self._partners[name]

        return KnownPairs(likely, partners, self._classes)

    def _pairs(self, question: FeasibilityQuestion) -> PairSource:
        """Return the pairs that the kept rules allow, without the kept fixed duos."""
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
