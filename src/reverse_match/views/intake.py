"""A replay in words: what each cadence came to, how long people waited, and who still waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.study.intake.cadence import Cadence
from reverse_match.study.intake.record import BEFOREHAND
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reverse_match.study.intake.record import CadenceFigures, Replay
    from reverse_match.study.intake.waiting import WaitingFigures
    from reverse_match.views.words.phrases import Phrases

UNKNOWN = "–"
"""Stands where there is no figure."""

ROLES = ("mentor", "mentee")


def cadence_in_words(every: str, say: Phrases) -> str:
    """Return a cadence as a person says it.

    Examples
    --------
    >>> cadence_in_words("14d", language("en")), cadence_in_words("1month", language("fr"))
    ('every 14 days', 'chaque mois')
    """
    if every == BEFOREHAND:
        return say("replay beforehand")
    cadence = Cadence.parse(every)
    unit = "day" if cadence.unit == "d" else "month"
    if cadence.number == 1:
        return say(f"replay every {unit}")
    return say(f"replay every {unit}s", number=say.count(cadence.number))


def figure(value: float | None, say: Phrases, places: int = 0) -> str:
    """Return a figure, or a sign that there is none."""
    return UNKNOWN if value is None else say.number(value, places)


def days_in_words(value: float | None, say: Phrases) -> str:
    """Return a number of days, with a decimal place only where it has one."""
    return UNKNOWN if value is None else say.formatter.round(value)


def waiting_of(of: CadenceFigures, role: str) -> WaitingFigures:
    """Return the waiting of one side."""
    return of.mentors if role == "mentor" else of.mentees


def replay_lines(found: Replay, lang: str) -> list[str]:
    """Return the sentences below tables of figures: what they mean, and what is not in them."""
    say = language(lang)
    told = [
        say(
            "replay span",
            people=say.count_people(found.people),
            until=say.day(found.until),
            start=say.day(found.start),
        )
    ]
    if found.joined_later:
        told.append(say.counted("replay later", found.joined_later, until=say.day(found.until)))
    if found.without_places:
        told.append(say.counted("replay no places", found.without_places))
    if (held := found.hold_back) is not None:
        first, last = (say.tick(float(score)) for score in (held.first, held.last))
        told.append(say("replay held", first=first, last=last, days=say.count(held.days)))
    told += [_infeasible_line(of, say) for of in found.cadences if of.infeasible]
    return [*told, say("replay censored"), _proof_line(found, say)]


def _infeasible_line(of: CadenceFigures, say: Phrases) -> str:
    return say.counted("replay infeasible", of.infeasible, every=cadence_in_words(of.every, say))


def _proof_line(found: Replay, say: Phrases) -> str:
    gap = max(of.gap for of in (*found.cadences, found.beforehand))
    return say("replay proved") if gap == 0 else say("replay not proved", gap=say.formatter.share(gap))


def replay_sentences(found: Replay, lang: str) -> list[str]:
    """Return all of a replay in sentences."""
    say = language(lang)
    told = [line for of in found.cadences for line in _sentences_of(of, say)]
    best = found.beforehand
    told.append(
        say("replay beforehand duos", **_duos_in_words(best, say))
        if best.duos
        else say("replay beforehand none")
    )
    return [*told, *replay_lines(found, lang)]


def _sentences_of(of: CadenceFigures, say: Phrases) -> Iterator[str]:
    every = cadence_in_words(of.every, say)
    yield (
        say("replay cadence", every=every, **_duos_in_words(of, say))
        if of.duos
        else say("replay no duos", every=every)
    )
    for role in ROLES:
        waiting = waiting_of(of, role)
        if waiting.people:
            yield " ".join(_waiting_in_words(waiting, role, say))


def _duos_in_words(of: CadenceFigures, say: Phrases) -> dict[str, str]:
    return {
        "duos": say.count_duos(len(of.duos)),
        "mean": figure(of.mean_score, say, 3),
        "lowest": figure(of.lowest_score, say, 3),
    }


def _waiting_in_words(waiting: WaitingFigures, role: str, say: Phrases) -> Iterator[str]:
    people = say.count(waiting.people)
    if waiting.matched:
        yield say(
            f"replay waited {role}",
            matched=say.count(waiting.matched),
            people=people,
            mean=days_in_words(waiting.mean, say),
            median=days_in_words(waiting.median, say),
            nine=days_in_words(waiting.nine_in_ten, say),
            longest=days_in_words(waiting.longest, say),
        )
    else:
        yield say(f"replay nobody {role}", people=people)
    if not waiting.still_waiting:
        return
    days = days_in_words(waiting.mean_so_far, say)
    yield say.counted(f"replay still {role}", waiting.still_waiting, days=days)
    if waiting.joined_since:
        yield say.counted("replay since", waiting.joined_since)
    half = waiting.half_matched_after
    yield say("replay half unknown") if half is None else say("replay half", days=say.count(half))
