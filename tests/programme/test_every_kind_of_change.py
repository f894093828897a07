"""Every kind of change of a programme, in random order: no rule broken, nobody lost, no duo twice, the log true.

After each step, against sets and loops that know nothing of how it is done: people, places, rules, former
partners, the log, digests, and the verification with the policy that was given.
"""

from __future__ import annotations

import json
from collections import Counter
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

import reverse_match as rm
from reverse_match.policy.former_partners import with_past
from reverse_match.programme.beside_the_policy import known_people

pytestmark = pytest.mark.usefixtures("nothing_asked")

Two = frozenset[str]
Pair = tuple[str, str]
Person = dict[str, Any]

SWAPPED = {"mentor": "mentee", "mentee": "mentor", "both": "both"}
REASONS = {
    "no time": "no_time",
    "pas de dates communes": "no_common_dates",
    "not the right skills": "not_the_right_skills",
    "she sings": "other",
    None: None,
}
LOGGED = {
    "decline": "declined",
    "leave": "left",
    "return": "returned",
    "join": "joined",
    "correct": "corrected",
    "capacity": "corrected",
    "wait": "waiting",
}
MOST_DUOS = 4
skills = st.dictionaries(st.sampled_from(["AI", "Excel", "SQL"]), st.integers(1, 3), max_size=2)
capacities = st.sampled_from([1, 1, 1, 2, 0])


def pairs(matching: rm.Matching) -> set[Pair]:
    return {(duo.mentor, duo.mentee) for duo in matching.duos}


def twos(listed: Any) -> set[Two]:
    return {frozenset(pair) for pair in listed}


def teaches(one: Person) -> bool:
    return one["role"] != "mentee"


def learns(one: Person) -> bool:
    return one["role"] != "mentor"


def as_row(kind: str, one: Person) -> dict[str, Any]:
    """Return a person in the cells of a table."""
    cells = {name: value for name, value in one.items() if value not in (None, [], {})}
    return {**cells, "change": kind}


