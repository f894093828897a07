"""The texts for participants and works councils, in every language; nothing else loads them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from collections.abc import Mapping


def notice_words(lang: str) -> Mapping[str, str]:
    """Return the texts of a language, with no-break spaces in place.

    Examples
    --------
    >>> notice_words("fr")["rights head"]
    'Ce que vous pouvez faire'
    """
    say = language(lang)  # refuses what is no language
    texts: Mapping[str, str] = import_module(f"reverse_match.views.words.{_MODULES[lang]}").TEXTS
    return say.formatter.set_spaces(texts)


_MODULES = {"en": "english_notice", "fr": "french_notice"}
