"""Erased people are in no byte of any file any more, and what does not depend on them is still proved."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.errors import CohortError, VerificationError
from reverse_match.programme.files_that_name import files_that_name
from reverse_match.programme.forget import Eraser
from reverse_match.views.cli.main import app

GONE, NAME, ADDRESS = "qx417", "Zoé Quibus", "zoe.quibus@example.org"
SPELLED = re.compile("qx417|quibus", re.IGNORECASE)

PEOPLE = f"""id;role;name;email;offers;seeks;avoids;wants;manager_id;remarks
{GONE};mentor;{NAME};{ADDRESS};Python:5;;m2;;boss;
m1;mentor;Ann Roe;ann@example.org;Excel:4;;QUIBUS Zoé;;{GONE};
m2;mentor;Bob Poe;bob@example.org;SQL:4;;;;boss;works with {NAME}
e1;mentee;Cid Low;cid@example.org;;Python;;{GONE};boss;
e2;mentee;Dee Kay;dee@example.org;;Excel;;m1;boss;
e3;mentee;Eve Jay;eve@example.org;;SQL;;;boss;
"""
ANSWERS = f"""mentor,mentee,date,answered by,wish,comment
{GONE},e1,2027-02-01,mentee,continue,good
m1,e2,2027-02-01,mentee,continue,thanks to Quibus Zoé
m2,e3,2027-02-01,mentee,stop,
"""


def run(*arguments: str | Path, code: int = 0) -> Any:
    done = CliRunner().invoke(app, list(map(str, arguments)), env={"COLUMNS": "200"})
    assert done.exit_code == code, done.stdout + done.stderr
    return done


@pytest.fixture
def programme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a programme of two rounds, with everything that can name somebody."""
    monkeypatch.chdir(tmp_path)
    Path("people.csv").write_text(PEOPLE, "utf-8")
    Path("answers.csv").write_text(ANSWERS, "utf-8")
    Path("past.csv").write_text(f"mentor,mentee\n{NAME},e3\nm1,e3\n", "utf-8")
    rules = [{"kind": "avoids"}, {"kind": "forbid", "pairs": [[GONE, "e3"], ["m1", "e1"]]}]
    criteria = [{"kind": "coverage", "name": "skills", "weight": 1}]
    policy = {
        "criteria": criteria,
        "rules": rules,
        "credits": [{"name": "x", "points": 0.1, "mentors": [GONE, "m1"]}],
    }
    Path("p.json").write_text(json.dumps(policy), "utf-8")
    run("match", "people.csv", "--policy", "p.json", "--past", "past.csv", "--out", "r0.json")
    asked: tuple[str, ...] = ("--forbid", f"{GONE}=e2", "--author", NAME, "--reason", f"because {GONE} asked")
    run("amend", "r0.json", "people.csv", *asked, "--out", "r1.json")
    Path("r0.json").unlink()
    run("publish", "r1.json", "--history", "h.json", "--on", "2027-01-01")
    asked = ("--history", "h.json", "--feedback", "answers.csv", "--on", "2027-06-01", "--out", "r2.json")
    run("rotate", "r1.json", "people.csv", *asked)
    return tmp_path


FILES = (
    *("--matching", "r1.json", "--matching", "r2.json", "--history", "h.json", "--people", "people.csv"),
    *("--feedback", "answers.csv", "--past", "past.csv"),
)


def left(folder: Path) -> list[str]:
    """Return the names of files in which the person still stands."""
    Path("p.json").unlink(missing_ok=True)  # a policy file is the user's own
    return [
        path.name
        for path in sorted(folder.rglob("*"))
        if path.is_file() and SPELLED.search(path.read_bytes().decode("utf-8", "replace"))
    ]


