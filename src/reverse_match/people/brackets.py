"""Reads names with something in brackets behind them: an acronym, or the kind of thing that they name.

"Search Engine Optimization (SEO)" means what "SEO" and "Search Engine Optimization" mean, since the letters
are the first letters of the words. "Python (programming language)" means "Python": the brackets say which
Python. But "communication (internal)" and "communication (external)" are two skills, and "marketing (SEO)" is
less than marketing. So brackets that are no acronym are passed over only where they name a kind of thing, or
where no other brackets stand behind the same name and no table knows what stands in them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reverse_match.foundation.names import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_NAME = re.compile(r"([^()\[\]]*[^()\[\]\s])\s*[(\[]\s*([^()\[\]]*[^()\[\]\s])\s*[)\]]")
_WORDS = re.compile(r"[^\W\d_]+|\d+")
_SMALL_WORDS = frozenset(
    [
        "a",
        "and",
        "as",
        "au",
        "aux",
        "d",
        "de",
        "des",
        "du",
        "en",
        "et",
        "for",
        "in",
        "l",
        "la",
        "le",
        "les",
        "of",
        "on",
        "or",
        "ou",
        "the",
        "to",
    ]
)
_SHORTEST_ACRONYM = 2

_KINDS = frozenset(
    map(
        name_key,
        (
            *("programming language", "computer programming", "programming", "language", "software", "tool"),
            *("library", "framework", "database", "operating system", "app", "application", "platform"),
            *("langage", "langage de programmation", "langage informatique", "programmation informatique"),
            *("programmation", "logiciel", "outil", "bibliothèque", "cadriciel", "base de données", "langue"),
            *("système d'exploitation", "plateforme", "plate-forme", "informatique"),
        ),
    )
)
"""What brackets behind a name say of what kind the thing is."""


@dataclass(frozen=True)
class Bracketed:
    """A name with brackets behind it: the name without them, and the acronym, if there is one."""

    base: str
    acronym: str | None = None


def read_brackets(names: Iterable[str], known: Mapping[str, str]) -> dict[str, Bracketed]:
    """Return what each name with brackets stands for; a name that is left out stands for itself.

    Parameters
    ----------
    names : iterable of str
        Keys of names that no table knows.
    known : mapping of str to str
        Concepts of names that are known.

    Examples
    --------
    >>> read_brackets(["search engine optimization (seo)"], {})
    {'search engine optimization (seo)': Bracketed(base='search engine optimization', acronym='seo')}
    >>> read_brackets(["communication (internal)", "communication (external)"], {})
    {}
    """
    parts = {
        name: (match[1], match[2])
        for name in names
        if name.endswith((")", "]")) and (match := _NAME.fullmatch(name))  # the pattern takes longer to ask
    }
    found: dict[str, Bracketed] = {}
    others: dict[str, set[str]] = defaultdict(set)
    for name, (base, inside) in parts.items():
        if is_acronym(inside, base):
            found[name] = Bracketed(base, inside)
        elif is_acronym(base, inside):
            found[name] = Bracketed(inside, base)
        elif inside in _KINDS:
            found[name] = Bracketed(base)
        else:
            others[base].add(inside)
    for name, (base, inside) in parts.items():
        if name not in found and len(others[base]) == 1 and known.get(inside) in (None, known.get(base)):
            found[name] = Bracketed(base)
    return found


def is_acronym(letters: str, words: str) -> bool:
    """Say whether a text is made of the first letters of some words; small words may be left out.

    Examples
    --------
    >>> is_acronym("SEO", "Search Engine Optimization"), is_acronym("RH", "ressources humaines")
    (True, True)
    >>> is_acronym("VBA", "Excel")
    False
    """
    asked = name_key(letters).replace(".", "").replace(" ", "")
    found = _WORDS.findall(name_key(words))
    every = "".join(word[0] for word in found)
    large = "".join(word[0] for word in found if word not in _SMALL_WORDS)
    return len(asked) >= _SHORTEST_ACRONYM and asked in (every, large)


def concepts_of_brackets(
    read: Mapping[str, Bracketed], meant: Mapping[str, str], known: Mapping[str, str]
) -> dict[str, str]:
    """Return the concept of each name with brackets, and of names that are acronyms of others.

    Parameters
    ----------
    read : mapping of str to Bracketed
        As :func:`read_brackets` returns it.
    meant : mapping of str to str
        Concept of each name without brackets that somebody wrote, the bases among them.
    known : mapping of str to str
        Concepts of names that are known.
    """
    owners: dict[str, set[str]] = defaultdict(set)
    for name in read.values():
        if name.acronym is not None:
            owners[name.acronym].add(meant[name.base])
    found: dict[str, str] = {}
    for acronym, bases in owners.items():
        if len(bases) == 1:
            base = next(iter(bases))
            if acronym not in known:
                found[acronym] = base
            elif base not in known:  # a table knows the acronym, and not the words
                found.update({key: known[acronym] for key, concept in meant.items() if concept == base})
    return found | {key: found.get(name.base, meant[name.base]) for key, name in read.items()}
