"""Frames in and out: the same people as from records, and the kind of frame that came in."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings

import reverse_match as rm
from reverse_match.foundation import frames
from reverse_match.foundation import optional as extras
from strategies import cohorts

if TYPE_CHECKING:
    from collections.abc import Callable

MAKERS: dict[str, Callable[[dict[str, list[Any]]], Any]] = {
    "pandas": pd.DataFrame,
    "polars": lambda columns: pl.DataFrame(columns, strict=False),
    "pyarrow": pa.table,
}
PEOPLE: list[dict[str, Any]] = [
    {"id": "lea", "role": "mentor", "offers": ["Python:4", "Notion"], "grade": 3, "age": 25, "goals": "a;b"},
    {"id": "ada", "role": "mentee", "offers": None, "grade": None, "age": None, "goals": None},
    {"id": "tom", "role": "both", "offers": [], "grade": 8, "age": 41, "goals": ""},
]


def columns_of(records: list[dict[str, Any]]) -> dict[str, list[Any]]:
    return {name: [record.get(name) for record in records] for name in records[0]}


@pytest.fixture(params=MAKERS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_the_same_people_as_from_records(kind: str) -> None:
    cohort = rm.Cohort.from_frame(MAKERS[kind](columns_of(PEOPLE)))
    expected = rm.Cohort.from_records(PEOPLE)
    assert cohort.participants == expected.participants
    assert cohort.sha256 == expected.sha256
    assert [type(person.grade) for person in cohort.participants] == [int, type(None), int]
    assert repr([person.age for person in cohort.participants]) == "[25, None, 41]"


@settings(max_examples=min(15, settings.default.max_examples))
@given(records=cohorts())
def test_any_people_keep_their_digest_in_every_kind_of_frame(records: list[dict[str, Any]]) -> None:
    def written(rated: dict[str, int]) -> list[str]:
        return [f"{name}:{rating}" for name, rating in rated.items()]

    flat = [
        {**record, "offers": written(record["offers"]), "seeks": ";".join(written(record["seeks"]))}
        for record in records
    ]
    expected = rm.Cohort.from_records(records).sha256
    for make in MAKERS.values():
        assert rm.Cohort.from_frame(make(columns_of(flat))).sha256 == expected


def test_ids_never_become_fractions(kind: str) -> None:
    columns: dict[str, list[Any]] = {
        "Matricule": [101, 102, 103],
        "role": ["mentor", "mentee", "mentee"],
        "manager_id": [102, None, 102],
    }
    frame = MAKERS[kind](columns)
    people = rm.Cohort.from_frame(frame).participants
    assert [(person.id, person.manager_id) for person in people] == [
        ("101", "102"), ("102", None), ("103", "102"),
    ]  # fmt: skip


def test_text_that_looks_like_a_number_or_like_nothing_stays(kind: str) -> None:
    frame = MAKERS[kind]({"id": ["007", "NA", "nan"], "role": ["mentor", "mentee", "mentee"]})
    assert [person.id for person in rm.Cohort.from_frame(frame).participants] == ["007", "NA", "nan"]


MISSING = [None, np.nan, pd.NA, pd.NaT]


@pytest.mark.parametrize("nothing", MISSING, ids=repr)
def test_all_that_means_nothing_is_empty(nothing: object) -> None:
    columns = {name: ["x", nothing] for name in ("gender", "department", "goals", "offers", "own")}
    frame = pd.DataFrame({"id": ["a", "b"], "role": ["mentor", "mentee"], **columns, "age": [30, nothing]})
    person = rm.Cohort.from_frame(frame).participants[1]
    expected = rm.Cohort.from_records(
        [{"id": "a", "role": "mentor"}, {"id": "b", "role": "mentee", "own": None}]
    )
    assert person == expected.participants[1]


def test_nan_of_polars_and_pyarrow_is_empty_too() -> None:
    columns = {"id": ["a", "b"], "role": ["mentor", "mentee"], "age": [30.0, float("nan")]}
    for make in (pl.DataFrame, pa.table):
        assert [person.age for person in rm.Cohort.from_frame(make(columns)).participants] == [30, None]


def test_days_and_categories(kind: str) -> None:
    columns: dict[str, list[Any]] = {
        "id": ["a", "b"],
        "role": ["mentor", "mentee"],
        "birth_date": [datetime(1999, 12, 31), None],
        "hired": [date(2020, 1, 2), None],
        "department": ["Group/IT", None],
    }
    frame = MAKERS[kind](columns)
    if kind == "pandas":
        frame = frame.astype({"department": "category"})
    elif kind == "polars":
        frame = frame.with_columns(pl.col("department").cast(pl.Categorical))
    else:
        frame = frame.set_column(4, "department", frame["department"].dictionary_encode())
    first, second = rm.Cohort.from_frame(frame, as_of="2026-01-01").participants
    assert (first.birth_date, first.attributes["hired"]) == (date(1999, 12, 31), "2020-01-02")
    assert (first.department, second.department, second.birth_date) == ("Group/IT", None, None)


def test_mappings_and_arrays_in_cells() -> None:
    rated = pa.array([[("Python", 4)], None], type=pa.map_(pa.string(), pa.int64()))
    table = pa.table({"id": ["a", "b"], "role": ["mentor", "mentee"], "offers": rated})
    assert rm.Cohort.from_frame(table).participants[0].offers == {"Python": 4}
    structs = pl.DataFrame(
        {"id": ["a", "b"], "role": ["mentor", "mentee"], "offers": [{"AI": 4, "X": None}, None]}
    )
    assert rm.Cohort.from_frame(structs).participants[0].offers == {"AI": 4}
    arrays = pd.DataFrame(
        {"id": ["a", "b"], "role": ["mentor", "mentee"], "goals": [np.array(["x", "y"]), None]}
    )
    assert rm.Cohort.from_frame(arrays).participants[0].goals == ("x", "y")
    holes = pd.DataFrame(
        {"id": ["a", "b"], "role": ["mentor", "mentee"], "goals": [["x", pd.NA, None, np.nan], pd.NA]}
    )
    assert rm.Cohort.from_frame(holes).participants[0].goals == ("x",)
    moments = pd.DataFrame({"id": ["a", "b"], "role": ["mentor", "mentee"]})
    moments["birth_date"] = pd.Series([np.datetime64("1999-12-31T00:00", "ns"), None], dtype=object)
    assert rm.Cohort.from_frame(moments).participants[0].birth_date == date(1999, 12, 31)
    decimals = pa.table({"id": ["a", "b"], "role": ["mentor", "mentee"], "grade": [Decimal("3"), None]})
    assert rm.Cohort.from_frame(decimals).participants[0].grade == 3


def test_a_named_index_of_pandas_is_a_column() -> None:
    frame = pd.DataFrame({"Matricule": [7, 8], "role": ["mentor", "mentee"]}).set_index("Matricule")
    assert [person.id for person in rm.Cohort.from_frame(frame).participants] == ["7", "8"]
    assert list(frame.columns) == ["role"]


def test_a_mapping_names_other_headings(kind: str) -> None:
    frame = MAKERS[kind]({"Badge": [1, 2], "Does": ["mentor", "mentee"]})
    cohort = rm.Cohort.from_frame(frame, mapping={"Badge": "id", "Does": "role"})
    assert [person.id for person in cohort.participants] == ["1", "2"]


def faults_of(frame: object, **options: Any) -> list[str]:
    with pytest.raises(rm.errors.CohortError) as caught:
        rm.Cohort.from_frame(frame, **options)
    return [str(fault) for fault in caught.value.faults]


def test_faults_name_row_and_column(kind: str) -> None:
    columns: dict[str, list[Any]] = {
        "id": ["a", "b", None],
        "role": ["mentor", "mentee", "mentee"],
        "age": [25.5, 7.0, float("inf")],
        "offers": ["AI:9", None, None],
    }
    faults = faults_of(MAKERS[kind](columns))
    assert [fault.split(": ", 1)[0] for fault in faults] == [
        "frame, row 1, column 'offers'",
        "frame, row 2, column 'age'",
        "frame, row 3, column 'id'",
        "frame, row 3, column 'age'",
    ]
    assert "9" not in faults[0].split(": ", 1)[1]


def test_ids_with_fractions_and_days_with_hours_are_faults() -> None:
    frame = pd.DataFrame(
        {"id": [1.5, 2.0], "role": ["mentor", "mentee"], "birth_date": [datetime(1999, 1, 1, 10), None]}
    )
    assert faults_of(frame) == [
        "frame, row 1, column 'id': not text; write it in quotes",
        "frame, row 1, column 'birth_date': not a date; right would be year-month-day such as 1980-12-31, or day/month/year",
    ]


def test_what_is_no_frame_is_refused() -> None:
    assert faults_of([{"id": "a"}]) == ["frame: not a frame; right would be one of pandas, polars or pyarrow"]
    assert "lazy: call .collect() first" in faults_of(pl.DataFrame({"id": ["a"]}).lazy())[0]
    assert faults_of(pd.DataFrame({1: ["a"]})) == [
        "frame: a column name is not text; right would be one of a people file, such as 'id'"
    ]
    twice = pd.DataFrame([["a", "b"]], columns=["id", "id"])
    assert faults_of(twice) == ["frame, 'id': the same heading stands here twice"]
    assert "empty; at least one mentor" in faults_of(pd.DataFrame({"id": [], "role": []}))[0]
    assert "mapping={'HEADING': 'id'}" in faults_of(pl.DataFrame({"role": ["mentor"]}))[0]
    assert "did you mean 'role'" in faults_of(pl.DataFrame({"role": ["mentor"]}), mapping={"roel": "id"})[0]


TYPES = {"pandas": pd.DataFrame, "polars": pl.DataFrame, "pyarrow": pa.Table}


def test_the_kind_that_came_in_goes_out(kind: str) -> None:
    matching = rm.match(rm.Cohort.from_frame(MAKERS[kind](columns_of(PEOPLE))))
    for what in ("duos", "unmatched"):
        assert isinstance(matching.to_frame(what=what), TYPES[kind])
    for other, type_ in TYPES.items():
        assert isinstance(matching.to_frame(other), type_), "what is asked for wins"
    stored = rm.Matching.from_json(matching.to_json())
    assert isinstance(stored.to_frame(), pd.DataFrame)
    amended = rm.Cohort.from_frame(MAKERS[kind](columns_of(PEOPLE))).amended(leave=["tom"])
    assert isinstance(rm.match(amended).to_frame(), TYPES[kind])


def test_the_kind_counts_neither_for_equality_nor_for_the_matching() -> None:
    cohorts = [rm.Cohort.from_frame(make(columns_of(PEOPLE))) for make in MAKERS.values()]
    assert cohorts[0] == cohorts[1] == cohorts[2]
    assert len({rm.match(cohort).to_json() for cohort in cohorts}) == 1


def test_a_frame_holds_what_the_matching_holds() -> None:
    matching = rm.match(rm.read_cohort(rm.demo_path()))
    rows = {kind: matching.to_frame(kind) for kind in TYPES}
    listed = rows["polars"].to_dicts()
    assert rows["pyarrow"].to_pylist() == listed == rows["pandas"].to_dict("records")
    assert [(row["mentor"], row["mentee"], row["score"]) for row in listed] == [
        (duo.mentor, duo.mentee, duo.score) for duo in matching.duos
    ]
    assert listed[0]["skills"] == matching.duos[0].contributions["skills"]
    left = matching.to_frame("pyarrow", "unmatched").to_pylist()
    assert [(row["id"], row["reason"], row["why"]) for row in left] == [
        (one.id, one.reason, str(one)) for one in matching.unmatched
    ]
    assert all(
        (row["nearest"] is None) == (one.nearest is None)
        for row, one in zip(left, matching.unmatched, strict=True)
    )


def test_a_criterion_may_be_called_like_a_column(kind: str) -> None:
    criteria: list[dict[str, Any]] = [
        {"kind": "gap", "name": "score", "weight": 1, "field": "age", "from": 5, "to": 20}
    ]
    frame = rm.match(rm.Cohort.from_records(PEOPLE), rm.Policy(criteria=criteria)).to_frame("polars")
    assert frame["points of score"].to_list() == frame["score"].to_list()


def test_an_empty_table_has_its_columns_and_types(kind: str) -> None:
    nobody = [{"id": "a", "role": "mentor", "capacity": 0}, {"id": "b", "role": "mentee"}]
    matching = rm.match(rm.Cohort.from_records(nobody))
    full = rm.match(rm.Cohort.from_records([{**one, "capacity": 1} for one in nobody]))
    for what in ("duos", "unmatched"):
        one, other = matching.to_frame("polars", what), full.to_frame("polars", what)
        assert one.schema == other.schema
        assert matching.to_frame(kind, what).shape == one.shape


def test_wrong_wishes_name_the_nearest() -> None:
    matching = rm.match(rm.Cohort.from_records(PEOPLE))
    with pytest.raises(rm.InputError, match="unknown kind of frame 'panda'; did you mean 'pandas'"):
        matching.to_frame("panda")
    with pytest.raises(rm.InputError, match="unknown table; did you mean 'duos'"):
        matching.to_frame(what="duo")  # type: ignore[arg-type]


def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    matching = rm.match(rm.Cohort.from_records(PEOPLE))
    installed = {"polars", "pyarrow"}
    monkeypatch.setattr(frames, "is_installed", lambda library: library in installed)
    assert isinstance(matching.to_frame(), pl.DataFrame)
    with pytest.raises(rm.errors.MissingExtraError, match="pip install pandas"):
        matching.to_frame("pandas")
    installed.remove("polars")
    assert isinstance(matching.to_frame(), pa.Table)
    installed.remove("pyarrow")
    with pytest.raises(rm.errors.MissingExtraError, match="needs one of pandas, polars, pyarrow"):
        matching.to_frame()
    monkeypatch.setattr(extras, "find_spec", lambda library: None)
    with pytest.raises(
        rm.errors.MissingExtraError, match=r"pictures needs matplotlib.*pip install '.\[plot\]'"
    ):
        extras.require_module("matplotlib.pyplot", "plot", "pictures")
