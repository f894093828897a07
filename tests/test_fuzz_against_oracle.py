"""Whole cohorts and policies drawn at random, against a second opinion that shares no code with the library.

Of each: that the matching keeps everything and no other is better, that what is claimed of its proof is so,
that it verifies, does not depend on the order of the file, and that forcing or forbidding a pair is what a
new match says. The seed is printed; ``REVERSE_MATCH_SEED=... pytest -m long tests/test_fuzz_against_oracle.py``
repeats a run, and ``World.drawn("seed:number")`` one world.
"""

from __future__ import annotations

import json
import os
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

import reverse_match as rm
from oracle_scores import VECTORS
from random_worlds import MILLION, World, quarters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from oracle_choices import Programme

Pair = tuple[str, str]

CHUNKS = 20
COHORTS = int(os.environ.get("REVERSE_MATCH_COHORTS", "10000"))
"""So many in the longer tests."""
NO_PAIRS = frozenset[Pair]()
MOST_ALTERNATIVES = 6
OWN_SAY = 0.5
"""Share of the worlds in which people have a say of their own."""
OWN_SCORES = 0.4
"""Share of the worlds that have scores of their own."""

rm.register_criterion("quarters", quarters)


def millionths(points: float) -> int:
    return round(points * MILLION)


def duos_of(matching: rm.Matching) -> frozenset[Pair]:
    return frozenset((duo.mentor, duo.mentee) for duo in matching.duos)


def matched(world: World, fix: Iterable[Pair] = (), forbid: Iterable[Pair] = ()) -> rm.Matching:
    """Match a world, perhaps with one more rule."""
    policy = dict(world.policy)
    more: list[Any] = [{"kind": "fix", "pairs": [list(pair) for pair in fix]}] if fix else []
    more += [{"kind": "forbid", "pairs": [list(pair) for pair in forbid]}] if forbid else []
    return rm.match(
        rm.Cohort.from_records(world.records, as_of=policy["as_of"]),
        policy_of({**policy, "rules": policy["rules"] + more}),
    )


def policy_of(data: dict[str, Any]) -> rm.Policy:
    policy = rm.Policy.model_validate(data)
    asked = any(one["kind"] == "similarity" for one in data["criteria"])
    return rm.with_tables(policy, tables={"words": WORDS}) if asked else policy


WORDS = rm.Embeddings(list(VECTORS), list(VECTORS.values()))


def check_duos(world: World, matching: rm.Matching) -> None:
    """Scores, contributions, credits and who is without a duo are what plain Python says."""
    for duo in matching.duos:
        pair = duo.mentor, duo.mentee
        scored = world.scored[pair]
        assert millionths(duo.score) == scored.score, f"score of {pair}"
        assert {name: millionths(part) for name, part in duo.contributions.items()} == scored.contributions
        assert sorted(duo.missing) == sorted(scored.missing), f"missing of {pair}"
        assert {name: millionths(part) for name, part in duo.credits.items()} == world.credits(pair)
    formed = duos_of(matching)
    assert len(formed) == len(matching.duos)
    assert millionths(matching.total) == sum(world.scores[pair] for pair in formed)
    seats = {
        (role, one["id"])
        for one in world.records
        for role in ("mentor", "mentee")
        if one["role"] in (role, "both")
    }
    taken = {("mentor", mentor) for mentor, _ in formed} | {("mentee", mentee) for _, mentee in formed}
    assert [(left.role, left.id) for left in matching.unmatched] == sorted(
        seats - taken, key=lambda seat: [(left.role, left.id) for left in matching.unmatched].index(seat)
    )


def check_optimum(world: World, programme: Programme, matching: rm.Matching, best: list[Pair]) -> None:
    """No choice is better, and the certificate says no more than is so."""
    formed, proof = duos_of(matching), matching.certificate
    goal, highest = programme.goal(formed), programme.goal(best)
    assert programme.keeps(formed), "the matching keeps everything"
    assert goal <= highest, "the oracle has not found the best"
    claimed = proof.gap == 0
    assert (matching.status == "optimal") == proof.proved == claimed
    if claimed:
        assert goal == highest, f"proved to be the best: {goal}, but there is {highest}: {best}"
    fixed_worth = sum(world.worth[pair] for pair in programme.fixed)
    total = goal[0] if programme.objective == "total" else goal[-1]
    assert round(proof.total * world.units) == total + fixed_worth
    assert (proof.duos, proof.units or MILLION) == (len(formed), world.units)
    number = len(best)
    assert proof.duos_bound >= number
    if programme.objective == "total":
        assert round(proof.bound * world.units) >= highest[0] + fixed_worth, "the bound is one"
    elif goal[:-1] == highest[:-1]:
        assert round(proof.bound * world.units) >= highest[-1] + fixed_worth, "the bound is one"
    if world.policy.get("as_far_as_possible"):
        assert proof.lacking == len(world.lacking & formed)
        if programme.objective != "total":
            assert proof.lacking_bound is not None
            fewest = len(world.lacking & set(best))
            assert proof.lacking_bound <= fewest or goal[:-2] != highest[:-2], "the bound is one"
    if programme.objective == "max_min" and proof.worst_bound is not None and number == len(formed):
        assert millionths(proof.worst_bound) >= highest[1], "the bound of the worst is one"


