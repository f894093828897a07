"""Several rounds planned at once."""
