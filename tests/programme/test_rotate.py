"""The passage to the next round: who stays, who comes first, what is said of it, and what is refused."""

from __future__ import annotations

from datetime import date
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reverse_match as rm
from reverse_match.programme.beside_the_policy import FORMER_PARTNERS, without_rotation
from reverse_match.programme.rotate import history_with_round

pytestmark = pytest.mark.usefixtures("nothing_asked")

SPRING, AUTUMN, WINTER = date(2027, 4, 1), date(2027, 9, 1), date(2028, 1, 1)


def cohort(*people: tuple[str, str], **more: dict[str, Any]) -> rm.Cohort:
    """Return people by id and role, each with what else is said."""
    return rm.Cohort.from_records([{"id": name, "role": role, **more.get(name, {})} for name, role in people])


def mentors_and_mentees(mentors: str, mentees: str, **more: dict[str, Any]) -> rm.Cohort:
    return cohort(*((m, "mentor") for m in mentors), *((e, "mentee") for e in mentees), **more)


def answers(*duos: tuple[str, str], on: date = SPRING, **said: Any) -> list[dict[str, Any]]:
    """Return what both of some duos say."""
    return [
        {"mentor": mentor, "mentee": mentee, "on": on, "by": by, **said}
        for mentor, mentee in duos
        for by in ("mentor", "mentee")
    ]


def pairs(matching: rm.Matching) -> list[tuple[str, str]]:
    return [(duo.mentor, duo.mentee) for duo in matching.duos]


def change(matching: rm.Matching, mentor: str | None, mentee: str | None) -> rm.results.Change:
    return next(one for one in matching.changes if (one.mentor, one.mentee) == (mentor, mentee))


def test_two_who_both_want_to_keep_their_duo_keep_it() -> None:
    people = mentors_and_mentees("abc", "xyz")
    first = rm.match(people)
    (mentor, mentee), *others = pairs(first)
    feedback = rm.Feedback.from_records(answers((mentor, mentee), wish="continue", format="shorter"))
    second = rm.rotate(first, people, on=SPRING, feedback=feedback)
    assert (mentor, mentee) in pairs(second)
    kept = change(second, mentor, mentee)
    assert (kept.kind, kept.reason, kept.format, kept.minutes) == ("kept", "both_want_to_keep", "shorter", 20)
    assert second.duos[0].credits == {"rotation: both want to keep it": 0.1}
    assert [change(second, *pair).reason for pair in others] == ["rotates", "rotates"]
    assert [one.kind for one in second.changes] == ["kept", "ended", "ended", "new", "new"]
    rm.verify(second, people, second.policy)


def test_more_duos_come_first_where_the_policy_says_so() -> None:
    people = mentors_and_mentees("ab", "xy")
    first = rm.match(people)
    feedback = rm.Feedback.from_records(answers(pairs(first)[0], wish="continue"))
    second = rm.rotate(first, people, on=SPRING, feedback=feedback)
    assert len(second.duos) == 2  # if one duo stayed, the two others could only meet again
    assert change(second, *pairs(first)[0]).reason == "better_otherwise"
    policy = rm.Policy(objective="total", rotation={"charge": 1})
    second = rm.rotate(first, people, policy, on=SPRING, feedback=feedback)
    assert pairs(second) == pairs(first)[:1]


def test_one_who_does_not_is_enough_to_part() -> None:
    people = mentors_and_mentees("ab", "xy")
    first = rm.match(people)
    said = answers(*pairs(first), wish="continue")
    said[0]["wish"], said[2]["wish"] = "stop", "change"
    second = rm.rotate(first, people, on=SPRING, feedback=rm.Feedback.from_records(said))
    assert not set(pairs(first)) & set(pairs(second))
    assert [change(second, *pair).reason for pair in pairs(first)] == ["asked_to_end", "answers_against"]


def test_a_policy_may_let_nobody_stay() -> None:
    people = mentors_and_mentees("ab", "xy")
    policy = rm.Policy(rotation={"keep_wanted": False})
    first = rm.match(people, policy)
    feedback = rm.Feedback.from_records(answers(*pairs(first), wish="continue"))
    second = rm.rotate(first, people, policy, on=SPRING, feedback=feedback)
    assert not set(pairs(first)) & set(pairs(second))


