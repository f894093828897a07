"""People without a duo, by reason, with who was nearest; and where partners are too few."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.matching.results.matching import without_duo
from reverse_match.views.report.blocks import Column, FoldedBlocks, Lines, Name, Text, sentences, table
from reverse_match.views.report.duos import EACH_SEEN

if TYPE_CHECKING:
    from reverse_match.matching.results.matching import Matching
    from reverse_match.matching.results.unmatched import Unmatched
    from reverse_match.views.report.blocks import Block, Cell
    from reverse_match.views.words.phrases import Phrases


def left_out_blocks(matching: Matching, say: Phrases, lang: str) -> tuple[Block, ...]:
    """Return who has no duo, by reason, and where partners are too few."""
    if not matching.unmatched:
        return sentences(say("everybody"))
    by_reason: dict[str, list[Unmatched]] = {}
    for left in matching.unmatched:
        by_reason.setdefault(left.reason, []).append(left)
    columns = (Column(say("who"), share=22), Column(say("role"), share=13), Column(say("why"), share=65))
    parts: list[Block] = []
    for reason, people in sorted(by_reason.items(), key=lambda item: (-len(item[1]), item[0])):
        title = say(f"reason {reason}")
        rows: list[tuple[Cell, ...]] = [
            (
                Name(left.id),
                Text(role_in_words(left.role == "mentor", say)),
                Lines(tuple(left.sentences(lang))),
            )
            for left in people
        ]
        shown = table(title, columns, rows, caption_seen=False, wide=True)
        parts.append(
            FoldedBlocks(f"{title} ({say.count(len(rows))})", shown, len(matching.unmatched) <= EACH_SEEN)
        )
    short = [line for shortage in matching.shortages for line in shortage.sentences(lang)]
    scarce = [FoldedBlocks(say("shortages"), sentences(*short), len(short) <= EACH_SEEN)] if short else []
    return (*_halves(matching, say), *parts, *scarce, *sentences(say("exact costs"), quiet=True))


def _halves(matching: Matching, say: Phrases) -> tuple[Block, ...]:
    """Say who is listed with a duo in another role, so that the rows are not taken for people without one."""
    alone = without_duo(matching)
    half = len({left.id for left in matching.unmatched} - set(alone))
    told = say("half", people=say.count_people(len(alone)), half=say.count(half))
    return sentences(told) if half else ()


def role_in_words(mentor: bool, say: Phrases) -> str:
    """Say in which role somebody is."""
    return say("as mentor" if mentor else "as mentee")
