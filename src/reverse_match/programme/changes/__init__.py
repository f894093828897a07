"""Changes between two matchings, as a table says them: a row for each of who declines, leaves, joins, ..."""
