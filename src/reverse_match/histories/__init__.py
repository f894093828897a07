"""The rounds that have ended, in a file that only grows."""
