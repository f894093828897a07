"""All answers of a programme, validated together.

Records are sorted by day, duo and the person who answers, so that nothing depends on the order of a file. All
faults are reported at once, each with its row, and never with the content of an answer.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.arguments import check_arguments, check_fields
from reverse_match.foundation.canonical_form import canonical_digest
from reverse_match.foundation.errors import CodedError, Fault, FeedbackError
from reverse_match.foundation.names import near_name, pair_key
from reverse_match.people import cells
from reverse_match.people.cohort import Source
from reverse_match.people.small_tables import table_of_records
from reverse_match.programme.feedback.columns import ANSWERS, FIELDS
from reverse_match.programme.feedback.questions import Question, refuse_repeated
from reverse_match.programme.feedback.record import REQUIRED, By, FeedbackRecord

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from reverse_match.foundation.names import PairLike
    from reverse_match.people.small_tables import SmallTable


MOST_HINTS = 50
"""Number of strangers up to which the nearest known id is looked for. With more of them, the file is that of
another programme, and each search compares all ids."""


@dataclass(frozen=True)
class Feedback:
    """The answers about duos, as :func:`read_feedback` or ``from_records`` returns them.

    Attributes
    ----------
    records : tuple of FeedbackRecord
        Sorted by day, mentor, mentee and the person who answers.
    source : Source
        Origin of the records; its rows are in the order of ``records``.
    questions : tuple of Question
        The programme's own questions, in the order in which they are shown.
    """

    records: tuple[FeedbackRecord, ...]
    source: Source = field(repr=False, compare=False)
    questions: tuple[Question, ...] = field(default=(), repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse fields of wrong types."""
        check_fields(self)

    @classmethod
    @check_arguments
    def from_records(
        cls,
        records: Iterable[Mapping[str, Any] | FeedbackRecord],
        *,
        mapping: Mapping[str, str] | None = None,
        questions: Sequence[Question] = (),
    ) -> Feedback:
        """Make feedback of records: one mapping for each answer, with the keys of a feedback file.

        Parameters
        ----------
        records : iterable of mappings
            Records, such as the rows of a query. Usual headings are recognised as keys, as in a file.
        mapping : mapping of str to str, optional
            Further headings: ``{"Badge of the mentor": "mentor"}``.
        questions : sequence of Question
            The programme's own questions, whose headings are keys of the records.

        Raises
        ------
        FeedbackError
            With every fault in the records.

        Examples
        --------
        >>> feedback = Feedback.from_records([
        ...     {"mentor": "lea", "mentee": "ada", "on": "2026-12-01", "by": "mentee", "wish": "continue"},
        ... ])
        >>> feedback.records[0].wish
        'continue'
        """
        listed = [_flat(one) if isinstance(one, FeedbackRecord) else one for one in records]
        return feedback_of(table_of_records(listed, FeedbackError), mapping or {}, questions)

    @check_arguments
    def between(self, first: date | str | None = None, last: date | str | None = None) -> Feedback:
        """Return the answers from one day to another, both included; ``None`` stands for no limit.

        Raises
        ------
        FeedbackError
            If one of them is not a valid day.

        Examples
        --------
        >>> answer = {"mentor": "lea", "mentee": "ada", "on": "2026-12-01", "by": "mentee"}
        >>> len(Feedback.from_records([answer]).between("2026-12-02").records)
        0
        """
        try:
            lowest, highest = cells.calendar_date(first), cells.calendar_date(last)
        except cells.CellError as error:
            raise FeedbackError([Fault(str(error))]) from None
        return self._select(
            (lowest is None or lowest <= record.on) and (highest is None or record.on <= highest)
            for record in self.records
        )

    def filled_in(self) -> Feedback:
        """Return the answers that say something, a comment included: a form has a row for whoever is asked.

        Examples
        --------
        >>> asked = {"mentor": "lea", "mentee": "ada", "on": "2026-12-01", "by": "mentee"}
        >>> len(Feedback.from_records([asked]).filled_in().records)
        0
        """
        said = self._select(record.says_something or record.comment is not None for record in self.records)
        return replace(said, source=replace(said.source, sha256=self.source.sha256))

    @check_arguments
    def about(self, duos: Iterable[PairLike]) -> Feedback:
        """Return the answers about some duos: duos of a matching, or pairs of ids, mentor first."""
        wanted = {pair_key(duo) for duo in duos}
        return self._select(record.duo in wanted for record in self.records)

    @check_arguments
    def refuse_strangers(self, duos: Iterable[PairLike]) -> None:
        """Refuse answers about two people who are none of some duos.

        Parameters
        ----------
        duos : iterable of duos, or of pairs of ids, mentor first
            Duos of the matching, and of past rounds.

        Raises
        ------
        FeedbackError
            With a fault for each answer about two other people, with its row.

        Examples
        --------
        >>> answer = {"mentor": "lea", "mentee": "ada", "on": "2026-12-01", "by": "mentee"}
        >>> Feedback.from_records([answer]).refuse_strangers([("lea", "ada"), ("tom", "eva")])
        """
        known = {pair_key(duo) for duo in duos}
        strangers = [
            (row, record.duo)
            for record, row in zip(self.records, self.source.rows, strict=True)
            if record.duo not in known
        ]
        if strangers:
            why = _Strangers(known, hints=len(strangers) <= MOST_HINTS).why
            found = ((row, *why(duo)) for row, duo in sorted(strangers))
            raise FeedbackError(
                Fault(message, self.source.name, row, column, "unknown-id") for row, column, message in found
            )

    @cached_property
    def positions(self) -> Mapping[tuple[str, str], tuple[int, ...]]:
        """Indices in ``records`` of the answers about each duo, earliest first, by keys of its people."""
        found: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for position, record in enumerate(self.records):
            found[record.duo].append(position)
        return {duo: tuple(places) for duo, places in found.items()}

    @cached_property
    def sha256(self) -> str:
        """Digest of the answers. Neither their order nor comments matter.

        No result depends on a comment, so a comment can be deleted later without changing the digest.
        """
        said = [record.model_dump(mode="json", exclude={"comment"}) for record in self.records]
        return canonical_digest(said)

    def _select(self, chosen: Iterable[bool]) -> Feedback:
        places = [place for place, choose in enumerate(chosen) if choose]
        source = Source(self.source.name, tuple(self.source.rows[place] for place in places))
        return replace(self, records=tuple(self.records[place] for place in places), source=source)


