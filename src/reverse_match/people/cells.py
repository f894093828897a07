"""Reads one cell of a people file: text, a number, a date, a list, a rated list.

Each function is given the value of a cell: text from CSV; text, a number, a list or a mapping from JSON. It
returns a typed value, or ``None`` for an empty cell. Any other value raises a :class:`CellError` whose
message says what would be right. No message repeats the value.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence, Sized
from datetime import date, datetime
from functools import lru_cache
from numbers import Integral, Real
from operator import itemgetter
from typing import Any, Literal, NamedTuple, TypeAlias, TypeVar

from reverse_match.foundation.dates import UNKNOWN_ZONE, known_zones
from reverse_match.foundation.errors import CodedError
from reverse_match.foundation.names import id_key, name_key
from reverse_match.people.rating_words import RATINGS, word_key

AttributeValue: TypeAlias = str | int | float | bool | tuple[str, ...] | None
Number: TypeAlias = int | float
SomeNames = TypeVar("SomeNames", bound=Sized)

LEVELS = (1, 5)
DEFAULT_LEVEL = 3
PRIORITIES = (1, 3)
DEFAULT_PRIORITY = 2

LARGEST_WHOLE = 2**53
"""The largest whole number accepted: double precision does not hold every larger one exactly."""
_MOST_DIGITS = 40
_FEW_DIGITS = 15
"""Digits of a number that is certainly not too large."""

LONGEST_TEXT = 32_767
"""The largest number of characters in a text, as in a cell of a spreadsheet."""

_MOST_REMEMBERED = 16_384
"""Texts that are remembered once they are read."""

MOST_NAMES = 10_000
"""The largest number of names in one list."""

_DECIMAL = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|[+-]?\d+,\d{1,2}")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:[ ,'\u00a0\u202f]\d{3})+(?:\.\d+)?")
_WHOLE = re.compile(r"[+-]?\d+")
_BEGINS_RATING = re.compile(r"\s*[\d+-]")
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DAY_FIRST_DATE = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
NO_ZONE = "not the name of a time zone; right would be an IANA name such as Europe/Paris"
_TIMEZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*")
_NOT_FINITE = {"nan", "inf", "-inf", "+inf", "infinity", "-infinity", "+infinity"}


class CellError(CodedError):
    """The value of a cell does not fit the meaning of its column."""


def is_empty(value: object) -> bool:
    """Say whether a cell is empty: ``None`` or only spaces."""
    return value is None or (isinstance(value, str) and not value.strip())


def text(value: object) -> str | None:
    """Read a text; surrounding spaces are removed.

    Raises
    ------
    CellError
        If the value is not text, or holds a control character.

    Examples
    --------
    >>> text("  Finance ")
    'Finance'
    """
    if type(value) is str and value.isascii() and value.isprintable() and len(value) <= LONGEST_TEXT:
        return value.strip() or None  # nearly every cell, and nothing of it can be refused
    if is_empty(value):
        return None
    if not isinstance(value, str):
        message = "not text; write it in quotes"
        raise CellError(message, "wrong-type")
    stripped = value.strip()
    _refuse_long(stripped)
    if not (stripped.isascii() and stripped.isprintable()) and any(
        ord(letter) < 32 or 127 <= ord(letter) < 160 for letter in stripped
    ):
        message = "holds a control character or a line break; remove it"
        raise CellError(message, "control-character")
    _refuse_half_characters(stripped)
    return stripped


def _refuse_half_characters(value: str) -> None:
    if not value.isascii() and any("\ud800" <= letter <= "\udfff" for letter in value):
        message = "holds half of a character (a lone surrogate); write it again"
        raise CellError(message, "half-character")


def _refuse_long(value: str) -> None:
    if len(value) > LONGEST_TEXT:
        message = f"{len(value):,} characters; right would be up to {LONGEST_TEXT:,}"
        raise CellError(message, "too-long")


def number(value: object) -> Number | None:
    """Read a finite number; a decimal comma is accepted where it cannot separate thousands.

    Raises
    ------
    CellError
        If the value is not a number, or is NaN or infinite.

    Examples
    --------
    >>> number("4,5"), number("7"), number("")
    (4.5, 7, None)
    """
    if type(value) is str and len(value) <= _FEW_DIGITS and value.isascii() and value.isdecimal():
        return int(value)  # nearly every cell of a file
    if is_empty(value):
        return None
    if isinstance(value, bool):
        message = "not a number; true and false are not"
        raise CellError(message, "not-a-number")
    if isinstance(value, Integral):
        return _exact(int(value))
    if isinstance(value, Real):
        return _finite(float(value))
    if isinstance(value, str):
        return _number_in_text(value.strip())
    message = "not a number"
    raise CellError(message, "not-a-number")


def _finite(value: float) -> float:
    if not math.isfinite(value):
        message = "NaN or infinite; a finite number is needed, or an empty cell where it is not known"
        raise CellError(message, "not-a-number")
    return value


def _exact(value: int) -> int:
    if abs(value) > LARGEST_WHOLE:
        message = f"too large; right would be a whole number up to {LARGEST_WHOLE} in size"
        raise CellError(message, "out-of-range")
    return value


def _number_in_text(value: str) -> Number:
    if value.casefold() in _NOT_FINITE:
        return _finite(math.nan)
    if _WHOLE.fullmatch(value):
        return _exact(int(value[:_MOST_DIGITS]))
    if _DECIMAL.fullmatch(value):
        return _finite(float(value.replace(",", ".")))
    if _THOUSANDS.fullmatch(value):
        message = "separator for thousands or for decimals? write the number without separators for thousands"
        raise CellError(message, "ambiguous-number")
    message = "not a number"
    raise CellError(message, "not-a-number")


def whole_number(
    value: object,
    lowest: int | None = None,
    highest: int | None = None,
    what: str = "a whole number",
) -> int | None:
    """Read a whole number within bounds.

    Raises
    ------
    CellError
        If the value is not a whole number, or lies outside the bounds.

    Examples
    --------
    >>> whole_number("3", 1, 5)
    3
    """
    read = number(value)
    if read is None:
        return None
    if lowest is not None and highest is not None:
        what = f"{what} from {lowest} to {highest}"
    elif lowest is not None:
        what = f"{what}, {lowest} or more"
    if isinstance(read, float) and not read.is_integer():
        message = f"not a whole number; right would be {what}"
        raise CellError(message, "not-a-whole-number")
    if (lowest is not None and read < lowest) or (highest is not None and read > highest):
        message = f"out of range; right would be {what}"
        raise CellError(message, "out-of-range")
    return int(read)


def calendar_date(value: object) -> date | None:
    """Read a day: ``1980-12-31``, or day first ``31/12/1980``.

    Raises
    ------
    CellError
        If the value is in neither form, or is no day of the calendar.

    Examples
    --------
    >>> calendar_date("31/12/1980")
    datetime.date(1980, 12, 31)
    """
    if is_empty(value):
        return None
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str):
        iso = _ISO_DATE.fullmatch(value.strip())
        day_first = _DAY_FIRST_DATE.fullmatch(value.strip())
        try:
            if iso:
                return date(*(int(part) for part in iso.groups()))
            if day_first:
                day, month, year = (int(part) for part in day_first.groups())
                return date(year, month, day)
        except ValueError:
            message = "not a day of the calendar; right would be year-month-day, or day/month/year"
            raise CellError(message, "not-a-day") from None
    message = "not a date; right would be year-month-day such as 1980-12-31, or day/month/year"
    raise CellError(message, "not-a-day")


def timezone(value: object) -> str | None:
    """Read the name of an IANA time zone such as ``Europe/Paris``.

    Raises
    ------
    CellError
        If no zone has that name; the message says which may be meant.
    """
    name = text(value)
    if name is None:
        return None
    if name not in known_zones():
        raise CellError(_wrong_zone(name), "unknown-time-zone")
    return name


def _wrong_zone(name: str) -> str:
    from reverse_match.people.time_zones import zone_hint  # most files hold names of zones

    message = UNKNOWN_ZONE if _TIMEZONE.fullmatch(name) else NO_ZONE
    hint = zone_hint(name)
    return f"{message.partition(';')[0]}{hint}" if hint else message


def names(value: object) -> tuple[str, ...]:
    """Read a list of names: ``a;b;c`` or a list of texts. A name given twice counts once.

    Raises
    ------
    CellError
        If the value is neither, or holds too many names.

    Examples
    --------
    >>> names("sustainability; recruit young people;")
    ('sustainability', 'recruit young people')
    """
    return _distinct(value, name_key)


def ids(value: object) -> tuple[str, ...]:
    """Read a list of ids: ``a;b;c`` or a list of texts. An id given twice counts once.

    Raises
    ------
    CellError
        If the value is neither, or holds too many ids.

    Examples
    --------
    >>> ids("lea; Lea;lea;")
    ('lea', 'Lea')
    """
    return _distinct(value, id_key)


def ranked_ids(value: object) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Read a list of ids and the rank of each: ``a;b=c;d``, ``a:1;b:2;c:2``, or a mapping of id to rank.

    In a text the order of the ids is their order of preference; ids with ``=`` between them have one rank.
    Numbers behind colons are ranks if every id has one, no id stands there twice, and one of them is 1; other
    colons belong to the ids. Entries of a list are ids as they stand.

    Returns
    -------
    pair of tuples
        The ids, the first choice first, and their ranks; no ranks where these are 1, 2, 3 and so on.

    Raises
    ------
    CellError
        If the value is neither, holds too many ids, or has a rank that is none.

    Examples
    --------
    >>> ranked_ids("ana; bo=cem; dana"), ranked_ids("bo:2;ana:1")
    ((('ana', 'bo', 'cem', 'dana'), (1, 2, 2, 3)), (('ana', 'bo'), ()))
    """
    if isinstance(value, Mapping):
        return in_order_of_rank([(_require_name(text(name)), _rank(rank)) for name, rank in value.items()])
    if not isinstance(value, str) or ("=" not in value and ":" not in value):
        return ids(value), ()
    entries = [entry for part in _parts(value) if (entry := text(part)) is not None]
    given = [found for found in map(rank_behind, entries) if found is not None]
    names = {id_key(name) for name, _ in given}
    if len(given) == len(entries) == len(names) and any(rank == 1 for _, rank in given):
        return in_order_of_rank(given)
    return in_order_of_rank([(name, rank) for rank, tied in enumerate(entries, 1) for name in ties_in(tied)])


