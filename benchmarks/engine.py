"""How long the engine takes beside bare solvers: one function for each row, sizes as parameters.

``python benchmarks/engine.py survey dense`` measures some rows, without names all of them. Times are of the
processor, of all threads together, since other work on the machine changes them little; the two sides of a
ratio are measured in turn, and the shortest of each counts. A *bare* solver is given the scores as a matrix,
and neither scores nor proves nor explains.
"""

from __future__ import annotations

import argparse
import csv
import os
import time
from concurrent.futures import ProcessPoolExecutor
from io import StringIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np

import reverse_match as rm
from reverse_match.matching.encode import prepare
from reverse_match.matching.run_options import RunOptions
from reverse_match.people.invented import invented_records
from reverse_match.solver.assignment.solve import solve
from reverse_match.solver.pairs.problem import Problem
from reverse_match.solver.pairs.table import ScoreTable
from reverse_match.solver.pairs.tiles import Tiling
from reverse_match.testing import invented_cohort
from reverse_match.views.cli.bench_figures import PLAIN
from targets import Target, target_table, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reverse_match.foundation.arrays import FloatArray
    from reverse_match.people.cohort import Cohort

SURVEY = "REVERSE_MATCH_SURVEY"
"""Names a people file that is not part of the project: 2,000 people of a survey."""

APART = -1_000.0
"""Score of a forbidden pair for solvers that know none."""


def in_turn(works: list[Callable[[], Any]], repeats: int) -> list[float]:
    """Return the shortest time of each work, in seconds of the processor; each round does all of them."""
    shortest = [float("inf")] * len(works)
    for _ in range(max(1, repeats)):
        for place, work in enumerate(works):
            begin = time.process_time()
            work()
            shortest[place] = min(shortest[place], time.process_time() - begin)
    return shortest


def bare_scores(cohort: Cohort) -> FloatArray:
    """Return the scores of all pairs as bare solvers take them."""
    return np.nan_to_num(rm.score_matrix(cohort, PLAIN), nan=APART)


def bare_scipy(scores: FloatArray) -> float:
    """Return the highest total, by SciPy."""
    from scipy.optimize import linear_sum_assignment

    return float(scores[linear_sum_assignment(scores, maximize=True)].sum())


def bare_lapx(costs: FloatArray) -> None:
    """Solve by ``lapjvs`` of the package ``lapx``."""
    from lap import lapjvs

    lapjvs(costs)


def survey(mentors: int, mentees: int, repeats: int) -> Iterator[Target]:
    """Compare a match of a survey, whose people are copied with noise, with a bare solve by SciPy."""
    source = os.environ.get(SURVEY)
    if not source:
        return
    cohort = survey_cohort(Path(source), mentors, mentees)
    scores = bare_scores(cohort)
    for what, policy in (("the same problem", PLAIN), ("default policy", rm.Policy())):
        ours, theirs = in_turn([lambda: rm.match(cohort, policy), lambda: bare_scipy(scores)], repeats)  # noqa: B023
        yield Target(f"{mentors:,} + {mentees:,} of a survey, {what}, bare scipy", theirs / ours, 4, 8)


def survey_cohort(source: Path, mentors: int, mentees: int) -> Cohort:
    """Return the people of a file and noisy copies of them, as many as are wanted."""
    with TemporaryDirectory() as folder:
        people = Path(folder, "people.csv")
        people.write_text(noisy_copies(source, mentors, mentees), encoding="utf-8")
        return rm.read_cohort(people)


def noisy_copies(source: Path, mentors: int, mentees: int) -> str:
    """Return a people file with the people of another one, and as many noisy copies as are wanted."""
    with source.open(encoding="utf-8", newline="") as lines:
        people = list(csv.DictReader(lines))
    random, wanted = Random(1), {"mentor": mentors, "mentee": mentees}
    out = StringIO()
    writer = csv.DictWriter(out, fieldnames=list(people[0]))
    writer.writeheader()
    for role, count in wanted.items():
        pool = [person for person in people if person["role"] == role]
        writer.writerows(pool[:count])
        for number in range(count - len(pool)):
            one, other = pool[number % len(pool)], random.choice(pool)
            changed = {name: other[name] for name in one if name != "role" and random.random() < 0.2}
            writer.writerow({**one, **changed, "id": f"{one['id']}-{number}"})
    return out.getvalue()


