"""The input of the solver, in arrays: scores of pairs, credits, quotas, and limits on memory."""
