"""``reverse-match policy``, and ``--policy NAME`` of every command."""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.policy.presets import PRESETS
from reverse_match.views.cli.main import app
from reverse_match.views.policy_file import PolicyText
from reverse_match.views.words import english_presets, french_presets
from reverse_match.views.words.languages import LANGUAGES, language

if TYPE_CHECKING:
    from pathlib import Path

    from reverse_match.views.words.preset_words import PresetWords

DEMO = str(rm.demo_path())
RICH: dict[str, Any] = {
    "criteria": [
        {"kind": "table", "name": 'inter"view', "weight": 3, "pairs": [["lea", "ada", 0.8], ["lea", "zoe", None]]},
        {"kind": "similarity", "name": "own\nwords", "weight": 0, "vectors": "goals", "file": "vectors.csv"},
        {"kind": "custom", "name": "près", "weight": 1e-7, "function": "near_home", "missing": 0.5},
        {"kind": "gap", "name": "g", "weight": 1, "field": "years of \\ work", "from": -2.5, "to": 5},
    ],
    "rules": [
        {"kind": "any_of", "name": "near\u0085or\u2028remote", "if_unknown": "allow", "conditions": [
            {"kind": "same", "field": "location", "prefix": 2},
            {"kind": "not", "condition": {"kind": "require", "of": "both", "field": "remote", "equals": ["yes", "oui"]}}]},
        {"kind": "teaches", "skills": [{"skill": "R", "at_level": 3, "needs": [{"skill": "Excel"}]}]},
        {"kind": "not_met_before", "duos": [{"mentor": "lea", "mentee": "marc", "until": "2026-03-31"}]},
        {"kind": "fix", "pairs": [["lea", "ada"]]},
        {"kind": "not_in_reporting_line", "waivers": [
            {"mentor": "tom", "mentee": "zoe", "reason": "both\nasked", "author": "H\u202eR", "on": "2026-11-16"}]},
    ],
    "quotas": [
        {"kind": "share", "of": {"kind": "different", "field": "gender"}, "at_least": "1/3"},
        {"kind": "count", "where": {"mentee.department": "Group/Finance"}, "at_most": 5},
        {"kind": "each", "by": "mentor.team", "at_most": 2},
    ],
    "credits": [{"name": "waited", "points": 0.5, "mentees": ["ada"]}],
    "objective": {"kind": "fair", "alpha": 2.5},
    "spread": {"of": "both", "after_total": True},
    "as_far_as_possible": {"kind": "all_of", "conditions": [{"kind": "teaches"}, {"kind": "same", "field": "a.b"}]},
    "synonyms": {"Client 360": ["C360"], "c": ["C\x7f\x01"]},
    "correct_typos": False, "as_of": "2026-11-30", "seed": 10**40, "language": "fr",
    "rotation": {"charge": 0.2, "again_after_months": 12},
}  # fmt: skip
"""A policy with something of everything that is hard to write."""


def run(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [*words], env={"LC_ALL": "", "LC_MESSAGES": "", "LANG": "C"})
    return result.exit_code, result.stdout, result.stderr


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_that_is_shown_reads_back_as_it_is(name: str, lang: str, tmp_path: Path) -> None:
    for ending in ("toml", "json"):
        code, shown, wrong = run("policy", "--show", name, "--format", ending, "--lang", lang)
        assert (code, wrong) == (0, "")
        (tmp_path / f"policy.{ending}").write_bytes(shown.encode())
        policy = rm.Policy.load(tmp_path / f"policy.{ending}")
        assert (policy, policy.sha256) == (rm.Policy.preset(name), rm.Policy.preset(name).sha256)
        assert policy.as_far_as_possible == rm.Policy().as_far_as_possible
    assert run("policy", "--show", name, "--lang", lang)[1].startswith("# ")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_any_policy_reads_back_as_it_is(lang: str, tmp_path: Path) -> None:
    policy = rm.Policy.from_data(RICH)
    written = PolicyText(policy, lang, "p.json", preset=False).toml()
    (tmp_path / "policy.toml").write_text(written, "utf-8")
    back = rm.Policy.load(tmp_path / "policy.toml")
    assert (back, back.sha256, back.language) == (policy, policy.sha256, "fr")
    assert json.loads(back.model_dump_json()) == json.loads(policy.model_dump_json())


