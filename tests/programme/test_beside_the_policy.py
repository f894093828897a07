"""A round of a plan follows the policy that was given; what the other rounds rule out stands beside it."""

from __future__ import annotations

import json
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.views.cli.main import app

OTHERS = "other rounds of the plan"
SKILLS = ["a", "b", "c", "d"]


def people(mentors: int = 4, mentees: int = 4, absent: dict[str, str] | None = None) -> rm.Cohort:
    records: list[dict[str, Any]] = [
        {"id": f"m{place}", "role": "mentor", "offers": f"{SKILLS[place % 4]}:4"} for place in range(mentors)
    ]
    records += [
        {"id": f"e{place}", "role": "mentee", "seeks": ";".join(SKILLS[: 1 + place % 4])}
        for place in range(mentees)
    ]
    for record in records:
        record["absent"] = (absent or {}).get(record["id"], "")
    return rm.Cohort.from_records(records)


def pairs(matching: rm.Matching) -> set[tuple[str, str]]:
    return {(duo.mentor, duo.mentee) for duo in matching.duos}


def fixing(*duos: tuple[str, str]) -> rm.Policy:
    return rm.Policy(rules=[{"kind": "fix", "pairs": duos}, {"kind": "forbid", "pairs": [("m3", "e3")]}])


@given(data=st.data())
def test_every_round_verifies_with_the_policy_that_was_given(data: st.DataObject) -> None:
    mentors, mentees, rounds = (data.draw(st.integers(1, most)) for most in (4, 4, 3))
    names = [(f"m{m}", f"e{e}") for m in range(mentors) for e in range(mentees)]
    fixed = data.draw(st.lists(st.sampled_from(names), max_size=2, unique=True))
    forbidden = [
        pair for pair in data.draw(st.lists(st.sampled_from(names), max_size=2)) if pair not in fixed
    ]
    absent = {"m0": "2"} if data.draw(st.booleans()) and not fixed else {}
    rules: list[dict[str, Any]] = [{"kind": "fix", "pairs": fixed}, {"kind": "forbid", "pairs": forbidden}]
    cohort, policy = people(mentors, mentees, absent), rm.Policy(rules=rules)
    try:
        plan = rm.plan_rotations(cohort, policy, rounds=rounds)
    except rm.InfeasibleError:
        return
    rm.verify_plan(plan, cohort, policy)
    for place, matching in enumerate(plan.rounds):
        assert matching.policy == policy
        assert matching.digests.policy == policy.sha256
        rm.verify(matching, cohort, policy)
        rest = [one for number, one in enumerate(plan.rounds) if number != place]
        assert sorted(matching.added.other_rounds) == sorted(chain.from_iterable(map(pairs, rest)))
        fresh = rm.match(cohort, matching.policy_in_force)
        assert (len(fresh.duos), fresh.total) == (len(matching.duos), matching.total)


def test_a_rotation_forgets_what_the_other_rounds_rule_out() -> None:
    cohort, policy = people(), fixing(("m0", "e0"), ("m0", "e1"))
    plan = rm.plan_rotations(cohort, policy, rounds=2)
    second = rm.rotate(plan.rounds[0], cohort, rm.Policy(), on="2027-01-01")
    assert OTHERS not in second.policy_in_force.model_dump_json()
    assert not second.added.other_rounds
    rm.verify(second, cohort, rm.Policy())
    alone = rm.Policy(rules=policy.rules[1:])
    whole = rm.plan_rotations(cohort, alone, rounds=4)
    # 15 pairs are allowed: a rotation that kept the three other rounds would have next to nothing left
    assert len(rm.rotate(whole.rounds[0], cohort, on="2027-01-01").duos) == 4
    for ended in plan.rounds:
        with pytest.raises(rm.errors.PolicyError, match="round of a plan"):
            rm.rotate(ended, cohort, ended.policy_in_force, on="2027-01-01")


