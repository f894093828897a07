"""Cells that a spreadsheet would run."""

from __future__ import annotations


def safe_cell(text: str) -> str:
    """Neutralise a cell that begins with ``= + - @``, a tab or a line break, by an apostrophe in front.

    Examples
    --------
    >>> safe_cell("=1+1"), safe_cell("lea")
    ("'=1+1", 'lea')
    """
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else text