@pytest.mark.parametrize("said", [GONE, "quibus zoé", ADDRESS.upper()])
def test_no_byte_of_any_file_names_the_person(programme: Path, said: str) -> None:
    assert len(left(programme)) == 6
    done = run("forget", said, *FILES)
    assert left(programme) == []
    assert not SPELLED.search(done.stdout + done.stderr)
    assert "forgotten-1" in done.stdout
    assert "policy files and copies are not touched" in done.stderr
    history = rm.History.load("h.json")
    first, second = (rm.Matching.from_json(Path(name).read_bytes()) for name in ("r1.json", "r2.json"))
    assert history.number_of(first) == 1
    assert second.rotation is not None
    assert second.rotation.previous == first.sha256
    assert "forgotten-1" in history.rounds[0].people
    cohort = rm.read_cohort("people.csv")
    assert [one.id for one in cohort.participants] == ["m1", "m2", "e1", "e2", "e3"]
    assert not any(one.avoids or one.manager_id == GONE for one in cohort.participants)
    assert {one.wants for one in cohort.participants} == {(), ("m1",)}
    assert len(rm.read_feedback("answers.csv").records) == 2


def test_verification_says_what_it_cannot_check_and_checks_the_rest(programme: Path) -> None:
    run("forget", GONE, *FILES)
    told = run("verify", "r2.json", "people.csv", code=4).stderr
    assert "forgotten: 1 person erased from this matching" in told
    assert len(told.strip().splitlines()[1:]) == 1 + told.count("note:")
    french = run("verify", "r2.json", "people.csv", "--lang", "fr", code=4).stderr
    assert "1 personne effacée de cette répartition" in french.replace("\u202f", " ")
    assert re.search(r"\b(?:[01] score|\d+ scores) d’autres personnes", french)
    data = json.loads((programme / "r2.json").read_text("utf-8"))
    other = next(duo for duo in data["duos"] if "forgotten-1" not in duo.values() and not duo["missing"])
    other["score"] = 0.001
    (programme / "r2.json").write_text(json.dumps(data), "utf-8")
    assert "score" in run("verify", "r2.json", "people.csv", code=4).stderr


def test_the_programme_goes_on(programme: Path) -> None:
    run("forget", GONE, *FILES)
    asked = ("--history", "h.json", "--on", "2027-12-01", "--out", "r3.json", "--people-out", "people3.csv")
    run("rotate", "r2.json", "people.csv", *asked)
    run("verify", "r3.json", "people3.csv")
    assert left(programme) == []


def test_whoever_leaves_first_takes_no_proof_along(programme: Path) -> None:
    run("amend", "r2.json", "people.csv", "--leave", GONE, "--out", "new.json", "--people-out", "now.csv")
    Path("new.json").replace("r2.json")
    asked = (*FILES[:6], "--people", "now.csv", *FILES[8:])
    Path("copy.json").write_bytes(Path("r1.json").read_bytes())
    assert "only the id was looked for" in run("forget", GONE, "--matching", "copy.json").stderr
    Path("copy.json").unlink()
    run("forget", GONE, *asked, "--called", NAME, "--called", ADDRESS)
    Path("people.csv").unlink()
    assert left(programme) == []
    run("verify", "r2.json", "now.csv")
    run("rotate", "r2.json", "now.csv", "--history", "h.json", "--on", "2027-12-01", "--out", "r3.json")


def test_two_people_have_two_tombstones(programme: Path) -> None:
    run("forget", GONE, *FILES)
    assert "forgotten-2" in run("forget", "e2", *FILES).stdout
    assert rm.Matching.from_json(Path("r1.json").read_bytes()).forgotten == ("forgotten-1", "forgotten-2")
    assert len(rm.History.load("h.json").rounds) == 1


def test_a_tombstone_is_made_of_nothing_that_the_person_was_called() -> None:
    for name in ("lea", "tom"):
        people = [{"id": one, "role": "mentor"} for one in (name, "max")] + [{"id": "ada", "role": "mentee"}]
        matching, _ = rm.forget(
            name, rm.match(rm.Cohort.from_records(people)), rm.Cohort.from_records(people)
        )
        assert matching.forgotten == ("forgotten-1",)
        with pytest.raises(VerificationError, match="forgotten: 1 person erased"):
            rm.verify(matching, rm.Cohort.from_records(people[1:]))  # nobody waits for two of one


