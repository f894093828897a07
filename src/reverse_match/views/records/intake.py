"""Views of a replay: in a notebook and in sentences."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

from reverse_match.study.intake.record import Replay
from reverse_match.views.html.blocks import tables_view
from reverse_match.views.intake import cadence_in_words, replay_lines, replay_sentences
from reverse_match.views.records import any_record
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from pydantic import BaseModel

notebook = singledispatch(any_record.notebook)


@notebook.register(Replay)
def _notebook_of_replay(found: Replay) -> str:
    say = language("en")
    told = [{**row, "every": cadence_in_words(row["every"], say)} for row in found.records()]
    return tables_view("What each cadence comes to", replay_lines(found, "en"), {"cadences": told})


@singledispatch
def sentences(record: BaseModel, lang: str) -> list[str]:
    """Return a replay in plain sentences."""
    raise NotImplementedError(type(record), lang)


@sentences.register
def _sentences_of_replay(found: Replay, lang: str) -> list[str]:
    return replay_sentences(found, lang)
