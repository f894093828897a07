"""Compares a plan over several rounds with matching round by round, and writes ``docs/rotation-plan.svg``.

Round by round: each round is the best matching of those whose pairs have not met before, and knows nothing of
what follows. Without a people file the people are invented.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import reverse_match as rm
from reverse_match.testing import invented_cohort
from tables import markdown_table

if TYPE_CHECKING:
    from collections.abc import Iterable

DOCS = Path(__file__).resolve().parent.parent / "docs"
SIZES = (30, 300, 3_000)
"""Numbers of invented people."""


@dataclass(frozen=True)
class Compared:
    """Mean scores of each round, and totals, of both ways."""

    name: str
    duos: tuple[int, int]
    joint: list[float]
    greedy: list[float]
    totals: tuple[float, float]

    def row(self) -> list[str]:
        """Return what stands in the table."""
        mean = self.totals[0] / self.duos[0]
        gain = 100 * (self.totals[0] / self.totals[1] - 1)
        return [
            self.name,
            f"{self.duos[0]:,}" if self.duos[0] == self.duos[1] else f"{self.duos[0]:,} ({self.duos[1]:,})",
            f"{self.totals[0]:.3f}",
            f"{self.totals[1]:.3f} ({gain:+.2f} %)",
            " ".join(f"{value:.3f}" for value in self.joint),
            " ".join(f"{value:.3f}" for value in self.greedy),
            f"{100 * (min(self.joint) / mean - 1):.2f} %",
            f"{100 * (self.greedy[-1] / self.greedy[0] - 1):.1f} %",
        ]


HEADINGS = [
    "people",
    "duos (round by round)",
    "total, planned",
    "round by round (gain of planning)",
    "means of the rounds, planned",
    "round by round",
    "worst planned round, against the mean",
    "last round by round, against the first",
]


def greedy_rounds(cohort: rm.Cohort, rounds: int) -> list[rm.Matching]:
    """Match one round after the other, with the pairs of the earlier ones forbidden."""
    policy, met, found = rm.Policy(), [], []
    for _ in range(rounds):
        rules = [*policy.model_dump(mode="json")["rules"], {"kind": "forbid", "name": "met", "pairs": met}]
        found.append(rm.match(cohort, rm.Policy.model_validate({"rules": rules if met else policy.rules})))
        met += [(duo.mentor, duo.mentee) for duo in found[-1].duos]
    return found


def compared(name: str, cohort: rm.Cohort, rounds: int) -> Compared:
    """Measure both ways on some people."""
    plan, greedy = rm.plan_rotations(cohort, rounds=rounds), greedy_rounds(cohort, rounds)
    rm.verify_plan(plan, cohort)
    return Compared(
        name,
        (_duos(plan.rounds), _duos(greedy)),
        [matching.total / max(1, len(matching.duos)) for matching in plan.rounds],
        [matching.total / max(1, len(matching.duos)) for matching in greedy],
        (plan.total, sum(matching.total for matching in greedy)),
    )


def _duos(matchings: Iterable[rm.Matching]) -> int:
    return sum(len(matching.duos) for matching in matchings)


def write_plot(figures: Compared, file: Path) -> None:
    """Draw the mean score of each round of both ways."""
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot as plt

    with mpl.rc_context({"svg.hashsalt": "rotation-plan", "font.size": 10}):
        figure, axes = plt.subplots(figsize=(6, 3.6), layout="constrained")
        rounds = range(1, len(figures.joint) + 1)
        axes.plot(rounds, figures.joint, "o-", color="#0072B2", label="planned together")
        axes.plot(rounds, figures.greedy, "s--", color="#D55E00", label="round by round")
        axes.set(xlabel="round", ylabel="mean score of its duos", xticks=list(rounds), title=figures.name)
        axes.grid(visible=True, alpha=0.3)
        axes.legend()
        figure.savefig(file, metadata={"Date": None})


def main() -> None:
    """Print the table and write the plot."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("people", nargs="?", type=Path, help="a people file, beside invented people")
    parser.add_argument("--name", help="what to call its people")
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--folder", type=Path, default=DOCS, help="where the plot is written")
    options = parser.parse_args()
    figures = [compared(f"{size:,} invented", invented_cohort(size), options.rounds) for size in SIZES]
    if options.people is not None:
        cohort = rm.read_cohort(options.people)
        name = options.name or f"{len(cohort.participants):,} of a file"
        figures.append(compared(name, cohort, options.rounds))
    print(markdown_table([HEADINGS, *(one.row() for one in figures)]))
    write_plot(figures[-1], options.folder / "rotation-plan.svg")


if __name__ == "__main__":
    main()
