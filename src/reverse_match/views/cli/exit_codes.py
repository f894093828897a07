"""Where a command's errors become lines on standard error and the contract's exit codes.

0 done; 1 something else cannot be done; 2 the input or the policy is wrong; 3 no matching can satisfy the
rules; 4 verification failed; 130 interrupted.
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
from reverse_match.views.words.faults import faults_in_words, note_in_words
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def exit_codes(lang: str = "en") -> Iterator[Results]:
    """Give a command what it prints and writes through; an error is said, and ends it with its exit code.

    Parameters
    ----------
    lang : str
        In which it is told what is wrong, or cannot hold together.
    """
    results = Results()
    try:
        with NoticingInterruption() as noticed:
            try:
                yield results
            except Exception:
                if noticed.pressed:  # pydantic makes another error of it
                    raise KeyboardInterrupt from None
                raise
    except ReverseMatchError as error:
        _fail_for(error, results, lang)
    except KeyboardInterrupt:
        _fail(f"Interrupted; {results.account}.", INTERRUPTED)
    except Stopped as stopped:
        _fail(f"Stopped; {results.account}.", 128 + stopped.number)


def _fail_for(error: ReverseMatchError, results: Results, lang: str) -> None:
    """Say what is wrong, what was written before that, and end with the contract's exit code."""
    codes = {InputError: 2, SizeError: 2, InfeasibleError: 3, VerificationError: 4}
    code = next((code for kind, code in codes.items() if isinstance(error, kind)), 1)
    message = _message_of(error, lang)
    if results.wrote:
        message += f"\n{note_in_words(f'before that, {results.account}', lang)}"
    _fail("" if isinstance(error, OutputLostError) and error.by_reader else message, code)


def _message_of(error: ReverseMatchError, lang: str) -> str:
    if isinstance(error, InfeasibleError):
        return views.terminal.conflicts_text(error, lang, terminal_width())
    if isinstance(error, InputError):
        return faults_in_words(error, lang)
    if isinstance(error, VerificationError):
        return f"{language(lang)('verification failed')}\n{error}"
    return str(error)


def _fail(message: str, code: int) -> None:
    if message:
        if any("\udc80" <= letter <= "\udcff" for word in sys.argv for letter in word):
            message += "\nnote: an argument is no text in this locale; right would be UTF-8 (PYTHONUTF8=1)"
        with suppress(OSError):  # then the exit code has to say it
            say(message, err=True)
    raise typer.Exit(code)
