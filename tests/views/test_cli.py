from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.views.cli import commands
from reverse_match.views.cli.main import COMMANDS, app
from reverse_match.views.terminal import answer_text

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE = (
    "id,role,offers,seeks\nm1,mentor,Python:5,\nm2,mentor,Excel:4,\ne1,mentee,,Python\ne2,mentee,,Excel\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "people.csv").write_text(PEOPLE)
    return tmp_path


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, list(arguments))


def test_demo_prints_duos_and_their_proof() -> None:
    result = run("demo")
    assert result.exit_code == 0
    assert "Proved optimal (gap 0)" in result.stdout
    missing = [duo for duo in rm.match(rm.read_cohort(rm.demo_path())).duos if duo.missing]
    assert result.stdout.count("~") == 1 + sum(len(duo.missing) for duo in missing) > 1


def test_demo_can_save_its_people_file(folder: Path) -> None:
    assert run("demo", "--save", "demo.csv").exit_code == 0
    assert (folder / "demo.csv").read_text("utf-8") == rm.demo_path().read_text("utf-8")


def test_match_then_verify(folder: Path) -> None:
    result = run("match", "people.csv", "--out", "matching.json")
    assert result.exit_code == 0
    assert "2 duos" in result.stdout
    stored = rm.Matching.from_json((folder / "matching.json").read_text("utf-8"))
    assert [(duo.mentor, duo.mentee) for duo in stored.duos] == [("m1", "e1"), ("m2", "e2")]
    checked = run("verify", "matching.json", "people.csv")
    assert checked.exit_code == 0
    assert checked.stdout.startswith("Verified.\n2 duos")
    assert "give --policy" in checked.stderr


def test_standard_output_carries_only_the_result(folder: Path) -> None:
    result = run("match", "people.csv", "--format", "json")
    assert json.loads(result.stdout)["certificate"]["gap"] == 0
    assert "note: criterion 'age' is known for no pair" in result.stderr
    assert run("match", "people.csv", "--format", "csv").stdout.startswith("mentor,mentee,score,skills")


def test_the_file_ending_decides_what_is_written(folder: Path) -> None:
    assert run("match", "people.csv", "--out", "duos.csv").exit_code == 0
    assert (folder / "duos.csv").read_text().startswith("mentor,mentee,score")
    refused = run("match", "people.csv", "--out", "duos.docx")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "duos.docx: unknown kind of file to write" in refused.stderr
    assert not (folder / "duos.docx").exists()


def test_a_folder_that_is_not_there_is_an_error_and_leaves_nothing(folder: Path) -> None:
    refused = run("match", "people.csv", "--out", "nowhere/matching.json")
    assert refused.exit_code == 2
    assert "matching.json: cannot be written" in refused.stderr
    assert sorted(path.name for path in folder.iterdir()) == ["people.csv"]


def test_faults_are_one_line_each_with_exit_code_2(folder: Path) -> None:
    (folder / "people.csv").write_text("id,role,age\na,mentor,7\na,boss,30\n,mentee,40\n")
    result = run("match", "people.csv")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines() == [
        "people.csv, row 2, column 'age': impossible age; right would be years from 14 to 100",
        "people.csv, row 3, column 'role': unknown role; right would be mentor, mentee or both",
        "people.csv, row 3, column 'id': the same id as in row 2, after Unicode normalisation; ids must be unique. "
        "If somebody has answered twice, say which column tells when: --latest-by 'HEADING'",
        "people.csv, row 4, column 'id': missing; every person needs one",
    ]


def test_a_wrong_policy_is_exit_code_2(folder: Path) -> None:
    (folder / "policy.json").write_text('{"criteria": [{"kind": "gpa", "name": "x", "weight": 1}]}')
    result = run("match", "people.csv", "--policy", "policy.json")
    assert result.exit_code == 2
    assert result.stderr == "policy.json, criteria[0]: unknown kind 'gpa'; did you mean 'gap'?\n"


