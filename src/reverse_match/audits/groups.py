"""The groups of people by the values of their columns.

A person has one value in a column, or several where the column holds lists (languages, goals): such a person
is in each of these groups. Who has none is in a group of its own, *not known*. Numbers that would make a
group of nearly everybody, such as ages, are grouped by bands: those that begin at 25 and 35 are ``<25``,
``25-34`` and ``35+``. Crossed columns (``gender+department``) have a group for each combination.

Two spellings of one value are one group, as criteria and rules compare them, with the spelling that comes
first in the alphabet.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise, product
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from reverse_match.foundation.errors import Fault, InputError, PolicyError
from reverse_match.foundation.names import LONGEST_SHOWN, id_key, name_key
from reverse_match.foundation.text_safety import shorten
from reverse_match.people.headings import FIELDS, field_of_usual_heading
from reverse_match.policy.scales import BANDS
from reverse_match.scoring.columns import Columns
from reverse_match.scoring.scales import band_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date
    from fractions import Fraction

    from reverse_match.people.cohort import Cohort
    from reverse_match.policy import Policy

AGE_BANDS = 25, 35, 45, 55, 65
"""Ages at which bands begin, if nothing else is said."""

CROSSED = "+"
"""Stands between columns that are crossed."""

BAND = "-band"
"""Ends the name of a column of numbers that is grouped by bands."""

_LISTS = "offers", "seeks", "goals", "languages"

Group: TypeAlias = tuple[str | None, ...]
Values: TypeAlias = "list[tuple[tuple[str, str], ...]]"
"""For each participant: each value as it is compared, and as it is written."""


@dataclass(frozen=True)
class Grouping:
    """The groups of all people by one column, or by several that are crossed.

    Attributes
    ----------
    by : tuple of str
        The columns as they were asked for.
    groups_of : mapping of str to tuple of Group
        The groups of each person, by the key of the id.
    order : mapping of Group to int
        The place of each group among all, the one that is not known last.
    apart : bool
        Whether nobody is in two groups.
    """

    by: tuple[str, ...]
    groups_of: Mapping[str, tuple[Group, ...]]
    order: Mapping[Group, int]
    apart: bool

    @property
    def unknown(self) -> Group:
        """The group of people of whom nothing is known."""
        return (None,) * len(self.by)

    def of(self, person: str) -> tuple[Group, ...]:
        """Return the groups of a person, by the key of the id; a stranger is in the one that is not known."""
        return self.groups_of.get(person, (self.unknown,))


def groupings(
    cohort: Cohort,
    policy: Policy,
    by: Iterable[str],
    *,
    day: date | None,
    prefix: int | None = None,
    bands: Mapping[str, Sequence[int]] | None = None,
) -> list[Grouping]:
    """Return the groups of people by each of some columns.

    Parameters
    ----------
    cohort : Cohort
        The people.
    policy : Policy
        Has the synonyms, and the scales of words, by which groups are ordered.
    by : iterable of str
        Columns: a field, a column of the user's own, several joined by ``+``, or ``age-band``.
    day : date or None
        The day on which ages are computed.
    prefix : int, optional
        Number of leading parts of a path that name the group.
    bands : mapping of str to sequence of int, optional
        The numbers at which bands begin, by column.

    Raises
    ------
    InputError
        If there is no such column, or bands are wrong.
    CohortError
        If a cell is not what its column needs, such as a word among numbers.

    Examples
    --------
    >>> import reverse_match as rm
    >>> people = [{"id": "a", "role": "mentor", "age": 34}, {"id": "b", "role": "mentee"}]
    >>> found = groupings(rm.Cohort.from_records(people), rm.Policy(), ["age-band"], day=None)[0]
    >>> found.of("a"), found.of("b")
    ((('25-34',),), ((None,),))
    """
    if prefix is not None and prefix < 1:
        raise InputError([Fault("right would be a whole number of 1 or more", "prefix")])
    reader = _ColumnReader(cohort, Columns(cohort, policy, day), policy, prefix, checked_bands(bands))
    return [_crossed(asked, reader) for asked in dict.fromkeys(name.strip() for name in by)]


def checked_bands(bands: Mapping[str, Sequence[int]] | None) -> dict[str, tuple[int, ...]]:
    """Return the numbers at which bands begin, with those of ages.

    Raises
    ------
    InputError
        If they are not whole numbers in ascending order.
    """
    known: dict[str, tuple[int, ...]] = {"age": AGE_BANDS}
    for name, edges in (bands or {}).items():
        listed = list(edges) if isinstance(edges, list | tuple) else []
        whole = all(isinstance(edge, int) and not isinstance(edge, bool) for edge in listed)
        if not listed or not whole or listed != sorted(set(listed)):
            message = (
                "no bands; right would be the numbers at which they begin, ascending, such as 25, 35, 45"
            )
            raise InputError([Fault(message, column="bands")])
        known[str(name).strip().removesuffix(BAND)] = tuple(listed)
    return known


@dataclass(frozen=True)
class _ColumnReader:
    cohort: Cohort
    columns: Columns
    policy: Policy
    prefix: int | None
    bands: Mapping[str, tuple[int, ...]]

    def parts(self, asked: str) -> tuple[str, ...]:
        """Return the columns that are crossed; a column of the user's own may have a plus in its name."""
        if self.has(asked):
            return (asked,)
        parts = tuple(part.strip() for part in asked.split(CROSSED))
        if len(set(parts)) < len(parts) or not all(parts):
            message = "right would be different columns, such as gender+department"
            raise InputError([Fault(message, column="by")])
        return parts

    def has(self, name: str) -> bool:
        return name in FIELDS or name in self.cohort.attribute_names

    def field(self, name: str) -> tuple[str, bool]:
        """Return the field that a column is, and whether it is grouped by bands."""
        if self.has(name):
            return name, name in self.bands
        bare = name.removesuffix(BAND)
        usual = bare if self.has(bare) else field_of_usual_heading(bare) or bare
        return usual, bare != name or usual in self.bands

    def values(self, name: str) -> tuple[Values, Callable[[str], object]]:
        """Return the values of a column, and the order of its groups."""
        field, banded = self.field(name)
        try:
            if banded:
                return self._bands(field)
            if field in _LISTS:
                return self._lists(field), name_key
            texts = self.columns.texts(field) if field in FIELDS else None
            if texts is None:
                lists = self.columns.names(field)
                if any(len(names) > 1 for names in lists):
                    return self._lists(field), name_key
            return self._texts(field), self._order_of(field)
        except PolicyError as error:
            told = [Fault(fault.message, column="by", code=fault.code) for fault in error.faults]
            raise InputError(told) from None

    def _texts(self, field: str) -> Values:
        texts, compared = self.columns.texts(field), self.columns.compared_texts(field)
        found: Values = []
        for text, word in zip(texts, compared, strict=True):
            if text is None or word is None:
                found.append(())
                continue
            key = "/".join(map(name_key, word.split("/")[: self.prefix]))
            found.append(((key, "/".join(text.split("/")[: self.prefix])),))
        return found

    def _lists(self, field: str) -> Values:
        lists = self.columns.names(field)
        written = [name for names in lists for name in names]
        meanings = self.columns.meanings((field,), written)
        meant = {name: meanings.concept(name) for name in {*written}}
        return [tuple({meant[name]: name for name in sorted(names, reverse=True)}.items()) for names in lists]

    def _bands(self, field: str) -> tuple[Values, Callable[[str], object]]:
        if field not in self.bands:
            shown = shorten(field, LONGEST_SHOWN)
            message = f"no bands of '{shown}' are known; right would be the numbers at which they begin"
            raise InputError([Fault(message, column="bands")])
        edges = self.bands[field]
        names = band_names(edges)
        found: Values = []
        for number in self.columns.numbers(field).tolist():
            name = None if np.isnan(number) else names[bisect_right(edges, number)]
            found.append(() if name is None else ((name, name),))
        return found, names.index

    def _order_of(self, field: str) -> Callable[[str], object]:
        """Return the order of the words of a column: that of its scale, or else the alphabet's."""
        scale = self.policy.scales.get(field)
        if scale is None:
            return name_key
        if scale == BANDS:
            return _order_of_bands
        places = {name_key(word): place for place, word in enumerate(scale)}
        return lambda text: (places.get(name_key(text), len(places)), name_key(text))


