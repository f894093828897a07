"""Former duos of other years: whatever file says them, they do not meet again before the policy allows it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.errors import CohortError, PolicyError, VerificationError
from reverse_match.policy.former_partners import duos_of_other_years, with_past
from reverse_match.views.cli.main import app

PEOPLE = [
    {"id": "m1", "role": "mentor", "name": "Léa Martin", "email": "lea@x.org", "offers": "Python:5"},
    {"id": "m2", "role": "mentor", "name": "Tom Roux", "email": "tom@x.org", "offers": "Excel:5"},
    {"id": "e1", "role": "mentee", "name": "Ada Diallo", "email": "ada@x.org", "seeks": "Python"},
    {"id": "e2", "role": "mentee", "name": "Eve Petit", "email": "eve@x.org", "seeks": "Excel"},
]
COHORT = rm.Cohort.from_records(PEOPLE)
MET = {("m1", "e1"), ("m2", "e2")}
NOT_MET = {("m1", "e2"), ("m2", "e1")}


def pairs(matching: rm.Matching) -> set[tuple[str, str]]:
    return {(duo.mentor, duo.mentee) for duo in matching.duos}


def run(*arguments: str | Path) -> Any:
    return CliRunner().invoke(app, list(map(str, arguments)), env={"COLUMNS": "200"})


def test_without_former_duos_the_best_two_are_those_of_last_year() -> None:
    assert pairs(rm.match(COHORT)) == MET


@pytest.mark.parametrize(
    "text",
    [
        "mentor,mentee\nm1,e1\nm2,e2\n",
        "Mentee,Mentor,Team\ne1,m1,x\ne2,m2,y\n",
        "Nom du mentor;Nom du mentoré;Date de fin\nMARTIN Léa;Ada Diallo;31/12/2025\nTom Roux;Petit Eve;2025\n",
        "E-mail mentor,E-mail of the mentee,on\n",
        "mentor,mentee\nm1,e1\nm2,e2\ngone,e1\nm1,gone2\n",
    ],
    ids=["ids", "either order", "names", "addresses", "gone"],
)
def test_pairs_in_a_file(text: str, tmp_path: Path) -> None:
    if text.endswith(",on\n"):
        text = "E-mail mentor,e-mail mentee,on\nLEA@x.org,ada@x.org,2025-12-31\ntom@x.org,eve@x.org,\n"
        text = text.replace("e-mail mentee", "mentee e-mail")
    (tmp_path / "past.csv").write_text(text, "utf-8")
    past = rm.read_past(tmp_path / "past.csv", COHORT)
    assert {(duo.mentor, duo.mentee) for duo in past} >= MET
    assert pairs(rm.match(COHORT, past=past)) == NOT_MET


def test_who_is_no_longer_there_is_counted_and_kept_by_id(tmp_path: Path) -> None:
    text = "mentor,mentee\nm1,e9\nm1,e8\nNadine Blanc,e1\n"
    (tmp_path / "past.csv").write_text(text, "utf-8")
    past = rm.read_past(tmp_path / "past.csv", COHORT)
    assert [(duo.mentor, duo.mentee) for duo in past] == [("m1", "e9"), ("m1", "e8")]
    assert [(note.code, note.message.split(" ")[0]) for note in past.notes] == [
        ("unknown-id", "2"),
        ("unknown-id", "1"),
    ]
    assert not any("Blanc" in str(note) for note in past.notes)


def test_a_workbook_of_pairs(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["Mentor", "Mentee", "Date"], ["m1", "e1", date(2025, 12, 31)], ["m2", "e2", None]):
        book.active.append(row)
    book.save(tmp_path / "past.xlsx")
    past = rm.read_past(tmp_path / "past.xlsx", COHORT)
    assert past.duos[0].until == date(2025, 12, 31)
    assert pairs(rm.match(COHORT, past=past)) == NOT_MET


def test_a_history_and_a_matching(tmp_path: Path) -> None:
    first = rm.match(COHORT)
    (tmp_path / "m.json").write_text(first.to_json(), "utf-8")
    rm.History().with_round(first, until="2025-12-31").save(tmp_path / "h.json")
    assert [duo.until for duo in rm.read_past(tmp_path / "h.json", COHORT)] == [date(2025, 12, 31)] * 2
    for name in ("m.json", "h.json"):
        second = rm.match(COHORT, past=rm.read_past(tmp_path / name, COHORT))
        assert pairs(second) == NOT_MET
    (tmp_path / "second.json").write_text(second.to_json(), "utf-8")
    third = rm.match(COHORT, past=rm.read_past(tmp_path / "second.json", COHORT))
    assert not third.duos  # the second remembers the years before it


def test_after_the_months_of_the_policy_they_may_meet_again() -> None:
    past = [{"mentor": "m1", "mentee": "e1", "until": "2025-12-31"}]
    for day, meet in (("2026-05-30", False), ("2026-07-01", True)):
        policy = rm.Policy(rotation={"again_after_months": 6}, as_of=day)
        assert (("m1", "e1") in pairs(rm.match(COHORT, policy, past=past))) is meet


def test_a_duo_that_the_policy_fixes_may_be_there_again() -> None:
    policy = rm.Policy(rules=[{"kind": "fix", "pairs": [["m1", "e1"]]}])
    assert ("m1", "e1") in pairs(rm.match(COHORT, policy, past=[("e1", "m1")]))


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ("mentor\nm1\n", "missing-column", None),
        ("mentor,mentee\nm1,\n", "missing", 2),
        ("mentor,mentee\nm1,m1\n", "contradictory", 2),
        ("mentor,mentee,on\nm1,e1,soon\n", "not-a-day", 2),
        ("mentor,mentee\nSam Twin,e1\n", "ambiguous-name", 2),
    ],
)
def test_what_is_wrong_has_its_place(text: str, code: str, row: int | None, tmp_path: Path) -> None:
    twins = [{"id": f"t{n}", "role": "mentor", "name": "Sam Twin"} for n in (1, 2)]
    (tmp_path / "past.csv").write_text(text, "utf-8")
    with pytest.raises(CohortError) as caught:
        rm.read_past(tmp_path / "past.csv", rm.Cohort.from_records([*PEOPLE, *twins]))
    (fault,) = caught.value.faults
    assert (fault.code, fault.row, fault.source) == (code, row, "past.csv")
    assert "Twin" not in str(fault)


def test_what_is_no_duo_is_refused() -> None:
    with pytest.raises(rm.InputError, match="not former duos but a list; right would be"):
        rm.match(COHORT, past=["m1"])
    with pytest.raises(PolicyError, match="not a former duo"):
        with_past(rm.Policy(), ["m1"])


def test_records_themselves_can_be_given() -> None:
    first = rm.match(COHORT)
    for given in ([first], [rm.History().with_round(first, until="2025-12-31")], [*MET]):
        assert pairs(rm.match(COHORT, past=given)) == NOT_MET


def test_the_policy_in_the_matching_says_it_and_verification_checks_it() -> None:
    policy = rm.Policy()
    matching = rm.match(COHORT, policy, past=[*MET])
    assert {(duo.mentor, duo.mentee) for duo in duos_of_other_years(matching.policy)} == MET
    rm.verify(matching, COHORT)
    rm.verify(matching, COHORT, with_past(policy, MET))
    with pytest.raises(VerificationError, match="another policy"):
        rm.verify(matching, COHORT, policy)
    old = rm.match(COHORT, policy)
    digests = old.digests.model_copy(update={"policy": matching.policy.sha256})
    lying = old.model_copy(update={"policy": matching.policy, "digests": digests})
    with pytest.raises(VerificationError, match="is forbidden by former partners of other years"):
        rm.verify(lying, COHORT)


def test_they_stay_apart_in_amendments_and_rotations_whatever_policy_is_given() -> None:
    policy = rm.Policy()
    matching = rm.match(COHORT, policy, past=[("m1", "e1")])
    amended = rm.amend(matching, COHORT, policy, forbid=[("m1", "e2")])
    assert ("m1", "e1") not in pairs(amended)
    rotated = rm.rotate(matching, COHORT, policy, on="2027-01-01")
    assert not pairs(rotated) & {("m1", "e1"), *pairs(matching)}
    rm.verify(rotated, rotated.people)


def test_the_command_and_its_verification(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    people = "\n".join(
        ["id,role,name,offers,seeks"]
        + [
            f"{one['id']},{one['role']},{one['name']},{one.get('offers', '')},{one.get('seeks', '')}"
            for one in PEOPLE
        ]
    )
    Path("people.csv").write_text(people, "utf-8")
    Path("past.csv").write_text("mentor,mentee\nLéa Martin,e1\nTom Roux,e2\n", "utf-8")
    Path("p.json").write_text('{"rules": []}', "utf-8")
    done = run("match", "people.csv", "--policy", "p.json", "--past", "past.csv", "--out", "m.json")
    assert done.exit_code == 0, done.stderr
    asked = ("--policy", "p.json", "--past", "past.csv")
    assert run("verify", "m.json", "people.csv", *asked).exit_code == 0
    without = run("verify", "m.json", "people.csv", "--policy", "p.json", "--lang", "fr")
    assert without.exit_code == 4
    assert "la répartition sépare 2 anciens duos" in without.stderr.replace("\u202f", " ")
    Path("past.csv").write_text("mentor,mentee\nLéa Martin,e1\n", "utf-8")
    assert run("verify", "m.json", "people.csv", *asked).exit_code == 4
    Path("past.csv").write_text("mentor,mentee\nLéa Martin,e1\nTom Roux,e2\n", "utf-8")
    gone = run(
        *("amend", "m.json", "people.csv", "--leave", "Tom Roux", "--out", "m2.json"),
        *("--people-out", "people2.csv"),
    )
    assert gone.exit_code == 0, gone.stderr
    assert run("verify", "m2.json", "people2.csv", *asked).exit_code == 0
