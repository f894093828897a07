"""The known languages, by their codes."""

from __future__ import annotations

import os
import sys
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from reverse_match.foundation.errors import Fault, InputError
from reverse_match.foundation.text_safety import shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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


def language_of_locale(
    variables: Mapping[str, str] = os.environ, system: Callable[[], str | None] | None = None
) -> str:
    """Return the code of the language that an environment asks for; English where nobody speaks it here.

    Parameters
    ----------
    variables : mapping of str to str
        Environment variables; the first of ``LC_ALL``, ``LC_MESSAGES`` and ``LANG`` counts.
    system : callable, optional
        Returns the language where no variable says one, as on Windows: ``fr_FR`` or ``French_France``.

    Examples
    --------
    >>> french = {"LANG": "fr_FR.UTF-8"}
    >>> language_of_locale(french), language_of_locale({**french, "LC_ALL": "C"})
    ('fr', 'en')
    >>> language_of_locale({}, lambda: "French_Belgium")
    'fr'
    """
    asked = next(filter(None, (variables.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))), None)
    said = asked or (system or _language_of_system)() or "en"
    code = said.lower().replace("-", "_").partition("_")[0]
    code = next((code_of for code_of, name in LANGUAGES.items() if name == code), code)
    return code if code in LANGUAGES else "en"


def _language_of_system() -> str | None:
    """Return the language of Windows, which sets no variables; other systems do."""
    if sys.platform != "win32":
        return None
    import locale

    return locale.getlocale()[0]


@cache
def _catalogue(module: str) -> Phrases:
    catalogue: Phrases = import_module(f"reverse_match.views.words.{module}").CATALOGUE
    return catalogue
