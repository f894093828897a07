"""A programme over its rounds: calendar, history, rotation, amendments, feedback, plans, indicators."""