def test_a_duo_ends_where_the_programme_gains_more_than_the_charge() -> None:
    first = rm.match(mentors_and_mentees("a", "x", a={"offers": "AI:5"}, x={"seeks": "Excel"}))
    now = mentors_and_mentees("a", "xy", a={"offers": "AI:5"}, x={"seeks": "Excel"}, y={"seeks": "AI"})
    feedback = rm.Feedback.from_records(answers(("a", "x"), wish="continue"))
    assert pairs(rm.rotate(first, now, on=SPRING, feedback=feedback)) == [("a", "y")]
    ended = change(rm.rotate(first, now, on=SPRING, feedback=feedback), "a", "x")
    assert ended.reason == "better_otherwise"
    assert "the round is better without it" in str(ended)
    dear = rm.Policy(rotation={"charge": 0.9})
    assert pairs(rm.rotate(first, now, dear, on=SPRING, feedback=feedback)) == [("a", "x")]


def test_a_rule_can_stand_against_a_duo_that_both_want_to_keep() -> None:
    first = rm.match(mentors_and_mentees("a", "x"))
    now = mentors_and_mentees("ab", "xy", a={"manager_id": "x"})
    feedback = rm.Feedback.from_records(answers(("a", "x"), wish="continue"))
    second = rm.rotate(first, now, on=SPRING, feedback=feedback)
    told = change(second, "a", "x")
    assert (told.reason, told.rules) == ("ruled_out", ("not_in_reporting_line",))
    assert "a rule forbids it (reporting line)" in str(told)


def test_who_leaves_joins_or_has_no_place_is_named() -> None:
    first = rm.match(mentors_and_mentees("abc", "xyz"))
    partner = dict(pairs(first))
    gone, out = partner["a"], partner["b"]
    stay = [name for name in "xyz" if name not in (gone, out)]
    now = mentors_and_mentees("abc", [*stay, out, "w"], **{out: {"capacity": 0}})  # type: ignore[arg-type]
    second = rm.rotate(first, now, on=SPRING)
    assert (change(second, "a", gone).reason, change(second, "a", gone).who) == ("person_left", (gone,))
    assert (change(second, "b", out).reason, change(second, "b", out).who) == ("no_place", (out,))
    new = next(one for one in second.changes if one.kind == "new" and one.mentee == "w")
    assert (new.reason, new.who) == ("joined", ("w",))


def test_whoever_had_no_duo_comes_first_and_the_explanation_says_so() -> None:
    best = {"a": {"offers": "AI:5"}, "x": {"seeks": "AI"}, "y": {"seeks": "Excel"}, "z": {"seeks": "Excel"}}
    people = mentors_and_mentees("a", "xyz", **best)
    rounds = [rm.match(people)]
    for day in (SPRING, AUTUMN):
        rounds.append(rm.rotate(rounds[-1], people, on=day))
    assert pairs(rounds[0]) == [("a", "x")]
    assert sorted(pair for one in rounds for pair in pairs(one)) == [("a", "x"), ("a", "y"), ("a", "z")]
    last = rounds[2]
    assert last.duos[0].credits == {"rotation: no duo for 2 rounds": 1.0}
    told = next(one for one in last.changes if one.kind == "new")
    assert (told.reason, told.rounds_without, told.who) == ("left_out_before", 2, (last.duos[0].mentee,))
    assert "rotation: without a duo for 2 rounds" in str(last.explain("a", last.duos[0].mentee))
    waits = {one.mentee: one.rounds_without for one in last.changes if one.kind == "waiting"}
    assert waits == {"x": 1, pairs(rounds[1])[0][1]: 0}
    with_history = rm.rotate(
        rounds[1], people, on=AUTUMN, history=history_with_round(rounds[0], SPRING, rm.History())
    )
    assert with_history.changes == last.changes


@pytest.mark.parametrize("away", ["left", "sat out"])
def test_nobody_loses_their_turn_by_being_away(away: str) -> None:
    people = mentors_and_mentees("a", "xyz")
    first = rm.match(people)
    had = pairs(first)[0][1]
    waited, other = [name for name in "xyz" if name != had]
    if away == "left":
        without = mentors_and_mentees("a", [had, other])  # type: ignore[arg-type]
    else:
        without = mentors_and_mentees("a", "xyz", **{waited: {"capacity": 0}})
    second = rm.rotate(first, without, on=SPRING)
    history = history_with_round(first, SPRING, rm.History())
    third = rm.rotate(second, people, on=AUTUMN, history=history)
    assert pairs(third) == [("a", waited)]
    told = change(third, "a", waited)
    assert (told.reason, told.who, told.rounds_without) == ("left_out_before", (waited,), 1)


