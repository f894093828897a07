"""People's own say in a matching: against plain Python, against HiGHS, verified, tampered with, and told."""

from __future__ import annotations

import json
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from scipy.optimize import LinearConstraint, milp

import oracle_scores
import reverse_match as rm
from random_worlds import World, quarters
from reverse_match.constraints import personal_rules
from reverse_match.errors import CohortError, PolicyError, VerificationError
from reverse_match.programme.indicators import weight_evidence
from reverse_match.scoring import stated_preferences
from reverse_match.scoring.criterion import Sides
from reverse_match.scoring.model import score_model
from reverse_match.solver.pairs.tiles import Tiling
from rule_oracle import World as RuleWorld
from rule_oracle import truth

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE: list[dict[str, Any]] = [
    {"id": "lea", "role": "mentor", "gender": "F", "location": "France/Lyon", "age": 25, "languages": "en",
     "prefers": "location=same:no", "priority": "age", "team": "a;b"},
    {"id": "tom", "role": "mentor", "gender": "male", "location": "France/Paris", "age": 30, "grade": 3},
    {"id": "ada", "role": "mentee", "gender": "female", "location": "France/Lyon", "age": 50,
     "languages": "anglais", "prefers": "genre=femme:obligatoire; langues=english"},
    {"id": "bob", "role": "mentee", "age": 33, "prefers": "site=France; grade>=3:maybe", "priority": "Own Say"},
    {"id": "kim", "role": "mentee", "location": "Spain/Madrid", "age": 41, "prefers": "team=B:must"},
]  # fmt: skip
CRITERIA: list[dict[str, Any]] = [
    {"kind": "preferences", "name": "own say", "weight": 1},
    {"kind": "gap", "name": "age", "weight": 1, "field": "age", "from": 0, "to": 25},
]
RULE: dict[str, Any] = {"kind": "personal_rules"}
COHORT = rm.Cohort.from_records(PEOPLE)


def policy(**more: Any) -> rm.Policy:
    return rm.Policy.from_data({"criteria": CRITERIA, "rules": [RULE], **more})


def pairs_of(matching: rm.Matching) -> set[tuple[str, str]]:
    return {(duo.mentor, duo.mentee) for duo in matching.duos}


def test_values_are_what_people_say() -> None:
    made = policy(criteria=CRITERIA[:1], rules=[])
    # lea with ada: the same site, which lea would rather not have; ada has all she asks for
    # tom with ada: no woman, and his languages are not known
    # bob speaks of the site, and of a grade, which only tom has
    assert rm.score_matrix(COHORT, made).tolist() == [[0.5, 1.0, 1.0], [0.0, 1.0, 0.7]]


def test_a_must_forbids_where_a_rule_says_so() -> None:
    free, bound = rm.match(COHORT, policy(rules=[])), rm.match(COHORT, policy())
    matrix = rm.score_matrix(COHORT, policy())
    assert np.isnan(matrix).tolist() == [[False, False, False], [True, False, True]]
    lenient = rm.score_matrix(COHORT, policy(rules=[{**RULE, "if_unknown": "allow"}]))
    assert np.isnan(lenient).tolist() == [[False, False, False], [True, False, False]]
    of_mentors = rm.score_matrix(COHORT, policy(rules=[{**RULE, "of": "mentor"}]))
    assert not np.isnan(of_mentors).any()
    waived = rm.score_matrix(COHORT, policy(rules=[{**RULE, "waived": ["ada", "left"]}]))
    assert np.isnan(waived).tolist() == [[False, False, False], [False, False, True]]
    for matching, made in ((free, policy(rules=[])), (bound, policy())):
        rm.verify(matching, COHORT, made)
        assert rm.Matching.from_json(matching.to_json()) == matching


def test_a_condition_counts_in_a_quota_too() -> None:
    quota = {"kind": "count", "of": {"kind": "not", "condition": RULE}, "at_most": 0, "name": "broken"}
    made = policy(rules=[], quotas=[quota])
    matching = rm.match(COHORT, made)
    assert ("tom", "ada") not in pairs_of(matching)
    rm.verify(matching, COHORT, made)


OWN: dict[str, Any] = {"own_weights": {"factor": 4, "share": 0.25}}


