"""The bar on standard error: how far a match has come, once it has taken over a second."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from reverse_match.progress_words import DECADES, decades, figures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reverse_match.solver.progress import Progress

QUIET_SECONDS = 1.0
"""Work that takes no longer needs no bar."""


@contextmanager
def progress_shown() -> Iterator[Callable[[Progress], None]]:
    """Show what a match tells, as a bar on a terminal and as lines elsewhere."""
    console = Console(stderr=True)
    shown = _OnTerminal(console) if console.is_terminal else _InLines(console)
    try:
        yield shown
    finally:
        shown.close()


class _OnTerminal:
    def __init__(self, console: Console) -> None:
        self._begin = time.monotonic()
        self._bar = Bar(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[figures]}"),
            TimeElapsedColumn(),
            console=console,
            transient=True,
        )
        self._task = self._bar.add_task("", total=None, figures="")
        self._running = False

    def __call__(self, progress: Progress) -> None:
        if time.monotonic() - self._begin < QUIET_SECONDS:
            return
        if not self._running:
            self._bar.start()
            self._running = True
        total = None if progress.gap is None else float(DECADES)
        self._bar.update(
            self._task,
            description=progress.step,
            total=total,
            completed=decades(progress.gap),
            figures=figures(progress),
        )

    def close(self) -> None:
        self._bar.stop()


class _InLines:
    def __init__(self, console: Console) -> None:
        self._begin = time.monotonic()
        self._console = console
        self._last = ""

    def __call__(self, progress: Progress) -> None:
        line = f"{progress.step}: {figures(progress)}" if progress.gap is not None else progress.step
        if time.monotonic() - self._begin >= QUIET_SECONDS and line != self._last:
            self._console.print(line, highlight=False, soft_wrap=True)
            self._last = line

    def close(self) -> None:
        """Leave the lines."""
