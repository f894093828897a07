from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

import reverse_match as rm
from reverse_match.policy.added import without_people

if TYPE_CHECKING:
    from pathlib import Path

GAP = {"kind": "gap", "name": "age", "weight": 1, "field": "age", "from": 5, "to": 20}


def test_the_json_of_a_policy_gives_it_back() -> None:
    policy = rm.Policy(
        criteria=[{**GAP, "until": 30, "zero_from": 40.5, "missing": 0.5}],
        rules=[{"kind": "fix", "pairs": [["a", "b"]]}, {"kind": "minimum_score", "at_least": 0.25}],
        synonyms={"x": ["y"]},
        correct_typos=False,
        as_of="2026-11-23",
    )
    data = policy.model_dump(mode="json")
    assert rm.Policy.model_validate(data) == policy
    assert rm.Policy.model_validate_json(policy.model_dump_json()) == policy
    assert data["criteria"][0]["from"] == 5
    assert data["as_of"] == "2026-11-23"
    assert "from_" not in json.dumps(data) + json.dumps(rm.Policy.model_json_schema())


def test_a_pair_can_be_named_by_role() -> None:
    one = rm.Policy(rules=[{"kind": "fix", "pairs": [{"mentor": "a", "mentee": "b"}]}])
    assert one == rm.Policy(rules=[{"kind": "fix", "pairs": [("a", "b")]}])


def test_the_digest_knows_the_content() -> None:
    assert rm.Policy().sha256 == rm.Policy().sha256 != rm.Policy(seed=1).sha256


def load(folder: Path, data: Any, name: str = "policy.json") -> rm.Policy:
    (folder / name).write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return rm.Policy.load(folder / name)


