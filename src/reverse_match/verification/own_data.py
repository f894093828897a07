"""Data that stands outside of a policy: it must have the digest that a matching states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from reverse_match.foundation.errors import Finding, PolicyError, VerificationError
from reverse_match.policy import OwnData, Table
from reverse_match.policy.labels import table_label
from reverse_match.scoring.own_data import bind, refuse_missing, table_of
from reverse_match.scoring.pair_table import FORBIDDEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from reverse_match.foundation.arrays import IntArray
    from reverse_match.matching.results.circles import CircleMatching
    from reverse_match.matching.results.matching import Matching
    from reverse_match.matching.results.plan import RotationPlan
    from reverse_match.people.cohort import Cohort
    from reverse_match.policy import Policy
    from reverse_match.verification.people import PeopleIndex


def bound_matching(
    matching: Matching,
    cohort: Cohort,
    policy: Policy | None,
    tables: Mapping[str, Any] | None,
    folders: Iterable[Path] = (),
) -> tuple[Matching, Policy | None]:
    """Return a matching and the policy that is said to be its own, with the data of their criteria.

    In ``folders`` files are looked for that have the stated digests.

    Raises
    ------
    VerificationError
        If the data is another than was matched.
    PolicyError
        If the data is not at hand, or faulty.
    """
    stored, given = _bound(matching.policy, cohort, policy, tables, folders)
    return matching.with_policy(stored), given


def bound_circles(
    circles: CircleMatching,
    cohort: Cohort,
    policy: Policy | None,
    tables: Mapping[str, Any] | None,
    folders: Iterable[Path] = (),
) -> tuple[CircleMatching, Policy | None]:
    """Return circles and the policy that is said to be their own, with the data of their criteria.

    Errors are those of :func:`bound_matching`.
    """
    stored, given = _bound(circles.policy, cohort, policy, tables, folders)
    return circles.model_copy(update={"policy": stored}), given


def bound_plan(
    plan: RotationPlan,
    cohort: Cohort,
    policy: Policy | None,
    tables: Mapping[str, Any] | None,
    folders: Iterable[Path] = (),
) -> tuple[RotationPlan, Policy | None]:
    """Return a plan and the policy that is said to be its own, with the data of their criteria.

    Errors are those of :func:`bound_matching`.
    """
    stored, given = _bound(plan.policy, cohort, policy, tables, folders)
    if stored is plan.policy:
        return plan, given
    rounds = tuple(
        matching.with_policy(stored) if matching.policy == stored else matching for matching in plan.rounds
    )
    return plan.model_copy(update={"policy": stored, "rounds": rounds}), given


def _bound(
    stored: Policy,
    cohort: Cohort,
    given: Policy | None,
    tables: Mapping[str, Any] | None,
    folders: Iterable[Path],
) -> tuple[Policy, Policy | None]:
    silent = [
        one.data_name
        for one in stored.criteria
        if isinstance(one, OwnData)
        and one.sha256 is None
        and not (isinstance(one, Table) and one.pairs is not None)
    ]
    if silent:
        message = f"the policy does not state the digest of the data called '{silent[0]}'"
        raise VerificationError([Finding("tables", message)])
    try:
        if given is not None:
            given = bind(given, cohort, tables, like=stored)
        stored = bind(stored, cohort, tables, like=given, folders=folders)
    except PolicyError as error:
        if any(fault.code != "other-data" for fault in error.faults):
            raise
        raise VerificationError([Finding("tables", fault.message) for fault in error.faults]) from None
    refuse_missing(stored)
    return stored, given


def forbidden_by_tables(policy: Policy, people: PeopleIndex) -> Iterator[tuple[str, IntArray]]:
    """Yield the label of each table that forbids pairs, and the sorted rows and columns of these pairs."""
    for criterion in policy.criteria:
        if isinstance(criterion, Table):
            table = table_of(criterion)
            there = np.array([people.place["mentee"].get(name, -1) for name in table.mentees], dtype=np.int64)
            pairs = [np.empty((0, 2), dtype=np.int64)]
            for position, columns, codes in table.entries.rows():
                row = people.place["mentor"].get(table.mentors[position])
                banned = there[columns[codes == FORBIDDEN]]
                if row is not None:
                    pairs.append(
                        np.array([(row, column) for column in np.sort(banned[banned >= 0]).tolist()])
                    )
            places = np.concatenate(sorted((some for some in pairs if len(some)), key=_first) or pairs[:1])
            if len(places):
                yield table_label(criterion.name), places


def _first(places: IntArray) -> int:
    return int(places[0, 0])
