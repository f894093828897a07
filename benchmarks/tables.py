"""Tables for pages."""

from __future__ import annotations


def markdown_table(rows: list[list[str]]) -> str:
    """Return rows, the first of them headings, in Markdown.

    Examples
    --------
    >>> print(markdown_table([["people", "peer"], ["10", "greedy"]]))
    | people | peer |
    |---:|:---|
    | 10 | greedy |
    """
    ends = [":---" if heading in ("peer", "what") else "---:" for heading in rows[0]]
    written = ["| " + " | ".join(line) + " |" for line in rows]
    return "\n".join([written[0], "|" + "|".join(ends) + "|", *written[1:]])
