"""Maps the columns of a feedback file to the questions of the form.

As for people, the mapping of the caller is stronger than the name of a field, and that is stronger than a
usual heading. Unlike there, a further column is a fault, since an answer in it would be lost silently.

A message repeats a heading only if it cannot be an answer: a file without a heading row begins with
somebody's answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.foundation.errors import Fault, FeedbackError
from reverse_match.foundation.names import did_you_mean, near_name
from reverse_match.people.headings import Headings, heading_key
from reverse_match.programme.feedback.record import REQUIRED, FeedbackRecord

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FIELDS = tuple(FeedbackRecord.model_fields)

_USUAL: dict[str, tuple[str, ...]] = {
    "mentor": ("mentor id", "id mentor", "matricule mentor", "matricule du mentor", "identifiant mentor"),
    "mentee": (
        "mentee id", "id mentee", "mentoré", "mentorée", "mentoré(e)", "id mentoré", "matricule mentoré",
        "matricule du mentoré", "matricule mentoré(e)", "identifiant mentoré",
        "identifiant mentorée", "identifiant mentoré(e)",
    ),
    "on": (
        "date", "day", "date of answer", "answered on", "jour", "date de réponse", "date de la réponse",
    ),
    "by": (
        "answered by", "who answers", "respondent", "qui répond", "répondant", "répondant(e)", "réponse de",
    ),
    "objective": ("objective reached", "goal reached", "objectif", "objectif atteint"),
    "skill_used": ("skill used at work", "compétence utilisée", "compétence utilisée au travail"),
    "format": (
        "format right", "format still right", "format adapté", "format toujours adapté",
        "le format convient",
    ),
    "satisfaction": (
        "satisfaction 1 to 5", "rating", "satisfaction de 1 à 5", "note de satisfaction",
    ),
    "acquired": (
        "skills acquired", "acquired skills", "new skills", "compétences acquises",
        "nouvelles compétences",
    ),
    "sessions_held": (
        "held sessions", "séances tenues", "sessions tenues", "séances réalisées", "sessions réalisées",
    ),
    "sessions_cancelled": (
        "cancelled sessions", "sessions canceled", "séances annulées", "sessions annulées",
    ),
    "hours_saved": (
        "time saved", "time saved (hours)", "heures gagnées", "heures économisées", "temps gagné",
        "temps gagné (heures)",
    ),
    "wish": ("wishes", "what next", "souhait", "suite souhaitée"),
    "comment": (
        "comments", "remarks", "free text", "commentaire", "commentaires", "remarques", "texte libre",
    ),
}  # fmt: skip

_BESIDE = tuple(
    heading
    for whom in (
        ("mentor name", "name of the mentor", "mentor e-mail", "e-mail of the mentor"),
        ("mentee name", "name of the mentee", "mentee e-mail", "e-mail of the mentee"),
        ("name of who answers", "e-mail of who answers"),
        ("nom mentor", "nom du mentor", "e-mail mentor", "e-mail du mentor"),
        ("nom mentoré(e)", "nom du mentoré", "e-mail mentoré(e)", "e-mail du mentoré"),
        ("nom de qui répond", "e-mail de qui répond"),
    )
    for heading in whom
)
"""Headings under which a form shows people what somebody is called: no answers."""

_BESIDE_KEYS = frozenset(map(heading_key, _BESIDE))

FORM = Headings.of(FIELDS, _USUAL)
_KNOWN = (*FIELDS, *(heading for usual in _USUAL.values() for heading in usual))


def is_shown_beside(heading: str) -> bool:
    """Say whether a form has a column for people to read, with names or addresses beside ids.

    Examples
    --------
    >>> is_shown_beside("Mentor name"), is_shown_beside("Comment")
    (True, False)
    """
    return heading_key(heading) in _BESIDE_KEYS


def columns_of(headings: Sequence[str], mapping: Mapping[str, str], source: str) -> dict[str, str]:
    """Return the field of each heading of a feedback file.

    Parameters
    ----------
    headings : sequence of str
        Headings as they stand in the file.
    mapping : mapping of str to str
        Mapping of the caller, from headings to fields.
    source : str
        Name of the file, for messages.

    Raises
    ------
    FeedbackError
        If a mapped heading is not in the file, or is not mapped to a field; if a required column is missing,
        or a column is unknown.
    CohortError
        If two headings claim one field.

    Examples
    --------
    >>> columns_of(["Mentor", "Mentoré(e)", "Date", "Qui répond", "Avis"], {"Avis": "comment"}, "answers.csv")
    {'Mentor': 'mentor', 'Mentoré(e)': 'mentee', 'Date': 'on', 'Qui répond': 'by', 'Avis': 'comment'}
    """
    _refuse_wrong_mapping(headings, mapping, source)
    columns = FORM.columns_of(headings, mapping, source)
    _refuse_missing(set(columns.values()), source)
    faults = [
        Fault(
            f"unknown column; remove it, or map it{_known_heading(heading)}",
            source,
            column=f"'{heading}'",
            code="unknown-heading",
        )
        for heading, field in columns.items()
        if field not in FIELDS
    ]
    if faults:
        raise FeedbackError(faults)
    return columns


def _refuse_wrong_mapping(headings: Sequence[str], mapping: Mapping[str, str], source: str) -> None:
    there = {heading_key(heading) for heading in headings}
    faults = []
    for heading, name in mapping.items():
        if heading_key(heading) not in there:
            message = f"no such column to map{_nearest_name(heading, headings)}"
            faults.append(Fault(message, source, column=f"'{heading}'", code="unknown-heading"))
        elif heading_key(name) not in FORM.by_own_name:
            message = f"is mapped to no field{did_you_mean(name, FIELDS)}"
            faults.append(Fault(message, source, column=f"'{heading}'", code="unknown-heading"))
    if faults:
        raise FeedbackError(faults)


def _refuse_missing(fields: set[str], source: str) -> None:
    message = (
        "no column is called or recognised as '{0}'; is the first row the heading row? "
        "Otherwise say which column it is: --map 'HEADING={0}', or mapping={{'HEADING': '{0}'}}"
    )
    faults = [
        Fault(message.format(name), source, code="missing-column") for name in REQUIRED if name not in fields
    ]
    if faults:
        raise FeedbackError(faults)


def _known_heading(heading: str) -> str:
    """Return the known heading nearest to another, or all fields."""
    return _nearest_name(heading, _KNOWN) or did_you_mean(heading, FIELDS)


def _nearest_name(name: str, known: Sequence[str]) -> str:
    near = near_name(name, known)
    return "" if near is None else f"; did you mean '{near}'?"
