"""Changes a matching by hand: what was asked holds, little else changes, and the log says what it cost.

An amendment is an ordinary matching of the amended people under the amended policy (:mod:`.amended_policy`):
duos that were asked for are fixed, forbidden ones forbidden, and that few others end is a quota. So its
certificate proves that no matching with what was asked, and as few changes, is better.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from math import isfinite
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from reverse_match import cells
from reverse_match.amended_policy import (
    ByHand,
    Pair,
    demanding,
    keeping,
    people_of,
    policy_before,
    without_limit,
    without_people,
)
from reverse_match.amendment import Amendment
from reverse_match.charging import kept_under_charge
from reverse_match.errors import CohortError, Fault, PolicyError
from reverse_match.explanation import ScoredDuo
from reverse_match.forming import match
from reverse_match.garbage import collector_paused
from reverse_match.names.normalise import id_key
from reverse_match.names.suggestion import near_name
from reverse_match.policy.values import Pair as WrittenPair
from reverse_match.preparing import prepare
from reverse_match.resources import DEFAULT_MEMORY
from reverse_match.scoring.grid import ONE, exact, millionths_of_points, points
from reverse_match.solver.progress import Progress, Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from reverse_match.cohort import Cohort
    from reverse_match.matching import Duo, Matching
    from reverse_match.policy import Policy

_PAIRS = TypeAdapter(tuple[WrittenPair, ...])
_SIDES = ("mentor", "mentee")


@dataclass(frozen=True)
class _Request:
    """What was asked, ids as the cohort spells them; the fields of an :class:`Amendment`."""

    fixed: tuple[Pair, ...]
    forbidden: tuple[Pair, ...]
    left: tuple[str, ...]
    joined: tuple[str, ...]
    at_most_changes: int | None
    charge: float | None


@dataclass(frozen=True)
class _Means:
    """What the work may use."""

    threads: int | None
    memory: int
    time_limit: float | None
    progress: Callable[[Progress], None] | None


def amend(
    matching: Matching,
    cohort: Cohort,
    policy: Policy | None = None,
    *,
    fix: Iterable[Pair] = (),
    forbid: Iterable[Pair] = (),
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

    What was asked by earlier amendments still holds, but for what this one contradicts (a duo that was fixed
    by hand, and is forbidden now) and for people who leave; their limits do not.

    Parameters
    ----------
    matching : Matching
        What is changed; it stays as it is.
    cohort : Cohort
        The people it was formed of.
    policy : Policy, optional
        The policy it followed: the one before any amendment, or the one stored in it, which counts if none is
        given.
    fix : iterable of pairs of ids
        Duos that must be, mentor first.
    forbid : iterable of pairs of ids
        People who must be no duo, whoever would be the mentor.
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
        Of the people ``cohort.amended(leave=leave, join=join)`` under the policy that stands in it. Its
        ``log`` has one amendment more.

    Raises
    ------
    CohortError
        If these are not the people that were matched, or those who leave or join are wrong.
    PolicyError
        If the matching followed another policy, somebody is named who is not there, or a limit is wrong.
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
    >>> rm.verify(amended, cohort, amended.policy)
    """
    policy_then = policy_before(matching)
    _refuse_others(matching, cohort, policy, policy_then)
    leaving = leave if isinstance(leave, str) else tuple(leave)
    after = cohort.amended(leave=leaving, join=join)
    request = _Request(
        fixed=_pairs(fix, "fix", after),
        forbidden=_pairs(forbid, "forbid", after),
        left=tuple(sorted(_spelled(cohort, identity) for identity in leaving)),
        joined=_joined(cohort, after, leaving),
        at_most_changes=at_most_changes,
        charge=charge,
    )
    _refuse_limits(request)
    record: dict[str, Any] = {"author": author, "reason": reason, "on": _day(on)}
    asked = ByHand.of(matching.log).after(request.fixed, request.forbidden, request.left)
    same_day = _on_the_same_day(without_people(policy_then, request.left), matching, after)
    staying = _that_may_stay(matching, request)
    means = _Means(threads, memory, time_limit, progress)
    amended, charge_gap, means = _limited(demanding(same_day, asked), after, staying, request, means)
    found = match(after, amended, **vars(means))
    told = _told(matching, found, set(map(_key, staying)))
    amendment = Amendment(**record, **vars(request), charge_gap=charge_gap, **told)
    return found.with_log((*matching.log, amendment)).after(matching.rotation)


