"""Reads tables of scores: from files, frames, arrays, and lists of pairs, in long form and as a matrix.

In long form each row has a mentor, a mentee and a value. As a matrix the first column has the ids of mentors,
and each further column is headed by the id of a mentee. An array has no ids: its rows and columns are those
of ``cohort.mentors`` and ``cohort.mentees``.

*Not known* is an empty cell, NaN, and every pair without an entry. *Forbidden* is ``null`` where a form has
it (JSON, lists in Python), one of the words for it in text, and minus infinity in arrays and frames: pandas
cannot tell None from NaN, so None in a frame is not known. ``NULL`` and ``None`` as text could mean either,
and are refused.
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from reverse_match.foundation.bounded_file import PEOPLE_BYTES, file_bytes
from reverse_match.foundation.errors import CohortError, Fault, PolicyError
from reverse_match.foundation.json_values import JsonError, json_value
from reverse_match.foundation.names import LONGEST_SHOWN
from reverse_match.foundation.text_safety import shorten
from reverse_match.people.delimited import people_lines
from reverse_match.people.headings import heading_key
from reverse_match.people.own_columns import text_of
from reverse_match.people.reading.decoding import decode_text
from reverse_match.people.reading.files import split_sheet
from reverse_match.people.table import Table as Cells
from reverse_match.people.table import table_of
from reverse_match.policy.own_data import FORBIDDEN_WORDS
from reverse_match.scoring.pair_table import MOST_CELLS, MOST_LISTED, PairTable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reverse_match.foundation.arrays import FloatArray
    from reverse_match.people.cohort import Cohort
    from reverse_match.scoring.pair_table import Scale

_MENTOR = {"mentor", "mentors", "mentor id", "id mentor", "id du mentor", "parrain", "marraine"}
_MENTEE = {
    *("mentee", "mentees", "mentee id", "id mentee", "mentore", "mentoree", "mentores", "id mentore"),
    *("id du mentore", "id de la mentoree", "filleul", "filleule"),
}
_VALUE = {"value", "score", "rating", "points", "valeur", "note"}
_CORNER = {"", "id", "mentor mentee", "mentor\\mentee", *_MENTOR}

NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
"""A number as files have it, with a decimal point or comma."""
_PLAIN = re.compile(r"[0-9.eE+ -]*")
"""Characters of texts that numpy reads as they are read here, one by one."""
_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2},[0-9]{3}")
_NAN = {"", "nan"}
_LONGEST_NUMBER = 400

_RIGHT_FORM = (
    "right would be a frame or a file with columns mentor, mentee and value, or with a row for each mentor "
    "and a column for each mentee, an array of shape (mentors, mentees), or a list such as "
    "[('lea', 'ada', 0.8)]"
)


class _WrongCellError(ValueError):
    """A cell holds no number."""


def read_table(given: Any, name: str, scale: Scale | None, cohort: Cohort | None) -> PairTable:
    """Return the table that a program or a policy gives.

    Parameters
    ----------
    given : path, frame, array, or list of (str, str, number)
        The table.
    name : str
        Name of the table, for messages.
    scale : pair of float or None
        The numbers that count 0 and 1, where they are stated.
    cohort : Cohort or None
        The people, whose order an array has.

    Raises
    ------
    PolicyError
        With every fault of the table: file, row and heading, and what would be right.
    """
    source = f"tables['{name}']"
    try:
        if isinstance(given, str | os.PathLike):
            source = split_sheet(os.fspath(given), None)[0].name
            return read_table_file(os.fspath(given), scale)
        return _table_of(given, source, scale, cohort)
    except PolicyError as error:
        raise placed(error, source) from None


def placed(error: PolicyError, source: str | None, column: str | None = None) -> PolicyError:
    """Return an error with a place for faults of a table as a whole, which have none."""
    return PolicyError(
        fault if fault.source or fault.column else replace(fault, source=source, column=column)
        for fault in error.faults
    )


def _table_of(given: Any, source: str, scale: Scale | None, cohort: Cohort | None) -> PairTable:
    if hasattr(given, "to_frame") and not hasattr(given, "columns"):  # a series, whose index names the pairs
        given = given.to_frame("value")
    if hasattr(given, "columns") or hasattr(given, "column_names"):
        return _of_frame(given, source, scale)
    if hasattr(given, "tocoo"):
        return _of_sparse_matrix(given.tocoo(), source, scale, cohort)
    if isinstance(given, Mapping):
        return table_of_pairs(list(_entries_of(given)), source, scale)
    if isinstance(given, list | tuple):
        return table_of_pairs(given, source, scale)
    return _of_array(given, source, scale, cohort)


def table_of_pairs(
    pairs: Sequence[Any], source: str, scale: Scale | None, column: str | None = None
) -> PairTable:
    """Return the table of a list of pairs with their values, where None forbids.

    Parameters
    ----------
    pairs : sequence of (str, str, number or None)
        The pairs, mentor first.
    source : str
        Where they stand, for messages.
    scale : pair of float or None
        The stated scale.
    column : str, optional
        Place of the list in a policy, for messages.
    """

    def place_of(position: int, _: int) -> Fault:
        if column is not None:
            return Fault("", column=f"{column}[{position}]")
        return Fault("", source, position + 1)

    wrong = next((place for place, entry in enumerate(pairs) if not _is_pair_with_value(entry)), None)
    if wrong is not None:
        message = "not a pair with its value; right would be a list such as ['lea', 'ada', 0.8]"
        raise PolicyError([Fault(message, source, wrong + 1, code="wrong-type")])
    mentors, mentees, values = zip(*pairs, strict=True) if pairs else ((), (), ())
    numbers = _numbers(values, source, range(1, len(values) + 1), "value", none=-math.inf)
    return PairTable.of_pairs((_ids(mentors), _ids(mentees)), numbers, scale, place_of)


def _is_pair_with_value(entry: Any) -> bool:
    return (
        isinstance(entry, list | tuple)
        and len(entry) == 3
        and all(isinstance(name, str) for name in entry[:2])
    )


def _entries_of(given: Mapping[Any, Any]) -> Iterator[tuple[Any, ...]]:
    """Yield the entries of a dictionary by pairs, or by mentors of one by mentees."""
    for key, value in given.items():
        if isinstance(value, Mapping):
            yield from ((key, mentee, number) for mentee, number in value.items())
        else:
            yield (*key, value) if isinstance(key, tuple) else (key, value)


def read_table_file(path: str, scale: Scale | None) -> PairTable:
    """Return the table of a ``.csv``, ``.json``, ``.xlsx`` or ``.parquet`` file.

    ``scores.xlsx#Round 2`` names a sheet.

    Raises
    ------
    PolicyError
        With every fault of the file.
    MissingExtraError
        If the library that reads this kind of file is not installed.
    """
    file, sheet = split_sheet(path, None)
    data, name = file_bytes(file, PEOPLE_BYTES, PolicyError), file.name
    try:
        if file.suffix.lower() == ".json":
            return _of_json(decode_text(data, name).text, name, scale)
        if file.suffix.lower() == ".xlsx":
            return _of_cells(_cells_of_workbook(data, name, sheet), name, scale)
        return _of_cells(_cells_of(file.suffix.lower(), data, name), name, scale)
    except CohortError as error:
        raise PolicyError(error.faults) from None


def _cells_of(suffix: str, data: bytes, name: str) -> Cells:
    if suffix in (".csv", ".txt", ".tsv"):
        lines = people_lines(decode_text(data, name).text, name).lines
        faults = [
            Fault(
                f"{len(cells)} cells, but the heading row has {len(lines[0][1])}",
                name,
                row,
                code="ragged-row",
            )
            for row, cells in lines
            if len(cells) != len(lines[0][1])
        ]
        if faults:
            raise PolicyError(faults)
        return _with_corner(lines, name)
    if suffix == ".parquet":
        from reverse_match.people.frames import parquet_table

        return parquet_table(data, name)
    message = "unknown kind of file; right would be .csv, .json, .xlsx or .parquet"
    raise PolicyError([Fault(message, name, code="unknown-kind-of-file")])


def _cells_of_workbook(data: bytes, name: str, sheet: str | None) -> Cells:
    from reverse_match.people.excel import Unreadable, workbook_rows  # few tables are workbooks

    try:
        lines = workbook_rows(data, name, sheet)
    except CohortError as error:
        if sheet is not None or error.faults[0].code != "unknown-sheet":
            raise
        message = "holds several sheets; right would be to name one behind the file, as in scores.xlsx#Sheet1"
        raise PolicyError([Fault(message, name, code="unknown-sheet")]) from None
    faults = [
        Fault(cell.why, name, row, code="unreadable-cell")
        for row, cells in lines
        for cell in cells
        if isinstance(cell, Unreadable)
    ]
    if faults:
        raise PolicyError(faults)
    width = max((len(cells) for _, cells in lines), default=0)
    return _with_corner([(row, cells + [None] * (width - len(cells))) for row, cells in lines], name)


def _with_corner(lines: list[Any], name: str) -> Cells:
    """Return lines as columns; the first heading of a matrix may be empty."""
    if lines and lines[0][1] and not str(lines[0][1][0] or "").strip():
        lines = [(lines[0][0], ["mentor", *lines[0][1][1:]]), *lines[1:]]
    return table_of(lines, name, "pair")


def _of_json(text: str, name: str, scale: Scale | None) -> PairTable:
    try:
        data = json_value(text)
    except JsonError as error:
        raise PolicyError([Fault(str(error), name, code=error.code)]) from None
    if isinstance(data, dict) and set(data) == {"pairs"}:
        data = data["pairs"]
    if not isinstance(data, list):
        message = "not a list; right would be pairs with their values, such as [['lea', 'ada', 0.8]]"
        raise PolicyError([Fault(message, name, code="wrong-type")])
    keys = ("mentor", "mentee", "value")
    listed = [
        [entry[key] for key in keys] if isinstance(entry, dict) and set(entry) == set(keys) else entry
        for entry in data
    ]
    return table_of_pairs(listed, name, scale)


def _of_frame(frame: Any, source: str, scale: Scale | None) -> PairTable:
    """Return the table of a frame: long, or a matrix with ids as index or as first column."""
    from reverse_match.people.frames import table_of_frame

    headings = list(getattr(frame, "column_names", None) or frame.columns)
    levels = [level for level in getattr(getattr(frame, "index", None), "names", None) or () if level]
    keys = {heading_key(str(heading)) for heading in (*headings, *levels)}
    if keys & _MENTEE:
        try:
            cells, _ = table_of_frame(frame, source)
        except CohortError as error:
            raise PolicyError(error.faults) from None
        return _of_cells(cells, source, scale)
    ids, columns, numbers = _matrix_of_frame(frame, headings, source)
    return _of_matrix(ids, columns, _plain_array(numbers, source, math.nan), source, scale)


def _matrix_of_frame(frame: Any, headings: list[Any], source: str) -> tuple[list[Any], list[Any], Any]:
    """Return ids of rows, headings of columns, and the numbers of a frame that is a matrix."""
    corner = bool(headings) and heading_key(str(headings[0])) in _CORNER
    if hasattr(frame, "to_numpy") and hasattr(frame, "index") and not corner:  # pandas, with ids as its index
        if type(frame.index).__name__ == "RangeIndex":
            raise _wrong_form("a frame without ids of mentors", source)
        return list(frame.index), headings, frame.to_numpy()
    if not corner:
        raise _wrong_form("a frame without ids of mentors", source)
    import narwhals.stable.v2 as nw  # takes long to load, and only frames need it

    known = nw.from_native(frame, eager_only=True, allow_series=False)
    names = list(known.columns)
    return known[names[0]].to_list(), names[1:], known.select(names[1:]).to_numpy()


def _of_array(given: Any, source: str, scale: Scale | None, cohort: Cohort | None) -> PairTable:
    if not isinstance(given, np.ndarray) and not hasattr(given, "__array__"):
        raise _wrong_form("not a table", source)
    mentors, mentees = _people_of(cohort, source)
    array: Any = given if isinstance(given, np.ndarray) else np.asarray(given)
    if array.shape != (len(mentors), len(mentees)):
        raise _wrong_shape(array.shape, (len(mentors), len(mentees)), source)
    return _of_matrix(mentors, mentees, _plain_array(array, source), source, scale)


def _of_sparse_matrix(matrix: Any, source: str, scale: Scale | None, cohort: Cohort | None) -> PairTable:
    """Return the table of a sparse matrix of scipy, in which a pair that is not stored is not known."""
    mentors, mentees = _people_of(cohort, source)
    if matrix.shape != (len(mentors), len(mentees)):
        raise _wrong_shape(matrix.shape, (len(mentors), len(mentees)), source)
    ids = [mentors[row] for row in matrix.row.tolist()], [mentees[column] for column in matrix.col.tolist()]
    numbers = _plain_array(matrix.data, source)
    return PairTable.of_pairs(
        ids, numbers.astype(float), scale, lambda position, _: Fault("", source, position + 1)
    )


def _people_of(cohort: Cohort | None, source: str) -> tuple[list[str], list[str]]:
    if cohort is None:
        message = "an array has no ids; right would be to give the people too, or a frame with ids"
        raise PolicyError([Fault(message, source, code="no-ids")])
    return [person.id for person in cohort.mentors], [person.id for person in cohort.mentees]


def _of_matrix(
    mentors: Sequence[Any], mentees: Sequence[Any], array: FloatArray, source: str, scale: Scale | None
) -> PairTable:
    if array.size > MOST_CELLS:
        message = f"more than {MOST_CELLS:,} pairs; leave out the pairs that are not known"
        raise PolicyError([Fault(message, source, code="too-large")])
    ids = _ids(mentors), _ids(mentees)
    if "" in ids[0] or "" in ids[1]:
        message = "nobody is named; right would be an id"
        row = ids[0].index("") + 1 if "" in ids[0] else None
        raise PolicyError([Fault(message, source, row, code="missing")])

    def place_of(row: int, column: int) -> Fault:
        return Fault("", source, row + 1, ids[1][column])

    return PairTable.of_matrix(ids, array, scale, place_of)


def _plain_array(given: Any, source: str, none: float | None = None) -> FloatArray:
    """Return an array of numbers as it is, with NaN where it is masked, and ``none`` for None in it."""
    array = np.ma.filled(given.astype(float), np.nan) if np.ma.isMaskedArray(given) else np.asarray(given)
    if array.dtype == object:
        width = max(1, array.size // max(1, len(array)))
        rows = [place // width + 1 for place in range(array.size)]
        return _numbers(array.ravel().tolist(), source, rows, None, none=none).reshape(array.shape)
    if array.dtype.kind not in "biuf":
        message = f"an array of {array.dtype}; right would be numbers, NaN where not known"
        raise PolicyError([Fault(message, source, code="wrong-type")])
    return array


def _of_cells(cells: Cells, source: str, scale: Scale | None) -> PairTable:
    """Return the table of a file or a frame in cells, in long form or as a matrix."""
    mentor, mentee, value = (_heading(cells, known, source) for known in (_MENTOR, _MENTEE, _VALUE))
    if mentee is not None and mentor is not None:
        rest = [heading for heading in cells.columns if heading not in (mentor, mentee)]
        value = value or (rest[0] if len(rest) == 1 else None)
        if value is None:
            message = "no column of values; right would be one that is headed value"
            raise PolicyError([Fault(message, source, code="missing-column")])
        return _of_long_form(cells, (mentor, mentee, value), source, scale)
    first = next(iter(cells.columns), "")
    if heading_key(first) not in _CORNER or mentee is not None:
        raise _wrong_form("no columns mentor and mentee, and no column of mentors", source)
    others = [heading for heading in cells.columns if heading != first]
    if len(cells.rows) * len(others) > MOST_CELLS:
        message = f"more than {MOST_CELLS:,} pairs; leave out the pairs that are not known"
        raise PolicyError([Fault(message, source, code="too-large")])
    numbers = np.empty((len(cells.rows), len(others)))
    for place, heading in enumerate(others):
        numbers[:, place] = _numbers(cells.columns[heading], source, cells.rows, heading, none=math.nan)

    def place_of(row: int, column: int) -> Fault:
        return Fault("", source, cells.rows[row], others[column])

    return PairTable.of_matrix((_ids(cells.columns[first]), others), numbers, scale, place_of)


def _of_long_form(
    cells: Cells, headings: tuple[str, str, str], source: str, scale: Scale | None
) -> PairTable:
    mentor, mentee, value = headings
    if len(cells.rows) > MOST_LISTED:
        message = f"more than {MOST_LISTED:,} listed pairs; leave out the pairs that are not known"
        raise PolicyError([Fault(message, source, code="too-large")])
    ids = []
    faults = []
    for heading in (mentor, mentee):
        listed = _ids(cells.columns[heading])
        message = "nobody is named; right would be an id"
        empty = [row for row, name in zip(cells.rows, listed, strict=True) if not name]
        faults += [Fault(message, source, row, heading, "missing") for row in empty[:100]]
        ids.append(listed)
    if faults:
        raise PolicyError(faults)
    numbers = _numbers(cells.columns[value], source, cells.rows, value, none=math.nan)
    return PairTable.of_pairs(
        (ids[0], ids[1]), numbers, scale, lambda position, _: Fault("", source, cells.rows[position], value)
    )


def _heading(cells: Cells, known: set[str], source: str) -> str | None:
    """Return the heading of a column that a table needs, if it has one."""
    found = [heading for heading in cells.columns if heading_key(heading) in known]
    if len(found) > 1:
        one, other = (shorten(heading, LONGEST_SHOWN) for heading in found[:2])
        message = f"'{one}' and '{other}' mean the same; right would be one of these columns"
        raise PolicyError([Fault(message, source, code="heading-twice")])
    return found[0] if found else None


def _ids(cells: Sequence[Any]) -> list[str]:
    return [_id_in(_plain(cell)) for cell in cells]


def _id_in(cell: Any) -> str:
    """Return a cell as an id; nothing where it holds neither a text nor a number."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, int):
        return str(cell) if abs(cell) < 10**30 else ""
    return (text_of(cell) or "") if isinstance(cell, float) and math.isfinite(cell) else ""


