"""What is proposed for each duo, against plain loops, and case by case in both languages."""

from __future__ import annotations

import logging
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import reverse_match as rm
from feedback_oracle import latest, many_cancelled, of_duo, proposed, records

PEOPLE = [{"id": name, "role": "mentor", "offers": "Python"} for name in ("lea", "tom")] + [
    {"id": name, "role": "mentee"} for name in ("ada", "eva")
]
MATCHING = rm.match(
    rm.Cohort.from_records(PEOPLE),
    rm.Policy.model_validate({"rules": [{"kind": "fix", "pairs": [["lea", "ada"], ["tom", "eva"]]}]}),
)
PAST = [("lea", "eva"), ("tom", "ada"), ("lea", "left"), ("tom", "left")]
TERMS = st.fixed_dictionaries(
    {
        "poor_satisfaction": st.sampled_from([1, 2, 3]),
        "many_cancelled": st.sampled_from([0, 0.3, 0.5, 0.7, 1]),
        "short_session_minutes": st.sampled_from([15, 20]),
    }
)


def policy(**terms: Any) -> rm.Policy:
    return rm.Policy.model_validate({"rotation": terms})


def propose(*said: dict[str, Any], minutes: int | None = None, **terms: Any) -> rm.results.Proposal:
    whole = {"mentor": "lea", "mentee": "ada", "on": "2026-12-01", "by": "mentee"}
    feedback = rm.Feedback.from_records([{**whole, **one} for one in said])
    return rm.proposals(MATCHING, feedback, policy(**terms), session_minutes=minutes)[0]


@given(said=records, terms=TERMS, minutes=st.sampled_from([None, 15, 20, 45]))
def test_proposals(said: list[dict[str, Any]], terms: dict[str, Any], minutes: int | None) -> None:
    feedback = rm.Feedback.from_records(said)
    made = rm.proposals(MATCHING, feedback, policy(**terms), past=PAST, session_minutes=minutes)
    assert [(one.mentor, one.mentee) for one in made] == [("lea", "ada"), ("tom", "eva")]
    for one in made:
        assert (one.proposal, one.format, one.minutes) == proposed(
            said, one.mentor, one.mentee, policy(**terms).rotation, minutes
        )
        duo = of_duo(said, one.mentor, one.mentee)
        wishes = [latest(duo, by, "wish") for by in ("mentor", "mentee")]
        assert one.both_want_to_keep == (wishes == ["continue", "continue"])
        for reason in one.reasons:
            assert_is_true(reason, duo, feedback, policy(**terms).rotation)
        assert [one.record for one in one.because] == sorted({one.record for one in one.because})
        assert rm.results.Proposal.model_validate_json(one.model_dump_json()) == one
        assert (
            len(one.sentences("fr"))
            == len(one.sentences())
            == 1 + len(one.reasons) + one.proposal.startswith("keep")
        )


def assert_is_true(
    reason: rm.results.ProposalReason, duo: list[dict[str, Any]], feedback: rm.Feedback, terms: Any
) -> None:
    """Check a reason against what was said, and the records that it names."""
    named = [feedback.records[one.record] for one in reason.because]
    assert [(one.on, one.by) for one in reason.because] == [(one.on, one.by) for one in named]
    if reason.by is None:
        assert bool(named) == (reason.code == "nothing_against")
        return
    assert {one.by for one in named} == {reason.by}
    if reason.code == "poor_satisfaction":
        assert reason.number == named[0].satisfaction == latest(duo, reason.by, "satisfaction")
        assert reason.number <= terms.poor_satisfaction
    elif reason.code == "format_not_right":
        assert reason.format == named[0].format == latest(duo, reason.by, "format")
    elif reason.code == "many_cancelled":
        assert many_cancelled(duo, reason.by, terms)
        assert reason.number == sum(one.sessions_cancelled or 0 for one in named)
        assert reason.out_of == reason.number + sum(one.sessions_held or 0 for one in named)
    else:
        assert reason.code == f"wants_to_{latest(duo, reason.by, 'wish')}"
        assert named[0].wish == latest(duo, reason.by, "wish")


@given(said=records, seed=st.integers(0, 5))
def test_the_order_of_records_changes_nothing(said: list[dict[str, Any]], seed: int) -> None:
    shuffled = random.Random(seed).sample(said, len(said))
    one, other = (
        rm.proposals(MATCHING, rm.Feedback.from_records(listed), past=PAST) for listed in (said, shuffled)
    )
    assert [proposal.model_dump_json() for proposal in one] == [
        proposal.model_dump_json() for proposal in other
    ]


