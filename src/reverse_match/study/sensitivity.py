"""The dependence of the duos on the weights: the range of each weight, and the sturdiness of each duo.

**Range of a weight.** One weight takes another share of all weights, while the others keep their ratio;
shares lie on a grid. In each direction the last share with the same duos is found by exponential search
(Bentley and Yao 1976): steps double until a duo changes, then the range is halved. Both that share and the
next one, at which a duo changes, are solved. :mod:`.sweep` says when no duo can change in between and come
back.

**Sturdiness of a duo.** Each weight is multiplied by a factor, drawn evenly from a range around 1. The
sturdiness of a duo is the share of such policies in which it stays. A factor is a hash of the seed, the
number of the policy and the name of the criterion, so it is the same on every machine and independent of
other draws.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, gcd, lcm
from typing import TYPE_CHECKING, Any, Literal

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.errors import Fault, InfeasibleError, StudyError
from reverse_match.foundation.fixed_point import exact
from reverse_match.foundation.records import notebook_view
from reverse_match.study.changes import exact_number
from reverse_match.study.executors import answer_all
from reverse_match.study.sweep import as_number, is_linear, reweight
from reverse_match.study.tables import frame_of_records

if TYPE_CHECKING:
    from reverse_match.matching.run_options import RunOptions
    from reverse_match.policy import Policy
    from reverse_match.study.outline import Pair
    from reverse_match.study.workbench import Workbench

MILLION = 1_000_000
"""Number of steps of the grid on which factors are drawn."""


@dataclass(frozen=True)
class WeightRange:
    """The range in which one weight can move before any duo changes, in shares of all weights from 0 to 1.

    Attributes
    ----------
    name : str
        Name of the criterion.
    share : float
        Share of its present weight.
    lower, upper : float
        The lowest and the highest share found with the same duos.
    changes_below, changes_above : float or None
        The next shares of the grid outside the range, at which a duo changes; ``None`` where no duo changes
        down to 0, or up to 1.
    """

    name: str
    share: float
    lower: float
    upper: float
    changes_below: float | None
    changes_above: float | None


@dataclass(frozen=True)
class Sturdiness:
    """The share of nearby policies in which a duo stays.

    Attributes
    ----------
    mentor, mentee : str
        Ids of the two.
    share : float
        Share of the drawn policies, from 0 to 1.
    """

    mentor: str
    mentee: str
    share: float


@dataclass(frozen=True)
class Sensitivity:
    """How much the duos of the base depend on the weights.

    Attributes
    ----------
    weights : tuple of WeightRange
        In the order of the policy's criteria.
    duos : tuple of Sturdiness
        The least sturdy first.
    unchanged : float or None
        Share of the nearby policies in which no duo changes; ``None`` without samples.
    samples : int
        Number of nearby policies drawn.
    spread : float
        Each weight is multiplied by a factor from 1 - spread to 1 + spread.
    resolution : float
        Step of the grid of shares.
    seed : int
        Seed of the draws.
    complete : bool
        Whether no duo can change within a range and come back; see :class:`.Sweep`.
    """

    weights: tuple[WeightRange, ...]
    duos: tuple[Sturdiness, ...]
    unchanged: float | None
    samples: int
    spread: float
    resolution: float
    seed: int
    complete: bool

    @check_arguments
    def records(self, what: Literal["weights", "duos"] = "weights") -> list[dict[str, Any]]:
        """Return the weights or the duos as a table: one mapping each."""
        if what not in ("weights", "duos"):
            raise StudyError([Fault("right would be 'weights' or 'duos'", column="what")])
        return [dict(vars(row)) for row in getattr(self, what)]

    @check_arguments
    def to_frame(self, kind: str | None = None, what: Literal["weights", "duos"] = "weights") -> Any:
        """Return a table as a frame of pandas, polars or pyarrow; of the first installed if not given."""
        return frame_of_records(self.records(what), kind)

    def _repr_html_(self) -> str:
        """Return the view in a notebook."""
        return notebook_view(self)


@dataclass(frozen=True)
class _Side:
    """One weight, with the direction in which it moves until a duo changes."""

    name: str
    steps: int
    up: bool
    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class _Sample:
    """A nearby policy to draw, by its number and a seed."""

    number: int
    seed: int
    spread: Fraction
    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class _Stop:
    """The end of a move of one weight: the last place of the grid with the same duos, or ``None``."""

    same: int | None
    other: int | None


def sensitivity(
    workbench: Workbench, samples: int, seed: int, spread: float, resolution: float, options: RunOptions
) -> Sensitivity:
    """Answer :meth:`.Study.sensitivity`."""
    steps, width = _check_arguments(samples, spread, resolution)
    base = workbench.outline_or_error(workbench.policy)
    movable = [
        criterion.name
        for criterion in workbench.policy.criteria
        if _others(workbench.policy, criterion.name) > 0
    ]
    sides = [_Side(name, steps, up, base.pairs) for name in movable for up in (False, True)]
    moved = answer_all(workbench, _move, sides, options, matches=8)
    ends = {(side.name, side.up): end for side, end in zip(sides, moved, strict=True)}
    drawn = [_Sample(number, seed, width, base.pairs) for number in range(samples)]
    lost = answer_all(workbench, _draw_losses, drawn, options)
    counts = Counter(place for places, _ in lost for place in places)
    duos = [
        Sturdiness(*pair, share=round(1 - counts[place] / samples, 6) if samples else 1.0)
        for place, pair in enumerate(base.pairs)
    ]
    return Sensitivity(
        weights=tuple(
            _range(workbench.policy, criterion.name, steps, ends) for criterion in workbench.policy.criteria
        ),
        duos=tuple(sorted(duos, key=lambda duo: (duo.share, duo.mentor, duo.mentee))) if samples else (),
        unchanged=round(sum(not gone and same for gone, same in lost) / samples, 6) if samples else None,
        samples=samples,
        spread=spread,
        resolution=resolution,
        seed=seed,
        complete=is_linear(workbench.policy) and base.gap == 0,
    )


def _check_arguments(samples: int, spread: float, resolution: float) -> tuple[int, Fraction]:
    """Return the number of steps into which 1 is divided, and the spread; refuse wrong arguments."""
    if samples < 0:
        raise StudyError([Fault("right would be a number, 0 or more", "sensitivity", column="samples")])
    width = exact_number(spread)
    if width is None or not 0 < width < 1:
        message = "right would be a number between 0 and 1"
        raise StudyError([Fault(message, "sensitivity", column="spread")])
    distance = exact_number(resolution)
    if distance is None or not 0 < distance <= 1 or distance.numerator != 1 or distance.denominator > MILLION:
        message = "right would be a part of 1, such as 0.001, not below a millionth"
        raise StudyError([Fault(message, "sensitivity", column="resolution")])
    return distance.denominator, width


def _weights(policy: Policy) -> dict[str, Fraction]:
    return {criterion.name: exact(criterion.weight) for criterion in policy.criteria}


def _others(policy: Policy, name: str) -> Fraction:
    weights = _weights(policy)
    return sum(weights.values(), start=Fraction(0)) - weights[name]


def share_of(policy: Policy, name: str) -> Fraction:
    """Return the share of a criterion's weight in the sum of all weights, from 0 to 1."""
    weights = _weights(policy)
    return weights[name] / sum(weights.values())


