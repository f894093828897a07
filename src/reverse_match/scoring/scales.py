"""Places of words on a scale: the words of a policy in their order, or bands of numbers in theirs.

A word is counted by its place, from 1 on, so that whatever compares numbers compares words, and a difference
is a number of steps. Words are the same that are the same everywhere else: after synonyms, and after case,
accents and spacing are normalised.

Bands need no list. Each is read as a half-open interval: ``25-34`` as [25, 35), ``<25`` as what lies below
25, ``55+`` as [55, ∞). Where one band ends with the number with which another begins (``20-25``, ``25-30``),
the end is not part of a band. Bands that overlap have no order, which is a fault. Nobody may be in some band;
a hole between two bands counts as the bands that fill it, as wide as the band beside it. Where no whole
number of such bands fills it, the distance is not known, which is a fault, too: then the policy lists the
words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from reverse_match.foundation.errors import CodedError
from reverse_match.foundation.names import name_key
from reverse_match.foundation.text_safety import shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Ends: TypeAlias = tuple[Fraction | float, Fraction | float]

_MOST_SHOWN = 12
"""Words of a scale that a message shows."""

_LONGEST_SHOWN = 30

_BESIDE = re.compile(
    r"\b(?:years?(?: old)?|yrs?|ans?|months?|mois|age|aged|d'experience|of experience|experience)\b"
)
"""Words of a unit, which say nothing of the order."""

_NUMBER = r"(\d+(?:[.,]\d+)?)"
_BETWEEN = re.compile(rf"(?:de |entre |from |between )?{_NUMBER} ?(?:-|—|−|to|a|et|and) ?{_NUMBER}")
_FROM = re.compile(
    rf"(?:>= ?|≥ ?|from |a partir de |des ){_NUMBER}"
    rf"|{_NUMBER} ?(?:\+|(?:et|ou|and|or) (?:\+|plus|over|more|older|above|up)|-)"
)
_ABOVE = re.compile(rf"(?:> ?|over |above |more than |older than |plus de ){_NUMBER}")
_BELOW = re.compile(rf"(?:< ?|under |below |less than |younger than |moins de ){_NUMBER}")
_UP_TO = re.compile(
    rf"(?:<= ?|≤ ?|up to |jusqu'a ){_NUMBER}"
    rf"|{_NUMBER} ?(?:et|ou|and|or) (?:-|moins|under|less|younger|below)"
)
_ALONE = re.compile(_NUMBER)

NO_BAND = "not a band such as 25-34, 55+ or <25; right would be a band, or a scale that lists the words"


class _Band(NamedTuple):
    """The numbers with which a band begins and ends, as a text says them, and whether it has its end."""

    low: Fraction | float
    high: Fraction | float
    has_end: bool = False


def band_of(text: str) -> _Band | None:
    """Return the band that a text is; ``None`` if it is none.

    Examples
    --------
    >>> band = band_of("25 à 34 ans")
    >>> int(band.low), int(band.high), band_of("55+").high, band_of("senior")
    (25, 34, inf, None)
    """
    said = " ".join(_BESIDE.sub(" ", name_key(text)).split())
    if found := _BETWEEN.fullmatch(said):
        low, high = map(_number, found.groups())
        return _Band(low, high, has_end=True) if low < high else None
    for pattern, begins, has_end in ((_FROM, True, False), (_ABOVE, True, False), (_UP_TO, False, True)):
        if found := pattern.fullmatch(said):
            number = _number(next(filter(None, found.groups())))
            return _Band(number, inf) if begins else _Band(-inf, number, has_end)
    if found := _BELOW.fullmatch(said):
        return _Band(-inf, _number(found[1]))
    found = _ALONE.fullmatch(said)
    return None if found is None else _Band(_number(found[1]), _number(found[1]), has_end=True)


def _number(digits: str) -> Fraction:
    return Fraction(digits.replace(",", "."))


@dataclass(frozen=True)
class WordScale:
    """The places of words on a scale that the policy lists.

    Attributes
    ----------
    words : sequence of str
        The words as the policy has them, the lowest first.
    keys : sequence of str
        The same as they are compared.
    """

    words: Sequence[str]
    keys: Sequence[str]

    def place_of(self, key: str) -> int:
        """Return the place of a word from 1 on, given as words are compared.

        Raises
        ------
        CodedError
            If the scale does not name the word.
        """
        if key not in self.keys:
            message = f"not a word of the scale; right would be {self.listed}"
            raise CodedError(message, "unknown-word")
        return self.keys.index(key) + 1

    bound_of = place_of

    @property
    def listed(self) -> str:
        """The words of the scale as a message shows them."""
        return ", ".join(shorten(word, _LONGEST_SHOWN) for word in self.words[:_MOST_SHOWN])


@dataclass(frozen=True)
class BandScale:
    """The places of bands of numbers on the scale that they make by themselves.

    Attributes
    ----------
    ends : sequence of pairs
        Begin and end of each distinct band, ascending.
    places : sequence of int
        The place of each of them.
    ends_shared : bool
        Whether the number with which a band ends is the one with which the next begins.
    """

    ends: Sequence[Ends]
    places: Sequence[int]
    ends_shared: bool

    @classmethod
    def of(cls, texts: Iterable[str]) -> BandScale:
        """Return the scale of the bands among some texts.

        Raises
        ------
        CodedError
            If bands overlap, or if it is not known how many bands lie between two of them.

        Examples
        --------
        >>> scale = BandScale.of(["55+", "25-34", "35-44", "<25"])
        >>> [scale.place_of(text) for text in ("<25", "25-34", "35-44", "55+")]
        [1, 2, 3, 5]
        """
        bands = {band for text in texts if (band := band_of(text)) is not None}
        lows = {band.low for band in bands}
        shared = any(band.high in lows and band.high > band.low for band in bands if band.has_end)
        ends = sorted({_ends_of(band, shared=shared) for band in bands})
        places = [1] * min(1, len(ends))
        for one, other in pairwise(ends):
            if other[0] < one[1]:
                message = "bands overlap and so have no order; right would be a scale that lists the words"
                raise CodedError(message, "contradictory")
            places.append(places[-1] + 1 + _bands_between(one, other))
        return cls(ends, places, shared)

    def place_of(self, key: str) -> int:
        """Return the place of a band from 1 on.

        Raises
        ------
        CodedError
            If the text is no band.
        """
        return self.places[self.ends.index(self._ends(key))]

    def bound_of(self, key: str) -> float:
        """Return the place of a band; one that nobody has lies between the two beside it.

        Raises
        ------
        CodedError
            If the text is no band, or one that overlaps another.
        """
        ends = self._ends(key)
        after = bisect_left(self.ends, ends)
        if after < len(self.ends) and self.ends[after] == ends:
            return self.places[after]
        before, behind = self.ends[:after][-1:], self.ends[after : after + 1]
        if any(one[1] > ends[0] for one in before) or any(ends[1] > one[0] for one in behind):
            message = "in part the same as another band; right would be one of the bands that people have"
            raise CodedError(message, "contradictory")
        return self.places[after - 1] + 1 / 2 if before else 1 / 2

    def _ends(self, key: str) -> Ends:
        band = band_of(key)
        if band is None:
            raise CodedError(NO_BAND, "unknown-word")
        return _ends_of(band, shared=self.ends_shared)


def _ends_of(band: _Band, *, shared: bool) -> Ends:
    """Return the half-open interval of a band: without its end, which is the next whole number or shared."""
    if not band.has_end or (shared and band.high > band.low):
        return band.low, band.high
    return band.low, band.high + 1


def _bands_between(one: Ends, other: Ends) -> int:
    """Return how many bands fill the hole between two: as wide as one of the two, and a whole number."""
    hole = other[0] - one[1]
    if not hole:
        return 0
    widths = {high - low for low, high in (one, other) if high - low != inf}
    numbers = {Fraction(hole) / Fraction(width) for width in widths}
    whole = {number for number in numbers if number.denominator == 1}
    if len(whole) != 1:
        message = (
            "between two bands it is not known how many others lie that nobody has; right would be a scale "
            "that lists the words"
        )
        raise CodedError(message, "incomplete")
    return int(whole.pop())
