"""One match on the workers of an executor: the same bytes as without, whoever works, dies or is done first."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import textwrap
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reverse_match as rm
from oracle_scores import VECTORS
from random_worlds import World
from reverse_match.foundation import workers as running
from reverse_match.foundation.workers import Held, Workers
from reverse_match.solver.pairs import passes, tiles
from reverse_match.testing import invented_cohort

WORDS = rm.Embeddings(list(VECTORS), list(VECTORS.values()))


class Elsewhere(Executor):
    """Works as processes do: only what can be pickled arrives, and nothing that this process holds.

    Parameters
    ----------
    workers : int
        Number of processes that it plays; tasks go to them in turn, the last task of all first.
    dies : set of int
        Numbers of the tasks of which a worker dies.
    """

    def __init__(self, workers: int = 2, dies: frozenset[int] | set[int] = frozenset()) -> None:
        self._max_workers, self._dies = workers, dies
        self._memories: list[Any] = [running._received.copy() for _ in range(workers)]
        self._open: list[tuple[_Later, bytes]] = []
        self.sent: list[int] = []
        self.carried = 0
        self.answered: list[bytes] = []

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future = _Later(self)
        content = pickle.dumps((fn, args))
        self.carried += args[2] is not None
        self.sent.append(len(content))
        self._open.append((future, content))
        return future

    def work(self) -> None:
        for number, (future, content) in reversed(
            list(enumerate(self._open, len(self.sent) - len(self._open)))
        ):
            if number in self._dies:
                self._memories[number % self._max_workers].clear()
                future.set_exception(ConnectionError("gone"))
                continue
            place = number % self._max_workers
            own, received = running._own, running._received
            running._own, running._received, home = {}, self._memories[place], running._HOME
            running._HOME = bytes([place])
            try:
                function, arguments = pickle.loads(content)  # noqa: S301 - of our own making
                answer = pickle.dumps(function(*arguments))
            finally:
                running._own, running._received, running._HOME = own, received, home
            self.answered.append(answer)
            future.set_result(pickle.loads(answer))  # noqa: S301
        self._open.clear()


class _Later(Future[Any]):
    def __init__(self, executor: Elsewhere) -> None:
        super().__init__()
        self._executor = executor

    def result(self, timeout: float | None = None) -> Any:
        if not self.done():
            self._executor.work()
        return super().result(timeout)


@pytest.fixture
def small_regions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let small cohorts be cut as large ones are."""
    monkeypatch.setattr(passes, "LEAST_REGION", 6)
    monkeypatch.setattr(tiles, "LEAST_SHARED", 4)


def outcome(cohort: rm.Cohort, policy: rm.Policy, executor: Any = None) -> str:
    try:
        return rm.match(cohort, policy, executor=executor).to_json()
    except rm.ReverseMatchError as error:
        return f"{type(error).__name__}: {error}"


@pytest.mark.usefixtures("small_regions")
@settings(max_examples=8)
@given(st.integers(0, 10**9))
def test_any_small_world_gives_the_same_bytes(seed: int) -> None:
    world = World.drawn(f"executor {seed}")
    policy = rm.Policy.model_validate(world.policy)
    if any(one["kind"] == "similarity" for one in world.policy["criteria"]):
        policy = rm.with_tables(policy, tables={"words": WORDS})
    cohort = rm.Cohort.from_records(world.records)
    alone = outcome(cohort, policy)
    if not alone.startswith("PolicyError"):
        assert outcome(cohort, policy, Elsewhere()) == alone


@pytest.mark.parametrize("objective", ["coverage", "total", "max_min", {"kind": "fair"}])
def test_candidates_and_prices_by_workers_give_the_same_bytes(
    objective: Any, small_regions: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passes, "LEAST_REGION", 2_000)
    cohort = invented_cohort(850, seed=3)  # more pairs than are solved as one table
    policy = rm.Policy(objective=objective)
    workers = Elsewhere(3)
    assert outcome(cohort, policy, workers) == outcome(cohort, policy)
    assert len(workers.answered) > 50


def test_tiles_never_travel_and_people_do_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passes, "LEAST_REGION", 10_000)
    cohort = invented_cohort(600, seed=3)
    workers = Elsewhere(2)
    matching = rm.match(cohort, executor=workers)
    assert matching == rm.match(cohort)
    pairs = len(cohort.mentors) * len(cohort.mentees)
    assert max(map(len, workers.answered)) < 4 * 10_000 < 4 * pairs  # less than the scores of a rectangle
    before = workers.carried
    assert 2 <= before <= 4
    rm.match(cohort, executor=workers)
    assert workers.carried == before


def test_what_a_dead_worker_had_is_done_by_another(small_regions: None) -> None:
    cohort = invented_cohort(60, seed=2)
    assert rm.match(cohort, executor=Elsewhere(2, dies={0, 5, 7})) == rm.match(cohort)


def test_a_task_of_which_every_worker_dies_is_a_clear_error() -> None:
    with pytest.raises(rm.errors.ExecutorError, match="lost its workers") as caught:
        rm.match(invented_cohort(60, seed=2), executor=Elsewhere(2, dies=set(range(10**4))))
    assert caught.value.faults[0].code == "broken-executor"
    assert isinstance(caught.value, rm.ReverseMatchError)
    assert pickle.loads(pickle.dumps(caught.value)).faults == caught.value.faults  # noqa: S301


