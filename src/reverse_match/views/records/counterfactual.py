"""Views of counterfactuals: what somebody would have with other data of their own."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

from reverse_match.matching.results.counterfactual import Counterfactual, SingleChanges
from reverse_match.views.html import blocks
from reverse_match.views.html.blocks import block
from reverse_match.views.records import any_record
from reverse_match.views.words.languages import language
from reverse_match.views.words.preset_words import preset_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel

    from reverse_match.matching.results.counterfactual import OwnOutcome
    from reverse_match.matching.results.explanation import Partner
    from reverse_match.views.words.phrases import Phrases

notebook = singledispatch(any_record.notebook)


@singledispatch
def sentences(record: BaseModel, lang: str) -> list[str]:
    """Return a record in plain sentences."""
    raise NotImplementedError(type(record), lang)


@sentences.register
def _sentences_of_counterfactual(answer: Counterfactual, lang: str) -> list[str]:
    say = language(lang)
    own = answer.others_ended is None
    assumed = say("list").join(
        say("assumed", value=say.formatter.quote(value), field=preset_words(lang).fields.get(field, field))
        for field, value in answer.changes.items()
    )
    told = []
    for outcome in answer.outcomes:
        would = _own_outcome(outcome) if own else _outcome(outcome)
        values = {"before": _partners(outcome.before, say), "after": _partners(outcome.after, say)}
        result = say(would, **values)
        who = "" if own else say.formatter.quote(answer.person)
        told.append(
            say(
                "if yours" if own else "if theirs",
                who=who,
                changes=assumed,
                result=say(f"then as {outcome.role}", result=result),
            )
        )
    if answer.others_ended:
        told.append(say.counted("others ended", answer.others_ended))
    return told


def _own_outcome(outcome: OwnOutcome) -> str:
    """Return the text of what becomes of a person who is told no more than that."""
    if not outcome.duos_after:
        return "would lose yours" if outcome.duos_before else "would have none yours"
    if not outcome.duos_before:
        return "would have one yours"
    return "would keep yours" if outcome.kept == outcome.duos_after else "would change yours"


def _outcome(outcome: OwnOutcome) -> str:
    if not outcome.duos_after:
        return "would lose" if outcome.duos_before else "would have none"
    if not outcome.duos_before:
        return "would have one"
    return "would keep" if outcome.kept == outcome.duos_after == outcome.duos_before else "would change"


def _partners(partners: tuple[Partner, ...], say: Phrases) -> str:
    told = [f"{say.formatter.quote(one.id)} ({say.formatter.score(one.score)})" for one in partners]
    return say("list").join(told)


@sentences.register
def _sentences_of_single_changes(found: SingleChanges, lang: str) -> list[str]:
    say = language(lang)
    told = [say.counted("changes tried", len(found.tried), changes=_changes(found.tried, lang))]
    if not found.helpful:
        return [*told, say("nothing helps")]
    return [*told, *(line for one in found.helpful for line in one.sentences(lang))]


def _changes(tried: tuple[Mapping[str, str], ...], lang: str) -> str:
    say, words = language(lang), preset_words(lang).fields
    return say("list").join(
        say("assumed", value=say.formatter.quote(value), field=words.get(name.rstrip("+"), name))
        for change in tried
        for name, value in change.items()
    )


@notebook.register(Counterfactual)
@notebook.register(SingleChanges)
def _notebook(record: Counterfactual | SingleChanges) -> str:
    return block([record.person], blocks.sentences(record.sentences()))
