"""Answers about pairs: why two people are a duo or not, and who else could be with somebody.

Data first, numbers as exact as everywhere; sentences are made of the data, in the order in which a person
would ask. All losses are those of the whole programme, found by solving again.
"""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from reverse_match.foundation.fixed_point import OnGrid
from reverse_match.foundation.records import PlainData
from reverse_match.policy.values import is_none
from reverse_match.scoring.name_matches import NameMatch
from reverse_match.views.html.blocks import block, folded, note, sentences
from reverse_match.views.html.pair import (
    UNKNOWN_NOTE,
    changes_table,
    contributions_table,
    names_table,
    pair_title,
)
from reverse_match.views.words.phrases import PairInWords, PartnerInWords, Price
from reverse_match.views.words.telling import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.views.html.element import Element
    from reverse_match.views.words.phrases import Language


class Partner(PlainData):
    """Somebody with whom a person is."""

    id: str
    """Who."""
    score: OnGrid
    """Of the duo, from 0 to 1."""


class ScoredDuo(PlainData):
    """A duo that would end, or would be new."""

    mentor: str
    """Id of the one who teaches."""
    mentee: str
    """Id of the one who learns."""
    score: OnGrid
    """From 0 to 1."""


class Changes(PlainData):
    """What would be another matching."""

    ended: tuple[ScoredDuo, ...]
    """Duos that would end, sorted by mentor and mentee."""
    new: tuple[ScoredDuo, ...]
    """Duos that would be new, the one that is asked about among them."""