def _wrong_form(what: str, source: str) -> PolicyError:
    return PolicyError([Fault(f"{what}; {_RIGHT_FORM}", source, code="wrong-type")])


def _wrong_shape(shape: Sequence[int], right: tuple[int, int], source: str) -> PolicyError:
    message = (
        f"an array of shape {_shape(shape)}; right would be {_shape(right)}: the mentors and the mentees of "
        "the cohort, in its order"
    )
    return PolicyError([Fault(message, source, code="wrong-shape")])


def _shape(shape: Sequence[int]) -> str:
    return " x ".join(map(str, shape)) or "()"


def _plain(cell: Any) -> Any:
    return cell.item() if isinstance(cell, np.generic) else cell


def _numbers(
    cells: Sequence[Any], source: str, rows: Sequence[int], heading: str | None, *, none: float | None
) -> FloatArray:
    """Return cells as numbers, and refuse those that are none; ``none`` is what None means here."""
    if cells and (plain := _plain_numbers(cells)) is not None:
        return plain
    found = np.empty(len(cells))
    faults = []
    for place, cell in enumerate(cells):
        try:
            if cell is None:
                found[place] = _meaning_of_none(none)
            else:
                found[place] = cell if type(cell) is float else _read_number(cell)
        except _WrongCellError as error:
            faults.append(Fault(str(error), source, rows[place], heading, "not-a-number"))
            if len(faults) == 100:
                break
    if faults:
        raise PolicyError(faults)
    return found


