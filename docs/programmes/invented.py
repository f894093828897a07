"""The invented people of these pages: small cohorts that are the same on every machine.

Chance comes from a seed and nothing else, so that each page shows what it showed before.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

Record = dict[str, Any]

_JUNIORS = (
    "abel adele agnes aline amir anouk arthur basile bilal camille celia chloe clara dora elias elio "
    "emma fanny farid flora gaspard hana hugo ida ines iris jonas jules kenza lea leo lina louis "
    "lucie malik manon maya mila nadia nils noe nora oscar pauline rania romy sacha sara selma simon "
    "theo victor yanis zoe"
)
_SENIORS = (
    "agathe alain anne bernard brigitte bruno carole cecile claude daniel denis dominique edith eric "
    "etienne franck gerard gilles gisele helene herve isabelle jacques jean karine laurent marc "
    "marie martine michel monique nathalie nicole odile olivier pascal patrick paul philippe pierre "
    "regis renee robert sabine serge sophie sylvie thierry valerie veronique yves yvonne"
)

JUNIORS, SENIORS = _JUNIORS.split(), _SENIORS.split()


class Chance:
    """Chance under a seed, the same in every version of Python."""

    def __init__(self, seed: int) -> None:
        self._draw = random.Random(seed).random  # noqa: S311 - no secret

    def number(self, least: int, most: int) -> int:
        """Return a whole number between two, both included."""
        return least + int(self._draw() * (most - least + 1))

    def one(self, of: Sequence[Any]) -> Any:
        """Return one of some."""
        return of[self.number(0, len(of) - 1)]

    def some(self, of: Sequence[str], least: int, most: int) -> list[str]:
        """Return between so many and so many of some, each at most once."""
        left = list(of)
        return [left.pop(self.number(0, len(left) - 1)) for _ in range(self.number(least, most))]

    def rated(self, of: Sequence[str], how_many: int, least: int, most: int) -> str:
        """Return some names with ratings, as a cell of a people file has them."""
        return ";".join(f"{name}:{self.number(least, most)}" for name in self.some(of, how_many, how_many))


def medical_technology() -> list[Record]:
    """Return 24 specialists and 20 managers of a group with sites in three parts of the world.

    Everybody writes names of skills in their own language, and the group's own tool under two names.
    """
    chance = Chance(31)
    tools = ("Generative AI", "Power BI", "Python", "Cockpit 360", "3D printing", "Microsoft Teams")
    experience = ("Regulation", "Negotiation", "Strategy")
    as_written = (
        {},
        {"Generative AI": "IA générative", "3D printing": "Impression 3D", "Cockpit 360": "C360"},
    )
    sites = (
        ("Group/Europe/Lyon", "Europe/Paris", "fr;en", 1),
        ("Group/Europe/Ulm", "Europe/Berlin", "de;en", 0),
        ("Group/Americas/Minneapolis", "America/Chicago", "en", 0),
        ("Group/Asia/Singapore", "Asia/Singapore", "en;zh", 0),
    )
    departments = ("Group/Research", "Group/Production", "Group/Quality", "Group/Sales")
    rows = []
    for place, name in enumerate([*JUNIORS[:24], *SENIORS[:20]]):
        junior = place < 24
        site, zone, languages, wording = sites[(0, 0, 1, 2, 3)[chance.number(0, 4)]]
        skills = [as_written[wording].get(tool, tool) for tool in tools]
        taught = chance.rated(skills, 3, 2, 5)
        wanted = chance.rated(skills, 2, 1, 3)
        rows.append(
            {
                "id": name,
                "role": "mentor" if junior else "mentee",
                "offers": taught if junior else chance.rated(experience, 1, 4, 5),
                "seeks": chance.one(experience) if junior else wanted,
                "department": chance.one(departments),
                "location": site,
                "timezone": zone,
                "languages": "fr" if languages == "fr;en" and chance.number(1, 3) == 1 else languages,
                "age": chance.number(23, 34) if junior else chance.number(41, 60),
            }
        )
    return rows


def students_and_executives() -> list[Record]:
    """Return 30 students of four schools, who are nobody's employees, and 16 executives of a bank."""
    chance = Chance(12)
    topics = ("Generative AI", "Social networks", "Crypto-assets", "Mobile payments", "Sustainable finance")
    days = ("Monday", "Tuesday", "Wednesday", "Thursday")
    schools = ("Business school", "Engineering school", "School of design", "Faculty of law")
    rows: list[Record] = [
        {
            "id": name,
            "role": "mentor",
            "offers": chance.rated(topics, 2, 3, 5),
            "seeks": chance.one(("Finance", "Careers", "Leadership")),
            "goals": ";".join(chance.some(("meet Generation Z", "recruit", "innovation"), 1, 2)),
            "age": chance.number(20, 25),
            "school": chance.one(schools),
            "free_on": ";".join(chance.some(days, 1, 2)),
            "agreement_signed": "no" if chance.number(1, 10) == 1 else "yes",
            "works_for": "another bank" if chance.number(1, 8) == 1 else "",
        }
        for name in JUNIORS[:30]
    ]
    for place, name in enumerate(SENIORS[:16]):
        rows.append(
            {
                "id": name,
                "role": "mentee",
                "offers": f"{chance.one(('Finance', 'Careers', 'Leadership'))}:5",
                "seeks": chance.rated(topics, 2, 2, 3),
                "goals": ";".join(chance.some(("meet Generation Z", "recruit", "innovation"), 1, 2)),
                "age": chance.number(42, 62),
                "department": chance.one(("Bank/Retail", "Bank/Markets", "Bank/Risk", "Bank/People")),
                "manager_id": "" if place == 0 else SENIORS[0],
                "free_on": ";".join(chance.some(days, 1, 3)),
                "wants": chance.one(JUNIORS[:30]) if chance.number(1, 3) == 1 else "",
                "agreement_signed": "yes",
            }
        )
    return rows


