"""A second opinion on conflicts: every set of pairs there is, and which single demands each of them keeps."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import chain, combinations, product
from typing import Any

from oracle import in_one_line

Pair = tuple[str, str]
Key = tuple[Any, ...]
State = dict[Key, Any]
"""What is demanded: of each single demand, its bound, its capacity, or just True."""


@dataclass
class World:
    """Plain records, a plain policy, and every set of pairs of two people."""

    records: list[dict[str, Any]]
    rules: list[dict[str, Any]]
    quotas: list[dict[str, Any]]
    names: list[str]
    _known: dict[Any, int] = field(default_factory=dict)

    @cached_property
    def people(self) -> dict[str, Any]:
        return {record["id"]: record for record in self.records}

    @cached_property
    def pairs(self) -> list[Pair]:
        mentors = [record["id"] for record in self.records if record["role"] != "mentee"]
        mentees = [record["id"] for record in self.records if record["role"] != "mentor"]
        return [(a, b) for a, b in product(mentors, mentees) if a != b]

    @cached_property
    def choices(self) -> list[frozenset[Pair]]:
        sizes = range(len(self.pairs) + 1)
        return [
            frozenset(one) for one in chain.from_iterable(combinations(self.pairs, size) for size in sizes)
        ]

    def groups(self, quota: dict[str, Any]) -> list[str]:
        side, _, field = quota["by"].partition(".")
        members = [one for one in self.records if one["role"] in (side, "both")]
        return sorted({one[field] for one in members if one[field]})

    def demanded(self) -> State:
        state: State = {}
        for rule in self.rules:
            if rule["kind"] == "fix":
                state |= {("fix", tuple(pair)): True for pair in rule["pairs"]}
            else:
                state["rule", rule.get("name", rule["kind"])] = True
        for quota, name in zip(self.quotas, self.names, strict=True):
            for limit in ("at_least", "at_most"):
                if limit in quota:
                    groups = self.groups(quota) if quota["kind"] == "each" else [None]
                    state |= {("quota", name, limit, group): quota[limit] for group in groups}
        for one in self.records:
            for role in ("mentor", "mentee"):
                if one["role"] in (role, "both"):
                    state["capacity", role, one["id"]] = one["capacity"]
        return state

    def keeps(self, duos: frozenset[Pair], key: Key, value: Any) -> bool:
        if key[0] == "fix":
            return key[1] in duos
        if key[0] == "capacity":
            return sum(duo[key[1] == "mentee"] == key[2] for duo in duos) <= value
        if key[0] == "rule":
            rule = next(one for one in self.rules if one.get("name", one["kind"]) == key[1])
            return all(self.allows(rule, *duo) for duo in duos)
        return self.within(duos, self.quotas[self.names.index(key[1])], key[2], key[3], value)

    def allows(self, rule: dict[str, Any], mentor: str, mentee: str) -> bool:
        if rule["kind"] == "not_in_reporting_line":
            return not in_one_line(self.records, mentor, mentee)
        if rule["kind"] == "forbid":
            return not any({mentor, mentee} == set(pair) for pair in rule["pairs"])
        one, other = self.people[mentor]["gender"], self.people[mentee]["gender"]
        return one is not None and other is not None and one != other

    def within(
        self, duos: frozenset[Pair], quota: dict[str, Any], limit: str, group: str | None, value: Any
    ) -> bool:
        number: Any = sum(self.counts(quota, group, *duo) for duo in duos)
        bound = Fraction(repr(value))
        if quota["kind"] == "share":
            bound *= len(duos)
        return bool(number >= bound if limit == "at_least" else number <= bound)

    def counts(self, quota: dict[str, Any], group: str | None, mentor: str, mentee: str) -> bool:
        one, other = self.people[mentor], self.people[mentee]
        if quota["kind"] == "each":
            side, _, field = quota["by"].partition(".")
            return bool((one if side == "mentor" else other)[field] == group)
        if "where" in quota:
            path, wanted = (
                (other["department"] or "").split("/"),
                quota["where"]["mentee.department"].split("/"),
            )
            return path[: len(wanted)] == wanted
        if "of" in quota:
            return (
                one["gender"] is not None and other["gender"] is not None and one["gender"] != other["gender"]
            )
        return True

    def possible(self, state: State, but: Key | None = None, *, nothing_will_do: bool = False) -> bool:
        """Say whether some pairs keep everything in a state, but perhaps for one demand.

        To choose no pairs is good enough only where none are possible without quotas, either; or if asked.
        """
        left = without_quotas = (1 << len(self.choices)) - 1
        nothing = 1 << (len(self.choices) - 1)
        for key, value in state.items():
            if key != but:
                keepers = self._keepers(key, value)
                left &= keepers
                without_quotas &= -1 if key[0] == "quota" else keepers
        return left > 0 and (nothing_will_do or left != nothing or without_quotas == nothing)

    def _keepers(self, key: Key, value: Any) -> int:
        """Return in bits which sets of pairs keep a demand."""
        if (key, value) not in self._known:
            kept = "".join("01"[self.keeps(duos, key, value)] for duos in self.choices)
            self._known[key, value] = int(kept, 2)
        return self._known[key, value]
