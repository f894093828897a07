"""The papers written from a policy: every part of every policy has its sentence, and nothing unused is told as used."""

from __future__ import annotations

import re
import string
import textwrap
from pathlib import Path
from typing import Any, get_args

import pytest
from test_cli_policy import RICH
from typer.testing import CliRunner

import reverse_match as rm
from random_worlds import World
from reverse_match.policy.conditions import Condition, parts_of
from reverse_match.policy.data_used import data_used
from reverse_match.policy.presets import PRESETS
from reverse_match.policy.rules import KINDS_OF_RULES
from reverse_match.views.cli.main import app
from reverse_match.views.plain_policy import _CONDITIONS, _CRITERIA, STAND_INS, TRAITS, PlainPolicy
from reverse_match.views.words import english_notice, french_notice
from reverse_match.views.words.languages import LANGUAGES
from reverse_match.views.words.preset_words import preset_words

DOCS = Path(__file__).parents[2] / "docs"
PAPERS = rm.participants_notice, rm.works_council_sheet
GENDER = {"en": "gender", "fr": "genre"}
USED = {"en": "- Used: ", "fr": "- Utilisées\u202f: "}


def line_of(text: str, lang: str) -> str:
    return next((line for line in text.splitlines() if line.startswith(USED[lang].rstrip(" :"))), "")


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def drawn(number: int) -> rm.Policy:
    return rm.Policy.from_data(World.drawn(f"papers {number}").policy)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("number", range(60))
def test_every_part_of_a_drawn_policy_has_its_sentence(number: int, lang: str) -> None:
    policy = drawn(number)
    said = PlainPolicy(policy, lang)
    assert len(said.criteria_lines()) == len(policy.criteria)
    told = said.rule_lines()
    assert len(told) == len({said._rule(rule) for rule in policy.rules})
    together = said.together_lines()
    beside = len({credit.name for credit in policy.credits})
    for one in (policy.as_far_as_possible, policy.spread, policy.own_weights):
        beside += one is not None
    assert len(together) == len(policy.quotas) + beside
    for write in PAPERS:
        paper = write(policy, lang)
        assert [
            line
            for line in (*said.criteria_lines(), said.objective(exactly=write is rm.works_council_sheet))
            if line not in paper
        ] == []
        assert [line for line in (*told, *together) if line[1:] not in paper] == []
        assert not re.search(r"\{|\}|None|Fraction|\(\)| ,|kind=", paper), paper


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_not_used_is_never_told_as_used(lang: str) -> None:
    """By an own computation: the words of a field stand in the line of used data just where it is used."""
    words, seen = preset_words(lang).fields, set()
    for number in range(60):
        policy = drawn(number)
        used = data_used(policy).fields
        line = line_of(rm.participants_notice(policy, lang), lang)
        for field in ("gender", "department", "location", "goals", "languages"):
            told = words.get(field, field) in line
            assert told == (field in used), (field, line)
            seen.add((field, told))
    assert {("gender", True), ("gender", False), ("location", True), ("location", False)} <= seen


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_policy_without_gender_names_it_only_as_not_used(lang: str) -> None:
    text = rm.participants_notice(rm.Policy.preset("no-personal-traits"), lang)
    assert [line for line in text.splitlines() if GENDER[lang] in line] == [
        line for line in text.splitlines() if line.startswith(("- Not used", "- Non utilisées"))
    ]
    assert GENDER[lang] in line_of(rm.participants_notice(rm.Policy(), lang), lang)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PRESETS)
def test_the_notice_of_a_preset_is_a_page(name: str, lang: str) -> None:
    text = rm.participants_notice(rm.Policy.preset(name), lang)
    lines = [line for part in text.splitlines() for line in textwrap.wrap(part, 95) or [""]]
    filled = sum(map(bool, lines))
    assert filled + (len(lines) - filled) / 2 <= 60  # of a page with 95 letters in a line


def test_every_kind_has_words() -> None:
    """Whoever adds a kind of criterion or condition adds its words to ``views/plain_policy.py``."""
    criteria = {type(one).model_fields["kind"].default for one in rm.Policy.from_data(RICH).criteria}
    kinds = rm.Policy.model_json_schema()["properties"]["criteria"]["items"]["discriminator"]["mapping"]
    assert criteria < set(kinds) == set(_CRITERIA)
    models = get_args(get_args(Condition.__value__ if hasattr(Condition, "__value__") else Condition)[0])
    assert {model.model_fields["kind"].default for model in models} == set(_CONDITIONS)
    assert {*_CONDITIONS, "fix", "forbid"} == KINDS_OF_RULES


def places(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)


def test_both_languages_have_the_same_texts() -> None:
    assert english_notice.TEXTS.keys() == french_notice.TEXTS.keys()
    for name, text in english_notice.TEXTS.items():
        assert places(text) == places(french_notice.TEXTS[name]), name


