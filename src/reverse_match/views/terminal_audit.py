"""Views of audits for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.views.audit import audit_lines, group_tables, term_tables
from reverse_match.views.text_table import TextColumn, TextLine, lines_of, table_of

if TYPE_CHECKING:
    from reverse_match.audits.record import Audit
    from reverse_match.views.text_table import Part


def audit_view(found: Audit, lang: str = "en") -> list[Part]:
    """Return tables of groups, tables of what terms contributed, and sentences on the audit."""
    parts: list[Part] = []
    for place, shown in enumerate((*group_tables(found, lang), *term_tables(found, lang))):
        ends = 2 if place < len(group_tables(found, lang)) else 1
        heads = [
            TextColumn(head, number=number > 0 and not (ends == 2 and number == len(shown.heads) - 1))
            for number, head in enumerate(shown.heads)
        ]
        parts += [table_of(shown.title, heads, shown.rows), TextLine("")]
    return [*parts, *lines_of(audit_lines(found, lang))]
