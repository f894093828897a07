"""Plots of a matching, with matplotlib (extra ``plot``).

Each function draws into the given axes, or into new ones, and returns them; no function shows or saves a
plot. Colours are those of M. Okabe and K. Ito, "Color Universal Design" (2008), which people of any colour
vision can tell apart. Shapes, hatches or words repeat every distinction of colours. Names are always drawn as
plain text.
"""

from __future__ import annotations

from reverse_match.views.plots.bars import comparison, left_out
from reverse_match.views.plots.curves import frontier, rounds
from reverse_match.views.plots.departments import departments
from reverse_match.views.plots.scores import contributions, scores
from reverse_match.views.plots.spread import ages, grades
from reverse_match.views.plots.svg import as_svg
from reverse_match.views.plots.waiting import waiting

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
    "waiting",
]
