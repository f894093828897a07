"""Why no matching can satisfy the rules, found by solving with some of all demands left out."""
