"""What comes after a first match, against that match: verification, answers, and impossible policies.

``python benchmarks/after_a_match.py verification`` measures some rows, without names all of them. Ratios of
processor time within one run; each row has what is promised at least and what is aimed at.
"""

from __future__ import annotations

import argparse
import time
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, TypeVar

import reverse_match as rm
from reverse_match.testing import invented_cohort
from reverse_match.views.cli.bench_figures import machine
from targets import ASKED, Target, evenly, target_table, three_quotas, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Answer = TypeVar("Answer")


def impossible_policies(people: int) -> dict[str, list[dict[str, object]]]:
    """Return quotas that cannot be kept, by what they ask."""
    department = {"mentee.department": "Group/Division 1"}
    return {
        "a pilot against a count": [
            {"kind": "duos", "at_most": people // 100},
            {"kind": "count", "where": department, "at_least": people // 50},
        ],
        "every mentee at least one": [{"kind": "each", "by": "mentee.id", "at_least": 1}],
        "a count out of reach": [{"kind": "count", "where": department, "at_least": people // 2 - 10}],
        "a share of 0.9 with nearly all duos": [
            {"kind": "share", "of": {"kind": "different", "field": "gender"}, "at_least": 0.9},
            {"kind": "duos", "at_least": people // 2 - people // 1_000 - 1},
        ],
    }


def explanations(people: int, repeats: int) -> Iterator[Target]:
    """Compare the explanation of each impossible policy with a match that asks nothing of the kind."""
    cohort = invented_cohort(people)
    for what, quotas in impossible_policies(people).items():
        policy = rm.Policy.model_validate({"quotas": quotas})
        ratio = ratio_of(lambda: rm.match(cohort), lambda: refusal(cohort, policy), repeats)  # noqa: B023
        row = f"{people:,} people, {what}: explained, over the match"
        yield Target(row, ratio, 10, 4, "× as long", higher_is_better=False)


def answers(people: int, repeats: int) -> Iterator[Target]:
    """Compare explanations and alternatives under three quotas with the match that keeps them."""
    cohort = invented_cohort(people)
    policy = rm.Policy.from_data({"quotas": three_quotas(people), "as_far_as_possible": None})
    runs = [timed(lambda: rm.match(cohort, policy)) for _ in range(max(1, repeats // 5))]
    taken, matching = min(taken for taken, _ in runs), runs[-1][1]
    duos = evenly(matching.duos, ASKED + 1)
    explained = [
        timed(lambda: matching.explain(one.mentor, other.mentee))[0]  # noqa: B023
        for one, other in pairwise(duos)
    ][:ASKED]
    others = [timed(lambda: matching.alternatives(duo.mentor, 3))[0] for duo in duos[: ASKED // 4]]  # noqa: B023
    what = f"{people:,} people, three quotas, nothing asked"
    for asked, times, at_least, aim in (
        ("one pair explained", explained, 0.3, 0.1),
        ("three alternatives", others, 0.6, 0.2),
    ):
        row = f"{what}: {asked}, over the match: median of {len(times)}"
        yield Target(row, median(times) / taken, at_least, aim, "× as long", higher_is_better=False)
        worst = max(times) / taken
        yield Target("the worst of them", worst, at_least, aim, "× as long", higher_is_better=False)


def timed(ask: Callable[[], Answer]) -> tuple[float, Answer]:
    """Return the processor time of a question, and its answer."""
    begin = time.process_time()
    answer = ask()
    return time.process_time() - begin, answer


def refusal(cohort: rm.Cohort, policy: rm.Policy) -> str:
    """Return what is said of an impossible policy."""
    try:
        rm.match(cohort, policy)
    except rm.errors.InfeasibleError as error:
        return str(error)
    raise AssertionError


def verification(people: int, repeats: int, what: str = "verification", **terms: object) -> Iterator[Target]:
    """Compare the verification of a matching, and the reading of it from JSON, with the match."""
    cohort, policy = invented_cohort(people), rm.Policy.from_data(terms)
    matching = rm.match(cohort, policy)
    text = matching.to_json()
    for part, ask in (
        (what, lambda: rm.verify(matching, cohort, policy)),
        (f"{what}: the matching from JSON", lambda: rm.Matching.from_json(text)),
    ):
        ratio = ratio_of(lambda: rm.match(cohort, policy), ask, repeats)
        row = f"{people:,} people, {part}, over the match"
        yield Target(row, ratio, 0.7, 0.4, "× as long", higher_is_better=False)


def under_quotas(people: int, repeats: int) -> Iterator[Target]:
    """Compare the same under three quotas."""
    quotas = three_quotas(people)
    yield from verification(
        people, repeats, "verification under three quotas", quotas=quotas, as_far_as_possible=None
    )


def ratio_of(one: Callable[[], object], other: Callable[[], object], repeats: int) -> float:
    """Return the least processor time of the second over that of the first, taken in turns."""
    times: tuple[list[float], list[float]] = [], []
    for _ in range(repeats):
        for ask, taken in zip((one, other), times, strict=True):
            begin = time.process_time()
            ask()
            taken.append(time.process_time() - begin)
    return min(times[1]) / min(times[0])


ROWS: dict[str, Callable[[int, int], Iterator[Target]]] = {
    "verification": verification,
    "under quotas": under_quotas,
    "impossible": explanations,
    "answers": answers,
}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="*", choices=[*ROWS, []], help="some of these; all if none is named")
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--repeats", type=int, default=5, help="the shortest of so many runs counts")
    options = parser.parse_args()
    rows = (ROWS[name](options.people, options.repeats) for name in options.rows or ROWS)
    found = told(target for row in rows for target in row)
    print(", ".join(f"{name} {value}" for name, value in machine().items()))
    print(target_table(found))


if __name__ == "__main__":
    main()