def test_threads_give_the_same_bytes(small_regions: None) -> None:
    cohort = invented_cohort(60, seed=2)
    with ThreadPoolExecutor(2) as pool:
        assert rm.match(cohort, executor=pool).to_json() == rm.match(cohort).to_json()
    assert not running._own
    assert rm.match(cohort, executor="serial") == rm.match(cohort)


def test_an_executor_that_is_shut_down_is_a_clear_error() -> None:
    pool = ThreadPoolExecutor(1)
    pool.shutdown()
    with pytest.raises(rm.errors.ExecutorError, match="accepts no more work") as caught:
        rm.match(invented_cohort(20, seed=2), executor=pool)
    assert caught.value.faults[0].code == "broken-executor"
    assert not running._own


@pytest.mark.parametrize("wrong", ["processes", 2, object()])
def test_something_else_than_an_executor_is_refused(wrong: Any) -> None:
    with pytest.raises(rm.errors.ExecutorError, match="not an executor"):
        rm.match(invented_cohort(20, seed=2), executor=wrong)


def test_a_function_that_cannot_be_sent_serves_threads_and_is_a_clear_error_elsewhere() -> None:
    rm.register_criterion(
        "alone", lambda mentors, mentees: [[0.5] * len(mentees)] * len(mentors), replace=True
    )
    policy = rm.Policy(criteria=[{"kind": "custom", "name": "x", "weight": 1, "function": "alone"}])
    cohort = invented_cohort(20, seed=2)
    with ThreadPoolExecutor(2) as pool:
        assert rm.match(cohort, policy, executor=pool) == rm.match(cohort, policy)
    with pytest.raises(rm.errors.ExecutorError, match="cannot be sent to other processes") as caught:
        rm.match(cohort, policy, executor=Elsewhere())
    assert caught.value.faults[0].code == "cannot-be-sent"


def test_an_error_of_a_match_is_the_same_on_workers() -> None:
    cohort = invented_cohort(20, seed=2)
    impossible = rm.Policy(quotas=[{"kind": "duos", "at_least": 1_000}])
    assert outcome(cohort, impossible, Elsewhere()) == outcome(cohort, impossible)


def test_a_listener_that_raises_ends_it_and_cancels_what_was_sent(small_regions: None) -> None:
    class Slow(Executor):
        """Never begins, so that whatever is not cancelled stays open."""

        def __init__(self) -> None:
            self.futures: list[Future[Any]] = []

        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
            future: Future[Any] = Future()
            self.futures.append(future)
            if len(self.futures) == 1:
                future.set_result(fn(*args))
            return future

    class StopError(Exception):
        pass

    slow, told = Slow(), []

    def stop(state: rm.Progress) -> None:
        told.append(state.step)
        if slow.futures:
            raise StopError

    with pytest.raises(StopError):
        rm.match(invented_cohort(60, seed=2), executor=slow, progress=stop)
    assert len(slow.futures) > 1
    assert all(future.cancelled() for future in slow.futures[1:])


def test_what_is_held_is_sent_to_each_process_once() -> None:
    workers = Workers(elsewhere := Elsewhere(3))
    held = workers.hold(list(range(10_000)))
    try:
        assert workers.map(_length_of, [(held, number) for number in range(40)]) == [
            10_000 + number for number in range(40)
        ]
    finally:
        workers.release()
    assert 3 <= elsewhere.carried <= 6, "once, or a little more, since nobody says who will do a task"


def _length_of(task: tuple[Held, int]) -> int:
    return len(task[0].value) + task[1]


@pytest.mark.long
def test_processes_give_the_same_bytes_and_killed_ones_are_a_clear_error(
    small_regions: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    cohort = invented_cohort(200, seed=2)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        assert rm.match(cohort, executor=pool).to_json() == rm.match(cohort).to_json()

        def kill_all(state: rm.Progress) -> None:
            if state.step == "check all pairs":  # all, since one that is left might do the rest unnoticed
                for worker in tuple(pool._processes):
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(worker, signal.SIGKILL)

        with pytest.raises(rm.errors.ExecutorError, match="lost its workers"):
            rm.match(cohort, executor=pool, progress=kill_all)


@pytest.mark.long
def test_a_real_cluster_of_dask_gives_the_same_bytes_and_outlives_a_worker() -> None:
    pytest.importorskip("distributed")
    script = """
        import os, signal
        import reverse_match as rm
        from distributed import Client, LocalCluster
        from reverse_match.testing import invented_cohort
        from reverse_match.solver.pairs import passes

        if __name__ == "__main__":
            passes.LEAST_REGION = 20_000
            cohort, killed = invented_cohort(700, seed=2), []
            alone = rm.match(cohort).to_json()
            with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
                with Client(cluster) as client:
                    executor = client.get_executor()
                    print(rm.match(cohort, executor=executor).to_json() == alone)

                    def kill_one(state):
                        if state.step == "check all pairs" and not killed:
                            killed.extend(client.run(os.getpid).values())
                            os.kill(killed[0], signal.SIGKILL)

                    print(rm.match(cohort, executor=executor, progress=kill_one).to_json() == alone)

                    def close(state):
                        if state.step == "check all pairs":
                            cluster.close()

                    try:
                        rm.match(cohort, executor=executor, progress=close)
                    except rm.errors.ExecutorError as error:
                        print(error.faults[0].code)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, timeout=300
    )
    assert done.stdout.split() == ["True", "True", "broken-executor"], done.stderr
