"""Sections of the report on the policy in words, the certificate, and how to check it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.policy.policy import Fair
from reverse_match.views.html.element import name_of
from reverse_match.views.report.blocks import columns_of, lines, sentences, table, typed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.matching.results.matching import Matching
    from reverse_match.views.html.element import Element
    from reverse_match.views.report.blocks import Cell
    from reverse_match.views.words.phrases import Phrases


def chosen_by_blocks(matching: Matching, say: Phrases) -> Sequence[Element]:
    """Return objective, criteria, rules, credits and synonyms of the policy."""
    policy = matching.policy_in_force
    objective = policy.objective
    if isinstance(objective, Fair):
        sought = say("objective fair", alpha=say.number(objective.alpha, 1))
    else:
        sought = say(f"objective {objective}")
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
    rules = [(name_of(say.named(label)),) for label in dict.fromkeys(policy.rule_labels)]
    given = [(name_of(say.named(credit.name)), say.number(credit.points)) for credit in policy.credits]
    same = [(name_of(name), lines(others)) for name, others in policy.synonyms.items()]
    return (
        *sentences(f"{say('objective')}{say('colon')}{sought}."),
        *table(say("criteria"), columns_of(("criterion", *figures), say, figures), rows),
        *(table(say("rules"), columns_of(("rule",), say), rules) or sentences(say("no rules"))),
        *table(say("credits"), columns_of(("name", "points given"), say, ("points given",)), given),
        *table(say("synonyms"), columns_of(("name", "means"), say), same),
        *sentences(say("decides"), quiet=True),
    )


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
    told.append(say("certificate search") if proof.proved and proof.searched_pairs is not None else "")
    return (*sentences(*told), *table(say("proof figures"), columns, rows))


def verify_blocks(matching: Matching, say: Phrases) -> Sequence[Element]:
    """Return the command that verifies the matching, the same in Python, and the digests."""
    digests = (
        ("digest matching", matching.sha256),
        ("digest file", matching.digests.file),
        ("digest cohort", matching.digests.cohort),
        ("digest policy", matching.digests.policy),
    )
    rows: list[tuple[Cell, ...]] = [(say(name), name_of(value)) for name, value in digests if value]
    return (
        *sentences(say("verify how")),
        typed(COMMAND),
        *sentences(say("verify or")),
        typed(PROGRAM),
        *sentences(say("verify other")),
        *table(say("digests"), columns_of(("digest", "value"), say), rows),
    )
