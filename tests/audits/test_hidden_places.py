"""What an audit shows gives away nothing on few people: against numpy's rank, and plain sets."""

from __future__ import annotations

import random
from itertools import permutations
from typing import Any

from audit_oracle import SIDES, Facts, check_combinations, random_people, random_policy
from hypothesis import given, settings
from hypothesis import strategies as st

import reverse_match as rm

BY = ("gender", "campus", "age-band", "languages", "gender+campus")


class Seen:
    """An audit beside all that it is of."""

    def __init__(self, rng: random.Random) -> None:
        people = random_people(rng, most=90)
        cohort = rm.Cohort.from_records(people)
        matching = rm.match(cohort, random_policy(rng))
        self.facts = Facts(people, [matching])
        found = rm.audit(matching, cohort, rng.sample(BY, rng.randint(1, 4)), terms=False)
        self.places = found.groups
        self.of = [self.facts.of_place(place) for place in found.groups]

    def ends(self, duos: Any) -> tuple[int, int]:
        of = [self.facts.duos[number] for number in duos]
        return len({duo.mentor for duo in of}), len({duo.mentee for duo in of})


WORLDS = st.integers(0, 10**9).map(lambda seed: Seen(random.Random(seed)))


def counts_of_people_give_no_hidden_one_away(seen: Seen) -> None:
    for side in SIDES:
        mine = [number for number, place in enumerate(seen.places) if place.side == side]
        sets = [{*seen.of[number][0]} for number in mine]
        shown = [not seen.places[number].people.suppressed for number in mine]
        check_combinations(sets, shown, seen.facts.members[side])
        visible = [some for some, is_shown in zip(sets, shown, strict=True) if is_shown]
        assert all(len(some) >= 5 for some in visible if some)
        assert all(len(big - small) >= 5 for big, small in permutations(visible, 2) if small and small < big)


def scores_give_no_hidden_one_away_even_from_the_other_role(seen: Seen) -> None:
    sets = [{*duos} for _, duos in seen.of]
    shown = [not place.mean_score.suppressed for place in seen.places]
    check_combinations(sets, shown, list(range(len(seen.facts.duos))))
    visible = [some for some, is_shown in zip(sets, shown, strict=True) if is_shown and some]
    assert all(min(seen.ends(some)) >= 5 for some in visible)
    assert all(min(seen.ends(big - small)) >= 5 for big, small in permutations(visible, 2) if small < big)


def where_people_are_hidden_nothing_of_them_is_shown(seen: Seen) -> None:
    for place in seen.places:
        if place.people.suppressed:
            figures = [place.matched, place.left_out, place.duos, place.mean_score, place.worst_score]
            figures += [*place.reasons.values(), *(one for one in (place.rank, place.partners) if one)]
            assert all(figure.suppressed and figure.value is None for figure in figures)
            assert place.ratio is None


def a_lowest_score_can_be_that_of_enough_duos(seen: Seen) -> None:
    """A reader strikes out every duo that another place shows to score more; enough must be left."""
    shown = [
        (place.worst_score.value, {*duos})
        for place, (_, duos) in zip(seen.places, seen.of, strict=True)
        if place.worst_score.value is not None
    ]
    for lowest, duos in shown:
        left = duos - {one for other, some in shown if other > lowest for one in some}
        assert min(seen.ends(left)) >= 5


@given(WORLDS)
@settings(max_examples=min(20, settings.default.max_examples))
def test_nothing_hidden_can_be_inferred(seen: Seen) -> None:
    counts_of_people_give_no_hidden_one_away(seen)
    scores_give_no_hidden_one_away_even_from_the_other_role(seen)
    where_people_are_hidden_nothing_of_them_is_shown(seen)
    a_lowest_score_can_be_that_of_enough_duos(seen)


def test_something_is_shown() -> None:
    seen = [Seen(random.Random(seed)) for seed in range(6)]
    for figure in ("people", "mean_score", "worst_score", "rank"):
        shown = [getattr(place, figure).value is not None for one in seen for place in one.places if place.by]
        assert 0 < sum(shown) < len(shown), figure
