"""``reverse-match bench``: measures matches of invented cohorts on this machine."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from reverse_match.views.cli import options as opt
from reverse_match.views.cli.exit_codes import exit_codes

SMALLEST_COHORT, LARGEST_COHORT = 2, 1_000_000
"""Smallest and largest number of people in a benchmark."""

LARGEST_SEED = 2**63 - 1
"""Largest seed of an invented cohort."""


def bench(
    sizes: Annotated[
        str, typer.Option("--sizes", help="Numbers of people, separated by commas; half are mentors.")
    ] = "10,30,100,300,1000",
    as_json: Annotated[bool, typer.Option("--json", help="Print figures as JSON.")] = False,
    repeats: Annotated[
        int, typer.Option("--repeats", min=1, help="The shortest of so many runs counts.")
    ] = 3,
    seed: Annotated[
        int, typer.Option("--seed", min=0, max=LARGEST_SEED, help="Seed of the invented cohorts.")
    ] = 0,
    lang: opt.FaultLang = opt.LOCALE,
) -> None:
    with exit_codes(lang) as results:
        from reverse_match.views.cli.bench_figures import machine, measure, step_rows, terminal_table
        from reverse_match.views.text_table import DIM, TextLine

        numbers = _sizes(sizes)
        measure(SMALLEST_COHORT, repeats=1)  # loads OR-Tools, so that no figure includes it
        figures = []
        for size in numbers:
            typer.echo(f"{size:,} people", err=True)
            figures.append(measure(size, repeats=repeats, seed=seed, memory=True))
        if as_json:
            described = {"machine": machine(), "sizes": [size.as_record() for size in figures]}
            results.print_data(json.dumps(described, indent=2))
            return
        told = ", ".join(f"{name} {value}" for name, value in machine().items())
        shown = terminal_table(step_rows(figures), f"Shortest of {repeats} runs")
        results.print([shown, TextLine(told, DIM)], opt.Looks())


def _sizes(said: str) -> list[int]:
    parts = said.split(",")
    least, most = SMALLEST_COHORT, LARGEST_COHORT
    if not all(part.strip().isdecimal() and len(part) < 20 and least <= int(part) <= most for part in parts):
        message = f"right would be whole numbers from {least} to {most:,}, for instance 10,100,1000"
        raise typer.BadParameter(message, param_hint="--sizes")
    return [int(part) for part in parts]
