"""Credits: against every matching there is, scipy on three hundred people, new matches, and tampering."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment
from test_every_objective import every_choice, utility
from test_quotas import keeps, quotas

import reverse_match as rm
from oracle import default_scores, in_one_line
from reverse_match.testing import invented_cohort
from reverse_match.views.summaries import summary_lines
from strategies import cohorts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MILLION = 1_000_000
Pair = tuple[str, str]
LINE: Any = {"kind": "not_in_reporting_line"}
MOST_TRIED = 2 * settings().max_examples // 3
"""So many cases of the quickest property; as many as the profile says are a part."""
OBJECTIVES: list[Any] = ["coverage", "total", "max_min", {"kind": "fair"}, {"kind": "fair", "alpha": 5}]


@st.composite
def credits_for(draw: st.DrawFn, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Draw credits of people and pairs, of which no pair can have more than five points."""
    mentors = [record["id"] for record in records if record["role"] in ("mentor", "both")]
    mentees = [record["id"] for record in records if record["role"] in ("mentee", "both")]
    if draw(st.booleans()):  # as much as can be: numbers come near what they may be
        side, ids = draw(st.sampled_from([("mentors", mentors), ("mentees", mentees)]))
        return [{"name": "most", "points": 5, side: draw(st.lists(st.sampled_from(ids), min_size=1))}]
    made = []
    for number in range(draw(st.integers(1, 3))):
        lists = {
            "mentors": draw(st.lists(st.sampled_from(mentors), max_size=2)),
            "mentees": draw(st.lists(st.sampled_from(mentees), max_size=2)),
            "pairs": draw(
                st.lists(st.tuples(st.sampled_from(mentors), st.sampled_from(mentees)), max_size=2)
            ),
        }
        if any(lists.values()):
            points = draw(st.sampled_from([0.000001, 0.1, 0.25, 0.5]))
            name = draw(st.sampled_from([f"credit {number}", "one name"]))
            made.append({"name": name, "points": points, **{key: ids for key, ids in lists.items() if ids}})
            if draw(st.booleans()):
                made[-1]["counts_in_worst"] = True
    assume(made)
    return made


def points_by_name(asked: list[dict[str, Any]], pair: Pair) -> dict[str, int]:
    """Return the millionths that a pair has, by the names of credits."""
    found: dict[str, int] = {}
    for credit in asked:
        times = pair[0] in credit.get("mentors", ())
        times += pair[1] in credit.get("mentees", ())
        times += pair in [tuple(listed) for listed in credit.get("pairs", ())]
        if times:
            found[credit["name"]] = found.get(credit["name"], 0) + times * round(credit["points"] * MILLION)
    return found


class Case(NamedTuple):
    """People and a policy, and what is needed to try every matching."""

    records: list[dict[str, Any]]
    scores: dict[Pair, int]
    fixed: frozenset[Pair]
    quotas: list[dict[str, Any]]
    credits: list[dict[str, Any]]
    objective: Any

    @property
    def cohort(self) -> rm.Cohort:
        return rm.Cohort.from_records(self.records)

    @property
    def units(self) -> int:
        return 10**8 if isinstance(self.objective, dict) else MILLION

    def policy(self, fix: Iterable[Pair] = (), forbid: Iterable[Pair] = ()) -> rm.Policy:
        rules: list[Any] = [LINE, {"kind": "fix", "pairs": sorted({*self.fixed, *fix})}]
        rules += [{"kind": "forbid", "pairs": sorted(forbid)}] if forbid else []
        return rm.Policy(
            rules=rules, quotas=self.quotas, credits=self.credits, objective=self.objective, seed=3
        )

    def credit(self, pair: Pair) -> int:
        return sum(points_by_name(self.credits, pair).values())

    def worth(self, pair: Pair) -> int:
        return utility(self.scores[pair], self.objective) + self.credit(pair) * self.units // MILLION

    def goal(self, duos: Iterable[Pair], fixed: Iterable[Pair] = ()) -> tuple[int, ...]:
        """Return what is maximised, first things first, of the duos that are not fixed."""
        free = set(duos) - {*self.fixed, *fixed}
        total = sum(map(self.worth, free))
        if self.objective == "total":
            return total, len(free)
        if self.objective == "max_min":
            return len(free), min(map(self.judged, free), default=MILLION), total
        return len(free), total

    def judged(self, pair: Pair) -> int:
        """Return by what a pair is the worst or not."""
        counting = [credit for credit in self.credits if credit.get("counts_in_worst")]
        return self.scores[pair] + sum(points_by_name(counting, pair).values())

    def matchings(self, fix: Iterable[Pair] = (), forbid: Iterable[Pair] = ()) -> list[set[Pair]]:
        """Return every matching that has the fixed duos and keeps the quotas; none of no duos where some could be."""
        fixed, people = {*self.fixed, *fix}, {record["id"]: record for record in self.records}
        mentors = {name: person["capacity"] for name, person in people.items()}
        mentees = dict(mentors)
        for mentor, mentee in fixed:
            mentors[mentor] -= 1
            mentees[mentee] -= 1
        if min([*mentors.values(), *mentees.values()]) < 0:
            return []
        free = sorted(set(self.scores) - fixed - set(forbid))
        choices = list(every_choice(free, mentors, mentees))
        return [
            fixed | set(choice)
            for choice in choices
            if all(keeps(quota, [*fixed, *choice], people) for quota in self.quotas)
            and (fixed or choice or len(choices) == 1)
        ]


