"""What single terms of a policy contributed: the same people, matched without each of them.

A *term* is a criterion, a rule, a quota, or what the policy asks as far as possible. A term is looked at if
it may read an audited column, or age or gender. Each is left out alone, and at the end all of them together.
The people are then matched by a scenario of a study, whose matching is, to the last byte, the one that a
match under the changed policy gives. So each of the two matchings has its own proof, and what differs between
them is due to the term and to nothing else, except where other matchings are equally good: then a lottery has
decided between these, and the record says so.

Scores of two policies cannot be compared. So both matchings are scored by one *yardstick*: the criteria that
remain without the term, in the same proportions. For a rule or a quota these are all criteria.

Credits name people, and read no column. A rule that is made of several conditions is left out as a whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from reverse_match.audits.ranks import scores_of
from reverse_match.foundation.errors import InfeasibleError
from reverse_match.foundation.fixed_point import ONE
from reverse_match.foundation.names import pair_key
from reverse_match.policy.data_used import data_used
from reverse_match.policy.labels import describe_fully

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from reverse_match.audits.record import TermKind
    from reverse_match.foundation.arrays import IntArray
    from reverse_match.matching.results.matching import Duo, Matching
    from reverse_match.policy import Policy
    from reverse_match.study.study import Scenario, Study

TRAITS = frozenset(("age", "gender"))
"""Personal traits: criteria and rules that read them are looked at in every audit."""

_NOTHING: Mapping[str, Any] = {
    "criteria": (),
    "rules": (),
    "quotas": (),
    "credits": (),
    "as_far_as_possible": None,
    "own_weights": None,
    "circles": None,
}


class Term(NamedTuple):
    """A part of a policy that may read some fields, and its place in the policy."""

    kind: TermKind
    name: str
    fields: tuple[str, ...]
    places: Mapping[str, frozenset[int]]
    """Indices of what is left out, among the criteria, rules and quotas; ``asked`` holds 0 if what is asked
    as far as possible is left out."""


class WithoutTerm(NamedTuple):
    """The matching without a term, beside that under the whole policy, both scored by one yardstick."""

    term: Term
    outcome: str
    yardstick: tuple[str, ...] = ()
    matching: Matching | None = None
    scores: IntArray | None = None
    """Scores of the duos under the whole policy, in whole millionths, by the yardstick."""
    scores_without: IntArray | None = None
    """Scores of the duos without the term."""


def terms_of(policy: Policy, fields: Collection[str], quotas: Sequence[str] = ()) -> list[Term]:
    """Return the terms of a policy that may read some of these fields, and all of them together.

    Parameters
    ----------
    policy : Policy
        The policy.
    fields : collection of str
        The fields.
    quotas : sequence of str
        What each quota is called in a matching under the policy; its kind if not given.

    Examples
    --------
    >>> from reverse_match.policy import Policy
    >>> [(term.kind, term.name) for term in terms_of(Policy(), {"age"})]
    [('criterion', 'age')]
    """
    found: list[Term] = []
    listed: list[tuple[TermKind, str, tuple[Any, ...], Sequence[str]]] = [
        ("criterion", "criteria", policy.criteria, [one.name for one in policy.criteria]),
        ("rule", "rules", policy.rules, policy.rule_labels),
        ("quota", "quotas", policy.quotas, quotas or [one.kind for one in policy.quotas]),
    ]
    for kind, part, members, called in listed:
        for place, (member, name) in enumerate(zip(members, called, strict=True)):
            read = _read_by(policy, {part: (member,)}, fields)
            if read and getattr(member, "weight", 1) > 0:
                found.append(Term(kind, name, read, {part: frozenset((place,))}))
    asked = policy.as_far_as_possible
    if asked is not None and (read := _read_by(policy, {"as_far_as_possible": asked}, fields)):
        found.append(Term("as_far_as_possible", describe_fully(asked), read, {"asked": frozenset((0,))}))
    if len(found) > 1:
        found.append(_together(found))
    return found


def _read_by(policy: Policy, part: Mapping[str, Any], fields: Collection[str]) -> tuple[str, ...]:
    """Return those of some fields that a part of a policy may read.

    People may prefer any field, and a registered function may read any: they count for all fields.
    """
    used = data_used(policy.model_copy(update={**_NOTHING, **part}))
    any_field = used.any_field or used.functions
    return tuple(sorted(field for field in fields if any_field or field in used.fields))


def _together(terms: list[Term]) -> Term:
    places: dict[str, frozenset[int]] = {}
    for term in terms:
        for part, some in term.places.items():
            places[part] = places.get(part, frozenset()) | some
    fields = tuple(sorted({field for term in terms for field in term.fields}))
    return Term("all", "", fields, places)


def matchings_without(study: Study, terms: list[Term], threads: int | None) -> Iterator[WithoutTerm]:
    """Match the people of a study without each of some terms of its policy."""
    for number, term in enumerate(terms, 1):
        changes = _changes(study.policy, term)
        if changes is None:
            yield WithoutTerm(term, "no_criterion_left")
            continue
        try:
            scenario = study.scenario(f"without {number}", **changes)
        except InfeasibleError:
            yield WithoutTerm(term, "infeasible")
            continue
        yield _scored(study, term, scenario, threads)


def _changes(policy: Policy, term: Term) -> dict[str, Any] | None:
    """Return the changes of a scenario without a term; ``None`` if no criterion would have a weight."""
    out = {part: term.places.get(part, frozenset()) for part in ("criteria", "rules", "quotas")}
    left = [one for place, one in enumerate(policy.criteria) if place not in out["criteria"]]
    if not any(one.weight > 0 for one in left):
        return None
    changes: dict[str, Any] = {
        "weights": {policy.criteria[place].name: 0 for place in sorted(out["criteria"])}
    }
    for part in ("rules", "quotas"):
        if out[part]:
            listed = getattr(policy, part)
            changes[part] = [one for place, one in enumerate(listed) if place not in out[part]]
    if "asked" in term.places:
        changes["as_far_as_possible"] = False
    return changes


def _scored(study: Study, term: Term, scenario: Scenario, threads: int | None) -> WithoutTerm:
    base, other = study.base.matching, scenario.matching
    yardstick = tuple(one.name for one in scenario.policy.criteria if one.weight > 0)
    duos = [(duo.mentor, duo.mentee) for duo in base.duos]
    scores = scores_of(study.cohort, scenario.policy, duos, other.as_of, threads)
    return WithoutTerm(term, "compared", yardstick, other, scores, whole_scores(other.duos))


def whole_scores(duos: tuple[Duo, ...]) -> IntArray:
    """Return the scores of duos as they are stored, in whole millionths."""
    return np.array([round(duo.score * ONE) for duo in duos], dtype=np.int64)


def keys_of(duos: tuple[Duo, ...]) -> list[tuple[str, str]]:
    """Return duos by the keys of their ids, mentor first."""
    return [pair_key(duo) for duo in duos]
