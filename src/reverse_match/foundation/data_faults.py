"""Describes the faults of plain data in sentences of this library, not of pydantic.

Every record that users write or read is validated by pydantic. Each of its errors becomes a fault here, with
its place, a right value and a code. No sentence contains a value of the data.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args, get_origin

from pydantic import BaseModel

from reverse_match.foundation.data_places import (
    LONGEST_KEY_SHOWN,
    Place,
    alternatives_of,
    kinds_of,
    names_of,
    place_of,
    unwrap,
)
from reverse_match.foundation.errors import CodedError, Fault
from reverse_match.foundation.names import did_you_mean, quoted_names
from reverse_match.foundation.text_safety import shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import ValidationError

MOST_NESTED_CONDITIONS = 50
"""Conditions nested in each other; a stored policy is itself nested in a matching, and that in a plan."""

TOO_DEEP = f"nested too deeply; right would be up to {MOST_NESTED_CONDITIONS} conditions within each other"

_WRONG_TYPE = "wrong-type"


def faults_of(error: ValidationError, model: type[BaseModel]) -> list[Fault]:
    """Return a fault for each error that pydantic found in the data of a model.

    Where a value fits none of several types, pydantic reports an error for each type; here it is one fault.
    """
    faults: list[Fault] = []
    tried: dict[str, int] = {}
    for found in error.errors(include_url=False):
        detail = dict(found)
        place, code = place_of(found["loc"], model), code_of(detail)
        where = None if place.written else model.__name__
        fault = Fault(_sentence(detail, place), where, column=place.written or None, code=code)
        before = tried.get(place.written) if place.alternatives else None
        if before is not None:
            if faults[before].code == _WRONG_TYPE:  # any other fault of the same value is more precise
                faults[before] = fault
            continue
        if place.alternatives:
            tried[place.written] = len(faults)
        faults.append(fault)
    return faults


def code_of(detail: Mapping[str, Any]) -> str:
    """Return the code of the fault for one error of pydantic.

    Examples
    --------
    >>> code_of({"type": "extra_forbidden"}), code_of({"type": "greater_than"}), code_of({"type": "int_type"})
    ('unknown-name', 'out-of-range', 'wrong-type')
    """
    kind = detail["type"]
    if isinstance(raised := detail.get("ctx", {}).get("error"), CodedError):
        return raised.code
    if kind in _KNOWN:
        return _KNOWN[kind][0]
    if kind.startswith(("greater_than", "less_than")):
        return "out-of-range"
    return _WRONG_TYPE if kind.endswith(("_type", "_parsing", "_instance_of")) else "invalid"


def _sentence(detail: Mapping[str, Any], place: Place) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    if isinstance(raised := context.get("error"), Exception):
        return str(raised)
    if place.alternatives and code_of(detail) == _WRONG_TYPE:
        return f"right would be {_one_of(place.alternatives)}"
    if kind in _KNOWN:
        said = _KNOWN[kind][1]
        return said.format(**context) if isinstance(said, str) else said(detail, place)
    right = _right(place)
    wrong = "out of range" if code_of(detail) == "out-of-range" else "not what can stand here"
    return f"{wrong}; right would be {right}" if right else wrong


def _unknown_kind(detail: Mapping[str, Any], place: Place) -> str:
    known, given = kinds_of(place.members), detail.get("input")
    kind = given.get("kind") if isinstance(given, Mapping) else None
    if not isinstance(kind, str):
        return f"kind is not text; right would be one of {quoted_names(known)}"
    return f"unknown kind '{shorten(kind, LONGEST_KEY_SHOWN)}'{did_you_mean(kind, known)}"


def _no_kind(_: Mapping[str, Any], place: Place) -> str:
    return f"no kind; right would be one of {quoted_names(kinds_of(place.members))}"


def _unknown_name(detail: Mapping[str, Any], place: Place) -> str:
    return f"unknown name{did_you_mean(str(detail['loc'][-1]), names_of(place.model))}"


def _missing(_: Mapping[str, Any], place: Place) -> str:
    right = _right(place)
    return f"missing; right would be {right}" if right else "missing"


def _no_number(_: Mapping[str, Any], place: Place) -> str:
    return f"not {_right(place) or 'a number'}"


Sentence: TypeAlias = str | Callable[[Mapping[str, Any], Place], str]

_TYPES: dict[str, tuple[str, Sentence]] = {
    "recursion_loop recursion_depth_exceeded": ("too-deep", TOO_DEEP),
    "bool_parsing bool_type": (_WRONG_TYPE, "not a truth value; right would be true or false"),
    "date_from_datetime_inexact date_from_datetime_parsing date_parsing date_type": (
        "not-a-day",
        "not a day; right would be text such as 2026-11-23",
    ),
    "dict_type mapping_type model_attributes_type model_type": (
        _WRONG_TYPE,
        "not an object; right would be names and what they are",
    ),
    "extra_forbidden": ("unknown-name", _unknown_name),
    "finite_number": ("not-a-number", "NaN or infinite; a finite number is needed"),
    "frozen_field frozen_instance": (
        "frozen",
        "cannot be changed; right would be a changed copy: model_copy(update={{...}})",
    ),
    "int_parsing_size": ("out-of-range", "too large"),
    "int_type int_parsing int_from_float float_type float_parsing": (_WRONG_TYPE, _no_number),
    "invalid_key": (_WRONG_TYPE, "a name that is not text"),
    "json_invalid": ("not-json", "not valid JSON: {error}"),
    "json_type": (_WRONG_TYPE, "not text; right would be JSON, as text or bytes"),
    "literal_error": ("unknown-value", "unknown; right would be {expected}"),
    "missing": ("missing", _missing),
    "string_too_long": ("too-long", "longer than {max_length:,} characters"),
    "string_too_short": ("empty", "empty; right would be some text"),
    "string_type": (_WRONG_TYPE, "not text; right would be text in quotes"),
    "string_unicode": ("invalid", "holds half of a character (a lone surrogate); write it again"),
    "too_long": ("too-long", "a list of too many; right would be up to {max_length:,}"),
    "too_short": ("empty", "empty; right would be a list of at least one"),
    "tuple_type list_type set_type frozen_set_type": (_WRONG_TYPE, "not a list"),
    "union_tag_invalid": ("unknown-kind", _unknown_kind),
    "union_tag_not_found": ("missing-kind", _no_kind),
}
_KNOWN = {kind: told for kinds, told in _TYPES.items() for kind in kinds.split()}
"""Code and sentence by pydantic's type of error; a sentence may contain details of the error."""


