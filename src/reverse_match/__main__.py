"""The program ``reverse-match``, which also ``python -m reverse_match`` is.

It loads the command line only once it has said what Ctrl-C is to do until a command begins.
"""

from __future__ import annotations

import gc

from reverse_match.views.cli.interruption import LeavingAtOnce


def main() -> None:
    """Run the command line."""
    # Nearly all that a start makes stays until the end: looking through it again and again finds nothing.
    gc.set_threshold(50_000)
    with LeavingAtOnce():
        from reverse_match.views.cli.main import main as run

        run()


if __name__ == "__main__":
    main()
