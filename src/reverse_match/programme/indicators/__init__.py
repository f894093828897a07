"""Indicators: figures of a programme, cell suppression, and the evidence that past duos give for weights."""
