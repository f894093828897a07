"""Puts people's names back on a solution: duos, who was left out and why, and the certificate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from reverse_match.matching import Certificate, CriterionSummary, Digests, Duo, Matching
from reverse_match.quota_assembling import duos_proof, quota_proof, quota_results
from reverse_match.reasons import left_out
from reverse_match.scoring.evidence import NameMatch
from reverse_match.scoring.grid import ONE, points
from reverse_match.solver.certificate import gap
from reverse_match.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reverse_match.arrays import BoolArray, IntArray
    from reverse_match.preparing import Prepared, Side
    from reverse_match.scoring.model import ScoreModel
    from reverse_match.solver.bottleneck import Worst
    from reverse_match.solver.objectives import Optimum
    from reverse_match.solver.solve import Solution
    from reverse_match.worth import Worth

    Place: TypeAlias = tuple[int, int]


@dataclass(frozen=True)
class EarlierDuos:
    """Duos of an earlier matching of the same people, in which the same names mean the same.

    Attributes
    ----------
    by_place : mapping of (int, int) to Duo
        By row and column.
    same_scores : bool
        Whether every pair scores the same and has the same credits. If not, the names that matched still do.
    """

    by_place: Mapping[Place, Duo]
    same_scores: bool


NO_DUOS = EarlierDuos({}, same_scores=True)


def assemble(
    prepared: Prepared, optimum: Optimum, earlier: EarlierDuos = NO_DUOS
) -> tuple[Matching, dict[Place, Duo]]:
    """Return the matching that an optimum means.

    Parameters
    ----------
    prepared : Prepared
        Says who is which row and column, and which duos were fixed before solving.
    optimum : Optimum
        The other duos, prices and bounds.
    earlier : EarlierDuos, optional
        What need not be made again.

    Returns
    -------
    matching : Matching
    duos : dict of (int, int) to Duo
        Its duos, by row and column.
    """
    cohort, policy, solution = prepared.cohort, prepared.given, optimum.solution
    by_place = _duos(prepared, solution, earlier)
    duos = sorted(by_place.values(), key=lambda duo: (duo.mentor, duo.mentee))
    rows, columns = np.array(prepared.rules.fixed, dtype=np.int64).reshape(-1, 2).T
    fixed_scores = np.array(
        [round(by_place[place].score * ONE) for place in prepared.rules.fixed], dtype=np.int64
    )
    certificate = certificate_of(prepared, optimum, int(prepared.worth_of(rows, columns, fixed_scores).sum()))
    unmatched, shortages = left_out(prepared, optimum, by_place)
    matching = Matching(
        library_version=__version__,
        status="optimal" if certificate.proved else "feasible",
        duos=tuple(duos),
        unmatched=unmatched,
        shortages=shortages,
        total=points(sum(round(duo.score * ONE) for duo in duos)),
        quotas=quota_results(prepared, *np.array(list(by_place), dtype=np.int64).reshape(-1, 2).T),
        criteria=_summaries(prepared.model),
        certificate=certificate,
        policy=policy,
        added=prepared.added,
        as_of=prepared.day,
        digests=Digests(file=cohort.source.sha256, cohort=cohort.sha256, policy=policy.sha256),
    )
    return matching.with_changes(), by_place


def _duos(prepared: Prepared, solution: Solution, earlier: EarlierDuos) -> dict[Place, Duo]:
    known = earlier.by_place if earlier.same_scores else {}
    fixed = set(prepared.rules.fixed)
    chosen = zip(solution.chosen.rows.tolist(), solution.chosen.columns.tolist(), strict=True)
    places = [*chosen, *prepared.rules.fixed]
    new = [place for place in places if place not in known or known[place].fixed != (place in fixed)]
    rows, columns = np.array(new, dtype=np.int64).reshape(-1, 2).T
    mentors, mentees = (side.ids for side in prepared.people)
    scores, names = prepared.model.pairs(rows, columns), _name_matches(prepared, new, earlier)
    found = {
        place: Duo.of_checked(
            {
                "mentor": mentors[place[0]],
                "mentee": mentees[place[1]],
                "score": points(pair.score),
                "contributions": {name: points(whole) for name, whole in pair.contributions.items()},
                "missing": pair.missing,
                "name_matches": matches,
                "fixed": place in fixed,
                "credits": prepared.credits.of_pair(place),
            }
        )
        for place, pair, matches in zip(new, scores, names, strict=True)
    }
    return {place: found[place] if place in found else known[place] for place in places}


def _name_matches(
    prepared: Prepared, places: Sequence[Place], earlier: EarlierDuos
) -> Iterator[tuple[NameMatch, ...]]:
    """Return the names that matched in each duo: as they were found earlier, or as found now."""
    unknown = [place for place in places if place not in earlier.by_place]
    rows, columns = np.array(unknown, dtype=np.int64).reshape(-1, 2).T
    found = iter(prepared.model.name_matches(rows, columns))
    for place in places:
        if place in earlier.by_place:
            yield earlier.by_place[place].name_matches
        else:
            yield tuple(NameMatch.of_checked(match._asdict()) for match in next(found))


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


def certificate_of(prepared: Prepared, optimum: Optimum, fixed_total: int) -> Certificate:
    """Return what is proved: in scores, or in what they are worth to the objective.

    Parameters
    ----------
    prepared : Prepared
        Says who is which row and column.
    optimum : Optimum
        Prices and bounds.
    fixed_total : int
        What fixed duos are worth.
    """
    solution, worth, fixed = optimum.solution, prepared.worth, len(prepared.rules.fixed)
    duos, total = len(solution.chosen) + fixed, int(solution.chosen.scores.sum()) + fixed_total
    most, highest = solution.bounds.count + fixed, solution.bounds.total + fixed_total
    missing = gap_of(optimum, fixed, fixed_total)
    of_quotas = {} if optimum.quotas is None else quota_proof(prepared, optimum.quotas, fixed_total)
    values = solution.prices.rows, solution.prices.columns
    prices = [
        _prices_by_id(side, capacity > 0, price, worth)
        for side, capacity, price in zip(prepared.people, prepared.problem.capacities, values, strict=True)
    ]
    limited_by_people = optimum.quotas is None or optimum.quotas.count is None
    scarce = _scarce_ids(prepared, solution.scarce) if limited_by_people else ((), ())
    return Certificate(
        duos=duos,
        duos_bound=most,
        total=worth.shown(total),
        bound=worth.shown(highest),
        gap=missing,
        pairs_checked=solution.bounds.pairs,
        duo_price=worth.shown(solution.prices.bonus),
        mentor_prices=prices[0],
        mentee_prices=prices[1],
        scarce_mentors=scarce[0],
        scarce_mentees=scarce[1],
        equal_optima=None if missing or of_quotas else solution.has_equals,
        units=None if worth.full == ONE else worth.full,
        **({} if optimum.worst is None else _worst(prepared, optimum.worst)),
        **of_quotas,
    )


def gap_of(optimum: Optimum, fixed: int, fixed_total: int) -> float:
    """Return how far from the best a choice can be beside so many fixed duos, as a share of the bound."""
    solution = optimum.solution
    total = int(solution.chosen.scores.sum()) + fixed_total
    reached = [(total, solution.bounds.total + fixed_total)]
    if optimum.objective != "total":
        reached.insert(0, (len(solution.chosen) + fixed, solution.bounds.count + fixed))
    if optimum.worst is not None:
        reached.append((optimum.worst.score, optimum.worst.bound))
    return gap(*reached)


def _worst(prepared: Prepared, worst: Worst) -> dict[str, Any]:
    told = {"worst": points(worst.score), "worst_bound": points(worst.bound)}
    if worst.proof is not None:
        return {**told, "worst_proof": duos_proof(prepared, worst.proof)}
    scarce = _scarce_ids(prepared, worst.scarce)
    return {**told, "worst_scarce_mentors": scarce[0], "worst_scarce_mentees": scarce[1]}


def _prices_by_id(side: Side, present: BoolArray, prices: IntArray, worth: Worth) -> dict[str, float]:
    places = side.by_id[present[side.by_id]]
    values = (prices[places] / worth.full).tolist()
    return dict(zip([side.ids[place] for place in places.tolist()], values, strict=True))


def _scarce_ids(
    prepared: Prepared, marks: tuple[BoolArray, BoolArray]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    mentors, mentees = (
        tuple(side.ids[place] for place in side.by_id[(scarce & (capacity > 0))[side.by_id]].tolist())
        for side, scarce, capacity in zip(prepared.people, marks, prepared.problem.capacities, strict=True)
    )
    return mentors, mentees
