"""The highest memory that a piece of work needs above what its process held before.

Every measurement has a process of its own, so that nothing that was freed before, or kept, blurs it. The
kernel keeps the figure (``VmHWM``, reset before the work), so what C++ code allocates counts, too. Linux
only.
"""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.matching.match import match
from reverse_match.people.cohort import Cohort
from reverse_match.views.cli.bench.generator import invented_records
from reverse_match.views.cli.bench.numpy_scores import numpy_scores
from reverse_match.views.cli.bench.peers import PEERS

if TYPE_CHECKING:
    from collections.abc import Callable

_STATUS = Path("/proc/self/status")
_RESET = Path("/proc/self/clear_refs")

MATCH = "match"
"""What is measured, if it is not one of ``PEERS`` with its scoring in numpy."""


def peak_memory(what: str, people: int, seed: int = 0) -> int | None:
    """Return the peak of bytes that a match, or a peer, needs above its imports and its cohort.

    Parameters
    ----------
    what : str
        ``"match"``, or a name from ``PEERS``: then the scoring in numpy counts as well.
    people : int
        Size of the cohort, half of them mentors.
    seed : int
        Of the cohort.

    Returns
    -------
    int or None
        Bytes; ``None`` where the system does not tell.

    Examples
    --------
    >>> peak = peak_memory("match", 20)
    >>> peak is None or peak < 50_000_000
    True
    """
    if not (_STATUS.exists() and _RESET.exists()):
        return None
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as processes:
        return processes.submit(_measured, what, people, seed).result()


def _measured(what: str, people: int, seed: int) -> int | None:
    work = _work(what)
    work(Cohort.from_records(invented_records(20, seed)))
    cohort = Cohort.from_records(invented_records(people, seed))
    cohort.sha256  # noqa: B018 - kept by the cohort
    before = _reset_peak()
    if before is None:
        return None
    work(cohort)
    return _kilobytes("VmHWM") * 1024 - before


def _work(what: str) -> Callable[[Cohort], object]:
    if what == MATCH:
        return match
    solve = PEERS[what]
    return lambda cohort: solve(np.asarray(numpy_scores(cohort)))


def _reset_peak() -> int | None:
    try:
        _RESET.write_text("5")
    except OSError:
        return None
    return _kilobytes("VmRSS") * 1024


def _kilobytes(name: str) -> int:
    for line in _STATUS.read_text().splitlines():
        if line.startswith(name + ":"):
            return int(line.split()[1])
    return 0
