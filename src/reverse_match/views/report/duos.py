"""Duos, each with what its score is made of and which names match; of many duos in parts that fold."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from reverse_match.views.plots.people import people_of_duos
from reverse_match.views.report.blocks import (
    Bar,
    Bars,
    Column,
    FoldedBlocks,
    Lines,
    Name,
    Text,
    sentences,
    table,
)
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.matching.results.matching import Duo, Matching
    from reverse_match.people.cohort import Cohort
    from reverse_match.policy.values import Role
    from reverse_match.views.report.blocks import Block, Cell
    from reverse_match.views.words.phrases import Phrases

EACH_SEEN = 30
"""So many duos are seen at once; of more, parts fold."""

EXPLAINED = 5_000
"""So many duos are told with the names that match and bars; of more, the points alone."""

PART = 50
"""Duos of a part, where there are no departments to fold by."""

MOST_PARTS = 200
"""Parts that a reader can still look through."""

SIDES: tuple[Role | None, ...] = ("mentor", "mentee", None)
"""Who teaches what matches; nobody, where both have it."""

WEAKEST = 5
"""Duos that are looked at first."""


class DuoTables:
    """Tables of duos of one matching in one language."""

    def __init__(self, matching: Matching, say: Phrases, lang: str) -> None:
        self.say = say
        self.told: Phrases = language(lang)
        self.weights = {criterion.name: criterion.weight for criterion in matching.criteria}
        self.explained = len(matching.duos) <= EXPLAINED

    def of(self, caption: str, duos: Sequence[Duo]) -> tuple[Block, ...]:
        """Return a table of duos."""
        say = self.say
        shares = (16, 15, 7, 33, 29) if self.explained else (25, 25, 8, 42)
        heads = ("mentor", "mentee", "score", "points", "why")
        columns = tuple(
            Column(say(head), number=head == "score", share=share)
            for head, share in zip(heads, shares, strict=False)
        )
        rows = [self._row(duo) for duo in duos]
        return table(caption, columns, rows, caption_seen=False, wide=True)

    def _row(self, duo: Duo) -> tuple[Cell, ...]:
        say = self.say
        cells: list[Cell] = [Name(duo.mentor), Name(duo.mentee), Text(say.number(duo.score))]
        if not self.explained:
            return (*cells, Text(self._points(duo)))
        return (*cells, Bars(tuple(self._bar(duo, name) for name in duo.contributions)), self._why(duo))

    def _points(self, duo: Duo) -> str:
        return self.say("list").join(
            f"{self.say.criterion(name)} {'~' if name in duo.missing else ''}{self.say.number(points)}"
            for name, points in duo.contributions.items()
        )

    def _bar(self, duo: Duo, name: str) -> Bar:
        points, most, unknown = duo.contributions[name], self.weights[name], name in duo.missing
        percent = round(100 * min(1.0, points / most)) if most else 0
        told = self.say(
            "unknown points" if unknown else "points of",
            points=self.say.number(points),
            most=self.say.number(most),
        )
        return Bar(self.say.criterion(name), told, percent, unknown)

    def _why(self, duo: Duo) -> Lines:
        lines = [self.told.fixed()] if duo.fixed else []
        for side in SIDES:
            names = [match for match in duo.name_matches if match.taught_by == side]
            lines += [self.say.names_matched(side, names)] if names else []
        lines += [] if duo.name_matches else [self.say("nothing said")]
        lines += [self.told.not_known(duo.missing)] if duo.missing else []
        lines += [self.told.credited(duo.credits)] if duo.credits else []
        return Lines(tuple(lines))


def duo_blocks(matching: Matching, people: Cohort | None, say: Phrases, lang: str) -> tuple[Block, ...]:
    """Return all duos, and of many the weakest first and the rest in parts that fold."""
    duos, tables = matching.duos, DuoTables(matching, say, lang)
    told = [say("score is")]
    told += [say("unknown note")] if any(duo.missing for duo in duos) else []
    told += [] if tables.explained else [say("too many", count=say.count(EXPLAINED))]
    if len(duos) <= EACH_SEEN:
        return (*sentences(*told), *tables.of(say("duos"), duos))
    weakest = sorted(duos, key=lambda duo: (duo.score, duo.mentor, duo.mentee))[:WEAKEST]
    parts = None if people is None else _by_department(matching, people, say)
    told.append(say("by department" if parts else "by range"))
    first = FoldedBlocks(say("weakest"), tables.of(say("weakest"), weakest))
    return (*sentences(*told), first, *_fold_parts(parts or _by_range(duos, say), tables))


def _fold_parts(parts: Sequence[tuple[str, Sequence[Duo]]], tables: DuoTables) -> list[FoldedBlocks]:
    say = tables.say
    folded = []
    for name, duos in parts:
        mean = say.number(sum(duo.score for duo in duos) / len(duos))
        summary = say("group", name=name, duos=say.count_duos(len(duos)), mean=mean)
        folded.append(FoldedBlocks(summary, tables.of(name, duos)))
    return folded


def _by_department(
    matching: Matching, people: Cohort, say: Phrases
) -> Sequence[tuple[str, Sequence[Duo]]] | None:
    """Return duos by department of the mentee; nothing where that would make one part, or too many."""
    unknown = say("no department")
    parts: dict[tuple[bool, str], list[Duo]] = defaultdict(list)
    for duo, (_, mentee) in zip(matching.duos, people_of_duos(matching, people), strict=True):
        parts[mentee.department is None, mentee.department or unknown].append(duo)
    if not 1 < len(parts) <= MOST_PARTS:
        return None
    return [(name, parts[absent, name]) for absent, name in sorted(parts)]


def _by_range(duos: Sequence[Duo], say: Phrases) -> Sequence[tuple[str, Sequence[Duo]]]:
    size = max(PART, -(-len(duos) // MOST_PARTS))
    parts = [duos[start : start + size] for start in range(0, len(duos), size)]
    return [(say("range", first=part[0].mentor, last=part[-1].mentor), part) for part in parts]
