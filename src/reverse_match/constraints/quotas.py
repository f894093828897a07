"""Compiles the quotas of a policy for the solver: each becomes bounds on sums over pairs.

A share becomes a sum in whole numbers: "at least p/q of the duos count" means that the sum of q - p for each
duo that counts and of -p for each other duo is at least 0.

With at most N duos, every share is a fraction with a denominator up to N. So p/q may be replaced by the next
such fraction in the demanded direction. That excludes no matching, but tightens the linear programme of the
solver: it is a Chvátal-Gomory cut (V. Chvátal, "Edmonds polytopes and a hierarchy of combinatorial problems",
1973). The next fraction is found in the Stern-Brocot tree (Graham, Knuth and Patashnik, *Concrete
Mathematics*, 1994, 4.5).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

import numpy as np

from reverse_match.constraints.compile_condition import compile_condition
from reverse_match.constraints.condition import NO_SCORES
from reverse_match.foundation.errors import Fault, PolicyError
from reverse_match.foundation.names import id_key, name_key
from reverse_match.policy import CountQuota, EachQuota, ShareQuota
from reverse_match.solver.pairs.quotas import UNBOUNDED, PairQuota, SideQuota, single

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reverse_match.constraints.condition import PairCondition
    from reverse_match.constraints.rows_and_columns import CompilationContext
    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.policy import DuosQuota, Policy
    from reverse_match.scoring.model import ScoreModel
    from reverse_match.solver.pairs.quotas import PairMarks, Quota


@dataclass(frozen=True)
class CompiledQuota:
    """A quota of the policy, or one of its two bounds, as bounds on sums over pairs.

    Attributes
    ----------
    place : int
        Index of the quota in the policy.
    name : str
        Name of the quota in reasons and messages.
    sums : Quota
        The bounded sums over all duos, for the solver.
    groups : tuple of str
        Name of the group of each sum; empty if one sum counts all duos.
    """

    place: int
    name: str
    sums: Quota
    groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class ConditionMarks:
    """Marks the pairs for which a condition is known to be true."""

    condition: PairCondition
    model: ScoreModel

    def tile(self, rows: slice, columns: slice) -> BoolArray:
        """Return the marks of a tile."""
        scores = self.model.block(columns).tile(rows) if self.condition.needs_scores else NO_SCORES
        here, there = np.ogrid[rows, columns]
        return np.greater(self.condition.truth(here, there, scores), 0)

    def among(self, rows: IntArray, columns: IntArray) -> BoolArray:
        """Return the marks of listed pairs."""
        scores = self.model.at(rows, columns) if self.condition.needs_scores else NO_SCORES
        return np.greater(self.condition.truth(rows, columns, scores), 0)

    def part(self, rows: IntArray, columns: IntArray) -> ConditionMarks:
        """Return the marks of some rows and some columns."""
        return ConditionMarks(self.condition.part(rows, columns), self.model.part(rows, columns))


def compile_quotas(
    policy: Policy, context: CompilationContext, model: ScoreModel, most_duos: int
) -> tuple[CompiledQuota, ...]:
    """Compile the quotas of a policy for a cohort.

    Parameters
    ----------
    policy : Policy
        The policy with the quotas.
    context : CompilationContext
        The people, and their rows and columns.
    model : ScoreModel
        Computes scores, for conditions that depend on them.
    most_duos : int
        No matching has more duos than this.

    Raises
    ------
    PolicyError
        If a quota names an unknown field.
    CohortError
        If a column holds values of another kind than a quota needs.
    """
    names = quota_names(policy)
    compiled: list[CompiledQuota] = []
    for place, quota in enumerate(policy.quotas):
        if isinstance(quota, EachQuota):
            sums, groups = _each(quota, context, f"quotas[{place}].by")
            compiled.append(CompiledQuota(place, names[place], sums, groups))
        elif isinstance(quota, CountQuota | ShareQuota):
            condition = compile_condition(quota.condition, context, f"quotas[{place}]")
            marks = ConditionMarks(condition, model)
            made = (
                _share(quota, marks, most_duos) if isinstance(quota, ShareQuota) else [_count(quota, marks)]
            )
            compiled += [CompiledQuota(place, names[place], sums) for sums in made]
        else:
            everybody = np.zeros(len(context.sides.mentors), dtype=np.int64)
            compiled.append(CompiledQuota(place, names[place], SideQuota(0, everybody, *_bounds(quota))))
    return tuple(compiled)


def quota_names(policy: Policy) -> list[str]:
    """Return the name of each quota: its own, or its kind and subject; a repeated name has an index."""
    plain = [quota.name or _plain_name(quota) for quota in policy.quotas]
    return [name if plain.count(name) == 1 else f"{name} [{place}]" for place, name in enumerate(plain)]


def _plain_name(quota: DuosQuota | CountQuota | EachQuota | ShareQuota) -> str:
    between = " " if isinstance(quota, EachQuota) else " of "
    return between.join([quota.kind, *([subject_of(quota)] if subject_of(quota) else [])])


def subject_of(quota: DuosQuota | CountQuota | EachQuota | ShareQuota) -> str:
    """Return a short description of the duos that a quota counts; it is empty if the quota counts all duos.

    Examples
    --------
    >>> from reverse_match.policy import CountQuota
    >>> subject_of(CountQuota(where={"mentee.department": "Finance"}, at_most=2))
    'mentee.department Finance'
    """
    if isinstance(quota, EachQuota):
        return quota.by
    if isinstance(quota, CountQuota | ShareQuota):
        fields = [f"{path} {' or '.join(map(str, value))}" for path, value in (quota.where or {}).items()]
        if quota.of is not None:
            fields.append(" ".join([quota.of.kind, getattr(quota.of, "field", "")]).strip())
        return ", ".join(fields)
    return ""


def _bounds(quota: DuosQuota | CountQuota | EachQuota, groups: int = 1) -> tuple[IntArray, IntArray]:
    lower = -UNBOUNDED if quota.at_least is None else quota.at_least
    upper = UNBOUNDED if quota.at_most is None else quota.at_most
    return np.full(groups, lower, dtype=np.int64), np.full(groups, upper, dtype=np.int64)


def _count(quota: CountQuota, marks: ConditionMarks) -> PairQuota:
    return PairQuota(marks, 1, 0, *_bounds(quota))


def _share(quota: ShareQuota, marks: ConditionMarks, most_duos: int) -> list[PairQuota]:
    made = []
    if quota.lowest is not None:
        made.append(share_at_least(marks, quota.lowest, most_duos))
    if quota.highest is not None:
        made.append(share_at_most(marks, quota.highest, most_duos))
    return made


def share_at_least(marks: PairMarks, share: Fraction, most_duos: int) -> PairQuota:
    """Bound the share of marked duos from below, for matchings of up to ``most_duos`` duos."""
    least = next_fraction(share, max(1, most_duos))
    inside, outside = least.denominator - least.numerator, -least.numerator
    return PairQuota(marks, inside, outside, single(0), single(UNBOUNDED))


def share_at_most(marks: PairMarks, share: Fraction, most_duos: int) -> PairQuota:
    """Bound the share of marked duos from above, for matchings of up to ``most_duos`` duos."""
    most = 1 - next_fraction(1 - share, max(1, most_duos))
    inside, outside = most.denominator - most.numerator, -most.numerator
    return PairQuota(marks, inside, outside, single(-UNBOUNDED), single(0))


def _each(quota: EachQuota, context: CompilationContext, where: str) -> tuple[SideQuota, tuple[str, ...]]:
    side_name, _, field = quota.by.partition(".")
    side: Literal[0, 1] = 0 if side_name == "mentor" else 1
    try:
        columns = context.columns.compared_texts(field), context.columns.texts(field)
    except PolicyError as error:
        raise PolicyError([Fault(fault.message, column=where) for fault in error.faults]) from None
    people = (context.sides.mentors, context.sides.mentees)[side]
    compared, written = ([_beginning(column[index], quota.prefix) for index in people] for column in columns)
    groups, names = _groups(compared, written, id_key if field == "id" else _path_key)
    return SideQuota(side, groups, *_bounds(quota, len(names))), names


def _beginning(text: str | None, prefix: int | None) -> str | None:
    return text if text is None or prefix is None else "/".join(text.split("/")[:prefix])


def _path_key(text: str) -> str:
    return "/".join(name_key(part) for part in text.split("/"))


def _groups(
    compared: Sequence[str | None], written: Sequence[str | None], key_of: Callable[[str], str]
) -> tuple[IntArray, tuple[str, ...]]:
    """Return the number of each text's group (-1: none), and the name of each group.

    Texts are of one group if ``key_of`` gives them the same key. Its name is the first of its spellings in
    alphabetical order, as they are written.
    """
    keys = [key_of(text or "") for text in compared]
    spelling: dict[str, str] = {}
    for key, text in zip(keys, written, strict=True):
        if text is not None and key.strip("/"):
            spelling[key] = min(spelling.get(key, text), text)
    number = {key: place for place, key in enumerate(sorted(spelling))}
    groups = np.array([number.get(key, -1) for key in keys], dtype=np.int64)
    return groups, tuple(spelling[key] for key in number)


def next_fraction(value: Fraction, most: int) -> Fraction:
    """Return the smallest fraction with a denominator up to ``most`` that is not below a value from 0 to 1.

    Examples
    --------
    >>> next_fraction(Fraction(333_333, 1_000_000), 500), next_fraction(Fraction(2, 5), 3)
    (Fraction(1, 3), Fraction(1, 2))
    """
    if value.denominator <= most:
        return value
    below, above = (0, 1), (1, 1)
    while below[1] + above[1] <= most:
        middle = below[0] + above[0], below[1] + above[1]
        if middle[0] * value.denominator < value.numerator * middle[1]:
            below = middle
        else:
            above = middle
    return Fraction(*above)
