"""Answers what somebody would have with other data of their own: exactly, by matching again.

One record is replaced, read by the same rules as a row of a people file, and everybody is matched under the
same policy on the same day. So the answer is that of a fresh match with the corrected record, to the last
byte. Duos are not explained, and where several changes are tried, the matching as it is is solved once and
each of them starts from its candidate pairs and prices: what a solve starts from changes no result.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.errors import CohortError, Fault
from reverse_match.foundation.fixed_point import points
from reverse_match.foundation.garbage import pause_collector
from reverse_match.foundation.names import did_you_mean, id_key, name_key, pair_key
from reverse_match.matching.match import WarmStartData, attach, optimum_of
from reverse_match.matching.results.counterfactual import Counterfactual, OwnOutcome, SingleChanges
from reverse_match.matching.results.explanation import Partner
from reverse_match.matching.run_options import RunOptions
from reverse_match.matching.single_changes import single_changes
from reverse_match.people import cells
from reverse_match.people.cohort import person_of
from reverse_match.people.headings import FIELDS, PEOPLE, heading_key
from reverse_match.people.participant import PLACES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reverse_match.matching.encode import Prepared
    from reverse_match.matching.results.matching import Matching
    from reverse_match.people.cohort import Cohort
    from reverse_match.people.participant import Participant
    from reverse_match.policy.values import Role
    from reverse_match.solver.objectives import Optimum

_Duo: TypeAlias = tuple[str, str, float]
"""Mentor, mentee and score."""
_ROLES: tuple[Role, Role] = ("mentor", "mentee")
_ONE_VALUE = "holds one value, to which nothing can be added; right would be the field without '+'"
_OF_AGE = ("age", "birth_year", "birth_date")


@check_arguments
def what_if(
    matching: Matching,
    cohort: Cohort,
    person: str,
    changes: Mapping[str, Any],
    *,
    threads: int | None = None,
) -> Counterfactual:
    """Say what a person would have if some of their own data were other, and all else as it is.

    Parameters
    ----------
    matching : Matching
        The matching.
    cohort : Cohort
        The people of the matching.
    person : str
        Id of the person.
    changes : mapping of str to value
        The other values by field, as a people file has them: ``{"offers": "Python:4"}``. A value takes the
        place of the whole one. A ``+`` after the field adds to a list or to skills, and replaces the level of
        a skill that is there: ``{"offers+": "Python:4"}``.
    threads : int, optional
        As for :func:`match`.

    Returns
    -------
    Counterfactual
        Exactly what matching everybody again with the corrected record gives.
        :meth:`.results.Counterfactual.for_participant` leaves out what the person may not know.

    Raises
    ------
    CohortError
        If these are not the people of the matching, nobody has this id, or a value is wrong.
    InfeasibleError
        If nothing can be matched with the corrected record.

    Examples
    --------
    >>> import reverse_match as rm
    >>> cohort = rm.Cohort.from_records([
    ...     {"id": "lea", "role": "mentor", "offers": "Python:4"},
    ...     {"id": "tom", "role": "mentor", "offers": "Excel"},
    ...     {"id": "ada", "role": "mentee", "seeks": "Python"},
    ... ])
    >>> answer = rm.what_if(rm.match(cohort), cohort, "tom", {"offers+": "Python:5"})
    >>> print(answer.for_participant())
    If your data said 'Python:5;Excel:3' for skills offered: as mentor, you would have a duo.
    """
    attached = attach(matching, cohort)
    asking = person_of(attached.people, person)
    return _Programme(attached, RunOptions(threads)).answer(asking, changes, base=None)


@check_arguments
def what_would_help(
    matching: Matching, cohort: Cohort, person: str, *, threads: int | None = None
) -> SingleChanges:
    """Try single changes of a person's own data, and say which would give them a duo or a better one.

    Tried are, at most twenty in all: one level more in each skill that the person offers, and the level that
    the policy asks for; each of the skills that most mentees seek, if the person is a mentor; the priority
    that the policy asks for, and each of the skills that most mentors offer, if the person is a mentee. Where
    the policy compares other lists (goals, languages, a column of lists) or times in common, the entries that
    most people of the other side have are tried, too. Fields that hold one value, such as a department, are
    never tried. Each change is answered exactly, as by :func:`what_if`.

    Parameters
    ----------
    matching : Matching
        The matching.
    cohort : Cohort
        The people of the matching.
    person : str
        Id of the person.
    threads : int, optional
        As for :func:`match`.

    Returns
    -------
    SingleChanges
        What was tried, and what of it helps.

    Raises
    ------
    CohortError
        If these are not the people of the matching, or nobody has this id.

    Examples
    --------
    >>> import reverse_match as rm
    >>> cohort = rm.Cohort.from_records([
    ...     {"id": "lea", "role": "mentor", "offers": "Python:4"},
    ...     {"id": "tom", "role": "mentor", "offers": "Excel"},
    ...     {"id": "ada", "role": "mentee", "seeks": "Python"},
    ... ])
    >>> found = rm.what_would_help(rm.match(cohort), cohort, "tom")
    >>> found.tried
    ({'offers+': 'Excel:4'}, {'offers+': 'Python:3'})
    """
    attached = attach(matching, cohort)
    asking = person_of(attached.people, person)
    tried = single_changes(attached.people, asking, matching.policy_in_force)
    programme = _Programme(attached, RunOptions(threads))
    base = programme.base() if len(tried) > 1 else None
    answers = [programme.answer(asking, change, base) for change in tried]
    helpful = [one for one in answers if one.gains_duo or (one.improvement > 0 and not _loses(one))]
    helpful.sort(key=lambda one: (not one.gains_duo, -one.improvement))
    return SingleChanges(person=asking.id, tried=tuple(tried), helpful=tuple(helpful))


def _loses(one: Counterfactual) -> bool:
    return any(outcome.duos_after < outcome.duos_before for outcome in one.outcomes)


def corrected_cohort(cohort: Cohort, person: Participant, changes: Mapping[str, Any]) -> Cohort:
    """Return the people with other values in one record, read by the rules of a people file.

    Raises
    ------
    CohortError
        With every fault of fields and values.
    """
    record = person.model_dump(mode="json", exclude_defaults=True)
    columns = {name for one in cohort.participants for name in one.attributes}
    faults, added = [], []
    for heading, value in changes.items():
        name = heading.removesuffix("+")
        field = PEOPLE.by_own_name.get(heading_key(name)) or PEOPLE.by_usual.get(heading_key(name))
        if field == "id" or (field is None and name not in columns):
            message = f"no field of people that can be other{did_you_mean(name, sorted({*FIELDS, *columns}))}"
            faults.append(Fault(message, column=f"'{name}'", code="unknown-field"))
            continue
        if heading.endswith("+"):
            added.append((field, name))
        _put(record, field, name, value)
    if faults:
        raise CohortError(faults)
    corrected = cohort.amended(leave=[person.id], join=[record])
    together = {field: _together(field, person, corrected) for field, _ in added if field is not None}
    own = {name: _own_together(name, person, changes) for field, name in added if field is None}
    if own:
        together["attributes"] = {**record["attributes"], **own}
    return cohort.amended(leave=[person.id], join=[{**record, **together}]) if together else corrected


def _put(record: dict[str, Any], field: str | None, name: str, value: Any) -> None:
    if field is None:
        record["attributes"] = {**record.get("attributes", {}), name: value}
        return
    if field in _OF_AGE:
        for other in _OF_AGE:
            record.pop(other, None)
    record.pop("wants_ranks" if field == "wants" else "", None)
    record[field] = value


def _together(field: str, person: Participant, corrected: Cohort) -> Any:
    """Return the value of a list or of skills with what was added, which stands first.

    Raises
    ------
    CohortError
        If the field holds one value alone.
    """
    old = getattr(person, field)
    new = getattr(corrected.participants[corrected.position[id_key(person.id)]], field)
    if isinstance(new, dict):
        said = {name_key(name) for name in new}
        return new | {name: level for name, level in old.items() if name_key(name) not in said}
    if isinstance(new, tuple):
        said = {name_key(name) for name in new}
        return [*new, *(name for name in old if name_key(name) not in said)]
    raise CohortError([Fault(_ONE_VALUE, column=f"'{field}'", code="wrong-field")])


def _own_together(name: str, person: Participant, changes: Mapping[str, Any]) -> list[str]:
    """Return the list of a column of the organisation's own with what was added, which stands first.

    Raises
    ------
    CohortError
        If the column holds a number, or what is added is no list of names.
    """
    old = person.attributes.get(name)
    try:
        new = cells.names(changes[f"{name}+"])
        known = cells.names(old)
    except cells.CellError:
        raise CohortError([Fault(_ONE_VALUE, column=f"'{name}'", code="wrong-field")]) from None
    said = {name_key(entry) for entry in new}
    return [*new, *(entry for entry in known if name_key(entry) not in said)]


@dataclass(frozen=True)
class _Programme:
    """A matching with its people, which is formed again with one record changed."""

    matching: Matching
    options: RunOptions

    def base(self) -> WarmStartData:
        """Solve the matching as it is, so that others start from it."""
        from reverse_match.matching.placed_duos import NONE_PLACED  # loaded by the first question

        prepared, optimum = self._solve(self.matching.people, None)
        return WarmStartData(prepared, optimum.plain, NONE_PLACED)

    def answer(
        self, asking: Participant, changes: Mapping[str, Any], base: WarmStartData | None
    ) -> Counterfactual:
        """Return what a person would have with other values."""
        people = corrected_cohort(self.matching.people, asking, changes)
        other = people.participants[people.position[id_key(asking.id)]]
        places_differ = any(getattr(asking, name) != getattr(other, name) for name in (*PLACES, "role"))
        after = _duos_of(*self._solve(people, None if places_differ else base))
        before = [(duo.mentor, duo.mentee, duo.score) for duo in self.matching.duos]
        roles = [role for role in _ROLES if {asking.role, other.role} & {role, "both"}]
        mine, remaining = id_key(asking.id), {pair_key((one, two)) for one, two, _ in after}
        others = [pair_key((one, two)) for one, two, _ in before]
        ended = [pair for pair in others if mine not in pair and pair not in remaining]
        return Counterfactual(
            person=asking.id,
            changes=_as_read(changes, other),
            outcomes=tuple(_outcome(asking.id, role, before, after) for role in roles),
            others_ended=len(ended),
        )

    def _solve(self, people: Cohort, base: WarmStartData | None) -> tuple[Prepared, Optimum]:
        """Match people under the policy in force, on the day of the matching."""
        from reverse_match.matching.encode import prepare  # loaded by the first question

        matching, watch = self.matching, self.options.watch()
        added = matching.added
        if matching.as_of is not None:
            added = added.model_copy(update={"as_of": matching.as_of})
        with pause_collector():
            prepared = prepare(people, matching.policy, self.options, added=added, again=True)
            start = None if base is None else base.start_of_alike(prepared)
            return prepared, optimum_of(prepared, start, watch)


def _duos_of(prepared: Prepared, optimum: Optimum) -> list[_Duo]:
    """Return the duos of an optimum, with those that the policy fixed before solving."""
    import numpy as np

    chosen = optimum.solution.chosen
    fixed = np.array(prepared.rules.fixed, dtype=np.int64).reshape(-1, 2).T
    rows, columns = np.append(chosen.rows, fixed[0]), np.append(chosen.columns, fixed[1])
    scores = prepared.model.at(rows, columns).tolist()
    mentors, mentees = (side.ids for side in prepared.people)
    places = zip(rows.tolist(), columns.tolist(), scores, strict=True)
    return [(mentors[row], mentees[column], points(score)) for row, column, score in places]


def _as_read(changes: Mapping[str, Any], person: Participant) -> dict[str, str]:
    """Return the values of the changed fields as they were read, as a people file writes them."""
    written = {}
    for heading in changes:
        name = heading.removesuffix("+")
        field = PEOPLE.by_own_name.get(heading_key(name)) or PEOPLE.by_usual.get(heading_key(name))
        value = person.attributes.get(name) if field is None else getattr(person, field)
        if isinstance(value, dict):
            value = ";".join(f"{skill}:{level}" for skill, level in value.items())
        elif isinstance(value, tuple):
            value = ";".join(map(str, value))
        written[field or name] = "" if value is None else str(value)
    return written


def _outcome(person: str, role: Role, before: Sequence[_Duo], after: Sequence[_Duo]) -> OwnOutcome:
    now, then = (_partners(duos, person, role) for duos in (before, after))
    kept = {id_key(one.id) for one in now} & {id_key(one.id) for one in then}
    return OwnOutcome(
        role=role, duos_before=len(now), duos_after=len(then), kept=len(kept), before=now, after=then
    )


def _partners(duos: Sequence[_Duo], person: str, role: Role) -> tuple[Partner, ...]:
    as_mentor = role == "mentor"
    mine = sorted(
        (mentee if as_mentor else mentor, score)
        for mentor, mentee, score in duos
        if id_key(mentor if as_mentor else mentee) == id_key(person)
    )
    return tuple(Partner(id=name, score=score) for name, score in mine)
