"""Benchmarks of matches of invented cohorts, step by step, for ``reverse-match bench`` and ``benchmarks/``.

Peak memory is measured in a process of its own, so that memory used before does not count. The figure is the
kernel's (``VmHWM``, reset before the work), so that it includes allocations of C++ code. It exists only on
Linux.
"""

from __future__ import annotations

import multiprocessing
import os
import platform
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from reverse_match.foundation.progress import Progress, Watch
from reverse_match.matching.encode import prepare
from reverse_match.matching.match import match
from reverse_match.matching.run_options import RunOptions
from reverse_match.people.invented import invented_cohort
from reverse_match.people.read import read_cohort
from reverse_match.people.write import people_csv
from reverse_match.policy import Policy
from reverse_match.solver.assignment.solve import solve
from reverse_match.solver.pairs.table import ScoreTable
from reverse_match.verification.verify import verify
from reverse_match.views.text_table import TextColumn, TextTable, table_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reverse_match.people.cohort import Cohort

Result = TypeVar("Result")

PLAIN = Policy(as_far_as_possible=None)
"""The default policy without what it asks as far as possible: the problem that other solvers solve, too."""

STEPS = ("read", "score", "solve", "match", "verify")

_STATUS = Path("/proc/self/status")
_RESET = Path("/proc/self/clear_refs")


@dataclass(frozen=True)
class BenchFigures:
    """The figures of one cohort size: deterministic counts, and the shortest times of some runs, in s."""

    people: int
    seconds: dict[str, float]
    counts: dict[str, int]
    duos: int
    total: float
    gap: float
    memory: int | None = None
    """Peak memory of a match in bytes, without imports and cohort; ``None`` if it is not known."""

    def as_record(self) -> dict[str, Any]:
        """Return the figures as plain data."""
        return asdict(self)


def machine() -> dict[str, str]:
    """Return processor, system and versions of libraries, without the name of the machine."""
    libraries = ("numpy", "scipy", "ortools", "lapjv", "lapx", "matching", "reverse-match")
    return {
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "system": platform.system(),
        "python": platform.python_version(),
        **{name: _version(name) for name in libraries},
    }


def _processor() -> str:
    described = Path("/proc/cpuinfo")
    if described.exists():
        for line in described.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def shortest(work: Callable[[], Result], repeats: int) -> tuple[float, Result]:
    """Return the shortest time of some runs, in seconds, and the result of the last run."""
    times = []
    for _ in range(max(1, repeats)):
        begin = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - begin)
    return min(times), result


def measure(people: int, *, repeats: int = 3, seed: int = 0, memory: bool = False) -> BenchFigures:
    """Measure a match of an invented cohort of one size.

    Parameters
    ----------
    people : int
        Number of people, half of them mentors.
    repeats : int
        Number of runs, of which the shortest counts.
    seed : int
        Seed of the cohort.
    memory : bool
        Whether peak memory is also measured, in a process of its own.

    Examples
    --------
    >>> figures = measure(20, repeats=1)
    >>> figures.gap, figures.duos
    (0.0, 9)
    """
    cohort, policy = invented_cohort(people, seed), PLAIN
    told: list[Progress] = []
    seconds = {"read": _reading(cohort, repeats)}
    seconds["match"], matching = shortest(lambda: match(cohort, policy), repeats)
    seconds["score"], prepared = shortest(lambda: prepare(cohort, policy, RunOptions()), repeats)
    seconds["solve"], _ = shortest(
        lambda: solve(prepared.problem, prepared.tiling, Watch(told.append)), repeats
    )
    seconds["verify"], _ = shortest(lambda: verify(matching, cohort, policy), repeats)
    last = told[-1]
    table = prepared.problem.pairs.table.nbytes if isinstance(prepared.problem.pairs, ScoreTable) else 0
    counts = {
        "rounds": last.rounds,
        "arcs": last.arcs,
        "pairs looked at": last.pairs,
        "bytes of the largest array": max(table, 8 * last.arcs),
    }
    return BenchFigures(
        people,
        seconds,
        counts,
        len(matching.duos),
        float(matching.total),
        matching.certificate.gap,
        peak_memory(match, people, seed) if memory else None,
    )


def _reading(cohort: Cohort, repeats: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "people.csv"
        file.write_text(people_csv(cohort, file.name), encoding="utf-8")
        return shortest(lambda: read_cohort(file), repeats)[0]


def peak_memory(work: Callable[[Cohort], object], people: int, seed: int = 0) -> int | None:
    """Return the peak memory of some work, without its imports and its cohort.

    Parameters
    ----------
    work : callable
        Function of a module, which takes an invented cohort.
    people : int
        Number of people in the cohort, half of them mentors.
    seed : int
        Seed of the cohort.

    Returns
    -------
    int or None
        Peak memory in bytes; ``None`` if the system does not report it.

    Examples
    --------
    >>> peak = peak_memory(match, 20)
    >>> peak is None or peak < 50_000_000
    True
    """
    if not (_STATUS.exists() and _RESET.exists()):
        return None
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as processes:
        return processes.submit(_peak_here, work, people, seed).result()


def _peak_here(work: Callable[[Cohort], object], people: int, seed: int) -> int | None:
    work(invented_cohort(20, seed))
    cohort = invented_cohort(people, seed)
    cohort.sha256  # noqa: B018 - kept by the cohort
    try:
        _RESET.write_text("5")
    except OSError:
        return None
    before = _kilobytes("VmRSS")
    work(cohort)
    return 1024 * (_kilobytes("VmHWM") - before)


def _kilobytes(name: str) -> int:
    for line in _STATUS.read_text().splitlines():
        if line.startswith(name + ":"):
            return int(line.split()[1])
    return 0


def step_rows(figures: Sequence[BenchFigures]) -> list[list[str]]:
    """Return the figures as a table: a row of headings, then a row for each size."""
    heading = ["people", "duos", "gap", *(f"{step}, ms" for step in STEPS), "memory, MiB", "rounds", "arcs"]
    return [
        heading,
        *(
            [
                f"{size.people:,}",
                f"{size.duos:,}",
                f"{size.gap:.0e}" if size.gap else "0",
                *(f"{1000 * size.seconds[step]:,.1f}" for step in STEPS),
                "–" if size.memory is None else f"{size.memory / 2**20:,.0f}",
                f"{size.counts['rounds']}",
                f"{size.counts['arcs']:,}",
            ]
            for size in figures
        ),
    ]


def terminal_table(rows: Sequence[Sequence[str]], title: str) -> TextTable:
    """Return a table for a terminal; the first row holds its headings."""
    return table_of(title, [TextColumn(heading, number=True) for heading in rows[0]], rows[1:])
