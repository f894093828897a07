"""French, for what cannot hold together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.views.words.french import FIXED, ROLES, RULES, THIN
from reverse_match.views.words.phrases import MOST_LISTED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.policy.values import Role
    from reverse_match.views.words.conflict_language import DemandInWords, RelaxationInWords

_LIMITS = {"at_least": "au moins", "at_most": "au plus"}
_KINDS = {"fix": "duos imposés", "capacity": "capacités"}


class FrenchConflicts:
    """The phrases in French."""

    def conflict(self, demands: Sequence[DemandInWords], *, leaves_no_duo: bool = False) -> str:
        """Say what cannot hold together, or what leaves no duo at all."""
        names = " et ".join(dict.fromkeys(_name(demand) for demand in demands))
        clauses = [_demand(demand) for demand in demands]
        if leaves_no_duo and len(clauses) == 1:
            return f"{names}{FIXED}: {clauses[0]}, ce qui ne laisse aucun duo possible"
        if leaves_no_duo:
            clauses.append("ensemble, elles ne laissent aucun duo possible")
            return f"{names}{FIXED}: {f'{THIN}; '.join(clauses)}"
        if len(clauses) == 1:
            return f"{names}{FIXED}: {clauses[0]}, ce qui est impossible quoi qu'il en soit du reste"
        return f"{names}{FIXED}: {f'{THIN}; '.join(clauses)}{THIN}; incompatibles ensemble"

    def fixed_and_forbidden(self, mentor: str, mentee: str, rule: str) -> str:
        """Say that a duo is fixed and forbidden."""
        said = RULES.get(rule, rule)
        duo = f"{_quoted(mentor)} (mentor) et {_quoted(mentee)} (mentoré(e))"
        drop = "retirer ce duo" if rule == "same_person" else "retirer l'un des deux"
        return f"le duo de {duo} est imposé, et une règle l'interdit ({said}){THIN}; {drop}"

    def too_many_fixed(self, person: str, role: Role, duos: int, capacity: int) -> str:
        """Say that somebody has more fixed duos than capacity."""
        s = "s" * (duos > 1)
        have = f"{_quoted(person)} a {_number(duos)} duo{s} imposé{s} comme {ROLES[role]}"
        do = f"en permettre {_number(duos)}, ou en imposer moins"
        return f"{have}, et une capacité de {_number(capacity)}{THIN}; {do}"

    def relaxation(self, change: RelaxationInWords) -> str:
        """Say what would do."""
        if change.kind == "rule":
            return f"lever la règle {_quoted(RULES.get(change.name, change.name))}"
        if change.duo is not None:
            mentor, mentee = (_quoted(person) for person in change.duo)
            return f"ne plus imposer le duo de {mentor} (mentor) et {mentee} (mentoré(e))"
        now, before = _number(change.bound), _number(change.instead_of)
        if change.kind == "capacity":
            role = ROLES[change.role or "mentor"]
            return (
                f"donner à {_quoted(change.id or '')} une capacité de {now} comme {role} au lieu de {before}"
            )
        verb = "permettre" if change.limit == "at_most" else "demander"
        limit = _LIMITS[change.limit or "at_most"]
        if change.measure == "share":
            what = f"une part d'{limit} {now}{_of(change.counted)}"
        else:
            what = f"{limit} {_duos(change.bound)}{_of(change.counted, each=change.measure == 'each')}"
        return f"{verb} {what} au lieu de {before}"

    def nobody_has(self, quota: str, path: str, value: str, nearest: str | None) -> str:
        """Say that nobody has a value, and which one is near."""
        hint = "" if nearest is None else f"{THIN}; vouliez-vous dire {_quoted(nearest)}{THIN}?"
        return f"personne n'a {_quoted(value)} dans {path}, que compte {_quoted(quota)}{hint}"

    def heading(self) -> str:
        """Say that no matching is possible, before what cannot hold together."""
        return f"Aucun appariement ne respecte toutes les règles{FIXED}:"

    def would_do(self) -> str:
        """Announce what would do."""
        return f"il suffirait de{FIXED}:"


def _name(demand: DemandInWords) -> str:
    return (
        RULES.get(demand.name, demand.name) if demand.kind == "rule" else _KINDS.get(demand.kind, demand.name)
    )


def _demand(demand: DemandInWords) -> str:
    if demand.kind == "rule":
        return f"la règle {_quoted(RULES.get(demand.name, demand.name))}"
    if demand.kind == "fix":
        duos = _listed([f"{_quoted(mentor)} avec {_quoted(mentee)}" for mentor, mentee in demand.duos])
        return f"les duos imposés {duos}" if len(demand.duos) > 1 else f"le duo imposé {duos}"
    if demand.kind == "capacity":
        whose = _listed([_quoted(person) for person in demand.ids])
        role = ROLES[demand.role or "mentor"]
        if len(demand.ids) == 1:
            return f"la capacité {_number(demand.bound)} de {whose} ({role})"
        return (
            f"la capacité {_number(demand.bound)} de chacun des {_number(len(demand.ids))} {role}s ({whose})"
        )
    limit = _LIMITS[demand.limit or "at_most"]
    if demand.measure == "share":
        return f"une part d'{limit} {_number(demand.bound)}{_of(demand.counted)}"
    if demand.measure == "each":
        groups = _listed([_quoted(group) for group in demand.groups])
        return f"{limit} {_duos(demand.bound)} pour {demand.counted} {groups}"
    return f"{limit} {_duos(demand.bound)}{_of(demand.counted)}"


def _of(counted: str, *, each: bool = False) -> str:
    if each:
        return f" pour chaque {counted}"
    return f" dans {_quoted(counted)}" if counted else ""


def _duos(bound: float | None) -> str:
    return f"{_number(bound)} duo{'s' if (bound or 0) >= 2 else ''}"


def _number(number: float | None) -> str:
    """Write a whole number with spaces, another with a comma."""
    whole, point, decimals = f"{number or 0:,}".partition(".")
    return whole.replace(",", THIN) + (f",{decimals}" if point else "")


def _quoted(text: str) -> str:
    return f"«{FIXED}{text}{FIXED}»"


def _listed(items: Sequence[str]) -> str:
    """Join the first few, and say how many more there are."""
    shown, more = list(items[:MOST_LISTED]), len(items) - MOST_LISTED
    if more > 0:
        shown.append(f"{_number(more)} autre{'s' if more > 1 else ''}")
    head = ", ".join(shown[:-1])
    return f"{head} et {shown[-1]}" if head else shown[-1]
