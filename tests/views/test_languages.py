"""Every sentence in both languages, as it stands on the page."""

from __future__ import annotations

import re
from typing import Any

import pytest

import reverse_match as rm
from reverse_match.matching.results.explanation import Changes, Partner, ScoredDuo
from reverse_match.matching.results.unmatched import Nearest
from reverse_match.scoring.name_matches import NameMatch
from reverse_match.views.words.languages import language

LEA_ADA: dict[str, Any] = {
    "mentor": "lea",
    "mentee": "ada",
    "matched": False,
    "fixed": False,
    "score": 0.6125,
    "contributions": {"skills": 0.4125, "age": 0.1, "trips": 0.1},
    "missing": (),
    "name_matches": (),
    "blocked_by": (),
    "mentor_partners": (Partner(id="tom", score=0.7),),
    "mentee_partners": (),
    "waiver": False,
    "cost_of_forcing": 0.034,
    "cost_of_forbidding": None,
    "duos_lost": 0,
    "changes": Changes(
        ended=(ScoredDuo(mentor="lea", mentee="tom", score=0.7),),
        new=(ScoredDuo(mentor="lea", mentee="ada", score=0.6125),),
    ),
}


def explanation(**changes: Any) -> rm.Explanation:
    return rm.Explanation.model_validate({**LEA_ADA, **changes})


def plain(sentences: list[str]) -> list[str]:
    """Write no-break spaces as ~ (wide) and ^ (narrow), so that a test shows them."""
    return [sentence.replace("\u00a0", "~").replace("\u202f", "^") for sentence in sentences]


def test_a_pair_that_is_no_duo() -> None:
    answer = explanation()
    assert answer.sentences() == [
        "'lea' (mentor) and 'ada' (mentee) are not paired; together they would score 0.613: "
        "skills 0.412, age 0.100, trips 0.100.",
        "As mentor, 'lea' is with 'tom' (0.700).",
        "As mentee, 'ada' has no duo.",
        "Forcing this duo would cost the programme 0.034 points.",
        "1 duo would end: 'lea' with 'tom' (0.700).",
    ]
    assert str(answer) == "\n".join(answer.sentences("en"))
    assert plain(answer.sentences("fr")) == [
        "«~lea~» (mentor) et «~ada~» (mentoré(e)) ne forment pas de duo^; ensemble, leur score serait de 0,613^: "
        "compétences 0,412^; âge 0,100^; trips 0,100.",
        "Comme mentor, «~lea~» est avec «~tom~» (0,700).",
        "Comme mentoré(e), «~ada~» n’a pas de duo.",
        "Former ce duo coûterait 0,034 point au programme.",
        "1 duo prendrait fin^: «~lea~» avec «~tom~» (0,700).",
    ]


def test_a_pair_that_rules_forbid() -> None:
    answer = explanation(blocked_by=("not_in_reporting_line", "my_rule"), waiver=True, cost_of_forcing=2.5)
    assert answer.sentences()[1] == "Ruled out by: reporting line and my_rule."
    assert answer.sentences()[4] == (
        "If the 2 rules were waived for these two, forcing this duo would cost the programme 2.500 points."
    )
    assert plain(answer.sentences("fr"))[1] == "Ce qui s’y oppose^: ligne hiérarchique et my_rule."
    assert answer.sentences("fr")[4] == (
        "Si les 2 règles étaient levées pour ces deux personnes, former ce duo coûterait "
        "2,500 points au programme."
    )
    one = explanation(blocked_by=("minimum_score",), waiver=True, cost_of_forcing=1.0, duos_lost=1)
    assert one.sentences()[4] == (
        "If the rule were waived for these two, forcing this duo would cost the programme 1 duo and 1.000 points."
    )
    assert one.sentences("fr")[4] == (
        "Si la règle était levée pour ces deux personnes, former ce duo coûterait "
        "1 duo et 1,000 point au programme."
    )
    never = explanation(blocked_by=("same_person",), cost_of_forcing=None, duos_lost=None, changes=None)
    assert never.sentences()[-1] == "This duo cannot be forced."
    assert never.sentences("fr")[-1] == "Ce duo ne peut pas être imposé."


