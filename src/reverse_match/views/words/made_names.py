"""Translates names that the library gives to rules, quotas, credits and conditions without a name.

Such a name consists of words of a policy (``gap_between age at_least 5``), and records store it. A catalogue
translates these words; every other name is a user's own, and is not translated. Records do not say who gave a
name, so a user's own name that reads exactly like one of the library's is translated, too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_NUMBERED = re.compile(r"(.*)( \[\d+\]| \(\d+\))", re.DOTALL)
"""Names with the number that tells equal names apart."""

_COMPOSED = ("all_of", "any_of", "not")
"""Kinds of conditions whose parts follow in brackets."""

_BETWEEN = " × "
"""Stands between fields by whose values a quota makes groups together."""

_ROLES = ("mentor", "mentee")

_ROUNDS = re.compile(r"rotation: no duo for (\d+) rounds")


@dataclass(frozen=True)
class MadeNames:
    """Translates names that the library has given.

    Parameters
    ----------
    whole : mapping of str to str
        Translations of complete names.
    quotas : mapping of str to str, optional
        Words before the subject of a quota, for ``each``, ``count of`` and ``share of``.
    kinds : mapping of str to str, optional
        Words for kinds of conditions.
    options : mapping of str to str, optional
        Words for the options of conditions other than ``field``.
    fields : mapping of str to str, optional
        Words for fields of people and for the two roles; other fields keep their names.
    between : str, optional
        Separator between conditions.
    rounds : str, optional
        Name of the credit of a person who had no duo for ``{number}`` rounds.

    Examples
    --------
    >>> german = MadeNames({"duos": "Duos"}, {"share of": "Anteil:"}, {"gap_between": "Abstand"},
    ...                    {"at_least": "mindestens"}, {"age": "Alter"})
    >>> german("share of gap_between age"), german("gap_between age at_least 5 (2)"), german("our own rule")
    ('Anteil: Abstand (Alter)', 'Abstand (Alter, mindestens 5) (2)', 'our own rule')
    """

    whole: Mapping[str, str]
    quotas: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    between: str = "; "
    rounds: str = ""

    def __call__(self, name: str) -> str:
        """Return the translation of a name, or the name itself if it is a user's own."""
        if name in self.whole:
            return self.whole[name]
        if self.rounds and (waited := _ROUNDS.fullmatch(name)):
            return self.rounds.format(number=waited[1])
        numbered = _NUMBERED.fullmatch(name)
        bare, number = (numbered[1], numbered[2]) if numbered else (name, "")
        if bare in self.whole:
            return f"{self.whole[bare]}{number}"
        for begin, said in self.quotas.items():
            if bare.startswith(f"{begin} "):
                subjects = bare.removeprefix(f"{begin} ").split(", ")
                return f"{said} {', '.join(map(self.subject, subjects))}{number}"
        condition = self._condition(bare)
        return name if condition is None else f"{condition}{number}"

    def groups(self, counted: str) -> tuple[str, str]:
        """Return what tells groups apart, and in brackets which duos of them count, if not all do.

        Examples
        --------
        >>> english = MadeNames({}, options={"at_least": "at least"})
        >>> english.groups("mentee.id, mentor.grade at_least 3")
        ('id (mentee)', ' (grade at least 3 (mentor))')
        """
        fields, _, beside = counted.partition(", ")
        said = ", ".join(map(self.subject, self._subjects(beside)))
        return self.subject(fields), said and f" ({said})"

    def _subjects(self, text: str) -> Iterator[str]:
        """Yield fields with their values, which may hold commas, and conditions."""
        told = ""
        for part in filter(None, text.split(", ")):
            if told and (part.startswith(("mentor.", "mentee.")) or part.split(" ")[0] in self.kinds):
                yield told
                told = part
            else:
                told = f"{told}, {part}" if told else part
        if told:
            yield told

    def subject(self, subject: str) -> str:
        """Return the translation of a quota's subject: a condition, or a field with its value."""
        condition = self._condition(subject)
        if condition is not None:
            return condition
        if _BETWEEN in subject:
            return _BETWEEN.join(map(self.subject, subject.split(_BETWEEN)))
        path, _, value = subject.partition(" ")
        if value.startswith(("at_least ", "at_most ")):
            value = " ".join(self._details(value))
        return self._field(path, value)

    def _field(self, path: str, value: str = "") -> str:
        role, dot, name = path.partition(".")
        whose = f" ({self.fields.get(role, role)})" if dot and role in _ROLES else ""
        name = name if whose else path
        return f"{self.fields.get(name, name)}{value and ' '}{value}{whose}"

    def _condition(self, told: str) -> str | None:
        """Return the translation of a condition, or None if the text is no condition."""
        kind, _, rest = told.partition(" ")
        if kind not in self.kinds or (kind in _COMPOSED and not rest.startswith("(")):
            return None
        inside = ""
        if rest.endswith(")") and "(" in rest:
            rest, _, inside = rest[:-1].partition("(")
            parts = [self._condition(part) or part for part in _split(inside)]
            inside = f" ({self.between.join(parts)})"
        words = [*self._details(rest.strip())]
        said = f" ({', '.join(words)})" if words else ""
        return f"{self.kinds[kind]}{said}{inside}"

    def _details(self, rest: str) -> Iterator[str]:
        """Yield the translated field of a condition, then its other options, each with its value."""
        if not rest:
            return
        options = "|".join(map(re.escape, self.options))
        for number, part in enumerate(re.split(rf"(?:^| )(?=(?:{options}) )", rest) if options else [rest]):
            option, _, value = part.partition(" ")
            if option in self.options:
                said, side = self.options[option], value.partition(".")[0]
                if value == "True" and not said.endswith(":"):
                    yield said
                else:
                    yield f"{said} {self._field(value) if side in _ROLES else value}"
            elif part:
                yield " ".join(self._field(word) for word in part.split(" ")) if number == 0 else part


def _split(parts: str) -> Iterator[str]:
    """Yield the items of a list, split at the commas that are not inside brackets."""
    depth, begin = 0, 0
    for place, letter in enumerate(parts):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and not depth:
            yield parts[begin:place].strip()
            begin = place + 1
    yield parts[begin:].strip()
