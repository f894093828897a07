"""What stands beside a policy in the next round of a programme.

One rule lists the former partners, with the duos that may stay as an exception. Credits say what counts for
these duos, and for people who had no duo. Rule and credits have names that begin with ``rotation:``, by which
explanations call them. So a matching alone remembers who has met, even if nobody kept a history.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from reverse_match.policy import AnyOf, Credit, Forbid, Listed, NotMetBefore
from reverse_match.policy.added import Added
from reverse_match.policy.conditions import PastDuo, parts_of
from reverse_match.policy.rules import AnyOfRule, NotMetBeforeRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from reverse_match.matching.results.proposal import Proposal
    from reverse_match.matching.results.rotation import FromRound
    from reverse_match.people.cohort import Cohort
    from reverse_match.policy import Policy, Rule
    from reverse_match.policy.values import Role

Pair: TypeAlias = tuple[str, str]

PREFIX = "rotation: "
FORMER_PARTNERS = f"{PREFIX}former partners"
FORBIDDEN_BY_HAND = f"{PREFIX}forbidden by hand before"
WANT_TO_KEEP = f"{PREFIX}both want to keep it"
_OURS = re.compile(
    "|".join([*map(re.escape, (FORMER_PARTNERS, FORBIDDEN_BY_HAND, WANT_TO_KEEP)), f"{PREFIX}no duo for .+"])
)
"""No more than these: a rule or a credit of somebody's own may begin with the same word."""


def no_duo_for(rounds: int) -> str:
    """Return what the credit of somebody who had no duo for some rounds is called."""
    return f"{PREFIX}no duo for {'a round' if rounds == 1 else f'{rounds} rounds'}"


@dataclass(frozen=True)
class RotationInput:
    """The input of a rotation: what the rounds before mean for the next one.

    Attributes
    ----------
    on : date
        The day on which it begins.
    reciprocal : bool
        Whether everybody swaps roles.
    people : Cohort
        Its people, with roles swapped if they do.
    were_there : frozenset of str
        Keys of everybody who was there in the round that ends.
    proposals : mapping of pair to Proposal
        What is proposed for each duo of that round, by keys.
    past : tuple of PastDuo
        All duos that have ended, or would end now.
    staying : tuple of pairs
        Duos that may stay although they were there before, mentor first; sorted.
    kept_by_policy : tuple of pairs
        Duos that the policy fixes, and that may therefore be there again.
    waited : mapping of role and id to int
        Who had no duo in a role that they have now, and for how many rounds in a row.
    forbidden : tuple of pairs
        People whom somebody has forbidden to each other by hand, whoever is here.
    lifted : tuple of pairs
        Of those who were, whom the policy fixes now.
    avoided : tuple of pairs
        Who avoids whom by a record that was taken away or replaced.
    from_history : tuple of FromRound
        Which of these three only the history knew.
    """

    on: date
    reciprocal: bool
    people: Cohort
    were_there: frozenset[str]
    proposals: Mapping[Pair, Proposal]
    past: tuple[PastDuo, ...]
    staying: tuple[Pair, ...]
    kept_by_policy: tuple[Pair, ...]
    waited: Mapping[tuple[Role, str], int]
    forbidden: tuple[Pair, ...]
    lifted: tuple[Pair, ...]
    avoided: tuple[Pair, ...]
    from_history: tuple[FromRound, ...]


def without_rotation(policy: Policy) -> Policy:
    """Return a policy without what a rotation has added to it: one in force may be given to the next.

    The day on which ages count is that of the round, and goes as well.
    """
    rules = tuple(rule for rule in policy.rules if not _is_ours(rule))
    credits_left = tuple(credit for credit in policy.credits if not _is_ours(credit))
    if (rules, credits_left) == (policy.rules, policy.credits):
        return policy
    return policy.model_copy(update={"rules": rules, "credits": credits_left, "as_of": None})


def _is_ours(part: Any) -> bool:
    return _OURS.fullmatch(getattr(part, "name", None) or "") is not None


def remembered_duos(added: Added) -> tuple[PastDuo, ...]:
    """Return the duos of earlier rounds that a rotation remembers."""
    return tuple(
        duo
        for rule in added.rules
        if getattr(rule, "name", None) == FORMER_PARTNERS
        for _, part in parts_of(rule)
        if isinstance(part, NotMetBefore)
        for duo in part.duos
    )


def added_for_next_round(policy: Policy, rotation_input: RotationInput, away: Iterable[str]) -> Added:
    """Return what stands beside a policy in the next round.

    Parameters
    ----------
    policy : Policy
        As it was given.
    rotation_input : RotationInput
        What the rounds before mean.
    away : iterable of str
        Ids of people who were there once, and are not now.
    """
    rules = [_former_partners(policy, rotation_input)] if rotation_input.past else []
    if rotation_input.forbidden:
        rules.append(Forbid(name=FORBIDDEN_BY_HAND, pairs=rotation_input.forbidden))
    return Added(
        rules=tuple(rules),
        credits=tuple(_credits(policy, rotation_input)),
        avoided=rotation_input.avoided,
        as_of=rotation_input.on,
        away=tuple(sorted(away)),
    )


def _former_partners(policy: Policy, rotation_input: RotationInput) -> Rule:
    asked: dict[str, Any] = {
        "duos": rotation_input.past,
        "again_after_months": policy.rotation.again_after_months,
    }
    again = tuple(sorted({*rotation_input.staying, *rotation_input.kept_by_policy}))
    if not again:
        return NotMetBeforeRule(name=FORMER_PARTNERS, **asked)
    conditions = (Listed(pairs=again), NotMetBefore(**asked))
    return AnyOfRule(name=FORMER_PARTNERS, conditions=AnyOf(conditions=conditions).conditions)


def _credits(policy: Policy, rotation_input: RotationInput) -> list[Credit]:
    terms = policy.rotation
    given = []
    if terms.charge and rotation_input.staying:
        given.append(Credit(name=WANT_TO_KEEP, points=terms.charge, pairs=rotation_input.staying))
    if terms.carry_over:
        for rounds in sorted(set(rotation_input.waited.values())):
            seats = sorted(seat for seat, waited in rotation_input.waited.items() if waited == rounds)
            mentors, mentees = (
                tuple(name for of, name in seats if of == role) for role in ("mentor", "mentee")
            )
            points = terms.carry_over * min(rounds, terms.carry_over_rounds)
            given.append(
                Credit(
                    name=no_duo_for(rounds),
                    points=round(points, 6),
                    mentors=mentors,
                    mentees=mentees,
                    counts_in_worst=policy.objective == "max_min",
                )
            )
    return given
