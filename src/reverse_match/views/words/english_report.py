"""English, for the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.foundation.plural import counted
from reverse_match.views.words.english import RULES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from reverse_match.policy.values import Role
    from reverse_match.scoring.name_matches import NameMatch
    from reverse_match.views.words.report_language import ProofInWords

PHRASES: Mapping[str, str] = {
    "title": "Duos of the reverse-mentoring programme",
    "skip": "Skip to the content",
    "contents": "Contents",
    "open hint": "Folded lists open with a click, or with Tab and Enter; on paper all are open.",
    "made": "Made by reverse_match {version}. Contains personal data: share it only with those who need it.",
    "colon": ": ",
    "list": ", ",
    "page": "Page",
    "page of": "of",
    # Sections
    "summary": "Summary",
    "round": "What changes in this round",
    "quotas": "Quotas",
    "duos": "Duos",
    "left out": "People without a duo",
    "by hand": "Changed by hand",
    "diversity": "Diversity of the duos",
    "pictures": "Pictures",
    "chosen by": "What counted",
    "certificate": "Certificate",
    "verify": "How to verify it",
    # Summary
    "figures": "Figures",
    "n duos": "duos",
    "one duo": "duo",
    "n without": "people without a duo",
    "one without": "person without a duo",
    "half": "{people} without a duo; {half} with one in only one of two roles.",
    "mean": "mean score",
    "lowest": "lowest score",
    "highest": "highest score",
    "total": "total (points)",
    "score is": "A score runs from 0 to 1 and is the sum of the points of the criteria; each can give as "
    "many points as it weighs.",
    "no duos": "No duo is possible.",
    "proved": "Proved to be the best possible: {best}; checked against {pairs}.",
    "not proved": "Not proved to be the best possible: at most {gap} below it.",
    "lottery": "Other matchings are as good: a lottery under seed {seed} decided between them.",
    "one optimum": "No other matching is as good.",
    "quotas kept": "All quotas are kept ({count}).",
    "quotas not kept": "Not all quotas are kept.",
    "everybody": "Nobody is without a duo.",
    "day": "Ages are those on {day}.",
    # Tables
    "mentor": "Mentor",
    "mentee": "Mentee",
    "score": "Score",
    "points": "Points of the criteria",
    "why": "Why",
    "who": "Who",
    "role": "As",
    "as mentor": "mentor",
    "as mentee": "mentee",
    "quota": "Quota",
    "counts": "What counts",
    "all duos": "all duos",
    "each": "duos of each group: {field}",
    "reached": "Reached",
    "bounds": "Allowed",
    "kept": "Kept",
    "cost": "Limits the result",
    "yes": "yes",
    "no": "no",
    "at least": "at least {value}",
    "at most": "at most {value}",
    "between": "from {low} to {high}",
    "nothing": "no duos",
    "points of": "{points} of {most}",
    "unknown points": "{points} of {most} (not known)",
    "unknown note": "Where something is not known for a pair, a criterion gives its neutral value: neither "
    "a penalty nor a bonus.",
    "group": "{name}: {duos}, mean score {mean}",
    "range": "{first} to {last}",
    "no department": "department not known",
    "by department": "By department of the mentee; open one to see its duos.",
    "by range": "In the order of the mentors; open a part to see its duos.",
    "too many": "There are more than {count} duos, so that only their points are listed here; which names "
    "match, the matching file has.",
    "weakest": "The duos with the lowest scores",
    "nothing said": "No names match.",
    # Left out
    "reason sits_out": "Sit out (capacity 0)",
    "reason no_allowed_partner": "No allowed partner",
    "reason below_minimum_score": "All possible partners below the minimum score",
    "reason partners_taken": "All possible partners taken by others",
    "reason quota_full": "No room in a quota",
    "shortages": "Where partners are too few",
    "exact costs": "What another duo would cost exactly, reverse-match explain tells.",
    # By hand
    "on": "Day",
    "by": "By",
    "because": "Because",
    "asked": "What was asked",
    "ended": "Duos ended",
    "new": "New duos",
    "points lost": "Points lost",
    "not said": "not said",
    "fixed": "together: {pair}",
    "forbidden": "apart: {pair}",
    "gone": "left: {person}",
    "come": "joined: {person}",
    "pair": "{mentor} with {mentee}",
    # Round
    "kind kept": "Duos that go on",
    "kind ended": "Duos that end",
    "kind new": "New duos",
    "kind waiting": "People who wait for the next round",
    "reciprocal": "Roles are swapped: whoever taught in the round before, learns in this one.",
    # Diversity
    "mixed": "Different people in one duo",
    "what": "What",
    "duos that differ": "Duos",
    "share that differs": "Share",
    "known of": "Known of",
    "differ gender": "different genders",
    "differ department": "different departments",
    "differ location": "different locations",
    "apart": "How far apart the two people of a duo are",
    "gap age": "age of the mentee minus age of the mentor (years)",
    "gap grade": "grade of the mentee minus grade of the mentor",
    "smallest": "Smallest",
    "median": "Median",
    "largest": "Largest",
    "no people": "The report was made without the people beside the matching: departments, ages and "
    "diversity are not in it.",
    # Pictures
    "picture scores": "{duos}: lowest score {low}, mean {mean}, highest {high}.",
    "picture contributions": "Mean points of a duo: {points}.",
    "picture left out": "{count} without a duo in a role.",
    "picture ages": "Age gap: smallest {low}, median {median}, largest {high} years.",
    "picture grades": "Grade gap: smallest {low}, median {median}, largest {high}.",
    "picture departments": "Rows are departments of mentors, columns those of mentees.",
    "most often": "Most often together: {pair}, {duos}.",
    "title scores": "Scores",
    "title contributions": "What scores are made of",
    "title left out": "People without a duo in a role, by reason",
    "title ages": "Ages of the duos",
    "title grades": "Grades of the duos",
    "title departments": "Departments of the duos",
    # What counted
    "objective": "What was sought",
    "objective coverage": "as many duos as possible, then the highest total score",
    "objective total": "the highest total score, then as many duos as possible",
    "objective max_min": "as many duos as possible, then the best worst duo, then the highest total score",
    "objective fair": "as many duos as possible, then the highest sum of fair utilities (alpha {alpha})",
    "criteria": "Criteria",
    "criterion": "Criterion",
    "weight": "Weight",
    "neutral": "Value where not known",
    "known pairs": "Pairs for which it is known",
    "rules": "Rules",
    "rule": "Rule",
    "no rules": "No rules beside capacities.",
    "credits": "Credits, beside scores",
    "synonyms": "Names that the policy says mean the same",
    "points given": "Points",
    "name": "Name",
    "means": "Means the same",
    "decides": "Humans decide what to do with this proposal; age and gender count only as far as these "
    "weights say.",
    # Certificate
    "certificate is": "With the matching come prices for people and quotas. With them anybody can check "
    "that no exchange of duos for other pairs would gain anything: no pair is worth more than what it takes"
    " away.",
    "certificate search": "What prices alone leave open, since whole duos cannot be parted, a search has "
    "closed.",
    "certificate short": "With the matching come prices for people and quotas. With them anybody can check "
    "how much better another matching could be at most.",
    "proof figures": "The proof in numbers",
    "figure": "Figure",
    "this": "This matching",
    "possible": "At most possible",
    "proof duos": "duos",
    "proof total": "total of what the objective adds up",
    "proof worst": "lowest score of a duo that is not demanded",
    "proof gap": "gap, as a share of what is possible",
    "proof pairs": "allowed pairs looked at",
    "proof relaxed": "total by prices alone, before the search",
    "proof searched": "pairs that the search went through",
    "proof price": "what one duo fewer would gain (points)",
    # Verification
    "verify how": "With the matching file, the people file and the policy, this command computes scores, "
    "rules, quotas and the proof again, with code that shares nothing with the solver:",
    "verify or": "Or from Python:",
    "verify other": "That this report tells the same matching, its digest shows (SHA-256).",
    "digests": "Digests (SHA-256)",
    "digest": "Of",
    "value": "Value",
    "digest matching": "matching",
    "digest file": "people file",
    "digest cohort": "people, in any order",
    "digest policy": "policy",
}
"""Headings, columns and sentences by name."""

MINUS = "\N{MINUS SIGN}"

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
FURTHER_RULES = {"avoids": "people whom somebody wants to avoid"}


class EnglishReport:
    """The phrases in English."""

    def __call__(self, phrase: str, **values: str) -> str:
        """Return a heading, a column or a sentence, with values in its places."""
        return PHRASES[phrase].format(**values)

    def count(self, number: int) -> str:
        """Write a whole number."""
        return f"{number:,}"

    def number(self, value: float, places: int = 3) -> str:
        """Write a number with so many decimal places."""
        return f"{value:,.{places}f}".replace("-", MINUS)

    def share(self, value: float, places: int = 1) -> str:
        """Write a share as so many of a hundred."""
        return f"{self.number(100 * value, places)}\N{NO-BREAK SPACE}%"

    def day(self, day: date) -> str:
        """Write a day."""
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"

    def criterion(self, name: str) -> str:
        """Say what a criterion is called."""
        return name

    def rule(self, label: str) -> str:
        """Say what a rule is called."""
        return (RULES | FURTHER_RULES).get(label, label)

    def of(self, part: int, whole: int) -> str:
        """Say that so many of so many."""
        return f"{part:,} of {whole:,}"

    def duos(self, number: int) -> str:
        """Count duos."""
        return counted(number, "duo")

    def people(self, number: int) -> str:
        """Count people."""
        return counted(number, "person", "people")

    def allowed_pairs(self, number: int) -> str:
        """Count the allowed pairs that a proof has looked at."""
        return "the only allowed pair" if number == 1 else f"all {number:,} allowed pairs"

    def is_one(self, number: int) -> bool:
        """Say whether a noun of so many is in the singular."""
        return number == 1

    def matched(self, taught_by: Role | None, names: Sequence[NameMatch]) -> str:
        """Say which names match between two people: what one of them teaches, or what both have."""
        told = f"The {taught_by} teaches" if taught_by else "In common"
        return f"{told}: {', '.join(map(_matched, names))}."

    def best(self, proof: ProofInWords) -> str:
        """Say in a clause what no other matching has."""
        others = "these people that keeps the quotas" if proof.quotas else "these people"
        fair = proof.objective == "fair" and proof.alpha
        total = "total of scores and credits" if proof.credits else "total"
        if fair:
            total = f"sum of fair utilities (alpha {proof.alpha})" + " and credits" * proof.credits
        if proof.objective == "total":
            most = self.duos(proof.duos_bound)
            return f"no matching of {others} has a higher {total}, and none more than {most}"
        count = self.duos(proof.duos)
        if proof.objective == "max_min":
            best = f"none of {count} a better worst duo, and none of those as good a higher {total}"
            return f"no matching of {others} has more duos, {best}"
        return f"no matching of {others} has more duos, and none of {count} a higher {total}"

    def round(self, number: int, day: str) -> str:
        """Say which round begins, and when."""
        return f"Round {number}, from {day}."

    def passage(self, kept: int, ended: int, new: int, waiting: int) -> str:
        """Say how many duos go on, end and are new, and how many people wait."""
        goes, have = ("goes" if kept == 1 else "go"), ("has" if ended == 1 else "have")
        told = (
            f"{self.duos(kept)} {goes} on, {ended:,} {have} ended, {new:,} {'is' if new == 1 else 'are'} new"
        )
        return f"{told}; {self.people(waiting)} {'waits' if waiting == 1 else 'wait'} for the next round."

    def learned(self, skills: int) -> str:
        """Say how many skills were learned."""
        return f"{counted(skills, 'learned skill')} changed what people seek or offer."


def _matched(name: NameMatch) -> str:
    same = "" if name.mentor == name.mentee else f" = '{name.mentee}'"
    return f"'{name.mentor}'{same}" + (f" ({name.rung})" if name.rung != "exact" else "")