def _plain_numbers(cells: Sequence[Any]) -> FloatArray | None:
    """Return texts of finite numbers, all at once; ``None`` if one of the cells is anything else."""
    if set(map(type, cells)) != {str} or not _PLAIN.fullmatch("".join(cells)):
        return None
    try:
        numbers = np.array(cells).astype(float)
    except ValueError:
        return None
    return numbers if bool(np.isfinite(numbers).all()) else None


def _meaning_of_none(none: float | None) -> float:
    if none is None:
        message = "None in an array of objects; right would be NaN (not known) or minus infinity (forbidden)"
        raise _WrongCellError(message)
    return none


def _read_number(cell: Any) -> float:
    """Return a cell as a number: NaN if nothing is known, minus infinity if the pair is forbidden."""
    if isinstance(cell, str):
        return _number_in(cell.strip())
    if type(cell).__name__ in ("NAType", "NaTType"):  # missing values of pandas, which need not be loaded
        return math.nan
    if isinstance(cell, bool | np.bool_) or not hasattr(cell, "__float__"):
        raise _WrongCellError(_NO_NUMBER)
    try:
        return float(cell)
    except (TypeError, ValueError, OverflowError):
        raise _WrongCellError(_NO_NUMBER) from None


_NO_NUMBER = "not a number; right would be one such as 0.8, nothing where it is not known, or forbidden"


def _number_in(text: str) -> float:
    if text.casefold() in _NAN:
        return math.nan
    if text in FORBIDDEN_WORDS or text.casefold() in ("forbidden", "interdit", "-inf", "-infinity"):
        return -math.inf
    if _THOUSANDS.fullmatch(text):
        message = "separator for thousands or for decimals? write the number without separators for thousands"
        raise _WrongCellError(message)
    if len(text) <= _LONGEST_NUMBER and NUMBER.fullmatch(text):
        return float(text.replace(",", "."))
    if text.casefold() in ("null", "none", "na", "n/a"):
        message = "could mean not known or forbidden; right would be an empty cell, or the word forbidden"
        raise _WrongCellError(message)
    raise _WrongCellError(_NO_NUMBER)
