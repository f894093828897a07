"""Many cohorts and many questions: the same results on every executor, and errors in their place."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from typing import Any

import numpy as np
import pytest

import reverse_match as rm
from reverse_match.study import executors as running
from reverse_match.study.executors import Functions, as_sendable, choose_executor
from reverse_match.testing import invented_cohort

IMPOSSIBLE = rm.Policy(quotas=[{"kind": "duos", "at_least": 1_000}])
UNKNOWN = rm.Policy(criteria=[{"kind": "overlap", "name": "x", "weight": 1, "field": "nowhere"}])


class Backwards(Executor):
    """Does everything at once when the first result is asked for, the last part first."""

    def __init__(self) -> None:
        self._open: list[tuple[Future[Any], Any, Any]] = []

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future = _Lazy(self)
        self._open.append((future, fn, args))
        return future

    def work(self) -> None:
        while self._open:
            future, function, arguments = self._open.pop()
            try:
                future.set_result(function(*arguments))
            except Exception as error:
                future.set_exception(error)


class _Lazy(Future[Any]):
    def __init__(self, executor: Backwards) -> None:
        super().__init__()
        self._executor = executor

    def result(self, timeout: float | None = None) -> Any:
        self._executor.work()
        return super().result(timeout)


def everything(study: rm.Study, executor: Any) -> list[Any]:
    """Ask a study everything that can be asked on an executor."""
    study_scenarios = study.scenarios(
        {
            "forbid": {"forbid": [(study.cohort.mentors[0].id, study.cohort.mentees[0].id)]},
            "weights": {"weights": {"age": 1}},
            "people": {
                "without": [study.cohort.mentors[1].id],
                "capacities": {study.cohort.mentors[2].id: 2},
            },
        },
        executor=executor,
    )
    return [
        {name: one.matching for name, one in study_scenarios.items()},
        study.sweep(weight="gender", over=[0, 0.2, 0.5, 1], resolution=0.1, executor=executor),
        study.frontier("total", "share of mixed duos", executor=executor),
        study.price(people=2, executor=executor),
        study.sensitivity(samples=4, resolution=0.1, executor=executor),
    ]


def results(executor: Any) -> list[Any]:
    cohorts = [invented_cohort(10, seed=seed) for seed in range(5)]
    jobs: list[Any] = [(cohort, rm.Policy(seed=place)) for place, cohort in enumerate(cohorts)]
    found = rm.match_many([*jobs, rm.Job(cohorts[0], IMPOSSIBLE), jobs[0]], executor)
    return [(one.name, one.matching, str(one.error)) for one in found]


def test_results_do_not_depend_on_the_executor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "WORKERS_NOT_KNOWN", 3)
    cohort = invented_cohort(10, seed=2)
    expected = everything(rm.Study(cohort), "serial"), results("serial")
    assert (everything(rm.Study(cohort), Backwards()), results(Backwards())) == expected
    with ThreadPoolExecutor(2) as pool:
        assert (everything(rm.Study(cohort), pool), results(pool)) == expected
    assert results(None) == expected[1]


@pytest.mark.long
@pytest.mark.parametrize("method", ["spawn", "forkserver", "fork"])
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_processes_give_the_same_results(method: str) -> None:
    try:
        context = get_context(method)
    except ValueError:
        pytest.skip(f"no {method} on this machine")
    cohort = invented_cohort(20, seed=2)
    expected = everything(rm.Study(cohort), "serial"), results("serial")
    with ProcessPoolExecutor(2, mp_context=context) as pool:
        assert (everything(rm.Study(cohort), pool), results(pool)) == expected


@pytest.mark.long
def test_the_default_is_processes_where_the_work_is_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "WORTH_PROCESSES", 0.0)
    monkeypatch.setattr(running, "cores", lambda: 2)
    expected = results("serial")
    assert results(None) == expected
    with choose_executor(None, 1.0, Functions()) as chosen:
        assert isinstance(chosen, ProcessPoolExecutor)
    with choose_executor(None, 1.0, Functions(rules=(("mine", len),))) as chosen:
        assert chosen is None


@pytest.mark.long
def test_a_real_cluster_of_dask_gives_the_same_results() -> None:
    pytest.importorskip("distributed")
    script = """
        import reverse_match as rm
        from distributed import Client, LocalCluster
        from reverse_match.testing import invented_cohort

        def asked(executor):
            study = rm.Study(invented_cohort(20, seed=2))
            swept = study.sweep(weight="gender", over=[0, 0.2, 0.5], resolution=0.1, executor=executor)
            curve = study.frontier("total", "share of mixed duos", executor=executor)
            some = study.scenarios({"a": {"weights": {"age": 1}}, "b": {"seed": 3}}, executor=executor)
            prices = study.price(people=2, executor=executor)
            jobs = [(invented_cohort(10, seed=seed), None) for seed in range(6)]
            jobs.append((jobs[0][0], rm.Policy(quotas=[{"kind": "duos", "at_least": 1_000}])))
            many = [(one.name, one.matching, str(one.error)) for one in rm.match_many(jobs, executor)]
            return swept, curve, {name: one.matching for name, one in some.items()}, prices, many

        if __name__ == "__main__":
            with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
                with Client(cluster) as client:
                    assert asked(client.get_executor()) == asked("serial")
            print("the same")
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, timeout=300
    )
    assert done.stdout.strip() == "the same", done.stderr


