"""Cells that a spreadsheet would run."""

from __future__ import annotations

import re

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
