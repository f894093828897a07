"""A matching that was tampered with fails, and the finding says what is wrong."""

from __future__ import annotations

import ast
import itertools
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from test_match import realistic

import reverse_match as rm
import reverse_match.verification

if TYPE_CHECKING:
    from collections.abc import Callable

POLICY = rm.Policy(
    rules=[
        {"kind": "not_in_reporting_line"},
        {"kind": "forbid", "pairs": [["p0", "p3"]]},
        {"kind": "minimum_score", "at_least": 0.1},
    ]
)


@pytest.fixture(scope="module")
def cohort() -> rm.Cohort:
    records = realistic(40, seed=9)
    records[0]["role"], records[3]["role"], records[5]["capacity"] = "mentor", "mentee", 0
    records[7]["manager_id"] = "p2"
    return rm.Cohort.from_records(records)


@pytest.fixture(scope="module")
def honest(cohort: rm.Cohort) -> rm.Matching:
    matching = rm.match(cohort, POLICY)
    rm.verify(matching, cohort, POLICY)
    return matching


def findings(
    honest: rm.Matching,
    cohort: rm.Cohort,
    tamper: Callable[[dict[str, Any]], None],
    policy: rm.Policy | None = POLICY,
) -> list[str]:
    data = json.loads(honest.to_json())
    tamper(data)
    with pytest.raises(rm.VerificationError) as caught:
        rm.verify(rm.Matching.from_json(json.dumps(data)), cohort, policy)
    return [str(finding) for finding in caught.value.findings]


@pytest.fixture(scope="module")
def swap(honest: rm.Matching, cohort: rm.Cohort) -> tuple[int, int]:
    """Return two duos that could exchange their mentees and would be worse for it."""
    score = score_of(cohort)
    for one, other in itertools.combinations(range(len(honest.duos)), 2):
        first, second = honest.duos[one], honest.duos[other]
        swapped = score(first.mentor, second.mentee) + score(second.mentor, first.mentee)
        if swapped < first.score + second.score - 0.001:
            return one, other
    raise AssertionError


def score_of(cohort: rm.Cohort) -> Callable[[str, str], float]:
    matrix = rm.score_matrix(cohort, POLICY)
    row = {person.id: place for place, person in enumerate(cohort.mentors)}
    column = {person.id: place for place, person in enumerate(cohort.mentees)}
    return lambda mentor, mentee: float(matrix[row[mentor], column[mentee]])


def exchange(data: dict[str, Any], swap: tuple[int, int]) -> None:
    one, other = (data["duos"][place] for place in swap)
    one["mentee"], other["mentee"] = other["mentee"], one["mentee"]


def test_a_swapped_duo_is_in_no_best_matching(
    honest: rm.Matching, cohort: rm.Cohort, swap: tuple[int, int]
) -> None:
    found = findings(honest, cohort, lambda data: exchange(data, swap))
    assert any(line.startswith("optimality: the duo of ") and "at these prices" in line for line in found)
    assert any(line.startswith("score: the duo of ") for line in found)


def test_a_swap_with_honest_scores_is_still_found(
    honest: rm.Matching, cohort: rm.Cohort, swap: tuple[int, int]
) -> None:
    score = score_of(cohort)

    def swap_and_rescore(data: dict[str, Any]) -> None:
        exchange(data, swap)
        for duo in data["duos"]:
            duo["score"] = score(duo["mentor"], duo["mentee"])
        total = sum(round(duo["score"] * 1_000_000) for duo in data["duos"]) / 1_000_000
        data["total"] = data["certificate"]["total"] = total

    found = findings(honest, cohort, swap_and_rescore)
    assert any(line.startswith("gap: the gap is said to be 0.0, but it is ") for line in found)
    assert any(line.startswith("optimality: ") for line in found)
    assert not any(line.startswith(("score: ", "total: ")) for line in found)


def test_a_lowered_price_proves_nothing(honest: rm.Matching, cohort: rm.Cohort) -> None:
    def lower(data: dict[str, Any]) -> None:
        prices = data["certificate"]["mentee_prices"]
        name = max(prices, key=prices.get)
        prices[name] = round(prices[name] - 0.1, 6)

    found = findings(honest, cohort, lower)
    assert any(line.startswith("price: '") and line.endswith("they prove nothing") for line in found)
    assert any(line.startswith("bound: the bound on the total is said to be ") for line in found)


