"""Bounds on shares are rational numbers: a third is a third, in files, in Python, and in what is stored."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import reverse_match as rm
from reverse_match.policy.shares import MOST_PARTS, share_of

if TYPE_CHECKING:
    from pathlib import Path

MIXED = {"kind": "different", "field": "gender"}


def people() -> rm.Cohort:
    """Three mentors and three mentees, of whom one mentor makes a mixed duo."""
    return rm.Cohort.from_records(
        [{"id": f"m{place}", "role": "mentor", "gender": "fmm"[place]} for place in range(3)]
        + [{"id": f"e{place}", "role": "mentee", "gender": "m"} for place in range(3)]
    )


def just(share: Any) -> rm.Policy:
    quota = {"kind": "share", "of": MIXED, "at_least": share, "at_most": share}
    return rm.Policy.model_validate({"quotas": [quota]})


@pytest.mark.parametrize("third", [1 / 3, "1/3", Fraction(1, 3), 0.1 / 0.3])
@pytest.mark.parametrize("objective", ["coverage", "total", "max_min"])
def test_a_third_of_three_duos_is_one(third: Any, objective: str) -> None:
    policy = just(third).model_copy(update={"objective": objective})
    matching = rm.match(people(), policy)
    assert len(matching.duos) == 3
    assert matching.quotas[0].reached == 0.333333
    rm.verify(matching, people(), policy)
    stored = rm.Matching.from_json(matching.to_json())
    assert stored == matching
    assert stored.policy.sha256 == policy.sha256
    rm.verify(stored, people(), policy)
    assert matching._repr_html_()


def test_a_decimal_of_nine_places_is_what_it_looks_like() -> None:
    with pytest.raises(rm.InfeasibleError):
        rm.match(people(), just(0.333333333))


@given(st.fractions(0, 1, max_denominator=MOST_PARTS))
def test_a_fraction_is_written_and_read_without_loss(share: Fraction) -> None:
    if 0 < share < 1 and share_of(share).denominator == 1:
        return
    policy = just(share)
    again = rm.Policy.model_validate_json(policy.model_dump_json())
    assert again == policy == rm.Policy.model_validate(policy.model_dump(mode="json"))
    assert again.sha256 == policy.sha256
    assert again.quotas[0].lowest == again.quotas[0].highest == share  # type: ignore[comparison-overlap]


@given(st.integers(1, 1000), st.data())
def test_a_quotient_of_a_computer_is_the_fraction(parts: int, data: st.DataObject) -> None:
    share = Fraction(data.draw(st.integers(0, parts)), parts)
    assert share_of(float(share)) == share


@given(st.floats(1e-8, 1 - 1e-8))
def test_what_a_number_stands_for_is_within_a_billionth_and_has_few_parts(number: float) -> None:
    share = share_of(number)
    assert abs(share - Fraction(repr(number))) <= Fraction(1, 10**9)
    assert share.denominator <= MOST_PARTS


def test_numbers_stay_as_they_were_written() -> None:
    dumped = just(0.4).model_dump(mode="json")["quotas"][0]
    assert (dumped["at_least"], dumped["at_most"]) == (0.4, 0.4)


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("2/4", 0.5),
        (Fraction(1, 2), 0.5),
        ("1/3", "1/3"),
        (1 / 3, "1/3"),
        (0.1 + 0.2, 0.3),
        (0.333333333, 0.333333333),
        (1.0, 1),
        ("3/3", 1),
        (0.0, 0),
        ("0/7", 0),
    ],
)
def test_a_share_has_one_form(written: Any, stored: Any) -> None:
    for policy in (just(written), just(stored)):
        dumped = json.loads(policy.model_dump_json())["quotas"][0]
        assert (dumped["at_least"], type(dumped["at_least"])) == (stored, type(stored))
    assert just(written) == just(stored)
    assert just(written).sha256 == just(stored).sha256


@given(st.integers(1, 60), st.data())
def test_policies_that_mean_the_same_are_equal_and_have_one_digest(parts: int, data: st.DataObject) -> None:
    """In whatever way each of two shares is written."""
    shares = [Fraction(data.draw(st.integers(0, parts)), parts) for _ in range(2)]
    times = data.draw(st.integers(1, 10))
    one, other = (
        just(
            data.draw(
                st.sampled_from(
                    [
                        share,
                        float(share),
                        f"{share.numerator * times}/{share.denominator * times}",
                        *([int(share)] if share.denominator == 1 else []),
                    ]
                )
            )
        )
        for share in shares
    )
    same = shares[0] == shares[1]
    assert (
        (one == other)
        == (one.sha256 == other.sha256)
        == (one.model_dump_json() == other.model_dump_json())
        == same
    )
    again = rm.Policy.model_validate_json(one.model_dump_json())
    assert (again.sha256, again.model_dump_json()) == (one.sha256, one.model_dump_json())


@pytest.mark.parametrize(("share", "code"), [("a third", "not-a-number"), ("4/3", "out-of-range")])
def test_what_is_no_share_has_a_code(share: str, code: str) -> None:
    data = {"quotas": [{"kind": "share", "of": MIXED, "at_least": share}]}
    with pytest.raises(rm.errors.PolicyError) as caught:
        rm.Policy.from_data(data)
    assert [fault.code for fault in caught.value.faults] == [code]


def test_a_policy_file_has_fractions(tmp_path: Path) -> None:
    for name, text in (
        ("policy.toml", '[[quotas]]\nkind = "share"\nof = {kind = "different", field = "gender"}\nat_least = "1/3"\n'),
        ("policy.json", '{"quotas": [{"kind": "share", "of": {"kind": "different", "field": "gender"}, "at_least": "1/3"}]}'),
    ):  # fmt: skip
        (tmp_path / name).write_text(text, encoding="utf-8")
        (quota,) = rm.Policy.load(tmp_path / name).quotas
        assert quota.at_least == Fraction(1, 3)


@pytest.mark.parametrize(
    ("share", "message"),
    [
        (1e-300, "within a billionth of 0"),
        (1 - 1e-12, "within a billionth of 1"),
        (Fraction(1, MOST_PARTS + 1), "a fraction of more than 1,000,000,000 parts"),
        ("1/0", "not a share"),
        ("1/99999999999", "not a share"),
        ("a third", "not a share"),
        ("4/3", "out of range"),
        (-0.1, "out of range"),
        (float("nan"), "out of range"),
        (True, "not a share"),
    ],
)
def test_what_is_no_share_is_refused(share: Any, message: str, tmp_path: Path) -> None:
    with pytest.raises(rm.errors.PolicyError, match=message):
        just(share)
    if isinstance(share, float) and share == share and share > 0:
        written = (
            f'[[quotas]]\nkind = "share"\nof = {{kind = "same", field = "gender"}}\nat_least = {share!r}\n'
        )
        (tmp_path / "policy.toml").write_text(written, encoding="utf-8")
        with pytest.raises(rm.errors.PolicyError, match=message):
            rm.Policy.load(tmp_path / "policy.toml")
