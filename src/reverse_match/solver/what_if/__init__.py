"""Questions to a solved problem: a pair forced or closed, alternatives, reduced costs, Hall violators."""
