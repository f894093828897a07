from __future__ import annotations

import pytest
from scipy.stats import binomtest

from reverse_match.programme.indicators.figures import exact_interval, share


@pytest.mark.parametrize("whole", [1, 2, 7, 12, 40])
def test_intervals_are_those_of_scipy(whole: int) -> None:
    for part in range(whole + 1):
        expected = binomtest(part, whole).proportion_ci(0.95, method="exact")
        assert exact_interval(part, whole) == pytest.approx((expected.low, expected.high), abs=1e-6)


def test_a_share_of_nothing() -> None:
    figure = share(0, 0, people=0, interval=True)
    assert (figure.value, figure.low, figure.high, figure.suppressed) == (None, None, None, False)
