"""Invented cohorts and what is measured on them: behind ``reverse-match bench`` and ``benchmarks/``."""
