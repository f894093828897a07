"""Records in words: one catalogue for each language, all with the same phrases.

:func:`reverse_match.views.words.languages.language` returns a catalogue. Its sentences consist of ids, names
and numbers of typed records; catalogues compute nothing.
"""
