"""Summaries of results, their cost and their proof: sentences and table rows for all kinds of view."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from reverse_match.foundation.fixed_point import ONE
from reverse_match.matching.results.matching import without_duo
from reverse_match.matching.stability import trade
from reverse_match.policy.policy import Fair
from reverse_match.policy.quotas import EachQuota, ShareQuota
from reverse_match.views.words.facts import ProofInWords
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    from reverse_match.matching.results.amendment import Amendment
    from reverse_match.matching.results.matching import Certificate, Matching, QuotaResult
    from reverse_match.matching.results.plan import RotationPlan
    from reverse_match.matching.results.rotation import FromRound, Rotation
    from reverse_match.matching.stability import Trade
    from reverse_match.policy import Policy, Quota
    from reverse_match.policy.values import Pair
    from reverse_match.views.words.phrases import Phrases

ROUND_HEADS = ("round", "duos", "total", "mean", "worst", "sit out")
"""Headings of the table of a plan's rounds."""


def left_out_in_words(matching: Matching, lang: str = "en") -> str:
    """Return the number of people without a duo, and of people with two roles who have a duo in only one."""
    say, alone = language(lang), without_duo(matching)
    half = len({left.id for left in matching.unmatched} - set(alone))
    people = say.count_people(len(alone))
    return (
        say("without, half", people=people, half=say.count(half)) if half else say("without", people=people)
    )


def what_is_proved(policy: Policy, proof: Certificate, lang: str = "en") -> str:
    """Return the statement that a certificate with gap 0 proves, as a clause on all other matchings.

    Examples
    --------
    >>> import reverse_match as rm
    >>> matching = rm.match(rm.read_cohort(rm.demo_path()), rm.Policy(objective="total"))
    >>> what_is_proved(matching.policy, matching.certificate)
    'no other matching of these people has a higher total, and none forms more than 25 duos'
    """
    said = policy.objective
    kind, alpha = ("fair", said.alpha) if isinstance(said, Fair) else (said, 0.0)
    if kind == "max_min" and proof.worst is None:  # the policy fixes all duos
        kind = "coverage"
    counts = bool(policy.quotas), bool(policy.credits)
    return language(lang).nothing_better(ProofInWords(kind, proof.duos, proof.duos_bound, alpha, *counts))


def summary_lines(matching: Matching, figures: Trade | None = None, lang: str = "en") -> list[str]:
    """Return sentences on the result of a matching and its proof."""
    say, certificate = language(lang), matching.certificate
    if not matching.duos:
        return [say("none possible", pairs=say.counted("n pairs", certificate.pairs_checked))]
    figures = figures or trade(matching)
    scores = {
        name: _plain(say, value or 0)
        for name, value in (
            *(("mean", figures.mean), ("worst", figures.worst), ("tenth", figures.tenth_percentile)),
            *(("best", max(duo.score for duo in matching.duos)), ("gini", figures.gini)),
        )
    }
    total = say.count_points(figures.total)
    lines = [say("scores reached", duos=say.count_duos(figures.duos), total=total, **scores)]
    if figures.blocking_pairs is not None:
        lines.append(blocking_line(figures.blocking_pairs, lang))
    lines += [*quota_lines(matching, lang), *credit_lines(matching, lang)]
    if not certificate.proved:
        return [*lines, say("not optimal", gap=_small(say, certificate.gap))]
    checked = say.count_allowed_pairs(certificate.pairs_checked)
    lines.append(
        say("optimal", best=what_is_proved(matching.policy_in_force, certificate, lang), pairs=checked)
    )
    if certificate.equal_optima:
        lines.append(say("others as good", seed=str(matching.policy.seed)))
    return lines


def blocking_line(count: int, lang: str = "en") -> str:
    """Return a sentence on the number of blocking pairs.

    Examples
    --------
    >>> blocking_line(1)
    '1 blocking pair: two people who would both rather be paired together.'
    """
    return language(lang).counted("blocking pairs", count)


def quota_lines(matching: Matching, lang: str = "en") -> list[str]:
    """Return a sentence for each quota on the number reached, and on the dual value of its bounds."""
    say, priced = language(lang), {price.quota for price in matching.certificate.quota_prices or ()}
    lines = []
    for place, (quota, told) in enumerate(zip(matching.policy_in_force.quotas, matching.quotas, strict=True)):
        bounds = say.formatter.conjunction.join(
            say(word, value=_amount(quota, bound, say))
            for word, bound in (("at least", quota.at_least), ("at most", quota.at_most))
            if bound is not None
        )
        bounds = say("costs something", bounds=bounds) if place in priced else bounds
        name = say.formatter.quote(say.named(told.name))
        lines.append(say("quota met", name=name, met=_met(quota, told, say), bounds=bounds))
    return lines


def credit_lines(matching: Matching, lang: str = "en") -> list[str]:
    """Return a sentence on the credits of the duos, or nothing if the policy has no credits."""
    say, given = language(lang), matching.policy_in_force.credits
    if not given:
        return []
    credited = [duo.credits for duo in matching.duos if duo.credits]
    by_name = Counter({credit.name: 0 for credit in given})
    for given_here in credited:
        by_name.update({name: round(value * ONE) for name, value in given_here.items()})
    names = say("list").join(
        f"{say.formatter.quote(say.named(name))} {_plain(say, whole / ONE, 6)}"
        for name, whole in by_name.items()
    )
    points = say.count_points(sum(by_name.values()) / ONE)
    return [say("credits met", duos=say.count_duos(len(credited)), points=points, names=names)]


