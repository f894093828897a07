"""Answers a participant without telling them anything of others.

Whatever is said follows from three things: the participant's own record, the policy, and who their partner
is. Scores are left out, since the wishes of the partner can be read from them. So is the reason for having no
duo: it would say whom others are with, or that somebody does not want to be with this person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.names import id_key
from reverse_match.matching.match import attach
from reverse_match.matching.results.participant_answer import ParticipantAnswer, SharedTopic
from reverse_match.matching.waiver_notes import waived_for_participant
from reverse_match.people.cohort import person_of
from reverse_match.people.participant import most_duos
from reverse_match.policy.criteria import Coverage, Overlap
from reverse_match.policy.data_used import data_used

if TYPE_CHECKING:
    from reverse_match.matching.results.matching import Duo, Matching
    from reverse_match.people.cohort import Cohort
    from reverse_match.people.participant import Participant
    from reverse_match.policy import Policy
    from reverse_match.policy.values import Role

_ROLES: tuple[Role, Role] = ("mentor", "mentee")

_MAY_BE_EMPTY = ("avoids", "wants", "wants_ranks", "prefers", "priority")
"""Fields that say something by being empty: nobody is avoided, nobody is wished for."""

_OF_ONE_ROLE = {"offers": "mentor", "seeks": "mentee"}
"""Fields that only one role needs."""

_TOLD = ("goals", "languages")
"""Fields whose names in common are told; others that a policy compares may be private."""


@check_arguments
def explain_to_participant(
    matching: Matching,
    cohort: Cohort,
    person: str,
    *,
    contact: str | None = None,
    programme_name: str | None = None,
) -> tuple[ParticipantAnswer, ...]:
    """Answer a participant who asks for the reasons of their outcome, without telling who else is with whom.

    Parameters
    ----------
    matching : Matching
        The matching.
    cohort : Cohort
        The people of the matching.
    person : str
        Id of the participant.
    contact : str, optional
        Whom the participant can ask, such as an e-mail address.
    programme_name : str, optional
        Name of the programme.

    Returns
    -------
    tuple of ParticipantAnswer
        One for each duo, or for the lack of one in a role, mentor first.

    Raises
    ------
    CohortError
        If these are not the people of the matching, or nobody has this id.

    Examples
    --------
    >>> import reverse_match as rm
    >>> cohort = rm.Cohort.from_records([
    ...     {"id": "lea", "role": "mentor", "offers": "Python:4"},
    ...     {"id": "ada", "role": "mentee", "seeks": "Python"},
    ... ])
    >>> answer = rm.explain_to_participant(rm.match(cohort), cohort, "ada", contact="hr@example.org")[0]
    >>> for sentence in answer.sentences()[:2]:
    ...     print(sentence)
    In this round you are the mentee of 'lea'.
    What you can teach each other or have in common: Python (you learn it).
    """
    people = attach(matching, cohort).people
    asking = person_of(people, person)
    beside = {"contact": contact, "programme": programme_name}
    answers: list[ParticipantAnswer] = []
    for role in _ROLES:
        if asking.role in (role, "both"):
            answers += _answers_in_role(matching, asking, role, people, beside)
    return tuple(answers)


def _answers_in_role(
    matching: Matching, asking: Participant, role: Role, people: Cohort, beside: dict[str, str | None]
) -> list[ParticipantAnswer]:
    mine = [duo for duo in matching.duos if id_key(getattr(duo, role)) == id_key(asking.id)]
    said = {"person": asking.id, "role": role, **beside, **_data_of(asking, role, matching.policy)}
    if not mine:
        return [ParticipantAnswer.model_validate({**said, "sits_out": not most_duos(asking, role)})]
    return [
        ParticipantAnswer.model_validate({**said, **_duo_of(duo, role, matching.policy, people)})
        for duo in mine
    ]


def _duo_of(duo: Duo, role: Role, policy: Policy, people: Cohort) -> dict[str, Any]:
    told = {
        one.name
        for one in policy.criteria
        if isinstance(one, Coverage) or (isinstance(one, Overlap) and one.field in _TOLD)
    }
    topics = {
        (
            getattr(match, role),
            None if match.taught_by is None else "you" if match.taught_by == role else "partner",
        )
        for match in duo.name_matches
        if match.criterion in told
    }
    return {
        "partner": duo.mentee if role == "mentor" else duo.mentor,
        "fixed": duo.fixed,
        "waived": waived_for_participant(duo.mentor, duo.mentee, policy, people),
        "shared": [
            SharedTopic.model_validate({"name": name, "taught_by": by})
            for name, by in sorted(topics, key=lambda topic: (topic[1] or "", topic[0]))
        ],
    }


def _data_of(asking: Participant, role: Role, policy: Policy) -> dict[str, Any]:
    """Return which data of the participant the policy used, and which it would have used."""
    fields = [name for name in data_used(policy).fields if _OF_ONE_ROLE.get(name, role) == role]
    filled = {name for name in fields if _is_filled(asking, name)}
    return {
        "criteria": [one.name for one in policy.criteria if one.weight],
        "used": sorted(filled),
        "not_known": sorted({*fields} - filled - {*_MAY_BE_EMPTY}),
    }


def _is_filled(asking: Participant, name: str) -> bool:
    value = getattr(asking, name, None) if hasattr(asking, name) else asking.attributes.get(name)
    return value is not None and value not in ("", (), {})
