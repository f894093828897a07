"""OR-Tools raises, ends early, or returns wrong answers: never a worse choice, another error, or no end.

Each of its three solvers is replaced by one that does what the real one does, but for one fault. What comes
of it is either what comes of an honest solver, first things first, or a ``SolverError``.
"""

from __future__ import annotations

import signal
from contextlib import contextmanager
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from ortools.graph.python.linear_sum_assignment import SimpleLinearSumAssignment
from ortools.graph.python.max_flow import SimpleMaxFlow
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow
from test_quota_solve import some_quotas
from test_sparse import DENSE, SPARSE, problem

from reverse_match.foundation.errors import SolverError, UndecidedError
from reverse_match.solver.assignment import network_flow as network
from reverse_match.solver.assignment.solve import solve
from reverse_match.solver.objectives import Optimum, solve_for
from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.pairs.source import NO_PAIR
from reverse_match.solver.pairs.tiles import Tiling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reverse_match.solver.pairs.problem import Problem

MODULES = {
    SimpleLinearSumAssignment: "linear_sum_assignment",
    SimpleMinCostFlow: "min_cost_flow",
    SimpleMaxFlow: "max_flow",
}
TILING = Tiling(rows=7, columns=5, threads=1)
SECONDS = 20


def wrong(values: Any, kind: str) -> Any:
    """Return an answer with a fault."""
    values = np.array(values)
    random = np.random.default_rng(len(values))
    changes: dict[str, Callable[[], Any]] = {
        "zero": lambda: np.zeros_like(values),
        "one": lambda: np.ones_like(values),
        "shifted": lambda: np.roll(values, 1),
        "shuffled": lambda: random.permutation(values),
        "random": lambda: random.integers(0, 2, len(values)),
        "negative": lambda: values - 1,
        "huge": lambda: values + 2**40,
        "not a number": lambda: np.full(len(values), np.nan),
        "short": lambda: values[:-1],
        "none": lambda: values[:0],
        "long": lambda: np.append(values, 0),
        "text": lambda: np.array(["x"] * len(values)),
        "one less": lambda: np.where(np.arange(len(values)) == values.argmax(), 0, values) if len(values) else values,
    }  # fmt: skip
    return changes[kind]()


ANSWERS = [
    "zero", "one", "shifted", "shuffled", "random", "negative", "huge", "not a number", "short", "none", "long",
    "text", "one less",
]  # fmt: skip
METHODS = {
    SimpleLinearSumAssignment: ["right_mate"],
    SimpleMinCostFlow: ["flows"],
    SimpleMaxFlow: ["flows", "get_source_side_min_cut"],
}


class Lying:
    """Stands for a solver, and lies about one thing."""

    def __init__(self, real: Any, method: str, fault: str) -> None:
        self._real, self._method, self._fault, self._size = real(), method, fault, 0

    def __getattr__(self, name: str) -> Any:
        honest = getattr(self._real, name)
        if name.startswith("add_arcs"):
            return self._counting(honest)
        if name != self._method:
            return honest
        if self._fault == "raises":
            return _raise
        if name == "solve":
            return lambda *_: SimpleNamespace(name=self._fault) if self._fault != "no status" else None
        if name == "right_mate":
            return lambda node: wrong([honest(place) for place in range(self._size)], self._fault)[node]
        return lambda *given: wrong(honest(*given), self._fault)

    def _counting(self, honest: Callable[..., Any]) -> Callable[..., Any]:
        def add(tails: Any, *rest: Any) -> Any:
            self._size = int(max(tails)) + 1
            return honest(tails, *rest)

        return add


def _raise(*_: object) -> None:
    message = "no"
    raise RuntimeError(message)


FAULTS = [
    (real, method, fault) for real, methods in METHODS.items() for method in methods for fault in (*ANSWERS, "raises")
] + [
    (real, "solve", fault)
    for real in METHODS
    for fault in ("raises", "INFEASIBLE", "POSSIBLE_OVERFLOW", "no status")
]  # fmt: skip


FEW = [fault for fault in FAULTS if fault[2] in ("one less", "shuffled", "short", "raises", "INFEASIBLE")]
"""Those of the default tests; the longer ones have all."""


@contextmanager
def ending() -> Iterator[None]:
    """Fail where something has no end."""

    def fail(*_: object) -> None:
        pytest.fail(f"no end after {SECONDS} s")

    before = signal.signal(signal.SIGALRM, fail)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def lie(patch: pytest.MonkeyPatch, real: Any, method: str, fault: str) -> None:
    def make() -> Lying:
        return Lying(real, method, fault)

    make.Status = real.Status  # type: ignore[attr-defined]
    patch.setattr(f"ortools.graph.python.{MODULES[real]}.{real.__name__}", make)


