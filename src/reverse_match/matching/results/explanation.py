"""Answers about pairs: explanations of why two people are a duo or not, and alternatives for a person.

The records hold exact numbers; views make sentences of them. All costs are those of the whole programme,
found by solving again.
"""

from __future__ import annotations

import operator
from datetime import date
from typing import Literal

from pydantic import Field

from reverse_match.foundation.fixed_point import OnGrid
from reverse_match.foundation.records import PlainData, WordedRecord
from reverse_match.policy.values import is_none
from reverse_match.scoring.name_matches import NameMatch


class Partner(PlainData):
    """The partner of a person in a duo."""

    id: str
    """Id of the partner."""
    score: OnGrid
    """Score of the duo, from 0 to 1."""


class ScoredDuo(PlainData):
    """A duo that ends or is new, with its score."""

    mentor: str
    """Id of the mentor."""
    mentee: str
    """Id of the mentee."""
    score: OnGrid
    """Score of the duo, from 0 to 1."""


class Changes(PlainData):
    """Changes between a matching and another one that is considered in its place."""

    ended: tuple[ScoredDuo, ...]
    """Duos that would end, sorted by mentor and mentee."""
    new: tuple[ScoredDuo, ...]
    """Duos that would be new, sorted by mentor and mentee; a forced duo is among them."""


class PersonalRule(PlainData):
    """A must of one person about the other that keeps a pair from being a duo."""

    id: str
    """Id of the person whose rule it is."""
    role: Literal["mentor", "mentee"]
    """Role of this person in the pair."""
    field: str
    """Field of the other person that it is about."""
    known: bool
    """Whether the other's field is known; a rule can forbid pairs for which it is not."""


class WaivedRule(PlainData):
    """A rule that the policy waives for one pair, which it would keep apart."""

    rule: str
    """Label of the rule."""
    reason: str | None = Field(default=None, exclude_if=is_none)
    """Why it is waived, as the policy says it; ``None`` in an answer for a participant if it names others."""
    author: str | None = Field(default=None, exclude_if=is_none)
    """Who decided so; ``None`` in an answer for a participant."""
    on: date | None = Field(default=None, exclude_if=is_none)
    """The day on which it was decided, if the policy says it."""


