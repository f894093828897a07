"""The base of every model that a user writes or reads: frozen, strict about names, plain JSON."""

from __future__ import annotations

import ast
import inspect
import re
from collections import deque
from datetime import date, datetime
from functools import cache, wraps
from importlib import import_module
from itertools import pairwise, repeat
from textwrap import dedent
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from reverse_match.foundation.data_faults import faults_of
from reverse_match.foundation.errors import CodedError, InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from types import ModuleType

    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

VIEWS = "reverse_match.views.records"
Record = TypeVar("Record", bound="PlainData")


def _written_day(value: object) -> object:
    """Let only text or a date through: pydantic would read 0 as 1970-01-01."""
    if isinstance(value, datetime) or not isinstance(value, str | date):
        message = "not a day; right would be text such as 2026-11-23"
        raise CodedError(message, "not-a-day")
    return value


Day = Annotated[date, BeforeValidator(_written_day, json_schema_input_type=str)]


if TYPE_CHECKING:

    class Validated(BaseModel):
        """A model; type checkers infer its arguments from its fields."""

else:

    def _with_own_errors(method):
        """Return a method of a model, or of its class, that raises errors of this library."""

        @wraps(method)
        def call(model, *arguments, **options):
            try:
                return method(model, *arguments, **options)
            except ValidationError as error:
                raise (model if isinstance(model, type) else type(model))._input_error(error) from None

        return call

    class _WithOwnErrors(type(BaseModel)):
        # This is not in ``__init__``, which pydantic also calls for a part of a whole, without its place.
        # A call such as ``Policy(...)`` always makes a whole.
        __call__ = _with_own_errors(type(BaseModel).__call__)

    class Validated(BaseModel, metaclass=_WithOwnErrors):
        """A model whose validation raises errors of this library, however it is made."""

        # Building a model, even an empty one, searches all installed packages for plugins of pydantic.
        model_config = ConfigDict(defer_build=True)

        model_validate = classmethod(_with_own_errors(BaseModel.model_validate.__func__))
        model_validate_json = classmethod(_with_own_errors(BaseModel.model_validate_json.__func__))
        model_validate_strings = classmethod(_with_own_errors(BaseModel.model_validate_strings.__func__))
        __setattr__ = _with_own_errors(BaseModel.__setattr__)
        __delattr__ = _with_own_errors(BaseModel.__delattr__)


def views_of(record: object) -> ModuleType:
    """Return the module of the views that shows a record, loaded when it is first needed.

    This is the only way from a record to its views: ``views/records`` has a table from modules of records to
    modules of views. A user's own subclass of a record is shown like its base.
    """
    shown_by: dict[str, str] = import_module(VIEWS).SHOWN_BY
    places = [kind.__module__ for kind in type(record).__mro__]
    name = next((shown_by[place] for place in places if place in shown_by), "any_record")
    return import_module(f"{VIEWS}.{name}")


def notebook_view(record: object) -> str:
    """Return the view of a record in a notebook, as HTML."""
    view: str = views_of(record).notebook(record)
    return view


@cache
def _texts_below_fields(model: type) -> dict[str, str | None]:
    """Return the text below each field in the source of a class; ``None`` for a field without one."""
    if not issubclass(model, PlainData):
        return {}
    try:
        source = inspect.getsource(model)
    except (OSError, TypeError):  # a class that was defined at a prompt
        return {}
    (written,) = ast.parse(dedent(source)).body
    texts: dict[str, str | None] = {}
    for line, below in pairwise([*ast.iter_child_nodes(written), ast.Pass()]):
        if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name):
            match below:
                case ast.Expr(ast.Constant(str(text))):
                    texts[line.target.id] = inspect.cleandoc(text)
                case _:
                    texts[line.target.id] = None
    return texts


_SECTIONS = re.compile(r"\n+[A-Z][a-z ]+\n-{3,}\n.*", re.DOTALL)
_ROLE = re.compile(r":\w+:`(?:~[\w.]*\.|\.)?([^`]*)`")


