"""Replays the intake of a programme: who would have had a duo when, had it been matched more or less often.

On each date of a cadence, everybody who has joined by then is matched: the duos formed before are fixed, and
whoever has not joined yet sits out (capacity 0). So each date is an ordinary match of the whole cohort under
the policy with these fixed duos, with its proof; capacities, reporting lines through people without a duo,
quotas over all duos and the values of criteria that are not known are those of the whole cohort. The scores
of pairs are therefore the same on every date and under every cadence, and can be compared.

A date on which nobody has joined since the last one changes nothing, unless pairs are held back: another duo
would have been part of a better matching then. Such dates are not solved.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from reverse_match.constraints.rows_and_columns import RowColumnIndex
from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.errors import Fault, InfeasibleError, StudyError
from reverse_match.foundation.fixed_point import ONE, points
from reverse_match.foundation.garbage import pause_collector
from reverse_match.foundation.names import id_key
from reverse_match.foundation.progress import Watch
from reverse_match.matching.encode import prepare
from reverse_match.matching.match import solve_prepared
from reverse_match.matching.run_options import RunOptions
from reverse_match.people import cells
from reverse_match.people.joining_days import joining_days
from reverse_match.people.participant import LEAST_OF, PLACES, TWO_ROLES, most_duos
from reverse_match.policy import Fix, Policy
from reverse_match.policy.added import NOTHING_ADDED, Added, keep_pairs
from reverse_match.policy.hold_back import HoldBack
from reverse_match.policy.policy import fields_of, functions_of
from reverse_match.scoring.own_data import bind_afresh
from reverse_match.solver.pairs.memory import DEFAULT_MEMORY
from reverse_match.solver.side_constraints.lagrangian_bound import Infeasible
from reverse_match.study.intake.cadence import read_cadences
from reverse_match.study.intake.record import BEFOREHAND, CadenceFigures, Replay, ReplayedDuo
from reverse_match.study.intake.waiting import WaitingFigures
from reverse_match.study.outline import Outline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from reverse_match.foundation.progress import Progress
    from reverse_match.matching.encode import Prepared
    from reverse_match.people.cohort import Cohort
    from reverse_match.people.participant import OneRole
    from reverse_match.people.reading.choices import Dates
    from reverse_match.solver.pairs.table import ScoreTable
    from reverse_match.study.intake.cadence import Cadence

    Pair = tuple[str, str]

LEAST_LEFT_OUT = (
    "least numbers of duos are not asked for in a replay: people wait for their first duo as long as it takes"
)


@check_arguments
def replay(
    cohort: Cohort,
    policy: Policy | None = None,
    *,
    joined: str,
    every: str | Iterable[str],
    start: date | str | None = None,
    until: date | str | None = None,
    hold_back: HoldBack | str | None = None,
    dates: Dates | Mapping[str, Dates] | None = None,
    threads: int | None = None,
    memory: int = DEFAULT_MEMORY,
    time_limit: float | None = None,
    progress: Callable[[Progress], None] | None = None,
    tables: Mapping[str, Any] | None = None,
) -> Replay:
    """Match the same people under several cadences, and compare how long they wait and for which duos.

    On each date of a cadence everybody who has joined by then is matched. Duos that exist stay, and take up
    capacity; whoever has none waits on. Each of these matches is proved as those of :func:`match` are. One
    more match, in which everybody is known beforehand, says what no cadence can exceed.

    Two people whom the policy fixes wait for each other. On a date on which the people there cannot satisfy
    rules and quotas all wait. Least numbers of duos are not asked for.

    Parameters
    ----------
    cohort : Cohort
        Everybody who joined, whenever that was.
    policy : Policy, optional
        The default policy if not given.
    joined : str
        Heading of the column with the day on which each person joined.
    every : str or iterable of str
        Cadences: numbers of days, weeks or calendar months such as ``7d``, ``2w`` or ``1month``; in one text
        with commas between them.
    start : date or str, optional
        First date of every cadence; the day on which the first person joined if not given.
    until : date or str, optional
        Last day; the day on which the last person joined if not given. Who joined later is in no figure.
    hold_back : HoldBack or str, optional
        A pair that scores less than this is not formed yet: ``"0.6:0.3:60d"`` asks for 0.6 on the day on
        which somebody joins, falling to 0.3 after 60 days. Of the two people the one who has waited longer
        counts.
    dates : str or mapping, optional
        Which number of a joining day stands first (``"day-first"``, ``"month-first"`` or ``"iso"``), where no
        day of the column decides it; what was said when the people were read if not given.
    threads, memory, progress, tables
        As for :func:`match`.
    time_limit : float, optional
        Seconds for all matches together. After them each match gives the best that it has found by then, and
        ``gap`` of the figures says how far from the best one it may be; results then depend on the machine.

    Returns
    -------
    Replay
        The figures of each cadence, for mentors and mentees apart, and all duos.

    Raises
    ------
    StudyError
        If a cadence or a day is not understood, or nobody joined by the end.
    CohortError
        If there is no such column, or somebody has no joining day; rows are counted.
    PolicyError, InfeasibleError, SizeError
        As for :func:`match`; infeasible only if everybody together cannot satisfy the policy.

    Examples
    --------
    >>> import reverse_match as rm
    >>> people = [
    ...     {"id": "lea", "role": "mentor", "offers": "Python:5", "joined": "2026-09-01"},
    ...     {"id": "ada", "role": "mentee", "seeks": "Python", "joined": "2026-09-03"},
    ... ]
    >>> found = rm.replay(rm.Cohort.from_records(people), joined="joined", every="1d,14d", until="2026-09-30")
    >>> [(one.every, one.mentors.mean, one.mentees.mean) for one in found.cadences]
    [('1d', 2.0, 0.0), ('14d', 14.0, 12.0)]
    """
    cadences = read_cadences(every)
    held = HoldBack.parse(hold_back) if isinstance(hold_back, str) else hold_back
    cohort, notes = _without_least(cohort)
    seats = _seats(cohort)
    placed = {place for places in seats.values() for place in places}
    days, read = joining_days(cohort, joined, placed, dates)
    span = _span(days, _day(start, "start"), _day(until, "until"))
    listed = [(cadence, cadence.dates(*span)) for cadence in cadences]
    chosen = bind_afresh(policy or Policy(), cohort, tables)
    intake = Intake(cohort, chosen, days, span[1], RunOptions(threads, memory), Watch(progress, time_limit))
    with pause_collector():
        beforehand = intake.beforehand()
        found = tuple(intake.figures(cadence, dated, held) for cadence, dated in listed)
    here = sum(day <= span[1] for day in days.values())
    return Replay(
        joined=joined,
        start=span[0],
        until=span[1],
        hold_back=held,
        people=here,
        joined_later=len(days) - here,
        without_places=len(cohort.participants) - len(placed),
        cadences=found,
        beforehand=beforehand,
        notes=(*read, *notes),
    )


def _without_least(cohort: Cohort) -> tuple[Cohort, tuple[str, ...]]:
    """Return the people without least numbers of duos, and a note if there are any."""
    least = dict.fromkeys(LEAST_OF.values(), 0)
    asked = [any(getattr(person, name) for name in least) for person in cohort.participants]
    if not any(asked):
        return cohort, ()
    people = tuple(
        person.model_copy(update=least) if asks else person
        for person, asks in zip(cohort.participants, asked, strict=True)
    )
    return replace(cohort, participants=people), (LEAST_LEFT_OUT,)


def _seats(cohort: Cohort) -> dict[OneRole, list[int]]:
    """Return the positions of the people who have places in each role."""
    people = list(enumerate(cohort.participants))
    return {
        "mentor": [place for place, one in people if one.teaches and most_duos(one, "mentor")],
        "mentee": [place for place, one in people if one.learns and most_duos(one, "mentee")],
    }


def _day(said: date | str | None, name: str) -> date | None:
    try:
        return cells.calendar_date(said)
    except cells.CellError as error:
        raise StudyError([Fault(str(error), column=name)]) from None


def _span(days: Mapping[int, date], begin: date | None, end: date | None) -> tuple[date, date]:
    """Return the first and the last day of a replay.

    Raises
    ------
    StudyError
        If the last day comes first, or nobody has joined by then.
    """
    if not days:
        raise StudyError(
            [Fault("nobody has places; right would be people with a capacity above 0", "people")]
        )
    first, last = begin or min(days.values()), end or max(days.values())
    if min(days.values()) > last:
        message = f"nobody joined up to {last}; right would be a later end"
        raise StudyError([Fault(message, column="until")])
    if last < first:
        message = f"the replay ends on {last}, before it begins on {first}; right would be a later end"
        raise StudyError([Fault(message, column="until")])
    return first, last


@dataclass
class Intake:
    """The people of a programme with the days on which they joined, to be matched on one date after another.

    Parameters
    ----------
    cohort : Cohort
        Everybody.
    policy : Policy
        The policy, with its data.
    days : mapping of int to date
        Day on which people joined, by position; who has no places is left out.
    end : date
        Last day, up to which waiting is counted.
    options : RunOptions
        Threads and memory.
    watch : Watch
        Is told of the progress, and knows how much time is left.
    """

    cohort: Cohort
    policy: Policy
    days: Mapping[int, date]
    end: date
    options: RunOptions
    watch: Watch
    _base: Prepared | None = field(default=None, init=False, repr=False)
    _spare: ScoreTable | None = field(default=None, init=False, repr=False)
    _cadences: int = field(default=0, init=False, repr=False)

    def beforehand(self) -> CadenceFigures:
        """Return the figures of one match of everybody.

        Raises
        ------
        InfeasibleError
            If no matching satisfies the policy.
        """
        self.watch.step("replay everybody")
        absent = self._absent(self.end)
        outline = self._outline(self._policy_without(absent), NOTHING_ADDED, absent)
        if outline is None:
            assert self._base is not None  # noqa: S101 - it was prepared
            raise self._base.infeasible(self.watch)
        duos = [(pair, self.end) for pair in outline.pairs]
        return self._figures(BEFOREHAND, [self.end], duos, 0, outline.gap)

    def figures(self, cadence: Cadence, dates: Sequence[date], held: HoldBack | None) -> CadenceFigures:
        """Return what a cadence comes to."""
        self._cadences += 1
        self.watch.step(f"replay cadence {self._cadences}")
        formed: dict[Pair, date] = {}
        infeasible, gap, last_there = 0, 0.0, -1
        for on in dates:
            absent = self._absent(on)
            there = len(self.cohort.participants) - len(absent)
            if there == last_there and held is None:
                continue
            last_there = there
            policy = self._policy_without(absent)
            outline = self._outline(policy, self._added(policy, on, formed, held), absent)
            if outline is None:
                infeasible += 1
                continue
            gap = max(gap, outline.gap)
            formed |= {pair: on for pair in outline.pairs if pair not in formed}
        return self._figures(str(cadence), dates, list(formed.items()), infeasible, gap)

    def _absent(self, on: date) -> set[str]:
        """Return the ids of those who have not joined by a day, or wait for a partner whom they must have."""
        late = {place for place, day in self.days.items() if day > on}
        absent = {self.cohort.participants[place].id for place in late}
        keys = set(map(id_key, absent))
        for rule in self.policy.rules:
            if isinstance(rule, Fix):
                parted = [pair for pair in rule.pairs if not keys.isdisjoint(map(id_key, pair))]
                places = (self.cohort.position.get(id_key(name)) for pair in parted for name in pair)
                absent |= {self.cohort.participants[place].id for place in places if place is not None}
        return absent

    def _policy_without(self, absent: set[str]) -> Policy:
        """Return the policy without the fixed duos of people who are absent."""
        keys = set(map(id_key, absent))
        if not keys or not any(isinstance(rule, Fix) for rule in self.policy.rules):
            return self.policy
        rules = tuple(
            keep_pairs(rule, lambda pair: keys.isdisjoint(map(id_key, pair)))
            if isinstance(rule, Fix)
            else rule
            for rule in self.policy.rules
        )
        return self.policy.model_copy(update={"rules": rules})

    def _added(self, policy: Policy, on: date, formed: Mapping[Pair, date], held: HoldBack | None) -> Added:
        """Return the additions to the policy on a date: duos that exist, and pairs that are held back."""
        rules: list[Any] = []
        if held is not None:
            fixed = [pair for rule in policy.rules if isinstance(rule, Fix) for pair in rule.pairs]
            rules.append(held.rule(self._waited(on, formed), [*{*formed, *fixed}]))
        if formed:
            rules.append(Fix(pairs=tuple(sorted(formed))))
        return Added(rules=tuple(rules))

    def _with_sitting_out(self, absent: set[str]) -> Cohort:
        """Return the people, of whom some have no places."""
        if not absent:
            return self.cohort
        people = tuple(
            one.model_copy(update=_NO_PLACES) if one.id in absent else one for one in self.cohort.participants
        )
        return replace(self.cohort, participants=people)

    def _waited(self, on: date, formed: Iterable[Pair]) -> dict[str, int]:
        """Return the days that people with free places have waited since they joined, by id."""
        having = Counter(id_key(name) for pair in formed for name in pair)
        people = [(self.cohort.participants[place], day) for place, day in self.days.items() if day <= on]
        return {one.id: (on - day).days for one, day in people if having[id_key(one.id)] < one.most_in_all}

    def _outline(self, policy: Policy, added: Added, absent: set[str]) -> Outline | None:
        """Return the best matching on a date in outline; ``None`` if none satisfies the policy."""
        cohort = self._with_sitting_out(absent)
        # Only capacities differ from date to date, so scores are the same, unless the policy looks at them.
        alike = self._base is not None and not _reads_capacities(self.policy)
        base = self._base.with_capacities_of(cohort) if self._base is not None and alike else None
        try:
            prepared = prepare(
                cohort,
                policy,
                self.options,
                base,
                again=True,
                out=self._spare if alike else None,
                added=added,
            )
        except InfeasibleError:
            if self._base is None:
                raise
            return None
        if self._base is None:
            self._base = prepared
        elif not _share_scores(prepared.table, self._base.table):
            self._spare = prepared.table
        optimum = solve_prepared(prepared, None, Watch(None, self.watch.seconds_left))
        self.watch.count_pairs(prepared.model.shape[0] * prepared.model.shape[1])
        return None if isinstance(optimum, Infeasible) else Outline.of(prepared, optimum)

    def _figures(
        self,
        every: str,
        dates: Sequence[date],
        formed: Sequence[tuple[Pair, date]],
        infeasible: int,
        gap: float,
    ) -> CadenceFigures:
        scores = self._scores([pair for pair, _ in formed])
        duos = sorted((on, *pair, score) for (pair, on), score in zip(formed, scores, strict=True))
        total, last = sum(scores), dates[-1] if dates else None
        mentors, mentees = (
            self._nobody_waits(role, duos) if every == BEFOREHAND else self._waiting(role, duos, last)
            for role in TWO_ROLES
        )
        return CadenceFigures(
            every=every,
            dates=len(dates),
            rounds=len({on for _, on in formed}),
            infeasible=infeasible,
            total=points(total),
            mean_score=round(total / len(scores) / ONE, 6) if scores else None,
            lowest_score=points(min(scores)) if scores else None,
            gap=gap,
            mentors=mentors,
            mentees=mentees,
            duos=tuple(
                ReplayedDuo(mentor=mentor, mentee=mentee, score=points(score), on=on)
                for on, mentor, mentee, score in duos
            ),
        )

    def _scores(self, pairs: Sequence[Pair]) -> list[int]:
        """Return the scores of pairs among all people, in millionths."""
        assert self._base is not None  # noqa: S101 - a match has been formed
        index = RowColumnIndex(len(self.cohort.participants), self._base.sides)
        position = self.cohort.position
        people = np.array([[position[id_key(name)] for name in pair] for pair in pairs], dtype=np.int64)
        mentors, mentees = people.reshape(-1, 2).T
        scores: list[int] = self._base.model.at(*index.places(mentors, mentees)).tolist()
        return scores

    def _waiting(
        self, role: OneRole, duos: Sequence[tuple[date, str, str, int]], last: date | None
    ) -> WaitingFigures:
        """Return the figures on waiting of one side, with the last date of the cadence."""
        began, others = self._first_days(role, duos), self._counted(role, duos)
        waits = [(began[place] - self.days[place]).days for place in others if place in began]
        waiting = [self.days[place] for place in others if place not in began]
        since = sum(last is None or day > last for day in waiting)
        return WaitingFigures.of(waits, [(self.end - day).days for day in waiting], since)

    def _nobody_waits(self, role: OneRole, duos: Sequence[tuple[date, str, str, int]]) -> WaitingFigures:
        """Return how many of one side have a duo in a match that knows everybody, in which nobody waits."""
        counted, began = self._counted(role, duos), self._first_days(role, duos)
        matched = sum(place in began for place in counted)
        return WaitingFigures.without_days(matched, len(counted) - matched)

    def _first_days(self, role: OneRole, duos: Sequence[tuple[date, str, str, int]]) -> dict[int, date]:
        """Return the date of the first duo of each person in a role, by position; duos are in order."""
        side = 1 + TWO_ROLES.index(role)
        return {self.cohort.position[id_key(str(duo[side]))]: duo[0] for duo in reversed(duos)}

    def _counted(self, role: OneRole, duos: Sequence[tuple[date, str, str, int]]) -> list[int]:
        """Return the positions of the people who can wait for a duo in a role.

        Whoever has as many duos in both roles together as they can have, and none in this one, does not wait
        for one.
        """
        began = self._first_days(role, duos)
        having = Counter(self.cohort.position[id_key(name)] for duo in duos for name in duo[1:3])
        return [
            place
            for place in _seats(self.cohort)[role]
            if self.days[place] <= self.end
            and (place in began or having[place] < self.cohort.participants[place].most_in_all)
        ]


_NO_PLACES = {**dict.fromkeys(LEAST_OF), "capacity": 0}


def _reads_capacities(policy: Policy) -> bool:
    """Say whether a score or a rule may depend on capacities."""
    return bool(not fields_of(policy).isdisjoint(PLACES) or functions_of(policy))


def _share_scores(one: ScoreTable | None, other: ScoreTable | None) -> bool:
    """Say whether two tables have their scores in the same array."""
    return one is not None and other is not None and one.table is other.table
