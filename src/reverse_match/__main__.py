"""The program ``reverse-match``, also run by ``python -m reverse_match``.

It sets the handling of Ctrl-C first, and only then loads the command line.
"""

from __future__ import annotations

import atexit
import gc

from reverse_match.views.cli.interruption import LeavingAtOnce


def main() -> None:
    """Run the command line."""
    # Nearly all objects made at the start live until the end, so frequent collections would find nothing.
    gc.set_threshold(50_000)
    atexit.register(
        gc.freeze
    )  # a process that ends would look through all objects once more, and find nothing
    with LeavingAtOnce():
        from reverse_match.views.cli.main import main as run

        run()


if __name__ == "__main__":
    main()
