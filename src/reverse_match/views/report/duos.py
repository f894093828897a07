"""Section of the report on duos, with contributions and matching names; many duos are in folded parts."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from reverse_match.views.html.element import Markup, name_of
from reverse_match.views.plots.canvas import people_of_duos
from reverse_match.views.report.blocks import bar, columns_of, folded, lines, listed_bars, sentences, table
from reverse_match.views.with_names import put_names
from reverse_match.views.words.formatter import UNKNOWN_MARK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.matching.results.matching import Duo, Matching
    from reverse_match.people.cohort import Cohort
    from reverse_match.policy.values import Role
    from reverse_match.views.html.element import Element
    from reverse_match.views.report.blocks import Cell
    from reverse_match.views.with_names import Names
    from reverse_match.views.words.phrases import Phrases


EACH_SEEN = 30
"""Largest number of duos that are all visible at once; more duos are in folded parts."""

EXPLAINED = 5_000
"""Largest number of duos that are shown with matching names and bars; for more, only points are shown."""

PART = 50
"""Number of duos in a folded part, if parts are not departments."""

MOST_PARTS = 200
"""Largest number of folded parts."""

SIDES: tuple[Role | None, ...] = ("mentor", "mentee", None)
"""Roles by which matching names are listed: that of the person who teaches; None for names in common."""

WEAKEST = 5
"""Number of lowest-scoring duos that are shown first."""


class DuoTables:
    """Tables of duos of one matching in one language."""

    def __init__(self, matching: Matching, say: Phrases, names: Names | None = None) -> None:
        self.say, self.names = say, names
        self.weights = {criterion.name: criterion.weight for criterion in matching.criteria}
        self.explained = len(matching.duos) <= EXPLAINED
        self._bars: dict[tuple[str, float, float, bool], Markup] = {}

    def of(self, caption: str, duos: Sequence[Duo]) -> Sequence[Element]:
        """Return a table of duos."""
        heads = {"mentor": 25, "mentee": 25, "score": 8, "points": 42}
        if self.explained:
            heads = {"mentor": 16, "mentee": 15, "score": 7, "points": 33, "why": 29}
        rows = [self._row(put_names(duo, self.names)) for duo in duos]
        return table(caption, columns_of(heads, self.say, ("score",)), rows, caption_seen=False, wide=True)

    def _row(self, duo: Duo) -> tuple[Cell, ...]:
        say = self.say
        cells: list[Cell] = [name_of(duo.mentor), name_of(duo.mentee), say.number(duo.score)]
        if not self.explained:
            return (*cells, self._points(duo))
        return (*cells, listed_bars(self._bar(duo, name) for name in duo.contributions), self._why(duo))

    def _points(self, duo: Duo) -> str:
        marks = dict.fromkeys(duo.missing, UNKNOWN_MARK)
        return self.say("list").join(
            f"{self.say.criterion(name)} {marks.get(name, '')}{self.say.number(points)}"
            for name, points in duo.contributions.items()
        )

    def _bar(self, duo: Duo, name: str) -> Markup:
        """Return a bar, which is written once: many duos have the same points of a criterion."""
        said = name, duo.contributions[name], duo.weights.get(name, self.weights[name]), name in duo.missing
        if said not in self._bars:
            self._bars[said] = Markup(str(self._drawn(*said)))
        return self._bars[said]

    def _drawn(self, name: str, points: float, most: float, unknown: bool) -> Element:
        percent = round(100 * min(1.0, points / most)) if most else 0
        told = self.say(
            "unknown points" if unknown else "points of",
            points=self.say.number(points),
            most=self.say.number(most),
        )
        return bar(self.say.criterion(name), told, percent, unknown)

    def _why(self, duo: Duo) -> Cell:
        told = [self.say("duo fixed")] if duo.fixed else []
        for side in SIDES:
            names = [match for match in duo.name_matches if match.taught_by == side]
            told += [self.say.names_matched(side, names)] if names else []
        told += [] if duo.name_matches else [self.say("nothing said")]
        told += [self.say.common_times(duo.common_times)] if duo.common_times else []
        told += [self.say.matters_most(duo.matters_most)] if duo.matters_most else []
        told += [self.say.not_known(duo.missing)] if duo.missing else []
        told += [self.say.credited(duo.credits)] if duo.credits else []
        return lines(told)


def duo_blocks(
    matching: Matching, people: Cohort | None, say: Phrases, names: Names | None = None
) -> Sequence[Element]:
    """Return all duos; if there are many, the lowest-scoring ones first, and then all in folded parts."""
    duos, tables = matching.duos, DuoTables(matching, say, names)
    told = [say("score is")]
    told += [say("unknown note")] if any(duo.missing for duo in duos) else []
    told += [] if tables.explained else [say("too many", count=say.count(EXPLAINED))]
    if len(duos) <= EACH_SEEN:
        return (*sentences(*told), *tables.of(say("duos"), duos))
    weakest = sorted(duos, key=lambda duo: (duo.score, duo.mentor, duo.mentee))[:WEAKEST]
    parts = None if people is None else _by_department(matching, people, say)
    told.append(say("by department" if parts else "by range"))
    first = folded(say("weakest"), tables.of(say("weakest"), weakest))
    return (*sentences(*told), first, *_fold_parts(parts or _by_range(duos, tables), tables))


def _fold_parts(parts: Sequence[tuple[str, Sequence[Duo]]], tables: DuoTables) -> list[Element]:
    say = tables.say
    shown = []
    for name, duos in parts:
        mean = say.number(sum(duo.score for duo in duos) / len(duos))
        summary = say("group", name=name, duos=say.count_duos(len(duos)), mean=mean)
        shown.append(folded(summary, tables.of(name, duos)))
    return shown


def _by_department(
    matching: Matching, people: Cohort, say: Phrases
) -> Sequence[tuple[str, Sequence[Duo]]] | None:
    """Return duos by department of the mentee, or None if that would make a single part or too many."""
    unknown = say("no department")
    parts: dict[tuple[bool, str], list[Duo]] = defaultdict(list)
    for duo, (_, mentee) in zip(matching.duos, people_of_duos(matching, people), strict=True):
        parts[mentee.department is None, mentee.department or unknown].append(duo)
    if not 1 < len(parts) <= MOST_PARTS:
        return None
    return [(name, parts[absent, name]) for absent, name in sorted(parts)]


def _by_range(duos: Sequence[Duo], tables: DuoTables) -> Sequence[tuple[str, Sequence[Duo]]]:
    say, names = tables.say, tables.names or {}
    size = max(PART, -(-len(duos) // MOST_PARTS))
    parts = [duos[start : start + size] for start in range(0, len(duos), size)]
    ends = [[names.get(one.mentor, one.mentor) for one in (part[0], part[-1])] for part in parts]
    return [
        (say("range", first=first, last=last), part) for (first, last), part in zip(ends, parts, strict=True)
    ]
