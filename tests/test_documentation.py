"""What the documentation shows, runs as printed."""

from __future__ import annotations

import csv
import json
import re
import runpy
import shlex
import sys
import tomllib
from datetime import date
from operator import attrgetter
from pathlib import Path

import matplotlib as mpl
import pytest
from matplotlib import pyplot
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.testing import invented_intake
from reverse_match.views.cli.main import app

mpl.use("Agg")

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
FOLDERS = ("guides", "programmes", "fr", "reference")
SITE = [path for folder in FOLDERS for path in sorted((ROOT / "docs" / folder).glob("*.md"))]
NOTEBOOKS = [path for path in SITE if path.read_text("utf-8").startswith("---\nfile_format: mystnb")]


def blocks(language: str) -> list[tuple[str, str]]:
    return [
        (page.name, code)
        for page in PAGES
        for code in re.findall(
            rf"^```{language}\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL
        )
    ]


DRAWS = ("report.md",)
"""Pages whose pictures take seconds; what they show is tested beside the report in any case."""


@pytest.mark.parametrize(
    ("page", "code"),
    [
        pytest.param(page, code, marks=[pytest.mark.long] if page in DRAWS else [])
        for page, code in blocks("python")
    ],
    ids=lambda value: value if value.endswith(".md") else "",
)
def test_python(page: str, code: str) -> None:
    exec(compile(code, page, "exec"), {})  # noqa: S102 - the point of the test
    if "rm.plots" in code:
        pyplot.close("all")


@pytest.mark.parametrize(
    ("page", "code"),
    [(page, code) for page, code in blocks("csv") if page != "a-year.md"],  # which has a test of its own
    ids=lambda value: value if value.endswith(".md") else "",
)
def test_people_and_feedback_files(page: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(code, encoding="utf-8")
    if page == "feedback.md":
        assert rm.read_feedback(tmp_path / "people.csv").records
        return
    if page == "programme.md":
        assert rm.read_arrangements(tmp_path / "people.csv").records
        return
    cohort = rm.read_cohort(tmp_path / "people.csv")
    rm.verify(rm.match(cohort), cohort)


def test_policies_and_people_in_json() -> None:
    for page, code in blocks("json"):
        data = json.loads(code)
        if isinstance(data, list):
            rm.match(rm.Cohort.from_records(data))
        else:
            rm.Policy.model_validate(data)
            assert "criteria" not in data or data == rm.Policy().model_dump(mode="json"), page


def test_policies_and_programmes_in_toml() -> None:
    for page, code in blocks("toml"):
        model = rm.Programme if page in ("programme.md", "feedback.md", "a-year.md") else rm.Policy
        model.model_validate(tomllib.loads(code))


def test_the_banks_pilot_prints_what_the_page_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    example = ROOT / "docs" / "examples" / "bank_pilot.py"
    monkeypatch.setattr(sys, "argv", [str(example), str(tmp_path / "pilot")])
    pilot = runpy.run_path(str(example), run_name="__main__")
    printed = capsys.readouterr().out.splitlines()
    page = (ROOT / "docs" / "rotation.md").read_text("utf-8")
    shown = [
        line for text in re.findall(r"^```text\n(.*?)^```", page, re.M | re.S) for line in text.splitlines()
    ]
    assert [line for line in shown if line not in printed] == []
    assert pilot["POLICY"] in page


def test_links_lead_somewhere() -> None:
    for page in [*PAGES, *SITE]:
        prose = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", prose):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_default_policy_is_the_documented_one() -> None:
    documented = next(json.loads(code) for page, code in blocks("json") if page == "policy.md")
    assert rm.Policy().model_dump(mode="json") == documented


def entries_of(page: Path) -> list[Path]:
    """Pages that a page lists in its trees of contents."""
    trees = re.findall(r"^```\{toctree\}\n(.*?)^```", page.read_text("utf-8"), re.M | re.S)
    lines = [line for tree in trees for line in tree.splitlines() if line and not line.startswith(":")]
    return [(page.parent / f"{line}.md").resolve() for line in lines]


def test_every_page_stands_once_in_the_contents() -> None:
    index = ROOT / "docs" / "index.md"
    listed = [entry for page in (index, *SITE) for entry in entries_of(page)]
    assert len(listed) == len(set(listed))
    assert set(listed) == {*(page for page in PAGES[1:] if page != index), *SITE}


def test_every_public_name_stands_once_in_the_reference() -> None:
    pages = [page.read_text("utf-8") for page in SITE if page.parent.name == "reference"]
    shown = [
        name
        for page in pages
        for name in re.findall(
            r"^\.\. auto[a-z]+:: reverse_match\.((?:(?:results|errors)\.)?\w+)$", page, re.MULTILINE
        )
    ] + [name for page in pages for name in re.findall(r"^# .*\n\n`rm\.(\w+)`", page, re.MULTILINE)]
    assert len(shown) == len(set(shown))
    packages = {"errors", "results", "testing"}  # what is in them has entries
    assert set(rm.__all__) - {"__version__"} - packages == {name for name in shown if "." not in name}
    gathered = {getattr(rm.errors, name) for name in dir(rm.errors) if name.endswith("Error")}
    assert gathered <= {attrgetter(name)(rm) for name in shown}


def test_guides_and_programmes_are_notebooks() -> None:
    assert {page.parent.name for page in NOTEBOOKS} == {"guides", "programmes"}
    assert [
        page for page in SITE if page not in NOTEBOOKS and page.parent.name not in ("reference", "fr")
    ] == []


@pytest.mark.parametrize("page", NOTEBOOKS, ids=lambda page: page.stem)
def test_pictures_are_told_to_whoever_does_not_see_them(page: Path) -> None:
    for cell in re.findall(r"^```\{code-cell\}\n(.*?)^```", page.read_text("utf-8"), re.M | re.S):
        if "rm.plots." in cell:
            assert re.search(r"^    alt: \w.{20}", cell, re.MULTILINE), page.name


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "docs" / "programmes").glob("*.toml")))
def test_policies_of_programmes(name: str) -> None:
    model = rm.Programme if name.endswith("-programme.toml") else rm.Policy
    model.load(ROOT / "docs" / "programmes" / name)


