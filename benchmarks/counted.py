"""The promises of speed at a size that CI can afford, as counts that do not depend on the machine.

Each promise of speed that a solve decides stands here with what it takes: rounds of the solver, arcs
of its largest network, and looks at pairs. ``test_speed.py`` compares them with ``counts.json``.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

import reverse_match as rm
from reverse_match.testing import invented_cohort
from reverse_match.views.cli.bench_figures import PLAIN
from targets import evenly, own_say_policy, people_with_a_say, people_with_times, three_quotas

if TYPE_CHECKING:
    from collections.abc import Callable

    Work: TypeAlias = Callable[["Tally"], None]

PEOPLE = 1_000
SMALL = 30
ASKED = 12


class Tally:
    """Sums what solves take that run one after the other."""

    def __init__(self) -> None:
        self.last: list[rm.Progress] = []

    def match(self, cohort: rm.Cohort, policy: rm.Policy = PLAIN, **others: Any) -> rm.Matching:
        """Match, and count what it takes."""
        told: list[rm.Progress] = []
        matching = rm.match(cohort, policy, progress=told.append, **others)
        assert matching.certificate.gap == 0
        self.last.append(told[-1])
        return matching

    def scenario(self, study: rm.Study, **changes: Any) -> None:
        """Match a scenario, and count what it takes."""
        told: list[rm.Progress] = []
        name = f"scenario {len(self.last)}"
        assert study.scenario(name, progress=told.append, **changes).matching.certificate.gap == 0
        self.last.append(told[-1])

    def plan(self, cohort: rm.Cohort, rounds: int) -> None:
        """Plan rotations, and count what it takes."""
        told: list[rm.Progress] = []
        assert rm.plan_rotations(cohort, rounds=rounds, progress=told.append).certificate.gap == 0
        self.last.append(told[-1])

    def counts(self) -> dict[str, int]:
        """Return rounds and looks at pairs of all, and the arcs of the largest network."""
        return {
            "rounds": sum(one.rounds for one in self.last),
            "arcs": max(one.arcs for one in self.last),
            "pairs": sum(one.pairs for one in self.last),
        }


def capacities(tally: Tally) -> None:
    """Match mentors who take one to three."""
    tally.match(invented_cohort(PEOPLE, mentors=PEOPLE // 3, mentor_capacity=3))


def unequal_sides(tally: Tally) -> None:
    """Match a cohort that has a good third more mentors than mentees."""
    tally.match(invented_cohort(PEOPLE, mentors=3 * PEOPLE // 5))


def forbidden_duos(tally: Tally) -> None:
    """Forbid one duo after the other, each from the first match."""
    cohort, warm = invented_cohort(PEOPLE), rm.WarmStart()
    duos = evenly(rm.match(cohort, PLAIN, warm_start=warm).duos, ASKED)
    for duo in duos:
        rule = {"kind": "forbid", "pairs": [[duo.mentor, duo.mentee]]}
        tally.match(cohort, _with_rule(rule), warm_start=warm)


def fixed_duos(tally: Tally) -> None:
    """Fix one duo after the other, each from the first match."""
    cohort, warm = invented_cohort(PEOPLE), rm.WarmStart()
    duos = evenly(rm.match(cohort, PLAIN, warm_start=warm).duos, ASKED + 1)
    for one, other in pairwise(duos):
        rule = {"kind": "fix", "pairs": [[one.mentor, other.mentee]]}
        tally.match(cohort, _with_rule(rule), warm_start=warm)


def _with_rule(rule: dict[str, Any]) -> rm.Policy:
    data = PLAIN.model_dump(mode="json")
    return rm.Policy.from_data({**data, "rules": [*data["rules"], rule]})


def places_more(tally: Tally) -> None:
    """Give one mentor after the other one place more, each in a study."""
    study = rm.Study(invented_cohort(PEOPLE), PLAIN)
    for duo in evenly(study.base.matching.duos, ASKED):
        tally.scenario(study, capacities={duo.mentor: 2})


def people_fewer(tally: Tally) -> None:
    """Leave out one person after the other, each in a study."""
    study = rm.Study(invented_cohort(PEOPLE), PLAIN)
    for duo in evenly(study.base.matching.duos, ASKED):
        tally.scenario(study, without=[duo.mentor])


def rules_more(tally: Tally) -> None:
    """Ask for another rule, in a study: a seventh of the pairs are forbidden, and many duos are lost."""
    study = rm.Study(invented_cohort(PEOPLE), PLAIN)
    rule = {"kind": "different", "field": "location"}
    tally.scenario(study, rules=[*PLAIN.model_dump(mode="json")["rules"], rule])


def something_to_learn(tally: Tally) -> None:
    """Match under the default policy, which asks for it as far as possible."""
    tally.match(invented_cohort(PEOPLE), rm.Policy())


def spread_duos(tally: Tally) -> None:
    """Spread duos over mentors before the total counts."""
    cohort = invented_cohort(PEOPLE, mentors=2 * PEOPLE // 5, mentor_capacity=3)
    tally.match(cohort, rm.Policy(spread="mentors", as_far_as_possible=None))


def times_in_common(tally: Tally) -> None:
    """Ask for time in common."""
    data = PLAIN.model_dump(mode="json")
    rule = {"kind": "common_time", "at_least": 45}
    policy = rm.Policy.from_data({**data, "rules": [*data["rules"], rule]})
    tally.match(rm.Cohort.from_records(people_with_times(PEOPLE)), policy)


def own_say(tally: Tally) -> None:
    """Match people who have preferences, musts and weights of their own."""
    tally.match(people_with_a_say(PEOPLE), own_say_policy())


def three_shares(tally: Tally) -> None:
    """Keep three quotas."""
    data = {"quotas": three_quotas(PEOPLE), "as_far_as_possible": None}
    tally.match(invented_cohort(PEOPLE), rm.Policy.model_validate(data))


def three_shares_and_something_to_learn(tally: Tally) -> None:
    """Keep three quotas under the default policy, which asks for something to learn as far as possible."""
    tally.match(invented_cohort(PEOPLE), rm.Policy.from_data({"quotas": three_quotas(PEOPLE)}))


def plans(tally: Tally) -> None:
    """Plan four rounds at once."""
    tally.plan(invented_cohort(PEOPLE // 2), rounds=4)


def small_cohorts(tally: Tally) -> None:
    """Match fifty cohorts of thirty people."""
    for seed in range(50):
        tally.match(invented_cohort(SMALL, seed=seed))


def little_data(tally: Tally) -> None:
    """Match people of whom only age, gender and department are known, so that many pairs are as good."""
    unknown = {"offers", "seeks", "goals", "location", "grade", "manager_id", "languages", "attributes"}
    people = (
        person.model_dump(mode="json", exclude=unknown) for person in invented_cohort(PEOPLE).participants
    )
    tally.match(rm.Cohort.from_records(list(people)))


def dense_scores(tally: Tally) -> None:
    """Match two hundred a side by a table of whole numbers from 1 to 100, as the OR-Library has them."""
    side = PEOPLE // 5
    scores = np.random.default_rng(7).integers(1, 101, (side, side)).astype(float)
    records = [{"id": f"{role}{one}", "role": role} for role in ("mentor", "mentee") for one in range(side)]
    criterion = {"kind": "table", "name": "own", "weight": 1, "from": 1, "to": 100}
    policy = rm.Policy.from_data({"criteria": [criterion], "rules": [], "as_far_as_possible": None})
    tally.match(rm.Cohort.from_records(records), policy, tables={"own": scores})


COUNTED: dict[str, Work] = {
    "mentors take 1 to 3": capacities,
    "three mentors to two mentees": unequal_sides,
    "forbidding twelve duos, each from the first match": forbidden_duos,
    "fixing twelve duos, each from the first match": fixed_duos,
    "one place more for twelve mentors, each in a study": places_more,
    "twelve mentors fewer, each in a study": people_fewer,
    "one rule more, in a study": rules_more,
    "something to learn": something_to_learn,
    "duos spread over mentors": spread_duos,
    "time in common": times_in_common,
    "own say": own_say,
    "three quotas": three_shares,
    "three quotas and something to learn": three_shares_and_something_to_learn,
    "a plan over four rounds": plans,
    "fifty cohorts of thirty": small_cohorts,
    "little data, many ties": little_data,
    "dense scores from 1 to 100": dense_scores,
}


def counts_of(work: Work) -> dict[str, int]:
    """Return what a promise takes."""
    tally = Tally()
    work(tally)
    return tally.counts()
