from __future__ import annotations

import pytest
from pages import Page

from reverse_match.views.html import blocks
from reverse_match.views.html.blocks import Column, block, facts, fold, note, sentences, table

COLUMNS = [Column("who"), Column("points", 3)]


def rows(count: int) -> list[list[str | float]]:
    return [[f"p{number}", number / 7] for number in range(count)]


@pytest.mark.parametrize(
    ("count", "details", "told"),
    [(1, 0, ""), (10, 0, ""), (11, 1, "1 more"), (1_010, 1, "1,000 more"), (1_011, 1, "1 further ones")],
)
def test_long_tables_fold_and_very_long_ones_end(count: int, details: int, told: str) -> None:
    page = Page(block(["title"], table(COLUMNS, rows(count), "caption", ": there")))
    assert page.tags.count("details") == details
    assert told in page.words
    assert page.tags.count("tr") == min(count, 1_010) + 1 + details
    assert page.words.count("p0 ") == 1


def test_numbers_stand_to_the_right_and_text_to_the_left() -> None:
    written = str(table(COLUMNS, [["lea", 0.5], ["tom", "~0.250"], ["ada", None]]))
    assert '<td><bdi>lea</bdi></td><td class="number">0.500</td>' in written
    assert '<td class="number"><bdi>~0.250</bdi></td>' in written
    assert '<th scope="col" class="number">points</th>' in written
    assert "<td></td>" in written


def test_facts_leave_out_what_is_not_known() -> None:
    page = Page(block(["t"], facts([("a", 1), ("b", None), ("c", 0.5), ("d", "x"), ("e", True)])))
    assert page.text[1:] == ["a", "1", "c", "0.500", "d", "x", "e", "yes"]


def test_nothing_leaves_nothing() -> None:
    nothing = (table(COLUMNS, []), facts([]), facts([("a", None)]), sentences([]), fold("s", None))
    assert nothing == (None,) * len(nothing)
    assert Page(block(["title"], *nothing)).text == ["title"]


def test_the_style_loads_nothing_and_knows_no_colour() -> None:
    for forbidden in ("url", "@import", "http", "#", "rgb(", "expression", "position", "<", "var("):
        assert forbidden not in blocks.STYLE
    assert "currentcolor" in blocks.STYLE.lower()
    assert Page(block(["title"], note("n"))).style == blocks.STYLE