@pytest.mark.parametrize(
    ("points", "duos", "english", "french"),
    [
        (0.0, 0, "cost the programme nothing", None),
        (0.000001, 0, "cost the programme 0.000001 points", "coûterait 0,000001 point au programme"),
        (1234.5, 2, "cost the programme 2 duos and 1,234.500 points", "coûterait 2 duos et 1^234,500 points au programme"),
        (-0.5, 1, "cost the programme 1 duo but add 0.500 points", "coûterait 1 duo au programme mais ajouterait 0,500 point"),
        (-0.5, 0, "add 0.500 points to the programme", "ajouterait 0,500 point au programme"),
        (-3.0, -2, "add 2 duos and 3.000 points to the programme", "ajouterait 2 duos et 3,000 points au programme"),
        (0.0, 1, "cost the programme 1 duo", "coûterait 1 duo au programme"),
    ],
)  # fmt: skip
def test_prices(points: float, duos: int, english: str, french: str | None) -> None:
    answer = explanation(cost_of_forcing=points, duos_lost=duos)
    assert answer.sentences()[3] == f"Forcing this duo would {english}."
    said = "Le programme ne perdrait rien à former ce duo." if french is None else f"Former ce duo {french}."
    assert plain(answer.sentences("fr"))[3] == said


def test_a_duo() -> None:
    names = (
        NameMatch(criterion="skills", mentor="IA", mentee="AI", rung="alias", taught_by="mentor"),
        NameMatch(criterion="skills", mentor="Sales", mentee="Sales", rung="exact", taught_by="mentee"),
        NameMatch(criterion="goals", mentor="paix", mentee="paxi", rung="typo"),
    )
    new = tuple(ScoredDuo(mentor=f"m{n}", mentee=f"e{n}", score=0.5) for n in range(8))
    answer = explanation(
        matched=True,
        missing=("age", "trips"),
        name_matches=names,
        cost_of_forcing=0.0,
        cost_of_forbidding=0.25,
        changes=Changes(ended=(ScoredDuo(mentor="lea", mentee="ada", score=0.6125),), new=new),
    )
    listed = ", ".join(f"'m{n}' with 'e{n}' (0.500)" for n in range(6))
    assert answer.sentences() == [
        "'lea' (mentor) and 'ada' (mentee) form a duo and score 0.613: skills 0.412, age 0.100, trips 0.100.",
        "Not known for this pair, so that the neutral value counts: age and trips.",
        "Skills and goals in common: 'IA' = 'AI' (synonym), taught by the mentor; 'Sales', taught by the mentee; "
        "'paix' = 'paxi' (misspelling).",
        "Forbidding this duo would cost the programme 0.250 points.",
        f"8 duos would be new: {listed} and 2 more.",
    ]
    listed = ", ".join(f"«~m{n}~» avec «~e{n}~» (0,500)" for n in range(6))
    assert plain(answer.sentences("fr"))[1:] == [
        "Donnée inconnue pour cette paire, où la valeur neutre compte^: âge et trips.",
        "Compétences et objectifs communs^: «~IA~» = «~AI~» (synonyme), apport du mentor^; «~Sales~», apport de la "
        "personne mentorée^; «~paix~» = «~paxi~» (faute de frappe).",
        "Séparer ces deux personnes coûterait 0,250 point au programme.",
        f"8 duos seraient nouveaux^: {listed} et 2 autres.",
    ]
    fixed = explanation(matched=True, fixed=True, waiver=True, cost_of_forbidding=-0.1)
    assert fixed.sentences()[1:3] == [
        "The policy fixes this duo.",
        "If the policy did not fix it, forbidding this duo would add 0.100 points to the programme.",
    ]
    assert fixed.sentences("fr")[1:3] == [
        "Les règles imposent ce duo.",
        "Si les règles ne l’imposaient pas, séparer ces deux personnes ajouterait 0,100 point au programme.",
    ]