def test_json_and_toml_say_the_same(tmp_path: Path) -> None:
    toml = 'as_of = 2026-11-23\n[[criteria]]\nkind = "gap"\nname = "age"\nweight = 1\nfield = "age"\nfrom = 5\nto = 20\n'
    one = load(tmp_path, toml, "policy.toml")
    assert one == load(tmp_path, {"criteria": [GAP], "as_of": "2026-11-23"})
    assert one.as_of == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ({"criteria": [{**GAP, "kind": "gpa"}]}, "policy.json, criteria[0]: unknown kind 'gpa'; did you mean 'gap'?"),
        ({"rules": [{"kind": "forbidden"}]}, "policy.json, rules[0]: unknown kind 'forbidden'; did you mean 'forbid'?"),
        ({"criteria": [{**GAP, "form": 5}]}, "policy.json, criteria[0].form: unknown name; did you mean 'from'?"),
        ({"criterias": []}, "policy.json, criterias: unknown name; did you mean 'criteria'?"),
        ({"criteria": []}, "policy.json: no criteria; at least one is needed"),
        ({"criteria": [GAP, GAP]}, "policy.json: two criteria are called 'age'; names must differ"),
        ({"criteria": [{**GAP, "weight": 0}]}, "policy.json: all weights are 0; at least one must be positive"),
        ({"criteria": [{**GAP, "weight": -1}]}, "policy.json, criteria[0].weight: negative; right would be 0 or more"),
        ({"criteria": [{**GAP, "weight": float("nan")}]}, "policy.json, criteria[0].weight: NaN or infinite; a finite number is needed"),
        ({"criteria": [{**GAP, "weight": True}]}, "policy.json, criteria[0].weight: not a number"),
        ({"criteria": [{**GAP, "weight": "1"}]}, "policy.json, criteria[0].weight: not a number"),
        ({"criteria": [{**GAP, "from": 30}]}, "policy.json, criteria[0]: out of order; right would be from <= to <= until <= zero_from"),
        ({"criteria": [{**GAP, "until": 10}]}, "policy.json, criteria[0]: out of order; right would be from <= to <= until <= zero_from"),
        ({"criteria": [{**GAP, "zero_from": 30}]}, "policy.json, criteria[0]: zero_from needs until; give both, or neither"),
        ({"criteria": [{**GAP, "missing": 2}]}, "policy.json, criteria[0].missing: out of range; right would be a number from 0 to 1"),
        ({"quotas": [{"kind": "duos"}]}, "policy.json, quotas[0]: no bound; give at_least, at_most, or both"),
        ({"objective": "fast"}, "policy.json, objective: unknown; right would be 'coverage', 'total', 'max_min', or {\"kind\": \"fair\", \"alpha\": 1}"),
        ({"objective": {"kind": "fair", "alpha": 6}}, "policy.json, objective.alpha: out of range; right would be a number from 0 to 5"),
        ({"objective": {"alfa": 1}}, "policy.json, objective.alfa: unknown name; did you mean 'alpha'?"),
        ({"as_of": 0}, "policy.json, as_of: not a day; right would be text such as 2026-11-23"),
        ({"rules": [{"kind": "minimum_score", "at_least": 1.5}]}, "policy.json, rules[0].at_least: out of range; right would be a number from 0 to 1"),
        ({"rules": [{"kind": "different"}]}, "policy.json, rules[0].field: missing; right would be text"),
        ({"rules": [{"kind": "difference", "field": "gender"}]}, "policy.json, rules[0]: unknown kind 'difference'; did you mean 'different'?"),
        ({"rules": [{"kind": "any_of", "conditions": []}]}, "policy.json, rules[0].conditions: empty; at least one condition is needed"),
        ({"rules": [{"kind": "any_of", "conditions": [{"kind": "sam", "field": "x"}]}]}, "policy.json, rules[0].conditions[0]: unknown kind 'sam'; did you mean 'same'?"),
        ({"rules": [{"kind": "not", "condition": {"kind": "all_of", "conditions": [{"kind": "same", "feld": "x", "field": "y"}]}}]}, "policy.json, rules[0].condition.conditions[0].feld: unknown name; did you mean 'field'?"),
        ({"rules": [{"kind": "not", "condition": {"kind": "same", "field": "y", "if_unknown": "allow"}}]}, "policy.json, rules[0].condition.if_unknown: unknown name; known are 'field', 'kind', 'paths', 'prefix'"),
        ({"rules": [{"kind": "same", "field": "y", "if_unknown": "perhaps"}]}, "policy.json, rules[0].if_unknown: unknown; right would be 'forbid' or 'allow'"),
        ({"rules": [{"kind": "different", "field": "gender", "prefix": 1}]}, "policy.json, rules[0]: prefix counts the parts of a path, and '/' separates none here; leave prefix out"),
        ({"rules": [{"kind": "gap_between", "field": "age"}]}, "policy.json, rules[0]: no bound; give at_least, at_most, or both"),
        ({"rules": [{"kind": "gap_between", "field": "age", "at_least": 3, "at_most": 2}]}, "policy.json, rules[0]: out of order; right would be at_least <= at_most"),
        ({"rules": [{"kind": "overlapping_hours", "from": "9:00"}]}, "policy.json, rules[0].from: not a time of day; right would be text such as 09:00"),
        ({"rules": [{"kind": "overlapping_hours", "from": "18:00"}]}, "policy.json, rules[0]: out of order; right would be from before to, on one day"),
        ({"rules": [{"kind": "overlapping_hours", "at_least": 9}]}, "policy.json, rules[0]: at_least is longer than the working hours; nobody has so many in common"),
        ({"rules": [{"kind": "not_met_before", "duos": [{"mentor": "a", "mentee": "b", "untill": "2026-01-01"}]}]}, "policy.json, rules[0].duos[0].untill: unknown name; did you mean 'until'?"),
        ({"rules": [{"kind": "require", "of": "mentee", "field": "x"}]}, "policy.json, rules[0]: say one thing: equals, or under, or at_least and at_most, or known"),
        ({"rules": [{"kind": "require", "of": "mentee", "field": "x", "equals": "y", "at_most": 3}]}, "policy.json, rules[0]: say one thing: equals, or under, or at_least and at_most, or known"),
        ({"rules": [{"kind": "require", "of": "mentee", "field": "x", "equals": ["y", 1]}]}, "policy.json, rules[0].equals: right would be a text, a number, or a list of texts, or one of numbers"),
        ({"rules": [{"kind": "same", "field": "x", "name": "n"}, {"kind": "same", "field": "y", "name": "n"}]}, "policy.json: two rules are called 'n'; names must differ"),
        ({"rules": [{"kind": "same", "field": "x", "name": "forbid"}]}, "policy.json: a rule is called 'forbid', which is a word for another rule; choose another name"),
        ({"rules": [{"kind": "same", "field": "x", "name": "same y"}, {"kind": "same", "field": "z"}, {"kind": "same", "field": "y"}]}, "policy.json: a rule is called 'same y', which is a word for another rule; choose another name"),
        ({"synonyms": {"a": ["c"], "b": ["C"]}}, "policy.json: a synonym is given for two different names; give it for one"),
        ('{"seed": 1, "seed": 2}', "policy.json: not valid JSON: the key 'seed' stands twice in one object"),
    ],
)  # fmt: skip
def test_faults_of_a_policy(tmp_path: Path, data: Any, fault: str) -> None:
    with pytest.raises(rm.errors.PolicyError) as caught:
        load(tmp_path, data)
    assert [str(found) for found in caught.value.faults] == [fault]


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    with pytest.raises(rm.errors.PolicyError) as caught:
        load(tmp_path, {"seed": "x", "objective": "x", "rules": [{"kind": "fix"}]})
    assert sorted(found.column or "" for found in caught.value.faults) == [
        "objective",
        "rules[0].pairs",
        "seed",
    ]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("policy.yaml", "a: 1", r"policy.yaml: unknown kind of file; right would be .json or .toml"),
        ("policy.json", "{", r"policy.json: not valid JSON"),
        ("policy.toml", "a = ", r"policy.toml: not valid TOML"),
    ],
)
def test_files_that_are_no_policy(tmp_path: Path, name: str, content: str, message: str) -> None:
    with pytest.raises(rm.errors.PolicyError, match=message):
        load(tmp_path, content, name)
    with pytest.raises(rm.errors.PolicyError, match="cannot be read"):
        rm.Policy.load(tmp_path / "nothing.json")