@st.composite
def cases(draw: st.DrawFn, most: int = 6, most_pairs: int = 9) -> Case:
    records = draw(cohorts(most=most))
    scores = {
        pair: score for pair, score in default_scores(records).items() if not in_one_line(records, *pair)
    }
    assume(0 < len(scores) <= most_pairs)
    capacity = {record["id"]: record["capacity"] for record in records}
    possible = sorted(pair for pair in scores if capacity[pair[0]] and capacity[pair[1]])
    fixed = draw(st.lists(st.sampled_from(possible), max_size=1)) if possible else []
    asked = draw(quotas(most=2)) if draw(st.booleans()) else []
    objective = draw(st.sampled_from(OBJECTIVES))
    case = Case(records, scores, frozenset(fixed), asked, draw(credits_for(records)), objective)
    assume(case.matchings())
    return case


def duos_of(matching: rm.Matching) -> set[Pair]:
    return {(duo.mentor, duo.mentee) for duo in matching.duos}


@settings(max_examples=MOST_TRIED)
@given(cases())
def test_no_matching_is_better(case: Case) -> None:
    cohort, policy = case.cohort, case.policy()
    matching = rm.match(cohort, policy)
    formed, proof = duos_of(matching), matching.certificate
    assert case.goal(formed) == max(map(case.goal, case.matchings()))
    assert (proof.gap, proof.units or MILLION) == (0, case.units)
    assert round(proof.total * case.units) == sum(map(case.worth, formed))
    assert round(matching.total * MILLION) == sum(case.scores[pair] for pair in formed)
    for duo in matching.duos:
        assert round(duo.score * MILLION) == case.scores[duo.mentor, duo.mentee]
        assert sum(duo.contributions.values()) == duo.score
        expected = points_by_name(case.credits, (duo.mentor, duo.mentee))
        assert {name: round(points * MILLION) for name, points in duo.credits.items()} == expected
    free = [case.judged(pair) for pair in formed - case.fixed]
    if case.objective == "max_min" and free:
        assert proof.worst == proof.worst_bound == min(free) / MILLION
    rm.verify(matching, cohort, policy)
    assert rm.Matching.from_json(matching.to_json()) == matching


