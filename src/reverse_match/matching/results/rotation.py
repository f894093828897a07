"""The record of a rotation: what becomes of every duo, and of every person without one."""

from __future__ import annotations

import operator
from typing import Literal, TypeAlias

from pydantic import Field

from reverse_match.foundation.fixed_point import OnGrid
from reverse_match.foundation.records import Day, PlainData, WordedRecord, views_of
from reverse_match.matching.results.proposal import DuoDecision, ProposedFormat
from reverse_match.policy.values import Pair, is_none

Kind: TypeAlias = Literal["kept", "ended", "new", "waiting"]
ChangeReason: TypeAlias = Literal[
    "both_want_to_keep",
    "fixed",
    "person_left",
    "no_place",
    "asked_to_end",
    "answers_against",
    "policy_ends_all",
    "decided",
    "rotates",
    "by_hand",
    "ruled_out",
    "better_otherwise",
    "left_out_before",
    "joined",
    "no_allowed_partner",
    "below_minimum_score",
    "partners_taken",
    "quota_full",
]

KINDS: tuple[Kind, ...] = ("kept", "ended", "new", "waiting")


class Change(WordedRecord):
    """The change of a duo between two rounds, or a person who has no duo in the new round.

    Examples
    --------
    >>> print(Change(kind="ended", mentor="lea", mentee="ada", reason="person_left", who=["ada"]))
    The duo of 'lea' (mentor) and 'ada' (mentee) ends: 'ada' has left the programme.
    """

    kind: Kind
    """Kind of the change: ``kept``, ``ended``, ``new``, or ``waiting`` for a person without a duo."""
    mentor: str | None = Field(default=None, exclude_if=is_none)
    """Id of the mentor; for ``waiting``, id of the person if they wait as a mentor."""
    mentee: str | None = Field(default=None, exclude_if=is_none)
    """Id of the mentee; for ``waiting``, id of the person if they wait as a mentee."""
    reason: ChangeReason
    """Reason of the change. Kept: ``both_want_to_keep``; ``fixed`` by the policy; ``decided``. Ended:
    ``person_left``; ``no_place``, since a role or capacity has changed; ``decided``; ``asked_to_end``;
    ``answers_against``, if somebody wants a change or is not satisfied; ``rotates``, if not both asked to
    keep it; ``by_hand`` during the round; or, although both people want to keep it, ``policy_ends_all``,
    ``ruled_out`` by a rule, or ``better_otherwise``: the round as a whole is better without it, even after
    the charge. New: ``fixed``; ``left_out_before``;
    ``joined``; ``rotates``. Waiting: as in :class:`.Unmatched`."""
    score: OnGrid | None = Field(default=None, exclude_if=is_none)
    """Score of the duo, from 0 to 1: in this round, or in the round before if it has ended."""
    who: tuple[str, ...] = Field(default=(), exclude_if=operator.not_)
    """Ids of the people to whom the reason applies, sorted: they left, have no place, did not ask to
    continue, were left out before, or joined."""
    rules: tuple[str, ...] = Field(default=(), exclude_if=operator.not_)
    """For ``ruled_out``: labels of the rules."""
    format: ProposedFormat | None = Field(default=None, exclude_if=is_none)
    """For kept duos: the other format, if one is proposed."""
    minutes: int | None = Field(default=None, exclude_if=is_none)
    """For kept duos: proposed length of a session in minutes, if shorter sessions are proposed."""
    rounds_without: int | None = Field(default=None, exclude_if=is_none)
    """For ``waiting`` and ``left_out_before``: number of rounds in a row, before this one, without a duo."""

    def why(self, lang: str = "en") -> str:
        """Return the reason alone, without the names of the duo; it may be empty.

        Parameters
        ----------
        lang : str
            ``"en"`` or ``"fr"``.

        Raises
        ------
        InputError
            If the language is not known.
        """
        why: str = views_of(self).why(self, lang)
        return why


