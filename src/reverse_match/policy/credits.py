"""Points by which some duos count more for the objective than they score.

A rotation gives them: to duos of people who had none before, and to duos that both want to keep, since to
take a point away where such a duo ends is the same as to give it a point where it stays.
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
"""More than this no pair may count beside its score, all credits together: numbers stay small and exact."""


def _some(points: float) -> float:
    if not 0 < points <= MOST_POINTS:
        message = f"right would be points, above 0 and up to {MOST_POINTS}"
        raise CodedError(message, "out-of-range")
    return points


class Credit(PolicyData):
    """Points by which some duos count more than they score: those of some people, or listed ones.

    A duo has the points of a credit once for each of its lists in which it stands: once for its mentor, once
    for its mentee, once for the pair itself; within a list everybody counts once. It has those of all
    credits, together no more than 5. What the objective adds up is then score and credit (``fair``: utility
    and credit). Scores stay what they are, and so does what depends on them: rules, quotas, and the worst duo
    but for credits that are said to count there.

    Examples
    --------
    >>> Credit(name="had no duo before", points=0.5, mentees=["ada"]).mentees
    ('ada',)
    """

    name: Annotated[str, Field(min_length=1)]
    """What explanations call it; credits of one name are told as one."""
    points: Annotated[GivenPoints, AfterValidator(_some)]
    """By which each such duo counts more."""
    mentors: tuple[str, ...] = Field(default=(), exclude_if=operator.not_)
    """Ids of mentors, all whose duos count more."""
    mentees: tuple[str, ...] = Field(default=(), exclude_if=operator.not_)
    """Ids of mentees, all whose duos count more."""
    pairs: tuple[Pair, ...] = Field(default=(), exclude_if=operator.not_)
    """Pairs of ids, mentor first, whose duos count more."""
    counts_in_worst: bool = Field(default=False, exclude_if=operator.not_)
    """Whether it counts under ``max_min`` also where the worst duo is judged: by its score and these credits.
    Else the worst is judged by scores alone."""

    @model_validator(mode="after")
    def _of_somebody(self) -> Credit:
        if not (self.mentors or self.mentees or self.pairs):
            message = "of nobody; give mentors, mentees or pairs"
            raise CodedError(message, "empty")
        return self


class CreditsByDuo:
    """Gives the credits of a duo, in their order: each once for each of its lists in which the duo stands.

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
        """Return the credits of two people, by their ids."""
        teaches, learns = id_key(mentor), id_key(mentee)
        lists = (
            self._places.get(of_whom, ()) for of_whom in ((teaches, None), (None, learns), (teaches, learns))
        )
        return [self._given[place] for place in sorted(chain.from_iterable(lists))]


def drop_names(given: Iterable[Credit], keeps: Callable[[str, int], bool]) -> tuple[Credit, ...]:
    """Return credits that name only whom one keeps: by id, and as mentor (0) or mentee (1).

    A credit of nobody else is none.

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
