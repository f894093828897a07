"""What cannot hold together as a person reads it on a terminal: a block for each conflict."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from reverse_match.sentences.languages import conflict_language

if TYPE_CHECKING:
    from reverse_match.conflict import Conflict
    from reverse_match.errors import InfeasibleError


def conflicts_text(error: InfeasibleError, lang: str, width: int | None) -> str:
    """Return a block for each conflict: the demands, then what would do.

    Parameters
    ----------
    error : InfeasibleError
        What is told.
    lang : str
        ``"en"`` or ``"fr"``.
    width : int or None
        Lines are folded to fit it; ``None``: they are not.
    """
    say = conflict_language(lang)
    if not error.explanations:
        return "\n".join([say.heading(), *error.conflicts])
    lines = [say.heading()]
    for place, conflict in enumerate(error.explanations):
        lines += [""] * (place > 0) + _block(conflict, lang, width)
    return "\n".join(lines)


def _block(conflict: Conflict, lang: str, width: int | None) -> list[str]:
    lines = _folded(conflict.sentence(lang), "", width)
    for value in conflict.unknown_values:
        lines += _folded(value.sentences(lang)[0], "  ", width)
    if conflict.relaxations:
        lines += _folded(conflict_language(lang).would_do(), "  ", width)
    for change in conflict.relaxations:
        lines += _folded(change.sentences(lang)[0], "    ", width)
    return lines


def _folded(sentence: str, indent: str, width: int | None) -> list[str]:
    if width is None:
        return [indent + sentence]
    return wrap(sentence, width, initial_indent=indent, subsequent_indent=indent + "  ")
