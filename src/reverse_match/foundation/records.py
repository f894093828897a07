"""The base of every model that a user writes or reads: frozen, strict about names, plain JSON."""

from __future__ import annotations

import ast
import inspect
from datetime import date, datetime
from functools import cache
from importlib import import_module
from itertools import pairwise
from textwrap import dedent
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from reverse_match.foundation.data_faults import faults_of
from reverse_match.foundation.errors import CodedError, InputError

if TYPE_CHECKING:
    from types import ModuleType

    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

VIEWS = "reverse_match.views.records"


def _written_day(value: object) -> object:
    """Let only a written day through: pydantic would read 0 as 1970-01-01."""
    if isinstance(value, datetime) or not isinstance(value, str | date):
        message = "not a day; right would be text such as 2026-11-23"
        raise CodedError(message, "not-a-day")
    return value


Day = Annotated[date, BeforeValidator(_written_day, json_schema_input_type=str)]


if TYPE_CHECKING:

    class Validated(BaseModel):
        """A model; what may be given, type checkers read from its fields."""

else:

    class _WithOwnErrors(type(BaseModel)):
        # Here and not in ``__init__``: pydantic calls that for a part of a whole, too, whose place it then
        # could not tell; what is called as ``Policy(...)`` is the whole.
        def __call__(cls, *arguments: Any, **data: Any) -> Any:
            try:
                return super().__call__(*arguments, **data)
            except ValidationError as error:
                raise cls._input_error(error) from None

    class Validated(BaseModel, metaclass=_WithOwnErrors):
        """A model that says in errors of this library what is wrong with its data, however it is made."""

        @classmethod
        def model_validate(cls, obj: Any, **options: Any) -> Any:
            """Read plain data; see :meth:`pydantic.BaseModel.model_validate`."""
            try:
                return super().model_validate(obj, **options)
            except ValidationError as error:
                raise cls._input_error(error) from None

        @classmethod
        def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> Any:
            """Read JSON; see :meth:`pydantic.BaseModel.model_validate_json`."""
            try:
                return super().model_validate_json(json_data, **options)
            except ValidationError as error:
                raise cls._input_error(error) from None

        @classmethod
        def model_validate_strings(cls, obj: Any, **options: Any) -> Any:
            """Read texts; see :meth:`pydantic.BaseModel.model_validate_strings`."""
            try:
                return super().model_validate_strings(obj, **options)
            except ValidationError as error:
                raise cls._input_error(error) from None

        def __setattr__(self, name: str, value: Any) -> None:
            try:
                super().__setattr__(name, value)
            except ValidationError as error:
                raise type(self)._input_error(error) from None

        def __delattr__(self, name: str) -> None:
            try:
                super().__delattr__(name)
            except ValidationError as error:
                raise type(self)._input_error(error) from None


def views_of(record: object) -> ModuleType:
    """Return the module of the views that shows a record, loaded when it is first asked for.

    The only way from a record to how it is shown: ``views/records`` has a table of the modules that show the
    records of a module. A user's own kind of record is shown like the one that it extends.
    """
    shown_by: dict[str, str] = import_module(VIEWS).SHOWN_BY
    places = [kind.__module__ for kind in type(record).__mro__]
    name = next((shown_by[place] for place in places if place in shown_by), "any_record")
    return import_module(f"{VIEWS}.{name}")


def notebook_view(record: object) -> str:
    """Return the view of a record in a notebook, as HTML."""
    view: str = views_of(record).notebook(record)
    return view


def sentences_of(record: object, lang: str) -> list[str]:
    """Return what a record says in plain sentences of a language."""
    sentences: list[str] = views_of(record).sentences(record, lang)
    return sentences


@cache
def _texts_below_fields(model: type) -> dict[str, str | None]:
    """Return the text that stands below each field in the source of a class, ``None`` where none does."""
    if not issubclass(model, PlainData):
        return {}
    try:
        source = inspect.getsource(model)
    except (OSError, TypeError):  # a class that somebody made at a prompt
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


def _build_models_of(default: object) -> None:
    """Build the models of a default value that a schema shows; older versions of pydantic do not do so."""
    for one in default if isinstance(default, tuple) else (default,):
        if isinstance(one, BaseModel):
            type(one).model_rebuild()


class PlainData(Validated):
    """A frozen record whose JSON uses exactly the names of the files (``from``, not ``from_``).

    Unknown names and numbers that are not finite are refused, and messages never repeat the input. What is
    wrong is an error of this library, never one of pydantic's.
    """

    refusal: ClassVar[type[InputError]] = InputError
    """The class of the error that says what is wrong with such data."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        allow_inf_nan=False,
        hide_input_in_errors=True,
        serialize_by_alias=True,
        validate_by_alias=True,
        validate_by_name=True,
        # Most programs use few of the models: each is built when it is first used.
        defer_build=True,
    )

    @classmethod
    def _input_error(cls, error: ValidationError) -> InputError:
        """Return the error that says in sentences of this library what pydantic found wrong."""
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
        properties = handler.resolve_ref_schema(described).get("properties", {})
        for name, field in cls.model_fields.items():
            declared = (_texts_below_fields(kind) for kind in cls.__mro__)
            text = next((texts[name] for texts in declared if name in texts), None)
            if text is not None and (field.alias or name) in properties:
                properties[field.alias or name].setdefault("description", text)
        return described

    def _repr_html_(self) -> str:
        """Return the view of the record in a notebook."""
        return notebook_view(self)

    @classmethod
    def of_checked(cls, values: dict[str, Any]) -> Self:
        """Make a record of values that have been checked: of every field, each of its final type.

        Validating what the library itself has computed takes six times as long, and thousands of records are
        made in one call.
        """
        record = cls.__new__(cls)
        object.__setattr__(record, "__dict__", values)
        object.__setattr__(record, "__pydantic_fields_set__", set(values))
        object.__setattr__(record, "__pydantic_extra__", None)
        object.__setattr__(record, "__pydantic_private__", None)
        return record
