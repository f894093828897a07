"""Matchings and answers written down by hand, for what only reads them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import reverse_match as rm
from reverse_match.matching.results.matching import CriterionSummary
from reverse_match.matching.results.unmatched import Unmatched
from reverse_match.programme.feedback.record import FeedbackRecord

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date


@cache
def _any_matching() -> rm.Matching:
    return rm.match(rm.Cohort.from_records([{"id": "m", "role": "mentor"}, {"id": "e", "role": "mentee"}]))


def round_of(
    pairs: Iterable[tuple[str, str]],
    alone: Iterable[str] = (),
    *,
    values: Mapping[tuple[str, str], Mapping[str, float | None]] | None = None,
    weights: Mapping[str, float] | None = None,
    policy: rm.Policy | None = None,
) -> rm.Matching:
    """Return a matching of these duos, in which the value of each criterion is what is said, or not known."""
    weights = weights or {}
    duos = []
    for mentor, mentee in sorted(pairs):
        known = (values or {}).get((mentor, mentee), {})
        contributions = {
            name: round(weight * (0.5 if (value := known.get(name)) is None else value), 6)
            for name, weight in weights.items()
        }
        missing = tuple(name for name in weights if known.get(name) is None)
        duos.append(
            rm.Duo(
                mentor=mentor,
                mentee=mentee,
                score=round(sum(contributions.values()), 6),
                contributions=contributions,
                missing=missing,
            )
        )
    left = tuple(
        Unmatched(id=person, role="mentee", reason="sits_out", allowed_partners=0) for person in alone
    )
    criteria = tuple(
        CriterionSummary(name=name, weight=weight, neutral=0.5, known_pairs=1)
        for name, weight in weights.items()
    )
    changes: dict[str, Any] = {"duos": tuple(duos), "unmatched": left, "criteria": criteria}
    if policy is not None:
        changes["policy"] = policy
    return _any_matching().model_copy(update=changes)


def said(pair: Sequence[str], by: str, on: date | str, **answers: Any) -> FeedbackRecord:
    """Return an answer about a duo."""
    return FeedbackRecord.model_validate(
        {"mentor": pair[0], "mentee": pair[1], "by": by, "on": on, **answers}
    )