@settings(max_examples=MOST_TRIED // 2)
@given(cases(), st.data())
def test_answers_are_those_of_forced_matches(case: Case, data: st.DataObject) -> None:
    cohort, policy = case.cohort, case.policy()
    matching = rm.match(cohort, policy)
    formed = duos_of(matching)
    pair = data.draw(st.sampled_from(sorted(case.scores)))
    answer = matching.explain(*pair)
    assert {name: round(points * MILLION) for name, points in answer.credits.items()} == points_by_name(
        case.credits, pair
    )
    said = any(sentence.startswith("This duo counts") for sentence in answer.sentences())
    assert said == bool(case.credit(pair))
    if pair in case.fixed:
        return
    back = (pair[1], pair[0])
    fix, forbid = ([], [pair, back]) if answer.matched else ([pair], [])
    others = case.matchings(fix, forbid)
    assert (answer.changes is None) == (not others)
    if answer.changes is not None:
        check(case, formed, answer, max(case.goal(duos, fix) for duos in others), fix)


def check(case: Case, formed: set[Pair], answer: Any, best: tuple[int, ...], fix: list[Pair]) -> None:
    """Check what would be formed otherwise: that it is as good as can be, and what it costs."""
    ended, new = (
        {(duo.mentor, duo.mentee) for duo in part} for part in (answer.changes.ended, answer.changes.new)
    )
    then = (formed - ended) | new
    assert case.goal(then, fix) == best
    cost = answer.cost_of_forbidding if getattr(answer, "matched", False) else getattr(answer, "cost", None)
    cost = answer.cost_of_forcing if cost is None else cost
    assert round(cost * MILLION) == sum(case.scores[p] for p in formed) - sum(case.scores[p] for p in then)
    lost = sum(map(case.credit, formed)) - sum(map(case.credit, then))
    assert round(answer.credits_lost * MILLION) == lost
    assert any(sentence.startswith("The programme would also") for sentence in answer.sentences()) == bool(
        lost
    )


@settings(max_examples=MOST_TRIED // 2)
@given(cases(), st.data())
def test_alternatives_are_in_the_order_of_what_the_objective_loses(case: Case, data: st.DataObject) -> None:
    matching = rm.match(case.cohort, case.policy())
    formed = duos_of(matching)
    person, role = data.draw(
        st.sampled_from(
            sorted({(mentor, "mentor") for mentor, _ in case.scores})
            + sorted({(mentee, "mentee") for _, mentee in case.scores})
        )
    )
    answers = matching.alternatives(person, 9, role)
    goals = []
    for answer in answers:
        pair = (person, answer.partner) if role == "mentor" else (answer.partner, person)
        best = max(case.goal(duos, [pair]) for duos in case.matchings([pair]))
        check(case, formed, answer, best, [pair])
        goals.append(max(case.goal(duos) for duos in case.matchings([pair])))
    for better, worse in pairwise(goals):
        if case.objective == "total":
            better, worse = better[:1], worse[:1]
        assert better >= worse
    mine = {pair for pair in case.scores if pair[role == "mentee"] == person} - formed
    assert len(answers) == sum(bool(case.matchings([pair])) for pair in mine)


def three_hundred(seed: int) -> list[dict[str, Any]]:
    random = np.random.default_rng(seed)
    names = ["python", "excel", "ai", "video", "sales"]
    return [
        {
            "id": f"p{index}",
            "role": "mentor" if index < 140 else "mentee",
            "offers": {name: int(random.integers(1, 6)) for name in random.choice(names, 2, replace=False)},
            "seeks": {name: int(random.integers(1, 4)) for name in random.choice(names, 2, replace=False)},
            "age": int(random.integers(20, 60)),
            "gender": str(random.choice(["female", "male"])),
            "department": str(random.choice(["a/b", "a/c", "d"])),
        }
        for index in range(300)
    ]


def drawn_credits(cohort: rm.Cohort, seed: int) -> list[dict[str, Any]]:
    random = np.random.default_rng(seed)
    mentors, mentees = ([person.id for person in side] for side in (cohort.mentors, cohort.mentees))
    pairs = [[str(random.choice(mentors)), str(random.choice(mentees))] for _ in range(len(mentors))]
    waited = random.choice(mentees, len(mentees) // 3, replace=False).tolist()
    return [
        {"name": "waited", "points": 0.3, "mentees": waited, "mentors": mentors[:20]},
        {"name": "wants to stay", "points": 0.123456, "pairs": pairs},
        {"name": "pilot", "points": 0.05, "mentors": mentors[10:40]},
    ]


@pytest.mark.parametrize(("objective", "seed"), [("coverage", 1), ({"kind": "fair", "alpha": 1}, 2)])
def test_three_hundred_people_by_scipy(objective: Any, seed: int) -> None:
    cohort = rm.Cohort.from_records(three_hundred(seed))
    asked = drawn_credits(cohort, seed)
    policy = rm.Policy(credits=asked, objective=objective)
    matching = rm.match(cohort, policy)
    scores = np.rint(rm.score_matrix(cohort, policy) * MILLION).astype(int)
    units = 10**8 if isinstance(objective, dict) else MILLION
    worth = np.array([[utility(score, objective) for score in row] for row in scores.tolist()])
    for row, mentor in enumerate(cohort.mentors):
        for column, mentee in enumerate(cohort.mentees):
            worth[row, column] += (
                sum(points_by_name(asked, (mentor.id, mentee.id)).values()) * units // MILLION
            )
    best = worth[linear_sum_assignment(worth, maximize=True)].sum()
    assert round(matching.certificate.total * units) == best
    assert len(matching.duos) == 140
    assert matching.certificate.gap == 0
    rm.verify(matching, cohort, policy)
    assert duos_of(matching) != duos_of(rm.match(cohort, rm.Policy(objective=objective)))
    small = rm.match(cohort, policy, memory=8 * 2**20, threads=1)  # nothing is kept in so little memory
    assert small.to_json() == matching.to_json()


@settings(max_examples=max(1, MOST_TRIED // 4))
@given(cohorts(most=7), st.data())
def test_a_warm_start_with_other_credits_changes_no_byte(records: Any, data: st.DataObject) -> None:
    cohort, warm = rm.Cohort.from_records(records), rm.WarmStart()
    pair = [[cohort.mentors[0].id, cohort.mentees[-1].id]]
    for _ in range(3):
        asked = data.draw(credits_for(records)) if data.draw(st.booleans()) else []
        rules = [{"kind": "forbid", "pairs": pair}] if data.draw(st.booleans()) else []
        policy = rm.Policy(credits=asked, rules=rules, objective=data.draw(st.sampled_from(OBJECTIVES)))
        assert rm.match(cohort, policy, warm_start=warm).to_json() == rm.match(cohort, policy).to_json()


def test_a_warm_start_of_a_larger_cohort_changes_no_byte() -> None:
    cohort, warm = invented_cohort(800, seed=3, mentors=350), rm.WarmStart()
    first = rm.match(cohort, warm_start=warm)
    forbid = {"kind": "forbid", "pairs": [[first.duos[7].mentor, first.duos[7].mentee]]}
    some, others = drawn_credits(cohort, 1), drawn_credits(cohort, 2)
    for asked, rules in ((some, []), (some, [forbid]), (others, []), ([], [forbid]), (others, [forbid])):
        policy = rm.Policy(credits=asked, rules=rules)
        warm_one, fresh = rm.match(cohort, policy, warm_start=warm), rm.match(cohort, policy)
        assert warm_one.to_json() == fresh.to_json()
        rm.verify(warm_one, cohort, policy)


def test_neither_the_order_of_the_file_nor_threads_nor_seats_matter() -> None:
    records = three_hundred(4)
    asked = drawn_credits(rm.Cohort.from_records(records), 4)
    turned = [
        {**credit, **{key: ids[::-1] for key, ids in credit.items() if isinstance(ids, list)}}
        for credit in asked
    ]
    one = rm.match(rm.Cohort.from_records(records), rm.Policy(credits=asked), threads=1)
    other = rm.match(rm.Cohort.from_records(records[::-1]), rm.Policy(credits=turned), threads=3)
    assert one.duos == other.duos
    assert one.certificate == other.certificate


@pytest.mark.parametrize(
    "objective", ["total", "max_min", pytest.param({"kind": "fair", "alpha": 1}, marks=pytest.mark.long)]
)
def test_when_time_is_over_the_gap_is_honest_and_verifies(objective: Any) -> None:
    cohort = invented_cohort(1_000, seed=5)
    policy = rm.Policy(objective=objective, credits=drawn_credits(cohort, 1))
    best, hasty = rm.match(cohort, policy), rm.match(cohort, policy, time_limit=0)
    rm.verify(hasty, cohort, policy)
    assert hasty.status == "feasible"
    assert 0 < hasty.certificate.gap < 0.7
    if objective != "max_min":
        assert hasty.certificate.total <= best.certificate.total <= hasty.certificate.bound


def test_thousands_of_credits_are_told_and_verified() -> None:
    cohort = rm.Cohort.from_records(three_hundred(6))
    mentees = [person.id for person in cohort.mentees]
    asked = [{"name": f"of {n % 50}", "points": 0.001, "mentees": [mentees[n % 160]]} for n in range(3_000)]
    policy = rm.Policy(credits=asked)
    matching = rm.match(cohort, policy)
    rm.verify(matching, cohort, policy)
    for duo in matching.duos:
        expected = points_by_name(asked, (duo.mentor, duo.mentee))
        assert {name: round(points * MILLION) for name, points in duo.credits.items()} == expected
        assert list(duo.credits) == list(expected)


@pytest.mark.parametrize(
    ("objective", "proved"),
    [
        ("coverage", "none with 25 duos has a higher total of scores and credits"),
        ("total", "no other matching of these people has a higher total of scores and credits"),
        ("max_min", "none that equals it has a higher total of scores and credits"),
        ({"kind": "fair", "alpha": 2}, "has a higher fair total (alpha 2) with credits"),
    ],
)
def test_the_summary_tells_credits(objective: Any, proved: str) -> None:
    cohort, policy = demo_with_credits(objective)
    matching = rm.match(cohort, policy)
    lines = summary_lines(matching)
    credited = [
        sum(map(round, [points * MILLION for points in duo.credits.values()])) for duo in matching.duos
    ]
    number = sum(map(bool, credited))
    assert any(
        line.startswith(
            f"Credits on top of scores: {number} duos, {sum(credited) / MILLION:.6f} points: 'waited'"
        )
        for line in lines
    )
    assert any(proved in line for line in lines)


def test_a_policy_without_credits_is_what_it_was() -> None:
    assert "credits" not in json.loads(rm.Policy().model_dump_json())
    assert rm.Policy(credits=[]).sha256 == rm.Policy().sha256
    with_some = rm.Policy(credits=[{"name": "a", "points": 1, "mentors": ["x"]}])
    assert with_some.sha256 != rm.Policy().sha256
    assert rm.Policy.model_validate(with_some.model_dump(mode="json")) == with_some


def test_credits_decide_who_is_matched_where_somebody_has_to_wait() -> None:
    cohort = rm.read_cohort(rm.demo_path())
    first = rm.match(cohort)
    waiting = [left.id for left in first.unmatched if left.reason == "partners_taken"]
    policy = rm.Policy(credits=[{"name": "had no duo before", "points": 1, "mentors": waiting}])
    second = rm.match(cohort, policy)
    assert not {left.id for left in second.unmatched} & set(waiting)
    assert second.total < first.total
    assert {duo.mentor for duo in second.duos if duo.credits == {"had no duo before": 1}} == set(waiting)
    assert "credits" not in first.to_json()
    assert second.to_csv().splitlines()[0] == first.to_csv().splitlines()[0]
    rm.trade(second, cohort)
    rm.verify(second, cohort, policy)
    attached = rm.attach(rm.Matching.from_json(second.to_json()), cohort)
    duo = second.duos[0]
    assert attached.explain(duo.mentor, duo.mentee) == second.explain(duo.mentor, duo.mentee)


def demo_with_credits(objective: Any = "coverage", **more: Any) -> tuple[rm.Cohort, rm.Policy]:
    cohort = rm.read_cohort(rm.demo_path())
    return cohort, rm.Policy(credits=drawn_credits(cohort, 5), objective=objective, **more)


@pytest.mark.parametrize("objective", OBJECTIVES[:4])
@pytest.mark.parametrize("limit", [{}, {"at_most_changes": 2}, {"charge": 0.2}])
def test_amendments(objective: Any, limit: dict[str, Any]) -> None:
    cohort, policy = demo_with_credits(objective)
    matching = rm.match(cohort, policy)
    gone = policy.credits[0].mentees[0]
    stays = next(duo for duo in matching.duos if gone not in (duo.mentor, duo.mentee))
    amended = rm.amend(matching, cohort, policy, leave=[gone], forbid=[(stays.mentor, stays.mentee)], **limit)
    after = cohort.amended(leave=[gone])
    rm.verify(amended, after, amended.policy)
    assert gone not in amended.policy_in_force.credits[0].mentees
    assert amended.policy_in_force.credits[0].mentors == policy.credits[0].mentors
    assert all(gone not in pair for pair in amended.policy_in_force.credits[1].pairs)
    if not limit:
        plain = rm.Policy(
            credits=amended.policy_in_force.credits,
            objective=objective,
            rules=[*policy.rules, {"kind": "forbid", "pairs": [[stays.mentor, stays.mentee]]}],
        )
        assert rm.match(after, plain).duos == amended.duos


@settings(max_examples=max(1, MOST_TRIED // 4))
@given(cases(most=5, most_pairs=6), st.integers(0, 2))
def test_a_charge_weighs_credits_too(case: Case, tenths: int) -> None:
    case = case._replace(quotas=[], fixed=frozenset())
    cohort, matching = case.cohort, rm.match(case.cohort, case.policy())
    assume(matching.duos)
    banned = (matching.duos[0].mentor, matching.duos[0].mentee)
    amended = rm.amend(matching, cohort, forbid=[banned], charge=tenths / 10)
    staying = duos_of(matching) - {banned, banned[::-1]}
    charge = tenths * case.units // 10

    def after_charges(duos: set[Pair]) -> tuple[int, ...]:
        *first, total = case.goal(duos) if case.objective != "total" else case.goal(duos)[:1]
        return *first, total - charge * len(staying - duos)

    others = case.matchings(forbid=[banned, banned[::-1]])
    assert after_charges(duos_of(amended)) == max(map(after_charges, others))
    rm.verify(amended, cohort, amended.policy)


def test_a_credit_of_nobody_else_ends_with_who_leaves() -> None:
    cohort = rm.read_cohort(rm.demo_path())
    one = rm.match(cohort).duos[0]
    policy = rm.Policy(
        credits=[
            {"name": "a", "points": 1, "mentors": [f" {one.mentor} "]},
            {"name": "b", "points": 1, "pairs": [[one.mentor, one.mentee]], "mentees": [one.mentee]},
        ]
    )
    matching = rm.match(cohort, policy)
    amended = rm.amend(matching, cohort, leave=[one.mentor])
    assert [(credit.name, credit.mentees, credit.pairs) for credit in amended.policy_in_force.credits] == [
        ("b", (one.mentee,), ())
    ]
    again = rm.amend(amended, cohort.amended(leave=[one.mentor]), policy, leave=[one.mentee])
    assert again.policy_in_force.credits == ()


PEOPLE = [
    {"id": "lea", "role": "mentor"},
    {"id": "tom", "role": "mentor"},
    {"id": "ada", "role": "mentee"},
    {"id": "eve", "role": "mentee"},
]


@pytest.mark.parametrize(
    ("asked", "place", "message"),
    [
        ([{"mentees": ["ada", "eva"]}], "credits[0].mentees[1]", "nobody in the cohort has this id; did you mean 'eve'?"),
        ([{"mentors": ["lea"]}, {"mentors": ["ada"]}], "credits[1].mentors[0]", "a credit names a mentor here; this person has role mentee"),
        ([{"pairs": [["lea", "ada"], ["ada", "lea"]]}], "credits[0].pairs[1][0]", "a credit names a mentor here; this person has role mentee"),
        ([{"pairs": [["lea", "zoe and others"]]}], "credits[0].pairs[0][1]", "nobody in the cohort has this id"),
        ([{"mentors": ["lea"], "points": 3}, {"mentees": ["eve"], "points": 2.000001}], "credits", "a pair could have 5.000001 points from all credits together; right would be points of which no pair has more than 5"),
        ([{"mentors": ["lea"], "mentees": ["eve"], "pairs": [["lea", "eve"]], "points": 2}], "credits", "a pair could have 6 points from all credits together; right would be points of which no pair has more than 5"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(asked: list[dict[str, Any]], place: str, message: str) -> None:
    policy = rm.Policy(credits=[{"name": "a", "points": 1, **credit} for credit in asked])
    with pytest.raises(rm.errors.PolicyError) as caught:
        rm.match(rm.Cohort.from_records(PEOPLE), policy)
    assert (caught.value.faults[0].column, caught.value.faults[0].message) == (place, message)


def test_the_most_is_counted_of_pairs_and_not_of_lists() -> None:
    asked = [
        {"name": "a", "points": 5, "mentors": [" lea", "lea"]},
        {"name": "b", "points": 5, "pairs": [["tom", "ada"], ["tom", "eve"], ["tom ", " ada"]]},
    ]
    cohort, policy = rm.Cohort.from_records(PEOPLE), rm.Policy(credits=asked)
    matching = rm.match(cohort, policy)
    assert [duo.credits for duo in matching.duos] == [{"a": 5}, {"b": 5}]
    rm.verify(matching, cohort, policy)


def findings(matching: rm.Matching, cohort: rm.Cohort, tamper: Callable[[dict[str, Any]], None]) -> str:
    data = json.loads(matching.to_json())
    tamper(data)
    with pytest.raises(rm.VerificationError) as caught:
        rm.verify(rm.Matching.from_json(json.dumps(data)), cohort)
    return " | ".join(str(finding) for finding in caught.value.findings)


@pytest.mark.parametrize("objective", OBJECTIVES[:4])
@pytest.mark.parametrize("quota", [False, True])
def test_tampering_is_found(objective: Any, quota: bool) -> None:
    limit = [{"kind": "share", "of": {"kind": "different", "field": "gender"}, "at_least": 0.8}]
    cohort, policy = demo_with_credits(objective, quotas=limit if quota else [])
    matching = rm.match(cohort, policy)
    rm.verify(matching, cohort, policy)
    place = next(index for index, duo in enumerate(matching.duos) if duo.credits)

    def more(data: dict[str, Any]) -> None:
        name = next(iter(data["duos"][place]["credits"]))
        data["duos"][place]["credits"][name] += 0.1

    def none(data: dict[str, Any]) -> None:
        del data["duos"][place]["credits"]

    def renamed(data: dict[str, Any]) -> None:
        data["duos"][place]["credits"] = {"x": 1.0}

    for tamper in (more, none, renamed):
        assert "its credits are not those that the policy gives it" in findings(matching, cohort, tamper)

    def total_of_scores(data: dict[str, Any]) -> None:
        data["certificate"]["total"] -= 0.3

    assert "certificate.total is said to be" in findings(matching, cohort, total_of_scores)


@pytest.mark.parametrize("objective", OBJECTIVES[:4])
def test_a_matching_that_ignores_credits_is_refused(objective: Any) -> None:
    cohort, policy = demo_with_credits(objective)
    blind = json.loads(rm.match(cohort, rm.Policy(objective=objective)).to_json())
    blind["policy"] = policy.model_dump(mode="json")
    blind["digests"]["policy"] = policy.sha256
    honest = rm.match(cohort, policy)
    for duo in blind["duos"]:
        pair = duo["mentor"], duo["mentee"]
        named = points_by_name(blind["policy"]["credits"], pair)
        if named:
            duo["credits"] = {name: whole / MILLION for name, whole in named.items()}
            blind["certificate"]["total"] += sum(named.values()) / MILLION
    units = blind["certificate"].get("units", MILLION)
    blind["certificate"]["total"] = round(blind["certificate"]["total"] * units) / units
    blind["certificate"]["bound"] = blind["certificate"]["total"]
    with pytest.raises(rm.VerificationError) as caught:
        rm.verify(rm.Matching.from_json(json.dumps(blind)), cohort)
    said = " | ".join(str(finding) for finding in caught.value.findings)
    assert "price: " in said or "bound: " in said
    assert honest.certificate.total > blind["certificate"]["total"]


def test_prices_that_ignore_credits_are_refused() -> None:
    cohort, policy = demo_with_credits()
    matching, blind = rm.match(cohort, policy), rm.match(cohort)

    def with_prices_of_scores(data: dict[str, Any]) -> None:
        prices = json.loads(blind.to_json())["certificate"]
        for name in ("mentor_prices", "mentee_prices", "duo_price"):
            data["certificate"][name] = prices[name]

    assert "they prove nothing" in findings(matching, cohort, with_prices_of_scores)


def test_a_policy_with_credits_for_strangers_does_not_verify() -> None:
    cohort, policy = demo_with_credits()
    matching = rm.match(cohort, policy)

    def stranger(data: dict[str, Any]) -> None:
        data["policy"]["credits"][0]["mentees"][0] = "stranger"

    assert "'stranger' is named as mentee" in findings(matching, cohort, stranger)
