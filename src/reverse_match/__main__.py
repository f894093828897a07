"""The program ``reverse-match``, also run by ``python -m reverse_match``.

It sets the handling of Ctrl-C first, and only then loads the command line.
"""

from __future__ import annotations

import atexit
import gc
import os

from reverse_match.views.cli.interruption import LeavingAtOnce


def main() -> None:
    """Run the command line."""
    # Nearly all objects live until the end, so collections would look through all people and find nothing.
    gc.set_threshold(1_000_000)
    # A process that ends would look through all objects once more, and find nothing.
    atexit.register(gc.freeze)
    # Else pydantic looks through all installed packages for plugins, which observe programs that serve.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    with LeavingAtOnce():
        from reverse_match.views.cli.main import main as run

        run()


if __name__ == "__main__":
    main()
