"""``review`` takes what ``rotate`` takes, so that it says what the next rotation would do with each duo."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.views.cli.main import app

pytestmark = pytest.mark.usefixtures("nothing_asked")

PEOPLE = "id,role\nm1,both\nm2,both\nm3,mentor\ne1,mentee\n"
POLICY: dict[str, Any] = {
    "criteria": [
        {"kind": "table", "name": "interview", "weight": 1, "from": 0, "to": 1, "file": "first.csv"}
    ],
    "rotation": {"keep_wanted": True},
}
FIRST = "mentor,mentee,value\nm1,m2,0.9\nm3,e1,0.8\nm2,m1,forbidden\n"
SECOND = f"{FIRST}m2,e1,forbidden\n"


def run(*arguments: str) -> str:
    done = CliRunner().invoke(app, list(arguments))
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("people.csv").write_text(PEOPLE, "utf-8")
    Path("p.json").write_text(json.dumps(POLICY), "utf-8")
    Path("first.csv").write_text(FIRST, "utf-8")
    run("match", "people.csv", "--policy", "p.json", "--out", "m.json")
    duos = rm.Matching.from_json(Path("m.json").read_bytes()).duos
    rows = [
        f"{duo.mentor},{duo.mentee},2027-02-01,{by},continue" for duo in duos for by in ("mentor", "mentee")
    ]
    Path("answers.csv").write_text("mentor,mentee,on,by,wish\n" + "\n".join(rows) + "\n", "utf-8")
    return tmp_path


REVIEW = ("review", "m.json", "people.csv", "--feedback", "answers.csv", "--format", "json")


def outlooks(*asked: str) -> dict[tuple[str, str], Any]:
    told = json.loads(run(*REVIEW, *asked))
    return {(one["mentor"], one["mentee"]): one["outlook"] for one in told["proposals"]}


def test_scores_of_the_next_round_may_stand_elsewhere() -> None:
    before = outlooks("--policy", "p.json")
    Path("elsewhere").mkdir()
    shutil.move("first.csv", "elsewhere/scores.csv")
    assert outlooks("--policy", "p.json", "--table", "interview=elsewhere/scores.csv") == before
    assert outlooks("--table", "interview=elsewhere/scores.csv") == before
    Path("second.csv").write_text(SECOND, "utf-8")
    policy = json.dumps(POLICY).replace("first.csv", "second.csv")
    Path("next.json").write_text(policy, "utf-8")
    after = outlooks("--policy", "next.json", "--table", "interview=second.csv")
    assert after[("m1", "m2")] == before[("m1", "m2")]
    assert before[("m2", "e1")]["outcome"] == "may continue"
    assert after[("m2", "e1")]["outcome"] == "ends"


def test_where_everybody_swaps_roles_it_says_so_beforehand() -> None:
    plain, turned = outlooks("--policy", "p.json"), outlooks("--policy", "p.json", "--reciprocal")
    assert (plain[("m1", "m2")]["outcome"], turned[("m1", "m2")]["outcome"]) == ("may continue", "ends")
    matching, cohort = rm.Matching.from_json(Path("m.json").read_bytes()), rm.read_cohort("people.csv")
    said = rm.review(
        matching,
        cohort,
        rm.Policy.load("p.json"),
        feedback=rm.read_feedback("answers.csv"),
        reciprocal=True,
    )
    assert turned == {
        (one.mentor, one.mentee): one.outlook and one.outlook.model_dump(mode="json") for one in said
    }
