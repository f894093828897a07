"""What faults and notes about files of people, and about what somebody typed, are in French.

Files of forms, of surveys and of HR systems have more to say than a people file; what both may be wrong in is
in :mod:`reverse_match.views.words.french_faults`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    # Files and sheets
    "not text in UTF-16, as its first bytes say": "n’est pas un texte en UTF-16, contrairement à ce "
    "qu’annoncent ses premiers octets",
    "only a workbook (.xlsx) has sheets": "seul un classeur (.xlsx) contient des feuilles",
    "not a workbook, or a damaged one; save it again as .xlsx": "n’est pas un classeur, ou classeur "
    "endommagé ; enregistrez-le de nouveau en .xlsx",
    "would unpack to far more than a workbook of its size; save it again as .xlsx": (
        "bien plus volumineux une fois décompressé qu’un classeur de cette taille ; enregistrez-le de "
        "nouveau en .xlsx"
    ),
    "a workbook with macros, which are never run; save it as .xlsx": (
        "classeur avec macros, qui ne sont jamais exécutées ; enregistrez-le en .xlsx"
    ),
    "another kind of workbook; save it as .xlsx": "autre type de classeur ; enregistrez-le en .xlsx",
    "an archive; unpack it first": "une archive ; décompressez-la d’abord",
    "a workbook of the kind 'Strict Open XML'; save it again as 'Excel workbook' (.xlsx)": (
        "classeur de type 'Strict Open XML' ; enregistrez-le de nouveau comme 'Classeur Excel' (.xlsx)"
    ),
    "has a format of numbers of more than {most} characters; remove it": (
        "contient un format de nombre de plus de {most} caractères ; supprimez-le"
    ),
    "declares entities of its own, which no spreadsheet does": "déclare ses propres entités, ce que ne fait "
    "aucun tableur",
    "more than {number} rows; delete what is far from the table": (
        "plus de {number} lignes ; supprimez ce qui se trouve loin du tableau"
    ),
    "more than {number} cells; delete what is far from the table": (
        "plus de {number} cellules ; supprimez ce qui se trouve loin du tableau"
    ),
    "not a number or a date that can be read; correct or empty the cell": (
        "ni un nombre ni une date lisible ; corrigez ou videz la cellule"
    ),
    "neither a file nor a pipe; right would be the name of a file": (
        "ni un fichier ni un tube ; attendu : le nom d’un fichier"
    ),
    "somebody wants more names than can be counted; right would be some dozens": (
        "une personne recherche trop de compétences ou d’objectifs ; attendu : quelques dizaines"
    ),
    "not a parquet file, or a damaged one; write it again": "n’est pas un fichier parquet, ou fichier "
    "endommagé ; enregistrez-le de nouveau",
    "more than {number} rows, {count} values, or {most} bytes when unpacked": (
        "plus de {number} lignes, de {count} valeurs ou de {most} octets une fois décompressé"
    ),
    "more than {most} bytes of text when unpacked": "plus de {most} octets de texte une fois décompressé",
    "holds a text too long for a cell; right would be up to {most} characters": (
        "contient un texte trop long pour une cellule ; attendu : {most} caractères au plus"
    ),
    "a text too long for a cell; right would be up to {most} characters": (
        "texte trop long pour une cellule ; attendu : {most} caractères au plus"
    ),
    "more than {number} rows or {count} cells": "plus de {number} lignes ou de {count} cellules",
    "more than {number} values": "plus de {number} valeurs",
    "a formula whose result is not stored, and formulas are not run here; open the file in a spreadsheet "
    "and save it, or paste the values": (
        "formule dont le résultat n’est pas enregistré (aucune formule n’est calculée ici) ; ouvrez le "
        "fichier dans un tableur et enregistrez-le, ou collez les valeurs"
    ),
    "an error of the spreadsheet, such as #N/A or #REF!; correct or empty the cell": (
        "erreur de tableur, telle que #N/A ou #REF! ; corrigez ou videz la cellule"
    ),
    "cells that are merged over several rows are read in each of them": (
        "le contenu des cellules fusionnées sur plusieurs lignes est lu dans chacune d’elles"
    ),
    "{number} hidden rows left out": "{number} lignes masquées, laissées de côté",
    "{number} hidden row left out": "{number} ligne masquée, laissée de côté",
    "{number} rows below the people are left out": "{number} lignes sous la liste des personnes, laissées "
    "de côté",
    "{number} row below the people is left out": (
        "{number} ligne sous la liste des personnes, laissée de côté"
    ),
    "{number} answers not sent off, or a trial, left out": "{number} réponses non envoyées ou d’essai, "
    "laissées de côté",
    "{number} answer not sent off, or a trial, left out": "{number} réponse non envoyée ou d’essai, "
    "laissée de côté",
    "headings are taken from row {row}": "les en-têtes sont lus à la ligne {row}",
    "row {row} holds nothing; right would be the row of the headings": (
        "la ligne {row} est vide ; attendu : la ligne des en-têtes"
    ),
    "right would be one file of people, or files of mentors and files of mentees": (
        "attendu : un fichier de personnes, ou des fichiers de mentors et des fichiers de mentoré(e)s"
    ),
    "right would be a path, or a list of paths": "attendu : un chemin ou une liste de chemins",
    "a CSV file would not give the same values back; right would be to write .json": (
        "un fichier CSV ne rendrait pas les mêmes valeurs ; attendu : un fichier .json"
    ),
    "more than {number} rows; right would be to write .csv": "plus de {number} lignes ; attendu : un "
    "fichier .csv",
    "no id; right would be a user as RFC 7643 has it": "identifiant absent ; attendu : un utilisateur au "
    "format de la RFC 7643",
    "no users": "aucun utilisateur",
    "right would be a list response of SCIM 2.0, or a user a line": (
        "attendu : une réponse de liste SCIM 2.0, ou un utilisateur par ligne"
    ),
    "empty; right would be a list of objects, one a {each}": "vide ; attendu : une liste d’objets, un par "
    "personne ou par réponse",
    "not a list; right would be a list of objects, one a {each}": "n’est pas une liste ; attendu : une "
    "liste d’objets, un par personne ou par réponse",
    "not a list of records; right would be objects, one a person": (
        "n’est pas une liste d’enregistrements ; attendu : des objets, un par personne"
    ),
    "nested too deeply; right would be up to {most} lists and objects within each other": (
        "imbrication trop profonde ; attendu : {most} niveaux de listes et d’objets au plus"
    ),
    "a whole number of {number} digits": "un nombre entier de {number} chiffres",
    "a number that cannot be read, or a whole number of too many digits": (
        "nombre illisible, ou nombre entier de trop de chiffres"
    ),
    "a number that cannot be read, or a whole number of too many digits, line {number}": (
        "nombre illisible, ou nombre entier de trop de chiffres, ligne {number}"
    ),
    "nested too deeply; right would be up to {most} lists and objects within each other, line {number}": (
        "imbrication trop profonde ; attendu : {most} niveaux de listes et d’objets au plus, ligne {number}"
    ),
    "{what} needs {library}, which is not installed; right would be, in the folder of reverse_match: "
    "{command}": "il manque {library} ({what}) ; à installer, dans le dossier de reverse_match : {command}",
    "writing .xlsx": "pour écrire un fichier .xlsx",
    "reading .xlsx": "pour lire un fichier .xlsx",
    "reading .parquet": "pour lire un fichier .parquet",
    # What each column is
    "no such column to map": "aucune colonne de ce nom à associer",
    "no such column to compose ids of": "aucune colonne de ce nom pour composer les identifiants",
    "no such column to compare answers by": "aucune colonne de ce nom pour comparer les réponses",
    "is left out: who stands in this file is a {role}": "laissée de côté : les personnes de ce fichier ont "
    "toutes le rôle {role}",
    "numbers answers, and is left out": "numérote les réponses ; laissée de côté",
    "holds no e-mail address, and is left out": "ne contient aucune adresse e-mail ; laissée de côté",
    "is taken for the id: it alone holds an address of everybody": "sert d’identifiant, car c’est la "
    "seule colonne où chaque personne a une adresse",
    "no field with own words; right would be {names}": "ce champ n’a pas de vocabulaire propre ; attendu : "
    "{names}",
    "words of {field} mean something else; right would be {names}": "valeurs impossibles pour {field} ; "
    "attendu : {names}",
    # Lists, options, levels
    "a list, separated by line breaks": "une liste séparée par des sauts de ligne",
    "a list, separated by '{sign}'": "une liste séparée par '{sign}'",
    "do commas separate names here? no part returns in another cell; --separator '{field}=, ' if each part "
    "is a name, --separator '{other}=;' if a cell is one": (
        "les virgules séparent-elles des noms ? Aucun élément ne se répète dans une autre cellule ; ajoutez "
        '--separator "{field}=, " si chaque élément est un nom, --separator "{other}=;" si une cellule en '
        "est un seul"
    ),
    "commas separate names here, and one name may hold a comma, too; --separator '{field}=, ' if each part "
    "is a name, --separator '{other}=;' if a cell is one": (
        "les virgules séparent des noms, et l’un d’eux semble en contenir une ; ajoutez "
        '--separator "{field}=, " si chaque élément est un nom, --separator "{other}=;" si une cellule en '
        "est un seul"
    ),
    "holds words for levels that scales use differently; say what they mean in a reading ([words.{field}]), "
    "or write numbers": (
        "contient des mots de niveau dont le sens varie d’une échelle à l’autre ; précisez-le dans un "
        "fichier de lecture ([words.{field}]), ou écrivez des nombres"
    ),
    "holds words for priorities that scales use differently; say what they mean in a reading "
    "([words.{field}]), or write numbers": (
        "contient des mots de priorité dont le sens varie d’une échelle à l’autre ; précisez-le dans un "
        "fichier de lecture ([words.{field}]), ou écrivez des nombres"
    ),
    "{number} answers such as 'N/A' count as not known": "{number} réponses telles que 'N/A' sont "
    "considérées comme inconnues",
    "{number} answer such as 'N/A' counts as not known": "{number} réponse telle que 'N/A' est considérée "
    "comme inconnue",
    "neither a mark nor an answer that is known; right would be x, yes, no, a level from 1 to 5, a word for "
    "one, or the option itself": (
        "ni une coche ni une réponse connue ; attendu : x, oui, non, un niveau de 1 à 5 ou un mot qui en "
        "désigne un, ou l’intitulé de l’option"
    ),
    "numbers above {most}: are they ranks? then say so in the question": (
        "nombres supérieurs à {most} : s’agit-il de rangs ? Si oui, précisez-le dans la question"
    ),
    "are these numbers priorities (3 is most wanted) or ranks (1 is most wanted)? name the question so that "
    "it says 'rank', or write priorities behind the skills": (
        "ces nombres sont-ils des priorités (3 : la plus forte) ou des rangs (1 : le premier choix) ? "
        "Ajoutez le mot 'rang' à la question, ou écrivez les priorités après les compétences"
    ),
    "'mentore' teaches, and 'mentoré' learns, but this file has no accents; say which with a reading "
    "([words.role])": (
        "une 'mentore' transmet et un 'mentoré' apprend, mais ce fichier est sans accents ; précisez le "
        "sens dans un fichier de lecture ([words.role])"
    ),
    # Dates and ids
    "day or month first? no day of this column is above 12; say it with --dates day-first or --dates "
    "month-first": (
        "jour ou mois en premier ? Aucun jour de cette colonne ne dépasse 12 ; ajoutez --dates day-first "
        "(jour d’abord) ou --dates month-first (mois d’abord)"
    ),
    "not a day or time; the latest answer cannot be found": "n’est ni un jour ni une heure ; impossible de "
    "trouver la dernière réponse",
    "no such time zone is known": "fuseau horaire inconnu",
    "a number such as 1.23E+11 that has lost its digits in a spreadsheet; export the file again with this "
    "column as text": (
        "un nombre tel que 1.23E+11, dont un tableur a perdu les chiffres ; exportez de nouveau le fichier "
        "avec cette colonne au format texte"
    ),
    "{number} cells read without characters that nobody sees, or without the decimals of a number": (
        "{number} cellules lues sans caractères invisibles, ou sans les décimales d’un nombre"
    ),
    "{number} cell read without characters that nobody sees, or without the decimals of a number": (
        "{number} cellule lue sans caractères invisibles, ou sans les décimales d’un nombre"
    ),
    "a date, time or duration out of range; right would be one in the years 1 to 9999": (
        "date, heure ou durée hors limites ; attendu : entre les années 1 et 9999"
    ),
    # The same person twice
    "the same id as in row {row} of {file}, after Unicode normalisation": "même identifiant qu’à la ligne "
    "{row} de {file}, après normalisation Unicode",
    "ids must be unique. If somebody has answered twice, say which column tells when: --latest-by "
    "'HEADING'": (
        "un identifiant doit être unique. Si quelqu’un a répondu deux fois, indiquez la colonne qui donne la "
        'date de réponse : --latest-by "EN-TÊTE"'
    ),
    "the same person as in row {row}, at the same time; keep one of the two rows": (
        "même personne qu’à la ligne {row}, au même moment ; gardez l’une des deux lignes"
    ),
    "says something else than row {row} of {file} of the same person; correct one of the two": (
        "contredit la ligne {row} de {file} sur la même personne ; corrigez l’une des deux"
    ),
    "{number} people say something else in the second file; the first counts": (
        "{number} personnes ont une autre valeur dans le second fichier ; le premier fait foi"
    ),
    "{number} person says something else in the second file; the first counts": (
        "{number} personne a une autre valeur dans le second fichier ; le premier fait foi"
    ),
    "'{name}' stands here twice": "'{name}' figure deux fois",
    # Managers and others who are named
    "names {number} people of the file; write the id instead": "désigne {number} personnes du fichier ; "
    "écrivez plutôt l’identifiant",
    "{number} cells in which the manager is nobody in the file; no rule about reporting lines can protect "
    "them": (
        "{number} cellules citent un(e) manager absent(e) du fichier ; aucune règle sur la ligne "
        "hiérarchique ne peut protéger ces personnes"
    ),
    "{number} cell in which the manager is nobody in the file; no rule about reporting lines can protect "
    "them": (
        "{number} cellule cite un(e) manager absent(e) du fichier ; aucune règle sur la ligne hiérarchique "
        "ne peut protéger cette personne"
    ),
    "names nobody": "ne désigne personne",
    "did you mean '{near}', from which it differs by capitals, spaces or characters that nobody sees?": (
        "vouliez-vous dire '{near}', qui n’en diffère que par des majuscules, des espaces ou des caractères "
        "invisibles ?"
    ),
    "nobody has this id or name": "personne n’a cet identifiant ni ce nom",
    "it could be {names}": "il peut s’agir de {names}",
    "right would be an id, or a whole name": "attendu : un identifiant ou un nom complet",
    "{number} people have this name; right would be one of their ids: {names}": (
        "{number} personnes portent ce nom ; attendu : l’un de leurs identifiants : {names}"
    ),
    "a text, not a list; right would be a list of ids": "un texte et non une liste ; attendu : une liste "
    "d’identifiants",
    "no file; right would be the list of skills as ESCO offers it for download, skills_en.csv": "aucun "
    "fichier ; attendu : la liste des compétences telle qu’ESCO la propose en téléchargement, skills_fr.csv",
    # Times of a week
    "right would be FIELD=LOW;HIGH, for instance 'grade=junior;senior;head'": "attendu : CHAMP=BAS;HAUT, par "
    "exemple « grade=junior;senior;head »",
    # Times of the week
    "not weekly times; right would be days with times, such as Mon 9-12;Thu 14:00-17:30": (
        "ne sont pas des moments de la semaine ; attendu : des jours avec des heures, par exemple "
        "lun 9h-12h;jeu 14h-17h30"
    ),
    "right would be days with times, such as Mon 9-12;Thu 14:00-17:30": (
        "attendu : des jours avec des heures, par exemple lun 9h-12h;jeu 14h-17h30"
    ),
    "a time ends before it begins; right would be two times of one day such as 9:00-12:30": (
        "un créneau se termine avant de commencer ; attendu : deux heures du même jour, par exemple 9h-12h30"
    ),
    "no time of day; right would be from 0:00 to 24:00": "n’est pas une heure ; attendu : de 0:00 à 24:00",
    "two places at the same time; right would be one place at a time, such as Mon @Lyon": (
        "deux lieux au même moment ; attendu : un seul lieu à la fois, par exemple lun @Lyon"
    ),
    "neither a mark nor times that go with this heading; right would be x, yes, no, or days and times such "
    "as "
    "Mon 9-12": (
        "ni une coche ni des moments compatibles avec cet en-tête ; attendu : x, oui, non, ou des jours et "
        "des "
        "heures, par exemple lun 9h-12h"
    ),
    "and the columns like it are taken for times at which people are free; --map 'HEADING=NAME' for each "
    "keeps "
    "them as they are": (
        "ainsi que les colonnes semblables, sont comprises comme des disponibilités ; --map 'EN-TÊTE=NOM' "
        "pour "
        "chacune les conserve telles quelles"
    ),
    "is kept as a column of your own, since no cell holds weekly times": (
        "est conservée telle quelle, car aucune cellule ne contient de moments de la semaine"
    ),
    "no cell holds weekly times; right would be days with times, such as Mon 9-12;Thu 14:00-17:30, or "
    "another "
    "name: --map 'HEADING=NAME'": (
        "aucune cellule ne contient de moments de la semaine ; attendu : des jours avec des heures, par "
        "exemple "
        "lun 9h-12h;jeu 14h-17h30, ou un autre nom de colonne : --map 'EN-TÊTE=NOM'"
    ),
    "mornings are read as 9 to 12, noon as 12 to 14, afternoons as 14 to 17, and evenings as 17 to 20": (
        "le matin est compris comme 9 h-12 h, le midi comme 12 h-14 h, l’après-midi comme 14 h-17 h et le "
        "soir "
        "comme 17 h-20 h"
    ),
    "days without times are read as 9 to 17": "les jours sans heures sont compris comme 9 h-17 h",
    "words of {field} mean something else; right would be weekly times such as Mon-Fri 6-14": (
        "certains mots de {field} ont un autre sens ; attendu : des moments de la semaine, par exemple "
        "lun-ven 6h-14h"
    ),
}
"""Sentences about what is read, and about whoever is named."""
