"""Indicators of many answers, beside reading these answers: hiding small groups may not be what takes long.

Departments are small, so that much is hidden: what is hidden beside, and what could be computed of it, is
looked for among all of them.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from random import Random
from typing import Any

import reverse_match as rm
from reverse_match.results import FeedbackRecord
from reverse_match.views.cli.bench_figures import shortest

DUOS, MONTHS, DEPARTMENTS = 500, 6, 150
"""So many duos have answered so many times, both of the two; and so many departments are theirs."""


def people_and_answers() -> tuple[rm.Cohort, rm.Matching, list[dict[str, Any]]]:
    """Return the people of a round, its matching, and what they said each month."""
    draw = Random(17)
    records = [
        {"id": f"{role} {place}", "role": role, "department": f"D{draw.randrange(DEPARTMENTS)}"}
        for role in ("mentor", "mentee")
        for place in range(DUOS)
    ]
    cohort = rm.Cohort.from_records(records)
    matching = rm.match(cohort, rm.Policy.model_validate({"as_far_as_possible": None}))
    said = [
        {
            "mentor": duo.mentor,
            "mentee": duo.mentee,
            "by": by,
            "on": date(2026, month, 20),
            "skill_used": draw.choice(("yes", "partly", "no", None)),
            "satisfaction": draw.choice((1, 2, 3, 4, 5, None)),
            "hours_saved": draw.choice((0, 1.5, 4, None)),
            "sessions_held": draw.choice((0, 1, 2, None)),
        }
        for duo in matching.duos
        for by in ("mentor", "mentee")
        for month in range(1, MONTHS + 1)
    ]
    return cohort, matching, said


def indicators_ratio(repeats: int = 3) -> float:
    """Return how many times longer figures of answers take than checking these answers."""
    cohort, matching, said = people_and_answers()
    reading, records = shortest(lambda: [FeedbackRecord.model_validate(one) for one in said], repeats)
    counting, _ = shortest(partial(rm.indicators, matching, records, cohort), repeats)
    return counting / reading


if __name__ == "__main__":
    print(f"figures take {indicators_ratio():.1f} times as long as checking the answers")