class DuoAnswers:
    """The answers of the two people of a duo, the earliest first; each record with its index among all.

    Parameters
    ----------
    feedback : Feedback
        The answers of all people.
    duo : pair of str
        Keys of the ids of mentor and mentee.
    """

    def __init__(self, feedback: Feedback, duo: tuple[str, str]) -> None:
        self.all = [(place, feedback.records[place]) for place in feedback.positions.get(duo, ())]

    def of(self, by: By) -> list[tuple[int, FeedbackRecord]]:
        """Return the answers of one of the two."""
        return [(place, record) for place, record in self.all if record.by == by]

    def latest(self, by: By, question: str) -> tuple[int, FeedbackRecord] | None:
        """Return one person's latest record that answers a question."""
        answers = (one for one in reversed(self.of(by)) if getattr(one[1], question) is not None)
        return next(answers, None)


class _Strangers:
    """Explains why two people are none of the known duos."""

    def __init__(self, known: set[tuple[str, str]], *, hints: bool) -> None:
        self._known = known
        self._ids = tuple({duo[side] for duo in known} for side in (0, 1))
        self._hints = hints

    def why(self, duo: tuple[str, str]) -> tuple[str | None, str]:
        """Return the wrong column, if it is a single one, and the fault; for the keys of two ids."""
        if duo[::-1] in self._known:
            return None, "these two are a duo the other way round; right would be mentor and mentee exchanged"
        for word, identity, ids in zip(("mentor", "mentee"), duo, self._ids, strict=True):
            if identity not in ids:
                near = near_name(identity, ids) if self._hints else None
                hint = "" if near is None else f"; did you mean '{near}'?"
                return word, f"no {word} of the matching or of a past round has the id that stands here{hint}"
        return None, "these two are no duo of the matching or of a past round; right would be one that is"


