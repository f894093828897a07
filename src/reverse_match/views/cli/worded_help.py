"""Help and usage errors in the language that is asked for.

Commands and options are declared once, in English. Where help is shown in another language, their texts are
looked up in the words of that language.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand

from reverse_match.views.words.help_words import help_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reverse_match.views.words.help_words import HelpWords


class WordedHelp:
    """Help in the language that was asked for; it stands before the class of a command, or of the group."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help."""
        with help_in(words_of(ctx), self, ctx):
            super().format_help(ctx, formatter)  # type: ignore[misc]  # of the class after this one

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write how the command is called."""
        if (words := words_of(ctx)) is None:
            super().format_usage(ctx, formatter)  # type: ignore[misc]  # of the class after this one
        else:
            _write_usage(self, ctx, formatter, words)


class WordedCommand(WordedHelp, TyperCommand):
    """A command whose help is in the language of its group."""


def words_of(ctx: Any) -> HelpWords | None:
    """Return the words for help in a call; nothing for English."""
    return help_words(getattr(ctx.find_root().command, "lang", "en"))


def _write_usage(command: Any, ctx: Any, formatter: Any, words: HelpWords) -> None:
    """Write how a command is called."""
    pieces = (words.metavars.get(piece, piece) for piece in command.collect_usage_pieces(ctx))
    formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=words.usage)


@contextmanager
def help_in(words: HelpWords | None, command: Any, ctx: Any) -> Iterator[None]:
    """Let the texts of a command, of its options and of the commands in it be those of a language."""
    if words is None:
        yield
        return
    parts = [command, *command.get_params(ctx), *getattr(command, "commands", {}).values()]
    for part in parts:
        for name in ("help", "rich_help_panel"):
            text = getattr(part, name, None) or ""
            if text in words.texts:
                setattr(part, name, words.texts[text])
    with _titles(words.titles):
        yield


@contextmanager
def _titles(titles: Mapping[str, str]) -> Iterator[None]:
    """Let the words that typer adds be others meanwhile."""
    from typer import rich_utils

    before = {name: getattr(rich_utils, name) for name in titles if hasattr(rich_utils, name)}
    try:
        for name in before:
            setattr(rich_utils, name, titles[name])
        yield
    finally:
        for name, text in before.items():
            setattr(rich_utils, name, text)


@contextmanager
def usage_errors_in(lang: str) -> Iterator[None]:
    """Tell what is wrong with a command line in a language; in English, typer tells it."""
    words = help_words(lang)
    if words is None:
        yield
        return
    try:
        yield
    except Exception as error:
        if not hasattr(error, "format_message") or type(error).__name__ == "NoArgsIsHelpError":
            raise
        _tell(error, words)
        raise typer.Exit(getattr(error, "exit_code", 1)) from None


def _tell(error: Any, words: HelpWords) -> None:
    from reverse_match.views.cli.terminal import say

    message = " ".join(error.format_message().split()).replace(
        " (env var: 'None')", ""
    )  # as old releases say
    ctx = getattr(error, "ctx", None)
    lines = [] if ctx is None else [ctx.get_usage(), words.more.format(command=ctx.command_path)]
    say("\n".join([*lines, f"{words.wrong}{words.errors.say(message) or message}"]), err=True)
    sys.stderr.flush()
