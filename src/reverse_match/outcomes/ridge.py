r"""Linear regression with a prior that says "no relation": ridge, in closed form, with intervals.

Columns are standardised. With ``n`` rows and outcomes ``y = a + X b + e``, errors normal with variance s²:

- Prior: each ``b`` is normal around 0 with variance s² / k, ``a`` and log s are flat. It weighs as much as
  ``k`` further rows in which nothing relates to anything, keeps coefficients finite where columns run in
  parallel, and is overruled by rows: the estimate for a column that stands alone is shrunk by n / (n + k).
- Posterior (Hoerl & Kennard 1970; Gelman et al., Bayesian Data Analysis, section 14.8): with
  ``A = XᵀX + k I`` and centred ``y``, ``b`` is ``A⁻¹ Xᵀ y``, and each coefficient less its estimate is
  Student-t with n − 1 degrees of freedom, times s √(A⁻¹ⱼⱼ), where s² = yᵀ(y − X b) / (n − 1).
- Left out in turn: for a fixed penalty the residual of a row that was left out is its residual divided by
  1 − h, ``h`` being the diagonal of 1/n + X A⁻¹ Xᵀ (Allen 1974), so that nothing is fitted again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from reverse_match.arrays import FloatArray


@dataclass(frozen=True)
class Ridge:
    """A fitted regression.

    Attributes
    ----------
    coefficients : float array, shape (columns,)
        Change of the outcome for a change of the column by 1.
    errors : float array, shape (columns,)
        Scale of the Student-t distribution around each.
    degrees : int
        Of freedom of these.
    r2_left_out : float
        Share by which squared errors of rows left out in turn are smaller than those of the mean of the
        others; below 0 where they are larger, 0 where outcomes do not differ.
    """

    coefficients: FloatArray
    errors: FloatArray
    degrees: int
    r2_left_out: float

    def half_widths(self, confidence: float) -> FloatArray:
        """Return half the width of the interval of each coefficient."""
        from scipy.special import stdtrit  # takes long to load, and only few calls need it

        quantile = float(stdtrit(self.degrees, (1 + confidence) / 2))
        return np.asarray(quantile * self.errors, dtype=float)


def ridge(columns: FloatArray, outcomes: FloatArray, penalty: float) -> Ridge:
    """Fit a regression.

    Parameters
    ----------
    columns : float array, shape (rows, columns)
        Standardised: of each the mean is 0, and the mean square 1.
    outcomes : float array, shape (rows,)
        At least two.
    penalty : float
        How many rows that say nothing the prior weighs; above 0.

    Examples
    --------
    >>> fitted = ridge(np.array([[-1.0], [-1], [1], [1]]), np.array([0.0, 0, 1, 1]), 1.0)
    >>> fitted.coefficients.round(6)
    array([0.4])
    """
    rows, number = columns.shape
    centred = outcomes - outcomes.mean()
    inverse = np.linalg.inv(columns.T @ columns + penalty * np.eye(number))
    coefficients = inverse @ columns.T @ centred
    residuals = centred - columns @ coefficients
    variance = max(0.0, float(centred @ residuals)) / (rows - 1)
    leverage = 1 / rows + np.einsum("ij,jk,ik->i", columns, inverse, columns)
    spread = float(((centred * rows / (rows - 1)) ** 2).sum())
    missed = float(((residuals / (1 - leverage)) ** 2).sum())
    return Ridge(
        coefficients=coefficients,
        errors=np.sqrt(variance * np.diag(inverse)),
        degrees=rows - 1,
        r2_left_out=1 - missed / spread if spread else 0.0,
    )
