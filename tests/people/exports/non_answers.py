"""Words that cells hold: answers that are none, answers that only look so, and words for level, priority, role.

A word is compared without regard to capitals, spaces around it and a full stop at the end. Accents count in
roles: a "mentore" teaches, a "mentoré" learns.
"""

from __future__ import annotations

from typing import NamedTuple

NON_ANSWERS_EN = (
    *("N/A", "n/a", "NA", "N.A.", "None", "none", "NULL", "null", "Nil", "-", "--", "–", "—", ".", "..."),
    *(
        "?",
        "??",
        "TBD",
        "TBC",
        "unknown",
        "Unknown",
        "Not known",
        "not specified",
        "Unspecified",
        "Undisclosed",
    ),
    *("Prefer not to say", "prefer not to say.", "I prefer not to say", "Prefer not to answer"),
    *(
        "Decline to answer",
        "Decline to state",
        "Declined",
        "I'd rather not say",
        "I don't know",
        "Don't know",
    ),
    *("Not applicable", "Not provided", "Not disclosed", "No answer", "No response", "None of the above"),
    *("(blank)", "(empty)", "blank", "#N/A"),
)
NON_ANSWERS_FR = (
    *(
        "n/c",
        "N/C",
        "NC",
        "N.C.",
        "NSP",
        "nsp",
        "N/R",
        "NR",
        "Aucun",
        "Aucune",
        "Aucun(e)",
        "aucun·e",
        "Néant",
    ),
    *("neant", "Ne souhaite pas répondre", "Ne souhaite pas repondre", "Je ne souhaite pas répondre"),
    *(
        "Je préfère ne pas répondre",
        "Préfère ne pas répondre",
        "Préfère ne pas le dire",
        "Ne se prononce pas",
    ),
    *("Ne sait pas", "Je ne sais pas", "Non renseigné", "Non renseignée", "Non renseigne", "Non communiqué"),
    *(
        "Non précisé",
        "Non spécifié",
        "Sans objet",
        "s.o.",
        "Sans réponse",
        "Inconnu",
        "Inconnue",
        "À définir",
    ),
    *("À compléter", "Non applicable", "Rien", "(vide)"),
)
NON_ANSWERS = (*NON_ANSWERS_EN, *NON_ANSWERS_FR)
"""Not known, in every column but those of ids and names, and as the only part of a list."""

ONLY_WHERE_ASKED = ("Other", "other", "Autre", "autre", "Autre :", "Other (please specify)", "Divers")
"""Answers, until ``--non-answer`` says otherwise."""


class Answer(NamedTuple):
    """A cell that is an answer, though it looks like none."""

    field: str
    cell: str
    value: object
    why: str


NEAR_MISSES = (
    Answer("id", "NA", "NA", "an id is whatever it is; nobody's is missing because it spells NA"),
    Answer("id", "None", "None", "an id"),
    Answer("id", "-", "-", "an id, if a poor one: two of them are one id twice"),
    Answer("name", "NA", "NA", "initials in a column of names"),
    Answer("name", "Mina Null", "Mina Null", "a family name"),
    Answer("name", "Null", "Null", "a family name, alone in its column"),
    Answer("name", "N. Aucun", "N. Aucun", "a family name"),
    Answer("email", "null@maison.example", "null@maison.example", "an address"),
    Answer("department", "N/A Consulting", "N/A Consulting", "more than the word"),
    Answer("department", "Unknown Pleasures GmbH", "Unknown Pleasures GmbH", "more than the word"),
    Answer("department", "Group/NA", "Group/NA", "North America: a part of a path"),
    Answer("department", "Other Services", "Other Services", "more than the word"),
    Answer("location", "Nil (Turkménistan)", "Nil (Turkménistan)", "more than the word"),
    Answer("gender", "Other", "Other", "an answer, until somebody says that it is none"),
    Answer("gender", "Autre", "Autre", "an answer, until somebody says that it is none"),
    Answer("gender", "non-binary", "non-binary", "begins as a French non-answer does"),
    Answer("gender", "Non binaire", "Non binaire", "begins as a French non-answer does"),
    Answer("offers", "Aucune idée d'entreprise", {"Aucune idée d'entreprise": 3}, "more than the word"),
    Answer("offers", "Other skills: Python", {"Other skills: Python": 3}, "a colon without a level is of the name"),
    Answer("offers", "Unknown unknowns;Python", {"Unknown unknowns": 3, "Python": 3}, "more than the word"),
    Answer("offers", ".NET", {".NET": 3}, "begins with a point"),
    Answer("offers", "R", {"R": 3}, "one letter, a language"),
    Answer("offers", "C", {"C": 3}, "one letter, a language"),
    Answer("offers", "None;Python", {"Python": 3}, "beside answers, what is none falls away"),
    Answer("offers", "Python;-;Excel", {"Python": 3, "Excel": 3}, "beside answers, what is none falls away"),
    Answer("goals", "Sans objet connecté;Innovation", ("Sans objet connecté", "Innovation"), "more than the word"),
    Answer("goals", "Néant numérique", ("Néant numérique",), "more than the word"),
    Answer("goals", "Rien que du bon sens", ("Rien que du bon sens",), "more than the word"),
    Answer("languages", "No", ("No",), "Norwegian, by its code"),
    Answer("languages", "nb;fr", ("nb", "fr"), "codes"),
    Answer("capacity", "0", 0, "a number: sits out"),
)  # fmt: skip

