"""Drafts and published matchings: what was tried before the start never was, what is changed after it was."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.errors import HistoryError, PolicyError, RotationError, VerificationError
from reverse_match.views.cli.main import app

PEOPLE = [{"id": name, "role": "mentor"} for name in "abc"] + [
    {"id": name, "role": "mentee"} for name in "xyz"
]
COHORT = rm.Cohort.from_records(PEOPLE)
START, SPRING = "2027-01-11", "2027-05-11"


def pairs(matching: rm.Matching) -> set[tuple[str, str]]:
    return {(duo.mentor, duo.mentee) for duo in matching.duos}


def parted(matching: rm.Matching, cohort: rm.Cohort = COHORT, **asked: Any) -> tuple[rm.Matching, set[Any]]:
    """Return a matching amended so that one duo ends, and all duos that ended."""
    amended = rm.amend(matching, cohort, forbid=[sorted(pairs(matching))[0]], **asked)
    return amended, pairs(matching) - pairs(amended)


def remembered(rotated: rm.Matching) -> set[tuple[str, str]]:
    (rule,) = [
        rule for rule in rotated.added.rules if getattr(rule, "name", "") == "rotation: former partners"
    ]
    return {(duo["mentor"], duo["mentee"]) for duo in json.loads(rule.model_dump_json())["duos"]}


def test_a_matching_is_a_draft_until_it_is_published() -> None:
    draft = rm.match(COHORT)
    published = rm.publish(draft, on=START)
    assert (draft.is_draft, published.is_draft) == (True, False)
    assert published.published == date(2027, 1, 11)
    assert "published" not in json.loads(draft.to_json())
    assert draft.digests.changes is None
    assert published.duos == draft.duos
    assert rm.Matching.from_json(published.to_json()) == published
    rm.verify(published, COHORT, draft.policy)
    with pytest.raises(RotationError, match="published already"):
        rm.publish(published, on=START)
    with pytest.raises(PolicyError):
        rm.publish(draft, on="soon")


def test_what_was_tried_in_a_draft_never_was() -> None:
    tried, never = parted(rm.match(COHORT))
    published = rm.publish(tried, on=START)
    assert published.amended_as_draft == 1
    second = rm.rotate(published, COHORT, on=SPRING)
    assert remembered(second) == pairs(published)
    assert never.isdisjoint(remembered(second))
    told = {(one.mentor, one.mentee) for one in second.changes if one.kind == "ended"}
    assert told == pairs(published)
    rm.verify(second, COHORT)


def test_what_is_changed_after_publishing_was() -> None:
    tried, never = parted(rm.match(COHORT))
    running, were = parted(rm.publish(tried, on=START))
    assert running.published == date(2027, 1, 11)
    assert running.amended_as_draft == 1
    rm.verify(running, COHORT)
    second = rm.rotate(running, COHORT, on=SPRING)
    assert remembered(second) == pairs(running) | were
    assert (never - were - pairs(running)).isdisjoint(remembered(second))


def test_what_was_tried_in_a_round_before_its_day_never_was() -> None:
    second = rm.rotate(rm.match(COHORT), COHORT, on=SPRING)
    assert not second.is_draft
    for day, counts in (("2027-05-01", False), ("2027-05-12", True), (None, True)):
        third, ended = parted(second, on=day)
        assert bool(third.ended_by_hand) is counts
        assert not counts or {(duo.mentor, duo.mentee) for duo in third.ended_by_hand} == ended


def test_a_matching_that_was_never_published_is_rotated_as_ever() -> None:
    amended, ended = parted(rm.match(COHORT))
    assert ended <= remembered(rm.rotate(amended, COHORT, on=SPRING))


def test_the_history_notes_the_round_that_runs() -> None:
    first, other = rm.match(COHORT), rm.match(COHORT, rm.Policy(seed=5))
    published = rm.publish(first, on=START)
    history = rm.History().with_published(published)
    assert rm.History.from_json(history.to_json()) == history
    assert "published" not in rm.History().to_json()
    with pytest.raises(RotationError, match="another matching was published"):
        rm.rotate(other, COHORT, on=SPRING, history=history)
    rm.rotate(published, COHORT, on=SPRING, history=history)
    after = history.with_round(published, until=SPRING)
    assert after.published is None
    with pytest.raises(HistoryError, match="is a draft"):
        history.with_published(first)
    with pytest.raises(HistoryError, match="stands there already"):
        rm.publish(first, on="2027-06-01", history=rm.History().with_round(first, until=SPRING))
    edited = json.loads(history.to_json())
    edited["published"]["duos"] = []
    with pytest.raises(HistoryError, match="round that runs was edited"):
        rm.History.from_json(json.dumps(edited))


def test_a_round_begins_on_the_day_on_which_it_was_published() -> None:
    published = rm.publish(rm.match(COHORT), on=START)
    with pytest.raises(RotationError, match="round 1 began on 2027-01-11"):
        rm.rotate(published, COHORT, on=START)


@pytest.mark.parametrize(
    "forged", [{"amended_as_draft": 1}, {"amended_as_draft": 1, "published": date(2027, 1, 11)}]
)
def test_verification_covers_it(forged: dict[str, Any]) -> None:
    draft = rm.match(COHORT)
    with pytest.raises(VerificationError, match="draft"):
        rm.verify(draft.model_copy(update=forged).with_changes(), COHORT)
    with pytest.raises(VerificationError, match="digest of what was changed"):
        rm.verify(draft.model_copy(update={"published": date(2027, 1, 11)}), COHORT)


def run(*arguments: str | Path) -> Any:
    return CliRunner().invoke(app, list(map(str, arguments)), env={"COLUMNS": "200"})


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("people.csv").write_text("id,role\n" + "".join(f"{one['id']},{one['role']}\n" for one in PEOPLE))
    assert run("match", "people.csv", "--out", "m.json").exit_code == 0
    assert run("match", "people.csv", "--out", "draft.json").exit_code == 0
    done = run("publish", "m.json", "--history", "h.json", "--on", START, "--lang", "fr")
    assert done.exit_code == 0, done.stderr
    assert "à partir du 11 janvier 2027" in done.stdout.replace("\u00a0", " ")
    assert run("verify", "m.json", "people.csv").exit_code == 0
    asked = ("people.csv", "--history", "h.json", "--on", SPRING, "--out", "r2.json")
    refused = run("rotate", "draft.json", *asked)
    assert refused.exit_code == 2
    assert "another matching was published for this round, on 2027-01-11" in refused.stderr
    assert not Path("r2.json").exists()
    met = pairs(rm.Matching.from_json(Path("m.json").read_bytes()))
    past = run("match", "people.csv", "--past", "h.json", "--out", "next.json")
    assert past.exit_code == 0, past.stderr
    assert met.isdisjoint(pairs(rm.Matching.from_json(Path("next.json").read_bytes())))
    assert run("rotate", "m.json", *asked).exit_code == 0
    rounds = rm.History.load("h.json").rounds
    assert [one.began for one in rounds] == [date(2027, 1, 11)]
    assert run("publish", "m.json").exit_code == 2
    never = run("rotate", "draft.json", "people.csv", "--on", SPRING, "--lang", "fr")
    assert "n’a jamais été publiée" in never.stderr
