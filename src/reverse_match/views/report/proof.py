"""Sections of the report on the policy in words, the certificate, and how to check it."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING

from reverse_match.policy import OwnData, Wants
from reverse_match.policy.labels import describe_fully, table_label
from reverse_match.policy.rules import waivers_of
from reverse_match.policy.scales import BANDS
from reverse_match.views.html.element import name_of
from reverse_match.views.report.blocks import columns_of, lines, sentences, table, typed
from reverse_match.views.words.formatter import MINUS
from reverse_match.views.words.sought import sought

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reverse_match.matching.results.matching import Matching
    from reverse_match.policy import Policy
    from reverse_match.views.html.element import Element
    from reverse_match.views.report.blocks import Cell
    from reverse_match.views.with_names import Names
    from reverse_match.views.words.phrases import Phrases


def chosen_by_blocks(matching: Matching, say: Phrases, names: Names | None = None) -> Sequence[Element]:
    """Return objective, criteria, rules, waivers, credits, synonyms and scales of the policy."""
    policy = matching.policy_in_force
    figures = ("weight", "neutral", "known pairs")
    rows: list[tuple[Cell, ...]] = [
        (
            name_of(say.criterion(criterion.name)),
            say.share(criterion.weight),
            "" if criterion.neutral is None else say.number(criterion.neutral),
            say.count(criterion.known_pairs),
        )
        for criterion in matching.criteria
    ]
    banning = [table_label(one.name) for one in matching.criteria if one.forbidden_pairs is not None]
    labels = *policy.rule_labels, *banning
    rules = [(name_of(say.named(label)),) for label in dict.fromkeys(labels)]
    waived: list[tuple[Cell, ...]] = [
        (
            *(name_of((names or {}).get(one, one)) for one in waiver.pair),
            name_of(waiver.reason),
            name_of(waiver.author),
            say.day(waiver.on) if waiver.on else "",
        )
        for waiver in waivers_of(policy.rules)
    ]
    given = [(name_of(say.named(credit.name)), say.number(credit.points)) for credit in policy.credits]
    same = [(name_of(name), lines(others)) for name, others in policy.synonyms.items()]
    spread = ""
    if policy.spread is not None:
        kind = "objective spread after" if policy.spread.after_total else "objective spread"
        spread = say(kind, whom=say(f"spread over {policy.spread.of}"))
    scales = [
        (name_of(say.made_names.subject(field)), say("bands") if words == BANDS else lines(words))
        for field, words in policy.scales.items()
    ]
    return (
        *sentences(
            f"{say('objective')}{say('colon')}{sought(policy.objective, say)}.", spread, _asked(policy, say)
        ),
        *table(say("criteria"), columns_of(("criterion", *figures), say, figures), rows),
        *(part for line in _scales(matching, say) for part in sentences(line, quiet=True)),
        *(part for line in _own_say(policy, say) for part in sentences(line, quiet=True)),
        *(table(say("rules"), columns_of(("rule",), say), rules) or sentences(say("no rules"))),
        *table(say("waivers"), columns_of(("mentor", "mentee", "why", "decided by", "on"), say), waived),
        *table(say("credits"), columns_of(("name", "points given"), say, ("points given",)), given),
        *table(say("synonyms"), columns_of(("name", "means"), say), same),
        *table(say("scales"), columns_of(("scaled column", "scale words"), say), scales),
        *sentences(say("decides"), quiet=True),
    )


def _scales(matching: Matching, say: Phrases) -> Iterator[str]:
    """Yield which numbers of each table of scores count 0 and 1."""
    for one in matching.criteria:
        if one.scale is not None:
            low, high = (say.tick(number).replace("-", MINUS) for number in one.scale)
            yield say("scale of table", name=say.criterion(one.name), low=low, high=high)


def _asked(policy: Policy, say: Phrases) -> str:
    """Return a sentence on what is asked as far as possible."""
    if policy.as_far_as_possible is None:
        return ""
    return say("asked too", name=say.named(describe_fully(policy.as_far_as_possible)))


def _own_say(policy: Policy, say: Phrases) -> Iterator[str]:
    """Yield what choices count, and how weights follow what matters most to people."""
    for one in policy.criteria:
        if isinstance(one, Wants) and one.scale is not None:
            counts = say("list").join(say.tick(share) for share in one.scale)
            yield say("scale of wishes", name=say.criterion(one.name), counts=counts)
    if policy.own_weights is not None:
        own = policy.own_weights
        yield say("own weights", factor=say.tick(own.factor), share=say.share(float(own.share)))


COMMAND = "reverse-match verify matching.json people.csv --policy policy.toml"
PROGRAM = """import reverse_match as rm

