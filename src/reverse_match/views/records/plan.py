"""How it is told who sits out in which rounds of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.views.records import any_record
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from reverse_match.matching.results.plan import SittingOut

notebook = any_record.notebook


def sentences(sitting_out: SittingOut, lang: str) -> list[str]:
    """Return when and why somebody sits out, in a plain sentence."""
    one = sitting_out
    return [language(lang).sits_out_rounds(one.id, one.role, one.rounds, one.reason, one.partners)]
