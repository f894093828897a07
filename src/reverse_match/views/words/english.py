"""The catalogue of English.

:class:`reverse_match.views.words.phrases.Phrases` describes each phrase, in the same order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.views.words.facts import CalendarText
from reverse_match.views.words.formatter import Formatter
from reverse_match.views.words.made_names import MadeNames
from reverse_match.views.words.phrases import Phrases

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
    "objective coverage": "as many duos as possible, then the highest total score",
    "objective total": "the highest total score, then as many duos as possible",
    "objective max_min": "as many duos as possible, then the lowest score as high as possible, then the "
    "highest total score",
    "objective fair": "as many duos as possible, then the highest fair total, in which points gained by "
    "low scores count for more (alpha {alpha})",
    "criteria": "Criteria",
    "criterion": "Criterion",
    "weight": "Weight",
    "neutral": "Value where not known",
    "known pairs": "Pairs where it is known",
    "rules": "Rules",
    "rule": "Rule",
    "no rules": "No rules other than capacities.",
    "credits": "Credits, counted on top of scores",
    "synonyms": "Names treated as the same",
    "points given": "Points",
    "name": "Name",
    "means": "Means the same",
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
    "proof worst": "lowest score of a duo that is not fixed",
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
    "change by_hand": "it was ended by hand during the round",
    "change better_otherwise": "both asked to continue, but the round is better without it, even after "
    "the cost of ending it",
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
    "duo fixed": "The policy fixes this duo.",
    "fixed the other way": "This duo cannot be forbidden: the policy fixes these two people in the "
    "opposite roles, and what is forbidden is forbidden both ways.",
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
    "form head capacity": "Max duos",
    "form head wants": "Preferred partners",
    "form head avoids": "Partners to avoid",
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
    "form hint capacity": "How many duos the person can have at the same time. An empty cell means 1; 0 "
    "sits out.",
    "form hint wants": "Ids of people with whom they would like to be in a duo, with a semicolon between "
    "them.",
    "form hint avoids": "Ids of people with whom they must not be in a duo, with a semicolon between them.",
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
    "form mentor capacity": "2",
    "form mentor wants": "",
    "form mentor avoids": "00502",
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
    "form mentee capacity": "1",
    "form mentee wants": "00417",
    "form mentee avoids": "",
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
    "answer hint wish": "What the person wishes for the duo after this round.",
    "answer hint comment": "In your own words. It is never scored, and shown in no figure.",
    "answer written": "{file} has {number} row to fill in.|"
    "{file} has {number} rows to fill in: one for each person of each duo.",
    # On a terminal: in sentences
    "n pairs": "{number} allowed pair|{number} allowed pairs",
    "n rounds": "{number} round|{number} rounds",
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
    "verified": "Verified.",
    "verified of": "Verified: {parts}.",
    "verified policy": "your policy",
    "verified passage": "the passage to round {round}",
    "n amendments": "{number} amendment|{number} amendments",
    "amendments by": "{amendments} by {authors}",
    "not named": "somebody who is not named",
    "verification failed": "Verification failed:",
    # While something is computed
    "step begin": "begin",
    "step score pairs": "score pairs",
    "step choose candidates": "choose candidates",
    "step assign": "assign",
    "step price": "price",
    "step check all pairs": "check all pairs",
    "step price quotas": "price quotas",
    "step draw between equals": "draw between equals",
    "step explain": "explain",
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
    "gap_between": "gap",
    "overlapping_hours": "working hours in common",
    "not_met_before": "a duo before",
    "require": "condition on a person",
    "avoids": "people to avoid",
    "rotation: forbidden by hand before": "rotation: separated by hand before",
    "rotation: both want to keep it": "rotation: both want to continue",
    "rotation: no duo for a round": "rotation: without a duo for a round",
}
"""Names of the default rules, and of those that rotations and amendments add; other names stay."""

NAMES = MadeNames(
    RULES,
    quotas={"each": "each", "count of": "number:", "share of": "share:"},
    kinds={
        "different": "different values",
        "same": "same value",
        "shared": "value in common",
        "gap_between": "gap",
        "overlapping_hours": "working hours in common",
        "not_met_before": "never together before",
        "require": "condition",
        "not_in_reporting_line": "outside the reporting line",
        "avoids": "people to avoid",
        "minimum_score": "minimum score",
        "listed": "listed pairs",
        "custom": "function",
        "all_of": "all of these",
        "any_of": "at least one of these",
        "not": "unless",
    },
    options={
        "at_least": "at least",
        "at_most": "at most",
        "prefix": "levels:",
        "paths": "paths:",
        "equals": "equal to",
        "under": "under",
        "known": "known:",
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

    def proposal(self, proposal: Proposal) -> str:
        if proposal.format is None:
            what = TEXTS[f"propose {proposal.proposal}"]
        else:
            length = "" if proposal.minutes is None else f" of {proposal.minutes} minutes"
            what = f"keep the duo, {TEXTS[f'keep {proposal.format}']}{length}"
        return f"'{proposal.mentor}' (mentor) and '{proposal.mentee}' (mentee): {what}."

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

    def rotation_of_proposed(self, *, may_stay: bool, both: bool) -> str:
        if may_stay:
            return "Rotation may continue this duo: both ask to continue."
        if both:
            return "Rotation ends it all the same: by the policy every duo changes."
        return "Rotation ends it all the same: only duos in which both people ask to continue may continue."

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

    def hours_saved(self, hours: Figure) -> str:
        return f"Hours saved: {_write_figure(hours)}."

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

    def day(self, day: date) -> str:
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"

    def count_allowed_pairs(self, number: int) -> str:
        return "the only allowed pair" if number == 1 else f"all {number:,} allowed pairs"

    def names_matched(self, taught_by: Role | None, names: Sequence[NameMatch]) -> str:
        told = f"The {taught_by} can teach" if taught_by else "In common"
        return f"{told}: {', '.join(map(_write_match, names))}."

    def nothing_better(self, proof: ProofInWords) -> str:
        others = "no other matching of these people" + " that keeps the quotas" * proof.quotas
        total = "total of scores and credits" if proof.credits else "total"
        if proof.objective == "fair" and proof.alpha:
            total = f"fair total (alpha {proof.alpha})" + " with credits" * proof.credits
        if proof.objective == "total":
            most = self.count_duos(proof.duos_bound)
            return f"{others} has a higher {total}, and none forms more than {most}"
        count = self.count_duos(proof.duos)
        if proof.objective == "max_min":
            lowest = f"none with {count} has a higher lowest score"
            return f"{others} forms more duos, {lowest}, and none that equals it has a higher {total}"
        return f"{others} forms more duos, and none with {count} has a higher {total}"

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
        return f"{bounded} for {NAMES.subject(demand.counted)} {groups}"
    return f"{bounded}{_say_where(demand.counted)}"


def _say_where(counted: str, *, each: bool = False) -> str:
    if each:
        return f" for each {NAMES.subject(counted)}"
    return f" in '{NAMES.subject(counted)}'" if counted else ""


def _say_bound(limit: str | None, amount: str) -> str:
    return TEXTS["at least" if limit == "at_least" else "at most"].format(value=amount)


def _say_bound_on_duos(limit: str | None, bound: float | None) -> str:
    return _say_bound(limit, f"{bound} duo{'' if bound == 1 else 's'}")


def _explain_change(change: Change) -> str:
    who, have = fmt.join_names(change.who), "has" if len(change.who) == 1 else "have"
    if change.reason == "rotates":
        return "end of the round; at least one did not ask to continue" if change.kind == "ended" else ""
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
