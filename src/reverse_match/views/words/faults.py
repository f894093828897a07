"""Faults and notes in another language than the one in which they are made.

Whoever finds a fault says it in English, with values in the sentence. A language has these sentences as
*templates*, each with its own wording beside it: ``"the same id as in row {earlier}; ..."``. A message that
fits a template is said in that wording with the values of the message. A message may be made of several that
semicolons part (what is wrong; what would be right), of which each is looked up; so is a value that is one.

A message that has no template stays in English, as a whole: half a sentence of each would be worse. That
each template still fits the code is tested: its words must stand in the source.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import import_module
from string import Formatter as StringFormatter
from typing import TYPE_CHECKING

from reverse_match.foundation.errors import LONGEST_COLUMN_SHOWN, MOST_FAULTS_TOLD, Fault
from reverse_match.foundation.text_safety import shorten, visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reverse_match.foundation.errors import InputError
    from reverse_match.views.words.formatter import Formatter

_SAID = ("what", "word", "people", "account", "role", "side", "kind")
"""Places whose values are made of words, too."""

_SHORT = ("low", "high", "most", "number", "row", "count", "headings", "day")
"""Places whose values hold no space."""

_NUMBER = re.compile(r"\d{1,3}(,\d{3})+")
_NAMES = re.compile(r"\w+((, | and )\w+)+")
_QUOTED = re.compile(r"'((?:[^']|'(?=\w))*)'")
"""What stands in quotes; an apostrophe within a word, as in a French heading, ends it not."""
_LIST = re.compile(r"'[^']*'((, | or | and )'[^']*')*")
_SIGNS = re.compile(r"(?=[\S]*[^\w\s])\S+")
"""What is no word: an ending, an option, a name in quotes."""

_CELL = re.compile(
    r"(?P<source>.+?)(?:, row (?P<row>\d+))?(?:, column '(?P<column>[^']*)')?: (?P<told>.+)", re.DOTALL
)


@dataclass(frozen=True)
class FaultWords:
    """What a language makes of sentences about faults.

    Parameters
    ----------
    sentences : mapping of str to str
        Its wording by the English one; both have the same places in braces.
    formatter : Formatter
        How it sets quotation marks and spaces.
    place : str
        Where a fault is, with ``{row}`` and ``{column}``.
    row : str
        Where it is known in which row alone.
    either : str
        Stands before the last of several that would be right.
    note : str
        Stands before a note.
    more : str
        How many faults a message leaves out, with ``{number}``.
    criteria : mapping of str to str, optional
        Names of the criteria that a policy has of itself.

    Examples
    --------
    >>> from reverse_match.views.words.french import fmt
    >>> french = {"no {side}": "aucun {side}"}
    >>> words = FaultWords(french, fmt, place="", row="ligne {row}", either=" ou ", note="", more="")
    >>> words.say("no mentor"), words.say("something else")
    ('aucun mentor', None)
    """

    sentences: Mapping[str, str]
    formatter: Formatter
    place: str
    row: str
    either: str
    note: str
    more: str
    criteria: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _templates(self) -> list[_Template]:
        """What says more itself goes first: ``right would be text`` before ``right would be {what}``."""
        own = self.formatter.set_spaces(dict(self.sentences))
        made = [_Template.of(english, self._quote(own[english])) for english in self.sentences]
        return sorted(made, key=lambda template: -sum(map(len, template.words)))

    @cached_property
    def _known(self) -> dict[str, str | None]:
        """What was said before, by message: faults of one kind come by the thousand."""
        return {}

    def say(self, message: str) -> str | None:
        """Return a message in the words of the language; nothing where it has none."""
        if message not in self._known:
            said = self._fitted(message, parted=False) or self._parted(message)
            self._known[message] = said or self._fitted(message, parted=True)
        return self._known[message]

    def _fitted(self, message: str, *, parted: bool) -> str | None:
        """Return the wording of the first template that a message fits, if its values can be said.

        A value that holds a semicolon of a sentence is taken only where nothing else is found.
        """
        for template in self._templates:
            found = template.match(message)
            if found is None or (not parted and any("; " in value for value in found.groupdict().values())):
                continue
            values = {name: self._value(name, value) for name, value in found.groupdict().items()}
            if None not in values.values():
                return template.said.format(**values)
        return None

    def _parted(self, message: str) -> str | None:
        """Return what is said before and after a semicolon, where both are known."""
        for semicolon in re.finditer("; ", message):
            first = self.say(message[: semicolon.start()])
            if first is not None and (rest := self.say(message[semicolon.end() :])) is not None:
                return f"{first}{self.formatter.spaces.get(' ;', ';')} {rest}"
        return None

    def _value(self, name: str, value: str) -> str | None:
        """Return a value of a sentence; nothing where it is a piece of English that has no words here."""
        if _NUMBER.fullmatch(value):
            return value.replace(",", self.formatter.thousands)
        if _LIST.fullmatch(value) or _NAMES.fullmatch(value):
            return (
                self._quote(value).replace(" or ", self.either).replace(" and ", self.formatter.conjunction)
            )
        if name not in _SAID:
            return self.criteria.get(value, value) if name == "criterion" else value
        return self.say(value) or self._either(value) or (None if " " in value else value)

    def _either(self, value: str) -> str | None:
        """Return what may be one of several, where each has words."""
        parts = [
            self.say(part) or (part if _SIGNS.fullmatch(part) else None)
            for part in re.split(", or | or |, ", value)
        ]
        return self.either.join(filter(None, parts)) if len(parts) > 1 and None not in parts else None

    def _quote(self, text: str) -> str:
        return _QUOTED.sub(lambda quoted: self.formatter.quote(quoted[1]), text)

    def fault(self, fault: Fault) -> str:
        """Return a fault as one line."""
        said = self.say(fault.message)
        return visible(f"{self._where(fault)}{fault.message if said is None else said}")

    def _where(self, fault: Fault) -> str:
        column = None if fault.column is None else shorten(fault.column, LONGEST_COLUMN_SHOWN)
        place = [fault.source] if fault.source else []
        if fault.row is not None and column is not None:
            place.append(self.place.format(row=fault.row, column=self.formatter.quote(column)))
        elif fault.row is not None:
            place.append(self.row.format(row=fault.row))
        elif column is not None:
            place.append(self._quote(column))
        return f"{', '.join(place)}{self.formatter.spaces.get(' :', ':')} " if place else ""

    def noted(self, note: str) -> str:
        """Return a note, which may begin with its place in a file or a policy."""
        if (said := self.say(note)) is not None:
            return said
        if (found := _CELL.fullmatch(note)) is None or self.say(found["told"]) is None:
            return note
        row = None if found["row"] is None else int(found["row"])
        return self.fault(Fault(found["told"], self._quote(found["source"]), row, found["column"]))


@dataclass(frozen=True)
class _Template:
    """An English sentence with places for values, and its wording."""

    english: str
    said: str
    words: tuple[str, ...]
    """What stands between its places; where it begins with one, the first of these is empty."""

    @classmethod
    def of(cls, english: str, said: str) -> _Template:
        return cls(english, said, tuple(literal for literal, *_ in StringFormatter().parse(english)))

    def match(self, message: str) -> re.Match[str] | None:
        """Return where a message has its values; nothing if it is another sentence."""
        if not message.startswith(self.words[0]) or not all(word in message for word in self.words):
            return None
        return _pattern(self.english).fullmatch(message)


@cache
def _pattern(template: str) -> re.Pattern[str]:
    """Return what a template's messages look like; a place that stands there twice holds the same."""
    parts: list[str] = []
    named: set[str] = set()
    for literal, name, _, _ in StringFormatter().parse(template):
        parts.append(re.escape(literal))
        if name is not None:
            held = r"\S+?" if name in _SHORT else ".+?"
            parts.append(f"(?P={name})" if name in named else f"(?P<{name}>{held})")
            named.add(name)
    return re.compile("".join(parts), re.DOTALL)