def test_a_history_that_begins_late_takes_no_turn_away() -> None:
    people = mentors_and_mentees("a", "wxyz")
    rounds = [rm.match(people)]
    for day in (SPRING, AUTUMN):
        rounds.append(rm.rotate(rounds[-1], people, on=day))
    early = history_with_round(rounds[0], SPRING, rm.History())
    histories = [
        rm.History(),
        rm.History().with_round(rounds[1], until=AUTUMN),
        history_with_round(rounds[1], AUTUMN, early),
    ]
    none, late, whole = (rm.rotate(rounds[2], people, on=WINTER, history=one) for one in histories)
    assert none.to_json() == late.to_json() == whole.to_json()
    assert [credit.points for credit in whole.policy_in_force.credits] == [0.5, 1.0, 1.5]


def test_sitting_out_is_no_waiting() -> None:
    people = mentors_and_mentees("a", "xy", y={"capacity": 0})
    first = rm.match(people)
    second = rm.rotate(first, mentors_and_mentees("ab", "xy"), on=SPRING)
    assert all(not credit.mentees for credit in second.policy_in_force.credits)


@pytest.mark.parametrize("scarce", [1, 2])
def test_ten_rounds_are_shared_out_evenly(scarce: int) -> None:
    names = [f"e{number}" for number in range(10 * scarce)]
    people = rm.Cohort.from_records(
        [{"id": f"m{number}", "role": "mentor", "offers": "AI:5"} for number in range(5)]
        + [
            {"id": name, "role": "mentee", "seeks": "AI" if place < 5 else ""}
            for place, name in enumerate(names)
        ]
    )
    matching, had = rm.match(people), dict.fromkeys(names, 0)
    for day in range(1, 5 * scarce):
        for duo in matching.duos:
            had[duo.mentee] += 1
        matching = rm.rotate(matching, people, on=date(2027 + day, 1, 1))
        assert max(one.rounds_without or 0 for one in matching.changes if one.kind == "waiting") <= 2 * scarce
    assert max(had.values()) - min(had.values()) <= 1


def test_former_partners_meet_again_after_the_months_that_the_policy_says() -> None:
    people = mentors_and_mentees("a", "x")
    policy = rm.Policy(rotation={"again_after_months": 5})
    first = rm.match(people, policy)
    second = rm.rotate(first, people, policy, on=SPRING)
    assert second.duos == ()
    early = rm.rotate(second, people, policy, on="2027-08-31")
    assert early.duos == ()
    third = rm.rotate(second, people, policy, on=AUTUMN)
    assert pairs(third) == [("a", "x")]
    assert rm.rotate(second, people, rm.Policy(), on=AUTUMN).duos == ()


def test_the_matching_remembers_without_a_history() -> None:
    people = mentors_and_mentees("ab", "xy")
    first = rm.match(people)
    second = rm.rotate(first, people, on=SPRING)
    third = rm.rotate(second, people, on=AUTUMN)
    assert third.duos == ()
    assert {one.reason for one in third.changes if one.kind == "waiting"} == {"no_allowed_partner"}


def test_the_policy_before_is_found_again() -> None:
    people = mentors_and_mentees("abc", "xyz")
    policy = rm.Policy(seed=3, quotas=[{"kind": "duos", "at_most": 2}])
    first = rm.match(people, policy)
    second = rm.rotate(first, people, on=SPRING)
    assert second.policy == without_rotation(second.policy_in_force) == policy
    assert rm.rotate(second, people, on=AUTUMN) == rm.rotate(second, people, policy, on=AUTUMN)
    assert rm.rotate(second, people, second.policy, on=AUTUMN) == rm.rotate(second, people, policy, on=AUTUMN)


def test_rules_and_credits_of_ones_own_may_begin_with_the_same_word() -> None:
    people = mentors_and_mentees("abc", "xyz")
    policy = rm.Policy(
        rules=[{"kind": "forbid", "name": "rotation: same desk", "pairs": [["a", "y"], ["a", "z"]]}],
        credits=[{"name": "rotation: newcomers", "points": 0.1, "mentees": ["y"]}],
    )
    first = rm.match(people, policy)
    second = rm.rotate(first, people, policy, on=SPRING)
    assert "a" not in dict(pairs(second))
    assert second.policy == without_rotation(second.policy_in_force) == policy


