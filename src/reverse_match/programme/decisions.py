"""What somebody has decided on the duos of a round: the table of a review with its column filled in.

A table names two people in each row, and one decision. An empty cell leaves the duo undecided. All faults are
reported at once, each with its row and the heading of the file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.arguments import check_arguments, check_fields
from reverse_match.foundation.errors import DecisionError, Fault
from reverse_match.foundation.names import name_key, near_name, pair_key
from reverse_match.matching.results.proposal import DECISIONS, Decision, DuoDecision
from reverse_match.people import cells
from reverse_match.people.cohort import Source
from reverse_match.people.headings import Headings, heading_key
from reverse_match.people.read import MAXIMUM_BYTES
from reverse_match.people.small_tables import TableKind, table_of_records
from reverse_match.people.typed_cells import written_out

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping, Sequence

    from reverse_match.foundation.names import PairLike
    from reverse_match.people.small_tables import SmallTable

REQUIRED = ("mentor", "mentee", "decision")
_USUAL = {
    "mentor": ("mentor id", "id mentor", "matricule mentor", "identifiant mentor"),
    "mentee": (
        "mentee id", "id mentee", "mentoré", "mentorée", "mentoré(e)", "id mentoré", "matricule mentoré(e)",
        "matricule mentoré", "identifiant mentoré(e)", "identifiant mentoré",
    ),
    "decision": ("decided", "décision", "décidé"),
}  # fmt: skip
_HEADINGS = Headings.of(REQUIRED, _USUAL)

BESIDE = (
    "mentor name", "mentee name", "proposal", "format", "reasons", "next round", "comment", "round",
    "nom du mentor", "nom du mentoré", "nom mentor", "nom mentoré(e)", "proposition", "raisons",
    "cycle suivant", "commentaire", "cycle",
)  # fmt: skip
"""Headings of columns that a review shows beside, or that are notes of who decides: no decisions."""

_KIND = TableKind(_HEADINGS, REQUIRED, DecisionError, beside=frozenset(map(heading_key, BESIDE)))

_WORDS: Mapping[str, Decision] = {
    **dict.fromkeys(
        ("keep", "keep the duo", "continue", "garder", "garder le duo", "continuer", "reconduire"), "keep"
    ),
    "keep with another format": "keep",
    **dict.fromkeys(
        (
            "change", "rotate", "new partner", "new partners",
            "give each of the two a new partner in the next round", "changer", "nouveau binome",
            "nouveaux binomes", "proposer un nouveau binome a chacun(e) au prochain cycle",
        ),
        "change",
    ),
    **dict.fromkeys(
        ("end", "end the duo", "stop", "terminer", "mettre fin", "mettre fin au duo", "arreter"), "end"
    ),
    **dict.fromkeys(
        ("talk first", "talk", "en parler", "en parler d'abord", "a discuter"), "talk first"
    ),
}  # fmt: skip
"""What may stand in the column of decisions, by names; also what a review proposes, word for word."""


@dataclass(frozen=True)
class Decisions:
    """The decisions on duos, as :func:`read_decisions` or ``from_records`` returns them.

    Attributes
    ----------
    records : tuple of DuoDecision
        Sorted by mentor and mentee; duos that are left undecided are not among them.
    source : Source
        Origin of the records; its rows are in the order of ``records``.
    headings : mapping of str to str
        The headings of the file for ``mentor``, ``mentee`` and ``decision``.
    """

    records: tuple[DuoDecision, ...]
    source: Source = field(repr=False, compare=False)
    headings: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse fields of wrong types."""
        check_fields(self)

    @classmethod
    @check_arguments
    def from_records(cls, records: Iterable[Mapping[str, Any] | DuoDecision]) -> Decisions:
        """Make decisions of records: one mapping for each duo, with the keys of a file of decisions.

        Raises
        ------
        DecisionError
            With every fault in the records.

        Examples
        --------
        >>> decisions = Decisions.from_records([{"mentor": "lea", "mentee": "ada", "decision": "keep"}])
        >>> decisions.records[0].decision
        'keep'
        """
        listed = [one.model_dump() if isinstance(one, DuoDecision) else one for one in records]
        return decisions_of(table_of_records(listed, DecisionError), {})

    @cached_property
    def by_duo(self) -> Mapping[tuple[str, str], DuoDecision]:
        """The decisions by keys of the ids of mentor and mentee."""
        return {pair_key(one): one for one in self.records}

    def fault_on(self, duo: PairLike, message: str) -> Fault:
        """Return a fault of the decision on a duo, with its place."""
        row = self.source.rows[list(self.by_duo).index(pair_key(duo))]
        heading = self.headings.get("decision", "decision")
        return Fault(message, self.source.name, row, heading, "decision-impossible")

    @check_arguments
    def refuse_strangers(self, duos: Iterable[PairLike]) -> None:
        """Refuse decisions on two people who are none of some duos.

        Raises
        ------
        DecisionError
            With a fault for each decision on two other people, with its row.
        """
        known = {pair_key(duo) for duo in duos}
        faults = [
            Fault(message, self.source.name, row, column and self.headings.get(column, column), "unknown-id")
            for one, row in zip(self.records, self.source.rows, strict=True)
            if pair_key(one) not in known
            for column, message in [_why_none(pair_key(one), known)]
        ]
        if faults:
            raise DecisionError(sorted(faults, key=lambda fault: fault.row or 0))


