"""Makes text of people's records safe to look at: invisible characters are written out as codes.

A name may hold characters that reverse the writing direction (U+202E shows ``gpj.exe`` as ``exe.jpg``), have
no width, or break the line. Pictures and pages show their code in brackets instead, so that two names that
look the same are the same. The joiners of letters and emoji (U+200C, U+200D) stay. A cell of a table that a
spreadsheet would run as a formula is neutralised.
"""

from __future__ import annotations

import re
import unicodedata

_JOINERS = "\u200c\u200d"
_HIDDEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
_BLANK = "\u034f\u115f\u1160\u17b4\u17b5\u2065\u2800\u3164\uffa0"
"""Characters without a visible shape that Unicode counts as letters or marks, not as hidden characters."""

_BLANKS = re.compile(f"[{_BLANK}]")

NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML cannot hold, and so neither a workbook nor a picture."""

_VARIANTS = re.compile("[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""Variation selectors, which choose the shape of the letter before them; that of an emoji is visible."""


def visible(text: str) -> str:
    r"""Return a text with every invisible character, and such as XML cannot hold, written as its code.

    Examples
    --------
    >>> visible("lea\u202e\n")
    'lea[U+202E][U+000A]'
    """
    if text.isprintable() and (text.isascii() or not _BLANKS.search(text)):
        return text
    return "".join(_escape(letter) for letter in text)


def shorten(text: str, longest: int) -> str:
    """Return a visible text of at most ``longest`` characters; the middle of a longer one is left out.

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
    hidden = (_is_hidden(letter) and letter not in _JOINERS) or NOT_IN_XML.match(letter)
    return f"[U+{ord(letter):04X}]" if hidden else letter


_SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20"
_BEGINS_AS_FORMULA = re.compile(rf"[{_SIGNS}\t\r\n]")
_HIDES_A_FORMULA = re.compile(
    rf"""(?<=[;\t\r\n])(?=[\s"']*[{_SIGNS}])(?!\s*[+-]?\d+(?:[.,]\d+)?\s*(?:[;\t]|$))"""
)


def safe_cell(text: str) -> str:
    """Neutralise a cell that a spreadsheet would run as a formula, by an apostrophe before the formula.

    A formula begins with ``= + - @``, a tab or a line break. A spreadsheet may also split a cell at
    semicolons or tabs, so the same signs are neutralised after these, even within quotes. A number such as
    ``-2`` after a separator is no formula.

    Examples
    --------
    >>> safe_cell("=1+1"), safe_cell("lea"), safe_cell("lea;=1+1"), safe_cell("1;-2")
    ("'=1+1", 'lea', "lea;'=1+1", '1;-2')
    """
    whole = _HIDES_A_FORMULA.sub("'", text)
    return f"'{whole}" if _BEGINS_AS_FORMULA.match(whole) else whole
