"""What a workbook says of its sheets, its shared texts and the formats of its numbers."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from reverse_match.cells import LONGEST_TEXT
from reverse_match.workbook_parts import MOST_TAGS_OF_TABLE, Damaged

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reverse_match.workbook_parts import Parts

BOOK = "xl/workbook.xml"


class Sheet(NamedTuple):
    """A sheet of a workbook."""

    title: str
    seen: bool
    """Whether it is not hidden."""
    key: str
    """By which its part is found."""


class NumberFormat(NamedTuple):
    """What the format of a cell makes of a number."""

    is_date: bool = False
    is_duration: bool = False
    digits: int = 0
    """At least so many are shown, with zeros in front; 0 where it does not say."""


@dataclass
class Outline:
    """A workbook without its cells."""

    sheets: list[Sheet] = field(default_factory=list)
    counts_from_1904: bool = False
    parts: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Name and type of the part of each key."""
    texts: list[str | None] = field(default_factory=list)
    """Shared texts; ``None`` for one that no cell can hold."""
    formats: list[NumberFormat] = field(default_factory=list)
    """By number of the style of a cell."""

    def part_of(self, kind: str) -> str | None:
        """Return the part of a type of which there is one."""
        return next((name for name, other in self.parts.values() if other == kind), None)


def outline_of(parts: Parts) -> Outline:
    """Read what a workbook says of itself.

    Raises
    ------
    Damaged
        If it says too little.
    """
    outline = Outline()
    parts.read(BOOK, _Book(outline))
    parts.read("xl/_rels/workbook.xml.rels", _Relations(outline))
    if not outline.sheets:
        raise Damaged
    styles, shared = outline.part_of("styles"), outline.part_of("sharedStrings")
    if styles in parts.names:
        parts.read(str(styles), _Styles(outline))
    if shared in parts.names:
        parts.read(str(shared), _SharedTexts(outline), MOST_TAGS_OF_TABLE)
    return outline


class _Quiet:
    """Does not read what it is told."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Begin an element."""

    def end(self, name: str) -> None:
        """End an element."""

    def text(self, piece: str) -> None:
        """Take in text."""


class _Book(_Quiet):
    def __init__(self, outline: Outline) -> None:
        self._outline = outline

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "workbookPr":
            self._outline.counts_from_1904 = attributes.get("date1904") in ("1", "true")
        elif name == "sheet":
            key = next((value for name, value in attributes.items() if name.endswith(":id")), "")
            seen = attributes.get("state", "visible") == "visible"
            self._outline.sheets.append(Sheet(attributes["name"], seen, key))


class _Relations(_Quiet):
    def __init__(self, outline: Outline) -> None:
        self._outline = outline

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            part = posixpath.normpath(posixpath.join("/xl", attributes["Target"])).lstrip("/")
            kind = attributes["Type"].rpartition("/")[2]
            self._outline.parts[attributes["Id"]] = part, kind


_DATES = frozenset((*range(14, 23), 45, 46, 47))
"""Formats that every spreadsheet knows by number, and that show dates or times; 46 shows a duration."""

_NOT_LETTERS = re.compile(r'".*?"|\[(?!hh?\]|mm?\]|ss?\])[^\]]*\]')
_LETTERS = re.compile(r"(?<![_\\])[dmhys]", re.IGNORECASE)
_DURATION = re.compile(r"\[(?:hh?|mm?|ss?)\]", re.IGNORECASE)
_ZEROS = re.compile(r"0{2,}")
_LONGEST_FORMAT = 1_000


def _format_of(code: str) -> NumberFormat:
    """Return what a format makes of a number: its first part counts, that of positive ones.

    Examples
    --------
    >>> _format_of("dd/mm/yyyy;@").is_date, _format_of('0.0" days"').is_date, _format_of("00000").digits
    (True, False, 5)
    """
    first = code[:_LONGEST_FORMAT].split(";")[0]
    is_date = _LETTERS.search(_NOT_LETTERS.sub("", first)) is not None
    digits = len(code) if _ZEROS.fullmatch(code[:_LONGEST_FORMAT]) else 0
    return NumberFormat(is_date, _DURATION.search(first) is not None, min(digits, _LONGEST_FORMAT))


class _Styles(_Quiet):
    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._own: dict[int, str] = {}
        self._of_cells = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt" and "formatCode" in attributes:
            self._own[int(attributes["numFmtId"])] = attributes["formatCode"]
        elif name == "cellXfs":
            self._of_cells = True
        elif name == "xf" and self._of_cells:
            number = int(attributes.get("numFmtId", 0))
            own = self._own.get(number)
            usual = NumberFormat(number in _DATES, number == 46)
            self._outline.formats.append(usual if own is None else _format_of(own))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._of_cells = False


class _SharedTexts(_Quiet):
    """Reads texts, of which a cell holds one: plain, or in runs; how it is pronounced does not count."""

    def __init__(self, outline: Outline) -> None:
        self._texts = outline.texts
        self._pieces: list[str] = []
        self._length = 0
        self._in_text = self._in_phonetic = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG002 - told to all readers
        """Begin an element."""
        if name in ("si", "is"):
            self._pieces, self._length = [], 0
        elif name == "rPh":
            self._in_phonetic = True
        self._in_text = name == "t" and not self._in_phonetic

    def end(self, name: str) -> None:
        """End an element."""
        self._in_text = False
        if name == "rPh":
            self._in_phonetic = False
        elif name in ("si", "is"):
            self._keep()

    def text(self, piece: str) -> None:
        """Take in text, but for more than a cell can hold."""
        if self._in_text and self._length <= LONGEST_TEXT:
            self._pieces.append(piece)
            self._length += len(piece)

    def _keep(self) -> None:
        whole = "".join(self._pieces).replace("x005F_", "")
        self._texts.append(whole if len(whole) <= LONGEST_TEXT else None)
