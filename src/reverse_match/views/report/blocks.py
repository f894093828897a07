"""What a section of the report is made of. All text here is plain: the template escapes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, TypeAlias


@dataclass(frozen=True)
class Name:
    """A name, which is kept apart from the writing direction of what stands beside it."""

    text: str
    kind: ClassVar[str] = "name"


@dataclass(frozen=True)
class Lines:
    """Several sentences in one cell."""

    lines: tuple[str, ...]
    kind: ClassVar[str] = "lines"


@dataclass(frozen=True)
class Bar:
    """Points of a criterion: in words, and how much of the most possible they are."""

    name: str
    told: str
    percent: int
    unknown: bool


@dataclass(frozen=True)
class Bars:
    """Points of all criteria in one cell."""

    bars: tuple[Bar, ...]
    kind: ClassVar[str] = "bars"


@dataclass(frozen=True)
class Text:
    """Text in a cell; numbers stand to the right."""

    text: str
    kind: ClassVar[str] = "text"


Cell: TypeAlias = Name | Lines | Bars | Text


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    heading: str
    number: bool = False
    share: int = 0
    """Of the width, in percent; where it is 0 the content decides."""


@dataclass(frozen=True)
class Table:
    """A table with a caption. The first cell of a row is its heading."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption_seen: bool = True
    wide: bool = False
    """Whether its rows become blocks on a narrow screen."""
    kind: ClassVar[str] = "table"


@dataclass(frozen=True)
class Sentences:
    """Sentences, one on a line."""

    lines: tuple[str, ...]
    quiet: bool = False
    kind: ClassVar[str] = "sentences"


@dataclass(frozen=True)
class KeyFigures:
    """Figures that matter most, each with what it is."""

    label: str
    figures: tuple[tuple[str, str], ...]
    kind: ClassVar[str] = "figures"


@dataclass(frozen=True)
class Picture:
    """A picture as SVG, with what it shows in words."""

    key: str
    title: str
    told: str
    svg: str
    kind: ClassVar[str] = "picture"


@dataclass(frozen=True)
class Code:
    """What is typed."""

    lines: str
    kind: ClassVar[str] = "code"


@dataclass(frozen=True)
class FoldedBlocks:
    """Blocks that are seen once the summary is opened."""

    summary: str
    blocks: tuple[Block, ...]
    open: bool = False
    kind: ClassVar[str] = "folded"


Block: TypeAlias = Table | Sentences | KeyFigures | Picture | Code | FoldedBlocks


@dataclass(frozen=True)
class Section:
    """A part of the report, with a heading that the contents name."""

    key: str
    heading: str
    blocks: tuple[Block, ...] = field(default=())


def sentences(*lines: str, quiet: bool = False) -> tuple[Sentences, ...]:
    """Return sentences as a block; nothing where there are none."""
    told = tuple(line for line in lines if line)
    return (Sentences(told, quiet),) if told else ()


def table(
    caption: str,
    columns: tuple[Column, ...],
    rows: list[tuple[Cell, ...]],
    *,
    caption_seen: bool = True,
    wide: bool = False,
) -> tuple[Table, ...]:
    """Return a table as a block; nothing where it has no rows."""
    return (Table(caption, columns, tuple(rows), caption_seen, wide),) if rows else ()
