"""How each quota is met."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.policy.labels import describe_fully
from reverse_match.policy.quotas import DuosQuota, EachQuota, ShareQuota
from reverse_match.views.report.blocks import Column, Lines, Name, Text, table

if TYPE_CHECKING:
    from fractions import Fraction

    from reverse_match.matching.results.matching import Matching, QuotaResult
    from reverse_match.policy.quotas import Quota
    from reverse_match.views.report.blocks import Block, Cell
    from reverse_match.views.words.phrases import Phrases


ROUNDING = 1e-6
"""A share is told to a millionth."""


def quota_blocks(matching: Matching, say: Phrases) -> tuple[Block, ...]:
    """Return how each quota is met; nothing where there are none."""
    priced = {price.quota for price in matching.certificate.quota_prices or ()}
    heads = {"quota": 24, "counts": 26, "reached": 14, "bounds": 16, "kept": 8, "cost": 12}
    columns = tuple(Column(say(head), share=share) for head, share in heads.items())
    quotas = matching.policy_in_force.quotas
    rows: list[tuple[Cell, ...]] = [
        (
            Name(told.name),
            Name(_what_counts(quota, say)),
            Text(_reached_in_words(quota, told, say)),
            Lines(tuple(_bounds(quota, say))),
            Text(say("yes" if _is_kept(quota, told) else "no")),
            Text(say("yes" if place in priced else "no")),
        )
        for place, (quota, told) in enumerate(zip(quotas, matching.quotas, strict=True))
    ]
    return table(say("quotas"), columns, rows, caption_seen=False, wide=True)


def quotas_are_kept(matching: Matching) -> bool:
    """Say whether what is reached lies within all bounds."""
    return all(_is_kept(*pair) for pair in zip(matching.policy_in_force.quotas, matching.quotas, strict=True))


def _what_counts(quota: Quota, say: Phrases) -> str:
    if isinstance(quota, DuosQuota):
        return say("all duos")
    return say("each", field=quota.by) if isinstance(quota, EachQuota) else describe_fully(quota.condition)


def _amount(quota: Quota, value: float | Fraction, say: Phrases) -> str:
    return say.share(float(value)) if isinstance(quota, ShareQuota) else say.count(int(value))


def _reached_in_words(quota: Quota, told: QuotaResult, say: Phrases) -> str:
    if isinstance(quota, EachQuota):
        return say("between", low=say.count(told.lowest or 0), high=say.count(told.highest or 0))
    return say("nothing") if told.reached is None else _amount(quota, told.reached, say)


def _bounds(quota: Quota, say: Phrases) -> list[str]:
    bounds = (("at least", quota.at_least), ("at most", quota.at_most))
    return [say(word, value=_amount(quota, bound, say)) for word, bound in bounds if bound is not None]


def _is_kept(quota: Quota, told: QuotaResult) -> bool:
    low, high = (told.lowest, told.highest) if isinstance(quota, EachQuota) else (told.reached, told.reached)
    enough = low is None or quota.at_least is None or low >= quota.at_least - ROUNDING
    return enough and (high is None or quota.at_most is None or high <= quota.at_most + ROUNDING)
