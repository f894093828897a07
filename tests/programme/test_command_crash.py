"""Whoever kills ``publish``, ``forget`` or ``review`` at its writing leaves each file old or new, and whole."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.views.cli.main import app

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="processes are neither forked nor killed there"
)

PEOPLE = "id,role\nm1,mentor\nm2,mentor\nqx417,mentor\ne1,mentee\ne2,mentee\ne3,mentee\n"
COMMANDS: dict[str, tuple[list[str], set[str]]] = {
    "publish": (
        ["publish", "draft.json", "--history", "new.json", "--on", "2027-01-11"],
        {"draft.json", "new.json"},
    ),
    "forget": (
        [
            *("forget", "qx417", "--called", "Zoé", "--history", "h.json", "--matching", "m.json"),
            *("--matching", "r2.json", "--people", "people.csv", "--feedback", "answers.csv"),
        ],
        {"h.json", "m.json", "r2.json", "people.csv", "answers.csv"},
    ),
    "review": (
        [
            *("review", "m.json", "people.csv", "--feedback", "answers.csv"),
            *("--out", "table.csv", "--attendance", "held.csv"),
        ],
        {"table.csv", "held.csv"},
    ),
}


def run(folder: Path, *asked: str) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        done = CliRunner().invoke(app, list(asked))
    assert done.exit_code == 0, done.output
    return done


@pytest.fixture(scope="module")
def programme(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("programme")
    (folder / "people.csv").write_text(PEOPLE, "utf-8")
    run(folder, "match", "people.csv", "--out", "draft.json")
    shutil.copy(folder / "draft.json", folder / "m.json")
    run(folder, "publish", "m.json", "--history", "h.json", "--on", "2027-01-11")
    mentor = {duo.mentee: duo.mentor for duo in rm.Matching.from_json((folder / "m.json").read_bytes()).duos}
    answers = "".join(f"{mentor[one]},{one},2027-02-01,mentee,continue\n" for one in sorted(mentor))
    (folder / "answers.csv").write_text("mentor,mentee,date,answered by,wish\n" + answers, "utf-8")
    asked = ("--history", "h.json", "--on", "2027-06-01", "--out", "r2.json")
    run(folder, "rotate", "m.json", "people.csv", *asked)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")}


def killed(programme: Path, places: Path, every: int, command: list[str]) -> list[bool]:
    script = Path(__file__).with_name("command_crashes.py")
    told = subprocess.run(
        [sys.executable, str(script), str(programme), str(places), str(every), *command],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONWARNINGS": "ignore"},
    )
    found: list[bool] = json.loads(told.stdout)
    return found


@pytest.mark.parametrize("every", [23, pytest.param(1, marks=pytest.mark.long)])
@pytest.mark.parametrize("name", COMMANDS)
def test_each_file_is_old_or_new(name: str, every: int, programme: Path, tmp_path: Path) -> None:
    command, written = COMMANDS[name]
    told = killed(programme, tmp_path, every, command)
    assert told == [True] * (len(told) - 1) + [False]
    assert len(told) > 40 / every * len(written)
    old, new = contents(programme), contents(tmp_path / str(len(told) - 1))
    assert {name for name in new if new[name] != old.get(name)} == written
    progress = []
    for number in range(len(told)):
        there = contents(tmp_path / str(number))
        assert there.keys() <= old.keys() | written
        assert all(content in (old.get(name), new.get(name)) for name, content in there.items())
        assert there.keys() >= old.keys()
        progress.append(sum(there.get(name) == new[name] for name in written))
    assert progress == sorted(progress), "once a file is there it stays"
    assert progress[0] == 0


@pytest.mark.long
def test_who_was_killed_at_forgetting_is_forgotten_by_the_next_run(programme: Path, tmp_path: Path) -> None:
    command, _ = COMMANDS["forget"]
    told, tried = killed(programme, tmp_path, 8, command), set()
    for number in range(len(told) - 1):
        folder = tmp_path / str(number)
        state = tuple(sorted(contents(folder).items()))
        if state in tried:
            continue
        tried.add(state)
        if b"qx417" in b"".join(contents(folder).values()).replace(contents(folder)["draft.json"], b""):
            run(folder, *command)
            assert not [
                path for path in folder.iterdir() if path.name.startswith(".") and "to-replace" in path.name
            ]
        (folder / "draft.json").unlink()
        assert b"qx417" not in b"".join(contents(folder).values())
        asked = ("--history", "h.json", "--on", "2028-01-01", "--out", "r3.json")
        run(folder, "rotate", "r2.json", "people.csv", *asked)
    assert len(tried) >= 5


def test_who_was_killed_at_publishing_has_published_after_the_next_run(
    programme: Path, tmp_path: Path
) -> None:
    """Whatever state the first run left, also where it was the next run that was killed, nothing is missed."""
    command, written = COMMANDS["publish"]
    told, tried = killed(programme, tmp_path, 5, command), set()
    new = contents(tmp_path / str(len(told) - 1))
    duos = rm.History.from_json(new["new.json"]).published
    assert duos is not None
    for number in range(len(told) - 1):
        folder = tmp_path / str(number)
        there = frozenset(path.name for path in folder.iterdir() if "to-replace" in path.name)
        state = (there, *(contents(folder).get(name) == new[name] for name in sorted(written)))
        if state in tried:
            continue
        tried.add(state)
        if state[1:] == (True, False):  # published, and its history does not know
            raise AssertionError(state)
        if not (all(state[1:]) and not there):  # whoever was killed at the very end has published
            run(folder, *command)
        after = contents(folder)
        assert {name for name in written if after[name] != new[name]} == set()
        assert not [path for path in folder.iterdir() if "to-replace" in path.name]
        (folder / "who.csv").write_text(PEOPLE, "utf-8")
        again = run(folder, "match", "who.csv", "--past", "new.json", "--format", "json")
        pairs = {(duo["mentor"], duo["mentee"]) for duo in json.loads(again.stdout)["duos"]}
        assert not pairs & {(duo.mentor, duo.mentee) for duo in duos.duos}
    assert len(tried) >= 4
