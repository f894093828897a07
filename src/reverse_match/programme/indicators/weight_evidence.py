"""Relates the criteria of past duos to their outcomes, to see whether the weights work.

For every duo with an answer, the value of each criterion is known (its contribution divided by its weight),
and an outcome from 0 to 1. Ridge regression estimates how much the outcome changes with each criterion, all
others being equal, and how certain that is. Its prior says "no relation".

The module states nothing that the data cannot show. With fewer than ten duos for each criterion it states
nothing. A criterion *stands out* only if its interval lies on one side of 0 even after it is widened for the
number of criteria (Bonferroni): if no criterion has a relation, at most one programme in twenty has one that
seems to. No result proves a cause: duos were chosen for high scores. That narrows the range of every
criterion and makes criteria negatively correlated among the duos (a low value of one requires a high value of
another). So it hides or distorts relations that hold among all pairs.

New weights are proposed only if a criterion stands out, and only as a step. Let ``c`` be the certain part of
the estimate: 0 where the widened interval just reaches 0, 1 for an interval of no width. A weight is
multiplied by 1 + c if more of the criterion goes with better outcomes, by 1 − c if with worse. All weights
are then scaled to their former sum, so criteria that do not stand out keep their proportions to one another.
Nothing is applied until a human accepts it.

Ridge regression has a closed form, with intervals. Columns are standardised. There are ``n`` rows and
outcomes ``y = a + X b + e``, with normal errors of variance s²:

- Prior: each ``b`` is normal around 0 with variance s² / k; ``a`` and log s have flat priors. The prior
  weighs as much as ``k`` further rows without any relation. It keeps coefficients finite where columns are
  collinear, and many rows overrule it: the estimate for an uncorrelated column is shrunk by n / (n + k).
- Posterior (Hoerl and Kennard 1970; Gelman et al., Bayesian Data Analysis, section 14.8): with ``A = XᵀX + k
  I`` and centred ``y``, the estimate ``b`` is ``A⁻¹ Xᵀ y``. Each coefficient minus its estimate is Student-t
  with n − 1 degrees of freedom, times s √(A⁻¹ⱼⱼ), where s² = yᵀ(y − X b) / (n − 1).
- Leave-one-out cross-validation: for a fixed penalty the residual of a row that was left out is its residual
  divided by 1 − h, where ``h`` is the diagonal of 1/n + X A⁻¹ Xᵀ (PRESS: Allen 1974), so nothing is fitted
  again.
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
        Scale of the Student-t distribution around each coefficient.
    degrees : int
        Degrees of freedom of these distributions.
    r2_left_out : float
        Share by which the squared errors of left-out rows are smaller than those of the mean of the other
        rows; below 0 where they are larger, 0 where all outcomes are equal.
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
    """Fit a ridge regression.

    Parameters
    ----------
    columns : float array, shape (rows, columns)
        Standardised columns: each has mean 0 and mean square 1.
    outcomes : float array, shape (rows,)
        At least two outcomes.
    penalty : float
        Weight of the prior, in rows; above 0.

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
"""Rows for each coefficient, as a rule of thumb (Harrell 2015, section 4.4: 10 to 20)."""
PRIOR_DUOS = 2.0
"""Weight of the prior, in duos. With ten duos or more for each criterion it hardly shrinks an estimate, and
the intervals keep their confidence."""
CONFIDENCE = 0.95
DECIMALS = 6

_ANSWERS = {"yes": 1.0, "partly": 0.5, "no": 0.0}
_VALUES: dict[str, dict[Any, float]] = {
    "objective": _ANSWERS,
    "skill_used": _ANSWERS,
    "satisfaction": {1: 0.0, 2: 0.25, 3: 0.5, 4: 0.75, 5: 1.0},
    "wish": {"continue": 1.0, "change": 0.5, "stop": 0.0},
}
"""Value of each answer as an outcome, from 0 to 1."""


class CriterionEvidence(PlainData):
    """The change of the outcome with one criterion, all others being equal."""

    name: str
    """Name of the criterion."""
    deviation: float
    """Standard deviation of the criterion's value among the duos."""
    missing: int
    """Number of duos for which the value is not known; they count with its mean."""
    change: float
    """Change of the outcome for one standard deviation more of the criterion."""
    low: float
    """Lower end of the 95 % interval of ``change``."""
    high: float
    """Upper end of the 95 % interval of ``change``."""
    sure_low: float
    """Lower end of the interval that is widened for the number of criteria."""
    sure_high: float
    """Upper end of the widened interval; a criterion stands out if 0 lies outside this interval."""

    @property
    def stands_out(self) -> bool:
        """Whether the criterion goes with better outcomes, or with worse ones, beyond reasonable doubt."""
        return self.sure_low > 0 or self.sure_high < 0


class AcceptedWeights(PlainData):
    """The record of the acceptance of proposed weights, with the policy that has them."""

    policy: Policy
    """The policy with the new weights, and otherwise unchanged."""
    by: str = Field(min_length=1)
    """Name of the person who accepted them."""
    on: Day
    """Day of the acceptance."""
    before: dict[str, float]
    """Weights before, by criterion."""
    after: dict[str, float]
    """Weights after, by criterion."""