def test_rules_that_cannot_hold_are_exit_code_3(folder: Path) -> None:
    rules = [{"kind": "fix", "pairs": [["m1", "e1"]]}, {"kind": "forbid", "pairs": [["m1", "e1"]]}]
    (folder / "policy.json").write_text(json.dumps({"rules": rules}))
    result = run("match", "people.csv", "--policy", "policy.json")
    assert result.exit_code == 3
    assert "is fixed, and a rule forbids it (forbidden pairs)" in result.stderr


def test_a_tampered_matching_is_exit_code_4(folder: Path) -> None:
    run("match", "people.csv", "--out", "matching.json")
    text = (folder / "matching.json").read_text()
    (folder / "matching.json").write_text(text.replace('"total": ', '"total": 1', 1))
    result = run("verify", "matching.json", "people.csv")
    assert result.exit_code == 4
    assert "total: total is said to be" in result.stderr


def test_a_policy_in_toml_and_a_mapping(folder: Path) -> None:
    (folder / "people.csv").write_text(PEOPLE.replace("id,role", "Badge,role"))
    (folder / "policy.toml").write_text('[[criteria]]\nkind = "coverage"\nname = "skills"\nweight = 1\n')
    result = run("match", "people.csv", "--policy", "policy.toml", "--map", "Badge=id", "--out", "m.json")
    assert result.exit_code == 0
    assert (
        run("verify", "m.json", "people.csv", "--policy", "policy.toml", "--map", "Badge=id").exit_code == 0
    )
    assert run("match", "people.csv", "--map", "Badge").exit_code == 2


def test_as_of_is_recorded_so_that_a_matching_verifies_later(folder: Path) -> None:
    (folder / "people.csv").write_text("id,role,birth_date\nm,mentor,30/06/2000\ne,mentee,1970-01-01\n")
    assert run("match", "people.csv", "--as-of", "2026-06-29", "--out", "m.json").exit_code == 0
    assert json.loads((folder / "m.json").read_text())["as_of"] == "2026-06-29"
    assert run("verify", "m.json", "people.csv").exit_code == 0
    assert run("match", "people.csv", "--as-of", "soon").exit_code == 2


@pytest.mark.parametrize("what", ["participant", "policy", "matching", "feedback"])
def test_schemas_are_json_schemas(what: str) -> None:
    described = json.loads(run("schema", what).stdout)
    assert described["$schema"].endswith("2020-12/schema")
    assert described["type"] == "object"


def test_a_hostile_id_is_shown_as_text(folder: Path) -> None:
    (folder / "people.csv").write_text("id,role\n[red]m[/red],mentor\n[link=x]e,mentee\n")
    shown = run("match", "people.csv").stdout
    assert "[red]m[/red]" in shown
    assert "[link=x]e" in shown


def test_the_module_is_a_program() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "reverse_match", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == rm.__version__


@pytest.mark.parametrize(("said", "kept"), [({}, "__all__"), ({"PYDANTIC_DISABLE_PLUGINS": ""}, "")])
def test_the_program_looks_for_plugins_of_pydantic_only_where_somebody_says_so(
    said: dict[str, str], kept: str
) -> None:
    code = (
        "import os, sys; sys.argv = ['reverse-match', '--version']\n"
        "from reverse_match.__main__ import main\n"
        "try:\n    main()\n"
        "except SystemExit:\n    print('plugins', os.environ['PYDANTIC_DISABLE_PLUGINS'])"
    )
    others = {name: value for name, value in os.environ.items() if name != "PYDANTIC_DISABLE_PLUGINS"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=others | said
    )
    assert done.stdout.splitlines()[-1] == f"plugins {kept}"


def test_importing_the_library_does_not_load_the_solver() -> None:
    code = "import sys, reverse_match; print(any(name.startswith('ortools') for name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.long
