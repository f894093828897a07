"""Sections of the report with the summary and the quotas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.matching.results.matching import without_duo
from reverse_match.policy.labels import describe_fully
from reverse_match.policy.quotas import BETWEEN_FIELDS, DuosQuota, EachQuota, ShareQuota
from reverse_match.views.html.element import name_of
from reverse_match.views.report.blocks import columns_of, key_figures, lines, sentences, table
from reverse_match.views.summaries import lacking_lines, publication_line, spread_lines, what_is_proved
from reverse_match.views.terminal import notes_on_policy

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from reverse_match.matching.results.matching import Matching, QuotaResult
    from reverse_match.people.cohort import Cohort
    from reverse_match.policy.quotas import Quota
    from reverse_match.views.html.element import Element
    from reverse_match.views.report.blocks import Cell
    from reverse_match.views.with_names import Names
    from reverse_match.views.words.phrases import Phrases


def summary_blocks(
    matching: Matching, people: Cohort | None, say: Phrases, lang: str, names: Names | None = None
) -> Sequence[Element]:
    """Return the key figures, and a sentence on the proof."""
    scores, alone = [duo.score for duo in matching.duos], len(without_duo(matching))
    figures = [
        (say("one duo" if say.is_one(len(scores)) else "n duos"), say.count(len(scores))),
        (say("one without" if say.is_one(alone) else "n without"), say.count(alone)),
    ]
    if scores:
        figures += [
            (say("mean"), say.number(sum(scores) / len(scores))),
            (say("lowest"), say.number(min(scores))),
            (say("highest"), say.number(max(scores))),
            (say("total"), say.number(matching.total)),
        ]
    told = [say("purpose", purpose=matching.purpose)] if matching.purpose else []
    told += [publication_line(matching, lang) or "", _proof(matching, say, lang), _lottery(matching, say)]
    told += lacking_lines(matching, lang, names, len(matching.duos))
    if matching.quotas:
        kept = say("quotas kept", count=say.count(len(matching.quotas)))
        told.append(kept if quotas_are_kept(matching) else say("quotas not kept"))
    told += spread_lines(matching, lang)
    told.append(say("day", day=say.day(matching.as_of)) if matching.as_of else "")
    told.append(say("no people") if people is None else "")
    return (key_figures(say("figures"), figures), *sentences(*told))


def note_blocks(matching: Matching, people: Cohort | None, lang: str) -> Sequence[Element]:
    """Return what a reader should know of policy and matching; nothing where there is no note."""
    return () if people is None else sentences(*notes_on_policy(matching, people, lang))


def _proof(matching: Matching, say: Phrases, lang: str) -> str:
    proof = matching.certificate
    if not matching.duos:
        return say("no duos")
    if not proof.proved:
        return say("not proved", gap=say.share(proof.gap, 4))
    return say(
        "proved",
        best=what_is_proved(matching.policy_in_force, proof, lang),
        pairs=say.count_allowed_pairs(proof.pairs_checked),
    )


def _lottery(matching: Matching, say: Phrases) -> str:
    several = matching.certificate.equal_optima
    if several is None or not matching.duos:
        return ""
    return say("lottery", seed=str(matching.policy.seed)) if several else say("one optimum")


ROUNDING = 1e-6
"""Tolerance for shares, which are stored in millionths."""


def quota_blocks(matching: Matching, say: Phrases) -> Sequence[Element]:
    """Return a table of quotas with the numbers reached, or nothing if there are none."""
    priced = {price.quota for price in matching.certificate.quota_prices or ()}
    heads = {"quota": 22, "counts": 25, "reached": 13, "bounds": 16, "kept": 11, "cost": 13}
    quotas = matching.policy_in_force.quotas
    rows: list[tuple[Cell, ...]] = [
        (
            name_of(say.named(told.name)),
            name_of(_what_counts(quota, say)),
            _reached_in_words(quota, told, say),
            lines(_bounds(quota, say)),
            say("yes" if _is_kept(quota, told) else "no"),
            say("yes" if place in priced else "no"),
        )
        for place, (quota, told) in enumerate(zip(quotas, matching.quotas, strict=True))
    ]
    return table(say("quotas"), columns_of(heads, say), rows, caption_seen=False, wide=True)


def quotas_are_kept(matching: Matching) -> bool:
    """Say whether the numbers reached lie within the bounds of all quotas."""
    return all(_is_kept(*pair) for pair in zip(matching.policy_in_force.quotas, matching.quotas, strict=True))


def _what_counts(quota: Quota, say: Phrases) -> str:
    if isinstance(quota, DuosQuota):
        return say("all duos")
    if isinstance(quota, EachQuota):
        groups = say("each", field=say.made_names.subject(BETWEEN_FIELDS.join(quota.paths)))
        condition = quota.condition
        return groups if condition is None else f"{groups} ({say.named(describe_fully(condition))})"
    return say.named(describe_fully(quota.condition))


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
