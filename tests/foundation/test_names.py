from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reverse_match.foundation.names import did_you_mean, id_key, name_key


@given(st.text())
def test_normal_forms_are_normal(text: str) -> None:
    assert id_key(id_key(text)) == id_key(text)
    assert name_key(name_key(text)) == name_key(text)


@given(st.text(alphabet="abcéèüßñ ", max_size=12))
def test_composed_and_decomposed_text_is_the_same(text: str) -> None:
    for form in ("NFC", "NFD"):
        assert id_key(unicodedata.normalize(form, text)) == id_key(text)
        assert name_key(unicodedata.normalize(form, text)) == name_key(text)


@pytest.mark.parametrize(
    ("one", "other"), [("C", "C#"), ("C++", "C"), ("が", "か"), ("й", "и"), ("ñandú", "nandi")]
)
def test_what_stays_different(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("cœur", "Coeur"),
        ("l’IA", "l'ia"),
        ("e‑commerce", "E-commerce"),
        ("Straße", "STRASSE"),
        ("ﬁnance", "finance"),
        ("a\u00a0b", "a b"),
    ],
)
def test_what_becomes_the_same(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_ids_keep_their_case() -> None:
    assert id_key("a1") != id_key("A1")


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("overlp", "; did you mean 'overlap'?"),
        ("Óverlap", "; did you mean 'overlap'?"),
        ("zzzzzz", "; known are 'gap', 'overlap'"),
    ],
)
def test_suggestions(name: str, answer: str) -> None:
    assert did_you_mean(name, ["overlap", "gap"]) == answer
    assert did_you_mean(name, []) == ""
