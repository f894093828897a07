"""What CONTRIBUTING.md shows, works: each example is added to a copy of the code, and its tests run there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"^```diff\n\+\+\+ (\S+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def sections() -> dict[str, list[tuple[str, str]]]:
    """Return the examples of each section: in which file, and the lines."""
    page = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    found = {
        text.partition("\n")[0]: BLOCK.findall(text) for text in re.split(r"^## ", page, flags=re.MULTILINE)
    }
    return {title: examples for title, examples in found.items() if examples}


def side(lines: list[str], mark: str) -> str:
    """Return how the place of an example reads with only the lines that have a mark, or none."""
    return "".join(line[1:] + "\n" for line in lines if line[0] in (" ", mark))


def add(root: Path, name: str, text: str) -> None:
    """Add an example to a copy: as a new file, or at the one place that its other lines name."""
    file, lines = root / name, [line or " " for line in text.splitlines()]
    if not file.exists():
        file.write_text(side(lines, "+"), encoding="utf-8")
        return
    before, code = side(lines, "-"), file.read_text("utf-8")
    assert code.count(before) == 1, f"{name} does not have this once:\n{before}"
    file.write_text(code.replace(before, side(lines, "+")), encoding="utf-8")


@pytest.mark.long
@pytest.mark.parametrize("title", sections())
def test_example(title: str, tmp_path: Path) -> None:
    for folder in ("src", "tests"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    examples = sections()[title]
    for name, text in examples:
        add(tmp_path, name, text)
    tests = [name for name, _ in examples if Path(name).name.startswith("test_")]
    assert tests
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", *tests],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
