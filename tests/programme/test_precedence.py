"""Who was there before others joined comes first, and counts once, whatever number of places somebody has.

Against every matching there is: as many duos; of these the most people who waited; of these the best total.
"""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reverse_match as rm
from reverse_match.programme.precedence import PrecedenceSearch

pytestmark = pytest.mark.usefixtures("nothing_asked")

Pair = tuple[str, str]
Rows = list[dict[str, Any]]
POLICY = rm.Policy(criteria=[{"kind": "coverage", "name": "skills", "weight": 1}], rules=[{"kind": "avoids"}])


def amended(old: Rows, new: Rows, policy: rm.Policy = POLICY) -> rm.Matching:
    """Return a matching of nobody's duos, in which others join."""
    cohort = rm.Cohort.from_records(old)
    return rm.amend(rm.match(cohort, policy), cohort, policy, join=new)


def sealed(matching: rm.Matching) -> rm.Matching:
    """Return a matching whose changes have the digest that they would have had."""
    digests = matching.digests.model_copy(update={"changes": matching.digest_of_changes()})
    return matching.model_copy(update={"digests": digests})


def pairs(matching: rm.Matching) -> set[Pair]:
    return {(duo.mentor, duo.mentee) for duo in matching.duos}


OLD = [
    {"id": "m1", "role": "mentor", "capacity": 0},
    {"id": "gus", "role": "mentee", "seeks": "Python", "capacity": 2},
    {"id": "ada", "role": "mentee", "seeks": "Zither"},
]
NEW = [
    {"id": "m2", "role": "mentor", "offers": "Python:5", "avoids": ["ada"]},
    {"id": "m3", "role": "mentor", "offers": "Python:5;Zither:1"},
    {"id": "m4", "role": "mentor", "offers": "Python:5", "avoids": ["ada"]},
    {"id": "joe", "role": "mentee", "seeks": "Python"},
]


def test_two_places_of_one_person_are_not_two_people() -> None:
    matching = amended(OLD, NEW)
    assert len(pairs(matching)) == 3
    assert ("m3", "ada") in pairs(matching)
    first = matching.log[-1].precedence
    assert [(one.people, one.at_least, one.beside) for one in first] == [
        (("ada", "gus"), 2, ()),
        (("ada",), 1, ("gus",)),
    ]
    assert [quota.name for quota in matching.added.quotas] == [
        "mentees who wait",
        "mentees who wait, each once (1)",
    ]
    assert matching.certificate.gap == 0
    rm.verify(rm.Matching.from_json(matching.to_json()), matching.people, POLICY)


def test_what_is_told_of_it_is_in_words() -> None:
    matching = amended(OLD, NEW)
    assert "each once" not in matching.to_html("en").replace("each counted once", "")
    assert "chacun compté une fois" in matching.to_html("fr")


def test_verification_counts_people_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    matching = amended(OLD, NEW)
    log = matching.log[-1]
    fewer = log.model_copy(
        update={"precedence": (log.precedence[0], log.precedence[1].model_copy(update={"at_least": 0}))}
    )
    wrong = matching.model_copy(update={"log": (*matching.log[:-1], fewer)})
    with pytest.raises(rm.VerificationError, match="counted otherwise than once each"):
        rm.verify(sealed(wrong), matching.people, POLICY)
    monkeypatch.setattr(PrecedenceSearch, "_missing", lambda *_: [])
    twice = amended(OLD, NEW)
    assert not {duo.mentee for duo in twice.duos} & {"ada"}
    with pytest.raises(rm.VerificationError, match="fewer people who came first"):
        rm.verify(twice, twice.people, POLICY)


