"""What the library promises of its speed, measured against what else there is, in one run.

Every figure is a ratio of the shortest of some runs, so that it means the same on another machine. Each line
has what is promised at least and what is aimed at.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from itertools import pairwise
from math import isinf
from random import Random
from statistics import median
from typing import TYPE_CHECKING, Any

import numpy as np

import reverse_match as rm
from numpy_scores import numpy_scores
from peers import SCORE_AND_SCIPY, lapjv_dense, scipy_dense
from reverse_match.people.invented import invented_records
from reverse_match.people.weekly_times import DAYS
from reverse_match.testing import invented_cohort
from reverse_match.views.cli.bench_figures import PLAIN, machine, peak_memory, shortest
from start_up import ratios
from tables import markdown_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from reverse_match.matching.results.matching import Duo

LARGE = 100_000

ASKED = 12
"""One what-if is asked of so many different duos or people: one of them says little of another."""


@dataclass(frozen=True)
class Target:
    """One promise and what was measured."""

    what: str
    measured: float
    at_least: float
    aim: float
    unit: str = "× faster"
    higher_is_better: bool = True

    @property
    def verdict(self) -> str:
        """Whether the promise, and the aim, are reached."""
        sign = 1 if self.higher_is_better else -1
        if sign * self.measured >= sign * self.aim:
            return "aim reached"
        if isinf(self.at_least):
            return "aim missed"
        return "reached" if sign * self.measured >= sign * self.at_least else "missed"

    def row(self) -> list[str]:
        """Return what stands in the table."""
        digits = 0 if self.measured >= 100 else 1
        measured = f"{self.measured:.{digits}f}" if self.measured >= 0.05 else f"{self.measured:.1g}"
        bound = "≥" if self.higher_is_better else "≤"
        return [
            self.what,
            f"{measured} {self.unit}",
            "" if isinf(self.at_least) else f"{bound} {self.at_least:g}",
            f"{bound} {self.aim:g}",
            self.verdict,
        ]


def whole_matches(people: int, repeats: int) -> Iterator[Target]:
    """Compare matches of a large cohort with scoring in numpy and a dense solver."""
    cohort = invented_cohort(people)
    ours, matching = shortest(lambda: rm.match(cohort, PLAIN), repeats)
    scoring, _ = shortest(lambda: numpy_scores(cohort), repeats)
    exact = rm.score_matrix(cohort)
    for name, solve, at_least, aim in (("scipy", scipy_dense, 4, 10), ("lapjv", lapjv_dense, 2, 4)):
        solving, (rows, columns) = shortest(lambda: solve(exact), repeats)  # noqa: B023 - called at once
        assert round(matching.total * 1e6) == int(np.rint(exact[rows, columns] * 1e6).sum()), name
        yield Target(
            f"{people:,} people, against numpy scoring + {name}", (scoring + solving) / ours, at_least, aim
        )
    mine, theirs = peak_memory(rm.match, people), peak_memory(SCORE_AND_SCIPY, people)
    if mine and theirs:
        yield Target("the same, peak memory of numpy + scipy over ours", theirs / mine, 4, 10, "× as much")


def what_ifs(people: int, repeats: int) -> Iterator[Target]:
    """Compare re-solves from an earlier match with a first solve."""
    cohort, warm = invented_cohort(people), rm.WarmStart()
    first, matching = shortest(lambda: rm.match(cohort), repeats)
    rm.match(cohort, warm_start=warm)
    line = {"kind": "not_in_reporting_line"}
    duos = evenly(matching.duos, ASKED + 1)
    forbid = [
        rm.Policy(rules=[line, {"kind": "forbid", "pairs": [[duo.mentor, duo.mentee]]}]) for duo in duos
    ]
    fix = [
        rm.Policy(rules=[line, {"kind": "fix", "pairs": [[one.mentor, other.mentee]]}])
        for one, other in pairwise(duos)
    ]
    weights = [_with_gender_weight(0.1 + 0.02 * (step + 1)) for step in range(repeats)]
    for what, policies, at_least, aim in (
        ("forbidding one duo", forbid[:ASKED], 15, 40),
        ("fixing one duo", fix[:ASKED], 15, 40),
        ("changing one weight", weights, 3, 5),
    ):
        times = [shortest(lambda: rm.match(cohort, policy, warm_start=warm), 1)[0] for policy in policies]  # noqa: B023
        yield from _median_and_worst(f"{what} at {people:,}", first, times, at_least, aim)


def evenly(duos: Sequence[Duo], count: int) -> Sequence[Duo]:
    """Return some of the duos, as far apart as can be."""
    return duos[:: max(1, len(duos) // count)][:count]


def _median_and_worst(
    what: str, first: float, times: list[float], at_least: float, aim: float
) -> Iterator[Target]:
    """Compare what different what-ifs take with a first solve."""
    yield Target(f"{what}, against a first solve: median", first / median(times), at_least, aim)
    yield Target(f"the worst of {len(times)}", first / max(times), at_least, aim)


def _with_gender_weight(weight: float) -> rm.Policy:
    described = rm.Policy().model_dump(mode="json")
    for criterion in described["criteria"]:
        if criterion["name"] == "gender":
            criterion["weight"] = weight
    return rm.Policy.model_validate(described)


def studies(people: int, repeats: int) -> Iterator[Target]:
    """Compare scenarios of a study, and a sweep, with a first solve; and match many small cohorts."""
    cohort = invented_cohort(people)
    first, matching = shortest(lambda: rm.match(cohort), repeats)
    study = rm.Study(cohort)
    study.scenario("to begin with", weights={"age": 0.2})
    duos = evenly(matching.duos, ASKED + 1)
    asked: dict[str, list[dict[str, object]]] = {
        "forbidding one duo": [{"forbid": [(duo.mentor, duo.mentee)]} for duo in duos],
        "fixing one duo": [{"fix": [(one.mentor, other.mentee)]} for one, other in pairwise(duos)],
        "one place more": [{"capacities": {duo.mentor: 2}} for duo in duos],
        "one weight": [{"weights": {"gender": 0.1 + 0.02 * (step + 1)}} for step in range(repeats)],
    }
    for what, changes in asked.items():
        times = [
            shortest(lambda: study.scenario(f"{what} {number}", **change), 1)[0]  # type: ignore[arg-type]  # noqa: B023
            for number, change in enumerate(changes[:ASKED])
        ]
        at_least, aim = {"one place more": (6, 15), "one weight": (3, 5)}.get(what, (15, 40))
        yield from _median_and_worst(f"scenario: {what} at {people:,}", first, times, at_least, aim)
    weights = [0.1 + step / 1_000 for step in range(50)]
    taken, swept = shortest(lambda: study.sweep(weight="gender", over=weights), 1)
    assert len(swept.points) == len(weights)
    what = f"sweep of 50 weights at {people:,}, in processes, over a first solve"
    yield Target(what, taken / first, 15, 10, "× as long", higher_is_better=False)
    jobs = [(invented_cohort(30, seed=seed), None) for seed in range(1_000)]
    taken, results = shortest(lambda: list(rm.match_many(jobs)), 1)  # it gives each when it is there
    assert all(result.error is None for result in results)
    yield Target("1,000 cohorts of 30 people, in processes", len(jobs) / taken, 150, 300, "a second")


def other_rules_and_people(people: int, repeats: int) -> Iterator[Target]:
    """Compare scenarios of a study that a fresh match could answer, too, with that match."""
    cohort, study = invented_cohort(people), rm.Study(invented_cohort(people))
    leaving = evenly([duo.mentor for duo in study.base.matching.duos], repeats)
    joining = invented_records(max(repeats, 2), seed=1)[:repeats]
    for number, record in enumerate(joining):
        record["id"], record["manager_id"] = f"new-{number}", None
    usual = rm.Policy().model_dump(mode="json")["rules"]
    added: list[dict[str, object]] = [
        {"kind": "different", "field": "location"},
        {"kind": "different", "field": "department", "prefix": 1},
        {"kind": "minimum_score", "at_least": 0.3},
        {"kind": "gap_between", "field": "age", "at_least": 5, "if_unknown": "allow"},
    ]
    asked: dict[str, list[tuple[dict[str, Any], Callable[[], object]]]] = {
        "one rule more": [
            ({"rules": rules}, lambda rules=rules: rm.match(cohort, rm.Policy(rules=rules)))
            for rules in ([*usual, rule] for rule in added)
        ],
        "one person fewer": [
            ({"without": [one]}, lambda one=one: rm.match(cohort.amended(leave=[one]))) for one in leaving
        ],
        "one person more": [
            ({"join": [one]}, lambda one=one: rm.match(cohort.amended(join=[one]))) for one in joining
        ],
    }
    for what, changes in asked.items():
        ratios = [
            shortest(fresh, 1)[0] / shortest(lambda: study.scenario(f"{what} {number}", **change), 1)[0]  # noqa: B023
            for number, (change, fresh) in enumerate(changes)
        ]
        row = f"scenario: {what} at {people:,}, against a fresh match with it: median"
        yield Target(row, median(ratios), 1, 4)
        yield Target(f"the worst of {len(ratios)}", min(ratios), 1, 4)


def quotas(people: int, repeats: int) -> Iterator[Target]:
    """Compare a match that keeps three quotas with one that has none."""
    cohort, asked = invented_cohort(people), {"quotas": three_quotas(people)}
    for what, terms in (("nothing asked", {"as_far_as_possible": None}), ("default policy", {})):
        usual, policy = rm.Policy.from_data(terms), rm.Policy.from_data({**terms, **asked})
        without, _ = shortest(lambda: rm.match(cohort, usual), repeats)  # noqa: B023
        taken, matching = shortest(lambda: rm.match(cohort, policy), max(1, repeats // 2))  # noqa: B023
        gap = matching.certificate.gap
        row = f"{people:,} people, three quotas, {what} (gap {gap:.0e}), over none"
        yield Target(row, taken / without, 5, 3, "× as long", higher_is_better=False)
        yield Target("the gap that is left", gap, 1e-4, 0, "of the bound", higher_is_better=False)


def fair_share(people: int, repeats: int) -> Iterator[Target]:
    """Compare a match that spreads duos over mentors with one that does not."""
    cohort = invented_cohort(people, mentors=2 * people // 5, mentor_capacity=3)
    without, plain = shortest(lambda: rm.match(cohort), repeats)
    policy = rm.Policy(spread="mentors")
    taken, matching = shortest(lambda: rm.match(cohort, policy), max(1, repeats // 2))
    assert matching.certificate.gap == 0
    assert len(matching.duos) == len(plain.duos)
    what = f"{people:,} people, mentors take 1 to 3, duos spread over them (gap 0), over none spread"
    yield Target(what, taken / without, 3, 2, "× as long", higher_is_better=False)


def something_to_learn(people: int, repeats: int) -> Iterator[Target]:
    """Compare a match under the default policy with one that asks for nothing as far as possible."""
    cohort = invented_cohort(people)
    without, _ = shortest(lambda: rm.match(cohort, PLAIN), repeats)
    taken, matching = shortest(lambda: rm.match(cohort), repeats)
    assert matching.certificate.gap == 0
    what = f"{people:,} people, something to learn (gap 0), over a policy that asks for nothing"
    yield Target(what, taken / without, 3, 2, "× as long", higher_is_better=False)


def times_in_common(people: int, repeats: int) -> Iterator[Target]:
    """Compare matches that ask for time in common, as a rule, as a criterion, with ones that do not."""
    cohort = rm.Cohort.from_records(people_with_times(people))
    without, _ = shortest(lambda: rm.match(cohort), repeats)
    criterion = {"kind": "common_time", "name": "time", "weight": 0.15}
    usual = rm.Policy().model_dump(mode="json")
    asked = {
        "a rule on time in common": {"rules": [*usual["rules"], {"kind": "common_time", "at_least": 45}]},
        "a criterion of time in common": {"criteria": [*usual["criteria"], criterion]},
    }
    for what, added in asked.items():
        policy = rm.Policy.model_validate({**usual, **added})
        taken, matching = shortest(lambda: rm.match(cohort, policy), max(1, repeats // 2))  # noqa: B023
        assert matching.certificate.gap == 0
        assert any(duo.common_times for duo in matching.duos)
        row = f"{people:,} people, {what} (gap 0), over none"
        yield Target(row, taken / without, 3, 2, "× as long", higher_is_better=False)


def people_with_times(people: int) -> list[dict[str, Any]]:
    """Return invented people of whom each says some hours of the week, by the clock of where they work."""
    draw = np.random.default_rng([7, people])
    zones = {"London": "Europe/London", "Montréal": "America/Toronto", "Berlin": "Europe/Berlin"}
    records = invented_records(people)
    for record in records:
        count = int(draw.integers(2, 7))
        begin = draw.integers(16, 34, count)  # half hours
        end = np.minimum(begin + draw.integers(2, 9, count), 38)
        times = zip(draw.choice(DAYS[:5], count), begin.tolist(), end.tolist(), strict=True)
        record["available"] = ";".join(
            f"{day} {first // 2}:{first % 2 * 30:02}-{last // 2}:{last % 2 * 30:02}"
            for day, first, last in times
        )
        record["timezone"] = zones.get(record["location"], "Europe/Paris")
    return records


def own_say(people: int, repeats: int) -> Iterator[Target]:
    """Compare a match in which people have their own say with one in which nobody asks them."""
    cohort, plain, policy = people_with_a_say(people), rm.Policy(), own_say_policy()
    without, usual = shortest(lambda: rm.match(cohort, plain), repeats)
    taken, matching = shortest(lambda: rm.match(cohort, policy), repeats)
    assert matching.certificate.gap == 0
    what = f"{people:,} people with preferences, musts and own weights (gap 0), over nobody asked"
    yield Target(what, taken / without, 3, 2, "× as long", higher_is_better=False)
    once, _ = shortest(lambda: rm.verify(usual, cohort, plain), max(1, repeats // 2))
    verified, _ = shortest(lambda: rm.verify(matching, cohort, policy), max(1, repeats // 2))
    yield Target("the verification of that", verified / once, 4, 3, "× as long", higher_is_better=False)


def people_with_a_say(people: int) -> rm.Cohort:
    """Return invented people of whom most say something of others, or what matters most to them."""
    random = Random(7)
    return rm.Cohort.from_records(
        [
            {
                **person.model_dump(mode="json", exclude={"attributes"}),
                "location": random.choice(("Lyon", "Paris", "Lille", "Nantes")),
                "prefers": _said(random),
                "priority": random.choice(("skills", "goals", "age", "department", None)),
            }
            for person in invented_cohort(people).participants
        ]
    )


def own_say_policy() -> rm.Policy:
    """Return the default policy with preferences, musts and own weights."""
    plain = rm.Policy().model_dump(mode="json")
    preferences = {"kind": "preferences", "name": "preferences", "weight": 0.2}
    musts = {"kind": "personal_rules", "if_unknown": "allow"}
    return rm.Policy.from_data(
        {
            "criteria": [*plain["criteria"], preferences],
            "rules": [*plain["rules"], musts],
            "own_weights": {},
        }
    )


def _said(random: Random) -> list[str]:
    """Draw what somebody says of others."""
    said = []
    if random.random() < 0.6:
        said.append(f"gender={random.choice(('female', 'male'))}:{random.choice(('yes', 'maybe'))}")
    if random.random() < 0.5:
        said.append(f"location!={random.choice(('Lyon', 'Paris', 'same'))}:{random.choice(('yes', 'maybe'))}")
    if random.random() < 0.3:
        said.append(f"age={random.randint(20, 40)}..{random.randint(41, 64)}")
    if random.random() < 0.2:
        said.append(f"location={random.choice(('Lille', 'Nantes'))}:must not")
    return said


def plans(people: int, repeats: int) -> Iterator[Target]:
    """Compare a plan over four rounds with one match."""
    cohort = invented_cohort(people)
    one, _ = shortest(lambda: rm.match(cohort), repeats)
    taken, plan = shortest(lambda: rm.plan_rotations(cohort, rounds=4), max(1, repeats // 2))
    assert plan.certificate.gap == 0
    what = f"{people:,} people, a plan over four rounds (gap 0), over one match"
    yield Target(what, taken / one, 8, 4, "× as long", higher_is_better=False)
    share = plan.spread.worst_share or 0.0
    yield Target("its worst round, below the mean", 100 * (1 - share), 2, 0.1, "%", higher_is_better=False)


def three_quotas(people: int) -> list[dict[str, object]]:
    """Return a share, a count and one bound for each department, all of which cost something."""
    return [
        {"kind": "share", "of": {"kind": "different", "field": "gender"}, "at_least": 0.83},
        {
            "kind": "count",
            "where": {"mentee.department": "Group/Division 1"},
            "at_least": people // 50,
            "at_most": people // 20,
        },
        {"kind": "each", "by": "mentor.department", "at_least": people // 1_000},
    ]


def start_up(repeats: int) -> Iterator[Target]:
    """Compare whole processes with ones that load what such a program cannot do without."""
    for program, ratio in ratios(3 * repeats):
        what = f"{program.what}, over {program.other}"
        yield Target(what, ratio, 2 * program.at_most, program.at_most, "× as long", higher_is_better=False)


def large(people: int) -> Iterator[Target]:
    """Compare the largest cohorts with those of ten thousand people."""
    middle = invented_cohort(10_000)
    usual, _ = shortest(lambda: rm.match(middle), 5)
    cohort = invented_cohort(people)
    taken, matching = shortest(lambda: rm.match(cohort), 1)
    assert matching.certificate.gap == 0
    yield Target(
        f"{people:,} people (gap 0), over 10,000", taken / usual, 70, 55, "× as long", higher_is_better=False
    )
    peak = peak_memory(rm.match, people)
    if peak:
        what = f"{people:,} people, peak memory above the cohort"
        yield Target(what, peak / 2**30, 1, 1, "GiB", higher_is_better=False)


ROWS: dict[str, Callable[[int, int], Iterator[Target]]] = {
    "whole matches": whole_matches,
    "what-ifs": what_ifs,
    "studies": studies,
    "other rules and people": other_rules_and_people,
    "quotas": quotas,
    "something to learn": something_to_learn,
    "fair share": fair_share,
    "times in common": times_in_common,
    "own say": own_say,
    "plans": plans,
    "start-up": lambda _, repeats: start_up(repeats),
}


def told(targets: Iterable[Target]) -> list[Target]:
    """Return targets, each told on standard error as soon as it is known."""
    found = []
    for target in targets:
        print(" | ".join(target.row()), file=sys.stderr, flush=True)
        found.append(target)
    return found


def target_table(targets: list[Target]) -> str:
    """Return targets as a table in Markdown."""
    return markdown_table(
        [["what", "measured", "at least", "aim", "result"], *(target.row() for target in targets)]
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000, help="size of the cohorts that are large")
    parser.add_argument("--repeats", type=int, default=5, help="the shortest of so many runs counts")
    parser.add_argument("--large", action="store_true", help="also 100,000 people; takes some minutes")
    options = parser.parse_args()
    rows = [row(options.people, options.repeats) for row in ROWS.values()]
    if options.large:
        rows.append(large(LARGE))
    print(", ".join(f"{name} {value}" for name, value in machine().items()))
    print(target_table(told(target for row in rows for target in row)))


if __name__ == "__main__":
    main()