def test_the_weights_of_a_pair_follow_what_matters_most() -> None:
    matching = rm.match(COHORT, policy(**OWN))
    model = score_model(COHORT, policy(**OWN), Sides([0, 1], [2, 3, 4]), None)
    weights = model.weights_at(np.array([0, 0, 1]), np.array([0, 1, 0])).tolist()
    # a quarter is lea's, 1 to 4; the rest is bob's, 4 to 1
    assert weights == [[425_000, 575_000], [650_000, 350_000], [500_000, 500_000]]
    for duo in matching.duos:
        assert sum(duo.contributions.values()) == duo.score
        assert bool(duo.weights) == bool(duo.matters_most)
    assert {duo.mentee: duo.matters_most for duo in matching.duos}["bob"]["mentee"] == "own say"
    rm.verify(matching, COHORT, policy(**OWN))
    same = rm.match(COHORT, policy(own_weights={"factor": 1}))
    assert [duo.score for duo in same.duos] == [duo.score for duo in rm.match(COHORT, policy()).duos]


def test_a_study_of_weights_is_a_fresh_match() -> None:
    study = rm.Study(COHORT, policy(**OWN))
    for weights in ({"age": 0.2}, {"age": 0}, {"own say": 3}):
        found = study.scenario(f"other {weights}", weights=weights).matching
        criteria = [{**one, "weight": weights.get(one["name"], one["weight"])} for one in CRITERIA]
        assert found.to_json() == rm.match(COHORT, policy(criteria=criteria, **OWN)).to_json()


def test_evidence_on_weights_divides_by_those_of_the_pair() -> None:
    matching = rm.match(COHORT, policy(**OWN))
    matrix = rm.score_matrix(COHORT, policy(criteria=CRITERIA[1:], rules=[]))
    rows, columns = ([one.id for one in side] for side in (COHORT.mentors, COHORT.mentees))
    weights = {one.name: one.weight for one in matching.criteria}
    assert any(duo.weights for duo in matching.duos)
    for duo in matching.duos:
        value = matrix[rows.index(duo.mentor), columns.index(duo.mentee)]
        assert weight_evidence._value(duo, weights, "age") == pytest.approx(value, abs=1e-5)


def test_a_sweep_does_not_claim_to_have_seen_all_between() -> None:
    swept = [rm.Study(COHORT, policy(**more)).sweep(weight="age", over=[0.5, 2]) for more in ({}, OWN)]
    assert [one.complete for one in swept] == [True, False]
    for point in swept[1].points:
        criteria = [{**one, "weight": point.weight if one["name"] == "age" else 1} for one in CRITERIA]
        assert point.total == rm.match(COHORT, policy(criteria=criteria, **OWN)).total


def test_a_study_can_work_in_processes() -> None:
    asked = {f"{share}": {"weights": {"age": share}} for share in (0.2, 0.4, 5)}
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        found = [rm.Study(COHORT, policy(**OWN)).scenarios(asked, executor=how) for how in ("serial", pool)]
    one, other = ([scenario.matching.to_json() for scenario in some.values()] for some in found)
    assert one == other


def drawn(seed: int, size: int) -> World:
    """Draw a world without quotas in which everybody has a say."""
    for number in range(100):
        random = Random(f"{seed}:{number}")
        world = World.drawn(f"own say {seed}:{number}", sizes=(size,), quotas=(0,)).with_own_say(random)
        if "own_weights" in world.policy and any(one.get("prefers") for one in world.records):
            return world
    raise AssertionError


def _sum_of(model: Any, columns: slice) -> Any:
    block = model.block(columns)
    return lambda rows: int(block.tile(rows).sum())


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (3, 2), (7, 4)])
def test_tiles_of_any_size_are_what_plain_python_says(seed: int, rows: int, columns: int) -> None:
    world = drawn(seed, 14)
    rm.register_criterion("quarters", quarters)
    cohort = rm.Cohort.from_records(world.records, as_of=world.policy["as_of"])
    sides = Sides.in_order_of(cohort)
    made = rm.Policy.model_validate(world.policy)
    tiling = Tiling(rows=rows, columns=columns, threads=1)
    model = score_model(cohort, made, sides, date.fromisoformat(world.policy["as_of"]), tiling)
    ids = [[cohort.participants[place].id for place in side] for side in (sides.mentors, sides.mentees)]
    expected = np.array([[world.scores.get((one, other), -1) for other in ids[1]] for one in ids[0]])
    for whole in (model, model.with_value_cache()):
        found = np.full(model.shape, -1)
        for place in range(model.shape[1]):
            block = whole.block(slice(place, place + 1))
            found[:, place] = block.tile(slice(0, model.shape[0]))[:, 0]
        assert (found == expected)[expected >= 0].all()
        scanned = tiling.map(lambda part, whole=whole: _sum_of(whole, part), model.shape)
        assert sum(scanned) == found.sum()
        whole.complete_values()
    kept = np.arange(0, model.shape[0], 2), np.arange(1, model.shape[1], 2)
    if len(kept[0]) and len(kept[1]):
        part = model.part(*kept).block(slice(0, len(kept[1]))).tile(slice(0, len(kept[0])))
        right = expected[np.ix_(*kept)]
        assert (part == right)[right >= 0].all()


