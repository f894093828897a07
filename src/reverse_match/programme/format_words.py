"""Words of the stored format that stand where ids could: an id may be ``gap``, ``total`` or ``mentor``."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pydantic import BaseModel

VALUES_THAT_ARE_WORDS = frozenset(
    {"kind", "role", "status", "objective", "language", "of", "field", "format", "sha256"}
    | {"if_unknown", "over", "rung", "stage", "taught_by", "decision", "log", "criterion"}
    | {"schema_version", "library_version", "as_of", "on", "published", "until", "began", "start"}
)
"""Fields whose values are words of the format, days or versions, and no names of people."""

KEYS_THAT_ARE_IDS = frozenset(
    {"mentor_prices", "mentee_prices", "waited", "mentors", "mentees", "people", "absent"}
)
"""Fields that may hold a mapping by id; ``people`` is a record elsewhere, see :func:`is_by_id`."""

FIELDS_OF_PEOPLE = (
    frozenset(
        {"mentor", "mentee", "id", "partner", "person", "people", "partners", "taken_by", "away", "absent"}
    )
    | {"left", "joined", "who", "corrected", "waiting", "waived", "mentors", "mentees", "pairs", "beside"}
    | {"fixed", "forbidden", "lifted", "avoided", "other_rounds", "scarce_mentors", "scarce_mentees"}
    | {"worst_scarce_mentors", "worst_scarce_mentees", "instead", "instead_of"}
)
"""Fields whose values are ids, or lists of ids or of pairs."""


def is_of_people(name: str, record: Mapping[str, Any]) -> bool:
    """Say whether a field of a record holds ids.

    Examples
    --------
    >>> is_of_people("equals", {"field": "id", "equals": ["lea"]}), is_of_people("mentee.grade", {})
    (True, False)
    """
    if name == "equals":
        return record.get("field") == "id"
    return name in FIELDS_OF_PEOPLE or name.endswith(".id")


def is_by_id(name: str, value: Mapping[str, Any]) -> bool:
    """Say whether the mapping in a field is one by id.

    Examples
    --------
    >>> is_by_id("people", {"lea": 3}), is_by_id("people", {"lowest": 0.5, "proved": True})
    (True, False)
    """
    return name in KEYS_THAT_ARE_IDS and not isinstance(value.get("proved"), bool)


@cache
def field_names(kinds: tuple[type[BaseModel], ...]) -> frozenset[str]:
    """Return the names of all fields of some kinds of records, and of the records in them.

    Examples
    --------
    >>> from reverse_match.matching.results.matching import Matching
    >>> sorted({"gap", "mentor", "lea"} & field_names((Matching,)))
    ['gap', 'mentor']
    """
    schemas = [kind.model_json_schema(mode="serialization") for kind in kinds]
    return frozenset(name for schema in schemas for name in _properties(schema))


def _properties(schema: dict[str, Any]) -> Iterable[str]:
    for part in (schema, *schema.get("$defs", {}).values()):
        yield from part.get("properties", {})
