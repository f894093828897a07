"""Changes by hand: against every matching there is, over chains of amendments, and tampering with the log."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import reverse_match as rm
from oracle import default_scores, in_one_line
from reverse_match.testing import invented_cohort
from strategies import cohorts, people

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.usefixtures("nothing_asked")

Pair = tuple[str, str]
Records = list[dict[str, Any]]

LINES = [{"kind": "not_in_reporting_line"}]
PILOT = [{"kind": "duos", "at_most": 2}]


def millionths(points: float) -> int:
    return round(points * 1_000_000)


def pairs_of(matching: rm.Matching) -> set[Pair]:
    return {(duo.mentor, duo.mentee) for duo in matching.duos}


def two(pair: Pair) -> frozenset[str]:
    return frozenset(pair)


def every_matching(records: Records) -> Iterator[tuple[set[Pair], dict[Pair, int]]]:
    """Yield every set of duos that rules and capacities allow, with all scores."""
    capacity = {record["id"]: record["capacity"] for record in records}
    scores = {
        pair: score for pair, score in default_scores(records).items() if not in_one_line(records, *pair)
    }
    for picked in product([False, True], repeat=len(scores)):
        duos = [pair for pair, chosen in zip(scores, picked, strict=True) if chosen]
        mentors, mentees = [a for a, _ in duos], [b for _, b in duos]
        if all(side.count(name) <= capacity[name] for side in (mentors, mentees) for name in side):
            yield set(duos), scores


class Asked:
    """What one amendment asks, and what counts as a change under it."""

    def __init__(self, data: st.DataObject, records: Records, newcomer: str) -> None:
        ids = [record["id"] for record in records]
        leave = data.draw(st.lists(st.sampled_from(ids[2:]), max_size=1)) if len(ids) > 3 else []
        self.records = [record for record in records if record["id"] not in leave]
        join = [data.draw(people(newcomer, data.draw(st.sampled_from(["mentor", "mentee"])), 0))]
        join = join if data.draw(st.booleans()) else []
        self.records += join
        possible = sorted(default_scores(self.records))
        pairs = st.lists(st.sampled_from(possible), max_size=1)
        self.fix: list[Pair] = data.draw(pairs)
        self.forbid = [pair for pair in data.draw(pairs) if two(pair) not in map(two, self.fix)]
        self.said: dict[str, Any] = {"fix": self.fix, "forbid": self.forbid, "leave": leave, "join": join}

    def changes(self, old: set[Pair], new: set[Pair]) -> int:
        leave, forbid = self.said["leave"], [two(pair) for pair in self.forbid]
        return len({p for p in old if two(p) not in forbid and not set(p) & set(leave)} - new)


def most_pairs(records: Records) -> int:
    return len(default_scores(records))


@given(
    cohorts(most=6),
    st.sampled_from(["coverage", "total", "max_min"]),
    st.sampled_from([[], PILOT]),
    st.one_of(st.none(), st.integers(0, 2)),
    st.sampled_from([None, 0, 0.05, 0.3, 1]),
    st.data(),
)
def test_no_matching_with_what_was_asked_is_better(
    records: Records, objective: Any, quotas: Any, limit: Any, charge: Any, data: st.DataObject
) -> None:
    """Two amendments, one after the other: what the first asked holds in the second, unless taken back.

    Nobody comes first here because they were there before others joined; test_precedence.py is about that.
    """
    cohort, policy = (
        rm.Cohort.from_records(records),
        rm.Policy(rules=LINES, objective=objective, quotas=quotas, rotation={"carry_over": 0}),
    )
    assume(most_pairs(records) <= 8)
    matching = rm.match(cohort, policy)
    limits = {"at_most_changes": limit} if charge is None else {"charge": charge}
    fixed: set[Pair] = set()
    forbidden: set[frozenset[str]] = set()
    for turn in range(2):
        asked = Asked(data, records, f"n{turn}")
        assume(most_pairs(asked.records) <= 9)
        gone = set(asked.said["leave"])
        banned = {two(pair) for pair in asked.forbid}
        fixed = {pair for pair in fixed if two(pair) not in banned and not set(pair) & gone} | set(asked.fix)
        forbidden = {pair for pair in forbidden if not pair & gone} - set(map(two, asked.fix)) | banned
        old = pairs_of(matching)

        def value(duos: set[Pair], scores: dict[Pair, int]) -> tuple[int, int, int]:
            """Return what counts first, and then."""
            count = 0 if objective == "total" else len(duos)
            free = [scores[pair] for pair in duos - fixed]  # noqa: B023 - called in this turn
            worst = min(free, default=0) if objective == "max_min" else 0
            paid = millionths(charge or 0) * asked.changes(old, duos)  # noqa: B023
            return count, worst, sum(scores[pair] for pair in duos) - paid

        values = [
            value(duos, scores)
            for duos, scores in every_matching(asked.records)
            if fixed <= duos
            and forbidden.isdisjoint(map(two, duos))
            and len(duos) <= (2 if quotas else 99)
            and (charge is not None or limit is None or asked.changes(old, duos) <= limit)
        ]
        if not values:
            with pytest.raises(rm.InfeasibleError):
                rm.amend(matching, cohort, policy, **asked.said, **limits)
            return
        amended = rm.amend(matching, cohort, policy, **asked.said, **limits, reason=f"turn {turn}")
        duos, entry = pairs_of(amended), amended.log[-1]
        assert fixed <= duos
        assert forbidden.isdisjoint(map(two, duos))
        changes = asked.changes(old, duos)
        assert value(duos, {(duo.mentor, duo.mentee): millionths(duo.score) for duo in amended.duos}) == max(
            values
        )
        assert amended.certificate.gap == 0
        assert (entry.changes, entry.duos_lost) == (changes, len(old) - len(duos))
        assert {(duo.mentor, duo.mentee) for duo in entry.ended} == old - duos
        assert {(duo.mentor, duo.mentee) for duo in entry.new} == duos - old
        assert millionths(entry.cost) == millionths(matching.total) - millionths(amended.total)
        assert entry.charge_gap == (None if charge is None else 0)
        later = cohort.amended(leave=asked.said["leave"], join=asked.said["join"])
        assert later.sha256 == rm.Cohort.from_records(asked.records).sha256
        stored = rm.Matching.from_json(amended.to_json())
        assert stored == amended
        rm.verify(stored, rm.Cohort.from_records(asked.records[::-1]), amended.policy)
        matching, cohort, records = stored, later, asked.records


@pytest.mark.parametrize(
    ("objective", "size", "different"),
    [
        ("coverage", 40, 4),
        pytest.param("total", 40, 4, marks=pytest.mark.long),
        ({"kind": "fair", "alpha": 1}, 40, 4),
        pytest.param("max_min", 30, 2, marks=pytest.mark.long),
    ],
)
def test_a_charge_against_every_limit(objective: Any, size: int, different: int) -> None:
    cohort, policy = invented_cohort(size, seed=3), rm.Policy(objective=objective)
    matching = rm.match(cohort, policy)
    forbid = [(duo.mentor, duo.mentee) for duo in matching.duos[:6]]
    under_limits = [
        rm.amend(matching, cohort, policy, forbid=forbid, at_most_changes=limit)
        for limit in range(len(matching.duos) - 6 + 1)
    ]
    changes = set()
    for charge in (0, 0.005, 0.01, 0.025, 0.03, 0.05, 0.2):

        def worth(amended: rm.Matching, charge: float = charge) -> tuple[float, float]:
            paid = charge * amended.log[-1].changes
            return amended.certificate.worst or 0.0, round(amended.certificate.total - paid, 9)

        charged = rm.amend(matching, cohort, policy, forbid=forbid, charge=charge)
        assert worth(charged) == max(map(worth, under_limits))
        assert (charged.log[-1].charge_gap, charged.certificate.gap) == (0, 0)
        rm.verify(charged, cohort)
        changes.add(charged.log[-1].changes)
    assert len(changes) >= different, "charges of this size decide something"


def rows() -> Records:
    return [person.model_dump(mode="json") for person in rm.read_cohort(rm.demo_path()).participants]


@pytest.fixture(scope="module")
def demo() -> tuple[rm.Cohort, rm.Matching]:
    cohort = rm.read_cohort(rm.demo_path())
    return cohort, rm.match(cohort)


def test_shuffles_threads_and_the_order_of_what_is_asked_change_nothing(
    demo: tuple[rm.Cohort, rm.Matching],
) -> None:
    cohort, matching = demo
    forbid = [(duo.mentor, duo.mentee) for duo in matching.duos[:2]]
    join = [
        {"id": "new", "role": "mentee", "seeks": "Python"},
        {"id": "other", "role": "mentor", "offers": "AI"},
    ]
    leave = [matching.duos[5].mentee, matching.duos[6].mentor]
    digests = {"digests": matching.digests.model_copy(update={"file": None})}
    for limits in ({"at_most_changes": 1}, {"charge": 0.03}):
        one = rm.amend(matching, cohort, forbid=forbid, leave=leave, join=join, **limits, threads=1)
        other = rm.amend(
            matching.model_copy(update=digests),
            rm.Cohort.from_records(rows()[::-1]),
            rm.Policy(),
            forbid=forbid[::-1],
            leave=leave[::-1],
            join=join[::-1],
            **limits,
            threads=2,
        )
        assert one.to_json() == other.to_json()
        assert one.digests.file is None


def test_who_joins_does_not_reshuffle_others(demo: tuple[rm.Cohort, rm.Matching]) -> None:
    cohort, matching = demo
    amended = rm.amend(matching, cohort, join=[{"id": "zero", "role": "mentee", "capacity": 0}])
    assert pairs_of(amended) == pairs_of(matching)
    assert (amended.log[0].joined, amended.log[0].changes) == (("zero",), 0)


def test_an_amended_matching_can_be_asked(demo: tuple[rm.Cohort, rm.Matching]) -> None:
    cohort, matching = demo
    duo = matching.duos[0]
    amended = rm.amend(matching, cohort, forbid=[(duo.mentor, duo.mentee)], at_most_changes=3)
    assert amended.explain(duo.mentor, duo.mentee).blocked_by == ("forbid",)


def test_nothing_asked_changes_nothing(demo: tuple[rm.Cohort, rm.Matching]) -> None:
    cohort, matching = demo
    amended = rm.amend(matching, cohort, at_most_changes=0, author="Ada", on="2026-11-23")
    assert pairs_of(amended) == pairs_of(matching)
    assert str(amended.log[0].on) == "2026-11-23"
    assert amended.digests.file == matching.digests.file
    rm.verify(amended, cohort)


@pytest.mark.parametrize("given", [True, False])
def test_later_takes_back_what_was_asked_earlier_but_not_the_policy(given: bool) -> None:
    people: Records = [{"id": name, "role": "mentor"} for name in "ab"]
    people += [{"id": name, "role": "mentee"} for name in "xy"]
    cohort = rm.Cohort.from_records(people)
    policy = rm.Policy(rules=[{"kind": "fix", "pairs": [["a", "x"]]}], seed=1)
    first = rm.match(cohort, policy)
    passed = policy if given else None
    second = rm.amend(first, cohort, passed, fix=[("b", "y"), ("a", "x")])
    third = rm.amend(second, cohort, passed, forbid=[("y", "b")])
    assert pairs_of(third) == {("a", "x")}
    assert [rule.model_dump()["pairs"] for rule in third.policy_in_force.rules] == [
        (("a", "x"),), (("y", "b"),), (("a", "x"),)
    ]  # fmt: skip
    fourth = rm.amend(third, cohort, passed, fix=[("b", "y")])
    assert pairs_of(fourth) == {("a", "x"), ("b", "y")}
    assert len(fourth.log) == 4 - 1
    with pytest.raises(rm.InfeasibleError, match="is fixed, and a rule forbids it"):
        rm.amend(fourth, cohort, passed, forbid=[("a", "x")])
    gone = rm.amend(fourth, cohort, passed, leave=["x"], join=[{"id": "z", "role": "mentee"}])
    assert pairs_of(gone) == {("a", "z"), ("b", "y")}
    last = cohort.amended(leave=["x"], join=[{"id": "z", "role": "mentee"}])
    rm.verify(gone, last)
    assert pairs_of(rm.amend(gone, last, passed, forbid=[("a", "z")])) == {("b", "y")}


def test_whoever_comes_again_comes_with_a_new_record() -> None:
    people: Records = [
        {"id": "a", "role": "mentor", "offers": "AI"},
        {"id": "b", "role": "mentor", "offers": "Go"},
    ]
    people += [{"id": "x", "role": "mentee", "seeks": "AI"}, {"id": "y", "role": "mentee", "seeks": "Go"}]
    cohort = rm.Cohort.from_records(people)
    again = {"leave": ["x"], "join": [{"id": "x", "role": "mentee", "seeks": "Go"}]}
    amended = rm.amend(rm.match(cohort), cohort, **again, at_most_changes=0)
    assert (amended.log[0].left, amended.log[0].joined) == (("x",), ("x",))
    assert ("b", "y") in pairs_of(amended)
    rm.verify(amended, cohort.amended(**again))


def test_listed_people_leave_the_lists_of_the_policy() -> None:
    people: Records = [{"id": name, "role": "mentor"} for name in "abc"]
    people += [{"id": name, "role": "mentee"} for name in "xyz"]
    cohort = rm.Cohort.from_records(people)
    listed = {"kind": "listed", "pairs": [["a", "x"], ["b", "y"], ["c", "y"]]}
    rules = [{"kind": "forbid", "pairs": [["a", "x"]]}, {"kind": "not", "condition": listed}]
    quotas = [{"kind": "count", "of": {"kind": "not", "condition": listed}, "at_least": 1}]
    amended = rm.amend(rm.match(cohort, rm.Policy(rules=rules, quotas=quotas)), cohort, leave=["x", "b"])
    assert amended.policy.rules[0].model_dump()["pairs"] == (("a", "x"),)
    assert '"x"' not in amended.policy_in_force.model_dump_json()
    assert amended.policy_in_force.rules[1].model_dump()["condition"]["pairs"] == (("c", "y"),)
    rm.verify(amended, cohort.amended(leave=["x", "b"]))


def test_ages_count_on_the_day_they_did() -> None:
    people: Records = [{"id": "a", "role": "mentor", "birth_date": "2000-05-05"}]
    people += [{"id": name, "role": "mentee", "birth_date": "1980-05-05"} for name in "xy"]
    then = rm.match(rm.Cohort.from_records(people, as_of="2020-01-01"))
    amended = rm.amend(then, rm.Cohort.from_records(people), leave=[then.duos[0].mentee])
    assert str(amended.as_of) == "2020-01-01"
    with pytest.raises(rm.errors.CohortError, match="but the matching counts ages on 2020-01-01"):
        rm.amend(then, rm.Cohort.from_records(people, as_of="2021-01-01"))


def test_a_limit_that_is_too_strict_is_a_conflict() -> None:
    people: Records = [{"id": name, "role": "mentor"} for name in "ab"]
    people += [{"id": name, "role": "mentee"} for name in "xy"]
    cohort = rm.Cohort.from_records(people)
    matching = rm.match(cohort, rm.Policy(rules=[{"kind": "fix", "pairs": [["a", "x"]]}]))
    # who has left the rule behind: the same duos under the default policy
    free = rm.amend(rm.match(cohort), cohort, fix=[("a", "x")])
    assert pairs_of(free) == pairs_of(matching) == {("a", "x"), ("b", "y")}
    with pytest.raises(rm.InfeasibleError):
        rm.amend(free, cohort, fix=[("a", "y")], forbid=[("a", "x")], at_most_changes=0)
    swapped = rm.amend(free, cohort, fix=[("a", "y")], forbid=[("a", "x")], at_most_changes=1)
    assert (pairs_of(swapped), swapped.log[-1].changes) == ({("a", "y"), ("b", "x")}, 1)


@pytest.mark.parametrize(
    ("asked", "error", "message"),
    [
        ({"fix": [("nobody", "anne.girard")]}, rm.errors.PolicyError, r"fix\[0\]\[0\]: nobody in the cohort, as amended"),
        ({"fix": [("anne.girard", "adam.levy")]}, rm.errors.PolicyError, r"fix\[0\]\[0\]: 'anne.girard' is no mentor"),
        ({"fix": ("adam.levy", "anne.girard")}, rm.errors.PolicyError, "fix: right would be a list of pairs"),
        ({"forbid": [("adam.levy", "anne.girad")]}, rm.errors.PolicyError, "did you mean 'anne.girard'"),
        ({"leave": ["anne.girard"], "fix": [("adam.levy", "anne.girard")]}, rm.errors.PolicyError, "nobody in the cohort"),
        ({"leave": ["anne.girad"]}, rm.errors.CohortError, r"leave\[0\]: nobody in the cohort has the id 'anne.girad'; did you mean"),
        ({"leave": ["anne.girard", "anne.girard"]}, rm.errors.CohortError, "stands here twice"),
        ({"leave": "anne.girard"}, rm.errors.CohortError, "leave: a text, not a list"),
        ({"join": [{"id": "anne.girard", "role": "mentee"}]}, rm.errors.CohortError, "row 1, column 'id': somebody in the cohort has this id"),
        ({"join": [{"id": "new"}]}, rm.errors.CohortError, "'role'"),
        ({"at_most_changes": -1}, rm.errors.PolicyError, "at_most_changes: right would be a whole number"),
        ({"at_most_changes": 1.0}, rm.errors.PolicyError, "at_most_changes: right would be a whole number"),
        ({"charge": 1.5}, rm.errors.PolicyError, "charge: right would be points from 0 to 1"),
        ({"charge": 0.0000001}, rm.errors.PolicyError, "at most six decimals"),
        ({"charge": 0.1, "at_most_changes": 1}, rm.errors.PolicyError, "give a limit, or a charge"),
        ({"on": "yesterday"}, rm.errors.PolicyError, "on: not a date"),
        ({"policy": rm.Policy(seed=7)}, rm.errors.PolicyError, "followed another policy"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(
    demo: tuple[rm.Cohort, rm.Matching], asked: Any, error: type[Exception], message: str
) -> None:
    cohort, matching = demo
    with pytest.raises(error, match=message):
        rm.amend(matching, cohort, **asked)


def test_other_people_are_refused(demo: tuple[rm.Cohort, rm.Matching]) -> None:
    _, matching = demo
    with pytest.raises(rm.errors.CohortError, match="not the people that were matched"):
        rm.amend(matching, rm.Cohort.from_records(rows()[1:]))


def test_progress_only_grows(demo: tuple[rm.Cohort, rm.Matching]) -> None:
    cohort, matching = demo
    seen: list[rm.Progress] = []
    duo = matching.duos[0]
    rm.amend(matching, cohort, forbid=[(duo.mentor, duo.mentee)], charge=0.01, progress=seen.append)
    for name in ("rounds", "arcs", "pairs"):
        values = [getattr(state, name) for state in seen]
        assert values == sorted(values)
    assert "charge for changes" in {state.step for state in seen}


def test_a_lie_in_the_log_is_found(demo: tuple[rm.Cohort, rm.Matching]) -> None:
    cohort, matching = demo
    forbid = [(matching.duos[0].mentor, matching.duos[0].mentee)]
    leave, join = [matching.duos[4].mentor], [{"id": "new", "role": "mentor", "offers": "Python:5"}]
    amended = rm.amend(matching, cohort, forbid=forbid, leave=leave, join=join, at_most_changes=2)
    later, last = cohort.amended(leave=leave, join=join), amended.log[-1]
    kept = next(duo for duo in amended.duos if duo in matching.duos)
    pair = (kept.mentor, kept.mentee)
    ended = last.ended[0]
    lies: list[dict[str, Any]] = [
        {"fixed": (forbid[0],)},
        {"forbidden": ()},
        {"forbidden": (*last.forbidden, pair)},
        {"left": ()},
        {"left": (kept.mentor,)},
        {"joined": ("somebody",)},
        {"at_most_changes": last.changes - 1},
        {"at_most_changes": 3},
        {"at_most_changes": None},
        {"charge": 0.1},
        {"changes": last.changes + 1},
        {"ended": last.ended[1:]},
        {"ended": last.ended[::-1]},
        {"ended": (ended.model_copy(update={"score": ended.score + 0.1}), *last.ended[1:])},
        {"ended": (ended.model_copy(update={"mentor": "somebody"}), *last.ended[1:])},
        {"new": last.new[1:]},
        {"new": (last.new[0].model_copy(update={"score": 0.5}), *last.new[1:])},
        {"total_before": last.total_before + 0.1},
        {"total_after": last.total_after + 0.1},
        {"cost": last.cost + 0.1},
        {"rescored": last.rescored + 0.1},
        {"duos_lost": last.duos_lost + 1},
    ]
    rm.verify(amended, later)
    for lie in lies:
        told = amended.with_log((last.model_copy(update=lie),))
        with pytest.raises(rm.VerificationError) as caught:
            rm.verify(told, later)
        assert {finding.subject for finding in caught.value.findings} == {"log"}, lie


def test_without_its_log_and_its_quota_an_amendment_is_an_ordinary_matching(
    demo: tuple[rm.Cohort, rm.Matching],
) -> None:
    cohort, matching = demo
    duo = matching.duos[0]
    amended = rm.amend(matching, cohort, forbid=[(duo.mentor, duo.mentee)])
    assert not amended.policy_in_force.quotas
    plain = rm.match(cohort, amended.policy_in_force)
    bare = {"policy": plain.policy, "added": plain.added, "digests": plain.digests}
    assert amended.with_log(()).model_copy(update=bare) == plain
    assert "log" not in amended.with_log(()).model_dump()
