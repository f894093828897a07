"""What the indicators of a programme say in plain sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.programme.indicators.indicators import figures_of
from reverse_match.views.records import any_record
from reverse_match.views.words.facts import FigureInWords
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from reverse_match.programme.indicators.figures import Figure
    from reverse_match.programme.indicators.indicators import Indicators

notebook = any_record.notebook


def sentences(found: Indicators, lang: str) -> list[str]:
    """Return what the programme as a whole has come to, in plain sentences."""
    say, of = language(lang), found.programme
    told = [
        say.participation(_figure_in_words(of.participation)),
        say.duos_heard_from(_figure_in_words(of.duos), _figure_in_words(of.response)),
        say.sessions_held(
            _figure_in_words(of.sessions_held),
            _figure_in_words(of.held_of_planned),
            _figure_in_words(of.sessions_cancelled),
        ),
        say.skills_acquired(_figure_in_words(of.skills_acquired)),
        say.skill_used(_figure_in_words(of.skill_used), _figure_in_words(of.skill_partly_used)),
        say.objectives_reached(
            _figure_in_words(of.objective_reached), _figure_in_words(of.objective_partly_reached)
        ),
        say.satisfaction(_figure_in_words(of.satisfaction)),
        say.hours_saved(_figure_in_words(of.hours_saved)),
    ]
    places = (of, *found.rounds, *found.months, *found.groups)
    gone = sum(figure.suppressed for place in places for _, figure in figures_of(place))
    return told + ([say.figures_suppressed(gone, found.fewest)] if gone else [])


def _figure_in_words(figure: Figure | None) -> FigureInWords:
    """Return what is to be said of a figure: nothing known where it has no meaning."""
    if figure is None:
        return FigureInWords(None, None, None, None, None, suppressed=False)
    parts = (figure.value, figure.numerator, figure.denominator, figure.low, figure.high)
    return FigureInWords(*parts, suppressed=figure.suppressed)
