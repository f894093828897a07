"""Objectives over people: against brute force, with people who are both, capacities, quotas and fixed duos."""

from __future__ import annotations

import itertools
import math
import random
from fractions import Fraction

import numpy as np
import pytest

import reverse_match as rm
from reverse_match.views.summaries import summary_lines

OVER = ("mentors", "mentees", "people")


def drawn(seed, people=5, mentors=3, mentees=3):
    """Return a small cohort with people who are both, its scores, and teams."""
    chance = random.Random(seed)
    records = []
    for number in range(people):
        role = "both" if number < 1 else ("mentor" if number < mentors else "mentee")
        records.append(
            {
                "id": f"p{number}",
                "role": role,
                "capacity": chance.choice([0, 1, 2, 2, 3]),
                "department": chance.choice("ab"),
            }
        )
    cohort = rm.Cohort.from_records(records)
    shape = len(cohort.mentors), len(cohort.mentees)
    scores = np.array(
        [
            [
                -np.inf if chance.random() < 0.1 else round(chance.random(), chance.choice([1, 6]))
                for _ in range(shape[1])
            ]
            for _ in range(shape[0])
        ]
    )
    return cohort, scores


def utility(alpha, share):
    """Return the alpha-fair utility of a share, as the docs define it, with the full one as 1."""

    def area(x):
        if x <= 0.1:
            return x * 0.1**-alpha
        if alpha == 1:
            return 1 + math.log(x / 0.1)
        return 0.1 ** (1 - alpha) + (x ** (1 - alpha) - 0.1 ** (1 - alpha)) / (1 - alpha)

    return area(share) / area(1)


def matchings(cohort, scores, fixed=()):
    """Yield every matching with the most duos, as sets of pairs of ids."""
    mentors, mentees = ([person.id for person in side] for side in (cohort.mentors, cohort.mentees))
    score = {
        (mentor, mentee): Fraction(round(float(scores[row, column]) * 10**6), 10**6)
        for row, mentor in enumerate(mentors)
        for column, mentee in enumerate(mentees)
        if mentor != mentee and np.isfinite(scores[row, column])
    }
    room = {person.id: person.capacity for person in cohort.participants}
    for size in range(len(score), -1, -1):
        found = False
        for chosen in itertools.combinations(score, size):
            fits = set(fixed) <= set(chosen) and all(
                sum(pair[side] == name for pair in chosen) <= room[name] for side in (0, 1) for name in room
            )
            if fits:
                found = True
                yield chosen, score
        if found:
            return


def shares(chosen, score, over, of, fixed=()):
    """Return what everybody who counts and has a duo that is not fixed has."""
    sides = [side for side, role in enumerate(("mentors", "mentees")) if over in (role, "people")]
    found = {}
    for pair in chosen:
        for side in sides:
            found.setdefault(pair[side], []).append(pair)
    free = {name: pairs for name, pairs in found.items() if set(pairs) - set(fixed)}
    each = {name: sum((score[pair] for pair in pairs), Fraction(0)) for name, pairs in found.items()}
    means = {name: each[name] / (len(found[name]) if of == "mean" else 1) for name in found}
    return means, [means[name] for name in free]


def lacking(chosen, cohort):
    """Return how many duos are not of one department."""
    where = {person.id: person.department for person in cohort.participants}
    return sum(where[mentor] != where[mentee] for mentor, mentee in chosen)


def matched(cohort, scores, objective, **policy):
    """Return a verified matching under an objective, with the scores as a table."""
    made = rm.Policy(
        criteria=[{"kind": "table", "name": "scores", "weight": 1, "from": 0, "to": 1}],
        objective=objective,
        **policy,
    )
    matching = rm.match(cohort, made, tables={"scores": scores})
    rm.verify(matching, cohort, matching.policy, tables={"scores": scores})
    assert rm.Matching.from_json(matching.to_json()) == matching
    return matching


