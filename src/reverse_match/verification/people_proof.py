"""Checks what a certificate states of the people of an objective over people, and its proofs by cases."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.errors import Finding
from reverse_match.foundation.fixed_point import ONE
from reverse_match.foundation.names import id_key
from reverse_match.policy import OVER_PEOPLE, FairToPeople, WorstPerson
from reverse_match.verification.objective import UNITS, utilities_up_to
from reverse_match.verification.people import ROLES
from reverse_match.verification.people_cases import (
    MOST_PAIRS,
    CountedPerson,
    PairsOfPeople,
    PeopleWalk,
    PossiblePairs,
)
from reverse_match.verification.people_terms import PARTS, PersonTerms
from reverse_match.verification.prices import PricedQuota

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reverse_match.foundation.arrays import IntArray
    from reverse_match.matching.results.people_proof import PeopleCase, PeopleProof
    from reverse_match.verification.all_pairs import PairExamination
    from reverse_match.verification.claim import Claim

POINT = 10**10
"""Parts of a point in proofs of the lowest mean or sum, of lacking duos, and of the total."""

OF_UTILITY = PARTS * UNITS
"""Parts of a full utility."""


class PeopleAudit:
    """What people have in a matching, and the checks of the proofs of it."""

    def __init__(self, claim: Claim, pairs: PairsOfPeople) -> None:
        self._claim, self._pairs = claim, pairs
        self._objective = claim.policy.objective
        self._free = len(claim.places) - len(claim.demands.fixed & claim.formed)

    @property
    def _of_mean(self) -> bool:
        return isinstance(self._objective, OVER_PEOPLE) and self._objective.of == "mean"

    @cached_property
    def _shares(self) -> dict[str, list[int]]:
        """For each counted person: sum and number of all duos, and of the fixed ones."""
        claim, objective = self._claim, self._objective
        found: dict[str, list[int]] = {}
        for role in ROLES:
            if isinstance(objective, OVER_PEOPLE) and objective.over in (f"{role}s", "people"):
                for person in claim.people.of[role]:
                    found.setdefault(id_key(person.id), [0, 0, 0, 0])
        for place in claim.places:
            rows, columns = np.array([place[0]]), np.array([place[1]])
            score = int(claim.model.at(rows, columns)[0])
            names = claim.names(place)
            for role, name in zip(ROLES, names, strict=True):
                if not (isinstance(objective, OVER_PEOPLE) and objective.over in (f"{role}s", "people")):
                    continue
                mine = found[id_key(name)]
                mine[0], mine[1] = mine[0] + score, mine[1] + 1
                if place in claim.demands.fixed:
                    mine[2], mine[3] = mine[2] + score, mine[3] + 1
        return found

    @property
    def lowest(self) -> int | None:
        """The lowest mean or sum of somebody with a free duo, in millionths."""
        each = [
            total // number if self._of_mean else total
            for total, number, _, fixed in self._shares.values()
            if number > fixed
        ]
        return min(each, default=None)

    @cached_property
    def _knots(self) -> IntArray | None:
        objective, claim = self._objective, self._claim
        if not isinstance(objective, FairToPeople):
            return None
        points = (
            1 if self._of_mean else sum(int(claim.demands.capacity[role].max(initial=0)) for role in ROLES)
        )
        points = max(1, min(points, sum(claim.model.shape)))
        return np.array(utilities_up_to(objective.alpha, points), dtype=np.int64)

    @property
    def utility(self) -> int:
        """The sum of utilities and credits, in units, rounded down."""
        terms = PersonTerms(self._of_mean, None, self._knots)
        each = sum(terms.utility(total, number) for total, number, _, _ in self._shares.values())
        objective = self._claim.objective
        free = [duo for duo in self._claim.matching.duos if not duo.fixed]
        credit = objective.worth_of(free) - sum(round(duo.score * ONE) for duo in free)
        return (each + credit * (OF_UTILITY // ONE)) // PARTS

    def _walk(self, threshold: int | None, worth: IntArray, *, few_lacking: bool) -> PeopleWalk:
        claim, pairs = self._claim, self._pairs.together
        counted = {}
        for key, (_, _, total, number) in self._shares.items():
            places = [claim.people.place[role].get(key) if self._counts(role) else None for role in ROLES]
            counted[key] = CountedPerson((places[0], places[1]), (total, number))
        fixed, numbers = sorted(claim.demands.fixed), np.array([self._free])
        asked = [*claim.quotas]
        if few_lacking and claim.lacking is not None:
            asked.append(claim.lacking)
        return PeopleWalk(
            PossiblePairs(pairs.rows, pairs.columns, pairs.scores, worth, pairs.marks),
            claim.people,
            counted,
            PersonTerms(self._of_mean, threshold, None if threshold is not None else self._knots),
            claim.demands.left,
            lambda: [PricedQuota(quota, fixed, numbers) for quota in asked],
            self._free,
        )

    def _counts(self, role: str) -> bool:
        return isinstance(self._objective, OVER_PEOPLE) and self._objective.over in (f"{role}s", "people")

    def findings(self, proof: PeopleProof) -> Iterator[Finding]:
        """Check what is stated of people."""
        if self._pairs.count > MOST_PAIRS:
            yield Finding("people", "there are more pairs than such a proof can be about")
            return
        if isinstance(self._objective, WorstPerson):
            yield from self._lowest_findings(proof)
        else:
            yield from self._utility_findings(proof)
        yield from self._total_findings(proof)

    def _lowest_findings(self, proof: PeopleProof) -> Iterator[Finding]:
        lowest = self.lowest or 0
        if proof.utility is not None or proof.utility_bound is not None:
            yield Finding("people", "a utility is stated, but the objective asks for none")
        if proof.lowest is None or round(proof.lowest * ONE) / ONE != proof.lowest:
            yield Finding("people", "what the person with the least has is missing or malformed")
        elif round(proof.lowest * ONE) != lowest:
            message = f"the person with the least is said to have {proof.lowest}, but has {lowest / ONE}"
            yield Finding("people", message)
        if proof.lowest_bound is None or proof.lowest_cases is None:
            yield Finding(
                "people", "the bound on what the person with the least has is missing or not proved"
            )
            return
        bound = round(proof.lowest_bound * ONE)
        if bound / ONE != proof.lowest_bound or bound < lowest:
            yield Finding("people", "the bound on what the person with the least has is malformed or too low")
            return
        nothing = np.zeros_like(self._pairs.together.worth)
        yield from self._case_findings(
            "the least that a person has", proof.lowest_cases, bound + 1, nothing, 0
        )

    def _utility_findings(self, proof: PeopleProof) -> Iterator[Finding]:
        utility = self.utility
        if any(one is not None for one in (proof.lowest, proof.lowest_bound, proof.lowest_cases)):
            yield Finding("people", "the least that a person has is stated, but the objective asks for none")
        if proof.utility is None or round(proof.utility * UNITS) / UNITS != proof.utility:
            yield Finding("people", "the sum of utilities is missing or malformed")
        elif round(proof.utility * UNITS) != utility:
            message = f"the sum of utilities is said to be {proof.utility}, but it is {utility / UNITS}"
            yield Finding("people", message)
        bound = None if proof.utility_bound is None else round(proof.utility_bound * UNITS)
        if bound is None or bound / UNITS != proof.utility_bound or bound < utility:
            yield Finding("people", "the bound on the sum of utilities is missing, malformed or too low")
        elif proof.proved and bound != utility:
            yield Finding("people", "the sum of utilities is said to be proved, but its bound is higher")
        elif not proof.proved:
            worth = self._credits
            cases = proof.cases or ()
            aim = (bound + 1) * PARTS
            yield from self._case_findings("the sum of utilities", cases, None, worth, aim)

    @property
    def _credits(self) -> IntArray:
        pairs = self._pairs.together
        credit: IntArray = (pairs.worth - pairs.scores) * (OF_UTILITY // ONE)
        return credit

    def _total_findings(self, proof: PeopleProof) -> Iterator[Finding]:
        """Check that no fairer matching has fewer lacking duos, or as few and a higher total or utility."""
        claim, worst = self._claim, isinstance(self._objective, WorstPerson)
        asked = claim.policy.as_far_as_possible is not None
        if not proof.proved:
            if proof.lacking_cases is not None or (worst and proof.cases is not None):
                yield Finding("people", "a proof is given of what is not said to be proved")
            return
        if proof.cases is None or (proof.lacking_cases is None) == asked:
            yield Finding("people", "the proof of what is said to be proved is missing, or one too many")
            return
        threshold = (self.lowest or 0) if worst else None
        pairs = self._pairs.together
        free = (
            claim.places
            if not claim.demands.fixed
            else [place for place in claim.places if place not in claim.demands.fixed]
        )
        if proof.lacking_cases is not None and claim.lacking is not None:
            mark = pairs.marks[len(claim.quotas)]
            lacks = np.zeros(len(pairs.rows), dtype=bool) if mark is None else mark
            unlacking = len(free) - int(claim.lacking.loads(free)[0])
            worth = np.where(lacks, 0, POINT)
            aim = (unlacking + 1) * POINT
            name = "the number of lacking duos"
            yield from self._case_findings(name, proof.lacking_cases, threshold or 0, worth, aim)
        if worst:
            reached = claim.objective.worth_of([duo for duo in claim.matching.duos if not duo.fixed])
            unit = POINT // ONE
            worth, aim = pairs.worth * unit, (reached + 1) * unit
        else:
            worth, aim = self._credits, (self.utility + 1) * PARTS
        yield from self._case_findings(
            "the total or the sum of utilities", proof.cases, threshold, worth, aim, few_lacking=True
        )

    def _case_findings(
        self,
        what: str,
        cases: tuple[PeopleCase, ...],
        threshold: int | None,
        worth: IntArray,
        aim: int,
        *,
        few_lacking: bool = False,
    ) -> Iterator[Finding]:
        wrong = self._walk(threshold, worth, few_lacking=few_lacking).fault(cases, aim)
        if wrong is not None:
            yield Finding("people", f"the proof by cases of {what}: {wrong}")


def people_findings(claim: Claim, audit: PairExamination) -> Iterator[Finding]:
    """Check what is stated of people under an objective over people, and that others state nothing."""
    proof = claim.matching.certificate.people
    free = len(claim.places) - len(claim.demands.fixed & claim.formed)
    wanted = isinstance(claim.policy.objective, OVER_PEOPLE) and free > 0
    if (proof is not None) != wanted:
        missing = "given, though the objective does not ask for it" if proof is not None else "missing"
        yield Finding("people", f"the proof of what people have is {missing}")
    elif proof is not None and audit.pairs_of_people is not None:
        yield from PeopleAudit(claim, audit.pairs_of_people).findings(proof)


def reached_of_people(claim: Claim, bound: int) -> list[tuple[int, int]]:
    """Return bound and value of each stage of an objective over people that may fall short of its best.

    Parameters
    ----------
    claim : Claim
        The matching with its certificate, which has a proof of what people have.
    bound : int
        Bound on the total, in millionths, that the prices prove.
    """
    proof = claim.matching.certificate.people
    if proof is None:
        return []
    stages = [
        (round(most * UNITS), round(reached * UNITS))
        for reached, most in ((proof.lowest, proof.lowest_bound), (proof.utility, proof.utility_bound))
        if reached is not None and most is not None
    ]
    if proof.proved:
        return stages
    if proof.utility is None:
        stages.append((bound, claim.objective.to_units(claim.matching.certificate.total)))
    if claim.lacking is not None:
        fixed = sorted(claim.demands.fixed & claim.formed)
        duos, least = len(claim.places), int(claim.lacking.loads(fixed)[0])
        stages.append((duos - least, duos - len(claim.lacking_places)))
    return stages
