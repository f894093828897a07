"""Random people and policies drawn from a seed, of every kind there is, with what a second opinion says of them.

Few names and few values, so that ties, overlaps and missing data are common. A world is drawn from one text
(``Random(text)``), so that a failure is repeated from what was printed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np

import oracle_scores
import own_say_oracle
from oracle import MILLION, utility
from oracle_choices import Programme, Row, capacity_rows, share_rows
from rule_oracle import World as RuleWorld
from rule_oracle import allows, parts, truth, within

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Record = dict[str, Any]
Pair = tuple[str, str]

DAY = "2026-03-31"
SKILLS = ["Python", "pyhton", "excel sheets", "Generative AI", "IA générative", "tiktok", "negotiation"]
GOALS = ["sustainability", "recruitment", "Recruitment", "innovation", "réseaux sociaux", "social media"]
DEPARTMENTS = [None, "group/sales", "Group/Sales/North", "group/it", "finance"]
ZONES = [None, "Europe/Paris", "America/New_York", "Asia/Kolkata"]
OBJECTIVES: list[Any] = ["coverage", "total", "max_min", {"kind": "fair"}, {"kind": "fair", "alpha": 2.5}]


def quarters(mentors: Any, mentees: Any) -> Any:
    """Score pairs by their years, in quarters; not known where years are not."""
    return (
        np.floor(np.add.outer(np.floor(mentors.numbers("years")) * 3, np.floor(mentees.numbers("years"))))
        % 5
        / 4
    )


def maybe(random: Random, value: Any, chance: float = 0.8) -> Any:
    return value if random.random() < chance else None


def some(random: Random, names: list[Any], most: int) -> list[Any]:
    return random.sample(names, random.randint(0, min(most, len(names))))


def person(random: Random, place: int, role: str, size: int) -> Record:
    others = [f"p{other}" for other in range(size) if other != place]
    wished = some(random, others, 2) if random.random() < 0.4 else []
    avoided = [other for other in some(random, others, 1) if other not in wished]
    return {
        "id": f"p{place}",
        "role": role,
        "offers": {name: random.randint(1, 5) for name in some(random, SKILLS, 4)},
        "seeks": {name: random.randint(1, 3) for name in some(random, SKILLS, 4)},
        "goals": some(random, GOALS, 3),
        "age": maybe(random, random.randint(20, 64)),
        "gender": random.choice([None, "female", "male", "Male"]),
        "department": random.choice(DEPARTMENTS),
        "location": random.choice([None, "Lyon", "lyon ", "Lyon/Nord", "Paris"]),
        "manager_id": maybe(random, random.choice(["outside", *others[:place]]), 0.5),
        "languages": some(random, ["fr", "en", "de"], 3),
        "timezone": random.choice(ZONES),
        "years": random.choice([None, 0, 1, 2.5, 4.2, 4.5]),
        "consent": random.choice([None, "yes", "Yes", "no"]),
        "capacity": random.choice([1, 1, 1, 1, 2, 3, 0]),
        "wants": wished,
        "avoids": avoided if random.random() < 0.4 else [],
    }


SIZES = (2, 3, 4, 4, 5, 5, 6, 6, 7, 8, 9, 10, 12, 14)
QUOTAS = (0, 0, 1, 1, 2)


def people(random: Random, sizes: Sequence[int] = SIZES) -> list[Record]:
    """Draw people, at least one mentor and one mentee, often with some who are both."""
    size = random.choice(sizes)
    both = random.choice([0, 0, 0.2, 0.5])
    roles = ["both" if random.random() < both else random.choice(["mentor", "mentee"]) for _ in range(size)]
    roles[:2] = random.choice([["mentor", "mentee"], ["both", "mentee"], ["both", "both"]])
    records = [person(random, place, role, size) for place, role in enumerate(roles)]
    if random.random() < 0.2:  # equal people: ties
        for record in records[2:]:
            if random.random() < 0.6:
                twin = random.choice(records[:2])
                kept = ("id", "role", "manager_id", "wants", "avoids")
                record |= {key: value for key, value in twin.items() if key not in kept}
    return records


def gap_criterion(random: Random) -> Record:
    field, start, width = random.choice([("age", -5, 15), ("age", 5, 15), ("years", 0, 3), ("years", -1, 0)])
    made = {"kind": "gap", "field": field, "from": start, "to": start + width}
    if random.random() < 0.4:
        made["until"] = start + width + random.choice([1, 7])
        if not width or random.random() < 0.5:
            made["zero_from"] = made["until"] + random.choice([0.5, 3, 11])
    return made


def criterion(random: Random, kind: str, place: int) -> Record:
    made: Record = {
        "kind": kind,
        "name": f"{kind} {place}",
        "weight": random.choice([0, 0.1, 0.25, 1, 3, 0.333]),
    }
    if kind == "coverage":
        made |= {"offered": "offers", "wanted": "seeks", "reciprocity": random.choice([0, 0.2, 0.5, 0.37, 1])}
    elif kind == "overlap":
        made["field"] = random.choice(["goals", "languages"])
    elif kind == "gap":
        made |= gap_criterion(random)
    elif kind in ("difference", "sameness"):
        made["field"] = random.choice(["gender", "department", "location"])
        if random.random() < 0.3:
            made["paths"] = random.random() < 0.5
    elif kind == "custom":
        made["function"] = "quarters"
    if random.random() < 0.15:
        made["missing"] = random.choice([0, 0.25, 0.333333, 1])
    return made


DEFAULT: list[Record] = [
    {"kind": "coverage", "name": "skills", "weight": 0.40, "offered": "offers", "wanted": "seeks", "reciprocity": 0.2},
    {"kind": "overlap", "name": "goals", "weight": 0.25, "field": "goals"},
    {"kind": "gap", "name": "age", "weight": 0.10, "field": "age", "from": 5, "to": 20},
    {"kind": "difference", "name": "gender", "weight": 0.10, "field": "gender"},
    {"kind": "difference", "name": "department", "weight": 0.15, "field": "department"},
]  # fmt: skip


def criteria(random: Random) -> list[Record]:
    chance = random.random()
    if chance < 0.3:
        return [dict(one) for one in DEFAULT]
    if chance < 0.5:  # pairs that score nothing, and ties
        kind = random.choice(["overlap", "difference", "sameness", "gap", "wants"])
        return [{**criterion(random, kind, 0), "weight": 1, "missing": random.choice([0, 0, 0.5])}]
    kinds = random.choices(list(oracle_scores.KINDS), k=random.randint(1, 5))
    made = [criterion(random, kind, place) for place, kind in enumerate(kinds)]
    if not any(one["weight"] for one in made):
        made[0]["weight"] = 1
    return made


def bounds(random: Random, values: list[Any]) -> Record:
    low, high = sorted(random.choices(values, k=2))
    return random.choice([{"at_least": low}, {"at_most": high}, {"at_least": low, "at_most": high}])


def seat_pair(random: Random, records: list[Record]) -> list[str]:
    """Draw a mentor and a mentee."""
    mentor = random.choice([one["id"] for one in records if one["role"] != "mentee"])
    return [mentor, random.choice([one["id"] for one in records if one["role"] != "mentor"])]


def condition(random: Random, records: list[Record], deep: int = 2) -> Record:
    """Draw a condition on a pair."""
    if not deep or random.random() < 0.75:
        kind = random.choice(list(CONDITIONS))
        return {"kind": kind, **CONDITIONS[kind](random, records)}
    kind = random.choice(["all_of", "any_of", "not"])
    if kind == "not":
        return {"kind": "not", "condition": condition(random, records, deep - 1)}
    parts_of = [condition(random, records, deep - 1) for _ in range(random.randint(1, 3))]
    return {"kind": kind, "conditions": parts_of}


def compared(random: Random, records: list[Record]) -> Record:
    field = random.choice(["gender", "department", "location"])
    prefix = field != "gender" and random.random() < 0.5
    return {"field": field} | ({"prefix": random.randint(1, 2)} if prefix else {})


def past_duos(random: Random, records: list[Record]) -> Record:
    again = {"again_after_months": random.choice([1, 3, 6])} if random.random() < 0.6 else {}
    ids = [one["id"] for one in records]
    return {"duos": [past_duo(random, ids) for _ in range(random.randint(0, 3))]} | again


CONDITIONS: dict[str, Callable[[Random, list[Record]], Record]] = {
    "same": compared,
    "different": compared,
    "shared": lambda random, records: {"field": "languages", "at_least": random.choice([1, 1, 2])},
    "gap_between": lambda random, records: {
        "field": random.choice(["age", "years"]),
        **bounds(random, [-10, -2, -0.3, 0, 0.3, 1, 10]),
    },
    "overlapping_hours": lambda random, records: {"at_least": random.choice([0.5, 2, 6])},
    "not_met_before": past_duos,
    "require": lambda random, records: {
        "of": random.choice(["mentor", "mentee", "both"]),
        **worth_of_field(random),
    },
    "listed": lambda random, records: {
        "pairs": [seat_pair(random, records) for _ in range(random.randint(0, 3))]
    },
}


def teaching(random: Random) -> Record:
    """Draw options of a condition ``teaches``: of no skill are there two terms, whatever it is called."""
    made: Record = {"of": random.choice(["mentor", "mentor", "mentee", "both", "either"])}
    if random.random() < 0.5:
        made |= {"at_level": random.randint(1, 5), "at_priority": random.randint(1, 3)}
    if random.random() < 0.4:
        made["at_least"] = 2
    if random.random() < 0.4:
        needs = [{"skill": random.choice(SKILLS), "at_level": random.randint(1, 4)}]
        made["skills"] = [
            {"skill": random.choice(names), "at_level": random.randint(1, 5)}
            | ({"needs": needs} if random.random() < 0.5 else {})
            for names in random.sample([["Python", "pyhton"], ["IA générative"], ["tiktok"]], 2)
        ]
    return made


def ask_for_lessons(random: Random, policy: Record) -> None:
    """Let some rules and quotas of a policy ask for something to learn."""
    asked = {"kind": "teaches", **teaching(random)}
    if random.random() < 0.2:
        policy["rules"].append({**asked, "if_unknown": random.choice(["forbid", "allow", "allow"])})
    if random.random() < 0.5:
        policy["as_far_as_possible"] = random.choice(
            [asked, {"kind": "teaches"}, {"kind": "different", "field": "gender"}]
        )
    for one in policy["quotas"]:
        if one["kind"] in ("share", "count") and random.random() < 0.3:
            one["of"] = {"kind": "teaches", **teaching(random)}


def past_duo(random: Random, ids: list[str]) -> Record:
    mentor, mentee = random.sample([*ids, "left"], 2)
    until = random.choice([None, "2025-09-30", "2025-12-31", "2026-02-28", "2026-03-31"])
    return {"mentor": mentor, "mentee": mentee} | ({} if until is None else {"until": until})


def worth_of_field(random: Random) -> Record:
    return random.choice(
        [
            {"field": "consent", "equals": "yes"},
            {"field": "consent", "equals": ["no", "YES"]},
            {"field": "years", "equals": [0, 4.5]},
            {"field": "timezone", "known": True},
            {"field": "languages", "known": True},
            {"field": "years", **bounds(random, [0, 1, 2.5, 4.2])},
        ]
    )


def rules(random: Random, records: list[Record]) -> list[Record]:
    ids = [record["id"] for record in records]
    made: list[Record] = (
        [{"kind": "not_in_reporting_line"}, {"kind": "avoids"}] if random.random() < 0.7 else []
    )
    if random.random() < 0.3:
        made.append({"kind": "minimum_score", "at_least": random.choice([0.2, 0.35, 0.5])})
    if random.random() < 0.3:
        made.append({"kind": "forbid", "pairs": [random.sample(ids, 2) for _ in range(random.randint(1, 3))]})
    for _ in range(random.choice([0, 0, 1, 1, 2])):
        rule = condition(random, records)
        if random.random() < 0.6:
            rule["if_unknown"] = "allow"
        made.append(rule)
    return made


def quota(random: Random, records: list[Record]) -> Record:
    kind = random.choice(["duos", "share", "count", "each"])
    if kind == "each":
        by = random.choice(
            ["mentee.department", "mentor.department", "mentor.gender", "mentor.id", "mentee.id"]
        )
        made: Record = {"kind": kind, "by": by}
        if by.endswith("department") and random.random() < 0.4:
            made["prefix"] = 1
        return made | random.choice(
            [{"at_most": random.randint(1, 2)}, {"at_least": random.choice([0, 1, 1])}]
        )
    if kind == "share":
        return {"kind": kind, **counted(random, records), **bounds(random, [0, 0.2, 0.25, 0.4, 0.5, 0.75, 1])}
    most = bounds(random, [0, 1, 1, 2, 2, 3, 4])
    return {"kind": kind, **(counted(random, records) if kind == "count" else {}), **most}


def each_quota(random: Random, records: list[Record]) -> Record:
    """Draw a quota on groups, of one side or both, that chooses people, or duos, or neither."""
    one_side = [["mentee.id"], ["mentor.id"], ["mentee.department"], ["mentor.gender", "mentor.location"]]
    both_sides = [
        ["mentor.id", "mentee.department"],
        ["mentee.gender", "mentor.department"],
        ["mentee.department", "mentee.gender", "mentor.id"],
    ]
    by = random.choice(random.choice([one_side, both_sides]))
    made: Record = {"kind": "each", "by": by[0] if len(by) == 1 else by}
    if random.random() < 0.2:
        made["prefix"] = 1
    if random.random() < 0.6:
        made["of"] = random.choice(
            [
                {"kind": "different", "field": "gender"},
                {"kind": "require", "of": "mentor", **worth_of_field(random)},
                {"kind": "require", "of": "mentee", **worth_of_field(random)},
                condition(random, records, 1),
            ]
        )
    if random.random() < 0.6:
        made["where"] = random.choice(
            [
                {"mentee.years": {"at_least": 2}},
                {"mentor.age": {"at_least": 30, "at_most": 55}},
                {"mentee.department": ["group", "finance"]},
                {"mentor.gender": "male", "mentee.consent": "yes"},
            ]
        )
    few = {"at_least": 1} if "of" in made or "where" in made else {"at_least": 0}
    return made | random.choice(
        [{"at_most": 1}, {"at_most": random.randint(0, 2)}, few, few | {"at_most": 2}]
    )


def counted(random: Random, records: list[Record]) -> Record:
    """Draw what a quota counts."""
    path = {"mentee.department": random.choice(["group", "group/sales", ["finance", "group/it"]])}
    of: Record = {"kind": random.choice(["different", "same", "difference"]), "field": "gender"}
    if random.random() < 0.3:
        of = condition(random, records, 1)
    where = random.choice([path, {"mentor.consent": ["yes", "no"]}, {**path, "mentor.gender": "female"}])
    return random.choice([{"of": of}, {"where": where}, {"of": of, "where": where}])


def credits_of(random: Random, records: list[Record]) -> list[Record]:
    mentors = [record["id"] for record in records if record["role"] != "mentee"]
    mentees = [record["id"] for record in records if record["role"] != "mentor"]
    made = []
    for place in range(random.choice([0, 0, 0, 1, 2])):
        lists: Record = {
            "mentors": some(random, mentors, 2),
            "mentees": some(random, mentees, 2),
            "pairs": [seat_pair(random, records) for _ in range(random.randint(0, 2))],
        }
        lists = {key: ids for key, ids in lists.items() if ids}
        if lists:
            points = random.choice([0.000001, 0.1, 0.25, 0.5])
            made.append({"name": f"credit {place}", "points": points, **lists})
    return made


def statements(random: Random) -> list[Record]:
    """Draw what somebody says of others; nothing must be and must not be at once."""
    made = []
    for _ in range(random.randint(1, own_say_oracle.MOST_STATEMENTS)):
        said = random.choice(
            [
                {"field": "gender", "is": random.choice([["female"], ["Homme"], ["F", "x"]])},
                {"field": "location", "is": random.choice([["lyon"], ["Lyon/Nord", "Paris"]])},
                {"field": "languages", "is": random.choice([["fr"], ["English", "de"]])},
                {"field": "years", **bounds(random, [0, 1, 2.5, 4.2])},
                {"field": "age", **bounds(random, [25, 40, 55])},
                {"field": random.choice(["gender", "department", "languages", "age", "years"]), "same": True},
            ]
        )
        made.append({**said, "answer": random.choice(list(own_say_oracle.HALVES))})
    musts = {json.dumps(said | {"answer": ""}) for said in made if said["answer"] == "must"}
    return [
        said
        for said in made
        if said["answer"] != "must not" or json.dumps(said | {"answer": ""}) not in musts
    ]


@dataclass(frozen=True)
class World:
    """People and a policy.

    Attributes
    ----------
    records : list of dict
        As a JSON file has them.
    policy : dict
        As a JSON file has it.
    """

    records: list[Record]
    policy: Record

    @classmethod
    def drawn(
        cls, seed: str, sizes: Sequence[int] = SIZES, quotas: Sequence[int] = QUOTAS, *, lessons: bool = True
    ) -> World:
        """Draw a world; fixed duos are such as rules and capacities allow, though perhaps not quotas.

        Of how many people, and how many quotas there are, is drawn from what is given. With ``lessons`` some
        policies ask for something to learn, which a source of its own draws: all else is as without.
        """
        random = Random(seed)
        records = people(random, sizes)
        asked = [
            {"name": f"quota {place}", **quota(random, records)} for place in range(random.choice(quotas))
        ]
        policy: Record = {
            "criteria": criteria(random),
            "rules": rules(random, records),
            "quotas": asked,
            "objective": random.choice(OBJECTIVES),
            "seed": random.randint(-3, 3),
            "as_of": DAY,
        }
        beside = credits_of(random, records)
        if beside:
            policy["credits"] = beside
        if lessons:
            ask_for_lessons(Random(f"lessons of {seed}"), policy)
        world = cls(records, policy)
        duos = world.fixed_duos(random)
        if duos:
            policy["rules"].append({"kind": "fix", "pairs": [list(duo) for duo in duos]})
        return cls(records, policy)

    def with_own_scores(self, random: Random) -> World:
        """Return the world with a table of scores or a similarity more; a table forbids no fixed duo."""
        kind = random.choice(["table", "table", "similarity"])
        made = {"kind": kind, "name": f"own {kind}", "weight": random.choice([0, 0.2, 1, 3])}
        if random.random() < 0.2:
            made["missing"] = random.choice([0, 0.25, 1])
        if kind == "similarity":
            made |= {"vectors": "words", **random.choice([{}, {"from": -1}, {"from": 0.25, "to": 0.75}])}
        else:
            made |= self._own_table(random)
        criteria = [*self.policy["criteria"], made]
        if random.random() < 0.3:  # alone, so that the table decides
            criteria = [made | {"weight": 1}]
        world = World(self.records, {**self.policy, "criteria": criteria})
        return world if world.fixed <= world.allowed else self  # a minimum score may forbid a fixed duo now

    def with_own_say(self, random: Random) -> World:
        """Return the world in which people say more: in which order they want others, and what they prefer."""
        records = [
            {
                **record,
                "wants_ranks": sorted(random.choices([1, 1, 2, 3], k=len(record["wants"]))),
                "prefers": statements(random) if random.random() < 0.6 else [],
            }
            for record in self.records
        ]
        scale = random.choice([None, [1], [1, 0.7, 0.4], [0.9, 0.333333], [1, 1, 0]])
        weights = random.choices([0, 0.2, 1, 3], k=2)
        own: list[Record] = [
            {"kind": "wants", "name": "own wishes", "weight": weights[0]}
            | ({"scale": scale} if scale else {}),
            {"kind": "preferences", "name": "own preferences", "weight": weights[1]},
        ]
        policy = {**self.policy, "criteria": [*self.policy["criteria"], *own]}
        if random.random() < 0.3 and any(weights):
            policy["criteria"] = own
        if random.random() < 0.5:
            names = [None, *(one["name"] for one in policy["criteria"])]
            records = [{**record, "priority": random.choice(names)} for record in records]
            policy["own_weights"] = {
                "factor": random.choice([1, 2, 3.5, 1000]),
                "share": random.choice([0, 0.5, 0.5, 0.3, 1]),
            }
        if random.random() < 0.6:
            rule: Record = {
                "kind": "personal_rules",
                "of": random.choice(["mentor", "mentee", "both", "both"]),
            }
            rule |= random.choice([{}, {"if_unknown": "allow"}, {"waived": ["p0", "left"]}])
            policy["rules"] = [*self.policy["rules"], rule]
        world = World(records, policy)
        return world if world.fixed <= world.allowed else self

    def _own_table(self, random: Random) -> Record:
        ids = [*sorted(record["id"] for record in self.records), "left"]
        grades: list[Any] = random.choice(
            [[0, 0.25, 0.8, 1], [1, 2, 3, 4, 5], [-3, 0, 2.5, 12], [0.125, 0.333, 0.9], [7, 7, 8]]
        )
        share, banned = random.choice([0.2, 0.6, 1]), random.choice([0, 0.05, 0.3])
        pairs: list[Any] = []
        for pair in [(one, other) for one in ids for other in ids]:
            if pair == ("p0", "p1") or random.random() < share:
                forbids = pair not in self.fixed and random.random() < banned
                pairs.append([*pair, None if forbids else random.choice(grades)])
        random.shuffle(pairs)
        scale = {"from": max(grades) + 1, "to": min(grades)} if random.random() < 0.3 else {}
        numbers = {value for one, other, value in pairs if value is not None and one != other}
        if not scale and len(numbers) < 2:
            scale = {"from": 0, "to": 20} if min(grades) >= 0 else {"from": -3, "to": 20}
        return {"pairs": pairs, **scale}

    def fixed_duos(self, random: Random) -> list[Pair]:
        left = {(side, one["id"]): one["capacity"] for one in self.records for side in (0, 1)}
        chosen: list[Pair] = []
        for pair in some(random, sorted(self.allowed), random.choice([0, 0, 0, 1, 2])):
            if all(left[side, pair[side]] for side in (0, 1)):
                chosen.append(pair)
                for side in (0, 1):
                    left[side, pair[side]] -= 1
        return chosen

    @cached_property
    def by_id(self) -> dict[str, Record]:
        return {record["id"]: record for record in self.records}

    @cached_property
    def capacity(self) -> dict[str, int]:
        return {record["id"]: record["capacity"] for record in self.records}

    @cached_property
    def scored(self) -> dict[Pair, oracle_scores.Scored]:
        return oracle_scores.scores(self.records, self.policy["criteria"], self.policy.get("own_weights"))

    @cached_property
    def scores(self) -> dict[Pair, int]:
        return {pair: scored.score for pair, scored in self.scored.items()}

    @cached_property
    def fixed(self) -> frozenset[Pair]:
        named = [rule["pairs"] for rule in self.policy["rules"] if rule["kind"] == "fix"]
        return frozenset((mentor, mentee) for pairs in named for mentor, mentee in pairs)

    @cached_property
    def _rule_world(self) -> RuleWorld:
        return RuleWorld(self.records, date.fromisoformat(DAY), self.scores)

    @cached_property
    def allowed(self) -> frozenset[Pair]:
        """Pairs that all rules allow, whatever the capacities of the two."""
        found = [
            pair for pair in self.scores if all(self.allows(rule, pair) for rule in self.policy["rules"])
        ]
        tables = [one["pairs"] for one in self.policy["criteria"] if one["kind"] == "table"]
        banned = {(one, other) for pairs in tables for one, other, value in pairs if value is None}
        return frozenset(found) - banned

    def allows(self, rule: Record, pair: Pair) -> bool:
        if rule["kind"] == "fix":
            return True
        if rule["kind"] == "forbid":
            return not any(set(pair) == set(named) for named in rule["pairs"])
        return allows(rule, self.by_id[pair[0]], self.by_id[pair[1]], self._rule_world)

    def counts(self, quota: Record, pair: Pair) -> bool:
        """Say whether a quota counts a pair."""
        people = {"mentor": self.by_id[pair[0]], "mentee": self.by_id[pair[1]]}
        if "of" in quota:
            kind = {"difference": "different", "sameness": "same"}.get(
                quota["of"]["kind"], quota["of"]["kind"]
            )
            if truth({**quota["of"], "kind": kind}, *people.values(), self._rule_world) is not True:
                return False
        return all(
            is_worth(people[path.split(".")[0]], path.split(".")[1], worth)
            for path, worth in quota.get("where", {}).items()
        )

    def rows_of(self, quota: Record) -> list[Row]:
        """Return a quota in whole numbers."""
        low, high = quota.get("at_least"), quota.get("at_most")
        if quota["kind"] == "each":
            groups = self._groups(quota)
            for pair in self.scores:
                mine, other = (
                    self._group(quota, side, self.by_id[one]) for side, one in zip(SIDES, pair, strict=True)
                )
                if mine is not None and other is not None and self.counts(quota, pair):
                    groups[mine, other][pair] = 1
            return [Row(counts, low, high) for counts in groups.values()]
        marked = {pair: self.counts(quota, pair) for pair in self.scores}
        if quota["kind"] == "share":
            return share_rows(marked, low, high)
        return [Row({pair: int(on) for pair, on in marked.items()}, low, high)]

    def _groups(self, quota: Record) -> dict[tuple[Any, Any], dict[Pair, int]]:
        """Return every group that a quota on groups has, each without pairs."""
        found: list[dict[Any, None]] = []
        for side in SIDES:
            members = [one for one in self.records if one["role"] in (side, "both")]
            named = any(path.startswith(side) for path in listed(quota["by"]))
            told = {self._group(quota, side, one): None for one in members} if named else {(): None}
            found.append({group: None for group in told if group is not None})
        return {(one, other): {} for one in found[0] for other in found[1]}

    def _group(self, quota: Record, side: str, record: Record) -> Any:
        """Return the group of somebody on a side; ``None`` where they are in none."""
        for path, worth in quota.get("where", {}).items():
            if path.startswith(side) and not is_worth(record, path.split(".")[1], worth):
                return None
        fields = [path.split(".")[1] for path in listed(quota["by"]) if path.startswith(side)]
        values = [group_of(quota, record, field) for field in fields]
        return None if None in values else tuple(values)

    @cached_property
    def quota_rows(self) -> list[list[Row]]:
        return [self.rows_of(quota) for quota in self.policy["quotas"]]

    @cached_property
    def units(self) -> int:
        """How many units make 1 in what the objective adds up."""
        return 10**8 if isinstance(self.policy["objective"], dict) else MILLION

    def credits(self, pair: Pair) -> dict[str, int]:
        """Return the millionths that a pair has beside its score, by the names of credits."""
        found: dict[str, int] = {}
        for credit in self.policy.get("credits", []):
            times = pair[0] in credit.get("mentors", ())
            times += pair[1] in credit.get("mentees", ())
            times += list(pair) in credit.get("pairs", ())
            if times:
                points = round(credit["points"] * MILLION)
                found[credit["name"]] = found.get(credit["name"], 0) + times * points
        return found

    @cached_property
    def worth(self) -> dict[Pair, int]:
        """What the objective adds up, in its units."""
        return {
            pair: utility(score, self.policy["objective"])
            + sum(self.credits(pair).values()) * self.units // MILLION
            for pair, score in self.scores.items()
        }

    def programme(
        self, fix: frozenset[Pair] = frozenset(), forbid: frozenset[Pair] = frozenset(), quotas: Any = None
    ) -> Programme:
        """Return what is to be solved, perhaps with a duo more, without some pairs, with some quotas only."""
        fixed = (self.fixed | fix) - forbid
        pairs = sorted(self.allowed - fixed - forbid)
        kept = range(len(self.quota_rows)) if quotas is None else quotas
        rows = [row for place in kept for row in self.quota_rows[place]]
        rows += capacity_rows([*pairs, *fixed], self.capacity)
        return Programme(pairs, fixed, rows, self.scores, self.worth, self.policy["objective"], self.lacking)

    @cached_property
    def lacking(self) -> frozenset[Pair]:
        """Pairs for which what is asked as far as possible is known to be false."""
        asked = self.policy.get("as_far_as_possible")
        if asked is None:
            return frozenset()
        return frozenset(
            pair
            for pair in self.scores
            if truth(asked, *(self.by_id[name] for name in pair), self._rule_world) is False
        )


def listed(values: Any) -> list[Any]:
    return values if isinstance(values, list) else [values]


SIDES = ("mentor", "mentee")


def is_worth(record: Record, field: str, worth: Any) -> bool:
    """Say whether a field is known to be what ``where`` says of it."""
    if isinstance(worth, dict):
        value = record[field]
        return value is not None and within(Fraction(str(value)), worth)
    return any(lies_under(record, field, value) for value in listed(worth))


def lies_under(record: Record, field: str, value: str) -> bool:
    path, wanted = (parts(text, {"field": field}) for text in (record[field], value))
    return path[: len(wanted)] == wanted


def group_of(quota: Record, record: Record, field: str) -> Any:
    if field == "id":
        return record["id"]
    path = parts(record[field], {"field": field})
    return tuple(path[: quota.get("prefix", len(path))]) or None
