"""The program ``reverse-match``, which also ``python -m reverse_match`` is.

It loads the command line only once it has said what Ctrl-C is to do meanwhile.
"""

from __future__ import annotations

from reverse_match.views.cli.interruption import LeavingAtOnce


def main() -> None:
    """Run the command line."""
    with LeavingAtOnce():
        from reverse_match.views.cli.main import main as run
    run()


if __name__ == "__main__":
    main()
