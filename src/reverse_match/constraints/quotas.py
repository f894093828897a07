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
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from reverse_match.constraints.compile_condition import compile_condition, truth_of_people
from reverse_match.constraints.condition import NO_SCORES
from reverse_match.foundation.arrays import tile_indices
from reverse_match.foundation.errors import Fault, PolicyError
from reverse_match.foundation.names import id_key, name_key
from reverse_match.policy import CountQuota, DuosQuota, EachQuota, ShareQuota
from reverse_match.policy.quotas import BETWEEN_FIELDS, requirement_of, worth_in_words
from reverse_match.solver.pairs.quotas import UNBOUNDED, GroupQuota, PairQuota, SideQuota, single

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.constraints.condition import PairCondition
    from reverse_match.constraints.rows_and_columns import CompilationContext
    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.policy import Policy, Require
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
        here, there = tile_indices(rows, columns)
        return np.greater(self.condition.truth(here, there, scores), 0)

    def among(self, rows: IntArray, columns: IntArray) -> BoolArray:
        """Return the marks of listed pairs."""
        scores = self.model.at(rows, columns) if self.condition.needs_scores else NO_SCORES
        return np.greater(self.condition.truth(rows, columns, scores), 0)

    def part(self, rows: IntArray, columns: IntArray) -> ConditionMarks:
        """Return the marks of some rows and some columns."""
        # Few conditions look at scores, and a part of the model takes longer than all marks of a few people.
        model = self.model.part(rows, columns) if self.condition.needs_scores else self.model
        return ConditionMarks(self.condition.part(rows, columns), model)


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
            sums, groups = _each(quota, context, model, f"quotas[{place}]")
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
    if isinstance(quota, DuosQuota):
        return ""
    fields = [BETWEEN_FIELDS.join(quota.paths)] if isinstance(quota, EachQuota) else []
    fields += [f"{path} {worth_in_words(worth)}" for path, worth in (quota.where or {}).items()]
    if quota.of is not None:
        fields.append(" ".join([quota.of.kind, getattr(quota.of, "field", "")]).strip())
    return ", ".join(fields)


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


def _each(
    quota: EachQuota, context: CompilationContext, model: ScoreModel, place: str
) -> tuple[SideQuota | GroupQuota, tuple[str, ...]]:
    """Compile a quota on groups: of one side, or of both, or with a condition on the duos that count."""
    sides = [_side_groups(quota, side, context, place) for side in (0, 1)]
    marks = None
    if quota.of is not None:
        marks = ConditionMarks(compile_condition(quota.of, context, f"{place}.of"), model)
    rows, columns = sides
    paths = quota.paths
    names = tuple(
        BETWEEN_FIELDS.join(({**mine, **other})[path] for path in paths)
        for mine in rows.names
        for other in columns.names
    )
    bounds = _bounds(quota, len(names))
    if marks is None and rows.has_all:
        return SideQuota(1, columns.groups, *bounds), names
    if marks is None and columns.has_all:
        return SideQuota(0, rows.groups, *bounds), names
    return GroupQuota((rows.groups, columns.groups), *bounds, len(columns.names), marks), names


class _SideGroups(NamedTuple):
    """The groups of one side: the number of each person's (-1: none), and each one's values by field.

    A side by which no groups are made has one group without a name.
    """

    groups: IntArray
    names: list[dict[str, str]]
    has_all: bool


def _side_groups(
    quota: EachQuota, side: Literal[0, 1], context: CompilationContext, place: str
) -> _SideGroups:
    """Return the groups of the people of one side, of whom ``where`` may choose some."""
    role, people = (("mentor", context.sides.mentors), ("mentee", context.sides.mentees))[side]
    chosen = np.ones(len(people), dtype=bool)
    for path, worth in (quota.where or {}).items():
        if path.startswith(f"{role}."):
            chosen &= _fits(requirement_of(path, worth), context, f"{place}.where")[list(people)]
    keys: list[list[str]] = [[] for _ in people]
    spellings: dict[str, dict[str, str]] = {}
    for path in quota.paths:
        if path.startswith(f"{role}."):
            column, spellings[path] = _keys_of_field(
                path, quota.prefix, people, chosen, context, f"{place}.by"
            )
            for mine, key in zip(keys, column, strict=True):
                mine.append(key)
    found = [
        tuple(mine) if mark and all(key.strip("/") for key in mine) else None
        for mine, mark in zip(keys, chosen.tolist(), strict=True)
    ]
    distinct = sorted({one for one in found if one is not None}) if spellings else [()]
    number = {one: index for index, one in enumerate(distinct)}
    groups = np.array([-1 if one is None else number[one] for one in found], dtype=np.int64)
    names = [
        {path: spelling[key] for (path, spelling), key in zip(spellings.items(), one, strict=True)}
        for one in distinct
    ]
    return _SideGroups(groups, names, not spellings and bool(chosen.all()))


def _fits(condition: Require, context: CompilationContext, where: str) -> BoolArray:
    """Mark the participants of whom a condition is known to be true."""
    try:
        return np.greater(truth_of_people(condition, context.columns), 0)
    except PolicyError as error:
        faults = [Fault(fault.message, column=where, code=fault.code) for fault in error.faults]
        raise PolicyError(faults) from None


def _keys_of_field(
    path: str,
    prefix: int | None,
    people: Sequence[int],
    chosen: BoolArray,
    context: CompilationContext,
    where: str,
) -> tuple[list[str], dict[str, str]]:
    """Return each person's value of a field as it is compared, empty where missing, and how each is written.

    A value that is written in several ways is shown in the first of them in alphabetical order.
    """
    field = path.partition(".")[2]
    try:
        columns = context.columns.compared_texts(field), context.columns.texts(field)
    except PolicyError as error:
        faults = [Fault(fault.message, column=where, code=fault.code) for fault in error.faults]
        raise PolicyError(faults) from None
    compared, written = ([_beginning(column[index], prefix) for index in people] for column in columns)
    key_of = id_key if field == "id" else _path_key
    keys = [key_of(text or "") for text in compared]
    spelling: dict[str, str] = {}
    for key, text, mark in zip(keys, written, chosen.tolist(), strict=True):
        if mark and text is not None and key.strip("/"):
            spelling[key] = min(spelling.get(key, text), text)
    return keys, spelling


def _beginning(text: str | None, prefix: int | None) -> str | None:
    return text if text is None or prefix is None else "/".join(text.split("/")[:prefix])


def _path_key(text: str) -> str:
    return "/".join(name_key(part) for part in text.split("/"))


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
