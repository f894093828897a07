"""The figures of an audit against plain loops over records, for random people."""

from __future__ import annotations

import random
from typing import Any

import pytest
from audit_oracle import CRITERIA, Facts, interval, random_people, random_policy, ranks
from hypothesis import given, settings
from hypothesis import strategies as st

import reverse_match as rm

BY = ("gender", "campus", "age-band", "languages", "gender+campus")

WORLDS = st.integers(0, 10**9).map(random.Random)


def world(rng: random.Random) -> tuple[list[dict[str, Any]], rm.Cohort, rm.Matching]:
    people = random_people(rng)
    cohort = rm.Cohort.from_records(people)
    return people, cohort, rm.match(cohort, random_policy(rng))


def by_of(rng: random.Random) -> list[str]:
    return rng.sample(BY, rng.randint(1, 3))


@given(WORLDS)
@settings(max_examples=8)
def test_figures_are_those_of_plain_loops(rng: random.Random) -> None:
    people, cohort, matching = world(rng)
    facts = Facts(people, [matching])
    found = rm.audit(matching, cohort, by_of(rng), terms=False)
    matrix = rm.score_matrix(cohort, matching.policy)
    known = {
        (number, side): ranks(cohort, matrix, duo, side)
        for number, duo in enumerate(facts.duos)
        for side in ("mentor", "mentee")
    }
    for place in found.groups:
        some, duos = facts.of_place(place)
        if not place.people.suppressed:
            have = {getattr(duo, place.side) for duo in facts.duos} & {*some}
            assert place.people.value == len(some)
            assert (place.matched.numerator, place.matched.denominator) == (len(have), len(some))
            assert not some or (place.matched.low, place.matched.high) == pytest.approx(
                interval(len(have), len(some)), abs=2e-6
            )
            assert place.left_out.value == len(some) - len(have)
            assert place.duos.value == len(duos)
            counted = {name: figure.value for name, figure in place.reasons.items() if figure.value}
            assert counted == facts.reasons(some, place.side)
        scores = [facts.duos[number].score for number in duos]
        if place.mean_score.value is not None:
            assert place.mean_score.value == pytest.approx(sum(scores) / len(scores), abs=1e-6)
            assert place.mean_score.denominator == len(duos)
            mine = [known[number, place.side] for number in duos]
            assert place.rank is not None
            assert place.partners is not None
            assert place.rank.numerator == sum(rank for rank, _ in mine)
            assert place.partners.numerator == sum(possible for _, possible in mine)
        if place.worst_score.value is not None:
            assert place.worst_score.value == pytest.approx(min(scores), abs=1e-9)


@given(WORLDS)
@settings(max_examples=5)
def test_every_person_is_in_some_group_of_each_column(rng: random.Random) -> None:
    people, cohort, matching = world(rng)
    facts = Facts(people, [matching])
    found = rm.audit(matching, cohort, BY, terms=False)
    for by in found.by:
        for side in ("mentor", "mentee"):
            places = [one for one in found.groups if (one.side, one.by) == (side, by)]
            inside = {person for one in places for person in facts.of_place(one)[0]}
            assert inside == {*facts.members[side]}
            assert all(facts.of_place(one)[0] for one in places), "no group is of nobody"


@given(WORLDS)
@settings(max_examples=3)
def test_order_of_people_does_not_matter(rng: random.Random) -> None:
    people, cohort, matching = world(rng)
    by = by_of(rng)
    before = rm.audit(matching, cohort, by)
    rng.shuffle(people)
    again = rm.Cohort.from_records(people)
    assert rm.audit(rm.match(again, matching.policy), again, by, threads=1).to_json() == before.to_json()


@given(WORLDS)
@settings(max_examples=3)
def test_an_audit_survives_json(rng: random.Random) -> None:
    _, cohort, matching = world(rng)
    found = rm.audit(matching, cohort, by_of(rng))
    assert rm.Audit.from_json(found.to_json()) == found
    assert len(found.to_csv().splitlines()) > len(found.groups)


