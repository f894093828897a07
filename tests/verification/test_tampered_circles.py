"""Whatever is changed in a record of circles, it is refused: where it is read, or where it is verified."""

from __future__ import annotations

import copy
import json
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

import reverse_match as rm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Data = dict[str, Any]
Path = tuple[str | int, ...]

UNCHECKED = ("library_version",)
"""What nothing can be compared with."""

POLICY: Data = {
    "circles": {
        "mentors": "1..2",
        "mentees": "2..3",
        "within": [
            {"kind": "different", "field": "department"},
            {"kind": "at_least_values", "field": "gender", "of": "everybody"},
        ],
    }
}


@cache
def _people() -> rm.Cohort:
    random = Random("tampered circles")
    records: list[Data] = [
        {
            "id": f"p{place:02}",
            "role": "mentor" if place < 5 else "mentee",
            "age": random.randint(20, 60),
            "gender": random.choice(["f", "m", "f", "m", None]),
            "department": random.choice(["it", "sales", "finance", "legal", None]),
            "goals": random.sample(["a", "b", "c"], 2),
        }
        for place in range(16)
    ]
    records[15] |= {"capacity": 0}
    records[14] |= {"avoids": ["p00", "p01", "p02", "p03", "p04"]}
    return rm.Cohort.from_records(records)


@cache
def _record() -> rm.CircleMatching:
    return rm.form_circles(_people(), rm.Policy.from_data(POLICY), past=[("p00", "p05")])


def _data() -> Data:
    data: Data = json.loads(_record().to_json())
    return data


def _refused(data: Data) -> bool:
    try:
        rm.verify(rm.CircleMatching.from_data(data), _people(), rm.Policy.from_data(POLICY))
    except (rm.InputError, rm.VerificationError):
        return True
    return False


def _scalars(data: Any, path: Path = ()) -> Iterator[Path]:
    if isinstance(data, dict | list):
        for key in data if isinstance(data, dict) else range(len(data)):
            yield from _scalars(data[key], (*path, key))
    else:
        yield path


def _other(value: Any) -> Any:
    if value is None:
        return "x"
    if isinstance(value, bool):
        return not value
    return f"{value}x" if isinstance(value, str) else value + 1 if isinstance(value, int) else value + 1e-6


def _changed(data: Data, path: Path) -> Data:
    made = copy.deepcopy(data)
    at: Any = made
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = _other(at[path[-1]])
    return made


def test_the_record_as_it_is_holds() -> None:
    assert not _refused(_data())
    assert _record().certificate.proved
    assert len(_record().circles) > 1
    assert _record().unmatched


def test_no_value_can_be_changed() -> None:
    data = _data()
    paths = [path for path in _scalars(data) if path[0] not in UNCHECKED and "cases" not in path]
    of_a_kind: dict[Path, list[Path]] = {}
    for path in paths:
        of_a_kind.setdefault(tuple(key for key in path if isinstance(key, str)), []).append(path)
    paths = [path for kind in of_a_kind.values() for path in (kind[0], kind[-1])]
    assert len(of_a_kind) > 40
    assert [path for path in paths if not _refused(_changed(data, path))] == []


def _circle(data: Data, number: int = 0) -> Data:
    found: Data = data["circles"][number]
    return found


def _swap_mentees(data: Data) -> None:
    one, other = _circle(data), _circle(data, 1)
    one["mentees"][0], other["mentees"][0] = other["mentees"][0], one["mentees"][0]


def _drop_circle(data: Data) -> None:
    dropped = data["circles"].pop()
    data["total"] = round(data["total"] - dropped["score"], 6)


def _claim_more(data: Data) -> None:
    data["status"] = "optimal"
    data["certificate"]["stages"][-1]["bound"] = data["total"] - 0.5


def _lower_a_price(data: Data) -> None:
    case = data["certificate"]["stages"][-1]["cases"][0]
    name = max(case["mentees"], key=case["mentees"].__getitem__)
    case["mentees"][name] = 0


