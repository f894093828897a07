"""Every leaf of a stored matching is changed in every way, and verify finds it, or the docs say that it does not.

What ``verify`` does not check is listed in ``docs/proof.md``; nothing else may be accepted, and nothing may end in
another exception than the library's own.
"""

from __future__ import annotations

import copy
import json
import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

import reverse_match as rm

if TYPE_CHECKING:
    from collections.abc import Iterator

GENDER = {"kind": "different", "field": "gender"}
QUOTAS: list[dict[str, Any]] = [
    {"kind": "share", "name": "mixed", "at_least": 0.6, "of": GENDER},
    {"kind": "each", "by": "mentor.department", "at_most": 1},
    {"kind": "count", "at_least": 1, "where": {"mentee.department": "Finance"}},
]
SCORES = [("Léa", "Zoé", 9.5), ("Léa", "e2", None), ("m1", "e2", 3), ("m2", "e3", 7), ("m9", "Zoé", 1)]
TABLE: dict[str, Any] = {"kind": "table", "name": "interview", "weight": 2}
WORDS: dict[str, Any] = {"kind": "similarity", "name": "own words", "weight": 1, "vectors": "words"}
AGE = {"kind": "gap", "name": "age", "weight": 1, "field": "age", "from": 5, "to": 20}
POLICIES: dict[str, dict[str, Any]] = {
    "plain": {"rules": [{"kind": "fix", "pairs": [["Léa", "Zoé"]]}, {"kind": "avoids"}]},
    "total": {"objective": "total"},
    "quotas": {"quotas": QUOTAS},
    "max_min": {"objective": "max_min"},
    "max_min with quotas": {"objective": "max_min", "quotas": QUOTAS[1:]},
    "fair": {"objective": {"kind": "fair", "alpha": 1}},
    "spread": {"spread": "mentors"},
    "spread of both, max_min": {"spread": "both", "objective": "max_min"},
    "spread after the total": {"spread": {"of": "both", "after_total": True}, "objective": "total"},
    "spread under quotas": {"spread": "both", "quotas": QUOTAS[:1] + QUOTAS[2:]},
    "spread fairly": {"spread": "both", "objective": {"kind": "fair", "alpha": 1}},
    "least": {"rules": [{"kind": "fix", "pairs": [["Léa", "Zoé"]]}]},
    "least with quotas": {"quotas": QUOTAS[2:]},
    "credits": {
        "credits": [
            {"name": "waited", "points": 0.5, "mentees": ["e4", "Zoé"]},
            {"name": "asked", "points": 1, "pairs": [["m1", "e4"]]},
        ]
    },
    "listed scores": {"criteria": [{**TABLE, "pairs": SCORES}, AGE]},
    "scores from memory": {"criteria": [{**TABLE, "from": 0, "to": 10}, AGE, WORDS]},
}
DATA: dict[str, dict[str, Any]] = {
    "scores from memory": {
        "interview": SCORES,
        "words": rm.Embeddings(["Léa", "m1", "Zoé", "e2"], [[1, 2, 3], [3, 1, 0], [1, 1, 4], [-2, 0, 1]]),
    }
}
"""What stands outside of a policy, by the name of the policy."""
PEOPLE = [
    {"id": "Léa", "role": "mentor", "offers": "AI:4;Excel:2", "age": 24, "gender": "f", "department": "IT"},
    {"id": "m1", "role": "mentor", "offers": "Excel:5", "age": 25, "gender": "m", "department": "IT"},
    {"id": "m2", "role": "mentor", "offers": "AI:2", "age": 29, "gender": "m", "department": "Sales"},
    {
        "id": "m3",
        "role": "mentor",
        "offers": "AI:1",
        "age": 23,
        "gender": "f",
        "department": "Law",
        "capacity": 0,
    },
    {"id": "Zoé", "role": "mentee", "seeks": "AI:3", "age": 51, "gender": "f", "department": "Finance"},
    {"id": "e2", "role": "mentee", "seeks": "Excel:3;AI", "age": 55, "gender": "m", "department": "Law"},
    {"id": "e3", "role": "mentee", "seeks": "Excel:1", "age": 42, "gender": "f", "department": "IT"},
    {"id": "e4", "role": "mentee", "seeks": "TikTok", "age": 48, "department": "Finance", "avoids": "m2"},
    {"id": "e5", "role": "mentee", "age": 48, "avoids": "m1;m2;Léa"},
]

