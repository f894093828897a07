"""What is said of presets in English."""

from __future__ import annotations

from reverse_match.views.words.preset_words import PresetWords

_TEACHES = (
    "Of matchings with as many duos, those come first in which the fewest mentors offer nothing that "
    "the mentee seeks: a duo without anything to teach misses the purpose of the programme."
)

WORDS = PresetWords(
    purposes={
        "mission": "The default policy: skills, goals, age, gender and department.",
        "evidence": "What research on mentoring supports: skills, goals, people's own wishes, time in "
        "common.",
        "no-personal-traits": "Skills and goals alone: no age, no gender, and nothing that stands for them.",
    },
    reasons={
        "mission": {
            "skills": "The purpose of the programme: somebody has something to teach. The weight is a "
            "judgement.",
            "goals": "A goal in common gives a duo something to work on. The weight is a judgement.",
            "age": "Two generations meet: the mentee is older, fully so from 20 years on. A choice of "
            "the programme: no study that we know of shows that a difference of age makes a duo better.",
            "gender": "Mixed duos. A choice of the programme: likeness in gender goes with good "
            "relationships less than likeness in attitudes and values does (Eby et al. (2013), "
            "Psychological Bulletin 139(2), 441-476).",
            "department": "People meet somebody from elsewhere in the organisation. A choice of the "
            "programme.",
            "as_far_as_possible": _TEACHES,
        },
        "evidence": {
            "skills": "The purpose of the programme. Reverse mentoring is described as an exchange of "
            "knowledge (Murphy (2012), Human Resource Management 51(4), 549-573), but studied mostly "
            "in qualitative and conceptual work (Chaudhuri, Park & Johnson (2022), European Journal of "
            "Training and Development 46(5/6), 468-483). The weight is a judgement.",
            "goals": "Of all that was studied, likeness in attitudes, values, beliefs and personality "
            "goes most strongly with good relationships: Eby et al. (2013), Psychological Bulletin "
            "139(2), 441-476. Felt likeness goes with support, too: Ghosh (2014), Journal of "
            "Vocational Behavior 84(3), 367-384. Goals stand for it here, which no study that we know "
            "of has tested; the weight is a judgement.",
            "wishes": "People who had a say in their match report better mentoring: Allen, Eby & Lentz "
            "(2006), Journal of Applied Psychology 91(3), 567-578; Kendall & Smith-Jentsch (2015), "
            "International Journal of Mentoring and Coaching 13. The weight is a judgement.",
            "preferences": "A say in the match as well, by fields of the other person in place of names; the "
            "same sources as for wishes, none of which looks at such preferences. The weight is a judgement.",
            "time in common": "Duos that meet more often report more support (Eby et al. 2013), and "
            "scheduling is among the problems that people name (Eby & Lockwood (2005), Journal of "
            "Vocational Behavior 67(3), 441-458). That free hours in common help is a conclusion from "
            "these; the weight is a judgement.",
            "as_far_as_possible": _TEACHES,
        },
        "no-personal-traits": {
            "skills": "The weight of the default policy, beside what is left of it. What people teach "
            "and aim at may itself go with their age or gender: docs/limits.md.",
            "goals": "The weight of the default policy, beside what is left of it.",
            "as_far_as_possible": _TEACHES,
        },
    },
    texts={
        "preset": "Preset '{name}' of reverse_match {version}. {purpose}",
        "file": "Policy of {name}.",
        "objective": "Objective: {objective}.",
        "criteria": "Criteria:",
        "criterion": "{name}, {share} of the score.",
        "no weight": "{name}, without weight.",
        "rules": "Rules: {names}.",
        "no rules": "No rules.",
        "waiver": "Waived for one pair, {mentor} as mentor of {mentee}, by {author}: {reason}",
        "quotas": "Quotas: {names}.",
        "credits": "Credits: {names}.",
        "uses": "Data of people that it uses: {fields}.",
        "uses not": "Data that it does not use: {fields}.",
        "always": "Every match also reads ids, roles and numbers of duos; names and addresses are only "
        "shown.",
        "fields that people name": "What people say in prefers may be about any field.",
        "functions": "Functions of your own may read any data: {names}.",
        "outside": "Scores or vectors from outside of the people file, which may stand for any data: "
        "{names}.",
        "sources": "The sources, and what they do not show: docs/policy.md#presets.",
        "written": "{file} is written. Change what you like, then: reverse-match match people.csv "
        "--policy {file}",
        "how": "reverse-match policy --show NAME --out policy.toml writes one to start from; match "
        "people.csv --policy NAME takes it as it is.",
    },
    fields={
        "offers": "skills offered",
        "seeks": "skills sought",
        "manager_id": "managers",
        "available": "weekly times",
        "on_site": "days on site",
        "timezone": "time zone",
        "wants": "wanted partners",
        "prefers": "preferences about the partner",
        "avoids": "people to avoid",
        "age": "age (also birth date or year)",
    },
)
