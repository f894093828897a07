"""Each way in which a feedback file can be wrong has a small file, and a test on its message."""

from __future__ import annotations

import pickle
import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import reverse_match as rm
from reverse_match.programme.feedback.columns import FORM
from reverse_match.programme.feedback.record import QUESTIONS

DATA = Path(__file__).parents[1] / "data" / "feedback"
WHOLE: dict[str, Any] = {"mentor": "lea", "mentee": "ada", "on": "2026-12-01", "by": "mentee"}

FAULTS = {
    "by_manager.csv": "by_manager.csv, row 2, column 'by': unknown; right would be mentor or mentee, whoever of the two answers",
    "empty.csv": "empty.csv: empty; right would be a heading row and a row for each record",
    "only_heading.csv": "only_heading.csv: empty; right would be at least one answer, in a CSV file below a heading row",
    "no_heading_row_twice.csv": "no_heading_row_twice.csv, row 1: the same heading stands here twice",
    "empty_list.json": "empty_list.json: empty; right would be at least one answer, in a CSV file below a heading row",
    "empty.json": "empty.json: empty; right would be a list of objects, one a record",
    "equal_twice.csv": "equal_twice.csv, row 3, column 'on': the same person answers about this duo and day in row 2; keep one of the two",
    "format_unknown.csv": "format_unknown.csv, row 2, column 'format': unknown answer; right would be yes, shorter, other channel or different day, or an empty cell",
    "heading_twice.csv": "heading_twice.csv, row 1, column 'by': the same heading stands here twice",
    "hours_nan.csv": "hours_nan.csv, row 2, column 'hours_saved': NaN or infinite; a finite number is needed, or an empty cell where it is not known",
    "hours_negative.csv": "hours_negative.csv, row 2, column 'hours_saved': out of range; right would be hours from 0 to 8784",
    "hours_too_many.csv": "hours_too_many.csv, row 2, column 'hours_saved': out of range; right would be hours from 0 to 8784",
    "impossible_date.csv": "impossible_date.csv, row 2, column 'on': not a day of the calendar; right would be year-month-day, or day/month/year",
    "key_twice.json": "key_twice.json, row 1: a key stands twice in one object; keep one",
    "lone_surrogate.json": "lone_surrogate.json, row 1, column 'comment': holds half of a character (a lone surrogate); write it again",
    "missing_by.csv": "missing_by.csv, row 2, column 'by': missing; every answer needs one",
    "missing_day.csv": "missing_day.csv, row 2, column 'on': missing; every answer needs one",
    "missing_mentee.csv": "missing_mentee.csv, row 2, column 'mentee': missing; every answer needs one",
    "missing_mentor.csv": "missing_mentor.csv, row 2, column 'mentor': missing; every answer needs one",
    "no_date.csv": "no_date.csv, row 2, column 'on': not a date; right would be year-month-day such as 1980-12-31, or day/month/year",
    "no_date_column.csv": "no_date_column.csv: no column is called or recognised as 'on'; is the first row the heading row? Otherwise say which column it is: --map 'HEADING=on', or mapping={'HEADING': 'on'}",
    "no_list.json": "no_list.json: not a list; right would be a list of objects, one a record",
    "no_objects.json": "no_objects.json, row 1: not a record; right would be a mapping of column names to values",
    "not_json.json": "not_json.json: not valid JSON: Expecting property name enclosed in double quotes, line 1",
    "number_as_comment.json": "number_as_comment.json, row 1, column 'comment': not text; write it in quotes",
    "number_as_id.json": "number_as_id.json, row 1, column 'mentor': not text; write it in quotes",
    "number_as_skills.json": "number_as_skills.json, row 1, column 'acquired': not a list; right would be names separated by ';', or a list of texts",
    "objective_unknown.csv": "objective_unknown.csv, row 2, column 'objective': unknown answer; right would be yes, partly or no, or an empty cell",
    "one_person.csv": "one_person.csv, row 2: mentor and mentee are one person; right would be the ids of two",
    "ragged.csv": "ragged.csv, row 3: 3 cells, but the heading row has 4",
    "said_twice.csv": "said_twice.csv, row 4, column 'on': the same person answers about this duo and day in row 2; keep one of the two",
    "satisfaction_no_number.csv": "satisfaction_no_number.csv, row 2, column 'satisfaction': not a number",
    "satisfaction_not_whole.csv": "satisfaction_not_whole.csv, row 2, column 'satisfaction': not a whole number; right would be a whole number from 1 to 5",
    "satisfaction_too_high.csv": "satisfaction_too_high.csv, row 2, column 'satisfaction': out of range; right would be a whole number from 1 to 5",
    "satisfaction_too_low.csv": "satisfaction_too_low.csv, row 2, column 'satisfaction': out of range; right would be a whole number from 1 to 5",
    "sessions_negative.csv": "sessions_negative.csv, row 2, column 'sessions_held': out of range; right would be a whole number from 0 to 1000",
    "sessions_too_many.csv": "sessions_too_many.csv, row 2, column 'sessions_cancelled': out of range; right would be a whole number from 0 to 1000",
    "skill_used_unknown.csv": "skill_used_unknown.csv, row 2, column 'skill_used': unknown answer; right would be yes, partly or no, or an empty cell",
    "skill_with_level.csv": "skill_with_level.csv, row 2, column 'acquired': a level or a priority has no place here; right would be names separated by ';'",
    "truth_as_answer.json": "truth_as_answer.json, row 1, column 'objective': not text; write it in quotes",
    "two_mentors.csv": "two_mentors.csv: 'id mentor' and 'matricule mentor' both mean 'mentor'; say which one with a mapping such as 'HEADING=mentor'",
    "unknown_column.csv": "unknown_column.csv, 'satisfacton': unknown column; remove it, or map it; did you mean 'satisfaction'?",
    "unknown_column_far.csv": "unknown_column_far.csv, 'cost centre': unknown column; remove it, map it, or declare it as a question of your own (--question); known are 'acquired', 'by', 'comment', 'format', 'hours_saved', 'level_after', 'level_before', 'mentee', 'mentor', 'objective', 'on', 'satisfaction', 'sessions_cancelled', 'sessions_held', 'skill_used', 'wish'",
    "utf16.csv": "utf16.csv: empty; right would be at least one answer, in a CSV file below a heading row",
    "wish_unknown.csv": "wish_unknown.csv, row 2, column 'wish': unknown answer; right would be continue, change or stop, or an empty cell",
    "workbook.csv": "workbook.csv: not text but a workbook or an archive; save it as CSV",
}  # fmt: skip

