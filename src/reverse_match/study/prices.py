"""The cost of each rule, quota and capacity to the programme: exact, by solving again without it.

The certificate has prices for quotas and people, too. These are dual values: they bound the gain of a very
small change, and a rule has none. Only a solution without the demand shows what its removal gains.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from reverse_match.foundation.errors import Fault, StudyError
from reverse_match.foundation.fixed_point import points
from reverse_match.foundation.names import id_key
from reverse_match.people.stated_preferences import preference_of
from reverse_match.policy import OVER_PEOPLE, Fair
from reverse_match.policy.rules import PersonalRulesRule
from reverse_match.study.changes import with_one_more_place
from reverse_match.study.executors import answer_all
from reverse_match.study.tables import StudyTable

if TYPE_CHECKING:
    from reverse_match.matching.results.matching import Matching
    from reverse_match.matching.run_options import RunOptions
    from reverse_match.policy import Policy
    from reverse_match.study.outline import Outline
    from reverse_match.study.workbench import Workbench


Kind: TypeAlias = Literal["rule", "quota", "capacity", "personal_rule"]


@dataclass(frozen=True)
class Price:
    """The gain of the programme if one of its demands were removed.

    Attributes
    ----------
    kind : str
        ``rule``, ``quota``, ``capacity``, or ``personal_rule``: the musts of one person.
    name : str
        Name of the rule or the quota, or id of the person.
    duos : int
        Duos gained; negative where the objective puts something else first and duos are lost.
    points : float
        Gain of the sum of all scores.
    worst : float or None
        Under ``max_min``: gain of the lowest score of a duo that the policy does not fix.
    utility : float or None
        Under ``fair``: gain of the sum of utilities.
    marginal : float or None
        The dual value of the certificate: an upper bound on the gain of one more duo (or one fewer demanded),
        in the unit of the objective. ``None`` for rules.
    lacking : int or None
        Duos fewer that lack what the policy asks as far as possible; ``None`` if it asks for nothing.
    gap : float
        How far from the best the two compared matchings can be, as a share; 0 where the price is exact.
    """

    kind: Kind
    name: str
    duos: int
    points: float
    worst: float | None
    utility: float | None
    marginal: float | None
    gap: float
    lacking: int | None = None


@dataclass(frozen=True)
class Prices(StudyTable):
    """Prices of demands, the dearest first, as the objective ranks gains.

    Attributes
    ----------
    prices : tuple of Price
        Sorted.
    """

    prices: tuple[Price, ...]

    def records(self) -> list[dict[str, Any]]:
        """Return the prices as a table: one mapping each."""
        asked = any(price.lacking is not None for price in self.prices)
        return [
            {name: value for name, value in vars(price).items() if asked or name != "lacking"}
            for price in self.prices
        ]


@dataclass(frozen=True)
class _Removal:
    """A demand that is removed: a policy without it, or a person with one more place."""

    kind: Kind
    name: str
    marginal: float | None
    policy: Policy
    person: str | None = None


def price(workbench: Workbench, people: int, options: RunOptions) -> Prices:
    """Answer :meth:`.Study.price`."""
    if people < 0:
        message = "right would be a number of people, 0 or more"
        raise StudyError([Fault(message, "price", column="people")])
    matching = workbench.base()
    base = workbench.outline_or_error(workbench.policy)
    demands = [
        *_without_rules(workbench.policy),
        *_without_quotas(workbench.policy, matching),
        *_with_room(workbench, matching, people),
        *_without_musts(workbench, matching, people),
    ]
    outlines = answer_all(workbench, _solve_without, demands, options)
    priced = [
        (_gains(workbench.policy, base, outline), _price(workbench.policy, demand, base, outline))
        for demand, outline in zip(demands, outlines, strict=True)
    ]
    priced.sort(key=lambda one: ([-gain for gain in one[0]], one[1].kind, one[1].name))
    return Prices(tuple(price for _, price in priced))


def _without_rules(policy: Policy) -> list[_Removal]:
    """Return one removal for each rule; rules with the same label are removed together."""
    labels = policy.rule_labels
    found = []
    for label in dict.fromkeys(labels):
        rest = tuple(rule for rule, mine in zip(policy.rules, labels, strict=True) if mine != label)
        found.append(_Removal("rule", label, None, policy.model_copy(update={"rules": rest})))
    return found


def _without_quotas(policy: Policy, matching: Matching) -> list[_Removal]:
    found = []
    for place, _quota in enumerate(policy.quotas):
        rest = tuple(other for index, other in enumerate(policy.quotas) if index != place)
        marginals = [
            abs(priced.inside - priced.outside)
            for priced in matching.certificate.quota_prices or ()
            if priced.quota == place
        ]
        name = matching.quotas[place].name
        without = policy.model_copy(update={"quotas": rest})
        found.append(_Removal("quota", name, max(marginals, default=0.0), without))
    return found


def _with_room(workbench: Workbench, matching: Matching, people: int) -> list[_Removal]:
    """Return the people for whom one more place promises most: scarce people first, then by price and id."""
    proof = matching.certificate
    prices: dict[str, float] = {}
    for of_side in (proof.mentor_prices, proof.mentee_prices):
        for identity, value in of_side.items():
            prices[identity] = prices.get(identity, 0.0) + value
    scarce = {*proof.scarce_mentors, *proof.scarce_mentees}
    worth_it = [identity for identity in prices if identity in scarce or prices[identity] > 0]
    worth_it.sort(key=lambda identity: (identity not in scarce, -prices[identity], identity))
    return [
        _Removal("capacity", identity, round(prices[identity], 8), workbench.policy, identity)
        for identity in worth_it[:people]
    ]


def _without_musts(workbench: Workbench, matching: Matching, people: int) -> list[_Removal]:
    """Return the people whose musts a rule keeps: first those who have no duo, then by id."""
    policy = workbench.policy
    places = [place for place, rule in enumerate(policy.rules) if isinstance(rule, PersonalRulesRule)]
    if not places:
        return []
    waived = {id_key(name) for rule in policy.rules for name in getattr(rule, "waived", ())}
    asking = [
        one.id
        for one in workbench.cohort.participants
        if any(preference_of(text).is_must for text in one.prefers) and id_key(one.id) not in waived
    ]
    left = {one.id for one in matching.unmatched}
    asking.sort(key=lambda identity: (identity not in left, identity))
    found = []
    for identity in asking[:people]:
        rules = tuple(
            rule.model_copy(update={"waived": (*rule.waived, identity)})
            if isinstance(rule, PersonalRulesRule)
            else rule
            for rule in policy.rules
        )
        changed = policy.model_copy(update={"rules": rules})
        found.append(_Removal("personal_rule", identity, None, changed))
    return found


def _solve_without(workbench: Workbench, demand: _Removal) -> Outline:
    if demand.person is None:
        return workbench.outline_or_error(demand.policy)
    cohort = workbench.cohort
    outline = workbench.outline(with_one_more_place(cohort, demand.person), demand.policy)
    if outline is None:  # with more room every earlier choice is still possible, unless quotas count people
        return workbench.outline_or_error(demand.policy)
    return outline


def _gains(policy: Policy, base: Outline, other: Outline) -> list[int]:
    """Return the gains of one outline over another, in the order in which the objective ranks them."""
    duos = len(other.pairs) - len(base.pairs)
    total = other.total - base.total
    fewer = (base.lacking or 0) - (other.lacking or 0)
    gains = [duos, fewer, other.worth - base.worth]
    if policy.objective == "total":
        gains = [total, duos]
    if policy.objective == "max_min":
        gains = [duos, (other.worst or 0) - (base.worst or 0), fewer, total]
    if isinstance(policy.objective, OVER_PEOPLE):
        gains = [duos, (other.people or 0) - (base.people or 0), fewer, total]
    if policy.spread is not None:  # the fewer pairs of duos share a person, the better
        even = (base.shared or 0) - (other.shared or 0)
        gains.insert(len(gains) if policy.spread.after_total else len(gains) - 2, even)
    return gains


def _price(policy: Policy, demand: _Removal, base: Outline, other: Outline) -> Price:
    worst = None if base.worst is None or other.worst is None else points(other.worst - base.worst)
    utility = (other.worth - base.worth) / base.full if isinstance(policy.objective, Fair) else None
    return Price(
        kind=demand.kind,
        name=demand.name,
        duos=len(other.pairs) - len(base.pairs),
        points=points(other.total - base.total),
        worst=worst,
        utility=utility,
        marginal=demand.marginal,
        gap=max(base.gap, other.gap),
        lacking=None if base.lacking is None or other.lacking is None else base.lacking - other.lacking,
    )
