"""Every fault of people and policies has a code, and the documentation says what each means."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import reverse_match as rm

ROOT = Path(__file__).parents[2]
DOCUMENTED = set(
    re.findall(r"`([a-z-]+)`", (ROOT / "docs/limits.md").read_text("utf-8").split("## Codes of faults")[1])
)
CODE = re.compile(
    r"""(?:code=|Cod?[a-z]+Error\(\w+, |(?:Cell|Version)Error\(\w+, |_refuse\([^()]*, |refusal\([^()]*, """
    r"""|Fault\((?:\w+(?:\.\w+)*, ){4}|Fault\(message, None, None, "\w+", |yield message, |yield f"[^"]*", )"""
    r"""\"([a-z]+(?:-[a-z]+)*)"\)?"""
)
BAD = sorted((ROOT / "tests/data").glob("*.csv")) + sorted((ROOT / "tests/data").glob("*.json"))


def test_every_code_in_the_source_is_documented() -> None:
    found = {
        code
        for path in (ROOT / "src/reverse_match").rglob("*.py")
        for code in CODE.findall(path.read_text("utf-8"))
    }
    assert len(found) > 40
    assert found <= DOCUMENTED


@pytest.mark.parametrize("file", BAD, ids=[file.name for file in BAD])
def test_every_bad_file_has_codes(file: Path) -> None:
    with pytest.raises(rm.errors.CohortError) as caught:
        rm.read_cohort(file)
    for fault in caught.value.faults:
        assert fault.code in DOCUMENTED - {"invalid"}, fault
