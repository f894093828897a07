"""The program ``reverse-match``, which also ``python -m reverse_match`` is.

It loads the command line only once it knows what Ctrl-C is to do meanwhile.
"""

from __future__ import annotations

from reverse_match.interruption import leaving_at_once


def main() -> None:
    """Run the command line."""
    with leaving_at_once():
        from reverse_match.cli import main as run
    run()


if __name__ == "__main__":
    main()
