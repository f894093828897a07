"""What a review says beforehand is what a rotation does, and a rotation keeps to what was decided."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest

import reverse_match as rm

MAY, LAST = date(2027, 5, 10), date(2027, 5, 11)
DECISIONS = ("keep", "change", "end", "talk first")


def people(chance: random.Random) -> list[dict[str, Any]]:
    """Return some people who may be both, busy or led by each other, with a skill or two each."""
    skills = ["Python", "Excel", "Video"]
    made = []
    for number in range(chance.randint(5, 9)):
        role = ("mentor", "mentee", chance.choice(["mentor", "mentee", "mentee", "both"]))[min(number, 2)]
        one: dict[str, Any] = {"id": f"p{number}", "role": role, "capacity": chance.choice([1, 1, 1, 2])}
        if role != "mentee":
            one["offers"] = ";".join(chance.sample(skills, 2))
        if role != "mentor":
            one["seeks"] = ";".join(chance.sample(skills, chance.choice([1, 2])))
        made.append(one)
    return made


def later(listed: list[dict[str, Any]], chance: random.Random) -> list[dict[str, Any]]:
    """Return the people some months later: some left, some have no time, some have a new manager."""
    now = []
    for one in listed:
        fate = chance.random()
        if fate < 0.08:
            continue
        changed = dict(one)
        if fate < 0.16:
            changed["capacity"] = 0
        elif fate < 0.3:
            changed["manager_id"] = "p0" if one["id"] != "p0" else None
        elif fate < 0.36:
            changed["capacity"] = 1
        now.append(changed)
    return now


def said_about(matching: rm.Matching, chance: random.Random) -> rm.Feedback:
    """Return answers in which most ask to continue, and some learn what they sought."""
    answers = []
    for duo in matching.duos:
        for by in ("mentor", "mentee"):
            if chance.random() < 0.15:
                continue
            wish = chance.choice(["continue"] * 6 + ["change", "stop", ""])
            answer = {"mentor": duo.mentor, "mentee": duo.mentee, "on": MAY, "by": by, "wish": wish or None}
            answer["satisfaction"] = chance.choice([None, None, 4, 2])
            if by == "mentee" and chance.random() < 0.2:
                answer |= {"acquired": "Python;Excel", "objective": "yes"}
            answers.append(answer)
    return rm.Feedback.from_records(answers)


def policy(chance: random.Random, matching: rm.Matching | None) -> rm.Policy:
    rules: list[dict[str, Any]] = [{"kind": "not_in_reporting_line"}]
    if chance.random() < 0.5:
        rules.append({"kind": "teaches", "at_least": 1})
    if matching is not None and matching.duos and chance.random() < 0.3:
        duo = chance.choice(matching.duos)
        rules.append({"kind": "fix", "pairs": [[duo.mentor, duo.mentee]]})
    rotation = {"charge": chance.choice([0, 0.1, 1]), "keep_wanted": chance.random() < 0.85}
    return rm.Policy.model_validate(
        {"rules": rules, "rotation": rotation, "objective": chance.choice(["coverage", "total"])}
    )


def decided_on(matching: rm.Matching, chance: random.Random) -> rm.Decisions | None:
    listed = [
        {"mentor": duo.mentor, "mentee": duo.mentee, "decision": chance.choice(DECISIONS)}
        for duo in matching.duos
        if chance.random() < 0.4
    ]
    return rm.Decisions.from_records(listed) if listed and chance.random() < 0.6 else None


def key(duo: Any, *, turned: bool) -> tuple[str, str]:
    return (duo.mentee, duo.mentor) if turned else (duo.mentor, duo.mentee)


SEEDS = [*range(30), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(30, 400))]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_review_says_what_a_rotation_does(seed: int) -> None:
    chance = random.Random(seed)
    listed = people(chance)
    first = rm.match(rm.Cohort.from_records(listed), policy(chance, None))
    still = later(listed, chance)
    if not all({side, "both"} & {one["role"] for one in still} for side in ("mentor", "mentee")):
        return
    now, terms = rm.Cohort.from_records(still), policy(chance, first)
    asked: dict[str, Any] = {
        "on": LAST,
        "feedback": said_about(first, chance),
        "decisions": decided_on(first, chance),
        "reciprocal": chance.random() < 0.3,
    }
    try:
        told = rm.review(first, now, terms, **asked)
    except (rm.errors.CohortError, rm.errors.PolicyError):  # as a rotation refuses these people
        with pytest.raises((rm.errors.CohortError, rm.errors.PolicyError, rm.errors.DecisionError)):
            rm.rotate(first, now, terms, **asked)
        return
    impossible = [one for one in told if _contradicts(one)]
    if impossible:
        with pytest.raises(rm.errors.DecisionError) as refused:
            rm.rotate(first, now, terms, **asked)
        assert len(refused.value.faults) == len(impossible)
        return
    try:
        second = rm.rotate(first, now, terms, **asked)
    except rm.errors.PolicyError:
        assert asked["reciprocal"]  # the policy fixes a duo in roles that its people do not have any more
        return
    except rm.InfeasibleError:
        assert asked["decisions"] is not None or any(rule.kind == "fix" for rule in terms.rules)
        return
    rm.verify(second, second.people, terms)
    _agrees(told, second, turned=asked["reciprocal"])


def _agrees(told: tuple[rm.results.Proposal, ...], second: rm.Matching, *, turned: bool) -> None:
    """Check that everything happened that was told."""
    there = {(duo.mentor, duo.mentee) for duo in second.duos}
    fates = {(one.mentor, one.mentee): one for one in second.changes if one.kind in ("kept", "ended")}
    for one in told:
        assert one.outlook is not None
        mine = {key(one, turned=turned), *([key(one, turned=False)] if one.outlook.reason == "fixed" else [])}
        stays = bool(mine & there)
        if one.outlook.outcome != "may continue":
            assert stays == (one.outlook.outcome == "continues")
        elif not stays:
            assert fates[one.mentor, one.mentee].reason == "better_otherwise"
        if one.decision == "end":
            assert not {key(one, turned=True), key(one, turned=False)} & there
        if one.decision in ("keep", "change"):
            assert stays == (one.decision == "keep")


def _contradicts(one: rm.results.Proposal) -> bool:
    assert one.outlook is not None
    if one.decision == "keep":
        return one.outlook.outcome == "ends"
    return one.decision in ("change", "end") and one.outlook.reason == "fixed"


def pair_of_duos(**more: Any) -> tuple[rm.Cohort, rm.Matching]:
    listed = [
        {"id": "lea", "role": "mentor", "offers": "Python", **more},
        {"id": "tom", "role": "mentor", "offers": "Excel"},
        {"id": "ada", "role": "mentee", "seeks": "Python"},
        {"id": "eva", "role": "mentee", "seeks": "Excel"},
    ]
    cohort = rm.Cohort.from_records(listed)
    return cohort, rm.match(cohort)


def wishes(*said: tuple[str, str, str, str]) -> rm.Feedback:
    return rm.Feedback.from_records(
        {"mentor": mentor, "mentee": mentee, "on": MAY, "by": by, "wish": wish}
        for mentor, mentee, by, wish in said
    )


def test_who_did_not_ask_is_named_in_the_review_and_in_the_rotation() -> None:
    cohort, first = pair_of_duos()
    feedback = wishes(("lea", "ada", "mentor", "continue"), ("tom", "eva", "mentor", "continue"))
    told = rm.review(first, cohort, feedback=feedback)[0]
    assert told.sentences("en")[-1] == (
        "Rotation ends it all the same: 'ada' did not ask to continue, and only duos in which both people do "
        "may continue."
    )
    assert told.sentences("fr")[-1].startswith(
        "La rotation y mettra fin malgré tout\u202f: «\xa0ada\xa0» n’a pas demandé à continuer"
    )
    second = rm.rotate(first, cohort, on=LAST, feedback=feedback)
    ended = next(one for one in second.changes if one.mentor == "lea" and one.kind == "ended")
    assert (ended.reason, ended.who) == ("rotates", ("ada",))
    assert ended.why("en") == "end of the round; 'ada' did not ask to continue"


def test_a_record_of_before_names_nobody_and_still_reads() -> None:
    old = rm.results.Change(kind="ended", mentor="lea", mentee="ada", reason="rotates")
    assert old.why("en") == "end of the round; at least one did not ask to continue"
    assert "au moins une" in old.why("fr")


def test_a_decision_to_keep_is_stronger_than_the_answers_and_is_in_the_record() -> None:
    cohort, first = pair_of_duos()
    feedback = wishes(("lea", "ada", "mentee", "change"))
    decisions = rm.Decisions.from_records([{"mentor": "lea", "mentee": "ada", "decision": "garder"}])
    second = rm.rotate(first, cohort, on=LAST, feedback=feedback, decisions=decisions)
    kept = second.changes[0]
    assert (kept.kind, kept.mentor, kept.reason) == ("kept", "lea", "decided")
    assert second.rotation is not None
    assert second.rotation.decisions == decisions.records
    assert second.rotation.fixed == (("lea", "ada"),)
    rm.verify(second, cohort, first.policy)
    amended = rm.amend(second, cohort, forbid=[("tom", "ada")])
    assert ("lea", "ada") in {(duo.mentor, duo.mentee) for duo in amended.duos}
    rm.verify(amended, cohort)
    third = rm.rotate(second, cohort, on="2027-09-01")  # kept for its round alone
    assert ("lea", "ada") not in {(duo.mentor, duo.mentee) for duo in third.duos}


def test_two_who_are_parted_by_decision_stay_apart_until_somebody_allows_it() -> None:
    cohort, first = pair_of_duos()
    terms = rm.Policy(rotation={"again_after_months": 1})
    decisions = rm.Decisions.from_records([{"mentor": "lea", "mentee": "ada", "decision": "end"}])
    second = rm.rotate(first, cohort, terms, on=LAST, decisions=decisions)
    third = rm.rotate(second, cohort, terms, on="2027-09-01")
    assert third.rotation is not None
    assert third.rotation.forbidden == (("lea", "ada"),)
    assert ("lea", "ada") not in {(duo.mentor, duo.mentee) for duo in third.duos}
    rm.verify(third, cohort, terms)


def test_duos_that_cannot_all_be_kept_are_a_conflict() -> None:
    listed = [
        {"id": "lea", "role": "mentor", "capacity": 2},
        {"id": "ada", "role": "mentee"},
        {"id": "eva", "role": "mentee"},
    ]
    first = rm.match(rm.Cohort.from_records(listed))
    listed[0]["capacity"] = 1
    decisions = rm.Decisions.from_records(
        {"mentor": "lea", "mentee": name, "decision": "keep"} for name in ("ada", "eva")
    )
    with pytest.raises(rm.InfeasibleError, match="lea"):
        rm.rotate(first, rm.Cohort.from_records(listed), on=LAST, decisions=decisions)


def test_a_record_that_was_edited_is_found() -> None:
    cohort, first = pair_of_duos()
    decisions = rm.Decisions.from_records(
        [
            {"mentor": "lea", "mentee": "ada", "decision": "keep"},
            {"mentor": "tom", "mentee": "eva", "decision": "change"},
        ]
    )
    second = rm.rotate(first, cohort, on=LAST, decisions=decisions)
    assert second.rotation is not None
    rm.verify(second, cohort)
    keep, change = second.rotation.decisions
    for forged in (
        {"decisions": (change,)},
        {"decisions": (keep, change.model_copy(update={"decision": "end"}))},
        {"decisions": (keep, change.model_copy(update={"mentee": "ada"}))},
        {"fixed": ()},
        {"decisions": (keep.model_copy(update={"decision": "change"}), change)},
    ):
        wrong = second.model_copy(update={"rotation": second.rotation.model_copy(update=forged)})
        with pytest.raises(rm.VerificationError) as found:
            rm.verify(wrong, cohort)
        assert any("decided" in one.message or "decision" in one.message for one in found.value.findings)


def test_all_faults_of_a_file_of_decisions_come_at_once(tmp_path: Any) -> None:
    file = tmp_path / "decisions.csv"
    file.write_text(
        "Mentor;Mentoré(e);Décision\nlea;ada;peut-être\ntom;eva;garder\ntom;eva;terminer\n;eva;garder\n",
        "utf-8",
    )
    with pytest.raises(rm.errors.DecisionError) as caught:
        rm.read_decisions(file)
    assert [(one.row, one.column, one.code) for one in caught.value.faults] == [
        (2, "Décision", "unknown-value"),
        (4, "Décision", "decided-twice"),
        (5, "Mentor", "missing"),
    ]
    assert "peut-être" not in str(caught.value)


def test_a_decision_on_no_duo_names_row_and_heading(tmp_path: Any) -> None:
    cohort, first = pair_of_duos()
    file = tmp_path / "decisions.csv"
    file.write_text("Id mentor,mentee,decision\nlae,ada,keep\nlea,eva,keep\nada,lea,end\n", "utf-8")
    with pytest.raises(rm.errors.DecisionError) as caught:
        rm.rotate(first, cohort, on=LAST, decisions=rm.read_decisions(file))
    assert [(one.row, one.column) for one in caught.value.faults] == [
        (2, "Id mentor"),
        (3, None),
        (4, None),
    ]
    assert "did you mean 'lea'?" in caught.value.faults[0].message
