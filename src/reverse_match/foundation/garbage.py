"""Keeps Python's collector of reference cycles quiet while many small objects are made.

Ten thousand people are half a million objects. While thousands of duos are made, the collector goes through
all of them again and again and finds nothing, since they stay alive: that takes a third of the time.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def pause_collector() -> Iterator[None]:
    """Pause the collector; it goes on as it was before, whatever happens."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
