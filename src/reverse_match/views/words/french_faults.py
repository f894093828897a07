"""What faults and notes are in French, by the English sentence that whoever finds them makes.

A sentence stands in the module of its area; what may be wrong anywhere stands here. A new sentence goes to
any of them, with its values in braces, by the same names in both wordings. A test finds each message in the
code that has no sentence. :mod:`reverse_match.views.words.faults` says how a message finds its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.views.words import (
    french_faults_changes,
    french_faults_circles,
    french_faults_exports,
    french_faults_findings,
    french_faults_intake,
    french_faults_own_say,
    french_faults_policies,
    french_faults_programmes,
    french_faults_published,
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
    "time zones in other words are read as names of the IANA database, such as {zone}": "les fuseaux "
    "horaires écrits autrement sont lus comme des noms de la base IANA, par exemple {zone}",
    "an offset such as UTC+2 is read as a clock without summer time": "un décalage comme UTC+2 est lu "
    "comme une heure sans passage à l’heure d’été",
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
    "a colon that belongs to the name has a blank behind it": "un deux-points qui fait partie du nom est "
    "suivi d’une espace",
    "names hold a colon: nothing behind it is a rating, and it is a part of them": "des noms contiennent "
    "un deux-points : rien de ce qui le suit n’est un niveau ou une priorité, et il fait partie du nom",
    "holds words, not numbers; say their order, the lowest first, for instance --scale "
    "'{field}=junior;senior;head'": "contient des mots et non des nombres ; indiquez leur ordre, du plus "
    "bas au plus haut, par exemple --scale '{field}=junior;senior;head'",
    "words with an order can be read as numbers: --scale 'COLUMN=LOW;HIGH'": "des mots ordonnés peuvent être "
    "lus comme des nombres : --scale 'COLONNE=BAS;HAUT'",
    "not a word of the scale; right would be {listed}": "ce mot n’est pas dans l’échelle ; "
    "attendu : {listed}",
    "no such column to put on a scale": "aucune colonne de ce nom à laquelle appliquer une échelle",
    "no scale; right would be two words or more, each once, the lowest first": "pas une échelle ; attendu : "
    "au moins deux mots, chacun une seule fois, du plus bas au plus haut",
    "read as users of SCIM 2.0, as their schemas say": "lu comme des utilisateurs SCIM 2.0, comme "
    "l’indiquent leurs schémas",
    "{number} user left out, as not active": "{number} utilisateur inactif laissé de côté",
    "{number} users left out, as not active": "{number} utilisateurs inactifs laissés de côté",
    "{number} resource left out, as no users": "{number} ressource laissée de côté : ce n’est pas un "
    "utilisateur",
    "{number} resources left out, as no users": "{number} ressources laissées de côté : ce ne sont pas des "
    "utilisateurs",
    "a page of a longer list: {number} of {most} stand here; get the other pages, too, and put one a line": (
        "une page d’une liste plus longue : {number} sur {most} figurent ici ; récupérez aussi les autres "
        "pages et placez-en une par ligne"
    ),
    "no users; right would be a list response of SCIM 2.0, or a user a line": "aucun utilisateur ; attendu : "
    "une réponse de liste SCIM 2.0, ou un utilisateur par ligne",
    "an error of the directory, and no users; right would be a list response of SCIM 2.0, or a user a line": (
        "une erreur de l’annuaire, et aucun utilisateur ; attendu : une réponse de liste SCIM 2.0, ou un "
        "utilisateur par ligne"
    ),
    "no column '{name}'": "il manque la colonne '{name}'",
    "holds no skills": "ne contient aucune compétence",
    "right would be the list of skills as ESCO offers it for download, skills_en.csv": "attendu : la liste "
    "des compétences telle qu’ESCO la propose au téléchargement, skills_fr.csv",
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
    "nobody here is meant by {number} entry of {count}": "{number} entrée sur {count} ne désigne personne "
    "ici",
    "nobody here is meant by {number} entries of {count}": "{number} entrées sur {count} ne désignent "
    "personne ici",
    "ids, which are numbers here": "des identifiants, qui sont ici des nombres",
    "ids, which are e-mail addresses here": "des identifiants, qui sont ici des adresses e-mail",
    "numbers are read as days that a spreadsheet counts: {number} is {day}": "les nombres sont lus comme "
    "des jours comptés par un tableur : {number} est le {day}",
    "years of two digits are read so that people are from {low} to {high} years old": (
        "les années à deux chiffres sont lues de sorte que chaque personne ait de {low} à {high} ans"
    ),
    "a reading can say it, too: {table}": "un fichier de lecture peut aussi le dire : {table}",
    "unknown order of days": "ordre des jours inconnu",
    "right would be day-first, month-first or iso, or for one column HEADING=day-first": (
        "attendu : day-first, month-first ou iso, ou pour une seule colonne EN-TÊTE=day-first"
    ),
    "the day is taken to stand first in dates, of which none is above 12": "le jour est lu en premier dans "
    "les dates : aucun nombre n’y dépasse 12",
    "{number} person known by an earlier id, under which the past counts": "{number} personne connue sous un "
    "identifiant antérieur, auquel se rattache son passé",
    "{number} people known by an earlier id, under which the past counts": "{number} personnes connues sous "
    "un identifiant antérieur, auquel se rattache leur passé",
    "right would be a list of words": "attendu : une liste de mots",
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
    "right would be one field, or a list of 2 to {most} different ones": (
        "attendu : un champ, ou une liste de 2 à {most} champs différents"
    ),
    "both fields are of one person": "les deux champs concernent la même personne",
    "one of the mentor and one of the mentee": "un champ du mentor et un de la personne mentorée",
    "1 {side} does not fill '{field}', and the quota asks nothing for them": (
        "1 {side} n’a pas rempli '{field}', et le quota ne demande rien pour cette personne"
    ),
    "{number} {side}s do not fill '{field}', and the quota asks nothing for them": (
        "{number} {side}s n’ont pas rempli '{field}', et le quota ne demande rien pour ces personnes"
    ),
    "two words or more, each once, the lowest first, or 'bands'": (
        "deux mots ou plus, chacun une fois, du plus bas au plus haut, ou 'bands'"
    ),
    "no scale": "pas une échelle",
    "a number, or a word of a scale": "un nombre, ou un mot d’une échelle",
    "in part the same as another band": "cette tranche en chevauche une autre",
    "one of the bands that people have": "une des tranches présentes",
    "a word, and '{field}' has no scale": "un mot, alors que '{field}' n’a pas d’échelle",
    "a number, or a scale in the policy": "un nombre, ou une échelle dans les règles (scales)",
    "two words of the scale mean the same": "deux mots de l’échelle ont le même sens",
    "each once": "chacun une fois",
    "bands overlap and so have no order": "des tranches se chevauchent et n’ont donc pas d’ordre",
    "a scale that lists the words": "une échelle qui énumère les mots",
    "between two bands it is not known how many others lie that nobody has": (
        "entre deux tranches, on ne sait pas combien d’autres manquent"
    ),
    "not a band such as 25-34, 55+ or <25": "n’est pas une tranche comme 25-34, 55+ ou <25",
    "a band, or a scale that lists the words": "une tranche, ou une échelle qui énumère les mots",
    "'{field}' can have no scale": "'{field}' ne peut pas avoir d’échelle",
    "the people have no such column": "aucune colonne de ce nom dans le fichier des personnes",
    "1 person has a word that is not on the scale": "1 personne a un mot qui n’est pas dans l’échelle",
    "{number} people have a word that is not on the scale": (
        "{number} personnes ont un mot qui n’est pas dans l’échelle"
    ),
    "synonyms, or a longer scale": "des synonymes, ou une échelle plus longue",
    "'{rarer}' ({number}) stands beside '{other}' ({count}) in '{field}' and counts as another value; if the "
    "two are one, say so in synonyms": "'{rarer}' ({number}) figure à côté de '{other}' ({count}) dans "
    "'{field}' et compte comme une autre valeur ; si c’est la même, indiquez-le dans synonyms",
    "nearly the same as '{other}', which {number} people have; if it is the same, correct it, or give the "
    "policy both as synonyms": "presque identique à '{other}', valeur de {number} personnes ; si c’est la "
    "même, corrigez-la ou déclarez les deux comme synonymes dans les règles",
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
    "nobody fills '{field}', so that the rule forbids every pair": "personne n’a rempli '{field}', si bien "
    "que la règle interdit toutes les paires",
    "nobody fills '{field}', so that the rule forbids nothing": "personne n’a rempli '{field}', si bien que "
    "la règle n’interdit rien",
    "no mentor fills '{field}', so that the rule forbids every pair": "aucun mentor n’a rempli '{field}', si "
    "bien que la règle interdit toutes les paires",
    "no mentee fills '{field}', so that the rule forbids every pair": "aucune personne mentorée n’a rempli "
    "'{field}', si bien que la règle interdit toutes les paires",
    "no mentor fills '{field}', so that the rule forbids nothing": "aucun mentor n’a rempli '{field}', si "
    "bien que la règle n’interdit rien",
    "no mentee fills '{field}', so that the rule forbids nothing": "aucune personne mentorée n’a rempli "
    "'{field}', si bien que la règle n’interdit rien",
    "no mentor fills '{field}', so that no pair is known to keep the rule": "aucun mentor n’a rempli "
    "'{field}', si bien qu’aucune paire n’est réputée respecter la règle",
    "no mentee fills '{field}', so that no pair is known to keep the rule": "aucune personne mentorée n’a "
    "rempli '{field}', si bien qu’aucune paire n’est réputée respecter la règle",
    "no mentor fills '{field}', so that no duo counts": "aucun mentor n’a rempli '{field}', si bien qu’aucun "
    "duo ne compte",
    "no mentee fills '{field}', so that no duo counts": "aucune personne mentorée n’a rempli '{field}', si "
    "bien qu’aucun duo ne compte",
    "1 person does not fill '{field}', and the rule forbids every pair of theirs": "1 personne n’a pas "
    "rempli '{field}', et la règle lui interdit toute paire",
    "{number} people do not fill '{field}', and the rule forbids every pair of theirs": "{number} personnes "
    "n’ont pas rempli '{field}', et la règle leur interdit toute paire",
    "1 person does not fill '{field}', and criterion '{criterion}' is not known for pairs of theirs": (
        "1 personne n’a pas rempli '{field}', et le critère '{criterion}' est inconnu pour ses paires"
    ),
    "{number} people do not fill '{field}', and criterion '{criterion}' is not known for pairs of theirs": (
        "{number} personnes n’ont pas rempli '{field}', et le critère '{criterion}' est inconnu pour leurs "
        "paires"
    ),
    "1 person states times without a time zone, which others have: no time in common with them is known": (
        "1 personne indique ses disponibilités sans fuseau horaire, alors que d’autres en ont un : aucun "
        "créneau "
        "commun avec elles n’est connu"
    ),
    "{number} people state times without a time zone, which others have: no time in common with them is "
    "known": (
        "{number} personnes indiquent leurs disponibilités sans fuseau horaire, alors que d’autres en ont "
        "un : "
        "aucun créneau commun avec elles n’est connu"
    ),
    "only {number} of {most} people fill '{field}', and the rule binds no others": "seules {number} "
    "personnes sur {most} ont rempli '{field}', et la règle ne s’applique pas aux autres",
    "the manager of 1 person is not in the file; the rule on reporting lines cannot protect them": "le "
    "manager de 1 personne n’est pas dans le fichier ; la règle sur la ligne hiérarchique ne peut pas la "
    "protéger",
    "the managers of {number} people are not in the file; the rule on reporting lines cannot protect them": (
        "les managers de {number} personnes ne sont pas dans le fichier ; la règle sur la ligne hiérarchique "
        "ne peut pas les protéger"
    ),
    "names somebody who is not in the file; the waiver lets nobody through": "nomme une personne qui n’est "
    "pas dans le fichier ; la dérogation ne permet aucun duo",
    "these two cannot be mentor and mentee; the waiver lets nobody through": "ces deux personnes ne peuvent "
    "pas être mentor et mentoré(e) ; la dérogation ne permet aucun duo",
    "these two stand in no reporting line; the waiver is not needed": "ces deux personnes ne sont dans "
    "aucune ligne hiérarchique commune ; la dérogation est inutile",
    "1 duo is let through by a waiver; the policy says why": "1 duo est permis par une dérogation ; la "
    "politique dit pourquoi",
    "{number} duos are let through by a waiver; the policy says why": "{number} duos sont permis par une "
    "dérogation ; la politique dit pourquoi",
    "nobody has a manager; the rule on reporting lines protects nobody": "personne n’a de manager ; la règle "
    "sur la ligne hiérarchique ne protège personne",
    "forbids every pair, so that no duo is possible": "interdit toutes les paires, si bien qu’aucun duo "
    "n’est possible",
    "no duo is possible: one of the two sides has no place": "aucun duo n’est possible : l’un des deux côtés "
    "n’a aucune place",
    "no duo is possible: the rules together forbid every pair": "aucun duo n’est possible : ensemble, les "
    "règles interdisent toutes les paires",
    "no duo is formed, though {number} pairs are allowed": "aucun duo n’est formé, alors que {number} paires "
    "sont autorisées",
    "1 person has no allowed partner: this rule forbids all or most of their pairs": "1 personne n’a aucun "
    "partenaire autorisé : cette règle interdit toutes ses paires ou la plupart",
    "{number} people have no allowed partner: this rule forbids all or most of their pairs": "{number} "
    "personnes n’ont aucun partenaire autorisé : cette règle interdit toutes leurs paires ou la plupart",
    "nobody fills '{field}', so that no pair is known to keep the rule": (
        "personne n’a rempli '{field}', si bien qu’aucune paire n’est réputée respecter la règle"
    ),
    "nobody fills '{field}', so that no duo counts": "personne n’a rempli "
    "'{field}', si bien qu’aucun duo ne compte",
    "no {side} fills '{field}', so that there are no groups to count": (
        "personne n’a rempli '{field}' parmi les {side}s, si bien qu’il n’y a aucun groupe à compter"
    ),
    "nobody has '{value}' in {path}": "personne n’a '{value}' dans {path}",
    "a past duo names '{name}', whom nobody is; did you mean '{near}', from which it differs by "
    "capitals, spaces or characters that nobody sees?": "un ancien duo cite '{name}', qui n’est "
    "personne ; vouliez-vous dire '{near}', qui n’en diffère que par des majuscules, des espaces ou des "
    "caractères invisibles ?",
    "criterion '{criterion}' is known for no pair and decides nothing: its data is missing": (
        "le critère '{criterion}' n’est connu pour aucune paire et ne décide de rien : ses données manquent"
    ),
    "read as one word: {listed}": "lus comme un seul mot : {listed}",
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
    "people are read from the sheets that roles name": "les personnes sont lues dans les feuilles "
    "qui portent le nom d’un rôle",
    "left out: {sheets}": "feuilles ignorées : {sheets}",
    "a form for feedback asks the duos of a matching": "un formulaire de retours interroge "
    "les duos d’une répartition",
    "has changed since it was looked at": "a changé depuis la vérification",
    "look again": "vérifiez de nouveau",
    "this look has no files beside it": "cette vérification n’est liée à aucun fichier",
    "what rm.look(...) has returned": "ce que rm.look(...) a renvoyé",
    "nobody has answered yet": "personne n’a encore répondu",
    "at least one answer beside who is asked": "au moins une réponse à côté de qui est interrogé",
    "say which: --matching matching.json": "indiquez laquelle : --matching repartition.json",
    "is there already, and may be filled in": "existe déjà et a peut-être été rempli",
    "another name": "un autre nom",
    "a CSV file would not give the same ids back": "un fichier CSV ne rendrait pas les mêmes identifiants",
    "to write .xlsx": "d’écrire un fichier .xlsx",
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
    **french_faults_circles.SENTENCES,
    **french_faults_exports.SENTENCES,
    **french_faults_policies.SENTENCES,
    **french_faults_own_say.SENTENCES,
    **french_faults_programmes.SENTENCES,
    **french_faults_changes.SENTENCES,
    **french_faults_published.SENTENCES,
    **french_faults_intake.SENTENCES,
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
