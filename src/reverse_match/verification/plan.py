"""Checks a plan over several rounds: each round by itself, and the statements on all rounds together.

Each round is a matching. It is verified as one, under the policy of the plan, with the duos of the other
rounds forbidden. All rounds together are also verified as one matching of the same people, whose capacities
and bounds of quotas count once for each round. The bound that its prices prove holds for every plan. Both the
policies and the people with multiplied capacities are built here independently, from the documentation.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.errors import Finding
from reverse_match.foundation.fixed_point import ONE, points
from reverse_match.foundation.names import id_key
from reverse_match.people.cohort import Cohort
from reverse_match.policy import Policy, ShareQuota
from reverse_match.policy.added import Added, LoadBound
from reverse_match.verification.all_pairs import PairExamination
from reverse_match.verification.claim import Claim
from reverse_match.verification.duos import rule_findings, sum_findings
from reverse_match.verification.equal_optima import tie_findings
from reverse_match.verification.findings import findings_of
from reverse_match.verification.forgotten import was_in
from reverse_match.verification.loads import bounds_by_quota, load_findings
from reverse_match.verification.objective import CohortObjective
from reverse_match.verification.people import PeopleIndex
from reverse_match.verification.proof import bound_findings, malformed_numbers, price_findings, worst_findings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reverse_match.foundation.dates import Calendar
    from reverse_match.matching.results.matching import Matching
    from reverse_match.matching.results.plan import RotationPlan
    from reverse_match.people.participant import Participant

OTHER_ROUNDS, AWAY = "other rounds of the plan", "absent in this round"
"""Names of the rules that a round has in addition to those of the plan."""


def plan_findings(
    plan: RotationPlan,
    cohort: Cohort,
    policy: Policy | None,
    programme: Calendar | None,
    threads: int | None,
) -> list[Finding]:
    """Return all findings on a plan; see :func:`.verify_plan`."""
    erased = any(map(was_in, plan.rounds))
    findings = [*_origin_findings(plan, cohort, policy)]
    if not erased:
        findings += [*_absence_findings(plan, cohort, programme), *_policy_findings(plan)]
    if findings:
        return findings
    for number, matching in enumerate(plan.rounds, 1):
        wrong = findings_of(matching, cohort, plan.policy, threads, in_plan=True)
        findings += [Finding(one.subject, f"round {number}: {one.message}") for one in wrong]
    if erased:
        message = (
            "people were erased from this plan: the proof of all rounds together, who sits out and who is "
            "away cannot be checked any more"
        )
        return [*findings, *_meeting_findings(plan), Finding("forgotten", message)]
    findings += [*_meeting_findings(plan), *_sitting_out_findings(plan), *_spread_findings(plan)]
    findings += _form_findings(plan, cohort)
    return [*findings, *_proof_findings(plan, cohort, threads)]


def _origin_findings(plan: RotationPlan, cohort: Cohort, policy: Policy | None) -> Iterator[Finding]:
    if not plan.rounds:
        yield Finding("rounds", "the plan has no rounds")
    if not cohort.has_digest(plan.digests.cohort):
        message = "these are not the people of the plan: the digest of their records differs"
        yield Finding("cohort", message)
    if policy is not None and policy != plan.policy:
        yield Finding("policy", "the plan followed another policy than the one given")
    if plan.digests.policy != plan.policy.sha256:
        yield Finding("policy", "the digest of the policy is not that of the policy in the plan")
    for number, matching in enumerate(plan.rounds, 1):
        if matching.as_of != plan.as_of:
            yield Finding("as_of", f"round {number} counts ages on another day than the plan")
        if matching.digests.file != plan.digests.file:
            yield Finding("cohort", f"round {number} is said to be of another file than the plan")


def _absence_findings(plan: RotationPlan, cohort: Cohort, programme: Calendar | None) -> Iterator[Finding]:
    """Check the stated absences against the column ``absent``."""
    if plan.months and len(plan.months) != len(plan.rounds):
        yield Finding("absent", "the plan does not say of each round which months it has")
        return
    if programme is not None:
        for number, months in enumerate(plan.months, 1):
            begins, ends = programme.round_begins(number), programme.round_ends(number)
            for month in months:
                middle = begins.replace(int(month[:4]), int(month[5:7]), 15)
                if not begins <= middle < ends:
                    yield Finding("absent", f"round {number} is said to have {month}, which is not in it")
            whole = (ends.year - begins.year) * 12 + ends.month - begins.month
            if abs(whole + (ends.day > 15) - (begins.day > 15) - len(months)) > 0:
                yield Finding("absent", f"the months of round {number} are not all that are in it")
    for person in cohort.participants:
        away = tuple(
            number
            for number in range(1, len(plan.rounds) + 1)
            if _is_away(person.attributes.get("absent"), number, plan)
        )
        if plan.absent.get(person.id, ()) != away:
            message = f"'{person.id}' is not away in the rounds in which the plan says so"
            yield Finding("absent", message)
    known = {person.id for person in cohort.participants}
    for name in sorted(set(plan.absent) - known):
        yield Finding("absent", f"'{name}' is said to be away, but is not in the cohort")


def _is_away(cell: object, number: int, plan: RotationPlan) -> bool:
    said = cell if isinstance(cell, tuple) else re.split(";", "" if cell is None else str(cell))
    named = {re.sub(r"\.0$", "", str(part).strip()) for part in said}
    if str(number) in named:
        return True
    months = plan.months[number - 1] if plan.months else ()
    missed = len([month for month in months if month in named])
    return missed > 0 and missed >= len(months) - missed


def _policy_findings(plan: RotationPlan) -> Iterator[Finding]:
    """Check that each round has the plan's policy, with only the changes that a round makes."""
    for number, matching in enumerate(plan.rounds, 1):
        others = sorted(
            [duo.mentor, duo.mentee]
            for place, other in enumerate(plan.rounds, 1)
            for duo in other.duos
            if place != number
        )
        away = sorted(name for name, when in plan.absent.items() if number in when)
        beside = matching.added.model_copy(update={"away": (), "loads": ()})
        stated = beside.model_dump(mode="json")
        said = {"other_rounds": others, "absent": away}
        wrong = matching.policy != plan.policy or stated != {name: one for name, one in said.items() if one}
        wrong = wrong or beside.in_force(plan.policy) != _in_force(plan.policy, others, away)
        if wrong:
            message = (
                f"round {number} did not follow the policy of the plan with the duos of the others forbidden"
            )
            yield Finding("policy", message)
        if matching.log or matching.rotation is not None:
            yield Finding("policy", f"round {number} was changed by hand or by rotation, as no plan is")


