"""Faults and notes in French: every file that is wrong in one way, and nothing of them left in English."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from typer.testing import CliRunner

import reverse_match as rm
from messages_in_code import Message, messages_in_code
from reverse_match.errors import CohortError, Fault
from reverse_match.foundation import data_faults
from reverse_match.verification import duos
from reverse_match.views.cli.main import app
from reverse_match.views.words import (
    french_faults,
    french_faults_changes,
    french_faults_circles,
    french_faults_exports,
    french_faults_findings,
    french_faults_intake,
    french_faults_own_say,
    french_faults_policies,
    french_faults_programmes,
    french_faults_published,
    french_faults_reading,
)
from reverse_match.views.words.faults import faults_in_words, note_in_words
from reverse_match.views.words.french_faults import SENTENCES, WORDS
from reverse_match.views.words.languages import language_of_locale

DATA = Path(__file__).parents[1] / "data"
SOURCE = " ".join(
    re.sub(r"\s+", " ", re.sub(r'"\s*\n\s*f?"', "", path.read_text("utf-8")))
    for path in Path(rm.__file__).parent.rglob("*.py")
    if not path.name.startswith("french_faults")
)
ENGLISH = re.compile(
    r"\b(the|right would be|not|is|are|this|which|give|missing|unknown|known|row|column|must)\b"
)


FILLED = (
    *("no mentee", "name 1", "says None", "be None"),
    *("No such", "or directory", "Permission denied", "Is a"),
)
"""What the code makes of a value that a sentence has within it, and what the system says."""


def wrong_files() -> list[Path]:
    """Return the files of people that cannot be read."""
    wrong = []
    for path in sorted(DATA.glob("*.*")):
        try:
            rm.read_cohort(path)
        except rm.InputError:
            wrong.append(path)
    return wrong


@pytest.mark.parametrize("path", wrong_files(), ids=lambda path: path.name)
def test_what_is_wrong_with_a_file_is_said_in_french(path: Path) -> None:
    with pytest.raises(rm.InputError) as caught:
        rm.read_cohort(path)
    for fault in caught.value.faults:
        said = WORDS.say(fault.message)
        assert said is not None, fault.message
        if "JSON" not in said and "CSV" not in said:  # what Python says of these stays
            assert not ENGLISH.search(re.sub(r"«[^»]*»", "", said)), said


POLICIES: list[Any] = [
    {"rule": []},
    {"rules": 3},
    {"rules": [{"field": "x"}]},
    {"rules": [{"kind": "diferent", "field": "gender"}]},
    {"rules": [{"kind": "minimum_score", "score": 2}]},
    {"quotas": [{"kind": "duos"}]},
    {"quotas": [{"kind": "duos", "at_most": "x"}]},
    {"quotas": [{"kind": "duos", "at_least": 3, "at_most": 1}]},
    {"quotas": [{"kind": "share", "of": {"kind": "same", "field": "x"}, "at_least": "x"}]},
    {"criteria": []},
    {"criteria": [{"kind": "skills"}]},
    {"criteria": [{"kind": "sameness", "name": "a", "weight": 0, "field": "x"}]},
    {"rules": [{"kind": "all_of", "conditions": []}]},
    {"rules": [{"kind": "require", "field": "x"}]},
    {"quotas": [{"kind": "count", "at_most": 3}]},
    {"quotas": [{"kind": "each", "by": "department", "at_most": 3}]},
    {"credits": [{"name": "a", "points": 1}]},
    {"seed": "a"},
    {"objective": "best"},
    {"as_of": "x"},
    {"spread": "best"},
    {"spread": "mentors", "objective": "total"},
    {"rules": [{"kind": "common_time", "at_least": 30, "slot": 60}]},
    {"rules": [{"kind": "teaches", "skills": [{"skill": "Go", "at_level": 2}, {"skill": "go"}]}]},
    {"criteria": [{"kind": "table", "name": "a", "weight": 1, "pairs": [["lea", "ada"]]}]},
    {"criteria": [{"kind": "table", "name": "a", "weight": 1, "file": "../a.csv"}]},
]


@pytest.mark.parametrize("policy", POLICIES, ids=str)
def test_what_is_wrong_with_a_policy_is_said_in_french(policy: Any) -> None:
    with pytest.raises(rm.InputError) as caught:
        rm.Policy.from_data(policy)
    for fault in caught.value.faults:
        said = WORDS.say(fault.message)
        assert said is not None, fault.message
        assert not ENGLISH.search(re.sub(r"«[^»]*»", "", said)), said


ONLY_PROGRAMMERS: dict[str, str] = {
    "study/": "no command makes a study: the message is one line of a traceback, which is English",
    "scoring/registry.py": "functions of one's own are registered in Python alone",
    "scoring/custom.py": "the same",
    "foundation/frames.py": "no command makes a frame",
    "people/frames.py": "a frame is given in Python; of a parquet file the faults have words, see the next test",
    "views/plots/": "pictures are asked for in Python",
    "programme/indicators/weight_evidence.py": "weights are accepted in Python",
    "not a policy; right would be rm.Policy(...)": "an argument of a call",
    "not a language; right would be": "an argument of a call",
    "this matching has no people beside it": "no command asks a matching without its people",
    "unknown table": "an argument of a call",
    "a matrix of more than": "no command makes the matrix",
    "out of range; right would be X": "the words for a type of pydantic, see test_words_for_types",
    "not what can stand here; right would be X": "the same",
}
"""Messages that have no French, by the begin of their module or of themselves, and why they need none."""


def is_exempt(message: Message) -> bool:
    return any(message.module.startswith(one) or message.text.startswith(one) for one in ONLY_PROGRAMMERS)


def said_alone(text: str) -> str | None:
    """Return a message in French without its parts that are values alone: those stand elsewhere."""
    alone = re.sub(r"(^|; )X\d?(?=; |$)", "", text).removeprefix("; ")
    return WORDS.say(re.sub(r"\bX(\d)\b", r"X-\1", alone))


def test_every_message_in_the_code_has_french() -> None:
    """Whoever writes a new one adds its sentence to one of the modules ``views/words/french_faults*.py``."""
    missing = [
        f"{message.module}:{message.line}: {message.text}"
        for message in messages_in_code()
        if said_alone(message.text) is None and not is_exempt(message)
    ]
    assert missing == []


def test_the_messages_are_found() -> None:
    """Those of each way to make one: a fault, a note, an option, texts put together."""
    found = {message.text for message in messages_in_code()}
    assert len(found) > 400
    for known in (
        "holds macros, which are never run; save it as .xlsx without macros",
        "--mentor and --mentee go together",
        "cells that are merged over several rows are read in each of them",
        "the people have changed; --people-out writes them, for verify",
    ):
        assert known in found
    assert any(re.fullmatch(r"nobody fills '\S+', so that no duo counts", text) for text in found)


def test_every_exemption_is_needed() -> None:
    messages = [message for message in messages_in_code() if said_alone(message.text) is None]
    for begin in ONLY_PROGRAMMERS:
        assert any(message.module.startswith(begin) or message.text.startswith(begin) for message in messages)


def test_words_for_types() -> None:
    """What pydantic finds is told with words for its types."""
    for word in data_faults._WORDS.values():
        assert WORDS.say(f"right would be {word}") is not None, word
        assert WORDS.say(f"missing; right would be {word}") is not None, word
    for kind, (_, sentence) in data_faults._TYPES.items():
        if isinstance(sentence, str) and kind != "frozen_field frozen_instance":  # in Python alone
            assert WORDS.say(re.sub(r"\{[^{}]*\}", "7", sentence)) is not None, kind


def test_every_sentence_still_stands_in_the_code() -> None:
    """Its words, that is: what stands between its values, whole or by the halves of an f-string."""
    there = SOURCE + " ".join(message.text for message in messages_in_code())
    usual = {pair for words in _between_marks(there) for pair in _pairs_of(words)}  # most are found at once
    gone = [
        (pair, sentence)
        for sentence in SENTENCES
        for literal, *_ in Formatter().parse(sentence)
        for words in _between_marks(literal)
        for pair in _pairs_of(words)
        if pair not in usual and pair not in there and pair not in FILLED
    ]
    assert gone == []


def _between_marks(text: str) -> list[str]:
    return re.split(r"['{};:,?.()]", text)


def _pairs_of(words: str) -> list[str]:
    return [" ".join(pair) for pair in pairwise(words.split())]


def places(text: str) -> set[str]:
    return {name for _, name, *_ in Formatter().parse(text) if name is not None}


def test_both_wordings_have_the_same_places() -> None:
    for sentence, said in SENTENCES.items():
        assert places(said) <= places(sentence)
        assert places(sentence) - places(said) <= {"each"}, sentence


def test_typography() -> None:
    for sentence in SENTENCES.values():
        said = WORDS.formatter.set_spaces({"": sentence})[""]
        assert not re.search(r"[ \u00a0][:;?!%]", re.sub(r"'[^']*'|\"[^\"]*\"|:\d", "", said)), said
        assert not re.search(r"\w'\w", sentence), sentence
        assert not re.search(r"[\[({][^\])}]*'", sentence), (
            "a reader copies code: it has quotes that can be typed"
        )


def test_no_sentence_stands_twice() -> None:
    parts = (
        french_faults_circles,
        french_faults_exports,
        french_faults_reading,
        french_faults_policies,
        french_faults_programmes,
        french_faults_published,
        french_faults_findings,
        french_faults_intake,
        french_faults_own_say,
        french_faults_changes,
    )
    modules = (french_faults._EVERYWHERE, *(part.SENTENCES for part in parts))
    assert sum(map(len, modules)) == len(SENTENCES)


def test_a_file_that_is_not_there() -> None:
    result = CliRunner().invoke(app, ["match", "nowhere.csv", "--lang", "fr"])
    assert result.stderr.replace("\u202f", " ") == (
        "nowhere.csv : illisible : ce fichier ou ce dossier n’existe pas\n"
    )


def test_a_fault_that_has_no_words_stays_whole() -> None:
    error = CohortError([Fault("quite new; right would be text", "p.csv", 2, "id")])
    said = faults_in_words(error, "fr").replace("\u202f", " ").replace("\u00a0", " ")
    assert said == "p.csv, ligne 2, colonne « id » : quite new; right would be text"
    assert faults_in_words(error, "en") == str(error)


def test_values_of_people_are_not_translated() -> None:
    fault = Fault("nobody in the cohort has the id 'missing'; did you mean 'text'?", column="leave[0]")
    said = faults_in_words(CohortError([fault]), "fr")
    assert "«\u00a0missing\u00a0»" in said
    assert "«\u00a0text\u00a0»" in said


def test_many_faults_are_counted() -> None:
    error = CohortError([Fault("missing; every person needs one", row=row) for row in range(3_000)])
    assert faults_in_words(error, "fr").splitlines()[-1] == "et 2\u202f000 autres"


def test_a_command_says_faults_and_notes_in_french(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("id,role\na,mentor\nA,mentee\na,both\nb,chef\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["match", str(path), "--lang", "fr"])
    said = result.stderr.replace("\u202f", " ").replace("\u00a0", " ")
    assert result.exit_code == 2
    assert "people.csv, ligne 5, colonne « role » : rôle inconnu ; attendu : " in said
    path.write_text("id,role\na,mentor\nA ,mentee\n", encoding="utf-8")
    noted = note_in_words("rules[0]: nobody fills 'gender', so that no duo counts", "fr")
    assert noted == (
        "remarque\u202f: rules[0]\u202f: personne n’a rempli «\u00a0gender\u00a0», si bien qu’aucun duo ne compte"
    )


@pytest.mark.parametrize(
    "command",
    [
        "demo",
        "match",
        "verify",
        "explain",
        "amend",
        "review",
        "rotate",
        "calendar",
        "plan",
        "bench",
        "schema",
    ],
)
def test_every_command_has_the_option(command: str) -> None:
    shown = CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "200", "TERM": "dumb"}).stdout
    assert "--lang" in shown


@pytest.mark.parametrize(
    ("variables", "code"),
    [
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr"}, "fr"),
        ({"LC_ALL": "en_GB.UTF-8", "LANG": "fr_FR.UTF-8"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "fr_CA", "LANG": "en_US"}, "fr"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_locale_says_the_language(variables: dict[str, str], code: str) -> None:
    assert language_of_locale(variables) == code


def test_subjects_of_findings() -> None:
    """Every subject that verification names has its word."""
    folder = Path(rm.__file__).parent / "verification"
    found = {
        one
        for path in folder.glob("*.py")
        for one in re.findall(r'Finding\("(\w+)"', path.read_text("utf-8"))
    }
    assert len(found) > 30
    found |= duos._UNTRUE.keys()
    assert found - french_faults_findings.SUBJECTS.keys() == set()


def test_a_failed_verification_is_told_in_french(tmp_path: Path) -> None:
    cohort = rm.read_cohort(rm.demo_path())
    matching = rm.match(cohort)
    first = matching.duos[0]
    duo = first.model_copy(update={"score": 0.9})
    (tmp_path / "m.json").write_text(
        matching.model_copy(update={"duos": (duo, *matching.duos[1:])}).to_json(), "utf-8"
    )
    words = ["verify", str(tmp_path / "m.json"), str(rm.demo_path()), "--lang", "fr"]
    told = CliRunner().invoke(app, words).stderr.replace("\u202f", " ").replace("\u00a0", " ")
    both = f"« {duo.mentor} » (mentor) et « {duo.mentee} » (mentoré(e))"
    said, real = (
        f"{total:.6f}".replace(".", ",") for total in (matching.total, matching.total + 0.9 - first.score)
    )
    score = f"{first.score}".replace(".", ",")
    assert f"score : le duo de {both} aurait un score de 0,9, mais son score est de {score}\n" in told
    assert f"total : le total indiqué est {said}, mais la somme des scores des duos est {real}" in told
