"""The only module that calls HiGHS, through SciPy.

HiGHS finds solutions; every proof is made elsewhere, in whole numbers. So nothing that HiGHS returns is
trusted. It may raise an exception, stop at a limit, or return too few numbers, or numbers that are not
finite. Each call has a time limit, and every answer is checked for its shape and for finite numbers. A linear
programme without an answer is solved once more without presolve, which has helped after numerical trouble. If
there is still no answer, the result is ``None``.

SciPy's optimisers are loaded when they are first used, since loading them takes longer than solving a small
cohort.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scipy.sparse import csr_array

    from reverse_match.foundation.arrays import BoolArray, FloatArray

INTERIOR_POINT_FROM = 6_000
"""Number of variables from which the interior-point method is faster: 4 times at 27,000."""

LONGEST = 600.0
"""Time limit of a call in seconds, however much time is left."""

SHORTEST = 2.0
"""Least time of a call in seconds, even near the time limit: without an answer no result is possible."""

_OPTIMAL, _LIMIT, _INFEASIBLE = 0, 1, 2


@dataclass(frozen=True)
class LinearProgramme:
    """Minimise ``cost @ x`` where ``matrix @ x <= limits``, ``equations @ x == values``, ``0 <= x <= most``.

    The programme must have a solution, which the caller knows without HiGHS.
    """

    cost: FloatArray
    most: FloatArray
    matrix: csr_array | None = None
    limits: FloatArray | None = None
    equations: csr_array | None = None
    values: FloatArray | None = None


@dataclass(frozen=True)
class LinearAnswer:
    """The answer of HiGHS to a linear programme: finite numbers in arrays of the right lengths.

    Attributes
    ----------
    x : float array
        An optimal solution.
    of_limits, of_equations : float arrays
        Growth of the least cost for each unit more of a limit, or of a value.
    """

    x: FloatArray
    of_limits: FloatArray
    of_equations: FloatArray


@dataclass(frozen=True)
class WholeProgramme:
    """Minimise ``cost @ x`` where ``lower <= matrix @ x <= upper``, ``least <= x <= most``.

    ``parts`` marks the variables that may be fractions; all variables are whole if it is ``None``.
    """

    cost: FloatArray
    matrix: csr_array
    lower: FloatArray
    upper: FloatArray
    least: FloatArray
    most: FloatArray
    parts: BoolArray | None = None


def seconds_of(left: float | None) -> float:
    """Return the time limit of a call in seconds, given the time left; ``None`` stands for no limit."""
    return LONGEST if left is None else min(LONGEST, max(SHORTEST, left))


def solve_linear(programme: LinearProgramme, seconds: float) -> LinearAnswer | None:
    """Solve a linear programme; return ``None`` if HiGHS has no answer.

    Examples
    --------
    >>> from scipy.sparse import csr_array
    >>> one = np.ones(1)
    >>> answer = solve_linear(LinearProgramme(-one, 9 * one, csr_array([[2.0]]), one), seconds=1.0)
    >>> answer.x.tolist(), answer.of_limits.tolist()
    ([0.5], [-0.5])
    """
    from scipy import optimize

    linprog: Any = optimize.linprog  # its stubs demand literals
    box = np.column_stack([np.zeros(len(programme.most)), programme.most])

    def ask(method: Any, options: Any) -> LinearAnswer:
        found: Any = linprog(
            programme.cost,
            A_ub=programme.matrix,
            b_ub=programme.limits,
            A_eq=programme.equations,
            b_eq=programme.values,
            bounds=box,
            method=method,
            options={"time_limit": seconds, **options},
        )
        return _linear_answer(programme, found)

    # The interior-point method has reported feasible programmes as infeasible.
    ways: list[tuple[str, dict[str, Any]]] = [("highs-ds", {}), ("highs-ds", {"presolve": False})]
    if len(programme.cost) >= INTERIOR_POINT_FROM:
        ways.insert(0, ("highs-ipm", {}))
    answer: LinearAnswer | None = _first_answer([partial(ask, *way) for way in ways])
    return answer


def solve_whole(programme: WholeProgramme, most_nodes: int, seconds: float) -> FloatArray | None:
    """Return the best integer solution that HiGHS finds within its limits; ``None`` if it finds none.

    Nothing is said about whether a solution, or a better one, exists: only HiGHS could say that.

    Examples
    --------
    >>> from scipy.sparse import csr_array
    >>> one, two = np.ones(1), np.ones(2)
    >>> programme = WholeProgramme(-two, csr_array([[2.0, 2.0]]), 0 * one, 3 * one, 0 * two, two)
    >>> float(solve_whole(programme, most_nodes=10, seconds=1.0).sum())
    1.0
    """
    from scipy import optimize
    from scipy.optimize import Bounds, LinearConstraint

    milp: Any = optimize.milp
    whole = np.ones(len(programme.cost), dtype=np.int64)
    if programme.parts is not None:
        whole[programme.parts] = 0

    def ask(options: Any) -> FloatArray | None:
        found: Any = milp(
            programme.cost,
            constraints=LinearConstraint(programme.matrix, programme.lower, programme.upper),
            bounds=Bounds(programme.least, programme.most),
            integrality=whole,
            options={"mip_rel_gap": 0.0, "node_limit": most_nodes, "time_limit": seconds, **options},
        )
        if found.status not in (_OPTIMAL, _LIMIT, _INFEASIBLE):
            raise _NoAnswerError
        return None if found.x is None else _finite(found.x, len(programme.cost))

    ways: list[dict[str, Any]] = [{}, {"presolve": False}]
    answer: FloatArray | None = _first_answer([partial(ask, way) for way in ways])
    return answer


class _NoAnswerError(Exception):
    """HiGHS has not answered, or its answer has the wrong form."""


def _first_answer(ways: Iterable[Callable[[], Any]]) -> Any:
    """Try one way after the other until one gives an answer, whatever exceptions are raised."""
    for ask in ways:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return ask()
        except MemoryError:
            raise
        except Exception:  # noqa: S112 - an exception of SciPy, of whatever kind, is no answer
            continue
    return None


def _linear_answer(programme: LinearProgramme, found: Any) -> LinearAnswer:
    if found.status != _OPTIMAL:
        raise _NoAnswerError
    return LinearAnswer(
        _finite(found.x, len(programme.cost)),
        _marginals(found, "ineqlin", programme.limits),
        _marginals(found, "eqlin", programme.values),
    )


def _marginals(found: Any, of: str, bounds: FloatArray | None) -> FloatArray:
    return np.zeros(0) if bounds is None else _finite(found[of].marginals, len(bounds))


def _finite(numbers: Any, count: int) -> FloatArray:
    array = np.asarray(numbers, dtype=np.float64)
    if array.shape != (count,) or not np.isfinite(array).all():
        raise _NoAnswerError
    return array