def test_an_alternative() -> None:
    duos = [ScoredDuo(mentor=f"m{n}", mentee="ada", score=0.5) for n in range(2)]
    other = rm.Alternative(
        person="ada",
        role="mentee",
        partner="m1",
        score=0.5,
        contributions={"skills": 0.5},
        missing=(),
        cost=0.125,
        duos_lost=0,
        changes=Changes(ended=(duos[0],), new=(*duos[1:], ScoredDuo(mentor="x", mentee="y", score=1))),
    )
    assert str(other).splitlines() == [
        "'ada' (mentee) with 'm1' would score 0.500: skills 0.500.",
        "This duo would cost the programme 0.125 points.",
        "1 duo would end: 'm0' with 'ada' (0.500).",
        "1 other duo would be new: 'x' with 'y' (1.000).",
    ]
    assert plain(other.sentences("fr")) == [
        "«~ada~» (mentoré(e)) avec «~m1~» aurait un score de 0,500^: compétences 0,500.",
        "Former ce duo coûterait 0,125 point au programme.",
        "1 duo prendrait fin^: «~m0~» avec «~ada~» (0,500).",
        "1 autre duo serait nouveau^: «~x~» avec «~y~» (1,000).",
    ]


@pytest.mark.parametrize(
    ("reason", "english", "french"),
    [
        ({"reason": "sits_out"}, ["'ada' sits out as mentee: capacity 0."], ["«~ada~» ne participe pas comme mentoré(e)^: capacité 0."]),
        (
            {"reason": "no_allowed_partner", "blocked_by": {"forbid": 1, "not_in_reporting_line": 1200}},
            ["'ada' has no duo as mentee: no partner is allowed. Partners ruled out: forbidden pairs (1) and reporting line (1,200)."],
            ["«~ada~» n’a pas de duo comme mentoré(e)^: aucun partenaire n’est autorisé. Partenaires écartés^: paires interdites (1) et ligne hiérarchique (1^200)."],
        ),
        (
            {"reason": "no_allowed_partner"},
            ["'ada' has no duo as mentee: there is nobody else in the other role."],
            ["«~ada~» n’a pas de duo comme mentoré(e)^: il n’y a personne d’autre dans l’autre rôle."],
        ),
        (
            {"reason": "below_minimum_score", "blocked_by": {"minimum_score": 2}},
            ["'ada' has no duo as mentee: every possible partner is below the minimum score. Partners ruled out: minimum score (2)."],
            ["«~ada~» n’a pas de duo comme mentoré(e)^: tous les partenaires possibles sont sous le score minimal. Partenaires écartés^: score minimal (2)."],
        ),
        (
            {"reason": "partners_taken", "allowed_partners": 1},
            ["'ada' has no duo as mentee: the only allowed partner is taken."],
            ["«~ada~» n’a pas de duo comme mentoré(e)^: le seul partenaire autorisé est déjà pris."],
        ),
        (
            {"reason": "partners_taken", "allowed_partners": 2, "nearest": Nearest(partner="lea", taken_by=("bo", "cy"), by=0.0345)},
            [
                "'ada' has no duo as mentee: 2 partners are allowed, but all are taken.",
                "Nearest is 'lea', who is with 'bo' and 'cy', where the place brings the programme at least 0.0345 points more.",
            ],
            [
                "«~ada~» n’a pas de duo comme mentoré(e)^: 2 partenaires sont autorisés, mais tous sont déjà pris.",
                "La personne la plus proche est «~lea~», qui est avec «~bo~» et «~cy~», où cette place rapporte au moins 0,0345 point de plus au programme.",
            ],
        ),
        (
            {"reason": "partners_taken", "allowed_partners": 1, "nearest": Nearest(partner="lea", taken_by=("bo",), by=0.0)},
            ["'ada' has no duo as mentee: the only allowed partner is taken.", "Nearest is 'lea', who is with 'bo', and moving them would gain nothing."],
            ["«~ada~» n’a pas de duo comme mentoré(e)^: le seul partenaire autorisé est déjà pris.", "La personne la plus proche est «~lea~», qui est avec «~bo~», et le programme ne gagnerait rien à les séparer."],
        ),
        (
            {"reason": "partners_taken", "allowed_partners": 1, "nearest": Nearest(partner="lea", taken_by=("bo",), by=None)},
            ["'ada' has no duo as mentee: the only allowed partner is taken.", "Nearest is 'lea', who is with 'bo'."],
            ["«~ada~» n’a pas de duo comme mentoré(e)^: le seul partenaire autorisé est déjà pris.", "La personne la plus proche est «~lea~», qui est avec «~bo~»."],
        ),
    ],
)  # fmt: skip
def test_reasons(reason: dict[str, Any], english: list[str], french: list[str]) -> None:
    left = rm.results.Unmatched.model_validate(
        {"id": "ada", "role": "mentee", "allowed_partners": 0, **reason}
    )
    assert left.sentences() == english
    assert plain(left.sentences("fr")) == french


