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
    "capacity": (
        "max duos", "maximum duos", "number of duos", "max mentees", "capacite", "nombre de duos",
    ),
    "wants": (
        "preferred partners", "wanted partners", "partner wishes", "would like to work with",
        "partenaires souhaites", "binomes souhaites", "souhaite travailler avec",
    ),
    "avoids": (
        "partners to avoid", "not with", "must not be paired with", "conflicts of interest",
        "partenaires a eviter", "a eviter", "ne pas associer avec", "conflits d'interets",
    ),
}  # fmt: skip


def heading_key(heading: str) -> str:
    """Return the form in which headings are compared: that of names, without punctuation between words.

    Nor does the asterisk count that forms put behind a question that must be answered.

    Examples
    --------
    >>> heading_key("E-mail *")
    'e mail'
    """
    return " ".join(re.sub(r"[\s_\-./:()*]+", " ", name_key(heading)).split())


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
