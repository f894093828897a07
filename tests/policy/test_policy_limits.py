"""A policy of wrong data: one line for each fault, with its place and code, whoever made it and how."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest

import reverse_match as rm
from reverse_match.policy import Gap, Not
from reverse_match.policy.conditions import MOST_NESTED_CONDITIONS, Avoids
from reverse_match.policy.values import LONGEST_TEXT

if TYPE_CHECKING:
    from pathlib import Path

HUGE = 10**400


def nested(depth: int) -> dict[str, Any]:
    condition: dict[str, Any] = {"kind": "avoids"}
    for _ in range(depth):
        condition = {"kind": "not", "condition": condition}
    return condition


def gap(**changed: Any) -> dict[str, Any]:
    return {
        "criteria": [{"kind": "gap", "name": "a", "weight": 1, "field": "age", "from": 1, "to": 2, **changed}]
    }


WRONG: list[tuple[dict[str, Any], str, str]] = [
    (gap(weight=HUGE), "criteria[0].weight", "out-of-range"),
    (gap(weight=1e300), "criteria[0].weight", "out-of-range"),
    (gap(**{"from": -HUGE}), "criteria[0].from", "out-of-range"),
    (gap(until=HUGE), "criteria[0].until", "out-of-range"),
    (gap(missing=HUGE), "criteria[0].missing", "out-of-range"),
    (gap(kind=["gap"]), "criteria[0]", "unknown-kind"),
    (gap(kind={"gap": 1}), "criteria[0]", "unknown-kind"),
    (gap(kind="gaap"), "criteria[0]", "unknown-kind"),
    (gap(name="x" * (LONGEST_TEXT + 1)), "criteria[0].name", "too-long"),
    (gap(name=[]), "criteria[0].name", "wrong-type"),
    (gap(weight=-1), "criteria[0].weight", "out-of-range"),
    (gap(weight="1"), "criteria[0].weight", "not-a-number"),
    ({"rules": [nested(5_000)]}, "rules[0].condition", "too-deep"),
    ({"rules": [nested(MOST_NESTED_CONDITIONS + 1)]}, "rules[0]", "too-deep"),
    ({"rules": [{"kind": "require", "of": ["both"], "field": "x", "known": True}]}, "rules[0].of", "unknown-value"),
    ({"rules": [{"kind": "require", "of": {"a": 1}, "field": "x", "known": True}]}, "rules[0].of", "unknown-value"),
    ({"rules": [{"kind": "require", "of": "both", "field": "x", "equals": HUGE}]}, "rules[0].equals", "out-of-range"),
    ({"rules": [{"kind": "gap_between", "field": "x", "at_most": HUGE}]}, "rules[0].at_most", "out-of-range"),
    ({"rules": [{"kind": "shared", "field": "x", "at_least": HUGE}]}, "rules[0].at_least", "out-of-range"),
    ({"rules": [{"kind": "different", "field": "x", "prefix": HUGE}]}, "rules[0].prefix", "out-of-range"),
    ({"rules": [{"kind": "overlapping_hours", "at_least": HUGE}]}, "rules[0].at_least", "out-of-range"),
    ({"rules": [{"kind": []}]}, "rules[0]", "unknown-kind"),
    ({"rules": [1]}, "rules[0]", "wrong-type"),
    ({"rules": {"kind": "avoids"}}, "rules", "wrong-type"),
    ({"quotas": [{"kind": "duos", "at_most": HUGE}]}, "quotas[0].at_most", "out-of-range"),
    ({"quotas": [{"kind": "count", "of": {"kind": ["same"]}, "at_most": 1}]}, "quotas[0].of", "unknown-kind"),
    ({"quotas": [{"kind": "count", "of": ["same"], "at_most": 1}]}, "quotas[0].of", "wrong-type"),
    ({"quotas": [{"kind": "share", "where": {"mentor.x": HUGE}, "at_least": 0.1}]}, "quotas[0].where.mentor.x", "out-of-range"),
    ({"quotas": [{"kind": "share", "of": {"kind": "avoids"}, "at_least": HUGE}]}, "quotas[0].at_least", "out-of-range"),
    ({"quotas": [{"kind": "each", "by": "mentor.x", "prefix": HUGE, "at_least": 1}]}, "quotas[0].prefix", "out-of-range"),
    ({"credits": [{"name": "a", "points": HUGE, "mentors": ["a"]}]}, "credits[0].points", "out-of-range"),
    ({"objective": {"kind": "fair", "alpha": HUGE}}, "objective.alpha", "out-of-range"),
    ({"objective": ["total"]}, "objective", "unknown-value"),
    ({"rotation": {"charge": HUGE}}, "rotation.charge", "out-of-range"),
    ({"rotation": {"carry_over_rounds": HUGE}}, "rotation.carry_over_rounds", "out-of-range"),
    ({"seed": 10**5_000}, "seed", "out-of-range"),
    ({"seeds": 1}, "seeds", "unknown-name"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "place", "code"), WRONG, ids=[f"{place} {code}" for _, place, code in WRONG]
)
def test_wrong_data_is_one_fault_with_place_and_code(data: dict[str, Any], place: str, code: str) -> None:
    for make in (
        lambda: rm.Policy(**data),
        lambda: rm.Policy.model_validate(data),
        lambda: rm.Policy.from_data(data),
    ):
        with pytest.raises(rm.errors.PolicyError) as caught:
            make()
        (fault,) = caught.value.faults
        assert (fault.column or "").startswith(place)
        assert fault.code == code
        assert len(str(fault)) < 400
        assert "\n" not in str(fault)


@pytest.mark.parametrize(
    ("data", "place", "code"), WRONG, ids=[f"{place} {code}" for _, place, code in WRONG]
)
def test_wrong_files_are_one_fault(data: dict[str, Any], place: str, code: str, tmp_path: Path) -> None:
    """The same from a file, as far as JSON can be written at all."""
    if "seed" in data or code == "too-deep":
        return
    (tmp_path / "policy.json").write_text(json.dumps(data))
    with pytest.raises(rm.errors.PolicyError) as caught:
        rm.Policy.load(tmp_path / "policy.json")
    (fault,) = caught.value.faults
    assert (fault.source, fault.code) == ("policy.json", code)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("p.json", '{"seed": ' + "9" * 5_000 + "}", "seed: too large"),
        ("p.json", '{"rules": ' + "[" * 50_000, "nested too deeply"),
        ("p.json", '{"seed": ' * 50_000, "nested too deeply"),
        ("p.toml", "seed = " + "9" * 5_000, "too many digits, line 1"),
        ("p.toml", "\nseed = " + "9" * 3_000, "seed: too large"),
        ("p.toml", "rules = " + "[" * 50_000, "nested too deeply"),
        ("p.toml", "rules = " + "{a = " * 50_000, "nested too deeply"),
        ("p.toml", "\n\n" + "a." * 100_000 + "b = 1", "nested too deeply.*, line 3"),
        ("p.toml", "[" + '"a\\"" . ' * 100_000 + "b]", "nested too deeply.*, line 1"),
        ("p.toml", "a = [" + "1," * 2_500_000 + "]", "larger than the limit of 4,194,304 bytes"),
        ("p.json", '{"rules": "' + "x" * 40_000_000 + '"}', "larger than the limit of 33,554,432 bytes"),
        ("p.json", '{"' + "x" * 10_000_000 + '": 1}', "xxx…xxx.*: unknown name"),
        ("p.json", '{"rules": [{"kind": "' + "x" * 10_000_000 + '"}]}', "unknown kind 'xxx"),
    ],
)  # fmt: skip
def test_files_of_any_size_and_depth_are_one_line_at_once(
    name: str, text: str, message: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(text)
    began = time.process_time()
    with pytest.raises(rm.errors.PolicyError, match=message) as caught:
        rm.Policy.load(tmp_path / name)
    assert time.process_time() - began < 2
    assert len(str(caught.value)) < 600


def test_ordinary_keys_with_dots_are_read(tmp_path: Path) -> None:
    text = 'seed = 7\n[synonyms]\n"a.b.c" = ["' + "x." * 200 + '"]\n[rotation]\ncharge = 0.2\n'
    (tmp_path / "p.toml").write_text(text)
    assert rm.Policy.load(tmp_path / "p.toml").rotation.charge == 0.2


def test_parts_have_the_same_errors_and_conditions_may_lie_as_deep_as_is_said() -> None:
    with pytest.raises(rm.errors.PolicyError, match="weight: not a number"):
        Gap(name="a", weight="1", field="age", from_=0, to=1)  # type: ignore[arg-type]
    with pytest.raises(rm.errors.PolicyError, match="seed: "):
        rm.Policy(seed="x")  # type: ignore[arg-type]
    condition: Any = Avoids()
    for _ in range(MOST_NESTED_CONDITIONS):
        condition = Not(condition=condition)
    with pytest.raises(rm.errors.PolicyError, match="nested too deeply"):
        Not(condition=condition)
    policy = rm.Policy.from_data({"rules": [nested(MOST_NESTED_CONDITIONS)]})
    people = rm.Cohort.from_records([{"id": "a", "role": "mentor"}, {"id": "b", "role": "mentee"}])
    assert rm.Policy.from_data(policy.model_dump(mode="json")) == policy
    plan = rm.plan_rotations(people, rm.Policy(), rounds=1)
    assert len(json.dumps(plan.model_dump(mode="json"))) > 0
    stored = rm.match(people, policy)
    assert rm.Matching.from_json(stored.to_json()) == stored


def test_a_wrong_policy_in_a_matching_is_a_fault_of_the_matching() -> None:
    people = rm.Cohort.from_records([{"id": "a", "role": "mentor"}, {"id": "b", "role": "mentee"}])
    data = json.loads(rm.match(people).to_json())
    for change in ({"seed": "x"}, {"rules": [nested(60)]}, {"criteria": 1}):
        with pytest.raises(rm.errors.MatchingFileError, match=r"policy\."):
            rm.Matching.from_data(data | {"policy": data["policy"] | change})
    for wrong in ([], None, {}, {"schema_version": []}):
        with pytest.raises(rm.errors.MatchingFileError):
            rm.Matching.from_data(wrong)


def test_secret_keys_and_control_characters_are_not_repeated() -> None:
    secret = "password\x1b]0;x\x07\u202e\n" + "s3cr3t" * 20
    for data in ({secret: 1}, gap(**{secret: 1}), {"rotation": {secret: 1}}, {"synonyms": {secret: 1}}):
        with pytest.raises(rm.errors.PolicyError) as caught:
            rm.Policy.from_data(data)
        told = str(caught.value)
        assert told.isprintable()
        assert told.count("s3cr3t") < 6
        assert "password[U+001B]" in told
    for name in (secret, "a\x1b[31mred"):
        twice = gap(name=name)["criteria"] * 2
        with pytest.raises(rm.errors.PolicyError) as caught:
            rm.Policy.from_data({"criteria": twice})
        assert str(caught.value).isprintable()
