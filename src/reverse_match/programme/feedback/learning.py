"""The skills that mentees have learned, and the people of the next round with their new skills and wishes.

For each mentee and each acquired skill, compared by meaning as criteria compare skills:

* In one duo the skills count that the mentee names; those that the mentor names count only if the mentee
  names none. The progress is the mentee's latest answer to each of the two questions (objective, use at
  work), and the mentor's latest answer to a question that the mentee never answers.
* The better of the two answers counts, and over several duos the best.
* With ``yes`` the skill leaves the skills that the mentee seeks, and joins those that they offer if the
  policy says so. With ``partly``, or without any answer, its priority falls by one step, down to the lowest:
  somebody says that the skill was acquired, and nobody that this was enough. With ``no`` it is sought as
  before.

The given people are not changed; new records are made.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.names import id_key
from reverse_match.matching.results.rotation import Learned
from reverse_match.people.cells import PRIORITIES
from reverse_match.people.cohort import Cohort, Source
from reverse_match.people.skill_names import meanings_of
from reverse_match.policy import Policy
from reverse_match.programme.feedback.collection import DuoAnswers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reverse_match.people.participant import Participant
    from reverse_match.people.skill_names import Meanings
    from reverse_match.programme.feedback.collection import Feedback
    from reverse_match.programme.feedback.record import Answer

_FROM_BEST: tuple[Answer | None, ...] = ("yes", "partly", None, "no")


class AfterFeedback(NamedTuple):
    """The people after the round, with the skills that they have learned.

    Attributes
    ----------
    cohort : Cohort
        The same people in the same order; the same object where nothing changes.
    learned : tuple of Learned
        Skills learned, in the order of the people, then of the skills' names.
    ignored : int
        Number of records about mentees who are not in the cohort, since they have left.
    """

    cohort: Cohort
    learned: tuple[Learned, ...]
    ignored: int


@check_arguments
def apply_feedback(cohort: Cohort, feedback: Feedback, policy: Policy | None = None) -> AfterFeedback:
    """Return the people with the skills that they have learned.

    Parameters
    ----------
    cohort : Cohort
        The people with whom the round began. Feedback that is applied a second time lowers priorities a
        second time.
    feedback : Feedback
        The answers of the round.
    policy : Policy, optional
        Policy whose ``rotation.learned_join_offers`` and ``learned_level`` say whether and at which level
        learned skills join the offers, and whose synonyms say which skills are the same.

    Returns
    -------
    AfterFeedback
        The new cohort, the learned skills, and the number of records about people who have left.

    Examples
    --------
    >>> from reverse_match import Cohort, Feedback
    >>> cohort = Cohort.from_records([
    ...     {"id": "lea", "role": "mentor", "offers": "Python:4"},
    ...     {"id": "ada", "role": "mentee", "seeks": "Python:3;Notion"},
    ... ])
    >>> feedback = Feedback.from_records([{
    ...     "mentor": "lea", "mentee": "ada", "on": "2026-12-01", "by": "mentee",
    ...     "acquired": "python ", "objective": "yes",
    ... }])
    >>> after = apply_feedback(cohort, feedback)
    >>> after.cohort.participants[1].seeks
    {'Notion': 2}
    >>> after.learned[0].skill, after.learned[0].left_seeks
    ('Python', True)
    """
    policy = Policy() if policy is None else policy
    meanings = _meanings(cohort, feedback, policy)
    outcomes: defaultdict[str, list[_Outcome]] = defaultdict(list)
    ignored = 0
    for duo, places in feedback.positions.items():
        if duo[1] in cohort.position:
            outcomes[duo[1]] += _outcomes(DuoAnswers(feedback, duo), meanings)
        else:
            ignored += len(places)
    join = policy.rotation.learned_level if policy.rotation.learned_join_offers else None
    people, learned = list(cohort.participants), []
    for index, person in enumerate(cohort.participants):
        if (own := outcomes.get(id_key(person.id))) is not None:
            people[index], news = _learn(person, own, meanings.concept, join)
            learned += news
    if tuple(people) == cohort.participants:
        return AfterFeedback(cohort, tuple(learned), ignored)
    before = cohort.source
    source = Source(f"{before.name} after feedback", before.rows, frame_kind=before.frame_kind)
    return AfterFeedback(Cohort(tuple(people), source, cohort.as_of, cohort.away), tuple(learned), ignored)


def _meanings(cohort: Cohort, feedback: Feedback, policy: Policy) -> Meanings:
    """Return the meanings of all skills, counted by use, as the criterion of skills determines them."""
    written = [name for person in cohort.participants for name in (*person.offers, *person.seeks)]
    written += [name for record in feedback.records for name in record.acquired]
    return meanings_of(written, policy.synonyms, typos=policy.correct_typos)


class _Outcome(NamedTuple):
    """A skill acquired in one duo: its meaning, its first record and spelling, and the progress."""

    concept: str
    first: tuple[int, str]
    reached: Answer | None
    because: frozenset[int]


def _outcomes(answers: DuoAnswers, meanings: Meanings) -> list[_Outcome]:
    """Return the skills acquired in one duo."""
    own = any(record.acquired for _, record in answers.of("mentee"))
    named: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for place, record in answers.of("mentee" if own else "mentor"):
        for name in record.acquired:
            named[meanings.concept(name)].append((place, name))
    given: list[tuple[int, Answer]] = [
        (found[0], getattr(found[1], question))
        for question in ("objective", "skill_used")
        if (found := answers.latest("mentee", question) or answers.latest("mentor", question)) is not None
    ]
    reached = min((answer for _, answer in given), key=_FROM_BEST.index, default=None)
    decisive = {place for place, answer in given if answer == reached}
    return [
        _Outcome(concept, said[0], reached, frozenset({*decisive, *(place for place, _ in said)}))
        for concept, said in named.items()
    ]


def _learn(
    person: Participant, outcomes: Sequence[_Outcome], concept_of: Callable[[str], str], join: int | None
) -> tuple[Participant, list[Learned]]:
    """Return a person after all acquired skills, and the effect of each skill."""
    by_concept: defaultdict[str, list[_Outcome]] = defaultdict(list)
    for outcome in outcomes:
        by_concept[outcome.concept].append(outcome)
    seeks, offers = dict(person.seeks), dict(person.offers)
    learned = []
    for concept in sorted(by_concept):
        same = by_concept[concept]
        reached = min((outcome.reached for outcome in same), key=_FROM_BEST.index)
        sought = [name for name in person.seeks if concept_of(name) == concept]
        offered = [name for name in person.offers if concept_of(name) == concept]
        skill = (*sought, *offered, min(outcome.first for outcome in same)[1])[0]
        _lower(seeks, sought, reached)
        level = _raise(offers, offered or [skill], join if reached == "yes" else None)
        learned.append(
            Learned(
                person=person.id,
                skill=skill,
                reached=reached,
                left_seeks=bool(sought) and reached == "yes",
                priority_before=max((person.seeks[name] for name in sought), default=None),
                priority_after=max((seeks[name] for name in sought if name in seeks), default=None),
                joined_offers=level,
                because=tuple(sorted(frozenset().union(*(outcome.because for outcome in same)))),
            )
        )
    return person.model_copy(update={"seeks": seeks, "offers": offers}), learned


def _lower(seeks: dict[str, int], names: Sequence[str], reached: Answer | None) -> None:
    """Remove a learned skill from the sought ones, or lower its priority by one step."""
    for name in names:
        if reached == "yes":
            del seeks[name]
        elif reached != "no":
            seeks[name] = max(PRIORITIES[0], seeks[name] - 1)


def _raise(offers: dict[str, int], names: Sequence[str], level: int | None) -> int | None:
    """Offer a skill at a level, unless it is offered at that level or a higher one."""
    highest = max(offers.get(name, 0) for name in names)
    if level is None or highest >= level:
        return None
    offers[names[0]] = level
    return level