def test_a_full_quota() -> None:
    left = rm.results.Unmatched(
        id="ada",
        role="mentee",
        reason="quota_full",
        allowed_partners=12,
        quotas=("duos",),
        nearest=Nearest(partner="lea", taken_by=("bo",), by=0.0345),
    )
    assert left.sentences() == [
        "'ada' has no duo as mentee: 12 partners are allowed, but the quota 'duos' leaves no room.",
        "Nearest is 'lea', who is with 'bo'; this duo would cost the programme at least 0.0345 points.",
    ]
    assert plain(left.sentences("fr")) == [
        "«~ada~» n’a pas de duo comme mentoré(e)^: 12 partenaires sont autorisés, mais le quota «~duos~» ne "
        "laisse pas de place.",
        "La personne la plus proche est «~lea~», qui est avec «~bo~»^; ce duo coûterait au moins 0,0345 point "
        "au programme.",
    ]
    assert str(left) == "the quota 'duos' leaves no room"
    both = {"quotas": ("a", "b"), "allowed_partners": 1}
    alone = left.model_copy(update={**both, "nearest": Nearest(partner="lea", taken_by=(), by=0.0)})
    assert alone.sentences() == [
        "'ada' has no duo as mentee: 1 partner is allowed, but the quotas 'a' and 'b' leave no room.",
        "Nearest is 'lea', who has no duo, either.",
    ]
    assert plain(alone.sentences("fr")) == [
        "«~ada~» n’a pas de duo comme mentoré(e)^: 1 partenaire est autorisé, mais les quotas «~a~» et «~b~» ne "
        "laissent pas de place.",
        "La personne la plus proche est «~lea~», qui n’a pas de duo non plus.",
    ]
    assert str(alone) == "the quotas 'a' and 'b' leave no room"
    assert "quotas" not in left.model_copy(update={"quotas": ()}).model_dump()


def test_quotas_in_the_way() -> None:
    one, two = explanation(quotas_in_the_way=("a",)), explanation(quotas_in_the_way=("a", "b"))
    assert one.sentences()[3] == "The quota 'a' stands in the way of this duo."
    assert two.sentences()[3] == "The quotas 'a' and 'b' stand in the way of this duo."
    assert plain(one.sentences("fr"))[3] == "Le quota «~a~» s’oppose à ce duo."
    assert plain(two.sentences("fr"))[3] == "Les quotas «~a~» et «~b~» s’opposent à ce duo."
    never = {"duos_lost": None, "changes": None}
    forced = explanation(quotas_in_the_way=("a",), cost_of_forcing=None, **never)
    assert forced.sentences()[-1] == "This duo cannot be forced: with it, the quota 'a' cannot be kept."
    assert plain(forced.sentences("fr"))[-1] == (
        "Ce duo ne peut pas être imposé^: avec lui, le quota «~a~» ne peut pas être respecté."
    )
    needed = explanation(quotas_in_the_way=("a", "b"), matched=True, cost_of_forcing=0.0, **never)
    assert needed.sentences()[-1] == (
        "This duo cannot be forbidden: without it, the quotas 'a' and 'b' cannot be kept together."
    )
    assert plain(needed.sentences("fr"))[-1] == (
        "Ce duo ne peut pas être interdit^: sans lui, les quotas «~a~» et «~b~» ne peuvent pas être respectés "
        "ensemble."
    )


def test_the_worst_duo() -> None:
    answer = explanation(worst=0.3125)
    assert answer.sentences()[4] == "The lowest score would then be 0.312."
    assert answer.sentences("fr")[4] == "Le score le plus bas serait alors de 0,312."
    assert "worst" not in explanation().model_dump()


