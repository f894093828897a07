"""What a person sees of a long match: a bar on a terminal, lines elsewhere, nothing of a short one."""

from __future__ import annotations

import io

import pytest

from reverse_match.foundation.progress import Progress
from reverse_match.views import progress_bars as progress_line
from reverse_match.views.progress_bars import progress_shown

STEPS = [
    Progress("score pairs"),
    Progress("assign", rounds=1, arcs=900, pairs=1_000_000),
    Progress("check all pairs", rounds=1, arcs=900, pairs=2_000_000, gap=0.01),
    Progress("draw between equals", rounds=2, arcs=950, pairs=2_000_000, gap=0.0),
]


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(monkeypatch: pytest.MonkeyPatch, *, terminal: bool, quiet: float) -> str:
    stream = _Terminal() if terminal else io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(progress_line, "QUIET_SECONDS", quiet)
    with progress_shown() as show:
        for step in STEPS:
            show(step)
            show(step)
    return stream.getvalue()


def test_lines_where_there_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(monkeypatch, terminal=False, quiet=0).splitlines() == [
        "score pairs",
        "assign",
        "check all pairs: round 1, gap 1.0e-02, 2,000,000 pairs looked at",
        "draw between equals: round 2, gap 0, 2,000,000 pairs looked at",
    ]


def test_a_bar_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    text = shown(monkeypatch, terminal=True, quiet=0)
    assert "draw between equals" in text
    assert "round 2, gap 0, 2,000,000 pairs looked at" in text
    assert text.rstrip("\n").endswith("\x1b[2K"), "the bar goes when the match is done"


@pytest.mark.parametrize("terminal", [True, False])
def test_short_work_shows_nothing(monkeypatch: pytest.MonkeyPatch, terminal: bool) -> None:
    assert shown(monkeypatch, terminal=terminal, quiet=1_000).replace("\x1b[?25h", "") == ""
