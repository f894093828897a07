"""Assignment on arrays: which pairs, OR-Tools, prices, certificate. Nothing here knows a person."""
