"""Checks a matching from its input alone.

Scores are recomputed from people and policy; rules, capacities, reasons and prices are checked by code that
stands only here. Nothing of the path that formed the matching is used but the scoring, so that a mistake
there cannot hide itself here. What the two bounds mean is told in ``docs/proof.md``.
"""
