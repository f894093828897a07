"""What faults and notes are in French, by the English sentence that whoever finds them makes.

A sentence stands in the module of its area; what may be wrong anywhere stands here. A new sentence goes to
any of them, with its values in braces, by the same names in both wordings. A test finds each message in the
code that has no sentence. :mod:`reverse_match.views.words.faults` says how a message finds its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.views.words import (
    french_faults_findings,
    french_faults_programmes,
    french_faults_reading,
)
from reverse_match.views.words.faults import FaultWords
from reverse_match.views.words.french import CRITERIA, NAMES, fmt

if TYPE_CHECKING:
    from collections.abc import Mapping

_EVERYWHERE: Mapping[str, str] = {
    # What would be right, and other ends of sentences
    "did you mean '{near}'?": "vouliez-vous dire '{near}' ?",
    "known are {names}": "valeurs connues : {names}",
    "right would be {what}": "attendu : {what}",
    "right would be a list of at least one": "attendu : une liste d’au moins un élément",
    "remove it": "supprimez-le",
    "write it again": "saisissez-le de nouveau",
    "keep one": "n’en gardez qu’un",
    "ids must be unique": "un identifiant doit être unique",
    "names must differ": "les noms doivent être différents",
    "split it": "divisez le fichier",
    "every person needs one": "chaque personne doit en avoir un",
    "once is enough": "une seule fois suffit",
    "is it the id that is meant?": "est-ce bien l’identifiant voulu ?",
    "are they two people?": "s’agit-il de deux personnes ?",
    # What a value is
    "text": "un texte",
    "a name that is not text": "un nom qui n’est pas un texte",
    "true or false": "true ou false",
    "a whole number": "un nombre entier",
    "a whole number from {low} to {high}": "un nombre entier de {low} à {high}",
    "a whole number from {low} on": "un nombre entier à partir de {low}",
    "a whole number up to {high}": "un nombre entier jusqu’à {high}",
    "a whole number up to {high} in size": "un nombre entier d’au plus {high} en valeur absolue",
    "a number": "un nombre",
    "a number from {low} to {high}": "un nombre de {low} à {high}",
    "a number from {low} on": "un nombre à partir de {low}",
    "a number up to {high}": "un nombre jusqu’à {high}",
    "a number up to {high} in size": "un nombre d’au plus {high} en valeur absolue",
    "a day such as {day}": "un jour tel que {day}",
    "a day and time such as {day}": "un jour et une heure, par exemple {day}",
    "a list": "une liste",
    "an object": "un objet",
    "some text": "un texte",
    "text in quotes": "un texte entre guillemets",
    "one of {names}": "une valeur parmi {names}",
    "years from {low} to {high}": "un nombre d’années de {low} à {high}",
    "mentor, mentee or both": "mentor, mentee (mentoré) ou both (les deux)",
    "year-month-day, or day/month/year": "année-mois-jour ou jour/mois/année",
    "year-month-day such as {day}, or day/month/year": "année-mois-jour, par exemple {day}, ou "
    "jour/mois/année",
    "an IANA name such as {name}": "un nom IANA tel que {name}",
    "names separated by ';', or a list of texts": "des noms séparés par ';' ou une liste de textes",
    "ids of other people": "les identifiants d’autres personnes",
    "a heading row and a row for each {each}": "une ligne d’en-têtes, puis une ligne par personne",
    "up to {most}": "{most} au plus",
    "up to {most} characters": "{most} caractères au plus",
    "up to {most} columns": "{most} colonnes au plus",
    "HEADING=field": "EN-TÊTE=champ",
    "names and what they are": "des noms et leurs valeurs",
    "at_least <= at_most": "at_least <= at_most",
    "a list of objects, one a person": "une liste d’objets, un par personne",
    "a list of texts": "une liste de textes",
    "a mapping of column names to values": "des noms de colonnes et leurs valeurs",
    "a CSV or JSON file in UTF-8 or cp1252": "un fichier CSV ou JSON en UTF-8 ou cp1252",
    "a fraction such as '1/3'": "une fraction telle que '1/3'",
    "text such as {day}": "un texte tel que {day}",
    "JSON, as text or bytes": "du JSON, en texte ou en octets",
    "'coverage', 'total', 'max_min', or {objective}": "'coverage', 'total', 'max_min' ou {objective}",
    "text, a number, true or false, or a list of texts": "un texte, un nombre, true ou false, ou une "
    "liste de textes",
    "level": "niveau",
    "priority": "priorité",
    "save it as UTF-8": "enregistrez-le en UTF-8",
    "save it as CSV": "enregistrez-le en CSV",
    "{one} reports to {people}": "{one} dépend de {people}",
    "give at_least, at_most, or both": "indiquez at_least, at_most, ou les deux",
    # Cells of people
    "missing": "manquant",
    "empty": "vide",
    "unknown role": "rôle inconnu",
    "unknown name": "nom inconnu",
    "unknown": "inconnu",
    "out of range": "hors limites",
    "too large": "trop grand",
    "impossible age": "âge impossible",
    "not text": "n’est pas un texte",
    "write it in quotes": "mettez-le entre guillemets",
    "not a number": "n’est pas un nombre",
    "true and false are not": "true et false n’en sont pas",
    "not a whole number": "n’est pas un nombre entier",
    "not a day of the calendar": "ce jour n’existe pas dans le calendrier",
    "not a day": "n’est pas un jour",
    "not a date": "n’est pas une date",
    "not a list": "n’est pas une liste",
    "not an object": "n’est pas un objet",
    "not a truth value": "n’est ni vrai ni faux",
    "not what can stand here": "n’a pas sa place ici",
    "not the name of a time zone": "n’est pas le nom d’un fuseau horaire",
    "NaN or infinite": "NaN ou infini",
    "a finite number is needed": "il faut un nombre fini",
    "a finite number is needed, or an empty cell where it is not known": (
        "il faut un nombre fini, ou une cellule vide si la donnée est inconnue"
    ),
    "separator for thousands or for decimals? write the number without separators for thousands": (
        "séparateur de milliers ou de décimales ? Écrivez le nombre sans séparateur de milliers"
    ),
    "holds a control character or a line break": "contient un caractère de contrôle ou un saut de ligne",
    "holds half of a character (a lone surrogate)": "contient un caractère incomplet",
    "{number} characters": "{number} caractères",
    "{number} names": "{number} noms",
    "{number} columns": "{number} colonnes",
    "a {word} is wrong": "niveau ou priorité incorrects ({word})",
    "a {word} is missing after ':'": "il manque le chiffre après ':' ({word})",
    "not a record": "n’est pas un enregistrement",
    "a name is missing before ':'": "il manque un nom avant ':'",
    "the same name stands here twice with a different {word}": "le même nom figure deux fois avec deux "
    "valeurs différentes ({word})",
    "names the person's own id": "désigne la personne elle-même",
    "names somebody who stands in wants, too; keep one of the two": "désigne quelqu’un qui figure "
    "aussi dans wants ; gardez l’un des deux",
    "{names} are both given; give one of them": "{names} sont tous deux remplis ; n’en remplissez qu’un",
    "unknown type of column": "type de colonne inconnu",
    # People as a whole
    "the same id as in row {row}, after Unicode normalisation": "même identifiant qu’à la ligne {row}, "
    "après normalisation Unicode",
    "looks the same as the id in row {row}, from which it differs by characters that nobody sees; remove "
    "these, or give one of the two another id": "paraît identique à l’identifiant de la ligne {row}, "
    "dont il ne diffère que par des caractères invisibles ; supprimez-les, ou changez l’un des deux "
    "identifiants",
    "holds characters that nobody sees: {shown}": "contient des caractères invisibles : {shown}",
    "differs from the id in row {row} by capitals or spaces only": "ne diffère de l’identifiant de la "
    "ligne {row} que par des majuscules ou des espaces",
    "somebody in the cohort has this id": "une personne du fichier a déjà cet identifiant",
    "empty; at least one mentor and one mentee are needed": "vide ; il faut au moins un mentor et "
    "un(e) mentoré(e)",
    "no mentor; at least one person needs role mentor or both": "aucun mentor ; au moins une personne "
    "doit avoir le rôle mentor ou both",
    "no mentee; at least one person needs role mentee or both": "aucune personne mentorée ; au moins "
    "une personne doit avoir le rôle mentee ou both",
    "impossible: the age on {on} would not be from {low} to {high} years": (
        "impossible : au {on}, l’âge ne serait pas compris entre {low} et {high} ans"
    ),
    "the managers form a cycle: {people}; one of them must report to somebody else or to nobody": (
        "les managers forment une boucle : {people} ; l’un d’eux doit dépendre de quelqu’un d’autre ou "
        "de personne"
    ),
    "no column is called or recognised as '{name}'; is the first row the heading row? Otherwise say "
    "which column it is: --map 'HEADING={name}', or mapping={{'HEADING': '{name}'}}": (
        "aucune colonne n’est nommée ni reconnue comme '{name}' ; la première ligne contient-elle les "
        'en-têtes ? Sinon, indiquez la colonne : --map "EN-TÊTE={name}"'
    ),
    "nobody in the cohort has the id '{name}'": "personne n’a l’identifiant '{name}'",
    "no manager_id is the id of anybody in the file: the reporting-line rule protects nobody; does the "
    "column hold names instead of ids?": "aucun manager_id n’est l’identifiant d’une personne du "
    "fichier : la règle sur la ligne hiérarchique ne protège personne ; la colonne contient-elle des "
    "noms au lieu d’identifiants ?",
    # Files
    "{path}: no such file": "{path} : fichier introuvable",
    "no such file": "fichier introuvable",
    "not valid CSV: {error}": "fichier CSV non valide : {error}",
    "not valid JSON: {error}": "fichier JSON non valide : {error}",
    "{count} cells, but the heading row has {headings}": "{count} cellules, alors que la ligne "
    "d’en-têtes en a {headings}",
    "column {number} holds values but has no heading": "la colonne {number} contient des valeurs mais "
    "n’a pas d’en-tête",
    "the same heading stands here twice": "le même en-tête figure deux fois",
    "{claimants} both mean '{field}'; say which one with a mapping such as 'HEADING={field}'": (
        "{claimants} désignent tous deux '{field}' ; indiquez lequel, par exemple 'EN-TÊTE={field}'"
    ),
    "is mapped to nothing": "n’est associé à aucun champ",
    "a key stands twice in one object": "une clé figure deux fois dans un même objet",
    "an old workbook (.xls), or one with a password; save it as .xlsx without password": (
        "ancien classeur (.xls) ou classeur protégé ; enregistrez-le en .xlsx sans mot de passe"
    ),
    "an archive, but not a workbook": "une archive, mais pas un classeur",
    "a workbook saved as .xlsx": "un classeur enregistré en .xlsx",
    "holds macros, which are never run; save it as .xlsx without macros": (
        "contient des macros, qui ne sont jamais exécutées ; enregistrez-le en .xlsx sans macros"
    ),
    "no sheet is called '{name}'": "aucune feuille ne s’appelle '{name}'",
    "holds several sheets ({listed}); say which one: sheet='{name}'": "contient plusieurs feuilles "
    "({listed}) ; indiquez laquelle : sheet='{name}'",
    "'{name}' is a chart, not a sheet of cells": "'{name}' est un graphique, et non une feuille de calcul",
    "unknown kind of file to write": "type de fichier impossible à écrire",
    "not text in UTF-8 or cp1252": "n’est pas un texte en UTF-8 ou cp1252",
    "not text but a workbook or an archive": "n’est pas un texte, mais un classeur ou une archive",
    "was named for two things, and can hold one": "désigne deux fichiers, et n’en peut être qu’un",
    "a file for each": "un fichier pour chacun",
    "cannot be read: {what}": "illisible : {what}",
    "cannot be written: {what}": "impossible à écrire : {what}",
    "No such file or directory": "ce fichier ou ce dossier n’existe pas",
    "Permission denied": "accès refusé",
    "Is a directory": "c’est un dossier",
    "no such name": "ce nom n’existe pas",
    "a folder, a pipe or a device": "un dossier, un tube ou un périphérique",
    "a plain file": "un fichier ordinaire",
    "larger than the limit of {most} bytes; split it or raise the limit": (
        "dépasse la limite de {most} octets ; divisez-le ou relevez la limite"
    ),
    "unknown kind of file": "type de fichier inconnu",
    "a cell is far too long": "une cellule est beaucoup trop longue",
    "not text in UTF-8": "n’est pas un texte en UTF-8",
    "not valid TOML: {error}": "fichier TOML non valide : {error}",
    # Policies
    "prefix counts the parts of a path, and '/' separates none here; leave prefix out": (
        "prefix compte les niveaux d’un chemin, et aucun '/' n’en sépare ici ; retirez prefix"
    ),
    "from before to, on one day": "from avant to, le même jour",
    "from <= to <= until <= zero_from": "from <= to <= until <= zero_from",
    "at_least is longer than the working hours; nobody has so many in common": (
        "at_least dépasse les heures de travail ; personne n’en a autant en commun"
    ),
    "say one thing: equals, or under, or at_least and at_most, or known": (
        "n’indiquez qu’une chose : equals, under, at_least et at_most, ou known"
    ),
    "at least one condition is needed": "il faut au moins une condition",
    "points, above 0 and up to {most}": "un nombre de points, plus de 0 et {most} au plus",
    "of nobody; give mentors, mentees or pairs": "ne concerne personne ; indiquez mentors, mentees ou pairs",
    "zero_from needs until; give both, or neither": "zero_from exige until ; indiquez les deux ou aucun",
    "all weights are 0; at least one must be positive": (
        "tous les poids sont nuls ; l’un d’eux doit être positif"
    ),
    "a synonym is given for two different names; give it for one": (
        "un synonyme est donné pour deux noms différents ; gardez-en un"
    ),
    "two rules are called '{name}'": "deux règles s’appellent '{name}'",
    "a rule is called '{name}', which is a word for another rule; choose another name": (
        "une règle s’appelle '{name}', mot qui désigne une autre règle ; choisissez un autre nom"
    ),
    "not a field of one side; right would be mentor.FIELD or mentee.FIELD, not '{name}'": (
        "n’est pas un champ d’un des deux rôles ; attendu : mentor.CHAMP ou mentee.CHAMP, et non '{name}'"
    ),
    "does not say which duos count; give of, where, or both": (
        "ne dit pas quels duos comptent ; indiquez of, where, ou les deux"
    ),
    "a whole number of up to {most} digits": "un nombre entier de {most} chiffres au plus",
    "no bound": "aucune limite",
    "no criteria; at least one is needed": "aucun critère ; il en faut au moins un",
    "not a whole number from {low} to {high}": "n’est pas un nombre entier de {low} à {high}",
    "not a number from {low} to {high}": "n’est pas un nombre de {low} à {high}",
    "unknown kind '{kind}'": "type inconnu '{kind}'",
    "no kind": "type manquant",
    "kind is not text": "le type n’est pas un texte",
    "not a share": "n’est pas une part",
    "out of order": "dans le désordre",
    "longer than {number} characters": "plus de {number} caractères",
    "a list of too many": "liste trop longue",
    "two criteria are called '{name}'": "deux critères s’appellent '{name}'",
    "{place}: nobody fills '{field}', so that no pair is known to keep the rule": (
        "{place} : personne n’a rempli '{field}', si bien qu’aucune paire n’est réputée respecter la règle"
    ),
    "{place}: nobody fills '{field}', so that no duo counts": "{place} : personne n’a rempli "
    "'{field}', si bien qu’aucun duo ne compte",
    "{place}: no {side} fills '{field}', so that there are no groups to count": (
        "{place} : personne n’a rempli '{field}' parmi les {side}s, si bien qu’il n’y a aucun groupe à "
        "compter"
    ),
    "{place}: nobody has '{value}' in {path}": "{place} : personne n’a '{value}' dans {path}",
    "a past duo names '{name}', whom nobody is; did you mean '{near}', from which it differs by "
    "capitals, spaces or characters that nobody sees?": "un ancien duo cite '{name}', qui n’est "
    "personne ; vouliez-vous dire '{near}', qui n’en diffère que par des majuscules, des espaces ou des "
    "caractères invisibles ?",
    "criterion '{criterion}' is known for no pair and decides nothing: its data is missing": (
        "le critère '{criterion}' n’est connu pour aucune paire et ne décide de rien : ses données manquent"
    ),
    "and {number} more such notes on people": "et {number} autres remarques sur les personnes",
    # Commands
    "the same people, but not the file that was matched": "les mêmes personnes, mais pas le fichier "
    "qui a servi à former les duos",
    "the policy was taken from the matching; give --policy to check that it is yours": (
        "les règles sont celles du fichier de la répartition ; ajoutez --policy pour vérifier que ce "
        "sont bien les vôtres"
    ),
    "the policy was taken from the plan; give --policy to check that it is yours": (
        "les règles sont celles du fichier du plan ; ajoutez --policy pour vérifier que ce sont bien les "
        "vôtres"
    ),
    "the people have changed; --people-out writes them, for verify": "les personnes ont changé ; "
    "--people-out les enregistre, pour verify",
    "a round of a plan, which leaves out {duos} of its other rounds; that they are there only the plan "
    "can say (verify the plan itself)": "un cycle d’un plan, qui écarte {duos} de ses autres cycles ; "
    "seul le plan peut dire qu’ils y sont (vérifiez le plan lui-même)",
    "{number} answer is of an earlier round, or of a duo that is none now; left out": (
        "{number} réponse porte sur un cycle antérieur ou sur un duo qui n’existe plus ; elle est "
        "laissée de côté"
    ),
    "{number} answers are of an earlier round, or of a duo that is none now; left out": (
        "{number} réponses portent sur un cycle antérieur ou sur un duo qui n’existe plus ; elles sont "
        "laissées de côté"
    ),
    "{number} answer was given after {on}, and will count in the next round": (
        "{number} réponse est postérieure au {on} ; elle comptera au prochain cycle"
    ),
    "{number} answers were given after {on}, and will count in the next round": (
        "{number} réponses sont postérieures au {on} ; elles compteront au prochain cycle"
    ),
    "rules or credits name 1 person who is away; they count again when who is away is back": (
        "des règles ou des points citent 1 personne absente ; ils compteront de nouveau à son retour"
    ),
    "rules or credits name {number} people who are away; they count again when who is away is back": (
        "des règles ou des points citent {number} personnes absentes ; ils compteront de nouveau à leur "
        "retour"
    ),
    "before that, {account}": "auparavant, {account}",
    "Interrupted; {account}.": "Interrompu ; {account}.",
    "Stopped; {account}.": "Arrêté ; {account}.",
    "nothing was written": "rien n’a été enregistré",
    "what was printed may be a part": "l’affichage est peut-être incomplet",
    "{files} was written": "{files} a été enregistré",
    "{files} were written": "{files} ont été enregistrés",
    "{files} was written, {others} was not written": "{files} a été enregistré, pas {others}",
    "{files} was written, {others} were not written": "{files} a été enregistré, pas {others}",
    "{files} were written, {others} was not written": "{files} ont été enregistrés, pas {others}",
    "unknown language '{name}'": "langue inconnue '{name}'",
}
"""Sentences of people files, of files as such, of policies, and of commands."""

SENTENCES: Mapping[str, str] = {
    **_EVERYWHERE,
    **french_faults_reading.SENTENCES,
    **french_faults_programmes.SENTENCES,
    **french_faults_findings.SENTENCES,
}
"""The wording of every sentence."""

WORDS = FaultWords(
    SENTENCES,
    fmt,
    place="ligne {row}, colonne {column}",
    row="ligne {row}",
    either=" ou ",
    note="remarque\N{NARROW NO-BREAK SPACE}:",
    more="et {number} autres",
    day="{day}/{month}/{year}",
    criteria=CRITERIA,
    subjects=french_faults_findings.SUBJECTS,
    rules=NAMES,
)
