"""Views of answers to participants, who are addressed."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

from reverse_match.matching.results.participant_answer import ParticipantAnswer
from reverse_match.views.html import blocks
from reverse_match.views.html.blocks import block
from reverse_match.views.records import any_record
from reverse_match.views.words.languages import language
from reverse_match.views.words.preset_words import preset_words

if TYPE_CHECKING:
    from pydantic import BaseModel

    from reverse_match.views.words.phrases import Phrases

notebook = singledispatch(any_record.notebook)


@singledispatch
def sentences(record: BaseModel, lang: str) -> list[str]:
    """Return a record in plain sentences."""
    raise NotImplementedError(type(record), lang)


@sentences.register
def _sentences_of_answer(answer: ParticipantAnswer, lang: str) -> list[str]:
    say = language(lang)
    told = [_outcome(answer, say)]
    told += [say("you fixed")] if answer.fixed else []
    told += [say.waived_rule(one) for one in answer.waived]
    if answer.shared:
        topics = [say(f"you topic {topic.taught_by or 'both'}", name=topic.name) for topic in answer.shared]
        told.append(say("you share", names=say("list").join(topics)))
    if answer.criteria:
        told.append(say("you criteria", names=say("list").join(map(say.criterion, answer.criteria))))
    told += [say("you used", fields=_fields(answer.used, lang))] if answer.used else []
    told += [say("you unknown", fields=_fields(answer.not_known, lang))] if answer.not_known else []
    decides = "you decides" if answer.programme is None else "you decides named"
    told.append(say(decides, name=answer.programme or ""))
    asks = "you ask" if answer.contact is None else "you ask contact"
    return [*told, say(asks, contact=answer.contact or "")]


def _outcome(answer: ParticipantAnswer, say: Phrases) -> str:
    if answer.partner is not None:
        return say(f"you {answer.role}", partner=say.formatter.quote(answer.partner))
    return say(f"you {'sit out' if answer.sits_out else 'without'} {answer.role}")


def _fields(names: tuple[str, ...], lang: str) -> str:
    words = preset_words(lang).fields
    return language(lang)("list").join(words.get(name, name) for name in names)


@notebook.register
def _notebook_of_answer(answer: ParticipantAnswer) -> str:
    return block([answer.person], blocks.sentences(answer.sentences()))
