"""Scores of pairs: the kinds of criterion, and the model that blends them into tiles of exact scores."""
