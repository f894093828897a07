"""The help of the command line in French, and its usage errors."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reverse_match.views.words import french_faults
from reverse_match.views.words.french import fmt
from reverse_match.views.words.help_words import HelpWords

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    # Commands
    "Form the best possible mentor/mentee duos, and prove it.": "Forme les meilleurs duos de mentorat "
    "possibles, et le prouve.",
    "Match the bundled cohort of invented employees and print the duos.": "Forme et affiche les duos de "
    "salarié(e)s fictifs, fournis avec l’outil.",
    "Show what is understood of people files, before anything is matched.": "Montre ce qui est compris des "
    "fichiers de personnes, avant de former des duos.",
    "Write a workbook to fill in: people, or the feedback of a month.": "Écrit un classeur à remplir : les "
    "personnes, ou les retours d’un mois.",
    "A new workbook, .xlsx; a form for feedback may also be .csv.": "Un nouveau classeur (.xlsx) ; un "
    "formulaire de retours peut aussi être un fichier .csv.",
    "A form for the feedback of the duos of this matching.": "Formulaire de retours pour les duos de cette "
    "répartition.",
    "People file: the form has names and e-mail addresses.": "Fichier des personnes : le formulaire porte "
    "leurs noms et leurs adresses e-mail.",
    "Day of the answers; today if not given.": "Jour des réponses ; par défaut, aujourd’hui.",
    "Write a copy of the files here, .xlsx, in which what is wrong is marked.": "Écrit ici une copie des "
    "fichiers (.xlsx) où ce qui est faux est marqué.",
    "Form the best possible duos of a people file.": "Forme les meilleurs duos possibles à partir d’un "
    "fichier de personnes.",
    "Check a matching or a plan against its people: scores, rules, capacities, reasons, and the proof.": (
        "Vérifie une répartition ou un plan à partir du fichier des personnes : scores, règles, capacités, "
        "raisons et preuve."
    ),
    "Explain a pair, why somebody is with whom they are, or who else it could be.": "Explique une paire, "
    "pourquoi une personne est avec son ou sa partenaire, ou avec qui d’autre elle pourrait être.",
    "Change a matching by hand: what was asked holds, and few other duos change.": "Modifie une "
    "répartition à la main : la demande est respectée, et peu d’autres duos changent.",
    "Say what the duos of a round should become, and what the round has come to, by what they have said.": (
        "D’après les réponses des duos, propose la suite pour chacun et dresse le bilan du cycle."
    ),
    "Form the next round: no former partners again, feedback counts, whoever had no duo comes first.": (
        "Forme le cycle suivant : aucun ancien duo ne se reforme, les réponses comptent, et les personnes "
        "restées sans duo sont prioritaires."
    ),
    "Print the meetings of duos in a round of a programme, for calendar programs (.ics).": (
        "Écrit les rendez-vous des duos pour un cycle du programme, au format des agendas (.ics)."
    ),
    "Plan several rounds at once: nobody meets the same partner twice.": "Planifie plusieurs cycles à la "
    "fois : personne ne rencontre deux fois le même partenaire.",
    "Measure this machine on invented cohorts, step by step.": "Mesure cette machine sur des personnes "
    "fictives, étape par étape.",
    "Print the JSON Schema of a participant, a policy, a matching, a record of feedback or a programme.": (
        "Affiche le schéma JSON d’une personne, des règles, d’une répartition, d’une réponse ou d’un "
        "programme."
    ),
    # Files that are read
    "People file: .csv, .json, .xlsx or .parquet; people.xlsx#Sheet names a sheet.": "Fichier des "
    "personnes : .csv, .json, .xlsx ou .parquet ; personnes.xlsx#Feuille désigne une feuille.",
    "Policy file: .json or .toml.": "Fichier des règles : .json ou .toml.",
    "Matching, as written by match --out.": "Répartition, telle que match --out l’écrit.",
    "Matching or plan, as written by match --out or plan --out.": "Répartition ou plan, tel que match --out "
    "ou plan --out l’écrit.",
    "Programme file: .json or .toml.": "Fichier du programme : .json ou .toml.",
    "Programme file: says how many sessions were planned.": "Fichier du programme : indique le nombre de "
    "séances prévues.",
    "What duos have said: .csv, .xlsx or .json.": "Réponses des duos : .csv, .xlsx ou .json.",
    "People file of those who join.": "Fichier des personnes qui arrivent.",
    "People file: events have their names, and whoever has an address attends.": "Fichier des personnes : "
    "les rendez-vous portent leurs noms, et celles qui ont une adresse y sont invitées.",
    "File of the rounds that have ended; the one that ends now is added.": "Historique des cycles terminés ; "
    "celui qui se termine y est ajouté.",
    # How files are read
    "Reading people": "Lecture des personnes",
    "Say what a heading means, as HEADING=field; may be repeated.": "Indique le sens d’un en-tête, sous la "
    "forme EN-TÊTE=champ ; peut être répété.",
    "Day on which birth dates become ages; today if not given.": "Jour auquel les âges sont calculés ; "
    "aujourd’hui par défaut.",
    "Instead, a file of mentors; may be repeated.": "À la place, un fichier de mentors ; peut être répété.",
    "Instead, a file of mentees; may be repeated.": "À la place, un fichier de mentoré(e)s ; peut être "
    "répété.",
    "A reading, as look --out writes it.": "Fichier de lecture, tel que look --out l’écrit.",
    "What stands between names of a list, as FIELD=SIGN; may be repeated.": "Séparateur des noms d’une "
    "liste, sous la forme CHAMP=SIGNE ; peut être répété.",
    "Sheet of a workbook.": "Feuille d’un classeur.",
    "Row of the headings, as a spreadsheet counts.": "Ligne des en-têtes, comptée comme dans un tableur.",
    "Column that says when somebody answered: the latest answer counts.": "Colonne de la date de réponse : "
    "la dernière réponse d’une personne compte.",
    "Which stands first in dates, where no day of a column is above 12: day-first, month-first or iso; of "
    "one column as HEADING=day-first. May be repeated.": "Ce qui figure en premier dans les dates, quand "
    "aucun jour d’une colonne ne dépasse 12 : day-first (jour), month-first (mois) ou iso (année) ; pour une "
    "seule colonne : EN-TÊTE=day-first. Peut être répété.",
    "Words with an order, the lowest first, as FIELD=LOW;HIGH; may be repeated.": "Mots qui ont un ordre, du "
    "plus bas au plus haut : CHAMP=BAS;HAUT ; peut être répété.",
    "Of text that is not UTF-8, such as cp1252 or mac_roman.": "Encodage d’un texte qui n’est pas en UTF-8 : "
    "cp1252 ou mac_roman, par exemple.",
    "Column of ids, or several that make one, as 'A+B'.": "Colonne des identifiants, ou plusieurs colonnes "
    "qui en composent un, sous la forme « A+B ».",
    "A further word for 'not known'; may be repeated.": "Autre mot qui signifie « inconnu » ; peut être "
    "répété.",
    "A word that is an answer after all; may be repeated.": (
        "Mot qui est bien une réponse ; peut être répété."
    ),
    "scim: users of SCIM 2.0.": "scim : utilisateurs au format SCIM 2.0.",
    "Notes on people and on what a policy makes of them are faults.": "Les remarques sur les personnes, et "
    "sur l’effet des règles, deviennent des erreurs.",
    "A reading of that file, as look --out writes it.": "Lecture de ce fichier, comme look --out "
    "l’enregistre.",
    # What is asked
    "Explain this mentor ...": "Explique ce mentor ...",
    "... with this mentee.": "... avec cette personne mentorée.",
    "Say why this person is with whom they are.": "Explique pourquoi cette personne est avec son ou sa "
    "partenaire.",
    "List the next best partners of this person.": (
        "Liste les meilleurs autres partenaires de cette personne."
    ),
    "Which partner has declined.": "Partenaire qui a refusé.",
    "For somebody who is both.": "Pour une personne qui a les deux rôles.",
    "How many alternatives.": "Nombre de partenaires proposés.",
    "This duo must be, as MENTOR=MENTEE; may be repeated.": "Duo à former, sous la forme MENTOR=MENTORÉ(E) ; "
    "peut être répété.",
    "These two must be no duo, as A=B; may be repeated.": "Personnes à séparer, sous la forme A=B ; peut "
    "être "
    "répété.",
    "These two may be a duo again, though it was forbidden by hand, as A=B; may be repeated.": (
        "Personnes séparées à la main qui peuvent de nouveau former un duo, sous la forme A=B ; peut être "
        "répété."
    ),
    "This person leaves; may be repeated.": "Personne qui part ; peut être répété.",
    "So many other duos may end; any number if not given.": "Nombre maximal d’autres duos rompus ; sans "
    "limite "
    "par défaut.",
    "Instead: points, from 0 to 1, that each of these costs.": "À la place : coût de chacun d’eux, en points "
    "de 0 à 1.",
    "Who asks, for the log.": "Auteur de la demande, pour le journal.",
    "Why, for the log.": "Motif, pour le journal.",
    "The day, for the log.": "Jour, pour le journal.",
    "Length of a round; the programme's if not given.": "Durée d’un cycle ; celle du programme par défaut.",
    "Day on which the first round began, where neither a programme nor the matching says it.": (
        "Premier jour du premier cycle, si ni un programme ni la répartition ne l’indiquent."
    ),
    "Day on which the next round begins; today if not given.": "Premier jour du cycle suivant ; aujourd’hui "
    "par défaut.",
    "Also before rotation is due.": "Même avant la date prévue.",
    "Everybody swaps roles: who taught learns.": "Inverse tous les rôles : les personnes qui transmettaient "
    "apprennent.",
    "Number of the round, from 1.": "Numéro du cycle, à partir de 1.",
    "Only the duo of this mentor ...": "Seulement le duo de ce mentor ...",
    "Only duos of this person.": "Seulement les duos de cette personne.",
    "How many rounds.": "Nombre de cycles.",
    "Numbers of people, separated by commas; half are mentors.": "Nombres de personnes, séparés par des "
    "virgules ; la moitié sont mentors.",
    "The shortest of so many runs counts.": "Nombre d’essais, dont le plus court compte.",
    "Seed of the invented cohorts.": "Graine du tirage des personnes fictives.",
    "What to describe.": "Ce qui est à décrire.",
    # How it is computed
    "Threads; all cores if not given.": "Nombre de fils d’exécution ; tous les cœurs par défaut.",
    "Seconds after which the best matching so far is given, with its gap.": "Secondes après lesquelles la "
    "meilleure répartition trouvée est rendue, avec son écart.",
    "Memory budget in MiB.": "Mémoire maximale, en Mio.",
    "Also count the pairs of people who would both rather have each other.": "Compte aussi les paires de "
    "personnes qui préféreraient former un duo ensemble.",
    # What comes out
    "Write the matching here; .json (lossless), .csv (duos), .html (report) or .xlsx (for people).": (
        "Fichier de la répartition : .json (complet), .csv (duos), .html (rapport) ou .xlsx (classeur à "
        "diffuser)."
    ),
    "Write the new matching here; .json, .csv, .html or .xlsx.": "Fichier de la nouvelle répartition : "
    ".json, .csv, .html ou .xlsx.",
    "Write the people as they are now, for verify and what follows; .json or .csv.": "Fichier des personnes "
    "après modification, pour verify et la suite : .json ou .csv.",
    "Write the people as they are after feedback, for verify and what follows; .json or .csv.": (
        "Fichier des personnes compte tenu des réponses, pour verify et la suite : .json ou .csv."
    ),
    "Write the plan here; .json.": "Fichier du plan : .json.",
    "Write the calendar here, .ics, and not to standard output.": "Fichier du calendrier (.ics), au lieu de "
    "la sortie standard.",
    "Further people files, which are read as one with the first.": "Autres fichiers de personnes, lus "
    "comme un seul avec le premier.",
    "Write what was decided here, .toml: a reading, to be corrected and kept.": "Fichier de lecture (.toml) "
    ": ce qui a été décidé, à corriger et à conserver.",
    "Also write the demo people file here, to edit and try.": "Enregistre aussi le fichier de démonstration "
    "ici, pour le modifier et l’essayer.",
    "How the result is shown on standard output.": "Format du résultat affiché.",
    "How the answer is shown.": "Format de la réponse.",
    "How the plan is shown.": "Format du plan.",
    "How it is shown.": "Format de l’affichage.",
    "Sentences, all data, or the figures alone.": "Phrases, toutes les données, ou les chiffres seuls.",
    "The same as --format json.": "Équivaut à --format json.",
    "Print figures as JSON.": "Affiche les chiffres en JSON.",
    "Leave names and e-mail addresses out; people are shown by their ids.": "Sans noms ni adresses e-mail : "
    "les personnes sont désignées par leurs identifiants.",
    "With --out duos.csv: names, and separator and decimals for a spreadsheet set to English or French.": (
        "Avec --out duos.csv : noms des personnes, séparateur et décimales pour un tableur en anglais ou en "
        "français."
    ),
    "Language of tables, sentences and the report; the policy's, or the system's, if not given.": (
        "Langue des tableaux, des phrases et du rapport ; par défaut, celle des règles, sinon du système."
    ),
    "Language of sentences; the policy's, or the system's, if not given.": "Langue des phrases ; par défaut, "
    "celle des règles, sinon du système.",
    "Language of the events; the policy's, or the system's, if not given.": "Langue des rendez-vous ; par "
    "défaut, celle des règles, sinon du système.",
    "Language of headings and answers; the system's if not given.": "Langue des en-têtes et des réponses ; "
    "celle du système par défaut.",
    "Language of faults and notes; the system's if not given.": "Langue des erreurs et des remarques ; celle "
    "du système par défaut.",
    "Language of this help, and of every command that has none of its own.": "Langue de cette aide, et de "
    "toute commande sans --lang.",
    "Print the version and exit.": "Affiche la version.",
    "Show this message and exit.": "Affiche cette aide.",
}

USAGE: Mapping[str, str] = {
    "Invalid value for {name}: {what}": "valeur incorrecte pour {name} : {what}",
    "Invalid value: {what}": "valeur incorrecte : {what}",
    "Value error, {what}": "{what}",
    "'{value}' is not one of {names}.": "'{value}' n’est pas une valeur parmi {names}.",
    "Input should be a valid integer, unable to parse string as an integer": "n’est pas un nombre entier",
    "'{value}' is not a valid integer.": "'{value}' n’est pas un nombre entier.",
    "Input should be a valid number, unable to parse string as a number": "n’est pas un nombre",
    "'{value}' is not a valid float.": "'{value}' n’est pas un nombre.",
    "'{value}' is not a valid integer range.": "'{value}' n’est pas un nombre entier.",
    "'{value}' is not a valid float range.": "'{value}' n’est pas un nombre.",
    "Input should be a finite number": "n’est pas un nombre fini",
    "Input should be greater than or equal to {low}": "attendu : {low} ou plus",
    "Input should be less than or equal to {high}": "attendu : {high} au plus",
    "{number} is not in the range {low}.": "{number} est hors limites ({low}).",
    "No such option: {option}": "option inconnue : {option}",
    "No such option: {option} (Possible options: {listed})": "option inconnue : {option} (voulez-vous dire : "
    "{listed} ?)",
    "No such option: {option} Did you mean {listed}?": "option inconnue : {option} (voulez-vous dire : "
    "{listed} ?)",
    "Got unexpected extra argument(s) ({listed})": "arguments en trop : {listed}",
    "Got unexpected extra argument ({listed})": "argument en trop : {listed}",
    "Got unexpected extra arguments ({listed})": "arguments en trop : {listed}",
    "No such command '{name}'.": "commande inconnue : '{name}'.",
    "No such command '{name}'. Did you mean {names}?": "commande inconnue : '{name}'. Vouliez-vous dire "
    "{names} ?",
    "Missing command.": "il manque une commande.",
    "Missing argument '{name}'.": "il manque l’argument '{name}'.",
    "Missing argument '{name}'. Choose from: {listed}": "il manque l’argument '{name}', parmi : {listed}",
    "Missing option '{name}'.": "il manque l’option '{name}'.",
    "Option '{name}' requires an argument.": "l’option '{name}' demande une valeur.",
    "Option {name} requires an argument": "l’option {name} demande une valeur",
    "Option '{name}' does not take a value.": "l’option '{name}' ne prend pas de valeur.",
    "Option {name} does not take a value": "l’option {name} ne prend pas de valeur",
}
"""What the library that reads the command line says, in its releases of some years."""

WORDS = HelpWords(
    fmt.set_spaces(TEXTS),
    usage=fmt.set_spaces({"": "Utilisation : "})[""],
    metavars={"COMMAND [ARGS]...": "COMMANDE [ARGUMENTS]..."},
    titles=fmt.set_spaces(
        {
            "DEFAULT_STRING": "[par défaut : {}]",
            "REQUIRED_LONG_STRING": "[obligatoire]",
            "COMMANDS_PANEL_TITLE": "Commandes",
        }
    ),
    more=fmt.set_spaces({"": "Pour l’aide : {command} --help"})[""],
    wrong=fmt.set_spaces({"": "Erreur : "})[""],
    errors=replace(french_faults.WORDS, sentences={**french_faults.SENTENCES, **USAGE}),
)
