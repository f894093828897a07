"""The only module that calls HiGHS, through SciPy.

HiGHS finds; what is proved, is proved elsewhere, in whole numbers. So nothing that it returns is taken on
trust, not even that it returns: it may raise, stop at a limit, or give too few numbers, or numbers that are
none. Each call has a time limit, every answer is checked for its shape and for being finite, and where there
is none the same question is asked once more in another way, without presolve: that has answered where
numerical trouble had ended the first call. What is left then is ``None``: no answer.

SciPy's optimisers are loaded when first used, since they take longer to load than a small cohort takes to
solve.
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
"""Variables from which the interior-point method is faster: 4 times at 27,000."""

LONGEST = 600.0
"""Seconds that no call exceeds, whatever time there is."""

SHORTEST = 2.0
"""Seconds that each call has, also where time is nearly over: without an answer nothing could be returned."""

_OPTIMAL, _LIMIT, _INFEASIBLE = 0, 1, 2


@dataclass(frozen=True)
class LinearProgramme:
    """Minimise ``cost @ x`` where ``matrix @ x <= limits``, ``equations @ x == values``, ``0 <= x <= most``.

    It must have a solution, whatever HiGHS says.
    """

    cost: FloatArray
    most: FloatArray
    matrix: csr_array | None = None
    limits: FloatArray | None = None
    equations: csr_array | None = None
    values: FloatArray | None = None


@dataclass(frozen=True)
class LinearAnswer:
    """What HiGHS says of a linear programme: finite numbers, as many as there have to be.

    Attributes
    ----------
    x : float array
        A best solution.
    of_limits, of_equations : float arrays
        By how much the least cost grows for each unit more of a limit, or of a value.
    """

    x: FloatArray
    of_limits: FloatArray
    of_equations: FloatArray


@dataclass(frozen=True)
class WholeProgramme:
    """Minimise ``cost @ x`` where ``lower <= matrix @ x <= upper``, ``least <= x <= most``.

    ``parts`` mark which of x need not be whole; all must be, if ``None``.
    """

    cost: FloatArray
    matrix: csr_array
    lower: FloatArray
    upper: FloatArray
    least: FloatArray
    most: FloatArray
    parts: BoolArray | None = None


def seconds_of(left: float | None) -> float:
    """Return how long a call may take where so many seconds are left, or as many as are needed."""
    return LONGEST if left is None else min(LONGEST, max(SHORTEST, left))


def solve_linear(programme: LinearProgramme, seconds: float) -> LinearAnswer | None:
    """Solve a linear programme; ``None`` if HiGHS has no answer.

    Examples
    --------
    >>> from scipy.sparse import csr_array
    >>> one = np.ones(1)
    >>> answer = solve_linear(LinearProgramme(-one, 9 * one, csr_array([[2.0]]), one), seconds=1.0)
    >>> answer.x.tolist(), answer.of_limits.tolist()
    ([0.5], [-0.5])
    """
    from scipy import optimize

    linprog: Any = optimize.linprog  # its stubs ask for literals
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

    # The interior-point method has called programmes infeasible that are not.
    ways: list[tuple[str, dict[str, Any]]] = [("highs-ds", {}), ("highs-ds", {"presolve": False})]
    if len(programme.cost) >= INTERIOR_POINT_FROM:
        ways.insert(0, ("highs-ipm", {}))
    answer: LinearAnswer | None = _first_answer([partial(ask, *way) for way in ways])
    return answer


def solve_whole(programme: WholeProgramme, most_nodes: int, seconds: float) -> FloatArray | None:
    """Return the best whole solution that HiGHS finds within its limits; ``None`` if it finds none.

    That there is none, or none that is better, is not said: it would be the word of HiGHS.

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
    """HiGHS has not answered, or not with what was asked."""


def _first_answer(ways: Iterable[Callable[[], Any]]) -> Any:
    """Ask in one way after the other until there is an answer, whatever is raised."""
    for ask in ways:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return ask()
        except MemoryError:
            raise
        except Exception:  # noqa: S112 - whatever SciPy raises, it is no answer
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
