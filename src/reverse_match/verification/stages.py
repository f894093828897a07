"""The stages of an objective, and the prices that bound each: as many duos, the worst of them, their total.

Every stage has a proof of one form. A duo is worth 1, or what the objective says. From this goes what it pays
for quotas, and the prices of its two people; what is left above 0 is added up over all pairs that the stage
is about. With the prices of all places, and the most that can be paid for the quotas, that is more than no
matching can reach: weak duality. Scarce people are such prices, too: with a price of 1 for each of them, the
sum is the capacity of a vertex cover and the number of pairs that it leaves uncovered (König 1931).

What prices leave open, duos being whole, a proof by cases can close (:mod:`.cases`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from reverse_match.foundation.errors import Finding
from reverse_match.foundation.fixed_point import ONE
from reverse_match.verification.cases import CandidatePairs, CaseWalk
from reverse_match.verification.people import ROLES
from reverse_match.verification.prices import (
    PricedQuota,
    StagePrices,
    exact_sum,
    price_column,
    read_quota_prices,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.matching.results.matching import Certificate, DuosProof, QuotaPrice
    from reverse_match.matching.results.proof_by_cases import ProofByCases
    from reverse_match.verification.claim import Claim
    from reverse_match.verification.conditions import Tile
    from reverse_match.verification.people import PeopleIndex

    Marks = list[BoolArray | None]

TOTAL = "total"

DUO_UNITS = 100_000
"""Units that a duo is worth in the proof of a number of duos under quotas; prices there are whole units."""


@dataclass
class Stage:
    """One stage of an objective with its proof, to which the audit adds pairs tile by tile.

    Attributes
    ----------
    what : str
        What is bounded.
    unit : int
        How many units make 1.
    worth : callable
        Returns what the pairs of a tile are worth, in units.
    prices : StagePrices
        Of the proof.
    fixed, reached, goal : int
        What fixed duos are worth, what all duos are, and what those of a better matching would be, in units.
    above : int or None
        The stage is about pairs that are judged higher, in millionths; about all, if not given.
    proof : Certificate or DuosProof or None
        What the prices are of, where the bound is stated beside them: under quotas.
    stated : int or None
        That bound, in units.
    lists : int or None
        How little pairs may be worth above what they pay that are listed; none are, if not given.
    """

    what: str
    unit: int
    worth: Callable[[Tile], Any]
    prices: StagePrices
    fixed: int
    reached: int
    goal: int
    above: int | None = None
    proof: Certificate | DuosProof | None = None
    stated: int | None = None
    lists: int | None = None
    excess: int = 0
    listed: list[CandidatePairs] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.stated is not None and self.searched:
            self.lists = self.goal - self.stated

    def add(
        self, tile: Tile, possible: BoolArray, judged: IntArray, marks: Marks
    ) -> tuple[IntArray, BoolArray]:
        """Add the pairs of a tile; return what each is worth above its prices, and which are counted.

        Parameters
        ----------
        tile : Tile
            The pairs, and what they score.
        possible : bool array
            Which of them could be a free duo.
        judged : int64 array
            By what they are judged, in millionths.
        marks : list of bool arrays
            Which of them count in each quota; ``None`` where that does not depend on pairs.
        """
        counted = possible if self.above is None else possible & (judged > self.above)
        worth = self.worth(tile)
        excess = self.prices.excess(worth, tile.ends, marks)
        self.excess += exact_sum(excess[counted & (excess > 0)])
        if self.lists is not None:
            row, column = np.nonzero(counted & (excess >= self.lists))
            kept = [None if mark is None else mark[row, column] for mark in marks]
            worth = np.broadcast_to(worth, excess.shape)[row, column]
            self.listed.append(
                CandidatePairs(row + tile.rows.start, column + tile.columns.start, worth, kept)
            )
        return excess, counted

    @property
    def proved(self) -> int:
        """What the prices prove that no matching exceeds, in units."""
        return self.excess + self.prices.of_places + (self.prices.most_paid or 0) + self.fixed

    @property
    def searched(self) -> bool:
        """Whether a search closed what the prices leave open."""
        return self.proof is not None and self.proof.searched_pairs is not None

    @property
    def bound(self) -> int:
        """The bound that follows from all parts of the proof, in units."""
        if self.stated is None:
            return self.proved
        return self.reached if self.searched else self.stated

    @property
    def candidates(self) -> CandidatePairs:
        """All pairs that are listed."""
        nothing = np.empty(0, dtype=np.int64)
        rows, columns, worth = (
            np.concatenate([nothing, *(getattr(part, name) for part in self.listed)])
            for name in ("rows", "columns", "worth")
        )
        marks = [
            None if mark is None else np.concatenate([part.marks[place] for part in self.listed])
            for place, mark in enumerate(self.listed[0].marks if self.listed else ())
        ]
        return CandidatePairs(rows, columns, worth, marks)

    def findings(self, people: PeopleIndex) -> Iterator[Finding]:
        """Check a bound that is stated beside the prices, and the proof by cases that goes on from it."""
        proof = self.proof
        if proof is None or self.stated is None:
            return
        if self.stated < self.proved:
            message = f"the bound on the {self.what}: the prices"
            if self.what == TOTAL:
                shown, stated = self.proved / self.unit, self.stated / self.unit
                yield Finding("bound", f"{message} prove {shown}, which is more than the stated {stated}")
            else:
                yield Finding("bound", f"{message} of quotas do not prove it")
        if proof.cases is not None and proof.searched_pairs is not None:
            yield from self._case_findings(proof.cases, proof.searched_pairs, people)
        elif proof.cases is not None:
            yield Finding("bound", f"a proof by cases of a better {self.what} is of no search")
        elif proof.searched_pairs is not None:
            message = (
                f"the search for a better {self.what} is told of without its proof by cases, as 0.1.0 did"
            )
            right = "right would be to match again, with the same people, policy and seed"
            yield Finding("bound", f"{message}: it cannot be checked without a solver; {right}")

    def _case_findings(self, cases: ProofByCases, searched: int, people: PeopleIndex) -> Iterator[Finding]:
        pairs = self.candidates
        if len(pairs.rows) != searched:
            message = f"{searched} pairs are said to be searched for a better {self.what}"
            yield Finding("bound", f"{message}, but {len(pairs.rows)} could matter")
            return
        walk = CaseWalk(pairs, self.prices, people)
        wrong = walk.fault(cases, self.goal - self.fixed)
        if wrong is not None:
            yield Finding("bound", f"the proof by cases that there is no better {self.what}: {wrong}")


class Stages(NamedTuple):
    """The stages of an objective, and what is wrong with how their prices are stated.

    Attributes
    ----------
    duos : Stage
        That there are no more duos.
    worst : Stage or None
        That the worst of as many duos cannot be better, where that is asked for.
    total : Stage
        That the total of these cannot be higher.
    faults : list of Finding
        What is wrong.
    """

    duos: Stage
    worst: Stage | None
    total: Stage
    faults: list[Finding]

    @property
    def all(self) -> list[Stage]:
        """Those that there are."""
        return [stage for stage in (self.total, self.duos, self.worst) if stage is not None]


def stages_of(claim: Claim) -> Stages:
    """Return the stages of a matching's objective, with their proofs as its certificate states them."""
    certificate, objective, maker = claim.matching.certificate, claim.objective, _StageMaker(claim)
    limited = certificate.duos_proof if claim.quotas else None
    scarce = certificate.scarce_mentors, certificate.scarce_mentees
    duos = maker.duos("number of duos", limited, scarce, one_more=True)
    worst = None
    if objective.kind == "max_min" and not (
        claim.quotas and claim.matching.duos and not certificate.worst_proof
    ):
        scarce = certificate.worst_scarce_mentors or (), certificate.worst_scarce_mentees or ()
        limited = certificate.worst_proof if claim.quotas else None
        worst = maker.duos("worst duo", limited, scarce, one_more=False)
        worst.above = round((certificate.worst_bound or 0) * ONE)
    return Stages(duos, worst, maker.total(), maker.faults)