@pytest.mark.parametrize("seed", range(6))
def test_tables_that_would_be_too_large_are_computed_by_tile(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = drawn(50 + seed, 14)
    rm.register_criterion("quarters", quarters)
    cohort = rm.Cohort.from_records(world.records, as_of=world.policy["as_of"])
    rules = [rule for rule in world.policy["rules"] if rule["kind"] != "personal_rules"]
    made = rm.Policy.from_data({**world.policy, "rules": [*rules, {**RULE, "if_unknown": "allow"}]})
    whole = rm.score_matrix(cohort, made)
    for module in (stated_preferences, personal_rules):
        monkeypatch.setattr(module, "LARGEST_TABLE", -1)
    again = rm.Cohort.from_records(world.records, as_of=world.policy["as_of"])
    np.testing.assert_array_equal(rm.score_matrix(again, made), whole)


@pytest.mark.parametrize("seed", range(3))
def test_highs_finds_no_better_total(seed: int) -> None:
    world = drawn(100 + seed, 12)
    names = [one["name"] for one in world.policy["criteria"]]
    random = Random(seed)
    records = [
        {**one, "id": f"{one['id']}-{copy}", "priority": random.choice([None, *names]), "wants": [],
         "wants_ranks": [], "avoids": [], "manager_id": None}
        for copy in range(3)
        for one in world.records
    ]  # fmt: skip
    rules = [rule for rule in world.policy["rules"] if rule["kind"] == "personal_rules"]
    made = {**world.policy, "objective": "total", "rules": rules, "credits": []}
    scored = oracle_scores.scores(records, made["criteria"], made["own_weights"])
    by_id = {one["id"]: one for one in records}
    allowed = [
        pair
        for pair in scored
        if all(
            (said := truth(rule, by_id[pair[0]], by_id[pair[1]], RuleWorld(records))) is True
            or (said is None and rule.get("if_unknown") == "allow")
            for rule in rules
        )
    ]
    worth = np.array([scored[pair].score for pair in allowed])
    seats = [(side, name) for side in (0, 1) for name in by_id]
    load = np.array([[pair[side] == name for pair in allowed] for side, name in seats], dtype=float)
    room = np.array([by_id[name]["capacity"] for _, name in seats])
    best = milp(
        -worth,
        integrality=np.ones(len(worth)),
        bounds=(0, 1),
        constraints=LinearConstraint(load, -np.inf, room),
    )
    cohort = rm.Cohort.from_records(records, as_of=made["as_of"])
    matching = rm.match(cohort, rm.Policy.from_data(made))
    assert matching.certificate.proved
    assert round(1e6 * matching.total) == -round(best.fun)
    rm.verify(matching, cohort, rm.Policy.from_data(made))
    random.shuffle(records)
    again = rm.match(rm.Cohort.from_records(records, as_of=made["as_of"]), rm.Policy.from_data(made))
    assert again.to_json() == matching.to_json()


def tampered(matching: rm.Matching, change: Any) -> rm.Matching:
    data = json.loads(matching.to_json())
    change(data)
    return rm.Matching.from_data(data)


def _weights(data: dict[str, Any]) -> None:
    duo = next(duo for duo in data["duos"] if "weights" in duo)
    duo["weights"] = dict.fromkeys(duo["weights"], 0.5)


def _reason(data: dict[str, Any]) -> None:
    duo = next(duo for duo in data["duos"] if "matters_most" in duo)
    duo["matters_most"] = {"mentor": "own say"}


def _points(data: dict[str, Any]) -> None:
    duo = next(duo for duo in data["duos"] if "weights" in duo)
    moved = duo["contributions"]["age"] / 2
    duo["contributions"]["age"] -= moved
    duo["contributions"]["own say"] += moved


def _waive(data: dict[str, Any]) -> None:
    data["policy"]["rules"][0]["waived"] = ["ada"]


def _equal(data: dict[str, Any]) -> None:
    data["policy"]["own_weights"]["share"] = 0.5


def _against_a_must(data: dict[str, Any]) -> None:
    for duo in data["duos"]:
        if duo["mentee"] == "ada":
            duo["mentor"] = "tom"
        elif duo["mentor"] == "tom":
            duo["mentor"] = "lea"
    data["duos"].sort(key=lambda duo: (duo["mentor"], duo["mentee"]))


@pytest.mark.parametrize("change", [_weights, _reason, _points, _waive, _equal, _against_a_must])
def test_what_is_tampered_with_is_refused(change: Any) -> None:
    people = [{**one, "capacity": 2} if one["id"] == "lea" else one for one in PEOPLE]
    cohort = rm.Cohort.from_records(people)
    matching = rm.match(cohort, policy(**OWN))
    assert {duo.mentee for duo in matching.duos} >= {"ada"}
    with pytest.raises(VerificationError):
        rm.verify(tampered(matching, change), cohort, policy(**OWN))


@pytest.mark.parametrize("field", ["prefers", "priority"])
def test_people_who_say_something_else_are_other_people(field: str) -> None:
    matching = rm.match(COHORT, policy(**OWN))
    other = rm.Cohort.from_records([{**one, field: None} if one["id"] == "lea" else one for one in PEOPLE])
    with pytest.raises(VerificationError):
        rm.verify(matching, other, policy(**OWN))


def test_sentences_name_personal_rules_and_what_matters_most() -> None:
    matching = rm.match(COHORT, policy(**OWN))
    answer = matching.explain("tom", "kim")
    assert [rule.model_dump() for rule in answer.personal_rules] == [
        {"id": "kim", "role": "mentee", "field": "team", "known": False}
    ]
    told = [line for line in answer.sentences("en") if "personal" in line]
    assert told == [
        "Ruled out by: personal rules.",
        "A personal rule of 'kim' (mentee) is about the other's team, which is not known.",
    ]
    broken = [line for line in matching.explain("tom", "ada").sentences("en") if "A personal" in line]
    assert broken == ["A personal rule of 'ada' (mentee) about the other's gender is broken."]
    french = " ".join(matching.explain("tom", "ada").sentences("fr")).replace(
        "\N{NARROW NO-BREAK SPACE}", " "
    )
    assert "règles personnelles" in french
    assert "Une règle personnelle de" in french
    most = [line for line in matching.explain("lea", "bob").sentences("en") if "matters" in line]
    assert most == [
        "What matters most to the mentor (age) and to the mentee (own say) counts more in this pair."
    ]
    french = " ".join(matching.explain("lea", "bob").sentences("fr"))
    assert "Ce qui compte le plus pour le mentor (âge) et pour la personne mentorée (own say)" in french


def test_the_report_says_what_matters_most_and_bars_fit_the_weights() -> None:
    page = rm.match(COHORT, policy(**OWN)).to_html()
    assert "What matters most to the mentee (own say) counts more in this pair." in page or (
        "What matters most to the mentor (age) and to the mentee (own say)" in page
    )


def test_a_price_of_musts_is_what_a_match_without_them_gains() -> None:
    made = policy(rules=[{**RULE, "waived": ["lea"]}])
    found = [one for one in rm.Study(COHORT, made).price(people=5).prices if one.kind == "personal_rule"]
    assert {one.name for one in found} == {"ada", "kim"}
    base = rm.match(COHORT, made)
    for one in found:
        other = rm.match(COHORT, policy(rules=[{**RULE, "waived": ["lea", one.name]}]))
        assert one.duos == len(other.duos) - len(base.duos)
        assert round(1e6 * one.points) == round(1e6 * other.total) - round(1e6 * base.total)
    assert not [
        one for one in rm.Study(COHORT, policy(rules=[])).price().prices if one.kind == "personal_rule"
    ]


NOTES: list[tuple[dict[str, Any], str]] = [
    ({"rules": []}, "2 people state musts, which no rule of the policy keeps; "
     "a rule of the kind personal_rules does"),
    ({"criteria": CRITERIA[1:]}, "3 people state wishes in 'prefers', which no criterion weighs; "
     "a criterion of the kind preferences does"),
    ({"own_weights": {"field": "elsewhere"}}, "own_weights: nobody fills 'elsewhere', "
     "so that no weight follows it"),
    ({}, "'prefers': 1 person asks for a value of 'team' that nobody has"),
]  # fmt: skip


@pytest.mark.parametrize(("more", "note"), NOTES)
def test_what_is_left_aside_is_noted(more: dict[str, Any], note: str) -> None:
    from reverse_match.matching.policy_notes import policy_notes

    people = [{**one, "team": None} for one in PEOPLE]
    notes = policy_notes(policy(**more), rm.Cohort.from_records(people))
    assert note in [str(one) for one in notes]


@pytest.mark.parametrize(("if_unknown", "noted"), [("forbid", True), ("allow", False)])
def test_who_is_forbidden_for_lack_of_a_value_is_noted(if_unknown: str, noted: bool) -> None:
    from reverse_match.matching.policy_notes import policy_notes

    people = [{**one, "gender": None} if one["id"] in ("tom", "bob") else one for one in PEOPLE]
    notes = policy_notes(policy(rules=[{**RULE, "if_unknown": if_unknown}]), rm.Cohort.from_records(people))
    told = "rules[0]: 1 person does not fill 'gender', about which somebody has a must: "
    assert (f"{told}the rule forbids these pairs" in [str(one) for one in notes]) == noted


def test_a_rule_that_nobody_needs_is_noted() -> None:
    from reverse_match.matching.policy_notes import policy_notes

    people = [{"id": "a", "role": "mentor", "age": 20}, {"id": "b", "role": "mentee", "age": 40}]
    notes = policy_notes(policy(), rm.Cohort.from_records(people))
    assert "rules[0]: nobody states a must, so that the rule forbids nothing" in [str(one) for one in notes]


FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"prefers": "langage=fr"}, "a preference about what is no field of the people; "
     "did you mean 'languages'?"),
    ({"prefers": "id=ada"}, "a preference about 'id', of which nobody can ask anything; "),
    ({"prefers": "gender=3..5"}, "a range of 'gender', which holds words; "),
    ({"prefers": "age=old"}, "a preference about 'age', which holds numbers; "),
    ({"priority": "own sey"}, "no criterion of the policy is called so; did you mean 'own say'?"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "message"), FAULTS)
