"""Guesses what a question may be about, so that whoever looks at a file is told what to type.

Nothing is read by such a guess: a question text that mentions learning may still ask for something else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reverse_match.foundation.names import name_key
from reverse_match.people.headings import heading_key
from reverse_match.people.reading.choices import SEVERAL
from reverse_match.people.reading.words import word_key

if TYPE_CHECKING:
    from reverse_match.people.reading.choices import FileColumn

_LONGEST = 1_000
"""Characters of a heading that is looked into."""

_WORDS = {
    "role": (
        *(r"mentor\S* (or|ou|oder|o|and|et|/) ", "mentee", "mentore", r"\brole\b", r"\brolle\b", r"\brol\b"),
        *("participe", "vous etes"),
    ),
    "available": (
        *("availab", "disponib", r"\bfree\b(?! text)", "creneau", "time ?slots?", r"\bshifts?\b"),
        *("verfugbar", "horaires"),
    ),
    "on_site": (
        *(r"\bon.?site\b", "in the office", r"\bdays? in office\b", "sur site", "au bureau", "presentiel"),
        *("jours de presence", "sur place"),
    ),
    "seeks": (
        *("learn", "improve", "discover", r"\bneed", "apprend", "acquer", "progress", "decouvr", "besoin"),
        *("souhait", "recherch", "lernen", "aprender"),
    ),
    "offers": (
        *("teach", "share", "show", "offer", "help with", "good at", r"\bskills?\b", "transmet", "partag"),
        *("apport", "montrer", "competence", "vermittel", "zeigen", "beibring", "ensen", "wissen"),
    ),
    "goals": (r"\bgoals?\b", "objecti", r"\bbuts?\b", r"\bziele?\b", "expect", "attente"),
    "department": (
        *(r"\bteam\b", "department", "division", r"\bservice\b", "equipe", "abteilung", "departamento"),
    ),
    "languages": ("language", "langue", "sprache", "idioma"),
    "location": (r"\boffice\b", "location", r"\bsite\b", r"\bcity\b", r"\bville\b", "standort"),
    "gender": ("gender", r"\bsexe?\b", r"\bgenre\b", "geschlecht", "genero"),
    "manager_id": ("manager", "supervisor", "superieur", "responsable", "vorgesetzt", r"n\+1"),
}
"""What headings speak of, by field; the first that fits is taken."""

_OF_TOOLS = frozenset(
    ("startlanguage", "start language", "userlanguage", "user language", "langue de depart", "start sprache")
)
"""What tools write of themselves."""

_ROLE = re.compile(r"mentor|mentee|parrain|filleul|teach|learn|transmet|apprend|\bboth\b|les deux")
"""What a cell says that is a role in words of any kind."""

_PATTERNS = {field: re.compile("|".join(words)) for field, words in _WORDS.items()}


def suggested_field(column: FileColumn, taken: frozenset[str]) -> str | None:
    """Return the field that a column of no field may be; ``None`` where its heading says nothing.

    Parameters
    ----------
    column : FileColumn
        Of which nothing is known but its heading.
    taken : frozenset of str
        Fields that another column is; a list may have several.
    """
    if column.field is not None or not column.filled() or len(column.question) > _LONGEST:
        return None
    if heading_key(column.heading) in _OF_TOOLS:
        return None
    heading = name_key(" ".join((*column.questions, *column.aliases, column.heading)))
    found = next((field for field, words in _PATTERNS.items() if words.search(heading)), None)
    if found == "role" and not any(_ROLE.search(word_key(cell)) for cell in column.filled()):
        return None
    return None if found is None or (found in taken and found not in SEVERAL) else found


def mapping_to_type(heading: str, field: str) -> str:
    r"""Return what a person types to say what a heading is, in quotes that its apostrophes leave whole.

    Examples
    --------
    >>> mapping_to_type("Qu'aimeriez-vous apprendre ?", "seeks")
    '--map "Qu\'aimeriez-vous apprendre ?=seeks"'
    """
    shown = " ".join(heading.split())
    quote = '"' if "'" in shown else "'"
    return f"--map {quote}{shown}={field}{quote}"
