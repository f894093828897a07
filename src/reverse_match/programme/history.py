"""The history of a programme: the rounds that have ended, their duos, and the people without a duo.

A history only grows: adding a round makes another history. A history does not name its programme. People
leave and join between rounds, so it counts as that of a cohort if a quarter of the people of its last round
are still there.

The entries form a hash chain (Haber and Stornetta 1991): each holds a digest of itself and of the digest
before it. Whoever changes, removes, inserts or moves an entry has to recompute the digests from there to the
end. Whoever removes entries at the end has to recompute the digest of the last one, which is stored beside
the chain. So the chain reveals accidents and careless edits. It is no signature, since it has no key: anybody
can recompute all digests, and only a copy elsewhere reveals that.
"""

from __future__ import annotations

import operator
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator

from reverse_match.foundation import files as history_file
from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.canonical_form import canonical_digest
from reverse_match.foundation.errors import CodedError, Fault, HistoryError, InputError
from reverse_match.foundation.json_values import JsonError, json_value
from reverse_match.foundation.names import id_key
from reverse_match.foundation.records import Day, PlainData
from reverse_match.matching.results.explanation import ScoredDuo
from reverse_match.matching.results.matching import Matching
from reverse_match.matching.results.standing_requests import StandingRequests, pairs_lifted_in
from reverse_match.matching.results.upgrading import SCHEMA_VERSION, VersionError, upgrade
from reverse_match.policy.added import people_of
from reverse_match.policy.conditions import PastDuo
from reverse_match.policy.values import Pair, Role, is_none

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date


AS_WRITTEN = "right would be a copy as it was written"


def digest_of(entry: Mapping[str, Any], before: str) -> str:
    """Return the digest of an entry (plain data, without its own digest) together with the one before it.

    Parameters
    ----------
    entry : mapping
        An entry that JSON can hold. The order of its names does not matter.
    before : str
        Digest of the entry before it; empty for the first entry.

    Examples
    --------
    >>> entry = {"number": 1}
    >>> digest_of(entry, "") == digest_of(entry | {"sha256": "of itself"}, "") != digest_of(entry, "another")
    True
    """
    content = {name: value for name, value in entry.items() if name != "sha256"}
    return canonical_digest([before, content], numbers_as_written=True)


def break_in(entries: Sequence[Mapping[str, Any]], last: object) -> str | None:
    """Return a description of the first break in a chain; ``None`` if the chain is whole.

    Parameters
    ----------
    entries : sequence of mappings
        Entries as plain data; each has a ``number``, counted from 1, and its digest, ``sha256``.
    last : object
        The stated digest of the last entry; empty without entries.

    Examples
    --------
    >>> break_in([], "")
    >>> break_in([{"number": 2}], "")[:30]
    'the entry of round 1 was edite'
    """
    before = ""
    for place, entry in enumerate(entries, 1):
        if entry.get("number") != place:
            return (
                f"the entry of round {place} was edited, removed, or is not in its place: "
                f"what stands there is not number {place}; {AS_WRITTEN}"
            )
        if entry.get("sha256") != digest_of(entry, before):
            return (
                f"the entry of round {place} was edited, or put there, after it was written: "
                f"its digest differs; {AS_WRITTEN}"
            )
        before = str(entry["sha256"])
    if last != before:
        return (
            f"the end was edited or removed after it was written: the digest of the last round is not that "
            f"of round {len(entries)}; {AS_WRITTEN}"
        )
    return None


MOST_ROUNDS = 1_000
"""Largest number of rounds in a history; a programme has up to 100."""

SAME_PEOPLE = 4
"""Divisor of the share of people of the last round who must still be there: one in four."""


class _OfHistory(PlainData):
    refusal: ClassVar[type[InputError]] = HistoryError


class InRole(_OfHistory):
    """A person in one role."""

    id: str
    """Id of the person."""
    role: Role
    """Role of the person: ``mentor`` or ``mentee``."""


