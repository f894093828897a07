"""The options of a match that travel with it: what it may use, how long it may take, who is told of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from reverse_match.foundation.progress import Watch
from reverse_match.solver.pairs.memory import DEFAULT_MEMORY

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor

    from reverse_match.foundation.progress import Progress


@dataclass(frozen=True)
class RunOptions:
    """Options of one run; its result depends on none of them but the time limit.

    Attributes
    ----------
    threads : int or None
        All cores if ``None``.
    memory : int
        Budget in bytes.
    time_limit : float or None
        Seconds; none if ``None``.
    progress : callable or None
        Is given a :class:`.Progress` whenever something has changed.
    executor : Executor, "serial" or None
        Where a study answers its questions.
    """

    threads: int | None = None
    memory: int = DEFAULT_MEMORY
    time_limit: float | None = None
    progress: Callable[[Progress], None] | None = None
    executor: Executor | Literal["serial"] | None = None

    def watch(self) -> Watch:
        """Return what reports progress, and begins to count the time."""
        return Watch(self.progress, self.time_limit)

    @property
    def quiet(self) -> RunOptions:
        """The same for later questions in this process, of which nobody is told."""
        return RunOptions(self.threads, self.memory)
