"""The command that measures a machine."""

from __future__ import annotations

import json
from typing import Any

import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.testing import invented_cohort
from reverse_match.views.cli.bench_figures import PLAIN, peak_memory
from reverse_match.views.cli.main import app


def test_peak_memory_counts_what_a_match_takes() -> None:
    peak = peak_memory(rm.match, 400)
    assert peak is None or 100_000 < peak < 500_000_000


def bench(*options: str) -> Any:
    return CliRunner().invoke(app, ["bench", *options])


def test_figures_as_json() -> None:
    answer = bench("--sizes", "10,30", "--repeats", "1", "--json")
    assert answer.exit_code == 0
    described = json.loads(answer.stdout)
    assert {"cores", "numpy", "ortools", "processor"} <= set(described["machine"])
    for size, people in zip(described["sizes"], (10, 30), strict=True):
        assert size["people"] == people
        assert set(size["seconds"]) == {"read", "score", "solve", "match", "verify"}
        assert set(size["counts"]) == {"rounds", "arcs", "pairs looked at", "bytes of the largest array"}
        assert size["gap"] == 0
        assert size["total"] == rm.match(invented_cohort(people), PLAIN).total


def test_figures_as_tables() -> None:
    answer = bench("--sizes", "12", "--repeats", "1")
    assert answer.exit_code == 0
    assert "Shortest of 1 runs" in answer.stdout


@pytest.mark.parametrize(
    ("options", "right"),
    [
        (["--sizes", "ten"], "whole numbers from 2 to 1,000,000"),
        (["--sizes", "1"], "whole numbers from 2 to 1,000,000"),
        (["--sizes", "1000001"], "whole numbers from 2 to 1,000,000"),
        (["--sizes", ""], "whole numbers from 2 to 1,000,000"),
        (["--repeats", "0"], "Invalid value for '--repeats'"),
    ],
)
def test_options_that_make_no_sense(options: list[str], right: str) -> None:
    answer = bench(*options)
    assert answer.exit_code == 2
    assert right in " ".join(answer.output.replace("│", " ").split())
