"""Says what is wrong with plain data, in sentences of this library and not of the one that validates.

Every record that users write or read is validated by pydantic; whatever it finds becomes a fault here, with
its place, what would be right there, and a code. No sentence holds a value of the data.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

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
"""Conditions within each other; a policy is stored within a matching, and that within a plan."""

TOO_DEEP = f"nested too deeply; right would be up to {MOST_NESTED_CONDITIONS} conditions within each other"

_RECURSION = ("recursion_loop", "recursion_depth_exceeded")
_WRONG_TYPE = "wrong-type"
_OBJECT = "not an object; right would be names and what they are"
_DAY = "not a day; right would be text such as 2026-11-23"
_FROZEN = "cannot be changed; right would be a changed copy: model_copy(update={...})"

_SENTENCES = dict.fromkeys(_RECURSION, TOO_DEEP) | {
    "bool_parsing": "not a truth value; right would be true or false",
    "bool_type": "not a truth value; right would be true or false",
    "date_from_datetime_inexact": _DAY,
    "date_from_datetime_parsing": _DAY,
    "date_parsing": _DAY,
    "date_type": _DAY,
    "dict_type": _OBJECT,
    "finite_number": "NaN or infinite; a finite number is needed",
    "frozen_field": _FROZEN,
    "frozen_instance": _FROZEN,
    "int_parsing_size": "too large",
    "invalid_key": "a name that is not text",
    "json_type": "not text; right would be JSON, as text or bytes",
    "mapping_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "model_type": _OBJECT,
    "string_too_short": "empty; right would be some text",
    "string_type": "not text; right would be text in quotes",
    "string_unicode": "holds half of a character (a lone surrogate); write it again",
}
"""By type of error in pydantic, where it says all."""

_CODES = dict.fromkeys(_RECURSION, "too-deep") | {
    "date_from_datetime_inexact": "not-a-day",
    "date_from_datetime_parsing": "not-a-day",
    "date_parsing": "not-a-day",
    "date_type": "not-a-day",
    "extra_forbidden": "unknown-name",
    "finite_number": "not-a-number",
    "frozen_field": "frozen",
    "frozen_instance": "frozen",
    "int_from_float": "wrong-type",
    "int_parsing_size": "out-of-range",
    "invalid_key": "wrong-type",
    "json_invalid": "not-json",
    "literal_error": "unknown-value",
    "missing": "missing",
    "string_too_long": "too-long",
    "too_long": "too-long",
    "too_short": "empty",
    "string_too_short": "empty",
    "union_tag_invalid": "unknown-kind",
    "union_tag_not_found": "missing-kind",
}
"""By type of error in pydantic."""


def faults_of(error: ValidationError, model: type[BaseModel]) -> list[Fault]:
    """Return a fault for everything that pydantic found wrong with the data of a model.

    Where a value may be of several types and is of none, pydantic says so for each; here it is one fault.
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
            if faults[before].code == _WRONG_TYPE:  # what else is wrong says more
                faults[before] = fault
            continue
        if place.alternatives:
            tried[place.written] = len(faults)
        faults.append(fault)
    return faults


def code_of(detail: Mapping[str, Any]) -> str:
    """Return the code of the fault for a detail of an error of pydantic.

    Examples
    --------
    >>> code_of({"type": "extra_forbidden"}), code_of({"type": "greater_than"}), code_of({"type": "int_type"})
    ('unknown-name', 'out-of-range', 'wrong-type')
    """
    kind = detail["type"]
    if isinstance(raised := detail.get("ctx", {}).get("error"), CodedError):
        return raised.code
    if kind in _CODES:
        return _CODES[kind]
    if kind.startswith(("greater_than", "less_than")):
        return "out-of-range"
    return _WRONG_TYPE if kind.endswith(("_type", "_parsing", "_instance_of")) else "invalid"


def _sentence(detail: Mapping[str, Any], place: Place) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    if isinstance(raised := context.get("error"), Exception):
        return str(raised)
    if place.alternatives and code_of(detail) == _WRONG_TYPE:
        return f"right would be {_one_of(place.alternatives)}"
    if kind in _BY_DETAIL:
        return _BY_DETAIL[kind](detail, place)
    if kind in _SENTENCES:
        return _SENTENCES[kind]
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


def _unknown_value(detail: Mapping[str, Any], _: Place) -> str:
    return f"unknown; right would be {detail['ctx']['expected']}"


def _missing(_: Mapping[str, Any], place: Place) -> str:
    right = _right(place)
    return f"missing; right would be {right}" if right else "missing"


def _too_many(detail: Mapping[str, Any], _: Place) -> str:
    return f"a list of too many; right would be up to {detail['ctx']['max_length']:,}"


def _too_few(_: Mapping[str, Any], __: Place) -> str:
    return "empty; right would be a list of at least one"


def _too_long(detail: Mapping[str, Any], _: Place) -> str:
    return f"longer than {detail['ctx']['max_length']:,} characters"


def _no_json(detail: Mapping[str, Any], _: Place) -> str:
    return f"not valid JSON: {detail['ctx']['error']}"


def _no_number(_: Mapping[str, Any], place: Place) -> str:
    return f"not {_right(place) or 'a number'}"


def _no_list(_: Mapping[str, Any], __: Place) -> str:
    return "not a list"


_BY_DETAIL: Mapping[str, Callable[[Mapping[str, Any], Place], str]] = {
    "extra_forbidden": _unknown_name,
    "json_invalid": _no_json,
    "literal_error": _unknown_value,
    "missing": _missing,
    "string_too_long": _too_long,
    "too_long": _too_many,
    "too_short": _too_few,
    "union_tag_invalid": _unknown_kind,
    "union_tag_not_found": _no_kind,
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float", "float_type", "float_parsing"), _no_number),
    **dict.fromkeys(("tuple_type", "list_type", "set_type", "frozen_set_type"), _no_list),
}
"""By type of error in pydantic, where the place or the error has more to say."""


def _right(place: Place) -> str:
    """Return what would be right at a place, empty where nothing is known of it."""
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
    """Return in words the types that a value may have."""
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