@pytest.mark.parametrize("seed", range(24))
def test_the_worst_person_has_as_much_as_possible(seed):
    cohort, scores = drawn(seed)
    over, of = OVER[seed % 3], ("mean", "sum")[seed % 2]
    asked = {"kind": "same", "field": "department"} if seed % 4 < 2 else None
    matching = matched(
        cohort, scores, {"kind": "max_min", "over": over, "of": of}, as_far_as_possible=asked, rules=[]
    )
    best = max(
        (
            math.floor(min(shares(chosen, score, over, of)[1], default=Fraction(0)) * 10**6),
            -lacking(chosen, cohort) if asked else 0,
            sum(score[pair] for pair in chosen),
            len(chosen),
        )
        for chosen, score in matchings(cohort, scores)
    )
    if not matching.duos:
        assert best[3] == 0
        assert matching.certificate.people is None
        return
    people = matching.certificate.people
    assert (round(people.lowest * 10**6), round(people.lowest_bound * 10**6)) == (best[0], best[0])
    assert round(matching.total * 10**6) == best[2] * 10**6
    assert not asked or matching.certificate.lacking == matching.certificate.lacking_bound == -best[1]
    assert matching.certificate.proved
    assert len(matching.duos) == best[3]


@pytest.mark.parametrize("seed", range(12))
def test_the_sum_of_utilities_is_as_high_as_possible(seed):
    cohort, scores = drawn(100 + seed)
    over, of, alpha = OVER[seed % 3], ("mean", "sum")[seed % 2], (1, 2, 0.5, 0)[seed % 4]
    matching = matched(
        cohort,
        scores,
        {"kind": "fair", "over": over, "of": of, "alpha": alpha},
        as_far_as_possible=None,
        rules=[],
    )
    best = max(
        sum(utility(alpha, float(one)) for one in shares(chosen, score, over, of)[0].values())
        for chosen, score in matchings(cohort, scores)
    )
    if matching.duos:
        people = matching.certificate.people
        assert people.proved
        assert people.utility == people.utility_bound
        assert people.utility == pytest.approx(best, abs=2e-6)  # linear between thousandths of a point


def with_quota_and_fixed_duo(seed):
    """Return a cohort, scores, a fixed duo, and a quota that its best matching would break."""
    cohort, scores = drawn(200 + seed)
    scores[:] = np.where(np.isfinite(scores), scores, 0.5)
    mentors, mentees = ([one.id for one in side if one.capacity] for side in (cohort.mentors, cohort.mentees))
    fixed = [(one, other) for one in mentors for other in mentees if one != other][:1]
    most = 1 + seed % 2
    quota = {
        "kind": "count",
        "of": {"kind": "same", "field": "department"},
        "at_most": most,
        "name": "one department",
    }
    return cohort, scores, fixed, quota, most


@pytest.mark.parametrize("seed", range(12))
def test_fixed_duos_count_and_quotas_are_kept(seed):
    cohort, scores, fixed, quota, most = with_quota_and_fixed_duo(seed)
    over, of = OVER[seed % 3], ("mean", "sum")[seed % 2]
    where = {person.id: person.department for person in cohort.participants}
    possible = list(itertools.chain.from_iterable(all_sizes(cohort, scores, fixed, where, most)))
    if not possible:
        return
    size = max(len(chosen) for chosen, _ in possible)
    best = max(
        (min(free, default=Fraction(1)), sum(score[pair] for pair in chosen))
        for chosen, score in possible
        if len(chosen) == size
        for free in [[math.floor(one * 10**6) for one in shares(chosen, score, over, of, fixed)[1]]]
    )
    matching = matched(
        cohort,
        scores,
        {"kind": "max_min", "over": over, "of": of},
        as_far_as_possible=None,
        rules=[{"kind": "fix", "pairs": fixed}] if fixed else [],
        quotas=[quota],
    )
    assert len(matching.duos) == size
    assert matching.certificate.proved
    if matching.certificate.people is not None:
        assert round(matching.certificate.people.lowest * 10**6) == best[0]
    assert round(matching.total * 10**6) == best[1] * 10**6


def all_sizes(cohort, scores, fixed, where, most):
    """Yield every matching of any size that has the fixed duos and keeps the quota."""
    mentors, mentees = ([person.id for person in side] for side in (cohort.mentors, cohort.mentees))
    score = {
        (mentor, mentee): Fraction(round(float(scores[row, column]) * 10**6), 10**6)
        for row, mentor in enumerate(mentors)
        for column, mentee in enumerate(mentees)
        if mentor != mentee
    }
    room = {person.id: person.capacity for person in cohort.participants}
    for size in range(len(score) + 1):
        yield [
            (chosen, score)
            for chosen in itertools.combinations(score, size)
            if set(fixed) <= set(chosen)
            and sum(where[one] == where[other] for one, other in chosen) <= most
            and all(
                sum(pair[side] == name for pair in chosen) <= room[name] for side in (0, 1) for name in room
            )
        ]


