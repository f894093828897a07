"""What pictures say, in English and French. Both languages have every phrase, with the same places in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from reverse_match.sentences.french import CRITERIA, FIXED, THIN
from reverse_match.sentences.languages import language

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
