"""Answers about pairs: why two people are a duo or not, and who else could be with somebody.

Data first, numbers as exact as everywhere; sentences are made of the data, in the order in which a person
would ask. All losses are those of the whole programme, found by solving again.
"""

from __future__ import annotations

import operator
from typing import Literal

from pydantic import Field

from reverse_match.foundation.fixed_point import OnGrid
from reverse_match.foundation.records import PlainData, WordedRecord
from reverse_match.policy.values import is_none
from reverse_match.scoring.name_matches import NameMatch


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


class Explanation(WordedRecord):
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


class Alternative(WordedRecord):
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
