"""What a programme has come to, and what its duos say about weights, in plain sentences."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

from reverse_match.programme.indicators.indicators import Indicators, figures_of
from reverse_match.programme.indicators.weight_evidence import WeightEvidence
from reverse_match.views.records import any_record
from reverse_match.views.words.facts import FigureInWords, RelationInWords
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from pydantic import BaseModel

    from reverse_match.programme.indicators.figures import Figure

notebook = any_record.notebook


@singledispatch
def sentences(record: BaseModel, lang: str) -> list[str]:
    """Return what a record says in plain sentences, in the order in which a person would ask."""
    raise NotImplementedError(type(record), lang)


@sentences.register
def _sentences_of_indicators(found: Indicators, lang: str) -> list[str]:
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


@sentences.register
def _sentences_of_evidence(evidence: WeightEvidence, lang: str) -> list[str]:
    say = language(lang)
    end = [say.criteria_left_out(evidence.left_out)] if evidence.left_out else []
    if evidence.verdict == "too few duos":
        few = say.too_few_duos(evidence.duos, evidence.needed) if evidence.needed else say.nothing_to_relate()
        return [few, *end]
    standing = [one for one in evidence.criteria if one.stands_out]
    relations = [RelationInWords(one.name, one.change, one.low, one.high) for one in standing]
    told = [say.criterion_stands_out(relation) for relation in relations]
    told = told or [say.nothing_stands_out(evidence.duos)]
    if evidence.r2_left_out is not None:
        told.append(say.criteria_explain(evidence.r2_left_out))
    told += [*end, say.chosen_for_scores()]
    if evidence.proposed_weights is not None:
        new = evidence.proposed_weights
        weights = [(name, old, new[name]) for name, old in evidence.present_weights.items()]
        told.append(say.proposed_weights(weights))
    return told
