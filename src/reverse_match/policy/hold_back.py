"""Holding a pair back: what it must score to be formed now, while better partners may still come.

The lowest score falls in a straight line with the waiting of the two people, from ``first`` on the day on
which somebody joins to ``last`` after ``days`` days, and stays there. Of the two people of a pair the one who
has waited longer counts: whoever has waited ``days`` days gets any pair of at least ``last``, however new the
other person is.

As a rule it consists of conditions that every policy can have (minimum scores, for pairs with somebody who
has waited long enough). So it is compiled, explained and verified like any other rule.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field, Strict, model_validator

from reverse_match.foundation.errors import CodedError, Fault, PolicyError
from reverse_match.foundation.fixed_point import points, rounded_millionths
from reverse_match.policy.conditions import AllOf, AnyOf, Listed, MinimumScore, Require
from reverse_match.policy.rules import AnyOfRule
from reverse_match.policy.values import Pair, PolicyData, Share

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NAME = "held back"
"""Name of the rule in reasons and messages."""

MOST_DAYS = 3650
RIGHT = "the score on the first day, the score at last, and the days in between, such as 0.6:0.3:60d"
_WRITTEN = re.compile(
    r"\s*([0-9]*[.,]?[0-9]+)\s*:\s*([0-9]*[.,]?[0-9]+)\s*:\s*([0-9]{1,5})\s*(?:d|days?|j|jours?)?\s*"
)


class HoldBack(PolicyData):
    """The lowest score at which a pair is formed, which falls with the waiting of its people.

    Examples
    --------
    >>> hold_back = HoldBack(first=0.6, last=0.3, days=60)
    >>> [hold_back.lowest(waited) for waited in (0, 30, 60, 400)]
    [0.6, 0.45, 0.3, 0.3]
    """

    first: Share
    """Lowest score on the day on which somebody joins, from 0 to 1."""
    last: Share
    """Lowest score after ``days`` days of waiting, from 0 to 1; not above ``first``."""
    days: Annotated[int, Strict(), Field(ge=1, le=MOST_DAYS)]
    """Number of days in which the lowest score falls from ``first`` to ``last``."""

    @model_validator(mode="after")
    def _falls(self) -> HoldBack:
        if self.last > self.first:
            message = f"the score rises with waiting; right would be {RIGHT}"
            raise CodedError(message, "out-of-range")
        return self

    @classmethod
    def parse(cls, text: str) -> HoldBack:
        """Read the form of the command line: ``0.6:0.3:60d``; a decimal comma and ``60j`` are read, too.

        Raises
        ------
        PolicyError
            If the text has another form, or the scores are not from 0 to 1 or rise.

        Examples
        --------
        >>> HoldBack.parse("0.6:0.3:60d") == HoldBack.parse("0,6 : 0,3 : 60j")
        True
        """
        match = _WRITTEN.fullmatch(text)
        if match is None:
            raise PolicyError([Fault(f"not understood; right would be {RIGHT}", column="hold_back")])
        first, last = (float(part.replace(",", ".")) for part in match.group(1, 2))
        try:
            return cls(first=first, last=last, days=int(match[3]))
        except PolicyError as error:
            raise error.of("hold_back") from None

    def lowest(self, waited: int) -> float:
        """Return the lowest score of a pair whose longer waiting person has waited some days."""
        first, last = rounded_millionths(self.first), rounded_millionths(self.last)
        return points(first - (first - last) * min(max(waited, 0), self.days) // self.days)

    def rule(self, waited: Mapping[str, int], exempt: Sequence[Pair] = ()) -> AnyOfRule:
        """Return the rule that holds pairs back on one day.

        Parameters
        ----------
        waited : mapping of str to int
            Days that each person has waited, by id. Others count as having waited for 0 days.
        exempt : sequence of pairs of ids
            Duos that are formed whatever they score, mentor first, such as those that exist already.
        """
        by_score: defaultdict[float, list[str]] = defaultdict(list)
        for name, days in waited.items():
            if (lowest := self.lowest(days)) < self.first:
                by_score[lowest].append(name)
        conditions: list[Any] = [MinimumScore(at_least=self.first)]
        if exempt:
            conditions.append(Listed(pairs=tuple(sorted(exempt))))
        conditions += [
            _with_one_of(sorted(by_score[lowest]), lowest) for lowest in sorted(by_score, reverse=True)
        ]
        return AnyOfRule(name=NAME, conditions=tuple(conditions))


def _with_one_of(names: Sequence[str], lowest: float) -> AllOf:
    """Return the condition that one of some people is in a pair, which scores enough for them."""
    either: Any = tuple(Require(of=role, field="id", equals=tuple(names)) for role in ("mentor", "mentee"))
    return AllOf(conditions=(MinimumScore(at_least=lowest), AnyOf(conditions=either)))
