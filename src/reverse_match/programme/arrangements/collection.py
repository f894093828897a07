"""The arrangements of all duos, from records or from a file: one row for each duo.

A file is read by the rules of people files: headings in English or French, a mapping of the caller that is
stronger, CSV, JSON, workbooks and parquet. A further column is a fault, since nothing would use it. No
message repeats what a duo has arranged.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.arguments import check_arguments, check_fields
from reverse_match.foundation.errors import Fault, ProgrammeError
from reverse_match.foundation.names import pair_key
from reverse_match.people.cohort import Source
from reverse_match.people.headings import Headings
from reverse_match.people.read import MAXIMUM_BYTES
from reverse_match.people.small_tables import TableKind, table_of_records
from reverse_match.people.typed_cells import written_out
from reverse_match.programme.arrangements.record import Arrangement
from reverse_match.programme.feedback.columns import SHOWN_BESIDE

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping, Sequence

    from reverse_match.foundation.names import PairLike
    from reverse_match.people.cohort import Source
    from reverse_match.people.small_tables import SmallTable

FIELDS = tuple(Arrangement.model_fields)

_USUAL: dict[str, tuple[str, ...]] = {
    "mentor": ("mentor id", "id mentor", "matricule mentor", "matricule du mentor", "identifiant mentor"),
    "mentee": (
        "mentee id", "id mentee", "mentoré", "mentorée", "mentoré(e)", "id mentoré", "matricule mentoré",
        "matricule du mentoré", "identifiant mentoré", "identifiant mentorée", "identifiant mentoré(e)",
    ),
    "minutes": (
        "length", "length in minutes", "duration", "duration in minutes", "durée", "durée en minutes",
        "durée (minutes)",
    ),
    "channel": ("canal", "medium", "by", "moyen", "mode"),
    "place": ("location", "room", "where", "lieu", "salle", "endroit"),
    "link": ("url", "video link", "meeting link", "lien", "lien visio", "lien de visioconférence"),
    "day": ("weekday", "day of the week", "jour", "jour de la semaine"),
    "time": ("time of day", "begins at", "hour", "heure", "heure de début"),
}  # fmt: skip

_COLUMNS = Headings.of(FIELDS, _USUAL)
_NAMES = ("mentor", "mentee", "place")
"""Fields that are text, whatever they look like."""

_KIND = TableKind(_COLUMNS, ("mentor", "mentee"), ProgrammeError, beside=SHOWN_BESIDE)


@dataclass(frozen=True)
class Arrangements:
    """What duos have arranged, as :func:`read_arrangements` or ``from_records`` returns it.

    Attributes
    ----------
    records : tuple of Arrangement
        One for each duo, in the order of the file.
    source : Source
        Origin of the records.
    """

    records: tuple[Arrangement, ...]
    source: Source = field(repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse fields of wrong types."""
        check_fields(self)

    @classmethod
    @check_arguments
    def from_records(
        cls,
        records: Iterable[Mapping[str, Any] | Arrangement],
        *,
        mapping: Mapping[str, str] | None = None,
    ) -> Arrangements:
        """Make arrangements of records: one mapping for each duo, with the keys of a file of arrangements.

        Parameters
        ----------
        records : iterable of mappings
            Records, such as the rows of a query. Usual headings are recognised as keys, as in a file.
        mapping : mapping of str to str, optional
            Further headings: ``{"Badge of the mentor": "mentor"}``.

        Raises
        ------
        ProgrammeError
            With every fault in the records.

        Examples
        --------
        >>> made = Arrangements.from_records([{"mentor": "lea", "mentee": "ada", "minutes": 30}])
        >>> made.records[0].minutes
        30
        """
        listed = [one.model_dump() if isinstance(one, Arrangement) else one for one in records]
        return _arrangements_of(table_of_records(listed, ProgrammeError), mapping or {})

    @check_arguments
    def refuse_strangers(self, duos: Iterable[PairLike]) -> None:
        """Refuse arrangements of two people who are none of some duos.

        Raises
        ------
        ProgrammeError
            With a fault for each arrangement of two other people, with its row.

        Examples
        --------
        >>> made = Arrangements.from_records([{"mentor": "lea", "mentee": "ada", "minutes": 30}])
        >>> made.refuse_strangers([("lea", "ada"), ("tom", "eva")])
        """
        known = {pair_key(duo) for duo in duos}
        faults = []
        for one, row in zip(self.records, self.source.rows, strict=True):
            if one.duo in known:
                continue
            turned = one.duo[::-1] in known
            message = "these two are no duo of the matching; right would be one that is"
            if turned:
                message = (
                    "these two are a duo the other way round; right would be mentor and mentee exchanged"
                )
            faults.append(Fault(message, self.source.name, row, code="unknown-id"))
        if faults:
            raise ProgrammeError(faults)

    @cached_property
    def by_duo(self) -> Mapping[tuple[str, str], Arrangement]:
        """The arrangement of each duo that has one, by keys of its people."""
        return {one.duo: one for one in self.records}


