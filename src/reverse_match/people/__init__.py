"""The participants: the cohort, and people files, read and written."""
