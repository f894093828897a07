"""Indicators against plain loops over the answers, and against whoever looks for what is suppressed."""

from __future__ import annotations

import csv
import io
import random
from datetime import date, timedelta
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reverse_match as rm
from reverse_match.programme.indicators import indicators as indicator_report
from reverse_match.programme.indicators.indicators import NAMES
from rounds_by_hand import round_of, said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.programme.feedback.record import FeedbackRecord

BEGIN = date(2026, 1, 1)
ROUND = timedelta(days=59)
PLANNED = (4, 6, 8)
ANSWERS = ["yes", "partly", "no", None]


class Calendar:
    """A programme that only knows how many sessions there are."""

    def sessions_planned(self, number: int, until: date | None = None) -> int:
        return PLANNED[number - 1]


Case = tuple[list[dict[str, Any]], list[dict[str, Any]], list["FeedbackRecord"]]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """People, who was with whom in each round, and what they said."""
    size = draw(st.integers(1, 12))
    rng = random.Random(draw(st.integers(0, 10**6)))
    departments = ["Group/IT", "Group/Sales/Nord", "Group/Sales/Süd", "HR", None]
    ids = [f"m{i}" for i in range(size)] + [f"e{i}" for i in range(size)]
    people = [
        {
            "id": one,
            "role": "mentor" if one[0] == "m" else "mentee",
            "department": rng.choice(departments[: draw(st.integers(1, 5))]) or "",
        }
        for one in ids
    ]
    rounds, records = [], []
    for place in range(draw(st.integers(1, 3))):
        mentees = [f"e{i}" for i in range(size)]
        rng.shuffle(mentees)
        pairs = {(f"m{i}", mentee) for i, mentee in enumerate(mentees) if rng.random() < 0.7}
        pairs |= {("m0", mentee) for mentee in mentees if rng.random() < 0.1}
        within = {one for pair in pairs for one in pair}
        rounds.append({"pairs": pairs, "alone": [one for one in ids if one not in within]})
        for pair in sorted(pairs):
            for by in ("mentor", "mentee"):
                days = rng.sample(range(59), rng.choice([0, 0, 1, 2, 3]))
                records += [
                    said(
                        pair,
                        by,
                        BEGIN + place * ROUND + timedelta(days=day),
                        objective=rng.choice(ANSWERS),
                        skill_used=rng.choice(ANSWERS),
                        satisfaction=rng.choice([1, 2, 3, 4, 5, None]),
                        sessions_held=rng.choice([0, 1, 2, 3, None]),
                        sessions_cancelled=rng.choice([0, 1, None]),
                        hours_saved=rng.choice([0, 0.1, 0.2, 3.5, None]),
                        acquired=rng.sample(
                            ["Python", "python", "IA", "AI", "Notion"], rng.choice([0, 1, 2])
                        ),
                    )
                    for day in days
                ]
    rng.shuffle(records)
    return people, rounds, records


def matchings_of(rounds: Sequence[dict[str, Any]]) -> list[rm.Matching]:
    return [round_of(one["pairs"], one["alone"]) for one in rounds]


def ends_of(rounds: Sequence[dict[str, Any]]) -> list[date]:
    return [BEGIN + place * ROUND + timedelta(days=58) for place in range(len(rounds))]


def report(case: Case, **options: Any) -> rm.results.Indicators:
    people, rounds, records = case
    options = {"programme": Calendar(), "ends": ends_of(rounds), **options}
    return rm.indicators(matchings_of(rounds), records, rm.Cohort.from_records(people), **options)


def department_of(case: Case) -> dict[str, str | None]:
    return {one["id"]: one["department"] or None for one in case[0]}


def speaker(record: FeedbackRecord) -> str:
    return record.mentor if record.by == "mentor" else record.mentee


def rounds_in(case: Case, place: rm.results.Figures) -> list[tuple[int, dict[str, Any]]]:
    return [(number, one) for number, one in enumerate(case[1]) if place.round in (None, number + 1)]


def told_of(case: Case, place: rm.results.Figures) -> list[tuple[int, tuple[str, str], list[FeedbackRecord]]]:
    """Return each duo of each round with what was said about it."""
    return [
        (
            number,
            pair,
            [
                one
                for one in case[2]
                if (one.mentor, one.mentee) == pair
                and (one.on - BEGIN) // ROUND == number
                and place.month in (None, f"{one.on:%Y-%m}")
            ],
        )
        for number, listed in rounds_in(case, place)
        for pair in listed["pairs"]
    ]


