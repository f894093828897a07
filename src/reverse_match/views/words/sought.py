"""What an objective seeks, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.policy.over_people import OVER_PEOPLE, FairToPeople
from reverse_match.policy.policy import Fair

if TYPE_CHECKING:
    from reverse_match.policy.policy import Objective
    from reverse_match.views.words.phrases import Phrases


def sought(objective: Objective, say: Phrases) -> str:
    """Return a clause on what an objective seeks."""
    if isinstance(objective, OVER_PEOPLE):
        what = say(f"{objective.of} over {objective.over}")
        alpha = say.number(objective.alpha, 1) if isinstance(objective, FairToPeople) else ""
        if alpha:
            return say("objective over people fair", what=what, alpha=alpha)
        return say("objective over people max_min", what=what)
    if isinstance(objective, Fair):
        return say("objective fair", alpha=say.number(objective.alpha, 1))
    return say(f"objective {objective}")
