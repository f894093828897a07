"""Makes ids and names comparable, and finds the known name nearest to an unknown one.

The comparison of ids is strict: two ids are the same only if Unicode itself treats them as the same text
(NFKC). The comparison of names (skills, goals, departments) is loose: case, accents and spacing do not
matter. Punctuation matters, since ``C``, ``C++`` and ``C#`` differ.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol, TypeAlias

from reverse_match.foundation.text_safety import shorten, without_invisible

if TYPE_CHECKING:
    from collections.abc import Iterable


def id_key(text: str) -> str:
    r"""Return the form in which ids are compared: Unicode NFKC, without surrounding spaces.

    Examples
    --------
    >>> id_key("Jose\u0301 ") == id_key("Jos\u00e9")
    True
    """
    return text.strip() if text.isascii() else unicodedata.normalize("NFKC", text).strip()


def id_keys(texts: Iterable[str]) -> list[str]:
    """Return the form in which each of many ids is compared.

    Examples
    --------
    >>> id_keys(["lea ", "ada"])
    ['lea', 'ada']
    """
    return [text.strip() if text.isascii() else id_key(text) for text in texts]


class HasMentorAndMentee(Protocol):
    """An object that names two people: a duo of a matching, or one of the past."""

    @property
    def mentor(self) -> str:
        """Id of the mentor."""
        ...

    @property
    def mentee(self) -> str:
        """Id of the mentee."""
        ...


PairLike: TypeAlias = "tuple[str, str] | HasMentorAndMentee"


def pair_key(pair: PairLike) -> tuple[str, str]:
    """Return the ids of mentor and mentee in the form in which ids are compared.

    Examples
    --------
    >>> pair_key(("lea ", "ada"))
    ('lea', 'ada')
    """
    mentor, mentee = pair if isinstance(pair, tuple | list) else (pair.mentor, pair.mentee)
    return id_key(mentor), id_key(mentee)


def visible_id_key(text: str) -> str:
    r"""Return the key of an id without its invisible characters.

    Examples
    --------
    >>> visible_id_key("le\u200ba") == id_key("lea")
    True
    """
    return id_key(without_invisible(text))


def loose_id_key(text: str) -> str:
    """Return a form of ids that ignores case and spaces: ids with one form are probably meant to be one id.

    Examples
    --------
    >>> loose_id_key("Lea.Martin@example.org ") == loose_id_key("lea.martin@Example.org")
    True
    """
    return "".join(visible_id_key(text).casefold().split())


_TYPOGRAPHY = str.maketrans(
    {"œ": "oe", "æ": "ae", "\u2018": "'", "\u2019": "'", "\u2010": "-", "\u2011": "-", "\u2013": "-"}
)
_LATIN_LETTER_WITH_ACCENTS = re.compile("([a-z])[\u0300-\u036f]+")


@lru_cache(maxsize=65536)
def name_key(text: str) -> str:
    """Return the form in which names are compared.

    The form is NFKC, case folded, with single spaces. Accents of Latin letters are removed; ligatures, curly
    apostrophes and long hyphens become the characters of a keyboard. In other scripts a mark makes another
    letter, so it stays.

    Examples
    --------
    >>> name_key("  Réseaux   SOCIAUX ")
    'reseaux sociaux'
    >>> name_key("C#") == name_key("C")
    False
    """
    if text.isascii():
        return " ".join(text.lower().split())
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    decomposed = unicodedata.normalize("NFD", folded.translate(_TYPOGRAPHY))
    plain = _LATIN_LETTER_WITH_ACCENTS.sub(r"\1", decomposed)
    return " ".join(unicodedata.normalize("NFC", plain).split())


LONGEST_SHOWN = 60
"""Characters of a name that a message shows; the name may come from a file."""

MOST_LISTED = 30
"""Known names that a message lists."""

LONGEST_COMPARED = 200
"""Characters up to which a name is compared with others; a longer one is no misspelling."""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return ``"; did you mean 'X'?"``, or the list of known names where none is near.

    Examples
    --------
    >>> did_you_mean("coverge", ["coverage", "overlap"])
    "; did you mean 'coverage'?"
    >>> did_you_mean("zzz", ["coverage", "overlap"])
    "; known are 'coverage', 'overlap'"
    """
    names = sorted(set(known))
    return hint_at_nearest(name, names) or (f"; known are {quoted_names(names)}" if names else "")


def hint_at_nearest(name: str, known: Iterable[str]) -> str:
    """Return ``"; did you mean 'X'?"``, or nothing where none is near, if no message may list names.

    Examples
    --------
    >>> hint_at_nearest("coverge", ["coverage"]), hint_at_nearest("zzz", ["coverage"])
    ("; did you mean 'coverage'?", '')
    """
    near = near_name(name, known)
    return "" if near is None else f"; did you mean '{shorten(near, LONGEST_SHOWN)}'?"


def quoted_names(known: Iterable[str]) -> str:
    """Return known names in quotes, sorted; of many names, the first ones.

    Examples
    --------
    >>> quoted_names(["overlap", "coverage"])
    "'coverage', 'overlap'"
    """
    names = sorted(set(known))
    listed = [f"'{shorten(other, LONGEST_SHOWN)}'" for other in names[:MOST_LISTED]]
    if len(names) > MOST_LISTED:
        listed.append(f"and {len(names) - MOST_LISTED:,} more")
    return ", ".join(listed)


def near_name(name: str, known: Iterable[str]) -> str | None:
    """Return the known name nearest to another; ``None`` where none is near.

    A name is near within two edits, or one edit for every three letters, if more than half of its letters
    stay. (Of a short name two edits leave too little: ``not`` is no misspelling of ``none``.) In a name of
    two letters one edit is allowed, as where ids are numbered. The distance is that of Damerau (1964) and
    Levenshtein (1966).

    Examples
    --------
    >>> near_name("lea1", ["lea", "tom"])
    'lea'
    >>> near_name("none", ["not", "one"])
    'one'
    >>> near_name("x", ["y"]) is None
    True
    """
    from rapidfuzz.distance import DamerauLevenshtein  # takes long to load, and only errors need it

    if len(name) > LONGEST_COMPARED:
        return None
    asked = name_key(name)
    names = sorted(other for other in set(known) if len(other) <= 2 * LONGEST_COMPARED)
    distance = {other: DamerauLevenshtein.distance(asked, name_key(other)) for other in names}
    nearest = min(names, key=lambda other: (distance[other], other), default=None)
    return (
        nearest
        if nearest is not None and distance[nearest] <= _most_edits(asked, name_key(nearest))
        else None
    )


def _most_edits(one: str, other: str) -> int:
    longest = max(len(one), len(other))
    return min(max(2, len(one) // 3), 1 if longest == 2 else (longest - 1) // 2)