def test_a_policy_may_name_whoever_left_in_an_earlier_round() -> None:
    people, now = mentors_and_mentees("abc", "xyz"), mentors_and_mentees("abc", "yzw")
    policy = rm.Policy(rules=[{"kind": "forbid", "pairs": [["a", "x"], ["b", "z"]]}])
    first = rm.match(people, policy)
    second = rm.rotate(first, now, policy, on=SPRING)
    for history in (rm.History(), history_with_round(first, SPRING, rm.History())):
        third = rm.rotate(second, now, policy, on=AUTUMN, history=history)
        assert third.policy == policy
        assert (
            third.policy_in_force.rules[0]
            == rm.Policy(rules=[{"kind": "forbid", "pairs": [["b", "z"]]}]).rules[0]
        )
    with pytest.raises(rm.errors.PolicyError, match="nobody in the cohort has this id"):
        rm.rotate(second, now, rm.Policy(rules=[{"kind": "forbid", "pairs": [["a", "q"]]}]), on=AUTUMN)


def test_what_was_forbidden_by_hand_stays_forbidden_and_fixed_duos_do_not_last() -> None:
    people = mentors_and_mentees("abc", "xyz")
    first = rm.match(people)
    apart, forced = pairs(first)[0], ("b", pairs(first)[0][1])
    amended = rm.amend(first, people, forbid=[apart], fix=[forced])
    matching = amended
    for day in (SPRING, AUTUMN, WINTER):
        matching = rm.rotate(matching, people, on=day)
        assert apart not in pairs(matching)
        assert not any(duo.fixed for duo in matching.duos)
        rm.verify(matching, people, matching.policy)


def test_who_was_forbidden_to_each_other_stays_so_after_one_was_away() -> None:
    people = mentors_and_mentees("abc", "xyz")
    first = rm.match(people)
    apart = next((m, e) for m in "abc" for e in "xyz" if (m, e) not in pairs(first))
    matching = rm.amend(first, people, forbid=[apart])
    without = mentors_and_mentees("abc", [*(e for e in "xyz" if e != apart[1]), "w"])  # type: ignore[arg-type]
    for day, here in ((SPRING, without), (AUTUMN, without), (WINTER, people)):
        matching = rm.rotate(matching, here, on=day)
        rm.verify(matching, here, matching.policy)
    assert apart not in pairs(matching)
    assert matching.rotation is not None
    assert matching.rotation.forbidden == (apart,)
    assert {"kind": "forbid", "name": "rotation: forbidden by hand before", "pairs": [list(apart)]} in [
        rule.model_dump(mode="json") for rule in matching.policy_in_force.rules
    ]
    forged = matching.rotation.model_copy(update={"forbidden": tuple(pairs(matching))})
    with pytest.raises(rm.VerificationError, match="somebody has forbidden them to each other"):
        rm.verify(matching.after(forged), people, matching.policy)


def test_a_policy_that_fixes_them_brings_together_who_was_forbidden_by_hand() -> None:
    people = mentors_and_mentees("abc", "xyz")
    first = rm.match(people)
    apart = pairs(first)[0]
    second = rm.rotate(rm.amend(first, people, forbid=[apart]), people, on=SPRING)
    policy = rm.Policy(rules=[{"kind": "fix", "pairs": [apart]}])
    third = rm.rotate(second, people, policy, on=AUTUMN)
    assert apart in pairs(third)
    rm.verify(third, people, third.policy)


def test_what_was_ended_by_hand_counts_as_met() -> None:
    people = mentors_and_mentees("ab", "xy")
    first = rm.match(people)
    other = {"a": "x", "b": "y"} if dict(pairs(first)) != {"a": "x", "b": "y"} else {"a": "y", "b": "x"}
    amended = rm.amend(first, people, fix=[("a", other["a"])])
    assert dict(pairs(amended)) == other
    second = rm.rotate(amended, people, on=SPRING)
    assert second.duos == ()
    assert [one.reason for one in second.changes if one.kind == "ended"].count("by_hand") == 2
    rm.verify(second, people, second.policy)


