"""Lists of people as HR systems export them, with columns of their own for the programme."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import openpyxl  # type: ignore[import-untyped]

from exports.export import (
    COMPOSED_WITH,
    Cell,
    Column,
    Export,
    Options,
    Order,
    Row,
    birth_dates,
    carried,
    date_cell,
    dated,
    email_identity,
    family,
    given,
    headings_of,
    joined,
    list_cell,
    manager_cell,
    mapping_of,
    other_capitals,
    rated_cell,
    rows_of,
    table_of,
    write_csv,
)
from exports.wording import EN, FR, Wording

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from random import Random

    from exports.clean import Record


def number_of(record: Record) -> str:
    """Return the id as it is kept."""
    return str(record["id"])


def gender_letter(record: Record) -> str:
    """Return F, M or X, or nothing."""
    return {"female": "F", "male": "M", "non-binary": "X"}.get(record["gender"], "")


def programme_columns(wording: Wording, random: Random, separator: str, *, ratings: bool) -> list[Column]:
    """Return the columns that somebody has added for the programme, under usual headings."""
    words = wording.some_roles(random)
    columns = [Column(wording.usual["role"], lambda record: words[record["role"]], "role")]
    rating = rated_cell if ratings else list_cell
    columns += [Column(wording.usual[name], rating(name, separator), name) for name in ("offers", "seeks")]
    columns.append(Column(wording.usual["goals"], list_cell("goals", separator), "goals"))
    return columns


def ratings_of(columns: Sequence[Column]) -> frozenset[str]:
    """Return the fields that columns carry, ratings among them."""
    return carried(columns, "levels", "priorities")


# Lucca


def _entity_and_number(record: Record) -> tuple[str, str]:
    """Return what is unique only together: two people have one number, in two entities."""
    number = int(record["id"])
    return str(1 + number % 2), f"{number // 2:05}"


def _composed(record: Record) -> str:
    return COMPOSED_WITH.join(_entity_and_number(record))


def _login(record: Record) -> str:
    return email_identity(record).partition("@")[0]


def _lucca(
    tool: str,
    people: Sequence[Record],
    directory: Path,
    random: Random,
    known: Sequence[Column],
    manager: Cell,
    options: Options,
    certain: Options,
    identity: Any,
) -> Export:
    separator = random.choice((", ", "|", "\n"))
    by_manager = manager_cell(people, manager)
    columns = [
        *known,
        Column("lastName", family, "name", "!"),
        Column("firstName", given, "name", "!"),
        Column("dtBirth", date_cell("{d}/{m}/{y}"), "birth_date", "!"),
        Column("dtContractStart", lambda record: "01/09/2021"),
        Column("department", lambda record: record["department"] or "", "department"),
        Column("manager", lambda record: by_manager(record) or manager(record), "manager_id"),
        *programme_columns(FR, random, separator, ratings=False),
    ]
    path = write_csv(directory / "people.csv", table_of(columns, people), ";", "utf-8-sig")
    said = {"mapping": {**mapping_of(columns), **options.pop("mapping", {})}, **options}
    said |= dated(birth_dates(people), "day-first")
    if separator == ", ":
        certain = {**certain, "separator": dict.fromkeys(("offers", "seeks", "goals"), separator)}
    return Export(tool, {"people": path}, carried(columns), said, certain, identity=identity)


def write_lucca_login(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """Lucca by login: the manager is a login, one's own where there is none."""
    known = [
        Column("login", _login, "id", "!"),
        Column("mail", lambda record: record["email"], "email"),
    ]
    return _lucca("Lucca, login", people, directory, random, known, _login, {}, {}, _login)


