"""The catalogue of English.

:class:`reverse_match.views.words.phrases.Phrases` describes each phrase, in the same order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.people.weekly_times import ON_SITE
from reverse_match.views.words.facts import CalendarText
from reverse_match.views.words.formatter import MINUS, Formatter
from reverse_match.views.words.made_names import MadeNames
from reverse_match.views.words.phrases import Phrases

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
    from reverse_match.views.words.facts import DuoInWords, PriceInWords, ProofInWords

fmt = Formatter(
    thousands=",",
    decimal_sign=".",
    quotes=("'", "'"),
    conjunction=" and ",
    more=("more", "more"),
    is_one=lambda number: number == 1,
)

NOBODY_ELSE = "there is nobody else in the other role"
ALL_TAKEN = "all possible partners are in a duo with others"

TEXTS: Mapping[str, str] = {
    "title": "Duos of the reverse-mentoring programme",
    "skip": "Skip to the content",
    "contents": "Contents",
    "open hint": "Click a folded list to open it (on the keyboard: Tab, then Enter). On paper all lists "
    "are open.",
    "made": "Made by reverse_match {version}. This document contains personal data: share it only with "
    "those who need it.",
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
    "by hand": "Changes made by hand",
    "diversity": "Diversity of the duos",
    "pictures": "Pictures",
    "notes": "Worth knowing",
    "chosen by": "What counted",
    "certificate": "Certificate",
    "verify": "How to verify it",
    # Summary
    "figures": "Figures",
    "n duos": "duos",
    "one duo": "duo",
    "n without": "people without a duo",
    "one without": "person without a duo",
    "half": "{people} without a duo; {half} with a duo in one role of two.",
    "mean": "mean score",
    "lowest": "lowest score",
    "highest": "highest score",
    "total": "total (points)",
    "score is": "A score runs from 0 to 1: it is the sum of the points that each criterion gives. A "
    "criterion gives at most as many points as its weight.",
    "no duos": "No duo is possible.",
    "proved": "This result is proved to be the best possible: {best}; checked against {pairs}.",
    "not proved": "This result is not proved to be the best possible; it is at most {gap} below it.",
    "lottery": "Other matchings are as good: a lottery (seed {seed}) chose between them.",
    "one optimum": "No other matching is as good.",
    "quotas kept": "All quotas are kept ({count}).",
    "quotas not kept": "At least one quota is not kept.",
    "everybody": "Everybody has a duo.",
    "day": "Ages as of {day}.",
    # Tables
    "mentor": "Mentor",
    "mentee": "Mentee",
    "score": "Score",
    "points": "Points of the criteria",
    "why": "Why",
    "who": "Person",
    "role": "Role",
    "as mentor": "mentor",
    "as mentee": "mentee",
    "quota": "Quota",
    "counts": "Duos counted",
    "all duos": "all duos",
    "each": "duos of each group: {field}",
    "reached": "Reached",
    "bounds": "Limits",
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
    "unknown note": "Where something is not known for a pair, the criterion takes its neutral value: "
    "neither a penalty nor a bonus.",
    "group": "{name}: {duos}, mean score {mean}",
    "range": "{first} to {last}",
    "no department": "department not known",
    "by department": "By department of the mentee; open a department to see its duos.",
    "by range": "In the order of the mentors; open a part to see its duos.",
    "too many": "With more than {count} duos the report lists points only; the matching file lists the "
    "skills and goals in common.",
    "weakest": "The duos with the lowest scores",
    "nothing said": "No skills or goals in common.",
    # Left out
    "shortages": "Where there are too few partners",
    "exact costs": "Run reverse-match explain for the exact cost of another duo.",
    # By hand
    "on": "Day",
    "by": "Changed by",
    "because": "Reason",
    "asked": "Request",
    "ended": "Duos ended",
    "new": "New duos",
    "points lost": "Points lost",
    "not said": "not said",
    "fixed": "together: {pair}",
    "forbidden": "apart: {pair}",
    "gone": "left: {person}",
    "come": "joined: {person}",
    "put right": "corrected: {person}",
    "waits": "waits this time: {person}",
    "pair": "{mentor} with {mentee}",
    # Round
    "kind kept": "Duos that continue",
    "kind ended": "Duos that end",
    "kind new": "New duos",
    "kind waiting": "People who wait for the next round",
    "reciprocal": "Roles are swapped: those who taught in the last round learn in this one.",
    # Diversity
    "mixed": "How mixed the duos are",
    "what": "Criterion",
    "duos that differ": "Duos",
    "share that differs": "Share of duos",
    "known of": "Known for",
    "differ gender": "different genders",
    "differ department": "different departments",
    "differ location": "different locations",
    "apart": "Gap between the two people of a duo",
    "gap age": "age gap (mentee − mentor, in years)",
    "gap grade": "grade gap (mentee − mentor)",
    "smallest": "Smallest",
    "median": "Median",
    "largest": "Largest",
    "no people": "This report was made without the people file: departments, ages and diversity are not "
    "in it.",
    # Pictures
    "picture scores": "{duos}; lowest score {low}, mean score {mean}, highest score {high}.",
    "picture contributions": "Mean points of a duo: {points}.",
    "picture left out": "{count} without a duo in a role.",
    "picture ages": "Age gap in years: smallest {low}, median {median}, largest {high}.",
    "picture grades": "Grade gap: smallest {low}, median {median}, largest {high}.",
    "picture departments": "Rows are departments of mentors, columns are departments of mentees.",
    "most often": "Most often together: {pair}, {duos}.",
    "title scores": "Scores",
    "title contributions": "What scores are made of",
    "title left out": "People without a duo in a role, by reason",
    "title ages": "Ages of the duos",
    "title grades": "Grades of the duos",
    "title departments": "Departments of the duos",
    # What counted
    "objective": "Objective",
    "asked too": "Asked as far as it costs no duo: {name}.",
    "objective coverage": "as many duos as possible, then the highest total score",
    "objective total": "the highest total score, then as many duos as possible",
    "objective max_min": "as many duos as possible, then the lowest score as high as possible, then the "
    "highest total score",
    "objective fair": "as many duos as possible, then the highest fair total, in which points gained by "
    "low scores count for more (alpha {alpha})",
    "objective spread": "Duos are spread over {whom} before the total: as many of them as possible have one, "
    "then a second, and so on.",
    "objective spread after": "Of matchings with the highest total, those count in which the duos lie most "
    "evenly on {whom}.",
    "spread over mentors": "mentors",
    "spread over mentees": "mentees",
    "spread over both": "mentors and mentees",
    "spread reached": "Duos are spread over {whom}: {listed}.",
    "spread of none": "nobody has one",
    "spread step": "{number} person has at least {duos}|{number} people have at least {duos}",
    "spread costs": "Spreading them costs {points} ({share} of the total): without it, as many duos would "
    "have a total of {total}.",
    "spread is free": "Spreading them costs nothing: the total is as high as without it.",
    "spread after": "The total comes first, so that spreading costs nothing.",
    "spread cost unknown": "What spreading them costs is not known, since the matching is not proved.",
    "spread lacks": "Spread so, {number} more duo lacks what is asked as far as possible.|"
    "Spread so, {number} more duos lack what is asked as far as possible.",
    "spread keeps": "The total is as high as without spreading.",
    "spread gains": "Without spreading, the total would be {points} lower: {total}.",
    "proof spread": "Pairs of duos that share a person",
    "criteria": "Criteria",
    "criterion": "Criterion",
    "weight": "Weight",
    "neutral": "Value where not known",
    "known pairs": "Pairs where it is known",
    "scale of wishes": "{name}: the first, second, ... choice counts {counts}; later ones count as the last.",
    "own weights": "What matters most to a person counts {factor} times as much in their own weights. A pair "
    "has {share} of the mentor's weights, and the rest of the mentee's.",
    "scale of table": "Table of scores {name}: {low} counts 0, and {high} counts 1.",
    "rules": "Rules",
    "rule": "Rule",
    "no rules": "No rules other than capacities.",
    "credits": "Credits, counted on top of scores",
    "waivers": "Pairs let through by a waiver",
    "decided by": "Decided by",
    "synonyms": "Names treated as the same",
    "points given": "Points",
    "name": "Name",
    "means": "Means the same",
    "scales": "Scales",
    "bands": "bands of numbers, in their order",
    "scaled column": "Column",
    "scale words": "Words, the lowest first",
    "decides": "People decide what to do with this proposal; age and gender count only as much as the "
    "weights above.",
    # Certificate
    "certificate is": "The matching comes with a price for each person and each quota. With these prices "
    "anybody can check that no exchange of duos would improve the result: no pair is worth more than what "
    "it would take from others.",
    "certificate search": "Prices alone do not settle it, since a duo cannot be split; a search did.",
    "certificate short": "The matching comes with a price for each person and each quota. With these "
    "prices anybody can check how much better another matching could be at most.",
    "proof figures": "The proof in numbers",
    "figure": "Figure",
    "this": "This matching",
    "possible": "Maximum",
    "proof duos": "duos",
    "proof total": "total that is maximised",
    "proof lacking": "duos that lack what is asked as far as possible",
    "proof worst": "lowest score of a duo that is not fixed",
    "proof lowest of people": "lowest mean or sum of the scores of one person",
    "proof utility of people": "fair total over people",
    "objective over people max_min": "as many duos as possible, then the lowest {what} as high as possible, "
    "then the highest total score",
    "objective over people fair": "as many duos as possible, then the highest total of a fair utility of the "
    "{what} (alpha {alpha})",
    "mean over mentors": "mean score of a mentor's duos",
    "mean over mentees": "mean score of a mentee's duos",
    "mean over people": "mean score of a person's duos",
    "sum over mentors": "sum of the scores of a mentor",
    "sum over mentees": "sum of the scores of a mentee",
    "sum over people": "sum of the scores of a person",
    "people lowest": "Lowest {what}: {lowest}.",
    "proof gap": "gap, as a share of what is possible",
    "proof pairs": "allowed pairs checked",
    "proof relaxed": "total by prices alone, before the search",
    "proof searched": "pairs that the search went through",
    "proof price": "possible gain with one duo fewer (points)",
    # Verification
    "verify how": "From the matching file, the people file and the policy, this command computes the "
    "scores, rules, quotas and proof again, with code that shares nothing with the solver:",
    "verify or": "Or in Python:",
    "verify other": "The SHA-256 digest shows that this report describes that matching.",
    "digests": "Digests (SHA-256)",
    "digest": "Digest of",
    "value": "Value",
    "digest matching": "matching",
    "digest file": "people file",
    "digest cohort": "people, in any order",
    "digest policy": "policy",
    # Why somebody has no duo: above a list, beside a bar, in rounds of a plan, on the passage to a round
    "reason sits_out": "Sit out (capacity 0)",
    "bar sits_out": "sits out (capacity 0)",
    "sits out capacity": "capacity 0",
    "sits out absent": "absent",
    "sits out fewer_partners_than_rounds": "nobody is left to meet ({partners} in the other rounds)",
    "reason no_allowed_partner": "No allowed partner",
    "bar no_allowed_partner": "no allowed partner",
    "sits out no_allowed_partner": "no allowed partner",
    "change no_allowed_partner": "no partner is allowed other than former ones",
    "reason below_minimum_score": "All possible partners below the minimum score",
    "bar below_minimum_score": "all below the minimum score",
    "change below_minimum_score": "every possible partner is below the minimum score",
    "reason partners_taken": "All possible partners taken by others",
    "bar partners_taken": "all partners taken",
    "sits out partners_taken": ALL_TAKEN,
    "change partners_taken": ALL_TAKEN,
    "reason quota_full": "A quota leaves no room",
    "bar quota_full": "a quota leaves no room",
    "sits out quota_full": "quotas leave no room",
    "change quota_full": "quotas leave no room",
    # What becomes of a duo, and why
    "becomes kept": "continues",
    "becomes ended": "ends",
    "becomes new": "new",
    "becomes waiting": "waits",
    "change both_want_to_keep": "both asked to continue",
    "change fixed": "the policy fixes it",
    "change asked_to_end": "one of the two asked to end it",
    "change answers_against": "somebody wants a change, or is not satisfied",
    "change policy_ends_all": "both asked to continue, but by the policy every duo changes",
    "change decided": "so it was decided in the review",
    "one did not ask": "at least one did not ask",
    "change by_hand": "it was ended by hand during the round",
    "change better_otherwise": "both asked to continue, but the round is better without it, even after "
    "the cost of ending it",
    # What a participant is told
    "you mentor": "In this round you are the mentor of {partner}.",
    "you mentee": "In this round you are the mentee of {partner}.",
    "you sit out mentor": "In this round you take no part as mentor: your number of duos is set to 0.",
    "you sit out mentee": "In this round you take no part as mentee: your number of duos is set to 0.",
    "you without mentor": "In this round you have no duo as mentor. With the people, the places and the "
    "rules of the programme, none could be formed for you. This is no judgement of you.",
    "you without mentee": "In this round you have no duo as mentee. With the people, the places and the "
    "rules of the programme, none could be formed for you. This is no judgement of you.",
    "you fixed": "The programme has set this duo.",
    "you share": "What you can teach each other or have in common: {names}.",
    "you topic you": "{name} (you teach it)",
    "you topic partner": "{name} (you learn it)",
    "you topic both": "{name}",
    "you criteria": "What counts for everybody when duos are formed: {names}.",
    "you used": "Data of yours that were used: {fields}.",
    "you unknown": "Data of yours that are missing and could have been used: {fields}.",
    "you decides": "A program computes the duos; the people who run the programme decide on them.",
    "you decides named": "A program computes the duos; the people who run {name} decide on them.",
    "you ask": "To correct your data, to object, or to have a person look at it again, ask whoever runs the "
    "programme.",
    "you ask contact": "To correct your data, to object, or to have a person look at it again: {contact}.",
    # What somebody would have with other data of their own
    "assumed": "{value} for {field}",
    "if yours": "If your data said {changes}: {result}.",
    "if theirs": "If the data of {who} said {changes}: {result}.",
    "then as mentor": "as mentor, {result}",
    "then as mentee": "as mentee, {result}",
    "would have one yours": "you would have a duo",
    "would have none yours": "you would still have no duo",
    "would lose yours": "you would have no duo any more",
    "would keep yours": "nothing would change for you",
    "would change yours": "you would have another duo",
    "would have one": "a duo with {after}",
    "would have none": "still no duo",
    "would lose": "no duo any more, instead of {before}",
    "would keep": "still {after}, instead of {before}",
    "would change": "{after} instead of {before}",
    "others ended": "{number} duo of other people would end.|{number} duos of other people would end.",
    "changes tried": "{number} single change was tried: {changes}.|{number} single changes were tried: "
    "{changes}.",
    "nothing helps": "None of them gives a duo or a better one. Of other changes nothing is said.",
    # What a review says beforehand
    "ends all the same": "Rotation ends it all the same",
    "cannot keep": "Rotation cannot keep it",
    "outlook policy_ends_all": "by the policy every duo changes",
    "outlook decided": "so it was decided",
    "outlook as_proposed": "so the answers ask",
    "unless better otherwise": "It ends only where the round is better without it, even after the cost of "
    "ending it, or where a quota leaves no room.",
    "decided keep": "Decided: keep the duo.",
    "decided change": "Decided: a new partner for each of the two in the next round.",
    "decided end": "Decided: end the duo; the two are not matched again.",
    "decided talk first": "Decided: talk to both first; until then rotation follows the answers.",
    "decision sheet": "Decisions",
    "decision mentor": "Mentor",
    "decision mentor name": "Mentor name",
    "decision mentee": "Mentee",
    "decision mentee name": "Mentee name",
    "decision proposal": "Proposal",
    "decision reasons": "Reasons",
    "decision next round": "Next round",
    "decision decision": "Decision",
    "decide keep": "keep",
    "decide change": "change",
    "decide end": "end",
    "decide talk first": "talk first",
    "decision hint given": "Filled in already; please leave it as it is.",
    "decision hint decision": "keep: this duo goes on. change: a new partner for each in the next round. "
    "end: the two are not matched again. talk first: not decided yet. Leave it empty to follow the answers.",
    # What is proposed, and who asked for what
    "propose keep": "keep the duo",
    "propose rotate": "give each of the two a new partner in the next round",
    "propose end": "end the duo",
    "wish wants_to_stop": "wants to stop",
    "wish wants_to_change": "wants a change",
    "wish wants_to_continue": "wants to continue",
    "keep shorter": "with shorter sessions",
    "keep other channel": "through another channel",
    "keep different day": "on another day",
    "ask shorter": "shorter sessions",
    "ask other channel": "another channel",
    "ask different day": "another day",
    "better shorter": "shorter sessions",
    "better other channel": "another channel, such as a call",
    "better different day": "another day",
    # In place of a figure
    "figure hidden": "hidden",
    "figure unknown": "not known",
    # Of pairs and people
    "on site": "On site",
    "channel video": "Video call",
    "channel telephone": "Telephone",
    "channel on site": "On site",
    "meeting link": "Link: {link}",
    "duo fixed": "The policy fixes this duo.",
    "fixed the other way": "This duo cannot be forbidden: the policy fixes these two people in the "
    "opposite roles, and what is forbidden is forbidden both ways.",
    "less even": "Duos would lie less evenly: {number} more pair of them would share a person.|"
    "Duos would lie less evenly: {number} more pairs of them would share a person.",
    "more even": "Duos would lie more evenly: {number} pair fewer of them would share a person.|"
    "Duos would lie more evenly: {number} pairs fewer of them would share a person.",
    "worst then": "The lowest score would then be {score}.",
    "nobody else": "Nobody else can form a duo with {person}.",
    "competing": "They are {people}.",
    "no matching": "No matching satisfies all the rules:",
    "would do": "any one of these would be enough:",
    "nothing against": "No answer calls this duo into question.",
    "no answer": "Neither of the two has answered.",
    "count duos": "{number} duo|{number} duos",
    "count points": "{number} point|{number} points",
    "count people": "{number} person|{number} people",
    "part of": "{part} of {whole}",
    "round begins": "Round {number}, from {day}.",
    "learned": "{number} newly learned skill was counted in what people seek or offer.|{number} newly "
    "learned skills were counted in what people seek or offer.",
    # The page for a board
    "board title": "Results of the mentoring programme",
    "board hint": "Figures from the answers of mentors and mentees. Nobody is named.",
    "board made": "Made by reverse_match {version}. Publish one such page for a period: two of them can be "
    "subtracted from one another.",
    "board summary": "At a glance",
    "board participation": "Participation",
    "board use": "Use at work",
    "board satisfaction": "Satisfaction",
    "board time": "Time saved",
    "board skills": "Skills acquired",
    "board own": "Own questions of the programme",
    "board departments": "By group",
    "board changes": "From round to round",
    "board reading": "How to read this page",
    "board in a duo": "of those invited are in a duo",
    "board n duos": "duos in all rounds",
    "board uses": "of mentees use the skill at work",
    "board satisfied": "satisfaction",
    "board hours": "hours saved",
    "board hours a month": "hours saved a month",
    "board acquired": "skills acquired",
    "board level change": "levels gained, on a scale of 5",
    "board of five": "{mean} of 5",
    "board answered": "of duos have answered",
    "board by round": "Round by round",
    "board which round": "Round",
    "board round": "Round {number}",
    "board to round": "To round {number}",
    "board by role": "By role",
    "board role": "Role",
    "board mentors": "Mentors",
    "board mentees": "Mentees",
    "board n answers": "answers",
    "board who say": "people who say so",
    "board hours each": "hours for each of them",
    "board hours each month": "hours a month for each of them",
    "board share of hours": "comparison of months",
    "board hours by month": "Hours saved, month by month",
    "board hours by group": "Hours saved, by {column}",
    "board month": "Month of the answers",
    "board group": "Group",
    "board by group": "By {column}",
    "board no group": "not known",
    "board people": "people invited",
    "board months covered": "Months that the answers are about: {months}.",
    "board own numbers": "Questions answered by a number",
    "board own words": "Answers to: {question}",
    "board question": "Question",
    "board answer": "Answer",
    "board mean": "mean",
    "board change": "mean change",
    "board rose": "have gone up",
    "board change means": "A change is from the first answer of a person to the last, about one duo in one "
    "round.",
    "board by change": "Duos and people from one round to the next",
    "board kept": "duos kept",
    "board ended": "duos ended",
    "board new": "new duos",
    "board joined": "people joined",
    "board left": "people left",
    "board interval": "An interval of 95% says how far the share may be from that of all, as those who have "
    "answered are only some of them.",
    "board said by themselves": "Hours, satisfaction, use and levels are what people say of themselves; "
    "nobody has measured them. An answer counts in the month in which it was given.",
    "board small groups": "Figures of fewer than {fewest} people are not shown, nor those from which such a "
    "figure could be computed.",
    "board no cause": "The figures say what happened, not why: who takes part in a programme may differ from "
    "who does not.",
    "board hidden": "not shown",
    "board rows left out": "{number} further row is left out: fewer than {fewest} people, or figures that "
    "would give such away.|{number} further rows are left out: fewer than {fewest} people, or figures that "
    "would give such away.",
    "board why hidden": "Not shown: fewer than {fewest} people, or a figure that would give such a one away.",
    # Indicators, and what weights have done
    "figures hidden": "{number} figure by month or group is hidden to protect groups of fewer than "
    "{fewest}.|{number} figures by month or group are hidden to protect groups of fewer than {fewest}.",
    "too few duos": "Too few duos to conclude: {number} duo has a known outcome, and {needed} are "
    "needed.|Too few duos to conclude: {number} duos have a known outcome, and {needed} are needed.",
    "nothing to relate": "No criterion varies among the duos with a known outcome: there is nothing to "
    "compare.",
    "nothing stands out": "Over {duos} duos no criterion stands out: none clearly goes with a better or a "
    "worse outcome.",
    "criteria explain": "In cross-validation the criteria explain {percent}% of the variation in outcomes.",
    "criteria left out": "No visible effect of: {criteria}.",
    "chosen for scores": "These duos were chosen for high scores, which hides part of any relation; and a "
    "relation does not prove a cause.",
    # On a terminal
    "head who": "person",
    "head as": "role",
    "head why": "why",
    "head score": "score",
    "head round": "round",
    "head duos": "duos",
    "head total": "total",
    "head mean": "mean",
    "head worst": "lowest",
    "head sit out": "without",
    # In a workbook: its sheets, and their columns
    "sheet duos": "Duos",
    "sheet waiting": "Without a duo",
    "sheet figures": "Figures",
    "sheet notes": "Notes",
    "sheet file": "File",
    "sheet id": "Id",
    "sheet name": "Name",
    "sheet email": "E-mail",
    "sheet id mentor": "Mentor id",
    "sheet name mentor": "Mentor name",
    "sheet email mentor": "Mentor e-mail",
    "sheet id mentee": "Mentee id",
    "sheet name mentee": "Mentee name",
    "sheet email mentee": "Mentee e-mail",
    "sheet teaches mentor": "The mentor can teach",
    "sheet teaches mentee": "The mentee can teach",
    "sheet common": "In common",
    "sheet points": "{criterion} (points)",
    "sheet unknown": "Not known",
    "sheet fixed": "Fixed by the policy",
    "sheet times": "Times in common (mentor's clock)",
    "sheet reason": "Reason",
    "sheet sentence": "Explanation",
    "sheet note": "What to know before relying on this",
    "sheet no notes": "Nothing to note.",
    # A workbook to fill in with people
    "form mentors": "Mentors",
    "form mentees": "Mentees",
    "form guide": "Guide",
    "form lists": "Lists",
    "form title": "How to fill in this workbook",
    "form guide one": "One row for each person: who teaches stands on the first sheet, who learns on the "
    "second. Whoever does both stands on both.",
    "form guide two": "Columns with * are needed. Leave any other cell empty where nothing is known: it "
    "counts neither for nor against anybody.",
    "form guide three": "Keep the headings as they are. You may add columns of your own, and delete any "
    "that are not needed.",
    "form guide four": "Save the workbook, and see what is understood of it: reverse-match look {file}",
    "form guide five": "Then form the duos: reverse-match match {file} --out duos.xlsx",
    "form table column": "Column",
    "form table meaning": "What stands in it",
    "form table mentor": "A mentor, for example",
    "form table mentee": "A mentee, for example",
    "form genders": "female;male;non-binary",
    "form written": "{file} is ready to be filled in. Then run: reverse-match look {file}",
    "form head id": "Employee ID",
    "form head first_name": "First name",
    "form head last_name": "Last name",
    "form head email": "E-mail",
    "form head offers": "Can teach",
    "form head seeks": "Wants to learn",
    "form head goals": "Goals",
    "form head birth_year": "Year of birth",
    "form head gender": "Gender",
    "form head department": "Department",
    "form head location": "Location",
    "form head grade": "Grade",
    "form head manager_id": "Manager",
    "form head languages": "Languages",
    "form head timezone": "Time zone",
    "form head available": "Available",
    "form head capacity": "Max duos",
    "form head wants": "Preferred partners",
    "form head avoids": "Partners to avoid",
    "form head prefers": "Partner preferences",
    "form head priority": "What matters most",
    "form hint id": "What tells this person from all others, such as the staff number; zeros in front are "
    "kept. An e-mail address will do, too.",
    "form hint first_name": "Shown beside the id in tables and messages. It never counts for a duo.",
    "form hint last_name": "Shown beside the id in tables and messages. It never counts for a duo.",
    "form hint email": "For invitations and mail merges. It never counts for a duo.",
    "form hint offers": "Skills with a semicolon between them. A level from 1 (beginner) to 5 (expert) may "
    "stand behind a colon; without one, 3 counts.",
    "form hint seeks": "Skills with a semicolon between them. How much each is wanted, from 1 to 3 (most), "
    "may stand behind a colon; without it, 2 counts.",
    "form hint goals": "What the person hopes for, with a semicolon between goals.",
    "form hint birth_year": "The year alone, with four digits.",
    "form hint gender": "As your organisation records it. Leave the cell empty where it is not known or "
    "not said.",
    "form hint department": "A unit, or units within each other with a slash between them.",
    "form hint location": "Where the person works.",
    "form hint grade": "A whole number; a higher one is more senior.",
    "form hint manager_id": "The id, e-mail address or full name of the person's manager, so that nobody "
    "is in a duo with their own line.",
    "form hint languages": "With a semicolon between them.",
    "form hint timezone": "Choose from the list, or write another IANA name.",
    "form hint available": "Days and times of a usual week, by the clock of the person's time zone, with a "
    "semicolon between them.",
    "form hint capacity": "How many duos the person can have at the same time. An empty cell means 1; 0 "
    "sits out.",
    "form hint wants": "Ids of people with whom they would like to be in a duo, the first choice first, with "
    "a semicolon between them; = between two who are equally wanted.",
    "form hint avoids": "Ids of people with whom they must not be in a duo, with a semicolon between them.",
    "form hint prefers": "What the partner should be like: a field, a value and yes, maybe, no, must or "
    "must not, with a semicolon between wishes: gender=female:must; location!=Lyon:maybe; languages=fr.",
    "form hint priority": "The criterion that matters most to the person, as the programme calls it, where "
    "it gives people their own weights: skills.",
    "form mentor id": "00417",
    "form mentor first_name": "Léa",
    "form mentor last_name": "Martin",
    "form mentor email": "lea.martin@example.org",
    "form mentor offers": "Generative AI:4; Excel:3",
    "form mentor seeks": "Negotiation",
    "form mentor goals": "innovation",
    "form mentor birth_year": "1999",
    "form mentor gender": "female",
    "form mentor department": "Group/Sales",
    "form mentor location": "Lyon",
    "form mentor grade": "3",
    "form mentor manager_id": "00388",
    "form mentor languages": "en; fr",
    "form mentor timezone": "Europe/Paris",
    "form mentor available": "Mon 9-12; Thu 14:00-17:30",
    "form mentor capacity": "2",
    "form mentor wants": "",
    "form mentor avoids": "00502",
    "form mentor prefers": "languages=fr",
    "form mentor priority": "",
    "form mentee id": "00503",
    "form mentee first_name": "Ada",
    "form mentee last_name": "Roux",
    "form mentee email": "ada.roux@example.org",
    "form mentee offers": "Negotiation:5",
    "form mentee seeks": "Generative AI:3; Excel:1",
    "form mentee goals": "innovation; recruiting",
    "form mentee birth_year": "1970",
    "form mentee gender": "female",
    "form mentee department": "Group/Purchasing",
    "form mentee location": "Paris",
    "form mentee grade": "8",
    "form mentee manager_id": "00120",
    "form mentee languages": "en",
    "form mentee timezone": "Europe/Paris",
    "form mentee available": "Mon 10-12; Fri 16-18",
    "form mentee capacity": "1",
    "form mentee wants": "00417",
    "form mentee avoids": "",
    "form mentee prefers": "location!=Lyon:maybe",
    "form mentee priority": "skills",
    # A workbook in which faults are marked
    "marked sheet": "Faults and notes",
    "marked kind": "Kind",
    "marked place": "Where",
    "marked message": "What is wrong, or worth a look",
    "marked wrong": "to correct",
    "marked noted": "to know",
    "marked nothing": "Nothing is wrong.",
    # A form for feedback
    "answer sheet": "Feedback",
    "answer given": "Filled in for you. Please leave it as it is.",
    "answer mentor": "Mentor id",
    "answer mentor name": "Mentor name",
    "answer mentee": "Mentee id",
    "answer mentee name": "Mentee name",
    "answer email": "E-mail of who answers",
    "answer on": "Date",
    "answer by": "Who answers",
    "answer by mentor": "mentor",
    "answer by mentee": "mentee",
    "answer answers": "yes;partly;no",
    "answer formats": "yes;shorter;other channel;different day",
    "answer wishes": "continue;change;stop",
    "answer head objective": "Objective reached",
    "answer head skill_used": "Skill used at work",
    "answer head format": "Format still right",
    "answer head satisfaction": "Satisfaction 1 to 5",
    "answer head acquired": "Skills acquired",
    "answer head sessions_held": "Sessions held",
    "answer head sessions_cancelled": "Sessions cancelled",
    "answer head hours_saved": "Time saved (hours)",
    "answer head level_before": "Level before",
    "answer head level_after": "Level now",
    "answer head wish": "What next",
    "answer head comment": "Comment",
    "answer hint on": "The day of the answer. Change it where somebody answers on another day.",
    "answer hint objective": "Was the objective of the duo reached? An empty cell is no answer.",
    "answer hint skill_used": "Is the skill used at work?",
    "answer hint format": "Is the format of the sessions still right? If not, what would be better?",
    "answer hint satisfaction": "From 1 (not at all satisfied) to 5 (very satisfied).",
    "answer hint acquired": "Skills that the mentee has acquired since the last answer, with a semicolon "
    "between them.",
    "answer hint sessions_held": "Since the last answer of the same person.",
    "answer hint sessions_cancelled": "Since the last answer of the same person.",
    "answer hint hours_saved": "Hours of work saved since the last answer of the same person.",
    "answer hint level_before": "For who learns: your own level in what the duo is about before you began, "
    "from 1 (beginner) to 5 (expert).",
    "answer hint level_after": "For who learns: your own level in it now, from 1 (beginner) to 5 (expert).",
    "answer hint number": "A number. An empty cell is no answer.",
    "answer hint between": "A number from {low} to {high}. An empty cell is no answer.",
    "answer hint words": "One of these: {words}. An empty cell is no answer.",
    "answer hint wish": "What the person wishes for the duo after this round.",
    "answer hint comment": "In your own words. It is never scored, and shown in no figure.",
    "answer written": "{file} has {number} row to fill in.|"
    "{file} has {number} rows to fill in: one for each person of each duo.",
    # On a terminal: in sentences
    "n pairs": "{number} allowed pair|{number} allowed pairs",
    "n rounds": "{number} round|{number} rounds",
    "rows between": "… {number} row between is not shown; --all shows every row|"
    "… {number} rows between are not shown; --all shows every row",
    "unknown mark": "{mark} not known for this pair: the neutral value counts",
    "without": "{people} without a duo",
    "without, half": "{people} without a duo, {half} with a duo in one role of two",
    "none possible": "No duo is possible: {pairs}.",
    "scores reached": "{duos}, total {total}. Scores from 0 to 1: mean {mean}, lowest {worst}, 10th "
    "percentile {tenth}, highest {best}, Gini index {gini}.",
    "blocking pairs": "{number} blocking pair: two people who would both rather be paired "
    "together.|{number} blocking pairs: two people who would both rather be paired together.",
    "quota met": "Quota {name}: {met} ({bounds}).",
    "nothing reached": "none",
    "costs something": "{bounds}; this limits the result",
    "lacks mentor": "the mentor offers nothing that the mentee seeks",
    "lacks mentee": "the mentee offers nothing that the mentor seeks",
    "lacks both": "one of the two offers nothing that the other seeks",
    "lacks either": "neither offers anything that the other seeks",
    "lacks enough mentor": "the mentor offers too little of what the mentee seeks",
    "lacks enough mentee": "the mentee offers too little of what the mentor seeks",
    "lacks enough both": "one of the two offers too little of what the other seeks",
    "lacks enough either": "each offers too little of what the other seeks",
    "lacks condition": "the condition {name} does not hold",
    "lacking none": "There is no duo in which {lack}.",
    "lacking duos": "In {number} duo {lack}: {pairs}.|In {number} duos {lack}: {pairs}.",
    "credits met": "Credits on top of scores: {duos}, {points}: {names}.",
    "optimal": "Proved optimal (gap 0): {best}; checked against {pairs}.",
    "not optimal": "Not proved optimal: the result is at most {gap} below the best possible.",
    "others as good": "Other matchings are as good: a lottery (seed {seed}) chose between them.",
    "duos ended": "{number} duo ended, {new} new|{number} duos ended, {new} new",
    "nothing asked": "Nothing was asked: no duo ends, and none is new.",
    "same duos": "No duo ends, and none is new.",
    "duos kept": "{number} duo kept; {changes} of those that ended could have stayed{limit}.|{number} "
    "duos kept; {changes} of those that ended could have stayed{limit}.",
    "changes allowed": " (at most {most} allowed)",
    "changes charged": " (charged {points} each)",
    "total lost": "Cost: {points} of the total ({before} before, {after} now){duos}.",
    "total gained": "Gain: {points} of the total ({before} before, {after} now){duos}.",
    "duos fewer": "; {number} duo fewer|; {number} duos fewer",
    "duos more": "; {number} duo more|; {number} duos more",
    "logged declined": "{person} declined {partner}{reason}.",
    "logged left": "{person} left{reason}.",
    "logged returned": "{person} returned{reason}.",
    "logged joined": "{person} joined{reason}.",
    "logged corrected": "The record of {person} was corrected ({fields}){reason}.",
    "logged waiting": "{person} waits this time{reason}.",
    "logged because": ": {reason}",
    "because no_time": "no time",
    "because no_common_dates": "no common dates",
    "because not_the_right_skills": "not the right skills",
    "because knows_the_person": "knows the person",
    "because other": "another reason",
    "came first": "Before those who joined later came: {people}.",
    "allowed again": "Allowed to form a duo again: {pairs}.",
    "rescored": "Neutral values are means over the people: leavers and joiners change the total of the "
    "duos that stay by {points}.",
    "charge gap": "Less the cost of the changes, the total is at most {gap} below the best possible.",
    "plan reached": "{duos} over all rounds, total {total}, mean score {mean}; nobody meets the same "
    "partner twice.",
    "worst round": "Round {round} has the lowest mean score: {mean}, which is {share} of the overall mean.",
    "plan none possible": "No duo is possible in any round: {pairs}.",
    "plan optimal": "Proved optimal (gap 0): no other plan of as many rounds is better; checked against "
    "{pairs}.",
    "plan not optimal": "Not proved optimal: at most {gap} below the best possible plan.",
    "round from": "Round {number}, from {day}",
    "kept apart": "Kept apart since round {number}, by the history: {pairs}.",
    "forgotten in": "Forgotten in {files}; there the person is {tombstone} now.",
    "pseudonyms in": "{number} person has a pseudonym in {files}.|{number} people have pseudonyms in "
    "{files}.",
    "purpose": "Purpose: {purpose}",
    "published on": "Published: its duos count from {day}.",
    "a draft": "A draft: its duos count once it is published.",
    "verified": "Verified.",
    "verified of": "Verified: {parts}.",
    "verified policy": "your policy",
    "verified passage": "the passage to round {round}",
    "n amendments": "{number} amendment|{number} amendments",
    "amendments by": "{amendments} by {authors}",
    "not named": "somebody who is not named",
    "verification failed": "Verification failed:",
    "verification incomplete": "Nothing untrue was found, but not all of it can be checked any more:",
    # Circles
    "circles title": "Circles of the reverse-mentoring programme",
    "circles": "Circles",
    "circle": "Circle",
    "circle mentors": "Mentors",
    "circle mentees": "Mentees",
    "without circle": "People in no circle",
    "circles without": "{people} in no circle",
    "n circles": "{number} circle|{number} circles",
    "circles reached": "{circles} with {people}; total {total}, mean score {mean} of a mentor with a mentee.",
    "circles none": "No circle is possible.",
    "circles former": "No mentor meets a mentee again from {number} former circle or duo.|No mentor meets a "
    "mentee again from {number} former circles and duos.",
    "circles best": "Proved optimal (gap 0): no other circles of these people place more of them, and none "
    "that place as many have a higher total.",
    "circles best trios": "Proved optimal (gap 0): no other groups of these people place more of them; of "
    "those that place as many, none have fewer trios, and none with as few trios a higher total.",
    "circles open people": "Not proved optimal: at most {number} more person could be placed.|Not proved "
    "optimal: at most {number} more people could be placed.",
    "circles open trios": "Not proved optimal: at most {number} trio fewer could do for as many people.|Not "
    "proved optimal: at most {number} trios fewer could do for as many people.",
    "circles open total": "Not proved optimal: the total could be at most {points} higher.",
    "circle of": "{mentors} with {mentees}: score {score}, mean {mean}.",
    "circle pair": "{mentor} and {mentee}: {score}.",
    "circle without": "{person} is in no circle as {role}: {reason}.",
    "circle no_circle_possible": "no circle with this person keeps the sizes, the rules and the conditions",
    "circle no_place_left": "the best circles found have no place for this person",
    "circle size": "In each circle: mentors {mentors}, mentees {mentees}.",
    "circle trios": "Duos, and as few trios as possible where somebody would be left over.",
    "members mentees": "mentees",
    "members mentors": "mentors",
    "members everybody": "members",
    "within different": "At most {most} of the {members} of a circle with the same {field}.",
    "within at_least_values": "At least {least} different values of {field} among the {members} of a circle.",
    "within not_in_reporting_line": "Nobody is in a circle with a superior (among {members}).",
    "within not_met_before": "Nobody is in a circle with somebody from a former one (among {members}).",
    "circles proof": "Each stage comes with prices of people, case by case. With them anybody can check that "
    "no circles are worth more than the maximum.",
    "stage people": "people in circles, in each role",
    "stage trios": "trios (as few as possible)",
    "stage total": "total of the scores",
    "stage cases": "Cases",
    # An audit by group
    "audit title": "Audit of the duos by group",
    "audit groups": "Figures by group",
    "audit terms": "What terms of the policy contributed",
    "audit reading": "How to read it",
    "audit mentors": "Mentors",
    "audit mentees": "Mentees",
    "audit all": "everybody",
    "audit not known": "not known",
    "audit label": "{column}: {group}",
    "audit row": "{side}, {group}",
    "audit bands": "{column} (bands)",
    "audit group": "Group",
    "audit people": "People",
    "audit matched": "With a duo",
    "audit interval": "95% interval",
    "audit ratio": "Ratio",
    "audit left out": "Without",
    "audit why": "Why without",
    "audit mean": "Mean score",
    "audit worst": "Lowest score",
    "audit rank": "Rank of the partner",
    "audit rounds": "Rounds with a duo",
    "audit waiting": "Rounds waited",
    "audit matched with": "With a duo",
    "audit matched without": "the same, without it",
    "audit mean with": "Mean score",
    "audit mean without": "the same, without it",
    "audit figure hidden": "hidden",
    "audit share": "{part} of {whole} ({share})",
    "audit share interval": "{share}, 95% interval {interval}",
    "audit hidden groups": "{column}: {number} group|{column}: {number} groups",
    "audit groups not shown": "{number} group hidden|{number} groups hidden",
    "audit from to": "{low} to {high}",
    "audit reason": "{reason}: {number}",
    "audit between": "; ",
    "audit group share": "{group} {share}",
    "audit overall mentor": "Mentors with a duo: {share}.",
    "audit overall mentee": "Mentees with a duo: {share}.",
    "audit reasons": "Without one: {reasons}.",
    "audit by mentor": "Mentors with a duo, by {column}: {groups}.",
    "audit by mentee": "Mentees with a duo, by {column}: {groups}.",
    "audit empty column": "The column {column} is empty: nobody's group is known.",
    "audit term criterion": "the criterion {name}",
    "audit term rule": "the rule {name}",
    "audit term quota": "the quota {name}",
    "audit term as_far_as_possible": "what is asked as far as possible ({name})",
    "audit term all": "all of these together",
    "audit term title": "Without {term}",
    "audit whole policy": "the whole policy",
    "audit same duos": "{duos}, {number} of them as under the whole policy|{duos}, {number} of them as under "
    "the whole policy",
    "audit without": "Without {term}: {duos}. Its table scores both by the same criteria: {criteria}.",
    "audit no_criterion_left": "Without {term} there would be no criterion left to match by.",
    "audit infeasible": "Without {term} no matching satisfies the rules.",
    "audit other base": "The audited duos are not the best ones under the policy, since they were changed by "
    "hand or are not proved; the comparisons start from the best ones.",
    "audit exact": "Each matching in these comparisons is proved to be the best under its policy.",
    "audit not exact": "Not each matching in these comparisons is proved to be the best; the largest gap is "
    "{gap}.",
    "audit lottery": "Other matchings are equally good, and a lottery has decided between them: {terms}. "
    "Figures by group can differ between these.",
    "audit hidden": "{number} figure is hidden to protect groups of fewer than {fewest}.|{number} figures "
    "are hidden to protect groups of fewer than {fewest}.",
    "audit unranked": "Other people were matched in these rounds, so their duos have no rank: {numbers}.",
    "audit interval note": "An interval shows how far chance alone can move a share among so few people. "
    "Where intervals overlap, the shares may differ by chance.",
    "audit rank note": "A partner has rank 1 for a person who scores higher with no other possible partner; "
    "equal scores share the better rank. Beside it: the number of possible partners.",
    "audit ratio note": "The ratio compares a share with the highest one shown for the same role and column. "
    "In the United States, a rule of thumb looks closer below four fifths, 0.80 (29 CFR 1607.4 D). It is no "
    "statistical test.",
    "audit no causes": "An audit says who has a duo, and how good it is. It says nothing about causes.",
    # Rolling intake
    "replay every day": "every day",
    "replay every days": "every {number} days",
    "replay every month": "every month",
    "replay every months": "every {number} months",
    "replay beforehand": "all known beforehand",
    "replay duos table": "Duos by how often people are matched",
    "replay waiting table": "Days from joining to the first duo",
    "head matched": "matched",
    "head mean days": "mean",
    "head median days": "median",
    "head nine in ten": "9 in 10 within",
    "head longest": "longest",
    "head still waiting": "still waiting",
    "head mean so far": "so far (mean)",
    "head dates": "dates with duos",
    "replay dates of": "{rounds} of {dates}",
    "replay matched of": "{number} of {people}",
    "replay cadence": "Matched {every}: {duos}, mean score {mean}, lowest {lowest}.",
    "replay beforehand duos": "Had all been known beforehand: {duos}, mean score {mean}, lowest {lowest}. "
    "No way of matching as people join does better by these rules.",
    "replay no duos": "Matched {every}: no duos.",
    "replay beforehand none": "Had all been known beforehand: no duos.",
    "replay waited mentor": "{matched} of {people} mentors were matched, after {mean} days on average "
    "(median {median}; nine in ten within {nine}; longest {longest}).",
    "replay waited mentee": "{matched} of {people} mentees were matched, after {mean} days on average "
    "(median {median}; nine in ten within {nine}; longest {longest}).",
    "replay nobody mentor": "None of {people} mentors was matched.",
    "replay nobody mentee": "None of {people} mentees was matched.",
    "replay still mentor": "{number} mentor still waits, for {days} days so far.|{number} mentors still "
    "wait, for {days} days so far on average.",
    "replay still mentee": "{number} mentee still waits, for {days} days so far.|{number} mentees still "
    "wait, for {days} days so far on average.",
    "replay since": "{number} of them joined after the last date.|{number} of them joined after the last "
    "date.",
    "replay half": "Counting those who still wait, half had a duo after {days} days.",
    "replay half unknown": "Counting those who still wait, it is not known when half will have a duo.",
    "replay censored": "Means, medians and longest waits are of those who were matched. Whoever still "
    "waits at the end has waited at least so far, and is counted apart.",
    "replay span": "{people} joined up to {until}; the first date is {start}.",
    "replay later": "{number} person joined after {until} and is in no figure.|{number} people joined "
    "after {until} and are in no figure.",
    "replay no places": "{number} person has no places and is in no figure.|{number} people have no "
    "places and are in no figure.",
    "replay held": "A pair is formed from a score of {first} on; this falls to {last} once one of the two "
    "has waited {days} days.",
    "replay infeasible": "Matched {every}, {number} date had to be left out: rules and quotas could not "
    "hold with those who were there.|Matched {every}, {number} dates had to be left out: rules and quotas "
    "could not hold with those who were there.",
    "replay proved": "Each match is proved to be the best possible on its date.",
    "replay not proved": "Not each match is proved to be the best possible: the largest gap of a date is "
    "{gap}.",
    "replay file duos": "Duos by date",
    "replay formed on": "Formed on",
    "plot replay": "Waiting for the first duo",
    "plot replay days": "days since joining",
    "plot replay row": "{every}\nmean score {mean}",
    "plot replay matched": "{share} matched",
    "plot replay note": "mark: mean; line: up to nine in ten; both of those who were matched",
    # While something is computed
    "step begin": "begin",
    "step score pairs": "score pairs",
    "step choose candidates": "choose candidates",
    "step assign": "assign",
    "step price": "price",
    "step check all pairs": "check all pairs",
    "step price quotas": "price quotas",
    "step draw between equals": "draw between equals",
    "step circles": "form circles",
    "step replay everybody": "match once with everybody known",
    "step replay cadence": "replay cadence {number}",
    "step explain": "explain",
    "step explain round": "explain round {number}",
    "step improve round": "improve round {number}",
    "step fewest marked pairs": "look for the fewest duos that lack what is asked",
    "step leave some out": "leave some out",
    "step raise the worst": "raise the worst",
    "step fair to people": "look for the duos that are fairest to people",
    "step charge for changes": "charge for changes",
    "step choose duos": "choose duos",
    "step spread duos": "spread duos",
    "step look for conflicts": "look for conflicts",
    "step look for the best rounds": "look for the best rounds",
    "step search": "search",
    "step split into rounds": "split into rounds",
    "progress": "round {rounds}, {pairs} pairs looked at",
    "progress with gap": "round {rounds}, gap {gap}, {pairs} pairs looked at",
    # In pictures
    "axis age": "age (years)",
    "plot change": "change (points)",
    "plot compared duos": "Duos: new {gained}; gone {lost}; the same {same}.",
    "plot comparison": "From {before} to {after}",
    "plot gained": "new",
    "plot lost": "gone",
    "plot no change": "Nothing changes.",
    "plot not drawn": "Smaller changes, not drawn: {count}.",
    "plot frontier": "What one costs in terms of the other",
    "axis grade": "grade",
    "plot left out": "Without a duo in a role",
    "plot mean": "mean {value}",
    "plot median": "median {value}",
    "plot mentee department": "department of the mentee",
    "plot mentor department": "department of the mentor",
    "plot most": "maximum (weight)",
    "plot nobody": "Everybody has a duo.",
    "plot no duos": "There are no duos.",
    "plot no points": "There are no points.",
    "plot no rounds": "There are no rounds.",
    "plot not known": "not known",
    "plot not known of": "not known for {count} of {all} duos",
    "plot not known of one": "not known for the only duo",
    "plot others": "others ({count})",
    "plot people": "people",
    "plot points": "points",
    "plot round": "round",
    "plot rounds": "Rounds of the plan",
    "plot round figures": "duos: {count}\ntotal: {total} points",
    "plot same": "same {value}",
    "plot score": "score (0 to 1)",
    "plot scores": "Scores of the duos ({count})",
    "plot worst": "▲ the lowest scores:",
    "plot worst line": "lowest score",
    "plot chosen": "chosen",
    "plot spread": "line: 5th to 95th percentile; box: middle half",
    "plot and more": "and {number} more|and {number} more",
}
"""Headings, columns and clauses by name."""

RULES = {
    "same_person": "it is one person",
    "capacity": "capacity 0",
    "fix": "fixed duos, which take all places",
    "forbid": "forbidden pairs",
    "not_in_reporting_line": "reporting line",
    "minimum_score": "minimum score",
    "different": "different values",
    "same": "same value",
    "shared": "value in common",
    "teaches": "a skill to teach",
    "among": "value listed with the other person",
    "gap_between": "gap",
    "overlapping_hours": "working hours in common",
    "common_time": "time in common",
    "not_met_before": "a duo before",
    "require": "condition on a person",
    "avoids": "people to avoid",
    "personal_rules": "personal rules",
    "listed": "listed pairs",
    "all_of": "all of several conditions",
    "any_of": "at least one of several conditions",
    "not": "an excluded condition",
    "custom": "rule of a function",
    "held back": "held back for better partners",
    "rotation: forbidden by hand before": "rotation: separated by hand before",
    "rotation: both want to keep it": "rotation: both want to continue",
    "rotation: no duo for a round": "rotation: without a duo for a round",
    "mentees who wait": "mentees who were there before others joined",
    "mentors who wait": "mentors who were there before others joined",
    "mentees who wait, each once": "mentees who were there before others joined, each counted once",
    "mentors who wait, each once": "mentors who were there before others joined, each counted once",
}
"""Names of the default rules, and of those that rotations and amendments add; other names stay."""

NAMES = MadeNames(
    RULES,
    quotas={
        "each": "each",
        "count of": "number:",
        "share of": "share:",
        "least duos of": "least number of duos of",
        "duos of": "duos of",
        "mentees of": "mentees of",
        "mentors of": "mentors of",
    },
    kinds={
        "different": "different values",
        "same": "same value",
        "shared": "value in common",
        "teaches": "a skill to teach",
        "among": "listed with the other person",
        "gap_between": "gap",
        "overlapping_hours": "working hours in common",
        "common_time": "minutes in common a week",
        "not_met_before": "never together before",
        "require": "condition",
        "not_in_reporting_line": "outside the reporting line",
        "avoids": "people to avoid",
        "personal_rules": "personal rules kept",
        "minimum_score": "minimum score",
        "listed": "listed pairs",
        "custom": "function",
        "table": "table of scores",
        "all_of": "all of these",
        "any_of": "at least one of these",
        "not": "unless",
    },
    options={
        "at_least": "at least",
        "at_most": "at most",
        "at_level": "from level",
        "at_priority": "from priority",
        "offered": "offered in",
        "wanted": "sought in",
        "value": "value:",
        "listed_in": "listed in",
        "prefix": "levels:",
        "paths": "paths:",
        "equals": "equal to",
        "under": "under",
        "known": "known:",
        "slot": "slots of at least",
        "on_site": "on site",
        "from": "from",
        "to": "to",
        "again_after_months": "again after (months):",
        "if_unknown": "if not known:",
    },
    fields={
        "offers": "skills offered",
        "seeks": "skills sought",
        "manager_id": "manager",
        "birth_date": "birth date",
    },
    rounds="rotation: without a duo for {number} rounds",
)

RUNGS = {"alias": "synonym", "bracket": "without its brackets", "typo": "misspelling"}

DEMANDS = {"fix": "fixed duos", "capacity": "capacities"}
"""Names of demands that have none of their own."""

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


class English(Phrases):
    """The catalogue of English."""

    formatter = fmt
    texts = TEXTS
    made_names = NAMES

    # Pairs, answers about them, and people without a duo

    def pair(self, pair: Explanation) -> str:
        both = f"'{pair.mentor}' (mentor) and '{pair.mentee}' (mentee)"
        said = "form a duo and score" if pair.matched else "are not paired; together they would score"
        return f"{both} {said} {fmt.score(pair.score)}{_break_down(pair.contributions)}."

    def partner(self, other: Alternative) -> str:
        would = f"would score {fmt.score(other.score)}{_break_down(other.contributions)}"
        return f"'{other.person}' ({other.role}) with '{other.partner}' {would}."

    def not_known(self, criteria: Sequence[str]) -> str:
        return f"Not known for this pair, so that the neutral value counts: {fmt.join(criteria)}."

    def credited(self, points: Mapping[str, float]) -> str:
        given = ", ".join(f"'{NAMES(name)}' {fmt.points(value)}" for name, value in points.items())
        return f"This duo counts {_write_points(sum(points.values()))} more than its score: {given}."

    def more_lacking(self, number: int) -> str:
        more, lack = ("more" if number > 0 else "fewer"), "would lack what is asked as far as possible"
        return f"{abs(number):,} {more} {'duo' if abs(number) == 1 else 'duos'} {lack}."

    def credits_lost(self, points: float) -> str:
        verb = "lose" if points > 0 else "gain"
        return f"The programme would also {verb} {_write_points(points)} of credit."

    def shared_names(self, names: Sequence[NameMatch]) -> str:
        return f"Skills and goals in common: {'; '.join(_write_taught_match(name) for name in names)}."

    def ruled_out(self, rules: Sequence[str]) -> str:
        return f"Ruled out by: {fmt.join([_name_rule(rule) for rule in rules])}."

    def partners_now(self, person: str, role: Role, partners: Sequence[Partner]) -> str:
        if not partners:
            return f"As {role}, '{person}' has no duo."
        listed = fmt.join([f"'{partner.id}' ({fmt.score(partner.score)})" for partner in partners])
        return f"As {role}, '{person}' is with {listed}."

    def forcing(self, price: PriceInWords, waived: int) -> str:
        if waived:
            rules = "the rule" if waived == 1 else f"the {waived} rules"
            return f"If {rules} were waived for these two, {_say_price('forcing this duo', price)}."
        return f"{_say_price('Forcing this duo', price)}."

    def cannot_force(self, quotas: Sequence[str]) -> str:
        if not quotas:
            return "This duo cannot be forced."
        return f"This duo cannot be forced: with it, {_say_unkept(quotas)}."

    def cannot_forbid(self, quotas: Sequence[str]) -> str:
        return f"This duo cannot be forbidden: without it, {_say_unkept(quotas)}."

    def quotas_in_the_way(self, quotas: Sequence[str]) -> str:
        verb = "stand" if len(quotas) > 1 else "stands"
        return f"{_name_quotas(quotas, 'The')} {verb} in the way of this duo."

    def forbidding(self, price: PriceInWords, *, waived: bool) -> str:
        if waived:
            return f"If the policy did not fix it, {_say_price('forbidding this duo', price)}."
        return f"{_say_price('Forbidding this duo', price)}."

    def ending(self, duos: Sequence[ScoredDuo], *, others: bool) -> str:
        count = fmt.count_nouns(len(duos), "other duo" if others else "duo")
        return f"{count} would end: {_join_duos(duos)}."

    def beginning(self, duos: Sequence[ScoredDuo], *, others: bool) -> str:
        count = fmt.count_nouns(len(duos), "other duo" if others else "duo")
        return f"{count} would be new: {_join_duos(duos)}."

    def costs(self, price: PriceInWords) -> str:
        return f"{_say_price('This duo', price)}."

    def sits_out(self, person: str, role: Role) -> str:
        return f"'{person}' sits out as {role}: capacity 0."

    def no_allowed_partner(self, person: str, role: Role, rules: Mapping[str, int]) -> str:
        if not rules:
            return f"'{person}' has no duo as {role}: {NOBODY_ELSE}."
        return f"'{person}' has no duo as {role}: no partner is allowed. {_say_excluded(rules)}."

    def below_minimum(self, person: str, role: Role, rules: Mapping[str, int]) -> str:
        said = TEXTS["change below_minimum_score"]
        return f"'{person}' has no duo as {role}: {said}. {_say_excluded(rules)}."

    def partners_taken(self, person: str, role: Role, allowed: int) -> str:
        if allowed == 1:
            return f"'{person}' has no duo as {role}: the only allowed partner is taken."
        said = f"{fmt.count(allowed)} partners are allowed, but all are taken"
        return f"'{person}' has no duo as {role}: {said}."

    def quota_full(self, person: str, role: Role, allowed: int, quotas: Sequence[str]) -> str:
        said = "1 partner is allowed" if allowed == 1 else f"{fmt.count(allowed)} partners are allowed"
        leave = "leave" if len(quotas) > 1 else "leaves"
        return f"'{person}' has no duo as {role}: {said}, but {_name_quotas(quotas)} {leave} no room."

    def without_duo(self, reason: str, allowed: int, rules: Mapping[str, int], quotas: Sequence[str]) -> str:
        if reason == "sits_out":
            return "sits out: capacity 0"
        if reason == "partners_taken":
            taken = "taken by others" if allowed == 1 else "all taken by others"
            return f"{fmt.count_nouns(allowed, 'possible partner')}, {taken}"
        if reason == "quota_full":
            return f"{_name_quotas(quotas)} {'leave' if len(quotas) > 1 else 'leaves'} no room"
        listed = ", ".join(f"{_name_rule(rule)} ({fmt.count(count)})" for rule, count in rules.items())
        if reason == "below_minimum_score":
            return f"{TEXTS['change below_minimum_score']}: {listed}"
        return f"no allowed partner: {listed or NOBODY_ELSE}"

    def next_to(self, partner: str, taken_by: Sequence[str], by: float | None) -> str:
        now = f"Nearest is '{partner}', who {_say_partners(taken_by)}"
        if not by:
            return f"{now}."
        return f"{now}; this duo would cost the programme at least {_write_points(by)}."

    def nearest(self, partner: str, taken_by: Sequence[str], by: float | None) -> str:
        now = f"Nearest is '{partner}', who {_say_partners(taken_by)}"
        if by is None or not taken_by:
            return f"{now}."
        if not by:
            return f"{now}, and moving them would gain nothing."
        return f"{now}, where the place brings the programme at least {_write_points(by)} more."

    def shortage(self, role: Role, people: int, wanted: int, partners: int, places: int) -> str:
        other: Role = "mentee" if role == "mentor" else "mentor"
        many = "" if wanted == people else f", who want {fmt.count_nouns(wanted, 'place')},"
        at = fmt.count_nouns(partners, other)
        if places != partners:
            at = f"{fmt.count_nouns(places, 'place')} with {at}"
        missing = fmt.count_nouns(wanted - places, "place" if places != partners else other)
        return f"{fmt.count_nouns(people, role)}{many} for {at}: {missing} too few."

    def sits_out_rounds(
        self, person: str, role: Role, rounds: Sequence[int], reason: str, partners: int
    ) -> str:
        when = f"{'round' if len(rounds) == 1 else 'rounds'} {fmt.join([str(number) for number in rounds])}"
        why = TEXTS[f"sits out {reason}"].format(partners=fmt.count_nouns(partners, "partner"))
        return f"'{person}' sits out as {role} in {when}: {why}."

    # Conflicts

    def conflict(self, demands: Sequence[Demand], *, leaves_no_duo: bool = False) -> str:
        names = " and ".join(dict.fromkeys(map(_name_demand, demands)))
        clauses = [_say_demand(demand) for demand in demands]
        if leaves_no_duo and len(clauses) == 1:
            return f"{names}: {clauses[0]}, which leaves no duo at all"
        if leaves_no_duo:
            return f"{names}: {'; '.join(clauses)}; together these leave no duo at all"
        if len(clauses) == 1:
            return f"{names}: {clauses[0]}, which is impossible whatever the other rules"
        return f"{names}: {'; '.join(clauses)}; these cannot hold together"

    def fixed_and_forbidden(self, mentor: str, mentee: str, rule: str) -> str:
        duo = f"'{mentor}' (mentor) and '{mentee}' (mentee)"
        drop = "drop it" if rule == "same_person" else "drop one of the two"
        return f"the duo of {duo} is fixed, and a rule forbids it ({_name_rule(rule)}); {drop}"

    def too_many_fixed(self, person: str, role: Role, duos: int, capacity: int) -> str:
        return (
            f"'{person}' has {fmt.count_nouns(duos, 'fixed duo')} as {role}, "
            f"and capacity {capacity}; allow {duos}, or fix fewer"
        )

    def relaxation(self, change: Relaxation) -> str:
        if change.kind == "rule":
            return f"waive the rule '{_name_rule(change.name)}'"
        if change.duo is not None:
            return f"drop the fixed duo of '{change.duo[0]}' (mentor) and '{change.duo[1]}' (mentee)"
        if change.kind == "capacity":
            return (
                f"give '{change.id}' capacity {change.bound} as {change.role} instead of {change.instead_of}"
            )
        if change.kind == "quota" and not change.bound and change.limit == "at_least":
            return f"remove the quota '{NAMES(change.name)}'"
        verb, before = "allow" if change.limit == "at_most" else "ask for", f"{change.instead_of}"
        if change.measure == "share":
            before = fmt.share(change.instead_of or 0)
            bounded = _say_bound(change.limit, fmt.share(change.bound or 0))
            what = f"a share of {bounded}{_say_where(change.counted)}"
        else:
            each = change.measure == "each"
            what = f"{_say_bound_on_duos(change.limit, change.bound)}{_say_where(change.counted, each=each)}"
        return f"{verb} {what} instead of {before}"

    def nobody_has(self, quota: str, path: str, value: str, nearest: str | None) -> str:
        hint = "" if nearest is None else f"; did you mean '{nearest}'?"
        return f"nobody has {NAMES.subject(path)} '{value}', which '{NAMES(quota)}' counts{hint}"

    # The rotation to the next round

    def change(self, change: Change) -> str:
        why = self.reason_of_change(change)
        reason = f": {why}" if why else ""
        if change.kind == "waiting":
            person, role = (change.mentor, "mentor") if change.mentee is None else (change.mentee, "mentee")
            return f"'{person}' ({role}) waits{reason}."
        duo = f"'{change.mentor}' (mentor) and '{change.mentee}' (mentee)"
        if change.kind == "new":
            return f"New: {duo}{reason}."
        verb = "continues" if change.kind == "kept" else "ends"
        return f"The duo of {duo} {verb}{reason}."

    def reason_of_change(self, change: Change) -> str:
        why = _explain_change(change)
        if change.format is not None:
            length = f" of {change.minutes} minutes" if change.minutes is not None else ""
            why += f"; better with {TEXTS[f'better {change.format}']}{length}"
        if change.kind == "waiting" and change.rounds_without:
            why += f"; has waited {_count_rounds(change.rounds_without)} before this one"
        return why

    # Proposals for duos after a round

    def proposed(self, proposal: Proposal) -> str:
        if proposal.format is None:
            return TEXTS[f"propose {proposal.proposal}"]
        length = "" if proposal.minutes is None else f" of {proposal.minutes} minutes"
        return f"keep the duo, {TEXTS[f'keep {proposal.format}']}{length}"

    def proposal(self, proposal: Proposal) -> str:
        return f"'{proposal.mentor}' (mentor) and '{proposal.mentee}' (mentee): {self.proposed(proposal)}."

    def reason_of_proposal(self, reason: ProposalReason, person: str) -> str:
        who, said = f"'{person}' ({reason.by})", f" ({reason.because[-1].on.isoformat()})."
        if reason.code == "poor_satisfaction":
            return f"{who} rates satisfaction {reason.number} out of 5{said}"
        if reason.code == "many_cancelled":
            sessions = fmt.count_nouns(reason.out_of or 0, "session")
            were = "was" if reason.number == 1 else "were"
            return f"According to {who}, {reason.number} of {sessions} {were} cancelled{said}"
        if reason.code == "format_not_right":
            return f"{who} asks for {TEXTS[f'ask {reason.format}']}{said}"
        return f"{who} {TEXTS[f'wish {reason.code}']}{said}"

    def outlook(self, outlook: Outlook, proposal: Proposal) -> str:
        if outlook.outcome == "ends":
            unwanted = (
                "Rotation cannot keep it" if proposal.decision == "keep" else TEXTS["ends all the same"]
            )
            return f"{unwanted}: {_explain_outlook(outlook)}."
        if outlook.reason == "fixed":
            same = "" if proposal.asks_to_keep else " all the same"
            return f"Rotation continues it{same}: the policy fixes this duo."
        if outlook.outcome == "continues":
            return "Rotation continues it."
        told = "Rotation may continue this duo: both ask to continue."
        if outlook.who:
            have = "has" if len(outlook.who) == 1 else "have"
            few = f"{fmt.join_names(outlook.who)} {have} fewer places than duos that may continue"
            return f"{told} But {few}, so not all of them can."
        return f"{told} {TEXTS['unless better otherwise']}"

    # The calendar of a duo

    def framing_meeting(self, duo: DuoInWords, objectives: Sequence[str]) -> CalendarText:
        lines = ["Agree on two or three measurable objectives and sign your mentoring agreement."]
        if objectives:
            lines += ["Objectives of the programme:", *(f"- {objective}" for objective in objectives)]
        return CalendarText(_title_event(duo, "framing meeting"), "\n".join(lines))

    def session(self, duo: DuoInWords, number: int, sessions: int) -> CalendarText:
        return CalendarText(
            _title_event(duo, f"session {number} of {sessions}"),
            "Work on the objectives you agreed.",
        )

    def review(self, duo: DuoInWords, number: int, reviews: int) -> CalendarText:
        lines = [
            "Each of you answers today:",
            "- Has the objective been reached?",
            "- Is the skill used at work?",
            "- Is the format still right?",
        ]
        return CalendarText(_title_event(duo, f"review {number} of {reviews}"), "\n".join(lines))

    def end_of_round(self, programme: str | None, number: int) -> CalendarText:
        return CalendarText(
            f"{_title_programme(programme)}: rotation",
            f"Round {number} is over; round {number + 1} begins today.",
        )

    def end_of_programme(self, programme: str | None) -> CalendarText:
        return CalendarText(f"{_title_programme(programme)}: end of the programme", "The last round is over.")

    # Indicators, and evidence on weights

    def participation(self, share: Figure) -> str:
        return f"People in a duo, of those invited: {_write_share(share)}."

    def duos_heard_from(self, duos: Figure, response: Figure) -> str:
        return f"Duos: {_write_figure(duos)}; heard from: {_write_share(response)}."

    def sessions_held(self, held: Figure, of_planned: Figure, cancelled: Figure) -> str:
        planned = "" if of_planned.value is None else f" (of those planned: {_write_share(of_planned)})"
        return f"Sessions held: {_write_figure(held)}{planned}; cancelled: {_write_figure(cancelled)}."

    def skills_acquired(self, skills: Figure) -> str:
        return f"Skills acquired: {_write_figure(skills)}."

    def skill_used(self, used: Figure, partly: Figure) -> str:
        return f"Mentees who use the skill at work: {_write_share(used)}; partly: {_write_share(partly)}."

    def objectives_reached(self, reached: Figure, partly: Figure) -> str:
        some = _write_share(partly)
        return f"Duos that have reached their objective: {_write_share(reached)}; partly: {some}."

    def satisfaction(self, mean: Figure) -> str:
        if mean.value is None:
            return f"Satisfaction: {_write_figure(mean)}."
        plural = "s" * (mean.denominator != 1)
        return f"Satisfaction: {mean.value:.1f} out of 5 ({mean.denominator:,} answer{plural})."

    def hours_saved(self, hours: Figure, a_month: Figure) -> str:
        each = "" if (a_month.denominator or 0) < 2 else f", which is {_write_figure(a_month)} a month"
        return f"Hours saved: {_write_figure(hours)}{each}."

    def levels(self, before: Figure, after: Figure, change: Figure, rose: Figure) -> str:
        if before.value is None or after.value is None or change.value is None:
            return f"Level in the skill before and now, as people see it themselves: {_write_figure(before)}."
        step = fmt.decimal(change.value, "+.1f").replace("-", MINUS)
        return (
            f"Level in the skill, as people see it themselves, from 1 to 5: {before.value:.1f} before, "
            f"{after.value:.1f} now ({step}); it has gone up for {_write_share(rose)}."
        )

    def criterion_stands_out(self, relation: CriterionEvidence) -> str:
        better = "better" if relation.change > 0 else "worse"
        return (
            f"The criterion {relation.name} goes with a {better} outcome: {relation.change:+.3f} points "
            f"for one standard deviation more (95% interval {relation.low:+.3f} to {relation.high:+.3f})."
        )

    def proposed_weights(self, weights: Sequence[tuple[str, float, float]]) -> str:
        listed = ", ".join(f"{name} {before:.3f} → {after:.3f}" for name, before, after in weights)
        return f"Proposed weights, to be accepted by somebody before they count: {listed}."

    # The report

    def month(self, month: str) -> str:
        year, number = month.split("-")
        return f"{MONTHS[int(number) - 1]} {year}"

    def day(self, day: date) -> str:
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"

    def count_allowed_pairs(self, number: int) -> str:
        return "the only allowed pair" if number == 1 else f"all {number:,} allowed pairs"

    def names_matched(self, taught_by: Role | None, names: Sequence[NameMatch]) -> str:
        told = f"The {taught_by} can teach" if taught_by else "In common"
        return f"{told}: {', '.join(map(_write_match, names))}."

    def weekly_time(self, time: str) -> str:
        """Write a weekly time: ``Mon 9:00–12:00``, on site with its place: ``Mon (Lyon)``."""
        when, _, place = time.partition(" @")
        day, clocks = when.split(" ")
        told = "\N{EN DASH}".join(clock.removeprefix("0") for clock in clocks.split("-"))
        shown = day if clocks == "00:00-24:00" else f"{day} {told}"
        return f"{shown} ({place})" if place and place != ON_SITE else shown

    def common_times(self, times: Sequence[str]) -> str:
        shown = fmt.join(list(map(self.weekly_time, times)))
        if any(" @" in time for time in times):
            return f"Both can meet on site on {shown} (by the mentor's clock)."
        return f"Both are free on {shown} (by the mentor's clock)."

    def matters_most(self, said: Mapping[str, str]) -> str:
        named = [f"to the {role} ({self.criterion(name)})" for role, name in said.items()]
        return f"What matters most {fmt.join(named)} counts more in this pair."

    def personal_rule(self, rule: PersonalRule) -> str:
        person, field = f"'{rule.id}' ({rule.role})", NAMES.subject(rule.field)
        if rule.known:
            return f"A personal rule of {person} about the other's {field} is broken."
        return f"A personal rule of {person} is about the other's {field}, which is not known."

    def waived_rule(self, waived: WaivedRule) -> str:
        told = f"A rule that would keep these two apart is waived for them: {_name_rule(waived.rule)}"
        told += "" if waived.reason is None else f'. Reason given: "{waived.reason}"'
        decided = [] if waived.author is None else [f"by {fmt.quote(waived.author)}"]
        decided += [] if waived.on is None else [f"on {self.day(waived.on)}"]
        told += f" (decided {when})" if (when := " ".join(decided)) else ""
        return f"{told}."

    def nothing_better(self, proof: ProofInWords) -> str:
        others = "no other matching of these people" + " that keeps the quotas" * proof.quotas
        total = "total of scores and credits" if proof.credits else "total"
        if proof.objective == "fair" and proof.alpha:
            total = f"fair total (alpha {proof.alpha})" + " with credits" * proof.credits
        spreads = f"spreads them more evenly over {proof.spread_over}"
        if proof.objective == "total":
            most = self.count_duos(proof.duos_bound)
            said = f"{others} has a higher {total}, and none forms more than {most}"
            return f"{said}; none that equals it {spreads}" if proof.spread_over else said
        count = self.count_duos(proof.duos)
        subject, claims = f"none with {count}", list[str]()
        if proof.objective == "max_min":
            lowest = self(f"{proof.of} over {proof.over}") if proof.over else "score"
            claims.append(f"{subject} has a higher lowest {lowest}")
            subject = "none that equals it"
        if proof.objective == "fair" and proof.over:
            what = self(f"{proof.of} over {proof.over}")
            total = f"fair total of the {what} (alpha {proof.alpha})" + " with credits" * proof.credits
        if proof.spread_over and not proof.spread_last:
            claims.append(f"{subject} {spreads}")
            subject = "none as even"
        if proof.asks:
            claims.append(f"{subject} has fewer that lack what is asked as far as possible")
            subject = "none with as few"
        claims.append(f"{subject} has a higher {total}")
        if proof.spread_last:
            claims.append(f"none of that total {spreads}")
        claims[-1] = f"and {claims[-1]}"
        return ", ".join([f"{others} forms more duos", *claims])

    def passage(self, kept: int, ended: int, new: int, waiting: int) -> str:
        goes, have = ("continues" if kept == 1 else "continue"), ("has" if ended == 1 else "have")
        are = "is" if new == 1 else "are"
        told = f"{self.count_duos(kept)} {goes}, {ended:,} {have} ended, {new:,} {are} new"
        return (
            f"{told}; {self.count_people(waiting)} {'waits' if waiting == 1 else 'wait'} for the next round."
        )


def _write_points(points: float) -> str:
    return f"{fmt.points(points)} points"


def _name_rule(label: str) -> str:
    return NAMES(label)


def _count_by_rule(rules: Mapping[str, int]) -> str:
    return fmt.join([f"{_name_rule(label)} ({fmt.count(count)})" for label, count in rules.items()])


def _say_excluded(rules: Mapping[str, int]) -> str:
    return f"Partners ruled out: {_count_by_rule(rules)}"


def _break_down(points: Mapping[str, float]) -> str:
    return ": " + ", ".join(f"{name} {fmt.score(value)}" for name, value in points.items()) if points else ""


def _say_partners(people: Sequence[str]) -> str:
    return f"is with {fmt.join_names(people)}" if people else "has no duo, either"


def _name_quotas(quotas: Sequence[str], the: str = "the") -> str:
    return f"{the} {'quotas' if len(quotas) > 1 else 'quota'} {fmt.join_names([*map(NAMES, quotas)])}"


def _say_unkept(quotas: Sequence[str]) -> str:
    return f"{_name_quotas(quotas)} cannot be kept{' together' if len(quotas) > 1 else ''}"


def _join_duos(duos: Sequence[ScoredDuo]) -> str:
    return fmt.join([f"'{duo.mentor}' with '{duo.mentee}' ({fmt.score(duo.score)})" for duo in duos])


def _write_match(name: NameMatch) -> str:
    same = "" if name.mentor == name.mentee else f" = '{name.mentee}'"
    return f"'{name.mentor}'{same}" + (f" ({RUNGS[name.rung]})" if name.rung in RUNGS else "")


def _write_taught_match(name: NameMatch) -> str:
    return _write_match(name) + (f", taught by the {name.taught_by}" if name.taught_by else "")


def _say_price(what: str, price: PriceInWords) -> str:
    """Return a clause on a cost in duos and points, either of which may also be a gain."""
    if not price.duos and not price.points:
        return f"{what} would cost the programme nothing"
    lost = [fmt.count_nouns(price.duos, "duo")] if price.duos > 0 else []
    won = [fmt.count_nouns(-price.duos, "duo")] if price.duos < 0 else []
    if price.points:
        (lost if price.points > 0 else won).append(_write_points(price.points))
    said = [f"cost the programme {' and '.join(lost)}"] if lost else []
    said += [f"add {' and '.join(won)}"] if won and lost else []
    said += [f"add {' and '.join(won)} to the programme"] if won and not lost else []
    return f"{what} would {' but '.join(said)}"


def _name_demand(demand: Demand) -> str:
    return DEMANDS.get(demand.kind) or NAMES(demand.name)


def _say_demand(demand: Demand) -> str:
    if demand.kind == "rule":
        return f"the rule '{_name_rule(demand.name)}'"
    if demand.kind == "fix":
        duos = fmt.join([f"'{mentor}' and '{mentee}'" for mentor, mentee in demand.duos], "; ")
        return f"the fixed duo{'s' if len(demand.duos) > 1 else ''} of {duos}"
    if demand.kind == "capacity":
        whose = fmt.join_names(demand.ids)
        if len(demand.ids) == 1:
            return f"the capacity {demand.bound} of {demand.role} {whose}"
        return f"the capacity {demand.bound} of each of {len(demand.ids):,} {demand.role}s ({whose})"
    if demand.measure == "share":
        return (
            f"a share of {_say_bound(demand.limit, fmt.share(demand.bound or 0))}{_say_where(demand.counted)}"
        )
    bounded = _say_bound_on_duos(demand.limit, demand.bound)
    if demand.measure == "each":
        groups = fmt.join_names(demand.groups)
        fields, beside = NAMES.groups(demand.counted)
        return f"{bounded} for {fields} {groups}{beside}"
    return f"{bounded}{_say_where(demand.counted)}"


def _say_where(counted: str, *, each: bool = False) -> str:
    if each:
        return f" for each {''.join(NAMES.groups(counted))}"
    return f" in '{NAMES.subject(counted)}'" if counted else ""


def _say_bound(limit: str | None, amount: str) -> str:
    return TEXTS["at least" if limit == "at_least" else "at most"].format(value=amount)


def _say_bound_on_duos(limit: str | None, bound: float | None) -> str:
    return _say_bound(limit, f"{bound} duo{'' if bound == 1 else 's'}")


def _explain_outlook(outlook: Outlook) -> str:
    who, have = fmt.join_names(outlook.who), "has" if len(outlook.who) == 1 else "have"
    if outlook.reason == "not_both_asked":
        asked = f"{who} did not ask" if who else TEXTS["one did not ask"]
        return f"{asked} to continue, and only duos in which both people do may continue"
    if outlook.reason == "person_left":
        return f"{who} {have} left the programme"
    if outlook.reason == "no_place":
        return f"{who} {have} no place in this role any more"
    if outlook.reason == "ruled_out":
        return f"a rule forbids this duo in the next round ({', '.join(map(NAMES, outlook.rules))})"
    return TEXTS[f"outlook {outlook.reason}"]


def _explain_change(change: Change) -> str:
    who, have = fmt.join_names(change.who), "has" if len(change.who) == 1 else "have"
    if change.reason == "rotates":
        if change.kind != "ended":
            return ""
        asked = f"{who} did not ask" if who else TEXTS["one did not ask"]
        return f"end of the round; {asked} to continue"
    if change.reason == "person_left":
        return f"{who} {have} left the programme"
    if change.reason == "no_place":
        return f"{who} {have} no place in this role any more"
    if change.reason == "ruled_out":
        return f"both asked to continue, but a rule forbids it ({', '.join(map(NAMES, change.rules))})"
    if change.reason == "left_out_before":  # maybe in one of two roles
        return f"{who} {have} waited {_count_rounds(change.rounds_without)} for a duo"
    if change.reason == "joined":
        return f"{who} {have} joined the programme"
    return TEXTS[f"change {change.reason}"]


def _count_rounds(number: int | None) -> str:
    return "a round" if number == 1 else f"{number} rounds"


def _title_programme(programme: str | None) -> str:
    return programme or "Reverse mentoring"


def _title_event(duo: DuoInWords, what: str) -> str:
    return f"{_title_programme(duo.programme)}: {what}, {duo.mentor} (mentor) and {duo.mentee} (mentee)"


def _write_figure(figure: Figure) -> str:
    if figure.value is None:
        return TEXTS["figure hidden" if figure.suppressed else "figure unknown"]
    return fmt.round(figure.value)


def _write_share(figure: Figure) -> str:
    if figure.value is None:
        return _write_figure(figure)
    interval = (
        ""
        if figure.low is None or figure.high is None
        else f", 95% interval {figure.low * 100:.0f}% to {figure.high * 100:.0f}%"
    )
    return f"{figure.numerator:,.0f} of {figure.denominator:,} ({figure.value * 100:.0f}%{interval})"


CATALOGUE = English()