def test_a_duo_that_the_policy_fixes_goes_on() -> None:
    people = mentors_and_mentees("ab", "xy")
    policy = rm.Policy(rules=[{"kind": "fix", "pairs": [["a", "x"]]}])
    second = rm.rotate(rm.match(people, policy), people, policy, on=SPRING)
    assert pairs(second) == [("a", "x")]
    assert change(second, "a", "x").reason == "fixed"
    assert rm.rotate(second, mentors_and_mentees("bc", "xy"), policy, on=AUTUMN).duos  # who left is not fixed


def test_ages_count_on_the_day_of_each_round() -> None:
    people = rm.Cohort.from_records(
        [
            {"id": "a", "role": "mentor", "birth_date": "2001-06-01"},
            {"id": "b", "role": "mentor"},
            *({"id": name, "role": "mentee", "birth_date": "1971-01-01"} for name in "xyz"),
        ],
        as_of="2027-01-11",
    )
    matching = rm.match(people)
    for day in (SPRING, AUTUMN):
        matching = rm.rotate(matching, people, on=day)
        people = matching.people
        assert matching.as_of == day
        rm.verify(matching, people, matching.policy)


def test_roles_are_swapped_on_request() -> None:
    people = mentors_and_mentees("abc", "xyz")
    first = rm.match(people)
    stay, part, _ = pairs(first)
    feedback = rm.Feedback.from_records(answers(stay, wish="continue"))
    second = rm.rotate(first, people, on=SPRING, feedback=feedback, reciprocal=True)
    assert stay[::-1] in pairs(second)
    assert change(second, *stay[::-1]).kind == "kept"
    assert change(second, *part).kind == "ended"
    assert {person.id for person in second.people.mentors} == set("xyz")
    assert second.rotation is not None
    assert second.rotation.reciprocal
    rm.verify(second, second.people, second.policy)
    third = rm.rotate(second, second.people, on=AUTUMN, reciprocal=True)
    assert third.people == people


BOTH_WAYS = [("a", "b"), ("b", "a")]
SOME_OF_BOTH_WAYS = [[], BOTH_WAYS[:1], BOTH_WAYS[1:], BOTH_WAYS]


@pytest.mark.parametrize("reciprocal", [False, True])
@pytest.mark.parametrize("fixed", SOME_OF_BOTH_WAYS)
def test_of_two_who_teach_each_other_no_duo_ends_that_goes_on(fixed: list[Any], reciprocal: bool) -> None:
    for wanted, charge in product(SOME_OF_BOTH_WAYS, (0, 0.1)):
        people = cohort(("a", "both"), ("b", "both"))
        fix: Any = [{"kind": "fix", "pairs": fixed}] if fixed else []
        policy = rm.Policy(rules=fix, rotation={"charge": charge})
        first = rm.match(people, policy)
        assert pairs(first) == BOTH_WAYS
        feedback = rm.Feedback.from_records(answers(*wanted, wish="continue"))
        second = rm.rotate(first, people, on=SPRING, feedback=feedback, reciprocal=reciprocal)
        staying = {pair[::-1] if reciprocal else pair for pair in wanted} | {*fixed}
        assert {*pairs(second)} == staying
        told = {(one.kind, one.mentor, one.mentee) for one in second.changes if one.kind != "waiting"}
        kept = {("kept", *pair) for pair in staying}
        gone = {("ended", *pair) for pair in BOTH_WAYS if pair not in staying}
        assert kept <= told <= kept | gone
        assert (told == kept | gone) or wanted
        rm.verify(second, second.people, policy)
        rm.verify(rm.rotate(second, second.people, on=AUTUMN), second.people, policy)


def test_a_fixed_duo_goes_on_as_it_is_where_everybody_else_swaps_roles() -> None:
    people = cohort(("a", "both"), ("b", "both"), ("c", "both"))
    first = rm.match(people, rm.Policy(rules=[{"kind": "fix", "pairs": [("a", "b")]}]))
    assert pairs(first) == [("a", "b"), ("b", "c"), ("c", "a")]
    second = rm.rotate(first, people, on=SPRING, reciprocal=True)
    assert (change(second, "a", "b").kind, change(second, "a", "b").reason) == ("kept", "fixed")
    assert [one.kind for one in second.changes].count("kept") == 1
    rm.verify(second, second.people, first.policy)
    assert second.rotation is not None
    kept, *others = second.changes
    told_twice = kept.model_copy(update={"kind": "ended", "reason": "rotates"})
    for changes, message in (
        (tuple(others), "kept and new are not those"),
        ((kept, told_twice, *others), "'a' and 'b' is said to have ended, but is there"),
        ((told_twice, *others[:2], kept.model_copy(update={"kind": "new"}), *others[2:]), "but is there"),
    ):
        rotation = second.rotation.model_copy(update={"changes": changes})
        lie = second.model_copy(update={"rotation": rotation}).with_changes()
        with pytest.raises(rm.VerificationError) as caught:
            rm.verify(lie, second.people, first.policy)
        assert message in str(caught.value.findings[0])


