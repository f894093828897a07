"""Matches many cohorts, each with its policy; a job that fails reports its error and stops no other job.

Other processes are sent jobs in bundles: a small cohort takes a few milliseconds, and a process would wait
longer than that for each next job.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.arguments import check_arguments, check_fields
from reverse_match.foundation.errors import Fault, StudyError
from reverse_match.foundation.garbage import pause_collector
from reverse_match.matching.run_options import RunOptions
from reverse_match.people.cohort import Cohort
from reverse_match.policy import Policy
from reverse_match.solver.pairs.memory import DEFAULT_MEMORY
from reverse_match.study.executors import (
    Functions,
    ProgressCounter,
    as_sendable,
    choose_executor,
    estimated_seconds,
    hand_out,
)
from reverse_match.study.job_results import HandedOut, JobResult, JobResults

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from reverse_match.foundation.progress import Progress
    from reverse_match.matching.results.matching import Matching
    from reverse_match.study.executors import ExecutorChoice

BUNDLE_SECONDS = 0.25
"""Estimated seconds of work in a bundle: far longer than sending it, short enough to share work evenly."""

_KEYS = ("cohort", "policy", "name")


@dataclass(frozen=True)
class Job:
    """One cohort to match, with its policy.

    Attributes
    ----------
    cohort : Cohort
        The people.
    policy : Policy
        Its policy; the default policy if not given.
    name : str, optional
        Name of the job in its result; its position, counted from 0, if not given.
    """

    cohort: Cohort
    policy: Policy = field(default_factory=Policy)
    name: str | None = None

    def __post_init__(self) -> None:
        """Refuse values that are not a cohort, a policy and a name."""
        check_fields(self)


@check_arguments
def match_many(
    jobs: Iterable[Job | tuple[Cohort, Policy | None] | Mapping[str, Any]],
    executor: ExecutorChoice = None,
    *,
    threads: int | None = None,
    memory: int = DEFAULT_MEMORY,
    time_limit: float | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> JobResults:
    """Match many cohorts, in parallel, and return each result as soon as it is there.

    Each matching equals that of ``rm.match`` to the last byte, whatever the executor. An executor is given
    all jobs at once. Who iterates over the results works on the first while others are made; who leaves the
    loop cancels those that have not begun. Work in this process is done when the call returns.

    Parameters
    ----------
    jobs : iterable of Job, pairs or mappings
        ``Job(cohort, policy, name)``, ``(cohort, policy)``, or a mapping with these keys.
    executor : Executor or "serial", optional
        Any executor of PEP 3148 (``concurrent.futures``, ``dask.distributed``'s ``Client.get_executor()``),
        or ``"serial"`` for this process. If not given, new processes on this machine do work that takes
        longer than some seconds, one for each core; this process does shorter work, and all work where a
        policy names a function of your own. A script that starts processes needs
        ``if __name__ == "__main__":``. Your functions are sent to the processes of an executor. A function
        that cannot be sent (a closure, one of a notebook) has to be registered in each process, by the
        executor's ``initializer``; the error of a job says if one is missing.
    threads : int, optional
        Threads of each match. If not given: one in other processes, all cores in this one.
    memory : int
        Budget in bytes for each match.
    time_limit : float, optional
        Seconds for each match, as for ``rm.match``.
    progress : callable, optional
        Is given a :class:`Progress` whenever the result of a job or of a bundle of jobs is taken; its
        ``rounds`` is the number of these jobs so far.

    Returns
    -------
    JobResults
        In the order of the jobs, as a list. The result of a failed job holds its error: a
        :class:`ReverseMatchError` of the input, an ``ExecutorError`` if its worker died, or any other
        exception. :meth:`.JobResults.as_finished` gives results in the order in which they are finished,
        :meth:`.JobResults.close` cancels the rest.

    Raises
    ------
    StudyError
        If ``executor`` is not an executor.

    Examples
    --------
    >>> import reverse_match as rm
    >>> one, other = rm.read_cohort(rm.demo_path()), rm.Cohort.from_records(
    ...     [{"id": "lea", "role": "mentor"}, {"id": "ada", "role": "mentee"}]
    ... )
    >>> impossible = rm.Policy(quotas=[{"kind": "duos", "at_least": 2}])
    >>> results = rm.match_many([(one, rm.Policy()), rm.Job(other, impossible, "small")])
    >>> [(result.name, result.matching, type(result.error).__name__) for result in results]
    [('0', Matching(25 duos, total 14.117622, 12 without a duo, proved optimal), 'NoneType'),
     ('small', None, 'InfeasibleError')]
    """
    usual = Policy()
    read = [_job(job, place, usual) for place, job in enumerate(jobs)]
    valid = [job for job in read if isinstance(job, Job)]
    functions = Functions.of(_distinct_policies(valid))
    options = RunOptions(threads, memory, time_limit)
    counter = ProgressCounter(progress, len(read))
    seconds = sum(estimated_seconds(job.cohort) for job in valid)
    found = [job if isinstance(job, JobResult) else None for job in read]
    places = [place for place, job in enumerate(read) if isinstance(job, Job)]
    with ExitStack() as stack:
        chosen = stack.enter_context(choose_executor(executor, seconds, functions))
        if chosen is None:
            for place, job in zip(places, valid, strict=True):
                found[place] = _result(job, _outcome(job, options, counter), options)
            return JobResults(found, [], stack.pop_all())
        there = replace(options, threads=threads or 1)
        bundles = list(_bundles(list(zip(places, valid, strict=True))))
        parts = [tuple(job for _, job in bundle) for bundle in bundles]
        futures = hand_out(partial(_match_bundle, options=there), parts, chosen, functions)
        handed_out = [
            HandedOut(
                future,
                [place for place, _ in bundle],
                partial(_results, part, options=options, counter=counter),
            )
            for future, bundle, part in zip(futures, bundles, parts, strict=True)
        ]
        return JobResults(found, handed_out, stack.pop_all())


def _results(
    jobs: Sequence[Job],
    outcomes: Sequence[Matching | Exception] | Exception,
    options: RunOptions,
    counter: ProgressCounter,
) -> list[JobResult]:
    """Return the results of the jobs of a bundle; a failed bundle gives its error to each of them."""
    counter.add(len(jobs))
    each = [outcomes] * len(jobs) if isinstance(outcomes, Exception) else outcomes
    return [_result(job, outcome, options) for job, outcome in zip(jobs, each, strict=True)]


def _job(given: Any, place: int, usual: Policy) -> Job | JobResult:
    """Return the job that was given; an input that is no job becomes a result with its error."""
    if isinstance(given, tuple) and len(given) == 2:
        given = {"cohort": given[0], "policy": given[1]}
    if isinstance(given, Job):
        given = {key: getattr(given, key) for key in _KEYS}
    name = str(place)
    if hasattr(given, "keys") and set(given) <= set(_KEYS):
        cohort, policy = given.get("cohort"), given.get("policy")
        name = str(place) if given.get("name") is None else str(given["name"])
        if isinstance(cohort, Cohort) and (policy is None or isinstance(policy, Policy)):
            return Job(cohort, usual if policy is None else policy, name)
    message = (
        "not a job; right would be rm.Job(cohort, policy, name), (cohort, policy), or a mapping of these"
    )
    return JobResult(name, error=StudyError([Fault(message, column=f"jobs[{place}]")]))


def _distinct_policies(jobs: Sequence[Job]) -> list[Policy]:
    return list({id(job.policy): job.policy for job in jobs}.values())


def _bundles(jobs: Sequence[tuple[int, Job]]) -> Iterator[list[tuple[int, Job]]]:
    """Yield jobs, each with its place, in bundles that take about the same time."""
    bundle: list[tuple[int, Job]] = []
    seconds = 0.0
    for place, job in jobs:
        bundle.append((place, job))
        seconds += estimated_seconds(job.cohort)
        if seconds >= BUNDLE_SECONDS:
            yield bundle
            bundle, seconds = [], 0.0
    if bundle:
        yield bundle


def _match_bundle(jobs: tuple[Job, ...], options: RunOptions) -> list[Matching | Exception]:
    """Match the jobs of a bundle, in another process."""
    with pause_collector():
        outcomes = [_outcome(job, options) for job in jobs]
    return [as_sendable(outcome) if isinstance(outcome, Exception) else outcome for outcome in outcomes]


def _outcome(job: Job, options: RunOptions, counter: ProgressCounter | None = None) -> Matching | Exception:
    from reverse_match.matching.match import match

    try:
        return match(
            job.cohort,
            job.policy,
            threads=options.threads,
            memory=options.memory,
            time_limit=options.time_limit,
        )
    except Exception as error:
        return error
    finally:
        if counter is not None:
            counter.add(1)


def _result(job: Job, outcome: Matching | Exception, options: RunOptions) -> JobResult:
    from reverse_match.matching.explain import Explainer

    name = str(job.name)
    if isinstance(outcome, Exception):
        return JobResult(name, error=outcome)
    return JobResult(name, outcome.with_answers(Explainer(job.cohort, options.quiet)))
