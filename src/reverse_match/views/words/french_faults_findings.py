"""What verification finds untrue is in French, as far as whoever keeps a programme may meet it.

The checks of prices and of proofs by cases are for whoever writes another solver, and stay in English; the
subject before each is French all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SUBJECTS: Mapping[str, str] = {
    "absent": "absences",
    "as_of": "jour des âges",
    "away": "absences",
    "bound": "limite",
    "capacity": "capacité",
    "cohort": "personnes",
    "contributions": "points",
    "credits": "points accordés",
    "criteria": "critères",
    "digests": "empreintes",
    "duo": "duo",
    "equal_optima": "répartitions égales",
    "gap": "écart",
    "library_version": "version",
    "log": "journal",
    "missing": "données inconnues",
    "months": "mois",
    "name_matches": "points communs",
    "optimality": "preuve",
    "order": "ordre",
    "person": "personne",
    "plan": "plan",
    "policy": "règles",
    "price": "prix",
    "quota": "quota",
    "repeat": "répétition",
    "rotation": "rotation",
    "rounds": "cycles",
    "rule": "règle",
    "score": "score",
    "shortage": "pénurie",
    "sitting_out": "personnes sans duo",
    "spread": "équilibre",
    "total": "total",
    "units": "unités",
    "unmatched": "personnes sans duo",
    "worst": "score le plus bas",
}
"""What was checked."""

SENTENCES: Mapping[str, str] = {
    # Other people, other rules
    "these are not the people of the plan: the digest of their records differs": (
        "ce ne sont pas les personnes du plan : l’empreinte de leurs données est différente"
    ),
    "the matching followed another policy than the one given": "la répartition a été formée avec d’autres "
    "règles que celles indiquées",
    "the plan followed another policy than the one given": "le plan a été établi avec d’autres règles que "
    "celles indiquées",
    "the digest of the policy is not that of the policy in the matching": (
        "l’empreinte des règles n’est pas celle des règles de la répartition"
    ),
    "the digest of the policy is not that of the policy in the plan": (
        "l’empreinte des règles n’est pas celle des règles du plan"
    ),
    "the digest of what was changed by hand and by rotation is not that of what stands there; right would be "
    "a matching as it was written": (
        "l’empreinte des changements (à la main ou par rotation) n’est pas celle de ce qui figure dans le "
        "fichier ; attendu : une répartition telle qu’elle a été écrite"
    ),
    "the matching counts ages on {on}, not on {than}": (
        "la répartition compte les âges au {on}, et non au {than}"
    ),
    "ages or rules depend on a day, and the matching does not say which": (
        "les âges ou les règles dépendent d’un jour, que la répartition n’indique pas"
    ),
    "the matching counts ages on a day, but no age and no rule depends on one": (
        "la répartition compte les âges à un certain jour, alors qu’aucun âge ni aucune règle n’en dépend"
    ),
    "the weights or neutral values are not those that policy and people give": (
        "les poids ou les valeurs neutres ne sont pas ceux qui découlent des règles et des personnes"
    ),
    "'{name}' is named as {role}, but no {side} of the cohort has this id": (
        "'{name}' est cité(e) avec le rôle {role}, mais personne de rôle {side} n’a cet identifiant"
    ),
    "the id '{name}' is written '{other}' in the cohort": "l’identifiant '{name}' s’écrit '{other}' dans le "
    "fichier des personnes",
    # Duos
    "the duo of '{one}' and '{other}' stands {number} times in the matching": (
        "le duo de '{one}' et '{other}' figure {number} fois dans la répartition"
    ),
    "a duo stands there twice": "un duo figure deux fois",
    "the duo of '{one}' (mentor) and '{other}' (mentee) is said to score {stated}, but scores {real}": (
        "le duo de '{one}' (mentor) et '{other}' (mentoré(e)) aurait un score de {stated}, mais son score "
        "est "
        "de "
        "{real}"
    ),
    "the duo of '{one}' (mentor) and '{other}' (mentee): the points of its criteria are not those of its "
    "people": (
        "le duo de '{one}' (mentor) et '{other}' (mentoré(e)) : les points de ses critères ne sont pas ceux "
        "des deux personnes"
    ),
    "the duo of '{one}' (mentor) and '{other}' (mentee): its credits are not those that the policy gives "
    "it": (
        "le duo de '{one}' (mentor) et '{other}' (mentoré(e)) : ses points accordés ne sont pas ceux que "
        "prévoient les règles"
    ),
    "the duo of '{one}' (mentor) and '{other}' (mentee): the criteria said to be missing are not those that "
    "are": (
        "le duo de '{one}' (mentor) et '{other}' (mentoré(e)) : les critères déclarés inconnus ne sont pas "
        "ceux qui le sont"
    ),
    "the duo of '{one}' (mentor) and '{other}' (mentee): the names said to match are not those that do": (
        "le duo de '{one}' (mentor) et '{other}' (mentoré(e)) : les compétences et objectifs communs "
        "indiqués "
        "ne sont pas les bons"
    ),
    "the policy fixes '{one}' (mentor) and '{other}' (mentee), but they are no duo": (
        "les règles imposent le duo de '{one}' (mentor) et '{other}' (mentoré(e)), qui n’existe pas"
    ),
    "the duo of '{one}' (mentor) and '{other}' (mentee) is one person": (
        "le duo de '{one}' (mentor) et '{other}' (mentoré(e)) ne compte qu’une seule personne"
    ),
    "the duo of '{one}' (mentor) and '{other}' (mentee) is not fixed by the policy": (
        "le duo de '{one}' (mentor) et '{other}' (mentoré(e)) n’est pas imposé par les règles"
    ),
    "the duo of '{one}' (mentor) and '{other}' (mentee) is fixed by the policy": (
        "le duo de '{one}' (mentor) et '{other}' (mentoré(e)) est imposé par les règles"
    ),
    "the duo of '{one}' (mentor) and '{other}' (mentee) is below the minimum score of {stated}": (
        "le duo de '{one}' (mentor) et '{other}' (mentoré(e)) est sous le score minimal de {stated}"
    ),
    "the duo of '{one}' (mentor) and '{other}' (mentee) is forbidden by {rule}": (
        "le duo de '{one}' (mentor) et '{other}' (mentoré(e)) est interdit par une règle : {rule}"
    ),
    "a duo is formed that a rule forbids, or one that is fixed is not": (
        "un duo qu’une règle interdit a été formé, ou un duo imposé ne l’a pas été"
    ),
    "'{name}' has {number} duo as {role}, but capacity {most}": "'{name}' a {number} duo (rôle : {role}), "
    "pour "
    "une capacité de {most}",
    "'{name}' has {number} duos as {role}, but capacity {most}": "'{name}' a {number} duos (rôle : {role}), "
    "pour une capacité de {most}",
    # Sums
    "total is said to be {stated}, but the scores of the duos sum to {real}": (
        "le total indiqué est {stated}, mais la somme des scores des duos est {real}"
    ),
    "certificate.total is said to be {stated}, but the scores of the duos sum to {real}": (
        "le total de la preuve (certificate.total) est {stated}, mais la somme des scores des duos est {real}"
    ),
    "total is said to be {stated}, but the utilities of the duos sum to {real}": (
        "le total indiqué est {stated}, mais la somme des valeurs des duos est {real}"
    ),
    "certificate.total is said to be {stated}, but the utilities of the duos sum to {real}": (
        "le total de la preuve (certificate.total) est {stated}, mais la somme des valeurs des duos est "
        "{real}"
    ),
    "the total is said to be {stated}, but the scores sum to {real}": "le total indiqué est {stated}, mais "
    "la "
    "somme "
    "des scores est {real}",
    "the total is not the sum of the scores of the duos": "le total n’est pas la somme des scores des duos",
    "the points of '{one}' and '{other}' do not add up to their score": (
        "les points du duo de '{one}' et '{other}' ne donnent pas son score"
    ),
    "the certificate speaks of {number} duo, but there are {count}": "la preuve porte sur {number} duo, mais "
    "il y en a {count}",
    "the certificate speaks of {number} duos, but there are {count}": "la preuve porte sur {number} duos, "
    "mais "
    "il y en a {count}",
    "the certificate speaks of another number of duos than there are": (
        "la preuve ne porte pas sur le nombre de duos de la répartition"
    ),
    "the gap is said to be {stated}, but it is {real}": (
        "l’écart indiqué est {stated}, mais l’écart réel est {real}"
    ),
    "the matching does not tell of each quota of the policy how it is met": (
        "la répartition n’indique pas pour chaque quota s’il est respecté"
    ),
    # People without a duo
    "'{name}' has no duo as {role}, but is not among the unmatched": (
        "'{name}' n’a pas de duo (rôle : {role}), mais ne figure pas parmi les personnes sans duo"
    ),
    "'{name}' is among the unmatched as {role}, wrongly or twice": (
        "'{name}' figure parmi les personnes sans duo (rôle : {role}) à tort ou deux fois"
    ),
    "the reason why '{name}' has no duo as {role} is not the true one": (
        "la raison pour laquelle '{name}' n’a pas de duo (rôle : {role}) n’est pas la bonne"
    ),
    "the quotas for which '{name}' has no duo as {role} are not those that are named": (
        "les quotas qui laissent '{name}' sans duo (rôle : {role}) ne sont pas ceux qui sont cités"
    ),
    "the partner said to be nearest to '{name}' as {role} is not, or is elsewhere": (
        "la personne la plus proche indiquée pour '{name}' (rôle : {role}) n’est pas la bonne, ou est "
        "ailleurs"
    ),
    # Plans
    "'{one}' and '{other}' meet more than once: in rounds {listed}": (
        "'{one}' et '{other}' se rencontrent plus d’une fois : cycles {listed}"
    ),
    "the plan has no rounds": "le plan n’a aucun cycle",
    "round {number} counts ages on another day than the plan": "le cycle {number} compte les âges à un autre "
    "jour que le plan",
    "round {number}: {what}": "cycle {number} : {what}",
}
"""What verification finds, by the English sentence."""
