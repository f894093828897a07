"""Answers questions about a matching, with the people that it was formed of.

Each what-if question is answered by solving again, from the arrays and the solution of the first question.
The answer equals that of a new match with one more rule ``fix`` or ``forbid``, to the last byte, in a
fraction of its time; with quotas, it is as good as that. Between questions the scores of all pairs are kept
if the memory budget allows. Where no choice keeps the quotas, the answer names those that cannot be kept
together.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.errors import CohortError, Fault, Finding, VerificationError
from reverse_match.foundation.fixed_point import ONE, points
from reverse_match.foundation.garbage import pause_collector
from reverse_match.foundation.names import id_key
from reverse_match.matching.common_times import times_in_common
from reverse_match.matching.encode import prepare
from reverse_match.matching.own_say import own_weights_of, personal_rules_against
from reverse_match.matching.results.explanation import Alternative, Changes, Explanation, Partner, ScoredDuo
from reverse_match.matching.results.unmatched import LeftOut
from reverse_match.matching.waiver_notes import waived_for
from reverse_match.matching.why_unmatched import ROLES, broken_quotas, paid_quotas
from reverse_match.people.cohort import unknown_person
from reverse_match.policy.labels import SITS_OUT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from reverse_match.matching.encode import Prepared
    from reverse_match.matching.results.matching import Matching
    from reverse_match.matching.run_options import RunOptions
    from reverse_match.people.cohort import Cohort
    from reverse_match.policy.values import Role
    from reverse_match.solver.objectives import Optimum
    from reverse_match.solver.side_constraints.lagrangian_bound import Infeasible
    from reverse_match.solver.what_if.resolve import SolvedProblem

    Place = tuple[int, int]


class Explainer:
    """Answers questions about one matching; it keeps its arrays from the first question on.

    Parameters
    ----------
    cohort : Cohort
        The people.
    options : RunOptions
        Memory and threads to use.
    optimum : Optimum, optional
        The solution of the match, if it was just made.
    prepared : Prepared, optional
        The problem that it solved. Until the first question, tables of all pairs are not kept, since
        most matchings are never asked about, and many may be held at a time.
    """

    def __init__(
        self,
        cohort: Cohort,
        options: RunOptions,
        optimum: Optimum | None = None,
        prepared: Prepared | None = None,
    ) -> None:
        self._cohort, self._options, self._optimum = cohort, options, optimum
        self._prepared = None if prepared is None else prepared.without_tables
        self._what_if: WhatIf | None = None

    @property
    def people(self) -> Cohort:
        """Answer :attr:`.Matching.people`."""
        return self._cohort

    def notes(self, matching: Matching) -> tuple[Fault, ...]:
        """Answer :attr:`.Matching.notes`."""
        from reverse_match.matching.policy_notes import matching_notes, policy_notes  # for who asks

        return *policy_notes(matching.policy, self._cohort), *matching_notes(matching, self._cohort)

    def explain(self, matching: Matching, mentor: str, mentee: str) -> Explanation:
        """Answer :meth:`.Matching.explain`."""
        what_if = self._ready(matching)
        return _explanation(what_if, (what_if.place_of(0, mentor), what_if.place_of(1, mentee)))

    def why(self, matching: Matching, person: str) -> list[Explanation | LeftOut]:
        """Answer :meth:`.Matching.why`."""
        what_if = self._ready(matching)
        what_if.refuse_strangers(person)
        answers: list[Explanation | LeftOut] = []
        for side, role in enumerate(ROLES):
            if (place := what_if.places_by_id[side].get(id_key(person))) is None:
                continue
            partners = what_if.partners(side, place)
            answers += [_explanation(what_if, _ends(side, place, other)) for other in partners]
            if not partners:
                best = self.alternatives(matching, person, 1, role, None)
                answers.append(_answer_left_out(matching, person, role, best[0] if best else None))
        return answers

    def alternatives(
        self, matching: Matching, person: str, n: int, role: Role | None, instead_of: str | None
    ) -> list[Alternative]:
        """Answer :meth:`.Matching.alternatives`."""
        from reverse_match.solver.what_if.alternatives import next_best  # loaded by the first question

        what_if = self._ready(matching)
        side = what_if.side_of(person, role)
        place = what_if.place_of(side, person)
        now = what_if.partners(side, place)
        if instead_of is not None:
            declined = what_if.place_of(1 - side, instead_of)
            if declined not in now:
                message = f"'{instead_of}' is no partner of '{person}' as {ROLES[side]}"
                partners = ", ".join(f"'{what_if.name(1 - side, other)}'" for other in now) or "nobody"
                raise CohortError([Fault(f"{message}; these are: {partners}")])
            state = what_if.after(what_if.without(_ends(side, place, declined)))
        else:
            state = what_if.with_room_for(side, place)
        if n < 1 or state is None or not state.solved.problem.capacities[side][place]:
            return []
        left_aside = np.zeros(what_if.prepared.model.shape[1 - side], dtype=bool)
        left_aside[now] = True
        return [
            _alternative(what_if, side, place, other, replace(state, solved=rest))
            for other, rest in next_best(state.solved, side, place, left_aside, n)
        ]

    def _ready(self, matching: Matching) -> WhatIf:
        if self._what_if is None:
            with pause_collector():
                self._what_if = WhatIf.of(matching, self._encode(matching), self._optimum)
            self._prepared = None
        return self._what_if

    def _encode(self, matching: Matching) -> Prepared:
        """Return the problem of the matching: that of the match, or read from the people once more."""
        prepared = self._prepared  # another thread may have used it up meanwhile
        if prepared is not None:
            return prepared.with_tables(self._options)
        added = matching.added
        if matching.as_of is not None:
            added = added.model_copy(update={"as_of": matching.as_of})
        kept = bool(matching.added.loads)
        return prepare(self._cohort, matching.policy, self._options, added=added, least_by_quota=kept)


@dataclass(frozen=True)
class _State:
    """A solved problem, with the duos that are fixed before solving."""

    solved: SolvedProblem
    beside: frozenset[Place]

    @property
    def places(self) -> set[Place]:
        """Rows and columns of all duos."""
        chosen = self.solved.optimum.solution.chosen
        return {*zip(chosen.rows.tolist(), chosen.columns.tolist(), strict=True), *self.beside}


@dataclass(frozen=True)
class _Change:
    """A change of the problem: how to solve it again, and the duos that are fixed then."""

    solve: Callable[[SolvedProblem], SolvedProblem | Infeasible]
    beside: frozenset[Place]


NOT_THE_BEST = Finding(
    "matching", "the matching is not the one that its policy gives these people; rm.verify says why"
)


@dataclass(frozen=True)
class WhatIf:
    """A matching in arrays with its solved problem, ready for what-if questions.

    Attributes
    ----------
    prepared : Prepared
        People, scores and rules in arrays.
    state : _State
        The optimum, from which each answer starts.
    formed : mapping of (int, int) to int
        Score of each duo of the matching in millionths, by row and column.
    """

    prepared: Prepared
    state: _State
    formed: Mapping[Place, int]

    @classmethod
    def of(cls, matching: Matching, prepared: Prepared, optimum: Optimum | None) -> WhatIf:
        """Encode the matching, and solve its problem unless a proved optimum is known."""
        from reverse_match.solver.what_if.resolve import SolvedProblem  # loaded by the first question

        asked = prepared.maximised, prepared.problem, prepared.residual_quotas, prepared.tiling
        if optimum is not None and optimum.proved:
            solved: SolvedProblem | Infeasible = SolvedProblem(
                *asked, optimum, beside=len(prepared.rules.fixed)
            )
        else:
            solved = SolvedProblem.of(*asked, beside=len(prepared.rules.fixed))
        if not isinstance(solved, SolvedProblem):
            raise VerificationError([NOT_THE_BEST])
        made = cls(prepared, _State(solved, frozenset(prepared.rules.fixed)), {})
        formed = {
            (made.place_of(0, duo.mentor), made.place_of(1, duo.mentee)): round(duo.score * ONE)
            for duo in matching.duos
        }
        as_good = made.goal_of(formed) == made.goal_of(made.state.places)
        if matching.certificate.proved and not (as_good and made.state.beside <= set(formed)):
            raise VerificationError([NOT_THE_BEST])
        return replace(made, formed=formed)

    @cached_property
    def places_by_id(self) -> tuple[dict[str, int], dict[str, int]]:
        """Rows and columns by the keys of ids."""
        mentors, mentees = (
            {id_key(name): place for place, name in enumerate(side.ids)} for side in self.prepared.people
        )
        return mentors, mentees

    def name(self, side: int, place: int) -> str:
        """Return the id of a row or column."""
        return self.prepared.people[side].ids[place]

    def refuse_strangers(self, person: str) -> None:
        """Raise an error for a person who is not in the cohort."""
        if not any(id_key(person) in side for side in self.places_by_id):
            raise CohortError([unknown_person(self.prepared.cohort, person)])

    def place_of(self, side: int, person: str) -> int:
        """Return the row (side 0) or column (side 1) of a person."""
        self.refuse_strangers(person)
        if id_key(person) not in self.places_by_id[side]:
            message = f"'{person}' is no {ROLES[side]}; this person has role {ROLES[1 - side]}"
            raise CohortError([Fault(message)])
        return self.places_by_id[side][id_key(person)]

    def side_of(self, person: str, role: Role | None) -> int:
        """Return the side of a person's role in a question: 0 for mentors, 1 for mentees."""
        self.refuse_strangers(person)
        if role is not None and role not in ROLES:
            raise CohortError([Fault("unknown role; right would be mentor or mentee")])
        sides = [side for side in (0, 1) if id_key(person) in self.places_by_id[side]]
        if role is None and len(sides) > 1:
            raise CohortError([Fault(f"'{person}' is both; say role mentor or role mentee")])
        return sides[0] if role is None else ROLES.index(role)

    def partners(self, side: int, place: int) -> list[int]:
        """Return the present partners of a person, in the order of their ids."""
        mine = [pair[1 - side] for pair in self.formed if pair[side] == place]
        return sorted(mine, key=lambda other: self.name(1 - side, other))

    def scores(self, places: Sequence[Place]) -> list[int]:
        """Return the scores of pairs, in millionths."""
        rows, columns = np.array(places, dtype=np.int64).reshape(-1, 2).T
        scores: list[int] = self.prepared.model.at(rows, columns).tolist()
        return scores

    def goal_of(self, places: Iterable[Place]) -> tuple[int, ...]:
        """Return the value of the objective for the free duos among some duos."""
        fixed = self.prepared.rules.fixed
        free = [place for place in places if place not in fixed]
        rows, columns = np.array(free, dtype=np.int64).reshape(-1, 2).T
        scores = self.prepared.model.at(rows, columns)
        total = int(self.prepared.worth_of(rows, columns, scores).sum())
        lacking = self.prepared.count_lacking(rows, columns)
        if self.prepared.maximised == "total":
            stages = [total]
        elif self.prepared.maximised == "max_min":
            stages = [len(free), int(scores.min(initial=ONE)), -lacking, total]
        else:
            stages = [len(free), -lacking, total]
        people = self.prepared.problem.people
        if people is not None:
            stages.insert(1, people.value((rows, columns)))
        demand = self.prepared.problem.demand
        if demand is not None and demand.spreads:  # before what is asked and the total, or after both
            place = len(stages) if demand.after_total else max(len(stages) - 2, 0)
            stages.insert(place, -demand.cost(rows, columns))
        return tuple(stages)

    def shared_more(self, state: _State) -> int | None:
        """Return how many more pairs of duos share a person in a state; ``None`` if duos are not spread."""
        demand = self.prepared.problem.demand
        if demand is None or not demand.spreads:
            return None
        fixed = set(self.prepared.rules.fixed)
        now = demand.cost(*_columns(set(self.formed) - fixed))
        return state.solved.cost_of_loads - now

    def worst_of(self, state: _State) -> float | None:
        """Return the score of the worst free duo under ``max_min``, else ``None``."""
        free = [place for place in state.places if place not in self.prepared.rules.fixed]
        if self.prepared.maximised != "max_min" or not free:
            return None
        return points(min(self.scores(free)))

    def blocked_by(self, place: Place) -> list[str]:
        """Return the labels of the rules and lists that forbid a pair."""
        row, column = (np.array([end]) for end in place)
        scores = self.prepared.model.at(row, column)
        rules = self.prepared.rules
        labels = [rule.label for rule in rules.forbidding if rule.among(row, column, scores)[0]]
        ends = list(enumerate(place))
        if any(self.prepared.people[side].capacities[end] == 0 for side, end in ends):
            labels.append(SITS_OUT)
        elif (
            place not in rules.fixed
            and any(self.prepared.problem.capacities[side][end] == 0 for side, end in ends)
        ) or (place in self.formed and self.is_fixed_the_other_way(place)):
            labels.append("fix")
        return labels

    def is_fixed_the_other_way(self, place: Place) -> bool:
        """Say whether the policy fixes a duo of the same two people with their roles exchanged."""
        return self._reversed_pair(place) in self.state.beside

    def can_be_forced(self, place: Place) -> bool:
        """Say whether a pair consists of two different people who both have a place beside fixed duos."""
        free = all(self.prepared.problem.capacities[side][end] > 0 for side, end in enumerate(place))
        return free and id_key(self.name(0, place[0])) != id_key(self.name(1, place[1]))

    def with_duo(self, place: Place) -> _Change:
        """Return the change that forces a duo."""
        return _Change(lambda solved: solved.with_pair(*place), self.state.beside | {place})

    def without(self, place: Place, *, both_ways: bool = True) -> _Change:
        """Return the change that forbids a duo, in both directions unless ``both_ways`` is false.

        A direction that the policy fixes stays allowed.
        """
        closed, reversed_pair = {place}, self._reversed_pair(place)
        if both_ways and reversed_pair is not None and reversed_pair not in self.state.beside:
            closed.add(reversed_pair)
        fixed = closed & self.state.beside
        places, freed = _columns(closed), _columns(fixed)
        return _Change(lambda solved: solved.without_pairs(*places, freed=freed), self.state.beside - fixed)

    def _reversed_pair(self, place: Place) -> Place | None:
        """Return the pair of the same two people with their roles exchanged; ``None`` without such a pair."""
        mentor, mentee = (id_key(self.name(side, end)) for side, end in enumerate(place))
        row, column = self.places_by_id[0].get(mentee), self.places_by_id[1].get(mentor)
        return None if row is None or column is None else (row, column)

    def after(self, change: _Change) -> _State | None:
        """Return the optimum after a change; ``None`` where quotas cannot be kept then."""
        solved = change.solve(self.state.solved)
        return _State(solved, change.beside) if isinstance(solved, type(self.state.solved)) else None

    def quotas_against(self, change: _Change) -> tuple[str, ...]:
        """Return the names of quotas that cannot be kept together after a change."""
        from reverse_match.solver.what_if.resolve import quotas_against

        if not self.prepared.quotas:  # then it is the least numbers of duos that cannot be kept
            sides = zip(ROLES, self.prepared.people, strict=True)
            return tuple(f"least duos of {role}s" for role, side in sides if side.least.any())
        names = [part.name for part in self.prepared.quotas]
        return quotas_against(self.state.solved, change.solve, names)

    def quotas_in_the_way(self, place: Place) -> tuple[str, ...]:
        """Return the names of the quotas that keep a pair from being a duo; empty if none does."""
        pair = _columns([place])
        loads = [sum(duo[side] == end for duo in self.formed) for side, end in enumerate(place)]
        capacities = [self.prepared.people[side].capacities[end] for side, end in enumerate(place)]
        if all(load < capacity for load, capacity in zip(loads, capacities, strict=True)):
            broken = broken_quotas(self.prepared, _columns(self.formed), pair)[0]
            if broken:
                return broken
        return paid_quotas(self.prepared, self.state.solved.optimum, pair)[0][0]

    def with_room_for(self, side: int, place: int) -> _State | None:
        """Return the state from which the search for another partner of a person starts.

        If the only place of a person is taken, that duo ends with any other partner, and prices without it
        are nearer to the exact losses. Where quotas cannot be kept without it, no other partner exists: the
        result is ``None``.
        """
        taken = [pair for pair in self.formed if pair[side] == place and pair not in self.state.beside]
        if len(taken) == self.state.solved.problem.capacities[side][place] == 1:
            return self.after(self.without(taken[0], both_ways=False))
        return self.state

    def changes(self, state: _State) -> tuple[Changes, int, int]:
        """Return the differences of a state from the matching, with the points and the duos that are lost."""
        after = state.places
        ended = {place: score for place, score in self.formed.items() if place not in after}
        places = [place for place in after if place not in self.formed]
        new = dict(zip(places, self.scores(places), strict=True))
        changes = Changes(ended=self._duos(ended), new=self._duos(new))
        return changes, sum(ended.values()) - sum(new.values()), len(ended) - len(new)

    def credits_lost(self, state: _State) -> float | None:
        """Return the points of credits that a state loses; ``None`` where the policy has no credits."""
        if not self.prepared.policy.credits:
            return None
        then, now = (
            int(self.prepared.credits.at(*_columns(some)).sum()) for some in (self.formed, state.places)
        )
        return (then - now) / self.prepared.utility.full

    def more_lacking(self, state: _State) -> int | None:
        """Return how many more duos of a state lack what is asked; ``None`` where nothing is asked."""
        if self.prepared.lacking is None:
            return None
        before, after = (self.prepared.count_lacking(*_columns(some)) for some in (self.formed, state.places))
        return after - before

    def _duos(self, scores: Mapping[Place, int]) -> tuple[ScoredDuo, ...]:
        duos = [
            ScoredDuo(mentor=self.name(0, row), mentee=self.name(1, column), score=points(score))
            for (row, column), score in scores.items()
        ]
        return tuple(sorted(duos, key=lambda duo: (duo.mentor, duo.mentee)))