class Explanation(PlainData):
    """Why a mentor and a mentee are a duo or not, and what it would cost the programme to have it otherwise.

    ``changes`` and ``duos_lost`` belong to forcing the duo, or, where the two are a duo, to forbidding it.
    The sum of the scores of ended duos minus that of new ones is the cost, exactly. So costs are of scores:
    credits, which the objective counts beside, decide what would be formed, and are in no cost.
    """

    mentor: str
    """Id of the one who would teach."""
    mentee: str
    """Id of the one who would learn."""
    matched: bool
    """Whether they are a duo."""
    fixed: bool
    """Whether the policy demands the duo."""
    score: OnGrid
    """From 0 to 1, whether or not a rule forbids the pair."""
    contributions: dict[str, OnGrid]
    """Points of each criterion; they sum to the score, exactly."""
    credits: dict[str, OnGrid] = Field(default_factory=dict, exclude_if=operator.not_)
    """Points that the duo counts, or would count, beside its score, by the names of the policy's credits."""
    missing: tuple[str, ...]
    """Criteria that are not known for this pair and give it their neutral value."""
    name_matches: tuple[NameMatch, ...]
    """Skills and goals that match, and by which rung of the ladder."""
    blocked_by: tuple[str, ...]
    """Kinds of all rules that forbid the pair; ``same_person``; ``capacity`` where one of the two has
    capacity 0; ``fix`` where fixed duos take all places of one of them, or where, of a duo, the policy
    demands the two in each other's role: they cannot be kept apart then."""
    quotas_in_the_way: tuple[str, ...] = ()
    """Names of quotas, in the order of the policy. Where what is asked cannot be because of quotas
    (``cost_of_forcing``, or for a duo ``cost_of_forbidding``, is ``None``): such as cannot be kept together
    then, each of them needed for that. For another pair that is no duo: those that would not hold with it
    beside all duos, if both people have a place left; else those that it would pay for, at the prices of the
    certificate."""
    mentor_partners: tuple[Partner, ...]
    """Whom the mentor teaches now."""
    mentee_partners: tuple[Partner, ...]
    """From whom the mentee learns now."""
    waiver: bool
    """Whether costs and changes are those under a waiver: the rules lifted for these two and nobody else."""
    cost_of_forcing: OnGrid | None
    """Points of the total that the programme loses when the duo is forced; below 0 where fewer duos, or a
    matching that is not proved optimal, leave room for more, and where the objective puts something else
    first or counts credits beside scores. ``None`` where it cannot be forced at all."""
    cost_of_forbidding: OnGrid | None
    """Points of the total that the programme loses without the duo; ``None`` where the two are no duo, where
    quotas cannot be kept without it, or where the policy demands the two in each other's role."""
    duos_lost: int | None
    """How many duos fewer there would be; ``None`` where it cannot be."""
    changes: Changes | None
    """Which duos would end, and which would be new; ``None`` where it cannot be."""
    credits_lost: OnGrid | None = Field(default=None, exclude_if=is_none)
    """Where the policy has credits: points of these that the programme loses beside; below 0 where it wins
    some. What the objective adds up falls by the cost and this (under ``fair``, by utilities and this)."""
    worst: OnGrid | None = Field(default=None, exclude_if=is_none)
    """Under ``max_min``: what the worst duo that the policy does not fix would score then."""

    def sentences(self, lang: str = "en") -> list[str]:
        """Return the explanation in plain sentences.

        Parameters
        ----------
        lang : str
            ``"en"`` or ``"fr"``.

        Raises
        ------
        InputError
            If the language is not known.
        """
        say = language(lang)
        told = [say.pair(_pair(self), self.contributions, formed=self.matched)]
        told += _of_the_score(say, self.missing, self.name_matches)
        told += [say.credited(self.credits)] if self.credits else []
        if self.matched:
            told += [say.fixed()] if self.fixed else []
            told.append(self._forbidding(say))
        else:
            told += [say.ruled_out(self.blocked_by)] if self.blocked_by else []
            told.append(say.partners_now(self.mentor, "mentor", _partners(self.mentor_partners)))
            told.append(say.partners_now(self.mentee, "mentee", _partners(self.mentee_partners)))
            told += self._forcing(say)
        told += [say.credits_lost(self.credits_lost)] if self.credits_lost else []
        told += [] if self.worst is None else [say.worst_then(self.worst)]
        return told + changes_in_words(say, self.changes, (self.mentor, self.mentee))

    def _repr_html_(self) -> str:
        """Return the view of the explanation in a notebook."""
        verb = "teaches" if self.matched else "would teach"
        return block(
            pair_title(self.mentor, self.mentee, verb, self.score),
            sentences(self.sentences()),
            contributions_table(self.contributions, self.missing, self.score),
            note(UNKNOWN_NOTE) if self.missing else None,
            names_that_match(self.name_matches),
            duos_that_change(self.changes),
        )

    def _forbidding(self, say: Language) -> str:
        if self.cost_of_forbidding is None and not self.quotas_in_the_way:
            return say.fixed_the_other_way()
        if self.cost_of_forbidding is None:
            return say.cannot_forbid(self.quotas_in_the_way)
        return say.forbidding(self._price(self.cost_of_forbidding), waived=self.waiver)

    def _forcing(self, say: Language) -> list[str]:
        if self.cost_of_forcing is None:
            return [say.cannot_force(self.quotas_in_the_way)]
        told = [say.quotas_in_the_way(self.quotas_in_the_way)] if self.quotas_in_the_way else []
        return [*told, say.forcing(self._price(self.cost_of_forcing), len(self.blocked_by))]

    def _price(self, points: float | None) -> Price:
        return Price(points or 0.0, self.duos_lost or 0)

    def __str__(self) -> str:
        return "\n".join(self.sentences())