def _right(place: Place) -> str:
    """Return a description of the right values at a place; empty where none is known."""
    words = _one_of(place.members)
    lowest, highest = place.bounds
    if lowest is None and highest is None:
        return words
    if lowest is None or highest is None:
        return f"{words} up to {highest:,}" if lowest is None else f"{words} from {lowest:,} on"
    return f"{words} from {lowest:,} to {highest:,}"


_WORDS: Mapping[Any, str] = {
    str: "text",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    Fraction: "a number",
    date: "a day such as 2026-11-23",
    datetime: "a day and time such as 2026-11-23T10:00:00+01:00",
    tuple: "a list",
    list: "a list",
    frozenset: "a list",
    dict: "an object",
}


def _one_of(types: Sequence[Any]) -> str:
    """Return the types that a value may have, in words."""
    words = list(dict.fromkeys(filter(None, map(_word, types))))
    if _WORDS[float] in words and _WORDS[int] in words:
        words.remove(_WORDS[int])
    return " or ".join(words)


def _word(annotation: Any) -> str:
    inner = unwrap(annotation)[-1]
    origin = get_origin(inner) or inner
    if origin is Literal:
        *others, last = (f"'{one}'" if isinstance(one, str) else str(one) for one in get_args(inner))
        return f"{', '.join(others)} or {last}" if others else last
    if len(alternatives := alternatives_of(inner)) > 1:
        return _one_of(alternatives)
    if isinstance(origin, type) and issubclass(origin, Mapping | BaseModel):
        return _WORDS[dict]
    return _WORDS.get(origin, "")
