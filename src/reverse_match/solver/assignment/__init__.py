"""Assignment with capacities: candidates, min-cost flow, dual values, pricing of all pairs, certificates."""