SEVERAL_FAULTS = {
    "several.csv": [
        "several.csv, row 2, column 'satisfaction': out of range; right would be a whole number from 1 to 5",
        "several.csv, row 3, column 'mentor': missing; every answer needs one",
        "several.csv, row 3, column 'wish': unknown answer; right would be continue, change or stop, or an empty cell",
        "several.csv, row 5, column 'on': the same person answers about this duo and day in row 4; keep one of the two",
    ],
    "no_heading_row.csv": [
        f"no_heading_row.csv: no column is called or recognised as '{name}'; is the first row the heading row? "
        f"Otherwise say which column it is: --map 'HEADING={name}', or mapping={{'HEADING': '{name}'}}"
        for name in ("mentor", "on", "by")
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_one_fault(name: str) -> None:
    with pytest.raises(rm.errors.FeedbackError) as caught:
        rm.read_feedback(DATA / name)
    assert str(caught.value) == FAULTS[name]


@pytest.mark.parametrize("name", SEVERAL_FAULTS)
def test_all_faults_at_once(name: str) -> None:
    with pytest.raises(rm.errors.FeedbackError) as caught:
        rm.read_feedback(DATA / name)
    assert [str(fault) for fault in caught.value.faults] == SEVERAL_FAULTS[name]


def test_every_bad_file_has_a_test() -> None:
    assert {path.name for path in DATA.iterdir()} == {*FAULTS, *SEVERAL_FAULTS, "french.csv"}


def test_a_french_export() -> None:
    feedback = rm.read_feedback(DATA / "french.csv")
    first, second = feedback.records
    assert first == rm.results.FeedbackRecord(
        mentor="007",
        mentee="Zoé",
        on=date(2026, 12, 1),
        by="mentee",
        objective="partly",
        skill_used="yes",
        format="shorter",
        satisfaction=4,
        acquired=("Excel", "Données"),
        sessions_held=6,
        sessions_cancelled=2,
        hours_saved=1.5,
        wish="continue",
        comment="Très bien ; à refaire\nbientôt",
    )
    assert (second.objective, second.wish, second.by) == ("no", "stop", "mentor")
    assert [getattr(second, name) for name in QUESTIONS if name not in ("objective", "wish")] == [None] * 8
    assert feedback.source.rows == (2, 3)
    assert feedback.source.sha256 is not None


@pytest.mark.parametrize(
    ("field", "written", "read"),
    [
        ("objective", " YES ", "yes"), ("objective", "Partiellement", "partly"), ("objective", "non", "no"),
        ("skill_used", "En  partie", "partly"), ("format", "Other Channel", "other channel"),
        ("format", "Oui", "yes"), ("format", "un autre jour", "different day"), ("wish", "CHANGER", "change"),
        ("by", "Mentorée", "mentee"), ("by", "MENTOR", "mentor"), ("satisfaction", "5", 5), ("satisfaction", 1.0, 1),
        ("hours_saved", "0,25", 0.25), ("hours_saved", 8784, 8784), ("sessions_held", " 1000 ", 1000),
        ("acquired", "Python; python ;IA:générative", ("Python", "IA:générative")), ("acquired", None, ()),
        ("on", "1/2/2026", date(2026, 2, 1)), ("comment", "  ", None), ("comment", " two\nlines ", "two\nlines"),
        ("mentor", " lea ", "lea"),
    ],
)  # fmt: skip
def test_what_cells_say(field: str, written: object, read: object) -> None:
    assert getattr(rm.results.FeedbackRecord.model_validate({**WHOLE, field: written}), field) == read


@pytest.mark.parametrize(
    "name", [name for name in rm.results.FeedbackRecord.model_fields if name not in (*WHOLE, "own")]
)
def test_an_empty_cell_is_no_answer(name: str) -> None:
    record = rm.results.FeedbackRecord.model_validate({**WHOLE, name: "  "})
    assert getattr(record, name) == (() if name == "acquired" else None)
    assert not record.says_something


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Matricule du mentor", "mentor"), ("Mentee ID", "mentee"), ("Mentoré(e)", "mentee"), ("DATE", "on"),
        ("Answered by", "by"), ("Objectif atteint", "objective"), ("skill-used", "skill_used"), ("Rating", "satisfaction"),
        ("Compétences acquises", "acquired"), ("Séances tenues", "sessions_held"), ("Sessions canceled", "sessions_cancelled"),
        ("Time saved (hours)", "hours_saved"), ("Suite souhaitée", "wish"), ("Texte libre", "comment"),
    ],
)  # fmt: skip
def test_usual_headings(heading: str, field: str) -> None:
    assert FORM.columns_of([heading], {}, "file") == {heading: field}


