"""The page on circles: what was reached, each circle, who is in none, and the proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.views.circles import circle_lines, circle_sentences, reason_without_circle, size_lines
from reverse_match.views.html.element import name_of
from reverse_match.views.report.blocks import columns_of, lines, sentences, table, typed
from reverse_match.views.report.page import page_of
from reverse_match.views.with_names import put_names
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.matching.results.circles import CircleMatching, CircleStage
    from reverse_match.views.html.element import Element
    from reverse_match.views.report.blocks import Cell
    from reverse_match.views.with_names import Names
    from reverse_match.views.words.phrases import Phrases

COMMAND = "reverse-match verify circles.json people.csv --policy policy.toml"


def circles_page(record: CircleMatching, lang: str, names: Names) -> str:
    """Return the page as HTML: the same text for the same circles, names and language."""
    say = language(lang)
    assert record.policy.circles is not None  # noqa: S101 - none are formed without
    found = [
        ("summary", sentences(*circle_lines(record, lang), *size_lines(record.policy.circles, lang))),
        ("circles", _circle_blocks(record, say, lang, names)),
        ("without circle", _left_out(record, say, names)),
        ("certificate", _proof(record, say)),
        ("verify", (*sentences(say("verify how")), typed(COMMAND), *_digests(record, say))),
    ]
    told = [(key.replace(" ", "-"), say(key), blocks) for key, blocks in found if blocks]
    return page_of(told, lang, record.library_version, title="circles title")


def _circle_blocks(record: CircleMatching, say: Phrases, lang: str, names: Names) -> Sequence[Element]:
    heads = {"circle": 8, "circle mentors": 20, "circle mentees": 24, "score": 8, "mean": 8, "why": 32}
    rows: list[tuple[Cell, ...]] = []
    for number, one in enumerate(record.circles, 1):
        circle = put_names(one, names)
        rows.append(
            (
                say.count(number),
                lines(circle.mentors),
                lines(circle.mentees),
                say.number(circle.score),
                say.number(circle.mean),
                lines(circle_sentences(circle, lang)[1:]),
            )
        )
    shown = columns_of(heads, say, ("score", "mean"))
    return table(say("circles"), shown, rows, caption_seen=False, wide=True)


def _left_out(record: CircleMatching, say: Phrases, names: Names) -> Sequence[Element]:
    rows: list[tuple[Cell, ...]] = [
        (name_of(left.id), say(f"as {left.role}"), reason_without_circle(left, say))
        for left in (put_names(one, names) for one in record.unmatched)
    ]
    return table(say("without circle"), columns_of(("who", "role", "why"), say), rows, caption_seen=False)


def _proof(record: CircleMatching, say: Phrases) -> Sequence[Element]:
    rows: list[tuple[Cell, ...]] = [
        (
            say(f"stage {stage.stage}"),
            _written(stage, stage.reached, say),
            _written(stage, stage.bound, say),
            say.count(len(stage.cases)),
        )
        for stage in record.certificate.stages
    ]
    heads = ("figure", "this", "possible", "stage cases")
    return (
        *sentences(say("circles proof")),
        *table(say("proof figures"), columns_of(heads, say, heads[1:]), rows),
    )


def _written(stage: CircleStage, value: float, say: Phrases) -> str:
    return say.number(value, 6) if stage.stage == "total" else say.count(round(value))


def _digests(record: CircleMatching, say: Phrases) -> Sequence[Element]:
    known = [("matching", record.sha256), ("file", record.digests.file)]
    known += [("cohort", record.digests.cohort), ("policy", record.digests.policy)]
    rows: list[tuple[Cell, ...]] = [(say(f"digest {name}"), value) for name, value in known if value]
    return table(say("digests"), columns_of(("digest", "value"), say), rows)
