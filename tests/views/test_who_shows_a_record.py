"""Every kind of record finds the module that shows it, by one table."""

from __future__ import annotations

import inspect
import pkgutil
from importlib import import_module
from typing import Any

import pytest

import reverse_match
from reverse_match.foundation.records import views_of
from reverse_match.views import records
from reverse_match.views.records import SHOWN_BY, any_record

PUBLIC = [
    getattr(reverse_match.results, name) for name in dir(reverse_match.results) if not name.startswith("_")
]
RECORDS = [kind for kind in PUBLIC if inspect.isclass(kind) and hasattr(kind, "_repr_html_")]


def shown_by(kind: type) -> Any:
    return views_of(object.__new__(kind))


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
def test_a_record_has_a_view_and_its_sentences(kind: type) -> None:
    view = shown_by(kind)
    assert callable(view.notebook)
    if "sentences" in vars(kind):
        assert view.sentences.dispatch(kind) is not view.sentences.dispatch(object)


@pytest.mark.parametrize("module", SHOWN_BY)
def test_the_table_names_modules_that_are_there(module: str) -> None:
    assert import_module(module)
    assert SHOWN_BY[module] in {one.name for one in pkgutil.iter_modules(records.__path__)}


def test_no_module_shows_nothing() -> None:
    modules = {one.name for one in pkgutil.iter_modules(records.__path__)}
    assert modules == {*SHOWN_BY.values(), "any_record"}


def test_a_users_own_record_is_shown_like_the_one_that_it_extends() -> None:
    class Own(reverse_match.Matching):
        """With more to say."""

    class Other:
        """Nothing of this library."""

    assert shown_by(Own) is shown_by(reverse_match.Matching)
    assert shown_by(Other) is any_record