CONTINUE = [{"by": "mentor", "wish": "continue"}, {"by": "mentee", "wish": "continue"}]
CASES: dict[str, tuple[list[dict[str, Any]], tuple[str, str | None, int | None], list[str]]] = {
    "silence": ([], ("rotate", None, None), ["nothing_said"]),
    "a comment alone": ([{"comment": "much"}], ("rotate", None, None), ["nothing_said"]),
    "both continue": (CONTINUE, ("keep", None, None), ["wants_to_continue"] * 2),
    "one continues": (CONTINUE[:1], ("keep", None, None), ["wants_to_continue"]),
    "hours alone": ([{"hours_saved": 2}], ("keep", None, None), ["nothing_against"]),
    "stop before all": (
        [{"by": "mentor", "wish": "stop"}, {"wish": "change", "satisfaction": 1, "format": "shorter"}],
        ("end", None, None), ["wants_to_stop"],
    ),
    "change before format": (
        [{"by": "mentor", "wish": "change"}, {"satisfaction": 2, "format": "shorter"}],
        ("rotate", None, None), ["wants_to_change", "poor_satisfaction"],
    ),
    "the latest wish": ([{"wish": "stop"}, {"on": "2026-12-02", "wish": "continue"}], ("keep", None, None), ["wants_to_continue"]),
    "what is not said again stays": ([{"wish": "stop"}, {"on": "2026-12-02", "satisfaction": 5}], ("end", None, None), ["wants_to_stop"]),
    "unhappy in spite of wishes": ([*CONTINUE, {"on": "2026-12-02", "satisfaction": 2}], ("rotate", None, None), ["poor_satisfaction"]),
    "format": ([{"format": "different day"}], ("keep with another format", "different day", None), ["format_not_right"]),
    "the later format": (
        [{"on": "2026-12-02", "by": "mentor", "format": "other channel"}, {"format": "shorter"}],
        ("keep with another format", "other channel", None), ["format_not_right"] * 2,
    ),
    "the mentee's format": (
        [{"by": "mentor", "format": "other channel"}, {"format": "shorter"}],
        ("keep with another format", "shorter", 20), ["format_not_right"] * 2,
    ),
    "format right again": ([{"format": "shorter"}, {"on": "2026-12-02", "format": "yes"}], ("keep", None, None), ["nothing_against"]),
    "cancelled": (
        [{"sessions_held": 7, "sessions_cancelled": 3}], ("keep with another format", "shorter", 20), ["many_cancelled"],
    ),
    "not often cancelled": ([{"sessions_held": 8, "sessions_cancelled": 3}], ("keep", None, None), ["nothing_against"]),
    "counts are not added up": (
        [{"sessions_held": 6, "sessions_cancelled": 3}, {"by": "mentor", "sessions_held": 9, "sessions_cancelled": 0}],
        ("keep with another format", "shorter", 20), ["many_cancelled"],
    ),
    "half a count": ([{"sessions_cancelled": 3}], ("keep", None, None), ["nothing_against"]),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_cases(name: str) -> None:
    said, expected, reasons = CASES[name]
    made = propose(*said)
    assert (made.proposal, made.format, made.minutes) == expected
    assert [reason.code for reason in made.reasons] == reasons
    assert made.both_want_to_keep == (name in ("both continue", "unhappy in spite of wishes"))


def test_sessions_that_are_short_already() -> None:
    cancelled = {"sessions_held": 1, "sessions_cancelled": 1}
    assert (propose(cancelled, minutes=45).format, propose(cancelled, minutes=45).minutes) == ("shorter", 20)
    assert (propose(cancelled, minutes=20).format, propose(cancelled, minutes=20).minutes) == (
        "other channel",
        None,
    )
    asked = propose({"format": "shorter"}, minutes=20)
    assert (asked.format, asked.minutes) == ("shorter", None)


def test_thresholds_are_the_policy_s_and_the_matching_s_if_none_is_given() -> None:
    feedback = rm.Feedback.from_records(
        [{"mentor": "lea", "mentee": "ada", "on": "2026-12-01", "by": "mentor", "satisfaction": 3}]
    )
    assert rm.proposals(MATCHING, feedback)[0].proposal == "keep"
    assert rm.proposals(MATCHING, feedback, policy(poor_satisfaction=3))[0].proposal == "rotate"
    stricter = MATCHING.model_copy(update={"policy": policy(poor_satisfaction=3)})
    assert rm.proposals(stricter, feedback)[0].proposal == "rotate"


def test_strangers_are_refused() -> None:
    feedback = rm.Feedback.from_records(
        [{"mentor": "lea", "mentee": "eva", "on": "2026-12-01", "by": "mentor"}]
    )
    with pytest.raises(rm.errors.FeedbackError, match="records, row 1: these two are no duo"):
        rm.proposals(MATCHING, feedback)
    assert rm.proposals(MATCHING, feedback, past=[("lea", "eva")])[0].proposal == "rotate"


def test_comments_are_neither_told_nor_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    feedback = rm.Feedback.from_records(
        [
            {"mentor": "lea", "mentee": "ada", "on": "2026-12-01", "by": "mentee", "comment": "xyzzy", "acquired": "Go"},
            {"mentor": "tom", "mentee": "eva", "on": "2026-12-01", "by": "mentee", "comment": "xyzzy", "wish": "stop"},
        ]
    )  # fmt: skip
    made = rm.proposals(MATCHING, feedback)
    after = rm.apply_feedback(rm.Cohort.from_records(PEOPLE), feedback)
    told = [f"{one!r} {one} {one.model_dump_json()} {one.sentences('fr')}" for one in made]
    assert "xyzzy" not in f"{told} {after!r} {[one.model_dump_json() for one in after.learned]} {caplog.text}"
