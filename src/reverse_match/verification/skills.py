"""Who teaches and who learns which skill, by the terms of a condition ``teaches``.

A skill is the set of all spellings that mean the same, by the meanings of the names that people wrote.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from reverse_match.people.skill_names import Meanings
    from reverse_match.policy.conditions import SkillAtLevel, Teaches
    from reverse_match.scoring.columns import Columns


class _OneSkillTerms(NamedTuple):
    """The terms of one skill: the least level of who teaches it, and what a learner must know before."""

    at_level: int
    needs: tuple[SkillAtLevel, ...]


class SkillsOfPeople:
    """What people offer and seek, and what that means by the terms of a condition.

    Attributes
    ----------
    offers, seeks : list of dict
        For each participant: the level, or the priority, of each skill.
    """

    def __init__(self, condition: Teaches, columns: Columns) -> None:
        self._condition = condition
        offered = columns.rated_names(condition.offered, offered=True)
        wanted = columns.rated_names(condition.wanted, offered=False)
        self._written = [name for person in [*offered, *wanted] for name in person]
        self._columns = columns
        self._meanings = self._meanings_with([])
        meant = {name: self._meanings.concept(name) for name in set(self._written)}
        self.offers, self.seeks = _ratings(offered, meant), _ratings(wanted, meant)
        self._spoken_of: dict[str, frozenset[str]] = {}
        self._terms: dict[str, _OneSkillTerms] = {}
        self._needs_nothing = not any(terms.needs for terms in condition.skills)

    @cached_property
    def taught(self) -> list[set[str]]:
        """The skills that each participant offers at a level that is enough."""
        enough = {skill: self._terms_of(skill).at_level for skill in set().union(*self.offers)}
        return [{skill for skill, level in mine.items() if level >= enough[skill]} for mine in self.offers]

    @cached_property
    def perhaps_learned(self) -> list[set[str]]:
        """The skills that each participant wants to learn, and for which they may know all that is needed."""
        least = self._condition.at_priority
        asked = [{skill for skill, priority in mine.items() if priority >= least} for mine in self.seeks]
        if self._needs_nothing:
            return asked
        return [
            {skill for skill in mine if not self.offers[person] or self._is_ready(person, skill)}
            for person, mine in enumerate(asked)
        ]

    @cached_property
    def learned(self) -> list[set[str]]:
        """The skills that each participant wants to learn, and is known to know all that they need."""
        if self._needs_nothing:
            return self.perhaps_learned
        return [
            {skill for skill in mine if self._is_ready(person, skill)}
            for person, mine in enumerate(self.perhaps_learned)
        ]

    def _is_ready(self, person: int, skill: str) -> bool:
        return all(self._has(person, need) for need in self._terms_of(skill).needs)

    def _has(self, person: int, need: SkillAtLevel) -> bool:
        mine = self.offers[person]
        return any(mine[one] >= need.at_level for one in self._skills_called(need.skill) if one in mine)

    def _terms_of(self, skill: str) -> _OneSkillTerms:
        if skill not in self._terms:
            listed = [one for one in self._condition.skills if skill in self._skills_called(one.skill)]
            own = [one.at_level for one in listed if one.at_level is not None]
            needs = tuple(need for one in listed for need in one.needs)
            least = max(own, default=self._condition.at_level)
            self._terms[skill] = _OneSkillTerms(least, needs)
        return self._terms[skill]

    def _skills_called(self, name: str) -> frozenset[str]:
        """Return the skills of people that the policy calls by a name."""
        if name not in self._spoken_of:
            asked = [terms.skill for terms in self._condition.skills]
            asked += [need.skill for terms in self._condition.skills for need in terms.needs]
            beside = self._meanings_with(asked)
            meant = beside.concept(name)
            found = {
                self._meanings.concept(written)
                for written in self._written
                if beside.concept(written) == meant
            }
            self._spoken_of[name] = frozenset(found)
        return self._spoken_of[name]

    def _meanings_with(self, names: list[str]) -> Meanings:
        fields = self._condition.offered, self._condition.wanted
        return self._columns.meanings(fields, [*self._written, *names])


def _ratings(column: list[dict[str, int]], meant: dict[str, str]) -> list[dict[str, int]]:
    """Return ratings by skill: the highest of those under names that mean the same."""
    ratings = []
    for person in column:
        highest = {meant[name]: rating for name, rating in person.items()}
        if len(highest) < len(person):
            for name, rating in person.items():
                highest[meant[name]] = max(rating, highest[meant[name]])
        ratings.append(highest)
    return ratings
