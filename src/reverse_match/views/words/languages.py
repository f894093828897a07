"""The known languages, by their codes."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from reverse_match.foundation.errors import Fault, InputError
from reverse_match.foundation.text_safety import shorten

if TYPE_CHECKING:
    from reverse_match.views.words.phrases import Phrases

LANGUAGES = {"en": "english", "fr": "french"}
"""Module of each language, which is loaded when it is first used."""


def language(code: str) -> Phrases:
    """Return the catalogue of a language.

    Parameters
    ----------
    code : str
        Code of the language, such as ``"en"``.

    Raises
    ------
    InputError
        If the language is not known; the message lists the known ones.

    Examples
    --------
    >>> say = language("fr")
    >>> say("duo fixed")
    'Les règles imposent ce duo.'
    >>> say("plot mean", value=say.number(0.5))
    'moyenne 0,500'
    """
    known = ", ".join(f"'{known}'" for known in LANGUAGES)
    if not isinstance(code, str):
        raise InputError([Fault(f"not a language; right would be one of {known}", column="lang")])
    if code not in LANGUAGES:
        raise InputError([Fault(f"unknown language '{shorten(code, 20)}'; known are {known}")])
    return _catalogue(LANGUAGES[code])


@cache
def _catalogue(module: str) -> Phrases:
    catalogue: Phrases = import_module(f"reverse_match.views.words.{module}").CATALOGUE
    return catalogue
