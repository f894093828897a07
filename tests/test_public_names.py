"""The public face loads its names late; what it says to type checkers and what it does must be the same."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import reverse_match as rm

SOURCE = Path(str(rm.__file__))
STUB = SOURCE.with_suffix(".pyi").read_text("utf-8")
NAMES = re.findall(r"^from (\S+) import (\w+) as \2$", STUB, re.MULTILINE)


def test_every_public_name_comes_from_where_type_checkers_look() -> None:
    assert len(NAMES) == len(STUB.splitlines()), "each name stands on one line"
    assert sorted(name for _, name in NAMES) == sorted(rm.__all__) == sorted(dir(rm))
    for module, name in NAMES:
        if module == ".":
            assert getattr(rm, name) is import_module(f"reverse_match.{name}")
        else:
            assert getattr(rm, name) is getattr(import_module(module, "reverse_match"), name)


def test_records_and_errors_are_gathered() -> None:
    assert rm.results.Conflict.__module__ == "reverse_match.matching.results.conflict"
    assert rm.results.Duo is rm.Duo
    assert issubclass(rm.errors.CohortError, rm.InputError)
    assert pickle.loads(pickle.dumps(rm.results.Conflict)) is rm.results.Conflict  # noqa: S301 - our own


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match=r"attribute macth$"):
        rm.macth  # type: ignore[attr-defined]  # noqa: B018


@pytest.mark.parametrize("name", ["results.Certificate", "errors.CohortError"])
def test_a_name_that_has_left_the_top_says_where_it_is(name: str) -> None:
    left = name.partition(".")[2]
    with pytest.raises(AttributeError, match=rf"attribute {left}; it is rm\.{name} now$"):
        getattr(rm, left)


@pytest.mark.parametrize("module", ["results", "errors", "plots", "testing"])
def test_what_is_gathered_can_be_imported_by_name(module: str) -> None:
    assert import_module(f"reverse_match.{module}") is getattr(rm, module)


def loaded_after(statement: str) -> set[str]:
    answer = subprocess.run(
        [sys.executable, "-c", f"{statement}\nimport sys; print(*sys.modules)"],
        check=True,
        capture_output=True,
        text=True,
    )
    return set(answer.stdout.split())


def test_the_import_loads_nothing_heavy() -> None:
    heavy = {"numpy", "scipy", "ortools", "pydantic", "rapidfuzz", "narwhals", "typer", "rich"}
    heavy |= {"pandas", "polars", "pyarrow", "matplotlib", "openpyxl", "tqdm"}
    assert not heavy & loaded_after("import reverse_match")
    everything = loaded_after("from reverse_match import *")
    late = {
        "scipy",
        "ortools",
        "typer",
        "rich",
        "narwhals",
        "pandas",
        "polars",
        "pyarrow",
        "matplotlib",
        "tqdm",
    }
    assert not everything & late, "these load when they are needed"


MODULES = sorted(
    ".".join(path.relative_to(SOURCE.parent.parent).with_suffix("").parts).removesuffix(".__init__")
    for path in SOURCE.parent.rglob("*.py")
    if path.name != "__main__.py"
)


@pytest.mark.long
def test_every_module_can_be_imported_first() -> None:
    """A circle of imports shows only when its wrong end comes first."""
    forget = "[sys.modules.pop(name) for name in list(sys.modules) if name.startswith('reverse_match')]"
    script = (
        f"import importlib, sys\nfor module in {MODULES}:\n    {forget}\n    importlib.import_module(module)"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