class Alternative(PlainData):
    """Somebody who could be with a person instead, and what that would cost the programme.

    The sum of the scores of ended duos minus that of new ones is the cost, exactly. Where the policy has
    credits, alternatives are in the order of what the programme loses of scores and credits together.
    """

    person: str
    """Id of the one who needs a partner."""
    role: Literal["mentor", "mentee"]
    """In which role."""
    partner: str
    """Id of the one who could be it."""
    score: OnGrid
    """Of the two, from 0 to 1."""
    contributions: dict[str, OnGrid]
    """Points of each criterion; they sum to the score, exactly."""
    credits: dict[str, OnGrid] = Field(default_factory=dict, exclude_if=operator.not_)
    """Points that the duo would count beside its score, by the names of the policy's credits."""
    missing: tuple[str, ...]
    """Criteria that are not known for this pair and give it their neutral value."""
    cost: OnGrid
    """Points of the total that the programme loses when the two are a duo."""
    duos_lost: int
    """How many duos fewer there would be."""
    changes: Changes
    """Which duos would end, and which would be new."""
    credits_lost: OnGrid | None = Field(default=None, exclude_if=is_none)
    """Where the policy has credits: points of these that the programme loses beside; below 0 where it wins
    some."""
    worst: OnGrid | None = Field(default=None, exclude_if=is_none)
    """Under ``max_min``: what the worst duo that the policy does not fix would score then."""

    def sentences(self, lang: str = "en") -> list[str]:
        """Return the alternative in plain sentences.

        Parameters
        ----------
        lang : str
            ``"en"`` or ``"fr"``.

        Raises
        ------
        InputError
            If the language is not known.
        """
        say = language(lang)
        partner = PartnerInWords(self.partner, self.score)
        told = [say.partner(self.person, self.role, partner, self.contributions)]
        told += _of_the_score(say, self.missing, ())
        told += [say.credited(self.credits)] if self.credits else []
        told.append(say.costs(Price(self.cost, self.duos_lost)))
        told += [say.credits_lost(self.credits_lost)] if self.credits_lost else []
        told += [] if self.worst is None else [say.worst_then(self.worst)]
        return told + changes_in_words(say, self.changes, self._ends())

    def _ends(self) -> tuple[str, str]:
        return (self.person, self.partner) if self.role == "mentor" else (self.partner, self.person)

    def __str__(self) -> str:
        return "\n".join(self.sentences())

    def _repr_html_(self) -> str:
        """Return the view of the alternative in a notebook."""
        return block(
            pair_title(*self._ends(), "could teach", self.score),
            sentences(self.sentences()),
            contributions_table(self.contributions, self.missing, self.score),
            note(UNKNOWN_NOTE) if self.missing else None,
            duos_that_change(self.changes),
        )


def names_that_match(matches: Sequence[NameMatch]) -> Element | None:
    """Return names that match between two people, for a notebook."""
    return names_table([(match.criterion, match.mentor, match.mentee, match.rung) for match in matches])


def duos_that_change(changes: Changes | None) -> Element | None:
    """Return duos that would end or be new, for a notebook."""
    if changes is None:
        return None
    listed = [(what, duo) for what, duos in (("ends", changes.ended), ("new", changes.new)) for duo in duos]
    return folded(
        f"Duos that would end: {len(changes.ended):,}; new: {len(changes.new):,}",
        changes_table((what, duo.mentor, duo.mentee, duo.score) for what, duo in listed),
    )


def changes_in_words(say: Language, changes: Changes | None, asked: tuple[str, str]) -> list[str]:
    """Say which duos would end and which would be new, beside the one that is asked about."""
    told = []
    for duos, words in () if changes is None else ((changes.ended, say.ending), (changes.new, say.beginning)):
        others = [_pair(duo) for duo in duos if (duo.mentor, duo.mentee) != asked]
        told += [words(others, others=len(others) < len(duos))] if others else []
    return told


def _of_the_score(say: Language, missing: Sequence[str], names: Sequence[NameMatch]) -> list[str]:
    return ([say.not_known(missing)] if missing else []) + ([say.shared_names(names)] if names else [])


def _pair(duo: Explanation | ScoredDuo) -> PairInWords:
    return PairInWords(duo.mentor, duo.mentee, duo.score)


def _partners(partners: Sequence[Partner]) -> list[PartnerInWords]:
    return [PartnerInWords(partner.id, partner.score) for partner in partners]
