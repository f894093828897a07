"""Checks a matching from its input alone.

Scores are recomputed from people and policy; rules, capacities, reasons and prices are checked by code that
stands only here. Nothing of the path that formed the matching is used but the scoring, so that a mistake
there cannot hide itself here. What the two bounds mean is told in ``docs/proof.md``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from reverse_match.errors import Finding, VerificationError
from reverse_match.names.normalise import id_key
from reverse_match.policy import Fix, Forbid, MinimumScore, NotInReportingLine
from reverse_match.scoring.criterion import Sides
from reverse_match.scoring.grid import ONE, millionths_at_least, millionths_of_points, points
from reverse_match.scoring.model import score_model
from reverse_match.tiling import tiles

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reverse_match.arrays import BoolArray, IntArray
    from reverse_match.cohort import Cohort
    from reverse_match.matching import Duo, Matching, Unmatched
    from reverse_match.participant import Participant
    from reverse_match.policy import Policy
    from reverse_match.scoring.model import ScoreModel

Place = tuple[int, int]
Role = Literal["mentor", "mentee"]


HIGHEST_PRICE = 1_000_000
"""Points. A price is a sum along exchanges of duos, each worth at most one point, so it never comes near."""


def verify(
    matching: Matching, cohort: Cohort, policy: Policy | None = None, *, threads: int | None = None
) -> None:
    """Check that a matching is what it says: its scores, rules, capacities, reasons, and its proof.

    Parameters
    ----------
    matching : Matching
        What is checked.
    cohort : Cohort
        The people it was formed of; the order of the file does not matter.
    policy : Policy, optional
        The policy it must have followed. If not given, the one stored in the matching, which then is taken on
        trust.
    threads : int, optional
        All cores if not given.

    Raises
    ------
    VerificationError
        With everything that is wrong.
    PolicyError, CohortError
        If the policy does not fit these people at all.

    Examples
    --------
    >>> import reverse_match as rm
    >>> cohort, policy = rm.read_cohort(rm.demo_path()), rm.Policy()
    >>> rm.verify(rm.match(cohort, policy), cohort, policy)
    """
    rules = matching.policy if policy is None else policy
    people = _People(cohort)
    findings = [
        *_origin(matching, cohort, policy),
        *people.strangers(matching, rules),
        *_malformed_prices(matching),
    ]
    if findings:
        raise VerificationError(findings)
    model = score_model(cohort, rules, people.sides, matching.as_of, threads)
    demands = _Demands(people, rules)
    audit = _Audit(matching, people, demands, model)
    findings += [
        *_duo_findings(matching, people, model),
        *_rule_findings(matching, people, demands, model),
        *_capacity_findings(matching, people),
        *_sum_findings(matching),
        *_summary_findings(matching, model),
        *_unmatched_findings(matching, people, demands, audit),
        *_price_findings(matching, people, demands, audit),
        *_bound_findings(matching, demands, audit),
    ]
    if findings:
        raise VerificationError(findings)


def _malformed_prices(matching: Matching) -> Iterator[Finding]:
    certificate = matching.certificate
    prices = [("a duo", certificate.duo_price)]
    prices += [(f"mentor '{name}'", price) for name, price in certificate.mentor_prices.items()]
    prices += [(f"mentee '{name}'", price) for name, price in certificate.mentee_prices.items()]
    for what, price in prices:
        if not 0 <= price <= HIGHEST_PRICE or millionths_of_points(price) is None:
            yield Finding(
                "price", f"the price of {what} is negative, too large, or not a whole number of millionths"
            )


class _People:
    """Finds people by id: rows are mentors and columns are mentees, both in the order of the cohort."""

    def __init__(self, cohort: Cohort) -> None:
        self.cohort = cohort
        everybody = list(enumerate(cohort.participants))
        self.sides = Sides(
            [index for index, person in everybody if person.role in ("mentor", "both")],
            [index for index, person in everybody if person.role in ("mentee", "both")],
        )
        self.of: dict[Role, list[Participant]] = {
            "mentor": [cohort.participants[index] for index in self.sides.mentors],
            "mentee": [cohort.participants[index] for index in self.sides.mentees],
        }
        self.place: dict[Role, dict[str, int]] = {
            role: {id_key(person.id): place for place, person in enumerate(people)}
            for role, people in self.of.items()
        }

    def at(self, mentor: str, mentee: str) -> Place:
        return self.place["mentor"][id_key(mentor)], self.place["mentee"][id_key(mentee)]

    def strangers(self, matching: Matching, policy: Policy) -> Iterator[Finding]:
        """Yield a finding for everybody who is named in a role that the cohort does not give them."""
        named: list[tuple[Role, str]] = [("mentor", duo.mentor) for duo in matching.duos]
        named += [("mentee", duo.mentee) for duo in matching.duos]
        named += [(left.role, left.id) for left in matching.unmatched]
        named += [("mentor", name) for name in matching.certificate.mentor_prices]
        named += [("mentee", name) for name in matching.certificate.mentee_prices]
        named += [("mentor", name) for name in matching.certificate.scarce_mentors]
        named += [("mentee", name) for name in matching.certificate.scarce_mentees]
        for rule in policy.rules:
            if isinstance(rule, Fix):
                named += [("mentor", mentor) for mentor, _ in rule.pairs] + [
                    ("mentee", mentee) for _, mentee in rule.pairs
                ]
        for role, name in dict.fromkeys(named):
            if id_key(name) not in self.place[role]:
                yield Finding(
                    "person",
                    f"'{name}' is named as {role}, but no {role} of the cohort has this id",
                )


def _origin(matching: Matching, cohort: Cohort, policy: Policy | None) -> Iterator[Finding]:
    if matching.digests.cohort != cohort.sha256:
        yield Finding(
            "cohort",
            "these are not the people that were matched: the digest of their records differs",
        )
    if policy is not None and policy != matching.policy:
        yield Finding("policy", "the matching followed another policy than the one given")
    if matching.digests.policy != matching.policy.sha256:
        yield Finding("policy", "the digest of the policy is not that of the policy in the matching")
    if cohort.needs_a_day and matching.as_of is None:
        yield Finding("as_of", "ages depend on a day, and the matching does not say which")
    if matching.as_of and not cohort.needs_a_day:
        yield Finding("as_of", "the matching counts ages on a day, but no age of these people depends on one")
    asked = cohort.as_of or matching.policy.as_of
    if cohort.needs_a_day and matching.as_of and asked and asked != matching.as_of:
        yield Finding("as_of", f"the matching counts ages on {matching.as_of}, not on {asked}")


class _Demands:
    """What the policy forbids and demands, pair by pair, for the people of a cohort."""

    def __init__(self, people: _People, policy: Policy) -> None:
        self.forbidden: defaultdict[str, set[Place]] = defaultdict(set)
        self.fixed: set[Place] = set()
        self.threshold = 0
        self.has_threshold = False
        for rule in policy.rules:
            if isinstance(rule, NotInReportingLine):
                self.forbidden[rule.kind] |= set(_reporting_lines(people))
            elif isinstance(rule, Forbid):
                self.forbidden[rule.kind] |= {
                    place for pair in rule.pairs for place in _both_ways(people, *pair)
                }
            elif isinstance(rule, Fix):
                self.fixed |= {people.at(*pair) for pair in rule.pairs}
            elif isinstance(rule, MinimumScore):
                self.threshold = max(self.threshold, millionths_at_least(rule.at_least))
                self.has_threshold = True
        self.same_person = {
            (place, people.place["mentee"][name])
            for name, place in people.place["mentor"].items()
            if name in people.place["mentee"]
        }
        partners = {label: pairs - self.same_person for label, pairs in self.forbidden.items()}
        self.blocked: dict[Role, dict[str, Counter[int]]] = {
            "mentor": {label: Counter(row for row, _ in pairs) for label, pairs in partners.items()},
            "mentee": {label: Counter(column for _, column in pairs) for label, pairs in partners.items()},
        }
        self.capacity: dict[Role, IntArray] = {
            role: np.array([person.capacity for person in members], dtype=np.int64)
            for role, members in people.of.items()
        }
        self.left: dict[Role, IntArray] = {role: capacity.copy() for role, capacity in self.capacity.items()}
        for row, column in self.fixed:
            self.left["mentor"][row] -= 1
            self.left["mentee"][column] -= 1


def _both_ways(people: _People, one: str, other: str) -> Iterator[Place]:
    for mentor, mentee in ((one, other), (other, one)):
        row, column = (
            people.place["mentor"].get(id_key(mentor)),
            people.place["mentee"].get(id_key(mentee)),
        )
        if row is not None and column is not None:
            yield row, column


def _reporting_lines(people: _People) -> Iterator[Place]:
    boss = {id_key(p.id): id_key(p.manager_id) for p in people.cohort.participants if p.manager_id}
    for person in boss:
        above = boss.get(person)
        while above is not None:
            yield from _both_ways(people, person, above)
            above = boss.get(above)


@dataclass
class _Counts:
    """What one pass over all pairs counts for each person of a side."""

    allowed: IntArray
    only_score: IntArray
    low: IntArray


class _Audit:
    """One pass over all pairs: who could have met whom, and what the prices prove."""

    def __init__(self, matching: Matching, people: _People, demands: _Demands, model: ScoreModel) -> None:
        self.counts: dict[Role, _Counts] = {
            role: _Counts(*(np.zeros(len(members), dtype=np.int64) for _ in range(3)))
            for role, members in people.of.items()
        }
        certificate = matching.certificate
        self.price = {
            "mentor": _by_place(people, "mentor", certificate.mentor_prices),
            "mentee": _by_place(people, "mentee", certificate.mentee_prices),
        }
        self.scarce = {
            "mentor": _by_place(people, "mentor", dict.fromkeys(certificate.scarce_mentors, 1.0)) > 0,
            "mentee": _by_place(people, "mentee", dict.fromkeys(certificate.scarce_mentees, 1.0)) > 0,
        }
        self.duo_price = round(certificate.duo_price * ONE)
        self.formed = {people.at(duo.mentor, duo.mentee) for duo in matching.duos}
        self.pairs = self.untouched = self.excess = 0
        self.worst: tuple[int, Place] | None = None
        hard = set().union(demands.same_person, *demands.forbidden.values())
        self._marks = {
            "same_person": _sorted(demands.same_person),
            "hard": _sorted(hard),
            "fixed": _sorted(demands.fixed),
            "formed": _sorted(self.formed),
        }
        for rows, columns in tiles(model.shape):
            self._look_at(rows, columns, demands, model)

    def _look_at(self, rows: slice, columns: slice, demands: _Demands, model: ScoreModel) -> None:
        scores = model.tile(rows, columns).astype(np.int64)
        hard = self._marked("hard", rows, columns)
        hard |= (demands.capacity["mentor"][rows, None] == 0) | (
            demands.capacity["mentee"][None, columns] == 0
        )
        low = scores < demands.threshold
        same = self._marked("same_person", rows, columns)
        for role, place, axis in (("mentor", rows, 1), ("mentee", columns, 0)):
            count = self.counts["mentor" if role == "mentor" else "mentee"]
            count.allowed[place] += (~hard & ~low).sum(axis=axis)
            count.only_score[place] += (~hard & low).sum(axis=axis)
            count.low[place] += (low & ~same).sum(axis=axis)
        spent = (demands.left["mentor"][rows, None] <= 0) | (demands.left["mentee"][None, columns] <= 0)
        possible = ~(hard | low | spent | self._marked("fixed", rows, columns))
        worth = (
            scores + self.duo_price - self.price["mentor"][rows, None] - self.price["mentee"][None, columns]
        )
        self.pairs += int(possible.sum())
        self.excess += int(worth[possible & (worth > 0)].sum())
        scarce = self.scarce["mentor"][rows, None] | self.scarce["mentee"][None, columns]
        self.untouched += int((possible & ~scarce).sum())
        self._keep_worst(np.where(possible & ~self._marked("formed", rows, columns), worth, 0), rows, columns)

    def _keep_worst(self, worth: IntArray, rows: slice, columns: slice) -> None:
        if worth.size and worth.max() > (self.worst[0] if self.worst else 0):
            row, column = np.unravel_index(int(worth.argmax()), worth.shape)
            self.worst = int(worth.max()), (int(row) + rows.start, int(column) + columns.start)

    def _marked(self, kind: str, rows: slice, columns: slice) -> BoolArray:
        listed = self._marks[kind]
        marks = np.zeros((rows.stop - rows.start, columns.stop - columns.start), dtype=bool)
        inside = (
            (listed[:, 0] >= rows.start) & (listed[:, 0] < rows.stop)
            & (listed[:, 1] >= columns.start) & (listed[:, 1] < columns.stop)
        )  # fmt: skip
        marks[listed[inside, 0] - rows.start, listed[inside, 1] - columns.start] = True
        return marks


def _sorted(places: set[Place]) -> IntArray:
    return np.array(sorted(places), dtype=np.int64).reshape(-1, 2)


def _by_place(people: _People, role: Role, values: Mapping[str, float]) -> IntArray:
    column = np.zeros(len(people.of[role]), dtype=np.int64)
    for name, value in values.items():
        column[people.place[role][id_key(name)]] = round(value * ONE)
    return column


def _duo_findings(matching: Matching, people: _People, model: ScoreModel) -> Iterator[Finding]:
    for (mentor, mentee), count in Counter((duo.mentor, duo.mentee) for duo in matching.duos).items():
        if count > 1:
            yield Finding("duo", f"the duo of '{mentor}' and '{mentee}' stands {count} times in the matching")
    for duo in matching.duos:
        pair = model.pair(*people.at(duo.mentor, duo.mentee))
        if duo.score != points(pair.score):
            yield Finding(
                "score",
                f"{_named(duo)} is said to score {duo.score}, but scores {points(pair.score)}",
            )
        if duo.contributions != {name: points(whole) for name, whole in pair.contributions.items()}:
            yield Finding(
                "contributions",
                f"{_named(duo)}: the points of its criteria are not those of its people",
            )
        if duo.missing != pair.missing:
            yield Finding("missing", f"{_named(duo)}: the criteria said to be missing are not those that are")
        if duo.name_matches != pair.name_matches:
            yield Finding("name_matches", f"{_named(duo)}: the names said to match are not those that do")


def _named(duo: Duo) -> str:
    return f"the duo of '{duo.mentor}' (mentor) and '{duo.mentee}' (mentee)"


def _rule_findings(
    matching: Matching, people: _People, demands: _Demands, model: ScoreModel
) -> Iterator[Finding]:
    formed = {people.at(duo.mentor, duo.mentee): duo for duo in matching.duos}
    for place, duo in formed.items():
        if place in demands.same_person:
            yield Finding("rule", f"{_named(duo)} is one person")
        for label, pairs in demands.forbidden.items():
            if place in pairs:
                yield Finding("rule", f"{_named(duo)} is forbidden by {label}")
        if demands.has_threshold and model.pair(*place).score < demands.threshold:
            yield Finding("rule", f"{_named(duo)} is below the minimum score")
        if duo.fixed != (place in demands.fixed):
            yield Finding("rule", f"{_named(duo)} is {'not ' if duo.fixed else ''}fixed by the policy")
    for row, column in sorted(demands.fixed - set(formed)):
        mentor, mentee = people.of["mentor"][row].id, people.of["mentee"][column].id
        yield Finding(
            "rule",
            f"the policy fixes '{mentor}' (mentor) and '{mentee}' (mentee), but they are no duo",
        )


def _loads(matching: Matching, people: _People) -> dict[Role, Counter[int]]:
    places = [people.at(duo.mentor, duo.mentee) for duo in matching.duos]
    return {
        "mentor": Counter(row for row, _ in places),
        "mentee": Counter(column for _, column in places),
    }


def _capacity_findings(matching: Matching, people: _People) -> Iterator[Finding]:
    for role, loads in _loads(matching, people).items():
        for place, load in sorted(loads.items()):
            person = people.of[role][place]
            if load > person.capacity:
                yield Finding(
                    "capacity",
                    f"'{person.id}' has {load} duos as {role}, but capacity {person.capacity}",
                )


def _sum_findings(matching: Matching) -> Iterator[Finding]:
    total = sum(round(duo.score * ONE) for duo in matching.duos)
    for what, stated in (
        ("total", matching.total),
        ("certificate.total", matching.certificate.total),
    ):
        if stated != points(total):
            yield Finding(
                "total",
                f"{what} is said to be {stated}, but the scores of the duos sum to {points(total)}",
            )
    if matching.certificate.duos != len(matching.duos):
        yield Finding(
            "total",
            f"the certificate speaks of {matching.certificate.duos} duos, but there are {len(matching.duos)}",
        )


def _summary_findings(matching: Matching, model: ScoreModel) -> Iterator[Finding]:
    stated = [(c.name, c.weight, c.neutral, c.known_pairs) for c in matching.criteria]
    actual = [
        (
            c.name,
            points(c.weight),
            points(c.neutral) if c.known_pairs < model.pair_count else None,
            c.known_pairs,
        )
        for c in model.criteria
    ]
    if stated != actual:
        yield Finding("criteria", "the weights or neutral values are not those that policy and people give")


def _unmatched_findings(
    matching: Matching, people: _People, demands: _Demands, audit: _Audit
) -> Iterator[Finding]:
    loads = _loads(matching, people)
    expected = {
        (role, place)
        for role, members in people.of.items()
        for place in range(len(members))
        if not loads[role][place]
    }
    stated = Counter((left.role, people.place[left.role][id_key(left.id)]) for left in matching.unmatched)
    for role, place in sorted(expected - set(stated)):
        yield Finding(
            "unmatched",
            f"'{people.of[role][place].id}' has no duo as {role}, but is not among the unmatched",
        )
    for (role, place), count in sorted(stated.items()):
        if (role, place) not in expected or count > 1:
            yield Finding(
                "unmatched",
                f"'{people.of[role][place].id}' is among the unmatched as {role}, wrongly or twice",
            )
    for left in matching.unmatched:
        if _reason(left, people, demands, audit) != (
            left.reason,
            left.allowed_partners,
            left.blocked_by,
        ):
            yield Finding(
                "unmatched",
                f"the reason why '{left.id}' has no duo as {left.role} is not the true one",
            )


def _reason(
    left: Unmatched, people: _People, demands: _Demands, audit: _Audit
) -> tuple[str, int, dict[str, int]]:
    place = people.place[left.role][id_key(left.id)]
    if demands.capacity[left.role][place] == 0:
        return "sits_out", 0, {}
    other: Role = "mentee" if left.role == "mentor" else "mentor"
    blocked = {label: count[place] for label, count in demands.blocked[left.role].items()}
    blocked["capacity"] = int((demands.capacity[other] == 0).sum())
    counts = audit.counts[left.role]
    blocked["minimum_score"] = int(counts.low[place])
    allowed = int(counts.allowed[place])
    reason = (
        "partners_taken"
        if allowed
        else "below_minimum_score"
        if counts.only_score[place]
        else "no_allowed_partner"
    )
    return reason, allowed, {label: count for label, count in blocked.items() if count}


def _price_findings(
    matching: Matching, people: _People, demands: _Demands, audit: _Audit
) -> Iterator[Finding]:
    certificate = matching.certificate
    loads = _loads(matching, people)
    for row, column in demands.fixed & audit.formed:
        loads["mentor"][row] -= 1
        loads["mentee"][column] -= 1
    stated: dict[Role, dict[str, float]] = {
        "mentor": certificate.mentor_prices,
        "mentee": certificate.mentee_prices,
    }
    for role, prices in stated.items():
        priced = {people.place[role][id_key(name)] for name in prices}
        if priced != set(np.flatnonzero(demands.left[role] > 0).tolist()):
            yield Finding("price", f"the {role}s with a price are not those with capacity beside fixed duos")
        for name, price in prices.items():
            place = people.place[role][id_key(name)]
            if price and loads[role][place] < demands.left[role][place]:
                yield Finding(
                    "price",
                    f"{role} '{name}' has capacity left, so the price must be 0, not {price}",
                )
    yield from _tightness_findings(matching, people, demands, audit)


def _tightness_findings(
    matching: Matching, people: _People, demands: _Demands, audit: _Audit
) -> Iterator[Finding]:
    if audit.worst:
        excess, (row, column) = audit.worst
        mentor, mentee = people.of["mentor"][row].id, people.of["mentee"][column].id
        message = f"'{mentor}' and '{mentee}' are no duo, but worth {points(excess)} more than the two prices"
        yield Finding("price", f"{message}: they prove nothing")
    for duo in matching.duos:
        row, column = place = people.at(duo.mentor, duo.mentee)
        prices = int(audit.price["mentor"][row] + audit.price["mentee"][column]) - audit.duo_price
        shortfall = prices - round(duo.score * ONE)
        if place not in demands.fixed and shortfall > 0:
            message = f"{_named(duo)} is worth {points(shortfall)} less than the prices of the two"
            yield Finding("optimality", f"{message}: no best matching has it at these prices")


def _bound_findings(matching: Matching, demands: _Demands, audit: _Audit) -> Iterator[Finding]:
    certificate = matching.certificate
    fixed = len(demands.fixed)
    free = len(matching.duos) - len(demands.fixed & audit.formed)
    most = audit.untouched + fixed
    value = audit.excess - audit.duo_price * free
    for role, left in demands.left.items():
        most += int(np.maximum(left, 0)[audit.scarce[role]].sum())
        value += int((np.maximum(left, 0) * audit.price[role]).sum())
    value += sum(round(duo.score * ONE) for duo in matching.duos if duo.fixed)
    total = round(certificate.total * ONE)
    gap = max(
        (most - len(matching.duos)) / most if most else 0.0,
        (value - total) / value if value else 0.0,
    )
    if certificate.duos_bound != most:
        yield Finding(
            "bound",
            f"the bound on duos is said to be {certificate.duos_bound}, but the scarce people prove {most}",
        )
    if certificate.bound != points(value):
        yield Finding(
            "bound",
            f"the bound on the total is said to be {certificate.bound}, but the prices prove {points(value)}",
        )
    if certificate.gap != gap:
        yield Finding("gap", f"the gap is said to be {certificate.gap}, but it is {gap}")
    if certificate.pairs_checked != audit.pairs:
        yield Finding(
            "bound",
            f"{certificate.pairs_checked} pairs are said to be checked, but {audit.pairs} are allowed",
        )
