"""What a hand forbade in a round stays forbidden in later ones, also where only the history knows of it."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.views.cli.main import app

SKILLS = {"1": "AI", "2": "Excel", "3": "Go"}
AGAIN = rm.Policy(rotation={"again_after_months": 1})
"""Former partners meet again soon, so that nothing but what was forbidden keeps people apart."""
APART = rm.Policy(rules=[{"kind": "fix", "pairs": [("m1", "e2"), ("m2", "e3"), ("m3", "e1")]}])


def record(name: str, **more: Any) -> dict[str, Any]:
    skill = SKILLS[name[1]]
    if name.startswith("m"):
        return {"id": name, "role": "mentor", "offers": f"{skill}:5", **more}
    return {"id": name, "role": "mentee", "seeks": skill, **more}


def people(*names: str) -> rm.Cohort:
    return rm.Cohort.from_records([record(name) for name in names])


ALL = people("m1", "m2", "m3", "e1", "e2", "e3")


def pairs(matching: rm.Matching) -> set[tuple[str, str]]:
    return {(duo.mentor, duo.mentee) for duo in matching.duos}


def checked(matching: rm.Matching, cohort: rm.Cohort = ALL, policy: rm.Policy = AGAIN) -> rm.Matching:
    rm.verify(matching, cohort, policy)
    back = rm.Matching.from_json(matching.to_json())
    assert back == matching
    return back


def stored(history: rm.History) -> rm.History:
    back = rm.History.from_json(history.to_json())
    assert back == history
    return back


def first_round(**asked: Any) -> rm.History:
    """Return a history of one round, in which m1 and e1 were forbidden to each other."""
    matching = rm.amend(rm.match(ALL, AGAIN), ALL, forbid=[("m1", "e1")], reason="a quarrel", **asked)
    return stored(rm.History().with_round(matching, until="2027-01-01"))


def test_a_fresh_matching_with_a_history_forgets_nothing() -> None:
    history = first_round()
    fresh = rm.match(ALL, AGAIN)
    assert ("m1", "e1") in pairs(fresh)
    third = checked(rm.rotate(fresh, ALL, history=history, on="2027-06-01"))
    assert ("m1", "e1") not in pairs(third)
    assert third.rotation is not None
    assert third.rotation.forbidden == (("m1", "e1"),)
    assert [(one.round, one.forbidden) for one in third.rotation.from_history] == [(1, (("m1", "e1"),))]
    assert third.policy == AGAIN
    # without the history nothing says so
    alone = checked(rm.rotate(fresh, ALL, on="2027-06-01"))
    assert alone.rotation is not None
    assert (alone.rotation.forbidden, alone.rotation.from_history) == ((), ())


def test_it_holds_until_somebody_allows_it_and_the_history_knows_that_too() -> None:
    history, fresh = first_round(), rm.match(ALL, AGAIN)
    third = rm.rotate(fresh, ALL, history=history, on="2027-06-01")
    history = stored(history.with_round(fresh, until="2027-06-01"))
    assert history.forbidden == (("m1", "e1"),)
    fourth = checked(rm.rotate(third, ALL, history=history, on="2028-01-01"))
    assert ("m1", "e1") not in pairs(fourth)
    allowed = checked(rm.amend(third, ALL, allow=[("e1", "m1")], author="ada"))
    assert allowed.log[-1].lifted == (("m1", "e1"),)
    after = stored(history.with_round(allowed, until="2028-01-01"))
    assert after.forbidden == ()
    fourth = checked(rm.rotate(rm.match(ALL, APART), ALL, AGAIN, history=after, on="2029-01-01"))
    assert ("m1", "e1") in pairs(fourth)


def test_what_the_policy_fixes_is_lifted_and_said_to_come_from_the_history() -> None:
    fixing = rm.Policy(rules=[{"kind": "fix", "pairs": [("m1", "e1")]}], rotation={"again_after_months": 1})
    history = first_round()
    third = checked(
        rm.rotate(rm.match(ALL, AGAIN), ALL, fixing, history=history, on="2027-06-01"), policy=fixing
    )
    assert ("m1", "e1") in pairs(third)
    assert third.rotation is not None
    assert (third.rotation.lifted, third.rotation.forbidden) == ((("m1", "e1"),), ())
    assert [one.round for one in third.rotation.from_history] == [1]
    history = history.with_round(rm.match(ALL, AGAIN), until="2027-06-01")
    assert history.with_round(third, until="2028-01-01").forbidden == ()


def test_who_was_away_in_between_is_still_kept_apart() -> None:
    history, without = first_round(), people("m2", "m3", "e1", "e2", "e3")
    fresh = rm.match(without, AGAIN)
    third = checked(rm.rotate(fresh, without, history=history, on="2027-06-01"), without)
    assert third.added.away == ("m1",)
    joining = [record("m1")]
    back = checked(rm.amend(third, without, join=joining), without.amended(join=joining))
    assert ("m1", "e1") not in pairs(back)


def test_whom_a_record_avoided_that_is_gone_is_known_from_the_history() -> None:
    policy = rm.Policy(rules=[{"kind": "avoids"}], rotation={"again_after_months": 1})
    records = [record(name) for name in ("m1", "m2", "m3", "e1", "e2", "e3")]
    records[3]["avoids"] = ["m1"]
    cohort = rm.Cohort.from_records(records)
    corrected = [record("e1")]
    matching = rm.amend(rm.match(cohort, policy), cohort, leave=["e1"], join=corrected)
    history = stored(rm.History().with_round(matching, until="2027-01-01"))
    assert history.rounds[0].avoided == (("e1", "m1"),)
    third = checked(rm.rotate(rm.match(ALL, policy), ALL, history=history, on="2027-06-01"), policy=policy)
    assert ("m1", "e1") not in pairs(third)
    assert third.added.avoided == (("e1", "m1"),)
    assert third.rotation is not None
    assert third.rotation.from_history[0].avoided == (("e1", "m1"),)
    allowed = checked(rm.amend(third, ALL, allow=[("m1", "e1")]), policy=policy)
    history = history.with_round(rm.match(ALL, policy), until="2027-06-01")
    history = stored(history.with_round(allowed, until="2028-01-01"))
    last = checked(
        rm.rotate(rm.match(ALL, APART), ALL, policy, history=history, on="2029-01-01"), policy=policy
    )
    assert ("m1", "e1") in pairs(last)


def test_a_matching_that_goes_back_to_the_history_says_itself_what_it_knows() -> None:
    matching = rm.amend(rm.match(ALL, AGAIN), ALL, forbid=[("m1", "e1")])
    second = checked(rm.rotate(matching, ALL, history=rm.History(), on="2027-01-01"))
    history = rm.History().with_round(matching, until="2027-01-01")
    third = checked(rm.rotate(second, ALL, history=history, on="2028-01-01"))
    for one in (second, third):
        assert one.rotation is not None
        assert (one.rotation.forbidden, one.rotation.from_history) == ((("m1", "e1"),), ())


@pytest.mark.parametrize(
    "forged",
    [
        {"from_history": [{"round": 0, "forbidden": [["m1", "e1"]]}]},
        {"from_history": [{"round": 1}]},
        {"from_history": [{"round": 1, "forbidden": [["m2", "e1"]]}]},
        {"from_history": [{"round": 1, "avoided": [["e1", "m1"]]}]},
        {"from_history": [{"round": 2, "forbidden": [["m1", "e1"]]}, {"round": 1, "forbidden": []}]},
        {"from_history": [{"round": number, "forbidden": [["m1", "e1"]]} for number in (1, 2)]},
        {"forbidden": []},
    ],
)
def test_what_is_said_of_the_history_must_fit_the_rotation(forged: dict[str, Any]) -> None:
    third = rm.rotate(rm.match(ALL, AGAIN), ALL, history=first_round(), on="2027-06-01")
    data = json.loads(third.to_json())
    data["rotation"] |= forged
    other = rm.Matching.from_data(data).with_changes()
    with pytest.raises(rm.VerificationError, match=r"history|rotation"):
        rm.verify(other, ALL)


def test_an_entry_without_these_fields_keeps_its_digest() -> None:
    """What a version did not write is not written now: the chain of old files is whole."""
    folder = Path(__file__).parents[1] / "data" / "stored" / "1"
    text = (folder / "history.json").read_text("utf-8")
    history = rm.History.from_json(text)
    written = json.loads(text)["rounds"]
    assert [one.model_dump(mode="json") for one in history.rounds] == written
    assert history.forbidden == ()
    edited = json.loads(text)
    edited["rounds"][0]["forbidden"] = [["m1", "e7"]]
    with pytest.raises(rm.errors.HistoryError, match="round 1 was edited"):
        rm.History.from_json(json.dumps(edited))


def test_the_command_line_says_where_it_comes_from(tmp_path: Path) -> None:
    (tmp_path / "people.json").write_text(
        json.dumps([record(name) for name in ("m1", "m2", "m3", "e1", "e2", "e3")]), "utf-8"
    )
    (tmp_path / "policy.json").write_text(AGAIN.model_dump_json(), "utf-8")
    first_round().save(tmp_path / "history.json")
    (tmp_path / "fresh.json").write_text(rm.match(ALL, AGAIN).to_json(), "utf-8")
    names = {
        name: str(tmp_path / f"{name}.json") for name in ("people", "policy", "history", "fresh", "next")
    }
    asked = ["rotate", names["fresh"], names["people"], "--history", names["history"], "--out", names["next"]]
    result = CliRunner().invoke(app, [*asked, "--on", "2027-06-01", "--early"])
    assert result.exit_code == 0, result.output
    assert "Kept apart since round 1, by the history: 'm1' and 'e1'." in " ".join(result.stdout.split())
    assert rm.History.load(names["history"]).forbidden == (("m1", "e1"),)
    result = CliRunner().invoke(app, ["verify", names["next"], names["people"], "--policy", names["policy"]])
    assert result.exit_code == 0, result.output


DUOS = st.tuples(st.sampled_from(["m1", "m2", "m3"]), st.sampled_from(["e1", "e2", "e3"]))
STEPS = st.lists(st.tuples(st.sampled_from(["forbid", "allow", "fresh", "rotate"]), DUOS), max_size=7)


@given(steps=STEPS)
def test_in_any_order_of_forbidding_allowing_rotating_and_beginning_anew(
    steps: list[tuple[str, tuple[str, str]]],
) -> None:
    """Against a set: what was forbidden and not allowed since is kept apart after each rotation."""
    matching, history, day = rm.match(ALL, AGAIN), rm.History(), date(2027, 1, 1)
    apart: set[tuple[str, str]] = set()
    for what, pair in [*steps, ("rotate", ("m1", "e1"))]:
        try:
            if what == "forbid":
                matching = rm.amend(matching, ALL, forbid=[pair])
                apart.add(pair)
            elif what == "allow":
                matching = rm.amend(matching, ALL, allow=[pair])
                apart.discard(pair)
            else:
                day += timedelta(days=200)
                following = rm.rotate(matching, ALL, history=history, on=day)
                history = stored(history.with_round(matching, until=day))
                assert pairs(following).isdisjoint(apart)
                assert set(history.forbidden) == apart
                assert following.rotation is not None
                assert set(following.rotation.forbidden) == apart
                rm.verify(following, ALL, matching.policy)
                fresh = rm.match(ALL, AGAIN.model_copy(update={"seed": day.toordinal()}))
                matching = following if what == "rotate" else fresh
        except rm.errors.PolicyError:
            assert what == "allow"  # of a fresh matching, which does not know, or of what nobody forbade
