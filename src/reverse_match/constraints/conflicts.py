"""What a policy demands that cannot hold together.

The only demands of this version are fixed duos, and each other rule forbids single pairs, so a conflict is
either one fixed duo that a rule forbids, or one person with more fixed duos than capacity. Listing these
lists every conflict, each minimal.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.cohort import Cohort
    from reverse_match.constraints.rules import Rules
    from reverse_match.participant import Participant
    from reverse_match.scoring.criterion import Sides
    from reverse_match.scoring.model import ScoreModel


def conflicts_of(cohort: Cohort, sides: Sides, rules: Rules, model: ScoreModel) -> tuple[str, ...]:
    """Return one sentence for each conflict; none when some matching satisfies everything."""
    if not rules.fixed:
        return ()
    mentors = [cohort.participants[index] for index in sides.mentors]
    mentees = [cohort.participants[index] for index in sides.mentees]
    return (
        *_forbidden_duos(mentors, mentees, rules, model),
        *_overloads(mentors, Counter(row for row, _ in rules.fixed), "mentor"),
        *_overloads(mentees, Counter(column for _, column in rules.fixed), "mentee"),
    )


def _forbidden_duos(
    mentors: Sequence[Participant], mentees: Sequence[Participant], rules: Rules, model: ScoreModel
) -> list[str]:
    rows, columns = np.array(rules.fixed, dtype=np.int64).reshape(-1, 2).T
    scores = model.at(rows, columns)
    forbidden = {rule.label: rule.among(rows, columns, scores) for rule in rules.forbidding}
    conflicts = []
    for place, (row, column) in enumerate(rules.fixed):
        for label, marks in forbidden.items():
            if marks[place]:
                duo = f"'{mentors[row].id}' (mentor) and '{mentees[column].id}' (mentee)"
                conflicts.append(
                    f"fix and {label}: the duo of {duo} is fixed, and {label} forbids it; drop one of the two"
                )
    return conflicts


def _overloads(people: Sequence[Participant], loads: Counter[int], side: str) -> list[str]:
    return [
        f"fix and capacity: '{people[place].id}' has {loads[place]} fixed duos as {side}, "
        f"and capacity {people[place].capacity}; allow {loads[place]}, or fix fewer"
        for place in sorted(loads)
        if loads[place] > people[place].capacity
    ]
