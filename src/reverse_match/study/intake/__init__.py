"""Rolling intake: the same people, matched under several cadences."""
