from __future__ import annotations

import pytest

import reverse_match as rm
from reverse_match.people.headings import PEOPLE


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("ID", "id"), ("Employee ID", "id"), ("employeeNumber", "id"), ("USERID", "id"), ("Matricule", "id"),
        ("Rôle", "role"), ("Compétences proposées", "offers"), ("Wants to learn", "seeks"), ("Objectifs", "goals"),
        ("Date de naissance", "birth_date"), ("dateOfBirth", "birth_date"), ("birthDate", "birth_date"),
        ("Birth-Year", "birth_year"), ("Civilité", "gender"), ("SERVICE", "department"), ("Office", "location"),
        ("supervisorId", "manager_id"), ("MANAGER", "manager_id"), ("N+1", "manager_id"), ("manager_id", "manager_id"),
        ("Langues", "languages"), ("Time zone", "timezone"), ("Capacité", "capacity"),
        ("Partenaires souhaités", "wants"), ("Preferred partners", "wants"), ("À éviter", "avoids"), ("Not with", "avoids"),
        ("  Goals ", "goals"), ("Name", "name"), ("Nom et prénom", "name"), ("Worker", "name"),
        ("First Name", "first_name"), ("Prénom", "first_name"), ("Nom", "last_name"), ("Last name", "last_name"),
        ("E-mail", "email"), ("Email Address", "email"), ("Adresse e-mail", "email"), ("Courriel", "email"),
    ],
)  # fmt: skip
def test_usual_headings(heading: str, field: str) -> None:
    assert PEOPLE.columns_of([heading], {}, "file") == {heading: field}


@pytest.mark.parametrize(
    "heading", ["Cost centre", "hire_date", "Level", "years_experience", "Manager name", "Nom du site"]
)
def test_other_headings_stay_as_they_are(heading: str) -> None:
    assert PEOPLE.columns_of([heading], {}, "file") == {heading: heading}


def test_a_field_s_own_name_is_stronger_than_a_usual_heading() -> None:
    assert PEOPLE.columns_of(["Service", "department"], {}, "file") == {
        "Service": "Service",
        "department": "department",
    }


def test_what_the_caller_says_is_stronger_than_both() -> None:
    columns = PEOPLE.columns_of(
        ["Service", "Division", "gender"], {"Division": "department", "gender": "own"}, "file"
    )
    assert columns == {"Service": "Service", "Division": "department", "gender": "own"}


def test_a_mapping_may_spell_loosely() -> None:
    assert PEOPLE.columns_of(["Employee Badge"], {"employee badge": "ID"}, "file") == {"Employee Badge": "id"}


@pytest.mark.parametrize(
    ("headings", "mapping", "message"),
    [
        (["Service", "Division"], {}, "'Service' and 'Division' both mean 'department'; say which one"),
        (["a", "b"], {"a": "id", "b": "id"}, "'a' and 'b' both mean 'id'"),
        (["Badge"], {"Bagde": "id"}, "'Bagde': no such column to map; did you mean 'Badge'?"),
        (["Badge"], {"Badge": " "}, "is mapped to nothing"),
        (["id", "x"], {"x": "id"}, "'id' and 'x' both mean 'id'"),
    ],
)
def test_headings_that_cannot_be_told_apart(
    headings: list[str], mapping: dict[str, str], message: str
) -> None:
    with pytest.raises(rm.errors.CohortError) as caught:
        PEOPLE.columns_of(headings, mapping, "file")
    assert message in str(caught.value)
