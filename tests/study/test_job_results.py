"""Results of many jobs come as they are there, and who leaves cancels the rest."""

from __future__ import annotations

import os
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from typing import Any

import pytest

import reverse_match as rm
from reverse_match.study import match_many as matching_many
from reverse_match.testing import invented_cohort


class OneAtATime(Executor):
    """Does the next task when it is told to."""

    def __init__(self) -> None:
        self.tasks: list[tuple[Future[Any], Any, Any]] = []
        self.futures: list[Future[Any]] = []

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.tasks.append((future, fn, args))
        self.futures.append(future)
        return future

    def do(self, place: int) -> None:
        future, function, arguments = self.tasks[place]
        if future.set_running_or_notify_cancel():
            future.set_result(function(*arguments))


@pytest.fixture(autouse=True)
def _one_job_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching_many, "BUNDLE_SECONDS", 0.0)


JOBS = [rm.Job(invented_cohort(6, seed=seed), name=f"client {seed}") for seed in range(4)]


def test_the_first_result_is_there_before_the_last_has_begun() -> None:
    executor, told = OneAtATime(), list[int]()
    results = iter(rm.match_many(JOBS, executor, progress=lambda state: told.append(state.rounds)))
    executor.do(0)
    first = next(results)
    assert (first.name, first.matching) == ("client 0", rm.match(JOBS[0].cohort))
    assert told == [1]
    assert not any(future.done() for future in executor.futures[1:])


def test_results_come_in_the_order_in_which_they_are_finished_if_asked() -> None:
    executor = OneAtATime()
    results = rm.match_many([*JOBS, "nonsense"], executor)  # type: ignore[list-item]
    finished = results.as_finished()
    assert next(finished).name == "4", "what is no job is known at once"
    executor.do(2)
    assert next(finished).name == "client 2"
    executor.do(0)
    executor.do(1)
    assert {next(finished).name, next(finished).name} == {"client 0", "client 1"}
    executor.do(3)
    assert next(finished).name == "client 3"
    assert [one.name for one in results] == ["client 0", "client 1", "client 2", "client 3", "4"]
    assert [one.name for one in results.as_finished()] == [one.name for one in results]


@pytest.mark.parametrize("way", ["break", "close the iterator", "close", "with"])
def test_who_leaves_cancels_what_has_not_begun(way: str) -> None:
    executor = OneAtATime()
    if way == "break":
        results = iter(rm.match_many(JOBS, executor))
        executor.do(0)
        for _ in results:
            break
        del results
    elif way == "close the iterator":
        results = iter(rm.match_many(JOBS, executor))
        executor.do(0)
        next(results)
        results.close()  # type: ignore[attr-defined]
    elif way == "close":
        kept = rm.match_many(JOBS, executor)
        executor.do(0)
        kept.close()
        assert [one.error is None for one in kept] == [True, False, False, False]
        assert isinstance(kept[3].error, rm.errors.StudyError)
        assert kept[3].error.faults[0].code == "cancelled"
    else:
        with rm.match_many(JOBS, executor):
            executor.do(0)
    assert [future.cancelled() for future in executor.futures] == [False, True, True, True]


def test_results_outlive_a_pool_that_is_left() -> None:
    with ThreadPoolExecutor(2) as pool:
        results = rm.match_many(JOBS, pool)
    assert [one.matching for one in results] == [rm.match(job.cohort) for job in JOBS]
    assert results == rm.match_many(JOBS, "serial")
    assert (len(results), results[-1].name, results[1:3][0].name) == (4, "client 3", "client 1")


def test_a_time_limit_is_that_of_each_match(monkeypatch: pytest.MonkeyPatch) -> None:
    from reverse_match.matching import match as matching

    limits: list[float | None] = []
    match = matching.match

    def noted(*args: Any, **kwargs: Any) -> rm.Matching:
        limits.append(kwargs["time_limit"])
        return match(*args, **kwargs)

    monkeypatch.setattr(matching, "match", noted)
    found = rm.match_many(JOBS[:2], "serial", time_limit=60)
    assert limits == [60, 60]
    assert all(one.error is None for one in found)
    with pytest.raises(rm.InputError, match="seconds"):
        rm.match_many(JOBS, time_limit=-1)


def test_a_pool_that_is_shut_down_is_told_in_the_place_of_each_job() -> None:
    pool = ThreadPoolExecutor(1)
    pool.shutdown()
    for found in rm.match_many(JOBS, pool):
        assert isinstance(found.error, rm.errors.ExecutorError)
        assert found.error.faults[0].code == "broken-executor"


@pytest.mark.long
def test_a_worker_that_dies_is_told_in_the_place_of_its_jobs() -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        pool.submit(os._exit, 1)
        for found in rm.match_many(JOBS, pool):
            assert isinstance(found.error, rm.errors.ExecutorError)
            assert found.error.faults[0].code == "broken-executor"


def test_what_is_fetched_while_others_are_waited_for_is_not_lost() -> None:
    executor = OneAtATime()
    results = rm.match_many(JOBS, executor)
    for place in (0, 3, 1, 2):
        executor.do(place)
    names = []
    for one in results.as_finished():
        names.append(one.name)
        if len(names) == 1:
            assert results[3].name == "client 3"
    assert sorted(names) == [f"client {place}" for place in range(4)]
    refused = rm.match_many(["nonsense", *JOBS], executor := OneAtATime())  # type: ignore[list-item]
    for place in range(4):
        executor.do(place)
    finished = refused.as_finished()
    assert next(finished).name == "0"
    assert refused[4].name == "client 3"
    assert len(list(finished)) == 4


def test_threads_that_wait_for_the_same_results_all_get_them() -> None:
    for _ in range(5):
        executor, told = OneAtATime(), list[int]()
        results = rm.match_many(JOBS, executor, progress=lambda state: told.append(state.rounds))  # noqa: B023
        with ThreadPoolExecutor(4) as threads:
            asked = [threads.submit(list, results) for _ in range(4)]
            for place in range(4):
                executor.do(place)
            found = [one.result() for one in asked]
        assert [[one.name for one in listed] for listed in found] == [[f"client {n}" for n in range(4)]] * 4
        assert told == [1, 2, 3, 4]
