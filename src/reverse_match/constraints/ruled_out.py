"""Says of a few pairs which rules of a policy forbid them, without a look at any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reverse_match.constraints.rules import rules_of
from reverse_match.foundation.names import id_key
from reverse_match.scoring.criterion import Sides
from reverse_match.scoring.model import score_model
from reverse_match.solver.pairs.tiles import Tiling

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from reverse_match.people.cohort import Cohort
    from reverse_match.policy import Policy


def rules_against(
    cohort: Cohort, policy: Policy, pairs: Sequence[tuple[str, str]], day: date | None
) -> list[tuple[str, ...]]:
    """Return for each pair the labels of the rules that forbid it.

    Parameters
    ----------
    cohort : Cohort
        The people.
    policy : Policy
        Its rules.
    pairs : sequence of pairs of ids
        Mentor first; both in the cohort, in these roles.
    day : date or None
        The day on which ages count.

    Examples
    --------
    >>> import reverse_match as rm
    >>> people = [{"id": "m", "role": "mentor", "manager_id": "e"}, {"id": "e", "role": "mentee"}]
    >>> rules_against(rm.Cohort.from_records(people), rm.Policy(), [("m", "e")], None)
    [('not_in_reporting_line',)]
    """
    if not pairs:
        return []
    sides = Sides.in_order_of(cohort)
    places = [
        {index: place for place, index in enumerate(members)} for members in (sides.mentors, sides.mentees)
    ]
    rows, columns = (
        np.array([places[side][cohort.position[id_key(pair[side])]] for pair in pairs], dtype=np.int64)
        for side in (0, 1)
    )
    scores = score_model(cohort, policy, sides, day, Tiling()).at(rows, columns)
    forbidding = rules_of(cohort, policy, sides, None, day).forbidding
    marks = [(rule.label, rule.among(rows, columns, scores)) for rule in forbidding]
    return [tuple(label for label, marked in marks if marked[place]) for place in range(len(pairs))]
