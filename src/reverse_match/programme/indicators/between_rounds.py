"""What changed from one round to the next, as counts, and how many months answers are about.

Who is a duo and who takes part are facts of the programme and no answers: nobody has said them in confidence,
so that they are counted in full.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from pydantic import Field

from reverse_match.foundation.dates import months_later
from reverse_match.foundation.names import id_key
from reverse_match.foundation.records import PlainData
from reverse_match.policy.values import is_none
from reverse_match.programme.indicators.answers_by_round import duos_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from reverse_match.matching.results.matching import Matching
    from reverse_match.programme.indicators.answers_by_round import PlacedAnswer


class RoundChange(PlainData):
    """The duos and people of a round beside those of the round before, as counts."""

    round: int
    """Number of the round that begins, 2 or more."""
    kept: int
    """Duos of both rounds."""
    ended: int
    """Duos of the round before alone."""
    new: int
    """Duos of this round alone."""
    joined: int | None = Field(default=None, exclude_if=is_none)
    """People of this round alone; ``None`` if the matching of the round before is not given."""
    left: int | None = Field(default=None, exclude_if=is_none)
    """People of the round before alone; ``None`` if the matching of the round before is not given."""


@runtime_checkable
class HasRounds(Protocol):
    """A programme that knows when its rounds begin and how long they are."""

    @property
    def months(self) -> int:
        """Length of a round in months."""
        ...

    def round_begins(self, number: int) -> date:
        """Return the first day of a round, counted from 1."""
        ...


def changes_between(matchings: Sequence[Matching]) -> tuple[RoundChange, ...]:
    """Return the change to each round whose round before is known, from its matching or from the rotation."""
    first = matchings[0].rotation
    begun = [] if first is None else [_as_rotated(matchings[0])]
    number = 1 if first is None else first.round
    following = enumerate(pairwise(matchings), start=number + 1)
    return (*begun, *(_change(before, after, place) for place, (before, after) in following))


def _change(before: Matching, after: Matching, number: int) -> RoundChange:
    earlier, later = set(duos_of(before)), set(duos_of(after))
    were, are = _people(before), _people(after)
    return RoundChange(
        round=number,
        kept=len(earlier & later),
        ended=len(earlier - later),
        new=len(later - earlier),
        joined=len(are - were),
        left=len(were - are),
    )


def _as_rotated(matching: Matching) -> RoundChange:
    rotation = matching.rotation
    kinds = [] if rotation is None else [change.kind for change in rotation.changes]
    number = 1 if rotation is None else rotation.round
    kept, ended, new = (kinds.count(kind) for kind in ("kept", "ended", "new"))
    return RoundChange(round=number, kept=kept, ended=ended, new=new)


def _people(matching: Matching) -> set[str]:
    within = {person for pair in duos_of(matching) for person in pair}
    return within | {id_key(one.id) for one in matching.unmatched}


def months_covered(answers: Sequence[PlacedAnswer], programme: object, rounds: int) -> int | None:
    """Return how many months the answers are about, or ``None`` if there are none.

    With a programme these are the months from the first day of the first round to the last answer, and no
    more than the rounds have: an answer at the end of a round is about all of it. Without one they are the
    months of the calendar from the first answer to the last.
    """
    if not answers:
        return None
    days = [one.record.on for one in answers]
    first, last = min(days), max(days)
    if not isinstance(programme, HasRounds):
        return (last.year - first.year) * 12 + last.month - first.month + 1
    begin, months = programme.round_begins(1), 1
    while months < programme.months * rounds and months_later(begin, months) < last:
        months += 1
    return months
