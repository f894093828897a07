"""Users of SCIM 2.0, with the examples of RFC 7643 (8.1 to 8.3) and RFC 7644 (3.4.2)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

import reverse_match as rm
from reverse_match.errors import CohortError

if TYPE_CHECKING:
    from pathlib import Path

CORE = "urn:ietf:params:scim:schemas:core:2.0:User"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse"

MINIMAL = """{
  "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
  "id": "2819c223-7f76-453a-919d-413861904646",
  "userName": "bjensen@example.com",
  "meta": {"resourceType": "User", "created": "2010-01-23T04:56:22Z", "version": "W/\\"3694e05e9dff590\\"",
    "location": "https://example.com/v2/Users/2819c223-7f76-453a-919d-413861904646"}
}"""

FULL = """{
  "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User",
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
  "id": "2819c223-7f76-453a-919d-413861904646",
  "externalId": "701984",
  "userName": "bjensen@example.com",
  "name": {"formatted": "Ms. Barbara J Jensen, III", "familyName": "Jensen", "givenName": "Barbara",
    "middleName": "Jane", "honorificPrefix": "Ms.", "honorificSuffix": "III"},
  "displayName": "Babs Jensen",
  "nickName": "Babs",
  "profileUrl": "https://login.example.com/bjensen",
  "emails": [{"value": "bjensen@example.com", "type": "work", "primary": true},
    {"value": "babs@jensen.org", "type": "home"}],
  "addresses": [{"streetAddress": "100 Universal City Plaza", "locality": "Hollywood", "region": "CA",
    "postalCode": "91608", "country": "USA", "type": "work", "primary": true}],
  "phoneNumbers": [{"value": "555-555-5555", "type": "work"}],
  "ims": [{"value": "someaimhandle", "type": "aim"}],
  "photos": [{"value": "https://photos.example.com/profilephoto/72930000000Ccne/F", "type": "photo"}],
  "userType": "Employee",
  "title": "Tour Guide",
  "preferredLanguage": "en-US",
  "locale": "en-US",
  "timezone": "America/Los_Angeles",
  "active": true,
  "password": "t1meMa$heen",
  "groups": [{"value": "e9e30dba-f08f-4109-8486-d5c6a331660a", "display": "Tour Guides"}],
  "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {
    "employeeNumber": "701984", "costCenter": "4130", "organization": "Universal Studios",
    "division": "Theme Park", "department": "Tour Operations",
    "manager": {"value": "26118915-6090-4610-87e4-49d8ca9f808d",
      "$ref": "../Users/26118915-6090-4610-87e4-49d8ca9f808d", "displayName": "John Smith"}},
  "meta": {"resourceType": "User", "created": "2010-01-23T04:56:22Z"}
}"""

BABS, JOHN = "2819c223-7f76-453a-919d-413861904646", "26118915-6090-4610-87e4-49d8ca9f808d"


def john(**more: Any) -> dict[str, Any]:
    return {"schemas": [CORE], "id": JOHN, "displayName": "John Smith", **more}


@pytest.fixture
def write(tmp_path: Path):
    def to(name: str, content: Any) -> Path:
        file = tmp_path / name
        file.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
        return file

    return to


def listed(*users: Any, **more: Any) -> dict[str, Any]:
    return {"schemas": [LIST], "totalResults": len(users), "Resources": list(users), **more}


def test_only_what_a_programme_needs_is_taken_of_the_full_user(write) -> None:
    mentors = write("mentors.json", listed(json.loads(FULL)))
    mentees = write("mentees.json", listed(john()))
    cohort = rm.read_cohort(mentors=mentors, mentees=mentees)
    babs = cohort.participants[0]
    assert babs.model_dump(exclude_defaults=True) == {
        "id": BABS,
        "role": "mentor",
        "name": "Babs Jensen",
        "email": "bjensen@example.com",
        "department": "Tour Operations",
        "manager_id": JOHN,
        "languages": ("en-US",),
        "timezone": "America/Los_Angeles",
        "attributes": {"locale": "en-US", "employeeNumber": "701984"},
    }
    assert [note.code for note in cohort.notes] == ["format", "format"]
    matching = rm.match(cohort)
    assert not matching.duos  # he is her manager
    assert "555-555" not in matching.to_json()


@pytest.mark.parametrize("name", ["mentors.json", "mentors.ndjson", "mentors.jsonl"])
@pytest.mark.parametrize("option", [None, "scim"])
def test_one_user_alone_or_a_line(write, name: str, option: Any) -> None:
    text = MINIMAL if name.endswith(".json") else json.dumps(json.loads(MINIMAL)) + "\n\n"
    cohort = rm.read_cohort(mentors=write(name, text), mentees=write("mentees.ndjson", john()), format=option)
    assert [person.id for person in cohort.participants] == [BABS, JOHN]
    assert bool(cohort.notes) == (option is None)


def test_names_of_attributes_have_any_capitals(write) -> None:
    user = {
        "SCHEMAS": [CORE.upper()],
        "ID": "7",
        "DisplayName": "Léa",
        ENTERPRISE.lower(): {"Department": "IT"},
    }
    cohort = rm.read_cohort(mentors=write("a.json", [user]), mentees=write("b.json", [john()]))
    assert (cohort.participants[0].name, cohort.participants[0].department) == ("Léa", "IT")


def test_a_manager_by_reference_alone(write) -> None:
    user = john(id="7", **{ENTERPRISE: {"manager": {"$ref": f"https://example.com/v2/Users/{JOHN}"}}})
    cohort = rm.read_cohort(mentors=write("a.json", [user]), mentees=write("b.json", [john()]))
    assert cohort.participants[0].manager_id == JOHN


@pytest.mark.parametrize(
    ("emails", "address"),
    [
        ([{"value": "a@home.org", "type": "home"}, {"value": "a@work.org", "type": "work"}], "a@work.org"),
        ([{"value": "a@home.org", "type": "home"}], None),
        ([{"value": "a@x.org"}, {"value": "b@x.org", "primary": True}], "b@x.org"),
        ("a@x.org", None),
    ],
)
def test_a_private_address_is_nobodys_business(write, emails: Any, address: str | None) -> None:
    mentors = write("a.json", [john(id="7", emails=emails)])
    assert rm.read_cohort(mentors=mentors, mentees=write("b.json", [john()])).participants[0].email == address


def test_preferred_languages_are_a_list_of_http(write) -> None:
    mentors = write("a.json", [john(id="7", preferredLanguage="fr-CA, en;q=0.8, *;q=0.1")])
    cohort = rm.read_cohort(mentors=mentors, mentees=write("b.json", [john(preferredLanguage="English")]))
    assert cohort.participants[0].languages == ("fr-CA", "en")
    policy = rm.Policy(rules=[{"kind": "shared", "field": "languages"}])
    assert len(rm.match(cohort, policy).duos) == 1


@pytest.mark.parametrize("active", [False, "False"])
def test_who_is_not_active_is_left_out_and_told_of(write, active: Any) -> None:
    users = [john(id="0", active=active), john(id="7", capacity=0), john(id="8", timezone="Mars/Olympus")]
    with pytest.raises(CohortError) as caught:
        rm.read_cohort(mentors=write("a.json", listed(*users)), mentees=write("b.json", [john()]))
    assert caught.value.faults[0].row == 3  # as they stand in the file
    users[2]["timezone"] = "Europe/Paris"
    cohort = rm.read_cohort(mentors=write("a.json", listed(*users)), mentees=write("b.json", [john()]))
    assert [person.id for person in cohort.participants] == ["7", "8", JOHN]
    assert "a.json: 1 user left out, as not active" in list(map(str, cohort.notes))
    assert cohort.participants[0].capacity == 1  # which is no attribute of a user


def test_a_page_of_a_longer_list_is_told_of(write) -> None:
    page = listed(john(id="7"), totalResults=100, startIndex=1, itemsPerPage=1)
    cohort = rm.read_cohort(mentors=write("a.json", page), mentees=write("b.json", [john()]))
    assert "page" in [note.code for note in cohort.notes]
    pages = "\n".join(json.dumps(listed(john(id=str(one)), totalResults=2)) for one in range(2))
    both = rm.read_cohort(mentors=write("a.ndjson", pages), mentees=write("b.json", [john()]))
    assert len(both.mentors) == 2
    assert "page" not in [note.code for note in both.notes]


def test_groups_are_left_out(write) -> None:
    group = {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "id": "g", "displayName": "Guides"}
    mentors = write("a.json", listed(group, john(id="7")))
    cohort = rm.read_cohort(mentors=mentors, mentees=write("b.json", [john()]))
    assert [person.id for person in cohort.mentors] == ["7"]
    assert "no-user" in [note.code for note in cohort.notes]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ({"schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "status": "404"}, "wrong-type"),
        (listed({"schemas": [CORE], "userName": "x"}), "missing"),
        ("[1, 2]", "wrong-type"),
        ("not json", "not-json"),
        (listed(), "missing-role"),
    ],
)
def test_what_holds_no_users_is_refused(write, content: Any, code: str) -> None:
    with pytest.raises(CohortError) as caught:
        rm.read_cohort(mentors=write("a.json", content), mentees=write("b.json", [john()]), format="scim")
    assert code in {fault.code for fault in caught.value.faults}


def test_people_of_other_json_are_not_taken_for_users(write) -> None:
    people = [{"id": "m", "role": "mentor", "note": CORE}, {"id": "e", "role": "mentee"}]
    assert not rm.read_cohort(write("people.json", people)).notes