@pytest.mark.parametrize("name", ["food_group", "students_and_executives", "traditional_group"])
def test_invented_people_can_be_matched(name: str) -> None:
    invented = runpy.run_path(str(ROOT / "docs" / "programmes" / "invented.py"))
    file = {"students_and_executives": "students"}.get(name, name.replace("_", "-"))
    cohort = rm.Cohort.from_records(invented[name]())
    policy = rm.Policy.load(ROOT / "docs" / "programmes" / f"{file}.toml")
    matching = rm.match(cohort, policy)
    rm.verify(matching, cohort, policy)
    assert matching.certificate.gap == 0


def test_docstrings_name_modules_that_are_there() -> None:
    source = ROOT / "src" / "reverse_match"
    modules = [
        "." + ".".join(path.relative_to(source).with_suffix("").parts) for path in source.rglob("*.py")
    ]
    gone = [
        f"{path.relative_to(source)}: {name}"
        for path in source.rglob("*.py")
        for name in re.findall(r":mod:`~?(\.[\w.]+)`", path.read_text("utf-8"))
        if not any(module.endswith(name) for module in modules)
    ]
    assert gone == []


def test_the_food_groups_circles_are_what_the_page_says() -> None:
    folder = ROOT / "docs" / "programmes"
    cohort = rm.Cohort.from_records(runpy.run_path(str(folder / "invented.py"))["food_group"]())
    policy = rm.Policy.load(folder / "food-group-circles.toml")
    circles = rm.form_circles(cohort, policy)
    rm.verify(circles, cohort, policy)
    assert circles.certificate.proved
    members = (
        [len(circle.mentees) for circle in circles.circles],
        [len(one.mentors) for one in circles.circles],
    )
    assert (len(circles.circles), sum(members[0]), sum(members[1])) == (8, 26, 16)


PROGRAMMES = sorted(path.stem for path in (ROOT / "docs" / "programmes").glob("*.md"))


QUICK_CELLS = (
    "web-mentors-1999",
    "digital-academy",
    "industrial-analyst",
    "careers",
    "open-to-all",
    "network",
)
"""Pages whose cells take seconds; those of all pages run when the site is built."""


def words(text: str) -> str:
    """Return a text with one ordinary space between words, however it is laid out."""
    return " ".join(re.sub(r"[│·]", " ", text).split())


def run_commands_of(page: str) -> str:
    """Run the commands of a page in the present folder, as it says they end, and return what they print."""
    printed = ""
    for text in re.findall(r"^```sh\n(.*?)^```", page, re.M | re.S):
        for line in text.splitlines():
            program, *arguments = shlex.split(line, comments=True)
            assert program == "reverse-match"
            result = CliRunner().invoke(app, arguments, env={"LC_ALL": "", "LC_MESSAGES": "", "LANG": "C"})
            assert result.exit_code == (4 if line.endswith("# exit code 4") else 0), (line, result.stderr)
            printed += f" {result.stdout} {result.stderr}"
    return printed


