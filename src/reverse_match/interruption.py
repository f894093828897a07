"""What Ctrl-C does while nothing but modules is loaded, and that it is noticed where a library swallows it.

Loads nothing but what Python has loaded at its start, so that it can be asked first.
"""

from __future__ import annotations

import os
import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

INTERRUPTED = 130
"""What shells use for a program that Ctrl-C has stopped."""


class Noticed:
    """Whether Ctrl-C was pressed."""

    def __init__(self) -> None:
        self.pressed = False

    def __call__(self, number: int, frame: FrameType | None) -> None:
        """Raise ``KeyboardInterrupt``, and remember that."""
        self.pressed = True
        signal.default_int_handler(number, frame)


@contextmanager
def leaving_at_once() -> Iterator[None]:
    """Let Ctrl-C end the process while nothing is to be cleaned up: imports could lose an exception."""

    def leave(_number: int, _frame: FrameType | None) -> None:
        os.write(2, b"Interrupted; nothing was written.\n")
        os._exit(INTERRUPTED)

    with _handler(leave):
        yield


@contextmanager
def interruption_noticed() -> Iterator[Noticed]:
    """Notice Ctrl-C beside raising ``KeyboardInterrupt``: pydantic, for one, makes another error of it."""
    noticed = Noticed()
    with _handler(noticed):
        yield noticed


@contextmanager
def _handler(handler: object) -> Iterator[None]:
    """Handle Ctrl-C in another way for a while, unless somebody does already (``nohup`` ignores it)."""
    usual = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if not usual or threading.current_thread() is not threading.main_thread():
        yield
        return
    signal.signal(signal.SIGINT, handler)  # type: ignore[arg-type]
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
