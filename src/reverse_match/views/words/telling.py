"""The languages that there are, by their codes.

What pictures say, in English and French. Both languages have every phrase, with the same places in it.

What no other matching of the same people has, in a clause: what a certificate of gap 0 proves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reverse_match.foundation.errors import Fault, InputError
from reverse_match.foundation.text_safety import shorten
from reverse_match.policy.objective import Fair
from reverse_match.views.words.english import English
from reverse_match.views.words.english_calendar import EnglishCalendar
from reverse_match.views.words.english_conflicts import EnglishConflicts
from reverse_match.views.words.english_measures import EnglishMeasures
from reverse_match.views.words.english_proposals import EnglishProposals
from reverse_match.views.words.english_report import EnglishReport
from reverse_match.views.words.english_rotation import EnglishRotation
from reverse_match.views.words.french import CRITERIA, FIXED, THIN, French
from reverse_match.views.words.french_calendar import FrenchCalendar
from reverse_match.views.words.french_conflicts import FrenchConflicts
from reverse_match.views.words.french_measures import FrenchMeasures
from reverse_match.views.words.french_proposals import FrenchProposals
from reverse_match.views.words.french_report import FrenchReport
from reverse_match.views.words.french_rotation import FrenchRotation
from reverse_match.views.words.report_language import ProofInWords

if TYPE_CHECKING:
    from reverse_match.policy import Policy
    from reverse_match.views.words.calendar_language import CalendarLanguage
    from reverse_match.views.words.conflict_language import ConflictLanguage
    from reverse_match.views.words.measures_language import MeasuresLanguage
    from reverse_match.views.words.phrases import Language
    from reverse_match.views.words.proposal_language import ProposalLanguage
    from reverse_match.views.words.report_language import ReportLanguage
    from reverse_match.views.words.rotation_language import RotationLanguage


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
        raise InputError([Fault(f"unknown language '{shorten(code, 20)}'; known are {known}")])


PHRASES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "age": "age (years)",
        "age gap": "age of the mentee minus age of the mentor (years)",
        "ages of duos": "Ages of the duos",
        "change": "change (points)",
        "compared duos": "Duos gained: {gained}; lost: {lost}; the same: {same}.",
        "comparison": "From {before} to {after}",
        "gained": "gained",
        "lost": "lost",
        "no change": "Nothing changes.",
        "not drawn": "Smaller changes not drawn: {count}.",
        "criterion": "criterion",
        "criteria of duos": "What scores are made of",
        "departments of duos": "Departments of the duos",
        "duos": "duos",
        "frontier": "What one costs in the other",
        "grade": "grade",
        "grade gap": "grade of the mentee minus grade of the mentor",
        "grades of duos": "Grades of the duos",
        "left out": "Without a duo in a role",
        "mean": "mean {value}",
        "mean line": "mean score",
        "median": "median {value}",
        "mentee": "mentee",
        "mentor": "mentor",
        "mentee department": "department of the mentee",
        "mentor department": "department of the mentor",
        "most": "most possible (weight)",
        "nobody": "Nobody was left out.",
        "no duos": "There are no duos.",
        "no points": "There are no points.",
        "no rounds": "There are no rounds.",
        "not known": "not known",
        "not known of": "not known for {count} of {all} duos",
        "not known of one": "not known for the only duo",
        "others": "others ({count})",
        "people": "people",
        "points": "points",
        "round": "round",
        "rounds": "Rounds of the plan",
        "round figures": "duos: {count}\ntotal: {total} points",
        "same": "same {value}",
        "score": "score (0 to 1)",
        "scores": "Scores of the duos ({count})",
        "worst": "▲ the worst duos:",
        "worst line": "worst score",
        "chosen": "chosen",
        "spread": "line: 5th to 95th percentile; box: middle half",
        "and more": "and {count} more",
        "sits_out": "sits out (capacity 0)",
        "no_allowed_partner": "no allowed partner",
        "below_minimum_score": "all below the minimum score",
        "partners_taken": "all partners taken",
        "quota_full": "no room in a quota",
    },
    "fr": {
        "change": "variation (points)",
        "compared duos": f"Duos gagnés{FIXED}: {{gained}}{THIN}; perdus{FIXED}: {{lost}}{THIN}; "
        f"inchangés{FIXED}: {{same}}.",
        "comparison": "De {before} à {after}",
        "gained": "gagné",
        "lost": "perdu",
        "no change": "Rien ne change.",
        "not drawn": f"Variations plus petites, non dessinées{FIXED}: {{count}}.",
        "age": "âge (années)",
        "age gap": "âge du ou de la mentoré(e) moins âge du mentor (années)",
        "ages of duos": "Âges dans les duos",
        "criterion": "critère",
        "criteria of duos": "Composition des scores",
        "departments of duos": "Services des duos",
        "duos": "duos",
        "frontier": "Ce que l'un coûte à l'autre",
        "grade": "niveau",
        "grade gap": "niveau du ou de la mentoré(e) moins niveau du mentor",
        "grades of duos": "Niveaux dans les duos",
        "left out": "Sans duo dans un rôle",
        "mean": "moyenne {value}",
        "mean line": "score moyen",
        "median": "médiane {value}",
        "mentee": "mentoré(e)",
        "mentor": "mentor",
        "mentee department": "service du ou de la mentoré(e)",
        "mentor department": "service du mentor",
        "most": "maximum possible (poids)",
        "nobody": "Personne n'est sans duo.",
        "no duos": "Il n'y a pas de duo.",
        "no points": "Il n'y a pas de point.",
        "no rounds": "Il n'y a pas de cycle.",
        "not known": "inconnu",
        "not known of": "inconnu pour {count} des {all} duos",
        "not known of one": "inconnu pour le seul duo",
        "others": "autres ({count})",
        "people": "personnes",
        "points": "points",
        "round": "cycle",
        "rounds": "Cycles du plan",
        "round figures": f"duos{FIXED}: {{count}}\ntotal{FIXED}: {{total}} points",
        "same": "même {value}",
        "score": "score (de 0 à 1)",
        "scores": "Scores des duos ({count})",
        "worst": f"▲ les moins bons duos{FIXED}:",
        "worst line": "score le plus bas",
        "chosen": "choisi",
        "spread": f"trait{FIXED}: du 5e au 95e centile{THIN}; boîte{FIXED}: moitié centrale",
        "and more": "et {count} de plus",
        "sits_out": "ne participe pas (capacité 0)",
        "no_allowed_partner": "aucun partenaire permis",
        "below_minimum_score": "tous sous le score minimal",
        "partners_taken": "tous les partenaires pris",
        "quota_full": "plus de place dans un quota",
    },
}


@dataclass(frozen=True)
class Words:
    """Phrases and numbers of one language; ``say("mean", value="0.5")``."""

    lang: str

    def __call__(self, phrase: str, **values: str) -> str:
        """Return a phrase."""
        return PHRASES[self.lang][phrase].format(**values)

    def count(self, number: int) -> str:
        """Return a whole number."""
        written = f"{number:,}"
        return written.replace(",", THIN) if self.lang == "fr" else written

    def number(self, value: float, places: int | None = None) -> str:
        """Return a number with so many places, or with as many as it needs."""
        written = f"{value:.6g}" if places is None else f"{value:,.{places}f}"
        return written.replace(",", THIN).replace(".", ",") if self.lang == "fr" else written

    def criterion(self, name: str) -> str:
        """Return what a criterion is called."""
        return CRITERIA.get(name, name) if self.lang == "fr" else name


def words(lang: str) -> Words:
    """Return the words of a language.

    Raises
    ------
    InputError
        If there is none; the message names those that there are.

    Examples
    --------
    >>> words("fr")("mean", value=words("fr").number(0.5, 3))
    'moyenne 0,500'
    """
    language(lang)  # refuses what it does not know
    return Words(lang)


Ticks = Callable[[float, int | None], str]
"""How matplotlib asks for the text at a tick."""


def what_is_proved(policy: Policy, duos: int, duos_bound: int, worst: float | None, lang: str = "en") -> str:
    """Return what no other matching has.

    Parameters
    ----------
    policy : Policy
        Says what is maximised, and whether quotas have to be kept.
    duos : int
        How many there are.
    duos_bound : int
        How many there can be at most.
    worst : float or None
        Score of the worst duo, where the objective is about it and there is one that the policy left free.
    lang : str
        ``"en"`` or ``"fr"``.

    Raises
    ------
    InputError
        If the language is not known.

    Examples
    --------
    >>> from reverse_match.policy import Policy
    >>> what_is_proved(Policy(objective="total"), 3, 4, None)
    'no matching of these people has a higher total, and none more than 4 duos'
    """
    said = policy.objective
    kind, alpha = ("fair", said.alpha) if isinstance(said, Fair) else (said, 0.0)
    if kind == "max_min" and worst is None:
        kind = "coverage"
    proof = ProofInWords(kind, duos, duos_bound, alpha, bool(policy.quotas), bool(policy.credits))
    return report_language(lang).best(proof)
