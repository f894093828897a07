"""Checks who is in which circle, scores, rules and conditions, and the reasons of whoever is in none."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, product
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.errors import Finding
from reverse_match.foundation.fixed_point import ONE, points
from reverse_match.foundation.names import id_key
from reverse_match.scoring.name_matches import NameMatch
from reverse_match.verification.circles.truth import bounds_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reverse_match.matching.results.circles import CircleMatching, CircleOf, WithoutCircle
    from reverse_match.verification.circles.proof import TeamSearch
    from reverse_match.verification.circles.truth import CircleTruth
    from reverse_match.verification.people import PeopleIndex, Role

    Place = tuple[int, int]


def stranger_findings(record: CircleMatching, people: PeopleIndex) -> Iterator[Finding]:
    """Yield a finding for every person named in a role that the cohort does not give them."""
    for role, name in dict.fromkeys(_names_in(record)):
        place = people.place[role].get(id_key(name))
        if place is None:
            message = f"'{name}' is named as {role}, but no {role} of the cohort has this id"
            yield Finding("person", message)
        elif (right := people.of[role][place].id) != name:
            yield Finding("person", f"the id '{name}' is written '{right}' in the cohort")


def _names_in(record: CircleMatching) -> Iterator[tuple[Role, str]]:
    for circle in record.circles:
        yield from (("mentor", name) for name in circle.mentors)
        yield from (("mentee", name) for name in circle.mentees)
        for pair in circle.pairs:
            yield "mentor", pair.mentor
            yield "mentee", pair.mentee
    yield from ((left.role, left.id) for left in record.unmatched)
    for stage in record.certificate.stages:
        for case in stage.cases:
            yield from (("mentor", name) for name in (*case.mentors, *filter(None, [case.mentor])))
            yield from (("mentee", name) for name in (*case.mentees, *filter(None, [case.mentee])))


def form_findings(record: CircleMatching) -> Iterator[Finding]:
    """Check that the record has its one form: everything sorted, and nothing twice."""
    circles = record.circles
    members = [names for circle in circles for names in (circle.mentors, circle.mentees)]
    if any(list(names) != sorted(set(names)) for names in members):
        yield Finding("form", "the members of a circle are not sorted, or somebody is listed twice")
    if [circle.mentors for circle in circles] != sorted(circle.mentors for circle in circles):
        yield Finding("form", "the circles are not sorted by their mentors")
    for circle in circles:
        pairs = [(pair.mentor, pair.mentee) for pair in circle.pairs]
        if pairs != list(product(circle.mentors, circle.mentees)):
            yield Finding("form", f"{circle_name(circle)} does not list each mentor with each mentee")
    listed = [(left.id, left.role) for left in record.unmatched]
    if listed != sorted(set(listed)):
        yield Finding("form", "the people without a circle are not sorted, or somebody is listed twice")
    past = [(one.mentors, one.mentees) for one in record.past]
    if past != sorted(set(past)) or any(list(some) != sorted(set(some)) for one in past for some in one):
        yield Finding("form", "the former circles are not sorted, or one is listed twice")


def circle_name(circle: CircleOf) -> str:
    """Return the name of a circle in a message."""
    return f"the circle of '{'' if not circle.mentors else circle.mentors[0]}'"


def circle_findings(truth: CircleTruth) -> Iterator[Finding]:
    """Check sizes, rules and conditions of every circle, and that nobody is in two."""
    record, people = truth.record, truth.people
    for role in _ROLES:
        names = Counter(id_key(name) for circle in record.circles for name in _members(circle, role))
        for name in sorted(name for name, count in names.items() if count > 1):
            yield Finding("circle", f"'{name}' is in several circles as {role}")
    for circle in record.circles:
        yield from _findings_within(truth, circle)
    together = {place for circle in record.circles for place in product(*_places(people, circle))}
    for row, column in sorted(truth.demands.fixed - together):
        mentor, mentee = people.of["mentor"][row].id, people.of["mentee"][column].id
        message = (
            f"the policy fixes '{mentor}' (mentor) and '{mentee}' (mentee), who are in no circle together"
        )
        yield Finding("rule", message)


def _findings_within(truth: CircleTruth, circle: CircleOf) -> Iterator[Finding]:
    low, high = bounds_in(truth.circles)[0]
    who, mentors, mentees = circle_name(circle), *_places(truth.people, circle)
    least, most = truth.sizes(len(mentors))
    if not (low <= len(mentors) <= high and least <= len(mentees) <= most):
        yield Finding("circle", f"{who} has another number of members than the policy allows")
    for row, column in product(mentors, mentees):
        yield from _pair_findings(truth, row, column)
    for role, places in zip(_ROLES, (mentors, mentees), strict=True):
        if any(truth.members_apart[role][one, other] for one, other in combinations(places, 2)):
            yield Finding("circle", f"{who} has two {role}s who must not be in one circle")
    if not all(condition.holds(mentors, mentees) for condition in truth.values):
        yield Finding("circle", f"{who} breaks a condition within circles")


_ROLES: tuple[Role, Role] = "mentor", "mentee"


def _members(circle: CircleOf, role: Role) -> Sequence[str]:
    return circle.mentors if role == "mentor" else circle.mentees


def _places(people: PeopleIndex, circle: CircleOf) -> tuple[list[int], list[int]]:
    return (
        [people.place["mentor"][id_key(name)] for name in circle.mentors],
        [people.place["mentee"][id_key(name)] for name in circle.mentees],
    )


def _pair_findings(truth: CircleTruth, row: int, column: int) -> Iterator[Finding]:
    mentor, mentee = truth.people.of["mentor"][row].id, truth.people.of["mentee"][column].id
    who = f"'{mentor}' (mentor) and '{mentee}' (mentee)"
    if truth.same_person[row, column]:
        yield Finding("rule", f"{who} are one person")
    if truth.absent[row, column]:
        yield Finding("capacity", f"{who}: one of them has capacity 0")
    for label, marks in truth.blocked.items():
        if marks[row, column]:
            yield Finding("rule", f"{who} are in one circle, which is forbidden by {label}")


def score_findings(truth: CircleTruth) -> Iterator[Finding]:
    """Check scores, contributions, matches and sums."""
    record, people = truth.record, truth.people
    pairs = [pair for circle in record.circles for pair in circle.pairs]
    places = [people.at(pair.mentor, pair.mentee) for pair in pairs]
    rows, columns = np.array(places, dtype=np.int64).reshape(-1, 2).T
    found = zip(truth.model.pairs(rows, columns), truth.model.name_matches(rows, columns), strict=True)
    for pair, place, (score, shared) in zip(pairs, places, found, strict=True):
        who = f"'{pair.mentor}' (mentor) and '{pair.mentee}' (mentee)"
        if pair.score != points(score.score):
            yield Finding("score", f"{who} are said to score {pair.score}, but score {points(score.score)}")
        if pair.contributions != {name: points(whole) for name, whole in score.contributions.items()}:
            yield Finding("contributions", f"{who}: the points of the criteria are not those of the two")
        if pair.missing != score.missing:
            yield Finding("missing", f"{who}: the criteria said to be missing are not those that are")
        if pair.name_matches != tuple(NameMatch(**match._asdict()) for match in shared):
            yield Finding("name_matches", f"{who}: the names said to match are not those that do")
        if pair.fixed != (place in truth.demands.fixed) or pair.credits:
            yield Finding("rule", f"{who}: what is said of rules or credits is not so")
    for circle in record.circles:
        if circle.score != points(sum(round(pair.score * ONE) for pair in circle.pairs)):
            yield Finding("score", f"{circle_name(circle)}: its score is not the sum of those of its pairs")
    if record.total != points(sum(round(pair.score * ONE) for pair in pairs)):
        yield Finding("total", "the total is not the sum of the scores of the circles")


def criteria_findings(truth: CircleTruth) -> Iterator[Finding]:
    """Check weights and neutral values."""
    model = truth.model
    stated = [(one.name, one.weight, one.neutral, one.known_pairs) for one in truth.record.criteria]
    found = [
        (
            one.name,
            points(one.blend.weight),
            points(one.blend.neutral) if one.known_pairs < model.pair_count else None,
            one.known_pairs,
        )
        for one in model.criteria
    ]
    if stated != found:
        yield Finding("criteria", "weights or neutral values are not those of these people")


def unmatched_findings(truth: CircleTruth, search: TeamSearch) -> Iterator[Finding]:
    """Check that exactly the people in no circle are listed, with true reasons."""
    record, people = truth.record, truth.people
    placed = {
        (role, id_key(name))
        for role in _ROLES
        for circle in record.circles
        for name in _members(circle, role)
    }
    everybody = {(role, name) for role in _ROLES for name in people.place[role]}
    listed = {(left.role, id_key(left.id)) for left in record.unmatched}
    for role, name in sorted((everybody - placed) ^ listed):
        message = f"'{name}' is said to be in no circle as {role}, or is in none and not listed"
        yield Finding("unmatched", message)
    for left in record.unmatched:
        if not _is_true(truth, left, search):
            message = f"the reason why '{left.id}' is in no circle as {left.role} is not the true one"
            yield Finding("unmatched", message)


def _is_true(truth: CircleTruth, left: WithoutCircle, search: TeamSearch) -> bool:
    place = truth.people.place[left.role][id_key(left.id)]
    if truth.demands.capacity[left.role][place] == 0:
        return (left.reason, left.allowed_partners, left.blocked_by) == ("sits_out", 0, {})

    def of(
        marks: np.ndarray[tuple[int, ...], np.dtype[np.bool_]],
    ) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
        return marks[place] if left.role == "mentor" else marks[:, place]

    others = ~of(truth.same_person)
    marks = {"capacity": truth.absent, **truth.blocked}
    blocked = {label: int((of(one) & others).sum()) for label, one in marks.items()}
    if left.blocked_by != {label: count for label, count in blocked.items() if count}:
        return False
    allowed = int(of(truth.allowed).sum())
    hard = of(truth.same_person | truth.absent)
    for label, one in truth.blocked.items():
        if label not in truth.demands.thresholds:
            hard = hard | of(one)
    if not allowed:
        reasons = {"below_minimum_score" if (~hard).any() else "no_allowed_partner"}
    else:
        possible = search.is_possible(left.role, place)
        reasons = {"no_place_left"} if possible else {"no_circle_possible"}
        if possible is None:
            reasons = {"no_place_left", "no_circle_possible"}
    return left.reason in reasons and left.allowed_partners == allowed
