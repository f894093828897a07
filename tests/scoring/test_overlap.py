"""Names that two people share, as a plain look at both lists finds them."""

from __future__ import annotations

from itertools import product

import reverse_match as rm


def test_names_that_both_have_are_told_and_no_others() -> None:
    goals = {"m": ["Cloud", "CHESS"], "n": ["law"], "e": ["chess", "law"], "f": ["Chess", "sailing"]}
    people = [
        {"id": name, "role": "mentor" if name in "mn" else "mentee", "goals": told, "capacity": 2}
        for name, told in goals.items()
    ]
    criterion = {"kind": "overlap", "name": "goals", "field": "goals", "weight": 1}
    pairs = [[mentor, mentee] for mentor, mentee in product("mn", "ef")]
    policy = rm.Policy.model_validate({"criteria": [criterion], "rules": [{"kind": "fix", "pairs": pairs}]})
    matching = rm.match(rm.Cohort.from_records(people), policy)
    told = {
        (duo.mentor, duo.mentee): [(match.mentor, match.mentee) for match in duo.name_matches]
        for duo in matching.duos
    }
    assert told == {
        (mentor, mentee): [
            (min(name for name in goals[mentor] if name.casefold() == other.casefold()), other)
            for other in sorted(goals[mentee])
            if other.casefold() in map(str.casefold, goals[mentor])
        ]
        for mentor, mentee in map(tuple, pairs)
    }
    assert sum(map(len, told.values())) == 3
