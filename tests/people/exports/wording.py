"""What forms and HR systems call things, in English and in French."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

    from exports.clean import Record


@dataclass(frozen=True)
class Wording:
    """The words of one language.

    Attributes
    ----------
    usual : dict of str to str
        A heading that is recognised by itself, by field.
    questions : dict of str to str
        A question of a form that asks for a field.
    roles : tuple of dict
        Sets of words for roles, by role; a file uses one of them.
    genders, languages : dict of str to str
        Words by value.
    levels : tuple of str
        Words for the levels 1 to 5.
    priorities : tuple of str
        Words for the priorities 1 to 3.
    non_answers : tuple of str
        Words for what is not known.
    yes, no : str
        Answers to a question of yes or no.
    """

    code: str
    usual: dict[str, str]
    questions: dict[str, str]
    roles: tuple[dict[str, str], ...]
    genders: dict[str, str]
    letters: dict[str, str]
    languages: dict[str, str]
    levels: tuple[str, ...]
    priorities: tuple[str, ...]
    non_answers: tuple[str, ...]
    yes: str
    no: str

    def some_roles(self, random: Random) -> dict[str, str]:
        """Return one set of words for roles."""
        return random.choice(self.roles)

    def silence(self, random: Random) -> str:
        """Return an empty cell or a word that says that there is no answer."""
        return random.choice(("", "", *self.non_answers))

    def gender(self, record: Record, random: Random) -> str:
        """Return the gender in words, or a non-answer."""
        return self.genders.get(record["gender"]) or self.silence(random)

    def languages_of(self, record: Record) -> list[str]:
        """Return the names of languages."""
        return [self.languages[code] for code in record["languages"]]


EN = Wording(
    "en",
    {
        "id": "Employee ID", "role": "Mentoring role", "name": "Name", "email": "E-mail",
        "offers": "Skills offered", "seeks": "Skills wanted", "goals": "Objectives",
        "birth_date": "Date of birth", "gender": "Gender", "department": "Department", "location": "Location",
        "grade": "Job grade", "manager_id": "Manager", "languages": "Spoken languages",
        "timezone": "Time zone", "capacity": "Max duos",
    },
    {
        "role": "Do you want to teach, to learn, or both?",
        "offers": "Which of these could you teach a colleague, \"however little\"? (tick all that apply) ",
        "seeks": "What would you like to learn?\nThree at most, please",
        "goals": "What should the programme bring you?",
        "department": "In which department do you work, as of today? ",
        "gender": "How do you describe yourself?",
        "languages": "Which languages can you have a conversation in?",
        "email": "Your work e-mail",
    },
    (
        {"mentor": "mentor", "mentee": "mentee", "both": "both"},
        {"mentor": "Mentor", "mentee": "Mentee", "both": "Mentor, Mentee"},
        {"mentor": "I want to be a mentor", "mentee": "I want to be a mentee", "both": "Both"},
        {"mentor": "I want to teach", "mentee": "I want to learn", "both": "I want to teach and to learn"},
    ),
    {"female": "Female", "male": "Male", "non-binary": "Non-binary"},
    {"female": "F", "male": "M", "non-binary": "X"},
    {"fr": "French", "en": "English", "de": "German", "es": "Spanish"},
    ("Beginner", "Basic", "Intermediate", "Advanced", "Expert"),
    ("nice to have", "important", "must"),
    ("Prefer not to say", "N/A", "n/a", "None", "-", "unknown", "Not specified"),
    "Yes",
    "No",
)  # fmt: skip

FR = Wording(
    "fr",
    {
        "id": "Matricule", "role": "Rôle dans le programme", "name": "Nom complet", "email": "Adresse e-mail",
        "offers": "Compétences proposées", "seeks": "Compétences recherchées", "goals": "Objectifs",
        "birth_date": "Date de naissance", "gender": "Sexe", "department": "Service", "location": "Site",
        "grade": "Échelon", "manager_id": "Responsable hiérarchique", "languages": "Langues parlées",
        "timezone": "Fuseau horaire", "capacity": "Nombre de duos",
    },
    {
        "role": "Souhaitez-vous transmettre, apprendre, ou les deux ?",
        "offers": "Que pourriez-vous transmettre, même un peu ? (plusieurs réponses possibles) ",
        "seeks": "Qu'aimeriez-vous apprendre ?\nTrois réponses au plus",
        "goals": "Qu'attendez-vous du programme, en un mot ?",
        "department": "Dans quel service travaillez-vous ? ",
        "gender": "Vous êtes...",
        "languages": "Dans quelles langues pouvez-vous échanger ?",
        "email": "Votre adresse professionnelle",
    },
    (
        {"mentor": "Mentor", "mentee": "Mentoré(e)", "both": "Les deux"},
        {"mentor": "Mentore", "mentee": "Mentorée", "both": "Mentor et mentoré"},
        {"mentor": "Parrain", "mentee": "Filleul", "both": "Les deux"},
        {"mentor": "Je souhaite transmettre", "mentee": "Je souhaite apprendre", "both": "Les deux"},
    ),
    {"female": "Femme", "male": "Homme", "non-binary": "Non binaire"},
    {"female": "F", "male": "M", "non-binary": "X"},
    {"fr": "Français", "en": "Anglais", "de": "Allemand", "es": "Espagnol"},
    ("Débutant", "Notions", "Intermédiaire", "Avancé", "Expert"),
    ("souhaitable", "important", "indispensable"),
    ("Ne souhaite pas répondre", "n/c", "NSP", "Non renseigné", "Aucun", "Néant", "-", "Sans objet"),
    "Oui",
    "Non",
)  # fmt: skip

LANGUAGE_OF_FORM = (EN, FR)
