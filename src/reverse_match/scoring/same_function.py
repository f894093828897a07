"""Whether two functions are the same one: the same code, with the same things captured.

Two closures of one factory have one name and one code, and yet score by two tables; a notebook's cell that
runs again makes another object, which is the same function. So code is compared without where it stands, and
what a function has captured by value: closure cells, defaults, what a method is bound to, the arguments of a
``functools.partial``. Names that it looks up in its module when it is called are not captured: two functions
of one module find the same there; only for two of different modules are they compared, too. What cannot be
compared counts as different.
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
"""What a class has beside what it does."""
_EMPTY = object()
_PLAIN = (dict, list, tuple, str, bytes, int, float, complex, np.ndarray)
"""Kinds that are what they hold. What inherits from one may be more."""


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
    """Compares two things, each two parts once: functions may name themselves."""

    def __init__(self) -> None:
        self._seen: dict[tuple[int, int], tuple[object, object]] = {}

    def same(self, one: Any, other: Any) -> bool:
        """Say whether two things do the same, as far as can be seen."""
        if one is other:
            return True
        if type(one) is not type(other):
            return isinstance(one, type) and isinstance(other, type) and self._classes(one, other)
        key = id(one), id(other)
        if key in self._seen:
            return True
        self._seen[key] = one, other  # both stay, so that no other thing gets their number
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
        """Compare by the equality of their class; else attribute by attribute; else count as different."""
        if type(one).__eq__ is not object.__eq__ and (equal := _equal(one, other)) is not None:
            return equal
        if hasattr(one, "__dict__") and not hasattr(type(one), "__slots__"):
            return bool(vars(one)) and self._mappings(vars(one), vars(other))
        return False

    def _states(self, one: object, other: object) -> bool:
        """Compare what would be pickled: a kind of dict, say, can have more than its items."""
        try:
            mine, theirs = (thing.__reduce_ex__(2) for thing in (one, other))
        except Exception:  # by whatever class of a user's own
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
    """Return the names that code looks up when it runs, and those of the functions within it."""
    within = [part for part in code.co_consts if isinstance(part, CodeType)]
    return set(code.co_names).union(*map(_names_in, within))


def _members(which: type) -> dict[str, object]:
    return {name: _function_of(member) for name, member in vars(which).items() if name not in _WHERE}


def _function_of(member: Any) -> object:
    """Return the function of a class method, a static method or a property."""
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
    """Ask two things whether they are equal; ``None`` where they give no plain answer (arrays within)."""
    try:
        return bool(one == other)
    except Exception:
        equals: Callable[[Any], Any] | None = getattr(one, "equals", None)
    try:
        return None if equals is None else bool(equals(other))
    except Exception:
        return None
