"""How much of a table or of vectors is of these people; data that is of nobody among them is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reverse_match.foundation.errors import Fault, PolicyError
from reverse_match.foundation.names import LONGEST_SHOWN, id_key
from reverse_match.foundation.text_safety import shorten
from reverse_match.policy import OwnData, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reverse_match.people.cohort import Cohort
    from reverse_match.policy import Policy
    from reverse_match.scoring.pair_table import PairTable


class TableUse(NamedTuple):
    """Numbers of the pairs that a table has something to say of.

    Attributes
    ----------
    pairs : int
        All of them.
    of_others : int
        Those of somebody who is not in the cohort.
    in_other_roles : int
        Those whose first person does not teach, or whose second one does not learn.
    """

    pairs: int
    of_others: int
    in_other_roles: int

    @property
    def of_use(self) -> int:
        """Number of pairs of a mentor and a mentee of the cohort."""
        return self.pairs - self.of_others - self.in_other_roles


def use_of_table(table: PairTable, cohort: Cohort) -> TableUse:
    """Count the pairs of a table by what they are to a cohort."""
    pairs = of_others = in_other_roles = 0
    people, position = cohort.participants, cohort.position
    there = np.array([position.get(name, -1) for name in table.mentees], dtype=np.int64)
    learns = np.array([index >= 0 and people[index].learns for index in there.tolist()], dtype=bool)
    for row, columns, _ in table.entries.rows():
        index = position.get(table.mentors[row])
        present = int((there[columns] >= 0).sum()) if index is not None else 0
        right = int(learns[columns].sum()) if index is not None and people[index].teaches else 0
        pairs += len(columns)
        of_others += len(columns) - present
        in_other_roles += present - right
    return TableUse(pairs, of_others, in_other_roles)


def refuse_data_of_others(policy: Policy, cohort: Cohort) -> None:
    """Raise an error for a table or vectors that say nothing of these people, nor of any who have left.

    Raises
    ------
    PolicyError
        With each criterion whose data is of other people, or names mentees first.
    """
    faults = [
        Fault(message, column=f"criteria[{index}]", code="unknown-id")
        for index, criterion in enumerate(policy.criteria)
        if isinstance(criterion, OwnData)
        for message in _faults_of(criterion, cohort)
    ]
    if faults:
        raise PolicyError(faults)


def _faults_of(criterion: OwnData, cohort: Cohort) -> Iterator[str]:
    data = criterion.data
    if data is None:
        return
    shown = shorten(criterion.data_name, LONGEST_SHOWN)
    known = cohort.position.keys() | set(map(id_key, cohort.away))
    if not isinstance(criterion, Table):
        if data.names and known.isdisjoint(data.names):
            yield f"the vectors '{shown}' are of nobody among these people; right would be their ids"
        return
    if not data.mentors:
        return
    if known.isdisjoint(data.mentors) or known.isdisjoint(data.mentees):
        yield f"the table '{shown}' names nobody among these people; right would be their ids, mentor first"
        return
    use = use_of_table(data, cohort)
    if use.in_other_roles and not use.of_use:
        yield (
            f"the table '{shown}' has no pair of a mentor and a mentee of these people; right would be the "
            "mentor first"
        )