PLACES: dict[str, dict[str, Any]] = {
    "Léa": {"capacity": 3},
    "m1": {"capacity": 2},
    "m2": {"capacity": 2},
    "e2": {"capacity": 2},
}
"""How many duos people can have where they are spread, and must have, too, where least numbers count."""

NOT_CHECKED = [
    r"^library_version ",
    r"^digests\.(file|version_1) ",
    r"^certificate\.equal_optima (removed|swapped)$",
    r"^schema_version nudged$",  # to an earlier one, of which it is then read
]
"""As docs/proof.md says: the place of a leaf, and sometimes what was done to it."""

OTHERWISE = "nudged|swapped|removed|reordered|doubled"
PROOFS_THAT_HOLD = [
    r"^certificate\.(mentor|mentee)_prices\..* (nudged|swapped)$",
    r"^certificate\.(duo|lacking)_price (nudged|swapped)$",
    r"^certificate\.(relaxed_bound|(duos|worst|lacking)_proof\.bound) nudged$",
    r"^certificate\.((duos|worst|lacking)_proof\.)?quota_prices (reordered|doubled)$",
    r"^certificate\.((duos|worst)_proof\.)?quota_prices\[\d+\]\.(inside|outside) nudged$",
    r"^certificate\.(lacking_proof|spread\.(unspread|under_quotas))\.quota_prices (reordered|doubled)$",
    r"^certificate\.(lacking_proof|spread\.(unspread|under_quotas))\.quota_prices\[\d+\]\.\w+ (nudged|swapped)$",
    r"^certificate\.worst_proof\.(mentor|mentee)_prices",
    r"^certificate\.spread\.(unspread\.)?(mentor|mentee)_prices\..* (nudged|swapped)$",
    r"^certificate\.spread\.(unspread\.)?duo_price (nudged|swapped)$",
    r"^certificate\.spread\.weight (nudged|swapped)$",
    rf"^certificate\.(.*\.)?cases\.nodes\[\d+\]\.(mentors|mentees|quotas|duo|above)\b.* ({OTHERWISE})$",
    r"^certificate\.(spread\.under_quotas|lacking_proof)\.((mentor|mentee)_prices\..*|bound|duo_price) (nudged|swapped)$",
    r"^certificate\.spread\.unspread\.(relaxed_bound|lacking_price) (nudged|swapped)$",
    r"^certificate\.lacking_proof\.spread_weight (nudged|swapped)$",
    r"^certificate\.worst_scarce_(mentors|mentees) removed$",
]
"""A proof with other prices, a weaker bound of its own, or fewer people, that proves as much is a proof."""


@cache
def people(name: str) -> rm.Cohort:
    if not name.startswith(("spread", "least")):
        return rm.Cohort.from_records(PEOPLE)
    places = {**PLACES, "m2": {"capacity": "1..2"}} if name.startswith("least") else PLACES
    records = [{**person, **places.get(str(person["id"]), {})} for person in PEOPLE]
    both = {"id": "b1", "role": "both", "age": 33, "capacity": 2, "offers": "AI:3", "seeks": "Excel"}
    if name == "least with quotas":
        both = {**both, "capacity_in_all": 2}
    return rm.Cohort.from_records([*records, both])


@cache
def stored(name: str) -> str:
    return rm.match(people(name), rm.Policy.model_validate(POLICIES[name]), tables=DATA.get(name)).to_json()


Path = tuple[str | int, ...]


def leaves(data: Any, path: Path = ()) -> Iterator[Path]:
    """Yield where everything stands: leaves, lists and objects."""
    if path:
        yield path
    if isinstance(data, dict):
        for key, value in data.items():
            yield from leaves(value, (*path, key))
    if isinstance(data, list):
        for place, value in enumerate(data):
            yield from leaves(value, (*path, place))


