"""Catalogues of all languages have the same phrases, and nothing in them is said nowhere."""

from __future__ import annotations

import ast
import inspect
import os
import re
import subprocess
import sys
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reverse_match import views
from reverse_match.matching.results.plan import SittingOut
from reverse_match.matching.results.proposal import Proposal, ProposalReason
from reverse_match.matching.results.rotation import Change
from reverse_match.matching.results.unmatched import Unmatched
from reverse_match.views.words.languages import LANGUAGES, language
from reverse_match.views.words.phrases import Phrases

if TYPE_CHECKING:
    from pydantic import BaseModel

VIEWS = Path(str(views.__file__)).parent
PHRASES = {name: said for name, said in vars(Phrases).items() if inspect.isfunction(said)}
TEXTS = language("en").texts
OTHERS = [code for code in LANGUAGES if code != "en"]
CATALOGUES = {Path(inspect.getfile(type(catalogue))) for catalogue in map(language, LANGUAGES)}


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def code_outside_tables(path: Path) -> list[ast.AST]:
    """Return every node of a catalogue but for its tables, in which all texts stand."""
    body = ast.parse(path.read_text("utf-8")).body
    return [
        node for part in body if not isinstance(part, ast.Assign | ast.AnnAssign) for node in ast.walk(part)
    ]


def templates() -> str:
    return "\n".join(path.read_text("utf-8") for path in VIEWS.rglob("*.j2"))


OUTSIDE = [
    node
    for path in VIEWS.rglob("*.py")
    if path not in CATALOGUES | {Path(inspect.getfile(Phrases))}
    and "reverse_match.views.words" in path.read_text("utf-8")
    for node in ast.walk(ast.parse(path.read_text("utf-8")))
]
INSIDE = [
    node for path in CATALOGUES | {Path(inspect.getfile(Phrases))} for node in code_outside_tables(path)
]


def said() -> list[tuple[ast.expr, list[str | None]]]:
    """Return what is looked up in a catalogue, as it stands in the code, with names of what fills its places."""
    calls = [node for node in [*OUTSIDE, *INSIDE] if isinstance(node, ast.Call)]
    filled = {id(call.func.value): call for call in calls if isinstance(call.func, ast.Attribute)}
    texts = [
        node for node in INSIDE if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "TEXTS"
    ]
    return [
        (call.args[0], [keyword.arg for keyword in call.keywords] + ["number"] * is_counted(call))
        for call in calls
        if call.args and re.fullmatch(r"((self\.)?say|self)(\.counted)?", ast.unparse(call.func))
    ] + [
        (text.slice, [keyword.arg for keyword in filled[id(text)].keywords] if id(text) in filled else [])
        for text in texts
    ]


def is_counted(call: ast.Call) -> bool:
    """Say whether a call fills the place of a number itself."""
    return ast.unparse(call.func).endswith(".counted")


def pattern(node: ast.expr) -> str:
    """Return what a text's name looks like by the f-string that makes it."""
    parts = node.values if isinstance(node, ast.JoinedStr) else []
    return "".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else r".+" for part in parts)


@pytest.mark.parametrize("code", OTHERS)
def test_every_language_has_every_text_with_the_same_places(code: str) -> None:
    texts = language(code).texts
    assert texts.keys() == TEXTS.keys()
    assert {name: places(text) for name, text in texts.items()} == {
        name: places(text) for name, text in TEXTS.items()
    }


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_text_that_counts_has_a_half_for_one_and_for_several(code: str) -> None:
    texts, counted = language(code).texts, {name for name, text in TEXTS.items() if "|" in text}
    assert {name for name, text in texts.items() if "|" in text} == counted
    for name in counted:
        one, several = texts[name].split("|")
        assert places(one) == places(several), name
        assert "number" in places(one), name


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_has_every_phrase_with_the_same_arguments(code: str) -> None:
    catalogue = type(language(code))
    for name, declared in PHRASES.items():
        assert inspect.signature(getattr(catalogue, name)) == inspect.signature(declared), name
    own = {name for name, value in vars(catalogue).items() if inspect.isfunction(value)}
    assert own == Phrases.__abstractmethods__


def test_every_phrase_is_said_somewhere() -> None:
    asked = {node.attr for node in OUTSIDE if isinstance(node, ast.Attribute)}
    asked |= set(re.findall(r"say\.(\w+)", templates()))
    assert {name for name in PHRASES if name not in asked} <= {"__call__"}