def test_every_text_is_used() -> None:
    """A text that no policy brings up is one that nobody has read."""
    seen: set[str] = set()

    class Watched(dict[str, str]):
        def __getitem__(self, name: str) -> str:
            seen.add(name)
            return str(super().__getitem__(name))

    everything: dict[str, Any] = {
        **RICH,
        "criteria": [
            *RICH["criteria"],
            {"kind": "coverage", "name": "c", "weight": 1},
            {"kind": "coverage", "name": "c2", "weight": 1, "reciprocity": 0.5},
            {"kind": "overlap", "name": "o", "weight": 1, "field": "goals"},
            {"kind": "gap", "name": "age", "weight": 1, "field": "age", "from": 5, "to": 20, "until": 30},
            {"kind": "difference", "name": "d", "weight": 1, "field": "gender"},
            {"kind": "sameness", "name": "s", "weight": 1, "field": "location"},
            {"kind": "wants", "name": "w", "weight": 1},
            {"kind": "preferences", "name": "p", "weight": 1},
            {"kind": "common_time", "name": "t", "weight": 1, "on_site": True},
        ],
        "rules": [
            *RICH["rules"],
            *(
                {"kind": "teaches", "of": of, "at_level": 2, "at_priority": 2}
                for of in ("mentee", "both", "either")
            ),
            {"kind": "shared", "field": "languages"},
            {"kind": "among", "value": "mentor.location", "listed_in": "mentee.sites"},
            {"kind": "gap_between", "field": "grade", "at_least": 2, "at_most": 6},
            {"kind": "gap_between", "field": "age", "at_most": 6},
            {"kind": "overlapping_hours"},
            {"kind": "common_time", "at_least": 60},
            {"kind": "not_met_before", "duos": [], "again_after_months": 3},
            {"kind": "require", "of": "mentor", "field": "consent", "known": True},
            {"kind": "require", "of": "mentee", "field": "place", "under": ["A/B", "C"]},
            {
                "kind": "not_in_reporting_line",
                "waivers": [{"mentor": "lea", "mentee": "ada", "reason": "asked", "author": "HR"}],
            },
            {"kind": "avoids"},
            {"kind": "personal_rules"},
            {"kind": "minimum_score", "at_least": 0.2},
            {"kind": "listed", "pairs": [["lea", "ada"]]},
            {"kind": "forbid", "pairs": [["lea", "ada"]]},
            {"kind": "custom", "function": "near"},
            {"kind": "all_of", "name": "two", "conditions": [{"kind": "avoids"}]},
        ],
        "quotas": [
            *RICH["quotas"],
            {"kind": "duos", "at_least": 3, "at_most": 3},
            {"kind": "each", "by": "mentee.team", "of": {"kind": "same", "field": "location"}, "at_most": 2},
        ],
        "own_weights": {"factor": 3},
    }
    policies = [
        rm.Policy.from_data(everything),
        rm.Policy.from_data({**everything, "spread": "mentors"}),
        *(rm.Policy.from_data({"objective": one}) for one in ("total", "max_min")),
        *(
            rm.Policy.from_data({"objective": {"kind": kind, "over": "mentees"}})
            for kind in ("max_min", "fair")
        ),
        rm.Policy.preset("no-personal-traits"),
        rm.Policy.from_data(
            {
                "criteria": [{"kind": "table", "name": "t", "weight": 1, "pairs": []}],
                "rules": [],
                "as_far_as_possible": None,
            }
        ),
    ]
    watched = Watched(english_notice.TEXTS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reverse_match.views.plain_policy.notice_words", lambda _: watched)
        for policy in policies:
            for write in PAPERS:
                write(policy)
    assert set(english_notice.TEXTS) - seen == {"still open"}  # which the command says


def test_no_person_is_named() -> None:
    """Pairs of a policy are counted and not listed, and so are those of credits."""
    policy = {
        "rules": [
            {"kind": "forbid", "pairs": [["zoe.martin", "ada.lovelace"]]},
            {"kind": "fix", "pairs": [["lea.petit", "marc.grand"]]},
            {"kind": "avoids", "pairs": [["zoe.martin", "marc.grand"]]},
            {
                "kind": "not_in_reporting_line",
                "waivers": [
                    {"mentor": "zoe.martin", "mentee": "marc.grand", "reason": "for lea", "author": "ada"}
                ],
            },
            {"kind": "listed", "pairs": [["lea.petit", "marc.grand"]]},
            {"kind": "not_met_before", "duos": [{"mentor": "zoe.martin", "mentee": "marc.grand"}]},
        ],
        "credits": [{"name": "waited", "points": 0.5, "mentees": ["ada.lovelace"]}],
    }
    for write in PAPERS:
        for lang in LANGUAGES:
            text = write(rm.Policy.from_data(policy), lang)
            assert not re.search(r"\b(zoe|ada|lea|marc)\b|martin|lovelace|petit|grand", text), text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sheet_tells_traits_and_stand_ins(lang: str) -> None:
    for number in range(30):
        policy = drawn(number)
        used, text = data_used(policy).fields, rm.works_council_sheet(policy, lang)
        none = ("Neither age nor gender is" in text) or ("Ni l’âge ni le genre ne figurent" in text)
        assert none == used.isdisjoint(TRAITS)
        assert ("may go with age" in text or "peuvent aller de pair" in text) == (
            not used.isdisjoint(STAND_INS)
        )
        assert policy.sha256 in text


def test_the_best_of_a_pool_is_told_as_what_it_is() -> None:
    policy = rm.Policy.from_data(
        {"quotas": [{"kind": "duos", "at_most": 20}, {"kind": "duos", "at_most": 25}]}
    )
    for write in PAPERS:
        assert "at most 20 are formed. So the scores also decide who takes part." in write(policy)
        assert "20 au plus sont formés" in write(policy, "fr")
        assert "decide who takes part" not in write(rm.Policy())


def test_the_french_of_papers_is_french() -> None:
    for name, text in french_notice.TEXTS.items():
        assert not re.search(r"\b(the|of|and|is|are|with|not|duos that|their)\b", text), name
        assert not re.search(r"\w'\w", text), name
    for name in PRESETS:
        for write in PAPERS:
            paper = re.sub(r"SHA-256.*|\*\*.*?\*\*", "", write(rm.Policy.preset(name), "fr"))
            assert not re.search(r"[ \u00a0][;?!%]", paper)


def test_what_is_given_stands_in_the_paper(tmp_path: Path) -> None:
    given = {"contact": "rh@example.com", "retention": "12 mois", "organisation": "Société Exemple"}
    for write in PAPERS:
        paper = write(rm.Policy(), "fr", **given)
        assert [text for text in given.values() if text not in paper] == []
        assert paper.count("[à compléter") == 3  # legal basis, origin and readers, which no option says
        assert write(rm.Policy(), "fr").count("[à compléter") == 6


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_text_that_ends_with_a_full_stop_does_not_end_with_two(lang: str) -> None:
    given = {"contact": "hr@example.com.", "retention": "12 months.", "organisation": "Example, Inc."}
    for write in PAPERS:
        told = write(rm.Policy(), lang, **given)
        assert ".." not in told
        assert all(text in told for text in given.values())


def run(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["policy", *words], env={"LC_ALL": "", "LC_MESSAGES": "", "LANG": "C"})
    return result.exit_code, result.stdout, result.stderr


def test_the_command_writes_both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    code, shown, told = run("--show", "mission", "--for-participants", "--contact", "hr@example.com")
    assert (code, shown) == (0, rm.participants_notice(rm.Policy(), contact="hr@example.com"))
    assert told == "Before it is handed out, fill in what stands in brackets.\n"
    out = "sheet.md"
    code, shown, told = run("--show", "mission", "--for-works-council", "--out", out, "--lang", "fr")
    assert (code, shown) == (0, "")
    assert plain(told).startswith("Avant de diffuser")
    assert (tmp_path / out).read_text("utf-8") == rm.works_council_sheet(rm.Policy(), "fr")
    code, _, told = run("--show", "mission", "--for-participants", "--out", out)
    assert (code, "is there already" in told) == (2, True)


@pytest.mark.parametrize(
    "words",
    [
        ["--for-participants"],
        ["--show", "mission", "--for-participants", "--for-works-council"],
        ["--show", "mission", "--for-participants", "--format", "json"],
        ["--show", "mission", "--contact", "hr"],
        ["--show", "mission", "--for-participants", "--out", "notice.toml"],
    ],
    ids=str,
)
def test_what_does_not_go_together(words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    code, shown, told = run(*words)
    assert (code, shown, [*tmp_path.iterdir()]) == (2, "", [])
    french = run(*words, "--lang", "fr")[2]
    assert french != told


def test_parts_of_a_rule_are_told() -> None:
    policy = rm.Policy.from_data(RICH)
    said = PlainPolicy(policy, "en")
    for rule in policy.rules:
        for _, part in parts_of(rule):
            if type(part).model_fields["kind"].default not in ("fix", "forbid"):
                assert said.condition(part).partition(" (")[0] in " ".join(said.rule_lines())


@pytest.mark.parametrize("page", ["for-deployers.md", "fr/pour-les-responsables.md"])
def test_the_pages_for_deployers_say_how_sure_they_are(page: str) -> None:
    """Every section about law states what was checked, and that it is no advice."""
    text = (DOCS / page).read_text("utf-8")
    assert "No legal advice" in text or "pas un conseil juridique" in text
    assert "2026" in text.split("##")[0]
    law = [
        part
        for part in text.split("\n## ")
        if re.search(r"L2312|2024/1689|EEOC", part.partition("Source")[0])
    ]
    assert len(law) >= 3
    assert [
        part[:30] for part in law if not re.search(r"\*checked|\*vérifié|\*not checked|\*non v", part)
    ] == []
