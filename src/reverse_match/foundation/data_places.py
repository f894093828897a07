"""The place of a value in plain data, written as a person reads a file: ``criteria[2].from``.

A location of pydantic also names the branches of unions that were tried on the way (a kind of rule, a type).
To tell these branches apart, the location is followed through the annotations of the fields. So the type at
its end is known, too, with its kinds, its names and its bounds.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, Tag
from pydantic.fields import FieldInfo

from reverse_match.foundation.text_safety import shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_KEY_SHOWN = 40
"""Characters of a key that a place shows; an unknown key may be any text."""

_OF_KEY = "[key]"
"""The last part of pydantic's location where the key itself is wrong."""


@dataclass(frozen=True)
class Place:
    """A place in plain data.

    Attributes
    ----------
    written : str
        The place as a person reads it; empty for the whole data.
    annotations : tuple
        Type of the value at the place and the types inside it, outermost first; empty where it is not known.
    model : type of BaseModel
        The innermost model that contains the place.
    alternatives : tuple
        The types of the union at the place, where pydantic tried them and no tag says which is meant.
    """

    written: str
    annotations: tuple[Any, ...]
    model: type[BaseModel]
    alternatives: tuple[Any, ...] = ()

    @property
    def bounds(self) -> tuple[float | None, float | None]:
        """The lowest and the highest number allowed at the place; ``None`` where its type does not say."""
        found: dict[str, float] = {}
        for annotation in self.annotations:
            said = annotation.metadata if isinstance(annotation, FieldInfo) else get_args(annotation)[1:]
            for one in said:
                for limit in getattr(one, "metadata", [one]):
                    found |= {name: getattr(limit, name) for name in ("ge", "le") if hasattr(limit, name)}
        return found.get("ge"), found.get("le")

    @property
    def members(self) -> tuple[Any, ...]:
        """The types of the union at the place; in most places a single type."""
        return alternatives_of(self.annotations[-1]) if self.annotations else ()


def place_of(location: Sequence[int | str], whole: type[BaseModel]) -> Place:
    """Return the place of a location of pydantic in the data of a model.

    Examples
    --------
    >>> from reverse_match.policy import Policy
    >>> place_of(("rules", 1, "fix", "pairs", 0, 1), Policy).written
    'rules[1].pairs[0][1]'
    """
    beside = getattr(whole, "keys_beside", None)
    if len(location) > 1 and location[0] == beside:  # an organisation's own column, named as in the file
        return Place(str(location[1]), (), whole)
    written, here, model = "", unwrap(whole), whole
    tried: tuple[Any, ...] = ()
    for part in location:
        members = alternatives_of(here[-1]) if here else ()
        tried = ()
        if len(members) > 1:  # a branch of a union
            branches = _types_by_tag(members)
            tried = () if branches else members
            here = unwrap(branches.get(str(part)))
        elif part != _OF_KEY:
            written += _step(part, written)
            here = unwrap(_within(members[0], part)) if members else ()
        model = next((one for one in map(_model, here[-1:]) if one), model)
    return Place(written, here, model, tried)


def kinds_of(members: Sequence[Any]) -> dict[str, type[BaseModel]]:
    """Return the models among the types of a union, by their kind."""
    models = filter(None, map(_model, members))
    return {model.model_fields["kind"].default: model for model in models if "kind" in model.model_fields}


def names_of(model: type[BaseModel]) -> list[str]:
    """Return the names of the fields, as data writes them."""
    return [field.alias or name for name, field in _fields(model).items()]


def _fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """Return the fields of a model, whose types are known only once the model is built."""
    model.model_rebuild()
    return model.model_fields


def _step(part: int | str, before: str) -> str:
    if isinstance(part, int):
        return f"[{part}]"
    key = shorten(part, LONGEST_KEY_SHOWN)
    return f".{key}" if before else key


def unwrap(annotation: Any) -> tuple[Any, ...]:
    """Return a type and the types nested in it, without ``None`` and without annotations."""
    if annotation is None:
        return ()
    parts: list[Any] = [annotation]
    while True:
        inner = parts[-1]
        if isinstance(inner, FieldInfo):
            parts.append(inner.annotation)
        elif get_origin(inner) is Annotated:
            parts.append(get_args(inner)[0])
        elif len(others := alternatives_of(inner)) == 1 and others[0] is not inner:
            parts.append(others[0])
        else:
            return tuple(parts)


def alternatives_of(annotation: Any) -> tuple[Any, ...]:
    """Return the types of a union without ``None``; any other type as the only one."""
    if get_origin(annotation) not in (Union, UnionType):
        return (annotation,)
    return tuple(one for one in get_args(annotation) if one is not NoneType)


def _model(annotation: Any) -> type[BaseModel] | None:
    inner = unwrap(annotation)[-1:]
    is_model = bool(inner) and isinstance(inner[0], type) and issubclass(inner[0], BaseModel)
    return inner[0] if is_model else None


def _types_by_tag(members: Sequence[Any]) -> dict[str, Any]:
    """Return the types of a union by their tag; an empty mapping where the union has no tags."""
    tags = {tag.tag: member for member in members for tag in get_args(member)[1:] if isinstance(tag, Tag)}
    return {**kinds_of(members), **tags}


def _within(annotation: Any, part: int | str) -> Any:
    """Return the type of a part of a value; ``None`` where it is not known."""
    model = _model(annotation)
    if model is not None:
        fields = _fields(model).items()
        return next((field for name, field in fields if part in (name, field.alias)), None)
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is tuple and isinstance(part, int):
        return inner[0] if inner[1:] == (...,) else inner[part] if part < len(inner) else None
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return inner[1]
    return inner[0] if isinstance(origin, type) and issubclass(origin, Collection) else None
