"""The rules that one round of a plan has beside the policy of the plan.

Nobody meets the partner of another round again, and people who are away have no partner. Duos that the policy
fixes and that are formed in other rounds are not demanded once more. These rules hold for one round only, so
they are no part of the policy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reverse_match.foundation.names import id_key
from reverse_match.policy import Fix, Forbid
from reverse_match.policy.conditions import Not, Require
from reverse_match.policy.rules import AllOfRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reverse_match.policy import Rule
    from reverse_match.policy.values import Pair

OTHER_ROUNDS = "other rounds of the plan"
"""Name of the rule that forbids the pairs of the other rounds."""

ABSENT = "absent in this round"
"""Name of the rule under which people who are away have no partner."""


def rules_of_round(others: Sequence[Pair], absent: Sequence[str]) -> Iterator[Rule]:
    """Yield the rules that a round has beside those of its policy.

    Parameters
    ----------
    others : sequence of pairs of ids
        Duos of the other rounds.
    absent : sequence of str
        Ids of people who are away in this one.

    Examples
    --------
    >>> [rule.name for rule in rules_of_round([("lea", "ada")], ["tom"])]
    ['other rounds of the plan', 'absent in this round']
    """
    if others:
        yield Forbid(name=OTHER_ROUNDS, pairs=tuple(others))
    if absent:
        nobody: Any = tuple(
            Not(condition=Require(of=role, field="id", equals=tuple(absent))) for role in ("mentor", "mentee")
        )
        yield AllOfRule(name=ABSENT, conditions=nobody)


def without_fixed_elsewhere(rules: Sequence[Rule], others: Iterable[Pair]) -> tuple[Rule, ...]:
    """Return rules that do not fix the duos of other rounds.

    Examples
    --------
    >>> fix = Fix(pairs=[("lea", "ada"), ("tom", "marc")])
    >>> without_fixed_elsewhere([fix], [("lea", "ada")])[0].pairs
    (('tom', 'marc'),)
    """
    elsewhere = {(id_key(mentor), id_key(mentee)) for mentor, mentee in others}
    return tuple(_but(rule, elsewhere) if isinstance(rule, Fix) else rule for rule in rules)


def _but(rule: Fix, elsewhere: set[tuple[str, str]]) -> Fix:
    here = [pair for pair in rule.pairs if (id_key(pair[0]), id_key(pair[1])) not in elsewhere]
    return rule if len(here) == len(rule.pairs) else rule.model_copy(update={"pairs": tuple(here)})
