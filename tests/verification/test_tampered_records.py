"""Every leaf of log, rotation and what was added is changed, removed, doubled: all of it is found.

With the digest of what was changed as it was, everything is. With the digest made anew, what follows from
people, policy and duos is still found; the rest is what `docs/proof.md` names as said and not checked.
"""

from __future__ import annotations

import copy
import re
from itertools import islice
from typing import TYPE_CHECKING, Any

import pytest

import reverse_match as rm

if TYPE_CHECKING:
    from collections.abc import Iterator

    Path = tuple[str | int, ...]

PARTS = ("added", "log", "rotation")

NOT_CHECKED = re.compile(
    r"log\.\d+\.(author|reason|on|joined)(\.\d+)?"
    r"|log\.0\.(at_most_changes|ended\.\d+\.(mentor|mentee))"  # of an amendment before others
    r"|rotation\.(round|previous|learned.*)"
    r"|rotation\.changes\.\d+\.(score|reason|format|minutes)"
    r"|rotation\.changes\.\d+\.who(\.\d+)?"  # of duos that rotate: who did not ask to continue, by the feedback
)
"""What is said, and follows from nothing that is in the matching, the people, or the policy."""
REASONS = ("both_want_to_keep", "fixed", "person_left", "no_place", "asked_to_end", "rotates", "by_hand")
REASONS += ("ruled_out", "better_otherwise", "left_out_before", "joined", "no_allowed_partner")
REASONS += ("answers_against", "policy_ends_all", "decided")


def programme() -> list[tuple[str, rm.Matching, rm.Cohort]]:
    people = [
        {"id": f"m{number}", "role": "mentor", "offers": "AI:5;Excel" if number % 2 else "Excel:4"}
        for number in range(5)
    ]
    people += [
        {"id": f"e{number}", "role": "mentee", "seeks": "AI:3" if number % 2 else "Excel"}
        for number in range(6)
    ]
    people[0]["avoids"] = "e0"
    cohort = rm.Cohort.from_records(people)
    policy = rm.Policy(
        rules=[
            {"kind": "avoids"},
            {"kind": "fix", "pairs": [["m1", "e1"]]},
            {"kind": "forbid", "pairs": [["m2", "e4"]]},
        ]
    )
    first = rm.match(cohort, policy)
    free = [duo for duo in first.duos if not duo.fixed]
    told = {"author": "ada", "reason": "a wish", "on": "2027-01-01"}
    one = rm.amend(first, cohort, forbid=[(free[0].mentor, free[0].mentee)], at_most_changes=1, **told)
    new = {key: value for key, value in people[0].items() if key != "avoids"}
    asked: dict[str, Any] = {"leave": ["m0", "e4"], "join": [new, {"id": "e9", "role": "mentee"}]}
    two = rm.amend(one, cohort, **asked, fix=[("m3", "e9")], at_most_changes=2)
    later = cohort.amended(**asked)
    feedback = rm.Feedback.from_records(
        {"mentor": duo.mentor, "mentee": duo.mentee, "on": "2027-05-01", "by": by, "wish": "continue"}
        for duo in two.duos[:2]
        for by in ("mentor", "mentee")
    )
    three = rm.rotate(two, later, on="2027-06-01", feedback=feedback)
    lifted = rm.amend(three, three.people, allow=[(free[0].mentor, free[0].mentee)])
    return [
        ("amended", one, cohort),
        ("corrected", two, later),
        ("rotated", three, later),
        ("both", lifted, later),
    ]


CASES = {name: (matching, people) for name, matching, people in programme()}


def leaves(data: Any, path: Path = ()) -> Iterator[Path]:
    if path:
        yield path
    items: Any = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        yield from leaves(value, (*path, key))


