"""Choices that keep quotas: Lagrangian bounds, a restricted master, branch and bound, and proof trees."""
