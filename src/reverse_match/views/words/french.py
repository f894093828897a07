"""The catalogue of French: decimal comma, typographic spaces, and words that do not assume a gender.

:class:`reverse_match.views.words.phrases.Phrases` describes each phrase, in the same order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.people.weekly_times import ON_SITE
from reverse_match.views.words.facts import CalendarText
from reverse_match.views.words.formatter import MINUS, Formatter
from reverse_match.views.words.made_names import MadeNames
from reverse_match.views.words.phrases import Phrases

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from reverse_match.matching.results.conflict import Demand, Relaxation
    from reverse_match.matching.results.explanation import (
        Alternative,
        Explanation,
        Partner,
        PersonalRule,
        ScoredDuo,
        WaivedRule,
    )
    from reverse_match.matching.results.proposal import Outlook, Proposal, ProposalReason
    from reverse_match.matching.results.rotation import Change
    from reverse_match.policy.values import Role
    from reverse_match.programme.indicators.figures import Figure
    from reverse_match.programme.indicators.weight_evidence import CriterionEvidence
    from reverse_match.scoring.name_matches import NameMatch
    from reverse_match.views.words.facts import DuoInWords, PriceInWords, ProofInWords

FIXED = "\N{NO-BREAK SPACE}"
"""Space inside quotation marks, and between a number and its noun."""

THIN = "\N{NARROW NO-BREAK SPACE}"
"""Space before a colon, a semicolon, a question mark and the sign for percent, and between thousands."""

PERCENT = f"{THIN}%"

fmt = Formatter(
    thousands=THIN,
    decimal_sign=",",
    quotes=(f"«{FIXED}", f"{FIXED}»"),
    conjunction=" et ",
    more=("autre", "autres"),
    is_one=lambda number: number < 2,
    spaces={" :": f"{THIN}:", " ;": f"{THIN};", " ?": f"{THIN}?", " %": PERCENT},
    percent=PERCENT,
)

NOBODY_ELSE = "il n’y a personne d’autre dans l’autre rôle"
ALL_TAKEN = "tous les partenaires possibles sont déjà en duo"

TEXTS: Mapping[str, str] = {
    "title": "Duos du programme de mentorat inversé",
    "skip": "Aller au contenu",
    "contents": "Sommaire",
    "open hint": "Cliquez sur une liste repliée pour l’ouvrir (au clavier : Tab, puis Entrée). Sur "
    "papier, toutes les listes sont ouvertes.",
    "made": "Établi par reverse_match {version}. Ce document contient des données personnelles : ne le "
    "transmettez qu’aux personnes qui en ont besoin.",
    "colon": " : ",
    "list": " ; ",
    "page": "Page",
    "page of": "sur",
    # Sections
    "summary": "En bref",
    "round": "Ce qui change dans ce cycle",
    "quotas": "Quotas",
    "duos": "Duos",
    "left out": "Personnes sans duo",
    "by hand": "Modifications faites à la main",
    "diversity": "Diversité des duos",
    "pictures": "Graphiques",
    "notes": "À savoir",
    "chosen by": "Ce qui a compté",
    "certificate": "Certificat",
    "verify": "Comment vérifier",
    # En bref
    "figures": "Chiffres clés",
    "n duos": "duos",
    "one duo": "duo",
    "n without": "personnes sans duo",
    "one without": "personne sans duo",
    "half": "{people} sans duo ; {half} avec un duo dans un seul de leurs deux rôles.",
    "mean": "score moyen",
    "lowest": "score le plus bas",
    "highest": "score le plus haut",
    "total": "total (points)",
    "score is": "Un score va de 0 à 1 : c’est la somme des points donnés par chaque critère. Un critère "
    "donne au plus autant de points que son poids.",
    "no duos": "Aucun duo n’est possible.",
    "proved": "Il est prouvé que ce résultat est le meilleur possible : {best} ; vérifié sur {pairs}.",
    "not proved": "Il n’est pas prouvé que ce résultat soit le meilleur possible ; il en est éloigné "
    "de {gap} au plus.",
    "lottery": "D’autres répartitions sont aussi bonnes : un tirage au sort (graine {seed}) les a "
    "départagées.",
    "one optimum": "Aucune autre répartition n’est aussi bonne.",
    "quotas kept": "Tous les quotas sont respectés ({count}).",
    "quotas not kept": "Au moins un quota n’est pas respecté.",
    "everybody": "Tout le monde a un duo.",
    "day": "Âges calculés au {day}.",
    # Tableaux
    "mentor": "Mentor",
    "mentee": "Mentoré(e)",
    "score": "Score",
    "points": "Points des critères",
    "why": "Pourquoi",
    "who": "Personne",
    "role": "Rôle",
    "as mentor": "mentor",
    "as mentee": "mentoré(e)",
    "quota": "Quota",
    "counts": "Duos comptés",
    "all duos": "tous les duos",
    "each": "duos de chaque groupe : {field}",
    "reached": "Atteint",
    "bounds": "Limites",
    "kept": "Respecté",
    "cost": "Contraignant",
    "yes": "oui",
    "no": "non",
    "at least": "au moins {value}",
    "at most": "au plus {value}",
    "between": "de {low} à {high}",
    "nothing": "aucun duo",
    "points of": "{points} sur {most}",
    "unknown points": "{points} sur {most} (donnée inconnue)",
    "unknown note": "Lorsqu’une donnée manque pour une paire, le critère prend sa valeur neutre, sans "
    "pénalité ni avantage.",
    "group": "{name} : {duos}, score moyen {mean}",
    "range": "de {first} à {last}",
    "no department": "service inconnu",
    "by department": "Par service de la personne mentorée ; ouvrez un service pour voir ses duos.",
    "by range": "Dans l’ordre des mentors ; ouvrez une partie pour voir ses duos.",
    "too many": "Au-delà de {count} duos, le rapport ne donne que les points ; les compétences et "
    "objectifs communs sont dans le fichier de la répartition.",
    "weakest": "Les duos aux scores les plus bas",
    "nothing said": "Aucune compétence ni objectif en commun.",
    # Sans duo
    "shortages": "Où il manque des partenaires",
    "exact costs": "La commande reverse-match explain indique le coût exact d’un autre duo.",
    # À la main
    "on": "Jour",
    "by": "Auteur",
    "because": "Motif",
    "asked": "Demande",
    "ended": "Duos terminés",
    "new": "Nouveaux duos",
    "points lost": "Points perdus",
    "not said": "non précisé",
    "fixed": "ensemble : {pair}",
    "forbidden": "séparés : {pair}",
    "gone": "départ : {person}",
    "come": "arrivée : {person}",
    "put right": "fiche corrigée : {person}",
    "waits": "attend cette fois : {person}",
    "pair": "{mentor} avec {mentee}",
    # Cycle
    "kind kept": "Duos qui continuent",
    "kind ended": "Duos qui prennent fin",
    "kind new": "Nouveaux duos",
    "kind waiting": "Personnes en attente du prochain cycle",
    "reciprocal": "Les rôles sont inversés : les personnes qui enseignaient au cycle précédent apprennent "
    "dans celui-ci.",
    # Diversité
    "mixed": "Mixité des duos",
    "what": "Critère",
    "duos that differ": "Duos",
    "share that differs": "Part des duos",
    "known of": "Connu pour",
    "differ gender": "genres différents",
    "differ department": "services différents",
    "differ location": "lieux différents",
    "apart": "Écart entre les deux personnes d’un duo",
    "gap age": "écart d’âge (mentoré(e) − mentor, en années)",
    "gap grade": "écart de niveau (mentoré(e) − mentor)",
    "smallest": "Le plus petit",
    "median": "Médiane",
    "largest": "Le plus grand",
    "no people": "Ce rapport a été établi sans le fichier des personnes : services, âges et diversité n’y "
    "figurent pas.",
    # Graphiques
    "picture scores": "{duos} ; score le plus bas {low}, score moyen {mean}, score le plus haut {high}.",
    "picture contributions": "Points d’un duo en moyenne : {points}.",
    "picture left out": "{count} sans duo dans un rôle.",
    "picture ages": "Écart d’âge, en années : le plus petit {low}, médian {median}, le plus grand {high}.",
    "picture grades": "Écart de niveau : le plus petit {low}, médian {median}, le plus grand {high}.",
    "picture departments": "En lignes, les services des mentors ; en colonnes, ceux des mentoré(e)s.",
    "most often": "Le plus souvent ensemble : {pair}, {duos}.",
    "title scores": "Scores",
    "title contributions": "Composition des scores",
    "title left out": "Personnes sans duo dans un rôle, par raison",
    "title ages": "Âges dans les duos",
    "title grades": "Niveaux dans les duos",
    "title departments": "Services des duos",
    # Ce qui a compté
    "objective": "Objectif",
    "asked too": "Demandé tant que cela ne coûte aucun duo : {name}.",
    "objective coverage": "le plus de duos possible, puis le total des scores le plus élevé",
    "objective total": "le total des scores le plus élevé, puis le plus de duos possible",
    "objective max_min": "le plus de duos possible, puis le score le plus bas aussi élevé que possible, "
    "puis le total des scores le plus élevé",
    "objective fair": "le plus de duos possible, puis le total équitable le plus élevé, qui compte "
    "davantage les points gagnés par les scores les plus bas (alpha {alpha})",
    "objective spread": "Avant le total, les duos sont répartis entre {whom} : le plus de personnes possible "
    "en ont un, puis un deuxième, et ainsi de suite.",
    "objective spread after": "Parmi les répartitions au total le plus élevé, celles où les duos sont les "
    "mieux répartis entre {whom} l’emportent.",
    "spread over mentors": "les mentors",
    "spread over mentees": "les mentoré(e)s",
    "spread over both": "les mentors et entre les mentoré(e)s",
    "spread reached": "Duos répartis entre {whom} : {listed}.",
    "spread of none": "personne n’en a",
    "spread step": "{number} personne en a au moins {duos}|{number} personnes en ont au moins {duos}",
    "spread costs": "Les répartir ainsi coûte {points} ({share} du total) : sinon, autant de duos "
    "atteindraient un total de {total}.",
    "spread is free": "Les répartir ainsi ne coûte rien : le total est aussi élevé que sans cela.",
    "spread after": "Le total passe en premier : les répartir ainsi ne coûte rien.",
    "spread cost unknown": "Le coût de cette répartition n’est pas connu, car l’optimum n’est pas prouvé.",
    "spread lacks": "Les répartir ainsi ajoute {number} duo où manque ce qui est demandé dans la mesure du "
    "possible.|Les répartir ainsi ajoute {number} duos où manque ce qui est demandé dans la mesure du "
    "possible.",
    "spread keeps": "Le total est aussi élevé que sans cela.",
    "spread gains": "Sans cela, le total serait inférieur de {points} : {total}.",
    "proof spread": "Paires de duos ayant une personne en commun",
    "criteria": "Critères",
    "criterion": "Critère",
    "weight": "Poids",
    "neutral": "Valeur si la donnée manque",
    "known pairs": "Paires où la donnée est connue",
    "scale of wishes": "{name} : le premier choix, le deuxième, etc. comptent {counts} ; les suivants comme "
    "le dernier.",
    "own weights": "Ce qui compte le plus pour une personne compte {factor} fois plus dans ses propres "
    "poids. Une paire suit à {share} les poids du mentor, et pour le reste ceux de la personne mentorée.",
    "scale of table": "Tableau de scores {name} : {low} compte 0 et {high} compte 1.",
    "rules": "Règles",
    "rule": "Règle",
    "no rules": "Aucune règle, hormis les capacités.",
    "credits": "Points accordés en plus des scores",
    "waivers": "Paires permises par dérogation",
    "decided by": "Décidé par",
    "synonyms": "Noms considérés comme équivalents",
    "points given": "Points",
    "name": "Nom",
    "means": "Équivalents",
    "scales": "Échelles",
    "bands": "tranches de nombres, dans leur ordre",
    "scaled column": "Colonne",
    "scale words": "Mots, du plus bas au plus haut",
    "decides": "La décision revient à des personnes ; l’âge et le genre ne comptent que dans la limite "
    "des poids ci-dessus.",
    # Certificat
    "certificate is": "La répartition est accompagnée d’un prix pour chaque personne et chaque quota. Ces "
    "prix permettent à chacun de vérifier qu’aucun échange de duos n’améliorerait le résultat : aucune "
    "paire ne vaut plus que ce qu’elle prendrait aux autres.",
    "certificate search": "Les prix ne suffisant pas à conclure, une recherche exhaustive a complété la "
    "preuve.",
    "certificate short": "La répartition est accompagnée d’un prix pour chaque personne et chaque quota. "
    "Ces prix permettent à chacun de vérifier de combien, au plus, une autre répartition pourrait être "
    "meilleure.",
    "proof figures": "La preuve en chiffres",
    "figure": "Chiffre",
    "this": "Cette répartition",
    "possible": "Maximum possible",
    "proof duos": "duos",
    "proof total": "total maximisé",
    "proof lacking": "duos sans ce qui est demandé dans la mesure du possible",
    "proof worst": "score le plus bas d’un duo non imposé",
    "proof lowest of people": "moyenne ou somme des scores la plus basse d’une personne",
    "proof utility of people": "total équitable entre personnes",
    "objective over people max_min": "le plus de duos possible, puis la plus basse {what} aussi élevée que "
    "possible, puis le total des scores le plus élevé",
    "objective over people fair": "le plus de duos possible, puis le total le plus élevé d’une utilité "
    "équitable de la {what} (alpha {alpha})",
    "mean over mentors": "moyenne des scores des duos d’un mentor",
    "mean over mentees": "moyenne des scores des duos d’un(e) mentoré(e)",
    "mean over people": "moyenne des scores des duos d’une personne",
    "sum over mentors": "somme des scores d’un mentor",
    "sum over mentees": "somme des scores d’un(e) mentoré(e)",
    "sum over people": "somme des scores d’une personne",
    "people lowest": "La plus basse {what} : {lowest}.",
    "proof gap": "écart, en part du maximum possible",
    "proof pairs": "paires permises examinées",
    "proof relaxed": "total d’après les prix seuls, avant la recherche",
    "proof searched": "paires parcourues par la recherche",
    "proof price": "gain possible avec un duo de moins (points)",
    # Vérification
    "verify how": "À partir du fichier de la répartition, du fichier des personnes et de celui des "
    "règles, cette commande recalcule les scores, les règles, les quotas et la preuve, avec un code "
    "indépendant du solveur :",
    "verify or": "Ou en Python :",
    "verify other": "L’empreinte SHA-256 permet de vérifier que ce rapport décrit bien cette répartition.",
    "digests": "Empreintes (SHA-256)",
    "digest": "Objet",
    "value": "Valeur",
    "digest matching": "répartition",
    "digest file": "fichier des personnes",
    "digest cohort": "personnes, dans n’importe quel ordre",
    "digest policy": "règles",
    # Pourquoi quelqu’un n’a pas de duo : en titre, près d’une barre, dans un plan, d’un cycle à l’autre
    "reason sits_out": "Ne participent pas (capacité 0)",
    "bar sits_out": "ne participe pas (capacité 0)",
    "sits out capacity": "capacité 0",
    "sits out absent": "absence",
    "sits out fewer_partners_than_rounds": "plus personne à rencontrer ({partners} dans les autres cycles)",
    "reason no_allowed_partner": "Aucun partenaire autorisé",
    "bar no_allowed_partner": "aucun partenaire autorisé",
    "sits out no_allowed_partner": "aucun partenaire autorisé",
    "change no_allowed_partner": "aucun partenaire n’est autorisé, hormis les anciens",
    "reason below_minimum_score": "Tous les partenaires possibles sous le score minimal",
    "bar below_minimum_score": "tous sous le score minimal",
    "change below_minimum_score": "tous les partenaires possibles sont sous le score minimal",
    "reason partners_taken": "Tous les partenaires possibles déjà pris",
    "bar partners_taken": "tous les partenaires pris",
    "sits out partners_taken": ALL_TAKEN,
    "change partners_taken": ALL_TAKEN,
    "reason quota_full": "Un quota ne laisse plus de place",
    "bar quota_full": "un quota ne laisse plus de place",
    "sits out quota_full": "les quotas ne laissent pas de place",
    "change quota_full": "les quotas ne laissent plus de place",
    # Ce que devient un duo, et pourquoi
    "becomes kept": "continue",
    "becomes ended": "prend fin",
    "becomes new": "nouveau",
    "becomes waiting": "attend",
    "change both_want_to_keep": "les deux personnes souhaitent continuer",
    "change fixed": "les règles l’imposent",
    "change asked_to_end": "l’une des deux personnes a demandé d’y mettre fin",
    "change answers_against": "au moins une des deux personnes souhaite changer ou n’est pas satisfaite",
    "change policy_ends_all": "les deux personnes souhaitent continuer, mais selon les règles du programme "
    "tous les duos changent",
    "change decided": "décidé lors du bilan",
    "one did not ask": "au moins une des deux personnes n’a pas demandé",
    "change by_hand": "duo rompu par le pilote du programme en cours de cycle",
    "change better_otherwise": "les deux personnes souhaitent continuer, mais le cycle est meilleur sans "
    "ce duo, même compte tenu du coût du changement",
    # Ce qui est dit à une personne du programme
    "you mentor": "Pour ce cycle, vous êtes mentor de {partner}.",
    "you mentee": "Pour ce cycle, votre mentor est {partner}.",
    "you sit out mentor": f"Pour ce cycle, vous ne participez pas comme mentor{THIN}: votre nombre de "
    "duos est fixé à 0.",
    "you sit out mentee": f"Pour ce cycle, vous ne participez pas comme mentoré(e){THIN}: votre nombre de "
    "duos est fixé à 0.",
    "you without mentor": "Pour ce cycle, vous n’avez pas de duo comme mentor. Avec les personnes, les "
    "places et les règles du programme, aucun n’a pu être formé pour vous. Cela ne dit rien de votre valeur.",
    "you without mentee": "Pour ce cycle, vous n’avez pas de duo comme mentoré(e). Avec les personnes, les "
    "places et les règles du programme, aucun n’a pu être formé pour vous. Cela ne dit rien de votre valeur.",
    "you fixed": "Ce duo a été décidé par le programme.",
    "you share": f"Ce que vous pouvez vous transmettre ou avez en commun{THIN}: {{names}}.",
    "you topic you": "{name} (vous l’enseignez)",
    "you topic partner": "{name} (vous l’apprenez)",
    "you topic both": "{name}",
    "you criteria": f"Ce qui compte pour tout le monde dans la formation des duos{THIN}: {{names}}.",
    "you used": f"Vos données utilisées{THIN}: {{fields}}.",
    "you unknown": f"Vos données absentes, qui auraient pu servir{THIN}: {{fields}}.",
    "you decides": f"Un programme informatique calcule les duos{THIN}; les responsables du programme de "
    "mentorat en décident.",
    "you decides named": f"Un programme informatique calcule les duos{THIN}; les responsables de {{name}} en "
    "décident.",
    "you ask": "Pour corriger vos données, contester ou demander qu’une personne réexamine votre situation, "
    "adressez-vous aux responsables du programme.",
    "you ask contact": "Pour corriger vos données, contester ou demander qu’une personne réexamine votre "
    f"situation{THIN}: {{contact}}.",
    # Ce qu’une personne aurait avec d’autres données
    "assumed": "{value} pour {field}",
    "if yours": f"Si vos données indiquaient {{changes}}{THIN}: {{result}}.",
    "if theirs": f"Si les données de {{who}} indiquaient {{changes}}{THIN}: {{result}}.",
    "then as mentor": "comme mentor, {result}",
    "then as mentee": "comme mentoré(e), {result}",
    "would have one yours": "vous auriez un duo",
    "would have none yours": "vous n’auriez toujours pas de duo",
    "would lose yours": "vous n’auriez plus de duo",
    "would keep yours": "rien ne changerait pour vous",
    "would change yours": "vous auriez un autre duo",
    "would have one": "un duo avec {after}",
    "would have none": "toujours pas de duo",
    "would lose": "plus de duo, au lieu de {before}",
    "would keep": "toujours {after}, au lieu de {before}",
    "would change": "{after} au lieu de {before}",
    "others ended": "{number} duo d’autres personnes prendrait fin.|{number} duos d’autres personnes "
    "prendraient fin.",
    "changes tried": f"{{number}} changement a été essayé{THIN}: {{changes}}.|{{number}} changements ont été "
    f"essayés, un à la fois{THIN}: {{changes}}.",
    "nothing helps": "Aucun ne donne un duo, ou un meilleur. Rien n’est dit des autres changements.",
    # Ce qu’un bilan annonce
    "ends all the same": "La rotation y mettra fin malgré tout",
    "cannot keep": "La rotation ne pourra pas reconduire ce duo",
    "outlook policy_ends_all": "selon les règles du programme, tous les duos changent",
    "outlook decided": "cela a été décidé",
    "outlook as_proposed": "les réponses le demandent",
    "unless better otherwise": "Il ne prendra fin que si le cycle est meilleur sans lui, même compte tenu du "
    "coût du changement, ou si un quota ne laisse plus de place.",
    "decided keep": f"Décision{THIN}: garder le duo.",
    "decided change": f"Décision{THIN}: un nouveau binôme pour chacun(e) au prochain cycle.",
    "decided end": f"Décision{THIN}: mettre fin au duo{THIN}; ces deux personnes ne seront plus réunies.",
    "decided talk first": f"Décision{THIN}: en parler d’abord avec les deux{THIN}; d’ici là, la rotation "
    "suit les réponses.",
    "decision sheet": "Décisions",
    "decision mentor": "Mentor",
    "decision mentor name": "Nom du mentor",
    "decision mentee": "Mentoré(e)",
    "decision mentee name": "Nom mentoré(e)",
    "decision proposal": "Proposition",
    "decision reasons": "Raisons",
    "decision next round": "Cycle suivant",
    "decision decision": "Décision",
    "decide keep": "garder",
    "decide change": "changer",
    "decide end": "terminer",
    "decide talk first": "en parler d’abord",
    "decision hint given": f"Déjà rempli{THIN}; laissez cette cellule telle quelle.",
    "decision hint decision": f"garder{THIN}: ce duo continue. changer{THIN}: un nouveau binôme pour "
    f"chacun(e) au prochain cycle. terminer{THIN}: ces deux personnes ne seront plus réunies. en parler "
    f"d’abord{THIN}: rien n’est encore décidé. Laissez la cellule vide pour suivre les réponses.",
    # Ce qui est proposé, et qui a demandé quoi
    "propose keep": "garder le duo",
    "propose rotate": "proposer un nouveau binôme à chacun(e) au prochain cycle",
    "propose end": "mettre fin au duo",
    "wish wants_to_stop": "souhaite arrêter",
    "wish wants_to_change": "souhaite changer",
    "wish wants_to_continue": "souhaite continuer",
    "keep shorter": "avec des séances plus courtes",
    "keep other channel": "par un autre canal",
    "keep different day": "un autre jour",
    "ask shorter": "des séances plus courtes",
    "ask other channel": "un autre canal",
    "ask different day": "un autre jour",
    "better shorter": "des séances plus courtes",
    "better other channel": "un autre canal, par exemple un appel",
    "better different day": "un autre jour",
    # À la place d’un chiffre
    "figure hidden": "donnée masquée",
    "figure unknown": "donnée inconnue",
    # Des paires et des personnes
    "on site": "Sur site",
    "channel video": "Visioconférence",
    "channel telephone": "Téléphone",
    "channel on site": "Sur site",
    "meeting link": f"Lien{THIN}: {{link}}",
    "duo fixed": "Les règles imposent ce duo.",
    "fixed the other way": "Ce duo ne peut pas être interdit : les règles imposent ces deux personnes "
    "dans les rôles inverses, et une interdiction vaut dans les deux sens.",
    "less even": "Les duos seraient moins bien répartis : {number} paire de plus aurait une personne en "
    "commun.|Les duos seraient moins bien répartis : {number} paires de plus auraient une personne en "
    "commun.",
    "more even": "Les duos seraient mieux répartis : {number} paire de moins aurait une personne en "
    "commun.|Les duos seraient mieux répartis : {number} paires de moins auraient une personne en "
    "commun.",
    "worst then": "Le score le plus bas serait alors de {score}.",
    "nobody else": "Personne d’autre ne peut former un duo avec {person}.",
    "competing": "Il s’agit de {people}.",
    "no matching": "Aucune répartition ne respecte toutes les règles :",
    "would do": "il suffirait de l’une de ces mesures :",
    "nothing against": "Aucune réponse ne remet ce duo en cause.",
    "no answer": "Aucune des deux personnes n’a répondu.",
    "count duos": "{number} duo|{number} duos",
    "count points": "{number} point|{number} points",
    "count people": "{number} personne|{number} personnes",
    "part of": "{part} sur {whole}",
    "round begins": "Cycle {number}, à partir du {day}.",
    "learned": "{number} compétence acquise a été prise en compte dans ce que les personnes recherchent "
    "ou proposent.|{number} compétences acquises ont été prises en compte dans ce que les personnes "
    "recherchent ou proposent.",
    # La page pour la direction
    "board title": "Résultats du programme de mentorat",
    "board hint": "Chiffres tirés des réponses des mentors et des mentoré(e)s. Personne n’est nommé.",
    "board made": "Établi par reverse_match {version}. Ne publiez qu’une page de ce type par période : deux "
    "pages peuvent se soustraire l’une de l’autre.",
    "board summary": "En bref",
    "board participation": "Participation",
    "board use": "Usage au travail",
    "board satisfaction": "Satisfaction",
    "board time": "Temps gagné",
    "board skills": "Compétences acquises",
    "board own": "Questions propres au programme",
    "board departments": "Par groupe",
    "board changes": "D’un cycle à l’autre",
    "board reading": "Comment lire cette page",
    "board in a duo": "des personnes invitées ont un duo",
    "board n duos": "duos, tous cycles",
    "board uses": "des mentoré(e)s utilisent la compétence",
    "board satisfied": "satisfaction",
    "board hours": "heures gagnées",
    "board hours a month": "heures gagnées par mois",
    "board acquired": "compétences acquises",
    "board level change": "niveaux gagnés, sur une échelle de 5",
    "board of five": "{mean} sur 5",
    "board answered": "des duos ont répondu",
    "board by round": "Cycle par cycle",
    "board which round": "Cycle",
    "board round": "Cycle {number}",
    "board to round": "Vers le cycle {number}",
    "board by role": "Par rôle",
    "board role": "Rôle",
    "board mentors": "Mentors",
    "board mentees": "Mentoré(e)s",
    "board n answers": "réponses",
    "board who say": "personnes qui l’indiquent",
    "board hours each": "heures pour chacune d’elles",
    "board hours each month": "heures par mois pour chacune d’elles",
    "board share of hours": "comparaison des mois",
    "board hours by month": "Heures gagnées, mois par mois",
    "board hours by group": "Heures gagnées, par {column}",
    "board month": "Mois des réponses",
    "board group": "Groupe",
    "board by group": "Par {column}",
    "board no group": "donnée inconnue",
    "board people": "personnes invitées",
    "board months covered": "Période couverte par les réponses, en mois : {months}.",
    "board own numbers": "Questions à réponse chiffrée",
    "board own words": "Réponses à : {question}",
    "board question": "Question",
    "board answer": "Réponse",
    "board mean": "moyenne",
    "board change": "évolution moyenne",
    "board rose": "en hausse",
    "board change means": "Une évolution va de la première réponse d’une personne à la dernière, pour un "
    "même duo et un même cycle.",
    "board by change": "Duos et personnes d’un cycle au suivant",
    "board kept": "duos maintenus",
    "board ended": "duos terminés",
    "board new": "nouveaux duos",
    "board joined": "personnes arrivées",
    "board left": "personnes parties",
    "board interval": "Un intervalle à 95 % indique de combien la part peut s’écarter de celle de "
    "l’ensemble, puisque seule une partie des personnes a répondu.",
    "board said by themselves": "Les heures, la satisfaction, l’usage et les niveaux sont déclarés par les "
    "personnes elles-mêmes ; personne ne les a mesurés. Une réponse compte dans le mois où elle a été "
    "donnée.",
    "board small groups": "Les chiffres portant sur moins de {fewest} personnes ne sont pas affichés, ni "
    "ceux dont on pourrait les déduire.",
    "board no cause": "Ces chiffres disent ce qui s’est passé, pas pourquoi : les personnes qui participent "
    "à un programme peuvent différer des autres.",
    "board hidden": "non affiché",
    "board rows left out": "{number} autre ligne n’est pas affichée : moins de {fewest} personnes, ou des "
    "chiffres qui permettraient de le déduire.|{number} autres lignes ne sont pas affichées : moins de "
    "{fewest} personnes, ou des chiffres qui permettraient de le déduire.",
    "board why hidden": "Non affiché : moins de {fewest} personnes, ou un chiffre qui permettrait de le "
    "déduire.",
    # Indicateurs, et effet des poids
    "figures hidden": "Par confidentialité, {number} chiffre par mois ou par groupe est masqué, pour "
    "protéger les groupes de moins de {fewest} personnes.|Par confidentialité, {number} chiffres par mois "
    "ou par groupe sont masqués, pour protéger les groupes de moins de {fewest} personnes.",
    "too few duos": "Trop peu de duos pour conclure : {number} duo avec un résultat connu, il en faut "
    "{needed}.|Trop peu de duos pour conclure : {number} duos avec un résultat connu, il en faut {needed}.",
    "nothing to relate": "Aucun critère ne varie entre les duos dont le résultat est connu : il n’y a "
    "rien à comparer.",
    "nothing stands out": "Sur {duos} duos, aucun critère ne se détache : aucun n’est nettement associé à "
    "un meilleur ou à un moins bon résultat.",
    "criteria explain": "En validation croisée, les critères expliquent {percent} % de la variation des "
    "résultats.",
    "criteria left out": "Aucun effet visible pour : {criteria}.",
    "chosen for scores": "Ces duos ont été choisis pour leurs scores élevés, ce qui masque une partie des "
    "relations ; et une relation ne prouve pas une cause.",
    # Dans un terminal
    "head who": "personne",
    "head as": "rôle",
    "head why": "pourquoi",
    "head score": "score",
    "head round": "cycle",
    "head duos": "duos",
    "head total": "total",
    "head mean": "moyenne",
    "head worst": "plus bas",
    "head sit out": "sans duo",
    # Dans un classeur : ses feuilles et leurs colonnes
    "sheet duos": "Duos",
    "sheet waiting": "Sans duo",
    "sheet figures": "Chiffres",
    "sheet notes": "Remarques",
    "sheet file": "Fichier",
    "sheet id": "Identifiant",
    "sheet name": "Nom",
    "sheet email": "E-mail",
    "sheet id mentor": "Identifiant mentor",
    "sheet name mentor": "Nom mentor",
    "sheet email mentor": "E-mail mentor",
    "sheet id mentee": "Identifiant mentoré(e)",
    "sheet name mentee": "Nom mentoré(e)",
    "sheet email mentee": "E-mail mentoré(e)",
    "sheet teaches mentor": "Apport du mentor",
    "sheet teaches mentee": "Apport de la personne mentorée",
    "sheet common": "En commun",
    "sheet points": "{criterion} (points)",
    "sheet unknown": "Non renseigné",
    "sheet fixed": "Imposé par les règles",
    "sheet times": "Créneaux communs (heure du mentor)",
    "sheet reason": "Motif",
    "sheet sentence": "Explication",
    "sheet note": "À savoir avant d’utiliser ces duos",
    "sheet no notes": "Rien à signaler.",
    # Un classeur à remplir avec des personnes
    "form mentors": "Mentors",
    "form mentees": "Mentorés",
    "form guide": "Mode d’emploi",
    "form lists": "Listes",
    "form title": "Comment remplir ce classeur",
    "form guide one": "Une ligne par personne : qui transmet figure sur la première feuille, qui apprend "
    "sur la deuxième. Qui fait les deux figure sur les deux.",
    "form guide two": "Les colonnes marquées d’un * sont nécessaires. Laissez vide toute autre cellule "
    "dont la réponse n’est pas connue : cela ne compte ni pour ni contre personne.",
    "form guide three": "Gardez les en-têtes tels quels. Vous pouvez ajouter vos propres colonnes et "
    "supprimer celles dont vous n’avez pas besoin.",
    "form guide four": "Enregistrez le classeur, puis vérifiez ce qui en est compris : reverse-match look "
    "{file} --lang fr",
    "form guide five": "Formez ensuite les duos : reverse-match match {file} --out duos.xlsx --lang fr",
    "form table column": "Colonne",
    "form table meaning": "Ce qu’elle contient",
    "form table mentor": "Exemple d’un mentor",
    "form table mentee": "Exemple d’une personne mentorée",
    "form genders": "femme;homme;non binaire",
    "form written": "{file} est prêt à être rempli. Ensuite : reverse-match look {file} --lang fr",
    "form head id": "Matricule",
    "form head first_name": "Prénom",
    "form head last_name": "Nom",
    "form head email": "E-mail",
    "form head offers": "Peut transmettre",
    "form head seeks": "Souhaite apprendre",
    "form head goals": "Objectifs",
    "form head birth_year": "Année de naissance",
    "form head gender": "Genre",
    "form head department": "Service",
    "form head location": "Lieu de travail",
    "form head grade": "Échelon",
    "form head manager_id": "Responsable hiérarchique",
    "form head languages": "Langues",
    "form head timezone": "Fuseau horaire",
    "form head available": "Disponibilités",
    "form head capacity": "Nombre de duos",
    "form head wants": "Partenaires souhaités",
    "form head avoids": "Partenaires à éviter",
    "form head prefers": "Profil souhaité",
    "form head priority": "Ce qui compte le plus",
    "form hint id": "Ce qui distingue cette personne de toutes les autres, par exemple son matricule ; les "
    "zéros du début sont conservés. Une adresse e-mail convient aussi.",
    "form hint first_name": "Affiché à côté du matricule dans les tableaux et les messages. Ne compte "
    "jamais pour un duo.",
    "form hint last_name": "Affiché à côté du matricule dans les tableaux et les messages. Ne compte "
    "jamais pour un duo.",
    "form hint email": "Pour les invitations et le publipostage. Ne compte jamais pour un duo.",
    "form hint offers": "Des compétences séparées par des points-virgules. Un niveau de 1 (débutant) à 5 "
    "(expert) peut suivre après deux-points ; sans niveau, 3 compte.",
    "form hint seeks": "Des compétences séparées par des points-virgules. Une priorité de 1 à 3 (la plus "
    "forte) peut suivre après deux-points ; sans priorité, 2 compte.",
    "form hint goals": "Ce que la personne attend du programme, un point-virgule entre deux objectifs.",
    "form hint birth_year": "L’année seule, en quatre chiffres.",
    "form hint gender": "Tel que votre organisation l’enregistre. Laissez la cellule vide s’il n’est pas "
    "connu ou pas dit.",
    "form hint department": "Une unité, ou des unités emboîtées séparées par une barre oblique.",
    "form hint location": "Là où la personne travaille.",
    "form hint grade": "Un nombre entier ; plus il est élevé, plus le poste l’est aussi.",
    "form hint manager_id": "Le matricule, l’adresse e-mail ou le nom complet du responsable, afin que "
    "personne ne soit en duo avec sa propre ligne hiérarchique.",
    "form hint languages": "Séparées par des points-virgules.",
    "form hint timezone": "Choisissez dans la liste, ou saisissez un autre nom IANA.",
    "form hint available": "Jours et heures d’une semaine habituelle, à l’heure du fuseau horaire de la "
    "personne, séparés par des points-virgules.",
    "form hint capacity": "Combien de duos la personne peut avoir en même temps. Une cellule vide vaut 1 ; "
    "0 : ne participe pas.",
    "form hint wants": "Les matricules des personnes avec qui elle aimerait former un duo, le premier choix "
    "d’abord, séparés par des points-virgules ; = entre deux personnes souhaitées à égalité.",
    "form hint avoids": "Les matricules des personnes avec qui elle ne doit pas former de duo, séparés par "
    "des points-virgules.",
    "form hint prefers": "Le profil souhaité de l’autre personne : un champ, une valeur et oui, peut-être, "
    "non, obligatoire ou exclu, séparés par des points-virgules : genre=femme:obligatoire; "
    "lieu!=Lyon:peut-être; langues=fr.",
    "form hint priority": "Le critère qui compte le plus pour la personne, sous le nom que lui donne le "
    "programme, si celui-ci en tient compte : skills.",
    "form mentor id": "00417",
    "form mentor first_name": "Léa",
    "form mentor last_name": "Martin",
    "form mentor email": "lea.martin@example.org",
    "form mentor offers": "IA générative:4; Excel:3",
    "form mentor seeks": "Négociation",
    "form mentor goals": "innovation",
    "form mentor birth_year": "1999",
    "form mentor gender": "femme",
    "form mentor department": "Groupe/Ventes",
    "form mentor location": "Lyon",
    "form mentor grade": "3",
    "form mentor manager_id": "00388",
    "form mentor languages": "fr; en",
    "form mentor timezone": "Europe/Paris",
    "form mentor available": "lun 9h-12h ; jeu 14h-17h30",
    "form mentor capacity": "2",
    "form mentor wants": "",
    "form mentor avoids": "00502",
    "form mentor prefers": "langues=fr",
    "form mentor priority": "",
    "form mentee id": "00503",
    "form mentee first_name": "Ada",
    "form mentee last_name": "Roux",
    "form mentee email": "ada.roux@example.org",
    "form mentee offers": "Négociation:5",
    "form mentee seeks": "IA générative:3; Excel:1",
    "form mentee goals": "innovation; recrutement",
    "form mentee birth_year": "1970",
    "form mentee gender": "femme",
    "form mentee department": "Groupe/Achats",
    "form mentee location": "Paris",
    "form mentee grade": "8",
    "form mentee manager_id": "00120",
    "form mentee languages": "fr",
    "form mentee timezone": "Europe/Paris",
    "form mentee available": "lun 10h-12h ; ven 16h-18h",
    "form mentee capacity": "1",
    "form mentee wants": "00417",
    "form mentee avoids": "",
    "form mentee prefers": "lieu!=Lyon:peut-être",
    "form mentee priority": "skills",
    # Un classeur où les erreurs sont marquées
    "marked sheet": "Erreurs et remarques",
    "marked kind": "Nature",
    "marked place": "Où",
    "marked message": "Ce qui est faux, ou à savoir",
    "marked wrong": "à corriger",
    "marked noted": "à savoir",
    "marked nothing": "Rien n’est faux.",
    # Un formulaire de retours
    "answer sheet": "Retours",
    "answer given": "Rempli pour vous. Merci de ne pas le modifier.",
    "answer mentor": "Identifiant mentor",
    "answer mentor name": "Nom mentor",
    "answer mentee": "Identifiant mentoré(e)",
    "answer mentee name": "Nom mentoré(e)",
    "answer email": "E-mail de qui répond",
    "answer on": "Date",
    "answer by": "Qui répond",
    "answer by mentor": "mentor",
    "answer by mentee": "mentoré(e)",
    "answer answers": "oui;en partie;non",
    "answer formats": "oui;plus court;autre canal;autre jour",
    "answer wishes": "continuer;changer;arrêter",
    "answer head objective": "Objectif atteint",
    "answer head skill_used": "Compétence utilisée au travail",
    "answer head format": "Format toujours adapté",
    "answer head satisfaction": "Satisfaction de 1 à 5",
    "answer head acquired": "Compétences acquises",
    "answer head sessions_held": "Séances tenues",
    "answer head sessions_cancelled": "Séances annulées",
    "answer head hours_saved": "Temps gagné (heures)",
    "answer head level_before": "Niveau avant",
    "answer head level_after": "Niveau actuel",
    "answer head wish": "Suite souhaitée",
    "answer head comment": "Commentaire",
    "answer hint on": "Le jour de la réponse. Modifiez-le si la personne répond un autre jour.",
    "answer hint objective": "L’objectif du duo est-il atteint ? Une cellule vide n’est pas une réponse.",
    "answer hint skill_used": "La compétence est-elle utilisée au travail ?",
    "answer hint format": "Le format des séances convient-il toujours ? Sinon, que faudrait-il changer ?",
    "answer hint satisfaction": "De 1 (pas du tout satisfait) à 5 (très satisfait).",
    "answer hint acquired": "Les compétences que la personne mentorée a acquises depuis sa dernière "
    "réponse, séparées par des points-virgules.",
    "answer hint sessions_held": "Depuis la dernière réponse de la même personne.",
    "answer hint sessions_cancelled": "Depuis la dernière réponse de la même personne.",
    "answer hint hours_saved": "Heures de travail gagnées depuis la dernière réponse de la même personne.",
    "answer hint level_before": "Pour qui apprend : votre propre niveau dans le sujet du duo avant de "
    "commencer, de 1 (débutant) à 5 (expert).",
    "answer hint level_after": "Pour qui apprend : votre propre niveau actuel, de 1 (débutant) à 5 (expert).",
    "answer hint number": "Un nombre. Une cellule vide n’est pas une réponse.",
    "answer hint between": "Un nombre de {low} à {high}. Une cellule vide n’est pas une réponse.",
    "answer hint words": "Une réponse parmi : {words}. Une cellule vide n’est pas une réponse.",
    "answer hint wish": "Ce que la personne souhaite pour la suite du duo.",
    "answer hint comment": "En toute liberté. N’est jamais noté et n’apparaît dans aucun chiffre.",
    "answer written": "{file} compte {number} ligne à remplir.|"
    "{file} compte {number} lignes à remplir : une par personne et par duo.",
    # Dans un terminal : en phrases
    "n pairs": "{number} paire permise|{number} paires permises",
    "n rounds": "{number} cycle|{number} cycles",
    "rows between": "… {number} ligne intermédiaire n’est pas affichée ; --all affiche tout|"
    "… {number} lignes intermédiaires ne sont pas affichées ; --all affiche tout",
    "unknown mark": "{mark} donnée inconnue pour cette paire : la valeur neutre compte",
    "without": "{people} sans duo",
    "without, half": "{people} sans duo, {half} avec un duo dans un seul de leurs deux rôles",
    "none possible": "Aucun duo n’est possible : {pairs}.",
    "scores reached": "{duos}, total {total}. Scores de 0 à 1 : moyenne {mean}, le plus bas {worst}, 10e "
    "centile {tenth}, le plus haut {best}, indice de Gini {gini}.",
    "blocking pairs": "{number} paire bloquante : deux personnes qui préféreraient former un duo "
    "ensemble.|{number} paires bloquantes : deux personnes qui préféreraient former un duo ensemble.",
    "quota met": "Quota {name} : {met} ({bounds}).",
    "nothing reached": "aucun duo",
    "costs something": "{bounds} ; contraignant",
    "lacks mentor": "le mentor ne propose rien de ce que recherche la personne mentorée",
    "lacks mentee": "la personne mentorée ne propose rien de ce que recherche le mentor",
    "lacks both": "l’une des deux personnes ne propose rien de ce que recherche l’autre",
    "lacks either": "aucune des deux personnes ne propose ce que recherche l’autre",
    "lacks enough mentor": "le mentor propose trop peu de ce que recherche la personne mentorée",
    "lacks enough mentee": "la personne mentorée propose trop peu de ce que recherche le mentor",
    "lacks enough both": "l’une des deux personnes propose trop peu de ce que recherche l’autre",
    "lacks enough either": "chacune des deux personnes propose trop peu de ce que recherche l’autre",
    "lacks condition": "la condition {name} n’est pas remplie",
    "lacking none": "Il n’y a aucun duo dans lequel {lack}.",
    "lacking duos": "Dans {number} duo, {lack} : {pairs}.|Dans {number} duos, {lack} : {pairs}.",
    "credits met": "Points accordés en plus des scores : {duos}, {points} : {names}.",
    "optimal": "Optimum prouvé (écart 0) : {best} ; vérifié sur {pairs}.",
    "not optimal": "Optimum non prouvé : le résultat est au plus {gap} en dessous du meilleur possible.",
    "others as good": "D’autres répartitions sont aussi bonnes : un tirage au sort (graine {seed}) les a "
    "départagées.",
    "duos ended": "{number} duo prend fin ; nouveaux duos : {new}|{number} duos prennent fin ; nouveaux "
    "duos : {new}",
    "nothing asked": "Rien n’a été demandé : aucun duo ne prend fin, et aucun n’est nouveau.",
    "same duos": "Aucun duo ne prend fin, et aucun n’est nouveau.",
    "duos kept": "{number} duo reste ; duos rompus alors qu’ils auraient pu rester : "
    "{changes}{limit}.|{number} duos restent ; duos rompus alors qu’ils auraient pu rester : "
    "{changes}{limit}.",
    "changes allowed": " ({most} au plus)",
    "changes charged": " ({points} par changement)",
    "total lost": "Coût : {points} sur le total ({before} avant, {after} maintenant){duos}.",
    "total gained": "Gain : {points} sur le total ({before} avant, {after} maintenant){duos}.",
    "duos fewer": " ; {number} duo de moins| ; {number} duos de moins",
    "duos more": " ; {number} duo de plus| ; {number} duos de plus",
    "logged declined": "{person} a refusé {partner}{reason}.",
    "logged left": "Départ de {person}{reason}.",
    "logged returned": "Retour de {person}{reason}.",
    "logged joined": "Arrivée de {person}{reason}.",
    "logged corrected": "La fiche de {person} a été corrigée ({fields}){reason}.",
    "logged waiting": "{person} attend cette fois{reason}.",
    "logged because": " : {reason}",
    "because no_time": "pas le temps",
    "because no_common_dates": "pas de dates communes",
    "because not_the_right_skills": "pas les bonnes compétences",
    "because knows_the_person": "connaît la personne",
    "because other": "autre motif",
    "came first": "Sont passés avant les personnes arrivées plus tard : {people}.",
    "allowed again": "Peuvent de nouveau former un duo : {pairs}.",
    "rescored": "Les valeurs neutres étant des moyennes sur l’ensemble des personnes, les départs et les "
    "arrivées modifient de {points} le total des duos qui restent.",
    "charge gap": "Coût des changements déduit, le total est au plus {gap} en dessous du meilleur possible.",
    "plan reached": "{duos} sur l’ensemble des cycles, total {total}, score moyen {mean} ; personne ne "
    "rencontre deux fois le même partenaire.",
    "worst round": "Le score moyen le plus bas est celui du cycle {round} : {mean}, soit {share} de la "
    "moyenne générale.",
    "plan none possible": "Aucun duo n’est possible dans aucun cycle : {pairs}.",
    "plan optimal": "Optimum prouvé (écart 0) : aucun plan du même nombre de cycles n’est meilleur ; vérifié "
    "sur {pairs}.",
    "plan not optimal": "Optimum non prouvé : au plus {gap} en dessous du meilleur plan possible.",
    "round from": "Cycle {number}, à partir du {day:%d/%m/%Y}",
    "kept apart": "Séparés depuis le cycle {number}, d’après l’historique : {pairs}.",
    "forgotten in": "Personne oubliée dans {files} ; elle y est désormais {tombstone}.",
    "pseudonyms in": "{number} personne a un pseudonyme dans {files}.|{number} personnes ont un pseudonyme "
    "dans {files}.",
    "purpose": "Finalité : {purpose}",
    "published on": "Publiée : ses duos comptent à partir du {day}.",
    "a draft": "Brouillon : ses duos compteront une fois la répartition publiée.",
    "verified": "Vérifié.",
    "verified of": "Vérifié : {parts}.",
    "verified policy": "vos règles",
    "verified passage": "le passage au cycle {round}",
    "n amendments": "{number} modification faite à la main|{number} modifications faites à la main",
    "amendments by": "{amendments} par {authors}",
    "not named": "une personne non précisée",
    "verification failed": "La vérification a échoué :",
    "verification incomplete": "Rien de faux n’a été trouvé, mais tout ne peut plus être vérifié :",
    # Cercles
    "circles title": "Cercles du programme de mentorat inversé",
    "circles": "Cercles",
    "circle": "Cercle",
    "circle mentors": "Mentors",
    "circle mentees": "Mentoré(e)s",
    "without circle": "Personnes sans cercle",
    "circles without": "{people} sans cercle",
    "n circles": "{number} cercle|{number} cercles",
    "circles reached": "{circles} pour {people} ; total {total}, score moyen {mean} entre un mentor et une "
    "personne mentorée.",
    "circles none": "Aucun cercle n’est possible.",
    "circles former": "Aucun mentor ne retrouve une personne mentorée de {number} ancien cercle ou "
    "duo.|Aucun "
    "mentor ne retrouve une personne mentorée de {number} anciens cercles et duos.",
    "circles best": "Optimalité prouvée (écart 0) : aucune autre composition des cercles ne place davantage "
    "de personnes, et aucune qui en place autant n’a un total plus élevé.",
    "circles best trios": "Optimalité prouvée (écart 0) : aucune autre composition ne place davantage de "
    "personnes ; parmi celles qui en placent autant, aucune n’a moins de trios, et aucune qui en a aussi peu "
    "n’a un total plus élevé.",
    "circles open people": "Optimalité non prouvée : au plus {number} personne de plus pourrait être "
    "placée.|Optimalité non prouvée : au plus {number} personnes de plus pourraient être placées.",
    "circles open trios": "Optimalité non prouvée : {number} trio de moins, au plus, pourrait suffire pour "
    "autant de personnes.|Optimalité non prouvée : {number} trios de moins, au plus, pourraient suffire pour "
    "autant de personnes.",
    "circles open total": "Optimalité non prouvée : le total pourrait être plus élevé de {points} au plus.",
    "circle of": "{mentors} avec {mentees} : score {score}, moyenne {mean}.",
    "circle pair": "{mentor} et {mentee} : {score}.",
    "circle without": "{person} n’est dans aucun cercle comme {role} : {reason}.",
    "circle no_circle_possible": "aucun cercle avec cette personne ne respecte les tailles, les règles et "
    "les "
    "conditions",
    "circle no_place_left": "les meilleurs cercles trouvés n’ont pas de place pour cette personne",
    "circle size": "Dans chaque cercle : mentors {mentors}, mentoré(e)s {mentees}.",
    "circle trios": "Des duos, et aussi peu de trios que possible pour les personnes en surnombre.",
    "members mentees": "mentoré(e)s",
    "members mentors": "mentors",
    "members everybody": "membres",
    "within different": "Au plus {most} parmi les {members} d’un cercle avec la même valeur de {field}.",
    "within at_least_values": "Au moins {least} valeurs différentes de {field} parmi les {members} d’un "
    "cercle.",
    "within not_in_reporting_line": "Personne n’est dans un cercle avec un(e) supérieur(e) (parmi les "
    "{members}).",
    "within not_met_before": "Personne ne retrouve quelqu’un d’un ancien cercle (parmi les {members}).",
    "circles proof": "Chaque étape est accompagnée de prix par personne, cas par cas. Ils permettent à "
    "chacun "
    "de vérifier qu’aucune composition ne dépasse le maximum.",
    "stage people": "personnes dans un cercle, par rôle",
    "stage trios": "trios (aussi peu que possible)",
    "stage total": "total des scores",
    "stage cases": "Cas",
    # Audit par groupe
    "audit title": "Audit des duos par groupe",
    "audit groups": "Chiffres par groupe",
    "audit terms": "Effet des éléments de la politique",
    "audit reading": "Comment le lire",
    "audit mentors": "Mentors",
    "audit mentees": "Mentoré(e)s",
    "audit all": "ensemble",
    "audit not known": "non renseigné",
    "audit label": "{column} : {group}",
    "audit row": "{side}, {group}",
    "audit bands": "{column} (tranches)",
    "audit group": "Groupe",
    "audit people": "Personnes",
    "audit matched": "Avec un duo",
    "audit interval": "Intervalle à 95 %",
    "audit ratio": "Rapport",
    "audit left out": "Sans duo",
    "audit why": "Raisons",
    "audit mean": "Score moyen",
    "audit worst": "Score le plus bas",
    "audit rank": "Rang du partenaire",
    "audit rounds": "Cycles avec un duo",
    "audit waiting": "Cycles d’attente",
    "audit matched with": "Avec un duo",
    "audit matched without": "de même, sans cet élément",
    "audit mean with": "Score moyen",
    "audit mean without": "de même, sans cet élément",
    "audit figure hidden": "masqué",
    "audit share": "{part} sur {whole} ({share})",
    "audit share interval": "{share}, intervalle à 95 % : {interval}",
    "audit hidden groups": "{column} : {number} groupe|{column} : {number} groupes",
    "audit groups not shown": "{number} groupe masqué|{number} groupes masqués",
    "audit from to": "{low} à {high}",
    "audit reason": "{reason} : {number}",
    "audit between": " ; ",
    "audit group share": "{group} {share}",
    "audit overall mentor": "Mentors avec un duo : {share}.",
    "audit overall mentee": "Mentoré(e)s avec un duo : {share}.",
    "audit reasons": "Sans duo : {reasons}.",
    "audit by mentor": "Mentors avec un duo, par {column} : {groups}.",
    "audit by mentee": "Mentoré(e)s avec un duo, par {column} : {groups}.",
    "audit empty column": "La colonne {column} est vide : aucun groupe n’est connu.",
    "audit term criterion": "le critère {name}",
    "audit term rule": "la règle {name}",
    "audit term quota": "le quota {name}",
    "audit term as_far_as_possible": "ce qui est demandé autant que possible ({name})",
    "audit term all": "tous ces éléments à la fois",
    "audit term title": "Sans {term}",
    "audit whole policy": "la politique entière",
    "audit same duos": "{duos}, dont {number} identique à ceux de la politique entière|{duos}, dont {number} "
    "identiques à ceux de la politique entière",
    "audit without": "Sans {term} : {duos}. Le tableau note les deux répartitions selon les mêmes "
    "critères : {criteria}.",
    "audit no_criterion_left": "Sans {term}, il ne resterait aucun critère pour former des duos.",
    "audit infeasible": "Sans {term}, aucune répartition ne respecte les règles.",
    "audit other base": "Les duos audités ne sont pas les meilleurs selon la politique, car ils ont été "
    "modifiés à la main ou ne sont pas prouvés ; les comparaisons partent des meilleurs.",
    "audit exact": "Chaque répartition de ces comparaisons est prouvée optimale selon sa politique.",
    "audit not exact": "Les répartitions de ces comparaisons ne sont pas toutes prouvées optimales ; l’écart "
    "le plus grand est de {gap}.",
    "audit lottery": "D’autres répartitions sont aussi bonnes, et un tirage au sort a tranché : {terms}. "
    "D’une répartition à l’autre, les chiffres par groupe peuvent changer.",
    "audit hidden": "Par confidentialité, {number} chiffre est masqué, pour protéger les groupes de moins de "
    "{fewest} personnes.|Par confidentialité, {number} chiffres sont masqués, pour protéger les groupes de "
    "moins de {fewest} personnes.",
    "audit unranked": "Ces cycles ont été formés avec d’autres personnes, leurs duos n’ont donc pas de "
    "rang : {numbers}.",
    "audit interval note": "Un intervalle montre de combien le seul hasard peut déplacer une part parmi si "
    "peu de personnes. Si des intervalles se recouvrent, l’écart peut être dû au hasard.",
    "audit rank note": "Un partenaire a le rang 1 si la personne n’a de meilleur score avec aucun autre "
    "partenaire possible ; à score égal, le meilleur rang vaut pour tous. À côté : le nombre de partenaires "
    "possibles.",
    "audit ratio note": "Le rapport compare une part à la plus haute part affichée pour le même rôle et la "
    "même colonne. Aux États-Unis, un repère usuel invite à regarder de plus près en dessous de quatre "
    "cinquièmes, 0,80 (29 CFR 1607.4 D). Ce n’est pas un test statistique.",
    "audit no causes": "Un audit dit qui a un duo et avec quel score. Il ne dit rien des causes.",
    # Inscriptions au fil de l’eau
    "replay every day": "chaque jour",
    "replay every days": "tous les {number} jours",
    "replay every month": "chaque mois",
    "replay every months": "tous les {number} mois",
    "replay beforehand": "tous connus à l’avance",
    "replay duos table": "Duos selon la fréquence des appariements",
    "replay waiting table": "Jours de l’inscription au premier duo",
    "head matched": "avec un duo",
    "head mean days": "moyenne",
    "head median days": "médiane",
    "head nine in ten": "9 sur 10 en",
    "head longest": "maximum",
    "head still waiting": "en attente",
    "head mean so far": "depuis (moyenne)",
    "head dates": "dates avec duos",
    "replay dates of": "{rounds} sur {dates}",
    "replay matched of": "{number} sur {people}",
    "replay cadence": "Appariements {every} : {duos}, score moyen {mean}, le plus bas {lowest}.",
    "replay beforehand duos": "Si tous avaient été connus à l’avance : {duos}, score moyen {mean}, le "
    "plus bas {lowest}. Aucun appariement au fil des inscriptions ne fait mieux selon ces règles.",
    "replay no duos": "Appariements {every} : aucun duo.",
    "replay beforehand none": "Si tous avaient été connus à l’avance : aucun duo.",
    "replay waited mentor": "Mentors : {matched} sur {people} avec un duo, après {mean} jours en moyenne "
    "(médiane {median} ; neuf sur dix en {nine} jours au plus ; maximum {longest}).",
    "replay waited mentee": "Mentoré(e)s : {matched} sur {people} avec un duo, après {mean} jours en "
    "moyenne (médiane {median} ; neuf sur dix en {nine} jours au plus ; maximum {longest}).",
    "replay nobody mentor": "Mentors : aucun duo pour {people}.",
    "replay nobody mentee": "Mentoré(e)s : aucun duo pour {people}.",
    "replay still mentor": "{number} mentor attend encore, depuis {days} jours.|{number} mentors "
    "attendent encore, depuis {days} jours en moyenne.",
    "replay still mentee": "{number} personne mentorée attend encore, depuis {days} jours.|{number} "
    "personnes mentorées attendent encore, depuis {days} jours en moyenne.",
    "replay since": "{number} personne de ce groupe s’est inscrite après la dernière date.|{number} "
    "personnes de ce groupe se sont inscrites après la dernière date.",
    "replay half": "En comptant les personnes encore en attente, la moitié avait un duo après {days} jours.",
    "replay half unknown": "En comptant les personnes encore en attente, on ne sait pas quand la moitié "
    "aura un duo.",
    "replay censored": "Moyennes, médianes et maximums portent sur les personnes qui ont eu un duo. "
    "Celles qui attendent encore à la fin ont attendu au moins jusque-là et sont comptées à part.",
    "replay span": "Inscriptions jusqu’au {until} : {people} ; première date : {start}.",
    "replay later": "{number} personne s’est inscrite après le {until} et n’est dans aucun "
    "chiffre.|{number} personnes se sont inscrites après le {until} et ne sont dans aucun chiffre.",
    "replay no places": "{number} personne n’a aucune place et n’est dans aucun chiffre.|{number} "
    "personnes n’ont aucune place et ne sont dans aucun chiffre.",
    "replay held": "Un duo est formé à partir d’un score de {first} ; ce seuil baisse jusqu’à {last} dès "
    "que l’une des deux personnes a attendu {days} jours.",
    "replay infeasible": "Appariements {every} : {number} date a dû être laissée de côté, règles et "
    "quotas ne pouvant être respectés avec les personnes présentes.|Appariements {every} : {number} dates "
    "ont dû être laissées de côté, règles et quotas ne pouvant être respectés avec les personnes "
    "présentes.",
    "replay proved": "Pour chaque date, il est prouvé qu’aucun autre appariement n’est meilleur.",
    "replay not proved": "La preuve n’est pas complète à chaque date : le plus grand écart est de {gap}.",
    "replay file duos": "Duos par date",
    "replay formed on": "Formé le",
    "plot replay": "Attente du premier duo",
    "plot replay days": "jours depuis l’inscription",
    "plot replay row": "{every}\nscore moyen {mean}",
    "plot replay matched": "{share} avec un duo",
    "plot replay note": "marque : moyenne ; trait : jusqu’à neuf sur dix ; personnes avec un duo seulement",
    # Pendant un calcul
    "step begin": "début",
    "step score pairs": "calcul des scores",
    "step choose candidates": "choix des paires candidates",
    "step assign": "formation des duos",
    "step price": "calcul des prix",
    "step check all pairs": "vérification de toutes les paires",
    "step price quotas": "calcul des prix des quotas",
    "step draw between equals": "tirage au sort entre répartitions égales",
    "step circles": "former les cercles",
    "step replay everybody": "apparier en connaissant tout le monde",
    "step replay cadence": "simuler la fréquence n° {number}",
    "step explain": "explications",
    "step explain round": "explications sur le cycle {number}",
    "step improve round": "amélioration du cycle {number}",
    "step fewest marked pairs": "recherche du plus petit nombre de duos où manque ce qui est demandé",
    "step leave some out": "choix des personnes sans duo",
    "step fair to people": "recherche des duos les plus équitables entre personnes",
    "step raise the worst": "recherche du score le plus bas aussi élevé que possible",
    "step charge for changes": "prise en compte du coût des changements",
    "step choose duos": "choix des duos",
    "step spread duos": "répartition des duos entre les personnes",
    "step look for conflicts": "recherche des exigences incompatibles",
    "step look for the best rounds": "recherche des meilleurs cycles",
    "step search": "recherche exhaustive",
    "step split into rounds": "partage en cycles",
    "progress": "passage {rounds}, {pairs} paires examinées",
    "progress with gap": "passage {rounds}, écart {gap}, {pairs} paires examinées",
    # Dans les graphiques
    "axis age": "âge (années)",
    "plot change": "variation (points)",
    "plot compared duos": "Duos nouveaux : {gained} ; disparus : {lost} ; inchangés : {same}.",
    "plot comparison": "De {before} à {after}",
    "plot gained": "nouveau",
    "plot lost": "disparu",
    "plot no change": "Rien ne change.",
    "plot not drawn": "Variations plus petites, non dessinées : {count}.",
    "plot frontier": "Ce que l’un coûte à l’autre",
    "axis grade": "niveau",
    "plot left out": "Sans duo dans un rôle",
    "plot mean": "moyenne {value}",
    "plot median": "médiane {value}",
    "plot mentee department": "service de la personne mentorée",
    "plot mentor department": "service du mentor",
    "plot most": "maximum possible (poids)",
    "plot nobody": "Tout le monde a un duo.",
    "plot no duos": "Il n’y a pas de duo.",
    "plot no points": "Il n’y a pas de point.",
    "plot no rounds": "Il n’y a pas de cycle.",
    "plot not known": "inconnu",
    "plot not known of": "inconnu pour {count} des {all} duos",
    "plot not known of one": "inconnu pour le seul duo",
    "plot others": "autres ({count})",
    "plot people": "personnes",
    "plot points": "points",
    "plot round": "cycle",
    "plot rounds": "Cycles du plan",
    "plot round figures": "duos : {count}\ntotal : {total} points",
    "plot same": "même {value}",
    "plot score": "score (de 0 à 1)",
    "plot scores": "Scores des duos ({count})",
    "plot worst": "▲ scores les plus bas :",
    "plot worst line": "score le plus bas",
    "plot chosen": "choisi",
    "plot spread": "trait : du 5e au 95e centile ; boîte : moitié centrale",
    "plot and more": "et {number} autre|et {number} autres",
}
"""Headings, columns and clauses by name; code below puts no-break spaces before colons and semicolons."""

TEXTS = fmt.set_spaces(TEXTS)

RULES = {
    "same_person": "c’est une seule personne",
    "capacity": "capacité 0",
    "fix": "duos imposés, qui occupent toutes les places",
    "forbid": "paires interdites",
    "not_in_reporting_line": "ligne hiérarchique",
    "minimum_score": "score minimal",
    "different": "valeurs différentes demandées",
    "same": "même valeur demandée",
    "shared": "valeur commune demandée",
    "teaches": "compétence à transmettre",
    "among": "valeur à citer par l’autre personne",
    "gap_between": "écart demandé",
    "overlapping_hours": "heures de travail communes",
    "common_time": "temps commun demandé",
    "not_met_before": "duo déjà formé auparavant",
    "require": "condition sur une personne",
    "avoids": "personnes à éviter",
    "personal_rules": "règles personnelles",
    "listed": "paires listées",
    "all_of": "conditions toutes demandées",
    "any_of": "une condition au moins demandée",
    "not": "condition exclue",
    "custom": "règle programmée",
    "other rounds of the plan": "autres cycles du plan",
    "former circle": "ancien cercle ou duo",
    "conditions within a circle": "conditions au sein d’un cercle",
    "absent in this round": "absences dans ce cycle",
    "kept duos": "duos à conserver",
    "waits this time": "en attente cette fois",
    "mentees who wait": "mentoré(e)s déjà là avant d’autres arrivées",
    "mentors who wait": "mentors déjà là avant d’autres arrivées",
    "mentees who wait, each once": "mentoré(e)s déjà là avant d’autres arrivées, chacun compté une fois",
    "mentors who wait, each once": "mentors déjà là avant d’autres arrivées, chacun compté une fois",
    "rotation: former partners": "rotation : anciens partenaires",
    "former partners of other years": "anciens partenaires des autres années",
    "held back": "réservé pour de meilleurs partenaires",
    "rotation: forbidden by hand before": "rotation : séparés à la main auparavant",
    "rotation: both want to keep it": "rotation : les deux souhaitent continuer",
    "rotation: no duo for a round": "rotation : sans duo depuis un cycle",
}
"""Names of the default rules, and of those that rotations, plans and amendments add; users' names stay."""

