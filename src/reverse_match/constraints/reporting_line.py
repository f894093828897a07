"""Who stands above whom: the whole chain of managers, as far as the file knows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.names.normalise import id_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reverse_match.cohort import Cohort


def superiors(cohort: Cohort) -> Iterator[tuple[int, int]]:
    """Yield (person, superior) for everybody above each person, as indices into the cohort.

    A chain ends where a manager is not in the file. Cycles were refused when the cohort was read.

    Examples
    --------
    >>> import reverse_match as rm
    >>> people = [
    ...     {"id": "a", "role": "mentor", "manager_id": "b"},
    ...     {"id": "b", "role": "both", "manager_id": "c"},
    ...     {"id": "c", "role": "mentee"},
    ... ]
    >>> sorted(superiors(rm.Cohort.from_records(people)))
    [(0, 1), (0, 2), (1, 2)]
    """
    manager = [
        None if person.manager_id is None else cohort.position.get(id_key(person.manager_id))
        for person in cohort.participants
    ]
    for person, above in enumerate(manager):
        while above is not None:
            yield person, above
            above = manager[above]
