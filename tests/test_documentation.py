"""What the documentation shows, runs as printed."""

from __future__ import annotations

import json
import re
import runpy
import sys
import tomllib
from pathlib import Path

import matplotlib as mpl
import pytest
from matplotlib import pyplot

import reverse_match as rm

mpl.use("Agg")

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def blocks(language: str) -> list[tuple[str, str]]:
    return [
        (page.name, code)
        for page in PAGES
        for code in re.findall(
            rf"^```{language}\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL
        )
    ]


@pytest.mark.parametrize(
    ("page", "code"), blocks("python"), ids=lambda value: value if value.endswith(".md") else ""
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
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_default_policy_is_the_documented_one() -> None:
    documented = next(json.loads(code) for page, code in blocks("json") if page == "policy.md")
    assert rm.Policy().model_dump(mode="json") == documented
