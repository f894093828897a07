"""The command ``audit``: its formats, its options, and what is wrong with a command line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.views.cli.main import app

ROOT = Path(__file__).parents[2]


def records() -> list[dict[str, Any]]:
    return [
        {
            "id": f"{role}{place}",
            "role": role,
            "gender": ("f", "m")[place % 2],
            "age": 22 + place,
            "site": ("Lyon", "Paris", "Lyon")[place % 3],
            "department": f"Group/{('IT', 'HR')[place % 2]}/Team {place}",
        }
        for role, number in (("mentor", 24), ("mentee", 30))
        for place in range(number)
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("audit")
    with (made / "people.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(records()[0]))
        writer.writeheader()
        writer.writerows(records())
    for role in ("mentor", "mentee"):
        with (made / f"{role}s.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(records()[0]), extrasaction="ignore")
            writer.writeheader()
            writer.writerows(one for one in records() if one["role"] == role)
    matching = rm.match(rm.read_cohort(made / "people.csv"))
    (made / "m.json").write_text(matching.to_json(), "utf-8")
    other = rm.match(rm.read_cohort(made / "people.csv"), rm.Policy.preset("no-personal-traits"))
    (made / "m2.json").write_text(other.to_json(), "utf-8")
    rm.History().with_round(matching, until="2026-06-30").save(made / "history.json")
    return made


def run(folder: Path, *words: str, code: int = 0) -> tuple[str, str]:
    done = CliRunner().invoke(app, [word.replace("@", f"{folder}/") for word in words])
    assert done.exit_code == code, done.output
    return done.stdout, done.stderr


AUDIT = ("audit", "@m.json", "@people.csv", "--lang", "en")


def test_the_table_says_who_has_a_duo_and_how_to_read_it(folder: Path) -> None:
    shown, _ = run(folder, *AUDIT, "--by", "gender,age-band")
    assert "24 of 30 (80.0%)" in shown
    assert "gender: f" in shown
    assert "age (bands): 25-34" in shown
    assert "Without the criterion 'gender'" in shown
    assert "Each matching in these comparisons is proved to be the best under its policy." in shown
    assert "It says nothing about causes." in shown
    assert "29 CFR 1607.4" in shown
    assert not {"fair", "unfair", "bias", "discrimination"} & {*shown.casefold().split()}


def test_french(folder: Path) -> None:
    shown, _ = run(folder, "audit", "@m.json", "@people.csv", "--lang", "fr", "--by", "gender,age-band")
    assert "24 sur 30 (80,0 %)" in shown.replace("\u202f", " ").replace("\u00a0", " ")
    assert "Sans le critère « genre »" in shown.replace("\u202f", " ").replace("\u00a0", " ")
    assert "Il ne dit rien des causes." in shown


def test_json_is_the_record_and_csv_has_all_figures(folder: Path) -> None:
    shown, _ = run(folder, *AUDIT, "--by", "site", "--format", "json")
    found = rm.Audit.from_json(shown)
    cohort = rm.read_cohort(folder / "people.csv")
    matching = rm.Matching.from_json((folder / "m.json").read_text("utf-8"))
    assert found == rm.audit(matching, cohort, ["site"])
    shown, _ = run(folder, *AUDIT, "--by", "site", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(shown)))
    (people,) = (
        row for row in rows if (row["side"], row["group"], row["figure"]) == ("mentee", "Paris", "people")
    )
    assert people["value"] == "10.0"
    assert {row["term"] for row in rows} >= {"", "gender", "age"}
    frame = found.to_frame("pandas", what="terms")
    assert set(frame["term"]) == {"", "gender", "age"}


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_page_has_every_section(folder: Path, lang: str) -> None:
    out = folder / f"audit-{lang}.html"
    run(folder, "audit", "@m.json", "@people.csv", "--lang", lang, "--by", "site", "--out", str(out))
    page = out.read_text("utf-8")
    for key in ("audit-summary", "audit-groups", "audit-terms", "audit-reading"):
        assert f'id="{key}"' in page
    assert page.startswith(f'<!DOCTYPE html>\n<html lang="{lang}">')
    assert "mentor1" not in page, "nobody is named"


def test_options(folder: Path) -> None:
    out = folder / "audit.json"
    words = ("--by", "department,age", "--prefix", "2", "--bands", "age=30,40", "--fewest", "7", "--no-terms")
    run(folder, *AUDIT, *words, "--history", "@history.json", "--out", str(out))
    data = json.loads(out.read_text("utf-8"))
    assert data["terms"] == []
    assert data["fewest"] == 7
    assert data["bands"] == {"age": [30, 40]}
    groups = {tuple(one["group"]) for one in data["groups"]}
    assert groups == {(), ("Group/IT",), ("Group/HR",), ("<30",), ("30-39",), ("40+",)}
    assert all("waiting" not in one for one in data["groups"]), "the only round is that of the history"


def test_several_rounds_and_files_of_roles(folder: Path) -> None:
    shown, _ = run(folder, "audit", "@m.json", "@m2.json", "@people.csv", "--no-terms", "--format", "json")
    assert len(json.loads(shown)["matchings"]) == 2
    files = ("--mentors", "@mentors.csv", "--mentees", "@mentees.csv")
    shown, _ = run(folder, "audit", "@m.json", "@m2.json", *files, "--no-terms", "--format", "json")
    assert len(json.loads(shown)["matchings"]) == 2


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["audit", "@people.csv"], "right would be a matching, as match --out writes it"),
        ([*AUDIT, "--bands", "age=a"], "right would be COLUMN=NUMBERS"),
        ([*AUDIT, "--by", "gendre"], "no field 'gendre' in the people"),
        (["audit", "@m.json", *AUDIT[1:]], "the same matching twice"),
        ([*AUDIT, "--fewest", "4"], "--fewest"),
        ([*AUDIT, "--out", "@a.xlsx"], "unknown kind of file to write"),
        ([*AUDIT, "--out", "@m.json"], "m.json"),
    ],
)
def test_what_is_wrong_ends_with_exit_code_2(folder: Path, words: list[str], told: str) -> None:
    _, noted = run(folder, *words, code=2)
    assert told in " ".join(noted.replace("│", " ").split())


def test_other_people_are_refused(folder: Path) -> None:
    (folder / "others.csv").write_text("id,role\na,mentor\nb,mentee\n", "utf-8")
    _, noted = run(folder, "audit", "@m.json", "@others.csv", "--lang", "fr", code=2)
    assert "ce ne sont pas les personnes de la répartition" in noted


def test_the_page_on_audits_shows_what_is_printed(tmp_path: Path) -> None:
    matching = tmp_path / "matching.json"
    matching.write_text(rm.match(rm.read_cohort(rm.demo_path())).to_json(), "utf-8")
    by = ("--by", "location,age-band", "--lang", "en")
    printed, _ = run(tmp_path, "audit", str(matching), str(rm.demo_path()), *by)
    page = (ROOT / "docs" / "audit.md").read_text("utf-8")
    shown = page.split("```text\n")[1].split("```")[0].splitlines()
    lines = {" ".join(line.split()) for line in printed.splitlines()}
    assert [line for line in shown if " ".join(line.split()) not in lines] == []
    assert len(shown) > 5
