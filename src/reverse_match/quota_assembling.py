"""Puts names back on the prices of quotas, and says how each quota is met."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from reverse_match.matching import DuosProof, QuotaPrice, QuotaResult
from reverse_match.policy import EachQuota, ShareQuota
from reverse_match.quota_sums import PairQuota, SideQuota, reached
from reverse_match.scoring.grid import points, rounded_millionths
from reverse_match.search_assembling import proof_by_cases
from reverse_match.solver.quota_bounds import PAIR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.arrays import IntArray
    from reverse_match.constraints.quotas import CompiledQuota
    from reverse_match.preparing import Prepared
    from reverse_match.solver.quota_bounds import QuotaProof
    from reverse_match.solver.quota_solve import QuotaSolution


def quota_results(prepared: Prepared, rows: IntArray, columns: IntArray) -> tuple[QuotaResult, ...]:
    """Return how each quota of the policy is met by some duos.

    Parameters
    ----------
    prepared : Prepared
        Has the quotas.
    rows, columns : int64 arrays
        Of all duos.
    """
    return tuple(
        _result(prepared, place, [part for part in prepared.quotas if part.place == place], rows, columns)
        for place in range(len(prepared.policy.quotas))
    )


def _result(
    prepared: Prepared, place: int, parts: Sequence[CompiledQuota], rows: IntArray, columns: IntArray
) -> QuotaResult:
    quota, sums = prepared.policy.quotas[place], parts[0].sums
    if isinstance(quota, EachQuota):
        loads = reached(sums, rows, columns)
        lowest = int(loads.min()) if len(loads) else 0
        return QuotaResult(name=parts[0].name, lowest=lowest, highest=int(loads.max(initial=0)))
    counted = sums.marks.among(rows, columns) if isinstance(sums, PairQuota) else np.ones(len(rows), bool)
    count = int(counted.sum())
    if not isinstance(quota, ShareQuota):
        return QuotaResult(name=parts[0].name, reached=count)
    share = points(rounded_millionths(count / len(rows))) if len(rows) else None
    return QuotaResult(name=parts[0].name, reached=share)


def quota_proof(prepared: Prepared, found: QuotaSolution, fixed_total: int) -> dict[str, Any]:
    """Return the parts of a certificate that quotas need.

    Parameters
    ----------
    prepared : Prepared
        Who is who.
    found : QuotaSolution
        What was chosen, and why it is the best.
    fixed_total : int
        What fixed duos are worth.
    """
    worth = prepared.worth
    return {
        "quota_prices": _prices(prepared.quotas, found.total, worth.full),
        "relaxed_bound": worth.shown(found.total.bound + fixed_total),
        **_searched(prepared, found.total),
        "duos_proof": None if found.count is None else duos_proof(prepared, found.count),
    }


def duos_proof(prepared: Prepared, proof: QuotaProof) -> DuosProof:
    """Return the prices that bound the number of duos, by id."""
    values = proof.prices.rows, proof.prices.columns
    prices = [
        {side.ids[place]: price[place] / PAIR for place in side.by_id.tolist() if len(price) and price[place]}
        for side, price in zip(prepared.people, values, strict=True)
    ]
    return DuosProof(
        bound=(proof.bound + PAIR * len(prepared.rules.fixed)) / PAIR,
        mentor_prices=prices[0],
        mentee_prices=prices[1],
        quota_prices=_prices(prepared.quotas, proof, PAIR),
        **_searched(prepared, proof),
    )


def _searched(prepared: Prepared, proof: QuotaProof) -> dict[str, Any]:
    searched = proof.searched
    if searched is None:
        return {}
    return {
        "searched_pairs": searched.pairs,
        "cases": proof_by_cases(prepared, proof.quotas, searched),
    }


def _prices(quotas: Sequence[CompiledQuota], proof: QuotaProof, unit: int) -> tuple[QuotaPrice, ...]:
    """Return what duos pay, for each quota or group at once: a share may be bounded from both sides."""
    paid: dict[tuple[int, str | None], tuple[int, int]] = {}
    for quota, sums, prices in zip(quotas, proof.quotas, proof.of_quotas.of_sums, strict=True):
        inside, outside = _coefficients(sums)
        for index in np.flatnonzero(prices).tolist():
            price, name = int(prices[index]), (quota.place, quota.groups[index] if quota.groups else None)
            before = paid.get(name, (0, 0))
            paid[name] = before[0] + price * inside, before[1] + price * outside
    return tuple(
        QuotaPrice(quota=place, group=group, inside=inside / unit, outside=outside / unit)
        for (place, group), (inside, outside) in sorted(
            paid.items(), key=lambda item: (item[0][0], item[0][1] or "")
        )
    )


def _coefficients(sums: SideQuota | PairQuota) -> tuple[int, int]:
    return (sums.inside, sums.outside) if isinstance(sums, PairQuota) else (1, 0)
