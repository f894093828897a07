"""Forms circles: from a cohort and a policy to the record with its proof."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from reverse_match.foundation.errors import InfeasibleError, UndecidedError
from reverse_match.foundation.fixed_point import points
from reverse_match.foundation.names import id_key
from reverse_match.foundation.version import __version__
from reverse_match.matching.circles.encode import prepare_circles
from reverse_match.matching.circles.proof import stages_of
from reverse_match.matching.circles.why import explain_without_circle
from reverse_match.matching.decode import summaries_of
from reverse_match.matching.results.circles import (
    CircleCertificate,
    CircleMatching,
    CircleOf,
    FormerCircle,
)
from reverse_match.matching.results.matching import Digests, Duo
from reverse_match.scoring.name_matches import NameMatch
from reverse_match.solver.circles.solve import solve_circles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reverse_match.matching.circles.encode import PreparedCircles
    from reverse_match.matching.run_options import RunOptions
    from reverse_match.people.cohort import Cohort
    from reverse_match.policy import Policy
    from reverse_match.solver.circles.problem import Circle
    from reverse_match.solver.circles.solve import CircleOptimum


def form(cohort: Cohort, policy: Policy, past: Iterable[object], options: RunOptions) -> CircleMatching:
    """Form circles; see :func:`.form_circles`."""
    watch = options.watch()
    watch.step("score pairs")
    prepared = prepare_circles(cohort, policy, former_circles(past), options)
    watch.step("circles")
    optimum = solve_circles(prepared.problem, watch)
    if prepared.problem.together and not optimum.circles:
        _refuse(optimum)
    watch.step("explain")
    return _assemble(prepared, optimum).with_people(cohort)


def _refuse(optimum: CircleOptimum) -> None:
    """Raise the error for fixed duos that no circles have."""
    if optimum.stages["people"].bound <= 0:
        message = "the fixed duos cannot be in circles that keep the sizes, the rules and the conditions"
        raise InfeasibleError([message])
    message = (
        "no circles were found that have the fixed duos, nor a proof that there are none; right would be "
        "more time, or fewer fixed duos"
    )
    raise UndecidedError(message)


def former_circles(past: Iterable[object]) -> tuple[FormerCircle, ...]:
    """Return who was together before, sorted, each group once.

    ``past`` has circles, matchings, plans, histories, or pairs of a mentor and a mentee.
    """
    found = {one for given in past for one in _former(given)}
    return tuple(sorted(found, key=lambda one: (one.mentors, one.mentees)))


def _former(given: object) -> Iterator[FormerCircle]:
    if isinstance(given, CircleMatching):
        yield from given.former_circles
        return
    for one in _duos_in(given):
        mentor, mentee = one if isinstance(one, tuple | list) else (one.mentor, one.mentee)
        yield FormerCircle(mentors=(id_key(mentor),), mentees=(id_key(mentee),))


def _duos_in(given: Any) -> Iterator[Any]:
    for name in ("rounds", "past_duos", "duos"):
        if name == "rounds" and hasattr(given, "past_duos"):
            continue  # a history, whose rounds hold no matchings
        for one in getattr(given, name, ()):
            yield from _duos_in(one) if name == "rounds" else (one,)
    if isinstance(given, tuple | list) or hasattr(given, "mentor"):
        yield given


def _assemble(prepared: PreparedCircles, optimum: CircleOptimum) -> CircleMatching:
    circles = sorted(_records(prepared, optimum.circles), key=lambda one: one.mentors)
    certificate = CircleCertificate(stages=stages_of(prepared, optimum))
    cohort, policy = prepared.cohort, prepared.policy
    return CircleMatching(
        library_version=__version__,
        status="optimal" if certificate.proved else "feasible",
        circles=tuple(circles),
        unmatched=explain_without_circle(prepared, optimum.circles),
        total=points(sum(circle.score(prepared.problem.scores) for circle in optimum.circles)),
        criteria=summaries_of(prepared.model, prepared.rules),
        certificate=certificate,
        past=prepared.past,
        policy=policy,
        as_of=prepared.day,
        digests=Digests(file=cohort.source.sha256, cohort=cohort.sha256, policy=policy.sha256),
    )


def _records(prepared: PreparedCircles, circles: Iterable[Circle]) -> Iterator[CircleOf]:
    mentors, mentees = (side.ids for side in prepared.people)
    fixed = set(prepared.rules.fixed)
    for circle in circles:
        team = sorted(circle.mentors, key=mentors.__getitem__)
        group = sorted(circle.mentees, key=mentees.__getitem__)
        places = [(row, column) for row in team for column in group]
        rows, columns = np.array(places, dtype=np.int64).T
        scores = prepared.model.pairs(rows, columns)
        names = prepared.model.name_matches(rows, columns)
        pairs = tuple(
            Duo(
                mentor=mentors[place[0]],
                mentee=mentees[place[1]],
                score=points(pair.score),
                contributions={name: points(whole) for name, whole in pair.contributions.items()},
                missing=pair.missing,
                name_matches=tuple(NameMatch(**match._asdict()) for match in shared),
                fixed=place in fixed,
            )
            for place, pair, shared in zip(places, scores, names, strict=True)
        )
        yield CircleOf(
            mentors=tuple(mentors[one] for one in team),
            mentees=tuple(mentees[one] for one in group),
            score=points(sum(pair.score for pair in scores)),
            pairs=pairs,
        )
