"""What a match takes, step by step, beside what its peers take on the same cohort in the same run."""

from __future__ import annotations

import csv
import os
import platform
import tempfile
import time
from dataclasses import asdict, dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from reverse_match.foundation.progress import Progress, Watch
from reverse_match.matching.encode import prepare
from reverse_match.matching.match import match
from reverse_match.matching.score_matrix import MATRIX_LIMIT, score_matrix
from reverse_match.people.cohort import Cohort
from reverse_match.people.read import read_cohort
from reverse_match.policy import Policy
from reverse_match.solver.assignment.solve import solve
from reverse_match.solver.pairs.memory import DEFAULT_MEMORY
from reverse_match.solver.pairs.table import ScoreTable
from reverse_match.verification.verify import verify
from reverse_match.views.cli.bench.generator import invented_records
from reverse_match.views.cli.bench.memory import MATCH, peak_memory
from reverse_match.views.cli.bench.numpy_scores import numpy_scores
from reverse_match.views.cli.bench.peers import PEERS, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Result = TypeVar("Result")


@dataclass(frozen=True)
class PeerFigures:
    """One peer on one cohort; without figures, why."""

    name: str
    seconds: float | None = None
    """Of its solve alone."""
    ratio: float | None = None
    """Scoring in numpy and its solve, over the whole match."""
    duos: int | None = None
    total: float | None = None
    unavailable: str | None = None


@dataclass(frozen=True)
class BenchFigures:
    """One size. Counts are deterministic; seconds are the shortest of some runs."""

    people: int
    seconds: dict[str, float]
    counts: dict[str, int]
    duos: int
    total: float
    gap: float
    memory: int | None = None
    """Peak of bytes of a match above the imports and the cohort; ``None`` where that is not known."""
    peers: list[PeerFigures] = field(default_factory=list)


def machine() -> dict[str, str]:
    """Say on what was measured, without naming the machine."""
    return {
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "system": platform.system(),
        "python": platform.python_version(),
        **{
            name: _version(name)
            for name in ("numpy", "scipy", "ortools", "lapjv", "matching", "reverse-match")
        },
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
    """Return the shortest time of some runs, in seconds, and what the last returned."""
    times = []
    for _ in range(max(1, repeats)):
        begin = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - begin)
    return min(times), result


def measure(
    people: int, *, peers: Iterable[str] = (), repeats: int = 3, seed: int = 0, memory: bool = False
) -> BenchFigures:
    """Measure one size.

    Parameters
    ----------
    people : int
        Half of them mentors.
    peers : iterable of str
        Names from ``PEERS``.
    repeats : int
        The shortest of so many runs counts.
    seed : int
        Of the cohort.
    memory : bool
        Whether the peak of memory is measured, too, in a process of its own.

    Examples
    --------
    >>> figures = measure(20, peers=["greedy"], repeats=1)
    >>> figures.gap, figures.total >= figures.peers[0].total
    (0.0, True)
    """
    records = invented_records(people, seed)
    cohort = Cohort.from_records(records)
    policy = Policy()
    told: list[Progress] = []
    seconds = {"read": _reading(records, repeats)}
    seconds["match"], matching = shortest(lambda: match(cohort, policy), repeats)
    seconds["score"], prepared = shortest(lambda: prepare(cohort, policy, DEFAULT_MEMORY, None), repeats)
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
        peak_memory(MATCH, people, seed) if memory else None,
        _measured_peers(cohort, peers, seconds, repeats),
    )


def _reading(records: list[dict[str, Any]], repeats: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "people.csv"
        write_people(records, file)
        return shortest(lambda: read_cohort(file), repeats)[0]


def write_people(records: list[dict[str, Any]], file: Path) -> None:
    """Write records as a people file."""
    names = list(dict.fromkeys(name for record in records for name in record))
    with file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(names)
        writer.writerows([[_cell(record.get(name)) for name in names] for record in records])


def _cell(value: Any) -> str:
    if isinstance(value, dict):
        return ";".join(f"{name}:{rating}" for name, rating in value.items())
    if isinstance(value, list):
        return ";".join(value)
    return "" if value is None else str(value)


def _measured_peers(
    cohort: Cohort, peers: Iterable[str], seconds: dict[str, float], repeats: int
) -> list[PeerFigures]:
    names = list(peers)
    if names and len(cohort.mentors) * len(cohort.mentees) > MATRIX_LIMIT:
        return [PeerFigures(name, unavailable="too large for a matrix of all pairs") for name in names]
    if not names:
        return []
    seconds["numpy scoring"], _ = shortest(lambda: numpy_scores(cohort), repeats)
    scores = score_matrix(cohort)
    found = []
    for name in names:
        try:
            taken, (rows, columns) = shortest(lambda: PEERS[name](scores), repeats)  # noqa: B023 - run at once
        except Unavailable as reason:
            found.append(PeerFigures(name, unavailable=str(reason)))
            continue
        total = int(np.rint(scores[rows, columns] * 1_000_000).sum()) / 1_000_000
        ratio = (seconds["numpy scoring"] + taken) / seconds["match"]
        found.append(PeerFigures(name, taken, ratio, len(rows), total))
    return found


def as_record(figures: BenchFigures) -> dict[str, Any]:
    """Return figures as plain data."""
    return asdict(figures)