def faults_in_words(error: InputError, lang: str) -> str:
    """Return everything that is wrong with an input, a line each.

    Examples
    --------
    >>> from reverse_match.errors import Fault, CohortError
    >>> fault = Fault("missing; every person needs one", "people.csv", 3, "id", "missing")
    >>> print(" ".join(faults_in_words(CohortError([fault]), "fr").split()))
    people.csv, ligne 3, colonne « id » : manquant ; chaque personne doit en avoir un
    """
    words = _words(lang)
    if words is None:
        return str(error)
    told = [words.fault(fault) for fault in error.faults[:MOST_FAULTS_TOLD]]
    left = len(error.faults) - MOST_FAULTS_TOLD
    return "\n".join([*told, words.more.format(number=words.formatter.count(left))] if left > 0 else told)


def message_in_words(message: str, lang: str) -> str:
    """Return a message without a place in the words of a language.

    Examples
    --------
    >>> message_in_words("no such file", "fr"), message_in_words("quite new", "fr")
    ('fichier introuvable', 'quite new')
    """
    words = _words(lang)
    return message if words is None else words.say(message) or message


def note_in_words(note: str, lang: str) -> str:
    """Return a note after the word for it.

    Examples
    --------
    >>> note_in_words("the people have changed", "en")
    'note: the people have changed'
    """
    words = _words(lang)
    return f"note: {note}" if words is None else f"{words.note} {words.noted(note)}"


def noted_in_words(note: str, lang: str) -> str:
    """Return a note alone, which may begin with its place.

    Examples
    --------
    >>> noted_in_words("p.csv: missing", "en")
    'p.csv: missing'
    """
    words = _words(lang)
    return note if words is None else words.noted(note)


def _words(lang: str) -> FaultWords | None:
    """Return what a language makes of faults; nothing for English, in which they are made."""
    if lang == "en":
        return None
    found: FaultWords = import_module(f"reverse_match.views.words.{_MODULES[lang]}").WORDS
    return found


_MODULES = {"fr": "french_faults"}
