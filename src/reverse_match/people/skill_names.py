"""Decides which names mean the same, by a ladder of four rungs, from certain to probable.

1. ``exact``: equal after Unicode, case, accents and spacing are normalised.
2. ``alias``: equated by the shipped table (English, French, acronyms) or by the policy's own synonyms.
3. ``bracket``: what stands in brackets behind one name is its acronym, or says of what kind it is
   (:mod:`.brackets`): "Search Engine Optimization (SEO)", "Python (programming language)".
4. ``typo``: the same number of words, each equal or one edit apart (Damerau-Levenshtein distance 1, in words
   of at least five letters and no digits). Two names of the table are never taken for typos of one another.

Similarity ratios are not used: they equate Java with JavaScript, and "communication interne" with
"communication externe". The ladder is climbed once for the distinct names of a cohort, not for each pair of
people. The result does not depend on the order of the names.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from reverse_match.foundation.names import name_key
from reverse_match.people.brackets import concepts_of_brackets, read_brackets

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from reverse_match.people.brackets import Bracketed

Rung: TypeAlias = Literal["exact", "alias", "bracket", "typo"]

SHORTEST_WORD_WITH_TYPO = 5
"""Shortest word with typos; a shorter one often becomes another word by one edit (Java/Lava, chat/chart)."""


class Meaning(NamedTuple):
    """The meaning of a name, and the rung that found it."""

    concept: str
    rung: Rung


@dataclass(frozen=True)
class Meanings:
    """The meaning of each distinct name of a cohort, by its normalised key."""

    by_key: Mapping[str, Meaning] = field(repr=False)

    def concept(self, name: str) -> str:
        """Return the concept that a name means."""
        return self.by_key[name_key(name)].concept

    def concepts(self, names: Iterable[str]) -> dict[str, str]:
        """Return the concepts that names mean."""
        return {name: self.by_key[name_key(name)].concept for name in dict.fromkeys(names)}

    def rung_between(self, one: str, other: str) -> Rung | None:
        """Return the rung by which two names mean the same; ``None`` where they do not."""
        return self.rung_of_equals(one, other) if self.concept(one) == self.concept(other) else None

    def rung_of_equals(self, one: str, other: str) -> Rung:
        """Return the rung by which two names mean the same, for names known to do so."""
        if one == other or name_key(one) == name_key(other):
            return "exact"
        rungs = self.by_key[name_key(one)].rung, self.by_key[name_key(other)].rung
        return "typo" if "typo" in rungs else "bracket" if "bracket" in rungs else "alias"


def meanings_of(
    names: Iterable[str],
    synonyms: Mapping[str, Sequence[str]] | None = None,
    *,
    table: bool = True,
    typos: bool = True,
    brackets: bool = True,
    known: Mapping[str, str] | None = None,
) -> Meanings:
    """Climb the ladder for all names of a cohort.

    Parameters
    ----------
    names : iterable of str
        Names as people wrote them; a repeated name counts each time.
    synonyms : mapping of str to sequence of str, optional
        For a name, others that mean the same; they are stronger than the table.
    table : bool
        Whether the shipped table of aliases counts.
    typos : bool
        Whether rung 4 is used.
    brackets : bool
        Whether rung 3 is used.
    known : mapping of str to str, optional
        Concepts of further names, as of languages; synonyms are stronger than they.

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
    concepts: Mapping[str, str] = _table() if table else {}
    if known:
        concepts = {**concepts, **{name_key(name): concept for name, concept in known.items()}}
    own = _synonym_concepts(synonyms or {}, concepts)
    if own:  # the table is long, and most policies and people add nothing to it
        concepts = {**concepts, **own}
    counts = Counter(map(name_key, names))
    ladder = _Ladder(concepts, own, table=table, typos=typos)
    read = read_brackets([key for key in counts if key not in concepts], concepts) if brackets else {}
    return Meanings(_climbed_with_brackets(ladder, counts, read) if read else ladder.climb(counts))


def _climbed_with_brackets(
    ladder: _Ladder, counts: Mapping[str, int], read: Mapping[str, Bracketed]
) -> dict[str, Meaning]:
    """Return the meaning of each key; names without their brackets climb in place of those with them."""
    pool = Counter({key: count for key, count in counts.items() if key not in read})
    for key, bracketed in read.items():
        pool[bracketed.base] += counts[key]
    found = ladder.climb(pool)
    meant = {key: meaning.concept for key, meaning in found.items()}
    concepts = concepts_of_brackets(read, meant, ladder.concepts)
    return found | {key: Meaning(concept, "bracket") for key, concept in concepts.items()}


@dataclass(frozen=True)
class _Ladder:
    """The rungs that look at one name after the other."""

    concepts: Mapping[str, str]
    own: Mapping[str, str]
    table: bool
    typos: bool

    def climb(self, counts: Mapping[str, int]) -> dict[str, Meaning]:
        """Return the meaning of each key; of two that misspell each other, the more frequent one counts."""
        known = self.concepts
        found = {
            key: _exactly(key) if (concept := known[key]) == key else Meaning(concept, "alias")
            for key in counts
            if key in known
        }
        unknown = sorted(key for key in counts if key not in known)
        unknown.sort(key=counts.__getitem__, reverse=True)  # of equally frequent ones the first stays first
        if not self.typos:
            return found | {key: _exactly(key) for key in unknown}
        near_known: list[Callable[[str], list[str]]] = [_near_in_table] if self.table else []
        if near_own := names_near(self.own, unknown):
            near_known.append(_NearNames(near_own).near)
        return found | _typos(unknown, known, near_known)