def _in_force(policy: Policy, others: list[list[str]], away: list[str]) -> Policy:
    """Return the policy of a round, written anew; a fixed duo stays in it if no other round has the duo."""
    elsewhere = {(id_key(mentor), id_key(mentee)) for mentor, mentee in others}
    data = policy.model_dump(mode="json")
    for rule in data["rules"]:
        if rule["kind"] == "fix":
            pairs = [(id_key(mentor), id_key(mentee)) for mentor, mentee in rule["pairs"]]
            spelled = zip(rule["pairs"], pairs, strict=True)
            rule["pairs"] = [pair for pair, key in spelled if key not in elsewhere]
    rules = [*data["rules"]]
    rules += [{"kind": "forbid", "name": OTHER_ROUNDS, "pairs": others}] if others else []
    rules += [_absence_rule(away)] if away else []
    return Policy.model_validate({**data, "rules": rules})


def _absence_rule(away: list[str]) -> dict[str, Any]:
    conditions = [
        {"kind": "not", "condition": {"kind": "require", "of": role, "field": "id", "equals": away}}
        for role in ("mentor", "mentee")
    ]
    return {"kind": "all_of", "name": AWAY, "conditions": conditions}


def _meeting_findings(plan: RotationPlan) -> Iterator[Finding]:
    """Check that no two people meet twice, in whatever roles."""
    met: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, matching in enumerate(plan.rounds, 1):
        for duo in matching.duos:
            met[tuple(sorted((id_key(duo.mentor), id_key(duo.mentee))))].append(number)
    for pair, rounds in sorted(met.items()):
        if len(rounds) > 1:
            when = ", ".join(map(str, rounds))
            yield Finding("repeat", f"'{pair[0]}' and '{pair[-1]}' meet more than once: in rounds {when}")


