"""What faults and notes about people's own say are in French: wishes in order, preferences, priorities."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    # Wishes in order
    "a rank is wrong; right would be a whole number, 1 for the first choice": (
        "rang incorrect ; attendu : un nombre entier, 1 pour le premier choix"
    ),
    "not a list of ranks; right would be a list of whole numbers such as [1, 2, 2]": (
        "n’est pas une liste de rangs ; attendu : une liste de nombres entiers comme [1, 2, 2]"
    ),
    "not a rank for each id in wants, in ascending order": (
        "il faut un rang par identifiant de wants, dans l’ordre croissant"
    ),
    "right would be numbers that do not rise, such as [1, 0.7, 0.4]": (
        "attendu : des nombres qui n’augmentent pas, comme [1, 0.7, 0.4]"
    ),
    # Preferences
    "not a preference": "n’est pas une préférence",
    "a preference without a value": "préférence sans valeur",
    "right would be a field, a value and an answer, such as gender=female:must or location!=Lyon:maybe": (
        "attendu : un champ, une valeur et une réponse, comme genre=femme:obligatoire ou lieu!=Lyon:peut-être"
    ),
    "unknown answer behind ':'": "réponse inconnue après ':'",
    "right would be yes, maybe, no, must or must not": (
        "attendu : oui, peut-être, non, obligatoire ou exclu"
    ),
    "an end of a range is no number; right would be a range such as 3..5, or grade>=3": (
        "une borne de l’intervalle n’est pas un nombre ; attendu : un intervalle comme 3..5, ou niveau>=3"
    ),
    "a range that ends before it begins; right would be a range such as 3..5": (
        "intervalle qui finit avant de commencer ; attendu : un intervalle comme 3..5"
    ),
    "the person's own value stands beside others; right would be an entry of its own": (
        "la valeur de la personne elle-même se trouve parmi d’autres ; attendu : une entrée à part"
    ),
    "what must be must not be as well; keep one of the two": (
        "la même valeur est à la fois obligatoire et exclue ; n’en garder qu’une des deux"
    ),
    "too many preferences; right would be up to {most}": "trop de préférences ; attendu : {most} au plus",
    "not a preference; right would be an object such as {object}": (
        "n’est pas une préférence ; attendu : un objet comme {object}"
    ),
    "a preference about '{field}', of which nobody can ask anything": (
        "préférence sur '{field}', champ sur lequel personne ne peut rien demander"
    ),
    "right would be gender, department, location, languages, goals, offers, seeks, age, grade, or a column "
    "of your own": (
        "attendu : genre, service, lieu, langues, objectifs, compétences offertes ou recherchées, âge, "
        "niveau, ou une de vos colonnes"
    ),
    "a preference about what is no field of the people": (
        "préférence sur ce qui n’est pas un champ des personnes"
    ),
    "a range of '{field}', which holds words; right would be a word, such as gender=female": (
        "intervalle sur '{field}', qui contient des mots ; attendu : un mot, comme genre=femme"
    ),
    "a preference about '{field}', which holds numbers; right would be a number, or a range such as 3..5": (
        "préférence sur '{field}', qui contient des nombres ; attendu : un nombre, ou un intervalle "
        "comme 3..5"
    ),
    # What matters most
    "no criterion of the policy is called so": "aucun critère des règles ne porte ce nom",
    # Notes
    "1 person states a must, which no rule of the policy keeps; a rule of the kind personal_rules does": (
        "1 personne énonce une exigence qu’aucune règle du programme ne garantit ; une règle de type "
        "personal_rules le fait"
    ),
    "{number} people state musts, which no rule of the policy keeps; a rule of the kind personal_rules "
    "does": (
        "{number} personnes énoncent des exigences qu’aucune règle du programme ne garantit ; une règle de "
        "type personal_rules le fait"
    ),
    "1 person states wishes in 'prefers', which no criterion weighs; a criterion of the kind preferences "
    "does": (
        "1 personne énonce dans 'prefers' des souhaits qu’aucun critère ne prend en compte ; un critère de "
        "type preferences le fait"
    ),
    "{number} people state wishes in 'prefers', which no criterion weighs; a criterion of the kind "
    "preferences does": (
        "{number} personnes énoncent dans 'prefers' des souhaits qu’aucun critère ne prend en compte ; un "
        "critère de type preferences le fait"
    ),
    "nobody states a must, so that the rule forbids nothing": (
        "personne n’énonce d’exigence, si bien que la règle n’interdit rien"
    ),
    "1 person asks for a value of '{field}' that nobody has": (
        "1 personne demande une valeur de '{field}' que personne n’a"
    ),
    "{number} people ask for a value of '{field}' that nobody has": (
        "{number} personnes demandent une valeur de '{field}' que personne n’a"
    ),
    "1 person ranks whom they want, and criterion '{criterion}' has no scale: ranks do not count": (
        "1 personne classe ses souhaits, mais le critère '{criterion}' n’a pas d’échelle : l’ordre ne "
        "compte pas"
    ),
    "{number} people rank whom they want, and criterion '{criterion}' has no scale: ranks do not count": (
        "{number} personnes classent leurs souhaits, mais le critère '{criterion}' n’a pas d’échelle : "
        "l’ordre ne compte pas"
    ),
    "1 person does not fill '{field}', about which somebody has a must: the rule forbids these pairs": (
        "1 personne ne remplit pas '{field}', sur quoi quelqu’un a une exigence : la règle interdit ces "
        "paires"
    ),
    "{number} people do not fill '{field}', about which somebody has a must: the rule forbids these pairs": (
        "{number} personnes ne remplissent pas '{field}', sur quoi quelqu’un a une exigence : la règle "
        "interdit ces paires"
    ),
    "nobody fills '{field}', so that no weight follows it": (
        "personne ne remplit '{field}', si bien qu’aucun poids n’en dépend"
    ),
    # Findings of a verification
    "the duo of '{mentor}' and '{mentee}' has weights of its own, by no policy": (
        "le duo de '{mentor}' et '{mentee}' a ses propres poids, qu’aucune règle ne prévoit"
    ),
    "the duo of '{mentor}' and '{mentee}': its weights are not those that follow from what matters most to "
    "the two": (
        "le duo de '{mentor}' et '{mentee}' : ses poids ne sont pas ceux qui découlent de ce qui compte le "
        "plus pour les deux"
    ),
    "the duo of '{mentor}' and '{mentee}': the points of its criteria do not follow from its weights": (
        "le duo de '{mentor}' et '{mentee}' : les points de ses critères ne découlent pas de ses poids"
    ),
}
