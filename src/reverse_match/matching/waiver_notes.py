"""What is told of waivers: which let nobody through, how many duos were let through, and one pair why."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reverse_match.foundation.errors import Fault
from reverse_match.foundation.names import id_key, name_key
from reverse_match.matching.results.explanation import WaivedRule
from reverse_match.policy.labels import labels_of
from reverse_match.policy.rules import NotInReportingLineRule, waivers_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reverse_match.matching.results.matching import Matching
    from reverse_match.people.cohort import Cohort
    from reverse_match.people.participant import Participant
    from reverse_match.policy import Policy
    from reverse_match.policy.rules import Waiver

_WORD = re.compile(r"[^\W_]+")


def waiver_notes(policy: Policy, cohort: Cohort) -> Iterator[Fault]:
    """Yield a note on each waiver that lets nobody through."""
    for index, rule in enumerate(policy.rules):
        for number, waiver in enumerate(rule.waivers if isinstance(rule, NotInReportingLineRule) else ()):
            message, code = _without_use(waiver, cohort)
            if message:
                yield Fault(message, None, None, f"rules[{index}].waivers[{number}]", code)


def _without_use(waiver: Waiver, cohort: Cohort) -> tuple[str, str]:
    """Return why a waiver lets nobody through, with the code of the note; empty texts where it does."""
    places = [cohort.position.get(id_key(name)) for name in waiver.pair]
    people = [cohort.participants[place] for place in places if place is not None]
    if len(people) < 2:
        return "names somebody who is not in the file; the waiver lets nobody through", "unknown-id"
    if not (people[0].teaches and people[1].learns):
        return "these two cannot be mentor and mentee; the waiver lets nobody through", "no-effect"
    if not (_stands_above(people[0], people[1], cohort) or _stands_above(people[1], people[0], cohort)):
        return "these two stand in no reporting line; the waiver is not needed", "no-effect"
    return "", ""


def waived_for(mentor: str, mentee: str, policy: Policy, cohort: Cohort) -> tuple[WaivedRule, ...]:
    """Return the rules that would keep a mentor and a mentee apart and are waived for them."""
    asked = id_key(mentor), id_key(mentee)
    rules = zip(policy.rules, labels_of(policy.rules), strict=True)
    return tuple(
        WaivedRule(rule=label, reason=waiver.reason, author=waiver.author, on=waiver.on)
        for rule, label in rules
        for waiver in (rule.waivers if isinstance(rule, NotInReportingLineRule) else ())
        if (*map(id_key, waiver.pair),) == asked and not _without_use(waiver, cohort)[0]
    )


def waived_for_participant(
    mentor: str, mentee: str, policy: Policy, cohort: Cohort
) -> tuple[WaivedRule, ...]:
    """Return the same as one of the two may read it: without who decided, and without reasons on others."""
    return tuple(
        WaivedRule(
            rule=one.rule,
            reason=None if _names_others(one.reason or "", (mentor, mentee), cohort) else one.reason,
            on=one.on,
        )
        for one in waived_for(mentor, mentee, policy, cohort)
    )


def _names_others(text: str, pair: tuple[str, str], cohort: Cohort) -> bool:
    """Say whether a text holds what somebody beside a pair is called: an id, a name or a part of it."""
    words = f" {' '.join(_WORD.findall(name_key(text)))} "
    mine = {*map(id_key, pair)}
    called = {
        " ".join(_WORD.findall(name_key(part)))
        for one in cohort.participants
        if id_key(one.id) not in mine
        for part in (one.id, one.name or "", *(one.name or "").split(), one.email or "")
    }
    return any(part and f" {part} " in words for part in called)


def _stands_above(one: Participant, other: Participant, cohort: Cohort) -> bool:
    above: Participant | None = other
    while above is not None and above.manager_id:
        place = cohort.position.get(id_key(above.manager_id))
        above = None if place is None else cohort.participants[place]
        if above is one:
            return True
    return False


def notes_on_waived_duos(matching: Matching) -> Iterator[Fault]:
    """Yield how many duos a waiver has let through; who they are stands in the policy and in the report."""
    waived = {(*map(id_key, waiver.pair),) for waiver in waivers_of(matching.policy.rules)}
    count = sum((id_key(duo.mentor), id_key(duo.mentee)) in waived for duo in matching.duos)
    if count:
        who = "1 duo is" if count == 1 else f"{count:,} duos are"
        message = f"{who} let through by a waiver; the policy says why"
        yield Fault(message, code="waived")