_RANKED = re.compile(r"(.*\S)\s*:\s*([0-9]{1,3})", re.DOTALL)
_TIED = re.compile(r"(?<=[^\s=])\s*=\s*(?=[^\s=])")


def ties_in(entry: str) -> list[str]:
    """Return the ids between which ``=`` says that they are equally wanted.

    Examples
    --------
    >>> ties_in("bo = cem"), ties_in("aGk=")
    (['bo', 'cem'], ['aGk='])
    """
    return _TIED.split(entry)


def rank_behind(entry: str) -> tuple[str, int] | None:
    """Return an id and the number behind its last colon; ``None`` where there is none.

    Examples
    --------
    >>> rank_behind("bo: 2"), rank_behind("bo")
    (('bo', 2), None)
    """
    found = _RANKED.fullmatch(entry)
    return None if found is None else (found[1], int(found[2]))


def _rank(value: object) -> int:
    try:
        rank = whole_number(value, 1, MOST_NAMES)
    except CellError:
        rank = None
    if rank is None:
        message = "a rank is wrong; right would be a whole number, 1 for the first choice"
        raise CellError(message, "out-of-range")
    return rank


def in_order_of_rank(ranked: list[tuple[str, int]]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return ids and their ranks, the first choice first; no ranks where these are 1, 2, 3 and so on."""
    found: dict[str, tuple[str, int]] = {}
    for name, rank in sorted(_not_too_many(ranked), key=itemgetter(1)):
        found.setdefault(id_key(name), (name, rank))
    names, ranks = tuple(name for name, _ in found.values()), tuple(rank for _, rank in found.values())
    return names, (() if ranks == tuple(range(1, len(ranks) + 1)) else ranks)


def ranks(value: object) -> tuple[int, ...]:
    """Read the ranks of a list of ids: a list of whole numbers, the lowest first.

    Raises
    ------
    CellError
        If the value is none.

    Examples
    --------
    >>> ranks([1, 2, 2])
    (1, 2, 2)
    """
    if is_empty(value):
        return ()
    if not isinstance(value, list | tuple):
        message = "not a list of ranks; right would be a list of whole numbers such as [1, 2, 2]"
        raise CellError(message, "wrong-type")
    return tuple(map(_rank, value))


def entries_of(value: object) -> Sequence[object]:
    """Return the parts of a list: of a text, what stands between ``;``.

    Raises
    ------
    CellError
        If the value is no list, or a list of too many parts.

    Examples
    --------
    >>> entries_of("a;b"), entries_of(None)
    (['a', 'b'], ())
    """
    return _not_too_many(_parts(value))


def _distinct(value: object, key: Callable[[str], str]) -> tuple[str, ...]:
    return _distinct_in_text(value, key) if isinstance(value, str) else _distinct_parts(value, key)


@lru_cache(maxsize=16_384)
def _distinct_in_text(value: str, key: Callable[[str], str]) -> tuple[str, ...]:
    return _distinct_parts(value, key)


def _distinct_parts(value: object, key: Callable[[str], str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for part in _parts(value):
        if (name := text(part)) is not None:
            found.setdefault(key(name), name)
    return tuple(found.values())


def _parts(value: object) -> Sequence[object]:
    if is_empty(value):
        return ()
    if isinstance(value, str):
        _refuse_long(value)
        return value.split(";")
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return _not_too_many(value)
    message = "not a list; right would be names separated by ';', or a list of texts"
    raise CellError(message, "wrong-type")


def _not_too_many(parts: SomeNames) -> SomeNames:
    if len(parts) > MOST_NAMES:
        message = f"{len(parts):,} names; right would be up to {MOST_NAMES:,}"
        raise CellError(message, "too-long")
    return parts


def rated_names(
    value: object, bounds: tuple[int, int], default: int, word: Literal["level", "priority"]
) -> dict[str, int]:
    """Read names, each with a rating: ``Python:4;Generative AI``, a list of such texts, or a mapping.

    Parameters
    ----------
    value : object
        Value of the cell.
    bounds : tuple of int
        Lowest and highest rating.
    default : int
        The rating of a name that is given without one.
    word : str
        Word for a rating in messages.

    Raises
    ------
    CellError
        If a rating is not a whole number within the bounds, or one name has two different ratings.

    Examples
    --------
    >>> rated_names("Python:4;Generative AI", (1, 5), 3, "level")
    {'Python': 4, 'Generative AI': 3}
    """
    return RatedReader(bounds, default, word)(value)


_IN_ONE_LOOK = 1_000
"""Texts that are put together to be split at once; all texts of a file would need much memory."""


def distinct_parts(texts: Sequence[str]) -> set[str]:
    """Return what stands between the ``;`` of many texts.

    Examples
    --------
    >>> sorted(distinct_parts(["Python:4;SQL", "SQL"]))
    ['Python:4', 'SQL']
    """
    parts: set[str] = set()
    for start in range(0, len(texts), _IN_ONE_LOOK):
        parts.update(";".join(texts[start : start + _IN_ONE_LOOK]).split(";"))
    return parts


class RatedPart(NamedTuple):
    """A name with its rating, and the form in which the name is compared."""

    key: str
    name: str
    rating: int


class RatedReader(dict[str, "RatedPart | None"]):
    """Reads names with ratings, as :func:`rated_names` does, and remembers what each text between ``;`` says.

    The people of one file write the same few texts again and again.
    """

    def __init__(self, bounds: tuple[int, int], default: int, word: Literal["level", "priority"]) -> None:
        super().__init__()
        self._scale = bounds, default, word

    def __call__(self, value: object) -> dict[str, int]:
        """Return the ratings by name.

        Raises
        ------
        CellError
            If the value is none.
        """
        if type(value) is str and len(value) <= LONGEST_TEXT:
            parts = [part for written in value.split(";") if (part := self[written]) is not None]
        else:
            parts = self._parts_of(value)
        if len({part.key for part in parts}) == len(parts):
            return {part.name: part.rating for part in parts}
        rated: dict[str, RatedPart] = {}
        for part in parts:
            if rated.setdefault(part.key, part).rating != part.rating:
                _, _, word = self._scale
                message = f"the same name stands here twice with a different {word}; keep one"
                raise CellError(message, "name-twice")
        return {part.name: part.rating for part in rated.values()}

    def column(self, values: Sequence[object], read: Callable[[object], Any]) -> list[Any]:
        """Return the ratings by name of each of many values; ``read`` reads what is not plain text.

        What stands between ``;`` is read once. A value needs no further look if each of its names is written
        in one way only, and stands there once.
        """
        parts = _PlainParts(self)
        return [
            {} if type(value) is str and not value else _of_plain_parts(value, parts) or read(value)
            for value in values
        ]

    def __missing__(self, written: str) -> RatedPart | None:
        entry = text(written)
        read = None if entry is None else _rated_part(*_rated_entry(entry, *self._scale))
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        self[written] = read
        return read

    def _parts_of(self, value: object) -> list[RatedPart]:
        if isinstance(value, Mapping):
            pairs = [(text(name), rating) for name, rating in _not_too_many(value).items()]
            return [_rated_part(_require_name(name), _rating(rating, *self._scale)) for name, rating in pairs]
        texts = [str(part) for part in _parts(value) if isinstance(part, str) or text(part) is not None]
        return [part for written in texts if (part := self[written]) is not None]


class _PlainParts(dict[str, "tuple[str, int] | None"]):
    """Name and rating of each part of texts; ``None`` of what is empty or wrong.

    Nor is there any of a name from when on another way to write it was found: such names are compared by
    their keys.
    """

    def __init__(self, reader: RatedReader) -> None:
        super().__init__()
        self._reader = reader
        self._by_key: dict[str, tuple[str, list[str]]] = {}
        """The name of each key, and the parts that have it."""
        self._written_otherwise: set[str] = set()

    def __missing__(self, written: str) -> tuple[str, int] | None:
        self[written] = None
        try:
            part = self._reader[written]
        except CellError:
            return None
        if part is None:
            return None
        name, alike = self._by_key.setdefault(part.key, (part.name, []))
        alike.append(written)
        if name != part.name:
            self._written_otherwise.add(part.key)
        if part.key in self._written_otherwise:
            self.update(dict.fromkeys(alike))
            return None
        self[written] = found = (part.name, part.rating)
        return found


def _of_plain_parts(value: object, parts: _PlainParts) -> dict[str, int] | None:
    """Return the ratings of a text that holds nothing but plain parts, each once."""
    if type(value) is not str or len(value) > LONGEST_TEXT:
        return None
    named: dict[str, int] = {}
    written = value.split(";")
    for one in written:
        if (pair := parts[one]) is None:
            return None
        named[pair[0]] = pair[1]
    return named if len(named) == len(written) else None


def _rated_part(name: str, rating: int) -> RatedPart:
    return RatedPart(name_key(name), name, rating)


def _rated_entry(entry: str, bounds: tuple[int, int], default: int, word: str) -> tuple[str, int]:
    name, colon, rating = entry.rpartition(":")
    if not colon:
        return entry, default
    if is_empty(rating):
        message = (
            f"a {word} is missing after ':'; right would be a whole number from {bounds[0]} to {bounds[1]}"
        )
        raise CellError(message, "incomplete")
    if rating[0].isspace() and not _BEGINS_RATING.match(rating) and word_key(rating) not in RATINGS:
        return entry, default  # a colon that belongs to the name
    return _require_name(text(name)), _rating(rating, bounds, default, word)


def _require_name(name: str | None) -> str:
    if name is None:
        message = "a name is missing before ':'"
        raise CellError(message, "incomplete")
    return name


def _rating(value: object, bounds: tuple[int, int], default: int, word: str) -> int:
    try:
        rating = whole_number(value, *bounds)
    except CellError:
        message = f"a {word} is wrong; right would be a whole number from {bounds[0]} to {bounds[1]}"
        if isinstance(value, str) and not any(map(str.isdigit, value)):
            message += "; a colon that belongs to the name has a blank behind it"
        raise CellError(message, "out-of-range") from None
    return default if rating is None else rating


def attribute(value: object) -> AttributeValue:
    """Read a cell of a column without a meaning to the library, and keep its value as it is.

    Raises
    ------
    CellError
        If the value is NaN or infinite, or of a type that no criterion can use.
    """
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, str):
        _refuse_long(value)
        _refuse_half_characters(value)
        return value.strip() or None
    if isinstance(value, Real):
        return number(value)
    if isinstance(value, list | tuple) and all(isinstance(part, str) for part in value):
        return names(value)
    message = "unknown type of column; right would be text, a number, true or false, or a list of texts"
    raise CellError(message, "wrong-type")