def test_every_text_is_said_somewhere() -> None:
    whole = {node.value for node in OUTSIDE if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    whole |= {
        part.value
        for node, _ in said()
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    }
    whole |= set(re.findall(r'say\("([^"]+)"', templates()))
    made = [re.compile(pattern(node)) for node, _ in said() if isinstance(node, ast.JoinedStr)]
    assert [
        name for name in TEXTS if name not in whole and not any(one.fullmatch(name) for one in made)
    ] == []


def test_what_is_said_is_in_the_catalogue_and_its_places_are_filled() -> None:
    """Of a family, whose names an f-string makes, at least one text has the places that are filled."""
    for node, values in said():
        if not isinstance(node, ast.Constant | ast.JoinedStr):
            continue
        name = re.escape(str(node.value)) if isinstance(node, ast.Constant) else pattern(node)
        named = [places(text) for one, text in TEXTS.items() if re.fullmatch(name, one)]
        assert named, ast.unparse(node)
        assert None in values or {*values} in named, ast.unparse(node)


def codes(record: type[BaseModel], field: str) -> set[str]:
    """Return what a field can hold, without ``None``."""
    held = str(record.model_fields[field].annotation)
    return set(re.findall("'([^']+)'", held))


WITH_NAMES = {
    "person_left",
    "no_place",
    "rotates",
    "ruled_out",
    "left_out_before",
    "joined",
}
"""Reasons of a change that need more than a clause: names, rules or a number of rounds."""


@pytest.mark.parametrize(
    ("family", "told"),
    [
        ("reason", codes(Unmatched, "reason")),
        ("bar", codes(Unmatched, "reason")),
        ("sits out", codes(SittingOut, "reason")),
        ("kind", codes(Change, "kind")),
        ("becomes", codes(Change, "kind")),
        ("change", codes(Change, "reason") - WITH_NAMES),
        ("better", codes(Change, "format")),
        ("propose", codes(Proposal, "proposal") - {"keep with another format"}),
        ("keep", codes(Proposal, "format")),
        ("ask", codes(ProposalReason, "format")),
        ("wish", {code for code in codes(ProposalReason, "code") if code.startswith("wants_")}),
    ],
)
def test_every_code_of_a_record_has_its_text_and_no_text_is_left_over(family: str, told: set[str]) -> None:
    assert {name.removeprefix(f"{family} ") for name in TEXTS if name.startswith(f"{family} ")} == told


def test_the_command_line_knows_every_language() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "reverse_match", "match", "--help"],
        env={**os.environ, "COLUMNS": "200", "PYTHONUTF8": "1", "_TYPER_FORCE_DISABLE_TERMINAL": "1"},
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    assert re.search(
        rf"[<\[]{re.escape('|'.join(LANGUAGES))}[>\]]", shown.stdout
    )  # as the version of Typer has it


def test_no_ordinary_space_stands_in_french_before_a_sign() -> None:
    """A line must not begin with a colon or a semicolon."""
    for name, text in language("fr").texts.items():
        assert not re.search(r" [:;»!?%]|« ", text), name


FRENCH = Path(inspect.getfile(type(language("fr"))))


def test_french_has_its_own_apostrophe_and_narrow_spaces() -> None:
    """In texts as they are shown, and in what stands in the phrases between their values."""
    said = [*language("fr").texts.values()]
    tree = ast.parse(FRENCH.read_text("utf-8"))
    quoted = {
        id(part.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        for part in node.body
        if isinstance(part, ast.Expr)
    }  # docstrings are in English
    said += [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in quoted
    ]
    assert len(said) > 700
    for text in said:
        assert not re.search(r"\w'\w|'$|\w'«", text), text
    for text in language("fr").texts.values():
        assert not re.search(r"[ \u00a0][:;?!%]", text), text


@pytest.mark.parametrize("number", [0, 1, 2, 1_200])
def test_every_text_that_counts_agrees_with_its_number(number: int) -> None:
    """French has the singular for nought and one; nothing says "1 duos" or "2 duo"."""
    say = language("fr")
    for name, text in say.texts.items():
        if "|" not in text:
            continue
        places_of = dict.fromkeys(places(text.split("|")[0]) - {"number"}, "x")
        told = say.counted(name, number, **places_of)
        noun = re.search(r"(?:\d|\u202f)\d*[ \u00a0](\w+)", told)
        assert noun is not None, told
        assert noun[1].endswith("s") == (number > 1), told


def test_a_catalogue_without_a_phrase_cannot_be_made() -> None:
    class Short(Phrases):
        """It has texts alone."""

    with pytest.raises(TypeError, match="abstract"):
        Short()  # type: ignore[abstract]


@given(st.floats())
def test_a_score_is_a_number_with_three_decimals(score: float) -> None:
    for code in LANGUAGES:
        formatter = language(code).formatter
        assert formatter.score(score) == formatter.decimal(score, ".3f")


def test_a_list_names_the_first_and_counts_the_others() -> None:
    formatter = language("fr").formatter
    assert [formatter.join(list("abcdefgh")[:number]) for number in (0, 1, 2, 7, 8)] == [
        "",
        "a",
        "a et b",
        "a, b, c, d, e, f et 1 autre",
        "a, b, c, d, e, f et 2 autres",
    ]


def test_every_step_of_a_computation_has_its_words() -> None:
    package = VIEWS.parent
    steps = {
        step
        for path in package.rglob("*.py")
        for step in re.findall(r'(?:\.step|Progress)\("([a-z ]+)"', path.read_text("utf-8"))
        if "words" not in path.relative_to(package).parts and step != "dream"
    }
    assert len(steps) > 8
    assert {f"step {step}" for step in steps} <= set(TEXTS)
