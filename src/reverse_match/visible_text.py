"""Text of people's records, made safe to look at: what cannot be seen is written out.

A name may hold characters that turn the writing direction around (U+202E shows ``gpj.exe`` as ``exe.jpg``),
that have no width, or that break the line. A picture or a page shows their code in brackets instead, so that
two names that look the same are the same. What joins letters or emoji (U+200C, U+200D) stays.
"""

from __future__ import annotations

import unicodedata

_JOINERS = "\u200c\u200d"
_HIDDEN = ("Cc", "Cf", "Cs", "Zl", "Zp")


def visible(text: str) -> str:
    r"""Return a text in which every character that cannot be seen is written as its code.

    Examples
    --------
    >>> visible("lea\u202e\n")
    'lea[U+202E][U+000A]'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_written(letter) for letter in text)


def shortened(text: str, longest: int) -> str:
    """Return a visible text of at most so many characters, the middle left out where it is longer.

    Examples
    --------
    >>> shortened("maximilienne.de.la.fontaine", 12)
    'maximi…taine'
    """
    shown = visible(text)
    if len(shown) <= longest:
        return shown
    end = (longest - 1) // 2
    return f"{shown[: longest - 1 - end]}…{shown[len(shown) - end :]}"


def _written(letter: str) -> str:
    hidden = unicodedata.category(letter) in _HIDDEN and letter not in _JOINERS
    return f"[U+{ord(letter):04X}]" if hidden else letter
