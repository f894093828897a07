"""``reverse-match rotate``: when it is due, what it writes, and what is left when it is interrupted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.views.cli.main import app

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE = (
    "id,role,offers,seeks\n"
    "m1,mentor,Python:5,\nm2,mentor,Excel:4,\nm3,mentor,Video,\n"
    "e1,mentee,,Python\ne2,mentee,,Excel\ne3,mentee,,Video\n"
)
PROGRAMME = 'start = "2027-01-31"\nmonths = 4\nrounds = 3\n'
SHORT = "mentor,mentee,on,by,wish,acquired,objective\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "people.csv").write_text(PEOPLE)
    (tmp_path / "programme.toml").write_text(PROGRAMME)
    assert run("match", "people.csv", "--out", "r1.json").exit_code == 0
    return tmp_path


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, list(arguments))


def rotate(*arguments: str, matching: str = "r1.json", people: str = "people.csv") -> Any:
    return run("rotate", matching, people, *arguments)


def pairs(file: Path) -> set[tuple[str, str]]:
    return {(duo.mentor, duo.mentee) for duo in rm.Matching.from_json(file.read_bytes()).duos}


def test_before_it_is_due_it_says_so(folder: Path) -> None:
    early = rotate("--programme", "programme.toml", "--on", "2027-05-30", "--out", "r2.json")
    assert early.exit_code == 2
    assert early.stderr.strip().splitlines()[-1] == (
        "on: rotation is due on 2027-05-31, 1 day after 2027-05-30; to rotate now, say early (--early)"
    )
    assert not (folder / "r2.json").exists()
    assert rotate("--programme", "programme.toml", "--on", "2027-05-30", "--early").exit_code == 0
    assert rotate("--programme", "programme.toml", "--on", "2027-05-31").exit_code == 0
    later = rotate("--programme", "programme.toml", "--months", "6", "--on", "2027-05-31")
    assert later.exit_code == 2
    assert "due on 2027-07-31" in later.stderr


def test_months_count_from_a_start_or_from_the_last_rotation(folder: Path) -> None:
    asked = ("--months", "6", "--start", "2027-01-31")
    assert "due on 2027-07-31" in rotate(*asked, "--on", "2027-07-30").stderr
    assert rotate(*asked, "--on", "2027-07-31", "--out", "r2.json").exit_code == 0
    again = rotate("--months", "6", "--on", "2027-12-31", matching="r2.json")
    assert again.exit_code == 2
    assert "due on 2028-01-31" in again.stderr


def test_where_nothing_says_when_the_round_began_it_is_asked(folder: Path) -> None:
    result = rotate("--months", "6", "--on", "2027-07-31")
    assert result.exit_code == 2
    assert result.stderr.startswith("--months: nothing says when this round began, so it may be too early")
    assert not result.stdout
    early = rotate("--months", "6", "--on", "2027-07-31", "--early")
    assert early.exit_code == 0
    assert "Round 2, from 2027-07-31" in early.stdout


def test_a_fresh_matching_counts_from_the_day_of_its_ages(folder: Path) -> None:
    births = "id,role,birth_date\nm1,mentor,1999-01-01\nm2,mentor,1998-01-01\n"
    (folder / "dated.csv").write_text(births + "e1,mentee,1970-01-01\ne2,mentee,1971-01-01\n")
    assert run("match", "dated.csv", "--as-of", "2027-01-31", "--out", "dated.json").exit_code == 0
    names = {"matching": "dated.json", "people": "dated.csv"}
    soon = rotate("--months", "6", "--on", "2027-02-01", **names)
    assert soon.exit_code == 2
    assert "due on 2027-07-31" in soon.stderr
    assert rotate("--months", "6", "--on", "2027-07-31", **names).exit_code == 0


def test_a_published_matching_says_when_its_round_began(folder: Path) -> None:
    assert run("publish", "r1.json", "--on", "2027-01-31", "--out", "counts.json").exit_code == 0
    for start in ((), ("--start", "2026-01-31")):  # the day on which duos began to count is known
        soon = rotate("--months", "6", *start, "--on", "2027-07-30", matching="counts.json")
        assert soon.exit_code == 2
        assert "due on 2027-07-31" in soon.stderr
    assert rotate("--months", "6", "--on", "2027-07-31", matching="counts.json").exit_code == 0


def test_the_history_says_when_a_round_began(folder: Path) -> None:
    asked = ("--history", "h.json", "--months", "6")
    done = rotate(*asked, "--start", "2027-01-31", "--on", "2027-07-31", "--out", "r2.json")
    assert done.exit_code == 0, done.stderr
    (folder / "seed.json").write_text('{"seed": 7}')
    assert run("match", "people.csv", "--policy", "seed.json", "--out", "fresh.json").exit_code == 0
    soon = rotate(*asked, "--on", "2027-08-01", "--out", "r3.json", matching="fresh.json")
    assert soon.exit_code == 2
    assert "due on 2028-01-31" in soon.stderr


def test_three_rounds_with_history_feedback_and_people(folder: Path) -> None:
    one = sorted(pairs(folder / "r1.json"))
    said = "".join(f"{m},{e},2027-05-01,{by},continue,," for m, e in one[:1] for by in ("mentor",)) + "\n"
    said += f"{one[0][0]},{one[0][1]},2027-05-01,mentee,continue,Python,yes\n"
    (folder / "said.csv").write_text(SHORT + said)
    files = ("--history", "history.json", "--people-out", "people2.json", "--out", "r2.json")
    told = rotate("--on", "2027-05-31", "--feedback", "said.csv", *files)
    assert told.exit_code == 0, told.stderr
    assert "both asked to continue" in told.stdout
    assert one[0] in pairs(folder / "r2.json")
    assert run("verify", "r2.json", "people2.json").exit_code == 0
    assert [len(rm.History.load(folder / "history.json").rounds)] == [1]
    third = rotate(
        "--on", "2027-09-30", "--history", "history.json", "--out", "r3.json",
        matching="r2.json", people="people2.json",
    )  # fmt: skip
    assert third.exit_code == 0, third.stderr
    met = pairs(folder / "r1.json") | pairs(folder / "r2.json")
    assert not met & pairs(folder / "r3.json")
    assert len(rm.History.load(folder / "history.json").rounds) == 2
    assert run("verify", "r3.json", "people2.json").exit_code == 0


def test_a_review_says_what_duos_should_become_and_what_it_has_come_to(folder: Path) -> None:
    (mentor, mentee), *_ = sorted(pairs(folder / "r1.json"))
    (folder / "said.csv").write_text(f"{SHORT}{mentor},{mentee},2027-05-01,mentee,stop,Python,yes\n")
    asked = ("review", "r1.json", "people.csv", "--feedback", "said.csv", "--programme", "programme.toml")
    told = run(*asked)
    assert told.exit_code == 0, told.stderr
    assert f"'{mentor}' (mentor) and '{mentee}' (mentee)" in told.stdout
    assert "wants to stop" in told.stdout
    assert "figures by month or group are hidden to protect groups of fewer than 5." in told.stdout
    data = json.loads(run(*asked, "--format", "json").stdout)
    assert [one["proposal"] for one in data["proposals"]] == ["end", "rotate", "rotate"]
    assert set(data) == {"proposals", "indicators"}
    assert "," in run(*asked, "--format", "csv").stdout.splitlines()[0]
    assert run(*asked, "--lang", "fr").stdout != told.stdout
    (folder / "said.csv").write_text(f"{SHORT}nobody,{mentee},2027-05-01,mentee,stop,Python,yes\n")
    wrong = run(*asked)
    assert wrong.exit_code == 2
    assert "row 2" in wrong.stderr


def test_an_interrupted_rotation_can_be_repeated(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The matching is written before the history: with the one and not the other, the command gives both."""
    asked = ("--on", "2027-05-31", "--history", "history.json", "--out", "r2.json")

    def killed(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(rm.History, "save", killed)
        assert rotate(*asked).exit_code == 130
    first = (folder / "r2.json").read_bytes()
    assert not (folder / "history.json").exists()
    assert rotate(*asked).exit_code == 0
    assert (folder / "r2.json").read_bytes() == first
    assert len(rm.History.load(folder / "history.json").rounds) == 1
    again = rotate(*asked)
    assert again.exit_code == 2
    assert "stands there already" in again.stderr


def test_an_edited_history_is_refused(folder: Path) -> None:
    asked = ("--on", "2027-05-31", "--history", "history.json", "--out", "r2.json")
    assert rotate(*asked).exit_code == 0
    text = (folder / "history.json").read_text()
    (folder / "history.json").write_text(text.replace('"m1"', '"m9"', 1))
    asked = ("--on", "2027-09-30", "--history", "history.json", "--out", "r3.json")
    result = rotate(*asked, matching="r2.json")
    assert result.exit_code == 2
    assert "history.json" in result.stderr
    assert not (folder / "r3.json").exists()


def test_a_history_needs_a_place_for_the_round_that_begins(folder: Path) -> None:
    result = rotate("--history", "history.json")
    assert result.exit_code == 2
    assert "--history needs --out" in result.stderr
    assert rotate("--history", "history.json", "--out", "r2.csv").exit_code == 2


@pytest.mark.parametrize(
    ("out", "people_out"),
    [
        ("./history.json", "p.json"),
        ("r3.json", "history.json"),
        ("r3.json", "r3.json"),
        ("r2.json", "p.json"),
        ("r3.json", "people.csv"),
    ],
)
def test_no_file_takes_the_place_of_another(folder: Path, out: str, people_out: str) -> None:
    assert rotate("--on", "2027-05-31", "--history", "history.json", "--out", "r2.json").exit_code == 0
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    files = ("--history", "history.json", "--out", out, "--people-out", people_out)
    result = rotate("--on", "2027-09-30", *files, matching="r2.json")
    assert result.exit_code == 2
    assert ": was named for two things, and can hold one; right would be a file for each" in result.stderr
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def test_feedback_that_grows_can_be_reviewed_in_each_round(folder: Path) -> None:
    assert rotate("--on", "2027-05-31", "--out", "r2.json").exit_code == 0
    first, second = (sorted(pairs(folder / name))[0] for name in ("r1.json", "r2.json"))
    said = f"{','.join(first)},2027-05-01,mentee,stop,,\n"
    (folder / "said.csv").write_text(SHORT + said)
    assert "end the duo" in run("review", "r1.json", "people.csv", "--feedback", "said.csv").stdout
    said += f"{','.join(second)},2027-09-01,mentee,continue,,\n"
    (folder / "said.csv").write_text(SHORT + said)
    result = run("review", "r2.json", "people.csv", "--feedback", "said.csv")
    assert result.exit_code == 0, result.stderr
    assert result.stderr == "note: 1 answer is of an earlier round, or of a duo that is none now; left out\n"
    assert "wants to continue (2027-09-01)" in result.stdout
    wrong = run("review", "r1.json", "people.csv", "--feedback", "said.csv")
    assert wrong.exit_code == 2
    assert wrong.stderr.startswith("said.csv, row 3")


def test_a_review_counts_the_sessions_of_its_own_round(folder: Path) -> None:
    people = "id,role\n" + "".join(f"m{n},mentor\ne{n},mentee\n" for n in range(6))
    (folder / "people.csv").write_text(people)
    programme = 'start = "2027-01-31"\nmonths = 1\nrounds = 3\n[session]\nevery = 1\nunit = "week"\n'
    (folder / "programme.toml").write_text(programme)
    assert run("match", "people.csv", "--out", "r1.json").exit_code == 0
    assert rotate("--on", "2027-02-28", "--out", "r2.json").exit_code == 0
    duos = sorted(pairs(folder / "r2.json"))
    said = "".join(f"{m},{e},2027-03-30,mentee,2\n" for m, e in duos)
    (folder / "said.csv").write_text(f"mentor,mentee,on,by,sessions_held\n{said}")
    asked = ("r2.json", "people.csv", "--feedback", "said.csv", "--programme", "programme.toml")
    planned = [rm.Programme.load(folder / "programme.toml").sessions_planned(number) for number in (1, 2)]
    assert planned[0] != planned[1]
    assert f"of those planned: 12 of {6 * planned[1]} " in run("review", *asked).stdout


def test_answers_given_later_are_told(folder: Path) -> None:
    duo = ",".join(sorted(pairs(folder / "r1.json"))[0])
    (folder / "said.csv").write_text(f"{SHORT}{duo},2027-06-01,mentee,stop,,\n")
    result = rotate("--on", "2027-05-31", "--feedback", "said.csv")
    assert result.exit_code == 0
    assert "note: 1 answer was given after 2027-05-31, and will count in the next round" in result.stderr


def test_a_round_has_no_more_months_than_in_a_programme(folder: Path) -> None:
    result = rotate("--programme", "programme.toml", "--months", "121", "--early")
    assert result.exit_code == 2
    assert "--months" in result.stderr


def test_roles_are_swapped(folder: Path) -> None:
    result = rotate(
        "--on", "2027-05-31", "--reciprocal", "--out", "r2.json", "--people-out", "p2.csv", "--lang", "fr"
    )
    assert result.exit_code == 0, result.stderr
    assert "nouveau" in result.stdout
    assert all(mentor.startswith("e") for mentor, _ in pairs(folder / "r2.json"))
    assert run("verify", "r2.json", "p2.csv").exit_code == 0


def test_json_and_csv_carry_only_the_result(folder: Path) -> None:
    told = json.loads(rotate("--on", "2027-05-31", "--format", "json").stdout)
    assert told["rotation"]["round"] == 2
    assert {one["kind"] for one in told["rotation"]["changes"]} == {"ended", "new"}
    assert rotate("--on", "2027-05-31", "--format", "csv").stdout.startswith("mentor,mentee,score")


@pytest.mark.parametrize("day", ["--on", "--start"])
def test_a_wrong_day_is_an_error_of_its_option(folder: Path, day: str) -> None:
    result = rotate("--months", "6", day, "soon")
    assert result.exit_code == 2
    assert day in result.stderr


def test_a_start_from_which_nothing_follows_is_refused(folder: Path) -> None:
    refused = rotate("--start", "2027-01-31", "--on", "2027-07-31")
    assert refused.exit_code == 2
    assert "--start is asked only where --months is given" in " ".join(refused.stderr.split())
