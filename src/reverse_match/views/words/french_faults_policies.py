"""What faults and notes of policies are in French: criteria, rules, quotas and stages of the objective."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "leaves the folder of the policy; right would be the name of a file in that folder, or to give the data "
    "by tables=": "sort du dossier de la politique ; attendu : le nom d’un fichier de ce dossier, ou les "
    "données par tables=",
    "not a pair with its value; right would be a list such as ['lea', 'ada', 0.8]": (
        'n’est pas une paire avec sa valeur ; attendu : une liste telle que ["lea", "ada", 0.8]'
    ),
    "a number, or null for a pair that is forbidden": "un nombre, ou null pour une paire interdite",
    "NaN or infinite; right would be a number, null for a pair that is forbidden, or no entry at all for one "
    "that is not known": "NaN ou infini ; attendu : un nombre, null pour une paire interdite, ou aucune "
    "entrée pour une paire inconnue",
    "pairs beside a file or a digest; give the scores once": (
        "pairs figure avec un fichier ou une empreinte ; indiquez les scores une seule fois"
    ),
    "from needs to; give both, or neither": "from exige to ; indiquez les deux ou aucun",
    "from and to are equal; right would be two different numbers": (
        "from et to sont égaux ; attendu : deux nombres différents"
    ),
    "out of order or too near; right would be from at least {low} below to": (
        "dans le désordre ou trop proches ; attendu : from inférieur à to d’au moins {low}"
    ),
    "another value for the same pair than an earlier one; right would be one for each pair": (
        "une autre valeur figure plus haut pour la même paire ; attendu : une seule par paire"
    ),
    "the same id as an earlier one; right would be each id once": (
        "cet identifiant figure déjà plus haut ; attendu : chaque identifiant une seule fois"
    ),
    "infinite; right would be a finite number, or minus infinity for a pair that is forbidden": (
        "infini ; attendu : un nombre fini, ou moins l’infini pour une paire interdite"
    ),
    "all values are equal, and none of them lies from 0 to 1; right would be from and to: the values that "
    "count 0 and 1": "toutes les valeurs sont égales, et aucune n’est comprise entre 0 et 1 ; attendu : from "
    "et to, les valeurs qui comptent 0 et 1",
    "beyond from and to; right would be a number between the values that count 0 and 1": (
        "au-delà de from et to ; attendu : un nombre entre les valeurs qui comptent 0 et 1"
    ),
    "the scale is too wide: values that differ become equal, or nearly so, in the millionths of it that "
    "count; right would be to leave out what is not known, null for what is forbidden (no stand-in such as "
    "-999), and values on a narrower scale": (
        "l’échelle est trop large : des valeurs différentes y deviennent égales, ou presque, dans les "
        "millionièmes qui comptent ; attendu : rien pour ce qui est inconnu, null pour ce qui est interdit "
        "(pas de valeur de remplacement telle que -999), et des valeurs sur une échelle plus étroite"
    ),
    "more than {what}; leave out the pairs that are not known": (
        "plus de {what} ; omettez les paires inconnues"
    ),
    "{most} listed pairs": "{most} paires listées",
    "{most} pairs": "{most} paires",
    "a frame or a file with columns mentor, mentee and value, or with a row for each mentor and a column for "
    "each mentee, an array of shape (mentors, mentees), or a list such as [('lea', 'ada', 0.8)]": (
        "un tableau ou un fichier avec les colonnes mentor, mentee et value, ou avec une ligne par mentor et "
        "une colonne par mentoré(e), une matrice (mentors, mentorés), ou une liste telle que "
        '[("lea", "ada", 0.8)]'
    ),
    "not a table": "n’est pas un tableau",
    "a frame without ids of mentors": "un tableau de données sans identifiants des mentors",
    "no columns mentor and mentee, and no column of mentors": (
        "ni colonnes mentor et mentee, ni colonne des mentors"
    ),
    ".csv, .json, .xlsx or .parquet": ".csv, .json, .xlsx ou .parquet",
    "not a list; right would be pairs with their values, such as [['lea', 'ada', 0.8]]": (
        'n’est pas une liste ; attendu : des paires avec leurs valeurs, telles que [["lea", "ada", 0.8]]'
    ),
    "an array has no ids; right would be to give the people too, or a frame with ids": (
        "une matrice n’a pas d’identifiants ; attendu : aussi les personnes, ou un tableau avec identifiants"
    ),
    "an array of shape {shape}; right would be {right}: the mentors and the mentees of the cohort, in its "
    "order": "une matrice de taille {shape} ; attendu : {right}, les mentors et les mentorés dans leur ordre",
    "an array of {dtype}; right would be numbers, NaN where not known": (
        "une matrice de type {dtype} ; attendu : des nombres, NaN pour ce qui est inconnu"
    ),
    "no column of values; right would be one that is headed value": (
        "aucune colonne de valeurs ; attendu : une colonne intitulée value"
    ),
    "nobody is named; right would be an id": "personne n’est indiqué ; attendu : un identifiant",
    "None in an array of objects; right would be NaN (not known) or minus infinity (forbidden)": (
        "None dans une matrice d’objets ; attendu : NaN (inconnu) ou moins l’infini (interdit)"
    ),
    "not a number; right would be one such as 0.8, nothing where it is not known, or forbidden": (
        "n’est pas un nombre ; attendu : un nombre tel que 0.8, rien si la valeur est inconnue, ou forbidden "
        "(ou interdit)"
    ),
    "could mean not known or forbidden; right would be an empty cell, or the word forbidden": (
        "peut signifier inconnu ou interdit ; attendu : une cellule vide, ou le mot interdit"
    ),
    "no criterion of kind table or similarity takes data called '{name}'": (
        "aucun critère de type table ou similarity n’attend de données nommées '{name}'"
    ),
    "right would be NAME=FILE, for instance interview=scores.csv": (
        "attendu : NOM=FICHIER, par exemple entretien=scores.csv"
    ),
    "the policy has none": "la politique n’en a aucun",
    "other data for '{name}' than the policy states: its digest differs; right would be the data as it was "
    "then, or a policy without the digest for new data": (
        "les données de '{name}' ne sont pas celles de la politique : leur empreinte diffère ; attendu : les "
        "données d’alors, ou une politique sans empreinte pour de nouvelles données"
    ),
    "{what} are not at hand; right would be tables={{'{name}': ...}}, or on the command line --table "
    "{name}=FILE": (
        '{what} manquent ; attendu : tables={{"{name}": ...}}, ou sur la ligne de commande --table '
        "{name}=FICHIER"
    ),
    "{what} are not at hand, and no file '{file}' is; right would be tables={{'{name}': ...}}, or on the "
    "command line --table {name}=FILE": (
        "{what} manquent, et le fichier '{file}' est introuvable ; attendu : tables={{\"{name}\": ...}}, ou "
        "sur la ligne de commande --table {name}=FICHIER"
    ),
    "the scores called '{name}'": "les scores nommés '{name}'",
    "the vectors called '{name}'": "les vecteurs nommés '{name}'",
    "not a list of ids; right would be a list of texts, one for each row of the array": (
        "n’est pas une liste d’identifiants ; attendu : une liste de textes, un par ligne de la matrice"
    ),
    "not one vector for each of {number} ids; right would be an array of numbers with a row for each id and "
    "up to {most} columns": "n’a pas un vecteur pour chacun des {number} identifiants ; attendu : une "
    "matrice de nombres avec une ligne par identifiant et au plus {most} colonnes",
    "more than {number} numbers; right would be fewer people or shorter vectors": (
        "plus de {number} nombres ; attendu : moins de personnes ou des vecteurs plus courts"
    ),
    "NaN or infinite; right would be finite numbers, or NaN alone where nothing is known": (
        "NaN ou infini ; attendu : des nombres finis, ou seulement NaN si rien n’est connu"
    ),
    "not vectors; right would be rm.Embeddings(ids, array), a function from texts to an array of vectors, or "
    "a file with a row for each person": "ne sont pas des vecteurs ; attendu : rm.Embeddings(ids, array), "
    "une fonction qui rend des vecteurs pour des textes, ou un fichier avec une ligne par personne",
    "an embedder reads texts of people; right would be to give the people too": (
        "un modèle lit les textes des personnes ; attendu : aussi les personnes"
    ),
    "the embedder did not return an array with a row for each of {number} texts": (
        "le modèle n’a pas rendu une matrice avec une ligne pour chacun des {number} textes"
    ),
    "an id and {number} numbers, as in the first row": "un identifiant et {number} nombres, comme à la "
    "première ligne",
    "the vectors '{name}' are of nobody among these people; right would be their ids": (
        "les vecteurs '{name}' ne concernent aucune de ces personnes ; attendu : leurs identifiants"
    ),
    "the table '{name}' names nobody among these people; right would be their ids, mentor first": (
        "le tableau '{name}' ne nomme aucune de ces personnes ; attendu : des identifiants, d’abord le mentor"
    ),
    "the table '{name}' has no pair of a mentor and a mentee of these people; right would be the mentor "
    "first": (
        "le tableau '{name}' n’a aucune paire d’un mentor et d’un(e) mentoré(e) parmi ces personnes ; "
        "attendu : d’abord le mentor"
    ),
    "table '{name}': {low} of {count} pairs name somebody who is not among these people, and do not count": (
        "tableau '{name}' : paires qui citent quelqu’un d’autre que ces personnes, et ne comptent pas : "
        "{low} sur {count}"
    ),
    "table '{name}' names '{person}', whom nobody is; did you mean '{near}', from which it differs by "
    "capitals, spaces or characters that nobody sees?": "le tableau '{name}' cite '{person}', qui n’est "
    "personne ; vouliez-vous dire '{near}', qui n’en diffère que par des majuscules, des espaces ou des "
    "caractères invisibles ?",
    "table '{name}': {low} of {count} pairs name people in roles that they do not have, and do not count": (
        "tableau '{name}' : paires qui citent une personne dans un rôle qu’elle n’a pas, et ne comptent "
        "pas : {low} sur {count}"
    ),
    "table '{name}': its lowest value counts 0 and its highest counts 1, as no scale is stated": (
        "tableau '{name}' : la plus petite valeur compte 0 et la plus grande 1, faute d’échelle indiquée"
    ),
    "vectors '{name}': {low} of {count} people have none": (
        "vecteurs '{name}' : personnes sans vecteur : {low} sur {count}"
    ),
    "criterion '{name}' is known for {low} of {count} pairs": (
        "le critère '{name}' n’est connu que pour une partie des paires ({low} sur {count})"
    ),
    "every other pair counts the mean": "toute autre paire compte la moyenne",
    "every other pair counts what missing says": "toute autre paire compte la valeur de missing",
    "{one} and {other} say two least numbers of duos; give one of them": (
        "{one} et {other} donnent deux nombres minimaux de duos différents ; n’en gardez qu’un"
    ),
    "spread comes before the total, which the objective 'total' puts first": (
        "spread passe avant le total, que l’objectif 'total' met en premier"
    ),
    "give it after_total, or choose another objective": (
        "ajoutez after_total, ou choisissez un autre objectif"
    ),
    "'mentors', 'mentees', 'both', or {objective}": "'mentors', 'mentees', 'both' ou {objective}",
    "{one} and {other} differ in case, accents or spaces only, and one has a number of duos of their own": (
        "{one} et {other} ne diffèrent que par la casse, les accents ou les espaces, et l’une de ces "
        "personnes a un nombre de duos qui lui est propre"
    ),
    "of {person}: fewer than the least number of duos of this person": (
        "pour {person} : moins que le nombre minimal de duos de cette personne"
    ),
    "duos are not spread under a bound yet": (
        "la répartition des duos entre les personnes n’est pas encore possible sous une borne"
    ),
    "a study of a policy without 'spread'": "l’étude d’une politique sans 'spread'",
    "an objective over people does not go with spread": (
        "un objectif portant sur les personnes n’est pas compatible avec spread"
    ),
    "one of the two, or 'max_min' or 'fair' over duos with spread": (
        "l’un des deux, ou 'max_min' ou 'fair' portant sur les duos avec spread"
    ),
    "an objective over people is for at most {most} pairs of a mentor and a mentee, and there are {number}": (
        "un objectif portant sur les personnes n’est possible que jusqu’à {most} paires d’un mentor et d’une "
        "personne mentorée, et il y en a {number}"
    ),
    "'max_min' or 'fair' over duos, without 'over'": (
        "'max_min' ou 'fair' portant sur les duos, sans 'over'"
    ),
    "no plan of several rounds is fair to people yet": (
        "aucun plan sur plusieurs cycles n’est encore équitable entre personnes"
    ),
    "'max_min' or 'fair' over duos, without 'over', or a match for each round": (
        "'max_min' ou 'fair' portant sur les duos, sans 'over', ou une répartition cycle par cycle"
    ),
    "no plan of several rounds spreads duos yet": (
        "aucun plan sur plusieurs cycles ne répartit encore les duos entre les personnes"
    ),
    "a policy without 'spread', under which as many people as possible have a duo in one of the best plans, "
    "or a match for each round": (
        "une politique sans 'spread', avec laquelle le plus de personnes possible ont un duo dans l’un des "
        "meilleurs plans, ou une répartition cycle par cycle"
    ),
    "the least number of duos exceeds the largest one": (
        "le nombre minimal de duos dépasse le nombre maximal"
    ),
    "a range such as 1..3": "un intervalle tel que 1..3",
    "nobody whose duos are spread can have more than one, so that it decides nothing": (
        "aucune des personnes concernées ne peut avoir plus d’un duo ; il ne décide donc de rien"
    ),
    "a skill has terms twice; give all its terms at once": (
        "une compétence figure deux fois ; indiquez toutes ses conditions en une seule fois"
    ),
    "nobody offers or seeks '{skill}'": "personne ne propose ni ne recherche '{skill}'",
    "slot is longer than at_least": "slot dépasse at_least",
    "slot <= at_least": "slot <= at_least",
    "no preset of this name": "aucune politique prête à l’emploi ne porte ce nom",
    "neither a preset nor a file of this name": "ni politique prête à l’emploi ni fichier de ce nom",
    "the name of a preset and not of a file; right would be rm.Policy.preset('{name}')": (
        'nom d’une politique prête à l’emploi et non d’un fichier ; attendu : rm.Policy.preset("{name}")'
    ),
    "a policy names no preset; right would be all that the preset says, as reverse-match policy --show NAME "
    "--out FILE writes it": (
        "une politique ne nomme pas de politique prête à l’emploi ; attendu : tout ce que celle-ci contient, "
        "tel que reverse-match policy --show NOM --out FICHIER l’écrit"
    ),
    "is there already": "existe déjà",
    "no headings; right would be a first row such as id, v1, v2 above the vectors": (
        "pas d’en-têtes ; attendu : une première ligne telle que id, v1, v2 au-dessus des vecteurs"
    ),
    "'{one}' and '{other}' mean the same; right would be one of these columns": (
        "'{one}' et '{other}' désignent la même chose ; attendu : une seule de ces colonnes"
    ),
    "holds several sheets; right would be to name one behind the file, as in scores.xlsx#Sheet1": (
        "contient plusieurs feuilles ; attendu : le nom de l’une d’elles après le fichier, comme dans "
        "scores.xlsx#Feuil1"
    ),
    "the scores called '{name}' are not at hand, and no file '{file}' is; right would be "
    'tables={{"{other}": ...}}, or on the command line --table "{other}=FILE"': (
        "les scores nommés '{name}' manquent, et le fichier '{file}' est introuvable ; attendu : "
        'tables={{"{other}": ...}}, ou sur la ligne de commande --table "{other}=FICHIER"'
    ),
    "the scores called '{name}' are not at hand; right would be tables={{\"{other}\": ...}}, or on the "
    'command line --table "{other}=FILE"': (
        "les scores nommés '{name}' manquent ; attendu : tables={{\"{other}\": ...}}, ou sur la ligne de "
        'commande --table "{other}=FICHIER"'
    ),
    "the vectors called '{name}' are not at hand, and no file '{file}' is; right would be "
    'tables={{"{other}": ...}}, or on the command line --table "{other}=FILE"': (
        "les vecteurs nommés '{name}' manquent, et le fichier '{file}' est introuvable ; attendu : "
        'tables={{"{other}": ...}}, ou sur la ligne de commande --table "{other}=FICHIER"'
    ),
    "the vectors called '{name}' are not at hand; right would be tables={{\"{other}\": ...}}, or on the "
    'command line --table "{other}=FILE"': (
        "les vecteurs nommés '{name}' manquent ; attendu : tables={{\"{other}\": ...}}, ou sur la ligne de "
        'commande --table "{other}=FICHIER"'
    ),
    "table '{name}': {value} stands apart from all other values, and sets the scale; if it means not known "
    "or forbidden, leave it out, or write null": (
        "tableau '{name}' : {value} s’écarte de toutes les autres valeurs et fixe l’échelle ; si cela "
        "signifie inconnu ou interdit, omettez cette valeur ou écrivez null"
    ),
    "not a number; right would be a number of duos such as 2, or the least and the most: 1..3": (
        "n’est pas un nombre ; attendu : un nombre de duos tel que 2, ou le minimum et le maximum : 1..3"
    ),
    "nobody fills '{field}', so that no duo is known to lack it": (
        "personne n’a rempli '{field}' : on ne sait d’aucun duo qu’il y manque ce qui est demandé"
    ),
    "no mentor fills '{field}', so that no duo is known to lack it": (
        "aucun mentor n’a rempli '{field}' : on ne sait d’aucun duo qu’il y manque ce qui est demandé"
    ),
    "no mentee fills '{field}', so that no duo is known to lack it": (
        "aucune personne mentorée n’a rempli '{field}' : on ne sait d’aucun duo qu’il y manque ce qui est "
        "demandé"
    ),
}