CRITERIA = {
    "skills": "compétences",
    "goals": "objectifs",
    "age": "âge",
    "gender": "genre",
    "department": "service",
    "wishes": "souhaits",
    "preferences": "préférences",
    "time in common": "temps en commun",
}

FIELDS = {
    "id": "identifiant",
    "role": "rôle",
    "name": "nom",
    "first_name": "prénom",
    "last_name": "nom de famille",
    "email": "e-mail",
    "offers": "compétences offertes",
    "seeks": "compétences recherchées",
    "goals": "objectifs",
    "age": "âge",
    "birth_year": "année de naissance",
    "birth_date": "date de naissance",
    "gender": "genre",
    "department": "service",
    "location": "lieu",
    "grade": "niveau",
    "manager_id": "manager",
    "languages": "langues",
    "timezone": "fuseau horaire",
    "available": "disponibilités",
    "on_site": "jours sur site",
    "capacity": "nombre de duos",
    "capacity_as_mentor": "nombre de duos comme mentor",
    "capacity_as_mentee": "nombre de duos comme mentoré(e)",
    "capacity_in_all": "nombre de duos dans les deux rôles",
    "least_duos": "nombre minimal de duos",
    "least_duos_as_mentor": "nombre minimal de duos comme mentor",
    "least_duos_as_mentee": "nombre minimal de duos comme mentoré(e)",
    "least_duos_in_all": "nombre minimal de duos dans les deux rôles",
    "wants": "partenaires souhaités",
    "wants_ranks": "rangs des souhaits",
    "prefers": "préférences",
    "avoids": "personnes à éviter",
}
"""Fields of a people file."""

