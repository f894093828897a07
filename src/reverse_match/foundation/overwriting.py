"""Refuses to write over what is read, and to write two results to one file, by whatever name it is called.

A file that was written over cannot be read again, so a command that fails half way could not be repeated.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from reverse_match.foundation.errors import Fault, InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

STANDARD_OUTPUT = 1
"""The handle of the operating system to which results are printed."""


def refuse_overwriting(written: Iterable[Path], read: Iterable[Path] = ()) -> None:
    """Refuse if one of the files to write is one that is read, another one, or where results are printed.

    Parameters
    ----------
    written, read : iterable of Path
        Names of files; two names of one file are the same, through links and whatever else leads to it.

    Raises
    ------
    InputError
        If so; the error names the file.

    Examples
    --------
    >>> refuse_overwriting([Path("duos.json")], [Path("people.csv")])
    >>> refuse_overwriting([Path("people.csv")], [Path("../") / Path.cwd().name / "people.csv"])
    Traceback (most recent call last):
    reverse_match.foundation.errors.InputError: people.csv: was named for two things, and can hold one;
    right would be a file for each
    """
    targets = list(written)
    pairs = [*combinations(targets, 2), *((one, other) for one in targets for other in read)]
    taken = [one for one, other in pairs if _one_file(one, other)]
    taken += [path for path in targets if _is_printed_to(path)]
    if taken:
        message = "was named for two things, and can hold one; right would be a file for each"
        raise InputError([Fault(message, taken[0].name)])


def _one_file(one: Path, other: Path) -> bool:
    """Say whether two names are those of one file, or would be."""
    try:
        return one.samefile(other)
    except OSError:  # one of them is not there: then they differ, or neither is
        if os.path.realpath(one) == os.path.realpath(other):
            return True
    return not (one.exists() or other.exists()) and _differ_by_spelling(one, other)


def _differ_by_spelling(one: Path, other: Path) -> bool:
    """Say whether two names are one file on systems to which capitals or accents make no difference."""
    here, there = Path(os.path.realpath(one)), Path(os.path.realpath(other))
    return here.parent == there.parent and _spelling(here.name) == _spelling(there.name)


def _spelling(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _is_printed_to(path: Path) -> bool:
    """Say whether standard output goes to a file of this name."""
    try:
        printed, there = os.fstat(STANDARD_OUTPUT), path.stat()
    except OSError:
        return False
    return stat.S_ISREG(printed.st_mode) and os.path.samestat(printed, there)
