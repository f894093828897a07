"""What the solver is given, in arrays: scores of pairs, credits, quotas, and the memory they may take."""
