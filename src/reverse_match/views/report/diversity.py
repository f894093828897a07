"""How different the two people of a duo are: in gender, department and location, in age and grade."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from reverse_match.foundation.names import name_key
from reverse_match.views.plots.people import day_of, people_of_duos
from reverse_match.views.report.blocks import Column, Text, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.matching.results.matching import Matching
    from reverse_match.people.cohort import Cohort
    from reverse_match.people.participant import Participant
    from reverse_match.views.report.blocks import Block, Cell
    from reverse_match.views.words.phrases import Phrases


def diversity_blocks(matching: Matching, people: Cohort | None, say: Phrases) -> tuple[Block, ...]:
    """Return how different the two people of duos are; nothing without people."""
    if people is None or not matching.duos:
        return ()
    pairs, day = people_of_duos(matching, people), day_of(matching)
    mixed = [row for field in ("gender", "department", "location") for row in _mixed_rows(field, pairs, say)]
    ages = [(mentor.age_on(day), mentee.age_on(day)) for mentor, mentee in pairs]
    grades = [(mentor.grade, mentee.grade) for mentor, mentee in pairs]
    far = [
        row for name, ends in (("gap age", ages), ("gap grade", grades)) for row in _gap_rows(name, ends, say)
    ]
    heads = [say(head) for head in ("duos that differ", "share that differs", "known of")]
    gaps = [say(head) for head in ("smallest", "median", "largest", "known of")]
    first = Column(say("what"))
    return (
        *table(say("mixed"), (first, *(Column(head, number=True) for head in heads)), mixed),
        *table(say("apart"), (first, *(Column(head, number=True) for head in gaps)), far),
    )


def _mixed_rows(
    field: str, pairs: Sequence[tuple[Participant, Participant]], say: Phrases
) -> list[tuple[Cell, ...]]:
    known = [
        (getattr(mentor, field), getattr(mentee, field))
        for mentor, mentee in pairs
        if getattr(mentor, field) is not None and getattr(mentee, field) is not None
    ]
    if not known:
        return []
    differ = sum(name_key(one) != name_key(other) for one, other in known)
    told = (say.count(differ), say.share(differ / len(known)), say.part_of(len(known), len(pairs)))
    return [(Text(say(f"differ {field}")), *map(Text, told))]


def _gap_rows(
    name: str, ends: Sequence[tuple[float | None, float | None]], say: Phrases
) -> list[tuple[Cell, ...]]:
    gaps = gaps_of(ends)
    if not gaps:
        return []
    told = [short_number(value, say) for value in (min(gaps), median(gaps), max(gaps))]
    return [(Text(say(name)), *map(Text, told), Text(say.part_of(len(gaps), len(ends))))]


def gaps_of(ends: Sequence[tuple[float | None, float | None]]) -> list[float]:
    """Return how far apart two people are, where both are known: the mentee less the mentor."""
    return [old - young for young, old in ends if young is not None and old is not None]


def short_number(value: float, say: Phrases) -> str:
    """Write a number without decimals where it has none."""
    return say.number(value, 0 if value == int(value) else 1)
