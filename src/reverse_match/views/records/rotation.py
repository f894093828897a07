"""How it is told what becomes of a duo, or of somebody who has none, in the next round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.views.records import any_record
from reverse_match.views.words.facts import ChangeInWords
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from reverse_match.matching.results.rotation import Change

notebook = any_record.notebook


def sentences(change: Change, lang: str) -> list[str]:
    """Return the change in a plain sentence."""
    return [language(lang).change(_in_words(change))]


def why(change: Change, lang: str) -> str:
    """Return the reason alone, without the names of the duo; empty where there is nothing to say."""
    return language(lang).reason_of_change(_in_words(change))


def _in_words(change: Change) -> ChangeInWords:
    return ChangeInWords(
        change.kind,
        change.mentor,
        change.mentee,
        change.reason,
        change.who,
        change.rules,
        change.format,
        change.minutes,
        change.rounds_without or 0,
    )
