"""A clean cohort of invented people, and random ones: what every shape of file is written from.

A record has the fields of a people file, ``name`` and ``email`` among them. A name is a given name without
spaces, a space, and a family name, so that a tool with two columns has both.
"""

from __future__ import annotations

from datetime import date
from typing import Any, TypeAlias

from hypothesis import strategies as st

Record: TypeAlias = dict[str, Any]

FIELDS = (
    *("id", "role", "name", "email", "offers", "seeks", "goals", "birth_date", "gender", "department"),
    *("location", "grade", "manager_id", "languages", "timezone", "capacity"),
)
"""Fields of a clean record."""

GENDERS = ("female", "male", "non-binary")
LANGUAGES = ("fr", "en", "de", "es")

SKILLS = (
    *("Python", "Excel", "Generative AI", "C++", "UX/UI design", "Negotiation", "Réseaux sociaux"),
    *("Stratégie d'entreprise", "Art (visual arts, music)", "Project management (Agile, Scrum)"),
    *("Cloud (AWS, Azure, etc.)", "R & D", "Prise de parole"),
    "Storytelling: the basics",
)
GOALS = (
    *("Développement durable", "Recruit young people", "Innovation", "Wellbeing (sport, sleep)"),
    *("Ouvrir l'entreprise", "AI @ work"),
)
DEPARTMENTS = ("Group/IT", "Group/IT/Data", "Group/Sales", "R & D", "Qualité", "Recherche, essais", "Finance")
LOCATIONS = ("Lyon", "Saint-Étienne", "Köln", "Dublin")
TIMEZONES = ("Europe/Paris", "Europe/Berlin", "Europe/Dublin")

DOUBTFUL_SKILL = "Diversity, equity and inclusion"
"""A comma outside brackets: where commas also separate, only somebody who knows the options can read it."""

OUTSIDERS: tuple[Record, ...] = (
    {"id": "00901", "name": "Solène Garnier", "email": "solene.garnier@groupe.example"},
    {"id": "00902", "name": "Björn Aalto", "email": "bjorn.aalto@groupe.example"},
)
"""Managers who take no part."""


def person(line: str) -> Record:
    """Return the record of a line of :data:`_PEOPLE`: fields between ``|``, lists between ``;``."""
    cells = [cell.strip() for cell in line.split("|")]
    record: Record = dict(zip(FIELDS, cells, strict=True))
    for field in ("offers", "seeks"):
        parts = (part.strip().rpartition(":") for part in record[field].split(";") if part.strip())
        record[field] = {name: int(rating) for name, _, rating in parts}
    for field in ("goals", "languages"):
        record[field] = [part.strip() for part in record[field].split(";") if part.strip()]
    for field in ("birth_date", "gender", "department", "location", "manager_id", "timezone"):
        record[field] = record[field] or None
    record["grade"] = int(record["grade"]) if record["grade"] else None
    record["capacity"] = int(record["capacity"])
    return record


