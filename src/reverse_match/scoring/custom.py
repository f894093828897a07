"""A user's own criteria and rules: functions over columns, registered under names that policies use."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.errors import Fault, PolicyError
from reverse_match.foundation.fixed_point import ONE
from reverse_match.scoring.columns import People
from reverse_match.scoring.criterion import PairCriterion, contributions_of
from reverse_match.scoring.registry import Registry
from reverse_match.solver.pairs.tiles import slices

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    from reverse_match.foundation.arrays import FloatArray, IntArray
    from reverse_match.policy import Custom
    from reverse_match.scoring.columns import Columns
    from reverse_match.scoring.criterion import Blend, Sides
    from reverse_match.solver.pairs.tiles import Tiling


CriterionFunction: TypeAlias = "Callable[[People, People], ArrayLike]"

LISTED_AT_ONCE = 32
"""Number of listed pairs whose rows and columns make one tile for a user's function."""


def ask_listed(
    ask: Callable[[IntArray, IntArray], FloatArray], rows: IntArray, columns: IntArray
) -> FloatArray:
    """Return the answers for listed pairs of a function that answers only for tiles, some pairs at a time."""
    answers = np.empty(len(rows))
    for part in slices(len(rows), LISTED_AT_ONCE):
        here, mine = np.unique(rows[part], return_inverse=True)
        there, theirs = np.unique(columns[part], return_inverse=True)
        answers[part] = ask(here, there)[mine, theirs]
    return answers


CRITERIA: Registry[CriterionFunction] = Registry("criterion")
"""The functions that criteria of kind ``custom`` can name in this process."""


@check_arguments
def register_criterion(name: str, function: CriterionFunction, *, replace: bool = False) -> None:
    """Register a function under a name, so that a criterion of kind ``custom`` can use it.

    Parameters
    ----------
    name : str
        The name, which the criterion gives as ``function``.
    function : callable
        Takes some mentors and some mentees (:class:`~reverse_match.scoring.columns.People`) and returns an
        array of shape (mentors, mentees) with values from 0 to 1, NaN where not known. The library calls it
        for one tile of pairs at a time, perhaps from several threads. So the value of a pair may depend only
        on its two people.
    replace : bool
        Whether another function of that name may be replaced. The same function, defined again, always may.

    Raises
    ------
    PolicyError
        If the name is taken by another function. Two closures of one factory are different functions, unless
        they have captured equal values.

    Examples
    --------
    >>> import numpy as np
    >>> import reverse_match as rm
    >>> def same_first_letter(mentors, mentees):
    ...     here = np.array([text[:1] for text in mentors.texts("id")])
    ...     there = np.array([text[:1] for text in mentees.texts("id")])
    ...     return here[:, None] == there[None, :]
    >>> rm.register_criterion("same_first_letter", same_first_letter)
    """
    CRITERIA.register(name, function, replace=replace)


def encode_custom(criterion: Custom, columns: Columns, sides: Sides) -> CustomPairs:
    """Look up the registered function; see :class:`CustomPairs`."""
    return CustomPairs(
        criterion.name,
        CRITERIA.function(criterion.function),
        People(columns, list(sides.mentors)),
        People(columns, list(sides.mentees)),
    )


