"""Puts what people are called beside their ids, in whatever a person reads.

Records hold ids alone, so that a proof and its digest say nothing of who somebody is. A view that is given
``names`` (:attr:`reverse_match.people.cohort.Cohort.names`: by id, what a person is shown as) therefore shows
a *copy* of a record, in which each id is replaced. So phrases, tables and pages know nothing of names.
Such a copy is for showing and nothing else: its digest and prices are of nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from pydantic import BaseModel

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.errors import UnattachedError

if TYPE_CHECKING:
    from reverse_match.matching.results.matching import Matching
    from reverse_match.people.cohort import Cohort

Names: TypeAlias = Mapping[str, str]
"""What people are shown as, by id; whoever is not in it is shown by the id."""

Record = TypeVar("Record", bound=BaseModel)

_PAIR_OF_PEOPLE = ("mentor", "mentee")
_BY_HAND = ("forbidden", "lifted", "avoided")
_WITH_PEOPLE_BESIDE = ("Matching", "RotationPlan", "CircleMatching")
_PRICED = ("mentor_prices", "mentee_prices")

PEOPLE_IN: Mapping[str, tuple[str, ...]] = {
    "Duo": _PAIR_OF_PEOPLE,
    "ScoredDuo": _PAIR_OF_PEOPLE,
    "Explanation": _PAIR_OF_PEOPLE,
    "Proposal": _PAIR_OF_PEOPLE,
    "Change": (*_PAIR_OF_PEOPLE, "who"),
    "Partner": ("id",),
    "PersonalRule": ("id",),
    "Alternative": ("person", "partner"),
    "ParticipantAnswer": ("person", "partner"),
    "Counterfactual": ("person",),
    "SingleChanges": ("person",),
    "Unmatched": ("id",),
    "Nearest": ("partner", "taken_by"),
    "Shortage": ("people", "partners"),
    "SittingOut": ("id",),
    "Amendment": ("fixed", "left", "joined", "corrected", "waiting", "waited", *_BY_HAND),
    "LoggedChange": ("person", "partner"),
    "Precedence": ("people", "beside"),
    "Rotation": (*_BY_HAND, "fixed"),
    "DuoDecision": _PAIR_OF_PEOPLE,
    "Outlook": ("who",),
    "FromRound": ("forbidden", "avoided"),
    "Learned": ("person",),
    "CircleOf": ("mentors", "mentees"),
    "WithoutCircle": ("id",),
    "DuosProof": _PRICED,
    "Certificate": (
        *_PRICED,
        *("scarce_mentors", "scarce_mentees", "worst_scarce_mentors", "worst_scarce_mentees"),
    ),
}
"""Fields that hold ids of people, by the name of their record: one id, a list, pairs, or keys.

By name, so that who shows a matching does not load every other kind of record.
"""


@check_arguments
def with_names(record: Record, cohort: Cohort) -> Record:
    """Return a record as it is shown to a person: with names beside the ids in it.

    An answer, a duo or a proposal holds ids alone. This copy of it says the same of people by name, in
    sentences and in a notebook. It is for showing alone: nothing can be verified or asked by it.

    Parameters
    ----------
    record : record
        An answer, a duo, a change, a proposal or the like. A whole matching or plan comes back as it is: it
        shows the names of the people beside it by itself.
    cohort : Cohort
        The people.

    Raises
    ------
    CohortError
        If these are no people.
    InputError
        If this is no record.

    Examples
    --------
    >>> import reverse_match as rm
    >>> people = [{"id": "7", "role": "mentor", "name": "Léa Martin"}, {"id": "ada", "role": "mentee"}]
    >>> cohort = rm.Cohort.from_records(people)
    >>> print(rm.with_names(rm.match(cohort).duos[0], cohort))
    'Léa Martin · 7' (mentor) and 'ada' (mentee): 0.500
    """
    if type(record).__name__ in _WITH_PEOPLE_BESIDE:
        return record
    return put_names(record, cohort.names)


def put_names(record: Record, names: Names | None) -> Record:
    """Return a record with names in place of ids; the same one where nobody has a name."""
    if not names:
        return record
    kinds = (kind.__name__ for kind in type(record).__mro__)
    people = next((PEOPLE_IN[kind] for kind in kinds if kind in PEOPLE_IN), ())
    changed = {}
    for field in type(record).model_fields:
        value = getattr(record, field)
        shown = _named(value, names) if field in people else _with_names_inside(value, names)
        if shown is not value:
            changed[field] = shown
    return record.model_copy(update=changed) if changed else record


def _named(value: Any, names: Names) -> Any:
    """Return ids with names in their place, whether one, a list, pairs or keys."""
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, tuple):
        return tuple(_named(one, names) for one in value)
    if isinstance(value, dict):
        return {_named(key, names): one for key, one in value.items()}
    return value


def _with_names_inside(value: Any, names: Names) -> Any:
    """Return records within a record with names, and anything else as it is."""
    if isinstance(value, BaseModel):
        return put_names(value, names)
    if isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
        return tuple(put_names(one, names) for one in value)
    return value


def names_beside(matching: Matching) -> Names:
    """Return what the people beside a matching are shown as; nothing where it has none beside it."""
    try:
        return matching.people.names
    except UnattachedError:
        return {}