def test_nothing_is_written_where_the_person_is_not(programme: Path) -> None:
    before = {path.name: path.read_bytes() for path in programme.iterdir()}
    assert "stands in none of these files" in run("forget", "nobody", *FILES[:6], code=2).stderr
    run("forget", "nobody", *FILES, code=2)
    run("forget", GONE, code=2)
    Path("book.xlsx").write_bytes(b"")
    assert "only .csv and .json" in run("forget", GONE, "--feedback", "book.xlsx", code=2).stderr
    Path("book.xlsx").unlink()
    assert {path.name: path.read_bytes() for path in programme.iterdir()} == before
    with pytest.raises(CohortError, match="nobody has this id"):
        rm.forget("nobody", rm.read_cohort("people.csv"))
    with pytest.raises(rm.InputError, match="not a record"):
        rm.forget("lea", "people.csv")


def test_a_person_whose_id_is_part_of_others_takes_none_of_them_along() -> None:
    people = [{"id": name, "role": "mentor"} for name in ("e1", "e10", "xe1")]
    people += [{"id": name, "role": "mentee"} for name in ("e11", "1")]
    cohort = rm.Cohort.from_records(people)
    matching, after = rm.forget("e1", rm.match(cohort), cohort)
    assert [one.id for one in after.participants] == ["e10", "xe1", "e11", "1"]
    names = {name for duo in matching.duos for name in (duo.mentor, duo.mentee)}
    names |= {one.id for one in matching.unmatched}
    assert names == {"forgotten-1", "e10", "xe1", "e11", "1"}


def test_what_an_erasure_leaves_unchecked_is_no_failure(programme: Path) -> None:
    """A headline of its own, unless something is untrue, too."""
    asked = ("verify", "r1.json", "people.csv")
    run("forget", GONE, *FILES)
    told = run(*asked, code=4).stderr
    assert "Nothing untrue was found, but not all of it can be checked any more:\nforgotten: 1 person" in told
    assert "Rien de faux n’a été trouvé" in run(*asked, "--lang", "fr", code=4).stderr
    stored = json.loads(Path("r1.json").read_bytes())
    duo = next(one for one in stored["duos"] if "forgotten-1" not in one.values())
    duo["score"] = round(duo["score"] / 2, 6)
    Path("r1.json").write_text(json.dumps(stored), "utf-8")
    assert "Verification failed:" in run(*asked, code=4).stderr


def test_which_other_files_still_name_the_person_is_said(programme: Path) -> None:
    Path("deep").mkdir()
    run("match", "people.csv", "--out", "duos.xlsx")
    run("match", "people.csv", "--out", "deep/report.html")
    Path("deep", "notes.txt").write_text("thanks to ZOÉ QUIBUS", "utf-16")
    folded = f"DESCRIPTION:{'x' * 60} zoe.qui\r\n bus@example.org\r\n"
    Path("deep", "all.ics").write_bytes(folded.encode())
    Path("deep", "qx4170.txt").write_text("qx4170 and aqx417", "utf-8")
    Path("damaged.xlsx").write_bytes(b"PK qx")
    before = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}
    told = run("forget", GONE, *FILES).stderr
    note = next(line for line in told.splitlines() if "still stands in" in line)
    for name in ("duos.xlsx", "deep/report.html", "deep/notes.txt", "deep/all.ics", "p.json"):
        assert name in note
    for name in ("qx4170.txt", "damaged.xlsx", "people.csv", "r1.json", "h.json"):
        assert name not in note
    for name in ("duos.xlsx", "deep/report.html", "deep/notes.txt", "deep/all.ics", "p.json"):
        assert Path(name).read_bytes() == before[Path(name)]
        Path(name).unlink()
    assert "still stands in" not in run("forget", "e2", *FILES).stderr


