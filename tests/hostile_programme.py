"""Text that a page could take for more than text, in every field of people and of a policy."""

from __future__ import annotations

from typing import Any

import reverse_match as rm

HOSTILE = (
    "<img src=x onerror=alert(1)>",
    '"><script>alert(2)</script>',
    "javascript:alert(3)",
    "{{7*7}}{% raw %}{# x #}",
    "\u202egpj.exe",
    "</style></title><script>alert(4)</script>",
    "--><svg/onload=alert(5)>",
    "' onmouseover='alert(6)' x='",
    "&lt;b&gt;&#x3c;",
    "$\\frac{1}{2}$ %s ${1+1}",
    "שלום <b>",
)
"""One for each way out of text that a page, a template or a picture has."""

MARKS = ("<img", "<script", "onerror", "{{7*7}}", "[U+202E]gpj.exe", "onload", "onmouseover", "&lt;b&gt;")
"""Of which a reader sees these as they stand."""


def people() -> list[dict[str, Any]]:
    """Return mentors and mentees, every field of whom is hostile."""
    records = []
    for place, text in enumerate(HOSTILE):
        for role, age in (("mentor", 25 + place), ("mentee", 45 + place)):
            records.append(
                {
                    "id": f"{text} {role}",
                    "role": role,
                    "offers": {text: 4, f"{text} more": 3},
                    "seeks": {text: 3, f"{text} less": 1},
                    "goals": [text, "peace"],
                    "age": age,
                    "gender": f"{text}{role}",
                    "department": f"Group/{text}",
                    "location": text,
                    "grade": place,
                    "manager_id": f"{text} manager",
                    "languages": [text],
                    "capacity": 1,
                    "country": text,
                }
            )
    records.append({"id": f"{HOSTILE[0]} nobody", "role": "mentee", "capacity": 0})
    records.append({"id": f"{HOSTILE[1]} too many", "role": "mentee", "department": HOSTILE[1]})
    return records


def policy(**more: Any) -> rm.Policy:
    """Return a policy, every name of which is hostile."""
    text = HOSTILE[0]
    criteria = [
        {"kind": "coverage", "name": f"skills {text}", "weight": 4},
        {"kind": "overlap", "name": f"goals {HOSTILE[1]}", "weight": 2, "field": "goals"},
        {"kind": "gap", "name": f"age {HOSTILE[3]}", "weight": 1, "field": "age", "from": 5, "to": 20},
        {"kind": "difference", "name": f"gender {HOSTILE[4]}", "weight": 1, "field": "gender"},
        {"kind": "sameness", "name": f"country {HOSTILE[9]}", "weight": 1, "field": "country"},
    ]
    rules = [
        {"kind": "not_in_reporting_line", "name": f"line {text}"},
        {"kind": "gap_between", "field": "age", "at_least": 1, "name": f"years {HOSTILE[1]}"},
    ]
    quotas = [
        {"kind": "duos", "at_most": 10, "name": f"pilot {text}"},
        {
            "kind": "share",
            "where": {"mentor.country": [HOSTILE[5], text]},
            "at_most": 0.5,
            "name": f"share {HOSTILE[3]}",
        },
        {"kind": "each", "by": "mentee.department", "at_most": 2, "name": f"each {HOSTILE[6]}"},
    ]
    synonyms = {text: [HOSTILE[5]], "peace": [HOSTILE[7]]}
    return rm.Policy(criteria=criteria, rules=rules, quotas=quotas, synonyms=synonyms, **more)  # type: ignore[arg-type]


def cohort() -> rm.Cohort:
    """Return these people."""
    return rm.Cohort.from_records(people())


def matching() -> rm.Matching:
    """Return their matching, changed by hand for a hostile reason."""
    first = rm.match(cohort(), policy())
    duo = first.duos[0]
    return rm.amend(
        first,
        cohort(),
        forbid=[(duo.mentor, duo.mentee)],
        author=HOSTILE[0],
        reason=f"{HOSTILE[1]} {HOSTILE[3]} {HOSTILE[4]}",
        on="2027-01-31",
        at_most_changes=3,
    )
