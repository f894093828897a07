"""Words that cells hold: answers that are none, and words for a role, a level, a priority, yes and no.

A word is compared without regard to capitals, spaces around it and a full stop at the end. Accents count: a
French *mentore* teaches, and a *mentoré* learns.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def word_key(word: str) -> str:
    """Return the form in which words are compared.

    Examples
    --------
    >>> word_key(" Prefer not to  say. ")
    'prefer not to say'
    """
    folded = " ".join(word.split()).casefold().replace("\u2019", "'")
    return folded.rstrip(".").rstrip() or folded


def _keys(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(word_key, words))


def _table(values: Mapping[int, str]) -> Mapping[str, int]:
    return MappingProxyType(
        {word_key(word): value for value, words in values.items() for word in words.split("|")}
    )


NON_ANSWERS = _keys(
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

NO_MANAGER = _keys(("NO_MANAGER", "NO MANAGER"))
"""What HR systems write where somebody reports to nobody."""

LEVELS = _table(
    {
        1: "beginner|débutant|débutante|débutant(e)|débutant·e",
        2: "basic|notions",
        3: "intermediate|intermédiaire",
        4: "advanced|avancé|avancée|avancé(e)|avancé·e",
        5: "expert|experte|expert(e)|expert·e",
    }
)
"""Level of a skill that is taught."""

DOUBTFUL_LEVELS = _keys(
    (
        *("novice", "some", "fair", "bases", "average", "moyen", "competent", "good", "proficient", "bon"),
        *("confirmé", "confirmée", "fluent", "very good", "excellent", "maîtrise", "master"),
    )
)
"""Words for a level that scales use differently: which is meant, somebody has to say."""

PRIORITIES = _table(
    {
        1: "low|nice to have|faible|basse|souhaitable",
        2: "medium|important|should|moyenne",
        3: "high|must|must have|haute|élevée|forte|indispensable|prioritaire",
    }
)
"""Priority of a skill that is wanted."""

DOUBTFUL_PRIORITIES = _keys(("could", "want", "utile", "urgent", "essential", "essentiel"))

YES = _keys(("x", "y", "yes", "oui", "1", "✓", "✔", "☑", "checked", "true", "vrai", "o", "ja", "sí", "si"))
NO = _keys(
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

WITHOUT_ACCENT = "mentore"
"""Teaches, unless the file has lost its accents."""

ONE_MEANING = MappingProxyType(
    {
        word_key(word): meaning
        for meaning, words in {
            "female": "female|femme|f|woman|féminin",
            "male": "male|homme|m|h|man|masculin",
            "non-binary": "non-binary|non binary|non binaire|non-binaire|x|nb",
            "fr": "fr|french|français",
            "en": "en|english|anglais",
            "de": "de|german|allemand|deutsch",
            "es": "es|spanish|espagnol|español",
            "it": "it|italian|italien",
        }.items()
        for word in words.split("|")
    }
)
"""Words of two languages that say the same of one person in two files."""


def meaning_of(word: str) -> str:
    """Return what two words share that mean the same.

    Examples
    --------
    >>> meaning_of("Femme") == meaning_of("female")
    True
    """
    key = word_key(word)
    return ONE_MEANING.get(key, key)
