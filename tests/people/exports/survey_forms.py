"""Sign-up forms as Google, Microsoft, SurveyMonkey, Typeform, Qualtrics, LimeSurvey and Drupal export them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import openpyxl  # type: ignore[import-untyped]

from exports.export import (
    Answer,
    Column,
    Export,
    Row,
    all_names,
    carried,
    email_identity,
    family,
    given,
    headings_of,
    in_brackets,
    joined,
    list_cell,
    mapping_of,
    moment_text,
    of_role,
    one_line,
    option_columns,
    other_capitals,
    rows_of,
    table_of,
    ticked,
    under,
    write_csv,
)
from exports.non_answers import RANK_PRIORITIES
from exports.wording import EN, FR, Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from random import Random

    from exports.clean import Record

OLDER_GOAL = "A goal of an older answer"
TRIAL = "Trial of the form"
LISTS = ("offers", "seeks", "goals", "languages")


def moments(random: Random, count: int) -> list[datetime]:
    """Return moments in ascending order, none on a day that could be a month."""
    minutes = sorted(random.sample(range(15 * 24 * 60), count))
    return [datetime(2026, 9, 13) + timedelta(minutes=minute, seconds=minute % 60) for minute in minutes]


def older_answer(record: Record, random: Random) -> Record:
    """Return what somebody had answered before: other lists, and the e-mail with other capitals."""
    return {
        **record,
        "email": other_capitals(record["email"], random),
        "offers": {"Excel": 1},
        "seeks": {},
        "goals": [OLDER_GOAL],
    }


def with_older_answer(records: Sequence[Record], random: Random) -> list[Record]:
    """Return records in the order of their answers; one person has answered before."""
    answers = list(records)
    place = random.randrange(len(answers))
    answers.insert(random.randint(0, place), older_answer(answers[place], random))
    return answers


def numbered(records: Sequence[Record], random: Random) -> list[Record]:
    """Return records with the number and the moment of their answer."""
    times = moments(random, len(records))
    return [
        {**record, "number": number, "moment": moment}
        for number, (record, moment) in enumerate(zip(records, times, strict=True), start=1)
    ]


def at(form: str, minutes: int = 0) -> Callable[[Record], str]:
    """Return a cell with the moment of an answer."""
    return lambda record: moment_text(record["moment"] + timedelta(minutes=minutes), form)


def list_column(
    heading: str, name: str, separator: str, silence: Callable[[], str] = str, *, trailing: bool = False
) -> Column:
    """Return a question of which several answers stand in one cell."""
    return Column(heading, list_cell(name, separator, silence, trailing=trailing), name, "!")


def language_column(wording: Wording, separator: str, *, trailing: bool = False) -> Column:
    """Return the question for languages, which are answered by their names."""
    return Column(
        wording.questions["languages"],
        lambda record: joined(wording.languages_of(record), separator, trailing=trailing),
        "languages",
        "!",
    )


def role_column(wording: Wording, random: Random) -> Column:
    """Return the question for the role."""
    words = wording.some_roles(random)
    return Column(wording.questions["role"], lambda record: words[record["role"]], "role", "!")


def gender_column(wording: Wording, random: Random) -> Column:
    """Return the question for gender, which some do not answer."""
    return Column(wording.questions["gender"], lambda record: wording.gender(record, random), "gender", "!")


def department_column(wording: Wording, random: Random) -> Column:
    """Return the question for the department."""
    return Column(
        wording.questions["department"],
        lambda record: record["department"] or wording.silence(random),
        "department",
        "!",
    )


def ranked(record: Record) -> list[str]:
    """Return the skills that a person wants, the most wanted first."""
    return sorted(record["seeks"], key=lambda skill: -record["seeks"][skill])


def with_priorities_of_ranks(record: Record) -> Record:
    """Return a record with the priorities that ranks say."""
    return {
        **record,
        "seeks": {skill: RANK_PRIORITIES[rank] for rank, skill in enumerate(ranked(record), start=1)},
    }


def level_word(wording: Wording, random: Random) -> Callable[[Record, str], str]:
    """Return a cell with the word for the level of a skill; who does not know it says so, or nothing."""
    nothing = {"en": "None", "fr": "Aucun"}[wording.code]

    def cell(record: Record, skill: str) -> str:
        level = record["offers"].get(skill)
        return wording.levels[level - 1] if level else random.choice(("", nothing))

    return cell


def level_number(record: Record, skill: str) -> str:
    """Return the level of a skill as a number."""
    return str(record["offers"].get(skill, ""))


# Google


def _google_time(wording: Wording, random: Random) -> Column:
    if wording is FR:
        return Column("Horodateur", at("{dd}/{mm}/{y} {HH}:{M}:{S}"))
    form = random.choice(
        ("{m}/{d}/{y} {H}:{M}:{S}", "{m}/{d}/{y} {H}:{M}", "{y}/{mm}/{dd} {h}:{M}:{S} {half}")
    )
    return Column("Timestamp", at(form))


def _google_form(wording: Wording, random: Random, answers: Sequence[Column]) -> list[Column]:
    address = {"en": "Email Address", "fr": "Adresse e-mail"}[wording.code]
    return [
        _google_time(wording, random),
        Column(address, lambda record: record["email"], "email"),
        Column({"en": "Name", "fr": "Nom complet"}[wording.code], lambda record: record["name"], "name"),
        department_column(wording, random),
        *answers,
        gender_column(wording, random),
    ]


def _google_export(
    tool: str,
    columns: Sequence[Column],
    people: Sequence[Record],
    directory: Path,
    random: Random,
    *,
    quote_all: bool = False,
) -> Export:
    """Write a form for each role, in which somebody has answered twice."""
    files = {}
    for role in ("mentor", "mentee"):
        answers = numbered(with_older_answer(of_role(people, role), random), random)
        path = directory / f"{role}s.csv"
        files[f"{role}s"] = write_csv(path, table_of(columns, answers), quote_all=quote_all)
    return Export(
        tool,
        files,
        carried(columns),
        {"mapping": mapping_of(columns), "latest_by": columns[0].heading},
        {"id": columns[1].heading},
        identity=email_identity,
    )


def write_google_sheets(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """Google Forms, saved from Sheets: checkbox answers joined by commas, which options contain, too."""
    wording = random.choice((EN, FR))
    lists = [
        list_column(wording.questions[name], name, ", ", lambda: wording.silence(random))
        for name in ("offers", "seeks", "goals")
    ]
    columns = _google_form(wording, random, [*lists, language_column(wording, ", ")])
    export = _google_export("Google Sheets", columns, people, directory, random)
    return replace(export, certain={**export.certain, "separator": dict.fromkeys(LISTS, ", ")})


def write_google_grids(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """Google Forms with a grid of levels, ``Question [Excel]``, and ranks, ``Question [Rank 1]``."""
    wording = random.choice((EN, FR))
    rank_word = {"en": "Rank", "fr": "Rang"}[wording.code]
    grid, ranks = (wording.questions[name] for name in ("offers", "seeks"))
    most = max(5, *(len(record["seeks"]) for record in people))
    each, numbers = (random.random() < 0.5 for _ in range(2))
    for role in ("mentor", "mentee"):  # a form in which only the number 1 stands could be one of ticks
        levels = [level for record in of_role(people, role) for level in record["offers"].values()]
        numbers &= max(levels, default=1) > 1
    columns = _google_form(
        wording,
        random,
        [
            *option_columns(
                lambda skill: f"{grid}[{skill}]", "offers", all_names(people, "offers"),
                level_number if numbers else level_word(wording, random), "!" if each else grid,
            ),
            *option_columns(
                lambda rank: f"{ranks} [{rank_word} {rank}]", "seeks", [str(rank) for rank in range(1, most + 1)],
                lambda record, rank: next(iter(ranked(record)[int(rank) - 1 : int(rank)]), ""),
                "!" if each else ranks,
            ),
        ],
    )  # fmt: skip
    export = _google_export("Google Sheets, grids and ranks", columns, people, directory, random)
    return replace(
        export,
        carries=export.carries | {"levels", "priorities"},
        rewritten=with_priorities_of_ranks,
    )


def write_google_own(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """Google Forms' own CSV: ``Username``, all in quotes, semicolons between checkbox answers."""
    columns = [
        Column("Timestamp", at("{y}/{mm}/{dd} {h}:{M}:{S} {half} GMT+3")),
        Column("Username", lambda record: record["email"], "email"),
        *(list_column(EN.questions[name], name, ";") for name in ("offers", "seeks", "goals")),
        language_column(EN, ";"),
        gender_column(EN, random),
    ]
    return _google_export("Google Forms", columns, people, directory, random, quote_all=True)


