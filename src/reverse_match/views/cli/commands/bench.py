"""``reverse-match bench``: how fast this machine is."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from reverse_match.views.cli.exit_codes import exit_codes

SMALLEST_COHORT, LARGEST_COHORT = 2, 1_000_000
"""Sizes of cohorts that can be benchmarked."""

LARGEST_SEED = 2**63 - 1
"""Of invented cohorts."""


def bench(
    sizes: Annotated[
        str, typer.Option("--sizes", help="Numbers of people, separated by commas; half are mentors.")
    ] = "10,30,100,300,1000",
    as_json: Annotated[bool, typer.Option("--json", help="Print figures as JSON.")] = False,
    peers: Annotated[
        str,
        typer.Option("--peers", help="Other solvers to compare with, separated by commas; all, or none."),
    ] = "all",
    repeats: Annotated[
        int, typer.Option("--repeats", min=1, help="The shortest of so many runs counts.")
    ] = 3,
    seed: Annotated[
        int, typer.Option("--seed", min=0, max=LARGEST_SEED, help="Seed of the invented cohorts.")
    ] = 0,
) -> None:
    with exit_codes() as results:
        from rich.text import Text

        from reverse_match.views.cli.bench.measures import as_record, machine, measure
        from reverse_match.views.cli.bench.tables import peer_rows, step_rows, terminal_table

        numbers, names = _sizes(sizes), _peers(peers)
        measure(SMALLEST_COHORT, peers=names, repeats=1)  # loads OR-Tools and peers, so that no figure has it
        figures = []
        for size in numbers:
            typer.echo(f"{size:,} people", err=True)
            figures.append(measure(size, peers=names, repeats=repeats, seed=seed, memory=True))
        if as_json:
            described = {"machine": machine(), "sizes": [as_record(size) for size in figures]}
            results.print_data(json.dumps(described, indent=2))
            return
        results.print(terminal_table(step_rows(figures), f"Shortest of {repeats} runs"))
        if names:
            results.print(
                terminal_table(peer_rows(figures), "Scoring in numpy and a peer's solve, over a match")
            )
        results.print(Text(", ".join(f"{name} {value}" for name, value in machine().items()), style="dim"))


def _sizes(said: str) -> list[int]:
    parts = said.split(",")
    least, most = SMALLEST_COHORT, LARGEST_COHORT
    if not all(part.strip().isdecimal() and len(part) < 20 and least <= int(part) <= most for part in parts):
        message = f"right would be whole numbers from {least} to {most:,}, for instance 10,100,1000"
        raise typer.BadParameter(message, param_hint="--sizes")
    return [int(part) for part in parts]


def _peers(said: str) -> list[str]:
    from reverse_match.views.cli.bench.peers import PEERS

    if said in ("all", "none"):
        return list(PEERS) if said == "all" else []
    names = [part.strip() for part in said.split(",")]
    if not set(names) <= set(PEERS):
        message = f"right would be all, none, or some of {', '.join(PEERS)}"
        raise typer.BadParameter(message, param_hint="--peers")
    return names
