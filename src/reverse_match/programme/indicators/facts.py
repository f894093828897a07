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
from itertools import groupby
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


@dataclass(frozen=True)
class Fact:
    """One fact about a person in a round; an answer also has a month, a duo and a side."""

    person: str
    round: int
    value: Any = None
    duo: DuoKey | None = None
    month: str | None = None
    role: By | None = None


@dataclass(frozen=True)
class Measure:
    """Figures that are computed on the same facts, and are therefore suppressed together."""

    facts: Sequence[Fact]
    figures: Mapping[str, Callable[[Sequence[Fact]], Figure | None]]
    by_role: bool = False
    not_of_months: tuple[str, ...] = ()
    """Names of figures without a meaning for a month, although others on the same facts have one."""

    @property
    def has_months(self) -> bool:
        """Whether each fact has a month."""
        return all(fact.month is not None for fact in self.facts)


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
    said = [Fact(one.duo[1], one.round, one, one.duo, one.month, one.record.by) for one in answers]
    own = [Fact(one.person, one.round, one, one.duo, one.month, one.record.by) for one in answers]
    return {"invited": invited, "duos": duos, "said": said, "own": own}


def measures_of(
    facts: Mapping[str, list[Fact]], policy: Policy, planned: Sequence[int] | None
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
    """
    said, own = facts["said"], facts["own"]
    held = _facts_that_say(said, "sessions_held")
    return [
        Measure(facts["invited"], {"participation": _participation}),
        Measure(
            facts["duos"],
            {
                "duos": _duos,
                "response": _response,
                "sessions_planned": lambda some: _sessions_planned(some, planned),
            },
        ),
        Measure(
            held,
            {
                "sessions_held": lambda some: _sessions(some, "sessions_held"),
                "held_of_planned": lambda some: _held_of_planned(some, planned),
            },
            not_of_months=("held_of_planned",),
        ),
        Measure(
            _facts_that_say(said, "sessions_cancelled"),
            {"sessions_cancelled": lambda some: _sessions(some, "sessions_cancelled")},
        ),
        Measure(said, {"skills_acquired": _skill_counter(said, policy)}),
        Measure(
            _facts_that_say(said, "skill_used"),
            {
                "skill_used": lambda some: _mentees(some, "yes"),
                "skill_partly_used": lambda some: _mentees(some, "partly"),
            },
        ),
        Measure(
            _facts_that_say(said, "objective"),
            {
                "objective_reached": lambda some: _objectives(some, "yes"),
                "objective_partly_reached": lambda some: _objectives(some, "partly"),
            },
        ),
        Measure(_facts_that_say(own, "satisfaction"), {"satisfaction": _satisfaction}, by_role=True),
        Measure(_facts_that_say(own, "hours_saved"), {"hours_saved": _hours}),
    ]


def _facts_that_say(facts: Sequence[Fact], question: str) -> list[Fact]:
    return [fact for fact in facts if getattr(fact.value.record, question) is not None]


def _people(facts: Iterable[Fact]) -> int:
    return len({fact.person for fact in facts})


def _participation(facts: Sequence[Fact]) -> Figure:
    within = {fact.person for fact in facts if fact.value}
    return share(len(within), _people(facts), people=_people(facts))


def _duos(facts: Sequence[Fact]) -> Figure:
    return count(len(facts), people=_people(facts))


def _response(facts: Sequence[Fact]) -> Figure:
    return share(sum(fact.value for fact in facts), len(facts), people=_people(facts))


def _sessions_planned(facts: Sequence[Fact], planned: Sequence[int] | None) -> Figure | None:
    if planned is None:
        return None
    return count(sum(planned[fact.round] for fact in facts), people=_people(facts))


def _by_duo(facts: Sequence[Fact]) -> Iterator[list[PlacedAnswer]]:
    """Yield the answers about each duo in each round, the earliest first; facts must be in this order."""
    for _, some in groupby(facts, key=lambda fact: fact.value.unit):
        yield [fact.value for fact in some]


def _sessions_of(facts: Sequence[Fact], question: str) -> int:
    total = 0
    for answers in _by_duo(facts):
        sums = {"mentor": 0, "mentee": 0}
        for one in answers:
            sums[one.record.by] += getattr(one.record, question)
        total += max(sums.values())
    return total


def _sessions(facts: Sequence[Fact], question: str) -> Figure:
    return count(_sessions_of(facts, question) if facts else None, people=_people(facts))


def _held_of_planned(facts: Sequence[Fact], planned: Sequence[int] | None) -> Figure | None:
    if planned is None:
        return None
    expected = sum(planned[answers[0].round] for answers in _by_duo(facts))
    return share(_sessions_of(facts, "sessions_held"), expected, people=_people(facts))


def _skill_counter(said: Sequence[Fact], policy: Policy) -> Callable[[Sequence[Fact]], Figure]:
    """Return the function that counts skills; names of one meaning among all named skills count as one."""
    names = [name for fact in said for name in fact.value.record.acquired]
    meanings = meanings_of(names, policy.synonyms, typos=policy.correct_typos)

    def skills(facts: Sequence[Fact]) -> Figure:
        acquired = {
            (fact.person, meanings.concept(name)) for fact in facts for name in fact.value.record.acquired
        }
        return count(len(acquired) if facts else None, people=_people(facts))

    return skills


def _mentees(facts: Sequence[Fact], answer: Answer) -> Figure:
    """Return the share of mentees whose best answer over their duos equals the given one."""
    found: dict[str, set[Answer]] = defaultdict(set)
    newest: dict[DuoKey, list[PlacedAnswer]] = defaultdict(list)
    for fact in facts:
        newest[fact.value.duo].append(fact.value)
    for duo, answers in newest.items():
        counts = decisive_answer(answers, "skill_used")
        if counts is not None and counts.record.skill_used is not None:
            found[duo[1]].add(counts.record.skill_used)
    best = [next(one for one in _BEST_FIRST if one in some) for some in found.values()]
    return share(best.count(answer), len(best), people=len(best), interval=answer == "yes")


def _objectives(facts: Sequence[Fact], answer: Answer) -> Figure:
    counts = [decisive_answer(answers, "objective") for answers in _by_duo(facts)]
    found = [one.record.objective for one in counts if one is not None]
    return share(found.count(answer), len(found), people=_people(facts), interval=answer == "yes")


def _satisfaction(facts: Sequence[Fact]) -> Figure:
    return share(sum(fact.value.record.satisfaction for fact in facts), len(facts), people=_people(facts))


def _hours(facts: Sequence[Fact]) -> Figure:
    # The numbers are sorted, since a sum of decimals depends on their order.
    hours = sum(sorted(fact.value.record.hours_saved for fact in facts))
    return count(round(hours, DECIMALS) if facts else None, people=_people(facts))
