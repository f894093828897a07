"""What a further round says of the one before: its changes are those between the two, as far as it knows.

The matching that ended is not here; of it only the policy's rule on former partners tells, and what was
changed by hand since is undone with the log.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.errors import Finding
from reverse_match.names.normalise import id_key
from reverse_match.policy import NotMetBefore
from reverse_match.policy.conditions import parts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reverse_match.matching import Matching
    from reverse_match.rotation import Change, Rotation

    Pair = tuple[str, str]

RULE_ON_FORMER_PARTNERS = "rotation: former partners"
"""What the rule is called that remembers who has met."""
IN_ORDER = ("kept", "ended", "new", "waiting")


def rotation_findings(matching: Matching) -> Iterator[Finding]:
    """Check the changes of a further round against duos, policy and log."""
    rotation = matching.rotation
    if rotation is None:
        return
    if rotation.round < 2:
        yield _finding(f"it is said to lead to round {rotation.round}; the first is a plain matching")
    if matching.policy.as_of != rotation.on:
        yield _finding("the policy does not count on the day on which the round begins")
    order = [(IN_ORDER.index(one.kind), one.mentor or "", one.mentee or "") for one in rotation.changes]
    if order != sorted(set(order)):
        yield _finding("changes are not sorted, each once")
    yield from _duo_findings(matching, rotation)
    yield from _past_findings(matching, rotation)
    yield from _apart_findings(matching, rotation)
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
    then = {_key(duo.mentor, duo.mentee) for duo in matching.duos}
    for amendment in reversed(matching.log):
        then -= {_key(duo.mentor, duo.mentee) for duo in amendment.new}
        then |= {_key(duo.mentor, duo.mentee) for duo in amendment.ended}
    told = {_key(one.mentor, one.mentee) for one in _of_kind(rotation, "kept", "new")}
    if told != then:
        yield _finding("the duos said to be kept and new are not those of the round")
    for change in _of_kind(rotation, "ended"):
        if _as_now(change, rotation) in then:
            yield _finding(
                f"the duo of '{change.mentor}' and '{change.mentee}' is said to have ended, but is there"
            )
    if matching.log:
        return
    scores = {_key(duo.mentor, duo.mentee): duo.score for duo in matching.duos}
    for change in _of_kind(rotation, "kept", "new"):
        if scores.get(_key(change.mentor, change.mentee), change.score) != change.score:
            yield _finding(f"the duo of '{change.mentor}' and '{change.mentee}' is said to score otherwise")


def _as_now(change: Change, rotation: Rotation) -> Pair:
    pair = _key(change.mentor, change.mentee)
    return pair[::-1] if rotation.reciprocal else pair


def _past_findings(matching: Matching, rotation: Rotation) -> Iterator[Finding]:
    """Check that the policy remembers every duo of the round before, as ended on the day of the rotation."""
    remembered = {
        _key(duo.mentor, duo.mentee)
        for rule in matching.policy.rules
        if getattr(rule, "name", None) == RULE_ON_FORMER_PARTNERS
        for _, part in parts_of(rule)
        if isinstance(part, NotMetBefore)
        for duo in part.duos
        if duo.until == rotation.on
    }
    by_hand = {_key(one.mentor, one.mentee) for one in _of_kind(rotation, "ended") if one.reason == "by_hand"}
    ended = {_key(one.mentor, one.mentee) for one in _of_kind(rotation, "ended")} - by_hand
    kept = {_as_now(one, rotation) for one in _of_kind(rotation, "kept")}
    if not ended | kept <= remembered <= ended | kept | by_hand:
        yield _finding(
            "the duos that the policy remembers of the round before are not those said to be kept or ended"
        )
    new = {_as_now(one, rotation) for one in _of_kind(rotation, "new")}
    if new & remembered:
        yield _finding("a duo of the round before is said to be new")


def _apart_findings(matching: Matching, rotation: Rotation) -> Iterator[Finding]:
    """Check that nobody is together who was forbidden to each other by hand in an earlier round."""
    apart = {frozenset(map(id_key, pair)) for pair in rotation.forbidden}
    for duo in matching.duos:
        if frozenset(_key(duo.mentor, duo.mentee)) in apart:
            yield _finding(
                f"'{duo.mentor}' and '{duo.mentee}' are a duo, but somebody has forbidden them to each other"
            )


def _waiting_findings(matching: Matching, rotation: Rotation) -> Iterator[Finding]:
    without = {
        (left.role, id_key(left.id), left.reason) for left in matching.unmatched if left.reason != "sits_out"
    }
    told = {
        ("mentor" if one.mentor is not None else "mentee", id_key(one.mentor or one.mentee or ""), one.reason)
        for one in _of_kind(rotation, "waiting")
    }
    if told != without:
        yield _finding("those said to wait are not those without a duo, or for other reasons")