def test_what_was_learned_counts_and_is_told() -> None:
    more = {
        "a": {"offers": "AI:5"},
        "x": {"seeks": "AI:3;Excel"},
        "y": {"seeks": "Excel"},
        "b": {"offers": "Excel:5"},
    }
    people = mentors_and_mentees("ab", "xy", **more)
    first = rm.match(people)
    assert ("a", "x") in pairs(first)
    feedback = rm.Feedback.from_records(answers(("a", "x"), acquired="ai", objective="yes"))
    second = rm.rotate(first, people, on=SPRING, feedback=feedback)
    assert second.people.participants[2].seeks == {"Excel": 2}
    assert second.rotation is not None
    assert [(one.person, one.skill) for one in second.rotation.learned] == [("x", "AI")]
    rm.verify(second, second.people, second.policy)
    third = rm.rotate(second, second.people, on=AUTUMN, feedback=feedback)
    assert third.rotation is not None
    assert third.rotation.learned == ()  # it was said in the round before


def test_what_was_learned_is_found_in_the_feedback_that_was_given() -> None:
    people = mentors_and_mentees("abc", "xyz")
    first = rm.match(people)
    second = rm.rotate(first, people, on=SPRING)
    said = answers(*pairs(first), on=date(2027, 3, 1), acquired="AI")
    said += answers(*pairs(second)[:1], on=date(2027, 6, 1), acquired="Excel")
    feedback = rm.Feedback.from_records(said)
    third = rm.rotate(second, people, on=AUTUMN, feedback=feedback)
    assert third.rotation is not None
    assert [feedback.records[place].acquired for one in third.rotation.learned for place in one.because] == [
        ("Excel",)
    ]


def test_what_is_said_after_a_round_counts_in_the_next_one_alone() -> None:
    people = mentors_and_mentees("ab", "xy", x={"seeks": "AI:3"}, y={"seeks": "AI:3"})
    first = rm.match(people)
    partner = next(mentor for mentor, mentee in pairs(first) if mentee == "x")
    late = rm.Feedback.from_records(answers((partner, "x"), on=date(2027, 4, 2), acquired="AI"))
    second = rm.rotate(first, people, on=SPRING, feedback=late)
    assert second.people == people
    third = rm.rotate(second, second.people, on=AUTUMN, feedback=late)
    assert third.people.participants[2].seeks == {"AI": 2}


def test_rotation_is_not_due_every_day() -> None:
    people = mentors_and_mentees("ab", "xy")
    first = rm.match(people)
    programme = rm.Programme(start="2027-01-31", months=3, rounds=2)
    with pytest.raises(
        rm.errors.RotationError, match=r"on: rotation is due on 2027-04-30, 29 days after 2027-04-01"
    ):
        rm.rotate(first, people, on=SPRING, programme=programme)
    early = rm.rotate(first, people, on=SPRING, programme=programme, early=True)
    assert rm.rotate(first, people, on="2027-04-30", programme=programme).duos == early.duos
    with pytest.raises(
        rm.errors.RotationError, match=r"the programme ends with round 2, and this is round 2"
    ):
        rm.rotate(early, people, on=WINTER, programme=programme)
    with pytest.raises(
        rm.errors.RotationError, match=r"round 2 began on 2027-04-01; right would be a later day"
    ):
        rm.rotate(early, people, on="2027-03-01")


def test_a_history_that_does_not_lead_here_is_refused() -> None:
    people = mentors_and_mentees("abc", "xyz")
    first = rm.match(people)
    other = rm.match(people, rm.Policy(seed=1))
    second = rm.rotate(first, people, on=SPRING)
    wrong = rm.History().with_round(other, until=SPRING)
    with pytest.raises(
        rm.errors.RotationError, match="history: the last of its 1 rounds is not the one before"
    ):
        rm.rotate(second, people, on=AUTUMN, history=wrong)
    right = history_with_round(first, SPRING, rm.History())
    assert rm.rotate(second, people, on=AUTUMN, history=right).duos
    with pytest.raises(rm.errors.HistoryError, match="stands there already"):
        rm.rotate(first, people, on=AUTUMN, history=right)