def _flat(record: FeedbackRecord) -> dict[str, Any]:
    """Return an answer as a row of a file: own questions stand beside those of the form."""
    said = record.model_dump(exclude={"own"})
    return {**said, **record.own}


def feedback_of(
    table: SmallTable, mapping: Mapping[str, str], questions: Sequence[Question] = ()
) -> Feedback:
    """Validate the rows of a table together; see :meth:`Feedback.from_records`."""
    source = table.source
    try:
        refuse_repeated(questions)
    except CodedError as error:
        raise FeedbackError([Fault(str(error), "questions", code=error.code)]) from None
    renamed = _rename_columns(table, mapping, [question.heading for question in questions])
    read = [_record(record, source, row, questions) for record, row in zip(renamed, source.rows, strict=True)]
    faults = [fault for one in read if isinstance(one, list) for fault in one]
    valid = {row: one for row, one in zip(source.rows, read, strict=True) if isinstance(one, FeedbackRecord)}
    faults += _repeated_answers(valid, source)
    if faults:
        raise FeedbackError(sorted(faults, key=lambda fault: fault.row or 0))
    ordered = sorted(valid.items(), key=lambda item: _key(item[1]))
    rows = tuple(row for row, _ in ordered)
    records_in_order = tuple(one for _, one in ordered)
    return Feedback(records_in_order, Source(source.name, rows, source.sha256), tuple(questions))


def _key(record: FeedbackRecord) -> tuple[date, str, str, str]:
    return record.on, *record.duo, record.by


def _rename_columns(
    table: SmallTable, mapping: Mapping[str, str], own: Sequence[str]
) -> list[dict[str, Any]]:
    if not table.records:
        return []
    columns = ANSWERS.columns_of(table.headings, mapping, table.source.name, own)
    return [
        {columns[key]: value for key, value in record.items() if key in columns} for record in table.records
    ]


def _record(
    record: Mapping[str, Any], source: Source, row: int, questions: Sequence[Question]
) -> FeedbackRecord | list[Fault]:
    own, faults = _own_answers(record, source, row, questions)
    form = {name: value for name, value in record.items() if name in FIELDS}
    try:
        read = FeedbackRecord.model_validate({**dict.fromkeys(REQUIRED), **form, "own": own})
    except FeedbackError as error:
        return [*error.of(source.name, row).faults, *faults]
    return faults or read


def _own_answers(
    record: Mapping[str, Any], source: Source, row: int, questions: Sequence[Question]
) -> tuple[dict[str, float | str], list[Fault]]:
    """Return the answers to own questions, and what is wrong with them."""
    own: dict[str, float | str] = {}
    faults = []
    for question in questions:
        try:
            if (answer := question.read(record.get(question.heading))) is not None:
                own[question.heading] = answer
        except cells.CellError as error:
            faults.append(Fault(str(error), source.name, row, question.heading, error.code))
    return own, faults


def _repeated_answers(records: Mapping[int, FeedbackRecord], source: Source) -> list[Fault]:
    """Find second answers of one person about one duo on one day, whether or not they are equal."""
    first: dict[tuple[date, str, str, str], int] = {}
    faults = []
    for row, record in records.items():
        earlier = first.setdefault(_key(record), row)
        if earlier != row:
            message = f"the same person answers about this duo and day in row {earlier}; keep one of the two"
            faults.append(Fault(message, source.name, row, "on", "answer-twice"))
    return faults
