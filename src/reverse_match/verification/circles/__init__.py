"""Verifies circles: members, rules, conditions, reasons and the proof, from people and policy alone."""