def test_credits() -> None:
    answer = explanation(credits={"had no duo before": 0.5, "a": 1.000001}, credits_lost=-2.5)
    assert answer.sentences()[1] == (
        "This duo counts 1.500001 points more than its score: 'had no duo before' 0.500, 'a' 1.000001."
    )
    assert answer.sentences()[5] == ("The programme would also gain 2.500 points of credit.")
    assert plain(answer.sentences("fr"))[1] == (
        "Ce duo compte 1,500001 point de plus que son score^: «~had no duo before~» 0,500^; «~a~» 1,000001."
    )
    assert answer.sentences("fr")[5] == (
        "Le programme gagnerait aussi 2,500 points accordés en plus des scores."
    )
    lost, even = explanation(credits_lost=0.25), explanation(credits_lost=0.0)
    assert lost.sentences()[4] == ("The programme would also lose 0.250 points of credit.")
    assert lost.sentences("fr")[4] == ("Le programme perdrait aussi 0,250 point accordé en plus des scores.")
    assert even.sentences() == explanation().sentences()
    assert not {"credits", "credits_lost"} & set(explanation().model_dump())
    other = rm.Alternative(
        person="ada",
        role="mentee",
        partner="lea",
        score=0.5,
        contributions={"skills": 0.5},
        credits={"a": 0.25},
        missing=(),
        cost=0.25,
        duos_lost=0,
        changes=Changes(ended=(), new=()),
        credits_lost=0.5,
    )
    assert other.sentences() == [
        "'ada' (mentee) with 'lea' would score 0.500: skills 0.500.",
        "This duo counts 0.250 points more than its score: 'a' 0.250.",
        "This duo would cost the programme 0.250 points.",
        "The programme would also lose 0.500 points of credit.",
    ]


def test_shortages() -> None:
    few = rm.results.Shortage(role="mentee", people=("ada", "bo"), partners=("lea",), wanted=2, places=1)
    assert few.sentences() == ["2 mentees for 1 mentor: 1 mentor too few.", "They are 'ada' and 'bo'."]
    assert plain(few.sentences("fr")) == [
        "2 mentoré(e)s pour 1 mentor^: il manque 1 mentor.",
        "Il s’agit de «~ada~» et «~bo~».",
    ]
    many = rm.results.Shortage(
        role="mentor", people=tuple(f"m{n}" for n in range(1200)), partners=("a", "b"), wanted=1300, places=3
    )
    assert many.sentences() == [
        "1,200 mentors, who want 1,300 places, for 3 places with 2 mentees: 1,297 places too few."
    ]
    assert plain(many.sentences("fr")) == [
        "1^200 mentors, qui demandent 1^300 places, pour 3 places auprès de 2 mentoré(e)s^: "
        "il manque 1^297 places."
    ]


def test_no_plain_space_stands_where_french_has_none_that_breaks() -> None:
    answers = [
        explanation(),
        explanation(credits={"a": 1, "b": 1}),
        explanation(blocked_by=("capacity",), cost_of_forcing=None),
    ]
    for sentence in [line for answer in answers for line in answer.sentences("fr")]:
        assert not re.search(r" [:;»!?]|« |\d\.\d", sentence), sentence


def test_an_unknown_language_is_an_error_that_names_the_known() -> None:
    with pytest.raises(rm.InputError, match="unknown language 'de'; known are 'en', 'fr'"):
        language("de")
    with pytest.raises(rm.InputError):
        explanation().sentences("EN")


@pytest.mark.parametrize(
    ("reason", "allowed", "english", "french"),
    [
        ("sits_out", 0, "sits out: capacity 0", "ne participe pas^: capacité 0"),
        ("partners_taken", 1, "1 possible partner, taken by others", "1 partenaire possible, pris par d’autres"),
        ("partners_taken", 1200, "1,200 possible partners, all taken by others", "1^200 partenaires possibles, tous pris par d’autres"),
        ("quota_full", 2, "the quotas 'a' and 'b' leave no room", "les quotas «~a~» et «~b~» ne laissent plus de place"),
        ("no_allowed_partner", 0, "no allowed partner: capacity 0 (3)", "aucun partenaire autorisé^: capacité 0 (3)"),
        ("below_minimum_score", 0, "every possible partner is below the minimum score: capacity 0 (3)", "tous les partenaires possibles sont sous le score minimal^: capacité 0 (3)"),
    ],
)  # fmt: skip
def test_reasons_in_a_cell(reason: str, allowed: int, english: str, french: str) -> None:
    said = [language(code).without_duo(reason, allowed, {"capacity": 3}, ["a", "b"]) for code in ("en", "fr")]
    assert [said[0], *plain(said[1:])] == [english, french]
