"""Finds the parts of a policy that have no meaning for these people, and would still decide something.

A rule on an empty column forbids everything, or nothing. A quota on a department without people cannot be
reached. An id in a list that differs from somebody's by capitals names nobody. A rule on reporting lines
protects nobody whose manager is not in the file. None of these is an error, since another file may have such
people, but each deserves a note: before the match, and in the report on it.

No pair is looked at: what a column lacks, and what the solver has counted for each person, say it all.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

from reverse_match.constraints.rows_and_columns import CompilationContext
from reverse_match.foundation.errors import Fault
from reverse_match.foundation.names import LONGEST_SHOWN, id_key, name_key, near_name
from reverse_match.foundation.text_safety import shorten
from reverse_match.matching.infeasible.unknown_values import unknown_values
from reverse_match.matching.own_say_notes import own_say_notes
from reverse_match.matching.vocabulary_notes import notes_on_vocabulary
from reverse_match.matching.waiver_notes import notes_on_waived_duos, waiver_notes
from reverse_match.people.headings import FIELDS
from reverse_match.people.id_notes import ids_by_loose_key, near_id
from reverse_match.people.participant import TWO_ROLES, most_duos
from reverse_match.policy import (
    CommonTime,
    CountQuota,
    Coverage,
    Custom,
    DuosQuota,
    EachQuota,
    NotMetBefore,
    OwnData,
    Preferences,
    Require,
    ShareQuota,
    Wants,
)
from reverse_match.policy.asked_time import asked_time
from reverse_match.policy.conditions import (
    Among,
    ComparedTexts,
    GapBetween,
    HasCommonTime,
    NotInReportingLine,
    OverlappingHours,
    Shared,
    Teaches,
    parts_of,
)
from reverse_match.policy.policy import DEFAULT_RULES
from reverse_match.policy.quotas import Between
from reverse_match.policy.rules import DemandingRule
from reverse_match.scoring.columns import Columns
from reverse_match.scoring.criterion import Sides

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reverse_match.foundation.records import PlainData
    from reverse_match.matching.results.matching import Matching
    from reverse_match.people.cohort import Cohort
    from reverse_match.people.participant import Participant
    from reverse_match.policy import Criterion, Policy

_AGE = ("age", "birth_year", "birth_date")

_NO_SIDE_FILLS = {"mentor": "no mentor fills", "mentee": "no mentee fills"}

_TWO_SIDED = (ComparedTexts, Shared, GapBetween, OverlappingHours, HasCommonTime)
"""Conditions that are not known where a field of either person is empty."""


def policy_notes(policy: Policy, cohort: Cohort) -> tuple[Fault, ...]:
    """Return a note for each part of a policy without a meaning for these people.

    Examples
    --------
    >>> import reverse_match as rm
    >>> people = [{"id": "m", "role": "mentor"}, {"id": "e", "role": "mentee", "department": "Finance"}]
    >>> policy = rm.Policy.from_data({
    ...     "criteria": [{"kind": "coverage", "name": "skills", "weight": 1, "missing": 0.5}],
    ...     "rules": [{"kind": "different", "field": "gender"}],
    ...     "quotas": [{"kind": "count", "where": {"mentee.department": "Finanse"}, "at_most": 1}],
    ... })
    >>> for note in policy_notes(policy, rm.Cohort.from_records(people)):
    ...     print(note)
    criterion 'skills' is known for no pair and decides nothing: its data is missing
    rules[0]: nobody fills 'gender', so that the rule forbids every pair
    quotas[0]: nobody has 'Finanse' in mentee.department; did you mean 'Finance'?
    """
    return (
        *_notes_on_criteria(policy, cohort),
        *_notes_on_rules(policy, cohort),
        *_notes_on_what_is_asked(policy, cohort),
        *_notes_on_managers(policy, cohort),
        *waiver_notes(policy, cohort),
        *_notes_on_quotas(policy, cohort),
        *_notes_on_past_duos(policy, cohort),
        *_notes_on_spread(policy, cohort),
        *notes_on_vocabulary(policy, cohort),
        *_notes_on_times(policy, cohort),
        *own_say_notes(policy, cohort),
    )


def matching_notes(matching: Matching, cohort: Cohort) -> tuple[Fault, ...]:
    """Return a note on what decided nothing in a matching, and on what left people without a partner.

    Examples
    --------
    >>> import reverse_match as rm
    >>> people = [{"id": "m", "role": "mentor", "team": "a"}, {"id": "e", "role": "mentee", "team": "b"}]
    >>> cohort = rm.Cohort.from_records(people)
    >>> matching = rm.match(cohort, rm.Policy(rules=[{"kind": "same", "field": "team"}]))
    >>> print(matching_notes(matching, cohort)[-1])
    rules[0]: forbids every pair, so that no duo is possible
    """
    evident = {note.message for note in _notes_on_criteria(matching.policy, cohort)}
    formed_elsewhere = [] if matching.policy.circles is None else [_circles_left_out()]
    unknown = [
        _unknown_criterion(criterion.name)
        for criterion in matching.criteria
        if criterion.known_pairs == 0 and criterion.weight > 0
    ]
    return (
        *formed_elsewhere,
        *(note for note in unknown if note.message not in evident),
        *_notes_on_own_data(matching, cohort),
        *notes_on_waived_duos(matching),
        *(_notes_on_no_duo(matching, cohort) if not matching.duos else _notes_on_no_partner(matching)),
    )


def _notes_on_own_data(matching: Matching, cohort: Cohort) -> Iterator[Fault]:
    if any(isinstance(criterion, OwnData) for criterion in matching.policy.criteria):
        from reverse_match.matching.own_data_notes import own_data_notes  # few policies have tables

        yield from own_data_notes(matching, cohort)


def _circles_left_out() -> Fault:
    message = "circles are formed by reverse-match circles; this forms duos and does not look at them"
    return Fault(message, column="circles", code="circles-left-out")


def _unknown_criterion(name: str) -> Fault:
    message = f"criterion '{name}' is known for no pair and decides nothing: its data is missing"
    return Fault(message, code="unknown-criterion")


def _notes_on_criteria(policy: Policy, cohort: Cohort) -> Iterator[Fault]:
    for criterion in policy.criteria:
        if criterion.weight > 0 and not _may_be_known(criterion, cohort):
            yield _unknown_criterion(criterion.name)


def _may_be_known(criterion: Criterion, cohort: Cohort) -> bool:
    """Say whether the columns of a criterion hold anything on both sides."""
    mentors, mentees = cohort.mentors, cohort.mentees
    if isinstance(criterion, Custom | OwnData):
        return True
    if isinstance(criterion, Wants):
        return _is_filled("wants", cohort.participants)
    if isinstance(criterion, Preferences):
        return _is_filled("prefers", cohort.participants)
    if isinstance(criterion, CommonTime):
        field = "on_site" if criterion.on_site else "available"
        return _is_filled(field, mentors) and _is_filled(field, mentees)
    if isinstance(criterion, Coverage):
        offered, wanted = criterion.offered, criterion.wanted
        there = _is_filled(offered, mentors) and _is_filled(wanted, mentees)
        back = _is_filled(offered, mentees) and _is_filled(wanted, mentors)
        return there or (criterion.reciprocity > 0 and back)
    return _is_filled(criterion.field, mentors) and _is_filled(criterion.field, mentees)


def _notes_on_rules(policy: Policy, cohort: Cohort) -> Iterator[Fault]:
    for index, rule in enumerate(policy.rules):
        place = f"rules[{index}]"
        if isinstance(rule, DemandingRule) and isinstance(rule, (*_TWO_SIDED, Require)):
            yield from _notes_on_plain_rule(place, rule, cohort)
            if isinstance(rule, Require):
                yield from _unknown_values(place, rule, cohort, policy)
        else:
            for where, part in parts_of(rule, place):
                yield from _notes_on_part(where, part, cohort, policy, "no pair is known to keep the rule")


def _notes_on_what_is_asked(policy: Policy, cohort: Cohort) -> Iterator[Fault]:
    """Yield notes on what is asked as far as possible; that nobody has skills, the criterion on them says."""
    place = "as_far_as_possible"
    for where, part in (
        () if policy.as_far_as_possible is None else parts_of(policy.as_far_as_possible, place)
    ):
        if isinstance(part, Teaches):
            yield from _unknown_skills(where, part, cohort, policy)
        else:
            yield from _notes_on_part(where, part, cohort, policy, "no duo is known to lack it")


def _notes_on_plain_rule(place: str, rule: PlainData, cohort: Cohort) -> Iterator[Fault]:
    """Yield a note on what a rule does where its field is empty."""
    field = _fields_of(rule)[0]
    if not _is_a_field(field, cohort) or getattr(rule, "known", None):
        return
    of = rule.of if isinstance(rule, Require) else "both"
    sides = [side for side in ("mentor", "mentee") if of in (side, "both")]
    empty = [side for side in sides if not _is_filled(field, _side(cohort, side))]
    shown = shorten(field, LONGEST_SHOWN)
    forbids = getattr(rule, "if_unknown", "forbid") == "forbid"
    if empty:
        nobody = "nobody fills" if len(empty) == 2 or of != "both" else _NO_SIDE_FILLS[empty[0]]
        does = "forbids every pair" if forbids else "forbids nothing"
        yield Fault(f"{nobody} '{shown}', so that the rule {does}", None, None, place, "empty-column")
        return
    people = cohort.participants if of == "both" else _side(cohort, of)
    known = len(_known(field, people))
    message = ""
    if forbids and known < len(people):
        left = len(people) - known
        who = "1 person does" if left == 1 else f"{left:,} people do"
        message = f"{who} not fill '{shown}', and the rule forbids every pair of theirs"
    elif not forbids and 2 * known < len(people):
        message = f"only {known:,} of {len(people):,} people fill '{shown}', and the rule binds no others"
    if message:
        yield Fault(message, None, None, place, "partly-empty")


def _notes_on_managers(policy: Policy, cohort: Cohort) -> Iterator[Fault]:
    """Yield a note on whom a rule on reporting lines cannot protect."""
    if not any(isinstance(part, NotInReportingLine) for rule in policy.rules for _, part in parts_of(rule)):
        return
    managers = [id_key(person.manager_id) for person in cohort.participants if person.manager_id]
    outside = sum(manager not in cohort.position for manager in managers)
    message = ""
    if managers and outside == len(managers):
        message = (
            "no manager_id is the id of anybody in the file: the reporting-line rule protects nobody; "
            "does the column hold names instead of ids?"
        )
    elif outside:
        who = "the manager of 1 person is" if outside == 1 else f"the managers of {outside:,} people are"
        message = f"{who} not in the file; the rule on reporting lines cannot protect them"
    elif not managers and policy.rules != DEFAULT_RULES:
        message = "nobody has a manager; the rule on reporting lines protects nobody"
    if message:
        yield Fault(message, code="unknown-manager")


def _notes_on_quotas(policy: Policy, cohort: Cohort) -> Iterator[Fault]:
    for index, quota in enumerate(policy.quotas):
        place = f"quotas[{index}]"
        if isinstance(quota, EachQuota):
            for path in quota.paths:
                side, _, field = path.partition(".")
                if not _is_filled(field, _side(cohort, side)):
                    shown = shorten(field, LONGEST_SHOWN)
                    message = f"no {side} fills '{shown}', so that there are no groups to count"
                    yield Fault(message, None, None, place, "empty-column")
            yield from _left_out_of_groups(place, quota, cohort)
        if not isinstance(quota, DuosQuota):
            for _, part in parts_of(quota.condition) if quota.condition is not None else ():
                yield from _notes_on_part(place, part, cohort, policy, "no duo counts")
            yield from _unknown_numbers(place, quota, cohort, policy)


def _left_out_of_groups(place: str, quota: EachQuota, cohort: Cohort) -> Iterator[Fault]:
    """Yield a note on people of whom it is not known whether ``where`` chooses them: they are in no group."""
    sides = {path.partition(".")[0] for path in quota.paths}
    for path in quota.where or {}:
        side, _, field = path.partition(".")
        if side not in sides or not _is_a_field(field, cohort):
            continue
        people = _side(cohort, side)
        left = len(people) - len(_known(field, people))
        if 0 < left < len(people):
            who = f"1 {side} does" if left == 1 else f"{left:,} {side}s do"
            message = f"{who} not fill '{shorten(field, LONGEST_SHOWN)}', and the quota asks nothing for them"
            yield Fault(message, None, None, place, "partly-empty")


def _unknown_numbers(
    place: str, quota: CountQuota | EachQuota | ShareQuota, cohort: Cohort, policy: Policy
) -> Iterator[Fault]:
    """Yield a note for each number by which a quota counts and which nobody has."""
    said = [worth for worth in (quota.where or {}).values() if not isinstance(worth, Between)]
    if not any(not isinstance(value, str) for values in said for value in values):
        return
    day = policy.as_of or cohort.as_of or date.today()
    context = CompilationContext.of(cohort, policy, Sides.in_order_of(cohort), day)
    for unknown in unknown_values(quota, "", context):
        if not isinstance(unknown.value, str):
            message = f"nobody has '{unknown.value}' in {shorten(unknown.path, LONGEST_SHOWN)}"
            yield Fault(message, None, None, place, "unknown-value")


def _notes_on_part(
    place: str, part: PlainData, cohort: Cohort, policy: Policy, follows: str
) -> Iterator[Fault]:
    """Yield notes on the empty fields of a condition, with the effect, and on values that nobody has."""
    for field in _fields_of(part):
        shown = shorten(field, LONGEST_SHOWN)
        empty = [side for side in ("mentor", "mentee") if not _is_filled(field, _side(cohort, side))]
        if len(empty) == 2:
            message = f"nobody fills '{shown}', so that {follows}"
            yield Fault(message, None, None, place, "empty-column")
        elif empty and isinstance(part, _TWO_SIDED):
            message = f"{_NO_SIDE_FILLS[empty[0]]} '{shown}', so that {follows}"
            yield Fault(message, None, None, place, "empty-column")
    if isinstance(part, Require):
        yield from _unknown_values(place, part, cohort, policy)
    elif isinstance(part, Teaches):
        yield from _unknown_skills(place, part, cohort, policy)
    if isinstance(part, Among):
        for side, field in zip(part.sides, part.fields, strict=True):
            if _is_a_field(field, cohort) and not _is_filled(field, _side(cohort, side)):
                shown = shorten(field, LONGEST_SHOWN)
                message = f"{_NO_SIDE_FILLS[side]} '{shown}', so that {follows}"
                yield Fault(message, None, None, place, "empty-column")


def _notes_on_no_duo(matching: Matching, cohort: Cohort) -> Iterator[Fault]:
    """Yield what keeps everybody from a duo."""
    allowed = matching.certificate.pairs_checked
    if allowed:
        message = f"no duo is formed, though {allowed:,} pairs are allowed"
        yield Fault(message, code="no-duo")
        return
    blocked = Counter[str]()
    for left in matching.unmatched:
        if left.role == "mentor":
            blocked.update(left.blocked_by)
    with_themselves = sum(person.teaches and person.learns for person in cohort.participants)
    pairs = len(cohort.mentors) * len(cohort.mentees) - with_themselves
    rules = _places_of_rules(matching)
    alone = [rules[label] for label, count in blocked.items() if count >= pairs and label in rules]
    for place in alone:
        yield Fault("forbids every pair, so that no duo is possible", None, None, place, "no-duo")
    if not all(any(person.capacity for person in side) for side in (cohort.mentors, cohort.mentees)):
        message = "no duo is possible: one of the two sides has no place"
        yield Fault(message, code="no-duo")
    elif not alone:
        message = "no duo is possible: the rules together forbid every pair"
        yield Fault(message, code="no-duo")


def _notes_on_no_partner(matching: Matching) -> Iterator[Fault]:
    """Yield how many people the rules leave without any partner, by the rule that takes most of theirs."""
    most = Counter[str]()
    for left in matching.unmatched:
        if left.allowed_partners == 0 and left.reason == "no_allowed_partner" and left.blocked_by:
            most[max(left.blocked_by, key=lambda label: left.blocked_by[label])] += 1
    rules = _places_of_rules(matching)
    for label, count in most.items():
        if label in rules:
            who = "1 person has" if count == 1 else f"{count:,} people have"
            message = f"{who} no allowed partner: this rule forbids all or most of their pairs"
            yield Fault(message, None, None, rules[label], "no-partner")


def _places_of_rules(matching: Matching) -> dict[str, str]:
    """Return the place in the policy of the first rule of each label; those that were added have none."""
    places: dict[str, str] = {}
    for index, label in enumerate(matching.policy.rule_labels):
        places.setdefault(label, f"rules[{index}]")
    return places


def _notes_on_past_duos(policy: Policy, cohort: Cohort) -> Iterator[Fault]:
    listed = [
        name
        for rule in policy.rules
        for _, part in parts_of(rule)
        if isinstance(part, NotMetBefore)
        for duo in part.duos
        for name in (duo.mentor, duo.mentee)
        if id_key(name) not in cohort.position
    ]
    known = ids_by_loose_key(dict(enumerate(cohort.participants))) if listed else {}
    for name in dict.fromkeys(listed):
        if (near := near_id(name, known)) is not None:
            shown, meant = shorten(name, LONGEST_SHOWN), shorten(near, LONGEST_SHOWN)
            message = (
                f"a past duo names '{shown}', whom nobody is; did you mean '{meant}', from which it differs "
                "by capitals, spaces or characters that nobody sees?"
            )
            yield Fault(message, code="nearly-an-id")


def _notes_on_spread(policy: Policy, cohort: Cohort) -> Iterator[Fault]:
    """Yield a note where everybody whose duos are spread can have one duo at most."""
    if policy.spread is None:
        return
    sides = zip(TWO_ROLES, (cohort.mentors, cohort.mentees), policy.spread.sides, strict=True)
    if not any(counts and any(most_duos(one, role) > 1 for one in people) for role, people, counts in sides):
        message = "nobody whose duos are spread can have more than one, so that it decides nothing"
        yield Fault(message, None, None, "spread", "no-effect")


def _notes_on_times(policy: Policy, cohort: Cohort) -> Iterator[Fault]:
    """Yield notes on people whose times in common are not known: they state none, or have no time zone."""
    criteria = [one for one in policy.criteria if isinstance(one, CommonTime) and one.weight > 0]
    for criterion in criteria:
        field = "on_site" if criterion.on_site else "available"
        left = sum(not getattr(person, field) for person in cohort.participants)
        if left and _may_be_known(criterion, cohort):
            who = "1 person does" if left == 1 else f"{left:,} people do"
            name = shorten(criterion.name, LONGEST_SHOWN)
            message = f"{who} not fill '{field}', and criterion '{name}' is not known for pairs of theirs"
            yield Fault(message, code="partly-empty")
    if criteria or asked_time(policy) is not None:
        yield from _notes_on_clocks(cohort)


def _notes_on_clocks(cohort: Cohort) -> Iterator[Fault]:
    zones = [person.timezone for person in cohort.participants if person.available or person.on_site]
    count = zones.count(None)
    if 0 < count < len(zones):
        who = "1 person states" if count == 1 else f"{count:,} people state"
        message = f"{who} times without a time zone, which others have: no time in common with them is known"
        yield Fault(message, code="partly-empty")


def _fields_of(condition: PlainData) -> list[str]:
    if isinstance(condition, OverlappingHours):
        return ["timezone"]
    if isinstance(condition, HasCommonTime):
        return ["on_site" if condition.on_site else "available"]
    if isinstance(condition, Teaches):
        return [condition.offered, condition.wanted]
    field = getattr(condition, "field", None)
    return [field] if isinstance(field, str) else []


def _side(cohort: Cohort, side: str) -> tuple[Participant, ...]:
    return cohort.mentors if side == "mentor" else cohort.mentees


def _is_a_field(field: str, cohort: Cohort) -> bool:
    """Say whether the people have such a column; where not, the match refuses the policy."""
    return field in FIELDS or field in cohort.attribute_names


def _known(field: str, people: Iterable[Participant]) -> list[Any]:
    """Return the values of people in a field, without missing ones; an age by any of its columns."""
    return list(_known_values(field, people))


def _known_values(field: str, people: Iterable[Participant]) -> Iterator[Any]:
    names = _AGE if field == "age" else (field,)
    for person in people:
        for name in names:
            value = getattr(person, name) if name in FIELDS else person.attributes.get(name)
            if value is not None and value != () and value != {}:
                yield value
                break


def _is_filled(field: str, people: Sequence[Participant]) -> bool:
    return any(True for _ in _known_values(field, people))  # ends at the first one


def _unknown_values(place: str, condition: Require, cohort: Cohort, policy: Policy) -> Iterator[Fault]:
    """Yield a note for each required text that nobody has."""
    asked = [value for value in condition.equals or condition.under or () if isinstance(value, str)]
    if not asked:
        return
    columns = Columns(cohort, policy, None)
    people = cohort.participants if condition.of == "both" else _side(cohort, condition.of)
    texts = sorted({str(value) for value in _known(condition.field, people)})
    keys = {_parts(text, condition, columns) for text in texts}
    tops = {parts[:length] for parts in keys for length in range(1, len(parts) + 1)}
    for value in asked if texts else ():
        if _parts(value, condition, columns) not in (tops if condition.under else keys):
            near = near_name(value, _tops(texts) if condition.under else texts)
            hint = "" if near is None else f"; did you mean '{shorten(near, LONGEST_SHOWN)}'?"
            of = condition.field if condition.of == "both" else f"{condition.of}.{condition.field}"
            shown = shorten(value, LONGEST_SHOWN), shorten(of, LONGEST_SHOWN)
            message = f"nobody has '{shown[0]}' in {shown[1]}{hint}"
            yield Fault(message, None, None, place, "unknown-value")


def _unknown_skills(place: str, condition: Teaches, cohort: Cohort, policy: Policy) -> Iterator[Fault]:
    """Yield a note for each skill with terms, or that another needs, which nobody offers or seeks."""
    named = [name for terms in condition.skills for name in (terms.skill, *(n.skill for n in terms.needs))]
    if not named:
        return
    fields = condition.offered, condition.wanted
    values = [value for field in fields for value in _known(field, cohort.participants)]
    written = sorted({str(name) for value in values if not isinstance(value, str) for name in value})
    if not written:
        return
    meanings = Columns(cohort, policy, None).meanings(fields, [*written, *named])
    concepts = {meanings.concept(name) for name in written}
    for name in dict.fromkeys(named):
        if meanings.concept(name) not in concepts:
            near = near_name(name, written)
            hint = "" if near is None else f"; did you mean '{shorten(near, LONGEST_SHOWN)}'?"
            shown = shorten(name, LONGEST_SHOWN)
            message = f"nobody offers or seeks '{shown}'{hint}"
            yield Fault(message, None, None, place, "unknown-value")


def _tops(paths: Iterable[str]) -> list[str]:
    """Return paths together with all of their leading parts."""
    split = [path.split("/") for path in paths]
    return ["/".join(parts[:length]) for parts in split for length in range(1, len(parts) + 1)]


def _parts(text: str, condition: Require, columns: Columns) -> tuple[str, ...]:
    word = columns.in_one_word(condition.field, text)
    parts = word.split("/") if condition.splits_paths else [word]
    return tuple(filter(None, map(name_key, parts)))
