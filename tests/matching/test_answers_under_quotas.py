"""What is told of other matchings under quotas, against a second opinion and against new matches.

Of drawn worlds with quotas every pair is asked about: forcing or forbidding it is the best that can be then
(:mod:`oracle_choices`, which shares no code with the library), and what a new match with one more rule
gives. So are all partners that somebody could have instead, and changes by hand under a limit, a charge or
neither. Equal optima may differ in their duos, since quotas leave the choice between them to a search; how
often they do is counted, and told at the end of the run with the answers. The seed is printed;
``REVERSE_MATCH_SEED=... pytest -m long tests/matching/test_answers_under_quotas.py`` repeats a run.
"""

from __future__ import annotations

import os
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

import reverse_match as rm
from oracle_choices import Row, capacity_rows
from random_worlds import MILLION, World, person
from reverse_match.solver.tuning import Tuning
from test_fuzz_against_oracle import (
    NO_PAIRS,
    after,
    check_optimum,
    duos_of,
    left_by_quotas_alone,
    millionths,
    policy_of,
    told,
    whole_goal,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from oracle_choices import Programme
    from random_worlds import Record

    Pair = tuple[str, str]
    Note = Callable[[str], None]

SIZES = [6, 6, 7, 8, 8, 9, 10, 12, 14]
SOME_QUOTAS = [1, 1, 2, 2, 3]
CHUNKS = 20
WORLDS = int(os.environ.get("REVERSE_MATCH_WORLDS", "400"))
"""So many in the longer tests, of which about a third can keep no quota."""

ASKED_AGAIN = 0.1
"""How often a new match is asked where there is said to be none: to say why takes it long."""


class Most(NamedTuple):
    """How many answers are asked in a world."""

    pairs: int = 36
    people: int = 5
    amendments: int = 5


FEW = Most(5, 1, 1)


def world_of(seed: str) -> World:
    """Draw a world in which whoever joins later comes no later, since tests of amendments say who comes first."""
    world = World.drawn(seed, SIZES, SOME_QUOTAS)
    return World(world.records, {**world.policy, "rotation": {"carry_over": 0}})


def best_of(world: World, fix: frozenset[Pair], forbid: frozenset[Pair]) -> tuple[Programme, Any]:
    """Return what is to be solved with a pair more or less, and its best duos, if there are any."""
    programme = world.programme(fix, forbid)
    best = programme.best()
    return programme, None if left_by_quotas_alone(world, best, fix, forbid) else best


def matched(world: World, fix: frozenset[Pair], forbid: frozenset[Pair]) -> rm.Matching | None:
    """Return a new match with some pairs fixed, whatever rules say of them, and others forbidden."""
    fixed = (world.fixed | fix) - forbid
    allowed = sorted((world.allowed | fixed) - forbid)
    rules: list[Any] = [rule for rule in world.policy["rules"] if rule["kind"] != "fix"]
    # A rule that forbids two people forbids them both ways; they may be a fixed duo the other way round.
    turned = {pair for pair in forbid if pair[::-1] in fixed}
    if turned or not fixed <= world.allowed:  # a waiver of a rule, for these two and nobody else
        rules = [{"kind": "listed", "pairs": [list(pair) for pair in allowed]}]
    rules.append({"kind": "fix", "pairs": [list(pair) for pair in sorted(fixed)]})
    rules.append({"kind": "forbid", "pairs": [list(pair) for pair in sorted(forbid - fixed - turned)]})
    try:
        return rm.match(cohort_of(world), policy_of({**world.policy, "rules": rules}))
    except rm.InfeasibleError:
        return None


def cohort_of(world: World) -> rm.Cohort:
    return rm.Cohort.from_records(world.records, as_of=world.policy["as_of"])


def compare(
    programme: Programme, best: Any, duos: frozenset[Pair], again: rm.Matching | None, note: Note, what: str
) -> None:
    """Check duos that an answer told of against the best there are, and against a new match."""
    assert programme.keeps(duos), f"{what} keeps everything"
    goal, highest = programme.goal(duos), programme.goal(best)
    assert goal == highest, f"{what}: {goal}, but there is {highest}: {best}"
    assert again is not None, f"{what}: a new match finds none"
    anew = duos_of(again)
    if programme.goal(anew) != goal:
        assert not again.certificate.proved, f"{what}: a new match has {programme.goal(anew)}, not {goal}"
        note(f"{what.split()[0]}: better than a new match, which states a gap")
    same = "the same duos as" if anew == duos else "other duos, equally good, than"
    note(f"{what.split()[0]}: {same} a new match")


def check_explanation(world: World, matching: rm.Matching, pair: Pair, random: Random, note: Note) -> None:
    answer, formed = matching.explain(*pair), duos_of(matching)
    assert answer.matched == (pair in formed)
    if not answer.matched:
        fix, forbid, cost = frozenset({pair}), NO_PAIRS, answer.cost_of_forcing
    elif pair[::-1] in world.fixed:
        assert (answer.cost_of_forbidding, answer.changes) == (None, None)
        assert "fix" in answer.blocked_by
        note("explain: fixed the other way round")
        return
    else:
        fix, forbid, cost = NO_PAIRS, frozenset({pair, pair[::-1]}), answer.cost_of_forbidding
    programme, best = best_of(world, fix, forbid)
    assert (cost is None) == (answer.changes is None) == (best is None), f"explain {pair}: {cost}, {best}"
    if answer.changes is None or best is None or cost is None:
        if random.random() < ASKED_AGAIN:
            assert matched(world, fix, forbid) is None, f"explain {pair}: a new match finds one"
        check_in_the_way(world, answer, fix, forbid)
        note("explain: cannot be")
        return
    duos = after(matching, answer.changes)
    assert answer.waiver == (pair in world.fixed if answer.matched else pair not in world.allowed)
    assert millionths(cost) == millionths(matching.total) - sum(world.scores[duo] for duo in duos)
    assert answer.duos_lost == len(formed) - len(duos)
    compare(programme, best, duos, matched(world, fix, forbid), note, f"explain {pair}")


def check_in_the_way(world: World, answer: Any, fix: frozenset[Pair], forbid: frozenset[Pair]) -> None:
    """Quotas that stand against an answer cannot be kept together, and can without any one of them."""
    names = [quota["name"] for quota in world.policy["quotas"]]
    places = [names.index(name) for name in answer.quotas_in_the_way]

    def can_be(kept: list[int]) -> bool:
        best = world.programme(fix, forbid, quotas=kept).best()
        nothing = best == [] and bool(world.programme(fix, forbid, quotas=()).best())
        return best is not None and not (nothing and kept)

    if not places:
        assert not can_be([]), f"nothing is said to stand against {answer.mentor}, {answer.mentee}"
        return
    assert not can_be(places), f"{answer.quotas_in_the_way} do not stand against the pair"
    for left in places:
        assert can_be([place for place in places if place != left]), (
            f"without {names[left]} it cannot be either"
        )


def check_alternatives(
    world: World, matching: rm.Matching, person: str, side: int, random: Random, note: Note
) -> None:
    """All partners that somebody could have, each as a new match with the two fixed, the best first."""
    formed = duos_of(matching)
    now = sorted(pair for pair in formed if pair[side] == person)
    declined = random.choice([None, *now])
    closed: frozenset[Pair] = NO_PAIRS
    if declined is not None:
        closed = frozenset({declined, *({declined[::-1]} - world.fixed)})
    best: dict[Pair, tuple[Programme, Any]] = {}
    for pair in sorted(world.allowed - formed - closed):
        if pair[side] == person:
            programme, found = best_of(world, frozenset({pair}), closed)
            if found is not None:
                best[pair] = programme, found
    goals = {
        pair: whole_goal(programme, programme.goal(found), pair) for pair, (programme, found) in best.items()
    }
    count = random.randint(1, 4)
    role: Any = ("mentor", "mentee")[side]
    found = matching.alternatives(person, count, role, instead_of=declined and declined[1 - side])
    pairs = [(person, one.partner) if side == 0 else (one.partner, person) for one in found]
    expected = sorted(goals.values(), reverse=True)[:count]
    assert [goals.get(pair) for pair in pairs] == expected, (
        f"alternatives {person} {declined}: {pairs}, {goals}"
    )
    assert len(set(pairs)) == len(pairs)
    note("alternatives: answers")
    for pair, one in zip(pairs, found, strict=True):
        duos = after(matching, one.changes)
        assert millionths(one.cost) == millionths(matching.total) - sum(world.scores[duo] for duo in duos)
        assert one.duos_lost == len(formed) - len(duos)
        again = matched(world, frozenset({pair}), closed)
        compare(*best[pair], duos, again, note, f"alternatives {person} {pair}")


def check_amendment(world: World, matching: rm.Matching, random: Random, note: Note) -> None:
    """A change by hand is the best in which what was asked holds and as few duos end as was asked."""
    asked = drawn_amendment(world, matching, random)
    changed = amended_world(world, asked)
    formed = duos_of(matching)
    banned = set(map(frozenset, asked["forbid"]))
    staying = {pair for pair in formed if frozenset(pair) not in banned and not {*pair} & {*asked["leave"]}}
    limit, charge = asked.get("at_most_changes"), asked.get("charge")
    programme = changed.programme(
        frozenset(asked["fix"]), frozenset(pair for two in asked["forbid"] for pair in (two, two[::-1]))
    )
    kept = dict.fromkeys(staying, 1)
    if limit is not None and limit < len(staying):
        programme.rows.append(Row(kept, len(staying) - limit, None))
    if charge is not None:
        units = round(charge * MILLION) * (changed.units // MILLION)
        worth = {pair: value + units * (pair in staying) for pair, value in programme.worth.items()}
        programme = programme._replace(worth=worth)
    best = programme.best() if can_stand(changed, asked) else None
    free = programme._replace(rows=capacity_rows(programme.pairs, changed.capacity))
    nothing = best == [] and bool(free.best())
    try:
        amended = rm.amend(matching, cohort_of(world), **asked)
    except rm.errors.CohortError:
        roles = {one["role"] for one in changed.records}
        assert "both" not in roles
        assert roles != {"mentor", "mentee"}
        note("amend: nobody is left in a role")
        return
    except rm.InfeasibleError:
        assert best is None or nothing, f"amend {asked}: refused, but there is {best}"
        note("amend: cannot be")
        return
    assert best is not None, f"amend {asked}: nothing keeps the quotas, and a matching was given"
    assert not nothing, f"amend {asked}: quotas alone leave no duo, and an empty matching was given"
    check_amended(programme, best, matching, amended, staying, asked, note)


def check_amended(
    programme: Programme,
    best: Any,
    matching: rm.Matching,
    amended: rm.Matching,
    staying: Any,
    asked: Any,
    note: Note,
) -> None:
    formed, duos, entry = duos_of(matching), duos_of(amended), amended.log[-1]
    assert programme.keeps(duos), f"amend {asked} keeps everything: {sorted(duos)}"
    goal, highest = programme.goal(duos), programme.goal(best)
    charged = asked.get("charge") is not None
    if (
        charged and programme.objective == "total"
    ):  # the number of duos is second to the total without charges
        goal, highest = goal[:1], highest[:1]
    gap = not amended.certificate.proved or (entry.charge_gap or 0) > 0
    if gap:
        note("amend: with a gap stated")
    assert goal == highest or (gap and goal < highest), (
        f"amend {asked}: {goal}, but there is {highest}: {best}"
    )
    assert entry.changes == len(staying - duos)
    assert (entry.duos_lost, entry.total_after) == (len(formed) - len(duos), amended.total)
    assert {(duo.mentor, duo.mentee) for duo in entry.ended} == formed - duos
    assert {(duo.mentor, duo.mentee) for duo in entry.new} == duos - formed
    assert millionths(entry.cost) == millionths(matching.total) - millionths(amended.total)
    again = rm.match(amended.people, amended.policy_in_force)
    assert again.certificate.proved == amended.certificate.proved
    assert programme.goal(duos_of(again)) == programme.goal(duos), (
        f"amend {asked}: a new match has another value"
    )
    same = "the same duos as" if duos_of(again) == duos else "other duos, equally good, than"
    note(f"amend: {same} a new match")
    if charged:
        note("amend: under a charge")


def drawn_amendment(world: World, matching: rm.Matching, random: Random) -> dict[str, Any]:
    """Draw what is asked: somebody leaves, joins, or both, duos are asked for or declined."""
    ids = sorted(world.by_id)
    leave = random.sample(ids, random.choice([0, 0, 1, 1, 2]))
    join = []
    if random.random() < 0.4:
        newcomer = person(random, len(ids), random.choice(["mentor", "mentee", "both"]), len(ids))
        join = [newcomer]
    here = [pair for pair in sorted(duos_of(matching)) if not {*pair} & {*leave}]
    forbid = random.sample(here, min(len(here), random.choice([0, 0, 1, 1, 2])))
    banned = set(map(frozenset, forbid))
    free = [
        pair for pair in sorted(world.allowed) if frozenset(pair) not in banned and not {*pair} & {*leave}
    ]
    fix = random.sample(free, min(len(free), random.choice([0, 0, 0, 1])))
    limits: list[dict[str, Any]] = [{}, {"at_most_changes": random.randint(0, 3)}]
    limits.append({"charge": random.choice([0, 0.05, 0.3, 1])})
    return {"leave": leave, "join": join, "forbid": forbid, "fix": fix, **random.choice(limits)}


def can_stand(world: World, asked: dict[str, Any]) -> bool:
    """Say whether no rule forbids what is fixed, by policy or by hand, and nobody forbade it by hand."""
    fixed = world.fixed | {*asked["fix"]}
    return fixed <= world.allowed and not {*map(frozenset, fixed)} & {*map(frozenset, asked["forbid"])}


def amended_world(world: World, asked: dict[str, Any]) -> World:
    """Return the people as amended, and the policy without what it fixes of those who leave."""
    gone = {*asked["leave"]}
    records: list[Record] = [one for one in world.records if one["id"] not in gone] + asked["join"]
    rules = []
    for rule in world.policy["rules"]:
        if rule["kind"] == "fix":
            rule = {**rule, "pairs": [pair for pair in rule["pairs"] if not {*pair} & gone]}
        rules.append(rule)
    return World(records, {**world.policy, "rules": rules})


def check_world(world: World, random: Random, note: Note, most: Most) -> None:
    programme, best = best_of(world, NO_PAIRS, NO_PAIRS)
    matching = matched(world, NO_PAIRS, NO_PAIRS)
    assert (matching is None) == (best is None)
    if matching is None or best is None:
        note("worlds: impossible")
        return
    check_optimum(world, programme, matching, best)
    note("worlds: possible" if matching.certificate.proved else "worlds: with a gap")
    pairs = sorted(world.scores)
    for pair in random.sample(pairs, min(len(pairs), most.pairs)):
        check_explanation(world, matching, pair, random, note)
    seats = sorted({(pair[side], side) for pair in pairs for side in (0, 1)})
    for name, side in random.sample(seats, min(len(seats), most.people)):
        check_alternatives(world, matching, name, side, random, note)
    for _ in range(most.amendments):
        check_amendment(world, matching, random, note)


def fuzz(numbers: Sequence[int], seed: str, note: Note, most: Most) -> None:
    """Check drawn worlds; of all that fail, tell the first ones."""
    wrong = []
    for number in numbers:
        name = f"{seed}:{number}"
        world = world_of(name)
        try:
            check_world(world, Random(f"{name} asked"), note, most)
        except Exception as error:  # whatever it is, it is told with its world
            note("worlds: WRONG")
            wrong.append(told(name, error, world).replace("World.drawn", "world_of"))
    assert not wrong, "\n\n".join([f"{len(wrong)} of {len(numbers)} worlds are wrong", *wrong[:5]])


@pytest.fixture
def note(record_property: Callable[[str, object], None]) -> Note:
    """Count answers by what they were; the counts are told at the end of the run."""
    counts: dict[str, int] = {}

    def add(what: str) -> None:
        counts[what] = counts.get(what, 0) + 1

    record_property("answers", counts)
    return add


def test_answers_of_some_worlds(note: Note) -> None:
    fuzz((0, 3, 5), "the same each time", note, FEW)


@pytest.mark.long
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_answers_of_many_worlds(chunk: int, note: Note) -> None:
    fuzz(range(chunk, WORLDS, CHUNKS), os.environ.get("REVERSE_MATCH_SEED", "0"), note, Most())


@pytest.fixture
def known_proofs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let answers of small cohorts begin with what is proved of the matching, as those of large ones do."""
    early = partial(Tuning, known_proofs_from=0)
    monkeypatch.setattr("reverse_match.solver.what_if.quota_resolve.Tuning", early)


@pytest.mark.long
@pytest.mark.usefixtures("known_proofs")
@pytest.mark.parametrize("chunk", range(CHUNKS // 4))
def test_answers_that_begin_with_known_proofs(chunk: int, note: Note) -> None:
    seed = os.environ.get("REVERSE_MATCH_SEED", "0")
    fuzz(range(chunk, WORLDS // 4, CHUNKS // 4), f"{seed} known", note, Most())


@pytest.mark.parametrize("known", [False, True])
def test_a_quota_that_cannot_be_kept_alone_is_named_alone(
    request: pytest.FixtureRequest, *, known: bool
) -> None:
    """With three duos, no share is a quarter; that one duo must count besides is not needed to say so.

    The largest share and the other quota cannot be kept together either: their parts alone would name both.
    """
    if known:
        request.getfixturevalue("known_proofs")
    people: list[Record] = [
        {
            "id": f"{role}{number}",
            "role": role,
            "gender": "female" if (role, number) == ("mentee", 0) else "male",
        }
        for role in ("mentor", "mentee")
        for number in range(4)
    ]
    pairs = [[f"mentor{number}", f"mentee{number}"] for number in range(4)]
    different = {"kind": "difference", "field": "gender"}
    quarter = {"kind": "share", "name": "a quarter", "of": different, "at_least": 0.25, "at_most": 0.25}
    one = {"kind": "share", "name": "one", "of": different, "at_least": 0.2}
    policy = rm.Policy.from_data({"rules": [{"kind": "listed", "pairs": pairs}], "quotas": [quarter, one]})
    matching = rm.match(rm.Cohort.from_records(people), policy)
    assert matching.explain(*pairs[1]).quotas_in_the_way == ("a quarter",)
