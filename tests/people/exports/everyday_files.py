"""Files as spreadsheets, shared tables, directories and people themselves leave them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl  # type: ignore[import-untyped]

from exports.clean import OUTSIDERS
from exports.export import (
    Answer,
    Cell,
    Column,
    Export,
    Row,
    all_names,
    birth_dates,
    carried,
    csv_text,
    date_cell,
    dated,
    email_identity,
    family,
    given,
    headings_of,
    in_brackets,
    joined,
    list_cell,
    manager_cell,
    mapping_of,
    of_role,
    option_columns,
    other_capitals,
    rated_cell,
    rows_of,
    table_of,
    under,
    write_csv,
    write_text,
)
from exports.hr_systems import number_of, programme_columns, ratings_of
from exports.wording import EN, FR, Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from random import Random

    from exports.clean import Record

LISTS = ("offers", "seeks", "goals", "languages")
WITHDRAWN: Record = {
    "id": "00990", "role": "mentor", "name": "Gone Away", "email": "gone.away@maison.example",
    "offers": {"Python": 5}, "seeks": {}, "goals": [], "birth_date": None, "gender": None,
    "department": None, "location": None, "grade": None, "manager_id": None, "languages": [],
    "timezone": None, "capacity": 1,
}  # fmt: skip
"""Whoever hid the row meant that this person takes no part."""


def full_columns(
    wording: Wording,
    random: Random,
    people: Sequence[Record],
    *,
    separator: str = ";",
    number: Cell = number_of,
    birth_date: Cell | None = None,
    with_role: bool = True,
) -> list[Column]:
    """Return all fields under usual headings: the list that somebody keeps in a spreadsheet."""
    words = wording.some_roles(random)
    usual = wording.usual
    columns = [
        Column(usual["id"], number, "id"),
        Column(usual["name"], lambda record: record["name"], "name"),
        Column(usual["email"], lambda record: record["email"], "email"),
        Column(usual["role"], lambda record: words[record["role"]], "role"),
        Column(usual["offers"], rated_cell("offers", separator), "offers"),
        Column(usual["seeks"], rated_cell("seeks", separator), "seeks"),
        Column(usual["goals"], list_cell("goals", separator), "goals"),
        Column(usual["birth_date"], birth_date or date_cell("{y}-{m}-{d}"), "birth_date"),
        Column(usual["gender"], lambda record: wording.gender(record, random), "gender"),
        Column(
            usual["department"], lambda record: record["department"] or wording.silence(random), "department"
        ),
        Column(usual["location"], lambda record: record["location"] or "", "location"),
        Column(usual["grade"], lambda record: record["grade"] or wording.silence(random), "grade"),
        Column(usual["manager_id"], manager_cell(people, number), "manager_id"),
        Column(
            usual["languages"], lambda record: joined(wording.languages_of(record), separator), "languages"
        ),
        Column(usual["timezone"], lambda record: record["timezone"] or "", "timezone"),
        Column(usual["capacity"], lambda record: record["capacity"], "capacity"),
    ]
    return [column for column in columns if with_role or column.field != "role"]


# Excel in Europe


def write_excel_separator_line(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """A first line ``sep=;`` tells Excel, and a reader, what stands between columns."""
    separator, ending = random.choice(((";", "\r\n"), (",", "\r\n"), ("\t", "\n")))
    columns = full_columns(random.choice((EN, FR)), random, people)
    text = f"sep={separator}{ending}" + csv_text(table_of(columns, people), separator, ending)
    path = write_text(directory / "people.csv", text, random.choice(("utf-8-sig", "cp1252")))
    return Export("Excel, sep=", {"people": path}, ratings_of(columns))


def write_excel_unicode_text(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """Excel's "Unicode text": UTF-16 with tabs."""
    columns = full_columns(random.choice((EN, FR)), random, people, separator=random.choice((";", "|")))
    name = random.choice(("people.txt", "people.csv"))
    path = write_csv(directory / name, table_of(columns, people), "\t", "utf-16")
    return Export("Excel, Unicode text", {"people": path}, ratings_of(columns))


