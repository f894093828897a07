"""What the report says, section by section, from what the matching holds."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from reverse_match.names.normalise import name_key
from reverse_match.plots.people import day_of, people_of_duos
from reverse_match.policy.labels import in_full
from reverse_match.policy.objective import Fair
from reverse_match.policy.quotas import DuosQuota, EachQuota, ShareQuota
from reverse_match.report.blocks import (
    Code,
    Column,
    Figures,
    Folded,
    Lines,
    Name,
    Section,
    Text,
    sentences,
    table,
)
from reverse_match.report.duos import EACH_SEEN, duo_blocks
from reverse_match.report.pictures import pictures
from reverse_match.rotation import KINDS
from reverse_match.sentences.languages import report_language
from reverse_match.what_is_proved import what_is_proved

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.amendment import Amendment
    from reverse_match.cohort import Cohort
    from reverse_match.explanation import ScoredDuo
    from reverse_match.left_out import Unmatched
    from reverse_match.matching_facts import MatchingFacts, QuotaFacts
    from reverse_match.participant import Participant
    from reverse_match.policy.quotas import Quota
    from reverse_match.report.blocks import Block, Cell
    from reverse_match.sentences.report_language import ReportLanguage

ROUNDING = 1e-6
"""A share is told to a millionth."""


def sections(matching: MatchingFacts, people: Cohort | None, lang: str) -> tuple[Section, ...]:
    """Return the sections of the report, without those that have nothing to say.

    Parameters
    ----------
    matching : Matching
        What is told.
    people : Cohort or None
        The people that it was formed of, if they are there.
    lang : str
        ``"en"`` or ``"fr"``.

    Raises
    ------
    CohortError
        If these are not the people that were matched.
    InputError
        If the language is not known.
    MissingExtraError
        If matplotlib is not installed.
    """
    say = report_language(lang)
    found = [
        ("summary", _summary(matching, people, say, lang)),
        ("round", _round(matching, say, lang)),
        ("quotas", _quotas(matching, say)),
        ("duos", duo_blocks(matching, people, say, lang) if matching.duos else ()),
        ("left out", _left_out(matching, say, lang)),
        ("by hand", _by_hand(matching, say)),
        ("diversity", _diversity(matching, people, say)),
        ("pictures", pictures(matching, people, say, lang)),
        ("chosen by", _chosen_by(matching, say)),
        ("certificate", _certificate(matching, say)),
        ("verify", _verify(matching, say)),
    ]
    return tuple(Section(key.replace(" ", "-"), say(key), blocks) for key, blocks in found if blocks)


def _summary(
    matching: MatchingFacts, people: Cohort | None, say: ReportLanguage, lang: str
) -> tuple[Block, ...]:
    scores = [duo.score for duo in matching.duos]
    figures = [
        (say("n duos"), say.count(len(scores))),
        (say("n without"), say.count(len({left.id for left in matching.unmatched}))),
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
        kept = all(_kept(*pair) for pair in zip(matching.policy.quotas, matching.quotas, strict=True))
        told.append(
            say("quotas kept", count=say.count(len(matching.quotas))) if kept else say("quotas not kept")
        )
    told.append(say("day", day=say.day(matching.as_of)) if matching.as_of else "")
    told.append(say("no people") if people is None else "")
    return (Figures(say("figures"), tuple(figures)), *sentences(*told))


def _proof(matching: MatchingFacts, say: ReportLanguage, lang: str) -> str:
    proof = matching.certificate
    if not matching.duos:
        return say("no duos")
    if not proof.proved:
        return say("not proved", gap=say.share(proof.gap, 4))
    best = what_is_proved(matching.policy, len(matching.duos), proof.duos_bound, proof.worst, lang)
    return say("proved", best=best, pairs=say.count(proof.pairs_checked))


def _lottery(matching: MatchingFacts, say: ReportLanguage) -> str:
    several = matching.certificate.equal_optima
    if several is None or not matching.duos:
        return ""
    return say("lottery", seed=str(matching.policy.seed)) if several else say("one optimum")


def _round(matching: MatchingFacts, say: ReportLanguage, lang: str) -> tuple[Block, ...]:
    rotation = matching.rotation
    if rotation is None:
        return ()
    counts = {kind: rotation.count(kind) for kind in KINDS}
    told = [say.round(rotation.round, say.day(rotation.on)), say.passage(*(counts[kind] for kind in KINDS))]
    told.append(say.learned(len(rotation.learned)) if rotation.learned else "")
    told.append(say("reciprocal") if rotation.reciprocal else "")
    columns = (
        Column(say("mentor"), share=22),
        Column(say("mentee"), share=22),
        Column(say("score"), number=True, share=9),
        Column(say("why"), share=47),
    )
    parts = []
    for kind in KINDS:
        rows: list[tuple[Cell, ...]] = [
            (
                Name(change.mentor or ""),
                Name(change.mentee or ""),
                Text("" if change.score is None else say.number(change.score)),
                Text(change.why(lang)),
            )
            for change in rotation.changes
            if change.kind == kind
        ]
        if kind == "waiting":
            rows = [
                (row[0] if change.mentor else row[1], Text(_role(change.mentor is not None, say)), row[3])
                for row, change in zip(
                    rows, (one for one in rotation.changes if one.kind == kind), strict=True
                )
            ]
        heads = (
            (Column(say("who")), Column(say("role")), Column(say("why"))) if kind == "waiting" else columns
        )
        title = say(f"kind {kind}")
        if rows:
            shown = table(title, heads, rows, caption_seen=False, wide=True)
            parts.append(Folded(f"{title} ({say.count(len(rows))})", shown, len(rows) <= EACH_SEEN))
    return (*sentences(*told), *parts)


def _role(mentor: bool, say: ReportLanguage) -> str:
    return say("as mentor" if mentor else "as mentee")


def _quotas(matching: MatchingFacts, say: ReportLanguage) -> tuple[Block, ...]:
    priced = {price.quota for price in matching.certificate.quota_prices or ()}
    heads = {"quota": 24, "counts": 26, "reached": 14, "bounds": 16, "kept": 8, "cost": 12}
    columns = tuple(Column(say(head), share=share) for head, share in heads.items())
    rows: list[tuple[Cell, ...]] = [
        (
            Name(told.name),
            Name(_counted(quota, say)),
            Text(_reached(quota, told, say)),
            Lines(tuple(_bounds(quota, say))),
            Text(say("yes" if _kept(quota, told) else "no")),
            Text(say("yes" if place in priced else "no")),
        )
        for place, (quota, told) in enumerate(zip(matching.policy.quotas, matching.quotas, strict=True))
    ]
    return table(say("quotas"), columns, rows, caption_seen=False, wide=True)


def _counted(quota: Quota, say: ReportLanguage) -> str:
    if isinstance(quota, DuosQuota):
        return say("all duos")
    return say("each", field=quota.by) if isinstance(quota, EachQuota) else in_full(quota.condition)


def _amount(quota: Quota, value: float, say: ReportLanguage) -> str:
    return say.share(value) if isinstance(quota, ShareQuota) else say.count(int(value))


def _reached(quota: Quota, told: QuotaFacts, say: ReportLanguage) -> str:
    if isinstance(quota, EachQuota):
        return say("between", low=say.count(told.lowest or 0), high=say.count(told.highest or 0))
    return say("nothing") if told.reached is None else _amount(quota, told.reached, say)


def _bounds(quota: Quota, say: ReportLanguage) -> list[str]:
    bounds = (("at least", quota.at_least), ("at most", quota.at_most))
    return [say(word, value=_amount(quota, bound, say)) for word, bound in bounds if bound is not None]


def _kept(quota: Quota, told: QuotaFacts) -> bool:
    low, high = (told.lowest, told.highest) if isinstance(quota, EachQuota) else (told.reached, told.reached)
    enough = low is None or quota.at_least is None or low >= quota.at_least - ROUNDING
    return enough and (high is None or quota.at_most is None or high <= quota.at_most + ROUNDING)


def _left_out(matching: MatchingFacts, say: ReportLanguage, lang: str) -> tuple[Block, ...]:
    if not matching.unmatched:
        return sentences(say("everybody"))
    by_reason: dict[str, list[Unmatched]] = {}
    for left in matching.unmatched:
        by_reason.setdefault(left.reason, []).append(left)
    columns = (Column(say("who"), share=22), Column(say("role"), share=13), Column(say("why"), share=65))
    parts: list[Block] = []
    for reason, people in sorted(by_reason.items(), key=lambda item: (-len(item[1]), item[0])):
        title = say(f"reason {reason}")
        rows: list[tuple[Cell, ...]] = [
            (Name(left.id), Text(_role(left.role == "mentor", say)), Lines(tuple(left.sentences(lang))))
            for left in people
        ]
        shown = table(title, columns, rows, caption_seen=False, wide=True)
        parts.append(Folded(f"{title} ({say.count(len(rows))})", shown, len(matching.unmatched) <= EACH_SEEN))
    short = [line for shortage in matching.shortages for line in shortage.sentences(lang)]
    scarce = [Folded(say("shortages"), sentences(*short), len(short) <= EACH_SEEN)] if short else []
    return (*parts, *scarce, *sentences(say("exact costs"), quiet=True))


def _by_hand(matching: MatchingFacts, say: ReportLanguage) -> tuple[Block, ...]:
    heads = {"on": 12, "by": 10, "because": 18, "asked": 18, "ended": 16, "new": 16, "points lost": 10}
    columns = tuple(
        Column(say(head), number=head == "points lost", share=share) for head, share in heads.items()
    )
    rows: list[tuple[Cell, ...]] = [
        (
            Text(say.day(change.on) if change.on else say("not said")),
            Name(change.author or say("not said")),
            Name(change.reason or say("not said")),
            Lines(tuple(_asked(change, say))),
            Lines(tuple(_scored(change.ended, say))),
            Lines(tuple(_scored(change.new, say))),
            Text(say.number(change.cost, 6)),
        )
        for change in matching.log
    ]
    return table(say("by hand"), columns, rows, caption_seen=False, wide=True)


def _asked(change: Amendment, say: ReportLanguage) -> list[str]:
    told = []
    for word, pairs in (("fixed", change.fixed), ("forbidden", change.forbidden)):
        told += [say(word, pair=say("pair", mentor=pair[0], mentee=pair[1])) for pair in pairs]
    for word, people in (("gone", change.left), ("come", change.joined)):
        told += [say(word, person=person) for person in people]
    return told


def _scored(duos: Sequence[ScoredDuo], say: ReportLanguage) -> list[str]:
    return [f"{say('pair', mentor=duo.mentor, mentee=duo.mentee)} ({say.number(duo.score)})" for duo in duos]


def _diversity(matching: MatchingFacts, people: Cohort | None, say: ReportLanguage) -> tuple[Block, ...]:
    if people is None or not matching.duos:
        return ()
    pairs, day = people_of_duos(matching, people), day_of(matching)
    mixed = [row for field in ("gender", "department", "location") for row in _mixed(field, pairs, say)]
    ages = [(mentor.age_on(day), mentee.age_on(day)) for mentor, mentee in pairs]
    grades = [(mentor.grade, mentee.grade) for mentor, mentee in pairs]
    far = [row for name, ends in (("gap age", ages), ("gap grade", grades)) for row in _gap(name, ends, say)]
    heads = [say(head) for head in ("duos that differ", "share that differs", "known of")]
    gaps = [say(head) for head in ("smallest", "median", "largest", "known of")]
    first = Column(say("what"))
    return (
        *table(say("mixed"), (first, *(Column(head, number=True) for head in heads)), mixed),
        *table(say("apart"), (first, *(Column(head, number=True) for head in gaps)), far),
    )


def _mixed(
    field: str, pairs: Sequence[tuple[Participant, Participant]], say: ReportLanguage
) -> list[tuple[Cell, ...]]:
    known = [
        (getattr(mentor, field), getattr(mentee, field))
        for mentor, mentee in pairs
        if getattr(mentor, field) is not None and getattr(mentee, field) is not None
    ]
    if not known:
        return []
    differ = sum(name_key(one) != name_key(other) for one, other in known)
    told = (say.count(differ), say.share(differ / len(known)), say.of(len(known), len(pairs)))
    return [(Text(say(f"differ {field}")), *map(Text, told))]


def _gap(
    name: str, ends: Sequence[tuple[float | None, float | None]], say: ReportLanguage
) -> list[tuple[Cell, ...]]:
    gaps = [old - young for young, old in ends if young is not None and old is not None]
    if not gaps:
        return []
    told = [_short(value, say) for value in (min(gaps), median(gaps), max(gaps))]
    return [(Text(say(name)), *map(Text, told), Text(say.of(len(gaps), len(ends))))]


def _short(value: float, say: ReportLanguage) -> str:
    return say.number(value, 0 if value == int(value) else 1)


def _chosen_by(matching: MatchingFacts, say: ReportLanguage) -> tuple[Block, ...]:
    policy = matching.policy
    objective = policy.objective
    if isinstance(objective, Fair):
        sought = say("objective fair", alpha=say.number(objective.alpha, 1))
    else:
        sought = say(f"objective {objective}")
    columns = (
        Column(say("criterion")),
        *(Column(say(head), number=True) for head in ("weight", "neutral", "known pairs")),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            Name(say.criterion(criterion.name)),
            Text(say.share(criterion.weight)),
            Text("" if criterion.neutral is None else say.number(criterion.neutral)),
            Text(say.count(criterion.known_pairs)),
        )
        for criterion in matching.criteria
    ]
    rules = [(Name(say.rule(label)),) for label in dict.fromkeys(policy.rule_labels)]
    given = [(Name(credit.name), Text(say.number(credit.points))) for credit in policy.credits]
    same = [(Name(name), Lines(others)) for name, others in policy.synonyms.items()]
    return (
        *sentences(f"{say('objective')}{say('colon')}{sought}."),
        *table(say("criteria"), columns, rows),
        *(table(say("rules"), (Column(say("rule")),), list(rules)) or sentences(say("no rules"))),
        *table(say("credits"), (Column(say("name")), Column(say("points given"), number=True)), list(given)),
        *table(say("synonyms"), (Column(say("name")), Column(say("means"))), list(same)),
        *sentences(say("decides"), quiet=True),
    )


def _certificate(matching: MatchingFacts, say: ReportLanguage) -> tuple[Block, ...]:
    proof = matching.certificate

    def row(name: str, this: str, possible: str = "") -> tuple[Cell, ...]:
        return (Text(say(name)), Text(this), Text(possible))

    rows = [
        row("proof duos", say.count(proof.duos), say.count(proof.duos_bound)),
        row("proof total", say.number(proof.total, 6), say.number(proof.bound, 6)),
    ]
    if proof.worst is not None and proof.worst_bound is not None:
        rows.append(row("proof worst", say.number(proof.worst, 6), say.number(proof.worst_bound, 6)))
    if proof.relaxed_bound is not None:
        rows.append(row("proof relaxed", "", say.number(proof.relaxed_bound, 6)))
    if proof.searched_pairs is not None:
        rows.append(row("proof searched", say.count(proof.searched_pairs)))
    if proof.duo_price:
        rows.append(row("proof price", say.number(proof.duo_price, 6)))
    rows.append(row("proof gap", say.share(proof.gap, 4) if proof.gap else "0"))
    rows.append(row("proof pairs", say.count(proof.pairs_checked)))
    columns = (
        Column(say("figure")),
        Column(say("this"), number=True),
        Column(say("possible"), number=True),
    )
    told = [say("certificate is" if proof.proved else "certificate short")]
    told.append(say("certificate search") if proof.proved and proof.searched_pairs is not None else "")
    return (*sentences(*told), *table(say("proof figures"), columns, rows))


COMMAND = "reverse-match verify matching.json people.csv --policy policy.toml"
PROGRAM = """import reverse_match as rm

matching = rm.Matching.from_json(open("matching.json", "rb").read())
cohort = rm.read_cohort("people.csv")
policy = rm.Policy.load("policy.toml")
rm.verify(matching, cohort, policy)"""


def _verify(matching: MatchingFacts, say: ReportLanguage) -> tuple[Block, ...]:
    digests = (
        ("digest matching", matching.sha256),
        ("digest file", matching.digests.file),
        ("digest cohort", matching.digests.cohort),
        ("digest policy", matching.digests.policy),
    )
    rows: list[tuple[Cell, ...]] = [(Text(say(name)), Name(value)) for name, value in digests if value]
    return (
        *sentences(say("verify how")),
        Code(COMMAND),
        *sentences(say("verify or")),
        Code(PROGRAM),
        *sentences(say("verify other")),
        *table(say("digests"), (Column(say("digest")), Column(say("value"))), rows),
    )
