"""Whatever is changed in the proof of what people have is found, or proves the same."""

from __future__ import annotations

import copy
import json
import random

import pytest

import reverse_match as rm
from reverse_match.testing import invented_cohort
from reverse_match.verification.all_pairs import PairExamination
from reverse_match.verification.claim import Claim
from reverse_match.verification.objective import CohortObjective
from reverse_match.verification.people import PeopleIndex
from reverse_match.verification.people_proof import PeopleAudit
from reverse_match.verification.people_terms import PARTS

OBJECTIVES = (
    {"kind": "max_min", "over": "mentors"},
    {"kind": "max_min", "over": "people", "of": "sum"},
    {"kind": "fair", "over": "people", "alpha": 2},
)


@pytest.fixture(scope="module", params=range(len(OBJECTIVES)))
def made(request):
    cohort = invented_cohort(16, 3, mentor_capacity=2)
    policy = rm.Policy(objective=OBJECTIVES[request.param])
    matching = rm.match(cohort, policy)
    assert matching.certificate.people.proved
    return cohort, policy, matching


def matching_data(matching):
    """Return a matching as plain data."""
    return json.loads(matching.to_json())


def refused(data, cohort, policy):
    """Say whether a changed record is refused."""
    try:
        rm.verify(rm.Matching.from_data(data), cohort, policy)
    except (rm.errors.VerificationError, rm.errors.MatchingFileError):
        return True
    return False


def test_what_is_stated_of_people_is_checked(made):
    cohort, policy, matching = made
    data = matching_data(matching)
    people = data["certificate"]["people"]
    assert not refused(data, cohort, policy)
    for name in people:
        changed = copy.deepcopy(data)
        del changed["certificate"]["people"][name]
        assert refused(changed, cohort, policy), name
    for name in set(people) & {"lowest", "lowest_bound", "utility", "utility_bound"}:
        for other in (people[name] + 1e-6, people[name] - 1e-6, -1.0, 1e300, people[name] + 0.1):
            changed = copy.deepcopy(data)
            changed["certificate"]["people"][name] = other
            assert refused(changed, cohort, policy), (name, other)
    changed = copy.deepcopy(data)
    changed["certificate"]["people"]["proved"] = False
    assert refused(changed, cohort, policy)
    del changed["certificate"]["people"]
    assert refused(changed, cohort, policy)


def test_a_missing_or_foreign_case_is_refused(made):
    cohort, policy, matching = made
    data = matching_data(matching)
    for part in ("lowest_cases", "lacking_cases", "cases"):
        cases = data["certificate"]["people"].get(part)
        for changed_cases in () if cases is None else (cases[:-1], [*cases, cases[-1]], []):
            changed = copy.deepcopy(data)
            changed["certificate"]["people"][part] = changed_cases
            assert refused(changed, cohort, policy), part


def test_no_prices_prove_what_a_matching_disproves(made):
    """The matching itself reaches its lowest mean and its total: no proof says that none does."""
    cohort, _, matching = made
    people = PeopleIndex(cohort)
    claim = Claim.read(matching, people, CohortObjective(matching.policy_in_force, people), 1)
    audit = PeopleAudit(claim, PairExamination(claim).pairs_of_people)
    proof, chance = matching.certificate.people, random.Random(2)
    pairs = audit._pairs.together
    if proof.lowest is not None:
        walk = audit._walk(audit.lowest, 0 * pairs.worth, few_lacking=False)
        cases, aim = proof.lowest_cases, 0
    else:
        walk = audit._walk(None, audit._credits, few_lacking=False)
        cases, aim = proof.cases, audit.utility * PARTS
    assert walk.fault(cases, aim) is not None
    for _ in range(40):
        shaken = [case if case.most is not None else shake(case, chance) for case in cases]
        assert walk.fault(shaken, aim) is not None


def shake(case, chance):
    """Return a case with other prices: some larger, some smaller, some left out."""

    def other(prices):
        kept = {name: price for name, price in prices.items() if chance.random() < 0.9}
        return {
            name: int(price * chance.choice([0.5, 1, 1, 2]) + chance.choice([-1, 0, 1]))
            for name, price in kept.items()
        }

    update = {"mentors": other(case.mentors), "mentees": other(case.mentees)}
    update["people"] = {name: abs(price) for name, price in other(case.people).items()}
    update["duo"] = int(case.duo * chance.choice([0.5, 1, 1, 2]))
    return case.model_copy(update=update)


def test_large_and_unknown_values_are_refused(made):
    cohort, policy, matching = made
    data = matching_data(matching)
    part = "lowest_cases" if "lowest_cases" in data["certificate"]["people"] else "cases"

    def with_leaf(change):
        changed = copy.deepcopy(data)
        change(next(one for one in changed["certificate"]["people"][part] if "most" not in one))
        return refused(changed, cohort, policy)

    assert with_leaf(lambda leaf: leaf.update(duo=2**62))
    assert with_leaf(lambda leaf: leaf.update(mentors={"nobody": 1}))
    assert with_leaf(lambda leaf: leaf.update(people={"nobody": 1}))
    assert with_leaf(lambda leaf: leaf.update(people={matching.duos[0].mentor: -(10**12)}))
    assert with_leaf(lambda leaf: leaf.update(quotas=[{"quota": 7, "inside": 1}]))


def test_another_matching_with_this_proof_is_refused(made):
    cohort, policy, matching = made
    other = rm.match(cohort, rm.Policy(objective="coverage"))
    data = matching_data(other)
    data["certificate"]["people"] = matching_data(matching)["certificate"]["people"]
    assert refused(data, cohort, policy)
