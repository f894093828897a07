"""Circles of one or two mentors and several mentees, or duos with some trios: the best ones, with a proof."""
