"""The passage to the next round as a person reads it on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.text import Text

from reverse_match.display import summary_lines, table_of
from reverse_match.plural import counted
from reverse_match.sentences.languages import rotation_language
from reverse_match.visible_text import visible

if TYPE_CHECKING:
    from rich.console import RenderableType

    from reverse_match.matching import Matching
    from reverse_match.rotation import FromRound, Rotation


def rotation_view(matching: Matching, rotation: Rotation, lang: str = "en") -> RenderableType:
    """Return what becomes of every duo and who waits, and what the new round is.

    Parameters
    ----------
    matching : Matching
        Of the round that begins.
    rotation : Rotation
        Its own.
    lang : str
        Language of the reasons.
    """
    table = table_of(f"Round {rotation.round}, from {rotation.on}")
    table.add_column("")
    table.add_column("mentor", overflow="fold")
    table.add_column("mentee", overflow="fold")
    table.add_column("score", justify="right", style="bold")
    table.add_column("why", overflow="fold")
    for change in rotation.changes:
        score = "" if change.score is None else f"{change.score:.3f}"
        table.add_row(
            rotation_language(lang).kind(change.kind),
            Text(visible(change.mentor or "")),
            Text(visible(change.mentee or "")),
            score,
            Text(visible(change.why(lang))),
        )
    lines = [counts_line(rotation), *map(_from_history, rotation.from_history), *summary_lines(matching)]
    return Group(table, Text(""), *(Text(visible(line)) for line in lines))


def _from_history(said: FromRound) -> str:
    """Return in a sentence whom the history keeps apart since a round."""
    pairs = ", ".join(f"'{one}' and '{other}'" for one, other in (*said.forbidden, *said.avoided))
    return f"Kept apart since round {said.round}, as the history says: {pairs}."


def counts_line(rotation: Rotation) -> str:
    """Return in a sentence how many duos go on, have ended, are new, and how many people wait."""
    kept, ended, new = (rotation.count(kind) for kind in ("kept", "ended", "new"))
    waiting = len(rotation.waiting)
    goes, have = ("goes" if kept == 1 else "go"), ("has" if ended == 1 else "have")
    line = f"{_duos(kept)} {goes} on, {ended} {have} ended, {new} {'is' if new == 1 else 'are'} new; "
    line += (
        f"{counted(waiting, 'person', 'people')} {'waits' if waiting == 1 else 'wait'} for the next round."
    )
    if not rotation.learned:
        return line
    learned = len(rotation.learned)
    return f"{line} {counted(learned, 'learned skill')} changed what people seek or offer."


def _duos(number: int) -> str:
    return counted(number, "duo")