def write_lucca_composed(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """Lucca by entity and number, unique only together: the manager is a first and a last name."""
    known = [
        Column("legalEntity", lambda record: _entity_and_number(record)[0], "id"),
        Column("employeenumber", lambda record: _entity_and_number(record)[1], "id"),
    ]
    return _lucca(
        "Lucca, entity and number", people, directory, random, known,
        lambda record: record["name"], {"id": "legalEntity+employeenumber"}, {}, _composed,
    )  # fmt: skip


def write_lucca_mail(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """Lucca by mail: the manager is a first and a last name, one's own where there is none."""
    known = [Column("mail", lambda record: other_capitals(record["email"], random), "email")]
    return _lucca(
        "Lucca, mail", people, directory, random, known,
        lambda record: record["name"], {}, {"id": "mail"}, email_identity,
    )  # fmt: skip


# Workday, SuccessFactors


def write_workday(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """Workday: a workbook with a title, filters and a summary above the headings, and rows below the people."""
    as_numbers, ratings = (random.random() < 0.5 for _ in range(2))

    def number(record: Record) -> Any:
        return int(record["id"]) if as_numbers else record["id"]

    def birth_date(record: Record) -> Any:
        return datetime.fromisoformat(record["birth_date"]) if record["birth_date"] else None

    columns = [
        Column("Employee ID", number, "id"),
        Column("Worker", lambda record: record["name"], "name", "!"),
        Column("Work Email", lambda record: record["email"], "email", "!"),
        Column("Supervisory Organization", lambda record: record["department"], "department", "!"),
        Column("Job Profile", lambda record: f"Profile {record['grade'] or 'A'}"),
        Column("Grade", lambda record: record["grade"], "grade"),
        Column("Date of Birth", birth_date, "birth_date"),
        Column("Manager ID", manager_cell(people, number), "manager_id", "!"),
        *programme_columns(EN, random, "\n", ratings=ratings),
    ]
    rows: list[Row] = [
        ["Mentoring Population"],
        ["As of", date(2026, 9, 20)],
        ["Organization", "Maison (all subordinates)", None, "Worker Type", "Employee"],
        ["Count of Workers", len(people)],
        [],
        headings_of(columns),
        *[[None if cell == "" else cell for cell in row] for row in rows_of(columns, people)],
        [],
        ["Total", None, None, None, None, None, None, None, f"{len(people)} workers"],
        ["Confidential: for internal use only"],
    ]
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "Report"
    for row in rows:
        sheet.append(row)
    sheet.merge_cells("A1:H1")
    for cells in sheet.iter_rows(min_row=7, max_row=6 + len(people)):
        for position in (0, 7):
            cells[position].number_format = "00000" if as_numbers else "@"
    book.save(directory / "people.xlsx")
    return Export(
        "Workday",
        {"people": str(directory / "people.xlsx")},
        ratings_of(columns) if ratings else carried(columns),
        {"mapping": mapping_of(columns)},
        {"heading_row": 6},
    )


def write_successfactors(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """SuccessFactors: a technical and a readable heading row; ``NO_MANAGER`` is nobody."""
    columns = [
        Column("STATUS", lambda record: "active"),
        Column("USERID", number_of, "id"),
        Column("USERNAME", _login),
        Column("FIRSTNAME", given, "name"),
        Column("LASTNAME", family, "name"),
        Column("GENDER", gender_letter, "gender"),
        Column("EMAIL", lambda record: record["email"], "email"),
        Column("MANAGER", manager_cell(people, number_of, "NO_MANAGER"), "manager_id"),
        Column("HR", lambda record: "NO_HR"),
        Column("DEPARTMENT", lambda record: record["department"] or "N/A", "department"),
        Column("TIMEZONE", lambda record: record["timezone"] or "", "timezone"),
    ]
    readable: Row = [
        *("Status", "User ID", "Username", "First Name", "Last Name", "Gender", "E-mail", "Manager"),
        *("Human Resource", "Department", "Time Zone"),
    ]
    own = programme_columns(EN, random, "|", ratings=True)
    technical = [
        replace(column, heading=f"CUSTOM{number:02}", said="!") for number, column in enumerate(own, start=1)
    ]
    rows = [
        headings_of([*columns, *technical]),
        [*readable, *headings_of(own)],
        *rows_of([*columns, *own], people),
    ]
    path = write_csv(directory / "people.csv", rows, encoding="utf-8-sig")
    return Export(
        "SuccessFactors",
        {"people": path},
        ratings_of([*columns, *own]),
        certain={"mapping": mapping_of(technical)},
    )


# BambooHR, Personio, HiBob


def write_bamboohr(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """BambooHR: names of its fields as headings, ISO dates, the supervisor by number."""
    columns = [
        Column("employeeNumber", number_of, "id"),
        Column("firstName", given, "name"),
        Column("lastName", family, "name"),
        Column("workEmail", lambda record: record["email"], "email", "!"),
        Column("gender", lambda record: EN.gender(record, random), "gender"),
        Column("dateOfBirth", date_cell("{y}-{m}-{d}"), "birth_date"),
        Column("department", lambda record: record["department"] or "", "department"),
        Column("location", lambda record: record["location"] or "", "location"),
        Column("supervisorId", manager_cell(people, number_of), "manager_id"),
        *programme_columns(EN, random, "; ", ratings=True),
    ]
    path = write_csv(directory / "people.csv", table_of(columns, people), line_end="\n")
    return Export("BambooHR", {"people": path}, ratings_of(columns), {"mapping": mapping_of(columns)})


def write_personio(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """Personio: the supervisor by name, days with points."""
    by_name = random.choice(
        (lambda record: record["name"], lambda record: f"{family(record)}, {given(record)}")
    )
    columns = [
        Column("Employee ID", number_of, "id"),
        Column("First name", given, "name"),
        Column("Last name", family, "name"),
        Column("Email", lambda record: record["email"], "email"),
        Column("Gender", lambda record: (record["gender"] or "").replace("non-binary", "Non-binary"), "gender"),
        Column("Date of birth", date_cell("{d}.{m}.{y}"), "birth_date"),
        Column("Department", lambda record: record["department"] or "", "department"),
        Column("Office", lambda record: record["location"] or "", "location"),
        Column("Hire date", lambda record: "01.09.2021"),
        Column("Supervisor", manager_cell(people, by_name), "manager_id"),
        *programme_columns(EN, random, ", ", ratings=False),
    ]  # fmt: skip
    path = write_csv(directory / "people.csv", table_of(columns, people), ";", "utf-8-sig")
    return Export(
        "Personio",
        {"people": path},
        carried(columns),
        certain={
            "separator": dict.fromkeys(("offers", "seeks", "goals"), ", "),
            **dated(birth_dates(people), "day-first"),
        },
    )


def write_hibob(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """HiBob: who somebody reports to is an e-mail address, with other capitals."""
    order: Order = random.choice(("day-first", "month-first"))
    form = {"day-first": "{d}/{m}/{y}", "month-first": "{m}/{d}/{y}"}[order]
    columns = [
        Column("Employee ID", number_of, "id"),
        Column("Display name", lambda record: record["name"], "name", "!"),
        Column("Email", lambda record: record["email"], "email"),
        Column("Date of birth", date_cell(form), "birth_date"),
        Column("Department", lambda record: record["department"] or "", "department"),
        Column("Site", lambda record: record["location"] or "", "location"),
        Column(
            "Reports to",
            manager_cell(people, lambda manager: other_capitals(manager["email"], random)),
            "manager_id",
        ),
        *programme_columns(EN, random, " | ", ratings=False),
    ]
    path = write_csv(directory / "people.csv", table_of(columns, people))
    options = {"mapping": mapping_of(columns), **dated(birth_dates(people), order)}
    return Export("HiBob", {"people": path}, carried(columns), options)


# Data sets in circulation, French tools


def write_hr_data_set(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """A data set of the web: ``Last, First``, ids as ``10026.0``, days as 07/10/83, blanks at the end."""

    def number(record: Record) -> str:
        return f"{int(record['id'])}.0"

    columns = [
        Column("Employee_Name", lambda record: f"{family(record)}, {given(record)}  ", "name", "!"),
        Column("EmpID", number, "id", "!"),
        Column("DOB", date_cell("{m}/{d}/{yy}"), "birth_date"),
        Column("Sex", lambda record: f"{gender_letter(record)} ", "gender"),
        Column("Department", lambda record: f"{record['department'] or ''}       ", "department"),
        Column("ManagerName", manager_cell(people, lambda manager: manager["name"])),
        Column("ManagerID", manager_cell(people, number), "manager_id"),
        *programme_columns(EN, random, " / ", ratings=False),
    ]
    path = write_csv(directory / "people.csv", table_of(columns, people), line_end="\n")
    return Export(
        "HR data set",
        {"people": path},
        carried(columns),
        {"mapping": mapping_of(columns), **dated(birth_dates(people), "month-first")},
        {"separator": dict.fromkeys(("offers", "seeks", "goals"), " / ")},
        identity=lambda record: str(int(record["id"])),
    )


def write_french_tool(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """A French HR tool: NOM and Prénom, M/F, decimal commas, BOM or cp1252, days with / or -."""
    separator = random.choice((";", ",", "\t"))
    between = random.choice(("/", "-"))
    by_name = random.random() < 0.5

    def last_first(record: Record) -> str:
        return f"{family(record).upper()} {given(record)}"

    columns = [
        Column("Matricule", number_of, "id"),
        Column("Nom", lambda record: family(record).upper(), "name"),
        Column("Prénom", given, "name"),
        Column("Email", lambda record: record["email"], "email"),
        Column("Service", lambda record: record["department"] or FR.silence(random), "department"),
        Column("Sexe", gender_letter, "gender"),
        Column("Date de naissance", date_cell(between.join(("{d}", "{m}", "{y}"))), "birth_date"),
        Column("Ancienneté", lambda record: f"{int(record['id']) % 9},5"),
        Column("Temps de travail", lambda record: random.choice(("1", "0,8"))),
        Column("Lieu de travail", lambda record: record["location"] or "", "location"),
        Column(
            "Responsable hiérarchique" if by_name else "Matricule du manager",
            manager_cell(people, last_first if by_name else number_of),
            "manager_id",
        ),
        *programme_columns(FR, random, ";", ratings=True),
        Column(FR.usual["languages"], lambda record: joined(FR.languages_of(record), ";"), "languages"),
        Column(FR.usual["capacity"], lambda record: record["capacity"], "capacity"),
    ]
    path = write_csv(
        directory / "people.csv",
        table_of(columns, people),
        separator,
        random.choice(("utf-8-sig", "cp1252")),
    )
    return Export(
        "French tool",
        {"people": path},
        ratings_of(columns),
        dated(birth_dates(people), "day-first"),
    )
