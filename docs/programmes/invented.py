"""The invented people of these pages: small cohorts that are the same on every machine.

Chance comes from a seed and nothing else, so that each page shows what it showed before.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
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

_AMERICANS = (
    "aaron abigail alan alicia amber andre angela anita barbara ben beth brandon brenda brian caleb "
    "carlos carmen cheryl cindy colin connie crystal curtis cynthia darius deborah derek diego donna "
    "dwight earl edna elena ellen erica ethan faith felicia gail gary gina glenn gloria grant greg "
    "hannah harold heidi holly ian irma isaac janet jared jasmine jenna jerome jill joan jordan joyce "
    "juan judy kayla keith kelly kevin kim kurt latoya leon linda lisa lorenzo luis malcolm marcia "
    "maria mark megan melissa miguel monica nancy nathan norma omar pamela peggy peter phyllis priya "
    "rachel ralph randy rosa"
)

JUNIORS, SENIORS, AMERICANS = _JUNIORS.split(), _SENIORS.split(), _AMERICANS.split()


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
    _with_their_own_say(rows, Chance(21))
    return rows


def _with_their_own_say(rows: list[Record], chance: Chance) -> None:
    """Let people say more: a second choice, what they prefer, and what matters most to them."""
    for row in rows:
        if row["role"] == "mentor":
            unit = chance.one(("Retail", "Markets", "Risk", "People"))
            answer = ("yes", "maybe", "no", "must not")[chance.number(0, 3)]
            row["prefers"] = f"department=Bank/{unit}:{answer}"
            continue
        if row["wants"]:
            row["wants"] += f";{chance.one([name for name in JUNIORS[:30] if name != row['wants']])}"
        school = chance.one(("Business school", "Engineering school", "School of design"))
        row["prefers"] = f"school={school}:{chance.one(('yes', 'maybe'))}"
        if chance.number(1, 4) == 1:
            row["prefers"] += "; age>=22:must"
        row["priority"] = chance.one(("skills", "goals", "wishes", "preferences", ""))


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
    chance, free = Chance(20), Chance(21)
    mornings = ("Mon 9-10", "Mon am", "Tue 9-11", "Wed am", "Thu 9:30-10:30", "Fri 9-11")
    skills = ("Prompting", "Figma", "SQL", "Sales calls", "Growth", "Hiring", "Pricing", "Public speaking")
    goals = ("international", "a thousand customers", "remote work")
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
                "goals": ";".join(chance.some(goals, 1, 2)),
                "age": chance.number(23, 41) if place < 22 else chance.number(38, 49),
                "years_experience": chance.number(1, 12) if place < 22 else chance.number(12, 22),
                "department": chance.one(("Product", "Engineering", "Sales", "People")),
                "absent": "2" if place in (3, 11) else "",
                "available": ";".join(free.some(mornings, 3, 4)),
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


def first_web_mentors() -> list[Record]:
    """Return 500 executives of a conglomerate in 1999, and 600 younger people who know the web."""
    chance = Chance(1999)
    businesses = ("Engines", "Power", "Plastics", "Lighting", "Capital", "Medical", "Broadcasting", "Systems")
    web = ("Search engines", "E-mail", "Online shops", "Competitors' sites", "Chat rooms", "Home pages")
    house = ("Negotiation", "Budgets", "Six Sigma", "Customers")
    rows: list[Record] = []
    for number in range(500):
        business = businesses[number % 8]
        head = f"exec{number % 8:03d}"
        rows.append(
            {
                "id": f"exec{number:03d}",
                "role": "mentee",
                "offers": chance.rated(house, 2, 3, 5),
                "seeks": chance.rated(web, 3, 1, 3),
                "department": f"Group/{business}",
                "manager_id": head if number >= 8 else "",
                "age": chance.number(38, 59),
            }
        )
    for number in range(600):
        above = chance.number(8, 499)
        rows.append(
            {
                "id": f"web{number:03d}",
                "role": "mentor",
                "offers": chance.rated(web, 3, 2, 5),
                "seeks": chance.rated(house, 1, 1, 3),
                "department": f"Group/{businesses[above % 8]}",
                "manager_id": f"exec{above:03d}",
                "age": chance.number(22, 33),
            }
        )
    return rows


def digital_academy() -> list[Record]:
    """Return 12 members of an executive committee, 36 managers, and 16 people of a digital academy."""
    chance = Chance(2016)
    topics = ("Réseau social interne", "Twitter", "LinkedIn", "IA générative", "Données")
    units = ("Groupe/Réseaux", "Groupe/Clients", "Groupe/Finances", "Groupe/RH", "Groupe/Innovation")
    times = ("lun 8-10", "mar 8-10", "mer 12-14", "jeu 8-10", "ven 12-14")
    rows: list[Record] = []
    for place, name in enumerate(SENIORS[:48]):
        committee = place < 12
        rows.append(
            {
                "id": name,
                "role": "mentee",
                "cercle": "comité exécutif" if committee else "managers",
                "seeks": ";".join(
                    ["Réseau social interne:3", chance.rated(topics[1:], 1, 1, 2)]
                    if committee
                    else [chance.rated(topics, 2, 1, 3)]
                ),
                "department": units[place % 5],
                "available": ";".join(chance.some(times, 3, 4)),
                "manager_id": "" if committee else SENIORS[place % 12],
                "least_duos": 1 if committee else 0,
            }
        )
    for name in JUNIORS[:16]:
        above = chance.one(rows[12:48])
        rows.append(
            {
                "id": name,
                "role": "mentor",
                "cercle": "académie",
                "offers": ";".join(
                    [f"Réseau social interne:{chance.number(3, 5)}", chance.rated(topics[1:], 2, 3, 5)]
                ),
                "department": above["department"],
                "available": ";".join(chance.some(times, 3, 4)),
                "manager_id": above["id"],
                "capacity": chance.number(2, 4),
            }
        )
    return rows


def industrial_group() -> list[Record]:
    """Return a plant's 14 young people and 12 managers; an analyst works two levels below the director."""
    chance = Chance(77)
    tools = ("Data analysis", "Generative AI", "Sensors", "Collaborative tools")
    units = ("Operations", "Maintenance", "Quality", "Purchasing")
    managers: list[Record] = [
        {
            "id": name,
            "role": "mentee",
            "job": "operations director" if place == 0 else "manager",
            "seeks": "Data analysis:3;Sensors:2" if place == 0 else chance.rated(tools, 2, 1, 3),
            "department": "Plant/Operations" if place == 0 else f"Plant/{units[place % 4]}",
            "manager_id": "",
            "age": chance.number(44, 60),
        }
        for place, name in enumerate(SENIORS[20:32])
    ]
    for place, person in enumerate(managers[1:], 1):
        person["manager_id"] = managers[0 if place < 5 else place % 4 + 1]["id"]
    young: list[Record] = []
    for place, name in enumerate(JUNIORS[20:34]):
        analyst = place == 0
        above = managers[1 if analyst else chance.number(5, 11)]
        young.append(
            {
                "id": name,
                "role": "mentor",
                "job": "analyst" if analyst else "engineer",
                "offers": "Data analysis:5;Sensors:5" if analyst else chance.rated(tools[1:], 2, 1, 3),
                "department": above["department"],
                "manager_id": above["id"],
                "age": chance.number(23, 31),
            }
        )
    return [*young, *managers]


