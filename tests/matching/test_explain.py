"""Every answer is what a new match with one more rule gives, and what trying all choices gives."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_match import cases, millionths, realistic

import reverse_match as rm
from oracle import best_choice, default_scores
from reverse_match.constraints.lacking import MarkTable
from reverse_match.solver.tuning import Tuning


@st.composite
def cases_with_fixed_duos(draw: st.DrawFn) -> tuple[rm.Cohort, rm.Policy, list[dict[str, Any]], Any]:
    """Draw people and a policy that may fix a duo which the other rules allow."""
    records, policy, allowed = draw(cases())
    cohort = rm.Cohort.from_records(records)
    capacity = {record["id"]: record["capacity"] for record in records}
    possible = [pair for pair in allowed if capacity[pair[0]] and capacity[pair[1]]]
    if possible and draw(st.booleans()):
        fix = {"kind": "fix", "pairs": [draw(st.sampled_from(possible))]}
        policy = rm.Policy(rules=[*policy.rules, fix], seed=policy.seed)
    return cohort, policy, records, allowed


def with_rule(policy: rm.Policy, kind: str, *pairs: tuple[str, str], unfixed: set[str] = frozenset()) -> Any:
    """Return a policy with one more rule; duos of the unfixed two are fixed no more."""
    rules = [rule.model_dump(mode="json") for rule in policy.rules]
    for rule in rules:
        if rule["kind"] == "fix":
            rule["pairs"] = [pair for pair in rule["pairs"] if set(pair) != unfixed]
    return rm.Policy(rules=[*rules, {"kind": kind, "pairs": pairs}], seed=policy.seed)


def duos(matching: rm.Matching) -> dict[tuple[str, str], int]:
    return {(duo.mentor, duo.mentee): millionths(duo.score) for duo in matching.duos}


def differences(before: rm.Matching, after: rm.Matching) -> Any:
    then, now = duos(before), duos(after)
    return (
        sorted((*pair, score) for pair, score in then.items() if pair not in now),
        sorted((*pair, score) for pair, score in now.items() if pair not in then),
        sum(then.values()) - sum(now.values()),
        len(then) - len(now),
    )


def told(changes: Any, cost: float, lost: int) -> Any:
    listed = [
        [(duo.mentor, duo.mentee, millionths(duo.score)) for duo in part]
        for part in (changes.ended, changes.new)
    ]
    return (*listed, millionths(cost), lost)


@settings(max_examples=settings.default.max_examples * 2 // 3)
@given(cases_with_fixed_duos(), st.data())
def test_an_explanation_is_what_a_new_match_gives(case: Any, data: st.DataObject) -> None:
    cohort, policy, records, allowed = case
    matching = rm.match(cohort, policy)
    mentor = data.draw(st.sampled_from([person.id for person in cohort.mentors]))
    mentee = data.draw(st.sampled_from([person.id for person in cohort.mentees]))
    answer = matching.explain(mentor, mentee)
    pair = mentor, mentee
    assert answer.matched == (pair in duos(matching))
    if mentor != mentee:
        assert millionths(answer.score) == default_scores(records)[pair]
    assert sum(answer.contributions.values()) == answer.score
    assert [other.id for other in answer.mentor_partners] == sorted(
        b for a, b in duos(matching) if a == mentor
    )
    assert [other.id for other in answer.mentee_partners] == sorted(
        a for a, b in duos(matching) if b == mentee
    )
    capacity = {record["id"]: record["capacity"] for record in records}
    if answer.matched:
        asked = with_rule(policy, "forbid", pair, unfixed={mentor, mentee})
        assert answer.cost_of_forcing == 0
        assert answer.waiver == answer.fixed
        expected = differences(matching, rm.match(cohort, asked))
        assert told(answer.changes, answer.cost_of_forbidding, answer.duos_lost) == expected
        return
    assert answer.cost_of_forbidding is None
    is_allowed = pair in allowed and capacity[mentor] > 0 and capacity[mentee] > 0
    assert (set(answer.blocked_by) <= {"fix"}) == is_allowed
    assert (answer.cost_of_forcing is None) == (
        mentor == mentee or min(capacity[mentor], capacity[mentee]) == 0 or "fix" in answer.blocked_by
    )
    if is_allowed and answer.cost_of_forcing is None:
        with pytest.raises(rm.InfeasibleError, match=r"fixed duo.* and capacity"):
            rm.match(cohort, with_rule(policy, "fix", pair))
    elif is_allowed:
        expected = differences(matching, rm.match(cohort, with_rule(policy, "fix", pair)))
        assert told(answer.changes, answer.cost_of_forcing, answer.duos_lost) == expected


@settings(max_examples=settings.default.max_examples * 2 // 3)
@given(cases(), st.data())
def test_a_waiver_costs_what_trying_all_choices_says(case: Any, data: st.DataObject) -> None:
    records, policy, allowed = case
    capacity = {record["id"]: record["capacity"] for record in records}
    blocked = [
        pair
        for pair in default_scores(records)
        if pair not in allowed and capacity[pair[0]] and capacity[pair[1]]
    ]
    if not blocked:
        return
    mentor, mentee = data.draw(st.sampled_from(blocked))
    # Nothing is asked as far as possible: all choices are tried for the highest total alone.
    policy = rm.Policy.from_data({**policy.model_dump(mode="json"), "as_far_as_possible": None})
    matching = rm.match(rm.Cohort.from_records(records), policy)
    answer = matching.explain(mentor, mentee)
    of_mentors, of_mentees = dict(capacity), dict(capacity)
    of_mentors[mentor] -= 1
    of_mentees[mentee] -= 1
    count, total = best_choice(allowed, of_mentors, of_mentees)
    assert answer.waiver
    assert answer.blocked_by
    assert answer.duos_lost == len(matching.duos) - count - 1
    assert millionths(answer.cost_of_forcing or 0) == (
        millionths(matching.total) - total - default_scores(records)[mentor, mentee]
    )


@settings(max_examples=settings.default.max_examples // 2)
@given(cases_with_fixed_duos(), st.data())
def test_alternatives_are_the_best_of_all_partners(case: Any, data: st.DataObject) -> None:
    cohort, policy, _, _ = case
    matching = rm.match(cohort, policy)
    role = data.draw(st.sampled_from(["mentor", "mentee"]))
    sides = cohort.mentors, cohort.mentees
    mine, theirs = sides if role == "mentor" else sides[::-1]
    person = data.draw(st.sampled_from([one.id for one in mine]))
    now = [pair[1 if role == "mentor" else 0] for pair in duos(matching) if person == pair[role == "mentee"]]
    declined = data.draw(st.sampled_from([None, *now]))
    if declined is not None:
        policy = with_rule(policy, "forbid", (person, declined), unfixed={person, declined})
    expected = {}
    for other in theirs:
        if other.id in now:
            continue
        pair = (person, other.id) if role == "mentor" else (other.id, person)
        try:
            after = rm.match(cohort, with_rule(policy, "fix", pair))
        except rm.InfeasibleError:
            continue
        expected[other.id] = differences(matching, after)
    count = data.draw(st.integers(1, 5))
    found = matching.alternatives(person, count, role, instead_of=declined)
    losses = sorted((lost, cost) for _, _, cost, lost in expected.values())
    assert [(one.duos_lost, millionths(one.cost)) for one in found] == losses[:count]
    assert len({one.partner for one in found}) == len(found)
    for one in found:
        assert told(one.changes, one.cost, one.duos_lost) == expected[one.partner]
        assert sum(one.contributions.values()) == one.score
        assert (one.person, one.role) == (person, role)


@pytest.fixture(scope="module")
def cohort() -> rm.Cohort:
    return rm.Cohort.from_records(realistic(90, seed=4))


@pytest.fixture(scope="module")
def matching(cohort: rm.Cohort) -> rm.Matching:
    return rm.match(cohort)


def test_answers_of_a_middle_cohort_are_exact() -> None:
    """With more pairs than the solver is given at once, so that candidates and repairs have their part."""
    cohort = rm.Cohort.from_records(realistic(600, seed=4))
    assert len(cohort.mentors) * len(cohort.mentees) > Tuning().all_pairs
    matching = rm.match(cohort)
    duo, other = matching.duos[3], matching.duos[8]
    for mentor, mentee in ((duo.mentor, other.mentee), (other.mentor, duo.mentee)):
        answer = matching.explain(mentor, mentee)
        if not answer.blocked_by:
            after = rm.match(cohort, with_rule(matching.policy, "fix", (mentor, mentee)))
            expected = differences(matching, after)
            assert told(answer.changes, answer.cost_of_forcing or 0.0, answer.duos_lost or 0) == expected
    for one in matching.alternatives(duo.mentor, 2, "mentor", instead_of=duo.mentee):
        policy = with_rule(matching.policy, "forbid", (duo.mentor, duo.mentee))
        after = rm.match(cohort, with_rule(policy, "fix", (duo.mentor, one.partner)))
        assert told(one.changes, one.cost, one.duos_lost) == differences(matching, after)


def test_the_order_of_equal_alternatives_is_not_that_of_the_file() -> None:
    people = [{"id": "m", "role": "mentor"}, *({"id": f"e{n}", "role": "mentee"} for n in range(6))]
    orders = set()
    for seed in range(6):
        policy = rm.Policy(seed=seed)
        names = [
            [one.partner for one in rm.match(rm.Cohort.from_records(records), policy).alternatives("m", 5)]
            for records in (people, people[::-1])
        ]
        assert names[0] == names[1]
        assert len(names[0]) == 5
        orders.add(tuple(names[0]))
    assert len(orders) > 1


def test_a_stored_matching_gets_its_people_back(cohort: rm.Cohort, matching: rm.Matching) -> None:
    duo, other = matching.duos[0], matching.duos[1]
    asked = matching.explain(duo.mentor, other.mentee)
    reversed_file = rm.Cohort.from_records(realistic(90, seed=4)[::-1])
    for stranger in (
        rm.Matching.from_json(matching.to_json()),
        pickle.loads(pickle.dumps(matching)),  # noqa: S301
        copy.copy(matching),
        copy.deepcopy(matching),
        matching.model_copy(update={"total": matching.total}),
    ):
        assert stranger == matching
        assert repr(stranger) == repr(matching)
        assert stranger.to_json() == matching.to_json()
        with pytest.raises(rm.errors.UnattachedError, match=r"rm\.attach\(matching, cohort\)"):
            stranger.explain(duo.mentor, other.mentee)
    stored = rm.Matching.from_json(matching.to_json())
    attached = rm.attach(stored, reversed_file)
    assert attached == matching
    assert attached.explain(duo.mentor, other.mentee) == asked
    with pytest.raises(rm.errors.UnattachedError):
        stored.why(duo.mentor)
    assert rm.Explanation.model_validate_json(asked.model_dump_json()) == asked


def test_a_match_is_asked_without_reading_its_people_again(
    cohort: rm.Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first question has the problem of the match, of which no table of all pairs is kept until then."""
    matching = rm.match(cohort)
    kept = matching._answers._prepared  # type: ignore[attr-defined]
    assert kept.table is None
    assert not isinstance(kept.lacking, MarkTable)
    duo, other = matching.duos[0], matching.duos[1]
    expected = rm.attach(rm.Matching.from_json(matching.to_json()), cohort).explain(duo.mentor, other.mentee)

    def prepare(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr("reverse_match.matching.explain.prepare", prepare)
    assert matching.explain(duo.mentor, other.mentee) == expected
    assert matching._answers._prepared is None  # type: ignore[attr-defined]


def test_other_people_are_refused(matching: rm.Matching) -> None:
    with pytest.raises(rm.errors.CohortError, match="these are not the people that were matched"):
        rm.attach(matching, rm.Cohort.from_records(realistic(90, seed=5)))


def test_a_stored_matching_that_is_not_the_best_is_refused(cohort: rm.Cohort, matching: rm.Matching) -> None:
    data = json.loads(matching.to_json())
    del data["duos"][0]
    tampered = rm.attach(rm.Matching.from_json(json.dumps(data)), cohort)
    with pytest.raises(rm.VerificationError, match="is not the one that its policy gives"):
        tampered.why(matching.duos[1].mentor)


def test_a_matching_that_is_not_proved_can_be_asked(cohort: rm.Cohort) -> None:
    """What is lost is counted from the duos as they are, which may be fewer or worse than the best."""
    matching = rm.match(cohort)
    data = json.loads(matching.to_json())
    dropped = data["duos"].pop(0)
    data["total"] = data["certificate"]["total"] = (
        millionths(matching.total) - millionths(dropped["score"])
    ) / 1e6
    data["certificate"]["gap"], data["status"] = 0.1, "feasible"
    asked = rm.attach(rm.Matching.from_json(json.dumps(data)), cohort)
    answer = asked.explain(dropped["mentor"], dropped["mentee"])
    assert not answer.matched
    assert (answer.cost_of_forcing, answer.duos_lost) == (-dropped["score"], -1)
    assert any("would add 1 duo and" in line for line in answer.sentences())


def test_the_answers_of_a_match_do_not_change_when_its_warm_start_goes_on(cohort: rm.Cohort) -> None:
    warm = rm.WarmStart()
    first = rm.match(cohort, warm_start=warm)
    duo, other = first.duos[2], first.duos[5]
    rm.match(cohort, with_rule(first.policy, "forbid", (duo.mentor, duo.mentee)), warm_start=warm)
    assert first.explain(duo.mentor, other.mentee) == rm.match(cohort).explain(duo.mentor, other.mentee)


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda m: m.explain("p100", "p1"), r"nobody in the cohort has the id 'p100'; did you mean 'p10'\?"),
        (lambda m: m.explain("somebody else", "p1"), "has the id 'somebody else'$"),
        (lambda m: m.why("nobody here"), "nobody in the cohort has the id"),
        (lambda m: m.alternatives("p0", role="boss"), "unknown role; right would be mentor or mentee"),
    ],
)
def test_who_is_not_there_is_named_with_the_nearest(matching: rm.Matching, ask: Any, message: str) -> None:
    with pytest.raises(rm.errors.CohortError, match=message):
        ask(matching)