def _refuse_others(matching: Matching, cohort: Cohort, policy: Policy | None, policy_then: Policy) -> None:
    """Raise an error if people, day or policy are not those of the matching."""
    if not cohort.has_digest(matching.digests.cohort):
        message = (
            "these are not the people that were matched: the digest of their records differs; "
            "right would be the people as they were then"
        )
        raise CohortError([Fault(message, cohort.source.name)])
    if matching.as_of and cohort.as_of and matching.as_of != cohort.as_of:
        message = f"read as of {cohort.as_of}, but the matching counts ages on {matching.as_of}; say that day"
        raise CohortError([Fault(message, cohort.source.name)])
    if policy is None or policy == matching.policy:
        return
    given = without_people(
        without_limit(policy), [identity for earlier in matching.log for identity in earlier.left]
    )
    if given.as_of is None:
        given = given.model_copy(update={"as_of": policy_then.as_of})
    if given != policy_then:
        message = (
            "the matching followed another policy than the one given; right would be that one, or none: "
            "then the one stored in the matching counts"
        )
        raise PolicyError([Fault(message)])


def _refuse_limits(request: _Request) -> None:
    most, charge = request.at_most_changes, request.charge
    if most is not None and charge is not None:
        message = "goes with no at_most_changes; give a limit, or a charge for each change"
        raise PolicyError([Fault(message, column="charge")])
    if most is not None and not (_is_whole(most) and most >= 0):
        raise PolicyError([Fault("right would be a whole number, 0 or more", column="at_most_changes")])
    if charge is None or (_is_number(charge) and 0 <= charge <= 1 and _is_on_grid(charge)):
        return
    message = "right would be points from 0 to 1, with at most six decimals"
    raise PolicyError([Fault(message, column="charge")])


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_on_grid(number: float) -> bool:
    return millionths_of_points(number) is not None


def _day(on: date | str | None) -> date | None:
    try:
        return cells.calendar_date(on)
    except cells.CellError as error:
        raise PolicyError([Fault(str(error), column="on")]) from None


def _pairs(given: Iterable[Pair], what: str, cohort: Cohort) -> tuple[Pair, ...]:
    """Return pairs of ids as the cohort spells them, sorted, each once."""
    try:
        pairs = _PAIRS.validate_python(tuple(given))
    except (TypeError, ValidationError):
        message = "right would be a list of pairs of ids such as [('lea', 'ada')], mentor first"
        raise PolicyError([Fault(message, column=what)]) from None
    faults = [
        Fault(wrong, column=f"{what}[{place}][{side}]")
        for place, pair in enumerate(pairs)
        for side, identity in enumerate(pair)
        if (wrong := _wrong_with(identity, side, cohort, ordered=what == "fix"))
    ]
    if faults:
        raise PolicyError(faults)
    return tuple(sorted({(_spelled(cohort, one), _spelled(cohort, other)) for one, other in pairs}))


def _wrong_with(identity: str, side: int, cohort: Cohort, *, ordered: bool) -> str | None:
    """Say what is wrong with one end of a pair, if anything is."""
    place = cohort.position.get(id_key(identity))
    if place is None:
        near = near_name(identity, (person.id for person in cohort.participants))
        hint = f"; did you mean '{near}'?" if near is not None else ""
        return f"nobody in the cohort, as amended, has the id '{identity}'{hint}"
    person = cohort.participants[place]
    if ordered and not (person.teaches, person.learns)[side]:
        return f"'{person.id}' is no {_SIDES[side]}: role {person.role}; a duo names the mentor first"
    return None


def _spelled(cohort: Cohort, identity: str) -> str:
    return cohort.participants[cohort.position[id_key(identity)]].id


