"""Reads a report back, with the parser of the standard library: what is marked up, and what is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

TAGS = frozenset(
    [
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "a",
        "header",
        "h1",
        "h2",
        "h3",
        "p",
        "nav",
        "ol",
        "ul",
        "li",
        "main",
        "section",
        "dl",
        "div",
        "dt",
        "dd",
        "table",
        "caption",
        "colgroup",
        "col",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "bdi",
        "span",
        "i",
        "details",
        "summary",
        "figure",
        "figcaption",
        "strong",
        "pre",
        "code",
        "footer",
    ]
)
"""What the page is made of; an SVG has other elements."""

DRAWN = frozenset(
    ["svg", "title", "defs", "style", "g", "path", "use", "clippath", "rect", "pattern", "image"]
)
VOID = frozenset(("meta", "col"))


@dataclass
class Page(HTMLParser):
    """A page that was read: elements with their attributes, and text outside of styles and pictures."""

    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    drawn: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    unclosed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        (self.drawn if "svg" in [*self.unclosed, tag] else self.elements).append((tag, said))
        if tag not in VOID:
            self.unclosed.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.drawn.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.unclosed, f"</{tag}> closes nothing"
        assert self.unclosed.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.unclosed and "svg" not in self.unclosed:
            self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())


def read(html: str) -> Page:
    page = Page()
    page.feed(html)
    page.close()
    assert page.unclosed == []
    return page


def check_harmless(page: Page) -> None:
    """Fail unless the page is made of known elements, and nothing in it runs, loads or leads elsewhere."""
    assert {tag for tag, _ in page.elements} <= TAGS
    assert {tag for tag, _ in page.drawn} <= DRAWN
    for tag, said in page.elements + page.drawn:
        for name, value in said.items():
            assert not name.startswith("on"), (tag, name)
            assert name not in ("src", "srcset", "action", "formaction", "srcdoc", "ping"), (tag, name)
            if name in ("href", "xlink:href"):
                assert value.startswith("#" if tag != "image" else "data:image/png;base64,"), (tag, value)
            if name == "style":
                assert "url(" not in value.replace("url(#", ""), (tag, value)
                assert tag in DRAWN or value.removesuffix("%").removesuffix("%;") or not value
    equivalents = [said["http-equiv"] for tag, said in page.elements if "http-equiv" in said]
    assert equivalents == ["Content-Security-Policy"]
