"""Looks at files of people before anything is matched: what was understood, left out, is open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.errors import CohortError, Fault, InputError
from reverse_match.foundation.files import refuse_overwriting, write_whole
from reverse_match.foundation.records import PlainData, notebook_view, views_of
from reverse_match.people.read import MAXIMUM_BYTES, Files, choices_of, files_of
from reverse_match.people.reading.stored import Reading
from reverse_match.people.together import survey

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence
    from datetime import date
    from typing import Literal

    from reverse_match.people.reading.choices import Dates
    from reverse_match.people.reading.looked import LookedFile


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

    @property
    def as_fault(self) -> Fault:
        """The remark as errors hold it."""
        column = f"'{self.column}'" if self.column is not None and self.row is None else self.column
        return Fault(self.message, self.file, self.row, column, self.code)

    def __str__(self) -> str:
        """Return the remark as one line."""
        return str(self.as_fault)


class Look(PlainData):
    """What was understood of files of people; no value of a person is in it."""

    __slots__ = ("_looked",)
    """The files are a slot, and no field: equality, JSON and copies leave them out."""

    if TYPE_CHECKING:
        _looked: tuple[LookedFile, ...]

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

    @check_arguments
    def write_faults(self, path: str | os.PathLike[str], lang: str = "en") -> None:
        r"""Write the files that were looked at as a workbook, with what is wrong in them.

        Cells that are wrong are coloured, those that a note is about in another colour; the message is a
        comment on the cell. A last sheet lists everything, first what stands in no cell. A workbook is copied
        with all of its sheets; text becomes a sheet of text. Of several workbooks, the first is copied as a
        whole, and of the others the sheet that was read. Shapes and other things that openpyxl does not keep
        are lost in the copy, and formulas have no results until a spreadsheet computes them again.

        Parameters
        ----------
        path : path
            A file that ends in ``.xlsx``, and none of those that were looked at.
        lang : str
            ``"en"`` or ``"fr"``, for the messages.

        Raises
        ------
        InputError
            If the file is one that was looked at, has another ending or cannot be written, if a file has
            changed since, if the language is not known, or if this look was read from JSON.
        MissingExtraError
            If openpyxl is not installed (extra ``excel``).

        Examples
        --------
        >>> import reverse_match as rm
        >>> from pathlib import Path
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     people, marked = Path(folder) / "people.csv", Path(folder) / "marked.xlsx"
        ...     _ = people.write_text("id,role,age\nlea,mentor,230\n")
        ...     seen = rm.look(people)
        ...     seen.write_faults(marked)
        ...     len(seen.faults), marked.exists()
        (2, True)
        """
        file = Path(path)
        looked = getattr(self, "_looked", None)
        if looked is None:
            message = "this look has no files beside it; right would be what rm.look(...) has returned"
            raise InputError([Fault(message, code="unattached")])
        if file.suffix.lower() != ".xlsx":
            message = "unknown kind of file to write; right would be .xlsx"
            raise InputError([Fault(message, file.name, code="unknown-kind-of-file")])
        refuse_overwriting([file], [one.path for one in looked])
        write_whole(file, views_of(self).marked(self, looked, lang))

    def _repr_html_(self) -> str:
        """Return the view in a notebook."""
        return notebook_view(self)


@check_arguments
def look(
    path: Files = None,
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
    told = Look(
        reading=seen.reading,
        people=seen.people if cohort is None else len(cohort.participants),
        mentors=seen.mentors if cohort is None else len(cohort.mentors),
        mentees=seen.mentees if cohort is None else len(cohort.mentees),
        notes=tuple(Remark.of(note) for note in (seen.notes if cohort is None else cohort.notes)),
        faults=tuple(map(Remark.of, seen.faults)),
        mistakes=tuple(map(Remark.of, seen.mistakes)),
    )
    object.__setattr__(told, "_looked", seen.looked)
    return told
