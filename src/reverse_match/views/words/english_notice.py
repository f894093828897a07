"""The texts for participants and works councils in English."""

from __future__ import annotations

TEXTS = {
    # For participants
    "title": "How duos are chosen",
    "purpose": "The programme brings two people together: a mentor, who teaches, and a mentee, who learns. "
    "The program reverse_match compares everybody who takes part and proposes duos. It follows the rules "
    "below, which are the same for everybody. A person decides.",
    "counts head": "What counts, and how much",
    "counts": "Each possible duo gets a score. It is made up of:",
    "counts one": "Each possible duo gets a score. Only this counts:",
    "counts missing": "Where an answer is missing, an average counts in its place.",
    "sought": "Of all possible sets of duos, the program proposes this one: {objective}.",
    "objective coverage": "as many duos as possible, and then the highest sum of scores",
    "objective total": "the highest sum of scores",
    "objective max_min": "as many duos as possible, and then the lowest score as high as possible",
    "objective fair": "as many duos as possible, and then a fair sum of scores, in which what low scores "
    "gain counts for more",
    "objective max_min people": "as many duos as possible, and then as much as possible for whoever has "
    "least",
    "objective fair people": "as many duos as possible, and then a fair sum over people, in which what those "
    "with little gain counts for more",
    "must head": "What must be true of every duo",
    "must nothing": "No rule keeps two people apart.",
    "together head": "What must be true of all duos together",
    "data head": "Your data",
    "used": "Used: {fields}.",
    "used nothing": "No data but those named below are used.",
    "not used": "Not used: {fields}.",
    "always": "The program also needs to know who is a mentor, who is a mentee, and how many duos each can "
    "have. It shows names and addresses, and does not weigh them.",
    "any field": "What people say of the partner they prefer may be about any of these data.",
    "functions": "Calculations of the organisation's own may use any data: {names}.",
    "outside": "Scores that come from elsewhere may rest on other data: {names}.",
    "decides head": "Who decides",
    "decides": "People decide, not the program. The programme team reads each proposed duo, can change it, "
    "and answers for it.",
    "rights head": "What you can do",
    "may decline": "You can say no to a duo.",
    "may ask": "You can ask why you have this partner, or none. There is an exact answer for each person.",
    "may object": "You can see your data, correct them, have them erased, and object to their use.",
    "write to": "Contact for questions: {contact}.",
    "complain": "Where the GDPR applies, everybody can also complain to the data protection authority.",
    "kept": "The data are kept: {retention}. Responsible for them: {organisation}. Legal basis: {basis}.",
    "origin": "The data come from: {origin}. They are seen by: {readers}.",
    "open origin": "[to be filled in: the form, the HR system]",
    "open readers": "[to be filled in: the programme team]",
    "open contact": "[to be filled in: whom to write to]",
    "open retention": "[to be filled in: how long]",
    "open organisation": "[to be filled in: who]",
    "open basis": "[to be filled in with the data protection officer]",
    "still open": "Before it is handed out, fill in what stands in brackets.",
    # For works councils
    "sheet title": "Sheet for the works council: how duos are formed",
    "sheet purpose head": "1. Purpose",
    "sheet purpose": "A mentor teaches and a mentee learns. reverse_match {version} compares everybody who "
    "takes part and proposes duos. It runs where it is started and sends no data anywhere.",
    "sheet data head": "2. Data",
    "traits": "Personal traits among the data used: {fields}.",
    "no traits": "Neither age nor gender is among the data used.",
    "stand-ins": "These data may go with age, gender or origin: {fields}.",
    "sheet logic head": "3. How it decides",
    "sheet logic": "Nothing is learned from data: the rules are fixed beforehand, and each result can be "
    "computed again. Equally good results are decided by a lottery that its number (seed) makes repeatable.",
    "sheet decides head": "4. The human decision",
    "sheet decides": "The program proposes. The programme team reads each proposed duo, can change it with a "
    "reason that is recorded, and answers for it. No duo begins without that.",
    "sheet effects head": "5. Effects on people",
    "effects": "The result says who meets whom, and who has no duo. A score says how well two people fit by "
    "these rules; it measures nobody's work.",
    "effects best": "Not everybody need have a duo: at most {number} are formed. So the scores also decide "
    "who takes part.",
    "effects waiting": "Whoever has no duo can be told the reason.",
    "sheet checks head": "6. Records and checks",
    "checks": "The result is stored with these rules and a proof. The command verify computes a second time "
    "whether all rules hold and whether there was no better result. The report shows mixed duos, departments "
    "and differences of age. Changes by hand are logged.",
    "sheet rights head": "7. Rights, and how long data are kept",
    "sheet rights": "Everybody who takes part can say no to a duo, and can ask for the exact reason why they "
    "have this partner, or none. They can see their data, correct them, have them erased, and object to "
    "their use.",
    "sheet changes head": "8. Changes",
    "changes": "This sheet is about one set of rules. A match stores the rules that it followed: verify "
    "--policy FILE says whether they are these. SHA-256 of these rules: {digest}. With other rules there is "
    "another sheet, and whoever was informed of this one is informed again.",
    # Criteria
    "criterion": "**{name}**, {share}: {what}.",
    "criterion shown": "**{name}**: {what}. It is shown and does not count.",
    "criterion missing": "{what}; where this is not known, {share} of it counts",
    "coverage": "how well what the mentor can teach ({offered}) fits what the mentee wants to learn "
    "({wanted})",
    "coverage both": "how well what the mentor can teach ({offered}) fits what the mentee wants to learn "
    "({wanted}); {share} of it looks at the other direction",
    "overlap": "how much the two have in common ({field})",
    "gap": "the difference between mentee and mentor ({field}): up to {low} it counts nothing, from {high} "
    "on fully",
    "gap falls": "the difference between mentee and mentor ({field}): up to {low} it counts nothing, from "
    "{high} to {until} fully, and less again above",
    "years": "{number} years",
    "difference": "whether the two differ ({field})",
    "sameness": "whether the two are alike ({field})",
    "wants": "whether the two have named each other as wanted partners",
    "preferences": "how far each of the two is as the other prefers",
    "common_time criterion": "how much time the two have in common in a week; {number} minutes are enough",
    "table": "a score for each pair that comes from elsewhere",
    "similarity": "how alike two texts are ({field}), by numbers that come from elsewhere",
    "custom criterion": "a calculation of the organisation's own ({function})",
    "own weights": "What somebody names as most important ({field}) counts {factor} times for them.",
    # Conditions
    "between": "between {low} and {high}",
    "at least": "at least {low}",
    "at most": "at most {high}",
    "exactly": "exactly {low}",
    "or": " or ",
    "named": "{name}: {what}",
    "if missing forbid": "{what} (a missing answer rules the pair out)",
    "if missing allow": "{what} (a missing answer does not rule the pair out)",
    "different": "the two differ ({field})",
    "same": "the two are the same ({field})",
    "leading": "{field}, first {number} levels",
    "shared": "what the two have in common ({field}): at least {number}",
    "teaches mentor": "the mentor can teach at least {number} of the skills that the mentee wants to learn",
    "teaches mentee": "the mentee can teach at least {number} of the skills that the mentor wants to learn",
    "teaches both": "each can teach the other at least {number} of the skills wanted",
    "teaches either": "one can teach the other at least {number} of the skills wanted",
    "from level": "{what}, from level {level} of 5 on",
    "wanted much": "{what}; only skills wanted with priority {priority} of 3 or more count",
    "terms of skills": "{what}; some skills have terms of their own",
    "among": "what the {one} states ({value}) is among what the {other} lists ({list})",
    "side mentor": "mentor",
    "side mentee": "mentee",
    "gap_between": "the difference between mentee and mentor ({field}) is {bounds}",
    "overlapping_hours": "the two have at least {number} working hours in common",
    "common_time": "the two are free at the same time for at least {number} minutes a week",
    "on site": "{what}, on site at the same place",
    "not_met_before": "the two have not been a duo before",
    "met long ago": "the two have not been a duo before, or not for {number} months",
    "require": "{field} of {whom}: {worth}",
    "role mentor": "mentor",
    "role mentee": "mentee",
    "whom mentor": "the mentor",
    "whom mentee": "the mentee",
    "whom both": "both",
    "known": "filled in",
    "under": "within {values}",
    "not_in_reporting_line": "neither is a superior of the other, at any level",
    "waived": "{what}; the programme has waived this for some pairs ({number}), each with a reason",
    "avoids": "neither has asked to avoid the other",
    "personal_rules": "each is as the other says a partner must be",
    "minimum_score": "the score is at least {number}",
    "listed": "the two stand in a list of the programme",
    "custom": "a check of the organisation's own says yes ({function})",
    "all_of": "all of this is true: {parts}",
    "any_of": "at least one of this is true: {parts}",
    "not": "this is not true: {parts}",
    "forbid": "the programme itself keeps some pairs apart ({number})",
    "fix": "the programme itself has set some duos ({number})",
    # All duos together
    "asked": "As far as it costs no duo: {what}.",
    "quota duos": "Number of duos: {bounds}.",
    "quota count": "Number of duos for which this is true: {bounds}. {what}.",
    "quota share": "Share of duos for which this is true: {bounds}. {what}.",
    "quota each": "Number of duos for each value of {groups}: {bounds}.",
    "quota each of": "Number of duos for each value of {groups}: {bounds}. Only duos count for which this is "
    "true: {what}.",
    "spread": "Duos are spread over {whom}: as many of them as possible have one before anybody has a "
    "second.",
    "spread after": "Of equally good results, one counts in which duos are spread most evenly over {whom}.",
    "credit": "Some people or pairs come first: they get up to {points} points more ({name}).",
    "field of side": "{field} ({side})",
}