NAMES = MadeNames(
    fmt.set_spaces(RULES),
    quotas={
        "each": "chaque",
        "count of": f"nombre{THIN}:",
        "share of": f"part{THIN}:",
        "least duos of": f"nombre minimal de duos{THIN}:",
        "duos of": "duos de",
        "mentees of": "mentoré(e)s de",
        "mentors of": "mentors de",
    },
    kinds={
        "different": "valeurs différentes",
        "same": "même valeur",
        "shared": "valeur commune",
        "teaches": "compétence à transmettre",
        "among": "valeur citée par l’autre personne",
        "gap_between": "écart",
        "overlapping_hours": "heures de travail communes",
        "common_time": "minutes communes par semaine",
        "not_met_before": "jamais ensemble auparavant",
        "require": "condition",
        "not_in_reporting_line": "hors ligne hiérarchique",
        "avoids": "personnes à éviter",
        "personal_rules": "règles personnelles respectées",
        "minimum_score": "score minimal",
        "listed": "paires listées",
        "custom": "fonction",
        "table": "tableau de scores",
        "all_of": "toutes ces conditions",
        "any_of": "au moins une condition",
        "not": "sauf",
    },
    options={
        "at_least": "au moins",
        "at_most": "au plus",
        "at_level": "à partir du niveau",
        "at_priority": "à partir de la priorité",
        "offered": "offert dans",
        "wanted": "recherché dans",
        "value": f"valeur{THIN}:",
        "listed_in": "citée dans",
        "prefix": f"niveaux{THIN}:",
        "paths": f"chemins{THIN}:",
        "equals": "valant",
        "under": "dans",
        "known": f"connu{THIN}:",
        "slot": "créneaux d’au moins",
        "on_site": "sur site",
        "from": "de",
        "to": "à",
        "again_after_months": f"de nouveau après (mois){THIN}:",
        "if_unknown": f"si inconnu{THIN}:",
    },
    fields={
        **CRITERIA,
        **FIELDS,
        "mentor": "mentor",
        "mentee": "mentoré(e)",
        "both": "les deux",
        "either": "l’une des deux",
    },
    between=f"{THIN}; ",
    rounds=f"rotation{THIN}: sans duo depuis {{number}} cycles",
)

