"""Changes a matching by hand: what was asked holds, few other duos change, and the log says what it cost.

An amendment is an ordinary matching of the amended people under the same policy, with what was asked beside
it (:mod:`.beside_the_policy`): duos that were asked for are fixed, forbidden ones are forbidden, and a quota
makes other duos stay. So its certificate proves that no matching with what was asked, and as few changes, is
better. Where each change costs something instead, :mod:`.charge` decides how many duos stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.fixed_point import ONE, exact, points
from reverse_match.foundation.garbage import pause_collector
from reverse_match.foundation.names import id_key, pair_key
from reverse_match.matching.match import match_in_force
from reverse_match.matching.results.amendment import Amendment
from reverse_match.matching.results.explanation import ScoredDuo
from reverse_match.matching.results.standing_requests import Pair, StandingRequests
from reverse_match.matching.run_options import RunOptions
from reverse_match.policy.added import Added, people_of
from reverse_match.programme.amendment_request import (
    AmendmentRequest,
    RequestReader,
    read_day,
    refuse_others,
    with_known_absentees,
)
from reverse_match.programme.beside_the_policy import (
    demand_kept_duos,
    drop_lost_roles,
    replace_requests,
)
from reverse_match.programme.rotation_input import RolesOfPeople
from reverse_match.solver.pairs.memory import DEFAULT_MEMORY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from reverse_match.foundation.progress import Progress
    from reverse_match.matching.results.matching import Duo, Matching
    from reverse_match.people.cohort import Cohort
    from reverse_match.policy import Policy


@dataclass(frozen=True)
class _Terms:
    """Terms of the amended matching: its people, the policy as it was given, and what stands beside it."""

    people: Cohort
    policy: Policy
    added: Added

    @property
    def in_force(self) -> Policy:
        here, known = self.people.position.keys(), self.people.away
        return self.added.of_people(self.policy, here, known).in_force(self.policy)


@check_arguments
def amend(
    matching: Matching,
    cohort: Cohort,
    policy: Policy | None = None,
    *,
    fix: Iterable[Pair] = (),
    forbid: Iterable[Pair] = (),
    allow: Iterable[Pair] = (),
    leave: Iterable[str] = (),
    join: Iterable[Mapping[str, Any]] = (),
    at_most_changes: int | None = None,
    charge: float | None = None,
    author: str | None = None,
    reason: str | None = None,
    on: date | str | None = None,
    threads: int | None = None,
    memory: int = DEFAULT_MEMORY,
    time_limit: float | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Matching:
    """Change a matching by hand, as little else as is allowed, and as well as that can be done.

    The matching that is returned is the best, by the policy's objective, of all in which what was asked
    holds and at most ``at_most_changes`` other duos end. A duo *ends* when it was in the old matching and is
    not in the new one; it *had to* when this call forbids it or one of its people leaves, and else counts as
    a change: also where somebody's only place goes to a duo that was asked for. New duos do not count.
    Whoever leaves and joins again in one call has a new record: a duo of theirs had to end only where that
    record rules it out.

    What was asked by earlier amendments still holds, but for what this one contradicts (a duo that was fixed
    by hand, and is forbidden now) or allows; their limits do not. What was said of people who leave, and whom
    they avoid, does not count while they are away, and counts again when they are back. In a round of a plan
    nobody meets as in its other rounds, and who is absent stays so.

    Parameters
    ----------
    matching : Matching
        What is changed; it stays as it is.
    cohort : Cohort
        The people it was formed of.
    policy : Policy, optional
        The policy it followed, as it was given then; the one stored in it counts if none is given.
    fix : iterable of pairs of ids
        Duos that must be, mentor first.
    forbid : iterable of pairs of ids
        People who must be no duo, whoever would be the mentor. Who is away can be named, or leaves in the
        same amendment: it holds when they are back.
    allow : iterable of pairs of ids
        People who may be a duo again though somebody forbade it by hand, in this round or an earlier one, or
        one of them avoided the other by a record that is another now. The log says who lifted it.
    leave : iterable of str
        Ids of people who leave.
    join : iterable of mappings
        Records of people who join, as for :meth:`.Cohort.from_records`.
    at_most_changes : int, optional
        How many other duos may end. Any number if not given: the best matching with what was asked.
    charge : float, optional
        Instead of a limit: points, from 0 to 1, that each change costs. The best is then what has the highest
        total less charges; where the objective puts something before the total, that comes first.
    author, reason : str, optional
        Who asks, and why, for the log.
    on : date or str, optional
        The day, for the log.
    threads, memory, time_limit, progress
        As for :func:`match`.

    Returns
    -------
    Matching
        Of the people ``cohort.amended(leave=leave, join=join)`` under the same policy; what was asked stands
        beside it (``added``). Its ``log`` has one amendment more.

    Raises
    ------
    CohortError
        If these are not the people that were matched, or those who leave or join are wrong.
    PolicyError
        If the matching followed another policy, somebody is named who is not there, people are allowed to
        meet whom nobody kept apart by hand, or a limit is wrong.
    VerificationError
        If the matching is not as it was written: its duos and their scores, its log, or what was added to the
        policy. Whether it was the best then is not asked again.
    InfeasibleError
        If what was asked cannot be had with so few changes, or with the other rules and quotas.
    SizeError
        If the people do not fit into the memory budget.

    Examples
    --------
    >>> import reverse_match as rm
    >>> cohort = rm.read_cohort(rm.demo_path())
    >>> matching = rm.match(cohort)
    >>> duo = matching.duos[0]
    >>> amended = rm.amend(
    ...     matching, cohort, forbid=[(duo.mentor, duo.mentee)], at_most_changes=1, reason="both moved"
    ... )
    >>> amended.log[-1].changes, amended.log[-1].cost
    (1, 0.072)
    >>> rm.verify(amended, cohort, matching.policy)
    """
    from reverse_match.verification.findings import refuse_tampered_duos

    refuse_others(matching, cohort, policy)
    refuse_tampered_duos(matching, cohort, threads)
    leaving = leave if isinstance(leave, str) else tuple(leave)
    after = cohort.amended(leave=leaving, join=join)
    after = with_known_absentees(after, matching)
    request = RequestReader(matching, cohort, after, tuple(leaving)).read(
        fix, forbid, allow, at_most_changes, charge
    )
    record: dict[str, Any] = {"author": author, "reason": reason, "on": read_day(on)}
    asked = request.added_to(StandingRequests.of(matching))
    terms = _Terms(after, matching.policy, _added_policy(matching, asked, after))
    staying = _duos_that_may_stay(matching, request, terms)
    options = RunOptions(threads, memory, time_limit, progress)
    added, charge_gap, options = _limit_changes(terms, staying, request, options)
    found = match_in_force(after, matching.policy, added, options)
    report = _report_changes(matching, found, {pair_key(pair) for pair in staying})
    amendment = Amendment(**record, **vars(request), charge_gap=charge_gap, **report)
    return found.with_log((*matching.log, amendment)).after(matching.rotation)


def _duos_that_may_stay(matching: Matching, request: AmendmentRequest, terms: _Terms) -> tuple[Pair, ...]:
    """Return the duos that need not end.

    They are neither forbidden, nor of somebody who leaves, nor ruled out by somebody's new record.
    """
    banned = set(map(people_of, request.forbidden))
    left, joined = set(map(id_key, request.left)), set(map(id_key, request.joined))
    pairs = [(duo.mentor, duo.mentee) for duo in matching.duos]
    stay = [
        pair for pair in pairs if people_of(pair) not in banned and people_of(pair).isdisjoint(left - joined)
    ]
    corrected = [pair for pair in stay if not people_of(pair).isdisjoint(left)]
    impossible = set(corrected) - set(_possible_pairs(corrected, terms))
    return tuple(pair for pair in stay if pair not in impossible)


def _possible_pairs(pairs: Sequence[Pair], terms: _Terms) -> list[Pair]:
    """Return the pairs of people who are there that have places in these roles, and that no rule forbids."""
    if not pairs:
        return []
    from reverse_match.constraints.allowed_pairs import forbidding_rules
    from reverse_match.matching.encode import reference_day

    roles = RolesOfPeople(terms.people)
    placed = [pair for pair in pairs if roles.has(*pair)]
    policy = terms.in_force
    against = forbidding_rules(terms.people, policy, placed, reference_day(terms.people, policy))
    return [pair for pair, rules in zip(placed, against, strict=True) if not rules]


def _added_policy(matching: Matching, asked: StandingRequests, after: Cohort) -> Added:
    """Return what stands beside the policy: what did before, and what was asked by hand so far.

    Ages count as they did: the day does not move by itself.
    """
    added = replace_requests(drop_lost_roles(matching.added, after), asked)
    said = added.as_of or matching.policy.as_of or after.as_of
    if said is not None or matching.as_of is None:
        return added
    return added.model_copy(update={"as_of": matching.as_of})


def _limit_changes(
    terms: _Terms, staying: tuple[Pair, ...], request: AmendmentRequest, options: RunOptions
) -> tuple[Added, float | None, RunOptions]:
    """Return what limits changes, what a charge leaves open, and the options for the match that follows."""
    added = terms.added
    if request.charge is None:
        most = len(staying) if request.at_most_changes is None else request.at_most_changes
        return demand_kept_duos(added, staying, len(staying) - most), None, options
    if not staying:
        return added, 0.0, options
    from reverse_match.matching.encode import prepare
    from reverse_match.programme.charge import decide_charge

    watch = options.watch()
    watch.step("score pairs")
    with pause_collector():
        counting = demand_kept_duos(added, staying, len(staying))
        prepared = prepare(terms.people, terms.policy, options, added=counting)
        charge = int(exact(request.charge) * prepared.utility.full)
        charge_result = decide_charge(prepared, charge, watch)
    if charge_result is None:  # the other quotas cannot be kept, and the match says why
        return added, None, options
    return demand_kept_duos(added, staying, charge_result.kept), charge_result.gap, options.after(watch)


def _report_changes(before: Matching, after: Matching, staying: set[Pair]) -> dict[str, Any]:
    """Return the report of an amendment: which duos have ended, which are new, and what it cost."""
    then, now = ({pair_key(duo): duo for duo in matching.duos} for matching in (before, after))
    ended = [duo for key, duo in then.items() if key not in now]
    new = [duo for key, duo in now.items() if key not in then]
    rescored = sum(_millionths(now[key]) - _millionths(duo) for key, duo in then.items() if key in now)
    return {
        "changes": sum(pair_key(duo) in staying for duo in ended),
        "ended": _scored_duos(ended),
        "new": _scored_duos(new),
        "total_before": before.total,
        "total_after": after.total,
        "rescored": points(rescored),
        "cost": points(round(before.total * ONE) - round(after.total * ONE)),
        "duos_lost": len(ended) - len(new),
    }


def _millionths(duo: Duo) -> int:
    return round(duo.score * ONE)


def _scored_duos(duos: Sequence[Duo]) -> tuple[ScoredDuo, ...]:
    return tuple(ScoredDuo(mentor=duo.mentor, mentee=duo.mentee, score=duo.score) for duo in duos)