# Microsoft

_MICROSOFT = {
    "en": ("ID", "Start time", "Completion time", "Email", "Name", "Last modified time"),
    "fr": ("ID", "Heure de début", "Heure de fin", "Adresse de messagerie", "Nom",
           "Heure de la dernière modification"),
}  # fmt: skip


def write_microsoft_workbook(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """Microsoft Forms as a workbook: its ``ID`` numbers answers, and a list ends with its separator."""
    wording = random.choice((EN, FR))
    number, start, end, email, name, modified = _MICROSOFT[wording.code]
    twice, ticked_roles = (random.random() < 0.5 for _ in range(2))
    role = role_column(wording, random)
    if ticked_roles:
        words = {"mentor": "Mentor;", "mentee": "Mentee;", "both": "Mentor;Mentee;"}
        role = replace(role, cell=lambda record: words[record["role"]])
    columns = [
        Column(number, lambda record: record["number"]),
        Column(start, lambda record: record["moment"]),
        Column(end, lambda record: record["moment"] + timedelta(minutes=7)),
        Column(email, lambda record: record["email"], "email"),
        Column(name, lambda record: record["name"], "name"),
        *([Column(modified, lambda record: None)] if random.random() < 0.5 else []),
        role,
        Column(
            {"en": "When are you free?", "fr": "Quand êtes-vous libre ?"}[wording.code],
            lambda record: "Monday, 10/28:  10:10am-11am;Friday, 11/1:  2pm-3pm;",
        ),
        *(
            list_column(wording.questions[field], field, ";", lambda: wording.silence(random), trailing=True)
            for field in ("offers", "seeks", "goals")
        ),
        language_column(wording, ";", trailing=True),
        department_column(wording, random),
        gender_column(wording, random),
    ]
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "Sheet1"
    answers = with_older_answer(people, random) if twice else people
    for row in table_of(columns, numbered(answers, random)):
        sheet.append([None if cell == "" else cell for cell in row])
    for cells in sheet.iter_rows(min_row=2, min_col=2, max_col=3):
        for cell in cells:
            cell.number_format = "m/d/yy h:mm:ss"
    book.save(directory / "people.xlsx")
    return Export(
        "Microsoft Forms, workbook",
        {"people": str(directory / "people.xlsx")},
        carried(columns),
        {"mapping": mapping_of(columns), **({"latest_by": end} if twice else {})},
        {"id": email},
        identity=email_identity,
    )


def write_microsoft_anonymous(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """Microsoft Forms without sign-in, as CSV: everybody is ``anonymous``, a question asked twice has a 2."""
    wording = random.choice((EN, FR))
    number, start, end, email, name, _ = _MICROSOFT[wording.code]
    which = {"en": "Which skills? ", "fr": "Quelles compétences ?"}[wording.code]
    other = {"en": "Other", "fr": "Autre"}[wording.code]
    columns = [
        Column(number, lambda record: record["number"]),
        Column(start, at("{m}/{d}/{yy} {HH}:{M}:{S}")),
        Column(end, at("{m}/{d}/{yy} {HH}:{M}:{S}", 7)),
        Column(email, lambda record: "anonymous"),
        Column(name, lambda record: ""),
        Column(wording.questions["email"], lambda record: record["email"], "email"),
        role_column(wording, random),
        list_column(which, "offers", ";", trailing=True),
        list_column(f"{which}2", "seeks", ";", trailing=True),
        Column(
            wording.questions["gender"], lambda record: wording.genders.get(record["gender"], other),
            "gender", "!",
        ),
    ]  # fmt: skip
    path = write_csv(
        directory / "people.csv",
        table_of(columns, numbered(people, random)),
        {"en": ",", "fr": ";"}[wording.code],
        "utf-8-sig",
    )
    return Export(
        "Microsoft Forms, anonymous",
        {"people": path},
        carried(columns),
        {
            "mapping": mapping_of(columns),
            "id": one_line(wording.questions["email"]),
            "non_answer": [other],
        },
        identity=email_identity,
    )


# SurveyMonkey

_MONKEY = {
    "en": ("Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address",
           "First Name", "Last Name", "Custom Data 1"),
    "fr": ("ID répondant", "ID collecteur", "Date de début", "Date de fin", "Adresse IP", "Adresse e-mail",
           "Prénom", "Nom", "Données personnalisées 1"),
}  # fmt: skip
_RESPONSE = {"en": "Response", "fr": "Réponse"}
_OPEN_ENDED = {"en": "Open-Ended Response", "fr": "Réponse ouverte"}
_PLEASE_SPECIFY = {"en": "Other (please specify)", "fr": "Autre (veuillez préciser)"}

Group = tuple[str, list[Column]]
"""A question, and its columns under the headings of the second row."""


def _monkey_people(wording: Wording) -> list[Column]:
    respondent, collector, start, end, address, email, first, last, custom = _MONKEY[wording.code]
    time = "{mm}/{dd}/{y} {hh}:{M}:{S} {half}"
    return [
        Column(respondent, lambda record: 11_840_000_000 + 977 * record["number"]),
        Column(collector, lambda record: 430_912_557),
        Column(start, at(time)),
        Column(end, at(time, 5)),
        Column(address, lambda record: f"192.0.2.{record['number'] % 250}"),
        Column(email, lambda record: record["email"], "email"),
        Column(first, given, "name"),
        Column(last, family, "name"),
        Column(custom, lambda record: record["id"], "id", "!"),
    ]


def _monkey_answers(wording: Wording, random: Random, lists: Sequence[Group]) -> list[Group]:
    role, gender = role_column(wording, random), gender_column(wording, random)
    department = department_column(wording, random)
    return [
        (role.heading, [replace(role, heading=_RESPONSE[wording.code], said=role.heading)]),
        *lists,
        (gender.heading, [replace(gender, heading=_RESPONSE[wording.code], said=gender.heading)]),
        (
            department.heading,
            [replace(department, heading=_OPEN_ENDED[wording.code], said=department.heading)],
        ),
    ]


def _monkey_export(
    tool: str,
    wording: Wording,
    groups: Sequence[Group],
    people: Sequence[Record],
    directory: Path,
    random: Random,
) -> Export:
    """Write two heading rows: a question stands over the first of its columns only."""
    known = _monkey_people(wording)
    columns = [*known, *(column for _, answers in groups for column in answers)]
    first = headings_of(known)
    for question, answers in groups:
        first += [question, *[""] * (len(answers) - 1)]
    second = [*[""] * len(known), *headings_of(columns[len(known) :])]
    rows = [first, second, *rows_of(columns, numbered(people, random))]
    return Export(
        tool,
        {"people": write_csv(directory / "people.csv", rows, encoding="utf-8-sig", line_end="\n")},
        carried(columns),
        {"mapping": mapping_of(columns)},
    )


def write_surveymonkey_options(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """SurveyMonkey: a column for each option, with the option's text where it is ticked, and one for others."""
    wording = random.choice((EN, FR))
    groups = []
    for name in ("offers", "seeks", "goals"):
        question = wording.questions[name]
        *options, in_own_words = all_names(people, name) or [""]
        answers = option_columns(str, name, options, ticked(name), question)
        other = Column(_PLEASE_SPECIFY[wording.code], under(in_own_words, ticked(name)), name, question)
        groups.append((question, [*answers, other]))
    groups = _monkey_answers(wording, random, groups)
    return _monkey_export("SurveyMonkey, options", wording, groups, people, directory, random)


_RANK_THEM = {
    "en": "Rank what you would like to learn, 1 first",
    "fr": "Classez ce que vous aimeriez apprendre, le plus utile en premier (1, 2, ...)",
}


def _rank_number(record: Record, skill: str) -> Any:
    return ranked(record).index(skill) + 1 if skill in record["seeks"] else ""


def write_surveymonkey_matrix(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """SurveyMonkey: a matrix of skills with a word for the level, and a ranking with numbers, 1 first.

    The question says that they are ranks: numbers from 1 to 3 could as well be priorities, 3 first.
    """
    wording = random.choice((EN, FR))
    grid, ranking = wording.questions["offers"], _RANK_THEM[wording.code]
    level = level_word(wording, random)
    groups = [
        (grid, option_columns(str, "offers", all_names(people, "offers"), level, grid)),
        (ranking, option_columns(str, "seeks", all_names(people, "seeks"), _rank_number, ranking)),
    ]
    answers = _monkey_answers(wording, random, groups)
    export = _monkey_export("SurveyMonkey, matrix", wording, answers, people, directory, random)
    return replace(
        export,
        carries=export.carries | {"levels", "priorities"},
        rewritten=with_priorities_of_ranks,
    )


# Typeform, Qualtrics, LimeSurvey, Drupal


def write_typeform(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """Typeform: a column for each option under the option's name alone, and tags in questions."""
    time = "{y}-{mm}-{dd} {HH}:{M}:{S}"
    role = role_column(EN, random)
    columns = [
        Column("#", lambda record: f"{record['number'] * 7919:032x}"),
        Column(f"<strong>{EN.questions['email']}</strong>", lambda record: record["email"], "email"),
        replace(role, heading="Hi! <em>Do you want to teach, to learn, or both?</em>"),
        *option_columns(
            str, "offers", all_names(people, "offers"),
            ticked("offers"), "!",
        ),
        Column("Other", lambda record: ""),
        list_column(EN.questions["seeks"], "seeks", ", "),
        gender_column(EN, random),
        Column("Response Type", lambda record: "completed"),
        Column("Start Date (UTC)", at(time)),
        Column("Stage Date (UTC)", lambda record: ""),
        Column("Submit Date (UTC)", at(time, 4)),
        Column("Network ID", lambda record: f"{record['number'] * 104_729:010x}"),
        Column("Tags", lambda record: ""),
    ]  # fmt: skip
    path = write_csv(directory / "people.csv", table_of(columns, numbered(people, random)), line_end="\n")
    return Export(
        "Typeform",
        {"people": path},
        carried(columns),
        {"mapping": mapping_of(columns)},
        {"id": columns[1].heading, "separator": {"seeks": ", "}},
        identity=email_identity,
    )


def _qualtrics_known() -> list[tuple[Column, str, str]]:
    """Return what Qualtrics knows of an answer, with the text of the second heading row and the third's id."""
    time = "{y}-{mm}-{dd} {HH}:{M}:{S}"

    def constant(value: str) -> Callable[[Record], str]:
        return lambda record: value

    return [
        (Column("StartDate", at(time)), "Start Date", "startDate"),
        (Column("EndDate", at(time, 6)), "End Date", "endDate"),
        (Column("Status", lambda record: record.get("status", "IP Address")), "Response Type", "status"),
        (Column("IPAddress", lambda record: f"198.51.100.{record['number'] % 250}"), "IP Address", "ipAddress"),
        (Column("Progress", constant("100")), "Progress", "progress"),
        (Column("Duration (in seconds)", constant("371")), "Duration (in seconds)", "duration"),
        (Column("Finished", constant("True")), "Finished", "finished"),
        (Column("RecordedDate", at(time, 6)), "Recorded Date", "recordedDate"),
        (Column("ResponseId", lambda record: f"R_{record['number']:015x}"), "Response ID", "_recordId"),
        (Column("RecipientLastName", family, "name", "!"), "Recipient Last Name", "recipientLastName"),
        (Column("RecipientFirstName", given, "name", "!"), "Recipient First Name", "recipientFirstName"),
        (Column("RecipientEmail", lambda record: record["email"], "email", "!"), "Recipient Email", "recipientEmail"),
        (
            Column("ExternalReference", lambda record: record["id"], "id", "!"),
            "External Data Reference",
            "externalDataReference",
        ),
        (Column("LocationLatitude", constant("48.8323")), "Location Latitude", "locationLatitude"),
        (Column("LocationLongitude", constant("2.4075")), "Location Longitude", "locationLongitude"),
        (Column("DistributionChannel", constant("email")), "Distribution Channel", "distributionChannel"),
        (Column("UserLanguage", constant("EN")), "User Language", "userLanguage"),
    ]  # fmt: skip


def write_qualtrics(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """Qualtrics: three heading rows, trials with the status ``Survey Preview``, a column for each option."""
    wording = random.choice((EN, FR))
    by_text = random.random() < 0.5
    as_text = random.random() < 0.5
    columns = _qualtrics_known()
    role, gender = role_column(wording, random), gender_column(wording, random)
    for code, column in (("Q1", role), ("Q4", gender)):
        said = column.heading if by_text else code
        columns.append((replace(column, heading=code, said=said), column.heading, f"QID{code[1:]}"))
    for code, name in (("Q2", "offers"), ("Q3", "seeks")):
        question = wording.questions[name]
        *options, in_own_words = all_names(people, name)
        for number, option in enumerate(options, start=1):
            cell = under(option, ticked(name, None if as_text else "1"))
            column = Column(f"{code}_{number}", cell, name, question if by_text else code)
            columns.append((column, f"{question} - {option}", f"QID{code[1:]}_{number}"))
        own = Column(
            f"{code}_99_TEXT",
            under(in_own_words, ticked(name)),
            name,
            question if by_text else code,
        )
        columns.append((own, f"{question} - Other - Text", f"QID{code[1:]}_99_TEXT"))
    preview = {
        **people[0], "id": "", "name": TRIAL, "email": "trial@maison.example", "status": "Survey Preview",
    }  # fmt: skip
    answers = numbered([preview, *people], random)
    fields = [column for column, _, _ in columns]
    headings: list[Row] = [
        headings_of(fields),
        [text for _, text, _ in columns],
        [json.dumps({"ImportId": identity}, separators=(",", ":")) for _, _, identity in columns],
    ]
    tabs = random.random() < 0.5
    path = write_csv(
        directory / ("people.tsv" if tabs else "people.csv"),
        [*headings, *rows_of(fields, answers)],
        "\t" if tabs else ",",
        "utf-16" if tabs else "utf-8-sig",
        "\n",
    )
    return Export("Qualtrics", {"people": path}, carried(fields), {"mapping": mapping_of(fields)})


def _lime_known(submitted: Callable[[Record], str], wording: Wording) -> list[Column]:
    return [
        Column("id", lambda record: record["number"]),
        Column("submitdate", submitted),
        Column("lastpage", lambda record: "1" if record.get("unfinished") else "3"),
        Column("startlanguage", lambda record: wording.code),
        Column("seed", lambda record: 1_000_003 * record["number"]),
        Column("startdate", at("{y}-{mm}-{dd} {HH}:{M}:{S}")),
    ]


def _lime_export(
    tool: str,
    columns: Sequence[Column],
    people: Sequence[Record],
    directory: Path,
    random: Random,
    address: str,
) -> Export:
    """Write all in quotes; one person has begun and then begun anew, somebody else never ended."""
    begun = {**older_answer(random.choice(people), random), "unfinished": True}
    never = {**begun, "name": TRIAL, "email": "never@maison.example"}
    answers = numbered([begun, *people, never], random)
    path = write_csv(
        directory / "people.csv", table_of(columns, answers), encoding="utf-8-sig", quote_all=True
    )
    return Export(
        tool,
        {"people": path},
        carried(columns),
        {"mapping": mapping_of(columns), "id": address},
        identity=email_identity,
    )


def _submitted(record: Record) -> str:
    return "" if record.get("unfinished") else at("{y}-{mm}-{dd} {HH}:{M}:{S}", 6)(record)


def write_limesurvey_texts(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """LimeSurvey with the texts of questions as headings: ``Question [Python]`` with yes and no."""
    wording = random.choice((EN, FR))
    each = random.random() < 0.5
    other = {"en": "Other", "fr": "Autre"}[wording.code]
    columns = [
        *_lime_known(_submitted, wording),
        Column(wording.questions["email"], lambda record: record["email"], "email"),
        role_column(wording, random),
    ]
    for name in ("offers", "seeks"):
        question = wording.questions[name]
        *options, in_own_words = all_names(people, name)
        said = "!" if each else question
        ticks = ticked(name, wording.yes, wording.no)
        columns += option_columns(in_brackets(question), name, options, ticks, said)
        own = under(in_own_words, ticked(name))
        columns.append(Column(f"{question}[{other}]", own, name, said))
    columns.append(gender_column(wording, random))
    address = one_line(wording.questions["email"])
    return _lime_export("LimeSurvey, texts", columns, people, directory, random, address)


def write_limesurvey_codes(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """LimeSurvey with the codes of questions as headings, ``PKZ[SQ001]``: what was ticked has no other name."""
    each = random.random() < 0.5
    codes = {
        option: f"SQ{number:03}"
        for number, option in enumerate(all_names(people, "offers", "seeks"), start=1)
    }
    names = {code: option for option, code in codes.items()}
    columns = [
        *_lime_known(_submitted, EN),
        Column("MAIL", lambda record: record["email"], "email"),
        replace(role_column(EN, random), heading="ROLE", said="!"),
    ]

    def by_code(name: str) -> Answer:
        return lambda record, code: "Y" if names[code] in record[name] else random.choice(("N", ""))

    for question, name in (("PKZ", "offers"), ("M3", "seeks")):
        said = "!" if each else question
        columns += option_columns(in_brackets(question), name, list(names), by_code(name), said)
        columns.append(Column(f"{question}[other]", lambda record: ""))

    def rewritten(record: Record) -> Record:
        lists = {
            name: {codes[skill]: rating for skill, rating in record[name].items()}
            for name in ("offers", "seeks")
        }
        return {**record, **lists}

    export = _lime_export("LimeSurvey, codes", columns, people, directory, random, "MAIL")
    return replace(export, rewritten=rewritten)


def write_drupal(people: Sequence[Record], directory: Path, random: Random) -> Export:
    """Drupal's webform: ``|`` between columns, two rows above the headings, ``X`` under each option."""
    wording = random.choice((EN, FR))
    separate = random.random() < 0.5
    known = [
        Column("Serial", lambda record: record["number"]),
        Column("SID", lambda record: 3_000 + record["number"]),
        Column("Time", at("{y}-{mm}-{dd} {HH}:{M}:{S}")),
        Column("Draft", lambda record: "0"),
        Column("IP Address", lambda record: f"203.0.113.{record['number'] % 250}"),
        Column("Username", lambda record: "anonymous"),
        Column("E-mail", lambda record: record["email"], "email"),
        Column(wording.usual["department"], lambda record: record["department"] or "", "department"),
        role_column(wording, random),
    ]
    second: Row = ["Submission Details", *[""] * (len(known) - 1)]
    columns = list(known)
    for name in ("offers", "seeks"):
        question = one_line(wording.questions[name])
        options = all_names(people, name)
        if separate:
            columns += option_columns(str, name, options, ticked(name, "X"), question)
            second += [question, *[""] * (len(options) - 1)]
        else:
            columns.append(list_column(question, name, ", "))
            second.append("")
    title = {"en": "Reverse mentoring: sign up", "fr": "Mentorat inversé : inscription"}[wording.code]
    first: Row = [title, *[""] * (len(columns) - 1)]
    rows = [first, second, *table_of(columns, numbered(people, random))]
    path = write_csv(directory / "people.csv", rows, "|", line_end="\n", quote_all=random.random() < 0.5)
    certain: dict[str, Any] = {"id": "E-mail", "heading_row": 3}
    if not separate:
        certain["separator"] = dict.fromkeys(("offers", "seeks"), ", ")
    return Export(
        "Drupal webform",
        {"people": path},
        carried(columns),
        {"mapping": mapping_of(columns)},
        certain,
        identity=email_identity,
    )
