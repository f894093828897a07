"""Ten rounds in the life of a programme: people join and leave, speak, and are moved by hand.

After each round, against plain loops: nobody meets somebody again who is not in a duo that goes on, rules and
quotas hold, nobody waits while a partner is with somebody who counts less, and the round verifies.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

import reverse_match as rm

pytestmark = pytest.mark.usefixtures("nothing_asked")

SKILLS = ("Python", "Notion", "Video", "Data")
MOST_DUOS = 4


def person(number: int, role: str, draw: Any) -> dict[str, Any]:
    return {
        "id": f"p{number}",
        "role": role,
        "offers": draw(st.dictionaries(st.sampled_from(SKILLS), st.integers(1, 5), max_size=2)),
        "seeks": draw(st.dictionaries(st.sampled_from(SKILLS), st.integers(1, 3), max_size=2)),
        "age": draw(st.integers(22, 60)),
        "capacity": draw(st.sampled_from([1, 1, 1, 2, 0])),
        "manager_id": draw(st.sampled_from([None, None, "p0"])) if number else None,
    }


class Programme(RuleBasedStateMachine):
    """A programme that goes on."""

    @initialize(data=st.data(), mentors=st.integers(2, 4), mentees=st.integers(2, 5))
    def begin(self, data: st.DataObject, mentors: int, mentees: int) -> None:
        records = [person(number, "mentor", data.draw) for number in range(mentors)]
        records += [person(mentors + number, "mentee", data.draw) for number in range(mentees)]
        records.append(person(mentors + mentees, "both", data.draw))
        self.number = len(records)
        self.policy = rm.Policy(
            quotas=[{"kind": "duos", "at_most": MOST_DUOS}],
            rotation={
                "keep_wanted": data.draw(st.booleans()),
                "learned_join_offers": data.draw(st.booleans()),
            },
        )
        self.people = rm.Cohort.from_records(records)
        self.matching = rm.match(self.people, self.policy)
        self.history = rm.History()
        self.day = date(2027, 1, 31)
        self.met: set[frozenset[str]] = set()
        self.apart: set[frozenset[str]] = set()
        self.rounds = 1

    @rule(data=st.data())
    def somebody_is_moved_by_hand(self, data: st.DataObject) -> None:
        if not self.matching.duos:
            return
        duo = data.draw(st.sampled_from(self.matching.duos))
        were = self.matching.duos
        self.matching = rm.amend(
            self.matching,
            self.people,
            forbid=[(duo.mentor, duo.mentee)],
            at_most_changes=data.draw(st.integers(1, 3)),
        )
        self.apart.add(frozenset((duo.mentor, duo.mentee)))
        self.met |= {frozenset((one.mentor, one.mentee)) for one in were} - {
            frozenset((one.mentor, one.mentee)) for one in self.matching.duos
        }

    @precondition(lambda self: self.rounds < 10)
    @rule(data=st.data())
    def the_next_round(self, data: st.DataObject) -> None:
        said = (
            data.draw(st.lists(st.sampled_from(self.matching.duos), unique_by=id))
            if self.matching.duos
            else []
        )
        feedback = rm.Feedback.from_records(
            [
                {
                    "mentor": duo.mentor,
                    "mentee": duo.mentee,
                    "on": self.day + timedelta(days=1),
                    "by": by,
                    "wish": data.draw(st.sampled_from(["continue", "continue", "change", "stop", None])),
                    "objective": data.draw(st.sampled_from(["yes", "partly", "no", None])),
                    "acquired": data.draw(st.sampled_from([[], ["Python"], ["Notion", "Data"]])),
                }
                for duo in said
                for by in ("mentor", "mentee")
            ]
        )
        before = self.matching
        now_met = {frozenset((duo.mentor, duo.mentee)) for duo in before.duos}
        self.day += timedelta(days=data.draw(st.integers(1, 200)))
        self._people_change(data)
        ended = self.history.with_round(before, until=self.day)
        self.matching = rm.rotate(
            before, self.people, self.policy, on=self.day, history=self.history, feedback=feedback
        )
        self.history = ended
        self.people = self.matching.people
        self.rounds += 1
        wishes = {
            frozenset((duo.mentor, duo.mentee)): [
                one.wish for one in feedback.records if (one.mentor, one.mentee) == (duo.mentor, duo.mentee)
            ]
            for duo in said
        }
        both_want = {pair for pair, both in wishes.items() if both == ["continue", "continue"]}
        self._nobody_meets_again(now_met, both_want)
        self._who_waits_counts_less()

    def _people_change(self, data: st.DataObject) -> None:
        leave = []
        for role in ("mentors", "mentees"):
            side = [one for one in getattr(self.people, role) if one.role != "both"]
            if len(side) > 1 and data.draw(st.booleans()):
                leave.append(data.draw(st.sampled_from([one.id for one in side])))
        join = []
        for role in ("mentor", "mentee"):
            if data.draw(st.booleans()):
                join.append(person(self.number, role, data.draw))
                self.number += 1
        self.people = self.people.amended(leave=leave, join=join)

    def _nobody_meets_again(self, now_met: set[frozenset[str]], both_want: set[frozenset[str]]) -> None:
        duos = {frozenset((duo.mentor, duo.mentee)) for duo in self.matching.duos}
        may_stay = both_want if self.policy.rotation.keep_wanted else set()
        assert not duos & (self.met | now_met) - (may_stay & now_met)
        kept = {frozenset((one.mentor, one.mentee)) for one in self.matching.changes if one.kind == "kept"}
        assert kept == duos & now_met
        self.met |= now_met

    def _who_waits_counts_less(self) -> None:
        """Nobody waits whose duo with somebody would count more than the one that is."""
        scores = rm.score_matrix(self.people, self.matching.policy_in_force)
        rows = {one.id: place for place, one in enumerate(self.people.mentors)}
        columns = {one.id: place for place, one in enumerate(self.people.mentees)}
        worth = scores.copy()
        for credit in self.matching.policy_in_force.credits:
            for name in credit.mentors:
                worth[rows[name], :] += credit.points
            for name in credit.mentees:
                worth[:, columns[name]] += credit.points
            for one, other in credit.pairs:
                worth[rows[one], columns[other]] += credit.points
        formed = [(rows[duo.mentor], columns[duo.mentee]) for duo in self.matching.duos]
        full = len(formed) == MOST_DUOS
        for left in self.matching.unmatched:
            if left.reason == "sits_out":
                continue
            line = worth[rows[left.id], :] if left.role == "mentor" else worth[:, columns[left.id]]
            mine, theirs = (0, 1) if left.role == "mentor" else (1, 0)
            other_side = self.people.mentees if left.role == "mentor" else self.people.mentors
            for place in np.flatnonzero(~np.isnan(line)):
                load = [pair for pair in formed if pair[theirs] == place]
                if len(load) < other_side[place].capacity:
                    assert full, "somebody waits beside a free partner"
                for pair in load:
                    assert worth[pair] >= line[place] - 1e-9, "somebody waits whose duo would count more"
                assert mine != theirs

    @invariant()
    def rules_hold(self) -> None:
        if not hasattr(self, "matching"):
            return
        rm.verify(self.matching, self.people, self.matching.policy)
        assert self.matching.certificate.gap == 0
        assert len(self.matching.duos) <= MOST_DUOS
        managers = {one.id: one.manager_id for one in self.people.participants}
        for duo in self.matching.duos:
            assert managers[duo.mentor] != duo.mentee
            assert managers[duo.mentee] != duo.mentor
            assert frozenset((duo.mentor, duo.mentee)) not in self.apart

    @invariant()
    def history_grows(self) -> None:
        if hasattr(self, "history"):
            assert len(self.history.rounds) == self.rounds - 1
            assert rm.History.from_json(self.history.to_json()) == self.history


TestProgramme = Programme.TestCase
TestProgramme.settings = settings(
    max_examples=max(5, settings.default.max_examples // 10),
    stateful_step_count=14,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
