"""Answers under every objective and with quotas, against every matching there is and against a new match."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from test_every_objective import every_choice, utility
from test_quotas import keeps, quotas

import reverse_match as rm
from oracle import default_scores, in_one_line
from reverse_match.solver.what_if import alternatives as next_best
from reverse_match.solver.what_if.resolve import SolvedProblem
from reverse_match.testing import invented_cohort
from strategies import cohorts

if TYPE_CHECKING:
    from collections.abc import Iterable

pytestmark = pytest.mark.usefixtures("nothing_asked")

Pair = tuple[str, str]
LINE: Any = {"kind": "not_in_reporting_line"}
MOST_PAIRS = 9
OBJECTIVES: list[Any] = ["coverage", "total", "max_min", {"kind": "fair", "alpha": 1}]


def millionths(points: float) -> int:
    return round(points * 1_000_000)


class Case(NamedTuple):
    """People and a policy, and what is needed to try every matching."""

    records: list[dict[str, Any]]
    scores: dict[Pair, int]
    allowed: frozenset[Pair]
    fixed: frozenset[Pair]
    quotas: list[dict[str, Any]]
    objective: Any

    @property
    def people(self) -> dict[str, Any]:
        return {record["id"]: record for record in self.records}

    def policy(self, fix: Iterable[Pair] = (), forbid: Iterable[Pair] = (), without: Any = ()) -> rm.Policy:
        rules: list[Any] = [LINE, {"kind": "fix", "pairs": sorted((self.fixed - set(without)) | set(fix))}]
        if forbid:
            rules.append({"kind": "forbid", "pairs": sorted(forbid)})
        return rm.Policy(rules=rules, quotas=self.quotas, objective=self.objective)

    def matchings(
        self, allowed: Iterable[Pair], fixed: frozenset[Pair], kept: Any = None
    ) -> list[frozenset[Pair]]:
        """Return every matching that has the fixed duos and keeps some quotas, all if none are said.

        Where quotas are to be kept and some duo is possible, no duos at all are no matching.
        """
        capacity = {record["id"]: record["capacity"] for record in self.records}
        of_mentors, of_mentees = dict(capacity), dict(capacity)
        for mentor, mentee in fixed:
            of_mentors[mentor] -= 1
            of_mentees[mentee] -= 1
        if min([*of_mentors.values(), *of_mentees.values()]) < 0:
            return []
        kept = self.quotas if kept is None else kept
        free = sorted(set(allowed) - fixed)
        possible = any(of_mentors[mentor] and of_mentees[mentee] for mentor, mentee in free)
        return [
            fixed | set(choice)
            for choice in every_choice(free, of_mentors, of_mentees)
            if all(keeps(quota, [*fixed, *choice], self.people) for quota in kept)
            and (fixed or choice or not kept or not possible)
        ]

    def goal(self, duos: Iterable[Pair], fixed: frozenset[Pair]) -> tuple[int, ...]:
        """Return what is maximised, of the duos that are not fixed."""
        free = set(duos) - fixed
        total = sum(utility(self.scores[pair], self.objective) for pair in free)
        if self.objective == "total":
            return total, len(free)
        if self.objective == "max_min":
            return len(free), min((self.scores[pair] for pair in free), default=1_000_000), total
        return len(free), total


@st.composite
def cases(draw: st.DrawFn, objectives: list[Any] = OBJECTIVES, *, quotas_always: bool = False) -> Case:
    records = draw(cohorts(most=6))
    scores = default_scores(records)
    allowed = frozenset(pair for pair in scores if not in_one_line(records, *pair))
    assume(0 < len(allowed) <= MOST_PAIRS)
    objective = draw(st.sampled_from(objectives))
    asked: list[Any] = []
    if quotas_always or draw(st.booleans()):
        asked = [{**quota, "name": f"quota {place}"} for place, quota in enumerate(draw(quotas(most=2)))]
    capacity = {record["id"]: record["capacity"] for record in records}
    possible = sorted(pair for pair in allowed if capacity[pair[0]] and capacity[pair[1]])
    fixed = frozenset(draw(st.lists(st.sampled_from(possible), max_size=1)) if possible else [])
    case = Case(records, scores, allowed, fixed, asked, objective)
    assume(case.matchings(allowed, fixed))
    return case


def duos_of(matching: rm.Matching) -> frozenset[Pair]:
    return frozenset((duo.mentor, duo.mentee) for duo in matching.duos)


def after(matching: rm.Matching, changes: rm.results.Changes) -> frozenset[Pair]:
    ended, new = ({(duo.mentor, duo.mentee) for duo in part} for part in (changes.ended, changes.new))
    assert ended <= duos_of(matching)
    assert not new & duos_of(matching)
    return (duos_of(matching) - ended) | new


def check_cost(case: Case, matching: rm.Matching, duos: frozenset[Pair], cost: float, lost: int) -> None:
    def total(pairs: Iterable[Pair]) -> int:
        return sum(case.scores[pair] for pair in pairs)

    assert millionths(cost) == millionths(matching.total) - total(duos)
    assert lost == len(matching.duos) - len(duos)


def check_conflict(case: Case, named: tuple[str, ...], allowed: Any, fixed: frozenset[Pair]) -> None:
    """Quotas cannot be kept together, and can without any one of them."""
    among = [quota for quota in case.quotas if quota["name"] in named]
    assert [quota["name"] for quota in among] == list(named) != []
    assert not case.matchings(allowed, fixed, among)
    for left in among:
        assert case.matchings(allowed, fixed, [quota for quota in among if quota is not left])


def check_against_new_match(case: Case, policy: rm.Policy, answer: Any, duos: frozenset[Pair]) -> None:
    cohort = rm.Cohort.from_records(case.records)
    if answer is None:
        with pytest.raises(rm.InfeasibleError):
            rm.match(cohort, policy)
        return
    fixed = frozenset(pair for rule in policy.rules if rule.kind == "fix" for pair in rule.pairs)
    again = duos_of(rm.match(cohort, policy))
    assert case.goal(again, fixed) == case.goal(duos, fixed)
    if not case.quotas:
        assert again == duos


@settings(max_examples=settings.default.max_examples * 2 // 3)
@given(cases(), st.data())
def test_forcing_or_forbidding_is_what_trying_says(case: Case, data: st.DataObject) -> None:
    matching = rm.match(rm.Cohort.from_records(case.records), case.policy())
    mentor, mentee = pair = data.draw(st.sampled_from(sorted({*case.scores, *duos_of(matching)})))
    answer = matching.explain(mentor, mentee)
    people = case.people
    assert answer.matched == (pair in duos_of(matching))
    if answer.matched:
        closed = {pair, pair[::-1]}
        if pair[::-1] in case.fixed:
            assert (answer.cost_of_forbidding, answer.changes, answer.duos_lost) == (None, None, None)
            assert "fix" in answer.blocked_by
            assert answer.quotas_in_the_way == ()
            assert any("the other way round" in sentence for sentence in answer.sentences())
            with pytest.raises(rm.InfeasibleError):
                rm.match(rm.Cohort.from_records(case.records), case.policy(forbid=[pair]))
            return
        allowed, fixed = case.allowed - closed, case.fixed - closed
        policy, cost = case.policy(forbid=[pair], without=closed), answer.cost_of_forbidding
    else:
        loads = [sum(duo[side] == pair[side] for duo in case.fixed) for side in (0, 1)]
        if any(load >= people[name]["capacity"] for load, name in zip(loads, pair, strict=True)):
            assert answer.cost_of_forcing is None
            assert answer.quotas_in_the_way == ()
            return
        allowed, fixed = case.allowed, case.fixed | {pair}
        policy, cost = case.policy(fix=[pair]), answer.cost_of_forcing
        assert answer.waiver == (cost is not None and pair not in case.allowed)
    all_there_are = case.matchings(allowed, fixed)
    assert (cost is None) == (answer.changes is None) == (not all_there_are)
    duos: frozenset[Pair] = frozenset()
    if answer.changes is None or cost is None:
        check_conflict(case, answer.quotas_in_the_way, allowed, fixed)
    else:
        duos = after(matching, answer.changes)
        assert duos in all_there_are
        assert case.goal(duos, fixed) == max(case.goal(one, fixed) for one in all_there_are)
        check_cost(case, matching, duos, cost, answer.duos_lost or 0)
        worst = min((case.scores[duo] for duo in duos - case.fixed), default=None)
        told = None if answer.worst is None else millionths(answer.worst)
        assert told == (worst if case.objective == "max_min" else None)
    if pair in case.allowed:
        check_against_new_match(case, policy, answer.changes, duos)


@settings(max_examples=settings.default.max_examples * 2 // 3)
@given(cases(), st.data())
def test_alternatives_are_the_best_that_trying_finds(case: Case, data: st.DataObject) -> None:
    cohort = rm.Cohort.from_records(case.records)
    matching = rm.match(cohort, case.policy())
    role = data.draw(st.sampled_from(["mentor", "mentee"]))
    side = 0 if role == "mentor" else 1
    members = (cohort.mentors, cohort.mentees)[side]
    person = data.draw(st.sampled_from([one.id for one in members]))
    now = sorted(pair for pair in duos_of(matching) if pair[side] == person)
    declined = data.draw(st.sampled_from([None, *now]))
    closed = set() if declined is None else {declined, *({declined[::-1]} - case.fixed)}
    capacity = {name: one["capacity"] for name, one in case.people.items()}
    best = {}
    for pair in case.allowed - closed - set(now):
        if pair[side] == person and capacity[pair[0]] and capacity[pair[1]]:
            fixed = case.fixed - closed | {pair}
            found = case.matchings(case.allowed - closed, fixed)
            if found:
                best[pair[1 - side]] = max(case.goal(one, fixed) for one in found)

    def whole(goal: tuple[int, ...], pair: Pair) -> tuple[int, ...]:
        """Return what is maximised with the pair itself."""
        worth = utility(case.scores[pair], case.objective)
        if case.objective == "total":
            return goal[0] + worth, goal[1] + 1
        if case.objective == "max_min":
            return goal[0] + 1, min(goal[1], worth), goal[2] + worth
        return goal[0] + 1, goal[1] + worth

    def ends(partner: str) -> Pair:
        return (person, partner) if side == 0 else (partner, person)

    count = data.draw(st.integers(1, 4))
    told = matching.alternatives(person, count, role, instead_of=declined and declined[1 - side])
    expected = sorted((whole(goal, ends(partner)) for partner, goal in best.items()), reverse=True)
    assert [whole(best[one.partner], ends(one.partner)) for one in told] == expected[:count]
    for one in told:
        duos, fixed = after(matching, one.changes), case.fixed - closed | {ends(one.partner)}
        assert all(keeps(quota, list(duos), case.people) for quota in case.quotas)
        assert case.goal(duos, fixed) == best[one.partner]
        check_cost(case, matching, duos, one.cost, one.duos_lost)


@settings(max_examples=settings.default.max_examples * 2 // 3)
@given(cases(quotas_always=True))
def test_a_full_quota_is_one(case: Case) -> None:
    """Who is left out because of quotas, and which: counted where both have a place left, else by prices."""
    cohort, policy = rm.Cohort.from_records(case.records), case.policy()
    matching = rm.match(cohort, policy)
    rm.verify(matching, cohort, policy)
    duos, people = duos_of(matching), case.people
    for left in matching.unmatched:
        flip = 1 if left.role == "mentor" else -1
        roomy = {
            pair[::flip][1]: pair
            for pair in case.allowed - duos
            if pair[::flip][0] == left.id
            and all(
                people[name]["capacity"] > sum(duo[side] == name for duo in duos)
                for side, name in enumerate(pair)
            )
        }
        assert (left.reason == "quota_full") == bool(left.quotas)
        if left.nearest is None:
            assert not roomy
            assert not left.quotas
            continue
        pair = (left.id, left.nearest.partner)[::flip]
        if roomy:
            assert left.nearest.partner in roomy
            broken = [quota for quota in case.quotas if not keeps(quota, [*duos, pair], people)]
            assert left.quotas == tuple(quota["name"] for quota in broken)
            assert broken or case.scores[pair] == 0
        elif left.quotas:
            assert set(left.quotas) <= {quota["name"] for quota in case.quotas}
        answer = matching.explain(*pair)
        if case.objective == "coverage" and answer.duos_lost == 0 and left.nearest.by is not None:
            assert answer.cost_of_forcing is not None
            assert answer.cost_of_forcing >= left.nearest.by
        if roomy:
            assert answer.quotas_in_the_way == left.quotas or answer.cost_of_forcing is None
        for lang in ("en", "fr"):
            assert left.sentences(lang)
            assert answer.sentences(lang)


PILOT: Any = {"kind": "duos", "at_most": 10}
EACH: Any = {"kind": "each", "by": "mentee.department", "at_most": 5}
MIXED: Any = {"kind": "share", "of": {"kind": "difference", "field": "gender"}, "at_least": 0.85}


@pytest.fixture(scope="module")
def cohort() -> rm.Cohort:
    return invented_cohort(120, seed=6)


def test_in_a_pilot_everybody_left_out_is_told_so(cohort: rm.Cohort) -> None:
    policy = rm.Policy(quotas=[PILOT])
    matching = rm.match(cohort, policy)
    rm.verify(matching, cohort, policy)
    told = {(left.reason, left.quotas) for left in matching.unmatched if left.allowed_partners}
    assert told == {("quota_full", ("duos",))}
    assert rm.Matching.from_json(matching.to_json()) == matching
    left = next(left for left in matching.unmatched if left.quotas)
    (why,) = matching.why(left.id)
    assert isinstance(why, rm.results.LeftOut)
    assert why.alternative is not None
    assert (why.alternative.duos_lost, len(why.alternative.changes.new)) == (0, 1)
    assert left.nearest is not None
    assert left.nearest.by is not None
    assert why.alternative.cost >= left.nearest.by > 0


def test_a_stored_matching_with_quotas_answers_the_same(cohort: rm.Cohort) -> None:
    for policy in (
        rm.Policy(quotas=[PILOT, MIXED]),
        rm.Policy(objective="total"),
        rm.Policy(objective="max_min"),
        rm.Policy(objective={"kind": "fair"}),
    ):
        matching = rm.match(cohort, policy)
        stored = rm.attach(rm.Matching.from_json(matching.to_json()), cohort)
        first, other = matching.duos[:2]
        assert stored.explain(first.mentor, other.mentee) == matching.explain(first.mentor, other.mentee)


def test_a_stored_matching_with_another_worst_duo_is_refused() -> None:
    """It has as many duos and the same total: only what the objective maximises tells them apart."""
    scores = {("a", "x"): 5, ("a", "y"): 3, ("b", "x"): 4, ("b", "y"): 2}  # a-y and b-x are more even
    people = [{"id": name, "role": "mentor", "level": 0} for name in "ab"]
    people += [{"id": name, "role": "mentee", "level": 0} for name in "xy"]
    cohort = rm.Cohort.from_records(people)

    def tenths(mentors: Any, mentees: Any) -> Any:
        ids = [[scores[one, other] / 10 for other in mentees.texts("id")] for one in mentors.texts("id")]
        return np.array(ids)

    rm.register_criterion("tenths", tenths)
    criteria: Any = [{"kind": "custom", "name": "tenths", "weight": 1, "function": "tenths"}]
    even = rm.match(cohort, rm.Policy(criteria=criteria, objective="max_min"))
    uneven = rm.match(cohort, rm.Policy(criteria=criteria, rules=[{"kind": "fix", "pairs": [["a", "x"]]}]))
    assert (len(even.duos), even.total) == (len(uneven.duos), uneven.total) == (2, 0.7)
    assert min(duo.score for duo in even.duos) == 0.3
    swapped = even.model_copy(update={"duos": uneven.duos})
    with pytest.raises(rm.VerificationError, match="is not the one that its policy gives"):
        rm.attach(swapped, cohort).why("a")
    assert rm.attach(even, cohort).explain("a", "x").worst == 0.2


@pytest.mark.parametrize(
    "said",
    [
        {"quotas": [MIXED, EACH]},
        {"objective": "max_min"},
        {"objective": "total", "quotas": [PILOT]},
        pytest.param({"objective": {"kind": "fair"}, "quotas": [EACH]}, marks=pytest.mark.long),
    ],
)
def test_answers_of_a_middle_cohort_are_those_of_a_new_match(cohort: rm.Cohort, said: dict[str, Any]) -> None:
    policy = rm.Policy.from_data(said)  # here, where nothing is asked by default

    def with_rule(*rules: Any) -> rm.Matching:
        return rm.match(cohort, policy.model_copy(update={"rules": (*policy.rules, *rules)}))

    def worth(duos: frozenset[Pair]) -> int:
        return sum(utility(scores[duo], policy.model_dump(mode="json")["objective"]) for duo in duos)

    matrix = rm.score_matrix(cohort, policy)
    scores = {
        (mentor.id, mentee.id): millionths(matrix[row, column])
        for row, mentor in enumerate(cohort.mentors)
        for column, mentee in enumerate(cohort.mentees)
        if matrix[row, column] == matrix[row, column]
    }
    matching = rm.match(cohort, policy)
    first = matching.duos[3]
    other = next(duo for duo in matching.duos[4:] if (first.mentor, duo.mentee) in scores)
    forced = matching.explain(first.mentor, other.mentee)
    fix = rm.policy.Fix(pairs=((first.mentor, other.mentee),))
    forbid = rm.policy.Forbid(pairs=((first.mentor, first.mentee),))
    (best,) = matching.alternatives(first.mentor, 1, "mentor", instead_of=first.mentee)
    fix_best = rm.policy.Fix(pairs=((first.mentor, best.partner),))
    for changes, again in (
        (forced.changes, with_rule(fix)),
        (matching.explain(first.mentor, first.mentee).changes, with_rule(forbid)),
        (best.changes, with_rule(forbid, fix_best)),
    ):
        assert changes is not None
        duos = after(matching, changes)
        assert len(duos) == len(again.duos)
        assert worth(duos) == worth(duos_of(again))
        if not policy.quotas:
            assert duos == duos_of(again)
    if not policy.quotas:  # the best of all partners, each tried in a new match
        tried = []
        for mentee in cohort.mentees:
            pair = first.mentor, mentee.id
            if mentee.id != first.mentee and pair in scores:
                new = with_rule(forbid, rm.policy.Fix(pairs=(pair,)))
                tried.append((len(new.duos), min(scores[duo] for duo in duos_of(new)), new.total))
        duos = after(matching, best.changes)
        assert max(tried) == (
            len(duos),
            min(scores[duo] for duo in duos),
            pytest.approx(sum(scores[d] for d in duos) / 1e6),
        )


def test_under_max_min_not_every_partner_of_many_is_tried(
    cohort: rm.Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    """But what is told of those who are tried is what a new match gives."""
    tried: list[tuple[int, int]] = []
    with_pair = SolvedProblem.with_pair

    def counted(solved: SolvedProblem, row: int, column: int) -> Any:
        tried.append((row, column))
        return with_pair(solved, row, column)

    monkeypatch.setattr(SolvedProblem, "with_pair", counted)
    policy = rm.Policy(objective="max_min")
    matching = rm.match(cohort, policy)
    first = matching.duos[3]
    everybody = matching.alternatives(first.mentor, 5, "mentor", instead_of=first.mentee)
    monkeypatch.setattr(next_best, "ALL_TRIED", 10)
    monkeypatch.setattr(next_best, "MOST_TRIED", 1)
    tried.clear()
    some = matching.alternatives(first.mentor, 5, "mentor", instead_of=first.mentee)
    assert len(some) == len(everybody) == 5
    assert len(tried) <= 6
    forbid = rm.policy.Forbid(pairs=((first.mentor, first.mentee),))
    for one in some:
        fix = rm.policy.Fix(pairs=((first.mentor, one.partner),))
        again = rm.match(cohort, policy.model_copy(update={"rules": (*policy.rules, forbid, fix)}))
        assert after(matching, one.changes) == duos_of(again)


def tampered(matching: rm.Matching, **changes: Any) -> rm.Matching:
    place = next(place for place, left in enumerate(matching.unmatched) if left.quotas)
    left = matching.unmatched[place].model_copy(update=changes)
    unmatched = (*matching.unmatched[:place], left, *matching.unmatched[place + 1 :])
    return matching.model_copy(update={"unmatched": unmatched})


def test_what_is_said_wrongly_of_full_quotas_is_found(cohort: rm.Cohort) -> None:
    policy = rm.Policy(quotas=[{**MIXED, "name": "mixed"}, {**EACH, "name": "each"}])
    matching = rm.match(cohort, policy)
    rm.verify(matching, cohort, policy)
    left = next(left for left in matching.unmatched if left.quotas)
    assert left.quotas == ("each",)
    assert left.nearest is not None
    taken = next(duo.mentee if left.role == "mentor" else duo.mentor for duo in matching.duos)
    elsewhere = left.nearest.model_copy(update={"partner": taken})
    for wrong, message in (
        (tampered(matching, quotas=("mixed",)), "the quotas for which"),
        (tampered(matching, quotas=("mixed", "each")), "the quotas for which"),
        (tampered(matching, quotas=()), "the quotas for which"),
        (tampered(matching, reason="partners_taken"), "the reason why"),
        (tampered(matching, reason="partners_taken", quotas=()), "the reason why"),
        (tampered(matching, nearest=elsewhere), "the partner said to be nearest"),
        (tampered(matching, nearest=None), "the partner said to be nearest"),
    ):
        with pytest.raises(rm.VerificationError) as caught:
            rm.verify(wrong, cohort, policy)
        assert any(message in str(finding) for finding in caught.value.findings), message