def test_one_that_fails_does_not_stop_the_others() -> None:
    good = invented_cohort(10, seed=1)
    jobs: list[Any] = [
        (good, None),
        rm.Job(good, IMPOSSIBLE, "impossible"),
        {"cohort": good, "policy": UNKNOWN, "name": "unknown"},
        "nonsense",
        {"cohort": good, "polcy": rm.Policy()},
        rm.Job(good, name="last"),
    ]
    for executor in ("serial", Backwards()):
        found = rm.match_many(jobs, executor)  # type: ignore[arg-type]
        assert [one.name for one in found] == ["0", "impossible", "unknown", "3", "4", "last"]
        errors = [type(one.error) for one in found]
        assert errors == [
            type(None),
            rm.InfeasibleError,
            rm.errors.PolicyError,
            rm.errors.StudyError,
            rm.errors.StudyError,
            type(None),
        ]
        assert all((one.matching is None) != (one.error is None) for one in found)
        assert found[0].matching == found[5].matching == rm.match(good)
        explained = found[0].matching.explain(good.mentors[0].id, good.mentees[0].id)
        assert explained == rm.match(good).explain(good.mentors[0].id, good.mentees[0].id)
        assert found[1].error.explanations


def test_a_lost_part_is_told_in_the_place_of_each_of_its_jobs() -> None:
    class Lost(Backwards):
        def work(self) -> None:
            while self._open:
                self._open.pop()[0].set_exception(OSError("gone"))

    found = rm.match_many([(invented_cohort(6, seed=1), None)] * 3, Lost())
    assert [(one.matching, str(one.error)) for one in found] == [(None, "gone")] * 3
    with pytest.raises(OSError, match="gone"):
        rm.Study(invented_cohort(6, seed=1)).sweep(weight="age", over=[0, 1], executor=Lost())


def test_no_jobs_give_no_results() -> None:
    assert rm.match_many([]) == []
    assert rm.match_many(iter([]), Backwards()) == []


def test_something_else_than_an_executor_is_refused() -> None:
    for wrong in ("processes", 2):
        with pytest.raises(rm.errors.StudyError, match="not an executor"):
            rm.match_many([(invented_cohort(6, seed=1), None)], wrong)  # type: ignore[arg-type]


def test_progress_says_how_many_are_done() -> None:
    told: list[int] = []
    jobs = [(invented_cohort(6, seed=1), None)] * 4
    rm.match_many(jobs, "serial", progress=lambda state: told.append(state.rounds))
    assert told == [1, 2, 3, 4]
    told.clear()
    study = rm.Study(invented_cohort(6, seed=1))
    study.sweep(
        weight="age", over=[0, 1, 2], executor="serial", progress=lambda state: told.append(state.rounds)
    )
    assert told == [1, 2, 3]


