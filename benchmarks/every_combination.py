"""Draws people and policies that combine objectives, quotas, credits, capacities and spreads, and lists gaps.

``python benchmarks/every_combination.py 100 --seconds 300`` matches drawn policies for 100 people, verifies
each matching, and prints those with a gap, those that are refused, and those that take over 20 seconds.
"""

from __future__ import annotations

import argparse
import random
import time
from typing import Any

import reverse_match as rm
from reverse_match.testing import invented_cohort

OBJECTIVES: list[Any] = ["coverage", "total", "max_min", *({"kind": "fair", "alpha": a} for a in (1, 2, 4))]
CONDITIONS: list[dict[str, Any]] = [
    {"kind": "different", "field": "gender"},
    {"kind": "same", "field": "department", "prefix": 2},
    {"kind": "gap_between", "field": "age", "at_least": 3, "at_most": 15},
    {"kind": "teaches"},
    {"kind": "same", "field": "location"},
]
SLOW = 20.0


def main() -> None:
    """Read the command line, and match until the time is over."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "people", type=int, nargs="+", help="numbers of people, of which one is drawn each time"
    )
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    draw, begin, counts = (
        random.Random(asked.seed),
        time.monotonic(),
        {"proved": 0, "infeasible": 0, "told": 0},
    )
    while time.monotonic() - begin < asked.seconds:
        people, seed = draw.choice(asked.people), draw.randrange(10**6)
        data = policy(draw, people)
        told = outcome(people, seed, data)
        counts["told" if told not in ("proved", "infeasible") else told] += 1
        if told not in ("proved", "infeasible"):
            print(people, seed, data, told, flush=True)
    print(counts)


def policy(draw: random.Random, people: int) -> dict[str, Any]:
    """Draw a policy."""
    objective = draw.choice(OBJECTIVES)
    after = objective == "total" or draw.random() < 1 / 4
    data: dict[str, Any] = {
        "objective": objective,
        "quotas": [quota(draw, people // 2) for _ in range(draw.choice([1, 1, 2, 3]))],
        "as_far_as_possible": draw.choice([None, {"kind": "teaches"}]),
    }
    if draw.random() < 1 / 2:
        data["spread"] = {"of": draw.choice(["mentors", "mentees", "both"]), "after_total": after}
    if draw.random() < 1 / 3:
        names = [f"person-{place}" for place in range(people)]
        data["favoured"] = draw.sample(names, people // 4)
    return data


def quota(draw: random.Random, duos: int) -> dict[str, Any]:
    """Draw a quota, often a tight one."""
    kind, of = draw.choice(["count", "count", "share", "each", "least", "duos"]), draw.choice(CONDITIONS)
    if kind == "count":
        least = draw.randint(0, max(1, duos * 2 // 3))
        return {"kind": "count", "of": of, "at_least": least, "at_most": least + draw.choice([0, 0, 1, 3])}
    if kind == "share":
        lowest, highest = draw.choice([0.2, "1/3", 0.5, 0.6]), draw.choice([0.65, 0.7, 1])
        return {"kind": "share", "of": of, "at_least": lowest, "at_most": highest}
    if kind == "each":
        by = draw.choice(["mentee.department", "mentor.location", "mentee.gender"])
        return {"kind": "each", "by": by, "at_most": max(1, draw.randint(duos // 12, duos // 3))}
    if kind == "least":
        return {"kind": "each", "by": draw.choice(["mentee.gender", "mentor.location"]), "at_least": 1}
    return {"kind": "duos", "at_most": max(2, draw.randint(duos // 2, duos))}


def outcome(people: int, seed: int, data: dict[str, Any]) -> str:
    """Match and verify; return ``proved``, ``infeasible``, or what is to be told."""
    cohort = invented_cohort(people, seed, mentor_capacity=1 if seed % 3 == 0 else 3)
    given = {**data}
    if favoured := given.pop("favoured", None):
        ids = {person.id for person in cohort.mentees}
        given["credits"] = [{"name": "first", "points": 0.3, "mentees": sorted(ids & set(favoured))}]
    chosen, begin = rm.Policy.model_validate(given), time.monotonic()
    try:
        matching = rm.match(cohort, chosen)
    except rm.InfeasibleError:
        return "infeasible"
    except rm.ReverseMatchError as error:
        return str(error)
    seconds = time.monotonic() - begin
    rm.verify(matching, cohort, chosen)
    if matching.certificate.gap:
        return f"a gap of {matching.certificate.gap:.4%}"
    return "proved" if seconds < SLOW else f"proved in {seconds:.0f} seconds"


if __name__ == "__main__":
    main()
