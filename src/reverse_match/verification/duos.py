"""What a matching says of its duos: scores, rules, capacities, sums, criteria, and the worst duo's bound.

Under ``max_min`` a certificate says that no other matching has a better worst duo. Its proof is a count over
all pairs. Suppose that as many free duos could all score more than the bound. Each of them would use up
capacity of somebody scarce, or be a pair that scores more and has nobody scarce in it. Where the capacity of
the scarce people and these pairs are together fewer than the free duos, that is impossible.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.errors import Finding
from reverse_match.foundation.fixed_point import ONE, millionths_of_points, points
from reverse_match.foundation.plural import counted
from reverse_match.scoring.name_matches import NameMatch
from reverse_match.verification.people import duo_name, loads_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reverse_match.matching.results.matching import Certificate, Matching
    from reverse_match.scoring.model import ScoreModel
    from reverse_match.verification.all_pairs import Audit
    from reverse_match.verification.demands import Demands
    from reverse_match.verification.objective import CohortObjective
    from reverse_match.verification.people import PeopleIndex


def duo_findings(
    matching: Matching, people: PeopleIndex, model: ScoreModel, objective: CohortObjective
) -> Iterator[Finding]:
    """Check scores, contributions, credits, missing criteria, and the names that matched."""
    for (mentor, mentee), count in Counter((duo.mentor, duo.mentee) for duo in matching.duos).items():
        if count > 1:
            yield Finding("duo", f"the duo of '{mentor}' and '{mentee}' stands {count} times in the matching")
    places = [people.at(duo.mentor, duo.mentee) for duo in matching.duos]
    rows, columns = np.array(places, dtype=np.int64).reshape(-1, 2).T
    scores, names = model.pairs(rows, columns), model.name_matches(rows, columns)
    for duo, place, pair, shared in zip(matching.duos, places, scores, names, strict=True):
        if duo.score != points(pair.score):
            yield Finding(
                "score",
                f"{duo_name(duo)} is said to score {duo.score}, but scores {points(pair.score)}",
            )
        if duo.contributions != {name: points(whole) for name, whole in pair.contributions.items()}:
            yield Finding(
                "contributions",
                f"{duo_name(duo)}: the points of its criteria are not those of its people",
            )
        if duo.credits != ({} if objective.credits is None else objective.credits.points_by_name(place)):
            yield Finding("credits", f"{duo_name(duo)}: its credits are not those that the policy gives it")
        if duo.missing != pair.missing:
            yield Finding(
                "missing", f"{duo_name(duo)}: the criteria said to be missing are not those that are"
            )
        if duo.name_matches != tuple(NameMatch(**match._asdict()) for match in shared):
            yield Finding("name_matches", f"{duo_name(duo)}: the names said to match are not those that do")


def rule_findings(
    matching: Matching, people: PeopleIndex, demands: Demands, audit: Audit
) -> Iterator[Finding]:
    """Check every duo against every rule, and that fixed duos stand."""
    formed = {people.at(duo.mentor, duo.mentee): duo for duo in matching.duos}
    for place, duo in formed.items():
        if place in demands.same_person:
            yield Finding("rule", f"{duo_name(duo)} is one person")
        for label, pairs in (*demands.forbidden.items(), *audit.violations.items()):
            if place in pairs:
                reason = "is below the minimum score of" if label in demands.thresholds else "is forbidden by"
                yield Finding("rule", f"{duo_name(duo)} {reason} {label}")
        if duo.fixed != (place in demands.fixed):
            yield Finding("rule", f"{duo_name(duo)} is {'not ' if duo.fixed else ''}fixed by the policy")
    for row, column in sorted(demands.fixed - set(formed)):
        mentor, mentee = people.of["mentor"][row].id, people.of["mentee"][column].id
        yield Finding(
            "rule",
            f"the policy fixes '{mentor}' (mentor) and '{mentee}' (mentee), but they are no duo",
        )


def capacity_findings(matching: Matching, people: PeopleIndex) -> Iterator[Finding]:
    """Check that nobody has more duos than capacity."""
    for role, loads in loads_of(matching, people).items():
        for place, load in sorted(loads.items()):
            person = people.of[role][place]
            if load > person.capacity:
                yield Finding(
                    "capacity",
                    f"'{person.id}' has {counted(load, 'duo')} as {role}, but capacity {person.capacity}",
                )


def sum_findings(matching: Matching, objective: CohortObjective) -> Iterator[Finding]:
    """Check totals and counts against the duos themselves."""
    scores = np.array([round(duo.score * ONE) for duo in matching.duos], dtype=np.int64)
    summed = "scores" if objective.units == ONE else "utilities"
    summed += " and credits" * (objective.credits is not None)
    worth = objective.worth_of(matching.duos)
    for what, stated, of, total in (
        ("total", matching.total, "scores", points(int(scores.sum()))),
        ("certificate.total", matching.certificate.total, summed, objective.from_units(worth)),
    ):
        if stated != total:
            yield Finding("total", f"{what} is said to be {stated}, but the {of} of the duos sum to {total}")
    if matching.certificate.duos != len(matching.duos):
        yield Finding(
            "total",
            f"the certificate speaks of {counted(matching.certificate.duos, 'duo')}, "
            f"but there are {len(matching.duos)}",
        )


def summary_findings(matching: Matching, model: ScoreModel) -> Iterator[Finding]:
    """Check normalised weights and neutral values."""
    stated = [(c.name, c.weight, c.neutral, c.known_pairs) for c in matching.criteria]
    actual = [
        (
            c.name,
            points(c.blend.weight),
            points(c.blend.neutral) if c.known_pairs < model.pair_count else None,
            c.known_pairs,
        )
        for c in model.criteria
    ]
    if stated != actual:
        yield Finding("criteria", "the weights or neutral values are not those that policy and people give")


def worst_findings(matching: Matching, demands: Demands, audit: Audit) -> Iterator[Finding]:
    """Check the worst duo and its bound, and that other objectives say nothing of them."""
    proof = matching.certificate
    stated: tuple[object, ...] = (
        proof.worst,
        proof.worst_bound,
        proof.worst_scarce_mentors,
        proof.worst_scarce_mentees,
    )
    if audit.proofs is not None and matching.duos:
        stated = (proof.worst, proof.worst_bound, proof.worst_proof, proof.worst_proof)
    if audit.objective.kind != "max_min" or audit.lowest is None:
        if any(value is not None for value in stated):
            yield Finding("worst", "a bound on the worst duo is stated, but the objective asks for none")
        return
    if proof.worst != points(audit.lowest):
        yield Finding(
            "worst", f"the worst duo is said to score {proof.worst}, but it scores {points(audit.lowest)}"
        )
    if None in stated or millionths_of_points(proof.worst_bound or 0) is None:
        yield Finding(
            "worst", "the bound on the worst duo, or who is scarce above it, is missing or malformed"
        )
        return
    if round((proof.worst_bound or 0) * ONE) < audit.lowest:
        yield Finding("worst", f"the worst duo scores more than its bound {proof.worst_bound}")
    if audit.proofs is not None:
        return  # who looks at the proofs of quotas checks it
    most = audit.above
    for role, left in demands.left.items():
        most += int(np.maximum(left, 0)[audit.worst_scarce[role]].sum())
    free = len(matching.duos) - len(demands.fixed & audit.formed)
    if most >= free:
        yield Finding(
            "worst",
            f"the scarce people leave room for {counted(most, 'duo')} scoring more than {proof.worst_bound}, "
            f"so they do not prove it to be the best for the worst of {free}",
        )


def share_below_best_worst(proof: Certificate) -> float:
    """Return how far the worst duo can be from the best possible, as a share of that."""
    if not proof.worst_bound or proof.worst is None:
        return 0.0
    bound, reached = round(proof.worst_bound * ONE), round(proof.worst * ONE)
    return (bound - reached) / bound if bound else 0.0