def test_everybody_who_waits_has_one_before_anybody_has_two() -> None:
    """Where all can have a duo, each is asked for one: cuts of groups would be without end."""
    count = 12
    waiting = [{"id": f"w{one:02}", "role": "mentee", "capacity": 2} for one in range(count)]
    cohort = rm.Cohort.from_records([{"id": "m", "role": "mentor", "capacity": 0}, *waiting])
    pairs: list[list[Any]] = [
        [f"n{one:02}", f"w{other:02}", 1 - other / 100] for one in range(count) for other in range(count)
    ]
    pairs += [[f"n{one:02}", "joe", 1.0] for one in range(count)]
    pairs.append(["m", "w00", 0.5])
    policy = rm.Policy.from_data({"criteria": [{"kind": "table", "name": "t", "weight": 1, "pairs": pairs}]})
    joining = [{"id": f"n{one:02}", "role": "mentor"} for one in range(count)] + [
        {"id": "joe", "role": "mentee", "capacity": 2}
    ]
    matching = rm.amend(rm.match(cohort, policy), cohort, policy, join=joining)
    rm.verify(matching, matching.people, policy)
    assert {duo.mentee for duo in matching.duos} == {one["id"] for one in waiting}
    assert len(matching.log[-1].precedence) <= count + 1


def test_pseudonyms_and_erasures_keep_what_was_asked() -> None:
    matching = amended(OLD, NEW)
    changed, people = rm.pseudonymise("a secret of this programme", matching, matching.people)
    rm.verify(changed, people)
    assert len(changed.log[-1].precedence[1].beside) == 1
    without, *_ = rm.forget("gus", matching, matching.people)
    assert "gus" not in without.to_json()


@settings(max_examples=min(25, settings.default.max_examples), deadline=None)
@given(st.data())
def test_against_every_matching(data: st.DataObject) -> None:
    draw = data.draw
    old: Rows = [{"id": "m0", "role": "mentor", "capacity": 0}]
    old += [
        {"id": f"e{n}", "role": "mentee", "capacity": draw(st.integers(1, 3))}
        for n in range(draw(st.integers(1, 3)))
    ]
    new: Rows = [{"id": f"n{n}", "role": "mentee"} for n in range(draw(st.integers(1, 2)))]
    new += [
        {"id": f"w{n}", "role": "mentor", "capacity": draw(st.integers(1, 2))}
        for n in range(draw(st.integers(1, 3)))
    ]
    topics = ["A", "B", "C"]
    for one in (*old, *new):
        if one["role"] == "mentee":
            one["seeks"] = draw(st.sampled_from(topics))
        else:
            one["offers"] = {draw(st.sampled_from(topics)): draw(st.integers(1, 5))}
            one["avoids"] = draw(st.lists(st.sampled_from(["e0", "e1", "n0"]), max_size=2, unique=True))
    matching = amended(old, new)
    found, everybody = pairs(matching), {one["id"]: one for one in (*old, *new)}
    mentors = [name for name, one in everybody.items() if one["role"] == "mentor"]
    mentees = [name for name, one in everybody.items() if one["role"] == "mentee"]
    allowed = [
        (one, other) for one, other in product(mentors, mentees) if other not in everybody[one]["avoids"]
    ]
    scores = {
        pair: rm.match(
            rm.Cohort.from_records(
                [{**everybody[pair[0]], "avoids": [], "capacity": 1}, {**everybody[pair[1]], "capacity": 1}]
            ),
            POLICY,
        )
        .duos[0]
        .score
        for pair in allowed
    }
    waited = {one["id"] for one in old if one["role"] == "mentee"}

    def worth(duos: frozenset[Pair]) -> tuple[int, int, float]:
        served = len(waited & {other for _, other in duos})
        return len(duos), served, round(sum(scores[pair] for pair in duos), 6)

    every: set[frozenset[Pair]] = {frozenset()}
    for pair in allowed:
        every |= {duos | {pair} for duos in every}
    fits = [
        duos
        for duos in every
        if all(
            sum(name in pair for pair in duos) <= one.get("capacity", 1) for name, one in everybody.items()
        )
    ]
    best = max(map(worth, fits))
    newcomer_has_one = any(other not in waited for _, other in found)
    plain = max(fits, key=lambda duos: (len(duos), round(sum(scores[pair] for pair in duos), 6)))
    assert len(found) == best[0]
    if newcomer_has_one:
        assert worth(frozenset(found)) == best
    else:
        assert worth(frozenset(found))[2] <= worth(plain)[2]
    rm.verify(matching, matching.people, POLICY)
