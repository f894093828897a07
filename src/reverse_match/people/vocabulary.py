"""Words that say the same, in fields whose words everybody knows: genders and languages.

A file that has grown holds ``F``, ``Femme`` and ``female`` side by side, or ``en``, ``English`` and
``Anglais``. People are kept with the word that was written; what is *compared* is the concept that a word
stands for. A word that no table knows stands for itself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING

from reverse_match.foundation.errors import Fault
from reverse_match.foundation.names import LONGEST_SHOWN, name_key
from reverse_match.foundation.text_safety import shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reverse_match.people.participant import Participant

_GENDERS = MappingProxyType(
    {
        name_key(word): meaning
        for meaning, words in {
            "female": "female|femme|f|fem|woman|féminin|féminine|feminine|mme|madame|mlle|mrs|ms|miss",
            "male": "male|homme|m|h|man|masculin|masculine|masc|m.|mr|mr.|monsieur",
            "non-binary": "non-binary|nonbinary|non binary|nb|enby|non binaire|non-binaire|x",
        }.items()
        for word in words.split("|")
    }
)

_REGION = re.compile(r"([a-z]{2,3})[-_](?:[a-z]{4}[-_])?(?:[a-z]{2}|\d{3})")
"""A language with a country behind it, such as ``fr-CA``."""

_BEHIND = re.compile(r"(.+?)\s*(?:\([^()]*\)|\[[^\[\]]*\])")
"""A name with a level or the like in brackets behind it."""

_MOST_WORDS = 6
"""Words that one note shows."""


def gender_of(word: str) -> str:
    """Return the concept that a word for a gender stands for, or the word itself.

    Examples
    --------
    >>> gender_of("Femme"), gender_of("F"), gender_of("agender")
    ('female', 'female', 'agender')
    """
    return _GENDERS.get(name_key(word), word)


def language_of(name: str) -> str | None:
    """Return the code of ISO 639-1 of a language, by its name or one of its codes; ``None`` if none is known.

    Examples
    --------
    >>> language_of("Anglais"), language_of("fr-CA"), language_of("Deutsch (B2)"), language_of("Elvish")
    ('en', 'fr', 'de', None)
    """
    known, key = _languages(), name_key(name)
    if key in known:
        return known[key]
    match = _REGION.fullmatch(key) or _BEHIND.fullmatch(key)
    return None if match is None else known.get(match[1])


@cache
def _languages() -> Mapping[str, str]:
    text = resources.files("reverse_match.people").joinpath("languages.txt").read_text("utf-8")
    known = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            names = [name.strip() for name in line.split("|")]
            known.update(dict.fromkeys(map(name_key, names), names[0]))
    return known


def vocabulary_notes(people: Sequence[Participant], source: str) -> Iterator[Fault]:
    """Yield a note for each field in which several words for one gender, or one language, stand.

    Parameters
    ----------
    people : sequence of Participant
        The people.
    source : str
        Name of the file or the records.
    """
    genders = {person.gender for person in people if person.gender}
    yield from _note("gender", ((word, gender_of(word)) for word in genders), source)
    spoken = {name for names in {person.languages for person in people} for name in names}
    yield from _note("languages", ((name, language_of(name)) for name in spoken), source)


def _note(field: str, meant: Iterable[tuple[str, str | None]], source: str) -> Iterator[Fault]:
    words: dict[str, dict[str, str]] = defaultdict(dict)
    for word, concept in sorted(meant):
        if concept is not None:
            words[concept].setdefault(name_key(word), word)
    for same in words.values():
        if len(same) > 1:
            shown = [f"'{shorten(word, LONGEST_SHOWN)}'" for word in [*same.values()][:_MOST_WORDS]]
            message = f"read as one word: {', '.join(shown)}"
            yield Fault(message, source, None, f"'{field}'", "several-words")
