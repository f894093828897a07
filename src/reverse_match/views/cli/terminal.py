"""Safe output of texts from files on a terminal.

A name can hold an escape sequence, which colours the text after it, renames the window, or overwrites text.
It can also hold characters that reverse the direction of writing. Rich lets most of these through. So all
lines go to the terminal through :func:`say`, and all tables through :class:`SafeConsole`, which write such
characters out as codes. Data in JSON or CSV is printed unchanged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.segment import Segment

from reverse_match.foundation.text_safety import visible
from reverse_match.views.words.faults import note_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable


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


class SafeConsole(Console):
    """A console of rich that writes invisible characters of texts out as codes; rich's own styles stay."""

    def render(self, renderable: Any, options: Any = None) -> Iterable[Segment]:
        """Yield the segments of an object, with invisible characters of their texts written out as codes."""
        for segment in super().render(renderable, options):
            if segment.control or segment.text.isprintable():
                yield segment
            else:
                yield Segment(visible_lines(segment.text), segment.style)


def terminal_width() -> int | None:
    """Return the width of the terminal in characters; None if standard output is not a terminal."""
    console = SafeConsole(highlight=False)
    return console.width if console.is_terminal else None
