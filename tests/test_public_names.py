"""The public face loads its names late; what it says to type checkers and what it does must be the same."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import reverse_match as rm

SOURCE = Path(str(rm.__file__))


def names_for_type_checkers() -> dict[str, str]:
    tree = ast.parse(SOURCE.read_text("utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    return {
        alias.name: str(node.module).removeprefix("reverse_match.")
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def test_every_public_name_comes_from_where_type_checkers_look() -> None:
    submodules = dict.fromkeys(rm._SUBMODULES, "reverse_match")
    assert names_for_type_checkers() == {**rm._MODULE_BY_NAME, **submodules}
    assert sorted([*rm._MODULE_BY_NAME, *submodules]) == sorted(rm.__all__)
    for name in rm.__all__:
        assert getattr(rm, name) is not None
        assert name in dir(rm)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'macth'"):
        rm.macth  # type: ignore[attr-defined]  # noqa: B018


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
