"""The page on an audit: figures by group and role, what terms of the policy did, and how to read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.views.audit import audit_lines, group_tables, reading_lines, term_lines, term_tables
from reverse_match.views.html.blocks import Column
from reverse_match.views.report.blocks import lines, sentences, table
from reverse_match.views.report.page import page_of
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.audits.record import Audit
    from reverse_match.views.audit import AuditTable
    from reverse_match.views.html.element import Element
    from reverse_match.views.report.blocks import Cell


def audit_page(found: Audit, lang: str) -> str:
    """Return the page as HTML: the same text for the same audit and language."""
    say = language(lang)
    terms, reading = term_lines(found, lang), reading_lines(found, lang)
    summary = [line for line in audit_lines(found, lang) if line not in (*terms, *reading)]
    of_terms = [*sentences(*terms), *(part for one in term_tables(found, lang) for part in _table(one))]
    groups = [part for one in group_tables(found, lang) for part in _table(one)]
    shown = [
        ("audit-summary", say("summary"), sentences(*summary)),
        ("audit-groups", say("audit groups"), groups),
        ("audit-terms", say("audit terms"), of_terms),
        ("audit-reading", say("audit reading"), sentences(*reading)),
    ]
    return page_of([one for one in shown if one[2]], lang, found.library_version, title="audit title")


def _table(shown: AuditTable) -> Sequence[Element]:
    columns = [Column(head, share=share) for head, share in zip(shown.heads, shown.shares, strict=True)]
    rows: list[tuple[Cell, ...]] = [tuple(lines(cell.split("\n")) for cell in row) for row in shown.rows]
    return table(shown.title, columns, rows, wide=True)
