"""Random people and random conditions: few values, so that ties, overlaps and missing data are common."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from strategies import DEPARTMENTS, SKILLS, cohorts

LANGUAGES = ["fr", "en", "de"]
SITES = ["Lyon", "LYON/Nord", "Lyon/Nord/Hall 2", "Paris", "finance"]
ZONES = ["Europe/Paris", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "America/Los_Angeles"]
DAY = "2026-03-31"


def even_sum(mentors: Any, mentees: Any) -> Any:
    """Allow pairs whose years have an even sum; not known where a year is."""
    total = np.add.outer(mentors.numbers("years"), mentees.numbers("years"))
    return np.where(np.isnan(total), np.nan, np.floor(total) % 2 == 0)


def even_sum_of_two(mentor: dict[str, Any], mentee: dict[str, Any]) -> bool | None:
    if mentor["years"] is None or mentee["years"] is None:
        return None
    return int(mentor["years"] + mentee["years"]) % 2 == 0


@st.composite
def cohorts_with_more(draw: st.DrawFn, most: int = 6) -> list[dict[str, Any]]:
    """Draw records with all the fields that conditions look at."""
    records = draw(cohorts(most))
    ids = [record["id"] for record in records]
    for record in records:
        others = [name for name in ids if name != record["id"]]
        record["languages"] = draw(st.lists(st.sampled_from(LANGUAGES), unique=True, max_size=3))
        record["timezone"] = draw(st.sampled_from([None, *ZONES]))
        record["location"] = draw(st.sampled_from([None, "Lyon", "lyon ", "Lyon/Nord", "Paris"]))
        record["years"] = draw(st.sampled_from([None, 0, 1, 2.5, 4.2, 4.5]))
        record["consent"] = draw(st.sampled_from([None, "yes", "Yes", "no"]))
        record["sites"] = draw(st.lists(st.sampled_from(SITES), unique=True, max_size=2))
        record["avoids"] = draw(st.lists(st.sampled_from([*others, "left"]), unique=True, max_size=1))
    return records


NUMBERS = st.sampled_from([-2, -0.3, 0, 0.3, 1, 10])
BOUNDS = st.one_of(
    st.fixed_dictionaries({"at_least": NUMBERS}),
    st.fixed_dictionaries({"at_most": NUMBERS}),
    st.tuples(NUMBERS, NUMBERS).map(lambda two: {"at_least": min(two), "at_most": max(two)}),
)
COMPARED = st.one_of(
    st.fixed_dictionaries({"field": st.just("gender")}),
    st.fixed_dictionaries(
        {"field": st.sampled_from(["department", "location"])}, optional={"prefix": st.integers(1, 2)}
    ),
    st.fixed_dictionaries({"field": st.just("department"), "paths": st.just(False)}),
)
PAST = st.lists(
    st.fixed_dictionaries(
        {
            "mentor": st.sampled_from(["p0", "p1", "p2", "left"]),
            "mentee": st.sampled_from(["p0", "p1", "p3"]),
        },
        optional={"until": st.sampled_from(["2025-09-30", "2025-12-31", "2026-02-28", "2026-04-01"])},
    ),
    max_size=4,
)
WORTH = st.one_of(
    st.builds(lambda bounds: {"field": "years", **bounds}, BOUNDS),
    st.sampled_from(
        [
            {"field": "consent", "equals": "yes"},
            {"field": "consent", "equals": ["no", "YES"]},
            {"field": "years", "equals": [0, 4.5]},
            {"field": "department", "equals": DEPARTMENTS[1]},
            {"field": "timezone", "known": True},
            {"field": "languages", "known": True},
            {"field": "years", "known": True},
        ]
    ),
)
NEEDS = st.fixed_dictionaries({"skill": st.sampled_from(SKILLS)}, optional={"at_level": st.integers(1, 5)})
TERMS = st.fixed_dictionaries(
    {"skill": st.sampled_from([*SKILLS, "juggling"])},
    optional={"at_level": st.integers(1, 5), "needs": st.lists(NEEDS, max_size=2)},
)
TEACHES: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {},
    optional={
        "of": st.sampled_from(["mentor", "mentee", "both", "either"]),
        "at_least": st.integers(1, 2),
        "at_level": st.integers(1, 5),
        "at_priority": st.integers(1, 3),
        "skills": st.lists(TERMS, max_size=3, unique_by=lambda terms: str(terms["skill"])),
    },
)


AMONG = [
    {"value": "mentor.location", "listed_in": "mentee.sites"},
    {"value": "mentee.location", "listed_in": "mentor.sites"},
    {"value": "mentor.sites", "listed_in": "mentee.location"},
    {"value": "mentee.sites", "listed_in": "mentor.sites"},
    {"value": "mentor.department", "listed_in": "mentee.sites"},
    {"value": "mentor.languages", "listed_in": "mentee.languages"},
]
LEAVES: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "same": COMPARED,
    "different": COMPARED,
    "shared": st.fixed_dictionaries({"field": st.just("languages")}, optional={"at_least": st.integers(1, 2)}),
    "teaches": TEACHES,
    "among": st.fixed_dictionaries(
        {},
        optional={"at_least": st.integers(1, 2), "paths": st.booleans()},
    ).flatmap(lambda said: st.sampled_from([{**said, **fields} for fields in AMONG])),
    "gap_between": st.builds(lambda field, bounds: {"field": field, **bounds}, st.sampled_from(["age", "years"]), BOUNDS),
    "overlapping_hours": st.fixed_dictionaries(
        {}, optional={"at_least": st.sampled_from([0.5, 2, 6]), "from": st.just("08:30"), "to": st.just("19:00")}
    ),
    "not_met_before": st.fixed_dictionaries({"duos": PAST}, optional={"again_after_months": st.sampled_from([1, 3, 6])}),
    "require": st.builds(
        lambda of, worth: {"of": of, **worth}, st.sampled_from(["mentor", "mentee", "both"]), WORTH
    ),
    "not_in_reporting_line": st.just({}),
    "avoids": st.just({}),
    "minimum_score": st.fixed_dictionaries({"at_least": st.sampled_from([0.3, 0.5])}),
    "listed": st.sampled_from([{"pairs": []}, {"pairs": [["p0", "p1"]]}]),
    "custom": st.just({"function": "even_sum"}),
}  # fmt: skip
LEAF = st.one_of(
    *(values.map(lambda said, kind=kind: {"kind": kind, **said}) for kind, values in LEAVES.items())  # type: ignore[misc]
)
CONDITIONS = st.recursive(
    LEAF,
    lambda inner: st.one_of(
        st.fixed_dictionaries(
            {
                "kind": st.sampled_from(["all_of", "any_of"]),
                "conditions": st.lists(inner, min_size=1, max_size=3),
            }
        ),
        st.fixed_dictionaries({"kind": st.just("not"), "condition": inner}),
    ),
    max_leaves=5,
)
ALWAYS_KNOWN = ("not_in_reporting_line", "avoids", "minimum_score")


@st.composite
def rules(draw: st.DrawFn, conditions: st.SearchStrategy[dict[str, Any]] = CONDITIONS) -> dict[str, Any]:
    """Draw a rule that demands a condition."""
    rule = dict(draw(conditions))
    if rule["kind"] not in ALWAYS_KNOWN and draw(st.booleans()):
        rule["if_unknown"] = "allow"
    return rule
