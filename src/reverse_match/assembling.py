"""Puts people's names back on a solution: duos, who was left out and why, and the certificate."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from pydantic import TypeAdapter

from reverse_match.constraints.partner_counts import PartnerCounts, partner_counts
from reverse_match.left_out import Nearest, Reason, Shortage, Unmatched
from reverse_match.matching import Certificate, CriterionSummary, Digests, Duo, Matching
from reverse_match.scoring.grid import ONE, points
from reverse_match.solver.certificate import Bounds, gap
from reverse_match.solver.reduced_costs import IMPOSSIBLE, nearest_partners
from reverse_match.solver.shortages import too_few_partners
from reverse_match.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reverse_match.arrays import BoolArray, IntArray
    from reverse_match.preparing import Prepared, Side
    from reverse_match.scoring.evidence import NameMatch
    from reverse_match.scoring.model import ScoreModel
    from reverse_match.sentences.language import Role
    from reverse_match.solver.solve import Solution

    Place: TypeAlias = tuple[int, int]

ROLES: tuple[Role, Role] = ("mentor", "mentee")
"""Rows are mentors, columns are mentees."""

_DUOS = TypeAdapter(list[Duo])
"""Thousands of duos are made in one call."""


@dataclass(frozen=True)
class EarlierDuos:
    """Duos of an earlier matching of the same people, in which the same names mean the same.

    Attributes
    ----------
    by_place : mapping of (int, int) to Duo
        By row and column.
    same_scores : bool
        Whether every pair scores the same. If not, the names that matched still do.
    """

    by_place: Mapping[Place, Duo]
    same_scores: bool


NO_DUOS = EarlierDuos({}, same_scores=True)


def assemble(
    prepared: Prepared, solution: Solution, earlier: EarlierDuos = NO_DUOS
) -> tuple[Matching, dict[Place, Duo]]:
    """Return the matching that a solution means.

    Parameters
    ----------
    prepared : Prepared
        Says who is which row and column, and which duos were fixed before solving.
    solution : Solution
        The other duos, prices and bounds.
    earlier : EarlierDuos, optional
        What need not be made again.

    Returns
    -------
    matching : Matching
    duos : dict of (int, int) to Duo
        Its duos, by row and column.
    """
    cohort, policy = prepared.cohort, prepared.policy
    by_place = _duos(prepared, solution, earlier)
    duos = sorted(by_place.values(), key=lambda duo: (duo.mentor, duo.mentee))
    fixed_total = sum(round(by_place[place].score * ONE) for place in prepared.rules.fixed)
    total = fixed_total + int(solution.chosen.scores.sum())
    unmatched, shortages = _left_out(prepared, solution, by_place)
    matching = Matching(
        library_version=__version__,
        status="optimal" if solution.proved else "feasible",
        duos=tuple(duos),
        unmatched=unmatched,
        shortages=shortages,
        total=points(total),
        criteria=_summaries(prepared.model),
        certificate=_certificate(prepared, solution, fixed_total),
        policy=policy,
        as_of=prepared.day,
        digests=Digests(file=cohort.source.sha256, cohort=cohort.sha256, policy=policy.sha256),
    )
    return matching, by_place


def _duos(prepared: Prepared, solution: Solution, earlier: EarlierDuos) -> dict[Place, Duo]:
    known = earlier.by_place if earlier.same_scores else {}
    fixed = set(prepared.rules.fixed)
    chosen = zip(solution.chosen.rows.tolist(), solution.chosen.columns.tolist(), strict=True)
    places = [*chosen, *prepared.rules.fixed]
    new = [place for place in places if place not in known or known[place].fixed != (place in fixed)]
    rows, columns = np.array(new, dtype=np.int64).reshape(-1, 2).T
    mentors, mentees = (side.ids for side in prepared.people)
    scores, names = prepared.model.pairs(rows, columns), _name_matches(prepared, new, earlier)
    records = [
        {
            "mentor": mentors[place[0]],
            "mentee": mentees[place[1]],
            "score": points(pair.score),
            "contributions": {name: points(whole) for name, whole in pair.contributions.items()},
            "missing": pair.missing,
            "name_matches": matches,
            "fixed": place in fixed,
        }
        for place, pair, matches in zip(new, scores, names, strict=True)
    ]
    found = dict(zip(new, _DUOS.validate_python(records), strict=True))
    return {place: found[place] if place in found else known[place] for place in places}


def _name_matches(
    prepared: Prepared, places: Sequence[Place], earlier: EarlierDuos
) -> Iterator[Sequence[NameMatch | dict[str, object]]]:
    """Return the names that matched in each duo: as they were found earlier, or as found now."""
    unknown = [place for place in places if place not in earlier.by_place]
    rows, columns = np.array(unknown, dtype=np.int64).reshape(-1, 2).T
    found = iter(prepared.model.name_matches(rows, columns))
    for place in places:
        if place in earlier.by_place:
            yield earlier.by_place[place].name_matches
        else:
            yield [match._asdict() for match in next(found)]


def _left_out(
    prepared: Prepared, solution: Solution, duos: Mapping[Place, Duo]
) -> tuple[tuple[Unmatched, ...], tuple[Shortage, ...]]:
    """Return who has no duo and why, and who competes for too few partners."""
    seats = [
        np.setdiff1d(np.arange(len(side.ids)), [place[index] for place in duos])
        for index, side in enumerate(prepared.people)
    ]
    if not any(map(len, seats)):
        return (), ()
    takes_part = prepared.people[0].capacities > 0, prepared.people[1].capacities > 0
    counts = partner_counts(prepared.model, prepared.rules, takes_part, prepared.tiling)
    ready = [seats[side][takes_part[side][seats[side]]] for side in (0, 1)]
    shortages = sorted(
        (entry for side in (0, 1) for entry in _shortages(prepared, solution, side, ready[side])),
        key=lambda entry: (entry.role, entry.people),
    )
    competes = {
        (entry.role, identity): index for index, entry in enumerate(shortages) for identity in entry.people
    }
    unmatched = []
    for side, role in enumerate(ROLES):
        nearest = _nearest(prepared, solution, duos, side, ready[side])
        people = prepared.people[side]
        for place in seats[side].tolist():
            identity, capacity = people.ids[place], int(people.capacities[place])
            reason = _reason(capacity, counts[side], place)
            behind = {"nearest": nearest.get(place), "shortage": competes.get((role, identity))}
            unmatched.append(Unmatched.model_validate({"id": identity, "role": role, **reason, **behind}))
    return tuple(sorted(unmatched, key=lambda left: (left.id, left.role))), tuple(shortages)


def _reason(capacity: int, counts: PartnerCounts, place: int) -> dict[str, object]:
    allowed = int(counts.allowed[place])
    blocked_by = {rule: int(count[place]) for rule, count in counts.blocked_by.items() if count[place]}
    reason: Reason = "no_allowed_partner"
    if capacity == 0:
        reason, allowed, blocked_by = "sits_out", 0, {}
    elif allowed:
        reason = "partners_taken"
    elif counts.only_score[place]:
        reason = "below_minimum_score"
    return {"reason": reason, "allowed_partners": allowed, "blocked_by": blocked_by}


def _nearest(
    prepared: Prepared, solution: Solution, duos: Mapping[Place, Duo], side: int, people: IntArray
) -> dict[int, Nearest]:
    """Return who came nearest to being the partner of some people, by their places."""
    if not len(people):
        return {}
    partners, costs = nearest_partners(prepared.problem, solution.prices, side, people, prepared.tiling)
    slack = solution.bounds.total - int(solution.chosen.scores.sum())
    wanted = set(partners.tolist())
    taken_by = defaultdict(list)
    for place in duos:
        if place[1 - side] in wanted:
            taken_by[place[1 - side]].append(prepared.people[side].ids[place[side]])
    names = prepared.people[1 - side].ids
    return {
        place: Nearest(
            partner=names[partner],
            taken_by=tuple(sorted(taken_by[partner])),
            by=points(cost - slack) if cost >= slack else None,
        )
        for place, partner, cost in zip(people.tolist(), partners.tolist(), costs.tolist(), strict=True)
        if cost != IMPOSSIBLE
    }


def _shortages(prepared: Prepared, solution: Solution, side: int, people: IntArray) -> Iterator[Shortage]:
    """Yield who competes with some people, if there can be no more duos than there are."""
    problem = prepared.problem
    if not len(people) or not problem.most_first or solution.bounds.count > len(solution.chosen):
        return
    mine, theirs = prepared.people[side], prepared.people[1 - side]
    for found in too_few_partners(problem, solution.chosen, side, people):
        yield Shortage(
            role=ROLES[side],
            people=tuple(sorted(mine.ids[place] for place in found.people.tolist())),
            partners=tuple(sorted(theirs.ids[place] for place in found.partners.tolist())),
            wanted=found.wanted,
            places=found.places,
        )


def _summaries(model: ScoreModel) -> tuple[CriterionSummary, ...]:
    return tuple(
        CriterionSummary(
            name=criterion.name,
            weight=points(criterion.blend.weight),
            neutral=points(criterion.blend.neutral) if criterion.known_pairs < model.pair_count else None,
            known_pairs=criterion.known_pairs,
        )
        for criterion in model.criteria
    )


def _certificate(prepared: Prepared, solution: Solution, fixed_total: int) -> Certificate:
    fixed = len(prepared.rules.fixed)
    duos, total = len(solution.chosen) + fixed, int(solution.chosen.scores.sum()) + fixed_total
    proof = Bounds(solution.bounds.count + fixed, solution.bounds.total + fixed_total, solution.bounds.pairs)
    present = [capacity > 0 for capacity in prepared.problem.capacities]
    values = solution.prices.rows, solution.prices.columns
    prices = [_prices_by_id(*side) for side in zip(prepared.people, present, values, strict=True)]
    scarce = [_scarce_ids(*side) for side in zip(prepared.people, present, solution.scarce, strict=True)]
    return Certificate(
        duos=duos,
        duos_bound=proof.count,
        total=points(total),
        bound=points(proof.total),
        gap=gap(duos, total, proof),
        pairs_checked=proof.pairs,
        duo_price=points(solution.prices.bonus),
        mentor_prices=prices[0],
        mentee_prices=prices[1],
        scarce_mentors=scarce[0],
        scarce_mentees=scarce[1],
    )


def _prices_by_id(side: Side, present: BoolArray, prices: IntArray) -> dict[str, float]:
    places = side.by_id[present[side.by_id]]
    return dict(
        zip([side.ids[place] for place in places.tolist()], (prices[places] / ONE).tolist(), strict=True)
    )


def _scarce_ids(side: Side, present: BoolArray, marks: BoolArray) -> tuple[str, ...]:
    places = side.by_id[(present & marks)[side.by_id]]
    return tuple(side.ids[place] for place in places.tolist())
