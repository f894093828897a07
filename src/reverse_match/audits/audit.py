"""Audits matchings by group: who was matched, who was left out, and how well, for mentors and for mentees.

Counts are about all people of a group in a role. Scores, ranks and their means are about duos; a duo of two
groups is in the figures of both. Over several rounds everything is summed: somebody is *matched* who had a
duo in at least one of them. Means are quotients of whole numbers, rounded once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reverse_match.audits.facts import DuoTable, can_wait, facts_of, rounds_of
from reverse_match.audits.figures import FigureTable
from reverse_match.audits.groups import BAND, checked_bands, groupings
from reverse_match.audits.places import SIDES, Places
from reverse_match.audits.record import Audit, AuditedPolicy, AuditedTerm
from reverse_match.audits.terms import TRAITS, keys_of, matchings_without, terms_of
from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.errors import Fault, InputError
from reverse_match.foundation.version import __version__
from reverse_match.people.headings import FIELDS, field_of_usual_heading
from reverse_match.programme.indicators.answers_by_round import tuple_of_matchings
from reverse_match.programme.indicators.indicators import FEWEST
from reverse_match.study.study import Study

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reverse_match.audits.facts import AuditedRound
    from reverse_match.matching.results.matching import Matching
    from reverse_match.people.cohort import Cohort
    from reverse_match.policy import Policy
    from reverse_match.programme.history import History


@check_arguments
def audit(
    matchings: Matching | Iterable[Matching],
    cohort: Cohort,
    by: Sequence[str] = ("gender", "department"),
    policy: Policy | None = None,
    *,
    prefix: int | None = None,
    bands: Mapping[str, Sequence[int]] | None = None,
    fewest: int = FEWEST,
    history: History | None = None,
    terms: bool = True,
    threads: int | None = None,
    tables: Mapping[str, Any] | None = None,
) -> Audit:
    """Return who was matched, left out, and how well, by group and by role.

    Parameters
    ----------
    matchings : Matching, or iterable of Matching
        The matching, or that of each round in order, over which everything is summed.
    cohort : Cohort
        The people of the matching; of several, those of at least one. They say in which groups people are;
        whoever is not among them is in the group that is not known.
    by : sequence of str
        Columns whose values are the groups: fields such as ``gender``, columns of the user's own,
        ``age-band``, or several that are crossed (``gender+department``).
    policy : Policy, optional
        Policy by which duos are scored and ranked, with the additions that each matching has; that of each
        matching if not given.
    prefix : int, optional
        Number of leading parts of a path such as ``Group/Plant/Workshop`` that name the group.
    bands : mapping of str to sequence of int, optional
        Whole numbers at which bands begin, by column; ages are grouped from 25, 35, 45, 55 and 65 on.
    fewest : int
        Smallest number of people behind a figure, 5 or more; figures on fewer are suppressed.
    history : History, optional
        Earlier rounds, in which people may have waited, too. Without it, the first matching counts as it
        remembers itself: a rotation has credits for the rounds in a row in which somebody had no duo.
    terms : bool
        Whether the people are matched again without each term of the policy that reads an audited column, age
        or gender. Each takes about as long as a match.
    threads : int, optional
        Number of threads; all cores if not given.
    tables : mapping of str to data, optional
        Scores and vectors of the criteria ``table`` and ``similarity``, by name, as for :func:`with_tables`.

    Raises
    ------
    CohortError
        If no matching is of these people; with a policy, if one of them is of others.
    InputError
        If there is no such column, bands are wrong, a matching stands there twice, or ``fewest`` is less than
        5.
    HistoryError
        If the history is that of other people.
    PolicyError
        If the policy does not fit these people.
    InfeasibleError
        If no matching of these people satisfies the policy; only with ``terms`` and another policy.

    Examples
    --------
    >>> import reverse_match as rm
    >>> cohort = rm.read_cohort(rm.demo_path())
    >>> found = rm.audit(rm.match(cohort), cohort, by=["gender"])
    >>> [(one.side, one.group, one.matched.value) for one in found.groups][:3]
    [('mentor', (), 0.621622), ('mentee', (), 0.961538), ('mentor', ('female',), 0.611111)]
    >>> [(term.kind, term.name, term.same_duos) for term in found.terms]
    [('criterion', 'age', 22), ('criterion', 'gender', 23), ('all', '', 22)]
    """
    if fewest < FEWEST:
        raise InputError([Fault(f"may be raised, not lowered; right would be {FEWEST} or more", "fewest")])
    rounds = rounds_of(tuple_of_matchings(matchings), cohort, policy, tables)
    last = next(one for one in reversed(rounds) if one.people is not None)
    assert last.people is not None  # noqa: S101 - for type checkers
    day = last.matching.as_of or last.people.as_of
    if history is not None:
        history.refuse_others(last.matching)
    grouped = groupings(last.people, last.policy, by, day=day, prefix=prefix, bands=bands)
    facts = facts_of([one.matching for one in rounds], history)
    people = {side: sorted(facts[side]) for side in SIDES}
    places = Places(grouped, people)
    duos = DuoTable.of(rounds, rescored=policy is not None, threads=threads)
    table = FigureTable(places, people, fewest)
    groups = table.groups(facts, duos, several=len(rounds) > 1, waits=can_wait(rounds, history))
    compared, found = (
        _without_terms(last, table, [name for one in grouped for name in one.by], threads)
        if terms
        else (None, ())
    )
    used = {name.removesuffix(BAND) for one in grouped for name in one.by}
    return Audit(
        library_version=__version__,
        matchings=tuple(one.matching.sha256 for one in rounds),
        by=tuple(one.by for one in grouped),
        bands={name: edges for name, edges in checked_bands(bands).items() if name in used},
        fewest=fewest,
        unranked=tuple(number for number, one in enumerate(rounds, 1) if one.people is None),
        groups=tuple(groups),
        compared_with=compared,
        terms=found,
    )


def _field_of(name: str, people: Cohort) -> str:
    """Return the field that a column is."""
    bare = name.removesuffix(BAND)
    known = name in FIELDS or name in people.attribute_names
    return name if known else (field_of_usual_heading(bare) or bare)


def _without_terms(
    last: AuditedRound, table: FigureTable, columns: Sequence[str], threads: int | None
) -> tuple[AuditedPolicy | None, tuple[AuditedTerm, ...]]:
    """Match the people of a round without single terms of its policy; none if it has no such terms."""
    assert last.people is not None  # noqa: S101 - for type checkers
    fields = TRAITS | {_field_of(name, last.people) for name in columns}
    policy = last.policy
    if not terms_of(policy, fields):
        return None, ()
    study = Study(last.people, policy, threads=threads)
    base = study.base.matching
    listed = terms_of(policy, fields, [one.name for one in base.quotas])
    before = {*keys_of(base.duos)}
    found = []
    for without in matchings_without(study, listed, threads):
        named = {"kind": without.term.kind, "name": without.term.name, "fields": without.term.fields}
        if without.matching is None:
            found.append(AuditedTerm(**named, outcome=without.outcome))
            continue
        proof = without.matching.certificate
        found.append(
            AuditedTerm(
                **named,
                outcome=without.outcome,
                yardstick=without.yardstick,
                duos=len(base.duos),
                duos_without=len(without.matching.duos),
                same_duos=len(before & {*keys_of(without.matching.duos)}),
                gap=proof.gap,
                equal_optima=proof.equal_optima,
                groups=tuple(table.term_figures(base, without)),
            )
        )
    compared = AuditedPolicy(
        duos=len(base.duos),
        as_audited=before == {*keys_of(last.matching.duos)},
        gap=base.certificate.gap,
        equal_optima=base.certificate.equal_optima,
    )
    return compared, tuple(found)
