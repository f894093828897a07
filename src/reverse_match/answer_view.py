"""Answers about a matching as a person reads them on a terminal, and as a program reads them."""

from __future__ import annotations

import json
from textwrap import wrap
from typing import TYPE_CHECKING, Protocol

from reverse_match.sentences.languages import language

if TYPE_CHECKING:
    from collections.abc import Sequence


class Answer(Protocol):
    """Something that can be told."""

    def sentences(self, lang: str = "en") -> list[str]:
        """Return it in plain sentences."""
        ...

    def model_dump_json(self) -> str:
        """Return it as JSON."""
        ...


def answer_text(answers: Sequence[Answer], lang: str, width: int | None) -> str:
    """Return answers in sentences, each on a line of its own; with a width, folded to fit a terminal.

    No-break spaces do not break.
    """
    return "\n\n".join("\n".join(_lines(answer.sentences(lang), "", width)) for answer in answers)


def alternatives_text(person: str, found: Sequence[Answer], lang: str, width: int | None) -> str:
    """Return alternatives in sentences, numbered; or that there are none."""
    if not found:
        return "\n".join(_lines([language(lang).nobody_else(person)], "", width))
    return "\n\n".join(
        "\n".join(_lines(answer.sentences(lang), f"{number}. ", width))
        for number, answer in enumerate(found, 1)
    )


def answer_json(answers: Sequence[Answer]) -> str:
    """Return a list of answers as JSON text."""
    parsed = [json.loads(answer.model_dump_json()) for answer in answers]
    return json.dumps(parsed, indent=2, ensure_ascii=False)


def _lines(sentences: Sequence[str], begin: str, width: int | None) -> list[str]:
    indent, lines = " " * len(begin), []
    for index, sentence in enumerate(sentences):
        first = indent if index else begin
        if width is None:
            lines.append(first + sentence)
        else:
            lines += wrap(sentence, width, initial_indent=first, subsequent_indent=indent + "  ")
    return lines
