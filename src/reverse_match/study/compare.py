"""The differences between two scenarios, as plain data: by duo, by person, by department, by criterion."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.errors import Fault, StudyError
from reverse_match.foundation.fixed_point import ONE, OnGrid, Points, points
from reverse_match.foundation.names import LONGEST_SHOWN, did_you_mean, id_key
from reverse_match.foundation.plural import quantity
from reverse_match.foundation.records import PlainData
from reverse_match.foundation.text_safety import shorten
from reverse_match.policy.values import is_none
from reverse_match.study.tables import frame_of_records

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reverse_match.matching.results.matching import Duo, Matching
    from reverse_match.people.cohort import Cohort

_ROLES: tuple[Literal["mentor", "mentee"], ...] = ("mentor", "mentee")


class DuoChange(PlainData):
    """A duo that the first scenario has, the second, or both."""

    mentor: str
    """Id of the mentor."""
    mentee: str
    """Id of the mentee."""
    change: Literal["gained", "lost", "same"]
    """``gained`` if only the second scenario has the duo, ``lost`` if only the first, ``same`` if both."""
    score_before: OnGrid | None = Field(default=None, exclude_if=is_none)
    """Score in the first scenario, if it has the duo."""
    score_after: OnGrid | None = Field(default=None, exclude_if=is_none)
    """Score in the second scenario, if it has the duo."""


class PersonChange(PlainData):
    """A person in one role, whose partners or scores differ between the two scenarios."""

    id: str
    """Id of the person."""
    role: Literal["mentor", "mentee"]
    """The role to which the figures belong."""
    before: tuple[str, ...]
    """Ids of the partners in the first scenario, sorted."""
    after: tuple[str, ...]
    """Ids of the partners in the second scenario, sorted."""
    score_before: OnGrid
    """Sum of the scores of the duos in the first scenario; 0 without a duo."""
    score_after: OnGrid
    """Sum of the scores of the duos in the second scenario; 0 without a duo."""
    change: OnGrid
    """The second sum minus the first."""


class DepartmentChange(PlainData):
    """The duos whose mentor or mentee, or both, belong to one department."""

    department: str | None
    """Name of the department, as it is written; ``None`` stands for people without one."""
    duos_before: int
    """Number of these duos in the first scenario."""
    duos_after: int
    """Number of these duos in the second scenario."""
    mean_before: OnGrid | None
    """Mean score of these duos in the first scenario; ``None`` without a duo."""
    mean_after: OnGrid | None
    """Mean score of these duos in the second scenario; ``None`` without a duo."""
    change: OnGrid | None
    """The second mean minus the first; ``None`` where one of them is missing."""


class CriterionChange(PlainData):
    """The points that a criterion contributes to all duos together, in each scenario."""

    criterion: str
    """Name of the criterion."""
    before: OnGrid | None
    """Points in the first scenario; ``None`` if its policy lacks the criterion."""
    after: OnGrid | None
    """Points in the second scenario; ``None`` if its policy lacks the criterion."""
    change: OnGrid
    """Points gained; a loss is below 0."""


class Comparison(PlainData):
    """The differences between two scenarios.

    Each scenario scores its duos itself: where the weights differ, a duo of both may have two scores.
    """

    before: str
    """Name of the first scenario."""
    after: str
    """Name of the second."""
    gained: int
    """Number of duos that only the second has."""
    lost: int
    """Number of duos that only the first has."""
    same: int
    """Number of duos that both have."""
    total_before: OnGrid
    """Sum of the scores in the first."""
    total_after: OnGrid
    """Sum of the scores in the second."""
    change: OnGrid
    """The second sum minus the first."""
    duos: tuple[DuoChange, ...]
    """Every duo of either scenario, sorted by mentor and mentee."""
    people: tuple[PersonChange, ...]
    """Every person whose partners or scores differ, sorted by id and role."""
    departments: tuple[DepartmentChange, ...]
    """Every department of a person in a duo, sorted; people without a department come last."""
    criteria: tuple[CriterionChange, ...]
    """Every criterion, in the order of the policies."""

    def __str__(self) -> str:
        return (
            f"'{self.before}' to '{self.after}': {quantity(self.gained, 'duo')} gained, {self.lost} lost, "
            f"{self.same} the same; total {self.change:+.6f}"
        )

    @check_arguments
    def records(self, what: str = "duos") -> list[dict[str, Any]]:
        """Return one of the tables: a mapping for each row, all with the same keys.

        Parameters
        ----------
        what : str
            ``duos``, ``people``, ``departments``, or ``criteria``.

        Raises
        ------
        StudyError
            If no table has this name.
        """
        tables = ("duos", "people", "departments", "criteria")
        if what not in tables:
            message = f"no table '{shorten(what, LONGEST_SHOWN)}'{did_you_mean(what, tables)}"
            raise StudyError([Fault(message, column="what")])
        return [dict(row) for row in getattr(self, what)]

    @check_arguments
    def to_frame(self, kind: str | None = None, what: str = "duos") -> Any:
        """Return one of the tables as a data frame.

        Parameters
        ----------
        kind : str, optional
            ``"pandas"``, ``"polars"`` or ``"pyarrow"``; the first that is installed if not given.
        what : str
            As for :meth:`records`.

        Raises
        ------
        StudyError
            If no table has this name.
        """
        return frame_of_records(self.records(what), kind)


Key = tuple[str, str]


def comparison(
    names: tuple[str, str], matchings: tuple[Matching, Matching], cohorts: tuple[Cohort, Cohort]
) -> Comparison:
    """Compare two matchings, each with its cohort."""
    then, now = ({_key(duo): duo for duo in matching.duos} for matching in matchings)
    totals = [sum(map(_whole, duos.values())) for duos in (then, now)]
    return Comparison(
        before=names[0],
        after=names[1],
        gained=len(now.keys() - then.keys()),
        lost=len(then.keys() - now.keys()),
        same=len(then.keys() & now.keys()),
        total_before=points(totals[0]),
        total_after=points(totals[1]),
        change=points(totals[1] - totals[0]),
        duos=_duos(then, now),
        people=_people(then, now),
        departments=_departments((then, now), cohorts),
        criteria=_criteria(matchings),
    )


def _key(duo: Duo) -> Key:
    return id_key(duo.mentor), id_key(duo.mentee)


def _whole(duo: Duo) -> int:
    return round(duo.score * ONE)


def _duos(then: Mapping[Key, Duo], now: Mapping[Key, Duo]) -> tuple[DuoChange, ...]:
    found = []
    for key in then.keys() | now.keys():
        duo = now.get(key) or then[key]
        change = "same" if key in then and key in now else "gained" if key in now else "lost"
        found.append(
            DuoChange.of_checked(
                {
                    "mentor": duo.mentor,
                    "mentee": duo.mentee,
                    "change": change,
                    "score_before": then[key].score if key in then else None,
                    "score_after": now[key].score if key in now else None,
                }
            )
        )
    return tuple(sorted(found, key=lambda duo: (duo.mentor, duo.mentee)))


def _people(then: Mapping[Key, Duo], now: Mapping[Key, Duo]) -> tuple[PersonChange, ...]:
    found = []
    for place, role in enumerate(_ROLES):
        before, after = (_by_person(duos.values(), place) for duos in (then, now))
        for key in before.keys() | after.keys():
            mine, theirs = before.get(key, []), after.get(key, [])
            sums = [sum(map(_whole, duos)) for duos in (mine, theirs)]
            partners = [tuple(sorted(_ends(duo)[1 - place] for duo in duos)) for duos in (mine, theirs)]
            if sums[0] == sums[1] and partners[0] == partners[1]:
                continue
            change = {
                "id": _ends((theirs or mine)[0])[place],
                "role": role,
                "before": partners[0],
                "after": partners[1],
                "score_before": points(sums[0]),
                "score_after": points(sums[1]),
                "change": points(sums[1] - sums[0]),
            }
            found.append(PersonChange.of_checked(change))
    return tuple(sorted(found, key=lambda person: (person.id, person.role)))


def _ends(duo: Duo) -> tuple[str, str]:
    return duo.mentor, duo.mentee


def _by_person(duos: Iterable[Duo], place: int) -> dict[str, list[Duo]]:
    found: dict[str, list[Duo]] = defaultdict(list)
    for duo in duos:
        found[id_key(_ends(duo)[place])].append(duo)
    return found


def _departments(
    duos: tuple[Mapping[Key, Duo], Mapping[Key, Duo]], cohorts: tuple[Cohort, Cohort]
) -> tuple[DepartmentChange, ...]:
    scores: dict[str | None, tuple[list[int], list[int]]] = {}
    for moment, (of_scenario, cohort) in enumerate(zip(duos, cohorts, strict=True)):
        for key, duo in of_scenario.items():
            for name in {cohort.participants[cohort.position[end]].department for end in key}:
                scores.setdefault(name, ([], []))[moment].append(_whole(duo))
    found = []
    for name in sorted(scores, key=lambda name: (name is None, name or "")):
        before, after = (_mean(of_duos) for of_duos in scores[name])
        found.append(
            DepartmentChange(
                department=name,
                duos_before=len(scores[name][0]),
                duos_after=len(scores[name][1]),
                mean_before=_points(before),
                mean_after=_points(after),
                change=None if before is None or after is None else points(after - before),
            )
        )
    return tuple(found)


def _points(whole: int | None) -> Points | None:
    return None if whole is None else points(whole)


def _mean(scores: list[int]) -> int | None:
    """Return a mean in whole millionths, rounded half up."""
    return (2 * sum(scores) + len(scores)) // (2 * len(scores)) if scores else None


def _criteria(matchings: tuple[Matching, Matching]) -> tuple[CriterionChange, ...]:
    names = [criterion.name for matching in matchings for criterion in matching.criteria]
    found = []
    for name in dict.fromkeys(names):
        sums = [
            sum(round(duo.contributions.get(name, 0) * ONE) for duo in matching.duos)
            if any(criterion.name == name for criterion in matching.criteria)
            else None
            for matching in matchings
        ]
        found.append(
            CriterionChange(
                criterion=name,
                before=_points(sums[0]),
                after=_points(sums[1]),
                change=points((sums[1] or 0) - (sums[0] or 0)),
            )
        )
    return tuple(found)