_PEOPLE = """
00417|mentor|Léa Martin|lea.martin@maison.example|Python:5;Generative AI:4;Art (visual arts, music):3|Negotiation:3;Prise de parole:2|Innovation;Développement durable|1999-12-31|female|Group/IT/Data|Lyon|2|00518|fr;en|Europe/Paris|1
00418|mentor|Zoé D'Angelo|zoe.dangelo@maison.example|Réseaux sociaux:5;UX/UI design:4|Stratégie d'entreprise:3|Recruit young people|1998-03-04|female|Group/Sales|Lyon|1|00519|fr;es|Europe/Paris|2
00419|mentor|Tom Petit|tom.petit@maison.example|Excel:4;Python:2|Negotiation:1|Innovation|2000-02-29|male|Group/IT|Dublin|1|00520|en|Europe/Dublin|1
00420|mentor|Jürgen Groß|juergen.gross@maison.example|C++:5;Python:4;Excel:1|R & D:2|AI @ work|1997-07-21|male|R & D|Köln|3|00521|de;en|Europe/Berlin|1
00421|mentor|Siobhán O'Neill|siobhan.oneill@maison.example|Generative AI:5;Réseaux sociaux:3|Project management (Agile, Scrum):3;Negotiation:2|Wellbeing (sport, sleep);Innovation|1996-11-13|female|Group/Sales|Dublin|2|00522|en|Europe/Dublin|1
00422|mentor|Noé Le Goff|noe.legoff@maison.example|Cloud (AWS, Azure, etc.):4;Python:3|Prise de parole:3|Développement durable|2001-05-06|male|Group/IT|Saint-Étienne|1|00518|fr|Europe/Paris|1
00423|mentor|Anaïs Lévêque|anais.leveque@maison.example|Art (visual arts, music):5;UX/UI design:2;Storytelling: the basics:4|Stratégie d'entreprise:2;Prise de parole:1|Ouvrir l'entreprise|1999-09-17||Qualité|Lyon|2|00523|fr;en|Europe/Paris|3
00424|mentor|Max Weiß|max.weiss@maison.example|Generative AI:3|||2002-01-19|male|Recherche, essais|Köln||00521|de|Europe/Berlin|1
00425|mentor|Chloé N'Diaye|chloe.ndiaye@maison.example|Excel:5;Generative AI:4;Cloud (AWS, Azure, etc.):2|Negotiation:3|Recruit young people;Innovation|1998-08-08|female|Finance|Lyon|2|00524|fr;en;es|Europe/Paris|1
00426|mentor|Sam Kelly|sam.kelly@maison.example|UX/UI design:5;Réseaux sociaux:4|R & D:1;Stratégie d'entreprise:1|AI @ work|2000-10-28|non-binary|Group/Sales|Dublin|1|00522|en|Europe/Dublin|1
00427|mentor|Inès Da Silva|ines.dasilva@maison.example|Python:1;Excel:3|Project management (Agile, Scrum):2||1997-04-15|female||Lyon|2|00901|es;fr|Europe/Paris|1
00518|mentee|Hélène de La Tour|helene.delatour@maison.example|Negotiation:5;Stratégie d'entreprise:4|Generative AI:3;Python:2|Innovation;Développement durable|1968-06-30|female|Group/IT|Lyon|7||fr;en|Europe/Paris|2
00519|mentee|Marc Dupont|marc.dupont@maison.example|Negotiation:4|Réseaux sociaux:3;UX/UI design:1;Storytelling: the basics:2|Recruit young people|1971-02-03|male|Group/Sales|Lyon|6|00518|fr|Europe/Paris|1
00520|mentee|Fiona Byrne|fiona.byrne@maison.example|Prise de parole:3;Storytelling: the basics:2|Excel:2;Generative AI:3;Cloud (AWS, Azure, etc.):1|AI @ work;Innovation|1975-12-24|female|Group/IT|Dublin|5|00522|en|Europe/Dublin|1
00521|mentee|Ute Müller|ute.mueller@maison.example|R & D:5|C++:1;Generative AI:3|Innovation|1966-01-22|female|R & D|Köln|8||de;en|Europe/Berlin|1
00522|mentee|Liam Doyle|liam.doyle@maison.example|Project management (Agile, Scrum):4;Negotiation:3|Réseaux sociaux:3|Wellbeing (sport, sleep)|1970-07-07|male|Group/Sales|Dublin|7|00518|en|Europe/Dublin|2
00523|mentee|Gaël Œuvrard|gael.oeuvrard@maison.example|Stratégie d'entreprise:5|Art (visual arts, music):2;UX/UI design:3|Ouvrir l'entreprise;Innovation|1973-09-01|male|Qualité|Lyon|6|00518|fr|Europe/Paris|1
00524|mentee|Mina Null|mina.null@maison.example|Prise de parole:4|Excel:3|Développement durable|1969-05-12|female|Finance|Lyon|7|00902|fr;en|Europe/Paris|1
00525|mentee|Paul Öztürk|paul.oeztuerk@maison.example||Python:3;Cloud (AWS, Azure, etc.):2||1974-04-18|male|Recherche, essais|Köln|5|00521|de|Europe/Berlin|1
00526|mentee|Ève Saint-Clair|eve.saintclair@maison.example|Negotiation:2|Generative AI:3|Recruit young people|1967-10-10||Group/Sales|Saint-Étienne|6|00519|fr|Europe/Paris|1
00527|mentee|Ann-Kathrin Vogt|annkathrin.vogt@maison.example|Project management (Agile, Scrum):5|Python:1;Excel:2|AI @ work|1972-03-27|female|Group/IT/Data|Köln||00520|de;en|Europe/Berlin|1
00601|both|Nadia Ben Amor|nadia.benamor@maison.example|Generative AI:3;Prise de parole:4|R & D:2;Cloud (AWS, Azure, etc.):3|Innovation;Ouvrir l'entreprise|1985-11-05|female|Finance|Lyon|4|00524|fr;en|Europe/Paris|1
00602|both|Oscar Ek|oscar.ek@maison.example|C++:4;Negotiation:2|Art (visual arts, music):1|Wellbeing (sport, sleep)|1988-02-14|male|R & D|Dublin|4|00521|en;de|Europe/Dublin|1
00603|both|Rose Éluard|rose.eluard@maison.example|UX/UI design:3|Python:2;Réseaux sociaux:1|Développement durable|1983-08-19|female|Qualité|Saint-Étienne|3|00523|fr|Europe/Paris|1
"""  # one person a line