ROLES = {"mentor": "mentor", "mentee": "mentoré(e)"}

OF_ROLES = {"mentor": "du mentor", "mentee": "de la personne mentorée"}

RUNGS = {"alias": "synonyme", "bracket": "sans sa parenthèse", "typo": "faute de frappe"}

DEMANDS = {"fix": "duos imposés", "capacity": "capacités"}
"""Names of demands that have no name of their own."""

DAYS = {
    "Mon": "lundi",
    "Tue": "mardi",
    "Wed": "mercredi",
    "Thu": "jeudi",
    "Fri": "vendredi",
    "Sat": "samedi",
    "Sun": "dimanche",
}
"""Days of the week, by the names that weekly times have."""

MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


class French(Phrases):
    """The catalogue of French."""

    formatter = fmt
    texts = TEXTS
    criteria = CRITERIA
    made_names = NAMES

    # Pairs, answers about them, and people without a duo

    def pair(self, pair: Explanation) -> str:
        said = (
            "forment un duo, avec un score de"
            if pair.matched
            else f"ne forment pas de duo{THIN}; ensemble, leur score serait de"
        )
        both = f"{fmt.quote(pair.mentor)} (mentor) et {fmt.quote(pair.mentee)} (mentoré(e))"
        return f"{both} {said} {fmt.score(pair.score)}{_break_down(pair.contributions)}."

    def partner(self, other: Alternative) -> str:
        both = f"{fmt.quote(other.person)} ({ROLES[other.role]}) avec {fmt.quote(other.partner)}"
        return f"{both} aurait un score de {fmt.score(other.score)}{_break_down(other.contributions)}."

    def not_known(self, criteria: Sequence[str]) -> str:
        listed = fmt.join([CRITERIA.get(name, name) for name in criteria])
        return f"Donnée inconnue pour cette paire, où la valeur neutre compte{THIN}: {listed}."

    def credited(self, points: Mapping[str, float]) -> str:
        given = f"{THIN}; ".join(
            f"{fmt.quote(NAMES(name))} {fmt.points(value)}" for name, value in points.items()
        )
        return f"Ce duo compte {_write_points(sum(points.values()))} de plus que son score{THIN}: {given}."

    def more_lacking(self, number: int) -> str:
        several, count = abs(number) > 1, self.count(abs(number))
        duos = f"{count} duo{'s' * several} de {'plus' if number > 0 else 'moins'}"
        be = "seraient" if several else "serait"
        return f"{duos} {be} sans ce qui est demandé dans la mesure du possible."

    def credits_lost(self, points: float) -> str:
        verb, s = ("perdrait" if points > 0 else "gagnerait"), "s" * (abs(points) >= 2)
        return f"Le programme {verb} aussi {_write_points(points)} accordé{s} en plus des scores."

    def shared_names(self, names: Sequence[NameMatch]) -> str:
        listed = f"{THIN}; ".join(map(_write_taught_match, names))
        return f"Compétences et objectifs communs{THIN}: {listed}."

    def ruled_out(self, rules: Sequence[str]) -> str:
        return f"Ce qui s’y oppose{THIN}: {fmt.join([_name_rule(rule) for rule in rules])}."

    def partners_now(self, person: str, role: Role, partners: Sequence[Partner]) -> str:
        who = f"Comme {ROLES[role]}, {fmt.quote(person)}"
        if not partners:
            return f"{who} n’a pas de duo."
        listed = fmt.join([f"{fmt.quote(partner.id)} ({fmt.score(partner.score)})" for partner in partners])
        return f"{who} est avec {listed}."

    def forcing(self, price: PriceInWords, waived: int) -> str:
        if waived == 1:
            said = _say_price("former ce duo", price)
            return f"Si la règle était levée pour ces deux personnes, {said}."
        if waived:
            said = _say_price("former ce duo", price)
            return f"Si les {waived} règles étaient levées pour ces deux personnes, {said}."
        return _begin(f"{_say_price('former ce duo', price)}.")

    def cannot_force(self, quotas: Sequence[str]) -> str:
        if not quotas:
            return "Ce duo ne peut pas être imposé."
        return f"Ce duo ne peut pas être imposé{THIN}: avec lui, {_say_unkept(quotas)}."

    def cannot_forbid(self, quotas: Sequence[str]) -> str:
        return f"Ce duo ne peut pas être interdit{THIN}: sans lui, {_say_unkept(quotas)}."

    def quotas_in_the_way(self, quotas: Sequence[str]) -> str:
        verb = "s’opposent" if len(quotas) > 1 else "s’oppose"
        return _begin(f"{_name_quotas(quotas)} {verb} à ce duo.")

    def forbidding(self, price: PriceInWords, *, waived: bool) -> str:
        if waived:
            return f"Si les règles ne l’imposaient pas, {_say_price('séparer ces deux personnes', price)}."
        return _begin(f"{_say_price('séparer ces deux personnes', price)}.")

    def ending(self, duos: Sequence[ScoredDuo], *, others: bool) -> str:
        verb = "prendraient" if len(duos) > 1 else "prendrait"
        return f"{_count_duos(len(duos), others=others)} {verb} fin{THIN}: {_join_duos(duos)}."

    def beginning(self, duos: Sequence[ScoredDuo], *, others: bool) -> str:
        said = "seraient nouveaux" if len(duos) > 1 else "serait nouveau"
        return f"{_count_duos(len(duos), others=others)} {said}{THIN}: {_join_duos(duos)}."

    def costs(self, price: PriceInWords) -> str:
        return _begin(f"{_say_price('former ce duo', price)}.")

    def sits_out(self, person: str, role: Role) -> str:
        return f"{fmt.quote(person)} ne participe pas comme {ROLES[role]}{THIN}: capacité 0."

    def no_allowed_partner(self, person: str, role: Role, rules: Mapping[str, int]) -> str:
        if not rules:
            return f"{_say_without(person, role)}{THIN}: {NOBODY_ELSE}."
        said = "aucun partenaire n’est autorisé"
        return f"{_say_without(person, role)}{THIN}: {said}. {_say_excluded(rules)}."

    def below_minimum(self, person: str, role: Role, rules: Mapping[str, int]) -> str:
        said = TEXTS["change below_minimum_score"]
        return f"{_say_without(person, role)}{THIN}: {said}. {_say_excluded(rules)}."

    def partners_taken(self, person: str, role: Role, allowed: int) -> str:
        if allowed == 1:
            return f"{_say_without(person, role)}{THIN}: le seul partenaire autorisé est déjà pris."
        said = f"{fmt.count(allowed)} partenaires sont autorisés, mais tous sont déjà pris"
        return f"{_say_without(person, role)}{THIN}: {said}."

    def quota_full(self, person: str, role: Role, allowed: int, quotas: Sequence[str]) -> str:
        said = (
            "1 partenaire est autorisé"
            if allowed == 1
            else f"{fmt.count(allowed)} partenaires sont autorisés"
        )
        leave = "ne laissent" if len(quotas) > 1 else "ne laisse"
        return (
            f"{_say_without(person, role)}{THIN}: {said}, mais {_name_quotas(quotas)} {leave} pas de place."
        )

    def without_duo(self, reason: str, allowed: int, rules: Mapping[str, int], quotas: Sequence[str]) -> str:
        if reason == "sits_out":
            return f"ne participe pas{THIN}: capacité 0"
        if reason == "partners_taken":
            taken = "pris par d’autres" if allowed < 2 else "tous pris par d’autres"
            return f"{fmt.count_nouns(allowed, 'partenaire possible', 'partenaires possibles')}, {taken}"
        if reason == "quota_full":
            leave = "ne laissent" if len(quotas) > 1 else "ne laisse"
            return f"{_name_quotas(quotas)} {leave} plus de place"
        listed = ", ".join(f"{_name_rule(rule)} ({fmt.count(count)})" for rule, count in rules.items())
        if reason == "below_minimum_score":
            return f"{TEXTS['change below_minimum_score']}{THIN}: {listed}"
        return f"aucun partenaire autorisé{THIN}: {listed or NOBODY_ELSE}"

    def next_to(self, partner: str, taken_by: Sequence[str], by: float | None) -> str:
        now = f"La personne la plus proche est {fmt.quote(partner)}, qui {_say_partners(taken_by)}"
        if not by:
            return f"{now}."
        return f"{now}{THIN}; ce duo coûterait au moins {_write_points(by)} au programme."

    def nearest(self, partner: str, taken_by: Sequence[str], by: float | None) -> str:
        now = f"La personne la plus proche est {fmt.quote(partner)}, qui {_say_partners(taken_by)}"
        if by is None or not taken_by:
            return f"{now}."
        if not by:
            return f"{now}, et le programme ne gagnerait rien à les séparer."
        return f"{now}, où cette place rapporte au moins {_write_points(by)} de plus au programme."

    def shortage(self, role: Role, people: int, wanted: int, partners: int, places: int) -> str:
        other: Role = "mentee" if role == "mentor" else "mentor"
        many = "" if wanted == people else f", qui demandent {fmt.count_nouns(wanted, 'place')},"
        at = fmt.count_nouns(partners, ROLES[other])
        if places != partners:
            at = f"{fmt.count_nouns(places, 'place')} auprès de {at}"
        missing = fmt.count_nouns(wanted - places, "place" if places != partners else ROLES[other])
        return f"{fmt.count_nouns(people, ROLES[role])}{many} pour {at}{THIN}: il manque {missing}."

    def sits_out_rounds(
        self, person: str, role: Role, rounds: Sequence[int], reason: str, partners: int
    ) -> str:
        when = f"{'cycle' if len(rounds) == 1 else 'cycles'} {fmt.join([str(number) for number in rounds])}"
        why = TEXTS[f"sits out {reason}"].format(partners=fmt.count_nouns(partners, "partenaire"))
        return f"{fmt.quote(person)} n’a pas de duo comme {ROLES[role]} ({when}){THIN}: {why}."

    # Conflicts

    def conflict(self, demands: Sequence[Demand], *, leaves_no_duo: bool = False) -> str:
        names = " et ".join(dict.fromkeys(_name_demand(demand) for demand in demands))
        clauses = [_say_demand(demand) for demand in demands]
        if leaves_no_duo and len(clauses) == 1:
            return f"{names}{THIN}: {clauses[0]}, ce qui ne laisse aucun duo possible"
        if leaves_no_duo:
            clauses.append("ensemble, elles ne laissent aucun duo possible")
            return f"{names}{THIN}: {f'{THIN}; '.join(clauses)}"
        if len(clauses) == 1:
            return f"{names}{THIN}: {clauses[0]}, ce qui est impossible quelles que soient les autres règles"
        return f"{names}{THIN}: {f'{THIN}; '.join(clauses)}{THIN}; incompatibles entre elles"

    def fixed_and_forbidden(self, mentor: str, mentee: str, rule: str) -> str:
        said = _name_rule(rule)
        duo = f"{fmt.quote(mentor)} (mentor) et {fmt.quote(mentee)} (mentoré(e))"
        drop = "retirez ce duo" if rule == "same_person" else "retirez le duo ou la règle"
        return f"le duo de {duo} est imposé, et une règle l’interdit ({said}){THIN}; {drop}"

    def too_many_fixed(self, person: str, role: Role, duos: int, capacity: int) -> str:
        s = "s" * (duos > 1)
        have = f"{fmt.quote(person)} a {fmt.count(duos)} duo{s} imposé{s} comme {ROLES[role]}"
        do = f"autorisez-en {fmt.count(duos)}, ou imposez-en moins"
        return f"{have}, et une capacité de {fmt.count(capacity)}{THIN}; {do}"

    def relaxation(self, change: Relaxation) -> str:
        if change.kind == "rule":
            return f"lever la règle {fmt.quote(_name_rule(change.name))}"
        if change.duo is not None:
            mentor, mentee = (fmt.quote(person) for person in change.duo)
            return f"ne plus imposer le duo de {mentor} (mentor) et {mentee} (mentoré(e))"
        if change.kind == "quota" and not change.bound and change.limit == "at_least":
            return f"supprimer le quota {fmt.quote(NAMES(change.name))}"
        now, before = fmt.count(change.bound or 0), fmt.count(change.instead_of or 0)
        if change.kind == "capacity":
            what = f"une capacité de {now} comme {ROLES[change.role or 'mentor']}"
            return f"donner à {fmt.quote(change.id or '')} {what} au lieu de {before}"
        verb = "autoriser" if change.limit == "at_most" else "demander"
        if change.measure == "share":
            now, before = fmt.share(change.bound or 0), fmt.share(change.instead_of or 0)
            what = f"une part d’{_say_bound(change.limit, now)}{_say_where(change.counted)}"
        else:
            each = change.measure == "each"
            what = f"{_say_bound_on_duos(change.limit, change.bound)}{_say_where(change.counted, each=each)}"
        return f"{verb} {what} au lieu de {before}"

    def nobody_has(self, quota: str, path: str, value: str, nearest: str | None) -> str:
        hint = "" if nearest is None else f"{THIN}; vouliez-vous dire {fmt.quote(nearest)}{THIN}?"
        where = NAMES.subject(path)
        return f"personne n’a {fmt.quote(value)} en {where}, que compte {fmt.quote(NAMES(quota))}{hint}"

    # The rotation to the next round

    def change(self, change: Change) -> str:
        why = self.reason_of_change(change)
        reason = f"{THIN}: {why}" if why else ""
        if change.kind == "waiting":
            name, role = (change.mentor, "mentor") if change.mentee is None else (change.mentee, "mentee")
            return f"{fmt.quote(name or '')} ({ROLES[role]}) attend{reason}."
        mentor, mentee = fmt.quote(change.mentor or ""), fmt.quote(change.mentee or "")
        duo = f"{mentor} (mentor) et {mentee} ({ROLES['mentee']})"
        if change.kind == "new":
            return f"Nouveau duo{THIN}: {duo}{f'{THIN}; {why}' if why else ''}."
        verb = "continue" if change.kind == "kept" else "prend fin"
        return f"Le duo de {duo} {verb}{reason}."

    def reason_of_change(self, change: Change) -> str:
        why = _explain_change(change)
        if change.format is not None:
            length = f" de {change.minutes}{FIXED}minutes" if change.minutes is not None else ""
            why += f"{THIN}; mieux avec {TEXTS[f'better {change.format}']}{length}"
        if change.kind == "waiting" and change.rounds_without:
            why += f"{THIN}; attendait déjà depuis {_count_rounds(change.rounds_without)}"
        return why

    # Proposals for duos after a round

    def proposal(self, proposal: Proposal) -> str:
        both = f"{fmt.quote(proposal.mentor)} (mentor) et {fmt.quote(proposal.mentee)} (mentoré(e))"
        return f"{both}{THIN}: {self.proposed(proposal)}."

    def proposed(self, proposal: Proposal) -> str:
        if proposal.format is None:
            return TEXTS[f"propose {proposal.proposal}"]
        length = "" if proposal.minutes is None else f", de {proposal.minutes}{FIXED}minutes"
        return f"garder le duo, {TEXTS[f'keep {proposal.format}']}{length}"

    def reason_of_proposal(self, reason: ProposalReason, person: str) -> str:
        who = f"{fmt.quote(person)} ({ROLES[reason.by or 'mentor']})"
        said = f" ({reason.because[-1].on:%d/%m/%Y})."
        if reason.code == "poor_satisfaction":
            return f"{who} note sa satisfaction {reason.number} sur 5{said}"
        if reason.code == "many_cancelled":
            were, s = ("ont", "s") if (reason.number or 0) > 1 else ("a", "")
            held = f"{reason.number} séance{s} sur {reason.out_of} {were} été annulée{s}"
            return f"D’après {who}, {held}{said}"
        if reason.code == "format_not_right":
            return f"{who} demande {TEXTS[f'ask {reason.format}']}{said}"
        return f"{who} {TEXTS[f'wish {reason.code}']}{said}"

    def outlook(self, outlook: Outlook, proposal: Proposal) -> str:
        if outlook.outcome == "ends":
            unwanted = TEXTS["cannot keep" if proposal.decision == "keep" else "ends all the same"]
            return f"{unwanted}{THIN}: {_explain_outlook(outlook)}."
        if outlook.reason == "fixed":
            same = "" if proposal.asks_to_keep else " malgré tout"
            return f"La rotation reconduira ce duo{same}{THIN}: les règles l’imposent."
        if outlook.outcome == "continues":
            return "La rotation reconduira ce duo."
        told = f"La rotation peut reconduire ce duo{THIN}: les deux personnes demandent à continuer."
        if outlook.who:
            have = "a" if len(outlook.who) == 1 else "ont"
            few = f"{fmt.join_names(outlook.who)} {have} moins de places que de duos à reconduire"
            return f"{told} Mais {few}{THIN}: tous ne pourront pas l’être."
        return f"{told} {TEXTS['unless better otherwise']}"

    # The calendar of a duo

    def framing_meeting(self, duo: DuoInWords, objectives: Sequence[str]) -> CalendarText:
        lines = ["Fixez ensemble deux ou trois objectifs mesurables et signez votre contrat de mentorat."]
        if objectives:
            lines += [f"Objectifs du programme{THIN}:", *(f"- {objective}" for objective in objectives)]
        return CalendarText(_title_event(duo, "réunion de cadrage"), "\n".join(lines))

    def session(self, duo: DuoInWords, number: int, sessions: int) -> CalendarText:
        return CalendarText(
            _title_event(duo, f"séance {number} sur {sessions}"),
            "Avancez sur les objectifs convenus.",
        )

    def review(self, duo: DuoInWords, number: int, reviews: int) -> CalendarText:
        lines = [
            f"Chacun de vous répond aujourd’hui{THIN}:",
            f"- L’objectif est-il atteint{THIN}?",
            f"- La compétence sert-elle au travail{THIN}?",
            f"- Le format convient-il toujours{THIN}?",
        ]
        return CalendarText(_title_event(duo, f"bilan {number} sur {reviews}"), "\n".join(lines))

    def end_of_round(self, programme: str | None, number: int) -> CalendarText:
        return CalendarText(
            f"{_title_programme(programme)}{THIN}: rotation",
            f"Le cycle {number} est terminé{THIN}; le cycle {number + 1} commence aujourd’hui.",
        )

    def end_of_programme(self, programme: str | None) -> CalendarText:
        return CalendarText(
            f"{_title_programme(programme)}{THIN}: fin du programme", "Le dernier cycle est terminé."
        )

    # Indicators, and evidence on weights

    def participation(self, share: Figure) -> str:
        return f"Personnes en duo, parmi celles invitées{THIN}: {_write_share(share)}."

    def duos_heard_from(self, duos: Figure, response: Figure) -> str:
        return f"Duos{THIN}: {_write_figure(duos)}{THIN}; ayant répondu{THIN}: {_write_share(response)}."

    def sessions_held(self, held: Figure, of_planned: Figure, cancelled: Figure) -> str:
        share = _write_share(of_planned)
        planned = "" if of_planned.value is None else f" (parmi celles prévues{THIN}: {share})"
        said = f"Séances tenues{THIN}: {_write_figure(held)}{planned}"
        return f"{said}{THIN}; annulées{THIN}: {_write_figure(cancelled)}."

    def skills_acquired(self, skills: Figure) -> str:
        return f"Compétences acquises{THIN}: {_write_figure(skills)}."

    def skill_used(self, used: Figure, partly: Figure) -> str:
        return (
            f"Mentoré(e)s qui utilisent la compétence au travail{THIN}: {_write_share(used)}{THIN}; "
            f"en partie{THIN}: {_write_share(partly)}."
        )

    def objectives_reached(self, reached: Figure, partly: Figure) -> str:
        return (
            f"Duos ayant atteint leur objectif{THIN}: {_write_share(reached)}{THIN}; "
            f"en partie{THIN}: {_write_share(partly)}."
        )

    def satisfaction(self, mean: Figure) -> str:
        if mean.value is None:
            return f"Satisfaction{THIN}: {_write_figure(mean)}."
        plural = "s" * ((mean.denominator or 0) >= 2)
        answers = f"{fmt.count(mean.denominator or 0)} réponse{plural}"
        return f"Satisfaction{THIN}: {fmt.decimal(mean.value, '.1f')} sur 5 ({answers})."

    def hours_saved(self, hours: Figure, a_month: Figure) -> str:
        each = "" if (a_month.denominator or 0) < 2 else f", soit {_write_figure(a_month)} par mois"
        return f"Heures gagnées{THIN}: {_write_figure(hours)}{each}."

    def levels(self, before: Figure, after: Figure, change: Figure, rose: Figure) -> str:
        if before.value is None or after.value is None or change.value is None:
            hidden = _write_figure(before)
            return f"Niveau de compétence avant et maintenant, selon les personnes{THIN}: {hidden}."
        step = fmt.decimal(change.value, "+.1f").replace("-", MINUS)
        was, is_now = (fmt.decimal(level, ".1f") for level in (before.value, after.value))
        return (
            f"Niveau de compétence selon les personnes elles-mêmes, de 1 à 5{THIN}: {was} avant, {is_now} "
            f"maintenant ({step}){THIN}; en hausse pour {_write_share(rose)}."
        )

    def criterion_stands_out(self, relation: CriterionEvidence) -> str:
        better = "meilleur" if relation.change > 0 else "moins bon"
        name = CRITERIA.get(relation.name, relation.name)
        change, low, high = (
            fmt.decimal(number, "+.3f") for number in (relation.change, relation.low, relation.high)
        )
        return (
            f"Le critère {name} est associé à un {better} résultat{THIN}: {change} point pour un écart-type "
            f"de plus (intervalle à 95{PERCENT}{THIN}: de {low} à {high})."
        )

    def proposed_weights(self, weights: Sequence[tuple[str, float, float]]) -> str:
        listed = f"{THIN}; ".join(
            f"{CRITERIA.get(name, name)} {fmt.decimal(before, '.3f')} → {fmt.decimal(after, '.3f')}"
            for name, before, after in weights
        )
        return f"Poids proposés, à faire accepter avant tout usage{THIN}: {listed}."

    # The report

    def month(self, month: str) -> str:
        year, number = month.split("-")
        return f"{MONTHS[int(number) - 1]} {year}"

    def day(self, day: date) -> str:
        number = f"{day.day}er" if day.day == 1 else f"{day.day}"
        return f"{number}{FIXED}{MONTHS[day.month - 1]} {day.year}"

    def count_allowed_pairs(self, number: int) -> str:
        if number == 1:
            return "la seule paire permise"
        return f"l’ensemble des {self.count(number)} paires permises"

    def names_matched(self, taught_by: Role | None, names: Sequence[NameMatch]) -> str:
        told = f"Apport {OF_ROLES[taught_by]}" if taught_by else "En commun"
        return f"{told}{THIN}: {', '.join(map(_write_match, names))}."

    def weekly_time(self, time: str) -> str:
        """Write a weekly time: ``lundi 9 h-12 h 30``, on site with its place: ``lundi (Lyon)``."""
        when, _, place = time.partition(" @")
        day, clocks = when.split(" ")
        hours = (clock.split(":") for clock in clocks.split("-"))
        told = (f"{int(hour)}{FIXED}h" + f"{FIXED}{minute}" * (minute != "00") for hour, minute in hours)
        shown = DAYS[day] if clocks == "00:00-24:00" else f"{DAYS[day]} {'-'.join(told)}"
        return f"{shown} ({place})" if place and place != ON_SITE else shown

    def common_times(self, times: Sequence[str]) -> str:
        on_site = " sur site" if any(" @" in time for time in times) else ""
        shown = fmt.join(list(map(self.weekly_time, times)))
        return f"Créneaux communs{on_site} (heure du mentor){THIN}: {shown}."

    def matters_most(self, said: Mapping[str, str]) -> str:
        who = {"mentor": "le mentor", "mentee": "la personne mentorée"}
        named = [f"pour {who[role]} ({self.criterion(name)})" for role, name in said.items()]
        return f"Ce qui compte le plus {fmt.join(named)} pèse davantage dans cette paire."

    def personal_rule(self, rule: PersonalRule) -> str:
        whose = f"Une règle personnelle de {fmt.quote(rule.id)} ({ROLES[rule.role]})"
        told = "n’est pas respectée" if rule.known else "porte sur une donnée inconnue de l’autre personne"
        return f"{whose} {told}{THIN}: {NAMES.subject(rule.field)}."

    def waived_rule(self, waived: WaivedRule) -> str:
        told = f"Une règle qui séparerait ces deux personnes est levée pour elles{THIN}: "
        told += _name_rule(waived.rule)
        told += "" if waived.reason is None else f". Motif indiqué{THIN}: {fmt.quote(waived.reason)}"
        decided = [] if waived.author is None else [f"par {fmt.quote(waived.author)}"]
        decided += [] if waived.on is None else [f"le {self.day(waived.on)}"]
        told += f" (décision prise {when})" if (when := " ".join(decided)) else ""
        return f"{told}."

    def nothing_better(self, proof: ProofInWords) -> str:
        others = "aucune autre répartition" + " qui respecte les quotas" * proof.quotas
        total = "total de scores et de points accordés" if proof.credits else "total"
        if proof.objective == "fair" and proof.alpha:
            alpha = f"{proof.alpha}".replace(".", ",")
            total = f"total équitable (alpha {alpha})" + " points accordés compris" * proof.credits
        spreads = f"ne les répartit mieux entre {proof.spread_over}"
        if proof.objective == "total":
            most = self.count_duos(proof.duos_bound)
            said = f"{others} n’a un {total} plus élevé, et aucune ne forme plus de {most}"
            return f"{said}{THIN}; aucune de celles qui l’égalent {spreads}" if proof.spread_over else said
        count = self.count_duos(proof.duos)
        subject, claims, equal = f"aucune, avec {count},", list[str](), "aucune de celles qui l’égalent"
        if proof.objective == "max_min":
            what = self(f"{proof.of} over {proof.over}") if proof.over else ""
            lowest = f"une plus basse {what} supérieure" if what else "un score le plus bas supérieur"
            claims.append(f"{subject} n’a {lowest}")
            subject = equal
        if proof.objective == "fair" and proof.over:
            alpha, what = f"{proof.alpha}".replace(".", ","), self(f"{proof.of} over {proof.over}")
            total = f"total équitable de la {what} (alpha {alpha})"
            total += " points accordés compris" * proof.credits
        if proof.spread_over and not proof.spread_last:
            claims.append(f"{subject} {spreads}")
            subject = "aucune de celles qui les répartissent aussi bien"
        if proof.asks:
            lacking = "ne laisse moins de duos sans ce qui est demandé dans la mesure du possible"
            claims.append(f"{subject} {lacking}")
            subject = equal
        claims.append(f"{subject} n’a un {total} plus élevé")
        if proof.spread_last:
            claims.append(f"aucune de celles qui ont ce total {spreads}")
        claims[-1] = f"et {claims[-1]}"
        return ", ".join([f"{others} ne forme davantage de duos", *claims])

    def passage(self, kept: int, ended: int, new: int, waiting: int) -> str:
        goes = f"{self.count_duos(kept)} {'continuent' if kept > 1 else 'continue'}"
        ends = f"{self.count(ended)} {'ont' if ended > 1 else 'a'} pris fin"
        are = f"{self.count(new)} {'sont nouveaux' if new > 1 else 'est nouveau'}"
        wait = f"{self.count_people(waiting)} {'attendent' if waiting > 1 else 'attend'} le prochain cycle"
        return f"{goes}, {ends}, {are}{THIN}; {wait}."


