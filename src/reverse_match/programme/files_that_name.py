"""Finds the files beside those of a programme that still name somebody who is erased: workbooks, calendars.

They are only looked at. A file that is packed (a workbook, a text document) is looked at inside, the lines of
a calendar are unfolded first, and what a page writes as entities, and JSON as escapes, is read. Text is
looked at in each encoding that it may have: UTF-8, UTF-16, and that of Western spreadsheets on Windows.
Pictures and PDF files cannot be searched.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
from html import unescape
from itertools import chain
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from reverse_match.programme.forget import Eraser

MOST_FILES, MOST_BYTES, MOST_DEPTH = 10_000, 64 * 2**20, 2
"""Most files that are looked at; most bytes of one, also when unpacked; folders within the first one."""
MOST_BYTES_IN_ALL = 1024 * 2**20
"""Most bytes of all files that are looked at."""

_PACKED = (".xlsx", ".xlsm", ".docx", ".odt", ".ods", ".pptx", ".zip")
_BEGINS_PACKED = b"PK\x03\x04"
_MARKED_UP = (".html", ".htm", ".xml", ".svg")
_FOLD = re.compile(r"\r?\n[ \t]")
_ESCAPE = re.compile(r"""(?:\\u[0-9a-fA-F]{4})+|\\["\\/bfnrt]""")
_MEANT = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_TAG = re.compile(r"<[^<>]*>")


def files_that_name(
    eraser: Eraser, folders: Collection[Path], besides: Collection[Path]
) -> tuple[list[Path], bool]:
    """Return the files in some folders, or below them, that name a person.

    Parameters
    ----------
    eraser : Eraser
        Who is erased.
    folders : collection of Path
        Where to look.
    besides : collection of Path
        Files that are not looked at: those that are rewritten.

    Returns
    -------
    tuple of list of Path, bool
        The files, and whether everything there was looked at: nothing is damaged, too large or too deep.
    """
    known = {path.resolve() for path in besides}
    search = _Search()
    found: list[Path] = []
    looked, bytes_looked_at = 0, 0
    below = [
        search.files_in(folder, MOST_DEPTH) for folder in sorted({folder.resolve() for folder in folders})
    ]
    for file in dict.fromkeys(chain.from_iterable(below)):
        if file in known:
            continue
        looked, bytes_looked_at = looked + 1, bytes_looked_at + _size_of(file)
        if looked > MOST_FILES or bytes_looked_at > MOST_BYTES_IN_ALL:
            return found, False
        if any(map(eraser.may_name, search.texts_of(file))):
            found.append(file)
    return found, search.whole


def _size_of(file: Path) -> int:
    try:
        return min(file.stat().st_size, MOST_BYTES)
    except OSError:
        return 0


def _decoded(data: bytes) -> Iterator[str]:
    """Yield the text that bytes stand for, in each encoding that they may have: most files do not say."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        yield data.decode("utf-16", "replace")
        return
    yield data.decode("utf-8", "replace")
    if b"\0" in data:
        yield data.decode("utf-16-le", "replace")
        yield data.decode("utf-16-be", "replace")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        yield data.decode("cp1252", "replace")


def _meant(escape: re.Match[str]) -> str:
    """Return the characters that JSON means by an escape; those of a pair of surrogates are one."""
    text = escape[0]
    if text[1] != "u":
        return _MEANT.get(text[1], text[1])
    return bytes.fromhex(text.replace("\\u", "")).decode("utf-16-be", "replace")


class _Search:
    """Looks into files.

    Attributes
    ----------
    whole : bool
        Whether nothing had to be left out so far.
    """

    def __init__(self) -> None:
        self.whole = True

    def files_in(self, folder: Path, depth: int) -> Iterator[Path]:
        """Yield the files of a folder, by their names; hidden ones are no files of people."""
        try:
            inside = [path for path in sorted(folder.iterdir()) if not path.name.startswith(".")]
        except OSError:
            self.whole = False
            return
        if depth < 0:
            self.whole = self.whole and not inside
            return
        for path in inside:
            kind = self._kind_of(path)
            if kind == "file":
                yield path
            elif kind == "folder":
                yield from self.files_in(path, depth - 1)

    def _kind_of(self, path: Path) -> str:
        """Return whether a path is a file or a folder; links and what may not be looked at are neither."""
        try:
            mode = path.lstat().st_mode
        except OSError:
            self.whole = False
            return ""
        return "file" if stat.S_ISREG(mode) else "folder" if stat.S_ISDIR(mode) else ""

    def texts_of(self, file: Path) -> Iterator[str]:
        """Yield what can be read in a file, as a person would read it."""
        try:
            if file.stat().st_size > MOST_BYTES:
                self.whole = False
                return
            data = file.read_bytes()
        except OSError:
            self.whole = False
            return
        yield from self._texts_in(file.name, data)

    def _texts_in(self, name: str, data: bytes, packed_in: int = 0) -> Iterator[str]:
        suffix = PurePath(name).suffix.lower()
        if suffix in _PACKED or data.startswith(_BEGINS_PACKED):
            if zipfile.is_zipfile(io.BytesIO(data)):
                yield from self._unpacked(data, packed_in + 1)
                return
            self.whole = False  # damaged, protected, or text under a name that is not its own
        for text in _decoded(data):
            shown = _FOLD.sub("", text) if suffix == ".ics" else text
            shown = _TAG.sub(" ", shown) if packed_in and suffix == ".xml" else shown
            yield unescape(shown) if suffix in _MARKED_UP else shown
            if "\\" in shown:
                once = _ESCAPE.sub(_meant, shown)
                yield from (once, _ESCAPE.sub(_meant, once))  # JSON may stand in a text of JSON

    def _unpacked(self, data: bytes, packed_in: int) -> Iterator[str]:
        """Yield what stands in the parts of a packed file; a damaged part does not hide the others."""
        left = MOST_BYTES
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                for one in packed.infolist():
                    left -= one.file_size
                    if left < 0 or packed_in > MOST_DEPTH:
                        self.whole = False
                        return
                    yield from self._texts_in(one.filename, self._part(packed, one), packed_in)
        except Exception:  # bytes that are no archive raise whatever a reader of archives stumbles over
            self.whole = False

    def _part(self, packed: zipfile.ZipFile, one: zipfile.ZipInfo) -> bytes:
        try:
            return packed.read(one)
        except Exception:  # each way of packing has its own errors, and some parts need a password
            self.whole = False
            return b""
