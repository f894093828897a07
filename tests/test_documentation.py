"""What the documentation shows, runs as printed."""

from __future__ import annotations

import json
import re
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
def test_people_files(page: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(code, encoding="utf-8")
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


def test_policies_in_toml() -> None:
    for _, code in blocks("toml"):
        rm.Policy.model_validate(tomllib.loads(code))


def test_links_lead_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_default_policy_is_the_documented_one() -> None:
    documented = next(json.loads(code) for page, code in blocks("json") if page == "policy.md")
    assert rm.Policy().model_dump(mode="json") == documented
