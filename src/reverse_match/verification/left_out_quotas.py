"""Which quotas keep two people apart, computed a second time from the policy and from what duos pay.

Either both have a place left: then the quotas that would not hold with one duo more, which is counted. Or the
certificate tells what their duo would pay, and whether it would be worth more than the prices of the two if
it did not have to: where forming fewer duos would gain something because quotas limit their number, that is
paid by every duo, and the quotas behind it are those for which it pays in the proof of their number.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from reverse_match.policy import EachQuota, ShareQuota
from reverse_match.verification.quotas import DUO_UNITS, payments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.arrays import BoolArray
    from reverse_match.matching import Matching, QuotaPrice
    from reverse_match.verification.goal import Goal
    from reverse_match.verification.people import People, Place
    from reverse_match.verification.quotas import Asked, Quotas

    Paid = Counter[tuple[int, str | None, bool]]


class QuotasBehind:
    """What keeps pairs apart that are no duos of a matching."""

    def __init__(self, matching: Matching, people: People, quotas: Quotas, goal: Goal) -> None:
        self._quotas = quotas
        # Where the matching does not tell of each quota, that is a finding of its own.
        told = [quota.name for quota in matching.quotas]
        self._names = told if len(told) == len(quotas.asked) else [""] * len(quotas.asked)
        duos = [people.at(duo.mentor, duo.mentee) for duo in matching.duos]
        self._duos = len(duos)
        self._loads: list[Counter[str | None]] = [
            Counter(_group_of(asked, duo) for duo in duos)
            if isinstance(asked.quota, EachQuota)
            else Counter({None: sum(quotas.counted(duos, asked))})
            for asked in quotas.asked
        ]
        proof = matching.certificate
        self._paid = self._read(proof.quota_prices or (), goal.units)
        self._for_number = max(0, -goal.whole(proof.duo_price)) if proof.duos_proof is not None else 0
        by_number = () if proof.duos_proof is None else proof.duos_proof.quota_prices
        self._paid_for_number = self._read(by_number, DUO_UNITS)

    def _read(self, stated: Sequence[QuotaPrice], unit: int) -> Paid:
        paid: Paid = Counter()
        for payment in payments(self._quotas, stated, unit)[0]:
            paid[payment.place, payment.group, True] += payment.inside
            paid[payment.place, payment.group, False] += payment.outside
        return paid

    def broken(self, place: Place, marks: BoolArray) -> tuple[str, ...]:
        """Return the quotas that would not hold with one more duo; marks say in which of them it counts."""
        return self._named(
            [
                not self._holds_with(asked, self._loads[index], place, bool(marks[index]))
                for index, asked in enumerate(self._quotas.asked)
            ]
        )

    def _holds_with(self, asked: Asked, loads: Counter[str | None], place: Place, marked: bool) -> bool:
        quota = asked.quota
        if isinstance(quota, EachQuota):
            group = _group_of(asked, place)
            return group is None or quota.at_most is None or loads[group] < quota.at_most
        number, duos = loads[None] + _counts(asked, marked), self._duos + 1
        if isinstance(quota, ShareQuota):
            least = quota.lowest is None or number >= quota.lowest * duos
            return least and (quota.highest is None or number <= quota.highest * duos)
        return quota.at_most is None or number <= quota.at_most

    def paid(self, place: Place, marks: BoolArray) -> tuple[tuple[str, ...], int]:
        """Return the quotas that a duo pays for, and how many units in all."""
        each = [self._of_one(self._paid, index, place, bool(mark)) for index, mark in enumerate(marks)]
        named = [paid > 0 for paid in each]
        if self._for_number:
            for index, mark in enumerate(marks):
                named[index] |= self._of_one(self._paid_for_number, index, place, bool(mark)) > 0
        return self._named(named), sum(max(0, paid) for paid in each) + self._for_number

    def _of_one(self, paid: Paid, index: int, place: Place, marked: bool) -> int:
        asked = self._quotas.asked[index]
        if isinstance(asked.quota, EachQuota):
            group = _group_of(asked, place)
            return 0 if group is None else paid[index, group, True]
        mine, other = (paid[index, None, counts] for counts in (_counts(asked, marked), not marked))
        # Of a share, only what it pays more than the others is in the way of a duo.
        return mine - min(mine, other) if isinstance(asked.quota, ShareQuota) else mine

    def _named(self, marks: Sequence[bool]) -> tuple[str, ...]:
        return tuple(name for name, mark in zip(self._names, marks, strict=True) if mark)


def _group_of(asked: Asked, place: Place) -> str | None:
    return asked.name_of(place[0 if asked.role == "mentor" else 1])


def _counts(asked: Asked, marked: bool) -> bool:
    """Say whether a duo counts; where that does not depend on the pair, every duo does."""
    return marked or asked.statement is None