def test_an_amended_round_keeps_apart_who_meets_in_another_round_and_who_is_absent() -> None:
    cohort, policy = people(absent={"m3": "1"}), fixing(("m0", "e0"), ("m0", "e1"))
    plan = rm.plan_rotations(cohort, policy, rounds=2)
    first = plan.rounds[0]
    duo = next(duo for duo in first.duos if not duo.fixed)
    amended = rm.amend(first, cohort, policy, forbid=[(duo.mentor, duo.mentee)])
    rm.verify(amended, cohort, policy)
    assert (amended.added.other_rounds, amended.added.absent) == (first.added.other_rounds, ("m3",))
    assert not pairs(amended) & set(amended.added.other_rounds)
    assert "m3" not in {duo.mentor for duo in amended.duos}
    gone = cohort.amended(leave=["e2", "m3"])
    without = rm.amend(amended, cohort, policy, leave=["e2", "m3"])
    rm.verify(without, gone, policy)
    assert {"e2", "m3"} <= set(without.added.away)
    joining = [
        {"id": "e2", "role": "mentee", "seeks": "a;b;c"},
        {"id": "m3", "role": "mentor", "offers": "a"},
    ]
    back = rm.amend(without, gone, join=joining)
    rm.verify(back, gone.amended(join=joining), policy)
    assert not pairs(back) & set(first.added.other_rounds)
    assert "m3" not in {duo.mentor for duo in back.duos}
    elsewhere = next(pair for pair in first.added.other_rounds if not {"m0", "m3", "e0"} & set(pair))
    with pytest.raises(rm.errors.PolicyError, match="another round of the plan"):
        rm.amend(first, cohort, allow=[elsewhere])
    with pytest.raises(rm.InfeasibleError, match=OTHERS):
        rm.amend(first, cohort, fix=[elsewhere])


def as_once_written(plan: rm.RotationPlan) -> dict[str, Any]:
    """Return a plan as it was stored before: each round with a policy of its own."""
    data: dict[str, Any] = json.loads(plan.to_json())
    for one in data["rounds"]:
        added = one.pop("added", {})
        mine = [[duo["mentor"], duo["mentee"]] for duo in one["duos"]]
        rules = one["policy"]["rules"]
        fixed = [pair for rule in rules if rule["kind"] == "fix" for pair in rule["pairs"] if pair in mine]
        rules = [rule for rule in rules if rule["kind"] != "fix"]
        rules += [{"kind": "fix", "pairs": fixed}] if fixed else []
        others, absent = added.pop("other_rounds", []), added.pop("absent", [])
        rules += [{"kind": "forbid", "name": OTHERS, "pairs": others}] if others else []
        if absent:
            never = [
                {"kind": "not", "condition": {"kind": "require", "of": role, "field": "id", "equals": absent}}
                for role in ("mentor", "mentee")
            ]
            rules += [{"kind": "all_of", "name": "absent in this round", "conditions": never}]
        assert not added
        policy = rm.Policy.from_data({**one["policy"], "rules": rules})
        one["policy"] = policy.model_dump(mode="json")
        one["digests"] = {**one["digests"], "policy": policy.sha256}
        one["digests"].pop("changes", None)
    return data


def test_a_plan_with_edited_policies_is_read_as_one_that_follows_the_policy_given() -> None:
    cohort, policy = people(absent={"m3": "1"}), fixing(("m0", "e0"), ("m0", "e1"))
    plan = rm.plan_rotations(cohort, policy, rounds=3)
    data = as_once_written(plan)
    assert json.dumps(data) != plan.to_json()
    again = rm.RotationPlan.from_json(json.dumps(data))
    assert again == plan
    rm.verify_plan(again, cohort, policy)


@pytest.mark.parametrize("forged", ["rule", "digest"])
def test_a_plan_with_policies_edited_otherwise_is_read_and_refused(forged: str) -> None:
    cohort, policy = people(), fixing(("m0", "e0"))
    data = as_once_written(rm.plan_rotations(cohort, policy, rounds=2))
    first = data["rounds"][0]
    if forged == "rule":
        first["policy"]["rules"].insert(0, {"kind": "forbid", "pairs": [["m1", "e1"]]})
        first["digests"]["policy"] = rm.Policy.from_data(first["policy"]).sha256
    else:
        first["digests"]["policy"] = "0" * 64
    again = rm.RotationPlan.from_json(json.dumps(data))
    with pytest.raises(rm.VerificationError, match="policy"):
        rm.verify_plan(again, cohort, policy)


