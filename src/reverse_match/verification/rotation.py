"""Checks the statements of a matching on the rotation that formed it: why each duo was kept, ended or formed.

The changes of a further round are those between it and the round before. The matching of that round is not
stored. Only the rule on former partners and the credits show it, and later changes by hand are undone with
the log. A credit shows which duos may stay, and for how many rounds somebody had no duo. The policy shows its
fixed duos and the points of these credits. The answers of the feedback, and the people who joined, cannot be
found here: `docs/proof.md` lists the statements that nobody can check.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from reverse_match.foundation.errors import Finding
from reverse_match.foundation.names import id_key
from reverse_match.policy import Fix, Listed, NotMetBefore
from reverse_match.policy.quotas import conditions_of
from reverse_match.verification.added import FORMER_PARTNERS, WANTED, disorder, keys_of
from reverse_match.verification.amendments import duos_before

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from reverse_match.matching.results.matching import Matching
    from reverse_match.matching.results.rotation import Change, Rotation
    from reverse_match.policy import Credit
    from reverse_match.policy.values import PolicyData
    from reverse_match.verification.claim import Claim

    Pair = tuple[str, str]

_WAITED = re.compile(r"rotation: no duo for (?:a round|(?P<rounds>[1-9][0-9]{0,6}) rounds)")
"""Name of the credit of people who had no duo for a number of rounds."""

FIRST_ROTATION = 2
"""Number of the first round that a rotation forms."""
IN_ORDER = ("kept", "ended", "new", "waiting")


def _key(mentor: str | None, mentee: str | None) -> Pair:
    return id_key(mentor or ""), id_key(mentee or "")


def _finding(message: str) -> Finding:
    return Finding("rotation", message)


def rotation_findings(claim: Claim) -> Iterator[Finding]:
    """Check the changes of a further round, and their reasons, against people, policy and credits."""
    if claim.matching.rotation is None:
        return
    terms = Terms(claim.matching, claim.matching.rotation)
    yield from _seat_findings(terms, claim)
    yield from _credit_findings(terms)
    forgotten = frozenset(claim.matching.forgotten)
    for change in terms.rotation.changes:
        if not forgotten.isdisjoint((change.mentor, change.mentee)):
            continue  # what had led to it is erased, too
        if (wrong := _wrong_with(change, terms, claim)) is not None:
            one = " and ".join(f"'{name}'" for name in (change.mentor, change.mentee) if name is not None)
            yield _finding(f"of {one} ({change.kind}) {wrong}")
    if not re.fullmatch("[0-9a-f]{64}", terms.rotation.previous):
        yield _finding("what is said to be the digest of the round before is none")


def round_findings(matching: Matching) -> Iterator[Finding]:
    """Check, without people, that the changes fit the duos, the log, and the remembered duos."""
    rotation = matching.rotation
    if rotation is None:
        return
    if rotation.round < FIRST_ROTATION:
        yield _finding(f"it is said to lead to round {rotation.round}; the first is a plain matching")
    order = [(IN_ORDER.index(one.kind), one.mentor or "", one.mentee or "") for one in rotation.changes]
    if order != sorted(set(order)):
        yield _finding("changes are not sorted, each once")
    yield from map(_finding, disorder(rotation, "forbidden", "lifted", "avoided"))
    terms = Terms(matching, rotation)
    yield from _duo_findings(terms)
    yield from _past_findings(terms)
    yield from _forbidden_findings(terms)
    yield from _decision_findings(terms)
    yield from _from_history_findings(rotation)
    if not matching.log:
        yield from _waiting_findings(terms)


@dataclass(frozen=True)
class Terms:
    """The terms on which a round was formed: fixed duos, duos that may stay, and rounds without a duo."""

    matching: Matching
    rotation: Rotation

    def changes(self, *kinds: str) -> list[Change]:
        """Return the changes of some kinds."""
        return [change for change in self.rotation.changes if change.kind in kinds]

    def current_keys(self, change: Change) -> Pair:
        """Return the keys of an earlier duo in the roles of this round."""
        pair = _key(change.mentor, change.mentee)
        return pair[::-1] if self.rotation.reciprocal else pair

    @cached_property
    def corrected(self) -> bool:
        """Whether somebody has had a new record since the rotation; their earlier roles are then unknown."""
        return any(amendment.joined or not amendment.keeps_away for amendment in self.matching.log)

    @cached_property
    def fixed(self) -> set[Pair]:
        """The pairs that the policy fixes."""
        fixing = (rule for rule in self.matching.policy.rules if isinstance(rule, Fix))
        return {_key(*pair) for rule in fixing for pair in rule.pairs}

    @cached_property
    def decided_to_keep(self) -> set[Pair]:
        """The pairs kept by decision that the policy does not fix, in their roles of this round."""
        return {_key(*pair) for pair in self.rotation.fixed}

    @cached_property
    def decided_to_part(self) -> set[Pair]:
        """The duos of the round before that end by decision, in their roles of that round."""
        decided = self.rotation.decisions
        return {_key(one.mentor, one.mentee) for one in decided if one.decision in ("end", "change")}

    @cached_property
    def memory(self) -> list[PolicyData]:
        """All parts of the rule that keeps former partners apart."""
        rules = [rule for rule in self.matching.added.rules if getattr(rule, "name", None) == FORMER_PARTNERS]
        return list(conditions_of(rules))

    @cached_property
    def again(self) -> set[Pair]:
        """Former partners who may be a duo again."""
        return {_key(*pair) for part in self.memory if isinstance(part, Listed) for pair in part.pairs}

    def past(self, until: date | None = None) -> set[Pair]:
        """Return the duos that the rule lists; with ``until``, only those that ended on that day."""
        duos = [duo for part in self.memory if isinstance(part, NotMetBefore) for duo in part.duos]
        return {_key(duo.mentor, duo.mentee) for duo in duos if until is None or duo.until == until}

    @cached_property
    def wanted(self) -> set[Pair]:
        """The duos that both people want to keep."""
        if not self.matching.policy.rotation.charge:
            return self.again - self.fixed - self.decided_to_keep
        granted = [credit for credit in self.matching.added.credits if credit.name == WANTED]
        return {_key(*pair) for credit in granted for pair in credit.pairs}

    @cached_property
    def unswapped(self) -> set[Pair]:
        """The fixed duos that keep their roles in a rotation that swaps the roles of all others.

        In version 1 such a duo was stated as ended and new, or as the continuation of the swapped duo.
        """
        if not self.rotation.reciprocal or self.matching.digests.version_1 is not None:
            return set()
        kept = {_key(one.mentor, one.mentee) for one in self.changes("kept") if one.reason == "fixed"}
        return kept & self.fixed & self.past(self.rotation.on)

    def predecessors(self, kept: Change) -> set[Pair]:
        """Return the earlier duos that a kept duo continues: two if the people taught each other."""
        pair, turned = _key(kept.mentor, kept.mentee), self.current_keys(kept)
        if pair in self.unswapped:
            return {pair}
        before_it = self.past(self.rotation.on)
        if pair in before_it and (pair in self.fixed or turned not in self.wanted):
            return {pair, turned} & before_it
        return {turned}

    @cached_property
    def rounds_waited(self) -> dict[tuple[str, str], int]:
        """Number of rounds that each person had no duo, by role and key of the id."""
        waited: dict[tuple[str, str], int] = {}
        for credit in self.matching.added.credits:
            if (rounds := _rounds(credit)) is not None:
                for role, names in (("mentor", credit.mentors), ("mentee", credit.mentees)):
                    waited |= dict.fromkeys([(role, id_key(name)) for name in names], rounds)
        return waited

    def rounds_waited_by(self, change: Change) -> dict[str, int]:
        """Return the number of rounds without a duo, for each person of a change."""
        ends = (("mentor", change.mentor), ("mentee", change.mentee))
        return {
            name: self.rounds_waited.get((role, id_key(name)), 0) for role, name in ends if name is not None
        }


def _duo_findings(terms: Terms) -> Iterator[Finding]:
    """Check that the kept and the new duos are those of the round, before later changes by hand."""
    matching = terms.matching
    duos: dict[Pair, float | None] = {(duo.mentor, duo.mentee): duo.score for duo in matching.duos}
    for amendment in reversed(matching.log):
        duos = duos_before(amendment, duos)
    then = {_key(*pair): score for pair, score in duos.items()}
    stated = {_key(one.mentor, one.mentee) for one in terms.changes("kept", "new")}
    if stated != then.keys():
        yield _finding("the duos said to be kept and new are not those of the round")
    new = {_key(one.mentor, one.mentee) for one in terms.changes("new")}
    for change in terms.changes("ended"):
        back = new if change.reason == "by_hand" else terms.unswapped
        is_there = terms.current_keys(change) in then.keys() - back
        if is_there or _is_listed_as_current(change, stated, matching):
            names = f"'{change.mentor}' and '{change.mentee}'"
            yield _finding(f"the duo of {names} is said to have ended, but is there")
    for change in terms.changes("kept", "new"):
        if then.get(_key(change.mentor, change.mentee)) not in (change.score, None):
            yield _finding(f"the duo of '{change.mentor}' and '{change.mentee}' is said to score otherwise")


def _is_listed_as_current(ended: Change, there: set[Pair], matching: Matching) -> bool:
    """Say whether a duo is stated both to have ended and to exist, which version 1 allowed in one case.

    The case is a duo that both wanted to keep with swapped roles, where the two are a duo in the other roles.
    """
    if ended.reason in ("by_hand", "ruled_out", "better_otherwise") or matching.digests.version_1 is not None:
        return False
    return _key(ended.mentor, ended.mentee) in there


def _past_findings(terms: Terms) -> Iterator[Finding]:
    """Check that the policy remembers every duo of the round before, as ended on the day of the rotation."""
    ever, remembered = terms.past(), terms.past(terms.rotation.on)
    every_ended = terms.changes("ended")
    by_hand = {_key(one.mentor, one.mentee) for one in every_ended if one.reason == "by_hand"}
    ended = {_key(one.mentor, one.mentee) for one in every_ended} - by_hand
    kept = {pair for one in terms.changes("kept") for pair in terms.predecessors(one)}
    new = {terms.current_keys(one) for one in terms.changes("new")}
    before_this_one = terms.rotation.round > FIRST_ROTATION or ever <= ended | kept | by_hand | new
    if not (ended | kept <= remembered <= ended | kept | by_hand <= ever and before_this_one):
        message = (
            "the duos that the policy remembers of the round before are not those said to be kept or ended"
        )
        yield _finding(message)
    if new & remembered - by_hand:
        yield _finding("a duo of the round before is said to be new")


def _forbidden_findings(terms: Terms) -> Iterator[Finding]:
    """Check that no two people are a duo who were forbidden to each other by hand and not allowed since."""
    lifted = {keys_of(pair) for amendment in terms.matching.log for pair in amendment.lifted}
    apart = {keys_of(pair) for pair in terms.rotation.forbidden} - lifted
    for duo in terms.matching.duos:
        if keys_of((duo.mentor, duo.mentee)) in apart:
            names = f"'{duo.mentor}' and '{duo.mentee}'"
            yield _finding(f"{names} are a duo, but somebody has forbidden them to each other")


def _decision_findings(terms: Terms) -> Iterator[Finding]:
    """Check that decisions are in order, that each is on a duo of the round before, and that it was kept."""
    rotation, decided = terms.rotation, terms.rotation.decisions
    order = [(one.mentor, one.mentee) for one in decided]
    if order != sorted(set(order)) or list(rotation.fixed) != sorted(set(rotation.fixed)):
        yield _finding("what was decided is not sorted, each once")
    keeping = {_key(one.mentor, one.mentee) for one in decided if one.decision == "keep"} - terms.fixed
    turned = {pair[::-1] if rotation.reciprocal else pair for pair in keeping} - terms.fixed
    if turned != terms.decided_to_keep:
        yield _finding("the duos fixed by decision are not those that were decided to be kept")
    apart = {keys_of(pair) for pair in rotation.forbidden}
    ended = {keys_of(_key(one.mentor, one.mentee)) for one in decided if one.decision == "end"}
    lifted = {keys_of(pair) for pair in rotation.lifted}
    if not ended <= apart or ended & lifted:
        yield _finding("a duo was decided to be ended, but its two people are not said to be kept apart")
    if not {_key(*pair) for pair in order} <= terms.past(rotation.on):
        yield _finding("something is decided on two people who were no duo of the round before")
    stated = {_key(one.mentor, one.mentee): one for one in terms.changes("kept", "ended", "new")}
    for pair in sorted(terms.decided_to_keep):
        if (change := stated.get(pair)) is None or (change.kind, change.reason) != ("kept", "decided"):
            yield _finding("a duo was decided to be kept, but is not said to be kept for that reason")
    for pair in sorted(terms.decided_to_part):
        if (change := stated.get(pair)) is not None and change.kind == "kept" and not rotation.reciprocal:
            yield _finding("a duo was decided to be parted, but is said to be kept")


def _from_history_findings(rotation: Rotation) -> Iterator[Finding]:
    """Check that the requests known only from the history are sorted by round, and are in the rotation."""
    stated = rotation.from_history
    rounds = [one.round for one in stated]
    if rounds != sorted(set(rounds)) or not all(number > 0 for number in rounds):
        yield _finding("what the history keeps apart is not told by round, from 1, in their order")
    counted = {"forbidden": {*rotation.forbidden, *rotation.lifted}, "avoided": {*rotation.avoided}}
    for what, all_of_it in counted.items():
        by_round = [list(getattr(one, what)) for one in stated]
        pairs = [pair for listed in by_round for pair in listed]
        if any(listed != sorted(listed) for listed in by_round) or len(set(pairs)) < len(pairs):
            yield _finding(f"what the history says under {what} is not sorted, each once")
        if not all_of_it.issuperset(pairs):
            yield _finding(f"what the history says under {what} does not stand in the rotation")
    if not all(one.forbidden or one.avoided for one in stated):
        yield _finding("the history is said to keep somebody apart, but nobody is named")


def _seat_findings(terms: Terms, claim: Claim) -> Iterator[Finding]:
    """Check the people who wait, also after changes by hand, unless people have left or joined since."""
    if any(amendment.changes_people for amendment in claim.matching.log):
        return
    seats: set[tuple[str, str]] = {
        (role, key)
        for role, places in claim.people.place.items()
        for key, place in places.items()
        if claim.demands.capacity[role][place]
    }
    for change in terms.changes("kept", "new"):
        mentor, mentee = _key(change.mentor, change.mentee)
        seats -= {("mentor", mentor), ("mentee", mentee)}
    if {_seat(change) for change in terms.changes("waiting")} != seats:
        yield _finding("those said to wait are not those who had no duo")


def _seat(change: Change) -> tuple[str, str]:
    return ("mentor" if change.mentor is not None else "mentee"), id_key(change.mentor or change.mentee or "")


def _waiting_findings(terms: Terms) -> Iterator[Finding]:
    unmatched = terms.matching.unmatched
    without = {(left.role, id_key(left.id), left.reason) for left in unmatched if left.reason != "sits_out"}
    if {(*_seat(one), one.reason) for one in terms.changes("waiting")} != without:
        yield _finding("those said to wait are not those without a duo, or for other reasons")


def _credit_findings(terms: Terms) -> Iterator[Finding]:
    """Check that the credits are exactly those that the terms of the policy give."""
    granted, added = terms.matching.policy.rotation, terms.matching.added
    order = [_rounds(credit) or 0 for credit in added.credits]
    if order != sorted(set(order)):
        yield _finding("the credits are not in their order, each once")
    for credit in added.credits:
        for listed in (credit.mentors, credit.mentees, credit.pairs):
            if list(listed) != sorted(set(listed)):  # type: ignore[type-var]
                yield _finding(f"who has the credit '{credit.name}' is not sorted, each once")
    for credit in added.credits:
        rounds = _rounds(credit)
        if credit.name == WANTED:
            points: float = granted.charge
        elif rounds is not None:
            points = round(granted.carry_over * min(rounds, granted.carry_over_rounds), 6)
        else:
            yield _finding(f"the credit '{credit.name}' is none of a rotation")
            continue
        if credit.points != points:
            yield _finding(f"the credit '{credit.name}' is not of the points that the policy says")
    if (
        terms.memory
        and not terms.corrected
        and terms.again != (terms.wanted | terms.fixed | terms.decided_to_keep)
    ):
        yield _finding("who may be a duo again is not whom the policy fixes, and who want to keep theirs")


def _rounds(credit: Credit) -> int | None:
    found = _WAITED.fullmatch(credit.name)
    return None if found is None else int(found["rounds"] or 1)


def _wrong_with(change: Change, terms: Terms, claim: Claim) -> str | None:
    """Return what is wrong with the reason of a change; ``None`` if it is right, or cannot be checked."""
    if change.rules and change.reason != "ruled_out":
        return "rules are named, but none is said to stand against it"
    if change.kind == "ended":
        return _wrong_ended(change, terms, claim)
    return {"kept": _wrong_kept, "new": _wrong_new, "waiting": _wrong_waiting}[change.kind](change, terms)


def _wrong_kept(change: Change, terms: Terms) -> str | None:
    pair = _key(change.mentor, change.mentee)
    if change.who or change.rounds_without is not None:
        return "it is said who left or waited, though the duo goes on"
    decided = change.reason == "decided"
    if decided != (pair in terms.decided_to_keep):
        return "it is said to be kept by decision, or not to be, and the decisions say otherwise"
    if decided:
        return None
    wanted = change.reason == "both_want_to_keep"
    unsaid = pair in terms.fixed and not terms.matching.policy.rotation.charge  # no credit shows it
    if wanted != (pair in terms.wanted) and not terms.corrected and not unsaid:
        return "both are said to want to keep it, or not to, and the credits say otherwise"
    if not wanted and (change.reason != "fixed" or not (pair in terms.fixed or terms.corrected)):
        return "it is said to be fixed, but the policy does not fix it"
    return None if wanted or not (change.format or change.minutes) else "a format is said of a fixed duo"


def _wrong_new(change: Change, terms: Terms) -> str | None:
    fixed = _key(change.mentor, change.mentee) in terms.fixed
    if fixed != (change.reason == "fixed"):
        return "it is said to be fixed, or not to be, and the policy says otherwise"
    waits = terms.rounds_waited_by(change)
    longest = max(waits.values(), default=0)
    if not fixed and terms.matching.policy.rotation.carry_over and not terms.corrected:
        if bool(longest) != (change.reason == "left_out_before"):
            return "it is said to have waited, or not to have, and its credits say otherwise"
        if longest and (change.rounds_without or 0, change.who) != (longest, _longest(waits)):
            return "other people waited, or for another number of rounds"
    people = {change.mentor, change.mentee}
    if change.reason in ("joined", "left_out_before") and not (change.who and people.issuperset(change.who)):
        return "somebody is named who is not in the duo"
    if change.reason not in ("joined", "left_out_before", "rotates", "fixed"):
        return "no duo is new for this reason"
    if change.reason in ("rotates", "fixed") and (change.who or change.rounds_without is not None):
        return "it is said who joined or waited, though that is not the reason"
    return None


def _longest(waits: dict[str, int]) -> tuple[str, ...]:
    return tuple(sorted(name for name, rounds in waits.items() if rounds == max(waits.values())))


def _wrong_waiting(change: Change, terms: Terms) -> str | None:
    if change.who:
        return "others are named"
    if not terms.matching.policy.rotation.carry_over or terms.corrected:
        return None
    waited = max(terms.rounds_waited_by(change).values(), default=0)
    return None if change.rounds_without == waited else "the number of rounds without a duo is another"


_ENDS = (
    *("person_left", "no_place", "decided", "policy_ends_all", "asked_to_end", "answers_against", "rotates"),
    *("by_hand", "ruled_out", "better_otherwise"),
)


def _wrong_ended(change: Change, terms: Terms, claim: Claim) -> str | None:
    if change.reason not in _ENDS:
        return "no duo ends for this reason"
    if change.format or change.minutes or change.rounds_without is not None:
        return "something is said that is said of no duo that ends"
    if change.reason == "by_hand":
        return "others are named" if change.who else None
    if terms.corrected:
        return None
    wanted = terms.current_keys(change) in terms.wanted
    if wanted != (change.reason in ("ruled_out", "better_otherwise")):
        return "both wanted to keep it, or did not, and the reason says otherwise"
    parted = _key(change.mentor, change.mentee) in terms.decided_to_part
    settled = change.reason in ("decided", "person_left", "no_place")
    if (parted and not settled) or (change.reason == "decided" and not parted):
        return "it is said to be ended by decision, or not to be, and the decisions say otherwise"
    if change.reason == "policy_ends_all" and terms.matching.policy.rotation.keep_wanted:
        return "the policy is said to end every duo, and it does not"
    return _wrong_people(change, terms, claim) or _wrong_rules(change, terms, claim)


def _wrong_people(change: Change, terms: Terms, claim: Claim) -> str | None:
    """Say whether the statement that somebody has left or has no place, or has not, is wrong."""
    if terms.matching.log:
        people = {change.mentor, change.mentee}
        return None if people.issuperset(change.who) else "somebody is named who is not in the duo"
    here = {id_key(person.id) for person in claim.people.cohort.participants}
    names = [str(change.mentor), str(change.mentee)]
    gone = [name for name in names if id_key(name) not in here]
    pair = (names[1], names[0]) if terms.rotation.reciprocal else (names[0], names[1])
    out = [] if gone else claim.without_place(pair)
    reason = "person_left" if gone else "no_place" if out else None
    if (change.reason in ("person_left", "no_place") or reason is not None) and change.reason != reason:
        return "somebody is said to have left or to have no place, or not to, and the people say otherwise"
    if change.reason == "rotates":  # by their answers, which nobody can check without the feedback
        told = list(change.who)
        return None if told == sorted(set(told)) and set(told) <= set(names) else "others are named"
    if change.who != tuple(sorted(gone or out)):
        return "others have left or have no place"
    return None


def _wrong_rules(change: Change, terms: Terms, claim: Claim) -> str | None:
    if change.reason not in ("ruled_out", "better_otherwise"):
        return None
    if bool(change.rules) != (change.reason == "ruled_out"):
        return "it is said to be ruled out, or not to be, and rules are named or not"
    if terms.matching.log:
        return None
    names = (str(change.mentor), str(change.mentee))
    against = claim.against(names[::-1] if terms.rotation.reciprocal else names)
    return None if set(change.rules) == against else "other rules stand against it"
