"""Whatever the page on wishes says of how each is said here, it can be said so."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.people.headings import FIELDS
from reverse_match.scoring.registry import Registry
from reverse_match.views.cli.main import app

ROOT = Path(__file__).parents[1]
PAGE, FRENCH = ROOT / "docs" / "what-people-ask.md", ROOT / "docs" / "fr" / "vos-demandes.md"
MARK = "<!-- to check after merge"
"""Stands behind lines about what another branch makes; once such a line can be said, its mark must go."""

BESIDE = {
    "languages": "fr;en", "timezone": "Europe/Paris", "location": "Lyon", "available": "Mon 9-12;Thu 14:00-17:30",
    "remote": "yes", "years": "4", "english": "B2", "band": "25-34", "wanted_sites": "Lyon;Paris",
}  # fmt: skip
"""Columns that everybody of the README's people gets."""


class Line(NamedTuple):
    wish: str
    said: str
    link: str

    @property
    def policies(self) -> list[dict[str, Any]]:
        return [json.loads(text) for text in re.findall(r"`(\{.*?\})`", self.said)]

    @property
    def cells(self) -> dict[str, str]:
        return dict(re.findall(r"`(\w+)`: `([^`{]*)`", self.said))

    @property
    def commands(self) -> list[str]:
        return re.findall(r"`(reverse-match [^`]*)`", self.said)

    @property
    def calls(self) -> list[str]:
        return re.findall(r"`(rm\.[^`]*)`", self.said)


def lines(page: Path) -> list[Line]:
    return [
        Line(*(cell.strip() for cell in row.split("|")[1:4]))
        for row in page.read_text("utf-8").splitlines()
        if row.startswith("|") and not row.startswith(("|---", "| wish", "| demande"))
    ]


LINES = lines(PAGE)
SURE = [line for line in LINES if MARK not in line.said]
OPEN = [line for line in LINES if MARK in line.said]
SLOW = ("report.html",)
"""What stands in lines that take seconds; it is tested elsewhere, too."""


def people(cells: dict[str, str] | None = None) -> list[dict[str, Any]]:
    """Return the people of the README, of whom the first says what stands in some cells."""
    (text,) = re.findall(r"^```csv\n(.*?)^```", (ROOT / "README.md").read_text("utf-8"), re.M | re.S)
    heading, *rows = text.splitlines()
    found = [{**dict(zip(heading.split(","), row.split(","), strict=True)), **BESIDE} for row in rows]
    for one in found:
        one["grade"] = {"mentor": "3", "mentee": "6"}[one["role"]]
    found[0] |= cells or {}
    return found


