"""Objectives over people: what counts is what each person has of all their duos."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from reverse_match.policy.values import Number, PolicyData

Over: TypeAlias = Literal["mentors", "mentees", "people"]
"""Whose duos count together: those of each mentor, of each mentee, or of each person in both roles."""

Of: TypeAlias = Literal["mean", "sum"]
"""What counts of a person's duos: the mean of their scores, or their sum."""


class WorstPerson(PolicyData):
    """The most duos, then the highest lowest mean (or sum) of a person's scores, then the highest total.

    People without a duo that the policy leaves open do not count.

    Examples
    --------
    >>> WorstPerson(over="mentees").of
    'mean'
    """

    kind: Literal["max_min"] = "max_min"
    over: Over
    """Whose duos count together: those of each mentor, of each mentee, or of each person in both roles."""
    of: Of = "mean"
    """What counts of a person's duos: the mean of their scores, or their sum."""


class FairToPeople(PolicyData):
    """The most duos, then the highest sum over people of a concave utility of the mean (or sum) of scores.

    The utility is that of :class:`Fair`.

    Examples
    --------
    >>> FairToPeople(over="people").alpha
    1
    """

    kind: Literal["fair"] = "fair"
    over: Over
    """Whose duos count together: those of each mentor, of each mentee, or of each person in both roles."""
    of: Of = "mean"
    """What counts of a person's duos: the mean of their scores, or their sum."""
    alpha: Annotated[Number, Field(ge=0, le=5)] = 1
    """How strongly people with little count, as in :class:`Fair`."""


OVER_PEOPLE = (WorstPerson, FairToPeople)
"""The objectives over people."""
