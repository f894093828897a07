"""What a person reads shows a name beside each id, and is otherwise what it is without names, to the last letter."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, get_args

import pytest
from pydantic import BaseModel
from typer.testing import CliRunner

import reverse_match as rm
from hostile import HOSTILE
from reverse_match.views.cli.main import app
from reverse_match.views.with_names import PEOPLE_IN

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE = [
    ("0101q", "mentor", "Python:5;AI", "", 26, "Léa", "Martin"),
    ("0102q", "mentor", "Excel:4", "", 31, "Noé", "d'Arc"),
    ("0103q", "both", "AI:4", "Excel", 35, "Inès", "de La Tour"),
    ("0201q", "mentee", "", "Python:3", 52, "Ada", "Roux"),
    ("0202q", "mentee", "", "Excel;AI", 48, "Léa", "Martin"),
    ("0203q", "mentee", "", "AI:2", 55, "Tom", "Nguyễn"),
    ("0204q", "mentee", "", "Video", 44, "Zoé", "O’Neil"),
]
NAMES = {identity: f"{first} {last}" for identity, *_, first, last in PEOPLE}
IDS = re.compile(r"0[12]0\dq")
FEEDBACK = "mentor,mentee,on,by,wish,satisfaction\n"


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, list(arguments))


def good(*arguments: str) -> str:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    bare, named = ["id,role,offers,seeks,age"], ["id,role,offers,seeks,age,Prénom,Nom,E-mail"]
    for identity, role, offers, seeks, age, first, last in PEOPLE:
        row = f"{identity},{role},{offers},{seeks},{age}"
        bare.append(row)
        named.append(f"{row},{first},{last},{identity}@example.org")
    (tmp_path / "bare.csv").write_text("\n".join(bare), "utf-8")
    (tmp_path / "people.csv").write_text("\n".join(named), "utf-8")
    (tmp_path / "programme.toml").write_text('start = "2027-01-31"\nmonths = 4\nrounds = 3\n')
    good("match", "people.csv", "--out", "m.json")
    good("match", "bare.csv", "--out", "bare.json")
    duos = rm.Matching.from_json((tmp_path / "m.json").read_bytes()).duos
    said = [f"{duo.mentor},{duo.mentee},2027-03-01,mentee,stop,2" for duo in duos]
    (tmp_path / "said.csv").write_text(FEEDBACK + "\n".join(said))
    return tmp_path


def without_layout(text: str) -> str:
    return " ".join(text.split())


def without_names(text: str) -> str:
    for identity, name in NAMES.items():
        text = text.replace(f"{name} · {identity}", identity)
    return text


COMMANDS = {
    "table": ("match", "{people}"),
    "French table": ("match", "{people}", "--lang", "fr"),
    "pair": ("explain", "{matching}", "{people}", "--mentor", "0102q", "--mentee", "0201q"),
    "why": ("explain", "{matching}", "{people}", "--why", "0101q"),
    "why none": ("explain", "{matching}", "{people}", "--why", "0204q", "--lang", "fr"),
    "alternatives": ("explain", "{matching}", "{people}", "--alternatives", "0201q"),
    "amend": (
        "amend", "{matching}", "{people}", "--forbid", "0101q=0201q", "--leave", "0203q", "--fix", "0102q=0202q",
    ),
    "rotate": ("rotate", "{matching}", "{people}", "--early", "--on", "2027-06-01", "--months", "4"),
    "plan": ("plan", "{people}", "--rounds", "3"),
    "review": ("review", "{matching}", "{people}", "--feedback", "said.csv"),
    "French review": ("review", "{matching}", "{people}", "--feedback", "said.csv", "--lang", "fr"),
}  # fmt: skip


def filled(command: str, *, named: bool) -> list[str]:
    people, matching = ("people.csv", "m.json") if named else ("bare.csv", "bare.json")
    return [part.format(people=people, matching=matching) for part in COMMANDS[command]]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("command", COMMANDS)
def test_a_name_stands_beside_each_id_and_nothing_else_differs(command: str) -> None:
    named, bare = good(*filled(command, named=True)), good(*filled(command, named=False))
    assert len(IDS.findall(named)) >= 1
    assert IDS.findall(without_names(named)) == IDS.findall(bare)
    assert without_layout(without_names(named)) == without_layout(bare)
    for found in IDS.finditer(named):
        assert named[: found.start()].endswith(f"{NAMES[found[0]]} · "), found
    assert "@" not in named


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("command", COMMANDS)
def test_anonymous_it_is_what_a_file_without_names_gives(command: str) -> None:
    assert good(*filled(command, named=True), "--anonymous") == good(*filled(command, named=False))


@pytest.mark.parametrize("form", ["json", "csv"])
def test_what_programs_read_has_no_names(folder: Path, form: str) -> None:
    named, bare = (good("match", f"{people}.csv", "--format", form) for people in ("people", "bare"))
    digest = re.compile(r'"file": "[0-9a-f]{64}"')
    assert digest.sub("", named) == digest.sub("", bare)
    assert (folder / "m.json").read_text().count('"file"') == 1


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_report_of_what_was_amended_and_rotated(folder: Path, lang: str) -> None:
    for people, first in (("people", "m"), ("bare", "bare")):
        forbidden = "0101q=0201q"
        good("amend", f"{first}.json", f"{people}.csv", "--forbid", forbidden, "--out", f"{people}-2.json")
        good(
            "rotate",
            f"{people}-2.json",
            f"{people}.csv",
            "--early",
            "--on",
            "2027-06-01",
            "--out",
            f"{people}-3.json",
        )
        for number in (2, 3):
            matching = rm.Matching.from_json((folder / f"{people}-{number}.json").read_bytes())
            if number == 2:
                attached = rm.attach(matching, rm.read_cohort(folder / f"{people}.csv"))
                (folder / f"{people}-2.html").write_text(attached.to_html(lang), "utf-8")
                (folder / f"{people}-2-anonymous.html").write_text(
                    attached.to_html(lang, anonymous=True), "utf-8"
                )
        html = f"{people}-3.html"
        good(
            "rotate", f"{people}-2.json", f"{people}.csv", "--early", "--on", "2027-06-01", "--out", html, "--lang", lang
        )  # fmt: skip

    def told(name: str) -> str:
        page = (folder / name).read_text("utf-8").replace("&#x27;", "'")
        return re.sub(r"<svg.*?</svg>|<bdi>[0-9a-f]{64}</bdi>", "", page, flags=re.DOTALL)

    for number in (2, 3):
        named, bare = told(f"people-{number}.html"), told(f"bare-{number}.html")
        assert without_names(named) == bare
        for found in IDS.finditer(named):
            assert named[: found.start()].endswith(f"{NAMES[found[0]]} · "), named[
                found.start() - 60 : found.end()
            ]
        assert len(IDS.findall(named)) > 6
    assert told("people-2-anonymous.html") == told("bare-2.html")
    assert "Martin" not in (folder / "people-2-anonymous.html").read_text("utf-8")


def test_a_notebook_shows_names(folder: Path) -> None:
    cohort, bare = (rm.read_cohort(folder / f"{name}.csv") for name in ("people", "bare"))
    for make in (rm.match, lambda people: rm.plan_rotations(people, rounds=2)):
        shown, plain = make(cohort)._repr_html_(), make(bare)._repr_html_()
        assert without_names(shown.replace("&#x27;", "'")) == plain.replace("&#x27;", "'")
        assert "Léa Martin · 0101q" in shown
    assert "Ada Roux" in cohort._repr_html_()
    assert '<th scope="col">name</th>' not in bare._repr_html_()
    answer = rm.match(cohort).explain("0101q", "0201q")
    assert "0101q" in answer._repr_html_()
    assert "Léa Martin · 0101q" in rm.with_names(answer, cohort)._repr_html_()
    assert rm.with_names(answer, bare) is answer
    matching = rm.match(cohort)
    assert rm.with_names(matching, cohort) is matching


def test_every_field_that_holds_ids_is_known() -> None:
    """By its name and its text, over all records of results: a new record cannot show ids alone unnoticed."""
    said = re.compile(
        r"^(mentors?|mentees?|person|people|partners?|who|taken_by|left|joined|fixed|forbidden|lifted|avoided)$"
    )
    no_people = {
        ("NameMatch", "mentor"), ("NameMatch", "mentee"), ("Duo", "fixed"), ("Explanation", "fixed"),
        ("SittingOut", "partners"), ("CountedPairs", "mentors"), ("CountedPairs", "mentees"),
            ("CaseNode", "mentors"), ("CaseNode", "mentees"),
            *(("PeopleCase", name) for name in ("mentor", "mentee", "mentors", "mentees", "people")),
            *(("MadeUp", name) for name in ("person", "mentor", "mentee")),
    }  # fmt: skip
    unknown = []
    for kind in records_in(rm.results.Rotation, rm.Matching, rm.RotationPlan, rm.Explanation, rm.Alternative,
                           rm.results.LeftOut, rm.results.Proposal):  # fmt: skip
        for field in kind.model_fields:
            text = "str" in str(kind.model_fields[field].annotation)
            if said.fullmatch(field) and text and (kind.__name__, field) not in no_people:
                unknown += [] if field in PEOPLE_IN.get(kind.__name__, ()) else [(kind.__name__, field)]
    assert unknown == []


def records_in(*kinds: Any) -> set[type[BaseModel]]:
    """Return kinds of records, and those that stand in them, but for what a policy says."""
    found: set[type[BaseModel]] = set()
    waiting = list(kinds)
    while waiting:
        kind = waiting.pop()
        waiting += get_args(kind)
        if isinstance(kind, type) and issubclass(kind, BaseModel) and kind not in found:
            if kind.__module__.startswith("reverse_match.policy"):
                continue
            found.add(kind)
            waiting += [field.annotation for field in kind.model_fields.values()]
    return found


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("said", "meant"),
    [("Ada Roux", "0201q"), ("ROUX, Ada", "0201q"), ("nguyen tom", "0203q"), ("nguyen tomm", None), ("TOM NGUYỄN", "0203q"),
     ("0201q", "0201q"), ("0203q@EXAMPLE.org", "0203q"), ("Zoe O'Neil", "0204q")],
)  # fmt: skip
def test_somebody_is_found_by_name(said: str, meant: str | None) -> None:
    told = run("explain", "m.json", "people.csv", "--why", said)
    if meant is not None:
        assert told.stdout == good("explain", "m.json", "people.csv", "--why", meant)
        assert good("explain", "m.json", "people.csv", "--why", said, "--anonymous").count("Ada") == 0
    else:
        assert told.exit_code == 2
        assert told.stderr.startswith("--why: nobody has this id or name; it could be '0203q'")


@pytest.mark.usefixtures("folder")
def test_of_two_people_of_one_name_ids_are_listed_and_no_name_is_repeated() -> None:
    refused = [
        run("explain", "m.json", "people.csv", "--mentor", "Léa Martin", "--mentee", "0201q"),
        run("amend", "m.json", "people.csv", "--leave", "martin léa"),
        run("calendar", "m.json", "programme.toml", "--people", "people.csv", "--person", "lea martin"),
    ]
    for place, result in zip(("--mentor", "--leave", "--person"), refused, strict=True):
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.strip() == (
            f"{place}: 2 people have this name; right would be one of their ids: '0101q', '0202q'"
        )
    part = run("amend", "m.json", "people.csv", "--fix", "Martin=0201q")
    assert "--fix: nobody has this id or name; it could be '0101q' or '0202q'" in part.stderr
    nobody = run("explain", "m.json", "people.csv", "--why", "Xavier Quelqu'un")
    assert nobody.stderr.strip() == "--why: nobody has this id or name; right would be an id, or a whole name"


@pytest.mark.usefixtures("folder")
def test_without_names_in_the_file_an_unknown_id_is_told_as_ever() -> None:
    told = run("explain", "bare.json", "bare.csv", "--why", "0201")
    assert "did you mean" in told.stderr


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_people_who_are_written_keep_their_names_unless_anonymous(folder: Path, ending: str) -> None:
    for more in ((), ("--anonymous",)):
        out = f"now{len(more)}.{ending}"
        good(
            "amend",
            "m.json",
            "people.csv",
            "--leave",
            "Tom Nguyễn",
            "--people-out",
            out,
            "--out",
            "new.json",
            *more,
        )
        good("verify", "new.json", out)
        people = rm.read_cohort(folder / out)
        assert bool(people.names) is not bool(more)
        assert ("example.org" in (folder / out).read_text("utf-8")) is not bool(more)


def test_a_calendar_has_names_and_attendees_where_people_are_given(folder: Path) -> None:
    import icalendar

    asked = ("calendar", "m.json", "programme.toml")
    bare = good(*asked)
    assert good(*asked, "--people", "people.csv", "--anonymous") == bare
    named = good(*asked, "--people", "people.csv")
    before, after = (icalendar.Calendar.from_ical(text).walk("VEVENT") for text in (bare, named))
    assert [str(event["uid"]) for event in before] == [str(event["uid"]) for event in after]
    duos = rm.Matching.from_json((folder / "m.json").read_bytes()).duos
    for old, new in zip(before, after, strict=True):
        assert without_names(str(new["summary"])) == str(old["summary"])
        attend = new.get("attendee", [])
        if "rotation" in str(new["summary"]):
            assert not attend
            continue
        ids = IDS.findall(str(new["summary"]))
        assert tuple(ids) in {(duo.mentor, duo.mentee) for duo in duos}
        assert [str(one) for one in attend] == [f"mailto:{one}@example.org" for one in ids]
        assert [one.params["CN"] for one in attend] == [NAMES[one] for one in ids]
    alone = good(*asked, "--people", "people.csv", "--person", "Ada Roux")
    assert {*IDS.findall(alone)} >= {"0201q"}
    assert alone.count("BEGIN:VEVENT") < named.count("BEGIN:VEVENT")


def test_a_name_is_text_whatever_it_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names = [
        *(one for one in HOSTILE if one.isprintable()),
        "<script>alert(1)</script>",
        "a\u202eb",
        "n" * 5000,
    ]
    people = [{"id": f"i{place}", "role": "both", "name": name} for place, name in enumerate(names)]
    (tmp_path / "people.json").write_text(json.dumps(people), "utf-8")
    good("match", "people.json", "--out", "duos.html")
    page = (tmp_path / "duos.html").read_text("utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; · i" in page
    shown = good("match", "people.json")
    for text in (page, shown):
        assert "\u202e" not in text
        assert "a[U+202E]b · i" in text
        assert "nnnn…nnnn" in text
        assert "n" * 61 not in text


def test_after_a_rotation_people_have_their_names_still(folder: Path) -> None:
    said = (folder / "said.csv").read_text().splitlines()
    learned = [f"{said[0]},acquired", *(f"{line},Python" for line in said[1:])]
    (folder / "learned.csv").write_text("\n".join(learned))
    shown = good(
        *("rotate", "m.json", "people.csv", "--early", "--on", "2027-06-01", "--feedback", "learned.csv"),
        *("--people-out", "after.csv", "--out", "r2.json"),
    )
    after = rm.read_cohort(folder / "after.csv")
    assert after.names == rm.read_cohort(folder / "people.csv").names
    assert after.sha256 != rm.read_cohort(folder / "people.csv").sha256
    for found in IDS.finditer(shown):
        assert shown[: found.start()].endswith(f"{NAMES[found[0]]} · "), found
