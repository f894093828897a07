from __future__ import annotations

import io

import pytest

import reverse_match as rm
from reverse_match.foundation import optional as extras


def shown(*told: rm.Progress) -> str:
    stream = io.StringIO()
    with rm.progress_bar(file=stream, mininterval=0, ncols=200) as bar:
        for progress in told:
            bar(progress)
    return stream.getvalue()


def test_the_bar_says_what_a_match_tells() -> None:
    text = shown(rm.Progress("score"), rm.Progress("assign", rounds=3, pairs=75_000_000, gap=0.001))
    last = text.rsplit("\r", 1)[-1]
    assert last.startswith("assign:  43%")
    assert "round 3, gap 1.0e-03, 75,000,000 pairs looked at" in last


def test_the_bar_is_full_where_nothing_is_left_to_prove_and_goes_back_for_another_total() -> None:
    assert "100%" in shown(rm.Progress("prove", gap=0.0)).rsplit("\r", 1)[-1]
    again = shown(rm.Progress("prove", gap=0.0), rm.Progress("worst duo", gap=None))
    assert again.rsplit("\r", 1)[-1].startswith("worst duo:   0%")
    assert "0%" in shown(rm.Progress("begin", gap=2.0)), "a gap above 1 is no place before the begin"


def test_a_match_runs_with_it() -> None:
    stream = io.StringIO()
    cohort = rm.read_cohort(rm.demo_path())
    with rm.progress_bar(file=stream, mininterval=0, ncols=200) as bar:
        matching = rm.match(cohort, progress=bar)
    assert matching.to_json() == rm.match(cohort).to_json()
    assert "100%" in stream.getvalue().rsplit("\r", 1)[-1]


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda library: None)
    with pytest.raises(rm.errors.MissingExtraError, match=r"needs tqdm.*'\.\[notebook\]'"):
        rm.progress_bar()