def _explanation(what_if: WhatIf, place: Place) -> Explanation:
    matched, fixed = place in what_if.formed, place in what_if.prepared.rules.fixed
    blocked = what_if.blocked_by(place)
    state, in_the_way = _otherwise(what_if, place)
    changes, cost, lost = (None, None, None) if state is None else what_if.changes(state)
    paid = None if cost is None else points(cost)
    names = what_if.prepared.model.name_matches(*(np.array([end]) for end in place))[0]
    return Explanation.model_validate(
        {
            "mentor": what_if.name(0, place[0]),
            "mentee": what_if.name(1, place[1]),
            "matched": matched,
            "fixed": fixed,
            **_score_of(what_if, place),
            "name_matches": [match._asdict() for match in names],
            "common_times": (times_in_common(what_if.prepared, [place]) or {}).get(place, ()),
            "blocked_by": blocked,
            "personal_rules": personal_rules_against(what_if.prepared, place) if blocked else (),
            "waived": waived_for(
                what_if.name(0, place[0]),
                what_if.name(1, place[1]),
                what_if.prepared.policy,
                what_if.prepared.cohort,
            ),
            "quotas_in_the_way": in_the_way,
            "mentor_partners": _partners(what_if, 0, place[0]),
            "mentee_partners": _partners(what_if, 1, place[1]),
            "waiver": state is not None and (fixed if matched else bool(blocked)),
            "cost_of_forcing": 0.0 if matched else paid,
            "cost_of_forbidding": paid if matched else None,
            "duos_lost": lost,
            "changes": changes,
            "credits_lost": None if state is None else what_if.credits_lost(state),
            "more_lacking": None if state is None else what_if.more_lacking(state),
            "worst": None if state is None else what_if.worst_of(state),
            "shared_more": None if state is None else what_if.shared_more(state),
        }
    )


