"""Reads vectors of people: given as they are, made by an embedder of a column of text, or from a file.

A file has a row for each person: the id, and then the numbers of the vector.
"""

from __future__ import annotations

import inspect
import math
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from reverse_match.foundation.bounded_file import PEOPLE_BYTES, file_bytes
from reverse_match.foundation.errors import CohortError, Fault, PolicyError
from reverse_match.foundation.names import name_key
from reverse_match.people.delimited import people_lines
from reverse_match.people.reading.decoding import decode_text
from reverse_match.policy import Policy
from reverse_match.scoring.columns import Columns
from reverse_match.scoring.read_tables import NUMBER
from reverse_match.scoring.vectors import Embeddings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.people.cohort import Cohort
    from reverse_match.people.table import Line

_LISTS = ("goals", "languages", "offers", "seeks")
_HEADINGS_OF_IDS = {"", "id", "ids", "person", "personne", "name", "nom", "identifiant", "email", "e-mail"}
"""Headings of ids, above numbered columns."""


def read_vectors(given: Any, name: str, cohort: Cohort | None) -> Embeddings:
    """Return the vectors that a program or a policy gives.

    Parameters
    ----------
    given : Embeddings, Embedder, or path
        The vectors, or what makes them of the column with their name.
    name : str
        Name of the vectors.
    cohort : Cohort or None
        The people, whose texts an embedder reads.

    Raises
    ------
    PolicyError
        If these are no vectors.
    """
    if isinstance(given, Embeddings):
        return given
    if isinstance(given, str | os.PathLike):
        return read_vector_file(Path(given))
    embed = given if callable(given) else getattr(given, "embed", None) or getattr(given, "encode", None)
    if not _takes_texts(embed):
        message = (
            "not vectors; right would be rm.Embeddings(ids, array), a function from texts to an array of "
            "vectors, or a file with a row for each person"
        )
        raise PolicyError([Fault(message, f"tables['{name}']", code="wrong-type")])
    if cohort is None:
        message = "an embedder reads texts of people; right would be to give the people too"
        raise PolicyError([Fault(message, f"tables['{name}']", code="no-ids")])
    return _embedded(embed, name, cohort)


def _takes_texts(embed: object) -> bool:
    """Say whether something can be called with a list of texts; what has no signature passes."""
    if not callable(embed) or isinstance(embed, type):
        return False
    try:
        inspect.signature(embed).bind([])
    except ValueError:
        return True
    except TypeError:
        return False
    return True


def _embedded(embed: Any, name: str, cohort: Cohort) -> Embeddings:
    """Return the vectors of the texts in a column; each distinct text is asked for once, in sorted order."""
    texts = _texts(name, cohort)
    distinct = sorted({text for text in texts if text})
    answer = embed(list(distinct)) if distinct else np.empty((0, 1))
    try:
        vectors = np.asarray(list(answer) if isinstance(answer, Iterator) else answer, dtype=float)
    except (TypeError, ValueError, OverflowError):
        vectors = np.empty(0)
    if vectors.ndim != 2 or (distinct and len(vectors) != len(distinct)):
        message = f"the embedder did not return an array with a row for each of {len(distinct)} texts"
        raise PolicyError([Fault(message, f"tables['{name}']", code="wrong-shape")])
    place = {text: position for position, text in enumerate(distinct)}
    said = [(person.id, place[text]) for person, text in zip(cohort.participants, texts, strict=True) if text]
    return Embeddings([identity for identity, _ in said], vectors[[position for _, position in said]])


def _texts(field: str, cohort: Cohort) -> list[str]:
    columns = Columns(cohort, Policy(), None)
    if field in _LISTS:
        return ["; ".join(names).strip() for names in columns.names(field)]
    return [(text or "").strip() for text in columns.texts(field)]


def read_vector_file(file: Path) -> Embeddings:
    """Return the vectors of a ``.csv`` file.

    Raises
    ------
    PolicyError
        If it is no such file.
    """
    name = file.name
    if file.suffix.lower() not in (".csv", ".txt", ".tsv"):
        message = "unknown kind of file; right would be .csv"
        raise PolicyError([Fault(message, name, code="unknown-kind-of-file")])
    try:
        text = decode_text(file_bytes(file, PEOPLE_BYTES, PolicyError), name).text
        lines = _below_headings(people_lines(text, name).lines, name)
    except CohortError as error:
        raise PolicyError(error.faults) from None
    width = len(lines[0][1]) if lines else 2
    numbers = np.empty((len(lines), max(1, width - 1)))
    faults = []
    for place, (row, cells) in enumerate(lines):
        vector = [_component(cell) for cell in cells[1:]]
        if len(cells) == width and None not in vector:
            numbers[place] = vector
        else:
            message = f"right would be an id and {width - 1:,} numbers, as in the first row"
            faults.append(Fault(message, name, row, code="not-a-number"))
    if faults:
        raise PolicyError(faults[:100])
    try:
        return Embeddings([cells[0] for _, cells in lines], numbers)
    except PolicyError as error:
        raise PolicyError(
            _in_file(fault, name, [row for row, _ in lines]) for fault in error.faults
        ) from None


def _below_headings(lines: Sequence[Line], name: str) -> list[Line]:
    """Return the rows below the headings, without a last column in which nothing stands.

    Raises
    ------
    PolicyError
        If there are no headings: the first vector would be taken for them, and its person have none.
    """
    if not lines:
        message = "empty; right would be a heading row and a row for each person"
        raise PolicyError([Fault(message, name, code="empty")])
    row, headings = lines[0]
    numbered = len(headings) > 1 and all(NUMBER.fullmatch(cell.strip()) for cell in headings[1:])
    if numbered and name_key(headings[0]) not in _HEADINGS_OF_IDS:
        message = "no headings; right would be a first row such as id, v1, v2 above the vectors"
        raise PolicyError([Fault(message, name, row, code="no-headings")])
    if all(len(cells) > 1 and not cells[-1].strip() for _, cells in lines):
        return [(number, cells[:-1]) for number, cells in lines[1:]]
    return list(lines[1:])


def _component(cell: str) -> float | None:
    """Return a cell as a number, NaN if it is empty, or ``None`` if it is neither."""
    text = cell.strip()
    if not text or text.casefold() == "nan":
        return math.nan
    return float(text.replace(",", ".")) if NUMBER.fullmatch(text) else None


def _in_file(fault: Fault, name: str, rows: Sequence[int]) -> Fault:
    """Return a fault of vectors with the file, and the row in it, from which they were read."""
    return replace(fault, source=name, row=None if fault.row is None else rows[fault.row - 1])
