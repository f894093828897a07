"""What faults about policies, matchings, rounds, feedback, studies and commands are in French."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    # Policies
    "mentor": "mentor",
    "mentee": "mentoré(e)",
    "both": "les deux",
    "nobody": "personne",
    "nested too deeply; right would be up to {most} conditions within each other": (
        "imbrication trop profonde ; attendu : {most} niveaux de conditions au plus"
    ),
    "a duo could count too much more than it scores; right would be "
    "charge + 2 * carry_over * carry_over_rounds <= {most}": (
        "un duo pourrait compter bien plus que son score ; attendu : "
        "charge + 2 * carry_over * carry_over_rounds <= {most}"
    ),
    "empty; right would be a field and what it is, such as {{'mentee.department': 'Finance'}}": (
        'vide ; attendu : un champ et sa valeur, par exemple {{"mentee.department": "Finance"}}'
    ),
    "a fraction of more than {most} parts": "une fraction de plus de {most} parts",
    "a number from 0 to 1, or a fraction such as '1/3'": (
        "un nombre de 0 à 1, ou une fraction telle que '1/3'"
    ),
    "within a billionth of {low}, but not that": "à moins d’un milliardième de {low}, mais différent",
    "negative; right would be 0 or more": "négatif ; attendu : 0 ou plus",
    "{what}, {low} or more": "{what}, {low} ou plus",
    "not a pair; right would be a list of two ids, such as ['lea', 'ada']": (
        'n’est pas une paire ; attendu : une liste de deux identifiants, par exemple ["lea", "ada"]'
    ),
    "not a time of day; right would be text such as 09:00": "n’est pas une heure ; attendu : un texte tel "
    "que 09:00",
    "not a time at which something begins; right would be 00:00 to 23:59": (
        "n’est pas une heure de début ; attendu : de 00:00 à 23:59"
    ),
    "right would be a text, a number, or a list of texts, or one of numbers": (
        "attendu : un texte, un nombre, une liste de textes ou une liste de nombres"
    ),
    "right would be points, 0 or more, with at most six decimals": (
        "attendu : un nombre de points, 0 ou plus, avec six décimales au plus"
    ),
    "a pair could have {number} points from all credits together; right would be points of which no pair has "
    "more than {most}": (
        "une paire pourrait recevoir {number} points en tout ; attendu : des points dont aucune paire ne "
        "reçoit plus de {most}"
    ),
    "nobody in the cohort has this id": "personne n’a cet identifiant",
    "this person has role {role}": "rôle de cette personne : {role}",
    "a credit names a {role} here": "il faut ici une personne de rôle {role}",
    "a listed pair names the {role} first": "une paire cite d’abord la personne de rôle {role}",
    "a listed pair names the {role} second": "une paire cite en second la personne de rôle {role}",
    "a fixed duo names the mentor first": "un duo imposé cite d’abord le mentor",
    "a fixed duo names the mentee second": "un duo imposé cite en second la personne mentorée",
    "months are counted back from a day; set as_of in the policy, or read the people as of a day": (
        "les mois se comptent à partir d’un jour ; indiquez as_of dans les règles, ou --as-of"
    ),
    "no field '{name}' in the people": "aucun champ '{name}' dans le fichier des personnes",
    "a column with that heading is read as '{field}', unless it is mapped otherwise": (
        "une colonne de cet en-tête est lue comme '{field}', sauf indication contraire (--map)"
    ),
    "'{field}' does not hold {what}": "'{field}' ne contient pas {what}",
    "numbers": "de nombres",
    "texts": "de textes",
    "lists": "de listes",
    "offered names": "de compétences offertes",
    "wanted names": "de compétences recherchées",
    "age, grade, or a column of numbers": "age, grade ou une colonne de nombres",
    "gender, department, location, or a column of texts": "gender, department, location ou une colonne de "
    "textes",
    "goals, languages, offers, seeks, or a column of lists": "goals, languages, offers, seeks ou une "
    "colonne de listes",
    "'{field}' is shown beside the id and counts for nothing; no policy can use it": (
        "'{field}' est affiché à côté de l’identifiant et ne compte pour rien ; aucune règle ne peut "
        "l’utiliser"
    ),
    "a list of texts; one text is needed": "une liste de textes ; il faut un seul texte",
    "read as of {day}, but the policy says as_of {low}; say one day": (
        "personnes lues au {day}, mais les règles indiquent as_of {low} ; choisissez un seul jour"
    ),
    "{low} mentors and {high} mentees need about {number} MiB, and the budget is {most} MiB; allow more "
    "memory, or split the cohort, for instance by country": (
        "{low} mentors et {high} mentoré(e)s demandent environ {number} Mio de mémoire, et la limite est de "
        "{most} Mio ; augmentez --memory, ou divisez le fichier, par exemple par pays"
    ),
    "no duos that keep all quotas were found within the limits of the search, and it is not proved that "
    "there are none": (
        "la recherche, limitée, n’a trouvé aucun ensemble de duos qui respecte tous les quotas, et il n’est "
        "pas prouvé qu’il n’en existe aucun"
    ),
    # Stored records
    "these are not the people that were matched: the digest of their records differs": (
        "ce ne sont pas les personnes de la répartition : l’empreinte de leurs données est différente"
    ),
    "the people file as it was then": "le fichier des personnes tel qu’il était alors",
    "the people as they were then": "les personnes telles qu’elles étaient alors",
    "not valid JSON; right would be a {kind} as this library writes it": (
        "fichier JSON non valide ; attendu : un fichier ({kind}) tel que reverse_match l’écrit"
    ),
    "not an object: no {kind} that this library has written": "n’est pas un fichier ({kind}) écrit par "
    "reverse_match",
    "no schema_version from 1 to {most}: not a {kind} that this library has written": (
        "aucun schema_version de 1 à {most} : ce n’est pas un fichier ({kind}) écrit par reverse_match"
    ),
    "schema_version is {number}, and this library reads up to {most}: written by a newer version of "
    "reverse_match; update reverse_match to read it": (
        "schema_version vaut {number}, et cette version lit jusqu’à {most} : fichier écrit par une version "
        "plus récente de reverse_match ; mettez reverse_match à jour pour le lire"
    ),
    "matching": "répartition",
    "plan": "plan",
    "history": "historique",
    # Questions about pairs and people
    "'{name}' is no partner of '{person}' as {role}; these are: {people}": (
        "'{name}' ne forme pas de duo avec '{person}' (rôle : {role}) ; partenaires actuels : {people}"
    ),
    "'{name}' is no {side}; this person has role {role}": "'{name}' n’a pas le rôle {side} ; rôle de cette "
    "personne : {role}",
    "unknown role; right would be mentor or mentee": "rôle inconnu ; attendu : mentor ou mentee (mentoré)",
    "'{name}' is both; say role mentor or role mentee": "'{name}' a les deux rôles ; ajoutez --role mentor "
    "ou --role mentee",
    # Amendments
    "right would be points from 0 to 1, with at most six decimals": (
        "attendu : un nombre de points de 0 à 1, avec six décimales au plus"
    ),
    "goes with no at_most_changes; give a limit, or a charge for each change": (
        "incompatible avec at_most_changes ; indiquez une limite, ou un coût par changement"
    ),
    "right would be a whole number, 0 or more": "attendu : un nombre entier, 0 ou plus",
    "read as of {day}, but the matching counts ages on {low}; say that day": (
        "personnes lues au {day}, mais la répartition compte les âges au {low} ; indiquez ce jour"
    ),
    "the matching followed another policy than the one given; right would be that one, or none: then the one "
    "stored in the matching counts": (
        "la répartition a été formée avec d’autres règles que celles indiquées ; attendu : les mêmes, ou "
        "aucune : celles du fichier de la répartition comptent alors"
    ),
    "nobody in the cohort, as amended, has the id '{name}'": "après modification, personne n’a l’identifiant "
    "'{name}'",
    "nobody in the cohort, as amended, has the id '{name}': they are away": (
        "après modification, personne n’a l’identifiant '{name}' : cette personne est absente"
    ),
    "'{name}' is no {side}: role {role}; a duo names the mentor first": (
        "'{name}' n’a pas le rôle {side} (rôle : {role}) ; un duo cite d’abord le mentor"
    ),
    "right would be a list of pairs of ids such as [('lea', 'ada')], mentor first": (
        "attendu : une liste de paires d’identifiants, le mentor en premier"
    ),
    "nobody has forbidden '{one}' and '{other}' to each other by hand; what the policy forbids, only another "
    "policy allows": (
        "personne n’a séparé '{one}' et '{other}' à la main ; ce que les règles interdisent, seules "
        "d’autres règles l’autorisent"
    ),
    "'{one}' and '{other}' are a duo in another round of the plan, in which people meet once; right would be "
    "another plan": (
        "'{one}' et '{other}' forment déjà un duo dans un autre cycle du plan, où chacun ne se rencontre "
        "qu’une fois ; attendu : un autre plan"
    ),
    "the record of '{name}' says that they avoid the other; right would be a corrected record (leave and "
    "join "
    "in one amendment) together with this": (
        "la fiche de '{name}' indique que cette personne évite l’autre ; corrigez sa fiche en même temps "
        "(--leave et --join dans la même modification)"
    ),
    "'{one}' and '{other}' are forbidden in the same call; give one of the two": (
        "'{one}' et '{other}' sont séparés dans la même demande ; gardez l’une des deux"
    ),
    # Feedback
    "the same person answers about this duo and day in row {row}; keep one of the two": (
        "la même personne répond sur ce duo et ce jour à la ligne {row} ; gardez l’une des deux réponses"
    ),
    "unknown column; remove it, or map it": "colonne inconnue ; supprimez-la ou associez-la à un champ",
    "is mapped to no field": "n’est associé à aucun champ",
    "empty; right would be at least one answer, in a CSV file below a heading row": (
        "vide ; attendu : au moins une réponse, sous la ligne d’en-têtes dans un fichier CSV"
    ),
    "missing; every answer needs one": "manquant ; chaque réponse doit en avoir un",
    "unknown answer; right would be {names}, or an empty cell": "réponse inconnue ; attendu : {names} ou "
    "une cellule vide",
    "unknown; right would be mentor or mentee, whoever of the two answers": (
        "inconnu ; attendu : mentor ou mentee (mentoré), selon la personne qui répond"
    ),
    "out of range; right would be hours from 0 to {most}": "hors limites ; attendu : de 0 à {most} heures",
    "a level or a priority has no place here; right would be names separated by ';'": (
        "un niveau ou une priorité n’a pas sa place ici ; attendu : des noms séparés par ';'"
    ),
    "longer than a comment is; right would be up to {most} letters": "commentaire trop long ; attendu : "
    "{most} caractères au plus",
    "mentor and mentee are one person; right would be the ids of two": (
        "mentor et mentoré(e) sont la même personne ; attendu : les identifiants de deux personnes"
    ),
    "these two are no duo of the matching or of a past round; right would be one that is": (
        "ces deux personnes ne forment un duo ni dans la répartition ni dans un cycle passé ; attendu : un "
        "duo existant"
    ),
    "these two are a duo the other way round; right would be mentor and mentee exchanged": (
        "ces deux personnes forment un duo dans les rôles inverses ; échangez mentor et mentoré(e)"
    ),
    "no {side} of the matching or of a past round has the id that stands here": (
        "cet identifiant ({side}) ne figure ni dans la répartition ni dans un cycle passé"
    ),
    # Histories
    "not valid JSON in UTF-8; right would be a history written by this library": (
        "fichier JSON en UTF-8 non valide ; attendu : un historique écrit par reverse_match"
    ),
    "the round ended before it began; right would be began on or before until": (
        "le cycle se termine avant de commencer ; attendu : began au plus tard le jour until"
    ),
    "right would be the ids of everybody in the round, sorted, each once": (
        "attendu : les identifiants de toutes les personnes du cycle, triés, une fois chacun"
    ),
    "the end was edited or removed after it was written: the digest of the last round is not that of round "
    "{number}": (
        "la fin a été modifiée ou supprimée après son enregistrement : l’empreinte du dernier cycle n’est "
        "pas celle du cycle {number}"
    ),
    "the entry of round {number} was edited, removed, or is not in its place: what stands there is not "
    "number {count}": (
        "l’entrée du cycle {number} a été modifiée, supprimée ou déplacée : on n’y trouve pas le numéro "
        "{count}"
    ),
    "the entry of round {number} was edited, or put there, after it was written: its digest differs": (
        "l’entrée du cycle {number} a été modifiée ou ajoutée après coup : son empreinte est différente"
    ),
    "a copy as it was written": "une copie telle qu’elle a été écrite",
    "round {number} would end on {day}, before round {count} did; right would be {low} or later": (
        "le cycle {number} finirait le {day}, avant le cycle {count} ; attendu : le {low} ou plus tard"
    ),
    "this matching stands there already, as round {number}": "cette répartition y figure déjà, comme cycle "
    "{number}",
    "the next one": "la suivante",
    "not the history of these people: of the {count} people of its last round, number {number}, {low} are "
    "among them; right would be at least {most}": (
        "ce n’est pas l’historique de ces personnes : sur les {count} personnes de son dernier cycle (le "
        "cycle {number}), {low} en font partie ; attendu : {most} au moins"
    ),
    "{number} rounds; right would be a history of up to {most}": "{number} cycles ; attendu : un historique "
    "de {most} au plus",
    "holds other rounds: {number} there, {count} here; perhaps one was added since it was read; right would "
    "be "
    "to read it again; nothing was written": (
        "contient d’autres cycles ({number} dans le fichier, {count} ici) ; l’un d’eux a peut-être été "
        "ajouté "
        "depuis la lecture ; relisez le fichier ; rien n’a été enregistré"
    ),
    # Rotations and programmes
    "missing; right would be the day on which the round begins": "manquant ; attendu : le jour où commence "
    "le cycle",
    "these are other people than those who were matched, of whom fewer than a quarter are among them": (
        "ces personnes sont différentes : moins d’un quart de celles de la répartition en font partie"
    ),
    "this is the policy in force in a round of a plan, with what its other rounds rule out; right would be "
    "the "
    "one that was given (the matching's policy), or none": (
        "ce sont les règles en vigueur dans un cycle d’un plan, avec ce que ses autres cycles excluent ; "
        "attendu : celles qui ont été indiquées au départ, ou aucune"
    ),
    "this is the policy in force in the round that ends, which says nothing of who was away; right would be "
    "the one that was given (the matching's policy), or none": (
        "ce sont les règles en vigueur dans le cycle qui se termine, qui ne disent rien des absences ; "
        "attendu : celles qui ont été indiquées au départ, ou aucune"
    ),
    "the matching of the round after it, or the history as it was before that round ended": (
        "la répartition du cycle suivant, ou l’historique d’avant la fin de ce cycle"
    ),
    "the last of its {number} rounds is not the one before this matching (round {count}); right would be the "
    "history that was written with this matching": (
        "le dernier de ses {number} cycles n’est pas celui qui précède cette répartition (cycle {count}) ; "
        "attendu : l’historique enregistré avec cette répartition"
    ),
    "round {number} began on {day}; right would be a later day": "le cycle {number} a commencé le {day} ; "
    "attendu : un jour postérieur",
    "the programme ends with round {number}, and this is round {count}": (
        "le programme se termine au cycle {number}, et celui-ci est le cycle {count}"
    ),
    "rotation is due on {day}, {number} day after {low}; to rotate now, say early (--early)": (
        "la rotation est prévue le {day}, soit {number} jour après le {low} ; pour la faire dès maintenant, "
        "ajoutez --early"
    ),
    "rotation is due on {day}, {number} days after {low}; to rotate now, say early (--early)": (
        "la rotation est prévue le {day}, soit {number} jours après le {low} ; pour la faire dès maintenant, "
        "ajoutez --early"
    ),
    "every and unit go together; give both, or neither for every 2 weeks": (
        "every et unit vont ensemble ; indiquez les deux, ou aucun pour un rythme de 2 semaines"
    ),
    "out of range; right would be a programme in the years {low} to {high}": (
        "hors limites ; attendu : un programme entre les années {low} et {high}"
    ),
    "the programme is over since {day}; {low} is in none of its rounds": (
        "le programme est terminé depuis le {day} ; le {low} n’est dans aucun de ses cycles"
    ),
    "the programme begins on {day}, which is after {low}": "le programme commence le {day}, après le {low}",
    "there is no round {number}; right would be from 1 to {most}": "il n’y a pas de cycle {number} ; "
    "attendu : de 1 à {most}",
    "a duo and a person are asked for; right would be one of them": (
        "un duo et une personne sont demandés ; attendu : l’un ou l’autre"
    ),
    "'{one}' (mentor) and '{other}' (mentee) are no duo of the matching": (
        "'{one}' (mentor) et '{other}' (mentoré(e)) ne forment pas de duo dans cette répartition"
    ),
    "'{name}' is in no duo of the matching": "'{name}' n’a pas de duo dans cette répartition",
    "a calendar of {number} meetings; right would be up to {most}, such as one for each duo or person": (
        "un calendrier de {number} rendez-vous ; attendu : {most} au plus, par exemple un calendrier par duo "
        "ou par personne"
    ),
    # Figures
    "no matching; right would be that of each round, the first one first": (
        "aucune répartition ; attendu : celle de chaque cycle, en commençant par le premier"
    ),
    "right would be the last day of each of the {number} rounds; the last may be left out": (
        "attendu : le dernier jour de chacun des {number} cycles ; celui du dernier cycle est facultatif"
    ),
    "out of order; right would be each round ending after the one before": (
        "dans le désordre ; attendu : des cycles qui finissent l’un après l’autre"
    ),
    "'{one}' (mentor) and '{other}' (mentee) are a duo of none of the matchings": (
        "'{one}' (mentor) et '{other}' (mentoré(e)) ne forment un duo dans aucune des répartitions"
    ),
    "the other way round they are one": "ils en forment un dans les rôles inverses",
    "'{one}' (mentor) and '{other}' (mentee) are a duo of several rounds; say the last days of the rounds "
    "(ends)": (
        "'{one}' (mentor) et '{other}' (mentoré(e)) forment un duo dans plusieurs cycles ; indiquez le "
        "dernier jour des cycles (ends)"
    ),
    "the same person about the same duo on the same day as record {row}; keep one": (
        "même personne, même duo et même jour que la réponse {row} ; gardez l’une des deux"
    ),
    "may be raised, not lowered; right would be {most} or more": "peut être augmenté, mais pas réduit ; "
    "attendu : {most} ou plus",
    "a text, not a list; right would be a list of columns": "un texte et non une liste ; attendu : une liste "
    "de colonnes",
    "right would be a whole number of 1 or more": "attendu : un nombre entier, 1 ou plus",
    "a report is written as HTML; right would be a name that ends in .html": (
        "un rapport s’écrit en HTML ; attendu : un nom de fichier en .html"
    ),
    # Plans
    "no plan was found in which every round keeps the rules and quotas beside the others; that there is none "
    "is not proved; right would be fewer rounds, or weaker quotas": (
        "aucun plan n’a été trouvé où chaque cycle respecte les règles et les quotas compte tenu des autres "
        "cycles ; il n’est pas prouvé qu’il n’en existe aucun ; demandez moins de cycles, ou assouplissez "
        "les quotas"
    ),
    "no plan was found that keeps the quotas and in which no two people meet twice": (
        "aucun plan n’a été trouvé qui respecte les quotas sans que deux personnes se rencontrent deux fois"
    ),
    "no plan has a best worst duo under quotas yet; right would be another objective": (
        "un plan avec des quotas ne peut pas encore viser le score le plus bas ; attendu : un autre objectif"
    ),
    "two people are fixed both ways, but in a plan they meet only once; fix one of the two duos": (
        "deux personnes sont imposées dans les deux rôles, mais elles ne se rencontrent qu’une fois dans un "
        "plan ; imposez l’un des deux duos"
    ),
    "'{one}' and '{other}' differ in case, accents or spaces only, and one is away": (
        "'{one}' et '{other}' ne diffèrent que par des majuscules, des accents ou des espaces, et l’une de "
        "ces personnes est absente"
    ),
    "no round was found for a fixed duo: one of the two is always away": (
        "aucun cycle n’est possible pour un duo imposé : l’une des deux personnes est toujours absente"
    ),
    # Commands
    "right would be two ids with = between them, for instance lea=ada": (
        "attendu : deux identifiants séparés par =, par exemple lea=ada"
    ),
    "right would be whole numbers from {low} to {high}, for instance 10,100,1000": (
        "attendu : des nombres entiers de {low} à {high}, par exemple 10,100,1000"
    ),
    "right would be one of: --mentor with --mentee, --person": (
        "attendu : --mentor avec --mentee, ou --person"
    ),
    "right would be one of: --mentor with --mentee, --why, --alternatives": (
        "attendu : --mentor avec --mentee, --why ou --alternatives"
    ),
    "--role and --instead-of belong to --alternatives": "--role et --instead-of s’emploient avec "
    "--alternatives",
    "--history needs --out with a .json file: else the round that begins would be lost": (
        "--history s’emploie avec --out et un fichier .json : sinon, le cycle qui commence serait perdu"
    ),
    "--start is asked only where --months is given: from both follows whether rotation is due": (
        "--start ne s’emploie qu’avec --months : les deux indiquent si la rotation est due"
    ),
    "nothing says when this round began, so it may be too early; right would be the day (--start), a "
    "programme (--programme), or to rotate whenever it was (--early)": (
        "rien n’indique quand ce cycle a commencé, et il est peut-être trop tôt ; attendu : son premier jour "
        "(--start), un programme (--programme), ou --early pour ne pas en tenir compte"
    ),
    "right would be HEADING=field, for instance 'Employee ID=id'": (
        'attendu : EN-TÊTE=champ, par exemple "Matricule=id"'
    ),
    "--people and --on go together with --matching": "--people et --on vont avec --matching",
    "--mentor and --mentee go together": "--mentor et --mentee vont ensemble",
    "belongs to --out with a .csv file": "s’emploie avec --out et un fichier .csv",
    "right would be one people file, or --mentors with --mentees": (
        "attendu : un fichier de personnes, ou --mentors avec --mentees"
    ),
    "right would be FIELD=SIGN, for instance 'offers=, '": 'attendu : CHAMP=SIGNE, par exemple "offers=, "',
    "standard output: cannot be written: {error}": "sortie standard : impossible à écrire : {error}",
    "an argument is no text in this locale; right would be UTF-8 (PYTHONUTF8=1)": (
        "un argument n’est pas un texte dans ce système ; attendu : UTF-8 (PYTHONUTF8=1)"
    ),
    "1 id is changed where a spreadsheet opens {file}, such as 007 to 7; .xlsx keeps them": (
        "un tableur qui ouvre {file} change 1 identifiant, par exemple 007 en 7 ; un fichier .xlsx le "
        "conserve"
    ),
    "{number} ids are changed where a spreadsheet opens {file}, such as 007 to 7; .xlsx keeps them": (
        "un tableur qui ouvre {file} change {number} identifiants, par exemple 007 en 7 ; un fichier .xlsx "
        "les conserve"
    ),
}
"""Sentences about what is decided, kept and asked."""