def _otherwise(what_if: WhatIf, place: Place) -> tuple[_State | None, tuple[str, ...]]:
    """Return the optimum with a duo forbidden or another pair forced, and the quotas in the way."""
    matched = place in what_if.formed
    if what_if.is_fixed_the_other_way(place) if matched else not what_if.can_be_forced(place):
        return None, ()
    change = what_if.without(place) if matched else what_if.with_duo(place)
    state = what_if.after(change)
    if state is None:
        return None, what_if.quotas_against(change)
    return state, () if matched else what_if.quotas_in_the_way(place)


def _alternative(what_if: WhatIf, side: int, place: int, other: int, rest: _State) -> Alternative:
    pair = _ends(side, place, other)
    state = replace(rest, beside=rest.beside | {pair})
    changes, cost, lost = what_if.changes(state)
    return Alternative.model_validate(
        {
            "person": what_if.name(side, place),
            "role": ROLES[side],
            "partner": what_if.name(1 - side, other),
            **_score_of(what_if, pair),
            "cost": points(cost),
            "duos_lost": lost,
            "changes": changes,
            "credits_lost": what_if.credits_lost(state),
            "more_lacking": what_if.more_lacking(state),
            "worst": what_if.worst_of(state),
            "shared_more": what_if.shared_more(state),
        }
    )


