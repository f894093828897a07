"""Makes text of people's records safe to look at: characters that cannot be seen are written out.

A name may hold characters that turn the writing direction around (U+202E shows ``gpj.exe`` as ``exe.jpg``),
that have no width, or that break the line. A picture or a page shows their code in brackets instead, so that
two names that look the same are the same. What joins letters or emoji (U+200C, U+200D) stays. In a cell of a
table, what a spreadsheet would run as a formula is neutralised.
"""

from __future__ import annotations

import re
import unicodedata

_JOINERS = "\u200c\u200d"
_HIDDEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
_BLANK = "\u034f\u115f\u1160\u17b4\u17b5\u2065\u2800\u3164\uffa0"
"""Letters and marks that Unicode does not count among those, and that show nothing all the same."""

_VARIANTS = re.compile("[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""They choose how the letter before them is drawn; in an emoji they are seen."""


def visible(text: str) -> str:
    r"""Return a text in which every character that cannot be seen is written as its code.

    Examples
    --------
    >>> visible("lea\u202e\n")
    'lea[U+202E][U+000A]'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_escape(letter) for letter in text)


def shorten(text: str, longest: int) -> str:
    """Return a visible text of at most so many characters, the middle left out where it is longer.

    Examples
    --------
    >>> shorten("maximilienne.de.la.fontaine", 12)
    'maximi…taine'
    """
    shown = visible(text)
    if len(shown) <= longest:
        return shown
    end = (longest - 1) // 2
    return f"{shown[: longest - 1 - end]}…{shown[len(shown) - end :]}"


def without_invisible(text: str) -> str:
    r"""Return a text without its invisible characters, joiners included.

    Examples
    --------
    >>> without_invisible("le\u200ba\ufeff")
    'lea'
    """
    if text.isascii() and text.isprintable():
        return text
    return _VARIANTS.sub("", "".join(letter for letter in text if not _is_hidden(letter)))


def _is_hidden(letter: str) -> bool:
    return unicodedata.category(letter) in _HIDDEN or letter in _BLANK


def _escape(letter: str) -> str:
    hidden = _is_hidden(letter) and letter not in _JOINERS
    return f"[U+{ord(letter):04X}]" if hidden else letter


_SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20"
_BEGINS_AS_FORMULA = re.compile(rf"[{_SIGNS}\t\r\n]")
_HIDES_A_FORMULA = re.compile(
    rf"""(?<=[;\t\r\n])(?=[\s"']*[{_SIGNS}])(?!\s*[+-]?\d+(?:[.,]\d+)?\s*(?:[;\t]|$))"""
)


def safe_cell(text: str) -> str:
    """Neutralise a cell that a spreadsheet would run, by an apostrophe in front.

    That is one that begins with ``= + - @``, a tab or a line break; and, since a spreadsheet may be told to
    split at semicolons or tabs, wherever else it stands and whatever quotes stand around it, one in which
    such a sign follows one of these. Numbers are none.

    Examples
    --------
    >>> safe_cell("=1+1"), safe_cell("lea"), safe_cell("lea;=1+1"), safe_cell("1;-2")
    ("'=1+1", 'lea', "lea;'=1+1", '1;-2')
    """
    whole = _HIDES_A_FORMULA.sub("'", text)
    return f"'{whole}" if _BEGINS_AS_FORMULA.match(whole) else whole
