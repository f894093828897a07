"""Handlers of Ctrl-C: while modules are loading, and while a library could swallow ``KeyboardInterrupt``.

This module imports very little, so that its handler can be installed before most other modules are loaded.
"""

from __future__ import annotations

import os
import signal

INTERRUPTED = 130
"""Exit code that shells use for a program stopped by Ctrl-C."""


class _OtherHandler:
    """A context with another handler of Ctrl-C, unless one is set already (``nohup`` ignores Ctrl-C)."""

    def __enter__(self) -> _OtherHandler:
        self._mine = False
        before = signal.getsignal(signal.SIGINT)
        if before is signal.default_int_handler or isinstance(
            getattr(before, "__self__", None), LeavingAtOnce
        ):
            try:
                signal.signal(signal.SIGINT, self.handle)
                self._mine = True
            except ValueError:  # only the main thread may set a handler
                pass
        return self

    def __exit__(self, *_: object) -> None:
        if self._mine:
            signal.signal(signal.SIGINT, signal.default_int_handler)

    def handle(self, *_: object) -> None:
        """Handle Ctrl-C."""
        raise NotImplementedError


class LeavingAtOnce(_OtherHandler):
    """Lets Ctrl-C end the process at once while modules load, since an import could swallow an exception."""

    def handle(self, *_: object) -> None:
        """End the process."""
        os.write(2, b"Interrupted; nothing was written.\n")
        os._exit(INTERRUPTED)


class NoticingInterruption(_OtherHandler):
    """Records Ctrl-C and raises ``KeyboardInterrupt``, which pydantic, for one, turns into another error.

    Attributes
    ----------
    pressed : bool
        Whether Ctrl-C was pressed.
    """

    pressed = False

    def handle(self, *_: object) -> None:
        """Record Ctrl-C, and raise ``KeyboardInterrupt``."""
        self.pressed = True
        raise KeyboardInterrupt

    def __enter__(self) -> NoticingInterruption:
        super().__enter__()
        return self
