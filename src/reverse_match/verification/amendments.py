"""What the log of a matching says: that the last amendment holds, and that policy and duos are what it left.

Earlier amendments speak of matchings that are not here; of them only what was fixed and forbidden counts, as
far as nothing later takes it back.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from reverse_match.errors import Finding
from reverse_match.names.normalise import id_key
from reverse_match.plural import counted
from reverse_match.policy import CountQuota, Fix, Forbid, Listed
from reverse_match.scoring.grid import ONE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reverse_match.amendment import Amendment
    from reverse_match.matching import Matching
    from reverse_match.policy import Rule
    from reverse_match.verification.people import People

    Pair = tuple[str, str]

THOSE_THAT_STAY = "kept duos"
"""What the quota is called that limits changes."""


def log_findings(matching: Matching, people: People) -> Iterator[Finding]:
    """Check the last amendment against people, policy and duos."""
    if not matching.log:
        return
    last = matching.log[-1]
    yield from _policy_findings(matching)
    yield from _people_findings(last, people)
    yield from _asked_findings(matching, last)
    yield from _change_findings(matching, last, people)
    yield from _sum_findings(matching, last)


def _finding(message: str) -> Finding:
    return Finding("log", message)


def _policy_findings(matching: Matching) -> Iterator[Finding]:
    """Check that the rules of the policy end with what the log says."""
    fixed: list[Pair] = []
    forbidden: list[Pair] = []
    for amendment in matching.log:
        gone = {id_key(name) for name in amendment.left}
        for earlier, contrary in ((fixed, amendment.forbidden), (forbidden, amendment.fixed)):
            taken_back = [_two(pair) for pair in contrary]
            earlier[:] = [pair for pair in earlier if _two(pair) not in taken_back and not _two(pair) & gone]
        fixed += [pair for pair in amendment.fixed if pair not in fixed]
        forbidden += [pair for pair in amendment.forbidden if pair not in forbidden]
    expected: list[Rule] = [Forbid(pairs=tuple(sorted(forbidden)))] if forbidden else []
    expected += [Fix(pairs=tuple(sorted(fixed)))] if fixed else []
    rules = list(matching.policy.rules)
    if rules[max(0, len(rules) - len(expected)) :] != expected:
        yield _finding("the rules of the policy do not end with what was fixed and forbidden by hand")


def _two(pair: Pair) -> set[str]:
    return {id_key(name) for name in pair}


def _people_findings(last: Amendment, people: People) -> Iterator[Finding]:
    here = {id_key(person.id) for person in people.cohort.participants}
    joined = {id_key(name) for name in last.joined}
    for name in last.left:
        if id_key(name) in here - joined:
            yield _finding(f"'{name}' is said to have left, but is in the cohort")
    for name in last.joined:
        if id_key(name) not in here:
            yield _finding(f"'{name}' is said to have joined, but is not in the cohort")


def _asked_findings(matching: Matching, last: Amendment) -> Iterator[Finding]:
    duos = {(id_key(duo.mentor), id_key(duo.mentee)) for duo in matching.duos}
    for mentor, mentee in last.fixed:
        if (id_key(mentor), id_key(mentee)) not in duos:
            yield _finding(f"'{mentor}' (mentor) and '{mentee}' (mentee) were asked for, but are no duo")
    for one, other in last.forbidden:
        if {(id_key(one), id_key(other)), (id_key(other), id_key(one))} & duos:
            yield _finding(f"'{one}' and '{other}' were forbidden, but are a duo")


def _change_findings(matching: Matching, last: Amendment, people: People) -> Iterator[Finding]:
    """Check which duos have ended and which are new, how many that are, and the quota that limits them."""
    scores = {(duo.mentor, duo.mentee): duo.score for duo in matching.duos}
    new = [(duo.mentor, duo.mentee) for duo in last.new]
    ended = [(duo.mentor, duo.mentee) for duo in last.ended]
    for listed, what in ((new, "new"), (ended, "ended")):
        if listed != sorted(set(listed)):
            yield _finding(f"the duos said to be {what} are not sorted, each once")
    for duo in last.new:
        if scores.get((duo.mentor, duo.mentee)) != duo.score:
            yield _finding(
                f"the duo of '{duo.mentor}' and '{duo.mentee}' is said to be new, but is not there"
            )
    known = {id_key(person.id) for person in people.cohort.participants} | {id_key(n) for n in last.left}
    for pair in ended:
        if pair in scores or not _two(pair) <= known:
            yield _finding(f"the duo of '{pair[0]}' and '{pair[1]}' is said to have ended, but cannot have")
    had_to = [pair for pair in ended if _had_to_end(pair, last)]
    if last.changes != len(ended) - len(had_to):
        yield _finding("the number of changes is not that of the duos that ended and did not have to")
    then = (set(scores) - set(new)) | set(ended)
    yield from _limit_findings(matching, last, {pair for pair in then if not _had_to_end(pair, last)})


def _had_to_end(pair: Pair, last: Amendment) -> bool:
    gone = {id_key(name) for name in last.left}
    return _two(pair) in [_two(banned) for banned in last.forbidden] or bool(_two(pair) & gone)


def _limit_findings(matching: Matching, last: Amendment, staying: set[Pair]) -> Iterator[Finding]:
    """Check the quota that keeps duos: of which, and how many."""
    if last.at_most_changes is not None and last.charge is not None:
        yield _finding("an amendment has a limit and a charge; it can only have one of them")
    if last.at_most_changes is not None and last.changes > last.at_most_changes:
        yield _finding(
            f"{counted(last.changes, 'duo')} changed, more than the {last.at_most_changes} that were allowed"
        )
    stated = [kept for quota in matching.policy.quotas if (kept := _stated(quota)) is not None]
    least = sum(kept[1] for kept in stated)
    limit = len(staying) if last.at_most_changes is None else last.at_most_changes
    if last.charge is not None:
        fits = least <= len(staying) - last.changes
    else:
        fits = least == max(0, len(staying) - limit)
    if not fits or stated not in ([], [(sorted(staying), least)]):
        yield _finding("the policy has no quota that keeps the duos there were, as far as the limit says")


def _stated(quota: Any) -> tuple[list[Pair], int] | None:
    """Return which duos a quota keeps, and how many; ``None`` for any other quota."""
    if not (isinstance(quota, CountQuota) and quota.name == THOSE_THAT_STAY and isinstance(quota.of, Listed)):
        return None
    return sorted(quota.of.pairs), quota.at_least or 0


def _sum_findings(matching: Matching, last: Amendment) -> Iterator[Finding]:
    """Check totals and costs against the duos, as far as they are here."""
    whole = Counter[str]()
    for duo in last.ended:
        whole["ended"] += round(duo.score * ONE)
    for duo in last.new:
        whole["new"] += round(duo.score * ONE)
    before, after, cost, rescored = (
        round(value * ONE) for value in (last.total_before, last.total_after, last.cost, last.rescored)
    )
    if last.total_after != matching.total or cost != before - after:
        yield _finding("the totals before and after, and the cost, do not fit each other and the matching")
    if cost != whole["ended"] - whole["new"] - rescored:
        yield _finding("the cost is not what the duos that ended scored more than those that are new")
    if rescored and not (last.left or last.joined):
        yield _finding("duos that stay are said to score otherwise, though nobody left or joined")
    if last.duos_lost != len(last.ended) - len(last.new):
        yield _finding("the number of duos lost is not that of those that ended, less those that are new")
