"""Figures as tables: on a terminal, and as text for a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.views.cli.bench.measures import BenchFigures, PeerFigures

Rows = list[list[str]]

STEPS = {"read": "read", "score": "score", "solve": "solve", "match": "match", "verify": "verify"}


def step_rows(figures: Sequence[BenchFigures]) -> Rows:
    """Return what each size took: a row of headings, then a row a size."""
    heading = ["people", "duos", "gap", *(f"{step}, ms" for step in STEPS), "memory, MiB", "rounds", "arcs"]
    return [
        heading,
        *(
            [
                f"{size.people:,}",
                f"{size.duos:,}",
                f"{size.gap:.0e}" if size.gap else "0",
                *(f"{1000 * size.seconds[step]:,.1f}" for step in STEPS),
                "–" if size.memory is None else f"{size.memory / 2**20:,.0f}",
                f"{size.counts['rounds']}",
                f"{size.counts['arcs']:,}",
            ]
            for size in figures
        ),
    ]


def peer_rows(figures: Sequence[BenchFigures]) -> Rows:
    """Return how peers compare: a row of headings, then a row a size and peer."""
    rows = [["people", "peer", "its time ÷ match", "duos", "total", "of the best total"]]
    for size in figures:
        rows += [[f"{size.people:,}", peer.name, *_compared(size, peer)] for peer in size.peers]
    return rows


def _compared(size: BenchFigures, peer: PeerFigures) -> list[str]:
    if peer.ratio is None or peer.total is None:
        return [peer.unavailable or "–", "", "", ""]
    share = f"{100 * peer.total / size.total:.2f} %" if size.total else "–"
    return [f"{peer.ratio:.2f}", f"{peer.duos:,}", f"{peer.total:,.6f}", share]


def terminal_table(rows: Rows, title: str) -> Table:
    """Return rows, the first of them headings, for a terminal."""
    table = Table(title=title, title_justify="left")
    for place, heading in enumerate(rows[0]):
        table.add_column(heading, justify="left" if heading == "peer" else "right", no_wrap=place == 0)
    for row in rows[1:]:
        table.add_row(*row)
    return table


def markdown_table(rows: Rows) -> str:
    """Return rows, the first of them headings, in Markdown.

    Examples
    --------
    >>> print(markdown_table([["people", "peer"], ["10", "greedy"]]))
    | people | peer |
    |---:|:---|
    | 10 | greedy |
    """
    ends = [":---" if heading in ("peer", "what") else "---:" for heading in rows[0]]
    lines = [rows[0], *rows[1:]]
    written = ["| " + " | ".join(line) + " |" for line in lines]
    return "\n".join([written[0], "|" + "|".join(ends) + "|", *written[1:]])
