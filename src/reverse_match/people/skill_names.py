"""When two names mean the same: a ladder of three rungs, from certain to probable.

1. ``exact``: equal after Unicode, case, accents and spacing are normalised.
2. ``alias``: a table says so (English, French, acronyms), or the policy's own synonyms.
3. ``typo``: as many words, each equal or one edit apart (Damerau-Levenshtein distance 1, in words of at least
   five letters and no digits). Two names that are both in the table are never taken for typos of one another.

Similarity ratios are not used: they call Java and JavaScript alike, and "communication interne" and
"communication externe". The ladder is climbed once for the distinct names of a cohort, never pair of people
by pair of people, and its answer does not depend on the order in which names come.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from reverse_match.foundation.names import name_key

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

Rung: TypeAlias = Literal["exact", "alias", "typo"]

SHORTEST_WORD_WITH_TYPO = 5
"""In shorter words one edit makes another word too often (Java/Lava, chat/chart)."""


@dataclass(frozen=True)
class Meaning:
    """What a name was taken to mean, and by which rung."""

    concept: str
    rung: Rung


@dataclass(frozen=True)
class Meanings:
    """The meaning of each distinct name of a cohort, by its normalised key."""

    by_key: Mapping[str, Meaning] = field(repr=False)

    def concept(self, name: str) -> str:
        """Return the concept that a name means."""
        return self.by_key[name_key(name)].concept

    def rung_between(self, one: str, other: str) -> Rung | None:
        """Return the rung by which two names mean the same, ``None`` when they do not."""
        return self.rung_of_equals(one, other) if self.concept(one) == self.concept(other) else None

    def rung_of_equals(self, one: str, other: str) -> Rung:
        """Return the rung by which two names mean the same, given that they do."""
        if one == other or name_key(one) == name_key(other):
            return "exact"
        rungs = self.by_key[name_key(one)].rung, self.by_key[name_key(other)].rung
        return "typo" if "typo" in rungs else "alias"


def meanings_of(
    names: Iterable[str],
    synonyms: Mapping[str, Sequence[str]] | None = None,
    *,
    table: bool = True,
    typos: bool = True,
) -> Meanings:
    """Climb the ladder for all names of a cohort.

    Parameters
    ----------
    names : iterable of str
        As people wrote them, each as often as it occurs.
    synonyms : mapping of str to sequence of str, optional
        A name, and others that mean the same; stronger than the table.
    table : bool
        Whether the shipped table of aliases counts.
    typos : bool
        Whether rung 3 is used.

    Returns
    -------
    Meanings

    Examples
    --------
    >>> meanings = meanings_of(["Generative AI", "IA générative", "Generatve AI", "Java", "JavaScript"])
    >>> meanings.rung_between("Generative AI", "IA générative")
    'alias'
    >>> meanings.rung_between("Generative AI", "Generatve AI")
    'typo'
    >>> meanings.rung_between("Java", "JavaScript") is None
    True
    """
    known = dict(_table()) if table else {}
    own = _synonym_concepts(synonyms or {}, known)
    known.update(own)
    counts: Counter[str] = Counter()
    for name, count in Counter(names).items():
        counts[name_key(name)] += count
    found = {
        key: Meaning(known[key], "exact" if known[key] == key else "alias") for key in counts if key in known
    }
    unknown = sorted((key for key in counts if key not in known), key=lambda key: (-counts[key], key))
    if typos:
        near_known: list[Callable[[str], list[str]]] = [_near_in_table] if table else []
        found.update(_typos(unknown, known, [*near_known, _NearNames(own).near] if own else near_known))
    else:
        found.update({key: Meaning(key, "exact") for key in unknown})
    return Meanings(found)


@cache
def _table() -> dict[str, str]:
    """Return the concept of each known key; a concept is the key of its first name."""
    text = resources.files("reverse_match.people").joinpath("aliases.txt").read_text("utf-8")
    concepts: dict[str, str] = {}
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            keys = [name_key(name) for name in line.split("|")]
            concepts.update(dict.fromkeys(keys, keys[0]))
    return concepts


@cache
def _near_table() -> _NearNames:
    return _NearNames(_table())


@lru_cache(maxsize=4096)
def _near_in_table(name: str) -> list[str]:
    """Return the names of the table that a name could misspell; cohorts of a platform share most names."""
    return _near_table().near(name)


def _synonym_concepts(synonyms: Mapping[str, Sequence[str]], known: Mapping[str, str]) -> dict[str, str]:
    concepts = {}
    for name, others in synonyms.items():
        concept = known.get(name_key(name), name_key(name))
        concepts.update({name_key(other): concept for other in (name, *others)})
    return concepts


def _typos(
    unknown: Sequence[str], known: Mapping[str, str], near_known: Sequence[Callable[[str], list[str]]]
) -> dict[str, Meaning]:
    """Give each unknown key the meaning of a known one it misspells, else of a commoner unknown one."""
    index = _NearNames((), unknown)
    found: dict[str, Meaning] = {}
    for key in unknown:
        concepts = {known[other] for near in near_known for other in near(key)}
        alone = index.alone(key)
        commoner = [] if alone or concepts else index.near(key)
        if len(concepts) == 1:
            found[key] = Meaning(concepts.pop(), "typo")
        elif commoner:
            found[key] = Meaning(commoner[0], "typo")
        else:
            found[key] = Meaning(key, "exact")
            if not alone:
                index.add(key)
    return found


class _NearNames:
    """Finds names that are the same word by word, or one edit a word away.

    Names are filed in a tree, a word a branch, and looked up along every branch that equals a word or is near
    it: the work depends on how many words are near, not on how many names there are.
    """

    def __init__(self, names: Collection[str], later: Iterable[str] = ()) -> None:
        self._words = _NearWords({word for name in (*names, *later) for word in name.split()})
        self._tree: dict[str, Any] = {}
        self._count = 0
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        node = self._tree
        for word in name.split():
            node = node.setdefault(word, {})
        node[_END] = (self._count, name)
        self._count += 1

    def alone(self, name: str) -> bool:
        """Return whether neither this name nor another filed one can be a misspelling of the other."""
        return self._words.alone.issuperset(name.split())

    def near(self, name: str) -> list[str]:
        """Return the filed names that could be this one misspelt, in the order they were filed."""
        nodes = [self._tree]
        for word in name.split():
            if not any(nodes):
                return []
            spellings = (word, *self._words.near(word))
            nodes = [node[spelling] for node in nodes for spelling in spellings if spelling in node]
        return [found for _, found in sorted(node[_END] for node in nodes if _END in node)]


_END = ""
"""Marks in the tree of words that a name ends here; no word is empty."""


class _NearWords:
    """Finds words one edit away.

    Two such words have a form in common that is left when at most one letter is deleted from each (the idea
    of W. Garbe's symmetric deletion), so words are filed under these forms, and only words in one file are
    compared.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._files: defaultdict[str, list[str]] = defaultdict(list)
        self.alone = set(words)
        """The filed words of which no other is one edit away."""
        for word in sorted(filter(_may_be_misspelt, self.alone)):
            for form in _shortened_forms(word):
                self._files[form].append(word)
        for file in self._files.values():
            if len(file) > 1:
                self.alone.difference_update(file)

    def near(self, word: str) -> list[str]:
        """Return the words at Damerau-Levenshtein distance 1, sorted."""
        if word in self.alone or not _may_be_misspelt(word):
            return []
        candidates = {other for form in _shortened_forms(word) for other in self._files.get(form, ())}
        if not candidates - {word}:
            return []
        from rapidfuzz.distance import DamerauLevenshtein  # takes long to load, and most cohorts spell well

        return sorted(
            other for other in candidates if DamerauLevenshtein.distance(word, other, score_cutoff=1) == 1
        )


def _may_be_misspelt(word: str) -> bool:
    return len(word) >= SHORTEST_WORD_WITH_TYPO and word.isalpha()


@lru_cache(maxsize=4096)
def _shortened_forms(word: str) -> frozenset[str]:
    return frozenset({word, *(word[:position] + word[position + 1 :] for position in range(len(word)))})
