"""What faults about policies, matchings, rounds, feedback, studies and commands are in French."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    # Executors
    "this job was cancelled before it began": "cette tâche a été annulée avant de commencer",
    "to take its result before leaving": "de prendre son résultat avant de partir",
    "an executor": "un exécuteur",
    'one of concurrent.futures, Client.get_executor(), "serial", or nothing': (
        'un exécuteur de concurrent.futures, Client.get_executor(), "serial" ou rien'
    ),
    "the executor has lost its workers, or accepts no more work ({kind}), so nothing was made": (
        "l’exécuteur a perdu ses processus ou n’accepte plus de travail ({kind}) ; rien n’a donc été produit"
    ),
    "an executor that is open, with enough memory for each worker, or none": (
        "un exécuteur ouvert, avec assez de mémoire pour chaque processus, ou aucun"
    ),
    "the criteria and rules of this policy cannot be sent to other processes ({what})": (
        "les critères et les règles de cette politique ne peuvent pas être envoyés à d’autres processus "
        "({what})"
    ),
    "functions of a module that workers can import, a ThreadPoolExecutor, or no executor": (
        "des fonctions d’un module que les processus peuvent importer, un ThreadPoolExecutor ou aucun "
        "exécuteur"
    ),
    "a function of a notebook, or within another one": (
        "une fonction d’un notebook, ou définie dans une autre fonction"
    ),
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
    "read as of {on}, but the policy says as_of {than}; say one day": (
        "personnes lues au {on}, mais les règles indiquent as_of {than} ; choisissez un seul jour"
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
    "read as of {on}, but the matching counts ages on {than}; say that day": (
        "personnes lues au {on}, mais la répartition compte les âges au {than} ; indiquez ce jour"
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
    "'{one}' and '{other}' are forbidden in the same call; give one of the two": (
        "'{one}' et '{other}' sont séparés dans la même demande ; gardez l’une des deux"
    ),
    # Feedback
    "the same person answers about this duo and day in row {row}; keep one of the two": (
        "la même personne répond sur ce duo et ce jour à la ligne {row} ; gardez l’une des deux réponses"
    ),
    "remove it, map it, or declare it as a question of your own (--question)": (
        "supprimez-la, associez-la à un champ, ou déclarez-la comme une question à vous (--question)"
    ),
    "unknown column": "colonne inconnue",
    "the form has this question already; right would be another heading": (
        "le formulaire pose déjà cette question ; attendu : un autre en-tête"
    ),
    "looks like the form's own '{near}'; map the column to it, or give it another heading": (
        "ressemble à '{near}' du formulaire ; associez-y la colonne, ou donnez-lui un autre en-tête"
    ),
    "lowest and highest go together": "lowest et highest vont ensemble",
    "highest is not above lowest; right would be such as 1 and 10": (
        "highest ne dépasse pas lowest ; attendu : par exemple 1 et 10"
    ),
    "answered by words or by numbers; right would be one of the two": (
        "une réponse est soit un mot, soit un nombre ; attendu : l’un des deux"
    ),
    "right would be two different answers or more": "attendu : au moins deux réponses différentes",
    "no drop-down could offer these answers; right would be short words without comma, semicolon or quotes": (
        "aucune liste déroulante ne pourrait proposer ces réponses ; attendu : des mots courts sans virgule, "
        "point-virgule ni guillemets"
    ),
    "out of range; right would be a number from {low} to {high}": (
        "hors limites ; attendu : un nombre de {low} à {high}"
    ),
    "two questions have one heading; right would be another heading for one of them": (
        "deux questions ont le même en-tête ; attendu : un autre en-tête pour l’une d’elles"
    ),
    "a list of questions": "une liste de questions",
    "the questions of an rm.Programme, or a list of rm.results.Question": (
        "les questions d’un rm.Programme, ou une liste de rm.results.Question"
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
    # Decisions
    "no {side} of the matching has the id that stands here": (
        "cet identifiant ({side}) ne figure pas dans la répartition"
    ),
    "these two are no duo of the matching; right would be one that is": (
        "ces deux personnes ne forment pas un duo de la répartition ; attendu : un duo existant"
    ),
    "nothing is decided yet; right would be a decision in at least one row": (
        "rien n’est encore décidé ; attendu : une décision sur une ligne au moins"
    ),
    "missing; every decision needs one": "manquant ; chaque décision doit en avoir un",
    "unknown decision; right would be {names}, or an empty cell": (
        "décision inconnue ; attendu : garder, changer, terminer ou en parler d’abord ({names}), ou une "
        "cellule vide"
    ),
    "this duo is decided on in row {row}, too; keep one of the two": (
        "ce duo a déjà une décision à la ligne {row} ; gardez l’une des deux"
    ),
    "'{one}' and '{other}' cannot be parted: the policy fixes this duo; right would be to take it out of the "
    "policy, or another decision": (
        "'{one}' et '{other}' ne peuvent pas être séparés : les règles imposent ce duo ; attendu : le "
        "retirer des règles, ou une autre décision"
    ),
    "'{one}' and '{other}' cannot stay a duo: one of the two has left or has no place in this role any "
    "more": (
        "'{one}' et '{other}' ne peuvent pas rester en duo : l’une des deux personnes est partie ou n’a plus "
        "de place dans ce rôle"
    ),
    "'{one}' and '{other}' cannot stay a duo: a rule forbids it ({labels})": (
        "'{one}' et '{other}' ne peuvent pas rester en duo : une règle l’exclut ({labels})"
    ),
    "{number} duo is still to be talked about first; until then the answers count": (
        "{number} duo reste à discuter d’abord ; d’ici là, les réponses comptent"
    ),
    "{number} duos are still to be talked about first; until then the answers count": (
        "{number} duos restent à discuter d’abord ; d’ici là, les réponses comptent"
    ),
    "the programme ends with this round, number {number}: no rotation follows": (
        "le programme s’achève avec ce cycle, numéro {number} : aucune rotation ne suit"
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
    "round {number} would end on {on}, before round {count} did; right would be {than} or later": (
        "le cycle {number} finirait le {on}, avant le cycle {count} ; attendu : le {than} ou plus tard"
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
    "round {number} began on {on}; right would be a later day": "le cycle {number} a commencé le {on} ; "
    "attendu : un jour postérieur",
    "the programme ends with round {number}, and this is round {count}": (
        "le programme se termine au cycle {number}, et celui-ci est le cycle {count}"
    ),
    "rotation is due on {on}, {number} day after {than}; to rotate now, say early (--early)": (
        "la rotation est prévue le {on}, soit {number} jour après le {than} ; pour la faire dès maintenant, "
        "ajoutez --early"
    ),
    "rotation is due on {on}, {number} days after {than}; to rotate now, say early (--early)": (
        "la rotation est prévue le {on}, soit {number} jours après le {than} ; pour la faire dès maintenant, "
        "ajoutez --early"
    ),
    "every and unit go together; give both, or neither for every 2 weeks": (
        "every et unit vont ensemble ; indiquez les deux, ou aucun pour un rythme de 2 semaines"
    ),
    "out of range; right would be a programme in the years {low} to {high}": (
        "hors limites ; attendu : un programme entre les années {low} et {high}"
    ),
    "the programme is over since {on}; {than} is in none of its rounds": (
        "le programme est terminé depuis le {on} ; le {than} n’est dans aucun de ses cycles"
    ),
    "the programme begins on {on}, which is after {than}": "le programme commence le {on}, après le {than}",
    # Arrangements and calendars
    "unknown channel; right would be video, telephone or on site, or an empty cell": (
        "canal inconnu ; attendu : visio, téléphone ou sur site, ou une cellule vide"
    ),
    "not a link; right would be text that begins with https:// or tel: and has no spaces": (
        "n’est pas un lien ; attendu : un texte qui commence par https:// ou tel: et n’a pas d’espace"
    ),
    "not a day of the week; right would be text such as Tuesday or mardi, or an empty cell": (
        "n’est pas un jour de la semaine ; attendu : un texte tel que mardi ou Tuesday, ou une cellule vide"
    ),
    "empty; right would be at least one duo, in a CSV file below a heading row": (
        "vide ; attendu : au moins un duo, sous une ligne d’en-têtes si le fichier est en CSV"
    ),
    "the duo of row {row} again; keep one of the two": (
        "encore le duo de la ligne {row} ; ne gardez que l’une des deux"
    ),
    "is there already, and not an empty folder; right would be the name of a new one": (
        "existe déjà et n’est pas un dossier vide ; attendu : le nom d’un nouveau dossier"
    ),
    "not an e-mail address; right would be hr@example.org, or 'HR <hr@example.org>'": (
        "n’est pas une adresse e-mail ; attendu : hr@example.org, ou 'HR <hr@example.org>'"
    ),
    "the {what} of {on} falls on a closed day or public holiday; it is on {than}": (
        "{what} du {on} : jour de fermeture ou jour férié ; date retenue : le {than}"
    ),
    "the {what} of {on} falls on a closed day or public holiday; it is left out": (
        "{what} du {on} : jour de fermeture ou jour férié ; date supprimée"
    ),
    "framing meeting": "réunion de cadrage",
    "session": "séance",
    "review": "bilan",
    "{number} further days move because they are closed or public holidays": (
        "{number} autres dates changent à cause de jours de fermeture ou de jours fériés"
    ),
    "{number} duo asks for sessions shorter than {count} minutes, and nothing says how short; a file of "
    "arrangements does": (
        "{number} duo demande des séances de moins de {count} minutes, sans durée indiquée ; un fichier "
        "d’arrangements peut la fixer"
    ),
    "{number} duos ask for sessions shorter than {count} minutes, and nothing says how short; a file of "
    "arrangements does": (
        "{number} duos demandent des séances de moins de {count} minutes, sans durée indiquée ; un fichier "
        "d’arrangements peut la fixer"
    ),
    "{number} duo asks for another channel, and nothing says which; session.other_channel of the programme "
    "or a file of arrangements does": (
        "{number} duo demande un autre canal, sans qu’on sache lequel ; indiquez session.other_channel "
        "dans le programme, ou un fichier d’arrangements"
    ),
    "{number} duos ask for another channel, and nothing says which; session.other_channel of the programme "
    "or a file of arrangements does": (
        "{number} duos demandent un autre canal, sans qu’on sache lequel ; indiquez session.other_channel "
        "dans le programme, ou un fichier d’arrangements"
    ),
    "{number} duo asks for another day, and no other one is free; a file of arrangements may name one": (
        "{number} duo demande un autre jour, et aucun autre n’est libre ; un fichier d’arrangements peut "
        "en fixer un"
    ),
    "{number} duos ask for another day, and no other one is free; a file of arrangements may name one": (
        "{number} duos demandent un autre jour, et aucun autre n’est libre ; un fichier d’arrangements peut "
        "en fixer un"
    ),
    # Closed days, public holidays, first reviews
    "neither a day nor a period; right would be text such as {day} or {days}": (
        "ni un jour ni une période ; attendu : un texte tel que {day} ou {days}"
    ),
    "a period that ends before it begins; right would be the first day, two points, the last day": (
        "une période qui finit avant de commencer ; attendu : le premier jour, deux points, le dernier jour"
    ),
    "not the code of a country; right would be text such as FR, or DE-BY for a part of one": (
        "n’est pas le code d’un pays ; attendu : un texte tel que FR, ou DE-BY pour une partie d’un pays"
    ),
    "no country whose public holidays are known; right would be a code such as FR, or DE-BY": (
        "aucun pays dont les jours fériés sont connus ; attendu : un code tel que FR ou DE-BY"
    ),
    "no part of the country whose public holidays are known": (
        "aucune partie de ce pays dont les jours fériés sont connus"
    ),
    "public holidays of a country": "la prise en compte des jours fériés d’un pays",
    "public holidays are known from {low} to {high}; right would be a programme within these years": (
        "les jours fériés sont connus de {low} à {high} ; attendu : un programme dans ces années"
    ),
    "channel and other_channel are one; right would be two that differ": (
        "channel et other_channel sont identiques ; attendu : deux canaux différents"
    ),
    "the first review is {number} days after the framing meeting, and the first session {count} days after "
    "it; right would be a review at least 7 days after the session": (
        "le premier bilan est {number} jours après la réunion de cadrage, et la première séance {count} "
        "jours après ; attendu : un bilan au moins 7 jours après la séance"
    ),
    "round {number} has no working day for a framing meeting, a session or a review; right would be fewer "
    "closed days, or an earlier first review": (
        "le cycle {number} n’a aucun jour ouvré pour une réunion de cadrage, une séance ou un bilan ; "
        "attendu : moins de jours de fermeture, ou un premier bilan plus tôt"
    ),
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
    "{number} duos have no time in common of {count} minutes; the times of the programme stand for them": (
        "{number} duos n’ont aucun créneau commun de {count} minutes ; les horaires du programme valent "
        "pour eux"
    ),
    "{number} duo has no time in common of {count} minutes; the times of the programme stand for them": (
        "{number} duo n’a aucun créneau commun de {count} minutes ; les horaires du programme valent pour lui"
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
    # Audits
    "right would be a matching, as match --out writes it, and then the people file": (
        "attendu : une répartition, telle que match --out l’écrit, puis le fichier des personnes"
    ),
    "the same matching twice; right would be that of each round, the first one first": (
        "deux fois la même répartition ; attendu : celle de chaque cycle, la première en premier"
    ),
    "right would be COLUMN=NUMBERS, for instance age=25,35,45": (
        "attendu : COLONNE=NOMBRES, par exemple age=25,35,45"
    ),
    "no bands; right would be the numbers at which they begin, ascending, such as 25, 35, 45": (
        "n’indique pas de tranches ; attendu : les nombres où elles commencent, en ordre croissant, par "
        "exemple 25, 35, 45"
    ),
    "no bands of '{name}' are known; right would be the numbers at which they begin": (
        "les tranches de '{name}' ne sont pas connues ; attendu : les nombres où elles commencent"
    ),
    "right would be different columns, such as gender+department": (
        "attendu : des colonnes différentes, par exemple gender+department"
    ),
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
    "right would be one of: --mentor with --mentee, --person, --all": (
        "attendu : l’une de ces options : --mentor avec --mentee, --person, --all"
    ),
    "right would be one of: --out, --all": "attendu : l’une de ces options : --out, --all",
    "right would be one of: --mentor with --mentee, --why, --alternatives": (
        "attendu : --mentor avec --mentee, --why ou --alternatives"
    ),
    "--if and --what-helps belong to --why, one of the two": "--if et --what-helps s’emploient avec --why, "
    "l’un des deux",
    "right would be FIELD=VALUE, for instance 'offers=Python:4'": (
        "attendu : CHAMP=VALEUR, par exemple 'offers=Python:4'"
    ),
    "no field of people that can be other": "n’est pas un champ dont la valeur peut changer",
    "holds one value, to which nothing can be added; right would be the field without '+'": (
        "n’a qu’une valeur, à laquelle rien ne s’ajoute ; attendu : le champ sans '+'"
    ),
    "belongs to --why": "s’emploie avec --why",
    "--contact and --programme belong to --for-participant": "--contact et --programme s’emploient avec "
    "--for-participant",
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
    "--people, --on, --programme and --question go together with --matching": "--people, --on, --programme "
    "et --question vont avec --matching",
    "the rounds do not follow one another": "les cycles ne se suivent pas",
    "the matching of each round with --earlier, the first one first, up to the one before": (
        "avec --earlier, la répartition de chaque cycle précédent, en commençant par le premier"
    ),
    "--format and --out go together with --show": "--format et --out vont avec --show",
    "a paper is about a policy; --show says which": "un document porte sur une politique ; --show dit "
    "laquelle",
    "one of --format, --for-participants and --for-works-council at a time": "une seule option à la fois "
    "parmi --format, --for-participants et --for-works-council",
    "--contact, --retention and --organisation stand in a paper; --for-participants writes one": "--contact, "
    "--retention et --organisation figurent dans un document ; --for-participants en écrit un",
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
    "1 id is changed where a spreadsheet opens {file}, such as 007 to 7; import it as text": (
        "un tableur qui ouvre {file} change 1 identifiant, par exemple 007 en 7 ; importez-le comme texte"
    ),
    "{number} ids are changed where a spreadsheet opens {file}, such as 007 to 7; import it as text": (
        "un tableur qui ouvre {file} change {number} identifiants, par exemple 007 en 7 ; importez-les comme "
        "texte"
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
