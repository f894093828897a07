"""The effect of one weight: the matchings at some weights, and where between them the matching changes.

Where two neighbouring weights have different matchings, the interval between them is bisected until the
change lies between two neighbouring places of a grid. A half whose ends have the *same* duos is not searched.

Nothing is missed that way where the objective is ``coverage`` or ``total``, no rule looks at scores, and no
weights follow what matters most to people. As a function of one weight, the total of given duos (before
scores are divided by the sum of the weights) is linear. The best total is a maximum of linear functions, so
its excess over the total of given duos is convex and nowhere negative. If the excess is 0 at both ends, it is
0 in between, so the same duos are best there (parametric linear programming: Gass and Saaty 1955).

This holds for scores as exact fractions. Scores are rounded to millionths, so other duos that are as good
within the rounding may be chosen in between. That is most likely under quotas, where no lottery decides
between equal optima.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil, floor
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.errors import Fault, PolicyError, StudyError
from reverse_match.foundation.fixed_point import normalised_weights, points
from reverse_match.policy import Policy
from reverse_match.policy.policy import looks_at_scores
from reverse_match.scoring.own_data import carry_data
from reverse_match.study.changes import exact_number, unknown_criterion
from reverse_match.study.executors import answer_all
from reverse_match.study.tables import StudyTable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from fractions import Fraction

    from reverse_match.matching.results.matching import Matching
    from reverse_match.matching.run_options import RunOptions
    from reverse_match.study.outline import Outline, Pair
    from reverse_match.study.workbench import Workbench

MOST_STEPS = 10_000_000
"""The largest number of grid points between two weights; a finer resolution is taken for a mistake."""


@dataclass(frozen=True)
class SweepPoint:
    """The matching at one weight.

    Attributes
    ----------
    weight : float
        Weight of the criterion, as a policy writes it.
    share : float
        Its share of all weights, from 0 to 1.
    duos : tuple of (str, str)
        Ids of mentor and mentee, sorted.
    total : float
        Sum of the scores.
    gap : float
        How far from the best the matching can be, as a share; 0 if proved optimal.
    new : int
        Number of duos that the point before lacks.
    policy : Policy
        Policy with this weight.
    """

    weight: float
    share: float
    duos: tuple[Pair, ...] = field(repr=False)
    total: float
    gap: float
    new: int
    policy: Policy = field(repr=False)
    _form: Callable[[Policy], Matching] = field(repr=False, compare=False)

    @property
    def matching(self) -> Matching:
        """The whole matching, formed when it is first used."""
        return self._form(self.policy)


@dataclass(frozen=True)
class Breakpoint:
    """A change of the matching between two weights.

    Attributes
    ----------
    after, until : float
        Neighbouring weights at which the matching was found: the last before the change, the first after it.
    lost, gained : tuple of (str, str)
        Duos that only the matching before has, and duos that only the matching after has.
    """

    after: float
    until: float
    lost: tuple[Pair, ...]
    gained: tuple[Pair, ...]


@dataclass(frozen=True)
class Sweep(StudyTable):
    """The matchings at some weights of one criterion, while the other weights stay as they are written.

    Attributes
    ----------
    weight : str
        Name of the criterion.
    points : tuple of SweepPoint
        In ascending order of the weight.
    breakpoints : tuple of Breakpoint
        Changes of the matching: as narrow as the resolution; without one, as far apart as the points.
    resolution : float or None
        Step of the grid on which changes were located; ``None`` where none was given.
    complete : bool
        Whether no other duos can be better between two points with the same duos, before scores are rounded
        to millionths. It is so if the objective is ``coverage`` or ``total``, no rule or quota looks at
        scores, and every matching is proved optimal.
    """

    weight: str
    points: tuple[SweepPoint, ...]
    breakpoints: tuple[Breakpoint, ...]
    resolution: float | None
    complete: bool

    def records(self) -> list[dict[str, Any]]:
        """Return the points as a table: one mapping each."""
        return [
            {
                "weight": point.weight,
                "share": point.share,
                "duos": len(point.duos),
                "total": point.total,
                "new": point.new,
                "gap": point.gap,
            }
            for point in self.points
        ]


@dataclass(frozen=True)
class _WeightInterval:
    """Two weights with different matchings, and the grid between them."""

    name: str
    low: Fraction
    high: Fraction
    resolution: Fraction
    ends: tuple[Outline, Outline]

    @property
    def inner(self) -> range:
        """The places of the grid strictly between the two."""
        return range(floor(self.low / self.resolution) + 1, ceil(self.high / self.resolution))

    def weight_at(self, place: int) -> Fraction:
        """Return the weight at a place: 0 is the low end, the last place is the high end."""
        if place == 0:
            return self.low
        return self.high if place == len(self.inner) + 1 else self.inner[place - 1] * self.resolution


def sweep(
    workbench: Workbench, name: str, over: Iterable[float], resolution: float | None, options: RunOptions
) -> Sweep:
    """Answer :meth:`.Study.sweep`."""
    names = [criterion.name for criterion in workbench.policy.criteria]
    if name not in names:
        raise PolicyError([unknown_criterion(name, names, "sweep")])
    weights = _weights(over)
    step = _step(resolution, weights)
    asked = [(name, weight) for weight in weights]
    outlines: list[Outline] = answer_all(
        workbench,
        _at_weight,
        asked,
        options,
        begin_with=lambda one: reweight(workbench.policy, {name: as_number(one[1])}),
    )
    pairs = list(zip(weights, weights[1:], outlines, outlines[1:], strict=False))
    changed = [(low, high, (one, other)) for low, high, one, other in pairs if one.pairs != other.pairs]
    if step is None:
        breaks = [_breakpoint(*change) for change in changed]
    else:
        intervals = [_WeightInterval(name, low, high, step, ends) for low, high, ends in changed]
        found = answer_all(workbench, _bisect, intervals, options, matches=8)
        breaks = [_breakpoint(*change) for changes in found for change in changes]
    before = [None, *outlines]
    made = [
        _point(workbench, name, weight, outline, earlier)
        for weight, outline, earlier in zip(weights, outlines, before, strict=False)
    ]
    complete = is_linear(workbench.policy) and all(outline.gap == 0 for outline in outlines)
    return Sweep(name, tuple(made), tuple(breaks), resolution, complete)


def _weights(over: Iterable[float]) -> list[Fraction]:
    weights = {exact_number(weight) for weight in over}
    known = {weight for weight in weights if weight is not None and weight >= 0}
    if not known or known != weights:
        message = "right would be some weights, numbers of 0 or more"
        raise StudyError([Fault(message, "sweep", column="over")])
    return sorted(known)


def _step(resolution: float | None, weights: Sequence[Fraction]) -> Fraction | None:
    if resolution is None:
        return None
    step = exact_number(resolution)
    if step is None or step <= 0 or (weights[-1] - weights[0]) / step > MOST_STEPS:
        message = f"right would be a number above 0, and at most {MOST_STEPS:,} steps over all weights"
        raise StudyError([Fault(message, "sweep", column="resolution")])
    return step


def is_linear(policy: Policy) -> bool:
    """Say whether the objective is linear in each weight, and no demand depends on a weight.

    Own weights of people are scaled by sums that differ between pairs, so scores are not linear then.
    """
    linear = policy.objective in ("coverage", "total") and policy.own_weights is None
    return linear and not looks_at_scores(policy)


def reweight(policy: Policy, weights: Mapping[str, float]) -> Policy:
    """Return a policy with other weights."""
    data = policy.model_dump(mode="json")
    for criterion in data["criteria"]:
        criterion["weight"] = weights.get(criterion["name"], criterion["weight"])
    return carry_data(Policy.from_data(data, "weights"), policy)


def as_number(weight: Fraction) -> float:
    """Return a float whose shortest decimal form is the fraction, if it has such a form."""
    return int(weight) if weight.denominator == 1 else float(weight)


def _at_weight(workbench: Workbench, asked: tuple[str, Fraction]) -> Outline:
    name, weight = asked
    return workbench.outline_or_error(reweight(workbench.policy, {name: as_number(weight)}))


def _bisect(
    workbench: Workbench, interval: _WeightInterval
) -> list[tuple[Fraction, Fraction, tuple[Outline, Outline]]]:
    """Return the neighbouring weights between which the matching changes, with both outlines."""
    last = len(interval.inner) + 1
    known = {0: interval.ends[0], last: interval.ends[1]}
    open_ranges, found = [(0, last)], []
    while open_ranges:
        low, high = open_ranges.pop()
        if known[low].pairs == known[high].pairs:
            continue
        if high - low == 1:
            found.append((interval.weight_at(low), interval.weight_at(high), (known[low], known[high])))
            continue
        middle = (low + high) // 2
        known[middle] = _at_weight(workbench, (interval.name, interval.weight_at(middle)))
        open_ranges += [(middle, high), (low, middle)]
    return found


def _breakpoint(low: Fraction, high: Fraction, ends: tuple[Outline, Outline]) -> Breakpoint:
    then, now = (set(outline.pairs) for outline in ends)
    return Breakpoint(as_number(low), as_number(high), tuple(sorted(then - now)), tuple(sorted(now - then)))


def _point(
    workbench: Workbench, name: str, weight: Fraction, outline: Outline, before: Outline | None
) -> SweepPoint:
    policy = reweight(workbench.policy, {name: as_number(weight)})
    names = [criterion.name for criterion in policy.criteria]
    shares = normalised_weights([criterion.weight for criterion in policy.criteria], names)
    return SweepPoint(
        weight=as_number(weight),
        share=points(shares[names.index(name)]),
        duos=outline.pairs,
        total=points(outline.total),
        gap=outline.gap,
        new=0 if before is None else len(set(outline.pairs) - set(before.pairs)),
        policy=policy,
        _form=workbench.match_policy,
    )
