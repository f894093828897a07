"""What is said of presets: what each is for, and the reason for each of its weights, in every language.

These are the comments of a policy that is written out to start from, so nothing else loads them.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class PresetWords:
    """What a language says of presets.

    Parameters
    ----------
    purposes : mapping of str to str
        What each preset is, by its name.
    reasons : mapping of str to mapping of str to str
        By the name of a preset: why each of its criteria has its weight, and where that comes from. Under
        ``as_far_as_possible`` stands the reason for what is asked so.
    texts : mapping of str to str
        What else stands in a policy that is written out, by name.
    fields : mapping of str to str
        Words for fields of people, where they are not the names of the columns.
    """

    purposes: Mapping[str, str]
    reasons: Mapping[str, Mapping[str, str]]
    texts: Mapping[str, str]
    fields: Mapping[str, str]


def preset_words(lang: str) -> PresetWords:
    """Return what a language says of presets.

    Examples
    --------
    >>> preset_words("fr").purposes["mission"]
    'Politique par défaut : compétences, objectifs, âge, genre et service.'
    """
    found: PresetWords = import_module(f"reverse_match.views.words.{_MODULES[lang]}").WORDS
    return found


_MODULES = {"en": "english_presets", "fr": "french_presets"}
