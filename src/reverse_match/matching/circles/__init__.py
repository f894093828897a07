"""Circles: from people to arrays, the solver, and from arrays to people."""