def careers() -> list[Record]:
    """Return 20 people in their first years and 18 in their last years at a medical-technology company."""
    chance = Chance(2022)
    tools = ("Remote meetings", "Shared documents", "Social networks", "Generative AI")
    craft = ("Regulation", "Hospitals", "Suppliers", "Product history", "Training surgeons")
    units = ("Sales", "Quality", "Service", "Regulatory affairs")
    rows: list[Record] = []
    for place, name in enumerate([*JUNIORS[34:54], *SENIORS[32:50]]):
        beginner = place < 20
        rows.append(
            {
                "id": name,
                "role": "mentor" if beginner else "mentee",
                "offers": chance.rated(tools, 2, 3, 5) if beginner else chance.rated(craft, 2, 4, 5),
                "seeks": chance.rated(craft, 2, 1, 3) if beginner else chance.rated(tools, 2, 1, 3),
                "goals": ";".join(chance.some(("remote work", "customers", "quality"), 1, 2)),
                "department": chance.one(units),
                "years_of_service": chance.number(0, 5) if beginner else chance.number(22, 38),
                "months_until_retirement": "" if beginner else chance.number(4, 48),
            }
        )
    return rows


def open_to_all() -> list[Record]:
    """Return 96 people of an insurer in the United States: of every age, in either role or in both."""
    chance = Chance(2025)
    digital = ("Generative AI", "Data visualization", "Social media", "Collaboration tools", "Accessibility")
    trade = ("Underwriting", "Claims", "Negotiation", "Public speaking", "Regulation")
    goals = ("serve customers on line", "write clearly", "lead projects", "know other trades")
    offices = ("Hartford", "Columbus", "Des Moines", "Phoenix")
    rows: list[Record] = []
    for place, name in enumerate(AMERICANS):
        role = ("mentor", "mentee", "mentor", "mentee", "both", "mentee")[place % 6]
        rows.append(
            {
                "id": name,
                "role": role,
                "offers": chance.rated((*digital, *trade[:2]), 2, 3, 5) if role != "mentee" else "",
                "seeks": chance.rated((*digital, *trade[:2]), 2, 1, 3) if role != "mentor" else "",
                "goals": ";".join(chance.some(goals, 1, 2)),
                "manager_id": AMERICANS[place % 8] if place >= 8 else "",
                "department": chance.one(("Claims", "Underwriting", "Service", "Technology")),
                "location": chance.one(offices),
                "age": chance.number(23, 63),
                "gender": chance.one(("female", "male")),
            }
        )
    return rows