@check_arguments
def read_arrangements(
    path: str | os.PathLike[str],
    *,
    mapping: Mapping[str, str] | None = None,
    maximum_bytes: int = MAXIMUM_BYTES,
) -> Arrangements:
    r"""Read a file of arrangements: what duos have arranged for their meetings, one duo in each row.

    The columns are ``mentor``, ``mentee``, ``minutes``, ``channel``, ``place``, ``link``, ``day`` and
    ``time``. Only the first two are needed, and an empty cell leaves it to the programme.

    Parameters
    ----------
    path : path
        A ``.csv``, ``.json``, ``.xlsx`` or ``.parquet`` file.
    mapping : mapping of str to str, optional
        Headings that are not recognised without help: ``{"Badge of the mentor": "mentor"}``.
    maximum_bytes : int
        Largest number of bytes; a larger file is refused.

    Returns
    -------
    Arrangements

    Raises
    ------
    ProgrammeError
        With every fault: file, row, column, and a right value.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "arrangements.csv"
    ...     _ = file.write_text("mentor,mentoré,durée,jour,heure\nlea,ada,30,mardi,14h\n", "utf-8")
    ...     read_arrangements(file).records[0].day
    'Tue'
    """
    table = _KIND.read(Path(path), maximum_bytes, mapping or {})
    if not table.records:
        message = "empty; right would be at least one duo, in a CSV file below a heading row"
        raise ProgrammeError([Fault(message, table.source.name, code="empty")])
    return _arrangements_of(table, mapping or {})


def _arrangements_of(table: SmallTable, mapping: Mapping[str, str]) -> Arrangements:
    source = table.source
    columns = _KIND.columns_of(table.headings, mapping, source.name) if table.records else {}
    own = {name: heading for heading, name in columns.items()}
    found: list[Arrangement] = []
    faults: list[Fault] = []
    for record, row in zip(table.records, source.rows, strict=True):
        said = {columns[key]: value for key, value in record.items() if key in columns}
        said |= {name: written_out(said[name]) for name in _NAMES if name in said}
        try:
            found.append(Arrangement.model_validate({"mentor": None, "mentee": None, **said}))
        except ProgrammeError as error:
            placed = error.of(source.name, row).faults
            faults += [replace(one, column=own.get(one.column or "", one.column)) for one in placed]
    if not faults:
        faults += _second_of_a_duo(found, source)
    if faults:
        raise ProgrammeError(faults)
    return Arrangements(tuple(found), source)


def _second_of_a_duo(records: Sequence[Arrangement], source: Source) -> list[Fault]:
    first: dict[tuple[str, str], int] = {}
    faults = []
    for one, row in zip(records, source.rows, strict=True):
        earlier = first.setdefault(one.duo, row)
        if earlier != row:
            message = f"the duo of row {earlier} again; keep one of the two"
            faults.append(Fault(message, source.name, row, code="pair-twice"))
    return faults
