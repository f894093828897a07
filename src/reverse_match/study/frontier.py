"""What more duos of a kind cost: the exact curve of the total against their number.

With the number of duos at its largest, the best total is found for each number of duos of the kind, by a
quota that demands at least so many (the epsilon-constraint method: Haimes et al. 1971). A solution that has
more than was demanded answers the numbers in between, too. What has as many and a lower total, or as high a
total and fewer, is left out.

The numbers are cut into the same few ranges whatever the executor, so that no result depends on it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.errors import Fault, InfeasibleError, PolicyError, StudyError, UndecidedError
from reverse_match.foundation.fixed_point import points
from reverse_match.foundation.names import did_you_mean
from reverse_match.foundation.records import PlainData
from reverse_match.policy import CountQuota, Policy
from reverse_match.policy.values import PolicyData
from reverse_match.study.executors import answer_all, cut
from reverse_match.study.tables import StudyTable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from reverse_match.matching.results.matching import Matching
    from reverse_match.matching.run_options import RunOptions
    from reverse_match.study.outline import Outline, Pair
    from reverse_match.study.workbench import Workbench

RANGES = 4
"""Ranges of numbers that are solved apart from each other."""

SHORTCUTS = {
    "mixed duos": {"kind": "different", "field": "gender"},
    "duos across departments": {"kind": "different", "field": "department"},
    "duos across locations": {"kind": "different", "field": "location"},
}
_MEASURES = ("share of", "number of")


@dataclass(frozen=True)
class FrontierPoint:
    """The best total with so many duos of the kind.

    Attributes
    ----------
    count : int
        Duos of the kind.
    share : float or None
        Of all duos; ``None`` where there is none.
    total : float
        Sum of the scores.
    cost : float
        What the total has lost since the point before; 0 for the first.
    gap : float
        How far from the best of its quota it can be; 0 if proved to be the best.
    duos : tuple of (str, str)
        Ids of mentor and mentee, sorted.
    policy : Policy
        That of the base, with a quota that demands so many duos of the kind.
    """

    count: int
    share: float | None
    total: float
    cost: float
    gap: float
    duos: tuple[Pair, ...] = field(repr=False)
    policy: Policy = field(repr=False)
    _form: Callable[[Policy], Matching] = field(repr=False, compare=False)

    @property
    def matching(self) -> Matching:
        """The whole matching, formed when it is asked for."""
        return self._form(self.policy)


@dataclass(frozen=True)
class Frontier(StudyTable):
    """The exact trade-off between the total and duos of a kind.

    Attributes
    ----------
    first, second : str
        What is weighed against each other.
    points : tuple of FrontierPoint
        From the highest total to the most duos of the kind; no other matching with as many duos has more of
        both, and each of these has less of one than its neighbours.
    complete : bool
        Whether there is a point for every trade-off: each number was asked for, and each was decided.
    undecided : tuple of int
        Numbers for which neither a matching was found, nor proved that there is none.
    """

    first: str
    second: str
    points: tuple[FrontierPoint, ...]
    complete: bool
    undecided: tuple[int, ...] = ()

    def records(self) -> list[dict[str, Any]]:
        """Return the points as a table: one mapping each."""
        names = ("count", "share", "total", "cost", "gap")
        return [{name: getattr(point, name) for name in names} for point in self.points]


class _Quotas(PolicyData):
    quotas: tuple[CountQuota, ...]


@dataclass(frozen=True)
class _Range:
    """Numbers of duos of a kind that are demanded one after the other."""

    quota: CountQuota
    targets: tuple[int, ...]
    reached: int
    duos: int


@dataclass(frozen=True)
class _Walk:
    """What was found in a range: demanded numbers with outlines, and numbers that are not decided."""

    found: tuple[tuple[int, Outline], ...]
    undecided: tuple[int, ...]


def frontier(
    workbench: Workbench, first: str, second: str, of: Any, most_points: int | None, options: RunOptions
) -> Frontier:
    """Answer :meth:`.Study.frontier`."""
    quota = _quota(workbench.policy, first, second, of)
    if most_points is not None and most_points < 1:
        raise StudyError([Fault("right would be a number above 0", "frontier", column="points")])
    base = workbench.outline_or_error(demand_at_least(workbench.policy, quota, 0))
    least, most = _count(base), len(base.pairs)
    step = 1 if most_points is None else max(1, -(-(most - least) // most_points))
    targets = list(range(least + step, most + 1, step))
    ranges = [_Range(quota, tuple(part), least, len(base.pairs)) for part in cut(targets, RANGES) if part]
    walked = answer_all(workbench, _walk, ranges, options, matches=max(1, len(targets) // RANGES))
    found = [(0, base), *(point for part in walked for point in part.found)]
    undecided = tuple(number for part in walked for number in part.undecided)
    kept = _pareto_points(found)
    totals = [kept[0][1].total, *(outline.total for _, outline in kept)]
    made = tuple(
        _point(workbench, quota, demanded, outline, before)
        for (demanded, outline), before in zip(kept, totals, strict=False)
    )
    return Frontier(first, second, made, step == 1 and not undecided, undecided)


def _quota(policy: Policy, first: str, second: str, of: Any) -> CountQuota:
    if first != "total":
        message = f"the first measure is '{first}'; right would be 'total'"
        raise StudyError([Fault(message, "frontier")])
    if policy.objective != "coverage":
        message = (
            "weighs the total of as many duos as there can be; right would be a study of a policy with the "
            "objective 'coverage'"
        )
        raise StudyError([Fault(message, "frontier")])
    condition = of if of is not None else _shortcut(second)
    written = condition.model_dump(mode="json") if isinstance(condition, PlainData) else condition
    data = {"quotas": [{"kind": "count", "of": written, "at_least": 0, "name": second}]}
    try:
        return _Quotas.model_validate(data).quotas[0]
    except PolicyError as error:
        raise error.of("frontier") from None


def _shortcut(second: str) -> Mapping[str, str]:
    known = {f"{measure} {kind}": condition for kind, condition in SHORTCUTS.items() for measure in _MEASURES}
    if second not in known:
        hint = did_you_mean(second, known)
        message = f"no measure '{second}'{hint}; of= takes any condition on a duo"
        raise StudyError([Fault(message, "frontier")])
    return known[second]


def demand_at_least(policy: Policy, quota: CountQuota, at_least: int) -> Policy:
    """Return a policy that demands so many duos of a kind."""
    demanded = quota.model_copy(update={"at_least": at_least})
    return policy.model_copy(update={"quotas": (*policy.quotas, demanded)})


def _count(outline: Outline) -> int:
    return int(outline.quotas[-1].reached or 0)


def _walk(workbench: Workbench, asked: _Range) -> _Walk:
    """Demand one number after the other, until there are no more, or fewer duos in all."""
    found, undecided, reached = [], [], asked.reached
    for target in asked.targets:
        if target <= reached:
            continue
        try:
            outline = workbench.outline(
                workbench.cohort, demand_at_least(workbench.policy, asked.quota, target)
            )
        except UndecidedError:
            undecided.append(target)
            continue
        except InfeasibleError:
            break
        if outline is None or len(outline.pairs) < asked.duos:
            break
        found.append((target, outline))
        reached = _count(outline)
    return _Walk(tuple(found), tuple(undecided))


def _pareto_points(found: list[tuple[int, Outline]]) -> list[tuple[int, Outline]]:
    """Return what nothing else has at least as many and as high a total as, by number."""
    kept: list[tuple[int, Outline]] = []
    for demanded, outline in sorted(found, key=lambda one: (-_count(one[1]), -one[1].total, one[0])):
        if not kept or outline.total > kept[-1][1].total:
            kept.append((demanded, outline))
    return kept[::-1]


def _point(
    workbench: Workbench, quota: CountQuota, demanded: int, outline: Outline, before: int
) -> FrontierPoint:
    count, duos = _count(outline), len(outline.pairs)
    return FrontierPoint(
        count=count,
        share=round(count / duos, 6) if duos else None,
        total=points(outline.total),
        cost=points(before - outline.total),
        gap=outline.gap,
        duos=outline.pairs,
        policy=demand_at_least(workbench.policy, quota, demanded),
        _form=workbench.match_policy,
    )
