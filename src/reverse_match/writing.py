"""Writes a result to a file as a whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from reverse_match.errors import Fault, InputError


def write_whole(path: Path, text: str) -> None:
    """Write a text file; whoever looks sees the old content or the new, never a part.

    Raises
    ------
    InputError
        If the file cannot be written.
    """
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".reverse-match-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
            Path(temporary).chmod(0o666 & ~_umask())
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise InputError([Fault(f"cannot be written: {error.strerror}", path.name)]) from None


def _umask() -> int:
    """Return the mask of permissions, which can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
