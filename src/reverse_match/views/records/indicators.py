"""Views of indicators and of the evidence on weights, in plain sentences."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

from reverse_match.programme.indicators.figures import Figure
from reverse_match.programme.indicators.indicators import Indicators, figures_of
from reverse_match.programme.indicators.weight_evidence import WeightEvidence
from reverse_match.views.records import any_record
from reverse_match.views.report.board import board_page
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from pydantic import BaseModel


notebook, page = any_record.notebook, board_page

NOT_KNOWN = Figure(value=None)
"""Stands for a figure that does not exist."""


@singledispatch
def sentences(record: BaseModel, lang: str) -> list[str]:
    """Return indicators or evidence in plain sentences, in the order in which a person would ask."""
    raise NotImplementedError(type(record), lang)


@sentences.register
def _sentences_of_indicators(found: Indicators, lang: str) -> list[str]:
    say, of = language(lang), found.programme
    told = [
        say.participation(of.participation or NOT_KNOWN),
        say.duos_heard_from((of.duos or NOT_KNOWN), (of.response or NOT_KNOWN)),
        say.sessions_held(
            (of.sessions_held or NOT_KNOWN),
            (of.held_of_planned or NOT_KNOWN),
            (of.sessions_cancelled or NOT_KNOWN),
        ),
        say.skills_acquired(of.skills_acquired or NOT_KNOWN),
        say.skill_used((of.skill_used or NOT_KNOWN), (of.skill_partly_used or NOT_KNOWN)),
        say.objectives_reached(
            (of.objective_reached or NOT_KNOWN), (of.objective_partly_reached or NOT_KNOWN)
        ),
        say.satisfaction(of.satisfaction or NOT_KNOWN),
        say.hours_saved((of.hours_saved or NOT_KNOWN), (of.hours_a_month or NOT_KNOWN)),
    ]
    if of.level_before is not None:
        told.append(
            say.levels(
                of.level_before,
                (of.level_after or NOT_KNOWN),
                (of.level_change or NOT_KNOWN),
                (of.level_rose or NOT_KNOWN),
            )
        )
    places = (of, *found.rounds, *found.months, *found.groups)
    gone = sum(figure.suppressed for place in places for _, figure in figures_of(place))
    return told + ([say.counted("figures hidden", gone, fewest=found.fewest)] if gone else [])


@sentences.register
def _sentences_of_evidence(evidence: WeightEvidence, lang: str) -> list[str]:
    say = language(lang)
    end = (
        [say("criteria left out", criteria=", ".join(map(say.criterion, evidence.left_out)))]
        if evidence.left_out
        else []
    )
    if evidence.verdict == "too few duos":
        if not evidence.needed:
            return [say("nothing to relate"), *end]
        return [say.counted("too few duos", evidence.duos, needed=say.count(evidence.needed)), *end]
    standing = [one for one in evidence.criteria if one.stands_out]
    told = [say.criterion_stands_out(one) for one in standing]
    told = told or [say("nothing stands out", duos=say.count(evidence.duos))]
    if evidence.r2_left_out is not None:
        told.append(say("criteria explain", percent=f"{evidence.r2_left_out * 100:.0f}"))
    told += [*end, say("chosen for scores")]
    if evidence.proposed_weights is not None:
        new = evidence.proposed_weights
        weights = [(name, old, new[name]) for name, old in evidence.present_weights.items()]
        told.append(say.proposed_weights(weights))
    return told
