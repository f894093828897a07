"""What Ctrl-C does while nothing but modules is loaded, and that it is noticed where a library swallows it.

Loads next to nothing itself, so that as little as possible is loaded before it is asked.
"""

from __future__ import annotations

import os
import signal

INTERRUPTED = 130
"""What shells use for a program that Ctrl-C has stopped."""


class _OtherHandler:
    """Handles Ctrl-C in another way for a while, unless somebody does already (``nohup`` ignores it)."""

    def __enter__(self) -> _OtherHandler:
        self._mine = False
        before = signal.getsignal(signal.SIGINT)
        if before is signal.default_int_handler or isinstance(
            getattr(before, "__self__", None), LeavingAtOnce
        ):
            try:
                signal.signal(signal.SIGINT, self.handle)
                self._mine = True
            except ValueError:  # only the main thread may
                pass
        return self

    def __exit__(self, *_: object) -> None:
        if self._mine:
            signal.signal(signal.SIGINT, signal.default_int_handler)

    def handle(self, *_: object) -> None:
        """Do what Ctrl-C is to do."""
        raise NotImplementedError


class LeavingAtOnce(_OtherHandler):
    """Ctrl-C ends the process while nothing is to be cleaned up: imports could lose an exception."""

    def handle(self, *_: object) -> None:
        """End the process."""
        os.write(2, b"Interrupted; nothing was written.\n")
        os._exit(INTERRUPTED)


class NoticingInterruption(_OtherHandler):
    """Ctrl-C is noticed beside raising ``KeyboardInterrupt``: pydantic, for one, makes another error of it.

    Attributes
    ----------
    pressed : bool
        Whether Ctrl-C was pressed.
    """

    pressed = False

    def handle(self, *_: object) -> None:
        """Raise ``KeyboardInterrupt``, and remember that."""
        self.pressed = True
        raise KeyboardInterrupt

    def __enter__(self) -> NoticingInterruption:
        super().__enter__()
        return self
