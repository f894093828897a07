"""An amendment that holds pairs back: what it forms, against a slow search; what verification makes of it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations
from math import isnan
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reverse_match as rm

pytestmark = pytest.mark.usefixtures("nothing_asked")

ON = date(2026, 6, 1)
MILLION = 1_000_000
SKILLS = ("Python", "Notion", "SQL", "R")


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Draw the people who are there, and those who join."""
    people = []
    for number, role in enumerate(("mentor", "mentee") * draw(st.integers(2, 3)) + ("mentee",)):
        people.append(
            {
                "id": f"p{number}",
                "role": role,
                "joined": (ON - timedelta(days=draw(st.integers(0, 70)))).isoformat(),
                "age": draw(st.integers(20, 60)),
                "offers": {draw(st.sampled_from(SKILLS)): draw(st.integers(1, 5))},
                "seeks": {draw(st.sampled_from(SKILLS)): 2},
            }
        )
    return people[:2], people[2:]


def least(waited: int) -> int:
    return 800_000 - 500_000 * min(waited, 40) // 40


def amended(people: list[dict[str, Any]], joining: list[dict[str, Any]], **options: Any) -> tuple[Any, Any]:
    before = rm.Cohort.from_records(people)
    matching = rm.match(before)
    options = {"hold_back": "0.8:0.3:40d", "joined": "joined", "on": ON, **options}
    return rm.amend(matching, before, join=joining, **options), before.amended(join=joining)


@settings(max_examples=min(15, settings.default.max_examples))
@given(worlds())
def test_new_duos_are_the_best_that_score_enough(
    world: tuple[list[dict[str, Any]], list[dict[str, Any]]],
) -> None:
    people, joining = world
    found, after = amended(people, joining, at_most_changes=0)
    rm.verify(found, after, rm.Policy())
    joined = {one["id"]: (ON - date.fromisoformat(one["joined"])).days for one in (*people, *joining)}
    matrix = rm.score_matrix(after)
    scores = {
        (mentor.id, mentee.id): round(float(matrix[row, column]) * MILLION)
        for row, mentor in enumerate(after.mentors)
        for column, mentee in enumerate(after.mentees)
        if not isnan(matrix[row, column])
    }
    kept = {("p0", "p1")}
    possible = [
        pair
        for pair, score in scores.items()
        if kept.isdisjoint([pair])
        and not {"p0", "p1"} & set(pair)
        and score >= least(max(joined[name] for name in pair))
    ]
    best = max(
        (len(chosen), sum(scores[pair] for pair in chosen))
        for size in range(4)
        for chosen in combinations(possible, size)
        if len({name for pair in chosen for name in pair}) == 2 * size
    )
    new = {(duo.mentor, duo.mentee) for duo in found.duos} - kept
    assert kept <= {(duo.mentor, duo.mentee) for duo in found.duos}
    assert (len(new), sum(scores[pair] for pair in new)) == best
    waiting = {name: days for name, days in joined.items() if name not in ("p0", "p1")}
    assert found.log[-1].waited == waiting
    assert rm.Matching.from_json(found.to_json()) == found


TEAM = [
    {"id": "lea", "role": "mentor", "offers": "Python", "joined": "2026-01-01"},
    {"id": "ada", "role": "mentee", "seeks": "Python", "joined": "2026-01-01"},
    {"id": "tom", "role": "mentee", "seeks": "Notion", "joined": "2026-05-30"},
]
NEW = [{"id": "max", "role": "mentor", "offers": "SQL", "joined": "2026-05-31"}]


def test_a_pair_waits_and_is_formed_later() -> None:
    found, after = amended(TEAM, NEW, hold_back="0.95:0.1:100d")
    assert [(duo.mentor, duo.mentee) for duo in found.duos] == [("lea", "ada")]
    assert found.log[-1].waited == {"max": 1, "tom": 2}
    assert "held back" in next(one for one in found.unmatched if one.id == "tom").blocked_by
    assert "réservé pour de meilleurs partenaires" in found.unmatched[0].sentences("fr")[0]
    later = rm.amend(found, after, hold_back="0.95:0.1:100d", joined="joined", on="2026-12-01")
    assert [(duo.mentor, duo.mentee) for duo in later.duos] == [("lea", "ada"), ("max", "tom")]
    rm.verify(later, after, rm.Policy())
    free = rm.amend(found, after)
    assert len(free.duos) == 2
    assert not free.added.rules
    rm.verify(free, after, rm.Policy())
    assert rm.rotate(later, after, on="2027-01-01").rotation is not None


def test_what_is_asked_for_by_hand_need_not_score_enough() -> None:
    found, after = amended(TEAM, NEW, hold_back="1:1:10d", fix=[("max", "tom")])
    assert ("max", "tom") in [(duo.mentor, duo.mentee) for duo in found.duos]
    rm.verify(found, after, rm.Policy())


@pytest.mark.parametrize(
    "change",
    [
        lambda log: log["waited"].update(tom=90),
        lambda log: log["waited"].pop("tom"),
        lambda log: log["hold_back"].update(first=0.2, last=0.1),
        lambda log: log.pop("hold_back"),
        lambda log: (log.pop("hold_back"), log.pop("waited")),
    ],
)
def test_a_log_that_says_otherwise_is_found(change: Any) -> None:
    found, after = amended(TEAM, NEW, hold_back="0.95:0.1:100d")
    data = found.model_dump(mode="json")
    change(data["log"][-1])
    forged = rm.Matching.model_validate(data)
    digests = forged.digests.model_copy(update={"changes": forged.digest_of_changes()})
    with pytest.raises(rm.VerificationError, match="log"):
        rm.verify(forged.model_copy(update={"digests": digests}), after, rm.Policy())


def test_a_rule_that_exempts_more_is_found() -> None:
    found, after = amended(TEAM, NEW, hold_back="0.95:0.1:100d")
    data = found.model_dump(mode="json")
    listed = next(part for part in data["added"]["rules"][0]["conditions"] if part["kind"] == "listed")
    listed["pairs"].append(["max", "tom"])
    forged = rm.Matching.model_validate(data)
    digests = forged.digests.model_copy(update={"changes": forged.digest_of_changes()})
    with pytest.raises(rm.VerificationError, match="does not ask what the log says"):
        rm.verify(forged.model_copy(update={"digests": digests}), after, rm.Policy())


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"joined": None}, "needs the column with joining days"),
        ({"on": None}, "needs the column with joining days"),
        ({"hold_back": None}, "goes together with hold_back"),
        ({"on": "2026-05-30"}, "1 of those with free places joined after 2026-05-30"),
        ({"hold_back": "0.6"}, "not understood"),
        ({"joined": "since"}, "no column of the people has this heading"),
    ],
)
def test_what_is_missing_is_a_fault(options: dict[str, Any], told: str) -> None:
    with pytest.raises(rm.InputError, match=told):
        amended(TEAM, NEW, **options)


def test_without_holding_back_nothing_is_added() -> None:
    before = rm.Cohort.from_records(TEAM)
    found = rm.amend(rm.match(before), before, join=NEW)
    assert {"hold_back", "waited"}.isdisjoint(found.model_dump(mode="json")["log"][-1])
