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

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from reverse_match.foundation.errors import Finding
from reverse_match.foundation.fixed_point import ONE
from reverse_match.verification.cases import CandidatePairs, CaseWalk
from reverse_match.verification.loads import LoadTerms, too_large
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

    from reverse_match.foundation.arrays import BoolArray, IntArray, NarrowIntArray
    from reverse_match.matching.results.matching import (
        BestUnspread,
        Certificate,
        DuosProof,
        QuotaPrice,
        SpreadProof,
    )
    from reverse_match.matching.results.proof_by_cases import ProofByCases
    from reverse_match.verification.claim import Claim
    from reverse_match.verification.people import PeopleIndex
    from reverse_match.verification.quotas import CohortQuota
    from reverse_match.verification.statements import Tile

    Marks = list[BoolArray | None]


TOTAL = "total"
TOTAL_UNSPREAD = "total without spreading"

HIGHEST_WORTH = 6
"""Largest worth of a pair in points: a full score with all credits that a pair can have."""

DUO_UNITS = 100_000
"""Units of a duo in the proof of a number of duos under quotas, where prices are whole units."""


class NearPairs(NamedTuple):
    """Some pairs of a tile, row by row: their rows and columns in the tile, and their excess."""

    rows: IntArray
    columns: IntArray
    excess: IntArray

    @classmethod
    def none(cls) -> NearPairs:
        """Return no pairs."""
        return cls(*np.zeros((3, 0), dtype=np.int64))

    def from_on(self, least: int) -> NearPairs:
        """Return the pairs with an excess of at least a number."""
        return self.where(self.excess >= least)

    def where(self, marks: BoolArray) -> NearPairs:
        """Return the marked pairs."""
        return NearPairs(self.rows[marks], self.columns[marks], self.excess[marks])


