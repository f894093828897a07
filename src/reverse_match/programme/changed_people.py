"""Plans and circles in which people have another name, or none, as matchings have it.

A plan is made of matchings, each of which is changed as one. Circles keep who is in which; what explains the
points of a pair goes where one of the two is erased.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from reverse_match.matching.results.circles import CircleMatching
from reverse_match.matching.results.plan import RotationPlan

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reverse_match.matching.results.matching import Matching
    from reverse_match.policy import Policy


class Renaming(Protocol):
    """What makes new records of old ones: an eraser, or pseudonyms."""

    def in_policy(self, policy: Policy) -> Policy:
        """Return a policy with the new names."""
        ...

    def in_matching(
        self, matching: Matching, digests: Mapping[str, str], people: tuple[str, str] | None = None
    ) -> Matching:
        """Return a matching with the new names."""
        ...

    def in_data(self, value: Any, key: str = "") -> Any:
        """Return plain data with the new names."""
        ...


def plan_with(names: Renaming, plan: RotationPlan, people: Mapping[str, str]) -> RotationPlan:
    """Return a plan in which people have other names.

    Parameters
    ----------
    names : Eraser or Pseudonyms
        What makes the new records.
    plan : RotationPlan
        The plan.
    people : mapping of str to str
        Digest of the people with the new names, by that of those before.
    """
    known = people.get(plan.digests.cohort)
    pair = None if known is None else (plan.digests.cohort, known)
    rounds = [names.in_matching(one, {}, pair) for one in plan.rounds]
    whole = plan.model_dump(mode="json")
    data = names.in_data({name: part for name, part in whole.items() if name not in ("rounds", "policy")})
    data["rounds"] = [one.model_dump(mode="json") for one in rounds]
    return RotationPlan.model_validate(_with_policy(names, data, whole, plan.policy, known))


def circles_with(
    names: Renaming, circles: CircleMatching, people: Mapping[str, str], tombstone: str | None = None
) -> CircleMatching:
    """Return circles in which people have other names; see :func:`plan_with`.

    With a tombstone, whoever has it is erased, and what explained their points goes, too.
    """
    whole = circles.model_dump(mode="json")
    known = people.get(circles.digests.cohort)
    data = names.in_data({name: part for name, part in whole.items() if name != "policy"})
    data = _with_policy(names, data, whole, circles.policy, known)
    if tombstone is not None and data != whole:
        for circle in data["circles"]:
            for pair in circle["pairs"]:
                _blank(pair, tombstone)
        data["unmatched"] = [_without_reasons(one, tombstone) for one in data["unmatched"]]
        data["forgotten"] = sorted({*data.get("forgotten", ()), tombstone})
    return CircleMatching.model_validate(data)


def _with_policy(
    names: Renaming, data: dict[str, Any], whole: dict[str, Any], policy: Policy, known: str | None
) -> dict[str, Any]:
    """Return data with the new policy, and digests of what is new; those of what is the same stay."""
    changed = names.in_policy(policy)
    digests = dict(whole["digests"])
    digests["policy"] = changed.sha256
    if known is not None and known != digests["cohort"]:
        digests.update(cohort=known, file=None)
    return {**data, "policy": changed.model_dump(mode="json"), "digests": digests}


def _blank(pair: dict[str, Any], tombstone: str) -> None:
    """Take out of a pair all that explains its score."""
    if tombstone not in (pair["mentor"], pair["mentee"]):
        return
    pair["contributions"] = dict.fromkeys(pair["contributions"], 0.0)
    pair.update(missing=[], name_matches=[])
    for name in ("common_times", "matters_most", "weights", "credits"):
        pair.pop(name, None)


def _without_reasons(left: dict[str, Any], tombstone: str) -> dict[str, Any]:
    if left["id"] != tombstone:
        return left
    return {**{name: left[name] for name in ("id", "role", "reason")}, "allowed_partners": 0}
