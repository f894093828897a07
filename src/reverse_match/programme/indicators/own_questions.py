"""Figures of self-assessed levels, and of a programme's own questions.

- Two numbers of one person about one duo in one round are a change: the level before and now, or the first
  and the last answer to an own question. Such a change is one fact, so that the figures of a change are
  about people who have said both.
- An own question that is answered by words has a count for each word. The word divides the facts as a group
  does, so that a word that few people chose is suppressed, and what would reveal it.
"""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from reverse_match.programme.indicators.facts import Fact, FiguresByName, Measure
from reverse_match.programme.indicators.figures import DECIMALS, count, share

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from reverse_match.programme.feedback.questions import Question
    from reverse_match.programme.feedback.record import FeedbackRecord
    from reverse_match.programme.indicators.answers_by_round import PlacedAnswer

Numbers: TypeAlias = "Callable[[FeedbackRecord], float | None]"

LEVELS = ("level_before", "level_after", "level_change", "level_rose")
"""Names of the figures of self-assessed levels."""

_SEPARATOR = "\x1f"


def name_of_own(heading: str, what: str) -> str:
    """Return the name under which a figure of an own question is computed."""
    return f"{heading}{_SEPARATOR}{what}"


def questions_asked(
    answers: Sequence[PlacedAnswer], declared: Sequence[Question]
) -> dict[str, tuple[str, ...]]:
    """Return the own questions by heading, each with the words that answer it; none for numbers.

    Questions that were declared come first, in their order; others follow by name. So do their words.
    """
    words: dict[str, list[str]] = {question.heading: list(question.answers) for question in declared}
    for heading in sorted({heading for one in answers for heading in one.record.own}):
        given = {one.record.own[heading] for one in answers if heading in one.record.own}
        known = words.setdefault(heading, [])
        known += sorted(word for word in given if isinstance(word, str) and word not in known)
    return {heading: tuple(listed) for heading, listed in words.items()}


def measures_of_levels(own: Sequence[Fact]) -> list[Measure]:
    """Return the measure of self-assessed levels, or nothing if nobody was asked."""
    records = [fact.value.record for fact in own]
    if all(one.level_before is None and one.level_after is None for one in records):
        return []
    facts = list(_changes(own, lambda one: one.level_before, lambda one: one.level_after))
    return [Measure(facts, _levels, not_of_months=LEVELS)]


def measures_of_own(own: Sequence[Fact], asked: dict[str, tuple[str, ...]]) -> list[Measure]:
    """Return the measures of own questions: of their answers and, for numbers, of their changes."""
    measures = []
    for heading, words in asked.items():
        said = [
            Fact(
                fact.person, fact.round, fact.value, fact.duo, fact.month, str(fact.value.record.own[heading])
            )
            for fact in own
            if heading in fact.value.record.own
        ]
        if words:
            measures.append(Measure(said, partial(_counts, heading=heading), roles=words))
            continue
        number = partial(_number, heading=heading)
        changes = list(_changes(own, number, number, twice=True))
        names = tuple(name_of_own(heading, what) for what in ("change", "rose"))
        measures.append(Measure(said, partial(_mean, heading=heading)))
        measures.append(Measure(changes, partial(_change, names=names), not_of_months=names))
    return measures


def _number(record: FeedbackRecord, heading: str) -> float | None:
    value = record.own.get(heading)
    return None if isinstance(value, str) else value


def _changes(own: Sequence[Fact], first: Numbers, last: Numbers, *, twice: bool = False) -> Iterator[Fact]:
    """Yield a fact for each person, duo and round with both numbers; if ``twice``, of two answers."""
    answers: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in own:
        answers[fact.round, fact.duo, fact.person].append(fact)
    for some in answers.values():
        records = [fact.value.record for fact in some]
        before = [number for one in records if (number := first(one)) is not None]
        after = [number for one in records if (number := last(one)) is not None]
        if before and after and (len(after) > 1 or not twice):
            yield Fact(some[0].person, some[0].round, (before[0], after[-1]), some[0].duo)


def _people(facts: Sequence[Fact]) -> int:
    return len({fact.person for fact in facts})


def _levels(facts: Sequence[Fact]) -> FiguresByName:
    people = _people(facts)
    before, after = (sum(fact.value[place] for fact in facts) for place in (0, 1))
    return {
        "level_before": share(before, len(facts), people=people),
        "level_after": share(after, len(facts), people=people),
        **_change(facts, ("level_change", "level_rose")),
    }


def _change(facts: Sequence[Fact], names: Sequence[str]) -> FiguresByName:
    change, rose = names
    # The numbers are sorted, since a sum of decimals depends on their order.
    steps = sorted(round(fact.value[1] - fact.value[0], DECIMALS) for fact in facts)
    up = sum(step > 0 for step in steps)
    return {
        change: share(round(sum(steps), DECIMALS), len(facts), people=_people(facts)),
        rose: share(up, len(facts), people=_people(facts), interval=True),
    }


def _mean(facts: Sequence[Fact], heading: str) -> FiguresByName:
    total = round(sum(sorted(fact.value.record.own[heading] for fact in facts)), DECIMALS)
    return {name_of_own(heading, "mean"): share(total, len(facts), people=_people(facts))}


def _counts(facts: Sequence[Fact], heading: str) -> FiguresByName:
    return {name_of_own(heading, "answers"): count(len(facts), people=_people(facts))}