class EveryKindOfChange(RuleBasedStateMachine):
    """A programme, and all that somebody does to it."""

    matching: rm.Matching | None = None

    # What is known beside the library: who is here and away, who must not meet, what was asked for.

    @initialize(data=st.data())
    def begin(self, data: st.DataObject) -> None:
        draw = data.draw
        names = [f"m{number}" for number in range(draw(st.integers(2, 3)))]
        names += [f"e{number}" for number in range(draw(st.integers(3, 4)))]
        names += [f"b{number}" for number in range(draw(st.integers(1, 2)))]
        self.here: dict[str, Person] = {}
        self.away: dict[str, Person] = {}
        self.count, self.day = 0, date(2027, 1, 1)
        for name in names:
            self.here[name] = self.person(name, names, draw)
        two = st.lists(st.sampled_from(names), min_size=2, max_size=2, unique=True)
        self.ruled_out = twos(draw(st.lists(two, max_size=2)))
        self.past = draw(st.lists(two.map(tuple), max_size=2, unique_by=frozenset))
        self.given = rm.Policy(
            rules=[
                {"kind": "avoids"},
                {"kind": "not_in_reporting_line"},
                {"kind": "forbid", "pairs": sorted(map(sorted, self.ruled_out))},
            ],
            quotas=[{"kind": "duos", "at_most": MOST_DUOS}] if draw(st.booleans()) else [],
            rotation={"keep_wanted": draw(st.booleans()), "carry_over": draw(st.sampled_from([0, 0.5]))},
        )
        self.history = rm.History() if draw(st.booleans()) else None
        self.stale: rm.Matching | None = None
        self.by_hand: set[Two] = set()
        self.remembered: set[Two] = set()
        self.former = twos(self.past)
        self.may_stay: set[Pair] = set()
        self.rounds = 1
        self.seen: dict[str, str] = {}
        self.redo_the_draft(seed=0)

    def person(self, name: str, others: list[str], draw: Any, role: str | None = None) -> Person:
        said = role or {"m": "mentor", "e": "mentee", "b": "both"}[name[0]]
        listed = st.sampled_from([one for one in others if one != name])
        managed = draw(st.integers(0, 3)) == 0 and min(others) < name  # earlier ids alone, so in no circle
        return {
            "id": name,
            "role": said,
            "offers": draw(skills),
            "seeks": draw(skills),
            "capacity": draw(capacities),
            "avoids": draw(st.lists(listed, max_size=1)) if draw(st.booleans()) else [],
            "manager_id": draw(listed.filter(lambda other: other < name)) if managed else None,
            "joined": (self.day - timedelta(days=draw(st.integers(0, 70)))).isoformat(),
        }

    def newcomer(self, draw: Any) -> Person:
        self.count += 1
        role = draw(st.sampled_from(["mentor", "mentee", "both"]))
        return self.person(f"n{self.count}", sorted(self.here), draw, role)

    def back(self, name: str, draw: Any) -> Person:
        """Return the record with which somebody comes back, in the role that they had."""
        return self.person(name, sorted(self.here), draw, self.away[name]["role"])

    def cohort(self) -> rm.Cohort:
        """Return the people as a file has them: it knows nothing of who is away."""
        return rm.Cohort.from_records(list(self.here.values()))

    @property
    def policy(self) -> rm.Policy:
        """The policy that somebody would give to ``verify``."""
        return with_past(self.given, self.past)

    @property
    def now(self) -> rm.Matching:
        assert self.matching is not None
        return self.matching

    def can_do_without(self, name: str) -> bool:
        others = [one for other, one in self.here.items() if other != name]
        return any(map(teaches, others)) and any(map(learns, others))

    # Before the start

    @precondition(lambda self: self.matching is not None and self.now.is_draft)
    @rule(seed=st.integers(0, 5))
    def redo_the_draft(self, seed: int) -> None:
        """Throw the draft away, with all that was tried in it."""
        if not self.here.keys() >= {name for two in self.ruled_out for name in two}:
            with pytest.raises(rm.errors.PolicyError):  # a fresh match knows of nobody who has left
                rm.match(self.cohort(), self.given, past=self.past)
            return
        self.stale = self.matching
        self.given = self.given.model_copy(update={"seed": seed})
        self.matching = rm.match(self.cohort(), self.given, past=self.past)
        self.log: tuple[Any, ...] = ()
        self.by_hand, self.remembered = set(), set()
        self.fixed: set[Pair] = set()
        self.waiting: set[str] = set()
        self.ended: list[tuple[date | None, set[Pair]]] = []

    @precondition(lambda self: self.matching is not None and self.now.published is None)
    @rule()
    def publish(self) -> None:
        before = self.now
        self.matching = rm.publish(before, on=self.day, history=self.history)
        assert self.matching.duos == before.duos
        assert self.matching.sha256 != before.sha256
        self.ended = []
        if self.history is not None:
            self.history = self.history.with_published(self.matching)

    @precondition(lambda self: self.matching is not None and self.now.published is not None)
    @rule()
    def publish_twice(self) -> None:
        with pytest.raises(rm.errors.RotationError):
            rm.publish(self.now, on=self.day, history=self.history)

    # Amendments

    def amend(self, after: dict[str, Person], rows: list[dict[str, Any]], **asked: Any) -> bool:
        """Amend, and check the log; say whether it was possible, and nothing has changed if it was not."""
        before, here = self.now, self.here
        given = self.given if self.count % 2 else None
        if rows:
            asked["changes"] = rows
        try:
            matching = rm.amend(before, self.cohort(), given, author="ada", **asked)
        except (rm.InfeasibleError, rm.errors.PolicyError):
            kept = before.rotation is not None and before.rotation.fixed  # as was decided in a review
            if not (asked.get("fix") or self.fixed or kept or asked.get("at_most_changes") is not None):
                raise  # nothing else can be impossible
            return False
        gone = {name: one for name, one in here.items() if name not in after}
        self.away = {name: one for name, one in {**self.away, **gone}.items() if name not in after}
        self.remembered |= {frozenset((name, other)) for name in gone for other in gone[name]["avoids"]}
        declined = [(row["id"], row["partner"]) for row in rows if row["change"] == "decline"]
        banned = twos([*asked.get("forbid", ()), *declined])
        allowed, fixed = twos(asked.get("allow", ())), set(asked.get("fix", ()))
        self.by_hand = (self.by_hand | banned) - allowed - (twos(fixed) - self.remembered)
        self.remembered -= allowed
        self.fixed = {pair for pair in self.fixed | fixed if frozenset(pair) not in banned}
        self.waiting = {row["id"] for row in rows if row["change"] == "wait"}
        self.ended.append((matching.log[-1].on, pairs(before) - pairs(matching)))
        self.matching, self.here = matching, after
        self.the_log_is_true(before, here, rows, banned, asked)
        return True

    def the_log_is_true(
        self,
        before: rm.Matching,
        here: dict[str, Person],
        rows: list[dict[str, Any]],
        banned: set[Two],
        asked: dict[str, Any],
    ) -> None:
        after, entry = self.now, self.now.log[-1]
        assert after.log[:-1] == self.log
        self.log = after.log
        assert (entry.author, entry.on) == ("ada", asked.get("on"))
        assert [(one.person, one.kind, one.partner, one.reason) for one in entry.logged] == sorted(
            (row["id"], LOGGED[row["change"]], row.get("partner"), REASONS[row.get("reason")]) for row in rows
        )
        assert {one.person: one.fields for one in entry.logged if one.kind == "corrected"} == {
            row["id"]: tuple(sorted(row.keys() - {"id", "change", "reason"}))
            for row in rows
            if LOGGED[row["change"]] == "corrected"
        }
        assert "sings" not in after.to_json()
        assert set(entry.left) == here.keys() - self.here.keys()
        assert set(entry.joined) == self.here.keys() - here.keys()
        assert set(entry.waiting) == self.waiting
        assert (twos(entry.forbidden), set(entry.fixed)) == (banned, set(asked.get("fix", ())))
        assert twos(asked.get("allow", ())) <= twos(entry.lifted)
        were = {(duo.mentor, duo.mentee): duo.score for duo in before.duos}
        are = {(duo.mentor, duo.mentee): duo.score for duo in after.duos}
        told_ended = {(one.mentor, one.mentee): one.score for one in entry.ended}
        told_new = {(one.mentor, one.mentee): one.score for one in entry.new}
        assert told_ended == {pair: were[pair] for pair in were.keys() - are.keys()}
        assert told_new == {pair: are[pair] for pair in are.keys() - were.keys()}
        assert (entry.total_before, entry.total_after) == (before.total, after.total)
        assert entry.cost == pytest.approx(before.total - after.total, abs=1e-9)
        corrected = {row["id"] for row in rows if LOGGED[row["change"]] == "corrected"}
        had_to = {
            pair
            for pair in told_ended
            if frozenset(pair) in banned
            or not self.here.keys() >= set(pair)
            or self.waiting & set(pair)
            or (corrected & set(pair) and not self.is_possible(pair))
        }
        assert entry.changes == len(told_ended.keys() - had_to)
        most = asked.get("at_most_changes")
        assert most is None or entry.changes <= most
        if "hold_back" in asked:
            self.held_back(set(told_new) - self.fixed, told_new)

    def held_back(self, new: set[Pair], scores: dict[Pair, float]) -> None:
        for pair in new:
            waited = max((self.day - date.fromisoformat(self.here[name]["joined"])).days for name in pair)
            assert scores[pair] >= 0.6 - 0.3 * min(waited, 60) / 60 - 1e-6

    def is_possible(self, pair: Pair) -> bool:
        """Say whether rules and places of the people allow a duo, whoever else is there."""
        mentor, mentee = (self.here[name] for name in pair)
        placed = teaches(mentor) and learns(mentee) and mentor["capacity"] and mentee["capacity"]
        return bool(placed) and frozenset(pair) not in self.apart()

    @precondition(lambda self: self.matching is not None)
    @rule(data=st.data(), hold_back=st.booleans())
    def change_by_a_table(self, data: st.DataObject, hold_back: bool) -> None:
        draw, after, rows = data.draw, deepcopy(self.here), []
        free = draw(st.permutations(sorted(self.here)))
        for kind in draw(st.lists(st.sampled_from(sorted(LOGGED)), min_size=1, max_size=3, unique=True)):
            reason = {"reason": said} if (said := draw(st.sampled_from(list(REASONS)))) else {}
            if kind == "decline" and self.now.duos:
                duo = draw(st.sampled_from(self.now.duos))
                who, whom = draw(st.permutations([duo.mentor, duo.mentee]))
                rows.append({"id": who, "change": kind, "partner": whom, **reason})
            elif kind in ("join", "return"):
                one = self.comer(kind, draw)
                if one is not None:
                    after[one["id"]] = one
                    rows.append({**as_row(kind, one), **reason})
            elif kind != "decline":
                name = free.pop()
                if name in {row["id"] for row in rows} or (kind == "leave" and not self.can_do_without(name)):
                    continue
                if kind == "leave":
                    del after[name]
                cells = self.corrected(kind, after, name, draw)
                rows.append({"id": name, "change": kind, **cells, **reason})
        asked: dict[str, Any] = {"on": draw(st.sampled_from([None, self.day, self.day - timedelta(9)]))}
        if hold_back:
            asked = {"on": self.day, "hold_back": "0.6:0.3:60d", "joined": "joined"}
        if rows:
            most = draw(st.sampled_from([None, None, None, 0, 1]))
            self.amend(after, rows, **asked, **({} if most is None else {"at_most_changes": most}))

    def comer(self, kind: str, draw: Any) -> Person | None:
        """Return somebody who joins or returns; of those who waited and are gone no record tells: they join."""
        known = {*known_people(self.now).values()}
        names = sorted(name for name in self.away if (name in known) == (kind == "return"))
        if names:
            return self.back(draw(st.sampled_from(names)), draw)
        return None if kind == "return" else self.newcomer(draw)

    def corrected(self, kind: str, after: dict[str, Person], name: str, draw: Any) -> dict[str, Any]:
        """Correct a person, and return the cells that say it."""
        if kind not in ("correct", "capacity"):
            return {}
        new = self.person(name, sorted(self.here), draw, self.here[name]["role"])
        fields = ["offers", "seeks", "capacity", "avoids", "manager_id"]
        chosen = draw(st.lists(st.sampled_from(fields), min_size=1, max_size=3, unique=True))
        said = {field: new[field] for field in (chosen if kind == "correct" else ["capacity"])}
        after[name] |= said
        return {field: "(empty)" if value in (None, [], {}) else value for field, value in said.items()}

    @precondition(lambda self: self.matching is not None)
    @rule(data=st.data())
    def change_by_arguments(self, data: st.DataObject) -> None:
        draw, after = data.draw, deepcopy(self.here)
        asked: dict[str, Any] = {"on": draw(st.sampled_from([None, self.day]))}
        name = draw(st.sampled_from(sorted(self.here)))
        if draw(st.booleans()) and self.can_do_without(name):
            asked["leave"] = [name]
            del after[name]
        if draw(st.booleans()):
            one = self.newcomer(draw)
            asked["join"] = [one]
            after[one["id"]] = one
        two = draw(st.permutations(sorted(self.here)))[:2]
        if draw(st.booleans()):
            asked["forbid"] = [tuple(two)]
        self.amend(after, [], **asked)

    @precondition(lambda self: self.matching is not None)
    @rule(data=st.data())
    def fix(self, data: st.DataObject) -> None:
        mentors = [name for name, one in self.here.items() if teaches(one)]
        mentees = [name for name, one in self.here.items() if learns(one)]
        pair = data.draw(st.tuples(st.sampled_from(mentors), st.sampled_from(mentees)))
        if pair[0] != pair[1]:
            self.amend(self.here, [], fix=[pair])

    @precondition(lambda self: self.matching is not None and self.by_hand | self.remembered)
    @rule(data=st.data())
    def allow(self, data: st.DataObject) -> None:
        two = data.draw(st.sampled_from(sorted(self.by_hand | self.remembered, key=sorted)))
        self.amend(self.here, [], allow=[tuple(sorted(two))])

    # Rotations

    @precondition(lambda self: self.matching is not None and self.rounds < 6)
    @rule(data=st.data(), reciprocal=st.sampled_from([False, False, True]), given=st.booleans())
    def rotate(self, data: st.DataObject, reciprocal: bool, given: bool) -> None:
        draw, before = data.draw, self.now
        self.day += timedelta(days=draw(st.integers(1, 200)))
        people = self.people_of_today(draw)
        met = pairs(before)
        feedback, wanted = self.said(draw)
        decided = {
            (duo.mentor, duo.mentee): draw(st.sampled_from(["keep", "end", "change", "talk first"]))
            for duo in before.duos
            if draw(st.integers(0, 3)) == 0 and (duo.mentee, duo.mentor) not in met
        }
        decisions = [{"mentor": one, "mentee": two, "decision": said} for (one, two), said in decided.items()]
        then = deepcopy(people)
        for one in then.values() if reciprocal else ():
            one["role"] = SWAPPED[one["role"]]
        kept = {pair for pair, said in decided.items() if said == "keep"}
        ended = {frozenset(pair) for pair, said in decided.items() if said == "end"}
        arguments: dict[str, Any] = {
            "on": self.day,
            "history": self.history,
            "feedback": feedback,
            "decisions": rm.Decisions.from_records(decisions) if decided else None,
            "reciprocal": reciprocal,
        }
        cohort, policy = rm.Cohort.from_records(list(people.values())), self.given if given else None
        self.a_stale_draft_is_refused(cohort, arguments)
        were, self.here = self.here, then
        turned = {pair[::-1] if reciprocal else pair for pair in kept}
        impossible = any(not then.keys() >= {*pair} or not self.is_possible(pair) for pair in turned)
        try:
            self.matching = rm.rotate(before, cohort, policy, **arguments)
        except (rm.errors.DecisionError, rm.InfeasibleError) as error:
            if not kept or isinstance(error, rm.errors.DecisionError) != impossible:
                raise
            self.here = were
            return
        assert not impossible
        self.after_a_rotation(before, were)
        settled = {pair for pair, said in decided.items() if said != "talk first"}
        stay = wanted - settled if self.given.rotation.keep_wanted else set()
        self.may_stay = {pair[::-1] if reciprocal else pair for pair in stay} | turned
        self.by_hand |= ended
        found = pairs(self.matching)
        assert turned <= found
        assert not twos(found) & {frozenset(pair) for pair in settled - kept}

    def said(self, draw: Any) -> tuple[rm.Feedback, set[Pair]]:
        """Return answers about some duos, and the duos that both want to keep."""
        answers, wanted = [], set()
        for duo in self.now.duos:
            wishes = [
                draw(st.sampled_from(["continue", "continue", "change", "stop", None])) for _ in range(2)
            ]
            one = {"mentor": duo.mentor, "mentee": duo.mentee, "on": self.day}
            for by, wish in zip(("mentor", "mentee"), wishes, strict=True):
                acquired = draw(st.sampled_from([[], ["AI"], ["SQL", "Excel"]]))
                answers.append({**one, "by": by, "wish": wish, "acquired": acquired})
            if wishes == ["continue", "continue"]:
                wanted.add((duo.mentor, duo.mentee))
        return rm.Feedback.from_records(answers), wanted

    def people_of_today(self, draw: Any) -> dict[str, Person]:
        """Return a people file of today, in which somebody is missing, back, new or changed."""
        people = deepcopy(self.here)
        name = draw(st.sampled_from(sorted(people)))
        if draw(st.booleans()) and self.can_do_without(name):
            del people[name]
        if draw(st.booleans()):
            changed = draw(st.sampled_from(sorted(people)))
            new = self.person(changed, sorted(self.here), draw, people[changed]["role"])
            people[changed] |= {field: new[field] for field in ("capacity", "avoids", "manager_id")}
        if self.away and draw(st.booleans()):
            name = draw(st.sampled_from(sorted(self.away)))
            people[name] = self.back(name, draw)
        if draw(st.booleans()):
            one = self.newcomer(draw)
            people[one["id"]] = one
        return people

    def a_stale_draft_is_refused(self, cohort: rm.Cohort, arguments: dict[str, Any]) -> None:
        published = self.history is not None and self.history.published is not None
        if published and self.rounds == 1 and self.stale is not None:
            asked = {**arguments, "feedback": None, "decisions": None}
            with pytest.raises(rm.errors.RotationError, match="another matching was published"):
                rm.rotate(self.stale, cohort, **asked)

    def after_a_rotation(self, before: rm.Matching, were: dict[str, Person]) -> None:
        """Note who has met, who is away, and what was learned."""
        begins = before.published if before.rotation is None else before.rotation.on
        parted = [some for day, some in self.ended if begins is None or day is None or day >= begins]
        met = twos(pairs(before)).union(*map(twos, parted))
        self.former |= met
        self.away = {name: one for name, one in {**self.away, **were}.items() if name not in self.here}
        learned = {one.id: one for one in self.now.people.participants}
        for name, one in self.here.items():
            one |= {"offers": dict(learned[name].offers), "seeks": dict(learned[name].seeks)}
        told = twos((one.mentor, one.mentee) for one in self.now.changes if one.kind in ("kept", "ended"))
        assert {two for two in told if not any("forgotten" in name for name in two)} == met
        if self.history is not None:
            self.history = self.history.with_round(before, until=self.day, began=begins)
        self.rounds += 1
        self.log, self.ended, self.fixed, self.waiting = (), [], set(), set()

    # Erasure

    @precondition(lambda self: self.matching is not None and self.away)
    @rule(data=st.data())
    def forget_who_has_left(self, data: st.DataObject) -> None:
        if not (free := sorted(self.away.keys() - self.named_by_hand())):
            return
        name = data.draw(st.sampled_from(free))
        records = [self.now, self.cohort(), self.policy, *([self.history] if self.history else [])]
        written = [self.now.to_json(), self.policy.model_dump_json(), json.dumps([*self.here.values()])]
        written += [self.history.to_json()] if self.history else []
        if not any(f'"{name}"' in text for text in written):
            with pytest.raises(rm.errors.CohortError):
                rm.forget(name, *records)
            return
        self.matching, people, policy, *history = rm.forget(name, *records)
        self.history = history[0] if history else None
        del self.away[name]
        for one in self.here.values():
            one["avoids"] = [other for other in one["avoids"] if other != name]
            one["manager_id"] = None if one["manager_id"] == name else one["manager_id"]
        self.past = [pair for pair in self.past if name not in pair]
        self.given, *_ = rm.forget(name, self.given, *records)
        for known in (self.ruled_out, self.by_hand, self.remembered, self.former):
            known -= {two for two in known if name in two}
        self.fixed = {pair for pair in self.fixed if name not in pair}
        self.ended = [(day, {pair for pair in ended if name not in pair}) for day, ended in self.ended]
        self.log, self.stale = self.now.log, None
        assert policy.sha256 == self.policy.sha256
        assert people.sha256 == self.cohort().sha256
        for one in (self.matching, policy, *history):
            assert f'"{name}"' not in one.model_dump_json()

    def named_by_hand(self) -> set[str]:
        """Return who stands in pairs of the log or among duos of other years, where erasing leaves traces."""
        log = [pair for one in self.log for pair in (*one.forbidden, *one.lifted, *one.avoided)]
        return {name for pair in (*log, *self.past) for name in pair}

    # What must hold after each step

    def apart(self) -> set[Two]:
        said = {frozenset((name, other)) for name, one in self.here.items() for other in one["avoids"]}
        return self.ruled_out | self.by_hand | self.remembered | said | self.reporting()

    def reporting(self) -> set[Two]:
        """Return who stands above whom in the chain of managers who are here."""
        found = set()
        for name in self.here:
            above, seen = self.here[name]["manager_id"], {name}
            while above is not None and above not in seen:
                found.add(frozenset((name, above)))
                seen.add(above)
                above = self.here[above]["manager_id"] if above in self.here else None
        return found

    @invariant()
    def no_rule_is_broken(self) -> None:
        if self.matching is None:
            return
        found = pairs(self.matching)
        assert not twos(found) & self.apart()
        assert {pair for pair in found if frozenset(pair) in self.former} <= self.may_stay
        assert not {name for pair in found for name in pair} & self.waiting
        ready = self.here.keys() - self.waiting
        assert {pair for pair in self.fixed if ready >= set(pair)} <= found
        assert len(found) <= (MOST_DUOS if self.given.quotas else len(found))

    @invariant()
    def nobody_is_lost_or_doubled(self) -> None:
        if self.matching is None:
            return
        duos, left = self.matching.duos, self.matching.unmatched
        assert len(pairs(self.matching)) == len(duos)
        load = Counter(("mentor", duo.mentor) for duo in duos) + Counter(
            ("mentee", duo.mentee) for duo in duos
        )
        waiting = Counter((one.role, one.id) for one in left)
        seats = {("mentor", name) for name, one in self.here.items() if teaches(one)}
        seats |= {("mentee", name) for name, one in self.here.items() if learns(one)}
        assert set(waiting.values()) <= {1}
        assert not load.keys() & waiting.keys()
        assert load.keys() | waiting.keys() == seats
        for (_, name), number in load.items():
            assert number <= self.here[name]["capacity"]
        sitting = {(one.role, one.id) for one in left if one.reason == "sits_out"}
        assert {seat for seat in seats if not self.here[seat[1]]["capacity"]} <= sitting

    @invariant()
    def it_is_proved_and_stored(self) -> None:
        if self.matching is None:
            return
        assert self.matching.certificate.gap == 0
        text = self.matching.to_json()
        stored = rm.Matching.from_json(text)
        assert stored == self.matching
        assert stored.log == self.log
        assert self.seen.setdefault(stored.sha256, text) == text, "another record has another digest"
        rm.verify(stored, self.cohort())
        rm.verify(stored, self.cohort(), self.policy)
        if self.history is not None:
            assert rm.History.from_json(self.history.to_json()) == self.history
            assert len(self.history.rounds) == self.rounds - 1
        self.matching = stored


TERMS: dict[str, Any] = {"deadline": None, "suppress_health_check": list(HealthCheck)}

TestEveryKindOfChange = EveryKindOfChange.TestCase
TestEveryKindOfChange.settings = settings(max_examples=5, stateful_step_count=8, **TERMS)


@pytest.mark.long
def test_many_programmes() -> None:
    run_state_machine_as_test(
        EveryKindOfChange, settings=settings(max_examples=20, stateful_step_count=12, **TERMS)
    )