def test_a_stored_round_of_version_1_follows_what_was_given() -> None:
    folder = Path(__file__).parents[1] / "data" / "stored" / "1"
    written = json.loads((folder / "plan.json").read_text("utf-8"))
    cohort = rm.read_cohort(folder / "people.json")
    plan = rm.RotationPlan.from_json(json.dumps(written))
    for number, data in enumerate(written["rounds"]):
        alone = rm.Matching.from_data(data)
        assert alone.policy == plan.policy == plan.rounds[number].policy
        assert alone.added == plan.rounds[number].added
        assert alone.added.other_rounds
        rm.verify(alone, cohort, plan.policy)


def test_what_stands_beside_a_round_is_checked_with_the_plan() -> None:
    cohort = people()
    plan = rm.plan_rotations(cohort, rounds=2)
    one = plan.rounds[0]
    rm.verify_plan(plan, cohort, rm.Policy())
    for update in (
        {"other_rounds": one.added.other_rounds[1:]},
        {"absent": ("m0",)},
        {"rules": ({"kind": "forbid", "name": None, "pairs": [("m0", "e0")]},)},
        {"as_of": "2027-01-01"},
    ):
        added = type(one.added).model_validate({**one.added.model_dump(), **update})
        forged = one.model_copy(update={"added": added}).with_changes()
        with pytest.raises(rm.VerificationError):
            rm.verify_plan(plan.model_copy(update={"rounds": (forged, *plan.rounds[1:])}), cohort)
    turned = one.added.model_copy(update={"other_rounds": one.added.other_rounds[::-1]})
    with pytest.raises(rm.VerificationError, match="other_rounds is not sorted"):
        rm.verify(one.model_copy(update={"added": turned}).with_changes(), cohort)


def test_a_round_verifies_on_the_command_line_and_says_what_it_takes_on_trust(tmp_path: Path) -> None:
    cohort, policy = people(), fixing(("m0", "e0"))
    plan = rm.plan_rotations(cohort, policy, rounds=2)
    records = [one.model_dump(mode="json", exclude_defaults=True) for one in cohort.participants]
    files = {"people.json": json.dumps(records), "round.json": plan.rounds[0].to_json()}
    files["policy.json"] = policy.model_dump_json()
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    round_file, people_file, policy_file = (
        str(tmp_path / f"{name}.json") for name in ("round", "people", "policy")
    )
    asked = ["verify", round_file, people_file, "--policy", policy_file]
    result = CliRunner().invoke(app, asked)
    assert result.exit_code == 0, result.output
    assert "give --policy" not in result.stderr
    assert "leaves out 4 duos of its other rounds" in result.stderr


def test_a_plan_of_nothing_but_a_fixed_duo_has_no_worst_other_one() -> None:
    cohort = people(1, 1, {"e0": "2"})
    policy = rm.Policy(objective="max_min", rules=[{"kind": "fix", "pairs": [("m0", "e0")]}])
    plan = rm.plan_rotations(cohort, policy, rounds=2)
    assert [pairs(one) for one in plan.rounds] == [{("m0", "e0")}, set()]
    rm.verify_plan(plan, cohort, policy)


def test_a_duo_by_hand_does_not_lift_that_somebody_avoids_the_other_even_where_a_hand_forbade_it() -> None:
    records = [
        {"id": "m1", "role": "mentor"},
        {"id": "m2", "role": "mentor"},
        {"id": "e1", "role": "mentee", "avoids": ["m1"]},
        {"id": "e2", "role": "mentee"},
    ]
    cohort = rm.Cohort.from_records(records)
    corrected = rm.amend(rm.match(cohort), cohort, leave=["e1"], join=[{"id": "e1", "role": "mentee"}])
    people = corrected.people
    forbidden = rm.amend(corrected, people, forbid=[("m1", "e1")])
    with pytest.raises(rm.InfeasibleError):
        rm.amend(forbidden, people, fix=[("m1", "e1")])
    allowed = rm.amend(forbidden, people, allow=[("m1", "e1")], fix=[("m1", "e1")])
    assert ("m1", "e1") in {(duo.mentor, duo.mentee) for duo in allowed.duos}
    rm.verify(allowed, people)
