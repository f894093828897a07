"""The base class of the catalogues of all languages.

A catalogue is an instance of a class in a module of its own. It has three kinds of words:

- *Texts* are headings, columns and clauses, by name, with placeholders for values. A text with a count has
  two halves, for singular and plural. Tests check that all languages have the same texts with the same
  placeholders, and that every text is used.
- *Phrases* are methods, for sentences that depend on numbers, roles, or unknown values. A catalogue without
  one of the phrases cannot be instantiated.
- Names of rules and criteria are the user's own; a catalogue translates those that the library has given.

A catalogue is one long module, since it is looked up and not read through. Translators find a whole language
in one place, in the order of this class. Catalogues compute nothing.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar

from reverse_match.views.words.formatter import MINUS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from reverse_match.matching.results.conflict import Demand, Relaxation
    from reverse_match.matching.results.explanation import (
        Alternative,
        Explanation,
        Partner,
        PersonalRule,
        ScoredDuo,
        WaivedRule,
    )
    from reverse_match.matching.results.proposal import Outlook, Proposal, ProposalReason
    from reverse_match.matching.results.rotation import Change
    from reverse_match.policy.values import Role
    from reverse_match.programme.indicators.figures import Figure
    from reverse_match.programme.indicators.weight_evidence import CriterionEvidence
    from reverse_match.scoring.name_matches import NameMatch
    from reverse_match.views.words.facts import CalendarText, DuoInWords, PriceInWords, ProofInWords
    from reverse_match.views.words.formatter import Formatter
    from reverse_match.views.words.made_names import MadeNames


class Phrases(ABC):
    """The catalogue of one language."""

    formatter: ClassVar[Formatter]
    """Formatter of numbers, lists and quotations."""
    texts: ClassVar[Mapping[str, str]]
    """Headings, columns and clauses by name."""
    made_names: ClassVar[MadeNames]
    """Translator of the names that the library gives to rules, quotas, credits and conditions."""
    criteria: ClassVar[Mapping[str, str]] = {}
    """Names of the default criteria; other criteria keep their names."""

    def __call__(self, text: str, **values: object) -> str:
        """Return a text by its name, with values in its placeholders."""
        return self.texts[text].format(**values)

    def counted(self, text: str, number: float, /, **values: object) -> str:
        """Return the half of a text that is about one thing or about several, with their number in it.

        The number is written as a count, unless ``number`` says how it is written.
        """
        one, several = self.texts[text].split("|")
        half = one if self.formatter.is_one(abs(number)) else several
        return half.format(**{"number": self.count(number), **values})

    def count(self, number: float) -> str:
        """Write a whole number."""
        return self.formatter.count(number)

    def count_duos(self, number: int) -> str:
        """Count duos."""
        return self.counted("count duos", number)

    def count_people(self, number: int) -> str:
        """Count people."""
        return self.counted("count people", number)

    def count_points(self, value: float, form: str = ".6f") -> str:
        """Write a number of points with its noun."""
        return self.counted("count points", value, number=self.formatter.decimal(value, form))

    def number(self, value: float, places: int = 3) -> str:
        """Write a number with ``places`` decimal places."""
        return self.formatter.decimal(value, f",.{places}f").replace("-", MINUS)

    def tick(self, value: float) -> str:
        """Write a number with as many decimal places as it needs, for an axis."""
        return self.formatter.decimal(value, ".6g")

    def share(self, value: float, places: int = 1) -> str:
        """Write a share as a percentage."""
        return f"{self.number(100 * value, places)}{self.formatter.percent}"

    def is_one(self, number: int) -> bool:
        """Say whether the noun after a number is in the singular."""
        return self.formatter.is_one(number)

    def criterion(self, name: str) -> str:
        """Return the name of a criterion in this language."""
        return self.criteria.get(name, name)

    def named(self, name: str) -> str:
        """Return the name of a rule, a quota, a credit or a condition in this language."""
        return type(self).made_names(name)

    # Pairs, answers about them, and people without a duo

    @abstractmethod
    def pair(self, pair: Explanation) -> str:
        """State whether two people are a duo, their score, and its contributions."""

    @abstractmethod
    def partner(self, other: Alternative) -> str:
        """Name another partner for a person, with the score of the two."""

    @abstractmethod
    def not_known(self, criteria: Sequence[str]) -> str:
        """Name the criteria that are not known, so that their neutral values count."""

    @abstractmethod
    def credited(self, points: Mapping[str, float]) -> str:
        """State the points of credit of a duo, and name the credits."""

    @abstractmethod
    def more_lacking(self, number: int) -> str:
        """State how many more duos (fewer, below 0) would lack what is asked as far as possible."""

    @abstractmethod
    def credits_lost(self, points: float) -> str:
        """State the points of credit that the programme would lose in addition to scores."""

    @abstractmethod
    def shared_names(self, names: Sequence[NameMatch]) -> str:
        """Name the skills and goals that match."""

    @abstractmethod
    def ruled_out(self, rules: Sequence[str]) -> str:
        """Name the rules that forbid a pair."""

    @abstractmethod
    def partners_now(self, person: str, role: Role, partners: Sequence[Partner]) -> str:
        """Name the present partners of a person."""

    @abstractmethod
    def forcing(self, price: PriceInWords, waived: int) -> str:
        """State the cost of forcing a duo, with the number of rules that would be waived for the two."""

    @abstractmethod
    def cannot_force(self, quotas: Sequence[str]) -> str:
        """State that a duo is impossible even under a waiver, because of quotas, capacities or identity."""

    @abstractmethod
    def cannot_forbid(self, quotas: Sequence[str]) -> str:
        """State that some quotas cannot be kept without a duo."""

    @abstractmethod
    def quotas_in_the_way(self, quotas: Sequence[str]) -> str:
        """Name the quotas in the way of a duo."""

    @abstractmethod
    def forbidding(self, price: PriceInWords, *, waived: bool) -> str:
        """State the cost of forbidding a duo; if ``waived``, the rule that demands it would be waived."""

    @abstractmethod
    def ending(self, duos: Sequence[ScoredDuo], *, others: bool) -> str:
        """Name the duos that would end; if ``others``, one has been named before."""

    @abstractmethod
    def beginning(self, duos: Sequence[ScoredDuo], *, others: bool) -> str:
        """Name the duos that would be new; if ``others``, one has been named before."""

    @abstractmethod
    def costs(self, price: PriceInWords) -> str:
        """State the cost of a duo to the programme."""

    @abstractmethod
    def sits_out(self, person: str, role: Role) -> str:
        """State that a person has capacity 0."""

    @abstractmethod
    def no_allowed_partner(self, person: str, role: Role, rules: Mapping[str, int]) -> str:
        """Name the rules that forbid all partners of a person."""

    @abstractmethod
    def below_minimum(self, person: str, role: Role, rules: Mapping[str, int]) -> str:
        """State that a minimum score alone forbids all partners that other rules allow a person."""

    @abstractmethod
    def partners_taken(self, person: str, role: Role, allowed: int) -> str:
        """State that all allowed partners of a person are in duos with others."""

    @abstractmethod
    def quota_full(self, person: str, role: Role, allowed: int, quotas: Sequence[str]) -> str:
        """State that quotas rule out a duo of a person."""

    @abstractmethod
    def without_duo(self, reason: str, allowed: int, rules: Mapping[str, int], quotas: Sequence[str]) -> str:
        """State the reason why a person has no duo, as a clause without the name for a cell of a table."""

    @abstractmethod
    def next_to(self, partner: str, taken_by: Sequence[str], by: float | None) -> str:
        """Name the nearest partner and their partners, with the lower bound on the cost of the duo."""

    @abstractmethod
    def nearest(self, partner: str, taken_by: Sequence[str], by: float | None) -> str:
        """Name the nearest partner, and by how much more their present duos are worth to the programme."""

    @abstractmethod
    def shortage(self, role: Role, people: int, wanted: int, partners: int, places: int) -> str:
        """State that people compete for too few partners."""

    @abstractmethod
    def sits_out_rounds(
        self, person: str, role: Role, rounds: Sequence[int], reason: str, partners: int
    ) -> str:
        """State the rounds of a plan in which a person sits out, and the reason."""

    # Conflicts

    @abstractmethod
    def conflict(self, demands: Sequence[Demand], *, leaves_no_duo: bool = False) -> str:
        """State the demands that cannot hold together, or that only a matching without duos keeps."""

    @abstractmethod
    def fixed_and_forbidden(self, mentor: str, mentee: str, rule: str) -> str:
        """State that a duo is both fixed and forbidden."""

    @abstractmethod
    def too_many_fixed(self, person: str, role: Role, duos: int, capacity: int) -> str:
        """State that a person has more fixed duos than capacity."""

    @abstractmethod
    def relaxation(self, change: Relaxation) -> str:
        """State a relaxation."""

    @abstractmethod
    def nobody_has(self, quota: str, path: str, value: str, nearest: str | None) -> str:
        """State that nobody has a value by which a quota counts, and name the most similar value."""

    # The rotation to the next round

    @abstractmethod
    def change(self, change: Change) -> str:
        """State the change of a duo or a person in a rotation, and its reason, as a sentence."""

    @abstractmethod
    def reason_of_change(self, change: Change) -> str:
        """State the reason of a change as a clause without the names of the duo; it may be empty."""

    # Proposals for duos after a round

    @abstractmethod
    def proposal(self, proposal: Proposal) -> str:
        """State the proposal for a duo."""

    @abstractmethod
    def proposed(self, proposal: Proposal) -> str:
        """State what is proposed, as a clause without the names of the duo."""

    @abstractmethod
    def reason_of_proposal(self, reason: ProposalReason, person: str) -> str:
        """State a reason for a proposal, by the answers of a person."""

    @abstractmethod
    def outlook(self, outlook: Outlook, proposal: Proposal) -> str:
        """State what a rotation will make of a duo, against its proposal or the decision on it."""

    # The calendar of a duo

    @abstractmethod
    def framing_meeting(self, duo: DuoInWords, objectives: Sequence[str]) -> CalendarText:
        """Return the texts of a framing meeting, with the objectives of the programme."""

    @abstractmethod
    def session(self, duo: DuoInWords, number: int, sessions: int) -> CalendarText:
        """Return the texts of a session, with its number in the round."""

    @abstractmethod
    def review(self, duo: DuoInWords, number: int, reviews: int) -> CalendarText:
        """Return the texts of a review, with its number in the round and its questions."""

    @abstractmethod
    def end_of_round(self, programme: str | None, number: int) -> CalendarText:
        """Return the texts of the day on which a round is over and the next begins."""

    @abstractmethod
    def end_of_programme(self, programme: str | None) -> CalendarText:
        """Return the texts of the day on which the programme is over."""

    # Indicators, and evidence on weights

    @abstractmethod
    def participation(self, share: Figure) -> str:
        """State the share of invited people who are in a duo."""

    @abstractmethod
    def duos_heard_from(self, duos: Figure, response: Figure) -> str:
        """State the number of duos, and the share of them that answered."""

    @abstractmethod
    def sessions_held(self, held: Figure, of_planned: Figure, cancelled: Figure) -> str:
        """State the number of sessions held, their share of those planned, and the number cancelled."""

    @abstractmethod
    def skills_acquired(self, skills: Figure) -> str:
        """State the number of skills acquired."""

    @abstractmethod
    def skill_used(self, used: Figure, partly: Figure) -> str:
        """State the share of mentees who use the skill at work, fully and partly."""

    @abstractmethod
    def objectives_reached(self, reached: Figure, partly: Figure) -> str:
        """State the share of duos that reached their objective, fully and partly."""

    @abstractmethod
    def satisfaction(self, mean: Figure) -> str:
        """State the mean satisfaction, from 1 to 5."""

    @abstractmethod
    def hours_saved(self, hours: Figure, a_month: Figure) -> str:
        """State the number of hours saved, in all and a month."""

    @abstractmethod
    def levels(self, before: Figure, after: Figure, change: Figure, rose: Figure) -> str:
        """State the mean level before and now, its change, and the share of people for whom it rose."""

    @abstractmethod
    def criterion_stands_out(self, relation: CriterionEvidence) -> str:
        """State that a criterion goes with better or worse outcomes, and by how much."""

    @abstractmethod
    def proposed_weights(self, weights: Sequence[tuple[str, float, float]]) -> str:
        """State the proposed changes of weights, which a human has to accept."""

    # The report

    @abstractmethod
    def month(self, month: str) -> str:
        """Write a month such as ``2026-11``."""

    @abstractmethod
    def day(self, day: date) -> str:
        """Write a day."""

    @abstractmethod
    def count_allowed_pairs(self, number: int) -> str:
        """Count the allowed pairs that a proof has looked at."""

    @abstractmethod
    def names_matched(self, taught_by: Role | None, names: Sequence[NameMatch]) -> str:
        """Name the matches of names between two people that one of them teaches, or that both have."""

    @abstractmethod
    def weekly_time(self, time: str) -> str:
        """Write a weekly time such as ``Mon 09:00-12:00``, one on site with its place."""

    @abstractmethod
    def common_times(self, times: Sequence[str]) -> str:
        """Name the weekly times at which two people are free, such as ``Mon 09:00-12:00``."""

    @abstractmethod
    def matters_most(self, said: Mapping[str, str]) -> str:
        """Name the criterion that matters most to the two people of a pair, by role."""

    @abstractmethod
    def personal_rule(self, rule: PersonalRule) -> str:
        """Name whose personal rule keeps a pair from being a duo, and what it is about."""

    @abstractmethod
    def waived_rule(self, waived: WaivedRule) -> str:
        """Say that a rule is waived for these two, why, by whom and when, as far as it is told."""

    @abstractmethod
    def nothing_better(self, proof: ProofInWords) -> str:
        """State the proof of optimality, as a clause on all other matchings."""

    @abstractmethod
    def passage(self, kept: int, ended: int, new: int, waiting: int) -> str:
        """State the numbers of kept, ended and new duos, and of people who wait."""