def test_a_policy_is_frozen() -> None:
    with pytest.raises(rm.InputError):
        rm.Policy().seed = 3  # type: ignore[misc]


RULES = [
    {"kind": "different", "field": "department", "prefix": 1, "name": "other division", "if_unknown": "allow"},
    {"kind": "require", "of": "both", "field": "consent", "equals": "yes"},
    {"kind": "require", "of": "mentee", "field": "years", "at_least": 2},
    {"kind": "overlapping_hours", "at_least": 3.5, "from": "08:30", "to": "24:00"},
    {"kind": "not_met_before", "duos": [{"mentor": "a", "mentee": "b", "until": "2026-01-31"}], "again_after_months": 6},
    {"kind": "any_of", "conditions": [{"kind": "not", "condition": {"kind": "avoids"}}, {"kind": "shared", "field": "languages"}]},
    {"kind": "custom", "function": "mine"},
]  # fmt: skip


def test_every_kind_of_rule_comes_back_from_json_and_toml(tmp_path: Path) -> None:
    policy = rm.Policy(rules=RULES)
    assert rm.Policy.model_validate_json(policy.model_dump_json()) == policy
    toml = '[[rules]]\nkind = "overlapping_hours"\nfrom = 08:30:00\nto = "24:00"\nat_least = 3.5\n'
    assert load(tmp_path, toml, "policy.toml").rules == (policy.rules[3],)
    assert not rm.Policy().counts_months
    assert policy.counts_months


def test_the_schema_describes_every_rule_and_condition() -> None:
    """A validator for JSON Schema is not at hand; each kind must be where a reader of it looks."""
    schema = rm.Policy.model_json_schema()
    mapping = schema["properties"]["rules"]["items"]["discriminator"]["mapping"]
    assert {rule["kind"] for rule in RULES} < set(mapping)
    for kind, reference in mapping.items():
        model = schema["$defs"][reference.rsplit("/", 1)[1]]
        assert model["properties"]["kind"]["const"] == kind
        assert model["description"]
    within = schema["$defs"][mapping["any_of"].rsplit("/", 1)[1]]["properties"]["conditions"]
    assert within["minItems"] == 1
    assert set(within["items"]["discriminator"]["mapping"]) == set(mapping) - {"fix", "forbid"}


def test_labels_say_as_little_as_sets_rules_apart() -> None:
    same, other = {"kind": "same", "field": "location"}, {"kind": "same", "field": "department"}
    two = {"kind": "require", "of": "mentee", "field": "consent", "equals": "yes"}
    negated = {"kind": "not", "condition": {"kind": "gap_between", "field": "age", "at_most": 5}}
    past = {"kind": "not_met_before", "duos": []}
    for rules, labels in [
        ([same, {"kind": "minimum_score", "at_least": 0.1}], ["same", "minimum_score"]),
        ([same, same], ["same", "same"]),
        ([same, other, {**same, "name": "near"}], ["same location", "same department", "near"]),
        ([other, {**other, "prefix": 1}], ["same department", "same department prefix 1"]),
        ([two, {**two, "of": "mentor"}], ["require mentee consent", "require mentor consent"]),
        ([two, {**two, "equals": ["no", "perhaps"]}], ["require mentee consent equals yes", "require mentee consent equals no/perhaps"]),
        ([negated, {"kind": "not", "condition": same}], ["not (gap_between age)", "not (same location)"]),
        ([past, {**past, "duos": [{"mentor": "a", "mentee": "b"}]}], ["not_met_before (1)", "not_met_before (2)"]),
        ([{"kind": "forbid", "pairs": []}, {"kind": "forbid", "pairs": [], "name": "quarrel"}, {"kind": "fix", "pairs": []}], ["forbid", "quarrel", "fix"]),
    ]:  # fmt: skip
        assert rm.Policy(rules=rules).rule_labels == labels


def test_a_credit_counts_where_it_did_when_somebody_has_left() -> None:
    credit = {"name": "waiting", "points": 1, "mentees": ["ada", "tom"], "counts_in_worst": True}
    left = without_people(rm.Policy(credits=[credit]), ["tom"]).credits
    assert left == rm.Policy(credits=[{**credit, "mentees": ["ada"]}]).credits
