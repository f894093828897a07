"""Sections of the report on people without a duo, on the rotation to this round, and on amendments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.matching.results.matching import without_duo
from reverse_match.matching.results.rotation import KINDS
from reverse_match.views.html.element import name_of
from reverse_match.views.report.blocks import columns_of, folded, lines, sentences, table
from reverse_match.views.report.duos import EACH_SEEN
from reverse_match.views.with_names import put_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.matching.results.amendment import Amendment
    from reverse_match.matching.results.explanation import ScoredDuo
    from reverse_match.matching.results.matching import Matching
    from reverse_match.matching.results.rotation import Change
    from reverse_match.matching.results.unmatched import Unmatched
    from reverse_match.views.html.element import Element
    from reverse_match.views.report.blocks import Cell
    from reverse_match.views.with_names import Names
    from reverse_match.views.words.phrases import Phrases


DUO_HEADS = {"mentor": 22, "mentee": 22, "score": 9, "why": 47}
PERSON_HEADS = {"who": 22, "role": 13, "why": 65}
"""Columns of the tables of duos and of people, with their shares of the width in percent."""


def left_out_blocks(
    matching: Matching, say: Phrases, lang: str, names: Names | None = None
) -> Sequence[Element]:
    """Return the people without a duo, by reason, and the shortages of partners."""
    if not matching.unmatched:
        return sentences(say("everybody"))
    by_reason: dict[str, list[Unmatched]] = {}
    for left in (put_names(one, names) for one in matching.unmatched):
        by_reason.setdefault(left.reason, []).append(left)
    parts: list[Element] = []
    for reason, people in sorted(by_reason.items(), key=lambda item: (-len(item[1]), item[0])):
        title = say(f"reason {reason}")
        rows: list[tuple[Cell, ...]] = [
            (
                name_of(left.id),
                role_in_words(left.role == "mentor", say),
                lines(left.sentences(lang)),
            )
            for left in people
        ]
        shown = table(title, columns_of(PERSON_HEADS, say), rows, caption_seen=False, wide=True)
        parts.append(
            folded(f"{title} ({say.count(len(rows))})", shown, unfolded=len(matching.unmatched) <= EACH_SEEN)
        )
    short = [line for shortage in matching.shortages for line in put_names(shortage, names).sentences(lang)]
    scarce = [folded(say("shortages"), sentences(*short), unfolded=len(short) <= EACH_SEEN)] if short else []
    return (*_halves(matching, say), *parts, *scarce, *sentences(say("exact costs"), quiet=True))


def _halves(matching: Matching, say: Phrases) -> Sequence[Element]:
    """Return a note on listed people who have a duo in their other role."""
    alone = without_duo(matching)
    half = len({left.id for left in matching.unmatched} - set(alone))
    told = say("half", people=say.count_people(len(alone)), half=say.count(half))
    return sentences(told) if half else ()


def role_in_words(mentor: bool, say: Phrases) -> str:
    """Return the word for a role."""
    return say("as mentor" if mentor else "as mentee")


def round_blocks(
    matching: Matching, say: Phrases, lang: str, names: Names | None = None
) -> Sequence[Element]:
    """Return the changes of the rotation to this round; nothing for a first round."""
    if matching.rotation is None:
        return ()
    rotation = put_names(matching.rotation, names)
    kept, ended, new = (rotation.count(kind) for kind in ("kept", "ended", "new"))
    passage = say.passage(kept, ended, new, len(rotation.waiting))
    told = [say("round begins", number=rotation.round, day=say.day(rotation.on)), passage]
    told.append(say.counted("learned", len(rotation.learned)) if rotation.learned else "")
    told.append(say("reciprocal") if rotation.reciprocal else "")
    parts = []
    for kind in KINDS:
        changes = [change for change in rotation.changes if change.kind == kind]
        heads = PERSON_HEADS if kind == "waiting" else DUO_HEADS
        cells = _person if kind == "waiting" else _duo
        title = say(f"kind {kind}")
        rows = [cells(change, say, lang) for change in changes]
        shown = table(title, columns_of(heads, say, ("score",)), rows, caption_seen=False, wide=True)
        if shown:
            number = len(rotation.waiting if kind == "waiting" else changes)
            parts.append(folded(f"{title} ({say.count(number)})", shown, unfolded=len(changes) <= EACH_SEEN))
    return (*sentences(*told), *parts)


def _duo(change: Change, say: Phrases, lang: str) -> tuple[Cell, ...]:
    score = "" if change.score is None else say.number(change.score)
    return (name_of(change.mentor or ""), name_of(change.mentee or ""), score, change.why(lang))


def _person(change: Change, say: Phrases, lang: str) -> tuple[Cell, ...]:
    as_mentor = change.mentor is not None
    who = (change.mentor if as_mentor else change.mentee) or ""
    return (name_of(who), role_in_words(as_mentor, say), change.why(lang))


def by_hand_blocks(matching: Matching, say: Phrases, names: Names | None = None) -> Sequence[Element]:
    """Return the log of amendments, or nothing if there are none."""
    heads = {"on": 12, "by": 10, "because": 18, "asked": 18, "ended": 16, "new": 16, "points lost": 10}
    rows: list[tuple[Cell, ...]] = [
        (
            say.day(change.on) if change.on else say("not said"),
            name_of(change.author or say("not said")),
            name_of(change.reason or say("not said")),
            lines(_requests(change, say)),
            lines(_duos_with_scores(change.ended, say)),
            lines(_duos_with_scores(change.new, say)),
            say.number(change.cost, 6),
        )
        for change in (put_names(one, names) for one in matching.log)
    ]
    columns = columns_of(heads, say, ("points lost",))
    return table(say("by hand"), columns, rows, caption_seen=False, wide=True)


def _requests(change: Amendment, say: Phrases) -> list[str]:
    told = []
    for word, pairs in (("fixed", change.fixed), ("forbidden", change.forbidden)):
        told += [say(word, pair=say("pair", mentor=pair[0], mentee=pair[1])) for pair in pairs]
    of_people = (
        ("gone", change.left),
        ("come", change.joined),
        ("put right", change.corrected),
        ("waits", change.waiting),
    )
    for word, people in of_people:
        told += [say(word, person=person) for person in people]
    return told


def _duos_with_scores(duos: Sequence[ScoredDuo], say: Phrases) -> list[str]:
    return [f"{say('pair', mentor=duo.mentor, mentee=duo.mentee)} ({say.number(duo.score)})" for duo in duos]
