"""The record of the passage to the next round: what becomes of every duo and of everybody without one."""

from __future__ import annotations

import operator
from typing import Literal, TypeAlias

from pydantic import Field

from reverse_match.foundation.fixed_point import OnGrid
from reverse_match.foundation.records import Day, PlainData, WordedRecord, views_of
from reverse_match.matching.results.proposal import ProposedFormat
from reverse_match.policy.values import Pair, is_none

Kind: TypeAlias = Literal["kept", "ended", "new", "waiting"]
ChangeReason: TypeAlias = Literal[
    "both_want_to_keep",
    "fixed",
    "person_left",
    "no_place",
    "asked_to_end",
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
    """What becomes of a duo, or of somebody who has none.

    Examples
    --------
    >>> print(Change(kind="ended", mentor="lea", mentee="ada", reason="person_left", who=["ada"]))
    The duo of 'lea' (mentor) and 'ada' (mentee) ends: 'ada' has left the programme.
    """

    kind: Kind
    """``kept``, ``ended``, ``new``, or ``waiting``: somebody has no duo in this round."""
    mentor: str | None = Field(default=None, exclude_if=is_none)
    """Id of the one who teaches; for ``waiting``, of one who would."""
    mentee: str | None = Field(default=None, exclude_if=is_none)
    """Id of the one who learns; for ``waiting``, of one who would."""
    reason: ChangeReason
    """Why. Kept: ``both_want_to_keep``; ``fixed`` by the policy. Ended: ``person_left``; ``no_place``, since
    role or capacity is another now; ``asked_to_end``; ``rotates``; ``by_hand`` in the round; or, though both
    want to keep it, ``ruled_out`` by a rule, or ``better_otherwise``: without it the round is better as a
    whole, the charge counted. New: ``fixed``; ``left_out_before``; ``joined``; ``rotates``. Waiting: as in
    :class:`.Unmatched`."""
    score: OnGrid | None = Field(default=None, exclude_if=is_none)
    """Of the duo: in this round, or where it ended in the last one."""
    who: tuple[str, ...] = Field(default=(), exclude_if=operator.not_)
    """Of whom the reason speaks, sorted: who left, has no place, was left out before, or joined."""
    rules: tuple[str, ...] = Field(default=(), exclude_if=operator.not_)
    """For ``ruled_out``: which rules."""
    format: ProposedFormat | None = Field(default=None, exclude_if=is_none)
    """For kept duos: which other format is proposed, if one is."""
    minutes: int | None = Field(default=None, exclude_if=is_none)
    """For kept duos: how long a session should be, where it should be shorter."""
    rounds_without: int | None = Field(default=None, exclude_if=is_none)
    """For ``waiting`` and ``left_out_before``: how many rounds in a row before this one they had no duo."""

    def why(self, lang: str = "en") -> str:
        """Return the reason alone, without the names of the duo; empty where there is nothing to say.

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
    """What the history says of an earlier round, and the matching that ended does not: who is kept apart."""

    round: int
    """Its number: the round from which on it has counted."""
    forbidden: tuple[Pair, ...] = Field(default=(), exclude_if=operator.not_)
    """Whom somebody forbade to each other by hand, sorted."""
    avoided: tuple[Pair, ...] = Field(default=(), exclude_if=operator.not_)
    """Who avoids whom by a record that was taken away or replaced, sorted."""


class Learned(PlainData):
    """A skill that somebody says a mentee has acquired, and what follows."""

    person: str
    """Id of the mentee."""
    skill: str
    """As the mentee's own record spells it, or the feedback where that does not have it."""
    reached: Literal["yes", "partly", "no"] | None
    """How far it went; ``None`` where nobody says."""
    left_seeks: bool
    """Whether the mentee seeks it no more."""
    priority_before: int | None
    """Priority from 1 to 3 with which the mentee sought it; ``None`` where they did not."""
    priority_after: int | None
    """Priority with which they seek it now."""
    joined_offers: int | None
    """Level from 1 to 5 at which they offer it now; ``None`` where their offers stay as they were."""
    because: tuple[int, ...]
    """Places in ``feedback.records`` of the answers that it follows from, ascending."""


class Rotation(PlainData):
    """The passage to a round: what becomes of the duos of the round before, and what was learned in it."""

    round: int
    """Number of the round that begins; the first matching of a programme is round 1."""
    on: Day
    """The day on which it begins, and the one before ended."""
    reciprocal: bool = Field(default=False, exclude_if=operator.not_)
    """Whether roles are swapped against the round before."""
    previous: str
    """SHA-256 of the matching that ended, as :attr:`.Matching.sha256`."""
    changes: tuple[Change, ...]
    """Kept duos, ended ones, new ones, and who waits; each sorted by mentor and mentee."""
    learned: tuple[Learned, ...] = Field(default=(), exclude_if=operator.not_)
    """What was learned, and what has become of it: the matching is of the people after that."""
    forbidden: tuple[Pair, ...] = Field(default=(), exclude_if=operator.not_)
    """Whom somebody has forbidden to each other by hand in the rounds before, sorted: they stay apart in all
    later ones, also when one of them was away, until somebody allows it."""

    lifted: tuple[Pair, ...] = Field(default=(), exclude_if=operator.not_)
    """Who was, and may meet again from this round on, since its policy fixes them; sorted."""
    avoided: tuple[Pair, ...] = Field(default=(), exclude_if=operator.not_)
    """Who avoids whom by a record that was taken away or replaced in the rounds before, sorted: it counts as
    if they still said so."""
    from_history: tuple[FromRound, ...] = Field(default=(), exclude_if=operator.not_)
    """Which of ``forbidden``, ``lifted`` and ``avoided`` only the history knew, by round."""

    def count(self, kind: Kind) -> int:
        """Return how many changes are of a kind."""
        return sum(change.kind == kind for change in self.changes)

    @property
    def waiting(self) -> tuple[str, ...]:
        """Ids of the people who wait, each once: also of whoever has a duo in the other of two roles."""
        return tuple(
            sorted(
                {change.mentor or change.mentee or "" for change in self.changes if change.kind == "waiting"}
            )
        )
