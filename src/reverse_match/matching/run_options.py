"""The options that travel with a match: its resources, its time limit, and the listener for progress."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from reverse_match.foundation.progress import Watch
from reverse_match.solver.pairs.memory import DEFAULT_MEMORY

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor

    from reverse_match.foundation.progress import Progress
    from reverse_match.foundation.workers import Workers


@dataclass(frozen=True)
class RunOptions:
    """Options of one run; its result depends on none of them except the time limit.

    Attributes
    ----------
    threads : int or None
        Number of threads; all cores if ``None``.
    memory : int
        Budget in bytes.
    time_limit : float or None
        Seconds; no limit if ``None``.
    progress : callable or None
        Is given a :class:`.Progress` after every change.
    executor : Executor, "serial" or None
        Executor that answers the questions of a study.
    workers : Workers or None
        Workers that look at all pairs of one match.
    """

    threads: int | None = None
    memory: int = DEFAULT_MEMORY
    time_limit: float | None = None
    progress: Callable[[Progress], None] | None = None
    executor: Executor | Literal["serial"] | None = None
    workers: Workers | None = None

    def watch(self) -> Watch:
        """Return a watch that reports progress; its time begins now."""
        return Watch(self.progress, self.time_limit)

    def after(self, watch: Watch) -> RunOptions:
        """Return the options for work that follows other work, with its remaining time and its progress."""
        rest, done, tell = replace(self, time_limit=watch.seconds_left), watch.state, self.progress
        if tell is None:
            return rest

        def count_on(state: Progress) -> None:
            rounds, pairs = done.rounds + state.rounds, done.pairs + state.pairs
            tell(replace(state, rounds=rounds, arcs=max(done.arcs, state.arcs), pairs=pairs))

        return replace(rest, progress=count_on)

    @property
    def quiet(self) -> RunOptions:
        """The options for later questions in this process, without progress."""
        return RunOptions(self.threads, self.memory)
