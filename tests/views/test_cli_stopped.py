"""What is left, and what is said, when a command is stopped or its output takes no more."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.views.cli import command_results
from reverse_match.views.cli.main import app

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAM = [sys.executable, "-m", "reverse_match"]
PEOPLE = "id,role,offers,seeks\nm1,mentor,Python:5,\ne1,mentee,,Python\n"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals are something else there")
FULL = Path("/dev/full")


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture(autouse=True)
def _signals_as_in_a_terminal() -> Iterator[None]:
    """Let signals count that whoever started the tests in the background had ignored for them."""
    numbers = (signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM))
    before = {number: signal.getsignal(number) for number in numbers}
    for number in numbers:
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("people.csv").write_text(PEOPLE)
    assert run("match", "people.csv", "--out", "r1.json").exit_code == 0
    return tmp_path


ROTATE = ("rotate", "r1.json", "people.csv", "--on", "2027-05-31", "--history", "history.json")
TO = ("--out", "r2.json", "--people-out", "p2.json")


def interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def test_who_interrupts_learns_what_was_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("policy.json").write_text('{"rotation": {"former_partners": "allow"}}')
    with monkeypatch.context() as patched:
        patched.setattr(rm.History, "save", interrupted)
        result = run(*ROTATE, *TO)
    assert result.exit_code == 130
    said = "Interrupted; p2.json and r2.json were written, history.json was not written.\n"
    assert result.stderr.endswith(said)
    assert Path("r2.json").exists()
    with monkeypatch.context() as patched:
        patched.setattr(rm.Matching, "to_json", interrupted)
        result = run("match", "people.csv", "--out", "new.json")
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (130, "Interrupted; nothing was written.")
    assert not Path("new.json").exists()


def test_who_interrupts_after_the_last_step_of_a_file_learns_that_it_is_there(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = command_results.write_whole

    def written_then_interrupted(path: Path, text: str) -> None:
        really(path, text)
        raise KeyboardInterrupt

    monkeypatch.setattr(command_results, "write_whole", written_then_interrupted)
    result = run("match", "people.csv", "--out", "new.json")
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (130, "Interrupted; new.json was written.")


def test_what_fails_after_a_file_was_written_says_so(folder: Path) -> None:
    Path("r2.json").mkdir()
    result = run(*ROTATE[:-2], *TO)
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-2:] == [
        "r2.json: cannot be written: Is a directory",
        "note: before that, p2.json was written, r2.json was not written",
    ]


@POSIX
def test_ctrl_c_that_a_library_turns_into_another_error_is_still_ctrl_c(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As pydantic does: PydanticSerializationError, "Error serializing to JSON: KeyboardInterrupt"."""

    def swallowed(_: object) -> str:
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt as error:
            raise ValueError(str(error)) from None
        return ""

    monkeypatch.setattr(rm.Matching, "to_json", swallowed)
    result = run("match", "people.csv", "--out", "new.json")
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (130, "Interrupted; nothing was written.")


@POSIX
@pytest.mark.parametrize("number", [signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)])
def test_a_request_to_end_leaves_nothing_half_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: signal.raise_signal(number))
    before = sorted(os.listdir(folder))  # noqa: PTH208
    result = run("match", "people.csv", "--out", "new.json")
    assert result.exit_code == 128 + number
    assert result.stderr.splitlines()[-1] == "Stopped; nothing was written."
    assert sorted(os.listdir(folder)) == before  # noqa: PTH208
    assert signal.getsignal(number) is signal.SIG_DFL


@POSIX
@pytest.mark.parametrize(
    "module",
    [
        "reverse_match.views.cli.main",
        *(pytest.param(name, marks=pytest.mark.long) for name in ("typer", "rich.text")),
    ],
)
def test_ctrl_c_while_modules_load(folder: Path, module: str) -> None:
    """Imports may lose an exception, or make another error of it: so none is raised meanwhile."""
    code = (
        "import signal, sys\n"
        "class Pressed:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == sys.argv[1]:\n"
        "            signal.raise_signal(signal.SIGINT)\n"
        "from reverse_match.__main__ import main\n"
        "sys.meta_path.insert(0, Pressed())\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code, module], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (130, "Interrupted; nothing was written.\n")


@POSIX
def test_ctrl_c_from_outside(folder: Path) -> None:
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen([*PROGRAM, "bench", "--sizes", "300"], stderr=subprocess.PIPE, env=environment)
    assert process.stderr is not None
    assert process.stderr.readline() == b"300 people\n"
    time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said.splitlines()[-1]) == (130, b"Interrupted; nothing was written.")
    assert b"Traceback" not in said


@pytest.mark.skipif(not FULL.exists(), reason="no such device")
@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("match", "people.csv"), "standard output: cannot be written: No space left on device"),
        (("--version",), "output cannot be written: No space left on device"),
        *(
            pytest.param(
                command, f"{what} cannot be written: No space left on device", marks=pytest.mark.long
            )
            for command, what in (
                (("demo", "--format", "json"), "standard output:"),
                (("verify", "r1.json", "people.csv"), "standard output:"),
                (("schema", "policy"), "standard output:"),
                (("--help",), "output"),
            )
        ),
    ],
)
def test_standard_output_that_takes_no_more_is_one_line(
    folder: Path, command: tuple[str, ...], said: str
) -> None:
    with FULL.open("w") as full:
        done = subprocess.run(
            [*PROGRAM, *command], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == said  # after notes, and progress where the machine is slow
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not FULL.exists(), reason="no such device")
def test_what_was_written_before_standard_output_was_full_is_told(folder: Path) -> None:
    with FULL.open("w") as full:
        command = [*PROGRAM, "match", "people.csv", "--out", "new.json"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (1, "note: before that, new.json was written")


@pytest.mark.skipif(not FULL.exists(), reason="no such device")
def test_standard_error_that_takes_no_more_is_no_trace(folder: Path) -> None:
    with FULL.open("w") as full:
        done = subprocess.run([*PROGRAM, "match", "nobody.csv"], stderr=full, check=False)
    assert done.returncode == 2


@POSIX
def test_a_reader_that_has_seen_enough_is_no_fault(folder: Path) -> None:
    command = [*PROGRAM, "demo"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
    assert process.returncode == 1
    assert b"cannot" not in said
    assert b"Traceback" not in said
    assert b"Exception ignored" not in said


@POSIX
def test_an_argument_that_the_locale_cannot_read_is_told(folder: Path) -> None:
    command = [*PROGRAM, "amend", "r1.json", "people.csv", "--forbid", "léa=e1"]
    plain = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run(command, capture_output=True, env=plain, check=False)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith(
        b"note: an argument is no text in this locale; right would be"
    )


@POSIX
def test_who_closes_standard_output_is_told(folder: Path) -> None:
    command = [*PROGRAM, "match", "people.csv", "--out", "closed.json"]
    ended = subprocess.run(
        ["/bin/sh", "-c", 'exec "$@" >&-', "sh", *command],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert "standard output: cannot be written: Bad file descriptor" in ended.stderr
    assert "Traceback" not in ended.stderr
