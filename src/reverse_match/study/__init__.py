"""Questions of what if: many matches of nearly the same people under nearly the same policy."""
