"""A picture as SVG text for a page: the same bytes for the same picture, on any day and in any process."""

from __future__ import annotations

import io
import re
from html import escape
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.arguments import checked
from reverse_match.foundation.optional import require_module
from reverse_match.foundation.text_safety import visible

if TYPE_CHECKING:
    from matplotlib.axes import Axes


_COMMENT = re.compile(r"<!--.*?-->\s*", re.DOTALL)


@checked
def as_svg(ax: Axes, title: str = "") -> str:
    """Return the figure of some axes as an ``<svg>`` element, to be put into a page as it is.

    Letters are drawn as shapes, so that the picture looks the same everywhere; the title tells what it shows
    to whoever does not see it. Ids begin with a digest of the title: give each picture of a page its own.

    Parameters
    ----------
    ax : Axes
        What a function of this package has returned.
    title : str
        What the picture shows; the title of the axes if not given.

    Examples
    --------
    >>> import reverse_match as rm
    >>> as_svg(rm.plots.rounds([]), "No rounds")[:17]
    '<svg role="img" a'
    """
    matplotlib = require_module("matplotlib", "plot", "a picture")
    figure: Any = ax.figure
    told = title or ax.get_title(loc="left")
    text = io.StringIO()
    with matplotlib.rc_context({"svg.hashsalt": told, "svg.fonttype": "path"}):
        nothing_of_today = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        figure.savefig(text, format="svg", metadata=nothing_of_today)
    drawn = _COMMENT.sub("", text.getvalue())  # each shape of letters has one, with the letters
    body = drawn[drawn.index("<svg ") :].strip()
    return body.replace("<svg ", f'<svg role="img" aria-label="{escape(visible(told))}" ', 1)
