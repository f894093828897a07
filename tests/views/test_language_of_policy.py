"""The language of a command: what is said, else that of the policy, else that of the system."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.views.cli.language_asked import language_said
from reverse_match.views.cli.main import app
from reverse_match.views.words.languages import language_of_locale

if TYPE_CHECKING:
    from pathlib import Path

DEMO = str(rm.demo_path())


@pytest.fixture
def policies(tmp_path: Path) -> Path:
    (tmp_path / "french.toml").write_text('language = "fr"\n', encoding="utf-8")
    (tmp_path / "english.json").write_text('{"language": "en"}', encoding="utf-8")
    (tmp_path / "silent.json").write_text("{}", encoding="utf-8")
    (tmp_path / "wrong.toml").write_text('language = "fr"\nseed = "a"\n', encoding="utf-8")
    (tmp_path / "other.json").write_text('{"language": "de"}', encoding="utf-8")
    return tmp_path


def run(*words: str, **variables: str) -> tuple[int, str]:
    result = CliRunner().invoke(
        app, [*words], env={"LC_ALL": "", "LC_MESSAGES": "", "LANG": "C", **variables}
    )
    return result.exit_code, (result.stdout + result.stderr).replace("\u202f", " ").replace("\u00a0", " ")


FRENCH, ENGLISH = "Optimum prouvé", "Proved optimal"


@pytest.mark.parametrize(
    ("words", "system", "told"),
    [
        ([], "C", ENGLISH),
        ([], "fr_FR.UTF-8", FRENCH),
        (["--policy", "french.toml"], "C", FRENCH),
        (["--policy", "english.json"], "fr_FR.UTF-8", ENGLISH),
        (["--policy", "silent.json"], "fr_FR.UTF-8", FRENCH),
        (["--policy", "french.toml", "--lang", "en"], "C", ENGLISH),
        (["--policy", "english.json", "--lang", "fr"], "C", FRENCH),
    ],
    ids=str,
)
def test_what_is_said_goes_before_the_policy_and_that_before_the_system(
    words: list[str], system: str, told: str, policies: Path
) -> None:
    given = [str(policies / word) if "." in word else word for word in words]
    code, shown = run("match", DEMO, *given, LANG=system)
    assert code == 0
    assert told in shown


def test_a_language_before_the_command_is_said(policies: Path) -> None:
    assert FRENCH in run("--lang", "fr", "demo")[1]
    assert ENGLISH in run("--lang", "en", "match", DEMO, "--policy", str(policies / "french.toml"))[1]


def test_what_is_wrong_with_a_policy_is_told_in_its_language(policies: Path) -> None:
    assert run("match", DEMO, "--policy", str(policies / "wrong.toml")) == (
        2,
        "wrong.toml, seed : n’est pas un nombre entier\n",
    )
    code, shown = run("match", DEMO, "--policy", str(policies / "other.json"))
    assert (code, shown) == (2, "other.json, language: unknown; right would be 'en' or 'fr'\n")
    assert run("match", DEMO, "--policy", "nowhere.toml", LANG="fr")[1].startswith("nowhere.toml : illisible")


def test_a_stored_matching_keeps_the_language_of_its_policy(policies: Path) -> None:
    stored = str(policies / "m.json")
    run("match", DEMO, "--policy", str(policies / "french.toml"), "--out", stored)
    assert run("verify", stored, DEMO)[1].startswith("Vérifié")
    assert run("verify", stored, DEMO, "--lang", "en")[1].startswith("Verified")
    assert run("verify", stored, DEMO, "--policy", str(policies / "english.json"))[1].startswith("Verified")
    duo = rm.Matching.from_json((policies / "m.json").read_bytes()).duos[0]
    asked = ("--mentor", duo.mentor, "--mentee", duo.mentee)
    assert "forment un duo, avec un score de" in run("explain", stored, DEMO, *asked)[1]


def test_it_changes_no_duo_and_no_digest() -> None:
    cohort = rm.read_cohort(DEMO)
    plain, french = rm.Policy(), rm.Policy(language="fr")
    assert (french, french.sha256) == (plain, plain.sha256)
    assert french != rm.Policy(language="fr", seed=1)
    assert french.language == rm.Policy.from_data(json.loads(french.model_dump_json())).language == "fr"
    assert "language" not in plain.model_dump_json()
    one, other = rm.match(cohort, plain), rm.match(cohort, french)
    assert (one, one.sha256) == (other, other.sha256)
    for matching in (one, other, rm.Matching.from_json(other.to_json())):
        for policy in (None, plain, french):
            rm.verify(matching, cohort, policy)
    plans = [rm.plan_rotations(cohort, policy, rounds=2) for policy in (plain, french)]
    assert plans[0] == plans[1]
    assert plans[0].sha256 == plans[1].sha256
    for plan in plans:
        for policy in (None, plain, french):
            rm.verify_plan(plan, cohort, policy)


def test_a_history_knows_a_matching_in_any_language() -> None:
    cohort = rm.read_cohort(DEMO)
    matchings = [rm.match(cohort, rm.Policy(language=lang)) for lang in (None, "fr")]
    histories = [rm.History().with_round(one, until="2026-12-31") for one in matchings]
    assert histories[0] == histories[1]
    assert histories[0].number_of(matchings[1]) == 1


def test_other_languages_are_refused() -> None:
    with pytest.raises(rm.InputError, match="right would be 'en' or 'fr'"):
        rm.Policy.from_data({"language": "de"})


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["match", "--lang", "fr"], "fr"),
        (["--lang=fr", "match"], "fr"),
        (["--lang", "fr", "match", "--lang", "en"], "en"),
        (["--lang"], None),
        (["--lang", "de"], None),
        ([], None),
    ],
)
def test_what_a_command_line_asks_for(words: list[str], said: str | None) -> None:
    assert language_said(words) == said


@pytest.mark.parametrize(
    ("system", "code"),
    [
        ("French_France", "fr"),
        ("fr_FR", "fr"),
        ("English_United States", "en"),
        ("German_Germany", "en"),
        (None, "en"),
    ],
)
def test_the_language_of_windows(system: str | None, code: str) -> None:
    assert language_of_locale({}, lambda: system) == code
    assert language_of_locale({"LANG": "fr"}, lambda: system) == "fr"
