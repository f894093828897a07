"""Quotas on groups that count some duos, choose some people, or are of both sides: against a second opinion."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

import reverse_match as rm
from random_worlds import DAY, Record, World, each_quota, quarters, quota
from reverse_match.matching.policy_notes import policy_notes
from reverse_match.views.words.faults import note_in_words
from test_fuzz_against_oracle import check_duos, check_optimum
from thinned import thinned

rm.register_criterion("quarters", quarters)


def drawn(seed: str, sizes: tuple[int, ...] = (4, 5, 6, 7, 8, 9)) -> World:
    """Draw a world of which one quota at least is on groups as they are tested here."""
    random = Random(f"{seed} quotas")
    world = World.drawn(seed, sizes, quotas=(0,))
    asked = [each_quota(random, world.records)]
    if random.random() < 0.3:
        asked.append(random.choice([each_quota, quota])(random, world.records))
    named = [{"name": f"quota {place}", **one} for place, one in enumerate(asked)]
    return World(world.records, {**world.policy, "quotas": named})


def people_of(world: World) -> rm.Cohort:
    return rm.Cohort.from_records(world.records, as_of=DAY)


@pytest.mark.parametrize("chunk", thinned(range(3), every=3))
def test_no_matching_that_keeps_the_quotas_is_better(chunk: int) -> None:
    formed = refused = bound = 0
    for number in range(24):
        world = drawn(f"each {chunk}:{number}")
        programme, cohort = world.programme(), people_of(world)
        policy = rm.Policy.model_validate(world.policy)
        best = programme.best()
        try:
            matching = rm.match(cohort, policy)
        except rm.InfeasibleError:
            assert not best, (chunk, number)
            refused += 1
            continue
        assert best is not None
        check_duos(world, matching)
        check_optimum(world, programme, matching, best)
        rm.verify(matching, cohort, policy)
        assert rm.Matching.from_json(matching.to_json()) == matching
        shuffled = rm.Cohort.from_records(world.records[::-1], as_of=DAY)
        assert rm.match(shuffled, policy).duos == matching.duos
        formed += bool(matching.duos)
        free = world.programme(quotas=[]).best()
        bound += free is not None and programme.goal(free) != programme.goal(best)
    assert formed > 2
    assert bound > 0
    assert refused < 20


def test_a_study_equals_fresh_matches() -> None:
    for number in range(6):
        world = drawn(f"study each {number}")
        cohort, policy = people_of(world), rm.Policy.model_validate(world.policy)
        without = policy.model_copy(update={"quotas": ()})
        study = rm.Study(cohort, without)
        try:
            fresh = rm.match(people_of(world), policy)
        except rm.InfeasibleError:
            continue
        found = study.scenario("with", quotas=world.policy["quotas"]).matching
        assert found.duos == fresh.duos
        assert found.quotas == fresh.quotas


PEOPLE: list[Record] = [
    *(
        {"id": f"e{place}", "role": "mentee", "department": department, "grade": place}
        for place, department in enumerate(["IT", "IT", "Finance", "Finance", "HR"])
    ),
    *(
        {"id": f"m{place}", "role": "mentor", "capacity": 2, "department": department, "grade": place + 2}
        for place, department in enumerate(["IT", "Finance", "HR"])
    ),
]
ONE_OF_EACH = {"kind": "each", "by": ["mentor.id", "mentee.department"], "at_most": 1}
A_SENIOR = {
    "kind": "each",
    "by": "mentee.id",
    "of": {"kind": "require", "of": "mentor", "field": "grade", "at_least": 3},
    "where": {"mentee.grade": {"at_least": 2}},
    "at_least": 1,
}


def matched(*quotas: Any, records: list[Record] = PEOPLE) -> tuple[rm.Matching, rm.Cohort, rm.Policy]:
    cohort, policy = rm.Cohort.from_records(records), rm.Policy(rules=[], quotas=quotas)
    matching = rm.match(cohort, policy)
    rm.verify(matching, cohort, policy)
    return matching, cohort, policy


def test_no_mentor_has_two_mentees_of_one_department() -> None:
    matching, *_ = matched(ONE_OF_EACH)
    department = {person["id"]: person["department"] for person in PEOPLE}
    met = [(duo.mentor, department[duo.mentee]) for duo in matching.duos]
    assert len(met) == len({*met}) == 5
    assert matching.quotas[0].name == "each mentor.id × mentee.department"
    assert (matching.quotas[0].lowest, matching.quotas[0].highest) == (0, 1)


def test_every_mentee_of_a_grade_has_a_senior() -> None:
    matching, *_ = matched(A_SENIOR)
    mentor_of = {duo.mentee: duo.mentor for duo in matching.duos}
    assert all(mentor_of[mentee] in ("m1", "m2") for mentee in ("e2", "e3", "e4"))
    assert {price.group for price in matching.certificate.quota_prices} <= {"e2", "e3", "e4"}


def test_a_field_of_the_other_side_tells_which_duos_count() -> None:
    matching, *_ = matched(
        {"kind": "each", "by": "mentor.id", "where": {"mentee.department": "IT"}, "at_most": 1}
    )
    assert matching.quotas[0].highest == 1
    assert len(matching.duos) == 5  # two of other departments may be with one mentor


def test_a_quota_on_one_mentor_among_many_counts_nobody_else() -> None:
    quota = {"kind": "each", "by": "mentor.id", "where": {"mentor.grade": {"at_least": 4}}, "at_most": 0}
    matching, *_ = matched(quota)
    assert {duo.mentor for duo in matching.duos} == {"m0", "m1"}


def test_what_cannot_hold_is_told_with_its_groups() -> None:
    too_few = [{**person, "capacity": 1} for person in PEOPLE]
    with pytest.raises(rm.InfeasibleError) as caught:
        matched(A_SENIOR, records=too_few)
    told = caught.value.explanations[0]
    quota = next(demand for demand in told.demands if demand.kind == "quota")
    assert quota.counted == "mentee.id, mentee.grade at_least 2, require grade"
    assert {*quota.groups} == {"e2", "e3", "e4"}
    english, french = (told.sentences(lang)[0] for lang in ("en", "fr"))
    assert (
        "at least 1 duo for id (mentee) 'e2', 'e3' and 'e4' (grade at least 2 (mentee), condition (grade))"
        in english
    )
    assert "niveau au moins 2 (mentoré(e)), condition (niveau)" in french


@pytest.mark.parametrize("asked", [ONE_OF_EACH, A_SENIOR], ids=["both sides", "of and where"])
def test_a_duo_that_breaks_the_quota_is_found(asked: Any) -> None:
    matching, cohort, policy = matched(asked)
    breaking = [["m2", "e0"], ["m2", "e1"]] if asked is ONE_OF_EACH else [["m0", "e2"], ["m0", "e3"]]
    plain = rm.match(cohort, rm.Policy(rules=[{"kind": "fix", "pairs": breaking}]))
    forged = matching.model_copy(update={"duos": plain.duos})
    with pytest.raises(rm.VerificationError, match="does not hold: group"):
        rm.verify(forged, cohort, policy)


def test_another_quota_than_that_of_the_policy_is_found() -> None:
    matching, cohort, policy = matched(A_SENIOR)
    for change in ({"at_least": 0}, {"where": None}, {"of": None}):
        other = rm.Policy(rules=[], quotas=[{**A_SENIOR, **change}])
        forged = matching.model_copy(update={"policy": other})
        with pytest.raises(rm.VerificationError):
            rm.verify(forged, cohort, policy)
    prices = matching.certificate.quota_prices
    assert prices
    for change in ({"group": "e0"}, {"outside": 0.1}, {"inside": -prices[0].inside}):
        forged_prices = (prices[0].model_copy(update=change), *prices[1:])
        certificate = matching.certificate.model_copy(update={"quota_prices": forged_prices})
        with pytest.raises(rm.VerificationError):
            rm.verify(matching.model_copy(update={"certificate": certificate}), cohort, policy)


def test_plans_and_rotations_keep_the_quota_in_every_round() -> None:
    cohort, policy = rm.Cohort.from_records(PEOPLE), rm.Policy(rules=[], quotas=[ONE_OF_EACH])
    plan = rm.plan_rotations(cohort, policy, rounds=2)
    department = {person["id"]: person["department"] for person in PEOPLE}
    for matching in plan.rounds:
        met = [(duo.mentor, department[duo.mentee]) for duo in matching.duos]
        assert len(met) == len({*met})
    rm.verify_plan(plan, cohort, policy)


@pytest.mark.parametrize(
    ("quota", "place", "told"),
    [
        ({"kind": "each", "by": [], "at_most": 1}, "quotas[0].by", "right would be one field, or a list of 2 to 5"),
        ({"kind": "each", "by": ["mentee.id", "mentee.id"], "at_most": 1}, "quotas[0].by", "right would be one field"),
        ({"kind": "each", "by": ["mentee.id", "grade"], "at_most": 1}, "quotas[0].by[1]", "not a field of one side"),
        ({"kind": "each", "by": "mentee.id", "where": {}, "at_most": 1}, "quotas[0].where", "empty"),
        ({"kind": "each", "by": "mentee.id", "of": {"kind": "seniority"}, "at_most": 1}, "quotas[0].of", "unknown kind"),
    ],
)  # fmt: skip
def test_faults_of_the_quota(quota: Record, place: str, told: str) -> None:
    with pytest.raises(rm.InputError) as caught:
        rm.Policy.from_data({"quotas": [quota]})
    assert caught.value.faults[0].column == place
    assert told in caught.value.faults[0].message


@pytest.mark.parametrize("name", ["mentee.team", "mentor.grade"])
def test_unknown_fields_have_their_place(name: str) -> None:
    quota = {"kind": "each", "by": "mentee.id", "where": {name: {"at_least": "B2"}}, "at_most": 1}
    with pytest.raises(rm.InputError) as caught:
        matched(quota)
    assert caught.value.faults[0].column == "quotas[0].where"


def test_people_whom_the_quota_asks_nothing_for_are_noted() -> None:
    cohort = rm.Cohort.from_records([*PEOPLE, {"id": "e9", "role": "mentee"}])
    told = [str(note) for note in policy_notes(rm.Policy(quotas=[A_SENIOR]), cohort) if "asks" in str(note)]
    assert told == ["quotas[0]: 1 mentee does not fill 'grade', and the quota asks nothing for them"]
    in_french = "1 mentoré(e) n’a pas rempli « grade », et le quota ne demande rien pour cette personne"
    assert in_french in note_in_words(told[0], "fr").replace("\xa0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "en",
            "duos of each group: id (mentee) (all of these (condition (mentor grade, at least 3); condition "
            "(mentee grade, at least 2)))",
        ),
        (
            "fr",
            "duos de chaque groupe : identifiant (mentoré(e)) (toutes ces conditions (condition (mentor niveau, "
            "au moins 3) ; condition (mentoré(e) niveau, au moins 2)))",
        ),
    ],
)
def test_the_report_says_which_duos_count(lang: str, told: str) -> None:
    matching, *_ = matched(A_SENIOR)
    page = " ".join(matching.to_html(lang).replace("\u202f", " ").replace("\xa0", " ").split())
    assert told in page
    both, *_ = matched(ONE_OF_EACH)
    groups = {"en": "id (mentor) × department (mentee)", "fr": "identifiant (mentor) × service (mentoré(e))"}
    assert groups[lang] in both.to_html(lang)


@pytest.mark.parametrize(
    "quota",
    [
        {"kind": "each", "by": ["mentor.id", "mentee.team"], "at_least": 1},
        {"kind": "each", "by": ["mentor.team", "mentee.department"], "at_most": 0},
        {"kind": "each", "by": "mentee.id", "where": {"mentee.grade": {"at_least": 99}}, "at_least": 1},
        {"kind": "each", "by": "mentee.id", "where": {"mentor.grade": {"at_least": 99}}, "at_most": 0},
        {"kind": "each", "by": ["mentee.department", "mentee.grade"], "at_least": 1, "at_most": 1},
    ],
    ids=str,
)
def test_groups_that_are_empty_ask_for_nothing(quota: Any) -> None:
    records = [{**person, "team": None} for person in PEOPLE]
    matching, *_ = matched(quota, records=records)
    assert len(matching.duos) == 5


def test_a_pair_is_asked_why_it_is_none_under_the_quota() -> None:
    matching, *_ = matched(ONE_OF_EACH, A_SENIOR)
    told = matching.explain("m0", "e2")
    assert not told.matched
    assert told.sentences("fr")
    assert matching.alternatives("e2")
