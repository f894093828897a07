"""What is known of a matching, in words: one module for each language, all with the same phrases.

Sentences are made of ids, names and numbers that stand in typed records; nothing is computed here.
"""
