"""Why a further round changes what it changes, as far as policy, people and credits say it.

A credit says who may stay, and for how many rounds somebody had no duo. The policy says what it fixes and
what these credits are worth. What the feedback said, and which people joined, cannot be found here:
`docs/proof.md` names what nobody can check.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from reverse_match.foundation.errors import Finding
from reverse_match.foundation.names import id_key
from reverse_match.policy import Fix, Listed
from reverse_match.policy.conditions import parts_of
from reverse_match.verification.beside import FORMER_PARTNERS, WANTED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reverse_match.matching.results.matching import Matching
    from reverse_match.matching.results.rotation import Change, Rotation
    from reverse_match.policy import Credit
    from reverse_match.verification.few_pairs import FewPairs

    Pair = tuple[str, str]

_WAITED = re.compile(r"rotation: no duo for (?:a round|(?P<rounds>[1-9][0-9]{0,6}) rounds)")
"""What the credit is called of people who had no duo for so many rounds."""


def _key(mentor: str | None, mentee: str | None) -> Pair:
    return id_key(mentor or ""), id_key(mentee or "")


def _finding(message: str) -> Finding:
    return Finding("rotation", message)


def reason_findings(matching: Matching, rotation: Rotation, few: FewPairs) -> Iterator[Finding]:
    """Check credits, and the reasons of all changes."""
    terms = Terms(matching, rotation)
    yield from terms.credit_findings()
    for change in rotation.changes:
        if (wrong := _wrong_with(change, terms, few)) is not None:
            one = " and ".join(f"'{name}'" for name in (change.mentor, change.mentee) if name is not None)
            yield _finding(f"of {one} ({change.kind}) {wrong}")
    yield from _previous_findings(rotation)


def _previous_findings(rotation: Rotation) -> Iterator[Finding]:
    if not re.fullmatch("[0-9a-f]{64}", rotation.previous):
        yield _finding("what is said to be the digest of the round before is none")


@dataclass(frozen=True)
class Terms:
    """The terms on which a round was formed: whom the policy fixes, who may stay, and who had waited."""

    matching: Matching
    rotation: Rotation

    @cached_property
    def corrected(self) -> bool:
        """Whether somebody has had another record since then; what was said of their other roles is gone."""
        return any(amendment.joined or not amendment.keeps_away for amendment in self.matching.log)

    @cached_property
    def fixed(self) -> set[Pair]:
        """The pairs that the policy fixes."""
        fixing = (rule for rule in self.matching.policy.rules if isinstance(rule, Fix))
        return {_key(*pair) for rule in fixing for pair in rule.pairs}

    @cached_property
    def again(self) -> set[Pair]:
        """Former partners who may be a duo again."""
        return {
            _key(*pair)
            for rule in self.matching.added.rules
            if getattr(rule, "name", None) == FORMER_PARTNERS
            for _, part in parts_of(rule)
            if isinstance(part, Listed)
            for pair in part.pairs
        }

    @cached_property
    def wanted(self) -> set[Pair]:
        """Duos that both want to keep."""
        if not self.matching.policy.rotation.charge:
            return self.again - self.fixed
        return {_key(*pair) for credit in self._credits_called(WANTED) for pair in credit.pairs}

    @cached_property
    def rounds_waited(self) -> dict[tuple[str, str], int]:
        """For how many rounds somebody had no duo, by role and key."""
        waited: dict[tuple[str, str], int] = {}
        for credit in self.matching.added.credits:
            if (rounds := _rounds(credit)) is not None:
                for role, names in (("mentor", credit.mentors), ("mentee", credit.mentees)):
                    waited |= dict.fromkeys([(role, id_key(name)) for name in names], rounds)
        return waited

    def rounds_waited_by(self, change: Change) -> dict[str, int]:
        """Return for how many rounds the people of a change had no duo."""
        ends = (("mentor", change.mentor), ("mentee", change.mentee))
        return {
            name: self.rounds_waited.get((role, id_key(name)), 0) for role, name in ends if name is not None
        }

    def current_keys(self, change: Change) -> Pair:
        """Return the keys of an ended duo in the roles of this round."""
        pair = _key(change.mentor, change.mentee)
        return pair[::-1] if self.rotation.reciprocal else pair

    def _credits_called(self, name: str) -> list[Credit]:
        return [credit for credit in self.matching.added.credits if credit.name == name]

    def credit_findings(self) -> Iterator[Finding]:
        """Check that there are the credits that the policy's terms give, and no others."""
        terms = self.matching.policy.rotation
        order = [_rounds(credit) or 0 for credit in self.matching.added.credits]
        if order != sorted(set(order)):
            yield _finding("the credits are not in their order, each once")
        for credit in self.matching.added.credits:
            for listed in (credit.mentors, credit.mentees, credit.pairs):
                if list(listed) != sorted(set(listed)):  # type: ignore[type-var]
                    yield _finding(f"who has the credit '{credit.name}' is not sorted, each once")
        for credit in self.matching.added.credits:
            rounds = _rounds(credit)
            if credit.name == WANTED:
                points: float = terms.charge
            elif rounds is not None:
                points = round(terms.carry_over * min(rounds, terms.carry_over_rounds), 6)
            else:
                yield _finding(f"the credit '{credit.name}' is none of a rotation")
                continue
            if credit.points != points:
                yield _finding(f"the credit '{credit.name}' is not of the points that the policy says")
        remembers = any(getattr(rule, "name", None) == FORMER_PARTNERS for rule in self.matching.added.rules)
        if remembers and not self.corrected and self.again != self.wanted | self.fixed:
            yield _finding("who may be a duo again is not whom the policy fixes, and who want to keep theirs")