def _plain(say: Phrases, value: float, places: int = 3) -> str:
    """Return a number as text without separators of thousands."""
    return say.formatter.decimal(value, f".{places}f")


def _small(say: Phrases, gap: float) -> str:
    return say.formatter.decimal(gap, ".2e")


def _percent(say: Phrases, share: float, places: int = 1) -> str:
    return say.formatter.share(share, f".{places}f")


def _amount(quota: Quota, value: float | Fraction | None, say: Phrases) -> str:
    if isinstance(quota, ShareQuota):
        return say("nothing reached") if value is None else _percent(say, float(value))
    return say.count(int(value or 0))


def _met(quota: Quota, told: QuotaResult, say: Phrases) -> str:
    if isinstance(quota, EachQuota):
        return say("between", low=_amount(quota, told.lowest, say), high=_amount(quota, told.highest, say))
    return _amount(quota, told.reached, say)


def cost_lines(last: Amendment, duos: int, lang: str = "en") -> list[str]:
    """Return sentences on the changes of an amendment and their cost.

    Parameters
    ----------
    last : Amendment
        The amendment.
    duos : int
        Number of duos after it.
    lang : str
        ``"en"`` or ``"fr"``.
    """
    say, limit = language(lang), ""
    if last.at_most_changes is not None:
        limit += say("changes allowed", most=str(last.at_most_changes))
    if last.charge is not None:
        limit += say("changes charged", points=say.count_points(last.charge, ""))
    lines = [say.counted("duos kept", duos - len(last.new), changes=str(last.changes), limit=limit)]
    fewer = say.counted("duos fewer" if last.duos_lost > 0 else "duos more", abs(last.duos_lost))
    totals = {"before": _plain(say, last.total_before, 6), "after": _plain(say, last.total_after, 6)}
    lines.append(
        say(
            "total gained" if last.cost < 0 else "total lost",
            points=say.count_points(abs(last.cost)),
            duos=fewer if last.duos_lost else "",
            **totals,
        )
    )
    if last.lifted:
        lines.append(say("allowed again", pairs=_pairs(last.lifted, say)))
    if last.rescored:
        lines.append(say("rescored", points=say.count_points(last.rescored, "+.6f")))
    if last.charge_gap:
        lines.append(say("charge gap", gap=_small(say, last.charge_gap)))
    return lines


def _pairs(pairs: Iterable[Pair], say: Phrases) -> str:
    return ", ".join(say.formatter.join_names(pair) for pair in pairs)


def round_rows(plan: RotationPlan, lang: str = "en") -> list[list[str]]:
    """Return a table row for each round of a plan, with the columns :data:`ROUND_HEADS`."""
    say, rows = language(lang), []
    for number, matching in enumerate(plan.rounds, 1):
        scores = [duo.score for duo in matching.duos]
        mean = _plain(say, matching.total / len(scores)) if scores else "-"
        worst = _plain(say, min(scores)) if scores else "-"
        total, sit_out = _plain(say, matching.total, 6), str(len(without_duo(matching)))
        rows.append([str(number), str(len(scores)), total, mean, worst, sit_out])
    return rows


def plan_lines(plan: RotationPlan, lang: str = "en") -> list[str]:
    """Return sentences on the result of a plan over all rounds and its proof."""
    say, proof, spread = language(lang), plan.certificate, plan.spread
    if spread.mean is None or spread.worst_mean is None:
        return [say("plan none possible", pairs=say.counted("n pairs", proof.pairs_checked))]
    mean, total = _plain(say, spread.mean), say.count_points(plan.total)
    share = _percent(say, spread.worst_share or 0, 2)
    worst = _plain(say, spread.worst_mean)
    lines = [
        say("plan reached", duos=say.count_duos(proof.duos), total=total, mean=mean),
        say("worst round", round=str(spread.worst_round), mean=worst, share=share),
    ]
    if not proof.proved:
        return [*lines, say("plan not optimal", gap=_small(say, proof.gap))]
    return [*lines, say("plan optimal", pairs=say.count_allowed_pairs(proof.pairs_checked))]


def change_rows(rotation: Rotation, lang: str = "en") -> list[list[str]]:
    """Return a table row for each change of a rotation: kind, mentor, mentee, score and reason."""
    say = language(lang)
    return [
        [
            say(f"becomes {change.kind}"),
            change.mentor or "",
            change.mentee or "",
            "" if change.score is None else _plain(say, change.score),
            change.why(lang),
        ]
        for change in rotation.changes
    ]


def rotation_lines(rotation: Rotation, lang: str = "en") -> list[str]:
    """Return sentences on kept, ended and new duos, and on pairs that the history keeps apart."""
    say = language(lang)
    kept, ended, new = (rotation.count(kind) for kind in ("kept", "ended", "new"))
    told = [say.passage(kept, ended, new, len(rotation.waiting))]
    told += [say.counted("learned", len(rotation.learned))] if rotation.learned else []
    return [" ".join(told), *(_from_history(said, say) for said in rotation.from_history)]


def _from_history(said: FromRound, say: Phrases) -> str:
    return say("kept apart", number=str(said.round), pairs=_pairs((*said.forbidden, *said.avoided), say))
