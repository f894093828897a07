"""What is called by the library, because its user gave no name: rules, quotas, credits and conditions.

Such a name is made of words of a policy (``gap_between age at_least 5``), as its records store it. A language
says it in its own words; whatever is no such name is somebody's own, and stays as it is. Records keep the
name alone, so that a user's own name which reads just like one of these is said in these words, too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_NUMBERED = re.compile(r"(.*)( \[\d+\]| \(\d+\))", re.DOTALL)
"""Names that would be the same are numbered."""

_COMPOSED = ("all_of", "any_of", "not")
"""Kinds of conditions that are made of others, in brackets."""

_ROUNDS = re.compile(r"rotation: no duo for (\d+) rounds")


@dataclass(frozen=True)
class MadeNames:
    """What a language calls what the library has named.

    Parameters
    ----------
    whole : mapping of str to str
        Names that are always the same.
    quotas : mapping of str to str, optional
        What stands before the subject of a quota: for ``each``, ``count of`` and ``share of``.
    kinds : mapping of str to str, optional
        Kinds of conditions.
    options : mapping of str to str, optional
        What conditions are told beside a field.
    fields : mapping of str to str, optional
        Fields of people, and the two roles; others keep their names.
    between : str, optional
        Stands between conditions.
    rounds : str, optional
        The credit of somebody who had no duo for ``{number}`` rounds.

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
        """Return what something is called."""
        if name in self.whole:
            return self.whole[name]
        if self.rounds and (waited := _ROUNDS.fullmatch(name)):
            return self.rounds.format(number=waited[1])
        numbered = _NUMBERED.fullmatch(name)
        bare, number = (numbered[1], numbered[2]) if numbered else (name, "")
        for begin, said in self.quotas.items():
            if bare.startswith(f"{begin} "):
                subjects = bare.removeprefix(f"{begin} ").split(", ")
                return f"{said} {', '.join(map(self.subject, subjects))}{number}"
        condition = self._condition(bare)
        return name if condition is None else f"{condition}{number}"

    def subject(self, subject: str) -> str:
        """Return what a quota counts: a condition, or a field with the value that is asked of it."""
        condition = self._condition(subject)
        if condition is not None:
            return condition
        path, _, value = subject.partition(" ")
        return f"{self._field(path)} {value}".strip()

    def _field(self, path: str) -> str:
        role, dot, name = path.partition(".")
        if dot and role in ("mentor", "mentee"):
            return f"{self.fields.get(name, name)} ({self.fields.get(role, role)})"
        return self.fields.get(path, path)

    def _condition(self, told: str) -> str | None:
        """Return a condition in words; nothing where it is none."""
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
        """Return the field of a condition, then what else it says, each with its name."""
        if not rest:
            return
        options = "|".join(map(re.escape, self.options))
        for number, part in enumerate(re.split(rf"(?:^| )(?=(?:{options}) )", rest) if options else [rest]):
            option, _, value = part.partition(" ")
            if option in self.options:
                yield f"{self.options[option]} {value}"
            elif part:
                yield " ".join(map(self._field, part.split(" "))) if number == 0 else part


def _split(parts: str) -> Iterator[str]:
    """Return what stands between the commas of a list that are in no brackets of their own."""
    depth, begin = 0, 0
    for place, letter in enumerate(parts):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and not depth:
            yield parts[begin:place].strip()
            begin = place + 1
    yield parts[begin:].strip()
