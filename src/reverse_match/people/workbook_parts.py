"""The parts of a workbook, each checked before openpyxl reads it.

A workbook is an archive of XML that a stranger may have made. Two tricks make a small archive large: it may
unpack to a thousand times its size (a zip bomb), and a document type may declare entities that multiply a
text ("billion laughs"). So every part goes once through expat, the parser of the standard library, before
openpyxl opens it. Unpacked bytes are counted as they come, whatever the archive claims. A document type is
refused wherever it stands, in every encoding, before its first entity; no spreadsheet writes one.

A part that is read as a whole becomes a tree, which takes a hundred times the memory of its text. Such a part
has limits of its own (:class:`Tree`). Tables are read piece by piece: see :mod:`.workbook_tables`.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import IO, TYPE_CHECKING, Protocol
from xml.parsers import expat

from reverse_match.foundation.errors import CohortError, Fault

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_ELEMENTS = 250_000
"""Largest number of elements in a part that is no table; 64,000 cell formats, a spreadsheet's limit, fit."""

MOST_OF_TREE = 32 * 1024 * 1024
"""Largest number of bytes in a part that is no table."""

LONGEST_FORMAT = 255
"""Characters of a number format, as in a spreadsheet; openpyxl's time grows with their square."""

UNPACKS_TO_FAR_MORE = "would unpack to far more than a workbook of its size; save it again as .xlsx"

_WEIGHT_OF_NAMED_STYLE = 10
"""Number of elements that a named style counts as; openpyxl's time grows with the square of their number."""

_STRICT = "http://purl.oclc.org/ooxml/"
_DEEPEST = 100
_LONGEST_TOKEN = 4 * 1024 * 1024
_PIECE = 256 * 1024
_USUAL_PACKING = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Damaged(Exception):  # noqa: N818 - it is caught in excel.py, and becomes a fault
    """A part does not have the content that its kind requires."""


class Refused(Exception):  # noqa: N818 - as above
    """A part has content that is not accepted, at a place in a sheet or as a whole."""

    def __init__(
        self, message: str, code: str = "too-large", row: int | None = None, column: str | None = None
    ) -> None:
        super().__init__(message)
        self.code, self.row, self.column = code, row, column

    def fault(self, name: str) -> CohortError:
        """Return an error with the fault and its place in the file."""
        return CohortError([Fault(str(self), name, self.row, self.column, self.code)])


class Watcher(Protocol):
    """Receives the content of a part in order; a name is a namespace, a brace and the local name."""

    most: int
    """Largest number of bytes of the part."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Begin an element."""
        ...

    def end(self, name: str) -> None:
        """End an element."""
        ...

    def text(self, piece: str) -> None:
        """Take in text, or a piece of it."""
        ...


class Tree:
    """Accepts a part that is small enough to be held as a tree."""

    def __init__(self) -> None:
        self.most = MOST_OF_TREE
        self._left = MOST_ELEMENTS
        self._depth = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Count an element."""
        if not self._depth and name.startswith(_STRICT):
            message = "a workbook of the kind 'Strict Open XML'; save it again as 'Excel workbook' (.xlsx)"
            raise Refused(message, "unknown-kind-of-file")
        self._depth += 1
        self._left -= _WEIGHT_OF_NAMED_STYLE if name.endswith("}cellStyle") else 1
        if self._left < 0:
            raise Refused(UNPACKS_TO_FAR_MORE)
        if self._depth > _DEEPEST:
            raise Damaged
        if len(attributes.get("formatCode", "")) > LONGEST_FORMAT:
            raise Refused(f"has a format of numbers of more than {LONGEST_FORMAT} characters; remove it")

    def end(self, name: str) -> None:  # noqa: ARG002 - told to all watchers
        """End an element."""
        self._depth -= 1

    def text(self, piece: str) -> None:
        """Take in text; the limit on bytes bounds it."""


class WatchedParts:
    """The parts of an archive, as openpyxl asks for them; the unpacked bytes have a limit.

    A part that is read as a whole is watched by a :class:`Tree`. A part that is read piece by piece has to be
    checked before (:meth:`look_through`).
    """

    def __init__(self, data: bytes, most: int) -> None:
        self._left = most
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            raise Damaged from None
        self.names = frozenset(self._archive.namelist())
        self.unpacked = sum(part.file_size for part in self._archive.infolist())
        """Unpacked size in bytes, as the archive claims."""
        self._tables: set[str] = set()

    def read(self, part: str) -> bytes:
        """Return the whole content of a part that may become a tree."""
        self._look_through(part, Tree())
        return self._archive.read(part)

    def open(self, part: str) -> IO[bytes]:
        """Return a part to be read piece by piece; one that has not been checked is empty.

        openpyxl gets such an empty part when it asks for the size that a sheet claims, which is not trusted.
        """
        return self._archive.open(part) if part in self._tables else io.BytesIO(b"<worksheet/>")

    def look_through(self, part: str, watcher: Watcher) -> None:
        """Check a part that will be read piece by piece.

        Raises
        ------
        Refused
            If it has content that is not accepted.
        Damaged
            If it cannot be unpacked, or is no XML.
        """
        self._look_through(part, watcher)
        self._tables = {part}

    def close(self) -> None:
        """Close the archive."""
        self._archive.close()

    def _look_through(self, part: str, watcher: Watcher) -> None:
        if self._archive.getinfo(part).compress_type not in _USUAL_PACKING:
            raise Damaged
        parser = _parser_for(watcher)
        taken = 0
        try:
            with self._archive.open(part) as stream:
                while piece := stream.read(_PIECE):
                    taken += len(piece)
                    self._left -= len(piece)
                    if self._left < 0 or taken > watcher.most:
                        raise Refused(UNPACKS_TO_FAR_MORE)
                    parser.Parse(piece, False)
                    if taken - parser.CurrentByteIndex > _LONGEST_TOKEN:  # a long comment or attribute
                        raise Refused(UNPACKS_TO_FAR_MORE)
            parser.Parse(b"", True)
        except (zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, OSError):
            raise Damaged from None
        except (LookupError, RuntimeError, ValueError):  # the part is encrypted, or has a wrong number
            raise Damaged from None


def _parser_for(watcher: Watcher) -> expat.XMLParserType:
    def doctype(*_: object) -> None:
        raise Refused("declares entities of its own, which no spreadsheet does", "declares-entities")

    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = watcher.start
    parser.EndElementHandler = watcher.end
    parser.CharacterDataHandler = watcher.text
    parser.StartDoctypeDeclHandler = doctype
    return parser
