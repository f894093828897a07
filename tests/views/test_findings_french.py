"""What verification finds of numbers of duos, of their spread, of what is asked and of times, in French."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

import reverse_match as rm
from reverse_match.views.words.faults import finding_in_words
from reverse_match.views.words.french_faults import WORDS

PEOPLE: list[dict[str, Any]] = [
    {"id": "lea", "role": "mentor", "offers": "Excel", "available": "Mon 9-12", "capacity": 3},
    {"id": "tom", "role": "mentor", "offers": "Teams", "available": "Mon 9-17", "capacity": 2},
    {"id": "ada", "role": "mentee", "seeks": "Excel", "available": "Mon 10-12"},
    {"id": "bob", "role": "mentee", "seeks": "Excel", "available": "Mon 10-12"},
    {"id": "kim", "role": "mentee", "seeks": "SAP", "available": "Mon 9-10;Tue 9-10"},
]
POLICY = {
    "rules": [{"kind": "common_time", "at_least": 60}],
    "spread": "mentors",
    "as_far_as_possible": {"kind": "teaches"},
}
SUBJECTS = ("capacity", "common_times", "lacking", "spread", "tables")
"""What is looked at; findings of prices stay in English."""

FORGED: list[tuple[tuple[str | int, ...], Any, str]] = [
    (
        ("duos", 2, "lacking"),
        False,
        "duos sans ce qui est demandé : le duo de « tom » (mentor) et « kim » (mentoré(e)) : il est indiqué à "
        "tort s’il y manque ou non ce qui est demandé dans la mesure du possible",
    ),
    (
        ("duos", 0, "common_times"),
        [],
        "créneaux communs : le duo de « lea » (mentor) et « ada » (mentoré(e)) : les créneaux communs "
        "indiqués ne sont pas les bons",
    ),
    (
        ("certificate", "lacking"),
        0,
        "duos sans ce qui est demandé : il manque ce qui est demandé dans la mesure du possible dans 1 duo, "
        "mais la preuve en indique 0",
    ),
    (
        ("certificate", "lacking"),
        None,
        "duos sans ce qui est demandé : il manque ce qui est demandé dans la mesure du possible dans 1 duo, "
        "mais la preuve n’en dit rien",
    ),
    (
        ("certificate", "lacking_bound"),
        0,
        "duos sans ce qui est demandé : la limite indiquée pour les duos où manque ce qui est demandé est 0, "
        "mais les prix prouvent 1",
    ),
    (
        ("certificate", "lacking_bound"),
        None,
        "duos sans ce qui est demandé : aucune limite n’est indiquée pour les duos où manque ce qui est "
        "demandé, alors que les prix prouvent 1",
    ),
    (
        ("certificate", "spread"),
        None,
        "équilibre : la preuve de la répartition des duos entre les personnes manque",
    ),
    (
        ("certificate", "spread", "shared"),
        2,
        "équilibre : 2 paires de duos auraient une personne en commun, mais le nombre réel est 1",
    ),
    (
        ("certificate", "spread", "bound"),
        0,
        "équilibre : toute répartition de ce type compterait au moins 0 paires de duos ayant une personne en "
        "commun, mais les prix prouvent 1",
    ),
    (
        ("certificate", "spread", "unspread"),
        None,
        "équilibre : la répartition est prouvée, mais ce que coûte la répartition des duos entre les "
        "personnes n’est pas indiqué",
    ),
    (
        ("certificate", "spread", "unspread", "total"),
        1.5,
        "équilibre : le total de la meilleure répartition sans équilibre entre les personnes n’est pas celui "
        "de ses duos",
    ),
    (
        ("certificate", "spread", "unspread", "lacking"),
        0,
        "équilibre : sans équilibre entre les personnes, le nombre de duos où manque ce qui est demandé "
        "n’est pas celui de ces duos",
    ),
    (
        ("certificate", "spread", "unspread", "instead_of"),
        [],
        "équilibre : la meilleure répartition sans équilibre entre les personnes ne diffère pas de celle-ci "
        "comme indiqué",
    ),
]


def told_of(matching: rm.Matching, cohort: rm.Cohort) -> list[str]:
    """Return what is found in French; each of these subjects must have words."""
    with pytest.raises(rm.VerificationError) as caught:
        rm.verify(matching, cohort)
    findings = caught.value.findings
    assert [one for one in findings if one.subject in SUBJECTS and WORDS.say(one.message) is None] == []
    return [re.sub(r"[\u202f\u00a0]", " ", finding_in_words(one, "fr")) for one in findings]


@pytest.mark.parametrize(("path", "value", "told"), FORGED, ids=[str(path[-1]) for path, *_ in FORGED])
def test_what_is_forged_is_told_in_french(path: tuple[str | int, ...], value: Any, told: str) -> None:
    cohort = rm.Cohort.from_records(PEOPLE)
    data = json.loads(rm.match(cohort, rm.Policy.from_data(POLICY)).to_json())
    part = data
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    assert told in told_of(rm.Matching.from_data(data), cohort)


def test_a_proof_of_what_nobody_asks_is_told_in_french() -> None:
    people = [{**one, "capacity": 1} for one in PEOPLE]  # so that no price is below 0
    cohort, plain = rm.Cohort.from_records(people), rm.Policy(as_far_as_possible=None)
    data = json.loads(rm.match(cohort, rm.Policy.from_data({**POLICY, "rules": []})).to_json())
    data["policy"], data["digests"]["policy"] = plain.model_dump(mode="json"), plain.sha256
    told = told_of(rm.Matching.from_data(data), cohort)
    assert (
        "équilibre : une preuve de la répartition des duos entre les personnes est donnée, alors que les "
        "règles n’en demandent pas"
    ) in told
    assert (
        "duos sans ce qui est demandé : des duos où manque ce qui est demandé sont indiqués, alors que les "
        "règles ne demandent rien"
    ) in told


BOTH: list[dict[str, Any]] = [
    {"id": "lea", "role": "both", "offers": "Excel", "seeks": "SAP", "capacity": 3},
    {"id": "tom", "role": "both", "offers": "SAP", "seeks": "Go"},
    {"id": "ada", "role": "mentee", "seeks": "Excel"},
    {"id": "bob", "role": "mentee", "seeks": "Excel"},
]


@pytest.mark.parametrize(
    ("person", "stated", "kept", "told"),
    [
        ("lea", {"least_duos_as_mentor": 2}, 1, "« lea » a 1 duo (rôle : mentor), pour un minimum de 2"),
        ("lea", {"least_duos_as_mentor": 3}, 2, "« lea » a 2 duos (rôle : mentor), pour un minimum de 3"),
        (
            "tom",
            {"least_duos_as_mentor": 1},
            0,
            "« tom » n’a aucun duo (rôle : mentor), pour un minimum de 1",
        ),
        ("lea", {"least_duos_in_all": 2}, 1, "« lea » a 1 duo en tout, pour un minimum de 2"),
        ("lea", {"least_duos_in_all": 3}, 2, "« lea » a 2 duos en tout, pour un minimum de 3"),
        ("tom", {"least_duos_in_all": 1}, 0, "« tom » n’a aucun duo en tout, pour un minimum de 1"),
        ("lea", {"capacity_in_all": 2}, 3, "« lea » a 3 duos en tout, pour une capacité de 2"),
        ("lea", {"capacity_in_all": 0}, 1, "« lea » a 1 duo en tout, pour une capacité de 0"),
    ],
)
def test_numbers_of_duos_are_told_in_french(
    person: str, stated: dict[str, int], kept: int, told: str
) -> None:
    """Of all duos that the person could have, so many stand in the matching."""
    records = [{**one, **stated} if one["id"] == person else one for one in BOTH]
    cohort = rm.Cohort.from_records(records)
    data = json.loads(rm.match(cohort).to_json())
    form = data["duos"][0]
    pairs = [("lea", "ada"), ("lea", "bob"), ("lea", "tom")] if person == "lea" else [("tom", "ada")]
    data["duos"] = [{**form, "mentor": mentor, "mentee": mentee} for mentor, mentee in pairs[:kept]]
    assert f"capacité : {told}" in told_of(rm.Matching.from_data(data), cohort)


TABLE = {"kind": "table", "name": "interview", "weight": 1, "from": 0, "to": 10}


def test_other_scores_than_were_matched_are_told_in_french() -> None:
    cohort = rm.Cohort.from_records(PEOPLE)
    policy = rm.Policy.from_data({"criteria": [TABLE]})
    matching = rm.match(cohort, policy, tables={"interview": [("lea", "ada", 5)]})
    data = json.loads(matching.to_json())
    with pytest.raises(rm.VerificationError) as caught:
        rm.verify(rm.Matching.from_data(data), cohort, tables={"interview": [("lea", "ada", 6)]})
    assert [one.subject for one in caught.value.findings] == ["tables"]
    assert re.sub(r"[\u202f\u00a0]", " ", finding_in_words(caught.value.findings[0], "fr")) == (
        "tableaux de scores : les données de « interview » ne sont pas celles de la politique : leur empreinte "
        "diffère ; attendu : les données d’alors, ou une politique sans empreinte pour de nouvelles données"
    )
    del data["policy"]["criteria"][0]["sha256"]
    assert told_of(rm.Matching.from_data(data), cohort) == [
        "tableaux de scores : les règles n’indiquent pas l’empreinte des données nommées « interview »"
    ]