def clean_people() -> list[Record]:
    """Return 24 people: 11 mentors, 10 mentees, 3 who are both."""
    return [person(line) for line in _PEOPLE.strip().splitlines()]


def with_doubtful_skill(people: list[Record]) -> list[Record]:
    """Return people of whom some name :data:`DOUBTFUL_SKILL`, which no separator of commas can carry."""
    changed = [{**record, "offers": dict(record["offers"])} for record in people]
    for record in changed[::3]:
        record["offers"][DOUBTFUL_SKILL] = 3
    return changed


_GIVEN = ("Léa", "Tom", "Ann-Kathrin", "Noé", "Siobhán", "Zoé", "Jürgen", "Mina")
_FAMILY = ("Martin", "O'Neill", "de La Tour", "Groß", "Null", "N'Diaye", "Le Goff", "Weiß")


@st.composite
def clean_cohorts(draw: st.DrawFn, most: int = 8) -> list[Record]:
    """Draw records of a clean cohort: at least one mentor and one mentee, who both say something."""
    size = draw(st.integers(2, most))
    names = draw(
        st.lists(
            st.tuples(st.sampled_from(_GIVEN), st.sampled_from(_FAMILY)),
            min_size=size, max_size=size, unique=True,
        )
    )  # fmt: skip
    numbers = draw(st.lists(st.integers(1, 899), min_size=size, max_size=size, unique=True))
    roles = draw(
        st.lists(st.sampled_from(("mentor", "mentee", "both")), min_size=size - 2, max_size=size - 2)
    )
    people = [
        _drawn(draw, f"{number:05}", role, " ".join(name), number)
        for number, role, name in zip(numbers, ["mentor", "mentee", *roles], names, strict=True)
    ]
    _add_managers(draw, people)
    for field, rating in (("offers", 3), ("seeks", 2)):
        people[0][field] = people[0][field] or {"Python": rating}
        people[1][field] = people[1][field] or {"Python": rating}
        _let_commas_recur(people, field, rating)
    return people


def _drawn(draw: st.DrawFn, identity: str, role: str, name: str, number: int) -> Record:
    skills = st.sampled_from(SKILLS)
    return {
        "id": identity,
        "role": role,
        "name": name,
        "email": f"person{number}@maison.example",
        "offers": draw(st.dictionaries(skills, st.integers(1, 5), max_size=4)),
        "seeks": draw(st.dictionaries(skills, st.integers(1, 3), max_size=4)),
        "goals": draw(st.lists(st.sampled_from(GOALS), unique=True, max_size=3)),
        "birth_date": draw(st.none() | st.dates(date(1960, 1, 1), date(2004, 12, 31)).map(str)),
        "gender": draw(st.none() | st.sampled_from(GENDERS)),
        "department": draw(st.none() | st.sampled_from(DEPARTMENTS)),
        "location": draw(st.none() | st.sampled_from(LOCATIONS)),
        "grade": draw(st.none() | st.integers(1, 9)),
        "manager_id": None,
        "languages": draw(st.lists(st.sampled_from(LANGUAGES), unique=True, max_size=3)),
        "timezone": draw(st.none() | st.sampled_from(TIMEZONES)),
        "capacity": draw(st.sampled_from((1, 1, 1, 2, 3))),
    }


def _add_managers(draw: st.DrawFn, people: list[Record]) -> None:
    """Give managers from among who stands earlier, so that there is no cycle."""
    outside = [outsider["id"] for outsider in OUTSIDERS]
    for index, record in enumerate(people):
        earlier = [other["id"] for other in people[:index]]
        record["manager_id"] = draw(st.none() | st.sampled_from([*outside, *earlier]))


def _let_commas_recur(people: list[Record], field: str, rating: int) -> None:
    """Let a name with a comma stand in two cells of a column, as an option that several people tick."""
    for name in [name for name in SKILLS if "," in name]:
        cells = [record[field] for record in people if name in record[field]]
        if len(cells) == 1:
            other = next(record[field] for record in people if name not in record[field])
            other[name] = rating
