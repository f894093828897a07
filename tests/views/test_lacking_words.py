"""What is said of duos that lack what a policy asks as far as possible, in English and French."""

from __future__ import annotations

from typing import Any

import pytest

import reverse_match as rm
from reverse_match.views.summaries import lacking_lines, spread_lines, summary_lines, what_is_proved

PEOPLE: list[dict[str, Any]] = [
    {"id": "lea", "role": "mentor", "offers": "Python:2", "seeks": "Budgets", "name": "Léa Martin"},
    {"id": "tom", "role": "mentor", "offers": "TikTok:5", "seeks": "Sales", "name": "Tom Roux"},
    {"id": "ada", "role": "mentee", "offers": "Budgets:4", "seeks": "Python:3", "name": "Ada Petit"},
    {"id": "bob", "role": "mentee", "offers": "Sales:1", "seeks": "Opera", "name": "Bob Hall"},
]
COHORT = rm.Cohort.from_records(PEOPLE)


def asked(condition: dict[str, Any] | None, **more: Any) -> rm.Matching:
    return rm.match(COHORT, rm.Policy.from_data({"as_far_as_possible": condition, **more}))


@pytest.mark.parametrize(
    ("condition", "english", "french"),
    [
        ({"kind": "teaches"},
         "In 1 duo the mentor offers nothing that the mentee seeks: 'tom' and 'bob'.",
         "Dans 1 duo, le mentor ne propose rien de ce que recherche la personne mentorée : « tom » et « bob »."),
        ({"kind": "teaches", "of": "mentee"},
         "There is no duo in which the mentee offers nothing that the mentor seeks.",
         "Il n’y a aucun duo dans lequel la personne mentorée ne propose rien de ce que recherche le mentor."),
        ({"kind": "teaches", "of": "both", "at_level": 3},
         "In 2 duos one of the two offers too little of what the other seeks: 'lea' and 'ada', 'tom' and 'bob'.",
         "Dans 2 duos, l’une des deux personnes propose trop peu de ce que recherche l’autre : « lea » et « ada », « tom » et « bob »."),
        ({"kind": "teaches", "of": "either"},
         "There is no duo in which neither offers anything that the other seeks.",
         "Il n’y a aucun duo dans lequel aucune des deux personnes ne propose ce que recherche l’autre."),
        ({"kind": "require", "of": "mentee", "field": "seeks", "known": True},
         "There is no duo in which the condition 'condition (mentee skills sought, known: True)' does not hold.",
         None),
    ],
)  # fmt: skip
def test_the_summary_says_who_lacks_it(condition: dict[str, Any], english: str, french: str | None) -> None:
    matching = asked(condition)
    assert lacking_lines(matching) == [english]
    assert english in summary_lines(matching)
    if french is not None:
        assert [
            line.replace("\u202f", " ").replace("\u00a0", " ") for line in lacking_lines(matching, "fr")
        ] == [french]


def test_names_stand_beside_ids_and_few_are_told() -> None:
    matching = asked({"kind": "teaches"})
    assert "'Tom Roux · tom' and 'Bob Hall · bob'" in lacking_lines(matching, "en", COHORT.names)[0]
    both = asked({"kind": "teaches", "at_level": 5})
    assert lacking_lines(both, "en", None, 1)[0].endswith("'lea' and 'ada', 1 more.")


def test_nothing_is_said_where_nothing_is_asked() -> None:
    matching = asked(None)
    assert lacking_lines(matching) == []
    assert "lack" not in " ".join(summary_lines(matching))


def test_the_proof_names_the_stage() -> None:
    for objective, said in (
        ("coverage", "none with 2 duos has fewer that lack"),
        ("max_min", "none that equals it has fewer"),
    ):
        matching = asked({"kind": "teaches"}, objective=objective)
        assert said in what_is_proved(matching.policy_in_force, matching.certificate)
        assert "ne laisse moins de duos sans ce qui est demandé" in what_is_proved(
            matching.policy_in_force, matching.certificate, "fr"
        )


def test_the_report_says_who_and_how_many() -> None:
    matching = asked({"kind": "teaches"})
    page = matching.to_html()
    assert "the mentor offers nothing that the mentee seeks" in page
    assert "duos that lack what is asked as far as possible" in page
    assert "Asked as far as it costs no duo" in page
    assert "le mentor ne propose rien" in matching.to_html("fr")
    assert "lack" not in asked(None).to_html()


def test_an_answer_says_how_many_more_would_lack_it() -> None:
    matching = asked({"kind": "teaches"})
    answer = matching.explain("lea", "bob")
    assert (answer.more_lacking, answer.duos_lost) == (1, 0)
    assert "1 more duo would lack what is asked as far as possible." in answer.sentences()
    french = " ".join(answer.sentences("fr")).replace("\u202f", " ")
    assert "1 duo de plus serait sans ce qui est demandé dans la mesure du possible." in french
    assert asked(None).explain("lea", "bob").more_lacking is None
    other = matching.alternatives("ada")[0]
    assert (other.partner, other.more_lacking) == ("tom", 1)


def test_a_spread_that_comes_before_what_is_asked_says_what_that_costs() -> None:
    """More duos may lack what is asked where duos are spread first; then the total may be higher, too."""
    records = [
        {"id": "p0", "role": "both", "seeks": "SQL:2", "capacity": 2},
        {"id": "p1", "role": "mentor", "offers": "Law:2;Sales:2"},
        {"id": "p2", "role": "mentee", "capacity": 2},
    ]
    pairs = [("p0", "p2", 4), ("p1", "p0", 1), ("p1", "p2", -1)]
    policy = rm.Policy(
        criteria=[{"kind": "table", "name": "own", "weight": 1, "pairs": pairs, "from": -1, "to": 4}],
        as_far_as_possible={"kind": "teaches"},
        spread="mentees",
    )
    matching = rm.match(rm.Cohort.from_records(records), policy)
    assert spread_lines(matching)[1:] == [
        "Spread so, 1 more duo lacks what is asked as far as possible.",
        "Without spreading, the total would be 0.400000 points lower: 1.000000.",
    ]
    assert spread_lines(matching, "fr")[1:] == [
        "Les répartir ainsi ajoute 1 duo où manque ce qui est demandé dans la mesure du possible.",
        "Sans cela, le total serait inférieur de 0,400000 point\u202f: 1,000000.",
    ]