LEVEL_WORDS = {
    "beginner": 1, "basic": 2, "intermediate": 3, "advanced": 4, "expert": 5,
    "débutant": 1, "débutante": 1, "débutant(e)": 1, "notions": 2, "intermédiaire": 3, "avancé": 4,
    "avancée": 4, "avancé(e)": 4, "experte": 5, "expert(e)": 5,
}  # fmt: skip
"""Level of a skill that is taught, from 1 to 5."""

DOUBTFUL_LEVEL_WORDS = {
    "novice": 1, "some": 2, "fair": 2, "bases": 2, "average": 3, "moyen": 3, "competent": 3, "good": 4,
    "proficient": 4, "bon": 4, "confirmé": 4, "confirmée": 4, "fluent": 5, "very good": 5, "excellent": 5,
    "maîtrise": 5, "master": 5,
}  # fmt: skip
"""Words of which scales differ: right if read so and shown, or asked for."""

NOT_OFFERED = ("none", "no", "not at all", "aucun", "aucune", "non", "pas du tout", "0", "jamais utilisé")
"""In a grid of levels: the skill is not taught."""

PRIORITY_WORDS = {
    "low": 1, "nice to have": 1, "medium": 2, "important": 2, "should": 2, "high": 3, "must": 3,
    "must have": 3, "faible": 1, "basse": 1, "souhaitable": 1, "moyenne": 2, "haute": 3, "élevée": 3,
    "forte": 3, "indispensable": 3, "prioritaire": 3,
}  # fmt: skip
"""Priority of a skill that is wanted, from 1 to 3."""

DOUBTFUL_PRIORITY_WORDS = {"could": 1, "want": 2, "utile": 1, "urgent": 3, "essential": 3, "essentiel": 3}

RANK_PRIORITIES = {1: 3, 2: 2, **dict.fromkeys(range(3, 21), 1)}
"""Priority of what stands at a rank."""

RANK_LEVELS = {1: 5, 2: 4, 3: 3, 4: 2, 5: 1}
"""Level of what stands at a rank."""

ROLE_WORDS = {
    "mentor": "mentor", "mentors": "mentor", "Mentore": "mentor", "mentor(e)": "mentor", "Mentor·e": "mentor",
    "I want to be a mentor": "mentor", "I want to teach": "mentor", "I can teach": "mentor",
    "Parrain": "mentor", "Marraine": "mentor", "Je veux être mentor": "mentor",
    "Je souhaite transmettre": "mentor", "Tuteur": "mentor", "Tutrice": "mentor",
    "mentee": "mentee", "Mentees": "mentee", "Mentoré": "mentee", "Mentorée": "mentee",
    "Mentoré(e)": "mentee", "Mentoré·e": "mentee", "I want to be a mentee": "mentee",
    "I want to learn": "mentee", "Filleul": "mentee", "Filleule": "mentee", "Filleul(e)": "mentee",
    "Je veux être mentoré": "mentee", "Je souhaite apprendre": "mentee",
    "both": "both", "Both": "both", "Either": "both", "Mentor and mentee": "both", "Mentor & mentee": "both",
    "Mentor, Mentee": "both", "Mentee, Mentor": "both", "Mentor;Mentee;": "both", "mentor/mentee": "both",
    "I want to teach and to learn": "both", "Les deux": "both", "les 2": "both",
    "Mentor et mentoré": "both", "Mentor et mentoré(e)": "both", "Parrain et filleul": "both",
    "I want to teach, I want to learn": "both",
}  # fmt: skip
"""Case aside; "mentore" without an accent is French for a woman who teaches."""

DOUBTFUL_ROLE_WORDS = ("Mentoring", "Participant", "Yes", "Oui", "Senior", "Junior", "1", "M", "Coach")
"""A question for whoever knows; a programme of reverse mentoring has its seniors as mentees."""
