"""Says what is wrong with plain data the way a person reads a file: ``criteria[2].from: ...``.

A policy has unions of kinds; other data that users write, such as a programme, is simpler and needs no more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args, get_origin

from reverse_match.errors import CodedError, Fault
from reverse_match.names.suggestion import did_you_mean
from reverse_match.plain_data import PlainData
from reverse_match.policy.conditions import TOO_DEEP
from reverse_match.policy.kinds import MODELS
from reverse_match.policy.policy_data import LONGEST_TEXT
from reverse_match.visible_text import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pydantic import ValidationError

_OBJECTIVES = """'coverage', 'total', 'max_min', or {"kind": "fair", "alpha": 1}"""


_RECURSION = ("recursion_loop", "recursion_depth_exceeded")

_CODES = dict.fromkeys(_RECURSION, "too-deep") | {
    "extra_forbidden": "unknown-name",
    "literal_error": "unknown-value",
    "missing": "missing",
    "string_too_long": "too-long",
    "too_long": "too-long",
    "string_too_short": "empty",
    "union_tag_invalid": "unknown-kind",
    "union_tag_not_found": "missing-kind",
}
"""By type of error in pydantic."""

_MESSAGES = dict.fromkeys(_RECURSION, TOO_DEEP) | {
    "dict_type": "not an object; right would be names and what they are",
    "invalid_key": "a name that is not text",
    "model_attributes_type": "not an object; right would be names and what they are",
    "tuple_type": "not a list",
    "string_too_long": f"longer than {LONGEST_TEXT:,} characters",
}
"""By type of error in pydantic, where that says it in words of its own."""

_LONGEST_KEY_SHOWN = 40


def faults_of(error: ValidationError, source: str | None, model: type[PlainData]) -> list[Fault]:
    """Return a fault for everything that pydantic found wrong with a policy, or other data of a model."""
    return [
        Fault(
            _message(detail, model), source, column=_place(detail["loc"]) or None, code=code_of(dict(detail))
        )
        for detail in error.errors(include_url=False, include_input=False)
    ]


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
    if kind.startswith(("greater_than", "less_than")):
        return "out-of-range"
    if kind.endswith(("_type", "_parsing", "_instance_of")):
        return "wrong-type"
    return _CODES.get(kind, "invalid")


_SINGLE = {"condition": "conditions", "of": "conditions"}
"""Fields that hold one model of a union, and the part under which its kinds are known."""


def _part_at(location: tuple[int | str, ...]) -> str | None:
    """Return the part of :data:`MODELS` of which something stands at a place, ``None`` where none does.

    Such a place is an element of a list that is called like the part, or a field that holds a single one.
    """
    if location == ("objective",):
        return "objective"
    if len(location) > 1 and isinstance(location[-1], int) and location[-2] in MODELS:
        return str(location[-2])
    return _SINGLE.get(str(location[-1])) if location else None


def _is_tag(location: tuple[int | str, ...], position: int) -> bool:
    """Say whether a part of a pydantic location names the kind of a model and not a field of it."""
    return _part_at(location[:position]) is not None


def _place(location: tuple[int | str, ...]) -> str:
    place = ""
    for position, part in enumerate(location):
        if isinstance(part, int):
            place += f"[{part}]"
        elif not _is_tag(location, position):
            key = shortened(part, _LONGEST_KEY_SHOWN)
            place += f".{key}" if place else key
    return place


def _message(detail: Any, model: type[PlainData]) -> str:
    location, context = detail["loc"], detail.get("ctx", {})
    if detail["type"] == "union_tag_invalid":
        known = MODELS[_part_at(location) or str(location[0])]
        tag = shortened(str(context["tag"]), _LONGEST_KEY_SHOWN)
        return f"unknown kind '{tag}'{did_you_mean(tag, known)}"
    if detail["type"] == "extra_forbidden":
        return f"unknown name{did_you_mean(str(location[-1]), _names_at(location, model))}"
    if location[:1] == ("objective",) and detail["type"] == "literal_error":
        return f"unknown; right would be {_OBJECTIVES}"
    if detail["type"] == "literal_error":
        return f"unknown; right would be {context['expected']}"
    return str(context.get("error", _MESSAGES.get(detail["type"], detail["msg"])))


def _names_at(location: tuple[int | str, ...], whole: type[PlainData]) -> Iterable[str]:
    """Return the names that are known where one is not."""
    model = whole
    for position, part in enumerate(location[:-1]):
        if _is_tag(location, position):
            model = MODELS[str(_part_at(location[:position]))].get(str(part), whole)
        elif part in model.model_fields:
            model = _model_within(model.model_fields[str(part)].annotation) or model
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_within(annotation: Any) -> type[PlainData] | None:
    """Return the model that a field holds, or the first of which it holds several."""
    if get_origin(annotation) is None:
        is_model = isinstance(annotation, type) and issubclass(annotation, PlainData)
        return annotation if is_model else None
    return next(filter(None, map(_model_within, get_args(annotation))), None)
