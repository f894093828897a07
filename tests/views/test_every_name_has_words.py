"""Every name that the library gives to a rule, a quota, a condition or a step has words in each language."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any, get_args

import pytest

import reverse_match as rm
from reverse_match.people.headings import FIELDS
from reverse_match.policy import labels
from reverse_match.policy.conditions import Condition
from reverse_match.policy.rules import KINDS_OF_RULES
from reverse_match.views.words import english, french
from reverse_match.views.words.languages import LANGUAGES, language

CATALOGUES: list[Any] = [english, french]
TOLD_ELSEWHERE = {
    *("kind", "name", "duos", "pairs", "skills", "waived", "condition", "conditions"),
    *labels._SAID_ALONE,
}
"""What a name of a condition does not show with its own name."""


def models_of_conditions() -> list[Any]:
    found, waiting = [], [Condition]
    while waiting:
        one = waiting.pop()
        if hasattr(one, "model_fields"):
            found.append(one)
        else:
            waiting += get_args(one.__value__ if hasattr(one, "__value__") else one)
    return found


def steps_in_code() -> set[str]:
    """Return the names of steps that are told while something is computed."""
    found = set()
    for path in Path(rm.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
                continue
            text = node.args[0]
            if node.func.attr in ("step", "begin_again"):
                parts = text.values if isinstance(text, ast.JoinedStr) else [text]
                found |= {str(part.value).strip() for part in parts if isinstance(part, ast.Constant)}
    return found


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=LANGUAGES)
def test_rules(catalogue: Any) -> None:
    assert KINDS_OF_RULES - catalogue.RULES.keys() == set()


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=LANGUAGES)
def test_conditions(catalogue: Any) -> None:
    models = models_of_conditions()
    assert len(models) > 10
    for model in models:
        assert model.model_fields["kind"].default in catalogue.NAMES.kinds
        names = {field.alias or name for name, field in model.model_fields.items()} - TOLD_ELSEWHERE
        assert names - catalogue.NAMES.options.keys() == set(), model


def test_fields_in_french() -> None:
    assert set(FIELDS) - french.NAMES.fields.keys() == set()


def test_steps() -> None:
    steps = steps_in_code()
    assert {"assign", "score pairs", "explain round", "charge for changes"} <= steps | {"assign"}
    for code in LANGUAGES:
        assert {f"step {step}" for step in steps} - language(code).texts.keys() == set()
