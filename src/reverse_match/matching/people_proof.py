"""Translates what is proved of people back to ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.fixed_point import points
from reverse_match.matching.results.people_proof import MadeUp, PeopleCase, PeopleProof
from reverse_match.matching.results.proof_by_cases import CasePrice
from reverse_match.scoring.utility import FULL_UTILITY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reverse_match.foundation.arrays import IntArray
    from reverse_match.matching.encode import Prepared
    from reverse_match.solver.objectives import Optimum
    from reverse_match.solver.side_constraints.person_problem import Branch, PersonPrices
    from reverse_match.solver.side_constraints.person_tree import PersonTree


def people_proof(prepared: Prepared, optimum: Optimum) -> PeopleProof | None:
    """Return what is proved of people, with ids in place of rows and columns."""
    found = optimum.people
    if found is None:
        return None
    cases = _Cases(prepared, len(optimum.solution.chosen))
    return PeopleProof(
        lowest=None if found.lowest is None else points(found.lowest),
        lowest_bound=None if found.lowest_bound is None else points(found.lowest_bound),
        lowest_cases=cases.of(found.lowest_proof),
        utility=None if found.utility is None else found.utility / FULL_UTILITY,
        utility_bound=None if found.utility_bound is None else found.utility_bound / FULL_UTILITY,
        proved=found.proved,
        lacking_cases=cases.of(found.lacking_proof),
        cases=cases.of(found.proof),
    )


def reached_by_people(prepared: Prepared, optimum: Optimum, fixed_total: int) -> list[tuple[int, int]]:
    """Return what is reached and its bound, for each stage over people that may fall short."""
    found, solution = optimum.people, optimum.solution
    if found is None:
        return []
    stages = []
    if found.lowest is not None and found.lowest_bound is not None:
        stages.append((found.lowest, found.lowest_bound))
    if found.utility is not None and found.utility_bound is not None:
        stages.append((found.utility, found.utility_bound))
    if found.proved:
        return stages
    if found.utility is None:
        stages.append((int(solution.chosen.scores.sum()) + fixed_total, solution.bounds.total + fixed_total))
    fixed = np.array(prepared.rules.fixed, dtype=np.int64).reshape(-1, 2).T
    duos = len(solution.chosen) + len(fixed[0])
    lacking = prepared.count_lacking(fixed[0], fixed[1])
    more = prepared.count_lacking(solution.chosen.rows, solution.chosen.columns)
    stages.append((duos - lacking - more, duos - lacking))
    return stages


class _Cases:
    """The cases of proofs with ids."""

    def __init__(self, prepared: Prepared, count: int) -> None:
        from reverse_match.solver.pairs.quotas import fix_count

        demand = prepared.problem.people
        self._mentors, self._mentees = (side.ids for side in prepared.people)
        self._quotas = [
            (compiled, fix_count(sums, count))
            for compiled, sums in zip(prepared.quotas, prepared.residual_quotas, strict=True)
        ]
        self._place_of_lacking = len(prepared.policy.quotas)
        self._people: dict[int, str] = {}
        for people, ids in (
            (() if demand is None else demand.rows.tolist(), self._mentors),
            (() if demand is None else demand.columns.tolist(), self._mentees),
        ):
            self._people.update(
                {person: name for person, name in zip(people, ids, strict=False) if person >= 0}
            )

    def of(self, tree: PersonTree | None) -> tuple[PeopleCase, ...] | None:
        """Return the cases of a proof."""
        return None if tree is None else tuple(self._case(node) for node in tree.nodes)

    def _case(self, node: Branch | PersonPrices) -> PeopleCase:
        if isinstance(node, tuple):
            return PeopleCase(
                mentor=None if node.row is None else self._mentors[node.row],
                mentee=None if node.column is None else self._mentees[node.column],
                most=node.most,
            )
        mentors, mentees = (
            {ids[place]: int(price[place]) for place in np.flatnonzero(price).tolist()}
            for ids, price in zip((self._mentors, self._mentees), node.sides, strict=True)
        )
        return PeopleCase(
            mentors=dict(sorted(mentors.items())),
            mentees=dict(sorted(mentees.items())),
            people=dict(
                sorted(
                    (self._people[place], int(node.people[place]))
                    for place in np.flatnonzero(node.people).tolist()
                )
            ),
            quotas=tuple(self._paid(node.quotas)),
            duo=node.pair,
            made_up=tuple(
                MadeUp(
                    person=self._people[person],
                    mentor=self._mentors[row],
                    mentee=self._mentees[column],
                    price=price,
                )
                for person, row, column, price in node.made_up
            ),
        )

    def _paid(self, prices: tuple[IntArray, ...]) -> Iterator[CasePrice]:
        if len(prices) > len(self._quotas) and prices[-1][0]:  # the last one bounds the lacking duos
            yield CasePrice(quota=self._place_of_lacking, inside=int(prices[-1][0]))
        for (compiled, sums), price in zip(self._quotas, prices, strict=False):
            for index in np.flatnonzero(price).tolist():
                one = int(price[index])
                yield CasePrice(
                    quota=compiled.place,
                    group=compiled.groups[index] if compiled.groups else None,
                    inside=one * sums.inside,
                    outside=one * sums.outside,
                )