def after(matching: rm.Matching, changes: rm.results.Changes) -> frozenset[Pair]:
    ended, new = ({(duo.mentor, duo.mentee) for duo in part} for part in (changes.ended, changes.new))
    assert ended <= duos_of(matching)
    assert not new & duos_of(matching)
    return (duos_of(matching) - ended) | new


def left_by_quotas_alone(
    world: World, best: list[Pair] | None, fix: frozenset[Pair], forbid: frozenset[Pair]
) -> bool:
    """Say whether nothing is the best, and quotas are the reason: a matching without duos is none then."""
    if best is None or best or not world.policy["quotas"]:
        return False
    return bool(world.programme(fix, forbid, quotas=()).best())


def check_answer(world: World, matching: rm.Matching, pair: Pair) -> None:
    """Forcing or forbidding a pair is the best that can be then, and what a new match with one rule more gives."""
    answer, formed = matching.explain(*pair), duos_of(matching)
    assert answer.matched == (pair in formed)
    assert millionths(answer.score) == world.scores[pair]
    if answer.matched:
        fix, forbid, cost = NO_PAIRS, frozenset({pair, pair[::-1]}), answer.cost_of_forbidding
        if pair[::-1] in world.fixed:
            assert (cost, answer.changes) == (None, None), f"explain {pair}: the fixed duo stays"
            assert "fix" in answer.blocked_by
            return
    else:
        fix, forbid, cost = frozenset({pair}), NO_PAIRS, answer.cost_of_forcing
    programme = world.programme(fix, forbid)
    best = programme.best()
    if left_by_quotas_alone(world, best, fix, forbid):
        best = None
    assert (cost is None) == (answer.changes is None) == (best is None), f"explain {pair}: {cost}, but {best}"
    if answer.changes is None or best is None or cost is None:
        return
    duos = after(matching, answer.changes)
    assert programme.keeps(duos), f"explain {pair} keeps everything"
    goal, highest = programme.goal(duos), programme.goal(best)
    assert goal == highest, f"explain {pair}: {goal}, but there is {highest}"
    assert millionths(cost) == millionths(matching.total) - sum(world.scores[duo] for duo in duos)
    assert answer.duos_lost == len(formed) - len(duos)
    if not world.policy["quotas"] and pair in world.allowed and pair not in world.fixed:
        again = matched(world, fix=fix, forbid={pair} if forbid else ())
        assert duos_of(again) == duos, f"explain {pair} is not what a new match gives"


def whole_goal(programme: Programme, goal: tuple[int, ...], pair: Pair) -> tuple[int, ...]:
    """Return what is maximised with a forced pair, which a programme counts as fixed."""
    worth, lacks = programme.worth[pair], int(pair in programme.lacking)
    if programme.objective == "total":
        return goal[0] + worth, goal[1] + 1
    if programme.objective == "max_min":
        return goal[0] + 1, min(goal[1], programme.scores[pair]), goal[2] - lacks, goal[3] + worth
    return goal[0] + 1, goal[1] - lacks, goal[2] + worth


def check_alternatives(world: World, matching: rm.Matching, random: Random) -> None:
    """The first alternative of somebody is the best of all, and costs what is told."""
    side, formed = random.randrange(2), duos_of(matching)
    person = random.choice(sorted({pair[side] for pair in world.scores}))
    others = [pair for pair in sorted(world.allowed - formed) if pair[side] == person]
    if len(others) > MOST_ALTERNATIVES or not others:
        return
    best: dict[Pair, tuple[int, ...]] = {}
    for pair in others:
        programme = world.programme(frozenset({pair}))
        found = programme.best()
        if found is not None:
            best[pair] = whole_goal(programme, programme.goal(found), pair)
    alternatives = matching.alternatives(person, 1, ("mentor", "mentee")[side])
    assert bool(alternatives) == bool(best), f"alternatives of {person}: {alternatives}, but {best}"
    for first in alternatives:
        pair = (person, first.partner) if side == 0 else (first.partner, person)
        programme, duos = world.programme(frozenset({pair})), after(matching, first.changes)
        assert programme.keeps(duos), f"alternative {pair} keeps everything"
        goal = whole_goal(programme, programme.goal(duos), pair)
        assert goal == best[pair] == max(best.values()), f"alternative {pair}: {goal}, but there is {best}"
        assert millionths(first.cost) == millionths(matching.total) - sum(world.scores[duo] for duo in duos)
        assert first.duos_lost == len(formed) - len(duos)


