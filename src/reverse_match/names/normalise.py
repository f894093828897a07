"""Two ways to make texts comparable: one for identity, one for meaning.

An id is compared strictly: only what Unicode itself calls the same text. A name (a skill, a goal, a
department) is compared loosely: case, accents and spacing do not matter, punctuation does, since ``C``,
``C++`` and ``C#`` differ.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from reverse_match.visible_text import without_invisible


def id_key(text: str) -> str:
    r"""Return the form in which ids are compared: Unicode NFKC, without spaces around.

    Examples
    --------
    >>> id_key("Jose\u0301 ") == id_key("Jos\u00e9")
    True
    """
    return text.strip() if text.isascii() else unicodedata.normalize("NFKC", text).strip()


def seen_id_key(text: str) -> str:
    r"""Return the key of an id as it is seen: without characters that show nothing.

    Examples
    --------
    >>> seen_id_key("le\u200ba") == id_key("lea")
    True
    """
    return id_key(without_invisible(text))


def loose_id_key(text: str) -> str:
    """Return a form that two ids share which are probably meant to be one: case and spaces do not matter.

    Examples
    --------
    >>> loose_id_key("Lea.Martin@example.org ") == loose_id_key("lea.martin@Example.org")
    True
    """
    return "".join(seen_id_key(text).casefold().split())


_TYPOGRAPHY = str.maketrans(
    {"œ": "oe", "æ": "ae", "\u2018": "'", "\u2019": "'", "\u2010": "-", "\u2011": "-", "\u2013": "-"}
)
_LATIN_LETTER_WITH_ACCENTS = re.compile("([a-z])[\u0300-\u036f]+")


@lru_cache(maxsize=65536)
def name_key(text: str) -> str:
    """Return the form in which names are compared.

    NFKC, case folded, accents of Latin letters off, ligatures, curly apostrophes and long hyphens as on a
    keyboard, single spaces. In other scripts a mark makes another letter, so it stays.

    Examples
    --------
    >>> name_key("  Réseaux   SOCIAUX ")
    'reseaux sociaux'
    >>> name_key("C#") == name_key("C")
    False
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    decomposed = unicodedata.normalize("NFD", folded.translate(_TYPOGRAPHY))
    plain = _LATIN_LETTER_WITH_ACCENTS.sub(r"\1", decomposed)
    return " ".join(unicodedata.normalize("NFC", plain).split())