def test_scenarios_that_fail_are_told_and_the_others_kept() -> None:
    study = rm.Study(invented_cohort(10, seed=1))
    asked = {
        "good": {"weights": {"age": 1}},
        "bad": {"quotas": [{"kind": "duos", "at_least": 1_000}]},
        "also good": {"seed": 3},
    }
    for executor in ("serial", Backwards()):
        study = rm.Study(invented_cohort(10, seed=1))
        with pytest.raises(rm.InfeasibleError) as caught:
            study.scenarios(asked, executor=executor)  # type: ignore[arg-type]
        assert caught.value.__notes__ == ["scenario 'bad': InfeasibleError"]
        assert study.names == ("base", "good", "also good")
    with pytest.raises(rm.errors.PolicyError, match="did you mean 'weights'"):
        study.scenarios({"x": {"weigths": {}}})
    with pytest.raises(rm.errors.StudyError, match="already"):
        study.scenarios({"good": {}})


def same_initial(mentors: Any, mentees: Any) -> np.ndarray:
    here, there = (np.array([text[:1] for text in side.texts("id")]) for side in (mentors, mentees))
    return here[:, None] == there[None, :]


def test_functions_that_policies_name_are_sent_along() -> None:
    rm.register_criterion("same_initial", same_initial)
    rm.register_rule("same_initial", same_initial)
    policy = rm.Policy(
        criteria=[{"kind": "custom", "name": "x", "weight": 1, "function": "same_initial"}],
        rules=[{"kind": "not", "condition": {"kind": "custom", "function": "same_initial"}}],
    )
    found = Functions.of([policy, rm.Policy()])
    assert found.criteria == (("same_initial", same_initial),)
    assert found.rules == (("same_initial", same_initial),)
    assert not Functions.of([rm.Policy()])


def everybody_alike(points: float) -> Any:
    return lambda mentors, mentees: np.full((len(mentors), len(mentees)), points)


ALIKE = rm.Policy(criteria=[{"kind": "custom", "name": "x", "weight": 1, "function": "alike"}])


def totals(results: list[rm.results.JobResult]) -> list[float | str]:
    return [str(one.error) if one.matching is None else one.matching.total for one in results]


def register_a_half() -> None:
    """What a process that was started anew runs first."""
    rm.register_criterion("alike", everybody_alike(0.5))


@pytest.mark.long
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
@pytest.mark.parametrize("start", ["spawn", "fork"])
def test_processes_say_which_function_they_need_and_how_to_give_it(start: str) -> None:
    cohort = rm.Cohort.from_records([{"id": "m", "role": "mentor"}, {"id": "e", "role": "mentee"}])
    context, jobs = get_context(start), [(cohort, ALIKE)] * 2
    rm.register_criterion("alike", everybody_alike(0.25), replace=True)
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        if start == "fork":  # the process knows what was registered before
            assert totals(rm.match_many(jobs, pool)) == [0.25, 0.25]
        rm.register_criterion("alike", everybody_alike(0.75), replace=True)
        for found in rm.match_many(jobs, pool):
            assert isinstance(found.error, rm.errors.PolicyError)
            assert "no criterion function 'alike' is registered" in str(found.error)
            assert "initializer=FUNCTION" in str(found.error)
        with pytest.raises(rm.errors.PolicyError, match="initializer=FUNCTION"):
            rm.Study(cohort, ALIKE).scenarios({"a": {"seed": 1}, "b": {"seed": 2}}, executor=pool)
        rm.register_criterion("alike", same_initial, replace=True)  # which can be sent
        assert totals(rm.match_many(jobs, pool)) == [0, 0]
    rm.register_criterion("alike", everybody_alike(0.5), replace=True)
    spawned = get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawned, initializer=register_a_half) as pool:
        assert totals(rm.match_many(jobs, pool)) == [0.5, 0.5]


def test_threads_of_one_process_do_not_register_anew() -> None:
    """Else what was sent with one call would replace, late, what another call has registered since."""
    cohort = rm.Cohort.from_records([{"id": "m", "role": "mentor"}, {"id": "e", "role": "mentee"}])
    rm.register_criterion("alike", everybody_alike(0.25), replace=True)
    sent = Functions.of([ALIKE])
    rm.register_criterion("alike", everybody_alike(0.75), replace=True)
    sent.register()
    with ThreadPoolExecutor(2) as pool:
        assert totals(rm.match_many([(cohort, ALIKE)] * 2, pool)) == [0.75] * 2


def test_an_error_that_cannot_be_sent_says_what_it_was() -> None:
    class OddError(Exception):
        pass

    assert "Odd" in str(as_sendable(OddError()))
    error = rm.errors.PolicyError([])
    assert as_sendable(error) is error
