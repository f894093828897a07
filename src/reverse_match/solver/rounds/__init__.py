"""Choices over several rounds: edge colouring, balancing by Kempe chains, and a certificate of each round."""
