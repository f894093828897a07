"""Views of circles for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.views.circles import circle_lines, circles_line_without, reason_without_circle
from reverse_match.views.text_table import TextColumn, TextLine, lines_of, table_of
from reverse_match.views.with_names import put_names
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from reverse_match.matching.results.circles import CircleMatching, CircleOf, WithoutCircle
    from reverse_match.views.text_table import Part
    from reverse_match.views.with_names import Names
    from reverse_match.views.words.phrases import Phrases


def circles_view(record: CircleMatching, lang: str = "en", names: Names | None = None) -> list[Part]:
    """Return tables of circles and of people in none, and sentences on the result and its proof."""
    say = language(lang)
    heads = [TextColumn(say("circle"), number=True), TextColumn(say("circle mentors"))]
    heads += [TextColumn(say("circle mentees")), TextColumn(say("head score"), number=True)]
    heads += [TextColumn(say("head mean"), number=True)]
    parts: list[Part] = [
        table_of(
            say.counted("n circles", len(record.circles)),
            heads,
            list(enumerate(record.circles, 1)),
            lambda numbered: _circle_cells(numbered[0], put_names(numbered[1], names), say),
        )
    ]
    if record.unmatched:
        heads = [TextColumn(say(head)) for head in ("head who", "head as", "head why")]
        without = table_of(
            circles_line_without(record, lang),
            heads,
            record.unmatched,
            lambda one: _left_out_cells(put_names(one, names), say),
        )
        parts += [TextLine(""), without]
    return [*parts, TextLine(""), *lines_of(circle_lines(record, lang))]


def _circle_cells(number: int, circle: CircleOf, say: Phrases) -> list[str]:
    score, mean = say.formatter.score(circle.score), say.formatter.score(circle.mean)
    return [say.count(number), "\n".join(circle.mentors), "\n".join(circle.mentees), score, mean]


def _left_out_cells(left: WithoutCircle, say: Phrases) -> list[str]:
    return [left.id, say(f"as {left.role}"), reason_without_circle(left, say)]
