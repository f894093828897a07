from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.views.cli.main import app
from reverse_match.views.summaries import cost_lines

pytestmark = pytest.mark.usefixtures("nothing_asked")

PEOPLE = (
    "Matricule,role,offers,seeks\n"
    "m1,mentor,Python:5,\nm2,mentor,Excel:4,\ne1,mentee,,Python\ne2,mentee,,Excel\n"
)
MORE = "Matricule,role,seeks\ne3,mentee,Python\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "people.csv").write_text(PEOPLE)
    (tmp_path / "more.csv").write_text(MORE)
    assert run("match", "people.csv", "--out", "matching.json").exit_code == 0
    return tmp_path


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, list(arguments))


def amend(*arguments: str) -> Any:
    return run("amend", "matching.json", "people.csv", *arguments)


def pairs(file: Path) -> list[tuple[str, str]]:
    return [(duo.mentor, duo.mentee) for duo in rm.Matching.from_json(file.read_bytes()).duos]


def test_what_was_asked_holds_and_the_log_keeps_it(folder: Path) -> None:
    said = ["--author", "Ada", "--reason", "a wish", "--on", "2026-11-23"]
    result = amend("--fix", "m1=e2", "--at-most-changes", "2", *said, "--out", "new.json")
    assert result.exit_code == 0
    assert "2 duos ended, 2 new" in result.stdout
    assert "0 duos kept; 2 of those that ended could have stayed (at most 2 allowed)." in result.stdout
    assert "points of the total" in result.stdout
    assert result.stderr == ""
    assert pairs(folder / "new.json") == [("m1", "e2"), ("m2", "e1")]
    entry = rm.Matching.from_json((folder / "new.json").read_bytes()).log[0]
    assert (entry.author, entry.reason, str(entry.on), entry.fixed) == (
        "Ada",
        "a wish",
        "2026-11-23",
        (("m1", "e2"),),
    )
    assert run("verify", "new.json", "people.csv").exit_code == 0


def test_that_no_duo_changes_is_a_sentence_and_no_empty_table(folder: Path) -> None:
    same = amend("--fix", "m1=e1").stdout.splitlines()
    assert same[0] == "No duo ends, and none is new."
    for lang, said in (("en", "Nothing was asked: no duo ends"), ("fr", "Rien n’a été demandé")):
        told = amend("--lang", lang).stdout
        assert told.startswith(said)
        assert "mentor" not in told


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_people_leave_and_join(folder: Path, ending: str) -> None:
    people = f"now.{ending}"
    result = amend("--leave", "e1", "--join", "more.csv", "--out", "new.json", "--people-out", people)
    assert (result.exit_code, result.stderr) == (0, "")
    assert pairs(folder / "new.json") == [("m1", "e3"), ("m2", "e2")]
    assert run("verify", "new.json", people).exit_code == 0
    again = run("amend", "new.json", people, "--forbid", "m1=e3", "--charge", "0.1", "--format", "json")
    assert [entry["charge"] for entry in json.loads(again.stdout)["log"][1:]] == [0.1]


