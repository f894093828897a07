"""Plans several rounds at once: the best duos over all of them together, split into similar rounds.

A plan is one choice of pairs in which everybody has their capacity once for each round. That is an ordinary
matching, solved and proved as such. By König's theorem on edge colouring (1916) it can be split into rounds
without changing a duo (:mod:`reverse_match.solver.rounds.edge_colouring`). Exchanges between two rounds along
paths then make them equally large and equally good (:mod:`reverse_match.solver.rounds.balance`). So no plan
is better, and the same prices prove for every round that it is best given the others.

If people are away in some rounds, or quotas must hold in each, the best choice of all rounds together may not
allow such a split. Then the rounds are improved one after the other from a split that breaks some of these
demands (:mod:`.coordinate_ascent`). The best choice still bounds every plan, and the gap is stated.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.arguments import MOST_ROUNDS
from reverse_match.foundation.errors import CohortError, Fault, InfeasibleError, PolicyError, UndecidedError
from reverse_match.foundation.fixed_point import ONE, points
from reverse_match.foundation.garbage import pause_collector
from reverse_match.foundation.names import id_key
from reverse_match.foundation.version import __version__
from reverse_match.matching.decode import assemble, certificate_of
from reverse_match.matching.encode import prepare
from reverse_match.matching.explain import Explainer
from reverse_match.matching.results.matching import Digests
from reverse_match.matching.results.plan import RotationPlan, spread_of
from reverse_match.people.participant import TWO_ROLES, most_duos
from reverse_match.policy import OVER_PEOPLE, Fix, Policy
from reverse_match.programme.plan.absences import absences, months_of_rounds
from reverse_match.programme.plan.coordinate_ascent import CoordinateAscent
from reverse_match.programme.plan.joint_optimum import JointOptimum, fixed_places, joint_rounds
from reverse_match.programme.plan.rounds import (
    RoundDuos,
    RoundModels,
    cohort_of_all_rounds,
    policy_of_all_rounds,
    sitting_out_of,
)
from reverse_match.scoring.difference import path_of
from reverse_match.solver.objectives import solve_for
from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.rounds.balance import balance_rounds, fewest_in_a_row
from reverse_match.solver.rounds.edge_colouring import Split, colour_edges, place_by_lists
from reverse_match.solver.rounds.quotas_per_round import RoundQuotas, with_quotas
from reverse_match.solver.rounds.round_certificates import certify_other_choice, certify_round
from reverse_match.solver.side_constraints.lagrangian_bound import Infeasible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.foundation.dates import Calendar
    from reverse_match.foundation.progress import Watch
    from reverse_match.matching.encode import Prepared
    from reverse_match.matching.results.matching import Matching
    from reverse_match.matching.run_options import RunOptions
    from reverse_match.people.cohort import Cohort
    from reverse_match.people.participant import OneRole
    from reverse_match.solver.objectives import Optimum

MOST_TRIES = 12
"""Largest number of restarts where the best choice could not be split; used for a handful of people."""

MOST_PAIRS_ALONE = 250_000
"""Number of pairs up to which a round is solved again where the prices of all rounds leave a gap for it."""

TRIES_FOR_PEOPLE = 2_000
"""This number divided by the people of all rounds is the number of restarts; each takes several matches."""

_log = logging.getLogger("reverse_match")


def form_plan(
    cohort: Cohort, chosen: Policy, rounds: int, programme: Calendar | None, options: RunOptions
) -> RotationPlan:
    """Answer :func:`.plan_rotations`."""
    _refuse(chosen, rounds)
    months = months_of_rounds(programme, rounds)
    away = absences(cohort, rounds, months)
    _refuse_alike(cohort, away)
    watch = options.watch()
    watch.step("score pairs")
    with pause_collector():
        everybody = cohort_of_all_rounds(cohort, rounds, away)
        whole = prepare(everybody, policy_of_all_rounds(chosen, rounds), options, least_by_quota=True)
        whole = _share_table(whole)
        models = RoundModels(whole, cohort, chosen, away, options)
        tries = min(MOST_TRIES, TRIES_FOR_PEOPLE // (rounds * sum(whole.model.shape)))
        asked = whole.maximised, whole.problem, whole.tiling, watch, None, whole.residual_quotas
        best = solve_for(*asked, needs_pair=not whole.rules.fixed)
        if isinstance(best, Infeasible):
            raise _impossible(whole, models.prepare_alone(), rounds, watch)
        joint = JointOptimum.solve(whole, best, tries)
        formed = _Planner(cohort, rounds, away, watch, tries).rounds_of(joint, models)
    beside = Explainer
    matchings = [matching.with_answers(beside(cohort, options.quiet)) for matching in formed.matchings]
    proof = certificate_of(whole, formed.optimum, formed.fixed_total)
    if joint.reverse.anybody_twice:  # prices do not show which of two equal directions counts
        proof = proof.model_copy(update={"equal_optima": None})
    _log.info("planned %d rounds: %d duos", rounds, proof.duos)
    return RotationPlan(
        library_version=__version__,
        status="optimal" if proof.proved else "feasible",
        rounds=tuple(matchings),
        total=points(sum(round(matching.total * ONE) for matching in matchings)),
        certificate=proof,
        sitting_out=sitting_out_of(matchings, away),
        spread=spread_of(matchings),
        months=months,
        absent=dict(sorted(away.items())),
        policy=chosen,
        as_of=whole.day,
        digests=Digests(file=cohort.source.sha256, cohort=cohort.sha256, policy=chosen.sha256),
    )


def _refuse(policy: Policy, rounds: int) -> None:
    if type(rounds) is not int or not 1 <= rounds <= MOST_ROUNDS:
        message = f"out of range; right would be a whole number from 1 to {MOST_ROUNDS}"
        raise PolicyError([Fault(message, column="rounds")])
    if policy.spread is not None:
        message = (
            "no plan of several rounds spreads duos yet; right would be a policy without 'spread', under "
            "which as many people as possible have a duo in one of the best plans, or a match for each round"
        )
        raise PolicyError([Fault(message, column="spread")])
    if isinstance(policy.objective, OVER_PEOPLE):
        message = (
            "no plan of several rounds is fair to people yet; right would be 'max_min' or 'fair' over duos, "
            "without 'over', or a match for each round"
        )
        raise PolicyError([Fault(message, column="objective")])
    fixed = [pair for rule in policy.rules if isinstance(rule, Fix) for pair in rule.pairs]
    known = {(id_key(one), id_key(other)) for one, other in fixed}
    if any(one != other and (other, one) in known for one, other in known):
        message = "two people are fixed both ways, but in a plan they meet only once; fix one of the two duos"
        raise PolicyError([Fault(message, column="rules")])


def _refuse_alike(cohort: Cohort, away: Mapping[str, tuple[int, ...]]) -> None:
    """Refuse ids that a rule on the ids of absent people could not tell from others."""
    if not away:
        return
    owner: dict[tuple[str, ...], str] = {}
    for person in cohort.participants:
        other = owner.setdefault(path_of(person.id, splits=True), person.id)
        if other != person.id and (other in away or person.id in away):
            message = f"'{other}' and '{person.id}' differ in case, accents or spaces only, and one is away"
            raise CohortError([Fault(message, cohort.source.name, column="id")])


def _share_table(whole: Prepared) -> Prepared:
    """Let as many people as possible have a duo among equally good plans, counting those with fixed duos."""
    loads = tuple(
        np.bincount(ends, minlength=size)
        for ends, size in zip(fixed_places(whole), whole.problem.shape, strict=True)
    )
    return replace(whole, problem=replace(whole.problem, loads=(loads[0], loads[1])))


def _impossible(whole: Prepared, alone: Prepared, rounds: int, watch: Watch) -> InfeasibleError:
    """Return the error that says why no round can be formed, or why not all of them together."""
    asked = alone.maximised, alone.problem, alone.tiling, watch, None, alone.residual_quotas
    one = solve_for(*asked, needs_pair=not alone.rules.fixed)
    if isinstance(one, Infeasible):
        return alone.infeasible(watch)
    error = whole.infeasible(watch)
    return InfeasibleError(
        [f"over {rounds} rounds together: {conflict}" for conflict in error.conflicts], error.explanations
    )


@dataclass(frozen=True)
class _FormedRounds:
    """The rounds, and the proof of how good they are together."""

    matchings: Sequence[Matching]
    optimum: Optimum
    fixed_total: int


@dataclass(frozen=True)
class _Planner:
    """Splits a choice of pairs into rounds, and improves the rounds."""

    cohort: Cohort
    rounds: int
    away: Mapping[str, tuple[int, ...]]
    watch: Watch
    tries: int

    def rounds_of(self, joint: JointOptimum, models: RoundModels) -> _FormedRounds:
        """Split a choice into rounds, and improve the rounds unless they are proved optimal."""
        self.watch.step("split into rounds")
        whole, duos = joint.whole, joint.duos
        numbers = self._numbers(whole, duos, models)
        rounds = _split_by_number(duos.arcs, duos.fixed, numbers, self.rounds)
        if int(duos.fixed.sum()) > sum(int(part.fixed.sum()) for part in rounds):
            message = "no round was found for a fixed duo: one of the two is always away"
            raise UndecidedError(message)
        ascent = None
        if self.away or whole.quotas or not joint.is_best:
            ascent = CoordinateAscent(models, joint.reverse, self.watch)
            rounds = self._improve(joint, models, ascent, rounds)
            rounds = rounds if whole.quotas else self._even_out(whole, rounds)
        fixed = duos.arcs.where(duos.fixed)
        fixed_total = int(whole.worth_of(fixed.rows, fixed.columns, fixed.scores).sum())
        optimum = self._proof(joint, rounds)
        proofs = self._prove_rounds(joint, models, rounds) if ascent is None else ascent.proofs(rounds)
        matchings = [assemble(prepared, proof)[0] for prepared, proof in proofs]
        return _FormedRounds(matchings, optimum, fixed_total)

    def _improve(
        self, joint: JointOptimum, models: RoundModels, ascent: CoordinateAscent, rounds: list[RoundDuos]
    ) -> list[RoundDuos]:
        """Return better rounds: in a small plan by one integer programme, else one round after the other."""
        only_fixed = [part.only_fixed for part in rounds]
        asked = joint_rounds(joint, models.prepare_alone(), self._capacities(joint.whole))
        if not asked.is_small:
            return ascent.improve(rounds, only_fixed, joint.upper_bound, self.tries)[0]
        self.watch.step("look for the best rounds")
        numbers = asked.best(joint.whole.maximised)
        if numbers is None:
            return ascent.improve(rounds, only_fixed, joint.upper_bound, self.tries)[0]
        found = _split_by_number(asked.arcs, asked.fixed, numbers, self.rounds)
        return ascent.improve(found, only_fixed, joint.upper_bound, 0)[0]

    def _capacities(self, whole: Prepared) -> tuple[IntArray, IntArray]:
        """Return the capacity of rows and of columns in each round."""
        rows, columns = (
            self._places(side, role)[:, None] * self._there(whole, place)
            for place, (side, role) in enumerate(
                zip((whole.sides.mentors, whole.sides.mentees), TWO_ROLES, strict=True)
            )
        )
        return rows, columns

    def _even_out(self, whole: Prepared, rounds: Sequence[RoundDuos]) -> list[RoundDuos]:
        """Make rounds more equal by exchanging duos along paths whose people are there in both rounds."""
        numbers = np.repeat(np.arange(len(rounds)), [len(part.arcs) for part in rounds])
        rows = np.concatenate([part.arcs.rows for part in rounds])
        columns = np.concatenate([part.arcs.columns for part in rounds])
        fixed = np.concatenate([part.fixed for part in rounds])
        may = self._there(whole, 0)[rows] & self._there(whole, 1)[columns]
        arcs = Arcs(rows, columns, np.concatenate([part.arcs.scores for part in rounds]))
        split = Split.of_rounds(rows, columns, numbers, self.rounds)
        after = balance_rounds(split, numbers, whole.model.at(rows, columns), may)
        return _split_by_number(arcs, fixed, after, self.rounds)

    def _numbers(self, whole: Prepared, duos: RoundDuos, models: RoundModels) -> IntArray:
        """Return the index of the round of each duo, from 0."""
        arcs, scores = duos.arcs, whole.model.at(duos.arcs.rows, duos.arcs.columns)
        if self.away:
            there = self._there(whole, 0), self._there(whole, 1)
            places = (
                self._places(whole.sides.mentors, "mentor"),
                self._places(whole.sides.mentees, "mentee"),
            )
            return place_by_lists((arcs.rows, arcs.columns), scores, places, there, duos.fixed)
        split = Split.of(arcs.rows, arcs.columns, self.rounds)
        numbers = balance_rounds(split, colour_edges(split), scores)
        if whole.quotas:
            quotas = [quota.sums for quota in models.prepare_alone().quotas]
            bounds = RoundQuotas.of(quotas, arcs.rows, arcs.columns, self.rounds)
            numbers = with_quotas(split, numbers, scores, bounds)
        sits_out = np.ones((sum(whole.model.shape), self.rounds), dtype=bool)
        sits_out[arcs.rows, numbers] = sits_out[arcs.columns + whole.model.shape[0], numbers] = False
        place = np.argsort(fewest_in_a_row(sits_out))
        return place[numbers]

    def _places(self, side: Sequence[int], role: OneRole) -> IntArray:
        """Return the capacities of some people in a role, in one round."""
        return np.array([most_duos(self.cohort.participants[index], role) for index in side], dtype=np.int64)

    def _there(self, whole: Prepared, side: int) -> BoolArray:
        """Return the rounds in which each person is there, shape (people, rounds)."""
        return np.array(
            [
                [number not in self.away.get(person, ()) for number in range(1, self.rounds + 1)]
                for person in whole.people[side].ids
            ],
            dtype=bool,
        ).reshape(-1, self.rounds)

    def _proof(self, joint: JointOptimum, rounds: Sequence[RoundDuos]) -> Optimum:
        """Return the optimum of all rounds together, with the chosen rounds in place of its pairs."""
        whole = joint.whole
        final = Arcs.union([part.arcs.where(~part.fixed) for part in rounds])
        asked = joint.best, whole.problem, final, whole.tiling, self.watch, whole.residual_quotas
        return certify_other_choice(*asked)

    def _prove_rounds(
        self, joint: JointOptimum, models: RoundModels, rounds: Sequence[RoundDuos]
    ) -> Iterator[tuple[Prepared, Optimum]]:
        """Yield each round with the proof that the prices of all rounds together give for it."""
        for number, duos in enumerate(rounds):
            self.watch.step(f"explain round {number + 1}")
            prepared = models.prepare_round(number, rounds)
            best, free = joint.once.optimum, duos.free(prepared)
            proof = certify_round(best, prepared.problem, free, prepared.tiling, self.watch)
            yield prepared, self._prove_alone(prepared, free, proof)

    def _prove_alone(self, prepared: Prepared, free: Arcs, known: Optimum) -> Optimum:
        """Return the proof of a round by prices of its own, where those of all rounds leave a gap."""
        few = prepared.problem.shape[0] * prepared.problem.shape[1] <= MOST_PAIRS_ALONE
        if known.proved or not few:
            return known
        best = solve_for(prepared.maximised, prepared.problem, prepared.tiling, self.watch)
        if isinstance(best, Infeasible):  # for type checkers
            return known
        proof = certify_other_choice(best, prepared.problem, free, prepared.tiling, self.watch)
        return proof if proof.proved else known


def _split_by_number(arcs: Arcs, fixed: BoolArray, numbers: IntArray, rounds: int) -> list[RoundDuos]:
    """Return the duos of each round, sorted by row and column."""
    parted = []
    for number in range(rounds):
        here = np.flatnonzero(numbers == number)
        here = here[np.lexsort((arcs.columns[here], arcs.rows[here]))]
        part = Arcs(arcs.rows[here], arcs.columns[here], arcs.scores[here])
        parted.append(RoundDuos(part, fixed[here]))
    return parted