def _write_points(points: float) -> str:
    return f"{fmt.points(points)} point{'s' if abs(points) >= 2 else ''}"


def _count_duos(number: int, *, others: bool) -> str:
    other = f"autre{'s' if number > 1 else ''} " if others else ""
    return f"{fmt.count(number)} {other}duo{'s' if number > 1 else ''}"


def _name_rule(label: str) -> str:
    return NAMES(label)


def _count_by_rule(rules: Mapping[str, int]) -> str:
    return fmt.join([f"{_name_rule(label)} ({fmt.count(count)})" for label, count in rules.items()])


def _say_excluded(rules: Mapping[str, int]) -> str:
    return f"Partenaires écartés{THIN}: {_count_by_rule(rules)}"


def _break_down(points: Mapping[str, float]) -> str:
    parts = [f"{CRITERIA.get(name, name)} {fmt.score(value)}" for name, value in points.items()]
    return f"{THIN}: " + f"{THIN}; ".join(parts) if parts else ""


def _say_partners(people: Sequence[str]) -> str:
    return f"est avec {fmt.join_names(people)}" if people else "n’a pas de duo non plus"


def _name_quotas(quotas: Sequence[str]) -> str:
    return f"{'les quotas' if len(quotas) > 1 else 'le quota'} {fmt.join_names([*map(NAMES, quotas)])}"


