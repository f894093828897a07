"""Writes the stored files of a version of the format: matchings, a plan, a history, a policy, and the people.

    python tests/stored_files.py tests/data/stored/1

It is run once at each version of the format, by the code of that version, and never again: what it wrote is
what every later version must read. People and names are invented.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path
from typing import Any

import reverse_match as rm

SKILLS = ["Python", "Generative AI", "TikTok", "Excel", "Negotiation"]
GOALS = ["sustainability", "recruit young people", "innovation"]

QUOTAS = [
    {"kind": "share", "name": "mixed", "at_least": 0.6, "of": {"kind": "different", "field": "gender"}},
    {"kind": "each", "by": "mentor.department", "at_most": 2},
    {"kind": "count", "at_least": 1, "where": {"mentee.department": "Finance"}},
]
CREDITS = [
    {"name": "waited", "points": 0.25, "mentees": ["e8"]},
    {"name": "asked for it", "points": 1, "pairs": [["m1", "e7"]]},
]
COMMUTE = {"kind": "gap", "name": "commute", "weight": 1, "field": "km", "from": 1, "to": 40.0}
POLICIES: dict[str, dict[str, Any]] = {
    "plain": {},
    "quotas": {"quotas": QUOTAS},
    "max_min": {"objective": "max_min"},
    "max_min_quotas": {"objective": "max_min", "quotas": QUOTAS[1:]},
    "fair": {"objective": {"kind": "fair", "alpha": 1.0}},
    "total_quotas": {"objective": "total", "quotas": QUOTAS},
    "credits": {"credits": CREDITS, "seed": 7},
    "own_column": {
        "criteria": [{**COMMUTE}, {"kind": "difference", "name": "team", "weight": 1.0, "field": "team"}]
    },
}


def people(count: int = 12, seed: int = 6) -> list[dict[str, Any]]:
    """Return records of invented people, with columns of their own: a number, a text, a truth value."""
    drawn = random.Random(seed)
    records = []
    for place in range(count):
        teaches = place < count // 2
        records.append(
            {
                "id": f"{'m' if teaches else 'e'}{place}",
                "role": "mentor" if teaches else "mentee",
                "offers": {name: drawn.randint(1, 5) for name in drawn.sample(SKILLS, 2)},
                "seeks": {name: drawn.randint(1, 3) for name in drawn.sample(SKILLS, 2)},
                "goals": drawn.sample(GOALS, drawn.randint(1, 2)),
                "age": drawn.randint(22, 30) if teaches else drawn.randint(40, 60),
                "gender": drawn.choice(["female", "male", None]),
                "department": drawn.choice(["Sales", "IT", "Finance"]),
                "km": 3 * place + 0.5 * (place % 2),
                "team": f"{place % 3:03}",
                "remote": place % 2 == 0,
            }
        )
    return records


def write(folder: Path) -> None:
    """Write everything into a folder that is not there yet."""
    folder.mkdir(parents=True)

    def keep(name: str, text: str) -> None:
        (folder / name).write_text(text, "utf-8", newline="\n")

    keep("people.json", json.dumps(people(), indent=1) + "\n")
    cohort = rm.read_cohort(folder / "people.json")
    for name, policy in POLICIES.items():
        keep(f"policy_{name}.json", json.dumps(policy, indent=1) + "\n")
        matching = rm.match(cohort, rm.Policy.model_validate(policy), threads=1)
        keep(f"matching_{name}.json", matching.to_json())
    write_from_csv(folder, keep)
    write_amended(keep, cohort)
    write_rounds(keep, cohort)
    keep("plan.json", rm.plan_rotations(cohort, rounds=3, threads=1).to_json())
    keep("digests.json", json.dumps(digests(folder), indent=1) + "\n")


def digests(folder: Path) -> dict[str, str]:
    """Return the digest of everything that has one, by file, as the code of this version makes it."""
    found = {}
    for file in sorted(folder.iterdir()):
        if file.name.startswith("matching"):
            found[file.name] = rm.Matching.from_json(file.read_text("utf-8")).sha256
        elif file.name.startswith("policy"):
            found[file.name] = rm.Policy.load(file).sha256
        elif file.name.startswith("people"):
            found[file.name] = rm.read_cohort(file).sha256
    return found


def write_from_csv(folder: Path, keep: Any) -> None:
    """Write a matching of people from CSV, where everything is text, with birth dates."""
    heading = "id,role,offers,seeks,birth_date,km,team"
    rows = [
        "l,mentor,Python:4,Excel,1999-03-01,5.0,007",
        "n,mentor,Excel:3;TikTok,Python,2001-12-31,7,TRUE",
        "a,mentee,,Python:3,1970-01-01,12,007",
        "b,mentee,Negotiation,TikTok;Excel,1966-07-14,,false",
    ]
    keep("people.csv", "\n".join([heading, *rows]) + "\n")
    policy = rm.Policy(**POLICIES["own_column"], as_of="2026-11-23")
    keep("matching_csv.json", rm.match(rm.read_cohort(folder / "people.csv"), policy, threads=1).to_json())


def write_amended(keep: Any, cohort: rm.Cohort) -> None:
    """Write a matching that was changed by hand twice, and the people after that."""
    matching = rm.match(cohort, threads=1)
    duo = matching.duos[0]
    once = rm.amend(
        matching,
        cohort,
        forbid=[(duo.mentor, duo.mentee)],
        author="hr",
        reason="they share a flat",
        on="2027-01-15",
    )
    joining = {"id": "new", "role": "mentee", "seeks": "Python:3", "age": 51, "km": 8, "team": "001"}
    leaver = once.duos[-1].mentee
    twice = rm.amend(once, cohort, leave=[leaver], join=[joining], at_most_changes=3, on="2027-02-01")
    keep("matching_amended_once.json", once.to_json())
    keep("matching_amended.json", twice.to_json())
    keep("people_amended.json", people_json(cohort.amended(leave=[leaver], join=[joining])))


def write_rounds(keep: Any, cohort: rm.Cohort) -> None:
    """Write the first three rounds of a programme, the history before the third ends, and the people."""
    first = rm.match(cohort, threads=1)
    duo = first.duos[1]
    first = rm.amend(first, cohort, forbid=[(duo.mentor, duo.mentee)], on="2027-02-01")
    history = rm.History()
    second = rm.rotate(first, cohort, on="2027-06-01", history=history)
    history = history.with_round(first, began="2027-01-01", until="2027-06-01")
    kept = second.duos[0]
    said = [
        {"mentor": kept.mentor, "mentee": kept.mentee, "on": "2027-09-01", "by": by, "wish": "continue"}
        for by in ("mentor", "mentee")
    ]
    third = rm.rotate(
        second, cohort, on="2027-12-01", history=history, feedback=rm.Feedback.from_records(said)
    )
    history = history.with_round(second, began="2027-06-01", until="2027-12-01")
    keep("matching_round_1.json", first.to_json())
    keep("matching_round_2.json", second.to_json())
    keep("matching_round_3.json", third.to_json())
    keep("people_round_3.json", people_json(third.people))
    keep("history.json", history.to_json())


def people_json(cohort: rm.Cohort) -> str:
    """Return people as a people file."""
    records = [one.model_dump(mode="json", exclude_defaults=True) for one in cohort.participants]
    return json.dumps(records, indent=1) + "\n"


if __name__ == "__main__":
    write(Path(sys.argv[1]))
