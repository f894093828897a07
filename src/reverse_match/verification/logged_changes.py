"""Checks what the log says of single changes, and of who came first at the last amendment.

A table of changes says of each person what changed. The same follows from the lists of the amendment, and
from the duos before and after it; reasons, comments and names of corrected fields nobody can check.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.foundation.names import id_key
from reverse_match.people.participant import most_duos
from reverse_match.policy import CountQuota
from reverse_match.policy.conditions import Require

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from reverse_match.matching.results.amendment import Amendment
    from reverse_match.matching.results.logged_change import LoggedChange, Precedence
    from reverse_match.verification.claim import Claim

    Pair = tuple[str, str]


def logged_faults(amendment: Amendment, after: Collection[Pair]) -> Iterator[str]:
    """Yield what contradicts the lists of an amendment in its single changes.

    Parameters
    ----------
    amendment : Amendment
        The amendment.
    after : collection of pairs
        The duos after it.
    """
    logged = [(one.person, one.kind, one.partner or "", one.fields) for one in amendment.logged]
    if logged != sorted(logged) or len(set(logged)) < len(logged):
        yield "what stands under logged is not sorted, each once"
    for one in amendment.logged:
        yield from _faults_of_one(one, amendment)
    for kind, names in (("corrected", amendment.corrected), ("waiting", amendment.waiting)):
        told = {id_key(one.person) for one in amendment.logged if one.kind == kind}
        for name in names:
            if id_key(name) not in told:
                yield f"'{name}' is said to have been corrected, or to wait, and the log tells no such change"
    waiting = set(map(id_key, amendment.waiting))
    for name in sorted({name for pair in after for name in pair if id_key(name) in waiting}):
        yield f"'{name}' is said to wait, but has a duo"


def _faults_of_one(one: LoggedChange, amendment: Amendment) -> Iterator[str]:
    """Yield what contradicts the lists of an amendment in one change."""
    if one.kind == "declined":
        pair = frozenset(map(id_key, (one.person, one.partner or "")))
        ended = {frozenset(map(id_key, (duo.mentor, duo.mentee))) for duo in amendment.ended}
        if pair not in ended or pair not in {frozenset(map(id_key, pair)) for pair in amendment.forbidden}:
            yield f"'{one.person}' is said to have declined a duo that did not end for that"
    elif id_key(one.person) not in _listed(one, amendment):
        yield f"a change of '{one.person}' is logged that the amendment does not have"
    if one.kind != "declined" and one.partner is not None:
        yield f"a partner is said of '{one.person}', who has declined nobody"
    if bool(one.fields) != (one.kind == "corrected"):
        yield f"corrected fields are said of '{one.person}' where nothing was corrected, or none are"


def _listed(change: LoggedChange, amendment: Amendment) -> set[str]:
    """Return the keys of the people of an amendment to whom a kind of change happened."""
    left, joined = (set(map(id_key, names)) for names in (amendment.left, amendment.joined))
    return {
        "left": left,
        "joined": joined,
        "returned": joined,
        "corrected": set(map(id_key, amendment.corrected)),
        "waiting": set(map(id_key, amendment.waiting)),
    }[change.kind]


def unsigned_faults(log: Sequence[Amendment]) -> Iterator[str]:
    """Yield the amendments of a signed log without an author, or without any reason."""
    for number, amendment in enumerate(log, start=1):
        explained = bool(amendment.logged) and all(one.reason is not None for one in amendment.logged)
        if not (amendment.author or "").strip():
            yield f"amendment {number} has no author, and the policy asks for a signed log"
        if not ((amendment.reason or "").strip() or explained):
            yield f"amendment {number} has no reason, and the policy asks for a signed log"


def precedence_faults(claim: Claim, staying: Collection[Pair], quotas: Sequence[object]) -> Iterator[str]:
    """Yield what is wrong with who came first at the last amendment, and with the quotas of that.

    Parameters
    ----------
    claim : Claim
        The matching, and its people.
    staying : collection of pairs
        Duos that did not have to end.
    quotas : sequence of quotas
        Quotas of the amendment behind the one for duos that stay.
    """
    last = claim.matching.log[-1]
    arrived = _arrivals(claim.matching.log)
    places = [(one.role, one.joined_by, bool(one.beside)) for one in last.precedence]
    told = {(one.role, one.joined_by, one.beside) for one in last.precedence}
    if places != sorted(places) or len(told) < len(places):
        yield "who came first is not sorted, each role and time once"
    expected = [
        CountQuota(
            name=_name_of_quota(one, last.precedence),
            of=Require(of=one.role, field="id", equals=one.people),
            at_least=one.at_least,
        )
        for one in last.precedence
        if one.people and one.at_least > 0
    ]
    if list(quotas) != expected or len(expected) < len(last.precedence):
        yield "the quotas of who came first are not those that the amendment tells"
    for one in last.precedence:
        if sorted((*one.people, *one.beside)) != _people_before(claim, one, arrived, staying):
            yield "who came first is not who was there before others joined, and had no duo that stays"
    yield from _count_faults(claim)


def _count_faults(claim: Claim) -> Iterator[str]:
    """Yield where fewer people who came first have a duo than were demanded, since somebody has several."""
    demanded = {(one.role, one.joined_by): one for one in claim.matching.log[-1].precedence if not one.beside}
    for one in claim.matching.log[-1].precedence:
        whole = demanded.get((one.role, one.joined_by))
        if whole is None or one.at_least != whole.at_least - len(one.beside):
            yield "who came first is counted otherwise than once each"
    for (role, _), one in demanded.items():
        placed = {id_key(duo.mentor if role == "mentor" else duo.mentee) for duo in claim.matching.duos}
        if len(placed & set(map(id_key, one.people))) < one.at_least:
            yield "fewer people who came first have a duo than the amendment demanded"


def _name_of_quota(one: Precedence, among: Sequence[Precedence]) -> str:
    """Return the name of a quota; of those that count people once, with its number in the role."""
    if not one.beside:
        return f"{one.role}s who wait" + (f" ({one.joined_by})" if one.joined_by else "")
    of_role = [other for other in among if other.role == one.role and other.beside]
    return f"{one.role}s who wait, each once ({of_role.index(one) + 1})"


def _arrivals(log: Sequence[Amendment]) -> dict[str, int]:
    """Return at which amendment somebody joined for the first time, by key; whoever came back has none."""
    arrived: dict[str, int] = {}
    were_there: set[str] = set()
    for number, amendment in enumerate(log, start=1):
        were_there |= set(map(id_key, amendment.left))
        were_there |= {id_key(one.person) for one in amendment.logged if one.kind == "returned"}
        for key in map(id_key, amendment.joined):
            if key not in were_there and key not in arrived:
                arrived[key] = number
    return arrived


def _people_before(
    claim: Claim, first: Precedence, arrived: dict[str, int], staying: Collection[Pair]
) -> list[str]:
    """Return the ids of the people who were there by then, and have a place, but no duo that stays."""
    added, side = claim.matching.added, 0 if first.role == "mentor" else 1
    placed = {id_key(pair[side]) for pair in staying}
    placed |= set(map(id_key, (*added.waiting, *added.absent)))
    return sorted(
        person.id
        for person in claim.people.of[first.role]
        if most_duos(person, first.role)
        and id_key(person.id) not in placed
        and arrived.get(id_key(person.id), 0) <= first.joined_by
    )
