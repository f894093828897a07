"""Safe output of texts from files on a terminal.

A name can hold an escape sequence, which colours the text after it, renames the window, or overwrites text.
It can also hold characters that reverse the direction of writing. So all lines go to the terminal through
:func:`say`, and all tables through :func:`show`, which write such characters out as codes. Data in JSON or
CSV is printed unchanged.
"""

from __future__ import annotations

import os
import sys
from shutil import get_terminal_size
from typing import TYPE_CHECKING

import typer

from reverse_match.foundation.text_safety import visible
from reverse_match.views.words.faults import note_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reverse_match.views.text_table import Part


def visible_lines(text: str) -> str:
    r"""Return a text of several lines with invisible characters, except line breaks, written out as codes.

    Examples
    --------
    >>> visible_lines("a\x1b[31m\nb")
    'a[U+001B][31m\nb'
    """
    return "\n".join(map(visible, text.split("\n")))


def say(text: str, *, err: bool = False) -> None:
    """Write text with :func:`visible_lines` to standard output, or to standard error."""
    typer.echo(visible_lines(text), err=err)


def tell_note(note: str, lang: str) -> None:
    """Write to standard error what is worth a look, in a language."""
    say(note_in_words(note, lang), err=True)


def terminal_width() -> int | None:
    """Return the width of the terminal in characters; None if standard output is not a terminal."""
    return get_terminal_size().columns if is_terminal() else None


def is_terminal() -> bool:
    """Say whether standard output is a terminal; else it is a pipe or a file, or closed."""
    return sys.stdout is not None and sys.stdout.isatty()


def show(parts: Iterable[Part], lang: str, *, all_rows: bool) -> None:
    """Write tables and lines to standard output: to a terminal as it can show them, else whole and plain."""
    from reverse_match.views.text_table import Screen, screen_text, whole_text

    width = terminal_width()
    if width is None:
        if sys.stdout is not None:  # in its encoding, where click would take UTF-8 for ASCII
            sys.stdout.write(whole_text(parts) + "\n")
            sys.stdout.flush()
        return
    styled = os.environ.get("TERM", "") not in ("dumb", "unknown")
    typer.echo(screen_text(parts, Screen(width, styled, all_rows, lang)))
