"""How a study is shown in a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.study.study import BASE
from reverse_match.views.html.tables import tables_view

if TYPE_CHECKING:
    from reverse_match.study.study import Study


def notebook(study: Study) -> str:
    """Return the view in a notebook: every scenario that there is, beside the base."""
    rows = [
        {
            "scenario": name,
            "duos": len(study[name].matching.duos),
            "total": float(study[name].matching.total),
            "gap": study[name].matching.certificate.gap,
            "asked": study[name].changes.model_dump_json(exclude_unset=True)[1:-1],
        }
        for name in study.names
        if name != BASE
    ]
    people = f"A study of {len(study.cohort.participants):,} people"
    return tables_view(people, [] if rows else ["No scenario yet."], {"scenarios": rows})
