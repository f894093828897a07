"""What the prices of a certificate prove where there are quotas, and the proofs by cases that close the rest.

The proofs have one form: of the total (a duo is worth what the objective says), and of a number of duos (a
duo is worth 1). Each proof adds up, over all pairs, by how much a pair is worth more than the prices of its
people and what it pays for quotas. Where the certificate says that a search closed the rest of the gap, the
pairs that could be in a better matching are collected here, and its proof by cases is checked
(:mod:`.cases`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.errors import Finding
from reverse_match.foundation.fixed_point import ONE
from reverse_match.foundation.names import id_key
from reverse_match.policy import EachQuota
from reverse_match.verification.cases import CandidatePairs, CaseWalk, InitialPrices
from reverse_match.verification.exact import exact_product, exact_sum, wide
from reverse_match.verification.quotas import DUO_UNITS, payments

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.matching.results.matching import Certificate, DuosProof, Matching
    from reverse_match.verification.conditions import Tile
    from reverse_match.verification.demands import Demands
    from reverse_match.verification.objective import CohortObjective
    from reverse_match.verification.people import PeopleIndex, Role
    from reverse_match.verification.quotas import Payment, Quotas


@dataclass
class DualBound:
    """One proof, to which the audit adds pairs tile by tile.

    Attributes
    ----------
    unit : int
        How many units make 1.
    price : dict of role to int64 array
        Of everybody, in units.
    duo_price : int
        What every pair gets.
    payments : list of Payment
        What pairs pay for quotas.
    spare : int or None
        Pairs that lose no more than this are listed; none are if ``None``.
    """

    unit: int
    price: dict[Role, IntArray]
    duo_price: int
    payments: list[Payment]
    spare: int | None
    excess: int = 0
    listed: list[tuple[IntArray, IntArray, IntArray, list[BoolArray | None]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._of_person = {role: price.copy() for role, price in self.price.items()}
        self._of_all = -self.duo_price
        self._of_marked: list[Payment] = []
        for payment in self.payments:
            if payment.cohort_quota.statement is not None:
                self._of_marked.append(payment)
            elif not isinstance(payment.cohort_quota.quota, EachQuota):
                self._of_all += payment.inside
        for role, price in self._of_person.items():
            groups = {
                (id(payment.cohort_quota), payment.group): payment.inside
                for payment in self.payments
                if isinstance(payment.cohort_quota.quota, EachQuota) and payment.cohort_quota.role == role
            }
            for cohort_quota in {
                id(payment.cohort_quota): payment.cohort_quota for payment in self.payments
            }.values():
                if isinstance(cohort_quota.quota, EachQuota) and cohort_quota.role == role:
                    price += [
                        groups.get((id(cohort_quota), cohort_quota.name_of(p)), 0) for p in range(len(price))
                    ]

    def add(
        self, tile: Tile, worth: IntArray, possible: BoolArray, marks: list[BoolArray | None]
    ) -> IntArray:
        """Add the possible pairs of a tile; ``marks`` say for each quota which of them count.

        Returns what each pair is worth above what it pays and the prices of its people.
        """
        left = worth - self._of_all
        for payment in self._of_marked:
            counted = marks[payment.place]
            if counted is not None:
                left = left - np.where(counted, payment.inside, payment.outside)
        left -= self._of_person["mentor"][tile.rows, None]
        left -= self._of_person["mentee"][None, tile.columns]
        self.excess += exact_sum(np.where(possible, np.maximum(left, 0), 0))
        if self.spare is not None:
            row, column = np.nonzero(possible & (left >= -self.spare))
            kept = [None if mark is None else mark[row, column] for mark in marks]
            self.listed.append((row + tile.rows.start, column + tile.columns.start, worth[row, column], kept))
        return left

    @property
    def candidates(self) -> CandidatePairs:
        """The pairs that could be in a better matching: they lose no more than ``spare``."""
        rows, columns, worth = (np.concatenate([part[place] for part in self.listed]) for place in range(3))
        marks = [
            None if first is None else np.concatenate([part[3][place] for part in self.listed])
            for place, first in enumerate(self.listed[0][3])
        ]
        return CandidatePairs(rows, columns, worth, marks)

    def bound(self, demands: Demands, fixed: Mapping[int, tuple[int, int]], numbers: IntArray) -> int:
        """Return the bound on all free duos, if their number is one of ``numbers``."""
        value = self.excess
        for role in ("mentor", "mentee"):
            value += exact_product(np.maximum(demands.left[role], 0), self.price[role])
        most, can_be = -self.duo_price * wide(numbers, self.duo_price), np.ones(len(numbers), dtype=bool)
        for payment in self.payments:
            paid, can_hold = payment.most(fixed[id(payment)], numbers)
            most, can_be = most + paid, can_be & can_hold
        return value + int(most[can_be].max()) if can_be.any() else value


class QuotaProofs:
    """The proofs of a certificate under quotas, to which the audit adds all pairs."""

    def __init__(
        self,
        matching: Matching,
        people: PeopleIndex,
        demands: Demands,
        quotas: Quotas,
        objective: CohortObjective,
    ) -> None:
        self._matching, self._people, self._demands = matching, people, demands
        self._quotas, self._objective = quotas, objective
        certificate, self.wrong = matching.certificate, list[Finding]()
        self._fixed_worth = objective.worth_of([duo for duo in matching.duos if duo.fixed])
        self._stated = objective.to_units(certificate.relaxed_bound or 0)
        self._free = len(matching.duos) - len(demands.fixed)
        self._total = DualBound(
            objective.units,
            {
                "mentor": _column(people, "mentor", certificate.mentor_prices, objective.units),
                "mentee": _column(people, "mentee", certificate.mentee_prices, objective.units),
            },
            objective.to_units(certificate.duo_price),
            self._payments(certificate.quota_prices or (), objective.units),
            None
            if certificate.searched_pairs is None
            else self._stated - objective.to_units(certificate.total) - 1,
        )
        self._duos = self._proof_of_duos(certificate.duos_proof)
        self._worse = self._proof_of_duos(certificate.worst_proof)
        self._least = round((certificate.worst or 0) * ONE) if objective.kind == "max_min" else 0
        self._above = round((certificate.worst_bound or 0) * ONE)

    def _proof_of_duos(self, proof: DuosProof | None) -> DualBound | None:
        if proof is None:
            return None
        price: dict[Role, IntArray] = {
            "mentor": _column(self._people, "mentor", proof.mentor_prices, DUO_UNITS),
            "mentee": _column(self._people, "mentee", proof.mentee_prices, DUO_UNITS),
        }
        spare = round(proof.bound * DUO_UNITS) - DUO_UNITS * self._next_number(proof)
        searched = None if proof.searched_pairs is None else spare
        return DualBound(DUO_UNITS, price, 0, self._payments(proof.quota_prices, DUO_UNITS), searched)

    def _next_number(self, proof: DuosProof) -> int:
        """Return the number of duos that a search must not find."""
        duos = len(self._matching.duos)
        return duos if proof is self._matching.certificate.worst_proof else duos + 1

    def _payments(self, stated: object, unit: int) -> list[Payment]:
        found, wrong = payments(self._quotas, stated, unit)  # type: ignore[arg-type]
        self.wrong += wrong
        return found

    def marks(self, tile: Tile) -> list[BoolArray | None]:
        """Say for each quota which pairs of a tile count; ``None`` where that does not depend on pairs."""
        return [cohort_quota.counts(tile) for cohort_quota in self._quotas.of_cohort]

    def add(self, tile: Tile, possible: BoolArray, marks: list[BoolArray | None]) -> IntArray:
        """Add the possible pairs of a tile to all proofs; return what each is worth above all it pays."""
        scores = tile.scores
        judged = self._objective.judged_scores(tile.rows, tile.columns, scores)
        each = np.full(scores.shape, DUO_UNITS, dtype=np.int64)
        if self._duos is not None:
            self._duos.add(tile, each, possible, marks)
        if self._worse is not None:
            self._worse.add(tile, each, possible & (judged > self._above), marks)
        worth = self._objective.worth_of_tile(tile.rows, tile.columns, scores)
        return self._total.add(tile, worth, possible & (judged >= self._least), marks)

    @property
    def most_duos(self) -> int | None:
        """The number of duos that quotas allow at most, ``None`` where people limit it."""
        if self._duos is None or self._matching.certificate.duos_proof is None:
            return None
        proof = self._matching.certificate.duos_proof
        return len(self._matching.duos) if proof.searched_pairs is not None else int(proof.bound)

    @property
    def highest(self) -> int:
        """What no total exceeds, in units."""
        certificate = self._matching.certificate
        closed = certificate.searched_pairs is not None
        return self._objective.to_units(certificate.total) if closed else self._stated

    def findings(self) -> Iterator[Finding]:
        """Check all proofs."""
        yield from self.wrong
        certificate = self._matching.certificate
        if certificate.quota_prices is None or certificate.relaxed_bound is None:
            yield Finding("bound", "there are quotas, but the certificate has no prices of them")
            return
        if certificate.duos_proof is not None and (certificate.scarce_mentors or certificate.scarce_mentees):
            message = (
                "quotas limit the number of duos, so nobody's capacity does, but somebody is called scarce"
            )
            yield Finding("bound", message)
        any_number = self._objective.kind == "total"
        numbers = self._numbers if any_number else np.array([self._free])
        proved = self._total.bound(self._demands, self._fixed_counts(self._total), numbers)
        if self._stated < proved + self._fixed_worth:
            shown = self._objective.from_units(proved + self._fixed_worth)
            message = f"the prices prove {shown}, which is more than the stated {certificate.relaxed_bound}"
            yield Finding("bound", f"the bound on the total: {message}")
        yield from self._search_findings(self._total, certificate, numbers, "total")
        yield from self._duos_findings(self._duos, certificate.duos_proof, "number of duos")
        yield from self._duos_findings(self._worse, certificate.worst_proof, "worst duo")

    def _duos_findings(
        self, dual_bound: DualBound | None, proof: DuosProof | None, what: str
    ) -> Iterator[Finding]:
        if dual_bound is None or proof is None:
            return
        stated, fixed = round(proof.bound * DUO_UNITS), DUO_UNITS * len(self._demands.fixed)
        proved = dual_bound.bound(self._demands, self._fixed_counts(dual_bound), self._numbers)
        if stated < proved + fixed:
            yield Finding("bound", f"the bound on the {what}: the prices of quotas do not prove it")
        if dual_bound is self._worse and proof.searched_pairs is None:
            if stated >= DUO_UNITS * len(self._matching.duos):
                yield Finding("worst", "as many duos could all score more than the bound on the worst duo")
            return
        yield from self._search_findings(dual_bound, proof, self._numbers, what)

    @property
    def _numbers(self) -> IntArray:
        left = [int(np.maximum(self._demands.left[role], 0).sum()) for role in ("mentor", "mentee")]
        return np.arange(min(left) + 1)

    def _fixed_counts(self, dual_bound: DualBound) -> dict[int, tuple[int, int]]:
        """Return how many fixed duos there are, and how many of them count for each payment."""
        places = sorted(self._demands.fixed)
        found = {}
        for payment in dual_bound.payments:
            counted = self._quotas.which_count(places, payment.cohort_quota, payment.group)
            found[id(payment)] = len(places), sum(counted)
        return found

    def _search_findings(
        self, dual_bound: DualBound, proof: Certificate | DuosProof, numbers: IntArray, what: str
    ) -> Iterator[Finding]:
        if proof.searched_pairs is None or proof.cases is None:
            if proof.cases is not None:
                yield Finding("bound", f"a proof by cases of a better {what} is of no search")
            elif proof.searched_pairs is not None:
                message = (
                    f"the search for a better {what} is told of without its proof by cases, as 0.1.0 did"
                )
                right = "right would be to match again, with the same people, policy and seed"
                yield Finding("bound", f"{message}: it cannot be checked without a solver; {right}")
            return
        candidates = dual_bound.candidates
        if len(candidates.rows) != proof.searched_pairs:
            yield Finding(
                "bound",
                f"{proof.searched_pairs} pairs are said to be searched for a better {what}, "
                f"but {len(candidates.rows)} could matter",
            )
            return
        initial = InitialPrices(dual_bound.price, dual_bound.duo_price, dual_bound.payments)
        walk = CaseWalk(candidates, initial, self._people, self._demands, self._quotas, numbers)
        wrong = walk.fault(proof.cases, self._aim(dual_bound))
        if wrong is not None:
            yield Finding("bound", f"the proof by cases that there is no better {what}: {wrong}")

    def _aim(self, dual_bound: DualBound) -> int:
        """Return what free duos would be worth that are better than those of the matching, in units."""
        if dual_bound is self._total:
            return self._objective.worth_of([duo for duo in self._matching.duos if not duo.fixed]) + 1
        return DUO_UNITS * (self._free + (dual_bound is not self._worse))


def _column(people: PeopleIndex, role: Role, prices: Mapping[str, float], unit: int) -> IntArray:
    column = np.zeros(len(people.of[role]), dtype=np.int64)
    for name, price in prices.items():
        column[people.place[role][id_key(name)]] = round(price * unit)
    return column
