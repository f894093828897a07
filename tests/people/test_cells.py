from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reverse_match.people import cells
from reverse_match.people.cells import CellError


@pytest.mark.parametrize(
    ("value", "expected"),
    [("7", 7), (" 7 ", 7), ("-3", -3), ("4,5", 4.5), ("4.5", 4.5), ("1.234", 1.234), ("1e3", 1000.0), (3, 3), (2.5, 2.5), ("", None), (None, None)],
)  # fmt: skip
def test_numbers(value: Any, expected: Any) -> None:
    assert cells.number(value) == expected


@pytest.mark.parametrize("value", ["1,234", "12 000", "1,234.5", "1\u202f234"])
def test_a_separator_that_could_mean_thousands_is_no_number(value: str) -> None:
    with pytest.raises(CellError, match="separator"):
        cells.number(value)


@pytest.mark.parametrize(
    "value", ["seven", "7 years", "0x10", "1_000", "½", True, [1], {"a": 1}, b"7", "--7"]
)
def test_what_is_no_number(value: Any) -> None:
    with pytest.raises(CellError, match="number"):
        cells.number(value)


@pytest.mark.parametrize("value", ["NaN", "nan", "inf", "-Infinity", float("nan"), float("inf"), "1e999"])
def test_not_finite(value: Any) -> None:
    with pytest.raises(CellError, match="NaN or infinite"):
        cells.number(value)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_that_python_writes_is_read_back(value: float) -> None:
    assert cells.number(repr(value)) == value


@pytest.mark.parametrize(("value", "expected"), [("4", 4), ("4.0", 4), (4.0, 4), ("", None)])
def test_whole_numbers(value: Any, expected: int | None) -> None:
    assert cells.whole_number(value, 1, 5) == expected


@pytest.mark.parametrize(
    ("value", "message"), [("4.5", "not a whole number"), ("0", "out of range"), ("6", "1 to 5")]
)
def test_what_is_no_whole_number_in_range(value: str, message: str) -> None:
    with pytest.raises(CellError, match=message):
        cells.whole_number(value, 1, 5)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_days_in_both_forms(day: date) -> None:
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"):
        assert cells.calendar_date(day.strftime(form)) == day
    assert cells.calendar_date(day) == day


@pytest.mark.parametrize(
    "value", ["12/31/1980", "1980-02-30", "80-01-01", "1980", 0, 19800101, "1980-01-01T00:00"]
)
def test_what_is_no_day(value: Any) -> None:
    with pytest.raises(CellError, match="right would be year-month-day"):
        cells.calendar_date(value)


@pytest.mark.parametrize("value", ["a;b", " a ; b;", ["a", "b"], ("a", " b", ""), "a;b;A"])
def test_lists(value: Any) -> None:
    assert cells.names(value) == ("a", "b")


@pytest.mark.parametrize(
    "value",
    [
        "Python:4;Notion",
        "Python : 4; Notion ;",
        ["Python:4", "Notion"],
        {"Python": 4, "Notion": None},
        "Python:4;Notion;python:4",
    ],
)
def test_rated_lists(value: Any) -> None:
    assert cells.rated_names(value, (1, 5), 3, "level") == {"Python": 4, "Notion": 3}


def test_a_name_may_hold_a_colon_where_a_rating_follows() -> None:
    assert cells.rated_names("ISO 9001: audits:4", (1, 5), 3, "level") == {"ISO 9001: audits": 4}


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (":4", "a name is missing"),
        ({"": 4}, "a name is missing"),
        ("a:4;A:5", "stands here twice with a different level"),
        ({"a": 2.5}, "a level is wrong"),
        ({"a": [1]}, "a level is wrong"),
        (7, "not a list"),
        ([7], "not text"),
    ],
)
def test_wrong_rated_lists(value: Any, message: str) -> None:
    with pytest.raises(CellError, match=message):
        cells.rated_names(value, (1, 5), 3, "level")


@pytest.mark.parametrize("value", ["a\nb", "a\x1b[31m", "\x9b"])
def test_control_characters_do_not_reach_a_terminal(value: str) -> None:
    with pytest.raises(CellError, match="control character"):
        cells.text(value)


@pytest.mark.parametrize("value", [{}, object(), b"x", [1], 1j, date(2020, 1, 1)])
def test_an_attribute_of_unknown_type(value: Any) -> None:
    with pytest.raises(CellError, match="unknown type of column"):
        cells.attribute(value)


@pytest.mark.parametrize(
    ("value", "kept"),
    [("x", "x"), (" ", None), (3, 3), (2.5, 2.5), (True, True), (["a"], ("a",)), (None, None)],
)
def test_attributes_are_kept(value: Any, kept: Any) -> None:
    assert cells.attribute(value) == kept
    assert type(cells.attribute(value)) is type(kept)


@pytest.mark.parametrize("value", [2**53 + 1, -(10**30), "9" * 20, "9" * 5000])
def test_numbers_that_double_precision_cannot_hold(value: Any) -> None:
    with pytest.raises(CellError, match="too large"):
        cells.number(value)


def test_half_a_character_is_refused() -> None:
    with pytest.raises(CellError, match="half of a character"):
        cells.text("a\ud800")


PARTS = [
    "Python",
    "python",
    "PYTHON:4",
    "Python:4",
    " Python ",
    "SQL:2",
    "SQL:9",
    "sql:",
    "",
    " ",
    "é",
    "e\u0301",
    "a: b",
    ":3",
]


@pytest.mark.parametrize("seed", range(300))
def test_a_column_of_ratings_is_read_as_its_cells_are(seed: int) -> None:
    draw = random.Random(seed)
    values: list[Any] = [";".join(draw.choices(PARTS, k=draw.randint(0, 4))) for _ in range(12)]
    values += [None, {"SQL": 2}, ["Python", "sql:4"], 3, "SQL;" * 20_000]
    draw.shuffle(values)

    def read(value: object) -> object:
        try:
            return cells.rated_names(value, (1, 5), 3, "level")
        except CellError as error:
            return str(error)

    found = cells.RatedReader((1, 5), 3, "level").column(values, read)
    assert list(map(repr, found)) == [repr(read(value)) for value in values]
    assert len({id(one) for one in found if isinstance(one, dict)}) == sum(
        isinstance(one, dict) for one in found
    )
