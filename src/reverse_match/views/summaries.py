"""Summaries of results, their cost and their proof: sentences and table rows for all kinds of view."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from reverse_match.foundation.fixed_point import ONE
from reverse_match.matching.results.matching import without_duo
from reverse_match.matching.stability import trade
from reverse_match.policy.conditions import Teaches
from reverse_match.policy.labels import describe_fully
from reverse_match.policy.over_people import OVER_PEOPLE, FairToPeople
from reverse_match.policy.policy import Fair
from reverse_match.policy.quotas import EachQuota, ShareQuota
from reverse_match.views.with_names import put_names
from reverse_match.views.words.facts import ProofInWords
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction

    from reverse_match.matching.results.amendment import Amendment
    from reverse_match.matching.results.matching import Certificate, Duo, Matching, QuotaResult
    from reverse_match.matching.results.plan import RotationPlan
    from reverse_match.matching.results.rotation import FromRound, Rotation
    from reverse_match.matching.stability import Trade
    from reverse_match.policy import Condition, Policy, Quota
    from reverse_match.policy.values import Pair
    from reverse_match.views.with_names import Names
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
    kind = said if isinstance(said, str) else said.kind
    alpha = said.alpha if isinstance(said, (Fair, FairToPeople)) else 0.0
    if isinstance(said, OVER_PEOPLE):
        return _proved_of_people(policy, proof, lang)
    if kind == "max_min" and proof.worst is None:  # the policy fixes all duos
        kind = "coverage"
    say, spread = language(lang), policy.spread
    spreads = ("", False) if spread is None else (say(f"spread over {spread.of}"), spread.after_total)
    counts = bool(policy.quotas), bool(policy.credits), policy.as_far_as_possible is not None
    return say.nothing_better(ProofInWords(kind, proof.duos, proof.duos_bound, alpha, *counts, *spreads))


def _proved_of_people(policy: Policy, proof: Certificate, lang: str) -> str:
    """Return the same statement under an objective over people."""
    said, say = policy.objective, language(lang)
    if proof.people is None or not isinstance(said, OVER_PEOPLE):  # the policy fixes all duos
        return say.nothing_better(ProofInWords("coverage", proof.duos, proof.duos_bound, 0.0, False, False))
    alpha = said.alpha if isinstance(said, FairToPeople) else 0.0
    counts = bool(policy.quotas), bool(policy.credits), policy.as_far_as_possible is not None
    words = ProofInWords(said.kind, proof.duos, proof.duos_bound, alpha, *counts, over=said.over, of=said.of)
    return say.nothing_better(words)


def people_lines(matching: Matching, lang: str = "en") -> list[str]:
    """Return a sentence on what the person with the least has, where that is raised."""
    said, people, say = matching.policy_in_force.objective, matching.certificate.people, language(lang)
    if people is None or people.lowest is None or not isinstance(said, OVER_PEOPLE):
        return []
    what = say(f"{said.of} over {said.over}")
    return [say("people lowest", what=what, lowest=say.number(people.lowest, 3))]


MOST_PAIRS = 10
"""Largest number of duos that a sentence of the summary names."""


def lacking_lines(
    matching: Matching, lang: str = "en", names: Names | None = None, most: int = MOST_PAIRS
) -> list[str]:
    """Return a sentence that names the duos which lack what is asked as far as possible, if anything is."""
    return _lacking_lines(matching.policy_in_force, matching.duos, lang, names, most)


def _lacking_lines(
    policy: Policy, every: Sequence[Duo], lang: str, names: Names | None, most: int = MOST_PAIRS
) -> list[str]:
    asked, say = policy.as_far_as_possible, language(lang)
    if asked is None or not every:
        return []
    lack = _lack(asked, say)
    duos = [put_names(duo, names) for duo in every if duo.lacking]
    if not duos:
        return [say("lacking none", lack=lack)]
    pairs = [say.formatter.join_names((duo.mentor, duo.mentee)) for duo in duos[:most]]
    if len(duos) > most:
        pairs.append(say.formatter.count_nouns(len(duos) - most, *say.formatter.more))
    return [say.counted("lacking duos", len(duos), lack=lack, pairs=", ".join(pairs))]


def _lack(asked: Condition, say: Phrases) -> str:
    """Return a clause on what a lacking duo lacks."""
    if not isinstance(asked, Teaches):
        return say("lacks condition", name=say.formatter.quote(say.named(describe_fully(asked))))
    anything = asked.at_least == asked.at_level == asked.at_priority == 1 and not asked.skills
    return say(f"lacks {asked.of}") if anything else say(f"lacks enough {asked.of}")


def summary_lines(
    matching: Matching, figures: Trade | None = None, lang: str = "en", names: Names | None = None
) -> list[str]:
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
    lines += [*lacking_lines(matching, lang, names), *quota_lines(matching, lang)]
    lines += [*credit_lines(matching, lang), *spread_lines(matching, lang), *people_lines(matching, lang)]
    if not certificate.proved:
        return [*lines, say("not optimal", gap=_small(say, certificate.gap))]
    checked = say.count_allowed_pairs(certificate.pairs_checked)
    lines.append(
        say("optimal", best=what_is_proved(matching.policy_in_force, certificate, lang), pairs=checked)
    )
    if certificate.equal_optima:
        lines.append(say("others as good", seed=str(matching.policy.seed)))
    return lines


def publication_line(matching: Matching, lang: str = "en") -> str | None:
    """Return a sentence on whether the matching counts yet; ``None`` for a round that says when it begins."""
    say = language(lang)
    if matching.published is not None:
        return say("published on", day=say.day(matching.published))
    return say("a draft") if matching.is_draft else None


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


def spread_lines(matching: Matching, lang: str = "en") -> list[str]:
    """Return sentences on how duos are spread over people and what that costs; nothing if they are not.

    Examples
    --------
    >>> import reverse_match as rm
    >>> people = [{"id": name, "role": "mentor", "capacity": 2} for name in ("lea", "ada")]
    >>> people += [{"id": name, "role": "mentee"} for name in ("marc", "anne")]
    >>> matching = rm.match(rm.Cohort.from_records(people), rm.Policy(spread="mentors"))
    >>> for line in spread_lines(matching):
    ...     print(line)
    Duos are spread over mentors: 2 people have at least 1.
    Spreading them costs nothing: the total is as high as without it.
    """
    say, asked = language(lang), matching.policy_in_force.spread
    if asked is None:
        return []
    sides = [side for side, counts in zip(("mentor", "mentee"), asked.sides, strict=True) if counts]
    loads = [load for side in sides for load in Counter(getattr(duo, side) for duo in matching.duos).values()]
    steps = [
        say.counted("spread step", sum(load >= number for load in loads), duos=say.count(number))
        for number in range(1, max(loads, default=0) + 1)
    ]
    listed = say("list").join(steps) or say("spread of none")
    whom, price = say(f"spread over {asked.of}"), matching.certificate.price_of_spread
    lines = [say("spread reached", whom=whom, listed=listed)]
    if asked.after_total:
        return [*lines, say("spread after")]
    if price is None:
        return [*lines, say("spread cost unknown")]
    return [*lines, *_lacking_by_spread(matching.certificate, say), _price_of_spread(matching, price, say)]


def _lacking_by_spread(proof: Certificate, say: Phrases) -> list[str]:
    """Return a sentence where duos lack what is asked because they are spread, which comes first."""
    without = None if proof.spread is None else proof.spread.unspread
    more = (proof.lacking or 0) - (0 if without is None else without.lacking or 0)
    return [say.counted("spread lacks", more)] if more > 0 else []


def _price_of_spread(matching: Matching, price: float, say: Phrases) -> str:
    """Return what spreading costs of the total, which may gain where more duos lack what is asked."""
    without = matching.certificate.total + price
    total = _plain(say, without, 6)
    if price < 0:
        return say("spread gains", points=say.count_points(-price), total=total)
    if not price:
        return say("spread keeps" if _lacking_by_spread(matching.certificate, say) else "spread is free")
    share = _percent(say, price / without) if without else ""
    return say("spread costs", points=say.count_points(price), share=share, total=total)


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


def change_lines(last: Amendment, lang: str = "en") -> list[str]:
    """Return a sentence on each change that a table of changes asked for, and one on who came first."""
    say = language(lang)
    lines = []
    for one in last.logged:
        told = say(f"because {one.reason}") if one.reason else ""
        fields = [say.made_names.fields.get(name, name) for name in one.fields]
        places = {
            "person": say.formatter.quote(one.person),
            "partner": say.formatter.quote(one.partner or ""),
            "fields": ", ".join(fields),
            "reason": say("logged because", reason=told) if told else "",
        }
        lines.append(say(f"logged {one.kind}", **places))
    first = sorted({name for one in last.precedence for name in one.people})
    return [*lines, say("came first", people=say.formatter.join_names(first))] if first else lines


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


def plan_lines(plan: RotationPlan, lang: str = "en", names: Names | None = None) -> list[str]:
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
        *_lacking_lines(plan.policy, [duo for one in plan.rounds for duo in one.duos], lang, names),
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
