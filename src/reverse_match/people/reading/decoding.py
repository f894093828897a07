"""Decides in which encoding a text is: what a byte order mark says, UTF-8, else what spreadsheets write.

What is not UTF-8 was written by a spreadsheet on Windows (cp1252) or on a Macintosh (MacRoman). One of the
two makes words of its bytes, the other puts capitals and signs into the middle of words: *Cybersécurité* of a
Macintosh is *CybersŽcuritŽ* on Windows. Which one was taken is told, and whoever reads can say another.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from reverse_match.foundation.errors import CohortError, Fault

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_NOT_OF_FILES = {"unicode_escape", "raw_unicode_escape", "idna", "punycode", "utf_7", "undefined"}
_ANOTHER = "not text in the encoding that is said; look shows the one that is taken without it"
_MOST_WEIGHED = 2_000
"""Letters beyond ASCII that are looked at."""

_STRANGE = re.compile(r"[^\x00-\x7f]")
_BEFORE_WORD, _AFTER_WORD, _IN_WORD = "\u201c\u2018\u00ab\u00bf\u00a1", "\u201d\u2019\u00bb\u2026", "\u2019"
_RARE = "ŠšŽž"
"""Letters of Windows that western languages hardly have, and that stand for usual ones of a Macintosh."""
_LATIN = "œŒŸ" + "".join(map(chr, range(192, 256))).replace("×", "").replace("÷", "")


class Decoded(NamedTuple):
    """A text, and the encoding that it was in."""

    text: str
    encoding: str
    guessed: bool = False
    """Whether neither the file nor anybody said so."""


def decode_text(data: bytes, name: str, said: str | None = None) -> Decoded:
    r"""Return a text without its byte order mark.

    Parameters
    ----------
    data : bytes
        Content of a file.
    name : str
        Name of the file, for messages.
    said : str, optional
        Its encoding, if somebody has said it; a byte order mark says it better.

    Raises
    ------
    CohortError
        If it is no text, or not in that encoding.

    Examples
    --------
    >>> decode_text(b"L\xe9a", "people.csv")
    Decoded(text='Léa', encoding='cp1252', guessed=True)
    >>> decode_text(b"Cybers\x8ecurit\x8e", "people.csv").encoding
    'mac_roman'
    """
    if data.startswith(b"PK\x03\x04"):
        raise _refusal("not text but a workbook or an archive; save it as CSV", name)
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    encoding = marked or (_known(said, name) if said else None)
    if encoding == "utf-16":
        return _decoded(data, encoding, "not text in UTF-16, as its first bytes say; save it as UTF-8", name)
    if encoding is not None and encoding != "utf-8":
        return _decoded(data, encoding, _ANOTHER, name)
    if b"\x00" in data:
        raise _refusal("not text; right would be a CSV or JSON file in UTF-8 or cp1252", name)
    try:
        return Decoded(data.decode("utf-8-sig"), "utf-8")
    except UnicodeDecodeError:
        if said:
            raise _refusal(_ANOTHER, name) from None
    return _guessed(data, name)


def _known(said: str, name: str) -> str:
    try:
        encoding = codecs.lookup(said).name
        if encoding.replace("-", "_") in _NOT_OF_FILES or "a".encode(encoding).decode(encoding) != "a":
            raise LookupError
    except (LookupError, ValueError, TypeError, AttributeError):
        right = "right would be utf-8, cp1252, mac_roman or another that Python knows"
        message = f"no encoding is called so; {right}"
        raise CohortError([Fault(message, name, code="unknown-encoding")]) from None
    return "utf-16" if encoding.startswith("utf-16") and encoding[6:] == "" else encoding.replace("-sig", "")


def _guessed(data: bytes, name: str) -> Decoded:
    """Return a text as the one of two encodings that makes words of its bytes; if both do, as cp1252."""
    of_macintosh = data.decode("mac_roman")
    if b"\r" in data and b"\n" not in data:
        return Decoded(of_macintosh, "mac_roman", guessed=True)
    try:
        of_windows = data.decode("cp1252")
    except UnicodeDecodeError:
        if plausibility(of_macintosh) > 0:
            return Decoded(of_macintosh, "mac_roman", guessed=True)
        raise _refusal("not text in UTF-8 or cp1252; save it as UTF-8", name) from None
    if plausibility(of_macintosh) > plausibility(of_windows):
        return Decoded(of_macintosh, "mac_roman", guessed=True)
    return Decoded(of_windows, "cp1252", guessed=True)


def plausibility(text: str) -> int:
    """Return how many letters beyond ASCII stand where words have them, less those that do not.

    Examples
    --------
    >>> plausibility("Élodie, qualité"), plausibility("…lodie, qualitÈ")
    (2, -2)
    """
    weight = 0
    for count, found in enumerate(_STRANGE.finditer(text)):
        if count == _MOST_WEIGHED:
            break
        place = found.start()
        weight += _weight(found[0], text[place - 1 : place], text[place + 1 : place + 2])
    return weight


def _weight(letter: str, before: str, after: str) -> int:
    """Return 1 for a letter beyond ASCII that fits between two others, -1 for one that does not."""
    ends_word, begins_word = before.isascii() and before.isalpha(), after.isascii() and after.isalpha()
    if not (ends_word or begins_word):
        return 0
    if letter in _RARE and not (before.islower() and letter.isupper()):
        return 0
    if letter in _LATIN:
        fits = not (before.islower() and letter.isupper()) and not (letter.islower() and after.isupper())
    elif ends_word and begins_word:
        fits = letter in _IN_WORD
    else:
        fits = letter in (_AFTER_WORD if ends_word else _BEFORE_WORD)
    return 1 if fits else -1


def _decoded(data: bytes, encoding: str, otherwise: str, name: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding).removeprefix("\ufeff"), encoding)
    except UnicodeDecodeError:
        raise _refusal(otherwise, name) from None


def _refusal(message: str, name: str) -> CohortError:
    return CohortError([Fault(message, name, code="not-text")])
