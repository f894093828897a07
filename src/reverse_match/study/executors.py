"""Runs parts of a larger work on any executor (PEP 3148), with the same results in the same order on each.

A part is a function of the library and one argument, both of which can be sent to another process. Its result
depends on nothing else. Processes are started anew (*spawn*), never forked: a fork would copy locks that
threads of this process hold.

The questions of a study are all about one base. A workbench answers each of them: that of this process, or a
copy in another process.
"""

from __future__ import annotations

import itertools
import os
import pickle
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypeVar

from reverse_match.foundation.errors import Fault, StudyError
from reverse_match.foundation.progress import Progress
from reverse_match.foundation.workers import as_sendable as as_sendable
from reverse_match.foundation.workers import broken_executor
from reverse_match.policy.policy import functions_of
from reverse_match.solver.pairs.tiles import cores

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Executor, Future

    from reverse_match.matching.run_options import RunOptions
    from reverse_match.people.cohort import Cohort
    from reverse_match.policy import Policy
    from reverse_match.scoring.registry import Registry
    from reverse_match.study.workbench import Workbench

    ExecutorChoice: TypeAlias = Executor | Literal["serial"] | None

Part = TypeVar("Part")
Result = TypeVar("Result")

WORTH_PROCESSES = 3.0
"""Seconds of work below which starting processes (about a second) costs more time than it saves."""

SECONDS_A_CALL, SECONDS_A_PAIR = 5e-3, 4e-8
"""Seconds that a match takes on one core, roughly: a constant, and an addend for each pair."""

MOST_PROCESSES = 60
"""The largest number of processes; on Windows ``ProcessPoolExecutor`` allows no more than 61."""

WORKERS_NOT_KNOWN = 32
"""Number of workers that is assumed of an executor that does not tell its own."""

IN_FLIGHT = 4
"""Parts handed out for each worker: enough that none waits, few enough that not all are in memory."""


_FAMILY = os.urandom(8)
"""Random bytes that mark this process and the processes forked from it.

A forked process knows the functions that were registered before the fork.
"""


@dataclass(frozen=True)
class _Pickled:
    """A function in pickled form; a process that cannot unpickle it is not harmed by receiving it."""

    function: bytes


@dataclass(frozen=True)
class _Unsendable:
    """A function that cannot be pickled, represented by the mark of its registration."""

    mark: bytes


@dataclass(frozen=True)
class Functions:
    """A user's own functions that policies name, to be registered in other processes.

    Attributes
    ----------
    criteria, rules : tuple of (str, object)
        Functions, or their pickled forms, by name.
    home : (bytes, int)
        Marks of the process that registered them: :data:`_FAMILY` and the process id.
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
        """Register the functions in this process, unless this is the process that they come from.

        A function that could not be pickled or unpickled must have been registered here, or before this
        process was forked. Otherwise a policy that names it raises the usual error for an unregistered
        function.
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
    """Return an estimate of the time that some matches take on one core, in seconds."""
    return matches * (SECONDS_A_CALL + SECONDS_A_PAIR * len(cohort.mentors) * len(cohort.mentees))


