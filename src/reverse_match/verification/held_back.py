"""Checks the rule by which the last amendment held pairs back, against what the log says of it.

That every duo keeps the rule is checked as for any other rule. Here it is checked that the rule asks what the
log says: of each person the score that their days of waiting leave, and of no other duo than those that were
there, or were asked for, that it may score less.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.errors import Finding
from reverse_match.policy import Fix, Listed, MinimumScore
from reverse_match.policy.conditions import AllOf, AnyOf, Require

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reverse_match.matching.results.amendment import Amendment
    from reverse_match.matching.results.matching import Matching

    Pair = tuple[str, str]

HELD_BACK = "held back"
"""Name of the rule that holds pairs back."""

_MILLION = 1_000_000


def holds_back(rule: Any) -> bool:
    """Say whether a rule is the one that holds pairs back."""
    return getattr(rule, "name", None) == HELD_BACK


def held_back_findings(matching: Matching, fixed: Sequence[Pair]) -> Iterator[Finding]:
    """Check the rule that holds pairs back; ``fixed`` are the duos that were asked for by hand."""
    rules: list[Any] = [rule for rule in matching.added.rules if holds_back(rule)]
    last = matching.log[-1] if matching.log else None
    if last is None or last.hold_back is None:
        if rules:
            yield Finding("log", "a rule holds pairs back, but the last amendment says nothing of it")
        if last is not None and last.waited:
            yield Finding("log", "days of waiting are stated, but no pairs were held back")
        return
    if (
        last.on is None
        or list(last.waited) != sorted(last.waited)
        or min(last.waited.values(), default=0) < 0
    ):
        yield Finding("log", "pairs were held back on no day, or days of waiting are not in order")
    of_policy = [pair for rule in matching.policy.rules if isinstance(rule, Fix) for pair in rule.pairs]
    there = {(duo.mentor, duo.mentee) for duo in matching.duos} - {
        (duo.mentor, duo.mentee) for duo in last.new
    }
    there |= {(duo.mentor, duo.mentee) for duo in last.ended}
    if len(rules) != 1 or not _asks(rules[0], last, {*there, *fixed, *of_policy}):
        yield Finding("log", "the rule that holds pairs back does not ask what the log says")


def _asks(rule: Any, amendment: Amendment, may_score_less: set[Pair]) -> bool:
    """Say whether a rule asks of everybody what the days of an amendment leave, and exempts no other duos."""
    asked = amendment.hold_back
    assert asked is not None  # noqa: S101 - the caller has seen it
    first, *others = rule.conditions
    if first != MinimumScore(at_least=asked.first):
        return False
    if others and isinstance(others[0], Listed):
        listed = others.pop(0).pairs
        if list(listed) != sorted(set(listed)) or not may_score_less.issuperset(listed):
            return False
    lowest: dict[str, Fraction] = {}
    for part in others:
        names = _names_of(part)
        if names is None:
            return False
        lowest |= dict.fromkeys(names, Fraction(str(part.conditions[0].at_least)))
    right = {name: _lowest(asked, days) for name, days in amendment.waited.items()}
    return lowest == {name: score for name, score in right.items() if score < Fraction(str(asked.first))}


def _names_of(part: Any) -> tuple[Any, ...] | None:
    """Return the people of whom one must be in a pair that scores enough for them; ``None`` for others."""
    if not (isinstance(part, AllOf) and len(part.conditions) == 2):
        return None
    score, either = part.conditions
    if not (isinstance(score, MinimumScore) and isinstance(either, AnyOf)):
        return None
    names: Any = getattr(either.conditions[0], "equals", None) or ()
    right = tuple(Require(of=role, field="id", equals=names) for role in ("mentor", "mentee"))
    return names if names and either.conditions == right else None


def _lowest(asked: Any, days: int) -> Fraction:
    """Return what is asked after some days, in whole millionths; the fall is rounded down."""
    first, last = (round(Fraction(str(score)) * _MILLION) for score in (asked.first, asked.last))
    fall = Fraction((first - last) * min(days, asked.days), asked.days)
    return Fraction(first - fall.numerator // fall.denominator, _MILLION)
