from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

import reverse_match as rm

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
        ({"quotas": [{"kind": "duos"}]}, "policy.json, quotas: quotas are not part of this version; leave the list empty"),
        ({"objective": "fast"}, "policy.json, objective: unknown; right would be 'coverage', 'total', 'max_min', or {\"kind\": \"fair\", \"alpha\": 1}"),
        ({"objective": {"kind": "fair", "alpha": 6}}, "policy.json, objective.alpha: Input should be less than or equal to 5"),
        ({"objective": {"alfa": 1}}, "policy.json, objective.alfa: unknown name; did you mean 'alpha'?"),
        ({"as_of": 0}, "policy.json, as_of: not a day; right would be text such as 2026-11-23"),
        ({"rules": [{"kind": "minimum_score", "at_least": 1.5}]}, "policy.json, rules[0].at_least: out of range; right would be a number from 0 to 1"),
        ({"synonyms": {"a": ["c"], "b": ["C"]}}, "policy.json: a synonym is given for two different names; give it for one"),
        ('{"seed": 1, "seed": 2}', "policy.json: not valid JSON: the key 'seed' stands twice in one object"),
    ],
)  # fmt: skip
def test_faults_of_a_policy(tmp_path: Path, data: Any, fault: str) -> None:
    with pytest.raises(rm.PolicyError) as caught:
        load(tmp_path, data)
    assert [str(found) for found in caught.value.faults] == [fault]


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    with pytest.raises(rm.PolicyError) as caught:
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
    with pytest.raises(rm.PolicyError, match=message):
        load(tmp_path, content, name)
    with pytest.raises(rm.PolicyError, match="cannot be read"):
        rm.Policy.load(tmp_path / "nothing.json")


def test_a_policy_is_frozen() -> None:
    with pytest.raises(ValidationError):
        rm.Policy().seed = 3  # type: ignore[misc]
