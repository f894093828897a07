"""Checks the proof of circles: for every case, that no circles of it are worth more than its prices say.

A case has a price for each person. Circles share nobody, so the worth of all of them is at most the sum of
the prices (of 0 or more, but for people who must be in a circle) and, for each mentor who leads a circle, the
largest amount by which one of their circles is worth more than its members' prices. That amount is found here
for every possible team of mentors: the best mentees by worth alone first, and, where that is more than the
stated bound allows, by a search among all choices of mentees. Everything is a whole number. Of two mentors
the one whose id comes first leads.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.errors import Finding
from reverse_match.foundation.fixed_point import ONE
from reverse_match.foundation.names import id_key
from reverse_match.verification.circles.truth import UNKNOWN, bounds_in
from reverse_match.verification.people import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.matching.results.circles import CircleCase, CircleStage
    from reverse_match.verification.circles.truth import CircleTruth, Value, ValueCondition
    from reverse_match.verification.people import Role

UNIT = 10_000
"""Parts of a unit in which prices are whole numbers."""

LARGEST = 2**49
"""Largest size of a price; larger ones are refused, so that sums stay exact."""

NEVER = -(2**60)
"""What a circle is worth that cannot exist."""

MOST_STEPS = 200_000
"""Steps after which a search for the best mentees of a team ends."""

EASY = 5_000
"""Steps up to which a search has certainly ended where the proof was made, too."""


def proof_findings(truth: CircleTruth, search: TeamSearch) -> Iterator[Finding]:
    """Check the stages: what they say is reached, and the bounds that their cases prove."""
    record = truth.record
    reached = {
        "people": sum(len(circle.people) for circle in record.circles),
        "trios": sum(len(circle.people) == 3 for circle in record.circles),
        "total": round(record.total * ONE),
    }
    kinds = ["people", *(["trios"] if truth.circles.trios else []), "total"]
    stages = record.certificate.stages
    if [stage.stage for stage in stages] != kinds:
        yield Finding("certificate", "the stages are not those of this policy")
        return
    for stage in stages:
        unit = ONE if stage.stage == "total" else 1
        if (
            stage.reached * unit != reached[stage.stage]
            and round(stage.reached * unit) != reached[stage.stage]
        ):
            yield Finding("certificate", f"stage {stage.stage}: something else is reached than is stated")
    if record.status != ("optimal" if record.certificate.proved else "feasible"):
        yield Finding("certificate", "the status does not fit the gaps of the stages")
    for stage in stages:
        settled = _Settled(
            stage.stage,
            None if stage.stage == "people" else reached["people"],
            reached["trios"] if stage.stage == "total" and truth.circles.trios else None,
        )
        yield from _stage_findings(stage, settled, reached[stage.stage], search)


@dataclass(frozen=True)
class _Settled:
    """A stage, and what the stages before it have settled."""

    kind: str
    people: int | None
    trios: int | None


@dataclass
class _Case:
    """A case with its prices, and what is decided in it."""

    mentors: IntArray
    mentees: IntArray
    person: int
    trio: int
    circle: int = 0
    least: int = 0
    most: int | None = None
    placed: dict[Role, set[int]] = field(default_factory=lambda: {"mentor": set(), "mentee": set()})
    out: dict[Role, set[int]] = field(default_factory=lambda: {"mentor": set(), "mentee": set()})
    together: set[tuple[int, int]] = field(default_factory=set)
    separate: set[tuple[int, int]] = field(default_factory=set)

    def with_number(self, number: int, *, more: bool) -> _Case:
        """Return a case below with at most so many circles, or with more."""
        case = self.below((None, None), answer=more)
        if more:
            case.least = max(case.least, number + 1)
        else:
            case.most = number if case.most is None else min(case.most, number)
        return case

    def below(self, places: tuple[int | None, int | None], *, answer: bool) -> _Case:
        """Return a case below, in which the question of this one is answered."""
        placed, out = ({role: set(known) for role, known in one.items()} for one in (self.placed, self.out))
        together, separate = set(self.together), set(self.separate)
        mentor, mentee = places
        if mentor is not None and mentee is not None:
            (together if answer else separate).add((mentor, mentee))
        if answer or mentor is None or mentee is None:
            target = placed if answer else out
            if mentor is not None:
                target["mentor"].add(mentor)
            if mentee is not None:
                target["mentee"].add(mentee)
        return replace(
            self,
            mentors=self.mentors.copy(),
            mentees=self.mentees.copy(),
            placed=placed,
            out=out,
            together=together,
            separate=separate,
        )


def _stage_findings(
    stage: CircleStage, settled: _Settled, reached: int, search: TeamSearch
) -> Iterator[Finding]:
    sign = -1 if settled.kind == "trios" else 1
    unit = ONE if settled.kind == "total" else 1
    if not abs(stage.bound) < 2**40:
        yield Finding("certificate", f"stage {stage.stage}: the bound is no number that can be")
        return
    stated = sign * round(stage.bound * unit)
    if stated / unit != sign * stage.bound:
        yield Finding("certificate", f"stage {stage.stage}: the bound is no whole number of its unit")
    walk = _CaseWalk(stage.cases, search, settled)
    if walk.fault is not None:
        yield Finding("certificate", f"stage {stage.stage}: {walk.fault}")
        return
    proved = max(sign * reached, walk.bound)
    if proved > stated or (proved < stated and not walk.hard):
        told = sign * proved / unit
        message = f"stage {stage.stage}: the bound is stated as {stage.bound}, but the cases prove {told}"
        yield Finding("certificate", message)


class _CaseWalk:
    """Walks through all cases of a stage, and keeps the largest bound of those that are not split."""

    def __init__(self, cases: Sequence[CircleCase], search: TeamSearch, settled: _Settled) -> None:
        self._search, self._settled = search, settled
        self.bound, self.fault = NEVER, self._shape_fault(cases)
        self.hard = False
        if self.fault is None:
            self._walk(cases)

    def _shape_fault(self, cases: Sequence[CircleCase]) -> str | None:
        awaited = 1
        for case in cases:
            if not awaited:
                return "there are cases below none"
            awaited += 1 if case.is_split else -1
        if any(
            case.number is not None and (case.mentor or case.mentee or not 0 <= case.number < 2**31)
            for case in cases
        ):
            return "a case is split in two ways"
        sizes = [
            abs(x)
            for case in cases
            for x in (*case.mentors.values(), *case.mentees.values(), case.person, case.trio, case.circle)
        ]
        if max(sizes, default=0) > LARGEST:
            return "a price is too large"
        return "a case that is split lacks one below" if awaited else None

    def _walk(self, cases: Sequence[CircleCase]) -> None:
        rows, columns = self._search.truth.shape
        fixed = self._search.truth.demands.fixed
        start = _Case(np.zeros(rows, np.int64), np.zeros(columns, np.int64), 0, 0)
        start.together |= fixed
        for row, column in fixed:
            start.placed["mentor"].add(row)
            start.placed["mentee"].add(column)
        pending = [start]
        for record in cases:
            case = pending.pop()
            fault = self._add_prices(case, record)
            if fault is not None:
                self.fault = fault
                return
            if record.is_split:
                pending += self._split(case, record)
            else:
                self._bound(case)

    def _split(self, case: _Case, record: CircleCase) -> list[_Case]:
        """Return the two cases below, the first one last."""
        if record.number is not None:
            return [case.with_number(record.number, more=more) for more in (True, False)]
        places = self._place("mentor", record.mentor), self._place("mentee", record.mentee)
        return [case.below(places, answer=answer) for answer in (True, False)]

    def _place(self, role: Role, name: str | None) -> int | None:
        return None if name is None else self._search.truth.people.place[role][id_key(name)]

    def _add_prices(self, case: _Case, record: CircleCase) -> str | None:
        changed = (case.mentors, record.mentors), (case.mentees, record.mentees)
        for role, (prices, changes) in zip(ROLES, changed, strict=True):
            for name, change in changes.items():
                prices[self._search.truth.people.place[role][id_key(name)]] += change
        case.person += record.person
        case.trio += record.trio
        case.circle += record.circle
        largest = max(np.abs(case.mentors).max(initial=0), np.abs(case.mentees).max(initial=0))
        if max(int(largest), abs(case.person), abs(case.trio), abs(case.circle)) > LARGEST:
            return "a price is too large"
        return None if record.is_split else self._sign_fault(case)

    def _sign_fault(self, case: _Case) -> str | None:
        """Return what is wrong with the signs of prices, where a case is not split."""
        if case.trio < 0:
            return "the price of a trio is below 0"
        if case.circle > 0 and case.most is None:
            return "circles have a price, but there may be any number"
        for role, prices in zip(ROLES, (case.mentors, case.mentees), strict=True):
            below = set(np.flatnonzero(prices < 0).tolist())
            if not below <= case.placed[role]:
                return "somebody who need not be in a circle has a price below 0"
        return None

    def _bound(self, case: _Case) -> None:
        if any(case.placed[role] & case.out[role] for role in ("mentor", "mentee")):
            return  # nothing can be so
        settled = self._settled
        constant = int(case.mentors.sum()) + int(case.mentees.sum())
        constant += case.trio * (settled.trios or 0) - case.person * (settled.people or 0)
        constant += case.circle * (case.least if case.circle < 0 else case.most or 0)
        excess, hard = self._search.excess(case, settled.kind)
        self.hard |= hard
        self.bound = max(self.bound, (constant + excess) // UNIT)


class TeamSearch:
    """Finds for prices how much more the circles of each leader are worth."""

    def __init__(self, truth: CircleTruth) -> None:
        self.truth = truth
        low, high = bounds_in(truth.circles)[0]
        order = sorted(range(truth.shape[0]), key=lambda place: truth.people.of["mentor"][place].id)
        apart = truth.members_apart["mentor"]
        self._teams: list[list[tuple[int, ...]]] = []
        for index, leader in enumerate(order):
            teams: list[tuple[int, ...]] = [(leader,)] if low == 1 else []
            if high == 2:
                teams += [(leader, other) for other in order[index + 1 :] if not apart[leader, other]]
            uppers = [one for one in truth.values if one.at_most is not None]
            self._teams.append([team for team in teams if all(one.holds(team, ()) for one in uppers)])
        self._groups = [_groups_of(one) for one in truth.values if one.at_most is not None]

    def excess(self, case: _Case, kind: str) -> tuple[int, bool]:
        """Return the sum over leaders of their largest excess, and whether a search was hard."""
        loose = [self._loose(teams, case, kind) for teams in self._teams]
        plain = not self.truth.values and not self.truth.members_apart["mentee"].any()
        exact, hard = 0, False
        for teams, worth in zip(self._teams, loose, strict=True):
            best = 0
            for place in np.argsort(-worth, kind="stable").tolist():
                if worth[place] <= best:
                    break
                if plain and not self._musts(teams[place], case):
                    best = int(worth[place])  # sizes alone decide
                    break
                found, steps = self._search(teams[place], case, kind, int(worth[place]), best)
                hard |= steps > EASY
                best = max(best, found)
            exact += best
        return exact, hard

    def is_possible(self, role: Role, place: int) -> bool | None:
        """Say whether any circle could have a person; ``None`` if a search was hard."""
        rows, columns = self.truth.shape
        case = _Case(np.zeros(rows, np.int64), np.zeros(columns, np.int64), 0, 0)
        (case.mentors if role == "mentor" else case.mentees)[place] = -1  # so that it alone is worth anything
        excess, hard = self.excess(case, "none")
        return None if hard else excess > 0

    def _worth(self, teams: Sequence[tuple[int, ...]], case: _Case, kind: str) -> tuple[IntArray, IntArray]:
        """Return what each mentee adds to each team, and what each team is worth by itself."""
        truth = self.truth
        person = case.person + (UNIT if kind == "people" else 0)
        worth = np.zeros((len(teams), truth.shape[1]), np.int64)
        own = np.zeros(len(teams), np.int64)
        for index, team in enumerate(teams):
            members = list(team)
            if kind == "total":
                worth[index] = UNIT * truth.scores[members].sum(axis=0)
            worth[index][~truth.allowed[members].all(axis=0)] = NEVER
            own[index] = person * len(team) - int(case.mentors[members].sum()) - case.circle
            if case.out["mentor"] & set(team):
                own[index] = NEVER
        possible = worth > NEVER
        worth = np.where(possible, worth + person - case.mentees[None, :], NEVER)
        worth[:, sorted(case.out["mentee"])] = NEVER
        for index, team in enumerate(teams):
            for mentor, mentee in case.separate:
                if mentor in team:
                    worth[index, mentee] = NEVER
            for mentor, mentee in case.together:
                if mentor not in team:
                    worth[index, mentee] = NEVER
        return worth, own

    def _musts(self, team: tuple[int, ...], case: _Case) -> list[int]:
        return sorted({mentee for mentor, mentee in case.together if mentor in team})

    def _loose(self, teams: Sequence[tuple[int, ...]], case: _Case, kind: str) -> IntArray:
        """Return the largest excess of each team by sizes, and one limit on values, alone."""
        if not teams:
            return np.zeros(0, np.int64)
        worth, own = self._worth(teams, case, kind)
        tables = [worth, *(_best_of_each(worth, groups, most) for groups, most in self._groups)]
        found = np.min([self._best_sizes(teams, table, case, kind) for table in tables], axis=0)
        result: IntArray = np.where((own > NEVER) & (found > NEVER // 2), found + own, NEVER)
        return result

    def _best_sizes(
        self, teams: Sequence[tuple[int, ...]], worth: IntArray, case: _Case, kind: str
    ) -> IntArray:
        ordered = -np.sort(-worth, axis=1)
        best = np.full(len(teams), NEVER, np.int64)
        for mentors in {len(team) for team in teams}:
            rows = np.array([len(team) == mentors for team in teams])
            low, high = self.truth.sizes(mentors)
            high = min(high, worth.shape[1])
            chosen = ordered[rows][:, :high]
            known = chosen > NEVER // 2
            sums = np.cumsum(np.where(known, chosen, 0), axis=1)
            enough = known.cumsum(axis=1)
            for size in range(low, high + 1):
                trio = self._trio(case, kind) if size + mentors == 3 else 0
                value = np.where(enough[:, size - 1] >= size, sums[:, size - 1] + trio, NEVER)
                best[rows] = np.maximum(best[rows], value)
        return best

    def _trio(self, case: _Case, kind: str) -> int:
        return -case.trio - (UNIT if kind == "trios" else 0)

    def _search(
        self, team: tuple[int, ...], case: _Case, kind: str, loose: int, least: int
    ) -> tuple[int, int]:
        """Return the largest excess of a team above ``least`` by trying all mentees, and the steps."""
        worth, own = self._worth([team], case, kind)
        musts = self._musts(team, case)
        if any(worth[0, one] <= NEVER // 2 for one in musts):
            return NEVER, 0
        tried = _MenteeTrials(self.truth, team, worth[0], self._trio(case, kind))
        found, steps = tried.best(musts, least - int(own[0]))
        if steps > MOST_STEPS:
            return loose, steps
        return (found + int(own[0]) if found > NEVER else NEVER), steps


def _groups_of(condition: ValueCondition) -> tuple[list[list[int]], int]:
    """Return the mentees by their value, whoever counts with nobody alone, and the limit."""
    by_value: dict[object, list[int]] = {}
    for place, value in enumerate(condition.values["mentee"]):
        key: object = value
        if value is None or (value == UNKNOWN and not condition.fears_unknown):
            key = place
        by_value.setdefault(key, []).append(place)
    assert condition.at_most is not None  # noqa: S101 - for types
    return list(by_value.values()), condition.at_most


def _best_of_each(worth: IntArray, groups: Sequence[Sequence[int]], most: int) -> IntArray:
    """Return the largest values of each group of columns, as many as the limit allows."""
    parts = [-np.sort(-worth[:, list(group)], axis=1)[:, :most] for group in groups if len(group) > most]
    rest = [place for group in groups if len(group) <= most for place in group]
    return np.concatenate([worth[:, rest], *parts], axis=1)


class _MenteeTrials:
    """Tries choices of mentees for a team: each with the next one and without, while they can be the best."""

    def __init__(self, truth: CircleTruth, team: tuple[int, ...], worth: IntArray, trio: int) -> None:
        self._truth, self._team, self._worth, self._trio = truth, team, worth.tolist(), trio
        self._low, self._high = truth.sizes(len(team))
        self._apart: BoolArray = truth.members_apart["mentee"]
        self._uppers = [one for one in truth.values if one.at_most is not None]
        self._lowers = [one for one in truth.values if one.at_most is None]
        self._steps, self._best = 0, NEVER
        alike = [condition.values["mentee"] for condition in truth.values]
        self._sort: list[object] = [
            place if self._apart[place].any() else tuple(of[place] for of in alike)
            for place in range(len(self._worth))
        ]
        self._read_strictest()

    def best(self, musts: list[int], least: int) -> tuple[int, int]:
        """Return the largest worth above ``least``, or that nothing is, and the steps it took."""
        self._best = least
        order = [place for place in range(len(self._worth)) if self._worth[place] > NEVER // 2]
        self._order = sorted(set(order) - set(musts), key=lambda place: (-self._worth[place], place))
        chosen: list[int] = []
        for one in musts:
            if not self._fits(chosen, one):
                return NEVER, 0
            chosen.append(one)
        if len(chosen) <= self._high:
            self._try(0, chosen, sum(self._worth[one] for one in musts), frozenset())
        return (self._best if self._best > least else NEVER), self._steps

    def _fits(self, chosen: list[int], one: int) -> bool:
        if any(self._apart[one, other] for other in chosen):
            return False
        return all(condition.holds(self._team, [*chosen, one]) for condition in self._uppers)

    def _try(self, place: int, chosen: list[int], value: int, dropped: frozenset[object]) -> None:
        """Try choices; whoever is left out drops all who follow and whom no condition tells apart."""
        while True:
            self._steps += 1
            if self._steps > MOST_STEPS:
                return
            if len(chosen) >= self._low and all(one.holds(self._team, chosen) for one in self._lowers):
                trio = self._trio if len(chosen) + len(self._team) == 3 else 0
                self._best = max(self._best, value + trio)
            while place < len(self._order) and self._sort[self._order[place]] in dropped:
                place += 1
            if place >= len(self._order) or value + self._hope(place, chosen) <= self._best:
                return
            one = self._order[place]
            place += 1
            if self._fits(chosen, one):
                self._try(place, [*chosen, one], value + self._worth[one], dropped)
            dropped |= {self._sort[one]}

    def _hope(self, place: int, chosen: list[int]) -> int:
        """Return the most that one or more of the mentees from a place on can add.

        Of each value only so many count as the strictest limit leaves room for. Where a condition asks for
        values that are not there yet, at least as many of the further mentees have one of those.
        """
        room, need = self._high - len(chosen), max(1, self._low - len(chosen))
        most = self._best_sum(place, chosen, room, need)
        for condition in self._lowers:
            of = condition.values
            known = {of["mentee"][one] for one in chosen} | {of["mentor"][one] for one in self._team}
            missing = condition.at_least - len({value for value in known if value})
            if missing > 0:
                new = [
                    self._worth[one]
                    for one in self._order[place:]
                    if of["mentee"][one] and of["mentee"][one] not in known
                ]
                if len(new) < missing or room < missing:
                    return NEVER
                rest = self._best_sum(place, chosen, room - missing, max(0, need - missing))
                most = min(most, rest + sum(new[:missing]))
        return most

    def _best_sum(self, place: int, chosen: list[int], room: int, need: int) -> int:
        left = dict(self._room)
        for one in chosen:
            if one in self._key:
                left[self._key[one]] = left.get(self._key[one], self._limit) - 1
        added, count = 0, 0
        for one in self._order[place:]:
            if count == room or (count >= need and self._worth[one] <= 0):
                break
            key = self._key.get(one)
            if key is not None:
                free = left.get(key, self._limit)
                if free <= 0:
                    continue
                left[key] = free - 1
            added += self._worth[one]
            count += 1
        return added if count >= need else NEVER

    def _read_strictest(self) -> None:
        """Read the values of mentees under the strictest upper limit, and what the team leaves of each."""
        self._key: dict[int, Value] = {}
        self._room: dict[Value, int] = {}
        self._limit = 0
        strictest = min(self._uppers, key=lambda one: one.at_most or 0, default=None)
        if strictest is None or strictest.at_most is None:
            return
        self._limit = strictest.at_most
        self._key = {place: value for place, value in enumerate(strictest.values["mentee"]) if value}
        for one in self._team:
            value = strictest.values["mentor"][one]
            if value:
                self._room[value] = self._room.get(value, self._limit) - 1
