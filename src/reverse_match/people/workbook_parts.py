"""The parts of a workbook, each looked through before openpyxl reads it.

A workbook is an archive of XML that a stranger may have made. Two things make a small one large: an archive
may unpack to a thousand times its size, and a document type may declare entities that multiply a text. So
whatever openpyxl opens goes once through expat, the parser of the standard library: what comes out of the
archive is counted while it comes, whatever the archive says of itself, and a document type is refused
wherever it stands and in whatever encoding, before its first entity: no spreadsheet writes one.

What is read as a whole becomes a tree, and a tree takes a hundred times what is written: of that there is a
limit of its own (:class:`Tree`). Tables are read piece by piece: see :mod:`.workbook_tables`.
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
"""Of a part that is no table: 64,000 formats of cells, as many as a spreadsheet has, take fewer."""

MOST_OF_TREE = 32 * 1024 * 1024
"""Bytes of a part that is no table."""

LONGEST_FORMAT = 255
"""Characters of the format of a number, as in a spreadsheet; openpyxl reads longer ones in squared time."""

UNPACKS_TO_FAR_MORE = "would unpack to far more than a workbook of its size; save it again as .xlsx"

_WEIGHT_OF_NAMED_STYLE = 10
"""As an element: openpyxl reads these in squared time."""

_STRICT = "http://purl.oclc.org/ooxml/"
_DEEPEST = 100
_LONGEST_TOKEN = 4 * 1024 * 1024
_PIECE = 256 * 1024
_USUAL_PACKING = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Damaged(Exception):  # noqa: N818 - it is caught in excel.py, and becomes a fault
    """A part does not hold what it should."""


class Refused(Exception):  # noqa: N818 - as above
    """A part holds what is not read, at a place in a sheet or as a whole."""

    def __init__(
        self, message: str, code: str = "too-large", row: int | None = None, column: str | None = None
    ) -> None:
        super().__init__(message)
        self.code, self.row, self.column = code, row, column

    def fault(self, name: str) -> CohortError:
        """Return the error with the fault and its place in the file."""
        return CohortError([Fault(str(self), name, self.row, self.column, self.code)])


class Watcher(Protocol):
    """Receives what stands in a part, in order; a name is its namespace, a brace and the name in it."""

    most: int
    """Bytes of the part."""

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
    """Lets a part through that is small enough to be held as a tree."""

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
        """Take in text, which the limit on bytes bounds."""


class WatchedParts:
    """The parts of an archive, as openpyxl asks for them, of which no more is unpacked than a limit.

    Parts that are read as a whole are watched by :class:`Tree`; those that are read piece by piece have to be
    looked through before.
    """

    def __init__(self, data: bytes, most: int) -> None:
        self._left = most
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            raise Damaged from None
        self.names = frozenset(self._archive.namelist())
        self.unpacked = sum(part.file_size for part in self._archive.infolist())
        """Bytes, as the archive says."""
        self._tables: set[str] = set()

    def read(self, part: str) -> bytes:
        """Return the whole of a part that may become a tree."""
        self._look_through(part, Tree())
        return self._archive.read(part)

    def open(self, part: str) -> IO[bytes]:
        """Return a part to be read piece by piece; one that has not been looked through is empty.

        That is so when openpyxl asks for the size that a sheet claims to have, which is not believed.
        """
        return self._archive.open(part) if part in self._tables else io.BytesIO(b"<worksheet/>")

    def look_through(self, part: str, watcher: Watcher) -> None:
        """Look through a part that will be read piece by piece.

        Raises
        ------
        Refused
            If it holds what is not read.
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
                    if taken - parser.CurrentByteIndex > _LONGEST_TOKEN:  # a comment, or an attribute
                        raise Refused(UNPACKS_TO_FAR_MORE)
            parser.Parse(b"", True)
        except (zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, OSError):
            raise Damaged from None
        except (LookupError, RuntimeError, ValueError):  # encrypted; a wrong number in it
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
