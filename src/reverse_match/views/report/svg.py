"""A picture's SVG, made part of a page: ids of its own, a title, fewer bytes.

matplotlib numbers its groups from 1 in every picture and gives shapes of letters the same ids, but ids of a
page must differ. Places are cut to a hundredth of a point, which nobody can see. Shapes of one look that
follow each other, such as the bars of a criterion, become one shape: browsers draw a hatch once for each
shape when they print, which made a PDF of 25 duos 17 MB large.
"""

from __future__ import annotations

import re
from html import escape
from itertools import groupby
from operator import itemgetter

from reverse_match.foundation.text_safety import visible

_SHAPES = re.compile(r'(?:<g><path d="[^"]*" clip-path="[^"]*" style="[^"]*"/></g>)+')
_SHAPE = re.compile(r'<path d="([^"]*)" (clip-path="[^"]*" style="[^"]*")/>')
_REFERENCE = re.compile(r'(?:url\(#|href="#)([^")]+)')


def fit_into_page(svg: str, key: str, title: str) -> str:
    """Return an SVG element that can stand beside others.

    Parameters
    ----------
    svg : str
        As :func:`reverse_match.plots.as_svg` returns it.
    key : str
        Differs from that of every other picture of the page; what is called ``{key}-told`` describes it.
    title : str
        What the picture is.

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
    """Return shapes that follow each other, those of one look as one."""
    looks = [(found[2], found[1].strip()) for found in _SHAPE.finditer(shapes)]
    return "".join(
        f'<g><path d="{" ".join(path for _, path in same)}" {look}/></g>'
        for look, same in groupby(looks, key=itemgetter(0))
    )
