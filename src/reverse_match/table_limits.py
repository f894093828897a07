"""How large a table may be, whatever file or frame it comes from; beyond, it is refused in one line."""

MOST_COLUMNS = 16_384
"""As many as a sheet of a spreadsheet can have."""

MOST_ROWS = 2_000_000
"""People in a file: more than anybody can match in one call."""

MOST_CELLS = 20_000_000
"""Of a file or a frame: a million people with twenty columns."""
