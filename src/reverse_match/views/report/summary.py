"""The summary: figures, what is proved, and whether a lottery decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.matching.results.matching import without_duo
from reverse_match.views.report.blocks import KeyFigures, sentences
from reverse_match.views.report.quotas import quotas_are_kept
from reverse_match.views.words.what_is_proved import what_is_proved

if TYPE_CHECKING:
    from reverse_match.matching.results.matching import Matching
    from reverse_match.people.cohort import Cohort
    from reverse_match.views.report.blocks import Block
    from reverse_match.views.words.phrases import Phrases


def summary_blocks(matching: Matching, people: Cohort | None, say: Phrases, lang: str) -> tuple[Block, ...]:
    """Return the figures that matter most, and what is proved."""
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
    told = [_proof(matching, say, lang), _lottery(matching, say)]
    if matching.quotas:
        kept = say("quotas kept", count=say.count(len(matching.quotas)))
        told.append(kept if quotas_are_kept(matching) else say("quotas not kept"))
    told.append(say("day", day=say.day(matching.as_of)) if matching.as_of else "")
    told.append(say("no people") if people is None else "")
    return (KeyFigures(say("figures"), tuple(figures)), *sentences(*told))


def _proof(matching: Matching, say: Phrases, lang: str) -> str:
    proof = matching.certificate
    if not matching.duos:
        return say("no duos")
    if not proof.proved:
        return say("not proved", gap=say.share(proof.gap, 4))
    policy = matching.policy_in_force
    best = what_is_proved(policy, len(matching.duos), proof.duos_bound, proof.worst, lang)
    return say("proved", best=best, pairs=say.count_allowed_pairs(proof.pairs_checked))


def _lottery(matching: Matching, say: Phrases) -> str:
    several = matching.certificate.equal_optima
    if several is None or not matching.duos:
        return ""
    return say("lottery", seed=str(matching.policy.seed)) if several else say("one optimum")
