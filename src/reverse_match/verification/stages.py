"""The stages of an objective, each with the prices that bound it: number of duos, worst duo, total.

Every stage has a proof of the same form. A duo is worth 1 in the first two stages, and its worth to the
objective in the third. The excess of a pair is this worth minus its payments for quotas and the prices of its
two people. Weak duality of linear programming gives an upper bound on every matching: the sum of the excesses
above 0 over all pairs of the stage, plus the prices of all places, plus the largest possible payment for the
quotas. A vertex cover is a special case: with a price of 1 for each scarce person, the bound is their
capacity plus the number of pairs that they leave uncovered (König 1931).

Duos are whole, so prices may leave a gap; a proof by cases can close it (:mod:`.cases`).
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
"""Units of a duo in the proof of a number of duos under quotas, where prices are whole units."""


@dataclass
class Stage:
    """One stage of an objective with its proof, to which the audit adds pairs tile by tile.

    Attributes
    ----------
    what : str
        Name of the bounded quantity, for messages.
    unit : int
        Number of units that make 1.
    worth : callable
        Returns the worth of the pairs of a tile, in units.
    prices : StagePrices
        Prices of the proof.
    fixed, reached, goal : int
        Worth of the fixed duos, of all duos, and the least worth of a better matching, in units.
    above : int or None
        If given, the stage is about the pairs with a higher judged score, in millionths; else about all
        pairs.
    proof : Certificate or DuosProof or None
        The record of the prices, if it also states the bound, as it does under quotas.
    stated : int or None
        The bound that the record states, in units.
    lists : int or None
        If given, pairs whose excess is at least this number of units are listed.
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
        """Add the pairs of a tile; return the excess of each, and marks of the pairs of this stage.

        Parameters
        ----------
        tile : Tile
            The pairs and their scores.
        possible : bool array
            The pairs that could be a free duo.
        judged : int64 array
            Judged scores of the pairs, in millionths.
        marks : list of bool arrays
            The pairs that count in each quota; ``None`` where that does not depend on pairs.
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
        """The upper bound that the prices prove, in units."""
        return self.excess + self.prices.of_places + (self.prices.most_paid or 0) + self.fixed

    @property
    def searched(self) -> bool:
        """Whether a search closed the gap that the prices leave."""
        return self.proof is not None and self.proof.searched_pairs is not None

    @property
    def bound(self) -> int:
        """The bound that follows from all parts of the proof, in units."""
        if self.stated is None:
            return self.proved
        return self.reached if self.searched else self.stated

    @property
    def candidates(self) -> CandidatePairs:
        """All listed pairs."""
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
        """Check a bound that is stated beside the prices, and the proof by cases that lowers it."""
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
    """The stages of an objective, and the faults in the statement of their prices.

    Attributes
    ----------
    duos : Stage
        Proof that there are no more duos.
    worst : Stage or None
        Proof that the worst of as many duos cannot be better, under ``max_min``.
    total : Stage
        Proof that the total of as many duos cannot be higher.
    faults : list of Finding
        Faults of the stated prices.
    """

    duos: Stage
    worst: Stage | None
    total: Stage
    faults: list[Finding]

    @property
    def all(self) -> list[Stage]:
        """The stages that the objective has."""
        return [stage for stage in (self.total, self.duos, self.worst) if stage is not None]


def stages_of(claim: Claim) -> Stages:
    """Return the stages of a matching's objective, with the proofs of its certificate."""
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
    """Makes stages from the statements of a certificate, and collects the faults of these."""

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
        """Return the stage of a number of duos: with the proof under quotas, else with the scarce people."""
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
