"""Small files in the shape of what people really have, and what a command may be expected to make of them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.views.cli.main import app

FIELD = Path(__file__).parents[1] / "data" / "field"


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, list(arguments), env={"COLUMNS": "200"})


def duos(*arguments: str) -> dict[str, Any]:
    """Return by pair the duos that a command forms."""
    done = run("match", "people.csv", *arguments, "--format", "json")
    assert done.exit_code == 0, done.stderr
    return {f"{duo['mentor']} {duo['mentee']}": duo for duo in json.loads(done.stdout)["duos"]}


@pytest.fixture(autouse=True)
def case(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(FIELD / request.function.__name__.split("_")[1].upper(), tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)


def test_b2_commas_between_people_to_avoid() -> None:
    assert set(duos()) == {"kim ada"}


def test_c1_an_answer_that_is_none_is_no_skill() -> None:
    for duo in duos("--out", "a.json").values():
        assert "skills" in duo["missing"]
    told = run("explain", "a.json", "people.csv", "--mentor", "m1", "--mentee", "e1").stdout
    assert "Not known for this pair, so that the neutral value counts: skills" in told
    assert "taught by the mentor" not in told


def test_c2_who_does_not_say_a_gender_makes_no_duo_mixed() -> None:
    done = run("match", "people.csv", "--policy", "policy.json")
    assert done.exit_code == 3
    assert "people.csv, 'gender': 2 answers such as 'N/A' count as not known" in done.stderr
    kept = duos(
        "--answer", "Prefer not to say", "--answer", "Ne souhaite pas répondre", "--policy", "policy.json"
    )
    assert len(kept) == 2


def test_c4_answers_that_are_none_where_numbers_and_days_stand() -> None:
    assert set(duos()) == {"1 2"}
    person = rm.read_cohort("people.csv").participants[0]
    assert (person.age, person.grade) == (None, None)


def test_d1_addresses_to_avoid_whatever_their_capitals() -> None:
    assert "lea@x.org ada@x.org" not in duos()


def test_d2_one_address_with_two_spellings_is_one_person() -> None:
    done = run("match", "people.csv")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("people.csv, row 3, column 'id': the same id as in row 2")


def test_d4_a_manager_whose_number_lost_its_zeros() -> None:
    assert duos() == {}
    assert [person.manager_id for person in rm.read_cohort("people.csv").participants] == [
        "00418",
        "00999",
        "00417",
    ]


def test_d6_people_who_are_wanted_and_avoided_by_name() -> None:
    formed = duos("--policy", "policy.json")
    assert "101 201" not in formed
    people = Path("people.csv").read_text()
    Path("people.csv").write_text(people.replace("Tom Petit\n", "Zoe Garnier\n"))
    assert "nobody here is meant by 1 entry of 1; right would be ids, which are numbers here" in (
        run("match", "people.csv", "--policy", "policy.json").stderr
    )


def test_d7_ids_that_a_spreadsheet_was_kept_from_reading_as_numbers() -> None:
    assert duos() == {}
    people = rm.read_cohort("people.csv").participants
    assert [(person.id, person.manager_id) for person in people] == [("00417", "00418"), ("00418", None)]


def test_g11_letters_of_a_macintosh() -> None:
    done = run("match", "people.csv", "--out", "a.json")
    assert (
        "not UTF-8, and read as MacRoman, as Excel for Macintosh writes it; if letters look wrong"
        in done.stderr
    )
    told = run("explain", "a.json", "people.csv", "--mentor", "m1", "--mentee", "e1").stdout
    assert "Skills and goals in common: 'Cybersécurité' = 'Cybersecurity'" in told
    assert "MacRoman" not in run("match", "people.csv", "--encoding", "mac_roman").stderr
    assert "CybersŽcuritŽ" in rm.read_cohort("people.csv", encoding="cp1252").participants[0].offers


def test_h1_american_days_with_years_of_two_digits() -> None:
    assert len(duos("--map", "EmpID=id")) == 1
    born = [
        str(person.birth_date)
        for person in rm.read_cohort("people.csv", mapping={"EmpID": "id"}).participants
    ]
    assert born == ["1984-03-11", "1971-08-27"]
    told = run("match", "people.csv", "--map", "EmpID=id").stderr
    assert "'DOB': years of two digits are read so that people are from 14 to 100 years old" in told
    assert "the reporting-line rule protects nobody" in told


def test_h2_days_that_can_be_months_are_asked_about() -> None:
    done = run("match", "people.csv", "--as-of", "2026-06-01")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "day or month first?" in done.stderr
    assert "--dates month-first" in done.stderr
    ages = [
        rm.read_cohort("people.csv", dates=order).participants[0].birth_date  # type: ignore[arg-type]
        for order in ("day-first", "month-first")
    ]
    assert list(map(str, ages)) == ["2001-05-12", "2001-12-05"]


def test_h4_days_that_a_spreadsheet_counts() -> None:
    told = run("match", "people.csv", "--as-of", "2026-01-01").stderr
    assert "numbers are read as days that a spreadsheet counts: 36500 is 1999-12-06" in told
    days = [str(person.birth_date) for person in rm.read_cohort("people.csv").participants]
    assert days == ["1999-12-06", "1970-01-01"]


def test_h8_a_colon_within_a_skill() -> None:
    assert set(duos()) == {"m1 e1"}
    mentor, mentee = rm.read_cohort("people.csv").participants
    assert mentor.offers == {"Skill: Storytelling": 3, "Skill: Giving feedback": 3}
    assert mentee.seeks == {"Skill: Storytelling": 2}


def test_i1_a_fault_names_the_heading_that_the_file_has() -> None:
    lines = run("match", "people.csv").stderr.splitlines()
    assert [line.split("'")[1] for line in lines] == [
        "Date de naissance",
        "Nombre de duos",
        "Date de naissance",
    ]


def test_j9_each_week_people_join_under_the_heading_of_their_file() -> None:
    assert run("match", "week1.csv", "--map", "Badge=id", "--out", "w1.json").exit_code == 0
    for number, people in ((2, "week1.csv"), (3, "people2.csv")):
        done = run(
            *("amend", f"w{number - 1}.json", people, "--map", "Badge=id", "--join", f"week{number}.csv"),
            *("--at-most-changes", "0", "--out", f"w{number}.json", "--people-out", f"people{number}.csv"),
        )
        assert done.exit_code == 0, done.stderr
    assert run("verify", "w3.json", "people3.csv").exit_code == 0


def test_d9_who_has_another_id_now_keeps_the_earlier_one() -> None:
    assert run("match", "r1.csv", "--out", "r1.json").exit_code == 0
    later = Path("r2.csv").read_text().replace("offers,seeks", "offers,seeks,Former,manager_id,avoids")
    lines = later.splitlines()
    lines[1] += ",lea.roux@x.org,,"
    lines[2] += ",,,"
    lines += ["tom@x.org,mentor,,,,Lea.Blanc@x.org,", "eva@x.org,mentee,,,,,lea.blanc@x.org"]
    Path("r2.csv").write_text("\n".join(lines) + "\n")
    arguments = ("rotate", "r1.json", "r2.csv", "--on", "2026-12-01", "--early", "--out", "r2.json")
    mapped = ("--map", "Former=earlier_id")
    done = run(*arguments, *mapped, "--history", "h.json", "--people-out", "people.csv")
    assert done.exit_code == 0, done.stderr
    assert "'Former': 1 person known by an earlier id, under which the past counts" in done.stderr
    formed = {(duo.mentor, duo.mentee) for duo in rm.Matching.from_json(Path("r2.json").read_bytes()).duos}
    assert formed == {("tom@x.org", "ada@x.org")}
    people = {
        person.id: person
        for person in rm.read_cohort("r2.csv", mapping={"Former": "earlier_id"}).participants
    }
    assert people["tom@x.org"].manager_id == "lea.roux@x.org"
    assert people["eva@x.org"].avoids == ("lea.roux@x.org",)
    assert "earlier_id" not in people["lea.roux@x.org"].attributes
    assert run("verify", "r2.json", "r2.csv", *mapped).exit_code == 0
    assert run("verify", "r2.json", "people.csv").exit_code == 0


def test_d9_in_records() -> None:
    people = [
        {"id": "blanc", "role": "mentor", "Earlier ID": "roux"},
        {"id": "b", "role": "mentee", "manager_id": "blanc", "Earlier ID": None},
    ]
    cohort = rm.Cohort.from_records(people)
    assert [(person.id, person.manager_id, person.attributes) for person in cohort.participants] == [
        ("roux", None, {}),
        ("b", "roux", {}),
    ]
    people[1]["Earlier ID"] = "roux"
    with pytest.raises(rm.errors.CohortError, match="the same id as in row 1"):
        rm.Cohort.from_records(people)


def test_j8_who_waits_since_the_first_week_comes_before_who_joins_today() -> None:
    assert run("match", "people.csv", "--out", "a.json").exit_code == 0
    done = run(
        *("amend", "a.json", "people.csv", "--join", "week2.csv", "--at-most-changes", "0"),
        *("--out", "b.json", "--people-out", "people2.csv"),
    )
    assert done.exit_code == 0, done.stderr
    amended = rm.Matching.from_json(Path("b.json").read_bytes())
    assert [(duo.mentor, duo.mentee) for duo in amended.duos] == [("m1", "e1"), ("m2", "e2")]
    first = amended.log[-1].precedence
    assert [(one.role, one.joined_by, one.people, one.at_least) for one in first] == [
        ("mentee", 0, ("e2",), 1)
    ]
    assert "mentees who were there before others joined" in done.stdout
    assert run("verify", "b.json", "people2.csv").exit_code == 0


def test_j12_former_duos_of_other_years_from_a_file() -> None:
    assert set(duos("--past", "past.csv")) == {"m1 e2", "m2 e1"}
    Path("past.csv").write_text("mentor,mentee\nm1,e2\n")
    assert set(duos("--past", "past.csv")) == {"m1 e1", "m2 e2"}