@pytest.mark.parametrize("rounds", [1, 2])
def test_a_round_that_stands_in_the_history_is_called_so(rounds: int) -> None:
    people = mentors_and_mentees("abc", "xyz")
    matching, history = rm.match(people), rm.History()
    for day in (SPRING, AUTUMN)[:rounds]:
        last, history = matching, history_with_round(matching, day, history)
        matching = rm.rotate(matching, people, on=day)
    programme = rm.Programme(start="2027-01-01", months=3, rounds=2)
    with pytest.raises(
        rm.errors.HistoryError, match=f"stands there already, as round {rounds}; right would be"
    ):
        rm.rotate(last, people, on=WINTER, programme=programme, history=history)


def test_a_round_lasts_a_day_or_more() -> None:
    people = mentors_and_mentees("abc", "xyz")
    first, other = rm.match(people), rm.match(people, rm.Policy(seed=1))
    second = rm.rotate(first, people, on=SPRING)
    with pytest.raises(
        rm.errors.RotationError, match="round 2 began on 2027-04-01; right would be a later day"
    ):
        rm.rotate(second, people, on=SPRING)
    history = history_with_round(first, SPRING, rm.History())
    with pytest.raises(
        rm.errors.RotationError, match="round 2 began on 2027-04-01; right would be a later day"
    ):
        rm.rotate(other, people, on=SPRING, history=history)


def test_who_was_parted_by_hand_early_in_the_round_may_meet_again_after_it() -> None:
    people, policy = mentors_and_mentees("ab", "xy"), rm.Policy(rotation={"again_after_months": 1})
    first = rm.match(people, policy)
    (_, mentee), (mentor, _) = pairs(first)
    amended = rm.amend(first, people, fix=[(mentor, mentee)], on="2027-01-02")
    for reciprocal in (False, True):
        second = rm.rotate(amended, people, policy, on=SPRING, reciprocal=reciprocal)
        turn = -1 if reciprocal else 1
        assert {pair[::turn] for pair in pairs(second)} == set(pairs(first))
        assert [one.kind for one in second.changes] == ["ended", "ended", "new", "new"]
        rm.verify(second, second.people, second.policy)


def test_nobody_was_parted_by_hand_after_the_round() -> None:
    people = mentors_and_mentees("abcd", "wxyz")
    first = rm.match(people)
    amended = rm.amend(first, people, forbid=[pairs(first)[0]], on=AUTUMN)
    second = rm.rotate(amended, people, on=SPRING)
    third = rm.rotate(second, people, on=AUTUMN)
    rm.verify(third, people, third.policy)


def test_other_people_are_refused() -> None:
    first = rm.match(mentors_and_mentees("ab", "xy"))
    with pytest.raises(rm.errors.CohortError, match="other people than those who were matched"):
        rm.rotate(first, mentors_and_mentees("cd", "uv"), on=SPRING)


@pytest.mark.parametrize("day", [None, "tomorrow", ""])
def test_a_day_is_needed(day: Any) -> None:
    people = mentors_and_mentees("a", "x")
    with pytest.raises(rm.errors.PolicyError, match="on: "):
        rm.rotate(rm.match(people), people, on=day)


def test_feedback_about_strangers_is_refused() -> None:
    people = mentors_and_mentees("ab", "xy")
    first = rm.match(people)
    (mentor, mentee), (_, other) = pairs(first)
    assert mentee != other
    with pytest.raises(rm.errors.FeedbackError):
        rm.rotate(first, people, on=SPRING, feedback=rm.Feedback.from_records(answers((mentor, other))))


def test_an_amended_round_keeps_the_record_of_its_rotation() -> None:
    people = mentors_and_mentees("abc", "xyz")
    second = rm.rotate(rm.match(people), people, on=SPRING)
    amended = rm.amend(second, people, forbid=[pairs(second)[0]])
    assert amended.rotation == second.rotation
    rm.verify(amended, people, amended.policy)
    stored = rm.Matching.from_json(amended.to_json())
    assert stored == amended


