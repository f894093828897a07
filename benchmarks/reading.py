"""Reading a people file beside what reads it without a check, beside the match, and by memory.

Both of a ratio are measured in turns, by processor time, so that other work of the machine counts alike for
both. What is compared with pandas is the file as strings: no type, no list, no heading is understood.

    python benchmarks/reading.py              # 10,000 invented people
    python benchmarks/reading.py people.csv
"""

from __future__ import annotations

import sys
import tempfile
import time
import tracemalloc
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import reverse_match as rm
from plain_reading import write_people

if TYPE_CHECKING:
    from collections.abc import Callable

REPEATS = 5


def ratio_in_turns(one: Callable[[], object], other: Callable[[], object], repeats: int = REPEATS) -> float:
    """Return how many times longer one thing takes than another: the best processor times, in turns."""
    pairs = [(_processor_seconds(one), _processor_seconds(other)) for _ in range(repeats)]
    return min(first for first, _ in pairs) / min(second for _, second in pairs)


def _processor_seconds(work: Callable[[], object]) -> float:
    begin = time.process_time()
    made = work()
    taken = time.process_time() - begin
    del made  # taking it apart is no part of the work
    return taken


def reading_over_pandas(path: Path, repeats: int = REPEATS) -> float:
    """Return how many times longer a file is read than ``pandas.read_csv`` takes for its strings."""
    import pandas as pd

    return ratio_in_turns(partial(rm.read_cohort, path), partial(pd.read_csv, path, dtype=str), repeats)


def records_over_pandas(path: Path, repeats: int = REPEATS) -> float:
    """Return the same of records, such as a query returns, which are in memory already."""
    import pandas as pd

    records = pd.read_csv(path, dtype=str, keep_default_na=False).to_dict("records")
    from_records = partial(rm.Cohort.from_records, records)
    return ratio_in_turns(from_records, partial(pd.read_csv, path, dtype=str), repeats)


def reading_over_match(path: Path, repeats: int = 2) -> float:
    """Return how many times longer a file is read than its people are matched by the default policy."""
    cohort = rm.read_cohort(path)
    return ratio_in_turns(partial(rm.read_cohort, path), partial(rm.match, cohort), repeats)


def bytes_per_person(path: Path) -> tuple[int, int]:
    """Return the bytes for each person: the most while a file is read, and those of the people themselves."""
    rm.read_cohort(path)  # what is loaded once is not of the people
    tracemalloc.start()
    cohort = rm.read_cohort(path)
    kept, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    people = len(cohort.participants)
    return most // people, kept // people


def main(path: Path) -> None:
    """Print all figures of a file."""
    print(f"reading / pandas.read_csv as strings: {reading_over_pandas(path):.1f}")
    print(f"from_records / pandas.read_csv as strings: {records_over_pandas(path):.1f}")
    print(f"reading / match: {reading_over_match(path):.2f}")
    most, kept = bytes_per_person(path)
    print(f"bytes a person: {most:,} at most while reading, {kept:,} afterwards")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        main(Path(sys.argv[1]) if sys.argv[1:] else write_people(Path(folder) / "people.csv"))