def _joined(before: Cohort, after: Cohort, leaving: Iterable[str]) -> tuple[str, ...]:
    stay = before.position.keys() - set(map(id_key, leaving))
    return tuple(sorted(person.id for person in after.participants if id_key(person.id) not in stay))


def _key(pair: Pair) -> Pair:
    return id_key(pair[0]), id_key(pair[1])


def _that_may_stay(matching: Matching, request: _Request) -> tuple[Pair, ...]:
    """Return the duos that need not end: neither forbidden, nor of somebody who leaves."""
    banned = set(map(people_of, request.forbidden))
    gone = set(map(id_key, request.left))
    pairs = [(duo.mentor, duo.mentee) for duo in matching.duos]
    return tuple(pair for pair in pairs if people_of(pair) not in banned and gone.isdisjoint(people_of(pair)))


def _on_the_same_day(policy: Policy, matching: Matching, cohort: Cohort) -> Policy:
    """Return a policy under which ages count as they did: the day does not move by itself."""
    if policy.as_of is not None or cohort.as_of is not None or matching.as_of is None:
        return policy
    return policy.model_copy(update={"as_of": matching.as_of})


def _limited(
    policy: Policy, cohort: Cohort, staying: tuple[Pair, ...], request: _Request, means: _Means
) -> tuple[Policy, float | None, _Means]:
    """Return a policy that limits changes, what a charge leaves open, and the means that are left."""
    if request.charge is None:
        most = len(staying) if request.at_most_changes is None else request.at_most_changes
        return keeping(policy, staying, len(staying) - most), None, means
    if not staying:
        return policy, 0.0, means
    began, watch = time.monotonic(), Watch(means.progress, means.time_limit)
    watch.step("score pairs")
    with collector_paused():
        counting = keeping(policy, staying, len(staying))
        prepared = prepare(cohort, counting, means.memory, means.threads)
        charge = int(exact(request.charge) * prepared.worth.full)
        charged = kept_under_charge(prepared, charge, watch)
    if charged is None:  # the other quotas cannot be kept, and the match says why
        return policy, None, means
    left = None if means.time_limit is None else max(0.0, means.time_limit - (time.monotonic() - began))
    going_on = replace(means, time_limit=left, progress=_going_on(means.progress, watch.state))
    return keeping(policy, staying, charged.kept), charged.gap, going_on


def _going_on(tell: Callable[[Progress], None] | None, done: Progress) -> Callable[[Progress], None] | None:
    """Return what tells of further work that it comes on top of what was done."""
    if tell is None:
        return None
    return lambda state: tell(
        replace(
            state,
            rounds=done.rounds + state.rounds,
            arcs=max(done.arcs, state.arcs),
            pairs=done.pairs + state.pairs,
        )
    )


def _told(before: Matching, after: Matching, staying: set[Pair]) -> dict[str, Any]:
    """Return what an amendment tells of the duos: which have ended, which are new, and what it cost."""
    then, now = (
        {_key((duo.mentor, duo.mentee)): duo for duo in matching.duos} for matching in (before, after)
    )
    ended = [duo for key, duo in then.items() if key not in now]
    new = [duo for key, duo in now.items() if key not in then]
    rescored = sum(_whole(now[key]) - _whole(duo) for key, duo in then.items() if key in now)
    return {
        "changes": sum(_key((duo.mentor, duo.mentee)) in staying for duo in ended),
        "ended": _scored(ended),
        "new": _scored(new),
        "total_before": before.total,
        "total_after": after.total,
        "rescored": points(rescored),
        "cost": points(round(before.total * ONE) - round(after.total * ONE)),
        "duos_lost": len(ended) - len(new),
    }


def _whole(duo: Duo) -> int:
    return round(duo.score * ONE)


def _scored(duos: Sequence[Duo]) -> tuple[ScoredDuo, ...]:
    return tuple(ScoredDuo(mentor=duo.mentor, mentee=duo.mentee, score=duo.score) for duo in duos)
