"""Shares out work to the workers of any executor (PEP 3148), each of which holds the large data once.

A task is a function of the library and an argument. What all tasks need is *held*: it is sent to a worker's
process when that process says that it lacks it, is kept there, and goes by its digest from then on. So
it does not matter how an executor spreads tasks over processes, or whether it has any: threads of this
process find what is held here.

A task whose worker dies is given to another. Results come in the order of the tasks, so they do not depend on
which worker is done first. Where the work ends early (an error, an interrupt, a listener that raises), what
has not begun is cancelled.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import threading
from collections import OrderedDict, deque
from dataclasses import dataclass, field, fields, is_dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeVar

from reverse_match.foundation.errors import ExecutorError, Fault, ReverseMatchError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from concurrent.futures import Executor, Future

Argument = TypeVar("Argument")
Result = TypeVar("Result")

WORKERS_NOT_KNOWN = 32
"""Number of workers that is assumed of an executor that does not tell its own."""

IN_FLIGHT = 4
"""Tasks handed out for each worker: enough that none waits, few enough that not all are in memory."""

MOST_TRIES = 3
"""Number of workers that may die of one task; one more death is taken for the fault of the task."""

MOST_HELD = 2
"""Number of data sets that a worker's process keeps: those of the present match, and of one before."""

MOST_LACKED = 4
"""Workers without the data that a task may meet; then it carries them, however many others do."""

_HOME = os.urandom(8)
"""Random bytes that mark this process and those forked from it; with the process id they name a process."""

_lock = threading.Lock()
_own: dict[str, tuple[Any, int]] = {}
"""Data held by matches of this process, and by how many."""
_received: OrderedDict[str, Any] = OrderedDict()


class _NotHeldError(Exception):
    """The data that a task needs are not held by this process."""


@dataclass(frozen=True)
class Held:
    """Data that each worker's process holds; a copy that is sent to one consists of the name only.

    Attributes
    ----------
    name : str
        Name of the data: their digest.
    value : object
        The data.
    """

    name: str
    value: Any = field(repr=False, compare=False)

    def __reduce__(self) -> tuple[Callable[[str], Held], tuple[str]]:
        return _find, (self.name,)


def _find(name: str) -> Held:
    with _lock:
        if name in _own:
            return Held(name, _own[name][0])
        if name in _received:
            return Held(name, _received[name])
    raise _NotHeldError


def _receive(name: str, data: bytes) -> None:
    """Keep data that were sent to this process, and forget those that have not been used for longest."""
    with _lock:
        if name not in _received and name not in _own:
            _received[name] = pickle.loads(data)  # noqa: S301 - of our own making
        if name in _received:
            _received.move_to_end(name)
        while len(_received) > MOST_HELD:
            _received.popitem(last=False)


def workers_of(executor: Executor, unknown: int = WORKERS_NOT_KNOWN) -> int:
    """Return the number of tasks that an executor works on at a time, or a guess."""
    workers = getattr(executor, "_max_workers", None)
    return workers if isinstance(workers, int) and workers > 0 else unknown


def as_sendable(error: Exception) -> Exception:
    """Return an error that can be sent to another process: itself, or a substitute that quotes it."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - of our own making
    except Exception:
        return ReverseMatchError(f"{type(error).__name__}, an error that cannot be sent between processes")
    return error


def broken_executor(error: BaseException) -> ExecutorError:
    """Return the error for an executor that does not work any more; it names the kind of its own error."""
    message = (
        f"the executor has lost its workers, or accepts no more work ({type(error).__name__}), so nothing "
        "was made; right would be an executor that is open, with enough memory for each worker, or none"
    )
    return ExecutorError([Fault(message, column="executor", code="broken-executor")])


def _cannot_be_sent(what: str) -> ExecutorError:
    message = (
        f"the criteria and rules of this policy cannot be sent to other processes ({what}); right would be "
        "functions of a module that workers can import, a ThreadPoolExecutor, or no executor"
    )
    return ExecutorError([Fault(message, column="executor", code="cannot-be-sent")])


@dataclass(frozen=True)
class _Done:
    worker: tuple[bytes, int]
    result: Any


@dataclass(frozen=True)
class _Lacking:
    worker: tuple[bytes, int]


@dataclass(frozen=True)
class _Raised:
    error: Exception


@dataclass(frozen=True)
class _Unreadable:
    kind: str


_Outcome = _Done | _Lacking | _Raised | _Unreadable


def _work(task: Any, name: str, data: bytes | None) -> _Outcome:
    """Do a task in a worker. What is raised here is returned: what a future raises is the executor's."""
    worker = _HOME, os.getpid()
    try:
        if data is not None:
            _receive(name, data)
        function, argument = pickle.loads(task) if isinstance(task, bytes) else task  # noqa: S301
    except _NotHeldError:
        return _Lacking(worker)
    except Exception as error:
        return _Unreadable(type(error).__name__)
    try:
        return _Done(worker, function(argument))
    except Exception as error:
        return _Raised(as_sendable(error))


@dataclass
class _Task:
    """A task, the number of workers that lacked its data, and of those that died of it."""

    place: int
    content: Any
    lacked: int = 0
    tries: int = 0
    carries: bool = False


