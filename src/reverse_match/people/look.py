"""Looks at files of people before anything is matched: what was understood, left out, is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.errors import CohortError, Fault, InputError
from reverse_match.foundation.records import PlainData, notebook_view
from reverse_match.people.read import MAXIMUM_BYTES, Files, choices_of, files_of
from reverse_match.people.reading.stored import Reading
from reverse_match.people.together import survey

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence
    from datetime import date
    from typing import Literal

    from reverse_match.people.reading.choices import Dates


class Remark(PlainData):
    """A note or a fault as data: where it is, and what it says."""

    code: str
    """What kind it is, in kebab case."""
    message: str
    file: str | None = None
    row: int | None = None
    column: str | None = None
    """The heading that the file has."""

    @classmethod
    def of(cls, fault: Fault) -> Remark:
        """Return a fault as data."""
        column = None if fault.column is None else fault.column.removeprefix("'").removesuffix("'")
        return cls(code=fault.code, message=fault.message, file=fault.source, row=fault.row, column=column)

    def __str__(self) -> str:
        """Return the remark as one line."""
        column = f"'{self.column}'" if self.column is not None and self.row is None else self.column
        return str(Fault(self.message, self.file, self.row, column, self.code))


class Look(PlainData):
    """What was understood of files of people; no value of a person is in it."""

    refusal: ClassVar[type[InputError]] = CohortError

    reading: Reading
    """What was decided, as ``read_cohort(reading=...)`` takes it."""
    people: int = 0
    """Who was found."""
    mentors: int = 0
    """Who can teach, those among them who do both."""
    mentees: int = 0
    """Who can learn, those among them who do both."""
    notes: tuple[Remark, ...] = ()
    """What was taken without being asked, or left out."""
    faults: tuple[Remark, ...] = ()
    """What somebody has to say or to correct before the people can be matched."""
    mistakes: tuple[Remark, ...] = ()
    """What is probably wrong, though it can be read."""

    def to_json(self) -> str:
        """Return the look as JSON."""
        return self.model_dump_json(indent=2)

    def _repr_html_(self) -> str:
        """Return the view in a notebook."""
        return notebook_view(self)


@check_arguments
def look(
    path: str | os.PathLike[str] | None = None,
    *,
    mentors: Files = None,
    mentees: Files = None,
    reading: Reading | None = None,
    mapping: Mapping[str, str] | None = None,
    separator: Mapping[str, str] | None = None,
    sheet: str | None = None,
    heading_row: int | None = None,
    latest_by: str | None = None,
    dates: Dates | Mapping[str, Dates] | None = None,
    id: str | None = None,  # noqa: A002 - as read_cohort has it
    non_answer: Sequence[str] = (),
    answer: Sequence[str] = (),
    scales: Mapping[str, Sequence[str]] | None = None,
    format: Literal["scim"] | None = None,  # noqa: A002 - as read_cohort has it
    encoding: str | None = None,
    as_of: date | str | None = None,
    maximum_bytes: int = MAXIMUM_BYTES,
) -> Look:
    """Say what :func:`read_cohort` understands of files, also where it would refuse them.

    Parameters
    ----------
    path, mentors, mentees, reading, mapping, separator, sheet, heading_row, latest_by, dates, id
        As for :func:`read_cohort`.
    non_answer, answer, scales, format, encoding, as_of, maximum_bytes
        As for :func:`read_cohort`.

    Returns
    -------
    Look
        With the columns of each file and what they were taken for, notes, and faults.

    Raises
    ------
    CohortError
        If no files are named.

    Examples
    --------
    >>> import reverse_match as rm
    >>> seen = rm.look(rm.demo_path())
    >>> seen.people, seen.reading.files[0].columns[0].field
    (60, 'id')
    """
    files = files_of(path, mentors, mentees)
    said = {
        "mapping": mapping,
        "separator": separator,
        "sheet": sheet,
        "heading_row": heading_row,
        "latest_by": latest_by,
        "dates": dates,
        "id": id,
        "non_answer": tuple(non_answer),
        "answer": tuple(answer),
        "encoding": encoding,
        "scales": scales,
    }
    seen = survey(files, choices_of(reading, format, said), as_of, maximum_bytes, counts=True)
    cohort = seen.cohort
    return Look(
        reading=seen.reading,
        people=seen.people if cohort is None else len(cohort.participants),
        mentors=seen.mentors if cohort is None else len(cohort.mentors),
        mentees=seen.mentees if cohort is None else len(cohort.mentees),
        notes=tuple(Remark.of(note) for note in (seen.notes if cohort is None else cohort.notes)),
        faults=tuple(map(Remark.of, seen.faults)),
        mistakes=tuple(map(Remark.of, seen.mistakes)),
    )
