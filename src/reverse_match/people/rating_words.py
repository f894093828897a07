"""Words for a level or a priority, and the form in which such words are compared."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def word_key(word: str) -> str:
    """Return the form in which words are compared.

    Examples
    --------
    >>> word_key(" Prefer not to  say. ")
    'prefer not to say'
    """
    folded = " ".join(word.split()).casefold().replace("\u2019", "'")
    return folded.rstrip(".").rstrip() or folded


def folded_words(words: Iterable[str]) -> frozenset[str]:
    """Return words in the form in which they are compared."""
    return frozenset(map(word_key, words))


def _table(values: Mapping[int, str]) -> Mapping[str, int]:
    return MappingProxyType(
        {word_key(word): value for value, words in values.items() for word in words.split("|")}
    )


LEVELS = _table(
    {
        1: "beginner|débutant|débutante|débutant(e)|débutant·e",
        2: "basic|notions",
        3: "intermediate|intermédiaire",
        4: "advanced|avancé|avancée|avancé(e)|avancé·e",
        5: "expert|experte|expert(e)|expert·e",
    }
)
"""Level of a skill that is taught."""

DOUBTFUL_LEVELS = folded_words(
    (
        *("novice", "some", "fair", "bases", "average", "moyen", "competent", "good", "proficient", "bon"),
        *("confirmé", "confirmée", "fluent", "very good", "excellent", "maîtrise", "master"),
    )
)
"""Words for a level that scales use differently: which is meant, somebody has to say."""

PRIORITIES = _table(
    {
        1: "low|nice to have|faible|basse|souhaitable",
        2: "medium|important|should|moyenne",
        3: "high|must|must have|haute|élevée|forte|indispensable|prioritaire",
    }
)
"""Priority of a skill that is wanted."""

DOUBTFUL_PRIORITIES = folded_words(("could", "want", "utile", "urgent", "essential", "essentiel"))

RATINGS = frozenset((*LEVELS, *PRIORITIES)) | DOUBTFUL_LEVELS | DOUBTFUL_PRIORITIES
"""Words for some rating, which are no part of a name."""
