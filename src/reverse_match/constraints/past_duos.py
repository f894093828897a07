"""Whether two people have not been a duo before, or may be one again.

Two who met once and may meet again after some months may do so from the same day of a later month on, or from
its last day where the month is shorter. Of several duos of the same two people each must be long enough ago.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reverse_match.calendar_months import months_later
from reverse_match.constraints.blocked_pairs import BlockedPairs
from reverse_match.constraints.listed_condition import ListedCondition
from reverse_match.errors import Fault, PolicyError
from reverse_match.names.normalise import id_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reverse_match.constraints.seats import Places
    from reverse_match.constraints.setting import Setting
    from reverse_match.policy.conditions import NotMetBefore, PastDuo


def compile_past_duos(condition: NotMetBefore, setting: Setting) -> ListedCondition:
    """List the pairs of people who were a duo, and must not be one again.

    Raises
    ------
    PolicyError
        If months are to be counted, and nothing says from which day.
    """
    months, day = condition.again_after_months, setting.day
    if months is None:
        return ListedCondition(
            _pairs("not met before", condition.duos, setting), _pairs("unknown", (), setting)
        )
    if day is None:
        message = (
            "months are counted back from a day; set as_of in the policy, or read the people as of a day"
        )
        raise PolicyError([Fault(message)])
    recent = [
        duo for duo in condition.duos if duo.until is not None and months_later(duo.until, months) > day
    ]
    undated = [duo for duo in condition.duos if duo.until is None]
    false = _pairs("not met before", recent, setting)
    unknown = _pairs("unknown", undated, setting)
    only = ~false.among(unknown.rows, unknown.columns, unknown.rows)
    return ListedCondition(false, BlockedPairs.of("unknown", (unknown.rows[only], unknown.columns[only])))


def _pairs(label: str, duos: Iterable[PastDuo], setting: Setting) -> BlockedPairs:
    """List the places of the people of duos, either way; who has left is nowhere."""
    known = _indices(duos, setting.cohort.position)
    return BlockedPairs.of(label, *setting.seats.either_way(*known))


def _indices(duos: Iterable[PastDuo], position: Mapping[str, int]) -> Places:
    met = [(id_key(duo.mentor), id_key(duo.mentee)) for duo in duos]
    here = [(position[one], position[other]) for one, other in met if one in position and other in position]
    ones, others = np.array(here, dtype=np.int64).reshape(-1, 2).T
    return ones, others
