"""Checks the statements of a matching on its duos and quotas, and its form.

A matching has exactly one form. Another order of duos, or a repeated name, would change its digest without
changing its meaning, so both are refused.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from reverse_match.foundation.errors import Finding
from reverse_match.foundation.fixed_point import ONE, points
from reverse_match.foundation.plural import quantity
from reverse_match.policy import Table
from reverse_match.policy.asked_time import asked_time
from reverse_match.policy.labels import table_label
from reverse_match.scoring.own_data import table_of
from reverse_match.verification.common_time import NOWHERE, shared_times, stated_times, word_of
from reverse_match.verification.own_weights import own_weights_findings
from reverse_match.verification.people import as_array, duo_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reverse_match.matching.results.matching import Matching
    from reverse_match.policy import Criterion
    from reverse_match.policy.asked_time import AskedTime
    from reverse_match.scoring.name_matches import NameMatch, SharedName
    from reverse_match.verification.all_pairs import PairExamination
    from reverse_match.verification.claim import Claim
    from reverse_match.verification.people import Place

_DIGEST = re.compile(r"[0-9a-f]{64}")


def duo_findings(claim: Claim) -> Iterator[Finding]:
    """Check scores, contributions, credits, missing criteria, and the names in common."""
    duos, granted = claim.matching.duos, claim.objective.credits
    for (mentor, mentee), count in Counter((duo.mentor, duo.mentee) for duo in duos).items():
        if count > 1:
            yield Finding("duo", f"the duo of '{mentor}' and '{mentee}' stands {count} times in the matching")
    rows, columns = np.array(claim.places, dtype=np.int64).reshape(-1, 2).T
    scores, names = claim.model.pairs(rows, columns), claim.model.name_matches(rows, columns)
    asked, lacking = asked_time(claim.matching.policy), claim.lacking_places
    for duo, place, pair, shared in zip(duos, claim.places, scores, names, strict=True):
        if duo.score != points(pair.score):
            message = f"{duo_name(duo)} is said to score {duo.score}, but scores {points(pair.score)}"
            yield Finding("score", message)
        true = {
            "contributions": {name: points(whole) for name, whole in pair.contributions.items()},
            "credits": {} if granted is None else granted.points_by_name(place),
            "lacking": place in lacking,
            "missing": pair.missing,
            "common_times": () if asked is None else _common_times(claim, place, asked),
        }
        wrong = {subject for subject, value in true.items() if getattr(duo, subject) != value}
        if len(duo.name_matches) != len(shared) or not all(map(_is_match, duo.name_matches, shared)):
            wrong.add("name_matches")
        for subject in filter(wrong.__contains__, _UNTRUE):
            yield Finding(subject, f"{duo_name(duo)}: {_UNTRUE[subject]}")


def _is_match(stated: NameMatch, true: SharedName) -> bool:
    """Say whether a stated match of names is a true one; to make a record of each true one takes longer."""
    return (stated.criterion, stated.mentor, stated.mentee, stated.rung, stated.taught_by) == true


_UNTRUE = {
    "contributions": "the points of its criteria are not those of its people",
    "credits": "its credits are not those that the policy gives it",
    "lacking": "whether it lacks what is asked as far as possible is not so",
    "missing": "the criteria said to be missing are not those that are",
    "name_matches": "the names said to match are not those that do",
    "common_times": "the times said to be in common are not those that are",
}
"""What is said of a part of a duo that is not so."""


def own_weights_in_duos(claim: Claim) -> Iterator[Finding]:
    """Check the weights of each duo that follow what matters most to its people."""
    for message in own_weights_findings(claim):
        yield Finding("weights", message)


def _common_times(claim: Claim, place: Place, asked: AskedTime) -> tuple[str, ...]:
    people, sides = claim.people.cohort.participants, claim.people.sides
    two = [people[sides.mentors[place[0]]], people[sides.mentees[place[1]]]]
    columns = claim.demands.context.columns
    mentor, mentee = stated_times(two, columns, on_site=asked.on_site)
    times = shared_times(mentor, mentee, asked.slot)
    if not asked.on_site:
        return times
    named = [entry.partition(" @")[2] for entry in two[0].on_site]
    spelling = {word_of(text, columns): text for text in (two[0].location, *named) if text}
    spelling[NOWHERE] = NOWHERE
    return tuple(f"{when} @{spelling[at]}" for when, _, at in (time.partition(" @") for time in times))


def rule_findings(claim: Claim, audit: PairExamination) -> Iterator[Finding]:
    """Check every duo against every rule, and that every fixed duo is in the matching."""
    demands = claim.demands
    for place, duo in dict(zip(claim.places, claim.matching.duos, strict=True)).items():
        if place in demands.same_person:
            yield Finding("rule", f"{duo_name(duo)} is one person")
        for label, pairs in (*demands.forbidden.items(), *audit.violations.items()):
            if place in pairs:
                reason = "is below the minimum score of" if label in demands.thresholds else "is forbidden by"
                yield Finding("rule", f"{duo_name(duo)} {reason} {label}")
        if duo.fixed != (place in demands.fixed):
            yield Finding("rule", f"{duo_name(duo)} is {'not ' if duo.fixed else ''}fixed by the policy")
    for place in sorted(demands.fixed - claim.formed):
        mentor, mentee = claim.names(place)
        message = f"the policy fixes '{mentor}' (mentor) and '{mentee}' (mentee), but they are no duo"
        yield Finding("rule", message)


def sum_findings(claim: Claim) -> Iterator[Finding]:
    """Check the stated totals and counts against the duos."""
    matching, objective = claim.matching, claim.objective
    scores = sum(round(duo.score * ONE) for duo in matching.duos)
    summed = "scores" if objective.units == ONE else "utilities"
    summed += " and credits" * (objective.credits is not None)
    worth = objective.from_units(objective.worth_of(matching.duos))
    for what, stated, of, total in (
        ("total", matching.total, "scores", points(scores)),
        ("certificate.total", matching.certificate.total, summed, worth),
    ):
        if stated != total:
            yield Finding("total", f"{what} is said to be {stated}, but the {of} of the duos sum to {total}")
    if matching.certificate.duos != len(matching.duos):
        message = f"the certificate speaks of {quantity(matching.certificate.duos, 'duo')}"
        yield Finding("total", f"{message}, but there are {len(matching.duos)}")


def summary_findings(claim: Claim) -> Iterator[Finding]:
    """Check normalised weights and neutral values."""
    model = claim.model
    stated = [
        (c.name, c.weight, c.neutral, c.known_pairs, c.scale, c.forbidden_pairs)
        for c in claim.matching.criteria
    ]
    actual = [
        (
            c.name,
            points(c.blend.weight),
            points(c.blend.neutral) if c.known_pairs < model.pair_count else None,
            c.known_pairs,
            *_of_table(c.criterion, claim),
        )
        for c in model.criteria
    ]
    if stated != actual:
        yield Finding("criteria", "the weights or neutral values are not those that policy and people give")


def _of_table(criterion: Criterion, claim: Claim) -> tuple[tuple[float, float] | None, int | None]:
    """Return the scale of a table of scores, and how many pairs of different people it forbids, if any."""
    if not isinstance(criterion, Table):
        return None, None
    banned = claim.demands.forbidden_by_tables.get(table_label(criterion.name))
    if banned is None:
        return table_of(criterion).scale, None
    alone = as_array(claim.demands.same_person)
    width = claim.model.shape[1]
    same = np.isin(banned[:, 0] * width + banned[:, 1], alone[:, 0] * width + alone[:, 1])
    return table_of(criterion).scale, len(banned) - int(same.sum())


def quota_findings(claim: Claim, audit: PairExamination) -> Iterator[Finding]:
    """Check that every quota holds, is met as stated, and that the quotas allow at least one duo.

    A quota on a share holds for a matching without duos. So contradictory shares could be kept by forming no
    duo; wherever some duo is possible, that counts as a conflict. In a plan, one round may be empty beside
    others that are not; the policy of that round then names the duos of the others.
    """
    matching = claim.matching
    if len(matching.quotas) != len(claim.quotas):
        yield Finding("quota", "the matching does not tell of each quota of the policy how it is met")
    else:
        for quota, stated in zip(claim.quotas, matching.quotas, strict=True):
            if stated.name != quota.name:
                yield Finding("quota", f"the quota '{quota.name}' is called '{stated.name}'")
            for message in quota.findings(claim.places, (stated.reached, stated.lowest, stated.highest)):
                yield Finding("quota", f"the quota '{stated.name}' {message}")
    if matching.policy.quotas and not matching.duos and audit.pairs and not matching.added.other_rounds:
        message = f"no duo is formed, though {audit.pairs} pairs could be one"
        yield Finding("quota", f"{message}: quotas that leave none conflict")


def form_findings(matching: Matching) -> Iterator[Finding]:
    """Check the order of lists, repetitions, and the form of digests."""
    for what, keys in _ordered_lists(matching):
        if not all(one < other for one, other in pairwise(keys)):
            yield Finding("order", f"{what}: not in order, or something stands there twice")
    digests = matching.digests
    for name, digest in (("file", digests.file), ("version_1", digests.version_1)):
        if digest is not None and not _DIGEST.fullmatch(digest):
            yield Finding("digests", f"digests.{name} is no SHA-256 in hexadecimal digits")


def _ordered_lists(matching: Matching) -> Iterator[tuple[str, Sequence[Any]]]:
    """Yield every list that has an order, as the keys that it is ordered by."""
    proof = matching.certificate
    yield "duos", [(duo.mentor, duo.mentee) for duo in matching.duos]
    yield "unmatched", [(left.id, left.role) for left in matching.unmatched]
    yield "shortages", [(shortage.role, shortage.people) for shortage in matching.shortages]
    for place, shortage in enumerate(matching.shortages):
        yield f"shortages[{place}].people", shortage.people
        yield f"shortages[{place}].partners", shortage.partners
    yield "certificate.scarce_mentors", proof.scarce_mentors
    yield "certificate.scarce_mentees", proof.scarce_mentees
    yield "certificate.worst_scarce_mentors", proof.worst_scarce_mentors or ()
    yield "certificate.worst_scarce_mentees", proof.worst_scarce_mentees or ()