@contextmanager
def choose_executor(
    chosen: ExecutorChoice, seconds: float, functions: Functions
) -> Iterator[Executor | None]:
    """Yield the executor to work on; ``None`` stands for this process.

    Without a choice of the user, new processes on this machine do the work if it is long enough to be worth
    their start and no function of the user's own has to be sent to them.

    Parameters
    ----------
    chosen : Executor, "serial" or None
        The user's choice.
    seconds : float
        Estimated time of the whole work on one core.
    functions : Functions
        Functions that other processes need.

    Raises
    ------
    StudyError
        If ``chosen`` is anything else.
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
    """Counts finished parts of the work, and reports them.

    Parameters
    ----------
    progress : callable or None
        Is given a :class:`Progress` whose ``rounds`` is the number of finished parts.
    total : int
        Number of all parts.
    """

    def __init__(self, progress: Callable[[Progress], None] | None, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def add(self, count: int) -> None:
        """Add to the number of finished parts."""
        self._done += count
        if self._progress is not None:
            self._progress(Progress(f"{self._done} of {self._total} done", rounds=self._done))


def workers_of(executor: Executor) -> int:
    """Return the number of parts that an executor works on at a time, or a guess."""
    workers = getattr(executor, "_max_workers", None)
    return workers if isinstance(workers, int) and workers > 0 else WORKERS_NOT_KNOWN


def cut(things: Sequence[Part], most: int) -> list[Sequence[Part]]:
    """Cut a sequence into at most ``most`` ranges of nearly equal length.

    Examples
    --------
    >>> cut("abcde", 2)
    ['ab', 'cde']
    """
    count = max(1, min(most, len(things)))
    bounds = [len(things) * part // count for part in range(count + 1)]
    return [things[start:stop] for start, stop in itertools.pairwise(bounds)]


def run_parts(
    function: Callable[[Part], Result], parts: Iterable[Part], executor: Executor, functions: Functions
) -> Iterator[Result | Exception]:
    """Run a function on each part; yield results, or errors in their place, in the order of the parts.

    Wherever the function runs, the user's own functions that policies name are registered first.
    """
    sent, most = functions.for_executor(executor), IN_FLIGHT * workers_of(executor)
    waiting: deque[Any] = deque()
    try:
        for part in parts:
            waiting.append(executor.submit(_run_part, function, part, sent))
            if len(waiting) >= most:
                yield _result(waiting.popleft())
        while waiting:
            yield _result(waiting.popleft())
    finally:  # whoever takes no more results needs none of those that have not begun
        for future in waiting:
            future.cancel()


def hand_out(
    function: Callable[[Part], Result], parts: Iterable[Part], executor: Executor, functions: Functions
) -> list[Future[Result] | Exception]:
    """Let an executor run a function on each part; return a future for each, or why it was refused."""
    sent = functions.for_executor(executor)
    futures: list[Future[Result] | Exception] = []
    for part in parts:
        try:
            futures.append(executor.submit(_run_part, function, part, sent))
        except Exception as error:  # a shut-down executor, a broken one, and what clusters raise
            futures.append(broken_executor(error))
    return futures


def _run_part(function: Callable[[Part], Result], part: Part, functions: Functions) -> Result:
    functions.register()
    return function(part)


def _result(future: Any) -> Any:
    try:
        return future.result()
    except Exception as error:
        return error


Argument = TypeVar("Argument")
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class _Batch:
    """Questions for another process, with everything that their answers depend on."""

    cohort: Cohort
    policy: Policy
    options: RunOptions
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
    """Answer each question; answers come in the order of the arguments.

    Parameters
    ----------
    workbench : Workbench
        The workbench of this process, which holds the base.
    task : callable
        A function of a module, which is given a workbench of the base and one of the arguments.
    arguments : sequence
        One for each question.
    options : RunOptions
        Executor, threads and memory to use, and the listener for progress.
    matches : int
        Estimated number of matches for each question.
    policies : iterable of Policy
        Further policies that the questions are about; functions that they name are sent along.
    begin_with : callable, optional
        Returns the policy that the first question of another process is about, to serve as the base of that
        process. This saves one match; it is allowed only where no answer depends on the base.
    """
    counter = ProgressCounter(options.progress, len(arguments))
    functions = Functions.of([workbench.policy, *policies])
    seconds = estimated_seconds(workbench.cohort, matches * len(arguments))
    with choose_executor(options.executor, seconds, functions) as executor:
        if executor is None or len(arguments) < 2:
            answers = []
            for argument in arguments:
                answers.append(task(workbench, argument))
                counter.add(1)
            return answers
        cohort, policy, own = workbench.cohort, workbench.policy, workbench.options
        batches = [
            _Batch(
                cohort,
                policy if begin_with is None else begin_with(part[0]),
                replace(own, threads=own.threads or 1),
                task,
                tuple(part),
            )
            for part in cut(arguments, workers_of(executor))
        ]
        return list(_answers_of(batches, run_parts(answer_batch, batches, executor, functions), counter))


def _answers_of(
    batches: Iterable[_Batch], found: Iterable[list[Any] | Exception], counter: ProgressCounter
) -> Iterator[Any]:
    for batch, answers in zip(batches, found, strict=True):
        if isinstance(answers, Exception):
            raise answers
        counter.add(len(batch.arguments))
        yield from answers


def answer_batch(batch: _Batch) -> list[Any]:
    """Answer the questions of a batch, in another process."""
    from reverse_match.study.workbench import Workbench

    workbench = Workbench(batch.cohort, batch.policy, batch.options)
    return [batch.task(workbench, argument) for argument in batch.arguments]
