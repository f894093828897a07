"""Quotas for the people of a cohort, computed independently: counted pairs, and possible numbers of duos."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from reverse_match.foundation.names import id_key, name_key
from reverse_match.foundation.plural import quantity
from reverse_match.policy import CountQuota, EachQuota, ShareQuota
from reverse_match.verification.conditions import Tile, statement_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.policy import Policy
    from reverse_match.scoring.model import ScoreModel
    from reverse_match.verification.conditions import ConditionContext
    from reverse_match.verification.people import Place

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
        counts_pairs = isinstance(quota, CountQuota | ShareQuota)
        self.statement = statement_of(quota.condition, context) if counts_pairs else None
        if isinstance(quota, EachQuota):
            role, _, field = quota.by.partition(".")
            self._side = ("mentor", "mentee").index(role)
            texts, compared = context.columns.texts(field), context.columns.compared_texts(field)
            people = getattr(context.people.sides, f"{role}s")
            members = [texts[index] for index in people]
            keys = [_group_key(compared[index], field, quota.prefix) for index in people]
            spelling: dict[str, str] = {}
            for key, text in zip(keys, members, strict=True):
                if key is not None and text is not None:
                    shown = text if quota.prefix is None else "/".join(text.split("/")[: quota.prefix])
                    spelling[key] = min(shown, spelling.get(key, shown))
            number: dict[str | None, int] = {key: place for place, key in enumerate(sorted(spelling))}
            self.groups = tuple(spelling[key] for key in sorted(spelling))
            self._group_of = np.array([number.get(key, len(number)) for key in keys], dtype=np.int64)

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
            return of_group[self._group_of[ends[self._side]]]
        return of_group[0] if self.statement is None else np.where(marks, of_group[0], of_group[1])

    def loads(self, places: Sequence[Place]) -> IntArray:
        """Return the number of the given duos that count in each group, evaluating one duo at a time."""
        rows, columns = np.array(places, dtype=np.int64).reshape(-1, 2).T
        if self.has_groups:
            every = np.bincount(self._group_of[(rows, columns)[self._side]], minlength=len(self.groups) + 1)
            return every[: len(self.groups)]
        if self.statement is None:
            return np.array([len(places)])
        tiles = map(Tile.of_pair, places, self._model.at(rows, columns).tolist())
        return np.array([sum(bool((self.statement(tile) > 0)[0, 0]) for tile in tiles)])

    def allows_one_more(self, places: Sequence[Place]) -> BoolArray:
        """Say for each group, and for none, whether the quota holds with one more duo that counts there."""
        load, duos = self.loads(places), len(places) + 1
        if self.has_groups:
            most = np.inf if self.quota.at_most is None else self.quota.at_most
            return np.append(load < most, True)
        return np.array([not any(self._violates(int(load[0]) + one, duos)) for one in (1, 0)])

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
        """
        lowest, highest = _bounds_on_count(self.quota, numbers + len(fixed))
        taken = self.loads(fixed)[:, None]
        every_duo_counts = self.statement is None and not self.has_groups
        least = np.maximum(lowest - taken, numbers if every_duo_counts else 0)
        most = np.minimum(highest - taken, numbers)
        return np.minimum(least, numbers + 1), np.maximum(most, -1)


def quotas_of(policy: Policy, context: ConditionContext, model: ScoreModel) -> list[CohortQuota]:
    """Return the quotas of a policy for the people of a cohort, each with its name or a plain description."""
    plain = [quota.name or _plain_name(quota) for quota in policy.quotas]
    names = [name if plain.count(name) == 1 else f"{name} [{place}]" for place, name in enumerate(plain)]
    return [CohortQuota(*named, context, model) for named in zip(policy.quotas, names, strict=True)]


def _plain_name(quota: Any) -> str:
    if isinstance(quota, EachQuota):
        return f"{quota.kind} {quota.by}"
    if not isinstance(quota, CountQuota | ShareQuota):
        return str(quota.kind)
    parts = [f"{path} {' or '.join(map(str, values))}" for path, values in (quota.where or {}).items()]
    if quota.of is not None:
        parts.append(f"{quota.of.kind} {getattr(quota.of, 'field', '')}".strip())
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