def _say_unkept(quotas: Sequence[str]) -> str:
    if len(quotas) > 1:
        return f"{_name_quotas(quotas)} ne peuvent pas être respectés ensemble"
    return f"{_name_quotas(quotas)} ne peut pas être respecté"


def _join_duos(duos: Sequence[ScoredDuo]) -> str:
    return fmt.join(
        [f"{fmt.quote(duo.mentor)} avec {fmt.quote(duo.mentee)} ({fmt.score(duo.score)})" for duo in duos]
    )


def _write_match(name: NameMatch) -> str:
    same = "" if name.mentor == name.mentee else f" = {fmt.quote(name.mentee)}"
    rung = f" ({RUNGS[name.rung]})" if name.rung in RUNGS else ""
    return f"{fmt.quote(name.mentor)}{same}{rung}"


def _write_taught_match(name: NameMatch) -> str:
    taught = f", apport {OF_ROLES[name.taught_by]}" if name.taught_by else ""
    return f"{_write_match(name)}{taught}"


def _say_without(person: str, role: Role) -> str:
    return f"{fmt.quote(person)} n’a pas de duo comme {ROLES[role]}"


def _begin(sentence: str) -> str:
    return f"{sentence[0].upper()}{sentence[1:]}"


def _say_price(what: str, price: PriceInWords) -> str:
    """Return a clause on a cost in duos and points, either of which may also be a gain."""
    if not price.duos and not price.points:
        return f"le programme ne perdrait rien à {what}"
    lost = [fmt.count_nouns(price.duos, "duo")] if price.duos > 0 else []
    won = [fmt.count_nouns(-price.duos, "duo")] if price.duos < 0 else []
    if price.points:
        (lost if price.points > 0 else won).append(_write_points(price.points))
    said = [f"coûterait {' et '.join(lost)} au programme"] if lost else []
    if won:
        said.append(f"ajouterait {' et '.join(won)}" + " au programme" * (not lost))
    return f"{what} {' mais '.join(said)}"