class PastRound(_OfHistory):
    """A round that has ended."""

    number: Annotated[int, Field(ge=1)]
    """Number of the round, counted from 1."""
    began: Day | None = Field(default=None, exclude_if=is_none)
    """The day on which the round began, if the caller gave it."""
    until: Day
    """The day on which the round ended."""
    duos: tuple[ScoredDuo, ...]
    """Duos of the round with their scores, sorted by mentor and mentee."""
    unmatched: tuple[InRole, ...]
    """People who took part in a role and had no duo in it, sorted by id and role."""
    sat_out: tuple[InRole, ...]
    """People who were there with capacity 0 in a role, sorted by id and role."""
    people: tuple[str, ...]
    """Ids of all people who were there, sorted."""
    forbidden: tuple[Pair, ...] = Field(default=(), exclude_if=operator.not_)
    """People whom somebody forbade to each other by hand, in this round or before it, sorted."""
    avoided: tuple[Pair, ...] = Field(default=(), exclude_if=operator.not_)
    """Pairs one of whom avoided the other by a record that an amendment removed or replaced, sorted."""
    lifted: tuple[Pair, ...] = Field(default=(), exclude_if=operator.not_)
    """Pairs who were allowed to meet again in this round, by hand or since the policy fixes them, sorted."""
    cohort: str
    """Digest of the people."""
    policy: str
    """Digest of the policy."""
    matching: str
    """Digest of the matching."""
    sha256: str
    """Digest of this entry together with the digest of the entry before it."""

    @model_validator(mode="after")
    def _check_people(self) -> PastRound:
        if self.began is not None and self.began > self.until:
            message = "the round ended before it began; right would be began on or before until"
            raise CodedError(message, "out-of-order")
        ends = [one for duo in self.duos for one in (duo.mentor, duo.mentee)]
        others = [one.id for one in (*self.unmatched, *self.sat_out)]
        if list(self.people) != sorted({*self.people, *ends, *others}):
            message = "right would be the ids of everybody in the round, sorted, each once"
            raise CodedError(message, "invalid")
        return self

    @cached_property
    def _seats_with_duo(self) -> frozenset[tuple[str, Role]]:
        """Keys of the people who had a duo, each with the role of that duo."""
        mentors: list[tuple[str, Role]] = [(id_key(duo.mentor), "mentor") for duo in self.duos]
        mentees: list[tuple[str, Role]] = [(id_key(duo.mentee), "mentee") for duo in self.duos]
        return frozenset(mentors + mentees)

    @cached_property
    def _seats_without(self) -> frozenset[tuple[str, Role]]:
        return frozenset((id_key(one.id), one.role) for one in self.unmatched)


class PublishedRound(_OfHistory):
    """The round that runs: its matching was published, and it has not ended."""

    on: Day
    """The day on which the matching was published."""
    duos: tuple[ScoredDuo, ...]
    """Duos of the matching as it was published, sorted by mentor and mentee."""
    matching: str
    """Digest of the published matching."""
    sha256: str
    """Digest of this entry together with the digest of the last round."""


