"""What is wrong with a replay, and worth knowing of it, in French."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    # Cadences and days
    "not understood": "pas compris",
    "a number of days, weeks or months such as 7d, 2w or 1month": "un nombre de jours, de semaines ou de "
    "mois, par exemple 7j, 2sem ou 1mois",
    "more than {most} dates": "plus de {most} dates",
    "fewer of them, or fewer days": "moins de dates, ou moins de jours",
    "{number} cadences": "{number} fréquences",
    "from 1 to {high}": "de 1 à {high}",
    "two of these are the same": "deux d’entre elles sont identiques",
    "each of them once": "chacune une seule fois",
    "the replay ends on {on}, before it begins on {than}": "la simulation se termine le {on}, avant de "
    "commencer le {than}",
    "nobody joined up to {on}": "personne ne s’est inscrit jusqu’au {on}",
    "a later end": "une fin plus tardive",
    "a later day": "un jour plus tardif",
    "nobody has places": "personne n’a de place",
    "people with a capacity above 0": "des personnes dont la capacité dépasse 0",
    # Joining days
    "no column of the people has this heading": "aucune colonne du fichier n’a cet en-tête",
    "the one with joining days": "celui des jours d’inscription",
    "1 row without a day: {rows}": "1 ligne sans jour : {rows}",
    "{number} rows without a day: {rows}": "{number} lignes sans jour : {rows}",
    "1 row with something else than a day: {rows}": "1 ligne avec autre chose qu’un jour : {rows}",
    "{number} rows with something else than a day: {rows}": "{number} lignes avec autre chose qu’un jour : "
    "{rows}",
    "the day on which each person joined": "le jour où chaque personne s’est inscrite",
    "a day such as 2026-11-23": "un jour, par exemple 2026-11-23",
    # Pairs that are held back
    "the score rises with waiting": "le score demandé augmente avec l’attente",
    "the score on the first day, the score at last, and the days in between, such as {what}": (
        "le score demandé le premier jour, le score demandé à la fin, et les jours entre les deux, par "
        "exemple {what}"
    ),
    "0.6:0.3:60d": "0,6:0,3:60j",
    "goes together with hold_back": "s’emploie avec hold_back",
    "both, or neither": "les deux, ou aucun",
    "needs the column with joining days (joined), and the day up to which people wait (on)": (
        "demande la colonne des jours d’inscription (joined) et le jour jusqu’auquel on attend (on)"
    ),
    "{number} of those with free places joined after {on}": "{number} des personnes qui ont de la place se "
    "sont inscrites après le {on}",
    # What verification finds
    "a rule holds pairs back, but the last amendment says nothing of it": "une règle réserve des paires, "
    "mais la dernière modification n’en dit rien",
    "days of waiting are stated, but no pairs were held back": "des jours d’attente sont indiqués, mais "
    "aucune paire n’a été réservée",
    "pairs were held back on no day, or days of waiting are not in order": "des paires ont été réservées "
    "sans date, ou les jours d’attente ne sont pas dans l’ordre",
    "the rule that holds pairs back does not ask what the log says": "la règle qui réserve des paires ne "
    "demande pas ce qu’indique le journal",
    # Notes
    "numbers are read as days that a spreadsheet counts: 46000 is {day}": (
        "les nombres sont lus comme des jours comptés par un tableur : 46000 est {day}"
    ),
    "least numbers of duos are not asked for in a replay: people wait for their first duo as long as it "
    "takes": (
        "les nombres minimaux de duos ne sont pas demandés dans une simulation : chaque personne attend son "
        "premier duo aussi longtemps qu’il le faut"
    ),
}
