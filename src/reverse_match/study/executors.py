"""Runs parts of a larger work on any executor (PEP 3148), with the same results in the same order on each.

A part is a function of the library and one argument, both of which can be sent to another process. Its result
depends on nothing else. Processes are started anew (*spawn*), never forked: a fork would copy locks that
threads of this process hold.

A study asks many questions about one base. Each is answered by a workbench: the one of this process, or one
in another process.
"""

from __future__ import annotations

import itertools
import os
import pickle
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypeVar

from reverse_match.foundation.errors import Fault, ReverseMatchError, StudyError
from reverse_match.foundation.progress import Progress
from reverse_match.policy.policy import functions_of
from reverse_match.solver.pairs.tiles import cores

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Executor

    from reverse_match.matching.run_options import RunOptions
    from reverse_match.people.cohort import Cohort
    from reverse_match.policy import Policy
    from reverse_match.scoring.registry import Registry
    from reverse_match.study.workbench import Workbench

    ExecutorChoice: TypeAlias = Executor | Literal["serial"] | None

Part = TypeVar("Part")
Result = TypeVar("Result")

WORTH_PROCESSES = 3.0
"""Seconds of work below which starting processes (a second or so) takes longer than it saves."""

SECONDS_A_CALL, SECONDS_A_PAIR = 5e-3, 4e-8
"""What a match takes about, on one core."""

MOST_PROCESSES = 60
"""Windows can wait for no more."""

WORKERS_NOT_KNOWN = 32
"""Into how many parts work is cut for an executor that does not say how many it works on at a time."""

IN_FLIGHT = 4
"""Parts handed out for each worker: none waits for work, and not all parts are in memory."""


_FAMILY = os.urandom(8)
"""Of this process, and of those that are forked from it, which know the functions registered before."""


@dataclass(frozen=True)
class _Pickled:
    """A function as it is sent to another process: one that cannot be read there does it no harm."""

    function: bytes


@dataclass(frozen=True)
class _Unsendable:
    """A function that cannot be sent, by the mark of its registration."""

    mark: bytes


@dataclass(frozen=True)
class Functions:
    """A user's own functions that policies name, to be registered in other processes.

    Attributes
    ----------
    criteria, rules : tuple of (str, object)
        By name.
    home : (bytes, int)
        The process that registered them.
    """

    criteria: tuple[tuple[str, Any], ...] = ()
    rules: tuple[tuple[str, Any], ...] = ()
    home: tuple[bytes, int] = field(default_factory=lambda: (_FAMILY, os.getpid()))

    @classmethod
    def of(cls, policies: Iterable[Policy]) -> Functions:
        """Return the registered functions that some policies name."""
        names = sorted(set().union(*map(functions_of, policies)))
        criteria, rules = (
            tuple((name, known) for name in names if (known := registry.get(name)) is not None)
            for registry in _registries()
        )
        return cls(criteria, rules)

    def for_executor(self, executor: Executor | None) -> Functions:
        """Return the functions in the form in which they are sent to an executor."""
        from concurrent.futures import ProcessPoolExecutor

        if not isinstance(executor, ProcessPoolExecutor):  # other executors have their own ways of sending
            return self
        criteria, rules = (
            tuple((name, _pack(function, registry.mark(name))) for name, function in functions)
            for registry, functions in zip(_registries(), (self.criteria, self.rules), strict=True)
        )
        return replace(self, criteria=criteria, rules=rules)

    def register(self) -> None:
        """Register the functions in this process, unless they come from it.

        A function that could not be sent, or cannot be read, must have been registered here, or before this
        process was forked. Otherwise the error for a function that is not registered says so.
        """
        if self.home == (_FAMILY, os.getpid()):
            return
        for registry, functions in zip(_registries(), (self.criteria, self.rules), strict=True):
            for name, sent in functions:
                if isinstance(sent, _Unsendable):
                    if self.home[0] == _FAMILY:
                        registry.forget_but(name, sent.mark)
                elif (function := _unpack(sent)) is not None:
                    registry.register(name, function, replace=True)

    def __bool__(self) -> bool:
        return bool(self.criteria or self.rules)


def _registries() -> tuple[Registry[Any], Registry[Any]]:
    from reverse_match.scoring.custom import CRITERIA, RULES

    return CRITERIA, RULES


def _pack(function: Any, mark: bytes) -> _Pickled | _Unsendable:
    try:
        return _Pickled(pickle.dumps(function))
    except Exception:  # pickle raises what it likes
        return _Unsendable(mark)


def _unpack(sent: Any) -> Any:
    if not isinstance(sent, _Pickled):
        return sent
    try:
        return pickle.loads(sent.function)  # noqa: S301 - of our own making
    except Exception:
        return None


def estimated_seconds(cohort: Cohort, matches: int = 1) -> float:
    """Return about how long some matches take on one core."""
    return matches * (SECONDS_A_CALL + SECONDS_A_PAIR * len(cohort.mentors) * len(cohort.mentees))


@contextmanager
def choose_executor(
    chosen: ExecutorChoice, seconds: float, functions: Functions
) -> Iterator[Executor | None]:
    """Yield the executor to work on, ``None`` for this process.

    If none is chosen: processes on this machine, if the work is long enough to start them for, and no
    function of the user's own has to be sent.

    Parameters
    ----------
    chosen : Executor, "serial" or None
        What the user said.
    seconds : float
        About how long the whole work takes on one core.
    functions : Functions
        What another process has to be told.

    Raises
    ------
    StudyError
        If it is something else.
    """
    if chosen is None:
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        alone = cores() == 1 or bool(functions) or bool(multiprocessing.current_process().daemon)
        if alone or seconds < WORTH_PROCESSES:
            yield None
            return
        context = multiprocessing.get_context("spawn")
        pool = ProcessPoolExecutor(min(cores(), MOST_PROCESSES), mp_context=context)
        try:
            yield pool
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
    elif isinstance(chosen, str) and chosen == "serial":
        yield None
    elif hasattr(chosen, "submit"):
        yield chosen
    else:
        message = (
            'not an executor; right would be one of concurrent.futures, Client.get_executor(), "serial", '
            "or nothing"
        )
        raise StudyError([Fault(message, column="executor")])