def check_order(world: World, matching: rm.Matching, random: Random) -> None:
    """Neither the order of people nor of names within a cell matters."""
    turned = [dict(reversed(record.items())) for record in world.records]
    random.shuffle(turned)
    assert matched(World(turned, world.policy)).to_json() == matching.to_json(), (
        "the order of the file counts"
    )
    for record in turned:
        record["goals"] = record["goals"][::-1]
        record["offers"] = dict(reversed(record["offers"].items()))
    again = matched(World(turned, world.policy))
    told = [[(duo.mentor, duo.mentee, duo.contributions) for duo in one.duos] for one in (matching, again)]
    assert told[0] == told[1], "the order of names counts"


def check_equals(world: World, programme: Programme, matching: rm.Matching, best: list[Pair]) -> None:
    """Whether there are other matchings as good is told, where it is."""
    told = matching.certificate.equal_optima
    if told is not None and matching.certificate.proved:
        assert told == programme.another_as_good(best), "equal optima"


def check_world(world: World, random: Random) -> str:
    """Check everything of one world; return in a word what it was."""
    programme = world.programme()
    best = programme.best()
    nothing = left_by_quotas_alone(world, best, NO_PAIRS, NO_PAIRS)
    try:
        matching = matched(world)
    except rm.InfeasibleError:
        assert best is None or nothing, f"a matching was refused, but there is {best}"
        return "impossible"
    assert best is not None, "nothing keeps the quotas, and a matching was given"
    assert not nothing, "quotas alone leave no duo, and an empty matching was given"
    check_duos(world, matching)
    check_optimum(world, programme, matching, best)
    cohort = rm.Cohort.from_records(world.records, as_of=world.policy["as_of"])
    rm.verify(matching, cohort, policy_of(world.policy))
    assert rm.Matching.from_json(matching.to_json()) == matching
    if random.random() < 0.3:
        check_order(world, matching, random)
    if random.random() < 0.3:
        check_equals(world, programme, matching, best)
    if world.scores and random.random() < 0.5:
        pool = [sorted(world.scores), sorted(duos_of(matching)) or sorted(world.scores)]
        check_answer(world, matching, random.choice(random.choice(pool)))
    if world.scores and random.random() < 0.15:
        check_alternatives(world, matching, random)
    return "optimal" if matching.certificate.proved else "gap"


def told(seed: str, error: BaseException, world: World) -> str:
    text = json.dumps({"records": world.records, "policy": world.policy})
    return f"World.drawn({seed!r}): {type(error).__name__}: {str(error)[:600]}\n    {text}"


def fuzz(numbers: range, seed: str, note: Callable[[str], None]) -> None:
    """Check drawn worlds; of all that fail, tell the first ones."""
    wrong = []
    for number in numbers:
        name = f"{seed}:{number}"
        world, own = World.drawn(name), Random(f"{name} own")
        if own.random() < OWN_SCORES:
            world = world.with_own_scores(own)
        if own.random() < OWN_SAY:
            world = world.with_own_say(own)
        try:
            note(check_world(world, Random(f"{name} asked")))
        except Exception as error:  # whatever it is, it is told with its world
            note("WRONG")
            wrong.append(told(name, error, world))
    assert not wrong, "\n\n".join([f"{len(wrong)} of {len(numbers)} worlds are wrong", *wrong[:5]])


@pytest.fixture
def note(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Count what worlds were; the counts are told at the end of the run."""
    counts: dict[str, int] = {}

    def add(what: str) -> None:
        counts[what] = counts.get(what, 0) + 1

    record_property("fuzz", counts)
    return add


def test_some_worlds(note: Callable[[str], None]) -> None:
    fuzz(range(25), "the same each time", note)


@pytest.mark.long
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_many_worlds(chunk: int, note: Callable[[str], None]) -> None:
    fuzz(range(chunk, COHORTS, CHUNKS), os.environ.get("REVERSE_MATCH_SEED", "0"), note)
