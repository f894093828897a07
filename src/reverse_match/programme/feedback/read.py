"""Reads feedback files, CSV, JSON and workbooks, by the same rules as people files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.errors import CohortError, Fault, FeedbackError
from reverse_match.people.headings import heading_key
from reverse_match.people.read import MAXIMUM_BYTES, read_records
from reverse_match.people.typed_cells import written_out
from reverse_match.programme.feedback.collection import Feedback, feedback_of
from reverse_match.programme.feedback.columns import FORM

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence

_TYPED = (".xlsx", ".parquet")
"""Endings of files that have numbers beside texts."""

_NAMES = ("mentor", "mentee", "acquired", "comment")
"""Fields that are text, whatever they look like."""


@check_arguments
def read_feedback(
    path: str | os.PathLike[str],
    *,
    mapping: Mapping[str, str] | None = None,
    maximum_bytes: int = MAXIMUM_BYTES,
) -> Feedback:
    r"""Read a feedback file: answers of mentors and mentees about their duos, one answer in each row.

    A row without an answer and without a comment is that of somebody who was asked and has not answered. It
    is checked like all others, and then left out.

    Parameters
    ----------
    path : path
        A ``.csv``, ``.json``, ``.xlsx`` or ``.parquet`` file. A form of :func:`write_template` reads back.
    mapping : mapping of str to str, optional
        Headings that are not recognised without help: ``{"Badge of the mentor": "mentor"}``.
    maximum_bytes : int
        Largest number of bytes; a larger file is refused.

    Returns
    -------
    Feedback

    Raises
    ------
    FeedbackError
        With every fault: file, row, column, and a right value.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "answers.csv"
    ...     _ = file.write_text("mentor,mentee,date,answered by,wish\nlea,ada,2026-12-01,mentee,continue\n")
    ...     read_feedback(file).records[0].wish
    'continue'
    """
    try:
        records, source = read_records(Path(path), maximum_bytes, "record")
    except CohortError as error:
        raise FeedbackError(map(_without_answers, error.faults)) from None
    if not records:  # a file of one answer without a heading row looks like this, too
        message = "empty; right would be at least one answer, in a CSV file below a heading row"
        raise FeedbackError([Fault(message, source.name, code="empty")])
    if Path(path).suffix.lower() in _TYPED:
        records = _with_names_as_text(records, mapping or {})
    filled = feedback_of(records, mapping or {}, source).filled_in()
    if not filled.records:
        message = "nobody has answered yet; right would be at least one answer beside who is asked"
        raise FeedbackError([Fault(message, source.name, code="empty")])
    return filled


def _with_names_as_text(
    records: Sequence[Mapping[str, Any]], mapping: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return records in which a number is a name where a name is asked for: somebody has typed it anew."""
    said = {heading_key(heading): field for heading, field in mapping.items()}
    fields = {**FORM.by_usual, **FORM.by_own_name, **said}
    return [
        {
            heading: written_out(value) if fields.get(heading_key(heading)) in _NAMES else value
            for heading, value in record.items()
        }
        for record in records
    ]


def _without_answers(fault: Fault) -> Fault:
    """Name a column only by a known heading: without a heading row, any other one may be an answer."""
    known = fault.column is not None and FORM.recognises(fault.column)
    return fault if known else replace(fault, column=None)
