"""The one way to a terminal for text that a file may have had a part in.

A name can hold an escape sequence, which colours what follows, renames the window or writes over what stands
there; or characters that turn the direction of writing. Rich lets most of them through. So whatever is said
on a terminal goes through :func:`say`, and whatever is drawn on one through :class:`SafeConsole`; data in
JSON or CSV goes out as it is.
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
    r"""Return a text of several lines in which everything that cannot be seen is written out.

    Examples
    --------
    >>> visible_lines("a\x1b[31m\nb")
    'a[U+001B][31m\nb'
    """
    return "\n".join(map(visible, text.split("\n")))


def say(text: str, *, err: bool = False) -> None:
    """Write text to standard output, or to standard error."""
    typer.echo(visible_lines(text), err=err)


def tell_note(note: str, lang: str) -> None:
    """Write to standard error what is worth a look, in a language."""
    say(note_in_words(note, lang), err=True)


class SafeConsole(Console):
    """A console of rich on which text cannot do more than be read; styles are rich's own."""

    def render(self, renderable: Any, options: Any = None) -> Iterable[Segment]:
        """Return what is drawn, with everything written out that cannot be seen."""
        for segment in super().render(renderable, options):
            if segment.control or segment.text.isprintable():
                yield segment
            else:
                yield Segment(visible_lines(segment.text), segment.style)


def terminal_width() -> int | None:
    """Return the width of the terminal; none where lines need not be folded."""
    console = SafeConsole(highlight=False)
    return console.width if console.is_terminal else None
