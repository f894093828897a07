"""Makes the quotas of a policy ready for the solver: each becomes bounds on sums over pairs.

A share is made whole: "at least p/q of the duos count" is the sum of q - p for each duo that counts and -p
for each other, at least 0. With at most N duos every share is a fraction with a denominator up to N, so p/q
may be replaced by the next such fraction in the demanded direction: that changes nothing for whole duos, but
the linear programme of the solver comes nearer to them (a Chvátal cut; the fraction by the Stern-Brocot
tree).
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
    """Bounds on sums that stand for a quota of the policy, or for a part of it.

    Attributes
    ----------
    place : int
        Of the quota in the policy.
    name : str
        What it is called.
    sums : Quota
        For the solver, over all duos.
    groups : tuple of str
        What the group of each sum is called; empty where there is one sum for all.
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
    """Make the quotas of a policy ready for a cohort.

    Parameters
    ----------
    policy : Policy
        Its quotas.
    context : CompilationContext
        The people, and who is which row and column.
    model : ScoreModel
        Scores, for conditions that look at them.
    most_duos : int
        No matching can have more duos than this.

    Raises
    ------
    PolicyError
        If a quota names a field that is not there.
    CohortError
        If a column does not hold what a quota needs.
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
    """Return what each quota is called: its own name, or its kind and what it is about."""
    plain = [quota.name or _plain_name(quota) for quota in policy.quotas]
    return [name if plain.count(name) == 1 else f"{name} [{place}]" for place, name in enumerate(plain)]


def _plain_name(quota: DuosQuota | CountQuota | EachQuota | ShareQuota) -> str:
    between = " " if isinstance(quota, EachQuota) else " of "
    return between.join([quota.kind, *([subject_of(quota)] if subject_of(quota) else [])])


def subject_of(quota: DuosQuota | CountQuota | EachQuota | ShareQuota) -> str:
    """Return in short what a quota counts; nothing where it counts all duos.

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
    """Bound the share of marked duos from below, where there are no more duos than so many."""
    least = next_fraction(share, max(1, most_duos))
    inside, outside = least.denominator - least.numerator, -least.numerator
    return PairQuota(marks, inside, outside, single(0), single(UNBOUNDED))


def share_at_most(marks: PairMarks, share: Fraction, most_duos: int) -> PairQuota:
    """Bound the share of marked duos from above, where there are no more duos than so many."""
    most = 1 - next_fraction(1 - share, max(1, most_duos))
    inside, outside = most.denominator - most.numerator, -most.numerator
    return PairQuota(marks, inside, outside, single(-UNBOUNDED), single(0))


def _each(quota: EachQuota, context: CompilationContext, where: str) -> tuple[SideQuota, tuple[str, ...]]:
    side_name, _, field = quota.by.partition(".")
    side: Literal[0, 1] = 0 if side_name == "mentor" else 1
    try:
        texts = context.columns.texts(field)
    except PolicyError as error:
        raise PolicyError([Fault(fault.message, column=where) for fault in error.faults]) from None
    members = [texts[index] for index in (context.sides.mentors, context.sides.mentees)[side]]
    if quota.prefix is not None:
        members = [None if text is None else "/".join(text.split("/")[: quota.prefix]) for text in members]
    groups, names = _groups(members, id_key if field == "id" else _path_key)
    return SideQuota(side, groups, *_bounds(quota, len(names))), names


def _path_key(text: str) -> str:
    return "/".join(name_key(part) for part in text.split("/"))


def _groups(texts: Sequence[str | None], key_of: Callable[[str], str]) -> tuple[IntArray, tuple[str, ...]]:
    """Return the group of each text by number, and the names of groups: the first spelling of each."""
    keys = [key_of(text or "") for text in texts]
    spelling: dict[str, str] = {}
    for key, text in zip(keys, texts, strict=True):
        if text is not None and key.strip("/"):
            spelling[key] = min(spelling.get(key, text), text)
    number = {key: place for place, key in enumerate(sorted(spelling))}
    groups = np.array([number.get(key, -1) for key in keys], dtype=np.int64)
    return groups, tuple(spelling[key] for key in number)


def next_fraction(value: Fraction, most: int) -> Fraction:
    """Return the smallest fraction with a denominator up to a limit that is not below a value from 0 to 1.

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
