"""Many questions to one base, each asked of a workbench: here, or of workbenches in other processes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from reverse_match.study.running import (
    ChosenExecutor,
    Functions,
    Told,
    chosen_executor,
    estimated_seconds,
    in_parts,
    results_of,
    workers_of,
)
from reverse_match.study.workbench import Means, Workbench

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Executor

    from reverse_match.cohort import Cohort
    from reverse_match.policy import Policy
    from reverse_match.solver.progress import Progress

Argument = TypeVar("Argument")
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Way:
    """How the questions of one call are answered.

    Attributes
    ----------
    executor : Executor, "serial" or None
        Where.
    progress : callable or None
        Who is told.
    """

    executor: ChosenExecutor = None
    progress: Callable[[Progress], None] | None = None


@dataclass(frozen=True)
class _Batch:
    """Questions for another process, with all that is needed to answer them."""

    cohort: Cohort
    policy: Policy
    means: Means
    functions: Functions
    task: Callable[[Workbench, Any], Any]
    arguments: tuple[Any, ...]


def answers(
    workbench: Workbench,
    task: Callable[[Workbench, Argument], Answer],
    arguments: Sequence[Argument],
    way: Way,
    *,
    matches: int = 1,
    policies: Iterable[Policy] = (),
    begin_with: Callable[[Argument], Policy] | None = None,
) -> list[Answer]:
    """Return the answer to each question, in their order.

    Parameters
    ----------
    workbench : Workbench
        Of the base.
    task : callable
        A function of a module, which is given a workbench of the base and one of the arguments.
    arguments : sequence
        One for each question.
    way : Way
        Where they are answered, and who is told.
    matches : int
        About how many matches one question takes.
    policies : iterable of Policy
        Further ones that questions are about: functions that they name are sent along.
    begin_with : callable, optional
        Of the first question that another process is asked, a policy that can be its base as well: where the
        answer to a question does not depend on which, that saves a match.
    """
    told = Told(way.progress, len(arguments))
    functions = Functions.of([workbench.policy, *policies])
    seconds = estimated_seconds(workbench.cohort, matches * len(arguments))
    with chosen_executor(way.executor, seconds, functions) as executor:
        if executor is not None and len(arguments) > 1:
            sent = functions.for_executor(executor)
            return list(_elsewhere(workbench, task, arguments, executor, sent, told, begin_with))
        return list(_here(workbench, task, arguments, told))


def _here(
    workbench: Workbench,
    task: Callable[[Workbench, Argument], Answer],
    arguments: Iterable[Argument],
    told: Told,
) -> Iterator[Answer]:
    for argument in arguments:
        yield task(workbench, argument)
        told.done(1)


def _elsewhere(
    workbench: Workbench,
    task: Callable[[Workbench, Argument], Answer],
    arguments: Sequence[Argument],
    executor: Executor,
    functions: Functions,
    told: Told,
    begin_with: Callable[[Argument], Policy] | None,
) -> Iterator[Answer]:
    means = Means(workbench.means.threads or 1, workbench.means.memory)
    batches = [
        _Batch(
            workbench.cohort,
            workbench.policy if begin_with is None else begin_with(part[0]),
            means,
            functions,
            task,
            tuple(part),
        )
        for part in in_parts(arguments, workers_of(executor))
    ]
    for batch, found in zip(batches, results_of(answers_of, batches, executor), strict=True):
        if isinstance(found, Exception):
            raise found
        told.done(len(batch.arguments))
        yield from found


def answers_of(batch: _Batch) -> list[Any]:
    """Answer the questions of a batch, in another process."""
    batch.functions.register()
    workbench = Workbench(batch.cohort, batch.policy, batch.means)
    return [batch.task(workbench, argument) for argument in batch.arguments]
