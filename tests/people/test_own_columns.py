"""The same people are the same people, whatever kind of file or frame they come in: one rule for a cell."""

from __future__ import annotations

import io
import json
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reverse_match as rm
from reverse_match.people.own_columns import typed_value

if TYPE_CHECKING:
    from pathlib import Path

POLICY = {
    "criteria": [
        {"kind": "difference", "name": "team", "weight": 1, "field": "team"},
        {"kind": "sameness", "name": "floor", "weight": 1, "field": "floor"},
        {"kind": "gap", "name": "km", "weight": 1, "field": "km", "from": 0, "to": 10},
        {"kind": "difference", "name": "remote", "weight": 1, "field": "remote"},
        {"kind": "difference", "name": "since", "weight": 1, "field": "since"},
    ],
    "quotas": [
        {"kind": "each", "by": "mentee.floor", "at_most": 2},
        {"kind": "count", "where": {"mentee.remote": True}, "at_most": 3},
        {"kind": "count", "where": {"mentee.floor": 2.0}, "at_most": 3},
    ],
}


@st.composite
def people(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Draw records with columns of every type; in some columns nothing is missing, so that types stay."""

    def column(values: st.SearchStrategy[Any]) -> list[Any]:
        return draw(st.lists(values | st.none() if draw(st.booleans()) else values, min_size=5, max_size=5))

    columns = {
        "team": column(st.sampled_from(["007", "7", "1.10", "North", "TRUE story", "4,5"])),
        "floor": column(st.integers(0, 3)),
        "km": column(st.sampled_from([0.5, 2.0, 7.25, 1e-5, 12.0])),
        "remote": column(st.booleans()),
        "since": column(st.dates(date(2000, 1, 1), date(2026, 1, 1))),
    }
    return [
        {
            "id": f"p{n}",
            "role": "mentor" if n < 2 else "mentee",
            **{name: cells[n] for name, cells in columns.items()},
        }
        for n in range(5)
    ]


def from_csv_text(text: str, folder: Path) -> rm.Cohort:
    file = folder / "people.csv"
    file.write_text(text, "utf-8")
    return rm.read_cohort(file)


def ways(records: list[dict[str, Any]], folder: Path) -> dict[str, rm.Cohort]:
    """Return the same people through every kind of file and frame."""
    pandas, polars = pd.DataFrame(records), pl.DataFrame(records, infer_schema_length=None)
    arrow = pa.Table.from_pylist(records)
    as_text = json.dumps(records, default=str)
    (folder / "people.json").write_text(as_text)
    pandas.to_excel(folder / "people.xlsx", index=False)
    pa.parquet.write_table(arrow, folder / "people.parquet")
    buffer = io.BytesIO()
    pa.csv.write_csv(arrow, buffer)
    return {
        "records": rm.Cohort.from_records(records),
        "json": rm.read_cohort(folder / "people.json"),
        "xlsx": rm.read_cohort(folder / "people.xlsx"),
        "parquet": rm.read_cohort(folder / "people.parquet"),
        "pandas": rm.Cohort.from_frame(pandas),
        "pandas, as it converts": rm.Cohort.from_frame(pandas.convert_dtypes()),
        "polars": rm.Cohort.from_frame(polars),
        "pyarrow": rm.Cohort.from_frame(arrow),
        "csv of pandas": from_csv_text(pandas.to_csv(index=False), folder),
        "csv of polars": from_csv_text(polars.write_csv(), folder),
        "csv of pyarrow": from_csv_text(buffer.getvalue().decode(), folder),
        "csv with semicolons": from_csv_text(pandas.to_csv(index=False, sep=";", decimal=","), folder),
    }


@settings(max_examples=settings.default.max_examples // 2)
@given(people())
def test_the_same_people_have_one_digest_and_one_matching(
    tmp_path_factory: pytest.TempPathFactory, records: list[dict[str, Any]]
) -> None:
    found = ways(records, tmp_path_factory.mktemp("people"))
    assert {name: cohort.sha256 for name, cohort in found.items()} == dict.fromkeys(
        found, found["json"].sha256
    )
    policy = rm.Policy.model_validate(POLICY)
    try:
        first = rm.match(found["json"], policy)
    except rm.InfeasibleError:
        return
    without_file = first.model_copy(update={"digests": first.digests.model_copy(update={"file": None})})
    for cohort in found.values():
        matching = rm.match(cohort, policy)
        digests = matching.digests.model_copy(update={"file": None})
        assert matching.model_copy(update={"digests": digests}).to_json() == without_file.to_json()
        rm.verify(first, cohort, policy)
        rm.attach(first, cohort)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([5, 5.0, "5", "5.0", " 5 ", np.int64(5), np.float32(5), Decimal("5.0"), ["5"]], 5),
        ([4.5, "4.5", "4,5", Decimal("4.5"), np.float64(4.5)], 4.5),
        ([True, "true", "TRUE", "True", np.True_], "true"),
        ([False, "false", "FALSE"], "false"),
        (["007"], "007"),
        (["1.10"], "1.10"),
        (["1e5"], "1e5"),
        (["+5"], "+5"),
        (["5."], "5."),
        (["0x10"], "0x10"),
        (["12345678901234567890"], "12345678901234567890"),
        (["5.00"], "5.00"),
        (["1,234"], "1,234"),
        ([1e-05, "1e-05", "0.00001", "1E-5"], 1e-05),
        ([1e22, "1e+22", "1e22"], 1e22),
        ([0, -0.0, "0", "-0", "0.0"], 0),
        ([-3, "-3", "-3.0"], -3),
        ([date(2026, 11, 23), "2026-11-23", datetime(2026, 11, 23), "2026-11-23 00:00:00",
          "2026-11-23T00:00:00.000000", pd.Timestamp("2026-11-23"), np.datetime64("2026-11-23")], "2026-11-23"),
        ([datetime(2026, 11, 23, 9, 30), "2026-11-23 09:30:00", "2026-11-23T09:30"], "2026-11-23T09:30:00"),
        ([time(9), "09:00", "09:00:00"], "09:00"),
        (["2026-02-31"], "2026-02-31"),
        (["2026-02-31 10:00"], "2026-02-31 10:00"),
        ([["a", "b"], ("a", "b"), "a;b", "a; b;"], "a;b"),
        ([None, "", "  ", [], pd.NA, pd.NaT], None),
    ],
)  # fmt: skip
def test_what_a_cell_says(values: list[Any], said: Any) -> None:
    people = [
        rm.Cohort.from_records([{"id": "m", "role": "mentor", "own": value}, {"id": "e", "role": "mentee"}])
        for value in values
    ]
    for cohort, value in zip(people, values, strict=True):
        found = typed_value(cohort.participants[0].attributes["own"])
        assert (found, type(found)) == (said, type(said)), value
    assert len({cohort.sha256 for cohort in people}) == 1


def test_other_people_have_other_digests() -> None:
    values = [None, 5, 5.5, "007", "7", "true", 1, "a", "a;b", "2026-11-23", "1.10", "1.1", "false", 0]
    people = [
        rm.Cohort.from_records([{"id": "m", "role": "both", "own": value}, {"id": "e", "role": "both"}])
        for value in values
    ]
    assert len({cohort.sha256 for cohort in people}) == len(values)


def test_equal_people_have_equal_digests() -> None:
    def of(**more: Any) -> rm.Cohort:
        return rm.Cohort.from_records([{"id": "m", "role": "mentor", **more}, {"id": "e", "role": "mentee"}])

    assert of(age=30) == of(age=30.0)
    assert of(age=30).sha256 == of(age=30.0).sha256 == of(age="30").sha256 == of(age="30.0").sha256
    assert of(own=5) == of(own=5.0)
    assert of(own=5).sha256 == of(own=5.0).sha256
    assert of(own=True) != of(own=1)
    assert of(own=True).sha256 != of(own=1).sha256
    assert of(own=True) == of(own=True)


def test_a_name_in_a_list_may_be_a_number() -> None:
    """In CSV a list of one number is a list; so it is in a frame."""
    policy = rm.Policy(criteria=[{"kind": "overlap", "name": "rooms", "weight": 1, "field": "rooms"}])
    frame = pd.DataFrame({"id": ["m", "e"], "role": ["mentor", "mentee"], "rooms": [5.0, 5.0]})
    rows = [{"id": "m", "role": "mentor", "rooms": "5"}, {"id": "e", "role": "mentee", "rooms": "5"}]
    scores = [
        rm.match(cohort, policy).duos[0].score
        for cohort in (rm.Cohort.from_frame(frame), rm.Cohort.from_records(rows))
    ]
    assert scores == [1.0, 1.0]
