"""Verifies a matching from its input alone.

Scores are recomputed from people and policy. Rules, capacities, reasons and prices are checked by code that
exists only here. Apart from the scoring, nothing is shared with the code that forms matchings, so that a
mistake there cannot hide itself here. ``docs/proof.md`` explains the meaning of the two bounds.
"""
