"""What cannot hold together: every conflict against every set of pairs there is."""

from __future__ import annotations

import pickle
from fractions import Fraction
from functools import partial
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import reverse_match as rm
from conflict_oracle import Key, State, World
from reverse_match.matching.infeasible.explain import MOST_CONFLICTS
from strategies import DEPARTMENTS, cohorts

MILLION = 1_000_000


@st.composite
def demanding_quotas(draw: st.DrawFn) -> list[dict[str, Any]]:
    made = []
    for place in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(["duos", "count", "share", "each", "each"]))
        quota: dict[str, Any] = {"kind": kind, "name": f"q{place}"}
        if kind == "each":
            quota["by"] = draw(
                st.sampled_from(["mentee.department", "mentor.id", "mentee.id", "mentor.gender"])
            )
        elif kind != "duos" and draw(st.booleans()):
            quota["of"] = {"kind": "different", "field": "gender"}
        elif kind != "duos":
            quota["where"] = {"mentee.department": draw(st.sampled_from(DEPARTMENTS[1:]))}
        if kind == "share":
            values: Any = st.sampled_from([0, 0.2, 1 / 3, 0.5, 0.7, 1])
        else:
            values = st.integers(0, 4)
        low = draw(st.none() | values)
        high = draw(
            (st.none() if low is not None else values) | values.map(lambda one, low=low: max(one, low or 0))
        )
        quota |= ({} if low is None else {"at_least": low}) | ({} if high is None else {"at_most": high})
        made.append(quota)
    return made


@st.composite
def cases(draw: st.DrawFn) -> World:
    records = draw(cohorts(most=6))
    world = World(records, [], draw(demanding_quotas()), [])
    world.names = [quota["name"] for quota in world.quotas]
    assume(len(world.pairs) <= 8)
    pairs = st.lists(st.sampled_from(world.pairs), unique=True, max_size=3) if world.pairs else st.just([])
    world.rules = draw(
        st.lists(
            st.one_of(
                st.just({"kind": "not_in_reporting_line"}),
                st.just({"kind": "different", "field": "gender"}),
                st.builds(lambda some: {"kind": "forbid", "pairs": some}, pairs),
                st.builds(lambda some: {"kind": "fix", "pairs": some}, pairs),
                st.builds(lambda some: {"kind": "fix", "pairs": some}, pairs),
            ),
            unique_by=lambda rule: rule["kind"],
            max_size=4,
        )
    )
    return world


def keys_of(demand: rm.results.Demand) -> list[Key]:
    if demand.kind == "fix":
        return [("fix", duo) for duo in demand.duos]
    if demand.kind == "rule":
        return [("rule", demand.name)]
    if demand.kind == "capacity":
        return [("capacity", demand.role, person) for person in demand.ids]
    return [("quota", demand.name, demand.limit, group) for group in demand.groups or (None,)]


def changed(state: State, change: rm.results.Relaxation, by: Any) -> State:
    """Make a change; a bound may be set to another value."""
    if change.kind == "rule":
        return {key: value for key, value in state.items() if key != ("rule", change.name)}
    if change.kind == "fix":
        return {key: value for key, value in state.items() if key != ("fix", change.duo)}
    if change.kind == "capacity":
        return state | {key: by for key in state if key == ("capacity", change.role, change.id)}
    return state | {key: by for key in state if key[:3] == ("quota", change.name, change.limit)}


def one_less(change: rm.results.Relaxation, is_share: bool) -> Any:
    """Return a bound that is one step tighter; the old one, if the new one is not that far from it."""
    assert change.bound is not None
    assert change.instead_of is not None
    step = Fraction(1, MILLION) if is_share else 1
    if change.limit == "at_least":
        return min(
            float(Fraction(repr(change.bound)) + step) if is_share else change.bound + 1, change.instead_of
        )
    return max(
        float(Fraction(repr(change.bound)) - step) if is_share else change.bound - 1, change.instead_of
    )


