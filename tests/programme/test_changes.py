"""A table of changes: what each row means, every fault at once, the log, and what verification finds in it."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reverse_match as rm
from reverse_match.programme.changes.words import change_meant, reason_meant

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE: list[dict[str, Any]] = [
    {"id": "m1", "role": "mentor", "offers": "Python:5", "name": "Léa Roux"},
    {"id": "m2", "role": "mentor", "offers": "Excel:5", "age": 50},
    {"id": "m3", "role": "mentor", "offers": "SQL:4", "team": "blue"},
    {"id": "e1", "role": "mentee", "seeks": "Python", "avoids": "m3"},
    {"id": "e2", "role": "mentee", "seeks": "Excel"},
    {"id": "e3", "role": "mentee", "seeks": "SQL"},
]

Rows = list[dict[str, Any]]


def pairs(matching: rm.Matching) -> set[tuple[str, str]]:
    return {(duo.mentor, duo.mentee) for duo in matching.duos}


@pytest.fixture(scope="module")
def cohort() -> rm.Cohort:
    return rm.Cohort.from_records(PEOPLE)


@pytest.fixture(scope="module")
def matching(cohort: rm.Cohort) -> rm.Matching:
    formed = rm.match(cohort)
    assert pairs(formed) == {("m1", "e1"), ("m2", "e2"), ("m3", "e3")}
    return formed


def person(matching: rm.Matching, identity: str) -> rm.Participant:
    people = matching.people
    return people.participants[people.position[identity]]


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        *(("refuse", "decline"), ("part", "leave"), ("revient", "return"), ("arrive", "join")),
        *(("Corrige", "correct"), ("attend", "wait"), ("Capacité", "capacity"), ("départ", "leave")),
    ],
)
def test_words_of_changes(word: str, kind: str) -> None:
    assert change_meant(word) == kind
    assert change_meant(kind) == kind


def test_words_of_reasons() -> None:
    assert reason_meant("Pas le temps") == reason_meant("no time") == reason_meant("no_time") == "no_time"
    assert reason_meant("connaît la personne") == "knows_the_person"
    assert reason_meant("she sings") is None


def test_each_change_is_told_as_what_it_was(matching: rm.Matching, cohort: rm.Cohort) -> None:
    changes = [
        {"id": "e1", "change": "decline", "partner": "m1", "reason": "no time", "comment": "he sings"},
        {"id": "e2", "change": "leave", "reason": "new job in Oslo"},
        {"id": "m4", "change": "join", "role": "mentor", "offers": "Python:3"},
        {"id": "m2", "change": "correct", "offers": "Python:4", "age": "(empty)"},
        {"id": "e3", "change": "wait"},
    ]
    amended = rm.amend(matching, cohort, changes=changes, author="Ada")
    entry = amended.log[-1]
    assert [(one.person, one.kind, one.partner, one.reason, one.fields) for one in entry.logged] == [
        ("e1", "declined", "m1", "no_time", ()),
        ("e2", "left", None, "other", ()),
        ("e3", "waiting", None, None, ()),
        ("m2", "corrected", None, None, ("age", "offers")),
        ("m4", "joined", None, None, ()),
    ]
    assert (entry.left, entry.joined, entry.corrected, entry.waiting) == (("e2",), ("m4",), ("m2",), ("e3",))
    assert entry.forbidden == (("e1", "m1"),)
    assert "sings" not in amended.to_json()
    assert "Oslo" not in amended.to_json()
    assert "2 reasons or comments in own words left out of the log" in str(amended.people.notes[-1])
    assert person(amended, "m2").offers == {"Python": 4}
    assert person(amended, "m2").age is None
    assert {left.id for left in amended.unmatched} >= {"e3"}
    rm.verify(rm.Matching.from_json(amended.to_json()), amended.people, rm.Policy())
    kept = rm.amend(matching, cohort, changes=changes, with_comments=True)
    assert [one.comment for one in kept.log[-1].logged] == ["he sings", "new job in Oslo", None, None, None]


def test_a_correction_keeps_all_that_holds(matching: rm.Matching, cohort: rm.Cohort) -> None:
    first = rm.amend(matching, cohort, fix=[("m2", "e1")], forbid=[("m1", "e3")])
    people = first.people
    changes: Rows = [
        {"id": "e1", "change": "correct", "seeks": "Go"},
        {"id": "e3", "change": "correct", "goals": "x"},
    ]
    later = rm.amend(first, people, changes=changes)
    assert ("m2", "e1") in pairs(later)
    assert person(later, "e1").avoids == ("m3",)
    assert later.added.rules == first.added.rules
    entry = later.log[-1]
    assert (entry.left, entry.joined, entry.avoided, entry.new) == ((), (), (), ())
    assert [one.id for one in later.people.participants] == [one.id for one in people.participants]
    rm.verify(later, later.people)


def test_who_leaves_returns_with_what_held(matching: rm.Matching, cohort: rm.Cohort, tmp_path: Path) -> None:
    away = rm.amend(matching, cohort, forbid=[("m1", "e2")], changes=[{"id": "e1", "change": "leave"}])
    gone = away.people
    own = {"id": "e1", "change": "return", "role": "mentee", "seeks": "SQL"}
    back = rm.amend(away, gone, changes=[own])
    assert [(one.kind, one.person) for one in back.log[-1].logged] == [("returned", "e1")]
    assert back.added.avoided == (("e1", "m3"),)
    rm.verify(back, back.people)
    with_record = rm.amend(
        away, gone, join=[cohort.participants[3]], changes=[{"id": "e1", "change": "revient"}]
    )
    assert person(with_record, "e1") == cohort.participants[3]
    assert pairs(with_record) == pairs(matching)
    with pytest.raises(rm.errors.CohortError, match="no record to return with"):
        rm.amend(away, gone, changes=[{"id": "e1", "change": "return"}])


def test_who_waits_has_no_duo_this_time_and_comes_before_who_joins_later() -> None:
    people = [
        {"id": "m1", "role": "mentor", "offers": "SQL"},
        {"id": "e1", "role": "mentee", "seeks": "Excel"},
    ]
    cohort = rm.Cohort.from_records(people)
    policy = rm.Policy(rules=[{"kind": "fix", "pairs": [["m1", "e1"]]}])
    for asked in (rm.Policy(), policy):
        matching = rm.match(cohort, asked)
        waits = rm.amend(matching, cohort, asked, changes=[{"id": "e1", "change": "wait"}])
        assert waits.duos == ()
        assert (waits.log[-1].changes, waits.added.waiting) == (0, ("e1",))
        rm.verify(waits, cohort, asked)
        later = rm.amend(waits, cohort, asked, join=[{"id": "e2", "role": "mentee", "seeks": "SQL"}])
        assert pairs(later) == {("m1", "e1")}
        assert later.added.waiting == ()
        rm.verify(later, later.people, asked)
    again = rm.rotate(waits, cohort, asked, on="2027-01-01")
    assert again.added.waiting == ()
    assert [(credit.mentees, credit.points) for credit in again.added.credits] == [(("e1",), 0.5)]


def test_rotation_keeps_a_declined_duo_apart(matching: rm.Matching, cohort: rm.Cohort) -> None:
    declined = rm.amend(matching, cohort, changes=[{"id": "m2", "change": "decline", "partner": "e2"}])
    later = rm.rotate(declined, cohort, on="2027-01-01")
    assert ("e2", "m2") in [tuple(sorted(pair)) for pair in later.rotation.forbidden]  # type: ignore[union-attr]
    rm.verify(later, later.people)


FAULTS: list[tuple[Rows, int, str | None, str]] = [
    ([{"id": "e1", "change": "sings"}], 1, "change", "unknown change"),
    ([{"id": "e1"}, {"change": "wait"}], 2, "id", "every change is one of a person"),
    ([{"id": "zz", "change": "wait"}], 1, "id", "nobody"),
    ([{"id": "e1", "change": "decline"}], 1, "partner", "whom the person declines"),
    ([{"id": "e1", "change": "decline", "partner": "m2"}], 1, "partner", "no duo"),
    ([{"id": "e1", "change": "wait", "partner": "m1"}], 1, "partner", "only who declines"),
    ([{"id": "e1", "change": "wait", "seeks": "Go"}], 1, "seeks", "goes with join"),
    ([{"id": "e1", "change": "correct"}], 1, None, "nothing is corrected"),
    ([{"id": "e1", "change": "capacity", "seeks": "Go"}], 1, "seeks", "no number of duos"),
    ([{"id": "e1", "change": "correct", "seeks": "Go:9"}], 1, "seeks", "right would be a whole number"),
    ([{"id": "e1", "change": "correct", "first_name": "Ada"}], 1, "name", "half a name"),
    ([{"id": "e1", "change": "join", "role": "mentee"}], 1, "id", "'correct'"),
    ([{"id": "n1", "change": "return", "role": "mentee"}], 1, "id", "nobody who is away"),
    ([{"id": "n1", "change": "join", "seeks": "Go"}], 1, "role", "missing"),
    ([{"id": "e1", "change": "leave"}, {"id": "e1", "change": "leave"}], 2, "change", "once is enough"),
    (
        [{"id": "e1", "change": "leave"}, {"id": "e1", "change": "correct", "seeks": "Go"}],
        2,
        "change",
        "leaves in row 1",
    ),
    (
        [{"id": "e1", "change": "correct", "seeks": "Go"}, {"id": "e1", "change": "correct", "seeks": "C"}],
        2,
        "seeks",
        "corrected in row 1, too",
    ),
    (
        [
            {"id": "e1", "change": "decline", "partner": "m1"},
            {"id": "m1", "change": "decline", "partner": "e1"},
        ],
        2,
        "partner",
        "the same duo as in row 1",
    ),
]


@pytest.mark.parametrize(("changes", "row", "column", "message"), FAULTS)
def test_faults(
    changes: Rows, row: int, column: str | None, message: str, matching: rm.Matching, cohort: rm.Cohort
) -> None:
    with pytest.raises(rm.errors.CohortError) as caught:
        rm.amend(matching, cohort, changes=changes)
    found = [
        (fault.source, fault.row, fault.column) for fault in caught.value.faults if message in fault.message
    ]
    assert found == [("changes", row, column)]


def test_every_fault_at_once_under_the_headings_of_the_file(
    matching: rm.Matching, cohort: rm.Cohort, tmp_path: Path
) -> None:
    file = tmp_path / "changes.csv"
    file.write_text(
        "Matricule;Changement;Partenaire;Année de naissance\ne1;dort;;\ne2;refuse;m1;\ne3;corrige;;1700\n"
    )
    with pytest.raises(rm.errors.CohortError) as caught:
        rm.amend(matching, cohort, changes=file)
    assert [(fault.source, fault.row, fault.column) for fault in caught.value.faults] == [
        ("changes.csv", 2, "Changement"),
        ("changes.csv", 3, "Partenaire"),
        ("changes.csv", 4, "Année de naissance"),
    ]
    file.write_text("Matricule;Changement;Humeur\ne1;attend;gai\n")
    with pytest.raises(
        rm.errors.CohortError, match=r"changes\.csv, 'Humeur': a column that nobody's record has"
    ):
        rm.amend(matching, cohort, changes=file)


def test_frames_and_records_say_the_same(matching: rm.Matching, cohort: rm.Cohort, tmp_path: Path) -> None:
    import pandas as pd

    rows = [{"id": "e1", "change": "wait", "age": None}, {"id": "m2", "change": "correct", "age": 51}]
    by_records = rm.amend(matching, cohort, changes=rows)
    assert rm.amend(matching, cohort, changes=pd.DataFrame(rows)) == by_records
    file = tmp_path / "changes.csv"
    file.write_text("id,change,age\ne1,wait,\nm2,correct,51\n")
    assert rm.amend(matching, cohort, changes=file) == by_records
    assert rm.amend(matching, cohort, changes=str(file)) == by_records


def test_a_signed_log_wants_an_author_and_a_reason(cohort: rm.Cohort) -> None:
    policy = rm.Policy(log="signed")
    matching = rm.match(cohort, policy)
    change = {"id": "e1", "change": "wait"}
    with pytest.raises(rm.errors.PolicyError) as caught:
        rm.amend(matching, cohort, changes=[change])
    assert [fault.column for fault in caught.value.faults] == ["author", "reason"]
    with pytest.raises(rm.errors.PolicyError, match="author"):
        rm.amend(matching, cohort, forbid=[("m1", "e1")], reason="a wish")
    signed = rm.amend(matching, cohort, changes=[{**change, "reason": "no time"}], author="Ada")
    rm.verify(signed, cohort, policy)
    unsigned = signed.with_log((signed.log[0].model_copy(update={"author": None}),))
    with pytest.raises(rm.errors.VerificationError, match="has no author"):
        rm.verify(unsigned, cohort, policy)
    assert rm.Policy().sha256 != policy.sha256
    assert "log" not in rm.Policy().model_dump()


TAMPERED: list[tuple[str, Any]] = [
    ("corrected", ()),
    ("corrected", ("e1", "m2")),
    ("waiting", ()),
    ("waiting", ("e2", "e3")),
    ("logged", ()),
]


@pytest.mark.parametrize(("field", "value"), TAMPERED)
def test_tampering_with_the_log_is_found(
    field: str, value: Any, matching: rm.Matching, cohort: rm.Cohort
) -> None:
    changes = [
        {"id": "m2", "change": "correct", "age": 51},
        {"id": "e3", "change": "wait"},
        {"id": "e1", "change": "decline", "partner": "m1"},
    ]
    amended = rm.amend(matching, cohort, changes=changes)
    rm.verify(amended, amended.people)
    entry = amended.log[0].model_copy(update={field: value})
    with pytest.raises(rm.errors.VerificationError):
        rm.verify(amended.with_log((entry,)), amended.people)


def test_tampering_with_one_change_is_found(matching: rm.Matching, cohort: rm.Cohort) -> None:
    changes = [{"id": "e3", "change": "leave"}, {"id": "e1", "change": "decline", "partner": "m1"}]
    amended = rm.amend(matching, cohort, changes=changes)
    logged = amended.log[0].logged
    for place, update in (
        (0, {"partner": "m2"}),
        (0, {"kind": "waiting", "partner": None}),
        (1, {"person": "e2"}),
        (1, {"kind": "joined"}),
        (1, {"fields": ("age",)}),
    ):
        changed = tuple(
            one.model_copy(update=update) if number == place else one for number, one in enumerate(logged)
        )
        entry = amended.log[0].model_copy(update={"logged": changed})
        with pytest.raises(rm.errors.VerificationError):
            rm.verify(amended.with_log((entry,)), amended.people)


def test_who_leaves_and_joins_at_once_is_told_to_be_corrected(
    matching: rm.Matching, cohort: rm.Cohort
) -> None:
    amended = rm.amend(matching, cohort, leave=["e1"], join=[PEOPLE[3]])
    assert any("'e1' leaves and joins at once" in str(note) for note in amended.people.notes)
    with pytest.raises(rm.errors.CohortError, match="right would be 'correct'"):
        rm.amend(
            matching,
            cohort,
            changes=[{"id": "e1", "change": "leave"}, {"change": "join", **PEOPLE[3]}],
        )


KINDS = ("decline", "leave", "return", "join", "correct", "wait")


@settings(max_examples=min(15, settings.default.max_examples), deadline=None)
@given(st.data())
def test_any_changes_by_table_and_by_arguments(data: st.DataObject) -> None:
    """Nobody is lost or doubled, verification passes, and where arguments can say it they give the same."""
    policy = rm.Policy()
    cohort = rm.Cohort.from_records(PEOPLE)
    by_table = by_arguments = rm.match(cohort, policy)
    known = {one.id: one for one in cohort.participants}
    there = set(known)
    comparable = True
    for turn in range(3):
        changes, said = _drawn_changes(data, by_table, there, known, turn)
        corrected = any(row["change"] in ("correct", "wait") for row in changes)
        before = by_table.people
        by_table = rm.amend(by_table, before, policy, changes=changes)
        gone = {row["id"] for row in changes if row["change"] == "leave"}
        came = {row["id"] for row in changes if row["change"] in ("join", "return")}
        there = (there - gone) | came
        ids = [one.id for one in by_table.people.participants]
        assert sorted(ids) == sorted(there)
        assert not {duo.mentor for duo in by_table.duos} - there
        known |= {one.id: one for one in by_table.people.participants}
        rm.verify(rm.Matching.from_json(by_table.to_json()), by_table.people, policy)
        comparable = comparable and not corrected
        if comparable:
            by_arguments = rm.amend(by_arguments, before, policy, **said)
            assert by_arguments.duos == by_table.duos
            assert by_arguments.added == by_table.added


def _drawn_changes(
    data: st.DataObject,
    matching: rm.Matching,
    there: set[str],
    known: dict[str, rm.Participant],
    turn: int,
) -> tuple[Rows, dict[str, Any]]:
    """Return rows for different people, and what arguments say of the same."""
    away = sorted(set(known) - there)
    said: dict[str, Any] = {"forbid": [], "leave": [], "join": []}
    rows: Rows = []
    kinds = data.draw(st.lists(st.sampled_from(KINDS), max_size=3, unique=True))
    left = {"mentor": 2, "mentee": 2}
    free = sorted(there)
    for kind in kinds:
        if kind == "decline" and matching.duos:
            duo = data.draw(st.sampled_from(matching.duos))
            rows.append({"id": duo.mentee, "change": kind, "partner": duo.mentor})
            said["forbid"].append((duo.mentee, duo.mentor))
        elif kind == "join":
            record = {"id": f"n{turn}", "role": data.draw(st.sampled_from(["mentor", "mentee"]))}
            rows.append({**record, "change": kind})
            said["join"].append(record)
        elif kind == "return" and away:
            one = data.draw(st.sampled_from(away))
            record = {"id": one, "role": known[one].role}
            rows.append({**record, "change": kind})
            said["join"].append(record)
        elif kind in ("leave", "correct", "wait") and free:
            one = free.pop(data.draw(st.integers(0, len(free) - 1)))
            same = [name for name in there if known[name].role == known[one].role]
            if kind == "leave" and len(same) <= left[known[one].role]:
                continue
            rows.append({"id": one, "change": kind, **({"goals": f"g{turn}"} if kind == "correct" else {})})
            if kind == "leave":
                said["leave"].append(one)
    return rows, said


@settings(max_examples=min(20, settings.default.max_examples), deadline=None)
@given(st.integers(1, 3), st.integers(1, 4), st.integers(1, 3), st.integers(1, 2), st.data())
def test_who_was_there_comes_before_who_joins(
    mentors: int, mentees: int, joining: int, new_mentors: int, data: st.DataObject
) -> None:
    """Against every matching there is: as many duos, and of these the most of people who waited."""
    old = [{"id": f"m{number}", "role": "mentor"} for number in range(mentors)]
    old += [{"id": f"e{number}", "role": "mentee"} for number in range(mentees)]
    new = [{"id": f"n{number}", "role": "mentee"} for number in range(joining)]
    new += [{"id": f"w{number}", "role": "mentor"} for number in range(new_mentors)]
    everybody = [*old, *new]
    ids = {role: [one["id"] for one in everybody if one["role"] == role] for role in ("mentor", "mentee")}
    every = list(product(ids["mentor"], ids["mentee"]))
    apart = data.draw(st.lists(st.sampled_from(every), unique=True, max_size=len(every) - 1))
    first = rm.Cohort.from_records(old)
    records = [
        {**one, "avoids": [other for pair in apart if one["id"] == pair[0] for other in pair[1:]]}
        for one in new
    ]
    beside = [pair for pair in apart if pair[0][0] == "m" and pair[1][0] == "n"]
    asked = rm.Policy(rules=[{"kind": "avoids"}])
    at_first = [pair for pair in apart if pair[0][0] == "m" and pair[1][0] == "e"]
    matching = rm.amend(rm.match(first, asked), first, asked, forbid=at_first)
    amended = rm.amend(matching, first, asked, join=records, forbid=beside, at_most_changes=0)
    kept, duos = pairs(matching), pairs(amended)
    assert kept <= duos
    allowed = [pair for pair in every if pair not in apart]
    waiting = {
        "mentor": {one for one in ids["mentor"] if one[0] == "m"} - {pair[0] for pair in kept},
        "mentee": {one for one in ids["mentee"] if one[0] == "e"} - {pair[1] for pair in kept},
    }
    best_size, best = 0, {"mentor": 0, "mentee": 0}
    for found in _extensions(kept, allowed):
        served = {
            role: len(waiting[role] & {pair[side] for pair in found})
            for side, role in enumerate(("mentor", "mentee"))
        }
        if len(found) > best_size:
            best_size, best = len(found), served
        elif len(found) == best_size:
            best = {role: max(best[role], served[role]) for role in best}
    assert len(duos) == best_size
    for side, role in enumerate(("mentor", "mentee")):
        here = {pair[side] for pair in duos}
        newcomers = here - {one["id"] for one in old}
        if newcomers:
            assert len(waiting[role] & here) == best[role]
    rm.verify(amended, amended.people, asked)


def _extensions(kept: set[tuple[str, str]], allowed: list[tuple[str, str]]) -> list[set[tuple[str, str]]]:
    """Return every matching with these duos, in which each person has one at most."""
    found = [set(kept)]
    for pair in allowed:
        found += [
            {*duos, pair}
            for duos in found
            if pair[0] not in {one for one, _ in duos} and pair[1] not in {other for _, other in duos}
        ]
    return found
