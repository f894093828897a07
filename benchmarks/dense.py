"""Times a match against numpy scoring and scipy's dense assignment on the same cohort, in the same run."""

from __future__ import annotations

import argparse
import random
import time
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import linear_sum_assignment

import reverse_match as rm

if TYPE_CHECKING:
    from collections.abc import Callable

SKILLS = [f"skill {number}" for number in range(120)]
GOALS = [f"goal {number}" for number in range(12)]
DEPARTMENTS = ["group/sales", "group/sales/north", "group/it", "group/it/data", "finance", "people", "legal"]


def cohort_of(size: int, seed: int) -> rm.Cohort:
    """Make a seeded cohort with skills of a long tail, departments of unequal size, and missing data."""
    draw = random.Random(seed)
    popularity = [1 / (rank + 1) for rank in range(len(SKILLS))]
    records: list[dict[str, Any]] = []
    for index in range(size):
        mentor = index % 2 == 0
        records.append(
            {
                "id": f"p{index}",
                "role": "mentor" if mentor else "mentee",
                "offers": {name: draw.randint(1, 5) for name in draw.choices(SKILLS, popularity, k=4)},
                "seeks": {name: draw.randint(1, 3) for name in draw.choices(SKILLS, popularity, k=3)},
                "goals": sorted(set(draw.choices(GOALS, k=2))),
                "age": draw.choice([None, *(range(22, 35) if mentor else range(38, 63))]),
                "gender": draw.choice(["female", "male", None]),
                "department": draw.choices(DEPARTMENTS, [9, 5, 7, 3, 4, 2, 1])[0],
            }
        )
    return rm.Cohort.from_records(records)


def best_time(work: Callable[[], Any], repeats: int) -> tuple[float, Any]:
    """Return the shortest of some runs, and the result."""
    times = []
    result = None
    for _ in range(repeats):
        begin = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - begin)
    return min(times), result


def scipy_on_all_pairs(cohort: rm.Cohort) -> int:
    """Score all pairs and solve them densely; return the total in millionths."""
    matrix = rm.score_matrix(cohort, rm.Policy(rules=[]))
    rows, columns = linear_sum_assignment(matrix, maximize=True)
    return round(float(np.rint(matrix[rows, columns] * 1e6).sum()))


def main() -> None:
    """Print one line for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--sizes", default="100,300,1000", help="numbers of participants, separated by commas"
    )
    parser.add_argument("--repeats", type=int, default=3, help="the shortest of so many runs counts")
    options = parser.parse_args()
    print(f"{'people':>8} {'match/scipy':>12} {'verify/match':>13} {'duos':>6} {'gap':>5}")
    for size in (int(text) for text in options.sizes.split(",")):
        cohort = cohort_of(size, seed=size)
        policy = rm.Policy(rules=[])
        ours, matching = best_time(lambda: rm.match(cohort, policy), options.repeats)  # noqa: B023
        theirs, total = best_time(lambda: scipy_on_all_pairs(cohort), options.repeats)  # noqa: B023
        checking, _ = best_time(lambda: rm.verify(matching, cohort, policy), options.repeats)  # noqa: B023
        assert round(matching.total * 1_000_000) == total, "two exact solvers disagree"
        gap = matching.certificate.gap
        print(
            f"{size:>8} {ours / theirs:>12.1f} {checking / ours:>13.2f} {len(matching.duos):>6} {gap:>5.0f}"
        )


if __name__ == "__main__":
    main()