def newest(answers: list[FeedbackRecord], question: str) -> str | None:
    for by in ("mentee", "mentor"):
        mine = [one for one in answers if one.by == by and getattr(one, question) is not None]
        if mine:
            return str(getattr(max(mine, key=lambda one: one.on), question))
    return None


def larger_sum(answers: list[FeedbackRecord], question: str) -> int | None:
    sums = [
        sum(numbers)
        for by in ("mentor", "mentee")
        if (numbers := [n for one in answers if one.by == by and (n := getattr(one, question)) is not None])
    ]
    return max(sums, default=None)


def best_uses(told: list[tuple[int, tuple[str, str], list[FeedbackRecord]]]) -> list[str]:
    by_mentee: dict[str, list[str]] = {}
    for pair in {pair for _, pair, _ in told}:
        answers = [record for _, other, some in told if other == pair for record in some]
        if (answer := newest(answers, "skill_used")) is not None:
            by_mentee.setdefault(pair[1], []).append(answer)
    return [min(some, key=["yes", "partly", "no"].index) for some in by_mentee.values()]


def share(part: float, whole: int) -> tuple[float | None, float, int]:
    return (round(part / whole, 6) if whole else None, part, whole)


def total(numbers: list[Any]) -> Any:
    known = [number for number in numbers if number is not None]
    return round(sum(known), 6) if known else None


def expected(case: Case, place: rm.results.Figures) -> dict[str, Any]:
    """Return values, numerators and denominators in plain loops."""
    department = department_of(case)

    def in_group(person: str) -> bool:
        return place.by is None or department[person] == place.group

    own = [one for _, _, some in told_of(case, place) for one in some if in_group(speaker(one))]
    told = [unit for unit in told_of(case, place) if in_group(unit[1][1])]
    heard = [pair[1] for _, pair, some in told if some]
    skills = {
        (pair[1], {"IA": "AI"}.get(name, name.casefold()))
        for _, pair, some in told
        for one in some
        for name in one.acquired
    }
    uses, held = best_uses(told), [larger_sum(some, "sessions_held") for _, _, some in told]
    objectives = [answer for _, _, some in told if (answer := newest(some, "objective")) is not None]
    stars = [(one.by, one.satisfaction) for one in own if one.satisfaction is not None]
    found: dict[str, Any] = {
        "sessions_held": total(held),
        "sessions_cancelled": total([larger_sum(some, "sessions_cancelled") for _, _, some in told]),
        "skills_acquired": len({(who, name.replace("AI", "ai")) for who, name in skills}) if heard else None,
        "skill_used": share(uses.count("yes"), len(uses)),
        "skill_partly_used": share(uses.count("partly"), len(uses)),
        "objective_reached": share(objectives.count("yes"), len(objectives)),
        "objective_partly_reached": share(objectives.count("partly"), len(objectives)),
        "satisfaction": share(sum(number for _, number in stars), len(stars)),
        "hours_saved": total([one.hours_saved for one in own]),
    }
    if place.month is None and place.round is None:
        days = [one.on for one in case[2]]
        months = {(day.year, day.month) for day in days}
        span = (
            [(2026, number) for number in range(1, 13) if min(months) <= (2026, number) <= max(months)]
            if days
            else []
        )
        hours = [one.hours_saved for one in own if one.hours_saved is not None]
        found["hours_a_month"] = share(round(sum(hours), 6), len(span) if hours else 0)
    for role in ("mentor", "mentee"):
        given = [number for by, number in stars if by == role]
        found[f"satisfaction_of_{role}s"] = share(sum(given), len(given))
    if place.month is None:
        listed = [one for _, one in rounds_in(case, place)]
        within = {person for one in listed for pair in one["pairs"] for person in pair if in_group(person)}
        alone = {person for one in listed for person in one["alone"] if in_group(person)}
        planned = [PLANNED[number] for number, _, _ in told]
        of_those = sum(one for one, sessions in zip(planned, held, strict=True) if sessions is not None)
        found |= {
            "participation": share(len(within), len(within | alone)),
            "duos": len(told),
            "response": share(len(heard), len(told)),
            "sessions_planned": sum(planned),
            "held_of_planned": share(total(held) or 0, of_those),
        }
    return found