class Workers:
    """The workers of an executor.

    Parameters
    ----------
    executor : Executor
        Any executor of PEP 3148. It is neither started nor shut down here.
    tick : callable, optional
        Is called whenever a task is done; what it raises ends the work.
    """

    def __init__(self, executor: Executor, tick: Callable[[], None] | None = None) -> None:
        self._executor, self._tick = executor, tick
        self.count = workers_of(executor)
        """Number of tasks that are worked on at a time, or a guess."""
        self._name = ""
        self._data: bytes | None = None
        self._lacking: set[tuple[bytes, int]] = set()
        self._carriers = 0

    def hold(self, value: Any) -> Held:
        """Return the data that all later tasks need, in the form in which workers hold them.

        What cannot be sent is held in this process only, which is enough for threads.
        """
        try:
            data = _without_caches(value)
        except Exception:  # pickle raises what it likes
            self._name, self._data = os.urandom(16).hex(), None
        else:
            self._name, self._data = hashlib.sha256(data).hexdigest(), data
        with _lock:
            _own[self._name] = value, _own.get(self._name, (value, 0))[1] + 1
        return Held(self._name, value)

    @property
    def bytes_held(self) -> int:
        """Bytes that each worker's process is sent once."""
        return len(self._data or b"")

    def release(self) -> None:
        """Forget in this process what workers hold."""
        with _lock:
            value, count = _own.pop(self._name, (None, 0))
            if count > 1:
                _own[self._name] = value, count - 1

    def map(self, function: Callable[[Argument], Result], arguments: Iterable[Argument]) -> list[Result]:
        """Apply a function of a module to each argument; return the results in the order of the arguments.

        Raises
        ------
        ExecutorError
            If the executor does not work any more, or what tasks need cannot be sent.
        """
        new = (_Task(place, _packed(function, one)) for place, one in enumerate(arguments))
        results: dict[int, Result] = {}
        waiting: deque[tuple[Future[_Outcome], _Task]] = deque()
        again: list[_Task] = []
        try:
            while True:
                while len(waiting) < IN_FLIGHT * self.count:
                    task = again.pop() if again else next(new, None)
                    if task is None:
                        break
                    waiting.append((self._submit(task), task))
                if not waiting:
                    return [results[place] for place in range(len(results))]
                future, task = waiting.popleft()
                outcome = self._outcome(future, task)
                if outcome is None:
                    again.append(task)
                else:
                    results[task.place] = outcome.result
                if self._tick is not None:
                    self._tick()
        finally:
            for future, _ in waiting:
                future.cancel()

    def _submit(self, task: _Task) -> Future[_Outcome]:
        """Hand out a task: with the data if a worker lacks them, unless enough tasks carry them already."""
        task.carries = task.lacked > MOST_LACKED or (task.lacked > 0 and self._carriers < len(self._lacking))
        self._carriers += task.carries
        try:
            return self._executor.submit(
                _work, task.content, self._name, self._data if task.carries else None
            )
        except Exception as error:  # a shut-down executor, a broken one, and what clusters raise
            raise broken_executor(error) from error

    def _outcome(self, future: Future[_Outcome], task: _Task) -> _Done | None:
        """Wait for a task; ``None`` if it has to be handed out again."""
        from concurrent.futures import BrokenExecutor

        try:
            outcome = future.result()
        except BrokenExecutor as error:
            raise broken_executor(error) from error
        except Exception as error:
            self._carriers -= task.carries
            task.tries += 1
            if not isinstance(task.content, bytes):
                raise _cannot_be_sent(type(error).__name__) from error
            if task.tries >= MOST_TRIES:
                raise broken_executor(error) from error
            return None
        self._carriers -= task.carries
        if isinstance(outcome, _Done):
            self._lacking.discard(outcome.worker)
            return outcome
        if isinstance(outcome, _Raised):
            raise outcome.error
        if isinstance(outcome, _Unreadable):
            raise _cannot_be_sent(outcome.kind)
        if self._data is None:
            raise _cannot_be_sent("a function of a notebook, or within another one")
        self._lacking.add(outcome.worker)
        task.lacked += 1
        return None


class _FieldsOnly(pickle.Pickler):
    """Pickles the fields of records and nothing else that they keep: what is cached depends on their past."""

    def reducer_override(self, value: Any) -> Any:
        """Return how a record of this library is made again; other values are pickled as ever."""
        kind = type(value)
        if not (is_dataclass(kind) and kind.__module__.startswith("reverse_match.")):
            return NotImplemented
        if kind.__reduce__ is not object.__reduce__:
            return NotImplemented
        return object.__new__, (kind,), {one.name: getattr(value, one.name) for one in fields(value)}


def _without_caches(value: Any) -> bytes:
    """Return data in pickled form, the same bytes for the same data."""
    file = BytesIO()
    _FieldsOnly(file, protocol=pickle.HIGHEST_PROTOCOL).dump(value)
    return file.getvalue()


def _packed(function: Callable[[Any], Any], argument: Any) -> Any:
    """Return a task in the form in which it is sent; one that cannot be pickled serves threads only."""
    try:
        return pickle.dumps((function, argument), protocol=pickle.HIGHEST_PROTOCOL)
    except Exception:  # pickle raises what it likes
        return function, argument
