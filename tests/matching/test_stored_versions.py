"""What was written by earlier versions is read, and known again; what was written by later ones is refused."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

import reverse_match as rm

STORED = Path(__file__).parents[1] / "data" / "stored"
VERSIONS = sorted(int(folder.name) for folder in STORED.iterdir())
CURRENT = 2
MATCHINGS = [
    (version, file.name)
    for version in VERSIONS
    for file in sorted((STORED / str(version)).glob("matching_*"))
]
PEOPLE = {
    "matching_csv.json": "people.csv",
    "matching_amended.json": "people_amended.json",
    "matching_round_3.json": "people_round_3.json",
}


def stored(version: int, name: str) -> str:
    return (STORED / str(version) / name).read_text("utf-8")


def digests(version: int) -> dict[str, str]:
    """Return the digests that the code of a version made of its own files."""
    found: dict[str, str] = json.loads(stored(version, "digests.json"))
    return found


def people_of(version: int, name: str) -> rm.Cohort:
    return rm.read_cohort(STORED / str(version) / PEOPLE.get(name, "people.json"))


def reordered(text: str) -> str:
    """Return JSON with other keys first, as a database may give it back."""

    def turned(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: turned(value[key]) for key in sorted(value, reverse=True)}
        return [turned(part) for part in value] if isinstance(value, list) else value

    return json.dumps(turned(json.loads(text)), separators=(",", ":"))


def verify_but_searches(matching: rm.Matching, cohort: rm.Cohort, version: int) -> None:
    """Verify a matching; of version 1, a search that closed a proof with quotas cannot be checked."""
    found: tuple[rm.errors.Finding, ...] = ()
    try:
        rm.verify(matching, cohort)
    except rm.VerificationError as error:
        found = error.findings
    assert not found or version == 1
    assert not found or "searched_pairs" in matching.certificate.model_dump_json()
    assert [
        one for one in found if "cannot be checked without a solver; right would" not in one.message
    ] == []


@pytest.mark.parametrize(("version", "name"), MATCHINGS)
def test_a_stored_matching_is_read_verified_and_known_by_the_digest_it_had(version: int, name: str) -> None:
    text = stored(version, name)
    for written in (text, reordered(text)):
        matching = rm.Matching.from_json(written)
        assert matching.schema_version == CURRENT
        assert digests(version)[name] in matching.known_as
        assert matching.digests.policy == matching.policy.sha256
        verify_but_searches(matching, people_of(version, name), version)
        again = rm.Matching.from_json(matching.to_json())
        assert again == matching
        assert (again.sha256, again.to_json(), again.known_as) == (
            matching.sha256,
            matching.to_json(),
            matching.known_as,
        )


@pytest.mark.parametrize(("version", "name"), MATCHINGS)
def test_a_stored_matching_can_be_asked_about_its_people(version: int, name: str) -> None:
    matching = rm.attach(rm.Matching.from_json(stored(version, name)), people_of(version, name))
    duo = matching.duos[0]
    assert matching.explain(duo.mentor, duo.mentee).matched


@pytest.mark.parametrize("version", VERSIONS)
def test_a_stored_plan_and_a_stored_policy_are_read(version: int) -> None:
    plan = rm.RotationPlan.from_json(stored(version, "plan.json"))
    rm.verify_plan(plan, people_of(version, "plan.json"))
    assert rm.RotationPlan.from_json(plan.to_json()) == plan
    assert {one.schema_version for one in plan.rounds} == {plan.schema_version} == {CURRENT}
    for file in (STORED / str(version)).glob("policy_*.json"):
        name = file.name.replace("policy", "matching")
        matching = rm.Matching.from_json(stored(version, name))
        assert matching.policy == rm.Policy.load(file).model_copy(update={"as_far_as_possible": None})
        if version == 1 and not matching.policy.quotas:  # its proofs by search cannot be checked
            rm.verify(matching, people_of(version, name), rm.Policy.load(file))


@pytest.mark.parametrize("version", VERSIONS)
def test_a_stored_history_knows_the_stored_matchings_of_its_rounds(version: int) -> None:
    history = rm.History.from_json(stored(version, "history.json"))
    first, second, third = (
        rm.Matching.from_json(reordered(stored(version, f"matching_round_{number}.json")))
        for number in (1, 2, 3)
    )
    assert [history.number_of(one) for one in (first, second, third)] == [1, 2, None]
    people = people_of(version, "matching_round_3.json")
    with pytest.raises(rm.errors.HistoryError, match="stands there already, as round 2"):
        rm.rotate(second, people, on="2028-06-01", history=history)
    fourth = rm.rotate(third, people, on="2028-06-01", history=history)
    assert fourth.rotation is not None
    assert fourth.rotation.round == 4
    assert history.with_round(third, until="2028-06-01").number_of(third) == 3


def test_a_history_of_version_1_grows_in_its_file(tmp_path: Path) -> None:
    file = tmp_path / "history.json"
    file.write_text(stored(1, "history.json"), "utf-8")
    history = rm.History.load(file)
    third = rm.Matching.from_json(stored(1, "matching_round_3.json"))
    longer = history.with_round(third, until="2028-06-01")
    longer.save(file)
    again = rm.History.load(file)
    assert again == longer
    assert again.rounds[:2] == history.rounds
    assert json.loads(file.read_text("utf-8"))["schema_version"] == CURRENT
    assert again.number_of(third) == 3


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("matching_plain.json", rm.Matching.from_json),
        ("plan.json", rm.RotationPlan.from_json),
        ("history.json", rm.History.from_json),
    ],
)
def test_a_file_of_a_newer_version_is_refused_and_so_is_one_of_none(name: str, read: Any) -> None:
    data = json.loads(stored(1, name))
    for version, code, told in (
        (CURRENT + 1, "newer-version", "written by a newer version of reverse_match; update"),
        (0, "unknown-version", "no schema_version from 1 to 2"),
        (None, "unknown-version", "no schema_version from 1 to 2"),
        ("2", "unknown-version", "no schema_version from 1 to 2"),
        (True, "unknown-version", "no schema_version from 1 to 2"),
    ):
        with pytest.raises(rm.InputError, match=told) as caught:
            read(json.dumps({**data, "schema_version": version}))
        assert [fault.code for fault in caught.value.faults] == [code]
    for version in (1, CURRENT):
        with pytest.raises(rm.InputError, match="sixth_sense: "):
            read(json.dumps({**data, "schema_version": version, "sixth_sense": 1}))


@pytest.mark.parametrize("name", ["matching_plain.json", "plan.json", "history.json"])
@pytest.mark.parametrize("part", ["digests", "policy", "rounds", "duos", "certificate", "criteria"])
@pytest.mark.parametrize("value", [None, [], {}, "text", 7, [[]], {"policy": {}}])
def test_what_is_broken_in_version_1_is_a_fault_and_no_traceback(name: str, part: str, value: Any) -> None:
    data = json.loads(stored(1, name))
    if part not in data:
        return
    read = {"m": rm.Matching.from_json, "p": rm.RotationPlan.from_json, "h": rm.History.from_json}[name[0]]
    with suppress(rm.InputError):
        read(json.dumps({**data, part: value}))
