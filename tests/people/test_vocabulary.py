"""Words for genders and languages that stand side by side in one file say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import reverse_match as rm
from reverse_match.errors import InfeasibleError
from reverse_match.people.vocabulary import gender_of, language_of
from reverse_match.views.words.faults import noted_in_words

if TYPE_CHECKING:
    from pathlib import Path

GENDERS = """id,role,offers,seeks,gender
m1,mentor,Python:5,,F
m2,mentor,Excel:5,,Femme
e1,mentee,,Python,Female
e2,mentee,,Excel,female
"""
LANGUAGES = """id,role,offers,seeks,languages
m1,mentor,Python:5,,Anglais
e1,mentee,,Python,English
e2,mentee,,Python,en
"""
MIXED = {"kind": "different", "field": "gender"}


@pytest.fixture
def read(tmp_path: Path):
    def of(text: str) -> rm.Cohort:
        file = tmp_path / "people.csv"
        file.write_text(text, "utf-8")
        return rm.read_cohort(file)

    return of


@pytest.mark.parametrize("synonyms", [{}, {"female": ["F", "Femme"]}])
def test_four_women_form_no_mixed_duo(read, synonyms: dict) -> None:
    policy = rm.Policy(synonyms=synonyms, quotas=[{"kind": "share", "of": MIXED, "at_least": 1}])
    with pytest.raises(InfeasibleError):
        rm.match(read(GENDERS), policy)


def test_what_was_read_as_one_word_is_told(read) -> None:
    notes = [note for note in read(GENDERS).notes if note.code == "several-words"]
    assert [str(note) for note in notes] == ["people.csv, 'gender': read as one word: 'F', 'Female', 'Femme'"]
    assert not read(GENDERS.replace(",F\n", ",female\n").replace("Femme", "female")).notes


@pytest.mark.parametrize("asked", ["F", "femme", "Female", "Mme"])
def test_a_policy_may_ask_in_any_of_the_words(read, asked: str) -> None:
    cohort = read(GENDERS.replace("m2,mentor,Excel:5,,Femme", "m2,mentor,Excel:5,,Homme"))
    policies = [
        rm.Policy(rules=[{"kind": "require", "of": "mentor", "field": "gender", "equals": asked}]),
        rm.Policy(quotas=[{"kind": "count", "where": {"mentor.gender": asked}, "at_least": 1}]),
    ]
    only, counted = (rm.match(cohort, policy) for policy in policies)
    assert {duo.mentor for duo in only.duos} == {"m1"}
    assert counted.quotas[0].reached == 1
    for matching, policy in zip((only, counted), policies, strict=True):
        rm.verify(matching, cohort, policy)


def test_a_quota_on_each_gender_has_a_group_for_each(read) -> None:
    policy = rm.Policy(quotas=[{"kind": "each", "by": "mentor.gender", "at_most": 1}])
    cohort = read(GENDERS)
    matching = rm.match(cohort, policy)
    assert len(matching.duos) == 1
    rm.verify(matching, cohort, policy)


def test_languages_are_compared_by_what_they_are(read) -> None:
    policy = rm.Policy(
        criteria=[{"kind": "overlap", "name": "languages", "field": "languages", "weight": 1}],
        rules=[{"kind": "shared", "field": "languages"}],
    )
    cohort = read(LANGUAGES)
    matching = rm.match(cohort, policy)
    assert [duo.score for duo in matching.duos] == [1.0]
    rm.verify(matching, cohort, policy)
    assert "several-words" in {note.code for note in cohort.notes}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        *(("fr", "fr"), ("FRA", "fr"), ("French", "fr"), ("Français", "fr"), ("fr_CA", "fr")),
        *(("fr-Latn-CA", "fr"), ("Deutsch", "de"), ("Anglais (courant)", "en"), ("Mandarin", "zh")),
        *(("日本語", "ja"), ("Klingon", None), ("C++ (en)", None), ("en ligne", None)),
    ],
)
def test_names_of_languages(name: str, code: str | None) -> None:
    assert language_of(name) == code


@pytest.mark.parametrize("words", [("F", "Mme", "Féminin", "woman"), ("H", "M", "M.", "Homme", "male")])
def test_words_for_one_gender(words: tuple[str, ...]) -> None:
    assert len({gender_of(word) for word in words}) == 1


def test_a_word_that_no_table_knows_stands_for_itself() -> None:
    assert gender_of("agender") == "agender"
    assert gender_of("male") != gender_of("female")


@pytest.mark.parametrize(
    ("field", "one", "other"),
    [
        ("department", "Group/Fin/Paris", "Group/Finance/Paris"),
        ("location", "NYC", "New York"),
        ("cost centre", "NYC", "New York"),
    ],
)
def test_synonyms_hold_for_texts_and_for_parts_of_paths(field: str, one: str, other: str) -> None:
    people = [
        {"id": "m", "role": "mentor", field: one},
        {"id": "e", "role": "mentee", field: other},
    ]
    cohort = rm.Cohort.from_records(people)
    apart = [{"kind": "different", "field": field}]
    synonyms = {"Finance": ["Fin"], "New York": ["NYC"]}
    assert len(rm.match(cohort, rm.Policy(rules=apart)).duos) == 1
    policy = rm.Policy(rules=apart, synonyms=synonyms)
    matching = rm.match(cohort, policy)
    assert not matching.duos
    rm.verify(matching, cohort, policy)
    together = rm.Policy(
        criteria=[{"kind": "sameness", "name": "same", "field": field, "weight": 1}], synonyms=synonyms
    )
    assert rm.score_matrix(cohort, together)[0, 0] == 1


def test_a_note_names_the_heading_of_the_file_and_is_said_in_french(read) -> None:
    (note,) = read(GENDERS.replace("gender", "Civilité")).notes
    assert note.column == "'Civilité'"
    french = " ".join(noted_in_words(str(note), "fr").split())
    assert french.endswith("lus comme un seul mot : « F », « Female », « Femme »")


def test_what_is_not_disclosed_is_no_gender(read) -> None:
    text = GENDERS.replace(",F\n", ",Prefer not to say\n").replace("Femme", "Ne souhaite pas répondre")
    cohort = read(text)
    assert [person.gender for person in cohort.mentors] == [None, None]
    quota = {"kind": "share", "of": MIXED, "at_least": 0.5}
    with pytest.raises(InfeasibleError):
        rm.match(cohort, rm.Policy(quotas=[quota]))


def test_one_person_in_two_files_may_say_the_same_in_two_languages(tmp_path: Path) -> None:
    rows = ["id,gender,languages\n7,Femme,japonais;en\n8,M,fr\n", "id,gender,languages\n7,female,Japanese\n"]
    for name, row in zip(("mentors", "mentees"), rows, strict=True):
        (tmp_path / f"{name}.csv").write_text(row, "utf-8")
    cohort = rm.read_cohort(mentors=tmp_path / "mentors.csv", mentees=tmp_path / "mentees.csv")
    person = cohort.participants[0]
    assert (person.role, person.gender, len(person.languages)) == ("both", "Femme", 2)


def test_ids_have_no_synonyms() -> None:
    people = [{"id": "a", "role": "mentor"}, {"id": "b", "role": "mentor"}, {"id": "e", "role": "mentee"}]
    policy = rm.Policy(
        rules=[{"kind": "require", "of": "mentor", "field": "id", "equals": "a"}], synonyms={"a": ["b"]}
    )
    assert [duo.mentor for duo in rm.match(rm.Cohort.from_records(people), policy).duos] == ["a"]


def test_matchings_of_version_1_are_verified_as_words_were_compared_then(read) -> None:
    people = GENDERS.replace("Excel:5", "Search Engine Optimization (SEO):5").replace(",,Excel,", ",,SEO,")
    cohort = read(people)
    policy = rm.Policy(quotas=[{"kind": "share", "of": MIXED, "at_least": 1}], as_far_as_possible=None)
    then = rm.match(cohort.with_words_as_written(), policy)
    assert len(then.duos) == 2
    with pytest.raises(rm.VerificationError):
        rm.verify(then, cohort, policy)
    digests = then.digests.model_copy(update={"version_1": "0" * 64})
    old = rm.Matching.from_json(then.model_copy(update={"digests": digests}).to_json())
    rm.verify(old, cohort, policy)
    assert rm.attach(old, cohort).explain("m2", "e2").contributions == then.duos[1].contributions
