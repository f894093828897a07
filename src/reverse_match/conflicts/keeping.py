"""Whether some of all demands can be kept together, by solving for them alone.

A demand that is left out leaves its mark nowhere: pairs are those that the remaining rules allow, a capacity
that is left out is as large as there are partners, a bound that is left out is none, and a fixed duo that is
left out is a pair like others. What a pair scores does not matter here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from reverse_match.conflicts.known_answers import Clash, Duos, KnownAnswers
from reverse_match.conflicts.question import Question
from reverse_match.constraints.allowed_pairs import AllowedPairs
from reverse_match.constraints.blocked_pairs import BlockedPairs
from reverse_match.constraints.rules import SAME_PERSON, Rules
from reverse_match.errors import UndecidedError
from reverse_match.pair_source import NO_PAIR
from reverse_match.solver.feasibility import Unkept, likely_pairs, some_choice
from reverse_match.solver.kept_pairs import KeptPairs, keep_pairs
from reverse_match.solver.problem import Arcs, Problem
from reverse_match.tiling import slices

if TYPE_CHECKING:
    from reverse_match.arrays import BoolArray, KeyArray
    from reverse_match.constraints.demands import Demanded
    from reverse_match.pair_source import PairSource
    from reverse_match.solver.progress import Watch
    from reverse_match.solver.tuning import Tuning
    from reverse_match.tiling import Tiling

KEPT_PAIRS = 4_000_000
"""Tables of no more pairs than this are made once for each set of rules: 16 MB."""


Answer: TypeAlias = Duos | Clash | Literal["undecided"]


@dataclass
class Keeping:
    """Asks whether demands can be kept together, and counts how often.

    Attributes
    ----------
    keys : pair of uint64 arrays
        Of rows and columns.
    tiling : Tiling
        How pairs may be cut up.
    watch : Watch
        Is told what is going on.
    tuning : Tuning, optional
        Constants of the solver.
    asked : int
        How many times something had to be solved.
    """

    keys: tuple[KeyArray, KeyArray]
    tiling: Tiling
    watch: Watch
    tuning: Tuning | None = None
    asked: int = 0
    _likely: Arcs | None = field(default=None, repr=False)
    _known: KnownAnswers = field(default_factory=KnownAnswers, repr=False)
    _tables: dict[tuple[str, ...], KeptPairs] = field(default_factory=dict, repr=False)

    def ask(self, demanded: Demanded, kept: BoolArray) -> Answer:
        """Return duos that keep some demands, or which of them clash.

        Parameters
        ----------
        demanded : Demanded
            Everything.
        kept : bool array
            What is asked for.
        """
        direct = demanded.clash(kept)
        if direct is not None:
            of = np.zeros_like(kept)
            of[direct] = True
            return Clash(of)
        question = Question.of(demanded, kept)
        if not question.quotas and (demanded.nothing_will_do or len(question.fixed[0])):
            return Duos(*question.fixed)
        pairs = self._pairs(question)
        if question.holds_of_nothing and not demanded.nothing_will_do:
            some = self._some_possible(question, pairs)
            if not len(some.rows) or not question.quotas:
                return some
            question = question.of_some_duo()
        known = self._known.answer(question)
        if known is None:
            known = self._solved(question, pairs)
            if known is None:
                return "undecided"
            self._known.learn(question, known)
        return Clash(question.clashing(known)) if isinstance(known, Unkept) else known

    def _some_possible(self, question: Question, pairs: PairSource) -> Duos:
        """Return a duo that could be, were it not for quotas; none if there is none."""
        free = [capacity > 0 for capacity in question.capacities]
        for there in slices(pairs.shape[1], self.tiling.columns):
            block = pairs.block(there)
            for here in slices(pairs.shape[0], self.tiling.rows):
                allowed = block.tile(here) != NO_PAIR
                rows, columns = np.nonzero(allowed & free[0][here, None] & free[1][None, there])
                if len(rows):
                    return Duos(rows[:1] + here.start, columns[:1] + there.start)
        return Duos(*question.fixed)

    def _solved(self, question: Question, pairs: PairSource) -> Duos | Unkept | None:
        """Return duos, or why there are none; ``None`` if that is not decided."""
        self.asked += 1
        demanded = question.demanded
        if self._likely is None:
            of_people = Problem(pairs, *demanded.capacities, *self.keys)
            self._likely = likely_pairs(of_people, self.tiling, self.watch, self.tuning)
        problem = Problem(pairs, *question.capacities, *self.keys)
        try:
            found = some_choice(problem, question.quotas, self.tiling, self._likely, self.watch, self.tuning)
        except UndecidedError:
            return None
        if isinstance(found, Unkept):
            return found
        rows, columns = question.fixed
        return Duos(np.append(rows, found.rows), np.append(columns, found.columns))

    def _pairs(self, question: Question) -> PairSource:
        """Return the pairs that the kept rules allow, but for duos that are formed already."""
        demanded, (rows, columns) = question.demanded, question.fixed
        forbidding = [rule for rule in demanded.rules.forbidding if rule.label == SAME_PERSON]
        forbidding += question.rules
        if demanded.shape[0] * demanded.shape[1] > KEPT_PAIRS:
            forbidding.append(BlockedPairs.of("fix", (rows, columns)))
            return AllowedPairs(demanded.model, Rules(tuple(forbidding), ()))
        name = tuple(rule.label for rule in forbidding)
        if name not in self._tables:
            allowed = AllowedPairs(demanded.model, Rules(tuple(forbidding), ()))
            self._tables = {name: keep_pairs(allowed, self.tiling)}
        table = self._tables[name].table.copy()
        table[rows, columns] = NO_PAIR
        return KeptPairs(table)