def write_excel_macintosh(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """Excel's CSV for Macintosh: MacRoman, lines end with a carriage return."""
    columns = full_columns(FR, random, people)
    path = write_csv(
        directory / "people.csv", table_of(columns, people), random.choice((";", ",")), "mac_roman", "\r"
    )
    return Export("Excel, Macintosh", {"people": path}, ratings_of(columns))


def write_excel_protected_ids(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """Ids as ``="00417"``, so that Excel keeps their zeros."""

    def protected(record: Record) -> str:
        return f'="{record["id"]}"'

    separator = random.choice((",", ";"))
    columns = full_columns(random.choice((EN, FR)), random, people, number=protected, separator="|")
    text = csv_text(table_of(columns, people), separator)
    if random.random() < 0.5:  # as some tools write it, without quoting the quotes
        for record in managers_and_people(people):
            text = text.replace(f'"=""{record["id"]}"""', protected(record))
    path = write_text(directory / "people.csv", text)
    return Export("Excel, protected ids", {"people": path}, ratings_of(columns))


def managers_and_people(people: Sequence[Record]) -> list[Record]:
    """Return people, and who manages them from outside."""
    return [*people, *OUTSIDERS]


def write_excel_serial_days(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """Days of birth as the numbers that Excel keeps them as, or with a time behind."""

    def serial(record: Record) -> Any:
        if not record["birth_date"]:
            return ""
        return (date.fromisoformat(record["birth_date"]) - date(1899, 12, 30)).days

    with_time = random.random() < 0.5
    birth_date = date_cell("{d}/{m}/{y} 00:00") if with_time else serial
    columns = full_columns(random.choice((EN, FR)), random, people, birth_date=birth_date)
    path = write_csv(directory / "people.csv", table_of(columns, people), ";")
    options = dated(birth_dates(people), "day-first") if with_time else {}
    return Export("Excel, days as numbers", {"people": path}, ratings_of(columns), options)


def write_excel_lost_zeros(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """Ids that have lost their zeros, everywhere alike: 417 is whoever is called so here."""

    def bare(record: Record) -> str:
        return str(int(record["id"]))

    columns = full_columns(random.choice((EN, FR)), random, people, number=bare)
    path = write_csv(directory / "people.csv", table_of(columns, people), ";", "cp1252")
    return Export("Excel, lost zeros", {"people": path}, ratings_of(columns), identity=bare)


def write_excel_lost_zeros_of_managers(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """Managers have lost the zeros that ids have: 418 is 00418, or a question."""
    columns = full_columns(random.choice((EN, FR)), random, people)
    bare = manager_cell(people, lambda manager: str(int(manager["id"])))
    columns = [
        Column(column.heading, bare, "manager_id") if column.field == "manager_id" else column
        for column in columns
    ]
    path = write_csv(directory / "people.csv", table_of(columns, people))
    about = tuple(column.heading for column in columns if column.field == "manager_id")
    return Export(
        "Excel, lost zeros of managers", {"people": path}, ratings_of(columns), outcome="either", about=about
    )


def write_excel_lost_digits(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """Ids of twelve digits that have become ``1,23E+11``: they still differ, but nobody has such an id."""

    def rounded(record: Record) -> str:
        number = (100 + int(record["id"]) % 900) * 1_000_000_000 + int(record["id"])
        return f"{number:.2E}".replace(".", ",")

    columns = full_columns(FR, random, people, number=rounded)
    path = write_csv(directory / "people.csv", table_of(columns, people), ";")
    return Export(
        "Excel, lost digits",
        {"people": path},
        ratings_of(columns),
        outcome="fault",
        about=(columns[0].heading,),
    )


def _book_of(title: str, rows: Sequence[Row]) -> tuple[Any, Any]:
    """Return a workbook of one sheet, and the sheet; empty texts are empty cells."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = title
    _append(sheet, rows)
    return book, sheet


def _append(sheet: Any, rows: Sequence[Row]) -> None:
    for row in rows:
        sheet.append([None if cell == "" else cell for cell in row])


def write_excel_filtered(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """A workbook with a filter that hides who has withdrawn, a hidden column, and a hidden sheet."""
    columns = full_columns(random.choice((EN, FR)), random, people)
    columns.append(Column("Remarks", lambda record: "withdrawn" if record is WITHDRAWN else "in"))
    ordered = list(people)
    place = random.randint(0, len(ordered))
    ordered.insert(place, WITHDRAWN)
    book, sheet = _book_of("Participants", table_of(columns, ordered))
    letter = openpyxl.utils.get_column_letter(len(columns))
    sheet.auto_filter.ref = f"A1:{letter}{1 + len(ordered)}"
    sheet.auto_filter.add_filter_column(len(columns) - 1, ["in"])
    sheet.row_dimensions[2 + place].hidden = True
    sheet.column_dimensions[letter].hidden = True
    sheet.freeze_panes = "B2"
    lists = book.create_sheet("Lists")
    lists.sheet_state = "hidden"
    _append(lists, [[skill] for skill in all_names(people, "offers", "seeks")])
    book.save(directory / "people.xlsx")
    return Export(
        "Excel, filtered",
        {"people": str(directory / "people.xlsx")},
        ratings_of(columns),
        perhaps=frozenset({WITHDRAWN["id"]}),
    )


def write_excel_merged(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """A workbook with merged cells: a title over all columns, and a department over all who are in it."""
    wording = random.choice((EN, FR))
    columns = full_columns(wording, random, people)
    place = [column.field for column in columns].index("department")
    ordered = sorted(people, key=lambda record: record["department"] or "~")
    title = {"en": "Mentoring 2026", "fr": "Mentorat 2026"}[wording.code]
    book, sheet = _book_of("Participants", [[title], *table_of(columns, ordered)])
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(columns))
    _merge_alike(sheet, [record["department"] for record in ordered], place + 1)
    book.save(directory / "people.xlsx")
    return Export(
        "Excel, merged",
        {"people": str(directory / "people.xlsx")},
        ratings_of(columns),
        certain={"heading_row": 2},
        outcome="either",
        about=(columns[place].heading,),
    )


def _merge_alike(sheet: Any, values: Sequence[str | None], column: int) -> None:
    """Merge cells of one value that stand below each other, from row 3 on."""
    start = 0
    for end in range(1, len(values) + 1):
        if end < len(values) and values[end] == values[start]:
            continue
        if values[start] is not None and end - start > 1:
            sheet.merge_cells(start_row=start + 3, end_row=end + 2, start_column=column, end_column=column)
        start = end


def write_excel_sheet_per_role(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """A workbook with a sheet for mentors, one for mentees, and a hidden one with what a list offers."""
    wording = random.choice((EN, FR))
    columns = full_columns(wording, random, people, with_role=False)
    titles = {"en": ("Mentors", "Mentees"), "fr": ("Mentors", "Mentorés")}[wording.code]
    book = openpyxl.Workbook()
    book.remove(book["Sheet"])
    for role, title in zip(("mentor", "mentee"), titles, strict=True):
        _append(book.create_sheet(title), table_of(columns, of_role(people, role)))
    lists = book.create_sheet("Listes")
    lists.sheet_state = "hidden"
    _append(lists, [[skill] for skill in all_names(people, "offers", "seeks")])
    path = directory / "people.xlsx"
    book.save(path)
    return Export(
        "Excel, a sheet per role",
        {"mentors": f"{path}#{titles[0]}", "mentees": f"{path}#{titles[1]}"},
        ratings_of(columns),
    )


def write_excel_several_sheets(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """A workbook with several sheets to be seen, of which one holds the people."""
    columns = full_columns(random.choice((EN, FR)), random, people)
    book, _ = _book_of("Notes", [["Read me"], ["The list is on the other sheet."]])
    _append(book.create_sheet("People 2026"), table_of(columns, people))
    book.save(directory / "people.xlsx")
    return Export(
        "Excel, several sheets",
        {"people": str(directory / "people.xlsx")},
        ratings_of(columns),
        {"sheet": "People 2026"},
    )


# Shared tables, directories


def write_airtable(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """Airtable: lists by a bare comma, in which a name with a comma stands in quotes; names of linked people."""

    def listed(names: Sequence[str]) -> str:
        return ",".join(f'"{name}"' if "," in name else name for name in names)

    columns = [
        Column("Name", lambda record: record["name"], "name"),
        Column("Employee ID", number_of, "id"),
        Column("Email", lambda record: record["email"], "email"),
        Column("Role", lambda record: record["role"].capitalize(), "role"),
        Column("Skills offered", lambda record: listed(list(record["offers"])), "offers"),
        Column("Skills wanted", lambda record: listed(list(record["seeks"])), "seeks"),
        Column("Objectives", lambda record: listed(record["goals"]), "goals"),
        Column("Languages", lambda record: listed(EN.languages_of(record)), "languages"),
        Column("Department", lambda record: record["department"] or "", "department"),
        Column("Manager", manager_cell(people, lambda manager: manager["name"]), "manager_id"),
        Column("Agreed", lambda record: "checked"),
    ]
    path = write_csv(directory / "people.csv", table_of(columns, people), encoding="utf-8-sig", line_end="\n")
    return Export(
        "Airtable", {"people": path}, carried(columns), certain={"separator": dict.fromkeys(LISTS, ",")}
    )


def write_notion(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """Notion: lists by comma and blank, and behind the name of a linked person an address in brackets."""

    def linked(record: Record) -> str:
        page = record["name"].replace(" ", "-").replace("'", "")
        return f"{record['name']} (https://www.notion.so/{page}-{int(record['id']) * 65_537:032x}?pvs=21)"

    columns = [
        Column("Name", lambda record: record["name"], "name"),
        Column("Agreed", lambda record: "Yes"),
        Column("Employee ID", number_of, "id"),
        Column("Role", lambda record: record["role"].capitalize(), "role"),
        Column("Skills offered", lambda record: joined(list(record["offers"]), ", "), "offers"),
        Column("Skills wanted", lambda record: joined(list(record["seeks"]), ", "), "seeks"),
        Column("Objectives", lambda record: joined(record["goals"], ", "), "goals"),
        Column("Department", lambda record: record["department"] or "", "department"),
        Column("Manager", manager_cell(people, linked), "manager_id"),
    ]
    path = write_csv(directory / "people.csv", table_of(columns, people), encoding="utf-8-sig", line_end="\n")
    return Export(
        "Notion", {"people": path}, carried(columns), certain={"separator": dict.fromkeys(LISTS[:3], ", ")}
    )


def write_identity_values(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """An export of identities: several values by ``|``."""
    columns = [
        Column("employeeNumber", number_of, "id"),
        Column("displayName", lambda record: record["name"], "name", "!"),
        Column("mail", lambda record: record["email"], "email", "!"),
        Column("department", lambda record: record["department"] or "", "department"),
        Column("l", lambda record: record["location"] or "", "location", "!"),
        Column("manager", manager_cell(people, number_of), "manager_id"),
        Column("memberOf", lambda record: "staff|all-company|vpn"),
        Column("languages", lambda record: joined(record["languages"], "|"), "languages"),
        *programme_columns(EN, random, "|", ratings=False),
    ]
    path = write_csv(directory / "people.csv", table_of(columns, people), line_end="\n", quote_all=True)
    return Export("Identities", {"people": path}, carried(columns), {"mapping": mapping_of(columns)})


_CORE = "urn:ietf:params:scim:schemas:core:2.0:User"
_ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"


def scim_user(record: Record) -> dict[str, Any]:
    """Return a user of SCIM 2.0, with attributes that are nobody's business here."""
    enterprise: dict[str, Any] = {"employeeNumber": record["id"]}
    if record["department"]:
        enterprise["department"] = record["department"]
    if record["manager_id"]:
        enterprise["manager"] = {"value": record["manager_id"], "$ref": f"../Users/{record['manager_id']}"}
    user: dict[str, Any] = {
        "schemas": [_CORE, _ENTERPRISE],
        "id": record["id"],
        "userName": record["email"],
        "name": {"givenName": given(record), "familyName": family(record), "formatted": record["name"]},
        "displayName": record["name"],
        "emails": [
            {"value": f"private.{record['email']}", "type": "home"},
            {"value": record["email"], "type": "work", "primary": True},
        ],
        "phoneNumbers": [{"value": "tel:+33-1-00-00-00-00", "type": "mobile"}],
        "active": True,
        "meta": {"resourceType": "User", "created": "2026-09-13T08:00:00Z"},
        _ENTERPRISE: enterprise,
    }
    if record["timezone"]:
        user["timezone"] = record["timezone"]
    return user


_SCIM_FIELDS = frozenset({"id", "role", "name", "email", "department", "manager_id", "timezone"})


def write_scim_list(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """SCIM 2.0: a list response for each role."""
    files = {}
    for role in ("mentor", "mentee"):
        users = [scim_user(record) for record in of_role(people, role)]
        response = {
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
            "totalResults": len(users),
            "startIndex": 1,
            "itemsPerPage": len(users),
            "Resources": users,
        }
        text = json.dumps(response, indent=2, ensure_ascii=random.random() < 0.5)
        files[f"{role}s"] = write_text(directory / f"{role}s.json", text)
    return Export("SCIM, list response", files, _SCIM_FIELDS, {"format": "scim"})


def write_scim_lines(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """SCIM 2.0: a user a line, for each role."""
    files = {}
    for role in ("mentor", "mentee"):
        lines = [json.dumps(scim_user(record), ensure_ascii=False) + "\n" for record in of_role(people, role)]
        files[f"{role}s"] = write_text(directory / f"{role}s.ndjson", "".join(lines))
    return Export("SCIM, lines", files, _SCIM_FIELDS, {"format": "scim"})


# By hand


def write_by_hand_contacts(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """Cells such as ``Léa Martin <lea@maison.example>``, for people and for their managers."""

    def contact(record: Record) -> str:
        return f"{record['name']} <{other_capitals(record['email'], random)}>"

    days = ("Mon", "Tue", "Wed", "Thu", "Fri")
    columns = [
        Column("Participant", contact),
        Column("Role", lambda record: {"both": "Mentor, Mentee"}.get(record["role"], record["role"]), "role"),
        *programme_columns(EN, random, "; ", ratings=True)[1:],
        Column("Line manager", manager_cell(people, contact), "manager_id"),
        Column("Free on", lambda record: f"[{', '.join(random.sample(days, 2))}]"),
        *(Column(day, lambda record: random.choice("01")) for day in days),
    ]
    path = write_csv(directory / "people.csv", table_of(columns, people), line_end="\n")
    return Export(
        "By hand, contacts",
        {"people": path},
        ratings_of(columns) | {"name", "email"},
        {"id": "Participant"},
        identity=email_identity,
    )


def write_by_hand_marks(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """A column a skill, with whatever mark came to mind, and whatever said no."""
    yes, no = ("x", "X", "✓", "1", "oui", "Oui", "yes"), ("", "", "0", "non", "-")
    each = random.random() < 0.5
    wording = random.choice((EN, FR))
    groups = {"en": ("Teaches ", "Learns "), "fr": ("Transmet ", "Apprend ")}[wording.code]

    def marked(name: str) -> Answer:
        return lambda record, skill: random.choice(yes if skill in record[name] else no)

    columns = full_columns(wording, random, people)
    columns = [column for column in columns if column.field not in ("offers", "seeks")]
    for name, group in zip(("offers", "seeks"), groups, strict=True):
        skills = all_names(people, name)
        columns += option_columns(in_brackets(group), name, skills, marked(name), "!" if each else group)
    path = write_csv(directory / "people.csv", table_of(columns, people), ";", "utf-8-sig")
    return Export("By hand, marks", {"people": path}, carried(columns), {"mapping": mapping_of(columns)})


def write_by_hand_full_width(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """Full-width signs: ``Python：4；Excel：3``, or ``Python、Excel``."""
    with_ratings = random.random() < 0.5
    columns = [
        Column("Employee ID", number_of, "id"),
        Column("Name", lambda record: record["name"], "name"),
        Column("Role", lambda record: record["role"], "role"),
    ]
    for heading, name in (("Skills offered", "offers"), ("Skills wanted", "seeks")):
        cell = rated_cell(name, "；", "：") if with_ratings else list_cell(name, "、")
        columns.append(Column(heading, cell, name))
    columns.append(Column("Goals", lambda record: joined(record["goals"], "；"), "goals"))
    path = write_csv(directory / "people.csv", table_of(columns, people))
    carries = ratings_of(columns) if with_ratings else carried(columns)
    return Export("By hand, full width", {"people": path}, carries)


def write_by_hand_level_words(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """Levels and priorities in words, behind each skill: ``Excel [Expert]``, ``Excel (expert)``, ``Excel : expert``."""
    wording = random.choice((EN, FR))
    before, after = random.choice(((" [", "]"), (" (", ")"), (": ", ""), (" : ", "")))
    columns = full_columns(wording, random, people)
    worded = {"offers": wording.levels, "seeks": wording.priorities}

    def cell(name: str) -> Callable[[Record], str]:
        return lambda record: "; ".join(
            f"{skill}{before}{worded[name][rating - 1]}{after}" for skill, rating in record[name].items()
        )

    columns = [
        Column(column.heading, cell(column.field), column.field) if column.field in worded else column
        for column in columns
    ]
    path = write_csv(directory / "people.csv", table_of(columns, people))
    return Export("By hand, level words", {"people": path}, ratings_of(columns))


def write_by_hand_level_grid(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """A column for each skill and level, ``Excel [Expert]``, with a mark in one of them."""
    wording = random.choice((EN, FR))
    columns = [column for column in full_columns(wording, random, people) if column.field != "offers"]

    def at_level(level: int) -> Answer:
        return lambda record, skill: "x" if record["offers"].get(skill) == level else ""

    columns += [
        Column(f"{skill} [{word}]", under(skill, at_level(level)), "offers", "!")
        for skill in all_names(people, "offers")
        for level, word in enumerate(wording.levels, start=1)
    ]
    path = write_csv(directory / "people.csv", table_of(columns, people))
    return Export(
        "By hand, level grid", {"people": path}, ratings_of(columns), {"mapping": mapping_of(columns)}
    )


def write_two_lists(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """A list of mentors, or two, and a list of mentees, without a role and under headings of their own."""
    wording, other = random.sample((EN, FR), 2)
    mentors = of_role(people, "mentor")
    half = len(mentors) // 2
    parts = {"mentors": mentors[:half], "more_mentors": mentors[half:]} if half else {"mentors": mentors}
    columns = full_columns(wording, random, people, with_role=False)
    paths = [
        write_csv(directory / f"{name}.csv", table_of(columns, records), ";", "cp1252")
        for name, records in parts.items()
    ]
    theirs = [replace(column, heading=other.usual[column.field]) for column in columns]
    mentees = write_csv(directory / "mentees.csv", table_of(theirs, of_role(people, "mentee")))
    return Export(
        "Two lists", {"mentors": paths if half else paths[0], "mentees": mentees}, ratings_of(columns)
    )


INVISIBLE = ("\u200b", "\u200d", "\u00ad", "\ufeff", "\u00a0", "\u200e", "\u202a", "\u2060")
"""No width, joiner, soft hyphen, BOM, blank that does not break, direction marks, word joiner."""


def write_invisible_characters(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """Ids, and what refers to them, with characters that nobody sees."""

    def soiled(record: Record) -> str:
        place = random.randint(0, len(record["id"]))
        return f"{record['id'][:place]}{random.choice(INVISIBLE)}{record['id'][place:]}"

    def some(record: Record) -> str:
        return soiled(record) if random.random() < 0.5 else number_of(record)

    columns = full_columns(random.choice((EN, FR)), random, people, number=some)
    path = write_csv(directory / "people.csv", table_of(columns, people))
    about = tuple(column.heading for column in columns if column.field in ("id", "manager_id"))
    return Export(
        "Invisible characters", {"people": path}, ratings_of(columns), outcome="either", about=about
    )


def write_decorated(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """A file with a title, empty rows, empty columns at the end, two unused columns of one name, and a footer."""
    wording = random.choice((EN, FR))
    comments = {"en": "Comments", "fr": "Commentaires"}[wording.code]
    columns = full_columns(wording, random, people)
    columns += [Column(comments, lambda record: "x"), Column(comments, lambda record: "")]
    body = rows_of(columns, people)
    body.insert(random.randint(1, len(body)), [""] * len(columns))
    title = {"en": "Mentoring programme 2026", "fr": "Programme de mentorat 2026"}[wording.code]
    footer = {"en": f"Total: {len(people)}", "fr": f"Total : {len(people)}"}[wording.code]
    rows: list[Row] = [[title], ["12/01/2026"], [], headings_of(columns), *body, [], [footer]]
    rows = [row + [""] * (len(columns) + 3 - len(row)) for row in rows]
    path = write_csv(directory / "people.csv", rows, ";", "utf-8-sig")
    return Export("Decorated", {"people": path}, ratings_of(columns), certain={"heading_row": 4})


def write_blank_before_quotes(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """A file in which a blank stands behind each comma, before quotes."""
    columns = full_columns(random.choice((EN, FR)), random, people)
    lines = csv_text(table_of(columns, people), "\x1f", "\n", quote_all=True)
    path = write_text(directory / "people.csv", lines.replace("\x1f", ", "))
    return Export("Blank before quotes", {"people": path}, ratings_of(columns))