def _price_below_zero(data: Data) -> None:
    case = data["certificate"]["stages"][-1]["cases"][0]
    case["mentees"][next(iter(case["mentees"]))] = -5_000_000_000


def _huge_price(data: Data) -> None:
    case = data["certificate"]["stages"][-1]["cases"][0]
    case["mentees"][next(iter(case["mentees"]))] = 2**62


def _no_cases(data: Data) -> None:
    data["certificate"]["stages"][-1]["cases"] = []


def _half_a_split(data: Data) -> None:
    data["certificate"]["stages"][-1]["cases"][0]["mentor"] = "p00"


def _no_stage(data: Data) -> None:
    data["certificate"]["stages"].pop(0)


def _no_stages(data: Data) -> None:
    data["certificate"]["stages"] = []


def _other_past(data: Data) -> None:
    data["past"] = []


def _twice(data: Data) -> None:
    data["unmatched"].append(data["unmatched"][0])


def _nobody_left_out(data: Data) -> None:
    data["unmatched"] = []


def _empty_circle(data: Data) -> None:
    data["circles"].append({"mentors": [], "mentees": [], "score": 0, "pairs": []})


def _not_a_number(data: Data) -> None:
    data["certificate"]["stages"][-1]["bound"] = 1e300


@pytest.mark.parametrize(
    "tamper",
    [
        _swap_mentees,
        _drop_circle,
        _claim_more,
        _lower_a_price,
        _price_below_zero,
        _huge_price,
        _no_cases,
        _half_a_split,
        _no_stage,
        _no_stages,
        _other_past,
        _twice,
        _nobody_left_out,
        _empty_circle,
        _not_a_number,
    ],
)
def test_what_is_done_on_purpose_is_refused(tamper: Callable[[Data], None]) -> None:
    data = _data()
    tamper(data)
    assert _refused(data)


def test_worse_circles_are_not_called_the_best() -> None:
    """A better-looking proof of other circles does not hold: the prices are those of the best ones."""
    data = _data()
    worse = rm.form_circles(
        _people(),
        rm.Policy.from_data({**POLICY, "seed": 0}),
        past=[("p00", "p05"), *((pair.mentor, pair.mentee) for pair in _record().circles[0].pairs)],
    )
    other = json.loads(worse.to_json())
    for name in ("circles", "unmatched", "total"):
        data[name] = other[name]
    stages = data["certificate"]["stages"]
    for stage, reached in zip(stages, worse.certificate.stages, strict=True):
        stage["reached"] = stage["bound"] = reached.reached
    assert worse.total < _record().total or worse.people_placed < _record().people_placed
    assert _refused(data)


def test_other_people_and_another_policy_are_told() -> None:
    with pytest.raises(rm.VerificationError, match="not the people of the circles"):
        rm.verify(_record(), rm.read_cohort(rm.demo_path()))
    with pytest.raises(rm.VerificationError, match="another policy"):
        rm.verify(_record(), _people(), rm.Policy(circles={"mentees": "2..3"}))


def test_random_damage_never_ends_in_another_error() -> None:
    random, data = Random("damage"), _data()
    paths = list(_scalars(data))
    for _ in range(60):
        made = copy.deepcopy(data)
        at: Any = made
        path = random.choice(paths)
        for key in path[:-1]:
            at = at[key]
        at[path[-1]] = random.choice([None, -1, 2**70, "", "p00", [], {}, True, 1e308, "\0"])
        _refused(made)


def test_a_record_that_is_not_verified_is_shown_without_an_error() -> None:
    data = _data()
    _empty_circle(data)
    read = rm.CircleMatching.from_data(data)
    for lang in ("en", "fr"):
        assert read.sentences(lang)
        assert all(circle.sentences(lang) for circle in read.circles)
        assert read.to_html(lang)
    assert read.to_csv()
    assert read._repr_html_()