def with_share(policy: Policy, name: str, share: Fraction) -> Policy:
    """Return a policy in which a criterion has another share of all weights, the others keeping their ratio.

    Weights are whole numbers, so that shares are exact.

    Examples
    --------
    >>> from reverse_match.policy import Policy
    >>> moved = with_share(Policy(), "gender", Fraction(1, 2))
    >>> [(criterion.name, criterion.weight) for criterion in moved.criteria]
    [('skills', 8), ('goals', 5), ('age', 2), ('gender', 18), ('department', 3)]
    """
    weights, others = _weights(policy), _others(policy, name)
    wanted = {
        other: share * others if other == name else weight * (1 - share) for other, weight in weights.items()
    }
    unit = lcm(*(weight.denominator for weight in wanted.values()))
    whole = {other: int(weight * unit) for other, weight in wanted.items()}
    return reweight(policy, _reduce(whole))


def _reduce(whole: dict[str, int]) -> dict[str, int]:
    common = gcd(*whole.values())
    return {name: number // common for name, number in whole.items()}


def _move(workbench: Workbench, side: _Side) -> _Stop:
    """Find the last place of the grid, in one direction, at which the duos are the same."""
    now = share_of(workbench.policy, side.name) * side.steps
    sign = 1 if side.up else -1
    first = floor(now) + 1 if side.up else ceil(now) - 1
    last = side.steps if side.up else 0
    if sign * (last - first) < 0:
        return _Stop(None, None)

    def same(distance: int) -> bool:
        share = Fraction(first + sign * distance, side.steps)
        return _outline(workbench, with_share(workbench.policy, side.name, share)) == side.pairs

    length = sign * (last - first)
    near, far, distance = -1, length + 1, 0
    while near < length:
        if same(distance):
            near, distance = distance, min(length, 2 * distance + 1)
        else:
            far = distance
            break
    while far <= length and far - near > 1:
        middle = (near + far) // 2
        near, far = (middle, far) if same(middle) else (near, middle)
    return _Stop(None if near < 0 else first + sign * near, None if far > length else first + sign * far)


def _outline(workbench: Workbench, policy: Policy) -> tuple[Pair, ...] | None:
    try:
        outline = workbench.outline(workbench.cohort, policy)
    except InfeasibleError:
        return None
    return None if outline is None else outline.pairs


def _range(policy: Policy, name: str, steps: int, ends: dict[tuple[str, bool], _Stop]) -> WeightRange:
    share = share_of(policy, name)
    down, up = (ends.get((name, upwards), _Stop(None, None)) for upwards in (False, True))

    def at(place: int | None) -> float | None:
        return None if place is None else as_number(Fraction(place, steps))

    now = round(float(share), 6)
    lower, upper = at(down.same), at(up.same)
    return WeightRange(
        name=name,
        share=now,
        lower=now if lower is None else lower,
        upper=now if upper is None else upper,
        changes_below=at(down.other),
        changes_above=at(up.other),
    )


def perturb(policy: Policy, number: int, seed: int, spread: Fraction) -> Policy:
    """Return a policy each weight of which is multiplied by a factor from 1 - spread to 1 + spread."""
    weights = {}
    for criterion in policy.criteria:
        text = f"{seed}/{number}/{criterion.name}".encode()
        drawn = int.from_bytes(hashlib.blake2b(text, digest_size=16).digest(), "big") % (2 * MILLION + 1)
        factor = 1 + spread * Fraction(drawn - MILLION, MILLION)
        weights[criterion.name] = exact(criterion.weight) * factor
    unit = lcm(*(weight.denominator for weight in weights.values()))
    return reweight(policy, _reduce({name: int(weight * unit) for name, weight in weights.items()}))


def _draw_losses(workbench: Workbench, sample: _Sample) -> tuple[tuple[int, ...], bool]:
    """Return the indices of the duos that a nearby policy loses, and whether its matching is as large."""
    policy = perturb(workbench.policy, sample.number, sample.seed, sample.spread)
    now = frozenset(_outline(workbench, policy) or ())
    lost = tuple(place for place, pair in enumerate(sample.pairs) if pair not in now)
    return lost, len(now) == len(sample.pairs)
