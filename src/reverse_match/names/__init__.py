"""Names that people wrote, and when two of them mean the same."""
