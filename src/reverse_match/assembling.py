"""Puts people's names back on a solution: duos, who was left out and why, and the certificate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from pydantic import TypeAdapter

from reverse_match.matching import Certificate, CriterionSummary, Digests, Duo, Matching
from reverse_match.reasons import left_out
from reverse_match.scoring.grid import ONE, points
from reverse_match.solver.certificate import Bounds, gap
from reverse_match.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reverse_match.arrays import BoolArray, IntArray
    from reverse_match.preparing import Prepared, Side
    from reverse_match.scoring.evidence import NameMatch
    from reverse_match.scoring.model import ScoreModel
    from reverse_match.solver.solve import Solution

    Place: TypeAlias = tuple[int, int]

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
    unmatched, shortages = left_out(prepared, solution, by_place)
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
