"""A program whose processes write a history and are killed at it. Tests run it; see ``test_history_crash.py``.

It forks, since a fresh interpreter for each of a hundred killed processes would take a minute. What it prints is
JSON: what stood in the directory after each kill, before anybody has looked after it.
"""

from __future__ import annotations

import io
import json
import os
import random
import select
import signal
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.errors import HistoryError
from reverse_match.matching.results.matching import Matching
from reverse_match.programme.history import History

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

FIRST_DAY = date(2026, 1, 1)


def matching_number(base: Matching, number: int) -> Matching:
    """Return one of many matchings of the same people, no two of them the same."""
    return base.model_copy(update={"as_of": FIRST_DAY + timedelta(days=number)})


def longer(history: History, base: Matching, number: int) -> History:
    return history.with_round(matching_number(base, number), until=FIRST_DAY)


def forked(work: Callable[[], object]) -> int:
    """Start a process that does something, and return its id."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        work()
        code = 0
    finally:
        os._exit(code)


def die_at(point: int) -> None:
    """Kill this process before or after a call of the operating system: at the given one of such moments."""
    moments = 0

    def look(frame: FrameType, event: str, called: Any) -> None:
        nonlocal moments
        if event not in ("c_call", "c_return", "c_exception"):
            return
        if called.__module__ in ("posix", "fcntl", "_io") or isinstance(called.__self__, io.IOBase):
            moments += 1
            if moments == point:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(look)


def killed_at_each_moment(directory: Path, base: Matching, rounds_before: int) -> list[dict[str, Any]]:
    """Save one round more, and die at each moment in turn, until one process comes through."""
    before = History()
    for number in range(rounds_before):
        before = longer(before, base, number)
    after, told = longer(before, base, rounds_before), []
    while not told or told[-1]["killed"]:
        place = directory / str(len(told))
        place.mkdir()
        if rounds_before:
            before.save(place / "history.json")

        def die_saving(path: Path = place / "history.json", point: int = len(told) + 1) -> None:
            die_at(point)
            after.save(path)

        _, status = os.waitpid(forked(die_saving), 0)
        told.append(
            {
                "killed": os.WIFSIGNALED(status),
                "files": sorted(os.listdir(place)),  # noqa: PTH208
                "before": before.to_json() if rounds_before else None,
                "after": after.to_json(),
            }
        )
    return told


def killed_at_random(directory: Path, base: Matching, kills: int, seed: int) -> list[dict[str, Any]]:
    """Add round after round, telling of each that was saved, and be killed at it, again and again."""
    path, told, chance = directory / "history.json", [], random.Random(seed)
    for _ in range(kills):
        reading, writing = os.pipe()

        def add_rounds(writing: int = writing) -> None:
            history = History.load(path) if path.exists() else History()
            while len(history.rounds) < 10_000:
                history = longer(history, base, len(history.rounds))
                history.save(path)
                os.write(writing, b"%d " % len(history.rounds))

        child = forked(add_rounds)
        os.close(writing)
        if chance.random() < 0.5:  # on a slow machine all would be dead before their first round
            select.select([reading], [], [], 10.0)
        time.sleep(chance.random() * 0.1)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        with os.fdopen(reading) as stream:
            saved = stream.read().split()
        there = len(History.load(path).rounds) if path.exists() else 0
        told.append({"killed": os.WIFSIGNALED(status), "saved": [int(one) for one in saved], "there": there})
        if there > 30:  # long ones take long to read
            path.unlink()
    return told


def racing(directory: Path, base: Matching, processes: int, rounds_each: int) -> dict[str, Any]:
    """Let processes add rounds to one file, each trying anew whenever another was faster."""
    path = directory / "history.json"
    History().save(path)
    waiting, starting = os.pipe()

    def add_rounds(first: int) -> None:
        os.close(starting)
        os.read(waiting, 1)  # until the other end is closed by everybody
        refusals = 0
        for number in range(first, first + rounds_each):
            while True:
                try:
                    longer(History.load(path), base, number).save(path)
                except HistoryError as error:
                    if "holds other rounds" not in str(error):
                        raise
                    refusals += 1
                else:
                    break
        (directory / f"refused-{first}").write_text(str(refusals), "utf-8")

    children = [forked(lambda one=one: add_rounds(one * rounds_each)) for one in range(processes)]
    os.close(starting)
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    history = History.load(path)
    return {
        "codes": codes,
        "refused": sum(int(file.read_text("utf-8")) for file in directory.glob("refused-*")),
        "rounds": len(history.rounds),
        "missing": [
            number
            for number in range(processes * rounds_each)
            if history.number_of(matching_number(base, number)) is None
        ],
    }


if __name__ == "__main__":
    what = {one.__name__: one for one in (killed_at_each_moment, killed_at_random, racing)}[sys.argv[1]]
    some = Matching.from_json(Path(sys.argv[2]).read_bytes())
    print(json.dumps(what(Path(sys.argv[3]), some, *map(int, sys.argv[4:]))))  # noqa: T201