class TileExcess(NamedTuple):
    """The excess of the pairs of a tile; what they pay for quotas is looked at only where it can matter.

    Attributes
    ----------
    prices : StagePrices
        The prices.
    before_payments : int32 or int64 array
        Worth of each pair minus the prices of its people.
    tile : Tile
        The pairs.
    marks : list of bool arrays
        The pairs that count in each quota; ``None`` where that does not depend on pairs.
    """

    prices: StagePrices
    before_payments: NarrowIntArray
    tile: Tile
    marks: Marks

    def from_on(self, least: int, counted: BoolArray) -> NearPairs:
        """Return the counted pairs with an excess of at least a number.

        A pair whose excess is too low even with the least payments that there can be is left out first.
        """
        reach = self.before_payments >= least + self.prices.least_paid
        reach &= counted
        places = np.flatnonzero(reach)
        row, column = np.divmod(places, reach.shape[1])
        return NearPairs(row, column, self._at(places, row, column)).from_on(least)

    def at(self, rows: IntArray, columns: IntArray) -> IntArray:
        """Return the excess of listed pairs, by their rows and columns in the tile."""
        return self._at(rows * self.before_payments.shape[1] + columns, rows, columns)

    def _at(self, places: IntArray, rows: IntArray, columns: IntArray) -> IntArray:
        """Return the same, given also the places in the table read row by row, which are faster to find."""
        left: IntArray = self.before_payments.take(places).astype(np.int64)
        ends = rows + self.tile.rows.start, columns + self.tile.columns.start
        marks = [None if mark is None else mark.take(places) for mark in self.marks]
        return self.prices.less_payments(left, ends, marks).astype(np.int64)

    def of_people(self, places: IntArray, axis: int) -> NarrowIntArray:
        """Return the excess of all pairs of some rows (``axis`` 0) or columns (1), by their places."""
        ends = [*self.tile.ends]
        ends[axis] = ends[axis].take(places, axis)
        marks = [None if mark is None else mark.take(places, axis) for mark in self.marks]
        left = self.before_payments.take(places, axis)
        return self.prices.less_payments(left, (ends[0], ends[1]), marks)


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
        Worth of the fixed duos (with what else counts whatever the free duos are), of all duos, and the least
        worth of a better matching, in units.
    above : int or None
        If given, the stage is about the pairs with a higher judged score, in millionths; else about all
        pairs.
    proof : Certificate, DuosProof, BestUnspread or None
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
    proof: Certificate | DuosProof | BestUnspread | None = None
    stated: int | None = None
    lists: int | None = None
    excess: int = 0
    listed: list[CandidatePairs] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.stated is not None and self.searched:
            self.lists = self.goal - self.stated

    def add(
        self,
        tile: Tile,
        possible: BoolArray,
        judged: NarrowIntArray,
        marks: Marks,
        least: int = 1,
    ) -> tuple[NearPairs, TileExcess | None]:
        """Add the pairs of a tile; return those of this stage that reach an excess, and the excess of all.

        Parameters
        ----------
        tile : Tile
            The pairs and their scores.
        possible : bool array
            The pairs that could be a free duo.
        judged : int32 or int64 array
            Judged scores of the pairs, in millionths.
        marks : list of bool arrays
            The pairs that count in each quota, and last the lacking ones, which not every stage prices;
            ``None`` where that does not depend on pairs.
        least : int
            The excess that returned pairs reach, at most 1. Where it is 1, and the prices of a tile leave no
            pair an excess that matters, no pair is looked at.
        """
        marks = marks[: len(self.prices.quotas)]
        asked = least if self.lists is None else min(least, self.lists)
        worth = self.worth(tile)
        if least > 0 and self.prices.highest(worth, tile.rows, tile.columns) < asked:
            return NearPairs.none(), None
        excess = TileExcess(self.prices, self.prices.before_payments(worth, tile.ends), tile, marks)
        near = excess.from_on(asked, possible if self.above is None else possible & (judged > self.above))
        self.excess += exact_sum(near.excess[near.excess > 0])
        if self.lists is not None:
            self._list(near.from_on(self.lists), worth, excess)
        return near.from_on(least), excess

    def _list(self, near: NearPairs, worth: Any, excess: TileExcess) -> None:
        """Keep some pairs of a tile as candidates."""
        place, tile = (near.rows, near.columns), excess.tile
        kept = [None if mark is None else mark[place] for mark in excess.marks]
        of_each = np.broadcast_to(worth, excess.before_payments.shape)[place]
        ends = near.rows + tile.rows.start, near.columns + tile.columns.start
        self.listed.append(CandidatePairs(*ends, of_each, kept))

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
            if self.what in (TOTAL, TOTAL_UNSPREAD):
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
    spread : Stage or None
        Where duos are spread: proof that no matching as good before that stage spreads them more evenly. Its
        worth is minus the number of pairs of duos that share a person.
    unspread : Stage or None
        Proof that the total of as many duos cannot be higher if they are not spread.
    lacking : Stage or None
        Proof that no fewer of as many duos can lack what is asked as far as possible, if it has its own
        prices.
    faults : list of Finding
        Faults of the stated prices.
    """

    duos: Stage
    worst: Stage | None
    total: Stage
    spread: Stage | None
    unspread: Stage | None
    last: Stage
    lacking: Stage | None
    faults: list[Finding]

    @property
    def all(self) -> list[Stage]:
        """The stages that the objective has."""
        each = self.total, self.duos, self.worst, self.lacking, self.spread, self.unspread
        return [stage for stage in each if stage is not None]


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
    total, spread, lacking = maker.total(), maker.spread(), maker.lacking()
    after = spread is not None and claim.policy.spread is not None and claim.policy.spread.after_total
    last = spread if after and spread is not None else total
    return Stages(duos, worst, total, spread, maker.unspread(), last, lacking, maker.faults)


class _StageMaker:
    """Makes stages from the statements of a certificate, and collects the faults of these."""

    def __init__(self, claim: Claim) -> None:
        self._claim, self.faults = claim, list[Finding]()
        self._loads = LoadTerms.of(claim)
        self._numbers = np.arange(min(int(left.sum()) for left in self._loads.left.values()) + 1)

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

    @property
    def _free(self) -> int:
        return len(self._claim.places) - len(self._claim.demands.fixed & self._claim.formed)

    @property
    def _fixed_worth(self) -> int:
        duos = [duo for duo in self._claim.matching.duos if duo.fixed]
        return self._claim.objective.worth_of(duos)

    @property
    def _above(self) -> int | None:
        """The judged score above which pairs count once the worst duo is settled; ``None`` if all do."""
        return (self._claim.lowest or 0) - 1 if self._claim.objective.kind == "max_min" else None

    def lacking(self) -> Stage | None:
        """Return the stage of the duos that lack nothing, if they have prices of their own."""
        claim, proof, quota = self._claim, self._claim.matching.certificate.lacking_proof, self._claim.lacking
        if proof is None or quota is None:
            return None
        unit, places = DUO_UNITS, set(claim.places)
        fixed = claim.demands.fixed & claim.formed
        free = np.array([len(claim.places) - len(fixed)])
        stated = [proof.mentor_prices, proof.mentee_prices]
        reached = unit * len(places - claim.lacking_places)
        duo_price = round(proof.duo_price * unit)

        def worth(tile: Tile) -> Any:
            marks = quota.marks(tile)
            return unit if marks is None else np.where(marks, 0, unit)

        prices = self._prices(stated, duo_price, proof.quota_prices, unit, free)
        spread = claim.matching.certificate.spread
        if proof.spread_weight and (spread is None or not claim.quotas):
            message = "a cost of duos that share a person is given, but duos are not spread under quotas"
            self.faults.append(Finding("lacking", message))
        if spread is not None and claim.quotas:  # only matchings that spread the duos as evenly
            prices.loads = prices.loads.weighing(proof.spread_weight)
        return Stage(
            "number of duos that lack nothing",
            unit,
            worth,
            prices,
            unit * len(fixed - claim.lacking_places) + prices.loads.weight * (spread.shared if spread else 0),
            reached,
            reached + unit,
            above=self._above,
            proof=proof,
            stated=round(proof.bound * unit),
        )

    def total(self) -> Stage:
        """Return the stage of the total; a spread before it counts in its prices."""
        claim, certificate, objective = self._claim, self._claim.matching.certificate, self._claim.objective
        reached, priced = objective.to_units(certificate.total), bool(claim.quotas)
        priced |= certificate.people is not None and certificate.relaxed_bound is not None
        priced |= claim.lacking is not None and certificate.relaxed_bound is not None
        numbers = self._numbers if objective.kind == "total" else np.array([self._free])
        stated = [certificate.mentor_prices, certificate.mentee_prices]
        duo_price, quota_prices = objective.to_units(certificate.duo_price), certificate.quota_prices or ()
        prices = self._prices(stated, duo_price, quota_prices if priced else (), objective.units, numbers)
        prices = self._charged(prices, claim.lacking)
        fixed, proof, asked = self._fixed_worth, certificate.spread, claim.policy.spread
        if proof is not None and asked is not None and not asked.after_total:
            if not claim.quotas:
                prices = self._together(prices, self._prices_of_spread(proof), proof.weight)
            prices.loads = prices.loads.weighing(proof.weight)
            fixed += proof.weight * proof.shared
        return Stage(
            TOTAL,
            objective.units,
            objective.worth_of_tile,
            prices,
            fixed,
            reached,
            reached + 1,
            above=self._above,
            proof=certificate if priced else None,
            stated=objective.to_units(certificate.relaxed_bound or 0) if priced else None,
        )

    def spread(self) -> Stage | None:
        """Return the stage of the spread, which is among the matchings of the highest total if it is last."""
        claim, proof, asked = self._claim, self._claim.matching.certificate.spread, self._claim.policy.spread
        if proof is None or asked is None:
            return None
        if proof.under_quotas is not None and claim.quotas:
            if asked.after_total:
                return self._spread_after_total(proof, proof.under_quotas)
            return self._spread_under_quotas(proof, proof.under_quotas)
        prices = self._prices_of_spread(proof)
        prices.loads = prices.loads.weighing(1)
        times, fixed = proof.weight if asked.after_total else 0, 0
        if times:
            objective, certificate = claim.objective, claim.matching.certificate
            stated = [certificate.mentor_prices, certificate.mentee_prices]
            duo = objective.to_units(certificate.duo_price)
            earlier = self._prices(stated, duo, (), objective.units, np.array([self._free]))
            worth = objective.units * HIGHEST_WORTH + self._charge
            prices = self._together(prices, earlier, times, worth)
            if not too_large({}, 0, 0, worth * times):
                prices = self._charged(prices, claim.lacking, times)
            fixed = times * (self._fixed_worth - objective.to_units(certificate.total))
        reached = -proof.shared
        return Stage(
            "spread of duos",
            1,
            lambda tile: times * claim.objective.worth_of_tile(tile).astype(np.int64) if times else 0,
            prices,
            fixed,
            reached,
            reached + 1,
            above=self._above,
        )

    def _spread_under_quotas(self, spread: SpreadProof, proof: DuosProof) -> Stage:
        """Return the stage of the spread with prices of quotas, in parts of a duo."""
        unit, stated = DUO_UNITS, [proof.mentor_prices, proof.mentee_prices]
        duo, free = round(proof.duo_price * unit), np.array([self._free])
        prices = self._prices(stated, duo, proof.quota_prices, unit, free)
        prices.loads = prices.loads.weighing(unit)
        reached = -unit * spread.shared
        return Stage(
            "spread of duos",
            unit,
            lambda _: 0,
            prices,
            0,
            reached,
            reached + unit,
            above=self._above,
            proof=proof,
            stated=round(proof.bound * unit),
        )

    def _spread_after_total(self, spread: SpreadProof, proof: DuosProof) -> Stage:
        """Return the stage of a spread after the total: its prices are a multiple of those of the total."""
        claim, certificate, objective = self._claim, self._claim.matching.certificate, self._claim.objective
        times, free = spread.weight, np.array([self._free])
        stated = [certificate.mentor_prices, certificate.mentee_prices]
        duo, paid = objective.to_units(certificate.duo_price), certificate.quota_prices or ()
        prices = self._prices(stated, duo, paid, objective.units, free)
        prices = self._charged(prices, claim.lacking)
        highest = max((quota.largest for quota in prices.quotas), default=0)
        worth = objective.units * HIGHEST_WORTH + self._charge
        if too_large(prices.of, max(abs(prices.duo), highest), times, worth * times):
            self.faults.append(Finding("spread", "prices of the spread, or their weight, are too large"))
            times = 0
        prices = prices.scaled(times)
        prices.loads = self._loads.weighing(1)
        reached = -spread.shared
        return Stage(
            "spread of duos",
            1,
            lambda tile: times * objective.worth_of_tile(tile).astype(np.int64),
            prices,
            times * (self._fixed_worth - objective.to_units(certificate.total)),
            reached,
            reached + 1,
            above=self._above,
            proof=proof,
            stated=round(proof.bound),
        )

    def unspread(self) -> Stage | None:
        """Return the stage of the highest total if duos were not spread."""
        claim, proof = self._claim, self._claim.matching.certificate.spread
        if proof is None or proof.unspread is None:
            return None
        objective, other = claim.objective, proof.unspread
        stated = [other.mentor_prices, other.mentee_prices]
        duo, numbers = objective.to_units(other.duo_price), np.array([self._free])
        reached = objective.to_units(other.total)
        priced = bool(claim.quotas)
        prices = self._prices(stated, duo, other.quota_prices if priced else (), objective.units, numbers)
        charge = objective.to_units(other.lacking_price) if priced else self._charge
        return Stage(
            TOTAL_UNSPREAD,
            objective.units,
            objective.worth_of_tile,
            self._charged(prices, claim.lacking_at_most(other.lacking or 0), 1, charge),
            self._fixed_worth,
            reached,
            reached + 1,
            above=self._above,
            proof=other if priced else None,
            stated=objective.to_units(other.relaxed_bound or 0) if priced else None,
        )

    def _prices_of_spread(self, proof: SpreadProof) -> StagePrices:
        stated = [proof.mentor_prices, proof.mentee_prices]
        return self._prices(stated, proof.duo_price, (), 1, np.array([self._free]))

    def _together(
        self, prices: StagePrices, earlier: StagePrices, weight: int, worth: int = 0
    ) -> StagePrices:
        """Return prices with a multiple of those of the stage before; zeros where sums could overflow."""
        if too_large(earlier.of, earlier.duo, weight, worth * abs(weight)) or too_large(
            prices.of, prices.duo, 1, 0
        ):
            self.faults.append(Finding("spread", "prices of the spread, or their weight, are too large"))
            return prices
        of = {role: prices.of[role] + weight * earlier.of[role] for role in ROLES}
        return replace(prices, of=of, duo=prices.duo + weight * earlier.duo)

    def _prices(
        self,
        stated: Sequence[Mapping[str, float]],
        duo_price: int,
        quota_prices: Sequence[QuotaPrice],
        unit: int,
        numbers: IntArray,
    ) -> StagePrices:
        """Return the prices of a stage."""
        claim = self._claim
        fixed = sorted(claim.demands.fixed)
        quotas = [PricedQuota(quota, fixed, numbers) for quota in claim.quotas]
        self.faults += read_quota_prices(quotas, quota_prices, unit)
        of = {
            role: price_column(claim.people, role, prices, unit)
            for role, prices in zip(ROLES, stated, strict=True)
        }
        return StagePrices(of, self._loads, duo_price, quotas, numbers)

    @property
    def _charge(self) -> int:
        """What a lacking duo pays in the proof of the total, in units."""
        return self._claim.objective.to_units(self._claim.matching.certificate.lacking_price or 0)

    def _charged(
        self, prices: StagePrices, lacking: CohortQuota | None, times: int = 1, charge: int | None = None
    ) -> StagePrices:
        """Return prices with the charge for lacking duos, as that of a last quota, if anything is asked."""
        if lacking is None or self._claim.objective.kind == "total":
            return prices
        last = PricedQuota(lacking, sorted(self._claim.demands.fixed), prices.numbers)
        last.prices[0] = times * (self._charge if charge is None else charge)
        return replace(prices, quotas=[*prices.quotas, last])
