"""Views of circles: in sentences, in a notebook, as a page and as a workbook."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

from reverse_match.matching.results.circles import CircleMatching, CircleOf, WithoutCircle
from reverse_match.views import circles as words
from reverse_match.views.html import blocks
from reverse_match.views.html.blocks import Column, block, fold, table
from reverse_match.views.records import any_record
from reverse_match.views.with_names import put_names

if TYPE_CHECKING:
    from pydantic import BaseModel

    from reverse_match.people.cohort import Cohort
    from reverse_match.views.html.blocks import Cell
    from reverse_match.views.with_names import Names

notebook = singledispatch(any_record.notebook)


@singledispatch
def sentences(record: BaseModel, lang: str) -> list[str]:
    """Return a record in plain sentences."""
    raise NotImplementedError(type(record), lang)


@sentences.register
def _sentences_of_circle(circle: CircleOf, lang: str) -> list[str]:
    return words.circle_sentences(circle, lang)


@sentences.register
def _sentences_of_person(left: WithoutCircle, lang: str) -> list[str]:
    return [words.without_sentence(left, lang)]


@sentences.register
def _sentences_of_circles(record: CircleMatching, lang: str) -> list[str]:
    return words.circle_lines(record, lang)


@notebook.register
def _notebook_of_circle(circle: CircleOf) -> str:
    return block(["Circle of ", *circle.mentors], blocks.sentences(circle.sentences()))


@notebook.register
def _notebook_of_person(left: WithoutCircle) -> str:
    return block([left.id], blocks.sentences(left.sentences()))


@notebook.register
def _notebook_of_circles(record: CircleMatching) -> str:
    names = names_of(record)
    shown = [put_names(circle, names) for circle in record.circles]
    rows: list[list[Cell]] = [
        [number, ", ".join(circle.mentors), ", ".join(circle.mentees), circle.score, circle.mean]
        for number, circle in enumerate(shown, 1)
    ]
    heads = [Column("circle", 0), Column("mentors"), Column("mentees"), Column("score", 3), Column("mean", 3)]
    left = [words.without_sentence(put_names(one, names), "en") for one in record.unmatched]
    return block(
        [f"{len(record.circles):,} circles"],
        blocks.sentences(words.circle_lines(record)),
        table(heads, rows, "Circles"),
        fold(f"In no circle: {len(left):,}", blocks.sentences(left)),
    )


def names_of(record: CircleMatching) -> Names:
    """Return what the people beside circles are shown as; nothing where there are none beside them."""
    people = record.people_beside
    return {} if people is None else people.names


def page(record: CircleMatching, people: Cohort | None, lang: str, *, anonymous: bool) -> str:
    """Return circles as an HTML page."""
    from reverse_match.views.report.circles import circles_page

    return circles_page(record, lang, {} if people is None or anonymous else people.names)


def workbook(record: CircleMatching, people: Cohort, lang: str, *, anonymous: bool) -> bytes:
    """Return circles as a workbook."""
    from reverse_match.views.spreadsheet.circle_sheets import circle_sheets
    from reverse_match.views.spreadsheet.workbook import workbook_of

    return workbook_of(circle_sheets(record, people.without_names() if anonymous else people, lang))