def dense(sizes: tuple[int, ...], repeats: int) -> Iterator[Target]:
    """Compare the proved choice of dense problems of the OR-Library's shape with a bare solve by SciPy."""
    for size in sizes:
        problem, costs = or_library(size)
        ours, theirs = in_turn(
            [lambda: solve(problem, Tiling(threads=1)), lambda: bare_scipy(-costs)],  # noqa: B023
            repeats,
        )
        what = f"{size} a side, dense, costs 1 to 100, over bare scipy"
        yield Target(what, ours / theirs, 4, 2, "× as long", higher_is_better=False)


def or_library(size: int) -> tuple[Problem, FloatArray]:
    """Return an assignment problem as Beasley's are drawn: every cost is a whole number from 1 to 100."""
    draw = np.random.default_rng([18, size])
    costs = draw.integers(1, 101, (size, size))
    ones = np.ones(size, dtype=np.int64)
    keys = [draw.integers(0, 2**63, size, dtype=np.int64).astype(np.uint64) for _ in range(2)]
    table = ScoreTable(((101 - costs) * 10_000).astype(np.int32), costs.size)
    return Problem(table, ones, ones, keys[0], keys[1]), costs.astype(float)


def beside_lapx(people: int, repeats: int) -> Iterator[Target]:
    """Compare a match of invented people with a bare solve by ``lapjvs``."""
    cohort = invented_cohort(people)
    costs = -bare_scores(cohort)
    ours, theirs = in_turn([lambda: rm.match(cohort, PLAIN), lambda: bare_lapx(costs)], repeats)
    yield Target(f"{people:,} invented people, against bare lapjvs", theirs / ours, 3, 5)


def floor(people: int, repeats: int) -> Iterator[Target]:
    """Compare a match with scoring all pairs once."""
    cohort = invented_cohort(people)
    for what, policy in (("same problem as peers", PLAIN), ("default policy", rm.Policy())):
        scoring, matching = in_turn(
            [lambda: prepare(cohort, policy, RunOptions()), lambda: rm.match(cohort, policy)],  # noqa: B023
            repeats,
        )
        row = f"{people:,} people, {what}, over all pairs scored once"
        yield Target(row, matching / scoring, 2.5, 1.7, "× as long", higher_is_better=False)


def small(people: int, calls: int, repeats: int) -> Iterator[Target]:
    """Count matches of other small cohorts in each call, a second of the processor."""
    cohorts = iter([invented_cohort(people, seed=seed) for seed in range(calls * (repeats + 1))])

    def some() -> None:
        for _ in range(calls):
            rm.match(next(cohorts))

    some()
    yield Target(
        f"{people} people, others in each call", calls / in_turn([some], repeats)[0], 200, 500, "a second"
    )


def many(people: int, cohorts: int, repeats: int) -> Iterator[Target]:
    """Compare matches of many small cohorts in two processes with a bare batch of ``lapx`` in two threads.

    Starting the processes, and their first matches, are not counted.
    """
    some = [invented_cohort(people, seed=seed) for seed in range(cohorts)]
    costs = [-np.nan_to_num(rm.score_matrix(cohort), nan=APART) for cohort in some]
    first = some[: 2 * FIRST_IN_A_PROCESS]
    ours = min(
        processor_time(lambda: match_in_two([*first, *some])) - processor_time(lambda: match_in_two(first))
        for _ in range(repeats)
    )
    (theirs,) = in_turn([lambda: bare_lapx_batch(costs)], repeats)
    what = f"{cohorts:,} cohorts of {people}, two processes, over bare lapx in batches"
    yield Target(what, ours / theirs, float("inf"), 15, "× as long", higher_is_better=False)


FIRST_IN_A_PROCESS = 40
"""Matches after which a new process has loaded everything."""


def match_in_two(cohorts: list[Cohort]) -> None:
    """Match cohorts in two processes."""
    with ProcessPoolExecutor(2) as executor:
        for result in rm.match_many([rm.Job(cohort) for cohort in cohorts], executor=executor):
            assert result.matching is not None


