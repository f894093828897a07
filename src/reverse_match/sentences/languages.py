"""The languages that there are, by their codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.errors import Fault, InputError
from reverse_match.sentences.english import English
from reverse_match.sentences.french import French

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reverse_match.sentences.language import Language

LANGUAGES: Mapping[str, Language] = {"en": English(), "fr": French()}


def language(code: str) -> Language:
    """Return the language of a code.

    Raises
    ------
    InputError
        If there is none; the message names those that there are.

    Examples
    --------
    >>> language("fr").fixed()
    'Les règles imposent ce duo.'
    """
    if code not in LANGUAGES:
        known = ", ".join(f"'{known}'" for known in LANGUAGES)
        raise InputError([Fault(f"unknown language '{code}'; known are {known}")])
    return LANGUAGES[code]
