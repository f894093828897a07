"""HTML elements, whose content is escaped text, or markup that the library itself has made.

Text is escaped, and invisible characters in it are written out (:mod:`reverse_match.foundation.text_safety`).
Only the tags and attributes in the lists below are allowed. Links lead to a place on the same page, and
styles are numbers. So a page cannot run a script, load a resource or lead elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TypeAlias

from reverse_match.foundation.text_safety import visible

TAGS = frozenset(
    (
        *("a", "bdi", "body", "caption", "code", "col", "colgroup", "dd", "details", "div", "dl", "dt"),
        *("figcaption", "figure", "footer", "h1", "h2", "h3", "header", "i", "li", "main", "nav", "ol", "p"),
        *("pre", "section", "span", "strong", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul"),
    )
)
ATTRIBUTES = frozenset(
    (
        *("aria-label", "aria-labelledby", "class", "data-of", "href", "id", "open", "role", "scope"),
        *("style", "tabindex"),
    )
)
VOID = frozenset(("col",))
"""Tags without content and closing tag."""

_VALUES = {"href": re.compile(r"#[a-z-]+"), "style": re.compile(r"(--of|width):\d+%")}
"""Patterns of the allowed values of attributes that could load or run something."""


@dataclass(frozen=True)
class Element:
    """An HTML element; :func:`element` makes it, and ``str`` renders it."""

    tag: str
    children: tuple[Child, ...]
    attributes: tuple[tuple[str, str | bool], ...]

    def __str__(self) -> str:
        attributes = "".join(
            f" {name}" if value is True else f' {name}="{escape(visible(str(value)))}"'
            for name, value in self.attributes
        )
        inside = "".join(map(render, self.children))
        return f"<{self.tag}{attributes}>" + ("" if self.tag in VOID else f"{inside}</{self.tag}>")


@dataclass(frozen=True)
class Markup:
    """Markup that the library has made, such as a plot; it is not escaped again."""

    text: str

    def __str__(self) -> str:
        return self.text


Child: TypeAlias = Element | Markup | str


def element(tag: str, *children: Child, **attributes: str | bool) -> Element:
    """Return an element.

    In names of attributes, an underscore stands for a dash (``aria_label``), and a final one follows a
    keyword of Python (``class_``). The value ``True`` makes an attribute without a value, and ``False``
    leaves it out.

    Raises
    ------
    ValueError
        If the tag, an attribute, or a value of an attribute is not allowed.

    Examples
    --------
    >>> print(element("p", "a < b ", element("strong", "lea"), class_="note"))
    <p class="note">a &lt; b <strong>lea</strong></p>
    """
    named = tuple(
        (name.rstrip("_").replace("_", "-"), value)
        for name, value in attributes.items()
        if value is not False
    )
    if tag not in TAGS or not all(_can_be(*pair) for pair in named):
        unknown = ({tag} - TAGS) | {name for name, value in named if not _can_be(name, value)}
        message = f"no such part of a page: {', '.join(sorted(unknown))}"
        raise ValueError(message)
    return Element(tag, children, named)


def _can_be(name: str, value: str | bool) -> bool:
    return name in ATTRIBUTES and (name not in _VALUES or bool(_VALUES[name].fullmatch(str(value))))


def render(child: Child) -> str:
    """Return an element or markup as HTML, and text escaped."""
    return escape(visible(child)) if isinstance(child, str) else str(child)


def name_of(text: str) -> Element:
    """Return a name as an element that isolates its writing direction from the surrounding text.

    Examples
    --------
    >>> print(name_of("<lea>"))
    <bdi>&lt;lea&gt;</bdi>
    """
    return element("bdi", text)
