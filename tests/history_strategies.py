"""Invented rounds: matchings of a few people, who come and go, made without a solver."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from hypothesis import strategies as st

import reverse_match as rm

IDS = ["a", "b", "José", "d e", "f", "g", "Ω", "h"]
STAYING = ["p", "q", "r"]
"""Those who are there in each round: three of at most eleven, so that the rounds are one programme's."""


class Round(NamedTuple):
    """A round as a person would note it: who was with whom, and who without."""

    mentors: frozenset[str]
    mentees: frozenset[str]
    duos: frozenset[tuple[str, str]]
    sat_out: frozenset[tuple[str, str]]
    until: date

    def matching(self) -> rm.Matching:
        return matching_of(self)

    def took_part(self, person: str, role: str) -> bool:
        there = self.mentors if role == "mentor" else self.mentees
        return person in there and (person, role) not in self.sat_out

    def had_duo(self, person: str, role: str) -> bool:
        return any(person == duo[role == "mentee"] for duo in self.duos)


@cache
def _any_matching() -> rm.Matching:
    people = [{"id": "any", "role": "mentor"}, {"id": "other", "role": "mentee"}]
    return rm.match(rm.Cohort.from_records(people))


def matching_of(said: Round) -> rm.Matching:
    """Return a matching that says so; its proof is of nothing."""
    base = _any_matching()
    sides = {"mentor": said.mentors, "mentee": said.mentees}
    unmatched = [
        rm.results.Unmatched(
            id=person,
            role=role,  # type: ignore[arg-type]
            reason="partners_taken" if said.took_part(person, role) else "sits_out",
            allowed_partners=1,
        )
        for role, people in sides.items()
        for person in people
        if not said.had_duo(person, role)
    ]
    prices = {
        f"{role}_prices": {person: 0.0 for person in sorted(people) if said.took_part(person, role)}
        for role, people in sides.items()
    }
    return base.model_copy(
        update={
            "duos": tuple(
                rm.Duo(mentor=one, mentee=other, score=_score(one, other), contributions={})
                for one, other in sorted(said.duos)
            ),
            "unmatched": tuple(sorted(unmatched, key=lambda left: (left.id, left.role))),
            "certificate": base.certificate.model_copy(update=prices),
        }
    )


def _score(one: str, other: str) -> float:
    return (sum(map(ord, one + other)) * 7919 % 1_000_001) / 1_000_000


@st.composite
def rounds(draw: st.DrawFn, most: int = 5) -> list[Round]:
    """Draw the rounds of a programme, one after the other, no two of them the same."""
    until, drawn = date(2026, 12, 31), []
    for _ in range(draw(st.integers(0, most))):
        some = st.frozensets(st.sampled_from(IDS), max_size=len(IDS) // 2)
        mentors, mentees = draw(some) | {STAYING[0]}, draw(some) | {*STAYING[1:]}
        pairs = [(one, other) for one in sorted(mentors) for other in sorted(mentees) if one != other]
        duos = draw(st.frozensets(st.sampled_from(pairs), max_size=4))
        taken = {(one, "mentor") for one, _ in duos} | {(other, "mentee") for _, other in duos}
        free = sorted(
            {*((one, "mentor") for one in mentors), *((other, "mentee") for other in mentees)} - taken
        )
        sat_out = draw(st.frozensets(st.sampled_from(free), max_size=3)) if free else frozenset()
        until += timedelta(days=draw(st.sampled_from([0, 1, 120])))
        drawn.append(Round(mentors, mentees, duos, sat_out, until))
    return [
        said for place, said in enumerate(drawn) if said[:4] not in [other[:4] for other in drawn[:place]]
    ]


def history_of(said: list[Round]) -> rm.History:
    history = rm.History()
    for one in said:
        history = history.with_round(one.matching(), until=one.until)
    return history
