"""The output of a command: text on standard output, files, and an account of them if it is interrupted.

All commands print and write through one object. It refuses to write over a file that the command reads. If
standard output is closed, it reports this in one line. If a command is interrupted, it reports the files that
were written.
"""

from __future__ import annotations

import errno
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
from reverse_match.foundation.optional import require_module
from reverse_match.views.cli.options import Format
from reverse_match.views.cli.terminal import say, show, tell_note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from types import FrameType

    import reverse_match as rm
    from reverse_match.views.cli.options import Looks
    from reverse_match.views.text_table import Part

MATCHING_ENDINGS, PEOPLE_ENDINGS = (".json", ".csv", ".html", ".xlsx"), (".json", ".csv")
"""Suffixes of files for matchings and for people; a suffix decides the format that is written."""


class OutputLostError(ReverseMatchError):
    """Standard output cannot be written any more.

    Attributes
    ----------
    by_reader : bool
        Whether the reader has closed it, as ``head`` does; this is not reported as a fault.
    """

    def __init__(self, error: OSError) -> None:
        self.by_reader = isinstance(error, BrokenPipeError)
        super().__init__(f"standard output: cannot be written: {error.strerror}")


class Stopped(BaseException):
    """A signal has asked the process to end while it was writing a file."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__()


class Results:
    """The output of one command."""

    def __init__(self) -> None:
        self._planned: list[Path] = []
        self._written: list[Path] = []
        self._printing = False

    def plan(self, *written: Path | None, reads: tuple[Path | None, ...] = ()) -> None:
        """Declare the files that will be written, and those that are read, before any work.

        Raises
        ------
        InputError
            If a file is named twice.
        """
        self._planned = [path for path in written if path is not None]
        refuse_overwriting(self._planned, [path for path in reads if path is not None])

    def write(self, path: Path, content: str | bytes) -> None:
        """Write a file completely or not at all.

        Raises
        ------
        InputError
            If the file cannot be written.
        """
        self.written_by(path, lambda: write_whole(path, content))

    def written_by(self, path: Path, work: Callable[[], object]) -> None:
        """Call a function that writes a file, and record whether the file was written."""
        before = _identity(path)
        try:
            with _signals_heard():
                work()
        except BaseException:
            # An interruption can come after the file is in place, so the file itself decides.
            if _identity(path) != before:
                self._written.append(path)
            raise
        self._written.append(path)

    def print(self, shown: Iterable[Part], looks: Looks) -> None:
        """Print tables and lines on standard output: whole, or as much as ``looks`` asks of a terminal.

        Raises
        ------
        OutputLostError
            If standard output cannot be written any more.
        """
        with self._printed():
            show(shown, looks.lang, all_rows=looks.all_rows)

    def print_text(self, text: str) -> None:
        """Print text for people, and a line break, in the encoding of standard output."""
        with self._printed():
            say(text)

    def print_data(self, text: str) -> None:
        """Print text for programs, and a line break, unchanged."""
        with self._printed():
            typer.echo(text)

    def print_file(self, text: str) -> None:
        """Print the content of a file, in UTF-8 and unchanged."""
        with self._printed():
            sys.stdout.buffer.write(text.encode("utf-8"))

    def show(
        self,
        matching: rm.Matching,
        form: Format,
        looks: Looks,
        figures: rm.results.Trade | None = None,
    ) -> None:
        """Print a matching in a format, with the figures of its trade if they were requested."""
        if form is Format.table:
            names = looks.names_of(matching.people)
            self.print(views.terminal.matching_view(matching, figures, looks.lang, names), looks)
            return
        self.print_file(_text(matching, form, looks))
        if figures is not None and figures.blocking_pairs is not None:
            from reverse_match.views.summaries import blocking_line

            tell_note(blocking_line(figures.blocking_pairs, looks.lang), looks.lang)

    def write_matching(
        self,
        matching: rm.Matching,
        out: Path | None,
        looks: Looks,
        people: rm.Cohort | None = None,
        people_out: Path | None = None,
    ) -> None:
        """Write a matching and its people, or neither of them if one cannot be written in its format."""
        files: list[tuple[Path, str | bytes]] = []
        if people_out is not None and people is not None:
            from reverse_match.people.write import people_csv, people_json

            people = people.without_names() if looks.anonymous else people
            as_csv = people_out.suffix.lower() == ".csv"
            files.append((people_out, people_csv(people, people_out.name) if as_csv else people_json(people)))
        if out is not None:
            files.append((out, _content(matching, out, looks)))
        for path, content in files:
            self.write(path, content)

    @contextmanager
    def _printed(self) -> Iterator[None]:
        self._printing = True
        try:
            if sys.stdout is None:  # so Python begins where it is closed
                raise OSError(errno.EBADF, os.strerror(errno.EBADF))
            yield
            sys.stdout.flush()
        except OSError as error:
            lose_standard_output()
            raise OutputLostError(error) from None

    @property
    def account(self) -> str:
        """A sentence on the files that were written and not written, for an interrupted command."""
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
    """Raise an error if a file has a suffix that cannot be written, before any computation."""
    if path is not None and path.suffix.lower() not in endings:
        right = " or ".join(filter(None, (", ".join(endings[:-1]), endings[-1])))
        raise InputError([Fault(f"unknown kind of file to write; right would be {right}", path.name)])
    if path is not None and path.suffix.lower() == ".xlsx":
        require_module("openpyxl", "excel", "writing .xlsx")


def _content(matching: rm.Matching, out: Path, looks: Looks) -> str | bytes:
    """Return what a file of a matching holds, by its ending."""
    ending = out.suffix.lower()
    if ending == ".xlsx":
        return matching.to_workbook(looks.lang, anonymous=looks.anonymous)
    if ending == ".csv" and looks.csv_for is not None:
        return _csv_for_spreadsheet(matching, out.name, looks.csv_for, looks)
    return _text(matching, Format(ending[1:]), looks)


def _csv_for_spreadsheet(matching: rm.Matching, name: str, kind: str, looks: Looks) -> str:
    from reverse_match.views.spreadsheet.csv_text import csv_text
    from reverse_match.views.spreadsheet.sheets import duos_sheet

    people = matching.people.without_names() if looks.anonymous else matching.people
    tell_ids_at_risk(matching, name, looks.lang)
    return csv_text(duos_sheet(matching, people, looks.lang), kind)


def tell_ids_at_risk(matching: rm.Matching, name: str, lang: str) -> None:
    """Say how many ids of duos a spreadsheet would change that opens them in CSV."""
    from reverse_match.views.spreadsheet.csv_text import ids_at_risk

    if count := ids_at_risk({one for duo in matching.duos for one in (duo.mentor, duo.mentee)}):
        what = "1 id is" if count == 1 else f"{count} ids are"
        message = f"{what} changed where a spreadsheet opens {name}, such as 007 to 7; .xlsx keeps them"
        tell_note(message, lang)


def _text(matching: rm.Matching, form: Format, looks: Looks) -> str:
    if form is Format.html:
        return matching.to_html(looks.lang, anonymous=looks.anonymous)
    return matching.to_csv() if form is Format.csv else matching.to_json()


def lose_standard_output() -> None:
    """Discard buffered output, since Python would report an error when it flushes it at exit."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _names(paths: list[Path], *, negated: bool = False) -> str:
    verb = "was" if len(paths) == 1 else "were"
    return f"{' and '.join(path.name for path in paths)} {verb}{' not' if negated else ''}"


def _identity(path: Path) -> tuple[int, int, int] | None:
    """Return values that change whenever a file is replaced, or None if there is no file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_mtime_ns


@contextmanager
def _signals_heard() -> Iterator[None]:
    """Turn signals that end the process into an exception, so that half-written files are removed."""
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
