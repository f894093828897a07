"""Matchings of 0.1.0, which edited one policy, come apart into what was given and what was added.

The files were written by 0.1.0 after random steps of small programmes (`steps`), with the policy that was given
and the people there were.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import reverse_match as rm
from reverse_match.policy.stored_policies import split_edited_policy

FILES = sorted((Path(__file__).parents[1] / "data" / "edited_policies").glob("*.json"))


def read(file: Path) -> tuple[dict[str, Any], rm.Matching, rm.Cohort]:
    told = json.loads(file.read_text("utf-8"))
    return told, rm.Matching.from_data(told["matching"]), rm.Cohort.from_records(told["people"])


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_it_verifies_and_goes_on(file: Path) -> None:
    _, matching, cohort = read(file)
    rm.verify(matching, cohort)
    amended = rm.amend(matching, cohort, author="ada")
    rm.verify(amended, cohort, matching.policy)
    later = rm.rotate(matching, cohort, on="2030-01-01")
    rm.verify(later, cohort, matching.policy)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_policy_is_the_one_that_was_given_unless_it_was_lost(file: Path) -> None:
    told, matching, _ = read(file)
    given = rm.Policy.model_validate(told["policy"])
    names = [rule.name for rule in matching.policy.rules if hasattr(rule, "name") and rule.name]
    assert not any(name.startswith("rotation: ") for name in names)
    assert "kept duos" not in [quota.name for quota in matching.policy.quotas]
    if not {"leave", "correct"} & set(told["steps"]):
        assert matching.policy == given


def test_what_was_forbidden_by_hand_counts_again_for_who_is_away() -> None:
    """0.1.0 dropped it when somebody left; the log has it still."""
    restored = 0
    for file in FILES:
        told, matching, cohort = read(file)
        if matching.rotation is not None or not told["away"]:
            continue
        apart = {frozenset(pair) for one in matching.log for pair in one.forbidden}
        apart -= {frozenset(pair) for one in matching.log for pair in (*one.fixed, *one.lifted)}
        back = [{"id": name, "role": "both"} for name in told["away"]]
        later = rm.amend(matching, cohort, join=back)
        restored += sum(bool(pair & set(told["away"])) for pair in apart)
        assert not apart & {frozenset((duo.mentor, duo.mentee)) for duo in later.duos}
    assert restored


def test_what_is_no_such_matching_stays_as_it_is() -> None:
    strange: list[dict[str, Any]] = [
        {},
        {"log": [{}]},
        {"log": "no list", "policy": {}},
        {"rotation": {}, "policy": {"rules": [1]}, "duos": []},
        {"log": [{"forbidden": [["a", "b"]]}], "policy": {"rules": []}, "duos": []},
    ]
    for data in strange:
        assert split_edited_policy(data) == data