def everywhere(told: rm.results.Indicators) -> list[rm.results.Figures]:
    return [told.programme, *told.rounds, *told.months, *told.groups]


@settings(max_examples=min(20, settings.default.max_examples))
@given(cases())
def test_every_figure_is_that_of_plain_loops(case: Case) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(indicator_report, "FEWEST", 1)
        told = report(case, fewest=1)
    for place in everywhere(told):
        known = expected(case, place)
        for name in NAMES:
            figure = getattr(place, name)
            assert (figure is None) == (name not in known), name
            if figure is None:
                continue
            assert not figure.suppressed
            if isinstance(known[name], tuple):
                assert (figure.value, figure.numerator, figure.denominator) == known[name], name
            else:
                assert figure.value == known[name], name


@settings(max_examples=min(30, settings.default.max_examples))
@given(cases())
def test_differences_of_what_is_shown_tell_of_nobody(case: Case) -> None:
    """Of hours saved: the people behind every total, and behind totals less others, are five or more."""
    records, department = case[2], department_of(case)
    told = report(case)
    shown: list[frozenset[int]] = []
    for place in everywhere(told):
        facts = frozenset(
            number
            for number, one in enumerate(records)
            if one.hours_saved is not None
            and place.round in (None, 1 + (one.on - BEGIN) // ROUND)
            and place.month in (None, f"{one.on:%Y-%m}")
            and (place.by is None or department[speaker(one)] == place.group)
        )
        figure = place.hours_saved
        assert figure is not None
        if figure.suppressed:
            assert figure == rm.results.Figure(value=None, suppressed=True)
        else:
            shown.append(facts)
            assert figure.people == len({speaker(records[fact]) for fact in facts})
    for facts in shown:
        assert len({speaker(records[fact]) for fact in facts}) not in range(1, 5)
    for one, other in combinations(set(shown), 2):
        for around, within in ((one, other), (other, one)):
            if within and within < around:
                assert len({speaker(records[fact]) for fact in around - within}) >= 5


@settings(max_examples=8)
@given(cases(), st.randoms())
def test_the_order_of_answers_and_people_does_not_matter(case: Case, rng: random.Random) -> None:
    people, rounds, records = case
    told = report(case)
    rng.shuffle(people)
    rng.shuffle(records)
    assert report((people, rounds, records)).model_dump_json() == told.model_dump_json()
    assert rm.results.Indicators.model_validate_json(told.model_dump_json()) == told


def people_of(*departments: tuple[str, int]) -> list[dict[str, Any]]:
    """As many mentors, and as many mentees, in each department."""
    listed = [(name, number) for name, count in departments for number in range(count)]
    return [
        {"id": f"{side}.{name}{number}", "role": role, "department": name}
        for side, role in (("m", "mentor"), ("e", "mentee"))
        for name, number in listed
    ]


def pairs_of(people: list[dict[str, Any]]) -> list[tuple[str, str]]:
    half = len(people) // 2
    return [(one["id"], other["id"]) for one, other in zip(people[:half], people[half:], strict=True)]


def test_a_small_department_is_suppressed_and_the_next_smallest_with_it() -> None:
    people = people_of(("IT", 7), ("Sales", 6), ("HR", 3))
    pairs = pairs_of(people)
    records = [said(pair, "mentee", "2026-01-20", satisfaction=4, skill_used="yes") for pair in pairs]
    told = rm.indicators(round_of(pairs), records, rm.Cohort.from_records(people))
    used = {one.group: one.skill_used for one in told.groups if one.round is None}
    assert used["HR"] == used["Sales"] == rm.results.Figure(value=None, suppressed=True)
    assert used["IT"] is not None
    assert (used["IT"].value, used["IT"].people) == (1, 7)
    assert told.programme.skill_used is not None
    assert told.programme.skill_used.people == 16
    # Nobody of the mentors has answered: a figure on nobody tells of nobody.
    assert told.programme.satisfaction_of_mentors == rm.results.Figure(
        value=None, numerator=0, denominator=0, people=0
    )
    # Six people of HR were invited: enough for who takes part.
    assert {one.group: one.participation.people for one in told.groups if one.participation} == {
        "HR": 6, "IT": 14, "Sales": 12,
    }  # fmt: skip


def test_the_limit_may_be_raised_and_not_lowered() -> None:
    people = people_of(("IT", 6))
    pairs, cohort = pairs_of(people), rm.Cohort.from_records(people)
    with pytest.raises(rm.InputError, match="may be raised, not lowered; right would be 5 or more"):
        rm.indicators(round_of(pairs), [], cohort, fewest=4)
    for fewest, gone in ((6, False), (7, True)):
        told = rm.indicators(round_of(pairs), [], cohort, fewest=fewest)
        assert told.programme.duos is not None
        assert (told.programme.duos.suppressed, told.fewest) == (gone, fewest)


def test_paths_may_be_cut_and_are_compared_loosely() -> None:
    people = people_of(("Group/IT/Data", 3), ("group/it/Web", 3), ("Group/HR", 5))
    told = rm.indicators(round_of(pairs_of(people)), [], rm.Cohort.from_records(people), prefix=2)
    assert [one.group for one in told.groups if one.round is None] == ["Group/HR", "Group/IT"]
    assert [one.duos.value for one in told.groups if one.round is None and one.duos] == [5, 6]
    with pytest.raises(rm.InputError, match="prefix"):
        rm.indicators(round_of(pairs_of(people)), [], rm.Cohort.from_records(people), prefix=0)


def test_who_has_left_is_looked_up_in_earlier_cohorts() -> None:
    people = people_of(("IT", 5), ("HR", 5))
    matching = round_of(pairs_of(people))
    before, now = rm.Cohort.from_records(people), rm.Cohort.from_records(people[:5] + people[10:15])
    groups = {
        name: [one.group for one in rm.indicators(matching, [], cohort).groups if one.round == 1]
        for name, cohort in (("now", now), ("both", (before, now)))
    }
    assert groups == {"now": ["IT", None], "both": ["HR", "IT"]}


def test_a_duo_of_several_rounds_needs_their_last_days() -> None:
    people = people_of(("IT", 6))
    pairs, cohort = pairs_of(people), rm.Cohort.from_records(people)
    rounds = [round_of(pairs), round_of([]), round_of(pairs)]
    records = [
        said(pair, "mentee", day, sessions_held=1)
        for pair in pairs
        for day in ("2026-01-05", "2026-02-28", "2026-03-15", "2026-05-01")
    ]
    with pytest.raises(rm.InputError, match=r"record|row 1: .*several rounds; say the last days") as error:
        rm.indicators(rounds, records, cohort)
    assert len(error.value.faults) == 24
    for ends in (["2026-02-28", "2026-04-30"], ["2026-02-28", "2026-04-30", "2026-06-30"]):
        told = rm.indicators(rounds, records, cohort, ends=ends)
        held = [one.sessions_held.value for one in told.rounds if one.sessions_held]
        assert held == [18, None, 6], "what is said late, in the second round, belongs to the first"
    for ends in (["2026-02-28"], ["2026-04-30", "2026-02-28"], ["2026-02-28", "soon"]):
        with pytest.raises(rm.InputError, match="ends"):
            rm.indicators(rounds, records, cohort, ends=ends)


def test_what_does_not_fit_is_refused() -> None:
    people = people_of(("IT", 6))
    pairs, cohort = pairs_of(people), rm.Cohort.from_records(people)
    strangers = [
        said(("m.IT0", "e.IT1"), "mentee", "2026-01-05"),
        said(pairs[0][::-1], "mentee", "2026-01-05"),
    ]
    with pytest.raises(rm.InputError) as error:
        rm.indicators(round_of(pairs), strangers, cohort)
    assert [str(fault) for fault in error.value.faults] == [
        "feedback, row 1: 'm.IT0' (mentor) and 'e.IT1' (mentee) are a duo of none of the matchings",
        "feedback, row 2: 'e.IT0' (mentor) and 'm.IT0' (mentee) are a duo of none of the matchings; "
        "the other way round they are one",
    ]
    twice = [said(pairs[0], "mentee", "2026-01-05", objective=answer) for answer in ("yes", "no")]
    with pytest.raises(rm.InputError, match="same duo on the same day as record 1; keep one"):
        rm.indicators(round_of(pairs), twice, cohort)
    with pytest.raises(rm.InputError, match="did you mean 'department'"):
        rm.indicators(round_of(pairs), [], cohort, by=["departmant"])
    with pytest.raises(rm.InputError, match="no matching"):
        rm.indicators([], [], cohort)


def test_csv_and_sentences() -> None:
    people = people_of(("=IT", 7), ("Sales", 6), ("HR", 3))
    pairs = pairs_of(people)
    records = [
        said(pair, "mentee", "2026-01-20", satisfaction=4, skill_used="yes", sessions_held=3, acquired="Notion",
             hours_saved=1.25, comment="between us")
        for pair in pairs
    ]  # fmt: skip
    told = rm.indicators(round_of(pairs), records, rm.Cohort.from_records(people), programme=Calendar())
    rows = list(csv.DictReader(io.StringIO(told.to_csv())))
    assert {row["group"] for row in rows} == {"", "'=IT", "Sales", "HR"}
    hidden = [row for row in rows if row["suppressed"] == "yes"]
    assert hidden
    assert all(row["value"] == row["people"] == row["numerator"] == "" for row in hidden)
    held = next(row for row in rows if row["figure"] == "held_of_planned")
    assert (held["value"], held["numerator"], held["denominator"]) == ("0.75", "48.0", "64")
    assert "between us" not in told.to_csv() + told.model_dump_json()
    assert str(told).splitlines() == [
        "People in a duo, of those invited: 32 of 32 (100%).",
        "Duos: 16; heard from: 16 of 16 (100%).",
        "Sessions held: 48 (of those planned: 48 of 64 (75%)); cancelled: not known.",
        "Skills acquired: 16.",
        "Mentees who use the skill at work: 16 of 16 (100%, 95% interval 79% to 100%); partly: 0 of 16 (0%).",
        "Duos that have reached their objective: not known; partly: not known.",
        "Satisfaction: 4.0 out of 5 (16 answers).",
        "Hours saved: 20.",
        f"{len(hidden)} figures by month or group are hidden to protect groups of fewer than 5.",
    ]
    french = [one.replace("\u00a0", "~").replace("\u202f", "^") for one in told.sentences("fr")]
    assert french == [
        "Personnes en duo, parmi celles invitées^: 32 sur 32 (100^%).",
        "Duos^: 16^; ayant répondu^: 16 sur 16 (100^%).",
        "Séances tenues^: 48 (parmi celles prévues^: 48 sur 64 (75^%))^; annulées^: donnée inconnue.",
        "Compétences acquises^: 16.",
        "Mentoré(e)s qui utilisent la compétence au travail^: 16 sur 16 "
        "(100^%^; intervalle à 95^%^: de 79 à 100^%)^; en partie^: 0 sur 16 (0^%).",
        "Duos ayant atteint leur objectif^: donnée inconnue^; en partie^: donnée inconnue.",
        "Satisfaction^: 4,0 sur 5 (16 réponses).",
        "Heures gagnées^: 20.",
        f"Par confidentialité, {len(hidden)} chiffres par mois ou par groupe sont masqués, pour protéger les "
        "groupes de moins de 5 personnes.",
    ]


def test_what_has_records_will_do() -> None:
    people = people_of(("IT", 6))
    pairs, cohort = pairs_of(people), rm.Cohort.from_records(people)

    class Collection:
        records = tuple(said(pair, "mentor", "2026-01-05", hours_saved=0.5) for pair in pairs)

    told = rm.indicators(round_of(pairs), Collection(), cohort)
    assert told == rm.indicators(round_of(pairs), iter(Collection.records), cohort)
    assert told.programme.hours_saved is not None
    assert told.programme.hours_saved.value == 3


def test_two_answers_about_the_same_sessions_are_not_added() -> None:
    people = people_of(("IT", 6))
    pairs = pairs_of(people)
    records = [
        said(pair, "mentor", day, sessions_held=2) for pair in pairs for day in ("2026-01-31", "2026-02-27")
    ]
    records += [said(pair, "mentee", "2026-01-30", sessions_held=3) for pair in pairs]
    told = rm.indicators(round_of(pairs), records, rm.Cohort.from_records(people))
    assert [one.sessions_held.value for one in (told.programme, *told.months) if one.sessions_held] == [
        24,
        18,
        12,
    ]
