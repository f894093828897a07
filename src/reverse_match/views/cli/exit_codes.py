"""Turns the errors of a command into lines on standard error and exit codes.

The exit codes are: 0, success; 2, the input or the policy is faulty; 3, no matching can satisfy the rules; 4,
verification failed; 130, interrupted; 1, any other error.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import typer

from reverse_match import views
from reverse_match.foundation.errors import (
    InfeasibleError,
    InputError,
    ReverseMatchError,
    SizeError,
    VerificationError,
)
from reverse_match.views.cli.command_results import OutputLostError, Results, Stopped
from reverse_match.views.cli.interruption import INTERRUPTED, NoticingInterruption
from reverse_match.views.cli.terminal import say, terminal_width
from reverse_match.views.words.faults import (
    faults_in_words,
    finding_in_words,
    message_in_words,
    note_in_words,
)
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def exit_codes(lang: str = "en") -> Iterator[Results]:
    """Provide a command with its output; report an error, and end the process with the exit code for it.

    Parameters
    ----------
    lang : str
        Language of errors and notes: ``"en"`` or ``"fr"``.
    """
    results = Results()
    try:
        with NoticingInterruption() as noticed:
            try:
                yield results
            except Exception:
                if noticed.pressed:  # pydantic turns KeyboardInterrupt into another error
                    raise KeyboardInterrupt from None
                raise
    except ReverseMatchError as error:
        _fail_for(error, results, lang)
    except KeyboardInterrupt:
        _fail(message_in_words(f"Interrupted; {results.account}.", lang), INTERRUPTED, lang)
    except Stopped as stopped:
        _fail(message_in_words(f"Stopped; {results.account}.", lang), 128 + stopped.number, lang)


def _fail_for(error: ReverseMatchError, results: Results, lang: str) -> None:
    """Report an error and the files written before it, and end the process with the exit code for it."""
    codes = {InputError: 2, SizeError: 2, InfeasibleError: 3, VerificationError: 4}
    code = next((code for kind, code in codes.items() if isinstance(error, kind)), 1)
    message = _message_of(error, lang)
    if results.wrote:
        message += f"\n{note_in_words(f'before that, {results.account}', lang)}"
    _fail("" if isinstance(error, OutputLostError) and error.by_reader else message, code, lang)


def _message_of(error: ReverseMatchError, lang: str) -> str:
    if isinstance(error, InfeasibleError):
        return views.terminal.conflicts_text(error, lang, terminal_width())
    if isinstance(error, InputError):
        return faults_in_words(error, lang)
    if isinstance(error, VerificationError):
        found = [finding_in_words(finding, lang) for finding in error.findings]
        headline = "verification incomplete" if error.is_incomplete else "verification failed"
        return "\n".join([language(lang)(headline), *found])
    return message_in_words(str(error), lang)


def _fail(message: str, code: int, lang: str) -> None:
    if message:
        if any("\udc80" <= letter <= "\udcff" for word in sys.argv for letter in word):
            hint = "an argument is no text in this locale; right would be UTF-8 (PYTHONUTF8=1)"
            message += f"\n{note_in_words(hint, lang)}"
        with suppress(OSError):  # if standard error is closed, only the exit code reports the error
            say(message, err=True)
    raise typer.Exit(code)
