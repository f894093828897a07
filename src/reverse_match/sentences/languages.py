"""The languages that there are, by their codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.errors import Fault, InputError
from reverse_match.sentences.english import English
from reverse_match.sentences.english_calendar import EnglishCalendar
from reverse_match.sentences.english_conflicts import EnglishConflicts
from reverse_match.sentences.english_measures import EnglishMeasures
from reverse_match.sentences.english_proposals import EnglishProposals
from reverse_match.sentences.english_report import EnglishReport
from reverse_match.sentences.english_rotation import EnglishRotation
from reverse_match.sentences.french import French
from reverse_match.sentences.french_calendar import FrenchCalendar
from reverse_match.sentences.french_conflicts import FrenchConflicts
from reverse_match.sentences.french_measures import FrenchMeasures
from reverse_match.sentences.french_proposals import FrenchProposals
from reverse_match.sentences.french_report import FrenchReport
from reverse_match.sentences.french_rotation import FrenchRotation
from reverse_match.visible_text import shortened

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reverse_match.sentences.calendar_language import CalendarLanguage
    from reverse_match.sentences.conflict_language import ConflictLanguage
    from reverse_match.sentences.language import Language
    from reverse_match.sentences.measures_language import MeasuresLanguage
    from reverse_match.sentences.proposal_language import ProposalLanguage
    from reverse_match.sentences.report_language import ReportLanguage
    from reverse_match.sentences.rotation_language import RotationLanguage

LANGUAGES: Mapping[str, Language] = {"en": English(), "fr": French()}

CALENDAR_LANGUAGES: Mapping[str, CalendarLanguage] = {"en": EnglishCalendar(), "fr": FrenchCalendar()}

CONFLICT_LANGUAGES: Mapping[str, ConflictLanguage] = {"en": EnglishConflicts(), "fr": FrenchConflicts()}

MEASURES_LANGUAGES: Mapping[str, MeasuresLanguage] = {"en": EnglishMeasures(), "fr": FrenchMeasures()}

PROPOSAL_LANGUAGES: Mapping[str, ProposalLanguage] = {"en": EnglishProposals(), "fr": FrenchProposals()}

REPORT_LANGUAGES: Mapping[str, ReportLanguage] = {"en": EnglishReport(), "fr": FrenchReport()}

ROTATION_LANGUAGES: Mapping[str, RotationLanguage] = {"en": EnglishRotation(), "fr": FrenchRotation()}


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


def calendar_language(code: str) -> CalendarLanguage:
    """Return the phrases of a language for calendars.

    Raises
    ------
    InputError
        If there is none; the message names those that there are.

    Examples
    --------
    >>> calendar_language("en").end("Pilot").summary
    'Pilot: end of the programme'
    """
    _refuse_unknown(code)
    return CALENDAR_LANGUAGES[code]


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


def proposal_language(code: str) -> ProposalLanguage:
    """Return the phrases of a language for what should become of duos.

    Raises
    ------
    InputError
        If there is none; the message names those that there are.

    Examples
    --------
    >>> proposal_language("en").nothing_said()
    'Neither of the two has answered.'
    """
    _refuse_unknown(code)
    return PROPOSAL_LANGUAGES[code]


def report_language(code: str) -> ReportLanguage:
    """Return the phrases of a language for the report.

    Raises
    ------
    InputError
        If there is none; the message names those that there are.

    Examples
    --------
    >>> report_language("fr").number(1234.5, 2)
    '1\u202f234,50'
    """
    _refuse_unknown(code)
    return REPORT_LANGUAGES[code]


def rotation_language(code: str) -> RotationLanguage:
    """Return the phrases of a language for the passage to the next round.

    Raises
    ------
    InputError
        If there is none; the message names those that there are.
    """
    _refuse_unknown(code)
    return ROTATION_LANGUAGES[code]


def _refuse_unknown(code: str) -> None:
    known = ", ".join(f"'{known}'" for known in LANGUAGES)
    if not isinstance(code, str):
        raise InputError([Fault(f"not a language; right would be one of {known}", column="lang")])
    if code not in LANGUAGES:
        raise InputError([Fault(f"unknown language '{shortened(code, 20)}'; known are {known}")])
