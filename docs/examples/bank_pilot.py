"""A bank's pilot, from the people file to the second round: invented people, real calls.

22 juniors and 18 executives of an invented bank; the best 15 duos, four months, eight sessions of 45 minutes,
a review each month, then rotation. Run it with a directory, and it leaves the files there that the page
``docs/rotation.md`` works with::

    python docs/examples/bank_pilot.py pilot

The same run gives the same files: chance comes from a seed, days from the programme, nothing from a clock.
"""

from __future__ import annotations

import csv
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import reverse_match as rm

if TYPE_CHECKING:
    from collections.abc import Sequence

JUNIORS = (
    "adele amir anouk basile chloe dora elias emma farid gaspard ines jonas "
    "kenza leo lina malik maya nils nora oscar rania theo"
)
EXECUTIVES = (
    "agathe bernard bruno carole denis edith franck gisele herve isabelle "
    "jacques karine laurent martine olivier philippe sabine thierry"
)
DEPARTMENTS = ("Bank/Retail", "Bank/Markets", "Bank/Risk", "Bank/Operations", "Bank/People")
DIGITAL = ("Generative AI", "Power BI", "Social networks", "Python", "Mobile payments", "Cybersecurity")
LEADERSHIP = ("Negotiation", "Public speaking", "Credit risk", "Strategy")
GOALS = ("sustainability", "recruit young people", "open the silos", "innovation")

POLICY = """\
seed = 2027

[[quotas]]
kind = "duos"
at_most = 15

[[quotas]]
kind = "share"
of = { kind = "different", field = "department" }
at_least = 0.6

[[quotas]]
kind = "each"
by = "mentee.department"
prefix = 2
at_least = 2

[rotation]
charge = 0.1              # what it costs to end a duo that both want to keep
carry_over = 0.5          # who had no duo comes first
learned_join_offers = true
"""

PROGRAMME = """\
name = "Reverse mentoring, pilot"
objectives = ["Executives use generative AI themselves", "Departments know each other"]
start = 2027-01-11
months = 4
rounds = 2
timezone = "Europe/Paris"

[session]
minutes = 45
every = 2
unit = "week"
"""


class Chance:
    """Chance under a seed, the same in every version of Python."""

    def __init__(self, seed: int) -> None:
        self._draw = random.Random(seed).random  # noqa: S311 - no secret

    def number(self, least: int, most: int) -> int:
        """Return a whole number between two, both included."""
        return least + int(self._draw() * (most - least + 1))

    def one(self, of: Sequence[Any]) -> Any:
        """Return one of some."""
        return of[self.number(0, len(of) - 1)]

    def some(self, of: Sequence[str], how_many: int) -> list[str]:
        """Return so many of some, each at most once."""
        left = list(of)
        return [left.pop(self.number(0, len(left) - 1)) for _ in range(how_many)]


def executive(name: str, department: str, chance: Chance) -> dict[str, Any]:
    """Return the row of somebody who learns."""
    return {
        "id": name,
        "role": "mentee",
        "offers": ";".join(f"{skill}:5" for skill in chance.some(LEADERSHIP, 2)),
        "seeks": ";".join(f"{skill}:{chance.number(1, 3)}" for skill in chance.some(DIGITAL, 3)),
        "goals": ";".join(chance.some(GOALS, 2)),
        "age": chance.number(44, 61),
        "department": department,
        "manager_id": "",
    }


def junior(name: str, manager: dict[str, Any], chance: Chance) -> dict[str, Any]:
    """Return the row of somebody who teaches, in the department of their manager."""
    return {
        "id": name,
        "role": "mentor",
        "offers": ";".join(f"{skill}:{chance.number(3, 5)}" for skill in chance.some(DIGITAL, 3)),
        "seeks": chance.one(LEADERSHIP),
        "goals": ";".join(chance.some(GOALS, 2)),
        "age": chance.number(22, 31),
        "department": manager["department"],
        "manager_id": manager["id"],
    }


def people() -> list[dict[str, Any]]:
    """Return one row for each of the invented people."""
    chance = Chance(5)
    executives = [
        executive(name, DEPARTMENTS[place % len(DEPARTMENTS)], chance)
        for place, name in enumerate(EXECUTIVES.split())
    ]
    return executives + [junior(name, chance.one(executives), chance) for name in JUNIORS.split()]


