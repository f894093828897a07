"""Views of a replay for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.views.intake import (
    ROLES,
    UNKNOWN,
    cadence_in_words,
    days_in_words,
    figure,
    replay_lines,
    waiting_of,
)
from reverse_match.views.text_table import TextColumn, TextLine, lines_of, table_of
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from reverse_match.study.intake.record import CadenceFigures, Replay
    from reverse_match.views.text_table import Part
    from reverse_match.views.words.phrases import Phrases


def replay_view(found: Replay, lang: str = "en") -> list[Part]:
    """Return a table of duos, a table of waiting, and sentences on what they mean."""
    say = language(lang)
    heads = ["head duos", "head mean", "head worst", "head dates"]
    rows = [_duos_row(of, say) for of in (*found.cadences, found.beforehand)]
    named = [TextColumn(""), *(TextColumn(say(head), number=True) for head in heads)]
    duos = table_of(say("replay duos table"), named, rows)
    heads = ["head matched", "head mean days", "head median days", "head nine in ten", "head longest"]
    heads += ["head still waiting", "head mean so far"]
    rows = [_waiting_row(of, role, say) for of in found.cadences for role in ROLES]
    rows += [_waiting_row(found.beforehand, role, say) for role in ROLES]
    named = [TextColumn(""), TextColumn(""), *(TextColumn(say(head), number=True) for head in heads)]
    waiting = table_of(say("replay waiting table"), named, rows)
    return [duos, TextLine(""), waiting, TextLine(""), *lines_of(replay_lines(found, lang))]


def _duos_row(of: CadenceFigures, say: Phrases) -> list[str]:
    dates = say("replay dates of", rounds=say.count(of.rounds), dates=say.count(of.dates))
    scores = [figure(score, say, 3) for score in (of.mean_score, of.lowest_score)]
    return [cadence_in_words(of.every, say), say.count(len(of.duos)), *scores, dates]


def _waiting_row(of: CadenceFigures, role: str, say: Phrases) -> list[str]:
    waiting = waiting_of(of, role)
    matched = say("replay matched of", number=say.count(waiting.matched), people=say.count(waiting.people))
    days = [waiting.mean, waiting.median, waiting.nine_in_ten, waiting.longest]
    every = cadence_in_words(of.every, say) if role == ROLES[0] else ""
    so_far = days_in_words(waiting.mean_so_far, say) if waiting.still_waiting else UNKNOWN
    left = [say.count(waiting.still_waiting), so_far]
    return [every, say(f"as {role}"), matched, *(days_in_words(value, say) for value in days), *left]
