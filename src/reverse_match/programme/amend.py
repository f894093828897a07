"""Changes a matching by hand: the requests hold, few other duos change, and the log states the cost.

An amendment is an ordinary matching of the amended people under the same policy, with the requests added
beside it (:mod:`.beside_the_policy`): requested duos are fixed, forbidden ones are forbidden, and a quota
makes other duos stay. So its certificate proves that no matching with the requests and as few changes is
better. If each change has a charge instead, :mod:`.charge` decides how many duos stay.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.errors import CohortError, Fault, PolicyError
from reverse_match.foundation.fixed_point import ONE, exact, points
from reverse_match.foundation.garbage import pause_collector
from reverse_match.foundation.names import id_key, pair_key
from reverse_match.matching.match import match_in_force
from reverse_match.matching.results.amendment import Amendment
from reverse_match.matching.results.explanation import ScoredDuo
from reverse_match.matching.results.matching import statement_of, stating
from reverse_match.matching.results.standing_requests import Pair, StandingRequests
from reverse_match.matching.run_options import RunOptions
from reverse_match.people.cohort import amended_people
from reverse_match.policy.added import Added, people_of
from reverse_match.policy.former_partners import duos_of_other_years, with_past
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
    known_people,
    replace_requests,
)
from reverse_match.programme.changes.reading import AskedChanges, read_changes
from reverse_match.programme.changes.rows import rows_of
from reverse_match.programme.held_back import read_waits
from reverse_match.programme.precedence import PrecedenceSearch, PrecedenceTerms, arrivals
from reverse_match.programme.rotation_input import RolesOfPeople
from reverse_match.scoring.own_data import bind, refuse_missing
from reverse_match.solver.pairs.memory import DEFAULT_MEMORY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from reverse_match.foundation.progress import Progress
    from reverse_match.matching.results.logged_change import Precedence
    from reverse_match.matching.results.matching import Duo, Matching
    from reverse_match.people.cohort import Cohort
    from reverse_match.people.participant import Participant
    from reverse_match.policy import Policy
    from reverse_match.policy.hold_back import HoldBack


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
    changes: Any = None,
    with_comments: bool = False,
    at_most_changes: int | None = None,
    charge: float | None = None,
    author: str | None = None,
    reason: str | None = None,
    on: date | str | None = None,
    threads: int | None = None,
    memory: int = DEFAULT_MEMORY,
    time_limit: float | None = None,
    progress: Callable[[Progress], None] | None = None,
    tables: Mapping[str, Any] | None = None,
    hold_back: HoldBack | str | None = None,
    joined: str | None = None,
) -> Matching:
    """Change a matching by hand, with as few other changes as demanded, and as well as possible.

    The returned matching is the best, by the policy's objective, of all in which the requests hold and at
    most ``at_most_changes`` other duos end. A duo *ends* when it is in the old matching and not in the new
    one. It *had to* end when this call forbids it or one of its people leaves. Any other duo that ends counts
    as a change, even if the only place of a person goes to a requested duo. New duos do not count. A person
    whose record is corrected (by ``changes``) keeps all that holds for them: their duo had to end only if the
    corrected record rules it out. A person who leaves and joins again in one call is treated so, too; a
    correction says it better, and the notes of the matching say so.

    People who were there before others joined, and have no duo, come before those others: where both could
    have the same places, as many of the earlier ones as possible have a duo. A policy with
    ``rotation.carry_over`` 0 gives no such precedence.

    Requests of earlier amendments still hold, except those that this call contradicts (it forbids a duo that
    was fixed by hand) or lifts by ``allow``; the limits of earlier amendments do not hold. Requests about
    people who leave, and their wishes to avoid somebody, do not count while they are away, and count again
    when they are back. What is amended in a draft never was: see :func:`publish`. In a round of a plan,
    people do not meet those whom they meet in other rounds, and absent people stay absent.

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
    changes : path, frame, or iterable of mappings, optional
        Changes of people, one in each row, with the columns ``id``, ``change`` (``decline``, ``leave``,
        ``return``, ``join``, ``correct``, ``capacity`` or ``wait``), ``partner`` (whom the person declines)
        and ``reason``. A row that joins, returns or corrects has further columns, those of a people file.
        In a row that corrects, filled cells are what is corrected, and ``(empty)`` empties a cell. Somebody
        can return with the record that ``join`` holds.
    with_comments : bool
        Whether the log keeps reasons and comments of ``changes`` in own words; it keeps their codes alone if
        not.
    at_most_changes : int, optional
        Largest number of other duos that may end. No limit if not given.
    charge : float, optional
        Points from 0 to 1 that each change costs, instead of a limit. The best matching then has the highest
        total minus charges; whatever the objective puts before the total still comes first.
    author, reason : str, optional
        Name of the person who asks, and the reason, for the log. Both must be given where the policy has
        ``log="signed"``; a reason in each row of ``changes`` is one, too.
    on : date or str, optional
        The day of the amendment, for the log.
    threads, memory, time_limit, progress, tables
        As for :func:`match`.
    hold_back : HoldBack or str, optional
        A new duo that scores less than this is not formed yet, unless it is asked for: ``"0.6:0.3:60d"`` asks
        for 0.6 on the day on which somebody joins, falling to 0.3 after 60 days (:func:`replay`). It holds
        for this amendment, and not for later ones.
    joined : str, optional
        With ``hold_back``: heading of the column with the day on which each person joined. Waiting is counted
        from then up to the day ``on``.

    Returns
    -------
    Matching
        Matching of the people ``cohort.amended(leave=leave, join=join)`` under the same policy. The requests
        are additions to it (``added``), and its ``log`` has one more amendment.

    Raises
    ------
    CohortError
        If these are not the people of the matching, or the leaving or joining people are wrong, or
        ``changes`` are: with every fault, its row and its heading.
    PolicyError
        If the matching has another policy, an unknown person is named, a pair is allowed that nobody kept
        apart by hand, a limit is wrong, or author or reason are missing in a signed log.
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
    (1, 0.0756)
    >>> rm.verify(amended, cohort, matching.policy)
    """
    from reverse_match.verification.findings import refuse_tampered_duos

    cohort = cohort.with_digest(matching.digests.cohort)
    if policy is not None:  # former duos of other years stay apart, whether or not they are said again
        policy = with_past(policy, duos_of_other_years(matching.policy))
    chosen = None if policy is None else bind(policy, cohort, tables, like=matching.policy)
    matching = matching.with_policy(bind(matching.policy, cohort, tables, like=chosen))
    refuse_missing(matching.policy)
    refuse_others(matching, cohort, chosen)
    refuse_tampered_duos(matching, cohort, threads)
    asked_changes = _read_changes(changes, matching, cohort, join, with_comments=with_comments)
    _refuse_unsigned(matching.policy, author, reason, asked_changes)
    leaving = leave if isinstance(leave, str) else (*leave, *asked_changes.left)
    after = _people_after(cohort, leaving, join, asked_changes)
    after = with_known_absentees(after, matching)
    request = RequestReader(matching, cohort, after, tuple(leaving)).read(
        fix, forbid, allow, at_most_changes, charge, asked_changes.declined
    )
    request = request.with_changes_of(asked_changes)
    record: dict[str, Any] = {"author": author, "reason": reason, "on": read_day(on)}
    asked = request.added_to(StandingRequests.of(matching))
    terms = _Terms(after, matching.policy, _added_policy(matching, asked, after, request.waiting))
    staying = _duos_that_may_stay(matching, request, terms)
    waits = read_waits(after, hold_back, joined, record["on"], staying)
    if waits is not None:
        record |= {"hold_back": waits.hold_back, "waited": waits.waited}
        terms = replace(terms, added=waits.added_to(terms.added, [*staying, *asked.fixed], matching.policy))
    options = RunOptions(threads, memory, time_limit, progress)
    added, charge_gap, options = _limit_changes(terms, staying, request, options)
    found, precedence = _match_in_turn(matching, request, terms, (staying, added), options)
    report = _report_changes(matching, found, {pair_key(pair) for pair in staying})
    amendment = Amendment(**record, **vars(request), charge_gap=charge_gap, precedence=precedence, **report)
    amended = found.with_log((*matching.log, amendment)).after(matching.rotation)
    amended = amended.as_published(matching.published, matching.amended_as_draft)
    return stating(amended, statement_of(matching))


def _read_changes(
    changes: Any,
    matching: Matching,
    cohort: Cohort,
    join: Iterable[Mapping[str, Any] | Participant],
    *,
    with_comments: bool,
) -> AskedChanges:
    """Return what a table of changes asks for; nothing without one."""
    if changes is None:
        return AskedChanges(unexplained=True)
    away = {**known_people(matching), **{id_key(name): name for name in cohort.away}}
    absent = [name for key, name in away.items() if key not in cohort.position]
    return read_changes(
        rows_of(changes), matching, cohort, absent, _ids_of(join), with_comments=with_comments
    )


def _refuse_unsigned(policy: Policy, author: str | None, reason: str | None, asked: AskedChanges) -> None:
    """Raise an error if the policy wants a signed log, and nobody says who asks, or why."""
    if policy.log != "signed":
        return
    faults = []
    if not (author or "").strip():
        message = "missing, and the policy asks for a signed log; right would be who asks (--author)"
        faults.append(Fault(message, column="author", code="missing"))
    if not (reason or "").strip() and asked.unexplained:
        message = (
            "missing, and the policy asks for a signed log; right would be why (--reason, or a reason in "
            "each row of the changes)"
        )
        faults.append(Fault(message, column="reason", code="missing"))
    if faults:
        raise PolicyError(faults)


def _people_after(
    cohort: Cohort,
    leaving: Iterable[str],
    join: Iterable[Mapping[str, Any] | Participant],
    asked: AskedChanges,
) -> Cohort:
    """Return the people after all that was asked.

    Raises
    ------
    CohortError
        If somebody leaves by an argument whom a row corrects or lets wait, or as for :meth:`.Cohort.amended`.
    """
    keys = set() if isinstance(leaving, str) else set(map(id_key, leaving))
    both = sorted(
        {change.person for change in asked.logged if change.kind in ("corrected", "waiting")}
        & {change.person for change in asked.logged if id_key(change.person) in keys}
    )
    if both:
        raise CohortError(
            Fault(
                f"'{name}' leaves, and a row of the changes says something else; right would be one of "
                "the two",
                column="leave",
                code="contradictory",
            )
            for name in both
        )
    notes = [*asked.source.notes, *_notes_on_new_records(keys, join, cohort)]
    return amended_people(cohort, leaving, join, asked.joined, asked.corrected, notes=notes)


def _notes_on_new_records(
    leaving: set[str], join: Iterable[Mapping[str, Any] | Participant], cohort: Cohort
) -> list[Fault]:
    """Return a note for each person who leaves and joins at once: a correction is what is meant."""
    names = [
        cohort.participants[cohort.position[key]].id
        for key in map(id_key, _ids_of(join))
        if key in leaving and key in cohort.position
    ]
    return [
        Fault(
            f"'{name}' leaves and joins at once, and the log says so; a correction would be the change "
            "'correct'",
            column="join",
            code="id-twice",
        )
        for name in names
    ]


def _ids_of(join: Iterable[Mapping[str, Any] | Participant]) -> list[str]:
    ids = [one.get("id") if hasattr(one, "get") else getattr(one, "id", None) for one in join]
    return [name for name in ids if isinstance(name, str)]


def _match_in_turn(
    matching: Matching,
    request: AmendmentRequest,
    terms: _Terms,
    kept: tuple[tuple[Pair, ...], Added],
    options: RunOptions,
) -> tuple[Matching, tuple[Precedence, ...]]:
    """Return the amended matching, and who came first in it because others joined later."""
    staying, added = kept
    watch = options.watch()
    found = match_in_force(terms.people, terms.policy, added, options)
    returned = {id_key(change.person) for change in request.logged if change.kind == "returned"}
    new = [name for name in request.joined if id_key(name) not in returned]
    arrived = arrivals(matching.log, [name for name in new if id_key(name) not in _keys(request.left)])
    if not arrived or not terms.policy.rotation.carry_over:
        return found, ()
    further = options.after(watch)
    order = PrecedenceTerms(terms.people, terms.policy, staying, arrived, added.without_partner)
    search = PrecedenceSearch(
        order, lambda more: match_in_force(terms.people, terms.policy, more, further), further
    )
    return search.search(found, added)


def _keys(names: Iterable[str]) -> set[str]:
    return set(map(id_key, names))


def _duos_that_may_stay(matching: Matching, request: AmendmentRequest, terms: _Terms) -> tuple[Pair, ...]:
    """Return the duos that need not end.

    They are neither forbidden, nor duos of somebody who leaves or waits, nor ruled out by a person's new
    record.
    """
    banned = set(map(people_of, request.forbidden))
    left, joined = _keys(request.left), _keys(request.joined)
    without = (left - joined) | _keys(request.waiting)
    pairs = [(duo.mentor, duo.mentee) for duo in matching.duos]
    stay = [pair for pair in pairs if people_of(pair) not in banned and people_of(pair).isdisjoint(without)]
    anew = left | _keys(request.corrected)
    corrected = [pair for pair in stay if not people_of(pair).isdisjoint(anew)]
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


def _added_policy(
    matching: Matching, asked: StandingRequests, after: Cohort, waiting: tuple[str, ...]
) -> Added:
    """Return the additions to the policy: the earlier ones, and all requests by hand so far.

    The day on which ages count stays the same.
    """
    added = replace_requests(drop_lost_roles(matching.added, after), asked, waiting)
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
