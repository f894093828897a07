"""What follows from feedback, computed a second time: plain loops over records, one person at a time."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

import reverse_match as rm

MENTORS = ("lea", "tom")
MENTEES = ("ada", "eva", "left")
SAME = {"python": "python", "ia": "ai", "ai": "ai", "generative ai": "genai", "notion": "notion"}
"""What the skills of these tests mean, by their lower case."""

_ANSWER = st.sampled_from([None, None, "yes", "partly", "no"])
_COUNT = st.sampled_from([None, 0, 1, 2, 3, 7])

records = st.lists(
    st.fixed_dictionaries(
        {
            "mentor": st.sampled_from(MENTORS),
            "mentee": st.sampled_from(MENTEES),
            "on": st.sampled_from(["2026-10-01", "2026-11-01", "2026-12-01", "2026-12-02"]),
            "by": st.sampled_from(["mentor", "mentee"]),
            "objective": _ANSWER,
            "skill_used": _ANSWER,
            "format": st.sampled_from([None, None, "yes", "shorter", "other channel", "different day"]),
            "satisfaction": st.sampled_from([None, None, 1, 2, 3, 5]),
            "acquired": st.lists(
                st.sampled_from(["Python", "PYTHON ", "AI", "IA", "Notion", "Generative AI"]), max_size=2
            ),
            "sessions_held": _COUNT,
            "sessions_cancelled": _COUNT,
            "hours_saved": st.sampled_from([None, 1.5]),
            "wish": st.sampled_from([None, None, None, "continue", "continue", "change", "stop"]),
            "comment": st.sampled_from([None, "words"]),
        }
    ),
    max_size=9,
    unique_by=lambda record: (record["mentor"], record["mentee"], record["on"], record["by"]),
)
"""Records of a few people on a few days, each once."""


def meaning(skill: str) -> str:
    return SAME[skill.strip().lower()]


def said_by(records: list[dict[str, Any]], by: str) -> list[dict[str, Any]]:
    """Return the records of one of the two, latest first."""
    return sorted((one for one in records if one["by"] == by), key=lambda one: one["on"], reverse=True)


def latest(records: list[dict[str, Any]], by: str, question: str) -> Any:
    for record in said_by(records, by):
        if record[question] is not None:
            return record[question]
    return None


def of_duo(records: list[dict[str, Any]], mentor: str, mentee: str) -> list[dict[str, Any]]:
    return [one for one in records if (one["mentor"], one["mentee"]) == (mentor, mentee)]


def reached(records: list[dict[str, Any]], mentee: str) -> dict[str, str | None]:
    """Say of each skill that somebody has acquired how far it went."""
    order = ["no", None, "partly", "yes"]
    found: dict[str, str | None] = {}
    for mentor in MENTORS:
        duo = of_duo(records, mentor, mentee)
        skills = {meaning(skill) for one in said_by(duo, "mentee") for skill in one["acquired"]}
        if not skills:
            skills = {meaning(skill) for one in said_by(duo, "mentor") for skill in one["acquired"]}
        objective = latest(duo, "mentee", "objective") or latest(duo, "mentor", "objective")
        used = latest(duo, "mentee", "skill_used") or latest(duo, "mentor", "skill_used")
        if "yes" in (objective, used):
            how = "yes"
        elif "partly" in (objective, used):
            how = "partly"
        elif "no" in (objective, used):
            how = "no"
        else:
            how = None
        for skill in skills:
            if skill not in found or order.index(how) > order.index(found[skill]):
                found[skill] = how
    return found


def ratings_after(
    person: rm.Participant, learned: dict[str, str | None], level: int | None
) -> tuple[dict[str, int], dict[str, int]]:
    """Return what somebody seeks and offers afterwards, by the meaning of the skill."""
    seeks = {meaning(name): priority for name, priority in person.seeks.items()}
    offers = {meaning(name): offered for name, offered in person.offers.items()}
    for skill, how in learned.items():
        if skill in seeks:
            if how == "yes":
                del seeks[skill]
            elif how in ("partly", None):
                seeks[skill] = max(1, seeks[skill] - 1)
        if how == "yes" and level is not None:
            offers[skill] = max(level, offers.get(skill, 0))
    return seeks, offers


def proposed(
    records: list[dict[str, Any]], mentor: str, mentee: str, terms: Any, minutes: int | None
) -> tuple[str, str | None, int | None]:
    """Return what becomes of a duo, the other format, and how long its sessions had better be."""
    duo = of_duo(records, mentor, mentee)
    wishes = [latest(duo, by, "wish") for by in ("mentor", "mentee")]
    satisfied = [latest(duo, by, "satisfaction") for by in ("mentor", "mentee")]
    if "stop" in wishes:
        return "end", None, None
    if "change" in wishes or any(one is not None and one <= terms.poor_satisfaction for one in satisfied):
        return "rotate", None, None
    too_short = minutes is not None and minutes <= terms.short_session_minutes
    asked = []
    for by in ("mentee", "mentor"):
        for record in said_by(duo, by):
            if record["format"] is not None:
                if record["format"] != "yes":
                    asked.append((record["on"], record["format"]))
                break
    if asked:
        last = max(day for day, _ in asked)
        chosen = next(wanted for day, wanted in asked if day == last)
    elif any(many_cancelled(duo, by, terms) for by in ("mentor", "mentee")):
        chosen = "other channel" if too_short else "shorter"
    else:
        questions = [key for key in rm.results.FeedbackRecord.model_fields if key not in ("comment",)][4:]
        said = any(one.get(key) not in (None, []) for one in duo for key in questions)
        return ("keep" if said else "rotate"), None, None
    length = terms.short_session_minutes if chosen == "shorter" and not too_short else None
    return "keep with another format", chosen, length


def many_cancelled(duo: list[dict[str, Any]], by: str, terms: Any) -> bool:
    held = cancelled = 0
    for record in said_by(duo, by):
        if record["sessions_held"] is not None and record["sessions_cancelled"] is not None:
            held += record["sessions_held"]
            cancelled += record["sessions_cancelled"]
    return cancelled > 0 and Fraction(cancelled, held + cancelled) >= Fraction(str(terms.many_cancelled))
