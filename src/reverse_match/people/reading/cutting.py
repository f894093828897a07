"""Cuts a cell that holds several names into these, without what only shows that they are a list.

Brackets and quotes protect what is in them: ``Art (visual arts, music)`` is one name. Bullets and numbers
before the lines of a cell, and the addresses that Notion writes behind a name, are no part of a name.
"""

from __future__ import annotations

import re
from functools import lru_cache

_OPENING, _CLOSING = "([", ")]"
_NO_BLANK = re.compile(r"\S")
_IN_QUOTES = re.compile(r'"([^"]*)"')
_BULLET = re.compile(r"\s*[•‣▪▫●○◦∙·*–—-]\s+|\s*[•‣▪●◦∙]|\s*\d{1,2}[.)]\s+")
_LINK = re.compile(r"\s*\((?:https?://[^()\s]*|[^()\s]+\.(?:md|csv)(?:\?[^()\s]*)?)\)")
_FRAME = re.compile(r"\[([^\[\]]*)\]\s*")
_FRAME_QUOTES = re.compile(r"(?:(?<=^)|(?<=[,\s]))'([^',]*)'(?=\s*(?:,|$))")
FULL_WIDTH = str.maketrans({"；": ";", "、": ";", "：": ":", "，": ","})
"""Signs of Chinese and Japanese keyboards, as others have them."""

_CODED_HEADING = re.compile(r"(\w+)\s*\[[^\[\]]*\][.:]\s*(.+)", re.DOTALL)
"""LimeSurvey's code of an option before the text of its question."""

OUTSIDE_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
"""What is taken away where a sign is looked for that no bracket protects."""


def split_cell(cell: str, *separators: str) -> list[str]:
    """Return the parts of a cell; brackets and quotes protect what is in them.

    Examples
    --------
    >>> split_cell("Python, Art (visual arts, music)", ", ")
    ['Python', 'Art (visual arts, music)']
    """
    between = tuple(map(_plain_sign, separators))
    simply = cell.split(between[0]) if len(between) == 1 else _any_of(between).split(cell)
    if '"' not in cell and all(map(_closes_its_brackets, simply)):
        return [in_one_line(part) for part in simply if part and not part.isspace()]
    parts = []
    start = depth = 0
    quoted = False
    for found in _signs(between).finditer(cell):
        sign = found[0]
        if sign in between and not depth and not quoted:
            parts.append(cell[start : found.start()])
            start = found.end()
        elif sign == '"':
            quoted = not quoted and _first_of(cell, start) == found.start()
        elif sign in _OPENING:
            depth += not quoted
        elif sign in _CLOSING:
            depth -= depth > 0 and not quoted
    parts.append(cell[start:])
    if depth or quoted:  # a bracket that nothing closes protects nothing
        parts = simply
    return [_unquoted(part) for part in parts if part.strip()]


def is_cut_simply(part: str) -> bool:
    """Say whether nothing in a part could protect a sign, in it or behind it, nor be another sign.

    Examples
    --------
    >>> is_cut_simply("Services (AWS)"), is_cut_simply("Art (drawing")
    (True, False)
    """
    simple = '"' not in part and _closes_its_brackets(part)
    return simple and (part.isascii() or part.translate(FULL_WIDTH) == part)


def without_links(cell: str) -> str:
    """Return a cell without the addresses that Notion writes in brackets behind each name.

    Examples
    --------
    >>> without_links("Excel (https://www.notion.so/Excel-0a1b), Video")
    'Excel, Video'
    """
    return _LINK.sub("", cell) if "(" in cell and ("://" in cell or ".md" in cell or ".csv" in cell) else cell


def without_frame(cell: str) -> str:
    """Return a cell without the brackets around a whole list, and the quotes that programs write in them.

    Examples
    --------
    >>> without_frame("['Excel', 'Video']"), without_frame("[Excel, Video]"), without_frame("Excel [5]")
    ('Excel, Video', 'Excel, Video', 'Excel [5]')
    """
    found = _FRAME.fullmatch(cell) if cell[:1] == "[" else None
    return cell if found is None else _FRAME_QUOTES.sub(r"\1", found[1])


def without_bullet(part: str) -> str:
    """Return a line of a list without its bullet or its number.

    Examples
    --------
    >>> without_bullet("• Python"), without_bullet("2) Excel"), without_bullet("3D printing")
    ('Python', 'Excel', '3D printing')
    """
    found = _BULLET.match(part)
    return part if found is None else part[found.end() :]


@lru_cache(maxsize=10_000)
def _closes_its_brackets(part: str) -> bool:
    """Say whether no bracket is open behind a part; where that is so of all, brackets protect no sign."""
    if "(" not in part and "[" not in part:
        return True
    depth = 0
    for letter in part:
        depth += letter in _OPENING
        depth -= letter in _CLOSING and depth > 0
    return not depth


@lru_cache(maxsize=10_000)
def in_one_line(part: str) -> str:
    """Return a text with single blanks for all kinds and numbers of them.

    Examples
    --------
    >>> in_one_line("  Project  management ")
    'Project management'
    """
    return " ".join(part.split())


@lru_cache(maxsize=64)
def _any_of(between: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, between)))


def _plain_sign(separator: str) -> str:
    return separator if separator.strip() == "" or separator == " / " else separator.strip()


@lru_cache(maxsize=64)
def _signs(between: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, (*between, '"', *_OPENING, *_CLOSING))))


def _first_of(cell: str, start: int) -> int:
    """Return the place of the first sign of a part that is no blank."""
    found = _NO_BLANK.search(cell, start)
    return -1 if found is None else found.start()


def _unquoted(part: str) -> str:
    found = _IN_QUOTES.fullmatch(part.strip())
    return " ".join((found[1] if found else part).split())


def split_option(heading: str) -> tuple[tuple[str, ...], str] | None:
    """Return the question of a heading, and the option in brackets behind it; ``None`` where none is.

    Examples
    --------
    >>> split_option("What [if anything] can you teach? [Excel]")
    (('What [if anything] can you teach?',), 'Excel')
    >>> split_option("Q2[SQ001]. What can you teach? [Excel]")
    (('What can you teach?', 'Q2'), 'Excel')
    """
    heading = heading.strip()
    if not heading.endswith("]"):
        return None
    depth = 0
    for place in range(len(heading) - 1, 0, -1):
        depth += (heading[place] == "]") - (heading[place] == "[")
        if not depth:
            question, option = heading[:place].strip(), heading[place + 1 : -1].strip()
            break
    else:
        return None
    if not option or not question:
        return None
    coded = _CODED_HEADING.fullmatch(question)
    return ((coded[2].strip(), coded[1]) if coded else (question,)), option
