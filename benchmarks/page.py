"""Measures everything and writes ``docs/benchmarks.md`` with its plot: one command, one machine.

    python benchmarks/page.py --large             # everything
    python benchmarks/page.py survey capacities   # these rows anew, all others as they were measured

What was measured is kept in ``figures.json`` beside this file. Both sides of a ratio are of one run, always.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import after_a_match
import engine
import targets
from peers import PEERS, PeerFigures, measure_peers, peer_table
from plain_reading import write_people
from reading import reading_over_match, reading_over_pandas
from reverse_match.views.cli.bench_figures import BenchFigures, machine, measure, step_rows
from tables import markdown_table
from targets import Target, target_table, told
from whole_process import process_ratio

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HERE = Path(__file__).resolve().parent
DOCS, FIGURES = HERE.parent / "docs", HERE / "figures.json"
COLOURS = ("#D55E00", "#009E73", "#882255", "#999933", "#CC79A7", "#E69F00", "#56B4E9")
SIZES = (10, 30, 100, 300, 1_000, 3_000, 10_000)

TEXT = """\
# Benchmarks

Made by `python benchmarks/page.py --large`, on one machine: {machine}. Times are the shortest of
{repeats} runs, and both sides of a ratio are of one run. Compare ratios, not times: the machine is shared,
and yours is another one.

The cohorts are invented, from a seed (`reverse_match.testing.invented_cohort`): skills with a long tail,
departments of unequal size, a hierarchy with managers, missing answers, and people who gave the same answers.
Half of the people are mentors. Everybody can run the same:

```sh
reverse-match bench --sizes 10,100,1000
pip install '.[bench]' && python benchmarks/peers.py --sizes 10,100,1000    # beside other solvers
```

## From file to answer

{files}

Processor time, both of a ratio in turn. *The whole process* is `reverse-match match people.csv --out m.json`
with its table through a pipe; beside it stands reading and matching in a process that has done both before.

## Beside bare solvers

{engine}

Processor time of all threads. A *bare* solver is given the scores as a matrix: it neither scores nor proves
nor explains. A match does, from the cohort in memory, but for the dense tables, of which the proved choice
alone is measured.

## After a match

{after}

## What else is promised

{targets}

*Faster* counts everything from the cohort in memory to a matching with explanations and a proof, against
scoring all pairs in numpy (`benchmarks/numpy_scores.py`) and solving: no explanation, no proof. All of them
reach the same total, to a millionth.

## Step by step

{steps}

*Score* is the floor: all pairs scored once. *Match* is all from the cohort to the proved matching: scores,
the solve, duos with what led to their score, reasons of those left out. *Memory* is the peak above the
imports and the cohort. *Rounds* counts how often OR-Tools was called, samples included; *arcs* is the
largest problem it was given.

![Time of a match and of its peers by number of people](benchmarks.svg)

## Beside peers

Each peer is given the same exact scores as a matrix. A peer is *bare*: it proves nothing and explains
nothing. The first ratio is its solve alone over a match, which scores, proves and explains. The second has
what numpy takes to make the matrix, too. A ratio above 1 says that the peer takes longer. Small cohorts
take longer here than with a bare solver: a match reads names by a ladder of meanings, explains every duo
and proves the whole.

{peers}

`lapx` solves in double precision here, since its usual single precision can miss the best total;
`scipy-sparse` is `min_weight_full_bipartite_matching`, given all pairs in whole millionths. As context,
from another machine and another language: the R package couplr publishes for its own solvers, on 400 × 400
dense costs, 8 ms (cost scaling), 12 ms (Jonker-Volgenant), 18 ms (auction), 35 ms (network simplex) and 180
ms (Hungarian), a ratio of 22 from the first to the last (gillescolling.com/couplr, read in November 2026).