def check(world: World, conflict: rm.results.Conflict, state: State) -> None:
    keys = [key for demand in conflict.demands for key in keys_of(demand)]
    core = {key: state[key] for key in keys}
    assert len(core) == len(keys)
    alone = partial(world.possible, nothing_will_do=not conflict.leaves_no_duo)
    assert not alone(core), "it is a conflict"
    assert conflict.minimal
    for key in keys:
        assert alone(core, but=key), "it is minimal"
    for demand in conflict.demands:
        assert demand.each_needed
        if demand.bound is not None:
            assert {state[key] for key in keys_of(demand)} == {demand.bound}
    assert conflict.relaxations
    for change in conflict.relaxations:
        everything = state if change.suffices else core
        assert alone(changed(core, change, change.bound)), "it resolves the conflict"
        assert world.possible(changed(state, change, change.bound)) == change.suffices
        if change.bound is not None:
            tighter = one_less(change, change.measure == "share")
            does = world.possible if everything is state else alone
            assert not does(changed(everything, change, tighter)), "one less does not do"
    offered = {
        (one.kind, one.name, one.limit, one.duo or one.id, one.role)
        for one in conflict.relaxations
        if one.suffices
    }
    if conflict.clash == "capacity":
        (of_person,) = (demand for demand in conflict.demands if demand.kind == "capacity")
        ends = [key[1][of_person.role == "mentee"] for key in state if key[0] == "fix"]
        assert conflict.fixed_duos == ends.count(of_person.ids[0])
        assert f"has {conflict.fixed_duos} fixed duo" in conflict.sentence()
    else:
        assert conflict.fixed_duos is None
    for key in keys:
        if world.possible(state, but=key) or (key[3:] and dropped(world, state, key)):
            limit, who = (key[2], None) if key[0] == "quota" else (None, key[-1])
            name = key[1] if key[0] in ("quota", "rule") else key[0]
            role = key[1] if key[0] == "capacity" else None
            assert (key[0], name, limit, None if key[0] == "rule" else who, role) in offered, (
                "no change is missing"
            )


def dropped(world: World, state: State, key: Key) -> bool:
    return world.possible({other: value for other, value in state.items() if other[:3] != key[:3]})


@given(cases())
def test_conflicts_are_conflicting_and_minimal_and_each_relaxation_is_the_smallest(world: World) -> None:
    cohort = rm.Cohort.from_records(world.records)
    policy = rm.Policy(rules=world.rules, quotas=world.quotas)
    state = world.demanded()
    if world.possible(state):
        rm.match(cohort, policy)
        return
    with pytest.raises(rm.InfeasibleError) as caught:
        rm.match(cohort, policy)
    error = caught.value
    assert error.explanations
    assert list(error.conflicts) == [str(conflict) for conflict in error.explanations]
    again = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert again.explanations == error.explanations
    for conflict in error.explanations:
        assert rm.results.Conflict.model_validate_json(conflict.model_dump_json()) == conflict
        for lang in ("en", "fr"):
            assert all(conflict.sentences(lang))
    for conflict in error.explanations:
        check(world, conflict, state)
        first = conflict.relaxations[0]
        state = changed(state, first, first.bound)
    told = sum(conflict.clash is None for conflict in error.explanations)
    assert told >= MOST_CONFLICTS or world.possible(state), "nothing else is in the way"


def test_prices_that_prove_a_conflict_of_shares_keep_their_proportion() -> None:
    """A share of one in nine has a coefficient of eight, and a price of its own as high as others was too high."""
    people = [{"id": "p0", "role": "mentor"}, {"id": "p1", "role": "mentee"}]
    people += [{"id": f"p{place}", "role": "both"} for place in (2, 3)]
    quotas = [
        {"kind": "share", "name": "sales", "where": {"mentee.department": "sales"}, "at_least": "1/3"},
        {"kind": "share", "name": "mixed", "of": {"kind": "different", "field": "gender"}, "at_least": 0.5},
    ]
    with pytest.raises(rm.InfeasibleError) as caught:
        rm.match(rm.Cohort.from_records(people), rm.Policy(rules=[], quotas=quotas))
    told = [
        (conflict.demands[0].name, [(change.bound, change.suffices) for change in conflict.relaxations])
        for conflict in caught.value.explanations
    ]
    assert told == [("mixed", [(0, False)]), ("sales", [(0, True)])]
