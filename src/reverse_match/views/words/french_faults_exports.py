"""What faults and notes about the shapes of exports are in French: encodings, columns, lists, mistakes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    # Encodings and sheets
    "not text in the encoding that is said; look shows the one that is taken without it": (
        "n’est pas un texte dans l’encodage indiqué ; look montre celui qui est retenu sans cette option"
    ),
    "no encoding is called so; right would be utf-8, cp1252, mac_roman or another that Python knows": (
        "encodage inconnu ; attendu : utf-8, cp1252, mac_roman ou un autre que Python connaît"
    ),
    "not UTF-8, and read as Windows cp1252; if letters look wrong, say --encoding mac_roman": (
        "n’est pas en UTF-8 ; lu en Windows cp1252 ; si des lettres semblent fausses, ajoutez --encoding "
        "mac_roman"
    ),
    "not UTF-8, and read as MacRoman, as Excel for Macintosh writes it; if letters look wrong, say "
    "--encoding cp1252": (
        "n’est pas en UTF-8 ; lu en MacRoman, l’encodage d’Excel pour Macintosh ; si des lettres semblent "
        "fausses, ajoutez --encoding cp1252"
    ),
    "holds several sheets ({listed}); say which one: --sheet '{name}', or sheet='{other}' in Python": (
        "contient plusieurs feuilles ({listed}) ; indiquez laquelle : --sheet \"{name}\", ou sheet='{other}' "
        "en Python"
    ),
    "{number} rows end before the last column; what is missing there is empty": (
        "{number} lignes s’arrêtent avant la dernière colonne ; ce qui y manque est considéré comme vide"
    ),
    "{number} row ends before the last column; what is missing there is empty": (
        "{number} ligne s’arrête avant la dernière colonne ; ce qui y manque est considéré comme vide"
    ),
    "read as users of SCIM 2.0, as it says of itself": (
        "lu comme des utilisateurs SCIM 2.0, ainsi que le fichier l’annonce"
    ),
    # What each column is
    "is taken for the address; other columns of addresses stay as they are": (
        "sert d’adresse e-mail ; les autres colonnes d’adresses restent telles quelles"
    ),
    "the same heading stands here twice (columns {names}); say which one counts by its place: --map 'column "
    "{letter}={field}'": (
        "le même en-tête figure deux fois (colonnes {names}) ; indiquez la bonne par sa place : --map "
        '"colonne {letter}={field}"'
    ),
    "stands over columns {names}, and is left out; to use one of them, name its place: --map 'column "
    "{letter}=NAME'": (
        "figure au-dessus des colonnes {names}, laissées de côté ; pour en utiliser une, indiquez sa place : "
        '--map "colonne {letter}=NOM"'
    ),
    "is taken for the id: it alone holds a name and an address of everybody": (
        "sert d’identifiant : c’est la seule colonne où chaque personne a un nom et une adresse"
    ),
    "is taken for the role: it alone says one of everybody": (
        "sert de rôle : c’est la seule colonne qui en indique un pour chaque personne"
    ),
    "where a file holds one role only: --mentors FILE and --mentees FILE": (
        "si chaque fichier ne contient qu’un rôle : --mentors FICHIER et --mentees FICHIER"
    ),
    # Lists
    "a list, separated by ','; if a cell is one name, --separator '{name}=;'": (
        'une liste, séparée par des virgules ; si une cellule est un seul nom, ajoutez --separator "{name}=;"'
    ),
    "some cells separate names by line breaks, others by commas; each is read as it stands": (
        "certaines cellules séparent les noms par des sauts de ligne, d’autres par des virgules ; chacune "
        "est lue comme elle est écrite"
    ),
    "some cells separate names by '{sign}', others by commas; each is read as it stands": (
        "certaines cellules séparent les noms par '{sign}', d’autres par des virgules ; chacune est lue "
        "comme elle est écrite"
    ),
    "{number} answers such as 'N/A' count as not known, in {count} columns": (
        "{number} réponses telles que 'N/A' sont considérées comme inconnues, dans {count} colonnes"
    ),
    # Likely mistakes
    "one letter away from '{near}', as which it is read; correct it if that is right": (
        "à une lettre de '{near}', et lu comme tel ; corrigez-le si c’est bien cela"
    ),
    "one name made of several that others write alone; are they several skills?": (
        "un seul nom fait de plusieurs que d’autres écrivent séparément ; s’agit-il de plusieurs "
        "compétences ?"
    ),
    "no skill that somebody wants to learn is taught by anybody; are skills called alike on both sides, and "
    "are lists separated as shown above?": (
        "personne ne transmet ce que d’autres souhaitent apprendre ; les compétences portent-elles le même "
        "nom des deux côtés, et les listes sont-elles séparées comme indiqué plus haut ?"
    ),
}
"""Sentences about the shapes of exports."""
