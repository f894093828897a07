"""The same input gives the same bytes, whatever is rebuilt inside.

``REVERSE_MATCH_GOLDEN=write pytest -n 0 tests/test_golden_bytes.py`` writes the digests anew: only where a result
or a text is changed on purpose.
"""

from __future__ import annotations

import hashlib
import json
import os
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from golden_outputs import SURVEY, outputs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from golden_outputs import Output

FILE = Path(__file__).parent / "data" / "golden" / "digests.json"
LIBRARIES = ("ortools", "pydantic", "rich", "scipy", "typer")
"""Libraries whose other versions may word or lay out otherwise, or find another of equal optima under quotas."""
WRITE = os.environ.get("REVERSE_MATCH_GOLDEN") == "write"
GROUPS = dict(outputs())


def golden() -> dict[str, dict[str, str]]:
    return json.loads(FILE.read_text("utf-8")) if FILE.exists() else {}


@pytest.mark.parametrize("group", GROUPS)
def test_same_bytes(group: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = golden()
    libraries = {name: version(name) for name in LIBRARIES}
    if not WRITE and known["libraries"] != libraries:
        pytest.skip("digests were made with other versions of other libraries")
    monkeypatch.chdir(tmp_path)
    for name, value in {"COLUMNS": "110", "TERM": "dumb", "NO_COLOR": "1"}.items():
        monkeypatch.setenv(name, value)
    found = digests(GROUPS[group])
    if WRITE:
        FILE.write_text(json.dumps({**known, "libraries": libraries, group: found}, indent=1) + "\n", "utf-8")
        return
    different = [name for name in known[group] | found if known[group].get(name) != found.get(name)]
    assert not different


def digests(make: Callable[[], Iterator[Output]]) -> dict[str, str]:
    return {name: hashlib.sha256(text.encode()).hexdigest()[:16] for name, text in make()}


def test_everything_that_is_known_is_made() -> None:
    assert set(golden()) - {"libraries", "survey"} == set(GROUPS) - {"survey"}
    assert SURVEY  # its digests are kept too, and compared where the file is at hand
