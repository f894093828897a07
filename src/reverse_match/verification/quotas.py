"""What a matching says of quotas: that they hold, and that what duos pay for them bounds every matching.

Let each duo count its worth less what it pays for quotas. Then a matching that keeps the quotas is worth no
more than what the prices of people allow, plus the most that such a matching can pay. Both are computed here
from the policy alone. Each pair is asked whether it counts. The most that can be paid is taken over every
number of duos, and of duos that count, that keeps the quota.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from reverse_match.foundation.errors import Finding
from reverse_match.foundation.names import id_key, name_key
from reverse_match.policy import CountQuota, EachQuota, ShareQuota
from reverse_match.verification.conditions import Tile, statement_of
from reverse_match.verification.exact import wide

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.matching.results.matching import Matching, QuotaPrice
    from reverse_match.policy import Policy
    from reverse_match.scoring.model import ScoreModel
    from reverse_match.verification.conditions import ConditionContext, Statement
    from reverse_match.verification.people import PeopleIndex, Place, Role

DUO_UNITS = 100_000
"""Units that a duo is worth in the proof of a number of duos; prices there are whole units."""

NO_BOUND = 10**15
"""Stands for an upper bound that a quota does not have."""


@dataclass(frozen=True)
class CohortQuota:
    """One quota of the policy on the people of a cohort: which pairs count in it.

    Attributes
    ----------
    quota : Quota
        As in the policy.
    statement : callable or None
        Says which pairs count, where that depends on the pair.
    group : sequence of text or None
        Of each person of the side that makes the groups, where there are some.
    spelling : mapping
        What a group is called.
    """

    quota: Any
    statement: Statement | None
    role: Role
    group: Sequence[str | None]
    spelling: Mapping[str, str]

    def counts(self, tile: Tile) -> BoolArray | None:
        """Mark the pairs of a tile that count; ``None`` where that does not depend on the pair."""
        return None if self.statement is None else self.statement(tile) > 0

    def name_of(self, person: int) -> str | None:
        """Return what the group of somebody is called."""
        return self.spelling.get(self.group[person] or "")


class Quotas:
    """The quotas of a policy on the people of a cohort."""

    def __init__(self, policy: Policy, context: ConditionContext, model: ScoreModel) -> None:
        self.of_cohort = [_cohort_quota(quota, context) for quota in policy.quotas]
        self._names = _quota_names(policy)
        self._model = model

    def which_count(
        self, places: Sequence[Place], cohort_quota: CohortQuota, group: str | None = None
    ) -> list[bool]:
        """Say which of some duos count (for a group, if the quota has some), looking at one at a time."""
        if isinstance(cohort_quota.quota, EachQuota):
            side = 0 if cohort_quota.role == "mentor" else 1
            return [cohort_quota.name_of(place[side]) == group for place in places]
        if cohort_quota.statement is None:
            return [True] * len(places)
        rows, columns = np.array(places, dtype=np.int64).reshape(-1, 2).T
        scores = self._model.at(rows, columns).reshape(-1, 1, 1)
        tiles = [
            Tile(slice(row, row + 1), slice(column, column + 1), score)
            for (row, column), score in zip(places, scores, strict=True)
        ]
        return [bool((cohort_quota.statement(tile) > 0)[0, 0]) for tile in tiles]

    def findings(self, matching: Matching, people: PeopleIndex) -> Iterator[Finding]:
        """Check that every quota holds, and that it is met as the matching says."""
        places = [people.at(duo.mentor, duo.mentee) for duo in matching.duos]
        if len(matching.quotas) != len(self.of_cohort):
            yield Finding("quota", "the matching does not tell of each quota of the policy how it is met")
            return
        for cohort_quota, told, name in zip(self.of_cohort, matching.quotas, self._names, strict=True):
            stated = (told.reached, told.lowest, told.highest)
            if told.name != name:
                yield Finding("quota", f"the quota '{name}' is called '{told.name}'")
            if isinstance(cohort_quota.quota, EachQuota):
                yield from _each_findings(cohort_quota, places, stated, told.name)
            else:
                yield from _sum_findings(
                    cohort_quota, self.which_count(places, cohort_quota), stated, told.name
                )


def _quota_names(policy: Policy) -> list[str]:
    """Return what quotas are called: by their name, or by their kind and what they count."""
    plain = [quota.name or _plain_name(quota) for quota in policy.quotas]
    return [name if plain.count(name) == 1 else f"{name} [{place}]" for place, name in enumerate(plain)]


def _plain_name(quota: Any) -> str:
    if isinstance(quota, EachQuota):
        return f"{quota.kind} {quota.by}"
    if not isinstance(quota, CountQuota | ShareQuota):
        return str(quota.kind)
    counted = [f"{path} {' or '.join(map(str, values))}" for path, values in (quota.where or {}).items()]
    if quota.of is not None:
        counted.append(f"{quota.of.kind} {getattr(quota.of, 'field', '')}".strip())
    return f"{quota.kind} of {', '.join(counted)}"


def _cohort_quota(quota: Any, context: ConditionContext) -> CohortQuota:
    if isinstance(quota, EachQuota):
        role, _, field = quota.by.partition(".")
        texts = context.columns.texts(field)
        people = context.people
        members = [texts[index] for index in getattr(people.sides, f"{role}s")]
        group = [_group_key(text, field, quota.prefix) for text in members]
        spelling: dict[str, str] = {}
        for key, text in zip(group, members, strict=True):
            if key is not None and text is not None:
                parts = text.split("/")[: quota.prefix]
                shown = text if quota.prefix is None else "/".join(parts)
                spelling[key] = min(shown, spelling.get(key, shown))
        return CohortQuota(quota, None, "mentor" if role == "mentor" else "mentee", group, spelling)
    statement = statement_of(quota.condition, context) if isinstance(quota, CountQuota | ShareQuota) else None
    return CohortQuota(quota, statement, "mentor", (), {})


def _group_key(text: str | None, field: str, prefix: int | None) -> str | None:
    if text is None:
        return None
    if field == "id":
        return id_key(text)
    key = "/".join(name_key(part) for part in text.split("/")[:prefix])
    return key if key.strip("/") else None


def _sum_findings(
    cohort_quota: CohortQuota, counted: list[bool], stated: tuple[Any, ...], name: str
) -> Iterator[Finding]:
    number, duos, quota = sum(counted), len(counted), cohort_quota.quota
    reached: float | None = number
    below = quota.at_least is not None and number < quota.at_least
    above = quota.at_most is not None and number > quota.at_most
    if isinstance(quota, ShareQuota):
        reached = _nearest_millionth(number, duos) if duos else None
        below = quota.lowest is not None and number < quota.lowest * duos
        above = quota.highest is not None and number > quota.highest * duos
    if below or above:
        side = "below its lowest" if below else "above its highest"
        told = f"{number} of {duos} duo{'s' * (duos != 1)} count"
        yield Finding("quota", f"the quota '{name}' is {side} bound: {told}")
    if stated != (reached, None, None):
        yield Finding("quota", f"the quota '{name}' is not met as the matching says")


def _nearest_millionth(number: int, of: int) -> float:
    """Return a share, rounded half up."""
    return (2_000_000 * number + of) // (2 * of) / 1_000_000


def _each_findings(
    cohort_quota: CohortQuota, places: Sequence[Place], stated: tuple[Any, ...], name: str
) -> Iterator[Finding]:
    side = 0 if cohort_quota.role == "mentor" else 1
    loads = Counter(dict.fromkeys(cohort_quota.spelling, 0))
    loads.update(key for place in places if (key := cohort_quota.group[place[side]]) is not None)
    for key in sorted(loads):
        load, quota = loads[key], cohort_quota.quota
        told = f"group '{cohort_quota.spelling[key]}' has {load} duo{'s' * (load != 1)}"
        if quota.at_least is not None and load < quota.at_least:
            yield Finding("quota", f"the quota '{name}' does not hold: {told}, fewer than {quota.at_least}")
        if quota.at_most is not None and load > quota.at_most:
            yield Finding("quota", f"the quota '{name}' does not hold: {told}, more than {quota.at_most}")
    if stated != (None, min(loads.values(), default=0), max(loads.values(), default=0)):
        yield Finding("quota", f"the quota '{name}' is not met as the matching says")


@dataclass(frozen=True)
class Payment:
    """What duos pay for counting in a quota, or in one of its groups, in whole units."""

    place: int
    cohort_quota: CohortQuota
    group: str | None
    inside: int
    outside: int

    def most(self, fixed: tuple[int, int], numbers: IntArray) -> tuple[IntArray, BoolArray]:
        """Return, for each number of free duos, the most that they can pay if the quota holds.

        The payments are whole numbers of any size. The second array says whether so many duos can keep the
        quota.

        Parameters
        ----------
        fixed : pair of int
            How many fixed duos there are, and how many of them count.
        numbers : int64 array
            Of free duos.
        """
        least, most = (end[0] for end in allowed_counts(self.cohort_quota, fixed[0], [fixed[1]], numbers))
        dearest = max(abs(self.inside), abs(self.outside))
        exact = wide(numbers, dearest)
        ends = [
            wide(count, dearest) * self.inside + (exact - count) * self.outside for count in (least, most)
        ]
        return np.maximum(*ends), least <= most


def allowed_counts(
    cohort_quota: CohortQuota, fixed: int, spent: Sequence[int], numbers: IntArray
) -> tuple[IntArray, IntArray]:
    """Return how many free duos have to count at least, and may at most, if a quota holds.

    Parameters
    ----------
    cohort_quota : CohortQuota
        The quota.
    fixed : int
        How many fixed duos there are.
    spent : sequence of int
        How many of them count, for each group.
    numbers : int64 array
        Of free duos.

    Returns
    -------
    least, most : int64 arrays
        A row for each group, a column for each number; least is above most where the quota cannot hold.
    """
    lowest, highest = _bounds_on_count(cohort_quota.quota, numbers + fixed)
    some_count = isinstance(cohort_quota.quota, EachQuota | CountQuota | ShareQuota)
    taken = np.array(spent, dtype=np.int64)[:, None]
    least = np.maximum(lowest - taken, 0 if some_count else numbers)
    most = np.minimum(highest - taken, numbers)
    return np.minimum(least, numbers + 1), np.maximum(most, -1)


def _bounds_on_count(quota: Any, duos: IntArray) -> tuple[IntArray, IntArray]:
    """Return how many duos may count, for each number of duos."""
    if isinstance(quota, ShareQuota):
        least, most = quota.lowest or Fraction(0), Fraction(1) if quota.highest is None else quota.highest
        return -(-duos * least.numerator // least.denominator), duos * most.numerator // most.denominator
    least_count = 0 if quota.at_least is None else quota.at_least
    most_count = NO_BOUND if quota.at_most is None else quota.at_most
    return np.full(len(duos), least_count), np.full(len(duos), most_count)


def payments(quotas: Quotas, stated: Sequence[QuotaPrice], unit: int) -> tuple[list[Payment], list[Finding]]:
    """Return the payments of duos that a certificate states, and the faults in them."""
    found, wrong = [], []
    places = [(price.quota, price.group or "") for price in stated]
    if places != sorted(set(places)):
        wrong.append(Finding("price", "prices of quotas are not in their order, or not each once"))
    for price in stated:
        inside, outside = round(price.inside * unit), round(price.outside * unit)
        known = 0 <= price.quota < len(quotas.of_cohort)
        cohort_quota = quotas.of_cohort[price.quota] if known else None
        has_groups = cohort_quota is not None and isinstance(cohort_quota.quota, EachQuota)
        if cohort_quota is None or price.group not in (
            cohort_quota.spelling.values() if has_groups else (None,)
        ):
            wrong.append(Finding("price", "a price is of a quota, or of a group, that there is not"))
        elif price.outside and not isinstance(cohort_quota.quota, ShareQuota):
            wrong.append(Finding("price", "a duo that does not count pays, though the quota is no share"))
        elif inside / unit != price.inside or outside / unit != price.outside:
            wrong.append(Finding("price", "what duos pay for a quota is not a whole number of units"))
        else:
            found.append(Payment(price.quota, cohort_quota, price.group, inside, outside))
    return found, wrong
