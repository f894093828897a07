"""Circles of invented people: how long they take beside a match of duos, and what gap is left.

    python benchmarks/circles.py [--sizes 100,200,300] [--seconds 120]

A third of the people are mentors. The time of a match of the same people is taken in the same run, so that
the ratio means the same on every machine.
"""

from __future__ import annotations

import argparse
import time
from typing import TYPE_CHECKING, Any

import reverse_match as rm
from reverse_match.people.invented import invented_cohort

if TYPE_CHECKING:
    from collections.abc import Callable

DIVISIONS = {"kind": "different", "field": "department", "prefix": 2, "at_most": 2}
GENDERS = {"kind": "at_least_values", "field": "gender"}

KINDS: dict[str, dict[str, Any]] = {
    "one mentor, 3 to 6 mentees": {"mentees": "3..6"},
    "the same, mixed departments and genders": {"mentees": "3..6", "within": [DIVISIONS, GENDERS]},
    "one or two mentors, 3 to 6 mentees": {"mentors": "1..2", "mentees": "3..6"},
    "duos and a few trios": {"trios": True},
}


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return how long something takes, and what it returns."""
    begin = time.perf_counter()
    found = work()
    return time.perf_counter() - begin, found


def cohort_of(size: int) -> rm.Cohort:
    """Return invented people, a third of them mentors."""
    return invented_cohort(size, mentors=size // 3)


def main() -> None:
    """Print a table."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--sizes", default="100,200,300")
    asked.add_argument("--seconds", type=float, default=120.0)
    given = asked.parse_args()
    print("| people | circles | placed | at most | gap, points | cases | form, s | ÷ match | verify, s |")
    print("|:---|---:|---:|---:|---:|---:|---:|---:|---:|")
    for size in map(int, given.sizes.split(",")):
        cohort = cohort_of(size)
        rm.match(cohort)  # loads what a match needs
        alone, _ = timed(lambda cohort=cohort: rm.match(cohort))
        for kind, circles in KINDS.items():
            policy = rm.Policy.from_data({"circles": circles})
            took, found = timed(
                lambda cohort=cohort, policy=policy: rm.form_circles(cohort, policy, time_limit=given.seconds)
            )
            checked, _ = timed(lambda found=found, cohort=cohort: rm.verify(found, cohort))
            cases = sum(len(stage.cases) for stage in found.certificate.stages)
            print(
                f"| {size}: {kind} | {len(found.circles)} | {found.people_placed} | "
                f"{found.certificate.stages[0].bound:.0f} | "
                f"{found.certificate.gap:.6f} | {cases} | {took:.1f} | {took / alone:,.0f} | {checked:.1f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