def test_a_mapping_names_other_headings_and_only_fields() -> None:
    record = {"Coach": "lea", "Learner": "ada", "on": "2026-12-01", "by": "mentee", "Grade": "4"}
    mapping = {"coach": "mentor", "Learner": "Mentee", "Grade": "satisfaction"}
    assert rm.Feedback.from_records([record], mapping=mapping).records[0].satisfaction == 4
    with pytest.raises(rm.errors.FeedbackError) as caught:
        rm.Feedback.from_records([record], mapping={**mapping, "Coash": "mentor", "Grade": "satisfacton"})
    assert [str(fault) for fault in caught.value.faults] == [
        "records, 'Grade': is mapped to no field; did you mean 'satisfaction'?",
        "records, 'Coash': no such column to map; did you mean 'Coach'?",
    ]


def test_no_records_are_feedback_and_an_empty_file_is_none(tmp_path: Path) -> None:
    assert rm.Feedback.from_records([]).records == ()
    (tmp_path / "f.csv").write_text("mentor,mentee,on,by\n")
    with pytest.raises(rm.errors.FeedbackError, match="larger than the limit of 3 bytes"):
        rm.read_feedback(tmp_path / "f.csv", maximum_bytes=3)


def test_the_order_of_a_file_does_not_matter() -> None:
    days = ["2026-12-01", "2026-11-01"]
    records = [
        {**WHOLE, "mentor": mentor, "on": day, "by": by, "comment": f"{mentor} {day}"}
        for mentor in ("tom", "lea")
        for day in days
        for by in ("mentor", "mentee")
    ]
    feedback = rm.Feedback.from_records(records)
    shuffled = random.Random(5).sample(records, len(records))
    again = rm.Feedback.from_records(shuffled)
    assert again == feedback
    assert again.sha256 == feedback.sha256
    assert [rm.results.FeedbackRecord.model_validate(shuffled[row - 1]) for row in again.source.rows] == [
        *again.records
    ]
    assert [(record.on.month, record.mentor) for record in feedback.records[::2]] == [
        (11, "lea"), (11, "tom"), (12, "lea"), (12, "tom"),
    ]  # fmt: skip
    assert rm.Feedback.from_records(feedback.records) == feedback
    assert pickle.loads(pickle.dumps(feedback)) == feedback  # noqa: S301


def test_the_digest_is_of_answers_not_of_comments() -> None:
    def digest(**more: object) -> str:
        return rm.Feedback.from_records([{**WHOLE, **more}]).sha256

    assert digest(comment="much") == digest()
    assert digest(wish="stop") != digest()
    assert digest(wish="stop") != digest(wish="change")


