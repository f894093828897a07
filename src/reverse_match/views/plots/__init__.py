"""Pictures of a matching, with matplotlib (extra ``plot``).

Each function draws into the axes that it is given, or into new ones, and returns them; none shows or saves
anything. Colours are those of Okabe and Ito (2008), which people of any colour vision tell apart, and never
the only difference: shapes, hatches or words say the same. Names are text, whatever they hold.
"""

from __future__ import annotations

from reverse_match.views.plots.bars import comparison, left_out
from reverse_match.views.plots.curves import frontier, rounds
from reverse_match.views.plots.departments import departments
from reverse_match.views.plots.scores import contributions, scores
from reverse_match.views.plots.spread import ages, grades
from reverse_match.views.plots.svg import as_svg

__all__ = [
    "ages",
    "as_svg",
    "comparison",
    "contributions",
    "departments",
    "frontier",
    "grades",
    "left_out",
    "rounds",
    "scores",
]