def test_a_raised_price_is_found(honest: rm.Matching, cohort: rm.Cohort) -> None:
    def lift(data: dict[str, Any]) -> None:
        prices = data["certificate"]["mentor_prices"]
        prices[data["duos"][0]["mentor"]] += 0.25

    found = findings(honest, cohort, lift)
    assert any(line.startswith("bound: the bound on the total is said to be ") for line in found)
    assert all(line.split(":")[0] in ("bound", "gap", "price", "optimality") for line in found)


def test_who_has_capacity_left_must_have_price_zero(honest: rm.Matching, cohort: rm.Cohort) -> None:
    left = next(
        left for left in honest.unmatched if left.role == "mentor" and left.reason == "partners_taken"
    )

    def price(data: dict[str, Any]) -> None:
        data["certificate"]["mentor_prices"][left.id] = 0.5

    expected = f"price: mentor '{left.id}' has capacity left, so the price must be 0, not 0.5"
    assert expected in findings(honest, cohort, price)


def test_an_edited_score_is_found(honest: rm.Matching, cohort: rm.Cohort) -> None:
    def edit(data: dict[str, Any]) -> None:
        data["duos"][3]["score"] = 0.987654

    found = findings(honest, cohort, edit)
    assert any(
        line.startswith("score: the duo of ") and "is said to score 0.987654, but scores" in line
        for line in found
    )


def test_a_forbidden_pair_is_found(honest: rm.Matching, cohort: rm.Cohort) -> None:
    def forbid(data: dict[str, Any]) -> None:
        duo = next(duo for duo in data["duos"] if duo["mentee"] == "p3")
        duo["mentor"] = "p0"

    found = findings(honest, cohort, forbid)
    assert "rule: the duo of 'p0' (mentor) and 'p3' (mentee) is forbidden by forbid" in found


def change(*path: Any, to: Any) -> Callable[[dict[str, Any]], None]:
    def tamper(data: dict[str, Any]) -> None:
        place: Any = data
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = to(place[path[-1]]) if callable(to) else to

    return tamper


def drop(*path: Any) -> Callable[[dict[str, Any]], None]:
    def tamper(data: dict[str, Any]) -> None:
        place: Any = data
        for key in path[:-1]:
            place = place[key]
        del place[path[-1]]

    return tamper


def repeat_first_duo(data: dict[str, Any]) -> None:
    data["duos"].append(data["duos"][0])


@pytest.mark.parametrize(
    ("tamper", "beginning"),
    [
        (change("total", to=1.0), "total: total is said to be 1.0"),
        (change("certificate", "total", to=1.0), "total: certificate.total is said to be 1.0"),
        (change("certificate", "duos", to=99), "total: the certificate speaks of 99 duos"),
        (change("certificate", "duos_bound", to=99), "bound: the bound on duos is said to be 99"),
        (change("certificate", "bound", to=99.0), "bound: the bound on the total is said to be 99.0"),
        (change("certificate", "gap", to=0.5), "gap: the gap is said to be 0.5, but it is 0.0"),
        (change("certificate", "pairs_checked", to=1), "bound: 1 pairs are said to be checked"),
        (change("certificate", "duo_price", to=-0.1), "price: the price of a duo is negative"),
        (change("certificate", "duo_price", to=1e30), "price: the price of a duo is negative, too large"),
        (change("as_of", to="2026-01-01"), "as_of: the matching counts ages on a day, but"),
        (change("certificate", "scarce_mentees", to=[]), "bound: the bound on duos"),
        (change("certificate", "scarce_mentees", 0, to="x"), "person: 'x' is named as mentee"),
        (change("duos", 0, "mentor", to="nobody"), "person: 'nobody' is named as mentor"),
        (change("duos", 0, "contributions", "skills", to=lambda old: old + 0.1), "contributions: the duo of"),
        (change("duos", 0, "missing", to=["skills", "age"]), "missing: the duo of"),
        (change("duos", 0, "name_matches", to=[]), "name_matches: the duo of"),
        (change("duos", 0, "fixed", to=True), "rule: the duo of"),
        (drop("duos", 0), "total: total is said to be"),
        (repeat_first_duo, "duo: the duo of"),
        (repeat_first_duo, "capacity: "),
        (drop("unmatched", 0), "unmatched: "),
        (change("unmatched", 0, "reason", to="below_minimum_score"), "unmatched: the reason why"),
        (change("unmatched", 0, "allowed_partners", to=77), "unmatched: the reason why"),
        (change("unmatched", 0, "blocked_by", to={"forbid": 7}), "unmatched: the reason why"),
        (change("criteria", 0, "weight", to=0.9), "criteria: the weights"),
        (change("digests", "cohort", to="0" * 64), "cohort: these are not the people"),
        (change("digests", "policy", to="0" * 64), "policy: the digest of the policy"),
        (change("policy", "seed", to=5), "policy: the matching followed another policy"),
    ],
)  # fmt: skip
def test_whatever_is_changed_is_found(
    honest: rm.Matching, cohort: rm.Cohort, tamper: Any, beginning: str
) -> None:
    found = findings(honest, cohort, tamper)
    assert any(line.startswith(beginning) for line in found), found


