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
    "weights": "poids",
    "as_of": "jour des âges",
    "away": "absences",
    "bound": "limite",
    "capacity": "capacité",
    "certificate": "preuve",
    "circle": "cercle",
    "cohort": "personnes",
    "common_times": "créneaux communs",
    "contributions": "points",
    "credits": "points accordés",
    "criteria": "critères",
    "digests": "empreintes",
    "duo": "duo",
    "equal_optima": "répartitions égales",
    "forgotten": "oubli",
    "form": "forme",
    "gap": "écart",
    "lacking": "duos sans ce qui est demandé",
    "library_version": "version",
    "log": "journal",
    "missing": "données inconnues",
    "months": "mois",
    "name_matches": "points communs",
    "optimality": "preuve",
    "order": "ordre",
    "people": "équité entre personnes",
    "person": "personne",
    "plan": "plan",
    "policy": "règles",
    "published": "publication",
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
    "tables": "tableaux de scores",
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
    "the duo of '{one}' (mentor) and '{other}' (mentee): whether it lacks what is asked as far as possible "
    "is not so": (
        "le duo de '{one}' (mentor) et '{other}' (mentoré(e)) : il est indiqué à tort s’il y manque ou non "
        "ce qui est demandé dans la mesure du possible"
    ),
    "the duo of '{one}' (mentor) and '{other}' (mentee): the times said to be in common are not those that "
    "are": (
        "le duo de '{one}' (mentor) et '{other}' (mentoré(e)) : les créneaux communs indiqués ne sont pas "
        "les bons"
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
    # Numbers of duos of each person
    "'{name}' has 0 duos as {role}, but must have {least}": (
        "'{name}' n’a aucun duo (rôle : {role}), pour un minimum de {least}"
    ),
    "'{name}' has {number} duo as {role}, but must have {least}": (
        "'{name}' a {number} duo (rôle : {role}), pour un minimum de {least}"
    ),
    "'{name}' has {number} duos as {role}, but must have {least}": (
        "'{name}' a {number} duos (rôle : {role}), pour un minimum de {least}"
    ),
    "'{name}' has 0 duos in all, but must have {least}": (
        "'{name}' n’a aucun duo en tout, pour un minimum de {least}"
    ),
    "'{name}' has {number} duo in all, but must have {least}": (
        "'{name}' a {number} duo en tout, pour un minimum de {least}"
    ),
    "'{name}' has {number} duos in all, but must have {least}": (
        "'{name}' a {number} duos en tout, pour un minimum de {least}"
    ),
    "'{name}' has {number} duo in all, but capacity {most}": (
        "'{name}' a {number} duo en tout, pour une capacité de {most}"
    ),
    "'{name}' has {number} duos in all, but capacity {most}": (
        "'{name}' a {number} duos en tout, pour une capacité de {most}"
    ),
    "the numbers of duos of single people that are kept as quotas are not those of the people": (
        "les nombres de duos par personne, respectés comme des quotas, ne sont pas ceux du fichier des "
        "personnes"
    ),
    # What is asked as far as possible
    "lacking duos are told of, but the policy asks for nothing": (
        "des duos où manque ce qui est demandé sont indiqués, alors que les règles ne demandent rien"
    ),
    "{number} duo lack what the policy asks as far as possible, but the certificate says {count}": (
        "il manque ce qui est demandé dans la mesure du possible dans {number} duo, mais la preuve en "
        "indique {count}"
    ),
    "{number} duo lack what the policy asks as far as possible, but the certificate says None": (
        "il manque ce qui est demandé dans la mesure du possible dans {number} duo, mais la preuve n’en dit "
        "rien"
    ),
    "{number} duos lack what the policy asks as far as possible, but the certificate says {count}": (
        "il manque ce qui est demandé dans la mesure du possible dans {number} duos, mais la preuve en "
        "indique {count}"
    ),
    "{number} duos lack what the policy asks as far as possible, but the certificate says None": (
        "il manque ce qui est demandé dans la mesure du possible dans {number} duos, mais la preuve n’en dit "
        "rien"
    ),
    "a bound on lacking duos is stated, but the objective asks for none": (
        "une limite est indiquée pour les duos où manque ce qui est demandé, alors que l’objectif n’en "
        "demande pas"
    ),
    "the bound on lacking duos is said to be {number}, but the prices prove {count}": (
        "la limite indiquée pour les duos où manque ce qui est demandé est {number}, mais les prix prouvent "
        "{count}"
    ),
    "the bound on lacking duos is said to be None, but the prices prove {count}": (
        "aucune limite n’est indiquée pour les duos où manque ce qui est demandé, alors que les prix "
        "prouvent {count}"
    ),
    # Spread of duos
    "the proof of how duos are spread is missing": (
        "la preuve de la répartition des duos entre les personnes manque"
    ),
    "the proof of how duos are spread is given, though they are not": (
        "une preuve de la répartition des duos entre les personnes est donnée, alors que les règles n’en "
        "demandent pas"
    ),
    "{number} pairs of duos are said to share a person, but {count} do": (
        "{number} paires de duos auraient une personne en commun, mais le nombre réel est {count}"
    ),
    "at least {number} pairs of duos are said to share a person in any such matching, but the prices prove "
    "{count}": (
        "toute répartition de ce type compterait au moins {number} paires de duos ayant une personne en "
        "commun, mais les prix prouvent {count}"
    ),
    "fewer pairs of duos share a person than the bound on them allows": (
        "moins de paires de duos ont une personne en commun que la limite indiquée ne le permet"
    ),
    "the matching is proved, but what spreading the duos costs is not said": (
        "la répartition est prouvée, mais ce que coûte la répartition des duos entre les personnes n’est pas "
        "indiqué"
    ),
    "spreading after the total costs nothing, but a cost is stated": (
        "répartir les duos entre les personnes après le total ne coûte rien, mais un coût est indiqué"
    ),
    "the best matching without spreading does not differ from this one as is stated": (
        "la meilleure répartition sans équilibre entre les personnes ne diffère pas de celle-ci comme indiqué"
    ),
    "'{one}' and '{other}' could not be a duo in a matching without spreading": (
        "'{one}' et '{other}' ne pourraient pas former un duo dans une répartition sans équilibre entre les "
        "personnes"
    ),
    "the best matching without spreading gives some {role} too many or too few duos": (
        "dans la meilleure répartition sans équilibre entre les personnes, quelqu’un (rôle : {role}) a trop "
        "ou trop peu de duos"
    ),
    "the total of the best matching without spreading is not that of its duos": (
        "le total de la meilleure répartition sans équilibre entre les personnes n’est pas celui de ses duos"
    ),
    "the number of lacking duos without spreading is not that of these duos": (
        "sans équilibre entre les personnes, le nombre de duos où manque ce qui est demandé n’est pas celui "
        "de ces duos"
    ),
    "without spreading the total is said to be at most {stated}, but the prices prove {real}": (
        "sans équilibre entre les personnes, le total serait d’au plus {stated}, mais les prix prouvent "
        "{real}"
    ),
    # Scores that stand outside
    "the policy does not state the digest of the data called '{name}'": (
        "les règles n’indiquent pas l’empreinte des données nommées '{name}'"
    ),
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
