"""Help and usage errors of the command line in another language than English, in which they are declared.

A language has the help of each command and option by its English text, so that no option is declared twice,
and a text that several commands share is translated once. It is loaded when help is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reverse_match.views.words.faults import FaultWords


@dataclass(frozen=True)
class HelpWords:
    """What a language makes of help.

    Parameters
    ----------
    texts : mapping of str to str
        Help of commands and options, and titles of groups of options, by the English text.
    usage : str
        Stands before how a command is called.
    metavars : mapping of str to str
        Words for what stands in a usage line, by the English ones.
    titles : mapping of str to str
        Words that typer itself adds, by the name of its constant.
    more : str
        A line on where help is, with ``{command}``.
    wrong : str
        Stands before a usage error.
    errors : FaultWords
        Sentences of usage errors.
    """

    texts: Mapping[str, str]
    usage: str
    metavars: Mapping[str, str]
    titles: Mapping[str, str]
    more: str
    wrong: str
    errors: FaultWords


def help_words(lang: str) -> HelpWords | None:
    """Return what a language makes of help; nothing for English, in which it is declared.

    Examples
    --------
    >>> help_words("fr").texts["How many rounds."]
    'Nombre de cycles.'
    >>> help_words("en") is None
    True
    """
    if lang == "en":
        return None
    found: HelpWords = import_module(f"reverse_match.views.words.{_MODULES[lang]}").WORDS
    return found


_MODULES = {"fr": "french_help"}
