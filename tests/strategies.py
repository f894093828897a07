"""Random people: few names and few values, so that ties, overlaps and missing data are common."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

SKILLS = ["python", "excel sheets", "generative ai", "tiktok", "negotiation"]
GOALS = ["sustainability", "recruitment", "innovation"]
DEPARTMENTS = [None, "group/sales", "group/sales/north", "group/it", "finance"]


@st.composite
def cohorts(
    draw: st.DrawFn, most: int = 7, roles: tuple[str, ...] = ("mentor", "mentee", "both")
) -> list[dict[str, Any]]:
    """Draw records of a cohort with at least one mentor and one mentee."""
    size = draw(st.integers(2, most))
    chosen = draw(st.lists(st.sampled_from(roles), min_size=size, max_size=size))
    chosen[:2] = ["mentor", "mentee"]
    return [draw(people(f"p{index}", role, index)) for index, role in enumerate(chosen)]


@st.composite
def people(draw: st.DrawFn, identity: str, role: str, index: int) -> dict[str, Any]:
    managers = st.sampled_from([None, "outside", *(f"p{other}" for other in range(index))])
    return {
        "id": identity,
        "role": role,
        "offers": draw(st.dictionaries(st.sampled_from(SKILLS), st.integers(1, 5), max_size=3)),
        "seeks": draw(st.dictionaries(st.sampled_from(SKILLS), st.integers(1, 3), max_size=3)),
        "goals": draw(st.lists(st.sampled_from(GOALS), unique=True, max_size=3)),
        "age": draw(st.one_of(st.none(), st.integers(20, 60))),
        "gender": draw(st.sampled_from([None, "female", "male"])),
        "department": draw(st.sampled_from(DEPARTMENTS)),
        "manager_id": draw(managers),
        "capacity": draw(st.sampled_from([1, 1, 1, 2, 3, 0])),
    }
