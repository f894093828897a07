"""``python -m reverse_match`` is the command line."""

from reverse_match.cli import main

if __name__ == "__main__":
    main()