Gale-Shapley (the package `matching`) and the greedy pass reach the same here, since both sides see the same
score: what they lose is the price of not looking at the whole.
"""


def write_plot(figures: list[tuple[BenchFigures, list[PeerFigures]]], file: Path) -> None:
    """Draw seconds by size, both on logarithmic scales, above the floor: all pairs scored once."""
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot as plt

    with mpl.rc_context({"svg.hashsalt": "benchmarks", "font.size": 10}):
        figure, axes = plt.subplots(figsize=(7, 4.5), layout="constrained")
        people = [size.people for size, _ in figures]
        taken = [size.seconds["match"] for size, _ in figures]
        axes.plot(people, taken, "o-", color="#0072B2", label="match")
        floor = [size.seconds["score"] for size, _ in figures]
        axes.plot(people, floor, ":", color="black", label="floor: all pairs scored once")
        styles = zip(COLOURS, "sv^DxP*", strict=True)
        for name, (colour, marker) in zip(PEERS, styles, strict=True):
            known = [
                (size.people, peer.seconds)
                for size, peers in figures
                for peer in peers
                if peer.name == name and peer.seconds is not None
            ]
            axes.plot(
                *zip(*known, strict=True),
                linestyle="--",
                marker=marker,
                color=colour,
                label=f"numpy scoring + {name}",
            )
        axes.set(xscale="log", yscale="log", xlabel="people", ylabel="seconds")
        axes.grid(visible=True, which="major", alpha=0.3)
        axes.legend(frameon=False)
        figure.savefig(file, metadata={"Date": None})


def files(people: int, repeats: int) -> Iterator[Target]:
    """Compare reading, and a whole process, with what a person would wait for otherwise."""
    row = f"{people:,} people, the whole process, over reading and matching when warm"
    yield Target(row, process_ratio(people, repeats), 1.5, 1.2, "× as long", higher_is_better=False)
    with tempfile.TemporaryDirectory() as folder:
        read = {f"{people:,} people": write_people(Path(folder) / "people.csv", people)}
        survey = os.environ.get(engine.SURVEY)
        if survey:
            copies = Path(folder) / "survey.csv"
            copies.write_text(engine.noisy_copies(Path(survey), 5_149, 3_567), encoding="utf-8")
            read["8,716 people of a survey"] = copies
        for who, path in read.items():
            over_pandas, over_match = reading_over_pandas(path, repeats), reading_over_match(path, repeats)
            row = f"{who}, reading and validating, over pandas reading strings"
            yield Target(row, over_pandas, 8, 4, "× as long", higher_is_better=False)
            row = f"{who}, reading and validating, over the match"
            yield Target(row, over_match, 0.7, 0.3, "× as long", higher_is_better=False)


GROUPS: dict[str, dict[str, Callable[[int, int], Iterator[Target]]]] = {
    "files": {"files": files},
    "engine": {name: lambda _, repeats, row=row: row(repeats) for name, row in engine.ROWS.items()},
    "after": after_a_match.ROWS,
    "targets": {**targets.ROWS, "large": lambda *_: targets.large(targets.LARGE)},
}
"""Rows of promises, by the part of the page in which they stand and by a name of their own."""


def write_page(figures: dict[str, Any], repeats: int, folder: Path) -> None:
    """Write the page and its plot from the figures that are known."""
    promised = {
        part: target_table([Target(**one) for name in rows for one in figures.get(name, ())])
        for part, rows in GROUPS.items()
    }
    sizes = [
        (BenchFigures(**size["steps"]), [PeerFigures(**peer) for peer in size["peers"]])
        for size in figures["sizes"]
    ]
    page = TEXT.format(
        machine=", ".join(f"{name} {value}" for name, value in machine().items()),
        repeats=repeats,
        **promised,
        steps=markdown_table(step_rows([size for size, _ in sizes])),
        peers=peer_table(sizes),
    )
    (folder / "benchmarks.md").write_text(page, encoding="utf-8")
    write_plot(sizes, folder / "benchmarks.svg")


def measured_sizes(people: int, repeats: int) -> list[dict[str, Any]]:
    """Measure a match step by step, and its peers, at all sizes."""
    sizes = []
    for size in (size for size in SIZES if size <= people):
        print(f"{size:,} people", file=sys.stderr, flush=True)
        steps = measure(size, repeats=repeats, memory=True)
        peers = [vars(peer) for peer in measure_peers(size, PEERS, repeats)]
        sizes.append({"steps": steps.as_record(), "peers": peers})
    return sizes


def main() -> None:
    """Measure, keep the figures, and write the page and the plot."""
    known = {"sizes": None, **{name: row for rows in GROUPS.values() for name, row in rows.items()}}
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "only", nargs="*", choices=[*known, []], help="measure some anew; all if none is named"
    )
    parser.add_argument("--repeats", type=int, default=5, help="the shortest of so many runs counts")
    parser.add_argument("--people", type=int, default=10_000, help="size of the largest usual cohort")
    parser.add_argument("--large", action="store_true", help="also 100,000 people; takes some minutes")
    parser.add_argument("--folder", type=Path, default=DOCS, help="where the page goes")
    parser.add_argument("--figures", type=Path, default=FIGURES, help="file that keeps what was measured")
    options = parser.parse_args()
    figures = json.loads(options.figures.read_text(encoding="utf-8")) if options.only else {}
    for name in options.only or known:
        if name == "large" and not options.large:
            continue
        row = known[name]
        figures[name] = (
            measured_sizes(options.people, options.repeats)
            if row is None
            else [vars(target) for target in told(row(options.people, options.repeats))]
        )
        # After each, so that what was measured is kept if a later one is stopped.
        options.figures.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    write_page(figures, options.repeats, options.folder)


if __name__ == "__main__":
    main()
