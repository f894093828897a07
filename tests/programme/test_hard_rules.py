"""What is forbidden, fixed, credited or avoided holds for an id until somebody lifts it, whoever is away."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.views.cli.main import app

CASES = Path(__file__).parents[1] / "data" / "hard_rules"
Pair = tuple[str, str]


def pairs(matching: rm.Matching) -> set[Pair]:
    return {(duo.mentor, duo.mentee) for duo in matching.duos}


def run_case(name: str, folder: Path) -> list[Any]:
    """Run what a user types, line by line."""
    shutil.copytree(CASES / name, folder, dirs_exist_ok=True)
    lines = (folder / "cmd.txt").read_text("utf-8").splitlines()
    return [CliRunner().invoke(app, shlex.split(line)[1:]) for line in lines if line.strip()]


def stored(name: str) -> set[Pair]:
    return pairs(rm.Matching.from_json(Path(name).read_bytes()))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_what_the_policy_forbids_holds_after_a_corrected_record(folder: Path) -> None:
    results = run_case("A1", folder)
    assert [result.exit_code for result in results] == [0, 0, 0, 0]
    assert ("m1", "e1") not in stored("b.json")
    assert results[-1].stdout.startswith("Verified: your policy and 1 amendment.\n")


def test_what_was_forbidden_by_hand_holds_after_a_corrected_record(folder: Path) -> None:
    assert [result.exit_code for result in run_case("A2", folder)] == [0, 0, 0]
    assert ("m1", "e1") in stored("a.json")
    assert ("m1", "e1") not in stored("c.json")


def test_a_credit_counts_after_a_corrected_record(folder: Path) -> None:
    assert [result.exit_code for result in run_case("A5", folder)] == [0, 0]
    assert ("m1", "e2") in stored("a.json") & stored("b.json")


def test_a_limit_protects_the_duos_of_who_is_corrected(folder: Path) -> None:
    assert [result.exit_code for result in run_case("A6", folder)] == [0, 0]
    assert stored("b.json") == {("m1", "e1")}


def test_a_fixed_duo_stays_after_a_corrected_record(folder: Path) -> None:
    assert [result.exit_code for result in run_case("A8", folder)] == [0, 0]
    assert ("m1", "e2") in stored("b.json")


def test_the_policy_of_the_programme_verifies_after_an_amendment(folder: Path) -> None:
    results = run_case("A9", folder)
    assert [result.exit_code for result in results] == [0, 0, 0, 0]
    assert results[2].stdout.startswith("Verified.\n")
    assert "note: the policy was taken from the matching" in results[2].stderr
    assert results[3].stdout.startswith("Verified: your policy and 1 amendment by ada.\n")


def person(name: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "role": "mentor" if name.startswith("m") else "mentee", **more}


BEST = {
    "m1": {"offers": "AI:5"},
    "m2": {"offers": "Excel:5"},
    "m3": {"offers": "Go:5"},
    "e1": {"seeks": "AI"},
    "e2": {"seeks": "Excel"},
    "e3": {"seeks": "Go"},
}
"""People of one number would be duos if they were allowed to be."""


def people(*names: str, **more: dict[str, Any]) -> rm.Cohort:
    told = {name: {**BEST.get(name, {}), **more.get(name, {})} for name in names}
    return rm.Cohort.from_records([person(name, **told[name]) for name in names])


FOUR = ("m1", "m2", "e1", "e2")
FORBID = rm.Policy(rules=[{"kind": "forbid", "pairs": [["m1", "e1"]]}])


def checked(matching: rm.Matching, cohort: rm.Cohort, policy: rm.Policy) -> rm.Matching:
    rm.verify(matching, cohort)
    rm.verify(matching, cohort, policy)
    back = rm.Matching.from_json(matching.to_json())
    assert back == matching
    assert back.policy == policy
    return back


@pytest.mark.parametrize("policy", [FORBID, None])
def test_leave_and_return_bring_a_forbidden_pair_not_together(policy: rm.Policy | None) -> None:
    given, cohort = policy or rm.Policy(), people(*FOUR)
    matching = rm.match(cohort, given)
    if policy is None:
        assert ("m1", "e1") in pairs(matching)
        matching = rm.amend(matching, cohort, forbid=[("e1", "m1")], author="ada")
    for asked in ({"leave": ["m1"]}, {"leave": ["e2"]}, {"join": [person("m1", **BEST["m1"])]}):
        matching = rm.amend(matching, cohort, given, **asked)
        cohort = cohort.amended(**asked)
        # as after a command: neither matching nor people remember more than their files
        matching = checked(matching, cohort, given)
        cohort = rm.Cohort(cohort.participants, cohort.source, cohort.as_of)
        assert ("m1", "e1") not in pairs(matching)
    assert "forbid" in rm.attach(matching, cohort).explain("m1", "e1").blocked_by
    assert matching.added.away == ()


def test_who_is_away_is_told_and_fixed_duos_come_back() -> None:
    policy = rm.Policy(rules=[{"kind": "fix", "pairs": [["m1", "e2"]]}])
    cohort = people(*FOUR)
    matching = rm.amend(rm.match(cohort, policy), cohort, policy, fix=[("m2", "e1")], leave=[])
    without = cohort.amended(leave=["e1", "e2"], join=[person("e3")])
    matching = rm.amend(matching, cohort, leave=["e1", "e2"], join=[person("e3")])
    matching = checked(matching, without, policy)
    assert matching.added.away == ("e1", "e2")
    assert not any(duo.fixed for duo in matching.duos)
    back = [person("e1", **BEST["e1"]), person("e2")]
    again = rm.amend(matching, without, join=back)
    assert {(duo.mentor, duo.mentee) for duo in again.duos if duo.fixed} == {("m1", "e2"), ("m2", "e1")}
    checked(again, without.amended(join=back), policy)


def test_a_fixed_duo_that_can_be_no_more_is_an_error() -> None:
    policy = rm.Policy(rules=[{"kind": "fix", "pairs": [["m1", "e2"]]}])
    cohort = people(*FOUR)
    matching = rm.match(cohort, policy)
    with pytest.raises(rm.errors.PolicyError, match="mentor first"):
        rm.amend(matching, cohort, leave=["m1"], join=[{"id": "m1", "role": "mentee"}])
    with pytest.raises(rm.InfeasibleError):
        rm.amend(matching, cohort, leave=["m1"], join=[person("m1", capacity=0)])


@pytest.mark.parametrize("away", ["m1", "e1"])
def test_a_rotation_while_somebody_is_away_forgets_nothing(away: str) -> None:
    policy, cohort = FORBID, people(*FOUR, "m3", "e3")
    matching = rm.match(cohort, policy)
    matching = rm.amend(matching, cohort, policy, forbid=[("m3", "e3")])
    stay = [name for name in (*FOUR, "m3", "e3") if name != away]
    for day in ("2027-01-01", "2027-06-01"):
        matching = checked(rm.rotate(matching, people(*stay), on=day), people(*stay), policy)
        assert away in matching.added.away
    back = rm.rotate(matching, cohort, policy, on="2028-01-01")
    checked(back, cohort, policy)
    assert not pairs(back) & {("m1", "e1"), ("m3", "e3")}
    assert {"forbid"} <= set(back.explain("m1", "e1").blocked_by)


def test_returning_within_a_later_round() -> None:
    policy, cohort = FORBID, people(*FOUR)
    matching = rm.match(cohort, policy)
    without = people("m2", "m3", "e1", "e2")
    matching = rm.rotate(matching, without, on="2027-01-01")
    matching = rm.amend(matching, without, policy, join=[person("m1", **BEST["m1"])])
    checked(matching, without.amended(join=[person("m1", **BEST["m1"])]), policy)
    assert ("m1", "e1") not in pairs(matching)


@pytest.mark.parametrize("who", ["m1", "e1"])
def test_whom_somebody_avoids_holds_though_a_new_record_does_not_say_it(who: str) -> None:
    other = "e1" if who == "m1" else "m1"
    cohort, policy = people(*FOUR, **{who: {"avoids": other}}), rm.Policy()
    matching = rm.match(cohort, policy)
    new = person(who, **BEST[who])
    corrected = rm.amend(matching, cohort, leave=[who], join=[new])
    later = people(*FOUR)
    assert later.sha256 == cohort.amended(leave=[who], join=[new]).sha256
    checked(corrected, later, policy)
    assert ("m1", "e1") not in pairs(corrected)
    assert corrected.log[-1].avoided == ((who, other),)
    assert rm.attach(corrected, later).explain("m1", "e1").blocked_by == ("avoids",)
    gone = rm.amend(corrected, later, leave=[other], join=[person(f"{other[0]}3")])
    without = later.amended(leave=[other], join=[person(f"{other[0]}3")])
    returned = rm.amend(gone, without, join=[person(other, **BEST[other])])
    here = without.amended(join=[person(other, **BEST[other])])
    assert ("m1", "e1") not in pairs(checked(returned, here, policy))
    rotated = rm.rotate(returned, here, on="2027-01-01")
    assert ("m1", "e1") not in pairs(checked(rotated, here, policy))
    lifted = rm.amend(rotated, here, allow=[("m1", "e1")], author="ada")
    assert ("m1", "e1") in pairs(checked(lifted, here, policy))
    assert lifted.log[-1].lifted == ((who, other),)


def test_a_composed_condition_knows_whom_somebody_avoided() -> None:
    """Where the policy speaks of avoiding in a quota, an earlier record counts there, too."""
    quota = {"kind": "count", "of": {"kind": "not", "condition": {"kind": "avoids"}}, "at_least": 1}
    policy = rm.Policy(rules=[], quotas=[quota])
    cohort = people(*FOUR, m2={"avoids": "e2"})
    matching = rm.match(cohort, policy)
    corrected = rm.amend(matching, cohort, leave=["m2"], join=[person("m2", **BEST["m2"])])
    assert ("m2", "e2") in pairs(checked(corrected, people(*FOUR), policy))


def test_allowing_takes_back_what_was_forbidden_by_hand_and_nothing_else() -> None:
    cohort, policy = people(*FOUR), rm.Policy(rules=[{"kind": "forbid", "pairs": [["m2", "e1"]]}])
    first = rm.match(cohort, policy)
    apart = rm.amend(first, cohort, forbid=[("m1", "e1"), ("m2", "e2")])
    free = rm.amend(apart, cohort, allow=[("e1", "m1")], author="ada", reason="they made it up")
    assert free.log[-1].lifted == (("m1", "e1"),)
    assert ("m1", "e1") in pairs(checked(free, cohort, policy))
    assert free.explain("m2", "e2").blocked_by == ("forbid",)
    with pytest.raises(rm.errors.PolicyError, match="only another policy allows"):
        rm.amend(free, cohort, allow=[("m2", "e1")])
    with pytest.raises(rm.errors.PolicyError, match="only another policy allows"):
        rm.amend(free, cohort, allow=[("m1", "e1")])
    with pytest.raises(rm.errors.PolicyError, match="forbidden in the same call"):
        rm.amend(apart, cohort, allow=[("m1", "e1")], forbid=[("m1", "e1")])
    avoiding = people(*FOUR, m1={"avoids": "e1"})
    with pytest.raises(rm.errors.PolicyError, match="right would be a corrected record"):
        rm.amend(rm.match(avoiding), avoiding, allow=[("m1", "e1")])
    new = person("m1", **BEST["m1"])
    made_up = rm.amend(rm.match(avoiding), avoiding, leave=["m1"], join=[new], allow=[("m1", "e1")])
    assert ("m1", "e1") in pairs(checked(made_up, people(*FOUR), rm.Policy()))


def test_allowing_and_asking_for_a_duo_lift_what_an_earlier_round_forbade() -> None:
    cohort, policy = people(*FOUR, "m3", "e3"), rm.Policy()
    first = rm.amend(rm.match(cohort), cohort, forbid=[("m3", "e2"), ("m3", "e1")])
    second = rm.rotate(first, cohort, on="2027-01-01")
    for asked in ({"allow": [("m3", "e2")]}, {"fix": [("m3", "e2")]}):
        lifted = checked(rm.amend(second, cohort, **asked), cohort, policy)  # type: ignore[arg-type]
        assert lifted.log[-1].lifted == (("m3", "e2"),)
        third = checked(rm.rotate(lifted, cohort, on="2027-06-01"), cohort, policy)
        assert third.rotation is not None
        assert third.rotation.forbidden == (("m3", "e1"),)
    fixing = rm.Policy(rules=[{"kind": "fix", "pairs": [["m3", "e1"]]}])
    third = checked(rm.rotate(second, cohort, fixing, on="2027-06-01"), cohort, fixing)
    assert third.rotation is not None
    assert (third.rotation.forbidden, third.rotation.lifted) == ((("m3", "e2"),), (("m3", "e1"),))


@pytest.mark.parametrize("on", [None, "2026-12-01", "2027-01-01"])
def test_a_duo_ended_by_hand_comes_back_where_the_next_policy_fixes_it(on: str | None) -> None:
    cohort = people(*FOUR)
    first = rm.amend(rm.match(cohort), cohort, forbid=[("m1", "e1")], on=on)
    fixing = rm.Policy(rules=[{"kind": "fix", "pairs": [["m1", "e1"]]}])
    second = checked(rm.rotate(first, cohort, fixing, on="2027-01-01"), cohort, fixing)
    told = [(one.kind, one.reason) for one in second.changes if (one.mentor, one.mentee) == ("m1", "e1")]
    assert told == [("ended", "by_hand"), ("new", "fixed")]
    checked(rm.amend(second, cohort, forbid=[("m2", "e1")]), cohort, fixing)
    checked(rm.rotate(second, cohort, on="2027-06-01"), cohort, fixing)


def test_somebody_who_is_away_can_be_forbidden() -> None:
    cohort, policy = people(*FOUR), rm.Policy()
    matching = rm.amend(rm.match(cohort), cohort, leave=["m1"], join=[person("m3")])
    cohort = cohort.amended(leave=["m1"], join=[person("m3")])
    matching = checked(rm.amend(matching, cohort, forbid=[("m1", "e1")]), cohort, policy)
    assert matching.added.away == ("m1",)
    with pytest.raises(rm.errors.PolicyError, match="nobody in the cohort, as amended"):
        rm.amend(matching, cohort, fix=[("m1", "e1")])
    back = [person("m1", **BEST["m1"])]
    assert ("m1", "e1") not in pairs(rm.amend(matching, cohort, join=back))


def test_the_policy_in_force_is_refused_for_the_next_round_where_it_forgets_who_is_away() -> None:
    cohort = people(*FOUR, "m3")
    first = rm.match(cohort, FORBID)
    rm.rotate(first, cohort, first.policy_in_force, on="2027-01-01")
    without = cohort.amended(leave=["m1"])
    amended = rm.amend(first, cohort, leave=["m1"])
    with pytest.raises(rm.errors.PolicyError, match="which says nothing of who was away"):
        rm.rotate(amended, without, amended.policy_in_force, on="2027-01-01")
    second = checked(rm.rotate(amended, without, amended.policy, on="2027-01-01"), without, FORBID)
    back = [person("m1", **BEST["m1"])]
    assert ("m1", "e1") not in pairs(rm.amend(second, without, join=back))


@pytest.mark.parametrize("both_leave", [False, True])
def test_what_is_forbidden_of_who_leaves_in_the_same_amendment_holds_when_they_are_back(
    both_leave: bool,
) -> None:
    cohort, policy = people(*FOUR, "m3", "e3"), rm.Policy()
    leaving = ["m1", "e1"] if both_leave else ["m1"]
    first = rm.match(cohort, policy)
    assert ("m1", "e1") in pairs(first)
    matching = rm.amend(first, cohort, policy, leave=leaving, forbid=[("m1", "e1")], reason="a quarrel")
    without = cohort.amended(leave=leaving)
    checked(matching, without, policy)
    assert matching.log[-1].forbidden == (("m1", "e1"),)
    assert matching.added.away == tuple(sorted(leaving))
    joining = [person(name, **BEST[name]) for name in leaving]
    there = without.amended(join=joining)
    back = checked(rm.amend(matching, without, policy, join=joining), there, policy)
    assert ("m1", "e1") not in pairs(back)
    rotated = checked(rm.rotate(matching, there, policy, on="2027-01-01"), there, policy)
    assert ("m1", "e1") not in pairs(rotated)
    free = checked(rm.amend(back, there, policy, allow=[("m1", "e1")]), there, policy)
    assert ("m1", "e1") in pairs(free)
    with pytest.raises(rm.errors.PolicyError, match="they are away"):
        rm.amend(first, cohort, policy, leave=leaving, fix=[("m1", "e1")])


def test_what_was_forbidden_is_allowed_in_the_amendment_in_which_somebody_leaves() -> None:
    cohort, policy = people(*FOUR, "m3"), rm.Policy()
    apart = rm.amend(rm.match(cohort), cohort, policy, forbid=[("m1", "e1")])
    without = cohort.amended(leave=["m1"])
    lifted = rm.amend(apart, cohort, policy, leave=["m1"], allow=[("m1", "e1")])
    checked(lifted, without, policy)
    assert lifted.log[-1].lifted == (("m1", "e1"),)
    joining = [person("m1", **BEST["m1"])]
    back = checked(rm.amend(lifted, without, policy, join=joining), without.amended(join=joining), policy)
    assert ("m1", "e1") in pairs(back)


def test_a_name_that_nobody_knows_is_still_a_fault() -> None:
    cohort = people(*FOUR)
    typo = rm.Policy(rules=[{"kind": "forbid", "pairs": [["m1", "e9"]]}])
    with pytest.raises(rm.errors.PolicyError, match="nobody in the cohort has this id"):
        rm.match(cohort, typo)
    with pytest.raises(rm.errors.PolicyError, match="nobody in the cohort has this id"):
        rm.match(cohort.amended(leave=["e2"], join=[person("e3")]), typo)
    with pytest.raises(rm.errors.PolicyError, match="nobody in the cohort has this id"):
        rm.rotate(rm.match(cohort), cohort, typo, on="2027-01-01")
    with pytest.raises(rm.errors.PolicyError, match="nobody in the cohort has this id"):
        rm.Study(cohort, rm.Policy()).scenario("typo", rules=typo.rules, without=["e2"])


def test_a_study_gives_what_a_fresh_match_does() -> None:
    cohort = people(*FOUR)
    study = rm.Study(cohort, FORBID)
    new = person("m1", **BEST["m1"], capacity=2)
    for asked in (
        {"without": ["m1"], "join": [new]},
        {"without": ["e1"], "join": [person("e3")]},
        {"without": ["m1"], "join": [new], "capacities": {"m1": 1}},
    ):
        scenario = study.scenario(str(asked), **asked)  # type: ignore[arg-type]
        assert ("m1", "e1") not in pairs(scenario.matching)
        assert scenario.policy == FORBID
        assert scenario.matching == rm.match(scenario.cohort, FORBID)
        checked(scenario.matching, rm.Cohort.from_records(
            [one.model_dump(mode="json") for one in scenario.cohort.participants]
        ), FORBID)  # fmt: skip
    away = study.scenario("away", without=["m1"], join=[person("m3")])
    assert away.matching.added.away == ("m1",)
    back = rm.amend(away.matching, away.cohort, join=[new])
    assert ("m1", "e1") not in pairs(back)


def test_a_duo_that_a_new_record_rules_out_had_to_end() -> None:
    cohort, policy = people(*FOUR), rm.Policy()
    matching = rm.match(cohort)
    assert pairs(matching) == {("m1", "e1"), ("m2", "e2")}
    for record in (
        person("m1", avoids="e1"),
        person("m1", manager_id="e1"),
        person("m1", capacity=0),
        {"id": "m1", "role": "mentee"},
    ):
        asked: dict[str, Any] = {"leave": ["m1"], "join": [record, person("m3")]}
        amended = rm.amend(matching, cohort, **asked, at_most_changes=0)
        checked(amended, cohort.amended(**asked), policy)
        assert amended.log[-1].changes == 0
        assert ("m1", "e1") not in pairs(amended)
        assert ("m2", "e2") in pairs(amended)


def test_what_a_rotation_says_of_a_role_ends_with_the_role() -> None:
    """Who waited as a mentor, and is a mentee by a new record, has no credit as a mentor."""
    cohort, policy = people("m1", "m2", "m3", "e1"), rm.Policy()
    second = rm.rotate(rm.match(cohort), cohort, on="2027-01-01")
    waited = next(credit for credit in second.added.credits if credit.mentors).mentors[0]
    asked = {"leave": [waited], "join": [{"id": waited, "role": "mentee"}]}
    amended = rm.amend(second, cohort, **asked)  # type: ignore[arg-type]
    checked(amended, cohort.amended(**asked), policy)  # type: ignore[arg-type]


def test_another_policy_than_then_is_an_error() -> None:
    cohort = people(*FOUR)
    matching = rm.amend(rm.match(cohort, FORBID), cohort, FORBID, leave=["e2"], join=[person("e3")])
    later = cohort.amended(leave=["e2"], join=[person("e3")])
    for other in (rm.Policy(), matching.policy.model_copy(update={"seed": 1})):
        with pytest.raises(rm.errors.PolicyError, match="followed another policy"):
            rm.amend(matching, later, other)
        with pytest.raises(rm.VerificationError, match="followed another policy"):
            rm.verify(matching, later, other)


def test_a_plan_of_who_is_there_leaves_aside_who_has_left() -> None:
    cohort = people(*FOUR, "m3", "e3").amended(leave=["m1"])
    plan = rm.plan_rotations(cohort, FORBID, rounds=2)
    assert plan.policy == FORBID
    rm.verify_plan(plan, people("m2", "e1", "e2", "m3", "e3"), FORBID)


def test_every_step_of_a_programme_verifies_with_its_policy_on_the_command_line(folder: Path) -> None:
    """Also where the day was given on the command line, and no age depends on it."""
    shutil.copytree(CASES / "A1", folder, dirs_exist_ok=True)
    policy = ["--policy", "policy.json"]
    day = ["--months", "1", "--early", "--on"]
    for line in (
        ["match", "people.csv", *policy, "--as-of", "2026-01-01", "--out", "a.json"],
        ["amend", "a.json", "people.csv", *policy, "--leave", "m1", "--author", "ada", "--out", "b.json"],
        ["amend", "a.json", "people.csv", "--leave", "m1", "--out", "b.json", "--people-out", "b.csv"],
        ["verify", "b.json", "b.csv", *policy],
        ["rotate", "b.json", "b.csv", *policy, *day, "2027-01-01", "--out", "c.json"],
        ["verify", "c.json", "b.csv", *policy],
        ["rotate", "c.json", "people.csv", *day, "2027-06-01", "--out", "d.json"],
        ["verify", "d.json", "people.csv", *policy],
        ["amend", "d.json", "people.csv", "--forbid", "m2=e2", "--author", "bob", "--out", "e.json"],
        ["amend", "e.json", "people.csv", *policy, "--allow", "e2=m2", "--author", "ada", "--out", "f.json"],
        ["verify", "f.json", "people.csv", *policy],
    ):
        result = CliRunner().invoke(app, line)
        assert result.exit_code == 0, (line, result.output)
    assert result.stdout.startswith(
        "Verified: your policy, the passage to round 3 and 2 amendments by ada and bob.\n"
    )
    assert ("m1", "e1") not in stored("f.json")


def test_who_is_away_is_noted_on_the_command_line(folder: Path) -> None:
    shutil.copytree(CASES / "A1", folder, dirs_exist_ok=True)
    CliRunner().invoke(app, ["match", "people.csv", "--policy", "policy.json", "--out", "a.json"])
    result = CliRunner().invoke(app, ["amend", "a.json", "people.csv", "--leave", "m1"])
    assert "note: rules or credits name 1 person who is away; they count again" in result.stderr
