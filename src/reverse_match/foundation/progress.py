"""The progress of a long solve, and the time at which it has to end."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass(frozen=True)
class Progress:
    """The state of a long solve. All numbers except the gap only grow.

    Attributes
    ----------
    step : str
        Name of the present step.
    rounds : int
        Number of solver rounds so far.
    arcs : int
        Number of arcs of the largest network given to the solver.
    pairs : int
        Number of pairs examined; a pair examined twice counts twice.
    gap : float or None
        How far from the best the choice can be, as a share; ``None`` until it is known.
    """

    step: str
    rounds: int = 0
    arcs: int = 0
    pairs: int = 0
    gap: float | None = None


@dataclass
class Watch:
    """Reports progress and watches the time limit.

    Parameters
    ----------
    tell : callable, optional
        Is given a :class:`Progress` after every change.
    time_limit : float, optional
        Seconds from now; no limit if not given.
    """

    tell: Callable[[Progress], None] | None = None
    time_limit: float | None = None
    _state: dict[str, Any] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._begin = time.monotonic()
        self._tells_gaps = True
        self._state = {"step": "begin", "rounds": 0, "arcs": 0, "pairs": 0}

    @property
    def state(self) -> Progress:
        """The progress so far."""
        return Progress(**self._state)

    @property
    def expired(self) -> bool:
        """Whether the time limit has passed."""
        return self.time_limit is not None and time.monotonic() - self._begin >= self.time_limit

    @property
    def seconds_left(self) -> float | None:
        """Seconds until the time limit, ``None`` without one."""
        if self.time_limit is None:
            return None
        return max(0.0, self.time_limit - (time.monotonic() - self._begin))

    def tell_again(self) -> None:
        """Report the same progress again, so that a listener can end a long step."""
        self._change()

    def step(self, name: str) -> None:
        """Report a new step."""
        self._change(step=name)

    def begin_again(self, name: str) -> None:
        """Report a new step and forget the gap, since the next step maximises another total."""
        self._change(step=name, gap=None)

    def count_pairs(self, pairs: int) -> None:
        """Report that further pairs were examined."""
        self._change(pairs=self._state["pairs"] + pairs)

    def begin_round(self, arcs: int) -> None:
        """Report the begin of a solver round with a network of ``arcs`` arcs."""
        now = self._state
        self._change(step="assign", rounds=now["rounds"] + 1, arcs=max(now["arcs"], arcs))

    def report_gap(self, gap: Callable[[], float]) -> None:
        """Report the gap, which is computed only if there is a listener."""
        if self._tells_gaps and self.tell is not None:
            self._change(gap=gap())

    @contextmanager
    def without_gaps(self) -> Iterator[None]:
        """Report no gaps within the block, since they would be gaps of parts of the work."""
        self._tells_gaps = False
        try:
            yield
        finally:
            self._tells_gaps = True

    def _change(self, **changes: object) -> None:
        self._state.update(changes)
        if self.tell is not None:
            self.tell(self.state)
