"""What has changed: in the passage to a further round, and by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.matching.results.rotation import KINDS
from reverse_match.views.report.blocks import Column, FoldedBlocks, Lines, Name, Text, sentences, table
from reverse_match.views.report.duos import EACH_SEEN
from reverse_match.views.report.left_out import role_in_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.matching.results.amendment import Amendment
    from reverse_match.matching.results.explanation import ScoredDuo
    from reverse_match.matching.results.matching import Matching
    from reverse_match.matching.results.rotation import Change
    from reverse_match.views.report.blocks import Block, Cell
    from reverse_match.views.words.phrases import Phrases


DUO_HEADS = {"mentor": 22, "mentee": 22, "score": 9, "why": 47}
"""What a duo has, and the share of the width that it takes."""


def round_blocks(matching: Matching, say: Phrases, lang: str) -> tuple[Block, ...]:
    """Return what becomes of every duo in a further round; nothing in the first one."""
    rotation = matching.rotation
    if rotation is None:
        return ()
    kept, ended, new = (rotation.count(kind) for kind in ("kept", "ended", "new"))
    passage = say.passage(kept, ended, new, len(rotation.waiting))
    told = [say.round_begins(rotation.round, say.day(rotation.on)), passage]
    told.append(say.skills_learned(len(rotation.learned)) if rotation.learned else "")
    told.append(say("reciprocal") if rotation.reciprocal else "")
    parts = []
    for kind in KINDS:
        changes = [change for change in rotation.changes if change.kind == kind]
        heads = {"who": 22, "role": 13, "why": 65} if kind == "waiting" else DUO_HEADS
        columns = tuple(
            Column(say(head), number=head == "score", share=share) for head, share in heads.items()
        )
        cells = _person if kind == "waiting" else _duo
        title = say(f"kind {kind}")
        shown = table(
            title, columns, [cells(change, say, lang) for change in changes], caption_seen=False, wide=True
        )
        if shown:
            number = len(rotation.waiting if kind == "waiting" else changes)
            parts.append(FoldedBlocks(f"{title} ({say.count(number)})", shown, len(changes) <= EACH_SEEN))
    return (*sentences(*told), *parts)


def _duo(change: Change, say: Phrases, lang: str) -> tuple[Cell, ...]:
    score = "" if change.score is None else say.number(change.score)
    return (Name(change.mentor or ""), Name(change.mentee or ""), Text(score), Text(change.why(lang)))


def _person(change: Change, say: Phrases, lang: str) -> tuple[Cell, ...]:
    as_mentor = change.mentor is not None
    who = (change.mentor if as_mentor else change.mentee) or ""
    return (Name(who), Text(role_in_words(as_mentor, say)), Text(change.why(lang)))


def by_hand_blocks(matching: Matching, say: Phrases) -> tuple[Block, ...]:
    """Return the log of changes by hand; nothing where there are none."""
    heads = {"on": 12, "by": 10, "because": 18, "asked": 18, "ended": 16, "new": 16, "points lost": 10}
    columns = tuple(
        Column(say(head), number=head == "points lost", share=share) for head, share in heads.items()
    )
    rows: list[tuple[Cell, ...]] = [
        (
            Text(say.day(change.on) if change.on else say("not said")),
            Name(change.author or say("not said")),
            Name(change.reason or say("not said")),
            Lines(tuple(_requests(change, say))),
            Lines(tuple(_duos_with_scores(change.ended, say))),
            Lines(tuple(_duos_with_scores(change.new, say))),
            Text(say.number(change.cost, 6)),
        )
        for change in matching.log
    ]
    return table(say("by hand"), columns, rows, caption_seen=False, wide=True)


def _requests(change: Amendment, say: Phrases) -> list[str]:
    told = []
    for word, pairs in (("fixed", change.fixed), ("forbidden", change.forbidden)):
        told += [say(word, pair=say("pair", mentor=pair[0], mentee=pair[1])) for pair in pairs]
    for word, people in (("gone", change.left), ("come", change.joined)):
        told += [say(word, person=person) for person in people]
    return told


def _duos_with_scores(duos: Sequence[ScoredDuo], say: Phrases) -> list[str]:
    return [f"{say('pair', mentor=duo.mentor, mentee=duo.mentee)} ({say.number(duo.score)})" for duo in duos]
