"""What a language has to say about the passage to the next round."""

from __future__ import annotations

from typing import NamedTuple, Protocol


class ChangeInWords(NamedTuple):
    """What becomes of a duo or a person, to be said."""

    kind: str
    mentor: str | None
    mentee: str | None
    reason: str
    who: tuple[str, ...]
    rules: tuple[str, ...]
    format: str | None
    minutes: int | None
    rounds_without: int


class RotationLanguage(Protocol):
    """The phrases of one language."""

    def change(self, change: ChangeInWords) -> str:
        """Say in a sentence what becomes of a duo or a person, and why."""
        ...

    def kind(self, kind: str) -> str:
        """Say in a word what becomes of a duo or a person."""
        ...

    def why(self, change: ChangeInWords) -> str:
        """Say why, as a clause without the names of the duo; empty where there is nothing to say."""
        ...
