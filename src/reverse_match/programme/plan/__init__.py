"""Plans: several rounds that are formed at once, in which no two people meet twice."""
