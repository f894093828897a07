"""Names that someone could put into a people file to break a page or a picture, and a cohort full of them."""

from __future__ import annotations

from typing import Any

HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "\"'><script>alert(1)</script>",
    "</style></div><b>",
    "&lt;already&gt; &amp;",
    "a\u202egpj.exe",
    "no\u200bwidth\ufeff",
    "مرحبا",
    "$\\frac{1}{2}$ and $5",
    "_begins_with_a_line",
    "{braces} %s {0}",
)


def hostile_records(per_name: int = 2) -> list[dict[str, Any]]:
    """Return people, half of them mentors, with such a name in every field that holds text."""
    return [
        {
            "id": f"{name}{number}",
            "role": "mentor" if number % 2 else "mentee",
            "offers": {name: 4},
            "seeks": {name: 3},
            "goals": [name],
            "gender": name,
            "department": f"{name}/x",
            "location": name,
            "languages": [name],
            "age": 25 + 7 * number,
            "grade": number,
            name: name,
        }
        for name in HOSTILE
        for number in range(per_name)
    ]


def hostile_policy() -> dict[str, Any]:
    """Return a policy whose names are hostile, too."""
    return {
        "criteria": [
            {"kind": "gap", "name": HOSTILE[0], "weight": 1, "field": "age", "from": 5, "to": 20},
            {"kind": "overlap", "name": HOSTILE[7], "weight": 1, "field": "goals"},
            {"kind": "overlap", "name": HOSTILE[8], "weight": 1, "field": "languages"},
        ],
        "quotas": [{"kind": "duos", "name": HOSTILE[1], "at_most": 8}],
        "rules": [{"kind": "forbid", "name": HOSTILE[2], "pairs": [[f"{HOSTILE[0]}1", f"{HOSTILE[0]}0"]]}],
    }
