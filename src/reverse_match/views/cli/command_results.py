"""What a command gives: text on standard output, files, and an account of them if it is stopped half way.

All commands print and write through one object: no file that is read is written over, standard output that
takes no more is told in a line, and whoever interrupts a command learns what it had written.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NoReturn

import typer

from reverse_match import views
from reverse_match.foundation.errors import Fault, InputError, ReverseMatchError
from reverse_match.foundation.files import refuse_overwriting, write_whole
from reverse_match.views.cli.options import Format
from reverse_match.views.cli.terminal import SafeConsole, say, tell_note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import FrameType

    from rich.console import RenderableType

    import reverse_match as rm

WIDTH = 200
"""Of tables, in characters, where output goes to no terminal."""


MATCHING_ENDINGS, PEOPLE_ENDINGS = (".json", ".csv", ".html"), (".json", ".csv")
"""Of files; they decide what is written."""


class OutputLostError(ReverseMatchError):
    """Standard output takes no more.

    Attributes
    ----------
    by_reader : bool
        Whether whoever read it has closed it, as ``head`` does: then there is nothing to complain of.
    """

    def __init__(self, error: OSError) -> None:
        self.by_reader = isinstance(error, BrokenPipeError)
        super().__init__(f"standard output: cannot be written: {error.strerror}")


class Stopped(BaseException):
    """A signal asks the process to end, while a file is being written."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__()


class Results:
    """What one command gives."""

    def __init__(self) -> None:
        self._planned: list[Path] = []
        self._written: list[Path] = []
        self._printing = False

    def plan(self, *written: Path | None, reads: tuple[Path | None, ...] = ()) -> None:
        """Say which files will be written, and which are read, before anything is.

        Raises
        ------
        InputError
            If a file is named for two things.
        """
        self._planned = [path for path in written if path is not None]
        refuse_overwriting(self._planned, [path for path in reads if path is not None])

    def write(self, path: Path, text: str) -> None:
        """Write a file as a whole.

        Raises
        ------
        InputError
            If it cannot be written.
        """
        self.written_by(path, lambda: write_whole(path, text))

    def written_by(self, path: Path, work: Callable[[], object]) -> None:
        """Have a file written, and remember that it was."""
        before = _identity(path)
        try:
            with _signals_heard():
                work()
        except BaseException:
            # Who interrupts can do so after the last step: what stands there decides.
            if _identity(path) != before:
                self._written.append(path)
            raise
        self._written.append(path)

    def print(self, shown: RenderableType) -> None:
        """Print a table, or text with styles, on standard output.

        Raises
        ------
        OutputLostError
            If standard output takes no more.
        """
        with self._printed():
            console().print(shown)

    def print_text(self, text: str) -> None:
        """Print text for people and a line break on standard output, in its encoding."""
        with self._printed():
            say(text)

    def print_data(self, text: str) -> None:
        """Print text for programs and a line break on standard output, as it is."""
        with self._printed():
            typer.echo(text)

    def print_file(self, text: str) -> None:
        """Print what a file would hold on standard output, in UTF-8 and as it is."""
        with self._printed():
            sys.stdout.buffer.write(text.encode("utf-8"))

    def show(
        self,
        matching: rm.Matching,
        form: Format,
        lang: str = "en",
        figures: rm.results.Trade | None = None,
    ) -> None:
        """Print a matching in a format, with figures that compare it if they were asked for."""
        if form is Format.table:
            self.print(views.terminal.matching_view(matching, figures, lang))
            return
        self.print_file(_text(matching, form, lang))
        if figures is not None and figures.blocking_pairs is not None:
            from reverse_match.views.summaries import blocking_line

            tell_note(blocking_line(figures.blocking_pairs, lang), lang)

    def write_matching(
        self,
        matching: rm.Matching,
        out: Path | None,
        lang: str,
        people: rm.Cohort | None = None,
        people_out: Path | None = None,
    ) -> None:
        """Write a matching and its people, or neither where a file cannot hold what it should."""
        texts = []
        if people_out is not None and people is not None:
            from reverse_match.people.write import people_csv, people_json

            as_csv = people_out.suffix.lower() == ".csv"
            texts.append((people_out, people_csv(people, people_out.name) if as_csv else people_json(people)))
        if out is not None:
            texts.append((out, _text(matching, Format(out.suffix.lower()[1:]), lang)))
        for path, text in texts:
            self.write(path, text)

    @contextmanager
    def _printed(self) -> Iterator[None]:
        self._printing = True
        try:
            yield
            sys.stdout.flush()
        except OSError as error:
            lose_standard_output()
            raise OutputLostError(error) from None

    @property
    def account(self) -> str:
        """What was written and what was not, for whoever stops the command."""
        if not self._written:
            return "what was printed may be a part" if self._printing else "nothing was written"
        missing = [path for path in self._planned if path not in self._written]
        told = [f"{_names(self._written)} written"]
        told += [f"{_names(missing, negated=True)} written"] if missing else []
        return ", ".join(told)

    @property
    def wrote(self) -> bool:
        """Whether a file was written."""
        return bool(self._written)


def check_ending(path: Path | None, endings: tuple[str, ...] = MATCHING_ENDINGS) -> None:
    """Refuse a file of a kind that cannot be written, before anything is computed."""
    if path is not None and path.suffix.lower() not in endings:
        right = " or ".join(filter(None, (", ".join(endings[:-1]), endings[-1])))
        raise InputError([Fault(f"unknown kind of file to write; right would be {right}", path.name)])


def _text(matching: rm.Matching, form: Format, lang: str) -> str:
    if form is Format.html:
        return matching.to_html(lang)
    return matching.to_csv() if form is Format.csv else matching.to_json()


def console() -> SafeConsole:
    """Return what prints tables: as wide as the terminal, or wide enough for whole lines."""
    shown = SafeConsole(highlight=False)
    return shown if shown.is_terminal else SafeConsole(highlight=False, width=WIDTH)


def lose_standard_output() -> None:
    """Send to nowhere what is still to be printed: Python would complain of it at the end."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _names(paths: list[Path], *, negated: bool = False) -> str:
    verb = "was" if len(paths) == 1 else "were"
    return f"{' and '.join(path.name for path in paths)} {verb}{' not' if negated else ''}"


def _identity(path: Path) -> tuple[int, int, int] | None:
    """Return what changes whenever a file is replaced."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_mtime_ns


@contextmanager
def _signals_heard() -> Iterator[None]:
    """Let a request to end be an exception, so that what is half written is removed."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, _: FrameType | None) -> NoReturn:
        raise Stopped(number)

    heard = [signal.SIGTERM, *([signal.SIGHUP] if sys.platform != "win32" else [])]
    earlier = {number: signal.getsignal(number) for number in heard}
    try:
        for number, handler in earlier.items():
            if handler is signal.SIG_DFL:
                signal.signal(number, stop)
        yield
    finally:
        for number, handler in earlier.items():
            signal.signal(number, handler)
