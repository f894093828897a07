"""Why no matching can satisfy a policy: irreducible conflicts, and the smallest changes that end them."""
