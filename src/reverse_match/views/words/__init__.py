"""What is known of a matching, in words: one catalogue a language, all with the same phrases.

:func:`reverse_match.views.words.languages.language` returns a catalogue. Sentences are made of ids, names and
numbers that stand in typed records; nothing is computed here.
"""
