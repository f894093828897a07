"""Erased people, and ids under pseudonyms, in each place of a record that can hold an id of somebody."""

from __future__ import annotations

import json
import re
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import BaseModel
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.errors import VerificationError
from reverse_match.matching import results
from reverse_match.programme.forget import _BY_CRITERION, Eraser
from reverse_match.programme.format_words import VALUES_THAT_ARE_WORDS
from reverse_match.programme.pseudonyms import _NO_IDS, _ids_in_data
from reverse_match.views.cli.main import app
from reverse_match.views.with_names import PEOPLE_IN

if TYPE_CHECKING:
    from collections.abc import Callable

GONE = "qx417"
SPELLED = re.compile(GONE, re.IGNORECASE)
KEY = "a secret of this programme"
PEOPLE: list[dict[str, Any]] = [
    {"id": GONE, "role": "mentor", "offers": "Python:5", "joined": "2026-01-01"},
    {"id": "m2", "role": "mentor", "offers": "Excel:5", "joined": "2026-01-01"},
    {"id": "m3", "role": "mentor", "offers": "SQL:4", "joined": "2026-01-01"},
    {"id": "e1", "role": "mentee", "seeks": "Python", "joined": "2026-01-01"},
    {"id": "e2", "role": "mentee", "seeks": "Excel", "joined": "2026-01-01"},
    {"id": "e3", "role": "mentee", "seeks": "SQL", "joined": "2026-01-01"},
]
NEW = {"role": "mentor", "offers": "R:5", "joined": "2026-05-20"}

Records = tuple[Any, ...]
"""A matching, its people, and what came before."""


def matched(people: list[dict[str, Any]] = PEOPLE, **policy: Any) -> tuple[rm.Matching, rm.Cohort]:
    cohort = rm.Cohort.from_records(people)
    return rm.match(cohort, rm.Policy(**policy)), cohort


def amended(*changes: dict[str, Any], policy: dict[str, Any] | None = None, **options: Any) -> Records:
    matching, cohort = matched(**policy or {})
    found = rm.amend(matching, cohort, changes=list(changes), **options)
    return found, found.people


def declined_by_another() -> Records:
    said = {"id": "e1", "change": "decline", "partner": GONE, "comment": f"{GONE} sings"}
    found = amended(said, {"id": "e2", "change": "wait"}, with_comments=True, author=GONE.upper())
    assert GONE in (found[0].log[-1].logged[0].partner, found[0].log[-1].forbidden[0][1])
    return found


def declined_by_the_person() -> Records:
    said = {"id": GONE, "change": "decline", "partner": "e1", "reason": "no time", "comment": "sings"}
    return amended(said, {"id": "e2", "change": "wait", "comment": f"since {GONE} does"}, with_comments=True)


def waiting() -> Records:
    found = amended(*({"id": name, "change": "wait"} for name in (GONE, "m2", "m3")))
    assert GONE in found[0].log[-1].waiting
    assert GONE in found[0].added.waiting
    return found


def corrected() -> Records:
    said = ({"id": name, "change": "correct", "offers": "Python:4"} for name in (GONE, "m2"))
    found = amended(*said)
    assert GONE in found[0].log[-1].corrected
    return found


def signed_log_of_single_changes() -> Records:
    said = {"id": "e1", "change": "decline", "partner": GONE, "reason": "no time"}
    return amended(said, policy={"log": "signed"}, author="HR")


def signed_by_the_person() -> Records:
    said = {"id": "e2", "change": "leave", "reason": "no time"}
    return amended(said, policy={"log": "signed"}, author=GONE, reason=f"{GONE} said so")


def several_amendments() -> Records:
    first, people = declined_by_the_person()
    said = [{"id": GONE, "change": "correct", "offers": "SQL:3"}, {"id": "e3", "change": "wait"}]
    found = rm.amend(first, people, changes=said)
    return found, found.people


def coming_before_who_joins_later() -> Records:
    more = [{"id": name, "role": "mentor", "offers": "Python:5"} for name in ("yy", "zz")]
    matching, cohort = matched([{**PEOPLE[0], "offers": "Chess:1"}, *PEOPLE[1:], *more])
    found = rm.amend(matching, cohort, join=[{**NEW, "id": "m9"}, {"id": "e9", "role": "mentee"}])
    assert GONE in found.log[-1].precedence[0].people
    assert any(GONE in quota.model_dump_json() for quota in found.added.quotas)
    return found, found.people


def held_back() -> Records:
    matching, cohort = matched()
    join = [{**NEW, "id": "m9"}, {**NEW, "id": "e9", "role": "mentee", "offers": "", "seeks": "Python"}]
    asked: dict[str, Any] = {"hold_back": "0.95:0.1:100d", "joined": "joined", "on": "2026-06-01"}
    found = rm.amend(matching, cohort, join=join, forbid=[(GONE, "e1")], **asked)
    assert GONE in found.log[-1].waited
    assert GONE in found.added.rules[0].model_dump_json()
    return found, found.people


