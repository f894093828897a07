from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages import Page

from reverse_match.foundation.text_safety import shorten, visible
from reverse_match.views.html.element import element, name_of

ANY_TEXT = st.text(alphabet="<>&\"'/=! \u202e\u200b\u2066\x00\n\ud800-aéم")


@settings(max_examples=30)
@given(text=ANY_TEXT, attribute=ANY_TEXT)
def test_whatever_is_put_in_comes_out_as_text(text: str, attribute: str) -> None:
    page = Page(str(element("p", text, name_of(text), class_=attribute)))
    assert page.tags == ["p", "bdi"]
    assert "".join(page.text) == visible(text) * 2


@settings(max_examples=30)
@given(text=ANY_TEXT)
def test_what_is_shown_hides_nothing(text: str) -> None:
    shown = visible(text)
    assert visible(shown) == shown
    assert not set(shown) & set(
        "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200e\n\r\x00\ud800"
    )


@settings(max_examples=30)
@given(text=ANY_TEXT, longest=st.integers(3, 40))
def test_a_shortened_text_keeps_its_begin_and_its_end(text: str, longest: int) -> None:
    shown, whole = shorten(text, longest), visible(text)
    assert len(shown) <= longest
    if shown != whole:
        begin, end = shown.split("…", 1) if shown.count("…") == 1 else (shown[:1], shown[-1:])
        assert whole.startswith(begin)
        assert whole.endswith(end)


def test_names_in_other_scripts_stay() -> None:
    for name in ("Zoë", "مرحبا", "王小明", "می\u200cخواهم", "👩\u200d💻"):
        assert visible(name) == name


@pytest.mark.parametrize("wrong", ["script", "img", "link", "iframe", "style"])
def test_what_could_run_or_load_is_no_element(wrong: str) -> None:
    with pytest.raises(ValueError, match=f"no such part of a page: {wrong}"):
        element(wrong)


@pytest.mark.parametrize("wrong", ["onclick", "href", "src", "style", "xmlns"])
def test_what_could_run_or_load_is_no_attribute(wrong: str) -> None:
    with pytest.raises(ValueError, match=f"no such part of a page: {wrong}"):
        element("p", **{wrong: "x"})


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("href", "#by-hand", "https://example.org/#a"),
        ("href", "#content", "javascript:alert(1)"),
        ("style", "width:22%", "width:22%;background:url(x)"),
        ("style", "--of:50%", "color:red"),
    ],
)
def test_a_link_leads_to_a_place_of_the_page_and_a_style_is_a_number(
    name: str, right: str, wrong: str
) -> None:
    assert f'{name}="{right}"' in str(element("p", **{name: right}))
    with pytest.raises(ValueError, match=f"no such part of a page: {name}"):
        element("p", **{name: wrong})
