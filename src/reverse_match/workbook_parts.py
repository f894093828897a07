"""The parts of a workbook, unpacked piece by piece and read by a parser that knows no entities.

A workbook is an archive of XML that a stranger may have made. Two things make a small one large: an archive
may unpack to a thousand times its size, and a document type may declare entities that multiply a text. So
what comes out of the archive is counted while it comes, whatever the archive says of itself; and expat, the
parser of the standard library, stops at a document type, wherever it stands and in whatever encoding, before
it has read the first entity: no spreadsheet writes one.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING, Protocol
from xml.parsers import expat

from reverse_match.errors import CohortError, Fault

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_TAGS = 1_000_000
"""Of a part that is no table."""

MOST_TAGS_OF_TABLE = 24_000_000
"""Of the cells of a sheet, which take four to six each, or of the texts that sheets share."""

UNPACKS_TO_FAR_MORE = "would unpack to far more than a workbook of its size; save it again as .xlsx"

_PIECE = 1024 * 1024
_USUAL_PACKING = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Damaged(Exception):  # noqa: N818 - it is caught here and in workbook.py, and becomes a fault
    """A part does not hold what it should."""


class Reader(Protocol):
    """Is told what stands in a part, in order; names are without the prefix that the outermost has."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Begin an element."""
        ...

    def end(self, name: str) -> None:
        """End an element."""
        ...

    def text(self, piece: str) -> None:
        """Take in text, or a piece of it."""
        ...


class Parts:
    """The parts of an archive, of which no more is unpacked than a limit, all together."""

    def __init__(self, data: bytes, name: str, most: int) -> None:
        self._name = name
        self._left = most
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            raise Damaged from None
        self.names = frozenset(self._archive.namelist())
        self.unpacked = sum(part.file_size for part in self._archive.infolist())
        """Bytes, as the archive says."""

    def refusal(self, message: str, code: str = "damaged") -> CohortError:
        """Return an error that names the file."""
        return CohortError([Fault(message, self._name, code=code)])

    def read(self, part: str, reader: Reader, most_tags: int = MOST_TAGS) -> None:
        """Tell a reader what stands in a part, of which no more is unpacked, and no more tags are read.

        Raises
        ------
        CohortError
            If the part is too large, or has a document type.
        Damaged
            If it cannot be unpacked, or is no XML.
        """
        parser = self._parser_for(reader)
        tags = 0
        try:
            if self._archive.getinfo(part).compress_type not in _USUAL_PACKING:
                raise Damaged
            with self._archive.open(part) as stream:
                while piece := stream.read(_PIECE):
                    self._left -= len(piece)
                    tags += piece.count(b"<")
                    if self._left < 0 or tags > most_tags:
                        raise self.refusal(UNPACKS_TO_FAR_MORE, "too-large")
                    parser.Parse(piece, False)
            parser.Parse(b"", True)
        except (zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, OSError):
            raise Damaged from None
        except (KeyError, RuntimeError, ValueError):  # no such part; encrypted; a wrong number in it
            raise Damaged from None

    def _parser_for(self, reader: Reader) -> expat.XMLParserType:
        parser = expat.ParserCreate()
        parser.buffer_text = True

        def root(name: str, attributes: dict[str, str]) -> None:
            """Begin with the outermost element: it says whether names have a prefix, which few have."""
            prefix, colon, _ = name.rpartition(":")
            long = len(prefix) + len(colon)
            if colon:
                parser.StartElementHandler = lambda name, attributes: reader.start(name[long:], attributes)
                parser.EndElementHandler = lambda name: reader.end(name[long:])
            else:
                parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
            reader.start(name[long:], attributes)

        def doctype(*_: object) -> None:
            message = "declares entities of its own, which no spreadsheet does"
            raise self.refusal(message, "declares-entities")

        parser.StartElementHandler = root
        parser.CharacterDataHandler = reader.text
        parser.StartDoctypeDeclHandler = doctype
        return parser