@pytest.mark.parametrize("seed", range(4))
def test_no_other_program_finds_a_fairer_matching(seed):
    """HiGHS, asked for as many duos with a mean just above the lowest one, finds none; at it, none better."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    chance = random.Random(seed)
    records = [
        {
            "id": f"p{number:02}",
            "role": "mentor" if number < 12 else "mentee",
            "capacity": chance.choice([1, 2, 3]),
        }
        for number in range(26)
    ]
    cohort = rm.Cohort.from_records(records)
    scores = np.array([[round(chance.random(), 3) for _ in range(14)] for _ in range(12)])
    matching = matched(
        cohort, scores, {"kind": "max_min", "over": "people"}, as_far_as_possible=None, rules=[]
    )
    assert matching.certificate.proved
    room = np.array([one.capacity for one in (*cohort.mentors, *cohort.mentees)], dtype=float)
    ends = np.zeros((26, 12 * 14))
    for row in range(12):
        for column in range(14):
            ends[[row, 12 + column], row * 14 + column] = 1

    def highest(least):
        means = ends * (scores.ravel() - least) * 1000
        found = milp(
            -scores.ravel(),
            constraints=[
                LinearConstraint(ends, -np.inf, room),
                LinearConstraint(means, 0, np.inf),
                LinearConstraint(np.ones(12 * 14), len(matching.duos), len(matching.duos)),
            ],
            bounds=Bounds(0, 1),
            integrality=np.ones(12 * 14),
            options={"mip_rel_gap": 0.0},
        )
        return None if found.x is None else -found.fun

    lowest = matching.certificate.people.lowest
    assert highest(lowest + 1e-4) is None
    assert highest(lowest - 1e-9) <= matching.total + 1e-6


def test_studies_and_warm_starts_equal_fresh_matches():
    cohort, scores = drawn(3)
    tables = {"scores": scores}
    base = rm.Policy(
        criteria=[{"kind": "table", "name": "scores", "weight": 1, "from": 0, "to": 1}], rules=[]
    )
    objective = {"kind": "max_min", "over": "people"}
    study = rm.Study(cohort, base, tables=tables)
    fair = study.scenario("fair", objective=objective)
    fresh = rm.match(
        cohort, base.model_copy(update={"objective": rm.Policy(objective=objective).objective}), tables=tables
    )
    assert {(duo.mentor, duo.mentee) for duo in fresh.duos} == {
        (duo.mentor, duo.mentee) for duo in fair.matching.duos
    }
    warm = rm.WarmStart()
    for policy in (base, fresh.policy, fresh.policy):
        again = rm.match(cohort, policy, tables=tables, warm_start=warm)
    assert again == fresh


def test_what_does_not_go_together_is_refused():
    with pytest.raises(rm.errors.PolicyError, match="does not go with spread"):
        rm.Policy(objective={"kind": "max_min", "over": "people"}, spread="mentors")
    with pytest.raises(rm.errors.PolicyError, match="over"):
        rm.Policy(objective={"kind": "max_min", "over": "teams"})
    cohort, _ = drawn(3)
    with pytest.raises(rm.errors.PolicyError, match="no plan of several rounds is fair to people"):
        rm.plan_rotations(cohort, rm.Policy(objective={"kind": "fair", "over": "people"}), rounds=2)


def test_questions_are_answered():
    cohort = rm.read_cohort(rm.demo_path())
    matching = rm.match(cohort, rm.Policy(objective={"kind": "max_min", "over": "mentees"}))
    duo = matching.duos[0]
    assert matching.explain(duo.mentor, duo.mentee).matched
    other = next(one for one in matching.duos if one.mentor != duo.mentor)
    assert matching.explain(duo.mentor, other.mentee).duos_lost is not None
    assert len(matching.alternatives(duo.mentee, 2)) == 2
    assert any("Lowest mean score of a mentee's duos" in line for line in summary_lines(matching))


def test_plain_objectives_keep_their_words():
    assert rm.Policy(objective={"kind": "fair", "alpha": 2}).model_dump(mode="json")["objective"] == {
        "kind": "fair",
        "alpha": 2,
    }