def named(path: Path) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")


def tampers(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield what could stand in place of a value."""
    yield from (("swapped", other) for other in (None, "x", 7, True, [], {}, [value]) if other != value)
    if isinstance(value, bool):
        yield "swapped", not value
    elif isinstance(value, int | float):
        for nudge in (1e-9, 1e-6, 1e-3, 1, 10, 1e9, 1e18, 1e19, 1e30, 1e300):
            yield "nudged", value + nudge
            yield "nudged", value - nudge
        yield from (("nudged", other) for other in (-value, int(value) + 1, 10**400, 2**63, 5e-324))
    elif isinstance(value, str):
        wide = "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in value)
        spellings = (
            value.upper(),
            value + " ",
            " " + value,
            wide,
            unicodedata.normalize("NFD", value),
            value + "\u200b",
        )
        yield from (("spelled", other) for other in (*spellings, "", "nobody", "m1", "e2") if other != value)
    elif isinstance(value, list):
        yield from lists(value)
    elif isinstance(value, dict):
        for key in value:
            yield "renamed", {f"{other} " if other == key else other: part for other, part in value.items()}
        yield "added", {**value, "nobody": 0.0}
        yield "added", {**value, "Ｌéa": next(iter(value.values()), 0.0)}


def lists(value: list[Any]) -> Iterator[tuple[str, Any]]:
    yield "reordered", value[::-1]
    yield "reordered", value[1:] + value[:1]
    for place, part in enumerate(value):
        yield "removed", value[:place] + value[place + 1 :]
        yield "doubled", [*value[: place + 1], part, *value[place + 1 :]]


def replaced(data: Any, path: Path, value: Any) -> Any:
    changed = copy.deepcopy(data)
    holder = changed
    for part in path[:-1]:
        holder = holder[part]
    holder[path[-1]] = value
    return changed


def removed(data: Any, path: Path) -> Any:
    changed = copy.deepcopy(data)
    holder = changed
    for part in path[:-1]:
        holder = holder[part]
    del holder[path[-1]]
    return changed


def ways(data: Any) -> Iterator[tuple[str, Any]]:
    """Yield every tampered document, and what was done to which place."""
    for path in leaves(data):
        value = data
        for part in path:
            value = value[part]
        if isinstance(path[-1], str):
            yield f"{named(path)} removed", removed(data, path)
        for what, other in tampers(value):
            if other != value or type(other) is not type(value):
                yield f"{named(path)} {what}", replaced(data, path, other)


def is_accepted(text: str, same: rm.Matching, name: str) -> bool:
    """Say whether a tampered matching is read and verified; one that says the same is none."""
    try:
        matching = rm.Matching.from_json(text)
        if matching == same:
            return False
        rm.verify(matching, people(name), tables=DATA.get(name))
    except rm.ReverseMatchError:
        return False
    return True


def accepted(name: str, step: int, start: int) -> list[str]:
    data = json.loads(stored(name))
    same = rm.Matching.from_json(stored(name))
    listed = NOT_CHECKED + PROOFS_THAT_HOLD
    found = []
    for place, (what, changed) in enumerate(ways(data)):
        if place % step == start and is_accepted(json.dumps(changed), same, name):
            found.append(what)
    return [what for what in found if not any(re.search(known, what) for known in listed)]


LONG = ("spread fairly", "least")
"""Policies that are tampered with only where there is time."""


@pytest.mark.parametrize("name", [name for name in POLICIES if name not in LONG])
def test_some_tampers_are_refused(name: str) -> None:
    assert accepted(name, 47, len(name) % 47) == []


@pytest.mark.long
@pytest.mark.parametrize("name", POLICIES)
def test_many_tampers_are_refused(name: str) -> None:
    """All of them, with 1 in place of 6, take some minutes."""
    assert accepted(name, 6, len(name) % 6) == []
