"""Workbooks to fill in: with people, or with what the duos of a month say."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.errors import Fault, InputError
from reverse_match.foundation.files import write_whole
from reverse_match.people import cells

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from reverse_match.matching.results.matching import Matching
    from reverse_match.people.cohort import Cohort
    from reverse_match.programme.feedback.questions import Question


@check_arguments
def write_template(
    path: str | os.PathLike[str],
    *,
    matching: Matching | None = None,
    cohort: Cohort | None = None,
    on: date | str | None = None,
    questions: Sequence[Question] = (),
    lang: str = "en",
) -> None:
    """Write a workbook to fill in: people, or, of a matching, the feedback of a month.

    Without a matching, the workbook has a sheet for mentors, one for mentees, and a guide with examples;
    :func:`read_cohort` reads it when it is filled in. With a matching, the form has a row for each person of
    each duo, and says who is asked about whom; :func:`read_feedback` reads it. Ids are text, so that they
    keep their zeros. The same input gives the same bytes.

    Parameters
    ----------
    path : path
        A new file: ``.xlsx``, or ``.csv`` for a form of feedback. A file that is there is never overwritten,
        since somebody may have filled it in.
    matching : Matching, optional
        The duos that are asked.
    cohort : Cohort, optional
        The people that were matched. The form then has their names and e-mail addresses beside their ids.
    on : date or str, optional
        The day of the answers, which the form has filled in; today if not given.
    questions : sequence of Question
        The programme's own questions, which the form asks beside its own (:attr:`.Programme.questions`).
    lang : str
        ``"en"`` or ``"fr"``, for headings, answers and help. CSV has a semicolon between columns in French.

    Raises
    ------
    InputError
        If the file is there already or cannot be written, if its name has another ending, or if the language
        is not known.
    MissingExtraError
        If openpyxl is not installed (extra ``excel``).

    Examples
    --------
    >>> import reverse_match as rm
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> people = [{"id": "007", "role": "mentor"}, {"id": "ada", "role": "mentee"}]
    >>> with TemporaryDirectory() as folder:
    ...     form = Path(folder) / "feedback.xlsx"
    ...     rm.write_template(form, matching=rm.match(rm.Cohort.from_records(people)), on="2026-11-30")
    ...     form.read_bytes()[:2]
    b'PK'
    """
    file = Path(path)
    _refuse_wrong_file(file, matching)
    if matching is None:
        from reverse_match.views.spreadsheet.people_template import people_template

        write_whole(file, people_template(file.name, lang))
        return
    from reverse_match.views.spreadsheet.feedback_form import FormTerms, feedback_csv, feedback_workbook

    terms = FormTerms(matching, cohort, _day(on), questions)
    if file.suffix.lower() == ".csv":
        write_whole(file, feedback_csv(terms, lang, file.name))
    else:
        write_whole(file, feedback_workbook(terms, lang))


def _refuse_wrong_file(file: Path, matching: Matching | None) -> None:
    ending, about_feedback = file.suffix.lower(), file.stem.casefold().startswith("feedback")
    message, code = None, "unknown-kind-of-file"
    if matching is None and about_feedback:
        message, code = (
            "a form for feedback asks the duos of a matching; say which: --matching matching.json",
            "no-matching",
        )
    elif matching is None and ending != ".xlsx":
        message = "unknown kind of file to write; right would be .xlsx"
    elif ending not in (".xlsx", ".csv"):
        message = "unknown kind of file to write; right would be .xlsx or .csv"
    elif file.exists():
        message, code = "is there already, and may be filled in; right would be another name", "file-exists"
    if message is not None:
        raise InputError([Fault(message, file.name, code=code)])


def _day(on: date | str | None) -> date:
    try:
        return cells.calendar_date(on) or date.today()
    except cells.CellError as error:
        raise InputError([Fault(str(error), column="on", code=error.code)]) from None