class _StageMaker:
    """Makes stages of what a certificate states, and notes what is wrong with that."""

    def __init__(self, claim: Claim) -> None:
        self._claim, self.faults = claim, list[Finding]()
        self._left = {role: np.maximum(left, 0) for role, left in claim.demands.left.items()}
        self._numbers = np.arange(min(int(left.sum()) for left in self._left.values()) + 1)

    def duos(
        self,
        what: str,
        proof: DuosProof | None,
        scarce: tuple[Iterable[str], Iterable[str]],
        *,
        one_more: bool,
    ) -> Stage:
        """Return the stage of a number of duos: what quotas prove of it, or else who is scarce."""
        if proof is None:
            unit, stated = 1, [dict.fromkeys(names, 1.0) for names in scarce]
        else:
            unit, stated = DUO_UNITS, [proof.mentor_prices, proof.mentee_prices]
        quota_prices = () if proof is None else proof.quota_prices
        reached, fixed = unit * len(self._claim.matching.duos), unit * len(self._claim.demands.fixed)
        return Stage(
            what,
            unit,
            lambda _: unit,
            self._prices(stated, 0, quota_prices, unit, self._numbers),
            fixed,
            reached,
            reached + unit * one_more,
            proof=proof,
            stated=None if proof is None else round(proof.bound * unit),
        )

    def total(self) -> Stage:
        """Return the stage of the total."""
        claim, certificate, objective = self._claim, self._claim.matching.certificate, self._claim.objective
        reached, priced = objective.to_units(certificate.total), bool(claim.quotas)
        free = len(claim.places) - len(claim.demands.fixed & claim.formed)
        numbers = self._numbers if objective.kind == "total" else np.array([free])
        stated = [certificate.mentor_prices, certificate.mentee_prices]
        duo_price, quota_prices = objective.to_units(certificate.duo_price), certificate.quota_prices or ()
        return Stage(
            TOTAL,
            objective.units,
            objective.worth_of_tile,
            self._prices(stated, duo_price, quota_prices if priced else (), objective.units, numbers),
            objective.worth_of([duo for duo in claim.matching.duos if duo.fixed]),
            reached,
            reached + 1,
            above=(claim.lowest or 0) - 1 if objective.kind == "max_min" else None,
            proof=certificate if priced else None,
            stated=objective.to_units(certificate.relaxed_bound or 0) if priced else None,
        )

    def _prices(
        self,
        stated: Sequence[Mapping[str, float]],
        duo_price: int,
        quota_prices: Sequence[QuotaPrice],
        unit: int,
        numbers: IntArray,
    ) -> StagePrices:
        claim = self._claim
        fixed = sorted(claim.demands.fixed)
        quotas = [PricedQuota(quota, fixed, numbers) for quota in claim.quotas]
        self.faults += read_quota_prices(quotas, quota_prices, unit)
        of = {
            role: price_column(claim.people, role, prices, unit)
            for role, prices in zip(ROLES, stated, strict=True)
        }
        return StagePrices(of, self._left, duo_price, quotas, numbers)