def test_a_price_that_is_dropped_is_found(honest: rm.Matching, cohort: rm.Cohort) -> None:
    name = honest.duos[0].mentor
    found = findings(honest, cohort, drop("certificate", "mentor_prices", name))
    assert "price: the mentors with a price are not those with capacity beside fixed duos" in found


def test_a_reporting_line_is_checked_by_other_code(cohort: rm.Cohort) -> None:
    people = [{"id": "m", "role": "mentor", "manager_id": "e"}, {"id": "e", "role": "mentee"}]
    without_rule = rm.match(rm.Cohort.from_records(people), rm.Policy(rules=[]))
    data = json.loads(without_rule.to_json())
    data["policy"] = rm.Policy().model_dump(mode="json")
    with pytest.raises(rm.VerificationError, match="is forbidden by not_in_reporting_line"):
        rm.verify(
            rm.Matching.from_json(
                json.dumps({**data, "digests": {**data["digests"], "policy": rm.Policy().sha256}})
            ),
            rm.Cohort.from_records(people),
        )


def test_other_people_are_not_the_people_that_were_matched(honest: rm.Matching) -> None:
    with pytest.raises(rm.VerificationError, match="these are not the people that were matched"):
        rm.verify(honest, rm.Cohort.from_records(realistic(40, seed=10)), POLICY)


def test_a_fixed_duo_that_is_missing_is_found() -> None:
    people = [{"id": i, "role": r} for i, r in (("m", "mentor"), ("n", "mentor"), ("e", "mentee"))]
    cohort = rm.Cohort.from_records(people)
    free, fixing = rm.Policy(), rm.Policy(rules=[{"kind": "fix", "pairs": [["n", "e"]]}])
    matching = next(
        m for m in (rm.match(cohort, rm.Policy(seed=s)) for s in range(50)) if m.duos[0].mentor == "m"
    )
    data = json.loads(matching.to_json())
    data["policy"], data["digests"]["policy"] = fixing.model_dump(mode="json"), fixing.sha256
    with pytest.raises(
        rm.VerificationError, match=r"the policy fixes 'n' \(mentor\) and 'e' \(mentee\), but they are no duo"
    ):
        rm.verify(rm.Matching.from_json(json.dumps(data)), cohort, fixing)
    assert free != fixing


def test_verification_uses_nothing_of_the_solving_path() -> None:
    package = Path(str(reverse_match.verification.__file__)).parent
    trees = [ast.parse(path.read_text("utf-8")) for path in package.glob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    used = {str(node.module).removeprefix("reverse_match.") for node in nodes}
    assert not [module for module in used if module.startswith("constraints")]
    assert [module for module in used if module.startswith("solver")] == ["solver.pairs.tiles"]
    assert all(module.startswith("matching.results") for module in used if module.startswith("matching"))


def test_a_proof_of_a_spread_is_there_where_the_policy_asks_for_one() -> None:
    people = [{"id": f"m{number}", "role": "mentor", "capacity": 2} for number in range(2)]
    cohort = rm.Cohort.from_records(
        [*people, *({"id": f"e{number}", "role": "mentee"} for number in range(3))]
    )
    policy = rm.Policy.from_data({"spread": "mentors"})
    spread, plain = rm.match(cohort, policy), rm.match(cohort)
    for matching, other, asked, message in [
        (spread, plain, policy, "is missing"),
        (plain, spread, None, "is given, though they are not"),
    ]:
        certificate = matching.certificate.model_copy(update={"spread": other.certificate.spread})
        with pytest.raises(rm.VerificationError, match=f"the proof of how duos are spread {message}"):
            rm.verify(matching.model_copy(update={"certificate": certificate}), cohort, asked)
