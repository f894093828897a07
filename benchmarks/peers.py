"""Other ways to form duos, on the same scores: what they take, and what they reach.

``python benchmarks/peers.py --sizes 10,100,1000 --peers scipy,greedy`` measures them beside a match. Each is
given the exact score of every pair as a matrix. Its bare time is that of the solve alone; what it takes to
make the matrix is measured apart (``numpy_scores.py``), and added in a column of its own. A peer that is not
installed, or that the size is too much for, says so.
"""

from __future__ import annotations

import argparse
import sys
import threading
import warnings
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING, TypeAlias, TypeVar

import numpy as np

import reverse_match as rm
from numpy_scores import numpy_scores
from reverse_match.foundation.fixed_point import ONE
from reverse_match.matching.score_matrix import MATRIX_LIMIT
from reverse_match.solver.assignment.network_flow import best_pairs, most_pairs
from reverse_match.solver.pairs.problem import Arcs
from reverse_match.testing import invented_cohort
from reverse_match.views.cli.bench_figures import measure, shortest
from tables import markdown_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from reverse_match.foundation.arrays import FloatArray, IntArray
    from reverse_match.views.cli.bench_figures import BenchFigures

    Pairs: TypeAlias = tuple[IntArray, IntArray]

Result = TypeVar("Result")

DEEP_STACK = 512 * 2**20
DEEP_RECURSION = 1_000_000

APART = -1_000.0
"""Score of a forbidden pair for solvers that know no forbidden pairs: they avoid it as long as they can."""


class Unavailable(Exception):  # noqa: N818 - not an error: a result
    """Why a peer has no figures."""


def _refuse(name: str, pairs: int, limit: int) -> None:
    if find_spec(name) is None:
        message = f"{name} is not installed"
        raise Unavailable(message)
    if pairs > limit:
        message = f"too large: {pairs:,} pairs"
        raise Unavailable(message)


def _allowed(scores: FloatArray, rows: IntArray, columns: IntArray) -> Pairs:
    real = ~np.isnan(scores[rows, columns])
    return rows[real], columns[real]


def scipy_dense(scores: FloatArray) -> Pairs:
    """Solve by scipy's ``linear_sum_assignment`` (a shortest augmenting path method; Crouse 2016)."""
    _refuse("scipy", scores.size, 40_000_000)
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(np.where(np.isnan(scores), APART, scores), maximize=True)
    return _allowed(scores, rows, columns)


def lapjv_dense(scores: FloatArray) -> Pairs:
    """Solve by the package ``lapjv`` (Jonker & Volgenant 1987), padded to a square."""
    _refuse("lapjv", scores.size, 40_000_000)
    from lapjv import lapjv

    size = max(scores.shape)
    costs = np.full((size, size), 1.0)
    costs[: scores.shape[0], : scores.shape[1]] = 1.0 - np.where(np.isnan(scores), APART, scores)
    columns = np.asarray(lapjv(costs)[0], dtype=np.int64)[: scores.shape[0]]
    rows = np.flatnonzero(columns < scores.shape[1])
    return _allowed(scores, rows, columns[rows])


def lapx_dense(scores: FloatArray) -> Pairs:
    """Solve by ``lapjvs`` of the package ``lapx``, in double precision: its usual one is not exact."""
    _refuse("lap", scores.size, 40_000_000)
    from lap import lapjvs

    costs = 1.0 - np.where(np.isnan(scores), APART, scores)
    rows, columns = lapjvs(costs, return_cost=False, prefer_float32=False)
    return _allowed(scores, rows, columns)


def scipy_sparse(scores: FloatArray) -> Pairs:
    """Give scipy's ``min_weight_full_bipartite_matching`` (Jonker & Volgenant 1987) every pair.

    It solves nothing else than a matching of everybody on one side; so forbidden pairs go in, at a high cost.
    """
    _refuse("scipy", scores.size, 1_000_000)
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    # Whole millionths, since with fractions it was seen to search without end; none is 0, as no pair is.
    costs = csr_array(np.rint(ONE * (2.0 - np.where(np.isnan(scores), APART, scores))))
    rows, columns = min_weight_full_bipartite_matching(costs)
    return _allowed(scores, rows.astype(np.int64), columns.astype(np.int64))


def ortools_dense(scores: FloatArray) -> Pairs:
    """Give OR-Tools every allowed pair."""
    _refuse("ortools", scores.size, 3_000_000)
    rows, columns = np.nonzero(~np.isnan(scores))
    arcs = Arcs(rows, columns, np.rint(scores[rows, columns] * ONE).astype(np.int64))
    ones = np.ones(scores.shape[0], np.int64), np.ones(scores.shape[1], np.int64)
    count = most_pairs(arcs, *ones)[0]
    chosen = best_pairs(arcs, ones, (ones[0] > 0, ones[1] > 0), count)
    return rows[chosen], columns[chosen]


def gale_shapley(scores: FloatArray) -> Pairs:
    """Find a stable matching with the package ``matching`` (Gale & Shapley 1962), mentors proposing."""
    _refuse("matching", scores.size, 25_000)
    mentees = {column: np.flatnonzero(~np.isnan(scores[:, column])) for column in range(scores.shape[1])}
    mentors = {row: np.flatnonzero(~np.isnan(scores[row])) for row in range(scores.shape[0])}
    proposing = {
        f"m{row}": [f"e{column}" for column in there[np.argsort(-scores[row, there], kind="stable")]]
        for row, there in mentors.items()
        if len(there)
    }
    accepting = {
        f"e{column}": [f"m{row}" for row in here[np.argsort(-scores[here, column], kind="stable")]]
        for column, here in mentees.items()
        if len(here)
    }
    found = sorted(_with_deep_stack(lambda: _stable_pairs(proposing, accepting)))
    rows, columns = np.array(found, dtype=np.int64).reshape(-1, 2).T
    return rows, columns