def processor_time(work: Callable[[], Any]) -> float:
    """Return the seconds of the processor that some work takes, in processes that it starts and ends, too."""
    before = os.times()
    work()
    return sum(os.times()[:4]) - sum(before[:4])


def bare_lapx_batch(costs: list[FloatArray]) -> None:
    """Solve by ``lapjvs_batch`` of the package ``lapx``, which takes matrices of one shape at a time."""
    from lap import lapjvs_batch

    by_shape: dict[tuple[int, ...], list[FloatArray]] = {}
    for matrix in costs:
        by_shape.setdefault(matrix.shape, []).append(matrix)
    for alike in by_shape.values():
        lapjvs_batch(np.stack(alike), extend_cost=True, n_threads=2, prefer_float32=False)


def ties(people: int, repeats: int) -> Iterator[Target]:
    """Compare people of whom little is known with the same people of whom all is."""
    known = ("id", "role", "age", "gender", "department")
    whole = invented_records(people)
    cohorts = [
        rm.Cohort.from_records(whole),
        rm.Cohort.from_records([{name: one[name] for name in known if name in one} for one in whole]),
    ]
    everything, little = in_turn([lambda: rm.match(cohorts[0]), lambda: rm.match(cohorts[1])], repeats)
    what = f"{people:,} people, only age, gender and department known, over all known"
    yield Target(what, little / everything, 3, 1.5, "× as long", higher_is_better=False)


def capacities(people: int, repeats: int) -> Iterator[Target]:
    """Compare with a bare solve by SciPy of a matrix in which a mentor stands once for each place."""
    cohort = invented_cohort(people, mentors=people // 3, mentor_capacity=3)
    places = np.repeat(np.arange(people // 3), [mentor.capacity for mentor in cohort.mentors])
    scores = bare_scores(cohort)[places]
    ours, theirs = in_turn([lambda: rm.match(cohort, PLAIN), lambda: bare_scipy(scores)], repeats)
    yield Target(f"{people:,} people, mentors take 1 to 3, against bare scipy", theirs / ours, 15, 25)


def reviewers(size: int, repeats: int) -> Iterator[Target]:
    """Measure the shape of a conference's reviewing: three for each of as many papers, up to six for each."""
    draw = np.random.default_rng([20, size])
    topics = [draw.random((size, 12)).astype(np.float32) for _ in range(2)]
    scores = np.empty((size, size), dtype=np.int32)
    for begin in range(0, size, 1_000):  # the products of all would need twice the memory of the scores
        some = slice(begin, begin + 1_000)
        scores[some] = topics[0][some] @ topics[1].T * 80_000
    keys = [draw.integers(0, 2**63, size, dtype=np.int64).astype(np.uint64) for _ in range(2)]
    loads = np.full(size, 6), np.full(size, 3)
    problem = Problem(ScoreTable(scores, scores.size), *loads, keys[0], keys[1])
    taken = in_turn([lambda: solve(problem, Tiling())], min(repeats, 1))[0]
    what = f"{size:,} × {size:,}, three for each, up to six each"
    yield Target(what, taken / 60, 20, 5, "minutes", higher_is_better=False)


ROWS: dict[str, Callable[[int], Iterator[Target]]] = {
    "survey": lambda repeats: survey(5_149, 3_567, repeats),
    "dense": lambda repeats: dense((100, 200, 300, 400, 700), repeats),
    "lapx": lambda repeats: beside_lapx(10_000, repeats),
    "floor": lambda repeats: floor(10_000, repeats),
    "small": lambda repeats: small(30, 50, repeats),
    "many": lambda repeats: many(30, 1_000, repeats),
    "ties": lambda repeats: ties(10_000, repeats),
    "capacities": lambda repeats: capacities(9_000, repeats),
    "reviewers": lambda repeats: reviewers(20_000, repeats),
}


def main() -> None:
    """Print a table of some rows, telling each on standard error as soon as it is known."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="*", choices=[*ROWS, []], help="some of these; all if none is named")
    parser.add_argument("--repeats", type=int, default=5, help="the shortest of so many runs counts")
    options = parser.parse_args()
    rows = (ROWS[name](options.repeats) for name in options.rows or ROWS)
    found = told(target for row in rows for target in row)
    print(target_table(found))


if __name__ == "__main__":
    main()
