"""How two scenarios are compared in a notebook."""

from __future__ import annotations

from functools import singledispatch

from reverse_match.study.compare import Comparison
from reverse_match.views.html.tables import tables_view
from reverse_match.views.records import any_record

notebook = singledispatch(any_record.notebook)


@notebook.register(Comparison)
def _notebook_of_comparison(comparison: Comparison) -> str:
    """Return the view in a notebook."""
    changed = [row for row in comparison.records("duos") if row["change"] != "same"]
    tables = {"criteria": comparison.records("criteria"), "duos gained and lost": changed}
    return tables_view(str(comparison), [], tables | {"departments": comparison.records("departments")})