def _sitting_out_findings(plan: RotationPlan) -> Iterator[Finding]:
    """Check that the list of people who sit out is complete and right, with the true reasons."""
    without: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    duos: Counter[tuple[str, str]] = Counter()
    reasons: dict[tuple[str, str, int], tuple[str, bool]] = {}
    for number, matching in enumerate(plan.rounds, 1):
        for left in matching.unmatched:
            without[left.id, left.role].append(number)
            met = OTHER_ROUNDS in left.blocked_by
            reasons[left.id, left.role, number] = left.reason, met
        duos.update((duo.mentor, "mentor") for duo in matching.duos)
        duos.update((duo.mentee, "mentee") for duo in matching.duos)
    stated = [(one.id, one.role) for one in plan.sitting_out]
    if stated != sorted(without):
        yield Finding("sitting_out", "those said to sit out are not those who have no duo in some round")
        return
    for one in plan.sitting_out:
        key = one.id, one.role
        absent = tuple(number for number in without[key] if number in plan.absent.get(one.id, ()))
        there = [reasons[(*key, number)] for number in without[key] if number not in absent]
        expected = tuple(without[key]), absent, duos[key]
        of_capacity = any(reasons[(*key, number)][0] == "sits_out" for number in without[key])
        if (one.rounds, one.absent, one.partners) != expected or one.reason != _sitting_out_reason(
            there, of_capacity
        ):
            message = f"what is said of when and why '{one.id}' sits out as {one.role} is not true"
            yield Finding("sitting_out", message)


def _sitting_out_reason(there: list[tuple[str, bool]], of_capacity: bool) -> str:
    if of_capacity:
        return "capacity"
    if not there:
        return "absent"
    for reason in ("partners_taken", "quota_full"):
        if any(one == reason for one, _ in there):
            return reason
    return "fewer_partners_than_rounds" if any(met for _, met in there) else "no_allowed_partner"


def _spread_findings(plan: RotationPlan) -> Iterator[Finding]:
    """Check the stated figures on how equal the rounds are, to the last digit."""
    sizes = [len(matching.duos) for matching in plan.rounds]
    totals = [sum(round(duo.score * ONE) for duo in matching.duos) for matching in plan.rounds]
    formed = [place for place, size in enumerate(sizes) if size]
    means = {place: round(totals[place] / ONE / sizes[place], 6) for place in formed}
    whole = round(sum(totals) / ONE / sum(sizes), 6) if formed else None
    worst = min(formed, key=lambda place: means[place], default=None)
    share = None if worst is None else round(means[worst] / whole, 6) if whole else 1.0
    true = {
        "smallest": min(sizes),
        "largest": max(sizes),
        "mean": whole,
        "worst_round": None if worst is None else worst + 1,
        "worst_mean": None if worst is None else means[worst],
        "best_mean": max(means.values(), default=None),
        "worst_share": share,
    }
    for name, figure in true.items():
        if getattr(plan.spread, name) != figure:
            message = f"what is said of how equal the rounds are is not true: {name} is {figure}"
            yield Finding("spread", message)
    if plan.total != points(sum(totals)):
        summed = sum(totals) / ONE
        yield Finding("total", f"the total is said to be {plan.total}, but the scores sum to {summed}")


def _form_findings(plan: RotationPlan, cohort: Cohort) -> Iterator[Finding]:
    """Check that lists are in their one order, and ids are spelled as in the people file."""
    for number, matching in enumerate(plan.rounds, 1):
        duos = [(duo.mentor, duo.mentee) for duo in matching.duos]
        left_out = [(left.id, left.role) for left in matching.unmatched]
        if duos != sorted(duos) or left_out != sorted(left_out):
            yield Finding("order", f"round {number} does not list duos, or who has none, in their order")
        if matching.library_version != plan.library_version:
            message = f"round {number} is said to be made by {matching.library_version}, unlike the plan"
            yield Finding("library_version", message)
    known = {person.id for person in cohort.participants}
    proof = plan.certificate
    for named in (proof.scarce_mentors, proof.scarce_mentees):
        if list(named) != sorted(set(named) & known):
            yield Finding("order", "scarce people of all rounds are not listed by id, each once")


def _proof_findings(plan: RotationPlan, cohort: Cohort, threads: int | None) -> Iterator[Finding]:
    """Check the certificate of all rounds together, as that of one matching."""
    people = PeopleIndex(_people_of_all(plan, cohort))
    matching = _with_loads(_as_one(plan), people)
    rules = matching.policy_in_force
    objective = CohortObjective(rules, people)
    wrong = [*people.strangers(matching, rules), *malformed_numbers(matching, objective, people)]
    if wrong:
        yield from wrong
        return
    claim = Claim.read(matching, people, objective, threads)
    once = not rules.quotas and objective.kind != "max_min"
    audit = PairExamination(claim, lists=once)
    if once:
        _count_once(audit, people)
    for finding in (
        *rule_findings(claim, audit),
        *load_findings(claim),
        *sum_findings(claim),
        *price_findings(claim, audit),
        *bound_findings(claim, audit),
        *worst_findings(claim, audit),
        *_equals_findings(plan, cohort, tie_findings(claim, audit)),
    ):
        yield Finding(finding.subject, f"all rounds: {finding.message}")


