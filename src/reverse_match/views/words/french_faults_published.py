"""What faults and notes about former duos, drafts, publishing and forgetting are in French."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    # Former duos of other years
    "{number} column of former duos not read: only mentor, mentee and a day count": (
        "{number} colonne des anciens duos n’est pas lue : seuls mentor, mentoré et jour comptent"
    ),
    "{number} columns of former duos not read: only mentor, mentee and a day count": (
        "{number} colonnes des anciens duos ne sont pas lues : seuls mentor, mentoré et jour comptent"
    ),
    "missing; right would be the id, the name or the e-mail address of a person": (
        "manque ; attendu : l’identifiant, le nom ou l’adresse e-mail d’une personne"
    ),
    "the same person as the mentor; right would be two people": (
        "la même personne que le mentor ; attendu : deux personnes"
    ),
    "{number} person of former duos not among these people; their former partners count if they come back": (
        "{number} personne des anciens duos n’est pas parmi ces personnes ; ses anciens partenaires "
        "compteront si elle revient"
    ),
    "{number} people of former duos not among these people; their former partners count if they come back": (
        "{number} personnes des anciens duos ne sont pas parmi ces personnes ; leurs anciens partenaires "
        "compteront si elles reviennent"
    ),
    "{number} name of former duos that nobody here has; these duos are left out": (
        "{number} nom des anciens duos n’est celui de personne ici ; ces duos sont laissés de côté"
    ),
    "{number} names of former duos that nobody here has; these duos are left out": (
        "{number} noms des anciens duos ne sont ceux de personne ici ; ces duos sont laissés de côté"
    ),
    "not a former duo; right would be a pair of ids, or what rm.read_past returns": (
        "n’est pas un ancien duo ; attendu : une paire d’identifiants, ou ce que renvoie rm.read_past"
    ),
    "the matching keeps apart {number} former duo of other years; give --past to check them": (
        "la répartition sépare {number} ancien duo des autres années ; --past permet de le vérifier"
    ),
    "the matching keeps apart {number} former duos of other years; give --past to check them": (
        "la répartition sépare {number} anciens duos des autres années ; --past permet de les vérifier"
    ),
    "belongs to --policy: the former duos of other years are checked together with it": (
        "s’emploie avec --policy : les anciens duos des autres années se vérifient avec elle"
    ),
    # Drafts and publishing
    "missing; right would be the day on which it counts": (
        "manque ; attendu : le jour à partir duquel elle compte"
    ),
    "published already, on {day}; right would be a draft": "déjà publiée, le {day} ; attendu : un brouillon",
    "another matching was published for this round, on {on}; right would be that one, or what was amended "
    "since": (
        "une autre répartition a été publiée pour ce cycle, le {on} ; attendu : celle-là, ou ce qui en a été "
        "modifié depuis"
    ),
    "the entry of the round that runs was edited; right would be a copy as it was written": (
        "l’entrée du cycle en cours a été modifiée ; attendu : une copie telle qu’elle a été écrite"
    ),
    "this matching is a draft; right would be what rm.publish returns": (
        "cette répartition est un brouillon ; attendu : ce que renvoie rm.publish"
    ),
    "amendments are said to be of a draft, but nothing was published": (
        "des modifications sont dites faites sur un brouillon, mais rien n’a été publié"
    ),
    "more amendments are said to be of a draft than there are": (
        "davantage de modifications sont dites faites sur un brouillon qu’il n’y en a"
    ),
    "in place of the matching that was published on {on}": ("à la place de la répartition publiée le {on}"),
    "the matching was never published; it counts as published from its first day": (
        "la répartition n’a jamais été publiée ; elle compte comme publiée depuis le premier jour"
    ),
    # Forgetting
    "not an id; right would be the id of somebody, as text": (
        "n’est pas un identifiant ; attendu : l’identifiant d’une personne, en texte"
    ),
    "not a record to forget somebody in; right would be matchings, histories, people, feedback": (
        "on n’y peut oublier personne ; attendu : répartitions, historiques, personnes, réponses"
    ),
    "nobody has this id in these records; right would be the id of somebody who is in them": (
        "personne n’a cet identifiant dans ces données ; attendu : celui d’une personne qui s’y trouve"
    ),
    "only .csv and .json are rewritten; right would be to delete the row of the person by hand": (
        "seuls les fichiers .csv et .json sont réécrits ; attendu : supprimer la ligne à la main"
    ),
    "right would be at least one of --matching, --history, --people, --feedback, --past, --rows": (
        "attendu : au moins une option parmi --matching, --history, --people, --feedback, --past, --rows"
    ),
    "this person stands in none of these files; right would be an id, or a whole name": (
        "cette personne n’est dans aucun de ces fichiers ; attendu : un identifiant, ou un nom complet"
    ),
    "the person would still be named in it, in a place that is not known; nothing was written": (
        "la personne y serait encore citée, à un endroit inconnu ; rien n’a été écrit"
    ),
    "was changed since it was read; right would be to begin again; it was not written": (
        "a été modifié depuis sa lecture ; attendu : recommencer ; il n’a pas été écrit"
    ),
    "the person was in a duo of a matching, whose proof cannot be checked any more; where they leave first "
    "(amend --leave), it can": (
        "la personne était dans un duo d’une répartition, dont la preuve n’est plus vérifiable ; elle le "
        "reste si la personne quitte d’abord le programme (amend --leave)"
    ),
    "an earlier command was stopped between two files, and has been finished": (
        "une commande précédente avait été interrompue entre deux fichiers ; elle a été menée à son terme"
    ),
    "was changed since a command was stopped that was to replace it; right would be the file as it was "
    "before, or to delete '.to-replace.json' beside the first file": (
        "a été modifié depuis l’interruption d’une commande qui devait le remplacer ; attendu : le fichier "
        "tel qu’il était, ou la suppression de « .to-replace.json » à côté du premier fichier"
    ),
    "was to be replaced by a command that was stopped, and its new content is not there; right would be all "
    "files where they were, or to delete '.to-replace.json' beside the first file": (
        "devait être remplacé par une commande interrompue, et son nouveau contenu manque ; attendu : tous "
        "les fichiers à leur place, ou la suppression de « .to-replace.json » à côté du premier fichier"
    ),
    "reports, calendars, workbooks, forms, policy files and copies are not touched; delete those that name "
    "the person": (
        "rapports, agendas, classeurs, formulaires, fichiers de règles et copies ne sont pas modifiés ; "
        "supprimez ceux qui citent la personne"
    ),
    "the person still stands in {names}; delete these files, or make them anew": (
        "la personne figure encore dans {names} ; supprimez ces fichiers ou refaites-les"
    ),
    "not everything in these folders could be searched: there are too many files, or some are damaged, "
    "protected, too large or too deep; look for the person in these yourself": (
        "tout n’a pas pu être examiné dans ces dossiers : les fichiers sont trop nombreux, ou certains sont "
        "abîmés, protégés, trop gros ou trop profonds ; cherchez-y la personne vous-même"
    ),
    "people were erased from this plan: the proof of all rounds together, who sits out and who is away "
    "cannot be checked any more": (
        "des personnes ont été effacées de ce plan : la preuve sur tous les cycles, les pauses et les "
        "absences ne peuvent plus être vérifiées"
    ),
    "people were erased from these circles: the scores, rules and places of circles, who is in none, and the "
    "proof cannot be checked any more": (
        "des personnes ont été effacées de ces cercles : scores, règles et places des cercles, personnes "
        "sans cercle et preuve ne peuvent plus être vérifiés"
    ),
    "'{name}' has a duo, but is not in the cohort in this role": (
        "'{name}' a un duo, mais n’est pas parmi les personnes dans ce rôle"
    ),
    "the duo of '{mentor}' (mentor) and '{mentee}' (mentee) is forbidden by {label}": (
        "le duo de '{mentor}' (mentor) et '{mentee}' (mentoré(e)) est interdit par {label}"
    ),
    "'{name}' has more duos than places as {role}": "'{name}' a plus de duos que de places comme {role}",
    "{number} person erased from this matching: the proof, quotas, who has no duo, {erased} of theirs, and "
    "{scores} of others, of which something is not known, cannot be checked any more": (
        "{number} personne effacée de cette répartition : la preuve, les quotas, les personnes sans duo, "
        "{erased} de cette personne et {scores} d’autres personnes, dont une donnée est inconnue, ne sont "
        "plus vérifiables"
    ),
    "{number} people erased from this matching: the proof, quotas, who has no duo, {erased} of theirs, and "
    "{scores} of others, of which something is not known, cannot be checked any more": (
        "{number} personnes effacées de cette répartition : la preuve, les quotas, les personnes sans duo, "
        "{erased} de ces personnes et {scores} d’autres personnes, dont une donnée est inconnue, ne sont "
        "plus vérifiables"
    ),
    "no people file says what else the person is called, so that only the id was looked for; --called says "
    "it": (
        "aucun fichier de personnes ne donne les autres noms de la personne : seul l’identifiant a été "
        "cherché ; --called permet de les donner"
    ),
    # Pseudonyms
    "two people would share a pseudonym; right would be another key": (
        "deux personnes auraient le même pseudonyme ; attendu : une autre clé"
    ),
    "too short a key; right would be a secret of at least {number} bytes": (
        "clé trop courte ; attendu : un secret d’au moins {number} octets"
    ),
    "not a record to give pseudonyms in; right would be matchings, histories, people, feedback": (
        "on ne peut y mettre de pseudonymes ; attendu : répartitions, historiques, personnes, réponses"
    ),
    "these are not the people that were matched, so that nobody can verify the new files": (
        "ce ne sont pas les personnes de la répartition : personne ne pourra vérifier les nouveaux fichiers"
    ),
    "{name} was made; whoever has it can find out who is who": (
        "{name} a été créé ; qui le détient peut retrouver qui est qui"
    ),
}
