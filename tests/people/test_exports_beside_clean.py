"""One command opens each shape of export, and its matching is that of the people file that says the same."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING, Any

import pytest
from exports.beside_clean import CLEAN, write_beside_clean
from exports.clean import clean_people
from exports.shapes import BY_SOURCE, SHAPES
from typer.testing import CliRunner

from reverse_match.views.cli.main import app

if TYPE_CHECKING:
    from pathlib import Path

DAY = ("--as-of", "2026-09-01", "--format", "json")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exports")
    write_beside_clean(clean_people(), folder)
    return folder


def matched(*arguments: str) -> dict[str, Any]:
    done = CliRunner().invoke(app, [*arguments, *DAY])
    assert done.exit_code == 0, done.stderr
    matching: dict[str, Any] = json.loads(done.stdout)
    del matching["digests"]
    return matching


FIRST = {shapes[0] for shapes in BY_SOURCE.values()}
"""A shape of each source; the others are tried in the longer run."""


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in FIRST else pytest.mark.long) for name in SHAPES]
)
def test_a_shape_gives_the_matching_of_the_clean_file(
    name: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = folder / name
    if not (place / "command.txt").exists():
        pytest.skip("what this tool writes cannot be read by anybody")
    monkeypatch.chdir(place)
    command = shlex.split((place / "command.txt").read_text("utf-8"))[1:]
    shape, clean = matched(*command), matched("match", CLEAN)
    assert json.dumps(shape, ensure_ascii=False) == json.dumps(clean, ensure_ascii=False)
