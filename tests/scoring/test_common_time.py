"""Common time: against a minute-by-minute count, in matching, in rules, in the verifier, and in files."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.matching.policy_notes import policy_notes
from reverse_match.people.weekly_times import DAYS, minutes_of_week, weekly_times
from reverse_match.people.write import people_csv, people_json
from reverse_match.programme.arrangements.duo_meetings import DuoMeetings
from reverse_match.scoring.weekly_overlap import WeeklyOverlap
from reverse_match.verification.common_time import CommonTime
from reverse_match.views.cli.main import app
from rule_oracle import World, common_time, free_together, stated_by

if TYPE_CHECKING:
    from pathlib import Path

ZONES = ("Europe/Paris", "America/Los_Angeles", "Asia/Kolkata", "Pacific/Auckland", "UTC", None)


@st.composite
def times(draw: st.DrawFn) -> tuple[str, ...]:
    """Return weekly times, among them whole days and weeks, and times that touch midnight."""
    if draw(st.integers(0, 9)) == 0:
        return weekly_times([f"{day} 0-24" for day in DAYS])
    entries = []
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, 95))
        end = draw(st.integers(start + 1, 96))
        day = draw(st.sampled_from(DAYS))
        clocks = [f"{quarter // 4}:{quarter % 4 * 15:02}" for quarter in (start, end)]
        entries.append(f"{day} {clocks[0]}-{clocks[1]}")
    return weekly_times(entries)


@settings(max_examples=min(15, settings.default.max_examples), deadline=None)
@given(
    st.lists(st.tuples(times(), st.sampled_from(ZONES)), min_size=2, max_size=3),
    st.sampled_from([1, 15, 30, 45, 90, 600, 1440]),
)
def test_minutes_in_common_are_those_that_one_counts(
    people: list[tuple[tuple[str, ...], str | None]], slot: int
) -> None:
    overlap = WeeklyOverlap(people, slot)
    size = len(people)
    tile = overlap.minutes(*np.ogrid[:size, :size])
    rows, columns = (part.ravel() for part in np.indices((size, size)))
    assert (overlap.minutes(rows, columns) == tile.ravel()).all()
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        assert tile[row, column] == free_together(people[row], people[column], slot)


@settings(max_examples=min(15, settings.default.max_examples), deadline=None)
@given(
    st.lists(st.tuples(times(), st.sampled_from(ZONES)), min_size=2, max_size=3),
    st.sampled_from([1, 30, 45, 600]),
    st.integers(1, 3000),
)
def test_the_verifier_counts_the_same(
    people: list[tuple[tuple[str, ...], str | None]], slot: int, at_least: int
) -> None:
    every = slice(0, len(people))
    reached = CommonTime(people, people, slot).reaches(at_least, every, every)
    expected = [[free_together(one, other, slot) >= at_least for other in people] for one in people]
    assert reached.tolist() == expected


def person(identity: str, role: str, available: str, **more: object) -> dict[str, object]:
    return {"id": identity, "role": role, "available": available, **more}


PEOPLE = [
    person("ada", "mentor", "Mon 9-12"),
    person("bob", "mentor", "Tue pm"),
    person("cyd", "mentor", ""),
    person("eve", "mentee", "Mon 11-11:30;Tue 16-20"),
    person("flo", "mentee", "Mon 11:15-18"),
    person("gus", "mentee", "Sun"),
]
TIME = {"kind": "common_time", "name": "time", "weight": 1, "enough": 60, "missing": 0.25}


def test_the_value_is_the_share_of_what_is_enough_or_of_what_is_stated() -> None:
    policy = rm.Policy.model_validate({"criteria": [TIME], "rules": []})
    scores = rm.score_matrix(rm.Cohort.from_records(PEOPLE), policy)
    # ada and eve have 30 minutes of 60, ada and flo 45; bob and eve 60 of 60; cyd has stated nothing
    assert scores.tolist() == [[0.5, 0.75, 0], [1, 0, 0], [0.25, 0.25, 0.25]]


def test_whoever_states_little_is_measured_by_that() -> None:
    people = [person("ada", "mentor", "Mon 9-17"), person("eve", "mentee", "Mon 9-9:40")]
    policy = rm.Policy.model_validate({"criteria": [TIME], "rules": []})
    assert rm.score_matrix(rm.Cohort.from_records(people), policy).tolist() == [[1]]


@pytest.mark.parametrize(
    ("rule", "allowed"),
    [
        ({"at_least": 30}, [("ada", "eve"), ("ada", "flo"), ("bob", "eve")]),
        ({"at_least": 45}, [("ada", "flo"), ("bob", "eve")]),
        ({"at_least": 60, "slot": 15}, [("bob", "eve")]),
        ({"at_least": 30, "if_unknown": "allow"}, [("ada", "eve"), ("ada", "flo"), ("bob", "eve"), "cyd"]),
    ],
)
def test_the_rule(rule: dict[str, object], allowed: list[object]) -> None:
    policy = rm.Policy.model_validate(
        {"criteria": [TIME], "rules": [{"kind": "common_time", "if_unknown": "forbid", **rule}]}
    )
    cohort = rm.Cohort.from_records(PEOPLE)
    scores = rm.score_matrix(cohort, policy)
    expected = [
        (mentor.id, mentee.id) in allowed or mentor.id in allowed
        for mentor in cohort.mentors
        for mentee in cohort.mentees
    ]
    assert (~np.isnan(scores)).ravel().tolist() == expected
    rm.verify(rm.match(cohort, policy), cohort, policy)


def test_time_zones_shift_the_clocks_in_winter_and_in_summer() -> None:
    # from the end of March to October both clocks are an hour ahead: the difference stays; Kolkata's does not
    people = [
        person("ada", "mentor", "Mon 9-10", timezone="Europe/Paris"),
        person("eve", "mentee", "Mon 8-9", timezone="Europe/London"),
        person("flo", "mentee", "Mon 13:30-14:30", timezone="Asia/Kolkata"),
        person("gus", "mentee", "Mon 9-10"),
    ]
    policy = rm.Policy.model_validate({"criteria": [{**TIME, "missing": 0.125}], "rules": []})
    assert rm.score_matrix(rm.Cohort.from_records(people), policy).tolist() == [[1, 0, 0.125]]


def test_a_cohort_without_times_keeps_its_digest_and_a_file_reads_back() -> None:
    with_times = rm.Cohort.from_records(PEOPLE)
    without = rm.Cohort.from_records([{**one, "available": ""} for one in PEOPLE])
    plain = rm.Cohort.from_records([{key: one[key] for key in ("id", "role")} for one in PEOPLE])
    assert without.sha256 == plain.sha256 != with_times.sha256
    assert with_times.participants[0].model_dump(mode="json")["available"] == ["Mon 09:00-12:00"]
    assert "available" not in plain.participants[0].model_dump(mode="json")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("whenever", "not weekly times; right would be days with times, such as Mon 9-12;Thu 14:00-17:30"),
        ("Mon 12-9", "ends before it begins"),
        ("Mon 9-25", "from 0:00 to 24:00"),
    ],
)
def test_what_is_no_time_is_a_fault(text: str, message: str) -> None:
    with pytest.raises(rm.errors.CohortError, match=message) as caught:
        rm.Cohort.from_records([person("ada", "mentor", text), person("eve", "mentee", "")])
    assert caught.value.faults[0].column == "available"


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        ({"at_least": 0}, "at_least"),
        ({"at_least": 30, "slot": 45}, "slot is longer than at_least"),
        ({"at_least": 20_000}, "at_least"),
        ({}, "at_least"),
    ],
)
def test_a_condition_that_makes_no_sense_is_refused(condition: dict[str, object], message: str) -> None:
    with pytest.raises(rm.errors.PolicyError, match=message):
        rm.Policy.model_validate({"rules": [{"kind": "common_time", **condition}]})


def test_a_matching_with_a_pair_that_has_no_time_is_refused() -> None:
    policy = rm.Policy.model_validate(
        {"criteria": [TIME], "rules": [{"kind": "common_time", "at_least": 45}]}
    )
    cohort = rm.Cohort.from_records(PEOPLE)
    free = rm.match(cohort, rm.Policy.model_validate({"criteria": [TIME], "rules": []}))
    stored = free.model_copy(update={"policy": policy})
    with pytest.raises(rm.errors.VerificationError):
        rm.verify(stored, cohort, policy)


RECORDS = st.lists(
    st.tuples(times() | st.just(()), st.sampled_from(ZONES), st.sampled_from(["mentor", "mentee", "both"])),
    min_size=2,
    max_size=6,
)


@settings(max_examples=min(25, settings.default.max_examples), deadline=None)
@given(RECORDS, st.sampled_from([{"at_least": 60}, {"at_least": 90, "slot": 15}, {"at_least": 3000}]))
def test_scores_and_rule_are_those_of_a_second_opinion(
    stated: list[tuple[tuple[str, ...], str | None, str]], rule: dict[str, int]
) -> None:
    ends = [((), None, "mentor"), (("Mon 09:00-10:00",), None, "mentee")]
    records = [
        {"id": f"p{place}", "role": role, "available": ";".join(times), "timezone": zone}
        for place, (times, zone, role) in enumerate([*stated, *ends])
    ]
    cohort = rm.Cohort.from_records(records)
    criterion = {"kind": "common_time", "name": "time", "weight": 1, "enough": 200, "slot": 20, "missing": 0}
    policy = rm.Policy.model_validate(
        {"criteria": [criterion], "rules": [{"kind": "common_time", "if_unknown": "allow", **rule}]}
    )
    scores = rm.score_matrix(cohort, policy)
    by_id = {str(one["id"]): one for one in records}
    for row, mentor in enumerate(cohort.mentors):
        for column, mentee in enumerate(cohort.mentees):
            one, other = by_id[mentor.id], by_id[mentee.id]
            true = common_time(rule, one, other, World([]))
            assert np.isnan(scores[row, column]) == (mentor is mentee or true is False)
            if mentor is not mentee and true is not False:
                assert scores[row, column] == pytest.approx(value_of(one, other), abs=1e-6)
    matching = rm.match(cohort, policy)
    rm.verify(matching, cohort, policy)
    for duo in matching.duos:
        sides = [
            (weekly_times(side["available"]), side["timezone"])
            for side in (by_id[duo.mentor], by_id[duo.mentee])
        ]
        slot = min(20, rule.get("slot", rule["at_least"]))
        one_clock = len({zone is None for _, zone in sides}) == 1
        # what holds in both seasons by the mentor's clock is no more than what each season has
        found = sum(end - start for start, end in minutes_of_week(duo.common_times))
        assert found <= (free_together(*sides, slot) if one_clock else 0)
        if one_clock and sides[0][1] == sides[1][1]:
            assert found == free_together(*sides, slot)


@st.composite
def people_on_site(draw: st.DrawFn) -> list[dict[str, str | None]]:
    """Return people who are on site on some days, some at named places, some also with times free."""
    records = []
    for number in range(draw(st.integers(2, 6))):
        days = draw(st.lists(st.sampled_from(DAYS[:3]), unique=True, max_size=3))
        places = [draw(st.sampled_from(["", "", "@Lyon", "@LYON ", "@Paris"])) for _ in days]
        hours = [draw(st.sampled_from(["", "am", "8-10:30", "22-24", "0-9"])) for _ in days]
        entries = (f"{day} {hour} {place}" for day, hour, place in zip(days, hours, places, strict=True))
        records.append(
            {
                "id": f"p{number}",
                "role": ("mentor", "mentee", "both")[number % 3],
                "on_site": ";".join(entries),
                "available": ";".join(draw(times() | st.just(()) | st.just(("Mon 08:00-12:00",)))),
                "location": draw(st.sampled_from(["Lyon", "Paris", None])),
                "timezone": draw(st.sampled_from(["Europe/Paris", "Europe/London", None])),
            }
        )
    return records


@settings(max_examples=min(60, settings.default.max_examples), deadline=None)
@given(people_on_site(), st.sampled_from([{"at_least": 60}, {"at_least": 90, "slot": 15}]))
def test_time_on_site_is_that_of_a_second_opinion(
    records: list[dict[str, str | None]], said: dict[str, int]
) -> None:
    rule = {**said, "on_site": True}
    cohort = rm.Cohort.from_records(records)
    criterion = {**TIME, "enough": 200, "slot": 20, "missing": 0, "on_site": True}
    policy = rm.Policy.model_validate(
        {"criteria": [criterion], "rules": [{"kind": "common_time", "if_unknown": "allow", **rule}]}
    )
    assert rm.Policy.model_validate(policy.model_dump(mode="json")) == policy
    scores = rm.score_matrix(cohort, policy)
    by_id = {str(one["id"]): one for one in records}
    for row, mentor in enumerate(cohort.mentors):
        for column, mentee in enumerate(cohort.mentees):
            one, other = by_id[mentor.id], by_id[mentee.id]
            true = common_time(rule, one, other, World([]))
            assert np.isnan(scores[row, column]) == (mentor is mentee or true is False)
            if mentor is not mentee and true is not False:
                known = common_time(rule, one, other, World([])) is not None
                sides = [stated_by(side, on_site=True) for side in (one, other)]
                most = min(200, *(free_together(side, side, 20) for side in sides))
                value = min(1, free_together(*sides, 20) / most) if most and known else 0
                assert scores[row, column] == pytest.approx(value, abs=1e-6)
    matching = rm.match(cohort, policy)
    rm.verify(matching, cohort, policy)
    for duo in matching.duos:
        assert matching.explain(duo.mentor, duo.mentee).common_times == duo.common_times
        sides = [stated_by(by_id[one], on_site=True) for one in (duo.mentor, duo.mentee)]
        found = sum(
            end - start
            for start, end in minutes_of_week(time.partition(" @")[0] for time in duo.common_times)
        )
        known = common_time(rule, by_id[duo.mentor], by_id[duo.mentee], World([])) is not None
        assert found == (free_together(*sides, min(20, said.get("slot", 60))) if known else 0)


def test_days_on_site_in_a_duo_in_words_and_in_the_calendar() -> None:
    people = [
        {"id": "ada", "role": "mentor", "location": "Lyon", "on_site": "Mon;Wed;Thu @Paris"},
        {"id": "eve", "role": "mentee", "location": "LYON", "on_site": "Wed;Thu", "available": "Wed pm;Thu"},
        {"id": "flo", "role": "mentee", "location": "Nice", "on_site": "Mon;Wed;Thu"},
    ]
    rule = {"kind": "common_time", "at_least": 45, "on_site": True, "if_unknown": "forbid"}
    policy = rm.Policy.model_validate({"criteria": [TIME], "rules": [rule]})
    cohort = rm.Cohort.from_records(people)
    matching = rm.match(cohort, policy)
    [duo] = matching.duos
    assert (duo.mentee, duo.common_times) == ("eve", ("Wed 14:00-17:00 @Lyon",))
    answer = matching.explain("ada", "eve")
    assert (
        "Both can meet on site on Wed 14:00\N{EN DASH}17:00 (Lyon) (by the mentor's clock)."
        in answer.sentences()
    )
    assert any("sur site" in sentence and "mercredi 14" in sentence for sentence in answer.sentences("fr"))
    plan = rm.Programme(start="2027-01-11", months=2, timezone="Europe/Paris")
    lines = rm.calendar(matching, plan, cohort=cohort).splitlines()
    meetings = [line for line in lines if line.startswith("DTSTART;TZID")]
    assert len(meetings) == lines.count("LOCATION:Lyon") == 5
    assert {line[-6:] for line in meetings} == {"140000"}
    told = matching.model_dump(mode="json")
    for false in (["Wed 14:00-17:00 @Paris"], ["Wed 14:00-17:00"], ["Wed 13:00-17:00 @Lyon"]):
        told["duos"][0]["common_times"] = false
        with pytest.raises(rm.errors.VerificationError, match="times said to be in common"):
            rm.verify(rm.Matching.model_validate(told), cohort, policy)


def test_synonyms_of_a_policy_hold_for_places() -> None:
    people = [
        {"id": "ada", "role": "mentor", "on_site": "Mon @HQ"},
        {"id": "eve", "role": "mentee", "on_site": "Mon @Headquarters"},
    ]
    cohort = rm.Cohort.from_records(people)
    rules = [{"kind": "common_time", "at_least": 45, "on_site": True}]
    apart = rm.Policy.model_validate({"rules": rules})
    assert not rm.match(cohort, apart).duos
    same = rm.Policy.model_validate({"rules": rules, "synonyms": {"Headquarters": ["HQ"]}})
    matching = rm.match(cohort, same)
    assert matching.duos[0].common_times == ("Mon 00:00-24:00 @HQ",)
    rm.verify(matching, cohort, same)


def test_a_session_of_the_programme_is_the_slot_where_the_policy_says_none(tmp_path: Path) -> None:
    people = [person("ada", "mentor", "Mon 9-9:50;Tue 9-9:50"), person("eve", "mentee", "Mon 8-10;Tue 9-10")]
    data = {"criteria": [{**TIME, "enough": 100}], "rules": [{"kind": "common_time", "at_least": 90}]}
    policy, cohort = rm.Policy.model_validate(data), rm.Cohort.from_records(people)
    assert not rm.match(cohort, policy).duos  # 100 minutes, but not in one piece
    programme = rm.Programme(start="2027-01-11", months=1)
    own = programme.with_slots(policy)
    assert [own.rules[0].slot, own.criteria[0].slot] == [45, 45]  # type: ignore[union-attr]
    assert programme.with_slots(own) == own
    matching = rm.match(cohort, own)
    assert matching.duos[0].score == 1
    rm.verify(matching, cohort, own)
    less = rm.Policy.model_validate({"rules": [{"kind": "common_time", "at_least": 30}]})
    assert programme.with_slots(less) == less
    files = {
        "people.json": people,
        "policy.json": data,
        "programme.json": {"start": "2027-01-11", "months": 1},
    }
    for name, content in files.items():
        (tmp_path / name).write_text(json.dumps(content))
    names = [str(tmp_path / name) for name in (*files, "out.json")]
    options = ["--policy", names[1], "--programme", names[2], "--out", names[3]]
    assert CliRunner().invoke(app, ["match", names[0], *options]).exit_code == 0
    stored = rm.Matching.from_json((tmp_path / "out.json").read_text())
    assert (stored.policy, stored.duos) == (own, matching.duos)


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_people_are_written_with_their_times_and_read_back(ending: str, tmp_path: Path) -> None:
    people = [
        person(
            "ada", "mentor", "Mon 9-12;Thu pm", on_site="Mon @Lyon, Croix-Rousse;Tue", timezone="Europe/Paris"
        ),
        person("eve", "mentee", "Wed", on_site="", location="Lyon"),
    ]
    cohort = rm.Cohort.from_records(people)
    file = tmp_path / f"people.{ending}"
    file.write_text(people_json(cohort) if ending == "json" else people_csv(cohort, file.name))
    read = rm.read_cohort(file)
    assert read.participants == cohort.participants
    assert read.sha256 == cohort.sha256
    assert read.notes == ()


def test_the_calendar_of_two_zones_of_clocks_that_change_and_of_slots_that_are_too_short() -> None:
    people = [
        person("ada", "mentor", "Wed 15-17;Thu 9-9:20", timezone="Europe/Paris", name="Ada"),
        person("eve", "mentee", "Wed 9-11", timezone="America/New_York"),
        person("flo", "mentor", "Thu 9-9:20", timezone="Europe/Paris"),
        person("gus", "mentee", "Thu 8-9:20", timezone="Europe/Paris"),
    ]
    cohort = rm.Cohort.from_records(people)
    fixed = {"kind": "fix", "pairs": [["ada", "eve"], ["flo", "gus"]]}
    matching = rm.match(cohort, rm.Policy.model_validate({"rules": [fixed]}))  # asks for no time
    plan = rm.Programme(start="2027-02-01", months=4, timezone="Europe/London")
    begins = {}
    for duo in matching.duos:
        text = rm.calendar(matching, plan, duo=(duo.mentor, duo.mentee), cohort=cohort, anonymous=True)
        assert "Ada" not in text
        begins[duo.mentor] = [line.split(":")[1] for line in text.splitlines() if line.startswith("DTSTART;")]
    meetings = [one for one in begins["ada"] if "T" in one]
    # Paris is an hour ahead of London, all the year; the two are free from 15 to 17, by the clock of Paris
    assert {(date.fromisoformat(one[:8]).weekday(), one[9:13]) for one in meetings} == {(2, "1400")}
    assert meetings[-1] > "20270328" > meetings[0]
    own = [one for one in begins["flo"] if "T" in one]
    assert {one[9:13] for one in own} == {"1000"}  # twenty minutes are no session: as the programme plans
    meetings_of = DuoMeetings(matching, plan, cohort)
    assert [len(meetings_of.of(duo, 1)) for duo in matching.duos] == [9] * len(matching.duos)
    assert meetings_of.without_slot == 1


def test_notes_count_who_states_no_times() -> None:
    people = [
        person("ada", "mentor", "Mon", timezone="Europe/Paris"),
        person("bob", "mentor", ""),
        person("eve", "mentee", "Mon"),
    ]
    policy = rm.Policy.model_validate(
        {"criteria": [TIME], "rules": [{"kind": "common_time", "at_least": 45, "if_unknown": "forbid"}]}
    )
    assert [str(note) for note in policy_notes(policy, rm.Cohort.from_records(people))] == [
        "rules[0]: 1 person does not fill 'available', and the rule forbids every pair of theirs",
        "1 person does not fill 'available', and criterion 'time' is not known for pairs of theirs",
        "1 person states times without a time zone, which others have: no time in common with them is known",
    ]


def value_of(one: dict[str, str | None], other: dict[str, str | None]) -> float:
    sides = [(weekly_times(side["available"]), side["timezone"]) for side in (one, other)]
    if not all(times for times, _ in sides) or len({zone is None for _, zone in sides}) == 2:
        return 0
    most = min(200, *(free_together(side, side, 20) for side in sides))
    return min(1, free_together(*sides, 20) / most) if most else 0


def test_a_duo_has_the_times_at_which_it_can_meet_and_they_are_verified() -> None:
    people = [
        person("ada", "mentor", "Mon 9-12;Wed 22-24;Thu 0-1", timezone="Europe/Paris"),
        person("eve", "mentee", "Mon 8-9;Wed 21:30-23:30", timezone="Europe/London"),
    ]
    policy = rm.Policy.model_validate({"rules": [{"kind": "common_time", "at_least": 45}]})
    cohort = rm.Cohort.from_records(people)
    matching = rm.match(cohort, policy)
    assert matching.duos[0].common_times == (*("Mon 09:00-10:00", "Wed 22:30-24:00", "Thu 00:00-00:30"),)
    assert matching.explain("ada", "eve").common_times == matching.duos[0].common_times
    assert rm.Matching.from_json(matching.to_json()) == matching
    told = matching.model_dump(mode="json")
    told["duos"][0]["common_times"] = ["Mon 09:00-11:00"]
    with pytest.raises(rm.errors.VerificationError, match="times said to be in common"):
        rm.verify(rm.Matching.model_validate(told), cohort, policy)


def test_a_study_that_adds_the_rule_shows_the_times() -> None:
    cohort = rm.Cohort.from_records(
        [person("ada", "mentor", "Mon 9-12"), person("eve", "mentee", "Mon 8-10")]
    )
    rule = rm.Policy.model_validate({"rules": [{"kind": "common_time", "at_least": 45}]}).rules[0]
    study = rm.Study(cohort, rm.Policy.model_validate({"rules": []}))
    found = study.scenario("together", rules=[rule]).matching
    assert found.duos[0].common_times == ("Mon 09:00-10:00",)
    assert found == rm.match(cohort, found.policy)


def test_the_times_in_words_and_in_the_calendar() -> None:
    people = [
        person("ada", "mentor", "Thu 9-12", timezone="Europe/Paris"),
        person("eve", "mentee", "Thu 9:30-10:30", timezone="Europe/Paris"),
    ]
    cohort = rm.Cohort.from_records(people)
    policy = rm.Policy.model_validate({"rules": [{"kind": "common_time", "at_least": 45}]})
    matching = rm.match(cohort, policy)
    answer = matching.explain("ada", "eve")
    assert "Both are free on Thu 9:30\N{EN DASH}10:30 (by the mentor's clock)." in answer.sentences()
    assert any("jeudi 9" in sentence for sentence in answer.sentences("fr"))
    plan = rm.Programme(start="2027-01-11", months=4, timezone="Europe/Paris")
    planned = rm.calendar(matching, plan)
    common = rm.calendar(matching, plan, cohort=cohort)
    assert "DTSTART;TZID=Europe/Paris:20270111T100000" in planned  # a Monday, for everybody
    begins = [line.split(":")[1] for line in common.splitlines() if line.startswith("DTSTART;TZID")]
    assert len(begins) == 9
    assert {(date.fromisoformat(begin[:8]).weekday(), begin[9:13]) for begin in begins} == {(3, "0945")}
