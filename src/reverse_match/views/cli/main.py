"""The entry point of the command line.

Standard output carries only the result; errors, notes and progress go to standard error. A command is a
function of a module of the same name in ``commands``. Typer derives its options from the annotations of the
function.
"""

from __future__ import annotations

import io
import sys
from contextlib import suppress
from importlib import import_module
from typing import Annotated, Any, Literal

import typer
from typer.core import TyperCommand, TyperGroup

from reverse_match.foundation.version import __version__
from reverse_match.views.cli.language_asked import language_said, with_language
from reverse_match.views.cli.people_options import with_people
from reverse_match.views.cli.worded_help import (
    WordedCommand,
    WordedHelp,
    usage_errors_in,
)
from reverse_match.views.words.languages import language_of_locale

COMMANDS = {
    "demo": "Match the bundled cohort of invented employees and print the duos.",
    "template": "Write a workbook to fill in: people, or the feedback of a month.",
    "look": "Show what is understood of people files, before anything is matched.",
    "policy": "Show presets and policies: a file to start from, what it does, and which data it uses.",
    "match": "Form the best possible duos of a people file.",
    "circles": "Form the best circles of one or two mentors with several mentees, or duos and a few trios.",
    "verify": "Check a matching, a plan or circles against their people: scores, rules, capacities, reasons, "
    "and the proof.",
    "explain": "Explain a pair, why somebody is with whom they are, or who else it could be.",
    "amend": "Change a matching by hand: what was asked holds, and few other duos change.",
    "publish": "Make a draft the matching that counts: its duos are the former partners of later rounds.",
    "review": "Say what the duos of a round should become, and what the round has come to, by what they have "
    "said.",
    "audit": "Show by group who has a duo, who has none, and what the policy's own terms contributed.",
    "rotate": "Form the next round: no former partners again, feedback counts, whoever had no duo comes "
    "first.",
    "forget": "Erase a person from the files of a programme; what does not depend on them can still be "
    "checked.",
    "pseudonymise": "Write a matching and its people with pseudonyms, to be studied by others.",
    "calendar": "Print the meetings of duos in a round of a programme, for calendar programs (.ics).",
    "plan": "Plan several rounds at once: nobody meets the same partner twice.",
    "replay": "Match the same people as they joined, more or less often: how long they wait, and for which "
    "duos.",
    "bench": "Measure this machine on invented cohorts, step by step.",
    "schema": "Print the JSON Schema of a participant, a policy, a matching, circles, a record of feedback "
    "or "
    "a programme.",
}
"""Help text of each command, in the order of ``--help``."""


class Commands(WordedHelp, TyperGroup):
    """The group of commands, each of which is loaded when it is called."""

    lang: str = "en"
    """Language of help and of usage errors."""
    said: str | None = None
    """The language that was asked for before the name of a command."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.commands = {name: TyperCommand(name, help=what) for name, what in COMMANDS.items()}

    def make_context(self, info_name: Any, args: Any, *rest: Any, **more: Any) -> Any:
        """Read the command line up to the name of a command."""
        self.lang = language_said(args) or language_of_locale()
        command = next((place for place, word in enumerate(args) if word in COMMANDS), len(args))
        self.said = language_said(args[:command])
        with usage_errors_in(self.lang):
            return super().make_context(info_name, args, *rest, **more)

    def invoke(self, ctx: Any) -> Any:
        """Run the command that is called."""
        with usage_errors_in(self.lang):
            return super().invoke(ctx)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that is called, after loading its options."""
        name, known, rest = super().resolve_command(ctx, args)
        if name not in COMMANDS:
            return name, known, rest
        alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        module = import_module(f"reverse_match.views.cli.commands.{name}")
        worded = with_language(getattr(module, name), self.said)
        alone.command(name, help=COMMANDS[name], cls=WordedCommand)(with_people(worded))
        return name, typer.main.get_command(alone), rest


app = typer.Typer(
    name="reverse-match",
    help="Form the best possible mentor/mentee duos, and prove it.",
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _options(
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit."),
    ] = False,
    _lang: Annotated[
        Literal["en", "fr"] | None,
        typer.Option("--lang", help="Language of this help, and of every command that has none of its own."),
    ] = None,
) -> None:
    # A character that the terminal cannot encode is escaped; the error would quote people's names.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def main() -> None:
    """Run the command line."""
    try:
        app()
    except OSError as error:  # from output outside of a command: help, the version, a note
        from reverse_match.views.cli.command_results import lose_standard_output

        lose_standard_output()
        with suppress(OSError):
            sys.stderr.write(f"output cannot be written: {error.strerror}\n")
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
