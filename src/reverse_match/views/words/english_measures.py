"""English, for indicators and for what weights have done."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.views.words.measures_language import FigureInWords, RelationInWords

_HIDDEN = "not shown"
_UNKNOWN = "not known"


class EnglishMeasures:
    """The phrases in English."""

    def participation(self, share: FigureInWords) -> str:
        """Say how many of the people invited are in a duo."""
        return f"People in a duo, of those invited: {_share(share)}."

    def duos(self, duos: FigureInWords, response: FigureInWords) -> str:
        """Say how many duos there were, and how many were heard."""
        return f"Duos: {_number(duos)}; heard from: {_share(response)}."

    def sessions(self, held: FigureInWords, of_planned: FigureInWords, cancelled: FigureInWords) -> str:
        """Say how many sessions were held, of how many planned, and cancelled."""
        planned = "" if of_planned.value is None else f" (of those planned: {_share(of_planned)})"
        return f"Sessions held: {_number(held)}{planned}; cancelled: {_number(cancelled)}."

    def acquired(self, skills: FigureInWords) -> str:
        """Say how many skills were acquired."""
        return f"Skills acquired: {_number(skills)}."

    def skill_used(self, used: FigureInWords, partly: FigureInWords) -> str:
        """Say how many mentees use the skill at work."""
        return f"Mentees who use the skill at work: {_share(used)}; partly: {_share(partly)}."

    def objective(self, reached: FigureInWords, partly: FigureInWords) -> str:
        """Say how many duos reached their objective."""
        return f"Duos that have reached their objective: {_share(reached)}; partly: {_share(partly)}."

    def satisfaction(self, mean: FigureInWords) -> str:
        """Say how satisfied people are."""
        if mean.value is None:
            return f"Satisfaction: {_number(mean)}."
        plural = "s" * (mean.denominator != 1)
        return f"Satisfaction: {mean.value:.1f} of 5 ({mean.denominator:,} answer{plural})."

    def hours_saved(self, hours: FigureInWords) -> str:
        """Say how many hours were saved."""
        return f"Hours saved: {_number(hours)}."

    def suppressed(self, figures: int, fewest: int) -> str:
        """Say how many figures are not shown, and why."""
        are = "figure is" if figures == 1 else "figures are"
        return f"{figures:,} {are} not shown: on fewer than {fewest} people, or telling of so few."

    def too_few_duos(self, duos: int, needed: int) -> str:
        """Say that nothing can be said of so few duos."""
        return f"Too few duos to say anything: {duos:,} with an outcome, and {needed:,} are needed."

    def nothing_to_relate(self) -> str:
        """Say that no criterion differs among the duos heard of."""
        return "No criterion differs among the duos with an outcome: there is nothing to relate."

    def nothing_stands_out(self, duos: int) -> str:
        """Say that no criterion is seen to go with the outcome."""
        return (
            f"Over {duos:,} duos no criterion stands out: "
            "each may go with a better outcome or with a worse one."
        )

    def stands_out(self, relation: RelationInWords) -> str:
        """Say that a criterion goes with a better or a worse outcome, by how much for how much of it."""
        better = "better" if relation.change > 0 else "worse"
        return (
            f"{relation.criterion} goes with a {better} outcome: {relation.change:+.3f} for one standard "
            f"deviation more (95 % interval {relation.low:+.3f} to {relation.high:+.3f})."
        )

    def explained(self, share: float) -> str:
        """Say how much better duos are foretold from their criteria than from the mean of the others."""
        return f"Of duos left out in turn, the criteria explain {share * 100:.0f} % of how outcomes differ."

    def left_out(self, criteria: Sequence[str]) -> str:
        """Say of which criteria nothing can be seen."""
        return f"Nothing can be seen of: {', '.join(criteria)}."

    def chosen_for_scores(self) -> str:
        """Say what selection hides, and that a relation is no cause."""
        return (
            "These duos were chosen for high scores, which hides part of any relation; "
            "and what goes together need not be cause and effect."
        )

    def proposed(self, weights: Sequence[tuple[str, float, float]]) -> str:
        """Say which weights are proposed, from what to what, and that somebody has to accept them."""
        listed = ", ".join(f"{name} {before:.3f} → {after:.3f}" for name, before, after in weights)
        return f"Proposed weights, which count only once somebody accepts them: {listed}."


def _number(figure: FigureInWords) -> str:
    if figure.value is None:
        return _HIDDEN if figure.suppressed else _UNKNOWN
    return f"{round(figure.value, 1):,}".removesuffix(".0")


def _share(figure: FigureInWords) -> str:
    if figure.value is None:
        return _number(figure)
    interval = (
        ""
        if figure.low is None or figure.high is None
        else f", 95 % interval {figure.low * 100:.0f} % to {figure.high * 100:.0f} %"
    )
    return f"{figure.numerator:,.0f} of {figure.denominator:,} ({figure.value * 100:.0f} %{interval})"
