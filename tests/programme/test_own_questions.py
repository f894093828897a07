"""Levels before and now, and a programme's own questions: read, refused, and counted as plain loops count them."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

import reverse_match as rm
from rounds_by_hand import round_of, said

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from reverse_match.programme.feedback.record import FeedbackRecord

Question = rm.results.Question
WHOLE: dict[str, Any] = {"mentor": "lea", "mentee": "ada", "on": "2026-12-01", "by": "mentee"}
ASKED = (
    Question(heading="Confidence with AI", lowest=1, highest=10),
    Question(heading="Meeting place", answers=["online", "on site"]),
)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Pages read", {"heading": "Pages read"}),
        (" Trust = 0..2,5 ", {"heading": "Trust", "lowest": 0.0, "highest": 2.5}),
        ("Mood=-3..3", {"heading": "Mood", "lowest": -3.0, "highest": 3.0}),
        ("Place=online; on site", {"heading": "Place", "answers": ("online", "on site")}),
    ],
)
def test_a_question_is_declared_in_a_text(text: str, meant: dict[str, Any]) -> None:
    assert Question.parse(text).model_dump() == meant


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Satisfaction", "the form has this question already"),
        ("Heures gagnées=0..9", "the form has this question already"),
        ("Mentor name", "the form has this question already"),
        ("Satisfacton=1..5", "looks like the form's own 'satisfaction'"),
        ("Trust=3..3", "highest is not above lowest"),
        ("Trust=yes", "two different answers or more"),
        ("Trust=yes;YES", "two different answers or more"),
        ("Trust=yes, I do;no", "no drop-down could offer these answers"),
        ("=1..5", "empty"),
    ],
)
def test_what_is_no_question_of_ones_own(text: str, why: str) -> None:
    with pytest.raises(rm.errors.FeedbackError, match=why):
        Question.parse(text)


def test_answers_are_read_by_their_question() -> None:
    row = {**WHOLE, "confidence  with ai": "7,5", "Meeting place": "On Site", "Niveau avant": "2"}
    (record,) = rm.Feedback.from_records([row], questions=ASKED).records
    assert record.own == {"Confidence with AI": 7.5, "Meeting place": "on site"}
    assert (record.level_before, record.level_after) == (2, None)
    assert record.says_something
    again = rm.Feedback.from_records([record], questions=ASKED)
    assert again.records == (record,)
    assert again.filled_in().between().about([("lea", "ada")]).questions == ASKED


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"Confidence with AI": 11}, "records, row 1, column 'Confidence with AI': out of range; right would be "),
        ({"Meeting place": "Mars"}, "records, row 1, column 'Meeting place': unknown answer; right would be online"),
        ({"Confidense with AI": 3}, "records, 'Confidense with AI': unknown column; remove it, or map it; did you"),
        ({"Mood": 3}, "records, 'Mood': unknown column; remove it, map it, or declare it as a question of your own"),
    ],
)  # fmt: skip
def test_faults_have_their_place_and_no_answer(row: dict[str, Any], fault: str) -> None:
    with pytest.raises(rm.errors.FeedbackError) as caught:
        rm.Feedback.from_records([{**WHOLE, **row}], questions=ASKED)
    assert str(caught.value).startswith(fault)
    assert "Mars" not in str(caught.value)


def test_two_questions_of_one_heading_are_refused() -> None:
    twice = [{"heading": "Trust"}, {"heading": "trust "}]
    with pytest.raises(rm.errors.ProgrammeError, match="two questions have one heading"):
        rm.Programme.from_data({"start": "2027-01-31", "months": 3, "questions": twice})
    with pytest.raises(rm.errors.FeedbackError, match="two questions have one heading"):
        rm.Feedback.from_records([WHOLE], questions=[Question.model_validate(one) for one in twice])


def test_what_nobody_was_asked_leaves_no_trace() -> None:
    """Digests of feedback, and the JSON of a record and of a programme, are those of before."""
    record = rm.results.FeedbackRecord(**WHOLE)
    assert {"own", "level_before", "level_after"} & set(record.model_dump()) == set()
    assert "questions" not in rm.Programme(start="2027-01-31", months=3).model_dump()
    figures = rm.indicators(round_of([("lea", "ada")]), [record], rm.Cohort.from_records(PAIR))
    assert not {"own", "level_before", "level_rose"} & set(figures.programme.model_dump())


PAIR = [{"id": "lea", "role": "mentor"}, {"id": "ada", "role": "mentee"}]


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_form_asks_them_and_reads_back(tmp_path: Path, ending: str, lang: str) -> None:
    form = tmp_path / f"form{ending}"
    matching = rm.match(rm.Cohort.from_records(PAIR))
    rm.write_template(form, matching=matching, on="2026-11-30", questions=ASKED, lang=lang)
    with pytest.raises(rm.errors.FeedbackError, match="nobody has answered yet"):
        rm.read_feedback(form, questions=ASKED)
    with pytest.raises(rm.errors.FeedbackError, match="'Meeting place': unknown column"):
        rm.read_feedback(form)


def answers(pairs: Sequence[tuple[str, str]], seed: int) -> list[FeedbackRecord]:
    draw = random.Random(seed)
    return [
        said(
            pair,
            by,
            date(2027, month, 10),
            level_before=draw.choice([1, 2, None]) if month == 2 else None,
            level_after=draw.choice([1, 3, 4, None]),
            own={
                **({"Confidence with AI": float(draw.randint(1, 10))} if draw.random() < 0.8 else {}),
                **(
                    {"Meeting place": draw.choice(["online"] * 9 + ["on site"])}
                    if draw.random() < 0.8
                    else {}
                ),
            },
        )
        for pair in pairs
        for by in ("mentor", "mentee")
        for month in (2, 3, 4)
    ]


def changes(first: dict[Any, list[float]], last: dict[Any, list[float]], least: int) -> list[float]:
    both = [who for who in first if who in last and len(last[who]) >= least]
    return [last[who][-1] - first[who][0] for who in both]


@pytest.mark.parametrize("seed", range(3))
def test_figures_are_those_of_plain_loops(seed: int) -> None:
    pairs = [(f"m{n}", f"e{n}") for n in range(30)]
    records = answers(pairs, seed)
    people = [{"id": one, "role": "mentor" if one[0] == "m" else "mentee"} for pair in pairs for one in pair]
    feedback = rm.Feedback.from_records(records, questions=ASKED)
    told = rm.indicators(round_of(pairs), feedback, rm.Cohort.from_records(people), by=[]).programme
    before: dict[Any, list[float]] = {}
    after: dict[Any, list[float]] = {}
    trust: dict[Any, list[float]] = {}
    for one in sorted(records, key=lambda record: record.on):
        who = one.mentor if one.by == "mentor" else one.mentee
        if one.level_before is not None:
            before.setdefault(who, []).append(one.level_before)
        if one.level_after is not None:
            after.setdefault(who, []).append(one.level_after)
        if "Confidence with AI" in one.own:
            trust.setdefault(who, []).append(float(one.own["Confidence with AI"]))
    steps, rises = changes(before, after, 1), changes(trust, trust, 2)
    assert told.level_change is not None
    assert told.level_rose is not None
    assert (told.level_change.numerator, told.level_change.denominator) == (sum(steps), len(steps))
    assert told.level_rose.numerator == sum(step > 0 for step in steps)
    trusted, place = told.own
    assert trusted.mean is not None
    assert trusted.change is not None
    every = [number for some in trust.values() for number in some]
    assert (trusted.mean.numerator, trusted.mean.denominator) == (sum(every), len(every))
    assert (trusted.change.numerator, trusted.change.denominator) == (sum(rises), len(rises))
    counted = Counter(one.own["Meeting place"] for one in records if "Meeting place" in one.own)
    assert {word: figure.value for word, figure in place.answers.items()} == counted


def test_a_word_that_few_chose_is_suppressed_with_what_would_reveal_it() -> None:
    pairs = [(f"m{n}", f"e{n}") for n in range(30)]
    asked = [Question(heading="Place", answers=["online", "on site", "by phone", "never"])]
    words = ["online"] * 20 + ["on site"] * 7 + ["by phone"] * 3
    records = [
        said(pair, "mentee", "2027-02-10", own={"Place": word})
        for pair, word in zip(pairs, words, strict=True)
    ]
    people = [{"id": one, "role": "mentor" if one[0] == "m" else "mentee"} for pair in pairs for one in pair]
    feedback = rm.Feedback.from_records(records, questions=asked)
    told = rm.indicators(round_of(pairs), feedback, rm.Cohort.from_records(people), by=[])
    shown = {word: figure.value for word, figure in told.programme.own[0].answers.items()}
    assert shown == {"online": 20, "on site": None, "by phone": None, "never": 0}
    assert "'" not in told.to_csv()
    assert ",Place: by phone,,,,,,,yes\n" in told.to_csv()
