"""The participants: what a cohort is, and how people files are read and written."""