def test_days_and_duos_choose_records() -> None:
    records = [{**WHOLE, "on": f"2026-{month:02}-01"} for month in (10, 11, 12)] + [
        {**WHOLE, "mentor": "tom"}
    ]
    feedback = rm.Feedback.from_records(records)
    chosen = feedback.between("2026-11-01", date(2026, 12, 1))
    assert [record.on.month for record in chosen.records] == [11, 12, 12]
    assert chosen.source.rows == (2, 3, 4)
    assert feedback.between() == feedback
    assert feedback.between(last="31/10/2026").source.rows == (1,)
    assert feedback.about([("tom ", "ada")]).source.rows == (4,)
    with pytest.raises(rm.errors.FeedbackError, match="not a date"):
        feedback.between("soon")


def test_strangers_are_refused_with_their_row() -> None:
    records = [
        WHOLE,
        {**WHOLE, "mentor": "ada", "mentee": "lea"},
        {**WHOLE, "mentee": "adda"},
        {**WHOLE, "mentor": "somebody else"},
        {**WHOLE, "mentee": "eva"},
    ]
    feedback = rm.Feedback.from_records(records)
    duo = rm.Duo(mentor="lea", mentee="ada", score=0.5, contributions={})
    with pytest.raises(rm.errors.FeedbackError) as caught:
        feedback.refuse_strangers([duo, ("tom", "eva")])
    assert [str(fault) for fault in caught.value.faults] == [
        "records, row 2: these two are a duo the other way round; right would be mentor and mentee exchanged",
        "records, row 3, column 'mentee': no mentee of the matching or of a past round has the id that stands "
        "here; did you mean 'ada'?",
        "records, row 4, column 'mentor': no mentor of the matching or of a past round has the id that stands here",
        "records, row 5: these two are no duo of the matching or of a past round; right would be one that is",
    ]
    many = rm.Feedback.from_records([{**WHOLE, "mentee": f"ada{number}"} for number in range(51)])
    with pytest.raises(rm.errors.FeedbackError) as caught:
        many.refuse_strangers([duo])
    assert len(caught.value.faults) == 51
    assert "did you mean" not in str(caught.value), "of so many nobody looks for the nearest id"
    feedback.about([duo]).refuse_strangers([duo])


MARKER = "xyzzy-7"
CELLS = st.sampled_from(["lea", "ada", "2026-12-01", "mentee", "yes", "4", "", "9", "0,5", "many"])


@given(
    rows=st.lists(st.lists(CELLS, min_size=6, max_size=7), min_size=1, max_size=4),
    heading=st.sampled_from(
        [
            "mentor,mentee,on,by,objective,comment\n",
            "mentor,mentee,on,by,wish,commentaire\n",
            "mentor,mentee,on,by,unknown,comment\n",
            "mentor,mentee,on,by,satisfaction,comment,by\n",
            "",
        ]
    ),
    mapping=st.sampled_from([{}, {"objectif": "objective"}, {"remark": "comment"}, {"comment": "nothing"}]),
    ending=st.sampled_from(["", '"', "\ud800", "\n"]),
)
def test_no_comment_gets_out(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[list[str]],
    heading: str,
    mapping: dict[str, str],
    ending: str,
) -> None:
    file = tmp_path_factory.getbasetemp() / "comments.csv"  # one file, written anew for each example
    lines = [",".join([*row[:5], MARKER, *row[6:]]) for row in rows]
    file.write_bytes((heading + "\n".join(lines) + ending).encode("utf-8", "surrogatepass"))
    try:
        feedback = rm.read_feedback(file, mapping=mapping)
    except rm.errors.FeedbackError as error:
        said = f"{error} {error!r} {error.faults!r}"
    else:
        said = f"{feedback} {feedback!r} {feedback.records[0]} {feedback.source!r}"
    assert MARKER not in said


def test_no_comment_gets_out_of_a_record() -> None:
    for wrong in ({"satisfaction": 9}, {"mentee": "lea"}, {"other": 1}, {"comment": [MARKER]}):
        with pytest.raises(rm.InputError) as caught:
            rm.results.FeedbackRecord.model_validate({**WHOLE, "comment": MARKER, **wrong})
        assert MARKER not in f"{caught.value} {caught.value!r}"
    record = rm.results.FeedbackRecord.model_validate({**WHOLE, "comment": MARKER})
    assert record.comment == MARKER
    assert MARKER not in f"{record} {record!r} {[record]}"