def test_a_folder_of_too_many_files_is_not_looked_through_in_silence(
    programme: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reverse_match.programme.files_that_name.MOST_FILES", 0)
    assert "there are too many files" in run("forget", GONE, *FILES).stderr
    assert "sont trop nombreux" in run("forget", "e2", *FILES, "--lang", "fr").stderr


def damaged(packing: int) -> bytes:
    """Return a workbook of two parts; the second one names the person, the first one cannot be unpacked."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", packing) as packed:
        packed.writestr("xl/a.xml", f"<a>{'hello world gap ' * 50}</a>")
        packed.writestr("xl/b.xml", f"<a>{GONE}</a>")
    data = bytearray(written.getvalue())
    begin = data.find(b"xl/a.xml") + 8
    data[begin : begin + 20] = b"\xff" * 20
    return bytes(data)


@pytest.mark.parametrize(
    "packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)
def test_a_damaged_file_nearby_does_not_end_an_erasure(programme: Path, packing: int) -> None:
    whole = "not everything in these folders"
    assert whole not in run("forget", "e2", *FILES).stderr
    Path("old.xlsx").write_bytes(damaged(packing))
    done = run("forget", GONE, *FILES)
    assert whole in done.stderr
    assert "old.xlsx" in next(line for line in done.stderr.splitlines() if "still stands in" in line)
    assert "forgotten-2" in done.stdout


def eraser() -> Eraser:
    return Eraser(GONE, [NAME, ADDRESS], "forgotten-1")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", f"id;nom\n1;{NAME}\n".encode("cp1252")),
        ("a.csv", f"id;nom\n1;{NAME}\n".encode("utf-16-le")),
        ("a.txt", f"id;nom\n1;{NAME}\n".encode("utf-16-be")),
        ("a.txt", f"id;nom\n1;{NAME}\n".encode("utf-16")),
        ("a.json", json.dumps({"a\\": f"\U0001f600{NAME}"}).encode()),
        ("a.json", json.dumps({"note": f"hello\n{GONE}"}).encode()),
        ("a.json", json.dumps(json.dumps({"note": f"a\n{GONE}"})).encode("utf-16-le")),
    ],
)
def test_a_file_is_found_in_whichever_encoding_it_has(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert files_that_name(eraser(), [tmp_path], []) == ([tmp_path / name], True)
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as packed:
        packed.writestr(name, content)
    assert files_that_name(eraser(), [tmp_path], []) == ([tmp_path / name, tmp_path / "b.zip"], True)


def test_text_under_the_name_of_a_workbook_is_searched_as_text(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(f"id;nom\n1;{NAME}\n".encode("cp1252"))
    assert files_that_name(eraser(), [tmp_path], []) == ([tmp_path / "a.xlsx"], False)


def test_what_was_skipped_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = tmp_path / "1" / "2" / "3"
    deep.mkdir(parents=True)
    assert files_that_name(eraser(), [tmp_path], []) == ([], True), "an empty folder holds nobody"
    (deep / "a.txt").write_text(GONE, "utf-8")
    assert files_that_name(eraser(), [tmp_path], []) == ([], False)
    assert files_that_name(eraser(), [tmp_path / "1"], []) == ([deep / "a.txt"], True)
    monkeypatch.setattr("reverse_match.programme.files_that_name.MOST_BYTES", 4)
    assert files_that_name(eraser(), [tmp_path / "1"], []) == ([], False)


def test_what_was_erased_is_said_before_other_files_are_looked_at(
    programme: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("reverse_match.programme.files_that_name.files_that_name", fail)
    done = CliRunner().invoke(app, ["forget", GONE, *map(str, FILES)])
    assert "forgotten-1" in done.stdout