def made(seed: int, sizes: list[int]) -> Problem:
    random = np.random.default_rng(seed)
    scores = random.integers(0, [4, 10**6][seed % 2], (14, 12)) * [250_000, 1][seed % 2]
    scores = np.where(random.random((14, 12)) < [0.3, 0.9][seed // 2 % 2], scores, NO_PAIR)
    return problem(scores, (random.choice(sizes, 14), random.choice(sizes, 12)))


def goal(objective: Any, found: Any) -> Any:
    if not isinstance(found, Optimum):
        return None
    scores = found.solution.chosen.scores
    number, total = len(scores), int(scores.sum())
    return {
        "coverage": (number, total),
        "total": (total, number),
        "max_min": (number, int(scores.min(initial=10**9)), total),
    }[objective]


def check_every_objective(
    monkeypatch: pytest.MonkeyPatch, given: Problem, quotas: Any, lies: tuple[Any, str, str]
) -> None:
    for objective in ("coverage", "total", "max_min"):
        honest = goal(objective, solve_for(objective, given, TILING, quotas=quotas))  # type: ignore[arg-type]
        with monkeypatch.context() as patch, ending():
            lie(patch, *lies)
            try:
                found = solve_for(objective, given, TILING, quotas=quotas)  # type: ignore[arg-type]
            except (SolverError, UndecidedError):
                continue
        assert goal(objective, found) == honest


def check_few_candidates(monkeypatch: pytest.MonkeyPatch, given: Problem, lies: tuple[Any, str, str]) -> None:
    for tuning in SPARSE:
        for asked in (given, replace(given, most_first=False)):
            honest = solve(asked, TILING, tuning=DENSE)
            with monkeypatch.context() as patch, ending():
                lie(patch, *lies)
                try:
                    found = solve(asked, TILING, tuning=tuning)
                except SolverError:
                    continue
            assert len(found.chosen) == len(honest.chosen)
            assert found.chosen.scores.sum() == honest.chosen.scores.sum()


@pytest.mark.parametrize("lies", FEW)
def test_no_objective_gets_worse(monkeypatch: pytest.MonkeyPatch, lies: Any) -> None:
    for seed, sizes in ((1, [1]), (4, [1, 2, 3])):
        check_every_objective(monkeypatch, made(seed, sizes), [], lies)
    check_few_candidates(monkeypatch, made(2, [1, 1, 2]), lies)


@pytest.mark.parametrize("lies", FEW[::3])
def test_nor_with_quotas(monkeypatch: pytest.MonkeyPatch, lies: Any) -> None:
    given = made(1, [1, 2])
    check_every_objective(monkeypatch, given, some_quotas(np.random.default_rng(1), given.shape, 1), lies)


@pytest.mark.long
@pytest.mark.parametrize("lies", FAULTS)
def test_whatever_the_fault(monkeypatch: pytest.MonkeyPatch, lies: Any) -> None:
    for seed in (1, 2):
        for sizes in ([1], [1, 2, 3]):
            given, random = made(seed, sizes), np.random.default_rng(seed)
            check_few_candidates(monkeypatch, given, lies)
            for number in (0, 1, 2):
                check_every_objective(monkeypatch, given, some_quotas(random, given.shape, number), lies)


def test_every_fault_is_met(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is injected is used: with each solver raising, something cannot be solved."""
    arcs = Arcs(np.array([0, 0, 1]), np.array([0, 1, 0]), np.array([5, 4, 3]))
    one, two = np.ones(2, np.int64), np.full(2, 2, np.int64)
    rest = np.ones(2, dtype=bool), np.ones(2, dtype=bool)
    asked: dict[Any, Callable[[], Any]] = {
        SimpleMaxFlow: lambda: network.most_pairs(arcs, one, one),
        SimpleLinearSumAssignment: lambda: network.best_pairs(arcs, (one, one), rest, 2),
        SimpleMinCostFlow: lambda: network.best_pairs(arcs, (two, two), rest, 2),
    }
    for real, ask in asked.items():
        ask()
        for method in ("solve", *METHODS[real]):
            with monkeypatch.context() as patch:
                lie(patch, real, method, "raises")
                with pytest.raises(SolverError, match="failed inside OR-Tools: RuntimeError"):
                    ask()


def test_a_wrong_cut_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    arcs = Arcs(np.array([0, 0, 1, 2]), np.array([0, 1, 0, 0]), np.array([5, 4, 3, 2]))
    one = np.ones(3, np.int64)
    for fault in ("none", "zero", "huge", "negative"):
        with monkeypatch.context() as patch:
            lie(patch, SimpleMaxFlow, "get_source_side_min_cut", fault)
            with pytest.raises(SolverError, match="cut"):
                network.most_pairs(arcs, one, one)
