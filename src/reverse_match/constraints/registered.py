"""A user's own rule: a function over columns, known by a name that a policy can hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from reverse_match.errors import Fault, PolicyError
from reverse_match.names.suggestion import did_you_mean
from reverse_match.scoring.columns import People
from reverse_match.scoring.custom import LISTED_AT_ONCE, origin_of
from reverse_match.tiling import slices

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    from reverse_match.arrays import BoolArray, FloatArray, IntArray
    from reverse_match.constraints.setting import Setting
    from reverse_match.policy.conditions import RegisteredCondition

RuleFunction: TypeAlias = "Callable[[People, People], ArrayLike]"

_FUNCTIONS: dict[str, RuleFunction] = {}


def register_rule(name: str, function: RuleFunction, *, replace: bool = False) -> None:
    """Make a function known under a name, so that a rule of kind ``custom`` can use it.

    Parameters
    ----------
    name : str
        What the rule's ``function`` says.
    function : callable
        Takes some mentors and some mentees (:class:`~reverse_match.scoring.columns.People`) and returns an
        array of shape (mentors, mentees): true where the two may meet, false where not; in numbers 1 and 0,
        NaN where not known. It is called for one tile of pairs at a time, perhaps from several threads: what
        it says of a pair may depend on nothing but its two people.
    replace : bool
        Whether another function of that name may be replaced; the same one, defined again, always may.

    Raises
    ------
    PolicyError
        If the name is taken by another function.

    Examples
    --------
    >>> import numpy as np
    >>> import reverse_match as rm
    >>> def near_enough(mentors, mentees):
    ...     return np.abs(np.subtract.outer(mentors.numbers("km"), mentees.numbers("km"))) <= 50
    >>> rm.register_rule("near_enough", near_enough)
    >>> policy = rm.Policy(rules=[{"kind": "custom", "function": "near_enough"}])
    """
    if not replace and origin_of(_FUNCTIONS.get(name, function)) != origin_of(function):
        message = f"a rule function '{name}' is registered already; choose another name, or say replace=True"
        raise PolicyError([Fault(message)])
    _FUNCTIONS[name] = function


def registered_rule(name: str) -> RuleFunction | None:
    """Return the function that is registered under a name now, ``None`` where there is none."""
    return _FUNCTIONS.get(name)


def compile_registered(condition: RegisteredCondition, setting: Setting) -> RegisteredPairs:
    """Look the function up; see :class:`RegisteredPairs`."""
    function = registered_rule(condition.function)
    if function is None:
        known = did_you_mean(condition.function, _FUNCTIONS)
        message = f"no rule function '{condition.function}' is registered{known}; see rm.register_rule"
        raise PolicyError([Fault(message)])
    return RegisteredPairs(
        condition.function,
        function,
        People(setting.columns, list(setting.sides.mentors)),
        People(setting.columns, list(setting.sides.mentees)),
    )


@dataclass(frozen=True)
class RegisteredPairs:
    """What a user's own function says of the pairs of a cohort."""

    name: str
    function: RuleFunction
    mentors: People
    mentees: People

    @property
    def needs_scores(self) -> bool:
        """Never: a function knows people only."""
        return False

    def known_true(self, rows: slice, columns: slice, scores: NDArray[np.int32]) -> BoolArray:  # noqa: ARG002 - by people alone
        """Mark the pairs of a tile of which it is true."""
        return np.equal(self.answers(rows, columns), 1)

    def known_false(self, rows: slice, columns: slice, scores: NDArray[np.int32]) -> BoolArray:  # noqa: ARG002 - by people alone
        """Mark the pairs of a tile of which it is false."""
        return np.equal(self.answers(rows, columns), 0)

    def true_among(self, rows: IntArray, columns: IntArray, scores: IntArray) -> BoolArray:  # noqa: ARG002 - by people alone
        """Say of which of some listed pairs it is true."""
        return np.equal(self._at(rows, columns), 1)

    def false_among(self, rows: IntArray, columns: IntArray, scores: IntArray) -> BoolArray:  # noqa: ARG002 - by people alone
        """Say of which of some listed pairs it is false."""
        return np.equal(self._at(rows, columns), 0)

    def part(self, rows: IntArray, columns: IntArray) -> RegisteredPairs:
        """Return the condition on some rows and some columns."""
        mentors, mentees = self.mentors.chosen(rows), self.mentees.chosen(columns)
        return RegisteredPairs(self.name, self.function, mentors, mentees)

    def answers(self, rows: slice, columns: slice) -> FloatArray:
        """Return what the function says of a tile, checked: 1, 0, or NaN where not known."""
        return self._checked(self.mentors.part(rows), self.mentees.part(columns))

    def _at(self, rows: IntArray, columns: IntArray) -> FloatArray:
        """Return what the function says of listed pairs, some at a time: it only gives tiles."""
        answers = np.empty(len(rows))
        for part in slices(len(rows), LISTED_AT_ONCE):
            here, mine = np.unique(rows[part], return_inverse=True)
            there, theirs = np.unique(columns[part], return_inverse=True)
            answers[part] = self._checked(self.mentors.chosen(here), self.mentees.chosen(there))[mine, theirs]
        return answers

    def _checked(self, mentors: People, mentees: People) -> FloatArray:
        result = np.asarray(self.function(mentors, mentees))
        if result.shape != (len(mentors), len(mentees)) or result.dtype.kind not in "biuf":
            raise self._wrong(f"an array of {result.dtype} with shape {result.shape}")
        answers = result.astype(float)
        if not bool((np.isnan(answers) | (answers == 0) | (answers == 1)).all()):
            raise self._wrong("numbers other than 0 and 1")
        return answers

    def _wrong(self, what: str) -> PolicyError:
        right = "right would be true or false for (mentors, mentees), or 1, 0, and NaN where not known"
        return PolicyError([Fault(f"the rule function '{self.name}' returned {what}; {right}")])