def _stable_pairs(proposing: dict[str, list[str]], accepting: dict[str, list[str]]) -> list[tuple[int, int]]:
    from matching.games import HospitalResident

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        game = HospitalResident.create_from_dictionaries(proposing, accepting, dict.fromkeys(accepting, 1))
        solution = game.solve()
    return [
        (int(mentor.name[1:]), int(mentee.name[1:]))
        for mentee, chosen in solution.items()
        for mentor in chosen
    ]


def _with_deep_stack(work: Callable[[], Result]) -> Result:
    """Run in a thread with a large stack: the package copies its players, who know one another, deeply."""
    limit, size = sys.getrecursionlimit(), threading.stack_size(DEEP_STACK)
    sys.setrecursionlimit(DEEP_RECURSION)
    try:
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(work).result()
    finally:
        sys.setrecursionlimit(limit)
        threading.stack_size(size)


def greedy(scores: FloatArray) -> Pairs:
    """Take the best pair that is left, again and again."""
    _refuse("numpy", scores.size, 40_000_000)
    order = np.argsort(-scores, axis=None, kind="stable")[: int((~np.isnan(scores)).sum())]
    free = np.ones(scores.shape[0], dtype=bool), np.ones(scores.shape[1], dtype=bool)
    found: list[tuple[int, int]] = []
    while len(order):
        rows, columns = np.divmod(order, scores.shape[1])
        _, first_row = np.unique(rows, return_index=True)
        _, first_column = np.unique(columns, return_index=True)
        both = np.intersect1d(first_row, first_column)
        found += zip(rows[both].tolist(), columns[both].tolist(), strict=True)
        free[0][rows[both]] = free[1][columns[both]] = False
        order = order[free[0][rows] & free[1][columns]]
    rows, columns = np.array(found, dtype=np.int64).reshape(-1, 2).T
    return rows, columns


PEERS: dict[str, Callable[[FloatArray], Pairs]] = {
    "scipy": scipy_dense,
    "lapjv": lapjv_dense,
    "lapx": lapx_dense,
    "scipy-sparse": scipy_sparse,
    "ortools-all-arcs": ortools_dense,
    "gale-shapley": gale_shapley,
    "greedy": greedy,
}


@dataclass(frozen=True)
class PeerFigures:
    """One peer on one cohort; without figures, why."""

    name: str
    bare: float | None = None
    """Seconds of its solve alone."""
    seconds: float | None = None
    """Seconds of scoring in numpy and of its solve."""
    duos: int | None = None
    total: float | None = None
    unavailable: str | None = None

    def row(self, size: BenchFigures) -> list[str]:
        """Return what stands in the table, beside a match of the same cohort."""
        begin = [f"{size.people:,}", self.name]
        if self.bare is None or self.seconds is None or self.total is None:
            return [*begin, self.unavailable or "–", "", "", "", ""]
        ratios = (f"{seconds / size.seconds['match']:.2g}" for seconds in (self.bare, self.seconds))
        share = f"{100 * self.total / size.total:.2f} %" if size.total else "–"
        return [*begin, *ratios, f"{self.duos:,}", f"{self.total:,.6f}", share]


HEADINGS = [
    "people", "peer", "bare solve ÷ match", "with scoring ÷ match", "duos", "total", "of the best total",
]  # fmt: skip


def measure_peers(people: int, names: Iterable[str], repeats: int = 3, seed: int = 0) -> list[PeerFigures]:
    """Measure some peers on the cohort that :func:`measure` measures a match of."""
    cohort = invented_cohort(people, seed)
    if len(cohort.mentors) * len(cohort.mentees) > MATRIX_LIMIT:
        return [PeerFigures(name, unavailable="too large for a matrix of all pairs") for name in names]
    scoring, _ = shortest(lambda: numpy_scores(cohort), repeats)
    scores = rm.score_matrix(cohort)
    return [_measure_peer(name, scores, scoring, repeats) for name in names]


def _measure_peer(name: str, scores: FloatArray, scoring: float, repeats: int) -> PeerFigures:
    try:
        taken, (rows, columns) = shortest(lambda: PEERS[name](scores), repeats)
    except Unavailable as reason:
        return PeerFigures(name, unavailable=str(reason))
    total = int(np.rint(scores[rows, columns] * ONE).sum()) / ONE
    return PeerFigures(name, taken, scoring + taken, len(rows), total)


def score_and_solve(name: str, cohort: rm.Cohort) -> Pairs:
    """Do all that a match by a peer takes."""
    return PEERS[name](np.asarray(numpy_scores(cohort)))


SCORE_AND_SCIPY = partial(score_and_solve, "scipy")


def peer_table(sizes: Sequence[tuple[BenchFigures, list[PeerFigures]]]) -> str:
    """Return how peers compare, in Markdown."""
    return markdown_table([HEADINGS, *(peer.row(size) for size, peers in sizes for peer in peers)])


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="10,30,100,300,1000", help="numbers of people")
    parser.add_argument("--peers", default=",".join(PEERS), help="some of these")
    parser.add_argument("--repeats", type=int, default=3, help="the shortest of so many runs counts")
    options = parser.parse_args()
    names, repeats = options.peers.split(","), options.repeats
    measure_peers(10, names, 1)  # loads OR-Tools and peers, so that no figure has it
    sizes = [int(size) for size in options.sizes.split(",")]
    print(
        peer_table([(measure(size, repeats=repeats), measure_peers(size, names, repeats)) for size in sizes])
    )


if __name__ == "__main__":
    main()
