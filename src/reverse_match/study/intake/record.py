"""What a replay found, as records."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.errors import Fault
from reverse_match.foundation.records import Day, PlainData, WordedRecord
from reverse_match.foundation.text_safety import safe_cell
from reverse_match.policy.hold_back import HoldBack
from reverse_match.study.intake.waiting import WaitingFigures
from reverse_match.study.tables import frame_of_records

if TYPE_CHECKING:
    from collections.abc import Iterator

BEFOREHAND = "beforehand"
"""Stands for a cadence in the row of one match in which everybody is known."""


class ReplayedDuo(PlainData):
    """A duo of a replay, with the date on which it was formed."""

    mentor: str
    """Id of the mentor."""
    mentee: str
    """Id of the mentee."""
    score: float
    """Score of the two, from 0 to 1, in whole millionths."""
    on: Day
    """Date on which the duo was formed."""


class CadenceFigures(PlainData):
    """What one cadence came to."""

    every: str
    """The cadence, such as ``7d`` or ``1month``; ``beforehand`` for one match in which everybody is known."""
    dates: int
    """Number of dates of the cadence."""
    rounds: int
    """Number of dates on which at least one duo was formed."""
    infeasible: int
    """Number of dates on which the people who had joined could not satisfy the policy, so that all waited."""
    total: float
    """Sum of the scores of the duos."""
    mean_score: float | None
    """Mean score of the duos; ``None`` if there are none."""
    lowest_score: float | None
    """Lowest score of a duo; ``None`` if there are none."""
    gap: float
    """Largest gap of a date: 0 if each match is proved to be the best possible on its date."""
    mentors: WaitingFigures
    """The waiting of mentors."""
    mentees: WaitingFigures
    """The waiting of mentees."""
    duos: tuple[ReplayedDuo, ...]
    """All duos, by date, mentor and mentee."""


class Replay(WordedRecord):
    """The same people matched under several cadences, and once as if all had been known beforehand."""

    joined: str
    """Heading of the column with the days on which people joined."""
    start: Day
    """First date of every cadence."""
    until: Day
    """Last day of the replay; waiting is counted up to it."""
    hold_back: HoldBack | None = None
    """Lowest score of a pair, which falls with waiting; ``None`` if no pair was held back."""
    people: int
    """Number of people who joined up to the end and have places."""
    joined_later: int
    """Number of people with places who joined after the end, and are in no figure."""
    without_places: int
    """Number of people who have no places, and are in no figure."""
    cadences: tuple[CadenceFigures, ...]
    """What each cadence came to, in the order in which they were asked for."""
    beforehand: CadenceFigures
    """One match of everybody who joined up to the end, as if all had been known beforehand: no cadence can
    do better by the policy's objective. Nobody waits in it, so the waiting of those with a duo is 0."""
    notes: tuple[str, ...] = ()
    """What is worth knowing of how days were read, and of what a replay does not ask for."""

    def records(self) -> list[dict[str, Any]]:
        """Return the figures as a table: one mapping for each cadence and role."""
        return [
            {
                "every": of.every,
                "role": role,
                **figures.model_dump(),
                "duos": len(of.duos),
                "total": float(of.total),
                "mean_score": of.mean_score,
                "lowest_score": of.lowest_score,
                "dates": of.dates,
                "rounds": of.rounds,
                "infeasible": of.infeasible,
                "gap": of.gap,
            }
            for of in (*self.cadences, self.beforehand)
            for role, figures in (("mentor", of.mentors), ("mentee", of.mentees))
        ]

    def faults_to_note(self) -> list[Fault]:
        """Return the notes as faults, which a caller may raise who wants none."""
        return [Fault(note, code="reading") for note in self.notes]

    @check_arguments
    def to_frame(self, kind: str | None = None) -> Any:
        """Return the figures as a frame of pandas, polars or pyarrow; of the first installed if not given.

        Each cadence has a row for mentors and a row for mentees.
        """
        return frame_of_records(self.records(), kind)

    def to_csv(self) -> str:
        """Return the figures as CSV, a row for each cadence and role; an empty cell where there is none."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        records = self.records()
        writer.writerow(list(records[0]))
        writer.writerows(self._cells(record) for record in records)
        return text.getvalue()

    def to_json(self) -> str:
        """Return everything as JSON text, with all duos."""
        return f"{self.model_dump_json(indent=2)}\n"

    @staticmethod
    def _cells(record: dict[str, Any]) -> Iterator[Any]:
        for value in record.values():
            yield "" if value is None else safe_cell(value) if isinstance(value, str) else value