@pytest.fixture
def folder(files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with the files that commands name, which is the working folder."""
    shutil.copytree(files, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the files that commands name, as they are before any command."""
    folder = tmp_path_factory.mktemp("wishes")
    records = people()
    write(folder / "people.csv", records)
    write(folder / "graded.csv", [{**one, "grade": "senior"} for one in records])
    cohort = rm.read_cohort(folder / "people.csv")
    matching = rm.match(cohort)
    (folder / "matching.json").write_text(matching.to_json(), "utf-8")
    (folder / "policy.toml").write_text('seed = 3\n[[rules]]\nkind = "avoids"\n', "utf-8")
    table = '[[criteria]]\nkind = "table"\nname = "interview"\nweight = 1\nfrom = 1\nto = 5\n'
    (folder / "interviews.toml").write_text(table, "utf-8")
    (folder / "scores.csv").write_text("mentor,mentee,value\nlea,ada,4\nlea,paul,null\n", "utf-8")
    duo = matching.duos[0]
    answers = f"on,mentor,mentee,by,wish\n2027-03-01,{duo.mentor},{duo.mentee},mentee,continue\n"
    (folder / "feedback.csv").write_text(answers, "utf-8")
    (folder / "programme.toml").write_text("start = 2027-01-11\nmonths = 4\n", "utf-8")
    (folder / "past.csv").write_text("mentor,mentee,on\nlea,paul,2025-06-30\n", "utf-8")
    (folder / "week.csv").write_text("id,change,seeks\npaul,correct,Excel:3\n", "utf-8")
    joined = [{**one, "Joined on": f"2026-11-{number + 1:02}"} for number, one in enumerate(records)]
    write(folder / "joined.csv", joined)
    for name, circles in (("circles", 'mentees = "3..6"'), ("trios", "trios = true")):
        (folder / f"{name}.toml").write_text(f"[circles]\n{circles}\n", "utf-8")
    return folder


def write(file: Path, records: list[dict[str, Any]]) -> None:
    rows = [",".join(records[0]), *(",".join(one.values()) for one in records)]
    file.write_text("\n".join(rows) + "\n", "utf-8")


def try_out(line: Line) -> None:
    """Say what a line says: its cells, its policies, its commands, its calls of Python."""
    unknown = [name for name in line.cells if name not in (*FIELDS, *BESIDE)]
    assert unknown in ([], ["priority"]), "a column of one's own that nothing reads"
    cohort = rm.Cohort.from_records(people(line.cells))
    for data in line.policies or [{}]:
        policy = rm.Policy.from_data(data)
        if "circles" in data or "vectors" in str(data):
            continue  # of which a command or a call of the same line makes something
        matching = rm.match(cohort, policy)
        rm.verify(matching, cohort, policy)
        assert matching.duos
    for command in line.commands:
        result = CliRunner().invoke(app, shlex.split(command)[1:], env={"LANG": "C", "LC_ALL": ""})
        assert result.exit_code == 0, (command, result.stdout + result.stderr)
    policy, matching = rm.Policy(), rm.match(cohort)
    scores = np.ones((len(cohort.mentors), len(cohort.mentees)))
    known = {
        "rm": rm, "cohort": cohort, "policy": policy, "matching": matching, "records": people(), "scores": scores,
        "pool": ThreadPoolExecutor(1), "told": lambda _: None,
        "vectors": rm.Embeddings(["lea", "ada"], [[1, 2], [2, 1]]),
        "own_words": rm.Policy(
            criteria=[{"kind": "similarity", "name": "own words", "weight": 1, "vectors": "goals"}]
        ),
        "own_scores": rm.Policy(criteria=[{"kind": "table", "name": "model", "weight": 1}]),
        "near_home": lambda mentors, mentees: 0.5 * np.ones((len(mentors), len(mentees))),
    }  # fmt: skip
    for call in line.calls:
        if "frame" not in call:
            eval(call, known)  # noqa: S307 - the point of the test
    if "frame" in str(line.calls):
        pandas = pytest.importorskip("pandas")
        known["frame"] = pandas.DataFrame(people())
        eval(next(call for call in line.calls if "frame" in call), known)  # noqa: S307


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(
            line, id=line.wish, marks=[pytest.mark.long] if any(one in line.said for one in SLOW) else []
        )
        for line in SURE
    ],
)
@pytest.mark.usefixtures("folder")
def test_every_wish_can_be_said_so(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    # Another page may have registered another function under the same name in this process.
    monkeypatch.setattr("reverse_match.scoring.custom.CRITERIA", Registry("criterion"))
    if "xlsx" in line.said:
        pytest.importorskip("openpyxl")
    if "report.html" in line.said:
        pytest.importorskip("jinja2")
    if "calendar" in line.said:
        pytest.importorskip("icalendar")
    try_out(line)


@pytest.mark.parametrize("line", OPEN, ids=[line.wish for line in OPEN])
@pytest.mark.usefixtures("folder")
def test_no_mark_is_left_on_a_wish_that_can_be_said(line: Line) -> None:
    with pytest.raises((rm.InputError, AssertionError, rm.ReverseMatchError)):
        try_out(line)


def test_each_line_says_something_and_leads_somewhere() -> None:
    assert len(LINES) > 70
    for line in LINES:
        plain = "nothing to say" in line.said or "the default" in line.said
        assert plain or line.policies or line.cells or line.commands or line.calls, line.wish
        assert re.fullmatch(r"\[[^\]]+\]\([^)]+\)", line.link), line.wish


def test_links_lead_to_headings() -> None:
    for line in LINES:
        target, _, anchor = re.findall(r"\(([^)]+)\)", line.link)[0].partition("#")
        headings = re.findall(r"^#+ (.*)$", (PAGE.parent / target).read_text("utf-8"), re.M)
        slugs = [re.sub(r"[^\w\- ]", "", one.strip().lower()).replace(" ", "-") for one in headings]
        assert not anchor or anchor in slugs, line.link


def test_the_french_page_says_the_same() -> None:
    """What stands in code, the marks and the links are those of the English page, line by line."""
    french = lines(FRENCH)
    assert len(french) == len(LINES)
    for one, other in zip(LINES, french, strict=True):
        assert re.findall("`[^`]*`|<!--.*?-->", other.said) == re.findall("`[^`]*`|<!--.*?-->", one.said)
        assert other.link.split("](../")[1] == one.link.split("](")[1]
        assert other.wish.startswith("«\u00a0")
        assert other.wish.endswith("\u00a0»")
