"""Notebook views of studies and their results, as tables."""

from __future__ import annotations

from functools import singledispatch

from reverse_match.foundation.plural import quantity
from reverse_match.study.compare import Comparison
from reverse_match.study.frontier import Frontier
from reverse_match.study.prices import Prices
from reverse_match.study.sensitivity import Sensitivity
from reverse_match.study.study import BASE, Study
from reverse_match.study.sweep import Sweep
from reverse_match.views.html.blocks import tables_view
from reverse_match.views.records import any_record

notebook = singledispatch(any_record.notebook)


@notebook.register(Study)
def _notebook_of_study(study: Study) -> str:
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


@notebook.register(Comparison)
def _notebook_of_comparison(comparison: Comparison) -> str:
    changed = [row for row in comparison.records("duos") if row["change"] != "same"]
    tables = {"criteria": comparison.records("criteria"), "duos gained and lost": changed}
    return tables_view(str(comparison), [], tables | {"departments": comparison.records("departments")})


@notebook.register(Frontier)
def _notebook_of_frontier(frontier: Frontier) -> str:
    return tables_view(
        f"{frontier.first} against {frontier.second}",
        ["Each point is the best with so many duos of the kind."],
        {"points": frontier.records()},
    )


@notebook.register(Prices)
def _notebook_of_prices(prices: Prices) -> str:
    return tables_view(
        "What demands cost",
        ["Each is found by matching once more without the demand, or with one more place."],
        {"demands, the dearest first": prices.records()},
    )


@notebook.register(Sensitivity)
def _notebook_of_sensitivity(sensitivity: Sensitivity) -> str:
    tables = {what: sensitivity.records(what) for what in ("weights", "duos")}
    return tables_view("How much duos depend on weights", [], tables)


@notebook.register(Sweep)
def _notebook_of_sweep(sweep: Sweep) -> str:
    return tables_view(
        f"Weights of '{sweep.weight}'",
        [f"{quantity(len(sweep.breakpoints), 'time')} the duos change in between."],
        {"weights": sweep.records()},
    )
