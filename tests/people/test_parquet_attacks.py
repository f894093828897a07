"""Parquet files and frames that are larger than they look, or hold what Python cannot: one line, at once."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import reverse_match as rm

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LIMITED = """
import os, resource, sys
import numpy, pyarrow.parquet, narwhals.stable.v2
import reverse_match as rm
for path in sys.argv[1:]:
    child = os.fork()
    if child:
        assert os.waitpid(child, 0)[1] == 0, path
        continue
    room = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize() + (1 << 30)
    resource.setrlimit(resource.RLIMIT_AS, (room, room))
    resource.setrlimit(resource.RLIMIT_CPU, (30, 30))
    try:
        print(len(rm.read_cohort(path).participants), "people", flush=True)
    except rm.errors.CohortError as error:
        print(error, flush=True)
    os._exit(0)
"""
"""Reads files, each in a process of its own that may take a gibibyte and 30 s; what all need is loaded once."""
LONG = "x" * 1_000_000


def people(count: int, **more: Any) -> pa.Table:
    return pa.table({"id": [str(n) for n in range(count)], "role": ["both"] * count, **more})


def many(value: Any, count: int, kind: pa.DataType) -> pa.Array:
    """Return an array of one value many times, which takes no room."""
    return pa.DictionaryArray.from_arrays(pa.array([0] * count, pa.int32()), pa.array([value], kind))


TRICKS: dict[str, tuple[Callable[[], pa.Table], str]] = {
    "texts of a megabyte": (lambda: people(3_000, x=many(LONG, 3_000, pa.string())), "people.parquet, 'x': holds a text too long"),
    "in lists": (lambda: people(300, x=pa.ListArray.from_arrays(list(range(301)), many(LONG, 300, pa.string()))), "people.parquet, 'x': holds a text too long"),
    "in records": (lambda: people(300, x=pa.StructArray.from_arrays([many(LONG, 300, pa.string())], ["a"])), "people.parquet, 'x': holds a text too long"),
    "many texts": (lambda: people(200_000, x=many("x" * 30_000, 200_000, pa.string())), "more than 536,870,912 bytes of text"),
    "many rows": (lambda: pa.table({"id": many("a", 3_000_000, pa.string())}), "more than 2,000,000 rows"),
    "many cells": (lambda: people(200_000, **{f"c{n}": pa.nulls(200_000, pa.int8()) for n in range(120)}), "20,000,000 values"),
    "many columns": (lambda: people(1, **{f"c{n}": [1] for n in range(16_400)}), "16,402 columns"),
    "long lists": (lambda: people(2, x=pa.ListArray.from_arrays([0, 25_000_000, 25_000_000], pa.nulls(25_000_000, pa.int8()))), "20,000,000 values"),
}  # fmt: skip


LARGE = "many columns"


@pytest.mark.parametrize(
    "tricks", [[name for name in TRICKS if name != LARGE], pytest.param([LARGE], marks=pytest.mark.long)]
)
def test_small_files_stay_small(tricks: list[str], tmp_path: Path) -> None:
    paths = []
    for number, trick in enumerate(tricks):
        paths.append(tmp_path / str(number) / "people.parquet")
        paths[-1].parent.mkdir()
        table = TRICKS[trick][0]()
        pq.write_table(table, paths[-1], compression="zstd", store_schema=False, write_statistics=False)
        assert paths[-1].stat().st_size < 3_000_000
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, *paths], capture_output=True, text=True, timeout=300, check=False
    )
    told = done.stdout.splitlines()
    assert len(told) == len(tricks), (told, done.stderr[-800:])
    for trick, line in zip(tricks, told, strict=True):
        assert TRICKS[trick][1] in line


def test_ordinary_lists_and_maps_are_read(tmp_path: Path) -> None:
    offers = pa.array([[("AI", 4)], None], pa.map_(pa.string(), pa.int64()))
    pq.write_table(
        people(2, offers=offers, goals=[["a", "b"], []], x=many("y", 2, pa.string())), tmp_path / "p.parquet"
    )
    first, second = rm.read_cohort(tmp_path / "p.parquet").participants
    assert (first.offers, first.goals, first.attributes, second.goals) == (
        {"AI": 4},
        ("a", "b"),
        {"x": "y"},
        (),
    )


def whole(values: list[int | None], through: pa.DataType, kind: pa.DataType) -> pa.Array:
    return pa.array(values, through).cast(kind)


OUT_OF_RANGE = {
    "seconds": whole([0, 10**15, None], pa.int64(), pa.timestamp("s")),
    "microseconds": whole([0, 2**62, None], pa.int64(), pa.timestamp("us")),
    "zoned": whole([0, 2**62, None], pa.int64(), pa.timestamp("us", "Europe/Paris")),
    "days": whole([0, 2**31 - 1, None], pa.int32(), pa.date32()),
    "long days": whole([0, 86_400_000 * 10**8, None], pa.int64(), pa.date64()),
    "durations": whole([0, 2**62, None], pa.int64(), pa.duration("s")),
}


@pytest.mark.parametrize("kind", OUT_OF_RANGE)
def test_days_that_python_has_not_are_faults_with_their_place(kind: str, tmp_path: Path) -> None:
    table = people(3, born=OUT_OF_RANGE[kind])
    frames = [table] if kind in ("seconds", "long days", "durations") else [table, pl.from_arrow(table)]
    for frame in frames:
        with pytest.raises(
            rm.errors.CohortError, match=r"frame, row 2, column 'born': .* out of range"
        ) as caught:
            rm.Cohort.from_frame(frame)
        assert len(caught.value.faults) == 1
    if kind != "long days":
        pq.write_table(table, tmp_path / "p.parquet")
        with pytest.raises(rm.errors.CohortError, match=r"p\.parquet, row 2, column 'born': .* out of range"):
            rm.read_cohort(tmp_path / "p.parquet")


def test_decimals_and_headings_of_frames_are_bounded() -> None:
    frame = pd.DataFrame({"id": ["a"], "role": ["both"], "x": [Decimal("1E+999999999")]})
    with pytest.raises(rm.errors.CohortError, match="row 1, column 'x': NaN or infinite"):
        rm.Cohort.from_frame(frame)
    wide = pd.DataFrame([[1] * 40_000], columns=[f"c{n}" for n in range(40_000)])
    with pytest.raises(rm.errors.CohortError, match="frame: 40,000 columns"):
        rm.Cohort.from_frame(wide)
