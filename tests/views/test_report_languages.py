"""The report says the same in both languages."""

from __future__ import annotations

from datetime import date

import pytest

import reverse_match as rm
from reverse_match.scoring.name_matches import NameMatch
from reverse_match.views.summaries import what_is_proved
from reverse_match.views.words.facts import ProofInWords
from reverse_match.views.words.languages import language

pytestmark = pytest.mark.usefixtures("nothing_asked")

ENGLISH, FRENCH = language("en"), language("fr")
PROOF = ProofInWords("coverage", duos=3, duos_bound=4, alpha=0, quotas=False, credits=False)


def test_numbers_as_each_language_writes_them() -> None:
    said = (
        ENGLISH.count(12345),
        ENGLISH.number(-1234.5, 2),
        ENGLISH.share(0.4567),
        ENGLISH.day(date(2027, 1, 1)),
    )
    assert said == ("12,345", "−1,234.50", "45.7%", "1 January 2027")
    said = FRENCH.count(12345), FRENCH.number(-1234.5, 2), FRENCH.share(0.4567), FRENCH.day(date(2027, 1, 1))
    assert said == ("12\u202f345", "−1\u202f234,50", "45,7\u202f%", "1er\xa0janvier 2027")
    assert FRENCH.day(date(2026, 8, 31)) == "31\xa0août 2026"
    assert [ENGLISH.count_duos(1), ENGLISH.count_people(1), ENGLISH.count_people(0)] == [
        "1 duo",
        "1 person",
        "0 people",
    ]
    assert [FRENCH.count_duos(0), FRENCH.count_people(2)] == ["0 duo", "2 personnes"]


@pytest.mark.parametrize(
    ("changed", "english", "french"),
    [
        ({}, "no other matching of these people forms more duos, and none with 3 duos has a higher total",
         "aucune autre répartition ne forme davantage de duos, et aucune, avec 3 duos, n’a un total plus élevé"),
        ({"objective": "total", "quotas": True},
         "no other matching of these people that keeps the quotas has a higher total, and none forms more than 4 duos",
         "aucune autre répartition qui respecte les quotas n’a un total plus élevé, et aucune ne forme plus de 4 duos"),
        ({"objective": "max_min"},
         "no other matching of these people forms more duos, none with 3 duos has a higher lowest score, and none "
         "that equals it has a higher total",
         "aucune autre répartition ne forme davantage de duos, aucune, avec 3 duos, n’a un score le plus bas supérieur, "
         "et aucune de celles qui l’égalent n’a un total plus élevé"),
        ({"objective": "fair", "alpha": 1.5, "credits": True},
         "no other matching of these people forms more duos, and none with 3 duos has a higher fair total (alpha 1.5) "
         "with credits",
         "aucune autre répartition ne forme davantage de duos, et aucune, avec 3 duos, n’a un total équitable "
         "(alpha 1,5) points accordés compris plus élevé"),
        ({"credits": True}, "no other matching of these people forms more duos, and none with 3 duos has a higher total of scores "
         "and credits",
         "aucune autre répartition ne forme davantage de duos, et aucune, avec 3 duos, n’a un total de scores et de "
         "points accordés plus élevé"),
    ],
)  # fmt: skip
def test_what_is_proved(changed: dict[str, object], english: str, french: str) -> None:
    proof = PROOF._replace(**changed)  # type: ignore[arg-type]
    assert ENGLISH.nothing_better(proof) == english
    assert FRENCH.nothing_better(proof) == french


def test_what_a_policy_proves() -> None:
    """Without a free duo, the worst one says nothing; alpha 0 is the total of scores."""
    proof = rm.match(
        rm.Cohort.from_records([{"id": "a", "role": "both"}, {"id": "b", "role": "both"}])
    ).certificate
    proof = proof.model_copy(update={"duos": 3, "duos_bound": 3})
    plain = what_is_proved(rm.Policy(), proof)
    assert what_is_proved(rm.Policy(objective="max_min"), proof) == plain
    fair = rm.Policy.model_validate({"objective": {"kind": "fair", "alpha": 0}})
    assert what_is_proved(fair, proof) == plain
    worst = proof.model_copy(update={"worst": 0.5})
    assert what_is_proved(rm.Policy(objective="max_min"), worst, "fr") == FRENCH.nothing_better(
        PROOF._replace(objective="max_min", duos_bound=3)
    )


def test_the_passage_to_a_round() -> None:
    assert ENGLISH.passage(1, 1, 1, 1) == (
        "1 duo continues, 1 has ended, 1 is new; 1 person waits for the next round."
    )
    assert FRENCH.passage(2, 0, 3, 1) == (
        "2 duos continuent, 0 a pris fin, 3 sont nouveaux\u202f; 1 personne attend le prochain cycle."
    )
    assert ENGLISH.counted("learned", 1) == "1 newly learned skill was counted in what people seek or offer."
    assert (
        FRENCH.counted("learned", 2)
        == "2 compétences acquises ont été prises en compte dans ce que les personnes recherchent ou proposent."
    )


def test_names_that_match() -> None:
    ia = NameMatch(criterion="skills", mentor="IA", mentee="AI", rung="alias", taught_by="mentor")
    video = NameMatch(criterion="skills", mentor="Video", mentee="Video", rung="exact", taught_by="mentor")
    assert (
        ENGLISH.names_matched("mentor", [ia, video])
        == "The mentor can teach: 'IA' = 'AI' (synonym), 'Video'."
    )
    assert FRENCH.names_matched("mentee", [ia]) == (
        "Apport de la personne mentorée\u202f: «\xa0IA\xa0» = «\xa0AI\xa0» (synonyme)."
    )
    assert (ENGLISH.names_matched(None, [video]), FRENCH.names_matched(None, [video])) == (
        "In common: 'Video'.",
        "En commun\u202f: «\xa0Video\xa0».",
    )
