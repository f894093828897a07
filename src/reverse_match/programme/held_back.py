"""Pairs that an amendment holds back: what people must score by the days that they have waited."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from reverse_match.foundation.errors import Fault, PolicyError
from reverse_match.foundation.names import id_key
from reverse_match.people.joining_days import joining_days
from reverse_match.policy import Fix
from reverse_match.policy.hold_back import HoldBack
from reverse_match.programme.beside_the_policy import hold_pairs_back

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from reverse_match.people.cohort import Cohort
    from reverse_match.policy import Policy
    from reverse_match.policy.added import Added

    Pair = tuple[str, str]


class Waits(NamedTuple):
    """What pairs must score, and how many days people have waited, by id."""

    hold_back: HoldBack
    waited: dict[str, int]

    def added_to(self, added: Added, duos: Iterable[Pair], policy: Policy) -> Added:
        """Return the additions to a policy with the rule, which some duos need not keep."""
        fixed = [pair for rule in policy.rules if isinstance(rule, Fix) for pair in rule.pairs]
        return hold_pairs_back(added, self.hold_back.rule(self.waited, [*{*duos, *fixed}]))


def read_waits(
    people: Cohort,
    hold_back: HoldBack | str | None,
    joined: str | None,
    on: date | None,
    duos: Iterable[Pair],
) -> Waits | None:
    """Return the days that people with free places have waited up to a day; ``None`` if no pair is held back.

    Raises
    ------
    PolicyError
        If the column or the day is missing, somebody joined after the day, or the scores are not understood.
    CohortError
        If there is no such column, or somebody has no joining day.
    """
    if hold_back is None:
        if joined is not None:
            message = "goes together with hold_back; right would be both, or neither"
            raise PolicyError([Fault(message, column="joined", code="incomplete")])
        return None
    if joined is None or on is None:
        message = "needs the column with joining days (joined), and the day up to which people wait (on)"
        raise PolicyError([Fault(message, column="hold_back", code="incomplete")])
    read = HoldBack.parse(hold_back) if isinstance(hold_back, str) else hold_back
    having = Counter(id_key(name) for duo in duos for name in duo)
    free = [
        place
        for place, person in enumerate(people.participants)
        if having[id_key(person.id)] < person.most_in_all
    ]
    days, _ = joining_days(people, joined, free)
    waited = {people.participants[place].id: (on - day).days for place, day in days.items()}
    if late := sum(one < 0 for one in waited.values()):
        message = f"{late} of those with free places joined after {on}; right would be a later day"
        raise PolicyError([Fault(message, column="on", code="out-of-order")])
    return Waits(read, dict(sorted(waited.items())))
