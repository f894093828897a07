"""Assignment on arrays: pairs, OR-Tools, dual values, certificates. The arrays hold no people."""
