"""Maps the headings of a file to fields: by the caller's mapping, the field's own name, or usual HR headings.

The three ways go from strong to weak. A heading that the caller maps has the mapped name. A heading that *is*
the name of a field is that field. A usual English or French heading is recognised where no stronger heading
claims its field; two usual headings for one field are a fault, since only the caller knows which one is
meant. Every other heading keeps its name, and its column becomes an attribute.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reverse_match.foundation.errors import CohortError, Fault
from reverse_match.foundation.names import LONGEST_SHOWN, did_you_mean, name_key
from reverse_match.foundation.text_safety import shorten
from reverse_match.people.participant import Participant
from reverse_match.people.table import refuse_many_columns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FIELDS = tuple(name for name in Participant.model_fields if name != "attributes")


def _asked(*questions: str) -> tuple[str, ...]:
    """Return questions with and without the sign that ends one."""
    return tuple(question + end for question in questions for end in ("", "?", " ?"))


_USUAL: dict[str, tuple[str, ...]] = {
    "id": (
        "employee id", "employee number", "employee no", "employeenumber", "employeeid", "user id", "userid",
        "personnel number", "person id", "participant id", "worker id", "staff id", "matricule",
        "identifiant", "numero employe", "id employe", "id salarie", "numero de matricule",
    ),
    "earlier_id": ("earlier id",),
    "role": (
        "participant role", "programme role", "program role", "mentoring role", "role dans le programme",
    ),
    "name": (
        "full name", "display name", "displayname", "employee name", "participant name", "worker",
        "nom complet", "nom et prenom", "prenom et nom", "nom prenom", "prenom nom", "nom du salarie",
    ),
    "first_name": ("first name", "firstname", "given name", "givenname", "forename", "prenom"),
    "last_name": (
        "last name", "lastname", "family name", "surname", "nom", "nom de famille", "nom d'usage",
    ),
    "email": (
        "e mail", "mail", "email address", "e mail address", "mail address", "work email", "work e mail",
        "business email", "adresse de messagerie",
        "professional email", "courriel", "adresse email", "adresse e mail", "adresse mail",
        "adresse electronique", "courrier electronique", "email professionnel", "e mail professionnel",
        "mail professionnel",
    ),
    "offers": (
        "skills offered", "offered skills", "can teach", "teaches", "i can teach", "skills to share",
        "competences proposees", "competences offertes", "competences a transmettre", "peut transmettre",
        "je peux transmettre",
    ),
    "seeks": (
        "skills sought", "skills wanted", "wants to learn", "i want to learn", "learning needs",
        "skills to learn", "competences recherchees", "competences souhaitees", "souhaite apprendre",
        "je souhaite apprendre",
    ),
    "goals": ("objectives", "programme goals", "program goals", "objectifs", "buts"),
    "age": ("age in years", "years of age"),
    "birth_year": ("year of birth", "birthyear", "annee de naissance"),
    "birth_date": (
        "date of birth", "birthdate", "dateofbirth", "birthday", "dob", "dtbirth", "date de naissance",
        "ne le", "nee le",
    ),
    "gender": ("sex", "sexe", "genre", "civilite"),
    "department": ("dept", "division", "business unit", "departement", "service", "direction"),
    "location": ("office", "site", "city", "workplace", "lieu", "ville", "lieu de travail", "localisation"),
    "grade": ("job grade", "job level", "echelon"),
    "manager_id": (
        "manager", "manager employee id", "manager employee number", "managerid", "supervisor",
        "supervisor id", "supervisorid", "line manager", "line manager id", "reports to", "n+1",
        "matricule manager", "matricule du manager", "responsable", "responsable hierarchique",
        "superieur hierarchique", "id manager",
    ),
    "languages": ("language", "spoken languages", "langues", "langue", "langues parlees"),
    "timezone": ("time zone", "tz", "fuseau horaire"),
    "available": (
        *("availability", "availabilities", "your availability", "my availability", "weekly availability"),
        *("weekly availabilities", "available times", "times available", "available time slots"),
        *("available slots", "free times", "free slots", "free time slots", "time slots", "free time"),
        *_asked("when are you free", "when are you available", "when can you meet"),
        *_asked("what is your availability"),
        *_asked("which times suit you", "what times are you available", "when are you usually free"),
        *("disponibilites", "disponibilite", "vos disponibilites", "mes disponibilites"),
        *("tes disponibilites", "disponibilites hebdomadaires", "creneaux", "creneaux disponibles"),
        "creneaux horaires",
        *("creneaux de disponibilite", "vos creneaux", "plages horaires", "plages de disponibilite"),
        *("horaires disponibles", "creneaux libres"),
        *_asked("quand etes vous disponible", "quand etes vous libre", "quelles sont vos disponibilites"),
        *_asked("a quels moments etes vous disponible", "quand es tu disponible"),
        *_asked("quels sont vos creneaux disponibles"),
    ),
    "on_site": (
        *("on site days", "days on site", "office days", "days in the office", "in office days"),
        *("onsite", "onsite days", "days onsite", "on site times"),
        *_asked("when are you on site", "which days are you on site", "which days are you in the office"),
        *_asked("on which days are you on site", "on which days are you in the office"),
        *("sur site", "jours sur site", "presence sur site", "jours de presence", "jours au bureau"),
        *("jours de presence sur site", "jours en presentiel"),
        *_asked("quels jours etes vous sur site", "quels jours etes vous au bureau"),
    ),
    "capacity": (
        "max duos", "maximum duos", "number of duos", "capacite", "nombre de duos", "nombre maximum de duos",
    ),
    "capacity_as_mentor": (
        "max mentees", "maximum mentees", "number of mentees", "max number of mentees", "mentee capacity",
        "maximum number of mentees", "how many mentees", "mentees max", "capacity as a mentor",
        "mentor capacity", "max mentores", "nombre de mentores", "nombre max de mentores",
        "nombre maximum de mentores", "nombre maximal de mentores", "capacite en tant que mentor",
        "capacite mentor", "how many mentees can you take", "nb mentores", "nb de mentores",
        "nb max mentores", "nb max de mentores", "nombre de mentores max", "mentores max",
    ),
    "capacity_as_mentee": (
        "max mentors", "maximum mentors", "number of mentors", "max number of mentors",
        "maximum number of mentors", "how many mentors", "mentors max", "capacity as a mentee",
        "nombre de mentors", "nombre max de mentors", "nombre maximum de mentors",
        "nombre maximal de mentors", "capacite en tant que mentore",
        "nb mentors", "nb de mentors", "nb max mentors", "nb max de mentors", "nombre de mentors max",
    ),
    "capacity_in_all": (
        "max duos in all", "maximum duos in all", "max partners", "maximum partners", "total capacity",
        "nombre maximum de duos au total", "capacite totale", "capacite en tout",
    ),
    "least_duos": ("min duos", "minimum duos", "minimum number of duos", "nombre minimum de duos",
                   "nombre minimal de duos"),
    "least_duos_as_mentor": (
        "min mentees", "minimum mentees", "minimum number of mentees", "nombre minimum de mentores",
        "nombre minimal de mentores", "min mentores",
    ),
    "least_duos_as_mentee": (
        "min mentors", "minimum mentors", "minimum number of mentors", "nombre minimum de mentors",
        "nombre minimal de mentors",
    ),
    "wants": (
        "preferred partners", "wanted partners", "partner wishes", "would like to work with",
        "partenaires souhaites", "binomes souhaites", "souhaite travailler avec",
    ),
    "avoids": (
        "partners to avoid", "not with", "must not be paired with", "conflicts of interest",
        "partenaires a eviter", "a eviter", "ne pas associer avec", "conflits d'interets",
    ),
    "prefers": (
        "partner preferences", "preferences about the partner", "preferences about my partner",
        "preferred profile", "preferences sur le partenaire", "preferences sur mon partenaire",
        "preferences sur le binome", "profil souhaite", "profil de partenaire souhaite",
    ),
    "priority": (
        "what matters most", "what matters most to me", "what matters most to you",
        "most important criterion", "ce qui compte le plus", "ce qui compte le plus pour moi",
        "ce qui compte le plus pour vous", "critere prioritaire", "critere le plus important",
    ),
}  # fmt: skip


_FEMININE = re.compile(r"(?<=\w)(?:\(e\)|[·•./-]e)[·•./-]?(s?)(?!\w)")


def heading_key(heading: str) -> str:
    """Return the form in which headings are compared: that of names, without punctuation between words.

    Nor does the asterisk count that forms put behind a question that must be answered, nor a feminine ending
    behind the masculine one: *mentoré(e)s*, *mentoré·e·s*.

    Examples
    --------
    >>> heading_key("E-mail *")
    'e mail'
    """
    return " ".join(re.sub(r"[\s_\-./:()*?]+", " ", _FEMININE.sub(r"\1", name_key(heading))).split())


@dataclass(frozen=True)
class Headings:
    """The fields of a kind of file, and the usual headings of each; see :meth:`of`."""

    by_own_name: Mapping[str, str] = field(repr=False)
    by_usual: Mapping[str, str] = field(repr=False)

    @classmethod
    def of(cls, fields: Sequence[str], usual: Mapping[str, Sequence[str]]) -> Headings:
        """Return headings for fields, with the usual headings of each field."""
        return cls(
            {heading_key(name): name for name in fields},
            {heading_key(heading): name for name, headings in usual.items() for heading in headings},
        )

    def recognises(self, heading: str) -> bool:
        """Say whether a heading is the name of a field, or a usual heading of one."""
        return heading_key(heading) in self.by_own_name or heading_key(heading) in self.by_usual

    def columns_of(self, headings: Sequence[str], mapping: Mapping[str, str], source: str) -> dict[str, str]:
        """Return the name inside the library for each heading of a file.

        Parameters
        ----------
        headings : sequence of str
            Headings as they stand in the file.
        mapping : mapping of str to str
            Mapping of the caller: from headings to fields, or to names of attributes.
        source : str
            Name of the file, for messages.

        Returns
        -------
        dict of str to str
            Names by heading.

        Raises
        ------
        CohortError
            If a mapped heading is not in the file, or two headings claim one name.

        Examples
        --------
        >>> PEOPLE.columns_of(["Matricule", "Rôle", "Pays"], {"Pays": "country"}, "people.csv")
        {'Matricule': 'id', 'Rôle': 'role', 'Pays': 'country'}
        """
        refuse_many_columns(len(headings), source)
        said = self._mapped_columns(headings, mapping, source)
        own = {
            heading: self.by_own_name[heading_key(heading)]
            for heading in headings
            if heading not in said and heading_key(heading) in self.by_own_name
        }
        claimed = {*said.values(), *own.values()}
        columns = {}
        for heading in headings:
            usual = self.by_usual.get(heading_key(heading))
            columns[heading] = (
                said.get(heading)
                or own.get(heading)
                or (usual if usual and usual not in claimed else heading)
            )
        _refuse_two_of_one_name(columns, source)
        return columns

    def _mapped_columns(
        self, headings: Sequence[str], mapping: Mapping[str, str], source: str
    ) -> dict[str, str]:
        by_key = {heading_key(heading): heading for heading in headings}
        by_key.update({heading: heading for heading in headings})
        said, faults = {}, []
        for heading, name in mapping.items():
            found = by_key.get(heading) or by_key.get(heading_key(heading))
            if found is not None and name.strip():
                said[found] = self.by_own_name.get(heading_key(name), name.strip())
                continue
            message = "is mapped to nothing; right would be HEADING=field"
            if found is None:
                message = f"no such column to map{did_you_mean(heading, headings)}"
            faults.append(Fault(message, source, column=f"'{heading}'", code="unknown-heading"))
        if faults:
            raise CohortError(faults)
        return said


PEOPLE = Headings.of(FIELDS, _USUAL)


def field_of_usual_heading(heading: str) -> str | None:
    """Return the field for which a heading is a usual one; ``None`` where it is none.

    Examples
    --------
    >>> field_of_usual_heading("Service")
    'department'
    """
    return PEOPLE.by_usual.get(heading_key(heading))


def _refuse_two_of_one_name(columns: Mapping[str, str], source: str) -> None:
    counts = Counter(columns.values())
    faults = []
    for name in sorted(name for name, count in counts.items() if count > 1):
        claimants = " and ".join(
            f"'{shorten(heading, LONGEST_SHOWN)}'" for heading, column in columns.items() if column == name
        )
        shown = shorten(name, LONGEST_SHOWN)
        message = f"{claimants} both mean '{shown}'; say which one with a mapping such as 'HEADING={shown}'"
        faults.append(Fault(message, source, code="heading-twice"))
    if faults:
        raise CohortError(faults)
