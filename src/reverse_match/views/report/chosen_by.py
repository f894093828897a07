"""What counted: the policy in words, since who is concerned may ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.policy.policy import Fair
from reverse_match.views.report.blocks import Column, Lines, Name, Text, sentences, table

if TYPE_CHECKING:
    from reverse_match.matching.results.matching import Matching
    from reverse_match.views.report.blocks import Block, Cell
    from reverse_match.views.words.phrases import Phrases


def chosen_by_blocks(matching: Matching, say: Phrases) -> tuple[Block, ...]:
    """Return objective, criteria, rules, credits and synonyms."""
    policy = matching.policy_in_force
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
