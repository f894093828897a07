"""The price of more duos of a kind: the exact curve of the best total against their number.

The number of all duos stays at its largest. For each number of duos of the kind, a quota demands at least
that number, and the best total is found (the epsilon-constraint method: Haimes, Lasdon and Wismer 1971). A
solution with more duos of the kind than demanded also answers the numbers in between. A solution is left out
where another has at least as many duos of the kind and at least as high a total (Pareto dominance).

The numbers are cut into the same few ranges for every executor, so that no result depends on it.
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
"""Number of ranges, which are solved independently of each other."""

SHORTCUTS = {
    "mixed duos": {"kind": "different", "field": "gender"},
    "duos across departments": {"kind": "different", "field": "department"},
    "duos across locations": {"kind": "different", "field": "location"},
}
_MEASURES = ("share of", "number of")


@dataclass(frozen=True)
class FrontierPoint:
    """The best total for one number of duos of the kind.

    Attributes
    ----------
    count : int
        Number of duos of the kind.
    share : float or None
        Their share of all duos, from 0 to 1; ``None`` where the matching has no duo.
    total : float
        Sum of the scores.
    cost : float
        Points of the total lost since the point before; 0 for the first point.
    gap : float
        How far from the best total under its quota the point can be, as a share; 0 if proved optimal.
    duos : tuple of (str, str)
        Ids of mentor and mentee, sorted.
    policy : Policy
        Policy of the base, with the quota that demands this number of duos of the kind.
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
        """The whole matching, formed when it is first used."""
        return self._form(self.policy)


@dataclass(frozen=True)
class Frontier(StudyTable):
    """The exact trade-off between the total and duos of a kind.

    Attributes
    ----------
    first, second : str
        Names of the two measures.
    points : tuple of FrontierPoint
        From the highest total to the most duos of the kind; no point is dominated by another matching with as
        many duos in all.
    complete : bool
        Whether every trade-off has its point: each number was demanded, and each was decided.
    undecided : tuple of int
        Numbers for which neither a matching was found nor a proof that none exists.
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
    """Numbers of duos of the kind, which are demanded one after the other."""

    quota: CountQuota
    targets: tuple[int, ...]
    reached: int
    duos: int


@dataclass(frozen=True)
class _Walk:
    """Results for a range: demanded numbers with their outlines, and undecided numbers."""

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
    if policy.spread is not None:
        message = "duos are not spread under a bound yet; right would be a study of a policy without 'spread'"
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
    """Return a policy that demands at least this number of duos of a kind."""
    demanded = quota.model_copy(update={"at_least": at_least})
    return policy.model_copy(update={"quotas": (*policy.quotas, demanded)})


def _count(outline: Outline) -> int:
    return int(outline.quotas[-1].reached or 0)


def _walk(workbench: Workbench, asked: _Range) -> _Walk:
    """Demand one number after the other, until no matching exists or it has fewer duos in all."""
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
    """Return the outlines that no other dominates (more duos of the kind, or a higher total), by number."""
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
