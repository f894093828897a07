"""Registries of a user's own functions, by name; a registry belongs to one process."""

from __future__ import annotations

import os
from threading import Lock
from typing import Generic, TypeVar

from reverse_match.foundation.errors import Fault, PolicyError
from reverse_match.foundation.names import did_you_mean
from reverse_match.scoring.same_function import same_function

Function = TypeVar("Function")


class Registry(Generic[Function]):
    """Functions by name, one for each name.

    Parameters
    ----------
    kind : str
        Kind of the functions, for messages: ``"criterion"`` or ``"rule"``.

    Examples
    --------
    >>> known = Registry("rule")
    >>> known.register("none", len)
    >>> known.function("nome")
    Traceback (most recent call last):
    reverse_match.foundation.errors.PolicyError: no rule function 'nome' is registered;
    did you mean 'none'?; see rm.register_rule
    """

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._functions: dict[str, Function] = {}
        self._marks: dict[str, bytes] = {}
        self._lock = Lock()

    def register(self, name: str, function: Function, *, replace: bool = False) -> None:
        """Register a function under a name.

        Raises
        ------
        PolicyError
            If another function has the name, and ``replace`` is false.
        """
        with self._lock:
            there = self._functions.get(name)
            if there is function:
                return
            if there is not None and not (replace or same_function(there, function)):
                raise PolicyError([Fault(self._taken_message(name), code="name-taken")])
            self._functions[name], self._marks[name] = function, os.urandom(8)

    def get(self, name: str) -> Function | None:
        """Return the function that is registered under a name, or ``None``."""
        return self._functions.get(name)

    def function(self, name: str) -> Function:
        """Return the function that is registered under a name.

        Raises
        ------
        PolicyError
            If no function is registered under this name.
        """
        function = self._functions.get(name)
        if function is None:
            raise PolicyError([Fault(self._missing_message(name), code="not-registered")])
        return function

    def mark(self, name: str) -> bytes:
        """Return random bytes that identify a registration, in this process and in those forked from it."""
        return self._marks.get(name, b"")

    def forget_but(self, name: str, mark: bytes) -> None:
        """Remove the function of a name, unless its registration has the given mark."""
        with self._lock:
            if self.mark(name) != mark:
                self._functions.pop(name, None)
                self._marks.pop(name, None)

    def _taken_message(self, name: str) -> str:
        return (
            f"a {self._kind} function '{name}' is registered already, and it is another one (its code, or "
            "what it has captured, differs or cannot be compared); right would be another name for this one, "
            "also in the policy, or replace=True"
        )

    def _missing_message(self, name: str) -> str:
        kind = self._kind
        near = did_you_mean(name, self._functions)
        message = f"no {kind} function '{name}' is registered{near}; see rm.register_{kind}"
        from multiprocessing import parent_process  # only this error needs it

        if parent_process() is None:
            return message
        return (
            f"{message}; another process has started this one, and functions that are no part of a module "
            "(closures, those of a notebook) cannot be sent to it; right would be to register them in each: "
            f"ProcessPoolExecutor(initializer=FUNCTION), where FUNCTION calls rm.register_{kind}"
        )
