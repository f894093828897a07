"""The facts about each person in each round, and the computation of every indicator from them.

Every figure is computed from *facts*, each about one person in one round: somebody was invited; two people
were a duo (a fact of the mentee); somebody gave an answer. The figure of a round, a month or a department is
the same computation on fewer facts.

- An answer about a duo (objective, use of the skill, sessions, skills acquired) is a fact of its mentee.
  Satisfaction and hours saved are facts of the person who answers.
- For objective and use of the skill, the latest answer of the mentee counts, else that of the mentor. A
  mentee with several duos uses a skill if they do so after one of them.
- Both people count the same sessions, each since their own last answer, so the sum of each person holds up to
  their latest answer. The larger of the two sums counts: in each round, and for a month over the answers of
  the month.
- Skills acquired are counted once for each mentee, whoever names them, by the ladder of names.
- A duo that continues counts in each of its rounds; invited people, and mentees, count once.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from reverse_match.foundation.names import id_key
from reverse_match.people.skill_names import meanings_of
from reverse_match.programme.indicators.answers_by_round import DuoKey, decisive_answer, duos_of
from reverse_match.programme.indicators.figures import DECIMALS, Figure, count, share

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from reverse_match.matching.results.matching import Matching
    from reverse_match.policy import Policy
    from reverse_match.programme.feedback.record import Answer
    from reverse_match.programme.indicators.answers_by_round import PlacedAnswer

_BEST_FIRST: tuple[Answer, ...] = ("yes", "partly", "no")
By: TypeAlias = Literal["mentor", "mentee"]


A_MONTH = ("hours_a_month",)
"""Names of figures that are for each of the months that all answers are about."""


@dataclass(frozen=True)
class Fact:
    """One fact about a person in a round; an answer also has a month, a duo and a side.

    ``role`` divides the facts of a measure: by who answers or, for an own question, by the answer.
    """

    person: str
    round: int
    value: Any = None
    duo: DuoKey | None = None
    month: str | None = None
    role: str | None = None


FiguresByName: TypeAlias = "dict[str, Figure | None]"
"""Figures by name; ``None`` in place of one that has no meaning, whatever the facts are."""


@dataclass(frozen=True)
class Measure:
    """Figures that are computed on the same facts, and are therefore suppressed together."""

    facts: Sequence[Fact]
    figures: Callable[[Sequence[Fact]], FiguresByName]
    roles: tuple[str, ...] = ()
    """The roles of facts of which each has figures of its own."""
    not_of_months: tuple[str, ...] = ()
    """Names of figures without a meaning for a month, although others on the same facts have one."""

    not_of_rounds: tuple[str, ...] = ()
    """Names of figures without a meaning for one of the rounds."""

    @property
    def has_months(self) -> bool:
        """Whether each fact has a month."""
        return all(fact.month is not None for fact in self.facts)

    def has_meaning(self, name: str, number: int | None, month: str | None) -> bool:
        """Say whether a figure has a meaning in a round and a month, of which ``None`` stands for all."""
        of_month = month is None or name not in self.not_of_months
        return of_month and (number is None or name not in self.not_of_rounds)


def facts_of(matchings: Sequence[Matching], answers: Sequence[PlacedAnswer]) -> dict[str, list[Fact]]:
    """Return the facts about people, duos and answers, by kind."""
    spoke = {one.unit for one in answers}
    invited, duos = [], []
    for place, matching in enumerate(matchings):
        pairs = duos_of(matching)
        within = {person for pair in pairs for person in pair}
        everybody = within | {id_key(person.id) for person in matching.unmatched}
        invited += [Fact(person, place, person in within) for person in sorted(everybody)]
        duos += [Fact(pair[1], place, (place, pair) in spoke, pair) for pair in pairs]
    said, own = [], []
    for one in answers:
        about = (one.round, one, one.duo, one.month, one.record.by)
        said.append(Fact(one.duo[1], *about))
        own.append(Fact(one.person, *about))
    return {"invited": invited, "duos": duos, "said": said, "own": own}


def measures_of(
    facts: Mapping[str, list[Fact]], policy: Policy, planned: Sequence[int] | None, months: int | None
) -> list[Measure]:
    """Return all measures: the figures, grouped by the facts that they are computed on.

    Parameters
    ----------
    facts : mapping of str to list of Fact
        Result of :func:`facts_of`.
    policy : Policy
        Policy whose synonyms say which names of skills mean the same.
    planned : sequence of int, optional
        Planned sessions of a duo in each round.
    months : int, optional
        The number of months that all answers are about.
    """
    said, own = facts["said"], facts["own"]
    return [
        Measure(facts["invited"], _participation),
        Measure(facts["duos"], partial(_duos, planned=planned)),
        Measure(
            _facts_that_say(said, "sessions_held"),
            partial(_sessions_held, planned=planned),
            not_of_months=("held_of_planned",),
        ),
        Measure(_facts_that_say(said, "sessions_cancelled"), _sessions_cancelled),
        Measure(said, _skill_counter(said, policy)),
        Measure(_facts_that_say(said, "skill_used"), _use_of_skills),
        Measure(_facts_that_say(said, "objective"), _objectives),
        Measure(_facts_that_say(own, "satisfaction"), _satisfaction, roles=("mentor", "mentee")),
        Measure(
            _facts_that_say(own, "hours_saved"),
            partial(_hours, months=months),
            not_of_months=A_MONTH,
            not_of_rounds=A_MONTH,
        ),
    ]


def _facts_that_say(facts: Sequence[Fact], question: str) -> list[Fact]:
    return [fact for fact in facts if getattr(fact.value.record, question) is not None]


def _people(facts: Iterable[Fact]) -> int:
    return len({fact.person for fact in facts})


def _participation(facts: Sequence[Fact]) -> FiguresByName:
    within = {fact.person for fact in facts if fact.value}
    return {"participation": share(len(within), _people(facts), people=_people(facts))}


def _duos(facts: Sequence[Fact], planned: Sequence[int] | None) -> FiguresByName:
    people = _people(facts)
    sessions = None if planned is None else sum(planned[fact.round] for fact in facts)
    return {
        "duos": count(len(facts), people=people),
        "response": share(sum(fact.value for fact in facts), len(facts), people=people),
        "sessions_planned": None if sessions is None else count(sessions, people=people),
    }


_UNIT = attrgetter("round", "duo")


def _by_duo(facts: Sequence[Fact]) -> Iterator[list[PlacedAnswer]]:
    """Yield the answers about each duo in each round, the earliest first; facts must be in this order."""
    for _, some in groupby(facts, key=_UNIT):
        yield [fact.value for fact in some]


def _sessions_of(facts: Sequence[Fact], question: str) -> int | None:
    total = 0
    for answers in _by_duo(facts):
        sums = {"mentor": 0, "mentee": 0}
        for one in answers:
            sums[one.record.by] += getattr(one.record, question)
        total += max(sums.values())
    return total if facts else None


def _sessions_held(facts: Sequence[Fact], planned: Sequence[int] | None) -> FiguresByName:
    people, held = _people(facts), _sessions_of(facts, "sessions_held")
    of_planned = None
    if planned is not None:
        expected = sum(planned[number] for (number, _), _ in groupby(facts, key=_UNIT))
        of_planned = share(held or 0, expected, people=people)
    return {"sessions_held": count(held, people=people), "held_of_planned": of_planned}


def _sessions_cancelled(facts: Sequence[Fact]) -> FiguresByName:
    cancelled = _sessions_of(facts, "sessions_cancelled")
    return {"sessions_cancelled": count(cancelled, people=_people(facts))}


def _skill_counter(said: Sequence[Fact], policy: Policy) -> Callable[[Sequence[Fact]], FiguresByName]:
    """Return the function that counts skills; names of one meaning among all named skills count as one."""
    names = [name for fact in said for name in fact.value.record.acquired]
    meanings = meanings_of(names, policy.synonyms, typos=policy.correct_typos)

    def skills(facts: Sequence[Fact]) -> FiguresByName:
        acquired = {
            (fact.person, meanings.concept(name)) for fact in facts for name in fact.value.record.acquired
        }
        return {"skills_acquired": count(len(acquired) if facts else None, people=_people(facts))}

    return skills


def _use_of_skills(facts: Sequence[Fact]) -> FiguresByName:
    """Return the shares of mentees whose best answer over their duos is ``yes``, and ``partly``."""
    found: dict[str, set[Answer]] = defaultdict(set)
    newest: dict[DuoKey, list[PlacedAnswer]] = defaultdict(list)
    for fact in facts:
        newest[fact.value.duo].append(fact.value)
    for duo, answers in newest.items():
        counts = decisive_answer(answers, "skill_used")
        if counts is not None and counts.record.skill_used is not None:
            found[duo[1]].add(counts.record.skill_used)
    best = [next(one for one in _BEST_FIRST if one in some) for some in found.values()]
    return _yes_and_partly(best, ("skill_used", "skill_partly_used"), len(best))


def _objectives(facts: Sequence[Fact]) -> FiguresByName:
    counts = [decisive_answer(answers, "objective") for answers in _by_duo(facts)]
    found = [one.record.objective for one in counts if one is not None]
    return _yes_and_partly(found, ("objective_reached", "objective_partly_reached"), _people(facts))


def _yes_and_partly(found: Sequence[Answer | None], names: tuple[str, str], people: int) -> FiguresByName:
    yes, partly = names
    return {
        yes: share(found.count("yes"), len(found), people=people, interval=True),
        partly: share(found.count("partly"), len(found), people=people),
    }


def _satisfaction(facts: Sequence[Fact]) -> FiguresByName:
    total = sum(fact.value.record.satisfaction for fact in facts)
    return {"satisfaction": share(total, len(facts), people=_people(facts))}


def _hours(facts: Sequence[Fact], months: int | None) -> FiguresByName:
    # The numbers are sorted, since a sum of decimals depends on their order.
    hours = round(sum(sorted(fact.value.record.hours_saved for fact in facts)), DECIMALS)
    people = _people(facts)
    return {
        "hours_saved": count(hours if facts else None, people=people),
        "hours_a_month": share(hours, (months or 0) if facts else 0, people=people),
    }
