"""A scenario is what a fresh match of its people under its policy is, whatever was asked of the study before."""

from __future__ import annotations

import copy
from html import unescape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reverse_match as rm
from reverse_match.solver.pairs import memory as resources
from reverse_match.study.outline import Outline
from reverse_match.study.workbench import Workbench
from reverse_match.testing import invented_cohort
from strategies import cohorts

OBJECTIVES = ["coverage", "total", "max_min", {"kind": "fair", "alpha": 1}]
QUOTAS: list[list[dict[str, Any]]] = [
    [],
    [{"kind": "duos", "at_most": 2}],
    [{"kind": "share", "of": {"kind": "different", "field": "gender"}, "at_least": 0.5}],
    [{"kind": "each", "by": "mentee.department", "at_most": 1}, {"kind": "duos", "at_least": 1}],
]
RULES: list[list[dict[str, Any]]] = [
    [],
    [{"kind": "not_in_reporting_line"}],
    [{"kind": "different", "field": "department", "if_unknown": "allow"}],
    [{"kind": "minimum_score", "at_least": 0.4}],
    [{"kind": "require", "of": "mentor", "field": "capacity", "at_most": 2}],
]
NAMES = ["skills", "goals", "age", "gender", "department"]


def base_policies() -> st.SearchStrategy[rm.Policy]:
    return st.builds(
        lambda objective, quotas, rules: rm.Policy(objective=objective, quotas=quotas, rules=rules),
        st.sampled_from(OBJECTIVES),
        st.sampled_from(QUOTAS),
        st.sampled_from(RULES),
    )


def changes() -> st.SearchStrategy[dict[str, Any]]:
    place = st.integers(0, 6)
    return st.fixed_dictionaries(
        {},
        optional={
            "weights": st.dictionaries(st.sampled_from(NAMES), st.sampled_from([0.05, 0.3, 1]), max_size=2),
            "rules": st.sampled_from(RULES),
            "quotas": st.sampled_from(QUOTAS),
            "fix": st.lists(st.tuples(place, place), max_size=1),
            "forbid": st.lists(st.tuples(place, place), max_size=2),
            "without": st.lists(place, max_size=1),
            "join": st.sampled_from([[], [{"id": "new", "role": "both", "offers": "python", "age": 33}]]),
            "capacities": st.dictionaries(place, st.integers(0, 3), max_size=2),
            "objective": st.sampled_from(OBJECTIVES),
            "seed": st.sampled_from([0, 0, 7]),
        },
    )


def named(change: dict[str, Any], cohort: rm.Cohort) -> dict[str, Any]:
    """Return a change in which places have become ids."""
    mentors, mentees = ([person.id for person in side] for side in (cohort.mentors, cohort.mentees))
    people = [person.id for person in cohort.participants]
    found = dict(change)
    for kind in {"fix", "forbid"} & change.keys():
        pairs = [(mentors[one % len(mentors)], mentees[other % len(mentees)]) for one, other in change[kind]]
        found[kind] = [pair for pair in pairs if pair[0] != pair[1]]
    if "without" in change:
        found["without"] = [people[place % len(people)] for place in change["without"]]
    if "capacities" in change:
        found["capacities"] = {people[place % len(people)]: n for place, n in change["capacities"].items()}
    return found


def fresh(cohort: rm.Cohort, policy: rm.Policy) -> str:
    try:
        return rm.match(copy.deepcopy(cohort), policy).to_json()
    except (rm.InfeasibleError, rm.errors.PolicyError) as error:
        return str(error)