def test_what_is_added_below_a_preset_counts(tmp_path: Path) -> None:
    """No list that is written out stands in the way of who adds to it."""
    file = tmp_path / "policy.toml"
    assert run("policy", "--show", "evidence", "--out", str(file))[0] == 0
    quota = '\n[[quotas]]\nkind = "duos"\nat_most = 3\n\n[[rules]]\nkind = "same"\nfield = "location"\n'
    file.write_text(file.read_text("utf-8") + quota, "utf-8")
    policy = rm.Policy.load(file)
    assert len(policy.quotas) == 1
    assert policy.rules[-1].kind == "same"
    assert policy.criteria == rm.Policy.preset("evidence").criteria


def test_a_file_that_a_shell_of_windows_writes_in_utf_16(tmp_path: Path) -> None:
    shown = run("policy", "--show", "evidence", "--lang", "fr")[1]
    for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"):
        mark = "\ufeff" if encoding.endswith("e") else ""
        (tmp_path / "policy.toml").write_bytes(f"{mark}{shown}".replace("\n", "\r\n").encode(encoding))
        assert rm.Policy.load(tmp_path / "policy.toml") == rm.Policy.preset("evidence")


def test_every_weight_has_its_reason_in_every_language() -> None:
    catalogues: list[PresetWords] = [english_presets.WORDS, french_presets.WORDS]
    for words in catalogues:
        assert tuple(words.purposes) == tuple(words.reasons) == PRESETS
        assert words.texts.keys() == catalogues[0].texts.keys()
        for name in PRESETS:
            named = [criterion.name for criterion in rm.Policy.preset(name).criteria]
            assert [*words.reasons[name]] == [*named, "as_far_as_possible"]
        for key, text in words.texts.items():
            assert sorted(re.findall(r"\{\w+\}", text)) == sorted(
                re.findall(r"\{\w+\}", catalogues[0].texts[key])
            )


def test_the_french_of_presets_is_french() -> None:
    for lines in (run("policy", "--show", name, "--lang", "fr", "--format", "text")[1] for name in PRESETS):
        titles = r"Journal of \w+ (Psychology|Behavior)|Human Resource Management|European Journal of [\w ]+"
        told = re.sub(rf"{titles}|International Journal of [\w ]+|\w+\.md#\w+", "", lines)
        assert not re.search(r"\b(the|of|and|is|weight|not|with|score of|judgement)\b", told), told
    for text in [*french_presets.WORDS.purposes.values(), *french_presets.WORDS.texts.values()]:
        said = language("fr").formatter.set_spaces({"": text})[""]
        assert not re.search(r"[ \u00a0][:;?!%]", said), text
        assert not re.search(r"\w'\w", text), text


def test_without_a_name_all_presets_are_listed() -> None:
    code, shown, _ = run("policy")
    assert code == 0
    assert [line.split()[0] for line in shown.splitlines()[: len(PRESETS)]] == [*PRESETS]
    assert plain(run("policy", "--lang", "fr")[1]).startswith("mission             Politique par défaut : ")


def test_a_policy_in_words(tmp_path: Path) -> None:
    (tmp_path / "mine.json").write_text(json.dumps(RICH), "utf-8")
    code, shown, _ = run("policy", "--show", str(tmp_path / "mine.json"), "--format", "text", "--lang", "en")
    assert code == 0
    lines = shown.splitlines()
    assert lines[0] == "Policy of mine.json."
    assert "- g, 25.0% of the score." in lines
    assert "- own[U+000A]words, without weight." in lines
    assert any(line.startswith("Quotas: share: different values (gender), number: ") for line in lines)
    assert "Credits: waited." in lines
    assert "Waived for one pair, tom as mentor of zoe, by H[U+202E]R: both[U+000A]asked" in lines
    assert "Functions of your own may read any data: near_home." in lines
    used = next(line for line in lines if line.startswith("Data of people that it uses: "))
    assert {"gender", "department", "location", "team", "remote"} <= set(re.split(r"[:,.] ?", used))
    assert (
        'from outside of the people file, which may stand for any data: inter"view, own[U+000A]words.'
        in shown
    )


def test_what_a_preset_does_not_use() -> None:
    shown = run("policy", "--show", "no-personal-traits", "--format", "text")[1]
    assert (
        "Data of people that it uses: skills offered, skills sought, goals, managers, people to avoid.\n"
        "Data that it does not use: age (also birth date or year), gender, department, location, grade, "
        "languages, time zone, weekly times, days on site, wanted partners, preferences about the partner.\n"
    ) in shown


