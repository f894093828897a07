"""Guards for CI: counts that do not depend on the machine, and ratios within one run with a wide margin.

Times of single steps are recorded by pytest-benchmark and never compared with those of another run. What is
compared are counts with ``counts.json``: more rounds, arcs, looks at pairs or larger arrays than recorded are
a loss. After a change that means to change them, ``python benchmarks/test_speed.py`` records them anew.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import counted
import reverse_match as rm
from counted import COUNTED
from many_answers import indicators_ratio
from peers import SCORE_AND_SCIPY, measure_peers
from plain_reading import reading_ratio, write_people
from reading import bytes_per_person, reading_over_pandas
from reverse_match.testing import invented_cohort
from reverse_match.views.cli.bench_figures import BenchFigures, measure, peak_memory
from start_up import PROGRAMS, loads, loads_of
from whole_process import printing_counts

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

    from start_up import Program

SIZES = (10, 30, 100, 300, 1_000, 3_000)
RECORDED = Path(__file__).with_name("counts.json")

TOLERANCE = 1.1
"""Another release of OR-Tools may break ties otherwise, which shifts counts a little."""


ROUNDS_TOLERANCE = 1.5
"""Another release of HiGHS or OR-Tools may give other prices of the same bound, and so other candidates."""


MODULES_TOLERANCE = 1.1
"""A module that is cut in two loads no more than before."""


PRINTING_TOLERANCE = 1.2
"""Another release of Python may count the calls of its own functions otherwise."""


def counts_of(figures: BenchFigures) -> dict[str, Any]:
    """Return what does not depend on the machine."""
    return {"duos": figures.duos, "total": figures.total, **figures.counts}


@pytest.mark.parametrize("people", SIZES)
def test_counts_do_not_grow(people: int) -> None:
    figures = measure(people, repeats=1)
    recorded = json.loads(RECORDED.read_text("utf-8"))[str(people)]
    found = counts_of(figures)
    assert found.pop("duos") == recorded.pop("duos")
    assert found.pop("total") == recorded.pop("total")
    assert figures.gap == 0
    assert {name: count for name, count in found.items() if count > TOLERANCE * recorded[name]} == {}


@pytest.mark.parametrize("people", SIZES[:-1])
def test_match(benchmark: BenchmarkFixture, people: int) -> None:
    cohort = invented_cohort(people)
    assert benchmark(rm.match, cohort).certificate.gap == 0


@pytest.mark.parametrize("people", SIZES[:-1])
def test_verify(benchmark: BenchmarkFixture, people: int) -> None:
    cohort = invented_cohort(people)
    matching = rm.match(cohort)
    benchmark(rm.verify, matching, cohort)


def test_what_if(benchmark: BenchmarkFixture) -> None:
    cohort, warm = invented_cohort(1_000), rm.WarmStart()
    duo = rm.match(cohort, warm_start=warm).duos[0]
    without = rm.Policy(rules=[{"kind": "forbid", "pairs": [[duo.mentor, duo.mentee]]}])
    benchmark(rm.match, cohort, without, warm_start=warm)


@pytest.mark.parametrize("promise", COUNTED)
def test_promises_take_no_more_rounds_or_looks(promise: str) -> None:
    recorded = json.loads(RECORDED.read_text("utf-8"))["promises"][promise]
    found = counted.counts_of(COUNTED[promise])
    assert {name: count for name, count in found.items() if count > ROUNDS_TOLERANCE * recorded[name]} == {}


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.what)
def test_no_more_is_loaded(program: Program) -> None:
    recorded = json.loads(RECORDED.read_text("utf-8"))["start-up"][program.what]
    found = loads_of(program.code)
    assert set(found["libraries"]) <= set(recorded["libraries"])
    assert found["modules"] <= MODULES_TOLERANCE * recorded["modules"]


def test_printing_takes_no_more_calls() -> None:
    recorded = json.loads(RECORDED.read_text("utf-8"))["printing"]
    found = printing_counts()
    assert {name: count for name, count in found.items() if count > PRINTING_TOLERANCE * recorded[name]} == {}


def test_not_slower_than_scoring_in_numpy_and_scipy() -> None:
    figures = measure(3_000, repeats=3)
    (scipy,) = measure_peers(3_000, ["scipy"], repeats=3)
    assert scipy.total == figures.total
    assert scipy.seconds is not None
    assert scipy.seconds > figures.seconds["match"], "measured about 2.5 here, and 8 at 10,000 people"


def test_reading_people_takes_a_few_times_as_long_as_a_script_without_checks(tmp_path: Path) -> None:
    ratio = reading_ratio(write_people(tmp_path / "people.csv"))
    assert ratio < 12, "measured about 6 here"


def test_reading_validates_a_column_at_a_time(tmp_path: Path) -> None:
    path = write_people(tmp_path / "people.csv")
    assert reading_over_pandas(path) < 20, "measured about 11 here, and 36 where each person is read alone"
    assert max(bytes_per_person(path)) < 4_500, "measured about 2,900 here while reading"


def test_figures_of_small_groups_take_a_few_times_as_long_as_checking_their_answers() -> None:
    assert indicators_ratio() < 13, "measured about 6 here, and 21 where all sums are searched at each step"


def test_less_memory_than_scoring_in_numpy_and_scipy() -> None:
    mine, theirs = peak_memory(rm.match, 3_000), peak_memory(SCORE_AND_SCIPY, 3_000)
    if mine is None or theirs is None:
        pytest.skip("this system does not tell the peak of memory")
    assert 3 * mine < 2 * theirs, "measured half of it here, and less at 10,000"


if __name__ == "__main__":
    counts = {str(people): counts_of(measure(people, repeats=1)) for people in SIZES}
    counts["promises"] = {promise: counted.counts_of(work) for promise, work in COUNTED.items()}
    counts["start-up"] = loads()
    counts["printing"] = printing_counts()
    RECORDED.write_text(json.dumps(counts, indent=2) + "\n", encoding="utf-8")
