"""Whether a million people score as fast, per pair and core, as a hundred thousand: one slice of the pairs.

All pairs of a million people take hours of one core, so a slice is scored and priced: a rectangle of pairs
such as one task of ``rm.match(..., executor=)`` has. A hundred thousand people are invented and encoded as
for a match; a larger cohort has each of them several times, in as many rows and columns, since inventing a
million takes longer than the slice. Also measured: what a worker is sent once, what a task is sent, and what
comes back.

    python benchmarks/slice_of_a_million.py --sizes 100000,1000000
"""

from __future__ import annotations

import argparse
import json
import pickle
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

import reverse_match as rm
from reverse_match.foundation.workers import Workers
from reverse_match.matching.encode import prepare
from reverse_match.matching.run_options import RunOptions
from reverse_match.solver.assignment.dual_values import DualValues
from reverse_match.solver.assignment.pricing import Pricing, PricingResult
from reverse_match.solver.pairs.held import HeldPairs, hold_pairs
from reverse_match.solver.pairs.passes import Region
from reverse_match.solver.pairs.tiles import Tiling
from reverse_match.testing import invented_cohort

if TYPE_CHECKING:
    from reverse_match.solver.pairs.problem import Problem


@dataclass(frozen=True)
class Slice:
    """What one task took."""

    people: int
    pairs: int
    seconds: float
    bytes_held: int
    bytes_sent: int
    bytes_back: int

    @property
    def pairs_per_second(self) -> float:
        """Pairs scored and priced in a second of one core."""
        return self.pairs / self.seconds


def several_times(problem: Problem, times: int, workers: Workers) -> Problem:
    """Return a problem in which everybody is there several times, held by workers anew."""
    rows, columns = (np.repeat(np.arange(size), times) for size in problem.shape)
    assert isinstance(problem.pairs, HeldPairs)
    known = problem.pairs.held.value
    pairs, marks = hold_pairs(
        workers, known.pairs.part(rows, columns), [mark.part(rows, columns) for mark in known.marks]
    )
    large = replace(problem.part(rows, columns), pairs=pairs)
    if large.credits is None or large.credits.marked is None or marks[0] is None:
        return large
    return replace(
        large, credits=replace(large.credits, marked=replace(large.credits.marked, marks=marks[0]))
    )


def measure(problem: Problem, people: int, pairs: int, repeats: int, held: int) -> Slice:
    """Score and price a rectangle of the pairs, in processor time; of some repeats the shortest counts."""
    side = min(int(pairs**0.5), *problem.shape)
    region = Region(slice(0, side), slice(0, side))
    # Prices near the top of the scores, as in a last round: a few candidates for each person, none improving.
    top = DualValues(*(np.full(size, 480_000, dtype=np.int64) for size in problem.shape), 0)
    everybody = problem.everybody
    work = Pricing(top, everybody, 10**9, 100_000).part(region)
    part, tiling = problem.range(region.rows, region.columns), Tiling(threads=1)
    sent = len(pickle.dumps((work, part, tiling), protocol=pickle.HIGHEST_PROTOCOL))
    timed = [_timed(work, part, tiling) for _ in range(repeats)]
    taken, found = min(timed, key=lambda one: one[0])
    return Slice(people, side * side, taken, held, sent, len(pickle.dumps(found)))


def _timed(work: Pricing, part: Any, tiling: Tiling) -> tuple[float, PricingResult]:
    fresh = pickle.loads(pickle.dumps(part))  # noqa: S301 - as a worker has it: nothing is prepared yet
    begin = time.process_time()
    found = work.here(fresh, tiling)
    return time.process_time() - begin, found


def main() -> None:
    """Print a line for each size, and the share of speed that the largest keeps."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--invented", type=int, default=100_000)
    parser.add_argument("--sizes", default="100000,1000000")
    parser.add_argument("--pairs", type=int, default=2**26)
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    cohort, found = invented_cohort(options.invented, seed=1), []
    with ThreadPoolExecutor(1) as nobody:
        workers = Workers(nobody)
        known = prepare(cohort, rm.Policy(), RunOptions(memory=2**40, workers=workers)).problem
        for size in map(int, options.sizes.split(",")):
            there = Workers(nobody)
            problem = several_times(known, size // options.invented, there)
            found.append(measure(problem, size, options.pairs, options.repeats, there.bytes_held))
            there.release()
            print(json.dumps(vars(found[-1])), f"{found[-1].pairs_per_second:.3g} pairs/s", flush=True)
        workers.release()
    print(f"kept: {found[-1].pairs_per_second / found[0].pairs_per_second:.2f}")


if __name__ == "__main__":
    main()
