"""Values of one column that are nearly the same text, so that they are probably one value.

Two values are near if they differ only by signs and spaces (``R & D`` and ``R&D``), or if each word of one
differs by at most one edit from that of the other, of words of five letters or more (``Finance`` and
``Finances``). Of two paths one part may differ. Figures must be the same: ``Team 1`` and ``Team 2`` are two.
Columns in which hardly any two people have the same value hold names, addresses or free text, and are left
alone.
"""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from reverse_match.foundation.names import name_key

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_VALUES = 400
"""Distinct values above which a column is no list of choices."""

_MOST_ALONE = 0.8
"""Share of values in people above which a column of many people is no list of choices."""

_MANY = 20

_LONGEST = 60
"""Characters of a value that is compared."""

_SHORTEST_WORD = 5
"""Letters of a word from which on one edit is no other word."""

_SHORTEST_PLURAL = 4
"""Letters of a word from which on an s behind it is its plural."""

_SIGNS = re.compile(r"[\W_]+")
_AND = re.compile(r"\b(?:and|et|und|y)\b|[&+]")
_FIGURES = re.compile(r"\d+")


class NearValues(NamedTuple):
    """Two values that are nearly the same, by their keys, the rarer one first, and who has them."""

    rarer: str
    other: str
    people: tuple[int, int]


def near_values(counts: Mapping[str, int]) -> list[NearValues]:
    """Return values that are nearly the same, those with the fewest people first.

    Parameters
    ----------
    counts : mapping of str to int
        Number of people by value, in the form in which values are compared.

    Examples
    --------
    >>> near_values({"finance": 40, "finances": 2, "it": 9, "team 1": 3, "team 2": 3})
    [NearValues(rarer='finances', other='finance', people=(2, 40))]
    """
    people = sum(counts.values())
    if len(counts) > MOST_VALUES or (people >= _MANY and len(counts) > _MOST_ALONE * people):
        return []
    known = sorted(value for value in counts if len(value) <= _LONGEST and "@" not in value)
    found = []
    for one, other in combinations(known, 2):
        if _is_near(one, other):
            rarer, usual = sorted((one, other), key=lambda value: (counts[value], value))
            found.append(NearValues(rarer, usual, (counts[rarer], counts[usual])))
    return sorted(found, key=lambda near: (near.people, near.rarer, near.other))


def _is_near(one: str, other: str) -> bool:
    mine, theirs = one.split("/"), other.split("/")
    if len(mine) != len(theirs) or _FIGURES.findall(one) != _FIGURES.findall(other):
        return False
    unlike = [parts for parts in zip(mine, theirs, strict=True) if parts[0] != parts[1]]
    return len(unlike) == 1 and _are_near_parts(*unlike[0])


def _are_near_parts(one: str, other: str) -> bool:
    words, others = (_SIGNS.sub(" ", _AND.sub(" & ", part)).split() for part in (one, other))
    if "".join(words) == "".join(others):
        return bool(words)
    return len(words) == len(others) and all(map(_is_one_edit, words, others))


def _is_one_edit(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if one == other or (long == f"{short}s" and len(short) >= _SHORTEST_PLURAL):
        return True
    if min(len(one), len(other)) < _SHORTEST_WORD or abs(len(one) - len(other)) > 1:
        return False
    from rapidfuzz.distance import DamerauLevenshtein  # takes long to load, and few columns need it

    return DamerauLevenshtein.distance(name_key(one), name_key(other)) == 1
