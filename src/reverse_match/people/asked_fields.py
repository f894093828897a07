"""The fields of which people can ask something of others, and which field is meant by a word for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.foundation.errors import Fault
from reverse_match.foundation.names import did_you_mean
from reverse_match.people.headings import PEOPLE, heading_key

if TYPE_CHECKING:
    from collections.abc import Iterable

NUMBERS = ("age", "grade")
"""Fields of numbers."""

NAMES = ("offers", "seeks", "goals", "languages")
"""Fields of lists of names."""

TEXTS = ("gender", "department", "location", "timezone")
"""Fields of texts."""

ASKED = (*TEXTS, *NAMES, *NUMBERS)
"""Fields of a participant of which others can ask something; columns of one's own are added."""

_RIGHT = "gender, department, location, languages, goals, offers, seeks, age, grade, or a column of your own"


def field_meant(name: str, own: Iterable[str]) -> str | Fault:
    """Return the field that a person calls by a name, or why nothing can be asked of it.

    Parameters
    ----------
    name : str
        What the person writes: the field's name, a usual heading of it, or a column of one's own.
    own : iterable of str
        The columns of one's own.

    Examples
    --------
    >>> field_meant("Langues", []), field_meant("Service", []), field_meant("Team", ["team"])
    ('languages', 'department', 'team')
    """
    key, own = heading_key(name), list(own)
    known = PEOPLE.by_own_name.get(key)
    if known is None:
        alike = [column for column in own if column == name]
        alike += sorted(column for column in own if heading_key(column) == key)
        if alike:
            return alike[0]
        known = PEOPLE.by_usual.get(key)
    if known in ASKED:
        return known
    if known is not None:
        message = f"a preference about '{known}', of which nobody can ask anything; right would be {_RIGHT}"
        return Fault(message, code="wrong-field")
    near = did_you_mean(name, [*ASKED, *own])
    return Fault(f"a preference about what is no field of the people{near}", code="unknown-field")
