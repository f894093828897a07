"""Reads a people file as a short script would: the csv module, and each cell by the type of its column.

What the library does beside is the difference: it finds separator, encoding, headings, lists and days, checks
every value and whom people name, and says what is wrong.
"""

from __future__ import annotations

import csv
from functools import partial
from typing import TYPE_CHECKING, Any

import reverse_match as rm
from reverse_match.people.write import people_csv
from reverse_match.testing import invented_cohort
from reverse_match.views.cli.bench_figures import shortest

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE = 10_000


def write_people(path: Path, people: int = PEOPLE) -> Path:
    """Write a clean file of so many people, and return its path."""
    path.write_text(people_csv(invented_cohort(people), path.name), encoding="utf-8")
    return path


def read_plainly(path: Path) -> list[dict[str, Any]]:
    """Return a record for each row of a file, with lists, ratings and numbers in the right types."""
    with path.open(newline="", encoding="utf-8") as file:
        return [{name: _typed(name, cell) for name, cell in row.items()} for row in csv.DictReader(file)]


def _typed(name: str, cell: str) -> Any:
    if not cell:
        return None
    if name in ("offers", "seeks"):
        pairs = (part.rpartition(":") for part in cell.split(";"))
        return {skill: int(rating) for skill, _, rating in pairs}
    if name in ("goals", "languages", "wants", "avoids"):
        return [part.strip() for part in cell.split(";") if part.strip()]
    return int(cell) if name in ("age", "grade", "capacity") else cell


def reading_ratio(path: Path, repeats: int = 5) -> float:
    """Return how many times longer the library reads a file than a short script."""
    library, cohort = shortest(partial(rm.read_cohort, path), repeats)
    plain, records = shortest(partial(read_plainly, path), repeats)
    if len(cohort.participants) != len(records):
        message = "both must read everybody"
        raise ValueError(message)
    return library / plain
