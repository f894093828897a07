"""Every record that a user gets shows itself, and what is hostile in it is text."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages import Page

import reverse_match as rm
from hostile import HOSTILE, hostile_policy, hostile_records
from reverse_match.foundation.text_safety import visible

pytestmark = pytest.mark.usefixtures("nothing_asked")


@cache
def demo() -> rm.Matching:
    return rm.match(rm.read_cohort(rm.demo_path()))


@cache
def hostile() -> tuple[rm.Cohort, rm.Matching]:
    cohort = rm.Cohort.from_records(hostile_records())
    return cohort, rm.match(cohort, rm.Policy.model_validate(hostile_policy()))


@cache
def records() -> dict[str, Any]:
    """Return a record of each kind, full of hostile names."""
    cohort, matching = hostile()
    duo, left = matching.duos[0], matching.unmatched[0]
    amended = rm.amend(
        matching,
        cohort,
        forbid=[(duo.mentor, duo.mentee)],
        author=HOSTILE[0],
        reason=HOSTILE[4],
        on="2026-11-25",
    )
    plain = rm.Policy.model_validate({**hostile_policy(), "quotas": [], "credits": []})
    said = {"mentor": duo.mentor, "mentee": duo.mentee, "on": "2027-01-07", "by": "mentee", "wish": "stop"}
    feedback = rm.Feedback.from_records([said])
    return {
        "plan": rm.plan_rotations(cohort, plain, rounds=2),
        "rotation": rm.rotate(matching, cohort, on="2027-06-30", early=True).rotation,
        "proposal": rm.proposals(matching, feedback)[0],
        "matching": matching,
        "amended matching": amended,
        "amendment": amended.log[0],
        "duo": duo,
        "quota": matching.quotas[0],
        "certificate": matching.certificate,
        "unmatched": left,
        "left out": matching.why(left.id)[0],
        "explanation of a duo": matching.explain(duo.mentor, duo.mentee),
        "explanation": matching.explain(duo.mentor, matching.duos[-1].mentee),
        "alternative": matching.alternatives(duo.mentor, 1)[0],
        "cohort": cohort,
        "trade": rm.trade(matching, cohort),
        "policy": matching.policy,
        "participant": cohort.participants[0],
        "criterion": matching.criteria[0],
    }


KINDS = [
    *("matching", "amended matching", "amendment", "duo", "quota", "certificate", "unmatched", "left out"),
    *("explanation of a duo", "explanation", "alternative", "cohort", "trade", "policy", "participant"),
    *("criterion", "plan", "rotation", "proposal"),
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_shows_itself(kind: str) -> None:
    record = records()[kind]
    page = Page(record._repr_html_())
    assert page.text, "it says something"
    hidden = set("\u202e\u200b\ufeff")
    assert not hidden & set(record._repr_html_())


def names_in(record: Any) -> set[str]:
    """Return the ids and names that a view must show."""
    if isinstance(record, rm.Duo):
        return {record.mentor, record.mentee, *record.contributions}
    if isinstance(record, rm.Matching):
        duos = {name for duo in record.duos for name in (duo.mentor, duo.mentee)}
        return (
            duos | {left.id for left in record.unmatched} | {criterion.name for criterion in record.criteria}
        )
    if isinstance(record, rm.Cohort):
        people = {person.id for person in record.participants} | record.attribute_names
        return people | {str(person.department) for person in record.participants}
    if isinstance(record, rm.RotationPlan):
        return {name for one in record.rounds for duo in one.duos for name in (duo.mentor, duo.mentee)}
    if isinstance(record, rm.results.Rotation):
        return {name for one in record.changes for name in (one.mentor, one.mentee) if name}
    if isinstance(record, rm.results.Certificate):
        return {*record.mentor_prices, *record.mentee_prices}
    return set()


@pytest.mark.parametrize(
    "kind", ["matching", "amended matching", "duo", "cohort", "certificate", "plan", "rotation"]
)
def test_every_name_is_there_to_be_read(kind: str) -> None:
    record = records()[kind]
    page, names = Page(record._repr_html_()), names_in(record)
    assert len(names) > 2
    for name in names:
        assert visible(name) in page.words, name


ODD = st.text(alphabet="<>&\"'/=$_{} \u202e\u200b\u2066\u200fabم", min_size=1, max_size=12).filter(str.strip)


@settings(max_examples=min(12, settings.default.max_examples))
@given(names=st.lists(ODD, min_size=9, max_size=9))
def test_any_text_in_any_field_is_text(names: list[str]) -> None:
    people = [
        {
            "id": f"{names[number]}{number}",
            "role": ("mentor", "mentee")[number % 2],
            "goals": [names[4]],
            "offers": {f"o{names[5]}": 3},
            "seeks": {f"o{names[5]}": 3},
            "gender": names[6],
            "department": names[7],
            f"own {names[8]}": names[number],
        }
        for number in range(4)
    ]
    cohort = rm.Cohort.from_records(people)
    matching = rm.match(cohort)
    shown = [
        cohort,
        matching,
        matching.certificate,
        *matching.duos,
        *matching.unmatched,
        *cohort.participants,
    ]
    for record in shown:
        page = Page(record._repr_html_())
        for name in names_in(record):
            assert visible(name) in page.words


def test_the_summary_of_a_matching_says_how_good_and_how_far_proved() -> None:
    matching = demo()
    page = Page(matching._repr_html_())
    assert (
        page.text[0] == "25 duos · total 14.619 points · mean 0.585, lowest 0.434, highest 0.886 (0 to 1) · "
        "12 people without a duo, 3 with a duo in one role of two"
    )
    assert (
        "Proved optimal: no other matching of these people forms more duos, and none with 25 duos has a higher total; "
        in page.words
    )
    assert "checked against all 815 allowed pairs." in page.words
    assert page.tags.count("details") == 2, "long tables are folded"
    late = matching.model_copy(update={"certificate": matching.certificate.model_copy(update={"gap": 0.001})})
    assert (
        "Not proved optimal: the result is at most 1.00e-03 below the best possible."
        in Page(late._repr_html_()).words
    )


def test_a_matching_without_duos() -> None:
    nobody = [{"id": "a", "role": "mentor", "capacity": 0}, {"id": "b", "role": "mentee", "capacity": 0}]
    page = Page(rm.match(rm.Cohort.from_records(nobody))._repr_html_())
    assert page.words.startswith("0 duos · 2 people without a duo No duo is possible: 0 allowed pairs.")


def test_quotas_and_changes_by_hand_are_told() -> None:
    page = Page(records()["amended matching"]._repr_html_())
    for told in ("quota", "at most", "Changed by hand", "2026-11-25", HOSTILE[0], "<script>"):
        assert told in page.words


def test_every_kind_of_quota_says_how_it_is_met() -> None:
    quotas = [
        {"kind": "duos", "at_most": 12},
        {"kind": "share", "of": {"kind": "different", "field": "gender"}, "at_least": 0.4},
        {"kind": "each", "by": "mentee.department", "prefix": 2, "at_most": 3},
    ]
    matching = rm.match(rm.read_cohort(rm.demo_path()), rm.Policy.model_validate({"quotas": quotas}))
    duos, share, each = matching.quotas
    words = Page(matching._repr_html_()).words
    assert "duos 12 12 " in words
    assert f"share: different values (gender) {100 * (share.reached or 0):.1f}% 40.0%" in words
    assert f"each department (mentee) {each.lowest} to {each.highest} 3 " in words
    assert Page(duos._repr_html_()).text[-1] == "12"
    assert Page(each._repr_html_()).text[-2:] == ["most in a group (duos)", "3"]


def test_what_is_not_known_and_what_is_demanded_have_a_mark_and_a_note() -> None:
    cohort = rm.read_cohort(rm.demo_path())
    pair = ("adam.levy", "anne.girard")
    policy = rm.Policy.model_validate({"rules": [{"kind": "fix", "pairs": [list(pair)]}]})
    page = Page(rm.match(cohort, policy)._repr_html_())
    assert "~ not known for this pair: the neutral value counts" in page.words
    assert "* demanded by the policy" in page.words
    assert any(text.endswith("*") and text[0].isdigit() for text in page.text)


def test_a_record_that_can_tell_itself_begins_with_that() -> None:
    shortage = demo().shortages[0]
    page = Page(shortage._repr_html_())
    assert page.text[1] == shortage.sentences()[0]
    conflicting = {
        "rules": [
            {"kind": "fix", "pairs": [["adam.levy", "anne.girard"]]},
            {"kind": "forbid", "pairs": [["adam.levy", "anne.girard"]]},
        ]
    }
    with pytest.raises(rm.InfeasibleError) as caught:
        rm.match(rm.read_cohort(rm.demo_path()), rm.Policy.model_validate(conflicting))
    conflict = caught.value.explanations[0]
    assert Page(conflict._repr_html_()).text[1] == visible(conflict.sentences()[0])


def test_a_users_own_kind_of_record_is_shown_like_the_one_that_it_extends() -> None:
    class OwnDuo(rm.Duo):
        """With nothing of its own."""

    class OwnMatching(rm.Matching):
        """With nothing of its own."""

    class OwnLeft(rm.results.Unmatched):
        """With nothing of its own."""

    duo, left = demo().duos[0], demo().unmatched[0]
    matching = OwnMatching.model_validate(demo().model_dump())
    assert OwnDuo.model_validate(duo.model_dump())._repr_html_() == duo._repr_html_()
    assert OwnLeft.model_validate(left.model_dump()).sentences("fr") == left.sentences("fr")
    assert matching._repr_html_() == demo()._repr_html_()


def test_views_of_thousands_stay_small() -> None:
    duo = demo().duos[0]
    many = demo().model_copy(update={"duos": (duo,) * 20_000})
    page = many._repr_html_()
    assert len(page) < 1_000_000
    assert "18,990 further ones are not shown here: matching.to_frame() has all" in Page(page).words


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("plan", "nobody meets the same partner twice."),
        ("rotation", "What becomes of duos"),
        ("proposal", "The answers that led to it"),
    ],
)
def test_rounds_are_shown_as_tables_and_sentences(kind: str, told: str) -> None:
    page = Page(records()[kind]._repr_html_())
    assert told in page.words
    assert "schema_version" not in page.words
