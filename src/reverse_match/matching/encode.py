"""Turns a cohort and a policy into arrays for the solver.

People are put in a canonical order, by a keyed hash of each id under the policy's seed. So the order of a
file gives nobody an advantage, and changes no result.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from itertools import compress
from operator import is_not
from typing import TYPE_CHECKING, Literal

import numpy as np

from reverse_match.constraints.allowed_pairs import AllowedPairs
from reverse_match.constraints.condition import BlockedPairs
from reverse_match.constraints.credits import NO_CREDITS, CompiledCredits, compile_credits
from reverse_match.constraints.demands import ConstraintSet
from reverse_match.constraints.lacking import (
    MarkTable,
    charge_of,
    keep_marks,
    lacking_marks,
    with_charge,
)
from reverse_match.constraints.quotas import CompiledQuota, compile_quotas
from reverse_match.constraints.rows_and_columns import CompilationContext
from reverse_match.constraints.rules import Rules, rules_of
from reverse_match.foundation.errors import CohortError, Fault, PolicyError
from reverse_match.foundation.names import id_key
from reverse_match.foundation.progress import Watch
from reverse_match.people.participant import TWO_ROLES, least_duos, most_duos, roles_of
from reverse_match.policy import OVER_PEOPLE, EachQuota, FairToPeople, Policy, Teaches
from reverse_match.policy.added import NOTHING_ADDED, Added, LoadBound
from reverse_match.policy.credits import MOST_POINTS
from reverse_match.scoring.criterion import Sides
from reverse_match.scoring.difference import path_of
from reverse_match.scoring.model import score_model
from reverse_match.scoring.utility import Utility, knots_of_sums
from reverse_match.solver.pairs.held import hold_pairs
from reverse_match.solver.pairs.loads import LoadDemand
from reverse_match.solver.pairs.memory import plan_resources
from reverse_match.solver.pairs.people import PeopleDemand
from reverse_match.solver.pairs.problem import Problem
from reverse_match.solver.pairs.quotas import UNBOUNDED, SideQuota, reduce_quota, with_marks
from reverse_match.solver.pairs.source import NO_PAIR
from reverse_match.solver.pairs.table import (
    ChangedPairs,
    RescoredPairs,
    ScoreTable,
    rescore_pairs,
    score_all_pairs,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from reverse_match.foundation.arrays import BoolArray, IntArray, KeyArray
    from reverse_match.foundation.errors import InfeasibleError
    from reverse_match.foundation.workers import Workers
    from reverse_match.matching.run_options import RunOptions
    from reverse_match.people.cohort import Cohort
    from reverse_match.people.participant import OneRole, Participant
    from reverse_match.scoring.model import ScoreModel
    from reverse_match.solver.objectives import Maximised
    from reverse_match.solver.pairs.quotas import PairMarks, Quota
    from reverse_match.solver.pairs.source import PairSource
    from reverse_match.solver.pairs.tiles import Tiling


@dataclass(frozen=True)
class Side:
    """The people who are rows, or the people who are columns.

    Attributes
    ----------
    ids : list of str
        Id of each person.
    capacities : int64 array
        Capacity of each person, including the places of fixed duos.
    least : int64 array
        Least number of duos of each person.
    by_id : int64 array
        Indices of the people, sorted by id.
    """

    ids: list[str]
    capacities: IntArray
    least: IntArray
    by_id: IntArray

    @classmethod
    def of(cls, people: Sequence[Participant], role: OneRole) -> Side:
        """Read ids, capacities and least numbers of duos of some people in a role."""
        ids = [person.id for person in people]
        return cls(
            ids,
            np.array([most_duos(person, role) for person in people], dtype=np.int64),
            np.array([least_duos(person, role) for person in people], dtype=np.int64),
            np.array(sorted(range(len(ids)), key=ids.__getitem__), dtype=np.int64),
        )

    @cached_property
    def place_by_id(self) -> IntArray:
        """The place of each person in the order of ids."""
        places = np.empty(len(self.by_id), dtype=np.int64)
        places[self.by_id] = np.arange(len(self.by_id))
        return places

    def sorted_ids(self, some: BoolArray) -> Iterator[str]:
        """Return the ids of the marked people, sorted."""
        return compress(self._all_sorted_ids, some[self.by_id].tolist())

    @cached_property
    def _all_sorted_ids(self) -> list[str]:
        return [self.ids[place] for place in self.by_id.tolist()]

    def places_in(self, other: Side) -> IntArray:
        """Return for each person the index of the person of the same id on another side, -1 without one."""
        known = {identity: place for place, identity in enumerate(other.ids)}
        return np.array([known.get(identity, -1) for identity in self.ids], dtype=np.int64)

    def with_capacities_of(self, changed: Mapping[int, Participant], role: OneRole) -> Side:
        """Return the same people, some of whom, by index, have other capacities and least numbers."""
        capacities, least = self.capacities.copy(), self.least.copy()
        for place, person in changed.items():
            capacities[place], least[place] = most_duos(person, role), least_duos(person, role)
        return replace(self, capacities=capacities, least=least)


@dataclass(frozen=True)
class Prepared:
    """A cohort and a policy as a matching problem in arrays, in canonical order.

    Attributes
    ----------
    cohort : Cohort
        The people.
    policy : Policy
        The policy in force: the given one with its additions.
    given : Policy
        The policy as it was given.
    added : Added
        The additions to the policy.
    day : date or None
        The day on which ages count, and up to which rules count months.
    sides : Sides
        Which participants are rows and columns.
    people : pair of Side
        Ids and capacities of rows and of columns.
    model : ScoreModel
        Scores of all pairs.
    rules : Rules
        The forbidden pairs and the fixed duos.
    utility : Utility
        The utility of scores to the objective.
    problem : Problem
        The problem of the solver: the utilities of all pairs except the fixed duos, the credits, and the
        capacities that fixed duos leave.
    tiling : Tiling
        Division of the table of pairs into tiles.
    quotas : tuple of CompiledQuota
        The quotas, as bounds on sums over all duos.
    changed : ChangedPairs, optional
        The possible pairs that differ from those of an earlier match with the same scores.
    credits : CompiledCredits
        Credits that duos have in addition to their scores.
    lacking : PairMarks, optional
        The pairs known to lack what the policy asks as far as possible; ``None`` if it asks for nothing.
    """

    cohort: Cohort
    policy: Policy
    given: Policy
    added: Added
    day: date | None
    sides: Sides
    people: tuple[Side, Side]
    model: ScoreModel
    rules: Rules
    utility: Utility
    problem: Problem
    tiling: Tiling
    quotas: tuple[CompiledQuota, ...] = ()
    changed: ChangedPairs | None = None
    credits: CompiledCredits = NO_CREDITS
    lacking: PairMarks | None = None

    @property
    def maximised(self) -> Maximised:
        """The objective of the solver: for ``fair`` it is ``coverage``, with utilities for scores.

        It is ``coverage`` for objectives over people, too, of which the problem knows.
        """
        objective = self.policy.objective
        return objective if isinstance(objective, str) else "coverage"

    @property
    def residual_quotas(self) -> list[Quota]:
        """The quotas on the free duos, after the fixed ones are counted."""
        rows, columns = np.array(self.rules.fixed, dtype=np.int64).reshape(-1, 2).T
        return [reduce_quota(quota.sums, rows, columns) for quota in self.quotas]

    @property
    def constraints(self) -> ConstraintSet:
        """All demands on the duos."""
        capacities = self.people[0].capacities, self.people[1].capacities
        return ConstraintSet.of(self.policy, self.model, self.rules, capacities, self.quotas)

    def worth_of(self, rows: IntArray, columns: IntArray, scores: IntArray) -> IntArray:
        """Return the worth of some duos with these scores to the objective, credits included."""
        return self.utility.of_scores(scores) + self.credits.at(rows, columns)

    @property
    def _with_least_by_quota(self) -> Prepared:
        """The same problem with least numbers of duos as quotas, in which a conflict can name them."""
        demand = self.problem.demand
        if demand is None or not demand.bounds_below:
            return self
        asked, compiled = list[EachQuota](), list[CompiledQuota]()
        for side, (people, role) in enumerate(zip(self.people, TWO_ROLES, strict=True)):
            for least in np.unique(people.least[people.least > 0]).tolist():
                name = f"least duos of {role}s ({least})"
                place = len(self.policy.quotas) + len(asked)
                asked.append(EachQuota(name=name, by=f"{role}.id", at_least=least))
                compiled.append(CompiledQuota(place, name, *_each_with(people, least, 0 if side == 0 else 1)))
        policy = self.policy.model_copy(update={"quotas": (*self.policy.quotas, *asked)})
        return replace(self, policy=policy, quotas=(*self.quotas, *compiled))

    def count_lacking(self, rows: IntArray, columns: IntArray) -> int:
        """Return how many of some duos lack what the policy asks as far as possible."""
        return 0 if self.lacking is None else int(np.count_nonzero(self.lacking.among(rows, columns)))

    def infeasible(self, watch: Watch) -> InfeasibleError:
        """Return the error that explains why no duos satisfy all demands."""
        return self._with_least_by_quota._infeasible(watch)

    def _infeasible(self, watch: Watch) -> InfeasibleError:
        # Most people can be matched, so this is loaded only when it is needed.
        from reverse_match.matching.infeasible.explain import ConflictExplainer
        from reverse_match.matching.infeasible.oracle import FeasibilityOracle

        context = CompilationContext.of(self.cohort, self.policy, self.sides, self.day)
        oracle = FeasibilityOracle(self.problem.keys, self.tiling, watch)
        ids = self.people[0].ids, self.people[1].ids
        return ConflictExplainer(self.policy, context, ids, oracle).error(self.constraints)

    @property
    def table(self) -> ScoreTable | None:
        """The scores of all pairs, if they are kept in memory."""
        pairs = self.problem.pairs
        kept = pairs.pairs if isinstance(pairs, RescoredPairs) else pairs
        return kept if isinstance(kept, ScoreTable) else None

    @property
    def without_tables(self) -> Prepared:
        """The same problem without its tables of all pairs, which grow with the square of its size."""
        lacking = self.lacking.marks if isinstance(self.lacking, MarkTable) else self.lacking
        pairs = self.utility.of_pairs(AllowedPairs(self.model, _without_fixed(self.rules)))
        return replace(self._with_marks(lacking), changed=None)._with_pairs(pairs)

    def with_tables(self, options: RunOptions) -> Prepared:
        """Return the same problem with tables of all pairs, if the memory budget allows."""
        shape, lacking, budget = self.model.shape, self.lacking, (options.memory, options.threads)
        marked = lacking is not None
        if not plan_resources(shape, self.model.bytes_per_column, *budget, marked=marked).keeps_pairs:
            return self
        if lacking is not None:
            lacking = keep_marks(lacking, shape, self.tiling)
        return self._with_marks(lacking)._with_pairs(score_all_pairs(self.problem.pairs, self.tiling))

    def _with_pairs(self, pairs: PairSource) -> Prepared:
        """Return the same problem with its pairs in another form."""
        return replace(self, problem=replace(self.problem, pairs=pairs))

    def _with_marks(self, lacking: PairMarks | None) -> Prepared:
        """Return the same problem with the marks of lacking pairs in another form."""
        credited, people = self.problem.credits, self.problem.people
        if lacking is not None and credited is not None and credited.marked is not None:
            credited = replace(credited, marked=replace(credited.marked, marks=lacking))
        if people is not None:
            people = replace(people, lacking=lacking)
        return replace(self, problem=replace(self.problem, credits=credited, people=people), lacking=lacking)

    def with_capacities_of(self, cohort: Cohort) -> Prepared:
        """Return the same problem for a cohort that differs only in capacities, to serve as an earlier one.

        No score and no rule may depend on capacities.
        """
        now, then = cohort.participants, self.cohort.participants
        differing = compress(range(len(now)), map(is_not, now, then))  # of thousands, a few
        changed = {index: now[index] for index in differing}
        sides = zip(self.people, (self.sides.mentors, self.sides.mentees), TWO_ROLES, strict=True)
        people = [
            known.with_capacities_of(
                {place: changed[index] for place, index in enumerate(side) if index in changed}, role
            )
            for known, side, role in sides
        ]
        return replace(self, cohort=cohort, people=(people[0], people[1]))

    def asks_as(self, other: Prepared) -> bool:
        """Say whether another problem charges the same pairs as lacking, if people and names are the same."""
        charged = [prepared.problem.marked is not None for prepared in (self, other)]
        return charged[0] == charged[1] and (
            not charged[0] or self.policy.as_far_as_possible == other.policy.as_far_as_possible
        )

    def has_people_of(self, cohort: Cohort, policy: Policy) -> bool:
        """Say whether another cohort and policy have the same people as rows and columns, in this order."""
        return self.cohort is cohort and self.policy.seed == policy.seed

    def has_names_of(self, cohort: Cohort, policy: Policy, day: date | None) -> bool:
        """Say whether people, ages and meanings of names are the same, which values of criteria depend on."""
        meanings = [
            (chosen.synonyms, chosen.scales, chosen.correct_typos) for chosen in (self.policy, policy)
        ]
        return self.has_people_of(cohort, policy) and self.day == day and meanings[0] == meanings[1]

    def has_scores_of(self, policy: Policy) -> bool:
        """Say whether every pair has the same score under another policy, if names are the same."""
        return (
            self.has_criteria_of(policy)
            and self.policy.own_weights == policy.own_weights
            and all(
                known.criterion.weight == criterion.weight
                for known, criterion in zip(self.model.criteria, policy.criteria, strict=True)
            )
        )

    def has_criteria_of(self, policy: Policy) -> bool:
        """Say whether another policy has the same criteria apart from weights, if names are the same."""
        criteria = self.model.criteria
        return len(criteria) == len(policy.criteria) and all(
            known.serves(criterion) for known, criterion in zip(criteria, policy.criteria, strict=True)
        )


def prepare(
    cohort: Cohort,
    policy: Policy,
    options: RunOptions,
    earlier: Prepared | None = None,
    *,
    again: bool = False,
    out: ScoreTable | None = None,
    added: Added = NOTHING_ADDED,
    least_by_quota: bool = False,
) -> Prepared:
    """Read columns, compile rules, set fixed duos aside, and score all pairs if they fit into memory.

    Parameters
    ----------
    cohort : Cohort
        The people.
    policy : Policy
        The policy as it was given.
    options : RunOptions
        Memory and threads to use.
    earlier : Prepared, optional
        An earlier problem, whose parts are reused if it has the same people.
    again : bool
        Whether similar matches will follow, so that keeping more data is worthwhile.
    out : ScoreTable, optional
        A table of scores that is used by nothing else, except as that of the earlier problem. It is
        overwritten if other scores are needed.
    added : Added, optional
        Additions to the policy. The policy may name people whom they list as away.
    least_by_quota : bool
        Whether least numbers of duos are kept as quotas in any case, as in a plan of several rounds.

    Raises
    ------
    PolicyError, CohortError
        If the policy does not fit the people.
    InfeasibleError
        If rules contradict each other.
    SizeError
        If the people do not fit into the memory budget.
    """
    if not isinstance(policy, Policy):
        message = "not a policy; right would be rm.Policy(...), or rm.Policy.from_data(data) of plain data"
        raise PolicyError([Fault(message, column="policy")])
    given = policy
    added = added.of_people(given, cohort.position.keys(), cohort.away)
    loads = loads_by_quota(cohort, added.in_force(given), added.without_partner, always=least_by_quota)
    added = added.model_copy(update={"loads": loads})
    policy = added.in_force(given)
    alike = earlier if earlier is not None and earlier.has_people_of(cohort, policy) else None
    shape = (len(cohort.mentors), len(cohort.mentees)) if alike is None else alike.model.shape
    marked = policy.as_far_as_possible is not None
    first = plan_resources(shape, 0, options.memory, options.threads, marked=marked)
    day = reference_day(cohort, policy)
    named = alike if alike is not None and alike.has_names_of(cohort, policy, day) else None
    scored = named if named is not None and named.has_scores_of(policy) else None
    if alike is None:
        sides, keys, people = cohort.memoise(
            ("seats", policy.seed), lambda: assign_rows_and_columns(cohort, policy)
        )
    else:
        sides, keys, people = alike.sides, alike.problem.keys, alike.people
    utility = Utility.of(policy)
    credited = compile_credits(policy, cohort, sides, utility.full)
    if scored is None:
        ready = None if named is None else named.model
        model = score_model(cohort, policy, sides, day, first.tiling, ready)
    else:
        model = scored.model
    resources = plan_resources(shape, model.bytes_per_column, options.memory, options.threads, marked=marked)
    resources = resources.for_workers(options.workers, shape)
    if again and scored is None and resources.keeps_values:
        model = model.with_value_cache()
    rules = rules_of(cohort, policy, sides, None if alike is None else alike.rules, day)
    places = min(int(side.capacities.sum()) for side in people)
    context = CompilationContext.of(cohort, policy, sides, day)
    quotas = compile_quotas(policy, context, model, places) if policy.quotas else ()
    pairs = utility.of_pairs(AllowedPairs(model, _without_fixed(rules)))
    lacking = _known_marks(named, policy)
    if lacking is None:
        lacking = lacking_marks(policy, context, model)
        if lacking is not None and resources.keeps_pairs:
            lacking = keep_marks(lacking, shape, resources.tiling)
    pairs, lacking, quotas = _held_by(options.workers, pairs, lacking, quotas)
    counted, charge = credited.pairs, 0
    over_people = isinstance(policy.objective, OVER_PEOPLE)
    if lacking is not None and policy.objective != "total" and not over_people:
        charge = 0 if policy.quotas else charge_of(utility.full)
        counted = with_charge(counted, lacking, charge, shape)
    problem = Problem(
        pairs,
        *_free_capacities(people, rules),
        *keys,
        credits=counted,
        in_worst=credited.in_worst,
        demand=_demand_on_loads(
            policy,
            people,
            rules,
            most_worth=utility.full * (1 + MOST_POINTS) + charge,
            by_quota=least_by_quota or bool(loads),
        ),
        people=_demand_of_people(policy, model, sides, people, rules, lacking),
    )
    prepared = Prepared(
        cohort=cohort,
        policy=policy,
        given=given,
        added=added,
        day=day,
        sides=sides,
        people=people,
        model=model,
        rules=rules,
        utility=utility,
        problem=problem,
        tiling=resources.tiling,
        quotas=quotas,
        credits=credited,
        lacking=lacking,
    )
    if rules.fixed:
        constraints = prepared.constraints
        if constraints.clash(constraints.all_kept) is not None:
            raise prepared.infeasible(Watch())
    return _with_table(prepared, scored, out) if resources.keeps_pairs else prepared


def _held_by(
    workers: Workers | None, pairs: PairSource, lacking: PairMarks | None, quotas: tuple[CompiledQuota, ...]
) -> tuple[PairSource, PairMarks | None, tuple[CompiledQuota, ...]]:
    """Return what is true of pairs in the form in which workers hold it, if there are any."""
    if workers is None:
        return pairs, lacking, quotas
    marks = [None if isinstance(quota.sums, SideQuota) else quota.sums.marks for quota in quotas]
    held, (lacks, *counts) = hold_pairs(workers, pairs, [lacking, *marks])
    with_held = [
        quota if mark is None else replace(quota, sums=with_marks(quota.sums, mark))
        for quota, mark in zip(quotas, counts, strict=True)
    ]
    return held, lacks, tuple(with_held)


def _known_marks(earlier: Prepared | None, policy: Policy) -> PairMarks | None:
    """Return the lacking pairs of an earlier problem in which names mean the same, if they are the same."""
    asked = policy.as_far_as_possible
    same = earlier is not None and earlier.policy.as_far_as_possible == asked and isinstance(asked, Teaches)
    return earlier.lacking if same and earlier is not None else None


def _with_table(prepared: Prepared, scored: Prepared | None, out: ScoreTable | None) -> Prepared:
    """Return the problem with a table of all scores; reuse the earlier table if only few scores changed."""
    pairs, changed = prepared.problem.pairs, None
    if scored is not None and scored.utility == prepared.utility:
        changed = _changed_pairs(scored, _without_fixed(prepared.rules))
    if scored is None or changed is None:
        fits = out is not None and out.shape == pairs.shape
        pairs = score_all_pairs(pairs, prepared.tiling, out if fits else None)
    else:
        scores = pairs.at(changed.rows, changed.columns)
        pairs = rescore_pairs(scored.problem.pairs, changed.rows, changed.columns, scores)
    prepared.model.complete_values()
    return replace(prepared, problem=replace(prepared.problem, pairs=pairs), changed=changed)


def assign_rows_and_columns(
    cohort: Cohort, policy: Policy
) -> tuple[Sides, tuple[KeyArray, KeyArray], tuple[Side, Side]]:
    """Return the participants who are rows and columns, their keys, and their ids and capacities."""
    keys = [_key(person.id, policy.seed) for person in cohort.participants]
    canonical = sorted(range(len(keys)), key=keys.__getitem__)
    sides = Sides(
        [index for index in canonical if cohort.participants[index].teaches],
        [index for index in canonical if cohort.participants[index].learns],
        order=policy.seed,
    )
    tie_breaking_keys = _tie_breaking_keys(keys, sides.mentors), _tie_breaking_keys(keys, sides.mentees)
    return sides, tie_breaking_keys, _people(cohort, sides)


def _changed_pairs(earlier: Prepared, rules: Rules) -> ChangedPairs | None:
    """Return the pairs that other rules may allow or forbid; ``None`` where they cannot be listed."""
    before, now = _without_fixed(earlier.rules).forbidding, rules.forbidding
    differing = [
        rule
        for some, others in ((before, now), (now, before))
        for rule in some
        if all(rule is not other for other in others)
    ]
    listed = [rule for rule in differing if isinstance(rule, BlockedPairs)]
    if len(listed) < len(differing) or earlier.table is None:
        return None
    pairs = BlockedPairs.of("changed", *((rule.rows, rule.columns) for rule in listed))
    were_possible = earlier.problem.pairs.at(pairs.rows, pairs.columns) != NO_PAIR
    return ChangedPairs(pairs.rows, pairs.columns, were_possible)


def _key(identity: str, seed: int) -> bytes:
    """Return the key by which a participant is sorted; it does not depend on the order of the file."""
    return hashlib.blake2b(id_key(identity).encode(), key=_secret(seed), digest_size=16).digest()


@cache
def _secret(seed: int) -> bytes:
    return hashlib.sha256(str(seed).encode()).digest()


def _tie_breaking_keys(keys: Sequence[bytes], indices: Sequence[int]) -> KeyArray:
    return np.array([int.from_bytes(keys[index][:8], "big") for index in indices], dtype=np.uint64)


def _people(cohort: Cohort, sides: Sides) -> tuple[Side, Side]:
    return (
        Side.of([cohort.participants[index] for index in sides.mentors], "mentor"),
        Side.of([cohort.participants[index] for index in sides.mentees], "mentee"),
    )


def _free_capacities(people: tuple[Side, Side], rules: Rules) -> tuple[IntArray, IntArray]:
    """Return the capacities of rows and columns that fixed duos leave."""
    left = []
    for side, place in zip(people, (0, 1), strict=True):
        fixed = np.array([duo[place] for duo in rules.fixed], dtype=np.int64)
        left.append(side.capacities - np.bincount(fixed, minlength=len(side.ids)))
    return left[0], left[1]


def _demand_on_loads(
    policy: Policy, people: tuple[Side, Side], rules: Rules, *, most_worth: int, by_quota: bool
) -> LoadDemand | None:
    """Return what is asked of the number of duos of single people; ``None`` if nothing is."""
    least = [0 * side.least if by_quota else side.least for side in people]
    if policy.spread is None and not any(side.any() for side in least):
        return None
    fixed = np.array(rules.fixed, dtype=np.int64).reshape(-1, 2).T
    rows, columns = (
        np.bincount(ends, minlength=len(side.ids)) for ends, side in zip(fixed, people, strict=True)
    )
    return LoadDemand(
        (rows, columns),
        (least[0], least[1]),
        (False, False) if policy.spread is None else policy.spread.sides,
        after_total=policy.spread is not None and policy.spread.after_total,
        most_worth=most_worth,
    )


MOST_PAIRS = 250_000
"""Largest number of pairs under an objective over people: its programmes hold all of them."""


def _demand_of_people(
    policy: Policy,
    model: ScoreModel,
    sides: Sides,
    people: tuple[Side, Side],
    rules: Rules,
    lacking: PairMarks | None,
) -> PeopleDemand | None:
    """Return what an objective over people asks; ``None`` for other objectives.

    Raises
    ------
    PolicyError
        If there are too many pairs.
    """
    objective = policy.objective
    if not isinstance(objective, OVER_PEOPLE):
        return None
    pairs = len(sides.mentors) * len(sides.mentees)
    if pairs > MOST_PAIRS:
        message = (
            f"an objective over people is for at most {MOST_PAIRS} pairs of a mentor and a mentee, and there "
            f"are {pairs}; right would be 'max_min' or 'fair' over duos, without 'over'"
        )
        raise PolicyError([Fault(message, column="objective.over", code="out-of-range")])
    counted: dict[int, int] = {}
    ends = []
    for side, role in ((sides.mentors, "mentors"), (sides.mentees, "mentees")):
        counts = objective.over in (role, "people")
        ends.append([counted.setdefault(index, len(counted)) if counts else -1 for index in side])
    rows, columns = (np.array(end, dtype=np.int64) for end in ends)
    fixed = np.array(rules.fixed, dtype=np.int64).reshape(-1, 2).T
    nothing = np.zeros(len(counted), dtype=np.int64)
    mean = objective.of == "mean"
    demand = PeopleDemand(model, rows, columns, nothing, nothing, mean, lacking=lacking)
    nobody = np.zeros((2, 0), dtype=np.int64)
    demand = demand.with_more((fixed[0], fixed[1]), (nobody[0], nobody[1]))
    if not isinstance(objective, FairToPeople):
        return demand
    places = sum(int(side.capacities.max(initial=0)) for side in people)
    most = 1 if mean else max(1, min(places, sum(model.shape)))
    return replace(demand, knots=knots_of_sums(objective.alpha, most))


def _each_with(people: Side, least: int, side: Literal[0, 1]) -> tuple[SideQuota, tuple[str, ...]]:
    """Return the quota by which everybody with this least number of duos has them, with their ids."""
    places = people.by_id[people.least[people.by_id] == least]
    group = np.full(len(people.ids), -1, dtype=np.int64)
    group[places] = np.arange(len(places))
    lower, upper = np.full(len(places), least), np.full(len(places), UNBOUNDED)
    return SideQuota(side, group, lower, upper), tuple(people.ids[place] for place in places.tolist())


def loads_by_quota(
    cohort: Cohort, policy: Policy, absent: Collection[str] = (), *, always: bool = False
) -> tuple[LoadBound, ...]:
    """Return the numbers of duos of single people that are kept as quotas.

    Capacities in both roles together always are. Least numbers of duos are where there are quotas, or the
    worst duo or what people have comes before the total; otherwise the solver keeps them by itself.

    Parameters
    ----------
    cohort : Cohort
        The people.
    policy : Policy
        The policy without these quotas.
    absent : collection of str
        Ids of people who are away in this round, or wait, and need no duos in it.
    always : bool
        Whether least numbers are kept as quotas in any case.
    """
    away = set(map(id_key, absent))
    people = cohort.participants
    here = [person for person in people if id_key(person.id) not in away] if away else people
    in_both = (person for person in here if person.role == "both")  # all others are looked at no further
    found = [bound for person in in_both if (bound := _bound_in_all(person)) is not None]
    raises = policy.objective == "max_min" or isinstance(policy.objective, OVER_PEOPLE)
    if found or policy.quotas or raises or always:
        found += [
            LoadBound(id=person.id, role=role, at_least=least)
            for person in here
            for role in roles_of(person)
            if (least := least_duos(person, role))
        ]
    _refuse_alike(cohort, {bound.id for bound in found})
    return tuple(sorted(found, key=lambda bound: (bound.id, bound.role)))


def _bound_in_all(person: Participant) -> LoadBound | None:
    """Return the bounds on the duos of a person of both roles, together, that those in each do not imply."""
    if person.capacity_in_all is None and not person.least_duos_in_all:
        return None
    least, most, roles = person.least_duos_in_all, person.most_in_all, roles_of(person)
    low = least > sum(least_duos(person, role) for role in roles)
    high = most < sum(most_duos(person, role) for role in roles)
    if not (low or high):
        return None
    return LoadBound(
        id=person.id, role="both", at_least=least if low else None, at_most=most if high else None
    )


def _refuse_alike(cohort: Cohort, named: Collection[str]) -> None:
    """Refuse ids that a quota on the duos of one person could not tell from others."""
    if not named:
        return
    owner: dict[tuple[str, ...], str] = {}
    for person in cohort.participants:
        other = owner.setdefault(path_of(person.id, splits=True), person.id)
        if other != person.id and (other in named or person.id in named):
            message = (
                f"'{other}' and '{person.id}' differ in case, accents or spaces only, and one has a "
                "number of duos of their own"
            )
            raise CohortError([Fault(message, cohort.source.name, column="id")])


def _without_fixed(rules: Rules) -> Rules:
    """Return rules that forbid the fixed duos, which are formed already."""
    fixed = np.array(rules.fixed, dtype=np.int64).reshape(-1, 2).T
    return Rules((*rules.forbidding, BlockedPairs.of("fix", (fixed[0], fixed[1]))), ())


def reference_day(cohort: Cohort, policy: Policy) -> date | None:
    """Return the day on which ages count and up to which months count; ``None`` if nothing depends on it.

    Parameters
    ----------
    cohort : Cohort
        The people.
    policy : Policy
        Policy that may name a day, and may count months.

    Raises
    ------
    CohortError
        If cohort and policy name two different days.
    """
    asked = policy.as_of
    if not (cohort.needs_a_day or policy.counts_months):
        return None
    if asked and cohort.as_of and asked != cohort.as_of:
        message = f"read as of {cohort.as_of}, but the policy says as_of {asked}; say one day"
        raise CohortError([Fault(message, cohort.source.name)])
    return asked or cohort.as_of or (date.today() if cohort.needs_a_day else None)