@dataclass(frozen=True)
class CustomPairs(PairCriterion):
    """A user's own criterion, encoded for a cohort."""

    name: str
    function: CriterionFunction
    mentors: People
    mentees: People

    @property
    def always_known(self) -> bool:
        """False, since only the function knows for which pairs it returns NaN."""
        return False

    def known_sum(self, same: tuple[IntArray, IntArray], tiling: Tiling) -> tuple[Fraction, int]:
        """Return the sum of all known values, in millionths, and their number, without ``same``."""

        def sum_of(values: FloatArray) -> tuple[int, int]:
            known = values[~np.isnan(values)]
            return int(known.sum()), len(known)

        def make(columns: slice) -> Callable[[slice], tuple[int, int]]:
            return lambda rows: sum_of(self.values(rows, columns))

        parts = tiling.map(make, (len(self.mentors), len(self.mentees)))
        total, apart = (
            (sum(part[0] for part in parts), sum(part[1] for part in parts)),
            sum_of(self.at(*same)),
        )
        return Fraction(total[0] - apart[0]), total[1] - apart[1]

    def block(self, columns: slice, blend: Blend) -> CustomBlock:
        """Return a block of columns, prepared for its tiles."""
        return CustomBlock(self, columns, blend)

    def at(self, rows: IntArray, columns: IntArray) -> FloatArray:
        """Return the values of listed pairs, NaN where not known."""
        return ask_listed(self._values_of, rows, columns)

    def _values_of(self, rows: IntArray, columns: IntArray) -> FloatArray:
        return self._check(self.mentors.at(rows), self.mentees.at(columns))

    def values(self, rows: slice, columns: slice) -> FloatArray:
        """Return the values of a tile, checked and rounded half up to whole millionths."""
        return self._check(self.mentors.part(rows), self.mentees.part(columns))

    def part(self, rows: IntArray, columns: IntArray) -> CustomPairs:
        """Return the criterion on some rows and some columns."""
        return CustomPairs(self.name, self.function, self.mentors.at(rows), self.mentees.at(columns))

    def is_current(self, criterion: Custom) -> bool:
        """Say whether this function is still registered under the name."""
        return self.function is CRITERIA.get(criterion.function)

    def _check(self, mentors: People, mentees: People) -> FloatArray:
        result = np.asarray(self.function(mentors, mentees))
        if result.shape != (len(mentors), len(mentees)) or result.dtype.kind not in "biuf":
            raise self._error(
                f"an array of {result.dtype} with shape {result.shape}, not numbers (mentors, mentees)"
            )
        value = result.astype(float)
        if not bool((np.isnan(value) | ((value >= 0) & (value <= 1))).all()):
            raise self._error("values outside 0 to 1")
        return np.floor(value * ONE + 0.5)

    def _error(self, what: str) -> PolicyError:
        right = "right would be 0 to 1, NaN where not known"
        message = f"the function of criterion '{self.name}' returned {what}; {right}"
        return PolicyError([Fault(message)])


@dataclass(frozen=True)
class CustomBlock:
    """A block of columns of a user's own criterion."""

    pairs: CustomPairs
    columns: slice
    blend: Blend

    def add_to(self, total: NDArray[np.int32], rows: slice) -> None:
        """Add the contributions of a tile."""
        total += contributions_of(self.pairs.values(rows, self.columns), self.blend)


RuleFunction: TypeAlias = "Callable[[People, People], ArrayLike]"

RULES: Registry[RuleFunction] = Registry("rule")
"""The functions that rules and quotas of kind ``custom`` can name in this process."""


@check_arguments
def register_rule(name: str, function: RuleFunction, *, replace: bool = False) -> None:
    """Register a function under a name, so that a rule of kind ``custom`` can use it.

    Parameters
    ----------
    name : str
        The name, which the rule gives as ``function``.
    function : callable
        Takes some mentors and some mentees (:class:`~reverse_match.scoring.columns.People`) and returns an
        array of shape (mentors, mentees): true (or 1) where the two may be a duo, false (or 0) where they may
        not, NaN where not known. The library calls it for one tile of pairs at a time, perhaps from several
        threads. So its answer for a pair may depend only on the two people.
    replace : bool
        Whether another function of that name may be replaced. The same function, defined again, always may.

    Raises
    ------
    PolicyError
        If the name is taken by another function. Two closures of one factory are different functions, unless
        they have captured equal values.

    Examples
    --------
    >>> import numpy as np
    >>> import reverse_match as rm
    >>> def near_enough(mentors, mentees):
    ...     return np.abs(np.subtract.outer(mentors.numbers("km"), mentees.numbers("km"))) <= 50
    >>> rm.register_rule("near_enough", near_enough)
    >>> policy = rm.Policy(rules=[{"kind": "custom", "function": "near_enough"}])
    """
    RULES.register(name, function, replace=replace)


def rule_function(name: str) -> RuleFunction:
    """Return the rule function that is registered under a name.

    Raises
    ------
    PolicyError
        If no function is registered under this name.
    """
    return RULES.function(name)


def answers_of(name: str, function: RuleFunction, mentors: People, mentees: People) -> FloatArray:
    """Return the checked answers of a rule function, of shape (mentors, mentees): 1, 0, or NaN if not known.

    Raises
    ------
    PolicyError
        If the function returns anything else.
    """
    result = np.asarray(function(mentors, mentees))
    if result.shape != (len(mentors), len(mentees)) or result.dtype.kind not in "biuf":
        raise _error(name, f"an array of {result.dtype} with shape {result.shape}")
    answers = result.astype(float)
    if not bool((np.isnan(answers) | (answers == 0) | (answers == 1)).all()):
        raise _error(name, "numbers other than 0 and 1")
    return answers


def _error(name: str, what: str) -> PolicyError:
    right = "right would be true or false for (mentors, mentees), or 1, 0, and NaN where not known"
    return PolicyError([Fault(f"the rule function '{name}' returned {what}; {right}")])
