"""The skills of ESCO as synonyms, from files in the shape that ESCO offers for download; labels are invented."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

import reverse_match as rm
from reverse_match.errors import CohortError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Write = Callable[..., Path]

HEADINGS = [
    "conceptType",
    "conceptUri",
    "skillType",
    "reuseLevel",
    "preferredLabel",
    "altLabels",
    "hiddenLabels",
    "status",
    "modifiedDate",
    "scopeNote",
    "definition",
    "inScheme",
    "description",
]
URI = "http://data.europa.eu/esco/skill/"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def to(name: str, *concepts: tuple[str, str, str], headings: list[str] = HEADINGS, **more: str) -> Path:
        file = tmp_path / name
        with file.open("w", encoding="utf-8", newline="") as opened:
            writer = csv.DictWriter(opened, headings)
            writer.writeheader()
            for uri, preferred, others in concepts:
                row = {
                    "conceptType": "KnowledgeSkillCompetence",
                    "conceptUri": URI + uri,
                    "preferredLabel": preferred,
                    "altLabels": others,
                    "status": "released",
                    "description": 'with "quotes",\nand lines',
                }
                writer.writerow({key: (row | more).get(key, "") for key in headings})
        return file

    return to


@pytest.fixture
def both(write: Write) -> list[Path]:
    english = write(
        "skills_en.csv",
        ("1", "beekeeping", "apiculture\nbee farming"),
        ("2", "Python (computer programming)", ""),
        ("3", "coaching", "guidance"),
        ("4", "mentoring", "guidance\ncoaching"),
        ("5", "speak in public", "public speaking"),
    )
    french = write(
        "skills_fr.csv",
        ("1", "élevage d’abeilles", "apiculture"),
        ("2", "Python (programmation informatique)", ""),
        ("3", "accompagnement", ""),
        ("5", "prendre la parole en public", "parler en public"),
    )
    return [english, french]


def test_labels_of_one_concept_in_two_languages_are_one_skill(both: list[Path]) -> None:
    synonyms = rm.read_esco(*both)
    assert synonyms["beekeeping"] == ("élevage d’abeilles", "apiculture", "bee farming")
    assert set(synonyms["Python"]) == {
        "Python (computer programming)",
        "Python (programmation informatique)",
    }  # the shipped table knows Python
    people = [
        {"id": "m", "role": "mentor", "offers": "Élevage d'abeilles:5"},
        {"id": "e", "role": "mentee", "seeks": "bee farming"},
    ]
    cohort, policy = rm.Cohort.from_records(people), rm.Policy(synonyms=synonyms)
    assert not rm.match(cohort).duos[0].name_matches
    matching = rm.match(cohort, policy)
    assert [name.rung for name in matching.duos[0].name_matches] == ["alias"]
    stored = rm.Matching.from_json(matching.to_json())
    rm.verify(stored, cohort, rm.Policy.from_data(policy.model_dump(mode="json")))
    assert stored.policy.synonyms == dict(synonyms)


def test_a_label_of_two_concepts_is_that_of_the_one_that_prefers_it(both: list[Path]) -> None:
    synonyms = rm.read_esco(*both)
    every = {name: {name, *others} for name, others in synonyms.items()}
    (of_coaching,) = (labels for labels in every.values() if "coaching" in labels)
    assert "accompagnement" in of_coaching
    assert not any("guidance" in labels for labels in every.values())
    assert synonyms.left_out == ("guidance",)


def test_only_what_people_name_is_kept_for_them(both: list[Path]) -> None:
    people = [
        {"id": "m", "role": "mentor", "offers": "parler en publik"},
        {"id": "e", "role": "mentee", "seeks": "speak in public;knitting"},
    ]
    cohort = rm.Cohort.from_records(people)
    some, every = rm.read_esco(*both, cohort=cohort), rm.read_esco(*both)
    assert some == {"public speaking": ("speak in public", "parler en public")}  # the table knows the name
    policies = rm.Policy(synonyms=some), rm.Policy(synonyms=every)
    assert len({rm.match(cohort, policy).total for policy in policies}) == 1
    assert rm.match(cohort, policies[0]).duos[0].contributions["skills"] > 0


def test_concepts_that_are_withdrawn_do_not_count(write: Write) -> None:
    file = write("skills_en.csv", ("1", "beekeeping", "apiculture"), status="obsolete")
    assert rm.read_esco(file) == {}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_breaks_between_labels(write: Write, end: str) -> None:
    file = write("skills_en.csv", ("1", "beekeeping", f"apiculture{end}bee  farming{end}"))
    assert rm.read_esco(file) == {"beekeeping": ("apiculture", "bee farming")}


def test_a_file_without_the_columns_that_nobody_needs(write: Write) -> None:
    file = write("skills_en.csv", ("1", "beekeeping", "apiculture"), headings=HEADINGS[1:6])
    assert rm.read_esco(file) == {"beekeeping": ("apiculture",)}


def test_faults(write: Write, tmp_path: Path) -> None:
    right = "; right would be the list of skills as ESCO offers it for download, skills_en.csv"
    other = tmp_path / "people.csv"
    other.write_text("id,role\nlea,mentor\n", "utf-8")
    (tmp_path / "empty.csv").write_text("", "utf-8")
    occupations = write("occupations_en.csv", ("1", "beekeeper", "apiarist"), conceptType="Occupation")
    for paths, told in [
        ([], f"no file{right}"),
        ([other], f"people.csv: no column 'conceptUri'; known are 'id', 'role'{right}"),
        ([tmp_path / "empty.csv"], f"empty.csv: empty{right}"),
        ([occupations], f"occupations_en.csv: holds no skills{right}"),
    ]:
        with pytest.raises(CohortError) as caught:
            rm.read_esco(*paths)
        assert str(caught.value.faults[0]) == told
