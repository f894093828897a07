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
    "Former duos of other years, who do not meet again: pairs (mentor, mentee, on), a history or a matching; "
    "may be repeated.": "Anciens duos des autres années, qui ne se reforment pas : paires (mentor, mentee, "
    "on), historique ou répartition ; peut être répété.",
    "Make a draft the matching that counts: its duos are the former partners of later rounds.": (
        "Fait d’un brouillon la répartition qui compte : ses duos compteront dans les cycles suivants."
    ),
    "File of the rounds that have ended; the one that begins is noted in it.": "Fichier des cycles "
    "terminés ; celui qui commence y est noté.",
    "Day from which the duos count; today if not given.": "Jour à partir duquel les duos comptent ; par "
    "défaut, aujourd’hui.",
    "Write the published matching here, .json; in place of the draft if not given.": "Écrit ici la "
    "répartition publiée (.json) ; par défaut, à la place du brouillon.",
    "Erase a person from the files of a programme; what does not depend on them can still be checked.": (
        "Efface une personne des fichiers d’un programme ; ce qui ne dépend pas d’elle reste vérifiable."
    ),
    "Whom to erase: id, name or e-mail address.": "Personne à effacer : identifiant, nom ou adresse e-mail.",
    "A matching, a plan or circles with the person; may be repeated.": (
        "Répartition, plan ou cercles où figure la personne ; peut être répété."
    ),
    "File of the rounds that have ended.": "Fichier des cycles terminés.",
    "People file, .csv or .json: the row goes, and wishes for it.": "Fichier des personnes (.csv ou .json) : "
    "sa ligne disparaît, et les souhaits qui la citent.",
    "What else the person is called, where no people file says it; may be repeated.": "Autres noms de la "
    "personne, si aucun fichier de personnes ne les donne ; peut être répété.",
    "Answers, .csv or .json; may be repeated.": "Réponses (.csv ou .json) ; peut être répété.",
    "Former duos, .csv or .json pairs; may be repeated.": "Anciens duos (paires, .csv ou .json) ; peut "
    "être répété.",
    "Decisions, changes or arrangements, .csv or .json: each row that names the person goes; may be "
    "repeated.": "Décisions, changements ou modalités (.csv ou .json) : chaque ligne qui cite la personne "
    "est retirée ; peut être répété.",
    "Write a matching and its people with pseudonyms, to be studied by others.": "Écrit une répartition et "
    "ses personnes sous pseudonymes, pour les confier à l’étude.",
    "File of the secret; made, for its owner alone, if there is none. Keep it apart.": "Fichier du secret ; "
    "créé, lisible de vous seul(e), s’il n’existe pas. À garder à part.",
    "Folder for the new files, which have the names of the old ones.": "Dossier des nouveaux fichiers, qui "
    "portent les noms des anciens.",
    "What people are matched for; the policy's if not given. The matching says it.": "Finalité de la "
    "répartition ; par défaut, celle des règles. La répartition l’indique.",
    "Who runs the match; the matching says it.": "Qui forme les duos ; la répartition l’indique.",
    "Form the best possible duos of a people file.": "Forme les meilleurs duos possibles à partir d’un "
    "fichier de personnes.",
    "Form the best circles of one or two mentors with several mentees, or duos and a few trios.": (
        "Forme les meilleurs cercles d’un ou deux mentors avec plusieurs personnes mentorées, ou des duos et "
        "quelques trios."
    ),
    "Check a matching, a plan or circles against their people: scores, rules, capacities, reasons, and the "
    "proof.": (
        "Vérifie une répartition, un plan ou des cercles à partir du fichier des personnes : scores, règles, "
        "capacités, raisons et preuve."
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
    "Print the JSON Schema of a participant, a policy, a matching, circles, a record of feedback or a "
    "programme.": (
        "Affiche le schéma JSON d’une personne, des règles, d’une répartition, de cercles, d’une réponse ou "
        "d’un programme."
    ),
    "Show by group who has a duo, who has none, and what the policy's own terms contributed.": (
        "Montre par groupe qui a un duo, qui n’en a pas, et l’effet des éléments de la politique."
    ),
    "Matchings of one or several rounds, as written by match --out, before the people file.": (
        "Répartitions d’un ou de plusieurs cycles, telles que match --out les écrit, avant le fichier des "
        "personnes."
    ),
    "Columns by which people are grouped, with commas between; age-band groups ages, gender+department "
    "crosses two.": (
        "Colonnes qui forment les groupes, séparées par des virgules ; age-band regroupe les âges, "
        "gender+department croise deux colonnes."
    ),
    "Leading parts of a path such as Group/Plant/Workshop that name a group.": (
        "Nombre de premiers éléments d’un chemin tel que Groupe/Usine/Atelier qui désignent un groupe."
    ),
    "Where bands of a column of numbers begin, as COLUMN=25,35,45; ages begin at 25, 35, 45, 55 and 65 if "
    "not given. May be repeated.": (
        "Débuts des tranches d’une colonne de nombres, sous la forme COLONNE=25,35,45 ; par défaut, 25, 35, "
        "45, 55 et 65 pour les âges. Peut être répété."
    ),
    "Smallest number of people behind a figure.": "Plus petit nombre de personnes derrière un chiffre.",
    "File of the rounds that have ended, in which people waited, too.": (
        "Historique des cycles terminés, où des personnes ont attendu aussi."
    ),
    "Also match again without each term of the policy that uses these columns, age or gender.": (
        "Forme aussi des duos sans chaque élément de la politique qui utilise ces colonnes, l’âge ou le "
        "genre."
    ),
    "Write the audit here; .json (lossless), .csv or .html.": (
        "Écrit l’audit ici : .json (complet), .csv ou .html."
    ),
    "Write here: .xlsx or .csv is a table with a column for decisions, which rotate --decisions takes back; "
    ".html is a page for a board; .json has all data.": (
        "Fichier à écrire : .xlsx ou .csv pour un tableau avec une colonne pour les décisions, que rotate "
        "--decisions relit ; .html pour une page destinée à la direction ; .json pour toutes les données."
    ),
    "What was decided on duos: the table of review --out, filled in; .csv or .xlsx.": (
        "Décisions prises pour les duos : le tableau de review --out, rempli (.csv ou .xlsx)."
    ),
    "Day on which the next round would begin; that of the last answer if not given.": (
        "Jour où commencerait le cycle suivant ; par défaut, celui de la dernière réponse."
    ),
    "With --why: an answer for this person to read, which tells nothing of others.": (
        "Avec --why : une réponse destinée à cette personne, qui ne dit rien des autres."
    ),
    "With --for-participant: whom the person can ask.": "Avec --for-participant : à qui la personne peut "
    "s’adresser.",
    "With --for-participant: programme file, for its name.": "Avec --for-participant : fichier du programme, "
    "pour son nom.",
    "With --why: what the person would have with another value of their own, as FIELD=VALUE, or FIELD+=VALUE "
    "to add to it; may be repeated.": (
        "Avec --why : ce que la personne aurait avec une autre valeur pour elle-même (CHAMP=VALEUR, ou "
        "CHAMP+=VALEUR pour compléter) ; peut être répété."
    ),
    "With --why: which single change of their own skills, lists or times would give the person a duo or a "
    "better one.": (
        "Avec --why : quel changement de ses propres compétences, listes ou disponibilités donnerait à la "
        "personne un duo, ou un meilleur."
    ),
    # Files that are read
    "People file: .csv, .json, .xlsx or .parquet; people.xlsx#Sheet names a sheet.": "Fichier des "
    "personnes : .csv, .json, .xlsx ou .parquet ; personnes.xlsx#Feuille désigne une feuille.",
    "Policy file (.json or .toml), or a preset: mission, evidence or no-personal-traits.": (
        "Fichier des règles (.json ou .toml), ou politique prête à l’emploi : mission, evidence ou "
        "no-personal-traits."
    ),
    "Show presets and policies: a file to start from, what it does, and which data it uses.": (
        "Montre les politiques prêtes à l’emploi et les vôtres : un fichier à modifier, ce qu’elles font, "
        "les données utilisées."
    ),
    "A preset (mission, evidence or no-personal-traits), or a policy file. All presets if not given.": (
        "Politique prête à l’emploi (mission, evidence ou no-personal-traits), ou fichier de règles. Par "
        "défaut, la liste des politiques prêtes à l’emploi."
    ),
    "toml, with comments; json; or text: what it does, and which data it uses.": (
        "toml, avec commentaires ; json ; ou text : ce qu’elle fait, et les données utilisées."
    ),
    "Write the policy here, as a new file to change: .toml or .json; a paper as .md or .txt.": (
        "Écrit ici la politique, dans un nouveau fichier à modifier : .toml ou .json ; un document en .md ou "
        ".txt."
    ),
    "The notice for participants: data, rules, who decides, what they can do.": (
        "La notice pour les personnes inscrites : données, règles, qui décide, ce qu’elles peuvent faire."
    ),
    "The sheet for a works council: purpose, data, logic, effects, checks.": (
        "La fiche pour le CSE : but, données, logique, effets, contrôles."
    ),
    "Whom participants write to, for the two papers.": (
        "À qui écrivent les personnes inscrites, pour ces deux documents."
    ),
    "How long the data are kept, in your words, for the two papers.": (
        "Durée de conservation des données, avec vos mots, pour ces deux documents."
    ),
    "Who is responsible for the data, for the two papers.": (
        "Responsable des données, pour ces deux documents."
    ),
    "Language of comments and sentences; the system's if not given.": (
        "Langue des commentaires et des phrases ; par défaut, celle du système."
    ),
    "Matching, as written by match --out.": "Répartition, telle que match --out l’écrit.",
    "Matching, as written by match --out, or plan, of which --round names the round.": "Répartition, telle "
    "que match --out l’écrit, ou plan, dont --round désigne le cycle.",
    "Scores or vectors of a criterion, as NAME=FILE; may be repeated.": "Scores ou vecteurs d’un critère, "
    "sous la forme NOM=FICHIER ; peut être répété.",
    "Matching, plan or circles, as written by --out.": "Répartition, plan ou cercles, tels que --out les "
    "écrit.",
    "Former circles, matching, history or file of pairs, who do not meet again; may be repeated.": (
        "Anciens cercles, répartition, historique ou fichier de paires, qui ne se retrouvent pas ; peut être "
        "répété."
    ),
    "Write the circles here; .json (lossless), .csv, .html or .xlsx.": "Écrit les cercles ici : .json "
    "(complet), .csv, .html ou .xlsx.",
    "Seconds after which the best circles so far are given, with their gap.": "Durée en secondes après "
    "laquelle les meilleurs cercles trouvés sont donnés, avec leur écart.",
    "Programme file: .json or .toml.": "Fichier du programme : .json ou .toml.",
    "Programme file: time in common comes in slots as long as a session, if not said.": "Fichier du "
    "programme : "
    "le temps commun se compte par créneaux de la durée d’une séance, sauf indication contraire.",
    "Programme file: planned sessions, months of a round, own questions.": "Fichier du programme : séances "
    "prévues, mois d’un cycle, questions propres.",
    "Programme file, whose own questions the form asks.": "Fichier du programme, dont le formulaire pose les "
    "questions propres.",
    "A question of your own in feedback: HEADING, HEADING=1..10 or HEADING=word;word; may be repeated.": (
        "Une question à vous dans les réponses : EN-TÊTE, EN-TÊTE=1..10 ou EN-TÊTE=mot;mot ; peut être "
        "répété."
    ),
    "Matching of an earlier round, the first one first; may be repeated.": "Répartition d’un cycle "
    "précédent, en commençant par le premier ; peut être répété.",
    "Column by whose values figures are given; department if not given; may be repeated.": "Colonne dont les "
    "valeurs forment les groupes ; par défaut, le service ; peut être répété.",
    "Leading parts of a path such as Group/Plant that name a group.": "Nombre de niveaux d’un chemin tel que "
    "Groupe/Usine qui désignent un groupe.",
    "Write who held how many sessions here, by name; .csv. Not for a board.": "Fichier (.csv) de qui a tenu "
    "combien de séances, nominatif. Pas pour la direction.",
    "What duos have said: .csv, .xlsx or .json.": "Réponses des duos : .csv, .xlsx ou .json.",
    "People file of those who join.": "Fichier des personnes qui arrivent.",
    "Changes as a table, one row each: who declines, leaves, joins, waits, ...": (
        "Tableau des changements, un par ligne : qui refuse, part, arrive, attend..."
    ),
    "A people file that still has those who return by --changes.": (
        "Fichier où figurent encore les personnes qui reviennent selon --changes."
    ),
    "The log keeps reasons and comments of --changes in own words, too.": (
        "Le journal conserve aussi les motifs et commentaires de --changes en texte libre."
    ),
    "People file: events have their names, whoever has an address attends, and duos meet when both are "
    "free.": (
        "Fichier des personnes : les rendez-vous portent leurs noms, celles qui ont une adresse y sont "
        "invitées, "
        "et chaque duo se voit quand les deux sont disponibles."
    ),
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
    "Write the plan here; .json (lossless) or .xlsx.": "Fichier du plan : .json (sans perte) ou .xlsx.",
    "Write a new folder: a calendar for each person, everybody.ics, and index.csv, which says whose file is "
    "which.": (
        "Crée un nouveau dossier : un calendrier par personne, everybody.ics pour tous, et index.csv, qui "
        "indique à qui est chaque fichier."
    ),
    "What duos have arranged: a file with mentor, mentee, minutes, channel, place, link, day, time.": (
        "Ce que les duos ont convenu : un fichier avec mentor, mentoré, durée, canal, lieu, lien, jour et "
        "heure."
    ),
    "What duos have said: meetings after an answer are shorter, by another channel, or on another day.": (
        "Retours des duos : après une réponse, les rendez-vous sont plus courts, par un autre canal ou un "
        "autre jour."
    ),
    "Who invites: an e-mail address, or 'HR <hr@example.org>'.": (
        "Qui invite : une adresse e-mail, ou 'HR <hr@example.org>'."
    ),
    "Write the calendar here, .ics, and not to standard output.": "Fichier du calendrier (.ics), au lieu de "
    "la sortie standard.",
    "Further people files, which are read as one with the first.": "Autres fichiers de personnes, lus "
    "comme un seul avec le premier.",
    "Write what was decided here, .toml: a reading, to be corrected and kept.": "Fichier de lecture (.toml) "
    ": ce qui a été décidé, à corriger et à conserver.",
    "Also write the demo people file here, to edit and try.": "Enregistre aussi le fichier de démonstration "
    "ici, pour le modifier et l’essayer.",
    "How the result is shown on standard output.": "Format du résultat affiché.",
    "Show every row of a long table on the terminal, not the first and last 20.": "Afficher toutes les "
    "lignes d’un long tableau à l’écran, et non les 20 premières et les 20 dernières.",
    "How the answer is shown.": "Format de la réponse.",
    # replay
    "Match the same people as they joined, more or less often: how long they wait, and for which duos.": (
        "Simule les appariements au fil des inscriptions, plus ou moins souvent : durée d’attente et qualité "
        "des duos."
    ),
    "With --hold-back: the column with joining days.": "Avec --hold-back : la colonne des jours "
    "d’inscription.",
    "Column with the day on which each person joined.": "Colonne du jour où chaque personne s’est inscrite.",
    "How often people are matched, such as 7d, 2w or 1month; several with commas.": "Fréquence des "
    "appariements, par exemple 7j, 2sem ou 1mois ; plusieurs, séparées par des virgules.",
    "First day on which people are matched; the first joining day if not given.": "Premier jour des "
    "appariements ; par défaut, celui de la première inscription.",
    "Last day of the replay; the last joining day if not given.": "Dernier jour de la simulation ; par "
    "défaut, celui de la dernière inscription.",
    "Form a pair only from a score on, which falls with waiting: 0.6:0.3:60d is 0.6 at first and 0.3 after "
    "60 days.": (
        "Ne former un duo qu’à partir d’un score, qui baisse avec l’attente : 0,6:0,3:60j signifie 0,6 au "
        "début et 0,3 après 60 jours."
    ),
    "Tables and sentences, all data, or the figures alone.": "Tableaux et phrases, toutes les données, ou "
    "les chiffres seuls.",
    "Write it here: .json (all data), .csv (figures) or .xlsx.": "Écrit le résultat ici : .json (toutes les "
    "données), .csv (chiffres) ou .xlsx.",
    "Draw the waiting here: .svg or .png.": "Dessine l’attente ici : .svg ou .png.",
    "How the plan is shown.": "Format du plan.",
    "How it is shown.": "Format de l’affichage.",
    "Sentences, all data, the figures alone, or a page for a board.": "Phrases, toutes les données, les "
    "chiffres seuls, ou une page pour la direction.",
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
