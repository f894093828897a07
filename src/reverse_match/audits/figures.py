"""The figures of an audit, from its facts and the places that are shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

import numpy as np

from reverse_match.audits.facts import facts_of
from reverse_match.audits.places import SIDES, AuditPlace, Places, hide_lowest, numbered_ends
from reverse_match.audits.record import AuditedGroup, TermFigures
from reverse_match.audits.terms import keys_of
from reverse_match.foundation.fixed_point import ONE
from reverse_match.matching.results.unmatched import Reason
from reverse_match.programme.indicators.figures import DECIMALS, SUPPRESSED, Figure, count, share

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reverse_match.audits.facts import DuoTable, FactsByRole, PersonFacts
    from reverse_match.audits.terms import WithoutTerm
    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.matching.results.matching import Matching
    from reverse_match.policy.values import Role

REASONS: tuple[str, ...] = get_args(Reason)


@dataclass(frozen=True)
class DuoCells:
    """Duos by place, and the places that are hidden."""

    members: BoolArray
    hidden: BoolArray
    ends: tuple[IntArray, IntArray]

    def mean(self, values: Sequence[IntArray], places: Sequence[AuditPlace], unit: int) -> list[Figure]:
        """Return for each place the mean of a value that each duo has for its mentor and for its mentee."""
        figures = []
        for row, gone, place in zip(self.members, self.hidden, places, strict=True):
            end = SIDES.index(place.side)
            total, people = int(values[end][row].sum()), len(np.unique(self.ends[end][row]))
            numerator = total / unit if unit > 1 else total
            figures.append(SUPPRESSED if gone else share(numerator, int(row.sum()), people=people))
        return figures

    def lowest(self, scores: IntArray, places: Sequence[AuditPlace], fewest: int) -> list[Figure]:
        """Return the lowest score of each place."""
        hidden = hide_lowest(self.members, scores, self.ends, self.hidden, fewest)
        figures = []
        for row, gone, place in zip(self.members, hidden, places, strict=True):
            people = len(np.unique(self.ends[SIDES.index(place.side)][row]))
            lowest = round(int(scores[row].min()) / ONE, DECIMALS) if row.any() else None
            figures.append(SUPPRESSED if gone else Figure(value=lowest, people=people))
        return figures


@dataclass(frozen=True)
class FigureTable:
    """Computes the figures of all places."""

    places: Places
    people: Mapping[Role, Sequence[str]]
    fewest: int

    def duo_cells(self, keys: list[tuple[str, str]], also: BoolArray) -> DuoCells:
        """Return duos by place; ``also`` says which places are hidden in figures on all people."""
        if not keys:
            return DuoCells(np.zeros((len(self.places.all), 0), dtype=bool), also, numbered_ends([]))
        hidden = self.places.hide_duos(keys, self.fewest, also)
        return DuoCells(self.places.members_of_duos(keys), hidden, numbered_ends(keys))

    def groups(
        self,
        facts: FactsByRole,
        duos: DuoTable,
        *,
        several: bool,
        waits: bool,
    ) -> list[AuditedGroup]:
        """Return the figures of all places.

        Parameters
        ----------
        facts : dict
            The facts about people.
        duos : DuoTable
            The duos.
        several : bool
            Whether they are of several rounds.
        waits : bool
            Whether the rounds waited are a figure.
        """
        listed, ranked, people = self.places.all, duos.ranked(), self.people
        hidden = self.places.hide_people(people, self.fewest)
        cells = self.duo_cells(duos.keys, hidden)
        all_ranked = len(ranked.keys) == len(duos.keys)
        of_ranks = cells if all_ranked else self.duo_cells(ranked.keys, hidden)
        known = {
            "mean_score": cells.mean((duos.scores, duos.scores), listed, ONE),
            "worst_score": cells.lowest(duos.scores, listed, self.fewest),
            "rank": of_ranks.mean(ranked.ranks, listed, 1),
            "partners": of_ranks.mean(ranked.partners, listed, 1),
        }
        reasons = [
            reason
            for reason in REASONS
            if any(of.reasons[reason] for side in SIDES for of in facts[side].values())
        ]
        found: list[dict[str, Any]] = []
        for place, some in self._people_in(people, hidden):
            members = [facts[place.side][person] for person in some or ()]
            counted = _counts(members, reasons, several=several, waits=waits)
            if some is None:
                counted = {name: None if figure is None else SUPPRESSED for name, figure in counted.items()}
            of_place = {name: figures[len(found)] for name, figures in known.items()}
            by_reason = {reason: counted.pop(f"reason {reason}") for reason in reasons}
            found.append({**place._asdict(), **counted, "reasons": by_reason, **of_place})
        return [AuditedGroup(**one, ratio=_ratio(one, found)) for one in found]

    def _people_in(
        self, people: Mapping[Role, Sequence[str]], hidden: BoolArray
    ) -> list[tuple[AuditPlace, list[str] | None]]:
        """Return the people of each place; ``None`` where they are hidden."""
        members = {side: self.places.members({side: people[side]}) for side in SIDES}
        found: list[tuple[AuditPlace, list[str] | None]] = []
        for number, (place, gone) in enumerate(zip(self.places.all, hidden.tolist(), strict=True)):
            marks = np.flatnonzero(members[place.side][number]).tolist()
            found.append((place, None if gone else [people[place.side][mark] for mark in marks]))
        return found

    def term_figures(self, base: Matching, without: WithoutTerm) -> list[TermFigures]:
        """Return the figures of all places with a term and without it."""
        assert without.matching is not None  # noqa: S101 - for type checkers
        facts = [facts_of([one], None) for one in (base, without.matching)]
        people = {side: sorted(facts[0][side].keys() | facts[1][side].keys()) for side in SIDES}
        hidden = self.places.hide_people(people, self.fewest) | self.places.hide_people(
            self.people, self.fewest
        )
        cells = [self.duo_cells(keys_of(one.duos), hidden) for one in (base, without.matching)]
        means = [
            of.mean((scores, scores), self.places.all, ONE)
            for of, scores in zip(cells, (without.scores, without.scores_without), strict=True)
            if scores is not None
        ]
        found = []
        for number, (place, some) in enumerate(self._people_in(people, hidden)):
            matched = [
                SUPPRESSED
                if some is None
                else _matched([facts[which][place.side][person] for person in some])
                for which in (0, 1)
            ]
            found.append(
                TermFigures(
                    **place._asdict(),
                    matched=matched[0],
                    matched_without=matched[1],
                    mean_score=means[0][number],
                    mean_score_without=means[1][number],
                )
            )
        return found


def _matched(members: Sequence[PersonFacts]) -> Figure:
    within = sum(of.duos > 0 for of in members)
    return share(within, len(members), people=len(members), interval=True)


def _counts(
    members: Sequence[PersonFacts], reasons: Sequence[str], *, several: bool, waits: bool
) -> dict[str, Any]:
    """Return the figures on all people of a place."""
    number, rounds = len(members), sum(of.rounds for of in members)
    return {
        "people": count(number, people=number),
        "matched": _matched(members),
        "left_out": count(sum(not of.duos for of in members), people=number),
        **{
            f"reason {reason}": count(sum(of.reasons[reason] for of in members), people=number)
            for reason in reasons
        },
        "duos": count(sum(of.duos for of in members), people=number),
        "rounds_matched": share(sum(of.rounds_matched for of in members), rounds, people=number)
        if several
        else None,
        "waiting": share(sum(of.waited for of in members), number, people=number) if waits else None,
    }


def _ratio(one: Mapping[str, Any], found: Sequence[Mapping[str, Any]]) -> float | None:
    """Return the share with a duo over the highest shown one of a group of the same columns and role."""
    value: float | None = one["matched"].value
    alike = [
        other["matched"].value for other in found if (other["side"], other["by"]) == (one["side"], one["by"])
    ]
    highest: float = max((share for share in alike if share is not None), default=0)
    if not one["by"] or value is None or not highest:
        return None
    return round(value / highest, DECIMALS)
