"""French, for indicators and for what weights have done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.views.words.french import CRITERIA, FIXED, THIN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.views.words.measures_language import FigureInWords, RelationInWords

_PERCENT = f"{FIXED}%"


class FrenchMeasures:
    """The phrases in French."""

    def participation(self, share: FigureInWords) -> str:
        """Say how many of the people invited are in a duo."""
        return f"Personnes en duo, parmi celles invitées{FIXED}: {_share(share)}."

    def duos(self, duos: FigureInWords, response: FigureInWords) -> str:
        """Say how many duos there were, and how many were heard."""
        return f"Duos{FIXED}: {_number(duos)}{THIN}; ayant répondu{FIXED}: {_share(response)}."

    def sessions(self, held: FigureInWords, of_planned: FigureInWords, cancelled: FigureInWords) -> str:
        """Say how many sessions were held, of how many planned, and cancelled."""
        planned = "" if of_planned.value is None else f" (parmi celles prévues{FIXED}: {_share(of_planned)})"
        return (
            f"Séances tenues{FIXED}: {_number(held)}{planned}{THIN}; annulées{FIXED}: {_number(cancelled)}."
        )

    def acquired(self, skills: FigureInWords) -> str:
        """Say how many skills were acquired."""
        return f"Compétences acquises{FIXED}: {_number(skills)}."

    def skill_used(self, used: FigureInWords, partly: FigureInWords) -> str:
        """Say how many mentees use the skill at work."""
        return (
            f"Mentoré(e)s qui utilisent la compétence au travail{FIXED}: {_share(used)}{THIN}; "
            f"en partie{FIXED}: {_share(partly)}."
        )

    def objective(self, reached: FigureInWords, partly: FigureInWords) -> str:
        """Say how many duos reached their objective."""
        return (
            f"Duos ayant atteint leur objectif{FIXED}: {_share(reached)}{THIN}; "
            f"en partie{FIXED}: {_share(partly)}."
        )

    def satisfaction(self, mean: FigureInWords) -> str:
        """Say how satisfied people are."""
        if mean.value is None:
            return f"Satisfaction{FIXED}: {_number(mean)}."
        plural = "s" * ((mean.denominator or 0) >= 2)
        answers = f"{_grouped(mean.denominator or 0)} réponse{plural}"
        return f"Satisfaction{FIXED}: {_decimal(mean.value, '.1f')} sur 5 ({answers})."

    def hours_saved(self, hours: FigureInWords) -> str:
        """Say how many hours were saved."""
        return f"Heures gagnées{FIXED}: {_number(hours)}."

    def suppressed(self, figures: int, fewest: int) -> str:
        """Say how many figures are not shown, and why."""
        said = "chiffre n'est pas montré" if figures < 2 else "chiffres ne sont pas montrés"
        return (
            f"{_grouped(figures)} {said}{FIXED}: moins de {fewest} personnes concernées, "
            "ou de quoi en déduire de tels chiffres."
        )

    def too_few_duos(self, duos: int, needed: int) -> str:
        """Say that nothing can be said of so few duos."""
        plural = "s" * (duos >= 2)
        return (
            f"Trop peu de duos pour conclure{FIXED}: {_grouped(duos)} duo{plural} avec un résultat connu, "
            f"il en faut {_grouped(needed)}."
        )

    def nothing_to_relate(self) -> str:
        """Say that no criterion differs among the duos heard of."""
        return f"Aucun critère ne diffère entre les duos au résultat connu{THIN}; il n'y a rien à comparer."

    def nothing_stands_out(self, duos: int) -> str:
        """Say that no criterion is seen to go with the outcome."""
        return (
            f"Sur {_grouped(duos)} duos, aucun critère ne se détache{FIXED}: "
            "chacun peut aller avec un meilleur résultat comme avec un moins bon."
        )

    def stands_out(self, relation: RelationInWords) -> str:
        """Say that a criterion goes with a better or a worse outcome, by how much for how much of it."""
        better = "meilleur" if relation.change > 0 else "moins bon"
        name = CRITERIA.get(relation.criterion, relation.criterion)
        change, low, high = (
            _decimal(number, "+.3f") for number in (relation.change, relation.low, relation.high)
        )
        return (
            f"Le critère {name} va avec un résultat {better}{FIXED}: {change} pour un écart-type de plus "
            f"(intervalle à 95{_PERCENT}{FIXED}: de {low} à {high})."
        )

    def explained(self, share: float) -> str:
        """Say how much better duos are foretold from their criteria than from the mean of the others."""
        return (
            "Sur les duos mis de côté tour à tour, les critères expliquent "
            f"{share * 100:.0f}{_PERCENT} des différences de résultat."
        )

    def left_out(self, criteria: Sequence[str]) -> str:
        """Say of which criteria nothing can be seen."""
        return f"Rien de visible pour{FIXED}: {', '.join(CRITERIA.get(name, name) for name in criteria)}."

    def chosen_for_scores(self) -> str:
        """Say what selection hides, and that a relation is no cause."""
        return (
            "Ces duos ont été choisis pour leurs scores élevés, ce qui masque une partie de toute relation"
            f"{THIN}; et ce qui va ensemble n'est pas forcément cause et effet."
        )

    def proposed(self, weights: Sequence[tuple[str, float, float]]) -> str:
        """Say which weights are proposed, from what to what, and that somebody has to accept them."""
        listed = f"{THIN}; ".join(
            f"{CRITERIA.get(name, name)} {_decimal(before, '.3f')} → {_decimal(after, '.3f')}"
            for name, before, after in weights
        )
        return f"Poids proposés, qui ne valent qu'une fois acceptés par quelqu'un{FIXED}: {listed}."


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", THIN)


def _decimal(number: float, form: str) -> str:
    return format(number, form).replace(".", ",")


def _number(figure: FigureInWords) -> str:
    if figure.value is None:
        return "non montré" if figure.suppressed else "non connu"
    whole, _, decimals = f"{round(figure.value, 1):,}".removesuffix(".0").partition(".")
    return whole.replace(",", THIN) + (f",{decimals}" if decimals else "")


def _share(figure: FigureInWords) -> str:
    if figure.value is None:
        return _number(figure)
    interval = (
        ""
        if figure.low is None or figure.high is None
        else f"{THIN}; intervalle à 95{_PERCENT}{FIXED}: de {figure.low * 100:.0f} "
        f"à {figure.high * 100:.0f}{_PERCENT}"
    )
    of = f"{_grouped(int(figure.numerator or 0))} sur {_grouped(figure.denominator or 0)}"
    return f"{of} ({figure.value * 100:.0f}{_PERCENT}{interval})"
