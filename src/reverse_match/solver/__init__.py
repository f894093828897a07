"""Assignment on arrays: pairs, OR-Tools, dual values, certificates. Nothing here knows a person."""
