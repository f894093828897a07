"""Turns a cohort and a policy into arrays that the solver understands.

Everything is put in a canonical order, by a keyed hash of each id under the policy's seed, so that the order
of a file gives nobody an advantage and changes nothing.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.cohort import day_of_ages
from reverse_match.constraints.allowed_pairs import AllowedPairs
from reverse_match.constraints.conflicts import conflicts_of
from reverse_match.constraints.rules import BlockedPairs, Rules, rules_of
from reverse_match.errors import InfeasibleError
from reverse_match.names.normalise import id_key
from reverse_match.scoring.criterion import Sides
from reverse_match.scoring.model import score_model
from reverse_match.solver.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from reverse_match.arrays import IntArray, KeyArray
    from reverse_match.cohort import Cohort
    from reverse_match.policy import Policy
    from reverse_match.scoring.model import ScoreModel


@dataclass(frozen=True)
class Prepared:
    """A cohort and a policy in arrays, in canonical order.

    Attributes
    ----------
    sides : Sides
        Which participants are rows and columns.
    model : ScoreModel
        Scores.
    rules : Rules
        What forbids, and which duos are fixed.
    problem : Problem
        What the solver is given: all but the fixed duos, and the capacity that these leave.
    day : date or None
        The day on which ages count.
    """

    sides: Sides
    model: ScoreModel
    rules: Rules
    problem: Problem
    day: date | None


def prepare(cohort: Cohort, policy: Policy, threads: int | None) -> Prepared:
    """Read columns, make rules ready, and set fixed duos aside.

    Raises
    ------
    PolicyError, CohortError
        If policy and people do not fit.
    InfeasibleError
        If rules cannot hold together.
    """
    keys = [_key(person.id, policy.seed) for person in cohort.participants]
    canonical = sorted(range(len(keys)), key=keys.__getitem__)
    sides = Sides(
        [index for index in canonical if cohort.participants[index].teaches],
        [index for index in canonical if cohort.participants[index].learns],
    )
    day = day_of_ages(cohort, policy.as_of)
    model = score_model(cohort, policy, sides, day, threads)
    rules = rules_of(cohort, policy, sides)
    conflicts = conflicts_of(cohort, sides, rules, model)
    if conflicts:
        raise InfeasibleError(conflicts)
    left = _capacity_left(cohort, sides, rules)
    pairs = AllowedPairs(model, _without_fixed(rules))
    problem = Problem(pairs, *left, _lottery_keys(keys, sides.mentors), _lottery_keys(keys, sides.mentees))
    return Prepared(sides, model, rules, problem, day)


def _key(identity: str, seed: int) -> bytes:
    """Return what decides the place of a participant, whatever the file says."""
    secret = hashlib.sha256(str(seed).encode()).digest()
    return hashlib.blake2b(id_key(identity).encode(), key=secret, digest_size=16).digest()


def _lottery_keys(keys: Sequence[bytes], indices: Sequence[int]) -> KeyArray:
    return np.array([int.from_bytes(keys[index][:8], "big") for index in indices], dtype=np.uint64)


def _capacity_left(cohort: Cohort, sides: Sides, rules: Rules) -> tuple[IntArray, IntArray]:
    """Return capacities of rows and columns beside fixed duos."""
    left = []
    for indices, place in ((sides.mentors, 0), (sides.mentees, 1)):
        capacity = np.array([cohort.participants[index].capacity for index in indices], dtype=np.int64)
        fixed = np.array([duo[place] for duo in rules.fixed], dtype=np.int64)
        left.append(capacity - np.bincount(fixed, minlength=len(indices)))
    return left[0], left[1]


def _without_fixed(rules: Rules) -> Rules:
    """Return rules under which a fixed duo, formed already, is not formed once more."""
    return Rules((*rules.forbidding, BlockedPairs.of("fix", rules.fixed)), ())