def others(value: Any) -> list[Any]:
    """Return values that are none of the one."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int | float):
        return [value + 1, value + 0.000001]
    if isinstance(value, str):
        return [f"{value}x", "m4", "e5", "2028-01-01", *(REASONS if value in REASONS else ())]
    if isinstance(value, list):
        return [value[::-1], value + value[:1], value[1:]]
    return []


def tampers(data: dict[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    for path in leaves({name: data[name] for name in PARTS if name in data}):
        where: Any = data
        for key in path[:-1]:
            where = where[key]
        for other in others(where[path[-1]]):
            if other != where[path[-1]]:
                yield path, _with(data, path, other)
        yield path, _with(data, path, None, remove=True)


def _with(data: dict[str, Any], path: Path, value: Any, *, remove: bool = False) -> dict[str, Any]:
    changed = copy.deepcopy(data)
    where: Any = changed
    for key in path[:-1]:
        where = where[key]
    if remove:
        del where[path[-1]]
    else:
        where[path[-1]] = value
    return changed


def accepted(name: str, *, anew: bool, each: int = 1) -> list[str]:
    """Return what verify takes though it was changed; of the changes only one in so many."""
    matching, cohort = CASES[name]
    data = matching.model_dump(mode="json")
    found = []
    for path, changed in islice(tampers(data), 0, None, each):
        try:
            forged = rm.Matching.model_validate(changed)
        except rm.errors.MatchingFileError:
            continue
        if forged == matching:
            continue
        try:
            rm.verify(forged.with_changes() if anew else forged, cohort)
        except rm.ReverseMatchError:
            continue
        found.append(".".join(map(str, path)))
    return found


SOME_OR_ALL: list[Any] = [
    *((name, 7) for name in CASES),
    *(pytest.param(name, 1, marks=pytest.mark.long) for name in CASES),
]


@pytest.mark.parametrize(("name", "each"), SOME_OR_ALL)
def test_nothing_can_be_changed(name: str, each: int) -> None:
    assert accepted(name, anew=False, each=each) == []


@pytest.mark.parametrize(("name", "each"), SOME_OR_ALL)
def test_what_follows_from_the_rest_is_checked_though_digests_are_made_anew(name: str, each: int) -> None:
    assert [path for path in accepted(name, anew=True, each=each) if not NOT_CHECKED.fullmatch(path)] == []


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("name", CASES)
def test_a_whole_part_cannot_be_taken_away(name: str, part: str) -> None:
    matching, cohort = CASES[name]
    data = matching.model_dump(mode="json")
    if data.pop(part, None) is None:
        return
    for forged in (rm.Matching.model_validate(data), rm.Matching.model_validate(data).with_changes()):
        with pytest.raises(rm.VerificationError):
            rm.verify(forged, cohort)


@pytest.mark.parametrize("name", CASES)
def test_amending_and_rotating_refuse_what_was_tampered_with(name: str) -> None:
    matching, cohort = CASES[name]
    duo = matching.duos[0]
    forged = {
        "total": matching.total + 0.5,
        "duos": (duo.model_copy(update={"score": 0.5, "contributions": {"skills": 0.5}}), *matching.duos[1:]),
        "log": tuple(one.model_copy(update={"total_before": 9.0}) for one in matching.log) or None,
        "added": matching.added.model_copy(update={"rules": ()}),
        "policy": matching.policy.model_copy(update={"seed": 7}),
    }
    for field, value in forged.items():
        if value is None or value == getattr(matching, field):
            continue
        told = matching.model_copy(update={field: value})
        with pytest.raises(rm.VerificationError):
            rm.amend(told, cohort, author="ada")
        with pytest.raises(rm.VerificationError):
            rm.rotate(told, cohort, on="2029-01-01")


def test_a_policy_given_again_does_not_help_a_tampered_one() -> None:
    matching, cohort = CASES["amended"]
    other = matching.policy.model_copy(update={"rules": ()})
    told = matching.model_copy(
        update={
            "policy": other,
            "digests": matching.digests.model_copy(update={"policy": other.sha256}),
        }
    )
    with pytest.raises(rm.VerificationError, match="followed another policy"):
        rm.verify(told, cohort, matching.policy)


@pytest.mark.parametrize(
    ("entry", "changed"),
    [
        (0, {"left": ()}),
        (1, {"joined": ()}),
        (1, {"left": ("m1",)}),
        (2, {"joined": ("m1",)}),
        (2, {"keeps_away": False}),
    ],
)
def test_who_has_left_and_come_back_is_checked_over_the_whole_log(
    entry: int, changed: dict[str, Any]
) -> None:
    records = [{"id": name, "role": "mentor"} for name in ("m1", "m2")]
    records += [{"id": name, "role": "mentee"} for name in ("e1", "e2", "e3")]
    cohort = rm.Cohort.from_records(records)
    without = cohort.amended(leave=["m1"])
    again = without.amended(join=records[:1])
    matching = rm.amend(rm.match(cohort), cohort, leave=["m1"], author="ada")
    matching = rm.amend(matching, without, join=records[:1], author="ada")
    matching = rm.amend(matching, again, author="ada")
    rm.verify(matching, again)
    log = list(matching.log)
    log[entry] = log[entry].model_copy(update=changed)
    with pytest.raises(rm.VerificationError):
        rm.verify(matching.model_copy(update={"log": tuple(log)}).with_changes(), again)
