"""Reads feedback files, CSV, JSON and workbooks, by the same rules as people files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.errors import Fault, FeedbackError
from reverse_match.people.read import MAXIMUM_BYTES
from reverse_match.programme.feedback.collection import Feedback, feedback_of
from reverse_match.programme.feedback.columns import ANSWERS

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence

    from reverse_match.programme.feedback.questions import Question


@check_arguments
def read_feedback(
    path: str | os.PathLike[str],
    *,
    mapping: Mapping[str, str] | None = None,
    questions: Sequence[Question] = (),
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
    questions : sequence of Question
        The programme's own questions: further columns, by their headings (:attr:`.Programme.questions`).
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
    table = ANSWERS.read(Path(path), maximum_bytes, mapping or {})
    if not table.records:  # a file of one answer without a heading row looks like this, too
        message = "empty; right would be at least one answer, in a CSV file below a heading row"
        raise FeedbackError([Fault(message, table.source.name, code="empty")])
    filled = feedback_of(table, mapping or {}, questions).filled_in()
    if not filled.records:
        message = "nobody has answered yet; right would be at least one answer beside who is asked"
        raise FeedbackError([Fault(message, table.source.name, code="empty")])
    return filled
