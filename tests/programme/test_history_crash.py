"""Whoever is killed while writing a history leaves the old one or the new one, whole; and nothing in the way."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import reverse_match as rm

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="processes are neither forked nor killed there"
)

LOCK, FILE = ".history.json.lock", "history.json"


@pytest.fixture(scope="module")
def matching(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("matching") / "matching.json"
    people = [{"id": f"m{n}", "role": "mentor"} for n in range(8)]
    people += [{"id": f"e{n}", "role": "mentee"} for n in range(8)]
    path.write_text(rm.match(rm.Cohort.from_records(people)).to_json(), "utf-8")
    return path


def crashes(what: str, matching: Path, directory: Path, *numbers: int) -> Any:
    """Run one of the functions of the program beside this file; return what it says."""
    script = Path(__file__).with_name("history_crashes.py")
    told = subprocess.run(
        [sys.executable, str(script), what, str(matching), str(directory), *map(str, numbers)],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONWARNINGS": "ignore"},
    )
    return json.loads(told.stdout)


@pytest.mark.parametrize(
    "rounds_before", [0, *(pytest.param(rounds, marks=pytest.mark.long) for rounds in (3, 12))]
)
def test_killed_before_and_after_each_call_of_the_system(
    matching: Path, tmp_path: Path, rounds_before: int
) -> None:
    told = crashes("killed_at_each_moment", matching, tmp_path, rounds_before)
    kept, leftovers = [], 0
    for number, one in enumerate(told):
        path = tmp_path / str(number) / FILE
        there = path.read_text("utf-8") if path.exists() else None
        assert there in (one["before"], one["after"])
        kept.append(there == one["after"])
        unfinished = set(one["files"]) - {LOCK, FILE}
        assert len(unfinished) <= 1
        leftovers += len(unfinished)
        # Nothing is in the way of whoever comes next, and nothing is left behind.
        rm.History.from_json(one["after"]).save(path)
        assert path.read_text("utf-8") == one["after"]
        assert sorted(file.name for file in path.parent.iterdir()) == [LOCK, FILE]
    assert [one["killed"] for one in told] == [True] * (len(told) - 1) + [False]
    assert kept == sorted(kept), "once it is there it stays"
    assert kept.count(True) >= 5
    assert kept.count(False) >= 20
    assert leftovers >= 10


def check_random_kills(told: list[dict[str, Any]]) -> None:
    before = 0
    for one in told:
        assert one["killed"]
        last = one["saved"][-1] if one["saved"] else before
        assert last <= one["there"] <= last + 1, "a round whose saving was told is there"
        before = one["there"] if one["there"] <= 30 else 0
    assert any(one["saved"] for one in told)


def test_killed_at_random(matching: Path, tmp_path: Path) -> None:
    check_random_kills(crashes("killed_at_random", matching, tmp_path, 8, 1))


@pytest.mark.long
@pytest.mark.parametrize("seed", range(5))
def test_killed_at_random_for_long(matching: Path, tmp_path: Path, seed: int) -> None:
    check_random_kills(crashes("killed_at_random", matching, tmp_path, 200, seed))


def check_race(told: dict[str, Any], rounds: int) -> None:
    assert set(told["codes"]) == {0}
    assert told["missing"] == []
    assert told["rounds"] == rounds
    assert told["refused"] > 0, "they were in each other's way"


def test_of_two_at_once_one_gets_an_error_and_no_round_is_lost(matching: Path, tmp_path: Path) -> None:
    check_race(crashes("racing", matching, tmp_path, 2, 10), 20)


@pytest.mark.long
def test_many_at_once(matching: Path, tmp_path: Path) -> None:
    check_race(crashes("racing", matching, tmp_path, 4, 20), 80)
