"""Optional libraries: loaded when they are needed, and named in an error when they are missing."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from reverse_match.foundation.errors import MissingExtraError


def require_module(module: str, extra: str, purpose: str) -> Any:
    """Return a module of an optional library.

    Parameters
    ----------
    module : str
        Name of the module to import.
    extra : str
        Name of the extra of this package that installs the library.
    purpose : str
        Use that needs the module, for the message.

    Raises
    ------
    MissingExtraError
        If the library is not installed; the message says how to install it.

    Examples
    --------
    >>> require_module("json", "plot", "pictures").__name__
    'json'
    """
    library = module.partition(".")[0]
    if not is_installed(library):
        message = (
            f"{purpose} needs {library}, which is not installed; "
            f"right would be, in the folder of reverse_match: pip install '.[{extra}]'"
        )
        raise MissingExtraError(message)
    return import_module(module)


def is_installed(library: str) -> bool:
    """Say whether a library can be imported, without importing it."""
    return find_spec(library) is not None
