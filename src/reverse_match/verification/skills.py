"""Who teaches and who learns which skill, by the terms of a condition ``teaches``.

A skill is the set of all spellings that mean the same, by the meanings of the names that people wrote.
"""

from __future__ import annotations

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
        self.offers, self.seeks = self._ratings(offered), self._ratings(wanted)
        self._spoken_of: dict[str, frozenset[str]] = {}
        self._terms: dict[str, _OneSkillTerms] = {}
        self.needs_nothing = not any(terms.needs for terms in condition.skills)
        """Whether no skill has to be known before another is learned."""

    def teaches(self, person: int, skill: str) -> bool:
        """Say whether somebody offers a skill at a level that is enough."""
        return self.offers[person].get(skill, 0) >= self._terms_of(skill).at_level

    def may_learn(self, person: int, skill: str) -> bool:
        """Say whether somebody wants to learn a skill, and may know all that it needs."""
        asks = self.seeks[person].get(skill, 0) >= self._condition.at_priority
        return asks and (not self.offers[person] or self._is_ready(person, skill))

    def learns(self, person: int, skill: str) -> bool:
        """Say whether somebody wants to learn a skill, and is known to know all that it needs."""
        return self.may_learn(person, skill) and self._is_ready(person, skill)

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

    def _ratings(self, column: list[dict[str, int]]) -> list[dict[str, int]]:
        """Return ratings by skill: the highest of those under names that mean the same."""
        ratings = []
        for person in column:
            highest: dict[str, int] = {}
            for name, rating in person.items():
                skill = self._meanings.concept(name)
                highest[skill] = max(rating, highest.get(skill, rating))
            ratings.append(highest)
        return ratings
