"""Changes a matching by hand: the requests hold, few other duos change, and the log states the cost.

An amendment is an ordinary matching of the amended people under the same policy, with the requests added
beside it (:mod:`.beside_the_policy`): requested duos are fixed, forbidden ones are forbidden, and a quota
makes other duos stay. So its certificate proves that no matching with the requests and as few changes is
better. If each change has a charge instead, :mod:`.charge` decides how many duos stay.
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
    from reverse_match.people.participant import Participant
    from reverse_match.policy import Policy


@dataclass(frozen=True)
class _Terms:
    """Terms of the amended matching: its people, the policy as it was given, and the additions to it."""

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
    join: Iterable[Mapping[str, Any] | Participant] = (),
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
    """Change a matching by hand, with as few other changes as demanded, and as well as possible.

    The returned matching is the best, by the policy's objective, of all in which the requests hold and at
    most ``at_most_changes`` other duos end. A duo *ends* when it is in the old matching and not in the new
    one. It *had to* end when this call forbids it or one of its people leaves. Any other duo that ends counts
    as a change, even if the only place of a person goes to a requested duo. New duos do not count. A person
    who leaves and joins again in one call has a new record: their duo had to end only if that record rules it
    out.

    Requests of earlier amendments still hold, except those that this call contradicts (it forbids a duo that
    was fixed by hand) or lifts by ``allow``; the limits of earlier amendments do not hold. Requests about
    people who leave, and their wishes to avoid somebody, do not count while they are away, and count again
    when they are back. In a round of a plan, people do not meet those whom they meet in other rounds, and
    absent people stay absent.

    Parameters
    ----------
    matching : Matching
        The matching to change; the object stays as it is.
    cohort : Cohort
        The people of the matching.
    policy : Policy, optional
        The policy that was given to form it; the one stored in the matching if not given.
    fix : iterable of pairs of ids
        Duos that the new matching must have, mentor first.
    forbid : iterable of pairs of ids
        People who must not be a duo, whoever would be the mentor. They may be away, or leave in the same
        amendment: then the request counts when they are back.
    allow : iterable of pairs of ids
        People who may be a duo again, although somebody forbade it by hand in this round or an earlier one,
        or one of them avoided the other by a record that has been replaced. The log states who lifted it.
    leave : iterable of str
        Ids of people who leave.
    join : iterable of mappings
        Records of people who join, as for :meth:`.Cohort.from_records`, or people, who are taken as they are.
    at_most_changes : int, optional
        Largest number of other duos that may end. No limit if not given.
    charge : float, optional
        Points from 0 to 1 that each change costs, instead of a limit. The best matching then has the highest
        total minus charges; whatever the objective puts before the total still comes first.
    author, reason : str, optional
        Name of the person who asks, and the reason, for the log.
    on : date or str, optional
        The day of the amendment, for the log.
    threads, memory, time_limit, progress
        As for :func:`match`.

    Returns
    -------
    Matching
        Matching of the people ``cohort.amended(leave=leave, join=join)`` under the same policy. The requests
        are additions to it (``added``), and its ``log`` has one more amendment.

    Raises
    ------
    CohortError
        If these are not the people of the matching, or the leaving or joining people are wrong.
    PolicyError
        If the matching has another policy, an unknown person is named, a pair is allowed that nobody kept
        apart by hand, or a limit is wrong.
    VerificationError
        If the matching was changed after it was written: its duos and their scores, its log, or the additions
        to the policy. Its optimality is not checked again.
    InfeasibleError
        If the requests cannot hold with so few changes, or with the other rules and quotas.
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

    cohort = cohort.with_digest(matching.digests.cohort)
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

    They are neither forbidden, nor duos of somebody who leaves, nor ruled out by a person's new record.
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
    """Return the pairs of people who are there, have places in these roles, and are allowed by all rules."""
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
    """Return the additions to the policy: the earlier ones, and all requests by hand so far.

    The day on which ages count stays the same.
    """
    added = replace_requests(drop_lost_roles(matching.added, after), asked)
    said = added.as_of or matching.policy.as_of or after.as_of
    if said is not None or matching.as_of is None:
        return added
    return added.model_copy(update={"as_of": matching.as_of})


def _limit_changes(
    terms: _Terms, staying: tuple[Pair, ...], request: AmendmentRequest, options: RunOptions
) -> tuple[Added, float | None, RunOptions]:
    """Return the additions that limit changes, the gap that a charge leaves, and options for the match."""
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
    if charge_result is None:  # the other quotas cannot be kept; the match that follows says why
        return added, None, options
    return demand_kept_duos(added, staying, charge_result.kept), charge_result.gap, options.after(watch)


def _report_changes(before: Matching, after: Matching, staying: set[Pair]) -> dict[str, Any]:
    """Return the report of an amendment: the ended duos, the new ones, and the cost."""
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