def _without_markup(docstring: str) -> str:
    """Return a docstring for readers who do not program: without sections and without roles of Sphinx.

    Examples
    --------
    >>> _without_markup("Return what :func:`~rm.match` does to ``age``.")
    'Return what `match` does to `age`.'
    """
    return _ROLE.sub(r"`\1`", _SECTIONS.sub("", docstring)).replace("``", "`")


def _build_models_of(default: object) -> None:
    """Build the models of a default value that a schema shows, which older versions of pydantic do not do."""
    for one in default if isinstance(default, tuple) else (default,):
        if isinstance(one, BaseModel):
            type(one).model_rebuild()


class PlainData(Validated):
    """A frozen record whose JSON uses exactly the names of the files (``from``, not ``from_``).

    Unknown names and numbers that are not finite are refused. Messages never repeat the input. A wrong value
    raises an error of this library, never one of pydantic.
    """

    refusal: ClassVar[type[InputError]] = InputError
    """The class of the error that wrong data raises."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        allow_inf_nan=False,
        hide_input_in_errors=True,
        serialize_by_alias=True,
        validate_by_alias=True,
        validate_by_name=True,
        # Most programs use few of the models, so each is built when it is first used.
        defer_build=True,
    )

    @classmethod
    def _input_error(cls, error: ValidationError) -> InputError:
        """Return an error of this library with the faults that pydantic found."""
        return cls.refusal(faults_of(error, cls))

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe fields by the texts below them.

        ``use_attribute_docstrings`` would read the source of every class whenever the library is loaded.
        """
        for field in cls.model_fields.values():
            _build_models_of(field.default)
        described = handler(core_schema)
        resolved = handler.resolve_ref_schema(described)
        if "description" in resolved:
            resolved["description"] = _without_markup(resolved["description"])
        properties = resolved.get("properties", {})
        for name, field in cls.model_fields.items():
            declared = (_texts_below_fields(kind) for kind in cls.__mro__)
            text = next((texts[name] for texts in declared if name in texts), None)
            if text is not None and (field.alias or name) in properties:
                properties[field.alias or name].setdefault("description", _without_markup(text))
        return described

    def _repr_html_(self) -> str:
        """Return the view of the record in a notebook."""
        return notebook_view(self)

    @classmethod
    def of_checked(cls, values: dict[str, Any], given: set[str] | None = None) -> Self:
        """Make a record of values that are known to be valid: one of the final type for every field.

        Validating results of the library itself takes six times as long, and one call makes thousands of
        records. ``given`` has the fields that somebody has said, which are all if nothing else is known;
        many records may share it.
        """
        record = cls.__new__(cls)
        object.__setattr__(record, "__dict__", values)
        object.__setattr__(record, "__pydantic_fields_set__", set(values) if given is None else given)
        object.__setattr__(record, "__pydantic_extra__", None)
        object.__setattr__(record, "__pydantic_private__", None)
        return record


def all_of_checked(
    model: type[Record], values: Sequence[dict[str, Any]], given: Iterable[set[str]]
) -> list[Record]:
    """Make a record of each of many values, as :meth:`PlainData.of_checked` does, in a third of its time."""
    records = [model.__new__(model) for _ in values]
    each = {
        "__dict__": values,
        "__pydantic_fields_set__": given,
        "__pydantic_extra__": repeat(None),
        "__pydantic_private__": repeat(None),
    }
    for name, stated in each.items():
        place = BaseModel.__dict__[name]  # the slot of a record, which a call by name would look up each time
        deque(map(place.__set__, records, stated), maxlen=0)  # a loop without steps
    return records


class WordedRecord(PlainData):
    """A record that can be put into plain sentences, in several languages."""

    def sentences(self, lang: str = "en") -> list[str]:
        """Return the content of the record in plain sentences.

        Parameters
        ----------
        lang : str
            ``"en"`` or ``"fr"``.

        Raises
        ------
        InputError
            If the language is not known.
        """
        sentences: list[str] = views_of(self).sentences(self, lang)
        return sentences

    def __str__(self) -> str:
        return "\n".join(self.sentences())
