"""Do our weights work? How the criteria of past duos relate to what became of them.

Of every duo about which somebody answered, the value of each criterion is known (its contribution over its
weight) and an outcome from 0 to 1. A regression with a prior that says "no relation" (ridge, below) tells
how much the outcome changes with each criterion, all others being equal, and how sure that is.

What it cannot tell, it does not. With fewer than ten duos for each criterion nothing is said. A criterion
*stands out* only if its interval lies on one side of 0 even when widened so that, where no criterion relates
to anything, one of them seems to in at most one of twenty programmes (Bonferroni). And whatever is seen is no
proof of a cause: duos were chosen for high scores, which narrows the range of every criterion, makes
criteria run against each other among the duos formed (a low value of one needs a high one of another), and so
hides or bends relations that hold among all pairs.

New weights are only proposed where a criterion stands out, and only a step towards what is seen: a weight is
multiplied by 1 + c where more of the criterion goes with better outcomes, by 1 − c where with worse, ``c``
being the part of the estimate that is beyond doubt (0 where the widened interval just reaches 0; 1 were it a
point). All weights are then scaled so that their sum is what it was; criteria that do not stand out keep
their proportions to one another. Nothing is applied until a human accepts it.

Ridge regression is computed in closed form, with intervals. Columns are standardised. With ``n`` rows and
outcomes ``y = a + X b + e``, errors normal with variance s²:

- Prior: each ``b`` is normal around 0 with variance s² / k, ``a`` and log s are flat. It weighs as much as
  ``k`` further rows in which nothing relates to anything, keeps coefficients finite where columns run in
  parallel, and is overruled by rows: the estimate for a column that stands alone is shrunk by n / (n + k).
- Posterior (Hoerl & Kennard 1970; Gelman et al., Bayesian Data Analysis, section 14.8): with
  ``A = XᵀX + k I`` and centred ``y``, ``b`` is ``A⁻¹ Xᵀ y``, and each coefficient less its estimate is
  Student-t with n − 1 degrees of freedom, times s √(A⁻¹ⱼⱼ), where s² = yᵀ(y − X b) / (n − 1).
- Left out in turn: for a fixed penalty the residual of a row that was left out is its residual divided by
  1 − h, ``h`` being the diagonal of 1/n + X A⁻¹ Xᵀ (Allen 1974), so that nothing is fitted again.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
from pydantic import Field

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.errors import Fault, InputError
from reverse_match.foundation.fixed_point import ONE, exact
from reverse_match.foundation.records import Day, PlainData, WordedRecord
from reverse_match.policy import Policy
from reverse_match.programme.indicators.answers_by_round import (
    decisive_answer,
    duos_of,
    latest_by_side,
    place_answers,
    tuple_of_matchings,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from reverse_match.foundation.arrays import FloatArray
    from reverse_match.matching.results.matching import Duo, Matching
    from reverse_match.programme.indicators.answers_by_round import DuoKey, Feedback, PlacedAnswer


@dataclass(frozen=True)
class Ridge:
    """A fitted regression.

    Attributes
    ----------
    coefficients : float array, shape (columns,)
        Change of the outcome for a change of the column by 1.
    errors : float array, shape (columns,)
        Scale of the Student-t distribution around each.
    degrees : int
        Of freedom of these.
    r2_left_out : float
        Share by which squared errors of rows left out in turn are smaller than those of the mean of the
        others; below 0 where they are larger, 0 where outcomes do not differ.
    """

    coefficients: FloatArray
    errors: FloatArray
    degrees: int
    r2_left_out: float

    def half_widths(self, confidence: float) -> FloatArray:
        """Return half the width of the interval of each coefficient."""
        from scipy.special import stdtrit  # takes long to load, and only few calls need it

        quantile = float(stdtrit(self.degrees, (1 + confidence) / 2))
        return np.asarray(quantile * self.errors, dtype=float)


def ridge(columns: FloatArray, outcomes: FloatArray, penalty: float) -> Ridge:
    """Fit a regression.

    Parameters
    ----------
    columns : float array, shape (rows, columns)
        Standardised: of each the mean is 0, and the mean square 1.
    outcomes : float array, shape (rows,)
        At least two.
    penalty : float
        How many rows that say nothing the prior weighs; above 0.

    Examples
    --------
    >>> fitted = ridge(np.array([[-1.0], [-1], [1], [1]]), np.array([0.0, 0, 1, 1]), 1.0)
    >>> fitted.coefficients.round(6)
    array([0.4])
    """
    rows, number = columns.shape
    centred = outcomes - outcomes.mean()
    inverse = np.linalg.inv(columns.T @ columns + penalty * np.eye(number))
    coefficients = inverse @ columns.T @ centred
    residuals = centred - columns @ coefficients
    variance = max(0.0, float(centred @ residuals)) / (rows - 1)
    leverage = 1 / rows + np.einsum("ij,jk,ik->i", columns, inverse, columns)
    spread = float(((centred * rows / (rows - 1)) ** 2).sum())
    missed = float(((residuals / (1 - leverage)) ** 2).sum())
    return Ridge(
        coefficients=coefficients,
        errors=np.sqrt(variance * np.diag(inverse)),
        degrees=rows - 1,
        r2_left_out=1 - missed / spread if spread else 0.0,
    )


Outcome: TypeAlias = Literal["all", "objective", "skill_used", "satisfaction", "wish"]
Verdict: TypeAlias = Literal["too few duos", "no criterion stands out", "evidence"]

OUTCOMES: tuple[Outcome, ...] = ("objective", "skill_used", "satisfaction", "wish")
DUOS_PER_CRITERION = 10
"""Rule of thumb for regressions (Harrell 2015, section 4.4: 10 to 20 rows a coefficient)."""
PRIOR_DUOS = 2.0
"""The prior weighs as much as so many duos: where nothing is said of less than ten duos a criterion it hardly
shrinks anything, and intervals keep what they promise."""
CONFIDENCE = 0.95
DECIMALS = 6

_ANSWERS = {"yes": 1.0, "partly": 0.5, "no": 0.0}
_VALUES: dict[str, dict[Any, float]] = {
    "objective": _ANSWERS,
    "skill_used": _ANSWERS,
    "satisfaction": {1: 0.0, 2: 0.25, 3: 0.5, 4: 0.75, 5: 1.0},
    "wish": {"continue": 1.0, "change": 0.5, "stop": 0.0},
}
"""What each answer is worth as an outcome."""


class CriterionEvidence(PlainData):
    """How the outcome changes with a criterion, all others being equal."""

    name: str
    """Of the criterion."""
    deviation: float
    """Standard deviation of its value among the duos."""
    missing: int
    """Of how many duos it is not known; they count as having its mean."""
    change: float
    """Of the outcome, for one standard deviation more of the criterion."""
    low: float
    """Lower end of the 95 % interval of ``change``."""
    high: float
    """Upper end."""
    sure_low: float
    """Lower end of the interval that is widened for there being several criteria."""
    sure_high: float
    """Upper end; a criterion stands out if 0 lies outside of this interval."""

    @property
    def stands_out(self) -> bool:
        """Whether it is seen to go with better outcomes, or with worse ones."""
        return self.sure_low > 0 or self.sure_high < 0


class AcceptedWeights(PlainData):
    """The record of somebody accepting proposed weights, and the policy with them."""

    policy: Policy
    """With the new weights, and nothing else changed."""
    by: str = Field(min_length=1)
    """Who accepted them."""
    on: Day
    """When."""
    before: dict[str, float]
    """Weights as they were."""
    after: dict[str, float]
    """Weights as they are."""


class WeightEvidence(WordedRecord):
    """What past duos say about the weights of a policy."""

    verdict: Verdict
    """``too few duos``, ``no criterion stands out``, or ``evidence``."""
    outcome: Outcome
    """Which outcome was looked at."""
    duos: int
    """Number of duos with an outcome; two people who were a duo in several rounds count once."""
    silent: int
    """Number of duos without: those of which nobody said anything about it."""
    needed: int
    """How many are needed to say anything: ten for each criterion that differs among the duos."""
    criteria: tuple[CriterionEvidence, ...]
    """Those that differ among the duos, in the order of the policy; empty where there are too few duos."""
    left_out: tuple[str, ...]
    """Those of which nothing can be seen: weight 0 in every round, not known, or the same for all duos."""
    r2_left_out: float | None
    """Share of the differences in outcome that criteria explain in duos left out in turn; below 0 where they
    foretell worse than the mean of the others does. ``None`` where there are too few duos."""
    present_weights: dict[str, float]
    """Of the policy."""
    proposed_weights: dict[str, float] | None
    """With ``evidence`` alone; their sum is that of the present ones."""

    @check_arguments
    def accept(self, policy: Policy, *, by: str, on: date | str) -> AcceptedWeights:
        """Return a policy with the proposed weights, and the record of who accepted them.

        Parameters
        ----------
        policy : Policy
            With the weights that the proposal is for; all else may differ.
        by : str
            Who accepts them.
        on : date or str
            When.

        Raises
        ------
        InputError
            If no weights are proposed, they are for others than the policy's, or nobody accepts them.
        """
        if self.proposed_weights is None:
            raise InputError([Fault(f"no weights are proposed ({self.verdict}); the present ones stay")])
        if _weights(policy) != self.present_weights:
            message = (
                "the proposal is for other weights than this policy has; weigh the evidence for this one"
            )
            raise InputError([Fault(message, "policy")])
        if not by.strip():
            raise InputError([Fault("empty; right would be the name of who accepts the weights", "by")])
        criteria = tuple(
            criterion.model_copy(update={"weight": self.proposed_weights[criterion.name]})
            for criterion in policy.criteria
        )
        changed = policy.model_copy(update={"criteria": criteria})
        return AcceptedWeights.model_validate(
            {
                "policy": changed,
                "by": by,
                "on": on,
                "before": self.present_weights,
                "after": self.proposed_weights,
            }
        )


@check_arguments
def weigh_evidence(
    matchings: Matching | Iterable[Matching],
    feedback: Feedback,
    policy: Policy | None = None,
    *,
    outcome: Outcome = "all",
    ends: Sequence[date | str] | None = None,
) -> WeightEvidence:
    """Say how the criteria of past duos relate to their outcome, and propose weights if that says anything.

    Parameters
    ----------
    matchings : iterable of Matching
        One a round, the first one first.
    feedback : iterable of FeedbackRecord, or what has ``records``
        All answers, in any order.
    policy : Policy, optional
        Whose weights are weighed; that of the last matching if not given.
    outcome : str
        ``"objective"`` and ``"skill_used"`` (yes 1, partly 1/2, no 0; the mentee's latest answer, else the
        mentor's), ``"satisfaction"`` (1 to 5 as 0 to 1) and ``"wish"`` (continue 1, change 1/2, stop 0), each
        the mean of the latest answers of the two; ``"all"``: the mean of those of the four that are known.
    ends : sequence of date or str, optional
        The last day of each round; the last may be left out. Needed where a duo stands in several rounds;
        what counts of such a duo is the last round of which something is known.

    Raises
    ------
    InputError
        If answers do not fit the matchings, or a criterion is not the same in all rounds.

    Examples
    --------
    >>> import reverse_match as rm
    >>> matching = rm.match(rm.read_cohort(rm.demo_path()))
    >>> print(rm.weigh_evidence(matching, []).sentences()[0])
    No criterion varies among the duos with a known outcome: there is nothing to compare.
    """
    if outcome not in ("all", *OUTCOMES):
        known = ", ".join(f"'{one}'" for one in ("all", *OUTCOMES))
        raise InputError([Fault(f"unknown; known are {known}", "outcome")])
    listed = tuple_of_matchings(matchings)
    present = listed[-1].policy if policy is None else policy
    names = _same_criteria(listed, present)
    observations, silent = _observe(listed, place_answers(listed, feedback, ends), outcome)
    values = _values(listed, observations, names)
    seen = _varying_columns(values)
    used = [names[column] for column in seen]
    needed = DUOS_PER_CRITERION * len(used)
    enough = len(observations) >= needed > 0
    outcomes = np.array([one.outcome for one in observations], dtype=float)
    criteria, explained = _fit(used, values[:, seen], outcomes) if enough else ((), None)
    weights = _weights(present)
    standing = [one for one in criteria if one.stands_out]
    return WeightEvidence(
        verdict=_verdict(enough=enough, stands_out=bool(standing)),
        outcome=outcome,
        duos=len(observations),
        silent=silent,
        needed=needed,
        criteria=criteria,
        left_out=tuple(name for name in names if name not in used),
        r2_left_out=explained,
        present_weights=weights,
        proposed_weights=_step_weights(weights, standing) if standing else None,
    )


def _verdict(*, enough: bool, stands_out: bool) -> Verdict:
    if not enough:
        return "too few duos"
    return "evidence" if stands_out else "no criterion stands out"


def _weights(policy: Policy) -> dict[str, float]:
    return {criterion.name: criterion.weight for criterion in policy.criteria}


def _same_criteria(matchings: Sequence[Matching], present: Policy) -> list[str]:
    """Return the names of the criteria of the policy; of one name there may be one meaning alone."""
    definition = {one.name: one.model_dump(exclude={"weight", "missing"}) for one in present.criteria}
    faults = [
        Fault(
            f"round {place} has another criterion called '{one.name}'; of one name there may be one criterion"
        )
        for place, matching in enumerate(matchings, start=1)
        for one in matching.policy.criteria
        if one.name in definition and one.model_dump(exclude={"weight", "missing"}) != definition[one.name]
    ]
    if faults:
        raise InputError(faults)
    return list(definition)


@dataclass(frozen=True)
class _Observation:
    """A duo of a round and what it has come to, from 0 to 1."""

    round: int
    duo: DuoKey
    outcome: float


def _observe(
    matchings: Sequence[Matching], answers: Sequence[PlacedAnswer], outcome: Outcome
) -> tuple[list[_Observation], int]:
    """Return the outcome of each duo once, in the order of ids, and how many duos have none."""
    found: dict[DuoKey, _Observation] = {}
    for (place, duo), some in groupby(answers, key=lambda one: one.unit):
        listed = list(some)
        asked = OUTCOMES if outcome == "all" else (outcome,)
        parts = [part for one in asked if (part := _part(one, listed)) is not None]
        if parts:
            found[duo] = _Observation(place, duo, sum(parts) / len(parts))
    everybody = {duo for matching in matchings for duo in duos_of(matching)}
    return [found[duo] for duo in sorted(found)], len(everybody) - len(found)


def _part(outcome: Outcome, answers: Sequence[PlacedAnswer]) -> float | None:
    """Return one part of the outcome of a duo in a round, ``None`` where nobody said anything of it."""
    counting = list(latest_by_side(answers, outcome).values())
    if outcome in ("objective", "skill_used"):
        counting = [one for one in (decisive_answer(answers, outcome),) if one is not None]
    values = [_VALUES[outcome][getattr(one.record, outcome)] for one in counting]
    return sum(values) / len(values) if values else None


def _values(
    matchings: Sequence[Matching], observations: Sequence[_Observation], names: Sequence[str]
) -> FloatArray:
    """Return the value of each criterion of each duo, NaN where it is not known."""
    duos: dict[int, dict[DuoKey, Duo]] = defaultdict(dict)
    for place, matching in enumerate(matchings):
        duos[place] = dict(zip(duos_of(matching), matching.duos, strict=True))
    weights = [{one.name: one.weight for one in matching.criteria} for matching in matchings]
    rows = [
        [_value(duos[one.round][one.duo], weights[one.round], name) for name in names] for one in observations
    ]
    return np.array(rows, dtype=float).reshape(len(rows), len(names))


def _value(duo: Duo, weights: Mapping[str, float], name: str) -> float:
    if name in duo.missing or not weights.get(name):
        return float("nan")
    return duo.contributions[name] / weights[name]


def _varying_columns(values: FloatArray) -> list[int]:
    """Return the criteria that differ among the duos by more than what rounding to millionths can do."""
    return [
        column
        for column, known in enumerate([side[~np.isnan(side)] for side in values.T])
        if len(known) and np.ptp(known) > 1e-3
    ]


def _fit(
    names: Sequence[str], values: FloatArray, outcomes: FloatArray
) -> tuple[tuple[CriterionEvidence, ...], float]:
    missing = np.isnan(values)
    filled = np.where(missing, np.nanmean(values, axis=0), values)
    centred = filled - filled.mean(axis=0)
    deviations = np.sqrt((centred**2).mean(axis=0))
    fitted = ridge(centred / deviations, outcomes, PRIOR_DUOS)
    plain = fitted.half_widths(CONFIDENCE)
    widened = fitted.half_widths(1 - (1 - CONFIDENCE) / len(names))
    evidence = tuple(
        CriterionEvidence(
            name=name,
            deviation=_round(deviations[place]),
            missing=int(missing[:, place].sum()),
            change=_round(change),
            low=_round(change - plain[place]),
            high=_round(change + plain[place]),
            sure_low=_round(change - widened[place]),
            sure_high=_round(change + widened[place]),
        )
        for place, (name, change) in enumerate(zip(names, fitted.coefficients, strict=True))
    )
    return evidence, _round(fitted.r2_left_out)


def _round(number: float) -> float:
    return round(float(number), DECIMALS) + 0.0  # never -0.0


def _step_weights(weights: Mapping[str, float], standing: Sequence[CriterionEvidence]) -> dict[str, float]:
    """Return the weights after the step, of the same sum: shares of it in whole millionths."""
    step = {one.name: _sure_part(one) for one in standing}
    total = sum((exact(weight) for weight in weights.values()), Fraction(0))
    moved = {name: exact(weight) * (1 + step.get(name, 0)) for name, weight in weights.items()}
    scale = ONE / sum(moved.values(), Fraction(0))
    whole = {name: int(weight * scale) for name, weight in moved.items()}
    by_remainder = sorted(whole, key=lambda name: (whole[name] - moved[name] * scale, name))
    for name in by_remainder[: ONE - sum(whole.values())]:
        whole[name] += 1
    return {name: float(total * share / ONE) for name, share in whole.items()}


def _sure_part(one: CriterionEvidence) -> Fraction:
    """Return the part of an estimate that is beyond doubt, from -1 to 1, with the sign of the estimate."""
    sure = one.sure_low if one.sure_low > 0 else one.sure_high
    return exact(sure) / abs(exact(one.change))