class Explanation(WordedRecord):
    """Explains why a mentor and a mentee are a duo or not, and what the opposite would cost the programme.

    ``changes`` and ``duos_lost`` are those of forcing the duo, or, if the two are a duo, of forbidding it.
    The cost is exactly the sum of the scores of ended duos minus that of new ones. Costs are differences of
    scores alone: the objective also counts credits when it chooses the other duos, but no cost includes them.
    """

    mentor: str
    """Id of the mentor of the pair."""
    mentee: str
    """Id of the mentee of the pair."""
    matched: bool
    """Whether the two are a duo."""
    fixed: bool
    """Whether the policy demands the duo."""
    score: OnGrid
    """Score of the pair, from 0 to 1, whether or not a rule forbids the pair."""
    contributions: dict[str, OnGrid]
    """Contribution of each criterion, in points; their sum is exactly the score."""
    credits: dict[str, OnGrid] = Field(default_factory=dict, exclude_if=operator.not_)
    """Points of credit of the pair, by the names of the policy's credits."""
    missing: tuple[str, ...]
    """Criteria that are not known for this pair and give it their neutral value."""
    name_matches: tuple[NameMatch, ...]
    """Skills and goals that match, each with the rung by which it was found."""
    common_times: tuple[str, ...] = Field(default=(), exclude_if=operator.not_)
    """Weekly times at which both are free, by the mentor's clock, if the policy asks for time in common. If
    it asks for time on site, each ends with its place: ``Mon 09:00-12:00 @Lyon``."""
    matters_most: dict[str, str] = Field(default_factory=dict, exclude_if=operator.not_)
    """The criterion that matters most to the mentor, and to the mentee, by role, if they have named one and
    the weights of the policy follow that."""
    weights: dict[str, OnGrid] = Field(default_factory=dict, exclude_if=operator.not_)
    """Weights of this pair, which sum to 1, where they follow what matters most to the two."""
    blocked_by: tuple[str, ...]
    """Labels of all rules that forbid the pair; ``same_person``; ``capacity`` if one of the two has capacity
    0; ``fix`` if fixed duos take all places of one of them. For a duo, ``fix`` means that it cannot be
    forbidden, since the policy demands the two as a duo with roles exchanged."""
    personal_rules: tuple[PersonalRule, ...] = Field(default=(), exclude_if=operator.not_)
    """Whose personal rules are among these, and what they are about; for the programme alone."""
    waived: tuple[WaivedRule, ...] = Field(default=(), exclude_if=operator.not_)
    """Rules that would keep the two apart and are waived for them by the policy, each with its reason."""
    quotas_in_the_way: tuple[str, ...] = ()
    """Names of quotas in the way, in the order of the policy. If quotas rule out the opposite (the cost is
    ``None``): a minimal list of quotas that cannot be kept together then. If not, for a pair that is no duo
    and whose people both have a place left: the quotas that would be broken by adding it to all duos. For any
    other pair that is no duo: the quotas for which it would pay, at the prices of the certificate."""
    mentor_partners: tuple[Partner, ...]
    """Present partners of the mentor, as mentees."""
    mentee_partners: tuple[Partner, ...]
    """Present partners of the mentee, as mentors."""
    waiver: bool
    """Whether costs and changes assume a waiver: rules lifted for these two people and for nobody else."""
    cost_of_forcing: OnGrid | None
    """Points of the total that the programme loses if the duo is forced; ``None`` if it cannot be forced. It
    can be below 0: if there are fewer duos then, if the matching was not proved optimal, or if the objective
    does not put the total first or counts credits."""
    cost_of_forbidding: OnGrid | None
    """Points of the total that the programme loses without the duo; ``None`` if the two are no duo, if quotas
    cannot be kept without it, or if the policy demands the two as a duo with roles exchanged."""
    duos_lost: int | None
    """Number of duos that the programme would lose; ``None`` if the opposite is impossible."""
    changes: Changes | None
    """Duos that would end and duos that would be new; ``None`` if the opposite is impossible."""
    credits_lost: OnGrid | None = Field(default=None, exclude_if=is_none)
    """If the policy has credits: points of credit that the programme would lose; below 0 if it would gain.
    The worth that the objective adds up falls by the cost plus these points (under ``fair``, by the loss of
    utility plus these points)."""
    more_lacking: int | None = Field(default=None, exclude_if=is_none)
    """If the policy asks for something as far as possible: how many more duos would lack it; below 0 if fewer
    would."""
    worst: OnGrid | None = Field(default=None, exclude_if=is_none)
    """Under ``max_min``: the lowest score that a duo not fixed by the policy would have."""
    shared_more: int | None = Field(default=None, exclude_if=is_none)
    """Where duos are spread: how many more pairs of duos would share a person; below 0 if fewer would. The
    fewer there are, the more evenly the duos lie."""


class Alternative(WordedRecord):
    """Another partner for a person, and what that duo would cost the programme.

    The cost is exactly the sum of the scores of ended duos minus that of new ones. If the policy has credits,
    alternatives are ordered by the loss of scores and credits together.
    """

    person: str
    """Id of the person who needs a partner."""
    role: Literal["mentor", "mentee"]
    """Role of this person."""
    partner: str
    """Id of the other partner."""
    score: OnGrid
    """Score of the two as a duo, from 0 to 1."""
    contributions: dict[str, OnGrid]
    """Contribution of each criterion, in points; their sum is exactly the score."""
    credits: dict[str, OnGrid] = Field(default_factory=dict, exclude_if=operator.not_)
    """Points of credit of the two as a duo, by the names of the policy's credits."""
    missing: tuple[str, ...]
    """Criteria that are not known for this pair and give it their neutral value."""
    matters_most: dict[str, str] = Field(default_factory=dict, exclude_if=operator.not_)
    """The criterion that matters most to the mentor, and to the mentee, by role, if they have named one and
    the weights of the policy follow that."""
    weights: dict[str, OnGrid] = Field(default_factory=dict, exclude_if=operator.not_)
    """Weights of this pair, which sum to 1, where they follow what matters most to the two."""
    cost: OnGrid
    """Points of the total that the programme loses if the two are a duo."""
    duos_lost: int
    """Number of duos that the programme would lose."""
    changes: Changes
    """Duos that would end and duos that would be new."""
    credits_lost: OnGrid | None = Field(default=None, exclude_if=is_none)
    """If the policy has credits: points of credit that the programme would lose; below 0 if it would gain."""
    more_lacking: int | None = Field(default=None, exclude_if=is_none)
    """If the policy asks for something as far as possible: how many more duos would lack it; below 0 if fewer
    would."""
    worst: OnGrid | None = Field(default=None, exclude_if=is_none)
    """Under ``max_min``: the lowest score that a duo not fixed by the policy would have."""
    shared_more: int | None = Field(default=None, exclude_if=is_none)
    """Where duos are spread: how many more pairs of duos would share a person; below 0 if fewer would. The
    fewer there are, the more evenly the duos lie."""
