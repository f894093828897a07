"""The default policy asks for something to learn; every policy that names its criteria keeps its meaning."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import reverse_match as rm
from reverse_match.foundation.canonical_form import canonical_digest
from reverse_match.policy.policy import default_policy

if TYPE_CHECKING:
    from pathlib import Path

TEACHES = {
    "kind": "teaches", "of": "mentor", "at_least": 1, "at_level": 1, "at_priority": 1, "offered": "offers", "wanted": "seeks",
}  # fmt: skip
DIGEST_BEFORE = "b8e1f42f738fea257810d12be8c000a2621289c7fd28699047826278cf55abd9"
"""Digest of the default policy before it asked for anything."""


def test_the_default_policy_asks_for_something_to_learn() -> None:
    for policy in (rm.Policy(), rm.Policy(seed=3, rules=[]), rm.Policy.from_data({"quotas": []})):
        data = policy.model_dump(mode="json")
        assert data["as_far_as_possible"] == TEACHES
        assert rm.Policy.model_validate(data) == policy
        assert rm.Policy.from_data(json.loads(policy.model_dump_json())).sha256 == policy.sha256


def test_a_default_policy_is_made_without_validating_and_is_like_any_other() -> None:
    quick, usual = default_policy(), rm.Policy()
    assert (quick, quick.sha256) == (usual, canonical_digest(usual))
    assert quick.model_dump_json() == usual.model_dump_json()
    assert (quick.model_fields_set, quick.asks_by_default) == (usual.model_fields_set, usual.asks_by_default)
    assert rm.Policy(language="fr").sha256 == usual.sha256


def test_no_default_policy_shares_a_mapping_with_another() -> None:
    changed = default_policy()
    changed.synonyms["Python"] = ("py",)
    changed.scales["grade"] = ("low", "high")
    assert default_policy() == rm.Policy() != changed
    assert changed.sha256 == canonical_digest(changed) != rm.Policy().sha256
    people = [{"id": "lea", "role": "mentor"}, {"id": "ada", "role": "mentee"}]
    mine = rm.match(rm.Cohort.from_records(people))
    mine.policy.synonyms["Python"] = ("py",)
    assert rm.match(rm.Cohort.from_records(people)).policy == rm.Policy()


def test_a_stored_policy_keeps_its_meaning_and_its_digest() -> None:
    """A stored policy names its criteria, since all are written out."""
    stored = rm.Policy(as_far_as_possible=None).model_dump(mode="json")
    assert "as_far_as_possible" not in stored
    policy = rm.Policy.from_data(stored)
    assert (policy.as_far_as_possible, policy.sha256) == (None, DIGEST_BEFORE)
    assert policy == rm.Policy(as_far_as_possible=None) == rm.Policy(criteria=rm.Policy().criteria)


def test_it_is_turned_off_by_null_and_in_toml_by_false(tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_text("seed = 3\nas_far_as_possible = false\n")
    (tmp_path / "policy.json").write_text('{"seed": 3, "as_far_as_possible": null}')
    found = [rm.Policy.load(tmp_path / name) for name in ("policy.toml", "policy.json")]
    assert found[0] == found[1]
    assert found[0].as_far_as_possible is None


def test_it_costs_no_duo_and_people_without_lists_are_matched_as_before() -> None:
    cohort = rm.read_cohort(rm.demo_path())
    asked, plain = (rm.match(cohort, policy) for policy in (rm.Policy(), rm.Policy(as_far_as_possible=None)))
    assert (len(asked.duos), asked.certificate.lacking) == (len(plain.duos), 1)
    silent = [
        {
            key: value
            for key, value in person.model_dump(mode="json").items()
            if key not in ("offers", "seeks")
        }
        for person in cohort.participants
    ]
    others = rm.Cohort.from_records([{k: v for k, v in one.items() if k != "attributes"} for one in silent])
    asked, plain = (rm.match(others, policy) for policy in (rm.Policy(), rm.Policy(as_far_as_possible=None)))
    assert asked.duos == plain.duos
