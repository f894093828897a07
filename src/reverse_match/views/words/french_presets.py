"""What is said of presets in French."""

from __future__ import annotations

from reverse_match.views.words.french import FIELDS
from reverse_match.views.words.preset_words import PresetWords

_TEACHES = (
    "Parmi les répartitions qui forment autant de duos, celles où le moins de mentors n’ont rien à "
    "apprendre à la personne mentorée passent d’abord : un duo sans rien à transmettre manque le but "
    "du programme."
)

WORDS = PresetWords(
    purposes={
        "mission": "Politique par défaut : compétences, objectifs, âge, genre et service.",
        "evidence": "Ce que la recherche sur le mentorat appuie : compétences, objectifs, souhaits de "
        "chacun(e), temps en commun.",
        "no-personal-traits": "Compétences et objectifs seulement : ni âge, ni genre, ni rien qui en "
        "tienne lieu.",
    },
    reasons={
        "mission": {
            "skills": "Le but du programme : quelqu’un a quelque chose à transmettre. Le poids est un choix.",
            "goals": "Un objectif commun donne au duo de quoi travailler. Le poids est un choix.",
            "age": "Deux générations se rencontrent : la personne mentorée est plus âgée, pleinement à "
            "partir de 20 ans d’écart. C’est un choix du programme : à notre connaissance, aucune "
            "étude ne montre qu’un écart d’âge rende un duo meilleur.",
            "gender": "Des duos mixtes. C’est un choix du programme : se ressembler par le genre va "
            "moins de pair avec de bonnes relations que se ressembler par les attitudes et les valeurs "
            "(Eby et al. (2013), Psychological Bulletin 139(2), 441-476).",
            "department": "Rencontrer quelqu’un d’un autre service. C’est un choix du programme.",
            "as_far_as_possible": _TEACHES,
        },
        "evidence": {
            "skills": "Le but du programme. Le mentorat inversé est décrit comme un échange de savoirs "
            "(Murphy (2012), Human Resource Management 51(4), 549-573), mais étudié surtout par des "
            "travaux qualitatifs et conceptuels (Chaudhuri, Park & Johnson (2022), European Journal of "
            "Training and Development 46(5/6), 468-483). Le poids est un choix.",
            "goals": "De tout ce qui a été étudié, se ressembler par les attitudes, les valeurs, les "
            "convictions et la personnalité est ce qui va le plus de pair avec de bonnes relations : "
            "Eby et al. (2013), Psychological Bulletin 139(2), 441-476. La ressemblance ressentie "
            "compte aussi : Ghosh (2014), Journal of Vocational Behavior 84(3), 367-384. Les objectifs "
            "en tiennent lieu ici, ce qu’aucune étude, à notre connaissance, n’a vérifié ; le poids "
            "est un choix.",
            "wishes": "Les personnes qui ont eu leur mot à dire sur leur duo décrivent un meilleur "
            "mentorat : Allen, Eby & Lentz (2006), Journal of Applied Psychology 91(3), 567-578 ; "
            "Kendall & Smith-Jentsch (2015), International Journal of Mentoring and Coaching 13. Le "
            "poids est un choix.",
            "preferences": "Avoir son mot à dire, là aussi, mais sur les caractéristiques de l’autre "
            "personne et non sur son nom ; mêmes sources que pour les souhaits, dont aucune n’étudie de "
            "telles préférences. Le poids est un choix.",
            "time in common": "Les duos qui se voient plus souvent décrivent davantage de soutien (Eby "
            "et al. 2013), et trouver un créneau figure parmi les difficultés citées (Eby & Lockwood "
            "(2005), Journal of Vocational Behavior 67(3), 441-458). Que des heures libres en commun "
            "aident s’en déduit ; le poids est un choix.",
            "as_far_as_possible": _TEACHES,
        },
        "no-personal-traits": {
            "skills": "Le poids de la politique par défaut, à côté de ce qui en reste. Ce que l’on "
            "transmet et vise peut lui-même aller de pair avec l’âge ou le genre : docs/limits.md.",
            "goals": "Le poids de la politique par défaut, à côté de ce qui en reste.",
            "as_far_as_possible": _TEACHES,
        },
    },
    texts={
        "preset": "Politique prête à l’emploi « {name} » de reverse_match {version}. {purpose}",
        "file": "Politique de {name}.",
        "objective": "Objectif : {objective}.",
        "criteria": "Critères :",
        "criterion": "{name}, {share} du score.",
        "no weight": "{name}, sans poids.",
        "rules": "Règles : {names}.",
        "no rules": "Aucune règle.",
        "waiver": "Dérogation pour une paire, {mentor} comme mentor de {mentee}, décidée par {author} : "
        "{reason}",
        "quotas": "Quotas : {names}.",
        "credits": "Points accordés : {names}.",
        "uses": "Données personnelles utilisées : {fields}.",
        "uses not": "Données non utilisées : {fields}.",
        "always": "Toute répartition lit aussi les identifiants, les rôles et le nombre de duos "
        "possibles ; les noms et les adresses sont seulement affichés.",
        "fields that people name": "Ce que les personnes indiquent dans prefers peut porter sur tout champ.",
        "functions": "Vos propres fonctions peuvent lire toute donnée : {names}.",
        "outside": "Scores ou vecteurs extérieurs au fichier des personnes, qui peuvent tenir lieu de "
        "toute donnée : {names}.",
        "sources": "Les sources, et ce qu’elles ne montrent pas : docs/policy.md#presets.",
        "written": "{file} est écrit. Modifiez ce que vous voulez, puis : reverse-match match "
        "personnes.csv --policy {file} --lang fr",
        "how": "reverse-match policy --show NOM --out regles.toml en écrit une, à modifier ; match "
        "personnes.csv --policy NOM la prend telle quelle.",
    },
    fields=FIELDS | {"age": "âge (ou date ou année de naissance)"},
)
