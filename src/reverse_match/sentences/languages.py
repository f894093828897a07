"""The languages that there are, by their codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.errors import Fault, InputError
from reverse_match.sentences.english import English
from reverse_match.sentences.english_conflicts import EnglishConflicts
from reverse_match.sentences.english_measures import EnglishMeasures
from reverse_match.sentences.french import French
from reverse_match.sentences.french_conflicts import FrenchConflicts
from reverse_match.sentences.french_measures import FrenchMeasures

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reverse_match.sentences.conflict_language import ConflictLanguage
    from reverse_match.sentences.language import Language
    from reverse_match.sentences.measures_language import MeasuresLanguage

LANGUAGES: Mapping[str, Language] = {"en": English(), "fr": French()}

CONFLICT_LANGUAGES: Mapping[str, ConflictLanguage] = {"en": EnglishConflicts(), "fr": FrenchConflicts()}

MEASURES_LANGUAGES: Mapping[str, MeasuresLanguage] = {"en": EnglishMeasures(), "fr": FrenchMeasures()}


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
    _refuse_unknown(code)
    return LANGUAGES[code]


def conflict_language(code: str) -> ConflictLanguage:
    """Return the phrases of a language for what cannot hold together.

    Raises
    ------
    InputError
        If there is none; the message names those that there are.

    Examples
    --------
    >>> conflict_language("en").would_do()
    'would do:'
    """
    _refuse_unknown(code)
    return CONFLICT_LANGUAGES[code]


def measures_language(code: str) -> MeasuresLanguage:
    """Return the phrases of a language for indicators and for what weights have done.

    Raises
    ------
    InputError
        If there is none; the message names those that there are.

    Examples
    --------
    >>> measures_language("en").left_out(["age"])
    'Nothing can be seen of: age.'
    """
    _refuse_unknown(code)
    return MEASURES_LANGUAGES[code]


def _refuse_unknown(code: str) -> None:
    if code not in LANGUAGES:
        known = ", ".join(f"'{known}'" for known in LANGUAGES)
        raise InputError([Fault(f"unknown language '{code}'; known are {known}")])