def test_a_file_to_start_from(tmp_path: Path) -> None:
    toml, other = tmp_path / "policy.toml", tmp_path / "policy.json"
    code, shown, _ = run("policy", "--show", "evidence", "--out", str(toml))
    assert (code, shown) == (
        0,
        "policy.toml is written. Change what you like, then: reverse-match match people.csv --policy policy.toml\n",
    )
    code, shown, _ = run("policy", "--show", str(toml), "--out", str(other), "--format", "toml")
    assert (code, tomllib.loads(shown)) == (0, tomllib.loads(toml.read_text("utf-8")))
    assert rm.Policy.load(other) == rm.Policy.load(toml) == rm.Policy.preset("evidence")
    assert "policy.toml est écrit." in run(
        "policy", "--show", "mission", "--out", str(tmp_path / "fr" / ".." / "new.toml"), "--lang", "fr"
    )[1].replace("new", "policy")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--show", "evidence", "--out", "there.toml"], "there.toml: is there already; right would be another name\n"),
        (["--show", "there.toml", "--out", "there.toml"], "there.toml: was named for two things"),
        (["--show", "evidence", "--out", "p.csv"], "p.csv: unknown kind of file to write; right would be .toml or .json\n"),
        (["--show", "evidnce"], "evidnce: neither a preset nor a file of this name; did you mean 'evidence'?\n"),
        (["--show", "nowhere.toml"], "nowhere.toml: cannot be read: "),
        (["--out", "p.toml"], "--format and --out go together with --show"),
    ],
    ids=str,
)  # fmt: skip
def test_what_is_refused(
    words: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there.toml").write_text("seed = 3\n", "utf-8")
    code, shown, wrong = run("policy", *words)
    assert (code, shown) == (2, "")
    assert told in re.sub(r"\s*│\s*", "", wrong) or told in wrong
    assert (tmp_path / "there.toml").read_text("utf-8") == "seed = 3\n"


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_in_every_command(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where a file or a folder has the name of the preset: no policy can stand in them."""
    monkeypatch.chdir(tmp_path)
    heading, *rows = rm.demo_path().read_text("utf-8").splitlines()
    (tmp_path / "people.csv").write_text("\n".join([heading, *rows[::5]]), "utf-8")
    (tmp_path / "evidence").mkdir()
    (tmp_path / "mission").write_text("seed = 3\n", "utf-8")
    assert run("match", "people.csv", "--policy", name, "--out", "m.json")[0] == 0
    stored = rm.Matching.from_json((tmp_path / "m.json").read_bytes())
    assert stored.policy == rm.Policy.preset(name)
    assert run("verify", "m.json", "people.csv", "--policy", name)[0] == 0
    other = PRESETS[(PRESETS.index(name) + 1) % len(PRESETS)]
    assert run("verify", "m.json", "people.csv", "--policy", other)[0] == 4
    duo = stored.duos[0]
    forbidden = f"{duo.mentor}={duo.mentee}"
    asked = ("amend", "m.json", "people.csv", "--policy", name, "--forbid", forbidden)
    assert run(*asked, "--at-most-changes", "2")[0] == 0
    assert run("plan", "people.csv", "--policy", name, "--rounds", "2", "--out", "plan.json")[0] == 0
    assert rm.RotationPlan.from_json((tmp_path / "plan.json").read_bytes()).rounds[0].policy.criteria == (
        rm.Policy.preset(name).criteria
    )
    answers = f"on,mentor,mentee,by,wish\n2027-03-01,{duo.mentor},{duo.mentee},mentee,continue\n"
    (tmp_path / "answers.csv").write_text(answers, "utf-8")
    assert run("review", "m.json", "people.csv", "--feedback", "answers.csv", "--policy", name)[0] == 0
    turned = run("rotate", "m.json", "people.csv", "--months", "3", "--start", "2026-01-01", "--policy", name)
    assert turned[0] == 0, turned[2]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("evidnce", "evidnce : ni politique prête à l’emploi ni fichier de ce nom ; vouliez-vous dire « evidence » ?"),
        ("rules", "rules : ni politique prête à l’emploi ni fichier de ce nom ; valeurs connues : « evidence », « mission », "
                  "« no-personal-traits »"),
    ],
)  # fmt: skip
def test_a_wrong_name_is_told_in_french(said: str, told: str) -> None:
    assert plain(run("match", DEMO, "--policy", said, "--lang", "fr")[2]) == f"{told}\n"


def test_the_help_names_every_preset() -> None:
    for command in ("match", "policy"):
        shown = CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "200", "TERM": "dumb"}).stdout
        assert [name for name in PRESETS if name not in shown] == []
