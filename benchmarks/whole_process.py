"""What a person waits for at the command line: a whole process, from file to answer.

Beside it stands reading and matching alone, in a process that has done both before. What is between is the
start of the interpreter, what is loaded, the explanations, the file that is written, and the table through a
pipe. Times are of the processor, since a start waits for the disk, too.

Counted, for CI: calls of functions for each row of a table that goes through a pipe, and rows that are made
for a terminal. Neither depends on the machine.
"""

from __future__ import annotations

import cProfile
import os
import pstats
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import reverse_match as rm
from plain_reading import write_people
from reverse_match.testing import invented_cohort
from reverse_match.views.terminal import matching_view
from reverse_match.views.text_table import Screen, screen_text, whole_text

if TYPE_CHECKING:
    from collections.abc import Callable

PEOPLE = 10_000


def process_ratio(people: int = PEOPLE, repeats: int = 5) -> float:
    """Return how many times longer ``reverse-match match`` takes than reading and matching when warm."""
    with tempfile.TemporaryDirectory() as folder:
        file = write_people(Path(folder) / "people.csv", people)
        asked = [sys.executable, "-m", "reverse_match", "match", file.name, "--out", "m.json"]
        whole, alone = [], []
        _seconds_of(asked, folder)  # writes the bytecode
        rm.match(rm.read_cohort(file))
        for _ in range(repeats):  # in turn, so that both meet the same other work on the machine
            whole.append(_seconds_of(asked, folder))
            alone.append(_seconds_here(lambda: rm.match(rm.read_cohort(file))))
        return min(whole) / min(alone)


def _seconds_of(asked: list[str], folder: str) -> float:
    """Return the seconds of processor that a process takes, its system's included."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = os.times()
    subprocess.run(asked, check=True, capture_output=True, cwd=folder, env=environment)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def _seconds_here(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


def printing_counts(people: int = 1_000) -> dict[str, float]:
    """Return calls a row of what goes through a pipe, and calls in all for what a terminal shows."""
    matching = rm.match(invented_cohort(people))
    piped = _calls(lambda: whole_text(matching_view(matching)))
    shown = _calls(lambda: screen_text(matching_view(matching), Screen(80)))
    return {"calls a row through a pipe": round(piped / len(matching.duos)), "calls on a terminal": shown}


def _calls(work: Callable[[], object]) -> int:
    work()  # loads what it needs
    profile = cProfile.Profile()
    profile.runcall(work)
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]


if __name__ == "__main__":
    print(f"whole process: {process_ratio():.2f} times reading and matching")
    print(*(f"{name}: {count:,}" for name, count in printing_counts().items()), sep="\n")
