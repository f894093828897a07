"""Reads what a view has written, as strictly as a page can be read."""

from __future__ import annotations

from html.parser import HTMLParser

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
"""Of all that a page can have, what the view of a record in a notebook needs."""


class Page(HTMLParser):
    """Tags, attributes and text of a page; it fails on a tag that is not closed, or never opened."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.style = ""
        self.tags: list[str] = []
        self.open: list[str] = []
        self.feed(markup)
        self.close()
        assert self.open == [], "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS | {"style"}, tag
        assert {name for name, _ in attrs} <= ATTRIBUTES, attrs
        self.open.append(tag)
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1] == "style":
            self.style += data
        else:
            self.text.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment

    @property
    def words(self) -> str:
        """Return all text."""
        return " ".join(self.text)
