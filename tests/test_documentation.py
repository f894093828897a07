"""What the documentation shows, runs as printed."""

from __future__ import annotations

import json
import re
import runpy
import sys
import tomllib
from operator import attrgetter
from pathlib import Path

import matplotlib as mpl
import pytest
from matplotlib import pyplot

import reverse_match as rm

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
    ("page", "code"), blocks("csv"), ids=lambda value: value if value.endswith(".md") else ""
)
def test_people_and_feedback_files(page: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(code, encoding="utf-8")
    if page == "feedback.md":
        assert rm.read_feedback(tmp_path / "people.csv").records
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
        model = rm.Programme if page == "programme.md" else rm.Policy
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