def _order_of_bands(text: str) -> tuple[bool, Fraction | float, str]:
    """Return the place of a band among others: by the number with which it begins."""
    band = band_of(text)
    return band is None, 0 if band is None else band.low, name_key(text)


def band_names(edges: Sequence[int]) -> list[str]:
    """Return the names of bands that begin at some numbers, the one below them first.

    Examples
    --------
    >>> band_names([25, 35, 36])
    ['<25', '25-34', '35', '36+']
    """
    between = [f"{low}" if high == low + 1 else f"{low}-{high - 1}" for low, high in pairwise(edges)]
    return [f"<{edges[0]}", *between, f"{edges[-1]}+"]


def _crossed(asked: str, reader: _ColumnReader) -> Grouping:
    by = reader.parts(asked)
    columns, orders = [], []
    for name in by:
        values, order = reader.values(name)
        shown = _spelling(values)
        columns.append([tuple(shown[key] for key, _ in of) or (None,) for of in values])
        orders.append(order)
    groups_of = {
        id_key(person.id): tuple(product(*(column[place] for column in columns)))
        for place, person in enumerate(reader.cohort.participants)
    }
    found: set[Group] = {group for groups in groups_of.values() for group in groups} | {(None,) * len(by)}

    def place_of(group: Group) -> list[tuple[bool, object, str]]:
        return [
            (part is None, 0 if part is None else order(part), part or "")
            for part, order in zip(group, orders, strict=True)
        ]

    places = {group: place for place, group in enumerate(sorted(found, key=place_of))}
    return Grouping(by, groups_of, places, all(len(groups) == 1 for groups in groups_of.values()))


def _spelling(values: Values) -> dict[str, str]:
    """Return the text that stands for each value."""
    shown: dict[str, str] = {}
    for key, text in (one for of in values for one in of):
        shown[key] = min(shown.get(key, text), text)
    return shown