def answer(happy: int, last: bool, by: str, seeks: Sequence[str], chance: Chance) -> dict[str, Any]:
    """Return what one of the two of a duo answers at a review; from 1 to 10, how well it goes."""
    cancelled = int(happy in (5, 6))  # gladly, but too busy
    learned = last and by == "mentee" and happy > 4
    wish = "continue" if happy > 8 else "change" if happy < 3 else ""
    return {
        "by": by,
        "objective": "yes" if last and happy > 4 else "partly" if happy > 1 else "no",
        "skill_used": "yes" if happy > 5 else "partly",
        "satisfaction": max(1, min(5, happy // 2 + chance.number(0, 1))),
        "acquired": seeks[0] if learned else "",
        "sessions_held": 2 - cancelled,
        "sessions_cancelled": cancelled,
        "hours_saved": chance.number(0, 3) if by == "mentee" else "",
        "wish": wish if last else "",
    }


def answers(matching: rm.Matching, cohort: rm.Cohort, programme: rm.Programme) -> list[dict[str, Any]]:
    """Return what the two of each duo answer at each review of the first round; one in ten forgets to."""
    chance, rows = Chance(9), []
    seeks = {person.id: list(person.seeks) for person in cohort.mentees}
    reviews = [str(one.day) for one in programme.milestones(1) if one.kind == "review"]
    for duo in matching.duos:
        happy = chance.number(1, 10)
        for day in reviews:
            for by in ("mentor", "mentee"):
                if chance.number(1, 10) > 1:
                    said = answer(happy, day == reviews[-1], by, seeks[duo.mentee], chance)
                    rows.append({"mentor": duo.mentor, "mentee": duo.mentee, "on": day, **said})
    return rows


def write_rows(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    """Write a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def before_the_start(place: Path) -> rm.Matching:
    """Write the files of an HR manager, and form the first duos."""
    write_rows(place / "people.csv", people())
    (place / "policy.toml").write_text(POLICY, encoding="utf-8")
    (place / "programme.toml").write_text(PROGRAMME, encoding="utf-8")
    cohort, policy = rm.read_cohort(place / "people.csv"), rm.Policy.load(place / "policy.toml")
    matching = rm.match(cohort, policy)
    rm.verify(matching, cohort, policy)
    (place / "round-1.json").write_text(matching.to_json(), encoding="utf-8")
    return matching


def during_the_round(place: Path, matching: rm.Matching) -> rm.Feedback:
    """Write what duos answer at each review, and read it."""
    cohort, programme = rm.read_cohort(place / "people.csv"), rm.Programme.load(place / "programme.toml")
    write_rows(place / "answers.csv", answers(matching, cohort, programme))
    return rm.read_feedback(place / "answers.csv")


def show_what_came_of_it(place: Path, matching: rm.Matching, feedback: rm.Feedback) -> None:
    """Print what is proposed for each duo, and what the round has come to."""
    cohort, programme = rm.read_cohort(place / "people.csv"), rm.Programme.load(place / "programme.toml")
    for proposal in rm.proposals(matching, feedback, session_minutes=programme.session.minutes):
        print(*proposal.sentences("en"))
    print(rm.indicators(matching, feedback, cohort, programme=programme))


def at_the_end(place: Path, matching: rm.Matching, feedback: rm.Feedback) -> rm.Matching:
    """Form the next duos, and add the round that ends to the history."""
    cohort, policy = rm.read_cohort(place / "people.csv"), rm.Policy.load(place / "policy.toml")
    programme, history = rm.Programme.load(place / "programme.toml"), rm.History()
    due = programme.round_ends(1)

    following = rm.rotate(
        matching, cohort, policy, programme=programme, history=history, feedback=feedback, on=due
    )
    (place / "round-2.json").write_text(following.to_json(), encoding="utf-8")
    history.with_round(matching, began=programme.round_begins(1), until=due).save(place / "history.json")
    return following


def main(place: Path) -> None:
    """Live through the pilot."""
    place.mkdir(exist_ok=True)
    matching = before_the_start(place)
    print(f"January: {matching}")
    print("waiting:", *(left.id for left in matching.unmatched if left.role == "mentee"))
    feedback = during_the_round(place, matching)
    print(f"February to May: {len(feedback.records)} answers")
    show_what_came_of_it(place, matching, feedback)
    following = at_the_end(place, matching, feedback)
    print(f"May: {following}")
    for change in following.changes:
        print(change)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
