"""The page for a board: what it shows is what the indicators show, and it names nobody."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.views.cli.main import app
from rounds_by_hand import round_of, said

if TYPE_CHECKING:
    from pathlib import Path

QUESTIONS = (
    rm.results.Question(heading="<Trust>", lowest=1, highest=10),
    rm.results.Question(heading="Place", answers=["online", "on site"]),
)
SECTIONS = {
    "en": ["At a glance", "Participation", "Use at work", "Satisfaction", "Time saved", "Skills acquired",
           "Own questions of the programme", "By group", "From round to round", "How to read this page"],
    "fr": ["En bref", "Participation", "Usage au travail", "Satisfaction", "Temps gagné", "Compétences acquises",
           "Questions propres au programme", "Par groupe", "D’un cycle à l’autre", "Comment lire cette page"],
}  # fmt: skip


@pytest.fixture(scope="module")
def found() -> rm.results.Indicators:
    pairs = [(f"mentor-{n}", f"mentee-{n}") for n in range(24)]
    turned = [(f"mentor-{n}", f"mentee-{(n + 1) % 24}") for n in range(24)]
    people = [
        {"id": one, "role": "both", "name": f"Name of {one}", "department": "<IT>" if place < 20 else "Legal"}
        for place, pair in enumerate(pairs)
        for one in pair
    ]
    records = [
        said(
            pair,
            "mentee",
            f"2027-{month:02}-10",
            hours_saved=month,
            satisfaction=4,
            skill_used="yes",
            level_before=1,
            level_after=3,
            comment="between us",
            own={"<Trust>": float(month), "Place": "online"},
        )
        for months, listed in (((2, 3), pairs), ((6,), turned))
        for pair in listed
        for month in months
    ]
    feedback = rm.Feedback.from_records(records, questions=QUESTIONS)
    rounds = [round_of(pairs), round_of(turned)]
    return rm.indicators(rounds, feedback, rm.Cohort.from_records(people), ends=["2027-05-01"])


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page.split("<main", 1)[1]))


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_sections_in_both_languages_with_nobody_in_them(found: rm.results.Indicators, lang: str) -> None:
    page = found.to_html(lang, title="<Pilot>")
    assert re.findall(r'<h2 id="board[^>]*>([^<]*)</h2>', page) == SECTIONS[lang]
    assert "mentor-" not in page
    assert "Name of" not in page
    assert "between us" not in page
    assert "&lt;Pilot&gt;" in page
    assert "<IT>" not in page
    assert "<Trust>" not in page
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")
    assert page == found.to_html(lang, title="<Pilot>")


def test_small_groups_are_left_out_in_a_sentence(found: rm.results.Indicators) -> None:
    groups = {place.group: place for place in found.groups if place.round is None}
    assert groups["Legal"].hours_saved is not None
    assert groups["Legal"].hours_saved.suppressed
    shown = text_of(found.to_html("en"))
    assert "2 further rows are left out: fewer than 5 people, or figures that would give such away." in shown
    assert "Figures of fewer than 5 people are not shown" in shown
    assert "Legal" not in shown.split("By group")[0]
    french = text_of(found.to_html("fr"))
    assert "2 autres lignes ne sont pas affichées : moins de 5 personnes" in french


def test_the_figures_are_those_of_the_indicators(found: rm.results.Indicators) -> None:
    shown = text_of(found.to_html("en"))
    hours = 24 * (2 + 3 + 6)
    assert f"Hours saved: {hours}, which is {hours / 5:.1f} a month." in shown
    assert "February 2027 48.0 24 2.0" in shown
    assert "To round 2 0 24 24 0 0" in shown
    assert "1.0 before, 3.0 now (+2.0); it has gone up for 48 of 48" in shown


def test_no_answers_make_a_page_all_the_same() -> None:
    cohort = rm.read_cohort(rm.demo_path())
    shown = text_of(rm.indicators(rm.match(cohort), [], cohort).to_html("en"))
    assert "Hours saved: not known." in shown


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    people = "id,role,name\n" + "".join(f"m{n},mentor,Lea {n}\ne{n},mentee,Ada {n}\n" for n in range(6))
    (tmp_path / "people.csv").write_text(people)
    (tmp_path / "programme.toml").write_text(
        'name = "Pilot"\nstart = 2027-01-11\nmonths = 2\nrounds = 2\n[[questions]]\nheading = "Trust"\n'
    )
    assert run("match", "people.csv", "--out", "r1.json")[0] == 0
    turn = ("rotate", "r1.json", "people.csv", "--programme", "programme.toml", "--on", "2027-03-11")
    assert run(*turn, "--out", "r2.json")[0] == 0
    rows = [
        f"{duo.mentor},{duo.mentee},{day},mentee,2,{trust}\n"
        for name, day, trust in (("r1.json", "2027-03-11", 3), ("r2.json", "2027-04-01", 5))
        for duo in rm.Matching.from_json((tmp_path / name).read_text()).duos
    ]
    (tmp_path / "said.csv").write_text("mentor,mentee,on,by,sessions_held,Trust\n" + "".join(rows))
    return tmp_path


def run(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, list(words))
    return result.exit_code, result.stdout, result.stderr


ASKED = ("review", "r2.json", "people.csv", "--feedback", "said.csv")


def test_a_command_writes_the_page_and_the_list_of_attendance(folder: Path) -> None:
    more = ("--earlier", "r1.json", "--programme", "programme.toml", "--out", "board.html")
    code, told, wrong = run(*ASKED, *more, "--attendance", "held.csv")
    assert (code, wrong) == (0, "note: the programme ends with this round, number 2: no rotation follows\n")
    assert "Sessions held: 24" in told
    page = (folder / "board.html").read_text("utf-8")
    assert "Pilot" in page
    assert "Lea" not in page
    assert run(*ASKED, *more[:-2], "--format", "html")[1] == page
    held = (folder / "held.csv").read_text("utf-8").splitlines()
    assert held[1] == "e0,Ada 0,mentee,2,4,2027-03-11,2027-04-01"
    assert run(*ASKED, *more, "--attendance", "held.csv", "--anonymous")[0] == 0
    assert "Ada" not in (folder / "held.csv").read_text("utf-8")


def test_own_questions_are_declared_by_the_programme_or_by_an_option(folder: Path) -> None:
    code, _, wrong = run(*ASKED)
    assert code == 2
    assert "'Trust': unknown column" in wrong
    assert run(*ASKED, "--question", "Trust=1..10")[0] == 0
    assert run(*ASKED, "--question", "Trust=1..4")[0] == 2
    assert run(*ASKED, "--programme", "programme.toml")[0] == 0


def test_rounds_that_do_not_follow_one_another_are_refused(folder: Path) -> None:
    asked = ("review", "r1.json", "people.csv", "--feedback", "said.csv", "--question", "Trust")
    code, _, wrong = run(*asked, "--earlier", "r2.json")
    assert code == 2
    assert "the rounds do not follow one another" in wrong


def test_a_page_is_written_as_html_alone(found: rm.results.Indicators, tmp_path: Path) -> None:
    found.report(tmp_path / "board.html", "fr")
    assert (tmp_path / "board.html").read_text("utf-8").startswith('<!DOCTYPE html>\n<html lang="fr">')
    with pytest.raises(rm.errors.InputError, match=r"ends in \.html"):
        found.report(tmp_path / "board.pdf")
