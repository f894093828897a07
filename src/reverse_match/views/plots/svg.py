"""Plots as SVG text for a page: the same bytes for the same plot, on any day and in any process.

matplotlib numbers groups from 1 in every plot, and gives the same ids to the shapes of characters, but ids
must be unique in a page. Coordinates are rounded to a hundredth of a point, which is not visible. Consecutive
shapes of the same style, such as the bars of a criterion, become one shape. Browsers print a hatch once for
each shape, which made a PDF of 25 duos 17 MB large.
"""

from __future__ import annotations

import io
import re
from html import escape
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.optional import require_module
from reverse_match.foundation.text_safety import visible

if TYPE_CHECKING:
    from matplotlib.axes import Axes


_COMMENT = re.compile(r"<!--.*?-->\s*", re.DOTALL)


@check_arguments
def as_svg(ax: Axes, title: str = "") -> str:
    """Return the figure of some axes as an ``<svg>`` element that can be put into a page.

    Characters are drawn as shapes, so that the plot looks the same everywhere. The title describes the plot
    to screen readers. Ids begin with a digest of the title, so plots of one page need different titles.

    Parameters
    ----------
    ax : Axes
        Axes that a function of this package has returned.
    title : str
        Description of the plot; the title of the axes if not given.

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
    drawn = _COMMENT.sub("", text.getvalue())  # matplotlib repeats texts that it draws as shapes in comments
    body = drawn[drawn.index("<svg ") :].strip()
    return body.replace("<svg ", f'<svg role="img" aria-label="{escape(visible(told))}" ', 1)


_SHAPES = re.compile(r'(?:<g><path d="[^"]*" clip-path="[^"]*" style="[^"]*"/></g>)+')
_SHAPE = re.compile(r'<path d="([^"]*)" (clip-path="[^"]*" style="[^"]*")/>')
_REFERENCE = re.compile(r'(?:url\(#|href="#)([^")]+)')


def fit_into_page(svg: str, key: str, title: str) -> str:
    """Return an SVG element whose ids are unique in a page.

    Parameters
    ----------
    svg : str
        SVG element as :func:`reverse_match.plots.as_svg` returns it.
    key : str
        Key that is unique in the page; the element with id ``{key}-told`` describes the plot.
    title : str
        Title of the plot.

    Examples
    --------
    >>> fit_into_page('<svg role="img"><g id="a"><path id="b" d="M 1.2345 2"/><use href="#b"/></g></svg>', "k", "T")
    '<svg aria-describedby="k-told" role="img"><title>T</title><g><path id="k-b" d="M 1.23 2"/><use href="#k-b"/></g></svg>'
    """  # noqa: E501
    svg = re.sub(r"<metadata>.*?</metadata>|<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = re.sub(r">\s+<", "><", svg)
    used = set(_REFERENCE.findall(svg))
    svg = re.sub(r' id="([^"]+)"', lambda found: _id_attribute(found[1], key, used), svg)
    svg = _REFERENCE.sub(lambda found: found[0].replace("#", f"#{key}-", 1), svg)
    svg = re.sub(r' d="[^"]*"', lambda found: _shorten_path(found[0]), svg)
    svg = _SHAPES.sub(lambda found: _join_shapes(found[0]), svg)
    svg = svg.replace("<svg ", f'<svg aria-describedby="{key}-told" ', 1)
    begin = svg.index(">") + 1
    return f"{svg[:begin]}<title>{escape(visible(title))}</title>{svg[begin:]}"


def _id_attribute(identity: str, key: str, used: set[str]) -> str:
    return f' id="{key}-{identity}"' if identity in used else ""


def _shorten_path(path: str) -> str:
    return re.sub(r"(\.\d\d)\d+", r"\1", re.sub(r"\s*\n\s*", " ", path))


def _join_shapes(shapes: str) -> str:
    """Return consecutive shapes, those of the same style joined to one."""
    looks = [(found[2], found[1].strip()) for found in _SHAPE.finditer(shapes)]
    return "".join(
        f'<g><path d="{" ".join(path for _, path in same)}" {look}/></g>'
        for look, same in groupby(looks, key=itemgetter(0))
    )
