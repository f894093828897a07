"""HiGHS as it must not be: SciPy's functions, replaced by some that raise, stop, err and lie."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import scipy.optimize
from scipy.optimize import OptimizeResult

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

linprog, milp = scipy.optimize.linprog, scipy.optimize.milp


def _raises(*given: Any, **named: Any) -> Any:
    message = "HiGHS is not itself today"
    raise RuntimeError(message)


def _ends_at_its_limit(*given: Any, **named: Any) -> Any:
    assert named["options"]["time_limit"] > 0  # without it, this would be for ever
    nothing = OptimizeResult(marginals=None)
    return OptimizeResult(status=1, x=None, fun=None, message="", ineqlin=nothing, eqlin=nothing)


def _status(number: int) -> Callable[..., Any]:
    def lie(*given: Any, **named: Any) -> Any:
        return OptimizeResult({**_ends_at_its_limit(**named), "status": number})

    return lie


def _with_duals(change: Callable[[Any], Any]) -> Callable[..., Any]:
    def lie(*given: Any, **named: Any) -> Any:
        found: Any = linprog(*given, **named)
        if found.status == 0:
            for rows in (found.ineqlin, found.eqlin):
                rows.marginals = change(np.asarray(rows.marginals))
        return found

    return lie


def _with_parts(change: Callable[[Any], Any], of: Callable[..., Any] = linprog) -> Callable[..., Any]:
    def lie(*given: Any, **named: Any) -> Any:
        found: Any = of(*given, **named)
        if found.x is not None:
            found.x = change(np.asarray(found.x))
        return found

    return lie


def _random(numbers: Any) -> Any:
    return np.random.default_rng(len(numbers)).normal(size=len(numbers)) * 3


def _worst(cost: Any, **named: Any) -> Any:
    """Return a choice that keeps everything, and is the worst that does."""
    found: Any = milp(-np.asarray(cost), **named)
    return found if found.x is not None or found.status == 2 else milp(0 * np.asarray(cost), **named)


LINEAR: dict[str, Callable[..., Any]] = {
    "raises": _raises,
    "ends at its limit": _ends_at_its_limit,
    "calls all infeasible": _status(2),
    "calls all unbounded": _status(3),
    "fails": _status(4),
    "says nothing is best": _status(0),
    "wrong duals": _with_duals(lambda numbers: -numbers),
    "no duals": _with_duals(np.zeros_like),
    "shifted duals": _with_duals(lambda numbers: numbers + 0.3),
    "random duals": _with_duals(_random),
    "huge duals": _with_duals(lambda numbers: numbers * 1e250 - 1e250),
    "NaN duals": _with_duals(lambda numbers: numbers * np.nan),
    "too few duals": _with_duals(lambda numbers: numbers[1:]),
    "random parts": _with_parts(lambda numbers: np.abs(_random(numbers))),
    "all parts": _with_parts(np.ones_like),
    "NaN parts": _with_parts(lambda numbers: numbers * np.nan),
    "too few parts": _with_parts(lambda numbers: numbers[1:]),
}

WHOLE: dict[str, Callable[..., Any]] = {
    "raises": _raises,
    "ends at its limit": _ends_at_its_limit,
    "calls all infeasible": _status(2),
    "calls all unbounded": _status(3),
    "fails": _status(4),
    "returns the worst": _worst,
    "returns nothing": _with_parts(np.zeros_like, milp),
    "returns everything": _with_parts(np.ones_like, milp),
    "returns random numbers": _with_parts(_random, milp),
    "returns NaN": _with_parts(lambda numbers: numbers * np.nan, milp),
    "returns too few": _with_parts(lambda numbers: numbers[1:], milp),
}

FAULTS = [
    *(("linprog", name) for name in LINEAR),
    *(("milp", name) for name in WHOLE),
    ("both", "raises"),
    ("both", "fails"),
]


def install(monkeypatch: pytest.MonkeyPatch, function: str, fault: str) -> None:
    """Put a fault in the place of one of SciPy's functions, or of both."""
    if function in ("linprog", "both"):
        monkeypatch.setattr(scipy.optimize, "linprog", LINEAR[fault])
    if function in ("milp", "both"):
        monkeypatch.setattr(scipy.optimize, "milp", WHOLE[fault])
