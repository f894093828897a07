"""Decides in which encoding a text is: what a byte order mark says, UTF-8, else what spreadsheets write.

What is not UTF-8 is taken for Windows cp1252 or for MacRoman, as Excel for Macintosh writes it: whichever
makes of its bytes the letters that languages of Western Europe have. Somebody may say it instead.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from typing import NamedTuple

from reverse_match.foundation.errors import CohortError, Fault

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_UTF_8_MARK = b"\xef\xbb\xbf"
_MOST_LOOKED_AT = 1_000_000
"""Bytes by which an encoding is guessed."""

_USUAL = frozenset("éèêëàâäáãçîïíìôöóòõûüùúñœæßåøÉÈÊËÏÀÂÄÁÇÎÔÖÓÜÚÑŒØÅ’‘“”«»–—…·•€°\u00a0")
"""Letters and signs of which texts of Western Europe are full, beside those of ASCII."""

_WITHIN_WORDS = re.compile(r"(?<=[a-z])[^\x00-\x7f](?=[a-z])|(?<=[A-Z])[^\x00-\x7f](?=[A-Z])")


class Decoded(NamedTuple):
    """A text, and the encoding that it was in."""

    text: str
    encoding: str


def decode_text(data: bytes, name: str, encoding: str | None = None) -> Decoded:
    r"""Return a text without its byte order mark.

    Parameters
    ----------
    data : bytes
        The file.
    name : str
        What it is called, for messages.
    encoding : str, optional
        In which encoding it is, where somebody has said so.

    Raises
    ------
    CohortError
        If it is no text, or no such encoding is known.

    Examples
    --------
    >>> decode_text(b"L\xe9a", "people.csv")
    Decoded(text='Léa', encoding='cp1252')
    >>> decode_text(b"L\x8ea", "people.csv")
    Decoded(text='Léa', encoding='mac_roman')
    """
    if data.startswith(b"PK\x03\x04"):
        raise _refusal("not text but a workbook or an archive; save it as CSV", name)
    if encoding is not None:
        return _said(data, encoding, name)
    if data.startswith(_UTF_16):
        return _decoded(data, "utf-16", "not text in UTF-16, as its first bytes say; save it as UTF-8", name)
    if b"\x00" in data:
        raise _refusal("not text; right would be a CSV or JSON file in UTF-8 or cp1252", name)
    try:
        return Decoded(data.decode("utf-8-sig"), "utf-8")
    except UnicodeDecodeError:
        pass
    if not data.startswith(_UTF_8_MARK) and _is_of_macintosh(data):
        return Decoded(data.decode("mac_roman"), "mac_roman")
    return _decoded(data, "cp1252", "not text in UTF-8 or cp1252; save it as UTF-8", name)


def _is_of_macintosh(data: bytes) -> bool:
    if b"\r" in data and b"\n" not in data:
        return True
    start = data[:_MOST_LOOKED_AT]
    return _count_usual(start.decode("mac_roman")) > _count_usual(start.decode("cp1252", "replace"))


def _count_usual(text: str) -> int:
    """Return how many signs are usual ones; a letter within a word counts more, or less if of other size."""
    found = sum(count for sign, count in Counter(text).items() if sign in _USUAL)
    for match in _WITHIN_WORDS.finditer(text):
        sign = match[0]
        if sign.isalpha() and sign.isupper() != text[match.start() - 1].isupper():
            found -= 2
        elif sign in _USUAL and sign not in "–—…":
            found += 1
    return found


def _said(data: bytes, encoding: str, name: str) -> Decoded:
    try:
        found = codecs.lookup(encoding).name
        text = data.decode(found)
    except LookupError:
        right = "right would be utf-8, cp1252, mac_roman or another that Python knows"
        raise CohortError(
            [Fault(f"no encoding is called so; {right}", name, code="unknown-encoding")]
        ) from None
    except UnicodeDecodeError:
        message = "not text in the encoding that is said; look shows the one that is taken without it"
        raise _refusal(message, name) from None
    return Decoded(text.removeprefix("\ufeff"), found)


def _decoded(data: bytes, encoding: str, otherwise: str, name: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        raise _refusal(otherwise, name) from None


def _refusal(message: str, name: str) -> CohortError:
    return CohortError([Fault(message, name, code="not-text")])
