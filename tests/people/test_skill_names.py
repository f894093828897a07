from __future__ import annotations

from importlib import resources
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import DamerauLevenshtein

from reverse_match.foundation.names import name_key
from reverse_match.people.skill_names import meanings_of


@pytest.mark.parametrize(
    ("one", "other", "rung"),
    [
        ("Réseaux sociaux", "reseaux  SOCIAUX", "exact"),
        ("ｐython", "Python", "exact"),
        ("IA", "AI", "alias"),
        ("IA", "intelligence artificielle", "alias"),
        ("Generative AI", "IA générative", "alias"),
        ("RSE", "CSR", "alias"),
        ("Cybersécurité", "Cybersecurity", "alias"),
        ("Cybersecurty", "Cybersecurity", "typo"),
        ("Pyhton", "Python", "typo"),
        ("Kubernetess", "Kubernetes", "typo"),
        ("Negotiatoin comercial", "Negotiation comercial", "typo"),
        ("Cybersecurty", "Cybersécurité", "typo"),
        ("basket weaving", "basket weavin", "typo"),
        ("C", "C++", None),
        ("C++", "C#", None),
        ("Java", "JavaScript", None),
        ("Java", "Jaba", None),
        ("Angular", "AngularJS", None),
        ("communication interne", "communication externe", None),
        ("communication interne", "communication internet", None),
        ("comptabilité", "compatibilité", None),
        ("audit", "audio", None),
        ("Python2", "Python3", None),
        ("Office 2016", "Office 2019", None),
        ("AI", "generative AI", None),
        ("data science", "data analysis", None),
        ("basket weaving", "basket", None),
    ],
)
def test_pairs_of_names(one: str, other: str, rung: str | None) -> None:
    assert meanings_of([one, other]).rung_between(one, other) == rung
    assert meanings_of([other, one]).rung_between(other, one) == rung


WORDS = st.text("qx", min_size=5, max_size=8)
"""Short words of few letters, of which many are one edit apart, and none stands in the table."""


@given(WORDS, WORDS)
def test_a_typo_is_one_edit_as_a_library_counts_them(one: str, other: str) -> None:
    expected = {0: "exact", 1: "typo"}.get(DamerauLevenshtein.distance(one, other))
    assert meanings_of([one, other]).rung_between(one, other) == expected


def test_typos_can_be_switched_off() -> None:
    assert meanings_of(["Pyhton", "Python"], typos=False).rung_between("Pyhton", "Python") is None


def test_the_policy_is_stronger_than_the_table() -> None:
    meanings = meanings_of(["IA", "AI", "Intelligence ambiante"], {"Intelligence ambiante": ["IA"]})
    assert meanings.rung_between("IA", "Intelligence ambiante") == "alias"
    assert meanings.rung_between("IA", "AI") is None


def test_synonyms_join_a_concept_of_the_table() -> None:
    meanings = meanings_of(["GAI", "IA générative"], {"Generative AI": ["GAI"]})
    assert meanings.rung_between("GAI", "IA générative") == "alias"


def test_a_misspelling_of_two_known_names_is_neither() -> None:
    assert meanings_of(["audiq", "audit", "audio"]).concept("audiq") == "audiq"


def test_chains_of_misspellings_do_not_join_distant_names() -> None:
    meanings = meanings_of(["weaving"] * 3 + ["weavinh"] * 2 + ["weavihh"])
    assert meanings.rung_between("weaving", "weavinh") == "typo"
    assert meanings.rung_between("weaving", "weavihh") is None


WORDS = st.lists(
    st.sampled_from(["weaving", "weavin", "weavinh", "knitting", "kniting", "python", "pyhton", "ia", "ai"]),
    max_size=12,
)


@given(WORDS, st.randoms())
def test_the_order_of_names_does_not_matter(names: list[str], random: Any) -> None:
    shuffled = random.sample(names, len(names))
    assert meanings_of(names).by_key == meanings_of(shuffled).by_key


@given(WORDS)
def test_names_far_from_all_others_change_nothing(names: list[str]) -> None:
    """Where no two words are near each other, nothing is compared; what is far from all leaves that so."""
    meanings, beside = meanings_of(names), meanings_of([*names, "quilting club", "blacksmith"])
    assert {key: beside.by_key[key] for key in meanings.by_key} == meanings.by_key
    assert beside.by_key["blacksmith"] == ("blacksmith", "exact")
    assert beside.concepts([*names, "Blacksmith"]) == {
        name: beside.concept(name) for name in [*names, "Blacksmith"]
    }


@given(WORDS)
def test_meaning_the_same_is_an_equivalence(names: list[str]) -> None:
    meanings = meanings_of(names)
    for one, other in combinations(names, 2):
        same = meanings.concept(one) == meanings.concept(other)
        assert (meanings.rung_between(one, other) is not None) == same


@given(st.text(alphabet="abcdefgh ", min_size=1, max_size=14), st.integers(0, 13), st.sampled_from("xyz"))
def test_one_edit_in_a_long_word_is_found_and_in_a_short_one_is_not(
    name: str, position: int, letter: str
) -> None:
    words = name.split()
    if not words:
        return
    word = words[position % len(words)]
    changed = word[: position % len(word)] + letter + word[position % len(word) + 1 :]
    other = " ".join([*words[: position % len(words)], changed, *words[position % len(words) + 1 :]])
    expected = "typo" if len(word) >= 5 else None
    assert meanings_of([name, other], table=False).rung_between(name, other) == expected


def test_no_name_of_the_table_means_two_things() -> None:
    text = resources.files("reverse_match.people").joinpath("aliases.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    keys = [name_key(name) for line in lines for name in line.split("|")]
    assert len(keys) == len(set(keys)) > 500
    assert all(keys)
