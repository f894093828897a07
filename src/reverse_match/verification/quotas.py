"""Quotas for the people of a cohort, computed independently: counted pairs, and possible numbers of duos."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from reverse_match.foundation.names import id_key, name_key
from reverse_match.foundation.plural import quantity
from reverse_match.policy import CountQuota, DuosQuota, EachQuota, ShareQuota
from reverse_match.policy.conditions import Not
from reverse_match.policy.quotas import BETWEEN_FIELDS, requirement_of, worth_in_words
from reverse_match.verification.conditions import statement_of, verdicts_of
from reverse_match.verification.statements import truth_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.foundation.records import PlainData
    from reverse_match.policy import Condition, Policy
    from reverse_match.scoring.model import ScoreModel
    from reverse_match.verification.conditions import ConditionContext
    from reverse_match.verification.people import Place
    from reverse_match.verification.statements import Tile

MOST_LACKING = 10_000_000
"""Largest number of lacking duos, so that sums of payments stay exact."""

NO_BOUND = 10**15
"""Stands for a missing upper bound of a quota."""


class CohortQuota:
    """One quota of the policy for the people of a cohort, with the group in which each pair counts.

    A quota on each of several groups has all of them; any other quota has one group, in which a pair counts
    or does not.

    Attributes
    ----------
    quota : Quota
        The quota as the policy has it.
    name : str
        Name of the quota.
    statement : callable or None
        Evaluates which pairs of a tile count, where that depends on the pair.
    groups : tuple of str or None
        Names of the groups; ``(None,)`` where the quota has none.
    """

    def __init__(self, quota: Any, name: str, context: ConditionContext, model: ScoreModel) -> None:
        self.quota, self.name, self._model = quota, name, model
        self.groups: tuple[str | None, ...] = (None,)
        self._counted: tuple[Sequence[Place] | None, BoolArray] = None, np.zeros(0, dtype=bool)
        asked: PlainData | None = getattr(quota, "of", None)
        if isinstance(quota, CountQuota | ShareQuota):
            asked = quota.condition
        self.statement = None if asked is None else statement_of(asked, context)
        if isinstance(quota, EachQuota):
            self._sides = _SideGroups("mentor", quota, context), _SideGroups("mentee", quota, context)
            paths = quota.paths
            self.groups = tuple(
                BETWEEN_FIELDS.join({**one, **other}[path] for path in paths)
                for one in self._sides[0].names
                for other in self._sides[1].names
            )

    @cached_property
    def place_of_group(self) -> dict[str | None, int]:
        """Index of each group, by its name."""
        return {group: place for place, group in enumerate(self.groups)}

    def _group_of(self, ends: tuple[Any, Any], marks: Any) -> Any:
        """Return for each pair the index of its group, and the number of groups where it counts in none."""
        here, there = (side.group_of[end] for side, end in zip(self._sides, ends, strict=True))
        if marks is None and self._sides[1].is_whole:
            return here
        if marks is None and self._sides[0].is_whole:
            return there
        group = here * len(self._sides[1].names) + there
        none = (here >= len(self._sides[0].names)) | (there >= len(self._sides[1].names))
        return np.where(
            none if marks is None else none | ~np.asarray(marks, dtype=bool), len(self.groups), group
        )

    @property
    def has_groups(self) -> bool:
        """Whether the quota bounds each of several groups of people."""
        return isinstance(self.quota, EachQuota)

    def marks(self, tile: Tile) -> BoolArray | None:
        """Mark the pairs of a tile that count; ``None`` where that does not depend on the pair."""
        return None if self.statement is None else self.statement(tile) > 0

    def pick(self, of_group: Any, ends: tuple[Any, Any], marks: Any) -> Any:
        """Return for each pair the value of the group in which it counts.

        Parameters
        ----------
        of_group : array
            Values by group; the last one is for pairs that count in none.
        ends : pair of int or int64 arrays
            Rows and columns of the pairs.
        marks : bool array or None
            The pairs that count, where that depends on the pair.
        """
        if self.has_groups:
            return of_group[self._group_of(ends, None if self.statement is None else marks)]
        if self.statement is None:
            return of_group[0]
        if of_group.dtype == bool:
            return np.where(marks, of_group[0], of_group[1])
        inside, outside = of_group  # to multiply takes a seventh of the time of a choice
        picked = np.multiply(marks, inside - outside, dtype=of_group.dtype)
        return np.add(picked, outside, dtype=of_group.dtype) if outside else picked

    def counting(self, places: Sequence[Place]) -> BoolArray | None:
        """Mark the given duos that count; ``None`` where that does not depend on the duo."""
        if self.statement is None:
            return None
        if self._counted[0] is not places:  # most calls are about the duos of the matching
            rows, columns = np.array(places, dtype=np.int64).reshape(-1, 2).T
            truth = truth_at(self.statement, rows, columns, self._model.at(rows, columns))
            self._counted = places, truth > 0
        return self._counted[1]

    def loads(self, places: Sequence[Place]) -> IntArray:
        """Return the number of the given duos that count in each group."""
        rows, columns = np.array(places, dtype=np.int64).reshape(-1, 2).T
        marks = self.counting(places)
        if self.has_groups:
            every = np.bincount(self._group_of((rows, columns), marks), minlength=len(self.groups) + 1)
            return every[: len(self.groups)]
        return np.array([len(places) if marks is None else int(marks.sum())])

    def allows_one_more(self, places: Sequence[Place]) -> BoolArray:
        """Say for each group, and for none, whether the quota holds with one more duo that counts there."""
        load, duos = self.loads(places), len(places) + 1
        if self.has_groups:
            most = np.inf if self.quota.at_most is None else self.quota.at_most
            return np.append(load < most, True)
        return np.array([not any(self._violates(int(load[0]) + one, duos)) for one in (1, 0)])

    def holds(self, places: Sequence[Place]) -> bool:
        """Say whether the quota holds for some duos."""
        return not any(any(self._violates(number, len(places))) for number in self.loads(places).tolist())

    def _violates(self, number: int, duos: int) -> tuple[bool, bool]:
        """Say whether ``number`` counting duos among ``duos`` are too few, and whether they are too many."""
        whole, least, most = 1, self.quota.lowest, self.quota.highest
        if isinstance(self.quota, ShareQuota):
            whole = duos
        return least is not None and number < least * whole, most is not None and number > most * whole

    def findings(self, places: Sequence[Place], stated: tuple[Any, ...]) -> Iterator[str]:
        """Check that the quota holds for some duos, and is met as the matching states."""
        load, duos = self.loads(places).tolist(), len(places)
        if self.has_groups:
            for group, number in zip(self.groups, load, strict=True):
                few, many = self._violates(number, duos)
                bound = f"fewer than {self.quota.at_least}" if few else f"more than {self.quota.at_most}"
                if few or many:
                    yield f"does not hold: group '{group}' has {quantity(number, 'duo')}, {bound}"
            reached: tuple[Any, ...] = (None, min(load, default=0), max(load, default=0))
        else:
            few, many = self._violates(load[0], duos)
            if few or many:
                side = "below its lowest" if few else "above its highest"
                yield f"is {side} bound: {load[0]} of {quantity(duos, 'duo')} count"
            share = _nearest_millionth(load[0], duos) if duos else None
            reached = (share if isinstance(self.quota, ShareQuota) else load[0], None, None)
        if stated != reached:
            yield "is not met as the matching says"

    def allowed_counts(self, fixed: Sequence[Place], numbers: IntArray) -> tuple[IntArray, IntArray]:
        """Return the smallest and the largest number of free duos that may count if the quota holds.

        Parameters
        ----------
        fixed : sequence of pairs of int
            The fixed duos.
        numbers : int64 array
            Numbers of free duos.

        Returns
        -------
        least, most : int64 arrays
            A row for each group and a column for each number; least exceeds most where the quota cannot hold.
            Where the quota bounds several groups there is one column, which leaves the number of duos out.
        """
        taken = self.loads(fixed)[:, None]
        if self.has_groups:
            lowest, highest = _bounds_on_count(self.quota, np.zeros(1, dtype=np.int64))
            return np.maximum(lowest - taken, 0), np.maximum(highest - taken, -1)
        lowest, highest = _bounds_on_count(self.quota, numbers + len(fixed))
        least = np.maximum(lowest - taken, numbers if self.statement is None else 0)
        most = np.minimum(highest - taken, numbers)
        return np.minimum(least, numbers + 1), np.maximum(most, -1)


class _SideGroups:
    """The groups of the people of one role, as ``by`` and ``where`` of a quota tell them.

    Attributes
    ----------
    names : list of dict
        For each group, the value of each field by which it is told, as people write it.
    group_of : int64 array
        Group of each person; the number of groups for somebody who is in none.
    is_whole : bool
        Whether everybody of this role is in the one group that there is.
    """

    def __init__(self, role: str, quota: EachQuota, context: ConditionContext) -> None:
        people = getattr(context.people.sides, f"{role}s")
        paths = [path for path in quota.paths if path.partition(".")[0] == role]
        chosen = self._chosen(role, quota, context)
        values: dict[str, list[tuple[str | None, str | None]]] = {}
        for path in paths:
            field = path.partition(".")[2]
            texts, compared = context.columns.texts(field), context.columns.compared_texts(field)
            values[path] = [
                (_group_key(compared[index], field, quota.prefix), _first_parts(texts[index], quota.prefix))
                for index in people
            ]
        spelling: dict[tuple[str, str], str] = {}
        for path, told in values.items():
            for mark, (key, text) in zip(chosen, told, strict=True):
                if mark and key is not None and text is not None:
                    spelling[path, key] = min(text, spelling.get((path, key), text))
        keys = [
            tuple(values[path][place][0] for path in paths) if chosen[place] else (None,)
            for place in range(len(people))
        ]
        whole = {key for key in keys if None not in key} if paths else {()}
        number: dict[Any, int] = {key: place for place, key in enumerate(sorted(whole))}
        self.names = [
            {path: spelling[path, str(key)] for path, key in zip(paths, one, strict=True)} for one in number
        ]
        self.group_of = np.array([number.get(key, len(number)) for key in keys], dtype=np.int64)
        self.is_whole = not paths and all(chosen)

    @staticmethod
    def _chosen(role: str, quota: EachQuota, context: ConditionContext) -> list[bool]:
        """Say of each person of a role whether all fields of ``where`` are as it demands."""
        side = ("mentor", "mentee").index(role)
        size = len(context.sides([None] * len(context.people.cohort.participants))[side])
        chosen = [True] * size
        for path, worth in (quota.where or {}).items():
            if path.partition(".")[0] == role:
                verdicts = context.sides(verdicts_of(requirement_of(path, worth), context))[side]
                chosen = [mark and verdict > 0 for mark, verdict in zip(chosen, verdicts, strict=True)]
        return chosen


def _first_parts(text: str | None, prefix: int | None) -> str | None:
    return text if text is None or prefix is None else "/".join(text.split("/")[:prefix])


def quotas_of(policy: Policy, context: ConditionContext, model: ScoreModel) -> list[CohortQuota]:
    """Return the quotas of a policy for the people of a cohort, each with its name or a plain description."""
    plain = [quota.name or _plain_name(quota) for quota in policy.quotas]
    names = [name if plain.count(name) == 1 else f"{name} [{place}]" for place, name in enumerate(plain)]
    return [CohortQuota(*named, context, model) for named in zip(policy.quotas, names, strict=True)]


def lacking_quota(asked: Condition, most: int, context: ConditionContext, model: ScoreModel) -> CohortQuota:
    """Return a stated bound on the number of lacking duos as a quota."""
    most = min(max(most, 0), MOST_LACKING)
    denied = Not.model_construct(condition=asked)
    return CohortQuota(CountQuota.model_construct(of=denied, at_most=most), "lacking", context, model)


def _plain_name(quota: Any) -> str:
    if isinstance(quota, DuosQuota):
        return str(quota.kind)
    parts = [f"{path} {worth_in_words(worth)}" for path, worth in (quota.where or {}).items()]
    if quota.of is not None:
        parts.append(f"{quota.of.kind} {getattr(quota.of, 'field', '')}".strip())
    if isinstance(quota, EachQuota):
        return f"{quota.kind} {', '.join([BETWEEN_FIELDS.join(quota.paths), *parts])}"
    return f"{quota.kind} of {', '.join(parts)}"


def _group_key(text: str | None, field: str, prefix: int | None) -> str | None:
    if text is None:
        return None
    if field == "id":
        return id_key(text)
    key = "/".join(name_key(part) for part in text.split("/")[:prefix])
    return key if key.strip("/") else None


def _nearest_millionth(number: int, of: int) -> float:
    """Return a share in whole millionths, rounded half up."""
    return (2_000_000 * number + of) // (2 * of) / 1_000_000


def _bounds_on_count(quota: Any, duos: IntArray) -> tuple[IntArray, IntArray]:
    """Return the smallest and the largest number of counting duos, for each number of duos."""
    if isinstance(quota, ShareQuota):
        least, most = quota.lowest or Fraction(0), Fraction(1) if quota.highest is None else quota.highest
        return -(-duos * least.numerator // least.denominator), duos * most.numerator // most.denominator
    least_count = 0 if quota.at_least is None else quota.at_least
    most_count = NO_BOUND if quota.at_most is None else quota.at_most
    return np.full(len(duos), least_count), np.full(len(duos), most_count)
