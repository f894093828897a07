"""Says what a matching is for, who made it, and which data of people it uses: for whoever answers for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.matching.results.matching import stating
from reverse_match.policy.data_used import data_used

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reverse_match.matching.results.matching import Matching
    from reverse_match.people.cohort import Cohort
    from reverse_match.people.participant import Participant

_EVERY_MATCH = frozenset(
    {"id", "role", "capacity", "capacity_as_mentor", "capacity_as_mentee", "capacity_in_all"}
    | {"least_duos", "least_duos_as_mentor", "least_duos_as_mentee", "least_duos_in_all", "wants_ranks"}
)
"""What every match reads, and what belongs to another column."""


def with_purpose(matching: Matching, cohort: Cohort, purpose: str | None, made_by: str | None) -> Matching:
    """Return a matching that states its purpose; the same one where neither anybody nor the policy says it.

    Parameters
    ----------
    matching : Matching
        The matching.
    cohort : Cohort
        Its people.
    purpose : str, optional
        The purpose; the one in the policy if not given.
    made_by : str, optional
        Who ran the match.

    Examples
    --------
    >>> import reverse_match as rm
    >>> matching = rm.match(rm.read_cohort(rm.demo_path()), purpose="Executives learn the web")
    >>> matching.purpose, matching.data_not_used
    ('Executives learn the web', ('grade', 'languages', 'location', 'timezone', 'years_in_company'))
    """
    purpose = purpose or matching.policy.purpose
    if purpose is None and made_by is None:
        return matching
    used, filled = columns_of(matching, cohort)
    stated = {"purpose": purpose, "made_by": made_by, "data_used": used, "data_not_used": filled}
    return stating(matching, stated)


def columns_of(matching: Matching, cohort: Cohort) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the columns that the policy of a matching uses, and the other ones that people fill."""
    used = data_used(matching.policy_in_force)
    filled = {name for person in cohort.participants for name in _filled(person)}
    if "age" in used.fields:
        filled -= {"birth_date", "birth_year"}
    stated = used.fields - _EVERY_MATCH
    if used.any_field or used.functions:  # people, or a function, say which columns count
        stated |= filled - _EVERY_MATCH - {"name", "email"}
    return tuple(sorted(stated)), tuple(sorted(filled - stated - _EVERY_MATCH))


def _filled(person: Participant) -> Iterator[str]:
    data: Iterable[tuple[str, object]] = person.model_dump(mode="json", exclude={"attributes"}).items()
    yield from (name for name, value in data if value not in (None, (), [], {}, ""))
    yield from (name for name, value in person.attributes.items() if value not in (None, ""))
