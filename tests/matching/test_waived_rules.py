"""Whoever asks about a pair is told that a rule was waived for it and why; a participant hears nothing of others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.views.cli.main import app

pytestmark = pytest.mark.usefixtures("nothing_asked")

PEOPLE = [
    {"id": "lea", "role": "mentor", "manager_id": "ana"},
    {"id": "tom", "role": "mentor", "name": "Tom Petit"},
    {"id": "ana", "role": "mentee", "manager_id": "marc", "name": "Ana Roe"},
    {"id": "marc", "role": "mentee", "name": "Marc Low"},
]
COHORT = rm.Cohort.from_records(PEOPLE)


def policy(reason: str = "both asked for it", **said: Any) -> rm.Policy:
    waiver = {"mentor": "lea", "mentee": "marc", "reason": reason, "author": "Zoé Roux", "on": "2026-11-30"}
    other = {"mentor": "tom", "mentee": "ana", "reason": "not needed", "author": "x"}
    rule = {"kind": "not_in_reporting_line", "waivers": [waiver, other], **said}
    return rm.Policy(rules=[rule, {"kind": "fix", "pairs": [["lea", "marc"], ["tom", "ana"]]}])


def test_the_pair_is_told_with_reason_author_and_day() -> None:
    matching = rm.match(COHORT, policy())
    (waived,) = matching.explain("lea", "marc").waived
    assert (waived.rule, waived.reason, waived.author) == (
        "not_in_reporting_line",
        "both asked for it",
        "Zoé Roux",
    )
    english, french = (matching.explain("lea", "marc").sentences(lang) for lang in ("en", "fr"))
    assert (
        "A rule that would keep these two apart is waived for them: reporting line. "
        "Reason given: \"both asked for it\" (decided by 'Zoé Roux' on 30 November 2026)."
    ) in english
    told = next(line for line in french if "est levée pour elles" in line)
    assert "30 novembre 2026" in " ".join(told.split())
    assert matching.why("lea")[0].waived == (waived,)


def test_where_no_rule_had_to_be_waived_nothing_is_told() -> None:
    matching = rm.match(COHORT, policy())
    assert matching.explain("tom", "ana").waived == ()
    assert "waived" not in matching.explain("tom", "ana").model_dump(mode="json")
    assert (
        rm.match(COHORT, rm.Policy(rules=[{"kind": "not_in_reporting_line"}])).explain("lea", "marc").waived
        == ()
    )


def test_nor_with_the_roles_exchanged() -> None:
    both = rm.Cohort.from_records([{**one, "role": "both"} for one in PEOPLE])
    explained = rm.match(both, policy()).explain("marc", "lea")
    assert explained.waived == ()
    assert "not_in_reporting_line" in explained.blocked_by


def test_a_rule_with_a_name_is_called_so() -> None:
    matching = rm.match(COHORT, policy(name="no bosses"))
    assert matching.explain("lea", "marc").waived[0].rule == "no bosses"


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("both asked for it", True),
        ("Marc Low and lea asked for it", True),
        ("instead of Tom, who declined", False),
        ("Roe, Ana has no time", False),
        ("as for (tom)", False),
        ("the customers' tombola is theirs", True),
    ],
)
def test_a_participant_hears_nothing_of_others(reason: str, told: bool) -> None:
    matching = rm.match(COHORT, policy(reason))
    for person in ("lea", "marc"):
        (answer,) = rm.explain_to_participant(matching, COHORT, person)
        (waived,) = answer.waived
        assert (waived.reason, waived.author) == (reason if told else None, None)
        assert "Zoé" not in answer.model_dump_json() + " ".join(answer.sentences())
        assert [line for line in answer.sentences() if "is waived for them" in line]
    for person in ("tom", "ana"):
        (answer,) = rm.explain_to_participant(matching, COHORT, person)
        assert answer.waived == ()


def test_the_command_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    rows = [f"{one['id']},{one['role']},{one.get('manager_id', '')}" for one in PEOPLE]
    Path("people.csv").write_text("id,role,manager_id\n" + "\n".join(rows) + "\n", encoding="utf-8")
    Path("m.json").write_text(rm.match(rm.read_cohort("people.csv"), policy()).to_json(), encoding="utf-8")
    told = CliRunner().invoke(app, ["explain", "m.json", "people.csv", "--mentor", "lea", "--mentee", "marc"])
    assert told.exit_code == 0
    assert "both asked for it" in told.stdout
    asked = ["explain", "m.json", "people.csv", "--why", "lea", "--for-participant", "--lang", "fr"]
    told = CliRunner().invoke(app, asked)
    assert told.exit_code == 0
    assert "est levée pour elles" in told.stdout
    assert "Zoé" not in told.stdout
