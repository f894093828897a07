"""Forbid, fix, credit, avoid, leave, join, correct, rotate, study in random order: nothing is forgotten.

After each step, against sets that know nothing of how it is done: nobody is together who was kept apart and not
allowed again, fixed duos are there or what would end them was refused, the matching verifies with and without
the policy, and its JSON gives it back.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

import reverse_match as rm
from reverse_match.programme.beside_the_policy import known_people

MENTORS, MENTEES = ("m1", "m2", "m3"), ("e1", "e2", "e3")
BOTH = "b1"
EVERYBODY = (*MENTORS, *MENTEES, BOTH)
Two = frozenset[str]

mentors, mentees = st.sampled_from([*MENTORS, BOTH]), st.sampled_from([*MENTEES, BOTH])
duos = st.tuples(mentors, mentees).filter(lambda pair: pair[0] != pair[1])
limits = st.sampled_from([None, None, None, 0, 1])


def role(name: str) -> str:
    return {"m": "mentor", "e": "mentee", "b": "both"}[name[0]]


def record(name: str, draw: Any) -> dict[str, Any]:
    others = [other for other in EVERYBODY if other != name]
    return {
        "id": name,
        "role": role(name),
        "offers": draw(st.sampled_from(["", "AI:5", "Excel:3"])),
        "seeks": draw(st.sampled_from(["", "AI", "Excel"])),
        "capacity": draw(st.sampled_from([1, 1, 1, 2])),
        "avoids": draw(st.lists(st.sampled_from(others), max_size=1)),
    }


def avoided(one: dict[str, Any]) -> set[Two]:
    return {frozenset((one["id"], other)) for other in one["avoids"]}


class Rules(RuleBasedStateMachine):
    """A programme, and what must hold in it."""

    @initialize(data=st.data(), apart=st.lists(duos, max_size=2), fixed=st.lists(duos, max_size=1))
    def begin(self, data: st.DataObject, apart: list[Any], fixed: list[Any]) -> None:
        self.matching: rm.Matching | None = None
        self.here = {name: record(name, data.draw) for name in EVERYBODY}
        self.away: set[str] = set()
        self.apart = {frozenset(pair) for pair in apart}
        self.fixed = set(fixed)
        self.by_hand: set[Two] = set()
        self.fixed_by_hand: set[tuple[str, str]] = set()
        self.remembered: set[Two] = set()
        self.day = date(2027, 1, 1)
        credited = data.draw(st.lists(duos, min_size=1, max_size=2, unique=True))
        self.policy = rm.Policy(
            rules=[
                {"kind": "avoids"},
                {"kind": "forbid", "pairs": sorted(map(list, apart))},
                {"kind": "fix", "pairs": sorted(map(list, fixed))},
            ],
            credits=[{"name": "asked for", "points": 0.5, "pairs": credited}],
            seed=data.draw(st.integers(0, 3)),
        )
        try:
            self.matching = rm.match(self.people(), self.policy)
        except rm.InfeasibleError:
            assume(False)

    def people(self) -> rm.Cohort:
        """Return the people as a file would have them: it knows nothing of who is away."""
        return rm.Cohort.from_records(list(self.here.values()))

    def amend(self, **asked: Any) -> bool:
        """Say whether what was asked was done; else it was refused, and nothing has changed."""
        assert self.matching is not None
        given = self.policy if self.day.day % 2 else None
        before, cohort = self.matching, self.people()
        try:
            after = rm.amend(before, cohort, given, author="ada", **asked)
        except rm.InfeasibleError:
            return False
        most = asked.get("at_most_changes")
        if most is not None and not asked.get("leave"):
            ended = {(duo.mentor, duo.mentee) for duo in before.duos} - self.pairs(after)
            banned = {frozenset(pair) for pair in asked.get("forbid", ())}
            assert sum(frozenset(pair) not in banned for pair in ended) <= most
        self.matching = after
        return True

    def pairs(self, matching: rm.Matching) -> set[tuple[str, str]]:
        return {(duo.mentor, duo.mentee) for duo in matching.duos}

    @rule(pair=duos, most=limits)
    def forbid(self, pair: tuple[str, str], most: int | None) -> None:
        assert self.matching is not None
        if self.away.intersection(pair) - set(known_people(self.matching).values()):
            with pytest.raises(rm.errors.PolicyError):  # of them no record tells: they waited, and are gone
                self.amend(forbid=[pair], at_most_changes=most)
            return
        if self.amend(forbid=[pair], at_most_changes=most):
            self.by_hand.add(frozenset(pair))
            self.fixed_by_hand -= {pair, pair[::-1]}

    @rule(pair=duos, most=limits)
    def fix(self, pair: tuple[str, str], most: int | None) -> None:
        if self.away.isdisjoint(pair):
            if self.amend(fix=[pair], at_most_changes=most):
                self.fixed_by_hand.add(pair)
                self.by_hand.discard(frozenset(pair))
            return
        with pytest.raises(rm.errors.PolicyError):
            self.amend(fix=[pair])

    @precondition(lambda self: self.by_hand | self.remembered)
    @rule(data=st.data())
    def allow(self, data: st.DataObject) -> None:
        two = data.draw(st.sampled_from(sorted(self.by_hand | self.remembered, key=sorted)))
        if self.amend(allow=[tuple(sorted(two))]):
            self.by_hand.discard(two)
            self.remembered.discard(two)

    @rule(pair=duos)
    def allow_what_nobody_forbade_by_hand(self, pair: tuple[str, str]) -> None:
        if frozenset(pair) not in self.by_hand | self.remembered:
            with pytest.raises(rm.errors.PolicyError):
                self.amend(allow=[pair])

    @rule(name=st.sampled_from(EVERYBODY[:-1]), other=st.none() | st.sampled_from(EVERYBODY))
    def leave(self, name: str, other: str | None) -> None:
        apart = [(name, other)] if other not in (None, name) else []
        side = [some for some in self.here if role(some) == role(name)]
        if name in self.here and len(side) > 1 and self.amend(leave=[name], forbid=apart):
            self.remembered |= avoided(self.here.pop(name))
            self.away.add(name)
            self.by_hand |= {frozenset(pair) for pair in apart}
            self.fixed_by_hand -= {*apart, *(pair[::-1] for pair in apart)}

    @precondition(lambda self: self.away)
    @rule(data=st.data())
    def join(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.away)))
        new = record(name, data.draw)
        if self.amend(join=[new]):
            self.here[name] = new
            self.away.remove(name)

    @rule(data=st.data(), most=limits)
    def correct(self, data: st.DataObject, most: int | None) -> None:
        name = data.draw(st.sampled_from(sorted(self.here)))
        new = record(name, data.draw)
        if self.amend(leave=[name], join=[new], at_most_changes=most):
            self.remembered |= avoided(self.here[name]) - avoided(new)
            self.here[name] = new

    @rule(data=st.data(), given=st.booleans())
    def rotate(self, data: st.DataObject, given: bool) -> None:
        assert self.matching is not None
        back = [name for name in sorted(self.away) if data.draw(st.booleans())]
        here = self.here | {name: record(name, data.draw) for name in back}
        gone = data.draw(st.sampled_from([None, None, *EVERYBODY[:-1]]))
        if gone in here and sum(role(other) == role(gone) for other in here) > 1:
            del here[gone]  # the people file of today does not have them
        self.day += timedelta(days=181)
        cohort = rm.Cohort.from_records(list(here.values()))
        try:
            after = rm.rotate(self.matching, cohort, self.policy if given else None, on=self.day)
        except rm.InfeasibleError:
            return
        self.matching, self.here = after, here
        self.away = set(EVERYBODY) - set(here)
        self.fixed_by_hand = set()
        self.by_hand -= {frozenset(pair) for pair in self.fixed}

    @rule(data=st.data())
    def study(self, data: st.DataObject) -> None:
        """A scenario is what a fresh match of these people is; who is away takes no rule along."""
        everybody = {**self.here, **{name: record(name, data.draw) for name in sorted(self.away)}}
        cohort = rm.Cohort.from_records(list(everybody.values()))
        name = data.draw(st.sampled_from(EVERYBODY[:-1]))
        join = [record(name, data.draw)] if data.draw(st.booleans()) else []
        later = cohort.amended(leave=[name], join=join)
        try:
            scenario = rm.Study(cohort, self.policy).scenario("other", without=[name], join=join)
        except rm.InfeasibleError:
            with pytest.raises(rm.InfeasibleError):
                rm.match(later, self.policy)
            return
        assert scenario.matching == rm.match(later, self.policy)
        there = {one.id for one in later.participants}
        self.holds(scenario.matching, there, self.apart, self.fixed)
        rm.verify(scenario.matching, rm.Cohort.from_records([one.model_dump() for one in later.participants]))

    def holds(
        self, matching: rm.Matching, there: set[str], apart: set[Two], fixed: set[tuple[str, str]]
    ) -> None:
        found = self.pairs(matching)
        assert not {frozenset(pair) for pair in found} & apart
        assert {pair for pair in fixed if there.issuperset(pair)} <= found

    @invariant()
    def nothing_is_forgotten(self) -> None:
        matching: rm.Matching | None = getattr(self, "matching", None)
        if matching is None:
            return
        said = set().union(*map(avoided, self.here.values()))
        apart = self.apart | self.by_hand | self.remembered | said
        self.holds(matching, set(self.here), apart, self.fixed | self.fixed_by_hand)
        stored = rm.Matching.from_json(matching.to_json())
        assert stored == matching
        assert stored.policy == self.policy
        rm.verify(stored, self.people())
        rm.verify(stored, self.people(), self.policy)
        self.matching = stored


TestRules = Rules.TestCase
TestRules.settings = settings(
    max_examples=6, stateful_step_count=10, deadline=None, suppress_health_check=list(HealthCheck)
)


@pytest.mark.long
def test_many_programmes() -> None:
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(
        Rules,
        settings=settings(
            max_examples=60,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