def _name_demand(demand: Demand) -> str:
    return (
        _name_rule(demand.name) if demand.kind == "rule" else DEMANDS.get(demand.kind) or NAMES(demand.name)
    )


def _say_demand(demand: Demand) -> str:
    if demand.kind == "rule":
        return f"la règle {fmt.quote(_name_rule(demand.name))}"
    if demand.kind == "fix":
        duos = fmt.join([f"{fmt.quote(mentor)} avec {fmt.quote(mentee)}" for mentor, mentee in demand.duos])
        return f"les duos imposés {duos}" if len(demand.duos) > 1 else f"le duo imposé {duos}"
    if demand.kind == "capacity":
        whose = fmt.join_names(demand.ids)
        role = ROLES[demand.role or "mentor"]
        if len(demand.ids) == 1:
            return f"la capacité {fmt.count(demand.bound or 0)} de {whose} ({role})"
        each = f"de chacun des {fmt.count(len(demand.ids))} {role}s ({whose})"
        return f"la capacité {fmt.count(demand.bound or 0)} {each}"
    if demand.measure == "share":
        share = _say_bound(demand.limit, fmt.share(demand.bound or 0))
        return f"une part d’{share}{_say_where(demand.counted)}"
    bounded = _say_bound_on_duos(demand.limit, demand.bound)
    if demand.measure == "each":
        groups = fmt.join_names(demand.groups)
        fields, beside = NAMES.groups(demand.counted)
        return f"{bounded} pour {fields} {groups}{beside}"
    return f"{bounded}{_say_where(demand.counted)}"


