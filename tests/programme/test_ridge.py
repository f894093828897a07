from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import t

from reverse_match.programme.indicators.weight_evidence import Ridge, ridge


def a_case(seed: int, rows: int = 40, columns: int = 4) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    raw = rng.normal(size=(rows, columns)) + rng.normal(size=(rows, 1))
    standardised = (raw - raw.mean(axis=0)) / raw.std(axis=0)
    return standardised, standardised @ rng.normal(size=columns) + rng.normal(size=rows) + 3


def with_rows_that_say_nothing(columns: np.ndarray, outcomes: np.ndarray, penalty: float) -> np.ndarray:
    """Least squares with an intercept, and a row for each coefficient that pulls it to 0."""
    rows, number = columns.shape
    design = np.block(
        [
            [np.ones((rows, 1)), columns],
            [np.zeros((number, 1)), np.sqrt(penalty) * np.eye(number)],
        ]
    )
    return np.linalg.lstsq(design, np.concatenate([outcomes, np.zeros(number)]), rcond=None)[0]


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("penalty", [1e-9, 2.0, 50.0])
def test_coefficients_are_least_squares_with_rows_that_say_nothing(seed: int, penalty: float) -> None:
    columns, outcomes = a_case(seed)
    expected = with_rows_that_say_nothing(columns, outcomes, penalty)
    assert ridge(columns, outcomes, penalty).coefficients == pytest.approx(expected[1:], abs=1e-9)


@pytest.mark.parametrize("penalty", [0.5, 20.0])
def test_rows_left_out_are_foretold_as_by_fitting_again(penalty: float) -> None:
    columns, outcomes = a_case(7, rows=25)
    missed = spread = 0.0
    for row in range(len(outcomes)):
        others = np.arange(len(outcomes)) != row
        fitted = with_rows_that_say_nothing(columns[others], outcomes[others], penalty)
        missed += (outcomes[row] - fitted[0] - columns[row] @ fitted[1:]) ** 2
        spread += (outcomes[row] - outcomes[others].mean()) ** 2
    assert ridge(columns, outcomes, penalty).r2_left_out == pytest.approx(1 - missed / spread)


def test_intervals_are_quantiles_of_the_posterior() -> None:
    """Drawn from the posterior: the variance first, then the coefficients."""
    columns, outcomes = a_case(3, rows=30, columns=2)
    rows, penalty = len(outcomes), 5.0
    fitted = ridge(columns, outcomes, penalty)
    rng = np.random.default_rng(0)
    precision = columns.T @ columns + penalty * np.eye(2)
    centred = outcomes - outcomes.mean()
    # yᵀ (I + X Xᵀ / k)⁻¹ y, the square of what neither prior nor columns explain
    left = centred @ np.linalg.solve(np.eye(rows) + columns @ columns.T / penalty, centred)
    variance = left / rng.chisquare(rows - 1, size=200_000)
    noise = rng.multivariate_normal(np.zeros(2), np.linalg.inv(precision), size=200_000)
    drawn = fitted.coefficients + noise * np.sqrt(variance)[:, None]
    for place, half in enumerate(fitted.half_widths(0.95)):
        inside = np.abs(drawn[:, place] - fitted.coefficients[place]) < half
        assert inside.mean() == pytest.approx(0.95, abs=0.003)


def test_quantiles_are_those_of_student() -> None:
    fitted = Ridge(np.zeros(1), np.ones(1), 12, 0.0)
    assert fitted.half_widths(0.99)[0] == pytest.approx(t.ppf(0.995, 12))


def test_columns_that_run_in_parallel_share_what_they_explain() -> None:
    columns, outcomes = a_case(1, columns=1)
    fitted = ridge(np.hstack([columns, columns]), outcomes, 2.0)
    assert fitted.coefficients[0] == pytest.approx(fitted.coefficients[1])
    assert np.isfinite(fitted.errors).all()


def test_outcomes_that_do_not_differ_relate_to_nothing() -> None:
    columns, _ = a_case(1)
    fitted = ridge(columns, np.full(len(columns), 0.7), 2.0)
    assert np.abs(fitted.coefficients).max() < 1e-12
    assert fitted.r2_left_out == 0
