"""Rules, quotas, credits and capacities of a policy, made ready for the arrays of one cohort."""
