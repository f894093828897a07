"""A user's own rule: a function over columns, known by a name that a policy can hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from reverse_match.arguments import checked
from reverse_match.errors import Fault, PolicyError
from reverse_match.scoring.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike

    from reverse_match.arrays import FloatArray
    from reverse_match.scoring.columns import People

RuleFunction: TypeAlias = "Callable[[People, People], ArrayLike]"

RULES: Registry[RuleFunction] = Registry("rule")
"""What policies of this process can name."""


@checked
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
        If the name is taken by another function. What a function has captured is part of what it is: two
        closures of one factory are two, unless they hold the same.

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


def registered_rule(name: str) -> RuleFunction | None:
    """Return the function that is registered under a name now, ``None`` where there is none."""
    return RULES.get(name)


def rule_function(name: str) -> RuleFunction:
    """Return the function that is registered under a name.

    Raises
    ------
    PolicyError
        If there is none.
    """
    return RULES.function(name)


def answers_of(name: str, function: RuleFunction, mentors: People, mentees: People) -> FloatArray:
    """Return what a function says of some people: 1, 0, or NaN where it does not know.

    Raises
    ------
    PolicyError
        If it says anything else.
    """
    result = np.asarray(function(mentors, mentees))
    if result.shape != (len(mentors), len(mentees)) or result.dtype.kind not in "biuf":
        raise _wrong(name, f"an array of {result.dtype} with shape {result.shape}")
    answers = result.astype(float)
    if not bool((np.isnan(answers) | (answers == 0) | (answers == 1)).all()):
        raise _wrong(name, "numbers other than 0 and 1")
    return answers


def _wrong(name: str, what: str) -> PolicyError:
    right = "right would be true or false for (mentors, mentees), or 1, 0, and NaN where not known"
    return PolicyError([Fault(f"the rule function '{name}' returned {what}; {right}")])