class WeightEvidence(WordedRecord):
    """Evidence of past duos on the weights of a policy."""

    verdict: Verdict
    """``too few duos``, ``no criterion stands out``, or ``evidence``."""
    outcome: Outcome
    """The outcome that was examined."""
    duos: int
    """Number of duos with an outcome; two people who were a duo in several rounds count once."""
    silent: int
    """Number of duos without an outcome, since nobody answered a question about it."""
    needed: int
    """Number of duos needed for any statement: ten for each criterion that differs among the duos."""
    criteria: tuple[CriterionEvidence, ...]
    """Criteria that differ among the duos, in the order of the policy; empty where the duos are too few."""
    left_out: tuple[str, ...]
    """Criteria without evidence: weight 0 in every round, not known, or the same for all duos."""
    r2_left_out: float | None
    """Share of the variation in outcomes that the criteria explain in cross-validation; below 0 where they
    predict worse than the mean of the other duos. ``None`` where the duos are too few."""
    present_weights: dict[str, float]
    """Weights of the policy, by criterion."""
    proposed_weights: dict[str, float] | None
    """Proposed weights with the same sum; given only with the verdict ``evidence``."""

    @check_arguments
    def accept(self, policy: Policy, *, by: str, on: date | str) -> AcceptedWeights:
        """Return a policy with the proposed weights, and the record of who accepted them.

        Parameters
        ----------
        policy : Policy
            The policy with the weights that the proposal is for; all else may differ.
        by : str
            Name of the person who accepts them.
        on : date or str
            Day of the acceptance.

        Raises
        ------
        InputError
            If no weights are proposed, the proposal is for other weights than the policy's, or ``by`` is
            empty.
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
    """Relate the criteria of past duos to their outcomes, and propose weights if there is evidence.

    Parameters
    ----------
    matchings : iterable of Matching
        The matching of each round, in order.
    feedback : iterable of FeedbackRecord, or what has ``records``
        All answers, in any order.
    policy : Policy, optional
        The policy with the weights; that of the last matching if not given.
    outcome : str
        ``"objective"`` and ``"skill_used"`` (yes 1, partly 1/2, no 0; the mentee's latest answer, else the
        mentor's), ``"satisfaction"`` (1 to 5 as 0 to 1) and ``"wish"`` (continue 1, change 1/2, stop 0), each
        the mean of the latest answers of the two; ``"all"``: the mean of those of the four that are known.
    ends : sequence of date or str, optional
        The last day of each round; that of the last round may be left out. Needed if a duo is in several
        rounds; such a duo counts with its last round that has an outcome.

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
    """Return the names of the criteria of the policy; refuse a name with different meanings in the rounds."""
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
    """A duo of a round and its outcome, from 0 to 1."""

    round: int
    duo: DuoKey
    outcome: float


def _observe(
    matchings: Sequence[Matching], answers: Sequence[PlacedAnswer], outcome: Outcome
) -> tuple[list[_Observation], int]:
    """Return the outcome of each duo once, in the order of ids, and the number of duos without one."""
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
    """Return one part of the outcome of a duo in a round; ``None`` where nobody answered it."""
    counting = list(latest_by_side(answers, outcome).values())
    if outcome in ("objective", "skill_used"):
        counting = [one for one in (decisive_answer(answers, outcome),) if one is not None]
    values = [_VALUES[outcome][getattr(one.record, outcome)] for one in counting]
    return sum(values) / len(values) if values else None


def _values(
    matchings: Sequence[Matching], observations: Sequence[_Observation], names: Sequence[str]
) -> FloatArray:
    """Return the value of each criterion for each duo, NaN where it is not known."""
    duos: dict[int, dict[DuoKey, Duo]] = defaultdict(dict)
    for place, matching in enumerate(matchings):
        duos[place] = dict(zip(duos_of(matching), matching.duos, strict=True))
    weights = [{one.name: one.weight for one in matching.criteria} for matching in matchings]
    rows = [
        [_value(duos[one.round][one.duo], weights[one.round], name) for name in names] for one in observations
    ]
    return np.array(rows, dtype=float).reshape(len(rows), len(names))


def _value(duo: Duo, weights: Mapping[str, float], name: str) -> float:
    weight = duo.weights.get(name) or weights.get(name)
    if name in duo.missing or not weight:
        return float("nan")
    return duo.contributions[name] / weight


def _varying_columns(values: FloatArray) -> list[int]:
    """Return the criteria that differ among the duos by more than the rounding to millionths."""
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
    return round(float(number), DECIMALS) + 0.0  # turns -0.0 into 0.0


def _step_weights(weights: Mapping[str, float], standing: Sequence[CriterionEvidence]) -> dict[str, float]:
    """Return the weights after the step, with the same sum; their shares of it are whole millionths."""
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
    """Return the certain part of an estimate, from -1 to 1, with the sign of the estimate."""
    sure = one.sure_low if one.sure_low > 0 else one.sure_high
    return exact(sure) / abs(exact(one.change))
