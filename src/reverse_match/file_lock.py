"""Locks of the operating system on an open file: they end with the process that holds them, in any way."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import msvcrt

    def taken(handle: int) -> bool:
        """Take the lock, or say that another process holds it."""
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def taken(handle: int) -> bool:
        """Take the lock, or say that another process holds it."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
