"""Records as pieces of a page: escaped, without script, in the colours of the page around them."""
