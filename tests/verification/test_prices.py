"""Sums of prices are exact, however large they are: a sum that overflowed would prove anything."""

from __future__ import annotations

import numpy as np
import pytest

from reverse_match.verification.prices import exact_product, exact_sum, wide

LARGE = 2**61


@pytest.mark.parametrize("numbers", [[], [1, 2, 3], [0, LARGE, LARGE, LARGE], [-LARGE, -LARGE, -LARGE, 1]])
def test_sums_are_exact(numbers: list[int]) -> None:
    assert exact_sum(np.array(numbers, dtype=np.int64)) == sum(numbers)
    ones = np.ones(len(numbers), dtype=np.int64)
    assert exact_product(np.array(numbers, dtype=np.int64), ones * 8) == 8 * sum(numbers)


@pytest.mark.parametrize("times", [0, 3, -LARGE, LARGE])
def test_products_of_wide_numbers_are_exact(times: int) -> None:
    numbers = [0, 5, LARGE]
    products = wide(np.array(numbers, dtype=np.int64), times) * times
    assert products.tolist() == [number * times for number in numbers]