class FromRound(PlainData):
    """Pairs kept apart by an earlier round of the history, and not by the matching that has ended."""

    round: int
    """Number of the round from which on the pairs have been kept apart."""
    forbidden: tuple[Pair, ...] = Field(default=(), exclude_if=operator.not_)
    """Pairs that were forbidden by hand, sorted."""
    avoided: tuple[Pair, ...] = Field(default=(), exclude_if=operator.not_)
    """Pairs of which the first avoids the second, by a record that was removed or replaced; sorted."""


class Learned(PlainData):
    """A skill that a mentee has acquired by feedback, and the changes of the mentee's record."""

    person: str
    """Id of the mentee."""
    skill: str
    """Name of the skill as the mentee's record spells it, or else as the feedback does."""
    reached: Literal["yes", "partly", "no"] | None
    """Whether the objective was reached; ``None`` if no answer says so."""
    left_seeks: bool
    """Whether the skill was removed from those that the mentee seeks."""
    priority_before: int | None
    """Priority, from 1 to 3, of the skill among those sought before; ``None`` if it was not sought."""
    priority_after: int | None
    """Priority, from 1 to 3, of the skill among those sought now; ``None`` if it is not sought."""
    joined_offers: int | None
    """Level, from 1 to 5, at which the skill joined those that the mentee offers; ``None`` if it did not."""
    because: tuple[int, ...]
    """Indices in ``feedback.records`` of the answers from which this follows, ascending."""


class Rotation(PlainData):
    """The rotation to a further round: the changes of duos, and the skills learned in the round before."""

    round: int
    """Number of the round that begins; the first matching of a programme is round 1."""
    on: Day
    """The day on which this round begins and the one before ends."""
    reciprocal: bool = Field(default=False, exclude_if=operator.not_)
    """Whether mentors and mentees have exchanged roles since the round before."""
    previous: str
    """SHA-256 digest of the matching of the round before, as :attr:`.Matching.sha256`."""
    changes: tuple[Change, ...]
    """Kept, ended and new duos, then people who wait; each kind sorted by mentor and mentee."""
    learned: tuple[Learned, ...] = Field(default=(), exclude_if=operator.not_)
    """Skills that mentees have acquired. The people of this round have the records changed by them."""
    forbidden: tuple[Pair, ...] = Field(default=(), exclude_if=operator.not_)
    """Pairs that were forbidden by hand in the rounds before, sorted, and those whose duo was ended by
    decision. They stay forbidden in all later
    rounds, also after one of the two was away, until somebody allows them."""

    lifted: tuple[Pair, ...] = Field(default=(), exclude_if=operator.not_)
    """Pairs that were forbidden by hand before, and may be a duo again from this round on, since its policy
    fixes them; sorted."""
    avoided: tuple[Pair, ...] = Field(default=(), exclude_if=operator.not_)
    """Pairs of ids of which the first avoids the second, by a record that was removed or replaced in the
    rounds before; sorted. They still count."""
    decisions: tuple[DuoDecision, ...] = Field(default=(), exclude_if=operator.not_)
    """What somebody has decided on duos of the round before, in their roles of that round; sorted by mentor
    and mentee."""
    fixed: tuple[Pair, ...] = Field(default=(), exclude_if=operator.not_)
    """Duos of this round that are kept by decision, mentor first, sorted, without those that the policy
    fixes."""
    from_history: tuple[FromRound, ...] = Field(default=(), exclude_if=operator.not_)
    """Those pairs of ``forbidden``, ``lifted`` and ``avoided`` that only the history knows, by round."""

    def count(self, kind: Kind) -> int:
        """Return the number of changes of a kind."""
        return sum(change.kind == kind for change in self.changes)

    @property
    def waiting(self) -> tuple[str, ...]:
        """Ids of people who have no duo in some role, sorted, each once; their other role may have one."""
        return tuple(
            sorted(
                {change.mentor or change.mentee or "" for change in self.changes if change.kind == "waiting"}
            )
        )
