"""Notes on people's own say: what they have stated and nothing keeps or weighs, and what decides nothing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from reverse_match.foundation.errors import CohortError, Fault, PolicyError
from reverse_match.foundation.names import LONGEST_SHOWN
from reverse_match.foundation.text_safety import shorten
from reverse_match.people.stated_preferences import preference_of
from reverse_match.policy import PersonalRules, Preferences, Wants
from reverse_match.policy.conditions import parts_of
from reverse_match.policy.rules import PersonalRulesRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reverse_match.people.cohort import Cohort
    from reverse_match.policy import Policy


def own_say_notes(policy: Policy, cohort: Cohort) -> Iterator[Fault]:
    """Yield a note for each thing that people have said and that a policy leaves aside, or cannot meet."""
    yield from _notes_on_preferences(policy, cohort)
    yield from _notes_on_ranks(policy, cohort)
    if policy.own_weights is not None:
        field = policy.own_weights.field
        if not any(person.attributes.get(field) is not None for person in cohort.participants):
            message = f"nobody fills '{shorten(field, LONGEST_SHOWN)}', so that no weight follows it"
            yield Fault(message, None, None, "own_weights", "no-effect")


def _notes_on_preferences(policy: Policy, cohort: Cohort) -> Iterator[Fault]:
    said = [
        [preference_of(text) for text in person.prefers] for person in cohort.participants if person.prefers
    ]
    asking = sum(any(one.is_must for one in some) for some in said)
    wishing = sum(not all(one.is_must for one in some) for some in said)
    weighed = any(isinstance(one, Preferences) and one.weight > 0 for one in policy.criteria)
    kept = [
        place
        for place, rule in enumerate(policy.rules)
        if any(isinstance(part, PersonalRules) for _, part in parts_of(rule))
    ]
    if asking and not kept:
        yield _musts_not_kept(asking)
    if wishing and not weighed:
        yield _wishes_not_weighed(wishing)
    for place in kept if not asking else ():
        message = "nobody states a must, so that the rule forbids nothing"
        yield Fault(message, None, None, f"rules[{place}]", "no-effect")
    if said and (kept or weighed):
        yield from _notes_on_values(policy, cohort)
        yield from _notes_on_unknown(policy, cohort)


def _musts_not_kept(asking: int) -> Fault:
    who = "1 person states a must" if asking == 1 else f"{asking:,} people state musts"
    message = f"{who}, which no rule of the policy keeps; a rule of the kind personal_rules does"
    return Fault(message, code="must-not-kept")


def _wishes_not_weighed(wishing: int) -> Fault:
    who = "1 person states wishes" if wishing == 1 else f"{wishing:,} people state wishes"
    message = f"{who} in 'prefers', which no criterion weighs; a criterion of the kind preferences does"
    return Fault(message, code="not-weighed")


def _notes_on_unknown(policy: Policy, cohort: Cohort) -> Iterator[Fault]:
    """Yield a note for each field about which somebody has a must, and which others leave empty."""
    from reverse_match.scoring.asked_of_others import not_known_for_musts
    from reverse_match.scoring.columns import Columns
    from reverse_match.scoring.criterion import Sides

    strict = [
        place
        for place, rule in enumerate(policy.rules)
        if isinstance(rule, PersonalRulesRule) and rule.if_unknown == "forbid"
    ]
    if not strict:
        return
    try:
        columns = Columns(cohort, policy, policy.as_of or cohort.as_of or date.today())
        empty = not_known_for_musts(columns, Sides.in_order_of(cohort))
    except (CohortError, PolicyError):
        return  # the match says it, with its place
    for field, count in empty.items():
        who = "1 person does" if count == 1 else f"{count:,} people do"
        shown = shorten(field, LONGEST_SHOWN)
        message = f"{who} not fill '{shown}', about which somebody has a must: the rule forbids these pairs"
        yield Fault(message, None, None, f"rules[{strict[0]}]", "partly-empty")


def _notes_on_values(policy: Policy, cohort: Cohort) -> Iterator[Fault]:
    """Yield a note for each field in which people ask for a value that nobody has."""
    from reverse_match.scoring.asked_of_others import vain_wishes
    from reverse_match.scoring.columns import Columns

    try:
        vain = vain_wishes(Columns(cohort, policy, policy.as_of or cohort.as_of or date.today()))
    except (CohortError, PolicyError):
        return  # the match says it, with its place
    for field, asking in vain.items():
        who = "1 person asks" if asking == 1 else f"{asking:,} people ask"
        message = f"{who} for a value of '{shorten(field, LONGEST_SHOWN)}' that nobody has"
        yield Fault(message, None, None, "'prefers'", "unknown-value")


def _notes_on_ranks(policy: Policy, cohort: Cohort) -> Iterator[Fault]:
    wishes = [one for one in policy.criteria if isinstance(one, Wants) and one.weight > 0]
    ranking = sum(bool(person.wants_ranks) for person in cohort.participants)
    for criterion in wishes:
        if ranking and criterion.scale is None:
            who = "1 person ranks" if ranking == 1 else f"{ranking:,} people rank"
            message = (
                f"{who} whom they want, and criterion '{criterion.name}' has no scale: ranks do not count"
            )
            yield Fault(message, code="no-effect")
