"""The results of many jobs, each as soon as it is there: a list that is still being filled.

Jobs are handed out at once, and results are waited for when they are asked for. Who reads them in turn works
on the first while others are made. Whoever leaves before the end (a loop that breaks, a request that is
over) lets go of the list, and what has not begun is cancelled.
"""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from threading import RLock
from typing import TYPE_CHECKING, Any, Self, overload

from reverse_match.foundation.errors import Fault, StudyError
from reverse_match.foundation.workers import broken_executor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future
    from contextlib import ExitStack
    from types import TracebackType

    from reverse_match.matching.results.matching import Matching


@dataclass(frozen=True)
class JobResult:
    """The result of a job: a matching, or an error.

    Attributes
    ----------
    name : str
        Name of the job.
    matching : Matching or None
        The matching; ``None`` where the job failed.
    error : Exception or None
        The reason of the failure; ``None`` where the job succeeded.
    """

    name: str
    matching: Matching | None = None
    error: Exception | None = None


@dataclass(frozen=True)
class HandedOut:
    """Jobs that an executor was given together.

    Attributes
    ----------
    future : Future or Exception
        Their future, or the error with which the executor refused them.
    places : sequence of int
        Places of their results.
    read : callable
        Returns the results, given what the future returns or raises.
    """

    future: Future[Any] | Exception
    places: Sequence[int]
    read: Callable[[Any], Sequence[JobResult]]

    def wait(self) -> Any:
        """Return what the future returns or raises, as soon as it is there."""
        if isinstance(self.future, Exception):
            return self.future
        from concurrent.futures import BrokenExecutor, CancelledError

        try:
            return self.future.result()
        except (BrokenExecutor, CancelledError) as error:
            return _cancelled() if self.left else broken_executor(error)
        except Exception as error:
            return broken_executor(error) if type(error).__name__ == "KilledWorker" else error

    @property
    def left(self) -> bool:
        """Whether these jobs were cancelled from here, and not by an executor that broke."""
        return getattr(self.future, "left_here", False) is True


class JobResults(Sequence[JobResult]):
    """The results of jobs, in their order: a list that waits for each result when it is asked for.

    Iterating gives each result as soon as it and those before it are there; :meth:`as_finished` gives them in
    the order in which they are finished. When the object is closed, used as a context manager and left, or
    simply no longer referred to, jobs that have not begun are cancelled.
    """

    def __init__(
        self, found: list[JobResult | None], handed_out: Sequence[HandedOut], pool: ExitStack
    ) -> None:
        self._found = found
        self._open = {place: part for part in handed_out for place in part.places}
        self._lock = RLock()
        self._end = weakref.finalize(self, _cancel, [part.future for part in handed_out], pool)
        self._end.atexit = False

    def as_finished(self) -> Iterator[JobResult]:
        """Return an iterator over the results in the order in which they are finished; known ones come first.

        The order depends on the executor; the results do not.
        """
        from concurrent.futures import as_completed

        with self._lock:  # together: what is fetched while others are waited for is in one of the two
            known = [
                one for place, one in enumerate(self._found) if one is not None and place not in self._open
            ]
            parts = {id(part): part for part in self._open.values()}
        yield from known
        refused = [part for part in parts.values() if isinstance(part.future, Exception)]
        sent = {part.future: part for part in parts.values() if not isinstance(part.future, Exception)}
        for part in refused:
            yield from self._collect(part)
        for future in as_completed(sent):
            yield from self._collect(sent[future])

    def close(self) -> None:
        """Cancel the jobs that have not begun; their results say so."""
        self._end()

    def _collect(self, part: HandedOut) -> list[JobResult]:
        """Wait for the results of jobs that were handed out together, unless they are there already."""
        if part.places[0] in self._open:
            outcome = part.wait()
            with self._lock:  # each result is read once, however many threads have waited for it
                if part.places[0] in self._open:
                    self._note(part.places, part.read(outcome))
                finished = not self._open
            if finished:
                self._end()
        return [one for place in part.places if (one := self._found[place]) is not None]

    def _note(self, places: Sequence[int], results: Sequence[JobResult]) -> None:
        for place, result in zip(places, results, strict=True):
            self._found[place] = result
        for place in places:  # once all are there, since other threads read what is not open
            self._open.pop(place, None)

    @overload
    def __getitem__(self, place: int) -> JobResult: ...
    @overload
    def __getitem__(self, place: slice) -> list[JobResult]: ...
    def __getitem__(self, place: int | slice) -> JobResult | list[JobResult]:
        """Return a result, or some, as soon as they are there."""
        if isinstance(place, slice):
            return [self[one] for one in range(len(self))[place]]
        place = range(len(self))[place]
        part = self._open.get(place)
        if part is not None:
            self._collect(part)
        found = self._found[place]
        assert found is not None  # noqa: S101 - what is not open is found
        return found

    def __len__(self) -> int:
        return len(self._found)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"JobResults({len(self) - len(self._open)} of {len(self)} there)"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _cancelled() -> StudyError:
    message = "this job was cancelled before it began; right would be to take its result before leaving"
    return StudyError([Fault(message, column="jobs", code="cancelled")])


def _cancel(futures: Sequence[Future[Any] | Exception], pool: ExitStack) -> None:
    """Cancel what has not begun, and end the processes that were started for these jobs."""
    for future in futures:
        if not isinstance(future, Exception) and not future.done() and future.cancel():
            future.left_here = True  # type: ignore[attr-defined]
    pool.close()
