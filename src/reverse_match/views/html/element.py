"""Elements of a page. Whatever is put into one is text, but for markup that the library itself has made.

Text is escaped, and what cannot be seen in it is written out
(:mod:`reverse_match.foundation.text_safety`). Tags and attributes are those in the lists below and no others,
links lead to a place of the same page, and a style is a number: so nothing can be run, loaded or followed.
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
"""Tags that hold nothing and are not closed."""

_VALUES = {"href": re.compile(r"#[a-z-]+"), "style": re.compile(r"(--of|width):\d+%")}
"""What attributes can be that could do something."""


@dataclass(frozen=True)
class Element:
    """An element, which renders itself; make one with :func:`element`."""

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
    """Markup that the library has made, such as a picture: no text of a user's, and not escaped again."""

    text: str

    def __str__(self) -> str:
        return self.text


Child: TypeAlias = Element | Markup | str


def element(tag: str, *children: Child, **attributes: str | bool) -> Element:
    """Return an element.

    Attributes that are words of Python end with an underscore (``class_``), and stand with one where theirs
    is a dash (``aria_label``). ``True`` is an attribute without a value, ``False`` none.

    Raises
    ------
    ValueError
        If there is no such tag or attribute.

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
    unknown = ({tag} - TAGS) | {name for name, value in named if not _can_be(name, value)}
    if unknown:
        message = f"no such part of a page: {', '.join(sorted(unknown))}"
        raise ValueError(message)
    return Element(tag, children, named)


def _can_be(name: str, value: str | bool) -> bool:
    return name in ATTRIBUTES and (name not in _VALUES or bool(_VALUES[name].fullmatch(str(value))))


def render(child: Child) -> str:
    """Return an element or markup as it is, and text escaped."""
    return escape(visible(child)) if isinstance(child, str) else str(child)


def name_of(text: str) -> Element:
    """Return a name, kept apart from the writing direction of what stands beside it.

    Examples
    --------
    >>> print(name_of("<lea>"))
    <bdi>&lt;lea&gt;</bdi>
    """
    return element("bdi", text)
