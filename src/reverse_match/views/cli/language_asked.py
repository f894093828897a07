"""Which language a command speaks: what its user says, else what the policy says, else what the system says.

A policy names a language where everybody who reads what comes of it speaks it. It is read before the command
itself reads the policy, so that whatever is wrong there is told in that language, too.
"""

from __future__ import annotations

import inspect
from functools import wraps
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reverse_match.views.words.languages import LANGUAGES, language_of_locale

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

OPTION = "--lang"


def language_said(words: Sequence[str]) -> str | None:
    """Return the language that the words of a command line ask for; nothing where they ask for none.

    Examples
    --------
    >>> language_said(["match", "people.csv", "--lang", "fr"]), language_said(["match", "people.csv"])
    ('fr', None)
    """
    said = None
    for word, following in pairwise([*words, ""]):
        if word == OPTION:
            said = following
        elif word.startswith(f"{OPTION}="):
            said = word.removeprefix(f"{OPTION}=")
    return said if said in LANGUAGES else None


def with_language(command: Callable[..., Any], said: str | None) -> Callable[..., Any]:
    """Return a command that is always given a language, also where its own option is left out.

    Parameters
    ----------
    command : callable
        A function of a command; its parameter ``lang`` becomes optional.
    said : str, optional
        The language that was asked for before the name of the command.
    """
    signature = inspect.signature(command, eval_str=True)
    if "lang" not in signature.parameters:
        return command
    kind = signature.parameters["lang"].annotation

    @wraps(command)
    def call(**given: Any) -> Any:
        if given.get("lang") is None:
            code = said or language_of_policy(given) or language_of_locale()
            given["lang"] = kind.__origin__(code)
        return command(**given)

    parameters = [
        one.replace(default=None) if name == "lang" else one for name, one in signature.parameters.items()
    ]
    call.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    call.__annotations__ = {one.name: one.annotation for one in parameters}
    return call


def language_of_policy(given: Mapping[str, Any]) -> str | None:
    """Return the language that the policy of a command names: its file, or the one in a stored matching.

    A file that cannot be read says nothing here: the command itself tells what is wrong with it.
    """
    policy, matching = given.get("policy"), given.get("matching")
    code = _language_in(_data_of(policy)) if isinstance(policy, Path) else None
    if code is None and isinstance(matching, Path):
        stored = _data_of(matching, holds=b'"language"')
        code = _language_in(stored.get("policy") if isinstance(stored, dict) else None)
    return code


def _language_in(policy: object) -> str | None:
    code = policy.get("language") if isinstance(policy, dict) else None
    return code if isinstance(code, str) and code in LANGUAGES else None


def _data_of(path: Path, holds: bytes = b"") -> object:
    """Return the data of a file that can be read twice; a pipe cannot. Without some bytes it has nothing."""
    from reverse_match.foundation.bounded_file import RECORD_BYTES, file_bytes
    from reverse_match.foundation.errors import ReverseMatchError
    from reverse_match.policy.load import plain_data_of

    if not path.is_file():
        return None
    try:
        if holds and holds not in file_bytes(path, RECORD_BYTES):
            return None
        return plain_data_of(path, most=RECORD_BYTES)
    except ReverseMatchError:
        return None