def write_files_of(page: str) -> None:
    """Write what a page says that it begins with: workbooks of invented people, policies and tables."""
    folder = ROOT / "docs" / "programmes"
    for path in [*folder.glob("*.toml"), *folder.glob("*.csv")]:
        Path(path.name).write_bytes(path.read_bytes())
    invented = runpy.run_path(str(folder / "invented.py"))
    workbooks = re.findall(r"`python invented\.py (\w+) ([\w-]+\.xlsx)`", page)
    for people, workbook in workbooks:
        invented["write_people"](invented[people](), workbook)
    if not workbooks:  # the bank's, which an example of its own makes
        assert "python ../examples/bank_pilot.py pilot" in page
        pilot = runpy.run_path(str(ROOT / "docs" / "examples" / "bank_pilot.py"))
        pilot["write_rows"](Path("people.csv"), pilot["people"]())
        Path("policy.toml").write_text(pilot["POLICY"], "utf-8")


@pytest.mark.parametrize("name", PROGRAMMES)
def test_programmes_are_led_by_commands_and_a_workbook(name: str) -> None:
    page = (ROOT / "docs" / "programmes" / f"{name}.md").read_text("utf-8")
    python = page.index("```{code-cell}")
    assert page.index("```sh") < page.index("## In Python") < python
    assert re.search(r"^reverse-match \w+ .*--out [\w-]+\.xlsx", page[:python], re.MULTILINE)
    assert page.rindex("```sh") < python


@pytest.mark.parametrize("name", PROGRAMMES)
def test_commands_of_programmes_print_what_the_page_shows(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("openpyxl")
    page = (ROOT / "docs" / "programmes" / f"{name}.md").read_text("utf-8")
    monkeypatch.chdir(tmp_path)
    write_files_of(page)
    printed = run_commands_of(page)
    shown = [
        line for text in re.findall(r"^```text\n(.*?)^```", page, re.M | re.S) for line in text.splitlines()
    ]
    assert shown
    assert [line for line in shown if words(line) not in words(printed)] == []


def test_commands_for_deployers_print_what_the_page_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    page = (ROOT / "docs" / "for-deployers.md").read_text("utf-8")
    printed = words(run_commands_of(page))
    written = {path.name for path in tmp_path.iterdir() if not path.name.startswith(".")}
    assert {"notice.md", "sheet.md", "audit.html", "people.csv", "matching.json", "history.json"} == written
    assert "adam.levy" not in (tmp_path / "history.json").read_text("utf-8")
    shown = [
        line for text in re.findall(r"^```text\n(.*?)^```", page, re.M | re.S) for line in text.splitlines()
    ]
    assert shown
    assert [line for line in shown if words(line) not in printed] == []


@pytest.mark.parametrize("name", QUICK_CELLS)
def test_cells_of_programmes_run(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a page says of its people is checked in cells that readers do not see."""
    folder = ROOT / "docs" / "programmes"
    monkeypatch.chdir(folder)
    monkeypatch.syspath_prepend(str(folder))
    cells = re.findall(
        r"^```\{code-cell\}\n(.*?)^```", (folder / f"{name}.md").read_text("utf-8"), re.M | re.S
    )
    heads = r"\A:tags:[^\n]*\n|\A---\n.*?\n---\n"
    code = "\n".join(re.sub(heads, "", cell, flags=re.DOTALL) for cell in cells)
    assert "assert" in code
    exec(compile(code, name, "exec"), {})  # noqa: S102 - the point of the test
    pyplot.close("all")


def test_the_invented_intake_is_replayed_as_the_page_shows() -> None:
    example = ROOT / "docs" / "examples" / "intake.csv"
    with example.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    made = [(one["id"], date.fromisoformat(one["joined"])) for one in invented_intake(200, seed=1)]
    assert [(row["id"], f"{on:%d/%m/%Y}") for row, (_, on) in zip(rows, made, strict=True)] == [
        (row["id"], row["Joined on"]) for row in rows
    ]
    given = ["replay", str(example), "--joined", "Joined on", "--every", "7d,14d,1month", "--lang", "en"]
    printed = [line.rstrip() for line in CliRunner().invoke(app, given).stdout.splitlines()]
    page = (ROOT / "docs" / "intake.md").read_text("utf-8")
    (shown,) = re.findall(r"^```text\n(.*?)^```", page, re.M | re.S)
    assert printed[: len(shown.splitlines())] == shown.splitlines()
