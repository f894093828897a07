"""English, for what cannot hold together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.foundation.plural import counted
from reverse_match.views.words.phrases import MOST_LISTED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.policy.values import Role
    from reverse_match.views.words.conflict_language import DemandInWords, RelaxationInWords

_LIMITS = {"at_least": "at least", "at_most": "at most"}


class EnglishConflicts:
    """The phrases in English."""

    def conflict(self, demands: Sequence[DemandInWords], *, leaves_no_duo: bool = False) -> str:
        """Say what cannot hold together, or what leaves no duo at all."""
        names = " and ".join(dict.fromkeys(demand.name for demand in demands))
        clauses = [_demand(demand) for demand in demands]
        if leaves_no_duo and len(clauses) == 1:
            return f"{names}: {clauses[0]}, which leaves no duo at all"
        if leaves_no_duo:
            return f"{names}: {'; '.join(clauses)}; together these leave no duo at all"
        if len(clauses) == 1:
            return f"{names}: {clauses[0]}, which cannot hold, whatever else does"
        return f"{names}: {'; '.join(clauses)}; these cannot hold together"

    def fixed_and_forbidden(self, mentor: str, mentee: str, rule: str) -> str:
        """Say that a duo is fixed and forbidden."""
        duo = f"'{mentor}' (mentor) and '{mentee}' (mentee)"
        drop = "drop it" if rule == "same_person" else "drop one of the two"
        return f"fix and {rule}: the duo of {duo} is fixed, and {rule} forbids it; {drop}"

    def too_many_fixed(self, person: str, role: Role, duos: int, capacity: int) -> str:
        """Say that somebody has more fixed duos than capacity."""
        return (
            f"fix and capacity: '{person}' has {counted(duos, 'fixed duo')} as {role}, "
            f"and capacity {capacity}; allow {duos}, or fix fewer"
        )

    def relaxation(self, change: RelaxationInWords) -> str:
        """Say what would do."""
        if change.kind == "rule":
            return f"waive the rule {change.name}"
        if change.duo is not None:
            return f"drop the fixed duo of '{change.duo[0]}' (mentor) and '{change.duo[1]}' (mentee)"
        if change.kind == "capacity":
            return (
                f"give '{change.id}' capacity {change.bound} as {change.role} instead of {change.instead_of}"
            )
        verb = "allow" if change.limit == "at_most" else "ask for"
        limit = _LIMITS[change.limit or "at_most"]
        if change.measure == "share":
            what = f"a share of {limit} {change.bound}{_of(change.counted)}"
        else:
            what = f"{limit} {_duos(change.bound)}{_of(change.counted, each=change.measure == 'each')}"
        return f"{verb} {what} instead of {change.instead_of}"

    def nobody_has(self, quota: str, path: str, value: str, nearest: str | None) -> str:
        """Say that nobody has a value, and which one is near."""
        hint = "" if nearest is None else f"; did you mean '{nearest}'?"
        return f"nobody has {path} '{value}', by which {quota} counts{hint}"

    def heading(self) -> str:
        """Say that no matching is possible, before what cannot hold together."""
        return "No matching can satisfy the rules:"

    def would_do(self) -> str:
        """Announce what would do."""
        return "would do:"


def _demand(demand: DemandInWords) -> str:
    if demand.kind == "rule":
        return f"the rule {demand.name}"
    if demand.kind == "fix":
        duos = _listed([f"'{mentor}' and '{mentee}'" for mentor, mentee in demand.duos], "; ")
        return f"the fixed duo{'s' if len(demand.duos) > 1 else ''} of {duos}"
    if demand.kind == "capacity":
        whose = _listed([f"'{person}'" for person in demand.ids], ", ")
        if len(demand.ids) == 1:
            return f"the capacity {demand.bound} of {demand.role} {whose}"
        return f"the capacity {demand.bound} of each of {len(demand.ids):,} {demand.role}s ({whose})"
    limit = _LIMITS[demand.limit or "at_most"]
    if demand.measure == "share":
        return f"a share of {limit} {demand.bound}{_of(demand.counted)}"
    if demand.measure == "each":
        groups = _listed([f"'{group}'" for group in demand.groups], ", ")
        return f"{limit} {_duos(demand.bound)} for {demand.counted} {groups}"
    return f"{limit} {_duos(demand.bound)}{_of(demand.counted)}"


def _of(counted: str, *, each: bool = False) -> str:
    if each:
        return f" for each {counted}"
    return f" in '{counted}'" if counted else ""


def _duos(bound: float | None) -> str:
    return f"{bound} duo{'' if bound == 1 else 's'}"


def _listed(items: Sequence[str], between: str) -> str:
    """Join the first few, and say how many more there are."""
    shown = list(items[:MOST_LISTED])
    if len(items) > MOST_LISTED:
        shown.append(f"{len(items) - MOST_LISTED:,} more")
    head = between.join(shown[:-1])
    return f"{head} and {shown[-1]}" if head else shown[-1]