class History(_OfHistory):
    """The rounds of a programme that have ended. ``History()`` is the history of a programme without any.

    Examples
    --------
    >>> import reverse_match as rm
    >>> matching = rm.match(rm.read_cohort(rm.demo_path()))
    >>> history = rm.History().with_round(matching, began="2026-09-01", until="2026-12-31")
    >>> len(history.rounds), len(history.past_duos) == len(matching.duos)
    (1, True)
    >>> rm.History.from_json(history.to_json()) == history
    True
    """

    schema_version: Literal[2] = SCHEMA_VERSION
    """Version of this format."""
    rounds: tuple[PastRound, ...] = ()
    """The rounds in their order."""
    sha256: str = ""
    """Digest of the last round; empty without rounds."""
    published: PublishedRound | None = Field(default=None, exclude_if=is_none)
    """The round that runs, if :func:`publish` has begun it; it goes when the round is added."""

    @model_validator(mode="after")
    def _check_chain(self) -> History:
        wrong = break_in([one.model_dump(mode="json") for one in self.rounds], self.sha256)
        wrong = wrong or _disorder(self.rounds)
        if self.published is not None and self.published.sha256 != digest_of(
            self.published.model_dump(mode="json"), self.sha256
        ):
            wrong = (
                wrong
                or "the entry of the round that runs was edited; right would be a copy as it was written"
            )
        if wrong is not None:
            raise CodedError(wrong)
        return self

    @cached_property
    def past_duos(self) -> tuple[PastDuo, ...]:
        """The duos of all rounds, as the rule ``not_met_before`` takes them; one that stayed is repeated."""
        return tuple(
            PastDuo(mentor=duo.mentor, mentee=duo.mentee, until=one.until)
            for one in self.rounds
            for duo in one.duos
        )

    @cached_property
    def forbidden(self) -> tuple[tuple[str, str], ...]:
        """Pairs whom somebody has forbidden by hand in some round, and nobody has allowed since."""
        return tuple(sorted(pairs_kept_apart(self.rounds, "forbidden")))

    @check_arguments
    def number_of(self, matching: Matching) -> int | None:
        """Return the number of the round with this very matching; ``None`` if no round has it."""
        digests = matching.known_as if self.rounds else frozenset()
        return next((one.number for one in self.rounds if one.matching in digests), None)

    @check_arguments
    def partners_of(self, person: str) -> tuple[str, ...]:
        """Return the ids of all people with whom a person has been in a duo, in either role, sorted.

        Parameters
        ----------
        person : str
            Id. A person who was never there has had no partners.
        """
        return tuple(sorted(self._partners.get(id_key(person), ())))

    @cached_property
    def _partners(self) -> dict[str, set[str]]:
        partners: dict[str, set[str]] = {}
        for duo in self.past_duos:
            partners.setdefault(id_key(duo.mentor), set()).add(duo.mentee)
            partners.setdefault(id_key(duo.mentee), set()).add(duo.mentor)
        return partners

    @check_arguments
    def rounds_without(self, person: str, role: Role) -> int:
        """Return the number of rounds in a row, up to the last one, in which a person had no duo in a role.

        Only rounds count in which the person took part in this role. Rounds in which they were not there, or
        sat out, neither count nor end the row: nobody loses their turn by being away.

        Parameters
        ----------
        person : str
            Id. The number is 0 for a person who was never there.
        role : str
            ``"mentor"`` or ``"mentee"``.

        Raises
        ------
        HistoryError
            If the role is not known.
        """
        if role not in ("mentor", "mentee"):
            raise _history_error("unknown role; right would be mentor or mentee")
        who, without = (id_key(person), role), 0
        for one in reversed(self.rounds):
            if who in one._seats_with_duo:
                break
            without += who in one._seats_without
        return without

    @check_arguments
    def with_round(
        self, matching: Matching, *, until: date | str, began: date | str | None = None
    ) -> History:
        """Return this history with one more round; this object stays as it is.

        Parameters
        ----------
        matching : Matching
            The matching of the round, after the last change by hand.
        until : date or str
            The day on which the round ended, as a date or as text such as ``"2026-12-31"``.
        began : date or str, optional
            The day on which it began.

        Raises
        ------
        HistoryError
            If the history has the matching already, or is of other people; if the round ended before it
            began, or before the round before it ended; if a day is not valid.
        """
        self.refuse_others(matching)
        if (number := self.number_of(matching)) is not None:
            raise _history_error(
                f"this matching stands there already, as round {number}; right would be the next one"
            )
        new = _past_round(matching, len(self.rounds) + 1, until, began)
        new = new.model_copy(update={"sha256": digest_of(new.model_dump(mode="json"), self.sha256)})
        rounds = (*self.rounds, new)
        if (wrong := _disorder(rounds)) is not None:
            raise _history_error(wrong)
        data = {"schema_version": SCHEMA_VERSION, "rounds": rounds, "sha256": new.sha256, "published": None}
        return History.of_checked(data)

    @check_arguments
    def with_published(self, matching: Matching) -> History:
        """Return this history with the round that runs: a matching that :func:`publish` has returned.

        A matching that was published before for the same round is replaced.

        Raises
        ------
        HistoryError
            If the history has the matching already, or is of other people, or the matching is a draft.
        """
        self.refuse_others(matching)
        if matching.published is None:
            raise _history_error("this matching is a draft; right would be what rm.publish returns")
        duos = ({"mentor": duo.mentor, "mentee": duo.mentee, "score": duo.score} for duo in matching.duos)
        entry = PublishedRound(
            on=matching.published,
            duos=tuple(ScoredDuo.of_checked(duo) for duo in duos),
            matching=matching.sha256,
            sha256="",
        )
        digest = digest_of(entry.model_dump(mode="json"), self.sha256)
        return self.model_copy(update={"published": entry.model_copy(update={"sha256": digest})})

    @check_arguments
    def refuse_others(self, people: Matching | Iterable[str], source: str = "history") -> None:
        """Raise an error if this is not the history of these people.

        It is theirs if it has no round yet, or if at least a quarter of the people of its last round are
        there.

        Parameters
        ----------
        people : Matching or iterable of str
            A matching, or the ids of all people in a cohort.
        source : str
            Name of the history in messages.

        Raises
        ------
        HistoryError
            If fewer are there; the message has both numbers.
        """
        if not self.rounds:
            return
        ids = _ids_of(people) if isinstance(people, Matching) else people
        here, last = {id_key(one) for one in ids}, self.rounds[-1]
        still = sum(id_key(one) in here for one in last.people)
        least = -(-len(last.people) // SAME_PEOPLE)
        if still < least:
            message = (
                f"not the history of these people: of the {len(last.people)} people of its last round, "
                f"number {last.number}, {still} are among them; right would be at least {least}"
            )
            raise _history_error(message, source)

    def to_json(self) -> str:
        """Return the history as JSON text; :meth:`from_json` reads back an equal one."""
        return self.model_dump_json(indent=2) + "\n"

    @classmethod
    @check_arguments
    def from_json(cls, text: str | bytes, source: str = "history") -> History:
        """Read a history from JSON text.

        Parameters
        ----------
        text : str or bytes
            Text from :meth:`to_json`.
        source : str
            Name of the history in messages.

        Raises
        ------
        HistoryError
            If the text is not a history, has more than 1,000 rounds, is cut off, was edited (the error names
            the entry), or is of a newer version. Earlier versions are read.
        """
        data = _parse(text, source)
        if not isinstance(data, dict):
            raise _history_error("not an object: no history that this library has written", source)
        try:
            data = upgrade("history", data, dict)
        except VersionError as error:
            raise HistoryError([Fault(str(error), source, code=error.code)]) from None
        rounds = data.get("rounds")
        if isinstance(rounds, list) and len(rounds) > MOST_ROUNDS:
            message = f"{len(rounds):,} rounds; right would be a history of up to {MOST_ROUNDS:,}"
            raise _history_error(message, source)
        if (
            wrong := _edit_fault(data)
        ) is not None:  # checked before the rest is read, so that the error names the cause
            raise _history_error(wrong, source)
        try:
            return cls.model_validate(data)
        except HistoryError as error:
            raise error.of(source) from None

    @classmethod
    @check_arguments
    def load(cls, path: Path | str) -> History:
        """Read a history from a file.

        Raises
        ------
        HistoryError
            As for :meth:`from_json`, and if the file does not exist or cannot be read.
        """
        file = Path(path)
        return cls.from_json(history_file.read_bytes(file), file.name)

    @check_arguments
    def save(self, path: Path | str) -> None:
        """Write the history to a file as a whole or not at all; a file of a history only grows.

        The rounds in an existing file must be the first rounds of this history. If two processes add a round
        to the same file at once, one gets an error. An empty file with the name of this one, a dot before it
        and ``.lock`` after it, stays beside it.

        Raises
        ------
        HistoryError
            If the existing file is no history, was edited, or holds other rounds.
        InputError
            If the file cannot be written.
        """
        file = Path(path)

        def check(there: bytes) -> None:
            before = History.from_json(there, file.name).rounds
            if before != self.rounds[: len(before)]:
                message = (
                    f"holds other rounds: {len(before)} there, {len(self.rounds)} here; perhaps one was "
                    "added since it was read; right would be to read it again; nothing was written"
                )
                raise _history_error(message, file.name)

        history_file.replace(file, self.to_json(), check)


def pairs_kept_apart(rounds: Iterable[PastRound], what: Literal["forbidden", "avoided"]) -> dict[Pair, int]:
    """Return the pairs that are kept apart after some rounds, each with the round since which it counts.

    A round first lifts pairs of the rounds before it; then its own pairs count.
    """
    found: dict[Pair, int] = {}
    for one in rounds:
        lifted = set(map(people_of, one.lifted))
        said = one.forbidden if what == "forbidden" else one.avoided
        still = {pair: number for pair, number in found.items() if people_of(pair) not in lifted}
        found = {**dict.fromkeys(said, one.number), **still}
    return found


def _history_error(message: str, source: str = "history") -> HistoryError:
    return HistoryError([Fault(message, source)])


def _past_round(matching: Matching, number: int, until: date | str, began: date | str | None) -> PastRound:
    """Return the entry of a round, without its own digest."""
    duos = ({"mentor": duo.mentor, "mentee": duo.mentee, "score": duo.score} for duo in matching.duos)
    without = [left for left in matching.unmatched if left.reason != "sits_out"]
    asked = StandingRequests.of(matching)
    sitting = [left for left in matching.unmatched if left.reason == "sits_out"]
    try:
        return PastRound(
            number=number,
            began=began,
            until=until,
            duos=tuple(ScoredDuo.of_checked(duo) for duo in duos),
            unmatched=tuple(InRole(id=left.id, role=left.role) for left in without),
            sat_out=tuple(InRole(id=left.id, role=left.role) for left in sitting),
            people=tuple(sorted(_ids_of(matching))),
            forbidden=tuple(sorted({*asked.before, *asked.forbidden})),
            avoided=asked.avoided,
            lifted=pairs_lifted_in(matching),
            cohort=matching.digests.cohort,
            policy=matching.digests.policy,
            matching=matching.sha256,
            sha256="",
        )
    except HistoryError as error:
        raise error.of("history") from None


def _ids_of(matching: Matching) -> set[str]:
    """Return the ids of all people of a matching: each has a duo, a price, or a reason for having no duo."""
    proof = matching.certificate
    ends = {one for duo in matching.duos for one in (duo.mentor, duo.mentee)}
    return {*ends, *proof.mentor_prices, *proof.mentee_prices, *(left.id for left in matching.unmatched)}


def _disorder(rounds: Sequence[PastRound]) -> str | None:
    """Name the first round that ended before the round before it; return ``None`` if the order is right."""
    for one, following in pairwise(rounds):
        if following.until < one.until:
            return (
                f"round {following.number} would end on {following.until}, before round {one.number} did; "
                f"right would be {one.until} or later"
            )
    return None


def _edit_fault(data: Mapping[str, Any]) -> str | None:
    """Name the entry of a file that was edited; return ``None`` where the chain is whole or empty."""
    entries = data.get("rounds")
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        return None
    return break_in([_restore_fractions(entry) for entry in entries], data.get("sha256"))


def _restore_fractions(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return an entry with scores as floats: databases write 1 for 1.0, and digests are of the latter."""
    duos = entry.get("duos")
    if not isinstance(duos, list) or not all(isinstance(duo, dict) for duo in duos):
        return entry
    scores = [duo.get("score") for duo in duos]
    written = [float(score) if type(score) is int and score in (0, 1) else score for score in scores]
    return {**entry, "duos": [{**duo, "score": score} for duo, score in zip(duos, written, strict=True)]}


def _parse(text: str | bytes, source: str) -> Any:
    """Return the value of a JSON text; the error distinguishes a cut-off file from one that is no JSON."""
    try:
        written = text if isinstance(text, str) else text.decode("utf-8")
    except UnicodeDecodeError as error:
        cut = error.reason == "unexpected end of data"
        raise _history_error(_CUT_OFF if cut else _NOT_JSON, source) from None
    written = written.strip()
    try:
        return json_value(written)
    except JsonError as error:
        if error.code not in ("not-json", "too-deep"):
            raise _history_error(str(error), source) from None
        raise _history_error(_CUT_OFF if _is_cut_off(written, error) else _NOT_JSON, source) from None


def _is_cut_off(written: str, error: JsonError) -> bool:
    at_end = error.position >= len(written) or not written.endswith("}") or "Unterminated" in str(error)
    return not written or (written.startswith("{") and at_end)


_CUT_OFF = f"cut off: its end is missing; {AS_WRITTEN}"
_NOT_JSON = "not valid JSON in UTF-8; right would be a history written by this library"