def waived() -> Records:
    people = [dict(one) for one in PEOPLE]
    people[3]["manager_id"], people[4]["manager_id"] = GONE, "m2"
    waivers = [
        {"mentor": GONE, "mentee": "e1", "reason": f"{GONE} wants", "author": GONE.upper()},
        {"mentor": "m2", "mentee": "e2", "reason": f"fine, says {GONE}", "author": GONE},
    ]
    own = {"kind": "personal_rules", "waived": [GONE, "e2"]}
    return matched(people, rules=[{"kind": "not_in_reporting_line", "waivers": waivers}, own])


def rules_whose_labels_name_people() -> Records:
    rules = [
        {"kind": "not", "condition": {"kind": "require", "of": "mentor", "field": "id", "equals": [name]}}
        for name in ("m2", GONE)
    ]
    matching, cohort = matched(rules=rules)
    assert any(SPELLED.search(label) for one in matching.unmatched for label in one.blocked_by)
    return matching, cohort


def rotated(*decided: tuple[str, str, str], wish: bool = False, **policy: Any) -> Records:
    matching, cohort = matched(**policy)
    said = [{"mentor": mentor, "mentee": mentee, "decision": word} for mentor, mentee, word in decided]
    answers = [
        {"mentor": duo.mentor, "mentee": duo.mentee, "on": "2026-12-01", "by": by, "wish": "continue"}
        for duo in matching.duos
        for by in ("mentor", "mentee")
        if wish
    ]
    further = rm.rotate(
        matching,
        cohort,
        on="2027-01-01",
        decisions=rm.Decisions.from_records(said) if said else None,
        feedback=rm.Feedback.from_records(answers) if answers else None,
    )
    history = rm.History().with_round(matching, until="2027-01-01")
    return further, further.people, matching, history


def decided_to_keep() -> Records:
    others = (("m2", "e2", "end"), ("m3", "e3", "change"))
    found = rotated((GONE, "e1", "keep"), *others, log="signed")
    assert GONE in found[0].rotation.fixed[0]
    assert GONE in found[0].rotation.decisions[-1].mentor
    return found


def decided_to_end() -> Records:
    return rotated((GONE, "e1", "end"), ("m2", "e2", "keep"))


def wanted_to_go_on() -> Records:
    found = rotated(wish=True)
    assert any(one.mentor == GONE and one.kind == "kept" for one in found[0].rotation.changes)
    return found


def left_out_before() -> Records:
    found = rotated()
    assert any(GONE in one.who for one in found[0].rotation.changes)
    return found


PLACES: list[Callable[[], Records]] = [
    *(declined_by_another, declined_by_the_person, waiting, corrected, signed_log_of_single_changes),
    *(signed_by_the_person, several_amendments, coming_before_who_joins_later, held_back, waived),
    *(rules_whose_labels_name_people, decided_to_keep, decided_to_end, wanted_to_go_on, left_out_before),
]


def written(records: Records) -> str:
    parts = [one.participants if isinstance(one, rm.Cohort) else (one,) for one in records]
    return " ".join(part.model_dump_json() for several in parts for part in several)


def read_again(records: Records) -> Records:
    kinds = (rm.Matching, rm.History)
    return tuple(type(one).from_json(one.to_json()) if isinstance(one, kinds) else one for one in records)


def assert_the_chain_holds(records: Records) -> None:
    matching, _, *before = records
    if before:
        assert matching.rotation.previous == before[0].sha256
        assert before[1].number_of(before[0]) == 1


def findings(matching: rm.Matching, cohort: rm.Cohort) -> list[str]:
    try:
        rm.verify(matching, cohort)
    except VerificationError as error:
        return [str(one) for one in error.findings]
    return []


def assert_forgotten(records: Records, number: int) -> None:
    told = findings(*records[:2])
    assert len(told) == 1, told
    noun = "person" if number == 1 else "people"
    assert told[0].startswith(f"forgotten: {number} {noun} erased from this matching")


@pytest.mark.parametrize("place", PLACES)
def test_nobody_who_was_erased_stands_anywhere(place: Callable[[], Records]) -> None:
    records = place()
    assert findings(*records[:2]) == []
    assert SPELLED.search(written(records))
    gone = read_again(rm.forget(GONE, *records))
    assert not SPELLED.search(written(gone))
    assert gone[0].forgotten == ("forgotten-1",)
    assert_forgotten(gone, 1)
    assert_the_chain_holds(gone)
    two = read_again(rm.forget("m3", *gone))
    assert two[0].forgotten == ("forgotten-1", "forgotten-2")
    assert not re.search(r"qx417|\bm3\b", written(two), re.IGNORECASE)
    assert_forgotten(two, 2)
    assert_the_chain_holds(two)