def test_the_result_does_not_depend_on_the_hash_seed() -> None:
    outputs = {
        subprocess.run(
            [sys.executable, "-m", "reverse_match", "demo", "--format", "json"],
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_a_file_without_headings_is_one_fault_for_each_column_and_not_one_for_each_row(folder: Path) -> None:
    (folder / "people.csv").write_text("a,mentor,30\nb,mentee,50\nc,mentee,51\n")
    result = run("match", "people.csv")
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 2
    assert (
        "people.csv: no column is called or recognised as 'id'; is the first row the heading row?"
        in result.stderr
    )


def test_managers_that_are_names_instead_of_ids_are_noted(folder: Path) -> None:
    (folder / "people.csv").write_text("id,role,manager\na,mentor,Jane Doe\nb,mentee,\n")
    result = run("match", "people.csv")
    assert result.exit_code == 0
    assert "the reporting-line rule protects nobody" in result.stderr
    assert "Jane" not in result.stderr


@pytest.mark.long
def test_a_terminal_without_unicode_shows_codes_and_no_traceback(folder: Path) -> None:
    (folder / "people.csv").write_text("id,role\nmé,mentor\nz,mentee\n", encoding="utf-8")
    environment = {"PYTHONIOENCODING": "ascii", "PYTHONPATH": ":".join(sys.path)}
    command = [sys.executable, "-m", "reverse_match", "match", "people.csv"]
    done = subprocess.run(command, capture_output=True, env=environment, check=True)
    assert b"m\\xe9" in done.stdout
    done = subprocess.run([*command, "--format", "csv"], capture_output=True, env=environment, check=True)
    assert "mé" in done.stdout.decode("utf-8")


def test_a_cohort_that_is_too_large_for_the_budget_is_exit_code_2(folder: Path) -> None:
    rows = [f"{role}{number},{role}" for role in ("mentor", "mentee") for number in range(200)]
    (folder / "people.csv").write_text("id,role\n" + "\n".join(rows) + "\n")
    result = run("match", "people.csv", "--memory", "2")
    assert result.exit_code == 2
    assert "\n200 mentors and 200 mentees need about 3 MiB, and the budget is 2 MiB" in result.stderr


def test_a_result_that_cannot_be_put_in_place_leaves_nothing_behind(folder: Path) -> None:
    (folder / "matching.json").mkdir()
    refused = run("match", "people.csv", "--out", "matching.json")
    assert refused.exit_code == 2
    assert "matching.json: cannot be written" in refused.stderr
    assert sorted(path.name for path in folder.iterdir()) == ["matching.json", "people.csv"]


@pytest.fixture
def explained(folder: Path) -> Path:
    more = "e3,mentee,,Python\nb,both,Excel:2,Excel\n"
    (folder / "people.csv").write_text(PEOPLE + more)
    assert run("match", "people.csv", "--out", "m.json").exit_code == 0
    return folder


def explain(*arguments: str) -> Any:
    return run("explain", "m.json", "people.csv", *arguments)


def test_a_pair_is_explained_in_two_languages(explained: Path) -> None:
    answer = explain("--mentor", "m1", "--mentee", "e2")
    assert answer.exit_code == 0
    assert answer.stdout.startswith("'m1' (mentor) and 'e2' (mentee) ")
    assert "Forcing this duo would cost the programme" in answer.stdout
    french = explain("--mentor", "m1", "--mentee", "e2", "--lang", "fr")
    assert "Former ce duo" in french.stdout
    data = json.loads(explain("--mentor", "m1", "--mentee", "e2", "--format", "json").stdout)
    matching = rm.Matching.from_json((explained / "m.json").read_text("utf-8"))
    asked = rm.attach(matching, rm.read_cohort(explained / "people.csv")).explain("m1", "e2")
    assert rm.Explanation.model_validate(data) == asked
    assert answer.stdout == str(asked) + "\n"


def test_a_person_is_told_why_in_each_role(explained: Path) -> None:
    data = json.loads(explain("--why", "b", "--format", "json").stdout)
    assert len(data) == 2
    left = next(left.id for left in stored_matching(explained).unmatched if left.role == "mentee")
    told = explain("--why", left)
    assert told.exit_code == 0
    assert f"'{left}' has no duo as mentee" in told.stdout
    assert "for" in told.stdout


def stored_matching(folder: Path) -> rm.Matching:
    return rm.Matching.from_json((folder / "m.json").read_text("utf-8"))


def test_alternatives_are_numbered(explained: Path) -> None:
    told = explain("--alternatives", "m1", "-n", "2")
    assert told.exit_code == 0
    lines = told.stdout.splitlines()
    assert lines[0].startswith("1. 'm1' (mentor) with ")
    assert sum(line.startswith("2. ") for line in lines) == 1
    now = next(duo.mentee for duo in stored_matching(explained).duos if duo.mentor == "m1")
    data = json.loads(explain("--alternatives", "m1", "--instead-of", now, "--format", "json").stdout)
    assert now not in [other["partner"] for other in data]
    assert explain("--alternatives", "b", "--role", "mentor").exit_code == 0


def test_nobody_else_is_said(folder: Path) -> None:
    (folder / "people.csv").write_text("id,role\nm,mentor\ne,mentee\n")
    run("match", "people.csv", "--out", "m.json")
    assert explain("--alternatives", "m").stdout == "Nobody else can form a duo with 'm'.\n"
    french = explain("--alternatives", "m", "--lang", "fr").stdout
    assert french == "Personne d’autre ne peut former un duo avec «\u00a0m\u00a0».\n"
    assert explain("--alternatives", "m", "--format", "json").stdout == "[]\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--why", "m3"), "nobody in the cohort has the id 'm3'; did you mean 'e3'?"),
        (("--mentor", "e1", "--mentee", "e2"), "'e1' is no mentor; this person has role mentee"),
        (("--alternatives", "b"), "'b' is both; say role mentor or role mentee"),
        (("--mentor", "m1"), "--mentor and --mentee go together"),
        ((), "right would be one of"),
        (("--why", "m1", "--alternatives", "m1"), "right would be one of"),
        (("--why", "b", "--role", "mentor"), "belong to --alternatives"),
        (("--why", "m1", "--lang", "de"), "de"),
    ],
)
def test_questions_that_cannot_be_answered_are_exit_code_2(
    explained: Path, arguments: tuple[str, ...], message: str
) -> None:
    refused = explain(*arguments)
    assert (refused.exit_code, refused.stdout) == (2, "")
    text = " ".join(refused.stderr.replace("│", " ").split())
    assert message in re.sub(r"\x1b\[[0-9;]*m", "", text)


def test_other_people_cannot_be_asked_about(explained: Path) -> None:
    (explained / "people.csv").write_text(PEOPLE)
    refused = explain("--why", "m1")
    assert refused.exit_code == 2
    assert refused.stderr.startswith("people.csv: these are not the people that were matched")


def test_answers_fit_a_terminal(explained: Path) -> None:
    answer = rm.attach(stored_matching(explained), rm.read_cohort(explained / "people.csv")).explain(
        "m1", "e2"
    )
    for lang in ("en", "fr"):
        lines = answer_text([answer], lang, 60).splitlines()
        assert max(map(len, lines)) <= 60
        assert not any(line.endswith("«") or line.strip().startswith(("»", ":")) for line in lines)
        assert " ".join(line.strip() for line in lines) == " ".join(answer.sentences(lang))


def test_every_module_of_a_command_is_in_the_list() -> None:
    modules = {module.name for module in iter_modules(commands.__path__)}
    assert set(COMMANDS) == modules
    listed = run("--help").stdout
    for name, what in COMMANDS.items():
        assert run(name, "--help").exit_code == 0
        assert f" {name} " in listed
        assert what.split()[0] in listed
