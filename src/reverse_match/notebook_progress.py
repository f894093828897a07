"""A bar in a notebook, or on a terminal, through tqdm (extra ``notebook``)."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Any, Self

from reverse_match.extras import needed
from reverse_match.progress_words import DECADES, decades, figures

if TYPE_CHECKING:
    from types import TracebackType

    from reverse_match.solver.progress import Progress

INTERVAL = 0.1
"""Seconds between two pictures of the bar: a match tells more often than anybody reads."""

_FORMAT = "{desc}{percentage:3.0f}%|{bar}| {elapsed}{postfix}"


class ProgressBar:
    """Shows what a match tells; make one with :func:`progress_bar`.

    The bar grows with each power of ten that the gap falls, and is full at 10^-7. It goes back where another
    total begins to count.
    """

    def __init__(self, **options: Any) -> None:
        tqdm = needed("tqdm.auto", "notebook", "a progress bar")
        self._bar = tqdm.tqdm(**{"total": DECADES, "bar_format": _FORMAT, "desc": "begin", **options})
        self._interval = options.get("mininterval", INTERVAL)
        self._shown = -math.inf

    def __call__(self, progress: Progress) -> None:
        """Show how far a match has come."""
        self._bar.n = decades(progress.gap)
        self._bar.set_description(progress.step, refresh=False)
        self._bar.set_postfix_str(figures(progress), refresh=False)
        if time.monotonic() - self._shown >= self._interval:
            self._bar.refresh()
            self._shown = time.monotonic()

    def close(self) -> None:
        """Show the last state, and leave the bar as it is."""
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
    """Return a bar to be given to :func:`match` as ``progress``.

    Parameters
    ----------
    **options
        For tqdm, for instance ``leave=False`` or ``disable=True``.

    Returns
    -------
    ProgressBar
        A context, which closes the bar at its end.

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
