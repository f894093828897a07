"""Explanations of infeasible policies: irreducible conflicts, and the smallest changes that resolve them."""
