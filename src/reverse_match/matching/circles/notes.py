"""What is worth knowing of circles before anybody relies on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.foundation.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reverse_match.matching.results.circles import CircleMatching
    from reverse_match.people.cohort import Cohort


def circle_notes(record: CircleMatching, cohort: Cohort) -> tuple[Fault, ...]:
    """Return a note on what circles have left out or could not have.

    Examples
    --------
    >>> import reverse_match as rm
    >>> people = [{"id": "m", "role": "mentor", "capacity": 3}, {"id": "e", "role": "mentee"}]
    >>> cohort = rm.Cohort.from_records(people)
    >>> for note in circle_notes(rm.form_circles(cohort, rm.Policy(circles={"mentees": 1})), cohort):
    ...     print(note)
    1 capacity is above 1; everybody is in at most one circle in a role
    """
    return tuple(_notes(record, cohort))


def _notes(record: CircleMatching, cohort: Cohort) -> Iterator[Fault]:
    wide = sum(person.capacity > 1 for person in cohort.participants)
    if wide:
        what = "1 capacity is" if wide == 1 else f"{wide} capacities are"
        message = f"{what} above 1; everybody is in at most one circle in a role"
        yield Fault(message, code="capacity-of-circles")
    if not record.circles:
        message = "no circle is possible; the reasons of people tell whether rules or sizes are in the way"
        yield Fault(message, code="no-circle")