@cache
def _table() -> dict[str, str]:
    """Return the concept of each key in the table; a concept is the key of the first name of its group."""
    text = resources.files("reverse_match.people").joinpath("aliases.txt").read_text("utf-8")
    concepts: dict[str, str] = {}
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            keys = [name_key(name) for name in line.split("|")]
            concepts.update(dict.fromkeys(keys, keys[0]))
    return concepts


def is_in_table(key: str) -> bool:
    """Say whether the shipped table knows a name, by its key.

    Examples
    --------
    >>> is_in_table("ia generative"), is_in_table("beekeeping")
    (True, False)
    """
    return key in _table()


@cache
def _near_table() -> _NearNames:
    return _NearNames(_table())


@lru_cache(maxsize=4096)
def _near_in_table(name: str) -> list[str]:
    """Return the names of the table that a name may misspell; kept, since cohorts share most names."""
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
    """Give each unknown key the meaning of a known key that it misspells, else of a commoner unknown key."""
    index = _NearNames((), unknown)
    found: dict[str, Meaning] = {}
    near_keys = [list(map(near, unknown)) for near in near_known]
    for key, *near in zip(unknown, *near_keys, strict=True):
        alone = index.alone(key)
        if alone and not any(near):
            found[key] = _exactly(key)
            continue
        concepts = {known[other] for some in near for other in some}
        commoner = [] if alone or concepts else index.near(key)
        if len(concepts) == 1:
            found[key] = Meaning(concepts.pop(), "typo")
        elif commoner:
            found[key] = Meaning(commoner[0], "typo")
        else:
            found[key] = _exactly(key)
            if not alone:
                index.add(key)
    return found


@lru_cache(maxsize=4096)
def _exactly(key: str) -> Meaning:
    """Return the meaning of a key that means itself; kept, since cohorts share most names."""
    return Meaning(key, "exact")


def names_near(names: Collection[str], written: Iterable[str]) -> list[str]:
    """Return the names that some written name may misspell: all whose words are near words that are written.

    A list of many thousand names is soon gone through so, as an index of all of them is not.

    Examples
    --------
    >>> names_near(["machine learning", "deep learning", "welding"], ["machin learning"])
    ['machine learning']
    """
    if not names:
        return []
    words = {word for name in written for word in name.split()}
    forms = {form for word in words if _may_be_misspelt(word) for form in _shortened_forms(word)}
    near = {
        word
        for word in {word for name in names for word in name.split()}
        if word in words or (_may_be_misspelt(word) and not forms.isdisjoint(_forms_of(word)))
    }
    return [name for name in names if near.issuperset(name.split())]


class _NearNames:
    """Finds names with the same number of words, each word equal or one edit away.

    Names are stored in a tree (a trie) with one word on each branch. A search follows every branch whose word
    is equal or near, so its work depends on the number of near words, not on the number of names.
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
        """Say whether no word of the name has another stored word near it: then the name is no typo."""
        return not self._words.have_near or self._words.alone.issuperset(name.split())

    def near(self, name: str) -> list[str]:
        """Return the stored names that this one may misspell, in the order in which they were stored."""
        nodes = [self._tree]
        for word in name.split():
            if not any(nodes):
                return []
            spellings = (word, *self._words.near(word))
            nodes = [node[spelling] for node in nodes for spelling in spellings if spelling in node]
        return [found for _, found in sorted(node[_END] for node in nodes if _END in node)]


_END = ""
"""Key in the tree that marks the end of a name; no word is empty."""


class _NearWords:
    """Finds words one edit away, by symmetric deletion (W. Garbe's SymSpell, 2012).

    Two words one edit apart have a common form after at most one letter is deleted from each. So words are
    stored under these forms, and only words with a common form are compared.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._files: defaultdict[str, list[str]] = defaultdict(list)
        self.alone = set(words)
        """The stored words that have no other word one edit away."""
        for word in filter(_may_be_misspelt, self.alone):
            for form in _shortened_forms(word):
                self._files[form].append(word)
        stored = len(self.alone)
        for file in self._files.values():
            if len(file) > 1:
                self.alone.difference_update(file)
        self.have_near = len(self.alone) < stored
        """Whether some stored word has another one near it; in a small cohort that spells well none has."""

    def near(self, word: str) -> list[str]:
        """Return the words at Damerau-Levenshtein distance 1, sorted."""
        if word in self.alone or not _may_be_misspelt(word):
            return []
        candidates = {other for form in _shortened_forms(word) for other in self._files.get(form, ())}
        return sorted(other for other in candidates if _is_one_edit_apart(word, other))


def _is_one_edit_apart(one: str, other: str) -> bool:
    """Say whether a letter too many, a wrong one, or two swapped neighbours make one word of another.

    That is a Damerau-Levenshtein distance of 1; a library that finds larger ones takes long to load.
    """
    if len(one) < len(other):
        one, other = other, one
    letters = enumerate(zip(one, other, strict=False))
    same = next((place for place, (here, there) in letters if here != there), len(other))
    left, of_other = one[same:], other[same:]
    if len(one) > len(other):
        return left[1:] == of_other
    swapped = left[1::-1] == of_other[:2] and left[2:] == of_other[2:]
    return bool(left) and (left[1:] == of_other[1:] or swapped)


def _may_be_misspelt(word: str) -> bool:
    return len(word) >= SHORTEST_WORD_WITH_TYPO and word.isalpha()


@lru_cache(maxsize=4096)
def _shortened_forms(word: str) -> frozenset[str]:
    return frozenset(_forms_of(word))


def _forms_of(word: str) -> list[str]:
    return [word, *(word[:position] + word[position + 1 :] for position in range(len(word)))]
