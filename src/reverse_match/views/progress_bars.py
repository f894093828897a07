"""The progress of a match, in words and as a bar.

The command line shows a bar on standard error once a match has taken over a second. A notebook or a script
shows a bar of tqdm (extra ``notebook``).
"""

from __future__ import annotations

import math
import sys
import time
from contextlib import contextmanager
from math import log10
from typing import TYPE_CHECKING, Any, Self

from reverse_match.foundation.optional import require_module
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType

    from rich.console import Console

    from reverse_match.foundation.progress import Progress


DECADES = 7
"""Number of powers of ten in a bar: it is full at a gap of 10^-7, or 1 in 10,000 duos better by a
thousandth."""


def step_in_words(progress: Progress, lang: str = "en") -> str:
    """Return what is being done; a step that nobody has put into words stays as it is.

    Examples
    --------
    >>> from reverse_match.foundation.progress import Progress
    >>> step_in_words(Progress("check all pairs"), "fr"), step_in_words(Progress("dream"), "fr")
    ('vérification de toutes les paires', 'dream')
    """
    say = language(lang)
    name, _, number = progress.step.rpartition(" ")
    if number.isdigit() and f"step {name}" in say.texts:
        return say(f"step {name}", number=int(number))
    return say(f"step {progress.step}") if f"step {progress.step}" in say.texts else progress.step


def figures(progress: Progress, lang: str = "en") -> str:
    """Return the solver round, the gap and the number of pairs in words.

    Examples
    --------
    >>> from reverse_match.foundation.progress import Progress
    >>> figures(Progress("assign", rounds=3, arcs=9_000, pairs=75_000_000, gap=0.00012))
    'round 3, gap 1.2e-04, 75,000,000 pairs looked at'
    """
    say = language(lang)
    if progress.gap is None:
        return say("progress", rounds=str(progress.rounds), pairs=say.count(progress.pairs))
    gap = say.formatter.decimal(progress.gap, ".1e") if progress.gap else "0"
    return say("progress with gap", rounds=str(progress.rounds), gap=gap, pairs=say.count(progress.pairs))


def decades(gap: float | None) -> float:
    """Return the filled length of a bar, from 0 to :data:`DECADES`: minus the decimal logarithm of the gap.

    Examples
    --------
    >>> decades(None), decades(0.001), decades(0.0)
    (0.0, 3.0, 7.0)
    """
    if gap is None:
        return 0.0
    return float(DECADES) if gap <= 10.0**-DECADES else max(0.0, min(float(DECADES), -log10(gap)))


INTERVAL = 0.1
"""Seconds between two updates of a bar; a match reports more often."""

_FORMAT = "{desc}{percentage:3.0f}%|{bar}| {elapsed}{postfix}"


class ProgressBar:
    """A progress bar of a match; :func:`progress_bar` makes it.

    The bar grows with each power of ten by which the gap falls, and is full at 10^-7. It falls back when
    the next stage of the objective begins.
    """

    def __init__(self, **options: Any) -> None:
        tqdm = require_module("tqdm.auto", "notebook", "a progress bar")
        self._bar = tqdm.tqdm(**{"total": DECADES, "bar_format": _FORMAT, "desc": "begin", **options})
        self._interval = options.get("mininterval", INTERVAL)
        self._shown = -math.inf

    def __call__(self, progress: Progress) -> None:
        """Show the progress that a match reports."""
        self._bar.n = decades(progress.gap)
        self._bar.set_description(progress.step, refresh=False)
        self._bar.set_postfix_str(figures(progress), refresh=False)
        if time.monotonic() - self._shown >= self._interval:
            self._bar.refresh()
            self._shown = time.monotonic()

    def close(self) -> None:
        """Show the last progress, and end the bar without removing it."""
        self._bar.refresh()
        self._bar.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def progress_bar(**options: Any) -> ProgressBar:
    """Return a bar for the parameter ``progress`` of :func:`match`.

    Parameters
    ----------
    **options
        Options of tqdm, for instance ``leave=False`` or ``disable=True``.

    Returns
    -------
    ProgressBar
        A context manager, which closes the bar at its end.

    Raises
    ------
    MissingExtraError
        If tqdm is not installed.

    Examples
    --------
    >>> import reverse_match as rm
    >>> with rm.progress_bar(disable=True) as bar:
    ...     matching = rm.match(rm.read_cohort(rm.demo_path()), progress=bar)
    """
    return ProgressBar(**options)


QUIET_SECONDS = 1.0
"""Seconds of work before a bar appears."""


@contextmanager
def progress_shown(lang: str = "en") -> Iterator[Callable[[Progress], None]]:
    """Provide a function that shows progress: as a bar on a terminal, and as lines elsewhere."""
    shown: _OnTerminal | _InLines
    if sys.stderr is not None and sys.stderr.isatty():
        from rich.console import Console  # only a terminal shows a bar

        shown = _OnTerminal(Console(stderr=True), lang)
    else:
        shown = _InLines(lang)
    try:
        yield shown
    finally:
        shown.close()


class _OnTerminal:
    def __init__(self, console: Console, lang: str) -> None:
        self._lang = lang
        from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Bar

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
            description=step_in_words(progress, self._lang),
            total=total,
            completed=decades(progress.gap),
            figures=figures(progress, self._lang),
        )

    def close(self) -> None:
        self._bar.stop()


class _InLines:
    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._begin = time.monotonic()
        self._last = ""

    def __call__(self, progress: Progress) -> None:
        line = step_in_words(progress, self._lang)
        if progress.gap is not None:
            line += f"{language(self._lang)('colon')}{figures(progress, self._lang)}"
        if time.monotonic() - self._begin >= QUIET_SECONDS and line != self._last:
            sys.stderr.write(f"{line}\n")
            sys.stderr.flush()
            self._last = line

    def close(self) -> None:
        """Do nothing, since printed lines stay."""
