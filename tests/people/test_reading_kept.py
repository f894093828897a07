"""A reading that was kept reads the file of the next month in the same way, though fewer have answered."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.views.cli.main import app

if TYPE_CHECKING:
    from pathlib import Path

Rows = list[dict[str, str]]


def write(path: Path, rows: Rows) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(key for row in rows for key in row)))
        writer.writeheader()
        writer.writerows(rows)
    return path


def people(**columns: tuple[str, ...]) -> Rows:
    """Return people who say something in columns, mentors and mentees in turn."""
    count = len(next(iter(columns.values())))
    who = [{"id": f"p{place}", "role": ("mentor", "mentee")[place % 2]} for place in range(count)]
    return [
        {**person, **{heading.replace("__", " "): cells[place] for heading, cells in columns.items()}}
        for place, person in enumerate(who)
    ]


NEXT_MONTH: dict[str, tuple[Rows, Rows, dict[str, Any], dict[str, Any]]] = {
    "a day above 12 said which stands first": (
        people(Born=("05/28/1990", "03/04/1991")),
        people(Born=("03/04/1991", "02/01/1980")),
        {"mapping": {"Born": "birth_date"}},
        {"birth_date": "1991-03-04"},
    ),
    "an order that was said": (
        people(birth_date=("05/04/1990", "03/04/1991")),
        people(birth_date=("03/04/1991", "02/01/1980")),
        {"dates": "month-first"},
        {"birth_date": "1991-03-04"},
    ),
    "parts that returned": (
        people(offers=("Python, Excel", "Excel, Tea")),
        people(offers=("Python, Coffee", "Cake")),
        {},
        {"offers": {"Python": 3, "Coffee": 3}},
    ),
    "a semicolon in some cell": (
        people(offers=("Python;Excel", "Diversity, equity and inclusion")),
        people(offers=("Diversity, equity and inclusion", "Excel")),
        {},
        {"offers": {"Diversity, equity and inclusion": 3}},
    ),
    "line breaks in some cell": (
        people(goals=("Grow\nLearn", "Grow")),
        people(goals=("Teach, and be taught", "Grow")),
        {},
        {"goals": ("Teach, and be taught",)},
    ),
    "levels above 1": (
        people(**{"Teach [Excel]": ("4", "1"), "Teach [Tea]": ("1", "")}),
        people(**{"Teach [Excel]": ("1", ""), "Teach [Tea]": ("", "1")}),
        {"mapping": {"Teach": "offers"}},
        {"offers": {"Excel": 1}},
    ),
    "a column that says its own heading": (
        people(Excel=("Excel", ""), Tea=("Tea", "Tea")),
        people(Excel=("1", ""), Tea=("", "")),
        {"mapping": {"Excel": "offers", "Tea": "offers"}},
        {"offers": {"Excel": 3}},
    ),
    "the one address of everybody": (
        people(Contact=("a@x.org", "b@x.org")),
        people(Contact=("a@x.org", "b@x.org"), Friend=("c@x.org", "d@x.org")),
        {},
        {"id": "a@x.org"},
    ),
}


@pytest.mark.parametrize("case", NEXT_MONTH)
def test_the_file_of_next_month_is_read_in_the_same_way(case: str, tmp_path: Path) -> None:
    first, then, said, right = NEXT_MONTH[case]
    if "id" in right:
        first, then = (
            [{key: row[key] for key in row if key != "id"} for row in rows] for rows in (first, then)
        )
    this_month = rm.look(write(tmp_path / "may.csv", first), **said)
    assert this_month.faults == ()
    this_month.reading.save(tmp_path / "reading.toml")
    path = write(tmp_path / "june.csv", then)
    cohort = rm.read_cohort(path, reading=rm.Reading.load(tmp_path / "reading.toml"))
    person = cohort.participants[0].model_dump(mode="json")
    assert {field: person[field] for field in right} == rm.Participant(
        **{"id": "x", "role": "mentor", **right}
    ).model_dump(mode="json", include=set(right))


@pytest.mark.parametrize(
    "case", [case for case in NEXT_MONTH if case != "a column that says its own heading"]
)
def test_without_the_reading_the_same_file_is_read_otherwise_or_asked_about(
    case: str, tmp_path: Path
) -> None:
    """Otherwise the cases above would show nothing."""
    _, then, said, right = NEXT_MONTH[case]
    if "id" in right:
        then = [{key: row[key] for key in row if key != "id"} for row in then]
    mapping = {key: value for key, value in said.items() if key == "mapping"}
    try:
        cohort = rm.read_cohort(write(tmp_path / "june.csv", then), **mapping)
    except rm.errors.CohortError:
        return
    person = cohort.participants[0]
    assert {field: getattr(person, field) for field in right} != right


def test_what_were_ticks_are_no_levels_next_month(tmp_path: Path) -> None:
    first = write(tmp_path / "may.csv", people(**{"Teach [Excel]": ("1", "1"), "Teach [Tea]": ("1", "")}))
    reading = rm.look(first, mapping={"Teach": "offers"}).reading
    assert reading.numbers == {"Teach": "marks"}
    then = write(tmp_path / "june.csv", people(**{"Teach [Excel]": ("1", "4"), "Teach [Tea]": ("", "1")}))
    with pytest.raises(rm.errors.CohortError, match="neither a mark nor an answer"):
        rm.read_cohort(then, reading=reading)


def test_a_person_corrects_a_reading_and_keeps_it(tmp_path: Path) -> None:
    path = write(
        tmp_path / "people.csv",
        [
            {"Badge": "1", "Part": "guide", "Teach": "Diversity, equity and inclusion, Excel (good)", "Sex": "Autre"},
            {"Badge": "2", "Part": "novice", "Teach": "Excel (fluent), Python", "Sex": "F"},
        ],
    )  # fmt: skip
    kept = tmp_path / "reading.toml"
    mapped = ("--map", "Badge=id", "--map", "Part=role", "--map", "Teach=offers", "--map", "Sex=gender")
    CliRunner().invoke(app, ["look", str(path), *mapped, "--out", str(kept)])
    kept.write_text(
        kept.read_text().replace("non_answer = []", 'non_answer = ["Autre"]')
        + '[words.role]\nguide = "mentor"\nnovice = "mentee"\n[words.offers]\ngood = 3\nfluent = 4\n'
        + '[options]\noffers = ["Diversity, equity and inclusion"]\n'
    )
    reading = rm.Reading.load(kept)
    cohort = rm.read_cohort(path, reading=reading)
    assert [(person.id, person.role, person.gender) for person in cohort.participants] == [
        ("1", "mentor", None),
        ("2", "mentee", "F"),
    ]
    assert [person.offers for person in cohort.participants] == [
        {"Diversity, equity and inclusion": 3, "Excel": 3},
        {"Excel": 4, "Python": 3},
    ]
    again = rm.look(path, reading=reading)
    assert again.faults == ()
    assert rm.read_cohort(path, reading=again.reading).participants == cohort.participants
    assert rm.Reading.from_toml(again.reading.to_toml()) == again.reading


def test_codes_of_a_survey_get_the_names_of_their_options(tmp_path: Path) -> None:
    rows = people(**{"PKZ[SQ001]": ("Y", "N"), "PKZ[SQ002]": ("Y", "Y")})
    path = write(tmp_path / "people.csv", rows)
    options = {"PKZ[SQ001]": ("Python",), "PKZ[SQ002]": ("Art, music",)}
    reading = rm.Reading(mapping={"PKZ": "offers"}, options=options)
    assert rm.read_cohort(path, reading=reading).participants[0].offers == {"Python": 3, "Art, music": 3}


def test_days_of_each_column_have_an_order_of_their_own(tmp_path: Path) -> None:
    rows = people(birth_date=("03/04/1990", "02/01/1980"), sent=("03/04/2026", "03/04/2026"))
    path = write(
        tmp_path / "people.csv", [*rows, {**rows[0], "sent": "04/03/2026", "birth_date": "05/04/1990"}]
    )
    result = CliRunner().invoke(
        app,
        ["look", str(path), "--latest-by", "sent", "--dates", "sent=month-first", "--dates",
         "birth_date=day-first", "--out", str(tmp_path / "reading.toml")],
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    reading = rm.Reading.load(tmp_path / "reading.toml")
    assert reading.date_orders == {"sent": "month-first", "birth_date": "day-first"}
    assert str(rm.read_cohort(path, reading=reading).participants[0].birth_date) == "1990-04-05"
    orders = {"birth_date": "month-first", "sent": "day-first"}
    assert (
        str(rm.read_cohort(path, latest_by="sent", dates=orders).participants[0].birth_date) == "1990-03-04"
    )


@pytest.mark.parametrize("said", ["day", "sent=", "=day-first", "sent=first"])
def test_what_is_no_order_of_days_is_refused(said: str, tmp_path: Path) -> None:
    path = write(tmp_path / "people.csv", people(birth_date=("03/04/1990", "02/01/1980")))
    assert CliRunner().invoke(app, ["look", str(path), "--dates", said]).exit_code == 2
    with pytest.raises(rm.InputError):
        rm.read_cohort(path, dates={"birth_date": "day"})  # type: ignore[dict-item]