def test_roles_that_somebody_does_not_have_are_refused() -> None:
    people = [{"id": i, "role": r} for i, r in (("m", "mentor"), ("e", "mentee"), ("b", "both"))]
    matching = rm.match(rm.Cohort.from_records(people))
    with pytest.raises(rm.errors.CohortError, match="'e' is no mentor; this person has role mentee"):
        matching.explain("e", "m")
    with pytest.raises(rm.errors.CohortError, match="'b' is both; say role mentor or role mentee"):
        matching.alternatives("b")
    now = next(duo.mentee for duo in matching.duos if duo.mentor == "m")
    other = "b" if now == "e" else "e"
    with pytest.raises(
        rm.errors.CohortError, match=f"'{other}' is no partner of 'm' as mentor; these are: '{now}'"
    ):
        matching.alternatives("m", instead_of=other)
    assert len(matching.why("b")) == 2


def test_who_is_left_out_is_told_why() -> None:
    people = [
        {"id": "m", "role": "mentor"},
        {"id": "e", "role": "mentee"},
        {"id": "f", "role": "mentee"},
        {"id": "away", "role": "mentee", "capacity": 0},
    ]
    matching = rm.match(rm.Cohort.from_records(people))
    left = next(left.id for left in matching.unmatched if left.id != "away")
    (reason,) = matching.why(left)
    assert isinstance(reason, rm.results.LeftOut)
    assert reason.unmatched in matching.unmatched
    assert reason.shortage == matching.shortages[0]
    assert (reason.shortage.people, reason.shortage.partners) == (("e", "f"), ("m",))
    assert (reason.shortage.wanted, reason.shortage.places) == (2, 1)
    (out,) = matching.why("away")
    assert isinstance(out, rm.results.LeftOut)
    assert out.shortage is None
    assert matching.alternatives("away") == []
    (duo,) = matching.why("m")
    assert isinstance(duo, rm.Explanation)
    assert duo.matched
    assert duo.cost_of_forbidding == 0