def _rounds(credit: Credit) -> int | None:
    found = _WAITED.fullmatch(credit.name)
    return None if found is None else int(found["rounds"] or 1)


def _wrong_with(change: Change, terms: Terms, few: FewPairs) -> str | None:
    """Say what is wrong with the reason of a change, ``None`` if nothing can be said to be."""
    if change.rules and change.reason != "ruled_out":
        return "rules are named, but none is said to stand against it"
    check = {"kept": _wrong_kept, "new": _wrong_new, "ended": _wrong_ended, "waiting": _wrong_waiting}
    return check[change.kind](change, terms, few)


def _wrong_kept(change: Change, terms: Terms, few: FewPairs) -> str | None:  # noqa: ARG001 - as others
    pair = _key(change.mentor, change.mentee)
    if change.who or change.rounds_without is not None:
        return "it is said who left or waited, though the duo goes on"
    wanted = change.reason == "both_want_to_keep"
    unsaid = pair in terms.fixed and not terms.matching.policy.rotation.charge  # no credit tells of it
    if wanted != (pair in terms.wanted) and not terms.corrected and not unsaid:
        return "both are said to want to keep it, or not to, and the credits say otherwise"
    if not wanted and (change.reason != "fixed" or not (pair in terms.fixed or terms.corrected)):
        return "it is said to be fixed, but the policy does not fix it"
    return None if wanted or not (change.format or change.minutes) else "a format is said of a fixed duo"


def _wrong_new(change: Change, terms: Terms, few: FewPairs) -> str | None:  # noqa: ARG001 - as others
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


def _wrong_waiting(change: Change, terms: Terms, few: FewPairs) -> str | None:  # noqa: ARG001 - as others
    if change.who:
        return "others are named"
    if not terms.matching.policy.rotation.carry_over or terms.corrected:
        return None
    waited = max(terms.rounds_waited_by(change).values(), default=0)
    return None if change.rounds_without == waited else "the number of rounds without a duo is another"


_ENDS = ("person_left", "no_place", "asked_to_end", "rotates", "by_hand", "ruled_out", "better_otherwise")


def _wrong_ended(change: Change, terms: Terms, few: FewPairs) -> str | None:
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
    return _wrong_people(change, terms, few) or _wrong_rules(change, terms, few)


def _wrong_people(change: Change, terms: Terms, few: FewPairs) -> str | None:
    """Say whether somebody is wrongly said to have left or to have no place, or not to have."""
    if terms.matching.log:
        people = {change.mentor, change.mentee}
        return None if people.issuperset(change.who) else "somebody is named who is not in the duo"
    here = {id_key(person.id) for person in few.people.cohort.participants}
    names = [str(change.mentor), str(change.mentee)]
    gone = [name for name in names if id_key(name) not in here]
    pair = (names[1], names[0]) if terms.rotation.reciprocal else (names[0], names[1])
    out = [] if gone else few.without_place(pair)
    reason = "person_left" if gone else "no_place" if out else None
    if (change.reason in ("person_left", "no_place") or reason is not None) and change.reason != reason:
        return "somebody is said to have left or to have no place, or not to, and the people say otherwise"
    if change.who != tuple(sorted(gone or out)):
        return "others have left or have no place"
    return None


def _wrong_rules(change: Change, terms: Terms, few: FewPairs) -> str | None:
    if change.reason not in ("ruled_out", "better_otherwise"):
        return None
    if bool(change.rules) != (change.reason == "ruled_out"):
        return "it is said to be ruled out, or not to be, and rules are named or not"
    if terms.matching.log:
        return None
    names = (str(change.mentor), str(change.mentee))
    against = few.against(names[::-1] if terms.rotation.reciprocal else names)
    return None if set(change.rules) == against else "other rules stand against it"
