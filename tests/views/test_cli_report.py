"""``--format html`` and ``--out duos.html``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.views.cli.main import app
from reverse_match.views.report import page

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE = (
    "id,role,offers,seeks\nm1,mentor,Python:5,\nm2,mentor,Excel:4,\ne1,mentee,,Python\ne2,mentee,,Excel\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with people; pictures, which take time, are tested elsewhere."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(page, "pictures", lambda *_: ())
    (tmp_path / "people.csv").write_text(PEOPLE)
    return tmp_path


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, list(arguments))


def test_match_shows_and_writes_the_report(folder: Path) -> None:
    shown = run("match", "people.csv", "--format", "html", "--out", "duos.html")
    assert shown.exit_code == 0
    assert shown.stdout == (folder / "duos.html").read_text("utf-8")
    assert shown.stdout == rm.match(rm.read_cohort(folder / "people.csv")).to_html()
    french = run("match", "people.csv", "--format", "html", "--lang", "fr")
    assert '<html lang="fr">' in french.stdout


def test_demo_amend_and_rotate_do_too(folder: Path) -> None:
    assert '<html lang="fr">' in run("demo", "--format", "html", "--lang", "fr").stdout
    assert run("match", "people.csv", "--out", "matching.json").exit_code == 0
    asked = ("matching.json", "people.csv", "--format", "html", "--lang", "fr")
    amended = run("amend", *asked, "--forbid", "m1=e1", "--reason", "<b>moved</b>", "--out", "amended.html")
    assert "Modifications faites à la main" in amended.stdout
    assert "&lt;b&gt;moved&lt;/b&gt;" in amended.stdout
    assert amended.stdout == (folder / "amended.html").read_text("utf-8")
    rotated = run("rotate", *asked, "--on", "2027-01-31", "--early")
    assert "Ce qui change dans ce cycle" in rotated.stdout


def test_people_are_not_written_as_a_report(folder: Path) -> None:
    assert run("match", "people.csv", "--out", "matching.json").exit_code == 0
    refused = run("amend", "matching.json", "people.csv", "--leave", "e1", "--people-out", "people.html")
    assert refused.exit_code == 2
    assert (
        refused.stderr.strip() == "people.html: unknown kind of file to write; right would be .json or .csv"
    )
    refused = run("match", "people.csv", "--out", "duos.pdf")
    assert refused.exit_code == 2
    assert (
        refused.stderr.strip()
        == "duos.pdf: unknown kind of file to write; right would be .json, .csv, .html or .xlsx"
    )


def test_a_missing_library_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reverse_match.foundation.optional.is_installed", lambda name: name != "matplotlib")
    missing = run("match", "people.csv", "--format", "html")
    assert missing.exit_code == 1
    assert "in the folder of reverse_match: pip install '.[report]'" in missing.stderr
    assert missing.stdout == ""
