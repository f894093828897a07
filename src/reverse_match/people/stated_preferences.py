"""Reads what people say about the other's fields: ``gender=female:must;location!=Lyon:maybe;languages=fr``.

An entry names a field, a value or a range, and an answer: *yes* (if none is given), *maybe*, *no*; or a must,
which leaves no choice. ``!=`` turns an answer round: ``location!=Lyon`` is a *no* to Lyon. Values with a bar
between them are alternatives. ``same`` and ``different`` stand for the person's own value. English and French
words are read alike, and an entry is kept in one spelling: ``gender=female:must``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias, cast

from reverse_match.foundation.names import name_key
from reverse_match.people import cells
from reverse_match.people.cells import CellError, Number

Answer: TypeAlias = Literal["yes", "maybe", "no", "rather not", "must", "must not"]
"""What somebody answers to a value of the other person."""

_OPPOSITE: dict[Answer, Answer] = {
    "yes": "no", "no": "yes", "maybe": "rather not", "rather not": "maybe", "must": "must not",
    "must not": "must",
}  # fmt: skip

_ANSWERS: dict[str, Answer] = {
    name_key(word): answer
    for answer, words in cast(
        "dict[Answer, str]",
        {
            "yes": "yes|y|oui|preferred|souhaité",
            "maybe": "maybe|perhaps|rather|preferably|peut-être|plutôt|de préférence|si possible|if possible",
            "no": "no|n|non",
            "rather not": "rather not|preferably not|plutôt pas|de préférence non|de préférence pas",
            "must": "must|required|il faut|obligatoire|indispensable|impératif|impérativement",
            "must not": "must not|never|not at all|jamais|exclu|surtout pas|il ne faut pas|en aucun cas",
        },
    ).items()
    for word in words.split("|")
}

_NOTHING = frozenset(
    map(
        name_key,
        (
            *("no preference", "none", "no matter", "any", "anyone", "whatever", "sans préférence"),
            *("pas de préférence", "peu importe", "indifférent", "indifférente", "aucune"),
            *("aucune préférence", "sans importance"),
        ),
    )
)
"""Words of somebody to whom it does not matter."""

_SAME = frozenset(
    map(
        name_key,
        (
            *("same", "the same", "mine", "my own", "même", "le même", "la même"),
            *("le mien", "la mienne", "identique"),
        ),
    )
)
_DIFFERENT = frozenset(map(name_key, ("different", "not mine", "différent", "différente")))

_ENTRY = re.compile(r"\s*(.*?)\s*(!=|<>|≠|>=|≥|=>|<=|≤|=<|=)(.*)", re.DOTALL)
_BOUNDS = re.compile(r"([0-9.,+-]*?)\s*(?:\.\.|…)\s*([0-9.,+-]*)")
DECIMAL = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")
"""A number as people write it."""

MOST_PREFERENCES = 30
"""The most that one person may say about others."""

RIGHT = "right would be a field, a value and an answer, such as gender=female:must or location!=Lyon:maybe"

_KEYS = frozenset(("field", "is", "at_least", "at_most", "same", "answer"))
"""Keys of a preference in a record."""


class Preference(NamedTuple):
    """What somebody says about a field of the other person.

    Attributes
    ----------
    field : str
        The field, as the person calls it.
    values : tuple of str
        Values, of which one is enough; none for a range, or for the person's own value.
    lowest, highest : number or None
        Ends of a range.
    same : bool
        Whether it is about the person's own value.
    answer : str
        The answer.
    """

    field: str
    values: tuple[str, ...] = ()
    lowest: Number | None = None
    highest: Number | None = None
    same: bool = False
    answer: Answer = "yes"

    @property
    def is_must(self) -> bool:
        """Whether it leaves no choice."""
        return self.answer in ("must", "must not")

    @property
    def is_range(self) -> bool:
        """Whether it is about a range of numbers."""
        return self.lowest is not None or self.highest is not None

    @property
    def wishes(self) -> bool:
        """Whether the person would like what it is about."""
        return self.answer in ("yes", "maybe", "must")

    @property
    def halves(self) -> int:
        """How strong it is: 1 for *maybe* and *rather not*, else 2."""
        return 1 if self.answer in ("maybe", "rather not") else 2

    @property
    def about(self) -> tuple[object, ...]:
        """What it is about, whatever the answer."""
        return (name_key(self.field), tuple(map(name_key, self.values)), *self[2:5])

    @property
    def text(self) -> str:
        """The entry in its one spelling."""
        what = "|".join(self.values)
        if self.same:
            what = "same"
        elif not self.values:
            low, high = ("" if end is None else f"{end}" for end in (self.lowest, self.highest))
            what = f"{low}..{high}"
        return f"{self.field}={what}:{self.answer}"


def stated_preferences(value: object) -> tuple[str, ...]:
    """Read a cell of preferences, and return its entries in their one spelling, each once.

    Raises
    ------
    CellError
        If an entry is not a field, a value and an answer; or if what must be must not be as well.

    Examples
    --------
    >>> stated_preferences("genre = femme : obligatoire; site!=Lyon:peut-être; languages=fr|en; grade>=5")
    ('genre=femme:must', 'site=Lyon:rather not', 'languages=fr|en:yes', 'grade=5..:yes')
    >>> stated_preferences("sans préférence"), stated_preferences("location!=mine:must")
    ((), ('location=same:must not',))
    """
    return _in_text(value) if isinstance(value, str) else _read(value)


@lru_cache(maxsize=16_384)
def _in_text(value: str) -> tuple[str, ...]:
    return _read(value)


def preference_of(text: str) -> Preference:
    """Return what an entry says that was kept in its one spelling.

    Examples
    --------
    >>> preference_of("grade=5..:must not")
    Preference(field='grade', values=(), lowest=5, highest=None, same=False, answer='must not')
    """
    return _known(text)


@lru_cache(maxsize=16_384)
def _known(text: str) -> Preference:
    read = _of_text(text)
    if read is None:
        message = f"not a preference; {RIGHT}"
        raise CellError(message, "incomplete")
    return read


def _read(value: object) -> tuple[str, ...]:
    given: Sequence[object] = (value,) if isinstance(value, Mapping) else cells.entries_of(value)
    if len(given) > MOST_PREFERENCES:
        message = f"too many preferences; right would be up to {MOST_PREFERENCES}"
        raise CellError(message, "too-long")
    found = [_of_entry(entry) for entry in given]
    read = [one for one in found if one is not None]
    musts = {one.about: one.answer for one in read if one.is_must}
    if any(one.is_must and musts[one.about] != one.answer for one in read):
        message = "what must be must not be as well; keep one of the two"
        raise CellError(message, "contradictory")
    return tuple(dict.fromkeys(one.text for one in read))


def _of_entry(entry: object) -> Preference | None:
    if isinstance(entry, Mapping):
        return _of_record(entry)
    text = cells.text(entry)
    return None if text is None else _of_text(text)


def _of_text(text: str) -> Preference | None:
    """Return what an entry says; ``None`` where it says that it does not matter."""
    if name_key(text) in _NOTHING:
        return None
    found = _ENTRY.fullmatch(text)
    if found is None or not found[1]:
        message = f"not a preference; {RIGHT}"
        raise CellError(message, "incomplete")
    what, answer = _answer_behind(found[3].strip())
    if name_key(what) in _NOTHING:
        return None
    sign = found[2]
    if sign in ("!=", "<>", "≠"):
        answer = _OPPOSITE[answer]
    if sign in (">=", "≥", "=>"):
        return Preference(found[1], lowest=_end(what), answer=answer)
    if sign in ("<=", "≤", "=<"):
        return Preference(found[1], highest=_end(what), answer=answer)
    return _about(found[1], what, answer)


def _answer_behind(said: str) -> tuple[str, Answer]:
    """Return what stands before the last colon, and the answer behind it.

    A colon with a blank behind it may belong to the value.
    """
    what, colon, behind = said.rpartition(":")
    if not colon:
        return said, "yes"
    if (answer := _ANSWERS.get(name_key(behind))) is not None:
        return what.strip(), answer
    if behind[:1].isspace():
        return said, "yes"
    message = "unknown answer behind ':'; right would be yes, maybe, no, must or must not"
    raise CellError(message, "unknown-value")


def _about(field: str, what: str, answer: Answer) -> Preference:
    key = name_key(what)
    if key in _SAME:
        return Preference(field, same=True, answer=answer)
    if key in _DIFFERENT:
        return Preference(field, same=True, answer=_OPPOSITE[answer])
    bounds = _BOUNDS.fullmatch(what)
    if bounds is not None and (bounds[1] or bounds[2]):
        low, high = (_end(end) if end else None for end in bounds.groups())
        return _ordered(Preference(field, lowest=low, highest=high, answer=answer))
    values = tuple(dict.fromkeys(part for one in what.split("|") if (part := one.strip())))
    if not values:
        message = f"a preference without a value; {RIGHT}"
        raise CellError(message, "incomplete")
    if any(name_key(value) in _SAME | _DIFFERENT for value in values):
        message = "the person's own value stands beside others; right would be an entry of its own"
        raise CellError(message, "contradictory")
    return Preference(field, values, answer=answer)


def _ordered(preference: Preference) -> Preference:
    low, high = preference.lowest, preference.highest
    if low is not None and high is not None and low > high:
        message = "a range that ends before it begins; right would be a range such as 3..5"
        raise CellError(message, "out-of-order")
    return preference


def _end(said: str) -> Number:
    """Return an end of a range."""
    if not DECIMAL.fullmatch(said):
        message = "an end of a range is no number; right would be a range such as 3..5, or grade>=3"
        raise CellError(message, "not-a-number")
    read = float(said.replace(",", "."))
    return int(read) if read.is_integer() else read


def _of_record(entry: Mapping[object, object]) -> Preference | None:
    field, answer = entry.get("field"), entry.get("answer", "yes")
    known = _ANSWERS.get(name_key(answer)) if isinstance(answer, str) else None
    if not isinstance(field, str) or not field.strip() or known is None or not _KEYS.issuperset(entry):
        message = "not a preference; right would be an object such as {right}"
        raise CellError(message.format(right=_RIGHT_OBJECT), "incomplete")
    if entry.get("same") is True:
        return Preference(field.strip(), same=True, answer=known)
    ends = (cells.number(entry.get(name)) for name in ("at_least", "at_most"))
    low, high = (None if end is None else _end(f"{end}") for end in ends)
    if low is not None or high is not None:
        return _ordered(Preference(field.strip(), lowest=low, highest=high, answer=known))
    values = entry.get("is")
    listed = values if isinstance(values, list | tuple) else [values]
    return _about(field.strip(), "|".join(cells.text(str(one)) or "" for one in listed if one), known)


_RIGHT_OBJECT = '{"field": "gender", "is": "female", "answer": "must"}'