def network_last_year() -> list[Record]:
    """Return 150 people who joined a network of small firms from September 2025 to June 2026."""
    chance = Chance(2)
    return _of_network(chance, _joining_days(chance, date(2025, 9, 1), 150, 300), "m")


def network() -> list[Record]:
    """Return the 44 people who joined the network of small firms in the first two weeks of September 2026."""
    chance = Chance(13)
    return _of_network(chance, sorted(date(2026, 9, chance.number(1, 13)) for _ in range(44)), "n")


def _joining_days(chance: Chance, opening: date, people: int, days: int) -> list[date]:
    """Return days on which people join: a third of them in the first three weeks, the others at any time."""
    last = [20 if place % 3 == 0 else days - 1 for place in range(people)]
    return sorted(opening + timedelta(days=chance.number(0, most)) for most in last)


def _of_network(chance: Chance, joined: Sequence[date], letter: str) -> list[Record]:
    skills = (
        "Generative AI",
        "Online shops",
        "Social media",
        "Cybersecurity",
        "Bookkeeping apps",
        "Carbon accounts",
    )
    craft = ("Hiring", "Exports", "Pricing", "Negotiation")
    rows: list[Record] = []
    for place, day in enumerate(joined):
        teaches = chance.number(1, 5) <= 2
        rows.append(
            {
                "id": f"{letter}{place + 1:03d}",
                "role": "mentor" if teaches else "mentee",
                "offers": chance.rated(skills, 2, 3, 5) if teaches else chance.rated(craft, 1, 3, 5),
                "seeks": chance.rated(craft, 1, 1, 3) if teaches else chance.rated(skills, 2, 1, 3),
                "goals": ";".join(chance.some(("find customers", "hand over", "waste less", "grow"), 1, 2)),
                "firm": f"firm {chance.number(1, 60)}",
                "region": chance.one(("North", "East", "South", "West")),
                "capacity": chance.number(1, 2) if teaches else 1,
                "joined": day.isoformat(),
            }
        )
    return rows


def write_people(records: Sequence[Record], path: str) -> None:
    """Write people as a workbook with one sheet, as somebody would have it; needs openpyxl."""
    from openpyxl import Workbook

    workbook = Workbook()
    heads = list(dict.fromkeys(head for record in records for head in record))
    workbook.active.append(heads)
    for record in records:
        workbook.active.append([record.get(head, "") for head in heads])
    workbook.save(path)


if __name__ == "__main__":
    import sys

    write_people(globals()[sys.argv[1]](), sys.argv[2])