matching = rm.Matching.from_json(open("matching.json", "rb").read())
cohort = rm.read_cohort("people.csv")
policy = rm.Policy.load("policy.toml")
rm.verify(matching, cohort, policy)"""


def certificate_blocks(matching: Matching, say: Phrases) -> Sequence[Element]:
    """Return the certificate in words and numbers."""
    proof = matching.certificate

    def row(name: str, this: str, possible: str = "") -> tuple[Cell, ...]:
        return (say(name), this, possible)

    rows = [
        row("proof duos", say.count(proof.duos), say.count(proof.duos_bound)),
        row("proof total", say.number(proof.total, 6), say.number(proof.bound, 6)),
    ]
    if proof.worst is not None and proof.worst_bound is not None:
        rows.append(row("proof worst", say.number(proof.worst, 6), say.number(proof.worst_bound, 6)))
    people = proof.people
    if people is not None and people.lowest is not None and people.lowest_bound is not None:
        lowest = say.number(people.lowest, 6), say.number(people.lowest_bound, 6)
        rows.append(row("proof lowest of people", *lowest))
    if people is not None and people.utility is not None and people.utility_bound is not None:
        utility = say.number(people.utility, 6), say.number(people.utility_bound, 6)
        rows.append(row("proof utility of people", *utility))
    if proof.lacking is not None and proof.lacking_bound is not None:
        rows.append(row("proof lacking", say.count(proof.lacking), say.count(proof.lacking_bound)))
    if proof.spread is not None:
        rows.append(row("proof spread", say.count(proof.spread.shared), say.count(proof.spread.bound)))
    if proof.relaxed_bound is not None:
        rows.append(row("proof relaxed", "", say.number(proof.relaxed_bound, 6)))
    if proof.searched_pairs is not None:
        rows.append(row("proof searched", say.count(proof.searched_pairs)))
    if proof.duo_price:
        rows.append(row("proof price", say.number(proof.duo_price, 6)))
    rows.append(row("proof gap", say.share(proof.gap, 4) if proof.gap else "0"))
    rows.append(row("proof pairs", say.count(proof.pairs_checked)))
    columns = columns_of(("figure", "this", "possible"), say, ("this", "possible"))
    told = [say("certificate is" if proof.proved else "certificate short")]
    searched = proof.searched_pairs is not None or people is not None
    told.append(say("certificate search") if proof.proved and searched else "")
    return (*sentences(*told), *table(say("proof figures"), columns, rows))


def _data_to_give(matching: Matching) -> list[str]:
    """Return the names of scores and vectors that stand neither in the policy nor in a file beside it."""
    own = (one for one in matching.policy.criteria if isinstance(one, OwnData) and one.file is None)
    return list(dict.fromkeys(one.data_name for one in own if one.sha256 is not None))


def verify_blocks(matching: Matching, say: Phrases) -> Sequence[Element]:
    """Return the command that verifies the matching, the same in Python, and the digests."""
    digests = (
        ("digest matching", matching.sha256),
        ("digest file", matching.digests.file),
        ("digest cohort", matching.digests.cohort),
        ("digest policy", matching.digests.policy),
    )
    rows: list[tuple[Cell, ...]] = [(say(name), name_of(value)) for name, value in digests if value]
    asked = _data_to_give(matching)
    tables = [f"{name!r}: ..." for name in asked]
    return (
        *sentences(say("verify how")),
        typed(COMMAND + "".join(f" --table {quote(name)}=FILE" for name in asked)),
        *sentences(say("verify or")),
        typed(f"{PROGRAM[:-1]}, tables={{{', '.join(tables)}}})" if tables else PROGRAM),
        *sentences(say("verify other")),
        *table(say("digests"), columns_of(("digest", "value"), say), rows),
    )
