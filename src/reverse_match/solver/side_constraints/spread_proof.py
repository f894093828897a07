"""The proof of a spread under quotas, with what the proof without them lacks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reverse_match.solver.assignment.spreading import SpreadProof

if TYPE_CHECKING:
    from reverse_match.solver.side_constraints.lagrangian_bound import QuotaProof


@dataclass(frozen=True)
class SpreadProofUnderQuotas(SpreadProof):
    """The proof that no choice that keeps the quotas, and is as good so far, spreads its pairs more evenly.

    The prices of the total contain all that its proof needs; the weight is the cost of the spread in it.
    After the total it is the multiple of the total's prices with which the cases begin.

    Attributes
    ----------
    under_quotas : QuotaProof or None
        Prices, with those of quotas, that bound minus the spread: before the total in parts of a pair, after
        it in units of the spread. ``None`` where the bound is what pairs outside the problem share.
    """

    under_quotas: QuotaProof | None
