"""A program that runs a command again and again, killed at each moment of its writing. Tests run it.

It forks, as ``history_crashes.py`` does. What it prints is JSON: whether each process was killed; the folders
that they leave are looked at by the tests.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from history_crashes import forked
from typer.testing import CliRunner

from reverse_match.foundation import files
from reverse_match.views.cli.main import app

if TYPE_CHECKING:
    from types import FrameType


def writes(frame: FrameType | None) -> bool:
    """Say whether a call is one of those that write a file."""
    for _ in range(8):
        if frame is None:
            return False
        if frame.f_code.co_filename == files.__file__:
            return True
        frame = frame.f_back
    return False


def die_at(point: int) -> None:
    """Kill this process before or after a call of the operating system, at one of the moments of writing.

    It is looked at from the first write on, since all is slower while it is.
    """
    moments, before = 0, files.remove_leftovers

    def look(frame: FrameType, event: str, called: Any) -> None:
        nonlocal moments
        of_system = event in ("c_call", "c_return") and called.__module__ in ("posix", "fcntl", "_io")
        if of_system and writes(frame):
            moments += 1
            if moments == point:
                os.kill(os.getpid(), signal.SIGKILL)

    def first_write(directory: Path) -> None:
        sys.setprofile(look)
        before(directory)

    files.remove_leftovers = first_write


def killed_at_moments(before: Path, places: Path, every: int, command: list[str]) -> list[bool]:
    """Run a command in copies of a folder, and die at each, or at every so many, of its moments of writing."""
    killed: list[bool] = []
    while not killed or killed[-1]:
        place, point = places / str(len(killed)), 1 + every * len(killed)
        shutil.copytree(before, place)

        def die_writing(place: Path = place, point: int = point) -> None:
            os.chdir(place)
            die_at(point)
            result = CliRunner().invoke(app, command)
            if result.exit_code:
                raise RuntimeError(result.output)

        _, status = os.waitpid(forked(die_writing), 0)
        if not os.WIFSIGNALED(status) and status:
            raise RuntimeError(place)
        killed.append(os.WIFSIGNALED(status))
    return killed


if __name__ == "__main__":
    folder, copies, step, *asked = sys.argv[1:]
    shutil.copytree(folder, Path(copies, "first"))
    os.chdir(Path(copies, "first"))
    CliRunner().invoke(app, asked)  # so that no process has to import again what the command needs
    print(json.dumps(killed_at_moments(Path(folder), Path(copies), int(step), asked)))  # noqa: T201
