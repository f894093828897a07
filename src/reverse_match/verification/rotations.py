"""What a further round says of the one before: its changes are those between the two, as far as it knows.

The matching that ended is not here; of it only the rule on former partners and the credits tell, and what was
changed by hand since is undone with the log. Why somebody is in a duo or not is checked as far as these, the
people and the policy say it (:mod:`.rotation_reasons`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.errors import Finding
from reverse_match.names.normalise import id_key
from reverse_match.policy import NotMetBefore
from reverse_match.policy.conditions import parts_of
from reverse_match.verification.amendments import before
from reverse_match.verification.beside import FORMER_PARTNERS
from reverse_match.verification.rotation_reasons import Terms, reason_findings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from reverse_match.matching import Matching
    from reverse_match.rotation import Change, Rotation
    from reverse_match.verification.few_pairs import FewPairs

    Pair = tuple[str, str]

FIRST_ROTATION = 2
"""The round before which there was one round only."""
IN_ORDER = ("kept", "ended", "new", "waiting")


def rotation_findings(matching: Matching, few: FewPairs) -> Iterator[Finding]:
    """Check the changes of a further round against people, policy and credits, and their reasons."""
    if matching.rotation is not None:
        yield from _seat_findings(matching, matching.rotation, few)
        yield from reason_findings(matching, matching.rotation, few)


def round_findings(matching: Matching) -> Iterator[Finding]:
    """Check what can be seen without any people: that changes fit duos, log, and what is remembered."""
    rotation = matching.rotation
    if rotation is None:
        return
    if rotation.round < 2:
        yield _finding(f"it is said to lead to round {rotation.round}; the first is a plain matching")
    order = [(IN_ORDER.index(one.kind), one.mentor or "", one.mentee or "") for one in rotation.changes]
    if order != sorted(set(order)):
        yield _finding("changes are not sorted, each once")
    for what in ("forbidden", "lifted", "avoided"):
        pairs = list(getattr(rotation, what))
        if pairs != sorted(set(pairs)):
            yield _finding(f"what stands under {what} is not sorted, each once")
    yield from _duo_findings(matching, rotation)
    yield from _past_findings(matching, rotation)
    yield from _apart_findings(matching, rotation)
    yield from _from_history_findings(rotation)
    if not matching.log:
        yield from _waiting_findings(matching, rotation)


def _finding(message: str) -> Finding:
    return Finding("rotation", message)


def _key(mentor: str | None, mentee: str | None) -> Pair:
    return id_key(mentor or ""), id_key(mentee or "")


def _of_kind(rotation: Rotation, *kinds: str) -> list[Change]:
    return [change for change in rotation.changes if change.kind in kinds]


def _duo_findings(matching: Matching, rotation: Rotation) -> Iterator[Finding]:
    """Check that kept and new duos are those of the round, before anything was changed by hand."""
    duos: dict[Pair, float | None] = {(duo.mentor, duo.mentee): duo.score for duo in matching.duos}
    for amendment in reversed(matching.log):
        duos = before(amendment, duos)
    then = {_key(*pair): score for pair, score in duos.items()}
    told = {_key(one.mentor, one.mentee) for one in _of_kind(rotation, "kept", "new")}
    if told != then.keys():
        yield _finding("the duos said to be kept and new are not those of the round")
    new = {_key(one.mentor, one.mentee) for one in _of_kind(rotation, "new")}
    stays = _staying_as_they_are(matching, rotation)
    for change in _of_kind(rotation, "ended"):
        back = new if change.reason == "by_hand" else stays
        if _as_now(change, rotation) in then.keys() - back or _is_told_twice(change, told, matching):
            yield _finding(
                f"the duo of '{change.mentor}' and '{change.mentee}' is said to have ended, but is there"
            )
    for change in _of_kind(rotation, "kept", "new"):
        if then.get(_key(change.mentor, change.mentee)) not in (change.score, None):
            yield _finding(f"the duo of '{change.mentor}' and '{change.mentee}' is said to score otherwise")


def _is_told_twice(ended: Change, there: set[Pair], matching: Matching) -> bool:
    """Say whether a duo is said to have ended, and to be there: in version 1 two could be called the same.

    One that both wanted to keep, with roles swapped, may have ended where the same two are one the other way.
    """
    if ended.reason in ("by_hand", "ruled_out", "better_otherwise") or matching.digests.version_1 is not None:
        return False
    return _key(ended.mentor, ended.mentee) in there


def _as_now(change: Change, rotation: Rotation) -> Pair:
    pair = _key(change.mentor, change.mentee)
    return pair[::-1] if rotation.reciprocal else pair


def _past_findings(matching: Matching, rotation: Rotation) -> Iterator[Finding]:
    """Check that the policy remembers every duo of the round before, as ended on the day of the rotation."""
    ever, remembered = _past(matching), _past(matching, rotation.on)
    by_hand = {_key(one.mentor, one.mentee) for one in _of_kind(rotation, "ended") if one.reason == "by_hand"}
    ended = {_key(one.mentor, one.mentee) for one in _of_kind(rotation, "ended")} - by_hand
    kept = {pair for one in _of_kind(rotation, "kept") for pair in _went_on(one, matching, rotation)}
    new = {_as_now(one, rotation) for one in _of_kind(rotation, "new")}
    before_this_one = rotation.round > FIRST_ROTATION or ever <= ended | kept | by_hand | new
    if not (ended | kept <= remembered <= ended | kept | by_hand <= ever and before_this_one):
        yield _finding(
            "the duos that the policy remembers of the round before are not those said to be kept or ended"
        )
    if new & remembered - by_hand:
        yield _finding("a duo of the round before is said to be new")


def _past(matching: Matching, until: date | None = None) -> set[Pair]:
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


def _staying_as_they_are(matching: Matching, rotation: Rotation) -> set[Pair]:
    """Return the duos that the policy fixes, and that swap no roles where everybody else does.

    In version 1 such a duo was said to end and to be new, or to be the other duo of the two, gone on.
    """
    if not rotation.reciprocal or matching.digests.version_1 is not None:
        return set()
    fixed = Terms(matching, rotation).fixed & _past(matching, rotation.on)
    return {
        pair
        for one in _of_kind(rotation, "kept")
        if one.reason == "fixed" and (pair := _key(one.mentor, one.mentee)) in fixed
    }


def _went_on(kept: Change, matching: Matching, rotation: Rotation) -> set[Pair]:
    """Return of which duos before one is that goes on: of two where people taught each other."""
    pair, turned = _key(kept.mentor, kept.mentee), _as_now(kept, rotation)
    if pair in _staying_as_they_are(matching, rotation):
        return {pair}
    terms, before_it = Terms(matching, rotation), _past(matching, rotation.on)
    if pair in before_it and (pair in terms.fixed or turned not in terms.wanted):
        return {pair, turned} & before_it
    return {turned}


def _apart_findings(matching: Matching, rotation: Rotation) -> Iterator[Finding]:
    """Check that nobody is together who was forbidden to each other by hand, and not allowed again since."""
    lifted = {frozenset(map(id_key, pair)) for amendment in matching.log for pair in amendment.lifted}
    apart = {frozenset(map(id_key, pair)) for pair in rotation.forbidden} - lifted
    for duo in matching.duos:
        if frozenset(_key(duo.mentor, duo.mentee)) in apart:
            yield _finding(
                f"'{duo.mentor}' and '{duo.mentee}' are a duo, but somebody has forbidden them to each other"
            )


def _from_history_findings(rotation: Rotation) -> Iterator[Finding]:
    """Check that what only the history knew is of rounds before, in order, and among what counts."""
    told = rotation.from_history
    rounds = [one.round for one in told]
    if rounds != sorted(set(rounds)) or not all(number > 0 for number in rounds):
        yield _finding("what the history keeps apart is not told by round, from 1, in their order")
    counted = {"forbidden": {*rotation.forbidden, *rotation.lifted}, "avoided": {*rotation.avoided}}
    for what, all_of_it in counted.items():
        by_round = [list(getattr(one, what)) for one in told]
        pairs = [pair for listed in by_round for pair in listed]
        if any(listed != sorted(listed) for listed in by_round) or len(set(pairs)) < len(pairs):
            yield _finding(f"what the history says under {what} is not sorted, each once")
        if not all_of_it.issuperset(pairs):
            yield _finding(f"what the history says under {what} does not stand in the rotation")
    if not all(one.forbidden or one.avoided for one in told):
        yield _finding("the history is said to keep somebody apart, but nobody is named")


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
    for change in _of_kind(rotation, "kept", "new"):
        mentor, mentee = _key(change.mentor, change.mentee)
        seats -= {("mentor", mentor), ("mentee", mentee)}
    told = {_seat(change) for change in _of_kind(rotation, "waiting")}
    if told != seats:
        yield _finding("those said to wait are not those who had no duo")


def _seat(change: Change) -> tuple[str, str]:
    return ("mentor" if change.mentor is not None else "mentee"), id_key(change.mentor or change.mentee or "")


def _waiting_findings(matching: Matching, rotation: Rotation) -> Iterator[Finding]:
    without = {
        (left.role, id_key(left.id), left.reason) for left in matching.unmatched if left.reason != "sits_out"
    }
    told = {(*_seat(one), one.reason) for one in _of_kind(rotation, "waiting")}
    if told != without:
        yield _finding("those said to wait are not those without a duo, or for other reasons")