def food_group() -> list[Record]:
    """Return 26 young employees and 26 managers of plants and head office, with goals for the planet."""
    chance = Chance(8)
    goals = ("less packaging", "less water", "less waste", "local farms", "plant-based food", "carbon")
    skills = ("Life-cycle analysis", "Carbon accounting", "Short supply chains", "Social networks")
    sites = ("Group/Plants/Dairy", "Group/Plants/Bakery", "Group/Plants/Cannery", "Group/Head office")
    rows = []
    for place, name in enumerate([*JUNIORS[:26], *SENIORS[:26]]):
        junior = place < 26
        site = chance.one(sites)
        rows.append(
            {
                "id": name,
                "role": "mentor" if junior else "mentee",
                "offers": chance.rated(skills, 2, 3, 5) if junior else "Management:5",
                "seeks": "Management" if junior else chance.rated(skills, 2, 1, 3),
                "goals": ";".join(chance.some(goals, 2, 3) if place % 9 else ["carbon"]),
                "gender": chance.one(("female", "male")),
                "department": site,
                "location": site,
                "age": chance.number(22, 33) if junior else chance.number(40, 61),
            }
        )
    return rows


def scale_up() -> list[Record]:
    """Return 28 people of a young company: everybody teaches something and learns something."""
    chance = Chance(20)
    skills = ("Prompting", "Figma", "SQL", "Sales calls", "Growth", "Hiring", "Pricing", "Public speaking")
    names = [*JUNIORS[20:40], *SENIORS[20:28]]
    rows = []
    for place, name in enumerate(names):
        known = chance.some(skills, 4, 4)
        rows.append(
            {
                "id": name,
                "role": "both",
                "offers": ";".join(f"{skill}:{chance.number(3, 5)}" for skill in known[:2]),
                "seeks": ";".join(f"{skill}:{chance.number(1, 3)}" for skill in known[2:]),
                "goals": ";".join(chance.some(("international", "1,000 customers", "remote work"), 1, 2)),
                "age": chance.number(23, 41) if place < 22 else chance.number(38, 49),
                "years_experience": chance.number(1, 12) if place < 22 else chance.number(12, 22),
                "department": chance.one(("Product", "Engineering", "Sales", "People")),
                "absent": "2" if place in (3, 11) else "",
            }
        )
    return rows


def traditional_group() -> list[Record]:
    """Return a group with grades from 1 to 12 and five levels of managers, 50 people."""
    chance = Chance(3)
    divisions = ("Group/Steel", "Group/Energy", "Group/Transport")
    skills = (
        "Generative AI",
        "Collaborative tools",
        "Data visualisation",
        "Cybersecurity",
        "Social networks",
    )
    directors = [
        {"id": name, "grade": chance.number(9, 11), "department": divisions[place % 3]}
        for place, name in enumerate(SENIORS[:20])
    ]
    directors[0]["grade"] = 12
    employees = [{"id": name, "grade": chance.number(2, 6)} for name in JUNIORS[:30]]
    for place, person in enumerate(directors):
        above = directors[0] if place in (1, 2) else directors[place - 3] if place else None
        person["manager_id"] = above["id"] if above else ""
        person |= {"role": "mentee", "offers": "Strategy:5;Politics of the house:5"}
        person |= {"seeks": chance.rated(skills, 3, 1, 3), "age": 40 + person["grade"]}
    for person in employees:
        above = chance.one(directors[3:])
        person |= {"manager_id": above["id"], "department": above["department"], "role": "mentor"}
        person |= {"offers": chance.rated(skills, 3, 2, 5), "seeks": "Politics of the house"}
        person |= {"age": 22 + person["grade"] + chance.number(0, 4)}
    for person in [*directors, *employees]:
        person["goals"] = ";".join(chance.some(("digital habits", "attract young people", "safety"), 1, 2))
        person["gender"] = chance.one(("female", "male"))
    return [*directors, *employees]