def test_what_nobody_can_mean_is_a_fault_of_its_row(said: dict[str, Any], message: str) -> None:
    people = [{**one, **said} if one["id"] == "tom" else one for one in PEOPLE]
    with pytest.raises(CohortError) as error:
        rm.match(rm.Cohort.from_records(people), policy(**OWN))
    fault = error.value.faults[0]
    assert (fault.row, fault.column) == (2, next(iter(said)))
    assert fault.message.startswith(message)


@pytest.mark.parametrize(
    "own", [{"factor": 0.5}, {"factor": "3"}, {"share": 1.5}, {"field": ""}, {"fields": "x"}, 3]
)
def test_own_weights_that_are_none_are_refused(own: Any) -> None:
    with pytest.raises(PolicyError):
        policy(own_weights=own)


def test_an_unknown_column_has_its_place_in_the_policy() -> None:
    people = [{name: value for name, value in one.items() if name != "priority"} for one in PEOPLE]
    with pytest.raises(PolicyError) as error:
        rm.match(rm.Cohort.from_records(people), policy(**OWN))
    assert error.value.faults[0].column == "own_weights.field"


def test_a_policy_without_own_say_keeps_its_digest() -> None:
    made = rm.Policy()
    assert not {"own_weights"} & made.model_dump().keys()
    assert rm.Policy.from_data(policy(**OWN).model_dump(mode="json")) == policy(**OWN)
    schema = json.dumps(rm.Policy.model_json_schema())
    assert all(word in schema for word in ("own_weights", "personal_rules", "preferences", "waived"))


def test_the_next_round_keeps_musts_and_own_weights(tmp_path: Path) -> None:
    made = policy(**OWN)
    first = rm.match(COHORT, made)
    later = rm.rotate(first, COHORT, made, on=date(2027, 1, 4))
    assert ("tom", "ada") not in pairs_of(later)
    rm.verify(later, COHORT, made)
    plan = rm.plan_rotations(COHORT, made, rounds=2)
    assert all(("tom", "ada") not in pairs_of(round_of) for round_of in plan.rounds)
    rm.verify_plan(plan, COHORT, made)
    file = tmp_path / "matching.json"
    file.write_text(first.to_json(), "utf-8")
    assert rm.Matching.from_json(file.read_text("utf-8")) == first
