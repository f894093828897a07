"""Decides in which encoding a text is: what a byte order mark says, UTF-8, else what spreadsheets write.

Excel for Macintosh ends lines with a carriage return alone, and writes MacRoman; what is neither this nor
UTF-8 is taken for Windows cp1252.
"""

from __future__ import annotations

from typing import NamedTuple

from reverse_match.foundation.errors import CohortError, Fault

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_UTF_8_MARK = b"\xef\xbb\xbf"


class Decoded(NamedTuple):
    """A text, and the encoding that it was in."""

    text: str
    encoding: str


def decode_text(data: bytes, name: str) -> Decoded:
    r"""Return a text without its byte order mark.

    Raises
    ------
    CohortError
        If it is no text.

    Examples
    --------
    >>> decode_text(b"L\xe9a", "people.csv")
    Decoded(text='Léa', encoding='cp1252')
    """
    if data.startswith(b"PK\x03\x04"):
        raise _refusal("not text but a workbook or an archive; save it as CSV", name)
    if data.startswith(_UTF_16):
        return _decoded(data, "utf-16", "not text in UTF-16, as its first bytes say; save it as UTF-8", name)
    if b"\x00" in data:
        raise _refusal("not text; right would be a CSV or JSON file in UTF-8 or cp1252", name)
    try:
        return Decoded(data.decode("utf-8-sig"), "utf-8")
    except UnicodeDecodeError:
        pass
    if b"\r" in data and b"\n" not in data and not data.startswith(_UTF_8_MARK):
        return Decoded(data.decode("mac_roman"), "mac_roman")
    return _decoded(data, "cp1252", "not text in UTF-8 or cp1252; save it as UTF-8", name)


def _decoded(data: bytes, encoding: str, otherwise: str, name: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        raise _refusal(otherwise, name) from None


def _refusal(message: str, name: str) -> CohortError:
    return CohortError([Fault(message, name, code="not-text")])
