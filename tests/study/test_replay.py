"""A replay: on each date the best match of those who are there; nobody is lost, doubled or counted wrongly."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from functools import cache
from math import isnan
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reverse_match as rm
from reverse_match.policy.hold_back import HoldBack
from reverse_match.study.intake.cadence import Cadence, read_cadences
from reverse_match.study.intake.waiting import WaitingFigures
from reverse_match.testing import invented_intake

if TYPE_CHECKING:
    from reverse_match.study.intake.record import CadenceFigures

pytestmark = pytest.mark.usefixtures("nothing_asked")

START = date(2026, 1, 31)
SKILLS = ("Python", "Notion", "SQL")
MILLION = 1_000_000


def day(number: int) -> str:
    return (START + timedelta(days=number)).isoformat()


@st.composite
def worlds(draw: st.DrawFn) -> list[dict[str, Any]]:
    roles = ["mentor", "mentee", *draw(st.lists(st.sampled_from(["mentor", "mentee", "both"]), max_size=5))]
    records = []
    for number, role in enumerate(roles):
        record: dict[str, Any] = {
            "id": f"p{number}",
            "role": role,
            "joined": day(draw(st.integers(0, 50))),
            "capacity": draw(st.integers(0 if number > 1 else 1, 2)),
            "age": draw(st.integers(20, 60)),
            "offers": {draw(st.sampled_from(SKILLS)): draw(st.integers(1, 5))},
            "seeks": {draw(st.sampled_from(SKILLS)): draw(st.integers(1, 3))},
            "department": draw(st.sampled_from(["A", "B", None])),
            "manager_id": draw(st.sampled_from([None, "p0"])) if number else None,
        }
        if role == "both" and record["capacity"] and draw(st.booleans()):
            record["capacity_in_all"] = 1
        records.append(record)
    return records


def places_of(record: dict[str, Any], role: str) -> int:
    return int(record["capacity"]) if record["role"] in (role, "both") else 0


def best(
    pairs: dict[tuple[str, str], int], room: dict[tuple[str, str], int], whole: dict[str, int]
) -> tuple[int, int]:
    """Return the most new duos, and their highest total, by trying to take and to leave every pair."""
    listed = sorted(pairs)

    @cache
    def rest(
        at: int, room: frozenset[tuple[tuple[str, str], int]], whole: frozenset[tuple[str, int]]
    ) -> tuple[int, int]:
        if at == len(listed):
            return 0, 0
        left = rest(at + 1, room, whole)
        mentor, mentee = listed[at]
        seats, people = dict(room), dict(whole)
        seats["mentor", mentor] -= 1
        seats["mentee", mentee] -= 1
        people[mentor] -= 1
        people[mentee] -= 1
        if min(*seats.values(), *people.values()) < 0:
            return left
        count, total = rest(at + 1, frozenset(seats.items()), frozenset(people.items()))
        return max(left, (count + 1, total + pairs[listed[at]]))

    return rest(0, frozenset(room.items()), frozenset(whole.items()))


def scores_of(records: list[dict[str, Any]]) -> dict[tuple[str, str], int]:
    cohort = rm.Cohort.from_records(records)
    matrix = rm.score_matrix(cohort)
    return {
        (mentor.id, mentee.id): round(float(matrix[row, column]) * MILLION)
        for row, mentor in enumerate(cohort.mentors)
        for column, mentee in enumerate(cohort.mentees)
        if not isnan(matrix[row, column])
    }


def allowed_score(waited: int, held: tuple[int, int, int]) -> int:
    first, last, days = held
    return first - (first - last) * min(waited, days) // days


def check_each_date(
    records: list[dict[str, Any]], of: CadenceFigures, dates: list[date], held: tuple[int, int, int] | None
) -> None:
    scores = scores_of(records)
    joined = {record["id"]: date.fromisoformat(record["joined"]) for record in records}
    room = {(role, r["id"]): places_of(r, role) for r in records for role in ("mentor", "mentee")}
    whole = {
        r["id"]: r.get("capacity_in_all", room["mentor", r["id"]] + room["mentee", r["id"]]) for r in records
    }
    before: set[tuple[str, str]] = set()
    for on in dates:
        there = {name for name, since in joined.items() if since <= on}
        possible = {
            pair: score
            for pair, score in scores.items()
            if pair not in before
            and there.issuperset(pair)
            and (held is None or score >= allowed_score(max((on - joined[name]).days for name in pair), held))
        }
        new = {(duo.mentor, duo.mentee): round(float(duo.score) * MILLION) for duo in of.duos if duo.on == on}
        assert new.keys() <= possible.keys()
        assert all(scores[pair] == score for pair, score in new.items())
        assert (len(new), sum(new.values())) == best(possible, room, whole)
        for mentor, mentee in new:
            room["mentor", mentor] -= 1
            room["mentee", mentee] -= 1
            whole[mentor] -= 1
            whole[mentee] -= 1
        assert min(*room.values(), *whole.values()) >= 0
        before |= new.keys()
    assert len(before) == len(of.duos)


def check_waiting(records: list[dict[str, Any]], of: CadenceFigures, dates: list[date], until: date) -> None:
    for role, figures in (("mentor", of.mentors), ("mentee", of.mentees)):
        waits, so_far = [], []
        for record in records:
            joined = date.fromisoformat(record["joined"])
            mine = [duo.on for duo in of.duos if getattr(duo, role) == record["id"]]
            both = [duo for duo in of.duos if record["id"] in (duo.mentor, duo.mentee)]
            if not places_of(record, role) or (not mine and len(both) >= record.get("capacity_in_all", 99)):
                continue
            if mine:
                waits.append((min(mine) - joined).days)
            else:
                so_far.append(joined)
        waits.sort()
        assert (figures.people, figures.matched) == (len(waits) + len(so_far), len(waits))
        assert figures.still_waiting == len(so_far)
        assert figures.joined_since == sum(joined > dates[-1] for joined in so_far)
        assert figures.longest_so_far == max(((until - joined).days for joined in so_far), default=None)
        if waits:
            assert figures.mean == pytest.approx(sum(waits) / len(waits), abs=1e-6)
            assert figures.longest == waits[-1]
            enough = [days for days in waits if 10 * sum(one <= days for one in waits) >= 9 * len(waits)]
            assert figures.nine_in_ten == enough[0]


@settings(max_examples=min(20, settings.default.max_examples))
@given(
    worlds(), st.sampled_from(["3d", "7d", "1month", "20d"]), st.sampled_from([None, (800_000, 300_000, 20)])
)
def test_each_date_is_the_best_match_of_who_is_there(
    records: list[dict[str, Any]], every: str, held: tuple[int, int, int] | None
) -> None:
    hold_back = None if held is None else HoldBack(first=0.8, last=0.3, days=20)
    people = [record for record in records if record["capacity"]]
    found = rm.replay(
        rm.Cohort.from_records(records), joined="joined", every=[every], hold_back=hold_back, threads=1
    )
    first, last = (edge(date.fromisoformat(one["joined"]) for one in people) for edge in (min, max))
    assert (found.start, found.until, found.people) == (first, last, len(people))
    assert found.without_places == len(records) - len(people)
    (of,) = found.cadences
    dates = Cadence.parse(every).dates(first, last)
    assert (of.dates, of.infeasible, of.gap) == (len(dates), 0, 0)
    check_each_date(records, of, dates, held)
    check_waiting(records, of, dates, last)
    best_of_all = rm.match(rm.Cohort.from_records(records))
    assert [(duo.mentor, duo.mentee) for duo in best_of_all.duos] == sorted(
        (duo.mentor, duo.mentee) for duo in found.beforehand.duos
    )
    assert (len(of.duos), round(of.total * MILLION)) <= (
        len(best_of_all.duos),
        round(best_of_all.total * MILLION),
    )


PAIR = [
    {"id": "lea", "role": "mentor", "joined": "2026-09-01", "offers": "Python"},
    {"id": "ada", "role": "mentee", "joined": "2026-09-03", "seeks": "Python"},
]
EVERY_DUO = {"kind": "count", "of": {"kind": "require", "of": "mentor", "field": "id", "known": True}}


def replayed(records: list[dict[str, Any]], policy: rm.Policy | None = None, **options: Any) -> Any:
    options = {"joined": "joined", "every": "7d", **options}
    return rm.replay(rm.Cohort.from_records(records), policy, **options)


def test_the_first_and_the_last_day_are_dates() -> None:
    of = replayed(PAIR, every="2d", start="2026-09-01", until="2026-09-03").cadences[0]
    assert [duo.on for duo in of.duos] == [date(2026, 9, 3)]
    none = replayed(PAIR, every="7d", until="2026-09-07").cadences[0]
    assert (none.duos, none.mentors.still_waiting, none.mentors.joined_since) == ((), 1, 0)
    assert (none.mentees.joined_since, none.mentees.mean_so_far, none.mentees.mean) == (1, 4.0, None)


def test_who_joins_before_the_start_has_waited_since_joining() -> None:
    of = replayed(PAIR, start="2026-09-10", until="2026-09-30").cadences[0]
    assert (of.mentors.longest, of.mentees.longest) == (9, 7)


def test_who_joins_later_is_in_no_figure() -> None:
    found = replayed([*PAIR, {**PAIR[1], "id": "eva", "joined": "2026-12-01"}], until="2026-10-01")
    assert (found.people, found.joined_later, found.cadences[0].mentees.people) == (2, 1, 1)
    assert [duo.mentee for duo in found.beforehand.duos] == ["ada"]


def test_people_whom_the_policy_fixes_wait_for_each_other() -> None:
    late = {**PAIR[1], "id": "eva", "joined": "2026-10-01"}
    policy = rm.Policy.model_validate({"rules": [{"kind": "fix", "pairs": [["lea", "eva"]]}]})
    of = replayed([*PAIR, late], policy, until="2026-10-31").cadences[0]
    assert [(duo.mentor, duo.mentee, duo.on) for duo in of.duos] == [("lea", "eva", date(2026, 10, 6))]


def test_ids_that_differ_in_case_only_are_two_people() -> None:
    records = [*PAIR, {**PAIR[1], "id": "Ada", "joined": "2026-12-01"}]
    of = replayed(records, until="2026-12-31").cadences[0]
    assert [(duo.mentee, duo.on) for duo in of.duos] == [("ada", date(2026, 9, 8))]


def test_a_policy_that_fixes_nobody_there_is_an_error() -> None:
    policy = rm.Policy.model_validate({"rules": [{"kind": "fix", "pairs": [["lea", "nobody"]]}]})
    with pytest.raises(rm.errors.PolicyError, match="nobody in the cohort"):
        replayed([*PAIR, {**PAIR[0], "id": "tom", "joined": "2027-01-01"}], policy, until="2026-10-01")


def test_a_line_of_managers_runs_through_people_who_have_not_joined() -> None:
    records = [
        {"id": "lea", "role": "mentor", "joined": "2026-09-01", "manager_id": "between"},
        {"id": "between", "role": "mentee", "joined": "2026-12-01", "manager_id": "ada"},
        {"id": "ada", "role": "mentee", "joined": "2026-09-01"},
    ]
    assert replayed(records).cadences[0].duos == ()


def test_dates_on_which_the_policy_cannot_hold_are_counted() -> None:
    policy = rm.Policy.model_validate({"rules": [], "quotas": [{**EVERY_DUO, "at_least": 2}]})
    more = [
        {**PAIR[0], "id": "tom", "joined": "2026-09-20"},
        {**PAIR[1], "id": "eva", "joined": "2026-09-20"},
    ]
    of = replayed([*PAIR, *more], policy, until="2026-09-30").cadences[0]
    assert (of.dates, of.infeasible, of.rounds) == (5, 2, 1)
    assert {duo.on for duo in of.duos} == {date(2026, 9, 22)}


def test_a_policy_that_nobody_can_keep_is_an_error() -> None:
    policy = rm.Policy.model_validate({"rules": [], "quotas": [{**EVERY_DUO, "at_least": 9}]})
    with pytest.raises(rm.InfeasibleError):
        replayed(PAIR, policy)


def test_least_numbers_of_duos_wait_and_are_noted() -> None:
    found = replayed([{**PAIR[0], "capacity": "1..2"}, PAIR[1]], until="2026-09-30")
    assert len(found.cadences[0].duos) == 1
    assert found.notes[0].startswith("least numbers of duos are not asked for")


def test_the_order_of_the_file_and_threads_change_nothing() -> None:
    records = invented_intake(60, seed=2)
    one = replayed(records, every="14d,1month", hold_back="0.6:0.3:60d", threads=1)
    assert replayed(records[::-1], every="14d,1month", hold_back="0.6:0.3:60d", threads=2) == one
    assert one.to_json() == replayed(records, every="14d,1month", hold_back="0.6:0.3:60d").to_json()


def test_holding_back_waits_longer_for_better_duos() -> None:
    records = invented_intake(90, seed=5)
    now, held = (replayed(records, hold_back=asked).cadences[0] for asked in (None, "0.7:0.2:90d"))
    assert held.mean_score > now.mean_score
    assert held.mentees.mean > now.mentees.mean


def test_the_figures_as_frame_and_csv() -> None:
    found = replayed(PAIR, every="2d,1month", until="2026-09-30")
    frame = found.to_frame("pandas")
    assert list(frame["every"]) == ["2d", "2d", "1month", "1month", "beforehand", "beforehand"]
    assert list(frame["role"])[:2] == ["mentor", "mentee"]
    assert list(frame["mean"])[:2] == [2.0, 0.0]
    lines = found.to_csv().splitlines()
    assert lines[0].startswith("every,role,people,matched,share_matched,mean,median,nine_in_ten,longest,")
    assert lines[1].startswith("2d,mentor,1,1,1.0,2.0,2.0,2,2,2,0,0,,,1,")
    assert len(lines) == 7


# Cadences


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("7d", "7d"),
        ("2w", "14d"),
        ("1 month", "1month"),
        ("3Mois", "3month"),
        ("2 sem", "14d"),
        ("10j", "10d"),
    ],
)
def test_cadences_in_words(text: str, read: str) -> None:
    assert str(Cadence.parse(text)) == read


@pytest.mark.parametrize("text", ["", "7", "d", "0d", "-7d", "7 fortnights", "1.5d", "7d,", "99999d"])
def test_what_is_no_cadence(text: str) -> None:
    with pytest.raises(rm.errors.StudyError, match="every: not understood; right would be"):
        read_cadences(text)


def test_the_same_cadence_twice() -> None:
    with pytest.raises(rm.errors.StudyError, match="two of these are the same"):
        read_cadences(["7d", "1w"])


def test_too_many_dates() -> None:
    with pytest.raises(rm.errors.StudyError, match="more than 2000 dates"):
        Cadence(1, "d").dates(date(2000, 1, 1), date(2026, 1, 1))


# Joining days


def people_file(*days: str) -> list[dict[str, Any]]:
    roles = ["mentor", "mentee"]
    return [{"id": f"p{at}", "role": roles[at % 2], "Joined on": said} for at, said in enumerate(days)]


def test_people_without_a_day_are_counted_by_row() -> None:
    records = people_file("2026-09-01", "", "2026-09-01", "soon", "", "2026-09-02", "", "", "", "", "")
    with pytest.raises(rm.errors.CohortError) as caught:
        replayed(records, joined="Joined on")
    assert [str(fault) for fault in caught.value.faults] == [
        "records, 'Joined on': 7 rows without a day: 2, 5, 7, 8, 9, ...; right would be the day on which each "
        "person joined",
        "records, 'Joined on': 1 row with something else than a day: 4; right would be a day such as 2026-11-23",
    ]


def test_who_has_no_places_needs_no_day() -> None:
    assert replayed([*PAIR, {"id": "eva", "role": "mentee", "capacity": 0, "joined": None}]).people == 2


@pytest.mark.parametrize(
    ("days", "first"),
    [
        (("03/09/2026", "14/09/2026"), date(2026, 9, 3)),
        (("09/03/26", "09/14/26"), date(2026, 9, 3)),
        (("46000", "46010"), date(2025, 12, 9)),
        (("3 sept. 2026", "2026-09-14T10:00"), date(2026, 9, 3)),
    ],
)
def test_days_as_people_write_them(days: tuple[str, str], first: date) -> None:
    assert replayed(people_file(*days), joined="joined ON").start == first


def test_the_order_of_day_and_month_is_asked() -> None:
    records = people_file("03/09/2026", "04/10/2026")
    with pytest.raises(rm.errors.CohortError, match="day or month first"):
        replayed(records, joined="Joined on")
    orders: list[Any] = ["month-first", {"Joined on": "month-first"}]
    for order in orders:
        assert replayed(records, joined="Joined on", dates=order).start == date(2026, 3, 9)


def test_a_column_that_is_not_there() -> None:
    with pytest.raises(rm.errors.CohortError, match="did you mean 'joined'"):
        replayed(PAIR, joined="joinde")


@pytest.mark.parametrize(
    "wrong", [{"start": "2026-10-01", "until": "2026-09-01"}, {"until": "2020-01-01"}, {"start": "soon"}]
)
def test_wrong_days(wrong: dict[str, Any]) -> None:
    with pytest.raises(rm.errors.StudyError):
        replayed(PAIR, **wrong)


# Holding back, and waiting


@pytest.mark.parametrize(
    "text", ["0.6", "0.6:0.3", "0.3:0.6:60d", "1.6:0.3:60d", "0.6:0.3:0d", "0.6:0.3:60w", "a:b:c"]
)
def test_what_is_no_hold_back(text: str) -> None:
    with pytest.raises(rm.errors.PolicyError):
        HoldBack.parse(text)


def test_the_rule_of_holding_back_forbids_what_it_should() -> None:
    cohort = rm.read_cohort(rm.demo_path())
    held = HoldBack(first=0.7, last=0.4, days=30)
    waited = {person.id: number % 45 for number, person in enumerate(cohort.participants)}
    free, ruled = (
        rm.score_matrix(cohort, rm.Policy(rules=rules))
        for rules in ((), (held.rule(waited, [("adam.levy", "anne.girard")]),))
    )
    for row, mentor in enumerate(cohort.mentors):
        for column, mentee in enumerate(cohort.mentees):
            if isnan(free[row, column]):  # one person in both roles
                continue
            longer = max(waited[mentor.id], waited[mentee.id])
            enough = round(free[row, column] * MILLION) >= allowed_score(longer, (700_000, 400_000, 30))
            exempt = (mentor.id, mentee.id) == ("adam.levy", "anne.girard")
            assert isnan(ruled[row, column]) != (enough or exempt)


@given(st.lists(st.integers(0, 12), max_size=8), st.lists(st.integers(0, 12), max_size=8))
def test_the_median_that_counts_who_still_waits(waits: list[int], so_far: list[int]) -> None:
    """Each day, of those who waited as long and were matched or not, a share gets a duo (Kaplan and Meier)."""
    found, without = None, 1.0
    for days in range(13):
        waiting = sum(one >= days for one in (*waits, *so_far))
        without *= 1 - Counter(waits)[days] / waiting if waiting else 1
        if found is None and without <= 0.5 + 1e-12 and Counter(waits)[days]:
            found = days
    assert WaitingFigures.of(waits, so_far, 0).half_matched_after == found