@pytest.mark.parametrize("place", PLACES)
def test_whoever_left_first_takes_no_proof_along(place: Callable[[], Records]) -> None:
    matching, cohort, *before = place()
    without = rm.amend(matching, cohort, leave=[GONE], author="HR", reason="moved")
    records = (without, without.people, *before)
    assert findings(*records[:2]) == []
    gone = read_again(rm.forget(GONE, *records))
    assert not SPELLED.search(written(gone))
    assert findings(*gone[:2]) == []
    assert_the_chain_holds(gone)


@pytest.mark.parametrize("place", PLACES)
def test_what_has_pseudonyms_names_nobody_and_verifies(place: Callable[[], Records]) -> None:
    records = place()
    studied = read_again(rm.pseudonymise(KEY, *records))
    names = "|".join(one["id"] for one in PEOPLE)
    assert not re.search(rf"(?<!\w)(?:{names}|m9|e9|yy|zz)(?!\w)", written(studied), re.IGNORECASE)
    assert findings(*studied[:2]) == []
    if len(records) > 2:
        assert_the_chain_holds(studied)
    alone = rm.pseudonymise(KEY, *records[:1])
    assert not SPELLED.search(written(alone))


def test_each_field_that_holds_people_is_known() -> None:
    """Fields that views put names in are those in which people are erased, and have pseudonyms."""
    eraser = Eraser(GONE, (), "forgotten-1")
    kinds = _kinds_of_results()
    for kind, fields in PEOPLE_IN.items():
        for field in fields:
            assert field in kinds[kind].model_fields
            assert field not in VALUES_THAT_ARE_WORDS | _BY_CRITERION | _NO_IDS, (kind, field)
            for value in (GONE, [GONE], [[GONE, "x"]], {GONE: 1}):
                assert GONE not in str(eraser.in_data({field: value}))
            shapes = (GONE, {GONE: 1})  # one, a list or pairs; or keys
            assert any(GONE in _ids_in_data({field: value}) for value in shapes), (kind, field)


def _kinds_of_results() -> dict[str, type[BaseModel]]:
    """Return every kind of record that a result can hold, by its name, which no other kind has."""
    kinds = [
        kind
        for module in iter_modules(results.__path__, f"{results.__name__}.")
        for kind in vars(import_module(module.name)).values()
        if isinstance(kind, type) and issubclass(kind, BaseModel) and kind.__module__ == module.name
    ]
    assert len({kind.__name__ for kind in kinds}) == len(kinds)
    return {kind.__name__: kind for kind in kinds}


def test_a_signed_log_that_does_not_name_the_person_stays_as_it_is() -> None:
    said = {"id": "e2", "change": "leave", "reason": "no time"}
    matching, _ = amended(said, policy={"log": "signed"}, author="HR")
    gone, _ = rm.forget("m3", matching, matched()[1])
    assert gone.log[-1].author == "HR"
    assert gone.log[-1].reason is None


def test_an_audit_names_nobody() -> None:
    matching, cohort = matched([{**one, "location": "Lyon"} for one in PEOPLE])
    text = rm.audit(matching, cohort, by=["location"]).model_dump_json()
    assert not [one["id"] for one in PEOPLE if re.search(rf"\b{one['id']}\b", text)]


def test_files_of_decisions_changes_and_arrangements(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("decisions.csv").write_text(f"mentor,mentee,decision\n{GONE},e1,keep\nm2,e2,end\n", "utf-8")
    Path("changes.csv").write_text(
        f"id,change,partner,comment\ne1,decline,{GONE},\n{GONE.upper()},wait,,\ne2,wait,,as {GONE} does\n",
        "utf-8",
    )
    Path("arrangements.json").write_text(
        json.dumps([{"mentor": GONE, "mentee": "e1", "minutes": 30}, {"mentor": "m2", "mentee": "e2"}]),
        "utf-8",
    )
    Path("m.json").write_text(matched()[0].to_json(), "utf-8")
    rows = [
        part for name in ("decisions.csv", "changes.csv", "arrangements.json") for part in ("--rows", name)
    ]
    done = CliRunner().invoke(app, ["forget", GONE, "--matching", "m.json", *rows])
    assert done.exit_code == 0, done.stdout + done.stderr
    assert not any(SPELLED.search(path.read_text("utf-8")) for path in tmp_path.iterdir())
    assert [(one.mentor, one.mentee) for one in rm.read_decisions("decisions.csv").records] == [("m2", "e2")]
    assert Path("changes.csv").read_text("utf-8").splitlines()[1:] == ["e2,wait,,as forgotten-1 does"]
    assert json.loads(Path("arrangements.json").read_text("utf-8")) == [{"mentor": "m2", "mentee": "e2"}]


def test_whom_only_the_person_named_is_said_to_be_away_no_more() -> None:
    matching, cohort = matched()
    apart = rm.amend(matching, cohort, forbid=[("m3", "e1")], leave=["m3", "e1"])
    assert apart.added.away == ("e1", "m3")
    gone, people = rm.forget("m3", apart, apart.people)
    assert gone.added.away == ()
    assert findings(gone, people) == []