def both_and_fixed(*more: str, fixed: list[list[str]]) -> rm.Matching:
    people = [{"id": name, "role": "both", "goals": "x"} for name in ("a", "b", *more)]
    return rm.match(rm.Cohort.from_records(people), rm.Policy(rules=[{"kind": "fix", "pairs": fixed}]))


@pytest.mark.parametrize("fixed", [[["b", "a"]], [["b", "a"], ["a", "b"]]])
def test_a_duo_that_is_fixed_the_other_way_round_cannot_be_forbidden(fixed: list[list[str]]) -> None:
    matching = both_and_fixed(fixed=fixed)
    assert {(duo.mentor, duo.mentee) for duo in matching.duos} == {("a", "b"), ("b", "a")}
    answer = matching.explain("a", "b")
    assert (answer.matched, answer.blocked_by) == (True, ("fix",))
    assert (answer.cost_of_forbidding, answer.duos_lost, answer.changes) == (None, None, None)
    assert "This duo cannot be forbidden: the policy fixes these two people in the opposite roles" in str(
        answer
    )
    assert "les deux sens" in "\n".join(answer.sentences("fr"))
    rules = [{"kind": "fix", "pairs": [["b", "a"]]}, {"kind": "forbid", "pairs": [["a", "b"]]}]
    with pytest.raises(rm.InfeasibleError):
        rm.match(matching.people, rm.Policy(rules=rules))


def test_a_fixed_duo_stays_where_the_other_way_round_is_declined() -> None:
    matching = both_and_fixed("c", fixed=[["b", "a"], ["a", "b"]])
    (other,) = matching.alternatives("a", 3, "mentor", instead_of="b")
    assert other.partner == "c"
    assert [(duo.mentor, duo.mentee) for duo in other.changes.ended] == [("a", "b")]
    answer = both_and_fixed("c", fixed=[["b", "a"]]).explain("b", "a")
    assert (answer.fixed, answer.waiver, answer.blocked_by) == (True, True, ())
