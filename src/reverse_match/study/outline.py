"""The outline of a matching: its duos and their worth, without explanations and prices.

A study solves hundreds of times and looks only at the duos of most solutions. A whole matching also explains
every duo and everybody left out, which takes as long as solving and many times the memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from reverse_match.foundation.fixed_point import ONE
from reverse_match.matching.decode import charges_paid, gap_of, quota_results
from reverse_match.scoring.utility import FULL_UTILITY

if TYPE_CHECKING:
    from reverse_match.matching.encode import Prepared
    from reverse_match.matching.results.matching import Matching, QuotaResult
    from reverse_match.matching.results.people_proof import PeopleProof
    from reverse_match.solver.objectives import Optimum

Pair: TypeAlias = tuple[str, str]


@dataclass(frozen=True)
class Outline:
    """A matching in short.

    Attributes
    ----------
    pairs : tuple of (str, str)
        Ids of the mentor and the mentee of each duo, sorted.
    total : int
        Sum of the scores, in millionths.
    worth : int
        Sum over duos of what the objective maximises, in millionths; it differs from the total under ``fair``
        and with credits.
    full : int
        Worth of a full score to the objective, in millionths.
    worst : int or None
        The lowest score of a duo that the policy does not fix, in millionths, under ``max_min``.
    gap : float
        How far from the best the outline can be, as a share; 0 if it is proved optimal.
    quotas : tuple of QuotaResult
        How each quota is met.
    shared : int or None
        Where duos are spread: number of pairs of duos that share a person.
    people : int or None
        Under an objective over people: the lowest mean or sum in millionths, or the utilities in units.
    lacking : int or None
        Number of duos that lack what the policy asks as far as possible, if it asks for something.
    """

    pairs: tuple[Pair, ...]
    total: int
    worth: int
    full: int
    worst: int | None
    gap: float
    quotas: tuple[QuotaResult, ...]
    shared: int | None = None
    lacking: int | None = None
    people: int | None = None

    @classmethod
    def of(cls, prepared: Prepared, optimum: Optimum) -> Outline:
        """Read the duos of an optimum, and the duos that the policy fixed before solving."""
        chosen = optimum.solution.chosen
        fixed = np.array(prepared.rules.fixed, dtype=np.int64).reshape(-1, 2).T
        rows, columns = (
            np.concatenate([mine, more])
            for mine, more in zip((chosen.rows, chosen.columns), fixed, strict=True)
        )
        scores = prepared.model.at(rows, columns)
        worth = prepared.utility.of_scores(scores)
        mentors, mentees = (side.ids for side in prepared.people)
        pairs = zip(rows.tolist(), columns.tolist(), strict=True)
        return cls(
            tuple(sorted((mentors[row], mentees[column]) for row, column in pairs)),
            int(scores.sum()),
            int(worth.sum()),
            prepared.utility.full,
            None if optimum.worst is None else optimum.worst.score,
            gap_of(prepared, optimum, int(worth[len(chosen) :].sum()) + charges_paid(prepared, optimum)),
            quota_results(prepared, rows, columns),
            None if optimum.spread is None else optimum.spread.reached,
            None if prepared.lacking is None else prepared.count_lacking(rows, columns),
            _of_people(optimum),
        )

    @classmethod
    def of_matching(cls, matching: Matching) -> Outline:
        """Read the duos of a whole matching."""
        proof = matching.certificate
        full = proof.units or ONE
        return cls(
            tuple((duo.mentor, duo.mentee) for duo in matching.duos),
            round(matching.total * ONE),
            round(proof.total * full),
            full,
            None if proof.worst is None else round(proof.worst * ONE),
            proof.gap,
            matching.quotas,
            None if proof.spread is None else proof.spread.shared,
            proof.lacking,
            _of_record(proof.people),
        )


def _of_people(optimum: Optimum) -> int | None:
    found = optimum.people
    if found is None:
        return None
    return found.lowest if found.utility is None else found.utility


def _of_record(proof: PeopleProof | None) -> int | None:
    if proof is None:
        return None
    return round((proof.lowest or 0) * ONE) if proof.utility is None else round(proof.utility * FULL_UTILITY)
