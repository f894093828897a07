"""Words that cells hold: answers that are none, and words for a role, a level, a priority, yes and no.

A word is compared without regard to capitals, spaces around it and a full stop at the end. Accents count: a
French *mentore* teaches, and a *mentoré* learns.
"""

from __future__ import annotations

from types import MappingProxyType

from reverse_match.people.rating_words import (
    DOUBTFUL_LEVELS,
    DOUBTFUL_PRIORITIES,
    LEVELS,
    PRIORITIES,
    RATINGS,
    folded_words,
    word_key,
)

__all__ = [
    "DOUBTFUL_LEVELS",
    "DOUBTFUL_PRIORITIES",
    "LEVELS",
    "NO",
    "NON_ANSWERS",
    "NO_MANAGER",
    "OTHER",
    "PRIORITIES",
    "RANK_LEVELS",
    "RANK_PRIORITIES",
    "RATINGS",
    "ROLES",
    "WITHOUT_ACCENT",
    "YES",
    "word_key",
]

NON_ANSWERS = folded_words(
    (
        *("N/A", "NA", "N.A.", "None", "NULL", "Nil", "-", "--", "–", "—", ".", "...", "?", "??"),
        *("TBD", "TBC", "unknown", "Not known", "not specified", "Unspecified", "Undisclosed"),
        *("Prefer not to say", "I prefer not to say", "Prefer not to answer", "I prefer not to answer"),
        *("Decline to answer", "Decline to state", "Declined", "I'd rather not say", "Rather not say"),
        *("I don't know", "Don't know", "Not applicable", "Not provided", "Not disclosed", "No answer"),
        *("No response", "None of the above", "(blank)", "(empty)", "blank", "#N/A"),
        *("n/c", "NC", "N.C.", "NSP", "N/R", "NR", "Aucun", "Aucune", "Aucun(e)", "Aucun·e", "Néant"),
        *("neant",),
        *("Ne souhaite pas répondre", "Ne souhaite pas repondre", "Je ne souhaite pas répondre"),
        *("Je préfère ne pas répondre", "Préfère ne pas répondre", "Préfère ne pas le dire"),
        *("Ne se prononce pas", "Ne sait pas", "Je ne sais pas", "Non renseigné", "Non renseignée"),
        *("Non renseigne", "Non communiqué", "Non précisé", "Non spécifié", "Sans objet", "s.o."),
        *("Sans réponse", "Inconnu", "Inconnue", "À définir", "À compléter", "Non applicable", "Rien"),
        *("(vide)",),
    )
)
"""Not known, in every column but those of ids, names and addresses."""

NO_MANAGER = folded_words(("NO_MANAGER", "NO MANAGER"))
"""What HR systems write where somebody reports to nobody."""

YES = folded_words(
    ("x", "y", "yes", "oui", "1", "✓", "✔", "☑", "checked", "true", "vrai", "o", "ja", "sí", "si")
)
NO = folded_words(
    (
        *("", "n", "no", "non", "0", "-", "none", "aucun", "aucune", "not at all", "pas du tout", "false"),
        *("faux", "unchecked", "jamais utilisé", "nein"),
    )
)
"""Marks under an option that is, or is not, chosen."""

OTHER = ("other", "autre")
"""How an option begins behind which people write in words of their own."""

RANK_PRIORITIES = MappingProxyType({1: 3, 2: 2})
RANK_LEVELS = MappingProxyType({1: 5, 2: 4, 3: 3, 4: 2})
"""What stands at a rank; at any further rank 1."""

_ROLES = {
    "mentor": (
        *("mentor", "mentors", "mentore", "mentor(e)", "mentor·e", "i want to be a mentor"),
        *("i want to teach", "i can teach", "parrain", "marraine", "je veux être mentor"),
        *("mentor(e)s", "mentor·e·s", "parrains", "marraines", "tuteurs", "tutrices", "mentrices"),
        *("je souhaite transmettre",),
        *("tuteur", "tutrice", "je souhaite être mentor", "mentrice"),
    ),
    "mentee": (
        *("mentee", "mentees", "mentoré", "mentorée", "mentoré(e)", "mentoré·e", "i want to be a mentee"),
        *("i want to learn", "filleul", "filleule", "filleul(e)", "filleul·e", "je veux être mentoré"),
        *("je veux être mentorée", "je souhaite apprendre", "je souhaite être mentoré"),
        *("mentorés", "mentorées", "mentoré(e)s", "mentoré·e·s", "filleuls", "filleules", "filleul(e)s"),
    ),
    "both": ("both", "either", "i want to teach and to learn", "les deux", "les 2"),
}
ROLES = MappingProxyType({word_key(word): role for role, words in _ROLES.items() for word in words})
"""Roles in words."""

GUIDES = folded_words(
    ("Guide", "Read me", "Readme", "Instructions", "Help", "Notice", "Mode d'emploi", "Lisez-moi", "Aide")
)
"""Titles of sheets that say how a workbook is filled in, and hold nobody."""

WITHOUT_ACCENT = "mentore"
"""Teaches, unless the file has lost its accents."""
