"""What a language has to say: the base of every catalogue.

A catalogue is one object, an instance of a class in a module of its own. Most of it are *texts*: headings,
columns and clauses, by name, with places for values; one that counts has two halves. The rest are
*phrases*: methods, for sentences that depend on numbers, on roles or on what is known. A catalogue without
one of the phrases cannot be made; that texts have the same names and places in every language, and that all
of them are said somewhere, is tested.
A third kind of word is the user's own: names of rules and criteria, which a catalogue may know or not.

A catalogue is long, and still one module: it is looked up and not read through, and whoever translates it
has all of a language before them, in the order of this class.

Sentences are made of what records hold, and of names and numbers; nothing is computed here.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar

from reverse_match.views.words.formatter import MINUS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from reverse_match.matching.results.conflict import Demand, Relaxation
    from reverse_match.matching.results.explanation import Alternative, Explanation, Partner, ScoredDuo
    from reverse_match.matching.results.proposal import Proposal, ProposalReason
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
    """How the language writes numbers, lists and quotations."""
    texts: ClassVar[Mapping[str, str]]
    """Headings, columns and clauses by name."""
    made_names: ClassVar[MadeNames]
    """What rules, quotas, credits and conditions are called to which nobody gave a name."""
    criteria: ClassVar[Mapping[str, str]] = {}
    """What standard criteria are called; others keep their names."""

    def __call__(self, text: str, **values: object) -> str:
        """Return a text by its name, with values in its places."""
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
        """Write a number with so many decimal places."""
        return self.formatter.decimal(value, f",.{places}f").replace("-", MINUS)

    def tick(self, value: float) -> str:
        """Write a number with as many decimal places as it needs, for an axis."""
        return self.formatter.decimal(value, ".6g")

    def share(self, value: float, places: int = 1) -> str:
        """Write a share as so many of a hundred."""
        return f"{self.number(100 * value, places)}{self.formatter.percent}"

    def is_one(self, number: int) -> bool:
        """Say whether a noun of so many is in the singular."""
        return self.formatter.is_one(number)

    def criterion(self, name: str) -> str:
        """Say what a criterion is called."""
        return self.criteria.get(name, name)

    def named(self, name: str) -> str:
        """Say what a rule, a quota, a credit or a condition is called."""
        return type(self).made_names(name)

    # Pairs, answers about them, and people without a duo

    @abstractmethod
    def pair(self, pair: Explanation) -> str:
        """Say whether two people are a duo, what they score, and of which criteria it is made."""

    @abstractmethod
    def partner(self, other: Alternative) -> str:
        """Say who could be with somebody, and what they would score."""

    @abstractmethod
    def not_known(self, criteria: Sequence[str]) -> str:
        """Say for which criteria the neutral value counts."""

    @abstractmethod
    def credited(self, points: Mapping[str, float]) -> str:
        """Say how many points a duo counts beside its score, and which credits give them."""

    @abstractmethod
    def credits_lost(self, points: float) -> str:
        """Say how many points of credits the programme would lose beside scores."""

    @abstractmethod
    def shared_names(self, names: Sequence[NameMatch]) -> str:
        """Say which skills and goals match."""

    @abstractmethod
    def ruled_out(self, rules: Sequence[str]) -> str:
        """Say what forbids a pair."""

    @abstractmethod
    def partners_now(self, person: str, role: Role, partners: Sequence[Partner]) -> str:
        """Say with whom somebody is."""

    @abstractmethod
    def forcing(self, price: PriceInWords, waived: int) -> str:
        """Say what forcing a duo would cost, if so many rules were waived for the two."""

    @abstractmethod
    def cannot_force(self, quotas: Sequence[str]) -> str:
        """Say that no waiver would help: because of some quotas, or of places and people."""

    @abstractmethod
    def cannot_forbid(self, quotas: Sequence[str]) -> str:
        """Say that quotas cannot be kept without a duo."""

    @abstractmethod
    def quotas_in_the_way(self, quotas: Sequence[str]) -> str:
        """Say which quotas stand against a duo."""

    @abstractmethod
    def forbidding(self, price: PriceInWords, *, waived: bool) -> str:
        """Say what forbidding a duo would cost, if the policy did not demand it."""

    @abstractmethod
    def ending(self, duos: Sequence[ScoredDuo], *, others: bool) -> str:
        """Say which duos would end, beside the one that was spoken of or not."""

    @abstractmethod
    def beginning(self, duos: Sequence[ScoredDuo], *, others: bool) -> str:
        """Say which duos would be new, beside the one that was spoken of or not."""

    @abstractmethod
    def costs(self, price: PriceInWords) -> str:
        """Say what a duo would cost the programme."""

    @abstractmethod
    def sits_out(self, person: str, role: Role) -> str:
        """Say that somebody has capacity 0."""

    @abstractmethod
    def no_allowed_partner(self, person: str, role: Role, rules: Mapping[str, int]) -> str:
        """Say which rules leave somebody without any possible partner."""

    @abstractmethod
    def below_minimum(self, person: str, role: Role, rules: Mapping[str, int]) -> str:
        """Say that only a minimum score stands against every possible partner."""

    @abstractmethod
    def partners_taken(self, person: str, role: Role, allowed: int) -> str:
        """Say that all possible partners are with others."""

    @abstractmethod
    def quota_full(self, person: str, role: Role, allowed: int, quotas: Sequence[str]) -> str:
        """Say that quotas leave no room for a duo of somebody."""

    @abstractmethod
    def without_duo(self, reason: str, allowed: int, rules: Mapping[str, int], quotas: Sequence[str]) -> str:
        """Say in a clause without a name, for a cell of a table, why somebody has no duo."""

    @abstractmethod
    def next_to(self, partner: str, taken_by: Sequence[str], by: float | None) -> str:
        """Say who would have been nearest, with whom they are, and what the duo would cost at least."""

    @abstractmethod
    def nearest(self, partner: str, taken_by: Sequence[str], by: float | None) -> str:
        """Say who would have been nearest, with whom they are, and by how much they are worth more there."""

    @abstractmethod
    def shortage(self, role: Role, people: int, wanted: int, partners: int, places: int) -> str:
        """Say that people compete for too few partners."""

    @abstractmethod
    def sits_out_rounds(
        self, person: str, role: Role, rounds: Sequence[int], reason: str, partners: int
    ) -> str:
        """Say in which rounds of a plan somebody has no duo, and why."""

    # What cannot hold together

    @abstractmethod
    def conflict(self, demands: Sequence[Demand], *, leaves_no_duo: bool = False) -> str:
        """Say what cannot hold together, or what leaves no duo at all."""

    @abstractmethod
    def fixed_and_forbidden(self, mentor: str, mentee: str, rule: str) -> str:
        """Say that a duo is fixed and forbidden."""

    @abstractmethod
    def too_many_fixed(self, person: str, role: Role, duos: int, capacity: int) -> str:
        """Say that somebody has more fixed duos than capacity."""

    @abstractmethod
    def relaxation(self, change: Relaxation) -> str:
        """Say what would do."""

    @abstractmethod
    def nobody_has(self, quota: str, path: str, value: str, nearest: str | None) -> str:
        """Say that nobody has a value, and which one is near."""

    # The passage to the next round

    @abstractmethod
    def change(self, change: Change) -> str:
        """Say in a sentence what becomes of a duo or a person, and why."""

    @abstractmethod
    def reason_of_change(self, change: Change) -> str:
        """Say why, as a clause without the names of the duo; empty where there is nothing to say."""

    # What should become of a duo

    @abstractmethod
    def proposal(self, proposal: Proposal) -> str:
        """Say what is proposed for a duo."""

    @abstractmethod
    def reason_of_proposal(self, reason: ProposalReason, person: str) -> str:
        """Say which answer of one of the two led to it."""

    @abstractmethod
    def rotation_of_proposed(self, *, may_stay: bool, both: bool) -> str:
        """Say what a rotation does with a duo that had better go on."""

    # The calendar of a duo

    @abstractmethod
    def framing_meeting(self, duo: DuoInWords, objectives: Sequence[str]) -> CalendarText:
        """Say that the two agree on objectives; those of the programme are given."""

    @abstractmethod
    def session(self, duo: DuoInWords, number: int, sessions: int) -> CalendarText:
        """Say which session of a round it is."""

    @abstractmethod
    def review(self, duo: DuoInWords, number: int, reviews: int) -> CalendarText:
        """Say which review of a round it is, and what is asked."""

    @abstractmethod
    def end_of_round(self, programme: str | None, number: int) -> CalendarText:
        """Say that a round is over and another begins."""

    @abstractmethod
    def end_of_programme(self, programme: str | None) -> CalendarText:
        """Say that the programme is over."""

    # Indicators, and what weights have done

    @abstractmethod
    def participation(self, share: Figure) -> str:
        """Say how many of the people invited are in a duo."""

    @abstractmethod
    def duos_heard_from(self, duos: Figure, response: Figure) -> str:
        """Say how many duos there were, and how many were heard."""

    @abstractmethod
    def sessions_held(self, held: Figure, of_planned: Figure, cancelled: Figure) -> str:
        """Say how many sessions were held, of how many planned, and cancelled."""

    @abstractmethod
    def skills_acquired(self, skills: Figure) -> str:
        """Say how many skills were acquired."""

    @abstractmethod
    def skill_used(self, used: Figure, partly: Figure) -> str:
        """Say how many mentees use the skill at work."""

    @abstractmethod
    def objectives_reached(self, reached: Figure, partly: Figure) -> str:
        """Say how many duos reached their objective."""

    @abstractmethod
    def satisfaction(self, mean: Figure) -> str:
        """Say how satisfied people are."""

    @abstractmethod
    def hours_saved(self, hours: Figure) -> str:
        """Say how many hours were saved."""

    @abstractmethod
    def criterion_stands_out(self, relation: CriterionEvidence) -> str:
        """Say that a criterion goes with a better or a worse outcome, by how much for how much of it."""

    @abstractmethod
    def proposed_weights(self, weights: Sequence[tuple[str, float, float]]) -> str:
        """Say which weights are proposed, from what to what, and that somebody has to accept them."""

    # The report

    @abstractmethod
    def day(self, day: date) -> str:
        """Write a day."""

    @abstractmethod
    def count_allowed_pairs(self, number: int) -> str:
        """Count the allowed pairs that a proof has looked at."""

    @abstractmethod
    def names_matched(self, taught_by: Role | None, names: Sequence[NameMatch]) -> str:
        """Say which names match between two people: what one of them teaches, or what both have."""

    @abstractmethod
    def nothing_better(self, proof: ProofInWords) -> str:
        """Say in a clause what no other matching has."""

    @abstractmethod
    def passage(self, kept: int, ended: int, new: int, waiting: int) -> str:
        """Say how many duos go on, end and are new, and how many people wait."""
