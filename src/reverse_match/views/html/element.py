"""Elements of a page. Whatever is put into one is text: there is no way to put in markup.

Text is escaped, and what cannot be seen in it is written out
(:mod:`reverse_match.foundation.text_safety`). Tags and attributes are those in the lists below and no others,
so that nothing can be run, loaded or followed.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TypeAlias

from reverse_match.foundation.text_safety import visible

TAGS = frozenset(
    (
        "bdi",
        "caption",
        "details",
        "div",
        "p",
        "strong",
        "summary",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
    )
)
ATTRIBUTES = frozenset(("class", "scope"))


@dataclass(frozen=True)
class Element:
    """An element, which renders itself; make one with :func:`element`."""

    tag: str
    children: tuple[Child, ...]
    attributes: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        attributes = "".join(f' {name}="{escape(visible(value))}"' for name, value in self.attributes)
        inside = "".join(map(render, self.children))
        return f"<{self.tag}{attributes}>{inside}</{self.tag}>"


Child: TypeAlias = Element | str


def element(tag: str, *children: Child, **attributes: str) -> Element:
    """Return an element. Attributes that are words of Python end with an underscore: ``class_``.

    Raises
    ------
    ValueError
        If there is no such tag or attribute.

    Examples
    --------
    >>> print(element("p", "a < b ", element("strong", "lea"), class_="note"))
    <p class="note">a &lt; b <strong>lea</strong></p>
    """
    named = tuple((name.rstrip("_"), value) for name, value in attributes.items())
    unknown = {tag} - TAGS or {name for name, _ in named} - ATTRIBUTES
    if unknown:
        message = f"no such part of a page: {', '.join(sorted(unknown))}"
        raise ValueError(message)
    return Element(tag, children, named)


def render(child: Child) -> str:
    """Return an element as markup, and text escaped."""
    return str(child) if isinstance(child, Element) else escape(visible(child))


def name_of(text: str) -> Element:
    """Return a name, kept apart from the writing direction of what stands beside it.

    Examples
    --------
    >>> print(name_of("<lea>"))
    <bdi>&lt;lea&gt;</bdi>
    """
    return element("bdi", text)
