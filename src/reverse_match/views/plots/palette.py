"""Colours that people of any colour vision tell apart (Okabe and Ito 2008), and a second sign for each."""

from __future__ import annotations

BLUE = "#0072B2"
ORANGE = "#E69F00"
GREEN = "#009E73"
VERMILLION = "#D55E00"
SKY = "#56B4E9"
PURPLE = "#CC79A7"
YELLOW = "#F0E442"
GREY = "#7F7F7F"

SERIES = (BLUE, ORANGE, GREEN, PURPLE, SKY, VERMILLION, YELLOW, GREY)
HATCHES = ("", "////", "....", "xxxx", "\\\\\\\\", "++", "oo", "--")
"""The hatch of each of these colours."""

MENTOR, MENTEE = BLUE, VERMILLION
MENTOR_MARK, MENTEE_MARK = "o", "s"
"""Colours and shapes of the two roles, in every picture."""
