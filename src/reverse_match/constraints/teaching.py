"""What people can teach and want to learn, by the terms of a condition ``teaches``.

Somebody teaches the skills that they offer at a level that is enough. Somebody learns the skills that they
seek with a priority that is high enough, if they know what these need. What they know is what they offer. So
of people who offer nothing, only those skills are certain that need nothing; the others are possible.

Names mean what they mean to the criterion ``coverage``: concepts are those of the names that people wrote. A
name of the policy stands for the concept of the written names with the same meaning.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from reverse_match.foundation.errors import Fault, PolicyError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import TypeAlias

    from reverse_match.policy.conditions import Teaches
    from reverse_match.scoring.columns import Columns

    Skills: TypeAlias = frozenset[str]
    """Concepts of some skills."""

NO_SKILLS: Skills = frozenset()


class Taught(NamedTuple):
    """What a person teaches, and whether they offer anything."""

    known: bool
    skills: Skills


class Learned(NamedTuple):
    """What a person learns for certain, and what they perhaps learn, and whether they seek anything."""

    known: bool
    certain: Skills
    possible: Skills


def read_skills(condition: Teaches, columns: Columns) -> tuple[list[Taught], list[Learned]]:
    """Return what each participant teaches and learns by a condition.

    Raises
    ------
    PolicyError
        If the condition names an unknown field, or one that cannot hold rated names.

    Examples
    --------
    >>> import reverse_match as rm
    >>> from reverse_match.policy import Teaches
    >>> from reverse_match.scoring.columns import Columns
    >>> people = [{"id": "m", "role": "both", "offers": "Python:4;SQL:2", "seeks": "Sales"}]
    >>> columns = Columns(rm.Cohort.from_records(people), rm.Policy(), None)
    >>> taught, learned = read_skills(Teaches(at_level=3), columns)
    >>> sorted(taught[0].skills), sorted(learned[0].certain)
    (['python'], ['sales'])
    """
    offered = _rated(columns, condition.offered, "offered")
    wanted = _rated(columns, condition.wanted, "wanted")
    terms = _Terms(condition, columns, [name for rated in (*offered, *wanted) for name in rated])
    offers, seeks = terms.by_concept(offered), terms.by_concept(wanted)
    return (
        [terms.taught(mine) for mine in offers],
        [terms.learned(mine, known) for mine, known in zip(seeks, offers, strict=True)],
    )


def _rated(columns: Columns, field: str, option: str) -> list[dict[str, int]]:
    try:
        return columns.rated_names(field, offered=option == "offered")
    except PolicyError as error:
        faults = [Fault(fault.message, column=f".{option}", code=fault.code) for fault in error.faults]
        raise PolicyError(faults) from None


class _Terms:
    """The terms of a condition, by concept."""

    def __init__(self, condition: Teaches, columns: Columns, written: Sequence[str]) -> None:
        fields = condition.offered, condition.wanted
        meanings = columns.meanings(fields, written)
        self._condition = condition
        self._concept = meanings.concepts(written)
        named = [terms.skill for terms in condition.skills]
        named += [need.skill for terms in condition.skills for need in terms.needs]
        self._named: dict[str, set[str]] = {}
        if named:
            beside = columns.meanings(fields, [*written, *named])
            like: defaultdict[str, set[str]] = defaultdict(set)
            for name, concept in self._concept.items():
                like[beside.concept(name)].add(concept)
            self._named = {name: like[beside.concept(name)] for name in named}
        self._level: dict[str, int] = {}
        self._needs: defaultdict[str, list[tuple[set[str], int]]] = defaultdict(list)
        for terms in condition.skills:
            for concept in self._named[terms.skill]:
                if terms.at_level is not None:
                    self._level[concept] = max(terms.at_level, self._level.get(concept, 1))
                self._needs[concept] += [(self._named[need.skill], need.at_level) for need in terms.needs]

    def by_concept(self, people: Iterable[Mapping[str, int]]) -> list[dict[str, int]]:
        """Return ratings by concept; of two names for one concept the higher rating counts."""
        found = []
        for rated in people:
            mine: dict[str, int] = {}
            for name, rating in rated.items():
                concept = self._concept[name]
                if concept not in mine or rating > mine[concept]:
                    mine[concept] = rating
            found.append(mine)
        return found

    def taught(self, offers: Mapping[str, int]) -> Taught:
        """Return what somebody teaches who has these levels."""
        least, other = self._condition.at_level, self._level
        if not other:  # most policies ask the same level of all skills
            return Taught(
                bool(offers), frozenset([skill for skill, level in offers.items() if level >= least])
            )
        enough = [skill for skill, level in offers.items() if level >= other.get(skill, least)]
        return Taught(bool(offers), frozenset(enough))

    def learned(self, seeks: Mapping[str, int], offers: Mapping[str, int]) -> Learned:
        """Return what somebody learns who has these priorities and these levels."""
        least = self._condition.at_priority
        wanted = ready = frozenset([skill for skill, rank in seeks.items() if rank >= least])
        if self._needs:
            ready = frozenset([skill for skill in wanted if self._knows(offers, skill)])
        return Learned(bool(seeks), ready, ready if offers else wanted)

    def _knows(self, offers: Mapping[str, int], skill: str) -> bool:
        """Say whether somebody offers all that a skill needs."""
        return all(
            any(offers.get(concept, 0) >= level for concept in concepts)
            for concepts, level in self._needs.get(skill, ())
        )