def _equals_findings(plan: RotationPlan, cohort: Cohort, found: Iterator[Finding]) -> Iterator[Finding]:
    """Check the statement on equally good plans; none is allowed where two people can meet in both roles."""
    if sum(person.teaches and person.learns for person in cohort.participants) <= 1:
        yield from found
    elif plan.certificate.equal_optima is not None:
        message = "two people could meet either way, so prices do not say whether other plans are as good"
        yield Finding("equal_optima", message)


def _count_once(audit: PairExamination, people: PeopleIndex) -> None:
    """Remove the lesser direction of pairs who can meet in both roles from the proof, since they meet once.

    The direction with the larger excess over its prices stays. Afterwards only the bounds are meaningful: a
    pair that is no duo may be worth more than its prices, if the same two people are a duo in the other
    direction that exceeds its prices by more.
    """
    as_mentee = [people.place["mentee"].get(id_key(person.id)) for person in people.of["mentor"]]
    as_mentor = [people.place["mentor"].get(id_key(person.id)) for person in people.of["mentee"]]
    for stage in audit.stages.all:
        pairs = stage.candidates
        worth = stage.prices.excess(pairs.worth, (pairs.rows, pairs.columns), pairs.marks).tolist()
        excess = dict(zip(zip(pairs.rows.tolist(), pairs.columns.tolist(), strict=True), worth, strict=True))
        for (row, column), one in excess.items():
            other = excess.get((as_mentor[column], as_mentee[row]))
            if other is not None and row < as_mentor[column]:
                stage.excess -= min(one, other)
                audit.worst = None


def _as_one(plan: RotationPlan) -> Matching:
    """Return all rounds as one matching, of which only duos, totals and the proof are used."""
    quotas = tuple(
        quota
        if isinstance(quota, ShareQuota)
        else quota.model_copy(
            update={
                "at_least": None if quota.at_least is None else len(plan.rounds) * quota.at_least,
                "at_most": None if quota.at_most is None else len(plan.rounds) * quota.at_most,
            }
        )
        for quota in plan.policy.quotas
    )
    return plan.rounds[0].model_copy(
        update={
            "status": plan.status,
            "duos": tuple(duo for matching in plan.rounds for duo in matching.duos),
            "unmatched": (),
            "shortages": (),
            "quotas": (),
            "total": plan.total,
            "certificate": plan.certificate,
            "policy": plan.policy.model_copy(update={"quotas": quotas}),
            "added": Added(away=plan.rounds[0].added.away),
        }
    )


def _with_loads(matching: Matching, people: PeopleIndex) -> Matching:
    """Return all rounds as one matching with the numbers of duos of single people, which are quotas there."""
    loads = tuple(map(LoadBound.model_validate, bounds_by_quota(matching, people, always=True)))
    return matching.model_copy(update={"added": matching.added.model_copy(update={"loads": loads})})


def _people_of_all(plan: RotationPlan, cohort: Cohort) -> Cohort:
    there: Mapping[str, int] = {
        person.id: len(plan.rounds) - len(plan.absent.get(person.id, ())) for person in cohort.participants
    }
    people = [
        person.model_copy(update=_places_in_all_rounds(person, there[person.id]))
        for person in cohort.participants
    ]
    as_written = any(matching.digests.version_1 is not None for matching in plan.rounds)
    return Cohort(tuple(people), cohort.source, cohort.as_of, cohort.away, as_written)


def _places_in_all_rounds(person: Participant, rounds: int) -> dict[str, int]:
    """Return the stated capacities of a person, each once for each round in which they are there."""
    stated = {
        "capacity": person.capacity,
        "capacity_as_mentor": person.capacity_as_mentor,
        "capacity_as_mentee": person.capacity_as_mentee,
        "capacity_in_all": person.capacity_in_all,
        "least_duos": person.least_duos or None,
        "least_duos_as_mentor": person.least_duos_as_mentor or None,
        "least_duos_as_mentee": person.least_duos_as_mentee or None,
        "least_duos_in_all": person.least_duos_in_all or None,
    }
    return {name: rounds * places for name, places in stated.items() if places is not None}