def _score_of(what_if: WhatIf, place: Place) -> dict[str, object]:
    pair = what_if.prepared.model.pairs(*(np.array([end]) for end in place))[0]
    return {
        "score": points(pair.score),
        "contributions": {name: points(whole) for name, whole in pair.contributions.items()},
        "missing": pair.missing,
        "credits": what_if.prepared.credits.of_pair(place),
        **own_weights_of(what_if.prepared, place),
    }


def _partners(what_if: WhatIf, side: int, place: int) -> list[Partner]:
    return [
        Partner(id=what_if.name(1 - side, other), score=points(what_if.formed[_ends(side, place, other)]))
        for other in what_if.partners(side, place)
    ]


def _answer_left_out(matching: Matching, person: str, role: Role, best: Alternative | None) -> LeftOut:
    left = next(
        left for left in matching.unmatched if left.role == role and id_key(left.id) == id_key(person)
    )
    shortage = None if left.shortage is None else matching.shortages[left.shortage]
    return LeftOut(unmatched=left, shortage=shortage, alternative=best)


def _ends(side: int, place: int, other: int) -> Place:
    return (place, other) if side == 0 else (other, place)


def _columns(places: Iterable[Place]) -> tuple[np.ndarray, np.ndarray]:
    rows, columns = np.array(sorted(places), dtype=np.int64).reshape(-1, 2).T
    return rows, columns