def test_a_note_says_how_to_keep_the_people(folder: Path) -> None:
    assert "--people-out writes them" in amend("--leave", "e1").stderr


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--fix", "m1=e2", "--at-most-changes", "1"], 3, ""),
        (["--fix", "m1=nobody"], 2, "fix[0][1]: nobody in the cohort"),
        (["--fix", "m1"], 2, "--fix"),
        (["--forbid", "m1=e1=e2"], 2, "--forbid"),
        (["--leave", "e9"], 2, "leave[0]: nobody in the cohort has the id 'e9'; did you mean"),
        (["--join", "people.csv"], 2, "people.csv, row 2, column 'id': somebody in the cohort has this id"),
        (["--join", "none.csv"], 2, "none.csv: cannot be read"),
        (["--charge", "2"], 2, "charge: right would be points from 0 to 1"),
        (["--on", "soon"], 2, "on: not a date"),
        (["--out", "new.txt"], 2, "unknown kind of file to write"),
        (["--people-out", "new.txt"], 2, "unknown kind of file to write"),
    ],
)
def test_exit_codes(folder: Path, arguments: list[str], code: int, message: str) -> None:
    result = amend(*arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert message in result.stderr


def test_nothing_is_written_where_people_do_not_fit_a_csv_file(folder: Path) -> None:
    (folder / "more.json").write_text(json.dumps([{"id": "e3", "role": "mentee", "goals": ["a;b"]}]))
    result = amend("--join", "more.json", "--out", "new.json", "--people-out", "now.csv")
    assert result.exit_code == 2
    assert "now.csv, goals: a CSV file would not give the same values back" in result.stderr
    assert not list(folder.glob("n*"))


def test_costs_in_words() -> None:
    log: dict[str, Any] = {
        "changes": 1, "ended": [], "new": [{"mentor": "a", "mentee": "b", "score": 0.5}], "charge": 0.1,
        "charge_gap": 0.25, "total_before": 1, "total_after": 1.5, "rescored": 0.001, "cost": -0.5, "duos_lost": -1,
    }  # fmt: skip
    assert cost_lines(rm.results.Amendment.model_validate(log), 3) == [
        "2 duos kept; 1 of those that ended could have stayed (charged 0.1 points each).",
        "Gain: 0.500000 points of the total (1.000000 before, 1.500000 now); 1 duo more.",
        "Neutral values are means over the people: leavers and joiners change the total of the duos that stay by +0.001000 points.",
        "Less the cost of the changes, the total is at most 2.50e-01 below the best possible.",
    ]


@pytest.mark.parametrize(("lang", "said"), [("en", "No matching satisfies"), ("fr", "Aucun")])
def test_conflicts_are_told_in_the_language_asked_for(folder: Path, lang: str, said: str) -> None:
    told = amend("--fix", "m1=e1", "--fix", "m1=e2", "--lang", lang)
    assert told.exit_code == 3
    assert said in told.stderr


def test_each_week_more_people_join_under_headings_of_their_own(folder: Path) -> None:
    """A mapping holds for the file that has the heading, and who joins may name those who are there."""
    Path("week1.csv").write_text("Badge,role,offers,seeks\nm1,mentor,Python:5,\ne1,mentee,,Python\n")
    joining = "Badge,role,offers,seeks,name,manager,gender\nm2,Mentor,SQL [expert],,Ann Roux,m1,N/A\n"
    Path("week2.csv").write_text(joining + "e2,mentorée,,SQL,Bob,ANN ROUX,F\n")
    Path("week3.csv").write_text('Badge;role;offers;seeks\nm3;mentor;Excel:5;\ne3;mentee;;"N/A"\n')
    run("match", "week1.csv", "--map", "Badge=id", "--out", "w1.json")
    people = "week1.csv"
    for number in (2, 3):
        joined = run(
            *("amend", f"w{number - 1}.json", people, "--map", "Badge=id", "--join", f"week{number}.csv"),
            *("--out", f"w{number}.json", "--people-out", f"people{number}.csv"),
        )
        assert joined.exit_code == 0, joined.stderr
        assert f"note: week{number}.csv, '" in joined.stderr
        people = f"people{number}.csv"
    assert run("verify", "w3.json", people).exit_code == 0
    by_id = {person.id: person for person in rm.read_cohort(people).participants}
    assert (by_id["m2"].offers, by_id["e2"].manager_id, by_id["e3"].seeks) == ({"SQL": 5}, "m2", {})
    refused = run("amend", "w2.json", "people2.csv", "--map", "Bdge=id", "--join", "week3.csv")
    assert refused.exit_code == 2
    assert refused.stderr.startswith("people2.csv, 'Bdge': no such column to map")


def test_a_reading_of_those_who_join(folder: Path) -> None:
    Path("week1.csv").write_text("id,role\nm1,mentor\ne1,mentee\n")
    Path("more.csv").write_text("list of May\nBadge,Part,gender\nm2,Guide,Autre\n")
    rm.Reading(
        mapping={"Badge": "id", "Part": "role"},
        heading_row=2,
        words={"role": {"guide": "mentor"}},
        non_answer=("Autre",),
    ).save("may.toml")
    run("match", "week1.csv", "--out", "w1.json")
    arguments = (
        "amend",
        "w1.json",
        "week1.csv",
        "--join",
        "more.csv",
        "--out",
        "w2.json",
        "--people-out",
        "p.csv",
    )
    assert run(*arguments).exit_code == 2
    assert run(*arguments, "--join-reading", "may.toml").exit_code == 0
    joined = rm.read_cohort("p.csv").participants[-1]
    assert (joined.id, joined.role, joined.gender) == ("m2", "mentor", None)
    strict = run(*arguments, "--join-reading", "may.toml", "--strict")
    assert (strict.exit_code, strict.stderr.count("not known")) == (2, 1)
