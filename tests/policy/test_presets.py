"""Presets: what they are, which data of people they use, and that they hold what they promise."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args

import pytest

import reverse_match as rm
from reverse_match.policy import conditions, criteria
from reverse_match.policy.data_used import READ_WITHOUT_BEING_NAMED, data_used
from reverse_match.policy.presets import PRESETS

PAGE = Path(__file__).parents[2] / "docs" / "policy.md"

TRAITS = {"age", "birth_year", "birth_date", "gender"}
STAND_FOR_TRAITS = {"grade", "department", "location", "languages", "timezone", "available", "wants"}
"""What may tell of an age, a gender, an origin or a family: seniority, sex-typed trades, part-time work,
where somebody comes from; and wishes, by which people mostly choose who is like them."""

DEMO = rm.read_cohort(rm.demo_path())


def people(**changed: Any) -> rm.Cohort:
    """Return the people of the demo with other values of some fields."""
    records = []
    for number, person in enumerate(DEMO.participants):
        record = {key: value for key, value in person.model_dump(mode="json").items() if value is not None}
        record.pop("attributes", None)
        for field, value in changed.items():
            record.pop(field, None)
            given = value(number)
            if given is not None:
                record[field] = given
        records.append(record)
    return rm.Cohort.from_records(records)


def test_the_first_is_the_default() -> None:
    assert PRESETS[0] == "mission"
    assert rm.Policy.preset("mission") == rm.Policy()
    assert rm.Policy.preset("mission").sha256 == rm.Policy().sha256
    assert len({rm.Policy.preset(name).sha256 for name in PRESETS}) == len(PRESETS) == 3


@pytest.mark.parametrize("name", PRESETS)
def test_the_demo_under_each_is_verified(name: str) -> None:
    policy = rm.Policy.preset(name)
    matching = rm.match(DEMO, policy)
    assert matching.certificate.gap == 0
    assert len(matching.duos) == 25
    rm.verify(matching, DEMO, policy)
    assert rm.Policy.model_validate(policy.model_dump(mode="json")) == policy
    stored = rm.Matching.from_json(matching.to_json())
    assert stored.policy == policy
    rm.verify(stored, DEMO, rm.Policy.preset(name))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("evidnce", "no preset of this name; did you mean 'evidence'?"),
        ("no_personal_traits", "no preset of this name; did you mean 'no-personal-traits'?"),
        ("x", "no preset of this name; known are 'evidence', 'mission', 'no-personal-traits'"),
    ],
)
def test_an_unknown_name_is_told_with_the_nearest(name: str, told: str) -> None:
    with pytest.raises(rm.errors.PolicyError) as caught:
        rm.Policy.preset(name)
    assert [(fault.message, fault.code) for fault in caught.value.faults] == [(told, "unknown-preset")]


def test_a_preset_where_a_file_is_asked_for() -> None:
    with pytest.raises(rm.errors.PolicyError, match=r"right would be rm\.Policy\.preset\('evidence'\)"):
        rm.Policy.load("evidence")


def test_a_policy_names_no_preset() -> None:
    with pytest.raises(rm.errors.PolicyError, match="a policy names no preset; right would be all"):
        rm.Policy.from_data({"preset": "evidence", "quotas": []})


def test_what_evidence_weighs() -> None:
    policy = rm.Policy.preset("evidence")
    assert {one.name: (one.kind, one.weight) for one in policy.criteria} == {
        "skills": ("coverage", 0.35),
        "goals": ("overlap", 0.25),
        "wishes": ("wants", 0.17),
        "preferences": ("preferences", 0.08),
        "time in common": ("common_time", 0.15),
    }
    assert policy.as_far_as_possible == rm.Policy().as_far_as_possible
    assert data_used(policy).fields.isdisjoint(TRAITS)


def test_wishes_and_free_hours_count_under_evidence() -> None:
    """Of two mentors who teach the same, the one who is wanted, or who has time, is taken."""
    teach = {"role": "mentor", "offers": "Python:4", "available": "Mon 9-12"}
    learn = {"id": "e", "role": "mentee", "seeks": "Python", "available": "Mon 9-12"}
    late = {**teach, "available": "Fri 9-12"}
    policy = rm.Policy.preset("evidence")
    free = rm.Cohort.from_records([{**teach, "id": "a"}, {**late, "id": "b"}, learn])
    assert rm.match(free, policy).duos[0].mentor == "a"
    wanted = rm.Cohort.from_records([{**teach, "id": "a"}, {**late, "id": "b"}, {**learn, "wants": "b"}])
    assert rm.match(wanted, policy).duos[0].mentor == "b"
    mine = {**learn, "available": None, "prefers": "department=Sales"}
    preferred = rm.Cohort.from_records(
        [{**teach, "id": "a", "department": "IT"}, {**teach, "id": "b", "department": "Sales"}, mine]
    )
    assert rm.match(preferred, policy).duos[0].mentor == "b"


def test_a_preset_that_decides_nothing_on_these_people_is_told() -> None:
    told = [note.message for note in rm.match(DEMO, rm.Policy.preset("evidence")).notes]
    for name in ("wishes", "preferences", "time in common"):
        assert f"criterion '{name}' is known for no pair and decides nothing: its data is missing" in told


def test_no_personal_traits_reads_none_and_nothing_that_stands_for_them() -> None:
    used = data_used(rm.Policy.preset("no-personal-traits"))
    assert used.fields == {"offers", "seeks", "goals", "manager_id", "avoids"}
    assert used.fields.isdisjoint(TRAITS | STAND_FOR_TRAITS)
    assert not used.functions
    assert not used.from_outside


OTHERS = {
    "age": lambda number: 18 + 7 * number % 60,
    "gender": lambda number: "xyz"[number % 3],
    "grade": lambda number: number * 5 % 11,
    "department": lambda number: f"Group/{number % 7}",
    "location": lambda number: f"City {number % 5}",
    "languages": lambda number: ["fr", "en", "de"][number % 3],
    "timezone": lambda number: ["Europe/Paris", "Asia/Tokyo"][number % 2],
    "available": lambda number: ["Mon 9-12", "Tue 14-16", "Wed am"][number % 3],
    "wants": lambda number: DEMO.participants[(number + 29) % len(DEMO.participants)].id,
}


@pytest.mark.parametrize("fields", [*([name] for name in OTHERS), list(OTHERS)], ids="+".join)
def test_traits_of_everybody_may_change_without_any_change_of_duos(fields: list[str]) -> None:
    policy = rm.Policy.preset("no-personal-traits")
    born = {name: lambda _: None for name in ("age", "birth_year", "birth_date") if "age" in fields}
    changed = people(**{**born, **{name: OTHERS[name] for name in fields}})
    before, after = rm.match(people(), policy), rm.match(changed, policy)
    assert before.duos == after.duos
    assert [one.id for one in before.unmatched] == [one.id for one in after.unmatched]
    assert before.certificate == after.certificate


def test_traits_of_everybody_may_be_left_out_of_the_file() -> None:
    policy = rm.Policy.preset("no-personal-traits")
    gone = dict.fromkeys([*OTHERS, "birth_year", "birth_date"], lambda _: None)
    assert rm.match(people(**gone), policy).duos == rm.match(people(), policy).duos


def test_such_changes_do_change_duos_of_the_default_policy() -> None:
    """So that the test above can fail."""
    changed = people(age=OTHERS["age"], birth_year=lambda _: None, birth_date=lambda _: None)
    assert rm.match(people()).duos != rm.match(changed).duos


@pytest.mark.parametrize(
    ("policy", "fields"),
    [
        ({"criteria": [{"kind": "wants", "name": "a", "weight": 1}], "rules": []}, {"wants"}),
        ({"criteria": [{"kind": "common_time", "name": "a", "weight": 1}], "rules": []}, {"available", "timezone"}),
        (
            {"rules": [{"kind": "common_time", "at_least": 30, "on_site": True}], "criteria": [{"kind": "wants", "name": "a", "weight": 1}]},
            {"wants", "on_site", "location", "timezone"},
        ),
        ({"criteria": [{"kind": "wants", "name": "a", "weight": 1}]}, {"wants", "manager_id", "avoids"}),
        (
            {
                "criteria": [{"kind": "overlap", "name": "a", "weight": 0, "field": "hobbies"}, {"kind": "wants", "name": "b", "weight": 1}],
                "rules": [{"kind": "not", "condition": {"kind": "any_of", "conditions": [{"kind": "overlapping_hours"}]}}],
                "quotas": [
                    {"kind": "each", "by": "mentee.team", "at_most": 2},
                    {"kind": "count", "where": {"mentor.gender": "f"}, "at_most": 2},
                    {"kind": "share", "of": {"kind": "gap_between", "field": "age", "at_least": 1}, "at_least": 0},
                ],
                "as_far_as_possible": {"kind": "same", "field": "location"},
            },
            {"wants", "hobbies", "timezone", "team", "gender", "age", "location"},
        ),
        (
            {"criteria": [{"kind": "similarity", "name": "a", "weight": 1, "vectors": "gender"}], "rules": []},
            {"gender"},
        ),
    ],
)  # fmt: skip
def test_the_data_that_a_policy_uses(policy: Any, fields: set[str]) -> None:
    assert data_used(rm.Policy.from_data(policy)).fields == fields


def test_functions_and_scores_from_outside_are_told() -> None:
    used = data_used(
        rm.Policy(
            criteria=[
                {"kind": "custom", "name": "a", "weight": 1, "function": "near_home"},
                {"kind": "table", "name": "interview", "weight": 1},
            ],
            rules=[{"kind": "custom", "function": "within_reach"}],
        )
    )
    assert (used.functions, used.from_outside) == ({"near_home", "within_reach"}, ("interview",))


@pytest.mark.parametrize("name", PRESETS)
def test_the_page_says_what_each_weighs_and_uses(name: str) -> None:
    row = re.search(rf"^\| `{name}`.*$", PAGE.read_text("utf-8"), re.M)
    assert row is not None
    _, _, weighed, used, _ = row[0].split("|")
    policy = rm.Policy.preset(name)
    whole = sum(one.weight for one in policy.criteria)
    said = dict(re.findall(r"([a-z ]+?) ([\d.]+) %", weighed.replace(",", "")))
    assert {key.strip(): float(value) for key, value in said.items()} == {
        one.name: round(100 * one.weight / whole, 1) for one in policy.criteria
    }
    assert set(re.findall(r"`(\w+)`", used)) == data_used(policy).fields


def test_every_source_on_the_page_is_listed_and_every_one_listed_is_cited() -> None:
    text = PAGE.read_text("utf-8").split("### Why these weights")[1].split("### Without personal traits")[0]
    table, listed = text.split("\n- ", 1)
    cited = set(re.findall(r"([A-Z]\w+(?:-\w+)?)(?: et al\.|(?:, \w+)? & [\w-]+)? (\d{4})", table))
    last = {  # the table names the first author, or the last of several before the year
        (name, year)
        for line in f"- {listed}".splitlines()
        for year in re.findall(r"\((\d{4})\)", line)
        for name in re.findall(r"([A-Z][\w-]+), [A-Z]\.", line.split("(")[0])
    }
    assert cited
    assert cited <= last
    years = sorted(re.findall(r"\((\d{4})\)", listed))
    assert {year for _, year in cited} == set(years)


NEEDS_NO_FIELD = {
    conditions.NotMetBefore, conditions.MinimumScore, conditions.Listed, conditions.RegisteredCondition,
    conditions.AllOf, conditions.AnyOf, conditions.Not, criteria.Custom, criteria.Table, criteria.Similarity,
}  # fmt: skip
"""Kinds that read no field of people themselves, or are told by another part of the answer."""


def test_every_kind_says_which_data_it_reads() -> None:
    """Whoever adds a kind that reads a field without an option that names it adds it to the table."""
    kinds = [*get_args(get_args(criteria.Criterion)[0]), *get_args(get_args(conditions.Condition)[0])]
    assert len(kinds) > 20
    silent = [
        kind
        for kind in kinds
        if not {"field", "offered", "wanted", "listed_in"} & kind.model_fields.keys()
        and kind not in READ_WITHOUT_BEING_NAMED
        and kind not in NEEDS_NO_FIELD
    ]
    assert silent == []
