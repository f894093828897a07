"""The rule that keeps apart the duos of other years, which a policy gets beside what a user wrote into it.

The former duos stand in the policy itself, so that a stored matching says which ones were used, and
verification checks them like any other rule. A duo that the policy fixes may be there again: whoever fixes it
knows of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.errors import Fault, PolicyError
from reverse_match.foundation.names import id_key
from reverse_match.policy.conditions import AnyOf, Listed, NotMetBefore, PastDuo
from reverse_match.policy.quotas import conditions_of
from reverse_match.policy.rules import AnyOfRule, Fix, NotMetBeforeRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reverse_match.policy.policy import Policy
    from reverse_match.policy.rules import Rule

OF_OTHER_YEARS = "former partners of other years"
"""Name of the rule."""


def duos_of_other_years(policy: Policy) -> tuple[PastDuo, ...]:
    """Return the former duos that a policy has by :func:`with_past`."""
    rules = [rule for rule in policy.rules if _is_ours(rule)]
    return tuple(duo for part in conditions_of(rules) if isinstance(part, NotMetBefore) for duo in part.duos)


def with_past(policy: Policy, past: Iterable[Any]) -> Policy:
    """Return a policy under which former duos of other years do not meet again.

    Parameters
    ----------
    policy : Policy
        The policy, which is not changed. What it has of such duos already stays. Its
        ``rotation.again_after_months`` says after how many months former partners may meet again.
    past : iterable
        Former duos: past duos, anything with a mentor and a mentee, pairs of ids, or histories, matchings and
        circles, whose duos count.

    Raises
    ------
    PolicyError
        If something is no former duo.

    Examples
    --------
    >>> from reverse_match.policy import Policy
    >>> [duo.mentor for duo in with_past(Policy(rules=[]), [("lea", "ada")]).rules[0].duos]
    ['lea']
    """
    given = (duo for one in past for duo in _duos_in(one))
    duos = {_key(duo): duo for duo in [*duos_of_other_years(policy), *given]}
    if not duos:
        return policy
    rules = [rule for rule in policy.rules if not _is_ours(rule)]
    listed = tuple(duos[key] for key in sorted(duos))
    again = tuple(sorted(_fixed_again(rules, listed)))
    return policy.model_copy(
        update={"rules": (*rules, _rule(listed, again, policy.rotation.again_after_months))}
    )


def _rule(duos: tuple[PastDuo, ...], again: tuple[tuple[str, str], ...], months: int | None) -> Rule:
    if not again:
        return NotMetBeforeRule(name=OF_OTHER_YEARS, duos=duos, again_after_months=months)
    conditions = (Listed(pairs=again), NotMetBefore(duos=duos, again_after_months=months))
    return AnyOfRule(name=OF_OTHER_YEARS, conditions=AnyOf(conditions=conditions).conditions)


def _fixed_again(rules: Iterable[Rule], duos: Iterable[PastDuo]) -> set[tuple[str, str]]:
    met = {frozenset((id_key(duo.mentor), id_key(duo.mentee))) for duo in duos}
    fixed = (pair for rule in rules if isinstance(rule, Fix) for pair in rule.pairs)
    return {(one, other) for one, other in fixed if frozenset((id_key(one), id_key(other))) in met}


def _is_ours(rule: Rule) -> bool:
    return getattr(rule, "name", None) == OF_OTHER_YEARS


def _key(duo: PastDuo) -> tuple[str, str, str]:
    return id_key(duo.mentor), id_key(duo.mentee), duo.until.isoformat() if duo.until else ""


def _duos_in(given: Any) -> Iterator[PastDuo]:
    """Yield the former duos of a history, circles, a matching, a list that was read, or a single duo."""
    if isinstance(given, PastDuo):
        yield given
    elif hasattr(given, "past_duos"):
        yield from given.past_duos
    elif hasattr(given, "former_circles"):
        for one in given.former_circles:
            yield from (PastDuo(mentor=mentor, mentee=mentee) for mentor, mentee in product(*_sides(one)))
    elif hasattr(given, "added"):
        yield from duos_of_matching(given)
    elif hasattr(given, "rounds"):
        yield from (duo for one in given.rounds for duo in duos_of_matching(one))
    elif hasattr(given, "duos"):
        yield from given.duos
    else:
        yield _past_duo(given)


def _sides(circle: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return circle.mentors, circle.mentees


def duos_of_matching(matching: Any) -> Iterator[PastDuo]:
    """Yield the duos of a matching, and all it remembers: of other years, of earlier rounds, by hand."""
    yield from duos_of_other_years(matching.policy)
    for part in conditions_of(matching.added.rules):
        if isinstance(part, NotMetBefore):
            yield from part.duos
    yield from matching.ended_by_hand
    yield from (PastDuo(mentor=duo.mentor, mentee=duo.mentee) for duo in matching.duos)


def _past_duo(one: Any) -> PastDuo:
    if isinstance(one, Mapping):
        return PastDuo.model_validate(one)
    if hasattr(one, "mentor") and hasattr(one, "mentee"):
        return PastDuo(mentor=one.mentor, mentee=one.mentee)
    if isinstance(one, tuple | list) and len(one) == 2 and all(isinstance(name, str) for name in one):
        return PastDuo(mentor=one[0], mentee=one[1])
    message = "not a former duo; right would be a pair of ids, or what rm.read_past returns"
    raise PolicyError([Fault(message, column="past", code="wrong-type")])
