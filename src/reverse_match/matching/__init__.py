"""From a cohort and a policy to a matching with its proof, and the answers about it."""