@given(cohorts(most=7), base_policies(), st.lists(changes(), min_size=1, max_size=4))
@settings(max_examples=max(2, settings().max_examples // 6))
def test_scenarios_equal_fresh_matches(
    records: list[dict[str, Any]], policy: rm.Policy, chain: list[dict[str, Any]]
) -> None:
    study = rm.Study(rm.Cohort.from_records(records), policy)
    for number, change in enumerate(chain):
        try:
            asked = study._request(f"s{number}", named(change, study.cohort))
        except (rm.errors.CohortError, rm.errors.PolicyError):
            continue  # nobody is left to be mentor, or somebody who leaves has another capacity
        try:
            scenario = study.scenario(f"s{number}", **named(change, study.cohort))
            found = scenario.matching.to_json()
            assert scenario.policy == asked.policy
        except (rm.InfeasibleError, rm.errors.PolicyError) as error:
            found = str(error)
        assert found == fresh(asked.cohort, asked.policy)
    if study._workbench._error is None:
        assert study.base.matching.to_json() == fresh(study.cohort, policy)


@given(cohorts(most=7), base_policies(), st.lists(changes(), min_size=1, max_size=4))
@settings(max_examples=max(1, settings().max_examples // 10))
def test_outlines_tell_what_matchings_do(
    records: list[dict[str, Any]], policy: rm.Policy, chain: list[dict[str, Any]]
) -> None:
    study = rm.Study(rm.Cohort.from_records(records), policy)
    for change in chain:
        try:
            asked = study._request("s", named(change, study.cohort))
            found = study._workbench.outline(asked.cohort, asked.policy)
        except (rm.errors.CohortError, rm.errors.PolicyError, rm.InfeasibleError):
            continue
        if found is None:
            with pytest.raises(rm.InfeasibleError):
                rm.match(asked.cohort, asked.policy)
        else:
            assert found == Outline.of_matching(rm.match(copy.deepcopy(asked.cohort), asked.policy))


@pytest.mark.long
@given(cohorts(most=7), st.lists(base_policies(), min_size=2, max_size=4))
@settings(max_examples=2 * settings().max_examples)
def test_a_warm_start_chooses_the_same_of_equally_good_matchings_that_keep_quotas(
    records: list[dict[str, Any]], policies: list[rm.Policy]
) -> None:
    cohort, warm = rm.Cohort.from_records(records), rm.WarmStart()
    for policy in policies:
        try:
            found = rm.match(cohort, policy, warm_start=warm).to_json()
        except rm.InfeasibleError as error:
            found = str(error)
        assert found == fresh(cohort, policy)


def larger_chain(cohort: rm.Cohort, duos: list[rm.Duo]) -> list[dict[str, Any]]:
    pairs = [(duo.mentor, duo.mentee) for duo in duos]
    forbid: dict[str, Any] = {"forbid": pairs[:1]}
    return [
        forbid,
        {"fix": [(pairs[3][0], pairs[8][1])]},
        {"weights": {"gender": 0.3}},
        {"capacities": {pairs[5][0]: 2, pairs[6][1]: 0}},
        {"capacities": {pairs[5][0]: 0}, "forbid": pairs[9:12]},
        {"weights": {"gender": 0.31}, "forbid": pairs[20:22]},
        {"rules": [{"kind": "different", "field": "department", "prefix": 1}]},
        forbid,
        {"weights": {"gender": 0.3}, "capacities": {pairs[7][0]: 3}},
        {"without": [pairs[1][0], pairs[2][1]], "join": [{"id": "new", "role": "mentor"}]},
        {"objective": {"kind": "fair", "alpha": 1}},
        {"quotas": [{"kind": "duos", "at_most": 100}]},
        {"forbid": pairs[100:140]},
    ]


def test_scenarios_of_a_larger_cohort_equal_fresh_matches() -> None:
    study = rm.Study(invented_cohort(250, seed=2))
    chain = larger_chain(study.cohort, list(study.base.matching.duos))
    for number, change in enumerate(chain):
        scenario = study.scenario(str(number), **change)
        assert scenario.matching.to_json() == fresh(scenario.cohort, scenario.policy), change
    assert study.base.matching.to_json() == fresh(study.cohort, study.policy)


@pytest.mark.long
@pytest.mark.parametrize(
    ("share", "kept"), [(0.0, (False, False)), (3.5e-4, (True, False)), (0.5, (True, True))]
)
def test_scenarios_do_not_depend_on_what_fits_into_memory(
    share: float, kept: tuple[bool, bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resources, "KEPT_SHARE", share)
    planned = resources.plan_resources((250, 250), 1_000)
    assert (planned.keeps_pairs, planned.keeps_values) == kept
    cohort = invented_cohort(500, seed=3)
    study = rm.Study(cohort, threads=1)
    for number, change in enumerate(larger_chain(cohort, list(study.base.matching.duos))):
        scenario = study.scenario(str(number), **change)
        assert scenario.matching.to_json() == fresh(scenario.cohort, scenario.policy), change


@pytest.mark.long
@pytest.mark.parametrize("objective", OBJECTIVES[1:])
def test_scenarios_under_other_objectives_equal_fresh_matches(objective: Any) -> None:
    study = rm.Study(invented_cohort(400, seed=5), rm.Policy(objective=objective))
    for number, change in enumerate(larger_chain(study.cohort, list(study.base.matching.duos))):
        scenario = study.scenario(str(number), **change)
        assert scenario.matching.to_json() == fresh(scenario.cohort, scenario.policy), change


def test_forbidding_reads_the_scores_of_the_base_and_changes_none() -> None:
    cohort = invented_cohort(300, seed=1)
    workbench = Workbench(cohort, rm.Policy())
    duo = workbench.base().duos[0]
    assert workbench._base is not None
    pairs = workbench._base.prepared.problem.pairs
    before = pairs.table.copy()  # type: ignore[attr-defined]
    policy = rm.Policy(rules=[*rm.Policy().rules, {"kind": "forbid", "pairs": [(duo.mentor, duo.mentee)]}])
    looked = []
    workbench.match(cohort, policy, lambda state: looked.append(state.pairs))
    assert looked[-1] == 0, "no look at all pairs was needed"
    assert (workbench._base.prepared.problem.pairs.table == before).all()  # type: ignore[attr-defined]
    assert workbench._base.prepared.problem.pairs is pairs


def test_scores_that_were_overwritten_for_what_cannot_be_are_not_read_again() -> None:
    cohort = invented_cohort(60, seed=4)
    workbench = Workbench(cohort, rm.Policy())
    workbench.base()

    def asked(weight: float, **changes: Any) -> rm.Policy:
        criteria = [one.model_dump(mode="json", by_alias=True) for one in rm.Policy().criteria]
        criteria[0]["weight"] = weight
        return rm.Policy.from_data({"criteria": criteria, **changes})

    first = workbench.match(cohort, asked(0.9)).duos[0]
    assert workbench.outline(cohort, asked(0.1, quotas=[{"kind": "duos", "at_least": 1_000}])) is None
    without = asked(0.9, rules=[{"kind": "forbid", "pairs": [(first.mentor, first.mentee)]}])
    assert workbench.match(cohort, without) == rm.match(cohort, without)


def test_a_base_that_cannot_be_has_scenarios_that_can() -> None:
    cohort = invented_cohort(6, seed=1)
    study = rm.Study(cohort, rm.Policy(quotas=[{"kind": "duos", "at_least": 1_000}]))
    with pytest.raises(rm.InfeasibleError):
        _ = study.base
    scenario = study.scenario("fewer", quotas=[])
    assert scenario.matching == rm.match(cohort, scenario.policy)
    with pytest.raises(rm.InfeasibleError):
        study.scenario("as many", weights={"age": 1})
    assert study.scenario("one", quotas=[{"kind": "duos", "at_most": 1}]).matching.duos


def test_what_was_asked_is_told() -> None:
    study = rm.Study(rm.read_cohort(rm.demo_path()))
    duo = study.base.matching.duos[0]
    scenario = study.scenario(
        "x", weights={"age": 1}, forbid=[(duo.mentor, duo.mentee)], without=[study.cohort.mentors[3].id]
    )
    assert scenario.changes.model_dump(mode="json") == {
        "weights": {"age": 1},
        "forbid": [[duo.mentor, duo.mentee]],
        "without": [study.cohort.mentors[3].id],
    }
    assert study.names == ("base", "x")
    assert study["x"] is scenario
    assert [one.name for one in study] == ["base", "x"]


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"weights": {"gendre": 1}}, rm.errors.PolicyError, "did you mean 'gender'"),
        ({"weights": {"gender": -1}}, rm.errors.PolicyError, "negative"),
        ({"weights": dict.fromkeys(NAMES, 0)}, rm.errors.PolicyError, "all weights are 0"),
        ({"rules": [{"kind": "forbidd"}]}, rm.errors.PolicyError, "did you mean 'forbid'"),
        ({"without": ["nobody.at.all"]}, rm.errors.CohortError, "nobody in the cohort"),
        ({"without": "adam.levy"}, rm.errors.StudyError, "a list of ids"),
        ({"capacities": {"adam.lev": 1}}, rm.errors.CohortError, "did you mean 'adam.levy'"),
        ({"capacities": {"adam.levy": 1.5}}, rm.errors.CohortError, "whole number"),
        ({"fix": [("adam.levy", "adam.lev")]}, rm.errors.PolicyError, "nobody in the cohort"),
        ({"objective": "totl"}, rm.errors.PolicyError, "right would be"),
    ],
)
def test_a_wrong_change_is_refused_and_leaves_the_study_usable(
    change: dict[str, Any], error: type[Exception], message: str
) -> None:
    study = rm.Study(rm.read_cohort(rm.demo_path()))
    with pytest.raises(error, match=message):
        study.scenario("wrong", **change)
    assert "wrong" not in study
    scenario = study.scenario("wrong", weights={"age": 1})
    assert scenario.matching == rm.match(study.cohort, scenario.policy)


def test_names_are_unique_and_unknown_ones_are_refused() -> None:
    study = rm.Study(rm.read_cohort(rm.demo_path()))
    study.scenario("a pilot", quotas=[{"kind": "duos", "at_most": 5}])
    for name in ("a pilot", "base", ""):
        with pytest.raises(rm.errors.StudyError):
            study.scenario(name)
    with pytest.raises(rm.errors.StudyError, match="did you mean 'a pilot'"):
        _ = study["a pilt"]


def test_the_view_of_a_study_shows_all_that_a_scenario_changes() -> None:
    people = [{"id": "lea", "role": "mentor"}, {"id": "ada", "role": "mentee"}]
    study = rm.Study(rm.Cohort.from_records(people))
    study.scenario("both", weights={"age": 0.5}, quotas=[{"kind": "duos", "at_most": 5}])
    shown = unescape(study._repr_html_())
    assert '"weights":{"age":0.5}' in shown
    assert '"quotas":[{"at_most":5,"kind":"duos"}]' in shown


def test_people_with_other_places_are_as_if_read_anew() -> None:
    """What does not depend on places is carried over, and the digest is made of what is the same."""
    cohort = invented_cohort(30)
    ids = [person.id for person in cohort.participants]
    places = {ids[3]: 4, ids[17]: 0}
    study = rm.Study(cohort)
    made = study.scenario("places", capacities=places).cohort
    records = [person.model_dump(mode="json", exclude={"attributes"}) for person in cohort.participants]
    fresh = rm.Cohort.from_records(
        [record | {"capacity": places.get(record["id"], record["capacity"])} for record in records]
    )
    assert made.sha256 == fresh.sha256 != cohort.sha256
    assert made.position == fresh.position
    assert made.mentors == fresh.mentors
    assert [person.capacity for person in cohort.participants] == [1] * 30
