"""Checks the log of changes by hand.

The log states for each amendment its requests, the duos that it ended and formed, and their cost. The
matchings in between are not stored. But their duos can be computed from the last matching backwards, and the
statements of all amendments must fit together. Scores of people whose records are unchanged are computed
again; other scores must fit the sums.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reverse_match.foundation.errors import Finding
from reverse_match.foundation.fixed_point import ONE, points
from reverse_match.foundation.names import id_key
from reverse_match.policy import CountQuota, Listed
from reverse_match.verification.added import disorder, keys_of
from reverse_match.verification.logged_changes import logged_faults, precedence_faults, unsigned_faults

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reverse_match.matching.results.amendment import Amendment
    from reverse_match.matching.results.matching import Matching
    from reverse_match.verification.claim import Claim
    from reverse_match.verification.people import PeopleIndex

    Pair = tuple[str, str]


THOSE_THAT_STAY = "kept duos"
"""Name of the quota that limits the number of changes."""


def log_findings(claim: Claim) -> Iterator[Finding]:
    """Check the last amendment against people, policy and duos, and scores since people last changed."""
    if claim.matching.log:
        yield from _people_findings(claim.matching.log, claim.people)
        yield from _last_findings(claim)
        yield from _score_findings(claim)


def chain_findings(matching: Matching) -> Iterator[Finding]:
    """Check, without people, that the amendments fit each other, their sums, and the duos."""
    now: dict[Pair, float | None] = {(duo.mentor, duo.mentee): duo.score for duo in matching.duos}
    total = matching.total
    if matching.policy.log == "signed":
        yield from map(_finding, unsigned_faults(matching.log))
    for amendment in reversed(matching.log):
        if amendment.total_after != total:
            yield _finding("the total after an amendment is not that of the duos it left")
        yield from _request_findings(amendment, set(now))
        yield from _change_findings(amendment, now, matching.forgotten)
        yield from _sum_findings(amendment)
        now, total = duos_before(amendment, now), amendment.total_before
        scores = [score for score in now.values() if score is not None]
        yield from _joining_findings(amendment, now)
        if len(scores) == len(now) and points(sum(round(score * ONE) for score in scores)) != total:
            yield _finding("the total before an amendment is not that of the duos there were")


def _joining_findings(amendment: Amendment, then: Mapping[Pair, float | None]) -> Iterator[Finding]:
    """Check that nobody is said to join who was in a duo before and had not left."""
    there = {id_key(name) for pair in then for name in pair} - {id_key(name) for name in amendment.left}
    for name in amendment.joined:
        if id_key(name) in there:
            yield _finding(f"'{name}' is said to have joined, but was there")


def duos_before(amendment: Amendment, now: Mapping[Pair, float | None]) -> dict[Pair, float | None]:
    """Return the duos before an amendment, with their scores where these are known."""
    other_people = amendment.changes_people
    new = {(duo.mentor, duo.mentee) for duo in amendment.new}
    then = {pair: None if other_people else score for pair, score in now.items() if pair not in new}
    return then | {(duo.mentor, duo.mentee): float(duo.score) for duo in amendment.ended}


def _finding(message: str) -> Finding:
    return Finding("log", message)


def _request_findings(amendment: Amendment, duos: set[Pair]) -> Iterator[Finding]:
    """Check that the duos after an amendment satisfy its requests."""
    there = {(id_key(mentor), id_key(mentee)) for mentor, mentee in duos}
    for mentor, mentee in amendment.fixed:
        if (id_key(mentor), id_key(mentee)) not in there:
            yield _finding(f"'{mentor}' (mentor) and '{mentee}' (mentee) were asked for, but are no duo")
    for one, other in amendment.forbidden:
        if {(id_key(one), id_key(other)), (id_key(other), id_key(one))} & there:
            yield _finding(f"'{one}' and '{other}' were forbidden, but are a duo")
    lists = ("fixed", "forbidden", "lifted", "left", "joined", "avoided", "corrected", "waiting")
    yield from map(_finding, disorder(amendment, *lists))
    yield from map(_finding, logged_faults(amendment, duos))
    left = {id_key(name) for name in amendment.left}
    if not (amendment.keeps_away or left):
        yield _finding("an amendment is said to forget what was said of who left, but nobody has")
    for one, other in amendment.avoided:
        if id_key(one) not in left:
            yield _finding(f"'{one}' is said to avoid '{other}' by an old record, but has not left")


def _change_findings(
    amendment: Amendment, now: Mapping[Pair, float | None], forgotten: Sequence[str]
) -> Iterator[Finding]:
    """Check the ended and the new duos against the duos after an amendment."""
    new = [(duo.mentor, duo.mentee) for duo in amendment.new]
    ended = [(duo.mentor, duo.mentee) for duo in amendment.ended]
    for listed, what in ((new, "new"), (ended, "ended")):
        if listed != sorted(set(listed)):
            yield _finding(f"the duos said to be {what} are not sorted, each once")
    for duo in amendment.new:
        pair = (duo.mentor, duo.mentee)
        if pair not in now or now[pair] not in (duo.score, None):
            yield _finding(
                f"the duo of '{duo.mentor}' and '{duo.mentee}' is said to be new, but is not there"
            )
    for pair in ended:
        if pair in now:
            yield _finding(f"the duo of '{pair[0]}' and '{pair[1]}' is said to have ended, but cannot have")
    yield from _count_findings(amendment, ended, frozenset(forgotten))


def _count_findings(amendment: Amendment, ended: list[Pair], forgotten: frozenset[str]) -> Iterator[Finding]:
    """Check the stated number of changed duos, and the number that was allowed.

    Whether somebody had forbidden a duo of a person who was erased is not known any more.
    """
    known = [pair for pair in ended if forgotten.isdisjoint(pair)]
    least = sum(not _had_to_end(pair, amendment, may=True) for pair in known)
    most = sum(not _had_to_end(pair, amendment, may=False) for pair in ended)
    if not least <= amendment.changes <= most:
        yield _finding("the number of changes is not that of the duos that ended and did not have to")
    if amendment.at_most_changes is not None and amendment.charge is not None:
        yield _finding("an amendment has a limit and a charge; it can only have one of them")
    if amendment.at_most_changes is not None and amendment.changes > amendment.at_most_changes:
        yield _finding(
            f"{amendment.changes} duos changed, more than the {amendment.at_most_changes} that were allowed"
        )
    if amendment.charge is None and amendment.charge_gap is not None:
        yield _finding("a charge is said to leave something open, but there was none")


def _had_to_end(pair: Pair, amendment: Amendment, *, may: bool) -> bool:
    """Say whether a duo had to end; ``may`` counts it as such if one of the two has a new record."""
    if keys_of(pair) in [keys_of(banned) for banned in amendment.forbidden]:
        return True
    left, joined, waiting, corrected = (
        frozenset(map(id_key, names))
        for names in (amendment.left, amendment.joined, amendment.waiting, amendment.corrected)
    )
    gone = left | corrected if may or not amendment.keeps_away else left - joined
    return bool(keys_of(pair) & (gone | waiting))


def _people_findings(log: Sequence[Amendment], people: PeopleIndex) -> Iterator[Finding]:
    """Check the people who left and joined, one amendment after the other, against the cohort."""
    here, last = {id_key(person.id) for person in people.cohort.participants}, log[-1]
    away: set[str] = set()
    there: set[str] = set()
    for amendment in log:
        left, joined = (set(map(id_key, names)) for names in (amendment.left, amendment.joined))
        for key in sorted((left & away) | (joined & (there - left))):
            yield _finding(f"'{key}' is said to have left, or to have joined, twice in a row")
        away, there = (away | left) - joined, (there - left) | joined
    for key in sorted(away & here):
        yield _finding(f"'{key}' is said to have left, but is in the cohort")
    for key in sorted(there - here):
        yield _finding(f"'{key}' is said to have joined, but is not in the cohort")
    for name in (*last.corrected, *last.waiting):
        if id_key(name) not in here:
            yield _finding(f"'{name}' is said to have been corrected, or to wait, but is not in the cohort")
    known = here | {id_key(name) for name in last.left}
    for duo in last.ended:
        if not keys_of((duo.mentor, duo.mentee)) <= known:
            yield _finding(
                f"the duo of '{duo.mentor}' and '{duo.mentee}' is said to have ended, but cannot have"
            )


def _last_findings(claim: Claim) -> Iterator[Finding]:
    """Check the number of duos that the last amendment changed, and the quota that limits it."""
    matching, last = claim.matching, claim.matching.log[-1]
    now: dict[Pair, float | None] = {(duo.mentor, duo.mentee): duo.score for duo in matching.duos}
    staying = {pair for pair in duos_before(last, now) if _could_stay(pair, last, claim)}
    ended = {(duo.mentor, duo.mentee) for duo in last.ended}
    if last.changes != len(ended & staying):
        yield _finding("the number of changes is not that of the duos that ended and did not have to")
    first, quotas = list(last.precedence), list(matching.added.quotas)
    kept_only = quotas[: len(quotas) - len(first)] if first else quotas
    yield from map(_finding, precedence_faults(claim, staying, quotas[len(kept_only) :]))
    stated = [_kept_quota(quota) for quota in kept_only]
    least = sum(kept[1] for kept in stated if kept is not None)
    limit = len(staying) if last.at_most_changes is None else last.at_most_changes
    if last.charge is not None:
        fits = least <= len(staying) - last.changes
    else:
        fits = least == max(0, len(staying) - limit)
    if not fits or stated not in ([], [(sorted(staying), least)]):
        yield _finding("the policy has no quota that keeps the duos there were, as far as the limit says")


def _could_stay(pair: Pair, last: Amendment, claim: Claim) -> bool:
    if _had_to_end(pair, last, may=False):
        return False
    return not _had_to_end(pair, last, may=True) or claim.possible(pair)


def _kept_quota(quota: Any) -> tuple[list[Pair], int] | None:
    """Return the duos that a quota keeps, and the number of them; ``None`` for any other quota."""
    if not (isinstance(quota, CountQuota) and quota.name == THOSE_THAT_STAY and isinstance(quota.of, Listed)):
        return None
    return list(quota.of.pairs), quota.at_least or 0


def _sum_findings(amendment: Amendment) -> Iterator[Finding]:
    """Check the totals and the cost of an amendment against its duos."""
    ended, new = _total_millionths(amendment.ended), _total_millionths(amendment.new)
    before, after, cost, rescored = (
        round(value * ONE)
        for value in (amendment.total_before, amendment.total_after, amendment.cost, amendment.rescored)
    )
    if cost != before - after:
        yield _finding("the totals before and after, and the cost, do not fit each other and the matching")
    if cost != ended - new - rescored:
        yield _finding("the cost is not what the duos that ended scored more than those that are new")
    if rescored and not amendment.changes_people:
        yield _finding("duos that stay are said to score otherwise, though nobody left or joined")
    if amendment.duos_lost != len(amendment.ended) - len(amendment.new):
        yield _finding("the number of duos lost is not that of those that ended, less those that are new")


def _total_millionths(duos: Iterable[Any]) -> int:
    return sum(round(duo.score * ONE) for duo in duos)


def _score_findings(claim: Claim) -> Iterator[Finding]:
    """Recompute the scores of ended duos, for all amendments since the people last changed."""
    for amendment in reversed(claim.matching.log):
        if amendment.changes_people:
            return
        for duo in amendment.ended:
            pair = (duo.mentor, duo.mentee)
            if claim.without_place(pair) or claim.score(pair) != duo.score:
                yield _finding(f"the duo of '{pair[0]}' and '{pair[1]}' is said to have scored otherwise")
