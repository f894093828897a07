"""HTML of records: escaped, without scripts, in the colours of the surrounding page."""
