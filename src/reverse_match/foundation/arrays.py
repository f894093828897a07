"""The types of arrays that pass between modules."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

IntArray: TypeAlias = NDArray[np.int64]
FloatArray: TypeAlias = NDArray[np.float64]
NarrowIntArray: TypeAlias = NDArray[np.int32] | NDArray[np.int64]
"""Whole numbers in 32 bits where these are enough: scores in millionths, and what is computed of them."""
BoolArray: TypeAlias = NDArray[np.bool_]
KeyArray: TypeAlias = NDArray[np.uint64]
