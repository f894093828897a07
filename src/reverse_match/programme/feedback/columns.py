"""Maps the columns of a feedback file to the questions of the form.

As for people, the mapping of the caller is stronger than the name of a field, and that is stronger than a
usual heading. Unlike there, a further column is a fault, since an answer in it would be lost silently.

A message repeats a heading only if it cannot be an answer: a file without a heading row begins with
somebody's answers.
"""

from __future__ import annotations

from reverse_match.foundation.errors import FeedbackError
from reverse_match.people.headings import Headings, heading_key
from reverse_match.people.small_tables import TableKind
from reverse_match.programme.feedback.record import REQUIRED, FeedbackRecord

FIELDS = tuple(name for name in FeedbackRecord.model_fields if name != "own")

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
    "level_before": (
        "level before", "level before 1 to 5", "my level before", "niveau avant", "niveau avant 1 à 5",
        "niveau avant de 1 à 5", "mon niveau avant",
    ),
    "level_after": (
        "level after", "level now", "level now 1 to 5", "level after 1 to 5", "my level now", "niveau après",
        "niveau actuel", "niveau actuel de 1 à 5", "niveau après de 1 à 5", "mon niveau actuel",
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

SHOWN_BESIDE = frozenset(map(heading_key, _BESIDE))
"""Keys of headings that :func:`is_shown_beside` knows."""

FORM = Headings.of(FIELDS, _USUAL)
ANSWERS = TableKind(
    FORM,
    REQUIRED,
    FeedbackError,
    names=("mentor", "mentee", "acquired", "comment"),
    beside=SHOWN_BESIDE,
    unknown="unknown column; remove it, map it, or declare it as a question of your own (--question)",
)
"""What files of answers are made of."""
KNOWN = (*FIELDS, *(heading for usual in _USUAL.values() for heading in usual))


def is_shown_beside(heading: str) -> bool:
    """Say whether a form has a column for people to read, with names or addresses beside ids.

    Examples
    --------
    >>> is_shown_beside("Mentor name"), is_shown_beside("Comment")
    (True, False)
    """
    return heading_key(heading) in SHOWN_BESIDE
