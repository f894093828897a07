"""How wide a text is on a terminal, and how it is padded and folded to a width.

A letter of Chinese or Japanese takes two places, an accent that is written after its letter takes none. So
columns of names in any writing stand straight.
"""

from __future__ import annotations

import unicodedata

WIDE = ("W", "F")
WITHOUT_PLACE = ("Mn", "Me", "Cf")


def width_of(text: str) -> int:
    """Return the number of places that a line of text takes on a terminal.

    Examples
    --------
    >>> width_of("Léa"), width_of("田中"), width_of("e\u0301")
    (3, 4, 1)
    """
    return len(text) if text.isascii() else sum(map(_places_of, text))


def _places_of(letter: str) -> int:
    if unicodedata.category(letter) in WITHOUT_PLACE:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in WIDE else 1


def padded(text: str, width: int, *, right: bool = False) -> str:
    """Return a text with spaces up to a width, at its end, or before it.

    Examples
    --------
    >>> padded("7", 3, right=True), padded("田中", 6)
    ('  7', '田中  ')
    """
    spaces = " " * (width - width_of(text))
    return spaces + text if right else text + spaces


def folded(text: str, width: int, indent: str = "") -> list[str]:
    """Return a line of text as lines no wider than a width, broken between words where that is possible.

    No line ends at a no-break space. Lines after the first one begin with ``indent``.

    Examples
    --------
    >>> folded("Sales and marketing", 10, "  ")
    ['Sales and', '  marketin', '  g']
    """
    if width_of(text) <= width:
        return [text]
    lines, line, begin = [], "", ""
    for word in text.split(" "):
        joined = f"{line} {word}" if line != begin else f"{line}{word}"
        if width_of(joined) <= width:
            line = joined
            continue
        if line != begin:
            lines.append(line)
        begin = indent if lines else ""
        *cut, line = _cut(f"{begin}{word}", width, indent)
        lines += cut
        begin = indent if lines else ""
    return [*lines, line]


def _cut(word: str, width: int, indent: str) -> list[str]:
    """Return a word in parts no wider than a width, of one letter at least."""
    parts, part = [], ""
    for letter in word:
        if part.strip(" ") and width_of(part + letter) > width:
            parts.append(part)
            part = indent
        part += letter
    return [*parts, part]
