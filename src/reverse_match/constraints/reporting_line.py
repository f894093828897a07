"""Who stands above whom: the whole chain of managers, as far as the file knows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reverse_match.names.normalise import id_key

if TYPE_CHECKING:
    from reverse_match.arrays import IntArray
    from reverse_match.cohort import Cohort


def superiors(cohort: Cohort) -> tuple[IntArray, IntArray]:
    """Return people and superiors, one entry for everybody above each person, as indices into the cohort.

    A chain ends where a manager is not in the file. Cycles were refused when the cohort was read.

    Examples
    --------
    >>> import reverse_match as rm
    >>> people = [
    ...     {"id": "a", "role": "mentor", "manager_id": "b"},
    ...     {"id": "b", "role": "both", "manager_id": "c"},
    ...     {"id": "c", "role": "mentee"},
    ... ]
    >>> [column.tolist() for column in superiors(rm.Cohort.from_records(people))]
    [[0, 1, 0], [1, 2, 2]]
    """
    position = cohort.position
    manager = np.array(
        [
            -1 if person.manager_id is None else position.get(id_key(person.manager_id), -1)
            for person in cohort.participants
        ],
        dtype=np.int64,
    )
    people, above = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    person, superior = np.arange(len(manager)), manager
    while (known := superior >= 0).any():
        person, superior = person[known], superior[known]
        people.append(person)
        above.append(superior)
        superior = manager[superior]
    return np.concatenate(people), np.concatenate(above)
