"""Views of audits: in sentences, in a notebook and as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.audits.record import Audit
from reverse_match.views import audit as words
from reverse_match.views.html.blocks import Column, block, fold, table
from reverse_match.views.html.blocks import sentences as told_in_html
from reverse_match.views.records import any_record

if TYPE_CHECKING:
    from pydantic import BaseModel

    from reverse_match.views.html.element import Element


def notebook(record: BaseModel) -> str:
    """Return the notebook view of an audit, or of a part of one."""
    if not isinstance(record, Audit):
        return any_record.notebook(record)
    tables = [_table(one) for one in words.group_tables(record)]
    terms = [fold(one.title, _table(one)) for one in words.term_tables(record)]
    return block([type(record).__name__], told_in_html(words.audit_lines(record)), *tables, *terms)


def _table(shown: words.AuditTable) -> Element | None:
    return table([Column(head) for head in shown.heads], shown.rows, shown.title)


def sentences(record: Audit, lang: str) -> list[str]:
    """Return an audit in plain sentences."""
    return words.audit_lines(record, lang)


def page(record: Audit, lang: str) -> str:
    """Return an audit as an HTML page."""
    from reverse_match.views.report.audit import audit_page

    return audit_page(record, lang)
