"""Credits: points that the objective adds to the scores of some duos.

A rotation gives credits to duos of people who had no duo before, and to duos that both people want to keep.
The latter credit stands for the charge of a rotation: to take points away where a duo ends ranks matchings in
the same order as to give these points where it stays.
"""

from __future__ import annotations

import operator
from itertools import chain
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, Field, model_validator

from reverse_match.foundation.errors import CodedError
from reverse_match.foundation.names import id_key
from reverse_match.policy.values import GivenPoints, Pair, PolicyData

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

MOST_POINTS = 5
"""The most points that all credits of a pair may sum to, so that sums in whole numbers stay exact."""


def _some(points: float) -> float:
    if not 0 < points <= MOST_POINTS:
        message = f"right would be points, above 0 and up to {MOST_POINTS}"
        raise CodedError(message, "out-of-range")
    return points


class Credit(PolicyData):
    """Points that the objective adds to the scores of some duos: those of some people, or listed duos.

    A duo has the points of a credit once for each of its lists in which it stands: once for its mentor, once
    for its mentee, once for the pair itself. Within one list nobody counts twice. The points of all credits
    of a duo are added up, and are 5 at most. The objective sums score and credit (under ``fair``: utility and
    credit). Credits do not change scores, and so neither rules nor quotas. They change which duo is the worst
    only where ``counts_in_worst`` says so.

    Examples
    --------
    >>> Credit(name="had no duo before", points=0.5, mentees=["ada"]).mentees
    ('ada',)
    """

    name: Annotated[str, Field(min_length=1)]
    """Name of the credit in explanations, which add up credits of the same name."""
    points: Annotated[GivenPoints, AfterValidator(_some)]
    """Points that each of these duos is given, above 0 and up to 5; a full score is worth 1 point."""
    mentors: tuple[str, ...] = Field(default=(), exclude_if=operator.not_)
    """Ids of mentors; every duo of one of them is given the points."""
    mentees: tuple[str, ...] = Field(default=(), exclude_if=operator.not_)
    """Ids of mentees; every duo of one of them is given the points."""
    pairs: tuple[Pair, ...] = Field(default=(), exclude_if=operator.not_)
    """Pairs of ids, mentor first; the duo of each pair is given the points."""
    counts_in_worst: bool = Field(default=False, exclude_if=operator.not_)
    """Whether the credit also counts where ``max_min`` compares the worst duos. If not, scores alone decide
    which duo is the worst."""

    @model_validator(mode="after")
    def _of_somebody(self) -> Credit:
        if not (self.mentors or self.mentees or self.pairs):
            message = "of nobody; give mentors, mentees or pairs"
            raise CodedError(message, "empty")
        return self


class CreditsByDuo:
    """Finds the credits of a duo, in the order given: a credit once for each of its lists with the duo in it.

    Examples
    --------
    >>> later, sooner = Credit(name="b", points=1, mentees=["e"]), Credit(name="a", points=1, mentors=["m"])
    >>> [credit.name for credit in CreditsByDuo([later, sooner])("m", "e")]
    ['b', 'a']
    """

    def __init__(self, given: Sequence[Credit]) -> None:
        self._given = given
        self._places: dict[tuple[str | None, str | None], list[int]] = {}
        for place, credit in enumerate(given):
            listed: list[set[tuple[str | None, str | None]]] = [
                {(id_key(mentor), None) for mentor in credit.mentors},
                {(None, id_key(mentee)) for mentee in credit.mentees},
                {(id_key(mentor), id_key(mentee)) for mentor, mentee in credit.pairs},
            ]
            for of_whom in chain.from_iterable(listed):
                self._places.setdefault(of_whom, []).append(place)

    def __call__(self, mentor: str, mentee: str) -> list[Credit]:
        """Return the credits of a duo, by the ids of its mentor and its mentee."""
        teaches, learns = id_key(mentor), id_key(mentee)
        lists = (
            self._places.get(of_whom, ()) for of_whom in ((teaches, None), (None, learns), (teaches, learns))
        )
        return [self._given[place] for place in sorted(chain.from_iterable(lists))]


def drop_names(given: Iterable[Credit], keeps: Callable[[str, int], bool]) -> tuple[Credit, ...]:
    """Return credits that name only some people: ``keeps`` takes an id and a side (0: mentor, 1: mentee).

    A credit that names nobody any more is left out.

    Examples
    --------
    >>> credit = Credit(name="a", points=1, mentors=["m"], pairs=[("m", "e")])
    >>> drop_names([credit], lambda name, side: name != "e")[0].model_dump(include={"mentors", "pairs"})
    {'mentors': ('m',)}
    """
    left = []
    for credit in given:
        lists: dict[str, Any] = {
            "mentors": tuple(name for name in credit.mentors if keeps(name, 0)),
            "mentees": tuple(name for name in credit.mentees if keeps(name, 1)),
            "pairs": tuple(pair for pair in credit.pairs if keeps(pair[0], 0) and keeps(pair[1], 1)),
        }
        if any(lists.values()):
            left.append(credit.model_copy(update=lists))
    return tuple(left)
