"""Compiles a condition of a policy for one cohort.

The seam for everybody who needs a statement about pairs, rules and quotas alike: :func:`compile_condition`
takes what a user wrote and returns something that can say *true*, *false* or *not known* of any pairs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from reverse_match.constraints.condition import AllOfPairs, NotPairs, ScoreCondition, any_of_pairs
from reverse_match.constraints.list_conditions import (
    BlockedPairs,
    ListedCondition,
    avoided_pairs,
    compile_listed,
    compile_past_duos,
    reporting_line_pairs,
)
from reverse_match.constraints.person_conditions import (
    compile_registered,
    compile_require,
    compile_shared_names,
)
from reverse_match.constraints.profile_conditions import (
    compile_number_gap,
    compile_overlapping_hours,
    compile_same_text,
)
from reverse_match.foundation.errors import Fault, PolicyError
from reverse_match.foundation.fixed_point import millionths_at_least
from reverse_match.policy import conditions

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from reverse_match.constraints.condition import PairCondition
    from reverse_match.constraints.rows_and_columns import CompilationContext
    from reverse_match.foundation.records import PlainData

    Compiler: TypeAlias = Callable[[Any, CompilationContext], PairCondition]


def compile_condition(condition: PlainData, context: CompilationContext, place: str = "") -> PairCondition:
    """Make a condition ready for the pairs of a cohort.

    Parameters
    ----------
    condition : Condition
        As in the policy; a rule that is made of one will do.
    context : CompilationContext
        The people, and the choices on which the meaning of conditions depends.
    place : str
        Where the condition stands in the policy, for messages: ``rules[1]``.

    Returns
    -------
    PairCondition
        Says of any pairs whether the condition is true, false, or not known.

    Raises
    ------
    PolicyError
        If the condition names a field, a function or a person that is not there, or counts months from no
        day.
    CohortError
        If a column does not hold what the condition needs.

    Examples
    --------
    >>> import numpy as np
    >>> import reverse_match as rm
    >>> from reverse_match.constraints.rows_and_columns import CompilationContext
    >>> from reverse_match.policy import Different, Not
    >>> from reverse_match.scoring.criterion import Sides
    >>> people = [{"id": "m", "role": "mentor", "gender": "f"}, {"id": "e", "role": "mentee", "gender": "f"},
    ...           {"id": "x", "role": "mentee"}]
    >>> cohort = rm.Cohort.from_records(people)
    >>> context = CompilationContext.of(cohort, rm.Policy(), Sides([0], [1, 2]), None)
    >>> alike = compile_condition(Not(condition=Different(field="gender")), context)
    >>> tile = slice(0, 1), slice(0, 2), np.zeros((1, 2), np.int32)
    >>> alike.known_true(*tile), alike.known_false(*tile)
    (array([[ True, False]]), array([[False, False]]))
    """
    if isinstance(condition, conditions.AllOf | conditions.AnyOf):
        parts = tuple(
            compile_condition(part, context, f"{place}.conditions[{index}]")
            for index, part in enumerate(condition.conditions)
        )
        return AllOfPairs(parts) if isinstance(condition, conditions.AllOf) else any_of_pairs(parts)
    if isinstance(condition, conditions.Not):
        return NotPairs(compile_condition(condition.condition, context, f"{place}.condition"))
    compiler, column = next(found for kind, found in _COMPILERS.items() if isinstance(condition, kind))
    try:
        return compiler(condition, context)
    except PolicyError as error:
        where = f"{place}.{column}" if place and column else place or column
        faults = [
            Fault(fault.message, column=f"{where or ''}{fault.column or ''}", code=fault.code)
            for fault in error.faults
        ]
        raise PolicyError(faults) from None


def _compile_different(condition: conditions.Different, context: CompilationContext) -> PairCondition:
    return NotPairs(compile_same_text(condition, context))


def _compile_reporting_line(
    condition: conditions.NotInReportingLine, context: CompilationContext
) -> PairCondition:
    pairs = reporting_line_pairs(condition.kind, context)
    return ListedCondition(pairs, _NONE) if isinstance(pairs, BlockedPairs) else pairs


def _compile_avoids(condition: conditions.Avoids, context: CompilationContext) -> ListedCondition:
    avoided = avoided_pairs(condition.kind, context.cohort, context.people_index, condition.pairs)
    return ListedCondition(avoided, _NONE)


def _compile_minimum_score(condition: conditions.MinimumScore, context: CompilationContext) -> ScoreCondition:  # noqa: ARG001 - by score alone
    return ScoreCondition(millionths_at_least(condition.at_least))


_NONE = BlockedPairs("unknown", np.empty(0, np.int64), np.empty(0, np.int64))

_COMPILERS: dict[type[PlainData], tuple[Compiler, str | None]] = {
    conditions.Different: (_compile_different, "field"),
    conditions.Same: (compile_same_text, "field"),
    conditions.Shared: (compile_shared_names, "field"),
    conditions.GapBetween: (compile_number_gap, "field"),
    conditions.OverlappingHours: (compile_overlapping_hours, None),
    conditions.NotMetBefore: (compile_past_duos, "again_after_months"),
    conditions.Require: (compile_require, "field"),
    conditions.NotInReportingLine: (_compile_reporting_line, None),
    conditions.Avoids: (_compile_avoids, None),
    conditions.MinimumScore: (_compile_minimum_score, None),
    conditions.Listed: (compile_listed, "pairs"),
    conditions.RegisteredCondition: (compile_registered, "function"),
}
"""What compiles each kind, and which of its values a fault is about."""
