"""Reads the bytes of a file that a stranger may have named: only a plain file, and no more than a limit.

A pipe without a writer would block for ever, and a device such as ``/dev/zero`` never ends. So only plain
files are read, and those pipes that the process was started with (``/dev/stdin``, ``/dev/fd/63`` of a shell),
since they have a writer. The size that a file claims may be wrong (files of the kernel claim 0), so the limit
counts the bytes that are read.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from reverse_match.foundation.errors import Fault, InputError

if TYPE_CHECKING:
    from pathlib import Path

MIB = 1024 * 1024

PEOPLE_BYTES = 256 * MIB
"""Limit for a file of people or feedback unless the caller sets one: about a million people."""

POLICY_BYTES = 32 * MIB
"""Limit for a policy: a list of 500,000 forbidden pairs."""

PROGRAMME_BYTES = MIB
"""Limit for a programme, which has a few lines."""

RECORD_BYTES = 1024 * MIB
"""Limit for a file that the library itself has written: a matching, a plan, a history."""

_PIECE = 8 * MIB
_GIVEN_PIPES = ("/dev/stdin", "/dev/fd/", "/proc/self/fd/")


def file_bytes(file: Path, most: int, error_class: type[InputError] = InputError) -> bytes:
    """Return the content of a file.

    Parameters
    ----------
    file : Path
        The file; a link is followed.
    most : int
        Largest number of bytes; a larger file is refused.
    error_class : type
        Class of the error that is raised.

    Raises
    ------
    InputError
        Of the given class, if the file cannot be read, is no plain file, or is too large.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "policy.json"
    ...     _ = file.write_text("{}")
    ...     file_bytes(file, 10)
    b'{}'
    """
    try:
        data = _read_bounded(file, most + 1)
    except OSError as error:
        raise error_class(
            [Fault(f"cannot be read: {error.strerror}", file.name, code="unreadable")]
        ) from None
    except ValueError:  # a null character in the name
        raise error_class([Fault("cannot be read: no such name", file.name, code="unreadable")]) from None
    if data is None:
        message = "cannot be read: a folder, a pipe or a device; right would be a plain file"
        raise error_class([Fault(message, file.name, code="not-a-plain-file")])
    if len(data) > most:
        message = f"larger than the limit of {most:,} bytes; split it or raise the limit"
        raise error_class([Fault(message, file.name, code="too-large")])
    return data


def _read_bounded(file: Path, most: int) -> bytes | None:
    """Return at most ``most`` bytes of a file; ``None`` where it is no plain file."""
    # In this mode, opening a pipe does not wait for a writer.
    handle = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        mode = os.fstat(handle).st_mode
        if stat.S_ISFIFO(mode) and str(file).startswith(_GIVEN_PIPES):
            os.set_blocking(handle, True)
        elif not stat.S_ISREG(mode):
            return None
        pieces = []
        while most > 0 and (piece := os.read(handle, min(most, _PIECE))):
            pieces.append(piece)
            most -= len(piece)
        return b"".join(pieces)
    finally:
        os.close(handle)