@pytest.mark.parametrize(
    ("forged", "finding"),
    [
        (lambda one: {"round": 1}, "it is said to lead to round 1"),
        (lambda one: {"on": AUTUMN}, "the policy does not count on the day"),
        (lambda one: {"changes": one.changes[1:]}, "the policy remembers"),
        (lambda one: {"changes": one.changes[:-1]}, "those said to wait|kept and new"),
        (lambda one: {"changes": one.changes[::-1]}, "changes are not sorted"),
        (
            lambda one: {
                "changes": tuple(
                    change.model_copy(update={"score": 0.123456}) if change.kind == "new" else change
                    for change in one.changes
                )
            },
            "is said to score otherwise",
        ),
        (
            lambda one: {
                "changes": tuple(
                    sorted(
                        [
                            change.model_copy(update={"kind": "kept", "reason": "both_want_to_keep"})
                            if change.kind == "new"
                            else change
                            for change in one.changes
                        ],
                        key=lambda change: (
                            ("kept", "ended", "new", "waiting").index(change.kind),
                            change.mentor or "",
                            change.mentee or "",
                        ),
                    )
                )
            },
            "the policy remembers",
        ),
    ],
)
def test_a_forged_record_is_found(forged: Any, finding: str) -> None:
    people = mentors_and_mentees("abc", "xyzw")
    second = rm.rotate(rm.match(people), people, on=SPRING)
    rm.verify(second, people, second.policy)
    assert second.rotation is not None
    changed = second.rotation.model_copy(update=forged(second.rotation))
    with pytest.raises(rm.VerificationError, match=finding):
        rm.verify(second.after(changed), people, second.policy)


@given(data=st.data())
@settings(max_examples=min(40, settings.default.max_examples), deadline=None)
def test_no_other_next_round_on_these_terms_is_better(data: st.DataObject) -> None:
    """Of all matchings of the pairs that may be, the one with the most duos, and then the most points."""
    sizes = data.draw(st.tuples(st.integers(1, 4), st.integers(1, 4)))
    levels = st.dictionaries(st.sampled_from("pq"), st.integers(1, 3), max_size=2)
    more = {
        name: {side: data.draw(levels)}
        for names, side in (("abcd"[: sizes[0]], "offers"), ("wxyz"[: sizes[1]], "seeks"))
        for name in names
    }
    people = mentors_and_mentees("abcd"[: sizes[0]], "wxyz"[: sizes[1]], **more)
    first = rm.match(people)
    wishes = st.sampled_from(["continue", "change", None])
    said = [answer | {"wish": data.draw(wishes)} for answer in answers(*pairs(first))]
    second = rm.rotate(first, people, on=SPRING, feedback=rm.Feedback.from_records(said))
    asked = {
        pair: [one["wish"] for one in said if (one["mentor"], one["mentee"]) == pair] for pair in pairs(first)
    }
    keep = {pair for pair, both in asked.items() if both == ["continue", "continue"]}
    table = rm.score_matrix(people, rm.Policy(as_of=SPRING))
    idle = {left.id for left in first.unmatched}
    worth = {}
    for row, mentor in enumerate(people.mentors):
        for column, mentee in enumerate(people.mentees):
            pair = (mentor.id, mentee.id)
            if pair not in set(pairs(first)) - keep:
                points = round(table[row, column] * 1_000_000)
                worth[pair] = points + 100_000 * (pair in keep) + 500_000 * len(idle & set(pair))
    best = max(
        (len(chosen), sum(worth[pair] for pair in chosen))
        for size in range(5)
        for chosen in combinations(worth, size)
        if len({name for pair in chosen for name in pair}) == 2 * size
    )
    assert (len(second.duos), sum(worth[pair] for pair in pairs(second))) == best
    assert second.certificate.total == pytest.approx(best[1] / 1_000_000, abs=1e-9)


def test_shuffled_people_and_answers_change_nothing() -> None:
    people = rm.read_cohort(rm.demo_path())
    first = rm.match(people)
    said = answers(*pairs(first)[:6], wish="continue") + answers(*pairs(first)[6:9], wish="stop")
    shuffled = rm.Cohort(people.participants[::-1], people.source, people.as_of)
    one = rm.rotate(first, people, on=SPRING, feedback=rm.Feedback.from_records(said))
    other = rm.rotate(first, shuffled, on=SPRING, feedback=rm.Feedback.from_records(said[::-1]))
    assert one.to_json() == other.to_json()
    names = [getattr(rule, "name", None) for rule in one.policy_in_force.rules]
    assert FORMER_PARTNERS in names
