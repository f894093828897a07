"""What a matching says of changes: those made by hand, and those of the rotation that formed it.

*By hand.* The log says of each amendment what it asked, which duos it ended and formed, and what that cost.
The matchings in between are not stored. But the duos of each can be found from the last one backwards, and
what one amendment says must fit what the others say. Scores of people whose records are still the same are
computed again; other scores must fit the sums.

*By rotation.* The changes of a further round are those between it and the round before. The matching of that
round is not stored either. Only the rule on former partners and the credits tell of it, and changes by hand
since then are undone with the log. The reasons of the changes are checked in :mod:`.rotation_reasons`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reverse_match.foundation.errors import Finding
from reverse_match.foundation.fixed_point import ONE, points
from reverse_match.foundation.names import id_key
from reverse_match.policy import CountQuota, Listed, NotMetBefore
from reverse_match.policy.conditions import parts_of
from reverse_match.verification.beside import FORMER_PARTNERS, keys_of
from reverse_match.verification.rotation_reasons import Terms, reason_findings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from reverse_match.matching.results.amendment import Amendment
    from reverse_match.matching.results.matching import Matching
    from reverse_match.matching.results.rotation import Change, Rotation
    from reverse_match.verification.few_pairs import FewPairs
    from reverse_match.verification.people import PeopleIndex

    Pair = tuple[str, str]


THOSE_THAT_STAY = "kept duos"
"""What the quota is called that limits changes."""


def log_findings(matching: Matching, few: FewPairs) -> Iterator[Finding]:
    """Check the last amendment against people, policy and duos, and scores as far as people are the same."""
    if not matching.log:
        return
    last = matching.log[-1]
    yield from _people_findings(matching.log, few.people)
    yield from _last_findings(matching, last, few)
    yield from _score_findings(matching, few)


def chain_findings(matching: Matching) -> Iterator[Finding]:
    """Check without any people that amendments fit each other, their sums, and the duos."""
    now: dict[Pair, float | None] = {(duo.mentor, duo.mentee): duo.score for duo in matching.duos}
    total = matching.total
    for amendment in reversed(matching.log):
        if amendment.total_after != total:
            yield _finding("the total after an amendment is not that of the duos it left")
        yield from _request_findings(amendment, set(now))
        yield from _change_findings(amendment, now)
        yield from _sum_findings(amendment)
        now, total = duos_before(amendment, now), amendment.total_before
        scores = [score for score in now.values() if score is not None]
        yield from _joining_findings(amendment, now)
        if len(scores) == len(now) and points(sum(round(score * ONE) for score in scores)) != total:
            yield _finding("the total before an amendment is not that of the duos there were")


def _joining_findings(amendment: Amendment, then: Mapping[Pair, float | None]) -> Iterator[Finding]:
    """Check that nobody is said to join who was in a duo before, and had not left."""
    there = {id_key(name) for pair in then for name in pair} - {id_key(name) for name in amendment.left}
    for name in amendment.joined:
        if id_key(name) in there:
            yield _finding(f"'{name}' is said to have joined, but was there")


def duos_before(amendment: Amendment, now: Mapping[Pair, float | None]) -> dict[Pair, float | None]:
    """Return the duos before an amendment, with their scores where they are known."""
    other_people = bool(amendment.left or amendment.joined)
    new = {(duo.mentor, duo.mentee) for duo in amendment.new}
    then = {pair: None if other_people else score for pair, score in now.items() if pair not in new}
    return then | {(duo.mentor, duo.mentee): float(duo.score) for duo in amendment.ended}


def _finding(message: str) -> Finding:
    return Finding("log", message)


def _request_findings(amendment: Amendment, duos: set[Pair]) -> Iterator[Finding]:
    """Check that what was asked held in the duos that an amendment left."""
    there = {(id_key(mentor), id_key(mentee)) for mentor, mentee in duos}
    for mentor, mentee in amendment.fixed:
        if (id_key(mentor), id_key(mentee)) not in there:
            yield _finding(f"'{mentor}' (mentor) and '{mentee}' (mentee) were asked for, but are no duo")
    for one, other in amendment.forbidden:
        if {(id_key(one), id_key(other)), (id_key(other), id_key(one))} & there:
            yield _finding(f"'{one}' and '{other}' were forbidden, but are a duo")
    for what in ("fixed", "forbidden", "lifted", "left", "joined", "avoided"):
        listed: list[Any] = list(getattr(amendment, what))
        if listed != sorted(set(listed)):
            yield _finding(f"what stands under {what} is not sorted, each once")
    left = {id_key(name) for name in amendment.left}
    if not (amendment.keeps_away or left):
        yield _finding("an amendment is said to forget what was said of who left, but nobody has")
    for one, other in amendment.avoided:
        if id_key(one) not in left:
            yield _finding(f"'{one}' is said to avoid '{other}' by an old record, but has not left")


def _change_findings(amendment: Amendment, now: Mapping[Pair, float | None]) -> Iterator[Finding]:
    """Check which duos have ended and which are new, against the duos that an amendment left."""
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
    yield from _count_findings(amendment, ended)


def _count_findings(amendment: Amendment, ended: list[Pair]) -> Iterator[Finding]:
    """Check how many duos are said to have changed, and how many were allowed to."""
    least = sum(not _had_to_end(pair, amendment, may=True) for pair in ended)
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
    """Say whether a duo had to end; ``may`` says it of one of somebody with a new record."""
    if keys_of(pair) in [keys_of(banned) for banned in amendment.forbidden]:
        return True
    left, joined = (frozenset(map(id_key, names)) for names in (amendment.left, amendment.joined))
    return bool(keys_of(pair) & (left if may or not amendment.keeps_away else left - joined))


def _people_findings(log: Sequence[Amendment], people: PeopleIndex) -> Iterator[Finding]:
    """Check who has left and joined, one amendment after the other, against who is there."""
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
    known = here | {id_key(name) for name in last.left}
    for duo in last.ended:
        if not keys_of((duo.mentor, duo.mentee)) <= known:
            yield _finding(
                f"the duo of '{duo.mentor}' and '{duo.mentee}' is said to have ended, but cannot have"
            )


def _last_findings(matching: Matching, last: Amendment, few: FewPairs) -> Iterator[Finding]:
    """Check how many duos the last amendment changed, and the quota that limits that."""
    now: dict[Pair, float | None] = {(duo.mentor, duo.mentee): duo.score for duo in matching.duos}
    staying = {pair for pair in duos_before(last, now) if _could_stay(pair, last, few)}
    ended = {(duo.mentor, duo.mentee) for duo in last.ended}
    if last.changes != len(ended & staying):
        yield _finding("the number of changes is not that of the duos that ended and did not have to")
    stated = [_kept_quota(quota) for quota in matching.added.quotas]
    least = sum(kept[1] for kept in stated if kept is not None)
    limit = len(staying) if last.at_most_changes is None else last.at_most_changes
    if last.charge is not None:
        fits = least <= len(staying) - last.changes
    else:
        fits = least == max(0, len(staying) - limit)
    if not fits or stated not in ([], [(sorted(staying), least)]):
        yield _finding("the policy has no quota that keeps the duos there were, as far as the limit says")


def _could_stay(pair: Pair, last: Amendment, few: FewPairs) -> bool:
    if _had_to_end(pair, last, may=False):
        return False
    return not _had_to_end(pair, last, may=True) or few.possible(pair)


def _kept_quota(quota: Any) -> tuple[list[Pair], int] | None:
    """Return which duos a quota keeps, and how many; ``None`` for any other quota."""
    if not (isinstance(quota, CountQuota) and quota.name == THOSE_THAT_STAY and isinstance(quota.of, Listed)):
        return None
    return list(quota.of.pairs), quota.at_least or 0


def _sum_findings(amendment: Amendment) -> Iterator[Finding]:
    """Check totals and costs of an amendment against its duos."""
    ended, new = _total_millionths(amendment.ended), _total_millionths(amendment.new)
    before, after, cost, rescored = (
        round(value * ONE)
        for value in (amendment.total_before, amendment.total_after, amendment.cost, amendment.rescored)
    )
    if cost != before - after:
        yield _finding("the totals before and after, and the cost, do not fit each other and the matching")
    if cost != ended - new - rescored:
        yield _finding("the cost is not what the duos that ended scored more than those that are new")
    if rescored and not (amendment.left or amendment.joined):
        yield _finding("duos that stay are said to score otherwise, though nobody left or joined")
    if amendment.duos_lost != len(amendment.ended) - len(amendment.new):
        yield _finding("the number of duos lost is not that of those that ended, less those that are new")


def _total_millionths(duos: Iterable[Any]) -> int:
    return sum(round(duo.score * ONE) for duo in duos)


def _score_findings(matching: Matching, few: FewPairs) -> Iterator[Finding]:
    """Recompute the scores of ended duos, as far back as the people were the same."""
    for amendment in reversed(matching.log):
        if amendment.left or amendment.joined:
            return
        for duo in amendment.ended:
            pair = (duo.mentor, duo.mentee)
            if few.without_place(pair) or few.score(pair) != duo.score:
                yield _finding(f"the duo of '{pair[0]}' and '{pair[1]}' is said to have scored otherwise")


FIRST_ROTATION = 2
"""The round before which there was one round only."""
IN_ORDER = ("kept", "ended", "new", "waiting")


def rotation_findings(matching: Matching, few: FewPairs) -> Iterator[Finding]:
    """Check the changes of a further round against people, policy and credits, and their reasons."""
    if matching.rotation is not None:
        yield from _seat_findings(matching, matching.rotation, few)
        yield from reason_findings(matching, matching.rotation, few)


def round_findings(matching: Matching) -> Iterator[Finding]:
    """Check without any people that changes fit the duos, the log, and the duos that are remembered."""
    rotation = matching.rotation
    if rotation is None:
        return
    if rotation.round < 2:
        yield _rotation_finding(
            f"it is said to lead to round {rotation.round}; the first is a plain matching"
        )
    order = [(IN_ORDER.index(one.kind), one.mentor or "", one.mentee or "") for one in rotation.changes]
    if order != sorted(set(order)):
        yield _rotation_finding("changes are not sorted, each once")
    for what in ("forbidden", "lifted", "avoided"):
        pairs = list(getattr(rotation, what))
        if pairs != sorted(set(pairs)):
            yield _rotation_finding(f"what stands under {what} is not sorted, each once")
    yield from _duo_findings(matching, rotation)
    yield from _past_findings(matching, rotation)
    yield from _forbidden_findings(matching, rotation)
    yield from _from_history_findings(rotation)
    if not matching.log:
        yield from _waiting_findings(matching, rotation)


def _rotation_finding(message: str) -> Finding:
    return Finding("rotation", message)


def _key(mentor: str | None, mentee: str | None) -> Pair:
    return id_key(mentor or ""), id_key(mentee or "")


def _changes_of_kind(rotation: Rotation, *kinds: str) -> list[Change]:
    return [change for change in rotation.changes if change.kind in kinds]


def _duo_findings(matching: Matching, rotation: Rotation) -> Iterator[Finding]:
    """Check that kept and new duos are those of the round, before anything was changed by hand."""
    duos: dict[Pair, float | None] = {(duo.mentor, duo.mentee): duo.score for duo in matching.duos}
    for amendment in reversed(matching.log):
        duos = duos_before(amendment, duos)
    then = {_key(*pair): score for pair, score in duos.items()}
    told = {_key(one.mentor, one.mentee) for one in _changes_of_kind(rotation, "kept", "new")}
    if told != then.keys():
        yield _rotation_finding("the duos said to be kept and new are not those of the round")
    new = {_key(one.mentor, one.mentee) for one in _changes_of_kind(rotation, "new")}
    stays = _fixed_unswapped(matching, rotation)
    for change in _changes_of_kind(rotation, "ended"):
        back = new if change.reason == "by_hand" else stays
        if _current_keys(change, rotation) in then.keys() - back or _is_listed_as_current(
            change, told, matching
        ):
            yield _rotation_finding(
                f"the duo of '{change.mentor}' and '{change.mentee}' is said to have ended, but is there"
            )
    for change in _changes_of_kind(rotation, "kept", "new"):
        if then.get(_key(change.mentor, change.mentee)) not in (change.score, None):
            yield _rotation_finding(
                f"the duo of '{change.mentor}' and '{change.mentee}' is said to score otherwise"
            )


def _is_listed_as_current(ended: Change, there: set[Pair], matching: Matching) -> bool:
    """Say whether a duo is said to have ended and also to be there; in version 1 that could be true.

    One that both wanted to keep, with roles swapped, may have ended where the same two are one the other way.
    """
    if ended.reason in ("by_hand", "ruled_out", "better_otherwise") or matching.digests.version_1 is not None:
        return False
    return _key(ended.mentor, ended.mentee) in there


def _current_keys(change: Change, rotation: Rotation) -> Pair:
    pair = _key(change.mentor, change.mentee)
    return pair[::-1] if rotation.reciprocal else pair


def _past_findings(matching: Matching, rotation: Rotation) -> Iterator[Finding]:
    """Check that the policy remembers every duo of the round before, as ended on the day of the rotation."""
    ever, remembered = _past_pairs(matching), _past_pairs(matching, rotation.on)
    by_hand = {
        _key(one.mentor, one.mentee) for one in _changes_of_kind(rotation, "ended") if one.reason == "by_hand"
    }
    ended = {_key(one.mentor, one.mentee) for one in _changes_of_kind(rotation, "ended")} - by_hand
    kept = {
        pair for one in _changes_of_kind(rotation, "kept") for pair in _predecessors(one, matching, rotation)
    }
    new = {_current_keys(one, rotation) for one in _changes_of_kind(rotation, "new")}
    before_this_one = rotation.round > FIRST_ROTATION or ever <= ended | kept | by_hand | new
    if not (ended | kept <= remembered <= ended | kept | by_hand <= ever and before_this_one):
        yield _rotation_finding(
            "the duos that the policy remembers of the round before are not those said to be kept or ended"
        )
    if new & remembered - by_hand:
        yield _rotation_finding("a duo of the round before is said to be new")


def _past_pairs(matching: Matching, until: date | None = None) -> set[Pair]:
    """Return the duos that the policy remembers, perhaps only those that ended on a day."""
    return {
        _key(duo.mentor, duo.mentee)
        for rule in matching.added.rules
        if getattr(rule, "name", None) == FORMER_PARTNERS
        for _, part in parts_of(rule)
        if isinstance(part, NotMetBefore)
        for duo in part.duos
        if until is None or duo.until == until
    }


def _fixed_unswapped(matching: Matching, rotation: Rotation) -> set[Pair]:
    """Return the duos that the policy fixes, and that swap no roles where everybody else does.

    In version 1 such a duo was said to end and to be new, or to be the other duo of the two, gone on.
    """
    if not rotation.reciprocal or matching.digests.version_1 is not None:
        return set()
    fixed = Terms(matching, rotation).fixed & _past_pairs(matching, rotation.on)
    return {
        pair
        for one in _changes_of_kind(rotation, "kept")
        if one.reason == "fixed" and (pair := _key(one.mentor, one.mentee)) in fixed
    }


def _predecessors(kept: Change, matching: Matching, rotation: Rotation) -> set[Pair]:
    """Return the earlier duos that a kept duo continues: two where people taught each other."""
    pair, turned = _key(kept.mentor, kept.mentee), _current_keys(kept, rotation)
    if pair in _fixed_unswapped(matching, rotation):
        return {pair}
    terms, before_it = Terms(matching, rotation), _past_pairs(matching, rotation.on)
    if pair in before_it and (pair in terms.fixed or turned not in terms.wanted):
        return {pair, turned} & before_it
    return {turned}


def _forbidden_findings(matching: Matching, rotation: Rotation) -> Iterator[Finding]:
    """Check that nobody is together who was forbidden to each other by hand, and not allowed again since."""
    lifted = {frozenset(map(id_key, pair)) for amendment in matching.log for pair in amendment.lifted}
    apart = {frozenset(map(id_key, pair)) for pair in rotation.forbidden} - lifted
    for duo in matching.duos:
        if frozenset(_key(duo.mentor, duo.mentee)) in apart:
            yield _rotation_finding(
                f"'{duo.mentor}' and '{duo.mentee}' are a duo, but somebody has forbidden them to each other"
            )


def _from_history_findings(rotation: Rotation) -> Iterator[Finding]:
    """Check that what only the history knew is of rounds before, in order, and among what counts."""
    told = rotation.from_history
    rounds = [one.round for one in told]
    if rounds != sorted(set(rounds)) or not all(number > 0 for number in rounds):
        yield _rotation_finding("what the history keeps apart is not told by round, from 1, in their order")
    counted = {"forbidden": {*rotation.forbidden, *rotation.lifted}, "avoided": {*rotation.avoided}}
    for what, all_of_it in counted.items():
        by_round = [list(getattr(one, what)) for one in told]
        pairs = [pair for listed in by_round for pair in listed]
        if any(listed != sorted(listed) for listed in by_round) or len(set(pairs)) < len(pairs):
            yield _rotation_finding(f"what the history says under {what} is not sorted, each once")
        if not all_of_it.issuperset(pairs):
            yield _rotation_finding(f"what the history says under {what} does not stand in the rotation")
    if not all(one.forbidden or one.avoided for one in told):
        yield _rotation_finding("the history is said to keep somebody apart, but nobody is named")


def _seat_findings(matching: Matching, rotation: Rotation, few: FewPairs) -> Iterator[Finding]:
    """Check who waits, also where duos were changed by hand since, as long as people are the same."""
    if any(amendment.left or amendment.joined for amendment in matching.log):
        return
    seats: set[tuple[str, str]] = {
        (role, key)
        for role, places in few.people.place.items()
        for key, place in places.items()
        if few.demands.capacity[role][place]
    }
    for change in _changes_of_kind(rotation, "kept", "new"):
        mentor, mentee = _key(change.mentor, change.mentee)
        seats -= {("mentor", mentor), ("mentee", mentee)}
    told = {_seat(change) for change in _changes_of_kind(rotation, "waiting")}
    if told != seats:
        yield _rotation_finding("those said to wait are not those who had no duo")


def _seat(change: Change) -> tuple[str, str]:
    return ("mentor" if change.mentor is not None else "mentee"), id_key(change.mentor or change.mentee or "")


def _waiting_findings(matching: Matching, rotation: Rotation) -> Iterator[Finding]:
    without = {
        (left.role, id_key(left.id), left.reason) for left in matching.unmatched if left.reason != "sits_out"
    }
    told = {(*_seat(one), one.reason) for one in _changes_of_kind(rotation, "waiting")}
    if told != without:
        yield _rotation_finding("those said to wait are not those without a duo, or for other reasons")