def many(number: int = 40) -> list[dict[str, Any]]:
    """Half of the people are mentors; they differ in gender, age and campus."""
    return [
        {
            "id": f"{role}{place}",
            "role": role,
            "gender": "f" if place % 3 else "m",
            "age": 24 + 2 * place,
            "campus": "Lyon" if place % 2 else "Paris",
            "languages": ["fr", "en"] if place % 4 else ["fr"],
        }
        for role in ("mentor", "mentee")
        for place in range(number // 2)
    ]


def matched(people: list[dict[str, Any]], **policy: Any) -> tuple[rm.Cohort, rm.Matching]:
    cohort = rm.Cohort.from_records(people)
    return cohort, rm.match(cohort, rm.Policy.from_data({"criteria": CRITERIA, "rules": [], **policy}))


def places(found: rm.Audit, side: str, *by: str) -> dict[Any, Any]:
    return {one.group: one for one in found.groups if (one.side, one.by) == (side, by)}


def test_bands_of_ages_and_of_own_numbers() -> None:
    cohort, matching = matched([{**one, "level": one["age"] // 10} for one in many()])
    found = rm.audit(matching, cohort, ["age-band", "level-band"], bands={"level": [3, 5]}, terms=False)
    assert list(places(found, "mentor", "age-band")) == [
        ("<25",),
        ("25-34",),
        ("35-44",),
        ("45-54",),
        ("55-64",),
    ]
    assert list(places(found, "mentor", "level-band")) == [("<3",), ("3-4",), ("5+",)]
    assert found.bands == {"age": (25, 35, 45, 55, 65), "level": (3, 5)}
    own = rm.audit(matching, cohort, ["age"], bands={"age": [40]}, terms=False)
    assert {key: one.people.value for key, one in places(own, "mentee", "age").items()} == {
        ("<40",): 8,
        ("40+",): 12,
    }


def test_bands_in_words_come_in_the_order_of_their_numbers() -> None:
    people = [
        {**one, "seniority": ("10-14", "5-9", "15+", "<5")[place % 4]} for place, one in enumerate(many())
    ]
    cohort, matching = matched(people, scales={"seniority": "bands"})
    found = places(rm.audit(matching, cohort, ["seniority"], terms=False), "mentor", "seniority")
    assert [key for (key,) in found] == ["<5", "5-9", "10-14", "15+"]
    cohort, matching = matched(people, scales={"seniority": ["15+", "5-9", "<5", "10-14"]})
    found = places(rm.audit(matching, cohort, ["seniority"], terms=False), "mentor", "seniority")
    assert [key for (key,) in found] == ["15+", "5-9", "<5", "10-14"]


def test_somebody_who_speaks_two_languages_is_in_both_groups() -> None:
    cohort, matching = matched(many())
    spoken = places(rm.audit(matching, cohort, ["languages"], terms=False), "mentor", "languages")
    assert {key: one.people.value for key, one in spoken.items()} == {("en",): 15, ("fr",): 20}


def test_spellings_of_a_value_are_one_group_and_paths_are_cut() -> None:
    people = many()
    for place, one in enumerate(people):
        one["gender"] = ["f", "Female", "femme"][place % 3]
        one["department"] = ["Group/IT/Data", "group/it/Networks", "Group/HR"][place % 3]
    cohort, matching = matched(people)
    found = rm.audit(matching, cohort, ["gender", "department"], prefix=2, terms=False)
    assert len(places(found, "mentor", "gender")) == 1
    assert [key for (key,) in places(found, "mentor", "department")] == ["Group/HR", "Group/IT"]


def test_who_has_no_value_is_a_group_and_comes_last() -> None:
    people = many(60)
    for one in people[::4]:
        del one["gender"]
    cohort, matching = matched(people)
    found = places(rm.audit(matching, cohort, ["gender"], terms=False), "mentee", "gender")
    assert list(found)[-1] == (None,)
    assert found[None,].people.value == sum("gender" not in one and one["role"] == "mentee" for one in people)


def test_a_site_is_the_field_that_such_a_heading_is_read_as() -> None:
    people = [{**one, "site": one.pop("campus")} for one in many()]
    cohort, matching = matched(people, criteria=CRITERIA[:2])
    assert len(places(rm.audit(matching, cohort, ["site"], terms=False), "mentor", "site")) == 2


def test_the_ratio_is_to_the_highest_share_shown() -> None:
    people = [one for one in many(60) if one["role"] == "mentee" or one["age"] < 60]
    cohort, matching = matched(people)
    shares = places(rm.audit(matching, cohort, ["campus"], terms=False), "mentee", "campus")
    highest = max(one.matched.value for one in shares.values())
    for one in shares.values():
        assert one.ratio == pytest.approx(one.matched.value / highest, abs=1e-6)


def test_other_people_are_refused() -> None:
    _, matching = matched(many())
    others = rm.Cohort.from_records(many(38))
    with pytest.raises(rm.errors.CohortError, match="not the people that were matched"):
        rm.audit(matching, others)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"by": ["gendre"]}, "by: no field 'gendre' in the people; did you mean 'gender'?"),
        ({"by": ["gender+gender"]}, "by: right would be different columns"),
        ({"by": ["grade-band"]}, "bands: no bands of 'grade' are known"),
        ({"by": ["campus-band"], "bands": {"campus": [1]}}, "row 1, column 'campus': not a number"),
        ({"bands": {"age": [40, 30]}}, "bands: no bands; right would be"),
        ({"bands": {"age": ["a"]}}, "bands: no bands"),
        ({"fewest": 4}, "fewest: may be raised, not lowered"),
        ({"prefix": 0}, "prefix: right would be a whole number of 1 or more"),
    ],
)
def test_what_is_wrong_is_said(given: dict[str, Any], told: str) -> None:
    cohort, matching = matched(many())
    with pytest.raises(rm.InputError) as caught:
        rm.audit(matching, cohort, **{"by": ["gender"], "terms": False, **given})
    assert told in str(caught.value)


def test_without_a_duo_there_are_no_scores() -> None:
    people = [{**one, "campus": "Lyon"} for one in many()]
    cohort, matching = matched(people, rules=[{"kind": "different", "field": "campus"}])
    found = rm.audit(matching, cohort, ["gender"], terms=False)
    assert found.groups[0].matched.value == 0
    assert found.groups[0].reasons["no_allowed_partner"].value == 20
    assert found.groups[0].mean_score.value is None
    assert not found.groups[0].mean_score.suppressed


def test_names_of_groups_are_text_wherever_they_are_shown() -> None:
    people = [{**one, "campus": "<b>=1+1</b>" if one["campus"] == "Lyon" else "=2+2"} for one in many()]
    cohort, matching = matched(people)
    found = rm.audit(matching, cohort, ["campus"], terms=False)
    page = found.to_html()
    assert "<b>=1" not in page
    assert "&lt;b&gt;=1+1&lt;/b&gt;" in page
    assert ",'=2+2," in found.to_csv()
    assert ",=2+2," not in found.to_csv()
    assert "&lt;b&gt;" in found._repr_html_()


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_sentences_of_several_rounds_and_of_columns_that_are_empty(lang: str) -> None:
    cohort, matching = matched(many())
    other = rm.match(cohort, rm.Policy.from_data({"criteria": CRITERIA[1:], "rules": []}))
    told = rm.audit([matching, other], cohort, ["location"], terms=False).sentences(lang)
    assert any("location" in line or "lieu" in line for line in told)
    assert any("causes" in line for line in told)
