"""Whatever HiGHS returns: a choice is as good as is said of it, or there is an error, never a worse one in silence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from test_quota_solve import TILING, best_by_trying, is_proved, solve_with_quotas, some_quotas, value_of
from test_solve import problem

from faulty_highs import FAULTS, install
from reverse_match.foundation.errors import SolverError, UndecidedError
from reverse_match.solver.pairs.source import NO_PAIR
from reverse_match.solver.side_constraints.lagrangian_bound import Infeasible
from reverse_match.solver.side_constraints.lagrangian_pairs import holds

if TYPE_CHECKING:
    from reverse_match.solver.pairs.problem import Problem
    from reverse_match.solver.pairs.quotas import Quota


def case_of(seed: int) -> tuple[Problem, list[Quota]]:
    random = np.random.default_rng(seed)
    shape = int(random.integers(2, 5)), int(random.integers(2, 5))
    scores = random.integers(0, random.choice([3, 10**6]), shape)
    scores[random.random(shape) < 0.3] = NO_PAIR
    possible = np.flatnonzero(scores != NO_PAIR)
    scores.flat[random.permutation(possible)[11:]] = NO_PAIR
    capacities = tuple(random.choice([1, 1, 2, 3], size) for size in shape)
    made = replace(problem(scores, *capacities), most_first=bool(seed % 2))
    return made, some_quotas(random, shape, int(random.integers(1, 4)))


@pytest.mark.parametrize("seeds", [range(2), pytest.param(range(2, 14), marks=pytest.mark.long)])
@pytest.mark.parametrize(("function", "fault"), FAULTS)
def test_nothing_worse_is_called_the_best(
    seeds: range,
    function: str,
    fault: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    cases = [(*case_of(seed), best_by_trying(*case_of(seed))) for seed in seeds]
    install(monkeypatch, function, fault)
    for made, quotas, expected in cases:
        try:
            found = solve_with_quotas(made, quotas, TILING)
        except (SolverError, UndecidedError):
            continue
        if isinstance(found, Infeasible):
            assert expected is None
            continue
        assert expected is not None
        assert holds(quotas, found.chosen)
        value = value_of(made, found.chosen)
        assert value <= expected
        assert found.bounds.count >= expected[0]
        assert value[0] < expected[0] or found.bounds.total >= expected[1]
        assert value == expected or not is_proved(made, found)
    assert capfd.readouterr() == ("", "")