class ProgressCounter:
    """Counts how much of the work is done, and reports it.

    Parameters
    ----------
    progress : callable or None
        Is given a :class:`Progress` whose ``rounds`` say how many things are done.
    total : int
        How many there are.
    """

    def __init__(self, progress: Callable[[Progress], None] | None, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def add(self, count: int) -> None:
        """Count so many more as done."""
        self._done += count
        if self._progress is not None:
            self._progress(Progress(f"{self._done} of {self._total} done", rounds=self._done))


def workers_of(executor: Executor) -> int:
    """Return how many parts an executor works on at a time, or a guess."""
    workers = getattr(executor, "_max_workers", None)
    return workers if isinstance(workers, int) and workers > 0 else WORKERS_NOT_KNOWN


def cut(things: Sequence[Part], most: int) -> list[Sequence[Part]]:
    """Cut a sequence into at most so many ranges of nearly equal length.

    Examples
    --------
    >>> cut("abcde", 2)
    ['ab', 'cde']
    """
    count = max(1, min(most, len(things)))
    bounds = [len(things) * part // count for part in range(count + 1)]
    return [things[start:stop] for start, stop in itertools.pairwise(bounds)]


def run_parts(
    function: Callable[[Part], Result], parts: Iterable[Part], executor: Executor
) -> Iterator[Result | Exception]:
    """Run a function on each part; yield the results in their order, an error in the place of a result."""
    most = IN_FLIGHT * workers_of(executor)
    waiting: deque[Any] = deque()
    for part in parts:
        waiting.append(executor.submit(function, part))
        if len(waiting) >= most:
            yield _result(waiting.popleft())
    while waiting:
        yield _result(waiting.popleft())


def _result(future: Any) -> Any:
    try:
        return future.result()
    except Exception as error:
        return error


def as_sendable(error: Exception) -> Exception:
    """Return an error that can be sent to another process: itself, or one that says what it was."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - of our own making
    except Exception:
        return ReverseMatchError(f"{type(error).__name__}, an error that cannot be sent between processes")
    return error


Argument = TypeVar("Argument")
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class _Batch:
    """Questions for another process, with all that is needed to answer them."""

    cohort: Cohort
    policy: Policy
    options: RunOptions
    functions: Functions
    task: Callable[[Workbench, Any], Any]
    arguments: tuple[Any, ...]


def answer_all(
    workbench: Workbench,
    task: Callable[[Workbench, Argument], Answer],
    arguments: Sequence[Argument],
    options: RunOptions,
    *,
    matches: int = 1,
    policies: Iterable[Policy] = (),
    begin_with: Callable[[Argument], Policy] | None = None,
) -> list[Answer]:
    """Answer each question, in their order.

    Parameters
    ----------
    workbench : Workbench
        Of the base.
    task : callable
        A function of a module, which is given a workbench of the base and one of the arguments.
    arguments : sequence
        One for each question.
    options : RunOptions
        Where they are answered, and who is told.
    matches : int
        About how many matches one question takes.
    policies : iterable of Policy
        Further ones that questions are about: functions that they name are sent along.
    begin_with : callable, optional
        Of the first question that another process is asked, a policy that can be its base as well: where the
        answer to a question does not depend on which, that saves a match.
    """
    counter = ProgressCounter(options.progress, len(arguments))
    functions = Functions.of([workbench.policy, *policies])
    seconds = estimated_seconds(workbench.cohort, matches * len(arguments))
    with choose_executor(options.executor, seconds, functions) as executor:
        if executor is not None and len(arguments) > 1:
            sent = functions.for_executor(executor)
            return list(_answer_elsewhere(workbench, task, arguments, executor, sent, counter, begin_with))
        return list(_answer_here(workbench, task, arguments, counter))


def _answer_here(
    workbench: Workbench,
    task: Callable[[Workbench, Argument], Answer],
    arguments: Iterable[Argument],
    counter: ProgressCounter,
) -> Iterator[Answer]:
    for argument in arguments:
        yield task(workbench, argument)
        counter.add(1)


def _answer_elsewhere(
    workbench: Workbench,
    task: Callable[[Workbench, Argument], Answer],
    arguments: Sequence[Argument],
    executor: Executor,
    functions: Functions,
    counter: ProgressCounter,
    begin_with: Callable[[Argument], Policy] | None,
) -> Iterator[Answer]:
    options = replace(workbench.options, threads=workbench.options.threads or 1)
    batches = [
        _Batch(
            workbench.cohort,
            workbench.policy if begin_with is None else begin_with(part[0]),
            options,
            functions,
            task,
            tuple(part),
        )
        for part in cut(arguments, workers_of(executor))
    ]
    for batch, found in zip(batches, run_parts(answer_batch, batches, executor), strict=True):
        if isinstance(found, Exception):
            raise found
        counter.add(len(batch.arguments))
        yield from found


def answer_batch(batch: _Batch) -> list[Any]:
    """Answer the questions of a batch, in another process."""
    from reverse_match.study.workbench import Workbench

    batch.functions.register()
    workbench = Workbench(batch.cohort, batch.policy, batch.options)
    return [batch.task(workbench, argument) for argument in batch.arguments]