def _say_where(counted: str, *, each: bool = False) -> str:
    if each:
        return f" pour chaque {''.join(NAMES.groups(counted))}"
    return f" dans {fmt.quote(NAMES.subject(counted))}" if counted else ""


def _say_bound(limit: str | None, amount: str) -> str:
    return TEXTS["at least" if limit == "at_least" else "at most"].format(value=amount)


def _say_bound_on_duos(limit: str | None, bound: float | None) -> str:
    return _say_bound(limit, fmt.count_nouns(bound or 0, "duo"))


def _explain_outlook(outlook: Outlook) -> str:
    who, one = fmt.join_names(outlook.who), len(outlook.who) == 1
    if outlook.reason == "not_both_asked":
        asked = f"{who} {'n’a' if one else 'n’ont'} pas demandé" if who else TEXTS["one did not ask"]
        return f"{asked} à continuer, et elle ne reconduit que les duos dont les deux personnes le demandent"
    if outlook.reason == "person_left":
        return f"{who} {'a' if one else 'ont'} quitté le programme"
    if outlook.reason == "no_place":
        return f"{who} {'n’a' if one else 'n’ont'} plus de place dans ce rôle"
    if outlook.reason == "ruled_out":
        return f"une règle exclut ce duo au prochain cycle ({', '.join(map(NAMES, outlook.rules))})"
    return TEXTS[f"outlook {outlook.reason}"]


def _explain_change(change: Change) -> str:
    who, one = fmt.join_names(change.who), len(change.who) == 1
    if change.reason == "rotates":
        if change.kind != "ended":
            return ""
        asked = f"{who} {'n’a' if one else 'n’ont'} pas demandé" if who else TEXTS["one did not ask"]
        return f"fin de cycle{THIN}; {asked} à continuer"
    if change.reason == "person_left":
        return f"{who} {'a' if one else 'ont'} quitté le programme"
    if change.reason == "no_place":
        return f"{who} {'n’a' if one else 'n’ont'} plus de place dans ce rôle"
    if change.reason == "ruled_out":
        rules = ", ".join(map(NAMES, change.rules))
        return f"les deux personnes souhaitent continuer, mais une règle l’exclut ({rules})"
    if change.reason == "left_out_before":
        waited = f"un duo depuis {_count_rounds(change.rounds_without)}"
        return f"{who} {'attendait' if one else 'attendaient'} {waited}"
    if change.reason == "joined":
        return f"{who} {'rejoint' if one else 'rejoignent'} le programme"
    return TEXTS[f"change {change.reason}"]


def _count_rounds(number: int | None) -> str:
    return "un cycle" if number == 1 else f"{number}{FIXED}cycles"


def _title_programme(programme: str | None) -> str:
    return programme or "Mentorat inversé"


def _title_event(duo: DuoInWords, what: str) -> str:
    both = f"{duo.mentor} ({ROLES['mentor']}) et {duo.mentee} ({ROLES['mentee']})"
    return f"{_title_programme(duo.programme)}{THIN}: {what}, {both}"


def _write_figure(figure: Figure) -> str:
    if figure.value is None:
        return TEXTS["figure hidden" if figure.suppressed else "figure unknown"]
    return fmt.round(figure.value)


def _write_share(figure: Figure) -> str:
    if figure.value is None:
        return _write_figure(figure)
    interval = (
        ""
        if figure.low is None or figure.high is None
        else f"{THIN}; intervalle à 95{PERCENT}{THIN}: de {figure.low * 100:.0f} "
        f"à {fmt.share(figure.high, '.0f')}"
    )
    of = f"{fmt.count(int(figure.numerator or 0))} sur {fmt.count(figure.denominator or 0)}"
    return f"{of} ({fmt.share(figure.value, '.0f')}{interval})"


CATALOGUE = French()
