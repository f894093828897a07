"""Writes each shape of export beside a people file that says the same, with the command that matches it.

``PYTHONPATH=tests/people python -m exports.beside_clean FOLDER`` makes the folder of the examples: in each of
its folders stand the files of a tool, ``clean.csv``, and ``command.txt``.
"""

from __future__ import annotations

import csv
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exports.clean import clean_people
from exports.shapes import write_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exports.clean import Record
    from exports.export import Export

CLEAN = "clean.csv"


def write_beside_clean(people: Sequence[Record], folder: Path, seed: int = 0) -> dict[str, Export]:
    """Write every shape that can be read, each beside the people file that says the same."""
    exports = write_all(people, folder, seed)
    readable = {name: export for name, export in exports.items() if export.outcome != "fault"}
    for name, export in readable.items():
        place = folder / name
        _write_clean(export.expected(people), place / CLEAN)
        command = ["reverse-match", "match", *_within(export.certain_arguments, place)]
        (place / "command.txt").write_text(f"{shlex.join(command)}\n", encoding="utf-8")
    return readable


def _within(arguments: Sequence[str], place: Path) -> list[str]:
    return [argument.removeprefix(f"{place}/") for argument in arguments]


def _write_clean(records: Sequence[Record], file: Path) -> None:
    names = list(dict.fromkeys(name for record in records for name in record))
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(names)
        writer.writerows([_cell(record.get(name)) for name in names] for record in records)


def _cell(value: Any) -> Any:
    if isinstance(value, dict):
        return ";".join(f"{name}:{rating}" for name, rating in value.items())
    return ";".join(value) if isinstance(value, list | tuple) else value


if __name__ == "__main__":
    write_beside_clean(clean_people(), Path(sys.argv[1]))
