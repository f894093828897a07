"""Equality of functions: two functions are the same if they have the same code and captured equal values.

Two closures of one factory have the same name and the same code, but may have captured different data. A cell
of a notebook that runs again makes another object, which is the same function. So code is compared without
its file and line numbers, and captured values are compared by equality. Captured are the cells of closures,
the defaults of parameters, the object of a bound method, and the arguments of a ``functools.partial``.

Global names are not captured: two functions of one module find the same values there. They are compared only
for functions of different modules. Values that cannot be compared count as different.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from types import BuiltinMethodType, CellType, CodeType, FunctionType, MethodType, ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_OF_CODE = ("co_argcount", "co_posonlyargcount", "co_kwonlyargcount", "co_flags", "co_code", "co_names")
_NAMES_OF_CODE = ("co_varnames", "co_freevars", "co_cellvars", "co_exceptiontable")
_WHERE = frozenset(
    ("__doc__", "__dict__", "__weakref__", "__module__", "__firstlineno__", "__static_attributes__")
)
"""Attributes of a class that do not change its behaviour."""
_EMPTY = object()
_PLAIN = (dict, list, tuple, str, bytes, int, float, complex, np.ndarray)
"""Types whose instances are determined by their items or value; instances of subclasses may not be."""


def same_function(one: object, other: object) -> bool:
    """Say whether two callables are the same function.

    Examples
    --------
    >>> def constant(value):
    ...     return lambda mentors, mentees: value
    >>> same_function(constant([1]), constant([1])), same_function(constant([1]), constant([2]))
    (True, False)
    """
    return _FunctionComparison().same(one, other)


class _FunctionComparison:
    """Compares two objects and their parts, each two parts once, since functions may refer to themselves."""

    def __init__(self) -> None:
        self._seen: dict[tuple[int, int], tuple[object, object]] = {}

    def same(self, one: Any, other: Any) -> bool:
        """Say whether two objects have the same type and equal parts."""
        if one is other:
            return True
        if type(one) is not type(other):
            return isinstance(one, type) and isinstance(other, type) and self._classes(one, other)
        key = id(one), id(other)
        if key in self._seen:
            return True
        self._seen[key] = one, other  # keeps both alive, so that no other object gets their id
        if isinstance(one, _PLAIN) and type(one) not in _PLAIN:
            return self._states(one, other)
        for kind, compare in self._ways:
            if isinstance(one, kind):
                return compare(one, other)
        return self._objects(one, other)

    @functools.cached_property
    def _ways(self) -> list[tuple[Any, Callable[[Any, Any], bool]]]:
        return [
            (FunctionType, self._functions),
            (CodeType, self._codes),
            (CellType, lambda one, other: self.same(_content(one), _content(other))),
            (MethodType, lambda one, other: self._parts(one, other, ("__func__", "__self__"))),
            (functools.partial, lambda one, other: self._parts(one, other, ("func", "args", "keywords"))),
            (ModuleType, lambda one, other: one.__name__ == other.__name__),
            (BuiltinMethodType, lambda one, other: bool(one == other)),
            (type, self._classes),
            (dict, self._mappings),
            ((list, tuple), self._all),
            ((str, bytes, int), lambda one, other: bool(one == other)),
            ((float, complex), lambda one, other: repr(one) == repr(other)),
            (np.ndarray, _same_array),
        ]

    def _functions(self, one: FunctionType, other: FunctionType) -> bool:
        captured = ("__code__", "__defaults__", "__kwdefaults__", "__closure__", "__dict__")
        if not self._parts(one, other, captured):
            return False
        if one.__globals__ is other.__globals__:
            return True
        here, there = (
            [space.get(name, _EMPTY) for name in sorted(_names_in(one.__code__))]
            for space in (one.__globals__, other.__globals__)
        )
        return self._all(here, there)

    def _codes(self, one: CodeType, other: CodeType) -> bool:
        return self._parts(one, other, (*_OF_CODE, *_NAMES_OF_CODE, "co_consts"))

    def _classes(self, one: type, other: type) -> bool:
        if (one.__module__, one.__qualname__) != (other.__module__, other.__qualname__):
            return False
        mine, theirs = (_members(which) for which in (one, other))
        return self._all(one.__bases__, other.__bases__) and self._mappings(mine, theirs)

    def _objects(self, one: object, other: object) -> bool:
        """Compare by ``__eq__`` of the class, else by attributes; objects with neither are different."""
        if type(one).__eq__ is not object.__eq__ and (equal := _equal(one, other)) is not None:
            return equal
        if hasattr(one, "__dict__") and not hasattr(type(one), "__slots__"):
            return bool(vars(one)) and self._mappings(vars(one), vars(other))
        return False

    def _states(self, one: object, other: object) -> bool:
        """Compare the pickled state, since a subclass of dict, say, can have more than its items."""
        try:
            mine, theirs = (thing.__reduce_ex__(2) for thing in (one, other))
        except Exception:  # a user's class may raise anything
            return False
        return self._all(*(map(_as_list, state) for state in (mine, theirs)))

    def _mappings(self, one: Mapping[Any, Any], other: Mapping[Any, Any]) -> bool:
        if one.keys() != other.keys():
            return False
        types = {key: type(key) for key in other}
        return all(type(key) is types[key] and self.same(value, other[key]) for key, value in one.items())

    def _all(self, one: Iterable[Any], other: Iterable[Any]) -> bool:
        mine, theirs = list(one), list(other)
        return len(mine) == len(theirs) and all(map(self.same, mine, theirs))

    def _parts(self, one: object, other: object, names: Iterable[str]) -> bool:
        return all(self.same(getattr(one, name, None), getattr(other, name, None)) for name in names)


def _as_list(part: Any) -> Any:
    return list(part) if isinstance(part, Iterator) else part


def _content(cell: CellType) -> object:
    try:
        return cell.cell_contents
    except ValueError:
        return _EMPTY


def _names_in(code: CodeType) -> set[str]:
    """Return the global names that code looks up, with those of the functions defined in it."""
    within = [part for part in code.co_consts if isinstance(part, CodeType)]
    return set(code.co_names).union(*map(_names_in, within))


def _members(which: type) -> dict[str, object]:
    return {name: _function_of(member) for name, member in vars(which).items() if name not in _WHERE}


def _function_of(member: Any) -> object:
    """Return the underlying functions of a class method, a static method or a property; else the member."""
    if isinstance(member, property):
        return member.fget, member.fset, member.fdel
    return getattr(member, "__func__", member)


def _same_array(one: np.ndarray[Any, Any], other: np.ndarray[Any, Any]) -> bool:
    if one.dtype != other.dtype or one.shape != other.shape:
        return False
    if one.dtype.hasobject:
        return all(same_function(mine, theirs) for mine, theirs in zip(one.flat, other.flat, strict=True))
    return np.ascontiguousarray(one).tobytes() == np.ascontiguousarray(other).tobytes()


def _equal(one: Any, other: Any) -> bool | None:
    """Return whether two objects are equal, or ``None`` if they give no truth value, as arrays may not."""
    try:
        return bool(one == other)
    except Exception:
        equals: Callable[[Any], Any] | None = getattr(one, "equals", None)
    try:
        return None if equals is None else bool(equals(other))
    except Exception:
        return None