def _why_none(duo: tuple[str, str], known: set[tuple[str, str]]) -> tuple[str | None, str]:
    """Return the wrong column, if it is a single one, and the fault, for two people who are no duo."""
    if duo[::-1] in known:
        return None, "these two are a duo the other way round; right would be mentor and mentee exchanged"
    for side, word in enumerate(("mentor", "mentee")):
        ids = {pair[side] for pair in known}
        if duo[side] not in ids:
            near = near_name(duo[side], ids)
            hint = "" if near is None else f"; did you mean '{near}'?"
            return word, f"no {word} of the matching has the id that stands here{hint}"
    return None, "these two are no duo of the matching; right would be one that is"


@check_arguments
def read_decisions(
    path: str | os.PathLike[str],
    *,
    mapping: Mapping[str, str] | None = None,
    maximum_bytes: int = MAXIMUM_BYTES,
) -> Decisions:
    r"""Read a file of decisions: the table of a review in which the column of decisions is filled in.

    Parameters
    ----------
    path : path
        A ``.csv``, ``.json``, ``.xlsx`` or ``.parquet`` file. A decision is ``keep``, ``change``, ``end`` or
        ``talk first``, or a French word for it; an empty cell decides nothing.
    mapping : mapping of str to str, optional
        Headings that are not recognised without help: ``{"Verdict": "decision"}``.
    maximum_bytes : int
        Largest number of bytes; a larger file is refused.

    Returns
    -------
    Decisions

    Raises
    ------
    DecisionError
        With every fault: file, row, column, and a right value.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "decisions.csv"
    ...     _ = file.write_text("mentor;mentee;décision\nlea;ada;garder\ntom;eva;\n")
    ...     [one.decision for one in read_decisions(file).records]
    ['keep']
    """
    table = _KIND.read(Path(path), maximum_bytes, mapping or {})
    read = decisions_of(table, mapping or {})
    if not read.records:
        message = "nothing is decided yet; right would be a decision in at least one row"
        raise DecisionError([Fault(message, read.source.name, code="empty")])
    return read


def decisions_of(table: SmallTable, mapping: Mapping[str, str]) -> Decisions:
    """Validate the rows of a table together."""
    source = table.source
    columns = _KIND.columns_of(table.headings, mapping, source.name) if table.headings else {}
    headings = {name: heading for heading, name in columns.items()}
    read = [
        _read_row(record, headings, source.name, row)
        for record, row in zip(table.records, source.rows, strict=True)
    ]
    faults = [fault for _, wrong in read for fault in wrong]
    decided = [(one, row) for (one, _), row in zip(read, source.rows, strict=True) if one is not None]
    faults += _decided_twice(decided, headings, source.name)
    if faults:
        raise DecisionError(sorted(faults, key=lambda fault: fault.row or 0))
    decided.sort(key=lambda item: (item[0].mentor, item[0].mentee))
    rows = tuple(row for _, row in decided)
    return Decisions(tuple(one for one, _ in decided), Source(source.name, rows, source.sha256), headings)


def _read_row(
    record: Mapping[str, Any], headings: Mapping[str, str], source: str, row: int
) -> tuple[DuoDecision | None, list[Fault]]:
    """Return the decision in a row, unless there is none, and the faults."""
    values: dict[str, str | None] = {}
    faults = []
    for name in REQUIRED:
        try:
            values[name] = cells.text(written_out(record.get(headings[name])))
        except cells.CellError as error:
            faults.append(Fault(str(error), source, row, headings[name], error.code))
            values[name] = None
    word = values["decision"]
    if faults or word is None:
        return None, faults
    faults = [
        Fault("missing; every decision needs one", source, row, headings[name], "missing")
        for name in ("mentor", "mentee")
        if values[name] is None
    ]
    decision = _WORDS.get(name_key(word).split(",")[0].strip())
    if decision is None:
        *others, last = DECISIONS
        message = f"unknown decision; right would be {', '.join(others)} or {last}, or an empty cell"
        faults.append(Fault(message, source, row, headings["decision"], "unknown-value"))
    if faults or decision is None:
        return None, faults
    return DuoDecision(mentor=str(values["mentor"]), mentee=str(values["mentee"]), decision=decision), faults


def _decided_twice(
    decided: Sequence[tuple[DuoDecision, int]], headings: Mapping[str, str], source: str
) -> list[Fault]:
    """Find second decisions on the same two people, whether or not they are equal."""
    first: dict[tuple[str, str], int] = {}
    faults = []
    for one, row in decided:
        earlier = first.setdefault(pair_key(one), row)
        if earlier != row:
            message = f"this duo is decided on in row {earlier}, too; keep one of the two"
            faults.append(Fault(message, source, row, headings["decision"], "decided-twice"))
    return faults
