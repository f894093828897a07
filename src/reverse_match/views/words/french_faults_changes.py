"""What faults about tables of changes, and what verification finds untrue of them, are in French."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "the record of '{name}' says that they avoid the other; right would be a corrected record (the change "
    "'correct') together with this": (
        "la fiche de '{name}' indique que cette personne évite l’autre ; corrigez sa fiche en même temps "
        "(changement « corrige »)"
    ),
    "half a name; right would be first and last name, or the whole name": (
        "nom incomplet ; attendu : le prénom et le nom, ou le nom complet"
    ),
    "{number} reason or comment in own words left out of the log; --with-comments keeps them there": (
        "{number} motif ou commentaire en texte libre non repris dans le journal ; --with-comments l’y "
        "conserve"
    ),
    "{number} reasons or comments in own words left out of the log; --with-comments keeps them there": (
        "{number} motifs ou commentaires en texte libre non repris dans le journal ; --with-comments les y "
        "conserve"
    ),
    "missing; every change is one of a person": "absent ; chaque changement concerne une personne",
    "missing; right would be decline, leave, return, join, correct, capacity or wait": (
        "absent ; attendu : refuse, part, revient, arrive, corrige, capacité ou attend"
    ),
    "unknown change; right would be decline, leave, return, join, correct, capacity or wait": (
        "changement inconnu ; attendu : refuse, part, revient, arrive, corrige, capacité ou attend"
    ),
    "is there already; right would be 'correct', where the record has changed": (
        "déjà dans le programme ; attendu : « corrige » si la fiche a changé"
    ),
    "was there before; right would be 'return'": "a déjà participé ; attendu : « revient »",
    "nobody who is away has this id, and somebody new would join": (
        "aucune personne absente n’a cet identifiant ; une nouvelle personne « arrive »"
    ),
    "nobody who is away has this id, and somebody new would join; did you mean '{near}'?": (
        "aucune personne absente n’a cet identifiant, et une nouvelle personne « arrive » ; vouliez-vous "
        "dire '{near}' ?"
    ),
    "is away; right would be the change 'return' before others": (
        "absent(e) ; attendu : d’abord le changement « revient »"
    ),
    "nobody here has this id": "personne n’a cet identifiant",
    "nobody here has this id; did you mean '{near}'?": (
        "personne n’a cet identifiant ; vouliez-vous dire '{near}' ?"
    ),
    "missing; right would be whom the person declines": "absent ; attendu : la personne refusée",
    "the two are no duo; right would be the partner of a duo, or --forbid for two others": (
        "ces deux personnes ne forment pas un duo ; attendu : le partenaire d’un duo, ou --forbid pour deux "
        "autres personnes"
    ),
    "only who declines names a partner; leave it empty": (
        "seul un refus cite un partenaire ; laissez cette cellule vide"
    ),
    "nothing is corrected; right would be the new value in a column of the people file": (
        "rien n’est corrigé ; attendu : la nouvelle valeur dans une colonne du fichier des personnes"
    ),
    "goes with join, return and correct alone; leave it empty": (
        "ne se remplit que pour « arrive », « revient » et « corrige » ; laissez cette cellule vide"
    ),
    "is no number of duos; right would be the change 'correct'": (
        "n’est pas un nombre de duos ; attendu : le changement « corrige »"
    ),
    "the same duo as in row {row}; once is enough": "le même duo qu’à la ligne {row} ; une fois suffit",
    "the same as in row {row}; once is enough": "comme à la ligne {row} ; une fois suffit",
    "corrected in row {row}, too; right would be one of them": (
        "déjà corrigé à la ligne {row} ; gardez l’une des deux corrections"
    ),
    "leaves in row {row}; right would be one of the two": (
        "cette personne part à la ligne {row} ; gardez l’un des deux changements"
    ),
    "no record to return with; right would be the columns of the people file in this row, or --returning "
    "FILE with a people file that still has the person": (
        "aucune fiche pour ce retour ; attendu : les colonnes du fichier des personnes sur cette ligne, ou "
        "--returning FICHIER avec un fichier où figure encore cette personne"
    ),
    "has a record in another file, too; right would be one of them": (
        "a aussi une fiche dans un autre fichier ; gardez l’une des deux"
    ),
    "a column that nobody's record has; remove it, or map it": (
        "colonne absente des fiches ; supprimez-la, ou indiquez son champ"
    ),
    "a column that nobody's record has; remove it, or map it; did you mean '{near}'?": (
        "colonne absente des fiches ; supprimez-la, ou indiquez son champ ; vouliez-vous dire '{near}' ?"
    ),
    "a column that nobody's record has; remove it, or map it; known are {known}": (
        "colonne absente des fiches ; supprimez-la, ou indiquez son champ ; connus : {known}"
    ),
    "two columns mean this; right would be one": "deux colonnes ont ce sens ; attendu : une seule",
    "goes with --changes, in which rows say who returns": (
        "s’utilise avec --changes, où des lignes indiquent qui revient"
    ),
    "missing, and the policy asks for a signed log; right would be who asks (--author)": (
        "absent, alors que les règles demandent un journal signé ; attendu : qui le demande (--author)"
    ),
    "missing, and the policy asks for a signed log; right would be why (--reason, or a reason in each row of "
    "the changes)": (
        "absent, alors que les règles demandent un journal signé ; attendu : pourquoi (--reason, ou un motif "
        "à chaque ligne des changements)"
    ),
    "'{name}' leaves, and a row of the changes says something else; right would be one of the two": (
        "'{name}' part, et une ligne des changements dit autre chose ; gardez l’un des deux"
    ),
    "'{name}' leaves and joins at once, and the log says so; a correction would be the change 'correct'": (
        "'{name}' part et arrive à la fois, et le journal le dit ainsi ; pour corriger une fiche, utilisez "
        "le changement « corrige »"
    ),
    "a change of '{name}' is logged that the amendment does not have": (
        "le journal cite un changement de '{name}' que la modification ne contient pas"
    ),
    "'{name}' is said to have declined a duo that did not end for that": (
        "'{name}' aurait refusé un duo qui n’a pas pris fin pour cela"
    ),
    "'{name}' is said to wait, but has a duo": "'{name}' serait en attente, mais a un duo",
    "'{name}' is said to have been corrected, or to wait, but is not in the cohort": (
        "'{name}' aurait été corrigé(e) ou mis(e) en attente, mais ne fait pas partie des personnes"
    ),
    "'{name}' is said to have been corrected, or to wait, and the log tells no such change": (
        "'{name}' aurait été corrigé(e) ou mis(e) en attente, sans que le journal cite ce changement"
    ),
    "what stands under logged is not sorted, each once": (
        "les changements du journal ne sont pas triés, ou l’un d’eux y figure deux fois"
    ),
    "amendment {number} has no author, and the policy asks for a signed log": (
        "la modification {number} n’a pas d’auteur, alors que les règles demandent un journal signé"
    ),
    "amendment {number} has no reason, and the policy asks for a signed log": (
        "la modification {number} n’a pas de motif, alors que les règles demandent un journal signé"
    ),
    "who came first is counted otherwise than once each": (
        "les personnes prioritaires ne sont pas comptées une fois chacune"
    ),
    "fewer people who came first have a duo than the amendment demanded": (
        "moins de personnes prioritaires ont un duo que la modification ne l’exigeait"
    ),
    "who waits this time is not who the last amendment lets wait": (
        "les personnes en attente ne sont pas celles de la dernière modification"
    ),
    "who came first is not who was there before others joined, and had no duo that stays": (
        "les personnes prioritaires ne sont pas celles qui attendaient déjà à l’arrivée des autres"
    ),
    "the quotas of who came first are not those that the amendment tells": (
        "les quotas des personnes prioritaires ne sont pas ceux de la modification"
    ),
    "who came first is not sorted, each role and time once": (
        "les personnes prioritaires ne sont pas triées, ou figurent deux fois"
    ),
}
