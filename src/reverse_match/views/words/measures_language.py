"""What a language has to say about indicators of a programme and about what weights have done."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence


class FigureInWords(NamedTuple):
    """A figure, to be said; without a value where nothing is known, or where it is suppressed."""

    value: float | None
    numerator: float | None
    denominator: int | None
    low: float | None
    high: float | None
    suppressed: bool


class RelationInWords(NamedTuple):
    """How the outcome changes with a criterion, to be said."""

    criterion: str
    change: float
    low: float
    high: float


class MeasuresLanguage(Protocol):
    """The phrases of one language; each returns a whole sentence."""

    def participation(self, share: FigureInWords) -> str:
        """Say how many of the people invited are in a duo."""
        ...

    def duos(self, duos: FigureInWords, response: FigureInWords) -> str:
        """Say how many duos there were, and how many were heard."""
        ...

    def sessions(self, held: FigureInWords, of_planned: FigureInWords, cancelled: FigureInWords) -> str:
        """Say how many sessions were held, of how many planned, and cancelled."""
        ...

    def acquired(self, skills: FigureInWords) -> str:
        """Say how many skills were acquired."""
        ...

    def skill_used(self, used: FigureInWords, partly: FigureInWords) -> str:
        """Say how many mentees use the skill at work."""
        ...

    def objective(self, reached: FigureInWords, partly: FigureInWords) -> str:
        """Say how many duos reached their objective."""
        ...

    def satisfaction(self, mean: FigureInWords) -> str:
        """Say how satisfied people are."""
        ...

    def hours_saved(self, hours: FigureInWords) -> str:
        """Say how many hours were saved."""
        ...

    def suppressed(self, figures: int, fewest: int) -> str:
        """Say how many figures are not shown, and why."""
        ...

    def too_few_duos(self, duos: int, needed: int) -> str:
        """Say that nothing can be said of so few duos."""
        ...

    def nothing_to_relate(self) -> str:
        """Say that no criterion differs among the duos heard of."""
        ...

    def nothing_stands_out(self, duos: int) -> str:
        """Say that no criterion is seen to go with the outcome."""
        ...

    def stands_out(self, relation: RelationInWords) -> str:
        """Say that a criterion goes with a better or a worse outcome, by how much for how much of it."""
        ...

    def explained(self, share: float) -> str:
        """Say how much better duos are foretold from their criteria than from the mean of the others."""
        ...

    def left_out(self, criteria: Sequence[str]) -> str:
        """Say of which criteria nothing can be seen."""
        ...

    def chosen_for_scores(self) -> str:
        """Say what selection hides, and that a relation is no cause."""
        ...

    def proposed(self, weights: Sequence[tuple[str, float, float]]) -> str:
        """Say which weights are proposed, from what to what, and that somebody has to accept them."""
        ...
