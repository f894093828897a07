"""The texts for participants and works councils in French."""

from __future__ import annotations

TEXTS = {
    # For participants
    "title": "Comment les duos sont choisis",
    "purpose": "Le programme réunit deux personnes : un mentor, qui transmet, et une personne mentorée, qui "
    "apprend. Le logiciel reverse_match compare toutes les personnes inscrites et propose des duos. Il suit "
    "les règles ci-dessous, les mêmes pour tout le monde. C’est une personne qui décide.",
    "counts head": "Ce qui compte, et combien",
    "counts": "Chaque duo possible reçoit un score. Il se compose ainsi :",
    "counts one": "Chaque duo possible reçoit un score. Un seul point compte :",
    "counts missing": "Si une réponse manque, une moyenne compte à sa place.",
    "sought": "Parmi toutes les répartitions possibles, le logiciel propose celle-ci : {objective}.",
    "objective coverage": "le plus de duos possible, puis la somme des scores la plus élevée",
    "objective total": "la somme des scores la plus élevée",
    "objective max_min": "le plus de duos possible, puis le score le plus bas aussi élevé que possible",
    "objective fair": "le plus de duos possible, puis une somme équitable des scores, où ce que gagnent les "
    "scores bas compte davantage",
    "objective max_min people": "le plus de duos possible, puis le plus possible pour la personne qui a le "
    "moins",
    "objective fair people": "le plus de duos possible, puis une somme équitable entre les personnes, où ce "
    "que gagnent celles qui ont peu compte davantage",
    "must head": "Ce qui doit être vrai de chaque duo",
    "must nothing": "Aucune règle ne sépare deux personnes.",
    "together head": "Ce qui doit être vrai de l’ensemble des duos",
    "data head": "Vos données",
    "used": "Utilisées : {fields}.",
    "used nothing": "Aucune donnée n’est utilisée, hors celles citées ci-dessous.",
    "not used": "Non utilisées : {fields}.",
    "always": "Le logiciel doit aussi savoir qui est mentor, qui est mentoré(e), et combien de duos chaque "
    "personne peut avoir. Il affiche les noms et les adresses sans en tenir compte.",
    "any field": "Ce que chaque personne dit du partenaire qu’elle préfère peut porter sur n’importe "
    "laquelle de ces données.",
    "functions": "Des calculs propres à l’organisation peuvent utiliser toute donnée : {names}.",
    "outside": "Des scores venus d’ailleurs peuvent reposer sur d’autres données : {names}.",
    "decides head": "Qui décide",
    "decides": "Ce sont des personnes qui décident, pas le logiciel. L’équipe du programme relit chaque duo "
    "proposé, peut le changer, et en répond.",
    "rights head": "Ce que vous pouvez faire",
    "may decline": "Vous pouvez refuser un duo.",
    "may ask": "Vous pouvez demander pourquoi vous avez ce partenaire, ou aucun. Il existe une réponse "
    "exacte pour chaque personne.",
    "may object": "Vous pouvez consulter vos données, les corriger, les faire effacer, et vous opposer à "
    "leur utilisation.",
    "write to": "Contact pour toute question : {contact}.",
    "complain": "Là où le RGPD s’applique, chaque personne peut aussi saisir l’autorité de protection des "
    "données (en France, la CNIL).",
    "kept": "Durée de conservation : {retention}. Responsable des données : {organisation}. Base légale : "
    "{basis}.",
    "origin": "Origine des données : {origin}. Personnes qui les voient : {readers}.",
    "open origin": "[à compléter : le questionnaire, le SIRH]",
    "open readers": "[à compléter : l’équipe du programme]",
    "open contact": "[à compléter : à qui écrire]",
    "open retention": "[à compléter : combien de temps]",
    "open organisation": "[à compléter : qui]",
    "open basis": "[à compléter avec le ou la délégué(e) à la protection des données]",
    "still open": "Avant de diffuser ce texte, complétez ce qui est entre crochets.",
    # For works councils
    "sheet title": "Fiche pour le CSE : comment les duos sont formés",
    "sheet purpose head": "1. But",
    "sheet purpose": "Un mentor transmet, une personne mentorée apprend. reverse_match {version} compare "
    "toutes les personnes inscrites et propose des duos. Il fonctionne là où il est lancé et n’envoie aucune "
    "donnée.",
    "sheet data head": "2. Données",
    "traits": "Caractéristiques personnelles parmi les données utilisées : {fields}.",
    "no traits": "Ni l’âge ni le genre ne figurent parmi les données utilisées.",
    "stand-ins": "Ces données peuvent aller de pair avec l’âge, le genre ou l’origine : {fields}.",
    "sheet logic head": "3. Logique du traitement",
    "sheet logic": "Rien n’est appris des données : les règles sont fixées d’avance, et chaque résultat peut "
    "être recalculé. Entre des résultats aussi bons l’un que l’autre, un tirage au sort décide ; son numéro "
    "(seed) permet de le répéter.",
    "sheet decides head": "4. Décision humaine",
    "sheet decides": "Le logiciel propose. L’équipe du programme relit chaque duo proposé, peut le changer "
    "en donnant une raison, qui est enregistrée, et en répond. Aucun duo ne commence sans cela.",
    "sheet effects head": "5. Effets sur les personnes",
    "effects": "Le résultat dit qui rencontre qui, et qui n’a pas de duo. Un score dit à quel point deux "
    "personnes se correspondent selon ces règles ; il n’évalue le travail de personne.",
    "effects best": "Tout le monde n’a pas forcément un duo : {number} au plus sont formés. Les scores "
    "décident donc aussi qui participe.",
    "effects waiting": "On peut dire à chaque personne sans duo pourquoi elle n’en a pas.",
    "sheet checks head": "6. Traces et contrôles",
    "checks": "Le résultat est conservé avec ces règles et une preuve. La commande verify recalcule si "
    "toutes les règles sont respectées et s’il n’existait rien de meilleur. Le rapport montre les duos "
    "mixtes, les services et les écarts d’âge. Les changements faits à la main sont consignés.",
    "sheet rights head": "7. Droits et durée de conservation",
    "sheet rights": "Chaque personne inscrite peut refuser un duo et demander la raison exacte pour laquelle "
    "elle a ce partenaire, ou aucun. Elle peut consulter ses données, les corriger, les faire effacer, et "
    "s’opposer à leur utilisation.",
    "sheet changes head": "8. Modifications",
    "changes": "Cette fiche porte sur un seul jeu de règles. Chaque répartition garde les règles qu’elle a "
    "suivies : verify --policy FICHIER dit si ce sont bien celles-ci. SHA-256 de ces règles : {digest}. Si "
    "les règles changent, la fiche change aussi, et les personnes informées par celle-ci le sont de nouveau.",
    # Criteria
    "criterion": "**{name}**, {share} : {what}.",
    "criterion shown": "**{name}** : {what}. Ce point est affiché et ne compte pas.",
    "criterion missing": "{what} ; si cela n’est pas connu, {share} de ce point comptent",
    "coverage": "à quel point ce que le mentor peut transmettre ({offered}) répond à ce que la personne "
    "mentorée veut apprendre ({wanted})",
    "coverage both": "à quel point ce que le mentor peut transmettre ({offered}) répond à ce que la personne "
    "mentorée veut apprendre ({wanted}) ; {share} de ce point regardent le sens inverse",
    "overlap": "ce que les deux personnes ont en commun ({field})",
    "gap": "l’écart entre la personne mentorée et le mentor ({field}) : jusqu’à {low}, il ne compte pas ; à "
    "partir de {high}, il compte pleinement",
    "gap falls": "l’écart entre la personne mentorée et le mentor ({field}) : jusqu’à {low}, il ne compte "
    "pas ; de {high} à {until}, il compte pleinement ; au-delà, de moins en moins",
    "years": "{number} ans",
    "difference": "si les deux personnes diffèrent ({field})",
    "sameness": "si les deux personnes se ressemblent ({field})",
    "wants": "si les deux personnes se sont nommées parmi leurs partenaires souhaités",
    "preferences": "à quel point chaque personne est comme l’autre le préfère",
    "common_time criterion": "le temps que les deux personnes ont en commun dans la semaine ; {number} "
    "minutes suffisent",
    "table": "un score pour chaque paire, venu d’ailleurs",
    "similarity": "à quel point deux textes se ressemblent ({field}), d’après des chiffres venus d’ailleurs",
    "custom criterion": "un calcul propre à l’organisation ({function})",
    "own weights": "Ce qu’une personne indique comme le plus important ({field}) compte {factor} fois pour "
    "elle.",
    # Conditions
    "between": "entre {low} et {high}",
    "at least": "au moins {low}",
    "at most": "au plus {high}",
    "exactly": "exactement {low}",
    "or": " ou ",
    "named": "{name} : {what}",
    "if missing forbid": "{what} (une réponse manquante exclut la paire)",
    "if missing allow": "{what} (une réponse manquante n’exclut pas la paire)",
    "different": "les deux personnes diffèrent ({field})",
    "same": "les deux personnes sont pareilles ({field})",
    "leading": "{field}, {number} premiers niveaux",
    "shared": "ce que les deux personnes ont en commun ({field}) : au moins {number}",
    "teaches mentor": "le mentor peut transmettre au moins {number} des compétences que la personne mentorée "
    "veut apprendre",
    "teaches mentee": "la personne mentorée peut transmettre au moins {number} des compétences que le mentor "
    "veut apprendre",
    "teaches both": "chaque personne peut transmettre à l’autre au moins {number} des compétences voulues",
    "teaches either": "l’une des deux peut transmettre à l’autre au moins {number} des compétences voulues",
    "from level": "{what}, à partir du niveau {level} sur 5",
    "wanted much": "{what} ; seules comptent les compétences voulues avec une priorité d’au moins {priority} "
    "sur 3",
    "terms of skills": "{what} ; certaines compétences ont leurs propres conditions",
    "among": "ce que {one} indique ({value}) figure parmi ce que {other} cite ({list})",
    "side mentor": "le mentor",
    "side mentee": "la personne mentorée",
    "gap_between": "l’écart entre la personne mentorée et le mentor ({field}) : {bounds}",
    "overlapping_hours": "les deux personnes ont au moins {number} heures de travail en commun",
    "common_time": "les deux personnes sont libres en même temps au moins {number} minutes par semaine",
    "on site": "{what}, sur site au même endroit",
    "not_met_before": "les deux personnes n’ont encore jamais formé de duo",
    "met long ago": "les deux personnes n’ont jamais formé de duo, ou plus depuis {number} mois",
    "require": "{field} ({whom}) : {worth}",
    "role mentor": "mentor",
    "role mentee": "personne mentorée",
    "whom mentor": "mentor",
    "whom mentee": "personne mentorée",
    "whom both": "les deux",
    "known": "rempli",
    "under": "au sein de {values}",
    "not_in_reporting_line": "aucune des deux personnes n’est la supérieure de l’autre, à aucun niveau",
    "waived": "{what} ; le programme a accordé des dérogations ({number}), chacune avec sa raison",
    "avoids": "aucune des deux n’a demandé à éviter l’autre",
    "personal_rules": "chaque personne est comme l’autre dit que son partenaire doit être",
    "minimum_score": "le score est d’au moins {number}",
    "listed": "les deux personnes figurent dans une liste du programme",
    "custom": "une vérification propre à l’organisation dit oui ({function})",
    "all_of": "tout ceci est vrai : {parts}",
    "any_of": "au moins un de ces points est vrai : {parts}",
    "not": "ceci n’est pas vrai : {parts}",
    "forbid": "le programme sépare lui-même des paires ({number})",
    "fix": "le programme a fixé lui-même des duos ({number})",
    # All duos together
    "asked": "Tant que cela ne coûte aucun duo : {what}.",
    "quota duos": "Nombre de duos : {bounds}.",
    "quota count": "Nombre de duos pour lesquels ceci est vrai : {bounds}. {what}.",
    "quota share": "Part des duos pour lesquels ceci est vrai : {bounds}. {what}.",
    "quota each": "Nombre de duos pour chaque valeur de {groups} : {bounds}.",
    "quota each of": "Nombre de duos pour chaque valeur de {groups} : {bounds}. Seuls comptent les duos pour "
    "lesquels ceci est vrai : {what}.",
    "spread": "Les duos sont répartis entre {whom} : le plus possible en ont un avant que quiconque en ait "
    "un deuxième.",
    "spread after": "Entre des résultats aussi bons l’un que l’autre, on prend celui qui répartit les duos "
    "le plus également entre {whom}.",
    "credit": "Certaines personnes ou paires passent d’abord : elles reçoivent jusqu’à {points} points de "
    "plus ({name}).",
    "field of side": "{field} ({side})",
}
