"""Words of a file of changes, in English and French: its headings, its kinds of changes, its reasons.

Words are compared as headings are: capitals, accents and punctuation do not count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from reverse_match.people.headings import Headings, heading_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reverse_match.matching.results.logged_change import KindOfChange, ReasonOfChange

Asked: TypeAlias = Literal["decline", "leave", "return", "join", "correct", "capacity", "wait"]

FIELDS = ("change", "partner", "reason", "comment")

CHANGES = Headings.of(
    FIELDS,
    {
        "change": (
            *("what", "what changes", "kind of change", "type of change"),
            *("changement", "type de changement", "nature du changement", "modification", "quoi"),
        ),
        "partner": (
            *("partner id", "declined partner", "with", "with whom"),
            *("partenaire", "id du partenaire", "matricule du partenaire", "binôme", "avec", "avec qui"),
        ),
        "reason": (
            "why",
            "reason code",
            "code of the reason",
            "raison",
            "motif",
            "code du motif",
            "pourquoi",
        ),
        "comment": (
            *("comments", "remark", "remarks", "free text"),
            *("commentaire", "commentaires", "remarque", "remarques", "texte libre"),
        ),
    },
)
"""Columns that only a file of changes has."""

_WORDS: Mapping[Asked, tuple[str, ...]] = {
    "decline": (
        *("declines", "declined", "refuse", "refuses", "refused", "no to partner"),
        *("décline", "décliné", "refus", "refusé", "refuse le duo"),
    ),
    "leave": (
        *("leaves", "left", "leaving", "absent", "away", "goes"),
        *("part", "départ", "parti", "partie", "quitte", "absence", "absente"),
    ),
    "return": (
        *("returns", "returned", "returning", "back", "is back", "comes back"),
        *("revient", "retour", "de retour", "revenu", "revenue"),
    ),
    "join": (
        *("joins", "joined", "joining", "arrives", "new"),
        *("arrive", "arrivée", "arrivé", "rejoint", "entre", "nouveau", "nouvelle"),
    ),
    "correct": (
        *("corrects", "corrected", "correction", "update", "updates", "updated", "change", "changes"),
        *("corrige", "corrigé", "corrigée", "modifie", "modification", "mise à jour"),
    ),
    "capacity": (
        *("capacity changes", "change of capacity", "change capacity", "places"),
        *("capacité", "changement de capacité", "change de capacité"),
    ),
    "wait": (
        *("waits", "waiting", "pause", "pauses", "not this time"),
        *("attend", "attente", "en attente", "pas cette fois"),
    ),
}

_REASONS: Mapping[ReasonOfChange, tuple[str, ...]] = {
    "no_time": (
        *("no time", "not enough time", "lack of time", "too busy"),
        *("pas le temps", "pas de temps", "manque de temps", "plus le temps"),
    ),
    "no_common_dates": (
        *("no common dates", "no common date", "no common time", "no dates in common"),
        *("pas de dates communes", "pas de date commune", "aucune date commune"),
        *("pas de créneau commun", "pas de créneaux communs"),
    ),
    "not_the_right_skills": (
        *("not the right skills", "wrong skills", "skills do not fit", "no fitting skills"),
        *("pas les bonnes compétences", "compétences inadaptées", "compétences qui ne conviennent pas"),
    ),
    "knows_the_person": (
        *("knows the person", "know each other", "already know each other", "knows them"),
        *("connaît la personne", "se connaissent", "se connaissent déjà", "connaît déjà la personne"),
    ),
    "other": ("other reason", "another reason", "autre", "autre raison", "autre motif"),
}

LOGGED: Mapping[Asked, KindOfChange] = {
    "decline": "declined",
    "leave": "left",
    "return": "returned",
    "join": "joined",
    "correct": "corrected",
    "capacity": "corrected",
    "wait": "waiting",
}
"""What the log says of each kind."""

_ASKED: dict[str, Asked] = {
    heading_key(word): kind for kind, words in _WORDS.items() for word in (kind, *words)
}
_CODES: dict[str, ReasonOfChange] = {
    heading_key(word): code for code, words in _REASONS.items() for word in (code, *words)
}


def change_meant(said: str) -> Asked | None:
    """Return the kind of change that a word means; ``None`` if it means none.

    Examples
    --------
    >>> change_meant("Refuse"), change_meant("départ"), change_meant("sings")
    ('decline', 'leave', None)
    """
    return _ASKED.get(heading_key(said))


def reason_meant(said: str) -> ReasonOfChange | None:
    """Return the code of a reason; ``None`` if it is one in own words.

    Examples
    --------
    >>> reason_meant("No time"), reason_meant("pas de dates communes"), reason_meant("He sings.")
    ('no_time', 'no_common_dates', None)
    """
    return _CODES.get(heading_key(said))
